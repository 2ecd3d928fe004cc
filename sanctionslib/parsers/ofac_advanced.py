"""OFAC's advanced XML: SDN_ADVANCED.XML and CONS_ADVANCED.XML → entities.

Documented by the publisher's schema (`ADVANCED_XML.xsd` of the Sanctions List Service, before 2024
`sdn_advanced.xsd`); both namespaces hold the same elements. It is OFAC's use of a data model of the
United Nations. What is odd about it:

* It is a set of tables in one file, joined by keys that point both forwards and backwards. One pass
  reads it: locations and documents wait for their party, parties for their entries.
* Nothing inside says which of the two files it is: the file name does, or the caller (`list_id=`),
  or else the entries. SDN_ADVANCED also gives the other lists of parties that are on several.
* It declares no number of entries. The sections vouch for each other instead: every entry has its
  party, and the parties have entries (all of those seen), or the file is not whole.
* Every entry of a party repeats the same programs, measures and legal bases, whatever its list. They
  are four sets of the party and are not multiplied out.
* "Consolidated List" is a wrapper around all parties of the non-SDN lists, and no list.
* A program is the comment of a measure of the type "Program".
* Names stand in the letter case of the file: "Markov, Ilya", where the classic file prints "MARKOV".
* All dates are periods of four days, see `_ofac_dates`. The period of a measure has none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date

import attrs
from lxml import etree

from sanctionslib.answers import IssueKind
from sanctionslib.errors import InvalidInputError, StructureChangedError
from sanctionslib.model import Edition, Entity, Fact, Scope
from sanctionslib.parsers._audit import AuditBuilder
from sanctionslib.parsers._branches import shapes
from sanctionslib.parsers._edition import check_parts, date_of, marked, title_of
from sanctionslib.parsers._format import CodeFormat, Head, Options, Parsed
from sanctionslib.parsers._ofac_list import told_by
from sanctionslib.parsers._ofac_party import ID_SPACE, PartyReader
from sanctionslib.parsers._ofac_tables import SDN_LIST, WRAPPER, list_of_name
from sanctionslib.parsers._source import Source
from sanctionslib.parsers._xml import (
    Root,
    XmlEntries,
    attributes_of,
    leaf_texts,
    local_name,
    record_of,
    sniff_root,
)
from sanctionslib.parsers.ofac_advanced_entries import Entries
from sanctionslib.parsers.ofac_advanced_joins import Joins
from sanctionslib.parsers.ofac_advanced_parties import Parties
from sanctionslib.parsers.ofac_advanced_tables import (
    DOCUMENT,
    ENTRY,
    FIXED,
    FIXED_WORDS,
    LISTS,
    LOCATION,
    MANY,
    PARTY,
    PATHS,
    RELATION,
    classify,
)
from sanctionslib.parsers.ofac_advanced_values import References
from sanctionslib.reference import authorities

__all__ = ["FORMAT"]

_DATE, _VALUES, _LINKS = "DateOfIssue", "ReferenceValueSets", "SanctionsEntryLinks"
_SECTIONS = (
    _DATE,
    _VALUES,
    f"Locations/{LOCATION}",
    f"IDRegDocuments/{DOCUMENT}",
    f"DistinctParties/{PARTY}",
    f"ProfileRelationships/{RELATION}",
    f"SanctionsEntries/{ENTRY}",
    _LINKS,
)
"""The sections of the file, in their order."""
_TABLES = tuple(path.partition("/")[0] for path in _SECTIONS if "/" in path)
"""Those that are tables, of which a file has all, though some may be empty."""
_ORDER = {path.rpartition("/")[2]: at for at, path in enumerate(_SECTIONS)}
_VERSION = "3"
_FEW = 200
"""One party of so many may be without an entry; all that were seen have one."""
_CHANGED = "the file is damaged, put together of two, or the format has changed: fetch it again"


def _recognise(head: Head) -> bool:
    return head.root is not None and head.root.name == "Sanctions"


def _parse(source: Source, options: Options) -> Parsed:
    root = sniff_root(source.head)
    assert root is not None  # _recognise saw it
    return _File(source, options, root).parse()


class _File:
    """One file while it is read."""

    def __init__(self, source: Source, options: Options, root: Root) -> None:
        self.source = source
        self.options = options
        self.root = root
        self.audit = AuditBuilder(source.name)
        self.list_id = options.list_id or list_of_name(source.name) or ""
        self.audit.list_id = self.list_id
        self.stated: date | None = None
        self.calendar = ""
        self.references = References(self.audit)
        self.joins: Joins | None = None
        self.readers: Mapping[str, Callable[[etree._Element], None]] = {}
        self.entries: Entries | None = None
        self._reached = -1
        self._section: object = None

    def parse(self) -> Parsed:
        with self.source.open(self.options.progress) as stream:
            children = XmlEntries(
                self.source,
                stream,
                self.root,
                _SECTIONS,
                attributes=("Version", "DeltaBaseVersion"),
            )
            for element in children:
                self.element(element)
        self.audit.outside(children.odd, "outside the sections")
        self.check_version(children.attributes)
        return self.finish(children.sections)

    def element(self, element: etree._Element) -> None:
        """One child of a section, or of the root."""
        name = local_name(element.tag)
        self.in_order(name, element)
        if name == _DATE:
            self.date_of_issue(element)
        elif name == _VALUES:
            self.reference_value_sets(element)
        elif name == _LINKS:
            if (record := record_of(element)) is not None:
                self.audit.issue(
                    IssueKind.STRUCTURE,
                    f"{_LINKS} is empty in every file; here it is not",
                    path=_LINKS,
                    line=element.sourceline,
                    record=record,
                )
        else:
            self.read(name, element)

    def read(self, name: str, element: etree._Element) -> None:
        """One location, document, party, relation or entry."""
        if self.joins is None:
            raise StructureChangedError(
                f"{name} stands before {_VALUES}",
                where=self.audit.where(path=name, line=element.sourceline),
                hint=_CHANGED,
            )
        self.joins.at += 1
        self.audit.read += name == PARTY
        self.readers[name](element)

    def in_order(self, name: str, element: etree._Element) -> None:
        """Refuse sections that come twice or in another order, as those of two files would."""
        at = _ORDER[name]
        section = element.getparent() if "/" in _SECTIONS[at] else element
        again = at == self._reached and section is not self._section
        if at < self._reached or again:
            raise StructureChangedError(
                f"{_SECTIONS[at].partition('/')[0]} comes "
                + ("a second time" if again else f"after {_SECTIONS[self._reached]}"),
                where=self.audit.where(path=name, line=element.sourceline),
                hint=_CHANGED,
            )
        self._reached, self._section = at, section

    def date_of_issue(self, element: etree._Element) -> None:
        """`DateOfIssue`: the date of the edition."""
        odd: list[tuple[str, str]] = []
        self.calendar = element.attrib.pop("CalendarTypeID", "")
        tags = {self.root.tag(name): name for name in ("Year", "Month", "Day")}
        texts = leaf_texts(element, tags, odd, _DATE)
        odd += [(f"{_DATE}@{local_name(name)}", text) for name, text in attributes_of(element)]
        pieces = [texts.get(name, "") for name in tags.values()]
        try:
            self.stated = date(*[int(piece) for piece in pieces])
        except (ValueError, OverflowError):
            if any(pieces):
                raise StructureChangedError(
                    f"{_DATE} is {'-'.join(pieces)[:40]}, where a day is meant",
                    where=self.audit.where(path=_DATE, line=element.sourceline),
                    hint=_CHANGED,
                ) from None
        self.audit.foreign(odd)

    def reference_value_sets(self, element: etree._Element) -> None:
        """`ReferenceValueSets`: from here on numbers can be read."""
        self.references.read(element)
        if self.calendar and self.references.word("CalendarType", self.calendar, _DATE, "") != (
            "Gregorian"
        ):
            raise StructureChangedError(
                f"{_DATE} is in a calendar that we do not know",
                where=self.audit.where(path=_DATE),
                hint=_CHANGED,
            )
        published, dated_by = date_of(self.stated, self.options, self.audit, at=_DATE)
        self.audit.edition = str(published or "")
        self.edition = Edition(
            list_id=self.list_id,
            id_space=ID_SPACE,
            publisher=authorities["OFAC"].name,
            format=FORMAT.name,
            published=published,
            dated_by=dated_by,
            scope=Scope.SAMPLE if self.root.is_sample else Scope.WHOLE,
            members=(self.source.name,),
            sha256=self.source.sha256,
            retrieved_at=self.options.retrieved_at,
            states=_STATES,
            ways_out=_WAYS_OUT,
        )
        fixed = {
            path: self.references.numbers(kind, words)
            for path, (kind, words) in FIXED_WORDS.items()
        }
        self.joins = joins = Joins(
            PartyReader(self.edition, self.audit),
            self.audit,
            self.references,
            shapes(self.root, PATHS, MANY, {**FIXED, **fixed}),
            records=self.options.records,
        )
        parties, self.entries = Parties(joins), Entries(joins)
        self.readers = {
            LOCATION: parties.location,
            DOCUMENT: parties.document,
            PARTY: parties.distinct_party,
            RELATION: self.entries.relationship,
            ENTRY: self.entries.sanctions_entry,
        }

    def check_version(self, attributes: Mapping[str, str]) -> None:
        """Refuse another version of the format, and a file that holds the changes alone."""
        version = attributes.get("Version")
        if version != _VERSION:
            raise StructureChangedError(
                f"the file is of version {version!r} of the format; {_VERSION!r} is known",
                where=self.audit.where(),
                hint=_CHANGED,
            )
        if (base := attributes.get("DeltaBaseVersion")) is not None:
            raise StructureChangedError(
                f"the file holds the changes since version {base} alone, and no list",
                where=self.audit.where(),
                hint="fetch SDN_ADVANCED.XML or CONS_ADVANCED.XML",
            )

    def finish(self, sections: Collection[str]) -> Parsed:
        """Make the entities, when all is read."""
        if self.entries is None:
            raise StructureChangedError(
                f"the file has no {_VALUES}", where=self.audit.where(), hint=_CHANGED
            )
        missing = [f"the section {name}" for name in _TABLES if name not in sections]
        missing += self.missing(self.entries)
        check_parts(missing, self.options, self.audit)
        self.check_list(self.entries)
        edition = attrs.evolve(
            self.edition, list_id=self.list_id, title=title_of(self.list_id, LISTS, self.audit)
        )
        self.audit.list_id = self.list_id
        entities: list[Entity] = []
        self.entries.finish(edition, entities)
        self.audit.built = len(entities)
        edition, made = marked(edition, entities, self.audit, missing=missing)
        return Parsed(
            entities=made,
            editions=(edition,),
            audit=self.audit.finish((edition,), classify if self.options.records else None),
        )

    def missing(self, entries: Entries) -> list[str]:
        """Parties that have entries and are not there, and parties without entries.

        The schema ties every entry to a party, and not every party to an entry. A few without one
        are reported one by one and kept; a part of the section is gone where they are more.
        """
        found: list[str] = []
        if strangers := len(entries.strangers):
            found.append(f"{strangers:,} parties that have sanctions entries")
        unlisted = entries.unlisted()
        if unlisted * _FEW > len(entries.joins.halves):
            found.append(f"the sanctions entries of {unlisted:,} parties")
        return found

    def check_list(self, entries: Entries) -> None:
        """Find out which list it is, or refuse a file whose entries contradict its name."""
        if self.options.list_id is not None and not self.options.doubts_list:
            return
        counts, listed = entries.counts(), len(entries.joins.halves) - entries.unlisted()
        fits = {
            "us_ofac_sdn": counts[SDN_LIST] == listed > 0,
            "us_ofac_cons": counts[WRAPPER] == listed > 0,
        }
        if not self.list_id:
            found = [list_id for list_id, fit in fits.items() if fit]
            if len(found) != 1:
                raise InvalidInputError(
                    "nothing in this file says whether it is SDN_ADVANCED.XML or CONS_ADVANCED.XML",
                    where=self.audit.where(),
                    hint="say list_id='us_ofac_sdn' or list_id='us_ofac_cons'",
                )
            self.list_id = found[0]
        elif listed and not fits.get(self.list_id) and any(fits.values()):
            raise InvalidInputError(
                f"{told_by(self.options)} this is {self.list_id}, and by the lists of its parties it is not",
                where=self.audit.where(),
                hint="say list_id='us_ofac_sdn' or list_id='us_ofac_cons'",
            )


_STATES = frozenset(
    {
        Fact.KIND,
        Fact.NAME_PARTS,
        Fact.ALIAS_STRENGTH,
        Fact.ORIGINAL_SCRIPT,
        Fact.BIRTH_DATE,
        Fact.BIRTH_PLACE,
        Fact.NATIONALITY,
        Fact.CITIZENSHIP,
        Fact.GENDER,
        Fact.TITLE,
        Fact.ADDRESS,
        Fact.IDENTIFIER,
        Fact.FLAG,
        Fact.REGISTRATION,
        Fact.RELATION,
        Fact.AUTHORITY,
        Fact.LIST,
        Fact.PROGRAM,
        Fact.LEGAL_BASIS,
        Fact.MEASURE,
        Fact.LISTING_DATE,
    }
)
_WAYS_OUT = (
    (Fact.DELISTING_DATE, "the first edition without the party, and Treasury's delta files"),
    (Fact.REASON, "Treasury's press release and recent actions of the day"),
)

FORMAT = CodeFormat(
    name="ofac-advanced-xml",
    title="OFAC advanced XML",
    files=("SDN_ADVANCED.XML", "CONS_ADVANCED.XML", "SDN_ADVANCED.ZIP"),
    recognises=_recognise,
    parses=lambda sources, options: _parse(sources[0], options),
)
