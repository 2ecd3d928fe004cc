"""What the UK's lists have in common: their words, and the readers of names and measures.

Documented by the FCDO's "Format guide for the UK Sanctions List" and OFSI's "Consolidated List
format guide" (gov.uk). Most columns of one list are columns of the other, and words differ in case
and spelling from entry to entry: "Primary name", "Primary Name", "ALias"; "Cyrillic", "Cryillic".
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Hashable, Mapping
from datetime import date

import attrs

from sanctionslib.model import (
    Address,
    AliasStrength,
    Birth,
    Country,
    Entity,
    EntityRef,
    Feature,
    FeatureKind,
    Identifier,
    IdentifierKind,
    LegalBasis,
    Measure,
    MeasureKind,
    Name,
    NameKind,
    NamePart,
    NamePartKind,
    Organization,
    PartialDate,
    Person,
    Place,
    Precision,
    Relation,
    RelationKind,
    Vessel,
)
from sanctionslib.parsers._engine import values
from sanctionslib.parsers._engine.dates import date_in_words, expiry_date, issue_date
from sanctionslib.parsers._engine.documents import (
    document_kind,
    issuing_country,
    name_on_document,
)
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields, joined
from sanctionslib.parsers._engine.values import AnyCase, compiled, country
from sanctionslib.reference import (
    countries,
    country_at_end,
    languages,
    read_country,
    scripts,
)

KINDS: Mapping[str, type[Entity]] = AnyCase(
    {"Individual": Person, "Entity": Organization, "Ship": Vessel}
)
NAME_KINDS = AnyCase(
    {
        "Primary name": NameKind.PRIMARY,
        "Prime alias": NameKind.PRIMARY,  # OFSI, until 2021
        "Primary name variation": NameKind.VARIATION,
        "Alias": NameKind.AKA,
        "AKA": NameKind.AKA,
        "FKA": NameKind.FKA,
    }
)
STRENGTHS = AnyCase(
    {
        "Good quality a.k.a": AliasStrength.STRONG,
        "Good quality a.k.a.": AliasStrength.STRONG,
        "Good quality": AliasStrength.STRONG,
        "Low quality a.k.a": AliasStrength.WEAK,
        "Low quality a.k.a.": AliasStrength.WEAK,
        "Low quality": AliasStrength.WEAK,
    }
)
_MISSPELT = dict.fromkeys(("Cryillic", "Cyrilic"), "Cyrl")
SCRIPTS = AnyCase({**scripts(), **_MISSPELT}, description=values.SCRIPTS.description)
LANGUAGES = AnyCase(
    {
        **languages(),
        "Kirghiz; Kyrgyz": "ky",
        "Persian/Farsi": "fa",
        "Romanian; Moldavian; Moldovan": "ro",
        "Russia": "ru",
        "Ukraine": "uk",
    },
    description=values.LANGUAGES.description,
)
"""With the spellings of these lists."""
_MEASURES = {
    "assetfreeze": MeasureKind.ASSET_FREEZE,
    "armsembargo": MeasureKind.ARMS_EMBARGO,
    "targetedarmsembargo": MeasureKind.ARMS_EMBARGO,
    "charteringofships": MeasureKind.SERVICES_BAN,
    "closureofrepresentativeoffices": MeasureKind.OTHER,
    "correspondentbankingrelationshipsetc": MeasureKind.CORRESPONDENT_ACCOUNTS,
    "crewservicingofshipsandaircraft": MeasureKind.SERVICES_BAN,
    "dealingwithtransferablesecuritiesormoneymarketinstruments": MeasureKind.DEBT_EQUITY,
    "deflag": MeasureKind.FLAG_BAN,
    "directordisqualificationsanction": MeasureKind.DIRECTOR_BAN,
    "internetservicessanctions": MeasureKind.SERVICES_BAN,
    "loansandcreditarrangements": MeasureKind.DEBT_EQUITY,
    "preventionofbusinessarrangements": MeasureKind.OTHER,
    "preventionofcharteringofships": MeasureKind.SERVICES_BAN,
    "preventionofcharteringofshipsandaircraft": MeasureKind.SERVICES_BAN,
    "prohibitionofportentry": MeasureKind.PORT_BAN,
    "shippingsanctions": MeasureKind.PORT_BAN,  # and more, according to Other Information
    "technicalassistancerelatedtoaircraft": MeasureKind.SERVICES_BAN,
    "travelban": MeasureKind.TRAVEL_BAN,
    "trustservices": MeasureKind.SERVICES_BAN,
    "trustservicessanctions": MeasureKind.SERVICES_BAN,
}
"""By their letters, see `letters`."""

_REGISTERS = compiled(
    {
        r"\b(?:INN|TIN|KPP)\b|Tax": IdentifierKind.TAX,
        r"Social Credit|USCC": IdentifierKind.USCC,
        r"SWIFT/BIC": IdentifierKind.BIC,
        r"\bBIK\b": IdentifierKind.BANK_CODE,
        r"Legal Entity": IdentifierKind.LEI,
        r"Gazette": IdentifierKind.GAZETTE,
        r"\b(?:OGRN(?:IP)?|SRN|BIN|CRN?|BRN?)\b|[Rr]egist|Company|Business|USREOU|UEN": IdentifierKind.REGISTRATION,
    }
)
"""The kind of a number, by the words before it: the first match counts."""
_REGISTRATION = re.compile(
    r"(?:(?P<label>[A-Za-z][A-Za-z /.():]{0,60}?)[\s:–-]{1,9})?"
    r"(?P<number>(?=\w{0,19}\d)[A-Z\d]{6,20}|(?<=[\s:–-])[A-Z]{6}[A-Z\d]{2})(?![\w/])"
    r"(?P<note>\s{0,9}\([A-Z][\w ]{1,40}\)| - [A-Z][A-Za-z ]{1,20}| dated [\d/]{8,10})?"
)
_ROW = re.compile(r"[A-Z]{0,3}\d{4,20}(?:\. [A-Z]{0,3}\d{4,20}){1,50}")
"""Numbers that a program has joined like sentences."""
_BESIDE = re.compile(
    r"(?:(?:\s{0,9}\((?:(?!now\b)[a-z]|Branch|Domicile|Former|Headquarters|Possible|Previous|UN address)[^()]*\)"
    r"|\.| citizenship){1,9}| as (?:of|at) [\w .]{4,20})\Z"
)
"""Words that can follow a country: "(at time of listing)"; "(now Belarus)" and "(South)" name
another."""
_NOW = re.compile(r"\((?:now|currently) ([^()]{4,60})\)?\Z")
"""The present country of a place."""
_NOT_LETTERS = re.compile(r"[^a-z]")
_UN_REFERENCE = re.compile(r"[A-Z]{2}[a-zA-Z]\.\s?\d{3}")


def uk_date(text: str, entry: Entry) -> PartialDate | tuple[()]:
    """A date as DD/MM/YYYY, MM/YYYY or YYYY; "00", "dd" and "mm" are unknown parts.

    There is none for "00/00/0".
    """
    return () if text == "00/00/0" else date_in_words(text, entry)


def birth(fields: Fields, entry: Entry) -> Birth | None:
    """A birth; None without a date."""
    return Birth(**fields) if "date" in fields else None


def day(text: str, entry: Entry | None = None) -> date | None:
    """A day as DD/MM/YYYY."""
    found = date_in_words(text, entry)
    return found.earliest if found.precision is Precision.DAY else None


def name_parts(given: Mapping[str, str], entry: Entry) -> tuple[NamePart, ...]:
    """The numbered parts of a name, in their order.

    The sixth is the family name, or the complete name if it is the only one; of the others, only the
    order is known.
    """
    sixth = NamePartKind.FAMILY if len(given) > 1 else NamePartKind.WHOLE
    ordinal = NamePartKind.ORDINAL
    return tuple(
        [
            NamePart(kind=sixth if at[-1] == "6" else ordinal, text=text)
            for at, text in given.items()
        ]
    )


def country_of(text: str, entry: Entry) -> Country:
    """A country, or its adjective, possibly with further words; `raw` keeps them."""
    before = read_country(text.partition("(")[0]).code
    is_one = before is not None and countries.status(before) == "current"
    now = () if is_one else _NOW.findall(text)  # "Russia (now Belarus)" is ambiguous
    for stated in (text, _BESIDE.sub("", text), *now):
        if (found := read_country(stated)).code is not None:
            return attrs.evolve(found, raw=text)
    at_end = country_at_end(text)
    return country(text, entry) if at_end is None else attrs.evolve(at_end, raw=text)


def name(fields: Fields, entry: Entry) -> Name | None:
    """A name; the publisher leaves some without any part, which are not names."""
    if "parts" not in fields:
        return None
    named = tuple(fields.pop("parts"))
    return Name(text=" ".join([one.text for one in named]), parts=named, **fields)


def original(fields: Fields, entry: Entry) -> Name | None:
    """A name in its original script; `settle` keeps a script or language without a name."""
    return Name(**fields) if "text" in fields else None


def birth_place(given: Mapping[str, str], entry: Entry) -> Place:
    """A town, a country, or both."""
    stated = {at[:4]: text for at, text in given.items()}
    return place(stated.get("Town", ""), stated.get("Coun", ""), entry)


def place(town: str, of: str, entry: Entry) -> Place:
    """A place, from its town and its country; one of the two can be blank."""
    return Place(
        text=", ".join(filter(None, (town, of))),
        city=town or None,
        country=country_of(of, entry) if of else country_at_end(town),
    )


def address(fields: Fields, entry: Entry) -> Address:
    """An address; its country can be at the end of its last line."""
    lines = tuple(fields.pop("lines", ()))
    if lines and "country" not in fields:
        fields["country"] = country_at_end(lines[-1])
    return Address(lines=lines, **fields)


def group_id(text: str, entry: Entry) -> Identifier:
    """The key of the party in OFSI's former list."""
    return Identifier(value=text, kind=IdentifierKind.OFSI_GROUP, raw_kind="OFSI Group ID")


def document(fields: Fields, entry: Entry) -> tuple[Identifier, ...]:
    """A document, or several with their numbers in one cell, with the facts that the note states."""
    printed = fields.pop("value", "").strip(" .,;")
    note = fields.get("note") or ""
    fields["note"] = note if re.search(r"\w", note) else None
    kind = document_kind(note)
    if kind is not None and kind is not IdentifierKind.PASSPORT:
        fields["kind"] = kind
    fields |= {"country": issuing_country(note), "name_text": name_on_document(note)}
    fields |= _dates(note, entry)
    one = Identifier(value=printed, **fields)
    if found := _registered(printed):
        return tuple(
            [
                attrs.evolve(
                    one,
                    value=each.value,
                    kind=each.kind or one.kind,
                    country=each.country or one.country,
                    raw_kind=each.raw_kind or one.raw_kind,
                )
                for each in found
            ]
        )
    numbers = printed.split(". ") if _ROW.fullmatch(printed) else [printed]
    return tuple([attrs.evolve(one, value=each) for each in numbers])


def _dates(note: str, entry: Entry) -> Fields:
    """The days in a note: "3.7.1999", "3 Sept 1999"."""
    days = {"issued": issue_date(note, entry), "expires": expiry_date(note, entry)}
    return {field: day for field, day in days.items() if day is not None and day.is_read}


def references(text: str, entry: Entry) -> tuple[Identifier, ...]:
    """UN reference numbers: "QDi.042", "QDi.042 and SOi.002"."""
    found = re.split(r"(?:[,;|/]|\s{1,9}and)\s*", text)
    if not all(map(_UN_REFERENCE.fullmatch, found)):
        found = [text]
    kind = IdentifierKind.UN_REFERENCE
    return tuple([Identifier(value=one, kind=kind, raw_kind="UN Ref") for one in found])


def by_bars(text: str, entry: Entry) -> tuple[str, ...]:
    """Texts joined by "|"."""
    return split(text)


def split(text: str) -> tuple[str, ...]:
    """The texts joined by "|"."""
    return tuple([stated for one in text.split("|") if (stated := one.strip())])


def plain(text: str, entry: Entry) -> str:
    """The text, with HTML references such as "&amp;" and "&#39;" decoded."""
    return html.unescape(text).strip() if "&" in text else text


def party(column: str) -> Callable[[Mapping[str, str]], Hashable]:
    """A function for the key that all rows of a party share; a row without a key is its own party."""
    return lambda cells: cells.get(column) or tuple(cells.items())


def registrations(text: str, entry: Entry) -> tuple[Identifier, ...]:
    """A number of a register; several with labels: "OGRN: 1027739267126 TIN: 7713122621"."""
    kind = IdentifierKind.REGISTRATION
    found = _registered(text)
    if not found:
        return (Identifier(value=text, kind=kind),)
    return tuple([attrs.evolve(one, kind=one.kind or kind) for one in found])


def _registered(text: str) -> list[Identifier]:
    """The numbers of a text with nothing but numbers, known labels and notes; else none.

    The first number can lack a label: "1027739267126 (Russia). Tax ID No. 7713122621".
    """
    found = list(_REGISTRATION.finditer(text))
    if re.search(r"[^\s.,;/\"]", _REGISTRATION.sub("", text)):
        return []
    made = [
        Identifier(
            value=one["number"],
            kind=_register(one["label"] or one["note"] or ""),
            country=issuing_country(one["note"] or ""),
            note=(one["note"] or "").strip(" -") or None,
            raw_kind=one["label"] or "",
        )
        for one in found
    ]
    are_known = all(one.kind or (not one.raw_kind and at == 0) for at, one in enumerate(made))
    return made if are_known else []


def _register(label: str) -> IdentifierKind | None:
    found = (kind for words, kind in _REGISTERS.items() if words.search(label))
    return next(found, None)


def other(text: str, entry: Entry) -> EntityRef:
    """The name of another party."""
    return EntityRef(name=text)


def phone(fields: Fields, entry: Entry) -> Feature:
    """A phone number, or a fax number where the text says so."""
    is_fax = "fax" in fields["value"].casefold()
    return Feature(kind=FeatureKind.FAX if is_fax else FeatureKind.PHONE, **fields)


def measure(word: str, entry: Entry) -> Measure:
    """A measure, by the publisher's word."""
    kind = _MEASURES.get(letters(word))
    if kind is None:
        entry.unknown("measure", word)
    return Measure(kind=kind, raw=word)


def letters(word: str) -> str:
    """The letters of a word before a colon: the same for "De-flag" and the element `Deflag`."""
    return _NOT_LETTERS.sub("", word.partition(":")[0].casefold())


def settle(fields: Fields, entry: Entry) -> None:
    """Complete the fields of a party of these lists: owners are parties.

    A script or language without a name becomes a Feature.
    """
    entry.settle(fields)
    for key in ORIGINALS:
        for texts in entry.texts.get(key, ()):
            if next(iter(texts))[:4] != "Name":  # which comes first
                for at, text in texts.items():
                    entry.misfit(joined(key, at) if key[0] != "*" else at, text)
    for field, kind in _OWNERS.items():
        links = [Relation(to=EntityRef(name=one), kind=kind) for one in fields.get(field, ())]
        if links:
            fields["relations"] = [*fields.get("relations", ()), *links]


def designation(fields: Fields, entry: Entry) -> Entity | None:
    """An entry of the UK Sanctions List; its regime is also a legal basis."""
    settle(fields, entry)
    fields["legal_bases"] = [LegalBasis(title=one) for one in fields.get("programs", ())]
    return entry.entity(fields)


ORIGINALS = ("*originals", "NonLatinNames/NonLatinName")
"""Paths of names in their original script."""
_OWNERS = {
    "owners": RelationKind.OPERATED_BY,
    "former_owners": RelationKind.FORMERLY_OPERATED_BY,
}
