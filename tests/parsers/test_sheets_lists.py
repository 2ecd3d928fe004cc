"""Whole official workbooks: every row, and cell by cell what another library reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from sanctionslib.parsers import Source
from sanctionslib.parsers._engine.sheets import Workbook


def sizes(path: Path) -> dict[str, int]:
    """Rows with any text, by sheet."""
    book = Workbook(Source(path))
    return {sheet.name: sum(1 for _ in book.rows(sheet.name)) for sheet in book.sheets}


@pytest.mark.parametrize(
    ("folder", "file", "counts"),
    [
        ("gb_hmt_sanctions", "ConList_2025-04-10.xlsx", {"Data": 18_796 + 2}),
        ("au_dfat_sanctions", "regulation8_consolidated_2024-11-11.xlsx", {"Sheet1": 9_553 + 1}),
        (
            "au_dfat_sanctions",
            "Australian_Sanctions_Consolidated_List_2026-02.xlsx",
            {"Consolidated List": 10_976 + 1},
        ),
        ("jp_meti_eul", "20250929_4.xlsx", {"ユーザーリスト": 835 + 1}),
        (
            "ua_nsdc_sanctions",
            "sanctions_2022.xlsx",
            {"Фізичні особи": 3_915 + 1, "Юридичні особи": 1_762 + 1},
        ),
        (
            "pl_mswia_sanctions",
            "mswia_2026-02-21.xlsx",
            {"osoby": 437 + 8 + 1, "podmioty": 122 + 8 + 1},
        ),
        ("iadb_sanctions", "data_2024.xlsx", {"Export": 876 + 2}),
    ],
)
def test_rows_of_official_lists(
    lists: Path, folder: str, file: str, counts: dict[str, int]
) -> None:
    """Every row of the official workbooks, and those of headers and footnotes."""
    assert sizes(lists / folder / file) == counts


def test_the_numbered_rows_of_israel(lists: Path) -> None:
    """239 entries in four sections; the sheet has 252 rows."""
    rows = list(Workbook(Source(lists / "il_wmd_sanctions" / "data_2024.xlsx")).rows("list"))
    assert sum(each.cells[0].isdigit() for each in rows) == 239
    assert max(each.line for each in rows) <= 252


def cells_of(path: Path) -> Iterator[tuple[str, int, int, object]]:
    """Each filled cell as openpyxl sees it: sheet, row, column, value."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for sheet in book:
        for line, values in enumerate(sheet.iter_rows(values_only=True), 1):
            for column, value in enumerate(values):
                if value not in (None, ""):
                    yield sheet.title, line, column, value
    book.close()


def as_text(value: object) -> str:
    """What our rules make of a value of openpyxl, which leaves escapes as they are."""
    if isinstance(value, str):
        return unescape(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, dt.datetime | dt.time) else f"{value:.15g}"


@pytest.mark.parametrize(
    ("folder", "file"),
    [
        ("au_dfat_sanctions", "Australian_Sanctions_Consolidated_List_2026-02.xlsx"),
        ("pl_mswia_sanctions", "mswia_2026-02-21.xlsx"),
        ("ua_nsdc_sanctions", "sanctions_2022.xlsx"),
    ],
)
def test_each_cell_is_as_another_library_reads_it(lists: Path, folder: str, file: str) -> None:
    """Days, years, truth values, escapes and blanks of whole official lists, cell by cell."""
    book = Workbook(Source(lists / folder / file))
    ours = {
        (sheet.name, each.line, column): text
        for sheet in book.sheets
        for each in book.rows(sheet.name)
        for column, text in enumerate(each.cells)
        if text
    }
    theirs = {
        key: as_text(value)
        for *key_, value in cells_of(lists / folder / file)
        for key in [tuple(key_)]
    }
    assert len(ours) > 1_000
    assert {
        key: (ours.get(key), text) for key, text in theirs.items() if ours.get(key) != text
    } == {}
    assert ours.keys() == theirs.keys()
