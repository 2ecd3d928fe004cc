"""Flat rows: one value per cell, and the policy for several and for none."""

from __future__ import annotations

import csv
from datetime import date

from hypothesis import given

from sanctionslib.export import Row, columns_of, name_lines, rows
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
    Gender,
    Identifier,
    IdentifierKind,
    Listing,
    Name,
    NameKind,
    Nationality,
    PartialDate,
    Person,
    Place,
    Relation,
    RelationKind,
    Vessel,
)

from .strategies import entities

BANGLADESH = Country(code="BD", raw="Bangladesh")
CRIMEA = Country(raw="Region: Crimea")
PARTY = Person(
    id="watch:1",
    names=(
        Name(text="EXAMPLE PERSON"),
        Name(text="EXAMPLE FORMER", kind=NameKind.FKA),
        Name(text="EXAMPLE", kind=NameKind.AKA, strength=AliasStrength.WEAK),
        Name(text="EXAMPLE FORMER", kind=NameKind.AKA),
    ),
    births=(
        Birth(date=PartialDate.parse("circa Mar 1971")),
        Birth(place=Place(text="Dhaka, Bangladesh", country=BANGLADESH)),
    ),
    nationalities=(Nationality(country=BANGLADESH), Nationality(country=CRIMEA)),
    genders=(Gender.FEMALE,),
    titles=("Major",),
    positions=("Director General",),
    addresses=(Address(city="Dhaka", country=BANGLADESH), Address(country=CRIMEA)),
    identifiers=(
        Identifier(
            value="A1", kind=IdentifierKind.PASSPORT, country=BANGLADESH, raw_kind="Passport"
        ),
        Identifier(value="9187629", kind=IdentifierKind.IMO),
        Identifier(value="X"),
    ),
    relations=(
        Relation(to=EntityRef(name="EXAMPLE LLC"), kind=RelationKind.LINKED_TO),
        Relation(to=EntityRef(id_space="ofac", source_id="7"), kind=RelationKind.LINKED_TO),
    ),
    designations=(
        Designation(
            authority=Authority(code="OFAC"),
            programs=("GLOMAG", "CAATSA"),
            listings=(
                Listing(
                    list_name="SDN List",
                    events=(Event(kind=EventKind.LISTED, date=PartialDate.year(2021)),),
                ),
            ),
        ),
        Designation(authority=Authority(code="OFAC"), programs=("GLOMAG",)),
    ),
    remarks="",
    edition=Edition(list_id="watch"),
)


def test_a_row_in_full() -> None:
    """Several values are joined in their order, each once; what is absent is None."""
    assert rows([PARTY]) == [
        {
            "id": "watch:1",
            "list_id": "watch",
            "source_id": "1",
            "kind": "person",
            "name": "EXAMPLE PERSON",
            "aliases": "EXAMPLE FORMER; EXAMPLE",
            "weak_aliases": "EXAMPLE",
            "programs": "GLOMAG; CAATSA",
            "lists": "SDN List",
            "authorities": "OFAC",
            "listed_since": "2021",
            "listed_earliest": date(2021, 1, 1),
            "listed_latest": date(2021, 12, 31),
            "countries": "BD; Region: Crimea",
            "nationalities": "BD; Region: Crimea",
            "citizenships": None,
            "birth_dates": "circa 1971-03",
            "birth_earliest": None,
            "birth_latest": None,
            "birth_places": "Dhaka, Bangladesh",
            "genders": "female",
            "titles": "Major; Director General",
            "addresses": "Dhaka, Bangladesh; Region: Crimea",
            "identifiers": "Passport A1 (BD); IMO number 9187629; X",
            "linked_to": "EXAMPLE LLC; ofac:7",
            "remarks": None,
            "edition": "watch · date unknown",
        }
    ]


def test_only_one_birth_date_is_a_day() -> None:
    """Two dates of birth, or one that nobody can read, give no earliest and latest day."""

    def born(*texts: str) -> tuple[str | None, str | None, str | None]:
        births = tuple(Birth(date=PartialDate.parse(text)) for text in texts)
        row = rows([Person(id="a:1", names=(), births=births)])[0]
        days = (row["birth_earliest"], row["birth_latest"])
        assert all(day is None or type(day) is date for day in days)
        return row["birth_dates"], *(day and day.isoformat() for day in days)

    assert born("1971", "1971") == ("1971", "1971-01-01", "1971-12-31")
    assert born("1971", "5 Mar 1972") == ("1971; 1972-03-05", None, None)
    assert born("from 1971") == ("from 1971-01-01", "1971-01-01", None)
    assert born("Mar 1971") == ("1971-03", "1971-03-01", "1971-03-31")
    assert born("long ago") == ("long ago", None, None)
    assert born("1971", "long ago") == ("1971; long ago", None, None)
    assert born() == (None, None, None)


def test_a_circa_date_has_no_days() -> None:
    """Days look exact, and a circa date is not: it stands as its text alone, listings too."""
    for text in ("circa 1971", "circa Mar 1971", "circa 5 Mar 1971", "circa 1971 to 1973"):
        day = PartialDate.parse(text)
        assert day.circa
        listing = Listing(list_name="A", events=(Event(kind=EventKind.LISTED, date=day),))
        party = Person(
            id="a:1",
            names=(Name(text="EXAMPLE PERSON"),),
            births=(Birth(date=day),),
            designations=(Designation(listings=(listing,)),),
        )
        assert party.listed_since == day
        (row,) = rows([party])
        assert row["birth_dates"] == str(day)
        assert (row["birth_earliest"], row["birth_latest"]) == (None, None)
        assert (row["listed_earliest"], row["listed_latest"]) == (None, None)
        (name,) = csv.DictReader(name_lines([party]))
        assert (name["listed_earliest"], name["listed_latest"]) == ("", "")


def test_a_place_without_text() -> None:
    """A place of birth that a source gives in pieces stands as its pieces."""
    place = Place(city="Dhaka", country=BANGLADESH)
    party = Person(id="a:1", names=(), births=(Birth(place=place),))
    assert rows([party])[0]["birth_places"] == "Dhaka, Bangladesh"


@given(entities())
def test_rows_have_the_same_columns(entity: Entity) -> None:
    """Every row has every column in the same order; a cell is a text, never "", a day, or None."""
    (row,) = rows([entity])
    assert tuple(row) == columns_of([entity]) == tuple(Row.__annotations__)
    assert all(cell is None or (type(cell) in (str, date) and cell) for cell in row.values())
    assert row["id"] == entity.id


def test_no_rows() -> None:
    """No entities, no rows; an entity that says nothing has its id, list and kind."""
    assert rows([]) == []
    (row,) = rows([Vessel(id="watch", names=())])
    stated = {name: cell for name, cell in row.items() if cell is not None}
    assert stated == {"id": "watch", "list_id": "watch", "kind": "vessel"}
