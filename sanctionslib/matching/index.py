"""The index of the default scorer: which of many names are scored at all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sanctionslib.answers import Comparison
from sanctionslib.matching import normalise
from sanctionslib.matching.comparing import explain
from sanctionslib.matching.names import ListedName, Near
from sanctionslib.matching.normalise import PreparedName
from sanctionslib.matching.score import score
from sanctionslib.matching.tuning import MIN_SCORE, SCORER
from sanctionslib.model import AliasStrength, Entity

__all__ = ["PartsIndex"]


class PartsIndex:
    """The names of a collection, for the default scorer; see `NameIndex`."""

    method = SCORER
    default_min_score = MIN_SCORE

    def __init__(self, entities: Sequence[Entity]) -> None:
        self.entities = entities
        self.names = tuple(
            ListedName(at, name) for at, entity in enumerate(entities) for name in entity.names
        )
        self._prepared = [self._prepare(one) for one in self.names]

    def _prepare(self, listed: ListedName) -> PreparedName:
        kind = self.entities[listed.entity].kind
        return normalise.prepare(listed.name.text, kind, listed.name.parts)

    def near(
        self, text: str, *, kind: str | None = None, min_score: float, weak: bool = True
    ) -> list[Near]:
        """All listed names that score `min_score` or more, best first."""
        normalise.check(text)
        asked = lru_cache(maxsize=None)(lambda rules: normalise.prepare(text, rules))
        found: list[Near] = []
        for at, listed in enumerate(self.names):
            if not weak and listed.name.strength is AliasStrength.WEAK:
                continue
            rules = self.entities[listed.entity].kind
            if kind is not None and rules not in (kind, "entity"):
                continue
            value = score(asked(rules), self._prepared[at])
            if value >= min_score:
                found.append(Near(value, at))
        return sorted(found, key=lambda one: (-one.score, one.at))

    def compare(self, text: str, at: int, *, kind: str | None = None) -> Comparison:
        """How the searched name and the listed one pair, part by part."""
        rules = self.entities[self.names[at].entity].kind
        return explain(normalise.prepare(text, rules), self._prepared[at], rules)
