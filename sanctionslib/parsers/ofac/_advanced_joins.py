"""The sections of OFAC's advanced XML, joined to parties in one pass.

Locations and documents wait for their party, parties for their relations and their entries.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from lxml import etree

from sanctionslib.answers import IssueKind
from sanctionslib.errors import StructureChangedError
from sanctionslib.model import (
    AliasStrength,
    EntityRef,
    Event,
    LegalBasis,
    Listing,
    Measure,
    MeasureKind,
    Name,
    NameKind,
    NamePart,
    NamePartKind,
    Origin,
    Person,
    Record,
    Relation,
)
from sanctionslib.parsers._engine.entry import Entry, Reading
from sanctionslib.parsers._engine.maker import Maker, Shape, Texts
from sanctionslib.parsers._engine.rules import Fields
from sanctionslib.parsers._engine.values import country
from sanctionslib.parsers._engine.xml import take
from sanctionslib.parsers._engine.xml_entries import local_name, record_of
from sanctionslib.parsers.ofac import _advanced_drafts as drafts
from sanctionslib.parsers.ofac._advanced_drafts import Pending, Piece, Place
from sanctionslib.parsers.ofac._advanced_sets import Sets
from sanctionslib.parsers.ofac._shared import (
    ID_SPACE,
    address_of,
    joined,
    party,
    put_fact,
    put_feature,
    put_identifier,
)
from sanctionslib.parsers.ofac._words import ORDINARY, SCRIPTS, WRAPPER
from sanctionslib.reference import named_lists, ofac_label

__all__ = ["PROGRAM", "Joins"]

PROGRAM = "a program"
"""What a measure of the type "Program" is; its tag is the comment."""

_MOST_VALUES = 200
"""Values that a location may have, those aside that say who refers to it; of OFAC's the longest has 34.
Each party that refers to it gets them all, and any number of parties can."""

_PARTY, _LOCATION, _DOCUMENT = "DistinctParty", "Location", "IDRegDocument"
_RELATION, _ENTRY = "ProfileRelationship", "SanctionsEntry"
_IDENTITY = f"{_PARTY}/Profile/Identity"
_ALIAS = f"{_IDENTITY}/Alias"
_NAME = f"{_ALIAS}/DocumentedName"
_GROUP = f"{_IDENTITY}/NamePartGroups/MasterNamePartGroup/NamePartGroup"
_FEATURE = f"{_PARTY}/Profile/Feature"
_FACT = f"{_FEATURE}/FeatureVersion"
_EVENT = f"{_ENTRY}/EntryEvent"
_BACK = (
    f"{_LOCATION}/FeatureVersionReference@FeatureVersionID",
    f"{_LOCATION}/IDRegDocumentReference@IDRegDocumentID",
)
"""Where a location says who refers to it."""

_VALID = {"Valid": None, "Fraudulent": False}
"""Every document is "Valid" but false ones, also one that expired long ago: it is no promise."""
_DATES = {"Issue Date": "issued", "Expiration Date": "expires"}
_FORMER = {"true": True, "false": False}


class Joins:
    """The parties of a file, and what waits for them."""

    def __init__(self, maker: Maker, reading: Reading, sets: Sets, member: str) -> None:
        self.maker = maker
        self.reading = reading
        self.sets = sets
        self.audit = reading.audit
        self.keeps_source = reading.keeps_source
        self.member = member
        self.at = 0
        """Position of the element that is read."""
        self.pending: list[Pending] = []
        self.by_key: dict[str, Pending] = {}
        self.rejected: set[str] = set()
        """Keys of parties without a name."""
        self.unresolved: set[str] = set()
        """Keys of parties that have an entry and are not in the file."""
        self.places: dict[str, Place] = {}
        self.documents: dict[str, list[drafts.IDRegDocument]] = {}
        """Documents by the identity that they are of."""
        self.labels: dict[tuple[str, ...], tuple[str, ...]] = {}
        """Labels of sources: most have the same, which are shared."""

    def make_entities(self) -> None:
        """Each party is dropped as soon as it is an entity, so that memory stays low."""
        self.by_key.clear()
        self.pending.reverse()
        while self.pending:
            one = self.pending.pop()
            entry = one.entry
            for relation, key in one.links:
                if key not in one.entries:
                    why = f"the relation to {relation.to} names no entry of the party"
                    one.dangling(f"{_RELATION}@SanctionsEntryID", key, why)
            if not one.lists:
                says = (
                    "no sanctions entry is of this party: the file does not say on which list it is"
                )
                entry.issue(IssueKind.DANGLING, says)
            elif "listings" not in one.fields:
                says = (
                    f"the party is on no list but {WRAPPER!r}, which is a wrapper and none itself"
                )
                entry.issue(IssueKind.STRUCTURE, says)
            one.fields |= {
                "programs": list(one.programs),
                "bases": list(one.bases.values()),
                "measures": list(one.measures.values()),
            }
            if self.keeps_source:
                one.pieces.sort(key=lambda piece: piece.at)
                entry.kept = [pair for piece in one.pieces for pair in piece.record]
                labels = [label for piece in one.pieces for label in piece.labels]
                entry.spans = [(at, at + 1, label) for at, label in enumerate(labels) if label]
            entry.read(party(one.fields, entry))
        self.reading.finish()

    def report_orphans(self) -> None:
        """Report what belongs to no party, with all that it says."""
        for group in self.documents.values():
            for one in group:
                says = f"no party has the identity {one.identity or None!r}"
                self.orphan(_DOCUMENT, says, one.source.record, one.entry.origin.line)
        for key, place in self.places.items():
            says = f"no party refers to the location {key}"
            if place.used:
                named = ", ".join(sorted(place.back)[:5])
                says = f"the location {key} names {len(place.back):,} facts or documents that do not refer to it: {named}"
            if place.back or not place.used:
                self.orphan(_LOCATION, says, place.source.record)

    def orphan(self, base: str, says: str, record: Record | None, line: int | None = None) -> None:
        """Report an element that belongs to no party, with all that it says."""
        self.audit.issue(IssueKind.DANGLING, says, path=base, line=line, record=record)

    # Elements, drafts and their source

    def new_entry(self, element: etree._Element | None, *, keeps: bool = False) -> Entry:
        """What is strange about an element; with its source where nobody asks for it, too."""
        line = None if element is None else element.sourceline
        origin = Origin(member=self.member, line=line, path=self.maker.origin)
        entry = Entry(self.reading, self.maker, origin, lambda: None)
        entry.kept = [] if keeps or self.keeps_source else None
        return entry

    def draft(self, element: etree._Element, entry: Entry) -> object:
        """The draft of an element of a section."""
        texts: Texts = {}
        shape: Shape = self.maker.shape.children[str(element.tag)]
        take(element, shape, texts, entry)
        return (shape.maker or self.maker).make(texts, entry)

    def piece(self, entry: Entry, label: str = "") -> Piece:
        """The source that an entry kept, which then keeps it no longer."""
        labels: list[str] = []
        if self.keeps_source:
            labels = [label] * len(entry.kept or ()) if label else entry.labels()
        made = self.piece_of(self.at, entry.kept or (), labels)
        entry.kept, entry.spans = None, []
        return made

    def piece_of(self, at: int, pairs: Sequence[tuple[str, str]], labels: Sequence[str]) -> Piece:
        """A source of pairs and their labels."""
        record = self.reading.record_of(pairs) or Record((), ())
        labels = tuple(labels)
        return Piece(at=at, record=record, labels=self.labels.setdefault(labels, labels))

    def of_party(
        self, element: etree._Element, key: str
    ) -> tuple[Pending, object] | tuple[None, None]:
        """The party that an element names, and the draft of it; where there is none, it is reported."""
        found = self.by_key.get(element.get(key, "").strip())
        if found is None:
            base = local_name(element.tag)
            says = f"{key} is {element.get(key)!r}, and no party has this key"
            self.orphan(base, says, record_of(element, base=base), element.sourceline)
            return None, None
        found.entry.kept = [] if self.keeps_source else None
        return found, self.draft(element, found.entry)

    def keep(self, pending: Pending, label: str = "") -> None:
        """Make the source of an element a piece of that of its party."""
        if self.keeps_source:
            pending.pieces.append(self.piece(pending.entry, label))

    # Locations

    def location(self, element: etree._Element) -> None:
        """`Location`: waits for the parties that refer to it."""
        entry = self.new_entry(element, keeps=True)
        draft = cast("drafts.Location", self.draft(element, entry))
        pairs = entry.kept or []
        source = own = self.piece(entry)
        back = [pair for pair in pairs if pair[0] in _BACK]
        key = draft.source_id
        if key is None or key in self.places:
            says = f"the ID of a location is missing, or given twice: {key!r}"
            self.orphan(_LOCATION, says, source.record, element.sourceline)
            return
        if len(pairs) - len(back) > _MOST_VALUES:
            raise StructureChangedError(
                f"the location {key} has {len(pairs) - len(back):,} values, and {_MOST_VALUES} are the most",
                where=self.audit.where(path=_LOCATION, line=element.sourceline),
                hint="do not trust this file: fetch it again from the publisher",
            )
        if back and self.keeps_source:
            kept = [at for at, pair in enumerate(pairs) if pair[0] not in _BACK]
            labels = [source.labels[at] for at in kept]
            own = self.piece_of(self.at, [pairs[at] for at in kept], labels)
        named = {value.strip(): (path, value) for path, value in back}
        if len(named) < len(back):
            says = f"the location {key} names a fact or a document twice"
            self.orphan(_LOCATION, says, source.record, element.sourceline)
        self.find_country(draft, entry)
        strange = None if entry.is_plain else entry
        self.places[key] = Place(draft=draft, source=source, own=own, back=named, entry=strange)

    def find_country(self, draft: drafts.Location, entry: Entry) -> None:
        """The country of a location: its own, else that of its area code ("undetermined")."""
        if (area := draft.area) is None:
            return
        path = f"{_LOCATION}/LocationAreaCode@AreaCodeID"
        of_area = self.sets.more("AreaCode", area, "CountryID")
        if draft.country is None:
            said = self.sets.more("AreaCode", area, "Description")
            said = said or self.sets.word("AreaCode", area, path, entry)
            draft.country = country(said, entry)
        elif self.sets.word("Country", of_area, path, entry) != draft.country.raw:
            entry.unexpected.append((path, area))

    def place(self, pending: Pending, key: str, path: str, back: str) -> drafts.Location | None:
        """A location by its key; one that is not there, or does not refer back, is reported."""
        place = self.places.get(key)
        if place is None:
            pending.dangling(path, key, "no Location has this ID")
            return None
        if (named := place.back.pop(back, None)) is None:
            pending.dangling(path, key, "the location does not refer back")
        place.used = True
        at = place.source.at
        if at not in pending.places:
            pending.places.add(at)
            if place.entry is not None:
                pending.entry.include(place.entry)
            if self.keeps_source:
                # What else refers to a shared location (all Russians to Russia) is in other records.
                pending.pieces.append(place.own)
        if self.keeps_source and named is not None:
            pending.pieces.append(self.piece_of(at, (named,), ("",)))
        return place.draft

    # Documents

    def document(self, element: etree._Element) -> None:
        """`IDRegDocument`: waits for the party whose identity it names."""
        entry = self.new_entry(element, keeps=True)
        draft = cast("drafts.IDRegDocument", self.draft(element, entry))
        draft.source, draft.entry = self.piece(entry, draft.label), entry
        self.documents.setdefault(draft.identity, []).append(draft)

    def identifier(
        self, pending: Pending, draft: drafts.IDRegDocument, bearers: set[str | None]
    ) -> None:
        """A document of a party, whose names have these keys."""
        entry = pending.entry
        entry.include(draft.entry)
        notes = [draft.note]
        if (validity := draft.validity) in _VALID:
            draft.valid = _VALID[validity]
        elif validity is not None:
            notes.append(f"validity: {validity}")
        if draft.location is not None:
            path = f"{_DOCUMENT}@IssuedIn-LocationID"
            place = self.place(pending, draft.location, path, draft.source_id or "")
            if place is not None:
                notes.extend(place.labelled)
                if draft.country is None or draft.country.raw != place.name:
                    draft.issuer = joined(draft.issuer, place.name)
        for one in draft.dates:
            field = _DATES.get(one.label)
            if field is not None and one.date is not None and getattr(draft, field) is None:
                setattr(draft, field, one.date)
            else:
                path = f"{_DOCUMENT}/DocumentDate@IDRegDocDateTypeID"
                shown = "" if one.date is None else one.date.raw
                entry.unexpected.append((path, f"{one.label}: {shown}"))
        if draft.name_id is not None and draft.name_id not in bearers:
            path = f"{_DOCUMENT}/DocumentedNameReference@DocumentedNameID"
            pending.dangling(path, draft.name_id, "it is no name of the party")
        draft.note = joined(*notes)
        put_identifier(pending.fields, draft, ofac_label(draft.label))
        if self.keeps_source:
            pending.pieces.append(draft.source)

    # Parties

    def distinct_party(self, element: etree._Element) -> None:
        """`DistinctParty`: takes what refers to it, and waits for its relations and entries."""
        self.audit.read += 1
        entry = self.new_entry(element)
        draft = cast("drafts.DistinctParty", self.draft(element, entry))
        key = draft.id or draft.profile or ""
        fields: Fields = {"id": key, "kind": draft.kind, "raw_kind": draft.raw_kind}
        if draft.remarks is not None:
            fields["remarks"] = draft.remarks
        pending = Pending(key=key, entry=entry, fields=fields)
        pending.same_key(f"{_PARTY}/Profile@ID", draft.profile)
        pending.same_key(f"{_IDENTITY}@FixedRef", draft.party)
        fields["names"] = self.names(pending, draft)
        if not fields["names"]:
            self.reject(pending, element)
            return
        self.pending.append(pending)
        if key:
            self.by_key.setdefault(key, pending)
        self.keep(pending)
        bearers = {one.source_id for one in fields["names"]}
        for document in self.documents.pop(draft.identity, ()):
            self.identifier(pending, document, bearers)
        for feature in draft.facts:
            self.feature(pending, feature, draft.identity)

    def reject(self, pending: Pending, element: etree._Element) -> None:
        """Report a party without a name."""
        entry = pending.entry
        entry.key = pending.key
        entry.unexpected.clear()  # it stands in the record
        entry.tell()
        self.rejected.add(pending.key)
        self.audit.issue(
            IssueKind.REJECTED,
            "the party has no name at all, so no entity can be made of it",
            entry=pending.key,
            line=entry.origin.line,
            record=record_of(element, base=_PARTY),
        )

    def names(self, pending: Pending, draft: drafts.DistinctParty) -> list[Name]:
        """The names of a party: the primary ones first, of them the Latin one."""
        entry = pending.entry
        types = {one.key: one for one in draft.groups}
        used: set[str] = set()
        found: list[tuple[bool, bool, Name]] = []
        for position, alias in enumerate(draft.names, start=1):
            pending.same_key(f"{_ALIAS}@FixedRef", alias.party)
            before = len(found)
            for one in alias.names:
                if not one.parts:
                    continue
                pending.same_key(f"{_NAME}@FixedRef", one.party)
                name = self.name(pending, alias, one, types, str(position))
                used.update(part.group for part in one.parts)
                found.append((not alias.is_primary, not one.is_latin, name))
            if len(found) == before:
                entry.unexpected.append((f"{_ALIAS}@AliasTypeID", alias.raw_kind))
        for key in types:
            if key not in used:
                pending.dangling(f"{_GROUP}@ID", key, "no part of a name has this type")
        found.sort(key=lambda one: one[:2])
        if found and found[0][0]:
            says = f"no name is marked as primary: it is kept as {found[0][2].text!r}"
            entry.issue(IssueKind.NO_PRIMARY_NAME, says)
        return [name for _, _, name in found]

    def name(
        self,
        pending: Pending,
        alias: drafts.Alias,
        documented: drafts.DocumentedName,
        types: dict[str, drafts.NamePartGroup],
        group_id: str,
    ) -> Name:
        """A name in one script; persons as "LAST, First Middle", in the letter case of the file."""
        entry = pending.entry
        named: list[NamePart] = []
        notes: list[str] = []
        for one in documented.parts:
            group = types.get(one.group)
            if group is None:
                path = f"{_NAME}/DocumentedNamePart/NamePartValue@NamePartGroupID"
                pending.dangling(path, one.group, "it names no type")
            kind = NamePartKind.WHOLE if group is None else group.kind
            if kind is None or group is None:
                notes.append(f"type of {one.text!r}: {'' if group is None else group.word}")
            named.append(NamePart(kind=kind or NamePartKind.WHOLE, text=one.text))
        script = ", ".join(dict.fromkeys([one.script for one in documented.parts]))
        if script not in SCRIPTS:
            notes.append(f"script: {script}")
            entry.unknown("script", script)
        is_strong = alias.strength is AliasStrength.STRONG
        unstated = is_strong and alias.kind is NameKind.PRIMARY
        return Name(
            text=_text(named) if pending.fields["kind"] is Person else _run(named),
            parts=tuple(named),
            kind=alias.kind,
            strength=AliasStrength.UNSTATED if unstated else alias.strength,
            script=SCRIPTS.get(script),
            group_id=group_id,
            note=joined(alias.note, documented.note, *notes),
            raw_kind=alias.raw_kind,
            raw_strength=alias.raw_strength,
            source_id=documented.source_id,
        )

    # Facts and addresses

    def feature(self, pending: Pending, draft: drafts.Feature, identity: str) -> None:
        """`Feature`: a labelled fact, or an address."""
        if draft.identity != identity:
            path = f"{_FEATURE}/IdentityReference@IdentityID"
            pending.dangling(path, draft.identity, "it is not the identity of the party")
        if not draft.versions:
            pending.entry.unexpected.append((f"{_FEATURE}@FeatureTypeID", draft.label))
        for fact in draft.versions:
            fact.label, fact.source_id = draft.label, draft.source_id
            place = None
            if fact.location is not None:
                path = f"{_FACT}/VersionLocation@LocationID"
                place = self.place(pending, fact.location, path, fact.key)
            if place is not None and draft.label == "Location":
                self.address(pending, place, fact)
            else:
                self.fact(pending, place, fact)

    def address(
        self, pending: Pending, place: drafts.Location, fact: drafts.FeatureVersion
    ) -> None:
        """A feature of the type Location: an address."""
        word = fact.reliability
        note = joined(
            fact.note,
            fact.word,
            fact.text,
            None if fact.date is None else f"date: {fact.date.raw}",
            None if word is None or word in ORDINARY else f"reliability: {word}",
        )
        beside: Fields = {"country": place.country, "source_id": place.source_id, "note": note}
        labelled = [(one.label, one.value) for one in place.parts]
        made = address_of(labelled, beside, pending.entry, f"{_LOCATION}/LocationPart")
        pending.fields.setdefault("addresses", []).append(made)

    def fact(
        self, pending: Pending, place: drafts.Location | None, fact: drafts.FeatureVersion
    ) -> None:
        """Any other feature: the value, and what stands beside it."""
        said = [one for one in (fact.word, fact.text) if one is not None]
        if place is not None:
            said = [place.name, *said, *place.labelled]
            if fact.is_country:
                fact.country = country(place.name, pending.entry)
        label = ofac_label(fact.label)
        fact.note = joined(fact.note, *said[1:])
        if not said and fact.date is not None and (label is None or label.is_date):
            said = [fact.date.raw]
        if said:
            fact.value = said[0]
            put_fact(pending.fields, fact, pending.entry, _FACT)
            return
        # A location that is not there, for one: no empty nationality of it.
        if label is None:
            pending.entry.unmapped(_FACT, fact.label, "")
        put_feature(pending.fields, fact, label)

    # Relations and sanctions entries

    def relationship(self, element: etree._Element) -> None:
        """`ProfileRelationship`: "From … type … To", a relation of From."""
        pending, made = self.of_party(element, "From-ProfileID")
        if pending is None:
            return
        draft = cast("drafts.ProfileRelationship", made)
        if draft.former is not None and draft.former not in _FORMER:
            pending.entry.unexpected.append((f"{_RELATION}@Former", draft.former))
        if draft.to is None:
            pending.dangling(f"{_RELATION}@To-ProfileID", "", "the relation leads nowhere")
        to = self.by_key.get(draft.to or "")
        name = "" if to is None else to.fields["names"][0].text
        relation = Relation(
            to=EntityRef(name=name, id_space=ID_SPACE, source_id=draft.to),
            kind=draft.kind,
            former=_FORMER.get(draft.former or ""),
            quality=None if draft.quality == "Unknown" else draft.quality,
            note=draft.note,
            raw_kind=draft.raw_kind,
            source_id=draft.source_id,
        )
        pending.fields.setdefault("relations", []).append(relation)
        if draft.entry is not None:
            pending.links.append((relation, draft.entry))
        self.keep(pending)

    def sanctions_entry(self, element: etree._Element) -> None:
        """`SanctionsEntry`: since when on which list, with which programs and measures."""
        pending, made = self.of_party(element, "ProfileID")
        if pending is None:
            key = element.get("ProfileID", "").strip()
            if key not in self.rejected:
                self.unresolved.add(key)
            return
        draft = cast("drafts.SanctionsEntry", made)
        entry, named = pending.entry, draft.list_name
        pending.entries.add(draft.source_id or "")
        if named in pending.lists:
            says = f"the party has a second entry for the list {named!r}; both are kept"
            entry.issue(IssueKind.DUPLICATE_ID, says)
        pending.lists.add(named)
        events = [self.event(pending, one) for one in draft.events]
        dated = tuple([one for one in events if one is not None])
        if not dated:
            says = f"the entry for the list {named!r} has no dated event"
            entry.issue(IssueKind.STRUCTURE, says)
        if named == WRAPPER:
            # Its own dates are technical (10 October 2014 for all before), a remark would not be.
            notes = [one.note for one in draft.events if one.note is not None]
            entry.unexpected.extend([(f"{_EVENT}/Comment", note) for note in notes])
        else:
            if named not in named_lists:
                entry.unknown("list", named)
            listing = Listing(list_name=named, events=dated, source_id=draft.source_id)
            pending.fields.setdefault("listings", []).append(listing)
        for one in draft.measures:
            self.measure(pending, one)
        self.keep(pending, WRAPPER if named == WRAPPER else "")

    def event(self, pending: Pending, draft: drafts.EntryEvent) -> Event | None:
        """`EntryEvent`; None for one without a date, which is unexpected."""
        basis = None
        if draft.basis is not None:
            path = f"{_EVENT}@LegalBasisID"
            # The text, as the enhanced file prints it; LegalBasisShortRef is shorter once:
            # "Executive Order 13608 (Iran)" for "Executive Order 13608 (Iran/Syria)".
            title = self.sets.word("LegalBasis", draft.basis, path, pending.entry)
            if title != "Unknown":  # old entries of CUBA
                basis = self.reading.once(_basis, title, draft.basis)
                pending.bases.setdefault(draft.basis, basis)
        if draft.date is None:
            path = f"{_EVENT}@EntryEventTypeID"
            pending.entry.unexpected.append((path, joined(draft.raw_kind, draft.note) or ""))
            return None
        return Event(
            kind=draft.kind, date=draft.date, act=basis, raw_kind=draft.raw_kind, note=draft.note
        )

    def measure(self, pending: Pending, draft: drafts.SanctionsMeasure) -> None:
        """`SanctionsMeasure`: a program, whose tag is the comment, or a measure."""
        when = None if draft.date is None else f"date: {draft.date.raw}"
        if draft.kind != PROGRAM:
            key = (draft.raw, joined(draft.note, when))
            kind = cast("MeasureKind | None", draft.kind)
            pending.measures.setdefault(key, self.reading.once(_measure, kind, *key))
            return
        if draft.note is None or when is not None:
            path = f"{_ENTRY}/SanctionsMeasure/DatePeriod"
            pending.entry.unexpected.append((path, when or draft.raw))
        if draft.note is not None:
            pending.programs[draft.note] = None


def _basis(title: str, number: str) -> LegalBasis:
    return LegalBasis(title=title, source_id=number)


def _measure(kind: MeasureKind | None, raw: str, note: str | None) -> Measure:
    return Measure(kind=kind, raw=raw, note=note)


def _run(parts: list[NamePart]) -> str:
    return " ".join([one.text for one in parts])


def _text(parts: list[NamePart]) -> str:
    """A person's name as OFAC prints it: "LAST, First Middle"."""
    family = _run([one for one in parts if one.kind is NamePartKind.FAMILY])
    others = _run([one for one in parts if one.kind is not NamePartKind.FAMILY])
    return f"{family}, {others}" if family and others else family or others
