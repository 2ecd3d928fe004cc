"""The vocabulary of OFAC's classic XML: its elements, its codes, and where their values go."""

from __future__ import annotations

from sanctionslib.answers import Use
from sanctionslib.model import AliasStrength
from sanctionslib.parsers._ofac_tables import use_of_label

__all__ = [
    "CATEGORIES",
    "ITEMS",
    "LEAVES",
    "LISTS",
    "classify",
]

LISTS = {
    "us_ofac_sdn": "Specially Designated Nationals and Blocked Persons List (SDN.XML)",
    "us_ofac_cons": "Consolidated Non-SDN List (CONSOLIDATED.XML)",
}

CATEGORIES = {"strong": AliasStrength.STRONG, "weak": AliasStrength.WEAK}
"""`aka/category`."""

ITEMS = {
    "programList": "program",
    "idList": "id",
    "akaList": "aka",
    "addressList": "address",
    "nationalityList": "nationality",
    "citizenshipList": "citizenship",
    "dateOfBirthList": "dateOfBirthItem",
    "placeOfBirthList": "placeOfBirthItem",
}
"""The lists of an entry, and the element that each is made of."""

LEAVES = {
    "sdnEntry": ("uid", "firstName", "lastName", "title", "sdnType", "remarks"),
    "id": ("uid", "idType", "idNumber", "idCountry", "issueDate", "expirationDate"),
    "aka": ("uid", "type", "category", "lastName", "firstName"),
    "address": (
        "uid",
        "address1",
        "address2",
        "address3",
        "city",
        "stateOrProvince",
        "postalCode",
        "country",
        "region",
    ),
    "nationality": ("uid", "country", "mainEntry"),
    "citizenship": ("uid", "country", "mainEntry"),
    "dateOfBirthItem": ("uid", "dateOfBirth", "mainEntry"),
    "placeOfBirthItem": ("uid", "placeOfBirth", "mainEntry"),
    "vesselInfo": (
        "callSign",
        "vesselType",
        "vesselFlag",
        "vesselOwner",
        "tonnage",
        "grossRegisteredTonnage",
    ),
}
"""The leaves of every element that has some."""

_KEY = "key of a single value; kept as source_id where the value is an object of its own"

_MAPPED = {
    "uid": "Entity.id",
    "firstName": "Name.parts",
    "lastName": "Name.parts",
    "title": "Person.titles (a Feature for other kinds)",
    "sdnType": "class of the entity, Entity.raw_kind",
    "remarks": "Entity.remarks, links also Entity.relations",
    "programList/program": "Designation.programs",
    "akaList/aka/type": "Name.kind, Name.raw_kind",
    "akaList/aka/category": "Name.strength",
    "akaList/aka/lastName": "Name.parts",
    "akaList/aka/firstName": "Name.parts",
    "addressList/address/address1": "Address.lines",
    "addressList/address/address2": "Address.lines",
    "addressList/address/address3": "Address.lines",
    "addressList/address/city": "Address.city",
    "addressList/address/stateOrProvince": "Address.state",
    "addressList/address/postalCode": "Address.postal_code",
    "addressList/address/country": "Address.country",
    "addressList/address/region": "Address.region",
    "nationalityList/nationality/country": "Person.nationalities",
    "nationalityList/nationality/mainEntry": "Nationality.primary",
    "citizenshipList/citizenship/country": "Person.citizenships",
    "citizenshipList/citizenship/mainEntry": "Nationality.primary",
    "dateOfBirthList/dateOfBirthItem/dateOfBirth": "Birth.date",
    "dateOfBirthList/dateOfBirthItem/mainEntry": "Birth.primary",
    "placeOfBirthList/placeOfBirthItem/placeOfBirth": "Birth.place",
    "placeOfBirthList/placeOfBirthItem/mainEntry": "Birth.primary",
    "vesselInfo/callSign": "Identifier (call sign)",
    "vesselInfo/vesselType": "Vessel.types",
    "vesselInfo/vesselFlag": "Vessel.flags",
    "vesselInfo/vesselOwner": "Vessel.owners",
    "vesselInfo/tonnage": "Vessel.tonnage",
    "vesselInfo/grossRegisteredTonnage": "Vessel.gross_tonnage",
}

_STRUCTURAL = {f"{group}/{item}/uid": _KEY for group, item in ITEMS.items() if item != "program"}

_ID = {f"idList/id/{leaf}" for leaf in LEAVES["id"] if leaf != "uid"}


def classify(path: str, label: str) -> tuple[Use, str]:
    """What becomes of the values at a path, and in which field (or why not).

    Args:
        path: Path in the record of an entry.
        label: For `idList/id`, its `idType`; else "".
    """
    if path in _STRUCTURAL:
        return Use.STRUCTURAL, _STRUCTURAL[path]
    if path in _ID:
        return use_of_label(label, is_label=path == "idList/id/idType")
    if path in _MAPPED:
        return Use.MAPPED, _MAPPED[path]
    return Use.UNKNOWN, "a Feature without kind: the format had no such path when this was written"
