"""The index of the default scorer: what of many names comes near to a searched one."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import attrs

from sanctionslib._collector import paused
from sanctionslib.answers import Comparison
from sanctionslib.matching import normalise
from sanctionslib.matching._candidates import Candidates
from sanctionslib.matching.comparing import explain
from sanctionslib.matching.names import ListedName, Near
from sanctionslib.matching.normalise import Part, PreparedName
from sanctionslib.matching.score import score
from sanctionslib.matching.tuning import MIN_SCORE, SCORER
from sanctionslib.model import AliasStrength, Entity

__all__ = ["PartsIndex"]


class PartsIndex:
    """The names of a collection, for the default scorer; see `NameIndex`.

    Names that are the same once prepared are kept and scored once.
    """

    method = SCORER
    default_min_score = MIN_SCORE

    def __init__(self, entities: Sequence[Entity]) -> None:
        self.entities = entities
        with paused():
            self.names, prepared = self._distinct()
            self._candidates = Candidates(prepared)

    def _distinct(self) -> tuple[tuple[ListedName, ...], list[PreparedName]]:
        """All names, and those that differ once prepared."""
        names: list[ListedName] = []
        prepared: list[PreparedName] = []
        self._number = array("I")
        """Which of the distinct names each name is …"""
        self._first = array("I")
        """… where each of them stands first …"""
        self._again: dict[int, list[int]] = {}
        """… and where it stands again, if it does."""
        of_kind: dict[str, tuple[dict[str, int], dict[tuple[Part, ...], int]]] = {}
        for position, entity in enumerate(self.entities):
            kind = entity.kind
            texts, found = of_kind.setdefault(kind, ({}, {}))
            for name in entity.names:
                at = len(names)
                names.append(ListedName(position, name))
                before = texts.get(name.text, -1)
                # A list may state other parts of the same text.
                if before >= 0 and names[before].name.parts == name.parts:
                    number = self._number[before]
                else:
                    texts[name.text] = at
                    one = normalise.prepare(name.text, kind, name.parts)
                    number = found.setdefault(one.parts, len(prepared))
                    if number == len(prepared):
                        prepared.append(one)
                        self._first.append(at)
                self._number.append(number)
                if self._first[number] != at:
                    self._again.setdefault(number, []).append(at)
        return tuple(names), prepared

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
                found.append(Near(value, self._first[at]))
                found += [Near(value, place) for place in self._again.get(at, ())]
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
