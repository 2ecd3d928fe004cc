"""Whole official workbooks, cell by cell what another library reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from sheet_files import as_text

from sanctionslib.parsers import InputFile
from sanctionslib.parsers._engine.sheets import Workbook

WORKBOOKS = (
    "gb_hmt_sanctions/ConList_2025-04-10.xlsx",
    "au_dfat_sanctions/regulation8_consolidated_2024-11-11.xlsx",
    "au_dfat_sanctions/Australian_Sanctions_Consolidated_List_2026-02.xlsx",
    "jp_meti_eul/20250929_4.xlsx",
    "ua_nsdc_sanctions/sanctions_2022.xlsx",
    "pl_mswia_sanctions/mswia_2026-02-21.xlsx",
    "iadb_sanctions/data_2024.xlsx",
    "il_wmd_sanctions/data_2024.xlsx",
)


def cells_of(path: Path) -> Iterator[tuple[str, int, int, object]]:
    """Each filled cell as openpyxl sees it: sheet, row, column, value."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for sheet in book:
        for line, values in enumerate(sheet.iter_rows(values_only=True), 1):
            for column, value in enumerate(values):
                if value not in (None, ""):
                    yield sheet.title, line, column, value
    book.close()


@pytest.mark.filterwarnings("ignore:Workbook contains no default style:UserWarning")
@pytest.mark.parametrize("name", WORKBOOKS)
def test_each_cell_is_as_another_library_reads_it(lists: Path, name: str) -> None:
    """Days, years, truth values, escapes and blanks: no cell differs, none is missing or added."""
    book = Workbook(InputFile(lists / name))
    ours = {
        (sheet.name, each.line, column): text
        for sheet in book.sheets
        for each in book.rows(sheet.name)
        for column, text in enumerate(each.cells)
        if text
    }
    theirs = {(*key, column): as_text(value) for *key, column, value in cells_of(lists / name)}
    assert len(ours) > 1_000
    assert ours == theirs
