"""Changes as a sheet: what was compared, who was added and removed, and what was amended of whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from sanctionslib import answers, model
from sanctionslib.display import values
from sanctionslib.display.sheet import (
    ARROW,
    Line,
    Row,
    Section,
    Sheet,
    Span,
    counted,
    flag,
    line,
    muted,
    page,
    remaining,
    row,
    section,
    strong,
    table,
)
from sanctionslib.model import Edition, Entity, Scope
from sanctionslib.model.fields import fields_of
from sanctionslib.model.provenance import published_words

_CHANGES_SHOWN = 20
_SHORT = 70
"""Columns up to which before and after stand in one line."""
_RULES = {
    answers.PairedBy.ID: "id",
    answers.PairedBy.NAME: "name and kind",
    answers.PairedBy.IDENTIFIER: "a number that both have",
}


def changes_sheet(changes: answers.Changes, limit: int | None) -> Sheet:
    """The changes between two editions, at most `limit` parties of each section."""
    old = {one.list_id: one for one in changes.old}
    lists: dict[str, list[str]] = {}
    for one in changes.new:
        days = f"{_day(old.get(one.list_id))} to {_day(one)}"
        lists.setdefault(days, []).append(one.list_id)
    titles = [", ".join((*ids, days)) for days, ids in lists.items()]
    nothing = (
        "Nothing was added, removed or amended: both say the same of "
        f"{counted(changes.unchanged, 'party', 'parties')}."
    )
    return page(
        "Changes",
        "; ".join(titles) or "lists of your own",
        section(
            row("older", *values.looked_at(changes.old)),
            row("newer", *values.looked_at(changes.new)),
            row("paired", *_paired_by(changes)),
            after="" if changes else nothing,
        ),
        *changes_sections(changes, limit),
        facts=change_facts(changes),
        banners=values.banners((*changes.old, *changes.new)),
    )


def _day(edition: Edition | None) -> str:
    return published_words(None if edition is None else edition.published)


def change_facts(changes: answers.Changes) -> tuple[str, ...]:
    """How many parties were added, removed, amended, unchanged."""
    return (
        f"{len(changes.added):,} added",
        f"{len(changes.removed):,} removed",
        f"{len(changes.amended):,} amended",
        f"{changes.unchanged:,} unchanged",
    )


def _paired_by(changes: answers.Changes) -> Iterator[Line]:
    """How parties were paired, where that was not the publisher's key alone."""
    for rule in (answers.PairedBy.NAME, answers.PairedBy.IDENTIFIER):
        if count := sum(one.paired_by is rule for one in changes.amended):
            told = f"{count:,} amended by {_RULES[rule]}"
            yield line(told, muted("(their ids differ or do not last)"))


def changes_sections(
    changes: answers.Changes, limit: int | None, when: str = ""
) -> tuple[Section, ...]:
    """What was added, removed and amended, a section each.

    Args:
        changes: What `diff` found.
        limit: How many parties of each section are shown; None for all.
        when: What titles say of the time, where several comparisons stand on one page.
    """
    amended = [one for one in changes.amended if not _is_order(one)]
    moved = [one for one in changes.amended if _is_order(one)]
    is_part = any(one.scope is Scope.CUSTOM for one in changes.new)
    removed = (
        "no longer in this part of the list; it may stand in another"
        if is_part
        else "in the older edition alone; a file does not say why"
    )
    shown = None if limit is None else _CHANGES_SHOWN
    return (
        _parties("Added", when, "in the newer edition alone", changes.added, limit),
        _parties("Removed", when, removed, changes.removed, limit),
        section(
            *_counted_row(
                len(amended), [each for one in amended[:limit] for each in _amended(one, shown)]
            ),
            title=f"Amended{when}",
            after=remaining(len(amended), limit, "more in `amended`"),
        ),
        section(
            *_counted_row(
                len(moved),
                [
                    line(values.party(one.after), muted(_fields(one.changes)))
                    for one in moved[:limit]
                ],
            ),
            title=f"Order changed{when}",
            note="the same values, which the newer edition gives in another order",
            after=remaining(len(moved), limit, "more in `amended`"),
        ),
    )


def _counted_row(count: int, lines: list[Line]) -> tuple[Row | None]:
    return (row(counted(count, "party", "parties"), *lines),)


def _parties(
    title: str, when: str, note: str, found: Sequence[Entity], limit: int | None
) -> Section:
    # Columns that nobody fills would only take space from the names.
    cells = values.CELLS
    filled = (name for name in ("list", "since") if any(map(cells[name], found)))
    optional = ["programs", *filled]
    columns = ["id", "kind", "name", *optional]
    rows = ([cells[name](one) for name in columns] for one in found[:limit])
    return section(
        title=f"{title}{when}",
        note=note,
        table=table(columns, rows, keys=("id",), optional=optional),
        after=remaining(len(found), limit, f"more in `{title.lower()}`"),
    )


# ── one party ─────────────────────────────────────────────────────────────────────────────────────


def _is_order(one: answers.Amended) -> bool:
    return all(each.is_order for each in one.changes)


def _label(change: answers.Change) -> str:
    return values.LABELS.get(change.field, change.field.replace("_", " "))


def _fields(changes: Sequence[answers.Change]) -> str:
    return ", ".join(dict.fromkeys(map(_label, changes)))


def _amended(one: answers.Amended, limit: int | None) -> Iterator[Line]:
    paired = flag(f"paired by {_RULES[one.paired_by]}")
    was = muted(f"(before: {one.before.name or '(no name)'})")
    yield line(
        values.party(one.after),
        muted(values.kind_text(one.after)),
        was if one.before.name != one.after.name else None,
        paired if one.paired_by is not answers.PairedBy.ID else None,
    )
    yield from change_lines(one, limit)


def change_lines(one: answers.Amended, limit: int | None) -> Iterator[Line]:
    """Each value of a party that was added, removed or altered; after `limit`, how many more."""
    told = [each for each in one.changes if not each.is_order]
    for each in told[:limit]:
        yield from _change_lines(each, one)
    if rest := remaining(len(told), limit, "more in `changes`"):
        yield line(muted(rest), level=1)
    if moved := [each for each in one.changes if each.is_order]:
        yield line(muted(f"order changed: {_fields(moved)}"), level=1)


def _change_lines(change: answers.Change, one: answers.Amended) -> Iterator[Line]:
    label = _label(change)
    count = len(one.after.designations)
    if change.designation is not None and count > 1:
        label += f" (designation {change.designation + 1} of {count})"
    before, after = change.before, change.after
    if before is not None and after is not None:
        yield from _altered(label, before, after, one)
    elif after is not None:
        yield line(f"{label} added:", _full(after, one.after), level=1)
    elif before is not None:
        yield line(f"{label} removed:", _full(before, one.before), level=1)


def _altered(
    label: str, before: answers.Stated, after: answers.Stated, one: answers.Amended
) -> Iterator[Line]:
    was, now = _short(before), _short(after)
    others = _attributes(before, after, is_text=was != now)
    if was == now:
        yield line(label, strong(f"{now}:"), others, level=1)
    elif len(was) + len(now) > _SHORT:
        yield line(f"{label} amended:", level=1)
        yield line("before", strong(was), level=2)
        yield line("after", strong(now), level=2)
    else:
        yield line(f"{label}:", strong(was), ARROW, strong(now), level=1)
    if was != now and others.spans:
        yield others.at(2)


# ── one value ─────────────────────────────────────────────────────────────────────────────────────


def _role(name: model.Name) -> str:
    return "primary name" if name.kind is model.NameKind.PRIMARY else values.label_of(name)


def _full(value: answers.Stated, entity: Entity) -> Line:
    """Everything about a value, as the page of a party has it."""
    match value:
        case model.Name():
            return line(_role(value), values.line_of(value, parts=False))
        case model.Identifier() | model.Feature():
            return line(f"{values.label_of(value)}:", values.line_of(value, entity))
        case model.Relation():
            return line(values.relation_word(value), values.line_of(value))
        case model.Birth() if not values.text_of(value):
            return line("nothing said")
        case _ if isinstance(value, (model.PartialDate, model.Country)) or not attrs.has(
            type(value)
        ):
            return line(strong(values.in_words(value)))
        case _:
            return values.line_of(value)


def _short(value: answers.Stated) -> str:
    """What a value is called."""
    return (str(value) if isinstance(value, model.Feature) else values.text_of(value)) or '""'


def _attributes(before: answers.Stated, after: answers.Stated, *, is_text: bool) -> Line:
    """The attributes in which two values differ, with what they were and are."""
    kind = type(before)
    if kind is not type(after) or kind is model.PartialDate or not attrs.has(kind):
        return line()
    hidden = values.IN_TEXT.get(kind, frozenset()) if is_text else frozenset[str]()
    found: dict[str, tuple[str, str]] = {}
    for info in fields_of(kind):
        was, now = getattr(before, info.name), getattr(after, info.name)
        if info.name in hidden or not info.is_compared or was == now:
            continue
        # Beside a reading, the text of the source does not count.
        if info.raw_of and getattr(before, info.raw_of) and getattr(after, info.raw_of):
            continue
        is_kind = info.label in ("kind", "role")
        told = (
            (_kind(before), _kind(after))
            if is_kind
            else (values.in_words(was), values.in_words(now))
        )
        # Where both have the same name, all that is known of them is shown.
        found.setdefault(info.label, told if told[0] != told[1] else (repr(was), repr(now)))
    spans: list[Span] = []
    for label, (old, new) in found.items():
        separator = (muted("·"),) if spans else ()
        spans += (*separator, Span(f"{label}:"), Span(old), ARROW, Span(new))
    return Line(tuple(spans))


def _kind(value: object) -> str:
    """The kind of a value in our word, else in the source's."""
    if isinstance(value, model.Name):
        return _role(value)
    found = (getattr(value, name, None) for name in ("kind", "raw_kind", "raw"))
    return values.in_words(next((one for one in found if one), ""))
