"""Ukraine's sanctions, for the contract. The small file stands as text; the tests make a workbook."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from case import Case, data
from containers import Book
from nodes import Span
from sheet_files import workbook

__all__ = ["CASES", "HEADER", "sheets"]

HEADER = ("№ указу", "п/н")
_BETWEEN = {"Тип обмеження": r"(?<!\d)\d{1,2}\)|^\)", "Назва альт.": ";"}
"""What stands between the values of a cell."""


def sheets() -> dict[str, list[list[str]]]:
    """The rows of the small file, by sheet."""
    (text,) = data("ua_nsdc.json")()
    made: dict[str, list[list[str]]] = json.loads(text)
    return made


def _spans(path: str, text: str) -> Sequence[Span] | None:
    """The measures, or the other names, of a cell."""
    if path not in _BETWEEN:
        return None
    ends = [0, *(at for one in re.finditer(_BETWEEN[path], text) for at in one.span()), len(text)]
    found: list[Span] = []
    for start, end in zip(ends[::2], ends[1::2], strict=True):
        said = text[start:end].strip("\t\r\n ,;")
        if said:
            first = text.index(said, start)
            found.append((first, first + len(said), ""))
    return found


def _small() -> Sequence[bytes]:
    return [workbook(sheets())]


CASES: tuple[Case, ...] = (
    Case(
        format="ua-nsdc-xlsx",
        list_id="ua_nsdc_sanctions",
        open=lambda files: Book(files, header=HEADER),
        small=_small,
        files=("sanctions.xlsx",),
        whole=("ua_nsdc_sanctions/sanctions_2022.xlsx",),
        published="2022-04-05",
        names="Назва",
        spans=_spans,
        keys=frozenset(),
        coded="№ указу|Громадянство|ІПН|ЄДРПОУ|Дія|Зміни",
    ),
)
"""The cases of this publisher."""
