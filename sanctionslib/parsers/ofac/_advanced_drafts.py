"""What the elements of OFAC's advanced XML become before they are joined; each bears its name.

Where the publisher's schema has a number that leads to a word of the file, a draft has the word.
"""

from __future__ import annotations

import attrs

from sanctionslib import model
from sanctionslib.answers import IssueKind
from sanctionslib.model import (
    AliasStrength,
    Country,
    Entity,
    EventKind,
    NameKind,
    NamePartKind,
    PartialDate,
    Record,
    Relation,
    RelationKind,
)
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.rules import Fields
from sanctionslib.parsers.ofac._shared import LabelledFact

__all__ = [
    "Alias",
    "DistinctParty",
    "DocumentDate",
    "DocumentedName",
    "DocumentedNamePart",
    "EntryEvent",
    "Feature",
    "FeatureVersion",
    "IDRegDocument",
    "Location",
    "LocationPart",
    "NamePartGroup",
    "Pending",
    "Piece",
    "Place",
    "ProfileRelationship",
    "SanctionsEntry",
    "SanctionsMeasure",
]


@attrs.frozen(kw_only=True, eq=False)
class Piece:
    """The source of an element, with the label of each value."""

    at: int
    """Its position in the file."""
    record: Record
    labels: tuple[str, ...]


@attrs.define(kw_only=True, eq=False)
class LocationPart:
    """A part of a location: ("CITY", "Moscow")."""

    label: str = ""
    value: str


@attrs.define(kw_only=True, eq=False)
class Location:
    """An address, or the name of a country that many parties share."""

    source_id: str | None = None
    country: Country | None = None
    area: str | None = None
    """Number of its area code, which says the country where `country` does not: "undetermined"."""
    parts: tuple[LocationPart, ...] = ()
    back: tuple[str, ...] = ()
    """What it says that it is referred to by: empty, the joins take it from the source."""

    @property
    def name(self) -> str:
        """All of it in one line: the name of a country, as nationalities refer to it."""
        pieces = [one.value for one in self.parts]
        return ", ".join(pieces if self.country is None else [*pieces, self.country.raw])

    @property
    def labelled(self) -> tuple[str, ...]:
        """What `name` does not say of its parts: of which type they are.

        The one part of a location that is a country and no address has the type "Unknown".
        """
        return tuple([f"{one.label}: {one.value}" for one in self.parts if one.label != "Unknown"])


@attrs.define(kw_only=True, eq=False)
class DocumentDate:
    """A date of a document: ("Issue Date", 1 January 2020)."""

    label: str = ""
    date: PartialDate | None = None


@attrs.define(kw_only=True, eq=False)
class IDRegDocument(LabelledFact):
    """A document, which waits for its party."""

    location: str | None = None
    """Key of the location where it was issued."""
    validity: str | None = None
    dates: tuple[DocumentDate, ...] = ()
    identity: str = ""
    """The identity that it is of."""
    source: Piece = attrs.field(init=False)
    entry: Entry = attrs.field(init=False)
    """What is strange about it."""


@attrs.define(kw_only=True, eq=False)
class DocumentedNamePart:
    """A part of a name, in one script."""

    text: str
    script: str = ""
    group: str = ""
    """Key of its type, a `NamePartGroup`."""


@attrs.define(kw_only=True, eq=False)
class DocumentedName:
    """A name in one script."""

    source_id: str | None = None
    party: str | None = None
    is_latin: bool = False
    note: str | None = None
    parts: tuple[DocumentedNamePart, ...] = ()


@attrs.define(kw_only=True, eq=False)
class Alias:
    """A name in all its scripts."""

    party: str | None = None
    kind: NameKind | None = None
    raw_kind: str = ""
    is_primary: bool = False
    strength: AliasStrength = AliasStrength.UNSTATED
    raw_strength: str = ""
    note: str | None = None
    names: tuple[DocumentedName, ...] = ()


@attrs.define(kw_only=True, eq=False)
class NamePartGroup:
    """The type of the parts of names that refer to it."""

    key: str = ""
    kind: NamePartKind | None = None
    word: str = ""


@attrs.define(kw_only=True, eq=False)
class FeatureVersion(LabelledFact):
    """A value of a feature, under its label."""

    key: str = ""
    """By which a location refers back."""
    word: str | None = None
    """A word of the set of details: "Female"."""
    text: str | None = None
    is_country: bool = False
    location: str | None = None
    """Key of a location."""


@attrs.define(kw_only=True, eq=False)
class Feature:
    """A labelled fact, or an address."""

    source_id: str | None = None
    label: str = ""
    versions: tuple[FeatureVersion, ...] = ()
    identity: str = ""
    """The identity that it is of."""


@attrs.define(kw_only=True, eq=False)
class ProfileRelationship:
    """A relation of its owner: "owner … kind … to"."""

    source_id: str | None = None
    owner: str = ""
    to: str | None = None
    kind: RelationKind | None = None
    raw_kind: str = ""
    quality: str | None = None
    former: str | None = None
    note: str | None = None
    entry: str | None = None
    """Key of an entry of its owner."""


@attrs.define(kw_only=True, eq=False)
class EntryEvent:
    """What happened to an entry; without a date it is no event."""

    kind: EventKind | None = None
    raw_kind: str = ""
    basis: str | None = None
    """Number of the legal basis."""
    date: PartialDate | None = None
    note: str | None = None


@attrs.define(kw_only=True, eq=False)
class SanctionsMeasure:
    """A measure; a program where `kind` says so: its tag is the note."""

    kind: object = None
    raw: str = ""
    note: str | None = None
    date: PartialDate | None = None


@attrs.define(kw_only=True, eq=False)
class SanctionsEntry:
    """Since when a party is on which list, with which programs and measures."""

    source_id: str | None = None
    owner: str = ""
    list_name: str = ""
    events: tuple[EntryEvent, ...] = ()
    measures: tuple[SanctionsMeasure, ...] = ()


@attrs.define(kw_only=True, eq=False)
class DistinctParty:
    """A party. What stands in the other sections belongs to it too: the joins find it there."""

    id: str = ""
    profile: str | None = None
    party: str | None = None
    kind: type[Entity] = Entity
    raw_kind: str = ""
    remarks: str | None = None
    identity: str = ""
    names: tuple[Alias, ...] = ()
    groups: tuple[NamePartGroup, ...] = ()
    facts: tuple[Feature, ...] = ()
    addresses: tuple[Location, ...] = ()
    identifiers: tuple[IDRegDocument, ...] = ()
    relations: tuple[ProfileRelationship, ...] = ()
    listings: tuple[SanctionsEntry, ...] = ()


# What waits


@attrs.define(kw_only=True, eq=False)
class Place:
    """A location that parties refer to."""

    draft: Location
    source: Piece
    own: Piece
    """The same without what it says that it is referred to by: hundreds of parties can share it."""
    back: dict[str, tuple[str, str]]
    """What it says that it is referred to by, as far as it was not met yet."""
    entry: Entry | None
    """What is strange about it."""
    used: bool = False


@attrs.define(kw_only=True, eq=False)
class Pending:
    """A party that waits for its relations and its sanctions entries."""

    key: str
    entry: Entry
    fields: Fields
    lists: set[str] = attrs.field(factory=set[str])
    """Names of the lists that it has entries for, the wrapper too."""
    entries: set[str] = attrs.field(factory=set[str])
    """Keys of its entries."""
    links: list[tuple[Relation, str]] = attrs.field(factory=list[tuple[Relation, str]])
    """Relations that name an entry, with its key."""
    places: set[int] = attrs.field(factory=set[int])
    """Positions of the locations that it refers to."""
    programs: dict[str, None] = attrs.field(factory=dict[str, None])
    """Each once, as entries repeat them; like bases and measures."""
    bases: dict[str, model.LegalBasis] = attrs.field(factory=dict[str, model.LegalBasis])
    """By number: one title can have two."""
    measures: dict[tuple[str, str | None], model.Measure] = attrs.field(
        factory=dict[tuple[str, str | None], model.Measure]
    )
    """By the source's word and its remark: several directives restrict debt and equity."""
    pieces: list[Piece] = attrs.field(factory=list[Piece])
    """What its source is made of."""

    def dangling(self, path: str, key: str, why: str) -> None:
        """Report a reference to nothing, and keep it as a Feature."""
        self.fields.setdefault("features", []).append(model.Feature(label=path, value=key))
        self.entry.unmapped(path, "", key)
        says = f"{path} is {key!r}: {why}; it is kept as a Feature"
        self.entry.issue(IssueKind.DANGLING, says, path)

    def same_key(self, path: str, key: str | None) -> None:
        """Report a key that is not that of the party, where it should be."""
        if key is not None and key != self.key:
            self.dangling(path, key, "it is not the key of the party")
