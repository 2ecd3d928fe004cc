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
from sanctionslib.parsers._engine.rules import Group, Rules, Unused, many, parts, to
from sanctionslib.parsers._engine.values import country, partial_date
from sanctionslib.parsers._engine.xml import XmlFormat

_QUALITIES = {"Good": AliasStrength.STRONG, "Low": AliasStrength.WEAK}
_ALIAS_KINDS = {"a.k.a.": NameKind.AKA, "f.k.a.": NameKind.FKA}
_GENDERS = {"Male": Gender.MALE, "MALE": Gender.MALE, "Female": Gender.FEMALE}
_DOCUMENTS = {
    "Passport": IdentifierKind.PASSPORT,
    "National Identification Number": IdentifierKind.NATIONAL_ID,
}
_DATES = {"": "", "EXACT": "", "APPROXIMATELY": "circa ", "BETWEEN": ""}
_ZONE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[+-]\d\d:\d\d|Z)")


def _joined(given: Mapping[str, str], entry: Entry) -> str:
    """The texts, in their order."""
    return ", ".join(given.values())


def _name(given: Mapping[str, str], entry: Entry) -> Name:
    """The primary name, its numbered positions in their order."""
    return Name(text=" ".join(given.values()))


def _original(text: str, entry: Entry) -> Name:
    """The primary name in its original script, which is not said."""
    return Name(text=text, raw_kind="NAME_ORIGINAL_SCRIPT")


def _day(text: str, entry: Entry) -> PartialDate:
    """A day; the time zone behind it is that of the program that wrote it."""
    return PartialDate.parse(found[1] if (found := _ZONE.fullmatch(text)) else text)


def _generated(text: str, entry: Entry) -> date | None:
    """The day before the "T"."""
    return PartialDate.parse(text[:10]).earliest


def _listed(text: str, entry: Entry) -> Event:
    """An Event (listed)."""
    return Event(kind=EventKind.LISTED, date=_day(text, entry), raw_kind="LISTED_ON")


def _submitted(text: str, entry: Entry) -> Feature:
    """A Feature (other): the state that asked for the listing, and when."""
    return Feature(label="SUBMITTED", value=text, kind=FeatureKind.OTHER)


def _birth_date(given: Mapping[str, str], entry: Entry) -> PartialDate | None:
    """A day or a year, roughly or not, or two years, as TYPE_OF_DATE says."""
    what = given.get("TYPE_OF_DATE", "")
    years = [given[at] for at in ("FROM_YEAR", "TO_YEAR") if at in given]
    said = [given[at] for at in ("DATE", "YEAR") if at in given]
    if what not in _DATES or (what == "BETWEEN") != bool(years):
        entry.unread(what, "INDIVIDUAL_DATE_OF_BIRTH/TYPE_OF_DATE")
    text = _DATES.get(what, "") + " ".join([*said, *([" to ".join(years)] if years else [])])
    return PartialDate.parse(text) if said or years else None


def _place(given: Mapping[str, str], entry: Entry) -> Place:
    """A place, of its parts."""
    of = country(given["COUNTRY"], entry) if "COUNTRY" in given else None
    city, state = given.get("CITY"), given.get("STATE_PROVINCE")
    return Place(text=_joined(given, entry), city=city, state=state, country=of)


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
_ALIAS: Rules = {
    "QUALITY": to("strength", _QUALITIES, raw="raw_strength"),
    "ALIAS_NAME": to("text"),
    **parts("note", _joined, "DATE_OF_BIRTH", "CITY_OF_BIRTH", "COUNTRY_OF_BIRTH", "NOTE"),
}
_DATE: Rules = {
    **parts("date", _birth_date, "TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR"),
    "NOTE": to("note"),
}
_PLACE: Rules = {
    **parts("place", _place, "STREET", "CITY", "STATE_PROVINCE", "COUNTRY"),
    "NOTE": to("note"),
}
_DOCUMENT: Rules = {
    "TYPE_OF_DOCUMENT": to("kind", _DOCUMENTS, raw="raw_kind"),
    "NUMBER": to("value"),
    "ISSUING_COUNTRY": to("country", country),
    "DATE_OF_ISSUE": to("issued", partial_date),
    **parts("issuer", _joined, "TYPE_OF_DOCUMENT2", "CITY_OF_ISSUE", "COUNTRY_OF_ISSUE"),
    "NOTE": to("note"),
}
_INDIVIDUAL: Rules = {
    **_PARTY,
    "GENDER": to("genders", _GENDERS),
    "TITLE/VALUE": many("titles"),
    "DESIGNATION/VALUE": many("positions"),
    "NATIONALITY/VALUE": many("nationalities", Nationality, {".": to("country", country)}),
    "INDIVIDUAL_ADDRESS": _ADDRESS,
    "INDIVIDUAL_ALIAS": many("names", Name, _ALIAS, kind=NameKind.AKA),
    "INDIVIDUAL_DATE_OF_BIRTH": many("births", Birth, _DATE),
    "INDIVIDUAL_PLACE_OF_BIRTH": many("births", Birth, _PLACE),
    "INDIVIDUAL_DOCUMENT": many("identifiers", Identifier, _DOCUMENT, value=""),
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
        kind=None,
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
