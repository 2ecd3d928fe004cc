"""Whether any number of the default scorer rests on single cases: each moved, everything else left.

Customers are scored again against the names that came near them, for a whole list at every value
would take days: a number that made others come near would be seen as too good.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import attrs
from matching_cases import Book, Case, Pair
from matching_figures import above, auc, best_threshold, f1, threshold
from matching_scorers import Asked

from sanctionslib.matching.parameters import PARTS_1, Tuning
from sanctionslib.matching.scorer import score
from sanctionslib.matching.similarity import likeness
from sanctionslib.matching.tokens import PreparedName, prepare

STEP = 0.15
"""The share by which each number is made less and more."""
NEAR = 0.45
"""Names are taken for near to a customer from here on …"""
MOST = 30
"""… and so many of them at most."""

Scored = tuple[PreparedName, PreparedName]


@attrs.frozen
class Moved:
    """What the cases give with one number changed."""

    name: str
    value: float
    auc: float
    f1: float
    recall: float
    """Of held-out aliases, at 1 % alerts."""
    strict: float
    """The same at .5 %."""


class Cases:
    """All cases, prepared once for every value."""

    def __init__(
        self,
        known: Sequence[Pair],
        held: Sequence[Case],
        people: Sequence[str],
        book: Book,
        asked: Asked,
    ) -> None:
        @cache
        def listed(at: int) -> PreparedName:
            one = book.names[at]
            return prepare(one.name.text, one.kind, one.name.parts)

        def against(query: str, positions: Sequence[int]) -> list[Scored]:
            return [(prepare(query, book.names[at].kind), listed(at)) for at in positions]

        self._labels = [one.match for one in known]
        self._pairs = [
            (prepare(one.first, one.kind), prepare(one.second, one.kind)) for one in known
        ]
        self._held = [against(one.query, book.targets(one)) for one in held]
        self._people = [
            against(one, [at for _, at in asked.near(one, NEAR)[:MOST]]) for one in people
        ]

    def with_(self, tuning: Tuning, name: str, value: float = float("nan")) -> Moved:
        """The figures of one tuning."""
        likeness.cache_clear()
        scores = [score(a, b, tuning) for a, b in self._pairs]
        limit = best_threshold(scores, self._labels)
        found = [max((score(a, b, tuning) for a, b in one), default=0.0) for one in self._held]
        highest = [max((score(a, b, tuning) for a, b in one), default=0.0) for one in self._people]
        wide, narrow = (above(found, threshold(highest, share)) for share in (0.01, 0.005))
        said = f1((one >= limit for one in scores), self._labels)
        return Moved(name, value, auc(scores, self._labels), said, wide, narrow)


def moved(cases: Cases) -> Iterator[Moved]:
    """The figures as they are, then with each number a step less and a step more."""
    yield cases.with_(PARTS_1, "as it is")
    for field in attrs.fields(Tuning):
        value = getattr(PARTS_1, field.name)
        for factor in (1 - STEP, 1 + STEP):
            other = round(value * factor, 4)
            if value < 1.0 < other <= 1.2 and field.name not in _COSTS:
                other = 1.0
            yield cases.with_(attrs.evolve(PARTS_1, **{field.name: other}), field.name, other)


_COSTS = frozenset(
    {"conflict", "clash", "query_extra", "listed_extra", "firm_extra", "series", "bend", "thin"}
)
"""Numbers that may be more than 1; the others are likenesses and shares."""
