"""OFAC's advanced XML: SDN_ADVANCED.XML and CONS_ADVANCED.XML → entities.

Documented by the publisher's schema (`ADVANCED_XML.xsd` of the Sanctions List Service, before 2024
`sdn_advanced.xsd`); both namespaces hold the same elements. It is OFAC's use of a data model of the
United Nations. What is unusual about it:

* It is a set of tables in one file, joined by keys that point both forwards and backwards. The rules
  make a draft of each element, and `_advanced_joins` joins the drafts in one pass.
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
from sanctionslib.errors import StructureChangedError
from sanctionslib.model import (
    Address,
    AliasStrength,
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
)
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.format import Options, Parsed
from sanctionslib.parsers._engine.rules import (
    Fields,
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
from sanctionslib.parsers._engine.values import country
from sanctionslib.parsers._engine.xml import XmlFormat
from sanctionslib.parsers._engine.xml_entries import sniff_root
from sanctionslib.parsers.ofac import _advanced_drafts as drafts
from sanctionslib.parsers.ofac._advanced_file import CHANGED, File
from sanctionslib.parsers.ofac._advanced_joins import PROGRAM
from sanctionslib.parsers.ofac._dates import from_four_days
from sanctionslib.parsers.ofac._shared import labels
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

_SAME_KEY = "the key of the party again; one that differs is reported"
_LINK = "a reference that was followed; one to nothing is reported"
_BACK = "a reference back to what refers here; one to nothing is reported"

# Dates

_UNITS = ("Year", "Month", "Day")
_ENDS = ("DatePeriod/Start", "DatePeriod/End")
_DAYS = [[f"{end}/{side}/{unit}" for unit in _UNITS] for end in _ENDS for side in ("From", "To")]
_APPROXIMATE = [f"{end}@Approximate" for end in _ENDS]
_NO_DAYS = [f"DatePeriod@{unit}Fixed" for unit in _UNITS]
_NO_DATE = {*_APPROXIMATE, *_NO_DAYS}
_WITHOUT: tuple[str, ...] = ("",) * 4


def _joined(given: Mapping[str, str], units: Sequence[str]) -> str:
    pieces = [given.get(at, "") for at in units]
    return "-".join(pieces) if any(pieces) else ""


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


def _period(base: str, *also: str) -> Rules:
    """The rules of a period, which has days or none.

    Args:
        base: The path of what has it.
        also: The fields of the model that get the date.
    """

    def four_days(given: Mapping[str, str], entry: Entry) -> PartialDate | None:
        """A date of four days."""
        texts = _WITHOUT
        if not given.keys() <= _NO_DATE:
            texts = tuple([_joined(given, units) for units in _DAYS])
        expected = "false" if any(texts) else "true"
        unexpected = [at for at in _NO_DAYS if given.get(at, expected) != expected]
        flags = {given[at] for at in _APPROXIMATE if at in given}
        if len(flags) > 1 or not flags <= {"true", "false"}:
            unexpected += [at for at in _APPROXIMATE if at in given]
        entry.unexpected.extend([(f"{base}/{at}", given[at]) for at in unexpected])
        made = entry.reading.once(_date, texts, "true" in flags)
        if made is not None and not made.is_read:
            entry.unread(made.raw, f"{base}/DatePeriod", is_kept=True)
        return made

    says = "says whether the period has days, as it has or not"
    days = [at for units in _DAYS for at in units]
    return {
        "DatePeriod@CalendarTypeID": constant("Gregorian"),
        **parts("date", four_days, *_NO_DAYS, unused=says),
        **dict.fromkeys(
            [f"{end}@{unit}Fixed" for end in _ENDS for unit in _UNITS], constant("false")
        ),
        **parts("date", four_days, *_APPROXIMATE, *days, also=also),
    }


# Location


def _use_of_part(label: str, at: str) -> tuple[Use, str]:
    if label in ADDRESS_LINES and at == "@LocPartTypeID":
        return Use.STRUCTURAL, "which line of the address it is: they stand in their order"
    field = ADDRESS_FIELDS.get(label, "lines")
    return Use.MAPPED, f"Address.{field}, the country of a fact, Identifier.issuer"


def _no_object(fields: Fields, entry: Entry) -> None:
    """None: the joins follow references back by the source."""


_LOCATION_PART: Rules = {
    "@LocPartTypeID": to("label", always=True),
    "LocationPartValue/Value": to("value"),
    "LocationPartValue@Primary": constant("true"),
    "LocationPartValue@LocPartValueTypeID": constant("Unknown"),
    "LocationPartValue@LocPartValueStatusID": constant("Main"),
}
_LOCATION: Rules = {
    "@ID": to("source_id"),
    "LocationAreaCode@AreaCodeID": to("area", also=("country",)),
    "LocationCountry@CountryID": to("country", country),
    "LocationCountry@CountryRelevanceID": constant("PRIMARY"),
    "LocationPart": many(
        "parts",
        drafts.LocationPart,
        _LOCATION_PART,
        labels=Labels(path="@LocPartTypeID", use=_use_of_part, states=frozenset({Fact.ADDRESS})),
    ),
    "FeatureVersionReference": many(
        "back", str, {"@FeatureVersionID": Unused(_BACK)}, finish=_no_object
    ),
    "IDRegDocumentReference": many(
        "back", str, {"@IDRegDocumentID": Unused(_BACK)}, finish=_no_object
    ),
}

# IDRegDocument

_DOCUMENT_DATE: Rules = {
    "@IDRegDocDateTypeID": to("label", also=("issued", "expires"), always=True),
    **_period("IDRegDocument/DocumentDate", "issued", "expires"),
}
_DOCUMENT: Rules = {
    "@ID": to("source_id"),
    "@IDRegDocTypeID": to("label", also=("raw_kind", "kind"), always=True),
    "@IdentityID": to("identity", unused=_LINK),
    "@IssuedBy-CountryID": to("country", country),
    "@IssuedIn-LocationID": to("location", also=("issuer",)),
    "@ValidityID": to("validity", also=("valid",)),
    "Comment": to("note"),
    "IDRegistrationNo": to("value"),
    "IssuingAuthority": to("issuer"),
    "DocumentDate": many("dates", drafts.DocumentDate, _DOCUMENT_DATE, of=Identifier),
    "DocumentedNameReference@DocumentedNameID": to("name_id"),
}

# DistinctParty

_ALIAS_TYPES = {
    "Name": NameKind.PRIMARY,
    "A.K.A.": NameKind.AKA,
    "F.K.A.": NameKind.FKA,
    "N.K.A.": NameKind.NKA,
}
_FLAGS = {"true": True, "false": False}
_LOW_QUALITY = {"true": AliasStrength.WEAK, "false": AliasStrength.STRONG}
_NAME_PART: Rules = {
    "NamePartValue": to("text", also=("parts",)),
    "NamePartValue@NamePartGroupID": to("group", unused=_LINK),
    "NamePartValue@ScriptID": to("script", always=True),
    "NamePartValue@ScriptStatusID": constant("Unknown"),
    "NamePartValue@Acronym": constant("false"),
}
_DOCUMENTED_NAME: Rules = {
    "@ID": to("source_id"),
    "@FixedRef": to("party", unused=_SAME_KEY),
    "@DocNameStatusID": to(
        "is_latin",
        {"Primary Latin": True, "Others": False},
        unused="of the primary names the Latin one stands first",
        always=True,
    ),
    "Comment": to("note"),
    "DocumentedNamePart": many("parts", drafts.DocumentedNamePart, _NAME_PART, of=Name),
}
_ALIAS: Rules = {
    "@FixedRef": to("party", unused=_SAME_KEY),
    "@AliasTypeID": to("kind", _ALIAS_TYPES, raw="raw_kind", always=True),
    "@Primary": to("is_primary", _FLAGS, unused="the primary name stands first", always=True),
    "@LowQuality": to("strength", _LOW_QUALITY, raw="raw_strength"),
    "Comment": to("note"),
    "DocumentedName": many("names", drafts.DocumentedName, _DOCUMENTED_NAME, of=Name),
}
_NAME_PART_GROUP: Rules = {
    "@ID": to("key", unused="key of the type of a part of a name"),
    "@NamePartTypeID": to("kind", NAME_PARTS, raw="word", always=True),
}


def _groups(fields: Fields, entry: Entry) -> tuple[drafts.NamePartGroup, ...]:
    return tuple(fields.get("groups", ()))


_MASTER_GROUP: Rules = {
    "NamePartGroup": many("groups", drafts.NamePartGroup, _NAME_PART_GROUP, of=NamePart)
}
_DETAIL_TYPES = dict.fromkeys(("DATE", "LOOKUP", "TEXT", "LOCATION"), False) | {"COUNTRY": True}
_FEATURE_VERSION: Rules = {
    "@ID": to("key", unused="key by which a location refers back"),
    "@ReliabilityID": to("reliability", always=True),
    "Comment": to("note"),
    **_period("DistinctParty/Profile/Feature/FeatureVersion"),
    "VersionDetail": to("text"),
    "VersionDetail@DetailReferenceID": to("word"),
    "VersionDetail@DetailTypeID": to(
        "is_country", _DETAIL_TYPES, unused="the type of the value, which shows it itself"
    ),
    "VersionLocation@LocationID": to("location", unused=_LINK),
}
_FEATURE: Rules = {
    "@ID": to("source_id"),
    "@FeatureTypeID": to("label", always=True),
    "FeatureVersion": many("versions", drafts.FeatureVersion, _FEATURE_VERSION),
    "IdentityReference@IdentityID": to("identity", unused=_LINK),
    "IdentityReference@IdentityFeatureLinkTypeID": constant("Unknown"),
}
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


# ProfileRelationship

_RELATION: Rules = {
    "@ID": to("source_id"),
    "@From-ProfileID": to("owner", unused="the party that has the relation"),
    "@To-ProfileID": to("to"),
    "@RelationTypeID": to("kind", RELATIONS, raw="raw_kind", always=True),
    "@RelationQualityID": to("quality"),
    "@Former": to("former"),
    "@SanctionsEntryID": to("entry", unused="an entry of the party that has the relation"),
    "Comment": to("note"),
}

# SanctionsEntry


def _event_date(given: Mapping[str, str], entry: Entry) -> PartialDate:
    """A day."""
    text = "-".join([given.get(f"Date/{unit}", "") for unit in _UNITS])
    made = entry.reading.once(_date, (text,) * 4, False)
    if made is None or not made.is_read:
        entry.unread(text, "SanctionsEntry/EntryEvent/Date", is_kept=True)
        return PartialDate(raw=text)
    return made


_EVENT: Rules = {
    "@ID": Unused("key of a single event"),
    "@EntryEventTypeID": to("kind", {"Created": EventKind.LISTED}, raw="raw_kind", always=True),
    "@LegalBasisID": to("basis", also=("act", "Designation.bases")),
    "Comment": to("note"),
    "Date@CalendarTypeID": constant("Gregorian"),
    **parts("date", _event_date, *[f"Date/{unit}" for unit in _UNITS]),
}
_MEASURE: Rules = {
    "@ID": Unused("key of a single measure"),
    "@SanctionsTypeID": to(
        "kind",
        {**MEASURES, "Program": PROGRAM},
        raw="raw",
        also=("Designation.measures",),
        always=True,
    ),
    "Comment": to("note", also=("Designation.programs",)),
    **_period("SanctionsEntry/SanctionsMeasure", "note"),
}
_SANCTIONS_ENTRY: Rules = {
    "@ID": to("source_id"),
    "@ProfileID": to("owner", unused=_LINK),
    "@ListID": to("list_name", always=True),
    "EntryEvent": many("events", drafts.EntryEvent, _EVENT, of=Event),
    "SanctionsMeasure": many("measures", drafts.SanctionsMeasure, _MEASURE, of=Measure),
}
_OF_WRAPPER = {
    "@ID",
    "@ListID",
    "EntryEvent@EntryEventTypeID",
    *(f"EntryEvent/Date/{unit}" for unit in _UNITS),
}
"""What an entry says of its list; programs, measures and legal bases are of the party."""


def _use_of_entry(label: str, at: str) -> tuple[Use, str] | None:
    if label == WRAPPER and at in _OF_WRAPPER:
        return Use.STRUCTURAL, "the wrapper around all lists but the SDN List, no list of its own"
    return None


# All that is joined to a party

_PARTY = Group(
    make=drafts.DistinctParty,
    of=Entity,
    rules={
        "DistinctParty@FixedRef": to("id"),
        "DistinctParty/Comment": to("remarks"),
        "DistinctParty/Profile@ID": to("profile", unused=_SAME_KEY),
        "DistinctParty/Profile@PartySubTypeID": to("kind", KINDS, raw="raw_kind", always=True),
        "DistinctParty/Profile/Identity@ID": to(
            "identity", unused="key by which documents find their party"
        ),
        "DistinctParty/Profile/Identity@FixedRef": to("party", unused=_SAME_KEY),
        "DistinctParty/Profile/Identity@Primary": constant("true"),
        "DistinctParty/Profile/Identity@False": constant("false"),
        "DistinctParty/Profile/Identity/Alias": many("names", drafts.Alias, _ALIAS, of=Name),
        "DistinctParty/Profile/Identity/NamePartGroups/MasterNamePartGroup": many(
            "groups", drafts.DistinctParty, _MASTER_GROUP, finish=_groups
        ),
        "DistinctParty/Profile/Feature": many(
            "facts",
            drafts.Feature,
            _FEATURE,
            labels=Labels(
                path="@FeatureTypeID", use=_use_of_feature, states=_LABELS.states | _FACTS
            ),
        ),
        "Location": many("addresses", drafts.Location, _LOCATION, of=Address),
        "IDRegDocument": many(
            "identifiers",
            drafts.IDRegDocument,
            _DOCUMENT,
            labels=Labels(path="@IDRegDocTypeID"),
            of=Identifier,
        ),
        "ProfileRelationship": many(
            "relations", drafts.ProfileRelationship, _RELATION, of=Relation
        ),
        "SanctionsEntry": many(
            "listings",
            drafts.SanctionsEntry,
            _SANCTIONS_ENTRY,
            labels=Labels(path="@ListID", use=_use_of_entry),
            of=Listing,
        ),
    },
)


def _issued(given: Mapping[str, str], entry: Entry) -> date | None:
    text = _joined(given, [f"DateOfIssue/{unit}" for unit in _UNITS])
    if (day := _day(text)) is None:
        raise StructureChangedError(
            f"DateOfIssue is {text[:40]}, where a day is meant",
            where=entry.reading.audit.where(path="DateOfIssue", line=entry.origin.line),
            hint=CHANGED,
        )
    return day


class _Format(XmlFormat):
    """The one format of an XML file whose entries have to be joined."""

    def parse(self, sources: Sequence[Source], options: Options) -> Parsed:
        (source,) = sources
        root = sniff_root(source.head)
        assert root is not None  # recognise saw it
        return File(self, source, options, root).parse()


FORMAT = _Format(
    name="ofac-advanced-xml",
    title="OFAC advanced XML",
    files=("SDN_ADVANCED.XML", "CONS_ADVANCED.XML", "SDN_ADVANCED.ZIP"),
    root="Sanctions",
    header={
        "DateOfIssue@CalendarTypeID": Unused("always the Gregorian calendar: any other is refused"),
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
