"""Measure the reading of a workbook, compared with openpyxl and python-calamine alone, in one run.

    make bench-sheets

The script writes the sheet: 20,000 rows of 36 columns, some empty, with dates, numbers and names. Times
are medians of runs that take turns. Memory is the peak of a separate process that reads the sheet, minus
the peak of one that only imports the same modules.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import openpyxl
import python_calamine
from run import in_turn, row

from sanctionslib.parsers import Source
from sanctionslib.parsers._engine.sheets import Workbook

ROWS, COLUMNS = 20_000, 36


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "sheet.xlsx")
        peak("write", path)
        print(f"{ROWS:,} rows × {COLUMNS}: {path.stat().st_size / 1e6:.1f} MB\n")
        # First: on Linux the peak of a process starts with the memory of its parent.
        for side in ("ours", "openpyxl", "calamine"):
            used = peak(side, path) - peak(side, None)
            print(f"{f'memory, {side}':<58}{used / 1e6:>9.0f} MB")
        print(f"\n{'what':<58}{'measured':>12}{'baseline':>12}{'ratio':>8}{'target':>10}")
        mine, other, bare = in_turn(
            lambda: ours(path), lambda: by_openpyxl(path), lambda: by_calamine(path), runs=3
        )
        row("rows of a sheet, against openpyxl (read_only)", mine, other, "≤ 0.8")
        row("the same, against python-calamine without our checks", mine, bare, "")


def write(path: Path) -> None:
    """A sheet like those of publishers: two thirds of the cells are empty, most others are texts."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Data")
    for at in range(ROWS):
        cells: list[object] = [None] * COLUMNS
        cells[0:12:2] = [f"EXAMPLE {at}", f"Anna {at % 900}", "TRADING", "Москва", at, at % 2 == 0]
        cells[20:26] = [
            f"(a) text of row {at} " * 8,
            "Individual",
            "AKA",
            "",
            date(1970, 1, 1 + at % 28),
            1.5,
        ]
        sheet.append(cells)
    book.save(path)


def ours(path: Path) -> int:
    book = Workbook(Source(path))
    return sum(len(each.cells) for sheet in book.sheets for each in book.rows(sheet.name))


def by_openpyxl(path: Path) -> int:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    found = sum(len(cells) for sheet in book for cells in sheet.iter_rows(values_only=True))
    book.close()
    return found


def by_calamine(path: Path) -> int:
    book = python_calamine.CalamineWorkbook.from_path(path)
    return sum(
        len(cells)
        for name in book.sheet_names
        for cells in book.get_sheet_by_name(name).iter_rows()
    )


DO = {"write": write, "ours": ours, "openpyxl": by_openpyxl, "calamine": by_calamine}


def peak(side: str, path: Path | None) -> int:
    """The peak memory of a process, in bytes."""
    command = [sys.executable, __file__, side, *([str(path)] if path else [])]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def show_peak(side: str, *path: str) -> None:
    import resource

    if path:
        DO[side](Path(path[0]))
    unit = 1 if sys.platform == "darwin" else 1024
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit)


if __name__ == "__main__":
    show_peak(*sys.argv[1:]) if len(sys.argv) > 1 else main()
