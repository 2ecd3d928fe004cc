"""`where` on what an edition never states, and what a party lacks."""

from __future__ import annotations

from typing import Any

import pytest

import sanctionslib as sl
from sanctionslib.errors import InvalidInputError, NotStatedError
from sanctionslib.model import Edition, Fact, Person
from sanctionslib.query import SanctionsList, combine

from .builders import keys, of, on, party, under

FREEZE, TRAVEL = sl.MeasureKind.ASSET_FREEZE, sl.MeasureKind.TRAVEL_BAN


def _stating(*facts: Fact, missing: tuple[str, ...] = (), **more: Any) -> SanctionsList[sl.Entity]:
    edition = Edition(list_id="watch", supported_facts=frozenset(facts), missing=missing, **more)
    return SanctionsList(
        [
            party(Person, "1", nationalities=of("BD"), designations=(under("SDGT"),)),
            party(Person, "2"),
        ],
        edition,
    )


@pytest.mark.parametrize(
    ("keywords", "fact"),
    [
        ({"program": "SDGT"}, Fact.PROGRAM),
        ({"named_list": "SDN"}, Fact.LIST),
        ({"authority": "OFAC"}, Fact.AUTHORITY),
        ({"measure": FREEZE}, Fact.MEASURE),
        ({"listed_from": "2021"}, Fact.LISTING_DATE),
        ({"address_country": "BD"}, Fact.ADDRESS),
        ({"birth_country": "BD"}, Fact.BIRTH_PLACE),
        ({"flag": "BD"}, Fact.FLAG),
    ],
)
def test_each_keyword_needs_its_fact(keywords: dict[str, Any], fact: Fact) -> None:
    """A keyword raises exactly where its fact is never stated."""
    others = [one for one in Fact if one is not fact]
    with pytest.raises(NotStatedError) as caught:
        _stating(*others).where(**keywords)
    assert caught.value.facts == (fact.value,)
    _stating(fact).where(**keywords)


@pytest.mark.parametrize(
    ("keyword", "parts"),
    [
        (
            "country",
            [
                *(Fact.NATIONALITY, Fact.CITIZENSHIP, Fact.ADDRESS),
                *(Fact.BIRTH_PLACE, Fact.FLAG, Fact.REGISTRATION),
            ],
        ),
        ("nationality", [Fact.NATIONALITY, Fact.CITIZENSHIP]),
    ],
)
def test_a_question_of_several_parts(keyword: str, parts: list[Fact]) -> None:
    """One part that is stated is enough, and then nothing is open. A missing file raises."""
    with pytest.raises(NotStatedError) as caught:
        _stating(Fact.KIND).where(**{keyword: "BD"})  # type: ignore[call-overload]
    assert caught.value.facts == tuple(one.value for one in parts)
    for part in parts:
        found = _stating(part).where(**{keyword: "BD"})  # type: ignore[call-overload]
        assert keys(found) == ["1"]
        assert not any(one.never for one in found.selection.undetermined)
        with pytest.raises(NotStatedError) as caught:
            _stating(part, missing=("ADD.CSV",)).where(**{keyword: "BD"})  # type: ignore[call-overload]
        assert "read the whole set: this one lacks ADD.CSV" in caught.value.hint
        assert set(caught.value.facts) == {one.value for one in parts if one is not part}
    whole = _stating(*parts, missing=("ADD.CSV",)).where(**{keyword: "BD"})  # type: ignore[call-overload]
    assert keys(whole) == ["1"]
    part = _stating(parts[0], missing=("ADD.CSV",))
    found = part.where(**{keyword: "BD"}, unstated="drop")  # type: ignore[call-overload]
    assert keys(found) == ["1"]
    open_facts = {one.fact for one in found.selection.undetermined if not one.count}
    assert open_facts == set(parts[1:])
    none = _stating(Fact.KIND).where(**{keyword: "BD"}, unstated="drop")  # type: ignore[call-overload]
    whole_fact = Fact.COUNTRY if keyword == "country" else Fact.NATIONALITY
    assert [one.fact for one in none.selection.undetermined] == [whole_fact]


def test_lists_that_an_edition_does_not_know(sdn: SanctionsList[sl.Entity]) -> None:
    """A file that does not state who is on a list does not answer that nobody is."""
    with pytest.raises(NotStatedError) as caught:
        sdn.where(named_list="NS-CMIC")
    assert caught.value.facts == ("list",)
    assert "does not state who is on Non-SDN CMIC List" in caught.value.what
    with pytest.raises(NotStatedError):
        sdn.where(named_list=("SDN List", "NS-CMIC"))
    assert len(sdn.where(named_list=("SDN", "NS-CMIC"), unstated="drop")) == 26
    found = sdn.where(named_list="NS-CMIC", unstated="drop")
    assert len(found) == 0
    assert [(one.fact, one.never) for one in found.selection.undetermined] == [(Fact.LIST, True)]


def test_never_stated_is_named_also_where_it_did_not_matter() -> None:
    """A fact that the edition never states is named although another condition decided all."""
    found = _stating(Fact.NATIONALITY).where(
        nationality="IR", program="SDGT", measure=FREEZE, unstated="drop"
    )
    never = {one.fact for one in found.selection.undetermined if one.never}
    assert never == {Fact.PROGRAM, Fact.MEASURE}


def test_which_of_several_lists_never_states_it() -> None:
    """Beside a list that can say, one that never can is named, and the other is not accused."""
    able = _stating(Fact.NATIONALITY, Fact.CITIZENSHIP)
    unsupported = SanctionsList(
        [party(Person, "silent:9")],
        Edition(list_id="silent", supported_facts=frozenset({Fact.ADDRESS})),
    )
    found = combine(able, unsupported).where(nationality="BD", unstated="drop")
    (undetermined,) = found.selection.undetermined
    assert (undetermined.fact, undetermined.lists) == (Fact.NATIONALITY, ("silent",))
    assert str(undetermined) == "2 without nationality dropped; never stated by silent"
    assert "never stated by silent" in str(found)
    assert "this edition" not in str(found)
    alone = unsupported.where(nationality="BD", unstated="drop")
    assert {one.lists for one in alone.selection.undetermined} == {()}


def test_a_list_of_several() -> None:
    """`list_id` takes the parties of one list, and only that one has to state what is asked for."""
    stated = _stating(Fact.PROGRAM, Fact.NATIONALITY)
    unsupported = Edition(
        list_id="silent", supported_facts=frozenset({Fact.ADDRESS}), missing=("A",)
    )
    both = combine(stated, SanctionsList([party(Person, "silent:9")], unsupported))
    assert keys(both.where(list_id="silent")) == ["9"]
    assert keys(both.where(list_id=["silent", "watch"])) == ["1", "2", "9"]
    with pytest.raises(NotStatedError):
        both.where(program="SDGT")
    found = both.where(list_id="watch", program="SDGT")
    assert (keys(found), found.selection.criteria) == (["1"], ("list_id='watch'", "program='SDGT'"))
    assert [one.never for one in found.selection.undetermined] == [False]
    assert len(both.where(list_id="silent").where(list_id="watch")) == 0
    with pytest.raises(NotStatedError, match="silent"):
        both.where(list_id="silent", program="SDGT")


def test_a_named_list_of_combined_lists() -> None:
    """It is enough that a party of one of them is on the named list; else nobody can be said to be."""
    on_cmic = under(listings=(on("Non-SDN CMIC List"),))
    cons = SanctionsList([party(Person, "1", designations=(on_cmic,))], Edition(list_id="cons"))
    council = Edition(list_id="un", lists=("Consolidated List",))
    both = combine(cons, SanctionsList([party(Person, "un:9")], council))
    assert keys(both.where(named_list="NS-CMIC")) == ["1"]
    with pytest.raises(NotStatedError, match="Non-SDN Menu-Based"):
        both.where(named_list="Non-SDN Menu-Based Sanctions List")


@pytest.mark.parametrize(
    ("list_id", "hint"),
    [
        ("wacht", "did you mean 'watch'?"),
        ("us_ofac_sdn", "here are silent, watch"),
    ],
)
def test_a_list_that_is_not_here(list_id: str, hint: str) -> None:
    """Of a list that the collection does not have, "nobody" would be false."""
    both = combine(_stating(Fact.PROGRAM), SanctionsList([], Edition(list_id="silent")))
    assert len(both.where(list_id="silent")) == 0
    with pytest.raises(InvalidInputError, match="is none of the lists here") as caught:
        both.where(list_id=list_id)
    assert caught.value.hint == hint
