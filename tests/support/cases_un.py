"""The cases of the UN's list, and of those that have its elements."""

from __future__ import annotations

import re
from collections.abc import Sequence

from case import Case, between, data
from nodes import Span
from xml_container import Xml

_NAMES = "FIRST_NAME|SECOND_NAME|THIRD_NAME|FOURTH_NAME|NAME_ORIGINAL|INDIVIDUAL_ALIAS|ENTITY_AL"
_CODES = {"REFERENCE_NUMBER": ("ZZe.001",), "GENDER": ("Female", "Male")}


_APART = r"(?:\s*(?:[;()]|,?\s(?=born\b)|original script:)\s*)+"


def alias_spans(path: str, text: str) -> Sequence[Span] | None:
    """The names in a cell, and a remark on them; those after the first are spellings."""
    if not path.endswith(("ALIAS_NAME", "FIRST_NAME")) or not re.search(_APART, text):
        return None
    return between(_APART, text)


CASES: tuple[Case, ...] = (
    Case(
        format="un-sc-xml",
        list_id="un_sc_sanctions",
        open=lambda files: Xml(files, ["INDIVIDUALS/INDIVIDUAL", "ENTITIES/ENTITY"]),
        small=data("un_sc.xml"),
        files=("consolidated.xml",),
        whole=(
            "un_sc_sanctions/UN_consolidated_2021-03-12.xml",
            "un_sc_sanctions/UN_consolidated_2025-11-15.xml",
        ),
        names=_NAMES,
        uid="REFERENCE_NUMBER",
        spans=alias_spans,
        coded="GENDER|QUALITY|DATE|YEAR|LISTED_ON|OF_BIRTH|UPDATED/VALUE|REVIEWED_ON/VALUE",
        # A key that no other party has, and no other spelling of the same word.
        codes=lambda _container, path: _CODES.get(path),
        # A note carries the date where nothing else does.
        rivals=frozenset({"DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE"}),
    ),
)
