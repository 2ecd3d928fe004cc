"""Rules shared by the tables of the UK's lists, by the columns of the UK Sanctions List.

Its XML has an element for each value of these columns, and OFSI's list has most of them as columns,
or as labels of its `Other Information`, under other names.
"""

from __future__ import annotations

from collections.abc import Mapping

from sanctionslib.model import (
    Address,
    Birth,
    Event,
    EventKind,
    Fact,
    Feature,
    FeatureKind,
    Identifier,
    IdentifierKind,
    Name,
    NameKind,
    Nationality,
    Relation,
    RelationKind,
)
from sanctionslib.parsers._engine.dates import partial_date
from sanctionslib.parsers._engine.rules import Group, Many, Rule, Rules, many, one, parts, to
from sanctionslib.parsers._engine.values import GENDERS, number
from sanctionslib.parsers.gb import _shared as shared


def _features(kind: FeatureKind, label: str) -> Many:
    return many("features", Feature, {".": to("value")}, kind=kind, label=label)


def _numbers(kind: IdentifierKind, label: str) -> Many:
    return many("identifiers", Identifier, {".": to("value")}, kind=kind, raw_kind=label)


def _relations(kind: RelationKind, label: str) -> Many:
    return many("relations", Relation, {".": to("to", shared.other)}, kind=kind, raw_kind=label)


PHONES = many("features", Feature, {".": to("value")}, finish=shared.phone, label="Phone number")
FAXES = _features(FeatureKind.FAX, "Phone number")
VALUES: Rules = {
    "Title": many("titles"),
    "D.O.B": many("births", Birth, {".": to("date", shared.uk_date)}, finish=shared.birth),
    "Nationality(/ies)": many(
        "nationalities", Nationality, {".": to("country", shared.country_of)}
    ),
    "Position": many("positions", convert=shared.by_bars),
    "Gender": many("genders", convert=GENDERS),
    "Phone number": PHONES,
    "Website": _features(FeatureKind.WEBSITE, "Website"),
    "Email address": _features(FeatureKind.EMAIL, "Email address"),
    "Type of entity": many("Organization.types"),
    "Parent company": _relations(RelationKind.SUBSIDIARY_OF, "Parent company"),
    "Subsidiaries": _relations(RelationKind.PARENT_OF, "Subsidiaries"),
    "Business registration number (s)": many("identifiers", convert=shared.registrations),
    "IMO number": _numbers(IdentifierKind.IMO, "IMO number"),
    "Current owner/operator (s)": many("Vessel.owners"),
    "Previous owner/operator (s)": many("Vessel.former_owners"),
    "Current believed flag of ship": many("Vessel.flags", convert=shared.country_of),
    "Previous flags": many("Vessel.former_flags", convert=shared.country_of),
    "Type of ship": many("Vessel.types"),
    "Tonnage of ship": to("Vessel.tonnage", number),
    "Length of ship": to("Vessel.length"),
    "Year Built": many("Vessel.built", convert=partial_date),
    "Hull identification number (HIN)": _numbers(
        IdentifierKind.HULL, "Hull identification number (HIN)"
    ),
}
"""The rule of each column with several values, wherever it occurs."""


FROM_NOTE = ("kind", "country", "name_text", "issued", "expires")
"""Fields that a note on a document can fill."""


def event(path: str, kind: EventKind) -> Mapping[str, Rule]:
    """The rule of a column with dates."""
    return one("events", Event, {path: to("date", shared.uk_date)}, kind=kind)


def names(part: str, kind: str, strength: str) -> Many:
    """The rule of names, by the columns or elements of their parts, type and strength."""
    numbers = [part.format(at) for at in range(1, 7)]
    rules: Rules = {
        **parts("parts", shared.name_parts, *numbers, also=("text",)),
        kind: to("kind", shared.NAME_KINDS, raw="raw_kind"),
        strength: to("strength", shared.STRENGTHS, raw="raw_strength"),
    }
    return many("names", Name, rules, finish=shared.name, kind=None)


def originals(text: str, script: str, language: str) -> Many:
    """The rule of names in their original script."""
    rules: Rules = {
        text: to("text"),
        script: to("script", shared.SCRIPTS),
        language: to("language", shared.LANGUAGES),
    }
    return many("names", Name, rules, finish=shared.original, kind=NameKind.ORIGINAL_SCRIPT)


def addresses(line: str, postal_code: str, country: str) -> Many:
    """The rule of addresses."""
    rules: Rules = {
        **{line.format(at): to("lines") for at in range(1, 7)},
        postal_code: to("postal_code"),
        country: to("country", shared.country_of),
    }
    return many("addresses", Address, rules, finish=shared.address)


def documents(kind: IdentifierKind, label: str, value: str, note: str) -> Many:
    """The rule of document numbers, with notes; some have no number."""
    rules: Rules = {value: to("value", also=("kind", "country")), note: to("note", also=FROM_NOTE)}
    return many(
        "identifiers",
        Identifier,
        rules,
        finish=shared.document,
        value="",
        kind=kind,
        raw_kind=label,
    )


def columns(table: Group) -> tuple[str, ...]:
    """The columns of a table: of its rules, and of each group of columns."""
    found: list[str] = []
    for key, rule in table.rules.items():
        group = rule.group if isinstance(rule, Many) and key.startswith("*") else None
        found += [key] if group is None else group.rules
    return tuple(found)


ALTERNATIVE_SOURCES = {
    Fact.CITIZENSHIP: "the list does not distinguish it from nationality",
    Fact.REGISTRATION: "the addresses; the company register of a number",
    Fact.DELISTING_DATE: "the first edition without the party; the notices on gov.uk",
}
"""Where to find the facts that none of the lists states."""
