"""Answers about links in print: ownership, counterparts, and parties that several lists have."""

from __future__ import annotations

import io
import os
from datetime import date
from pathlib import Path

import attrs
import pytest
from rich.console import Console

import sanctionslib as sl
from sanctionslib import display
from sanctionslib.model import (
    AliasStrength,
    Authority,
    Designation,
    Edition,
    Entity,
    EntityRef,
    Event,
    EventKind,
    Fact,
    Identifier,
    IdentifierKind,
    Listing,
    Name,
    NameKind,
    Organization,
    PartialDate,
    Person,
    Relation,
    RelationKind,
    Vessel,
)

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


@pytest.fixture
def both() -> sl.SanctionsList[Entity]:
    """A house of firms on one list, of which another list repeats one and knows one more."""
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


def _pages(both: sl.SanctionsList[Entity]) -> dict[str, object]:
    return {
        "owned_by": both.related("1", ownership="owned"),
        "owners_of": both.related("4", ownership="owners"),
        "counterparts": both.counterparts("us_ofac_sdn:2"),
        "why_of_two_lists": both.why("2"),
        "network_of_two_lists": both.related("2", depth=2, direction="in", former=False),
    }


PAGES = ["owned_by", "owners_of", "counterparts", "why_of_two_lists", "network_of_two_lists"]


@pytest.mark.parametrize("page", PAGES)
def test_pages(golden: Path, both: sl.SanctionsList[Entity], page: str) -> None:
    """The whole page, as a person has read it."""
    text = display.to_text(_pages(both)[page])
    path = golden / f"{page}.txt"
    if os.environ.get("SANCTIONSLIB_GOLDEN") == "write":
        path.write_text(f"{text}\n", "utf-8")
    assert f"{text}\n" == path.read_text("utf-8")
    assert max(map(len, text.splitlines())) <= 100


@pytest.mark.parametrize("page", PAGES)
def test_the_three_forms_say_the_same(both: sl.SanctionsList[Entity], page: str) -> None:
    """HTML and rich have every name and id that the text has."""
    shown = _pages(both)[page]
    console = Console(file=io.StringIO(), width=120, force_terminal=False)
    console.print(display.to_rich(shown))
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    for word in ("EXAMPLE HOLDING", "us_ofac_sdn:2", "us_trade_csl · 2021-12-12 · csl-example"):
        for form in (display.to_text(shown), display.to_html(shown), printed):
            assert word in form


def test_nobody_is_reached(both: sl.SanctionsList[Entity]) -> None:
    """Where no chain leads anywhere, the page says what was looked at and what it is not."""
    text = " ".join(display.to_text(both.related("7", ownership="owned")).split())
    assert "stated no such link is stated in the entries looked at" in text
    assert "how is not said EXAMPLE HOLDING (us_ofac_sdn:2) linked to EXAMPLE FRIEND" in text
    assert "NOT the 50 Percent Rule" in text
    assert "clear" not in text.casefold()


def test_what_two_records_say_alike_is_told_once() -> None:
    """Names that a record above has are counted, and what our table adds to a program stands once."""
    aka = NameKind.AKA
    names = ("EXAMPLE BANK", "EXAMPLE BANK PAO", "EXAMPLE BANK OAO")
    weak = Name(text="EX BANK", kind=aka, strength=AliasStrength.WEAK)
    said = (Designation(programs=("GLOMAG",)), Designation(programs=("GLOMAG",)))
    first = Organization(
        id="us_ofac_sdn:1",
        names=(*(Name(text=one, kind=aka) for one in names), weak),
        designations=said[:1],
        edition=SDN,
    )
    other = attrs.evolve(
        first,
        id="us_trade_csl:1",
        id_space="ofac",
        names=(*first.names, Name(text="EXAMPLE BANK LLC", kind=aka)),
        designations=said,
        edition=CSL,
    )
    both = sl.combine(sl.SanctionsList([first], SDN), sl.SanctionsList([other], CSL))
    text = display.to_text(both.why("us_ofac_sdn:1"))
    assert text.count("a.k.a.: EXAMPLE BANK PAO") == text.count("a.k.a.: EXAMPLE BANK OAO") == 1
    assert text.count("2 further names, each also in a record above") == 1
    assert "a.k.a.: EXAMPLE BANK LLC" in text
    # A weak alias is marked in each record that has it.
    assert text.count("EX BANK [WEAK]") == 2
    assert text.count("UNDER        GLOMAG: Global Magnitsky") == 3
    assert text.count("- Executive Order 13818") == 1
