"""How much of a long test `make test` does; `make test-all` does all of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

import pytest
from hypothesis import settings

WHOLE = 100
"""Examples that hypothesis tries for each test, unless a profile has fewer."""


def examples(count: int) -> settings:
    """This number of examples: the share of it that the profile of the run asks for, at least one."""
    return settings(max_examples=max(1, count * settings.default.max_examples // WHOLE))


def few(values: Iterable[object], number: int) -> list[object]:
    """The parameters of a test, of which this number is quick: from the first to the last, evenly."""
    given = [*values]
    quick = {round(at * (len(given) - 1) / max(1, number - 1)) for at in range(number)}
    return [one if at in quick else slow(one) for at, one in enumerate(given)]


def crossed(first: Sequence[object], second: Sequence[object]) -> list[object]:
    """All pairs; quick are as many as there are values on the longer side, so that each is in one."""
    longest = max(len(first), len(second))
    quick = {(at % len(first), at % len(second)) for at in range(longest)}
    return [
        pytest.param(one, other, marks=() if (at, beside) in quick else pytest.mark.slow)
        for (at, one), (beside, other) in product(enumerate(first), enumerate(second))
    ]


def all_but(values: Iterable[object], *long: object) -> list[object]:
    """The parameters of a test, of which these are slow."""
    return [slow(one) if one in long else one for one in values]


def slow(value: object) -> object:
    """A parameter that only `make test-all` tries."""
    return pytest.param(value, marks=pytest.mark.slow)
