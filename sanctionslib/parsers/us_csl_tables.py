"""The vocabulary of trade.gov's Consolidated Screening List: its columns, and where they go."""

from __future__ import annotations

from sanctionslib.answers import Use
from sanctionslib.model import Fact
from sanctionslib.parsers._ofac_tables import use_of_label

__all__ = ["COLUMNS", "LISTS", "PARTS", "PLURAL", "STATES", "WAYS_OUT", "classify"]

LISTS = {"us_trade_csl": "Consolidated Screening List"}

COLUMNS = (
    "_id",
    "source",
    "entity_number",
    "type",
    "programs",
    "name",
    "title",
    "addresses",
    "federal_register_notice",
    "start_date",
    "end_date",
    "standard_order",
    "license_requirement",
    "license_policy",
    "call_sign",
    "vessel_type",
    "gross_tonnage",
    "gross_registered_tonnage",
    "vessel_flag",
    "vessel_owner",
    "remarks",
    "source_list_url",
    "alt_names",
    "citizenships",
    "dates_of_birth",
    "nationalities",
    "places_of_birth",
    "source_information_url",
    "ids",
)
"""The columns of the CSV, in its order; the JSON has the same names, `id` for `_id`, and `country`."""

PLURAL = (
    "programs",
    "alt_names",
    "citizenships",
    "dates_of_birth",
    "nationalities",
    "places_of_birth",
)
"""Columns with several texts: joined by "; " in the CSV, an array in the JSON."""

PARTS = {
    "addresses": ("address", "city", "state", "postal_code", "country"),
    "ids": ("country", "expiration_date", "issue_date", "number", "type"),
}
"""Columns with several objects: an array of objects in the JSON; in the CSV the parts of each that
are not empty, joined by ", " in this order."""

_MAPPED = {
    "_id": "Entity.id; for Treasury's rows the same as entity_number",
    "id": "Entity.id; for Treasury's rows the same as entity_number",
    "source": "Listing.list_name, Designation.authority, Designation.sources",
    "type": "class of the entity, Entity.raw_kind",
    "programs": "Designation.programs",
    "name": "Name.text",
    "title": "Person.titles (a Feature for other kinds)",
    "addresses": "Address.lines, Address.country",
    "addresses/address": "Address.lines",
    "addresses/city": "Address.city",
    "addresses/state": "Address.state",
    "addresses/postal_code": "Address.postal_code",
    "addresses/country": "Address.country",
    "country": "Address.country",
    "federal_register_notice": "Designation.notices",
    "start_date": "Event (effective) of the Listing",
    "end_date": "Event (expires) of the Listing; of no kind but on the Denied Persons List",
    "standard_order": "Feature (other)",
    "license_requirement": "Designation.licence_requirement",
    "license_policy": "Designation.licence_policy",
    "call_sign": "Identifier (call sign)",
    "vessel_type": "Vessel.types",
    "gross_tonnage": "Vessel.tonnage",
    "gross_registered_tonnage": "Vessel.gross_tonnage",
    "vessel_flag": "Vessel.flags",
    "vessel_owner": "Vessel.owners",
    "remarks": "Entity.remarks, links also Entity.relations",
    "source_list_url": "Designation.links",
    "source_information_url": "Designation.links",
    "alt_names": "Name.text",
    "citizenships": "Person.citizenships",
    "dates_of_birth": "Birth.date",
    "nationalities": "Person.nationalities",
    "places_of_birth": "Birth.place",
}

_STRUCTURAL = {"entity_number": "OFAC's uid, which is the key of the entity"}

_IDS = frozenset({"ids", *(f"ids/{part}" for part in PARTS["ids"])})


def classify(path: str, label: str) -> tuple[Use, str]:
    """What becomes of the values at a path, and in which field (or why not).

    Args:
        path: Column of the CSV, or path in the JSON.
        label: For `ids`, the type of the item; else "".
    """
    if path in _IDS:
        return use_of_label(label, is_label=path == "ids/type")
    if path in _STRUCTURAL:
        return Use.STRUCTURAL, _STRUCTURAL[path]
    if path in _MAPPED:
        return Use.MAPPED, _MAPPED[path]
    return Use.UNKNOWN, "a Feature without kind: the format had no such path when this was written"


STATES = frozenset(
    {
        Fact.KIND,
        Fact.BIRTH_DATE,
        Fact.BIRTH_PLACE,
        Fact.NATIONALITY,
        Fact.CITIZENSHIP,
        Fact.GENDER,
        Fact.TITLE,
        Fact.ADDRESS,
        Fact.IDENTIFIER,
        Fact.FLAG,
        Fact.REGISTRATION,
        Fact.RELATION,
        Fact.AUTHORITY,
        Fact.LIST,
        Fact.PROGRAM,
        Fact.LISTING_DATE,
    }
)

_TREASURY = "for Treasury's rows: OFAC's ENHANCED and ADVANCED XML files of the same day"

WAYS_OUT = (
    (Fact.NAME_PARTS, "for Treasury's rows: OFAC's XML files"),
    (Fact.ALIAS_STRENGTH, "for Treasury's rows: OFAC's XML files"),
    (Fact.ORIGINAL_SCRIPT, _TREASURY),
    (Fact.LIST, "the list's own publisher"),
    (
        Fact.DELISTING_DATE,
        "the first edition without the party; until when an order of denial runs is stated",
    ),
    (Fact.LEGAL_BASIS, f"the Federal Register notices that are cited; {_TREASURY}"),
    (
        Fact.MEASURE,
        "Commerce's licence fields; for Treasury's rows: our reference table of programs",
    ),
    (
        Fact.REASON,
        "the Federal Register notices that are cited; for Treasury's rows: its press releases",
    ),
)
"""For facts that the format never states: where they can be found."""
