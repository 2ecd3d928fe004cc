"""A party as a sheet: all that the list says of it, and why it is listed; a table of parties.

An explanation keeps three kinds of statement apart by place and word: what the file states, what our
reference table adds, and what is inferred. Where the file is silent, the page says so, and whether
the format could have stated it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias, cast

import attrs

from sanctionslib import model
from sanctionslib.answers import ExplainedProgram, Explanation, Link, Selection
from sanctionslib.display import _values as values
from sanctionslib.display._text import cut
from sanctionslib.display.sheet import (
    Cell,
    Columns,
    Line,
    Row,
    Section,
    Sheet,
    Span,
    at_most,
    counted,
    flag,
    kept,
    line,
    listing,
    mark,
    muted,
    page,
    remaining,
    row,
    section,
    strong,
    table,
)
from sanctionslib.errors import InvalidInputError
from sanctionslib.model import Designation, Edition, Entity, Event, EventKind, Fact, FeatureKind

_NAMES_SHOWN, _LINES_SHOWN = 10, 100
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
                *_rows(_stated(one, entity)),
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
            row("Entry at", *_origins(entity)),
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


def _origins(entity: Entity) -> Iterator[Line]:
    for one in entity.origins:
        yield line(one.member, f"line {one.line}" if one.line else None, values.details(one.path))


# ── a designation ─────────────────────────────────────────────────────────────────────────────────

_Lines = tuple[Line, ...]
_FURTHER = ("sources", "licence_requirement", "licence_policy", "notices", "links", "note")
_ENDS = (EventKind.DELISTED, EventKind.EXPIRES)


def _stated(one: Designation, entity: Entity) -> dict[str, _Lines]:
    """What a designation states, by the labels of its rows, in their order."""
    further = ((name, getattr(one, name)) for name in _FURTHER)
    return {
        "Authority": (values.line_of(one.authority),) if one.authority else (),
        "List": tuple(line(strong(each.list_name)) for each in one.listings),
        "Program": tuple(line(strong(code)) for code in one.programs),
        "Legal basis": tuple(map(values.line_of, one.legal_bases)),
        "Measures": tuple(map(values.line_of, one.measures)),
        "Listed since": since_lines(one, entity),
        "Until": tuple(
            line(mark(values.text_of(event)), _event_details(name, event))
            for name, event in _events(one)
            if event.kind in _ENDS
        ),
        "Reason": values.paragraphs(one.reason),
        **{
            values.field_label(f"designations.{name}"): (
                values.paragraphs(said) if isinstance(said, str) else tuple(map(line, said or ()))
            )
            for name, said in further
        },
    }


def _rows(stated: dict[str, _Lines]) -> Iterator[Row | None]:
    return (row(label, *lines) for label, lines in stated.items())


def _events(designation: Designation) -> Iterator[tuple[str, Event]]:
    """The events of a designation, with the named list that each is of."""
    for listed in designation.listings:
        yield from ((listed.list_name, event) for event in listed.events)
    yield from (("", event) for event in designation.events)


def _event_details(list_name: str, event: Event) -> Line:
    act = f"by {event.act.title}" if event.act else None
    return line(values.details(list_name, act, event.note))


def since_lines(designation: Designation, entity: Entity) -> _Lines:
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


# ── an explanation ────────────────────────────────────────────────────────────────────────────────


def explanation_sheet(why: Explanation) -> Sheet:
    """Who is designated, by whom, why, since when, linked to whom; what is inferred or not stated.

    In short, each row of all designations together; as details each designation with its rows.
    """
    unstated = (
        row(one.fact.value, one.alternative_source or muted("no other source known to us"))
        for one in why.unstated
    )
    editions = (why.edition, *why.editions, *(one.edition for one in why.entities))
    known = tuple(dict.fromkeys(one for one in editions if one is not None))
    told, *designations = _in_short(why)
    return values.party_page(
        "Explanation",
        why.entity,
        told,
        section(row("Never stated", _never_stated(why), is_cut=True), tone="unstated"),
        *designations,
        *_links_in_short(why),
        section(
            *(
                row(
                    one.about.value,
                    line(strong(one.value), muted("because"), one.reason),
                    is_cut=True,
                )
                for one in why.inferred
            ),
            title="Inferred",
            note="not stated by the file, whose facts suggest it",
            tone="inferred",
        ),
        section(row("Party", *_who(why)), title="In full", is_detail=True),
        *_explained(why),
        section(*_link_rows(why), is_detail=True),
        section(*unstated, title="Where else it is stated", tone="unstated", is_detail=True),
        section(row("Looked at", *_looked_at(why)), is_detail=True),
        also=why.also,
        banners=values.banners(editions),
        source=values.source_of(known),
        footer=_FOOTER,
    )


_FOOTER = "What is not stated here may be stated elsewhere."


_SHORT, _LINKS, _REASON = 5, 8, 300
"""Values that a row shows in short, links of a direction, and signs of a reason."""


def _in_short(why: Explanation) -> Iterator[Section]:
    """What tells the party from others; then what its designations state, each in a line if several."""
    aliases = (
        line(one.text, flag("WEAK") if one.strength is model.AliasStrength.WEAK else None).text
        for entity in why.entities
        for one in entity.aliases
    )
    known = values.person_words(why.entity) if isinstance(why.entity, model.Person) else None
    who = (
        row("Other names", _joined(aliases), is_cut=True),
        row("Known", known, is_cut=True),
    )
    found = [(entity, one, _brief(why, entity, one)) for entity, one in _designations(why)]
    if len(found) == 1:
        ((_, _, brief),) = found
        rows = (row(label, *lines, is_cut=label != "Reason") for label, lines in brief.items())
        yield section(*who, *rows)
        return
    programs = {each.text: each for _, _, brief in found for each in brief["Program"]}
    reasons = dict.fromkeys(each for _, _, brief in found for each in brief["Reason"])
    yield section(
        *who,
        row("Program", *at_most([*programs.values()], _SHORT, "program", _BELOW), is_cut=True),
        row("Reason", *at_most([*reasons], 2, "reason", _BELOW)),
    )
    yield listing(
        "Designations",
        [(each[0].list_id, *each[1:]) for each in found],
        _DESIGNATIONS if why.also else _OF_ONE_LIST,
        limit=kept(len(found), 2 * _SHORT),
        more=f"more, {_BELOW}",
    )


_BELOW = "in the details"


_Brief: TypeAlias = tuple[str, Designation, dict[str, _Lines]]


def _in_cell(one: _Brief, label: str) -> Cell:
    """What a designation states first of something; where it states nothing, that alone."""
    told = one[2][label][0]
    is_silent = told.spans[0].tone == "mark" and told.spans[0].text.startswith("not stated")
    return "not stated" if is_silent else told


_CELLS: dict[str, Callable[[_Brief], Cell]] = {
    "list": lambda one: _in_cell(one, "List"),
    "program": lambda one: ", ".join(one[1].programs),
    "listed since": lambda one: _in_cell(one, "Listed since"),
    "authority": lambda one: one[1].authority.code if one[1].authority else "not stated",
    "legal basis": lambda one: _in_cell(one, "Legal basis"),
    "measures": lambda one: _in_cell(one, "Measures"),
}
_OPTIONAL = ("legal basis", "measures", "authority")
_OF_ONE_LIST = Columns(_CELLS, optional=_OPTIONAL, is_numbered=True)
_DESIGNATIONS = Columns(
    {"list of": lambda one: one[0], **_CELLS},
    keys=("list of",),
    optional=_OPTIONAL,
    is_numbered=True,
)


def _brief(why: Explanation, entity: Entity, one: Designation) -> dict[str, _Lines]:
    """What a designation states, each row in a line or a few; what a program implies is marked so."""
    stated, edition = _stated(one, entity), _edition_of(why, entity)
    programs = [_meaning(why, code, one.authority) for code in one.programs]
    implied = [each.program for each in programs if each.program]
    texts = {
        "Legal basis": [basis.title for each in implied for basis in each.legal_bases],
        "Measures": [
            _first(values.line_of(each)) for program in implied for each in program.measures
        ],
    }
    found: dict[str, _Lines] = {}
    for label in (*_FACTS, "Until"):
        lines = tuple(each for each in stated[label] if not each.level)
        if label == "Program" and programs:
            titled = [next(_program(each, is_new=False)) for each in programs]
            found[label] = at_most(titled, _SHORT, "program", _BELOW)
        elif label == "Reason" and lines:
            found[label] = (line(cut(" ".join(each.text for each in lines), _REASON)),)
        elif label in ("Listed since", "Until"):
            found[label] = lines
        elif lines:
            found[label] = (_joined(map(_first, lines)),)
        elif texts.get(label):
            found[label] = (line(flag("of the program, not stated"), _joined(texts[label])),)
        if label in _FACTS and not found.get(label):
            found[label] = (not_stated(edition, _FACTS[label], in_short=True),)
    return found


def _first(told: Line) -> str:
    return told.spans[0].text


def _joined(texts: Iterable[str]) -> Line:
    """The first of several texts, each once, and how many more there are."""
    found = [*dict.fromkeys(texts)]
    shown = kept(len(found), _SHORT)
    return line("; ".join(found[:shown]), muted(remaining(len(found), shown, "more")))


def _designations(why: Explanation) -> Iterator[tuple[Entity, Designation]]:
    """The designations of each entity; of one without any a designation by its programs."""
    for entity in why.entities:
        found = entity.designations if why.also else why.designations
        codes = entity.programs if why.also else tuple(one.code for one in why.programs)
        yield from ((entity, one) for one in found or (Designation(programs=codes),))


def _links_in_short(why: Explanation) -> Iterator[Section]:
    """The first links to and from the party; how many more there are, or why there are none."""
    rows, after = list[tuple[Cell, ...]](), list[str]()
    sides = ((why.linked_to, True, "links that it states"), (why.linked_from, False, "links to it"))
    for links, is_own, words in sides:
        found = [*dict.fromkeys(_link_cells(why, link, is_own=is_own) for link in links)]
        shown = kept(len(found), _LINKS)
        rows += found[:shown]
        if told := remaining(len(found), shown, f"more {words}"):
            after.append(told)
    if not rows:
        edition = _edition_of(why, why.entity)
        is_silent = any(one.fact is Fact.RELATION for one in why.unstated)
        silence = not_stated(edition, Fact.RELATION, in_short=True)
        yield section(row("Linked", silence if is_silent else _NO_LINK))
        return
    cells = table(("name", "link", "id"), rows, keys=("id",), wide=("link",))
    yield section(table=cells, after="; ".join(after))


_NO_LINK = "no link stated in the entries looked at"


def _link_cells(why: Explanation, link: Link, *, is_own: bool) -> tuple[Cell, ...]:
    """The other party of a link that the explained one states (`is_own`), or that states one to it."""
    name = values.name_of(link.source if is_own else why.entity)
    former = "former" if link.is_former else ""
    words = values.link_words(link.relation, name, former, is_own=not is_own)
    others = link.targets if is_own else (link.source,)
    fits = f"ambiguous: fits {len(link.targets)}" if link.is_ambiguous else ""
    mark = "" if others else "not in these lists"
    named = flag(fits or mark) if fits or mark else None
    if len(others) != 1:
        return line(strong(str(link.relation.to)), named), words, ""
    return line(strong(values.name_of(others[0])), named), words, others[0].id


def _who(why: Explanation) -> Iterator[Line]:
    """The names of each entity; of names that entities before it have, how many there are."""
    told: set[str] = set()
    for entity in why.entities:
        yield line(strong(values.name_of(entity)))
        yield line(f"{values.kind_text(entity)},", entity.id)
        new = [
            name
            for name in entity.aliases
            if name.text not in told or name.strength is model.AliasStrength.WEAK
        ]
        aliases = [line(f"{values.label_of(one)}:", values.line_of(one)) for one in new]
        yield from at_most(aliases, _NAMES_SHOWN, "name", "on the entity itself")
        if again := len(entity.aliases) - len(new):
            yield line(muted(f"{counted(again, 'further name')}, each also in an entry above"))
        if isinstance(entity, model.Person):
            yield line(values.person_words(entity))
            for one in (*entity.titles, *entity.positions):
                yield line("title or position:", one)
        told.update(name.text for name in entity.names)


def _edition_of(why: Explanation, entity: Entity) -> Edition | None:
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
        head: Row | None = None
        if why.also:
            edition = _edition_of(why, entity)
            label = edition.label if edition is not None else "a list of your own"
            head = row("Entity", line(strong(entity.id), muted(label)))
        found = [one for each, one in _designations(why) if each is entity]
        is_stated = found[0] in (*why.designations, *entity.designations)
        note = "" if is_stated else "The list states no designation of this party."
        for number, one in enumerate(found, 1):
            title = f"Designation {number} of {len(found)}" if len(found) > 1 else ""
            rows = _rows(_explained_lines(why, entity, one, told))
            yield section(head, *rows, title=title, note=note, is_detail=True)


_FACTS = {
    "Authority": Fact.AUTHORITY,
    "List": Fact.LIST,
    "Program": Fact.PROGRAM,
    "Legal basis": Fact.LEGAL_BASIS,
    "Measures": Fact.MEASURE,
    "Listed since": Fact.LISTING_DATE,
    "Reason": Fact.REASON,
}
"""The rows of a designation of which an explanation says why they are empty."""


def _explained_lines(
    why: Explanation, entity: Entity, one: Designation, told: set[str]
) -> dict[str, _Lines]:
    """What a designation states, what the programs that are not `told` add, and what is missing."""
    stated, edition = _stated(one, entity), _edition_of(why, entity)
    programs = [_meaning(why, code, one.authority) for code in one.programs]
    lines, bases, measures = list[Line](), list[Line](), list[Line]()
    above = list[Line]()
    for each in programs:
        is_new = each.code not in told
        lines += _program(each, is_new=is_new)
        if each.program is None:
            continue
        code = muted(f"({each.code})") if len(programs) > 1 else None
        added = each.program.legal_bases if is_new else ()
        bases += (_implied(basis, "of", code) for basis in added)
        measures += (_implied(measure, "implied by", code) for measure in each.program.measures)
        if not is_new:
            above.append(line(muted(f"of {each.code}: see above")))
    told.update(each.code for each in programs if each.program)
    if len(one.listings) > 1 and len(programs) > 1:
        lines.append(line(muted("The file does not say which list goes with which program.")))
    stated["Program"] = tuple(lines)
    stated["Legal basis"] = (*stated["Legal basis"], *bases, *above)
    stated["Measures"] = stated["Measures"] or tuple(measures)
    return {
        label: lines or ((not_stated(edition, _FACTS[label]),) if label in _FACTS else ())
        for label, lines in stated.items()
    }


def _meaning(why: Explanation, code: str, authority: model.Authority | None) -> ExplainedProgram:
    """What a code means where this authority uses it: several may spell theirs alike."""
    found = {
        each.program.authority: each for each in why.programs if each.code == code and each.program
    }
    if authority is None:
        return next(iter(found.values()), ExplainedProgram(code=code))
    return found.get(authority.code, ExplainedProgram(code=code))


def _implied(value: object, word: str, code: Span | None) -> Line:
    return line(values.line_of(value), flag(f"{word} the program, not stated"), code)


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


# ── links, and what is not stated ─────────────────────────────────────────────────────────────────


def _link_rows(why: Explanation) -> Iterator[Row | None]:
    to: list[Line] = []
    for link in why.linked_to:
        is_short = link.relation.kind is model.RelationKind.LINKED_TO
        first, *rest = values.link_to_lines(link, short=is_short)
        # Where several lists have the party: which of them states the link.
        told = muted(f"(stated by {link.source.list_id})") if why.also else None
        to += (line(first, told), *rest)
    yield row("Linked to", *_links(why, to, "linked_to", "no link stated in this entry"))
    back = [each for link in why.linked_from for each in values.link_from_lines(link)]
    nothing = "no link to this party stated in the entries looked at"
    yield row("Linked from", *_links(why, back, "linked_from", nothing))


def _links(why: Explanation, found: Sequence[Line], where: str, nothing: str) -> Iterator[Line]:
    """The links, or why there are none; then which of several lists could not have stated more."""
    if not found and any(one.fact is Fact.RELATION for one in why.unstated):
        yield not_stated(_edition_of(why, why.entity), Fact.RELATION)
        return
    yield from at_most(found, _LINES_SHOWN, "line", f"in `{where}`")
    if not found:
        yield line(muted(nothing))
    for one in why.editions if why.also else ():
        if not one.supports(Fact.RELATION):
            partly = one.is_partially_supported(Fact.RELATION)
            told = "not stated for every party in" if partly else "never stated in"
            yield line(mark(told), one.label)


def _never_stated(why: Explanation) -> Line | None:
    """Which facts these editions never state; some of them could stand in a part that is missing."""
    in_part = [
        unstated.fact.value
        for unstated in why.unstated
        if any(one.is_partially_supported(unstated.fact) for one in why.editions)
    ]
    but = f"(the missing part may state the {' and the '.join(in_part)})" if in_part else ""
    return line(", ".join(one.fact.value for one in why.unstated), muted(but))


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
    if limit is not None and limit < 0:
        raise InvalidInputError(
            f"a limit of {limit} entities", hint="give 0 or more; 0 shows the head alone"
        )
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
        footer=_FOOTER,
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
