"""Which of the editions that are held are followed, and where one sort gives way to another.

Only editions of one format with the same files can be compared value by value, so that one such
series is followed as long as it lasts: the complete one before a partial one, then that of the
preferred format. What was held before its first edition and after its last is followed in the same
way. Everything else of the same time stands aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import attrs

from sanctionslib.answers import HeldEdition

__all__ = ["Chain", "difference", "follow", "from_day"]


@attrs.frozen(kw_only=True)
class Chain:
    """The editions that are followed, and those that are not, each oldest first."""

    editions: tuple[HeldEdition, ...] = ()
    skipped: tuple[HeldEdition, ...] = ()


def follow(editions: Sequence[HeldEdition], forms: Sequence[str], form: str | None = None) -> Chain:
    """The editions to follow, of all that are held.

    Args:
        editions: What is held of one list, by day, those of one day as they came in.
        forms: Names of the formats, the preferred one first.
        form: Follow only this format.
    """
    able = [one for one in editions if one.is_usable and form in (None, one.format)]
    order = {name: at for at, name in enumerate(forms)}

    def rank(one: HeldEdition) -> tuple[bool, int, str, int, tuple[str, ...]]:
        place = order.get(one.format, len(order))
        return bool(one.missing), place, one.format, len(one.missing), one.missing

    def within(some: Iterable[HeldEdition]) -> list[HeldEdition]:
        """Those to follow of some editions: the best series, and what is before and after it."""
        left = list(some)
        if not left:
            return []
        best = min(map(rank, left))
        series = [one for one in left if rank(one) == best]
        series.sort(key=lambda one: one.day)  # those of one day stay in their order
        first, last = series[0].day, series[-1].day
        before = within(one for one in left if one.day < first)
        after = within(one for one in left if one.day > last)
        return [*before, *series, *after]

    return _chain(within(able), editions)


def from_day(
    editions: Sequence[HeldEdition],
    forms: Sequence[str],
    form: str | None = None,
    *,
    begin: HeldEdition | None,
    end: date | None = None,
) -> Chain:
    """The editions to follow from one of them on, and no later than a day.

    The time is cut out first, so that a series that has nothing within it keeps nobody from
    following another.

    Args:
        editions: What is held of one list, by day, those of one day as they came in.
        forms: Names of the formats, the preferred one first.
        form: Follow only this format.
        begin: The edition to begin from; None for the oldest.
        end: The last day.
    """
    within = [
        one
        for one in editions
        if (begin is None or one.day >= begin.day) and (end is None or one.day <= end)
    ]
    later = [one for one in within if begin is None or one.day > begin.day]
    found = follow(later if begin is None else [begin, *later], forms, form)
    return _chain(found.editions, within)


def difference(old: HeldEdition, new: HeldEdition) -> str:
    """Why two editions cannot be compared value by value, in words; "" where they can."""
    if old.format != new.format:
        return f"the format is {old.format} before and {new.format} after"
    if old.missing != new.missing:
        return f"the files are not the same: {_files(old)} before, {_files(new)} after"
    return ""


def _files(one: HeldEdition) -> str:
    return f"without {', '.join(one.missing)}" if one.missing else "all of them"


def _chain(followed: Sequence[HeldEdition], editions: Iterable[HeldEdition]) -> Chain:
    names = {(one.format, one.name) for one in followed}
    skipped = tuple(one for one in editions if (one.format, one.name) not in names)
    return Chain(editions=tuple(followed), skipped=skipped)
