"""Keys: what is alike shares one, and what they lead to is found."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from mistyping import WRONG, mistyped

from sanctionslib.matching._keys import (
    Frame,
    Keys,
    Shelved,
    Shelves,
    class_keys,
    letter_keys,
    name_keys,
    pair_key,
    part_keys,
    unvowelled_key,
)
from sanctionslib.matching.text import sound
from sanctionslib.matching.tokens import Part, Role, prepare


@given(st.dictionaries(st.integers(0, 9), st.lists(st.integers(0, 2**32 - 1) | st.integers(0, 5))))
def test_keys(given: dict[int, list[int]]) -> None:
    """What a key leads to is found, once, and nothing else, however often it was put in."""
    keys = Keys(given.items())
    wanted: dict[int, set[int]] = {}
    for value, several in given.items():
        for key in several:
            wanted.setdefault(key, set()).add(value)
    for key, values in wanted.items():
        assert keys.find([key]) == values
    assert keys.find(wanted) == {*keys.listed(wanted)} == set().union(*wanted.values())
    assert keys.find([7, 2**32]) == wanted.get(7, set())


def test_no_keys() -> None:
    """An empty dictionary finds nothing."""
    assert Keys([]).find([1]) == set()
    assert Keys([(1, [])]).find([1]) == set()


@given(
    st.dictionaries(
        st.integers(0, 9),
        st.lists(st.tuples(st.integers(-1, 2), st.lists(st.integers(0, 3), max_size=3))),
    )
)
def test_shelves(given: dict[int, list[Shelved]]) -> None:
    """A key leads to what was put under it on this shelf, and the same key on others to others."""
    shelves = Shelves(given.items())
    for shelf in range(-1, 4):
        for key in range(4):
            assert shelves.find([(shelf, [key])]) == {
                value
                for value, shelved in given.items()
                if any(one == shelf and key in keys for one, keys in shelved)
            }
    assert shelves.find([(0, [1]), (1, [2, 3])]) == (
        shelves.find([(0, [1])]) | shelves.find([(1, [2])]) | shelves.find([(1, [3])])
    )
    assert shelves.find([]) == set()
    assert shelves.listed([]) == []


def stands(part: Part) -> list[Shelved]:
    """Where a word stands by its letters."""
    return letter_keys(part, sound(part.text))


def flat(shelved: Iterable[Shelved]) -> set[tuple[int, int]]:
    """Each key with its shelf."""
    return {(shelf, key) for shelf, keys in shelved for key in keys}


def meet(one: Part, other: Part) -> bool:
    """Whether one word is found by the other."""
    return not flat(stands(one)).isdisjoint(flat(stands(other)))


def word(text: str) -> Part:
    return Part(text, Role.WORD, 1.0, 1.0, plainness=2)


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=12), st.data())
def test_one_wrong_letter_leaves_a_key(text: str, data: st.DataObject) -> None:
    """Whatever it does to the sound: "gaddxfi" has one sound more than "gaddafi"."""
    at = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    wrong = mistyped(text, at, data.draw(WRONG), letter)
    assume(len(sound(text)) <= 10 and len(sound(wrong)) <= 10)
    assert meet(word(text), word(wrong))


@given(st.text("abdlmnrz", min_size=9, max_size=20), st.data())
def test_a_wrong_letter_leaves_one_end_of_a_long_word(text: str, data: st.DataObject) -> None:
    """Which is a key: long words have no others but for their letters and sounds as a whole."""
    at = data.draw(st.integers(0, len(text) - 1))
    wrong = mistyped(text, at, data.draw(WRONG), data.draw(st.sampled_from("abdlmnrz")))
    assume(len(sound(text)) > 10 and len(sound(wrong)) > 10)
    assert meet(word(text), word(wrong))


def test_what_leaves_no_end_of_a_long_word_leads_nowhere() -> None:
    """So that the laws above can fail."""
    text, wrong = "bandarmaliban", "bamdarmalimam"
    assert not meet(word(text), word(wrong))


LETTERS = st.text("abcdefghiklmnoprstuvyz0123", min_size=1, max_size=8)


@given(st.lists(LETTERS, min_size=2, max_size=5))
def test_two_neighbours_and_the_word_that_they_make_share_a_key(words: list[str]) -> None:
    """Also where one ends with the letter that the other begins with, or has vowels alone."""
    name = prepare(" ".join(words), "organization")
    known: dict[str, Frame] = {}
    keys = name_keys(name, known)
    assert keys == name_keys(name, known), "what is remembered changes nothing"
    texts = [part.text for part in name.parts]
    for one, other in pairwise(texts):
        if len(one) + len(other) > 3:
            assert pair_key(one + other) in keys


def test_letters_of_several_bytes_are_letters() -> None:
    """Which those are that have no transliteration."""
    name = prepare("ʔʕ ʕʔʕ ʔʔ", "organization")
    one, other, last = [part.text for part in name.parts]
    assert name_keys(name, {}) == [pair_key(one + other), pair_key(other + last)]


def test_kinds_of_keys_do_not_meet() -> None:
    """A word is not found as consonants, or two words in one."""
    keys = {unvowelled_key("bdl"), pair_key("bdl")}
    assert len(keys | {key for _, key in flat(stands(word("bdl")))}) == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gaddafi", "gadafi"),  # a letter less
        ("gaddafi", "gaddxfi"),  # another letter
        ("gaddafi", "gadadfi"),  # two that changed places
        ("khaled", "halid"),  # one sound
        ("mohammed", "muhamad"),
        ("sergey", "serguei"),
        ("ivan", "wan"),
    ],
)
def test_words_that_are_alike_share_a_key(one: str, other: str) -> None:
    """So that one is found by the other."""
    (part,), (wrong,) = (prepare(text, "person").parts for text in (one, other))
    assert meet(part, wrong)


@pytest.mark.parametrize(
    ("text", "sets"), [("omar", 1), ("cruz", 1), ("khalid", 2), ("jassim", 2), ("maksim", 1)]
)
def test_a_word_that_is_its_sound_has_half_of_the_keys(text: str, sets: int) -> None:
    """But for letters that are always heard alike: c and k, o and u."""
    assert len(stands(word(text))) == 2 * sets


def test_classes_are_keys() -> None:
    """Words without a letter in common have their class: of synonyms, of spellings, of names."""
    for kind, one, other in (
        ("organization", "trading", "ticaret"),
        ("organization", "fifteen", "15"),
        ("person", "yusuf", "joseph"),
        ("person", "bill", "william"),
    ):
        first, second = (prepare(f"{text} zzz", kind).parts[0] for text in (one, other))
        assert {*class_keys(first)} & {*class_keys(second)}, (one, other)


def test_words_without_vowels_stand_under_their_consonants() -> None:
    """Arabic has no p, and leaves vowels out: بيريز is Perez."""
    arabic, latin = (prepare(name, "person").parts[0] for name in ("بيريز", "Perez"))
    assert unvowelled_key(latin.text) in part_keys(arabic, {})
    assert unvowelled_key(latin.text) not in part_keys(latin, {})
