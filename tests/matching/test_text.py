"""Letters: the script of each, and the phonetic keys of words."""

import pytest

from sanctionslib.matching.phonetic import consonant_skeleton, phonetic_key
from sanctionslib.matching.text import script_of


@pytest.mark.parametrize(
    ("word", "key"),
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
        ("noor", "nur"),
        ("nour", "nur"),
        ("hussein", "husin"),
        ("hannah", "hana"),
        ("bakr", "bakr"),
        ("khaled", "halid"),
        ("khalid", "halid"),
        ("yussuf", "iusuf"),
        ("youssouf", "iusuf"),
        ("gadafi", "gadafi"),
        ("gaddafi", "gadafi"),
        ("tchaikovski", phonetic_key("chaykovsky")),
    ],
)
def test_phonetic_keys(word: str, key: str) -> None:
    """What romanisations write in several ways is written in one."""
    assert phonetic_key(word) == key


@pytest.mark.parametrize(
    ("word", "key"),
    [
        *[("khaled", "hld"), ("osama", "asm"), ("wahhab", "vb"), ("hussein", "hsn"), ("eva", "a")],
        *[("muhammad", "mmd"), ("mohammed", "mmd"), ("usama", "asm"), ("ali", "al")],
        *[("oleg", "alg"), ("emir", "amr"), ("amir", "amr")],
    ],
)
def test_consonant_skeletons(word: str, key: str) -> None:
    """The first letter, and of the others the consonants but h and v, which are often left out."""
    assert consonant_skeleton(word) == key


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
