"""The World Bank's debarments, for the contract."""

from __future__ import annotations

import re
from collections.abc import Sequence

from case import Case, data
from json_containers import Json
from nodes import Span

_PIECES = re.compile(
    r"^(?:(?:MR|MRS|MS|DR)\.|(?:MR|MRS)(?= ))|(?:[(,] ?)?(?:A\.K\.A\.|ALSO KNOWN AS|FORMERLY(?: KNOWN AS)?"
    r"|(?:CURRENTLY )?D/B/A) |\)$"
)
"""Words in a name that are not part of it."""


def _spans(path: str, text: str) -> Sequence[Span] | None:
    """The names in a name."""
    if path != "SUPP_NAME":
        return None
    found: list[Span] = []
    start = 0
    for end, after in [*(one.span() for one in _PIECES.finditer(text)), (len(text), 0)]:
        if piece := text[start:end].strip():
            at = text.index(piece, start)
            found.append((at, at + len(piece), "later" if found else "first"))
        start = after
    return found


CASES: tuple[Case, ...] = (
    Case(
        format="worldbank-json",
        list_id="worldbank_debarred",
        open=lambda files: Json(files, "response/ZPROCSUPP"),
        small=data("worldbank.json"),
        files=("SANCTIONED_FIRM.json",),
        whole=("worldbank_debarred/wb-data_2026-03-15.json",),
        spans=_spans,
        names="SUPP_NAME",
        uid="SUPP_ID",
        coded="SUPP_TYPE_CODE|LAND1|DEBAR_TO_DATE",
    ),
)
