"""Open untrusted zips, so that neither their directory nor their content exhausts the memory."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import BinaryIO

PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""What every zip of a publisher is packed with; the others `zipfile` unpacks without any bound."""

_CHUNK = 1 << 16
_DIRECTORY = 1 << 20
"""Bytes that the directory of a zip may have; `zipfile` needs many times as much memory for it."""


def open_zip(raw: BinaryIO, directory: int = _DIRECTORY) -> zipfile.ZipFile:
    """Open a zip whose directory is no larger than allowed.

    Args:
        raw: Its bytes.
        directory: Bytes that its directory may have.

    Raises:
        Exception: Whatever `zipfile` raises, of many kinds; BadZipFile where the directory is larger.
    """
    return zipfile.ZipFile(_Bounded(raw, directory))


def unpacked(archive: zipfile.ZipFile, largest: int) -> Iterator[tuple[str, bytes]]:
    """Each member, its name and its content, which agrees with its size and checksum.

    Raises:
        ValueError: They say that they have more than `largest` bytes in all, two have the same name,
            or one has an unusual compression method.
        Exception: Whatever `zipfile` raises, of many kinds.
    """
    infos = archive.infolist()
    if sum(info.file_size for info in infos) > largest:
        raise ValueError(f"it has more than {largest:,} bytes, unpacked")
    if len({info.filename for info in infos}) < len(infos):
        raise ValueError("two of its members have the same name")
    for info in infos:
        if info.compress_type not in PACKINGS:
            raise ValueError(f"{info.filename} is packed in another way than every program unpacks")
        with archive.open(info) as member:
            yield info.filename, b"".join(iter(lambda: member.read(_CHUNK), b""))


class _Bounded:
    """A file for `zipfile`, which reads the directory of a zip whole, however long it is."""

    def __init__(self, raw: BinaryIO, directory: int) -> None:
        self._raw = raw
        self._directory = directory
        self.seek, self.tell, self.seekable = raw.seek, raw.tell, raw.seekable

    def read(self, size: int = -1, /) -> bytes:
        """Read up to `size` bytes."""
        if size > self._directory:
            raise zipfile.BadZipFile(f"its directory has {size:,} bytes")
        return self._raw.read(size)
