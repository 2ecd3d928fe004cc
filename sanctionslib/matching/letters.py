"""Text → words: letters set right, and keys under which spellings of one name fall together.

Unicode in one form, no case, no accents, no invisible characters; look-alike letters of another
alphabet set right; apostrophes closed (Yo'ng-kil), hyphens opened, dotted letters joined (A.B.C.).
Words in other scripts than Latin are kept as they are beside a transliteration by anyascii.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from sanctionslib.matching import tables

__all__ = [
    "BY_LETTER",
    "bare",
    "bones",
    "bones_of",
    "consonants",
    "is_unvowelled",
    "script_of",
    "sound",
    "words_of",
]

# ── text → words ──────────────────────────────────────────────────────────────────────────────

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʻʼʽ`´ʹʿʾ′＇"))
"""Taken out before anything else: ´ would fall into a blank and a mark."""
_DOTTED = re.compile(r"(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])\.?")
"""Letters with dots between: A.B.C., S.A.; Ph.D. is none."""
_ASCII_WORD = re.compile("[a-z0-9]+")
_CYRILLIC, _LATIN = "авекмнорстухіјѕ", "abekmhopctyxijs"
_ALIKE = str.maketrans(_CYRILLIC + "αβεικνορτυχη", _LATIN + "abeikvoptuxn")
"""Small letters of Cyrillic and Greek that look like Latin ones."""
_BACK = str.maketrans(_LATIN, _CYRILLIC)
_ACCENTED = frozenset("LGCHA")
"""Scripts whose marks are accents, or vowels that mostly are not written (Hebrew, Arabic)."""
_ARTICLE = "ال"
"""The Arabic article, which is written in one with its word there, and apart in Latin letters."""
BY_LETTER = frozenset("*가")
"""Scripts that are written without blanks, a syllable or word each letter: Han, Hangul."""


def script_of(char: str) -> str:
    """The script of a letter, by one character.

    L(atin), G(reek), C(yrillic), H(ebrew), A(rabic), * for Han, 가 for Hangul; else the block.
    """
    code = ord(char)
    if code < 0x2B0 or 0x1E00 <= code < 0x1F00:
        return "L"
    for first, last, script in _BLOCKS:
        if first <= code < last:
            return script
    return chr(code & 0xFF80)


_BLOCKS = (
    (0x370, 0x400, "G"),
    (0x400, 0x530, "C"),
    (0x590, 0x600, "H"),
    (0x600, 0x780, "A"),
    (0x1F00, 0x2000, "G"),
    (0x3400, 0xA000, "*"),
    (0xAC00, 0xD7B0, "가"),
    (0xF900, 0xFB00, "*"),
)


def _one_alphabet(word: str) -> str:
    """A word with letters of several alphabets, in one: nobody writes so but to deceive."""
    scripts = [script_of(char) for char in word if char.isalpha()]
    kinds = set(scripts)
    if len(kinds) < 2 or not kinds <= {"L", "C", "G"}:
        return word
    if scripts.count("C") * 2 > len(scripts):
        turned = word.translate(_BACK)
        if all(script_of(char) == "C" for char in turned if char.isalpha()):
            return turned
    return word.translate(_ALIKE)


def _without_marks(word: str) -> str:
    if all(script_of(char) in _ACCENTED or unicodedata.combining(char) for char in word):
        plain = unicodedata.normalize("NFKD", word)
        return "".join(char for char in plain if not unicodedata.combining(char))
    return word


@lru_cache(maxsize=100_000)
def _spelled(word: str) -> tuple[str, str]:
    """A small word that is not ASCII: in ASCII letters, and as it is where it is not Latin."""
    right = _without_marks(_one_alphabet(word))
    if right.isascii():
        return right, ""
    plain = "".join(char for char in anyascii(right).lower() if char.isalnum())
    own = "" if all(script_of(char) == "L" for char in right if char.isalpha()) else right
    return plain or right, own


def words_of(text: str, dotted_apart: bool) -> list[tuple[str, str]]:
    """The words of a text: in ASCII, and in their own script where that is not Latin."""
    if text.isascii():
        small = text.lower().replace("'", "").replace("`", "")
    else:
        small = unicodedata.normalize("NFKC", text.translate(_APOSTROPHES)).casefold()
        small = "".join(map(_kept, small))
    if "." in small and not dotted_apart:
        small = _DOTTED.sub(lambda found: found[0].replace(".", "") + " ", small)
    if "&" in small:
        small = small.replace("&", " and ")
    if small.isascii():
        return [(word, "") for word in _ASCII_WORD.findall(small)]
    found: list[tuple[str, str]] = []
    for word in small.split():
        if word.isascii():
            found.extend((each, "") for each in _ASCII_WORD.findall(word))
        elif (spelled := _spelled(word))[1] and script_of(word[0]) in BY_LETTER and len(word) < 13:
            found += [each for char in word if (each := _spelled(char))[0]]
        elif (
            spelled[1].startswith(_ARTICLE)
            and len(spelled[1]) > len(_ARTICLE) + 1
            and spelled[1] not in tables.names()
        ):
            found += [_spelled(_ARTICLE), _spelled(spelled[1].removeprefix(_ARTICLE))]
        elif spelled[0]:
            found.append(spelled)
    return found


@lru_cache(maxsize=20_000)
def _kept(char: str) -> str:
    """A character of a name: letters, marks and digits as they are, nothing for invisible ones."""
    if char.isalnum() or char in ".&":
        return char
    category = unicodedata.category(char)
    return char if category[0] == "M" else "" if category == "Cf" else " "


# ── words → keys ──────────────────────────────────────────────────────────────────────────────

_SOUNDS = (
    ("tsch", "C"),
    ("tch", "C"),
    ("sch", "C"),
    ("sh", "C"),
    ("cz", "C"),
    ("ch", "C"),
    ("dzh", "J"),
    ("zh", "J"),
    ("dj", "J"),
    ("j", "J"),
    ("kh", "h"),
    ("gh", "g"),
    ("ck", "k"),
    ("c", "k"),
    ("q", "k"),
    ("ph", "f"),
    ("dh", "d"),
    ("th", "t"),
    ("tz", "z"),
    ("ts", "z"),
    ("x", "ks"),
    ("w", "v"),
    ("ou", "u"),
    ("oo", "u"),
    ("o", "u"),
    ("ay", "I"),
    ("ai", "I"),
    ("ei", "I"),
    ("ey", "I"),
    ("ee", "I"),
    ("y", "i"),
    ("e", "i"),
    ("I", "i"),  # only now: "aay" is two sounds
)
"""What is written so, and heard so; one after the other."""
_WITHOUT_H = tuple(pair for pair in _SOUNDS if "h" not in pair[0])
"""Those that a word without an h may have."""
_DOUBLED = re.compile(r"(.)(?=\1)")


@lru_cache(maxsize=200_000)
def sound(text: str) -> str:
    """A key under which the romanisations of one name fall together.

    >>> sound("khaled") == sound("khalid"), sound("yussuf"), sound("youssouf")
    (True, 'iusuf', 'iusuf')
    """
    # One after the other is faster than expressions, by half.
    for written, heard in _SOUNDS if "h" in text else _WITHOUT_H:
        if written in text:
            text = text.replace(written, heard)
    text = _DOUBLED.sub("", text)
    return text[:-1] if text.endswith(("ah", "ih", "uh")) else text


@lru_cache(maxsize=1 << 15)
def bones(text: str) -> str:
    """The first letter and the consonants of `sound`: vowels are what romanisations differ in.

    >>> bones("mohammed"), bones("muhammad"), bones("usama") == bones("osama")
    ('mmd', 'mmd', True)
    """
    return bones_of(sound(text))


def bones_of(heard: str) -> str:
    """The same of a word's `sound`."""
    first = "a" if heard[:1] in "aiu" else heard[:1]
    rest = heard[1:]
    for soft in "aiuhv":
        rest = rest.replace(soft, "")
    return first + rest


_ARABIC = str.maketrans("pvgc", "bfjk")
"""Letters that Arabic has not, and writes as others."""


def is_unvowelled(word: str) -> bool:
    """Whether a word is in letters that mostly leave vowels out: Arabic, Hebrew."""
    return bool(word) and script_of(word[0]) in "AH"


@lru_cache(maxsize=1 << 14)
def consonants(text: str) -> str:
    """What Arabic and Hebrew letters keep of a word; with no vowel between, two are one there.

    >>> consonants("perez") == consonants("byryz")  # as anyascii reads the Arabic one
    True
    """
    return bare(bones(text))


def bare(frame: str) -> str:
    """The `consonants` of a word, from its `bones`."""
    return _DOUBLED.sub("", frame.translate(_ARABIC))
