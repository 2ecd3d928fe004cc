"""An entity as a sheet: everything that the list says of a party, and where it was read."""

from __future__ import annotations

from collections.abc import Iterator

from sanctionslib.display._designation import (
    authority_line,
    basis_lines,
    list_lines,
    measure_line,
    other_rows,
    since_lines,
    until_lines,
)
from sanctionslib.display._sheet import Line, Row, Section, Sheet, flag, line, strong
from sanctionslib.display._words import (
    address_line,
    banners,
    birth_line,
    country_text,
    date_text,
    details,
    edition_lines,
    grouped,
    kind_text,
    label_text,
    names_of,
    nationality_line,
    paragraphs,
    relation_word,
)
from sanctionslib.model import (
    Aircraft,
    Country,
    Designation,
    Entity,
    Feature,
    Identifier,
    Organization,
    PartialDate,
    Person,
    Relation,
    Vessel,
)

__all__ = ["entity_sheet", "feature_line", "identifier_line", "origin_lines", "relation_line"]

_Pairs = Iterator[tuple[str, Line | None]]


def entity_sheet(entity: Entity) -> Sheet:
    """The sheet of one party."""
    placed = [one for one in entity.features if one.kind is not None]
    unplaced = [one for one in entity.features if one.kind is None]
    remarks = paragraphs(entity.remarks) if entity.remarks else ()
    relations = ((label_text(one.raw_kind) or relation_word(one), one) for one in entity.relations)
    return Sheet(
        what="Party",
        title=entity.name or "(no name)",
        facts=(kind_text(entity), entity.id),
        chips=entity.programs,
        banners=banners((entity.edition,)),
        sections=(
            Section(title="Names", rows=grouped(names_of(entity))),
            Section(title=_FACTS_TITLE.get(type(entity), "Facts"), rows=grouped(_facts(entity))),
            Section(
                title="Numbers and documents",
                rows=grouped(identifier_line(one, entity) for one in entity.identifiers),
            ),
            *_designations(entity),
            Section(
                title="Further facts",
                rows=grouped((label_text(one.label), feature_line(one)) for one in placed),
            ),
            Section(
                title="Not placed",
                note="stated by the source under labels that no field of ours holds",
                rows=grouped(
                    (label_text(one.label) or "no label", feature_line(one)) for one in unplaced
                ),
                tone="unstated",
            ),
            Section(
                rows=(
                    *grouped((label, relation_line(one)) for label, one in relations),
                    *((Row("remarks", remarks),) if remarks else ()),
                )
            ),
            Section(
                title="Read from",
                rows=(
                    Row("edition", edition_lines(entity.edition)),
                    *([Row("entry at", origin_lines(entity))] if entity.origins else ()),
                ),
            ),
        ),
    )


def origin_lines(entity: Entity) -> tuple[Line, ...]:
    """Where in the source the entry stands."""
    return tuple(
        line(one.member, f"line {one.line}" if one.line else None, details(one.path))
        for one in entity.origins
    )


# ── facts that belong to one kind ─────────────────────────────────────────────────────────────────

_FACTS_TITLE: dict[type[Entity], str] = {
    Person: "Person",
    Organization: "Organization",
    Vessel: "Vessel",
    Aircraft: "Aircraft",
}


def _facts(entity: Entity) -> _Pairs:
    yield from _own_facts(entity)
    for address in entity.addresses:
        yield "address", address_line(address)


def _own_facts(entity: Entity) -> _Pairs:
    match entity:
        case Person():
            yield from _person(entity)
        case Organization():
            yield from _dates("established", entity.established)
            yield from _texts("type", entity.types)
            yield from _countries("registered in", entity.registered_in)
        case Vessel():
            yield from _vessel(entity)
        case Aircraft():
            yield from _texts("model", entity.models)
            yield from _texts("operator", entity.operators)
            yield from _dates("built", entity.built)
            yield from _countries("registered in", entity.registered_in)
        case _:
            return


def _person(person: Person) -> _Pairs:
    for birth in person.births:
        yield "born", birth_line(birth)
    for nationality in person.nationalities:
        yield "nationality", nationality_line(nationality)
    for citizenship in person.citizenships:
        yield "citizenship", nationality_line(citizenship)
    yield from _texts("gender", tuple(gender.value for gender in person.genders))
    yield from _texts("title", person.titles)
    yield from _texts("position", person.positions)


def _vessel(vessel: Vessel) -> _Pairs:
    yield from _texts("type", vessel.types)
    yield from _countries("flag", vessel.flags)
    yield from _countries("former flag", vessel.former_flags)
    yield from _texts("owner", vessel.owners)
    yield from _texts("former owner", vessel.former_owners)
    yield "tonnage", line(f"{vessel.tonnage:,}") if vessel.tonnage is not None else None
    gross = vessel.gross_tonnage
    yield "gross tonnage", line(f"{gross:,}") if gross is not None else None
    yield "length", line(vessel.length)
    yield from _dates("built", vessel.built)
    yield from _countries("registered in", vessel.registered_in)


def _texts(label: str, texts: tuple[str, ...]) -> _Pairs:
    yield from ((label, line(text)) for text in texts)


def _dates(label: str, dates: tuple[PartialDate, ...]) -> _Pairs:
    yield from ((label, line(date_text(day))) for day in dates)


def _countries(label: str, countries: tuple[Country, ...]) -> _Pairs:
    yield from ((label, line(country_text(one))) for one in countries)


# ── facts that every kind can have ────────────────────────────────────────────────────────────────


def identifier_line(one: Identifier, entity: Entity) -> tuple[str, Line]:
    """The label of a number, and the number with what is said of it."""
    label = label_text(one.raw_kind) or (one.kind.value if one.kind else "number")
    bearer = one.name_text
    if bearer is None and one.name_id is not None:
        bearer = next((name.text for name in entity.names if name.source_id == one.name_id), None)
    words = (
        one.asset,
        country_text(one.country) if one.country else None,
        one.issuer and f"issued by {one.issuer}",
        f"issued {date_text(one.issued)}" if one.issued else None,
        f"expires {date_text(one.expires)}" if one.expires else None,
        bearer and f'in the name of "{bearer}"',
        one.note,
        f"stated by {one.basis.title}" if one.basis else None,
    )
    marks = [flag.value for flag in one.flags]
    if one.valid is False:
        marks.insert(0, "called invalid by the source")
    warning = flag(", ".join(marks)) if marks else None
    return label, line(strong(one.value), details(*words), warning)


def feature_line(one: Feature) -> Line:
    """A labelled fact, without its label."""
    # The date is mostly the value itself, read; it is worth a word where it is not.
    other = one.date if one.date != PartialDate.parse(one.value) else None
    words = (
        date_text(other) if other else None,
        one.note,
        one.reliability,
        f"stated by {one.basis.title}" if one.basis else None,
    )
    return line(one.value, details(*words), flag("not placed") if one.kind is None else None)


def relation_line(one: Relation) -> Line:
    """The other party of a stated link, as the source names it."""
    key = one.to.source_id
    return line(
        strong(str(one.to)),
        details(
            f"{one.to.id_space}:{key}" if key and one.to.name else None,
            "former" if one.former else None,
            one.quality and f"quality {one.quality}",
            one.note,
        ),
    )


def _designations(entity: Entity) -> Iterator[Section]:
    count = len(entity.designations)
    for number, one in enumerate(entity.designations, 1):
        title = f"Designation {number} of {count}" if count > 1 else "Designation"
        yield Section(title=title, rows=_designation_rows(one, entity))


def _designation_rows(one: Designation, entity: Entity) -> tuple[Row, ...]:
    rows = (
        ("by whom", (authority_line(one.authority),) if one.authority else ()),
        ("on", list_lines(one)),
        ("program", tuple(line(strong(code)) for code in one.programs)),
        ("legal basis", basis_lines(one)),
        ("measure", tuple(measure_line(each) for each in one.measures)),
        ("since", since_lines(one, entity)),
        ("until", until_lines(one)),
        ("reason", paragraphs(one.reason) if one.reason else ()),
    )
    extra = (Row(row.label.lower(), row.lines) for row in other_rows(one))
    return (*(Row(label, lines) for label, lines in rows if lines), *extra)
