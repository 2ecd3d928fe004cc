"""Edition, Origin and Source: where a statement comes from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionslib.model import Edition, Fact, Scope, Source

WHOLE = Edition(list_id="us_ofac_sdn", format="ofac-classic-xml", published=date(2021, 12, 10))
PAIRS = st.lists(st.tuples(st.sampled_from(["uid", "idList/id", "x@y"]), st.text(max_size=3)))


@pytest.mark.parametrize(
    ("edition", "label"),
    [
        (WHOLE, "us_ofac_sdn · 2021-12-10 · ofac-classic-xml"),
        (Edition(list_id="watch"), "watch · date unknown"),
        (
            Edition(list_id="a", format="f", scope=Scope.SAMPLE),
            "a · date unknown · f · SAMPLE, not the whole list",
        ),
        (
            Edition(list_id="a", scope=Scope.CUSTOM, filter="program SDGT"),
            "a · date unknown · PART of the list: program SDGT",
        ),
        (Edition(list_id="a", scope=Scope.CUSTOM), "a · date unknown · PART of the list: filtered"),
        (
            Edition(list_id="a", missing=("ADD.CSV", "ALT.CSV")),
            "a · date unknown · INCOMPLETE, without ADD.CSV, ALT.CSV",
        ),
        (
            Edition(list_id="a", scope=Scope.SAMPLE, missing=("ADD.CSV",)),
            "a · date unknown · SAMPLE, not the whole list · INCOMPLETE, without ADD.CSV",
        ),
    ],
)
def test_label(edition: Edition, label: str) -> None:
    """One line says which list, of which day, in which format, and whether it is all of it."""
    assert edition.label == label


def test_is_sample() -> None:
    """Only a sample is a sample."""
    assert [Edition(list_id="a", scope=one).is_sample for one in Scope] == [False, False, True]


def test_what_an_edition_states() -> None:
    """An edition states the facts in `states`; without any, as in own lists, all of them."""
    names_only = Edition(list_id="a", supported_facts=frozenset({Fact.KIND}))
    assert names_only.supports(Fact.KIND)
    assert not names_only.supports(Fact.MEASURE)
    assert not Edition(list_id="a", supported_facts=frozenset()).supports(Fact.KIND)
    assert all(Edition(list_id="a").supports(fact) for fact in Fact)


def test_way_out() -> None:
    """For a fact that it cannot state, an edition names the place where it can be found."""
    edition = Edition(
        list_id="a", alternative_sources=((Fact.MEASURE, "the XML"), (Fact.REASON, "the press"))
    )
    assert edition.alternative_source(Fact.REASON) == "the press"
    assert edition.alternative_source(Fact.KIND) is None
    cut = Edition(list_id="a", missing=("ADD.CSV",), supported_facts=frozenset())
    assert cut.alternative_source(Fact.ADDRESS) == "read the whole set: this one lacks ADD.CSV"


def _source(pairs: list[tuple[str, str]]) -> Source:
    return Source(tuple(path for path, _ in pairs), tuple(value for _, value in pairs))


@given(PAIRS, st.data())
def test_a_source_is_a_sequence_of_pairs(pairs: list[tuple[str, str]], data: st.DataObject) -> None:
    """A source behaves as the list of its (path, value) pairs."""
    source = _source(pairs)
    assert isinstance(source, Sequence)
    assert len(source) == len(pairs)
    assert list(source) == pairs
    assert list(reversed(source)) == pairs[::-1]
    cut = data.draw(st.slices(len(pairs)))
    assert source[cut] == pairs[cut]
    for position, pair in enumerate(pairs):
        assert source[position] == source[position - len(pairs)] == pair
        assert pair in source
        assert source.index(pair) == pairs.index(pair)
    with pytest.raises(IndexError):
        source[len(pairs)]
    for path in ("uid", "idList/id", "x@y", "no"):
        assert source.get(path) == tuple(value for at, value in pairs if at == path)


@given(PAIRS, PAIRS)
def test_sources_compare_by_content(a: list[tuple[str, str]], b: list[tuple[str, str]]) -> None:
    """Two sources are equal when they hold the same pairs in the same order."""
    assert (_source(a) == _source(b)) == (a == b)
    assert _source(a) == _source(a)
    assert hash(_source(a)) == hash(_source(a))
    assert _source(a) != a


def test_source_repr() -> None:
    """A source, which may be long, says only how long it is."""
    assert repr(Source(("uid", "uid"), ("1", "2"))) == "<Source of 2 values>"


def test_country_is_stated_where_a_part_of_it_is() -> None:
    """`country` asks for six facts, and one of them is enough to be able to answer."""
    flags = Edition(list_id="x", supported_facts=frozenset({Fact.FLAG}))
    assert flags.supports(Fact.COUNTRY)
    assert not flags.supports(Fact.ADDRESS)
    assert not Edition(list_id="x", supported_facts=frozenset({Fact.KIND})).supports(Fact.COUNTRY)
