"""Australia's Sanctions Consolidated List of the Department of Foreign Affairs and Trade: the workbook.

No description of it is published; what follows was seen in the whole editions of November 2024 (12
columns, "regulation8_consolidated") and February 2026 (19). What is unusual about it:

* A row is a name. "2", "2a", "2b" are names of party 2: the number is its key, which both layouts
  have and which stays the same from edition to edition. Letters can be missing.
* The other columns say the same in all rows of a party, but for some: for about 40 parties the births
  differ, for 60 what is told of the listing. All of them are kept, each value once.
* A party may have no row of a primary name, or two: its names are kept as they are, and it is reported.
* `Control Date` is the day of the last change and never that of the listing. That stands in words in
  `Listing Information`, for some 40 % of the parties; of the others only an instrument is named, whose
  year is then the date of the listing. A day on which a listing was renewed is no first day.
* The regulations of a regime name no party: their year is none of a listing. Parties of which nothing
  else is told have no date (81 in February 2026).
* Births in words and enumerations, since November 2025 as days and years joined by commas; ranges of
  years have since been written out, and nothing says which years are alternatives. Each is kept, and
  none is joined to a range.
* A reference of the UN is stated at the beginning of `Additional Information`, "TAi.002."; further
  ones there are those of other parties.
* "na" and "N/A" stand for no value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sanctionslib.answers import IssueKind
from sanctionslib.model import (
    Address,
    AliasStrength,
    Birth,
    Entity,
    Event,
    EventKind,
    Identifier,
    IdentifierKind,
    LegalBasis,
    Measure,
    MeasureKind,
    Name,
    NameKind,
    Nationality,
    Organization,
    Person,
    Vessel,
)
from sanctionslib.parsers._au_texts import (
    History,
    birth_date,
    births,
    citizenships,
    enumerated,
    history,
    is_nothing,
)
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.keys import distinct
from sanctionslib.parsers._engine.rows import Cells, RowsFormat
from sanctionslib.parsers._engine.rules import Fields, Group, Rule, many, to
from sanctionslib.parsers._engine.values import AnyCase, country, partial_date, place
from sanctionslib.reference import country_at_end

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
_UN_REFERENCE = re.compile(r"[A-Z]{2}[IE]\.\s?\d{3}\b|[QT][IE]\.[A-Z]\.\d+\.\d+", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\([^()]*\)\W*\Z")
_COMMITTEE = re.compile(r"(?<=\))\s+(?=\d{4} \()")


def _party(cells: Cells) -> str | None:
    """The number of the reference; another text is the reference of a party of its own.

    Without any, a primary name begins a party, and other names go on with the one above.
    """
    said = cells.get("Reference", "")
    if not said and _NAME_KINDS.get(cells.get("Name Type", "")) is not NameKind.PRIMARY:
        return None
    found = _NUMBER.fullmatch(said)
    return found[1] if found else said or repr(cells)


def _programs(text: str, entry: Entry) -> tuple[str, ...]:
    """Regimes; two stand side by side, "1970 (Libya) 1973 (Libya)"."""
    return tuple(_COMMITTEE.split(text))


def _address(fields: Fields, entry: Entry) -> Address:
    """An Address in one line, with the country at its end."""
    (line,) = fields["lines"]
    return Address(lines=(line,), country=country_at_end(_BRACKETS.sub("", line)))


def _instruments(text: str, entry: Entry) -> tuple[LegalBasis, ...]:
    """The instruments that it names."""
    return tuple(history(text).bases)


def _told(entry: Entry, column: str) -> Mapping[str, History]:
    """What the texts of a column tell of the listing."""
    return {one: history(one) for one in entry.texts.get(column, ())}


def _entity(fields: Fields, entry: Entry) -> Entity | None:
    """A party, with its key, its reference at the UN, and the history of its listing."""
    names: list[Name] = distinct(fields.get("names", ()))
    keys = [_NUMBER.fullmatch(one.source_id or "") for one in names]
    fields["names"] = names
    fields["id"] = next((one[1] for one in keys if one), "")
    fields["raw_kind"] = next(iter(entry.texts.get("Type", ())), "")
    primary = [one.text for one in names if one.kind is NameKind.PRIMARY]
    if names and len(primary) != 1:
        says = (
            f"the party has {len(primary)} rows of a primary name; all names are kept as they are"
        )
        entry.issue(IssueKind.NO_PRIMARY_NAME, says, "Name Type")
    for text in entry.texts.get("Additional Information", ()):
        if found := _UN_REFERENCE.match(
            text
        ):  # the first row's: "CDi.002" in one of CDi.003 is a slip
            number = Identifier(kind=IdentifierKind.UN_REFERENCE, value=found[0])
            fields["identifiers"] = [number, *fields.get("identifiers", ())]
            break
    listed, instruments = _told(entry, _LISTED), _told(entry, _INSTRUMENT)
    told = [*listed.values(), *instruments.values()]
    events = [event for one in told for event in one.events]
    days = [one.date for one in events if one.kind is EventKind.LISTED]
    # The column is more exact: of a list that was amended it names the amendment.
    years = [event for one in instruments.values() for event in one.years]
    years = years or [event for one in listed.values() for event in one.years]
    if days:  # a later one is of a renewal, or of an alias
        firsts = [event for one in told for event in one.first]
        years = [one for one in firsts if one.date.is_before(min(days))]
    if years:
        events.insert(0, min(years, key=lambda one: one.date))
    fields["events"] = distinct([*events, *fields.get("events", ())])
    fields["bases"] = distinct(basis for one in told for basis in one.bases)
    beside = [
        one
        for one, found in instruments.items()
        if one not in listed and " ".join(one.split()) not in [each.title for each in found.bases]
    ]
    if notes := [*listed, *beside]:
        fields["note"] = "\n".join(notes)
    return entry.entity(fields)


def _measure(column: str, kind: MeasureKind) -> Rule:
    """The rule of a column for a measure."""
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
_BIRTH = {".": to("date", birth_date), "note": to("note")}
_ROW = Group(
    make=Entity,
    rules={
        "*names": many("names", Name, _NAME, kind=None),
        "Type": many("kind", convert=_KINDS),
        "Date of Birth": many("births", Birth, _BIRTH),
        "Place of Birth": many("births", Birth, {".": to("place", place)}),
        "Citizenship": many("citizenships", Nationality, {".": to("country", country)}),
        "Address": many(
            "addresses", Address, {".": to("lines", also=("country",))}, finish=_address
        ),
        "Additional Information": many("remarks", also=("identifiers",)),
        _LISTED: many("note", also=("events", "bases")),
        "IMO Number": many("identifiers", Identifier, {".": to("value")}, kind=IdentifierKind.IMO),
        "Committees": many("programs", convert=_programs),
        "Control Date": many(
            "events",
            Event,
            {".": to("date", partial_date)},
            kind=EventKind.AMENDED,
            raw_kind="Control Date",
        ),
        _INSTRUMENT: many("bases", convert=_instruments, also=("events", "note")),
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
        "Place of Birth": enumerated,
        "Citizenship": citizenships,
        "Address": enumerated,
        "Additional Information": lambda text: [] if is_nothing(text) else [text],
    },
    party=_party,
    in_workbook=True,
    unites=True,
    alternative_sources={},
)
