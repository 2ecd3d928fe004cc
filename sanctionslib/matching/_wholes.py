"""Texts that are the same but for two letters: names as wholes, wherever their words begin and end.

With two letters wrong, one of three pieces of a text stays whole, and stands in the other within two
letters of where it stood. So a text is found by its length and pieces, whose check sums are keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from zlib import crc32

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from sanctionslib.matching._keys import Keys, Shelved, Shelves
from sanctionslib.matching.tuning import PARTS_1

__all__ = ["Wholes", "near_whole_keys", "whole_keys"]

_WHOLE = 5
"""Letters from which on names are compared as wholes, as the scorer has it: the longer one has more …"""
_TWO_WRONG = 8
"""… and this many if two letters differ."""
_Piece = tuple[int, int, int]
"""What the sum of a piece of a text begins with, its start and its end."""


class Wholes:
    """Texts, by their places; those that are empty or short stand nowhere."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._places = Keys((at, [text]) for at, text in enumerate(texts) if len(text) >= _WHOLE)
        self._texts = Shelves((text, whole_keys(text)) for text in self._places)

    def near(self, whole: str) -> set[int]:
        """The places of those that differ from a text in few letters, as the scorer has it."""
        found = extract(
            whole,
            self._texts.listed(near_whole_keys(whole)),
            scorer=OSA.distance,
            score_cutoff=2,
            limit=None,
        )
        size = len(whole)
        return self._places.find(
            {
                text
                for text, wrong, _ in found
                if wrong * PARTS_1.letters_from <= max(len(text), size)
            }
        )


def whole_keys(whole: str) -> list[Shelved]:
    """Where a text stands."""
    return [(len(whole), _sums(whole, _pieces(len(whole))))] if len(whole) >= _WHOLE else []


def near_whole_keys(whole: str) -> list[Shelved]:
    """The keys under which texts stand that differ in two letters at most; short ones in one."""
    return [(length, _sums(whole, pieces)) for length, pieces in _windows(len(whole)).items()]


def _sums(whole: str, pieces: Iterable[_Piece]) -> list[int]:
    if whole.isascii():
        text = whole.encode()
        return [crc32(text[start:end], of) for of, start, end in pieces]
    return [crc32(whole[start:end].encode(), of) for of, start, end in pieces]


@cache
def _pieces(length: int) -> tuple[_Piece, ...]:
    """The pieces of a text of this length by which it is found."""
    return _thirds(length) + _ends(length)


def _thirds(length: int) -> tuple[_Piece, ...]:
    """Three parts: with two letters wrong, one of them stays whole."""
    if length + 2 < _TWO_WRONG:
        return ()
    third, most = length // 3, length - length // 3
    middle = (third + most) // 2
    return ((0, 0, third), (1, third, middle), (2, middle, length))


def _ends(length: int) -> tuple[_Piece, ...]:
    """Beginning and end, with a letter or two between: with one wrong, one of them stays whole."""
    if length >= _TWO_WRONG:
        return ()
    size = (length - 1) // 2
    return ((3, 0, size), (4, length - size, length))


@cache
def _windows(size: int) -> Mapping[int, tuple[_Piece, ...]]:
    """Lengths of texts → where their pieces may stand in a near one of this size."""
    found: dict[int, tuple[_Piece, ...]] = {}
    for length in range(max(_WHOLE, size - 2), size + 3):
        more = size - length
        longer = max(size, length)
        if longer < _TWO_WRONG:
            if abs(more) < 2 and longer > _WHOLE:
                found[length] = tuple(
                    (number, at, at + end - start)
                    for number, start, end in _ends(length)
                    for at in [start if number == 3 else start + more]
                )
            continue
        pieces: list[_Piece] = []
        for number, start, end in _thirds(length):
            first = max(start - number, start + more - (2 - number), 0)
            last = min(start + number, start + more + (2 - number), size - (end - start))
            pieces += [(number, at, at + end - start) for at in range(first, last + 1)]
        found[length] = tuple(pieces)
    return found
