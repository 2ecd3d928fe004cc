"""Which edition answers: the current one, the one of a day, the last good one before a new one.

Days are read from the names of folders, so that of a long history only the needed editions
are opened; those without a date in their name are opened to learn their day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TypeVar

from sanctionslib.answers import EditionStatus, HeldEdition
from sanctionslib.archive.format_folder import FormatFolder, GoneError, day_in
from sanctionslib.errors import ArchiveError, Where

__all__ = ["editions_in", "latest_time", "newest", "rank"]

_T = TypeVar("_T")

_ATTEMPTS = 20
"""How often to look again where other processes remove editions meanwhile."""


def rank(form: str, forms: Sequence[str]) -> int:
    """The position of a format in the order of preference; unknown ones come last."""
    return forms.index(form) if form in forms else len(forms)


def editions_in(
    places: Sequence[FormatFolder],
    is_wanted: Callable[[str], bool] = lambda _: True,
    *,
    forms: Sequence[str] = (),
) -> tuple[HeldEdition, ...]:
    """The editions whose name is wanted, by day, then by the order of formats, then as they came in."""
    arrival = _arrival_in(places)
    found = _retried(
        lambda: [place.read(name) for place in places for name in place.names if is_wanted(name)],
        places,
    )
    found.sort(
        key=lambda one: (one.day, rank(one.format, forms), one.format, arrival(one), one.sha256)
    )
    return tuple(found)


def newest(
    places: Sequence[FormatFolder],
    is_wanted: Callable[[HeldEdition], bool],
    forms: Sequence[str] = (),
    *,
    until: date | None = None,
) -> HeldEdition | None:
    """Of the wanted editions, the one that answers.

    It is of the newest day on which there are any, no later than `until`; of that day a complete
    edition comes before a partial one, then the first of `forms`, then the one that came in last.
    Editions of earlier days are not opened.
    """

    def look() -> list[HeldEdition]:
        for found in _by_day(places, until):
            if good := [one for one in found if is_wanted(one)]:
                return good
        return []

    good = _retried(look, places)
    if len(good) > 1:
        good.sort(key=_arrival_in(places), reverse=True)
    return min(
        good,
        key=lambda one: (bool(one.missing), rank(one.format, forms), one.format),
        default=None,
    )


def _by_day(places: Sequence[FormatFolder], until: date | None) -> Iterator[list[HeldEdition]]:
    """The editions of each day on which there are any, the newest day first."""
    names: dict[date, list[tuple[FormatFolder, str]]] = {}
    for place in places:
        for name in place.names:
            day = day_in(name) or place.read(name).day
            names.setdefault(day, []).append((place, name))
    for day in sorted(names, reverse=True):
        if until is None or day <= until:
            yield [place.read(name) for place, name in names[day]]


def _arrival_in(places: Sequence[FormatFolder]) -> Callable[[HeldEdition], tuple[int, datetime]]:
    """A key for the order in which editions came in; one not written down came last, by the clock."""
    known = {place.form: place.arrivals() for place in places}

    def arrival(held: HeldEdition) -> tuple[int, datetime]:
        of_form = known.get(held.format, {})
        return of_form.get(held.name, len(of_form)), held.added_at

    return arrival


def _retried(look: Callable[[], _T], places: Sequence[FormatFolder]) -> _T:
    """What is found where no edition is removed between its listing and its reading.

    Where one is, its successor may have come after the listing: what is left of the listing would
    be nothing, or something older.
    """
    for _ in range(_ATTEMPTS):
        with suppress(GoneError):
            return look()
    raise ArchiveError(
        "other processes remove editions as often as they are looked for",
        where=Where(source=", ".join(str(each.path) for each in places)),
        hint="let one of them end first",
    )


# ── the latest time that is known ─────────────────────────────────────────────────────────────


def latest_time(home: Path, list_ids: Iterable[str]) -> tuple[datetime, str] | None:
    """The latest time in the archive, and of what it is, in words; None where it holds nothing.

    A clock that says less, or very much more, is doubtful. Of each format those editions are opened
    that are the newest by day or arrival, and those without a date. What cannot be read is no
    evidence.
    """
    found: list[tuple[datetime, str]] = []
    for list_id in list_ids:
        with suppress(ArchiveError):
            for place in FormatFolder.all_of(home, list_id):
                found += _times(place)
    return max(found, default=None)


def _times(place: FormatFolder) -> Iterator[tuple[datetime, str]]:
    with suppress(ArchiveError):
        if checked := place.read_checked():
            yield checked.at, f"the server of {place.list_id} was last asked"
    names: set[str] = set()
    with suppress(ArchiveError):
        came = place.arrivals()
        dated = [name for name in place.names if day_in(name)]
        last = sorted(place.names, key=lambda name: came.get(name, -1))[-1:]
        names = {*place.names} - {*dated[:-1]} | {*last}
    for name in names:
        with suppress(GoneError, ArchiveError):
            held = place.read(name)
            what = f"{held.list_id} {held.name}"
            yield held.added_at, f"{what} came in"
            if held.retrieved_at is not None:
                yield held.retrieved_at, f"{what} was downloaded"
            if held.published is not None and held.status is not EditionStatus.QUARANTINED:
                yield datetime.combine(held.published, time(), UTC), f"{what} was published"
