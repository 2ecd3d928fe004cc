"""The matching methods: each has an index, and no other word is accepted."""

from __future__ import annotations

import pytest

from sanctionslib.errors import InvalidInputError
from sanctionslib.matching.methods import DEFAULT, METHODS, index_for
from sanctionslib.matching.ofac import OfacIndex
from sanctionslib.matching.token_index import TokenIndex
from sanctionslib.model import Entity, Organization, Person

from .builders import party

PARTIES = [
    party(Person, "1", "AHMED, Benazir", "~BEN", "Benazir Ahmed"),
    party(Organization, "2", "BENAZIR AHMED TRADING", "BENAZIR AHMED"),
    party(Entity, "3", "BENAZIR AHMED", "~AHMED, Benazir"),
]


def test_each_method_has_its_index() -> None:
    """The default one is ours."""
    assert [type(index_for(one, PARTIES)) for one in METHODS] == [TokenIndex, OfacIndex]
    assert METHODS[0] == DEFAULT


@pytest.mark.parametrize("method", METHODS)
def test_what_every_index_does(method: str) -> None:
    """It holds all names, finds equal ones by score 1 in their order, and compares by position."""
    index = index_for(method, PARTIES)
    assert index.entities is PARTIES
    assert [(one.entity, one.name) for one in index.names] == [
        (entity, name) for entity in PARTIES for name in entity.names
    ]
    assert 0 < index.default_min_score < 1
    found = index.search("Ahmed, Benazir", min_score=1.0)
    assert [(one.at, one.score) for one in found if one.at != 3] == [
        (0, 1),
        (2, 1),
        (4, 1),
        (5, 1),
        (6, 1),
    ]
    compared = index.compare("Ahmed, Benazir", 2)
    assert (compared.method, compared.score) == (index.method, 1)
    assert compared.listed == "Benazir Ahmed"
    assert index_for(method, []).search("Benazir", min_score=0) == []


@pytest.mark.parametrize("method", METHODS)
def test_weak_aliases_can_be_left_out(method: str) -> None:
    """Also where an equal name is strong."""
    index = index_for(method, PARTIES)
    for text, weak, strong in (("Ben", [1], []), ("Benazir Ahmed", [0, 2, 4, 5, 6], [0, 2, 4, 5])):
        for is_searched, places in ((True, weak), (False, strong)):
            found = index.search(text, min_score=1.0, weak=is_searched)
            assert [one.at for one in found if one.at != 3] == places


@pytest.mark.parametrize("method", METHODS)
def test_a_kind_leaves_out_other_kinds_but_not_unstated_ones(method: str) -> None:
    """Whose kind the source does not state is searched as every kind."""
    index = index_for(method, PARTIES)
    for kind, parties in (
        *((None, "123"), ("entity", "123")),
        *(("person", "13"), ("organization", "23"), ("vessel", "3")),
    ):
        found = index.search("Benazir Ahmed", kind=kind, min_score=1.0)
        assert {index.names[one.at].entity.source_id for one in found} == {*parties}


@pytest.mark.parametrize("method", ["", "levenshtein", 1, ["ofac"]])
def test_unknown_methods(method: str) -> None:
    with pytest.raises(InvalidInputError, match="is unknown") as raised:
        index_for(method, PARTIES)
    assert raised.value.hint == "use 'default' or 'ofac'"
