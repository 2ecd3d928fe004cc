"""The Inter-American Development Bank's list, for the contract. The small file is text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from case import Case, book, parts, rows_of
from nodes import Span
from table_containers import Book

rows = partial(rows_of, "iadb.csv")
"""The rows of the small file."""


def _spans(path: str, text: str) -> Sequence[Span] | None:
    """Of a name with others in brackets, each word."""
    if path != "Title":
        return None
    plain = re.sub(r"Previously known as|TIN No", lambda one: " " * len(one[0]), text)
    return parts(r"\w{3,}", plain, "word")


CASES: tuple[Case, ...] = (
    Case(
        format="iadb-xlsx",
        list_id="iadb_sanctions",
        open=lambda files: Book(
            files,
            header=("Title", "IDB Sanction Type", "IDB Sanction Source"),
            is_party=lambda cells: len(cells) > 1,
        ),
        small=book(lambda: {"Export": rows()}),
        files=("data.xlsx",),
        whole=("iadb_sanctions/data_2024.xlsx",),
        published="2024-06-13",
        names="Title|Other Name",
        keys=frozenset({"Title", "From", "Source"}),
        spans=_spans,
        coded="Entity|From|To|IDB Sanction Type",
        nothing=frozenset({"Ongoing"}),
    ),
)
