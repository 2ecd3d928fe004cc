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
from sanctionslib.query import SanctionsList, diff


def company(**given: object) -> sl.Organization:
    """EXAMPLE TRADING LLC, of which nothing else is known but what is given."""
    blank = sl.Organization(id="watch:1", names=(sl.Name(text="EXAMPLE TRADING LLC"),))
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


def in_full(shown: object) -> str:
    """The page of an object with its details."""
    return display.to_text(shown, explain=True)


def words_of(shown: object) -> str:
    """The words of that page in one line."""
    return flat(in_full(shown))


def entity_table(
    entities: Sequence[sl.Entity], *editions: sl.Edition, selection: Selection | None = None
) -> EntityTable:
    """The table of a list of entities that were read from these editions."""
    return EntityTable(entities=entities, editions=editions, selection=selection or Selection())


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21, as the WCAG define it."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


# ── linked firms on two lists ─────────────────────────────────────────────────────────────────────

K = sl.RelationKind
SDN = sl.Edition(
    list_id="us_ofac_sdn",
    id_space="ofac",
    publisher="Office of Foreign Assets Control",
    format="ofac-example",
    published=date(2021, 12, 10),
    dated_by="file",
    supported_facts=frozenset(sl.Fact) - {sl.Fact.LISTING_DATE, sl.Fact.REASON},
    alternative_sources=(
        (sl.Fact.LISTING_DATE, "the ENHANCED XML"),
        (sl.Fact.REASON, "the press release"),
    ),
)
CSL = sl.Edition(
    list_id="us_trade_csl",
    publisher="International Trade Administration",
    format="csl-example",
    published=date(2021, 12, 12),
    dated_by="caller",
    supported_facts=frozenset(sl.Fact) - {sl.Fact.RELATION, sl.Fact.REASON},
)


def _party(
    kind: type[sl.Entity], key: str, name: str, *relations: sl.Relation, **said: object
) -> sl.Entity:
    return kind(
        id=f"us_ofac_sdn:{key}",
        names=(sl.Name(text=name),),
        relations=relations,
        designations=(
            sl.Designation(
                authority=sl.Authority(code="OFAC"),
                listings=(sl.Listing(list_name="SDN List"),),
                programs=("EXAMPLE-EO1",),
            ),
        ),
        edition=SDN,
        **said,  # type: ignore[arg-type]
    )


def _to(
    kind: sl.RelationKind, key: str | None = None, name: str = "", **said: object
) -> sl.Relation:
    ref = sl.EntityRef(source_id=key, name=name, id_space="ofac")
    return sl.Relation(to=ref, kind=kind, **said)  # type: ignore[arg-type]


TAX = sl.Identifier(kind=sl.IdentifierKind.USCC, value="913101040936933514")


def combined() -> sl.SanctionsList[sl.Entity]:
    """Firms of one owner on a list, of which another list repeats one and has one more."""
    listed = sl.Event(kind=sl.EventKind.LISTED, date=sl.PartialDate.parse("2014-07-29"))
    sdn = sl.SanctionsList(
        [
            _party(sl.Person, "1", "EXAMPLE, Owner", _to(K.OWNS_OR_CONTROLS, "2")),
            _party(
                sl.Organization, "2", "EXAMPLE HOLDING", _to(K.LINKED_TO, "7"), identifiers=(TAX,)
            ),
            _party(sl.Organization, "3", "EXAMPLE SHIPPING", _to(K.OWNED_OR_CONTROLLED_BY, "2")),
            _party(
                sl.Vessel,
                "4",
                "EXAMPLE STAR",
                _to(K.PROPERTY_OF, "3"),
                _to(K.OWNED_OR_CONTROLLED_BY, "2", former=True),
                _to(K.PARENT_OF, name="EXAMPLE TWIN"),
                _to(K.OWNS_OR_CONTROLS, name="EXAMPLE ELSEWHERE"),
            ),
            _party(sl.Organization, "5", "EXAMPLE TWIN"),
            _party(sl.Organization, "6", "EXAMPLE TWIN"),
            _party(sl.Organization, "7", "EXAMPLE FRIEND"),
        ],
        SDN,
    )
    csl = sl.SanctionsList(
        [
            sl.Entity(
                id="us_trade_csl:2",
                id_space="ofac",
                names=(sl.Name(text="EXAMPLE HOLDING LLC"),),
                designations=(
                    sl.Designation(
                        listings=(sl.Listing(list_name="Entity List", events=(listed,)),),
                        programs=("EXAMPLE-EO2",),
                    ),
                    sl.Designation(programs=("EXAMPLE-EO3",)),
                ),
                edition=CSL,
            ),
            sl.Organization(
                id="us_trade_csl:a1",
                names=(sl.Name(text="EXAMPLE HOLDING COMPANY"),),
                identifiers=(TAX,),
                edition=CSL,
            ),
        ],
        CSL,
    )
    return sl.combine(sdn, csl)


# ── two editions of a watch list ──────────────────────────────────────────────────────────────────

OLD = sl.Edition(
    list_id="watch",
    publisher="Harbour desk",
    format="own",
    published=date(2021, 12, 9),
    dated_by="file",
    declared=6,
    sha256="3f1c0b7a" * 8,
)
NEW = attrs.evolve(OLD, published=date(2021, 12, 10), sha256="0a1b2c3d" * 8)
WEAK, STRONG = sl.AliasStrength.WEAK, sl.AliasStrength.STRONG


def aka(text: str, strength: sl.AliasStrength = STRONG, **more: Any) -> sl.Name:
    return sl.Name(text=text, kind=sl.NameKind.AKA, strength=strength, raw_kind="a.k.a.", **more)


SHIP = sl.Vessel(
    id="watch:1",
    names=(sl.Name(text="EXAMPLE STAR"), aka("EXAMPLE MOON", WEAK), aka("EXAMPEL", source_id="7")),
    flags=(sl.Country(code="PA", raw="Panama"),),
    tonnage=7000,
    remarks="Seen loading at night, with the transponder switched off.",
    addresses=(sl.Address(city="Exampleville", country=sl.Country(code="PA", raw="Panama")),),
    identifiers=(sl.Identifier(kind=sl.IdentifierKind.IMO, value="IMO 9999993"),),
    features=(sl.Feature(label="Website:", value="www.example.org"),),
    relations=(
        sl.Relation(to=sl.EntityRef(name="EXAMPLE SHIPPING LLC"), kind=sl.RelationKind.LINKED_TO),
        sl.Relation(to=sl.EntityRef(name="EXAMPLE TRADING LLC"), kind=sl.RelationKind.LINKED_TO),
    ),
    designations=(
        sl.Designation(
            authority=sl.Authority(code="HARBOUR"),
            listings=(sl.Listing(list_name="Night List"),),
            programs=("WATCH",),
            measures=(sl.Measure(kind=sl.MeasureKind.PORT_BAN),),
            reason="Seen.",
        ),
    ),
)
LATER = attrs.evolve(
    SHIP,
    names=(
        sl.Name(text="EXAMPLE SUN"),
        attrs.evolve(SHIP.names[1], strength=STRONG),
        attrs.evolve(SHIP.names[2], text="EXAMPLE"),
        attrs.evolve(SHIP.names[0], kind=sl.NameKind.FKA),
    ),
    flags=(sl.Country(code="LR", raw="Liberia"),),
    tonnage=7100,
    remarks="Seen loading at night, with the transponder switched off, off the coast.",
    addresses=(),
    identifiers=(
        *SHIP.identifiers,
        sl.Identifier(
            kind=sl.IdentifierKind.MMSI, value="352999999", country=sl.Country(code="PA")
        ),
    ),
    relations=(
        attrs.evolve(SHIP.relations[1], kind=sl.RelationKind.OWNED_OR_CONTROLLED_BY),
        SHIP.relations[0],
    ),
    designations=(
        attrs.evolve(
            SHIP.designations[0],
            listings=(
                sl.Listing(
                    list_name="Night List",
                    events=(
                        sl.Event(
                            kind=sl.EventKind.LISTED, date=sl.PartialDate.day(date(2021, 12, 10))
                        ),
                    ),
                ),
            ),
            programs=("WATCH", "NIGHT"),
            legal_bases=(sl.LegalBasis(title="Harbour Order 7"),),
            reason="Seen twice.",
        ),
    ),
)
GONE = sl.Organization(
    id="watch:2",
    names=(sl.Name(text="EXAMPLE SHIPPING LLC"),),
    raw_kind="Company",
    designations=SHIP.designations,
)
MOVED = sl.Person(
    id="watch:3",
    names=(sl.Name(text="EXAMPLE, A"),),
    nationalities=tuple(sl.Nationality(country=sl.Country(code=code)) for code in ("PA", "LR")),
)
BUILT = sl.Person(
    id="watch:~a.1",
    names=(sl.Name(text="EXAMPLE, B"),),
    births=(sl.Birth(place=sl.Place(text="X")),),
)
SAME = sl.Person(id="watch:5", names=(sl.Name(text="EXAMPLE, C"),))
ADDED = sl.Entity(id="watch:6", names=(sl.Name(text="EXAMPLE D"),))


def of(edition: sl.Edition, *parties: sl.Entity) -> SanctionsList[sl.Entity]:
    found = [attrs.evolve(one, edition=edition) for one in parties]
    return SanctionsList.of_editions(found, (edition,), Audit())


def differing() -> Changes:
    """Two editions between which a party of each sort changed."""
    turned = attrs.evolve(MOVED, nationalities=MOVED.nationalities[::-1])
    built = attrs.evolve(BUILT, id="watch:~a.2", births=())
    return diff(of(OLD, SHIP, GONE, MOVED, BUILT, SAME), of(NEW, LATER, turned, built, SAME, ADDED))
