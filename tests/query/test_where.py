"""`where`: every keyword, what is the same designation, and what a list cannot answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import attrs
import pytest

import sanctionslib as sl
from sanctionslib.answers import Selection, Undetermined
from sanctionslib.errors import InvalidInputError, NotStatedError
from sanctionslib.model import Designation, Entity, Fact, Measure, Organization, Person, Vessel
from sanctionslib.query import SanctionsList

from .builders import EU, OFAC, address, keys, listed, of, on, party, under

FREEZE, TRAVEL = sl.MeasureKind.ASSET_FREEZE, sl.MeasureKind.TRAVEL_BAN


def _designated(*designations: Designation) -> SanctionsList[Entity]:
    """One party per designation, with keys 1, 2, …"""
    return SanctionsList(
        [
            party(Entity, str(number), designations=(one,))
            for number, one in enumerate(designations, 1)
        ]
    )


# ── on the sample ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("keywords", "count"),
    [
        ({}, 26),
        ({"kind": sl.Person}, 15),
        ({"kind": sl.Organization}, 11),
        ({"kind": (sl.Person, sl.Organization)}, 26),
        ({"kind": sl.Entity}, 26),
        ({"kind": sl.Vessel}, 0),
        ({"program": "GLOMAG"}, 10),
        ({"program": ("DPRK2", "DPRK3")}, 9),
        ({"program": "SDGT"}, 0),
        ({"country": "BD"}, 7),
        ({"country": ["BD", "KP"]}, 10),
        ({"country": "DE"}, 0),
        ({"nationality": "BD"}, 6),
        ({"birth_country": "BD"}, 6),
        ({"address_country": "BD"}, 7),
        ({"named_list": "SDN List"}, 26),
        ({"named_list": "SDN"}, 26),
        ({"country": "Bangladesh"}, 7),
        ({"country": "Germany"}, 0),
        ({"authority": "OFAC"}, 26),
        ({"authority": "Office of Foreign Assets Control, US Department of the Treasury"}, 26),
        ({"authority": {"EU", "UN"}}, 0),
        ({"kind": sl.Person, "program": "GLOMAG", "country": "BD"}, 6),
        ({"kind": sl.Organization, "program": "GLOMAG", "country": "BD"}, 1),
        ({"flag": "KP"}, 0),
    ],
)
def test_counts_of_the_sample(
    sdn: SanctionsList[Entity], keywords: dict[str, Any], count: int
) -> None:
    """Counts that a person can check against the file."""
    assert len(sdn.where(**keywords)) == count


def test_selection_says_how_it_came_about(sdn: SanctionsList[Entity]) -> None:
    """Conditions are kept as they were given, kind first, with the size of the base."""
    found = sdn.where(kind=Person, country=("BD", "KP"), program="GLOMAG")
    assert found.selection.criteria == ("kind=Person", "program='GLOMAG'", "country=('BD', 'KP')")
    assert found.selection.of == 26
    assert found.base is sdn
    assert sdn.selection == Selection(of=26)
    assert sdn.base is sdn


@pytest.mark.parametrize(
    ("keywords", "fact"),
    [
        ({"listed_from": "2021-12-01"}, "listing date"),
        ({"listed_to": date(2021, 12, 31)}, "listing date"),
        ({"measure": "asset freeze"}, "measure"),
        ({"measure": FREEZE, "program": "GLOMAG"}, "measure"),
    ],
)
def test_what_the_sample_never_states(
    sdn: SanctionsList[Entity], keywords: dict[str, Any], fact: str
) -> None:
    """A question that the classic format cannot answer raises and names an alternative source."""
    with pytest.raises(NotStatedError) as caught:
        sdn.where(**keywords)
    error = caught.value
    assert error.facts == (fact,)
    assert f"does not state any {fact}" in error.what
    assert "us_ofac_sdn · 2021-12-10 · ofac-classic-xml" in error.what
    assert "ENHANCED and ADVANCED XML" in error.hint
    assert "unstated='drop' or 'keep'" in error.hint


def test_unstated_drop_and_keep(sdn: SanctionsList[Entity]) -> None:
    """With `unstated`, `where` drops or keeps those that it cannot decide on, and counts them."""
    dropped = sdn.where(program="GLOMAG", listed_from="2021", unstated="drop")
    assert len(dropped) == 0
    undetermined = Undetermined(fact=Fact.LISTING_DATE, count=10, kept=False, never=True)
    assert dropped.selection.undetermined == (undetermined,)
    kept = sdn.where(program="GLOMAG", listed_from="2021", unstated="keep")
    assert kept == sdn.where(program="GLOMAG")
    (undetermined,) = kept.selection.undetermined
    assert (undetermined.fact, undetermined.count) == (Fact.LISTING_DATE, 10)
    assert (undetermined.kept, undetermined.never) == (True, True)
    assert "10 without listing date dropped" in repr(dropped)
    assert "10 without listing date kept" in repr(kept)


def test_unstated_takes_three_words(sdn: SanctionsList[Entity]) -> None:
    """A misspelled word is an error, not the default."""
    with pytest.raises(InvalidInputError, match="unstated='dropped'"):
        sdn.where(unstated="dropped")  # type: ignore[call-overload]


# ── kinds ─────────────────────────────────────────────────────────────────────────────────────

MIXED = SanctionsList(
    [
        party(Person, "person"),
        party(Organization, "firm"),
        party(Vessel, "ship"),
        party(sl.Aircraft, "plane"),
        party(Entity, "unknown"),
        party(Entity, "unknown too"),
    ]
)


@pytest.mark.parametrize(
    ("kind", "found", "dropped"),
    [
        (Person, ["person"], 2),
        ((Vessel, sl.Aircraft), ["ship", "plane"], 2),
        ("person", ["person"], 2),
        (["vessel", sl.Aircraft], ["ship", "plane"], 2),
        ("entity", ["person", "firm", "ship", "plane", "unknown", "unknown too"], 0),
        (Entity, ["person", "firm", "ship", "plane", "unknown", "unknown too"], 0),
        ((Person, Entity), ["person", "firm", "ship", "plane", "unknown", "unknown too"], 0),
    ],
)
def test_kind(kind: Any, found: list[str], dropped: int) -> None:
    """A class, its word, or several; parties of unstated kind are dropped and counted."""
    part = MIXED.where(kind=kind)
    assert keys(part) == found
    assert part.selection.kind_unstated == dropped


def test_kind_unstated_adds_up() -> None:
    """A second selection by kind does not forget those that the first has dropped."""
    part = MIXED.where(kind=(Person, Organization)).where(kind=Person)
    assert part.selection.criteria == ("kind=Person | Organization", "kind=Person")
    assert part.selection.kind_unstated == 2
    unknown = MIXED.where(lambda one: one.source_id.startswith("unknown"))
    assert unknown.where(kind=Vessel).selection.kind_unstated == 2


def test_kind_unstated_counts_who_could_be_meant() -> None:
    """A party of unstated kind that fails another condition is not dropped for its kind."""
    some = SanctionsList(
        [
            party(Person, "person", addresses=(address("BD"),)),
            party(Entity, "elsewhere", addresses=(address("CN"),)),
            party(Entity, "there", addresses=(address("BD"),)),
            party(Entity, "anywhere"),
        ]
    )
    part = some.where(kind=Person, country="BD")
    assert (keys(part), part.selection.kind_unstated) == (["person"], 2)


# ── predicates and chains ─────────────────────────────────────────────────────────────────────


def test_predicate() -> None:
    """Any function of an entity, and any callable; it is called with parties of the kind asked for."""

    def is_first(one: Person) -> bool:
        assert isinstance(one, Person)
        return one.source_id == "person"

    class Wanted:
        def __call__(self, one: Entity) -> bool:
            return one.kind == "vessel"

    part = MIXED.where(is_first, kind=Person)
    assert (keys(part), part.selection.criteria) == (["person"], ("kind=Person", "is_first"))
    part = MIXED.where(Wanted())
    assert (keys(part), part.selection.criteria) == (["ship"], ("predicate",))
    with pytest.raises(ZeroDivisionError):  # what it raises comes through as it is
        MIXED.where(lambda one: len(one.id) / 0 > 1)


def test_chains_keep_what_was_not_decided() -> None:
    """What an earlier condition could not decide stays counted."""
    mine = SanctionsList([party(Person, "1", nationalities=of("BD")), party(Person, "2")])
    part = mine.where(nationality="BD").where(program="SDGT")
    assert [(one.fact, one.count) for one in part.selection.undetermined] == [
        (Fact.NATIONALITY, 1),
        (Fact.PROGRAM, 1),
    ]


# ── the designation keywords ──────────────────────────────────────────────────────────────────


def test_one_and_the_same_designation() -> None:
    """What one designation has and another has is not what a party was designated for."""
    apart = party(
        Person,
        "apart",
        designations=(
            under("SDGT", authority=OFAC, listings=(on("SDN List", "2010"),)),
            under("GLOMAG", authority=EU, listings=(on("FSE List", "2021"),)),
        ),
    )
    tied = party(
        Person,
        "tied",
        designations=(
            under("OTHER"),
            under("GLOMAG", "SDGT", authority=OFAC, listings=(on("SDN List", "2021"),)),
        ),
    )
    mine = SanctionsList([apart, tied])
    assert keys(mine.where(program="GLOMAG")) == ["apart", "tied"]
    assert keys(mine.where(program="GLOMAG", authority="OFAC")) == ["tied"]
    assert keys(mine.where(program="SDGT", authority="OFAC")) == ["apart", "tied"]
    assert keys(mine.where(program="GLOMAG", named_list="SDN List")) == ["tied"]
    assert keys(mine.where(program="SDGT", listed_from="2020")) == ["tied"]
    assert keys(mine.where(program="OTHER", authority="OFAC")) == []


def test_undecided_in_one_designation() -> None:
    """A designation that lacks a value leaves the party undecided, unless another one decides."""
    mine = SanctionsList(
        [
            party(Person, "lacks", designations=(under("SDGT"), under("GLOMAG", authority=EU))),
            party(Person, "none", designations=(under("SDGT", authority=EU), under("GLOMAG"))),
            party(Person, "has", designations=(under("SDGT"), under("SDGT", authority=OFAC))),
            party(Person, "empty"),
        ]
    )
    found = mine.where(program="SDGT", authority="OFAC")
    assert keys(found) == ["has"]
    assert {one.fact: one.count for one in found.selection.undetermined} == {
        Fact.AUTHORITY: 2,
        Fact.PROGRAM: 1,
    }
    kept = mine.where(program="SDGT", authority="OFAC", unstated="keep")
    assert keys(kept) == ["lacks", "has", "empty"]
    assert all(one.kept and not one.never for one in kept.selection.undetermined)


DESIGNATED = _designated(
    under(
        *("GLOMAG", "SDGT"),
        authority=OFAC,
        listings=(on("SDN List"), on("My List")),
        measures=(Measure(kind=FREEZE, raw="Block"),),
    ),
    under(
        "NEW-EO",
        authority=sl.Authority(code="MINE", name="My own list"),
        listings=(on("Non-SDN CMIC List"),),
        measures=(Measure(kind=TRAVEL),),
    ),
    under(
        authority=sl.authorities["State"],
        measures=(Measure(kind=None, raw="Directive 9"), Measure(kind=FREEZE)),
    ),
    Designation(authority=sl.authorities["ISN"]),
    Designation(authority=sl.authorities["BIS"]),
    Designation(),
)


@pytest.mark.parametrize(
    ("keyword", "value", "found", "undecided"),
    [
        # a list by its name or its code, also one that the entities alone know
        ("named_list", "SDN", "1", "3456"),
        ("named_list", ["My List", "NS-CMIC"], "12", "3456"),
        # an authority by its code or name; a department counts with its bureaus, and no bureau for it
        ("authority", "OFAC", "1", "6"),
        ("authority", ("MINE", "OFAC"), "12", "6"),
        ("authority", "My own list", "2", "6"),
        ("authority", "State", "34", "6"),
        ("authority", "Department of State", "34", "6"),
        ("authority", "ISN", "4", "6"),
        ("authority", ("BIS", "DDTC"), "5", "6"),
        # codes of programs, exactly
        ("program", "GLOMAG", "1", "3456"),
        ("program", {"NEW-EO", "SDGT"}, "12", "3456"),
        ("program", "IRAN", "", "3456"),
        # a kind of measure, its word, or the source's own; both spellings of one kind are one
        ("measure", FREEZE, "13", "456"),
        ("measure", "asset freeze", "13", "456"),
        ("measure", "Block", "1", "456"),
        ("measure", [TRAVEL, "Directive 9"], "23", "456"),
    ],
)
def test_designation_keywords(keyword: str, value: Any, found: str, undecided: str) -> None:
    """What our tables know and what the entities alone have; a designation may state nothing of it."""
    where: Callable[..., SanctionsList[Entity]] = DESIGNATED.where
    part, kept = (where(**{keyword: value}, unstated=how) for how in ("raise", "keep"))
    assert keys(part) == list(found)
    assert keys(kept) == sorted({*found, *undecided})
    fact = {"named_list": Fact.LIST}.get(keyword) or Fact(keyword)
    lacks = Undetermined(fact=fact, count=len(undecided), kept=False)
    assert part.selection.undetermined == (lacks,)


def test_criteria_of_several_values() -> None:
    """Enums and texts stand in the criteria as they were given."""
    criteria = DESIGNATED.where(measure=(FREEZE, "Block")).selection.criteria
    assert criteria == ("measure=(MeasureKind.ASSET_FREEZE, 'Block')",)


DATED = _designated(
    Designation(listings=(on("SDN List", "2021-12-10"),)),
    Designation(listings=(on("SDN List", "Dec 2021"), on("FSE List", "2014"))),
    Designation(events=(listed("2019"),)),
    Designation(listings=(on("SDN List"),), events=(listed("2020-06-01"),)),
    Designation(listings=(on("SDN List", "unknown"),)),
    Designation(),
)


@pytest.mark.parametrize(
    ("keywords", "found", "undecided"),
    [
        ({"listed_from": "2021"}, ["1", "2"], ["5", "6"]),
        ({"listed_from": "2021-12-10", "listed_to": "2021-12-10"}, ["1", "2"], ["5", "6"]),
        ({"listed_from": "2021-12-11"}, ["2"], ["5", "6"]),
        ({"listed_from": date(2021, 12, 31)}, ["2"], ["5", "6"]),
        ({"listed_from": "2022"}, [], ["5", "6"]),
        ({"listed_to": "2019"}, ["2", "3"], ["5", "6"]),
        ({"listed_to": "2018-12-31"}, ["2"], ["5", "6"]),
        ({"listed_from": "2019-07", "listed_to": "2020"}, ["3", "4"], ["5", "6"]),
        ({"listed_to": "2013"}, [], ["5", "6"]),
        # together with a list, the day is that of the membership of this list
        ({"named_list": "SDN List", "listed_to": "2019"}, [], ["3", "4", "5", "6"]),
        ({"named_list": "FSE", "listed_to": "2019"}, ["2"], ["3", "6"]),
        ({"named_list": "FSE", "listed_from": "2020"}, [], ["6"]),
    ],
)
def test_listed(keywords: dict[str, Any], found: list[str], undecided: list[str]) -> None:
    """A date matches where its interval overlaps the days asked for; both ends count."""
    assert keys(DATED.where(**keywords)) == found
    kept = keys(DATED.where(**keywords, unstated="keep"))
    assert kept == sorted({*found, *undecided})


@pytest.mark.parametrize(
    "keywords",
    [
        {"listed_from": "10/12/2021"},
        {"listed_from": datetime(2021, 12, 10, 23, 59)},  # a date, to a type checker
        {"listed_from": ""},
        {"listed_from": 5},
        {"listed_to": "yesterday"},
        {"listed_from": "until 2021"},
        {"listed_to": "from 2021"},
        {"listed_from": "2022", "listed_to": "2021"},
        {"listed_from": date(2021, 12, 2), "listed_to": date(2021, 12, 1)},
    ],
)
def test_listed_needs_days(keywords: dict[str, Any]) -> None:
    """A text that is no date, a time of day, or an end before the start, is an error."""
    with pytest.raises(InvalidInputError, match=r"listed_|no time of day"):
        DATED.where(**keywords)


def test_listed_reads_partial_days() -> None:
    """A year begins with its first day and ends with its last."""
    assert keys(DATED.where(listed_from="2021", listed_to="2021")) == ["1", "2"]
    assert DATED.where(listed_from="2021", listed_to=date(2021, 12, 31)).selection.criteria == (
        "listed_from='2021', listed_to='2021-12-31'",
    )


# ── codes that nobody knows ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("keyword", "value", "near"),
    [
        ("program", "GLOMAGG", "GLOMAG"),
        ("program", ("GLOMAG", "DPRK22"), "DPRK2"),
        ("named_list", "SDN Lists", "SDN List"),
        ("country", "XX", ""),
        ("country", "Atlantis", ""),
        ("nationality", "Bangladeshh", ""),
        ("program", "zzz", ""),
    ],
)
def test_unknown_codes(sdn: SanctionsList[Entity], keyword: str, value: Any, near: str) -> None:
    """A code that neither we nor the list know raises, with near misses; it never finds nobody."""
    where: Callable[..., SanctionsList[Entity]] = sdn.where
    with pytest.raises(InvalidInputError) as caught:
        where(**{keyword: value})
    assert f"{keyword}=" in caught.value.what
    assert near in caught.value.hint
    assert caught.value.hint


@pytest.mark.parametrize("value", ["Asset freze", "blok", ("asset freeze", "nothing")])
def test_unknown_measures(value: Any) -> None:
    """The same for measures, of which the near misses are our words and the source's."""
    with pytest.raises(InvalidInputError, match="measure=") as caught:
        DESIGNATED.where(measure=value)
    assert caught.value.hint


@pytest.mark.parametrize(
    "keyword",
    [
        "list_id",
        "category",
        "named_list",
        "authority",
        "program",
        "measure",
        "country",
        "nationality",
        "flag",
    ],
)
@pytest.mark.parametrize("value", ["", (), [], ("",), 5])
def test_values_that_are_none(keyword: str, value: Any) -> None:
    """No value at all is an error: it would find nobody, and say nothing of it. So is a number."""
    where: Callable[..., SanctionsList[Entity]] = DESIGNATED.where
    with pytest.raises(InvalidInputError, match=f"{keyword}="):
        where(**{keyword: value})


def test_lists_that_are_about_something_else() -> None:
    """Who is barred from contracts of a bank is no answer where sanctions are asked for."""
    banks = sl.Edition(list_id="bank", category="debarment")
    barred = attrs.evolve(party(Entity, "1"), id="bank:1", edition=banks)
    both = sl.combine(SanctionsList([barred], edition=banks), _designated(Designation()))
    assert [one.id for one in both.where(category="debarment")] == ["bank:1"]
    assert "bank:1" not in [one.id for one in both.where(category="sanctions")]
    assert len(both.where(category=("sanctions", "debarment"))) == 2
    with pytest.raises(InvalidInputError, match=r"category='debarred' .* known"):
        both.where(category="debarred")
    assert "NO SANCTIONS" in str(both.why("bank:1"))


def test_parties_that_were_taken_off() -> None:
    """A list can still have them: they can be selected, and where no list has any, it raises."""
    gone = sl.Event(kind=sl.EventKind.DELISTED, date=sl.PartialDate.parse("2023-05-01"))
    found = _designated(Designation(events=(gone,)), Designation())
    assert keys(found.where(delisted=True)) == ["1"]
    assert keys(found.where(delisted=False)) == ["2"]
    assert keys(found.where()) == ["1", "2"]
    assert "(delisted)" in repr(next(iter(found)))
    with pytest.raises(InvalidInputError, match="neither True nor False"):
        found.where(delisted="no")  # type: ignore[call-overload]
    with pytest.raises(NotStatedError, match="delisting date"):
        sl.sample().where(delisted=True)
    assert len(sl.sample().where(delisted=False)) == len(sl.sample())


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ({"kind": sl.Person, "program": "GLOMAG", "country": "BD"}, 6),
        ({"authority": "OFAC", "birth_country": "BD"}, 6),
        ({"listed_to": "2021-03-20", "country": "CN"}, 2),
        ({"named_list": "SDN List", "nationality": "BD"}, 6),
    ],
)
def test_a_list_without_a_party_in_question_need_not_state_it(
    conditions: dict[str, Any], found: int
) -> None:
    """Canada states no country; where all of its parties fail another condition, none is needed."""
    assert len(sl.sample().where(**conditions)) == found


@pytest.mark.parametrize(
    "conditions",
    [
        {"country": "BD"},
        {"kind": sl.Person, "birth_country": "CN"},
        {"authority": ("OFAC", "GAC"), "country": "CN"},
        {"listed_to": "2021-03-21", "country": "CN"},  # the day of Canada's Chen Mingguo
    ],
)
def test_a_list_with_a_party_in_question_has_to_state_it(conditions: dict[str, Any]) -> None:
    """Whether a party of Canada's list is of that country nobody knows, and the question is refused.

    The statement of the Department of State says it of nobody either, and stands before Canada's.
    """
    unsupported = (
        "us_klepto_hr_visa" if "kind" in conditions or len(conditions) == 1 else "ca_dfatd_sema"
    )
    with pytest.raises(sl.NotStatedError, match=unsupported):
        sl.sample().where(**conditions)
    dropped = sl.sample().where(**conditions, unstated="drop")
    assert "ca_dfatd_sema_sanctions" in {
        list_id for one in dropped.selection.undetermined for list_id in one.lists
    }


def test_one_list_that_never_states_it_is_refused_whatever_else_is_asked() -> None:
    """The answer about one list does not depend on who happens to be on it."""
    canada = sl.read(sl.open_sample(list_id="ca_dfatd_sema_sanctions"), published="2021-12-10")
    with pytest.raises(sl.NotStatedError):
        canada.where(listed_from="2030-01-01", country="CN")
