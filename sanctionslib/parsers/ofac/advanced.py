"""OFAC's advanced XML: SDN_ADVANCED.XML and CONS_ADVANCED.XML → entities.

Documented by the publisher's schema (`ADVANCED_XML.xsd` of the Sanctions List Service, before 2024
`sdn_advanced.xsd`); both namespaces hold the same elements. It is OFAC's use of a data model of the
United Nations. What is unusual about it:

* It is a set of tables in one file, joined by keys that point both forwards and backwards:
  `_advanced_joins` puts what a key leads to in its place, in one pass.
* Most attributes are numbers that lead to words in `ReferenceValueSets`. The rules see the words.
* Nothing inside says which of the two files it is: the file name does, or the caller (`list_id=`),
  or else the entries. SDN_ADVANCED also gives the other lists of parties that are on several.
* Every entry of a party repeats the same programs, measures and legal bases, whatever its list. They
  are four sets of the party and are not multiplied out.
* "Consolidated List" is a wrapper around all parties of the non-SDN lists, and no list.
* A program is the comment of a measure of the type "Program".
* Names stand in the letter case of the file: "Markov, Ilya", where the classic file prints "MARKOV".
* All dates are periods of four days, see `_dates`. The period of a measure has none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sanctionslib.answers import Use
from sanctionslib.model import (
    Address,
    AliasStrength,
    Country,
    Entity,
    Event,
    EventKind,
    Fact,
    Identifier,
    Listing,
    Measure,
    Name,
    NameKind,
    NamePart,
    PartialDate,
    Relation,
    EntityRef,
)
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.format import Options, Parsed
from sanctionslib.parsers._engine.rules import (
    Group,
    Labels,
    Rules,
    Unused,
    constant,
    many,
    parts,
    to,
)
from sanctionslib.parsers._engine.source import Source
from sanctionslib.parsers._engine.values import country, flag
from sanctionslib.parsers._engine.xml import XmlFormat
from sanctionslib.parsers._engine.xml_entries import sniff_root
from sanctionslib.parsers.ofac._advanced_joins import AdvancedReading
from sanctionslib.parsers.ofac._advanced_values import (
    as_fields,
    document,
    event,
    measure,
    place,
    relation,
)
from sanctionslib.parsers.ofac._dates import from_four_days
from sanctionslib.parsers.ofac._shared import ID_SPACE, LabelledFact, labels
from sanctionslib.parsers.ofac._words import (
    ADDRESS_FIELDS,
    ADDRESS_LINES,
    KINDS,
    MEASURES,
    NAME_PARTS,
    RELATIONS,
    WRAPPER,
)
from sanctionslib.reference import ofac_label

__all__ = ["FORMAT"]

_SAME_KEY = Unused("the key of the party again; one that differs is reported")
_LINK = Unused("a reference that was followed; one to nothing is reported")
_BACK = Unused("a reference back to what refers here; one to nothing is reported")

# Dates

_UNITS = ("Year", "Month", "Day")
_ENDS = ("DatePeriod/Start", "DatePeriod/End")
_SIDES = [f"{end}/{side}" for end in _ENDS for side in ("From", "To")]
_APPROXIMATE = [f"{end}@Approximate" for end in _ENDS]


def _joined(given: Mapping[str, str], base: str) -> str:
    said = [given.get(f"{base}/{unit}", "") for unit in _UNITS]
    return "-".join(said) if any(said) else ""


def _day(text: str) -> date | None:
    pieces = text.split("-")
    if not all(piece.isascii() and piece.isdigit() for piece in pieces):
        return None
    try:
        return date(*[int(piece) for piece in pieces])
    except (ValueError, OverflowError):
        return None


def _date(texts: tuple[str, ...], approximate: bool) -> PartialDate | None:
    first, second, third, fourth = days = [_day(text) for text in texts]
    if any(text and day is None for text, day in zip(texts, days, strict=True)):
        return PartialDate(raw=" ".join([text or "-" for text in texts]))
    return from_four_days((first, second, third, fourth), approximate=approximate)


def _period(base: str, field: str, *also: str, has_days: Unused = constant("false")) -> Rules:
    """The rules of a period.

    Args:
        base: The path of what has it.
        field: The field that gets the date.
        also: The fields of the model that hold it in the end.
        has_days: What its flags say: "false" where it has days.
    """

    def four_days(given: Mapping[str, str], entry: Entry) -> PartialDate | None:
        """A date of four days."""
        flags = {given[at] for at in _APPROXIMATE if at in given}
        if len(flags) > 1 or not flags <= {"true", "false"}:
            unexpected = [at for at in _APPROXIMATE if at in given]
            entry.unexpected.extend([(f"{base}/{at}", given[at]) for at in unexpected])
        texts = tuple([_joined(given, side) for side in _SIDES])
        made = entry.reading.once(_date, texts, "true" in flags)
        if made is not None and not made.is_read:
            entry.unread(made.raw, f"{base}/DatePeriod", is_kept=True)
        return made

    days = [f"{side}/{unit}" for side in _SIDES for unit in _UNITS]
    return {
        "DatePeriod@CalendarTypeID": constant("Gregorian"),
        **dict.fromkeys([f"DatePeriod@{unit}Fixed" for unit in _UNITS], has_days),
        **dict.fromkeys(
            [f"{end}@{unit}Fixed" for end in _ENDS for unit in _UNITS], constant("false")
        ),
        **parts(field, four_days, *_APPROXIMATE, *days, also=also),
    }


# Location

_AREA, _COUNTRY = "LocationAreaCode@AreaCodeID", "LocationCountry@CountryID"


def _country(given: Mapping[str, str], entry: Entry) -> Country:
    """A country, as the source spells it; of an area code alone "undetermined"."""
    said = given.get(_COUNTRY) or given[_AREA]
    if given.get(_AREA, said) != said:
        entry.unexpected.append((f"Location/{_AREA}", given[_AREA]))
    return country(said, entry)


def _use_of_part(label: str, at: str) -> tuple[Use, str]:
    if label in ADDRESS_LINES and at == "@LocPartTypeID":
        return Use.STRUCTURAL, "which line of the address it is: they stand in their order"
    field = ADDRESS_FIELDS.get(label, "lines")
    return Use.MAPPED, f"Address.{field}, the country of a fact, Identifier.issuer"


_LOCATION = many(
    "addresses",
    Address,
    {
        "@ID": to("source_id"),
        **parts("country", _country, _AREA, _COUNTRY),
        "LocationCountry@CountryRelevanceID": constant("PRIMARY"),
        "LocationPart": many(
            "inner",
            LabelledFact,
            {
                "@LocPartTypeID": to("label"),
                "LocationPartValue/Value": to("value"),
                "LocationPartValue@Primary": constant("true"),
                "LocationPartValue@LocPartValueTypeID": constant("Unknown"),
                "LocationPartValue@LocPartValueStatusID": constant("Main"),
            },
            needs=("label", "value"),
            labels=Labels(
                path="@LocPartTypeID", use=_use_of_part, states=frozenset({Fact.ADDRESS})
            ),
        ),
        "FeatureVersionReference": many("inner", Address, {"@FeatureVersionID": _BACK}),
        "IDRegDocumentReference": many("inner", Address, {"@IDRegDocumentID": _BACK}),
    },
    finish=place,
)

# IDRegDocument

_DOCUMENT = many(
    "identifiers",
    Identifier,
    {
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
            "inner",
            LabelledFact,
            {
                "@IDRegDocDateTypeID": to("label", also=("Identifier.issued", "Identifier.expires")),
                **_period(
                    "IDRegDocument/DocumentDate", "date", "Identifier.issued", "Identifier.expires"
                ),
            },
            needs=("label", "date"),
        ),
        "DocumentedNameReference@DocumentedNameID": to("name_id"),
    },
    labels=Labels(path="@IDRegDocTypeID"),
    finish=document,
)

# DistinctParty

_ALIAS_TYPES = {
    "Name": NameKind.PRIMARY,
    "A.K.A.": NameKind.AKA,
    "F.K.A.": NameKind.FKA,
    "N.K.A.": NameKind.NKA,
}
_LOW_QUALITY = {"true": AliasStrength.WEAK, "false": AliasStrength.STRONG}
_ALIAS = many(
    "names",
    Name,
    {
        "@FixedRef": _SAME_KEY,
        "@AliasTypeID": to("kind", _ALIAS_TYPES, raw="raw_kind"),
        "@Primary": Unused("true of the type Name alone; anything else is unexpected"),
        "@LowQuality": to("strength", _LOW_QUALITY, raw="raw_strength"),
        "Comment": to("note"),
        "DocumentedName": many(
            "inner",
            Name,
            {
                "@ID": to("source_id"),
                "@FixedRef": _SAME_KEY,
                "@DocNameStatusID": constant("Primary Latin", "Others"),
                "Comment": to("note"),
                "DocumentedNamePart": many(
                    "parts",
                    NamePart,
                    {
                        "NamePartValue": to("text", also=("Name.text",)),
                        "NamePartValue@NamePartGroupID": to("kind", NAME_PARTS),
                        "NamePartValue@ScriptID": to("inner", also=("Name.script",)),
                        "NamePartValue@ScriptStatusID": constant("Unknown"),
                        "NamePartValue@Acronym": constant("false"),
                    },
                    needs=("text",),
                    finish=as_fields,
                ),
            },
            needs=("parts",),
            finish=as_fields,
        ),
    },
    needs=("inner",),
    finish=as_fields,
)
_GROUPS = many(
    "facts",
    NamePart,
    {
        "NamePartGroup": many(
            "inner",
            NamePart,
            {
                "@ID": Unused("key of the type of a part of a name"),
                "@NamePartTypeID": to("kind", NAME_PARTS),
            },
        )
    },
)
_LABELS = labels("@FeatureTypeID", key="@ID")
_FACTS = {Fact.BIRTH_DATE, Fact.BIRTH_PLACE, Fact.NATIONALITY, Fact.CITIZENSHIP, Fact.TITLE}
"""What a feature can be here and is no label in the classic file."""


def _use_of_feature(label: str, at: str) -> tuple[Use, str] | None:
    known = ofac_label(label)
    if at == "FeatureVersion@ReliabilityID" and known is not None and known.feature is None:
        return Use.STRUCTURAL, "Confirmed or Unknown, which say nothing unusual; else in the note"
    if known is not None and known.field == "address":
        if at == "@ID":
            return Use.STRUCTURAL, "key of a value that is no object of its own"
        return Use.MAPPED, "Address"
    return _LABELS.use(label, at)


_FEATURE = many(
    "facts",
    LabelledFact,
    {
        "@ID": to("source_id"),
        "@FeatureTypeID": to("label"),
        "FeatureVersion": many(
            "inner",
            LabelledFact,
            {
                "@ID": Unused("key by which a location refers back"),
                "@ReliabilityID": to("reliability"),
                "Comment": to("note"),
                **_period("DistinctParty/Profile/Feature/FeatureVersion", "date"),
                "VersionDetail": to("inner"),
                "VersionDetail@DetailReferenceID": to("inner"),
                "VersionDetail@DetailTypeID": constant(
                    *("DATE", "LOOKUP", "TEXT", "COUNTRY", "LOCATION")
                ),
                "VersionLocation@LocationID": to("inner"),
            },
            finish=as_fields,
        ),
        "IdentityReference@IdentityID": _LINK,
        "IdentityReference@IdentityFeatureLinkTypeID": constant("Unknown"),
    },
    needs=("inner",),
    labels=Labels(path="@FeatureTypeID", use=_use_of_feature, states=_LABELS.states | _FACTS),
    finish=as_fields,
)

# ProfileRelationship


def _other_party(text: str, entry: Entry) -> EntityRef:
    """The other party, by its key."""
    return EntityRef(name="", id_space=ID_SPACE, source_id=text)


_RELATION = many(
    "relations",
    Relation,
    {
        "@ID": to("source_id"),
        "@From-ProfileID": Unused("the party that has the relation"),
        "@To-ProfileID": to("to", _other_party),
        "@RelationTypeID": to("kind", RELATIONS, raw="raw_kind"),
        "@RelationQualityID": to("quality"),
        "@Former": to("former", flag),
        "@SanctionsEntryID": Unused("an entry of the party that has the relation, checked"),
        "Comment": to("note"),
    },
    needs=("to", "kind"),
    finish=relation,
)

# SanctionsEntry


def _event_date(given: Mapping[str, str], entry: Entry) -> PartialDate:
    """A day."""
    text = _joined(given, "Date")
    made = entry.reading.once(_date, (text,) * 4, False)
    if made is None or not made.is_read:
        entry.unread(text, "SanctionsEntry/EntryEvent/Date", is_kept=True)
        return PartialDate(raw=text)
    return made


_OF_WRAPPER = {
    "@ID",
    "@ListID",
    "EntryEvent@EntryEventTypeID",
    *(f"EntryEvent/Date/{unit}" for unit in _UNITS),
}
"""What an entry says of its list; programs, measures and legal bases are of the party."""


def _use_of_entry(label: str, at: str) -> tuple[Use, str] | None:
    if label and at in _OF_WRAPPER:
        return Use.STRUCTURAL, "the wrapper around all lists but the SDN List, no list of its own"
    return None


_ENTRY = many(
    "listings",
    Listing,
    {
        "@ID": to("source_id"),
        "@ProfileID": _LINK,
        "@ListID": to("list_name"),
        "EntryEvent": many(
            "events",
            Event,
            {
                "@ID": Unused("key of a single event"),
                "@EntryEventTypeID": to("kind", {"Created": EventKind.LISTED}, raw="raw_kind"),
                "@LegalBasisID": to("inner", also=("act", "Designation.bases")),
                "Comment": to("note"),
                "Date@CalendarTypeID": constant("Gregorian"),
                **parts("date", _event_date, *[f"Date/{unit}" for unit in _UNITS]),
            },
            needs=("kind", "date"),
            finish=event,
        ),
        "SanctionsMeasure": many(
            "inner",
            Measure,
            {
                "@ID": Unused("key of a single measure"),
                "@SanctionsTypeID": to(
                    "kind", MEASURES, raw="raw", also=("Designation.measures",)
                ),
                "Comment": to("note", also=("Designation.programs",)),
                **_period(
                    "SanctionsEntry/SanctionsMeasure",
                    *("inner", "note"),
                    has_days=constant("true", "false"),
                ),
            },
            needs=("kind",),
            finish=measure,
        ),
    },
    labels=Labels(
        tell=lambda texts: WRAPPER if texts.get("@ListID") == WRAPPER else "", use=_use_of_entry
    ),
    finish=as_fields,
)

# All that is joined to a party

_PARTY = Group(
    make=Entity,
    rules={
        "DistinctParty@FixedRef": to("id"),
        "DistinctParty/Comment": to("remarks"),
        "DistinctParty/Profile@ID": _SAME_KEY,
        "DistinctParty/Profile@PartySubTypeID": to("kind", KINDS, raw="raw_kind"),
        "DistinctParty/Profile/Identity@ID": Unused("key by which documents find their party"),
        "DistinctParty/Profile/Identity@FixedRef": _SAME_KEY,
        "DistinctParty/Profile/Identity@Primary": constant("true"),
        "DistinctParty/Profile/Identity@False": constant("false"),
        "DistinctParty/Profile/Identity/Alias": _ALIAS,
        "DistinctParty/Profile/Identity/NamePartGroups/MasterNamePartGroup": _GROUPS,
        "DistinctParty/Profile/Feature": _FEATURE,
        "Location": _LOCATION,
        "IDRegDocument": _DOCUMENT,
        "ProfileRelationship": _RELATION,
        "SanctionsEntry": _ENTRY,
    },
)


def _issued(given: Mapping[str, str], entry: Entry) -> date | None:
    """A day."""
    return _day(_joined(given, "DateOfIssue"))


class _Format(XmlFormat):
    """The one format of an XML file whose entries have to be joined."""

    def parse(self, sources: Sequence[Source], options: Options) -> Parsed:
        (source,) = sources
        root = sniff_root(source.head)
        assert root is not None  # recognise saw it
        return AdvancedReading(self, source, options, root).parse()


FORMAT = _Format(
    name="ofac-advanced-xml",
    title="OFAC advanced XML",
    files=("SDN_ADVANCED.XML", "CONS_ADVANCED.XML", "SDN_ADVANCED.ZIP"),
    root="Sanctions",
    header={
        "@Version": Unused("any other version is refused"),
        "@DeltaBaseVersion": Unused("a file that holds changes alone is refused"),
        "DateOfIssue@CalendarTypeID": constant("1"),  # the Gregorian calendar
        **parts("published", _issued, *[f"DateOfIssue/{unit}" for unit in _UNITS]),
    },
    dated_at="DateOfIssue",
    states_list=True,
    entries={"DistinctParties/DistinctParty": _PARTY},
    alternative_sources={
        Fact.DELISTING_DATE: "the first edition without the party, and Treasury's delta files",
        Fact.REASON: "Treasury's press release and recent actions of the day",
    },
)
