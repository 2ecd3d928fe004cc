"""The distinct tokens and full strings of many names, and which of them are similar to one.

Each distinct token (a unit) has some twenty blocking keys, so that one with a typing error, in
another romanisation or of the same meaning is found without a look at the others. Full strings are
found that differ in two letters at most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from functools import cache
from zlib import crc32

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from sanctionslib.matching._blocking import (
    InvertedIndex,
    class_keys,
    joined_key,
    letter_keys,
    listed_keys,
    unvowelled_key,
    word_key,
)
from sanctionslib.matching.parameters import PARAMETERS
from sanctionslib.matching.phonetic import (
    consonant_skeleton,
    phonetic_key,
    unvowelled_skeleton,
)
from sanctionslib.matching.similarity import token_similarity, word_similarity
from sanctionslib.matching.text import is_unvowelled
from sanctionslib.matching.tokens import PLAIN, Token

_MIN_SIMILAR = 0.6
"""Tokens less similar than this are not similar."""
_MIN_JOINED = 0.8
"""Two words that are one in the other name are as similar to it as this …"""
_MIN_JOINED_LETTERS = 0.5
"""… and their letters as this: "Al-Hammadi" and "Almeida" share some consonants only."""
_WORDS = ("word", "particle")
_letters = OSA.normalized_similarity


def identity(token: Token) -> Hashable:
    """What makes a token a unit: all that its similarity to others depends on."""
    if token.plainness == PLAIN:
        return token.text
    return (
        token.text,
        token.original,
        token.role,
        token.canonical,
        token.variant_of,
        token.nickname_of,
        token.cognate_of,
        token.syllables,
    )


def joined_similarity(joined: str, text: str) -> float:
    """The similarity of two words written together and a single one; 0 if it is too low."""
    if joined == text:
        return 1.0
    if not _letters(joined, text, score_cutoff=_MIN_JOINED_LETTERS):
        return 0.0
    how, _ = word_similarity(joined, text, PARAMETERS)
    return how if how >= _MIN_JOINED else 0.0


class SimilarTokens:
    """Units, by their places, and those that are similar to a token.

    Args:
        units: Tokens, no two of one `identity`.
    """

    def __init__(self, units: Sequence[Token]) -> None:
        self._units = units
        self.texts = [token.text for token in units]
        """Their letters."""
        self.initials: defaultdict[str, list[int]] = defaultdict(list)
        """Letter → the units that are this initial."""
        self._by_skeleton: defaultdict[str, list[int]] = defaultdict(list)
        self._by_unvowelled_skeleton: Mapping[str, Sequence[int]] | None = None
        self._phonetic = [phonetic_key(text) for text in self.texts]
        for unit, token in enumerate(units):
            if token.role == "initial":
                self.initials[token.text].append(unit)
            self._by_skeleton[consonant_skeleton(token.text)].append(unit)
        self._by_letters = InvertedIndex((at, letter_keys(token)) for at, token in enumerate(units))
        self._by_class = InvertedIndex((at, listed_keys(token)) for at, token in enumerate(units))

    def find(self, token: Token) -> dict[int, float]:
        """Units that are similar to a token → their similarity."""
        similar = self._by_spelling(token)
        units = {*self._by_class.find(class_keys(token))}
        if is_unvowelled(token.original):
            units.update(
                unit
                for unit in self._unvowelled(token.text)
                if not is_unvowelled(self._units[unit].original)
            )
        else:
            units.update(self._by_class.find([unvowelled_key(token.text)]))
        more: dict[int, float] = {}
        for unit in units:
            how, _ = token_similarity(token, self._units[unit], PARAMETERS)
            if how >= _MIN_SIMILAR and how > similar.get(unit, 0.0):
                more[unit] = how
        return similar | more if more else similar

    def _by_spelling(self, token: Token) -> dict[int, float]:
        """Units that are similar by letters, phonetic key and consonant skeleton alone."""
        units = {*self._by_letters.find(letter_keys(token))}
        similar = self.closest(token.text, [*units], _MIN_SIMILAR)
        if token.role in _WORDS and len(skeleton := consonant_skeleton(token.text)) > 2:
            for unit in self._by_skeleton.get(skeleton, ()):
                if similar.get(unit, 0.0) < PARAMETERS.skeleton:
                    similar[unit] = PARAMETERS.skeleton
        return similar

    def _unvowelled(self, text: str) -> Sequence[int]:
        """Units of the same consonants; their index is made for the first Arabic or Hebrew word."""
        # No `cached_property`: its lock in Python 3.11 stays locked in a process that is forked
        # while a thread is within. Two threads make the same, and either may be kept.
        if self._by_unvowelled_skeleton is None:
            found: defaultdict[str, list[int]] = defaultdict(list)
            for unit, listed in enumerate(self.texts):
                found[unvowelled_skeleton(listed)].append(unit)
            self._by_unvowelled_skeleton = found
        return self._by_unvowelled_skeleton.get(unvowelled_skeleton(text), ())

    def joined(self, text: str) -> dict[int, float]:
        """Units that are two words written together → their similarity."""
        return {
            unit: how * PARAMETERS.joined
            for unit in {*self._by_class.find([joined_key(text)])}
            if (how := joined_similarity(text, self.texts[unit]))
        }

    def acronyms(self, text: str) -> dict[int, float]:
        """Units that are exactly these letters, the initials of words → their similarity."""
        units = {*self._by_letters.find([word_key(text)])}
        return {unit: PARAMETERS.acronym for unit in units if self.texts[unit] == text}

    def closest(self, text: str, units: Sequence[int], least: float) -> dict[int, float]:
        """Those of the units that are similar to a word by letters or phonetic key."""
        found: dict[int, float] = {}
        if not units:
            return found
        for query, texts in ((text, self.texts), (phonetic_key(text), self._phonetic)):
            choices = [texts[unit] for unit in units]
            for _, how, at in extract(
                query, choices, scorer=_letters, score_cutoff=least, limit=None
            ):
                unit = units[at]
                if how > found.get(unit, 0.0):
                    found[unit] = how
        return found


# ── full strings ──────────────────────────────────────────────────────────────────────────────

_ONE_EDIT = 6
"""Letters of the longer one of two full strings that may differ in one letter, as the scorer has it …"""
_TWO_EDITS = 8
"""… and in two."""


class SimilarStrings:
    """Texts, and the places of those that are similar to one; short texts are not found.

    With two letters wrong, one of three pieces of a text stays whole, and stands in the other within
    two letters of where it stood. So a text is found by its length and its pieces; a short one, in
    which one letter may be wrong, by its deletion neighbourhood.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        places: defaultdict[str, list[int]] = defaultdict(list)
        for at, text in enumerate(texts):
            if len(text) + 1 >= _ONE_EDIT:
                places[text].append(at)
        self._places = {text: tuple(several) for text, several in places.items()}
        self._texts = InvertedIndex((text, _listed_keys(text)) for text in places)

    def find(self, text: str) -> set[int]:
        """The places of the texts that differ in as few letters as the scorer accepts."""
        found: set[int] = set()
        for other, edits, _ in extract(
            text,
            self._texts.find(_query_keys(text)),
            scorer=OSA.distance,
            score_cutoff=2,
            limit=None,
        ):
            longer = max(len(other), len(text))
            if longer >= _ONE_EDIT and edits * PARAMETERS.letters_per_edit <= longer:
                found.update(self._places[other])
        return found


def _listed_keys(text: str) -> list[int]:
    size = len(text)
    found = _deletions(text) if size < _TWO_EDITS else []
    if size + 2 >= _TWO_EDITS:
        found += [crc32(text[start:end].encode(), seed) for seed, start, end in _thirds(size)]
    return found


def _query_keys(text: str) -> list[int]:
    size = len(text)
    found = _deletions(text) if size < _TWO_EDITS else []
    for length in range(size - 2, size + 3):
        if max(size, length) < _TWO_EDITS:
            continue
        longer = size - length
        for number, (seed, start, end) in enumerate(_thirds(length)):
            # One of the whole pieces has at most one edit for each piece before and after it.
            rest = 2 - number
            for shift in range(max(-number, longer - rest), min(number, longer + rest) + 1):
                found.append(crc32(text[start + shift : end + shift].encode(), seed))
    return found


def _deletions(text: str) -> list[int]:
    return [crc32((text[:at] + text[at + 1 :]).encode()) for at in range(len(text) + 1)]


@cache
def _thirds(length: int) -> Sequence[tuple[int, int, int]]:
    """The pieces of a text of this length: what their check sums continue, their start and end."""
    third, last = length // 3, length - length // 3
    middle = (third + last) // 2
    pieces = ((0, third), (third, middle), (middle, length))
    return [(4 * length + at, start, end) for at, (start, end) in enumerate(pieces, start=1)]
