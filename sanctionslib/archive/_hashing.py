"""Whether a stored file still holds the bytes that it was stored with."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from pathlib import Path

from sanctionslib.answers import HeldFile

__all__ = ["fault_of"]

_CHUNK = 1 << 20
_RESERVED = 0xE0  # Python reads past these flags; gunzip does not


def fault_of(path: Path, file: HeldFile) -> str:
    """What is wrong with a stored file, in words; "" where it is as it was stored.

    Raises:
        PermissionError: It may not be read: then nothing is known of it.
    """
    if path.exists() and not path.is_file():  # a pipe would be waited for without end
        return "it is no file"
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as packed, gzip.open(packed) as opened:
            flags = packed.read(4)[3:]
            if flags and flags[0] & _RESERVED:
                return "it cannot be unpacked: gunzip knows no such flags"
            packed.seek(0)
            while chunk := opened.read(_CHUNK):
                size += len(chunk)
                if size > file.size:  # and may never end
                    return f"it is larger than it was: {file.size:,} bytes"
                digest.update(chunk)
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
