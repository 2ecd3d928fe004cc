"""The latest time that an archive knows of: a clock that says less, or very much more, is doubtful."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from pathlib import Path

from sanctionslib.answers import EditionStatus, HeldEdition
from sanctionslib.archive._checked import Checked
from sanctionslib.archive._finding import shelves
from sanctionslib.archive._kept import arrivals
from sanctionslib.archive._manifest import MisfitError
from sanctionslib.archive._shelf import GoneError, Shelf
from sanctionslib.errors import ArchiveError

__all__ = ["latest"]

_Moment = tuple[datetime, str]


def latest(home: Path, list_ids: Iterable[str]) -> _Moment | None:
    """The latest time in the archive, and what is of it, in words; None where it holds nothing.

    Of each format those editions are opened that are the newest by day or arrival, and those without
    a date. What cannot be read is no evidence.
    """
    found = [each for one in list_ids for shelf in _shelves(home, one) for each in _moments(shelf)]
    return max(found, default=None)


def _shelves(home: Path, list_id: str) -> tuple[Shelf, ...]:
    with contextlib.suppress(ArchiveError):
        return shelves(home, list_id)
    return ()


def _moments(shelf: Shelf) -> Iterator[_Moment]:
    with contextlib.suppress(OSError, MisfitError):
        checked = Checked.read(shelf.path / "checked.json")
        yield checked.at, f"the server of {shelf.list_id} was last asked"
    with contextlib.suppress(ArchiveError):
        names = shelf.names
        came = arrivals(shelf)
        dated = [name for name in names if shelf.day_of(name) is not None]
        last = max(names, key=lambda name: came.get(name, -1), default="")
        for name in {*(each for each in names if each not in dated), *dated[-1:], last} - {""}:
            yield from _of_edition(shelf, name)


def _of_edition(shelf: Shelf, name: str) -> Iterator[_Moment]:
    try:
        held: HeldEdition = shelf.read(name).held
    except (GoneError, ArchiveError):
        return
    what = f"{held.list_id} {held.name}"
    yield held.added_at, f"{what} came in"
    if held.retrieved_at is not None:
        yield held.retrieved_at, f"{what} was downloaded"
    if held.published is not None and held.status is not EditionStatus.QUARANTINED:
        yield datetime.combine(held.published, time(), UTC), f"{what} was published"
