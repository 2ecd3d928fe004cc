"""An index that scores every name by rapidfuzz: slow, simple, and known to miss nothing."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, utils

from sanctionslib.answers import Comparison
from sanctionslib.errors import InvalidInputError
from sanctionslib.matching.name_index import ListedName, NameMatch
from sanctionslib.model import AliasStrength, Entity


class BruteIndex:
    """`NameIndex` of `token_sort_ratio`, without case and punctuation."""

    method = "brute-1"
    default_min_score = 0.8

    built = 0
    """How many were made."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        type(self).built += 1
        self.entities = entities
        self.names = [
            ListedName(at, name) for at, entity in enumerate(entities) for name in entity.names
        ]

    def search(
        self, text: str, *, kind: str | None = None, min_score: float, weak: bool = True
    ) -> list[NameMatch]:
        if not utils.default_process(text):
            raise InvalidInputError(f"there is nothing to compare in {text!r}")
        found = [
            NameMatch(_score(text, listed.name.text), at)
            for at, listed in enumerate(self.names)
            if (weak or listed.name.strength is not AliasStrength.WEAK)
            and (kind is None or self.entities[listed.entity].kind in (kind, "entity"))
        ]
        kept = [one for one in found if one.score >= min_score]
        return sorted(kept, key=lambda one: (-one.score, one.at))

    def compare(self, text: str, at: int, *, kind: str | None = None) -> Comparison:
        listed = self.names[at].name.text
        return Comparison(
            query=text, listed=listed, score=_score(text, listed), method=self.method, kind=kind
        )


def _score(one: str, other: str) -> float:
    return fuzz.token_sort_ratio(one, other, processor=utils.default_process) / 100
