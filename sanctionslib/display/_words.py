"""Small values in words: a date, a country, a name, a link. Each gives text or a `Line`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import attrs

from sanctionslib.answers import HeldEdition, Link
from sanctionslib.display._sheet import Line, Row, Span, flag, line, muted, strong
from sanctionslib.model import (
    Address,
    AliasStrength,
    Birth,
    Calendar,
    Country,
    Edition,
    Entity,
    LegalBasis,
    Name,
    NameKind,
    NamePartKind,
    Nationality,
    PartialDate,
    Person,
    Place,
    Relation,
    Scope,
)

__all__ = [
    "address_line",
    "at_most",
    "banners",
    "basis_line",
    "birth_line",
    "counted",
    "country_text",
    "country_word",
    "date_text",
    "details",
    "edition_lines",
    "grouped",
    "kind_text",
    "kind_word",
    "label_text",
    "link_from_lines",
    "link_to_lines",
    "looked_at",
    "name_line",
    "names_of",
    "nationality_line",
    "paragraphs",
    "party",
    "person_words",
    "relation_word",
    "role_word",
    "scope_banners",
    "scope_words",
]

_ROLES = {
    NameKind.PRIMARY: "name",
    NameKind.AKA: "a.k.a.",
    NameKind.FKA: "f.k.a.",
    NameKind.NKA: "n.k.a.",
    NameKind.VARIATION: "spelling variation",
    NameKind.ORIGINAL_SCRIPT: "original script",
}
_DATED_BY = {
    "file": "date stated by the file",
    "caller": "date given by the caller, not by the file",
    "http": "date given by the server, not by the file",
}


def details(*parts: str | None) -> Span | None:
    """Details in parentheses; None where there are none."""
    found = [part for part in parts if part]
    return muted(f"({'; '.join(found)})") if found else None


def label_text(text: str) -> str:
    """A source's label without the punctuation at its end, "Website:"."""
    return text.rstrip(" :-") or text


def paragraphs(text: str, *, first: Span | None = None) -> tuple[Line, ...]:
    """Long text of a source, one line per line of the source that is not blank."""
    parts = [part.strip() for part in re.split(r"\r\n|\r|\n", text)]
    found = [part for part in parts if part] or [""]
    return tuple(line(first if not n else None, part) for n, part in enumerate(found))


def at_most(lines: Sequence[Line], limit: int, noun: str, where: str) -> tuple[Line, ...]:
    """The first lines, how many more there are, and where those are found.

    Example:
        >>> [one.text for one in at_most([line("A"), line("B")], 1, "name", "in `names`")]
        ['A', '… and 1 more name, in `names`']
    """
    more = len(lines) - limit
    if more <= 0:
        return tuple(lines)
    return (
        *lines[:limit],
        line(muted(f"… and {more:,} more {noun}{'' if more == 1 else 's'}, {where}")),
    )


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: "1 party", "2 parties"."""
    return f"{number:,} {one if number == 1 else many}"


def grouped(pairs: Iterable[tuple[str, Line | None]]) -> tuple[Row, ...]:
    """Rows of labelled lines; lines with the same label share one row, in order of appearance."""
    rows: dict[str, list[Line]] = {}
    for label, content in pairs:
        if content is not None and content.spans:
            rows.setdefault(label, []).append(content)
    return tuple(Row(label, tuple(lines)) for label, lines in rows.items())


# ── values ────────────────────────────────────────────────────────────────────────────────────────


def country_text(country: Country) -> str:
    """A country as the source spells it; the English name too where the source gives a code alone."""
    name = country_word(country)
    if country.code is None or len(country.raw) > 3 or country.raw in ("", name):
        return name
    return f"{name} ({country.raw})"


def country_word(country: Country) -> str:
    """A country as the source spells it, for tables: of a code alone the English name.

    Example:
        >>> (
        ...     country_word(Country(code="BD", raw="BD")),
        ...     country_word(Country(code="MM", raw="Burma")),
        ... )
        ('Bangladesh', 'Burma')
    """
    if country.code is None or len(country.raw) > 3:
        return str(country)
    from sanctionslib.reference import countries

    return countries.get(country.code, country.code)


def date_text(day: PartialDate) -> str:
    """A date as exact as the source states it.

    Example:
        >>> date_text(PartialDate.parse("circa Mar 1971"))
        'circa 1971-03'
        >>> date_text(PartialDate.parse("in the seventies"))
        'in the seventies (not readable as a date)'
        >>> date_text(PartialDate())  # of an event of which only that it happened is stated
        'on a day that is not stated'
    """
    if not day.is_read and not day.raw:
        return "on a day that is not stated"
    calendar = ""
    if day.calendar is not Calendar.GREGORIAN:
        calendar = f"{day.calendar.value} calendar"
    if not day.is_read:
        return f"{day.raw} ({', '.join(filter(None, ('not readable as a date', calendar)))})"
    if not calendar:
        return str(day)
    gregorian = attrs.evolve(day, calendar=Calendar.GREGORIAN)
    return f"{gregorian} ({', '.join(filter(None, (f'source: {day.raw}', calendar)))})"


def kind_text(entity: Entity) -> str:
    """The kind in the source's word, with ours where it differs.

    Example:
        >>> from sanctionslib.model import Name, Organization
        >>> kind_text(Organization(id="x:1", names=(Name(text="X"),), raw_kind="Entity"))
        'Entity (organization)'
    """
    if type(entity) is Entity:
        return entity.raw_kind or "kind not stated"
    if not entity.raw_kind or entity.raw_kind.casefold() == entity.kind:
        return entity.raw_kind or entity.kind
    return f"{entity.raw_kind} ({entity.kind})"


def kind_word(entity: Entity) -> str:
    """The kind in one word, for a column of that name: the source's, else ours."""
    if type(entity) is Entity and not entity.raw_kind:
        return "not stated"
    return entity.raw_kind or kind_text(entity)


def party(entity: Entity) -> tuple[Span, Span]:
    """Name and id of a party: nobody is named without the key to check it by."""
    return strong(entity.name or "(no name)"), muted(f"({entity.id})")


def basis_line(basis: LegalBasis, *, level: int = 0) -> Line:
    """A legal instrument, with its address where the source gives one."""
    words = (
        basis.kind,
        basis.issuer,
        f"published {date_text(basis.published)}" if basis.published else None,
        f"in force {date_text(basis.in_force)}" if basis.in_force else None,
    )
    address = Span(basis.url, "muted", href=basis.url) if basis.url else None
    return line(Span(basis.title, href=basis.url), details(*words), address, level=level)


def _basis_words(basis: LegalBasis | None) -> str | None:
    return f"stated by {basis.title}" if basis else None


def _script_words(code: str | None) -> str | None:
    """The script, but for Latin, which a reader sees."""
    return None if code in (None, "", "Latn") else f"script {code}"


def name_line(name: Name, *, parts: bool = True) -> Line:
    """A name, WEAK marked, with its parts, script, language and remark."""
    weak = flag("WEAK") if name.strength is AliasStrength.WEAK else None
    stated = "strong" if name.strength is AliasStrength.STRONG else name.raw_strength
    told = [one for one in name.parts if parts and one.kind is not NamePartKind.WHOLE]
    words = (
        stated if weak is None else None,
        _script_words(name.script),
        name.language and f"language {name.language}",
        ", ".join(f"{one.kind.value} {one.text}" for one in told),
        name.note,
        _basis_words(name.basis),
    )
    return line(strong(name.text), weak, details(*words))


def names_of(entity: Entity, *, parts: bool = True) -> tuple[tuple[str, Line], ...]:
    """All names of a party with their roles, the primary one first; without `parts` in short.

    Example:
        >>> from sanctionslib.model import Name, NameKind
        >>> ship = Entity(id="x:1", names=(Name(text="A"), Name(text="B", kind=NameKind.FKA)))
        >>> [(role, text.text) for role, text in names_of(ship)]
        [('name', 'A'), ('f.k.a.', 'B')]
    """
    return tuple((role_word(name), name_line(name, parts=parts)) for name in entity.names)


def role_word(name: Name) -> str:
    """The role of a name in our word, else in the source's."""
    return _ROLES[name.kind] if name.kind else name.raw_kind or "other name"


def _place_text(place: Place) -> str:
    if place.text:
        return place.text
    country = country_text(place.country) if place.country else None
    pieces = (place.city, place.state, country)
    return ", ".join(piece for piece in pieces if piece)


def birth_line(birth: Birth) -> Line | None:
    """Date and place of birth, together where the source ties them."""
    pieces = (
        date_text(birth.date) if birth.date else None,
        f"in {_place_text(birth.place)}" if birth.place else None,
    )
    text = " ".join(piece for piece in pieces if piece)
    other = "not the main entry" if birth.primary is False else None
    return line(text, details(other, birth.note, _basis_words(birth.basis))) if text else None


def nationality_line(one: Nationality) -> Line:
    """A nationality or citizenship."""
    other = "not the main entry" if one.primary is False else None
    return line(country_text(one.country), details(other, one.note, _basis_words(one.basis)))


def address_line(address: Address) -> Line:
    """An address in one line."""
    words = (
        _script_words(address.script),
        address.note,
        _basis_words(address.basis),
    )
    return line(address.text, details(*words))


def person_words(person: Person) -> str:
    """What tells a person from others of the same name, in one line."""
    births = [found.text for one in person.births if (found := birth_line(one))]
    facts = (
        ("born", births),
        ("nationality", [country_text(one.country) for one in person.nationalities]),
        ("citizenship", [country_text(one.country) for one in person.citizenships]),
        ("gender", [gender.value for gender in person.genders]),
    )
    return "; ".join(f"{label} {', '.join(texts)}" for label, texts in facts if texts)


# ── links ─────────────────────────────────────────────────────────────────────────────────────────


def relation_word(relation: Relation) -> str:
    """How the party that states a link stands to the other: our word, else the source's."""
    return relation.kind.value if relation.kind else label_text(relation.raw_kind) or "linked with"


def _relation_details(relation: Relation) -> Span | None:
    word = label_text(relation.raw_kind)
    ours = ("", relation_word(relation).casefold())
    return details(
        f'the source says "{word}"' if word.casefold() not in ours else None,
        "former" if relation.former else None,
        relation.quality and f"quality {relation.quality}",
        relation.note,
    )


def _candidates(link: Link) -> tuple[Line, ...]:
    return tuple(line(*party(one), kind_text(one), level=1) for one in link.targets)


def link_to_lines(link: Link, *, short: bool = False) -> tuple[Line, ...]:
    """A link as the party that states it tells it: to whom, or why that is not known.

    Args:
        link: The link.
        short: Without the word for the relation, where a label says it already.
    """
    relation, start = link.relation, "" if short else relation_word(link.relation)
    extra = _relation_details(relation)
    if len(link.targets) == 1:
        (target,) = link.targets
        alias = relation.to.name if relation.to.name and relation.to.name != target.name else None
        return (line(start, *party(target), details(alias and f'named as "{alias}"'), extra),)
    key = relation.to.source_id
    other = strong(relation.to.name or str(relation.to))
    number = muted(f"({relation.to.id_space}:{key})") if key and relation.to.name else None
    if not link.targets:
        return (line(start, other, number, flag("not in this list"), extra),)
    several = flag(f"ambiguous: this name fits {len(link.targets)} entries of this list")
    return (line(start, other, number, several, extra), *_candidates(link))


def link_from_lines(link: Link) -> tuple[Line, ...]:
    """A link as the party that it leads to sees it."""
    told = line(
        strong(link.source.name or "(no name)"),
        muted(f"({link.source.id}),"),
        f"{relation_word(link.relation)} this party",
        _relation_details(link.relation),
    )
    if not link.is_ambiguous:
        return (told,)
    several = flag(f'ambiguous: "{link.relation.to}" fits {len(link.targets)} entries of this list')
    return (line(*told.spans, several), *_candidates(link))


# ── editions ──────────────────────────────────────────────────────────────────────────────────────


def banners(editions: Iterable[Edition | None]) -> tuple[str, ...]:
    """What nobody may overlook about the editions that were looked at."""
    found: dict[str, None] = {}
    for edition in editions:
        if edition is not None:
            found |= dict.fromkeys(scope_banners(edition))
    return tuple(found)


def scope_banners(edition: Edition | HeldEdition) -> tuple[str, ...]:
    """Why an edition is not the list as published; nothing of one that is."""
    found: list[str] = []
    if edition.scope is Scope.SAMPLE:
        found.append("SAMPLE · not the whole list · do not screen against it")
    elif edition.scope is Scope.CUSTOM:
        found.append(f"PART of {edition.list_id} · {edition.filter or 'filtered'}")
    if isinstance(edition, Edition) and edition.category == "debarment":
        found.append(f"NO SANCTIONS · {edition.list_id} bars from contracts of a development bank")
    if edition.missing:
        found.append(f"INCOMPLETE · {edition.list_id} without {', '.join(edition.missing)}")
    if isinstance(edition, Edition) and edition.repairs:
        found.append(f"REPAIRED · faults of the file of {edition.list_id}: {edition.repairs:,}")
    return tuple(found)


def scope_words(edition: HeldEdition) -> tuple[str, ...]:
    """The same in single words, for a column."""
    word = {Scope.SAMPLE: "SAMPLE", Scope.CUSTOM: "PART"}.get(edition.scope)
    return tuple(one for one in (word, "INCOMPLETE" if edition.missing else None) if one)


def looked_at(editions: Sequence[Edition]) -> tuple[Line, ...]:
    """What was looked at: of one edition all that is said of it, of several a line each."""
    if len(editions) < 2:
        return edition_lines(next(iter(editions), None))
    return tuple(
        line(
            strong(one.label),
            details(
                None if one.dated_by == "file" else _dated_by(one),
                # A bundled sample is what this version of the library has.
                None if one.is_sample else _hash_words(one),
            ),
        )
        for one in editions
    )


def _dated_by(edition: Edition) -> str | None:
    return _DATED_BY[edition.dated_by] if edition.dated_by and edition.published else None


def _hash_words(edition: Edition, *, whole: bool = False) -> str:
    if edition.sha256 is None:
        return "no hash"
    return f"sha256 {edition.sha256}" if whole else f"sha256 {edition.sha256[:12]}…"


def edition_lines(edition: Edition | None, *, whole_hash: bool = False) -> tuple[Line, ...]:
    """What was looked at: label, who dated it, hash, number of entries declared."""
    if edition is None:
        return (line("a list of one's own, without an edition"),)
    declared = "number of entries not declared"
    if edition.declared is not None:
        declared = f"{edition.declared:,} entries declared"
    facts = (
        _dated_by(edition),
        edition.generated_at and f"generated {edition.generated_at}",
        edition.retrieved_at and f"retrieved {edition.retrieved_at:%Y-%m-%d %H:%M} UTC",
        declared,
        _hash_words(edition, whole=whole_hash),
    )
    by = " · ".join(text for text in (edition.publisher, edition.title) if text)
    lines = (
        line(strong(edition.label)),
        line(by),
        line(muted("; ".join(fact for fact in facts if fact))),
    )
    return tuple(one for one in lines if one.spans)
