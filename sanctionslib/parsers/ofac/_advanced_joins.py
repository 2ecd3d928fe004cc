"""Joins the sections of OFAC's advanced XML to parties, in one pass.

Locations and documents are pending until their party is read, and parties until their relations and
entries are. A join replaces a key by the object that it refers to, before the rules read it.

The format declares no number of entries. Instead the sections confirm each other: every entry has
its party, and the parties have entries (all known ones do), or the file is incomplete.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import attrs

from sanctionslib.answers import IssueKind
from sanctionslib.model import (
    Address,
    Country,
    Feature,
    Identifier,
    LegalBasis,
    Name,
    NameKind,
    Relation,
    Source,
)
from sanctionslib.parsers._engine.audit import Pairs
from sanctionslib.parsers._engine.edition import Header
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.faults import changed, limit_exceeded
from sanctionslib.parsers._engine.fields import Fields, Texts
from sanctionslib.parsers._engine.format import Options
from sanctionslib.parsers._engine.input_file import InputFile
from sanctionslib.parsers._engine.maker import CodeTable, Maker, Shape
from sanctionslib.parsers._engine.xml import XmlFormat, XmlReading, take
from sanctionslib.parsers._engine.xml_entries import Root, local_name, pairs_of
from sanctionslib.parsers.ofac._lists import fitting_list, list_of_name
from sanctionslib.parsers.ofac.shared import LabelledFact, party, program, put_fact
from sanctionslib.parsers.ofac.words import SDN_LIST, WRAPPER

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["AdvancedReading", "Place"]

_Pair: TypeAlias = tuple[str, str]
_Piece: TypeAlias = tuple[int, Source | None, tuple[str, ...]]
"""The source of an element: its position in the file, its values, and the label of each."""

_FEW = 200
"""One in so many parties may lack an entry; all known ones have one."""
_MOST_TEXTS = 20_000
"""Texts that are remembered so that equal ones become one object: most keys never recur."""
_MOST_VALUES = 200
"""Values of a location, without its back references; OFAC's longest has 34. Each party that
refers to it gets them all, and any number of parties can."""

_IDENTITY = "DistinctParty/Profile/Identity"
_ALIAS = f"{_IDENTITY}/Alias"
_NAME = f"{_ALIAS}/DocumentedName"
_GROUPS = f"{_IDENTITY}/NamePartGroups/MasterNamePartGroup"
_FEATURE = "DistinctParty/Profile/Feature"
_BACK = (
    "Location/FeatureVersionReference@FeatureVersionID",
    "Location/IDRegDocumentReference@IDRegDocumentID",
)
"""The back references of a location."""

_KEYS = frozenset(
    {"", "NamePartGroup", "Identity", "DocumentedName", "Location", "FeatureVersion"}
    | {"IDRegDocument", "Profile", "SanctionsEntry"}
)
"""Attributes that are keys: the name of an element and "ID", "To-ProfileID". Any other attribute
that ends in "ID" is the number of a word: "AliasTypeID", "IssuedBy-CountryID"."""


@attrs.define(kw_only=True, eq=False)
class Place:
    """A location that is pending until something refers to it: an address, or a shared country."""

    source_id: str | None = None
    country: Country | None = None
    parts: tuple[tuple[str, str], ...] = ()
    """With labels: ("CITY", "Moscow")."""
    piece: _Piece = attrs.field(init=False)
    """Its source without the back references: hundreds of parties can share it."""
    back: dict[str, list[_Pair]] = attrs.field(init=False)
    """Its unresolved back references as (path, value), by key."""
    findings: Entry | None = None
    """The findings about it; None for none."""
    is_used: bool = False

    def __str__(self) -> str:
        """Everything in one line: the name of a country, as nationalities refer to it."""
        stated = [value for _, value in self.parts]
        return ", ".join(stated if self.country is None else [*stated, self.country.raw])

    @property
    def labelled(self) -> list[str]:
        """The labelled parts, for a note. The name of a country has the label "Unknown"."""
        return [f"{label}: {value}" for label, value in self.parts if label != "Unknown"]


class Party(Entry):
    """A party that is pending until its relations and its sanctions entries are read."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry.reading, entry.table, entry.origin, tuple)
        self.fields: Fields = {}
        self.lists: list[str] = []
        """Named lists of its entries, including the wrapper."""
        self.entries: list[str] = []
        """Keys of its entries."""
        self.links: list[str | None] = []
        """Keys of the entries that its relations cite."""
        self.pieces: list[_Piece] = []
        """The pieces of its source."""

    def add(self, field: str, *values: object) -> None:
        """Add values to a field."""
        self.fields.setdefault(field, []).extend(values)

    def check(self, path: str, key: str | None, known: Collection[str | None]) -> None:
        """Report a key that is missing or unresolved, and keep it as a Feature."""
        if key in known:
            return
        if key is not None:
            self.add("features", Feature(label=path, value=key))
            self.unmapped(path, "", key)
        message = f"{path} is {key!r}, an unresolved reference; it is kept as a Feature"
        self.issue(IssueKind.UNRESOLVED_REFERENCE, message, path)


class AdvancedReading(XmlReading):
    """One file while it is read."""

    def __init__(self, form: XmlFormat, source: InputFile, options: Options, root: Root) -> None:
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
        """The reader of an element of each section, in order."""
        self.paths = ("DateOfIssue", *self.readers)
        self.stated = options.list_id or list_of_name(source.name)
        """The list that the caller or the file name states."""
        self.audit.list_id = self.stated or ""
        self.at = 0
        """Position of the current element."""
        self.words: dict[str, dict[str, object]] = {}
        """Number → word, by set: "AliasType" for `AliasTypeValues`."""
        self.places: dict[str, Place] = {}
        self.met: set[str] = set()
        """Keys of the locations that the current party refers to."""
        self.documents: dict[str, list[tuple[Entry, _Piece]]] = {}
        """Pending documents, by their identity."""
        self.parties: list[Party] = []
        self.by_key: dict[str, Party] = {}
        self.rejected: set[str] = set()
        """Keys of parties without a name."""
        self.unresolved: set[str] = set()
        """Keys of parties that have an entry but are not in the file."""

    # The file

    def element(self, path: str, element: etree._Element, is_first: bool) -> None:
        if (read := self.readers.get(path)) is None:
            super().element(path, element, is_first)
            return
        read(element)
        self.at += 1
        if len(self.reading.texts) > _MOST_TEXTS:
            self.reading.texts.clear()

    def begin(self, first: Texts | None) -> None:
        """Read the header; the list may be known only at the end."""
        stated = self.root.attributes
        if stated.get("Version") != "3" or "DeltaBaseVersion" in stated:
            message = f"the file is not of version 3, or has only changes: {dict(stated)}"
            raise changed(message[:200], self.audit.where())
        self.is_begun = True
        self.header = self.read_header()
        self.audit.edition = str(self.header.published or "")

    def missing_parts(self, sections: Collection[str]) -> Sequence[str]:
        """Make the entities; sections, parties with entries, or entries of parties can be missing.

        The schema ties every entry to a party, but not every party to an entry. A few parties
        without one are reported and kept; if there are more, a part of the section is missing.
        """
        list_id = self.list_id(self.header)
        info = self.form.info(list_id, self.audit)
        self.reading.begin(info, self.edition(list_id, self.header))
        tables = [path.partition("/")[0] for path in self.readers if "/" in path]
        missing = [f"the section {name}" for name in tables if name not in sections]
        missing += [] if self.words else ["the section ReferenceValueSets"]
        if count := len(self.unresolved):
            missing.append(f"{count:,} parties that have sanctions entries")
        unlisted = sum(not one.lists for one in self.parties)
        if unlisted * _FEW > len(self.parties):
            missing.append(f"the sanctions entries of {unlisted:,} parties")
        self.make_entities()
        self.report_unreferenced()
        return missing

    def list_id(self, header: Header) -> str:
        """The list that the caller or the file name states, else the only one that fits all entries.

        Raises:
            InvalidInputError: The entries are of the other list, or fit both.
        """
        if self.options.list_id is not None and not self.options.verifies_list:
            return self.options.list_id
        listed = [one.lists for one in self.parties if one.lists]
        lists = {"us_ofac_sdn": SDN_LIST, "us_ofac_cons": WRAPPER}
        candidates = [
            key for key, name in lists.items() if listed and all(name in one for one in listed)
        ]
        return fitting_list(self.stated, candidates, "lists", self.audit)

    # Numbers and their words

    def value_sets(self, element: etree._Element) -> None:
        """Read `ReferenceValueSets`: from here on, texts have words instead of numbers."""
        if self.at:
            message = "occurs a second time, or after elements that need its words"
            raise self.changed("ReferenceValueSets", message, element)
        for group in element:
            kind = local_name(group.tag).removesuffix("Values")
            words = self.words.setdefault(kind, {})
            for value in group:
                key, word = value.get("ID", "").strip(), (value.text or "").strip()
                if kind == "AreaCode":  # "KP"; empty where the country is "undetermined"
                    word = value.get("Description", "").strip() or word
                elif kind == "PartySubType" and word == "Unknown":  # for persons and organizations
                    word = value.get("PartyTypeID", "").strip()
                # Not LegalBasisShortRef, which is shorter once: "Executive Order 13608 (Iran)" for
                # "Executive Order 13608 (Iran/Syria)", as the enhanced file prints it.
                meant = LegalBasis(title=word, source_id=key) if kind == "LegalBasis" else word
                if not key or len(value) or words.setdefault(key, meant) != meant:
                    message = (
                        f"a value of {kind}Values has no ID, a duplicate ID, or more than a text"
                    )
                    source = pairs_of(value, local_name(value.tag))
                    self.report_element(
                        f"ReferenceValueSets/{kind}Values", message, source, value.sourceline
                    )
            base = local_name(group.tag)
            if own := [one for one in pairs_of(group, base) if one[0].partition("@")[0] == base]:
                message = f"{base} has more than values"
                self.report_element(f"ReferenceValueSets/{base}", message, own, group.sourceline)
        kinds, types = self.words.get("PartySubType", {}), self.words.get("PartyType", {})
        kinds.update({key: types.get(cast("str", kinds[key]), kinds[key]) for key in kinds})
        self.give_words(self.maker.shape)
        self.begin({})

    def give_words(self, shape: Shape) -> None:
        """Replace numbers by words in everything that is read from here on."""
        for name, (key, path, _) in shape.attributes.items():
            kind = name.rpartition("-")[2].removesuffix("ID")
            if name.endswith("ID") and kind not in _KEYS:
                words = CodeTable(self.words.get(kind, {}), partial(self.unknown, kind, path))
                shape.attributes[name] = (key, path, words)
        for child in shape.children.values():
            self.give_words(child)

    def unknown(self, kind: str, path: str, key: str, entry: Entry) -> object:
        """The substitute for the word of an unknown number."""
        message = f"{path} refers to {key!r}, which {kind}Values lacks; others are not reported"
        entry.issue(IssueKind.UNRESOLVED_REFERENCE, message, path, once=f"{kind} {key}")
        return LegalBasis(title=key, source_id=key) if kind == "LegalBasis" else key

    # Elements and their source

    def take(self, element: etree._Element, entry: Entry, *, keeps: bool = False) -> Texts:
        """The texts of an element of a section; a party gets its source."""
        texts: Texts = {}
        shape = self.maker.shape.children[str(element.tag)]
        entry.kept = [] if keeps or self.reading.keeps_source else None
        take(element, shape, texts, entry)
        if entry.kept is not None and shape.maker is not None and shape.maker.labels is not None:
            entry.spans.append((0, len(entry.kept), shape.maker.labels.of(texts)))
        if entry.kept is not None and isinstance(entry, Party):
            entry.pieces.append(self.piece(entry))
        return texts

    def piece(self, entry: Entry) -> _Piece:
        """The source that an entry has kept, which is then released."""
        once, source = self.reading.once, self.reading.source_of(entry.kept or ())
        made = (
            self.at,
            source,
            once(tuple[str, ...], tuple(entry.labels())),
        )  # many share the same labels
        entry.kept, entry.spans = None, []
        return made

    def make(self, path: str, texts: Texts, entry: Entry) -> Any:  # noqa: ANN401 - as its table says
        """The result for an element with its own table."""
        shape = self.maker.shape
        for step in path.split("/"):
            shape = shape.children[self.root.tag(step)]
        return cast("Maker", shape.maker).make(texts, entry)

    def of_party(self, element: etree._Element, key: str) -> Party | None:
        """The party that an element refers to; an unresolved reference is reported."""
        found = self.by_key.get(element.get(key, "").strip())
        if found is None:
            base = local_name(element.tag)
            message = f"{key} is {element.get(key)!r}, and no party has this key"
            self.report_element(base, message, pairs_of(element, base), element.sourceline)
        return found

    def report_element(
        self, path: str, message: str, source: Pairs | Source, line: int | None = None
    ) -> None:
        """Report an element that cannot be placed, with all its values."""
        self.audit.issue(
            IssueKind.UNRESOLVED_REFERENCE, message, path=path, line=line, source=source
        )

    # Locations and documents

    def location(self, element: etree._Element) -> None:
        """Read a `Location`, which is pending until a party refers to it."""
        entry, line = self.new_entry(self.maker, element), element.sourceline
        texts = self.take(element, entry, keeps=True)
        at, source, labels = self.piece(entry)
        own: list[tuple[_Pair, str]] = []
        back: dict[str, list[_Pair]] = {}
        for pair, label in zip(source or (), labels, strict=True):
            if pair[0] in _BACK:
                back.setdefault(pair[1].strip(), []).append(pair)
            else:
                own.append((pair, label))
        key = texts.get("@ID")
        if key is None or key in self.places:
            message = f"the ID of a location is missing or a duplicate: {key!r}"
            self.report_element("Location", message, source or (), line)
            return
        # Back references are not values: there can be hundreds.
        texts = {at: text for at, text in texts.items() if not at.endswith("Reference")}
        if (count := len(own)) > _MOST_VALUES:
            message = f"the location {key} has {count:,} values; the limit is {_MOST_VALUES}"
            raise limit_exceeded(message, self.audit.where(path="Location", line=line))
        place: Place = self.make("Location", texts, entry)
        source = self.reading.source_of([pair for pair, _ in own])
        place.piece, place.back = (at, source, tuple([label for _, label in own])), back
        place.findings = entry if entry.has_findings else None
        self.places[key] = place

    def join_place(self, one: Party, texts: Texts, at: str, path: str, back: str) -> None:
        """Replace the key of a location by the location, if it exists and refers back."""
        if (key := texts.pop(at, None)) is None:
            return
        place = self.places.get(key)
        named = None if place is None else place.back.pop(back, None)
        one.check(path, key, () if named is None else (key,))
        if place is None:
            return
        texts[at], place.is_used = place, True
        if key not in self.met:
            self.met.add(key)
            # Other back references of a shared location (all Russians to Russia) are in other sources.
            one.pieces.append(place.piece)
            if place.findings is not None:
                one.include(place.findings)
        if named is not None:
            one.pieces.append((place.piece[0], self.reading.source_of(named), ("",) * len(named)))

    def document(self, element: etree._Element) -> None:
        """Read an `IDRegDocument`, which is pending until the party with its identity is read."""
        entry = self.new_entry(self.maker, element)
        entry.texts = self.take(element, entry, keeps=True)
        identity = entry.texts.get("@IdentityID", "")
        self.documents.setdefault(identity, []).append((entry, self.piece(entry)))

    # Parties

    def distinct_party(self, element: etree._Element) -> None:
        """Read a `DistinctParty`, with everything that refers to it so far."""
        self.audit.read += 1
        one = Party(self.new_entry(self.maker, element))
        texts = self.take(element, one)
        features: list[Texts] = texts.pop(_FEATURE, [])
        self.join_names(one, texts)
        one.fields |= self.maker.fields(texts, one)
        key: str = one.fields.get("id", "")
        aliases: list[list[Fields]] = one.fields.get("names", [])
        names = one.fields["names"] = [
            Name(**form, group_id=str(number))
            for number, alias in enumerate(aliases, start=1)
            for form in alias
        ]
        names.sort(key=_rank)
        if not names:
            self.rejected.add(key)
            message = "the party has no name, so it cannot become an entity"
            source, line = pairs_of(element, "DistinctParty"), one.origin.line
            self.audit.issue(IssueKind.REJECTED, message, entry=key, line=line, source=source)
            return
        self.parties.append(one)
        if key:
            self.by_key.setdefault(key, one)
        self.met.clear()
        identity: str = texts.get(f"{_IDENTITY}@ID", "")
        bearers = {name.source_id for name in names}
        for document, piece in self.documents.pop(identity, ()):
            one.include(document)
            one.pieces.append(piece)
            texts, at = document.texts, "@IssuedIn-LocationID"
            self.join_place(one, texts, at, f"IDRegDocument{at}", texts.get("@ID", ""))
            made: Identifier = self.make("IDRegDocument", texts, one)
            path = "IDRegDocument/DocumentedNameReference@DocumentedNameID"
            one.check(path, made.name_id, bearers)
            one.add("identifiers", made)
        for feature in features:
            at = "IdentityReference@IdentityID"
            one.check(f"{_FEATURE}/{at}", feature.get(at), (identity,))
            at = "VersionLocation@LocationID"
            for version in feature.get("FeatureVersion", ()):
                path = f"{_FEATURE}/FeatureVersion/{at}"
                self.join_place(one, version, at, path, version.get("@ID", ""))
            fact: LabelledFact | Address
            for fact in self.make(_FEATURE, feature, one) or ():
                if isinstance(fact, Address):
                    one.add("addresses", fact)
                else:
                    put_fact(one.fields, fact, one, f"{_FEATURE}/FeatureVersion")
        if not self.reading.keeps_source:
            one.pieces.clear()

    def join_names(self, one: Party, texts: Texts) -> None:
        """Check the keys of a party, and replace the keys of name parts by their types."""
        same = (texts.get("DistinctParty@FixedRef"),)
        for path in ("DistinctParty/Profile@ID", f"{_IDENTITY}@FixedRef"):
            one.check(path, texts.get(path), same)
        groups = [each for master in texts.pop(_GROUPS, ()) for each in master["NamePartGroup"]]
        types = {each.get("@ID"): each.get("@NamePartTypeID") for each in groups}
        used: set[str | None] = set()
        for alias in texts.get(_ALIAS, ()):
            one.check(f"{_ALIAS}@FixedRef", alias.get("@FixedRef"), same)
            primary = alias.get("@Primary", "")
            if (primary == "true") != (alias.get("@AliasTypeID") == "Name"):
                one.unexpected.append((f"{_ALIAS}@Primary", primary))
            for name in alias.get("DocumentedName", ()):
                one.check(f"{_NAME}@FixedRef", name.get("@FixedRef"), same)
                at = "NamePartValue@NamePartGroupID"
                for part in name.get("DocumentedNamePart", ()):
                    key = part.pop(at, None)
                    used.add(key)
                    if (kind := types.get(key)) is None:
                        one.check(f"{_NAME}/DocumentedNamePart/{at}", key, ())
                    else:
                        part[at] = kind
        for key in types:
            one.check(f"{_GROUPS}/NamePartGroup@ID", key, used)

    # Relations and sanctions entries

    def relationship(self, element: etree._Element) -> None:
        """Read a `ProfileRelationship`: "From … type … To", a relation of From."""
        if (one := self.of_party(element, "From-ProfileID")) is None:
            return
        texts = self.take(element, one)
        made: Relation | None = self.make("ProfileRelationship", texts, one)
        one.links.append(texts.get("@SanctionsEntryID"))
        if made is not None:
            other = self.by_key.get(made.to.source_id or "")
            name = "" if other is None else other.fields["names"][0].text
            one.add("relations", attrs.evolve(made, to=attrs.evolve(made.to, name=name)))

    def sanctions_entry(self, element: etree._Element) -> None:
        """Read a `SanctionsEntry`: a listing with its date, programs and measures."""
        if (one := self.of_party(element, "ProfileID")) is None:
            self.unresolved |= {element.get("ProfileID", "").strip()} - self.rejected
            return
        texts = self.take(element, one)
        one.lists.append(texts.get("@ListID", ""))
        one.entries.append(texts.get("@ID", ""))
        made: Fields = self.make("SanctionsEntry", texts, one) or {}
        for field, values in made.items():
            one.add(field, *values)

    # At the end

    def make_entities(self) -> None:
        """Convert the parties; each is released at once, so that memory stays low."""
        self.by_key.clear()
        self.parties.reverse()
        while self.parties:
            one = self.parties.pop()
            entries = set(one.entries)
            for key in one.links:
                one.check("ProfileRelationship@SanctionsEntryID", key, entries)
            if "listings" not in one.fields:
                message = "no sanctions entry states the list of this party"
                one.issue(IssueKind.UNRESOLVED_REFERENCE, message)
            # Each entry of a party repeats its programs, measures and legal bases, whatever its list.
            tags = dict.fromkeys(one.fields.get("programs", ()))
            one.fields["programs"] = [program(tag, one) for tag in tags]
            for field in ("legal_bases", "measures"):  # equal ones are one object
                found = {id(each): each for each in one.fields.get(field, ())}
                one.fields[field] = list(found.values())
            if self.reading.keeps_source:
                one.kept = []
                for _, source, labels in sorted(one.pieces, key=lambda piece: piece[0]):
                    start = len(one.kept)
                    one.kept.extend(source or ())
                    one.spans += [(at, at + 1, label) for at, label in enumerate(labels, start)]
            one.read(party(one.fields, one))

    def report_unreferenced(self) -> None:
        """Report documents and locations that belong to no party, with all their values."""
        for group in self.documents.values():
            for document, (_, source, _) in group:
                message = f"no party has the identity {document.texts.get('@IdentityID')!r}"
                self.report_element("IDRegDocument", message, source or (), document.origin.line)
        for key, place in self.places.items():
            own = () if place.is_used else place.piece[1] or ()
            if pairs := [*own, *[pair for each in place.back.values() for pair in each]]:
                message = (
                    f"the location {key} belongs to no party, or has unresolved back references"
                )
                self.report_element("Location", message, pairs)


def _rank(name: Name) -> int:
    """Primary names first, and among them the Latin one."""
    if name.kind is not NameKind.PRIMARY:
        return 2
    return 0 if name.script == "Latn" else 1
