"""The name index of the default scorer."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

import attrs

from sanctionslib._collector import paused
from sanctionslib.answers import Comparison
from sanctionslib.matching._candidates import Candidates
from sanctionslib.matching.name_index import ListedName, NameIndex
from sanctionslib.matching.parameters import MIN_SCORE, SCORER
from sanctionslib.matching.scorer import explain, score
from sanctionslib.matching.tokens import Token, TokenisedName, tokenise, tokenise_query
from sanctionslib.model import Entity

__all__ = ["TokenIndex"]


class TokenIndex(NameIndex):
    """The names of a collection, for the default scorer.

    Names that are equal once tokenised are kept and scored once.
    """

    method = SCORER
    default_min_score = MIN_SCORE

    def __init__(self, entities: Sequence[Entity]) -> None:
        self.entities = entities
        with paused():
            self._candidates = Candidates(self._distinct_names())

    def _distinct_names(self) -> list[TokenisedName]:
        """List all names; gives those that differ once tokenised."""
        distinct: list[TokenisedName] = []
        names: list[ListedName] = []
        places: list[list[int]] = []
        known: dict[str, dict[tuple[Token, ...], int]] = {}
        self._numbers = array("I")
        """Which of the distinct names each name is."""
        for entity in self.entities:
            kind = entity.kind
            numbers = known.setdefault(kind, {})
            for name in entity.names:
                tokenised = tokenise(name.text, kind, name.parts)
                number = numbers.setdefault(tokenised.tokens, len(distinct))
                if number == len(distinct):
                    distinct.append(tokenised)
                    places.append([])
                self._numbers.append(number)
                places[number].append(len(names))
                names.append(ListedName(entity, name))
        self.names = names
        self._places = [tuple(one) for one in places]
        """The positions of the names that are each of the distinct ones."""
        return distinct

    def _matches(
        self, text: str, kind: str | None, min_score: float
    ) -> Iterator[tuple[float, Sequence[int]]]:
        tokenise_query(text, kind)
        candidates = self._candidates
        queries = {
            rules: tokenise(text, rules)
            for rules in candidates.kinds
            if kind is None or rules in (kind, Entity.kind)
        }
        for number in candidates.find(queries, min_score, unknown=tokenise(text)):
            listed = candidates.names[number]
            value = score(queries[listed.kind], listed)
            if value >= min_score:
                yield value, self._places[number]

    def compare(self, text: str, at: int, *, kind: str | None = None) -> Comparison:
        """See `NameIndex.compare`; the rules are those of the listed party's kind."""
        listed = self.names[at]
        rules = listed.entity.kind
        name = attrs.evolve(self._candidates.names[self._numbers[at]], text=listed.name.text)
        return explain(tokenise(text, rules), name, rules)
