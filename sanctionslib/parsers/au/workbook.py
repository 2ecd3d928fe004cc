"""Australia's Sanctions Consolidated List of the Department of Foreign Affairs and Trade: the workbook.

No description of it is published; this module is based on complete editions of November 2024 (12
columns, "regulation8_consolidated") and February 2026 (19). Peculiarities:

* A row is a name. "2", "2a", "2b" are names of party 2: the number is its key, which both layouts
  have and which stays the same from edition to edition. Letters can be missing.
* The other columns are equal in all rows of a party, with exceptions: for about 40 parties the
  births differ, for 60 the text about the listing. All values are kept, each once.
* A party may have no row of a primary name, or two: its names are kept unchanged, and it is
  reported.
* `Control Date` is the day of the last change, never that of the listing. The listing is described
  in words in `Listing Information`, for some 40 % of the parties; for the others only an instrument
  is named, whose year is then the date of the listing. The day of a renewal is not the first day.
* The regulations of a regime name no party: their year is not that of a listing, and 81 have no
  date.
* Births are in words and enumerations, since November 2025 as days and years joined by commas;
  ranges of years have since been expanded without a mark: each year is kept, none is joined to a
  range.
* `Additional Information` begins with the reference of the UN, "TAi.002."; further ones belong to
  other parties. Passports, other numbers, contacts and former names of ships are there in words.
* "na" and "N/A" are not values.
"""

from __future__ import annotations

import re

from sanctionslib.answers import IssueKind
from sanctionslib.model import (
    Address,
    AliasStrength,
    Birth,
    Entity,
    Event,
    EventKind,
    Fact,
    Identifier,
    IdentifierKind,
    Measure,
    MeasureKind,
    Name,
    NameKind,
    Nationality,
    Organization,
    Person,
    Vessel,
)
from sanctionslib.parsers._engine.dates import date_in_words, partial_date
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers._engine.keys import distinct
from sanctionslib.parsers._engine.rows import Cells, RowsFormat
from sanctionslib.parsers._engine.rules import Group, Rule, many, to
from sanctionslib.parsers._engine.values import AnyCase, country, place
from sanctionslib.parsers.au import _remarks as remarks
from sanctionslib.parsers.au._texts import (
    address_country,
    addresses,
    births,
    citizenships,
    instruments,
    is_nothing,
    listing,
    places,
    programs,
)

__all__ = ["FORMAT"]

_KINDS = AnyCase({"Individual": Person, "Entity": Organization, "Vessel": Vessel})
_NAME_KINDS = AnyCase(
    {
        "Primary Name": NameKind.PRIMARY,
        "Alias": NameKind.AKA,
        "aka": NameKind.AKA,
        "Original Script": NameKind.ORIGINAL_SCRIPT,
        "Formerly known as": NameKind.FKA,
        "Previously listed as": NameKind.FKA,
    }
)
_STRENGTHS = {"Strong": AliasStrength.STRONG, "Weak": AliasStrength.WEAK}
_MEASURES = {
    "Targeted Financial Sanction": MeasureKind.ASSET_FREEZE,
    "Travel Ban": MeasureKind.TRAVEL_BAN,
    "Arms Embargo": MeasureKind.ARMS_EMBARGO,
    "Maritime Restriction": MeasureKind.OTHER,
}
_NUMBER = re.compile(r"(\d+)([a-z]+\d*)?", re.ASCII)


def _party(cells: Cells) -> str | None:
    """The number of the reference; any other text is the reference of a separate party.

    Without a reference, a primary name begins a party, and other names continue the one above.
    """
    stated = cells.get("Reference", "")
    if not stated and _NAME_KINDS.get(cells.get("Name Type", "")) is not NameKind.PRIMARY:
        return None
    found = _NUMBER.fullmatch(stated)
    return found[1] if found else stated or repr(cells)


def _address(fields: Fields, entry: Entry) -> Address:
    """An Address in one line, with the country at its end."""
    (line,) = fields["lines"]
    return Address(lines=(line,), country=address_country(line))


def _entity(fields: Fields, entry: Entry) -> Entity | None:
    """A party, with its key, its UN reference, and the history of its listing."""
    names: list[Name] = fields.get("names", [])
    keys = [_NUMBER.fullmatch(one.source_id or "") for one in names]
    fields["id"] = next((one[1] for one in keys if one), "")
    fields["raw_kind"] = next(iter(entry.texts.get("Type", ())), "")
    primary = [one.text for one in names if one.kind is NameKind.PRIMARY]
    if names and len(primary) != 1:
        message = f"the party has {len(primary)} primary names; all names are kept as they are"
        entry.issue(IssueKind.NO_PRIMARY_NAME, message, "Name Type")
    information = entry.texts.get("Additional Information", ())
    facts = (*remarks.contacts(information), *remarks.former_names(information))
    fields["features"] = [*facts, *fields.get("features", ())]
    if "kind" not in fields and "identifiers" in fields:  # the column of IMO numbers
        fields["kind"] = Vessel
    fields["identifiers"] = [*remarks.identifiers(information), *fields.get("identifiers", ())]
    listed = listing(entry.texts.get(_LISTED, ()), entry.texts.get(_INSTRUMENT, ()))
    fields |= listed | {"events": distinct([*listed["events"], *fields.get("events", ())])}
    return entry.entity(fields)


def _measure(column: str, kind: MeasureKind) -> Rule:
    """The rule for the column of a measure."""
    imposed = {"TRUE": (Measure(kind=kind, raw=column),), "FALSE": ()}

    def read(text: str, entry: Entry) -> tuple[Measure, ...] | None:
        """TRUE: a Measure; FALSE: none."""
        return imposed.get(text)

    return to("measures", read)


_LISTED, _INSTRUMENT = "Listing Information", "Instrument of Designation"
_NAME = {
    "Reference": to("source_id", also=("Entity.id",)),
    "Name of Individual or Entity": to("text"),
    "Name Type": to("kind", _NAME_KINDS, raw="raw_kind"),
    "Alias Strength": to("strength", _STRENGTHS, raw="raw_strength"),
}
_ROW = Group(
    make=Entity,
    rules={
        "*names": many("names", Name, _NAME, needs=("text",), finish=remarks.name, kind=None),
        "Type": many("kind", convert=_KINDS),
        "Date of Birth": many(
            "births", Birth, {".": to("date", date_in_words), "note": to("note")}
        ),
        "Place of Birth": many("births", Birth, {".": to("place", place)}),
        "Citizenship": many("citizenships", Nationality, {".": to("country", country)}),
        "Address": many(
            "addresses", Address, {".": to("lines", also=("country",))}, finish=_address
        ),
        "Additional Information": many("remarks", also=("identifiers", "features")),
        _LISTED: many("note", also=("events", "legal_bases")),
        "IMO Number": many("identifiers", Identifier, {".": to("value")}, kind=IdentifierKind.IMO),
        "Committees": many("programs", convert=programs),
        "Control Date": many(
            "events",
            Event,
            {".": to("date", partial_date)},
            kind=EventKind.AMENDED,
            raw_kind="Control Date",
        ),
        _INSTRUMENT: many("legal_bases", convert=instruments, also=("events", "note")),
        **{column: _measure(column, kind) for column, kind in _MEASURES.items()},
    },
    finish=_entity,
)
_NEW = frozenset({"Alias Strength", "IMO Number", _INSTRUMENT, *_MEASURES})
_COLUMNS = (*_NAME, *(one for one in _ROW.rules if one != "*names"))

FORMAT = RowsFormat(
    name="au-dfat-xlsx",
    title="Australian Sanctions Consolidated List, workbook",
    files=("Australian_Sanctions_Consolidated_List.xlsx",),
    group=_ROW,
    columns=_COLUMNS,
    required=frozenset(_COLUMNS) - _NEW,
    known_by=frozenset({"Reference", "Name of Individual or Entity", "Committees"}),
    split={
        "Date of Birth": births,
        "Place of Birth": places,
        "Citizenship": citizenships,
        "Address": addresses,
        "Additional Information": lambda text: [] if is_nothing(text) else [text],
    },
    party=_party,
    in_workbook=True,
    unites=True,
    alternative_sources={
        Fact.NAME_PARTS: "for UN entries, the UN's list",
        Fact.GENDER: "for UN entries, the UN's list",
        Fact.REASON: "the department's page on each regime, and remarks",
        Fact.RELATION: "remarks, in words",
        Fact.DELISTING_DATE: "the first edition without the party",
    },
)
