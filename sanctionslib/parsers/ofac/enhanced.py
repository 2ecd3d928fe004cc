"""OFAC's enhanced XML: SDN_ENHANCED.XML, CONS_ENHANCED.XML and filtered exports → entities.

Documented by the publisher's schema (`ENHANCED_XML.xsd` of the Sanctions List Service), which has
more than any file at hand: `livingStatus`, `isUsCitizen`, `isUsPerson`, `comments` of documents,
`dateRange` of relations. It says more than any other format of OFAC: lists with dates, legal
authorities, measures, names and addresses in several scripts, dates as four days, the name that a
document bears, links by key. What is unusual (see `_enhanced_file` for the list
that a file is of, `_enhanced_checks` for what it says twice):

* Lists, programs, sanctions types and legal authorities of a party are four sets. The file does not
  say which program goes with which list: one Designation has them all.
* "Consolidated List" stands around all lists but the SDN List and is none itself.
* It declares no number of entries; the file is whole where the document ends.
* The service's answer for one id has the root `entities`, no namespace, no date and no tables.
* `formattedFullName` is in capitals where the classic file is; `namePart/value` has the letter case
  of the name itself. The text of a name is the former, its parts are the latter.
* Names in Arabic script stand between U+202B and U+202C, marks of writing direction. They are kept.
* `isValid` is true of every document but fraudulent ones, of long expired ones too. It is no
  promise: `Identifier.valid` is False or None.
* An address can be an empty element, or have a country alone, or neither country nor parts; one
  that says nothing is no address.
* A relation can have the key of the other party and no name.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import attrs

from sanctionslib.answers import IssueKind, Use
from sanctionslib.model import (
    Address,
    AliasStrength,
    Country,
    Entity,
    EntityRef,
    Event,
    EventKind,
    Fact,
    Feature,
    FeatureKind,
    Identifier,
    LegalBasis,
    Listing,
    Measure,
    Name,
    NameKind,
    NamePart,
    PartialDate,
    Person,
    Relation,
)
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.rules import (
    Convert,
    Fields,
    Group,
    Labels,
    Rule,
    Rules,
    Unused,
    many,
    parts,
    to,
)
from sanctionslib.parsers._engine.values import country, flag
from sanctionslib.parsers.ofac._dates import iso_day
from sanctionslib.parsers.ofac._enhanced_checks import (
    ADDRESSES,
    DAYS,
    DOCUMENT,
    FORMS,
    NAMES,
    PARTS,
    PIECES,
    four_days,
    says_nothing,
)
from sanctionslib.parsers.ofac._enhanced_file import (
    LABELS,
    LISTS,
    PROGRAMS,
    WORDS,
    EnhancedFormat,
    Publication,
    Word,
)
from sanctionslib.parsers.ofac._shared import (
    BIRTH_FACTS,
    FIELDS,
    ID_SPACE,
    LabelledFact,
    address_of,
    identifier,
    joined,
    labels,
    party,
    put_fact,
    titles,
)
from sanctionslib.parsers.ofac._words import (
    ADDRESS_FIELDS,
    ADDRESS_LINES,
    KINDS,
    MEASURES,
    NAME_KINDS,
    NAME_PARTS,
    RELATIONS,
    SCRIPTS,
    WRAPPER,
)
from sanctionslib.reference import named_lists, ofac_label

__all__ = ["FORMAT"]

_NAME_PARTS = "nameParts/namePart"
_FEATURE = "features/feature"
_RELATION = "relationships/relationship"

_KEY = Unused("key of a piece of a value, which nothing refers to")
_NUMBER = Unused("number of the word in the file's own reference values, checked")
_PIECE = Unused("a piece of formattedFullName, checked against it")
_ORDER = Unused("told by the order: the main form is the first of its group")


def _numbered(path: str, rule: Rule) -> Rules:
    """The rules of a word and of its number."""
    return {path: rule, f"{path}@refId".removeprefix("."): _NUMBER}


def _period(at: str, field: str, group: str) -> Rules:
    """The rules of an element that is a date."""

    def date_of_four_days(texts: Mapping[str, str], entry: Entry) -> PartialDate:
        """A date of four days."""
        return four_days(texts, at, f"{group}/{at}", entry)

    return {f"{at}@id": _KEY, **parts(field, date_of_four_days, *(f"{at}/{one}" for one in DAYS))}


# ── why a party is listed: four sets ──────────────────────────────────────────────────────────


def _text(*, text: str) -> str:
    """A text with attributes, which are its keys."""
    return text


def _listed(text: str, entry: Entry) -> Event:
    """The day on which the party came onto the list (LISTED)."""
    if (day := iso_day(text)) is not None:
        return Event(kind=EventKind.LISTED, date=PartialDate.day(day, raw=text))
    entry.unread(text, f"{LISTS}@datePublished", is_kept=True)
    return Event(kind=EventKind.LISTED, date=PartialDate(raw=text))


def _listing(fields: Fields, entry: Entry) -> Listing | None:
    name = fields["list_name"]
    if name == WRAPPER:
        return None
    if name not in named_lists:
        entry.unknown("list", name)
    fields["events"] = tuple(fields.get("events", ()))
    return Listing(**fields)


_OF_WRAPPER = Use.STRUCTURAL, "the wrapper around all lists but the SDN List, no list of its own"
_DESIGNATION: Rules = {
    LISTS: many(
        "listings",
        Listing,
        {
            **_numbered(".", to("list_name")),
            "@id": to("source_id"),
            "@datePublished": to("events", _listed),
        },
        needs=("list_name",),
        labels=Labels(
            tell=lambda texts: WRAPPER if texts.get(".") == WRAPPER else "",
            use=lambda label, _: _OF_WRAPPER if label else None,
        ),
        finish=_listing,
    ),
    PROGRAMS: many("programs", _text, {**_numbered(".", to("text")), "@id": _KEY}, needs=("text",)),
    "sanctionsTypes/sanctionsType": many(
        "measures",
        Measure,
        {**_numbered(".", to("kind", MEASURES, raw="raw")), "@id": _KEY},
        shared=True,
    ),
    "legalAuthorities/legalAuthority": many(
        "bases",
        LegalBasis,
        {".": to("title"), "@refId": to("source_id"), "@id": _KEY},
        needs=("title",),
        shared=True,
    ),
}

# ── names and addresses: one for each script ──────────────────────────────────────────────────


def _role(text: str, entry: Entry) -> NameKind | None:
    """PRIMARY where it is true; else as the type of the alias says."""
    is_primary = flag(text, entry)
    return None if is_primary is None else NameKind.PRIMARY if is_primary else NameKind.AKA


def _strength(text: str, entry: Entry) -> AliasStrength | None:
    """WEAK where it is true; STRONG where it is false, but UNSTATED for a primary name."""
    is_weak = flag(text, entry)
    return None if is_weak is None else AliasStrength.WEAK if is_weak else AliasStrength.STRONG


def _form(fields: Fields, entry: Entry) -> Fields:
    """One form: its object is made of its own fields and of those of the group."""
    return fields


def _names(fields: Fields, entry: Entry) -> tuple[Name, ...]:
    raw = fields.get("raw_kind", "")
    if fields.get("kind") is not NameKind.PRIMARY:
        fields["kind"] = NAME_KINDS.get(raw.lower())
        if fields["kind"] is None:
            entry.unknown("alias type", raw)
    elif fields.get("strength") is AliasStrength.STRONG:
        del fields["strength"]
    forms: list[Fields] = fields.pop("inner")
    for one in forms:
        one.update(fields, parts=tuple(one.get("parts", ())))
    return tuple([Name(**one) for one in forms])


def _country(given: Mapping[str, str], entry: Entry) -> Country:
    """A country, as the source spells it; the schema has two places for it."""
    said = given.get("country") or given["translations/country"]
    if given.get("translations/country", said) != said:
        entry.unexpected.append(
            (f"{ADDRESSES}/translations/country", given["translations/country"])
        )
    return country(said, entry)


def _addresses(fields: Fields, entry: Entry) -> tuple[Address, ...]:
    forms: list[Fields] = fields.pop("inner", [{}])
    path = f"{ADDRESSES}/{FORMS}/{PARTS}"
    made: list[Address] = []
    for one in forms:
        labelled = [(part.label, part.value) for part in one.pop("inner", ())]
        made.append(address_of(labelled, {**fields, **one}, entry, path))
    return tuple(made)


_OF_NOTHING = Use.STRUCTURAL, "of an address without country and parts, which is none"
_UNKNOWN_PART = Use.UNMAPPED, "a Feature without kind: the type of the part is in no table of ours"


def _use_of_address_part(label: str, at: str) -> tuple[Use, str]:
    if label in ADDRESS_LINES and at == "type":
        return Use.STRUCTURAL, "which line of the address it is: they stand in their order"
    if label in ADDRESS_LINES or label in ADDRESS_FIELDS:
        return Use.MAPPED, f"Address.{ADDRESS_FIELDS.get(label, 'lines')}"
    return _UNKNOWN_PART


_SCRIPT = _numbered("script", to("script", SCRIPTS))
_NAME = many(
    "names",
    Name,
    {
        "@id": to("group_id"),
        "isPrimary": to("kind", _role),
        **_numbered("aliasType", to("raw_kind", also=("kind",))),
        "isLowQuality": to("strength", _strength),
        FORMS: many(
            "inner",
            Name,
            {
                "@id": to("source_id"),
                "isPrimary": _ORDER,
                **_SCRIPT,
                "formattedFullName": to("text"),
                **dict.fromkeys(PIECES, _PIECE),
                _NAME_PARTS: many(
                    "parts",
                    NamePart,
                    {
                        "@id": _KEY,
                        **_numbered("type", to("kind", NAME_PARTS)),
                        "value": to("text"),
                    },
                    labels=Labels(
                        path="type",
                        use=lambda label, _: None if label in NAME_PARTS else _UNKNOWN_PART,
                    ),
                ),
            },
            needs=("text",),
            finish=_form,
        ),
    },
    needs=("inner",),
    finish=_names,
)
_ADDRESS = many(
    "addresses",
    Address,
    {
        "@id": to("group_id"),
        **parts("country", _country, "country", "translations/country"),
        "country@refId": _NUMBER,
        "translations/country@refId": _NUMBER,
        FORMS: many(
            "inner",
            Address,
            {
                "@id": to("source_id"),
                "isPrimary": _ORDER,
                **_SCRIPT,
                PARTS: many(
                    "inner",
                    LabelledFact,
                    {"@id": _KEY, **_numbered("type", to("label")), "value": to("value")},
                    needs=("label", "value"),
                    labels=Labels(path="type", use=_use_of_address_part),
                ),
            },
            finish=_form,
        ),
    },
    labels=Labels(
        tell=lambda texts: "says nothing" if says_nothing(texts) else "",
        use=lambda label, _: _OF_NOTHING if label else None,
    ),
    finish=_addresses,
)

# ── labelled facts, documents, links ──────────────────────────────────────────────────────────


def _fact(fields: Fields, entry: Entry) -> LabelledFact:
    """A fact whose text, where it is a date, must say what the four days say."""
    fact = LabelledFact(**fields)
    if (read := fact.date) is not None:
        fact.value = fact.value or read.raw
        if fact.value != read.raw:
            if read.is_read:
                said = f"{fact.value} ({read.raw})"
                entry.unread(said, f"{_FEATURE}/valueDate", is_kept=True)
            fact.date = attrs.evolve(read, raw=fact.value)
    return fact


_OF_LABEL = labels("type", key="@id")


def _use_of_fact(label: str, at: str) -> tuple[Use, str] | None:
    known = ofac_label(label)
    if at == "isPrimary":
        return Use.STRUCTURAL, (
            "Birth.primary, Nationality.primary; else told by the order (the first of a label is "
            "the main one), and where it is not so, noted"
        )
    if at == "reliability" and known is not None and (known.field in FIELDS or known.identifier):
        return Use.STRUCTURAL, "Confirmed, which says nothing unusual; else in the note"
    return _OF_LABEL.use(label, at)


def _issuer(given: Mapping[str, str], entry: Entry) -> str | None:
    """Authority and place."""
    return joined(*given.values())


def _document(fields: Fields, entry: Entry) -> Identifier:
    fields["note"] = joined(fields.get("note"), *fields.pop("inner", ()))
    if fields.get("valid"):
        # Said of all documents but fraudulent ones, of those long expired too: it is no promise,
        # and the other formats of OFAC are silent there.
        del fields["valid"]
    fact = LabelledFact(label=fields.pop("raw_kind", ""), **fields)
    label = ofac_label(fact.label)
    if label is None:
        entry.unmapped(DOCUMENT, fact.label, fact.value)
    return identifier(fact, label)


def _other_party(given: Mapping[str, str], entry: Entry) -> EntityRef:
    """The other party: its name, which can be missing, and its key."""
    return EntityRef(
        name=given.get("relatedEntity", ""),
        id_space=ID_SPACE,
        source_id=given.get("relatedEntity@entityId"),
    )


def _relation_note(given: Mapping[str, str], entry: Entry) -> str | None:
    """Comments, and a date of four days."""
    at = "dateRange"
    if not any(one.startswith(at) for one in given):
        return given.get("comments")
    read = four_days(given, at, f"{_RELATION}/{at}", entry)
    return joined(given.get("comments"), f"date: {read.raw}")


_FACT = many(
    "facts",
    LabelledFact,
    {
        "@id": to("source_id"),
        "type": to("label"),
        "type@featureTypeId": Unused("number of the label in the file's own table, checked"),
        "versionId": Unused("key of a version; each feature has one"),
        "value": to("value"),
        "valueRefId": _NUMBER,
        **_period("valueDate", "date", _FEATURE),
        "isPrimary": to("primary", flag),
        **_numbered("reliability", to("reliability")),
        "comments": to("note"),
    },
    labels=Labels(path="type", use=_use_of_fact, states=_OF_LABEL.states | {*BIRTH_FACTS.values()}),
    finish=_fact,
)
_IDENTITY_DOCUMENT = many(
    "identifiers",
    Identifier,
    {
        "@id": to("source_id"),
        **_numbered("type", to("raw_kind", also=("kind",))),
        "name": Unused("text of the name that nameTranslationId leads to, checked against it"),
        "name@nameId": Unused("group of the name that nameTranslationId leads to, checked"),
        "name@nameTranslationId": to("name_id"),
        "documentNumber": to("value"),
        "isValid": to("valid", flag),
        **parts("issuer", _issuer, "issuingAuthority", "issuingLocation"),
        **_numbered("issuingCountry", to("country", country)),
        **_period("issueDate", "issued", DOCUMENT),
        **_period("expirationDate", "expires", DOCUMENT),
        "comments": to("note"),
        "idFeatures/idFeature": many(
            "inner",
            _text,
            {".": to("text"), "@id": _KEY, "@featureVersionId": _KEY},
            needs=("text",),
        ),
    },
    labels=_OF_LABEL,
    finish=_document,
)
_LINK = many(
    "relations",
    Relation,
    {
        "@id": to("source_id"),
        **_numbered("type", to("kind", RELATIONS, raw="raw_kind")),
        **parts("to", _other_party, "relatedEntity", "relatedEntity@entityId"),
        **_numbered("quality", to("quality")),
        **parts("note", _relation_note, "comments", *(f"dateRange/{one}" for one in DAYS)),
        "dateRange@id": _KEY,
    },
)

# ── the party ─────────────────────────────────────────────────────────────────────────────────


def _feature(label: str, kind: FeatureKind) -> Convert:
    def feature(text: str, entry: Entry) -> Feature:
        return Feature(label=label, value=text, kind=kind)

    feature.__doc__ = f"A Feature ({kind.value})"
    return feature


def _party(fields: Fields, entry: Entry) -> Entity | None:
    numbers = fields.pop("identifiers", [])
    is_person, seen = fields.get("kind") is Person, set[str]()
    for fact in fields.pop("facts", ()):
        label = ofac_label(fact.label)
        has_field = is_person and label is not None and label.field in BIRTH_FACTS
        if fact.primary is (fact.label in seen) and not has_field:
            # The first of a label is the main one, else this says so.
            fact.note = joined(fact.note, f"isPrimary: {str(fact.primary).lower()}")
        seen.add(fact.label)
        put_fact(fields, fact, entry, _FEATURE)
    fields.setdefault("identifiers", []).extend(numbers)
    names: list[Name] = fields.get("names", [])
    names.sort(key=lambda one: one.kind is not NameKind.PRIMARY)
    primary = {one.group_id for one in names if one.kind is NameKind.PRIMARY}
    if names and len(primary) != 1:
        entry.issue(
            IssueKind.NO_PRIMARY_NAME,
            f"the entry has {len(primary) or 'no'} primary names: it is kept as {names[0].text!r}",
        )
    return party(fields, entry)


_ENTRY = Group(
    make=Entity,
    rules={
        "@id": to("id"),
        "generalInfo/identityId": Unused("a second key of the party, one to one with the first"),
        **_numbered("generalInfo/entityType", to("kind", KINDS, raw="raw_kind")),
        **_numbered(
            "generalInfo/livingStatus",
            to("features", _feature("livingStatus", FeatureKind.LIVING_STATUS)),
        ),
        "generalInfo/title": to("titles", titles),
        "generalInfo/remarks": to("remarks"),
        "generalInfo/isUsCitizen": to("features", _feature("isUsCitizen", FeatureKind.OTHER)),
        "generalInfo/isUsPerson": to("features", _feature("isUsPerson", FeatureKind.OTHER)),
        **_DESIGNATION,
        NAMES: _NAME,
        ADDRESSES: _ADDRESS,
        _FEATURE: _FACT,
        DOCUMENT: _IDENTITY_DOCUMENT,
        _RELATION: _LINK,
    },
    finish=_party,
)

# ── what stands before the parties ────────────────────────────────────────────────────────────


def _as_of(text: str, entry: Entry) -> date | None:
    """The day as it is written, also before a time."""
    return iso_day(text.partition("T")[0])


_UNUSED = Unused("says more of a word, and the words of parties stand beside their numbers")
_WORD = Group(
    make=Word,
    rules={
        "@refId": to("number"),
        "type": to("set"),
        "value": to("text"),
        **dict.fromkeys(("code", "isoCode", "advancedXmlOffset"), _UNUSED),
    },
    needs=("number",),
)
_LABEL = Group(
    make=Word,
    rules={
        "@featureTypeId": to("number"),
        "type": to("text"),
        **dict.fromkeys(("detailType", "detailType@refId"), _UNUSED),
        **dict.fromkeys(("publishExclude", "publishDescription", "publishOrder"), _UNUSED),
    },
    needs=("number",),
)


_FILTERS = "publicationInfo/filters"

FORMAT = EnhancedFormat(
    name="ofac-enhanced-xml",
    title="OFAC enhanced XML",
    files=("SDN_ENHANCED.XML", "CONS_ENHANCED.XML", "SDN_ENHANCED.ZIP"),
    root="sanctionsData",
    header={
        "publicationInfo/dataAsOf": to("published", _as_of, raw="generated_at"),
        f"{_FILTERS}/{LISTS}": many("lists", Word, {".": to("text"), "@refId": to("number")}),
        f"{_FILTERS}/{PROGRAMS}": many(
            "programs", _text, {".": to("text"), "@refId": _KEY}, needs=("text",)
        ),
    },
    header_type=Publication,
    dated_at="publicationInfo/dataAsOf",
    before={WORDS: _WORD, LABELS: _LABEL},
    entries={"entities/entity": _ENTRY},
    states_list=True,
    alternative_sources={
        Fact.DELISTING_DATE: "the first edition without the party, and Treasury's delta files",
        Fact.REASON: "Treasury's press release and recent actions of the day",
    },
)
