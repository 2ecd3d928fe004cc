"""Facts beside the name: birth dates as intervals, countries by code, numbers exactly."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sanctionslib.answers import Agreement, ComparedFact, FactCheck, Subject
from sanctionslib.matching.facts import check_facts, confirms, rank
from sanctionslib.model import (
    Address,
    Birth,
    Country,
    Entity,
    Identifier,
    IdentifierKind,
    Name,
    Nationality,
    Organization,
    PartialDate,
    Person,
    Place,
    Vessel,
)
from sanctionslib.reference import read_country

AGREES, CONFLICTS, UNKNOWN = Agreement.AGREES, Agreement.CONFLICTS, Agreement.UNKNOWN
NAMES = (Name(text="EXAMPLE"),)


def _person(*dates: str, countries: tuple[str, ...] = (), **said: Any) -> Person:
    births = tuple(Birth(date=PartialDate.parse(one)) for one in dates)
    of = tuple(Nationality(country=read_country(one)) for one in countries)
    return Person(id="watch:1", names=NAMES, births=births, nationalities=of, **said)


def _ship(number: str, kind: IdentifierKind | None = IdentifierKind.IMO) -> Vessel:
    return Vessel(id="watch:1", names=NAMES, identifiers=(Identifier(value=number, kind=kind),))


def _one(subject: Subject, *records: Entity, in_part: bool = False) -> FactCheck:
    (found,) = check_facts(subject, records, {}, in_part=in_part)
    return found


def _born(given: str, *records: Entity) -> Agreement:
    return _one(Subject(birth_date=PartialDate.parse(given)), *records).verdict


def _from(given: tuple[str, ...], *records: Entity) -> Agreement:
    return _one(Subject(countries=tuple(map(read_country, given))), *records).verdict


@pytest.mark.parametrize(
    ("given", "stated", "verdict"),
    [
        ("1971-03-05", ("05 Mar 1971",), AGREES),
        ("1971", ("05 Mar 1971",), AGREES),
        ("1971-03-05", ("1971",), AGREES),
        ("1971-03-05", ("1970 to 1973",), AGREES),
        ("1971-03-05", ("Apr 1971",), CONFLICTS),
        ("1971-03-05", ("1972",), CONFLICTS),
        ("1971-03-05", ("1960", "Mar 1971"), AGREES),
        ("1971-03-05", ("1960", "1972"), CONFLICTS),
        ("1971-03-05", (), UNKNOWN),
        ("1971-03-05", ("around the Eid",), UNKNOWN),
        ("1971-03-05", ("1960", "around the Eid"), UNKNOWN),
        ("1971-03-05", ("around the Eid", "1971"), AGREES),
        ("1971-05-03", ("05 Mar 1971",), CONFLICTS),
        ("soon", ("1971",), UNKNOWN),
        # A date that says "circa" may be two years off, the given one and the listed one alike.
        ("1973-12-31", ("circa 1971",), AGREES),
        ("1969-01-01", ("circa 1971",), AGREES),
        ("1974-01-01", ("circa 1971",), CONFLICTS),
        ("1968-12-31", ("circa 1971",), CONFLICTS),
        ("circa 1971", ("31 Dec 1973",), AGREES),
        ("circa 1971", ("circa 1975",), AGREES),
        ("circa 1971", ("circa 1976",), CONFLICTS),
    ],
)
def test_birth_dates(given: str, stated: tuple[str, ...], verdict: Agreement) -> None:
    """It agrees where a day fits both; it conflicts where all stated are read and none fits."""
    assert _born(given, _person(*stated)) is verdict


def test_only_persons_are_born() -> None:
    """The day when a company was founded or a ship was built says nothing of a birth date."""
    year = (PartialDate.year(1971),)
    firm = Organization(id="watch:1", names=NAMES, established=year)
    ship = Vessel(id="watch:1", names=NAMES, built=year)
    assert {_born("1971", one) for one in (firm, ship, Entity(id="w:1", names=NAMES))} == {UNKNOWN}


def test_facts_stand_as_given_and_as_printed() -> None:
    """In the words of the customer file, and in those of the list, each once."""
    day = Subject(birth_date=PartialDate.day(date(1971, 3, 5)))
    assert _one(day, _person("05 Mar 1972", "circa 1980")) == FactCheck(
        fact=ComparedFact.BIRTH_DATE,
        verdict=CONFLICTS,
        given="1971-03-05",
        listed=("05 Mar 1972", "circa 1980"),
    )
    assert _one(day, _person("05 Mar 1971"), _person("1971-03-05")).listed == ("05 Mar 1971",)
    born = Subject(birth_date=PartialDate.parse("5 March 1971"))
    assert _one(born, _person("1971")).given == "5 March 1971"
    there = Subject(countries=(read_country("Burma"), read_country("IR")))
    assert _one(there, _person()).given == "Burma, IR"
    flags = (Country(raw="Congo"), Country(code="CG", raw="Congo"))  # read by one list alone
    assert _one(there, Vessel(id="csl:1", names=NAMES, flags=flags)).listed == ("Congo",)
    number = Subject(identifiers=("IMO 9187629",))
    assert _one(number, _ship("IMO 9187655"), _ship("IMO 9187655")).listed == ("IMO 9187655",)
    # A country in the words of two lists is that of the first one.
    found = _one(there, _person(countries=("Russia",)), _person(countries=("RU",)))
    assert (found.verdict, found.listed) == (CONFLICTS, ("Russia",))


def test_another_record_of_the_party_may_state_it() -> None:
    """A date or country that one record lacks counts where another one has it."""
    unsupported = Entity(id="csl:1", names=NAMES)
    stating = _person("05 Mar 1971", countries=("Iran",))
    assert _born("1971", unsupported) is UNKNOWN
    assert _born("1971", unsupported, stating) is AGREES
    assert _born("1980", unsupported, stating) is CONFLICTS
    assert _born("1980", stating, _person("1980")) is AGREES
    assert _from(("IR",), unsupported, stating) is AGREES


@pytest.mark.parametrize(
    ("given", "stated", "verdict"),
    [
        (("IR",), ("Iran",), AGREES),
        (("Burma",), ("Myanmar",), AGREES),
        (("IR",), ("Iraq",), CONFLICTS),
        (("IR", "CY"), ("Cyprus",), AGREES),
        (("IR",), ("Iraq", "Iran"), AGREES),
        (("IR",), (), UNKNOWN),
        (("Region: Crimea",), ("region:  CRIMEA",), AGREES),
        (("Region: Crimea",), ("Ukraine",), UNKNOWN),
        (("UA",), ("Region: Crimea",), UNKNOWN),
        (("UA",), ("Russia", "undetermined"), UNKNOWN),
        (("UA",), ("USSR",), UNKNOWN),
        (("USSR",), ("Ukraine",), UNKNOWN),
        (("HK",), ("China",), CONFLICTS),
    ],
)
def test_countries(given: tuple[str, ...], stated: tuple[str, ...], verdict: Agreement) -> None:
    """By code, or by its words; a conflict needs different states on both sides."""
    assert _from(given, _person(countries=stated)) is verdict


def test_every_country_of_the_party_counts() -> None:
    """Birth place, address, flag and former flag agree as nationality does."""
    there = Country(code="SY", raw="Syria")
    address = Organization(id="watch:1", names=NAMES, addresses=(Address(country=there),))
    birth = _person(countries=("Iraq",))
    born = Person(id="watch:2", names=NAMES, births=(Birth(place=Place(country=there)),))
    flagged = Vessel(id="watch:1", names=NAMES, flags=(read_country("Panama"),))
    former = Vessel(
        id="watch:1", names=NAMES, flags=(read_country("Panama"),), former_flags=(there,)
    )
    assert [_from(("SY",), one) for one in (address, born, former)] == [AGREES] * 3
    assert [_from(("SY",), one) for one in (birth, flagged)] == [CONFLICTS] * 2


def test_an_issuer_is_no_country_of_the_party() -> None:
    """Who holds an Iranian passport number on the list is not said to be of Iran."""
    passport = Identifier(
        value="A1", kind=IdentifierKind.PASSPORT, country=Country(code="IR", raw="Iran")
    )
    assert _from(("IR",), _person(identifiers=(passport,))) is UNKNOWN


def test_countries_that_are_stated_in_part() -> None:
    """Where the file of addresses is missing, the countries that are there rule nothing out."""
    iraqi = _person(countries=("Iraq",))
    asked = Subject(countries=(read_country("IR"),))
    assert _one(asked, iraqi, in_part=True).verdict is UNKNOWN
    assert _one(asked, iraqi).verdict is CONFLICTS
    assert _one(asked, _person(countries=("Iran",)), in_part=True).verdict is AGREES


def test_numbers() -> None:
    """Each number is checked by itself; those that are the same stand as the list prints them."""
    asked = Subject(identifiers=("A 12", "B34"))
    same = {"A 12": [Identifier(value="A-12", kind=IdentifierKind.PASSPORT)]}
    found = check_facts(asked, [_person()], same)
    assert [(one.given, one.verdict, one.listed) for one in found] == [
        ("A 12", AGREES, ("A-12",)),
        ("B34", UNKNOWN, ()),
    ]


@pytest.mark.parametrize(
    ("given", "record", "verdict"),
    [
        ("IMO 9187629", _ship("IMO 9187655"), CONFLICTS),
        ("imo no. 9187629", _ship("9187655"), CONFLICTS),
        (" IMO 9187629", _ship("9187655"), CONFLICTS),
        ("IMOGEN 9187629", _ship("9187655"), UNKNOWN),
        ("9187629", _ship("IMO 9187655"), UNKNOWN),
        ("IMO 9187628", _ship("IMO 9187655"), UNKNOWN),
        ("IMO 5993381", _ship("IMO 9187655"), UNKNOWN),
        ("IMO 9187629", _ship("IMO 918765"), UNKNOWN),
        ("IMO 9187629", _ship("123456789", IdentifierKind.MMSI), UNKNOWN),
        (
            "Passport A1",
            _person(identifiers=_ship("B2", IdentifierKind.PASSPORT).identifiers),
            UNKNOWN,
        ),
    ],
)
def test_only_ships_have_one_number_for_life(
    given: str, record: Entity, verdict: Agreement
) -> None:
    """Another IMO number is a conflict, if it is a ship's; another passport never is."""
    assert _one(Subject(identifiers=(given,)), record).verdict is verdict


def test_what_was_not_given_is_not_checked() -> None:
    """Without facts there are no checks, and no rank but the score."""
    assert check_facts(Subject(names=("A",)), [_person("1971")], {}) == ()
    assert rank(0.875, ()) == 0.875


def _check(fact: ComparedFact, verdict: Agreement) -> FactCheck:
    return FactCheck(fact=fact, verdict=verdict, given="x")


def test_the_rule_of_order() -> None:
    """`facts-1`, figure by figure: a change here is a new name of the rule."""
    figures = {
        (fact.value, verdict.value): round(rank(0.5, [_check(fact, verdict)]) - 0.5, 6)
        for fact in ComparedFact
        for verdict in Agreement
    }
    assert figures == {
        ("birth date", "agrees"): 0.1,
        ("birth date", "conflicts"): -0.1,
        ("birth date", "unknown"): 0,
        ("country", "agrees"): 0.05,
        ("country", "conflicts"): -0.05,
        ("country", "unknown"): 0,
        ("identifier", "agrees"): 2,
        ("identifier", "conflicts"): -0.1,
        ("identifier", "unknown"): 0,
    }


def test_several_numbers_count_once() -> None:
    """Two numbers that agree put a hit no higher than one."""
    agrees = _check(ComparedFact.IDENTIFIER, AGREES)
    assert rank(0.5, [agrees, agrees]) == rank(0.5, [agrees])


def test_what_confirms_a_weak_alias() -> None:
    """Any fact that agrees; what is not known or conflicts does not."""
    for fact in ComparedFact:
        for verdict in Agreement:
            assert confirms([_check(fact, verdict)]) is (verdict is AGREES)
