"""Australia's list, for the contract. The small file is text; the tests make a workbook of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from case import Case, book, parts, rows_of
from nodes import Span
from table_containers import Book

KNOWN_BY = ("Reference", "Name of Individual or Entity", "Committees")


rows = partial(rows_of, "au_dfat.csv")
"""The rows of the small file, in the layout of 2026."""


def _spans(path: str, text: str) -> Sequence[Span] | None:
    """Of cells with several values, each word except the separating ones."""
    if path not in ("Place of Birth", "Citizenship", "Address", "Committees"):
        return None
    return parts(r"(?!(?:and|POB|[Aa]lt|Address)\b)\w{3,}", text, "word")


CASES: tuple[Case, ...] = (
    Case(
        format="au-dfat-xlsx",
        list_id="au_dfat_sanctions",
        open=lambda files: Book(files, header=KNOWN_BY),
        small=book(lambda: {"Consolidated List": rows()}),
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
