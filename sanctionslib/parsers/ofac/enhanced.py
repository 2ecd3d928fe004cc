"""OFAC's enhanced XML: SDN_ENHANCED.XML, CONS_ENHANCED.XML and filtered exports → entities.

Documented by the publisher's schema (`ENHANCED_XML.xsd` of the Sanctions List Service), which has
more than any known file: `livingStatus`, `isUsCitizen`, `isUsPerson`, `comments` of documents,
`dateRange` of relations, a second place for the country of an address. Peculiarities:

* Lists, programs, sanctions types and legal authorities of a party are four sets. The file does not
  state which program belongs to which list: one Designation has them all.
* "Consolidated List" is a wrapper around all lists but the SDN List, not a list.
* It declares no number of entries; the file is complete where the document ends.
* The service's answer for one id has the root `entities`, no namespace, no date and no tables.
* A number beside a word is the word's key in the file's own reference values (see `_enhanced_file`,
  also for finding the list of a file).
* `formattedFullName` is in capitals where the classic file is; `namePart/value` has the letter case
  of the name itself. A name's text is the former, its parts are the latter.
* Names in Arabic script are enclosed by U+202B and U+202C, marks of writing direction. They are
  kept.
* `isValid` is true for every document but fraudulent ones, even for documents that expired long
  ago. It is no promise, so `Identifier.valid` is False or None.
* An address can be an empty element, or have only a country, or neither country nor parts; one
  without any value is not an address.
* A relation can have the key of the other party and no name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import attrs

from sanctionslib.answers import Coverage
from sanctionslib.model import (
    Address,
    AliasStrength,
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
    Precision,
    Relation,
)
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields, Labels
from sanctionslib.parsers._engine.rules import (
    Group,
    Rule,
    Rules,
    Unused,
    many,
    one,
    part,
    parts,
    to,
)
from sanctionslib.parsers._engine.values import FLAGS, SCRIPTS, country, flag
from sanctionslib.parsers.ofac import _enhanced_file as file
from sanctionslib.parsers.ofac import shared, words
from sanctionslib.parsers.ofac._dates import from_four_days, iso_day
from sanctionslib.parsers.ofac._lists import ALTERNATIVE_SOURCES
from sanctionslib.parsers.ofac.shared import LabelledFact, joined
from sanctionslib.reference import named_lists, ofac_label

__all__ = ["FORMAT"]

_KEY = Unused("key of a piece of a value, which nothing refers to")
_NUMBER = Unused("number of the word in the file's own reference values, checked")


def _numbered(path: str, rule: Rule) -> Rules:
    """The rules for a word and its number."""
    return {path: rule, f"{path}@refId".removeprefix("."): _NUMBER}


def _text(*, text: str) -> str:
    """A text with attributes, which are keys."""
    return text


# ── dates: four days and two flags ────────────────────────────────────────────────────────────

_DAYS = ("fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd", "isApproximate", "isDateRange")


def _period(at: str, field: str, group: str) -> Rules:
    """The rules for an element that is a date."""

    def four_days(given: Mapping[str, str], entry: Entry) -> PartialDate | None:
        """A date of four days."""
        read = _four_days(given, at, group, entry)
        return read if read.is_read else None

    return {f"{at}@id": _KEY, **parts(field, four_days, *[f"{at}/{one}" for one in _DAYS])}


def _four_days(given: Mapping[str, str], at: str, group: str, entry: Entry) -> PartialDate:
    read = entry.reading.once(_date_of, *[given.get(f"{at}/{one}") for one in _DAYS])
    if not read.is_read:
        entry.unread(read.raw, f"{group}/{at}", is_kept=True)
    return read


def _date_of(*texts: str | None) -> PartialDate:
    """The date of four days and two flags; their text where they make no date, or disagree."""
    first, second, third, fourth = days = [iso_day(one or "") for one in texts[:4]]
    approximate, is_range = flags = [FLAGS.get(one or "") for one in texts[4:]]
    read = from_four_days(
        (first, second, third, fourth), approximate=bool(approximate), is_range=is_range
    )
    are_read = [one is None for one in (*days, *flags)] == [one is None for one in texts]
    if read is not None and are_read and is_range in (None, read.precision is Precision.RANGE):
        return read
    return PartialDate(raw=" ".join(filter(None, texts)))


# ── why a party is listed: four sets ──────────────────────────────────────────────────────────


def _listed(text: str, entry: Entry) -> Event | None:
    """The day on which the party was listed (LISTED)."""
    day = iso_day(text)
    if day is None:
        return None
    return Event(kind=EventKind.LISTED, date=PartialDate.day(day, raw=text))


def _listing(fields: Fields, entry: Entry) -> Listing | None:
    name = fields["list_name"]
    if name == words.WRAPPER:
        return None
    if name not in named_lists:
        entry.unknown("list", name)
    fields["events"] = tuple(fields.get("events", ()))
    return Listing(**fields)


_OF_WRAPPER = (
    Coverage.STRUCTURAL,
    "the wrapper around all lists but the SDN List, not a list",
)
_LISTING: Rules = {
    **_numbered(".", to("list_name")),
    "@id": to("source_id"),
    "@datePublished": to("events", _listed),
}
_PROGRAM: Rules = {**_numbered(".", to("text")), "@id": _KEY}
_MEASURE: Rules = {**_numbered(".", to("kind", words.MEASURES, raw="raw")), "@id": _KEY}
_BASIS: Rules = {".": to("title"), "@refId": to("source_id"), "@id": _KEY}

# ── names and addresses: one for each script ──────────────────────────────────────────────────


def _role(text: str, entry: Entry) -> NameKind | None:
    """PRIMARY where it is true; else by the type of the alias."""
    is_primary = flag(text, entry)
    return None if is_primary is None else NameKind.PRIMARY if is_primary else NameKind.AKA


def _whole_name(given: Mapping[str, str], entry: Entry) -> str:
    """The complete name; where it is missing, "LAST, First" of its pieces."""
    text = ", ".join([given[at] for at in _PIECES if at in given])
    whole = given.get("formattedFullName", text)
    if text not in ("", whole):
        path = f"{file.NAMES}/{file.FORMS}"
        entry.unexpected += [(f"{path}/{at}", given[at]) for at in _PIECES if at in given]
    return whole


def _names(fields: Fields, entry: Entry) -> tuple[Name, ...]:
    raw: str = fields.get("raw_kind", "")
    forms: list[Fields] = fields.pop("inner")
    if fields.get("kind") is not NameKind.PRIMARY:
        fields["kind"] = words.NAME_KINDS.get(raw.lower())
        if fields["kind"] is None:
            entry.unknown("alias type", raw)
    elif fields.get("strength") is AliasStrength.STRONG:
        del fields["strength"]
    for form in forms:
        form.update(fields, parts=tuple(form.get("parts", ())))
    return tuple([Name(**form) for form in forms])


def _addresses(fields: Fields, entry: Entry) -> tuple[Address, ...]:
    forms: list[Fields] = fields.pop("inner", [{}])
    if "country" not in fields and not any("inner" in one for one in forms):
        return ()
    made: list[Address] = []
    for form in forms:
        labelled = [(one.label, one.value) for one in form.pop("inner", ())]
        made.append(shared.address_of(labelled, {**fields, **form}, entry, _ADDRESS_PART))
    return tuple(made)


def _says_nothing(texts: Mapping[str, Any]) -> str:
    """The label of an address without a country, and without a part in any of its forms."""
    has_parts = any("addressParts/addressPart" in one for one in texts.get(file.FORMS, ()))
    return "" if has_parts or texts.keys() - {"@id", file.FORMS} else "empty"


def _coverage_of_part(label: str, at: str) -> tuple[Coverage, str] | None:
    if label in words.NAME_PARTS:
        return None
    if (field := words.ADDRESS_PARTS.get(label)) is None:
        return (
            Coverage.UNMAPPED,
            "a Feature without kind: the type of the part is unknown",
        )
    if field == "lines" and at == "type":
        return Coverage.STRUCTURAL, "the number of the address line; lines are kept in order"
    return Coverage.MAPPED, f"Address.{field}"


_OF_PART = Labels(path="type", coverage=_coverage_of_part)
_ADDRESS_PART = f"{file.ADDRESSES}/{file.FORMS}/addressParts/addressPart"
_PIECES = ("formattedLastName", "formattedFirstName")
_OF_NOTHING = Coverage.STRUCTURAL, "an address without country and parts, which is not an address"
_FORM: Rules = {
    "@id": to("source_id"),
    "isPrimary": Unused("kept as the order: the main form is the first of its group", FLAGS),
    **_numbered("script", to("script", SCRIPTS)),
}
_NAME_FORM: Rules = {
    **_FORM,
    "formattedFullName": part("text", _whole_name),
    **parts("text", _whole_name, *_PIECES, unused="a piece of formattedFullName, checked"),
    "nameParts/namePart": many(
        "parts",
        NamePart,
        {"@id": _KEY, **_numbered("type", to("kind", words.NAME_PARTS)), "value": to("text")},
        labels=_OF_PART,
    ),
}
_NAME: Rules = {
    "@id": to("group_id"),
    "isPrimary": to("kind", _role),
    **_numbered("aliasType", to("raw_kind", also=("kind",))),
    "isLowQuality": to("strength", words.LOW_QUALITY),
    file.FORMS: many("inner", Name, _NAME_FORM, needs=("text",), finish=shared.as_fields),
}
_ADDRESS_FORM: Rules = {
    **_FORM,
    "addressParts/addressPart": many(
        "inner",
        LabelledFact,
        {"@id": _KEY, **_numbered("type", to("label")), "value": to("value")},
        needs=("label", "value"),
        labels=_OF_PART,
    ),
}
_ADDRESS: Rules = {
    "@id": to("group_id"),
    **_numbered("country", to("country", country)),
    **_numbered("translations/country", to("country", country)),
    file.FORMS: many("inner", Address, _ADDRESS_FORM, finish=shared.as_fields),
}

# ── labelled facts, documents, links ──────────────────────────────────────────────────────────

_FEATURE, _DOCUMENT = "features/feature", "identityDocuments/identityDocument"
_RELATION = "relationships/relationship"
_BEARS = ("name@nameId", "name@nameTranslationId", "name")
_IN_ORDER = "kept as the order, exceptions in the note; births and nationalities have a field"


def _fact(fields: Fields, entry: Entry) -> LabelledFact:
    """A fact; its text, where it is a date, must agree with the four days."""
    fact = LabelledFact(**fields)
    if (read := fact.date) is not None and fact.value != read.raw:
        fact.value = fact.value or read.raw
        fact.date = attrs.evolve(read, raw=fact.value)
        if fact.value != read.raw:
            entry.unread(f"{fact.value} ({read.raw})", f"{_FEATURE}/valueDate", is_kept=True)
    return fact


def _issuer(given: Mapping[str, str], entry: Entry) -> str | None:
    """Authority and place."""
    return joined(*given.values())


def _identifier(fields: Fields, entry: Entry) -> Identifier:
    fields["note"] = joined(fields.get("note"), *fields.pop("inner", ()))
    return shared.document(fields, entry, _DOCUMENT)


def _relation_note(given: Mapping[str, str], entry: Entry) -> str | None:
    """Comments, and a date of four days."""
    has_days = bool(given.keys() - {"comments"})
    read = _four_days(given, "dateRange", _RELATION, entry) if has_days else None
    return joined(given.get("comments"), None if read is None else f"date: {read.raw}")


_FACT: Rules = {
    "@id": to("source_id"),
    "type": to("label"),
    "type@featureTypeId": Unused("number of the label in the file's own table, checked"),
    "versionId": Unused("key of a version; each feature has one"),
    "value": to("value"),
    "valueRefId": _NUMBER,
    **_period("valueDate", "date", _FEATURE),
    "isPrimary": to("primary", flag, unused=_IN_ORDER),
    **_numbered("reliability", to("reliability")),
    "comments": to("note"),
}
_DOCUMENT_FEATURE: Rules = {".": to("text"), "@id": _KEY, "@featureVersionId": _KEY}
_IDENTITY_DOCUMENT: Rules = {
    "@id": to("source_id"),
    **_numbered("type", to("raw_kind", also=("kind",))),
    "name": Unused("text of the name that nameTranslationId refers to, checked"),
    "name@nameId": Unused("group of the name that nameTranslationId refers to, checked"),
    "name@nameTranslationId": to("name_id"),
    "documentNumber": to("value"),
    "isValid": to("valid", flag),
    **parts("issuer", _issuer, "issuingAuthority", "issuingLocation"),
    **_numbered("issuingCountry", to("country", country)),
    **_period("issueDate", "issued", _DOCUMENT),
    **_period("expirationDate", "expires", _DOCUMENT),
    "comments": to("note"),
    "idFeatures/idFeature": many("inner", _text, _DOCUMENT_FEATURE, needs=("text",)),
}
_OTHER_PARTY: Rules = {"relatedEntity": to("name"), "relatedEntity@entityId": to("source_id")}
_LINK: Rules = {
    "@id": to("source_id"),
    **_numbered("type", to("kind", words.RELATIONS, raw="raw_kind")),
    **one("to", EntityRef, _OTHER_PARTY, id_space=shared.ID_SPACE),
    **_numbered("quality", to("quality")),
    **parts("note", _relation_note, "comments", *[f"dateRange/{one}" for one in _DAYS]),
    "dateRange@id": _KEY,
}

# ── the party ─────────────────────────────────────────────────────────────────────────────────


def _feature(label: str, kind: FeatureKind) -> Rules:
    """The rules for a text that becomes a Feature with the name of its element."""
    return one("features", Feature, {f"generalInfo/{label}": to("value")}, label=label, kind=kind)


def _party(fields: Fields, entry: Entry) -> Entity | None:
    is_person, seen = fields.get("kind") is Person, set[str]()
    for fact in fields.get("facts", ()):
        label = ofac_label(fact.label)
        field = None if label is None else shared.FIELDS.get(label.field)
        has_field = is_person and field is not None and field.make is not None
        if fact.primary is (fact.label in seen) and not has_field:
            # Normally the first of a label is the main one; exceptions are noted.
            fact.note = joined(fact.note, f"isPrimary: {str(fact.primary).lower()}")
        seen.add(fact.label)
    shared.put_facts(fields, entry, _FEATURE)
    names: list[Name] = fields.get("names", [])
    names.sort(key=lambda one: one.kind is not NameKind.PRIMARY)
    _check_documents(names, entry)
    return shared.party(fields, entry)


def _check_documents(names: Iterable[Name], entry: Entry) -> None:
    """Keep the name on a document that is not a name of the party, which is reported."""
    known = {(one.group_id, one.source_id, one.text) for one in names}
    for document in entry.texts.get(_DOCUMENT, ()):
        bears = {at: document[at] for at in _BEARS if at in document}
        if bears and tuple(bears.values()) not in known:
            entry.unexpected += [(f"{_DOCUMENT}/{at}", text) for at, text in bears.items()]


_ENTRY = Group(
    make=Entity,
    rules={
        "@id": to("id"),
        "generalInfo/identityId": Unused("a second key of the party, one to one with the first"),
        **_numbered("generalInfo/entityType", to("kind", words.KINDS, raw="raw_kind")),
        "generalInfo/title": to("titles", shared.titles),
        "generalInfo/remarks": to("remarks"),
        **_feature("livingStatus", FeatureKind.LIVING_STATUS),
        "generalInfo/livingStatus@refId": _NUMBER,
        **_feature("isUsCitizen", FeatureKind.OTHER),
        **_feature("isUsPerson", FeatureKind.OTHER),
        file.LISTS: many(
            "listings",
            Listing,
            _LISTING,
            needs=("list_name",),
            labels=Labels(
                label_from=lambda texts: words.WRAPPER if texts.get(".") == words.WRAPPER else "",
                coverage=lambda label, _: _OF_WRAPPER if label else None,
            ),
            finish=_listing,
        ),
        file.PROGRAMS: many(
            "programs", _text, {**_PROGRAM, ".": to("text", shared.program)}, needs=("text",)
        ),
        "sanctionsTypes/sanctionsType": many("measures", Measure, _MEASURE, shared=True),
        "legalAuthorities/legalAuthority": many(
            "legal_bases", LegalBasis, _BASIS, needs=("title",), shared=True
        ),
        file.NAMES: many("names", Name, _NAME, needs=("inner",), finish=_names),
        file.ADDRESSES: many(
            "addresses",
            Address,
            _ADDRESS,
            labels=Labels(
                label_from=_says_nothing, coverage=lambda label, _: _OF_NOTHING if label else None
            ),
            finish=_addresses,
        ),
        _FEATURE: many(
            "facts",
            LabelledFact,
            _FACT,
            labels=shared.labels("type", key="@id", reliability="reliability"),
            finish=_fact,
        ),
        _DOCUMENT: many(
            "identifiers",
            Identifier,
            _IDENTITY_DOCUMENT,
            labels=shared.labels("type", key="@id"),
            finish=_identifier,
        ),
        _RELATION: many("relations", Relation, _LINK),
    },
    finish=_party,
)

# ── the file ──────────────────────────────────────────────────────────────────────────────────


def _as_of(text: str, entry: Entry) -> date | None:
    """The day as written, also before a time."""
    return iso_day(text.partition("T")[0])


_UNUSED = Unused("describes a word; the words of parties are beside their numbers")
_WORD: Rules = {
    "@refId": to("number"),
    "value": to("text"),
    **dict.fromkeys(("type", "isoCode", "code", "advancedXmlOffset"), _UNUSED),
}
_LABEL: Rules = {
    "@featureTypeId": to("number"),
    "type": to("text"),
    **dict.fromkeys(("detailType", "detailType@refId", "publishExclude"), _UNUSED),
    **dict.fromkeys(("publishDescription", "publishOrder"), _UNUSED),
}
_LIST: Rules = {".": to("text"), "@refId": to("number")}
_FILTERS = "publicationInfo/filters"

FORMAT = file.EnhancedFormat(
    name="ofac-enhanced-xml",
    title="OFAC enhanced XML",
    files=("SDN_ENHANCED.XML", "CONS_ENHANCED.XML", "SDN_ENHANCED.ZIP"),
    root="sanctionsData",
    header={
        "publicationInfo/dataAsOf": to("published", _as_of, raw="generated_at"),
        f"{_FILTERS}/{file.LISTS}": many("lists", file.known_list, _LIST),
        f"{_FILTERS}/{file.PROGRAMS}": many("programs", _text, _PROGRAM, needs=("text",)),
        "referenceValues/referenceValue": many("words", file.Word, _WORD),
        "featureTypes/featureType": many("labels", file.Word, _LABEL),
    },
    header_type=file.Publication,
    dated_at="publicationInfo/dataAsOf",
    entries={"entities/entity": _ENTRY},
    lists_per_entry=True,
    alternative_sources={
        fact: how
        for fact, how in ALTERNATIVE_SOURCES.items()
        if fact in (Fact.DELISTING_DATE, Fact.REASON)
    },
)
