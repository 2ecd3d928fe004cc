"""Bundles: the answers of an interface that serves a list in parts, kept together as received.

Such a list is not one file. Its bundle is a folder, or a zip of it, in this library's layout:

    subjects.individual.json     an answer that lists parties: `subjects.` and a word
    subjects.legal.json
    actions/1234.json            for each party an answer about it

A zip with a file of the first kind is a bundle and is treated as one file, like a workbook. Its
directory states how many files it has and how large they are; no more than that is read.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Generator
from contextlib import contextmanager

from sanctionslib._zip_file import PACKINGS, open_zip
from sanctionslib.errors import ParseError, SanctionsError, Where
from sanctionslib.parsers._engine.faults import changed, limit_exceeded, truncated
from sanctionslib.parsers._engine.input_file import InputFile, Progress, Readable
from sanctionslib.parsers._engine.zips import (
    DIRECTORY,
    MOST_ANSWERS,
    files_in,
    is_bundle,
    root_of,
)

__all__ = ["Answer", "Bundle"]

_PACKED = 300_000_000
"""Bytes of its zip …"""
_UNPACKED = 2_000_000_000
"""… and all its files unpacked."""


class Bundle:
    """The files of a bundle, each unpacked on request.

    Args:
        name: Its file name.
        data: Its zip.

    Raises:
        TruncatedError: The zip is truncated or damaged.
        StructureChangedError: It exceeds the limits of a bundle, or has a file twice.
    """

    names: tuple[str, ...]
    """The names of its files, without the packed folder."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        with self._faults():
            self._zip = open_zip(io.BytesIO(data), DIRECTORY)
            # Zip programs ignore bytes around the archive, which could be another file.
            end = data.rfind(b"PK\x05\x06") + 22 + len(self._zip.comment)
            infos = self._zip.infolist()
            if end != len(data) or min(info.header_offset for info in infos):
                raise ValueError("it has bytes before or after the archive")
            found = files_in(self._zip)
            root = root_of(info.filename for info in found) or ""
            self._infos = {info.filename.removeprefix(root): info for info in found}
            self._check(found)
        self.names = tuple(self._infos)

    def _check(self, found: list[zipfile.ZipInfo]) -> None:
        where, size = Where(source=self.name), sum(info.file_size for info in found)
        if len(found) > MOST_ANSWERS:
            raise limit_exceeded(
                f"it has {len(found):,} files; the limit is {MOST_ANSWERS:,}", where
            )
        if size > _UNPACKED:
            raise limit_exceeded(f"it has more than {_UNPACKED:,} bytes, unpacked", where)
        if len(self._infos) < len(found):
            raise changed("two of its files have the same name", where)
        if any(info.compress_type not in PACKINGS for info in found):
            raise ValueError("it uses a compression method that not every program supports")

    @classmethod
    def of(cls, source: InputFile) -> Bundle | None:
        """The bundle in a zip, opened once; None for any other zip.

        Raises:
            SanctionsError: As the constructor does.
        """
        if isinstance(source.opened, Bundle):
            return source.opened
        if source.size <= _PACKED:
            with source.open() as stream:
                data = stream.read()
            try:
                with open_zip(io.BytesIO(data), DIRECTORY) as archive:
                    is_one = is_bundle(archive)
            except Exception:  # noqa: BLE001 - of many kinds; the reader of the damaged zip reports it
                return None
            if is_one:
                source.opened = bundle = cls(source.name, data)
                return bundle
        return None

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def answer(self, name: str) -> Answer:
        """One of its files."""
        return Answer(self, name)

    def size(self, name: str) -> int:
        """Bytes of a file, unpacked."""
        return self._infos[name].file_size

    def unpacked(self, name: str) -> Readable:
        """The content of a file."""
        with self._faults(name):
            return _Content(self, name, self._zip.open(self._infos[name]))

    @contextmanager
    def _faults(self, name: str = "") -> Generator[None]:
        """Turn any error of `zipfile` into an error of this library."""
        try:
            yield
        except SanctionsError:
            raise
        except Exception as error:
            raise self._cut(error, name) from error

    def _cut(self, error: Exception, name: str) -> ParseError:
        stated = str(error) or type(error).__name__
        where = Where(source=self.name, path=name)
        return truncated(f"the bundle is truncated or damaged: {stated}", where)


class Answer:
    """One file of a bundle, with the interface of an `InputFile`.

    Args:
        bundle: The bundle.
        name: The file's name in it.
    """

    def __init__(self, bundle: Bundle, name: str) -> None:
        self.name = name
        self._bundle = bundle

    @contextmanager
    def open(self, progress: Progress | None = None) -> Generator[Readable]:
        """Its content as a stream."""
        yield self._bundle.unpacked(self.name)


class _Content:
    """The content of a bundle's file, as a stream that raises errors of this library."""

    def __init__(self, bundle: Bundle, name: str, content: Readable) -> None:
        self._bundle = bundle
        self._name = name
        self._content = content

    def read(self, size: int = -1, /) -> bytes:
        with self._bundle._faults(self._name):
            return self._content.read(size)
