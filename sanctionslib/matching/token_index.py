"""The name index of the default scorer."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import attrs

from sanctionslib._collector import paused
from sanctionslib.answers import Comparison
from sanctionslib.matching._candidates import Candidates
from sanctionslib.matching.name_index import ListedName, NameMatch, best_first
from sanctionslib.matching.parameters import MIN_SCORE, SCORER
from sanctionslib.matching.scorer import explain, score
from sanctionslib.matching.tokens import Token, TokenisedName, tokenise, tokenise_query
from sanctionslib.model import Entity

__all__ = ["TokenIndex"]


class TokenIndex:
    """The names of a collection, for the default scorer: a `NameIndex`.

    Names that are equal once tokenised are kept and scored once.
    """

    method = SCORER
    default_min_score = MIN_SCORE

    def __init__(self, entities: Sequence[Entity]) -> None:
        self.entities = entities
        names: list[ListedName] = []
        self.names: Sequence[ListedName] = names
        with paused():
            self._candidates = Candidates(self._tokenised(names))

    def _tokenised(self, names: list[ListedName]) -> list[TokenisedName]:
        """Add all names; gives those that differ once tokenised."""
        tokenised: list[TokenisedName] = []
        self._numbers = array("I")
        """The number of each name among the distinct ones …"""
        self._first = array("I")
        """… the first name that is each of them …"""
        self._others: dict[int, list[int]] = {}
        """… and the others, if there are any."""
        by_kind: dict[str, tuple[dict[str, int], dict[tuple[Token, ...], int]]] = {}
        for position, entity in enumerate(self.entities):
            kind = entity.kind
            by_text, by_tokens = by_kind.setdefault(kind, ({}, {}))
            for name in entity.names:
                at = len(names)
                names.append(ListedName(position, name))
                before = by_text.get(name.text, -1)
                # A list may state other parts of the same text.
                if before >= 0 and names[before].name.parts == name.parts:
                    number = self._numbers[before]
                else:
                    by_text[name.text] = at
                    one = tokenise(name.text, kind, name.parts)
                    number = by_tokens.setdefault(one.tokens, len(tokenised))
                    if number == len(tokenised):
                        tokenised.append(one)
                        self._first.append(at)
                self._numbers.append(number)
                if self._first[number] != at:
                    self._others.setdefault(number, []).append(at)
        return tokenised

    def search(
        self, text: str, *, kind: str | None = None, min_score: float, weak: bool = True
    ) -> list[NameMatch]:
        """See `NameIndex.search`."""
        tokenise_query(text, kind)
        candidates = self._candidates
        queries = {
            rules: tokenise(text, rules)
            for rules in candidates.kinds
            if kind is None or rules in (kind, Entity.kind)
        }
        found: list[NameMatch] = []
        for number in candidates.find(queries, min_score, unknown=tokenise(text)):
            listed = candidates.names[number]
            value = score(queries[listed.kind], listed)
            if value >= min_score:
                found.append(NameMatch(value, self._first[number]))
                found += [NameMatch(value, at) for at in self._others.get(number, ())]
        return best_first(found, self.names, weak=weak)

    def compare(self, text: str, at: int, *, kind: str | None = None) -> Comparison:
        """See `NameIndex.compare`; the rules are those of the listed party's kind."""
        listed = self.names[at]
        rules = self.entities[listed.entity].kind
        name = attrs.evolve(self._candidates.names[self._numbers[at]], text=listed.name.text)
        return explain(tokenise(text, rules), name, rules)
