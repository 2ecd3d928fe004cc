"""Argentina's RePET: `personas.json` and `entidades.json` → entities.

The publisher documents nothing; the keys are the elements of the UN's schema (see `un.elements`),
read from both files of 7 July 2026. Peculiarities:

* An edition is two files, and neither states a date.
* It is two lists in one. Entries whose LIST_TYPE is "UN List" (in entidades.json: empty) repeat the
  UN's: they are not designations by Argentina, and lack most of the births. "ARG List" marks
  Argentina's own.
* DATAID numbers persons and organizations separately. For own entries it is the number that RePET
  prints as "ArP.00190" and "ArE.00006"; for repeated ones it is the UN's.
* REFERENCE_NUMBER of an own entry is an identifier of somebody else (a notice of INTERPOL, an id of
  OFAC, "H"), directly followed by RePET's number; UN_LIST_TYPE is who asked for the listing, or
  states that nobody else lists the party.
* Dates are dd/mm/yyyy, those of aliases yyyy-mm-dd. TYPE_OF_DATE is empty, or has its own date.
* TYPE_OF_DOCUMENT2 is the number, or a second document with its number.
* The same party occurs several times, once for each decision: each is an entity.
"""

from __future__ import annotations

import re

from sanctionslib.model import (
    AliasStrength,
    Designation,
    Entity,
    EntityRef,
    Event,
    EventKind,
    Fact,
    Feature,
    FeatureKind,
    Gender,
    Identifier,
    IdentifierKind,
    NameKind,
    Nationality,
    Organization,
    Person,
    Relation,
    RelationKind,
)
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers._engine.json import JsonFormat
from sanctionslib.parsers._engine.rules import Group, Rules, Unused, many, to
from sanctionslib.parsers._engine.values import GENDERS, AnyCase, country
from sanctionslib.parsers.ar import _texts as texts
from sanctionslib.parsers.un import elements
from sanctionslib.reference import authorities

__all__ = ["FORMAT"]

_QUALITIES = AnyCase(
    {
        **dict.fromkeys(("Good", "Buena", "Alta", "Alta.", "Alto"), AliasStrength.STRONG),
        **dict.fromkeys(("Low", "Baja", "Baja."), AliasStrength.WEAK),
    }
)
_GENDERS = AnyCase({**GENDERS, "M": Gender.MALE, "F": Gender.FEMALE})
_NUMBERS = {
    IdentifierKind.UN_REFERENCE: re.compile(r"([A-Z]{2}[ie]\.\d{3})(?!\d)"),
    IdentifierKind.UK_REFERENCE: re.compile(r"\bUK Sanctions List ([A-Z]{3}\d{4})(?!\d)"),
    IdentifierKind.OFSI_GROUP: re.compile(r"\b(\d{4,5}) \(UK\)"),
}
_UN = _NUMBERS[IdentifierKind.UN_REFERENCE]
_OFAC = re.compile(r"\bU?ID (\d{4,6})(?!\d)")
_ON_NO_LIST = "no figura"


def _value(text: str) -> str:
    return text


def _party(fields: Fields, entry: Entry) -> Entity | None:
    """An own entry, or one that repeats the UN's: authority, key and reference."""
    reference, about, kind = (
        entry.texts.get(at, "") for at in ("REFERENCE_NUMBER", "UN_LIST_TYPE", "LIST_TYPE")
    )
    is_reference = _UN.fullmatch(reference) is not None
    is_own = kind == "ARG List" or (kind != "UN List" and not is_reference)
    if kind not in ("", "ARG List", "UN List"):
        entry.unread(kind, "LIST_TYPE")
    elements.place_facts(fields, entry, reference)
    if "births" in fields:
        fields["births"] = texts.once(fields["births"])
    numbers = [
        Identifier(value=each, kind=sort)
        for sort, pattern in _NUMBERS.items()
        for each in pattern.findall(f"{reference} {about}" if is_own else reference)
    ]
    if is_own and re.search("OFAC|SDN", f"{reference} {about}"):
        fields.setdefault("relations", []).extend(
            Relation(
                to=EntityRef(id_space="ofac", source_id=each),
                kind=RelationKind.SAME_AS,
                raw_kind="ID",
            )
            for each in _OFAC.findall(reference)
        )
    fields["identifiers"] = [*numbers, *fields.get("identifiers", ())]
    if reference and (is_own or not is_reference):
        printed = Feature(label="REFERENCE_NUMBER", value=reference, kind=FeatureKind.OTHER)
        fields.setdefault("features", []).append(printed)
    stated = (about,) if about else ()
    if about.casefold().startswith(_ON_NO_LIST):  # the party is on no other list
        nowhere = Feature(label="UN_LIST_TYPE", value=about, kind=FeatureKind.OTHER)
        fields.setdefault("features", []).append(nowhere)
        stated = ()
    if is_own:
        letter = "P" if entry.table.kind is Person else "E"
        if number := fields.get("id"):
            fields["id"] = f"Ar{letter}.{number:0>5}"
        fields["sources"] = stated
    else:
        by_un = Designation(authority=authorities["UN"], sources=(kind,) if kind else ())
        fields |= {"designations": [by_un], "programs": stated}
    return entry.entity(fields)


_UPDATED = {"VALUE": to("date", elements.day)}
_PARTY: Rules = {
    "DATAID": to("id"),
    "REFERENCE_NUMBER": to("facts", also=("Identifier.value", "Feature.value", "relations")),
    "LIST_TYPE": to("facts", also=("Designation.authority", "Designation.sources")),
    "UN_LIST_TYPE": to("facts", also=("Designation.programs", "Designation.sources")),
    **elements.PARTY,
    "LAST_DAY_UPDATED": many(
        "events", Event, _UPDATED, kind=EventKind.AMENDED, raw_kind="LAST_DAY_UPDATED"
    ),
    "COMMENTS1": to("remarks", also=("relations",)),
    "VERSIONNUM": Unused("a version of the entry: nearly always 1"),
}
_PERSON: Rules = {
    **elements.person_rules(_QUALITIES),
    **_PARTY,
    "GENDER": to("genders", _GENDERS),
    "TITLE": many("titles", _value, {"VALUE": to("text")}),
    "DESIGNATION": many("positions", _value, {"VALUE": to("text")}),
    "NATIONALITY": many("nationalities", Nationality, {"VALUE": to("country", country)}),
    "INDIVIDUAL_DATE_OF_BIRTH": elements.birth_dates(texts.birth),
    "INDIVIDUAL_PLACE_OF_BIRTH": elements.birth_places(texts.birth_place),
    "INDIVIDUAL_DOCUMENT": elements.documents(texts.document),
}
_ORGANIZATION: Rules = {**elements.organization_rules(NameKind.AKA), **_PARTY}
_PEOPLE = Group(make=Person, rules=_PERSON, finish=_party)
_BOLETIN = "the resolution that the remarks name, in the Boletín Oficial"

FORMAT = JsonFormat(
    name="ar-repet-json",
    title="Argentina, RePET, JSON",
    files=("personas.json", "entidades.json"),
    takes_several=True,
    group=_PEOPLE,
    members={
        "INDIVIDUAL_ALIAS": ("personas.json, which has the persons", _PEOPLE),
        "ENTITY_ALIAS": (
            "entidades.json, which has the organizations",
            Group(make=Organization, rules=_ORGANIZATION, finish=_party),
        ),
    },
    entries="",
    known_by=("DATAID", "UN_LIST_TYPE"),
    alternative_sources={
        Fact.REASON: _BOLETIN,
        Fact.MEASURE: _BOLETIN,
        Fact.LEGAL_BASIS: _BOLETIN,
    },
)
