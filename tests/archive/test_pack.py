"""pack: bytes in, one packed file out, the same for the same bytes."""

from __future__ import annotations

import gzip
import hashlib
import io
import itertools
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionslib.archive.packing import pack, packed
from sanctionslib.errors import UnreadableError, UnwritableError

TEXT = b'36,"AEROCARIBBEAN AIRLINES",-0- ,"CUBA"\r\n\x1a'


def test_what_is_packed_is_what_came_in(tmp_path: Path) -> None:
    """The packed file unpacks to the same bytes, and size and hash are those of the bytes."""
    got = pack(io.BytesIO(TEXT), tmp_path, "SDN.CSV")
    assert gzip.decompress(got.path.read_bytes()) == TEXT
    assert (got.name, got.size, got.sha256) == (
        "SDN.CSV",
        len(TEXT),
        hashlib.sha256(TEXT).hexdigest(),
    )


def test_gunzip_reads_it(tmp_path: Path) -> None:
    """Nobody needs anything of ours to read it."""
    got = pack(io.BytesIO(TEXT), tmp_path, "SDN.CSV")
    ran = subprocess.run(["gunzip", "-c", got.path], capture_output=True, check=True)
    assert ran.stdout == TEXT


@given(content=st.binary(max_size=300), cuts=st.lists(st.integers(0, 300), max_size=4))
def test_the_same_bytes_give_the_same_file(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, cuts: list[int]
) -> None:
    """It does not matter in which pieces they come, nor what the file is called."""
    folder = tmp_path_factory.mktemp("pack")
    whole = pack(io.BytesIO(content), folder, "A.CSV")
    ends = [0, *sorted(cuts), len(content)]
    pieces = [content[start:end] for start, end in itertools.pairwise(ends)]
    other = packed(pieces, folder, "B.CSV")
    assert (other.size, other.sha256) == (whole.size, whole.sha256)
    assert other.path.read_bytes() == whole.path.read_bytes()


def test_a_source_that_fails_is_unreadable(tmp_path: Path) -> None:
    """Its error is ours."""

    class Broken:
        def __init__(self) -> None:
            self.left = [b"half"]

        def read(self, size: int, /) -> bytes:
            if self.left:
                return self.left.pop()
            raise OSError(5, "Input/output error")

    with pytest.raises(UnreadableError, match="Input/output error"):
        pack(Broken(), tmp_path, "SDN.CSV")


def test_a_folder_that_is_not_there_is_unwritable(tmp_path: Path) -> None:
    """The error says which file, and is ours."""
    with pytest.raises(UnwritableError, match="cannot be written"):
        pack(io.BytesIO(TEXT), tmp_path / "nowhere", "SDN.CSV")


def test_a_full_disk_is_unwritable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not fit is an error of ours, and one that says what to do."""
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    real = Path.open
    monkeypatch.setattr(Path, "open", lambda path, mode: real(Path("/dev/full"), "wb"))
    with pytest.raises(UnwritableError, match="make room"):
        pack(io.BytesIO(TEXT), tmp_path, "SDN.CSV")
