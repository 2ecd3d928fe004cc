"""A party as a sheet: all that the list says of it, and why it is listed.

An explanation keeps three kinds of statement apart by place and word: what the file states, what our
reference table adds, and what is inferred. Where the file is silent, the page says so, and whether
the format could have stated it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Set
from typing import cast

import attrs

from sanctionslib import model
from sanctionslib.answers import ExplainedProgram, Explanation
from sanctionslib.display import values
from sanctionslib.display.sheet import (
    Line,
    Row,
    Section,
    Sheet,
    at_most,
    counted,
    flag,
    line,
    mark,
    muted,
    page,
    row,
    section,
    strong,
)

_ENDS = (model.EventKind.DELISTED, model.EventKind.EXPIRES)
_DATES = (model.FeatureKind.LISTING_DATE, model.FeatureKind.EFFECTIVE_DATE)
_NAMES_SHOWN, _LINES_SHOWN = 10, 100


# ── a party ───────────────────────────────────────────────────────────────────────────────────────


def entity_sheet(entity: model.Entity) -> Sheet:
    """Everything that the list says of a party, and where it was read."""

    def rows(found: Iterable[object]) -> tuple[Row, ...]:
        return values.grouped((values.label_of(one), values.line_of(one, entity)) for one in found)

    names = ((_capital(values.label_of(one)), values.line_of(one)) for one in entity.names)
    kind = "Facts" if type(entity) is model.Entity else type(entity).__name__
    return page(
        "Party",
        entity.name or "(no name)",
        section(*values.grouped(names), title="Names"),
        section(*_facts(entity), title=kind),
        section(*rows(entity.identifiers), title="Numbers and documents"),
        *_designations(entity),
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
            row("Entry at", *_origins(entity)),
            title="Read from",
        ),
        facts=(values.kind_text(entity), entity.id),
        chips=entity.programs,
        banners=values.banners((entity.edition,)),
    )


def _capital(label: str) -> str:
    """A label of ours at the head of a row; "a.k.a." stays."""
    return label if "." in label else label[:1].upper() + label[1:]


def _facts(entity: model.Entity) -> Iterator[Row | None]:
    """The fields of its kind, and the addresses, by the labels of the fields."""
    common = {field.name for field in attrs.fields(model.Entity)}
    own = [field.name for field in attrs.fields(type(entity)) if field.name not in common]
    for name in (*own, "addresses"):
        content: object = getattr(entity, name)
        several = cast("tuple[object, ...]", content if isinstance(content, tuple) else (content,))
        lines = (values.line_of(one) for one in several if one is not None)
        yield row(values.field_label(name), *lines)


def _origins(entity: model.Entity) -> Iterator[Line]:
    for one in entity.origins:
        yield line(one.member, f"line {one.line}" if one.line else None, values.details(one.path))


# ── a designation ─────────────────────────────────────────────────────────────────────────────────

_FURTHER = ("sources", "licence_requirement", "licence_policy", "notices", "links", "note")


def _designations(entity: model.Entity) -> Iterator[Section]:
    for number, one in enumerate(entity.designations, 1):
        several = f" {number} of {len(entity.designations)}" if len(entity.designations) > 1 else ""
        codes = tuple(line(strong(code)) for code in one.programs)
        yield section(
            *_designation_rows(one, entity, programs=codes), title=f"Designation{several}"
        )


def _nothing(_: model.Fact) -> tuple[Line, ...]:
    return ()


def _designation_rows(
    one: model.Designation,
    entity: model.Entity,
    *,
    programs: tuple[Line, ...],
    implied_bases: tuple[Line, ...] = (),
    implied_measures: tuple[Line, ...] = (),
    silence: Callable[[model.Fact], tuple[Line, ...]] = _nothing,
) -> tuple[Row | None, ...]:
    """The rows of a designation; `silence` gives the words for a fact that it does not state."""
    authority = (values.line_of(one.authority),) if one.authority else silence(model.Fact.AUTHORITY)
    lists = tuple(line(strong(each.list_name)) for each in one.listings)
    bases = (*map(values.line_of, one.legal_bases), *implied_bases)
    measures = tuple(map(values.line_of, one.measures)) or implied_measures
    further = [(name, getattr(one, name)) for name in _FURTHER]
    return (
        row("Authority", *authority),
        row("List", *(lists or silence(model.Fact.LIST))),
        row("Program", *(programs or silence(model.Fact.PROGRAM))),
        row("Legal basis", *(bases or silence(model.Fact.LEGAL_BASIS))),
        row("Measures", *(measures or silence(model.Fact.MEASURE))),
        row("Listed since", *(since_lines(one, entity) or silence(model.Fact.LISTING_DATE))),
        row("Until", *_until_lines(one)),
        row("Reason", *(values.paragraphs(one.reason) or silence(model.Fact.REASON))),
        *(
            row(
                values.field_label(f"designations.{name}"),
                *(values.paragraphs(said) if isinstance(said, str) else said or ()),
            )
            for name, said in further
        ),
    )


def _events(designation: model.Designation) -> Iterator[tuple[str, model.Event]]:
    for listing in designation.listings:
        yield from ((listing.list_name, event) for event in listing.events)
    yield from (("", event) for event in designation.events)


def _once(events: list[tuple[str, model.Event]]) -> Iterable[tuple[str, model.Event]]:
    """Each dated event once: several acts of one day are those of the party, not of the day.

    OFAC's advanced file repeats all legal authorities of a party at every list, later ones too: an
    entry of 2015 "by" an order of 2021. They stand with the legal bases.
    """
    bare = [(name, attrs.evolve(event, act=None)) for name, event in events]
    times = Counter(bare)
    pairs = zip(events, bare, strict=True)
    return dict.fromkeys(stated if times[each] == 1 else each for stated, each in pairs)


def _event_line(list_name: str, event: model.Event, *, level: int) -> Line:
    act = f"by {event.act.title}" if event.act else None
    return line(values.text_of(event), values.details(list_name, act, event.note), level=level)


def since_lines(designation: model.Designation, entity: model.Entity) -> tuple[Line, ...]:
    """Since when, with the dated events behind it; empty where the source is silent."""
    since = designation.listed_since
    lines = [line(strong(values.date_text(since)))] if since is not None else []
    events = _once([each for each in _events(designation) if each[1].kind not in _ENDS])
    lines += [_event_line(*each, level=min(1, len(lines))) for each in events]
    # "Listing Date (CMIC)" is a labelled fact of the party; the source ties it to no designation.
    dates = [one for one in entity.features if one.kind in _DATES and len(entity.designations) < 2]
    lines += [
        line(
            f"{values.label_text(one.label)}:",
            strong(one.value),
            muted("(a labelled fact of the party)"),
        )
        for one in dates
    ]
    return tuple(lines)


def _until_lines(designation: model.Designation) -> Iterator[Line]:
    for name, event in _events(designation):
        if event.kind in _ENDS:
            first, *rest = _event_line(name, event, level=0).spans
            yield line(mark(first.text), *rest)


# ── an explanation ────────────────────────────────────────────────────────────────────────────────


def explanation_sheet(why: Explanation) -> Sheet:
    """Who is designated, by whom, why, since when; linked to whom; what is inferred or not stated."""
    entity = why.entity
    return page(
        "Explanation",
        entity.name or "(no name)",
        section(row("Party", *_who(why))),
        *_explained(why),
        section(row("Linked to", *_linked_to(why)), row("Linked from", *_from(why))),
        section(
            *(
                row(one.about.value, strong(one.value), line(muted("because"), one.reason))
                for one in why.inferred
            ),
            title="Inferred",
            note="The facts of the file suggest this; the file does not state it.",
            tone="inferred",
        ),
        section(
            *(
                row(one.fact.value, one.alternative_source or muted("no other source known to us"))
                for one in why.unstated
            ),
            title="Not stated",
            note=_unstated_note(why),
            tone="unstated",
        ),
        section(row("Looked at", *_looked_at(why))),
        facts=(values.kind_text(entity), *(one.id for one in why.entities)),
        chips=tuple(one.code for one in why.programs),
        banners=values.banners(
            (why.edition, *why.editions, *(one.edition for one in why.entities))
        ),
    )


def _who(why: Explanation) -> Iterator[Line]:
    told: set[str] = set()
    for one in why.entities:
        yield from _entity_lines(one, told)
        told.update(name.text for name in one.names)


def _entity_lines(entity: model.Entity, told: Set[str]) -> Iterator[Line]:
    """Who an entry is about; of names that entries before it have, how many there are."""
    yield line(strong(entity.name or "(no name)"))
    yield line(f"{values.kind_text(entity)},", entity.id)
    new = [
        name
        for name in entity.aliases
        if name.text not in told or name.strength is model.AliasStrength.WEAK
    ]
    aliases = [line(f"{values.label_of(one)}:", values.line_of(one, parts=False)) for one in new]
    yield from at_most(aliases, _NAMES_SHOWN, "name", "on the entity itself")
    if again := len(entity.aliases) - len(new):
        yield line(muted(f"{counted(again, 'further name')}, each also in an entry above"))
    if isinstance(entity, model.Person):
        yield line(values.person_words(entity))
        yield from (line("title or position:", one) for one in (*entity.titles, *entity.positions))


def _edition_of(why: Explanation, entity: model.Entity) -> model.Edition | None:
    """What an entity was read from, also where it does not say so itself."""
    if entity is why.entity:
        return why.edition or entity.edition
    own_list = (one for one in why.editions if one.list_id == entity.list_id)
    return entity.edition or next(own_list, None)


def _looked_at(why: Explanation) -> Iterator[Line]:
    for entity in why.entities:
        yield from values.edition_lines(_edition_of(why, entity))
        yield from (line(muted("entry at"), one) for one in _origins(entity))


def _explained(why: Explanation) -> Iterator[Section]:
    """The designations of each entity; where there are several entities, each says its list."""
    told: set[str] = set()
    for entity in why.entities:
        head: tuple[Row | None, ...] = ()
        if why.also:
            edition = _edition_of(why, entity)
            label = edition.label if edition is not None else "a list of your own"
            head = (row("Entity", line(strong(entity.id), muted(label))),)
        found = entity.designations if why.also else why.designations
        if not found:
            codes = entity.programs if why.also else tuple(one.code for one in why.programs)
            yield section(
                *head,
                *_explained_rows(why, entity, model.Designation(programs=codes), told),
                note="The list states no designation of this party.",
            )
        for number, one in enumerate(found, 1):
            yield section(
                *head,
                *_explained_rows(why, entity, one, told),
                title=f"Designation {number} of {len(found)}" if len(found) > 1 else "",
            )


def _explained_rows(
    why: Explanation, entity: model.Entity, one: model.Designation, told: set[str]
) -> tuple[Row | None, ...]:
    known = {each.code: each for each in why.programs}
    programs = [known.get(code) or ExplainedProgram(code=code) for code in one.programs]
    new = [each for each in programs if each.code not in told]
    lines = [piece for each in programs for piece in _program(each, is_new=each in new)]
    told.update(each.code for each in programs)
    if len(one.listings) > 1 and len(programs) > 1:
        untied = line(muted("The file does not say which list goes with which program."))
        lines.append(untied)

    def implied(each: ExplainedProgram, word: str, value: object) -> Line:
        code = muted(f"({each.code})") if len(programs) > 1 else None
        return line(values.line_of(value), flag(f"{word} the program, not stated"), code)

    bases = [
        implied(each, "of", value)
        for each in new
        if each.program
        for value in each.program.legal_bases
    ]
    above = [each.code for each in programs if each not in new and each.program]
    bases += [line(muted(f"of {code}: see above")) for code in above]
    measures = (
        implied(each, "implied by", value)
        for each in programs
        if each.program
        for value in each.program.measures
    )
    return _designation_rows(
        one,
        entity,
        programs=tuple(lines),
        implied_bases=tuple(bases),
        implied_measures=tuple(measures),
        silence=lambda fact: _silence(why, entity, fact),
    )


def _program(explained: ExplainedProgram, *, is_new: bool) -> Iterator[Line]:
    """A program; what our reference table adds to it stands once in an explanation."""
    program = explained.program
    if program is None:
        yield line(strong(explained.code), flag("not in our reference table"))
        return
    title = program.title or muted("no title in our reference table")
    yield line(strong(f"{explained.code}:"), title)
    if is_new:
        yield line("note:" if program.note else None, program.note, level=1)
        origin = f" ({program.source})" if program.source else ""
        told = f"Title, legal bases and measures are from our reference table{origin}"
        yield line(muted(told), level=1, bullet=" ")


def _silence(why: Explanation, entity: model.Entity, fact: model.Fact) -> tuple[Line, ...]:
    """The file says nothing: is it the format that cannot, or this entry that does not?"""
    edition = _edition_of(why, entity)
    found = next((one for one in why.unstated if one.fact is fact), None)
    if found is not None and not why.also:
        source = found.alternative_source
    elif edition is not None and not edition.supports(fact):
        source = edition.alternative_source(fact) or ""
    else:
        return (line(mark("the file does not say"), muted("of this party")),)
    if edition is not None and edition.is_partially_supported(fact):
        told = mark("not stated of everybody, a part is missing:")
        return (line(told, edition.alternative_source(fact)),)
    words = (
        "the file does not say" if fact in (model.Fact.LIST, model.Fact.AUTHORITY) else "not stated"
    )
    return (line(mark(f"{words} in this format{':' if source else ''}"), source),)


# ── links, and what is not stated ─────────────────────────────────────────────────────────────────


def _linked_to(why: Explanation) -> tuple[Line, ...]:
    lines: list[Line] = []
    for link in why.linked_to:
        is_short = link.relation.kind is model.RelationKind.LINKED_TO
        first, *rest = values.link_to_lines(link, short=is_short)
        # Where several lists have the party: which of them states the link.
        told = muted(f"(stated by {link.source.list_id})") if why.also else None
        lines += (line(first, told), *rest)
    return _links(why, lines, "linked_to", "no link stated in this entry")


def _from(why: Explanation) -> tuple[Line, ...]:
    lines = [each for link in why.linked_from for each in values.link_from_lines(link)]
    nothing = "no link to this party stated in the entries looked at"
    return _links(why, lines, "linked_from", nothing)


def _links(why: Explanation, lines: list[Line], where: str, nothing: str) -> tuple[Line, ...]:
    unsupported = _unsupported(why) if why.also else ()
    if lines:
        return (*at_most(lines, _LINES_SHOWN, "line", f"in `{where}`"), *unsupported)
    if any(one.fact is model.Fact.RELATION for one in why.unstated):
        return _silence(why, why.entity, model.Fact.RELATION)
    return (line(muted(nothing)), *unsupported)


def _unsupported(why: Explanation) -> Iterator[Line]:
    """Which of several lists could not have said more."""
    for one in why.editions:
        if not one.supports(model.Fact.RELATION):
            partly = one.is_partially_supported(model.Fact.RELATION)
            yield line(mark("not of everybody in" if partly else "never stated in"), one.label)


def _unstated_note(why: Explanation) -> str:
    """Of nobody; where a part is missing, the facts that it could hold are stated of some."""
    of = "These editions state" if len(why.editions) > 1 else "This edition states"
    in_part = [
        unstated.fact.value
        for unstated in why.unstated
        if any(one.is_partially_supported(unstated.fact) for one in why.editions)
    ]
    but = f", and the {' and '.join(in_part)} not of everybody" if in_part else ""
    return f"{of} the following of nobody{but}."
