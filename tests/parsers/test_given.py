"""The inputs of `read`: paths, streams, folders, several files; and inputs that it rejects."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from children import needs_fork, run_as_nobody
from classic_files import classic, plain
from contract import BY_FORMAT, good

import sanctionslib as sl
from sanctionslib.parsers import InputFile, name_of, sources_of
from sanctionslib.samples import open_sample

GOOD = classic(plain(1), plain(2))
NAMES = ("SDN.CSV", "ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV")
FILES = good(BY_FORMAT["ofac-delimited"])
DAY = "2030-01-02"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An edition of several files."""
    path = tmp_path / "edition"
    path.mkdir()
    for name, data in zip(NAMES, FILES, strict=True):
        (path / name).write_bytes(data)
    return path


# ── paths ─────────────────────────────────────────────────────────────────────────────────────


class PathLike(os.PathLike[str]):
    """A path that is what it is given."""

    def __init__(self, does: Any) -> None:
        self.does = does

    def __fspath__(self) -> Any:
        if isinstance(self.does, Exception):
            raise self.does
        return self.does


@pytest.mark.parametrize(
    ("path", "message"),
    [
        *(
            (PathLike(does), "what to do")
            for does in (3, None, RuntimeError("x"), ValueError(), b"\xff", "a\0b")
        ),
        ("\ud800", "what to do"),
        ("a\0b", "path"),
        ("x" * 10_000, "what to do"),
        ("", "what to do"),
        ("\n" * 3, "what to do"),
        ("SDN.XML", "there is no file"),
        (["SDN.CSV"], "there is no file"),
        ("https://example.org/SDN.XML", "never the network"),
        ("/dev/zero", "a pipe or a device"),
    ],
)
def test_unusual_paths(path: Any, message: str) -> None:
    """Other objects, and paths without a file, are unreadable; the error is also an OSError."""
    with pytest.raises(sl.UnreadableError, match=message) as caught:
        sl.read(path)
    assert isinstance(caught.value, OSError)


def test_a_path_in_bytes(tmp_path: Path) -> None:
    """A path object can give bytes."""
    (tmp_path / "SDN.XML").write_bytes(open_sample())
    assert len(sl.read(PathLike(os.fsencode(tmp_path / "SDN.XML")))) == 26


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe(tmp_path: Path) -> None:
    """It is not waited for."""
    os.mkfifo(tmp_path / "SDN.XML")
    for given in (tmp_path / "SDN.XML", tmp_path):
        with pytest.raises(sl.UnreadableError, match="a pipe or a device"):
            sl.read(given)


@needs_fork
def test_without_permission(open_folder: Path) -> None:
    """A file, a folder and the files of a folder that this user may not read."""
    sl.read(GOOD)  # so that all that is needed is loaded
    path, closed, listed = (open_folder / name for name in ("SDN.XML", "closed", "listed"))
    path.write_bytes(GOOD)
    path.chmod(0)
    for one, mode in ((closed, 0), (listed, 0o444)):
        one.mkdir()
        (one / "SDN.XML").write_bytes(GOOD)
        one.chmod(mode)

    def read_them() -> None:
        for one, message in ((path, "may not be read"), (closed, "cannot"), (listed, "may not")):
            with pytest.raises(sl.UnreadableError, match=message):
                sl.read(one)

    run_as_nobody(read_them)


def test_a_file_that_changes_while_it_is_read(tmp_path: Path) -> None:
    """A download that is still being written is noticed, and what grows without end is not read."""
    path = tmp_path / "SDN.XML"
    path.write_bytes(GOOD)
    source = InputFile(path)
    path.write_bytes(GOOD.replace(b"1", b"2"))
    with pytest.raises(sl.ParseError, match="changed while"), source.open() as stream:
        assert stream.read(10)  # what is not asked for belongs to the file, too
    path.write_bytes(b"x" * 1_000_000)
    noticed = pytest.raises(sl.ParseError, match="changed while")
    with contextlib.suppress(sl.ParseError), source.open() as stream, noticed:
        stream.read()


# ── streams, and other objects ────────────────────────────────────────────────────────────────


class Odd:
    """A stream that does what it should not."""

    def __init__(self, does: object) -> None:
        self.does = does

    def read(self, size: int = -1, /) -> Any:
        """Raise it, or return it."""
        if isinstance(self.does, Exception):
            raise self.does
        return self.does


class Unnamed(Odd):
    """A stream whose name raises an error."""

    @property
    def name(self) -> str:
        raise ValueError("I/O operation on closed file")


def closed() -> io.BytesIO:
    """A stream that was closed."""
    stream = io.BytesIO(open_sample())
    stream.close()
    return stream


RAISED = (
    OSError("Input/output error"),
    ValueError("closed"),
    RuntimeError("broken"),
    LookupError(),
    FileNotFoundError(2, "gone"),
    PermissionError(13, "no"),
    IsADirectoryError(21, "a folder"),
    EOFError(),
    MemoryError(),
    RecursionError("deep"),
    zipfile.BadZipFile("bad"),
)


@pytest.mark.parametrize(
    "stream", [closed(), Unnamed(b"x"), *map(Odd, RAISED)], ids=lambda one: type(one).__name__
)
def test_streams_that_fail(stream: Any) -> None:
    """Whatever a stream raises becomes ours, with the cause behind it."""
    with pytest.raises(sl.UnreadableError) as caught:
        sl.read(stream)
    assert caught.value.__cause__ is not None
    assert caught.value.hint


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (Odd(None), "this stream gives NoneType"),
        (Odd("text"), "this stream gives text(.*\n)*.*binary"),
        (Odd(3), "this stream gives int"),
        (Odd(bytearray(b"x")), "this stream gives bytearray"),
        ("<sdnList/>", "text of a file"),
        (3, "cannot read from int"),
        ([1], "cannot read from int"),
        ([], "no file is given"),
        ({"SDN.CSV"}, "cannot read from set"),
        (Path().glob("*.CSV"), "cannot read from generator(.*\n)*.*several files as a list"),
    ],
)
def test_other_than_files(given: Any, message: str) -> None:
    """The message states what the stream gave."""
    with pytest.raises(sl.InvalidInputError, match=message):
        sl.read(given)


@pytest.mark.parametrize("kind", [OSError, ValueError, LookupError, RuntimeError, EOFError])
def test_faults_of_a_callback_stay_the_callers(kind: type[Exception]) -> None:
    """An error of a progress callback is not reported as a fault of the file."""

    def progress(done: int, total: int) -> None:
        raise kind("no space for the log")

    with pytest.raises(kind, match="no space for the log") as caught:
        sl.read(open_sample(), progress=progress)
    assert type(caught.value) is kind


def test_a_reader_that_is_gone(tmp_path: Path) -> None:
    """A text reader closes its stream when it is deleted; the rest of the file is still read."""
    path = tmp_path / "list.csv"
    path.write_bytes(b"Name\n" * 100_000)
    source = InputFile(path)
    with source.open() as stream:
        assert io.TextIOWrapper(stream, "utf-8").readline() == "Name\n"
        assert stream.closed
    path.write_bytes(b"Name\n" * 99_999 + b"Nane\n")
    with pytest.raises(sl.ParseError, match="changed while"), source.open() as stream:
        assert stream.read(5) == b"Name\n"


# ── several files ─────────────────────────────────────────────────────────────────────────────


def test_names_of_inputs_in_messages(folder: Path) -> None:
    """Their names, sizes and hashes, alone and together; progress counts all and never decreases."""
    sources = sources_of(folder)
    assert [one.name for one in sources] == sorted(NAMES)
    assert (name_of(sources), name_of(sources[:1])) == ("ADD.CSV and 3 more", "ADD.CSV")
    alone = InputFile(FILES[0])
    assert (alone.size, alone.sha256) == (len(FILES[0]), hashlib.sha256(FILES[0]).hexdigest())
    assert FILES[0].startswith(alone.head)
    assert FILES[0].endswith(alone.tail)
    steps: list[tuple[int, int]] = []
    (folder / ".DS_Store").write_bytes(b"\0")  # of a system, and no member
    found = sl.read(folder, published=DAY, progress=lambda *step: steps.append(step))
    hashes = sorted(hashlib.sha256(data).hexdigest() for data in FILES)
    assert found.editions[0].sha256 == hashlib.sha256("\n".join(hashes).encode()).hexdigest()
    total = sum(map(len, FILES))
    assert {each for _, each in steps} == {total}
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)
    assert steps[-1][0] == total


FAULTS: dict[str, tuple[Callable[[Path], Any], type[sl.SanctionsError], str]] = {
    "nothing": (
        lambda folder: [one.unlink() for one in folder.iterdir()],
        sl.UnreadableError,
        "no files",
    ),
    "a file that is no list": (
        lambda folder: (folder / "readme.txt").write_bytes(b"Fetched on Monday.\n"),
        sl.errors.UnknownFormatError,
        r"5 files are given, and readme\.txt is not a list",
    ),
    "a folder": (
        lambda folder: (folder / "old").mkdir(),
        sl.InvalidInputError,
        "another folder, 'old'(.*\n)*.*list of their paths",
    ),
    "another list": (
        lambda folder: (folder / "SDN.XML").write_bytes(GOOD),
        sl.InvalidInputError,
        r"not the parts of one edition: .*SDN.XML \(ofac-classic-xml\)(.*\n)*.*each on its own",
    ),
}


@pytest.mark.parametrize("what", FAULTS)
def test_a_folder_with(what: str, folder: Path) -> None:
    """Inputs that are not an edition of several files raise, with a remedy."""
    change, error, message = FAULTS[what]
    change(folder)
    with pytest.raises(error, match=message):
        sl.read(folder, published=DAY)


def test_two_lists(folder: Path) -> None:
    """A format of one file accepts no second file; nor does any format with a complete edition."""
    assert sl.read(GOOD).editions[0].sha256 == hashlib.sha256(GOOD).hexdigest()
    for given in ([GOOD, gzip.compress(GOOD)], [folder, GOOD]):
        with pytest.raises(sl.InvalidInputError, match="not the parts of one edition"):
            sl.read(given)
