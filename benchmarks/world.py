"""Measure the reading of every list, compared with a minimal reader, in one run.

    make bench-world

It needs `SANCTIONSLIB_LISTS`. XML is compared with an lxml walk, a workbook with the checked reading
of its rows, with openpyxl and with python-calamine alone, JSON with `json.load`, CSV with
`csv.reader`. Times are medians of runs that take turns.
"""

from __future__ import annotations

import csv
import json
import os
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import openpyxl
import python_calamine
from run import in_turn, row, walk

import sanctionslib as sl
from sanctionslib.parsers import Source
from sanctionslib.parsers._engine.sheets import Workbook

FILES = (
    "un_sc_sanctions/UN_consolidated_2025-11-15.xml",
    "eu_fsf/EU_FSF_1_1_2021-03-02.xml",
    "ca_dfatd_sema_sanctions/sema-lmes_2025.xml",
    "gb_hmt_sanctions/ConList_2020-04-27.csv",
    "gb_hmt_sanctions/ConList_2025-04-10.xlsx",
    "au_dfat_sanctions/Australian_Sanctions_Consolidated_List_2026-02.xlsx",
    "jp_mof_sanctions/shisantouketsu20260305.xlsx",
    "jp_meti_eul/20250929_4.xlsx",
    "ua_nsdc_sanctions/sanctions_2022.xlsx",
    "pl_mswia_sanctions/mswia_2026-02-21.xlsx",
    "il_wmd_sanctions/data_2024.xlsx",
    "iadb_sanctions/data_2024.xlsx",
    "worldbank_debarred/wb-data_2026-03-15.json",
    "pk_proscribed_persons/source.json",
)


def main() -> None:
    folder = os.environ.get("SANCTIONSLIB_LISTS")
    if not folder:
        sys.exit("set SANCTIONSLIB_LISTS to the folder of complete official lists")
    warnings.simplefilter("ignore")
    print(f"Python {sys.version.split()[0]}\n")
    print(f"{'what':<58}{'measured':>12}{'baseline':>12}{'ratio':>8}{'target':>10}")
    for name in FILES:
        measure(Path(folder, name), name.partition("/")[0])


def measure(path: Path, list_id: str) -> None:
    sides = [*baselines(path)]
    read, *others = in_turn(
        lambda: sl.read(path, list_id=list_id, partial=True),
        *(side for _, side, _ in sides),
        runs=3,
    )
    for (what, _, target), other in zip(sides, others, strict=True):
        row(f"{list_id} {path.suffix[1:]}, against {what}", read, other, target)


def baselines(path: Path) -> list[tuple[str, Callable[[], object], str]]:
    """The reader that a file is compared with, and the largest allowed ratio."""
    if path.suffix == ".xml":
        return [("an lxml walk", lambda: walk(path), "≤ 4")]
    if path.suffix == ".json":
        return [("json.load", lambda: json.loads(path.read_bytes()), "")]
    if path.suffix == ".csv":
        return [("csv.reader", lambda: by_csv(path), "")]
    return [
        ("our checked rows", lambda: ours(path), "≤ 3"),
        ("openpyxl", lambda: by_openpyxl(path), "≤ 3"),
        ("python-calamine alone", lambda: by_calamine(path), ""),
    ]


def ours(path: Path) -> None:
    book = Workbook(Source(path))
    for sheet in book.sheets:
        for _ in book.rows(sheet.name):
            pass


def by_openpyxl(path: Path) -> None:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for sheet in book:
        for _ in sheet.values:
            pass
    book.close()


def by_calamine(path: Path) -> None:
    book = python_calamine.CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        for _ in book.get_sheet_by_name(name).iter_rows():
            pass


def by_csv(path: Path) -> None:
    with path.open(encoding="cp1252", newline="") as stream:
        for _ in csv.reader(stream):
            pass


if __name__ == "__main__":
    main()
