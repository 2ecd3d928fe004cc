"""A party as a sheet: all that the list says of it; a table of parties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

import attrs

from sanctionslib.answers import Selection
from sanctionslib.display import _values as values
from sanctionslib.display.sheet import (
    Line,
    Row,
    Sheet,
    counted,
    line,
    listing,
    mark,
    muted,
    page,
    row,
    section,
    strong,
)
from sanctionslib.model import Designation, Edition, Entity, Event, EventKind, Fact, FeatureKind

_DATES = (FeatureKind.LISTING_DATE, FeatureKind.EFFECTIVE_DATE, FeatureKind.DIVESTMENT_DATE)
"""Labelled facts of a party that are dates of its listing."""


# ── a party ───────────────────────────────────────────────────────────────────────────────────────


def entity_sheet(entity: Entity) -> Sheet:
    """Everything that the list says of a party, and where it was read."""

    def rows(found: Iterable[object]) -> tuple[Row, ...]:
        return values.grouped((values.label_of(one), values.line_of(one, entity)) for one in found)

    names = (
        (_capital(values.label_of(one)), values.line_of(one, parts=True)) for one in entity.names
    )
    count = len(entity.designations)
    return values.party_page(
        "Party",
        entity,
        section(*values.grouped(names), title="Names"),
        section(*_facts(entity), title="Facts"),
        section(*rows(entity.identifiers), title="Numbers and documents"),
        *(
            section(
                *rows_of(stated_lines(one, entity)),
                title=f"Designation {number} of {count}" if count > 1 else "Designation",
            )
            for number, one in enumerate(entity.designations, 1)
        ),
        section(*rows(one for one in entity.features if one.kind), title="Further facts"),
        section(
            *rows(one for one in entity.features if one.kind is None),
            title="Unmapped",
            note="stated by the source under labels that no field of the model holds",
            tone="unstated",
        ),
        section(*rows(entity.relations), row("Remarks", *values.paragraphs(entity.remarks))),
        section(
            row("Edition", *values.edition_lines(entity.edition)),
            row("Entry at", *origin_lines(entity)),
            title="Read from",
            is_detail=True,
        ),
        banners=values.banners((entity.edition,)),
        source=values.source_of([entity.edition] if entity.edition else ()),
    )


def _capital(label: str) -> str:
    """A label of ours at the head of a row; "a.k.a." stays."""
    return label if "." in label else label[:1].upper() + label[1:]


def _facts(entity: Entity) -> Iterator[Row | None]:
    """Its kind in the source's word, the fields of that kind, and the addresses, by their labels."""
    if entity.raw_kind:
        theirs = values.details(f'in the source "{entity.raw_kind}"')
        yield row("Kind", line(values.kind_text(entity), theirs))
    common = {field.name for field in attrs.fields(Entity)}
    own = [field.name for field in attrs.fields(type(entity)) if field.name not in common]
    for name in (*own, "addresses"):
        content: object = getattr(entity, name)
        several = cast("tuple[object, ...]", content if isinstance(content, tuple) else (content,))
        lines = (values.line_of(one) for one in several if one is not None)
        yield row(values.field_label(name), *lines)


def origin_lines(entity: Entity) -> Iterator[Line]:
    """Where a party stands in its file."""
    for one in entity.origins:
        yield line(one.member, f"line {one.line}" if one.line else None, values.details(one.path))


# ── a designation ─────────────────────────────────────────────────────────────────────────────────

Lines = tuple[Line, ...]
"""What stands in a row."""
_FURTHER = ("sources", "licence_requirement", "licence_policy", "notices", "links", "note")
_ENDS = (EventKind.DELISTED, EventKind.EXPIRES)


def stated_lines(one: Designation, entity: Entity) -> dict[str, Lines]:
    """What a designation states, by the labels of its rows, in their order."""
    further = ((name, getattr(one, name)) for name in _FURTHER)
    return {
        "Authority": (values.line_of(one.authority),) if one.authority else (),
        "List": tuple(line(strong(each.list_name)) for each in one.listings),
        "Program": tuple(line(strong(code)) for code in one.programs),
        "Legal basis": tuple(map(values.line_of, one.legal_bases)),
        "Measures": tuple(map(values.line_of, one.measures)),
        "Listed since": since_lines(one, entity),
        "Until": until_lines(one),
        "Reason": values.paragraphs(one.reason),
        **{
            values.field_label(f"designations.{name}"): (
                values.paragraphs(said) if isinstance(said, str) else tuple(map(line, said or ()))
            )
            for name, said in further
        },
    }


def until_lines(one: Designation) -> Lines:
    """When it was delisted, or when it expires."""
    return tuple(
        line(mark(values.text_of(event)), _event_details(name, event))
        for name, event in _events(one)
        if event.kind in _ENDS
    )


def rows_of(stated: dict[str, Lines]) -> Iterator[Row | None]:
    """The rows of what a designation states; those without a line are None."""
    return (row(label, *lines) for label, lines in stated.items())


def _events(designation: Designation) -> Iterator[tuple[str, Event]]:
    """The events of a designation, with the named list that each is of."""
    for listed in designation.listings:
        yield from ((listed.list_name, event) for event in listed.events)
    yield from (("", event) for event in designation.events)


def _event_details(list_name: str, event: Event) -> Line:
    act = f"by {event.act.title}" if event.act else None
    return line(values.details(list_name, act, event.note))


def since_lines(designation: Designation, entity: Entity) -> Lines:
    """Since when, with the dated events behind it; empty where the source is silent."""
    since = designation.listed_since
    lines = [line(strong(values.date_text(since)))] if since is not None else []
    events = [each for each in _events(designation) if each[1].kind not in _ENDS]
    # OFAC's advanced file repeats all legal authorities of a party at every list, later ones too: an
    # entry of 2015 "by" an order of 2021. So several acts of one day are those of the party, which
    # stand with the legal bases, and the day is shown once.
    bare = [(name, attrs.evolve(event, act=None)) for name, event in events]
    times = Counter(bare)
    level = len(lines)
    for name, event in dict.fromkeys(
        stated if times[each] == 1 else each for stated, each in zip(events, bare, strict=True)
    ):
        lines.append(line(values.text_of(event), _event_details(name, event), level=level))
    # "Listing Date (CMIC)" is a labelled fact of the party; the source ties it to no designation.
    if len(entity.designations) < 2:
        lines += (
            line(
                f"{values.label_of(one)}:",
                strong(one.value),
                muted("(a labelled fact of the party)"),
            )
            for one in entity.features
            if one.kind in _DATES
        )
    return tuple(lines)


def not_stated(edition: Edition | None, fact: Fact, *, in_short: bool = False) -> Line:
    """That a fact is not stated: is it the format that cannot state it, or this entry?

    In short, it is not said where else it is stated.
    """
    if edition is None or edition.supports(fact):
        return line(mark("not stated"), muted("for this party"))
    source = "" if in_short else edition.alternative_source(fact)
    if edition.is_partially_supported(fact):
        told = f"not stated for every party, as a part is missing{':' if source else ''}"
        return line(mark(told), source)
    return line(mark(f"not stated in this format{':' if source else ''}"), source)


# ── parties ───────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen(kw_only=True)
class EntityTable:
    """The entities of a list or selection, to be shown as a table.

    Example:
        >>> from sanctionslib.display import to_text
        >>> from sanctionslib.model import Name
        >>> some = [Entity(id=f"watch:{n}", names=(Name(text="A"),)) for n in range(3)]
        >>> "… and 2 more" in to_text(EntityTable(entities=some), limit=1)
        True
    """

    entities: Sequence[Entity]
    """All of them."""
    editions: Sequence[Edition] = ()
    """What was looked at."""
    selection: Selection = Selection()
    """How the entities were chosen."""
    parties: int | None = None
    """How many parties they are entities of; fewer than entities in a combined list."""


_COLUMNS = values.entity_columns(
    *("name", "kind", "programs", "countries", "since", "id"),
    optional=("since", "countries", "programs", "kind"),
)


def table_sheet(shown: EntityTable, limit: int | None) -> Sheet:
    """The first entities of a list, below what was looked at and how they were chosen."""
    editions, selection, count = shown.editions, shown.selection, len(shown.entities)
    entities = shown.entities[:limit]
    title = counted(count, "entity")
    if is_selection := bool(selection.criteria) or selection.of > count:
        title = f"{count:,} of {counted(selection.of, 'entity')}"
    if shown.parties is not None and shown.parties < count:
        title += f", of {counted(shown.parties, 'party')}"
    nobody = "" if count else "No entity was found in what was looked at."
    return page(
        "Selection" if is_selection else "List",
        title,
        listing("", shown.entities, _COLUMNS, limit=limit, after=nobody),
        section(
            row("undetermined", *_undetermined(selection)),
            _silent_dates(entities, editions),
        ),
        section(row("looked at", *values.looked_at(editions)), is_detail=True),
        chips=selection.criteria,
        footer=values.ELSEWHERE,
        banners=values.banners((*editions, *(one.edition for one in entities))),
        source=values.source_of(editions),
    )


def _silent_dates(entities: Sequence[Entity], editions: Sequence[Edition]) -> Row | None:
    """How to read the dash below "since": as silence, and of whom."""
    if all(one.listed_since is not None for one in entities):
        return None
    lines = [line("— means that no date of listing is stated")]
    for one in editions:
        if not one.supports(Fact.LISTING_DATE):
            source = one.alternative_source(Fact.LISTING_DATE)
            told = f"never stated in {one.format or one.list_id}{':' if source else ''}"
            lines.append(line(mark(told), source))
    return row("since", *dict.fromkeys(lines), is_cut=True)


def _undetermined(selection: Selection) -> Iterator[Line]:
    """What cannot be known of the selection, for lack of statements."""
    for one in selection.undetermined:
        fact = one.fact.value
        if not (one.count or one.never):
            yield line(mark(f"a part is missing that could hold the {fact} of some"))
        elif not one.count and one.lists:
            yield line(mark("never stated:"), f"{fact}{one.by}")
        else:
            never = f"never stated{one.by}" if one.lists else "this edition never states it"
            told = f"{one.count:,} without {fact} {'kept' if one.kept else 'dropped'}"
            why = never if one.never else "not stated for these"
            yield line(mark(told), muted(f"({why})"))
    if selection.kind_unstated:
        yield line(mark(f"{selection.kind_unstated:,} of unstated kind dropped"))
