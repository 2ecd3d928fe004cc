"""The vocabulary of OFAC's enhanced XML: its elements, and where their values go.

The elements are those of the publisher's schema (`ENHANCED_XML.xsd`), more than any file at hand
has: `livingStatus`, `isUsCitizen`, `isUsPerson`, `comments` of documents, `dateRange` of relations.
"""

from __future__ import annotations

from sanctionslib.answers import Use
from sanctionslib.parsers._ofac_tables import (
    ADDRESS_FIELDS,
    ADDRESS_LINES,
    FIELDS,
    NAME_PARTS,
    SDN_LIST,
    WRAPPER,
    use_of_label,
)
from sanctionslib.reference import ofac_label

__all__ = [
    "ADDRESS",
    "ATTRIBUTES",
    "DOCUMENT",
    "EMPTY",
    "FEATURE",
    "HEADER",
    "LABELLED",
    "LISTS",
    "MANY",
    "NAME",
    "PATHS",
    "WHOLE_OF",
    "classify",
]

LISTS = {
    "us_ofac_sdn": "Specially Designated Nationals and Blocked Persons List (SDN_ENHANCED.XML)",
    "us_ofac_cons": "Consolidated Non-SDN List (CONS_ENHANCED.XML)",
}

WHOLE_OF = (frozenset({SDN_LIST}), frozenset({WRAPPER}))
"""What the two whole files say that they are made of."""

NAME = "names/name/translations/translation"
ADDRESS = "addresses/address/translations/translation"
FEATURE = "features/feature"
DOCUMENT = "identityDocuments/identityDocument"
_RELATION = "relationships/relationship"

EMPTY = "says nothing"
"""Stands for the label of an address without country and parts, of which the files have many."""

LABELLED = frozenset(
    {
        FEATURE,
        DOCUMENT,
        f"{NAME}/nameParts/namePart",
        f"{ADDRESS}/addressParts/addressPart",
    }
)
"""Elements whose `type` says what their values are."""

_DAYS = ("fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd", "isApproximate", "isDateRange")

HEADER = (
    "publicationInfo/dataAsOf",
    "publicationInfo/filters/sanctionsLists/sanctionsList",
    "publicationInfo/filters/sanctionsLists/sanctionsList@refId",
    "publicationInfo/filters/sanctionsPrograms/sanctionsProgram",
    "publicationInfo/filters/sanctionsPrograms/sanctionsProgram@refId",
    "referenceValue@refId",
    "referenceValue/type",
    "referenceValue/value",
    "referenceValue/code",
    "referenceValue/isoCode",
    "referenceValue/advancedXmlOffset",
    "featureType@featureTypeId",
    "featureType/type",
    "featureType/detailType",
    "featureType/detailType@refId",
    "featureType/publishExclude",
    "featureType/publishDescription",
    "featureType/publishOrder",
)
"""The paths of values before the entities."""


def _period(path: str, field: str) -> dict[str, str]:
    return {f"{path}/{name}": field for name in _DAYS}


_MAPPED = {
    "@id": "Entity.id",
    "generalInfo/entityType": "class of the entity, Entity.raw_kind",
    "generalInfo/livingStatus": "Feature (living status)",
    "generalInfo/remarks": "Entity.remarks",
    "generalInfo/title": "Person.titles (a Feature for other kinds)",
    "generalInfo/isUsCitizen": "Feature (other)",
    "generalInfo/isUsPerson": "Feature (other)",
    "sanctionsLists/sanctionsList": "Listing.list_name",
    "sanctionsLists/sanctionsList@id": "Listing.source_id",
    "sanctionsLists/sanctionsList@datePublished": "Event.date (listed) of the Listing",
    "sanctionsPrograms/sanctionsProgram": "Designation.programs",
    "sanctionsTypes/sanctionsType": "Measure.kind, Measure.raw",
    "legalAuthorities/legalAuthority": "LegalBasis.title",
    "legalAuthorities/legalAuthority@refId": "LegalBasis.source_id",
    "names/name@id": "Name.group_id",
    "names/name/isPrimary": "Name.kind, and the order of the names",
    "names/name/aliasType": "Name.kind, Name.raw_kind",
    "names/name/isLowQuality": "Name.strength",
    f"{NAME}@id": "Name.source_id",
    f"{NAME}/script": "Name.script",
    f"{NAME}/formattedFullName": "Name.text",
    f"{NAME}/nameParts/namePart/type": "NamePart.kind",
    f"{NAME}/nameParts/namePart/value": "NamePart.text",
    "addresses/address@id": "Address.group_id",
    "addresses/address/country": "Address.country",
    "addresses/address/translations/country": "Address.country",
    f"{ADDRESS}@id": "Address.source_id",
    f"{ADDRESS}/script": "Address.script",
    f"{ADDRESS}/addressParts/addressPart/type": "which field of Address",
    f"{ADDRESS}/addressParts/addressPart/value": "Address.lines, city, state, region, postal_code",
    f"{_RELATION}@id": "Relation.source_id",
    f"{_RELATION}/type": "Relation.kind, Relation.raw_kind",
    f"{_RELATION}/relatedEntity": "EntityRef.name",
    f"{_RELATION}/relatedEntity@entityId": "EntityRef.source_id",
    f"{_RELATION}/quality": "Relation.quality",
    f"{_RELATION}/comments": "Relation.note",
    **_period(f"{_RELATION}/dateRange", "Relation.note"),
}

_REFERENCE = "number of the word beside it in the file's own reference values, checked against them"
_KEY = "key of a piece of a value, which nothing refers to"
_FORMATTED = "a piece of formattedFullName, checked against it"
_ORDER = "told by the order: the main translation is the first of its group"

_STRUCTURAL = {
    "generalInfo/identityId": "a second key of the party, one to one with the first",
    "generalInfo/entityType@refId": _REFERENCE,
    "generalInfo/livingStatus@refId": _REFERENCE,
    "sanctionsLists/sanctionsList@refId": _REFERENCE,
    "sanctionsPrograms/sanctionsProgram@refId": _REFERENCE,
    "sanctionsPrograms/sanctionsProgram@id": _KEY,
    "sanctionsTypes/sanctionsType@refId": _REFERENCE,
    "sanctionsTypes/sanctionsType@id": _KEY,
    "legalAuthorities/legalAuthority@id": _KEY,
    "names/name/aliasType@refId": _REFERENCE,
    f"{NAME}/isPrimary": _ORDER,
    f"{NAME}/script@refId": _REFERENCE,
    f"{NAME}/formattedFirstName": _FORMATTED,
    f"{NAME}/formattedLastName": _FORMATTED,
    f"{NAME}/nameParts/namePart@id": _KEY,
    f"{NAME}/nameParts/namePart/type@refId": _REFERENCE,
    "addresses/address/country@refId": _REFERENCE,
    "addresses/address/translations/country@refId": _REFERENCE,
    f"{ADDRESS}/isPrimary": _ORDER,
    f"{ADDRESS}/script@refId": _REFERENCE,
    f"{ADDRESS}/addressParts/addressPart@id": _KEY,
    f"{ADDRESS}/addressParts/addressPart/type@refId": _REFERENCE,
    f"{_RELATION}/type@refId": _REFERENCE,
    f"{_RELATION}/quality@refId": _REFERENCE,
    f"{_RELATION}/dateRange@id": _KEY,
}

_PARTS = {
    f"{NAME}/nameParts/namePart": frozenset(NAME_PARTS),
    f"{ADDRESS}/addressParts/addressPart": frozenset((*ADDRESS_LINES, *ADDRESS_FIELDS)),
}
"""The types that parts can have."""

_NO_LABEL_IN_TABLE = "the label is in no table of ours"
_OF_LABEL = "@of label"
"""Stands for the field that the label of a feature or a document decides."""

_LABELLED = {
    FEATURE: {
        f"{FEATURE}@id": _OF_LABEL,
        f"{FEATURE}/type": _OF_LABEL,
        f"{FEATURE}/value": _OF_LABEL,
        f"{FEATURE}/reliability": _OF_LABEL,
        f"{FEATURE}/comments": _OF_LABEL,
        **_period(f"{FEATURE}/valueDate", _OF_LABEL),
    },
    DOCUMENT: {
        f"{DOCUMENT}@id": "Identifier.source_id",
        f"{DOCUMENT}/type": "Identifier.kind, Identifier.raw_kind",
        f"{DOCUMENT}/name@nameTranslationId": "Identifier.name_id",
        f"{DOCUMENT}/documentNumber": "Identifier.value",
        f"{DOCUMENT}/isValid": "Identifier.valid where it is false",
        f"{DOCUMENT}/issuingAuthority": "Identifier.issuer",
        f"{DOCUMENT}/issuingLocation": "Identifier.issuer",
        f"{DOCUMENT}/issuingCountry": "Identifier.country",
        **_period(f"{DOCUMENT}/issueDate", "Identifier.issued"),
        **_period(f"{DOCUMENT}/expirationDate", "Identifier.expires"),
        f"{DOCUMENT}/comments": "Identifier.note",
        f"{DOCUMENT}/idFeatures/idFeature": "Identifier.note",
    },
}

_LABELLED_STRUCTURAL = {
    f"{FEATURE}/type@featureTypeId": "number of the label, checked against the file's own table",
    f"{FEATURE}/versionId": "key of a version; each feature has one",
    f"{FEATURE}/valueRefId": _REFERENCE,
    f"{FEATURE}/valueDate@id": _KEY,
    f"{FEATURE}/isPrimary": (
        "Birth.primary, Nationality.primary; else told by the order (the first of a label is the "
        "main one), and where it is not so, noted"
    ),
    f"{FEATURE}/reliability@refId": _REFERENCE,
    f"{DOCUMENT}/type@refId": _REFERENCE,
    f"{DOCUMENT}/name": "text of the name that nameTranslationId leads to, checked against it",
    f"{DOCUMENT}/name@nameId": "group of the name that nameTranslationId leads to, checked",
    f"{DOCUMENT}/issuingCountry@refId": _REFERENCE,
    f"{DOCUMENT}/issueDate@id": _KEY,
    f"{DOCUMENT}/expirationDate@id": _KEY,
    f"{DOCUMENT}/idFeatures/idFeature@id": _KEY,
    f"{DOCUMENT}/idFeatures/idFeature@featureVersionId": _KEY,
}

_RELATIVE = (
    *_MAPPED,
    *_STRUCTURAL,
    *_LABELLED[FEATURE],
    *_LABELLED[DOCUMENT],
    *_LABELLED_STRUCTURAL,
)
PATHS = (*HEADER, *(f"entity{path}" if path[0] == "@" else f"entity/{path}" for path in _RELATIVE))
"""Every path at which the format has a value."""

ATTRIBUTES = frozenset(path.partition("@")[2] for path in PATHS if "@" in path)
"""Names of all attributes; no element has such a name."""

MANY = frozenset(
    {
        "publicationInfo/filters/sanctionsLists/sanctionsList",
        "publicationInfo/filters/sanctionsPrograms/sanctionsProgram",
        "entity/sanctionsLists/sanctionsList",
        "entity/sanctionsPrograms/sanctionsProgram",
        "entity/sanctionsTypes/sanctionsType",
        "entity/legalAuthorities/legalAuthority",
        "entity/names/name",
        f"entity/{NAME}",
        f"entity/{NAME}/nameParts/namePart",
        "entity/addresses/address",
        f"entity/{ADDRESS}",
        f"entity/{ADDRESS}/addressParts/addressPart",
        f"entity/{FEATURE}",
        f"entity/{DOCUMENT}",
        f"entity/{DOCUMENT}/idFeatures/idFeature",
        f"entity/{_RELATION}",
    }
)
"""Those of its elements that can occur several times in the one around them."""


def classify(path: str, label: str) -> tuple[Use, str]:
    """What becomes of the values at a path, and in which field (or why not).

    Args:
        path: Path in the record of an entity.
        label: For a feature, a document or a part, its type; for a list, its name; for an address
            that says nothing, `EMPTY`; else "".
    """
    if path.startswith("addresses/") and label == EMPTY:
        return Use.STRUCTURAL, "of an address without country and parts, which is none"
    if path == f"{ADDRESS}/addressParts/addressPart/type" and label in ADDRESS_LINES:
        return Use.STRUCTURAL, "which line of the address it is: they stand in their order"
    if path.startswith("sanctionsLists/") and label == WRAPPER:
        return Use.STRUCTURAL, "the wrapper around all lists but the SDN List, no list of its own"
    for base, known in _PARTS.items():
        if path.startswith(base) and label not in known and not path.endswith(("@id", "@refId")):
            return (
                Use.UNMAPPED,
                "a Feature without kind: the type of the part is in no table of ours",
            )
    if path in _MAPPED:
        return Use.MAPPED, _MAPPED[path]
    if path in _STRUCTURAL:
        return Use.STRUCTURAL, _STRUCTURAL[path]
    if path in _LABELLED_STRUCTURAL:
        return Use.STRUCTURAL, _LABELLED_STRUCTURAL[path]
    for base, fields in _LABELLED.items():
        if path in fields:
            if ofac_label(label) is None:
                kept = "an Identifier" if base == DOCUMENT else "a Feature"
                return Use.UNMAPPED, f"{kept} without kind: {_NO_LABEL_IN_TABLE}"
            if fields[path] != _OF_LABEL:
                return Use.MAPPED, fields[path]
            return _of_label(path, label)
    return Use.UNKNOWN, "a Feature without kind: the format had no such path when this was written"


def _of_label(path: str, label: str) -> tuple[Use, str]:
    """The field that the label of a feature decides."""
    known = ofac_label(label)
    assert known is not None  # classify looked
    has_field = known.field in FIELDS
    if path == f"{FEATURE}/reliability" and (has_field or known.identifier is not None):
        return Use.STRUCTURAL, "Confirmed, which says nothing unusual; else in the note"
    if path == f"{FEATURE}@id" and has_field and known.field not in _WITH_KEY:
        return Use.STRUCTURAL, "key of a single value"
    return use_of_label(label, is_label=path == f"{FEATURE}/type")


_WITH_KEY = frozenset({"birth_date", "birth_place", "nationality", "citizenship"})
"""Facts whose values are objects with a key."""
