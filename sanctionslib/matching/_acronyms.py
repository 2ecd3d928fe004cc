"""Names by the initials of their words, for a word that may be an acronym of them."""

from __future__ import annotations

from collections.abc import Sequence

from sanctionslib.matching._keys import Keys
from sanctionslib.matching.normalise import PreparedName, Role

__all__ = ["Acronyms", "runs"]

_SHORTEST, _LONGEST = 3, 8
"""Letters of an acronym."""
_NO_ACRONYMS = ("person", "vessel", "aircraft")
"""Kinds whose words the scorer pairs with no acronym of three letters or more."""
_SPELLED = (Role.WORD, Role.NUMBER, Role.INITIAL)


class Acronyms:
    """Names, by their places, and the runs of their initials.

    Tens of thousands of names of companies begin their words with the same few letters, so that
    each run of initials need not lead to each name.
    """

    def __init__(self, names: Sequence[PreparedName]) -> None:
        self._names: dict[str, list[int]] = {}
        """Initials → the names that have them."""
        for at, name in enumerate(names):
            if len(name.parts) >= _SHORTEST and name.kind not in _NO_ACRONYMS:
                letters = _initials(name)
                if letters in self._names:
                    self._names[letters].append(at)
                else:
                    self._names[letters] = [at]
        self._begun = Keys(
            (letters, [letters[at : at + _SHORTEST] for at in range(len(letters) - _SHORTEST + 1)])
            for letters in self._names
        )
        """Three letters → the initials in which they stand in a row."""

    def find(self, text: str) -> list[int]:
        """The names of which some words in a row have a word's letters for initials."""
        if not _SHORTEST <= len(text) <= _LONGEST:
            return []
        return [
            at
            for letters in self._begun.find([text[:_SHORTEST]])
            if text in letters
            for at in self._names[letters]
        ]


def runs(name: PreparedName, least: int) -> list[str]:
    """The initials of all runs of words, from `least` of them on, that an acronym may be of."""
    letters = _initials(name)
    count = len(letters)
    return [
        letters[at : at + size]
        for size in range(least, min(count, _LONGEST) + 1)
        for at in range(count - size + 1)
    ]


def _initials(name: PreparedName) -> str:
    return "".join(
        [
            part.text[0]
            for part in name.parts
            if part.role in _SPELLED or (part.role is Role.LEGAL_FORM and len(part.text) > 4)
        ]
    )
