"""An index that scores every name by rapidfuzz: slow, simple, and known to miss nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, utils

from sanctionslib.answers import Comparison
from sanctionslib.errors import InvalidInputError
from sanctionslib.matching.name_index import ListedName, NameIndex
from sanctionslib.model import Entity


class BruteIndex(NameIndex):
    """The index of `token_sort_ratio`, without case and punctuation."""

    method = "brute-1"
    default_min_score = 0.8

    built = 0
    """How many were made."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        type(self).built += 1
        self.entities = entities
        self.names = [ListedName(entity, name) for entity in entities for name in entity.names]

    def _matches(
        self, text: str, kind: str | None, min_score: float
    ) -> Iterator[tuple[float, Sequence[int]]]:
        if not utils.default_process(text):
            raise InvalidInputError(f"there is nothing to compare in {text!r}")
        for at, listed in enumerate(self.names):
            if (found := _score(text, listed.name.text)) >= min_score:
                yield found, (at,)

    def compare(self, text: str, at: int, *, kind: str | None = None) -> Comparison:
        listed = self.names[at].name.text
        return Comparison(
            query=text, listed=listed, score=_score(text, listed), method=self.method, kind=kind
        )


def _score(one: str, other: str) -> float:
    return fuzz.token_sort_ratio(one, other, processor=utils.default_process) / 100
