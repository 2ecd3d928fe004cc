"""Wholes: texts that are the same but for two letters."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from mistyping import WRONG, mistyped

from sanctionslib.answers import Reason
from sanctionslib.matching._wholes import Wholes
from sanctionslib.matching.tokens import prepare
from sanctionslib.matching.scorer import align

LISTED = ["gaddafi", "moammargaddafi", "", "abcd", "gaddafi", "владимир", "bondok"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("gaddafi", {0, 4}),
        ("gadafi", {0, 4}),
        ("gaddxfx", set()),  # two letters of seven
        ("moamargadafi", {1}),
        ("moammargadxfi", {1}),
        ("oammargaddaf", {1}),
        ("oammargaddxf", set()),
        ("abcd", set()),  # too short to be told by its letters
        ("", set()),
        ("владимер", {5}),
        ("bodnok", {6}),  # two in the middle changed places
    ],
)
def test_near(text: str, places: set[int]) -> None:
    """Two letters of eight or more, one of six or seven."""
    assert Wholes(LISTED).near(text) == places


def test_none_at_all() -> None:
    """An empty list has none."""
    assert Wholes([]).near("gaddafi") == set()


@given(
    st.text("abcdefg", min_size=4, max_size=30),
    st.lists(st.tuples(st.integers(0, 40), WRONG, st.sampled_from("abcdefgx")), max_size=2),
)
@example("abcdef", [(0, "more", "x")])
@example("abcdefg", [(1, "drop", "x"), (0, "drop", "x")])
def test_what_the_scorer_takes_as_a_whole_is_found(
    text: str, errors: list[tuple[int, str, str]]
) -> None:
    """Wherever letters are wrong, and as many as the scorer lets pass for a name of this length.

    Two letters that changed places where a piece ends are wrong in two of the three.
    """
    assume(len(errors) < 2 or all(how != "swap" for _, how, _ in errors))
    wrong = text
    for at, how, letter in errors:
        wrong = mistyped(wrong, at % len(wrong), how, letter)
    listed = prepare(" ".join(text[at : at + 2] for at in range(0, len(text), 2)), "vessel")
    query = prepare(wrong, "vessel")
    assume(listed.joined == text)
    assume(Reason.FULL_STRING in align(query, listed).notes)
    assert Wholes([text]).near(query.joined) == {0}
