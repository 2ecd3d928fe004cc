"""What a caller may ask, read and refused."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from sanctionslib.errors import InvalidInputError
from sanctionslib.matching import arguments
from sanctionslib.model import Aircraft, Entity, Organization, PartialDate, Person, Vessel


def test_names_and_numbers() -> None:
    """One or several, each once, as given."""
    assert arguments.names(" Ri Yong Gil ") == (" Ri Yong Gil ",)
    assert arguments.numbers("IMO 9187629") == ("IMO 9187629",)
    for read in (arguments.names, arguments.numbers):
        assert read(["B2", "A1", "B2"]) == ("B2", "A1")
        assert read(()) == ()


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "blank"),
        (" \t\n", "blank"),
        (["", " "], "blank"),
        (None, "None is no name"),
        (7, "7 is no name"),
        ({"A"}, "is no name"),
        (["A", None], "None is no name"),
        (b"A", "65 is no name"),
        (Entity, "is no name"),
    ],
)
def test_bad_names(query: Any, says: str) -> None:
    with pytest.raises(InvalidInputError, match=says) as raised:
        arguments.names(query)
    assert raised.value.argument == "query"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("", "neither letters nor digits"),
        ("--", "neither letters nor digits"),
        (["A1", " "], "neither letters nor digits"),
        (9187629, "is no number"),
        ([9187629], "is no number"),
    ],
)
def test_bad_numbers(given: Any, says: str) -> None:
    with pytest.raises(InvalidInputError, match=says) as raised:
        arguments.numbers(given)
    assert raised.value.argument == "identifiers"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Person, ("person", ())),
        (Organization, ("organization", ())),
        (Aircraft, ("aircraft", ())),
        ("vessel", ("vessel", ())),
        (["vessel"], ("vessel", ())),
        (("vessel", Vessel), ("vessel", ())),
        (("vessel", Aircraft), (None, ("vessel", "aircraft"))),
        (None, (None, ())),
        (Entity, (None, ())),
        ("entity", (None, ())),
        ((Person, Entity), (None, ())),
    ],
)
def test_kinds(kind: Any, words: tuple[str | None, tuple[str, ...]]) -> None:
    """A class, its word or several; every kind where none is meant."""
    assert arguments.kind_words(kind) == words


@pytest.mark.parametrize("kind", ["people", "ship", "", 3, dict, (Person, "ship"), ()])
def test_bad_kinds(kind: Any) -> None:
    with pytest.raises(InvalidInputError, match="no kind of entity") as raised:
        arguments.kind_words(kind)
    assert "Person, Organization, Vessel, Aircraft" in raised.value.hint


@pytest.mark.parametrize(
    ("given", "read", "raw"),
    [
        (1971, "1971", "1971"),
        ("1971-03", "1971-03", "1971-03"),
        ("5 March 1971", "1971-03-05", "5 March 1971"),
        ("circa 1971", "circa 1971", "circa 1971"),
        (date(1971, 3, 5), "1971-03-05", "1971-03-05"),
        (PartialDate.year(1971), "1971", ""),
    ],
)
def test_birth_dates(given: Any, read: str, raw: str) -> None:
    """As far as it is known, in whatever form, and in the words of the caller."""
    found = arguments.birth_date(given)
    assert found is not None
    assert (str(found), found.raw) == (read, raw)
    assert arguments.birth_date(None) is None


@pytest.mark.parametrize(
    "given",
    [
        *("", "soon", "03/05/1971", "1971-02-30", 0, 19710305, True, 1971.0, ["1971"]),
        datetime(1971, 3, 5, 12, 0),
        PartialDate.parse("soon"),
    ],
)
def test_bad_birth_dates(given: Any) -> None:
    with pytest.raises(InvalidInputError, match="is no date") as raised:
        arguments.birth_date(given)
    assert "YYYY-MM-DD" in raised.value.hint
