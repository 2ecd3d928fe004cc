"""What can be made again from the editions, and is kept so that it need not be."""

from __future__ import annotations

from sanctionslib.answers import HeldEdition
from sanctionslib.archive.store import Archive
from sanctionslib.parsers import Parsed

__all__ = ["keep_parsed", "parsed_copy"]


def parsed_copy(archive: Archive, held: HeldEdition, *, records: bool = False) -> Parsed | None:
    """An edition as it was parsed before; None where no copy is kept."""
    del archive, held, records
    return None


def keep_parsed(
    archive: Archive, held: HeldEdition, parsed: Parsed, *, records: bool = False
) -> None:
    """Keep what was parsed."""
    del archive, held, parsed, records
