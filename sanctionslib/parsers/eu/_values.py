"""What both files of the EU have in common: their words, and the readers of their values.

Texts are given by the names of the XML's attributes; the CSV maps its columns to these names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import attrs

from sanctionslib.model import (
    Address,
    AliasStrength,
    Birth,
    Calendar,
    Country,
    DocumentFlag,
    Entity,
    Fact,
    Feature,
    FeatureKind,
    Gender,
    Identifier,
    IdentifierKind,
    Name,
    NameKind,
    NamePart,
    NamePartKind,
    Nationality,
    Organization,
    PartialDate,
    Person,
    Place,
)
from sanctionslib.parsers._engine.dates import (
    date_in_words,
    day_first,
    expiry_date,
    issue_date,
)
from sanctionslib.parsers._engine.documents import (
    document_kind,
    issuing_country,
    name_on_document,
)
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers._engine.keys import distinct
from sanctionslib.parsers._engine.values import country

KINDS = {"person": Person, "enterprise": Organization}
GENDERS = {"M": Gender.MALE, "F": Gender.FEMALE, "?": ()}
STRONG = {"true": AliasStrength.STRONG, "false": AliasStrength.WEAK}
CIRCA = {"true": "circa", "false": ()}
CALENDARS = {
    "GREGORIAN": (),
    "ISLAMIC": Calendar.ISLAMIC,
    "BUDDHIST": Calendar.BUDDHIST,
    "COPTIC": Calendar.COPTIC,
    "ETHIOPIC": Calendar.ETHIOPIC,
}
AT_LISTING = {"true": "as at listing time", "false": ()}
CONTACTS = {
    "EMAIL": FeatureKind.EMAIL,
    "PHONE": FeatureKind.PHONE,
    "FAX": FeatureKind.FAX,
    "WEB": FeatureKind.WEBSITE,
}
DOCUMENTS = {
    "passport": IdentifierKind.PASSPORT,
    "travelcardid": IdentifierKind.TRAVEL_DOCUMENT,
    "id": IdentifierKind.NATIONAL_ID,
    "nationcert": IdentifierKind.OTHER_DOCUMENT,
    "drivinglicence": IdentifierKind.DRIVING_LICENCE,
    "birthcert": IdentifierKind.BIRTH_CERTIFICATE,
    "electionid": IdentifierKind.VOTER,
    "ssn": IdentifierKind.SOCIAL_SECURITY,
    "fiscalcode": IdentifierKind.TAX,
    "regnumber": IdentifierKind.REGISTRATION,
    "tradelic": IdentifierKind.LICENCE,
    "swiftbic": IdentifierKind.BIC,
    "imo": IdentifierKind.IMO,
    "other": IdentifierKind.OTHER_DOCUMENT,
}
FLAGS = {
    "diplomatic": DocumentFlag.DIPLOMATIC,
    "knownExpired": DocumentFlag.EXPIRED,
    "knownFalse": DocumentFlag.FALSE,
    "reportedLost": DocumentFlag.LOST,
    "revokedByIssuer": DocumentFlag.REVOKED,
}
PARTS = {
    "firstName": NamePartKind.GIVEN,
    "middleName": NamePartKind.MIDDLE,
    "lastName": NamePartKind.FAMILY,
    "wholeName": NamePartKind.WHOLE,
}
_JOURNAL = "the annex of the act in the Official Journal, to which its address leads"
ALTERNATIVE_SOURCES = {
    Fact.NATIONALITY: "the citizenships, which are stated",
    Fact.ORIGINAL_SCRIPT: "among the names, which do not say in which script they are",
    Fact.FLAG: _JOURNAL,
    Fact.REGISTRATION: _JOURNAL,
    Fact.RELATION: _JOURNAL,
    Fact.MEASURE: _JOURNAL,
    Fact.DELISTING_DATE: "the first edition without the party",
    Fact.REASON: _JOURNAL,
}

_QUALITY = re.compile(r"\b(?:(low|weak)|[gq]ood|strong)\s+quality", re.IGNORECASE)
_FORMER = re.compile(r"\W*formerly known as\W*", re.IGNORECASE)
_ROUGHLY = re.compile(r"\W*(?:approx|about\b|circa\b)", re.IGNORECASE)
_DATED = re.compile(
    r"(date\s+of\s+(?:UN\s+)?(?:listing|designation)(?:\s+referred\s+to\s+in\s+Article[^:]{,20})?)"
    r"[\s:]*(\d{1,2}\s[a-z]+\.?\s\d{4}|\d[\d./-]*\d)",
    re.IGNORECASE,
)
_LATIN = re.compile("[A-Za-zÀ-ɏ]")


# ── texts ─────────────────────────────────────────────────────────────────────────────────────


def stated(text: str, entry: Entry) -> str | tuple[()]:
    """The text; none for "-"."""
    return () if text == "-" else text


def language(text: str, entry: Entry) -> str:
    """A code, in small letters."""
    return text.lower()


def title(text: str, entry: Entry) -> Feature:
    """A title of a person; for another party, a Feature."""
    return Feature(label="title", value=text, kind=FeatureKind.TITLE)


def function(text: str, entry: Entry) -> Feature:
    """An office of a person; for another party, a Feature: its activity, or why it is listed."""
    return Feature(label="function", value=text, kind=FeatureKind.OTHER)


def latin_number(text: str, entry: Entry) -> str:
    """A part of the note."""
    return f"in Latin letters {text}"


def valid_from(text: str, entry: Entry) -> str:
    """A part of the note."""
    return f"valid from {text}"


def named_country(given: Mapping[str, str], entry: Entry) -> Country | tuple[()]:
    """A country, by its code; none for 00, UNKNOWN."""
    code, name = given.get("countryIso2Code", "00"), given.get("countryDescription", "UNKNOWN")
    if (code, name) == ("00", "UNKNOWN"):
        return ()
    return entry.reading.once(_country, country(code, entry), "" if name == "UNKNOWN" else name)


def _country(found: Country, name: str) -> Country:
    message = name if found.code or not name else f"{name} ({found.raw})"
    return attrs.evolve(found, raw=message or found.raw)


def birth_place(given: Mapping[str, str], entry: Entry) -> Place | tuple[()]:
    """A place, from its parts; none for "-" and 00, UNKNOWN."""
    of = named_country(given, entry) or None
    stated = {at: text for at, text in given.items() if at[:7] != "country" and text != "-"}
    if not stated and of is None:
        return ()
    text = ", ".join([*stated.values(), *([of.raw] if of else [])])
    return Place(text=text, city=stated.get("city"), state=stated.get("region"), country=of)


def birth_date(given: Mapping[str, str], entry: Entry) -> PartialDate:
    """A day, a month, a year or a range of years; several dates are kept as text."""
    numbers = [given.get(at, "?").zfill(2) for at in ("year", "monthOfYear", "dayOfMonth")]
    while numbers[-1:] == ["0?"]:
        numbers.pop()
    counted = "-".join(numbers)
    first, last = given.get("yearRangeFrom"), given.get("yearRangeTo")
    years = f"{first} to {last}" if first and last else first and f"from {first}"
    texts = (given.get("birthdate"), counted, years or (last and f"until {last}"))
    stated = distinct(each for each in texts if each)
    return PartialDate.parse(stated[0]) if len(stated) == 1 else PartialDate(raw=", ".join(stated))


def issuer(given: Mapping[str, str], entry: Entry) -> str:
    """The issuer, and the place of issue."""
    return ", ".join(distinct(given.values()))


def name_parts(given: Mapping[str, str], entry: Entry) -> tuple[NamePart, ...]:
    """The parts of the name."""
    return tuple([NamePart(kind=PARTS[at], text=text) for at, text in given.items()])


# ── objects ───────────────────────────────────────────────────────────────────────────────────


def name(fields: Fields, entry: Entry) -> object:
    """A name, with its role and strength from the remark; and facts of the party beside it."""
    beside: list[object] = fields.pop("inner", [])
    parts: list[NamePart] = fields.pop("parts")
    fields["parts"] = tuple([each for each in parts if each.kind is not NamePartKind.WHOLE])
    whole = [each.text for each in parts if each.kind is NamePartKind.WHOLE]
    text = whole[0] if whole else " ".join([each.text for each in parts])
    note: str = fields.get("note", "")
    if found := _QUALITY.search(note):
        strength = AliasStrength.WEAK if found[1] else AliasStrength.STRONG
        if fields.get("strength", strength) is not strength:
            fields["raw_strength"] = f"strong={found[1] is not None}".lower()
        fields["strength"] = strength
    kind = NameKind.FKA if _FORMER.fullmatch(note) else NameKind.AKA
    return Name(text=text, kind=kind, **fields), *_with_act(beside, fields)


def _with_act(beside: list[object], fields: Fields) -> Iterator[object]:
    """The same facts, with the act and the key of the enclosing value."""
    basis, key = fields.get("basis"), fields.get("source_id")
    for each in beside:
        if isinstance(each, Feature):
            yield attrs.evolve(each, basis=basis, source_id=key)
        else:
            yield each


def birth(fields: Fields, entry: Entry) -> Birth:
    """A birth; the remark can also mark the date as approximate."""
    beside: list[object] = fields.pop("inner", [])
    note: str = fields.get("note", "")
    date: PartialDate | None = fields.get("date")
    for calendar in beside:
        if date is not None and isinstance(calendar, Calendar):
            date = _of_calendar(date, calendar)
    if date is None or not date.is_read:
        words = [each.value if isinstance(each, Calendar) else each for each in beside]
        fields["note"] = _joined(note, *words)
        if date is not None:
            entry.unread(date.raw, "birthdate", is_kept=True)
    elif "circa" in beside:
        date = attrs.evolve(date, circa=True, raw=f"circa {date.raw}")
    elif _ROUGHLY.match(note):
        date = attrs.evolve(date, circa=True)
    fields["date"] = date
    return Birth(**fields)


def _of_calendar(date: PartialDate, calendar: Calendar) -> PartialDate:
    """A date of another calendar; for a day, the Gregorian date is also given."""
    day, _, counted = date.raw.partition(", ")
    found = PartialDate.parse(day)
    if counted and found.is_read:
        return attrs.evolve(found, calendar=calendar, raw=counted)
    return PartialDate(calendar=calendar, raw=date.raw)


def _joined(*texts: object) -> str | None:
    """The given texts, joined; None for none."""
    return "\n".join([each for each in texts if isinstance(each, str) and each]) or None


def citizenship(fields: Fields, entry: Entry) -> Nationality:
    """A citizenship, with the region in its note."""
    fields["note"] = _joined(*fields.pop("inner", ()), fields.get("note"))
    return Nationality(**fields)


def address(fields: Fields, entry: Entry) -> object:
    """An address, and the contacts below it."""
    beside: list[object] = fields.pop("inner", [])
    contacts = [each for each in _with_act(beside, fields) if isinstance(each, Feature)]
    note = _joined(fields.pop("note", None), *beside)
    if contacts and note is None and fields.keys() <= {"basis", "source_id"}:
        return tuple(contacts)
    lines = tuple(fields.pop("lines", ()))
    return Address(lines=lines, note=note, **fields), *contacts


def identifier(fields: Fields, entry: Entry) -> Identifier:
    """A number, with facts about its document; the remark can have facts without an attribute."""
    if "kind" not in fields:  # an unknown type is counted with its word instead
        entry.unmapped("identification", "", fields["value"])
    stated: str = fields.pop("note", "")
    if fields.get("kind") is IdentifierKind.OTHER_DOCUMENT and " or " not in stated:
        fields["kind"] = document_kind(stated) or IdentifierKind.OTHER_DOCUMENT
    read = {
        "country": issuing_country(stated),
        "name_text": name_on_document(stated),
        "issued": issue_date(stated),
        "expires": expiry_date(stated),
    }
    fields |= {field: one for field, one in read.items() if one is not None and field not in fields}
    note = _joined(stated, *fields.pop("inner", ()))
    flags = tuple(fields.pop("flags", ()))
    valid = False if DocumentFlag.FALSE in flags else None
    return Identifier(flags=flags, note=note, valid=valid, **fields)


def party(fields: Fields, entry: Entry) -> Entity | None:
    """An entry: its primary name, and facts beside its names and addresses, in their fields."""
    stated: list[object] = [*fields.pop("names", ()), *fields.pop("addresses", ())]
    fields["addresses"] = [each for each in stated if isinstance(each, Address)]
    if names := [each for each in stated if isinstance(each, Name)]:
        first = min(names, key=_rank)
        others = [each for each in names if each is not first]
        fields["names"] = [attrs.evolve(first, kind=NameKind.PRIMARY), *others]
    features = [each for each in stated if isinstance(each, Feature)]
    genders = distinct(each for each in stated if isinstance(each, Gender))
    if fields.get("kind") is Person:
        of: dict[str, list[str]] = {"title": [], "function": []}
        for each in features:
            of.get(each.label, []).append(each.value)
        fields["titles"], fields["positions"] = distinct(of["title"]), distinct(of["function"])
        fields["genders"] = genders
        features = [each for each in features if each.label not in of]
    else:
        features += _of_no_person(genders, fields.pop("citizenships", ()))
    fields["features"] = [*features, *_listing_dates(fields)]
    return entry.entity(fields)


def _of_no_person(
    genders: Iterable[Gender], citizenships: Iterable[Nationality]
) -> Iterator[Feature]:
    """Facts of persons, stated for another party."""
    for gender in genders:
        yield Feature(label="gender", value=gender.value, kind=FeatureKind.GENDER)
    for each in citizenships:
        yield Feature(
            label="citizenship",
            value=f"{each.country} ({each.country.code})",
            kind=FeatureKind.OTHER,
            note=each.note,
            basis=each.basis,
            source_id=each.source_id,
        )


def _rank(name: Name) -> tuple[object, ...]:
    """The sort key of the primary name: Latin, neither former nor weak, the oldest."""
    is_latin = _LATIN.search(name.text) is not None
    number = name.source_id or ""
    is_weak = name.strength is AliasStrength.WEAK
    return (not is_latin, name.kind is not NameKind.AKA, is_weak, len(number), number)


def _listing_dates(fields: Fields) -> Iterator[Feature]:
    """The days of listing in free texts: after a label, or the complete details."""
    details: str = fields.get("note", "")
    stated = _DATED.findall(f"{details}\n{fields.get('remarks', '')}")
    if day_first(details):
        stated.append(("designationDetails", details))
    for label, text in stated:
        date = date_in_words(text)
        yield Feature(
            label=" ".join(label.split()),
            value=text,
            kind=FeatureKind.LISTING_DATE,
            date=date if date.is_read else None,
        )
