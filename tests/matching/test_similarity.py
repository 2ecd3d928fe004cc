"""Two tokens: the similarity of each way in which they can be paired, and its reason."""

import pytest

from sanctionslib.answers import Reason
from sanctionslib.matching.parameters import PARAMETERS
from sanctionslib.matching.similarity import token_similarity, word_similarity
from sanctionslib.matching.tokens import tokenise


def last(a: str, b: str, kind: str | None) -> tuple[float, Reason]:
    """Of the last tokens of two names."""
    found, reason = token_similarity(
        tokenise(a, kind).tokens[-1], tokenise(b, kind).tokens[-1], PARAMETERS
    )
    return round(found, 4), reason


@pytest.mark.parametrize(
    ("a", "b", "expected", "reason"),
    [
        ("Карст", "Karst", 1.0, Reason.TRANSLITERATION),
        ("Карст", "Карст", 1.0, Reason.EXACT),
        ("Путин", "Путов", 0.6, Reason.SPELLING),  # two letters of five
        ("Петр", "Петров", 0.6667, Reason.SPELLING),  # two of the six of the longer one
        ("Карст", "Κάρστ", 1.0, Reason.TRANSLITERATION),  # two scripts: by their Latin letters
        # .97 of four letters of five, by phonetic key
        ("Карст", "Carsd", 0.776, Reason.TRANSLITERATION),
        ("بغدادي", "Багдади", 0.85, Reason.TRANSLITERATION),
        ("بدر", "Padar", 0.85, Reason.TRANSLITERATION),  # no vowels, and no p, in Arabic
        ("J", "Jose", 0.85, Reason.INITIAL),
        ("J", "Kose", 0.0, Reason.DIFFERENT),
        ("J", "J", 1.0, Reason.EXACT),
        ("Omar", "Umar", 0.97, Reason.TRANSLITERATION),
        ("Bob", "Robert", 0.85, Reason.SYNONYM),
        ("Alec", "Alick", 0.98, Reason.TRANSLITERATION),  # more than two short forms of a name
        ("John", "Ivan", 0.55, Reason.SYNONYM),
        ("John", "Johan", 0.8, Reason.SPELLING),  # more than cognates
        ("Daniel", "Danielle", 0.86, Reason.SPELLING),  # as consonants, more than a short form
        ("Smith", "Smyth", 0.98, Reason.TRANSLITERATION),
        ("Osa", "Usa", 0.85, Reason.TRANSLITERATION),  # the same phonetic key, of three letters
        ("Smith", "Smits", 0.8, Reason.SPELLING),
        ("Gorbat", "Gribet", 0.86, Reason.SPELLING),  # g, r, b, t
        ("Bati", "Bita", 0.5, Reason.SPELLING),  # two consonants tell nothing
    ],
)
def test_words_of_persons(a: str, b: str, expected: float, reason: Reason) -> None:
    """From the other side too."""
    assert last(a, b, "person") == (expected, reason)
    assert last(b, a, "person") == (expected, reason)


@pytest.mark.parametrize(
    ("a", "b", "expected", "reason"),
    [
        ("K Ltd", "K Ltd", 1.0, Reason.EXACT),
        ("K Ltd", "K LLC", 1.0, Reason.LEGAL_FORM),
        ("K Ltd", "K AG", 0.7, Reason.LEGAL_FORM),
        ("K AG", "K Agri", 0.0, Reason.DIFFERENT),
        ("K 44", "K 44", 1.0, Reason.EXACT),
        ("K 44", "K Forty Four", 1.0, Reason.SYNONYM),
        ("K 4", "K 44", 0.0, Reason.DIFFERENT),
        ("K 4", "K Fours", 0.0, Reason.DIFFERENT),
        ("K Intl", "K International", 0.97, Reason.SYNONYM),
        ("Bob", "Robert", 0.3333, Reason.SPELLING),
    ],
)
def test_words_of_firms(a: str, b: str, expected: float, reason: Reason) -> None:
    """Legal forms and numbers are like their own kind only; firms have no short names."""
    assert last(a, b, "organization") == (expected, reason)
    assert last(b, a, "organization") == (expected, reason)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Kim", "Gim", 0.9),  # one Korean syllable
        ("Hyok", "Hyuk", 0.98),  # with the same phonetic key count as such
        ("Kim", "Pak", 0.0),
    ],
)
def test_syllables(a: str, b: str, expected: float) -> None:
    """Romanisations of one syllable, in names that are made of syllables."""
    assert last(f"Ri {a}", f"Ri {b}", "person")[0] == expected


def test_particles() -> None:
    """Those of one class are one; a particle is no word that looks like it, if it is short."""
    assert last("Ali bin", "Ali ibn", "person") == (1.0, Reason.TRANSLITERATION)
    assert last("Ali al", "Ali Ala", "person") == (0.0, Reason.DIFFERENT)
    assert last("Ali Umm", "Ali Umma", "person") == (0.75, Reason.SPELLING)
    assert last("Ali Ben", "Ali Benjamin", "person") == (0.85, Reason.SYNONYM)


def test_words_of_other_letters_are_not_similar() -> None:
    """One letter in four, whatever the phonetic key."""
    assert word_similarity("oyed", "aiud", PARAMETERS)[0] == 0.0
