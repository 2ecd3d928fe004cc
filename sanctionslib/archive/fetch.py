"""One file from its publisher's server: whole, hashed, and nothing else in its place; or an error.

What servers do is told in `docs/guide/servers.md`. What comes in is streamed to a gzip file in a
temporary folder and hashed on the way. Addresses that a server redirects to are followed and never
kept: those of OFAC are signed and live for minutes.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from sanctionslib.archive._received import Received, Unchanged
from sanctionslib.catalog import FileInfo

if TYPE_CHECKING:
    import requests

__all__ = ["Patience", "fetch_file", "published_hashes"]


@attrs.frozen(kw_only=True)
class Patience:
    """How long a server is waited for, and how often it is asked again."""

    attempts: int = 5
    """How often a file is asked for in all."""
    connect: float = 10.0
    """Seconds for a connection."""
    silence: float = 180.0
    """Seconds without a byte: the EU's server thinks for more than a minute before the first one."""
    whole: float = 3600.0
    """Seconds for a file, all attempts and waits together."""
    backoff: float = 1.0
    """Seconds before the second attempt; doubled each time, with jitter."""
    longest_wait: float = 120.0
    """Seconds that a server may ask for with `Retry-After`; longer ones are told, not waited for."""


def fetch_file(
    file: FileInfo,
    folder: Path,
    *,
    largest: int,
    session: requests.Session | None = None,
    patience: Patience | None = None,
    known: tuple[str, str, str] | None = None,
    stated: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Received, ...] | Unchanged:
    """Download one file of an edition: several where the server gives a zip with several.

    Args:
        file: Its name and addresses; the next address is tried where one does not have it (404, 410).
        folder: A temporary folder.
        largest: No file is larger than this, unpacked.
        session: Yours, for proxies, certificates or a cache; its own User-Agent is kept if it has one.
        patience: How long to wait, and how often to ask.
        known: Address, ETag and Last-Modified of what is held, to ask for it only if it changed.
        stated: The hash that the publisher states for it, as `sha256:…`; compared.
        progress: Called with the bytes received and the bytes in all (0 where unknown).

    Raises:
        BlockedError: A block page, a web page, an empty body, 401 or 403; with its beginning.
        FetchError: Anything else that keeps the file from coming in whole: with each attempt.
        UnwritableError: It cannot be written.
    """
    raise NotImplementedError


def published_hashes(
    address: str, *, session: requests.Session | None = None, patience: Patience | None = None
) -> dict[str, str]:
    """The hashes that OFAC's service states: file name → `sha256:…`.

    Raises:
        FetchError: It cannot be had, or is not of the form that is known.
    """
    raise NotImplementedError
