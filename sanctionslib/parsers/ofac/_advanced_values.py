"""What the elements of OFAC's advanced XML become, where its table alone cannot say it."""

from __future__ import annotations

import attrs

from sanctionslib.answers import IssueKind
from sanctionslib.model import (
    Address,
    AliasStrength,
    Country,
    Event,
    Measure,
    MeasureKind,
    Name,
    NameKind,
    NamePart,
    NamePartKind,
    PartialDate,
    Record,
    Relation,
)
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.rules import Fields
from sanctionslib.parsers.ofac._shared import (
    LabelledFact,
    address_of,
    identifier,
    joined,
    put_fact,
    put_feature,
)
from sanctionslib.parsers.ofac._words import ORDINARY, SCRIPTS
from sanctionslib.reference import ofac_label

__all__ = [
    "Piece",
    "Place",
    "as_fields",
    "document",
    "event",
    "measure",
    "names_of",
    "place",
    "put_feature_of",
    "relation",
]

_DATES = {"Issue Date": "issued", "Expiration Date": "expires"}


@attrs.frozen(kw_only=True, eq=False)
class Piece:
    """The source of an element."""

    at: int
    """Its position in the file."""
    record: Record
    spans: tuple[tuple[int, int, str], ...]
    """Values that stand under a label: from, to, the label."""


@attrs.define(kw_only=True, eq=False)
class Place:
    """A location that waits for what refers to it: an address, or a country that many share."""

    source_id: str | None = None
    country: Country | None = None
    parts: tuple[tuple[str, str], ...] = ()
    """With their labels: ("CITY", "Moscow")."""
    piece: Piece = attrs.field(init=False)
    """Its source without the references back: hundreds of parties can share it."""
    back: dict[str, tuple[str, str]] = attrs.field(init=False)
    """The references back that were not met yet, with their source, by the key that they lead to."""
    strange: Entry | None = None
    """What is strange about it."""
    is_used: bool = False

    def __str__(self) -> str:
        """All of it in one line: the name of a country, as nationalities refer to it."""
        said = [value for _, value in self.parts]
        return ", ".join(said if self.country is None else [*said, self.country.raw])

    @property
    def labelled(self) -> list[str]:
        """What that does not say: of which type each part is. The name of a country is "Unknown"."""
        return [f"{label}: {value}" for label, value in self.parts if label != "Unknown"]


def as_fields(fields: Fields, entry: Entry) -> object:
    """The fields themselves: the object is made where all around it is known."""
    return fields


def place(fields: Fields, entry: Entry) -> object:
    """`Location`."""
    parts = tuple([(one.label, one.value) for one in fields.pop("inner", ())])
    return Place(parts=parts, **fields)


def document(fields: Fields, entry: Entry) -> object:
    """`IDRegDocument`: its inner values are its dates, and the place where it was issued."""
    issuers, notes = [fields.pop("issuer", None)], [fields.pop("note", None)]
    for one in fields.pop("inner", ()):
        if isinstance(one, Place):
            notes += one.labelled
            if "country" not in fields or fields["country"].raw != str(one):
                issuers.append(str(one))
        elif (field := _DATES.get(one.label)) is None or field in fields:
            at = "IDRegDocument/DocumentDate@IDRegDocDateTypeID"
            entry.unexpected.append((at, f"{one.label}: {one.date.raw}"))
        else:
            fields[field] = one.date
    if fields.get("valid"):
        # Said of all documents but false ones, of those long expired too: it is no promise.
        del fields["valid"]
    label = fields.pop("raw_kind", "")
    fact = LabelledFact(label=label, issuer=joined(*issuers), note=joined(*notes), **fields)
    known = ofac_label(label)
    if known is None:
        entry.unmapped("IDRegDocument", label, fact.value)
    return identifier(fact, known)


def relation(fields: Fields, entry: Entry) -> Relation:
    """`ProfileRelationship`."""
    if fields.get("quality") == "Unknown":
        del fields["quality"]
    return Relation(**fields)


def event(fields: Fields, entry: Entry) -> Event:
    """`EntryEvent`: its inner value is its legal basis, "Unknown" in old entries of CUBA."""
    for basis in fields.pop("inner", ()):
        if basis.title != "Unknown":
            fields["act"] = basis
    return Event(**fields)


def measure(fields: Fields, entry: Entry) -> Measure:
    """`SanctionsMeasure`: its inner value is its date, for which the model has no field."""
    dates = [f"date: {one.raw}" for one in fields.get("inner", ())]
    note = joined(fields.get("note"), *dates)
    return entry.reading.once(_measure, fields["kind"], fields["raw"], note)


def _measure(kind: MeasureKind | None, raw: str, note: str | None) -> Measure:
    return Measure(kind=kind, raw=raw, note=note)


# Names


def names_of(aliases: list[Fields], is_person: bool, entry: Entry) -> list[Name]:
    """The names of a party: the primary ones first, of them the Latin one."""
    found = [
        _name(alias, form, str(number), is_person, entry)
        for number, alias in enumerate(aliases, start=1)
        for form in alias["inner"]
    ]
    found.sort(key=_rank)
    if found and found[0].kind is not NameKind.PRIMARY:
        says = f"no name is marked as primary: it is kept as {found[0].text!r}"
        entry.issue(IssueKind.NO_PRIMARY_NAME, says)
    return found


def _rank(name: Name) -> int:
    if name.kind is not NameKind.PRIMARY:
        return 2
    return 0 if name.script == "Latn" else 1


def _name(alias: Fields, form: Fields, number: str, is_person: bool, entry: Entry) -> Name:
    """A name in one script: its parts are the fields of each, the script their inner value."""
    scripts = ", ".join(dict.fromkeys([word for one in form["parts"] for word in one.get("inner", ())]))
    notes = [alias.get("note"), form.get("note")]
    if scripts not in SCRIPTS:
        notes.append(f"script: {scripts}")
        entry.unknown("script", scripts)
    parts = [
        NamePart(kind=one.get("kind") or NamePartKind.WHOLE, text=one["text"])
        for one in form["parts"]
    ]
    kind, strength = alias.get("kind"), alias.get("strength", AliasStrength.UNSTATED)
    if kind is NameKind.PRIMARY and strength is AliasStrength.STRONG:
        strength = AliasStrength.UNSTATED  # said of every primary name
    return Name(
        text=_text(parts) if is_person else _run(parts),
        parts=tuple(parts),
        kind=kind,
        strength=strength,
        script=SCRIPTS.get(scripts),
        group_id=number,
        note=joined(*notes),
        raw_kind=alias.get("raw_kind", ""),
        raw_strength=alias.get("raw_strength", ""),
        source_id=form.get("source_id"),
    )


def _run(parts: list[NamePart]) -> str:
    return " ".join([one.text for one in parts])


def _text(parts: list[NamePart]) -> str:
    """A person's name as OFAC prints it, in the letter case of the file: "LAST, First Middle"."""
    family = _run([one for one in parts if one.kind is NamePartKind.FAMILY])
    others = _run([one for one in parts if one.kind is not NamePartKind.FAMILY])
    return f"{family}, {others}" if family and others else family or others


# Facts and addresses


def put_feature_of(fields: Fields, feature: Fields, entry: Entry) -> None:
    """`Feature`, which its party gets as a labelled fact or an address, one for each version.

    The inner values of a version are its word, its text and its location.
    """
    for version in feature["inner"]:
        inner: list[str | Place] = version.pop("inner", [])
        found = next((one for one in inner if isinstance(one, Place)), None)
        said = [one for one in inner if isinstance(one, str)]
        label, source_id = feature.get("label", ""), feature.get("source_id")
        fact = LabelledFact(label=label, source_id=source_id, **version)
        if found is not None and label == "Location":
            made = _address(found, joined(fact.note, *said), fact.date, fact.reliability, entry)
            fields.setdefault("addresses", []).append(made)
        else:
            _put_value(fields, fact, said, found, entry)


def _address(
    found: Place, note: str | None, date: PartialDate | None, reliability: str | None, entry: Entry
) -> Address:
    unusual = None if reliability in (None, *ORDINARY) else f"reliability: {reliability}"
    note = joined(note, None if date is None else f"date: {date.raw}", unusual)
    beside: Fields = {"country": found.country, "source_id": found.source_id, "note": note}
    return address_of(found.parts, beside, entry, "Location/LocationPart")


def _put_value(
    fields: Fields, fact: LabelledFact, said: list[str], found: Place | None, entry: Entry
) -> None:
    """A fact has the first of what is said as its value, and the rest in its note."""
    path = "DistinctParty/Profile/Feature/FeatureVersion"
    known = ofac_label(fact.label)
    if found is not None:
        said = [str(found), *said, *found.labelled]
    fact.note = joined(fact.note, *said[1:])
    if not said and fact.date is not None and (known is None or known.is_date):
        said = [fact.date.raw]
    if said:
        fact.value = said[0]
        put_fact(fields, fact, entry, path)
        return
    # A location that is not there, for one: no empty nationality of it.
    if known is None:
        entry.unmapped(path, fact.label, "")
    put_feature(fields, fact, known)
