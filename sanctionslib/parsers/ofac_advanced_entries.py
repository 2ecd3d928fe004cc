"""Relations and sanctions entries of OFAC's advanced XML, and the parties as a whole → entities."""

from __future__ import annotations

from collections import Counter
from itertools import repeat

import attrs
from lxml import etree

from sanctionslib.answers import IssueKind
from sanctionslib.model import (
    Edition,
    Entity,
    EntityRef,
    Event,
    EventKind,
    Listing,
    Origin,
    PartialDate,
    Record,
    Relation,
)
from sanctionslib.parsers._branches import Branch
from sanctionslib.parsers._keys import Keys
from sanctionslib.parsers._ofac_dates import from_four_days
from sanctionslib.parsers._ofac_party import ID_SPACE, joined
from sanctionslib.parsers._ofac_tables import WRAPPER
from sanctionslib.parsers.ofac_advanced_joins import Half, Joins
from sanctionslib.parsers.ofac_advanced_tables import (
    DATES,
    DOCUMENT,
    ENTRY,
    LOCATION,
    PARTY,
    PROFILE,
    RELATION,
)
from sanctionslib.parsers.ofac_advanced_values import day_of, period_of
from sanctionslib.reference import named_lists

__all__ = ["Entries"]

_EVENT = f"{ENTRY}/EntryEvent"
_MEASURE = f"{ENTRY}/SanctionsMeasure"
_EVENTS = {"Created": EventKind.LISTED}
_ORIGIN = "Sanctions/DistinctParties/DistinctParty"
_FORMER = {"true": True, "false": False}


class Entries:
    """Reads the sections after the parties, one method per element, and finishes the parties."""

    def __init__(self, joins: Joins) -> None:
        self.joins = joins
        self.audit = joins.audit
        self.party = joins.party
        self.strangers: set[str] = set()
        """Keys of parties that have an entry and are not in the file."""
        self.events: dict[tuple[str | None, ...], Event] = {}

    def relationship(self, element: etree._Element) -> None:
        """`ProfileRelationship`: "From … type … To", a relation of From."""
        branch, odd = self.joins.grow(element, RELATION)
        half = self.owner(branch.get("From-ProfileID"), element, RELATION, "From-ProfileID")
        to = branch.get("To-ProfileID")
        if half is None:
            return
        half.odd.extend(odd)
        path = f"{RELATION}@RelationTypeID"
        text = self.joins.word("RelationType", branch.get("RelationTypeID"), path, half.uid)
        quality = branch.get("RelationQualityID")
        if quality is not None:
            quality = self.joins.word(
                "RelationQuality", quality, f"{RELATION}@RelationQualityID", half.uid
            )
        former = branch.get("Former")
        if former is not None and former not in _FORMER:
            half.odd.append((f"{RELATION}@Former", former))
        if to is None:
            self.joins.dangling(half, f"{RELATION}@To-ProfileID", "", "the relation leads nowhere")
        made = Relation(
            to=EntityRef(name=self.joins.names.get(to or "", ""), id_space=ID_SPACE, source_id=to),
            kind=self.party.relation_kind(half, text),
            former=_FORMER.get(former or ""),
            quality=None if quality == "Unknown" else quality,
            note=branch.get("Comment"),
            raw_kind=text,
            source_id=branch.get("ID"),
        )
        half.links.append((made, branch.get("SanctionsEntryID")))
        if self.joins.records:
            self.joins.keep(half, self.joins.at, self.joins.record(element, RELATION))

    def sanctions_entry(self, element: etree._Element) -> None:
        """`SanctionsEntry`: since when on which list, with which programs and measures."""
        branch, odd = self.joins.grow(element, ENTRY)
        uid = branch.get("ProfileID")
        half = self.owner(uid, element, ENTRY, "ProfileID")
        if half is None:
            if uid not in self.joins.rejected:
                self.strangers.add(uid or "")
            return
        half.odd.extend(odd)
        number = branch.get("ListID")
        named = self.joins.word("List", number, f"{ENTRY}@ListID", half.uid)
        key = branch.get("ID")
        half.entries.add(key or "")
        if named in half.lists:
            self.audit.issue(
                IssueKind.DUPLICATE_ID,
                f"the party has a second entry for the list {named!r}; both are kept",
                entry=half.uid,
                line=element.sourceline,
            )
        half.lists.add(named)
        events = [self.event(half, event) for event in branch.all("EntryEvent")]
        dated = tuple([event for event in events if event is not None])
        if not dated:
            self.audit.issue(
                IssueKind.STRUCTURE,
                f"the entry for the list {named!r} has no dated event",
                entry=half.uid,
                line=element.sourceline,
            )
        if named == WRAPPER:
            # Its own dates are technical (10 October 2014 for all before), a remark would not be.
            for event in branch.all("EntryEvent"):
                if (note := event.get("Comment")) is not None:
                    half.odd.append((f"{_EVENT}/Comment", note))
        else:
            if named not in named_lists:
                self.audit.unknown("list", named, half.uid)
            half.listings.append(Listing(list_name=named, events=dated, source_id=key))
        for measure in branch.all("SanctionsMeasure"):
            self.measure(half, measure)
        if self.joins.records:
            label = WRAPPER if named == WRAPPER else ""
            self.joins.keep(half, self.joins.at, self.joins.record(element, ENTRY), repeat(label))

    def event(self, half: Half, branch: Branch) -> Event | None:
        """`EntryEvent`; None for one without a date, which is odd."""
        path = f"{_EVENT}@EntryEventTypeID"
        word = self.joins.word("EntryEventType", branch.get("EntryEventTypeID"), path, half.uid)
        basis = None
        if (number := branch.get("LegalBasisID")) is not None:
            title = self.joins.references.legal_basis(number, f"{_EVENT}@LegalBasisID", half.uid)
            if title:
                basis = half.bases.setdefault(number, self.party.basis(title, number))
        day, text = day_of(branch.one("Date"))
        note = branch.get("Comment")
        if not text:
            half.odd.append((path, joined(word, note) or ""))
            return None
        if day is None:
            self.party.unread(half, text, f"{_EVENT}/Date")
        key = (text, word, number, note)
        if (made := self.events.get(key)) is None:
            kind = _EVENTS.get(word)
            if kind is None:
                self.audit.unknown("event", word, half.uid)
            date = from_four_days((day, day, day, day)) or PartialDate(raw=text)
            made = self.events[key] = Event(
                kind=kind, date=date, act=basis, raw_kind=word, note=note
            )
        return made

    def measure(self, half: Half, branch: Branch) -> None:
        """`SanctionsMeasure`: a program, whose tag is the comment, or a measure."""
        path = f"{_MEASURE}@SanctionsTypeID"
        word = self.joins.word("SanctionsType", branch.get("SanctionsTypeID"), path, half.uid)
        date = period_of(branch.one("DatePeriod"), DATES[2], half.odd)
        text, when = branch.get("Comment"), None if date is None else f"date: {date.raw}"
        if word == "Program":
            if text is None or when is not None:
                half.odd.append((f"{_MEASURE}/DatePeriod", when or word))
            if text is not None:
                half.tags[self.party.share(text)] = None
            return
        measure = self.party.measure(half, word)
        if (note := joined(text, when)) is not None:
            measure = attrs.evolve(measure, note=note)
        # Equal ones need not be the same: several directives restrict debt and equity.
        half.measures.setdefault((word, note), measure)

    def owner(self, uid: str | None, element: etree._Element, base: str, name: str) -> Half | None:
        """The party of that key; where there is none, the element is reported whole."""
        half = self.joins.by_uid.get(uid or "")
        if half is None:
            says = f"{name} is {uid!r}, and no party has this key"
            self.joins.orphan(base, says, self.joins.record(element, base), element.sourceline)
        return half

    def counts(self) -> Counter[str]:
        """How many parties have an entry for each list."""
        return Counter(name for half in self.joins.halves for name in half.lists)

    def unlisted(self) -> int:
        """How many parties have no entry at all."""
        return sum(not half.lists for half in self.joins.halves)

    def finish(self, edition: Edition, entities: list[Entity]) -> None:
        """Make the entities, in document order, and report what belongs to none."""
        self.party.belong_to(edition)
        keys = Keys(entities, self.audit, edition.list_id)
        self.joins.by_uid.clear()
        halves = self.joins.halves
        halves.reverse()
        while halves:  # each is dropped as soon as it is an entity, so that memory stays low
            half = halves.pop()
            keys.add(self.entity(half, edition.members[0]), line=half.line)
        keys.finish()
        for group in self.joins.documents.values():
            for waiting in group:
                says = f"no party has the identity {waiting.branch.get('IdentityID')!r}"
                self.joins.orphan(DOCUMENT, says, waiting.record, waiting.line)
        for place in self.joins.places.values():
            if not place.used:
                says = f"no party refers to the location {place.uid}"
                self.joins.orphan(LOCATION, says, place.record)
            elif place.back:
                says = (
                    f"the location {place.uid} names {len(place.back):,} facts or documents that do "
                    f"not refer to it: {', '.join(sorted(place.back)[:5])}"
                )
                self.joins.orphan(LOCATION, says, place.record)

    def entity(self, half: Half, member: str) -> Entity:
        """The entity of a party, now that all of it is read."""
        for relation, entry in half.links:
            if entry is not None and entry not in half.entries:
                path = f"{RELATION}@SanctionsEntryID"
                why = f"the relation to {relation.to} names no entry of the party"
                self.joins.dangling(half, path, entry, why)
        if not half.lists:
            self.audit.issue(
                IssueKind.DANGLING,
                "no sanctions entry is of this party: the file does not say on which list it is",
                entry=half.uid,
                line=half.line,
            )
        elif not half.listings:
            self.audit.issue(
                IssueKind.STRUCTURE,
                f"the party is on no list but {WRAPPER!r}, which is a wrapper and none itself",
                entry=half.uid,
                line=half.line,
            )
        half.programs = list(half.tags)
        half.relations = [relation for relation, _ in half.links]
        self.party.report(half, base=PARTY)
        self.party.report_kind(half, f"{PROFILE}@PartySubTypeID")
        designation = self.party.designation(
            tuple(half.programs),
            tuple(half.listings),
            bases=tuple(half.bases.values()),
            measures=tuple(half.measures.values()),
        )
        return self.party.entity(
            half,
            designation,
            remarks=half.remarks,
            origin=Origin(member=member, line=half.line, path=_ORIGIN),
            record=self.merged(half) if self.joins.records else None,
        )

    def merged(self, half: Half) -> Record:
        """The record: location, documents, party, relations and entries, in document order."""
        pieces = [record for _, record in sorted(half.pieces, key=lambda piece: piece[0])]
        paths = tuple([path for record in pieces for path in record.paths])
        values = tuple([value for record in pieces for value in record.values])
        return Record(self.joins.path_tuples.setdefault(paths, paths), values)
