"""OFAC's advanced XML: SDN_ADVANCED.XML and CONS_ADVANCED.XML → entities.

Documented by the publisher's schema (`ADVANCED_XML.xsd` of the Sanctions List Service, before 2024
`sdn_advanced.xsd`); both namespaces have the same elements. It is OFAC's use of a data model of the
United Nations. Peculiarities:

* It is a set of tables in one file, joined by keys that point both forwards and backwards:
  `_advanced_joins` replaces each key by the object that it refers to, in one pass.
* Most attributes are numbers of words in `ReferenceValueSets`. The rules see the words.
* Nothing inside states which of the two files it is: the file name does, or the caller
  (`list_id=`), or else the entries. SDN_ADVANCED also has the other lists of parties that are on
  several.
* Every entry of a party repeats the same programs, measures and legal bases, whatever its list.
  They are four sets of the party and are not multiplied out.
* "Consolidated List" is a wrapper around all parties of the non-SDN lists, not a list.
* A program is the comment of a measure of the type "Program".
* Names have the letter case of the file: "Markov, Ilya", where the classic file prints "MARKOV".
* All dates are periods of four days, see `_dates`. The period of a measure has no days.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sanctionslib.answers import Coverage
from sanctionslib.model import (
    Address,
    AliasStrength,
    Country,
    Entity,
    EntityRef,
    Event,
    EventKind,
    Fact,
    Identifier,
    Listing,
    Measure,
    MeasureKind,
    Name,
    NameKind,
    NamePart,
    NamePartKind,
    PartialDate,
    Relation,
)
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields, Labels
from sanctionslib.parsers._engine.rules import Group, Rules, Unused, constant, many, parts, to
from sanctionslib.parsers._engine.values import SCRIPTS, country, flag
from sanctionslib.parsers._engine.xml import XmlFormat
from sanctionslib.parsers.ofac import shared, words
from sanctionslib.parsers.ofac._advanced_joins import AdvancedReading, Place
from sanctionslib.parsers.ofac._dates import from_four_days, iso_day
from sanctionslib.parsers.ofac.shared import LabelledFact, joined
from sanctionslib.reference import named_lists, ofac_label

__all__ = ["FORMAT"]

_SAME_KEY = Unused("the key of the party again; a different one is reported")
_LINK = Unused("a resolved reference; an unresolved one is reported")
_KEY = Unused("a key for references from other elements")
_BACK = Unused("a back reference; an unresolved one is reported")

# Dates

_UNITS = ("Year", "Month", "Day")
_ENDS = ("DatePeriod/Start", "DatePeriod/End")
_SIDES = [f"{end}/{side}" for end in _ENDS for side in ("From", "To")]
_APPROXIMATE = [f"{end}@Approximate" for end in _ENDS]
_FALSE = constant("false")


def _day(given: Mapping[str, str], base: str) -> str:
    """A day as "1971-03-05"; "" for none."""
    year, month, day = [given.get(f"{base}/{unit}", "") for unit in _UNITS]
    return f"{year:0>4}-{month:0>2}-{day:0>2}" if year or month or day else ""


def _date(texts: tuple[str, ...], approximate: bool) -> PartialDate | None:
    first, second, third, fourth = days = [iso_day(text) for text in texts]
    if any(text and day is None for text, day in zip(texts, days, strict=True)):
        return PartialDate(raw=" ".join([text or "-" for text in texts]))
    return from_four_days((first, second, third, fourth), approximate=approximate)


def _period(base: str, field: str, *also: str, has_none: Unused = _FALSE) -> Rules:
    """The rules for the period of the element at `base`; its flags say whether it has no days."""

    def four_days(given: Mapping[str, str], entry: Entry) -> PartialDate | None:
        """A date of four days."""
        flags = {given[at] for at in _APPROXIMATE if at in given}
        if flags not in ({"true"}, {"false"}):
            unexpected = [(f"{base}/{at}", given[at]) for at in _APPROXIMATE if at in given]
            entry.unexpected.extend(unexpected)
        texts = tuple([_day(given, side) for side in _SIDES])
        made = entry.reading.once(_date, texts, "true" in flags)
        if made is not None and not made.is_read:
            entry.unread(made.raw, f"{base}/DatePeriod", is_kept=True)
        return made

    days = [f"{side}/{unit}" for side in _SIDES for unit in _UNITS]
    return {
        "DatePeriod@CalendarTypeID": constant("Gregorian"),
        **dict.fromkeys([f"DatePeriod@{unit}Fixed" for unit in _UNITS], has_none),
        **dict.fromkeys([f"{end}@{unit}Fixed" for end in _ENDS for unit in _UNITS], _FALSE),
        **parts(field, four_days, *_APPROXIMATE, *days, also=also),
    }


# Location

_AREA, _COUNTRY = "LocationAreaCode@AreaCodeID", "LocationCountry@CountryID"


def _country(given: Mapping[str, str], entry: Entry) -> Country:
    """A country, with the source's spelling; an area code alone is "undetermined"."""
    stated = given.get(_COUNTRY) or given[_AREA]
    if given.get(_AREA, stated) != stated:
        entry.unexpected.append((f"Location/{_AREA}", given[_AREA]))
    return country(stated, entry)


def _coverage_of_part(label: str, at: str) -> tuple[Coverage, str]:
    field = words.ADDRESS_PARTS.get(label, "lines")
    if field == "lines" and label in words.ADDRESS_PARTS and at == "@LocPartTypeID":
        return Coverage.STRUCTURAL, "the number of the address line; lines are kept in order"
    return Coverage.MAPPED, f"Address.{field}, the country of a fact, Identifier.issuer"


_LOCATION_PART: Rules = {
    "@LocPartTypeID": to("label"),
    "LocationPartValue/Value": to("value"),
    "LocationPartValue@Primary": constant("true"),
    "LocationPartValue@LocPartValueTypeID": constant("Unknown"),
    "LocationPartValue@LocPartValueStatusID": constant("Main"),
}
_LOCATION: Rules = {
    "@ID": to("source_id"),
    **parts("country", _country, _AREA, _COUNTRY),
    "LocationCountry@CountryRelevanceID": constant("PRIMARY"),
    "LocationPart": many(
        "inner",
        LabelledFact,
        _LOCATION_PART,
        needs=("label", "value"),
        labels=Labels(
            path="@LocPartTypeID", coverage=_coverage_of_part, facts=frozenset({Fact.ADDRESS})
        ),
    ),
    "FeatureVersionReference": many("inner", Address, {"@FeatureVersionID": _BACK}),
    "IDRegDocumentReference": many("inner", Address, {"@IDRegDocumentID": _BACK}),
}


def _place(fields: Fields, entry: Entry) -> object:
    parts = tuple([(one.label, one.value) for one in fields.pop("inner", ())])
    return Place(parts=parts, **fields)


# IDRegDocument

_DATES = {"Issue Date": "issued", "Expiration Date": "expires"}
_DOCUMENT_DATE: Rules = {
    "@IDRegDocDateTypeID": to("inner", also=("issued", "expires")),
    **_period("IDRegDocument/DocumentDate", "issued", "expires"),
}
_DOCUMENT: Rules = {
    "@ID": to("source_id"),
    "@IDRegDocTypeID": to("raw_kind", also=("kind",)),
    "@IdentityID": _LINK,
    "@IssuedBy-CountryID": to("country", country),
    "@IssuedIn-LocationID": to("inner", also=("issuer",)),
    "@ValidityID": to("valid", {"Valid": True, "Fraudulent": False}),
    "Comment": to("note"),
    "IDRegistrationNo": to("value"),
    "IssuingAuthority": to("issuer"),
    "DocumentDate": many(
        "inner", Identifier, _DOCUMENT_DATE, needs=("inner", "issued"), finish=shared.as_fields
    ),
    "DocumentedNameReference@DocumentedNameID": to("name_id"),
}


def _document(fields: Fields, entry: Entry) -> object:
    """Its inner values are its dates and the place of issue."""
    issuers, notes = [fields.pop("issuer", None)], [fields.pop("note", None)]
    for one in fields.pop("inner", ()):
        if isinstance(one, Place):
            notes += one.labelled
            if "country" not in fields or fields["country"].raw != str(one):
                issuers.append(str(one))
            continue
        (label,), date_of_label = one["inner"], one["issued"]
        if (field := _DATES.get(label)) is None or field in fields:
            at = "IDRegDocument/DocumentDate@IDRegDocDateTypeID"
            entry.unexpected.append((at, f"{label}: {date_of_label.raw}"))
        else:
            fields[field] = date_of_label
    fields |= {"issuer": joined(*issuers), "note": joined(*notes)}
    return shared.document(fields, entry, "IDRegDocument")


# DistinctParty

_ALIAS_TYPES = {
    "Name": NameKind.PRIMARY,
    "A.K.A.": NameKind.AKA,
    "F.K.A.": NameKind.FKA,
    "N.K.A.": NameKind.NKA,
}
_NAME_PART: Rules = {
    "NamePartValue": to("text", also=("Name.text",)),
    "NamePartValue@NamePartGroupID": to("kind", words.NAME_PARTS),
    "NamePartValue@ScriptID": to("inner", also=("Name.script",)),
    "NamePartValue@ScriptStatusID": constant("Unknown"),
    "NamePartValue@Acronym": _FALSE,
}
_NAME: Rules = {
    "@ID": to("source_id"),
    "@FixedRef": _SAME_KEY,
    "@DocNameStatusID": constant("Primary Latin", "Others"),
    "Comment": to("note"),
    "DocumentedNamePart": many(
        "parts", NamePart, _NAME_PART, needs=("text",), finish=shared.as_fields
    ),
}
_ALIAS: Rules = {
    "@FixedRef": _SAME_KEY,
    "@AliasTypeID": to("kind", _ALIAS_TYPES, raw="raw_kind"),
    "@Primary": Unused("true of the type Name alone; anything else is unexpected"),
    "@LowQuality": to("strength", words.LOW_QUALITY, raw="raw_strength"),
    "Comment": to("note"),
    "DocumentedName": many("inner", Name, _NAME, needs=("parts",), finish=shared.as_fields),
}


def _alias(fields: Fields, entry: Entry) -> object:
    """The fields of its names, as a list: their group number follows later."""
    if fields.get("kind") is NameKind.PRIMARY and fields.get("strength") is AliasStrength.STRONG:
        del fields["strength"]  # every primary name has it
    if "kind" not in fields:
        fields["kind"] = None
        entry.unknown("alias type", "")
    note, forms = fields.pop("note", None), fields.pop("inner")
    return [_name({**fields, **form}, note, entry) for form in forms]


def _name(fields: Fields, note: str | None, entry: Entry) -> Fields:
    """A name in one script, which its parts have as their inner value."""
    stated: list[Fields] = fields.pop("parts")
    whole = NamePartKind.WHOLE
    parts = tuple([NamePart(kind=one.get("kind") or whole, text=one["text"]) for one in stated])
    family = " ".join([one.text for one in parts if one.kind is NamePartKind.FAMILY])
    others = " ".join([one.text for one in parts if one.kind is not NamePartKind.FAMILY])
    text = ", ".join(filter(None, (family, others)))  # as OFAC prints it: "LAST, First Middle"
    scripts = ", ".join(dict.fromkeys([word for one in stated for word in one.get("inner", ())]))
    unknown = None
    if scripts not in SCRIPTS:
        unknown = f"script: {scripts}"
        entry.unknown("script", scripts)
    note = joined(note, fields.get("note"), unknown)
    script = SCRIPTS.get(scripts)
    return fields | {"text": text, "parts": parts, "script": script, "note": note}


_GROUP: Rules = {"@ID": _KEY, "@NamePartTypeID": to("kind", words.NAME_PARTS)}
_FEATURE_VERSION: Rules = {
    "@ID": _KEY,
    "@ReliabilityID": to("reliability"),
    "Comment": to("note"),
    **_period("DistinctParty/Profile/Feature/FeatureVersion", "date"),
    "VersionDetail": to("inner"),
    "VersionDetail@DetailReferenceID": to("inner"),
    "VersionDetail@DetailTypeID": constant("DATE", "LOOKUP", "TEXT", "COUNTRY", "LOCATION"),
    "VersionLocation@LocationID": to("inner"),
}
_FEATURE: Rules = {
    "@ID": to("source_id"),
    "@FeatureTypeID": to("label"),
    "FeatureVersion": many("inner", LabelledFact, _FEATURE_VERSION, finish=shared.as_fields),
    "IdentityReference@IdentityID": _LINK,
    "IdentityReference@IdentityFeatureLinkTypeID": constant("Unknown"),
}


def _feature(fields: Fields, entry: Entry) -> tuple[LabelledFact | Address, ...]:
    """A fact or an address for each version; its inner values are its word, text and location.

    The first of them is the value, and the others are its note.
    """
    label = fields.get("label", "")
    found: list[LabelledFact | Address] = []
    for version in fields["inner"]:
        inner: list[str | Place] = version.pop("inner", [])
        place = next((one for one in inner if isinstance(one, Place)), None)
        stated = [one for one in inner if isinstance(one, str)]
        fact = LabelledFact(label=label, source_id=fields.get("source_id"), **version)
        if place is not None and label == "Location":
            found.append(_address(place, fact, stated, entry))
            continue
        if place is not None:
            stated = [str(place), *stated, *place.labelled]
        known = ofac_label(label)
        if fact.date is not None and known is not None and known.is_date:
            stated.insert(0, fact.date.raw)
        fact.value, fact.note = stated[0] if stated else "", joined(fact.note, *stated[1:])
        found.append(fact)
    return tuple(found)


def _address(place: Place, fact: LabelledFact, stated: list[str], entry: Entry) -> Address:
    fact.note = joined(fact.note, *stated)
    beside: Fields = {
        "country": place.country,
        "source_id": place.source_id,
        "note": fact.note_without(),
    }
    return shared.address_of(place.parts, beside, entry, "Location/LocationPart")


# ProfileRelationship


def _other_party(text: str, entry: Entry) -> EntityRef:
    """The other party, by its key."""
    return EntityRef(id_space=shared.ID_SPACE, source_id=text)


_RELATION: Rules = {
    "@ID": to("source_id"),
    "@From-ProfileID": Unused("the party with the relation"),
    "@To-ProfileID": to("to", _other_party),
    "@RelationTypeID": to("kind", words.RELATIONS, raw="raw_kind"),
    "@RelationQualityID": to("quality"),
    "@Former": to("former", flag),
    "@SanctionsEntryID": Unused("an entry of the party with the relation, checked"),
    "Comment": to("note"),
}


def _relation(fields: Fields, entry: Entry) -> Relation:
    if fields.get("quality") == "Unknown":
        del fields["quality"]
    return Relation(**fields)


# SanctionsEntry


def _event_date(given: Mapping[str, str], entry: Entry) -> PartialDate:
    """A day."""
    text = _day(given, "Date")
    made = entry.reading.once(_date, (text,) * 4, False)
    if made is None or not made.is_read:
        entry.unread(text, "SanctionsEntry/EntryEvent/Date", is_kept=True)
        return PartialDate(raw=text)
    return made


_EVENT: Rules = {
    "@ID": _KEY,
    "@EntryEventTypeID": to("kind", {"Created": EventKind.LISTED}, raw="raw_kind"),
    "@LegalBasisID": to("inner", also=("act", "Designation.legal_bases")),
    "Comment": to("note"),
    "Date@CalendarTypeID": constant("Gregorian"),
    **parts("date", _event_date, *[f"Date/{unit}" for unit in _UNITS]),
}


def _event(fields: Fields, entry: Entry) -> Event:
    """Its inner value is its legal basis: "Unknown" in old entries of CUBA."""
    for basis in fields.pop("inner", ()):
        if basis.title != "Unknown":
            fields["act"] = basis
    return Event(**fields)


_PROGRAM = "Program"
_TYPES = {**words.MEASURES, _PROGRAM: MeasureKind.OTHER}
_MEASURE: Rules = {
    "@ID": _KEY,
    "@SanctionsTypeID": to("kind", _TYPES, raw="raw", also=("Designation.measures",)),
    "Comment": to("note", also=("Designation.programs",)),
    **_period(
        "SanctionsEntry/SanctionsMeasure", "inner", "note", has_none=constant("true", "false")
    ),
}


def _measure(fields: Fields, entry: Entry) -> object:
    """A measure, or the tag of a program, which is the comment. Its inner value is its date."""
    note, dates = fields.get("note"), [f"date: {one.raw}" for one in fields.get("inner", ())]
    stated = joined(note, *dates)
    if fields["raw"] == _PROGRAM:
        return stated or _PROGRAM  # without a tag it is an unknown program
    return entry.reading.once(_made, fields["kind"], fields["raw"], stated)


def _made(kind: MeasureKind | None, raw: str, note: str | None) -> Measure:
    return Measure(kind=kind, raw=raw, note=note)


_ENTRY: Rules = {
    "@ID": to("source_id"),
    "@ProfileID": _LINK,
    "@ListID": to("list_name"),
    "EntryEvent": many("events", Event, _EVENT, needs=("kind", "date"), finish=_event),
    "SanctionsMeasure": many("inner", Measure, _MEASURE, needs=("kind",), finish=_measure),
}


def _entry(fields: Fields, entry: Entry) -> object:
    """The fields of a party: a listing, and the sets that each of its entries repeats."""
    name, events = fields["list_name"], tuple(fields.pop("events", ()))
    inner: list[Measure | str] = fields.pop("inner", [])
    found: Fields = {
        "legal_bases": [event.act for event in events if event.act is not None],
        "measures": [one for one in inner if isinstance(one, Measure)],
        "programs": [one for one in inner if isinstance(one, str)],
    }
    if name != words.WRAPPER:
        if name not in named_lists:
            entry.unknown("list", name)
        return found | {"listings": [Listing(events=events, **fields)]}
    # The wrapper's dates are technical (10 October 2014 for all older ones); a remark is not.
    notes = [event.note for event in events if event.note is not None]
    entry.unexpected.extend([("SanctionsEntry/EntryEvent/Comment", note) for note in notes])
    return found


def _coverage_of_entry(label: str, at: str) -> tuple[Coverage, str] | None:
    of_list = at in ("@ID", "@ListID", "EntryEvent@EntryEventTypeID") or "/Date/" in at
    if label and of_list:
        return (
            Coverage.STRUCTURAL,
            "the wrapper around all lists but the SDN List, not a list",
        )
    return None  # programs, measures and legal bases belong to the party


# The party, with everything joined to it

_PARTY = Group(
    make=Entity,
    rules={
        "DistinctParty@FixedRef": to("id"),
        "DistinctParty/Comment": to("remarks"),
        "DistinctParty/Profile@ID": _SAME_KEY,
        "DistinctParty/Profile@PartySubTypeID": to("kind", words.KINDS, raw="raw_kind"),
        "DistinctParty/Profile/Identity@ID": _KEY,
        "DistinctParty/Profile/Identity@FixedRef": _SAME_KEY,
        "DistinctParty/Profile/Identity@Primary": constant("true"),
        "DistinctParty/Profile/Identity@False": _FALSE,
        "DistinctParty/Profile/Identity/Alias": many(
            "names", Name, _ALIAS, needs=("inner",), finish=_alias
        ),
        "DistinctParty/Profile/Identity/NamePartGroups/MasterNamePartGroup": many(
            "facts", NamePart, {"NamePartGroup": many("inner", NamePart, _GROUP)}
        ),
        "DistinctParty/Profile/Feature": many(
            "facts",
            LabelledFact,
            _FEATURE,
            needs=("label", "inner"),
            labels=shared.labels(
                "@FeatureTypeID", key="@ID", reliability="FeatureVersion@ReliabilityID"
            ),
            finish=_feature,
        ),
        "Location": many("addresses", Address, _LOCATION, finish=_place),
        "IDRegDocument": many(
            "identifiers",
            Identifier,
            _DOCUMENT,
            labels=Labels(path="@IDRegDocTypeID"),
            finish=_document,
        ),
        "ProfileRelationship": many(
            "relations", Relation, _RELATION, needs=("to", "kind"), finish=_relation
        ),
        "SanctionsEntry": many(
            "listings",
            Listing,
            _ENTRY,
            needs=("list_name",),
            labels=Labels(
                label_from=lambda texts: (
                    words.WRAPPER if texts.get("@ListID") == words.WRAPPER else ""
                ),
                coverage=_coverage_of_entry,
            ),
            finish=_entry,
        ),
    },
)


def _issued(given: Mapping[str, str], entry: Entry) -> date | None:
    """A day."""
    return iso_day(_day(given, "DateOfIssue"))


FORMAT = XmlFormat(
    name="ofac-advanced-xml",
    title="OFAC advanced XML",
    files=("SDN_ADVANCED.XML", "CONS_ADVANCED.XML", "SDN_ADVANCED.ZIP"),
    root="Sanctions",
    header={
        "@Version": Unused("any other version is refused"),
        "@DeltaBaseVersion": Unused("a file with only changes is refused"),
        "DateOfIssue@CalendarTypeID": constant("1"),  # the Gregorian calendar
        **parts("published", _issued, *[f"DateOfIssue/{unit}" for unit in _UNITS]),
    },
    dated_at="DateOfIssue",
    lists_per_entry=True,
    reading=AdvancedReading,
    entries={"DistinctParties/DistinctParty": _PARTY},
    alternative_sources={
        Fact.DELISTING_DATE: "the first edition without the party, and Treasury's delta files",
        Fact.REASON: "Treasury's press release and recent actions of the day",
    },
)
