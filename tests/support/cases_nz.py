"""New Zealand's register, for the contract. The small file is text; tests make a workbook."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from case import Case, data
from nodes import Span
from sheet_files import workbook
from table_containers import Book

HEADER = ("Unique Identifier", "Date of Sanction")
_ALIASES = r"[^;,\s](?:[^;,]|,(?=[^;]*OAO))*[^;,\s]"


def sheets() -> dict[str, list[list[str]]]:
    """The rows of the small file, by sheet."""
    (text,) = data("nz_mfat.json")()
    made: dict[str, list[list[str]]] = json.loads(text)
    return made


def _small() -> Sequence[bytes]:
    return [workbook(sheets())]


def _is_party(cells: Mapping[str, str]) -> bool:
    return cells.get("Type") not in ("Asset", "Total") and cells.get("Record Deleted Flag") != "Yes"


def _spans(path: str, text: str) -> Sequence[Span] | None:
    """The names, or the numbers, of a cell."""
    if path.startswith("Alias"):
        return [(*one.span(), "") for one in re.finditer(_ALIASES, text)]
    if path == "Passport Number":
        return [(*one.span(), "") for one in re.finditer(r"[^;\s][^;]*", text)]
    return None


CASES: tuple[Case, ...] = (
    Case(
        format="nz-mfat-xlsx",
        list_id="nz_russia_sanctions",
        open=lambda files: Book(files, header=HEADER, is_party=_is_party),
        small=_small,
        files=("Russia-Sanctions-Register.xlsx",),
        published="2024-03-01",
        names="First name|Middle name|Last name|Name of",
        uid="Unique Identifier",
        spans=_spans,
        keys=frozenset(),
        coded="Ban|Freeze|Prohibition|Securities|Associates/Relatives",
    ),
)
