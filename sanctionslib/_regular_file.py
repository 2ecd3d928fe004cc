"""Reading the library's own files by name: regular files alone, and no more of one than it can hold.

In a folder that others can write, the name may lead to anything: a pipe blocks without end, a
symbolic link leads to any other file, and a large file fills the memory.
"""

from __future__ import annotations

import errno
import os
from os.path import islink
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO


class IrregularFileError(OSError):
    """It is no regular file of a size that is expected; the message says what it is."""


# Windows has none of these flags but the last, which the others lack.
_NAMES = ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY")
SAFELY = sum(getattr(os, name, 0) for name in _NAMES)
"""For `os.open`, where something may have been planted: follow no link, and wait for nothing."""


def open_regular(path: Path) -> BinaryIO:
    """Open a regular file for reading.

    Raises:
        IrregularFileError: It is a symbolic link, a folder, a pipe or a device.
        OSError: It cannot be opened.
    """
    if islink(path):  # noqa: PTH114 - it never raises; in better words than the system's, and Windows has no such flag
        raise IrregularFileError(errno.ELOOP, "it is a symbolic link", str(path))
    descriptor = os.open(path, os.O_RDONLY | SAFELY)
    if not S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise IrregularFileError(errno.EINVAL, "it is no file", str(path))
    return os.fdopen(descriptor, "rb")


def read_regular(path: Path, largest: int) -> bytes:
    """The content of a regular file.

    Args:
        path: The file.
        largest: Bytes that it can have.

    Raises:
        IrregularFileError: As `open_regular`; or it is larger.
        OSError: It cannot be read.
    """
    with open_regular(path) as opened:
        # Python makes room for all that is asked for, so only for what is there.
        size = min(os.fstat(opened.fileno()).st_size, largest) + 1
        content = opened.read(size)
    if len(content) > largest:
        raise IrregularFileError(errno.EFBIG, f"it is larger than {largest:,} bytes", str(path))
    return content
