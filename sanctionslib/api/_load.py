"""Lists from the archive, kept current: `load`, `fetch`, `add_edition`, `accept`, `lists`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sanctionslib.answers import Fetched, HeldEdition
from sanctionslib.catalog import ListInfo
from sanctionslib.model import Entity
from sanctionslib.parsers import Given, Progress
from sanctionslib.query import SanctionsList

if TYPE_CHECKING:
    import requests

__all__ = ["MAX_AGE", "accept", "add_edition", "fetch", "lists", "load"]

MAX_AGE = timedelta(hours=6)
"""How long `load` goes by what the server said last, before it asks again."""


def load(
    *list_ids: str,
    as_of: date | str | None = None,
    max_age: timedelta = MAX_AGE,
    offline: bool = False,
    allow_stale: bool = False,
    format: str | None = None,
    records: bool = False,
    strict: bool = False,
    session: requests.Session | None = None,
    progress: Progress | None = None,
    home: Path | str | None = None,
) -> SanctionsList[Entity]:
    """A list from the archive; asked for at its publisher's where it was not lately.

    Args:
        list_ids: The lists; several are one collection of several editions.
        as_of: The edition that was the newest on this day, of those that the archive holds. Never
            the network.
        max_age: How long ago the server may have been asked.
        offline: Never the network. An edition older than a `max_age` that you give raises.
        allow_stale: Where no newer edition can be had, take the last good one, with a
            `StaleEditionWarning`.
        format: A format name; without it the list's preferred one.
        records: Keep the source of each entity, as `read` does.
        strict: Raise at any fault of any entry, as `read` does.
        session: Yours, for proxies or certificates.
        progress: Called with the bytes received and the bytes in all (0 where unknown).
        home: The archive's folder.
    """
    raise NotImplementedError


def fetch(
    list_id: str,
    *,
    format: str | None = None,
    force: bool = False,
    session: requests.Session | None = None,
    progress: Progress | None = None,
    home: Path | str | None = None,
) -> Fetched:
    """Ask a list's publisher for its newest edition, check it, and keep it.

    Args:
        list_id: The list.
        format: A format name; without it the list's preferred one.
        force: Ask for all of it, also where the server would say that nothing changed.
        session: Yours, for proxies or certificates.
        progress: Called with the bytes received and the bytes in all (0 where unknown).
        home: The archive's folder.
    """
    raise NotImplementedError


def add_edition(
    source: Given | Sequence[Given],
    *,
    list_id: str,
    published: date | str | None = None,
    partial: bool = False,
    progress: Progress | None = None,
    home: Path | str | None = None,
) -> HeldEdition:
    """Keep an edition that you have as files in the archive: an old download, a colleague's copy.

    Args:
        source: A path, bytes, a folder, a zip, or the files of one edition as a list; as `read`.
        list_id: The list that it is of.
        published: Its date, where the files state none.
        partial: Also where files of it are missing; such an edition never becomes the current one.
        progress: Called with the bytes done and the bytes in all, while reading.
        home: The archive's folder.
    """
    raise NotImplementedError


def accept(
    list_id: str, sha256: str, *, reason: str, home: Path | str | None = None
) -> HeldEdition:
    """Let an edition that was refused answer for its list, and keep why.

    Args:
        list_id: The list.
        sha256: Its hash, or the first eight or more characters of it; the error has it.
        reason: Why, in words; kept with the time.
        home: The archive's folder.
    """
    raise NotImplementedError


def lists(*, home: Path | str | None = None) -> tuple[ListInfo, ...]:
    """The official lists that are known, and those of your own catalog in the archive's folder."""
    raise NotImplementedError
