"""Input files: official files as bytes, given as a path, bytes, a stream, gzip, zip or a folder.

The bytes are read twice: once for their hash, so that every entity can name its edition, and once
to be parsed. The second pass checks the hash again, so that a file which changes during parsing is
noticed.

A workbook (xlsx, ods) is a zip that is treated as one file. So is a bundle of answers; a bundle
given as a folder is packed first.

Unpacking stops at a stated size: a file of a few kilobytes can expand to terabytes. Every error of
the operating system, of a damaged archive or of the caller's stream becomes an error of this
library.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import stat
import zipfile
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from copy import copy
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Literal, Protocol, cast

from sanctionslib._zip_file import PACKINGS, open_zip
from sanctionslib.errors import (
    Hint,
    InvalidInputError,
    ParseError,
    SanctionsError,
    StructureChangedError,
    UnreadableError,
    Where,
)
from sanctionslib.parsers._engine.faults import limit_exceeded, truncated
from sanctionslib.parsers._engine.zips import (
    DIRECTORY,
    MOST_ANSWERS,
    files_in,
    is_bundle,
    is_workbook,
    root_of,
)

__all__ = [
    "Given",
    "InputFile",
    "Progress",
    "Readable",
    "name_of",
    "sources_of",
    "with_progress",
]

_CHUNK = 1 << 16
"""Bytes read at once, and the size of `InputFile.head`."""
_TAIL = 4096
_LARGEST = 2_000_000_000
"""Bytes of an unpacked file: the largest known list, SDN_ADVANCED, has 127 million."""
_MOST_FILES = 64
"""Files in a zip: OFAC's flat files are four."""

_ZIP = b"PK\x03\x04"

Progress = Callable[[int, int], None]
"""Called while a file is read, with the bytes done and the bytes in all."""


class Readable(Protocol):
    """Anything with a binary `read`."""

    def read(self, size: int = -1, /) -> bytes: ...


Given = str | os.PathLike[str] | bytes | bytearray | Readable
"""The forms in which a file can be given."""


class InputFile:
    """One file, opened as often as needed.

    Args:
        given: A path, the bytes themselves, or a binary stream (which is read to its end at once).
        name: The name for messages and for recognising the list, where it differs from the file's.
        largest: Limit in bytes, after decompression. By default 2,000,000,000 for a compressed file,
            and no limit for any other.

    Raises:
        UnreadableError: It is missing, a folder, a pipe, or may not be read; or its compression is
            not supported.
        TruncatedError: It is empty, or its compressed data are truncated or damaged.
        StructureChangedError: It has more than `largest`, or is a zip with several files.
        InvalidInputError: It is something else.
    """

    name: str
    """File name, or member of an archive, for messages and for recognising the list."""
    size: int
    """Size in bytes, after decompression."""
    sha256: str
    """Hash of the bytes, after decompression."""
    head: bytes
    """The first 64 KiB, for recognising the format."""
    tail: bytes
    """The last 4 KiB, to distinguish a truncated file from a broken one."""
    opened: object | None = None
    """The workbook or bundle in it, once opened: checking one takes as long as reading it."""

    def __init__(self, given: Given, *, name: str = "", largest: int | None = None) -> None:
        self._take(given, name, largest)
        (member,) = self._members(most=1)
        self._measure(member)

    @classmethod
    def several(cls, given: Given) -> tuple[InputFile, ...]:
        """One input file for each file in it: several only for a zip with several files.

        Raises:
            SanctionsError: As the constructor does.
        """
        whole = cls.__new__(cls)
        whole._take(given, "", None)
        found: list[InputFile] = []
        for member in whole._members(most=_MOST_FILES):
            found.append(copy(whole))
            found[-1]._measure(member)
        return tuple(found)

    @classmethod
    def packed(cls, name: str, paths: Mapping[str, Path]) -> InputFile:
        """The zip of these files, by their names in it: the same for the same bytes.

        Raises:
            SanctionsError: As the constructor does.
        """
        if len(paths) > MOST_ANSWERS:
            message = f"the folder has {len(paths):,} files; the limit is {MOST_ANSWERS:,}"
            raise limit_exceeded(message, Where(source=name))
        made, remaining = io.BytesIO(), _LARGEST
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for at, path in sorted(paths.items()):
                one = cls.__new__(cls)
                one._take(path, "", None)
                with one._faults(), one._raw() as raw:
                    data = raw.read(remaining + 1)
                if (remaining := remaining - len(data)) < 0:
                    message = f"its files have more than {_LARGEST:,} bytes"
                    raise limit_exceeded(message, Where(source=name))
                # Without the file's time, which is not content.
                info = zipfile.ZipInfo(at)
                archive.writestr(info, data, zipfile.ZIP_DEFLATED, 1)
        return cls(made.getvalue(), name=name)

    def _take(self, given: Given, name: str, largest: int | None) -> None:
        self.name = name
        self._path = ""
        self._data: bytes | None = None
        self._packing: Literal["gzip", "zip", ""] = ""
        self._largest = largest
        if isinstance(given, (bytes, bytearray)):
            self.name = name or "<bytes>"
            self._data = bytes(given)
        elif isinstance(given, (str, os.PathLike)):
            self._path = _path_of(given)
            self.name = name or Path(self._path).name or self._path
            if isinstance(given, str) and given.lstrip()[:1] in ("<", "{"):
                raise InvalidInputError(
                    "this is the text of a file, and a path is expected",
                    hint="pass text.encode() to read from bytes",
                )
        else:
            with self._faults():
                self._read_stream(given)

    def _read_stream(self, given: Readable) -> None:
        read = getattr(given, "read", None)
        if not callable(read):
            raise InvalidInputError(
                f"cannot read from {type(given).__name__}",
                hint="give a path, bytes, or a stream opened in binary mode; several files as a list",
            )
        named = getattr(given, "name", None)
        # The name of a file opened by its descriptor is a number.
        self.name = self.name or (Path(named).name if isinstance(named, str) else "") or "<stream>"
        data = read()
        if not isinstance(data, bytes):
            is_text = isinstance(data, str)
            raise InvalidInputError(
                f"this stream gives {'text' if is_text else type(data).__name__}, not bytes",
                hint="open the file in binary mode, 'rb'"
                if is_text
                else "give the bytes themselves",
            )
        self._data = data

    def _raw(self) -> BinaryIO:
        if self._data is not None:
            return io.BytesIO(self._data)
        mode = os.stat(self._path).st_mode  # noqa: PTH116 - a path may be anything that the system accepts
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):  # reading it may block forever
            raise UnreadableError(
                f"{self._path!r} is a pipe or a device, not a file",
                where=Where(source=self.name),
                hint="save its content as a file, or give a stream, such as sys.stdin.buffer",
            )
        return open(self._path, "rb")  # noqa: PTH123 - closed by the caller

    def _members(self, most: int) -> Sequence[zipfile.ZipInfo | None]:
        """The files in a zip, at least one; None for a file that is not a zip."""
        with self._faults(), self._raw() as raw:
            magic = raw.read(4)
            if magic[:2] == b"\x1f\x8b":
                self._packing = "gzip"
            elif magic == _ZIP:
                self._packing = "zip"
                with open_zip(raw, DIRECTORY) as archive:
                    if not is_workbook(archive) and not is_bundle(archive):
                        return self._files_in(archive, most)
                self._packing = ""
        return (None,)

    def _check_size(self, size: int) -> None:
        most = _LARGEST if self._largest is None else self._largest
        if size > most and (self._packing or self._largest is not None):
            message = f"it has more than {most:,} bytes, unpacked"
            raise limit_exceeded(message, Where(source=self.name))

    def _files_in(self, archive: zipfile.ZipFile, most: int) -> list[zipfile.ZipInfo]:
        """The files in a zip.

        A file that unpacks to more than the zip declares is truncated there, and its checksum
        fails.
        """
        if not all(info.filename for info in archive.infolist()):
            raise zipfile.BadZipFile("it has a file without a name")
        files = files_in(archive)
        if not 1 <= len(files) <= most:
            names = ", ".join(info.filename for info in files[:5]) or "nothing"
            meant = "one is expected" if most == 1 else f"the limit is {most}"
            raise StructureChangedError(
                f"the zip has {len(files):,} files ({names}), and {meant}",
                where=Where(source=self.name),
                hint="unpack it and read the file that you need",
            )
        self._check_size(sum(info.file_size for info in files))
        if any(info.compress_type not in PACKINGS for info in files):
            raise RuntimeError("it uses a compression method that not every program supports")
        return files

    def _opened(self, stack: ExitStack) -> Readable:
        """The content, unpacked; closed with the stack."""
        raw = stack.enter_context(self._raw())
        if self._packing == "gzip":
            return stack.enter_context(gzip.GzipFile(fileobj=raw))
        if self._member is None:
            return raw
        return stack.enter_context(stack.enter_context(open_zip(raw, DIRECTORY)).open(self._member))

    def _measure(self, member: zipfile.ZipInfo | None) -> None:
        self._member = member
        if member is not None:
            self.name = PurePosixPath(member.filename).name
        digest, self.size, self.head, self.tail = hashlib.sha256(), 0, b"", b""
        with self._faults(), ExitStack() as stack:
            content = self._opened(stack)
            while chunk := content.read(_CHUNK):
                self.head = self.head or chunk
                self.size += len(chunk)
                self._check_size(self.size)
                digest.update(chunk)
                self.tail = (self.tail + chunk)[-_TAIL:]
        if not self.size:
            raise truncated("the file is empty", Where(source=self.name))
        self.sha256 = digest.hexdigest()

    @contextmanager
    def open(self, progress: Progress | None = None) -> Generator[io.BufferedReader]:
        """The content as a stream, which is hashed while it is read.

        Raises:
            ParseError: At the end, if the content has changed since it was measured.
        """
        with ExitStack() as stack:
            with self._faults():
                content = self._opened(stack)
            hashed = _Hashed(content, self, progress)
            yield io.BufferedReader(hashed, _CHUNK)
            hashed.finish()

    @contextmanager
    def _faults(self) -> Generator[None]:
        """Turn any error of a file, an archive or a stream into an error of this library."""
        try:
            yield
        except SanctionsError:
            raise
        # zipfile raises IndexError, struct.error and more, the caller's stream anything.
        except Exception as error:
            raise self._fault(error) from error

    def _fault(self, error: Exception) -> SanctionsError:
        stated, where = str(error) or type(error).__name__, Where(source=self.name)
        what = f"the file cannot be read: {stated}"
        hint = "check the path and the disk, or the stream"
        if isinstance(error, FileNotFoundError):
            what, hint = f"there is no file {self._path!r}", "check the path"
            if "://" in self._path:
                hint = "only files are read, never the network: download the list first"
        elif isinstance(error, IsADirectoryError):
            what, hint = f"{self._path!r} is a folder", "give the file inside it"
        elif isinstance(error, PermissionError):
            what = f"{self._path!r} may not be read by this user"
            hint = "change its permissions, or the user"
        elif isinstance(error, gzip.BadGzipFile) or (
            self._packing and not isinstance(error, (OSError, RuntimeError, MemoryError))
        ):
            return truncated(f"the compressed data are truncated or damaged: {stated}", where)
        elif self._packing and isinstance(error, RuntimeError):  # for example an encrypted zip
            what = f"the archive cannot be unpacked: {stated}"
            hint = "unpack it yourself and read the file inside"
        return UnreadableError(what, where=where, hint=hint)


def _path_of(given: str | os.PathLike[str]) -> str:
    """The path as text.

    Raises:
        UnreadableError: It is not a path.
    """
    try:
        return os.fsdecode(given)
    except Exception as error:
        stated = str(error) or type(error).__name__
        raise UnreadableError(f"not a path: {stated}", hint="check the path") from error


def sources_of(given: Given | Sequence[Given]) -> tuple[InputFile, ...]:
    """The given files: one, those of a folder or a zip, or several in a list.

    A bundle of answers is one file. Files whose names begin with a dot belong to the operating
    system and are skipped.

    Raises:
        UnreadableError: Something is missing, may not be read, or is a folder without files.
        InvalidInputError: Nothing is given, or a folder that is not a bundle contains a folder.
        SanctionsError: See `InputFile`.
    """
    if not isinstance(given, (list, tuple)):
        return _each(cast("Given", given))
    if not given:
        raise InvalidInputError("no file is given", hint="give at least one path")
    return tuple(source for one in cast("Sequence[Given]", given) for source in _each(one))


def _each(given: Given) -> tuple[InputFile, ...]:
    if not isinstance(given, (str, os.PathLike)) or not os.path.isdir(_path_of(given)):  # noqa: PTH112 - False for an invalid path
        return InputFile.several(given)
    folder = Path(_path_of(given))
    paths = _in_folder(folder)
    if not paths:
        raise _unreadable(folder, "has no files")
    if root_of(path.name for path in paths) is not None:
        return (InputFile.packed(f"{folder.name}.zip", dict(_answers(paths))),)
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - `is_dir` raises without permission
            raise InvalidInputError(
                f"the folder contains another folder, {path.name!r}",
                where=Where(source=folder.name),
                hints=(
                    Hint("put the files of the edition into a folder or zip of their own"),
                    Hint("or give a list of their paths as {}", "source"),
                ),
            )
    return tuple(source for path in paths for source in InputFile.several(path))


def _in_folder(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise _unreadable(folder, f"cannot be read: {error}") from error


def _answers(paths: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    """The files of a bundle's folder, and of the folders in it, by their names in the bundle."""
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - `is_dir` raises without permission
            yield from ((f"{path.name}/{one.name}", one) for one in _in_folder(path))
        else:
            yield path.name, path


def _unreadable(folder: Path, message: str) -> UnreadableError:
    return UnreadableError(
        f"the folder {str(folder)!r} {message}",
        where=Where(source=folder.name),
        hint="check the path and its permissions",
    )


def name_of(sources: Sequence[InputFile]) -> str:
    """The name of the files for a message."""
    first = sources[0].name
    return first if len(sources) == 1 else f"{first} and {len(sources) - 1} more"


def with_progress(
    sources: Sequence[InputFile], progress: Progress | None
) -> Iterator[tuple[InputFile, Progress | None]]:
    """Each file with a callback that counts the bytes of all files."""
    total, before = sum(source.size for source in sources), 0
    for source in sources:
        yield source, None if progress is None else _counted(progress, before, total)
        before += source.size


def _counted(progress: Progress, before: int, total: int) -> Progress:
    return lambda done, _: progress(before + done, total)


class _Hashed(io.RawIOBase):
    """The content of a file as a raw stream that is counted and hashed."""

    def __init__(self, content: Readable, source: InputFile, progress: Progress | None) -> None:
        super().__init__()
        self._content = content
        self._source = source
        self._progress = progress
        self._digest = hashlib.sha256()
        self._done = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        with self._source._faults():
            data = self._content.read(len(buffer))
        self._done += len(data)
        if self._done > self._source.size:  # a file that is still growing may have no end
            raise self._changed()
        self._digest.update(data)
        if self._progress is not None:
            self._progress(self._done, self._source.size)
        buffer[: len(data)] = data
        return len(data)

    def finish(self) -> None:
        """Read the rest of the file, and compare the hash."""
        # A text reader that was garbage-collected has closed the stream.
        while self.readinto(memoryview(bytearray(_CHUNK))):
            pass
        if self._digest.hexdigest() != self._source.sha256:
            raise self._changed()

    def _changed(self) -> ParseError:
        return ParseError(
            "the file changed while it was read",
            where=Where(source=self._source.name),
            hint="copy the file before reading, or wait until its download has ended",
        )
