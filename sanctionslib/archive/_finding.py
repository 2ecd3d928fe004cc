"""Which edition answers: the current one, the one of a day, the one that a new one is held against.

Days are read from the names of folders, so that of a long history only the editions that are asked
for are opened; those without a date in their name are opened to learn their day.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from sanctionslib.answers import HeldEdition
from sanctionslib.archive._manifest import Manifest
from sanctionslib.archive._shelf import GoneError, Shelf, folders_in

__all__ = ["SHORTEST", "all_editions", "by_day", "rank", "shelves", "with_hash"]

SHORTEST = 8
"""Characters of a hash that tell an edition: so many are in the name of its folder."""


def shelves(home: Path, list_id: str, form: str | None = None) -> tuple[Shelf, ...]:
    """The folders of a list's formats, or of one of them.

    Raises:
        InvalidInputError: List or format has a name that no folder can have.
        ArchiveError: The folder cannot be read.
    """
    one = Shelf.of(home, list_id, "any" if form is None else form)
    if form is not None:
        return (one,)
    return tuple(
        Shelf(home=home, list_id=list_id, form=each.name) for each in folders_in(home / list_id)
    )


def rank(form: str, forms: Sequence[str]) -> int:
    """The place of a format in the order in which formats are preferred; unknown ones come last."""
    return forms.index(form) if form in forms else len(forms)


def all_editions(places: Sequence[Shelf], forms: Sequence[str]) -> tuple[HeldEdition, ...]:
    """All editions, by day, then by the order of formats, then by when they were added.

    Raises:
        ArchiveError: One cannot be read.
    """
    found = [held for shelf in places for name in shelf.names for held in _read(shelf, name)]

    def place(one: HeldEdition) -> tuple[date, int, str, datetime, str]:
        return (one.day, rank(one.format, forms), one.format, one.added_at, one.sha256)

    return tuple(sorted(found, key=place))


def by_day(
    places: Sequence[Shelf], *, until: date | None = None
) -> Iterator[tuple[HeldEdition, ...]]:
    """The editions of each day on which there are any, the newest day first.

    Args:
        places: Where to look.
        until: No later day.

    Raises:
        ArchiveError: One that is reached cannot be read.
    """
    names: dict[date, list[tuple[Shelf, str]]] = {}
    read: dict[date, list[HeldEdition]] = {}
    for shelf in places:
        for name in shelf.names:
            day = shelf.day_of(name)
            if day is not None:
                names.setdefault(day, []).append((shelf, name))
                continue
            for held in _read(shelf, name):
                read.setdefault(held.day, []).append(held)
    for day in sorted({*names, *read}, reverse=True):
        if until is None or day <= until:
            found = [held for each in names.get(day, []) for held in _read(*each)]
            yield (*found, *read.get(day, []))


def with_hash(places: Sequence[Shelf], sha256: str) -> list[tuple[Shelf, Manifest]]:
    """The editions with a hash, by day; only those are opened whose name has its beginning.

    Args:
        places: Where to look.
        sha256: The hash, or its first characters, of which there are `SHORTEST` or more.

    Raises:
        ArchiveError: One cannot be read.
    """
    found: list[tuple[Shelf, Manifest]] = []
    for shelf in places:
        for name in shelf.names:
            if name.endswith(f"-{sha256[:SHORTEST]}"):
                with contextlib.suppress(GoneError):
                    found.append((shelf, shelf.read(name)))
    found = [each for each in found if each[1].held.sha256.startswith(sha256)]
    return sorted(found, key=lambda each: each[1].held.day)


def _read(shelf: Shelf, name: str) -> tuple[HeldEdition, ...]:
    """The edition, or nothing where another process has just removed it."""
    try:
        return (shelf.read(name).held,)
    except GoneError:
        return ()
