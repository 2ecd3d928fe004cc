"""Received files: packed with gzip and hashed on the way to disk, taken out of zips, hashed again.

The same bytes give the same packed file: it holds neither a name nor a time. `gunzip` unpacks it.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import secrets
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import IO

import attrs

from sanctionslib._regular_file import open_regular
from sanctionslib._zip_file import PACKINGS, open_zip
from sanctionslib.answers import HeldFile
from sanctionslib.archive._attempts import AttemptError
from sanctionslib.archive._files import is_safe_name, raising, writing
from sanctionslib.archive.content import HEAD, beginning, fault_of, too_large
from sanctionslib.errors import BlockedError, UnreadableError, UnwritableError

__all__ = ["Received", "damage_of", "edition_hash", "pack", "packed", "unzip", "write"]

_CHUNK = 1 << 20
_RESERVED = 0xE0  # Python reads past these flags of gzip; gunzip does not
_MOST_IN_ZIP = 16
"""Files that an edition may have in one zip: OFAC's flat files are four."""


@attrs.frozen(kw_only=True)
class Received:
    """One file of an edition, received whole, packed with gzip in a temporary folder."""

    name: str
    """Its name: `SDN.CSV`; of a file in a zip that of the member."""
    path: Path
    """Where it is now, gzip; `EditionStore.store` moves it."""
    size: int
    """Size in bytes, unpacked."""
    sha256: str
    """Hash, unpacked."""
    packed: str = ""
    """The zip that it came in, where it came in one."""
    packed_sha256: str = ""
    """Hash of that zip."""
    url: str = ""
    """The address that was asked."""
    etag: str = ""
    last_modified: str = ""
    date: str = ""
    """The server's `Date`, verbatim."""
    published_hash: str = ""
    """The hash that the publisher states; it agreed."""
    wire: int = 0
    """Bytes that came over the network; of several files out of one zip the first has them."""
    notes: tuple[str, ...] = ()
    """What was unusual: attempts that failed, other addresses tried; as `wire`."""


# ── packing ───────────────────────────────────────────────────────────────────────────────────


def pack(source: IO[bytes], folder: Path, name: str) -> Received:
    """Pack a file of an edition into a temporary folder, as `EditionStore.store` takes it.

    The source is read to the end, and not closed.

    Raises:
        UnreadableError: The source cannot be read.
        UnwritableError: The packed file cannot be written.
    """
    return packed(_chunks(source, name), folder, name)


def packed(pieces: Iterable[bytes], folder: Path, name: str) -> Received:
    """Pack bytes that come piece by piece; after an error part of them may be left in the folder."""
    path = folder / f"{secrets.token_hex(8)}.gz"
    size, sha256 = write(pieces, path)
    return Received(name=name, path=path, size=size, sha256=sha256)


def write(pieces: Iterable[bytes], path: Path, *, as_gzip: bool = True) -> tuple[int, str]:
    """Write a new file piece by piece; the size and hash of its bytes, before they are packed.

    Raises:
        UnwritableError: The file exists, the disk is full, or the folder may not be written.
    """
    what, digest, size = "the file cannot be written", hashlib.sha256(), 0
    with writing(path, what):
        raw = path.open("xb")
    target: IO[bytes] | gzip.GzipFile = raw
    if as_gzip:
        target = gzip.GzipFile("", "wb", compresslevel=9, fileobj=raw, mtime=0)
    try:
        for piece in pieces:
            size += len(piece)
            digest.update(piece)
            with writing(path, what):
                target.write(piece)
        with writing(path, what):
            target.close()
            raw.close()
    finally:
        # Closing writes what is left, and a full disk says so once more.
        for each in (target, raw):
            with suppress(OSError):
                each.close()
    return size, digest.hexdigest()


def _chunks(source: IO[bytes], name: str) -> Iterator[bytes]:
    hint = "check that it is there, is a file and may be read"
    with raising(UnreadableError, name, "the file cannot be read", hint):
        while chunk := source.read(_CHUNK):
            yield chunk


def edition_hash(hashes: Iterable[str]) -> str:
    """The hash of an edition, from those of its files: see `Edition.sha256`."""
    known = sorted(hashes)
    if len(known) == 1:
        return known[0]
    return hashlib.sha256("\n".join(known).encode()).hexdigest()


def damage_of(path: Path, file: HeldFile) -> str:
    """What is wrong with a stored file, in words; "" where it is as it was stored.

    PermissionError where it may not be read: then nothing is known of it.
    """
    digest, size = hashlib.sha256(), 0
    try:
        with open_regular(path) as stored, gzip.open(stored) as opened:
            # gzip adds less than one byte in a thousand; empty members could follow without end.
            if os.fstat(stored.fileno()).st_size > file.size + file.size // 100 + 4096:
                return "it is larger than its content can be packed"
            flags = stored.read(4)[3:]
            if flags and flags[0] & _RESERVED:
                return "it cannot be read by gunzip"
            stored.seek(0)
            while size <= file.size and (chunk := opened.read(_CHUNK)):  # it may never end
                size += len(chunk)
                digest.update(chunk)
    except FileNotFoundError:
        return "it is not there"
    except PermissionError:
        raise
    except (OSError, EOFError, zlib.error) as error:
        return f"it cannot be read: {getattr(error, 'strerror', None) or error}"
    return "" if digest.hexdigest() == file.sha256 else "its content is another one"


# ── zips ──────────────────────────────────────────────────────────────────────────────────────


def unzip(path: Path, name: str, folder: Path, *, largest: int) -> list[Received]:
    """The file out of a zip: the one of the name, else the only one, else all.

    Each may have so many bytes, unpacked, as `largest` says. After an error part of them may be
    left in the folder.

    Raises:
        AttemptError: It is damaged, or does not hold the file.
        UnwritableError: The file cannot be written.
    """
    try:
        with path.open("rb") as raw, open_zip(raw) as archive:
            return [_member(archive, one, folder, largest) for one in _chosen(archive, name)]
    except (AttemptError, UnwritableError):
        raise
    except RuntimeError:
        raise _unknown_packing() from None
    # An offset that points nowhere is an OSError or an OverflowError, a name that is no UTF-8 a
    # ValueError, and there are more.
    except Exception as error:  # noqa: BLE001 (whatever it is, the zip is at fault)
        said = str(error) or type(error).__name__
        raise AttemptError(f"the zip is damaged: {said}", is_retryable=True) from None


def _chosen(archive: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    members = [
        info
        for info in archive.infolist()
        if not info.filename.endswith("/")
        and not info.filename.startswith("__MACOSX/")
        and not _base(info).startswith(".")
    ]
    named = [info for info in members if _base(info).casefold() == name.casefold()]
    chosen = named or members
    names = {_base(info).casefold() for info in chosen}
    if not chosen or len(chosen) > _MOST_IN_ZIP or len(names) < len(chosen):
        listed = ", ".join(repr(info.filename) for info in members[:5]) or "nothing"
        raise AttemptError(
            f"the zip holds {len(members)} files ({listed}), and which one is the file is not clear",
            hint="if the publisher changed what is in it, look for a newer version of this library",
        )
    for info in chosen:
        if not is_safe_name(_base(info)):
            raise AttemptError(
                f"the zip holds a file with a name that no file can have: {info.filename[:60]!r}",
                hint="do not unpack it by hand: such names are made to write elsewhere",
            )
    return chosen


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, folder: Path, largest: int
) -> Received:
    name = _base(info)
    if info.compress_type not in PACKINGS:
        raise _unknown_packing()
    # What unpacks to more than the zip says is cut there, and its checksum does not agree.
    if info.file_size > largest:
        raise too_large(f"{name} in the zip", info.file_size, largest)
    with archive.open(info) as opened:
        head = opened.read(HEAD)
    if fault := fault_of(name, head):
        raise AttemptError(f"the zip holds {fault} as {name}{beginning(head)}", kind=BlockedError)
    with archive.open(info) as opened:
        return pack(opened, folder, name)


def _base(info: zipfile.ZipInfo) -> str:
    return PurePosixPath(info.filename.replace("\\", "/")).name


def _unknown_packing() -> AttemptError:
    return AttemptError(
        "the zip is encrypted, or packed in a way that is not known",
        hint="open the address in a browser to see what the publisher gives",
    )
