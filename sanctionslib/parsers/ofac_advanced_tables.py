"""The vocabulary of OFAC's advanced XML: its paths, what becomes of the values there, its lists."""

from __future__ import annotations

from sanctionslib.answers import Use
from sanctionslib.parsers._ofac_tables import ADDRESS_LINES, WRAPPER, use_of_label
from sanctionslib.reference import ofac_label

__all__ = [
    "ADDRESS_TYPE",
    "BACK",
    "DATES",
    "DETAILS",
    "DOCUMENT",
    "ENTRY",
    "FEATURE",
    "FIXED",
    "FIXED_WORDS",
    "IDENTITY",
    "LISTS",
    "LOCATION",
    "MANY",
    "PARTY",
    "PATHS",
    "PROFILE",
    "RELATION",
    "VERSION",
    "classify",
]

LISTS = {
    "us_ofac_sdn": "Specially Designated Nationals and Blocked Persons List (SDN_ADVANCED.XML)",
    "us_ofac_cons": "Consolidated Non-SDN List (CONS_ADVANCED.XML)",
}

LOCATION, DOCUMENT, PARTY = "Location", "IDRegDocument", "DistinctParty"
RELATION, ENTRY = "ProfileRelationship", "SanctionsEntry"
"""What the records of the five sections begin with."""

ADDRESS_TYPE = "Location"
"""The type of a feature that is an address."""

PROFILE = f"{PARTY}/Profile"
IDENTITY = f"{PROFILE}/Identity"
_ALIAS = f"{IDENTITY}/Alias"
_NAME = f"{_ALIAS}/DocumentedName"
_NAME_PART = f"{_NAME}/DocumentedNamePart/NamePartValue"
_GROUPS = f"{IDENTITY}/NamePartGroups/MasterNamePartGroup"
FEATURE = f"{PROFILE}/Feature"
VERSION = f"{FEATURE}/FeatureVersion"
_LOCATION_PART = f"{LOCATION}/LocationPart"
_PART_VALUE = f"{_LOCATION_PART}/LocationPartValue"
_EVENT = f"{ENTRY}/EntryEvent"
_MEASURE = f"{ENTRY}/SanctionsMeasure"

BACK = (
    f"{LOCATION}/FeatureVersionReference@FeatureVersionID",
    f"{LOCATION}/IDRegDocumentReference@IDRegDocumentID",
)
"""Where a location says who refers to it."""

DATES = (f"{VERSION}/DatePeriod", f"{DOCUMENT}/DocumentDate/DatePeriod", f"{_MEASURE}/DatePeriod")
"""Where the format has periods of four days."""

MANY = frozenset(
    {
        _ALIAS,
        _NAME,
        f"{_NAME}/DocumentedNamePart",
        _GROUPS,
        f"{_GROUPS}/NamePartGroup",
        FEATURE,
        VERSION,
        _LOCATION_PART,
        f"{LOCATION}/FeatureVersionReference",
        f"{LOCATION}/IDRegDocumentReference",
        f"{DOCUMENT}/DocumentDate",
        _EVENT,
        _MEASURE,
    }
)
"""Elements that occur several times in one other; the rest occurs once."""

DETAILS = frozenset({"DATE", "LOOKUP", "TEXT", "COUNTRY", "LOCATION"})
"""Types of details that we know."""

FIXED_WORDS = {
    f"{_NAME_PART}@ScriptStatusID": ("ScriptStatus", frozenset({"Unknown"})),
    f"{FEATURE}/IdentityReference@IdentityFeatureLinkTypeID": (
        "IdentityFeatureLinkType",
        frozenset({"Unknown"}),
    ),
    f"{VERSION}/VersionDetail@DetailTypeID": ("DetailType", DETAILS),
    f"{LOCATION}/LocationCountry@CountryRelevanceID": ("CountryRelevance", frozenset({"PRIMARY"})),
    f"{_PART_VALUE}@LocPartValueTypeID": ("LocPartValueType", frozenset({"Unknown"})),
    f"{_PART_VALUE}@LocPartValueStatusID": ("LocPartValueStatus", frozenset({"Main"})),
    **{
        f"{path}@CalendarTypeID": ("CalendarType", frozenset({"Gregorian"}))
        for path in ("DateOfIssue", f"{_EVENT}/Date", *DATES)
    },
}
"""References that always lead to the same words: the set of values, and the words."""

_NO, _YES = frozenset({"false"}), frozenset({"true"})

FIXED = {
    f"{IDENTITY}@Primary": _YES,
    f"{IDENTITY}@False": _NO,
    f"{_NAME_PART}@Acronym": _NO,
    f"{_PART_VALUE}@Primary": _YES,
    **{
        f"{path}/{end}@{unit}Fixed": _NO
        for path in DATES
        for end in ("Start", "End")
        for unit in ("Year", "Month", "Day")
    },
}
"""Flags that always say the same."""

_KEY = "key; kept as source_id where the value is an object of its own"
_SAME_KEY = "the key of the party again; one that differs is reported"
_LINK = "a reference that was followed; one to nothing is reported"
_BACK = "a reference back to what refers here; one to nothing is reported"
_ALWAYS = "always says the same; anything else is kept as a Feature without kind and reported"

_MAPPED = {
    f"{PARTY}@FixedRef": "Entity.id",
    f"{PARTY}/Comment": "Entity.remarks",
    f"{PROFILE}@PartySubTypeID": "class of the entity, Entity.raw_kind",
    f"{_ALIAS}@AliasTypeID": "Name.kind, Name.raw_kind",
    f"{_ALIAS}@LowQuality": "Name.strength",
    f"{_ALIAS}/Comment": "Name.note",
    f"{_NAME}/Comment": "Name.note",
    _NAME_PART: "Name.parts, Name.text",
    f"{_NAME_PART}@ScriptID": "Name.script",
    f"{_GROUPS}/NamePartGroup@NamePartTypeID": "NamePart.kind",
    f"{LOCATION}/LocationAreaCode@AreaCodeID": "Address.country, where no country is stated",
    f"{LOCATION}/LocationCountry@CountryID": "Address.country",
    f"{_LOCATION_PART}@LocPartTypeID": "the field of Address that holds the value",
    f"{_PART_VALUE}/Value": "Address, the country of a fact, Identifier.issuer",
    f"{DOCUMENT}@IDRegDocTypeID": "Identifier.kind, Identifier.raw_kind",
    f"{DOCUMENT}@IssuedBy-CountryID": "Identifier.country",
    f"{DOCUMENT}@IssuedIn-LocationID": "Identifier.issuer, where it is not the country again",
    f"{DOCUMENT}@ValidityID": "Identifier.valid",
    f"{DOCUMENT}/Comment": "Identifier.note",
    f"{DOCUMENT}/IDRegistrationNo": "Identifier.value",
    f"{DOCUMENT}/IssuingAuthority": "Identifier.issuer",
    f"{DOCUMENT}/DocumentDate@IDRegDocDateTypeID": "Identifier.issued or expires",
    f"{DOCUMENT}/DocumentedNameReference@DocumentedNameID": "Identifier.name_id",
    f"{RELATION}@To-ProfileID": "Relation.to",
    f"{RELATION}@RelationTypeID": "Relation.kind, Relation.raw_kind",
    f"{RELATION}@RelationQualityID": "Relation.quality",
    f"{RELATION}@Former": "Relation.former",
    f"{RELATION}/Comment": "Relation.note",
    f"{ENTRY}@ListID": "Listing.list_name; the wrapper (Consolidated List) is none",
    f"{_EVENT}@EntryEventTypeID": "Event.kind, Event.raw_kind",
    f"{_EVENT}@LegalBasisID": "Event.act, Designation.bases",
    f"{_EVENT}/Comment": "Event.note",
    f"{_EVENT}/Date/Year": "Event.date",
    f"{_EVENT}/Date/Month": "Event.date",
    f"{_EVENT}/Date/Day": "Event.date",
    f"{_MEASURE}@SanctionsTypeID": "Measure.kind, Measure.raw; a program where it says so",
    f"{_MEASURE}/Comment": "Designation.programs; else Measure.note",
}

_OF_WRAPPER = frozenset(
    {
        f"{ENTRY}@ListID",
        f"{_EVENT}@EntryEventTypeID",
        *(f"{_EVENT}/Date/{unit}" for unit in ("Year", "Month", "Day")),
    }
)
"""What an entry says of its list; programs, measures and legal bases are of the party."""

_STRUCTURAL = {
    f"{PROFILE}@ID": _SAME_KEY,
    f"{IDENTITY}@ID": "key by which documents find their party",
    f"{IDENTITY}@FixedRef": _SAME_KEY,
    f"{_ALIAS}@FixedRef": _SAME_KEY,
    f"{_ALIAS}@Primary": "the primary name stands first",
    f"{_NAME}@ID": _KEY,
    f"{_NAME}@FixedRef": _SAME_KEY,
    f"{_NAME}@DocNameStatusID": "of the primary names the Latin one stands first",
    f"{_NAME_PART}@NamePartGroupID": _LINK,
    f"{_GROUPS}/NamePartGroup@ID": "key of the type of a part of a name",
    f"{FEATURE}@ID": _KEY,
    f"{FEATURE}/IdentityReference@IdentityID": _LINK,
    f"{VERSION}@ID": "key by which a location refers back",
    f"{VERSION}/VersionLocation@LocationID": _LINK,
    f"{LOCATION}@ID": _KEY,
    **dict.fromkeys(BACK, _BACK),
    f"{DOCUMENT}@ID": _KEY,
    f"{DOCUMENT}@IdentityID": _LINK,
    f"{RELATION}@ID": _KEY,
    f"{RELATION}@From-ProfileID": "the party that has the relation",
    f"{RELATION}@SanctionsEntryID": "an entry of the party that has the relation",
    f"{ENTRY}@ID": _KEY,
    f"{ENTRY}@ProfileID": _LINK,
    f"{_EVENT}@ID": "key of a single event",
    f"{_MEASURE}@ID": "key of a single measure",
    **dict.fromkeys((*FIXED, *FIXED_WORDS), _ALWAYS),
}

_FACT = {
    f"{FEATURE}@FeatureTypeID",
    f"{VERSION}@ReliabilityID",
    f"{VERSION}/Comment",
    f"{VERSION}/VersionDetail",
    f"{VERSION}/VersionDetail@DetailReferenceID",
}
"""Paths whose values belong to a labelled fact."""

for _dates in DATES:
    for _unit in ("Year", "Month", "Day"):
        _STRUCTURAL[f"{_dates}@{_unit}Fixed"] = "says whether the period has days, as it has or not"
    for _end in ("Start", "End"):
        _own = {f"{_dates}/{_end}@Approximate"} | {
            f"{_dates}/{_end}/{_side}/{_unit}"
            for _side in ("From", "To")
            for _unit in ("Year", "Month", "Day")
        }
        if _dates.startswith(FEATURE):
            _FACT.update(_own)
        else:
            _to = "Identifier.issued or expires" if _dates.startswith(DOCUMENT) else "Measure.note"
            _MAPPED.update(dict.fromkeys(_own, _to))

PATHS = frozenset(
    {*_MAPPED, *_STRUCTURAL, *_FACT, "DateOfIssue/Year", "DateOfIssue/Month", "DateOfIssue/Day"}
)
"""Every path at which a value can stand."""


def classify(path: str, label: str) -> tuple[Use, str]:
    """What becomes of the values at a path, and in which field (or why not).

    Args:
        path: Path in the record of a party.
        label: For what stands in a feature, a document or a part of a location, its type; for an
            entry of the list that is a wrapper, its name; else "".
    """
    if label == WRAPPER and path in _OF_WRAPPER:
        return Use.STRUCTURAL, "the wrapper around all lists but the SDN List, no list of its own"
    if path == f"{_LOCATION_PART}@LocPartTypeID" and label in ADDRESS_LINES:
        return Use.STRUCTURAL, "which line of the address it is: they stand in their order"
    if path in _STRUCTURAL:
        return Use.STRUCTURAL, _STRUCTURAL[path]
    if path in _FACT:
        return _fact(path, label)
    if path in _MAPPED:
        if path.startswith(DOCUMENT) and label and ofac_label(label) is None:
            return (
                Use.MAPPED,
                f"{_MAPPED[path]}; the kind is none, the label is in no table of ours",
            )
        return Use.MAPPED, _MAPPED[path]
    return Use.UNKNOWN, "a Feature without kind: the format had no such path when this was written"


def _fact(path: str, label: str) -> tuple[Use, str]:
    known = ofac_label(label)
    if path == f"{VERSION}@ReliabilityID" and known is not None and known.feature is None:
        return Use.STRUCTURAL, "Confirmed or Unknown, which say nothing unusual; else in the note"
    if known is not None and known.field == "address":
        return Use.MAPPED, "Address"
    return use_of_label(label, is_label=path == f"{FEATURE}@FeatureTypeID")
