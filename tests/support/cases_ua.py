"""Ukraine's sanctions, for the contract. The small file stands as text; the tests make a workbook."""

from __future__ import annotations

import json
from collections.abc import Sequence

from case import Case, data
from containers import Book
from sheet_files import workbook

__all__ = ["CASES", "HEADER", "sheets"]

HEADER = ("№ указу", "п/н")
_SEVERAL = {
    "Тип обмеження": r"(?:(?<!\d)\d{1,2}\)\s*)?([^;\n]*[^;\s])",
    "Назва альт.": "[^;]*[^;\\s]",
}


def sheets() -> dict[str, list[list[str]]]:
    """The rows of the small file, by sheet."""
    (text,) = data("ua_nsdc.json")()
    made: dict[str, list[list[str]]] = json.loads(text)
    return made


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
        coded="Тип обмеження|№ указу|Назва альт|Громадянство|ІПН|ЄДРПОУ|Дія|Зміни",
    ),
)
"""The cases of this publisher."""
