"""Ukraine's sanctions, for the contract. The small files are text; the tests make a workbook and a
bundle of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from case import Case, between, book, json_of, parts
from json_containers import Bundle, bundle
from nodes import Span
from table_containers import Book

HEADER = ("№ указу", "п/н")
_BETWEEN = {"Тип обмеження": r"(?<!\d)\d{1,2}\)|^\)", "Назва альт.": ";"}
"""The text between the values of a cell."""


sheets = partial(json_of, "ua_nsdc.json")
"""The rows of the small file, by sheet."""


def _spans(path: str, text: str) -> Sequence[Span] | None:
    """The measures, or the other names, of a cell."""
    return between(_BETWEEN[path], text, "\t\r\n ,;") if path in _BETWEEN else None


answers = partial(json_of, "ua_register.json")
"""The answers of the small bundle, by file."""

SUBJECTS = ("subjects.individual.json", "subjects.legal.json")


def _pieces(path: str, text: str) -> Sequence[Span] | None:
    """The spellings of a name, other names, numbers, and facts in remarks of an attribute."""
    pattern = {
        "name": r"[^(),]*[^(),\s]",
        "translit": r"[^(),]*[^(),\s]",
        "aliases": r"[^;]*[^;\s]",
        "identifiers/code": r"[^;]*[^;\s]",
    }.get(path)
    return None if pattern is None else parts(pattern, text)


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
        small=book(sheets),
        files=("sanctions.xlsx",),
        whole=("ua_nsdc_sanctions/sanctions_2022.xlsx",),
        published="2022-04-05",
        names="Назва",
        spans=_spans,
        keys=frozenset(),
        coded="№ указу|Громадянство|ІПН|ЄДРПОУ|Дія|Зміни",
    ),
)
