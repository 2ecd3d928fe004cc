"""New Zealand's Russia Sanctions Register: a workbook of the Ministry of Foreign Affairs and Trade.

**No complete file was available**: the site blocks automated downloads. The columns are those that
other programs name; how often they have which values is unknown. A column that is not named here is
an error, and none is ignored. Peculiarities:

* A legend is above the header. Ships have a sheet with their own columns; a sheet of trade
  measures, which makes the file 21 MB, has no parties.
* Rows of the types Asset and Total are not parties: "Russian government owned ships", a sum.
* Each measure has a column, with "Yes" or nothing.
* Dates are those of a spreadsheet, or texts with the day first: "XX/XX/1970", "dd/mm/1970" state
  only the year, "xx/xx/1967-1969" years; some dates are spreadsheet serial numbers.
* Associates and relatives are a text, "Close associate of EXAMPLE".
"""

from __future__ import annotations

from collections.abc import Mapping

from sanctionslib.model import (
    Address,
    Birth,
    Entity,
    Event,
    EventKind,
    Fact,
    Feature,
    FeatureKind,
    Identifier,
    IdentifierKind,
    MeasureKind,
    Name,
    NameKind,
    NamePart,
    NamePartKind,
    Nationality,
    Organization,
    Person,
    Vessel,
)
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers._engine.rows import Cells, RowsFormat
from sanctionslib.parsers._engine.rules import Group, Rule, constant, many, one, part, parts, to
from sanctionslib.parsers._engine.values import (
    AnyCase,
    country,
    place,
)
from sanctionslib.parsers.nz import _texts as texts

__all__ = ["FORMAT"]

_KINDS = AnyCase({"Individual": Person, "Entity": Organization, "Bank": Organization})
_NO_PARTY = AnyCase(
    {"Asset": "it is a class of property, not a party", "Total": "it is a total of the sheet"}
)
_FIRST, _MIDDLE, _LAST, _ASSET = "First name", "Middle name(s)", "Last name", "Name of Asset"
_SHIP, _DELETED = "Name of Ship as of Date of Sanction", "Record Deleted Flag"
_PARTS = {
    _FIRST: NamePartKind.GIVEN,
    _MIDDLE: NamePartKind.MIDDLE,
    _LAST: NamePartKind.FAMILY,
}
_MEASURES = {
    "Asset Freeze": MeasureKind.ASSET_FREEZE,
    "Travel Ban": MeasureKind.TRAVEL_BAN,
    "Service Prohibition": MeasureKind.SERVICES_BAN,
    "Dealing with Securities": MeasureKind.INVESTMENT_BAN,
    "Ship Ban": MeasureKind.PORT_BAN,
    "Aircraft Ban": MeasureKind.OTHER,
}


def _name(given: Mapping[str, str], entry: Entry) -> Name:
    """The primary name; for a person given and middle names before the last name."""
    text = " ".join(given.values())
    if entry.texts.get("Type", "").casefold() != "individual":
        return Name(text=text)
    stated = tuple(
        [NamePart(kind=_PARTS[at], text=each) for at, each in given.items() if at in _PARTS]
    )
    return Name(text=text, parts=stated)


def _party(fields: Fields, entry: Entry) -> Entity | None:
    """A row; one on the sheet of ships has no type, and one with an unknown type has no kind."""
    if fields.get("kind") is None:
        fields["kind"] = Vessel if _SHIP in entry.texts else Entity
    return entry.entity(fields)


def _omitted(cells: Cells) -> str | None:
    """The reason why a row is not a party, by its type; the entry of a ship can be marked as deleted."""
    if cells.get(_DELETED, "") in texts.YES:
        return "the entry is marked as deleted"
    if cells.keys().isdisjoint(("Type", "Unique Identifier", _FIRST, _LAST, _SHIP)):
        return "it has neither a type nor an identifier nor a name"
    return _NO_PARTY.get(cells.get("Type", ""))


_LISTED = {"Date of Sanction": to("date", texts.sanction_date)}
_MORE = {"Date of Additional Sanction": to("date", texts.sanction_date)}
_STATUS = {"Sanction Status": to("value")}
_BORN = {"DOB": to("date", texts.sanction_date), "Place of Birth": to("place", place)}
_LINE = {"Address": to("lines")}
_IMO = {"IMO Number": to("value")}
_ALIAS = many("names", Name, {".": to("text")}, kind=NameKind.AKA)
_CITIZEN = {".": to("country", country)}
_PASSPORT = many("identifiers", Identifier, {".": to("value")}, kind=IdentifierKind.PASSPORT)
_MEASURE_RULES: dict[str, Rule] = {
    column: to("measures", texts.measure(kind, column)) for column, kind in _MEASURES.items()
}

_ROW = Group(
    make=Person,  # or of another kind, by its type and sheet
    rules={
        "Type": to("kind", _KINDS, raw="raw_kind"),
        "Unique Identifier": to("id"),
        **parts("names", _name, _FIRST, _MIDDLE, _LAST, _ASSET, also=("Name.parts",)),
        _SHIP: part("names", _name, also=("Entity.kind",)),
        "Alias/Alternate Spellings": _ALIAS,
        "Alias/Alternate Names": _ALIAS,
        "Title": to("titles"),
        **one("births", Birth, _BORN),
        "Citizenship": many("citizenships", Nationality, _CITIZEN),
        "Citizenship 2": many("citizenships", Nationality, _CITIZEN),
        "Citizenship 3": many("citizenships", Nationality, _CITIZEN),
        "Passport Number": _PASSPORT,
        **one("identifiers", Identifier, _IMO, kind=IdentifierKind.IMO, raw_kind="IMO Number"),
        **one("addresses", Address, _LINE),
        "Associates/Relatives": to("relations", texts.relation),
        **one("events", Event, _LISTED, kind=EventKind.LISTED, raw_kind="Date of Sanction"),
        **one(
            "events", Event, _MORE, kind=EventKind.AMENDED, raw_kind="Date of Additional Sanction"
        ),
        **one("features", Feature, _STATUS, kind=FeatureKind.OTHER, label="Sanction Status"),
        "General Rationale for Sanction": to("reason"),
        "Additional Information": to("remarks"),
        **_MEASURE_RULES,
        _DELETED: constant("No", "NO", "N", "FALSE"),
    },
    finish=_party,
)

FORMAT = RowsFormat(
    name="nz-mfat-xlsx",
    title="New Zealand, Russia Sanctions Register, workbook",
    files=("Russia-Sanctions-Register.xlsx",),
    group=_ROW,
    columns=tuple(_ROW.rules),
    required=frozenset({"Unique Identifier", "Date of Sanction"}),
    known_by=frozenset({"Unique Identifier", "Date of Sanction"}),
    split={
        "Alias/Alternate Spellings": texts.aliases,
        "Alias/Alternate Names": texts.aliases,
        "Passport Number": texts.numbers,
    },
    omitted=_omitted,
    no_table=lambda sheet: "it has trade measures" if "trade" in sheet.casefold() else None,
    in_workbook=True,
    alternative_sources={
        Fact.ALIAS_STRENGTH: "nowhere: the Ministry does not rate names",
        Fact.ORIGINAL_SCRIPT: "the lists of the EU and of the UK, for parties that are on them",
        Fact.PROGRAM: "the list has one: the Russia Sanctions Act 2022",
        Fact.LEGAL_BASIS: "the Russia Sanctions Regulations 2022 and their amendments",
        Fact.DELISTING_DATE: "the first edition without the party",
    },
)
