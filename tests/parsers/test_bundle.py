"""Editions of several files: a folder, a zip, a list; and what is no edition."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from pathlib import Path

import pytest
from classic_files import classic, plain
from delimited_files import delimited, party

import sanctionslib as sl
from sanctionslib.parsers import name_of, sources_of
from sanctionslib.samples import open_sample

NAMES = ("SDN.CSV", "ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV")
FILES = delimited(party(1), party(2))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "edition"
    path.mkdir()
    for name, data in zip(NAMES, FILES, strict=True):
        (path / name).write_bytes(data)
    return path


def packed(path: Path, where: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in path.iterdir():
            archive.write(one, where + one.name)
        archive.writestr("__MACOSX/._SDN.CSV", b"\0")
        archive.writestr(".DS_Store", b"\0")
    return buffer.getvalue()


def test_hash_of_several(folder: Path) -> None:
    """The hash is that of the sorted hashes of the files; a single file keeps its own."""
    (edition,) = sl.read(folder, published="2030-01-02").editions
    hashes = sorted(hashlib.sha256(data).hexdigest() for data in FILES)
    assert edition.sha256 == hashlib.sha256("\n".join(hashes).encode()).hexdigest()
    with pytest.warns(sl.FaultyEntriesWarning):
        (alone,) = sl.read(folder / "SDN.CSV", published="2030-01-02", partial=True).editions
    assert alone.sha256 == hashlib.sha256(FILES[0]).hexdigest()


def test_hidden_files_are_no_members(folder: Path) -> None:
    """What a system puts into a folder for itself is left out."""
    (folder / ".DS_Store").write_bytes(b"\0")
    assert len(sl.read(folder, published="2030-01-02")) == 2


def test_a_folder_of_one_file(tmp_path: Path) -> None:
    """It is that file."""
    (tmp_path / "SDN.XML").write_bytes(open_sample())
    held = list(sl.read(open_sample(), list_id="us_ofac_sdn"))
    assert list(sl.read(tmp_path)) == held
    assert list(sl.read([tmp_path / "SDN.XML"])) == held


def test_something_else_in_the_folder(folder: Path) -> None:
    """A file that is no list is named, whatever the others are."""
    (folder / "readme.txt").write_bytes(b"Fetched on Monday.\n")
    with pytest.raises(sl.UnknownFormatError, match=r"5 files are given, and readme\.txt is no"):
        sl.read(folder, published="2030-01-02")
    (folder / "readme.txt").unlink()
    (folder / "old").mkdir()
    with pytest.raises(sl.InvalidInputError, match="another folder, 'old'"):
        sl.read(folder, published="2030-01-02")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may look into all folders"
)
def test_a_folder_whose_files_may_not_be_read(folder: Path) -> None:
    """One that may be listed and not entered says so."""
    folder.chmod(0o400)
    try:
        with pytest.raises(sl.UnreadableError, match="may not be read"):
            sl.read(folder, published="2030-01-02")
    finally:
        folder.chmod(0o700)


def test_several_lists(folder: Path, tmp_path: Path) -> None:
    """Files that are each a list of their own are refused, with what to do instead."""
    one, other = tmp_path / "SDN.XML", tmp_path / "CONSOLIDATED.XML"
    one.write_bytes(classic(plain(1)))
    other.write_bytes(classic(plain(2)))
    with pytest.raises(sl.InvalidInputError, match="not the parts of one edition") as caught:
        sl.read([one, other])
    assert "SDN.XML (ofac-classic-xml)" in caught.value.what
    assert "each on its own" in caught.value.hint
    with pytest.raises(sl.InvalidInputError, match="not the parts of one edition"):
        sl.read([folder, one], published="2030-01-02")


def test_nothing(tmp_path: Path) -> None:
    """An empty list and an empty folder say so; so does what cannot be read at all."""
    with pytest.raises(sl.InvalidInputError, match="no file"):
        sl.read([])
    with pytest.raises(sl.UnreadableError, match="no files"):
        sl.read(tmp_path)
    with pytest.raises(sl.UnreadableError, match="no file"):
        sl.read([tmp_path / "SDN.CSV"])
    with pytest.raises(sl.InvalidInputError, match="cannot read from int"):
        sl.read([1])  # type: ignore[list-item]
    with pytest.raises(sl.InvalidInputError, match="cannot read from generator") as caught:
        sl.read(tmp_path.glob("*.CSV"))  # type: ignore[arg-type]
    assert "several files as a list" in caught.value.hint
    with pytest.raises(sl.InvalidInputError, match="cannot read from set"):
        sl.read({"SDN.CSV"})  # type: ignore[arg-type]


def test_damaged_zip_of_several(folder: Path) -> None:
    """A cut archive is truncated, and a member that is damaged is not passed over."""
    data = packed(folder)
    with pytest.raises(sl.TruncatedError):
        sl.read(data[: len(data) // 2], published="2030-01-02")
    at = data.index(b"SDN.CSV") + 20
    with pytest.raises(sl.ParseError):
        sl.read(data[:at] + bytes(8) + data[at + 8 :], published="2030-01-02")


def test_progress_counts_all_files(folder: Path) -> None:
    """Bytes are counted across the files, up to all of them, and never back."""
    steps: list[tuple[int, int]] = []
    sl.read(folder, published="2030-01-02", progress=lambda *step: steps.append(step))
    total = sum(map(len, FILES))
    assert {each for _, each in steps} == {total}
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)
    assert steps[-1][0] == total


def test_names(folder: Path) -> None:
    """Messages name the first file and count the others."""
    sources = sources_of(folder)
    assert [one.name for one in sources] == sorted(NAMES)
    assert name_of(sources) == "ADD.CSV and 3 more"
    assert name_of(sources[:1]) == "ADD.CSV"
