"""OFSI's consolidated list, closed on 28 January 2026: `ConList.csv` and `ConList.xlsx` → entities.

Documented by OFSI's "Consolidated list format guide" (gov.uk); based on complete files of April 2020
and April 2025. Peculiarities:

* A party (a "group") has a row for each combination of its values: up to 400. Values that are equal
  in all of them count once. A party under two regimes has rows of each, with separate dates: it has
  a designation for each, which share the content of Other Information.
* Above the header is "Last Updated" with the date. Until 2021 the layout had 29 columns, in
  Windows-1252; since 2022 it has 36, in UTF-8.
* `Listed On` is the first listing, including under EU law; `UK Sanctions List Date Designated` is
  the UK's own date: for parties taken over 31 December 2020, and for the UN's the date of the UN.
* Dates of birth have "00" for unknown parts: `00/00/1970`, `00/09/1962`; also `09/1962`, `1970`.
* A cell numbers its values: "(1) Pakistani (2) Saudi Arabian". Before 2022 passports and national
  numbers share a cell with their details, and nationalities are adjectives.
* `Other Information` has labelled values since 2022; see `_information`.
* A name in another script is in the row of its name; some of these names are in Latin letters, with
  accents.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import attrs

from sanctionslib.model import (
    Birth,
    Designation,
    Entity,
    EventKind,
    Fact,
    Identifier,
    IdentifierKind,
)
from sanctionslib.parsers._engine.audit import AuditBuilder
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields, PathRule
from sanctionslib.parsers._engine.format import Options
from sanctionslib.parsers._engine.input_file import InputFile
from sanctionslib.parsers._engine.rows import RowsFormat
from sanctionslib.parsers._engine.rules import Group, Rules, many, parts, path_rules, to
from sanctionslib.parsers._engine.table_rows import TableRows
from sanctionslib.parsers.gb import _information as information
from sanctionslib.parsers.gb import _rules as rules
from sanctionslib.parsers.gb import _shared as shared
from sanctionslib.parsers.gb._cells import births, documents, nationalities, places, values


def _published(titles: Sequence[str]) -> date | None:
    """The day beside "Last Updated"."""
    return next((day for one in titles if (day := shared.day(one)) is not None), None)


def _whole(given: Mapping[str, str], entry: Entry) -> str:
    """The complete text."""
    return given[information.COLUMN]


def _party(fields: Fields, entry: Entry) -> Entity | None:
    """A party, with the labelled values of Other Information."""
    information.put(fields, entry)
    shared.settle(fields, entry)
    return entry.entity(fields)


_ORIGINALS = ("Name Non-Latin Script", "Non-Latin Script Type", "Non-Latin Script Language")
_BIRTH_PLACE = parts("inner", places, "Town of Birth", "Country of Birth", also=("place",))
_FROM_DETAILS = ("value", *rules.FROM_NOTE)
_NATIONAL: Rules = {
    "NI Number": to("note", also=_FROM_DETAILS),
    "National Identification Number": to("value"),
    "National Identification Details": to("note", also=_FROM_DETAILS),
}
_PASSPORT: Rules = {
    "Passport Number": to("value"),
    "Passport Details": to("note", also=_FROM_DETAILS),
}
_REGIME: Rules = {
    "Regime": to("programs"),
    **rules.event("Listed On", EventKind.LISTED),
    **rules.event("UK Sanctions List Date Designated", EventKind.DESIGNATED),
    **rules.event("Last Updated", EventKind.AMENDED),
}

_ENTRY = Group(
    make=Entity,
    rules={
        "Group ID": to("id"),
        "Group Type": to("kind", shared.KINDS, raw="raw_kind"),
        "*names": rules.names("Name {}", "Alias Type", "Alias Quality"),
        "*originals": rules.originals(*_ORIGINALS),
        "Title": rules.VALUES["Title"],
        "DOB": rules.VALUES["D.O.B"],
        "*births": many("births", Birth, _BIRTH_PLACE, finish=births),
        "Nationality": rules.VALUES["Nationality(/ies)"],
        "*passports": many(
            "identifiers",
            Identifier,
            _PASSPORT,
            finish=documents,
            kind=IdentifierKind.PASSPORT,
            raw_kind="Passport Number",
        ),
        "*national": many(
            "identifiers",
            Identifier,
            _NATIONAL,
            finish=documents,
            kind=IdentifierKind.NATIONAL_ID,
            raw_kind="National Identification Number",
        ),
        "Position": rules.VALUES["Position"],
        "*addresses": rules.addresses("Address {}", "Post/Zip Code", "Country"),
        **parts("remarks", _whole, information.COLUMN, labels=information.LABELS),
        "*regimes": many("designations", Designation, _REGIME),
        **information.RULES,
    },
    finish=_party,
)


class _ConList(RowsFormat):
    """The list in any of its layouts."""

    def _path_rules(self) -> Mapping[str, PathRule]:
        labels = path_rules(Group(make=Entity, rules=information.RULES))
        return {**super()._path_rules(), **labels}

    def tables(
        self, source: InputFile, options: Options, audit: AuditBuilder
    ) -> Iterator[TableRows]:
        """The tables; the layout before 2022 is in Windows-1252, unless the file was saved again."""
        form = self if _is_utf8(source.head) else attrs.evolve(self, encoding="cp1252")
        return RowsFormat.tables(form, source, options, audit)


def _is_utf8(head: bytes) -> bool:
    if b"Non-Latin" in head:
        return True
    try:
        head[:-3].decode()  # the last letter can be truncated
    except UnicodeDecodeError:
        return False
    return not head.isascii()


_COLUMNS = tuple(one for one in rules.columns(_ENTRY) if one not in information.RULES)
_NEW = {
    "Passport Number",
    *_NATIONAL,
    *_ORIGINALS,
    "Alias Quality",
    "UK Sanctions List Date Designated",
}
"""Columns that only one of the layouts has."""


def _form(name: str, file: str, *, in_workbook: bool) -> _ConList:
    return _ConList(
        name=name,
        title=f"OFSI consolidated list, {'workbook' if in_workbook else 'CSV'}",
        files=(file,),
        group=_ENTRY,
        columns=_COLUMNS,
        required=frozenset(_COLUMNS) - _NEW,
        known_by=frozenset({"Group ID", "Alias Type", "Regime", "Listed On"}),
        has_titles=True,
        published=_published,
        dated_at="Last Updated",
        split={"Title": values, "Position": values, "Nationality": nationalities},
        party=shared.party("Group ID"),
        in_workbook=in_workbook,
        has_no_end_mark=True,
        alternative_sources={
            Fact.LEGAL_BASIS: "the UK Sanctions List names the regulations of each regime",
            **rules.ALTERNATIVE_SOURCES,
        },
    )


CSV = _form("gb-hmt-csv", "ConList.csv", in_workbook=False)
WORKBOOK = _form("gb-hmt-xlsx", "ConList.xlsx", in_workbook=True)
