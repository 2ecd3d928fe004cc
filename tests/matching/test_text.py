"""Letters: the script of each, and the phonetic keys of words."""

import pytest

from sanctionslib.matching.phonetic import consonant_skeleton, phonetic_key
from sanctionslib.matching.text import script_of


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("schmidt", "Cmidt"),
        ("czech", "CiC"),
        ("tchad", "Cad"),
        ("chekhov", "Cihuv"),
        ("djamel", "Jamil"),
        ("dzhamal", "Jamal"),
        ("zhukov", "Jukuv"),
        ("khan", "han"),
        ("ghani", "gani"),
        ("beck", "bik"),
        ("qadir", "kadir"),
        ("philip", "filip"),
        ("dhar", "dar"),
        ("thomas", "tumas"),
        ("katz", "kaz"),
        ("tsar", "zar"),
        ("alexei", "aliksi"),
        ("wali", "vali"),
        ("noor nour", "nur"),
        ("hussein", "husin"),
        ("hannah", "hana"),
        ("bakr", "bakr"),
        ("khaled khalid", "halid"),
        ("yussuf youssouf", "iusuf"),
        ("gadafi gaddafi", "gadafi"),
        ("tchaikovski chaykovsky", "Cikuvski"),
    ],
)
def test_phonetic_keys(words: str, key: str) -> None:
    """What romanisations write in several ways is written in one."""
    assert {phonetic_key(word) for word in words.split()} == {key}


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("khaled", "hld"),
        ("osama usama", "asm"),
        ("wahhab", "vb"),
        ("hussein", "hsn"),
        ("eva", "a"),
        ("muhammad mohammed", "mmd"),
        ("ali", "al"),
        ("oleg", "alg"),
        ("emir amir", "amr"),
    ],
)
def test_consonant_skeletons(words: str, key: str) -> None:
    """The first letter, and of the others the consonants but h and v, which are often left out."""
    assert {consonant_skeleton(word) for word in words.split()} == {key}


@pytest.mark.parametrize(
    ("letters", "script"),
    [
        ("aéßőạ", "L"),
        ("αωἀ", "G"),
        ("аяґ", "C"),
        ("את", "H"),
        ("بپ", "A"),
        ("习㐀\ufa0e", "*"),
        ("김", "가"),
    ],
)
def test_scripts(letters: str, script: str) -> None:
    """Each has its sign, wherever Unicode put its letters."""
    assert {script_of(letter) for letter in letters} == {script}
