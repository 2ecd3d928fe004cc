"""Israel's list, for the contract. The small file is text; the tests make a workbook of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from case import Case, book, json_of
from table_containers import Book

_SECOND = "זהות הגורם הזר המוסמך שהכריז במקור"
HEADER = ('מס"ד', _SECOND)


sheets = partial(json_of, "il_wmd.json")
"""The rows of the small file, by sheet."""


def _is_party(cells: Mapping[str, str]) -> bool:
    return cells.get(HEADER[0], "").strip().isdecimal()


CASES: tuple[Case, ...] = (
    Case(
        format="il-wmd-xlsx",
        list_id="il_wmd_sanctions",
        open=lambda files: Book(files, header=HEADER, is_party=_is_party, is_in_sections=True),
        small=book(sheets),
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
