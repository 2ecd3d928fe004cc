"""`rescreen`: the results of a newer edition from those of an older one and what changed.

A score depends on two names alone, and hits are sorted by what they say of themselves. So the parties
that are unchanged need not be searched again: their hits stay, those of parties that changed are
removed, and those that the changed ones have now are added. The one thing that an earlier result
does not hold are the hits beyond its `limit`.

Among few parties an index compares names that it may not compare among many, so that now and then
what changed is found here and not by a full search.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from itertools import chain, zip_longest

import attrs

from sanctionslib.answers import (
    Audit,
    Changes,
    Hit,
    Hits,
    ScreeningResult,
    SearchContext,
    Selection,
)
from sanctionslib.errors import InvalidInputError
from sanctionslib.matching.arguments import Policy
from sanctionslib.matching.records import DateOrder, Reading, Records
from sanctionslib.matching.screening import Screening, result_of
from sanctionslib.matching.search import order
from sanctionslib.model import Edition, Entity
from sanctionslib.query._index import is_labelled
from sanctionslib.query.sanctions_list import SanctionsList
from sanctionslib.query.screening import (
    ListSearcher,
    differences,
    method_of,
    named,
    same_content,
)

__all__ = ["rescreen"]

_NEWER = "give the newer of the two lists that were compared"


def rescreen(
    previous: Iterable[ScreeningResult],
    records: Iterable[object] | str | os.PathLike[str],
    *,
    changes: Changes,
    on: SanctionsList[Entity] | None = None,
    columns: Mapping[str, str | Sequence[str]] | None = None,
    key: str | None = None,
    kind: type[Entity] | str | Collection[type[Entity] | str] | None = None,
    dates: DateOrder | None = None,
    progress: Callable[[int], None] | None = None,
) -> Screening:
    """The results of `screen` for the newer edition, from those of the older one: in less time.

    Only parties that were added or amended are searched; hits of those that were removed or amended
    are dropped. The settings are those of the old results.

    Args:
        previous: The results of all records from the older edition, in their order.
        records: The same records.
        changes: What `diff` gives of the two editions.
        on: The newer edition. It is needed for lists that share their ids, and for records of which
            the old result does not say enough: `limit` cut off hits that would be shown now, or one
            of their numbers has a word before it.
        columns: As it was for `screen`, and so the next three.
        key: As for `screen`.
        kind: As for `screen`.
        dates: As for `screen`.
        progress: Called after each result with its position.

    Raises:
        InvalidInputError: The old results are of another edition, scorer, rule or version, of a
            selection, or of other records; or `on` is needed. Some of it shows while results are
            read.

    >>> import sanctionslib as sl
    >>> old, new = sl.sample("2021-12-09"), sl.sample("2021-12-10")
    >>> customers = ["Rapid Action Batalion", "Example Trading"]
    >>> before = list(old.screen(customers))
    >>> after = list(sl.rescreen(before, customers, changes=sl.diff(old, new), on=new))
    >>> [len(one.hits) for one in before], [len(one.hits) for one in after]
    ([0, 0], [1, 0])
    >>> after == list(new.screen(customers))
    True
    """
    results = iter(previous)
    first = next(results, None)
    if not isinstance(first, ScreeningResult):
        raise InvalidInputError(
            "there are no results of an earlier screening"
            if first is None
            else f"{type(first).__name__} is no result of a screening",
            hint="give what `screen` gave; from JSON, each by sanctionslib.from_dict",
        )
    rerun = _Rerun(first.context, changes, on)
    read = Records(records, columns=columns, key=key, kind=kind, dates=dates)
    found = rerun.results(chain((first,), results), read)
    return Screening(read, found, rerun.context, progress=progress)


class _Rerun:
    """What is the same for all records: the parties that changed, before and after."""

    def __init__(
        self, then: SearchContext, changes: Changes, on: SanctionsList[Entity] | None
    ) -> None:
        method = method_of(then.method)
        _check(then, changes, on)
        before = [*changes.removed, *(one.before for one in changes.amended)]
        after = [*changes.added, *(one.after for one in changes.amended)]
        if on is not None:
            before, after = _with_siblings(before, after, on)
        policy = Policy(min_score=then.min_score, weak_aliases=then.weak_aliases)
        self.stale, self.fresh = (
            ListSearcher(SanctionsList.of_editions(some, of, Audit()), method, policy)
            for some, of in ((before, changes.old), (after, changes.new))
        )
        self.then, self.on = then, on
        self.changed = frozenset(one.id for one in (*before, *after))
        self.editions = {one.list_id: one for one in changes.new}
        self.unchanged: dict[str, Entity] = {}  # of those that had hits so far
        self.context = self._context(changes.new)
        self.full: ListSearcher | None = None
        if on is not None:
            self.full = ListSearcher(on, method, attrs.evolve(policy, limit=then.limit))
            if faults := list(differences(self.context, self.full.context)):
                raise InvalidInputError(
                    f"the changes do not lead to the list that is given: {'; '.join(faults)}",
                    hint=_NEWER,
                )

    def _context(self, editions: tuple[Edition, ...]) -> SearchContext:
        then, stale, fresh = self.then, self.stale.context, self.fresh.context
        ours = attrs.evolve(then, library=fresh.library, ranking=fresh.ranking)
        if faults := list(differences(then, ours)):
            raise InvalidInputError(
                f"the earlier results were made otherwise: {'; '.join(faults)}",
                hint="screen the new edition as a whole",
            )
        entities = then.entities - stale.entities + fresh.entities
        return attrs.evolve(
            then,
            editions=editions,
            selection=Selection(of=entities),
            entities=entities,
            names=then.names - stale.names + fresh.names,
        )

    def results(
        self, previous: Iterator[ScreeningResult], records: Records
    ) -> Generator[ScreeningResult]:
        """The results of the newer edition, one for each old one."""
        for old, reading in zip_longest(previous, records):
            if reading is None:
                raise InvalidInputError(
                    f"there are earlier results after record {old.position - 1}, the last one",
                    hint="give the records that were screened before, all of them",
                )
            if old is None:
                raise InvalidInputError(
                    f"record {reading.position} has no earlier result",
                    hint="give all results of one screening; screen new records separately",
                )
            yield self._result(old, reading)

    def _result(self, old: ScreeningResult, reading: Reading) -> ScreeningResult:
        if old.context != self.then:
            raise InvalidInputError(
                f"the earlier result {old.position} was made against something else, or otherwise, "
                "than the first one",
                hint="give all results of one screening",
            )
        fresh = result_of(reading, self.fresh, self.context)
        said, says = ((one.position, one.key, one.subject, one.problems) for one in (old, fresh))
        if said != says:
            raise InvalidInputError(
                f"record {reading.position} ({reading.key!r}) is not the one that the earlier result "
                f"{old.position} ({old.key!r}) is about, or is read otherwise",
                hint="give the same records, columns, key, kind and dates; else screen anew",
            )
        subject = fresh.subject
        if subject is None or any(one.skipped for one in fresh.problems):
            return fresh
        lacks = "a number with a word before it"
        if not any(map(is_labelled, subject.identifiers)):
            found = self._merged(old, self.stale(subject), fresh)
            if found is not None:
                return found
            lacks = "hits that were cut off, and would be shown now"
        if self.full is None:
            raise InvalidInputError(
                f"record {reading.position} cannot be answered from what changed alone: it has "
                f"{lacks}",
                hint="give the newer edition as well: on=new",
            )
        return result_of(reading, self.full, self.context)

    def _merged(
        self, old: ScreeningResult, stale: Hits, fresh: ScreeningResult
    ) -> ScreeningResult | None:
        """The result of the newer edition; None where hits beyond the old limit would be shown now.

        Args:
            old: The result of the older edition.
            stale: All hits among the parties that changed, as the older edition has them.
            fresh: The result with all hits among them, as the newer one has them.
        """
        kept, dropped = self._divided(old.hits)
        kept_suppressed, dropped_suppressed = self._divided(old.suppressed)
        gone = _parties(stale.hits)
        for what, some, given in (
            ("a hit", dropped, gone),
            ("a suppressed hit", dropped_suppressed, _parties(stale.suppressed)),
        ):
            if not _parties(some) <= given:
                raise InvalidInputError(
                    f"the earlier result of record {old.position} has {what} that the older edition "
                    "does not give",
                    hint="the changes are those of another list, or the results were altered",
                )
        found = sorted((*kept, *fresh.hits), key=order)
        limit = old.context.limit
        hidden = max(0, old.more - len(gone - _parties(dropped)))
        total = len(found) + hidden
        if hidden:
            # Whatever the limit cut off comes after the last hit that was shown.
            found = [one for one in found if order(one) <= order(old.hits[-1])]
            if limit is None or len(found) < limit:
                return None
        return attrs.evolve(
            fresh,
            hits=tuple(found[:limit]),
            suppressed=tuple(sorted((*kept_suppressed, *fresh.suppressed), key=order)),
            more=total - len(found[:limit]),
        )

    def _divided(self, hits: Sequence[Hit]) -> tuple[list[Hit], list[Hit]]:
        """The hits of unchanged parties, as of the newer edition; and the others."""
        kept, dropped = list[Hit](), list[Hit]()
        for hit in hits:
            if hit.entity.id in self.changed:
                dropped.append(hit)
            else:
                also = tuple(map(self._newer, hit.also))
                kept.append(attrs.evolve(hit, entity=self._newer(hit.entity), also=also))
        return kept, dropped

    def _newer(self, entity: Entity) -> Entity:
        """A party that did not change, as of the newer edition."""
        if self.on is not None:
            return self.on[entity.id]
        if entity.id not in self.unchanged:
            edition = self.editions.get(entity.list_id, entity.edition)
            self.unchanged[entity.id] = attrs.evolve(
                entity, edition=edition, origins=(), source=None
            )
        return self.unchanged[entity.id]


def _parties(hits: Iterable[Hit]) -> set[frozenset[str]]:
    """The ids of all entities of each party."""
    return {frozenset((hit.entity.id, *(one.id for one in hit.also))) for hit in hits}


def _check(then: SearchContext, changes: Changes, on: SanctionsList[Entity] | None) -> None:
    """Raise where the changes do not follow the earlier results."""
    if not isinstance(changes, Changes):
        raise InvalidInputError(
            f"{type(changes).__name__} is no Changes", hint="give what diff(old, new) gave"
        )
    if then.selection.criteria:
        raise InvalidInputError(
            f"the earlier results are those of a selection ({then.selection}), and changes say "
            "nothing of who would be in it now",
            hint="screen a selection of the new edition",
        )
    parties = changes.unchanged + len(changes.removed) + len(changes.amended)
    if not same_content(then.editions, changes.old) or then.entities != parties:
        raise InvalidInputError(
            f"the earlier results are those of {named(then.editions)} with {then.entities:,} "
            f"parties, and the changes begin with {named(changes.old)} with {parties:,}",
            hint="compare the edition that was screened with the newer one",
        )
    if on is None and len(changes.new) > 1:
        raise InvalidInputError(
            "changes of several lists do not say which of their entities are one party",
            hint="give the newer edition as well: on=new",
        )
    if on is not None and (on.base is not on or on.editions != changes.new):
        raise InvalidInputError(
            f"on is {named(on.editions)}{' (a selection)' if on.base is not on else ''}, and the "
            f"changes lead to {named(changes.new)}",
            hint=f"{_NEWER}, whole",
        )


def _with_siblings(
    before: Sequence[Entity], after: Sequence[Entity], on: SanctionsList[Entity]
) -> tuple[list[Entity], list[Entity]]:
    """The same with the other entities of these parties, which are unchanged.

    Which entity of a party matches best depends on their order, which is that of the list.
    """
    index = on._indexed()
    parties = dict.fromkeys(index.party(one) for one in (*before, *after))
    entities = [one for party in parties for one in index.entities(party)]
    new = {one.id for one in after}
    return [*before, *(one for one in entities if one.id not in new)], entities
