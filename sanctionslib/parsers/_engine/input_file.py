"""Sources: official files as bytes, wherever they lie: a path, bytes, a stream, gzip, zip, a folder.

The bytes are read twice: once for their hash, so that every entity can name the edition it comes
from, and once to be parsed. The second reading checks the hash again, so that a file which changes
under the parser is noticed.

A workbook (xlsx, ods) is a zip that stays one file: its members are no files of their own. So is a
bundle of answers; one that is given as a folder is packed first.

Nothing is unpacked beyond a stated size: a file of a few kilobytes can say that it has terabytes.
Whatever the operating system, a damaged archive or a stream of the caller raises becomes an error
of this library.
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
from sanctionslib.parsers._engine.faults import beyond, cut
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
"""Bytes that are read at once, and those of `InputFile.head`."""
_TAIL = 4096
_LARGEST = 2_000_000_000
"""Bytes that a file may have unpacked: the largest list that we know, SDN_ADVANCED, has 127 million."""
_MOST_FILES = 64
"""Files that a zip may hold: OFAC's flat files are four."""

_ZIP = b"PK\x03\x04"

Progress = Callable[[int, int], None]
"""Called while a file is read, with the bytes done and the bytes in all."""


class Readable(Protocol):
    """Anything with a binary `read`."""

    def read(self, size: int = -1, /) -> bytes: ...


Given = str | os.PathLike[str] | bytes | bytearray | Readable
"""What a file can be given as."""


class InputFile:
    """One file, opened as often as needed.

    Args:
        given: A path, the bytes themselves, or a binary stream (which is read to its end at once).
        name: Name to show and to tell the list by, where it is not that of the file.
        largest: Bytes that it may have, after decompression. Without it 2,000,000,000 where it is
            compressed; any other is as large as it is.

    Raises:
        UnreadableError: It is missing, a folder, a pipe, or may not be read; or it is packed in a
            way that is not read.
        TruncatedError: It is empty, or its compressed data are cut or damaged.
        StructureChangedError: It has more than `largest`, or is a zip of other than one file.
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
    opened: object | None = None
    """The workbook or the bundle that it is, once opened: checking one takes as long as reading it."""

    def __init__(self, given: Given, *, name: str = "", largest: int | None = None) -> None:
        self._take(given, name, largest)
        (member,) = self._members(most=1)
        self._measure(member)

    @classmethod
    def several(cls, given: Given) -> tuple[InputFile, ...]:
        """One source for each file in it: several only where it is a zip that holds several.

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
        """The zip of these files, by the names that they get in it: the same for the same bytes.

        Raises:
            SanctionsError: As the constructor does.
        """
        if len(paths) > MOST_ANSWERS:
            says = f"the folder holds {len(paths):,} files, where {MOST_ANSWERS:,} are the most"
            raise beyond(says, Where(source=name))
        made, left = io.BytesIO(), _LARGEST
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for at, path in sorted(paths.items()):
                one = cls.__new__(cls)
                one._take(path, "", None)
                with one._faults(), one._raw() as raw:
                    data = raw.read(left + 1)
                if (left := left - len(data)) < 0:
                    says = f"its files have more than {_LARGEST:,} bytes"
                    raise beyond(says, Where(source=name))
                # Without the time of its file, which says nothing of what stands in it.
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
                    "this is the text of a file, where the path of one is meant",
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
        # That of a file opened by its number is the number.
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
        mode = os.stat(self._path).st_mode  # noqa: PTH116 - a path may be anything that the system takes
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):  # it may never end, or never begin
            raise UnreadableError(
                f"{self._path!r} is a pipe or a device, and no file",
                where=Where(source=self.name),
                hint="save what comes from it as a file, or give a stream, as sys.stdin.buffer",
            )
        return open(self._path, "rb")  # noqa: PTH123 - closed by the caller

    def _members(self, most: int) -> Sequence[zipfile.ZipInfo | None]:
        """The files in it: those of a zip, at least one; None for a file that is no zip."""
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
            says = f"it has more than {most:,} bytes, unpacked"
            raise beyond(says, Where(source=self.name))

    def _files_in(self, archive: zipfile.ZipFile, most: int) -> list[zipfile.ZipInfo]:
        """The members that somebody put there.

        What unpacks to more than the zip says is cut there, and its checksum does not agree.
        """
        if not all(info.filename for info in archive.infolist()):
            raise zipfile.BadZipFile("it holds a file without a name")
        files = files_in(archive)
        if not 1 <= len(files) <= most:
            names = ", ".join(info.filename for info in files[:5]) or "nothing"
            meant = "one is meant" if most == 1 else f"{most} are the most"
            raise StructureChangedError(
                f"the zip file holds {len(files):,} files ({names}) where {meant}",
                where=Where(source=self.name),
                hint="unpack it and read the file that you mean",
            )
        self._check_size(sum(info.file_size for info in files))
        if any(info.compress_type not in PACKINGS for info in files):
            raise RuntimeError("it is packed in another way than every program can unpack")
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
            raise cut("the file is empty", Where(source=self.name))
        self.sha256 = digest.hexdigest()

    @contextmanager
    def open(self, progress: Progress | None = None) -> Generator[io.BufferedReader]:
        """The content as a stream, which is hashed while it is read.

        Raises:
            ParseError: At the end, if the content is no longer what was measured.
        """
        with ExitStack() as stack:
            with self._faults():
                content = self._opened(stack)
            hashed = _Hashed(content, self, progress)
            yield io.BufferedReader(hashed, _CHUNK)
            hashed.finish()

    @contextmanager
    def _faults(self) -> Generator[None]:
        """Turn whatever goes wrong with a file, an archive or a stream into an error of ours."""
        try:
            yield
        except SanctionsError:
            raise
        # zipfile raises IndexError, struct.error and more, a stream of the caller what it likes.
        except Exception as error:
            raise self._fault(error) from error

    def _fault(self, error: Exception) -> SanctionsError:
        said, where = str(error) or type(error).__name__, Where(source=self.name)
        what = f"the file cannot be read: {said}"
        hint = "look at the path and the disk, or at the stream that was given"
        if isinstance(error, FileNotFoundError):
            what, hint = f"there is no file {self._path!r}", "check the path"
            if "://" in self._path:
                hint = "this reads files and never the network: download the list first"
        elif isinstance(error, IsADirectoryError):
            what, hint = f"{self._path!r} is a folder", "give the file inside it"
        elif isinstance(error, PermissionError):
            what = f"{self._path!r} may not be read by this user"
            hint = "change its permissions, or the user"
        elif isinstance(error, gzip.BadGzipFile) or (
            self._packing and not isinstance(error, (OSError, RuntimeError, MemoryError))
        ):
            return cut(f"the compressed data are cut or damaged: {said}", where)
        elif self._packing and isinstance(error, RuntimeError):  # a zip can be encrypted, for one
            what = f"the archive cannot be unpacked: {said}"
            hint = "unpack it yourself and read the file inside"
        return UnreadableError(what, where=where, hint=hint)


def _path_of(given: str | os.PathLike[str]) -> str:
    """The path that is given, as a text.

    Raises:
        UnreadableError: It is none.
    """
    try:
        return os.fsdecode(given)
    except Exception as error:
        said = str(error) or type(error).__name__
        raise UnreadableError(f"not a path: {said}", hint="check the path") from error


def sources_of(given: Given | Sequence[Given]) -> tuple[InputFile, ...]:
    """The files that are given: one, those of a folder or a zip, or several in a list.

    A bundle of answers is one file. Files whose names begin with a dot are the system's own and are
    left out.

    Raises:
        UnreadableError: Something is missing, may not be read, or is a folder without files.
        InvalidInputError: Nothing is given, or a folder that is no bundle holds another folder.
        SanctionsError: See `InputFile`.
    """
    if not isinstance(given, (list, tuple)):
        return _each(cast("Given", given))
    if not given:
        raise InvalidInputError("no file is given", hint="give at least one path")
    return tuple(source for one in cast("Sequence[Given]", given) for source in _each(one))


def _each(given: Given) -> tuple[InputFile, ...]:
    if not isinstance(given, (str, os.PathLike)) or not os.path.isdir(_path_of(given)):  # noqa: PTH112 - False for what the system takes for no path
        return InputFile.several(given)
    folder = Path(_path_of(given))
    paths = _in_folder(folder)
    if not paths:
        raise _unreadable(folder, "holds no files")
    if root_of(path.name for path in paths) is not None:
        return (InputFile.packed(f"{folder.name}.zip", dict(_answers(paths))),)
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - `is_dir` raises where it may not look
            raise InvalidInputError(
                f"the folder holds another folder, {path.name!r}",
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
    """The files of a bundle that is a folder, and of the folders in it, by their names there."""
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - `is_dir` raises where it may not look
            yield from ((f"{path.name}/{one.name}", one) for one in _in_folder(path))
        else:
            yield path.name, path


def _unreadable(folder: Path, says: str) -> UnreadableError:
    return UnreadableError(
        f"the folder {str(folder)!r} {says}",
        where=Where(source=folder.name),
        hint="check the path and its permissions",
    )


def name_of(sources: Sequence[InputFile]) -> str:
    """What to call the files in a message."""
    first = sources[0].name
    return first if len(sources) == 1 else f"{first} and {len(sources) - 1} more"


def with_progress(
    sources: Sequence[InputFile], progress: Progress | None
) -> Iterator[tuple[InputFile, Progress | None]]:
    """Each source with a callback that counts the bytes of all of them."""
    total, before = sum(source.size for source in sources), 0
    for source in sources:
        yield source, None if progress is None else _counted(progress, before, total)
        before += source.size


def _counted(progress: Progress, before: int, total: int) -> Progress:
    return lambda done, _: progress(before + done, total)


class _Hashed(io.RawIOBase):
    """The content of a source as the standard library wants a stream: counted and hashed."""

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
        if self._done > self._source.size:  # what grew since it was measured may have no end
            raise self._changed()
        self._digest.update(data)
        if self._progress is not None:
            self._progress(self._done, self._source.size)
        buffer[: len(data)] = data
        return len(data)

    def finish(self) -> None:
        """Read the rest, which belongs to the file too, and compare the hash."""
        # A reader of text has closed the stream, if nobody holds it any more.
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
