"""Which edition answers: the current one, the one of a day, the last good one before a new one.

Days are read from the names of folders, so that of a long history only the needed editions
are opened; those without a date in their name are opened to learn their day.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TypeVar

from sanctionslib.answers import EditionStatus, HeldEdition
from sanctionslib.archive._manifest import Manifest, MisfitError
from sanctionslib.archive.format_folder import FormatFolder, GoneError
from sanctionslib.errors import (
    AmbiguousIdError,
    ArchiveError,
    Call,
    Hint,
    InvalidInputError,
    NotFoundError,
    Where,
)

__all__ = [
    "all_editions",
    "latest_time",
    "newest",
    "quarantined",
    "rank",
    "undated",
    "with_hash",
]

_T = TypeVar("_T")

_HEX = frozenset("0123456789abcdef")
_SHORTEST_HASH = 8
"""Characters of a hash that identify an edition: so many are in the name of its folder."""
_ATTEMPTS = 20
"""How often to look again where other processes remove editions meanwhile."""


def rank(form: str, forms: Sequence[str]) -> int:
    """The position of a format in the order of preference; unknown ones come last."""
    return forms.index(form) if form in forms else len(forms)


def all_editions(places: Sequence[FormatFolder], forms: Sequence[str]) -> list[HeldEdition]:
    """All editions, by day, then by the order of formats, then as they came in."""
    arrival = _arrival_in(places)
    return sorted(
        (one.held for _, one in _read(places, lambda _: True)),
        key=lambda one: (one.day, rank(one.format, forms), one.format, arrival(one), one.sha256),
    )


def undated(places: Sequence[FormatFolder]) -> list[HeldEdition]:
    """The editions without a date."""
    return [one.held for _, one in _read(places, lambda name: name.startswith("undated-"))]


def with_hash(places: Sequence[FormatFolder], sha256: str) -> list[tuple[FormatFolder, Manifest]]:
    """The editions whose hash begins so, by day; only those are opened whose name does."""
    found = _read(places, lambda name: name.endswith(f"-{sha256[:_SHORTEST_HASH]}"))
    found = [each for each in found if each[1].held.sha256.startswith(sha256)]
    return sorted(found, key=lambda each: each[1].held.day)


def quarantined(
    places: Sequence[FormatFolder], list_id: str, sha256: str
) -> list[tuple[FormatFolder, Manifest]]:
    """The quarantined editions of one hash, or of its first characters, the newest last."""
    wanted, where = sha256.strip().lower().removeprefix("sha256:"), Where(list_id=list_id)
    if len(wanted) < _SHORTEST_HASH or not _HEX.issuperset(wanted):
        raise InvalidInputError(
            f"{sha256!r} is no hash, and not the beginning of one",
            hints=(
                Hint(f"give at least its first {_SHORTEST_HASH} characters"),
                Hint("the error that quarantined the edition has it"),
                Hint("{} shows it", call=Call("editions")),
            ),
        )
    found = with_hash(places, wanted)
    hashes = sorted({each.held.sha256 for _, each in found})
    if not hashes:
        raise NotFoundError(
            f"no edition of {list_id} that is held has the hash {wanted}",
            where=where,
            hints=(Hint("{} shows the hashes of all that are held", call=Call("editions")),),
        )
    if len(hashes) > 1:
        raise AmbiguousIdError(
            f"{len(hashes)} editions of {list_id} have a hash that begins with {wanted}",
            candidates=tuple(hashes),
            where=where,
            hint="give more of it",
        )
    chosen = [each for each in found if each[1].held.status is EditionStatus.QUARANTINED]
    if not chosen:
        held = found[-1][1].held
        raise InvalidInputError(
            f"the edition is not quarantined: it is {held.status.value}",
            where=where._replace(edition=held.name),
            hint="there is nothing to accept",
        )
    return chosen


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
    read: dict[date, list[HeldEdition]] = {}
    for place in places:
        for name in place.names:
            day = place.day_of(name)
            if day is not None:
                names.setdefault(day, []).append((place, name))
            else:
                held = place.read(name).held
                read.setdefault(held.day, []).append(held)
    for day in sorted({*names, *read}, reverse=True):
        if until is None or day <= until:
            yield [place.read(name).held for place, name in names.get(day, [])] + read.get(day, [])


def _arrival_in(places: Sequence[FormatFolder]) -> Callable[[HeldEdition], tuple[int, datetime]]:
    """A key for the order in which editions came in; one not written down came last, by the clock."""
    known = {place.form: place.arrivals() for place in places}

    def arrival(held: HeldEdition) -> tuple[int, datetime]:
        of_form = known.get(held.format, {})
        return of_form.get(held.name, len(of_form)), held.added_at

    return arrival


def _read(
    places: Sequence[FormatFolder], is_wanted: Callable[[str], bool]
) -> list[tuple[FormatFolder, Manifest]]:
    """The editions with these names."""
    return _retried(
        lambda: [
            (place, place.read(name)) for place in places for name in place.names if is_wanted(name)
        ],
        places,
    )


def _retried(look: Callable[[], _T], places: Sequence[FormatFolder]) -> _T:
    """What is found where no edition is removed between its listing and its reading.

    Where one is, its successor may have come after the listing: what is left of the listing would
    be nothing, or something older.
    """
    for _ in range(_ATTEMPTS):
        with contextlib.suppress(GoneError):
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
        with contextlib.suppress(ArchiveError):
            for place in FormatFolder.all_of(home, list_id):
                found += _times(place)
    return max(found, default=None)


def _times(place: FormatFolder) -> Iterator[tuple[datetime, str]]:
    with contextlib.suppress(OSError, MisfitError):
        yield place.read_checked().at, f"the server of {place.list_id} was last asked"
    names: set[str] = set()
    with contextlib.suppress(ArchiveError):
        came = place.arrivals()
        dated = [name for name in place.names if place.day_of(name) is not None]
        last = sorted(place.names, key=lambda name: came.get(name, -1))[-1:]
        names = {*place.names} - {*dated[:-1]} | {*last}
    for name in names:
        with contextlib.suppress(GoneError, ArchiveError):
            held = place.read(name).held
            what = f"{held.list_id} {held.name}"
            yield held.added_at, f"{what} came in"
            if held.retrieved_at is not None:
                yield held.retrieved_at, f"{what} was downloaded"
            if held.published is not None and held.status is not EditionStatus.QUARANTINED:
                yield datetime.combine(held.published, time(), UTC), f"{what} was published"
