"""The UN Security Council's Consolidated List: `consolidated.xml` → entities.

Documented by the publisher's schema (`sc-sanctions.xsd` of 2018), which its files do not follow
exactly; based on complete files of 2021 and 2025. Peculiarities besides those of `elements`:

* The parts of a person's name are numbered: they are neither family nor given names.
* DESIGNATION is a job title. QUALITY of an alias is its strength for a person, and its kind
  ("a.k.a.", "f.k.a.") for an organization.
* Most groups are empty; "na", the schema's default for names, is not a value either.
* An alias can have its own date and place of birth: births of the same person.
* A cell can have several names: "A; B", or one with more spellings in brackets, "A (B; C)"; see
  `_aliases`, also for births and passports in notes on aliases.
* Long texts have line breaks where the publisher's program broke a line: they are read as blanks.
* COMMENTS1 cites other parties by their reference numbers, in sentences: they become relations
  without a kind. It also states, always in the same words, when the entry was reviewed, a person's
  gender, and the IMO number or SWIFT/BIC of an organization.
* HAS_INTERPOL_LINK, INTERPOL_LINK and LAST_REVIEWED_ON exist since 2026. DELISTED_ON is in the
  schema and has never been in a file.
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
    elements.place_facts(fields, entry, fields.get("id", ""))
    return entry.entity(fields)


def _person(fields: Fields, entry: Entry) -> Entity | None:
    """A person; the gender can be in the remarks."""
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
