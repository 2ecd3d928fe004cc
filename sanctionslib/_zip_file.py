"""Zips from strangers, opened so that neither their directory nor their packing takes without bound."""

from __future__ import annotations

import zipfile
from typing import BinaryIO

__all__ = ["PACKINGS", "open_zip"]

PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""What every zip of a publisher is packed with; the others `zipfile` unpacks without any bound."""

_DIRECTORY = 1 << 20
"""Bytes that the directory of a zip may have; `zipfile` makes of it objects that take many times that."""


def open_zip(raw: BinaryIO) -> zipfile.ZipFile:
    """Open a zip whose directory is of a size that it can have.

    Raises:
        Exception: Whatever `zipfile` raises, of many kinds; BadZipFile where the directory is larger.
    """
    return zipfile.ZipFile(_Bounded(raw))


class _Bounded:
    """A file for `zipfile`, which reads the directory of a zip whole, however long it is."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self.seek, self.tell, self.seekable = raw.seek, raw.tell, raw.seekable

    def read(self, size: int = -1, /) -> bytes:
        """Read up to `size` bytes."""
        if size > _DIRECTORY:
            raise zipfile.BadZipFile(f"its directory has {size:,} bytes")
        return self._raw.read(size)
