"""What a download gives: files in a temporary folder, hashed while they came in."""

from __future__ import annotations

from pathlib import Path

import attrs

__all__ = ["Received", "Unchanged"]


@attrs.frozen(kw_only=True)
class Received:
    """One file of an edition, received whole, packed with gzip in a temporary folder."""

    name: str
    """Its name: `SDN.CSV`; of a file in a zip that of the member."""
    path: Path
    """Where it lies now, gzip; `Archive.store` moves it."""
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
    """Bytes that came over the network."""
    notes: tuple[str, ...] = ()
    """What was out of the ordinary: attempts that failed, other addresses tried."""


@attrs.frozen(kw_only=True)
class Unchanged:
    """The server says that the file is the one that was received before (304)."""

    url: str
    notes: tuple[str, ...] = ()
