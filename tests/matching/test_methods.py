"""The matching methods: each has an index, and no other word is accepted."""

from __future__ import annotations

import pytest

from sanctionslib.errors import InvalidInputError
from sanctionslib.matching.methods import DEFAULT, METHODS, index_for
from sanctionslib.matching.ofac import OfacIndex
from sanctionslib.matching.token_index import TokenIndex
from sanctionslib.model import Person

from .builders import party

ONE = [party(Person, "1", "AHMED, Benazir", "~BEN")]


def test_each_method_has_its_index() -> None:
    """The default one is ours."""
    assert [type(index_for(one, ONE)) for one in METHODS] == [TokenIndex, OfacIndex]
    assert METHODS[0] == DEFAULT


@pytest.mark.parametrize("method", METHODS)
def test_what_every_index_does(method: str) -> None:
    """It holds all names, finds an equal one by score 1, and excludes weak aliases if asked to."""
    index = index_for(method, ONE)
    assert [one.name.text for one in index.names] == ["AHMED, Benazir", "BEN"]
    assert 0 < index.default_min_score < 1
    (best, *_) = index.search("Ahmed, Benazir", min_score=0.9)
    assert (best.at, best.score) == (0, 1)
    assert index.compare("Ahmed, Benazir", 0).method == index.method
    assert 1 in [one.at for one in index.search("Ben", min_score=0.5)]
    assert 1 not in [one.at for one in index.search("Ben", min_score=0.5, weak=False)]
    assert index.search("Ahmed, Benazir", kind="vessel", min_score=0.5) == []


@pytest.mark.parametrize("method", ["", "OFAC", "levenshtein", None, 1, ["ofac"]])
def test_unknown_methods(method: str) -> None:
    with pytest.raises(InvalidInputError, match="is unknown") as raised:
        index_for(method, ONE)
    assert raised.value.hint == "use 'default' or 'ofac'"
