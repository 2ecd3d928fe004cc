"""Small files of the Consolidated Screening List, written for one test each."""

from __future__ import annotations

import csv
import io
import json

from sanctionslib.parsers.us.csl import CSV
from sanctionslib.reference import csl_lists

SOURCES = {each.code: each.source for each in csl_lists()}
"""trade.gov's words for a list, by its code."""

DAY = "2022-05-13"
"""A date for files that state none."""


def row(number: int, code: str = "EL", **columns: str) -> dict[str, str]:
    """A row that has nothing wrong: of Treasury with a uid, of others with a hash."""
    listed = next(each for each in csl_lists() if each.code == code)
    made = {"_id": f"{number:040x}", "source": listed.source, "name": f"EXAMPLE {number}"}
    if listed.named.authority == "OFAC":
        made |= {"_id": str(number), "entity_number": str(number), "type": "Entity"}
    return made | columns


def rest(*codes: str) -> list[dict[str, str]]:
    """A row for each list that a complete file must have, except those named."""
    expected = [each.code for each in csl_lists() if each.is_expected and each.code not in codes]
    return [row(900_000 + at, code) for at, code in enumerate(expected)]


def as_csv(*rows: dict[str, str], columns: tuple[str, ...] = CSV.columns) -> bytes:
    """The rows as a file."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def as_json(*results: dict[str, object], **beside: object) -> bytes:
    """The results as a file."""
    return json.dumps({**beside, "results": results}, ensure_ascii=False, indent=1).encode()
