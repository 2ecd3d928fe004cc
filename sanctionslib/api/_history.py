"""What the archive knows of the past: `history`, `timeline`, `changes`; and looking after it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sanctionslib.answers import ChangeLog, HeldEdition, History, Timeline, Verification
from sanctionslib.parsers import Progress

__all__ = ["changes", "history", "prune_archive", "timeline", "verify_archive"]


def history(list_id: str, *, home: Path | str | None = None) -> History:
    """The editions of a list that the archive holds, refused ones included."""
    raise NotImplementedError


def timeline(
    entity_id: str,
    *,
    format: str | None = None,
    progress: Progress | None = None,
    home: Path | str | None = None,
) -> Timeline:
    """What the held editions say of one party over time: added, amended, removed.

    Args:
        entity_id: Its full id, `us_ofac_sdn:33951`.
        format: Follow only editions of this format.
        progress: Called with the editions done and the editions in all.
        home: The archive's folder.
    """
    raise NotImplementedError


def changes(
    list_id: str,
    *,
    since: date | str,
    until: date | str | None = None,
    format: str | None = None,
    progress: Progress | None = None,
    home: Path | str | None = None,
) -> ChangeLog:
    """What changed from each held edition of a list to the next, from a day on.

    Args:
        list_id: The list.
        since: The day: the edition that answers for it is what the log begins from.
        until: The last day; without it the newest edition held.
        format: Follow only editions of this format.
        progress: Called with the editions done and the editions in all.
        home: The archive's folder.
    """
    raise NotImplementedError


def verify_archive(
    *list_ids: str, progress: Progress | None = None, home: Path | str | None = None
) -> Verification:
    """Read and hash every file of the archive again; say what is not as it was stored."""
    raise NotImplementedError


def prune_archive(
    list_id: str,
    *,
    before: date | str | None = None,
    keep: int | None = None,
    refused: bool = False,
    dry_run: bool = False,
    home: Path | str | None = None,
) -> tuple[HeldEdition, ...]:
    """Remove editions of a list that are no longer needed; the current one always stays."""
    raise NotImplementedError
