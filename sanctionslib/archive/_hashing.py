"""Whether a stored file still holds the bytes that it was stored with."""

from __future__ import annotations

import gzip
import hashlib
import os
import zlib
from pathlib import Path

from sanctionslib._regular_file import IrregularFileError, open_regular
from sanctionslib.answers import HeldFile

__all__ = ["fault_of"]

_CHUNK = 1 << 20
_RESERVED = 0xE0  # Python reads past these flags; gunzip does not


def fault_of(path: Path, file: HeldFile) -> str:
    """What is wrong with a stored file, in words; "" where it is as it was stored.

    Raises:
        PermissionError: It may not be read: then nothing is known of it.
    """
    digest, size = hashlib.sha256(), 0
    try:
        with open_regular(path) as packed, gzip.open(packed) as opened:
            # Packed members that hold nothing could follow each other without end.
            if os.fstat(packed.fileno()).st_size > _most_packed(file.size):
                return "it is larger than its content can be packed"
            flags = packed.read(4)[3:]
            if flags and flags[0] & _RESERVED:
                return "it cannot be unpacked: gunzip knows no such flags"
            packed.seek(0)
            while chunk := opened.read(_CHUNK):
                size += len(chunk)
                if size > file.size:  # and may never end
                    return f"it is larger than it was: {file.size:,} bytes"
                digest.update(chunk)
    except IrregularFileError as error:
        return error.strerror or "it is no file"
    except FileNotFoundError:
        return "it is not there"
    except PermissionError:
        raise
    except EOFError:
        return "it ends too early"
    except (OSError, zlib.error) as error:
        return f"it cannot be unpacked: {error}"
    if size != file.size:
        return f"it is smaller than it was: {size:,} bytes, not {file.size:,}"
    if digest.hexdigest() != file.sha256:
        return "its hash is not the one that it was stored with"
    return ""


def _most_packed(size: int) -> int:
    """Bytes that gzip can make of so many, with room to spare: it adds less than one in a thousand."""
    return size + size // 100 + 4096
