"""Israel's list, for the contract. The small file is text; the tests make a workbook of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from case import Case, data
from sheet_files import workbook
from table_containers import Book

_SECOND = "זהות הגורם הזר המוסמך שהכריז במקור"
HEADER = ('מס"ד', _SECOND)


def sheets() -> dict[str, list[list[str]]]:
    """The rows of the small file, by sheet."""
    (text,) = data("il_wmd.json")()
    made: dict[str, list[list[str]]] = json.loads(text)
    return made


def _small() -> Sequence[bytes]:
    return [workbook(sheets())]


def _is_party(cells: Mapping[str, str]) -> bool:
    return cells.get(HEADER[0], "").strip().isdecimal()


CASES: tuple[Case, ...] = (
    Case(
        format="il-wmd-xlsx",
        list_id="il_wmd_sanctions",
        open=lambda files: Book(files, header=HEADER, is_party=_is_party, is_in_sections=True),
        small=_small,
        files=("data.xlsx",),
        whole=("il_wmd_sanctions/data_2024.xlsx",),
        names="שם הישות",
        uid="מספר החלטה.*",
        keys=frozenset(),
        nothing=frozenset({"N/A"}),
        # Cells hold several facts each, whose words are joined in another order.
        coded=r"שם הישות.*|מספר החלטה.*|מועד אימוץ.*|מספרי דרכון.*|תאריך לידה.*|מדינת אזרחות.*",
    ),
)
