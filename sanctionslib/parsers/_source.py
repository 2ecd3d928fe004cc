"""Source: one official file as bytes, wherever it lies: a path, bytes, a stream, gzip or zip.

The bytes are read twice: once for their hash, so that every entity can name the edition it comes
from, and once to be parsed. The second reading checks the hash again, so that a file which changes
under the parser is noticed.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import zipfile
import zlib
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol

from sanctionslib.errors import (
    InvalidInputError,
    ParseError,
    SanctionsError,
    StructureChangedError,
    TruncatedError,
    UnreadableError,
    Where,
)

__all__ = ["Given", "Progress", "Readable", "Source", "Stream"]

_CHUNK = 1 << 16
_HEAD = 1 << 16
_TAIL = 4096

Progress = Callable[[int, int], None]
"""Called while a file is read, with the bytes done and the bytes in all."""


class Readable(Protocol):
    """Anything with a binary `read`."""

    def read(self, size: int = -1, /) -> bytes: ...


Given = str | os.PathLike[str] | bytes | bytearray | Readable
"""What a file can be given as."""


class Source:
    """One file, opened as often as needed.

    Args:
        given: A path, the bytes themselves, or a binary stream (which is read to its end at once).
        name: Name to show and to tell the list by, where it is not that of the file.

    Raises:
        UnreadableError: It is missing, a folder, or may not be read.
        TruncatedError: It is empty, or its compressed data end too early.
        InvalidInputError: It is something else altogether.
    """

    name: str
    """File name, or member of an archive, for messages and for telling lists apart."""
    size: int
    """Size in bytes, after decompression."""
    sha256: str
    """Hash of the bytes, after decompression."""
    head: bytes
    """The first 64 KiB, to recognise the format by."""
    tail: bytes
    """The last 4 KiB, to tell a cut file from a broken one."""

    def __init__(self, given: Given, *, name: str = "") -> None:
        self._take(given, name)
        self._measure()

    @classmethod
    def several(cls, given: Given) -> tuple[Source, ...]:
        """One source for each file in it: several only where it is a zip that holds several.

        Raises:
            SanctionsError: As the constructor does.
        """
        first = cls.__new__(cls)
        first._take(given, "")
        first._sniff()
        names: list[str] = []
        if first._packing == "zip":
            with first._faults(), first._raw() as raw, zipfile.ZipFile(raw) as archive:
                names = [info.filename for info in _files_in(archive)]
        if len(names) < 2:
            first._measure()
            return (first,)
        found: list[Source] = []
        for name in names:
            one = cls.__new__(cls)
            one.__dict__.update(first.__dict__)
            one._member, one.name = name, PurePosixPath(name).name
            one._measure()
            found.append(one)
        return tuple(found)

    def _take(self, given: Given, name: str) -> None:
        self._member: str | None = None
        if isinstance(given, (bytes, bytearray)):
            self.name = name or "<bytes>"
            self._data: bytes | None = bytes(given)
        elif isinstance(given, (str, os.PathLike)):
            self._path = os.fspath(given)
            self._data = None
            self.name = name or Path(self._path).name or self._path
            if isinstance(given, str) and given.lstrip()[:1] in ("<", "{"):
                raise InvalidInputError(
                    "this is the text of a file, where the path of one is meant",
                    hint="pass text.encode() to read from bytes",
                )
        elif hasattr(given, "read"):
            self.name = Path(str(getattr(given, "name", "<stream>"))).name
            with self._faults():
                data = given.read()
            if not isinstance(data, bytes):
                raise InvalidInputError(
                    "this stream gives text", hint="open the file in binary mode, 'rb'"
                )
            self._data = data
        else:
            raise InvalidInputError(
                f"cannot read from {type(given).__name__}",
                hint="give a path, bytes, or a stream opened in binary mode; several files as a list",
            )

    def _sniff(self) -> None:
        with self._faults(), self._raw() as raw:
            magic = raw.read(4)
        self._packing = (
            "gzip" if magic[:2] == b"\x1f\x8b" else "zip" if magic == b"PK\x03\x04" else ""
        )

    def _measure(self) -> None:
        digest, size, head, tail = hashlib.sha256(), 0, b"", b""
        self._sniff()
        with self._faults(), self._opened() as stream:
            while chunk := stream.read(_CHUNK):
                if not size:
                    head = chunk[:_HEAD]
                size += len(chunk)
                digest.update(chunk)
                tail = (tail + chunk)[-_TAIL:]
        if not size:
            raise TruncatedError(
                "the file is empty",
                where=Where(source=self.name),
                hint="the file was not written or downloaded to its end: get it again",
            )
        self.size, self.sha256, self.head, self.tail = size, digest.hexdigest(), head, tail

    def _raw(self) -> BinaryIO:
        return io.BytesIO(self._data) if self._data is not None else open(self._path, "rb")  # noqa: PTH123 - closed by the caller; a path may be any os.PathLike

    @contextmanager
    def _opened(self) -> Generator[Readable]:
        """The content as a stream, decompressed."""
        with self._raw() as raw:
            if self._packing == "gzip":
                with gzip.GzipFile(fileobj=raw) as unpacked:
                    yield unpacked
            elif self._packing == "zip":
                with zipfile.ZipFile(raw) as archive:
                    if self._member is None:
                        self._member = self._only_member(archive)
                    with archive.open(self._member) as unpacked:
                        yield unpacked
            else:
                yield raw
        if self._member is not None:
            self.name = PurePosixPath(self._member).name

    def _only_member(self, archive: zipfile.ZipFile) -> str:
        members = _files_in(archive)
        if len(members) != 1:
            names = ", ".join(info.filename for info in members[:5]) or "nothing"
            raise StructureChangedError(
                f"the zip file holds {len(members)} files ({names}) where one is meant",
                where=Where(source=self.name),
                hint="unpack it and read the file that you mean",
            )
        return members[0].filename

    @contextmanager
    def open(self, progress: Progress | None = None) -> Generator[Stream]:
        """The content as a stream that counts and hashes what is read from it.

        Raises:
            ParseError: At the end, if the content is no longer what was measured.
        """
        with ExitStack() as opened:
            with self._faults():
                inner = opened.enter_context(self._opened())
            stream = Stream(inner, self.size, self._faults, progress)
            yield stream
            # A parser may stop at the end of its document; the rest belongs to the file too.
            while stream.read(_CHUNK):
                pass
            if stream.sha256 != self.sha256:
                raise ParseError(
                    "the file changed while it was read",
                    where=Where(source=self.name),
                    hint="copy the file before reading, or wait until its download has ended",
                )

    @contextmanager
    def _faults(self) -> Generator[None]:
        """Turn the errors of the operating system and of decompression into ours."""
        where = Where(source=self.name)
        try:
            yield
        except SanctionsError:
            raise
        except FileNotFoundError as error:
            hint = "check the path"
            if "://" in str(self._path):
                hint = "this reads files and never the network: download the list first"
            raise UnreadableError(
                f"there is no file {self._path!r}", where=where, hint=hint
            ) from error
        except IsADirectoryError as error:
            raise UnreadableError(
                f"{self._path!r} is a folder", where=where, hint="give the file inside it"
            ) from error
        except PermissionError as error:
            raise UnreadableError(
                f"{self._path!r} may not be read by this user",
                where=where,
                hint="change its permissions, or the user",
            ) from error
        except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
            raise TruncatedError(
                f"the compressed data are cut or damaged: {error}",
                where=where,
                hint="fetch the file again",
            ) from error
        except OSError as error:
            raise UnreadableError(
                f"the file cannot be read: {error}",
                where=where,
                hint="look at the path and the disk",
            ) from error
        except RuntimeError as error:  # zip: encrypted, or packed by a method that Python lacks
            raise UnreadableError(
                f"the archive cannot be unpacked: {error}",
                where=where,
                hint="unpack it yourself and read the file inside",
            ) from error
        except ValueError as error:
            if "null" in str(error):  # a path with a NUL character
                raise UnreadableError(
                    f"not a path: {error}", where=where, hint="check the path"
                ) from error
            raise


def _files_in(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The members that somebody put there: no folders, no hidden files of a system."""
    return [
        info
        for info in archive.infolist()
        if not info.is_dir()
        and not info.filename.startswith("__MACOSX/")
        and not PurePosixPath(info.filename).name.startswith(".")
    ]


class Stream:
    """A readable that counts and hashes what passes through it."""

    def __init__(
        self,
        inner: Readable,
        total: int,
        faults: Callable[[], AbstractContextManager[None]],
        progress: Progress | None,
    ) -> None:
        self._inner = inner
        self._faults = faults
        self._digest = hashlib.sha256()
        self._total = total
        self._progress = progress
        self.done = 0

    def read(self, size: int = -1, /) -> bytes:
        """Read up to `size` bytes; b"" at the end."""
        with self._faults():
            data = self._inner.read(size)
        self._digest.update(data)
        self.done += len(data)
        if self._progress is not None:
            self._progress(self.done, self._total)
        return data

    @property
    def sha256(self) -> str:
        """Hash of what was read so far."""
        return self._digest.hexdigest()
