"""What OFAC's formats have in common: labelled facts, links, and the conversion of a party.

A label ("Passport", "Gender") tells what its value is: a number, the value of a field, or a
Feature. `reference.ofac_label` has the labels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import cast

import attrs

from sanctionslib.answers import Coverage, IssueKind
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
    Identifier,
    IdentifierKind,
    NameKind,
    Nationality,
    Organization,
    PartialDate,
    Person,
    Relation,
    RelationKind,
    Vessel,
)
from sanctionslib.parsers._engine.dates import partial_date
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import FACTS, Fields, Labels
from sanctionslib.parsers._engine.numbers import DIPLOMATIC, kind_of_number
from sanctionslib.parsers._engine.rules import Rules, one, to
from sanctionslib.parsers._engine.values import country, number, place
from sanctionslib.parsers.ofac.remarks import LINKED_TO, has_unread_links, linked_names
from sanctionslib.parsers.ofac.words import ADDRESS_PARTS, GENDERS
from sanctionslib.reference import ofac_label, programs

ID_SPACE = "ofac"
"""OFAC's keys are the same in all its files."""


def as_fields(fields: Fields, entry: Entry) -> object:
    """The fields themselves, for an object that is made later."""
    return fields


# ── labelled facts ────────────────────────────────────────────────────────────────────────────


def joined(*stated: str | None) -> str | None:
    """Remarks joined to one; None for none."""
    return "; ".join([one for one in stated if one]) or None


_BESIDE = ("country", "issued", "expires", "reliability", "date")
_beside = attrgetter(*_BESIDE)
_USUAL = (("reliability", "Confirmed"), ("reliability", "Unknown"))
"""Values that nearly all facts have, and that are not noted."""


@attrs.define(kw_only=True)
class LabelledFact:
    """A labelled value, with its further attributes."""

    label: str = ""
    value: str = ""
    date: PartialDate | None = None
    """The value itself as a date, or an additional date."""
    country: Country | None = None
    issued: PartialDate | None = None
    expires: PartialDate | None = None
    primary: bool | None = None
    """Whether it is the main one of several."""
    reliability: str | None = None
    """The source's word for its reliability."""
    note: str | None = None
    source_id: str | None = None

    def note_without(self, *held: str) -> str | None:
        """The note of an object: all attributes, except those that it has fields for."""
        if not any(beside := _beside(self)):  # the usual case
            return self.note
        shown = [self.note]
        for at, value in zip(_BESIDE, beside, strict=True):
            text = getattr(value, "raw", value)
            if text and at not in held and (at, text) not in (*_USUAL, ("date", self.value)):
                shown.append(f"{at}: {text}")
        return joined(*shown)


def titles(text: str, entry: Entry) -> tuple[str, ...]:
    """Titles, joined by "; "."""
    return tuple(text.split("; "))


@attrs.frozen
class FactField:
    """The field for a labelled fact."""

    fields: Mapping[type[Entity] | None, str]
    """The field, by kind of party."""
    read: Callable[[str, Entry], object] = lambda text, _entry: text
    """Reads the value, as in a rule."""
    feature: FeatureKind = FeatureKind.OTHER
    """The kind of the Feature, where a party has no such field."""
    make: type[Birth | Nationality] | None = None
    """The class of the object in the field, if it has its own note; None for a plain value."""
    part: str = ""
    """The field of that object."""

    @property
    def names(self) -> tuple[str, ...]:
        """The fields with their classes."""
        inner = () if self.make is None else (f"{self.make.__name__}.{self.part}",)
        return *[f"{kind.__name__}.{field}" for kind, field in self.fields.items() if kind], *inner


_REGISTERED: dict[type[Entity] | None, str] = dict.fromkeys(
    (Organization, Vessel, Aircraft), "registered_in"
)
_SHIP, _CRAFT, _FLAG = FeatureKind.VESSEL, FeatureKind.AIRCRAFT, FeatureKind.FLAG
FIELDS: Mapping[str | None, FactField] = {
    "gender": FactField({Person: "genders"}, lambda word, _: GENDERS.get(word), FeatureKind.GENDER),
    "title": FactField({Person: "titles"}, titles, FeatureKind.TITLE),
    "birth_date": FactField({Person: "births"}, partial_date, make=Birth, part="date"),
    "birth_place": FactField({Person: "births"}, place, make=Birth, part="place"),
    "nationality": FactField({Person: "nationalities"}, country, make=Nationality, part="country"),
    "citizenship": FactField({Person: "citizenships"}, country, make=Nationality, part="country"),
    "registered_in": FactField(_REGISTERED, country, FeatureKind.REGISTRATION_COUNTRY),
    "established": FactField({Organization: "established"}, partial_date, FeatureKind.ESTABLISHED),
    "organization_type": FactField({Organization: "types"}, feature=FeatureKind.ORGANIZATION_TYPE),
    "built": FactField({Aircraft: "built", Vessel: "built"}, partial_date),
    "vessel_type": FactField({Vessel: "types"}, feature=_SHIP),
    "vessel_owner": FactField({Vessel: "owners"}, feature=_SHIP),
    "tonnage": FactField({Vessel: "tonnage"}, number, _SHIP),
    "gross_tonnage": FactField({Vessel: "gross_tonnage"}, number, _SHIP),
    "flag": FactField({Vessel: "flags"}, country, _FLAG),
    "former_flag": FactField({Vessel: "former_flags"}, country, _FLAG),
    "aircraft_model": FactField({Aircraft: "models"}, feature=_CRAFT),
    "aircraft_operator": FactField({Aircraft: "operators"}, feature=_CRAFT),
    "address": FactField({Entity: "addresses"}, feature=FeatureKind.LOCATION),  # in `advanced`
}
"""Labelled facts that have a field, by their name in `OfacLabel.field`."""

LABEL_FACTS = frozenset(
    {FACTS[name] for field in FIELDS.values() for name in field.names if name in FACTS}
    | {Fact.IDENTIFIER}
)
"""The facts that labels support."""


def labels(
    path: str | None = None, *, key: str | None = None, reliability: str | None = None
) -> Labels:
    """The labels of OFAC.

    Args:
        path: Path of the label inside its group; None for labels inside a text.
        key: Path of the publisher's key of the value.
        reliability: Path of the value's reliability.
    """

    def coverage(label: str, at: str) -> tuple[Coverage, str]:
        known = ofac_label(label)
        field = None if known is None else FIELDS.get(known.field)
        if at == reliability and known is not None and known.feature is None:
            return (
                Coverage.STRUCTURAL,
                "Confirmed or Unknown, the usual values; others are in the note",
            )
        if at == key and (field is None or field.make is not None):
            return Coverage.MAPPED, "the source_id of the value"
        if at == key:
            return Coverage.STRUCTURAL, "key of a value that is not an object"
        if known is None:
            return Coverage.UNMAPPED, "a Feature without kind: the label is unknown"
        if known.identifier is not None:
            return Coverage.MAPPED, f"Identifier ({known.identifier.value})"
        if field is None:
            return Coverage.MAPPED, f"Feature ({known.feature.value if known.feature else 'other'})"
        if at == path:
            return Coverage.STRUCTURAL, "the label is the name of the field that holds the value"
        return Coverage.MAPPED, ", ".join(field.names)

    return Labels(path=path or "", coverage=coverage, facts=LABEL_FACTS)


def put_facts(fields: Fields, entry: Entry, path: str) -> None:
    """Place all labelled facts of a party, before its other identifiers."""
    others = fields.pop("identifiers", [])
    for fact in fields.pop("facts", ()):
        put_fact(fields, fact, entry, path)
    fields.setdefault("identifiers", []).extend(others)


def put_fact(fields: Fields, fact: LabelledFact, entry: Entry, path: str) -> None:
    """Place a labelled fact: as an identifier, in a field of its kind of party, or as a Feature.

    The `kind` of the party must be known.
    """
    label, date = ofac_label(fact.label), fact.date
    field = None if label is None else FIELDS.get(label.field)
    if label is None:
        entry.unmapped(path, fact.label, fact.value)
    elif label.identifier is not None:
        number: Fields = {
            "raw_kind": fact.label,
            "value": fact.value,
            "country": fact.country,
            "issued": fact.issued,
            "expires": fact.expires,
            "note": fact.note_without("country", "issued", "expires"),
            "source_id": fact.source_id,
        }
        fields.setdefault("identifiers", []).append(document(number, entry, path))
        return
    elif field is not None and _fill(fields, field, fact, entry, path):
        return
    elif date is None and label.is_date:
        date = PartialDate.parse(fact.value)
    known = field or label
    feature = Feature(
        label=fact.label,
        value=fact.value,
        kind=None if known is None else known.feature,
        date=date,
        reliability=fact.reliability,
        note=fact.note_without("date", "reliability"),
        source_id=fact.source_id,
    )
    fields.setdefault("features", []).append(feature)


def _fill(fields: Fields, field: FactField, fact: LabelledFact, entry: Entry, path: str) -> bool:
    """Put a fact into the field of its kind of party; False if the field does not hold all of it."""
    name = field.fields.get(fields.get("kind"))
    if name is None or not fact.value:
        return False
    value: object = fact.date
    if field.read is not partial_date:
        value = field.read(fact.value, entry)
    elif value is None:
        value = read_date(fact.value, entry, path)
    if value is None:
        entry.unread(fact.value, path, is_kept=True)
        return False
    stated = fact.note_without()
    if field.make is not None:
        made: Fields = {field.part: value, "primary": fact.primary, "note": stated}
        fields.setdefault(name, []).append(field.make(**made, source_id=fact.source_id))
        return True
    if isinstance(value, int):
        is_second = name in fields  # the field holds one tonnage
        fields.setdefault(name, value)
        return stated is None and not is_second
    values = cast("tuple[object, ...]", value) if isinstance(value, tuple) else (value,)
    fields.setdefault(name, []).extend(values)
    return stated is None


def document(fields: Fields, entry: Entry, path: str) -> Identifier:
    """A number; without a kind where its label (`raw_kind`) is unknown.

    OFAC calls all documents but fraudulent ones valid, even if they expired long ago. That is no
    promise, so it is not kept; OFAC's other formats do not state it.
    """
    if fields.get("valid"):
        del fields["valid"]
    raw, value = fields.setdefault("raw_kind", ""), fields.setdefault("value", "")
    if (label := ofac_label(raw)) is None:
        entry.unmapped(path, raw, value)
        return Identifier(kind=None, **fields)
    kind = kind_of_number(label.identifier or IdentifierKind.OTHER_DOCUMENT, value)
    flags = DIPLOMATIC if label.label == "Diplomatic Passport" else ()
    return Identifier(kind=kind, flags=flags, asset=label.asset, **fields)


def read_date(text: str, entry: Entry, path: str) -> PartialDate:
    """A date; one that cannot be read stays text and is reported."""
    read = entry.reading.once(PartialDate.parse, text)
    if not read.is_read:
        entry.unread(text, path, is_kept=True)
    return read


# ── links, programs, addresses, the party ─────────────────────────────────────────────────────


def linked_to(name: str) -> Relation:
    """A link to the party with that primary name, as in remarks."""
    other = EntityRef(name=name, id_space=ID_SPACE)
    return Relation(to=other, kind=RelationKind.LINKED_TO, raw_kind=LINKED_TO)


def put_links(fields: Fields, entry: Entry) -> None:
    """Add the links in the remarks of OFAC's XML, see `remarks`."""
    if (remarks := fields.get("remarks")) is None:
        return
    names = linked_names(remarks)
    if has_unread_links(remarks, names):
        entry.unread(remarks, "remarks", is_kept=True)
    if names:
        fields["relations"] = [entry.reading.once(linked_to, name) for name in names]


def program(text: str, entry: Entry) -> str:
    """The tag of a program; an unknown one is counted."""
    if text not in programs:
        entry.unknown("program", text)
    return text


def call_sign(path: str) -> Rules:
    """The rules for a column with the call sign of a vessel."""
    kind, column = IdentifierKind.CALL_SIGN, path.rpartition("/")[2]
    return one("identifiers", Identifier, {path: to("value")}, kind=kind, raw_kind=column)


def address_of(
    labelled: Iterable[tuple[str, str]], fields: Fields, entry: Entry, path: str
) -> Address:
    """An address from its labelled parts, "ADDRESS1" … "POSTAL CODE", and other fields."""
    parts: dict[str, str] = {}
    for label, value in labelled:
        if label in parts or label not in ADDRESS_PARTS:
            entry.unexpected.append((f"{path}/{label}", value))
        else:
            parts[label] = value
    found: Fields = {"lines": ()}
    for label, field in ADDRESS_PARTS.items():  # in their order
        if label in parts:
            is_line = field == "lines"
            found[field] = (*found["lines"], parts[label]) if is_line else parts[label]
    return Address(**(found | fields))


def party(fields: Fields, entry: Entry) -> Entity | None:
    """The entity; issues are reported for an unknown kind or a missing primary name."""
    if "kind" not in fields:
        stated = "the entry does not state its kind: it is kept as a plain Entity"
        entry.issue(IssueKind.UNKNOWN_KIND, stated)
    names = fields.get("names", ())
    primary = {one.group_id for one in names if one.kind is NameKind.PRIMARY}
    if names and len(primary) != 1:
        stated = f"the entry has {len(primary) or 'no'} primary names"
        entry.issue(IssueKind.NO_PRIMARY_NAME, f"{stated}: it is kept as {names[0].text!r}")
    return entry.entity(fields)
