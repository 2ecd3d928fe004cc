"""Ukraine's sanctions, for the contract. The small files are text; the tests make a workbook and a
bundle of them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from case import Case, data
from json_containers import Bundle, bundle
from nodes import Span
from sheet_files import workbook
from table_containers import Book

HEADER = ("№ указу", "п/н")
_BETWEEN = {"Тип обмеження": r"(?<!\d)\d{1,2}\)|^\)", "Назва альт.": ";"}
"""The text between the values of a cell."""


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
        stated = text[start:end].strip("\t\r\n ,;")
        if stated:
            first = text.index(stated, start)
            found.append((first, first + len(stated), ""))
    return found


def _small() -> Sequence[bytes]:
    return [workbook(sheets())]


def answers() -> dict[str, list[dict[str, object]]]:
    """The answers of the small bundle, by file."""
    (text,) = data("ua_register.json")()
    made: dict[str, list[dict[str, object]]] = json.loads(text)
    return made


SUBJECTS = ("subjects.individual.json", "subjects.legal.json")


def _pieces(path: str, text: str) -> Sequence[Span] | None:
    """The spellings of a name, other names, numbers, and facts in remarks of an attribute."""
    pattern = {
        "name": r"[^(),]*[^(),\s]",
        "translit": r"[^(),]*[^(),\s]",
        "aliases": r"[^;]*[^;\s]",
        "identifiers/code": r"[^;]*[^;\s]",
    }.get(path)
    if pattern is None:
        return None
    found = re.finditer(pattern, text)
    return [(one.end() - len(one[0].lstrip()), one.end(), "") for one in found]


CASES: tuple[Case, ...] = (
    Case(
        format="ua-nsdc-json",
        list_id="ua_nsdc_sanctions",
        open=lambda files: Bundle(files, SUBJECTS, "actions", "sid"),
        small=lambda: [bundle(answers())],
        files=("bundle.zip",),
        published="2026-11-30",
        labels={"attributes": "key"},
        spans=_pieces,
        names="name|translit|aliases",
        uid="sid",
        coded="status|citizenships|iso2|bd|dd|[dD]ate|decree/number|/id|attributes/key",
    ),
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
