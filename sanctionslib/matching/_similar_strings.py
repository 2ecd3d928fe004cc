"""Two indexes of names as full strings: by two edits at most, and by initials."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from zlib import crc32

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from sanctionslib.matching._inverted_index import InvertedIndex
from sanctionslib.matching.parameters import PARAMETERS
from sanctionslib.matching.tokens import TokenisedName, initials_of

_ONE_EDIT = 6
"""Letters of the longer one of two full strings that may differ in one letter, as the scorer has it …"""
_TWO_EDITS = 8
"""… and in two."""


class SimilarStrings:
    """Texts, by their places; those that are short have none.

    With two letters wrong, one of three pieces of a text stays whole, and stands in the other within
    two letters of where it stood. So a text is found by its length and its pieces; a short one, in
    which one letter may be wrong, by its deletion neighbourhood.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._places = InvertedIndex(
            (at, [text]) for at, text in enumerate(texts) if len(text) + 1 >= _ONE_EDIT
        )
        self._texts = InvertedIndex((text, _listed_keys(text)) for text in self._places)

    def find(self, text: str) -> set[int]:
        """The places of the texts that differ in as few letters as the scorer accepts."""
        texts = self._texts.find(_query_keys(text))
        similar: set[str] = set()
        for other, edits, _ in extract(
            text, texts, scorer=OSA.distance, score_cutoff=2, limit=None
        ):
            longer = max(len(other), len(text))
            if longer >= _ONE_EDIT and edits * PARAMETERS.letters_per_edit <= longer:
                similar.add(other)
        return {*self._places.find(similar)}


def _listed_keys(text: str) -> Iterator[int]:
    size = len(text)
    if size < _TWO_EDITS:
        yield from _deletions(text)
    if size + 2 >= _TWO_EDITS:
        for number, (start, end) in enumerate(_thirds(size)):
            yield _piece_key(text[start:end], size, number)


def _query_keys(text: str) -> Iterator[int]:
    size = len(text)
    if size < _TWO_EDITS:
        yield from _deletions(text)
    for length in range(size - 2, size + 3):
        if max(size, length) >= _TWO_EDITS:
            for number, (start, end) in enumerate(_thirds(length)):
                for shift in range(-number, number + 1):
                    yield _piece_key(text[start + shift : end + shift], length, number)


def _deletions(text: str) -> list[int]:
    return [crc32((text[:at] + text[at + 1 :]).encode()) for at in range(len(text) + 1)]


def _piece_key(piece: str, length: int, number: int) -> int:
    return crc32(piece.encode(), 4 * length + number + 1)


@cache
def _thirds(length: int) -> Sequence[tuple[int, int]]:
    third, last = length // 3, length - length // 3
    middle = (third + last) // 2
    return ((0, third), (third, middle), (middle, length))


# ── initials ──────────────────────────────────────────────────────────────────────────────────

_SHORTEST, _LONGEST = 3, 8
"""Letters of an acronym."""
_NO_ACRONYMS = ("person", "vessel", "aircraft")
"""Kinds whose words the scorer pairs with no acronym of three letters or more."""


class Acronyms:
    """Names, by their places, and the initials of their words.

    Tens of thousands of names of companies begin their words with the same few letters, so the keys
    are three initials in a row, and each distinct text of initials stands there once.
    """

    def __init__(self, names: Sequence[TokenisedName]) -> None:
        self._names: defaultdict[str, list[int]] = defaultdict(list)
        for at, name in enumerate(names):
            if len(name.tokens) >= _SHORTEST and name.kind not in _NO_ACRONYMS:
                self._names[initials_of(name.tokens)[1]].append(at)
        self._initials = InvertedIndex(
            (text, [text[at : at + _SHORTEST] for at in range(len(text) - _SHORTEST + 1)])
            for text in self._names
        )

    def find(self, text: str) -> Iterator[int]:
        """The names of which some words in a row have a word's letters for initials."""
        if _SHORTEST <= len(text) <= _LONGEST:
            for initials in self._initials.find([text[:_SHORTEST]]):
                if text in initials:
                    yield from self._names[initials]


def acronyms_of(name: TokenisedName, least: int) -> list[str]:
    """The initials of all words in a row, from `least` of them on."""
    _, initials = initials_of(name.tokens)
    count = len(initials)
    return [
        initials[at : at + size]
        for size in range(least, min(count, _LONGEST) + 1)
        for at in range(count - size + 1)
    ]
