"""The picture of recall over the false-positive rate, drawn as the library's own pictures."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from sanctionslib.display.svg import MARGIN, WIDTH, Pen

TOP = 340
"""Height of the field."""
FROM, TO = 0.001, 0.2
"""The false-positive rates between which the curves are drawn, on a logarithmic scale."""
DASHES = ("", "9 4", "2 3", "9 3 2 3", "5 5", "14 4")
LABEL = 200
"""Width of the names at the right."""


def drawn(curves: Mapping[str, Sequence[tuple[float, float, float]]]) -> str:
    """One line for each scorer: the false-positive rate to the right, recall upwards."""
    pen = Pen(
        "Recall over the false-positive rate",
        "For each scorer, the share of held-out aliases that find their owner, over the share of "
        "synthetic customers with a hit at the same threshold.",
        in_card=False,
    )
    pen.heading(pen.title, pen.about)
    left, right = MARGIN + 30, WIDTH - LABEL
    floor = pen.y + TOP

    def across(share: float) -> float:
        return left + (right - left) * math.log(share / FROM) / math.log(TO / FROM)

    def up(recall: float) -> float:
        return floor - recall * TOP

    for share in (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2):
        pen.lines([across(share)], floor, floor + 5)
        pen.text(across(share), floor + 19, f"{share * 100:g} %", "soft", size=11, middle=True)
    for tenth in range(0, 11, 2):
        pen.rect(left, up(tenth / 10), right - left, 0.5, "soft")
        pen.text(left - 16, up(tenth / 10) + 4, f"{tenth / 10:.1f}", "soft", size=11, middle=True)
    pen.text((left + right) / 2, floor + 38, "false-positive rate", "soft", middle=True)
    dashes = dict(zip(curves, DASHES, strict=False))
    label = floor - TOP
    for name, points in sorted(curves.items(), key=lambda one: -_end(one[1])):
        shown = [(across(a), up(r)) for _, a, r in points if FROM <= a <= TO]
        if not shown:
            continue
        if any(
            alerts > TO for _, alerts, _ in points
        ):  # nothing changes up to the next false positive
            shown.append((right, shown[-1][1]))
        label = max(up(_end(points)) + 4, label + 16)
        for path in (_path(shown), f"M{right + 8} {label - 4:.1f}H{right + 38}"):
            pen.path(path, "dash", dashes[name], width=1.8)
        pen.text(right + 44, label, name)
    pen.y = floor + 44
    return pen.picture()


def _end(points: Sequence[tuple[float, float, float]]) -> float:
    return max((recall for _, alerts, recall in points if alerts <= TO), default=0.0)


def _path(places: Sequence[tuple[float, float]]) -> str:
    """Steps: between two thresholds nothing changes."""
    first, *more = places
    return f"M{first[0]:.1f} {first[1]:.1f}" + "".join(f"H{x:.1f}V{y:.1f}" for x, y in more)
