"""An explanation as a sheet: who, by whom, on what, under what, since when, why, linked to whom.

The order is that of a spoken sentence. Three kinds of statement are kept apart by place and word:
what the file states, what our reference table adds (it says so, and where it has it from), and what
is inferred. Where the file is silent, the sheet says so, and whether the format could have spoken.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

import attrs

from sanctionslib.answers import ExplainedProgram, Explanation, Link
from sanctionslib.display._designation import (
    authority_line,
    basis_lines,
    list_lines,
    measure_line,
    other_rows,
    since_lines,
    until_lines,
)
from sanctionslib.display._entity import origin_lines
from sanctionslib.display._sheet import Line, Row, Section, Sheet, flag, line, mark, muted, strong
from sanctionslib.display._words import (
    at_most,
    banners,
    basis_line,
    counted,
    edition_lines,
    kind_text,
    link_from_lines,
    link_to_lines,
    names_of,
    paragraphs,
    person_words,
)
from sanctionslib.model import (
    AliasStrength,
    Designation,
    Edition,
    Entity,
    Fact,
    Person,
    RelationKind,
)

__all__ = ["explanation_sheet"]

_NAMES_SHOWN = 10
_LINES_SHOWN = 100


def explanation_sheet(why: Explanation) -> Sheet:
    """The sheet of one explanation."""
    entity = why.entity
    return Sheet(
        what="Who, by whom, why, since when",
        title=entity.name or "(no name)",
        facts=(kind_text(entity), *(one.id for one in why.entities)),
        chips=tuple(one.code for one in why.programs),
        banners=banners((why.edition, *why.editions, *(one.edition for one in why.entities))),
        sections=(
            Section(rows=(Row("WHO", _who(why)),)),
            *_designations(why),
            Section(
                rows=(Row("LINKED TO", _linked_to(why)), Row("LINKED FROM", _linked_from(why)))
            ),
            _inferred(why),
            _unstated(why),
            Section(rows=(Row("LOOKED AT", tuple(_looked_at(why))),)),
        ),
    )


def _who(why: Explanation) -> tuple[Line, ...]:
    lines: list[Line] = []
    told: set[str] = set()
    for one in why.entities:
        lines += _record(one, told)
        told.update(name.text for name in one.names)
    return tuple(one for one in lines if one.spans)


def _record(entity: Entity, told: Set[str]) -> tuple[Line, ...]:
    """Who a record is about; of names that records before it have, how many there are."""
    known = [name.text in told and name.strength is not AliasStrength.WEAK for name in entity.names]
    aliases = [
        line(f"{role}:", *text.spans)
        for (role, text), again in list(zip(names_of(entity, parts=False), known, strict=True))[1:]
        if not again
    ]
    again = sum(known[1:])
    words = [line(person_words(entity))] if isinstance(entity, Person) else []
    titles = [*entity.titles, *entity.positions] if isinstance(entity, Person) else []
    return (
        line(strong(entity.name or "(no name)")),
        line(f"{kind_text(entity)},", entity.id),
        *at_most(aliases, _NAMES_SHOWN, "name", "on the entity itself"),
        line(
            muted(f"{counted(again, 'further name', 'further names')}, each also in a record above")
        )
        if again
        else line(),
        *words,
        *(line("title or position:", title) for title in titles),
    )


def _edition_of(why: Explanation, record: Entity) -> Edition | None:
    """What a record was read from, also where it does not say so itself."""
    if record is why.entity:
        return why.edition or record.edition
    return record.edition or next(
        (one for one in why.editions if one.list_id == record.list_id), None
    )


def _looked_at(why: Explanation) -> Iterator[Line]:
    for record in why.entities:
        yield from edition_lines(_edition_of(why, record))
        for one in origin_lines(record):
            yield line(muted("entry at"), *one.spans)


# ── designations ──────────────────────────────────────────────────────────────────────────────────


def _designations(why: Explanation) -> Iterator[Section]:
    """The designations of each record; where there are several records, each says its list."""
    told: set[str] = set()
    if not why.also:
        yield from _of_record(why, why.entity, why.designations, told)
        return
    for record in why.entities:
        edition = _edition_of(why, record)
        label = muted(edition.label if edition is not None else "a list of one's own")
        row = Row("RECORD", (line(strong(record.id), label),))
        yield from _of_record(why, record, record.designations, told, row)


def _of_record(
    why: Explanation,
    record: Entity,
    designations: tuple[Designation, ...],
    told: set[str],
    *head: Row,
) -> Iterator[Section]:
    if not designations:
        codes = record.programs if why.also else tuple(one.code for one in why.programs)
        yield Section(
            note="The list states no designation of this party.",
            rows=(*head, *_rows(why, record, Designation(programs=codes), told)),
        )
    count = len(designations)
    for number, one in enumerate(designations, 1):
        yield Section(
            title=f"Designation {number} of {count}" if count > 1 else "",
            rows=(*head, *_rows(why, record, one, told)),
        )


def _rows(why: Explanation, record: Entity, one: Designation, told: set[str]) -> tuple[Row, ...]:
    known = {each.code: each for each in why.programs}
    programs = tuple(known.get(code) or ExplainedProgram(code=code) for code in one.programs)
    until = until_lines(one)
    authority = (authority_line(one.authority),) if one.authority else ()

    def silence(fact: Fact) -> tuple[Line, ...]:
        return _silence(why, record, fact)

    return (
        Row("BY WHOM", authority or silence(Fact.AUTHORITY)),
        Row("ON", (*list_lines(one), *_untied(one)) if one.listings else silence(Fact.LIST)),
        Row(
            "UNDER",
            (*(_under(programs, told) if programs else silence(Fact.PROGRAM)), *_stated_bases(one)),
        ),
        Row("MEASURES", _measures(one, programs) or silence(Fact.MEASURE)),
        Row("SINCE", since_lines(one, record) or silence(Fact.LISTING_DATE)),
        *([Row("UNTIL", until)] if until else ()),
        Row("GROUND", paragraphs(one.reason) if one.reason else silence(Fact.REASON)),
        *(Row(row.label.upper(), row.lines) for row in other_rows(one)),
    )


def _silence(why: Explanation, record: Entity, fact: Fact) -> tuple[Line, ...]:
    """The file says nothing: is it the format that cannot, or this entry that does not?"""
    edition = _edition_of(why, record)
    found = next((one for one in why.unstated if one.fact is fact), None)
    if found is not None and not why.also:
        alternative_source = found.alternative_source
    elif edition is not None and not edition.supports(fact):
        alternative_source = edition.alternative_source(fact) or ""
    else:
        return (line(mark("the file does not say"), muted("of this party")),)
    if edition is not None and edition.is_partially_supported(fact):
        return (
            line(
                mark("not stated of everybody, a part is missing:"),
                edition.alternative_source(fact),
            ),
        )
    unspecified = "the file does not say" if fact in (Fact.LIST, Fact.AUTHORITY) else "not stated"
    return (
        line(
            mark(f"{unspecified} in this format" + (":" if alternative_source else "")),
            alternative_source,
        ),
    )


def _untied(one: Designation) -> tuple[Line, ...]:
    if len(one.listings) < 2 or len(one.programs) < 2:
        return ()
    return (line(muted("The file does not say which list goes with which program.")),)


def _stated_bases(one: Designation) -> tuple[Line, ...]:
    return tuple(line("stated by the file:", *basis.spans) for basis in basis_lines(one))


def _under(programs: tuple[ExplainedProgram, ...], told: set[str]) -> tuple[Line, ...]:
    """The programs; what our reference table adds to one is told once in an explanation."""
    lines: list[Line] = []
    for each in programs:
        known = [*_program(each)]
        lines += known[:1] if each.code in told else known
        told.add(each.code)
    return tuple(lines)


def _program(explained: ExplainedProgram) -> Iterator[Line]:
    program = explained.program
    if program is None:
        yield line(strong(explained.code), flag("not in our reference table"))
        return
    yield line(
        strong(f"{explained.code}:"), program.title or muted("no title in our reference table")
    )
    for basis in program.legal_bases:
        yield basis_line(basis, level=1)
    if program.note:
        yield line("note:", program.note, level=1)
    origin = f" ({program.source})" if program.source else ""
    told = muted(f"Title, legal bases and measures are from our reference table{origin}")
    yield Line((told,), level=1, bullet=" ")


def _measures(one: Designation, programs: tuple[ExplainedProgram, ...]) -> tuple[Line, ...]:
    """What the file states, else what the programs imply; nothing where neither is."""
    if one.measures:
        return tuple(measure_line(measure) for measure in one.measures)
    return tuple(
        line(
            *measure_line(measure).spans,
            flag("implied by the program, not stated"),
            muted(f"({each.code})") if len(programs) > 1 else None,
        )
        for each in programs
        if each.program is not None
        for measure in each.program.measures
    )


# ── links, inferences, silence ────────────────────────────────────────────────────────────────────


def _linked_to(why: Explanation) -> tuple[Line, ...]:
    lines = [
        each
        for link in why.linked_to
        for each in _told_by(
            why,
            link,
            link_to_lines(link, short=link.relation.kind is RelationKind.LINKED_TO),
        )
    ]
    return _links(why, lines, "linked_to", "no link stated in this entry")


def _linked_from(why: Explanation) -> tuple[Line, ...]:
    lines = [each for link in why.linked_from for each in link_from_lines(link)]
    nothing = "no link to this party stated in the entries looked at"
    return _links(why, lines, "linked_from", nothing)


def _told_by(why: Explanation, link: Link, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Where several lists have the party: which of them states the link."""
    if not why.also:
        return lines
    first, *rest = lines
    told = muted(f"(stated by {link.source.list_id})")
    return (attrs.evolve(first, spans=(*first.spans, told)), *rest)


def _links(why: Explanation, lines: list[Line], where: str, nothing: str) -> tuple[Line, ...]:
    mute = () if not why.also else tuple(_mute(why))
    if lines:
        return (*at_most(lines, _LINES_SHOWN, "line", f"in `{where}`"), *mute)
    if any(one.fact is Fact.RELATION for one in why.unstated):
        return _silence(why, why.entity, Fact.RELATION)
    return (line(muted(nothing)), *mute)


def _mute(why: Explanation) -> Iterator[Line]:
    """Which of several lists could not have said more."""
    for one in why.editions:
        if not one.supports(Fact.RELATION):
            never = not one.is_partially_supported(Fact.RELATION)
            yield line(mark("never stated in" if never else "not of everybody in"), one.label)


def _inferred(why: Explanation) -> Section:
    return Section(
        title="Inferred",
        note="The facts of the file suggest this; the file does not state it.",
        rows=tuple(
            Row(one.about.value, (line(strong(one.value)), line(muted("because"), one.reason)))
            for one in why.inferred
        ),
        tone="inferred",
    )


def _of_whom(why: Explanation) -> str:
    """Of nobody; where a part is missing, the facts that it could hold are stated of some."""
    of = "These editions state" if len(why.editions) > 1 else "This edition states"
    in_part = [
        unstated.fact.value
        for unstated in why.unstated
        if any(one.is_partially_supported(unstated.fact) for one in why.editions)
    ]
    but = f", and the {' and '.join(in_part)} not of everybody" if in_part else ""
    return f"{of} the following of nobody{but}."


def _unstated(why: Explanation) -> Section:
    return Section(
        title="Not stated",
        note=_of_whom(why),
        rows=tuple(
            Row(
                one.fact.value,
                (line(one.alternative_source or muted("no other source known to us")),),
            )
            for one in why.unstated
        ),
        tone="unstated",
    )
