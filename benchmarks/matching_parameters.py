"""Whether any parameter of the default scorer depends on single cases: each is changed alone.

Customers are scored again against the names that scored high, since a whole list for every value
would take days: the figures of a value that makes other names score high are too good.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import attrs
from matching_cases import Book, Case, Pair
from matching_figures import above, auc, best_threshold, f1, threshold
from matching_scorers import ScoredBook

from sanctionslib.matching.parameters import PARAMETERS, Parameters
from sanctionslib.matching.scorer import score
from sanctionslib.matching.similarity import token_similarity
from sanctionslib.matching.tokens import TokenisedName, tokenise

STEP = 0.15
"""The share by which each parameter is changed."""
THRESHOLD = 0.45
"""Threshold of the names that a customer is scored against …"""
MOST = 30
"""… and so many of them at most."""

Scored = tuple[TokenisedName, TokenisedName]


@attrs.frozen
class Moved:
    """The figures with one parameter changed."""

    name: str
    value: float
    auc: float
    f1: float
    recall: float
    """Of held-out aliases, at a false-positive rate of 1 %."""
    strict: float
    """The same at .5 %."""


class Cases:
    """All cases, tokenised once for all values."""

    def __init__(
        self,
        known: Sequence[Pair],
        held: Sequence[Case],
        people: Sequence[str],
        book: Book,
        asked: ScoredBook,
    ) -> None:
        @cache
        def listed(at: int) -> TokenisedName:
            one = book.names[at]
            return tokenise(one.name.text, one.kind, one.name.parts)

        def against(query: str, positions: Sequence[int]) -> list[Scored]:
            return [(tokenise(query, book.names[at].kind), listed(at)) for at in positions]

        self._labels = [one.match for one in known]
        self._pairs = [
            (tokenise(one.first, one.kind), tokenise(one.second, one.kind)) for one in known
        ]
        self._held = [against(one.query, book.targets(one)) for one in held]
        self._people = [
            against(one, [at for _, at in asked.search(one, THRESHOLD)[:MOST]]) for one in people
        ]

    def with_(self, parameters: Parameters, name: str, value: float = float("nan")) -> Moved:
        """The figures of some parameters."""
        token_similarity.cache_clear()
        scores = [score(a, b, parameters) for a, b in self._pairs]
        limit = best_threshold(scores, self._labels)
        found = [max((score(a, b, parameters) for a, b in one), default=0.0) for one in self._held]
        highest = [
            max((score(a, b, parameters) for a, b in one), default=0.0) for one in self._people
        ]
        wide, narrow = (above(found, threshold(highest, share)) for share in (0.01, 0.005))
        said = f1((one >= limit for one in scores), self._labels)
        return Moved(name, value, auc(scores, self._labels), said, wide, narrow)


def moved(cases: Cases) -> Iterator[Moved]:
    """The figures as they are, then with each parameter a step less and a step more."""
    yield cases.with_(PARAMETERS, "as it is")
    for field in attrs.fields(Parameters):
        value = getattr(PARAMETERS, field.name)
        for factor in (1 - STEP, 1 + STEP):
            other = round(value * factor, 4)
            if value < 1.0 < other <= 1.2 and field.name not in _COSTS:
                other = 1.0
            yield cases.with_(attrs.evolve(PARAMETERS, **{field.name: other}), field.name, other)


_COSTS = frozenset(
    name
    for name in attrs.fields_dict(Parameters)
    if name.startswith(("conflict", "unmatched")) and name != "unmatched_vessel"
) | {"exponent", "thin_evidence"}
"""Parameters that may be more than 1; the others are similarities and shares."""
