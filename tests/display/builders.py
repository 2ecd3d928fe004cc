"""Lists, companies and changes of invented parties, for the tests of this package."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import attrs
from rich.console import Console

import sanctionslib as sl
from sanctionslib import display
from sanctionslib.answers import Audit, Changes, Selection
from sanctionslib.display import EntityTable
from sanctionslib.model import (
    Address,
    AliasStrength,
    Authority,
    Birth,
    Country,
    Designation,
    Edition,
    Entity,
    EntityRef,
    Event,
    EventKind,
    Fact,
    Feature,
    Identifier,
    IdentifierKind,
    LegalBasis,
    Listing,
    Measure,
    MeasureKind,
    Name,
    NameKind,
    Nationality,
    Organization,
    PartialDate,
    Person,
    Place,
    Relation,
    RelationKind,
    Vessel,
)
from sanctionslib.query import SanctionsList, diff


def company(**given: object) -> Organization:
    """EXAMPLE TRADING LLC, of which nothing else is known but what is given."""
    blank = Organization(id="watch:1", names=(Name(text="EXAMPLE TRADING LLC"),))
    return attrs.evolve(blank, **given)


def printed(renderable: object, width: int = 120) -> str:
    """What a console of rich prints."""
    file = io.StringIO()
    Console(file=file, width=width, color_system=None).print(renderable)
    return file.getvalue()


def rich_text(shown: object) -> str:
    """The panel of an answer as text."""
    return printed(display.to_rich(shown))


FORMS: tuple[Callable[[object], str], ...] = (
    display.to_text,
    display.to_html,
    rich_text,
    display.to_markdown,
)


def flat(text: str) -> str:
    """The words of a page in one line."""
    return " ".join(text.split())


def entity_table(
    entities: Sequence[Entity], *editions: Edition, selection: Selection | None = None
) -> EntityTable:
    """The table of a list of entities that were read from these editions."""
    return EntityTable(entities=entities, editions=editions, selection=selection or Selection())


# ── linked firms on two lists ─────────────────────────────────────────────────────────────────────

K = RelationKind
SDN = Edition(
    list_id="us_ofac_sdn",
    id_space="ofac",
    publisher="Office of Foreign Assets Control",
    format="ofac-example",
    published=date(2021, 12, 10),
    dated_by="file",
    supported_facts=frozenset(Fact) - {Fact.LISTING_DATE, Fact.REASON},
    alternative_sources=(
        (Fact.LISTING_DATE, "the ENHANCED XML"),
        (Fact.REASON, "the press release"),
    ),
)
CSL = Edition(
    list_id="us_trade_csl",
    publisher="International Trade Administration",
    format="csl-example",
    published=date(2021, 12, 12),
    dated_by="caller",
    supported_facts=frozenset(Fact) - {Fact.RELATION, Fact.REASON},
)


def _party(kind: type[Entity], key: str, name: str, *relations: Relation, **said: object) -> Entity:
    return kind(
        id=f"us_ofac_sdn:{key}",
        names=(Name(text=name),),
        relations=relations,
        designations=(
            Designation(
                authority=Authority(code="OFAC"),
                listings=(Listing(list_name="SDN List"),),
                programs=("EXAMPLE-EO1",),
            ),
        ),
        edition=SDN,
        **said,  # type: ignore[arg-type]
    )


def _to(kind: RelationKind, key: str | None = None, name: str = "", **said: object) -> Relation:
    ref = EntityRef(source_id=key, name=name, id_space="ofac")
    return Relation(to=ref, kind=kind, **said)  # type: ignore[arg-type]


TAX = Identifier(kind=IdentifierKind.USCC, value="913101040936933514")


def combined() -> sl.SanctionsList[Entity]:
    """Firms of one owner on a list, of which another list repeats one and has one more."""
    listed = Event(kind=EventKind.LISTED, date=PartialDate.parse("2014-07-29"))
    sdn = sl.SanctionsList(
        [
            _party(Person, "1", "EXAMPLE, Owner", _to(K.OWNS_OR_CONTROLS, "2")),
            _party(Organization, "2", "EXAMPLE HOLDING", _to(K.LINKED_TO, "7"), identifiers=(TAX,)),
            _party(Organization, "3", "EXAMPLE SHIPPING", _to(K.OWNED_OR_CONTROLLED_BY, "2")),
            _party(
                Vessel,
                "4",
                "EXAMPLE STAR",
                _to(K.PROPERTY_OF, "3"),
                _to(K.OWNED_OR_CONTROLLED_BY, "2", former=True),
                _to(K.PARENT_OF, name="EXAMPLE TWIN"),
                _to(K.OWNS_OR_CONTROLS, name="EXAMPLE ELSEWHERE"),
            ),
            _party(Organization, "5", "EXAMPLE TWIN"),
            _party(Organization, "6", "EXAMPLE TWIN"),
            _party(Organization, "7", "EXAMPLE FRIEND"),
        ],
        SDN,
    )
    csl = sl.SanctionsList(
        [
            Entity(
                id="us_trade_csl:2",
                id_space="ofac",
                names=(Name(text="EXAMPLE HOLDING LLC"),),
                designations=(
                    Designation(
                        listings=(Listing(list_name="Entity List", events=(listed,)),),
                        programs=("EXAMPLE-EO2",),
                    ),
                    Designation(programs=("EXAMPLE-EO3",)),
                ),
                edition=CSL,
            ),
            Organization(
                id="us_trade_csl:a1",
                names=(Name(text="EXAMPLE HOLDING COMPANY"),),
                identifiers=(TAX,),
                edition=CSL,
            ),
        ],
        CSL,
    )
    return sl.combine(sdn, csl)


# ── two editions of a watch list ──────────────────────────────────────────────────────────────────

OLD = Edition(
    list_id="watch",
    publisher="Harbour desk",
    format="own",
    published=date(2021, 12, 9),
    dated_by="file",
    declared=6,
    sha256="3f1c0b7a" * 8,
)
NEW = attrs.evolve(OLD, published=date(2021, 12, 10), sha256="0a1b2c3d" * 8)
WEAK, STRONG = AliasStrength.WEAK, AliasStrength.STRONG


def aka(text: str, strength: AliasStrength = STRONG, **more: Any) -> Name:
    return Name(text=text, kind=NameKind.AKA, strength=strength, raw_kind="a.k.a.", **more)


SHIP = Vessel(
    id="watch:1",
    names=(Name(text="EXAMPLE STAR"), aka("EXAMPLE MOON", WEAK), aka("EXAMPEL", source_id="7")),
    flags=(Country(code="PA", raw="Panama"),),
    tonnage=7000,
    remarks="Seen loading at night, with the transponder switched off.",
    addresses=(Address(city="Exampleville", country=Country(code="PA", raw="Panama")),),
    identifiers=(Identifier(kind=IdentifierKind.IMO, value="IMO 9999993"),),
    features=(Feature(label="Website:", value="www.example.org"),),
    relations=(
        Relation(to=EntityRef(name="EXAMPLE SHIPPING LLC"), kind=RelationKind.LINKED_TO),
        Relation(to=EntityRef(name="EXAMPLE TRADING LLC"), kind=RelationKind.LINKED_TO),
    ),
    designations=(
        Designation(
            authority=Authority(code="HARBOUR"),
            listings=(Listing(list_name="Night List"),),
            programs=("WATCH",),
            measures=(Measure(kind=MeasureKind.PORT_BAN),),
            reason="Seen.",
        ),
    ),
)
LATER = attrs.evolve(
    SHIP,
    names=(
        Name(text="EXAMPLE SUN"),
        attrs.evolve(SHIP.names[1], strength=STRONG),
        attrs.evolve(SHIP.names[2], text="EXAMPLE"),
        attrs.evolve(SHIP.names[0], kind=NameKind.FKA),
    ),
    flags=(Country(code="LR", raw="Liberia"),),
    tonnage=7100,
    remarks="Seen loading at night, with the transponder switched off, off the coast.",
    addresses=(),
    identifiers=(
        *SHIP.identifiers,
        Identifier(kind=IdentifierKind.MMSI, value="352999999", country=Country(code="PA")),
    ),
    relations=(
        attrs.evolve(SHIP.relations[1], kind=RelationKind.OWNED_OR_CONTROLLED_BY),
        SHIP.relations[0],
    ),
    designations=(
        attrs.evolve(
            SHIP.designations[0],
            listings=(
                Listing(
                    list_name="Night List",
                    events=(
                        Event(kind=EventKind.LISTED, date=PartialDate.day(date(2021, 12, 10))),
                    ),
                ),
            ),
            programs=("WATCH", "NIGHT"),
            legal_bases=(LegalBasis(title="Harbour Order 7"),),
            reason="Seen twice.",
        ),
    ),
)
GONE = Organization(
    id="watch:2",
    names=(Name(text="EXAMPLE SHIPPING LLC"),),
    raw_kind="Company",
    designations=SHIP.designations,
)
MOVED = Person(
    id="watch:3",
    names=(Name(text="EXAMPLE, A"),),
    nationalities=tuple(Nationality(country=Country(code=code)) for code in ("PA", "LR")),
)
BUILT = Person(
    id="watch:~a.1", names=(Name(text="EXAMPLE, B"),), births=(Birth(place=Place(text="X")),)
)
SAME = Person(id="watch:5", names=(Name(text="EXAMPLE, C"),))
ADDED = Entity(id="watch:6", names=(Name(text="EXAMPLE D"),))


def of(edition: Edition, *parties: Entity) -> SanctionsList[Entity]:
    found = [attrs.evolve(one, edition=edition) for one in parties]
    return SanctionsList.of_editions(found, (edition,), Audit())


def differing() -> Changes:
    """Two editions between which a party of each sort changed."""
    turned = attrs.evolve(MOVED, nationalities=MOVED.nationalities[::-1])
    built = attrs.evolve(BUILT, id="watch:~a.2", births=())
    return diff(of(OLD, SHIP, GONE, MOVED, BUILT, SAME), of(NEW, LATER, turned, built, SAME, ADDED))
