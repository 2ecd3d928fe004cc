"""trade.gov's Consolidated Screening List, CSV and JSON: thirteen lists of three departments.

Documented by the International Trade Administration (developer.trade.gov) and by the source code of
its importers. Peculiarities:

* An entry is a party on one list. A party on several of Treasury's lists has an entry for each,
  with the same key and the same facts: they become one entity with a designation for each entry.
* `_id` is OFAC's uid for Treasury's entries, and otherwise a hash of name, notice and dates: it
  changes when one of them does.
* A quarter of the entries, all of Commerce and State, do not state the kind of party.
* In the CSV the values of a column are joined by "; ", the parts of an address and of an id by ",
  ", without empty parts: see `csl_cells`. The JSON has arrays of objects instead, `id` for `_id`,
  and a separate `country` beside the addresses. No complete JSON file was available.
* It has neither date nor count. The entries are sorted by name, so that a file which ends before
  the last letters of the alphabet is recognised as truncated; a list without entries is noticed
  too.
* `start_date` is "the effective date of the entity on the list as defined by the Federal Register
  Notice"; only Commerce's lists and State's Nonproliferation Sanctions state it. `end_date` is for
  entries that are "lifted, waived or expired"; denial orders have their expiry there.
* The Entity List joins its aliases as in a sentence ("A; B; and C"), keeps the bullets of its
  notices ("-CJSC VAD"), and marks a few as former names.
* "?" replaces letters that were lost before the file was made, mostly on the Entity List.
* trade.gov's "gross_tonnage" is OFAC's tonnage, not the gross registered one.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence

import attrs

from sanctionslib.model import (
    Address,
    Birth,
    Entity,
    Event,
    EventKind,
    Fact,
    Feature,
    FeatureKind,
    Listing,
    Name,
    NameKind,
    Nationality,
)
from sanctionslib.parsers._engine.dates import partial_date
from sanctionslib.parsers._engine.entry import Entry, Reading
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers._engine.json import JsonFormat
from sanctionslib.parsers._engine.rows import RowsFormat
from sanctionslib.parsers._engine.rules import Group, Many, many, one, part, to
from sanctionslib.parsers._engine.values import country, number, place
from sanctionslib.parsers.ofac import shared
from sanctionslib.parsers.ofac.words import KINDS
from sanctionslib.parsers.us.csl_cells import addresses, ids, several
from sanctionslib.parsers.us.notices import citations
from sanctionslib.reference import NamedList, authorities, csl_lists

__all__ = ["CSV", "JSON"]

_MARKS = re.compile(r"\A(?:and(?:\s+|\Z)|-)?(?P<fka>[Ff]\.[Kk]\.[Aa]\.,?\s+)?")
"""Marks before an alias of Commerce or State that are not part of it."""


@functools.cache
def _known_list(source: str) -> NamedList | None:
    """The named list, by trade.gov's words for it, or by the code in brackets there."""
    for each in csl_lists():
        if each.source == source or f"({each.code})" in source:
            return each.named
    return None


def _listed(entry: Entry) -> NamedList | None:
    return _known_list(entry.texts.get("source", ""))


def _is_treasurys(entry: Entry) -> bool:
    listed = _listed(entry)
    return listed is not None and listed.authority == "OFAC"


def _key(given: Mapping[str, str], entry: Entry) -> str:
    """The key: OFAC's uid for Treasury's entries, else trade.gov's own."""
    wanted = ("entity_number", "_id", "id") if _is_treasurys(entry) else ("_id", "id")
    key = next((given[at] for at in wanted if at in given), "")
    entry.unexpected += [(at, text) for at, text in given.items() if text != key]
    return key


def _spelled(text: str, entry: Entry) -> str:
    """The text; a "?" for lost letters is counted."""
    if "?" in text:
        entry.unknown("lost letter", "?")
    return text


def _ended(fields: Fields, entry: Entry) -> Event:
    """A denial order expires; for other lists the meaning of the date is not stated."""
    listed = _listed(entry)
    is_denial = listed is not None and listed.code == "DPL"
    return Event(kind=EventKind.EXPIRES if is_denial else None, **fields)


def _party(fields: Fields, entry: Entry) -> Entity | None:
    """A party on one list."""
    entry.settle(fields)
    shared.put_facts(fields, entry, "ids")
    # An alias cannot replace a missing name.
    names: list[Name] = fields["names"] if "name" in entry.texts else []
    fields["names"] = names if _is_treasurys(entry) else _without_marks(names)
    if _is_treasurys(entry):
        shared.put_links(fields, entry)
        if "entity_number" in entry.texts:
            fields["id_space"] = shared.ID_SPACE
    if "country" in entry.texts:  # used where a list has no addresses
        alone, *others = fields["addresses"]
        is_said = any(one.country == alone.country for one in others)
        fields["addresses"] = others if is_said else [*others, alone]
    name = entry.texts.get("source", "")
    if (listed := _listed(entry)) is None:
        entry.unknown("list", name)
    else:
        name, fields["authority"] = listed.name, authorities[listed.authority]
    if name:
        fields["listings"] = [Listing(list_name=name, events=tuple(fields.pop("events", ())))]
    fields["links"] = list(dict.fromkeys(fields.get("links", ())))
    return entry.entity(fields)


def _without_marks(names: Sequence[Name]) -> list[Name]:
    """Names without the words that join them to a sentence, which the note keeps."""
    found: list[tuple[Name, list[str]]] = [(one, []) for one in names[:1]]
    for alias in names[1:]:
        # Two entries lack the blank: "NPO Izhmash OAO;OJSC Concern Kalashnikov".
        for text in filter(None, map(str.strip, alias.text.split(";"))):
            bare, marks = _MARKS.sub("", text), _MARKS.match(text)
            if not bare:
                found[-1][1].append(f'followed by "{text}"')
                continue
            kind = NameKind.FKA if marks is not None and marks["fka"] else NameKind.AKA
            name = Name(text=bare, kind=kind, raw_kind=alias.raw_kind)
            found.append((name, [f'printed as "{text}"'] if bare != text else []))
    return [
        attrs.evolve(one, note=shared.joined(*stated)) if stated else one for one, stated in found
    ]


_NAME = {"name": to("text", _spelled)}
_ALIAS = {".": to("text", _spelled)}
_START = {"start_date": to("date", partial_date)}
_END = {"end_date": to("date", partial_date)}
_STANDARD = {"standard_order": to("value")}
_COUNTRY = {".": to("country", country)}
_ADDRESS = {
    "address": to("lines", _spelled),
    "city": to("city"),
    "state": to("state"),
    "postal_code": to("postal_code"),
    "country": to("country", country),
}
_ID = {
    "country": to("country", country),
    "expiration_date": to("expires", partial_date),
    "issue_date": to("issued", partial_date),
    "number": to("value"),
    "type": to("label"),
    "note": to("note"),  # only in the CSV
}

_ENTRY = Group(
    make=Entity,
    rules={
        "_id": part("id", _key),
        "id": part("id", _key),
        "source": to("sources", also=("listings", "authority")),
        "entity_number": part("id", _key, unused="OFAC's uid, which is the key of the entity"),
        "type": to("kind", KINDS, raw="raw_kind"),
        "programs": many("programs", convert=shared.program),
        **one("names", Name, _NAME),
        "title": to("titles", shared.titles),
        "addresses": many("addresses", Address, _ADDRESS),
        **one("addresses", Address, {"country": to("country", country)}),
        "federal_register_notice": to("notices", citations),
        **one("events", Event, _START, kind=EventKind.EFFECTIVE, raw_kind="start_date"),
        **one("events", Event, _END, finish=_ended, raw_kind="end_date"),
        **one("features", Feature, _STANDARD, kind=FeatureKind.OTHER, label="standard_order"),
        "license_requirement": to("licence_requirement"),
        "license_policy": to("licence_policy"),
        **shared.call_sign("call_sign"),
        "vessel_type": to("Vessel.types"),
        "gross_tonnage": to("Vessel.tonnage", number),
        "gross_registered_tonnage": to("Vessel.gross_tonnage", number),
        "vessel_flag": to("Vessel.flags", country),
        "vessel_owner": to("Vessel.owners"),
        "remarks": to("remarks", also=("relations",)),
        "source_list_url": to("links"),
        "alt_names": many("names", Name, _ALIAS, kind=NameKind.AKA, raw_kind="alt_names"),
        "citizenships": many("citizenships", Nationality, _COUNTRY),
        "dates_of_birth": many("births", Birth, {".": to("date", partial_date)}),
        "nationalities": many("nationalities", Nationality, _COUNTRY),
        "places_of_birth": many("births", Birth, {".": to("place", place)}),
        "source_information_url": to("links"),
        "ids": many("facts", shared.LabelledFact, _ID, labels=shared.labels("type"), label="ids"),
    },
    finish=_party,
)


def _missing(reading: Reading) -> list[str]:
    """Lists that a complete file has entries of, but this one does not."""
    met = {one.list_name for each in reading.entities for one in each.listings}
    return [
        f"any entry of the {each.named.name}"
        for each in csl_lists()
        if each.is_expected and each.named.name not in met
    ]


_TREASURY = "for Treasury's rows: OFAC's ENHANCED and ADVANCED XML files of the same day"
_ALTERNATIVE_SOURCES = {
    Fact.NAME_PARTS: "for Treasury's rows: OFAC's XML files",
    Fact.ALIAS_STRENGTH: "for Treasury's rows: OFAC's XML files",
    Fact.ORIGINAL_SCRIPT: _TREASURY,
    Fact.LIST: "the list's own publisher",
    Fact.DELISTING_DATE: "the first edition without the party; the expiry of a denial order is "
    "stated",
    Fact.LEGAL_BASIS: f"the Federal Register notices that are cited; {_TREASURY}",
    Fact.MEASURE: "Commerce's licence fields; for Treasury's rows: our reference table of programs",
    Fact.REASON: "the Federal Register notices that are cited; for Treasury's rows: its press "
    "releases",
}

_BOTH: Fields = {
    "group": _ENTRY,
    "name_at": "name",
    "missing": _missing,
    "unites": True,
    "lists_per_entry": True,
    "lists_from_entries": True,
    "reports_repeats": True,
    "alternative_sources": _ALTERNATIVE_SOURCES,
}
CSV = RowsFormat(
    name="us-csl-csv",
    title="Consolidated Screening List, CSV",
    files=("consolidated.csv",),
    columns=tuple(name for name in _ENTRY.rules if name not in ("id", "country")),
    known_by=frozenset({"source", "entity_number", "federal_register_notice"}),
    split={
        **{column: several for column, rule in _ENTRY.rules.items() if isinstance(rule, Many)},
        "addresses": addresses,
        "ids": ids,
    },
    has_no_end_mark=True,
    **_BOTH,
)
JSON = JsonFormat(
    name="us-csl-json",
    title="Consolidated Screening List, JSON",
    files=("consolidated.json",),
    entries="results",
    known_by=("source_list_url", "federal_register_notice"),
    beside=frozenset({"total", "offset", "sources", "sources_used", "search_performed_at"}),
    declared_at="total",
    **_BOTH,
)
