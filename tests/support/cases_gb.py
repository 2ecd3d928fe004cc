"""The formats of the United Kingdom, for the contract."""

from __future__ import annotations

import re
from collections.abc import Sequence

from case import Case, data
from containers import Xml
from nodes import Container, Span

__all__ = ["CASES"]

_BARS = frozenset({"SanctionsImposed", "DesignationSource"})


def _fcdo_xml(files: Sequence[bytes]) -> Container:
    return Xml(files, ["Designation"])


def _bars(path: str, text: str) -> Sequence[Span] | None:
    """The values of a text that joins several by a bar."""
    if path not in _BARS and not path.endswith("/Position"):
        return None
    return [
        (one.end() - len(one[0].lstrip()), one.end(), "first" if number == 0 else "later")
        for number, one in enumerate(re.finditer(r"[^|]*[^|\s]", text))
    ]


CASES: tuple[Case, ...] = (
    Case(
        format="gb-fcdo-xml",
        names="Names/|NonLatinNames/",
        uid="UniqueID",
        list_id="gb_fcdo_sanctions",
        open=_fcdo_xml,
        small=data("gb_fcdo.xml"),
        files=("UK-Sanctions-List.xml",),
        whole=("gb_fcdo_sanctions/UK-Sanctions-List_excerpt_4_designations_2026-08-14.xml",),
        spans=_bars,
        coded="NameType|AliasStrength|NonLatinScript(Type|Language)|Gender|Date.*|LastUpdated|DOB"
        "|YearBuilt|TonnageOfShip|UNReferenceNumber|UKStatementofReasons|IndividualEntityShip",
    ),
)
