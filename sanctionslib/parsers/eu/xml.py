"""The EU's financial sanctions file in XML, version 1.1: `xmlFullSanctionsList_1_1` → entities.

The attributes are those of the publisher's schema (`export`, version 1.1) and of a complete file of
2 March 2021, with 2,269 entries. Peculiarities:

* A party can have several entries, one for each programme, under one reference and with different
  names (21 of 2,248): they are one entity with a designation each.
* Every value names its act (`regulationSummary`). The `regulation` of an entry, with the programme,
  is the act that changed it last. None of them gives the day of listing: that is `designationDate`,
  which half of the entries lack.
* No name is marked as the primary one. It is the oldest, by the publisher's number, of those in
  Latin letters that are neither former nor weak. `strong` was never "false": 51 names are weak, and
  76 strong, by a remark, with misprints ("qood quality alias").
* Gender, title and function belong to single names, and are facts about the party.
* A birth can have a place and no date. `birthdate` is Gregorian even where the calendar is not.
  Some dates are approximate only by the remark ("Approximately 1980").
* Unknown values are country "00", "UNKNOWN", or city "-".
* No party is marked as a ship; an identification `imo` can be the number of a company.
* Remarks and `designationDetails` are free texts. The days of listing in them become Features
  ("Date of listing: 23.1.2012"); the complete text is kept.
"""

from __future__ import annotations

from datetime import date

from sanctionslib.model import (
    Address,
    Birth,
    Entity,
    Event,
    EventKind,
    Feature,
    Identifier,
    IdentifierKind,
    LegalBasis,
    Name,
    Nationality,
    PartialDate,
)
from sanctionslib.parsers._engine.dates import partial_date
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.rules import Group, Unused, many, one, to
from sanctionslib.parsers._engine.xml import XmlFormat
from sanctionslib.parsers.eu import _tables as tables
from sanctionslib.parsers.eu import _values as eu

__all__ = ["FORMAT"]


def _generated(text: str, entry: Entry) -> date | None:
    """The day before the "T"."""
    return PartialDate.parse(text[:10]).earliest


_SUMMARY = ("numberTitle", "regulationType", "publicationDate", "publicationUrl")
_SPELLING = tables.Spelling(
    path="@{}".format,
    act={f"regulationSummary@{at}": tables.ACT[at] for at in _SUMMARY},
    more={"remark": many("note")},
)
_NAME = {
    **tables.name(_SPELLING),
    "@strong": to("strength", eu.STRONG, raw="raw_strength"),
}
_CONTACT = {"@key": to("kind", eu.CONTACTS, raw="label"), "@value": to("value")}
_ADDRESS = {**tables.address(_SPELLING), "contactInfo": many("inner", Feature, _CONTACT)}
_NUMBER = {**tables.identification(_SPELLING), "remark": many("note", also=tables.FROM_REMARK)}
_REGULATION = {
    **{f"regulation@{at}": rule for at, rule in tables.ACT.items() if at != "publicationUrl"},
    "regulation/publicationUrl": to("url"),
    "regulation@logicalId": to("source_id"),
}
_LISTED = {"@designationDate": to("date", partial_date)}
_DELISTED = {"@delistingDate": to("date", partial_date)}
_UN = {"@unitedNationId": to("value")}
_ENTRY = Group(
    make=Entity,
    rules={
        "@euReferenceNumber": to("id"),
        "@logicalId": Unused("a second key, one to one with the reference"),
        "subjectType@code": to("kind", eu.KINDS, raw="raw_kind"),
        "subjectType@classificationCode": Unused("the same in one letter"),
        "regulation@programme": to("programs"),
        **one("legal_bases", LegalBasis, _REGULATION, shared=True),
        "regulation/corrigendum": many(
            "legal_bases", LegalBasis, {f"@{at}": tables.ACT[at] for at in _SUMMARY}, shared=True
        ),
        **one("events", Event, _LISTED, kind=EventKind.LISTED, raw_kind="designationDate"),
        **one("events", Event, _DELISTED, kind=EventKind.DELISTED, raw_kind="delistingDate"),
        "@designationDetails": to("note", also=("features",)),
        "remark": many("remarks"),
        **one(
            "identifiers",
            Identifier,
            _UN,
            kind=IdentifierKind.UN_REFERENCE,
            raw_kind="unitedNationId",
        ),
        "nameAlias": many("names", Name, _NAME, needs=("parts",), finish=eu.name),
        "citizenship": many(
            "citizenships",
            Nationality,
            tables.citizenship(_SPELLING),
            needs=("country",),
            finish=eu.citizenship,
        ),
        "birthdate": many("births", Birth, tables.birth(_SPELLING), finish=eu.birth),
        "address": many("addresses", Address, _ADDRESS, finish=eu.address),
        "identification": many(
            "identifiers", Identifier, _NUMBER, needs=("value",), finish=eu.identifier
        ),
    },
    finish=eu.party,
)

FORMAT = XmlFormat(
    name="eu-fsf-xml",
    title="EU financial sanctions files (FSF), XML 1.1",
    files=("xmlFullSanctionsList_1_1",),
    root="export",
    header={
        "@generationDate": to("published", _generated, raw="generated_at"),
        "@globalFileId": Unused("the publisher's number of the file"),
    },
    dated_at="@generationDate",
    entries={"sanctionEntity": _ENTRY},
    unites=True,
    by_key=True,
    alternative_sources=eu.ALTERNATIVE_SOURCES,
)
