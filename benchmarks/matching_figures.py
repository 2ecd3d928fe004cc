"""Figures of the matching benchmark: thresholds, recall, F1 by cross-validation, and tables."""

from __future__ import annotations

import bisect
import itertools
import random
import statistics
from collections.abc import Callable, Iterable, Sequence

Row = Sequence[object]


def threshold(highest: Iterable[float], share: float) -> float:
    """The score that a name must exceed, for a false-positive rate of at most this.

    Args:
        highest: Of each customer, the best score that any listed name gives.
        share: The false-positive rate, as .01.

    >>> threshold([0.9, 0.8, 0.7, 0.6], 0.25)
    0.8
    """
    scores = sorted(highest, reverse=True)
    return scores[int(share * len(scores) + 1e-9)]


def above(scores: Sequence[float], limit: float) -> float:
    """The share of scores that exceed a limit."""
    return sum(score > limit for score in scores) / len(scores) if scores else float("nan")


def curve(found: Sequence[float], highest: Sequence[float]) -> list[tuple[float, float, float]]:
    """Threshold, false-positive rate and recall, for each possible number of false positives."""
    alerts = sorted(highest)
    hits = sorted(found)
    return [
        (
            limit,
            (len(alerts) - bisect.bisect_right(alerts, limit)) / len(alerts),
            (len(hits) - bisect.bisect_right(hits, limit)) / len(hits),
        )
        for limit in sorted(set(alerts), reverse=True)
    ]


# ── labelled pairs ───────────────────────────────────────────────────────────────────────────


def auc(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """The chance that a matching pair scores more than one that does not match."""
    no = sorted(score for score, label in zip(scores, labels, strict=True) if not label)
    yes = [score for score, label in zip(scores, labels, strict=True) if label]
    won = sum(bisect.bisect_left(no, score) + bisect.bisect_right(no, score) for score in yes)
    return won / 2 / (len(yes) * len(no))


def f1(said: Iterable[bool], labels: Iterable[bool]) -> float:
    """The harmonic mean of precision and recall."""
    both = list(zip(said, labels, strict=True))
    right = sum(one and label for one, label in both)
    wrong = sum(one != label for one, label in both)
    return 2 * right / (2 * right + wrong) if right else 0.0


def best_threshold(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """The score from which on a pair is called a match, so that F1 is best.

    It stands in the middle between two scores that occur; of several as good ones, the middle one.
    """
    occurring = sorted(set(scores))
    middles = [(low + high) / 2 for low, high in itertools.pairwise(occurring)]
    limits = [occurring[0], *middles]
    marks = [f1((score >= limit for score in scores), labels) for limit in limits]
    best = [limit for limit, mark in zip(limits, marks, strict=True) if mark > max(marks) - 1e-12]
    return best[len(best) // 2]


def groups(pairs: Sequence[tuple[str, str]], same: Callable[[str], str]) -> list[int]:
    """A number for each pair: pairs that share a name, whatever way, have the same one."""
    leader: dict[str, str] = {}

    def lead(name: str) -> str:
        while leader.setdefault(name, name) != name:
            name = leader[name]
        return name

    for first, second in pairs:
        leader[lead(same(first))] = lead(same(second))
    numbers: dict[str, int] = {}
    return [numbers.setdefault(lead(same(first)), len(numbers)) for first, _ in pairs]


def folds(
    group: Sequence[int], labels: Sequence[bool], count: int, chance: random.Random
) -> list[int]:
    """Of each pair, the fold that it is in: groups stay whole, and matches are spread evenly."""
    members: dict[int, list[int]] = {}
    for at, one in enumerate(group):
        members.setdefault(one, []).append(at)
    blocks = list(members.values())
    chance.shuffle(blocks)
    blocks.sort(key=len, reverse=True)
    total = [0.0, 0.0]
    for label in labels:
        total[label] += 1
    filled = [[0.0, 0.0] for _ in range(count)]
    where = [0] * len(group)
    for block in blocks:
        adds = [sum(not labels[at] for at in block), sum(labels[at] for at in block)]

        def fill(fold: int, adds: list[int] = adds) -> float:
            return sum(
                ((filled[fold][label] + adds[label]) / max(total[label], 1)) ** 2
                - (filled[fold][label] / max(total[label], 1)) ** 2
                for label in (0, 1)
            )

        fold = min(range(count), key=fill)
        for at in block:
            where[at] = fold
        for label in (0, 1):
            filled[fold][label] += adds[label]
    return where


def cross_validated(
    scores: Sequence[float],
    labels: Sequence[bool],
    group: Sequence[int],
    *,
    count: int = 5,
    times: int = 20,
    seed: int = 1,
) -> tuple[list[float], list[list[bool]]]:
    """F1 of each repetition, the threshold always chosen on the other folds; and what was said."""
    chance = random.Random(seed)
    marks, answers = [], []
    for _ in range(times):
        where = folds(group, labels, count, chance)
        said = [False] * len(scores)
        for fold in range(count):
            train = [at for at, one in enumerate(where) if one != fold]
            limit = best_threshold([scores[at] for at in train], [labels[at] for at in train])
            for at, one in enumerate(where):
                if one == fold:
                    said[at] = scores[at] >= limit
        marks.append(f1(said, labels))
        answers.append(said)
    return marks, answers


def interval(
    figure: Callable[[list[int]], float], group: Sequence[int], *, times: int = 400, seed: int = 1
) -> tuple[float, float]:
    """The middle 95 % of a figure when whole groups of pairs are drawn again and again."""
    chance = random.Random(seed)
    members: dict[int, list[int]] = {}
    for at, one in enumerate(group):
        members.setdefault(one, []).append(at)
    blocks = list(members.values())
    found = sorted(
        figure([at for block in chance.choices(blocks, k=len(blocks)) for at in block])
        for _ in range(times)
    )
    return found[int(0.025 * times)], found[int(0.975 * times)]


def mean(values: Sequence[float]) -> float:
    """The mean; not a number where there are none."""
    return statistics.fmean(values) if values else float("nan")


# ── tables ───────────────────────────────────────────────────────────────────────────────────


def show(value: object) -> str:
    """A value as it stands in a table: shares with three digits, and a dash for what is not."""
    if isinstance(value, float):
        return "–" if value != value else f"{value:.3f}".removeprefix("0")
    return f"{value:,}" if isinstance(value, int) else str(value)


def table(title: str, head: Row, rows: Iterable[Row]) -> str:
    """An aligned table: texts to the left, numbers to the right.

    >>> print(table("What", ("name", "share"), [("a", 0.5), ("bcd", 1.0)]))
    What
      name  share
      a      .500
      bcd   1.000
    """
    rows = [list(row) for row in rows]
    cells = [[show(value) for value in row] for row in (head, *rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(head))]
    left = [all(isinstance(row[at], str) for row in rows) for at in range(len(head))]
    lines = [
        "  ".join(
            cell.ljust(width) if stays else cell.rjust(width)
            for cell, width, stays in zip(row, widths, left, strict=True)
        ).rstrip()
        for row in cells
    ]
    return "\n".join([title, *(f"  {line}" for line in lines)])
