"""Results of a screening, record by record: JSON Lines that read back equal, and a table as CSV.

Each line and each row says by itself what was looked at and how, so that none needs the others.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from sanctionslib.answers import ComparedFact, Hit, ScreeningResult, SearchContext
from sanctionslib.export.tables import csv_line, guarded
from sanctionslib.serialize import Envelope, to_dict

__all__ = ["RESULT_COLUMNS", "ResultLines", "ResultRows"]

RESULT_COLUMNS = (
    "position", "key", "names", "outcome", "query", "hit_name", "hit_strength", "score", "rank",
    "entity_id", "entity_name", "entity_kind", "programs", "lists", "also",
    "birth_date", "birth_date_listed", "country", "country_listed",
    "identifier", "identifier_listed", "cut_off", "problems",
    "editions", "method", "min_score", "weak_aliases",
)  # fmt: skip
"""The columns of a table of results, in their order."""


class ResultLines:
    """Results of one screening as JSON Lines, each what `to_dict` gives.

    Example:
        >>> from sanctionslib.answers import Subject
        >>> searched = SearchContext(method="example-1", min_score=0.8)
        >>> asked = Subject(names=("Jane Doe",))
        >>> result = ScreeningResult(key="C-1", position=1, subject=asked, context=searched)
        >>> json.loads(ResultLines(searched)(result)) == to_dict(result)
        True
    """

    def __init__(self, context: SearchContext) -> None:
        # The same in every line, and most of it where there is no hit: it is made once.
        whole = to_dict(ScreeningResult(key="", position=0, context=context))
        self._context = whole["context"]
        self._head = {key: whole[key] for key in ("schema", "library", "editions") if key in whole}
        self._envelope = Envelope(context.editions)

    def __call__(self, result: ScreeningResult) -> str:
        """The line of a result."""
        body = self._head | self._envelope.write(result)
        body["context"] = self._context
        return f"{json.dumps(body, ensure_ascii=False)}\n"


class ResultRows:
    r"""Results of one screening as rows of CSV (RFC 4180), with the columns `RESULT_COLUMNS`.

    Each hit has a row (`outcome` is "hit"), and each party that matches by a weak alias alone
    ("suppressed"). A record with neither has one row: "no hit" or "not screened". Every row has the
    problems of its record. Cells are guarded as in `name_lines`.

    Example:
        >>> from sanctionslib.answers import Subject
        >>> searched = SearchContext(method="example-1", min_score=0.8)
        >>> asked = Subject(names=("Jane Doe",))
        >>> result = ScreeningResult(key="C-1", position=1, subject=asked, context=searched)
        >>> ResultRows(searched)(result)
        '1,C-1,Jane Doe,no hit,,,,,,,,,,,,,,,,,,,,,example-1,0.8,confirm\r\n'
    """

    head = csv_line(RESULT_COLUMNS)
    """The first row."""
    looked_at: Mapping[str, str]
    """The cells that say what was looked at: the same in all rows."""

    def __init__(self, context: SearchContext) -> None:
        self.looked_at = {
            "editions": guarded(_joined(one.label for one in context.editions)),
            "method": guarded(context.method),
            "min_score": f"{context.min_score:g}",
            "weak_aliases": context.weak_aliases.value,
        }

    def __call__(self, result: ScreeningResult) -> str:
        """The rows of a result."""
        shared = {
            "position": str(result.position),
            "key": result.key,
            "names": _joined(() if result.subject is None else result.subject.names),
            "cut_off": str(result.more) if result.more else "",
            "problems": _joined(
                f"{one.field}: {one.what}" if one.field else one.what for one in result.problems
            ),
        }
        lines: list[str] = []
        for row in _rows(result):
            cells = {column: guarded(cell) for column, cell in (shared | row).items()}
            cells.update(self.looked_at)
            lines.append(csv_line(cells.get(column, "") for column in RESULT_COLUMNS))
        return "".join(lines)


def _rows(result: ScreeningResult) -> Iterator[dict[str, str]]:
    for hit in result.hits:
        yield {"outcome": "hit", **_row(hit)}
    for hit in result.suppressed:
        yield {"outcome": "suppressed", **_row(hit)}
    if not (result.hits or result.suppressed):
        yield {"outcome": "not screened" if result.skipped else "no hit"}


def _row(hit: Hit) -> dict[str, str]:
    entity = hit.entity
    row = {
        "query": hit.query or "",
        "hit_name": hit.name.text if hit.name else "",
        "hit_strength": hit.name.strength.value if hit.name else "",
        "score": f"{hit.score:.4f}",
        "rank": f"{hit.rank:.4f}",
        "entity_id": entity.id,
        "entity_name": entity.name,
        "entity_kind": entity.kind,
        "programs": _joined(entity.programs),
        "lists": _joined(one.list_name for one in entity.listings),
        "also": _joined(one.id for one in hit.also),
    }
    for fact in ComparedFact:
        checks = [one for one in hit.facts if one.fact is fact]
        name = fact.value.replace(" ", "_")
        row[name] = _joined(one.verdict.value for one in checks)
        row[f"{name}_listed"] = _joined(each for one in checks for each in one.listed)
    return row


def _joined(values: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(one for one in values if one))
