"""OFSI's consolidated list, closed on 28 January 2026: `ConList.csv` and `ConList.xlsx` → entities.

Documented by OFSI's "Consolidated list format guide" (gov.uk); read from whole files of April 2020
and April 2025. What is unusual about it:

* A party (a "group") has a row for each combination of its values: up to 400. What stands in all of
  them is said once. A party under two regimes has rows of each, with dates of its own: it has a
  designation for each, which share what Other Information says.
* Above the header stands "Last Updated" with the date. Until 2021 the layout had 29 columns, in
  Windows-1252; since 2022 it has 36, in UTF-8.
* `Listed On` is the first listing, in the time of EU law too; `UK Sanctions List Date Designated` is
  the UK's own date: for parties taken over 31 December 2020, and for the UN's the date of the UN.
* Dates of birth have "00" for what is not known: `00/00/1970`, `00/09/1962`; also `09/1962`, `1970`.
* A cell numbers its values: "(1) Pakistani (2) Saudi Arabian". Before 2022 passports and national
  numbers stand in one cell with what is said of them, and nationalities are adjectives.
* `Other Information` holds labelled values since 2022; see `_cells`.
* A name in another script stands in the row of a name, which it belongs to; some of these names are
  in Latin letters, with accents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import zip_longest

import attrs

from sanctionslib.answers import Use
from sanctionslib.model import (
    Address,
    Birth,
    Designation,
    Entity,
    Event,
    EventKind,
    Fact,
    Feature,
    FeatureKind,
    Identifier,
    IdentifierKind,
    Measure,
    Name,
    NameKind,
    Nationality,
    Place,
    Relation,
    RelationKind,
)
from sanctionslib.parsers._engine.audit import AuditBuilder
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.format import Options
from sanctionslib.parsers._engine.maker import Texts
from sanctionslib.parsers._engine.rows import RowsFormat
from sanctionslib.parsers._engine.rules import (
    Fields,
    Group,
    Labels,
    Many,
    Rules,
    many,
    one,
    parts,
    path_rules,
    to,
)
from sanctionslib.parsers._engine.source import Source
from sanctionslib.parsers._engine.table_rows import TableRows
from sanctionslib.parsers._engine.values import number, partial_date
from sanctionslib.parsers.gb import _shared as shared
from sanctionslib.parsers.gb._cells import (
    MEASURE,
    number_of,
    numbered,
    segments,
    values,
    values_of,
)

_INFORMATION = "Other Information"


def _published(titles: Sequence[str]) -> date | None:
    """The day beside "Last Updated"."""
    return next((day for one in titles if (day := shared.day(one)) is not None), None)


def _places(given: Mapping[str, str], entry: Entry) -> tuple[Place, ...]:
    """Towns and countries; those that are numbered alike belong together."""
    towns, countries = (numbered(given.get(f"{at} of Birth", "")) for at in ("Town", "Country"))
    if len(countries) == 1:
        countries *= len(towns)
    pairs = zip_longest(towns, countries, fillvalue="")
    return tuple([shared.place(town, of, entry) for town, of in pairs if town or of])


def _original(fields: Fields, entry: Entry) -> Name | None:
    return Name(**fields) if "text" in fields else None


def _births(fields: Fields, entry: Entry) -> tuple[Birth, ...]:
    return tuple([Birth(place=one) for one in fields["inner"]])


def _documents(fields: Fields, entry: Entry) -> tuple[Identifier, ...]:
    """The documents of a row: numbers and details that are numbered alike belong together."""
    numbers, notes = numbered(fields.pop("value", "")), numbered(fields.pop("note", ""))
    if numbers == ("",):  # before 2022 both stand in one cell
        numbers = tuple([number_of(one) for one in notes])
        notes = tuple(["" if note in numbers else note for note in notes])
    if len(notes) == 1:
        notes *= len(numbers)
    pairs = zip_longest(numbers, notes, fillvalue="")
    return tuple(
        [Identifier(value=one, note=note or None, **fields) for one, note in pairs if one or note]
    )


def _measure(text: str, entry: Entry) -> Measure:
    """A measure, with the date that follows it for a note."""
    word, _, note = text.partition(". ")
    return attrs.evolve(shared.measure(word, entry), note=note or None)


def _references(text: str, entry: Entry) -> tuple[Identifier, ...]:
    """References to entries of the UK Sanctions List and of the UN, told by their form."""
    found = re.split(r",\s+|\s+and\s+", text)
    kinds = [_UK if re.fullmatch(r"[A-Z]{3}\d{4}", one) else _UN for one in found]
    return tuple([Identifier(value=one, kind=kind) for one, kind in zip(found, kinds, strict=True)])


_UK, _UN = IdentifierKind.UK_REFERENCE, IdentifierKind.UN_REFERENCE
_VALUE: Rules = {".": to("value")}
_OTHER: Rules = {".": to("to", shared.other)}
_LABELLED: Rules = {
    "UK Sanctions List Ref": many("identifiers", convert=_references),
    "UN Ref": many("identifiers", convert=_references),
    MEASURE: many("measures", convert=_measure),
    "UK Statement of Reasons": to("reason", shared.plain),
    "Gender": many("genders", convert=shared.GENDERS),
    **dict.fromkeys(
        ("Phone number", "Tel"),
        many("features", Feature, _VALUE, finish=shared.phone, label="Phone number"),
    ),
    "Fax": many("features", Feature, _VALUE, kind=FeatureKind.FAX, label="Phone number"),
    "Email address": many(
        "features", Feature, _VALUE, kind=FeatureKind.EMAIL, label="Email address"
    ),
    "Website": many("features", Feature, _VALUE, kind=FeatureKind.WEBSITE, label="Website"),
    "Type of entity": many("Organization.types"),
    "Business Reg No": many("identifiers", convert=shared.registrations),
    "Parent company": many("relations", Relation, _OTHER, kind=RelationKind.SUBSIDIARY_OF),
    "Subsidiaries": many("relations", Relation, _OTHER, kind=RelationKind.PARENT_OF),
    "IMO number": many("identifiers", Identifier, _VALUE, kind=IdentifierKind.IMO),
    "Hull identification number": many("identifiers", Identifier, _VALUE, kind=IdentifierKind.HULL),
    "Current owners": many("Vessel.owners"),
    "Previous owners": many("Vessel.former_owners"),
    "Flag of ship": many("Vessel.flags", convert=shared.country_of),
    "Previous flags": many("Vessel.former_flags", convert=shared.country_of),
    "Type of ship": many("Vessel.types"),
    "Tonnage of ship": to("Vessel.tonnage", number),
    "Length of ship": to("Vessel.length"),
    "Year built": many("Vessel.built", convert=partial_date),
}


def _use(label: str, path: str) -> tuple[Use, str] | None:
    if label not in _LABELLED:
        return Use.MAPPED, "Entity.remarks"
    return Use.MAPPED, ", ".join(path_rules(_ENTRY)[f"{_INFORMATION}/{label}"].fields)


def _whole(given: Mapping[str, str], entry: Entry) -> str:
    """The whole text."""
    return given[_INFORMATION]


def _party(fields: Fields, entry: Entry) -> Entity | None:
    """A party, with what is under the labels of Other Information."""
    found = list(segments(fields.get("remarks", "")))
    labelled: Texts = {}
    for one in found:
        at, rule = f"{_INFORMATION}/{one.label}", _LABELLED.get(one.label)
        if isinstance(rule, Many):
            texts = labelled.setdefault(at, [])
            texts += (
                values_of(one) if rule.group is None else [{".": value} for value in values_of(one)]
            )
        elif rule is not None and at not in labelled:
            labelled[at] = one.value
        elif rule is not None:
            entry.unexpected.append((at, one.value))
    entry.texts |= labelled
    for field, values in entry.maker.fields(labelled, entry).items():
        fields[field] = [*fields.get(field, ()), *values] if isinstance(values, list) else values
    if entry.kept is not None:
        entry.labelled[_INFORMATION] = [one.label for one in found]
    for one in entry.texts.get("*original", ()):
        for at, text in one.items() if "Name Non-Latin Script" not in one else ():
            entry.misfit(at, text)  # the language of a name that is not there
    shared.settle(fields, entry)
    return entry.entity(fields)


_NAME: Rules = {
    **parts("parts", shared.name_parts, *(f"Name {at}" for at in range(1, 7)), also=("text",)),
    "Alias Type": to("kind", shared.NAME_KINDS, raw="raw_kind"),
    "Alias Quality": to("strength", shared.STRENGTHS, raw="raw_strength"),
}
_NON_LATIN_NAME: Rules = {
    "Name Non-Latin Script": to("text"),
    "Non-Latin Script Type": to("script", shared.SCRIPTS),
    "Non-Latin Script Language": to("language", shared.LANGUAGES),
}
_BIRTH_PLACE = parts("inner", _places, "Town of Birth", "Country of Birth", also=("place",))
_PASSPORT: Rules = {"Passport Number": to("value"), "Passport Details": to("note")}
_NATIONAL: Rules = {
    "NI Number": to("value"),
    "National Identification Number": to("value"),
    "National Identification Details": to("note"),
}
_ADDRESS: Rules = {
    **{f"Address {at}": to("lines") for at in range(1, 7)},
    "Post/Zip Code": to("postal_code"),
    "Country": to("country", shared.country_of),
}
_REGIME: Rules = {
    "Regime": to("programs"),
    **one("events", Event, {"Listed On": to("date", shared.uk_date)}, kind=EventKind.LISTED),
    **one(
        "events",
        Event,
        {"UK Sanctions List Date Designated": to("date", shared.uk_date)},
        kind=EventKind.DESIGNATED,
    ),
    **one("events", Event, {"Last Updated": to("date", shared.uk_date)}, kind=EventKind.AMENDED),
}

_ENTRY = Group(
    make=Entity,
    rules={
        "Group ID": to("id"),
        "Group Type": to("kind", shared.KINDS, raw="raw_kind"),
        "*names": many("names", Name, _NAME, finish=shared.name, kind=None),
        "*original": many(
            "names", Name, _NON_LATIN_NAME, finish=_original, kind=NameKind.ORIGINAL_SCRIPT
        ),
        "Title": many("titles"),
        "DOB": many("births", Birth, {".": to("date", shared.uk_date)}),
        "*births": many("births", Birth, _BIRTH_PLACE, finish=_births),
        "Nationality": many("nationalities", Nationality, {".": to("country", shared.country_of)}),
        "*passports": many(
            "identifiers", Identifier, _PASSPORT, finish=_documents, kind=IdentifierKind.PASSPORT
        ),
        "*national": many(
            "identifiers", Identifier, _NATIONAL, finish=_documents, kind=IdentifierKind.NATIONAL_ID
        ),
        "Position": many("positions"),
        "*addresses": many("addresses", Address, _ADDRESS),
        **parts("remarks", _whole, _INFORMATION, labels=Labels(use=_use), also=("names",)),
        **{f"{_INFORMATION}/{label}": rule for label, rule in _LABELLED.items()},
        "*regimes": many("designations", Designation, _REGIME),
    },
    finish=_party,
)


class _ConList(RowsFormat):
    """The list in any of its layouts."""

    def tables(self, source: Source, options: Options, audit: AuditBuilder) -> Iterator[TableRows]:
        """The layouts before 2022 are in Windows-1252, unless someone has saved them anew."""
        try:
            source.head[:-4].decode()
        except UnicodeDecodeError:
            is_utf8 = False
        else:
            is_utf8 = b"Non-Latin" in source.head or not source.head.isascii()
        form = attrs.evolve(self, encoding="utf-8-sig" if is_utf8 else "cp1252")
        return RowsFormat.tables(form, source, options, audit)


_COLUMNS = (
    *(f"Name {at}" for at in (6, 1, 2, 3, 4, 5)),
    "Title",
    *_NON_LATIN_NAME,
    "DOB",
    "Town of Birth",
    "Country of Birth",
    "Nationality",
    *_PASSPORT,
    *_NATIONAL,
    "Position",
    *_ADDRESS,
    _INFORMATION,
    "Group Type",
    "Alias Type",
    "Alias Quality",
    *_REGIME,
    "Group ID",
)
_NEW = {
    "Passport Number",
    *_NATIONAL,
    *_NON_LATIN_NAME,
    "Alias Quality",
    "UK Sanctions List Date Designated",
}
"""Columns that one layout has and another lacks."""


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
        split=dict.fromkeys(("Title", "Nationality", "Position"), values),
        party=lambda cells: cells.get("Group ID"),
        in_workbook=in_workbook,
        ends_anywhere=True,
        alternative_sources={
            Fact.CITIZENSHIP: "the list does not tell it from nationality",
            Fact.REGISTRATION: "the addresses; the register of companies that a number is of",
            Fact.LEGAL_BASIS: "the UK Sanctions List names the regulations of each regime",
            Fact.DELISTING_DATE: "the first edition without the party; OFSI's notices on gov.uk",
        },
    )


CSV = _form("gb-hmt-csv", "ConList.csv", in_workbook=False)
WORKBOOK = _form("gb-hmt-xlsx", "ConList.xlsx", in_workbook=True)
