"""Poland's list, for the contract. The sheets of the small file are text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from case import Case, book, parts, rows_of
from nodes import Span
from table_containers import Book

NAMES = {
    "Nazwa podmiotu": "Nazwisko i imię",
    "Dane identyfikacyjne podmiotu": "Dane identyfikacyjne osoby",
}


def sheets() -> dict[str, list[list[str]]]:
    """The rows of the small file, by the name of the sheet."""
    return {name: rows_of(f"pl_{name}.csv") for name in ("osoby", "podmioty")}


def _is_party(cells: Mapping[str, str]) -> bool:
    return not next(iter(cells.values()), "").startswith("[")


def _spans(path: str, text: str) -> Sequence[Span] | None:
    """Of a name with others in brackets, and of measures, each word; the letters are not values."""
    if path not in ("Nazwisko i imię", "Zastosowane środki sankcyjne"):
        return None
    plain = re.sub(r"obecnie|inaczej|zapisie także", lambda one: " " * len(one[0]), text)
    return parts(r"\w{4,}", plain, "word")


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
        small=book(sheets),
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
