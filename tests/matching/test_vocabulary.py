"""The dictionary of parts: which are like a word, and how much."""

from __future__ import annotations

import pytest

from sanctionslib.matching._vocabulary import Vocabulary, as_one, identity
from sanctionslib.matching.similarity import likeness
from sanctionslib.matching.tokens import Part, Role, prepare
from sanctionslib.matching.parameters import PARTS_1


def units(*names: str, kind: str = "person") -> list[Part]:
    """Their parts, each once."""
    parts = [part for name in names for part in prepare(name, kind).parts]
    return [*{identity(part): part for part in parts}.values()]


def word(text: str) -> Part:
    return Part(text, Role.WORD, 1.0, 1.0, plainness=2)


LISTED = units(
    "Muammar Gaddafi",
    "Khaled Sharif",
    "William Dupont",
    "Bandarmaliban",
    "A. Lugo",
    "بيريز",
    "Пётр",
    "Ostad Dupont",
)


def near(text: str, least: float = 0.0) -> dict[str, float]:
    """What a word is near to, by the listed text."""
    (part,) = prepare(text, "person").parts
    found = Vocabulary(LISTED, {}).near(part)
    return {LISTED[unit].text: how for unit, how in found.items() if how >= least}


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("gadafi", "gaddafi"),
        ("gaddxfi", "gaddafi"),
        ("qadhafi", "gaddafi"),
        ("moammer", "muammar"),
        ("halid", "khaled"),
        ("bill", "william"),  # a short form
        ("bandarmalimam", "bandarmaliban"),  # its end is wrong
        ("bamtarmaliban", "bandarmaliban"),  # or its beginning
        ("perez", "byryz"),  # as anyascii reads the Arabic word
        ("pyotr", "petr"),
        ("ostaf", "ostad"),  # a title
    ],
)
def test_what_a_word_is_like(text: str, listed: str) -> None:
    """One of the listed parts, and none of the others."""
    assert [*near(text)] == [listed]


def test_a_word_in_arabic_letters_is_like_its_consonants() -> None:
    """Arabic has no p and hardly writes vowels: its word for Perez leads to it, and Boris not."""
    listed = units("Perez", "Boris", "بيريز")
    (part,) = prepare("بيريز", "person").parts
    near = Vocabulary(listed, {}).near(part)
    assert {listed[unit].own or listed[unit].text: how for unit, how in near.items()} == {
        "perez": PARTS_1.unvowelled,
        "بيريز": 1.0,
    }


def test_how_much_is_what_the_scorer_says() -> None:
    """By letters or by sound, the better one; only what sound alone does not count is estimated."""
    (part,) = prepare("gadafi", "person").parts
    (unit,) = (one for one in LISTED if one.text == "gaddafi")
    assert near("gadafi")["gaddafi"] >= likeness(part, unit, PARTS_1)[0] > 0.9


def test_the_same_letters_of_another_role_are_another_unit() -> None:
    """A legal form of firms is a word of persons."""
    firm, person = units("Salam SA", kind="organization"), units("Salam SA", kind="person")
    assert [part.text for part in firm] == [part.text for part in person]
    assert [identity(part) for part in firm] != [identity(part) for part in person]


def test_words_that_share_some_consonants_are_not_one_written_apart() -> None:
    """Though the scorer might take them for the same."""
    assert as_one("alhammadi", "almeida") == 0
    assert likeness(word("alhammadi"), word("almeida"), PARTS_1)[0] == PARTS_1.bones


def test_two_words_in_one() -> None:
    """Rough consonants lead there, and what is alike enough counts a little less than the word."""
    vocabulary = Vocabulary(units("Rosoboronexport", "Rosneft", kind="organization"), {})
    assert vocabulary.joined("rosoboronexport") == {0: PARTS_1.joined}
    (how,) = vocabulary.joined("rosoboronekport").values()
    assert 0.8 * PARTS_1.joined < how <= PARTS_1.joined
    assert vocabulary.joined("rosneftexport") == {}
    assert as_one("rosneft", "rosneft") == 1
    assert as_one("rosneft", "rosoboron") == 0


def test_initials_and_acronyms() -> None:
    """Initials are known by their letter, acronyms by all of theirs."""
    vocabulary = Vocabulary(LISTED, {})
    (initial,) = vocabulary.initials["a"]
    assert LISTED[initial].role is Role.INITIAL
    assert vocabulary.initials.keys() == {"a"}
    found = vocabulary.acronyms("lugo")
    assert [LISTED[unit].text for unit in found] == ["lugo"]
    assert vocabulary.acronyms("lug") == {}


def test_close_among_some() -> None:
    """Of given units alone, from a given likeness on."""
    vocabulary = Vocabulary(LISTED, {})
    every = range(len(LISTED))
    assert vocabulary.close("gaddafi", [], 0.1) == {}
    assert [LISTED[one].text for one in vocabulary.close("gaddafi", every, 0.9)] == ["gaddafi"]
    assert set(vocabulary.close("gaddafi", every, 0.2)) > set(
        vocabulary.close("gaddafi", every, 0.5)
    )
