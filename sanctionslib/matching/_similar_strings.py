"""Full strings that differ in two letters at most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from zlib import crc32

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from sanctionslib.matching._inverted_index import InvertedIndex
from sanctionslib.matching.parameters import PARAMETERS

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
            longer = size - length
            for number, (start, end) in enumerate(_thirds(length)):
                # One of the whole pieces has at most one edit for each piece before and after it.
                rest = 2 - number
                for shift in range(max(-number, longer - rest), min(number, longer + rest) + 1):
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
