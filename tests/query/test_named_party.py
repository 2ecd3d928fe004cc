"""A party by its name, wherever one is asked about: id first, then exact name or alias."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import sanctionslib as sl
from sanctionslib.model import Entity, Organization, Person
from sanctionslib.query import SanctionsList

from .builders import keys, party, several

QUESTIONS: dict[str, Callable[[SanctionsList[Any], str], object]] = {
    "why": lambda held, who: held.why(who).entity.id,
    "related": lambda held, who: held.related(who).center.id,
    "counterparts": lambda held, who: held.counterparts(who).center.id,
    "entities_of": lambda held, who: held.entities_of(who)[0].id,
}
each = pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)


@each
@pytest.mark.parametrize(
    "who", ["33951", " us_ofac_sdn:33951 ", "Rapid Action Battalion", " rab  FORCES "]
)
def test_id_name_and_alias(sdn: SanctionsList[Entity], ask: Any, who: str) -> None:
    """By id, full id, name and alias, in any case; blanks do not count."""
    assert ask(sdn, who) == "us_ofac_sdn:33951"


@each
def test_nobody(sdn: SanctionsList[Entity], ask: Any) -> None:
    """The error has the nearest names, and ids where it may be one; nothing similar says so."""
    with pytest.raises(
        sl.NotFoundError, match="has the id or the name 'Rapid Action Batalion'"
    ) as it:
        ask(sdn, "Rapid Action Batalion")
    assert it.value.suggestions[0] == "RAPID ACTION BATTALION"
    with pytest.raises(sl.NotFoundError) as it:
        ask(sdn, "3395")
    assert "33951" in it.value.suggestions
    with pytest.raises(sl.NotFoundError, match="compared whole") as it:
        ask(sdn, "qqqqqqqq")
    assert it.value.suggestions == ()
    with pytest.raises(TypeError, match="an id or a name is text"):
        ask(sdn, 33951)


@each
def test_several(ask: Any) -> None:
    """Two parties of one name are never one: the error has their ids, and says who they are."""
    mine = SanctionsList([party(Person, "1", "DOE, J"), party(sl.Vessel, "2", "X", "Doe, J")])
    with pytest.raises(sl.AmbiguousIdError, match="2 parties bear the name 'doe, j'") as caught:
        ask(mine, "doe, j")
    assert caught.value.candidates == ("watch:1", "watch:2")
    assert "watch:2  vessel  X" in caught.value.hint
    assert ask(mine, "x") == "watch:2"


@each
def test_an_id_comes_first(ask: Any) -> None:
    """A party that is called as another one's id is asked for by its own id."""
    mine = SanctionsList([party(Person, "1", "2"), party(Person, "2", "OTHER")])
    assert ask(mine, "2") == "watch:2"


def test_entities_of_one_party_are_one() -> None:
    """Lists that share their ids have one party under a name; others have several."""
    editions = [sl.Edition(list_id=name, id_space="ofac") for name in ("sdn", "csl")]
    parties = [party(Organization, f"{one.list_id}:1", "EXAMPLE LTD") for one in editions]
    both = several([*parties], *editions)
    assert [one.id for one in both.entities_of("example ltd")] == ["sdn:1", "csl:1"]
    others = [sl.Edition(list_id=name) for name in ("sdn", "csl")]
    with pytest.raises(sl.AmbiguousIdError):
        several([*parties], *others).why("example ltd")


def test_of_a_selection() -> None:
    """Who is in the selection comes first; who is not there is found in its base."""
    mine = SanctionsList([party(Person, "1", "DOE, J"), party(sl.Vessel, "2", "DOE, J")])
    vessels = mine.where(kind=sl.Vessel)
    assert keys(vessels.entities_of("doe, j")) == ["2"]
    assert keys(mine[:0].where(kind=sl.Vessel).entities_of("2")) == ["2"]
    with pytest.raises(sl.AmbiguousIdError):
        mine[:0].entities_of("doe, j")


def test_ids_alone(sdn: SanctionsList[Entity]) -> None:
    """`[]`, `get` and `in` take no names."""
    assert "rab forces" not in sdn
    assert sdn.get("rab forces") is None
    with pytest.raises(sl.NotFoundError, match="is a name and no id"):
        sdn["rab forces"]
