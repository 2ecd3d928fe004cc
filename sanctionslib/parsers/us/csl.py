"""trade.gov's Consolidated Screening List, CSV and JSON: thirteen lists of three departments.

Documented by the International Trade Administration (developer.trade.gov) and by the source code of
its importers. What is unusual about it:

* An entry is a party on one list. Parties that Treasury has on several lists have an entry for each,
  with the same key and the same facts: they are one entity with a designation for each entry.
* `_id` is OFAC's uid for Treasury's entries, and else a hash of name, notice and dates: it changes
  when one of them does.
* A quarter of the entries, all of Commerce and State, do not say what kind of party it is.
* In the CSV several values of a column are joined by "; ", the parts of an address and of an id by
  ", ", empty parts left out: see `csl_cells`. The JSON has arrays of objects in their place, `id`
  for `_id`, and `country` beside the addresses. No whole file of it was at hand.
* It has neither date nor count. The entries are in the order of names, so that a file which ends
  before the last letters of the alphabet is known for a cut one; a list without any is noticed too.
* `start_date` is "the effective date of the entity on the list as defined by the Federal Register
  Notice", and stated by Commerce's lists and State's Nonproliferation Sanctions alone. `end_date` is
  of what is "lifted, waived or expired"; orders of denial have their expiry there.
* The Entity List joins its aliases as in a sentence ("A; B; and C"), keeps the bullets of its notices
  ("-CJSC VAD"), and says of a few that they are former names.
* "?" stands where letters were lost before the file was made, mostly on the Entity List.
* trade.gov's "gross_tonnage" is what OFAC calls tonnage, beside the gross registered one.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence

import attrs

from sanctionslib.answers import IssueKind
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
    Listing,
    Name,
    NameKind,
    Nationality,
    PartialDate,
)
from sanctionslib.parsers._engine.entry import Entry, Reading
from sanctionslib.parsers._engine.json import JsonFormat
from sanctionslib.parsers._engine.rows import RowsFormat
from sanctionslib.parsers._engine.rules import Fields, Group, Unused, many, parts, to
from sanctionslib.parsers._engine.values import country, number, partial_date, place
from sanctionslib.parsers.ofac._shared import (
    ID_SPACE,
    LabelledFact,
    joined,
    labels,
    put_facts,
    put_links,
    report_programs,
    titles,
)
from sanctionslib.parsers.ofac._words import KINDS
from sanctionslib.parsers.us.csl_cells import addresses, ids, several
from sanctionslib.parsers.us.notices import citations
from sanctionslib.reference import CslList, authorities, csl_lists, ofac_label

__all__ = ["CSV", "JSON"]

_BESIDE = {"country": "country", "expiration_date": "expires", "issue_date": "issued"}
"""What stands beside the number of an id; of a fact without a field for it, it is the note."""
_SAID = re.compile(r"(?:and(?:\s+|$)|-)?(?P<fka>[Ff]\.[Kk]\.[Aa]\.,?\s+)?")
"""What stands before an alias of Commerce or State and is no part of it."""


def _key(given: Mapping[str, str], entry: Entry) -> str:
    """The key; for Treasury's entries the same as entity_number."""
    key, *others = given.values()
    entry.unexpected += [("id", other) for other in others if other != key]
    return key


def _feature(label: str) -> Callable[[str, Entry], Feature]:
    def read(text: str, entry: Entry) -> Feature:
        return Feature(label=label, value=text, kind=FeatureKind.OTHER)

    read.__doc__ = "A Feature (other)"
    return read


def _call_sign(text: str, entry: Entry) -> Identifier:
    """An Identifier (call sign)."""
    return Identifier(value=text, kind=IdentifierKind.CALL_SIGN, raw_kind="call_sign")


def _name(text: str, entry: Entry) -> Name:
    """The primary name."""
    return Name(text=text)


def _alias(text: str, entry: Entry) -> Name:
    """An alias; the marks around those of Commerce and State become its note."""
    return Name(text=text, kind=NameKind.AKA, raw_kind="alt_names")


def _event(column: str, kind: EventKind | None) -> Callable[[str, Entry], Event]:
    def read(text: str, entry: Entry) -> Event:
        date = PartialDate.parse(text)
        if not date.is_read:
            entry.unread(text, column, is_kept=True)
        return Event(kind=kind, date=date, raw_kind=column)

    read.__doc__ = "An Event of the Listing: effective; expires on the Denied Persons List alone"
    return read


def _country_alone(text: str, entry: Entry) -> Address:
    """An Address of a country alone, where no other is in that country."""
    return Address(country=country(text, entry))


def _date_of_id(text: str, entry: Entry) -> str:
    """A date of which the CSV does not say what it is."""
    return f"issued or expires: {text}"


_ENTRY = Group(
    make=Entity,
    rules={
        **parts("id", _key, "_id", "id"),
        "source": to("sources", also=("listings", "authority")),
        "entity_number": Unused("OFAC's uid, which is the key of the entity"),
        "type": to("kind", KINDS, raw="raw_kind"),
        "programs": many("programs"),
        "name": to("names", _name),
        "title": to("titles", titles),
        "addresses": many(
            "addresses",
            Address,
            {
                "address": to("lines"),
                "city": to("city"),
                "state": to("state"),
                "postal_code": to("postal_code"),
                "country": to("country", country),
            },
        ),
        "country": to("addresses", _country_alone),
        "federal_register_notice": to("notices", citations),
        "start_date": to("events", _event("start_date", EventKind.EFFECTIVE)),
        "end_date": to("events", _event("end_date", None)),
        "standard_order": to("features", _feature("standard_order")),
        "license_requirement": to("licence_requirement"),
        "license_policy": to("licence_policy"),
        "call_sign": to("identifiers", _call_sign),
        "vessel_type": to("Vessel.types"),
        "gross_tonnage": to("Vessel.tonnage", number),
        "gross_registered_tonnage": to("Vessel.gross_tonnage", number),
        "vessel_flag": to("Vessel.flags", country),
        "vessel_owner": to("Vessel.owners"),
        "remarks": to("remarks", also=("relations",)),
        "source_list_url": to("links"),
        "alt_names": many("names", convert=_alias),
        "citizenships": many("citizenships", Nationality, {".": to("country", country)}),
        "dates_of_birth": many("births", Birth, {".": to("date", partial_date)}),
        "nationalities": many("nationalities", Nationality, {".": to("country", country)}),
        "places_of_birth": many("births", Birth, {".": to("place", place)}),
        "source_information_url": to("links"),
        "ids": many(
            "facts",
            LabelledFact,
            {
                "country": to("country", country),
                "expiration_date": to("expires", partial_date),
                "issue_date": to("issued", partial_date),
                "number": to("value"),
                "type": to("label"),
                "date": to("note", _date_of_id),
            },
            labels=labels("type"),
        ),
    },
    finish=lambda fields, entry: _party(fields, entry),
)


def _party(fields: Fields, entry: Entry) -> Entity | None:
    """A party on one list."""
    source = entry.texts.get("source", "")
    if (listed := _known_list(source)) is None:
        entry.unknown("list", source)
    is_treasury = listed is not None and listed.named.authority == "OFAC"
    uid = _set_key(fields, entry, is_treasury=is_treasury)
    entry.settle(fields)
    if "name" not in entry.texts:
        return entry.entity({**fields, "names": ()})
    fields["names"] = _names(fields["names"], is_treasury=is_treasury)
    _put_country(fields, entry)
    _put_ids(fields, entry)
    if is_treasury:
        put_links(fields, entry)
    _put_listing(fields, entry, listed)
    for text in (*map(_text_of, fields.get("addresses", ())), *entry.texts.get("alt_names", ())):
        _report_lost(text, entry)
    _report_lost(entry.texts.get("name", ""), entry)
    report_programs(fields, entry)
    made = entry.entity(fields)
    return made if made is None or not uid else attrs.evolve(made, id_space=ID_SPACE)


@functools.cache
def _known_list(source: str) -> CslList | None:
    """The list, by trade.gov's words for it, or by the code in brackets there."""
    code = re.search(r"\(([^()]+)\)", source)
    for each in csl_lists():
        if each.source == source:
            return each
    return next((one for one in csl_lists() if code is not None and one.code == code[1]), None)


def _set_key(fields: Fields, entry: Entry, *, is_treasury: bool) -> str | None:
    """The key: OFAC's uid for Treasury's entries, else trade.gov's own."""
    key: str = fields.get("id", "")
    number: str | None = entry.texts.get("entity_number")
    if number is None:
        return None
    if not is_treasury:
        entry.unexpected.append(("entity_number", number))
        return None
    if key and key != number:
        fields.setdefault("features", []).append(
            Feature(label="_id", value=key, kind=FeatureKind.OTHER)
        )
        entry.issue(
            IssueKind.STRUCTURE,
            f"_id is {key!r} where OFAC's uid is {number!r}: the uid is the key",
            "_id",
        )
    fields["id"] = number
    return number


def _names(names: Sequence[Name], *, is_treasury: bool) -> list[Name]:
    """The primary name, and the aliases without the marks around them."""
    # In JSON the aliases can stand before the name.
    primary = next(one for one in names if one.kind is NameKind.PRIMARY)
    if is_treasury:
        return [primary, *(one for one in names if one is not primary)]
    texts = [one.text for one in names if one is not primary]
    # The blank is missing in two: "NPO Izhmash OAO;OJSC Concern Kalashnikov".
    texts = [said for text in texts for each in text.split(";") if (said := each.strip())]
    found: list[tuple[Name, list[str]]] = [(primary, [])]
    for text in texts:
        mark = _SAID.match(text)
        bare = text[mark.end() :] if mark is not None else text
        if not bare:
            found[-1][1].append(f'followed by "{text}"')
            continue
        kind = NameKind.FKA if mark is not None and mark["fka"] else NameKind.AKA
        name = Name(text=bare, kind=kind, raw_kind="alt_names")
        found.append((name, [f'printed as "{text}"'] if bare != text else []))
    return [attrs.evolve(one, note=joined(*said)) if said else one for one, said in found]


def _put_country(fields: Fields, entry: Entry) -> None:
    """`country` (JSON) counts for lists without addresses; it stands after them."""
    if (text := entry.texts.get("country")) is None:
        return
    alone = _country_alone(text, entry)
    others = [one for one in fields["addresses"] if one != alone]
    if all(one.country != alone.country for one in others):
        others.append(alone)
    fields["addresses"] = others


def _put_ids(fields: Fields, entry: Entry) -> None:
    """Documents and labelled facts; of a fact nobody says that its date is one of a document."""
    for fact in fields.get("facts", ()):
        fact.label = fact.label or "ids"
        label = ofac_label(fact.label)
        if fact.note and (label is None or label.identifier is None):
            fact.note = fact.note.replace("issued or expires", "date")
    put_facts(fields, entry, "ids", _BESIDE)


def _put_listing(fields: Fields, entry: Entry, listed: CslList | None) -> None:
    """What the entry says of its list: entries are never tied to each other."""
    is_denial = listed is not None and listed.named.code == "DPL"
    events: list[Event] = fields.pop("events", [])
    if is_denial:
        events = [
            attrs.evolve(one, kind=EventKind.EXPIRES) if one.raw_kind == "end_date" else one
            for one in events
        ]
    name = listed.named.name if listed is not None else entry.texts.get("source")
    if name is None:
        fields["events"] = events
    else:
        fields["listings"] = [Listing(list_name=name, events=tuple(events))]
    fields["authority"] = authorities[listed.named.authority] if listed is not None else None
    fields["links"] = list(dict.fromkeys(fields.get("links", ())))


def _text_of(address: Address) -> str:
    return " ".join(address.lines)


def _report_lost(text: str, entry: Entry) -> None:
    """Tell the audit of letters that were lost before the file was made."""
    if "?" in text:
        entry.unknown("lost letter", "?")


def _missing(reading: Reading) -> list[str]:
    """Lists that a whole file has entries of, and this one has none of."""
    met = {one.list_name for each in reading.entities for one in each.listings}
    return [
        f"any entry of the {each.named.name}"
        for each in csl_lists()
        if each.is_expected and each.named.name not in met
    ]


_TREASURY = "for Treasury's rows: OFAC's ENHANCED and ADVANCED XML files of the same day"
_SOURCES = {
    Fact.NAME_PARTS: "for Treasury's rows: OFAC's XML files",
    Fact.ALIAS_STRENGTH: "for Treasury's rows: OFAC's XML files",
    Fact.ORIGINAL_SCRIPT: _TREASURY,
    Fact.LIST: "the list's own publisher",
    Fact.DELISTING_DATE: "the first edition without the party; until when an order of denial runs "
    "is stated",
    Fact.LEGAL_BASIS: f"the Federal Register notices that are cited; {_TREASURY}",
    Fact.MEASURE: "Commerce's licence fields; for Treasury's rows: our reference table of programs",
    Fact.REASON: "the Federal Register notices that are cited; for Treasury's rows: its press "
    "releases",
}

CSV = RowsFormat(
    name="us-csl-csv",
    title="Consolidated Screening List, CSV",
    files=("consolidated.csv",),
    group=_ENTRY,
    columns=tuple(name for name in _ENTRY.rules if name not in ("id", "country")),
    known_by=frozenset({"source", "entity_number", "federal_register_notice"}),
    split={
        "programs": several,
        "alt_names": several,
        "citizenships": several,
        "dates_of_birth": several,
        "nationalities": several,
        "places_of_birth": several,
        "addresses": addresses,
        "ids": ids,
    },
    name_at="name",
    missing=_missing,
    unites=True,
    states_list=True,
    lists_met=True,
    reports_repeats=True,
    ends_anywhere=True,
    alternative_sources=_SOURCES,
)
JSON = JsonFormat(
    name="us-csl-json",
    title="Consolidated Screening List, JSON",
    files=("consolidated.json",),
    group=_ENTRY,
    entries="results",
    known_by=("source_list_url", "federal_register_notice"),
    beside=frozenset({"total", "offset", "sources", "sources_used", "search_performed_at"}),
    declared_at="total",
    name_at="name",
    missing=_missing,
    unites=True,
    states_list=True,
    lists_met=True,
    reports_repeats=True,
    alternative_sources=_SOURCES,
)
