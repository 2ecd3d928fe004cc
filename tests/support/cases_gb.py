"""The formats of the United Kingdom, for the contract."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Any

from case import Case, book, data, parts, rows_of
from nodes import Container, Span
from table_containers import Book, Table
from xml_container import Xml

_BARS = re.compile(r"Sanctions ?Imposed|Designation ?[Ss]ource|Position")
_NUMBERED = re.compile(
    r"Title|Nationality|Position|(Town|Country) of Birth|(Passport|National I|NI ).+"
)
_LABELS = (
    "Business Reg No|Current owners|Email address|Fax|Flag of ship|Gender|Hull identification number|"
    "IMO number|Length of ship|Parent company|Phone number|Previous flags|Previous owners|Subsidiaries|"
    "Tel|Tonnage of ship|Type of entity|Type of ship|UK Sanctions List Ref|UK Statement of Reasons|"
    "UN Ref|Website|Year built"
)


def _conlist_csv(files: Sequence[bytes]) -> Container:
    encoding = "utf-8-sig" if b"Non-Latin" in files[0] else "cp1252"
    return Table(files, header=("Group ID", "Regime"), encoding=encoding)


def _fcdo_spans(path: str, text: str) -> Sequence[Span] | None:
    """The values of a text that joins several by a bar."""
    return parts(r"[^|]*[^|\s]", text) if _BARS.fullmatch(path.rpartition("/")[2]) else None


def _conlist_spans(path: str, text: str) -> Sequence[Span] | None:
    """Numbered values, and those under the labels of Other Information."""
    if path == "Other Information":
        marks = list(re.finditer(rf"\(({_LABELS})\):|\Z", text))
        if len(marks) == 1:
            return parts(r"(?s).*\S", text)
        return [
            (mark.end() + start, mark.end() + end, str(mark[1]))
            for mark, after in itertools.pairwise(marks)
            for start, end, _ in _numbers(text[mark.end() : after.start()], mark[1])
        ]
    return _numbers(text, path) if _NUMBERED.fullmatch(path) else None


def _numbers(text: str, label: str) -> list[Span]:
    if label in ("UK Sanctions List Ref", "UN Ref"):
        return parts(r"\b[A-Z]{2,3}[a-z]?\.?\d+\b", text)
    marks = list(re.finditer(r"(?:(?<![\w(])\(?|(?<=\w)\()(?:\d{1,2}|[a-hA-H])\)|\Z", text))
    if len(marks) == 1 or text[: marks[0].start()].strip():
        # A cell can have a label, a country or further numbers; the parser separates them.
        of_number = re.match("Passport|National I|NI ", label)
        return parts(r'[^\s.:,;()/"-]+' if of_number else r"(?s).*\S", text)
    return [
        (mark.end() + start, mark.end() + end, sort)
        for mark, after in itertools.pairwise(marks)
        for start, end, sort in parts(r"(?s)\w.*[^\s;,.]", text[mark.end() : after.start()])
    ]


_CONLIST: Mapping[str, Any] = {
    "names": "Name ",
    "uid": "Group ID",
    "list_id": "gb_hmt_sanctions",
    "spans": _conlist_spans,
    "keys": frozenset({"Group ID"}),
    "besides": {"Other Information": frozenset({"remarks"})},
    # Several words for one script or language, and no other key in use.
    "codes": lambda _container, path: {
        "Non-Latin Script Type": ("Greek", "Hebrew"),
        "Non-Latin Script Language": ("Greek", "Hebrew"),
    }.get(path),
    "coded": "Group Type|Nationality|(Town|Country) of Birth|Alias (Type|Quality)|Non-Latin Script (Type|Language)|DOB|Listed On"
    "|UK Sanctions List Date Designated|Last Updated|Other Information|Passport Details|NI Number",
}

CASES: tuple[Case, ...] = (
    Case(
        format="gb-fcdo-xml",
        names="Names/|NonLatinNames/",
        uid="UniqueID",
        list_id="gb_fcdo_sanctions",
        open=lambda files: Xml(files, ["Designation"]),
        small=data("gb_fcdo.xml"),
        files=("UK-Sanctions-List.xml",),
        whole=("gb_fcdo_sanctions/UK-Sanctions-List_excerpt_4_designations_2026-08-14.xml",),
        spans=_fcdo_spans,
        coded="NameType|AliasStrength|NonLatinScript(Type|Language)|Gender|Date.*|LastUpdated|DOB"
        "|YearBuilt|TonnageOfShip|UNReferenceNumber|UKStatementofReasons|IndividualEntityShip"
        "|BusinessRegistrationNumber",
    ),
    Case(
        format="gb-fcdo-csv",
        names="Name ",
        uid="Unique ID",
        list_id="gb_fcdo_sanctions",
        open=lambda files: Table(files, header=("Unique ID", "Regime Name")),
        small=data("gb_fcdo.csv"),
        files=("UK-Sanctions-List.csv",),
        whole=("gb_fcdo_sanctions/UK-Sanctions-List_excerpt_1_row_2026-10-08.csv",),
        spans=_fcdo_spans,
        keys=frozenset({"Unique ID"}),
        codes=lambda _container, path: ("ZZZ0009",) if path == "Unique ID" else None,
        coded="Name type|Alias strength|Non-latin script (type|language)|Gender|Date Designated"
        "|Last Updated|D.O.B|Year Built|Tonnage of ship|UN Reference Number"
        "|UK Statement of Reasons|Designation Type|Business registration number .s.",
    ),
    Case(
        format="gb-hmt-csv",
        open=_conlist_csv,
        small=data("gb_conlist_2022.csv"),
        files=("ConList.csv",),
        whole=("gb_hmt_sanctions/ConList_2020-04-27.csv",),
        **_CONLIST,
    ),
    Case(
        format="gb-hmt-xlsx",
        open=lambda files: Book(files, header=("Group ID", "Regime")),
        small=book(lambda: {"Data": rows_of("gb_conlist_2022.csv")}),
        files=("ConList.xlsx",),
        whole=("gb_hmt_sanctions/ConList_2025-04-10.xlsx",),
        **_CONLIST,
    ),
)
