"""What all formats of OFAC say in the same way: labelled facts, links, and the party around them.

A label ("Passport", "Gender") says what the value beside it is: a number, a value of a field that
its kind of party has, or a Feature. `reference.ofac_label` knows the labels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import cast

import attrs

from sanctionslib.answers import IssueKind, Use
from sanctionslib.model import (
    Address,
    Aircraft,
    Birth,
    Country,
    Entity,
    EntityRef,
    Fact,
    Feature,
    FeatureKind,
    Gender,
    Identifier,
    IdentifierKind,
    Nationality,
    Organization,
    PartialDate,
    Person,
    Relation,
    RelationKind,
    Vessel,
)
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.numbers import DIPLOMATIC, kind_of_number, whole_number
from sanctionslib.parsers._engine.rules import Fields, Labels
from sanctionslib.parsers._engine.values import country, place
from sanctionslib.parsers.ofac._words import ADDRESS_FIELDS, ADDRESS_LINES, GENDERS, ORDINARY
from sanctionslib.parsers.ofac.remarks import LINKED_TO, has_unread_links, linked_names
from sanctionslib.reference import OfacLabel, ofac_label, programs

__all__ = [
    "BIRTH_FACTS",
    "FIELDS",
    "ID_SPACE",
    "LABEL_FACTS",
    "LabelledFact",
    "address_of",
    "fill",
    "identifier",
    "joined",
    "labels",
    "linked_to",
    "party",
    "put_fact",
    "put_facts",
    "put_feature",
    "put_identifier",
    "put_links",
    "read_date",
    "report_programs",
    "titles",
    "use_of_label",
]

ID_SPACE = "ofac"
"""OFAC's keys are the same in all of its files."""

LABEL_FACTS = frozenset({Fact.IDENTIFIER, Fact.GENDER, Fact.FLAG, Fact.REGISTRATION})
"""The facts that labels can state."""


@attrs.define(kw_only=True)
class LabelledFact:
    """A value under a label, with what stands beside it."""

    label: str = ""
    """The label, "Passport"."""
    value: str = ""
    """The value as text."""
    country: Country | None = None
    """The country beside it, or the value itself as a country."""
    date: PartialDate | None = None
    """The date beside it, or the value itself as a date."""
    issued: PartialDate | None = None
    """Of a document."""
    expires: PartialDate | None = None
    """Of a document."""
    issuer: str | None = None
    """Of a document."""
    valid: bool | None = None
    """Of a document."""
    name_id: str | None = None
    """Of a document: the name that it bears."""
    primary: bool | None = None
    """Whether it is the main one of several."""
    reliability: str | None = None
    """The source's word on it."""
    note: str | None = None
    """The source's remark."""
    source_id: str | None = None
    """The publisher's key of it."""


@attrs.frozen
class FactField:
    """Where a labelled fact goes that has a field of its own."""

    feature: FeatureKind
    """What it is as a Feature, where a party has no field for it."""
    fields: Mapping[type[Entity], str]
    """The field, by kind of party."""
    read: Callable[[LabelledFact, Entry, str], object] = lambda fact, _entry, _path: fact.value
    """The value, a tuple of several, or None where it cannot be read."""
    has_note: bool = False
    """Whether the object in the field has a note; else what is said beside it is a Feature, too."""


def _country(fact: LabelledFact, entry: Entry, path: str) -> Country:
    return fact.country if fact.country is not None else country(fact.value, entry)


def _date(fact: LabelledFact, entry: Entry, path: str) -> PartialDate:
    return fact.date if fact.date is not None else read_date(fact.value, entry, path)


def _gender(fact: LabelledFact, entry: Entry, path: str) -> Gender | None:
    return GENDERS.get(fact.value)


def _titles(fact: LabelledFact, entry: Entry, path: str) -> tuple[str, ...]:
    return titles(fact.value, entry)


def _number(fact: LabelledFact, entry: Entry, path: str) -> int | None:
    if (number := whole_number(fact.value)) is None:
        entry.unread(fact.value, path, is_kept=True)
    return number


def _marks(fact: LabelledFact) -> Fields:
    return {"primary": fact.primary, "note": fact.note, "source_id": fact.source_id}


def _birth_date(fact: LabelledFact, entry: Entry, path: str) -> Birth:
    return Birth(date=_date(fact, entry, path), **_marks(fact))


def _birth_place(fact: LabelledFact, entry: Entry, path: str) -> Birth:
    return Birth(place=place(fact.value, entry), **_marks(fact))


def _nationality(fact: LabelledFact, entry: Entry, path: str) -> Nationality:
    return Nationality(country=_country(fact, entry, path), **_marks(fact))


_SHIP, _CRAFT, _FLAG, _OTHER = (
    *(FeatureKind.VESSEL, FeatureKind.AIRCRAFT, FeatureKind.FLAG, FeatureKind.OTHER),
)
_REGISTERED: dict[type[Entity], str] = dict.fromkeys(
    (Organization, Vessel, Aircraft), "registered_in"
)
FIELDS: Mapping[str | None, FactField] = {
    "gender": FactField(FeatureKind.GENDER, {Person: "genders"}, _gender),
    "title": FactField(FeatureKind.TITLE, {Person: "titles"}, _titles),
    "birth_date": FactField(_OTHER, {Person: "births"}, _birth_date, True),
    "birth_place": FactField(_OTHER, {Person: "births"}, _birth_place, True),
    "nationality": FactField(_OTHER, {Person: "nationalities"}, _nationality, True),
    "citizenship": FactField(_OTHER, {Person: "citizenships"}, _nationality, True),
    "registered_in": FactField(FeatureKind.REGISTRATION_COUNTRY, _REGISTERED, _country),
    "established": FactField(FeatureKind.ESTABLISHED, {Organization: "established"}, _date),
    "organization_type": FactField(FeatureKind.ORGANIZATION_TYPE, {Organization: "types"}),
    "built": FactField(_OTHER, {Aircraft: "built", Vessel: "built"}, _date),
    "vessel_type": FactField(_SHIP, {Vessel: "types"}),
    "vessel_owner": FactField(_SHIP, {Vessel: "owners"}),
    "tonnage": FactField(_SHIP, {Vessel: "tonnage"}, _number),
    "gross_tonnage": FactField(_SHIP, {Vessel: "gross_tonnage"}, _number),
    "flag": FactField(_FLAG, {Vessel: "flags"}, _country),
    "former_flag": FactField(_FLAG, {Vessel: "former_flags"}, _country),
    "aircraft_model": FactField(_CRAFT, {Aircraft: "models"}),
    "aircraft_operator": FactField(_CRAFT, {Aircraft: "operators"}),
    "address": FactField(FeatureKind.LOCATION, {}),
}
"""Labelled facts with a field of their own, by the name that `OfacLabel.field` has for them."""
BIRTH_FACTS = {
    "birth_date": Fact.BIRTH_DATE,
    "birth_place": Fact.BIRTH_PLACE,
    "nationality": Fact.NATIONALITY,
    "citizenship": Fact.CITIZENSHIP,
}
"""Labelled facts of a person that are an object with a mark of its own."""


def use_of_label(label: str, *, is_label: bool = False) -> tuple[Use, str]:
    """What becomes of a value under a label of OFAC's, and in which field, for the audit.

    Args:
        label: The label.
        is_label: For the text of the label itself.
    """
    known = ofac_label(label)
    if known is None:
        return Use.UNMAPPED, "a Feature without kind: the label is in no table of ours"
    if known.identifier is not None:
        return Use.MAPPED, f"Identifier ({known.identifier.value})"
    if known.field in FIELDS and (fields := FIELDS[known.field].fields.items()):
        if is_label:
            return Use.STRUCTURAL, "the label is the name of the field that holds the value"
        return Use.MAPPED, " or ".join(f"{kind.__name__}.{field}" for kind, field in fields)
    return Use.MAPPED, f"Feature ({known.feature.value if known.feature else 'other'})"


def labels(path: str, key: str | None = None) -> Labels:
    """The labels of OFAC.

    Args:
        path: Where the label stands inside its group.
        key: Where the publisher's key of the value stands there, if it has one.
    """

    def use(label: str, at: str) -> tuple[Use, str]:
        if at != key:
            return use_of_label(label, is_label=at == path)
        known = ofac_label(label)
        if known is not None and known.field in FIELDS and known.field not in BIRTH_FACTS:
            return Use.STRUCTURAL, "key of a value that is no object of its own"
        return Use.MAPPED, "the source_id of the value"

    return Labels(path=path, use=use, states=LABEL_FACTS)


def joined(*said: str | None) -> str | None:
    """Remarks joined to one; None where there is none."""
    return "; ".join([one for one in said if one]) or None


def put_facts(fields: Fields, entry: Entry, path: str, beside: Mapping[str, str]) -> None:
    """Put all labelled facts of a party where they belong, before the identifiers of other columns.

    Args:
        fields: The fields of the party; its `kind` is known.
        entry: Told what is strange about them.
        path: Where they stand.
        beside: What the source calls country and dates beside a number → their field. Beside a fact
            without a field for them they are its note.
    """
    others = fields.pop("identifiers", [])
    facts: list[LabelledFact] = fields.pop("facts", [])
    for fact in facts:
        label = ofac_label(fact.label)
        if label is None or label.identifier is None:
            said = [
                f"{at}: {value.raw}"
                for at, field in beside.items()
                if (value := getattr(fact, field)) is not None
            ]
            fact.note = joined(*said, fact.note)
            fact.country = fact.issued = fact.expires = None
        put_fact(fields, fact, entry, path)
    fields.setdefault("identifiers", []).extend(others)


def put_fact(fields: Fields, fact: LabelledFact, entry: Entry, path: str) -> None:
    """Put a labelled fact where it belongs: an identifier, a field of its kind of party, a Feature.

    Args:
        fields: The fields of the party; its `kind` is known.
        fact: The fact.
        entry: Told what is strange about it.
        path: Where it stands.
    """
    label = ofac_label(fact.label)
    unusual = None
    if fact.reliability is not None and fact.reliability not in ORDINARY:
        unusual = f"reliability: {fact.reliability}"
    beside, value, note = None, fact.value, fact.note
    if fact.date is not None and label is not None:
        shown = fact.date.raw or str(fact.date)
        if not label.is_date:
            beside = f"date: {shown}"
        elif value != shown:
            note, value = joined(note, value), shown
    said = joined(note, unusual, beside)
    fact.value, fact.note = value, said
    if label is not None and label.identifier is not None:
        put_identifier(fields, fact, label)
        return
    if label is None:
        entry.unmapped(path, fact.label, value)
    elif fill(fields, label, fact, entry, path) and (said is None or FIELDS[label.field].has_note):
        return
    fact.note = note
    put_feature(fields, fact, label)


def put_feature(fields: Fields, fact: LabelledFact, label: OfacLabel | None) -> None:
    """A fact without a field of its own; without a kind where the label is not known."""
    kind, date = None, fact.date
    if label is not None:
        kind = label.feature or (FIELDS[label.field].feature if label.field in FIELDS else _OTHER)
        if date is None and label.is_date:
            date = PartialDate.parse(fact.value)
    fields.setdefault("features", []).append(
        Feature(
            label=fact.label,
            value=fact.value,
            kind=kind,
            date=date,
            reliability=fact.reliability,
            note=fact.note,
            source_id=fact.source_id,
        )
    )


def put_identifier(fields: Fields, fact: LabelledFact, label: OfacLabel | None) -> None:
    """A number among the fields of its party."""
    fields.setdefault("identifiers", []).append(identifier(fact, label))


def identifier(fact: LabelledFact, label: OfacLabel | None) -> Identifier:
    """A number; without a kind where the label is not known."""
    kind = None
    if label is not None:
        kind = kind_of_number(label.identifier or IdentifierKind.OTHER_DOCUMENT, fact.value)
    return Identifier(
        value=fact.value,
        kind=kind,
        flags=DIPLOMATIC if label and label.label == "Diplomatic Passport" else (),
        country=fact.country,
        issued=fact.issued,
        expires=fact.expires,
        issuer=fact.issuer,
        valid=fact.valid,
        asset=label.asset if label else None,
        name_id=fact.name_id,
        note=fact.note,
        raw_kind=fact.label,
        source_id=fact.source_id,
    )


def fill(fields: Fields, label: OfacLabel, fact: LabelledFact, entry: Entry, path: str) -> bool:
    """Put a fact into the field that this kind of party has for it; False if it has none."""
    known, kind = FIELDS.get(label.field), fields.get("kind") or Entity
    field = None if known is None else known.fields.get(kind)
    if known is None or field is None or not fact.value:
        return False
    read = known.read(fact, entry, path)
    if read is None or (field in fields and isinstance(read, int)):  # there is one tonnage
        return False
    if isinstance(read, int):
        fields[field] = read
    else:
        values = cast("tuple[object, ...]", read) if isinstance(read, tuple) else (read,)
        fields.setdefault(field, []).extend(values)
    return True


def read_date(text: str, entry: Entry, path: str) -> PartialDate:
    """A date; one in a form that we do not know stays as text and is reported."""
    read = entry.reading.once(PartialDate.parse, text)
    if not read.is_read:
        entry.unread(text, path, is_kept=True)
    return read


def linked_to(name: str, entry: Entry) -> Relation:
    """A link to a party of that primary name, as remarks have it."""
    return entry.reading.once(_linked_to, name)


def _linked_to(name: str) -> Relation:
    return Relation(
        to=EntityRef(name=name, id_space=ID_SPACE),
        kind=RelationKind.LINKED_TO,
        raw_kind=LINKED_TO,
    )


def put_links(fields: Fields, entry: Entry) -> None:
    """The links in the remarks of OFAC's XML, see `remarks`."""
    if (remarks := fields.get("remarks")) is None:
        return
    names = linked_names(remarks)
    if has_unread_links(remarks, names):
        entry.unread(remarks, "remarks", is_kept=True)
    if names:
        fields["relations"] = [linked_to(name, entry) for name in names]


def titles(text: str, entry: Entry) -> tuple[str, ...]:
    """Titles, joined by "; "."""
    return tuple(text.split("; "))


def party(fields: Fields, entry: Entry) -> Entity | None:
    """The entity, and what is strange about its kind and its codes."""
    if "kind" not in fields:
        said = "the entry does not say of what kind it is: it is kept as a plain Entity"
        entry.issue(IssueKind.UNKNOWN_KIND, said)
    report_programs(fields, entry)
    return entry.entity(fields)


def report_programs(fields: Fields, entry: Entry) -> None:
    """Count the programs of a party that no table of ours has."""
    for code in fields.get("programs", ()):
        if code not in programs:
            entry.unknown("program", code)


def address_of(
    labelled: Iterable[tuple[str, str]], fields: Fields, entry: Entry, path: str
) -> Address:
    """An address of its labelled parts, "ADDRESS1" … "POSTAL CODE".

    Args:
        labelled: The parts, as (label, value).
        fields: Its other fields.
        entry: Told of parts whose label is not known, or comes twice.
        path: Where the parts stand.
    """
    parts: dict[str, str] = {}
    for label, value in labelled:
        if label in parts or (label not in ADDRESS_FIELDS and label not in ADDRESS_LINES):
            entry.unexpected.append((f"{path}/{label}", value))
        else:
            parts[label] = value
    found: Fields = {
        ADDRESS_FIELDS[label]: parts[label] for label in parts if label in ADDRESS_FIELDS
    }
    lines = tuple([parts[label] for label in ADDRESS_LINES if label in parts])
    return Address(lines=lines, **(found | fields))
