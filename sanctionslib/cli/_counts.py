"""What is counted of the results of a screening: while they go by, and again in a file of them.

An interrupted screening resumes behind the results that are there. How many these are, and what they
say, is counted in the results themselves; what else is written about them is compared with it.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, cast

import attrs

if TYPE_CHECKING:
    from sanctionslib.answers import ScreeningResult

__all__ = ["Counts", "counts_of_lines", "counts_of_rows"]


@attrs.frozen
class Counts:
    """What is counted while the results go by."""

    records: int = 0
    with_hits: int = 0
    hits: int = 0
    only_weak: int = 0
    """Records that a weak alias alone came near."""
    with_problems: int = 0
    not_screened: int = 0

    def with_(self, result: ScreeningResult) -> Counts:
        """The same with one result more."""
        return self.plus(
            hits=len(result.hits) + result.more,
            weak=bool(result.suppressed),
            problems=bool(result.problems),
            skipped=result.skipped,
        )

    def plus(self, *, hits: int, weak: bool, problems: bool, skipped: bool) -> Counts:
        """The same with one result more, of which this is known."""
        return Counts(
            self.records + 1,
            self.with_hits + bool(hits),
            self.hits + hits,
            self.only_weak + (weak and not hits),
            self.with_problems + problems,
            self.not_screened + skipped,
        )


def counts_of_lines(lines: Iterable[bytes], context: Mapping[str, object]) -> Counts:
    """Count in JSON Lines.

    Args:
        lines: The lines, as `ResultLines` makes them.
        context: What each says of what was looked at.

    Raises:
        ValueError: They are not the results of the first records, of that and of nothing else.
    """
    counts = Counts()
    for line in lines:
        loaded: object = json.loads(line)
        if not isinstance(loaded, dict):
            raise ValueError("a line is no result")
        result = cast("dict[str, object]", loaded)
        more = result.get("more", 0)
        if not isinstance(more, int):
            raise ValueError("a number of hits is none")
        _check_place(result.get("position"), counts)
        if any(result.get(name) != value for name, value in context.items()):
            raise ValueError(f"result {counts.records + 1} is of another edition or setting")
        found = cast("dict[str, list[dict[str, object]]]", loaded)
        problems = found.get("problems", [])
        counts = counts.plus(
            hits=len(found.get("hits", [])) + more,
            weak=bool(found.get("suppressed")),
            problems=bool(problems),
            skipped="subject" not in found or any(one.get("skipped") for one in problems),
        )
    return counts


def counts_of_rows(lines: Iterable[bytes], context: Mapping[str, str]) -> Counts:
    """The same in CSV, as `ResultRows` makes it.

    Raises:
        ValueError: They are not the results of the first records, of that and of nothing else.
    """
    counts = Counts()
    try:
        rows = csv.DictReader((line.decode() for line in lines), strict=True)
        for place, several in groupby(rows, key=lambda row: row["position"]):
            _check_place(int(place), counts)
            counts = _with_rows(counts, several, context)
    except (csv.Error, KeyError, TypeError) as error:
        raise ValueError(f"a row is no result: {error}") from error
    return counts


def _with_rows(
    counts: Counts, rows: Iterator[dict[str, str]], context: Mapping[str, str]
) -> Counts:
    found = list(rows)
    for row in found:
        if any(row[name] != value for name, value in context.items()):
            raise ValueError(f"result {counts.records + 1} is of another edition or setting")
    outcomes = [row["outcome"] for row in found]
    return counts.plus(
        hits=outcomes.count("hit") + int(found[-1]["cut_off"] or 0),
        weak="weak alias alone" in outcomes,
        problems=bool(found[-1]["problems"]),
        skipped="not screened" in outcomes,
    )


def _check_place(place: object, counts: Counts) -> None:
    if place != counts.records + 1:
        raise ValueError(f"result {counts.records + 1} is missing")
