"""Where bytes come from: packed files, odd streams, and faults of a caller that stay the caller's."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

import sanctionslib as sl
from sanctionslib.parsers._engine.source import Source
from sanctionslib.samples import open_sample


def test_zip_with_a_folder_and_apples_shadow(tmp_path: Path) -> None:
    """Folders and the shadow files of one system are no members."""
    path = tmp_path / "SDN_XML.ZIP"
    with zipfile.ZipFile(path, "w") as archive:
        archive.mkdir("files")
        archive.writestr("files/sdn.xml", open_sample())
        archive.writestr("__MACOSX/files/._sdn.xml", b"\0")
    found = sl.read(path)
    assert len(found) == 26
    assert found.editions[0].members == ("sdn.xml",)


def test_encrypted_zip() -> None:
    """A zip with a password says so, instead of a RuntimeError."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("sdn.xml", open_sample())
    data = bytearray(buffer.getvalue())
    for marker, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(marker) + offset] |= 1  # the flag that says "encrypted"
    with pytest.raises(sl.UnreadableError, match=r"password|encrypted"):
        sl.read(bytes(data))


def test_empty_zip() -> None:
    """A zip without files is no list."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w"):
        pass
    with pytest.raises(sl.ParseError):
        sl.read(buffer.getvalue())


class Broken(io.BytesIO):
    """A stream whose disk has gone."""

    def read(self, size: int | None = -1, /) -> bytes:
        raise OSError("Input/output error")


def test_broken_stream() -> None:
    """A fault of the system is ours, with the cause behind it."""
    with pytest.raises(sl.UnreadableError, match="Input/output error") as caught:
        sl.read(Broken())
    assert isinstance(caught.value.__cause__, OSError)


@pytest.mark.parametrize("kind", [OSError, ValueError, LookupError, RuntimeError, EOFError])
def test_faults_of_a_callback_stay_the_callers(kind: type[Exception]) -> None:
    """What a progress callback raises is not dressed up as a fault of the file."""

    def progress(done: int, total: int) -> None:
        raise kind("no room for the log")

    with pytest.raises(kind, match="no room for the log") as caught:
        sl.read(open_sample(), progress=progress)
    assert type(caught.value) is kind


def test_measures() -> None:
    """Size and hash are those of the content, head and tail are its ends."""
    data = open_sample()
    source = Source(data, name="SDN.XML")
    assert (source.name, source.size) == ("SDN.XML", len(data))
    assert data.startswith(source.head)
    assert data.endswith(source.tail)
    with source.open() as stream:
        assert stream.read(10) == data[:10]


def test_a_reader_that_is_gone(tmp_path: Path) -> None:
    """A reader of text closes its stream when it goes; the rest of the file is looked at all the same."""
    path = tmp_path / "list.csv"
    path.write_bytes(b"Name\n" * 100_000)
    source = Source(path)
    with source.open() as stream:
        assert io.TextIOWrapper(stream, "utf-8").readline() == "Name\n"
        assert stream.closed
    path.write_bytes(b"Name\n" * 99_999 + b"Nane\n")
    with pytest.raises(sl.ParseError, match="changed while"), source.open() as stream:
        assert stream.read(5) == b"Name\n"
