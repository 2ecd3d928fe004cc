"""The EU's financial sanctions file as CSV, version 1.1: `csvFullSanctionsList_1_1` → entities.

See `xml.py` about the values. No complete file was available: the columns are those that other
programs name, and the first cells of rows of 5 August 2026 that one of them shows (43,851 rows,
6,234 parties). Peculiarities:

* A row is one name, address, birth, document or citizenship of an entry; the entry's own values are
  in each of its rows. A party with two entries has the rows of both.
* The date of the file is in every row, as DD/MM/YYYY; all other dates are YYYY-MM-DD.
* `Entity_SubjectType` has the letter and `…_ClassificationCode` the word, unlike the XML.
* It does not state whether a name is strong: only some remarks do.
* Every act has its issuer, and the day on which it entered into force.
* Contacts are one text, `Address_ContactInfo`, whose form is unknown: it is kept unchanged.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import attrs

from sanctionslib.model import (
    Address,
    Birth,
    Entity,
    Event,
    EventKind,
    Feature,
    FeatureKind,
    Identifier,
    IdentifierKind,
    LegalBasis,
    Name,
    Nationality,
)
from sanctionslib.parsers._engine.audit import AuditBuilder
from sanctionslib.parsers._engine.csv_rows import first_rows
from sanctionslib.parsers._engine.dates import day_first, partial_date
from sanctionslib.parsers._engine.edition import NO_HEADER, Header
from sanctionslib.parsers._engine.entry import Entry, Reading
from sanctionslib.parsers._engine.faults import changed
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers._engine.format import Options
from sanctionslib.parsers._engine.input_file import InputFile
from sanctionslib.parsers._engine.rows import RowsFormat
from sanctionslib.parsers._engine.rules import Group, Rules, Unused, many, one, to
from sanctionslib.parsers.eu import _tables as tables
from sanctionslib.parsers.eu import _values as eu

__all__ = ["FORMAT"]

_OTHER_NAMES = {
    "birthdate": "BirthDate",
    "monthOfYear": "Month",
    "dayOfMonth": "Day",
    "issueDate": "IssuedDate",
    "regulationType": "Type",
    "identificationTypeCode": "TypeCode",
    "identificationTypeDescription": "TypeDescription",
}
_ACT_OF = "the programme of the act, which its number implies"


def _column(name: str) -> str:
    """The name of an attribute, as columns have it."""
    return _OTHER_NAMES.get(name) or name[0].upper() + name[1:]


def _spelling(group: str) -> tables.Spelling:
    """The names of a group's columns."""
    return tables.Spelling(
        path=lambda name: f"{group}_{_column(name)}",
        act={f"{group}_Regulation_{_column(at)}": rule for at, rule in tables.ACT.items()},
        more={
            f"{group}_Remark": to("note"),
            f"{group}_Regulation_Programme": Unused(_ACT_OF),
        },
    )


def _contacts(text: str, entry: Entry) -> Feature:
    """A Feature (other)."""
    return Feature(label="contactInfo", value=text, kind=FeatureKind.OTHER)


_NAMES = {
    **tables.name(_spelling("NameAlias")),
    "NameAlias_Remark": to("note", also=("strength",)),
}
_CITIZENSHIPS = tables.citizenship(_spelling("Citizenship"))
_BIRTHS = tables.birth(_spelling("BirthDate"))
_PLACES = {**tables.address(_spelling("Address")), "Address_ContactInfo": to("inner", _contacts)}
_NUMBERS = {
    **tables.identification(_spelling("Identification")),
    "Identification_Remark": to("note", also=tables.FROM_REMARK),
}
_ACT: Rules = {f"Entity_Regulation_{_column(at)}": rule for at, rule in tables.ACT.items()}
_UN: Rules = {"Entity_UnitedNationId": to("value")}
_LISTED: Rules = {"Entity_DesignationDate": to("date", partial_date)}
_ENTRY: Rules = {
    "Entity_EU_ReferenceNumber": to("id"),
    "Entity_LogicalId": Unused("a second key, one to one with the reference"),
    "Entity_SubjectType_ClassificationCode": to("kind", eu.KINDS, raw="raw_kind"),
    "Entity_SubjectType": Unused("the same in one letter"),
    "Entity_Regulation_Programme": to("programs"),
    **one("legal_bases", LegalBasis, _ACT, shared=True),
    **one("events", Event, _LISTED, kind=EventKind.LISTED, raw_kind="designationDate"),
    "Entity_DesignationDetails": to("note", also=("features",)),
    "Entity_Remark": to("remarks"),
    **one(
        "identifiers",
        Identifier,
        _UN,
        kind=IdentifierKind.UN_REFERENCE,
        raw_kind="unitedNationId",
    ),
}
_GROUPS: Rules = {
    "*names": many("names", Name, _NAMES, needs=("parts",), finish=eu.name),
    "*citizenships": many(
        "citizenships", Nationality, _CITIZENSHIPS, needs=("country",), finish=eu.citizenship
    ),
    "*births": many("births", Birth, _BIRTHS, finish=eu.birth),
    "*addresses": many("addresses", Address, _PLACES, finish=eu.address),
    "*identifiers": many(
        "identifiers", Identifier, _NUMBERS, needs=("value",), finish=eu.identifier
    ),
}
_DATE = "fileGenerationDate"
_KEY = ("Entity_LogicalId", "Entity_EU_ReferenceNumber", "Entity_Regulation_Programme")


def _party(fields: Fields, entry: Entry) -> Entity | None:
    """The rows of an entry, which must have the date of the first row."""
    edition = entry.reading.edition
    day = day_first(entry.texts.get(_DATE, ""))
    if edition.dated_by == "file" and day != edition.published:
        raise changed(f"a row is of {day}, the first of {edition.published}", entry.where(_DATE))
    return eu.party(fields, entry)


def _entry_key(cells: Mapping[str, str]) -> Hashable:
    """The key of the rows of an entry: the party and the programme."""
    return tuple([cells.get(column) for column in _KEY])


class _CsvFormat(RowsFormat):
    """A table whose rows state the date of the file."""

    def start(
        self,
        sources: Sequence[InputFile],
        options: Options,
        audit: AuditBuilder,
        header: Header = NO_HEADER,
    ) -> Reading:
        head = sources[0].head
        names, *rows = first_rows(head, delimiter=self.delimiter, encoding=self.encoding, most=2)
        texts = [dict(zip(names, cells, strict=False)).get(_DATE, "") for cells in rows]
        days = [day for text in texts if (day := day_first(text.strip())) is not None]
        return super().start(
            sources, options, audit, attrs.evolve(header, published=days[0] if days else None)
        )


FORMAT = _CsvFormat(
    name="eu-fsf-csv",
    title="EU financial sanctions files (FSF), CSV 1.1",
    files=("csvFullSanctionsList_1_1",),
    group=Group(
        make=Entity,
        rules={_DATE: Unused("the date of the edition"), **_ENTRY, **_GROUPS},
        finish=_party,
    ),
    columns=(_DATE, *_ENTRY, *_NAMES, *_CITIZENSHIPS, *_BIRTHS, *_PLACES, *_NUMBERS),
    known_by=frozenset({"Entity_EU_ReferenceNumber", "NameAlias_WholeName"}),
    delimiter=";",
    party=_entry_key,
    dated_at=_DATE,
    unites=True,
    by_key=True,
    alternative_sources=eu.ALTERNATIVE_SOURCES,
)
