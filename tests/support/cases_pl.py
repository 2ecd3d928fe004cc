"""Poland's list, for the contract. The sheets of the small file are text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence

from case import Case, data
from nodes import Span
from sheet_files import workbook
from table_containers import Book

NAMES = {
    "Nazwa podmiotu": "Nazwisko i imię",
    "Dane identyfikacyjne podmiotu": "Dane identyfikacyjne osoby",
}


def sheets() -> dict[str, list[list[str]]]:
    """The rows of the small file, by the name of the sheet."""
    return {
        name: list(csv.reader(io.StringIO(data(f"pl_{name}.csv")()[0].decode(), newline="")))
        for name in ("osoby", "podmioty")
    }


def _small() -> Sequence[bytes]:
    return [workbook(sheets())]


def _is_party(cells: Mapping[str, str]) -> bool:
    return not next(iter(cells.values()), "").startswith("[")


def _spans(path: str, text: str) -> Sequence[Span] | None:
    """Of a name with others in brackets, and of measures, each word; the letters are not values."""
    if path not in ("Nazwisko i imię", "Zastosowane środki sankcyjne"):
        return None
    return [
        (one.start(), one.end(), "word")
        for one in re.finditer(r"\w{4,}", re.sub(r"obecnie|inaczej|zapisie także", _blank, text))
    ]


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


CASES: tuple[Case, ...] = (
    Case(
        format="pl-mswia-xlsx",
        list_id="pl_mswia_sanctions",
        open=lambda files: Book(
            files,
            header=("Nazwisko i imię", "Dane identyfikacyjne osoby"),
            names=NAMES,
            is_party=_is_party,
        ),
        small=_small,
        files=("lista.xlsx",),
        whole=("pl_mswia_sanctions/mswia_2026-02-21.xlsx",),
        published="2026-02-21",
        names="Nazwisko i imię",
        keys=frozenset(
            {"Nazwisko i imię", "Dane identyfikacyjne osoby", "Uzasadnienie wpisu na listę"}
        ),
        spans=_spans,
        coded="Data umieszczenia na liście|Data wykreślenia z listy",
    ),
)
