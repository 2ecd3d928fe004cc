"""Where the archive is, and the small things that it does with files."""

from __future__ import annotations

import errno
import gzip
import hashlib
import io
import itertools
import os
from pathlib import Path

import platformdirs
import pytest
from archives import LIST, SDN, keep
from hypothesis import given
from hypothesis import strategies as st

from sanctionslib.archive._files import (
    abandoned,
    is_safe_name,
    safe_name,
    writing,
)
from sanctionslib.archive._folders import default_home
from sanctionslib.archive.packing import pack, packed
from sanctionslib.archive.store import EditionStore
from sanctionslib.errors import InvalidInputError, UnreadableError, UnwritableError


def test_the_home_is_what_the_environment_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In full; a folder of that user, or of another one, may be meant by `~`."""
    monkeypatch.setenv("SANCTIONSLIB_HOME", str(tmp_path / "home"))
    assert default_home() == tmp_path / "home"
    held, _ = keep(EditionStore(), {"SDN.CSV": b"1"})
    assert Path(held.folder).is_relative_to(tmp_path / "home")
    assert EditionStore(tmp_path / "home").current(LIST) == held
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("SANCTIONSLIB_HOME", "~/lists")
    assert default_home() == tmp_path / "lists"


def test_the_home_is_else_the_platforms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the variable is set and empty."""
    wanted = platformdirs.user_data_path("sanctionslib", appauthor=False)
    for set_it in (
        lambda: monkeypatch.setenv("SANCTIONSLIB_HOME", ""),
        lambda: monkeypatch.delenv("SANCTIONSLIB_HOME"),
    ):
        set_it()
        assert default_home() == wanted


@pytest.mark.parametrize("home", ["lists", "./lists", "~nobody-of-this-name/lists", " "])
def test_a_home_that_would_be_another_one_elsewhere(
    monkeypatch: pytest.MonkeyPatch, home: str
) -> None:
    """From another folder the archive would look empty."""
    monkeypatch.setenv("SANCTIONSLIB_HOME", home)
    with pytest.raises(InvalidInputError, match="no absolute path"):
        EditionStore()


@given(st.text(max_size=260))
def test_a_safe_name_is_a_name(text: str) -> None:
    """Of anything; it stays what it was where it was safe and short, and is safe a second time."""
    name = safe_name(text)
    assert is_safe_name(name)
    assert safe_name(name) == name
    assert len(name.encode()) <= 141
    if is_safe_name(text) and len(text.encode()) <= 140:
        assert name == text


DEVICES = ["CON", "nul.txt", "Com1", "LPT9.csv", "COM¹", "aux .csv", "CONIN$", "conout$.gz"]
BAD = ["", ".", "..", ".a", "a.", "a ", "a/b", "a\\b", "a:b", "a\nb", "a\x7fb", "\ud800", "x" * 201]


@pytest.mark.parametrize("name", [*BAD, *DEVICES])
def test_names_that_are_not_safe(name: str) -> None:
    """Some system takes them for a device, for another folder, or cannot make them."""
    assert not is_safe_name(name)


@pytest.mark.parametrize(
    "name", ["a", "a b", "SDN.CSV", "COM10", "console", "null", "é", "x" * 200]
)
def test_names_that_are_safe(name: str) -> None:
    """They look like others that are not."""
    assert is_safe_name(name)


@pytest.mark.parametrize(
    ("number", "hint"),
    [
        (errno.ENOSPC, "make room"),
        (errno.EFBIG, "make room"),
        (errno.EDQUOT, "make room"),
        (errno.EACCES, "the right to write"),
        (errno.EPERM, "the right to write"),
        (errno.EROFS, "the right to write"),
        (errno.ENOTDIR, "a file is where a folder should be"),
        (errno.EIO, "check that the folder is there"),
    ],
)
def test_what_to_do_follows_from_what_the_system_says(number: int, hint: str) -> None:
    """The path is named too."""
    with (
        pytest.raises(UnwritableError) as caught,
        writing(Path("/home"), "it cannot be kept"),
    ):
        raise OSError(number, os.strerror(number))
    error = caught.value
    assert error.what == f"it cannot be kept: {os.strerror(number)}"
    assert error.where.source == str(Path("/home"))
    assert hint in error.hint


def test_what_is_gone_is_not_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A running process has just removed it; what cannot be looked at is not swept either."""
    path = tmp_path / ".new-0123456789abcdef"
    path.touch()
    os.utime(path, (0, 0))
    assert list(abandoned(tmp_path)) == [path]
    assert list(abandoned(tmp_path / "nowhere")) == []
    real = Path.lstat

    def gone(self: Path) -> os.stat_result:
        self.unlink()
        return real(self)

    monkeypatch.setattr(Path, "lstat", gone)
    assert list(abandoned(tmp_path)) == []


# ── packing ───────────────────────────────────────────────────────────────────────────────────


def test_what_is_packed_is_what_came_in(tmp_path: Path) -> None:
    """The packed file unpacks to the same bytes, and size and hash are those of the bytes."""
    got = pack(io.BytesIO(SDN), tmp_path, "SDN.CSV")
    assert gzip.decompress(got.path.read_bytes()) == SDN
    assert (got.name, got.size, got.sha256) == (
        "SDN.CSV",
        len(SDN),
        hashlib.sha256(SDN).hexdigest(),
    )


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
