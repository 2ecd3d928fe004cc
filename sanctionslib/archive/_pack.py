"""Packer: bytes that come in are packed with gzip and hashed on the way to disk.

The same bytes give the same packed file: it holds neither a name nor a time. `gunzip` unpacks it.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import secrets
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from sanctionslib.archive._files import unwritable
from sanctionslib.archive._received import Received
from sanctionslib.errors import SanctionsError, UnreadableError, Where

__all__ = ["CHUNK", "Packer", "Readable", "pack"]

CHUNK = 1 << 20
"""Bytes that are read at once."""


class Readable(Protocol):
    """Anything that bytes can be read from: an open file, a member of a zip."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most so many; b"" at the end."""
        ...


class Packer:
    """A gzip file that is written piece by piece, hashed and measured unpacked.

    As a context manager it removes the file where an exception leaves the block.

    Args:
        path: The file; it must not be there yet.

    Raises:
        UnwritableError: It cannot be made.

    Example:
        >>> with Packer(Path("SDN.CSV.gz")) as packer:
        ...     packer.write(b"36,")
        ...     size, sha256 = packer.close()
        >>> size, sha256[:8]
        (3, '9b72442b')
    """

    path: Path
    size: int
    """Bytes so far, unpacked."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        self._hash = hashlib.sha256()
        try:
            self._raw = path.open("xb")
        except OSError as error:
            raise unwritable(error, path, "the file cannot be written") from error
        self._packed = gzip.GzipFile("", "wb", compresslevel=9, fileobj=self._raw, mtime=0)

    def write(self, chunk: bytes) -> None:
        """Add bytes.

        Raises:
            UnwritableError: The disk is full.
        """
        self.size += len(chunk)
        self._hash.update(chunk)
        try:
            self._packed.write(chunk)
        except OSError as error:
            raise unwritable(error, self.path, "the file cannot be written") from error

    def close(self) -> tuple[int, str]:
        """End the file; its size in bytes, unpacked, and its hash.

        Raises:
            UnwritableError: The disk is full.
        """
        try:
            self._packed.close()
            self._raw.close()
        except OSError as error:
            raise unwritable(error, self.path, "the file cannot be written") from error
        return self.size, self._hash.hexdigest()

    def discard(self) -> None:
        """Give up: the file is removed."""
        # Closing writes what is left, and a full disk says so once more.
        for opened in (self._packed, self._raw):
            with contextlib.suppress(OSError):
                opened.close()
        with contextlib.suppress(OSError):
            self.path.unlink()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.discard()


def pack(source: Readable | Path, folder: Path, name: str) -> Received:
    """A file of an edition, packed into a folder as `Archive.store` takes it.

    Args:
        source: Where its bytes are; read to the end, not closed.
        folder: A temporary folder, see `Archive.workplace`.
        name: Its name: `SDN.CSV`.

    Raises:
        UnreadableError: The source cannot be read.
        UnwritableError: The packed file cannot be written.
    """
    if isinstance(source, Path):
        try:
            opened = source.open("rb")
        except OSError as error:
            raise _unreadable(error, name) from error
        with opened:
            return pack(opened, folder, name)
    path = folder / f"{secrets.token_hex(8)}.gz"
    with Packer(path) as packer:
        while True:
            try:
                chunk = source.read(CHUNK)
            except SanctionsError:
                raise
            except OSError as error:
                raise _unreadable(error, name) from error
            if not chunk:
                break
            packer.write(chunk)
        size, sha256 = packer.close()
    return Received(name=name, path=path, size=size, sha256=sha256)


def _unreadable(error: OSError, name: str) -> UnreadableError:
    return UnreadableError(
        f"the file cannot be read: {error.strerror or error}",
        where=Where(source=name),
        hint="check that it is there, is a file and may be read",
    )
