"""The change log of a list: what changed from each edition that is followed to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from itertools import pairwise

from sanctionslib.answers import ChangeLog, Changes, EntitySummary, FormatChange, HeldEdition
from sanctionslib.errors import InvalidInputError
from sanctionslib.model import Entity, IdStability
from sanctionslib.query._follow import Chain, difference
from sanctionslib.query.sanctions_list import SanctionsList

__all__ = ["change_log"]


def change_log(
    list_id: str,
    chain: Chain,
    *,
    start: date,
    end: date | None,
    read: Callable[[HeldEdition], SanctionsList[Entity]],
    between: Callable[[HeldEdition, HeldEdition], Changes],
    progress: Callable[[int, int], None] | None = None,
) -> ChangeLog:
    """What changed along a chain of editions.

    Args:
        list_id: The list.
        chain: The editions.
        start: What was asked for.
        end: What was asked for.
        read: Gives the list of an edition.
        between: Gives the changes from one edition to a newer one of the same sort; where they
            cannot be compared, it raises InvalidInputError as `diff` does.
        progress: Called with the editions done and the editions in all.
    """
    steps: list[Changes] = []
    format_changes: list[FormatChange] = []
    count = len(chain.editions)
    for done, (old, new) in enumerate(pairwise(chain.editions), start=1):
        if progress is not None:
            progress(done, count)
        if reason := difference(old, new):
            format_changes.append(_switch(old, new, reason, read(old), read(new)))
            continue
        try:
            found = between(old, new)
        except InvalidInputError as error:
            # What kept them from being compared makes parties look absent: nothing is said of any.
            format_changes.append(FormatChange(before=old, after=new, reason=error.what))
            continue
        if found:
            steps.append(found)
    if progress is not None and count:
        progress(count, count)
    return ChangeLog(
        list_id=list_id,
        start=start,
        end=end,
        changes=tuple(steps),
        editions=chain.editions,
        format_changes=tuple(format_changes),
        skipped=chain.skipped,
    )


def _switch(
    before: HeldEdition,
    after: HeldEdition,
    reason: str,
    old: SanctionsList[Entity],
    new: SanctionsList[Entity],
) -> FormatChange:
    if any(one.id_stability is not IdStability.STABLE for one in (*old.editions, *new.editions)):
        return FormatChange(
            before=before,
            after=after,
            reason=f"{reason}; the keys of this list do not last, so that nothing is said of who "
            "is only in one of them",
        )
    unread = [one.audit.rejected for one in (old, new)]
    if any(unread):
        return FormatChange(
            before=before,
            after=after,
            reason=f"{reason}; entries that could not be read, {unread[0]:,} before and {unread[1]:,} "
            "after, would look as if they were only in one of them, so that nothing is said of who is",
        )
    # A key that we built for an entry without one stands for a place in the file.
    built = sum(one.source_id.startswith("~") for one in (*old, *new))
    if built:
        reason += f"; entries without a key of the publisher, of which nothing is said: {built:,}"
    return FormatChange(
        before=before,
        after=after,
        reason=reason,
        only_before=_only(old, {one.id for one in new}),
        only_after=_only(new, {one.id for one in old}),
    )


def _only(some: Iterable[Entity], others: set[str]) -> tuple[EntitySummary, ...]:
    """Those of some parties that are not among others."""
    return tuple(
        EntitySummary(id=one.id, name=one.name)
        for one in some
        if one.id not in others and not one.source_id.startswith("~")
    )
