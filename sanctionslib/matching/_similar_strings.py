"""Two indexes of names as full strings: by two edits at most, and by initials."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from zlib import crc32

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from sanctionslib.matching._inverted_index import InvertedIndex
from sanctionslib.matching.parameters import PARAMETERS
from sanctionslib.matching.tokens import Role, TokenisedName

__all__ = ["Acronyms", "SimilarStrings", "acronyms_of"]

_MIN_LENGTH = 5
"""Letters from which on full strings are compared, as the scorer does: the longer one has more …"""
_TWO_EDITS = 8
"""… and this many if two letters differ."""
_Piece = tuple[int, int, int]
"""Number of a piece of a text, its start and its end."""


class SimilarStrings:
    """Texts, by their places; those that are short have none.

    With two letters wrong, one of three pieces of a text stays whole, and stands in the other within
    two letters of where it stood. So a text is found by its length and its pieces.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._places = InvertedIndex(
            (at, [text]) for at, text in enumerate(texts) if len(text) >= _MIN_LENGTH
        )
        self._texts = InvertedIndex(
            (text, _keys(text, len(text), _pieces(len(text)))) for text in self._places
        )

    def find(self, text: str) -> set[int]:
        """The places of the texts that differ in as few letters as the scorer accepts."""
        size = len(text)
        keys = (
            key
            for length, pieces in _windows(size).items()
            for key in _keys(text, length, pieces)
        )
        found = extract(
            text, self._texts.find(keys), scorer=OSA.distance, score_cutoff=2, limit=None
        )
        similar = {
            other
            for other, edits, _ in found
            if edits * PARAMETERS.letters_per_edit <= max(len(other), size)
        }
        return {*self._places.find(similar)}


def _keys(text: str, length: int, pieces: Iterable[_Piece]) -> list[int]:
    """The check sums of some pieces of a text, which are those of a text of this length."""
    if text.isascii():
        data = text.encode()
        return [crc32(data[start:end], length * 8 + number) for number, start, end in pieces]
    return [crc32(text[start:end].encode(), length * 8 + number) for number, start, end in pieces]


@cache
def _pieces(length: int) -> tuple[_Piece, ...]:
    """The pieces of a text of this length by which it is found."""
    return _thirds(length) + _ends(length)


def _thirds(length: int) -> tuple[_Piece, ...]:
    """Three pieces: with two letters wrong, one of them stays whole."""
    if length + 2 < _TWO_EDITS:
        return ()
    third, most = length // 3, length - length // 3
    middle = (third + most) // 2
    return ((0, 0, third), (1, third, middle), (2, middle, length))


def _ends(length: int) -> tuple[_Piece, ...]:
    """Begin and end, with a letter or two between: with one wrong, one of them stays whole."""
    if length >= _TWO_EDITS:
        return ()
    size = (length - 1) // 2
    return ((3, 0, size), (4, length - size, length))


@cache
def _windows(size: int) -> Mapping[int, Sequence[_Piece]]:
    """Lengths of texts → where their pieces may stand in a similar one of this size."""
    found: dict[int, list[_Piece]] = {}
    for length in range(max(_MIN_LENGTH, size - 2), size + 3):
        more = size - length
        if max(size, length) >= _TWO_EDITS:
            found[length] = []
            for number, start, end in _thirds(length):
                first = max(start - number, start + more - (2 - number), 0)
                last = min(start + number, start + more + (2 - number), size - (end - start))
                found[length] += [
                    (number, at, at + end - start) for at in range(first, last + 1)
                ]
        elif abs(more) < 2 and max(size, length) > _MIN_LENGTH:
            (first, _, end), (last, start, _) = _ends(length)
            found[length] = [(first, 0, end), (last, start + more, size)]
    return found


# ── initials ──────────────────────────────────────────────────────────────────────────────────

_SHORTEST, _LONGEST = 3, 8
"""Letters of an acronym."""
_NO_ACRONYMS = ("person", "vessel", "aircraft")
"""Kinds whose words the scorer pairs with no acronym of three letters or more."""
_SPELLED = (Role.WORD, Role.NUMBER, Role.INITIAL)


class Acronyms:
    """Names, by their places, and the initials of their words.

    Tens of thousands of names of companies begin their words with the same few letters, so the keys
    are three initials in a row, and each distinct text of initials stands there once.
    """

    def __init__(self, names: Sequence[TokenisedName]) -> None:
        self._names: defaultdict[str, list[int]] = defaultdict(list)
        for at, name in enumerate(names):
            if len(name.tokens) >= _SHORTEST and name.kind not in _NO_ACRONYMS:
                self._names[_initials(name)].append(at)
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
    initials = _initials(name)
    count = len(initials)
    return [
        initials[at : at + size]
        for size in range(least, min(count, _LONGEST) + 1)
        for at in range(count - size + 1)
    ]


def _initials(name: TokenisedName) -> str:
    return "".join(
        [
            token.text[0]
            for token in name.tokens
            if token.role in _SPELLED or (token.role is Role.LEGAL_FORM and len(token.text) > 4)
        ]
    )
