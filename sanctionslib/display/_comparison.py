"""Comparisons as sheets: how two names pair, part by part, and what stayed alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from sanctionslib.answers import Comparison, Reason, TokenPair, UnmatchedToken
from sanctionslib.display._sheet import Grid, Line, Row, Section, Sheet, line, muted, strong
from sanctionslib.display.text import WIDTH, columns

__all__ = ["comparison_sheet", "pairing_grid", "score_text", "whole_words"]

_Part = TokenPair | UnmatchedToken
_ALONE = "–"


def score_text(score: float) -> str:
    """A score with three decimals, which is never rounded to a full 1 or to nothing.

    Example:
        >>> score_text(0.9167), score_text(0.99999), score_text(1.0), score_text(0.00001)
        ('0.917', '0.999', '1.000', '0.001')
    """
    if 0 < score < 1:
        score = min(max(score, 0.001), 0.999)
    return f"{score:.3f}"


def comparison_sheet(compared: Comparison) -> Sheet:
    """The two names, the score, and a line for each pair of parts and for each that stayed alone."""
    kind = compared.kind
    return Sheet(
        what="Comparison of two names",
        title=f"score {score_text(compared.score)}",
        facts=(
            f"by {compared.method}",
            f"compared as {kind}" if kind else "kind of party not known",
        ),
        sections=(
            Section(
                rows=(
                    Row("first name", (line(strong(compared.query)),)),
                    Row("second name", (line(strong(compared.listed)),)),
                )
            ),
            Section(
                title="Part by part",
                grid=_down(compared, ("first name", "second name")),
                after=whole_words(compared),
            ),
            Section(after="A score says how alike two names are, and nothing of whose they are."),
        ),
    )


def whole_words(compared: Comparison) -> str:
    """What holds for the names as wholes; "" where nothing does."""
    notes = ", ".join(one.value for one in compared.notes if one is not Reason.FULL_STRING)
    told = [f"The names as wholes: {notes}."] if notes else []
    if Reason.FULL_STRING in compared.notes:
        told.append("The score is that of the whole texts, which are more alike than their parts.")
    return " ".join(told)


def pairing_grid(compared: Comparison) -> Grid:
    """The parts of the searched and of the listed name under each other; long names as a list."""
    across = _across(compared)
    parts = [cell.text for row in across.rows for cell in row]
    if not parts:
        return across
    widths = [max(columns(row[n].text) for row in across.rows) for n in range(len(across.columns))]
    # Where signs run from right to left, a terminal turns each of the lines for itself, and what
    # should stand under each other does not.
    if sum(widths) + 2 * len(widths) > WIDTH or any(map(_runs_left, parts)):
        return _down(compared, ("searched", "listed"))
    return across


def _runs_left(text: str) -> bool:
    return any(unicodedata.bidirectional(sign) in ("R", "AL", "AN") for sign in text)


# ── one part per line ─────────────────────────────────────────────────────────────────────────────


def _down(compared: Comparison, heads: tuple[str, str]) -> Grid:
    """A line for each part. Words of ours stand between the names: see `pairing_grid`."""
    first, second = heads
    weighted = _is_weighted(compared)
    weight = ("weight",) if weighted else ()
    return Grid(
        ("score", *weight, first, "why", second),
        tuple(
            (
                line(score),
                *((line(f"{part.weight:.2f}"),) if weighted else ()),
                line(_part(one)),
                _why(part),
                line(_part(other)),
            )
            for part, score, one, other in _parts(compared)
        ),
        numeric=frozenset(range(1 + len(weight))),
        first_to_go=(1,) if weighted else (),
    )


def _part(text: str | None) -> str:
    return _ALONE if text is None else text


def _parts(compared: Comparison) -> Iterator[tuple[_Part, str, str | None, str | None]]:
    """Each part with its score and its texts in both names: pairs first, then what is alone."""
    for pair in compared.pairs:
        yield pair, score_text(pair.score), pair.query, pair.listed
    for lone in compared.unmatched_query:
        yield lone, _ALONE, lone.text, None
    for lone in compared.unmatched_listed:
        yield lone, _ALONE, None, lone.text


def _is_weighted(compared: Comparison) -> bool:
    return len({part.weight for part, *_ in _parts(compared)}) > 1


def _why(part: _Part) -> Line:
    kind = muted(f"({part.kind.value})") if part.kind is not None else None
    counts = part.weight == 0 and isinstance(part, UnmatchedToken)
    return line(part.reason.value, kind, muted("(does not count)") if counts else None)


# ── one part per column ───────────────────────────────────────────────────────────────────────────


def _across(compared: Comparison) -> Grid:
    """A column for each part: what was searched above what is listed."""
    parts = [*_parts(compared)]
    numbers = (str(n) if score != _ALONE else "alone" for n, (_, score, *_) in enumerate(parts, 1))
    rows: Sequence[tuple[str, tuple[Line, ...]]] = (
        ("searched", tuple(line(strong(_part(one))) for _, _, one, _ in parts)),
        ("listed", tuple(line(strong(_part(other))) for _, _, _, other in parts)),
        ("score", tuple(line(score) for _, score, *_ in parts)),
        ("why", tuple(line(part.reason.value) for part, *_ in parts)),
    )
    filled = ((line(muted(head)), *cells) for head, cells in rows if parts)
    return Grid(("part", *numbers), tuple(filled))
