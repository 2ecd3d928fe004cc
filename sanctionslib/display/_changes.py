"""Changes as a sheet: who was added, removed and amended, a line each; what exactly is a detail."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

import attrs

from sanctionslib import answers, model
from sanctionslib.answers import PairedBy
from sanctionslib.answers.drawing import relation_word
from sanctionslib.display import _values as values
from sanctionslib.display.sheet import (
    ARROW,
    Cell,
    Columns,
    Line,
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
)
from sanctionslib.model import Edition, Entity, Scope
from sanctionslib.model.fields import fields_of
from sanctionslib.model.provenance import published_words

_CHANGES_SHOWN = 20
_NAMED = 3
"""Lists of the same days that are named; more are counted."""
_SHORT = 70
"""Columns up to which before and after stand in one line."""
_RULES = {
    PairedBy.NAME: "name and kind",
    PairedBy.IDENTIFIER: "a number that both have",
}
"""How parties were paired, where it was not by the publisher's key."""


# ── counts and days ───────────────────────────────────────────────────────────────────────────────


def change_counts(changes: answers.Changes | answers.ChangeLog) -> tuple[int, int, int]:
    """How many parties were added, removed, amended."""
    return len(changes.added), len(changes.removed), len(changes.amended)


def change_words(changes: answers.Changes | answers.ChangeLog) -> str:
    """The same in words: "25 added · 0 removed · 3 amended"."""
    added, removed, amended = change_counts(changes)
    return f"{added:,} added · {removed:,} removed · {amended:,} amended"


def changed_days(changes: answers.Changes) -> tuple[str, ...]:
    """The lists that were compared, with the days of their two editions."""
    old = {one.list_id: one for one in changes.old}
    lists: dict[str, list[str]] = defaultdict(list)
    for one in changes.new:
        lists[f"{_day(old.get(one.list_id))} to {_day(one)}"].append(one.list_id)
    named = tuple(
        f"{', '.join(ids) if len(ids) <= _NAMED else counted(len(ids), 'list')} {days}"
        for days, ids in lists.items()
    )
    return named or ("lists of your own",)


def _day(edition: Edition | None) -> str:
    return published_words(None if edition is None else edition.published)


# ── the page ──────────────────────────────────────────────────────────────────────────────────────


def changes_sheet(changes: answers.Changes, limit: int | None) -> Sheet:
    """The changes between two editions, at most `limit` parties of each kind."""
    nothing = (
        "Nothing was added, removed or amended: both say the same of "
        f"{counted(changes.unchanged, 'party')}."
    )
    counts = Counter(one.paired_by for one in changes.amended)
    paired = [
        f"{counts[rule]:,} paired by {words}" for rule, words in _RULES.items() if counts[rule]
    ]
    told = (line(one, muted("(their ids differ or do not last)")) for one in paired)
    return page(
        "Changes",
        change_words(changes),
        changed_parties([("", changes)], limit),
        section(after="" if changes else nothing),
        *amended_sections(changes, limit),
        section(
            row("older", *values.looked_at(changes.old)),
            row("newer", *values.looked_at(changes.new)),
            row("paired", *told),
            title="Looked at",
            is_detail=True,
        ),
        source=" · ".join(
            ("; ".join(changed_days(changes)), f"{changes.unchanged:,} unchanged", *paired)
        ),
        footer=gone_words(changes.new) if changes.removed else "",
        banners=values.banners((*changes.old, *changes.new)),
    )


def gone_words(editions: Sequence[Edition]) -> str:
    """What it says of a party that it was removed."""
    if any(one.scope is Scope.CUSTOM for one in editions):
        return "Removed: no longer in this part of the list; it may stand in another."
    return "Removed: in the older edition alone; a file does not say why."


@attrs.frozen
class _Changed:
    """A party that was added, removed or amended."""

    day: str
    sign: str
    entity: Entity
    change: Line = Line()


def changed_parties(steps: Sequence[tuple[str, answers.Changes]], limit: int | None) -> Section:
    """A table of the parties of each step, which has a day where there are several."""
    found = [each for day, one in steps for each in _changed(day, one, limit)]
    cells: dict[str, Callable[[_Changed], Cell]] = {
        "day": lambda one: one.day,
        "+/-": lambda one: strong(one.sign),
        "name": lambda one: values.named(one.entity),
        "kind": lambda one: values.kind_text(one.entity),
        "what changed": lambda one: one.change,
        "programs": lambda one: ", ".join(one.entity.programs),
        "list": lambda one: values.CELLS["list"](one.entity),
        "since": lambda one: values.CELLS["since"](one.entity),
        "id": lambda one: one.entity.id,
    }
    # Columns that nobody fills would only take space from the names.
    optional = ("list", "since", "programs", "kind")
    for name in ("day", "what changed", "programs", "list", "since"):
        if not any(cells[name](one) for one in found):
            del cells[name]
    if "list" in cells and len({cells["list"](one) for one in found}) == 1:
        del cells["list"]  # the same of all
    columns = Columns(
        cells,
        keys=("+/-", "id"),
        optional=[name for name in optional if name in cells],
        wide=("what changed",),
    )
    hidden: Counter[str] = Counter()
    for _, one in steps:
        for word, count in zip(("added", "removed", "amended"), change_counts(one), strict=True):
            hidden[word] += max(count - limit, 0) if limit is not None else 0
    more = [f"{count:,} more in `{word}`" for word, count in hidden.items() if count]
    return section(table=columns.table(found), after=f"… and {', '.join(more)}" if more else "")


def _changed(day: str, changes: answers.Changes, limit: int | None) -> Iterator[_Changed]:
    yield from (_Changed(day, "+", one) for one in changes.added[:limit])
    yield from (_Changed(day, "-", one) for one in changes.removed[:limit])
    yield from (
        _Changed(day, "~", one.after, changed_shortly(one)) for one in changes.amended[:limit]
    )


def amended_sections(
    changes: answers.Changes, limit: int | None, when: str = ""
) -> Iterator[Section]:
    """What was amended of whom, as details: at most `limit` parties.

    `when` is what titles say of the time, where several comparisons stand on one page.
    """
    moved = [one for one in changes.amended if all(each.is_order for each in one.changes)]
    amended = [one for one in changes.amended if not all(each.is_order for each in one.changes)]
    shown = None if limit is None else _CHANGES_SHOWN
    more = "more in `amended`"
    yield section(
        row(
            counted(len(amended), "party"),
            *(each for one in amended[:limit] for each in _amended(one, shown)),
        ),
        title=f"Amended{when}",
        after=remaining(len(amended), limit, more),
        is_detail=True,
    )
    yield section(
        row(
            counted(len(moved), "party"),
            *(line(values.party(one.after), muted(_fields(one.changes))) for one in moved[:limit]),
        ),
        title=f"Order changed{when}",
        note="the same values, which the newer edition gives in another order",
        after=remaining(len(moved), limit, more),
        is_detail=True,
    )


# ── one party ─────────────────────────────────────────────────────────────────────────────────────


def _label(change: answers.Change) -> str:
    return values.LABELS.get(change.field, change.field.replace("_", " "))


def changed_shortly(one: answers.Amended) -> Line:
    """What changed of a party, in a few words: the value where it is one, else which fields."""
    told = [each for each in one.changes if not each.is_order]
    if len(told) == 1:
        (change,) = told
        first = next(_change_lines(change, one), line())
        return first.at(0) if len(first.text) <= _SHORT else line(_label(change))
    counts = Counter(map(_label, told))
    fields = [f"{label} ({count})" if count > 1 else label for label, count in counts.items()]
    if not told:
        fields = [f"order of {_fields(one.changes)}"]
    return line(", ".join(fields))


def _fields(changes: Sequence[answers.Change]) -> str:
    return ", ".join(dict.fromkeys(map(_label, changes)))


def _amended(one: answers.Amended, limit: int | None) -> Iterator[Line]:
    was = muted(f"(before: {values.name_of(one.before)})")
    rule = _RULES.get(one.paired_by)
    yield line(
        values.party(one.after),
        muted(values.kind_text(one.after)),
        was if one.before.name != one.after.name else None,
        flag(f"paired by {rule}") if rule else None,
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
    if before is None:
        if after is not None:
            yield line(f"{label} added:", _full(after, one.after), level=1)
        return
    if after is None:
        yield line(f"{label} removed:", _full(before, one.before), level=1)
        return
    was, now = _short(before), _short(after)
    others = _attributes(before, after, is_text=was != now)
    if was == now:
        yield line(label, strong(f"{now}:"), others, level=1)
        return
    if len(was) + len(now) > _SHORT:
        yield line(f"{label} amended:", level=1)
        yield line("before", strong(was), level=2)
        yield line("after", strong(now), level=2)
    else:
        yield line(f"{label}:", strong(was), ARROW, strong(now), level=1)
    if others:
        yield others.at(2)


# ── one value ─────────────────────────────────────────────────────────────────────────────────────


def _role(name: model.Name) -> str:
    return "primary name" if name.kind is model.NameKind.PRIMARY else values.label_of(name)


def _full(value: answers.Stated, entity: Entity) -> Line:
    """Everything about a value, as the page of a party has it."""
    match value:
        case model.Name():
            return line(_role(value), values.line_of(value))
        case model.Identifier() | model.Feature():
            return line(f"{values.label_of(value)}:", values.line_of(value, entity))
        case model.Relation():
            return line(relation_word(value), values.line_of(value))
        case model.Birth() if not values.text_of(value):
            return line("nothing said")
        case model.PartialDate() | model.Country():
            return line(strong(values.in_words(value)))
        case _ if attrs.has(type(value)):
            return values.line_of(value)
        case _:
            return line(strong(values.in_words(value)))


def _short(value: answers.Stated) -> str:
    """What a value is called."""
    return str(value) or '""' if isinstance(value, model.Feature) else values.in_words(value)


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
        told = values.in_words(was), values.in_words(now)
        if info.label in ("kind", "role"):
            told = _kind(before), _kind(after)
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
    return values.in_words(next(filter(None, found), ""))
