"""`where` by country: where each keyword looks, and what stays open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import sanctionslib as sl
from sanctionslib.errors import InvalidInputError
from sanctionslib.model import Country, Entity, Organization, Person, Vessel
from sanctionslib.query import SanctionsList

from .builders import address, born, keys, of, party

FREEZE, TRAVEL = sl.MeasureKind.ASSET_FREEZE, sl.MeasureKind.TRAVEL_BAN


# ── the country keywords ──────────────────────────────────────────────────────────────────────


WORLD = SanctionsList(
    [
        party(Person, "national", nationalities=of("BD")),
        party(Person, "citizen", citizenships=of("BD")),
        party(Person, "resident", addresses=(address("BD", "Bangladesh"),)),
        party(Person, "born", births=born("BD")),
        party(
            Person, "holder", identifiers=(sl.Identifier(value="1", country=Country(code="BD")),)
        ),
        party(Person, "other", nationalities=of("IR"), births=born("IR")),
        party(Organization, "registered", registered_in=(Country(code="BD"),)),
        party(Organization, "firm", addresses=(address("IR"), address("BD"))),
        party(Vessel, "ship", flags=(Country(code="BD"),), former_flags=(Country(code="PA"),)),
        party(Vessel, "boat"),
        party(sl.Aircraft, "plane", registered_in=(Country(code="BD"),)),
        party(Entity, "unknown"),
        party(Entity, "somewhere", addresses=(address(None, "Region: Crimea"),)),
    ]
)


@pytest.mark.parametrize(
    ("keyword", "value", "found", "undecided"),
    [
        (
            "country",
            "BD",
            ["national", "citizen", "resident", "born", "registered", "firm", "ship", "plane"],
            ["holder", "boat", "unknown", "somewhere"],
        ),
        ("country", "PA", [], ["holder", "boat", "unknown", "somewhere"]),
        ("country", ("IR", "PA"), ["other", "firm"], ["holder", "boat", "unknown", "somewhere"]),
        ("country", "Region: Crimea", ["somewhere"], ["holder", "boat", "unknown"]),
        (
            "nationality",
            "BD",
            ["national", "citizen"],
            ["resident", "born", "holder", "unknown", "somewhere"],
        ),
        (
            "address_country",
            "BD",
            ["resident", "firm"],
            [
                *("national", "citizen", "born", "holder", "other", "registered"),
                *("ship", "boat", "plane", "unknown", "somewhere"),
            ],
        ),
        (
            "birth_country",
            "IR",
            ["other"],
            ["national", "citizen", "resident", "holder", "unknown", "somewhere"],
        ),
        ("flag", "BD", ["ship"], ["boat", "unknown", "somewhere"]),
        ("flag", "PA", [], ["boat", "unknown", "somewhere"]),
    ],
)
def test_countries(keyword: str, value: Any, found: list[str], undecided: list[str]) -> None:
    """Each keyword looks where it says; who cannot have a flag or nationality is out, not undecided."""
    where: Callable[..., SanctionsList[Entity]] = WORLD.where
    part = where(**{keyword: value})
    assert keys(part) == found
    assert sum(one.count for one in part.selection.undetermined) == len(undecided)
    kept = where(**{keyword: value}, unstated="keep")
    assert sorted(keys(kept)) == sorted([*found, *undecided])


def test_a_country_is_not_chosen_by_one_spelling() -> None:
    """A name of a country means the country, not only those parties whose entry spells it so."""
    mine = SanctionsList(
        [
            party(Person, "1", addresses=(address("MM", "Burma"),)),
            party(Person, "2", addresses=(address("MM", "Myanmar"),)),
        ]
    )
    for one in ("MM", "Burma", "Myanmar", "BURMA"):
        assert keys(mine.where(country=one)) == ["1", "2"]
        assert keys(mine.where(address_country=["DE", one])) == ["1", "2"]


def test_places_that_cannot_be_read_leave_it_open() -> None:
    """A stated place without a readable country could be the one asked for: counted, and kept."""
    found = SanctionsList(
        [
            party(Person, "read", births=born("IR")),
            party(
                Person,
                "both",
                births=(*born("IR"), sl.Birth(place=sl.Place(text="Khartoum Sudan"))),
            ),
            party(Person, "undetermined", addresses=(address(None, "undetermined"),)),
        ]
    )
    kept = found.where(birth_country="SD", unstated="keep")
    assert keys(kept) == ["both", "undetermined"]
    assert keys(found.where(birth_country="SD")) == []
    assert keys(found.where(country="SD", unstated="keep")) == ["both", "undetermined"]
    undetermined = found.where(country="SD").selection.undetermined
    assert [(one.fact, one.count) for one in undetermined] == [(sl.Fact.COUNTRY, 2)]


@pytest.mark.parametrize(
    ("kind", "keyword"),
    [
        (Organization, "nationality"),
        (Vessel, "birth_country"),
        (Person, "flag"),
        ((Organization, Vessel), "nationality"),
    ],
)
def test_what_a_kind_cannot_have(kind: Any, keyword: str) -> None:
    """No organization has a nationality, so that asking for one would always find nobody."""
    where: Callable[..., SanctionsList[Entity]] = WORLD.where
    with pytest.raises(InvalidInputError, match="only a") as caught:
        where(kind=kind, **{keyword: "IR"})
    assert "country" in caught.value.hint
    assert where(kind=(Person, Vessel, Entity), **{keyword: "IR"}) is not None


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Bangladsh", "did you mean 'Bangladesh' or"),
        ("Uganad", "did you mean 'Uganda'?"),
        ("Atlantis", "give its code of ISO 3166, or its English name"),
    ],
)
def test_what_may_have_been_meant(text: str, hint: str) -> None:
    """A name is near to names, and never to a code that has some of its letters."""
    with pytest.raises(InvalidInputError) as caught:
        WORLD.where(country=text)
    assert caught.value.hint is not None
    assert caught.value.hint.startswith(hint)


@pytest.mark.parametrize("text", ["Congo", "Gaza", "Korea"])
def test_places_of_no_one_state(text: str) -> None:
    """A name that could be two states, or has no code, raises instead of choosing one."""
    with pytest.raises(InvalidInputError) as caught:
        WORLD.where(country=text)
    assert "ISO code" in caught.value.what


# ── arguments that make no sense ──────────────────────────────────────────────────────────────


def test_a_predicate_sees_only_what_is_left() -> None:
    """A slow function is asked of those that meet all other conditions."""
    seen: list[str] = []
    WORLD.where(lambda one: bool(seen.append(one.source_id)), nationality="BD")
    assert seen == ["national", "citizen", "resident", "born", "holder", "unknown", "somewhere"]


@pytest.mark.parametrize("given", [Person, "GLOMAG", 5])
def test_no_predicate(given: Any) -> None:
    """Something else in the first place is a TypeError that names the keyword."""
    with pytest.raises(TypeError, match="kind= or program="):
        WORLD.where(given)
