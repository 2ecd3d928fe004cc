"""The sections of OFAC's advanced XML, joined to parties in one pass.

Locations and documents wait for their party, parties for their relations and their entries. A join
puts what a key leads to in place of the key, before the rules read it. The format declares no number
of entries. The sections vouch for each other instead: every entry has its party, and the parties have
entries (all of those seen), or the file is not whole.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import cast

import attrs
from lxml import etree

from sanctionslib.answers import IssueKind
from sanctionslib.errors import InvalidInputError, StructureChangedError
from sanctionslib.model import (
    Event,
    Feature,
    Identifier,
    LegalBasis,
    Listing,
    Origin,
    Person,
    Record,
    Relation,
)
from sanctionslib.parsers._engine.edition import Header
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.format import Options, Parsed
from sanctionslib.parsers._engine.maker import Maker, Shape, Texts, Words
from sanctionslib.parsers._engine.rules import Fields
from sanctionslib.parsers._engine.source import Source
from sanctionslib.parsers._engine.xml import CHANGED, XmlFormat, XmlReading, take
from sanctionslib.parsers._engine.xml_entries import Root, local_name, record_of
from sanctionslib.parsers.ofac._advanced_values import Piece, Place, names_of, put_feature_of
from sanctionslib.parsers.ofac._lists import told_by
from sanctionslib.parsers.ofac._shared import party
from sanctionslib.parsers.ofac._words import SDN_LIST, WRAPPER, list_of_name
from sanctionslib.reference import named_lists

__all__ = ["AdvancedReading"]

_VERSION = "3"
_FEW = 200
"""One party of so many may be without an entry; all that were seen have one."""
_MOST_TEXTS = 20_000
"""Texts that are remembered to make equal ones one object: most keys never come again."""
_MOST_VALUES = 200
"""Values that a location may have, those aside that say who refers to it; of OFAC's the longest has 34.
Each party that refers to it gets them all, and any number of parties can."""

_PARTY, _LOCATION, _DOCUMENT = "DistinctParty", "Location", "IDRegDocument"
_RELATION, _ENTRY = "ProfileRelationship", "SanctionsEntry"
_IDENTITY = f"{_PARTY}/Profile/Identity"
_ALIAS = f"{_IDENTITY}/Alias"
_GROUPS = f"{_IDENTITY}/NamePartGroups/MasterNamePartGroup"
_FEATURE = f"{_PARTY}/Profile/Feature"
_BACK = ("FeatureVersionReference@FeatureVersionID", "IDRegDocumentReference@IDRegDocumentID")
"""Where a location says who refers to it."""

_KEYS = frozenset(
    {"", "NamePartGroup", "Identity", "DocumentedName", "Location", "FeatureVersion"}
    | {"IDRegDocument", "Profile", "SanctionsEntry"}
)
"""Attributes that are the key of an element: its name and "ID", and "-" before it. Any other that
ends in "ID" leads to a word: "AliasTypeID", "IssuedBy-CountryID"."""


@attrs.define(kw_only=True, eq=False)
class Party:
    """A party that waits for its relations and its sanctions entries."""

    entry: Entry
    fields: Fields
    lists: list[str] = attrs.field(factory=list[str])
    """Names of the lists that it has entries for, the wrapper too."""
    entries: list[str] = attrs.field(factory=list[str])
    """Keys of its entries."""
    links: list[str | None] = attrs.field(factory=list[str | None])
    """Keys of the entries that its relations name."""
    pieces: list[Piece] = attrs.field(factory=list[Piece])
    """What its source is made of."""

    def check(self, path: str, key: str | None, known: Collection[str | None]) -> None:
        """Report a key that leads to nothing, and keep it as a Feature."""
        if key is not None and key not in known:
            self.fields.setdefault("features", []).append(Feature(label=path, value=key))
            self.entry.unmapped(path, "", key)
            says = f"{path} is {key!r}, where no such key is meant; it is kept as a Feature"
            self.entry.issue(IssueKind.DANGLING, says, path)


class AdvancedReading(XmlReading):
    """One file while it is read."""

    def __init__(self, form: XmlFormat, source: Source, options: Options, root: Root) -> None:
        super().__init__(form, source, options, root)
        ((path, self.maker),) = self.makers.items()
        self.readers: dict[str, Callable[[etree._Element], None]] = {
            "ReferenceValueSets": self.value_sets,
            "Locations/Location": self.location,
            "IDRegDocuments/IDRegDocument": self.document,
            path: self.distinct_party,
            "ProfileRelationships/ProfileRelationship": self.relationship,
            "SanctionsEntries/SanctionsEntry": self.sanctions_entry,
        }
        """What reads an element of each section, in their order."""
        self.paths = ("DateOfIssue", *self.readers)
        self.said = options.list_id or list_of_name(source.name)
        """The list that the caller says, or the file name: nothing inside the file does."""
        self.audit.list_id = self.said or ""
        self.section = -1
        self.at = 0
        """Position of the element that is read."""
        self.words: dict[str, dict[str, object]] = {}
        """Number → word, by set: "AliasType" for `AliasTypeValues`."""
        self.places: dict[str, Place] = {}
        self.documents: dict[str, list[tuple[Entry, Piece]]] = {}
        """Documents by the identity that they are of."""
        self.parties: list[Party] = []
        self.by_key: dict[str, Party] = {}
        self.rejected: set[str] = set()
        """Keys of parties without a name."""
        self.unresolved: set[str] = set()
        """Keys of parties that have an entry and are not in the file."""
        self.unlisted = 0
        """Parties without an entry."""

    # The file

    def parse(self) -> Parsed:
        version = self.root.attributes.get("Version")
        changes = self.root.attributes.get("DeltaBaseVersion")
        if version != _VERSION or changes is not None:
            says = f"the file is of version {version!r} of the format; {_VERSION!r} is known"
            if changes is not None:
                says = f"the file holds the changes since version {changes} alone, and no list"
            raise StructureChangedError(says, where=self.audit.where(), hint=CHANGED)
        return super().parse()

    def element(self, path: str, element: etree._Element, is_first: bool) -> None:
        at = self.paths.index(path)
        if at < self.section or (at == self.section and "/" not in path):
            after = self.paths[self.section]
            raise self.changed(path, f"comes after {after}, as in a second file", element)
        if "/" in path and not self.words:
            raise self.changed(path, "stands before ReferenceValueSets", element)
        self.section = at
        self.at += 1
        read = self.readers.get(path)
        if read is None:
            super().element(path, element, is_first)
        else:
            read(element)
        if len(self.reading.texts) > _MOST_TEXTS:
            self.reading.texts.clear()

    def begin(self, first: Texts | None) -> None:
        """The date is known; the list may be told at the end alone."""
        self.is_begun = True
        self.header = self.take_header()
        self.audit.edition = str(self.header.published or "")

    def ended(self, sections: Collection[str]) -> Sequence[str]:
        """Make the entities. Sections, parties that have entries, entries of parties can be missing.

        The schema ties every entry to a party, and not every party to an entry. A few without one
        are reported one by one and kept; a part of the section is gone where they are more.
        """
        list_id = self.list_id(self.header, None)
        info = self.form.info(list_id, self.audit)
        self.reading.begin(info, self.edition(list_id, self.header))
        self.make_entities()
        self.report_orphans()
        tables = [path.partition("/")[0] for path in self.readers if "/" in path]
        found = [f"the section {name}" for name in tables if name not in sections]
        if count := len(self.unresolved):
            found.append(f"{count:,} parties that have sanctions entries")
        if self.unlisted * _FEW > self.audit.read:
            found.append(f"the sanctions entries of {self.unlisted:,} parties")
        return found

    def list_id(self, header: Header, first: Texts | None) -> str:
        """The list that the caller or the file name says, else the one that all entries fit.

        Raises:
            InvalidInputError: The entries are of the other one, or nothing says which it is.
        """
        if self.options.list_id is not None and not self.options.doubts_list:
            return self.options.list_id
        counts = Counter(name for one in self.parties for name in dict.fromkeys(one.lists))
        listed = sum(bool(one.lists) for one in self.parties)
        fits = {"us_ofac_sdn": counts[SDN_LIST], "us_ofac_cons": counts[WRAPPER]}
        able = [list_id for list_id, count in fits.items() if count == listed > 0]
        if self.said is not None and (not able or self.said in able):
            return self.said
        if self.said is None and len(able) == 1:
            return able[0]
        says = "nothing in this file says whether it is SDN_ADVANCED.XML or CONS_ADVANCED.XML"
        if self.said is not None:
            told = told_by(self.options)
            says = f"{told} this is {self.said}, and by the lists of its parties it is not"
        raise InvalidInputError(
            says,
            where=self.audit.where(),
            hint="say list_id='us_ofac_sdn' or list_id='us_ofac_cons'",
        )

    # Numbers and what they lead to

    def value_sets(self, element: etree._Element) -> None:
        """`ReferenceValueSets`: from here on, the word of a number stands in the texts."""
        types: dict[str, str] = {}
        for group in element:
            kind = local_name(group.tag).removesuffix("Values")
            words = self.words.setdefault(kind, {})
            for value in group:
                key, word = value.get("ID", "").strip(), (value.text or "").strip()
                if kind == "AreaCode":  # "KP", and nothing where the country is "undetermined"
                    word = value.get("Description", "").strip() or word
                types[f"{kind} {key}"] = value.get("PartyTypeID", "").strip()
                if not key or len(value) or words.setdefault(key, word) != word:
                    self.audit.issue(
                        IssueKind.STRUCTURE,
                        f"a value of {kind}Values has no ID, another one's, or more than a text",
                        path=f"ReferenceValueSets/{kind}Values",
                        line=value.sourceline,
                        record=record_of(value, base=local_name(value.tag)),
                    )
        parties = self.words.get("PartySubType", {})
        for key, word in parties.items():
            if word == "Unknown":  # the subtypes of persons and organizations
                of_type = self.words.get("PartyType", {})
                parties[key] = of_type.get(types[f"PartySubType {key}"], "")
        bases = self.words.get("LegalBasis", {})
        for key, word in bases.items():
            # The text, as the enhanced file prints it; LegalBasisShortRef is shorter once:
            # "Executive Order 13608 (Iran)" for "Executive Order 13608 (Iran/Syria)".
            bases[key] = LegalBasis(title=str(word), source_id=key)
        self.give_words(self.maker.shape)
        self.begin({})

    def give_words(self, shape: Shape) -> None:
        """Let what reads an element find words where it has numbers."""
        for name, (key, path, _) in shape.attributes.items():
            kind = name.rpartition("-")[2].removesuffix("ID")
            if name.endswith("ID") and kind not in _KEYS:
                shape.attributes[name] = (key, path, self.table(kind, path))
        for child in shape.children.values():
            self.give_words(child)

    def table(self, kind: str, path: str) -> Words:
        """What the numbers of a set lead to."""

        def unknown(key: str, entry: Entry) -> object:
            says = f"{path} refers to {key!r}, which {kind}Values lacks; others are not reported"
            entry.issue(IssueKind.DANGLING, says, path, once=f"{kind} {key}")
            return LegalBasis(title=key, source_id=key) if kind == "LegalBasis" else key

        return Words(self.words.get(kind, {}), unknown)

    # Elements and their source

    def waiting(self, element: etree._Element, *, keeps: bool) -> Entry:
        """An entry for what is strange about an element that waits."""
        origin = Origin(
            member=self.source.name, line=element.sourceline, path=self.maker.origin
        )
        entry = Entry(self.reading, self.maker, origin, lambda: None)
        entry.kept = [] if keeps else None
        return entry

    def take(self, element: etree._Element, entry: Entry) -> Texts:
        """The texts of an element of a section."""
        texts: Texts = {}
        shape = self.maker.shape.children[str(element.tag)]
        take(element, shape, texts, entry)
        if entry.kept is not None and shape.maker is not None and shape.maker.labels is not None:
            entry.spans.append((0, len(entry.kept), shape.maker.labels.of(texts)))
        return texts

    def make(self, path: str, texts: Texts, entry: Entry) -> object:
        """What becomes of a group of the table."""
        shape = self.maker.shape
        for step in path.split("/"):
            shape = shape.children[self.root.tag(step)]
        return cast("Maker", shape.maker).make(texts, entry)

    def piece(self, entry: Entry) -> Piece:
        """The source that an entry kept, which then keeps it no longer."""
        record = self.reading.record_of(entry.kept or ()) or Record((), ())
        made = Piece(at=self.at, record=record, spans=tuple(entry.spans))
        entry.kept, entry.spans = None, []
        return made

    def of_party(self, element: etree._Element, key: str) -> tuple[Party, Texts] | None:
        """The party that an element names, and its texts; where there is none, it is reported."""
        found = self.by_key.get(element.get(key, "").strip())
        if found is None:
            base = local_name(element.tag)
            says = f"{key} is {element.get(key)!r}, and no party has this key"
            self.orphan(base, says, record_of(element, base=base), element.sourceline)
            return None
        found.entry.kept = [] if self.reading.keeps_source else None
        texts = self.take(element, found.entry)
        self.keep(found, self.piece(found.entry))
        return found, texts

    def keep(self, waiting: Party, piece: Piece) -> None:
        """Make the source of an element a piece of that of its party, where that is asked for."""
        if self.reading.keeps_source:
            waiting.pieces.append(piece)

    def orphan(self, path: str, says: str, record: Record | None, line: int | None = None) -> None:
        """Report an element that belongs to no party, with all that it says."""
        self.audit.issue(IssueKind.DANGLING, says, path=path, line=line, record=record)

    # Locations and documents

    def location(self, element: etree._Element) -> None:
        """`Location`: waits for the parties that refer to it."""
        entry = self.waiting(element, keeps=True)
        texts = self.take(element, entry)
        kept, line = entry.kept or [], element.sourceline
        key = texts.get("@ID")
        if key is None or key in self.places:
            says = f"the ID of a location is missing, or given twice: {key!r}"
            self.orphan(_LOCATION, says, self.reading.record_of(kept), line)
            return
        for path in _BACK:
            texts.pop(path.partition("@")[0], None)
        back: dict[str, tuple[str, str]] = {}
        moved: list[int] = []
        entry.kept = []
        for at, pair in enumerate(kept):
            if pair[0].partition("/")[2] in _BACK and pair[1].strip() not in back:
                back[pair[1].strip()] = pair
                moved.append(at)
            else:
                entry.kept.append(pair)
        entry.spans = [
            (start - bisect_left(moved, start), end - bisect_left(moved, end), label)
            for start, end, label in entry.spans
        ]
        if len(entry.kept) > _MOST_VALUES:
            raise StructureChangedError(
                f"the location {key} has {len(entry.kept):,} values, and {_MOST_VALUES} are the most",
                where=self.audit.where(path=_LOCATION, line=line),
                hint="do not trust this file: fetch it again from the publisher",
            )
        place = cast("Place", self.make(_LOCATION, texts, entry))
        place.piece, place.back = self.piece(entry), back
        place.strange = None if entry.is_plain else entry
        self.places[key] = place

    def join_place(
        self, waiting: Party, texts: Texts, at: str, path: str, back: str, met: set[int]
    ) -> None:
        """Put a location in place of its key, if it is there and refers back."""
        if (key := texts.pop(at, None)) is None:
            return
        place = self.places.get(key)
        named = None if place is None else place.back.pop(back, None)
        waiting.check(path, key, () if named is None else (key,))
        if place is None:
            return
        texts[at] = place
        place.is_used = True
        if place.piece.at not in met:
            met.add(place.piece.at)
            if place.strange is not None:
                waiting.entry.include(place.strange)
            # What else refers to a shared location (all Russians to Russia) is in other records.
            self.keep(waiting, place.piece)
        if named is not None:
            record = self.reading.record_of((named,)) or Record((), ())
            self.keep(waiting, Piece(at=place.piece.at, record=record, spans=()))

    def document(self, element: etree._Element) -> None:
        """`IDRegDocument`: waits for the party whose identity it names."""
        entry = self.waiting(element, keeps=True)
        entry.texts = self.take(element, entry)
        identity = entry.texts.get("@IdentityID", "")
        self.documents.setdefault(identity, []).append((entry, self.piece(entry)))

    # Parties

    def distinct_party(self, element: etree._Element) -> None:
        """`DistinctParty`: takes what refers to it, and waits for its relations and entries."""
        self.audit.read += 1
        entry = self.waiting(element, keeps=self.reading.keeps_source)
        texts = self.take(element, entry)
        waiting = Party(entry=entry, fields={})
        self.keep(waiting, self.piece(entry))
        features: list[Texts] = texts.pop(_FEATURE, [])
        self.join_names(waiting, texts)
        fields = waiting.fields
        fields |= self.maker.fields(texts, entry)
        is_person = fields.get("kind") is Person
        fields["names"] = names_of(fields.get("names", []), is_person, entry)
        key: str = fields.get("id", "")
        if not fields["names"]:
            self.rejected.add(key)
            says = "the party has no name at all, so no entity can be made of it"
            record, line = record_of(element, base=_PARTY), entry.origin.line
            self.audit.issue(IssueKind.REJECTED, says, entry=key, line=line, record=record)
            return
        self.parties.append(waiting)
        if key:
            self.by_key.setdefault(key, waiting)
        met: set[int] = set()
        identity: str = texts.get(f"{_IDENTITY}@ID", "")
        for document, piece in self.documents.pop(identity, ()):
            self.join_document(waiting, document, met)
            self.keep(waiting, piece)
        for feature in features:
            at = "IdentityReference@IdentityID"
            waiting.check(f"{_FEATURE}/{at}", feature.get(at), (identity,))
            at = "VersionLocation@LocationID"
            for version in feature.get("FeatureVersion", ()):
                path, back = f"{_FEATURE}/FeatureVersion/{at}", version.get("@ID", "")
                self.join_place(waiting, version, at, path, back, met)
            made = self.make(_FEATURE, feature, entry)
            if made is not None:
                put_feature_of(fields, cast("Fields", made), entry)

    def join_names(self, waiting: Party, texts: Texts) -> None:
        """Check the keys of a party, and put the types of the parts of its names for their keys."""
        same = (texts.get(f"{_PARTY}@FixedRef"),)
        for path in (f"{_PARTY}/Profile@ID", f"{_IDENTITY}@FixedRef"):
            waiting.check(path, texts.get(path), same)
        groups = [one for master in texts.pop(_GROUPS, ()) for one in master["NamePartGroup"]]
        types = {one.get("@ID"): one.get("@NamePartTypeID") for one in groups}
        used: set[str | None] = set()
        for alias in texts.get(_ALIAS, ()):
            waiting.check(f"{_ALIAS}@FixedRef", alias.get("@FixedRef"), same)
            primary = alias.get("@Primary", "")
            if (primary == "true") != (alias.get("@AliasTypeID") == "Name"):
                waiting.entry.unexpected.append((f"{_ALIAS}@Primary", primary))
            for name in alias.get("DocumentedName", ()):
                path = f"{_ALIAS}/DocumentedName"
                waiting.check(f"{path}@FixedRef", name.get("@FixedRef"), same)
                at = "NamePartValue@NamePartGroupID"
                for part in name.get("DocumentedNamePart", ()):
                    key = part.pop(at, None)
                    waiting.check(f"{path}/DocumentedNamePart/{at}", key, types.keys())
                    used.add(key)
                    if (kind := types.get(key)) is not None:
                        part[at] = kind
        for key in types:
            waiting.check(f"{_GROUPS}/NamePartGroup@ID", key, used)

    def join_document(self, waiting: Party, document: Entry, met: set[int]) -> None:
        """A document of a party."""
        waiting.entry.include(document)
        texts, at = document.texts, "@IssuedIn-LocationID"
        self.join_place(waiting, texts, at, f"{_DOCUMENT}{at}", texts.get("@ID", ""), met)
        made = cast("Identifier", self.make(_DOCUMENT, texts, waiting.entry))
        path = f"{_DOCUMENT}/DocumentedNameReference@DocumentedNameID"
        waiting.check(path, made.name_id, {name.source_id for name in waiting.fields["names"]})
        waiting.fields.setdefault("identifiers", []).append(made)

    # Relations and sanctions entries

    def relationship(self, element: etree._Element) -> None:
        """`ProfileRelationship`: "From … type … To", a relation of From."""
        if (found := self.of_party(element, "From-ProfileID")) is None:
            return
        waiting, texts = found
        made = cast("Relation | None", self.make(_RELATION, texts, waiting.entry))
        if made is None:
            return
        other = self.by_key.get(made.to.source_id or "")
        if other is not None:
            name = other.fields["names"][0].text
            made = attrs.evolve(made, to=attrs.evolve(made.to, name=name))
        waiting.fields.setdefault("relations", []).append(made)
        waiting.links.append(texts.get("@SanctionsEntryID"))

    def sanctions_entry(self, element: etree._Element) -> None:
        """`SanctionsEntry`: since when on which list, with which programs and measures.

        Each entry of a party repeats its programs, measures and legal bases, whatever its list.
        """
        if (found := self.of_party(element, "ProfileID")) is None:
            key = element.get("ProfileID", "").strip()
            if key not in self.rejected:
                self.unresolved.add(key)
            return
        waiting, texts = found
        fields, entry = waiting.fields, waiting.entry
        fields.setdefault("programs", []).extend(_programs(texts))
        made = cast("Fields", self.make(_ENTRY, texts, entry))
        named: str = made.get("list_name", "")
        if named in waiting.lists:
            says = f"the party has a second entry for the list {named!r}; both are kept"
            entry.issue(IssueKind.DUPLICATE_ID, says)
        waiting.lists.append(named)
        waiting.entries.append(texts.get("@ID", ""))
        events: list[Event] = made.get("events", [])
        if not events:
            says = f"the entry for the list {named!r} has no dated event"
            entry.issue(IssueKind.STRUCTURE, says)
        fields.setdefault("bases", []).extend([one.act for one in events if one.act is not None])
        fields.setdefault("measures", []).extend(made.get("inner", ()))
        if named == WRAPPER:
            # Its own dates are technical (10 October 2014 for all before), a remark would not be.
            path = f"{_ENTRY}/EntryEvent/Comment"
            entry.unexpected.extend([(path, one.note) for one in events if one.note is not None])
            return
        if named not in named_lists:
            entry.unknown("list", named)
        listing = Listing(list_name=named, events=tuple(events), source_id=made.get("source_id"))
        fields.setdefault("listings", []).append(listing)

    # At the end

    def make_entities(self) -> None:
        """Each party is dropped as soon as it is an entity, so that memory stays low."""
        self.by_key.clear()
        self.parties.reverse()
        while self.parties:
            one = self.parties.pop()
            entry, fields = one.entry, one.fields
            self.unlisted += not one.lists
            for key in one.links:
                one.check(f"{_RELATION}@SanctionsEntryID", key, one.entries)
            if not one.lists:
                says = (
                    "no sanctions entry is of this party: the file does not say on which list it is"
                )
                entry.issue(IssueKind.DANGLING, says)
            elif "listings" not in fields:
                says = (
                    f"the party is on no list but {WRAPPER!r}, which is a wrapper and none itself"
                )
                entry.issue(IssueKind.STRUCTURE, says)
            fields["programs"] = list(dict.fromkeys(fields.get("programs", ())))
            fields["bases"] = _distinct(fields.get("bases", ()))
            fields["measures"] = _distinct(fields.get("measures", ()))
            if self.reading.keeps_source:
                entry.kept = []
                for piece in sorted(one.pieces, key=lambda piece: piece.at):
                    start = len(entry.kept)
                    entry.kept.extend(piece.record)
                    entry.spans += [(start + at, start + to, label) for at, to, label in piece.spans]
            entry.read(party(fields, entry))

    def report_orphans(self) -> None:
        """Report what belongs to no party, with all that it says."""
        for group in self.documents.values():
            for document, piece in group:
                identity = document.texts.get("@IdentityID")
                says = f"no party has the identity {identity!r}"
                self.orphan(_DOCUMENT, says, piece.record, document.origin.line)
        for key, place in self.places.items():
            says = f"no party refers to the location {key}"
            if place.is_used:
                named = ", ".join(sorted(place.back)[:5])
                says = f"the location {key} names {len(place.back):,} facts or documents that do not refer to it: {named}"
            if place.back or not place.is_used:
                own = () if place.is_used else place.piece.record
                record = self.reading.record_of((*own, *place.back.values()))
                self.orphan(_LOCATION, says, record)


def _programs(texts: Texts) -> list[str]:
    """The programs of an entry: each is the comment of a measure of the type "Program"."""
    found: list[str] = []
    others: list[Texts] = []
    for one in texts.pop("SanctionsMeasure", ()):
        is_program = one.get("@SanctionsTypeID") == "Program" and "Comment" in one
        if is_program:
            found.append(one["Comment"])
        # A program has no date; one that had is kept as a measure that we do not know.
        if not is_program or any(at.startswith("DatePeriod/") for at in one):
            others.append(one)
    texts["SanctionsMeasure"] = others
    return found


def _distinct(objects: Iterable[object]) -> list[object]:
    """Each once: objects that say the same are the same object here."""
    return list({id(one): one for one in objects}.values())
