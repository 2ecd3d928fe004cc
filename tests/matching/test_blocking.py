"""Blocking: what is similar shares a key, and is found by it; what is not, is not."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from mistyping import WRONG, mistyped

from sanctionslib.answers import Reason
from sanctionslib.matching._blocking import (
    InvertedIndex,
    acronyms_of,
    joined_key,
    letter_keys,
    name_keys,
)
from sanctionslib.matching._similar import (
    SimilarStrings,
    SimilarTokens,
    identity,
    joined_similarity,
)
from sanctionslib.matching.parameters import PARAMETERS
from sanctionslib.matching.phonetic import phonetic_key
from sanctionslib.matching.scorer import align
from sanctionslib.matching.similarity import token_similarity
from sanctionslib.matching.tokens import Token, tokenise


@given(st.dictionaries(st.integers(0, 9), st.lists(st.integers(0, 2**32 - 1) | st.integers(0, 5))))
def test_an_inverted_index(given: dict[int, list[int]]) -> None:
    """The values of a key are found, and no others, however often it was given."""
    index = InvertedIndex(given.items())
    wanted: dict[int, set[int]] = {}
    for value, several in given.items():
        for key in several:
            wanted.setdefault(key, set()).add(value)
    for key, values in wanted.items():
        assert {*index.find([key])} == values
        assert len(index.find([key])) == len(values)
    assert {*index.find(wanted)} == set().union(*wanted.values())
    assert {*index.find([7, 2**32])} == wanted.get(7, set())
    assert InvertedIndex([]).find([1]) == InvertedIndex([(1, [])]).find([1]) == []


# ── keys of tokens ────────────────────────────────────────────────────────────────────────────


def keys(text: str) -> set[int]:
    return {*letter_keys(word(text))}


def word(text: str) -> Token:
    return Token(text, "word", 1.0, 1.0, plainness=2)


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=12), st.data())
def test_one_wrong_letter_leaves_a_key(text: str, data: st.DataObject) -> None:
    """Whatever it does to the phonetic key: that of "gaddxfi" is longer than that of "gaddafi"."""
    at = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    wrong = mistyped(text, at, data.draw(WRONG), letter)
    assume(len(phonetic_key(text)) <= 10 and len(phonetic_key(wrong)) <= 10)
    assert keys(text) & keys(wrong)


@given(st.text("abdlmnrz", min_size=9, max_size=20), st.data())
def test_a_wrong_letter_leaves_one_end_of_a_long_word(text: str, data: st.DataObject) -> None:
    """Which is a key: long words have no others but for their letters and phonetic key."""
    at = data.draw(st.integers(0, len(text) - 1))
    wrong = mistyped(text, at, data.draw(WRONG), data.draw(st.sampled_from("abdlmnrz")))
    assume(len(phonetic_key(text)) > 10 and len(phonetic_key(wrong)) > 10)
    assert keys(text) & keys(wrong)


def test_what_leaves_no_end_of_a_long_word_leads_nowhere() -> None:
    """So that the laws above can fail."""
    assert not keys("bandarmaliban") & keys("bamdarmalimam")


@given(
    st.lists(st.text("abcdefghiklmnoprstuvyz0123", min_size=1, max_size=8), min_size=2, max_size=5)
)
def test_two_neighbours_and_the_word_that_they_make_share_a_key(words: list[str]) -> None:
    """Also where one ends with the letter that the other begins with, or has vowels alone."""
    name = tokenise(" ".join(words), "organization")
    found = {*name_keys(name)}
    for one, other in pairwise(token.text for token in name.tokens):
        if len(one) + len(other) > 3:
            assert joined_key(one + other) in found


# ── similar tokens ────────────────────────────────────────────────────────────────────────────


def units(*names: str, kind: str = "person") -> list[Token]:
    """Their tokens, each once."""
    tokens = [token for name in names for token in tokenise(name, kind).tokens]
    return [*{identity(token): token for token in tokens}.values()]


def test_similar_tokens() -> None:
    """By letters or phonetic key, as the scorer has it; only what the key counts less is estimated."""
    listed = units("Muammar Gaddafi", "Khaled Sharif", "Perez", "Boris", "بيريز")
    similar_tokens = SimilarTokens(listed)

    def similar(text: str) -> dict[str, float]:
        (token,) = tokenise(text, "person").tokens
        found = similar_tokens.find(token)
        return {listed[unit].original or listed[unit].text: how for unit, how in found.items()}

    (token,) = tokenise("gadafi", "person").tokens
    assert similar("gadafi")["gaddafi"] >= token_similarity(token, listed[1], PARAMETERS)[0] > 0.9
    # Arabic has no p and hardly writes vowels: its word for Perez leads to it, and Boris not.
    assert similar("بيريز") == {"perez": PARAMETERS.unvowelled, "بيريز": 1.0}
    assert similar("perez") == {"perez": 1.0, "بيريز": PARAMETERS.unvowelled}


def test_the_same_letters_of_another_role_are_another_unit() -> None:
    """A legal form of firms is a word of persons."""
    firm, person = units("Salam SA", kind="organization"), units("Salam SA", kind="person")
    assert [token.text for token in firm] == [token.text for token in person]
    assert [identity(token) for token in firm] != [identity(token) for token in person]


def test_two_words_in_one() -> None:
    """Rough consonants lead there, and what is similar enough counts a little less than the word.

    Words that share some consonants only are not one written apart, though the scorer might pair them.
    """
    similar_tokens = SimilarTokens(units("Rosoboronexport", "Rosneft", kind="organization"))
    assert similar_tokens.joined("rosoboronexport") == {0: PARAMETERS.joined}
    (how,) = similar_tokens.joined("rosoboronekport").values()
    assert 0.8 * PARAMETERS.joined < how <= PARAMETERS.joined
    assert similar_tokens.joined("rosneftexport") == {}
    assert joined_similarity("alhammadi", "almeida") == 0
    found, _ = token_similarity(word("alhammadi"), word("almeida"), PARAMETERS)
    assert found == PARAMETERS.skeleton


# ── full strings ──────────────────────────────────────────────────────────────────────────────

STRINGS = ["gaddafi", "moammargaddafi", "", "abcd", "gaddafi", "владимир", "bondok", "omars"]


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
        ("abcd", set()),  # too short to be compared
        ("omart", set()),
        ("", set()),
        ("владимер", {5}),
        ("bodnok", {6}),  # two in the middle transposed
    ],
)
def test_similar_strings(text: str, places: set[int]) -> None:
    """Two letters of eight or more, one of six or seven."""
    assert SimilarStrings(STRINGS).find(text) == places
    assert SimilarStrings([]).find(text) == set()


@given(
    st.text("abcdefg", min_size=4, max_size=30),
    st.lists(st.tuples(st.integers(0, 40), WRONG, st.sampled_from("abcdefgx")), max_size=2),
)
@example("abcdef", [(0, "more", "x")])
@example("abcdefg", [(1, "drop", "x"), (0, "drop", "x")])
def test_full_strings_that_the_scorer_accepts_are_found(
    text: str, errors: list[tuple[int, str, str]]
) -> None:
    """Wherever letters are wrong, and as many as the scorer accepts for a name of this length.

    Two transposed letters where a piece ends are wrong in two of the three.
    """
    assume(len(errors) < 2 or all(how != "swap" for _, how, _ in errors))
    wrong = text
    for at, how, letter in errors:
        wrong = mistyped(wrong, at % len(wrong), how, letter)
    listed = tokenise(" ".join(text[at : at + 2] for at in range(0, len(text), 2)), "vessel")
    query = tokenise(wrong, "vessel")
    assume(listed.joined == text)
    assume(Reason.FULL_STRING in align(query, listed).notes)
    assert SimilarStrings([text]).find(query.joined) == {0}


# ── initials ──────────────────────────────────────────────────────────────────────────────────


def test_acronyms() -> None:
    """From so many words on, shorter ones first; legal forms count as words if they are spelled."""
    firm = tokenise("Advanced Systems Research Company", "organization")
    assert acronyms_of(firm) == ["asr", "src", "asrc"]
    assert acronyms_of(firm, 4) == ["asrc"]
    assert acronyms_of(tokenise("Advanced Systems Research Co", "organization")) == ["asr"]
    assert max(map(len, acronyms_of(tokenise("a b c d e f g h i j k", None)))) == 8
