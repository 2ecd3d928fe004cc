"""The case of Argentina's RePET, which has the elements of the UN's list in two files."""

from __future__ import annotations

from case import Case, data
from cases_un import alias_spans
from json_containers import Json

_CODES = {
    "DATAID": ("77",),
    "GENDER": ("desconocido",),
    "INDIVIDUAL_ALIAS/QUALITY": ("regular",),
    "LIST_TYPE": ("ARG List", "UN List"),
    "REFERENCE_NUMBER": ("ZZe.001",),
}

CASES: tuple[Case, ...] = (
    Case(
        format="ar-repet-json",
        list_id="ar_repet",
        open=lambda files: Json(files, ""),
        small=data("ar_personas.json", "ar_entidades.json"),
        files=("personas.json", "entidades.json"),
        whole=("ar_repet",),
        published="2026-07-07",
        names="FIRST_NAME|SECOND_NAME|THIRD_NAME|FOURTH_NAME|NAME_ORIGINAL|INDIVIDUAL_AL|ENTITY_AL",
        uid="DATAID",
        spans=alias_spans,
        coded="GENDER|QUALITY|DATE|YEAR|_ON|OF_BIRTH|UPDATED/VALUE|LIST_TYPE|OF_DOCUMENT2?|ISSUING_COUNTRY",
        codes=lambda _container, path: _CODES.get(path),
        # A note carries the date where nothing else does; a second document stands beside a number;
        # the values of an alias without a name are kept, and not if it has one; a note
        # that is an address ends with its country.
        rivals=frozenset(
            {"TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE", "NUMBER"}
            | {"QUALITY", "ALIAS_NAME", "COUNTRY"}
        ),
    ),
)
