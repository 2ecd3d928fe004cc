"""The editions that are followed over time, and what changed from each to the next.

Only editions of one format with the same files can be compared value by value. So one such series is
followed as long as it lasts: the complete one before a partial one, then that of the preferred
format. What was held before its first edition and after its last is followed in the same way; all
other editions of its time are skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from sanctionslib.answers import ChangeLog, Changes, EntitySummary, FormatChange, HeldEdition
from sanctionslib.errors import InvalidInputError
from sanctionslib.model import Entity, IdStability
from sanctionslib.query.sanctions_list import SanctionsList

__all__ = ["EditionReader", "FollowedEditions", "change_log", "difference", "follow"]


class FollowedEditions(NamedTuple):
    """The editions that are followed, and those that are skipped, each oldest first."""

    editions: tuple[HeldEdition, ...]
    skipped: tuple[HeldEdition, ...]


class EditionReader(Protocol):
    """Gives what editions hold, and what changed between two of the same format and files."""

    def read(self, edition: HeldEdition, /) -> SanctionsList[Entity]:
        """The list of an edition."""
        ...

    def between(self, old: HeldEdition, new: HeldEdition, /) -> Changes:
        """What changed, or InvalidInputError as `diff` raises it."""
        ...

    def changed_ids(self, old: HeldEdition, new: HeldEdition, /) -> frozenset[str]:
        """The full ids, old and new, of all who were added, removed or amended."""
        ...


def follow(
    editions: Sequence[HeldEdition],
    formats: Sequence[str],
    only: str | None = None,
    *,
    begin: HeldEdition | None = None,
    end: date | None = None,
) -> FollowedEditions:
    """The editions to follow, of all that are held.

    Args:
        editions: What is held of one list, by day, those of one day as they came in.
        formats: Names of the formats, the preferred one first.
        only: Follow only this format.
        begin: The edition to begin from; None for the oldest.
        end: The last day. Nothing outside the time decides what is followed within it.
    """
    within = [
        one
        for one in editions
        if (begin is None or one.day >= begin.day) and (end is None or one.day <= end)
    ]
    later = [one for one in within if begin is None or one.day > begin.day]
    candidates = later if begin is None else [begin, *later]
    able = [one for one in candidates if one.is_usable and only in (None, one.format)]
    order = {name: at for at, name in enumerate(formats)}

    def rank(one: HeldEdition) -> tuple[bool, int, str, int, tuple[str, ...]]:
        place = order.get(one.format, len(order))
        return bool(one.missing), place, one.format, len(one.missing), one.missing

    def followed(some: Sequence[HeldEdition]) -> list[HeldEdition]:
        """The best series of some editions, and what is followed before and after it."""
        if not some:
            return []
        best = min(map(rank, some))
        series = [one for one in some if rank(one) == best]
        series.sort(key=lambda one: one.day)  # those of one day stay in their order
        first, last = series[0].day, series[-1].day
        before = followed([one for one in some if one.day < first])
        after = followed([one for one in some if one.day > last])
        return [*before, *series, *after]

    found = followed(able)
    names = {(one.format, one.name) for one in found}
    return FollowedEditions(
        editions=tuple(found),
        skipped=tuple(one for one in within if (one.format, one.name) not in names),
    )


def difference(old: HeldEdition, new: HeldEdition) -> str:
    """Why two editions cannot be compared value by value, in words; "" where they can."""
    if old.format != new.format:
        return f"the format is {old.format} before and {new.format} after"
    if old.missing != new.missing:
        before, after = (
            f"without {', '.join(one.missing)}" if one.missing else "all of them"
            for one in (old, new)
        )
        return f"the files are not the same: {before} before, {after} after"
    return ""


def change_log(
    list_id: str,
    followed: FollowedEditions,
    reader: EditionReader,
    *,
    start: date,
    end: date | None,
    progress: Callable[[int, int], None] | None = None,
) -> ChangeLog:
    """What changed along the editions that are followed.

    `progress` is called with the editions done and the editions in all.
    """
    changes: list[Changes] = []
    format_changes: list[FormatChange] = []
    for done, new in enumerate(followed.editions):
        if done:
            old = followed.editions[done - 1]
            found = _change(old, new, reader)
            if isinstance(found, FormatChange):
                format_changes.append(found)
            elif found:
                changes.append(found)
        if progress is not None:
            progress(done + 1, len(followed.editions))
    return ChangeLog(
        list_id=list_id,
        start=start,
        end=end,
        changes=tuple(changes),
        editions=followed.editions,
        format_changes=tuple(format_changes),
        skipped=followed.skipped,
    )


def _change(old: HeldEdition, new: HeldEdition, reader: EditionReader) -> Changes | FormatChange:
    if reason := difference(old, new):
        return _format_change(old, new, reason, reader)
    try:
        return reader.between(old, new)
    except InvalidInputError as error:
        # What kept them from being compared makes parties look absent: nothing is said of any.
        return FormatChange(before=old, after=new, reason=error.what)


def _format_change(
    before: HeldEdition, after: HeldEdition, reason: str, reader: EditionReader
) -> FormatChange:
    old, new = reader.read(before), reader.read(after)
    rejected = [one.audit.rejected for one in (old, new)]
    doubt = ""
    if any(one.id_stability is not IdStability.STABLE for one in (*old.editions, *new.editions)):
        doubt = (
            "the keys of this list do not last, so that nothing is said of who is only in one of "
            "them"
        )
    elif any(rejected):
        doubt = (
            f"entries that could not be read, {rejected[0]:,} before and {rejected[1]:,} after, would "
            "look as if they were only in one of them, so that nothing is said of who is"
        )
    if doubt:
        return FormatChange(before=before, after=after, reason=f"{reason}; {doubt}")
    # A key that we built for an entry without one stands for a place in the file.
    built = sum(one.source_id.startswith("~") for one in (*old, *new))
    if built:
        reason += f"; entries without a key of the publisher, of which nothing is said: {built:,}"
    return FormatChange(
        before=before,
        after=after,
        reason=reason,
        only_before=_only(old, new),
        only_after=_only(new, old),
    )


def _only(some: Iterable[Entity], others: Iterable[Entity]) -> tuple[EntitySummary, ...]:
    """Those of some parties that are not among others."""
    there = {one.id for one in others}
    return tuple(
        EntitySummary(id=one.id, name=one.name)
        for one in some
        if one.id not in there and not one.source_id.startswith("~")
    )
