"""Text → words: Unicode in one form, without case, accents and invisible characters.

Look-alike letters of another alphabet are replaced; apostrophes are removed (Yo'ng-kil), hyphens
divide words, dotted letters are joined (A.B.C.). A word in another script than Latin is kept beside
its transliteration by anyascii.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from sanctionslib.matching import tables

__all__ = ["UNSPACED", "Word", "is_unvowelled", "script_of", "words_of"]

Word = tuple[str, str]
"""A word in ASCII, and in its own script where that is not Latin."""

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʻʼʽ`´ʹʿʾ′＇"))
"""Removed before anything else: NFKC makes a blank and a mark of ´."""
UNSPACED = frozenset("*가")
"""Scripts that are written without blanks, each character a word or syllable: Han, Hangul."""
_DOTTED = re.compile(r"(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])\.?")
"""Letters with dots between: A.B.C., S.A., but not Ph.D."""
_ASCII_WORD = re.compile("[a-z0-9]+")
_CYRILLIC, _LATIN = "авекмнорстухіјѕ", "abekmhopctyxijs"
_TO_LATIN = str.maketrans(_CYRILLIC + "αβεικνορτυχη", _LATIN + "abeikvoptuxn")
"""Small letters of Cyrillic and Greek that look like Latin ones."""
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_WITH_ACCENTS = frozenset("LGCHA")
"""Scripts whose marks are accents, or vowels that mostly are not written (Hebrew, Arabic)."""
_ARTICLE = "ال"
"""The Arabic article, which is joined to its word there, and apart in Latin letters."""
_SCRIPTS = (
    (0, 0x2B0, "L"),
    (0x1E00, 0x1F00, "L"),
    (0x370, 0x400, "G"),
    (0x400, 0x530, "C"),
    (0x590, 0x600, "H"),
    (0x600, 0x780, "A"),
    (0x1F00, 0x2000, "G"),
    (0x3400, 0xA000, "*"),
    (0xAC00, 0xD7B0, "가"),
    (0xF900, 0xFB00, "*"),
)


@lru_cache(maxsize=20_000)
def script_of(char: str) -> str:
    """The script of a letter, by one character.

    L(atin), G(reek), C(yrillic), H(ebrew), A(rabic), * for Han, 가 for Hangul; else the block.
    """
    code = ord(char)
    for first, last, script in _SCRIPTS:
        if first <= code < last:
            return script
    return chr(code & 0xFF80)


def is_unvowelled(word: str) -> bool:
    """Whether a word is in a script that mostly leaves vowels out: Arabic, Hebrew."""
    return bool(word) and script_of(word[0]) in "AH"


def words_of(text: str, keep_dotted: bool) -> list[Word]:
    """The words of a text; letters with dots between are one, or each one, as initials are."""
    if text.isascii():
        small = text.lower().replace("'", "").replace("`", "")
    else:
        small = unicodedata.normalize("NFKC", text.translate(_APOSTROPHES)).casefold()
        small = "".join(map(_kept, small))
    if "." in small and not keep_dotted:
        small = _DOTTED.sub(lambda found: found[0].replace(".", "") + " ", small)
    if "&" in small:
        small = small.replace("&", " and ")
    if small.isascii():
        return [(word, "") for word in _ASCII_WORD.findall(small)]
    found: list[Word] = []
    for word in small.split():
        if word.isascii():
            found += [(each, "") for each in _ASCII_WORD.findall(word)]
            continue
        plain, original = _transliterated(word)
        if original and script_of(word[0]) in UNSPACED and len(word) < 13:
            found += [each for char in word if (each := _transliterated(char))[0]]
        elif (
            original.startswith(_ARTICLE)
            and len(original) > len(_ARTICLE) + 1
            and original not in tables.names()
        ):
            found += map(_transliterated, (_ARTICLE, original.removeprefix(_ARTICLE)))
        elif plain:
            found.append((plain, original))
    return found


@lru_cache(maxsize=20_000)
def _kept(char: str) -> str:
    """A character of a name: letters, marks and digits as they are, nothing for invisible ones."""
    if char.isalnum() or char in ".&":
        return char
    category = unicodedata.category(char)
    return char if category[0] == "M" else "" if category == "Cf" else " "


@lru_cache(maxsize=100_000)
def _transliterated(word: str) -> Word:
    """A small word that is not ASCII."""
    right = _without_marks(_one_alphabet(word))
    if right.isascii():
        return right, ""
    plain = "".join(filter(str.isalnum, anyascii(right).lower()))
    is_latin = all(script_of(char) == "L" for char in right if char.isalpha())
    return plain or right, "" if is_latin else right


def _one_alphabet(word: str) -> str:
    """A word of letters of several alphabets in one: it is written so only to deceive."""
    scripts = [script_of(char) for char in word if char.isalpha()]
    kinds = set(scripts)
    if len(kinds) < 2 or not kinds <= {"L", "C", "G"}:
        return word
    if scripts.count("C") * 2 > len(scripts):
        cyrillic = word.translate(_TO_CYRILLIC)
        if all(script_of(char) == "C" for char in cyrillic if char.isalpha()):
            return cyrillic
    return word.translate(_TO_LATIN)


def _without_marks(word: str) -> str:
    if all(script_of(char) in _WITH_ACCENTS or unicodedata.combining(char) for char in word):
        plain = unicodedata.normalize("NFKD", word)
        return "".join(char for char in plain if not unicodedata.combining(char))
    return word
