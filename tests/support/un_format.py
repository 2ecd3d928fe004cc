"""The UN Security Council's consolidated list, as a table: what a new format costs.

The elements are those of the publisher's schema (`sc-sanctions.xsd`) and of whole files of 2021 and
2025. What is unusual: names are numbered positions and neither family nor given names; DESIGNATION
is a job title; most groups stand there empty; QUALITY of an organization's alias is its kind; a date
of listing can have a time zone behind it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from sanctionslib.model import (
    Address,
    AliasStrength,
    Birth,
    Event,
    EventKind,
    Feature,
    FeatureKind,
    Gender,
    Identifier,
    IdentifierKind,
    Name,
    NameKind,
    Nationality,
    Organization,
    PartialDate,
    Person,
    Place,
)
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.rules import Fields, Group, Rules, Unused, many, parts, to
from sanctionslib.parsers._engine.values import country, partial_date
from sanctionslib.parsers._engine.xml import XmlFormat

_QUALITIES = {"Good": AliasStrength.STRONG, "Low": AliasStrength.WEAK}
_ALIAS_KINDS = {"a.k.a.": NameKind.AKA, "f.k.a.": NameKind.FKA}
_GENDERS = dict.fromkeys(("Male", "MALE"), Gender.MALE) | {"Female": Gender.FEMALE}
_DOCUMENTS = {
    "Passport": IdentifierKind.PASSPORT,
    "National Identification Number": IdentifierKind.NATIONAL_ID,
}
_ZONE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[+-]\d\d:\d\d|Z)?")


def _day(text: str, entry: Entry) -> PartialDate:
    """A day; what stands behind it is the time zone of the program that wrote it."""
    found = _ZONE.fullmatch(text)
    return PartialDate.parse(text if found is None else found[1])


def _generated(text: str, entry: Entry) -> date | None:
    return PartialDate.parse(text[:10]).earliest


def _name(given: Mapping[str, str], entry: Entry) -> Name:
    return Name(text=" ".join(given.values()))


def _original(text: str, entry: Entry) -> Name:
    return Name(text=text, raw_kind="NAME_ORIGINAL_SCRIPT")


def _listed(text: str, entry: Entry) -> Event:
    return Event(kind=EventKind.LISTED, date=_day(text, entry), raw_kind="LISTED_ON")


def _submitted(text: str, entry: Entry) -> Feature:
    return Feature(label="SUBMITTED", value=text, kind=FeatureKind.OTHER)


def _birth_date(given: Mapping[str, str], entry: Entry) -> PartialDate:
    """TYPE_OF_DATE says whether the rest is a day, a year, two years, and whether roughly."""
    what, circa = given.get("TYPE_OF_DATE", ""), ""
    years = [given[at] for at in ("FROM_YEAR", "TO_YEAR") if at in given]
    said = [given[at] for at in ("DATE", "YEAR") if at in given] + [" to ".join(years)]
    if what == "APPROXIMATELY" or given.get("NOTE", "").startswith("Approx"):
        circa = "circa "
    return PartialDate.parse(circa + " ".join(one for one in said if one))


def _birth(fields: Fields, entry: Entry) -> Birth:
    date = fields.get("date")
    if date is not None and not date.raw.removeprefix("circa "):
        fields["date"] = None  # a note alone
    return Birth(**fields)


def _place(given: Mapping[str, str], entry: Entry) -> Place:
    of = country(given["COUNTRY"], entry) if "COUNTRY" in given else None
    text = ", ".join(given.values())
    return Place(text=text, city=given.get("CITY"), state=given.get("STATE_PROVINCE"), country=of)


def _alias(fields: Fields, entry: Entry) -> Name:
    """An alias; a birth of its own is one more birth of the person, and told in its note."""
    said = [fields.pop("note", None), fields.pop("born", None)]
    return Name(**fields, note="; ".join(one for one in said if one) or None)


def _born(given: Mapping[str, str], entry: Entry) -> str:
    return "; ".join(f"{at}: {text}" for at, text in given.items())


def _document(fields: Fields, entry: Entry) -> Identifier | Feature:
    raw, value = fields.get("raw_kind", ""), fields.pop("value", "")
    issuer = fields.pop("city", None), fields.get("issuer")
    fields["issuer"] = ", ".join(one for one in issuer if one) or None
    return Identifier(value=value, **{**fields, "kind": _DOCUMENTS.get(raw)})


_ADDRESS = many(
    "addresses",
    Address,
    {
        "STREET": to("lines"),
        "CITY": to("city"),
        "STATE_PROVINCE": to("state"),
        "ZIP_CODE": to("postal_code"),
        "COUNTRY": to("country", country),
        "NOTE": to("note"),
    },
)
_PARTY: Rules = {
    "REFERENCE_NUMBER": to("id"),
    **parts("names", _name, "FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"),
    "NAME_ORIGINAL_SCRIPT": to("names", _original),
    "UN_LIST_TYPE": many("programs"),
    "LISTED_ON": to("events", _listed),
    "LAST_DAY_UPDATED/VALUE": many(
        "events", Event, {".": to("date", _day)}, kind=EventKind.AMENDED
    ),
    "COMMENTS1": to("remarks"),
    "SUBMITTED_BY": many("features", convert=_submitted),
    "SUBMITTED_ON": many("features", convert=_submitted),
    "DATAID": Unused("a second key, one to one with the reference number"),
    "VERSIONNUM": Unused("always 1"),
    "LIST_TYPE/VALUE": Unused("always 'UN List'"),
    "SORT_KEY": Unused("always empty"),
    "SORT_KEY_LAST_MOD": Unused("always empty"),
}
_INDIVIDUAL: Rules = {
    **_PARTY,
    "GENDER": to("genders", _GENDERS),
    "TITLE/VALUE": many("titles"),
    "DESIGNATION/VALUE": many("positions"),
    "NATIONALITY/VALUE": many("nationalities", Nationality, {".": to("country", country)}),
    "INDIVIDUAL_ADDRESS": _ADDRESS,
    "INDIVIDUAL_ALIAS": many(
        "names",
        Name,
        {
            "QUALITY": to("strength", _QUALITIES, raw="raw_strength"),
            "ALIAS_NAME": to("text"),
            **parts("born", _born, "DATE_OF_BIRTH", "CITY_OF_BIRTH", "COUNTRY_OF_BIRTH"),
            "NOTE": to("note"),
        },
        finish=_alias,
        needs=("text",),
        kind=NameKind.AKA,
    ),
    "INDIVIDUAL_DATE_OF_BIRTH": many(
        "births",
        Birth,
        {
            **parts("date", _birth_date, "TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR"),
            "NOTE": to("note"),
        },
        finish=_birth,
    ),
    "INDIVIDUAL_PLACE_OF_BIRTH": many(
        "births",
        Birth,
        {
            **parts("place", _place, "STREET", "CITY", "STATE_PROVINCE", "COUNTRY"),
            "NOTE": to("note"),
        },
    ),
    "INDIVIDUAL_DOCUMENT": many(
        "identifiers",
        Identifier,
        {
            "TYPE_OF_DOCUMENT": to("raw_kind"),
            "TYPE_OF_DOCUMENT2": to("issuer"),
            "NUMBER": to("value"),
            "ISSUING_COUNTRY": to("country", country),
            "COUNTRY_OF_ISSUE": to("name_text"),
            "CITY_OF_ISSUE": to("asset"),
            "DATE_OF_ISSUE": to("issued", partial_date),
            "NOTE": to("note"),
        },
        finish=_document,
    ),
}
_ENTITY: Rules = {
    **_PARTY,
    "ENTITY_ADDRESS": _ADDRESS,
    "ENTITY_ALIAS": many(
        "names",
        Name,
        {
            "QUALITY": to("kind", _ALIAS_KINDS, raw="raw_kind"),
            "ALIAS_NAME": to("text"),
            "NOTE": to("note"),
        },
    ),
}

FORMAT = XmlFormat(
    name="un-sc-xml",
    title="UN Security Council consolidated list, XML",
    files=("consolidated.xml",),
    root="CONSOLIDATED_LIST",
    header={"@dateGenerated": to("published", _generated)},
    dated_at="@dateGenerated",
    entries={
        "INDIVIDUALS/INDIVIDUAL": Group(make=Person, rules=_INDIVIDUAL),
        "ENTITIES/ENTITY": Group(make=Organization, rules=_ENTITY),
    },
)
