"""Bundles: the answers of an interface that gives a list piece by piece, kept together as received.

Such a list is no file. Its bundle is a folder, or a zip of it, in a layout of ours:

    subjects.individual.json     an answer that names parties: `subjects.` and a word
    subjects.legal.json
    actions/1234.json            for each of them an answer about it

A zip with a file of that first sort is a bundle, and stays one file, as a workbook does. Its
directory says how many files it has and how large they are, and no more than that is read.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Generator
from contextlib import contextmanager

from sanctionslib._zip_file import PACKINGS, open_zip
from sanctionslib.errors import ParseError, SanctionsError, Where
from sanctionslib.parsers._engine.faults import beyond, changed, cut
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
"""Bytes that its zip may have …"""
_UNPACKED = 2_000_000_000
"""… and all its files unpacked."""


class Bundle:
    """The files of a bundle, each unpacked when it is asked for.

    Args:
        name: Its file name.
        data: Its zip.

    Raises:
        TruncatedError: The zip is cut or damaged.
        StructureChangedError: It goes beyond what a bundle can be, or has a file twice.
    """

    names: tuple[str, ...]
    """The names of its files, without the folder that was packed."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        with self._faults():
            self._zip = open_zip(io.BytesIO(data), DIRECTORY)
            # Programs that open zips pass over what stands around them: it can be another file.
            end = data.rfind(b"PK\x05\x06") + 22 + len(self._zip.comment)
            infos = self._zip.infolist()
            if end != len(data) or min(info.header_offset for info in infos):
                raise ValueError("something stands before it or behind it")
            found = files_in(self._zip)
            root = root_of(info.filename for info in found) or ""
            self._infos = {info.filename.removeprefix(root): info for info in found}
            self._check(found)
        self.names = tuple(self._infos)

    def _check(self, found: list[zipfile.ZipInfo]) -> None:
        where, size = Where(source=self.name), sum(info.file_size for info in found)
        if len(found) > MOST_ANSWERS:
            raise beyond(
                f"it holds {len(found):,} files, where {MOST_ANSWERS:,} are the most", where
            )
        if size > _UNPACKED:
            raise beyond(f"it has more than {_UNPACKED:,} bytes, unpacked", where)
        if len(self._infos) < len(found):
            raise changed("two of its files have the same name", where)
        if any(info.compress_type not in PACKINGS for info in found):
            raise ValueError("it is packed in another way than every program can unpack")

    @classmethod
    def of(cls, source: InputFile) -> Bundle | None:
        """The bundle that a zip is, opened once; None where it is another one.

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
            except Exception:  # noqa: BLE001 - of many kinds; who reads the damaged zip says so
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
        """Turn whatever `zipfile` raises into an error of ours."""
        try:
            yield
        except SanctionsError:
            raise
        except Exception as error:
            raise self._cut(error, name) from error

    def _cut(self, error: Exception, name: str) -> ParseError:
        said = str(error) or type(error).__name__
        where = Where(source=self.name, path=name)
        return cut(f"the bundle is cut or damaged: {said}", where)


class Answer:
    """One file of a bundle, for what reads a file.

    Args:
        bundle: The bundle.
        name: Its name there.
    """

    def __init__(self, bundle: Bundle, name: str) -> None:
        self.name = name
        self._bundle = bundle

    @contextmanager
    def open(self, progress: Progress | None = None) -> Generator[Readable]:
        """Its content as a stream."""
        yield self._bundle.unpacked(self.name)


class _Content:
    """The content of a file of a bundle as a stream that raises errors of ours."""

    def __init__(self, bundle: Bundle, name: str, content: Readable) -> None:
        self._bundle = bundle
        self._name = name
        self._content = content

    def read(self, size: int = -1, /) -> bytes:
        with self._bundle._faults(self._name):
            return self._content.read(size)
