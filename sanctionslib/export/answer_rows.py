"""Answers as flat rows: hits, results of a screening, changes, links. What `answer.rows()` gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sanctionslib.answers import (
    Change,
    ChangeLog,
    ChangeRow,
    Changes,
    ComparedFact,
    Hit,
    HitRow,
    Hits,
    Link,
    LinkRow,
    Network,
    Ownership,
    ResultRow,
    ScreeningResult,
)
from sanctionslib.export.tables import Row, cell, first_day, joined, last_day
from sanctionslib.model import Edition, Entity

__all__ = ["columns_of", "rows_of"]

_Found = dict[str, object]


def rows_of(answer: object) -> list[Mapping[str, object]]:
    """The rows of an answer that is a table too, each with `columns_of` it in their order."""
    columns = columns_of(answer)
    return [{column: row.get(column) for column in columns} for row in _found(answer)]


def columns_of(answer: object) -> tuple[str, ...]:
    """The columns of the rows of an answer, or of a list of entities, also where it has none.

    >>> import sanctionslib as sl
    >>> columns_of(sl.sample().search("Nobody Whoever"))[:3]
    ('place', 'status', 'score')
    """
    kinds = (kind for cls, kind in _ROWS.items() if isinstance(answer, cls))
    return tuple(next(kinds, Row).__annotations__)


_ROWS: Mapping[type[object], Any] = {
    Hits: HitRow,
    ScreeningResult: ResultRow,
    Changes: ChangeRow,
    ChangeLog: ChangeRow,
    Network: LinkRow,
    Ownership: LinkRow,
}


def _found(answer: object) -> Iterator[_Found]:
    match answer:
        case Hits():
            yield from _hits(answer)
        case ScreeningResult():
            yield from _results(answer)
        case Changes():
            yield from _changes(answer)
        case ChangeLog():
            yield from _changelog(answer)
        case Network():
            yield from _links(answer.links)
        case Ownership():
            yield from _links(answer.links)
            others = (answer.former, answer.ambiguous, answer.unlisted, answer.unspecified)
            for several in others:
                yield from _links(several, followed=False)
        case _:
            raise TypeError(f"{type(answer).__name__} is no table")


def _party(one: Entity) -> _Found:
    return {
        "id": one.id,
        "list_id": one.list_id,
        "name": one.name,
        "kind": one.kind,
        "programs": joined(one.programs),
    }


def _label(edition: Edition | None) -> str | None:
    return None if edition is None else edition.label


# ── hits ──────────────────────────────────────────────────────────────────────────────────────


def _hits(answer: Hits | ScreeningResult) -> Iterator[_Found]:
    context = _context(answer)
    several = (
        *(("hit", one) for one in answer.hits),
        *(("suppressed", one) for one in answer.suppressed),
    )
    for place, (status, hit) in enumerate(several, 1):
        yield {"place": place, "status": status, **_hit(hit), **context}


def _results(result: ScreeningResult) -> Iterator[_Found]:
    record = {
        "position": result.position,
        "key": result.key,
        "searched": joined(() if result.subject is None else result.subject.names),
        "cut_off": result.more,
    }
    for row in _hits(result):
        yield record | row
    if not (result.hits or result.suppressed):
        status = "not screened" if result.skipped else "no hit"
        yield record | {"status": status} | _context(result)


def _context(answer: Hits | ScreeningResult) -> _Found:
    context = answer.context
    return {
        "problems": joined([one.label for one in answer.problems]),
        "looked_at": joined([one.label for one in context.editions]),
        "method": context.method,
        "min_score": context.min_score,
        "weak_aliases": context.weak_aliases.value,
    }


def _hit(hit: Hit) -> _Found:
    entity = hit.entity
    row: _Found = {
        "score": hit.score,
        "rank": hit.rank,
        "query": hit.query,
        "hit_name": hit.name and hit.name.text,
        "hit_strength": hit.strength and hit.strength.value,
        **_party(entity),
        "lists": joined(entity.listings),
        "listed_since": str(entity.listed_since) if entity.listed_since else None,
        "listed_earliest": first_day(entity.listed_since),
        "listed_latest": last_day(entity.listed_since),
        "also": joined([one.id for one in hit.also]),
        "edition": _label(entity.edition),
    }
    for fact in ComparedFact:
        checks = [one for one in hit.facts if one.fact is fact]
        name = fact.value.replace(" ", "_")
        row[f"{name}_verdict"] = joined([one.verdict.value for one in checks])
        row[f"{name}_listed"] = joined([each for one in checks for each in one.listed])
    return row


# ── changes ───────────────────────────────────────────────────────────────────────────────────


def _changes(changes: Changes) -> Iterator[_Found]:
    old = {one.list_id: one for one in changes.old}
    new = {one.list_id: one for one in changes.new}

    def row(change: str, party: Entity, **more: object) -> _Found:
        before, after = old.get(party.list_id), new.get(party.list_id)
        return {
            "change": change,
            **_party(party),
            "old_date": before and before.published,
            "new_date": after and after.published,
            "old_edition": _label(before),
            "new_edition": _label(after),
            **more,
        }

    yield from (row("added", one) for one in changes.added)
    yield from (row("removed", one) for one in changes.removed)
    for one in changes.amended:
        for each in one.changes:
            yield row("amended", one.after, paired_by=one.paired_by.value, **_value(each))


def _value(change: Change) -> _Found:
    before, after = cell((change.before,)), cell((change.after,))
    if before is not None and before == after:  # what changed is not in the text
        before, after = repr(change.before), repr(change.after)
    how = (
        *(("added", change.is_added), ("removed", change.is_removed)),
        *(("altered", change.is_altered), ("order", change.is_order)),
    )
    word = next(word for word, is_so in how if is_so)
    return {"field": change.field, "how": word, "before": before, "after": after}


def _changelog(log: ChangeLog) -> Iterator[_Found]:
    for changes in log.changes:
        yield from _changes(changes)
    for one in log.format_changes:
        shared: _Found = {
            "list_id": log.list_id,
            "old_date": one.before.published,
            "new_date": one.after.published,
            "old_edition": one.before.label,
            "new_edition": one.after.label,
        }
        yield shared | {"change": "not compared", "note": one.reason}
        for change, parties in (("only before", one.only_before), ("only after", one.only_after)):
            for party in parties or ():
                yield shared | {"change": change, "id": party.id, "name": party.name}


# ── links ─────────────────────────────────────────────────────────────────────────────────────


def _links(links: Iterable[Link], *, followed: bool = True) -> Iterator[_Found]:
    for link in links:
        relation = link.relation
        shared: _Found = {
            **_party(link.source),
            "link": relation.kind and relation.kind.value,
            "raw_link": relation.raw_kind or None,
            "to_name": str(relation.to),
            "is_ambiguous": link.is_ambiguous,
            "is_former": link.is_former,
            "followed": followed,
            "quality": relation.quality,
            "note": relation.note,
            "edition": _label(link.source.edition),
        }
        for one in link.targets:
            yield shared | {"to_id": one.id, "to_name": one.name, "to_kind": one.kind}
        if not link.targets:
            yield shared
