"""OFAC's classic XML: SDN.XML and CONSOLIDATED.XML → entities.

Documented by the publisher's schema (`XML.xsd` of the Sanctions List Service, before 2024
`sdnList.xsd`); both namespaces have the same elements. Peculiarities:

* The root is `sdnList` in both files, and nothing inside states the list: the caller does
  (`list_id=`), or the file name; the program tags are checked against that.
* It states no listing date, no legal authority, no measure, no named list and no original script.
  SDN.XML is the SDN List; CONSOLIDATED.XML has the parties of six other lists without stating
  which, and some of them are also on the SDN List.
* `idList` has identity documents and labelled facts ("features") alike; `reference.ofac_label`
  distinguishes them.
* `remarks` has links by primary name, see `ofac.remarks`.
* `mainEntry` marks one birth date, birthplace, nationality or citizenship as the main one; it is
  not always the first, and sometimes none is marked.
* `publshInformation` is misspelt in the format, and its dates are MM/DD/YYYY.
"""

from __future__ import annotations

from collections.abc import Mapping

from sanctionslib.model import (
    Address,
    AliasStrength,
    Birth,
    Entity,
    Name,
    NamePart,
    NamePartKind,
    Nationality,
)
from sanctionslib.parsers._engine.dates import american_day, partial_date
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers._engine.rules import Group, Rules, many, parts, to
from sanctionslib.parsers._engine.values import count, country, flag, number, place
from sanctionslib.parsers._engine.xml import XmlFormat
from sanctionslib.parsers.ofac import shared
from sanctionslib.parsers.ofac._lists import ALTERNATIVE_SOURCES, check_list, list_of_name
from sanctionslib.parsers.ofac.words import KINDS, NAME_KINDS

_CATEGORIES = {"strong": AliasStrength.STRONG, "weak": AliasStrength.WEAK}


def _name_parts(given: Mapping[str, str], entry: Entry) -> tuple[NamePart, ...]:
    """Family and given name of a person; the complete name of any other party."""
    is_person = entry.texts.get("sdnType") == "Individual"
    whole = NamePartKind.FAMILY if is_person else NamePartKind.WHOLE
    kinds = {"lastName": whole, "firstName": NamePartKind.GIVEN}
    return tuple([NamePart(kind=kinds[at], text=text) for at, text in given.items()])


def _name(fields: Fields, entry: Entry) -> Name:
    if "kind" in fields and "raw_kind" not in fields:  # without a type; it is still an alias
        entry.unknown("alias type", "")
    named = tuple(fields.pop("parts"))
    return Name(text=", ".join([one.text for one in named]), parts=named, **fields)


def _primary_name(given: Mapping[str, str], entry: Entry) -> Name:
    """The primary name; for persons "LAST, First" as OFAC prints it."""
    return _name({"parts": _name_parts(given, entry)}, entry)


_NAME = ("lastName", "firstName")
_ALIAS = many(
    "names",
    Name,
    {
        "uid": to("source_id"),
        "type": to("kind", NAME_KINDS, raw="raw_kind"),
        "category": to("strength", _CATEGORIES, raw="raw_strength"),
        **parts("parts", _name_parts, *_NAME, also=("text",)),
    },
    needs=("parts",),
    finish=_name,
    kind=None,
)
_ID = many(
    "facts",
    shared.LabelledFact,
    {
        "uid": to("source_id"),
        "idType": to("label"),
        "idNumber": to("value"),
        "idCountry": to("country", country),
        "issueDate": to("issued", partial_date),
        "expirationDate": to("expires", partial_date),
    },
    labels=shared.labels("idType", key="uid"),
)
_ADDRESS = many(
    "addresses",
    Address,
    {
        "uid": to("source_id"),
        "address1": to("lines"),
        "address2": to("lines"),
        "address3": to("lines"),
        "city": to("city"),
        "stateOrProvince": to("state"),
        "postalCode": to("postal_code"),
        "country": to("country", country),
        "region": to("region"),
    },
)
_MAIN: Rules = {"uid": to("source_id"), "mainEntry": to("primary", flag)}
_COUNTRY: Rules = {**_MAIN, "country": to("country", country)}
_BIRTH_DATE: Rules = {**_MAIN, "dateOfBirth": to("date", partial_date)}
_BIRTH_PLACE: Rules = {**_MAIN, "placeOfBirth": to("place", place)}


def _party(fields: Fields, entry: Entry) -> Entity | None:
    entry.settle(fields)
    shared.put_facts(fields, entry, "idList/id")
    shared.put_links(fields, entry)
    return shared.party(fields, entry)


_ENTRY = Group(
    make=Entity,
    rules={
        "uid": to("id"),
        "sdnType": to("kind", KINDS, raw="raw_kind"),
        **parts("names", _primary_name, *_NAME),
        "title": to("titles", shared.titles),
        "remarks": to("remarks", also=("relations",)),
        "programList/program": many("programs", convert=shared.program),
        "idList/id": _ID,
        "akaList/aka": _ALIAS,
        "addressList/address": _ADDRESS,
        "nationalityList/nationality": many("nationalities", Nationality, _COUNTRY),
        "citizenshipList/citizenship": many("citizenships", Nationality, _COUNTRY),
        "dateOfBirthList/dateOfBirthItem": many("births", Birth, _BIRTH_DATE, needs=("date",)),
        "placeOfBirthList/placeOfBirthItem": many("births", Birth, _BIRTH_PLACE, needs=("place",)),
        **shared.call_sign("vesselInfo/callSign"),
        "vesselInfo/vesselType": to("Vessel.types"),
        "vesselInfo/vesselFlag": to("Vessel.flags", country),
        "vesselInfo/vesselOwner": to("Vessel.owners"),
        "vesselInfo/tonnage": to("Vessel.tonnage", number),
        "vesselInfo/grossRegisteredTonnage": to("Vessel.gross_tonnage", number),
    },
    finish=_party,
)


FORMAT = XmlFormat(
    name="ofac-classic-xml",
    title="OFAC classic XML",
    files=("SDN.XML", "CONSOLIDATED.XML", "SDN_XML.ZIP"),
    root="sdnList",
    header={
        "publshInformation/Publish_Date": to("published", american_day),
        "publshInformation/Record_Count": to("declared", count),
    },
    dated_at="publshInformation/Publish_Date",
    entries={"sdnEntry": _ENTRY},
    list_of=list_of_name,
    at_end=check_list,
    alternative_sources=ALTERNATIVE_SOURCES,
)
