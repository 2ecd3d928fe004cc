"""New Zealand's register, for the contract. The small file is text; tests make a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from case import Case, book, json_of, parts
from nodes import Span
from table_containers import Book

HEADER = ("Unique Identifier", "Date of Sanction")
_ALIASES = r"[^;,\s](?:[^;,]|,(?=[^;]*OAO))*[^;,\s]"


sheets = partial(json_of, "nz_mfat.json")
"""The rows of the small file, by sheet."""


def _is_party(cells: Mapping[str, str]) -> bool:
    return cells.get("Type") not in ("Asset", "Total") and cells.get("Record Deleted Flag") != "Yes"


def _spans(path: str, text: str) -> Sequence[Span] | None:
    """The names, or the numbers, of a cell."""
    if path.startswith("Alias"):
        return parts(_ALIASES, text)
    return parts(r"[^;\s][^;]*", text) if path == "Passport Number" else None


CASES: tuple[Case, ...] = (
    Case(
        format="nz-mfat-xlsx",
        list_id="nz_russia_sanctions",
        open=lambda files: Book(files, header=HEADER, is_party=_is_party),
        small=book(sheets),
        files=("Russia-Sanctions-Register.xlsx",),
        published="2024-03-01",
        names="First name|Middle name|Last name|Name of",
        uid="Unique Identifier",
        spans=_spans,
        keys=frozenset(),
        coded="Ban|Freeze|Prohibition|Securities|Associates/Relatives",
    ),
)
