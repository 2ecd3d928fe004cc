"""Values of the model and of answers in words: a date, a country, a name, a link, an edition."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import cast

import attrs

from sanctionslib import model
from sanctionslib.answers import EntitySummary, HeldEdition, Link
from sanctionslib.answers.drawing import relation_word
from sanctionslib.display._text import cut
from sanctionslib.display.sheet import (
    Columns,
    Line,
    Row,
    Section,
    Sheet,
    Span,
    counted,
    flag,
    joined,
    line,
    muted,
    page,
    strong,
)
from sanctionslib.model import AliasStrength, Calendar, Edition, Entity, NameKind, Scope
from sanctionslib.model.fields import fields_of
from sanctionslib.model.provenance import published_words

ELSEWHERE = "What is not stated here may be stated elsewhere."
_KINDS = (Entity, model.Person, model.Organization, model.Vessel, model.Aircraft)
LABELS = {
    **{info.name: info.label for kind in _KINDS for info in fields_of(kind)},
    **{f"designations.{info.name}": info.label for info in fields_of(model.Designation)},
    "kind": "kind",
}
"""What a value of each field is called, by the registry of fields."""


def field_label(field: str) -> str:
    """The label of a field at the head of a row."""
    label = LABELS[field]
    return label[:1].upper() + label[1:]


# ── texts ─────────────────────────────────────────────────────────────────────────────────────────


def details(*parts: str | None) -> Span | None:
    """Details in parentheses; None where there are none."""
    found = [part for part in parts if part]
    return muted(f"({'; '.join(found)})") if found else None


def label_text(text: str) -> str:
    """A source's label without the punctuation at its end, "Website:"."""
    return text.rstrip(" :-") or text


def paragraphs(text: str | None) -> tuple[Line, ...]:
    """Long text of a source, one line per line of the source that is not blank."""
    return tuple(line(part.strip()) for part in re.split(r"[\r\n]+", text or "") if part.strip())


def grouped(pairs: Iterable[tuple[str, Line]]) -> tuple[Row, ...]:
    """Rows of labelled lines; lines with the same label share one row, in order of appearance."""
    rows: dict[str, list[Line]] = {}
    for label, content in pairs:
        if content.spans:
            rows.setdefault(label, []).append(content)
    return tuple(Row(label, tuple(lines)) for label, lines in rows.items())


def _country_name(country: model.Country) -> str:
    """A country as the source spells it, for tables: of a code alone the English name."""
    if country.code is None or len(country.raw) > 3:
        return str(country)
    from sanctionslib.reference import countries

    return countries.get(country.code, country.code)


def country_text(country: model.Country) -> str:
    """A country as the source spells it; the English name too where the source gives a code alone."""
    name = _country_name(country)
    if country.code is None or len(country.raw) > 3 or country.raw in ("", name):
        return name
    return f"{name} ({country.raw})"


def date_text(day: model.PartialDate) -> str:
    """A date as exact as the source states it.

    >>> date_text(model.PartialDate.parse("circa Mar 1971"))
    'circa 1971-03'
    >>> date_text(model.PartialDate.parse("in the seventies"))
    'in the seventies (not readable as a date)'
    """
    if not day.is_read and not day.raw:  # of an event of which only that it happened is stated
        return "on a day that is not stated"
    is_gregorian = day.calendar is Calendar.GREGORIAN
    calendar = None if is_gregorian else f"{day.calendar.value} calendar"
    if not day.is_read:
        return f"{day.raw} ({joined('not readable as a date', calendar, by=', ')})"
    if is_gregorian:
        return str(day)
    told = joined(day.raw and f"source: {day.raw}", calendar, by=", ")
    return f"{attrs.evolve(day, calendar=Calendar.GREGORIAN)} ({told})"


def kind_text(entity: Entity) -> str:
    """The kind in one word, the same on every page; the source's own word is in its entry."""
    return entity.kind if entity.states_kind else "kind not stated"


def name_of(entity: Entity | EntitySummary) -> str:
    """The primary name, or that there is none."""
    return entity.name or "(no name)"


def marked(text: str, *marks: str) -> Line:
    """A value with the warning words that belong to it, which are never cut away from it.

    >>> marked("AZAD", "WEAK", "", "delisted").text
    'AZAD [WEAK, delisted]'
    """
    told = joined(*marks, by=", ")
    return line(strong(text), flag(told) if told else None)


def ended(entities: Iterable[Entity]) -> str:
    """The word "delisted" where all entities of a party are; their files have them all the same."""
    return "delisted" if all(one.is_delisted for one in entities) else ""


def named(*entities: Entity) -> Line:
    """The name of a party in a table, and whether it is delisted."""
    return marked(name_of(entities[0]), ended(entities))


def party(entity: Entity | EntitySummary) -> Line:
    """Name and id of a party: nobody is named without the key to check it by."""
    return line(strong(name_of(entity)), muted(f"({entity.id})"))


def party_page(
    what: str,
    entity: Entity,
    *sections: Section,
    also: Sequence[Entity] = (),
    facts: Iterable[str] = (),
    banners: Iterable[str] = (),
    source: str = "",
    footer: str = "",
) -> Sheet:
    """A page about a party, headed by its name, kind, and the ids and programs of all its entities."""
    entities = (entity, *also)
    return page(
        what,
        entity.name,
        *sections,
        facts=(kind_text(entity), ended(entities), *(one.id for one in entities), *facts),
        chips=dict.fromkeys(code for one in entities for code in one.programs),
        banners=banners,
        source=source,
        footer=footer,
    )


CELLS: dict[str, Callable[[Entity], str | Line]] = {
    "id": lambda one: one.id,
    "kind": kind_text,
    "name": named,
    "programs": lambda one: ", ".join(one.programs),
    "countries": lambda one: ", ".join(dict.fromkeys(map(_country_name, one.countries))),
    "list": lambda one: ", ".join(dict.fromkeys(each.list_name for each in one.listings)),
    "since": lambda one: date_text(one.listed_since) if one.listed_since else "",
}
"""The cells of tables of entities, by column."""


def entity_columns(*names: str, optional: Sequence[str]) -> Columns[Entity]:
    """The columns of a table of entities."""
    return Columns({name: CELLS[name] for name in names}, keys=("id",), optional=optional)


def person_words(person: model.Person) -> str:
    """What tells a person from others of the same name, in one line."""
    fields = ("births", "nationalities", "citizenships", "genders")
    stated = ((field, [text_of(one) for one in getattr(person, field)]) for field in fields)
    return "; ".join(f"{LABELS[field]} {', '.join(texts)}" for field, texts in stated if texts)


# ── values of the model ───────────────────────────────────────────────────────────────────────────

_ROLES = {
    NameKind.PRIMARY: "name",
    NameKind.AKA: "a.k.a.",
    NameKind.FKA: "f.k.a.",
    NameKind.NKA: "n.k.a.",
    NameKind.VARIATION: "spelling variation",
}


def label_of(value: object) -> str:
    """The label of a name, number, fact or link: the source's word, else ours; "" of other values."""
    match value:
        case model.Name():
            if value.kind is None:
                return value.raw_kind or "other name"
            return _ROLES.get(value.kind, value.kind.value)
        case model.Identifier():
            return label_text(value.raw_kind) or (value.kind.value if value.kind else "number")
        case model.Feature():
            return label_text(value.label) or "no label"
        case model.Relation():
            return label_text(value.raw_kind) or relation_word(value)
        case _:
            return ""


def line_of(value: object, entity: Entity | None = None, *, parts: bool = False) -> Line:
    """All that the source says of a value, in one line; of a name its `parts` where asked for.

    The entity that has the value names the bearer of a document.

    >>> line_of(model.Name(text="AZAD, K M", strength=AliasStrength.WEAK, note="rare")).text
    'AZAD, K M [WEAK] (rare)'
    """
    match value:
        case model.Name():
            return _name(value, parts)
        case model.Identifier():
            return _identifier(value, entity)
        case model.Feature():
            # The date is mostly the value itself, read; it is worth a word where it is not.
            differs = value.date and value.date != model.PartialDate.parse(value.value)
            hidden = ("kind",) if differs else ("kind", "date")
            mark = None if value.kind else flag("unmapped")
            return line(value.value, details(*_attributes(value, *hidden)), mark)
        case model.Relation():
            key = value.to.source_id if value.to.name else None
            words = f"{value.to.id_space}:{key}" if key else None
            return line(strong(str(value.to)), details(words, *_attributes(value)))
        case model.Authority():
            short = value.code if value.name and value.code != value.name else None
            return line(strong(str(value)), details(short))
        case model.LegalBasis():
            address = Span(value.url, "muted", href=value.url) if value.url else None
            title = Span(value.title, href=value.url)
            return line(title, details(*_attributes(value)), address)
        case model.Measure():
            ours = value.kind.value if value.kind else value.raw or "not named"
            theirs = value.raw if value.raw.casefold() not in ("", ours.casefold()) else None
            return line(strong(ours), details(theirs and f'in words: "{theirs}"', value.note))
        case model.Listing():
            since = f"since {date_text(value.listed_since)}" if value.listed_since else None
            return line(strong(value.list_name), since)
        case model.Address() | model.Birth() | model.Nationality() | model.Event():
            return line(text_of(value), details(*_attributes(value)))
        case _:
            return line(in_words(value))


def _name(name: model.Name, parts: bool) -> Line:
    is_weak = name.strength is AliasStrength.WEAK
    strength = "strong" if name.strength is AliasStrength.STRONG else name.raw_strength
    shown = [one for one in name.parts if parts and one.kind is not model.NamePartKind.WHOLE]
    words = (
        None if is_weak else strength,
        in_words(tuple(shown)) if shown else None,
        *_attributes(name, "kind", "strength", "raw_strength"),
    )
    return line(strong(name.text), flag("WEAK") if is_weak else None, details(*words))


def _identifier(one: model.Identifier, entity: Entity | None) -> Line:
    if one.name_text is None and one.name_id is not None and entity is not None:
        bearers = (each.text for each in entity.names if each.source_id == one.name_id)
        one = attrs.evolve(one, name_text=next(bearers, None))
    marks = [each.value for each in one.flags]
    if one.valid is False:
        marks.insert(0, "called invalid by the source")
    said = details(*_attributes(one, "valid", "flags"))
    return line(strong(one.value), said, flag(", ".join(marks)) if marks else None)


IN_TEXT: dict[type[object], frozenset[str]] = {
    model.Name: frozenset({"text", "parts"}),
    model.Identifier: frozenset({"value", "kind", "raw_kind"}),
    model.Feature: frozenset({"label", "value"}),
    model.Relation: frozenset({"to", "kind", "raw_kind"}),
    model.Birth: frozenset({"date", "place"}),
    model.Nationality: frozenset({"country"}),
    model.LegalBasis: frozenset({"title", "url"}),
    model.Event: frozenset({"kind", "raw_kind", "date"}),
    model.Address: frozenset(
        {
            *("lines", "care_of", "po_box", "city", "place", "state", "region"),
            *("postal_code", "country"),
        }
    ),
}
"""Attributes that a reader sees in the text of a value."""

_PHRASES = {
    "basis": "stated by {}",
    "issuer": "issued by {}",
    "act": "by {}",
    "name_text": 'in the name of "{}"',
    **dict.fromkeys(("note", "asset", "country", "reliability", "kind", "date"), "{}"),
}


def _attributes(value: object, *hidden: str) -> Iterator[str | None]:
    """What the other attributes of a value say, in words; nothing of those that say nothing."""
    for info in fields_of(type(value)):
        content: object = getattr(value, info.name)
        if not info.is_compared or info.raw_of or info.name in {*IN_TEXT[type(value)], *hidden}:
            continue
        if info.name == "primary":
            yield "not the main entry" if content is False else None
        elif info.name == "former":
            yield "former" if content else None
        elif content and not (info.name == "script" and content == "Latn"):  # which a reader sees
            phrase = _PHRASES.get(info.name, f"{info.label} {{}}")
            yield phrase.format(in_words(content))


def text_of(value: object) -> str:
    """A value of any field in words, without what stands beside it; "" only of an empty text.

    >>> text_of(None), text_of(True), text_of(()), text_of(1204)
    ('not stated', 'yes', 'none', '1,204')
    """
    match value:
        case None:
            return "not stated"
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value:,}"
        case enum.Enum():
            return str(value.value)
        case model.PartialDate():
            return date_text(value)
        case model.Country():
            return country_text(value)
        case model.NamePart():
            return f"{value.kind.value} {value.text}"
        case model.Identifier():
            return f"{label_of(value)} {value.value}"
        case model.Relation():
            return f"{relation_word(value)} {value.to}"
        case model.Address():
            return value.text
        case model.Place():
            country = country_text(value.country) if value.country else None
            return value.text or joined(value.city, value.state, country, by=", ")
        case model.Birth():
            day = date_text(value.date) if value.date else ""
            place = text_of(value.place) if value.place else ""
            return joined(day, place and f"in {place}", by=" ")
        case model.Nationality():
            return country_text(value.country)
        case model.Listing():
            return value.list_name
        case model.Event():
            what = value.kind.value if value.kind else label_text(value.raw_kind) or "dated"
            return f"{what} {date_text(value.date)}"
        case model.Designation():
            return _designation(value)
        case tuple():
            several = cast("tuple[object, ...]", value)
            return ", ".join(map(in_words, several)) or "none"
        case _:
            return str(value)


def _designation(one: model.Designation) -> str:
    several = (one.listings, one.programs, one.legal_bases, one.measures)
    parts = (
        one.authority.code if one.authority else "",
        *(", ".join(map(text_of, each)) for each in several),
        one.reason or "",
    )
    return joined(*parts) or "nothing said"


def in_words(value: object) -> str:
    """The same, with quotes where the text is empty."""
    return text_of(value) or '""'


# ── links ─────────────────────────────────────────────────────────────────────────────────────────


_OTHER = 24
"""Columns of the name of the other party of a link; its own row or the title has it whole."""
_K = model.RelationKind
_VERBS = {_K.PROVIDES_SUPPORT_TO, _K.ACTS_FOR, _K.OWNS_OR_CONTROLS, _K.SIGNIFICANT_ROLE_IN}
"""Kinds of links whose words begin with a verb."""
_ARTICLES = {
    _K.ASSOCIATE_OF: "an ",
    _K.SAME_AS: "the ",
    **dict.fromkeys((_K.FAMILY_OF, _K.LEADER_OF, _K.PRINCIPAL_OFFICER_OF), "a "),
    **dict.fromkeys((_K.SUBSIDIARY_OF, _K.PARENT_OF), "a "),
}


def relation_verb(relation: model.Relation) -> str:
    """The same between the two in a sentence, "is a subsidiary of"; unknown words in quotes.

    The party that states the link always stands before it: no statement of a list is turned round.
    """
    word, kind = relation_word(relation), relation.kind
    if kind is None:
        return f'"{word}"' if relation.raw_kind else f"is {word}"
    return word if kind in _VERBS else f"is {_ARTICLES.get(kind, '')}{word}"


def link_words(
    relation: model.Relation, other: str, marks: str = "", *, is_own: bool, more: int = 0
) -> Line:
    """A link in the row of a party, "it", as its source states it; the other name may be cut.

    `marks` are what must be said with it, "former"; `more` are links that are not shown.

    >>> fleet = model.Relation(to=model.EntityRef(name="FLEET"), kind=_K.SUBSIDIARY_OF)
    >>> link_words(fleet, "FLEET", is_own=True).text, link_words(fleet, "SHIP", is_own=False).text
    ('subsidiary of FLEET', 'SHIP is a subsidiary of it')
    """
    name = cut(other, _OTHER)
    sentence = f"{name} {relation_verb(relation)} it"
    told = f"{relation_word(relation)} {name}" if is_own else sentence
    others = muted(f"+ {more:,} more") if more else None
    return line(told, others, flag(marks) if marks else None)


def _relation_details(relation: model.Relation) -> Span | None:
    word = label_text(relation.raw_kind)
    ours = ("", relation_word(relation).casefold())
    theirs = f'the source says "{word}"' if word.casefold() not in ours else None
    return details(theirs, *_attributes(relation))


def _ambiguous(link: Link, name: str) -> tuple[Span, tuple[Line, ...]]:
    """The warning that a name fits several entries, and those entries."""
    told = flag(f"ambiguous: {name} fits {len(link.targets)} entries of this list")
    return told, tuple(line(party(one), kind_text(one), level=1) for one in link.targets)


def link_to_lines(link: Link, *, short: bool = False) -> tuple[Line, ...]:
    """A link as the party that states it says it: to whom, or why that is not known.

    A `short` one is without the word for the relation, where a label says it already.
    """
    to, start = link.relation.to, "" if short else relation_word(link.relation)
    extra = _relation_details(link.relation)
    if len(link.targets) == 1:
        (target,) = link.targets
        alias = details(f'named as "{to.name}"' if to.name not in ("", target.name) else None)
        return (line(start, party(target), alias, extra),)
    number = muted(f"({to.id_space}:{to.source_id})") if to.source_id and to.name else None
    other = line(start, strong(str(to)), number)
    if not link.targets:
        return (line(other, flag("not in this list"), extra),)
    several, candidates = _ambiguous(link, "this name")
    return (line(other, several, extra), *candidates)


def link_from_lines(link: Link) -> tuple[Line, ...]:
    """A link below the party that it leads to: who states what of "it"."""
    source, word = link.source, relation_verb(link.relation)
    name, extra = strong(name_of(source)), _relation_details(link.relation)
    told = line(name, muted(f"({source.id})"), f"{word} it", extra)
    if not link.is_ambiguous:
        return (told,)
    several, candidates = _ambiguous(link, f'"{link.relation.to}"')
    return (line(told, several), *candidates)


# ── editions ──────────────────────────────────────────────────────────────────────────────────────

_NAMED = 3
"""Lists that a line of provenance names; more are counted."""
_DATED_BY = {
    "file": "date stated by the file",
    "caller": "date given by the caller, not by the file",
    "http": "date given by the server, not by the file",
}


def banners(editions: Iterable[Edition | HeldEdition | None]) -> tuple[str, ...]:
    """Warnings about the editions that were looked at, each once."""
    found = (text for one in editions if one is not None for text in _scope_banners(one))
    return tuple(dict.fromkeys(found))


def _scope_banners(edition: Edition | HeldEdition) -> Iterator[str]:
    """Why an edition is not the list as published; nothing of one that is."""
    if edition.scope is Scope.SAMPLE:
        yield "SAMPLE · not the whole list · do not screen against it"
    elif edition.scope is Scope.CUSTOM:
        yield f"PART of {edition.list_id} · {edition.filter or 'filtered'}"
    if isinstance(edition, Edition) and edition.category == "debarment":
        yield f"NO SANCTIONS · {edition.list_id} bars from contracts of a development bank"
    if edition.missing:
        yield f"INCOMPLETE · {edition.list_id} without {', '.join(edition.missing)}"
    if isinstance(edition, Edition) and edition.repairs:
        yield f"REPAIRED · faults of the file of {edition.list_id}: {edition.repairs:,}"


def looked_at(editions: Sequence[Edition]) -> tuple[Line, ...]:
    """What was looked at: of one edition all that is said of it, of several a line each."""
    if len(editions) < 2:
        return edition_lines(next(iter(editions), None))

    def facts(one: Edition) -> Span | None:
        dated = None if one.dated_by == "file" else _dated_by(one)
        # A bundled sample is what this version of the library has.
        return details(dated, None if one.is_sample else _hash_words(one))

    return tuple(line(strong(one.label), facts(one)) for one in editions)


def source_of(editions: Sequence[Edition], *more: str | None) -> str:
    """What was looked at, in one line: lists with their dates, or how many; then what is `more`."""
    if len(editions) > _NAMED:
        days = sorted({str(one.published) for one in editions if one.published is not None})
        span = " to ".join(dict.fromkeys((*days[:1], *days[-1:])))
        undated = sum(one.published is None for one in editions)
        unknown = f"date unknown of {undated}" if undated else ""
        told = joined(counted(len(editions), "list"), span, unknown, by=", ")
    else:
        named = (f"{one.list_id} {published_words(one.published)}" for one in editions)
        told = ", ".join(named) or "a list of your own"
    return joined(told, *more)


def _dated_by(edition: Edition) -> str | None:
    return _DATED_BY[edition.dated_by] if edition.dated_by and edition.published else None


def _hash_words(edition: Edition, *, whole: bool = False) -> str:
    if edition.sha256 is None:
        return "no hash"
    return f"sha256 {edition.sha256}" if whole else f"sha256 {edition.sha256[:12]}…"


def edition_line(edition: Edition | HeldEdition) -> Line:
    """An edition in one line, with the start of its hash."""
    sha256 = edition.sha256
    return line(strong(edition.label), details(sha256 and f"sha256 {sha256[:12]}…"))


def edition_lines(edition: Edition | None, *, whole_hash: bool = False) -> tuple[Line, ...]:
    """What was looked at: label, who dated it, number of entries declared, hash."""
    if edition is None:
        return (line("a list of your own, without an edition"),)
    declared = "number of entries not declared"
    if edition.declared is not None:
        declared = f"{edition.declared:,} entries declared"
    facts = (
        _dated_by(edition),
        edition.generated_at and f"generated {edition.generated_at}",
        f"retrieved {edition.retrieved_at:%Y-%m-%d %H:%M} UTC" if edition.retrieved_at else None,
        declared,
        _hash_words(edition, whole=whole_hash),
    )
    by = joined(edition.publisher, edition.title)
    lines = (line(strong(edition.label)), line(by), line(muted(joined(*facts, by="; "))))
    return tuple(filter(None, lines))
