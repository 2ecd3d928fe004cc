"""Australia's list, for the contract. The small file is text; the tests make a workbook of it."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

from case import Case, data
from nodes import Span
from sheet_files import workbook
from table_containers import Book

KNOWN_BY = ("Reference", "Name of Individual or Entity", "Committees")


def rows() -> list[list[str]]:
    """The rows of the small file, in the layout of 2026."""
    (text,) = data("au_dfat.csv")()
    return list(csv.reader(text.decode().splitlines()))


def _spans(path: str, text: str) -> Sequence[Span] | None:
    """Of cells with several values, each word except the separating ones."""
    if path not in ("Place of Birth", "Citizenship", "Address", "Committees"):
        return None
    return [
        (one.start(), one.end(), "word")
        for one in re.finditer(r"(?!(?:and|POB|[Aa]lt|Address)\b)\w{3,}", text)
    ]


def _small() -> Sequence[bytes]:
    return [workbook({"Consolidated List": rows()})]


CASES: tuple[Case, ...] = (
    Case(
        format="au-dfat-xlsx",
        list_id="au_dfat_sanctions",
        open=lambda files: Book(files, header=KNOWN_BY),
        small=_small,
        files=("Australian_Sanctions_Consolidated_List.xlsx",),
        whole=(
            "au_dfat_sanctions/Australian_Sanctions_Consolidated_List_2026-02.xlsx",
            "au_dfat_sanctions/regulation8_consolidated_2024-11-11.xlsx",
        ),
        published="2026-02-24",
        names="Name of Individual or Entity",
        uid="Reference",
        keys=frozenset({"Reference"}),
        spans=_spans,
        nothing=frozenset({"na", "NA", "N/A"}),
        coded="Type|Strength|Date of Birth|Control Date|Sanction|Ban|Embargo|Restriction"
        "|Listing Information|Instrument of Designation",
    ),
)
