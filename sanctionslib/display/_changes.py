"""Changes as a sheet: what was compared, who was added and removed, and what was amended of whom."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from typing import cast

import attrs

from sanctionslib.answers import Amended, Change, Changes, PairedBy, Stated
from sanctionslib.display._designation import authority_line, event_line, measure_line
from sanctionslib.display._entity import feature_line, identifier_line, relation_line
from sanctionslib.display._sheet import (
    ARROW,
    Grid,
    Line,
    Row,
    Section,
    Sheet,
    Span,
    flag,
    line,
    muted,
    strong,
)
from sanctionslib.display._words import (
    address_line,
    banners,
    basis_line,
    birth_line,
    country_text,
    date_text,
    kind_text,
    kind_word,
    label_text,
    looked_at,
    name_line,
    nationality_line,
    party,
    relation_word,
    role_word,
)
from sanctionslib.model import (
    Address,
    Authority,
    Birth,
    Country,
    Designation,
    Edition,
    Entity,
    EntityRef,
    Event,
    Feature,
    Gender,
    Identifier,
    LegalBasis,
    Listing,
    Measure,
    Name,
    NameKind,
    NamePart,
    Nationality,
    PartialDate,
    Place,
    Relation,
    Scope,
)
from sanctionslib.model.provenance import published_words

__all__ = ["LABELS", "SHOWN", "change_lines", "changes_sections", "changes_sheet"]

SHOWN = 50
"""Parties of a section that are shown where not all are asked for."""
_CHANGES_SHOWN = 20
_SHORT = 70
"""Columns up to which before and after stand in one line."""

LABELS = {
    "id": "id",
    "kind": "kind",
    "raw_kind": "kind",
    "names": "name",
    "addresses": "address",
    "identifiers": "number",
    "features": "fact",
    "relations": "link",
    "designations": "designation",
    "remarks": "remarks",
    "births": "birth",
    "nationalities": "nationality",
    "citizenships": "citizenship",
    "genders": "gender",
    "titles": "title",
    "positions": "position",
    "established": "date of establishment",
    "types": "type",
    "registered_in": "country of registration",
    "flags": "flag",
    "former_flags": "former flag",
    "owners": "owner",
    "former_owners": "former owner",
    "tonnage": "tonnage",
    "gross_tonnage": "gross tonnage",
    "length": "length",
    "built": "date of build",
    "models": "model",
    "operators": "operator",
    "designations.authority": "by whom",
    "designations.listings": "list",
    "designations.programs": "program",
    "designations.legal_bases": "legal basis",
    "designations.measures": "measure",
    "designations.events": "event",
    "designations.reason": "reason",
    "designations.sources": "on whose decision",
    "designations.licence_requirement": "licence requirement",
    "designations.licence_policy": "licence policy",
    "designations.notices": "official notice",
    "designations.links": "address to read more at",
    "designations.note": "note on the designation",
}
"""What a value of each field is called."""


def changes_sheet(changes: Changes, *, limit: int | None = SHOWN) -> Sheet:
    """The sheet of the changes between two editions.

    Args:
        changes: What `diff` found.
        limit: How many parties of each section are shown; None for all, with all their changes.
    """
    return Sheet(
        what="Changes",
        title=_title(changes),
        facts=(
            f"{len(changes.added):,} added",
            f"{len(changes.removed):,} removed",
            f"{len(changes.amended):,} amended",
            f"{changes.unchanged:,} unchanged",
        ),
        banners=banners((*changes.old, *changes.new)),
        sections=(
            Section(
                rows=(
                    Row("older", looked_at(changes.old)),
                    Row("newer", looked_at(changes.new)),
                    *_paired_by(changes),
                ),
                after="" if changes else _nothing(changes),
            ),
            *changes_sections(changes, limit=limit),
        ),
    )


def changes_sections(changes: Changes, *, limit: int | None, when: str = "") -> tuple[Section, ...]:
    """What was added, removed and amended, a section each.

    Args:
        changes: What `diff` found.
        limit: How many parties of each section are shown; None for all.
        when: What titles say of the time, where several comparisons stand on one page.
    """
    told = [one for one in changes.amended if not _is_order(one)]
    moved = [one for one in changes.amended if _is_order(one)]
    return (
        _parties("Added", when, "in the newer edition alone", changes.added, limit),
        _parties("Removed", when, _removed_note(changes), changes.removed, limit),
        _amended(f"Amended{when}", told, limit),
        Section(
            title=f"In another order{when}",
            note="the same values, which the newer edition gives in another order",
            rows=_rows(
                [line(*party(one.after), muted(_fields(one))) for one in moved],
                len(moved),
                limit,
            ),
            after=_more(len(moved), limit, "amended"),
        ),
    )


def _title(changes: Changes) -> str:
    old = {one.list_id: one for one in changes.old}
    lists: dict[str, list[str]] = {}
    for one in changes.new:
        days = f"{_day(old.get(one.list_id))} to {_day(one)}"
        lists.setdefault(days, []).append(one.list_id)
    texts = [", ".join((*ids, days)) for days, ids in lists.items()]
    return "; ".join(texts) or "lists of one's own"


def _day(edition: Edition | None) -> str:
    return published_words(None if edition is None else edition.published)


def _paired_by(changes: Changes) -> tuple[Row, ...]:
    """How parties were paired, where that was not the publisher's key alone."""
    counts = {
        rule: sum(one.paired_by is rule for one in changes.amended)
        for rule in (PairedBy.NAME, PairedBy.IDENTIFIER)
    }
    lines = [
        line(f"{count:,} amended by {_RULES[rule]}", muted("(their ids differ or do not last)"))
        for rule, count in counts.items()
        if count
    ]
    return (Row("paired", tuple(lines)),) if lines else ()


_RULES = {
    PairedBy.ID: "id",
    PairedBy.NAME: "name and kind",
    PairedBy.IDENTIFIER: "a number that both have",
}


def _nothing(changes: Changes) -> str:
    parties = "party" if changes.unchanged == 1 else "parties"
    return (
        "Nothing was added, removed or amended: both say the same of "
        f"{changes.unchanged:,} {parties}."
    )


def _removed_note(changes: Changes) -> str:
    if any(one.scope is Scope.CUSTOM for one in changes.new):
        return "not in this part of the list any more; they may stand in another"
    return "in the older edition alone; a file does not say why"


def _parties(
    title: str, when: str, note: str, found: Sequence[Entity], limit: int | None
) -> Section:
    # Columns that nobody fills would only take room from the names.
    optional = {
        "on": [", ".join(dict.fromkeys(each.list_name for each in one.listings)) for one in found],
        "since": [date_text(one.listed_since) if one.listed_since else "" for one in found],
    }
    filled = [texts for texts in optional.values() if any(texts)]
    columns = (
        "id",
        "kind",
        "name",
        "programs",
        *(name for name in optional if any(optional[name])),
    )
    rows = tuple(
        (
            line(one.id),
            line(kind_word(one)),
            line(strong(one.name or "(no name)")),
            line(", ".join(one.programs) or "—"),
            *(line(texts[at] or "—") for texts in filled),
        )
        for at, one in enumerate(found[:limit])
    )
    return Section(
        title=f"{title}{when}",
        note=note,
        grid=Grid(columns, rows, keys=frozenset({0}), first_to_go=tuple(range(3, len(columns)))),
        after=_more(len(found), limit, title.lower()),
    )


def _more(count: int, limit: int | None, where: str) -> str:
    more = 0 if limit is None else count - limit
    return f"… and {more:,} more in `{where}`" if more > 0 else ""


def _rows(lines: Sequence[Line], count: int, limit: int | None) -> tuple[Row, ...]:
    label = f"{count:,} {'party' if count == 1 else 'parties'}"
    return (Row(label, tuple(lines[:limit])),) if lines else ()


# ── one party ─────────────────────────────────────────────────────────────────────────────────


def _is_order(one: Amended) -> bool:
    return all(each.is_order for each in one.changes)


def _fields(one: Amended) -> str:
    return ", ".join(dict.fromkeys(_label(each) for each in one.changes))


def _amended(title: str, found: Sequence[Amended], limit: int | None) -> Section:
    lines: list[Line] = []
    for one in found[:limit]:
        lines += _amended_lines(one, None if limit is None else _CHANGES_SHOWN)
    return Section(
        title=title,
        rows=_rows(lines, len(found), None),
        after=_more(len(found), limit, "amended"),
    )


def _amended_lines(one: Amended, limit: int | None) -> Iterator[Line]:
    paired = None
    if one.paired_by is not PairedBy.ID:
        paired = flag(f"paired by {_RULES[one.paired_by]}")
    was = None
    if one.before.name != one.after.name:
        was = muted(f"(before: {one.before.name or '(no name)'})")
    yield line(*party(one.after), muted(kind_text(one.after)), was, paired)
    yield from change_lines(one, limit)


def change_lines(one: Amended, limit: int | None) -> Iterator[Line]:
    """Each value of a party that is new, gone or told otherwise; after `limit`, how many more."""
    told = [each for each in one.changes if not each.is_order]
    for each in told[:limit]:
        yield from _change_lines(each, one)
    more = len(told) - (limit or len(told))
    if more > 0:
        yield line(muted(f"… and {more:,} more in `changes`"), level=1)
    if moved := [each for each in one.changes if each.is_order]:
        fields = ", ".join(dict.fromkeys(_label(each) for each in moved))
        yield line(muted(f"in another order: {fields}"), level=1)


def _label(change: Change) -> str:
    return LABELS.get(change.field, change.field.replace("_", " "))


def _change_lines(change: Change, one: Amended) -> Iterator[Line]:
    label = _label(change)
    count = len(one.after.designations)
    if change.designation is not None and count > 1:
        label += f" (designation {change.designation + 1} of {count})"
    before, after = change.before, change.after
    if before is None:
        if after is not None:
            yield line(f"{label} added:", *_value_line(after, one.after).spans, level=1)
    elif after is None:
        yield line(f"{label} removed:", *_value_line(before, one.before).spans, level=1)
    else:
        yield from _altered(label, before, after, one)


def _altered(label: str, before: Stated, after: Stated, one: Amended) -> Iterator[Line]:
    was, now = _short(before, one.before) or _EMPTY, _short(after, one.after) or _EMPTY
    others = [*_attributes(before, after, was != now)]
    if was == now:
        yield line(label, strong(f"{now}:"), *_joined(others), level=1)
        return
    if len(was) + len(now) > _SHORT:
        yield line(f"{label} amended:", level=1)
        yield line("was", strong(was), level=2)
        yield line("now", strong(now), level=2)
    else:
        yield line(f"{label}:", strong(was), ARROW, strong(now), level=1)
    if others:
        yield line(*_joined(others), level=2)


def _joined(others: Sequence[tuple[str, str, str]]) -> Iterator[Span]:
    for number, (name, was, now) in enumerate(others):
        if number:
            yield muted("·")
        yield from (Span(f"{name}:"), Span(was), ARROW, Span(now))


# ── one value ─────────────────────────────────────────────────────────────────────────────────


_EMPTY = '""'


def _value_line(value: Stated, entity: Entity) -> Line:
    """Everything about a value, as the page of a party has it."""
    match value:
        case Name():
            return line(_role(value), *name_line(value, parts=False).spans)
        case Identifier():
            label, found = identifier_line(value, entity)
            return line(f"{label}:", *found.spans)
        case Feature():
            return line(f"{label_text(value.label) or 'no label'}:", *feature_line(value).spans)
        case Relation():
            return line(relation_word(value), *relation_line(value).spans)
        case Address():
            return address_line(value)
        case Birth():
            return birth_line(value) or line("nothing said")
        case Nationality():
            return nationality_line(value)
        case Authority():
            return authority_line(value)
        case LegalBasis():
            return basis_line(value)
        case Measure():
            return measure_line(value)
        case Event():
            return event_line("", value, level=0)
        case Listing():
            listed_since = f"since {date_text(value.listed_since)}" if value.listed_since else None
            return line(strong(value.list_name), listed_since)
        case _:
            return line(strong(_short(value, entity) or _EMPTY))


def _short(value: Stated, entity: Entity) -> str:
    """What a value is called: its text, number or title."""
    match value:
        case Name():
            return value.text
        case Identifier():
            return f"{identifier_line(value, entity)[0]} {value.value}"
        case Feature():
            return str(value)
        case Relation():
            return f"{relation_word(value)} {value.to}"
        case Address():
            return value.text
        case Birth():
            found = birth_line(attrs.evolve(value, primary=None, note=None, basis=None))
            return found.text if found else ""
        case Nationality():
            return country_text(value.country)
        case Listing():
            return value.list_name
        case Event():
            return event_line("", attrs.evolve(value, act=None, note=None), level=0).text
        case Designation():
            return _designation(value)
        case int():
            return f"{value:,}"
        case _:
            return _plain(value)


def _designation(one: Designation) -> str:
    parts = (
        one.authority.code if one.authority else "",
        ", ".join(each.list_name for each in one.listings),
        ", ".join(one.programs),
        ", ".join(each.title for each in one.legal_bases),
        ", ".join(str(each) for each in one.measures),
        one.reason or "",
    )
    return " · ".join(part for part in parts if part) or "nothing said"


_IN_TEXT: dict[type[object], frozenset[str]] = {
    Name: frozenset({"text", "parts"}),
    Identifier: frozenset({"value", "kind", "raw_kind"}),
    Feature: frozenset({"label", "value"}),
    Relation: frozenset({"to", "kind", "raw_kind"}),
    Birth: frozenset({"date", "place"}),
    Event: frozenset({"kind", "raw_kind", "date"}),
    Address: frozenset(
        {
            *("lines", "care_of", "po_box", "city", "place", "state", "region"),
            *("postal_code", "country"),
        }
    ),
}
"""Attributes that a reader sees in the text of a value, where that is different."""


def _attributes(before: Stated, after: Stated, is_text: bool) -> Iterator[tuple[str, str, str]]:
    """The attributes in which two values differ, with what they were and are."""
    if type(before) is not type(after) or isinstance(before, PartialDate):
        return
    if not attrs.has(type(before)):
        return
    hidden = _IN_TEXT.get(type(before), frozenset()) if is_text else frozenset[str]()
    old, new = cast("Name", before), cast("Name", after)  # of some class of attrs
    for field in attrs.fields(type(old)):
        was, now = getattr(old, field.name), getattr(new, field.name)
        # Only what counts: not the publisher's keys, and the raw text only where it is all we have.
        if field.name in hidden or attrs.evolve(old, **{field.name: now}) == old:
            continue
        name, told = field.name.replace("_", " "), (_plain(was), _plain(now))
        if field.name in ("kind", "raw_kind", "raw"):
            name, told = _KIND_OF.get(type(before), "kind"), (_kind(old), _kind(new))
        # Two things of one name: then all that is known of them.
        yield (name, *(told if told[0] != told[1] else (repr(was), repr(now))))


_KIND_OF: dict[type[object], str] = {Name: "role"}


def _role(name: Name) -> str:
    return "primary name" if name.kind is NameKind.PRIMARY else role_word(name)


def _kind(value: object) -> str:
    """The kind of a value in our word, else in the source's."""
    if isinstance(value, Name):
        return _role(value)
    return _plain(
        getattr(value, "kind", None) or getattr(value, "raw_kind", "") or getattr(value, "raw", "")
    )


def _plain(value: object) -> str:
    """A value of an attribute in words, never in none."""
    return _in_words(value) or _EMPTY


def _in_words(value: object) -> str:
    match value:
        case None:
            return "not stated"
        case bool():
            return "yes" if value else "no"
        case enum.Enum():
            return str(value.value)
        case PartialDate():
            return date_text(value)
        case Country():
            return country_text(value)
        case NamePart():
            return f"{value.kind.value} {value.text}"
        case Place():
            return value.text or ", ".join(each for each in (value.city, value.state) if each)
        case LegalBasis() | EntityRef() | Authority() | Measure() | Gender():
            return str(value)
        case Event():
            return event_line("", value, level=0).text
        case tuple():
            several = cast("tuple[object, ...]", value)
            return ", ".join(_plain(each) for each in several) or "none"
        case _:
            return str(value)
