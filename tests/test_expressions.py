"""No regular expression of the package takes time out of proportion to a text that it is given."""

from __future__ import annotations

import re
from collections import deque
from typing import Any

import pytest
from expressions import Expression, attacks, expressions
from limited import allow, ends_within, needs_fork
from quick import slow

SIZE = 120_000
"""Characters: time by the square of them would be twenty seconds, and time by their number
milliseconds."""
SECONDS = 5
"""For one text, all methods of `re` that search included."""

SHORT = {"parsers.ofac.remarks._OWN_STOP": 60, "parsers.ofac.remarks._PHRASES": 200}
"""Expressions that see no longer texts: the package looks at the length first."""


def attack(one: Expression, size: int) -> None:
    """Apply an expression to all texts that are made against it."""
    for text in attacks(one.pattern, size):
        allow(SECONDS)
        given: Any = text.encode("utf-8") if isinstance(one.pattern.pattern, bytes) else text
        if one.method in ("match", "fullmatch"):
            getattr(one.pattern, one.method)(given)
        else:
            deque(one.pattern.finditer(given), maxlen=0)


LONG = {"parsers.ofac.remarks._NUMBER"}
"""Expressions that hundreds of texts are made against."""


def _takes_long(one: Expression) -> bool:
    """Whether it is tried in the slow tests alone: so are those of lists outside the United States."""
    parser = one.where.removeprefix("parsers.")
    is_of_world = parser != one.where and not parser.startswith(("_engine", "ofac", "us", "own"))
    return one.where in LONG or is_of_world


@needs_fork
@pytest.mark.parametrize(
    "one",
    [slow(each) if _takes_long(each) else each for each in expressions()],
    ids=lambda one: f"{one.where}-{one.method}",
)
def test_linear(one: Expression) -> None:
    """Every text of many repetitions is done with in time that grows with its length alone."""
    size = SHORT.get(one.where, SIZE)
    assert ends_within(SECONDS, lambda: attack(one, size)), one.pattern.pattern


@needs_fork
@pytest.mark.slow
@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"(.+?)\s+to\s+(.+)", "fullmatch"),
        (r"\s*;\s*Linked To:\s*", "search"),
        (r"(from|until)\s+(.+)", "fullmatch"),
        (r"(?:a+)+b", "match"),
    ],
)
def test_quadratic_ones_are_found(pattern: str, method: str) -> None:
    """The texts are bad enough: expressions that are known to be slow do not end in time."""
    one = Expression("here", re.compile(pattern), method)
    assert not ends_within(SECONDS, lambda: attack(one, SIZE))
