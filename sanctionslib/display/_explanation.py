"""Why a party is listed, as a sheet: in short the first of each fact, as details all designations.

It keeps three kinds of statement apart by place and word: what the file states, what our reference
table adds, and what is inferred. Where the file is silent, the page says so, and whether the format
could have stated it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from sanctionslib import model
from sanctionslib.answers import ExplainedProgram, Explanation, Link
from sanctionslib.answers.drawing import former_word
from sanctionslib.display import _values as values
from sanctionslib.display._party import (
    Lines,
    not_stated,
    origin_lines,
    rows_of,
    stated_lines,
)
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
    remaining,
    row,
    section,
    strong,
    table,
)
from sanctionslib.model import Designation, Edition, Entity, Fact

_NAMES_SHOWN, _LINES_SHOWN = 10, 100


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
        section(row("Never stated", _never_stated(why)), tone="unstated"),
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
        footer=values.ELSEWHERE,
    )


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
    ends = any(brief["Until"] for _, _, brief in found)
    yield section(
        *who,
        row("Program", *at_most([*programs.values()], _SHORT, "program", _BELOW), is_cut=True),
        row("Reason", *at_most([*reasons], 2, "reason", _BELOW)),
    )
    left_out = (*(() if why.also else ("list of",)), *(() if ends else ("until",)))
    columns = Columns(
        {name: cell for name, cell in _CELLS.items() if name not in left_out},
        keys=("list of",),
        optional=("legal basis", "measures", "authority"),
        is_numbered=True,
    )
    yield listing(
        "Designations",
        found,
        columns,
        limit=kept(len(found), 2 * _SHORT),
        more=f"more, {_BELOW}",
    )


_BELOW = "in the details"


_Brief: TypeAlias = tuple[Entity, Designation, dict[str, Lines]]


def _in_cell(one: _Brief, label: str) -> Cell:
    """What a designation states first of something; where it states nothing, that alone."""
    told = one[2][label][0]
    is_silent = told.spans[0].tone == "mark" and told.spans[0].text.startswith("not stated")
    return "not stated" if is_silent else told


_CELLS: dict[str, Callable[[_Brief], Cell]] = {
    "list of": lambda one: one[0].list_id,
    "list": lambda one: _in_cell(one, "List"),
    "program": lambda one: ", ".join(one[1].programs),
    "listed since": lambda one: _in_cell(one, "Listed since"),
    "until": lambda one: line(mark("; ".join(map(_first, one[2]["Until"])))),
    "authority": lambda one: one[1].authority.code if one[1].authority else "not stated",
    "legal basis": lambda one: _in_cell(one, "Legal basis"),
    "measures": lambda one: _in_cell(one, "Measures"),
}


def _brief(why: Explanation, entity: Entity, one: Designation) -> dict[str, Lines]:
    """What a designation states, each row in a line or a few; what a program implies is marked so."""
    stated, edition = stated_lines(one, entity), _edition_of(why, entity)
    programs = [_meaning(why, code, one.authority) for code in one.programs]
    implied = [each.program for each in programs if each.program]
    texts = {
        "Legal basis": [basis.title for each in implied for basis in each.legal_bases],
        "Measures": [
            _first(values.line_of(each)) for program in implied for each in program.measures
        ],
    }
    found: dict[str, Lines] = {}
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
    words = values.link_words(link.relation, name, former_word(link), is_own=not is_own)
    others = link.targets if is_own else (link.source,)
    fits = f"ambiguous: fits {len(link.targets)}" if link.is_ambiguous else ""
    if len(others) == 1:
        return values.named(others[0]), words, others[0].id
    return values.marked(str(link.relation.to), fits or "not in these lists"), words, ""


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
        yield from (line(muted("entry at"), one) for one in origin_lines(entity))


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
            rows = rows_of(_explained_lines(why, entity, one, told))
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
) -> dict[str, Lines]:
    """What a designation states, what the programs that are not `told` add, and what is missing."""
    stated, edition = stated_lines(one, entity), _edition_of(why, entity)
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
