"""Which edition answers: the current one, the one of a day, the one that a new one is held against.

Days are read from the names of folders, so that of a long history only the editions that are asked
for are opened; those without a date in their name are opened to learn their day.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from sanctionslib.answers import HeldEdition
from sanctionslib.archive._kept import arrivals
from sanctionslib.archive._manifest import Manifest
from sanctionslib.archive._shelf import GoneError, Shelf, folders_in
from sanctionslib.errors import ArchiveError, Where

__all__ = ["SHORTEST", "all_editions", "best", "newest", "rank", "shelves", "undated", "with_hash"]

_T = TypeVar("_T")

SHORTEST = 8
"""Characters of a hash that tell an edition: so many are in the name of its folder."""
_ATTEMPTS = 20
"""How often is looked again where other processes remove editions meanwhile."""


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
    """All editions, by day, then by the order of formats, then as they came in.

    Raises:
        ArchiveError: One cannot be read.
    """
    found = _steadily(
        lambda: [shelf.read(name).held for shelf in places for name in shelf.names], places
    )
    came = _Arrivals(places)

    def place(one: HeldEdition) -> tuple[date, int, str, tuple[int, datetime], str]:
        return (one.day, rank(one.format, forms), one.format, came.place(one), one.sha256)

    return tuple(sorted(found, key=place))


def undated(places: Sequence[Shelf]) -> tuple[HeldEdition, ...]:
    """The editions without a date.

    Raises:
        ArchiveError: One cannot be read.
    """
    return _steadily(
        lambda: tuple(
            shelf.read(name).held
            for shelf in places
            for name in shelf.names
            if shelf.day_of(name) is None
        ),
        places,
    )


def newest(
    places: Sequence[Shelf],
    wanted: Callable[[HeldEdition], bool],
    *,
    until: date | None = None,
) -> tuple[HeldEdition, ...]:
    """The editions that are wanted, of the newest day on which there are any.

    Args:
        places: Where to look.
        wanted: Which editions.
        until: No later day.

    Raises:
        ArchiveError: One that is reached cannot be read.
    """
    return _steadily(lambda: _newest(places, wanted, until), places)


def _newest(
    places: Sequence[Shelf], wanted: Callable[[HeldEdition], bool], until: date | None
) -> tuple[HeldEdition, ...]:
    for found in _by_day(places, until):
        good = tuple(one for one in found if wanted(one))
        if good:
            return good
    return ()


def _by_day(places: Sequence[Shelf], until: date | None) -> Iterator[tuple[HeldEdition, ...]]:
    """The editions of each day on which there are any, the newest day first."""
    names: dict[date, list[tuple[Shelf, str]]] = {}
    read: dict[date, list[HeldEdition]] = {}
    for shelf in places:
        for name in shelf.names:
            day = shelf.day_of(name)
            if day is not None:
                names.setdefault(day, []).append((shelf, name))
            else:
                held = shelf.read(name).held
                read.setdefault(held.day, []).append(held)
    for day in sorted({*names, *read}, reverse=True):
        if until is None or day <= until:
            found = [shelf.read(name).held for shelf, name in names.get(day, [])]
            yield (*found, *read.get(day, []))


def best(
    places: Sequence[Shelf], editions: Sequence[HeldEdition], forms: Sequence[str]
) -> HeldEdition:
    """Of editions of one day, the one that answers.

    A complete one, then the first of `forms`, then the one that came in last.

    Raises:
        ArchiveError: It cannot be read in which order they came in.
    """
    if len(editions) > 1:
        came = _Arrivals(places)
        editions = sorted(editions, key=came.place, reverse=True)
    return min(editions, key=lambda one: (bool(one.missing), rank(one.format, forms), one.format))


class _Arrivals:
    """In which order editions came in."""

    def __init__(self, places: Sequence[Shelf]) -> None:
        self._known = {shelf.form: arrivals(shelf) for shelf in places}

    def place(self, held: HeldEdition) -> tuple[int, datetime]:
        """Its place; one that is not written down came last, and by the clock."""
        known = self._known.get(held.format, {})
        return known.get(held.name, len(known)), held.added_at


def with_hash(places: Sequence[Shelf], sha256: str) -> list[tuple[Shelf, Manifest]]:
    """The editions with a hash, by day; only those are opened whose name has its beginning.

    Args:
        places: Where to look.
        sha256: The hash, or its first characters, of which there are `SHORTEST` or more.

    Raises:
        ArchiveError: One cannot be read.
    """
    ending = f"-{sha256[:SHORTEST]}"
    found = _steadily(
        lambda: [
            (shelf, shelf.read(name))
            for shelf in places
            for name in shelf.names
            if name.endswith(ending)
        ],
        places,
    )
    found = [each for each in found if each[1].held.sha256.startswith(sha256)]
    return sorted(found, key=lambda each: each[1].held.day)


def _steadily(look: Callable[[], _T], places: Sequence[Shelf]) -> _T:
    """What is seen where no edition goes between its listing and its reading.

    Where one goes, its successor may have come after the listing: what is left of the listing would
    be nothing, or something older. So all is looked at again.
    """
    for _ in range(_ATTEMPTS):
        with contextlib.suppress(GoneError):
            return look()
    raise ArchiveError(
        "other processes remove editions as often as they are looked for",
        where=Where(source=", ".join(str(each.path) for each in places)),
        hint="let one of them end first",
    )
