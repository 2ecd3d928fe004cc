"""The UN Security Council's Consolidated List: `consolidated.xml` → entities.

Documented by the publisher's schema (`sc-sanctions.xsd` of 2018), which its files do not follow to
the letter; read from whole files of 2021 and 2025. What is unusual about it, beside what
`elements` says of the groups:

* The parts of a person's name are numbered: they are neither family nor given names.
* DESIGNATION is a job title. QUALITY of an alias is its strength for a person, and its kind
  ("a.k.a.", "f.k.a.") for an organization.
* Most groups stand there empty; "na", the schema's default for names, is no value either.
* An alias can have a date and a place of birth of its own: births of the same person.
* A cell can hold several names: "A; B", or one with more spellings in brackets, "A (B; C)"; see
  `_aliases`, also of the births and passports that notes on aliases tell.
* Long texts have line breaks where the publisher's program broke a line: they are blanks here.
* COMMENTS1 names other parties by their reference numbers, in sentences: they become relations of
  which no kind is said. It also tells in words that are always the same when the entry was reviewed,
  a person's gender, and the IMO number or SWIFT/BIC of an organization.
* HAS_INTERPOL_LINK, INTERPOL_LINK and LAST_REVIEWED_ON are there since 2026. DELISTED_ON is in the
  schema and was never in a file.
"""

from __future__ import annotations

import re
from datetime import date

from sanctionslib.model import (
    AliasStrength,
    Entity,
    Fact,
    Organization,
    PartialDate,
    Person,
)
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers._engine.rules import Group, Rules, Unused, constant, many, to
from sanctionslib.parsers._engine.values import GENDERS, one_line
from sanctionslib.parsers._engine.xml import XmlFormat
from sanctionslib.parsers.un import elements

__all__ = ["FORMAT"]

_GENDER = re.compile(r"\b(?:gender|sex): ?(male|female)\b", re.IGNORECASE)
_QUALITIES = {"Good": AliasStrength.STRONG, "Low": AliasStrength.WEAK}


def _generated(text: str, entry: Entry) -> date | None:
    """The day before the "T"."""
    return PartialDate.parse(text[:10]).earliest


def _party(fields: Fields, entry: Entry) -> Entity | None:
    elements.put_apart(fields, entry, fields.get("id", ""))
    return entry.entity(fields)


def _person(fields: Fields, entry: Entry) -> Entity | None:
    """A person, whose gender the remarks can tell."""
    if not fields.get("genders") and (found := _GENDER.search(fields.get("remarks", ""))):
        fields["genders"] = [GENDERS[found[1]]]
    return _party(fields, entry)


_PARTY: Rules = {
    "REFERENCE_NUMBER": to("id"),
    "UN_LIST_TYPE": many("programs"),
    **elements.PARTY,
    "LAST_DAY_UPDATED/VALUE": many("events", convert=elements.updated),
    "LAST_REVIEWED_ON/VALUE": many("events", convert=elements.reviewed),
    "INTERPOL_LINK": many("links"),
    "HAS_INTERPOL_LINK": constant("YES", "NO"),
    "DATAID": Unused("a second key, one to one with the reference number"),
    "VERSIONNUM": constant("1"),
    "LIST_TYPE/VALUE": constant("UN List"),
}
_PERSON: Rules = {
    **elements.person_rules(_QUALITIES),
    **_PARTY,
    "GENDER": to("genders", GENDERS),
    "TITLE/VALUE": many("titles", convert=one_line),
    "DESIGNATION/VALUE": many("positions", convert=one_line, also=("relations",)),
    "NATIONALITY/VALUE": many("nationalities", convert=elements.nationality),
}
_ORGANIZATION: Rules = {**elements.organization_rules(), **_PARTY}

_SUMMARY = "the narrative summary of the reasons, a page for each reference number on the UN's site"

FORMAT = XmlFormat(
    name="un-sc-xml",
    title="UN Security Council Consolidated List, XML",
    files=("consolidated.xml",),
    root="CONSOLIDATED_LIST",
    header={"@dateGenerated": to("published", _generated, raw="generated_at")},
    dated_at="@dateGenerated",
    entries={
        "INDIVIDUALS/INDIVIDUAL": Group(make=Person, rules=_PERSON, finish=_person),
        "ENTITIES/ENTITY": Group(make=Organization, rules=_ORGANIZATION, finish=_party),
    },
    alternative_sources={
        Fact.REASON: _SUMMARY,
        Fact.MEASURE: "the resolutions behind the list type",
        Fact.LEGAL_BASIS: "the resolutions behind the list type",
    },
)
