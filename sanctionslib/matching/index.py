"""The index of the default scorer: what of many names comes near to a searched one."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import attrs

from sanctionslib.answers import Comparison
from sanctionslib.matching import normalise
from sanctionslib.matching._candidates import Candidates
from sanctionslib.matching._collector import paused
from sanctionslib.matching.comparing import explain
from sanctionslib.matching.names import ListedName, Near
from sanctionslib.matching.normalise import PreparedName
from sanctionslib.matching.score import score
from sanctionslib.matching.tuning import MIN_SCORE, SCORER
from sanctionslib.model import AliasStrength, Entity, NamePart

__all__ = ["PartsIndex"]

_NEVER: tuple[tuple[NamePart, ...], int] = ((), -1)


class PartsIndex:
    """The names of a collection, for the default scorer; see `NameIndex`.

    Names that are the same once prepared are kept and scored once.
    """

    method = SCORER
    default_min_score = MIN_SCORE

    def __init__(self, entities: Sequence[Entity]) -> None:
        self.entities = entities
        self.names = tuple(
            ListedName(at, name) for at, entity in enumerate(entities) for name in entity.names
        )
        self._number = array("I", bytes(4 * len(self.names)))
        """Which of the distinct names each name is."""
        with paused():
            prepared, self._places = self._distinct()
            self._candidates = Candidates(prepared)

    def _distinct(self) -> tuple[list[PreparedName], list[array[int]]]:
        """Names that differ once prepared, and where each of them stands."""
        kinds = [self.entities[one.entity].kind for one in self.names]
        found: dict[object, int] = {}
        seen: dict[tuple[str, str], tuple[tuple[NamePart, ...], int]] = {}
        prepared: list[PreparedName] = []
        places: list[array[int]] = []
        for at, (kind, listed) in enumerate(zip(kinds, self.names, strict=True)):
            name = listed.name
            parts, number = seen.get((kind, name.text), _NEVER)
            if number < 0 or parts != name.parts:  # which is faster than to ask for all three
                one = normalise.prepare(name.text, kind, name.parts)
                number = found.setdefault((kind, one.parts), len(prepared))
                seen[kind, name.text] = (name.parts, number)
                if number == len(prepared):
                    prepared.append(one)
                    places.append(array("I"))
            places[number].append(at)
            self._number[at] = number
        return prepared, places

    def near(
        self, text: str, *, kind: str | None = None, min_score: float, weak: bool = True
    ) -> list[Near]:
        """All listed names that score `min_score` or more, best first."""
        normalise.asked(text, kind)
        candidates = self._candidates
        queries = {
            rules: normalise.prepare(text, rules)
            for rules in candidates.kinds
            if kind is None or rules in (kind, Entity.kind)
        }
        found: list[Near] = []
        for at in candidates.find(queries, min_score, unknown=normalise.prepare(text)):
            listed = candidates.names[at]
            value = score(queries[listed.kind], listed)
            if value >= min_score:
                found += [Near(value, place) for place in self._places[at]]
        if not weak:
            found = [
                one for one in found if self.names[one.at].name.strength is not AliasStrength.WEAK
            ]
        return sorted(found, key=lambda one: (-one.score, one.at))

    def compare(self, text: str, at: int, *, kind: str | None = None) -> Comparison:
        """How the searched name and the listed one pair, part by part."""
        listed = self.names[at]
        rules = self.entities[listed.entity].kind
        name = attrs.evolve(self._candidates.names[self._number[at]], text=listed.name.text)
        return explain(normalise.prepare(text, rules), name, rules)
