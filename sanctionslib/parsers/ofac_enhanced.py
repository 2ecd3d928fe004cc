"""OFAC's enhanced XML: SDN_ENHANCED.XML, CONS_ENHANCED.XML and filtered exports → entities.

Documented by the publisher's schema (`ENHANCED_XML.xsd` of the Sanctions List Service). It says more
than any other format of OFAC: lists with dates, legal authorities, measures, names and addresses in
several scripts, dates as four days, the name that a document bears, links by key. What is odd:

* Lists, programs, sanctions types and legal authorities of a party are four sets. The file does not
  say which program goes with which list: one Designation has them all.
* "Consolidated List" stands around all lists but the SDN List and is none itself.
* `publicationInfo/filters` says what the file was made of: the whole SDN file is the SDN List, the
  whole non-SDN file the "Consolidated List". An export by program names all lists and the program:
  then each party says on which list it is, and the file can hold parts of both.
* It declares no number of entries; the file is whole where the document ends.
* The service's answer for one id has the root `entities`, no namespace, no date and no tables.
* `formattedFullName` is in capitals where the classic file is; `namePart/value` has the letter case
  of the name itself. The text of a name is the former, its parts are the latter.
* Names in Arabic script stand between U+202B and U+202C, marks of writing direction. They are kept.
* `isValid` is true of every document but fraudulent ones, of long expired ones too. It
  is no promise: `Identifier.valid` is False or None.
* An address can be an empty element, or have a country alone, or neither country nor parts; one
  that says nothing is no address.
* A relation can have the key of the other party and no name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

import attrs
from lxml import etree

from sanctionslib.errors import (
    InvalidInputError,
    StructureChangedError,
    UnknownFormatError,
    Where,
)
from sanctionslib.model import Edition, Entity, Fact, Scope
from sanctionslib.parsers._audit import AuditBuilder
from sanctionslib.parsers._branches import shapes
from sanctionslib.parsers._edition import (
    Dated,
    check_parts,
    date_of,
    date_said,
    marked_edition,
    title_of,
)
from sanctionslib.parsers._format import CodeFormat, Head, Options, Parsed
from sanctionslib.parsers._ofac_party import ID_SPACE, Party
from sanctionslib.parsers._ofac_tables import SDN_LIST, WRAPPER, list_of_name
from sanctionslib.parsers._source import Source
from sanctionslib.parsers._xml import Root, XmlEntries, sniff_root
from sanctionslib.parsers.ofac_enhanced_entries import Entries
from sanctionslib.parsers.ofac_enhanced_header import CHANGED, Header, References
from sanctionslib.parsers.ofac_enhanced_tables import LISTS, MANY, PATHS, classify
from sanctionslib.reference import authorities

__all__ = ["FORMAT"]

_BARE = "entities"
"""The root of the service's answer for one id."""
_LONG = 300
"""No whole list has fewer parties: the non-SDN lists had 375 in 2020 and 443 in 2025."""
_SECTIONS = (
    "publicationInfo",
    "referenceValues/referenceValue",
    "featureTypes/featureType",
    "entities/entity",
)


def _recognise(head: Head) -> bool:
    if head.root is None:
        return False
    if head.root.name == _BARE:
        return not head.root.namespace and b"generalInfo" in head.data.replace(b"\0", b"")
    return head.root.name == "sanctionsData"


def _parse(source: Source, options: Options) -> Parsed:
    root = sniff_root(source.head)
    assert root is not None  # _recognise saw it
    file = _File(source, options, root)
    if "deltafile" in root.namespace.lower():
        raise UnknownFormatError(
            "this is a delta file: it has what changed from one edition to the next, and a delta "
            "file is no edition",
            where=file.audit.where(),
            hint="read SDN_ENHANCED.XML or CONS_ENHANCED.XML; sl.diff compares two of them",
        )
    return file.parse()


class _File:
    """One file while it is read: what all entities share."""

    def __init__(self, source: Source, options: Options, root: Root) -> None:
        self.source = source
        self.options = options
        self.root = root
        self.audit = AuditBuilder(source.name)
        self.header = Header(self.audit)
        self.references = References(self.audit)
        self.shapes = shapes(root, PATHS, MANY, {})
        self.entities: list[Entity] = []
        self.reader: Entries | None = None
        self.said = options.list_id or list_of_name(source.name)
        """The list that the caller says, or the file name; the file itself counts for more."""
        self.editions: dict[str, Edition] = {}
        """By list, of each list that has parties."""
        self.dated: Dated | None = None

    def parse(self) -> Parsed:
        names = ("entity",) if self.root.name == _BARE else _SECTIONS
        sections: dict[object, object] = {}
        with self.source.open(self.options.progress) as stream:
            children = XmlEntries(self.source, stream, self.root, names)
            for element in children:
                parent = element.getparent()
                if sections.setdefault(element.tag, parent) is not parent:
                    self.refuse(element, "stands in a second section of its kind")
                if element.tag == self.root.tag("entity"):
                    if self.reader is None:
                        self.reader = self.make_reader()
                    self.audit.read += 1
                    self.reader.entity(element)
                elif self.reader is not None:
                    self.refuse(element, "stands after the first entity")
                elif element.tag == self.root.tag("publicationInfo"):
                    if self.header.is_there:
                        self.refuse(element, "stands there a second time")
                    self.header.read(element, self.shapes["publicationInfo"])
                elif element.tag == self.root.tag("referenceValue"):
                    self.references.add(element, self.shapes["referenceValue"])
                else:
                    self.references.add(element, self.shapes["featureType"])
        if self.reader is not None:
            self.reader.keys.finish()
        self.audit.outside(children.odd, "under the root")
        check_parts((), self.options, self.audit)
        self.audit.built = len(self.entities)
        editions = self.finished()
        return Parsed(
            entities=tuple(self.entities),
            editions=editions,
            audit=self.audit.finish(editions, classify if self.options.records else None),
        )

    def finished(self) -> tuple[Edition, ...]:
        """The editions, now that all parties are known, and each party under its own."""
        home = self.home()
        if home is not None:
            edition = self.editions.get(home) or self.make_edition(home)
            if self.holds_all(edition):
                edition = attrs.evolve(edition, scope=Scope.WHOLE, filter=None)
            editions = {home: edition}
        else:
            of_all = [(one, self.editions[one]) for one in LISTS if one in self.editions]
            editions = {list_id: self.part(edition) for list_id, edition in of_all}
        missing = () if self.audit.read else ("any entry",)
        for list_id, edition in editions.items():
            editions[list_id] = marked_edition(
                edition, len(self.entities), self.audit, missing=missing
            )
        for at, one in enumerate(self.entities):
            assert one.edition is not None  # the reader gave it one
            edition = editions[home or one.edition.list_id]
            if one.edition is not edition or one.list_id != edition.list_id:
                key = f"{edition.list_id}:{one.source_id}"
                self.entities[at] = attrs.evolve(one, id=key, edition=edition)
        return tuple(editions.values())

    def part(self, edition: Edition) -> Edition:
        """The edition of one of the two lists that a file is of: never the whole list."""
        if edition.is_sample:
            return edition
        narrowed = edition.filter or "export over all lists"
        if edition.list_id == "us_ofac_cons":
            narrowed += "; who is on the SDN List too is under us_ofac_sdn"
        return attrs.evolve(edition, scope=Scope.CUSTOM, filter=narrowed)

    def refuse(self, element: etree._Element, said: str) -> None:
        """Refuse a file whose parts do not stand as the format has them."""
        raise StructureChangedError(
            f"{etree.QName(element).localname} {said}",
            where=self.audit.where(line=element.sourceline),
            hint=CHANGED,
        )

    def holds_all(self, edition: Edition) -> bool:
        """Whether a file that does not say it is a whole list is one, by its parties.

        A file of the SDN List and of others has all parties of the SDN List; where it has no
        more, it is that list. So is one that says nothing. Either must be long enough to be no
        excerpt. No official file was seen that needs this: each names its own list alone.
        """
        if edition.scope is not Scope.CUSTOM or self.reader is None:
            return False
        list_name = SDN_LIST if edition.list_id == "us_ofac_sdn" else WRAPPER
        parties = self.reader.parties
        return self.header.may_hold_all(list_name) and self.reader.on[list_name] == parties >= _LONG

    def make_reader(self) -> Entries:
        """The reader of entities, once everything before them is known."""
        stated = self.stated_list()
        # Of a file that does not say its list, this stands in until a party says its own.
        edition = self.make_edition(stated or self.said or next(iter(LISTS)))
        if stated is not None:
            self.editions[stated] = edition
            self.audit.list_id = stated
        return Entries(
            edition,
            self.entities,
            self.audit,
            self.references,
            self.shapes["entity"],
            edition_of=None if stated is not None else self.edition_of,
            lists=self.header.lists,
            programs=frozenset(self.header.programs),
            records=self.options.records,
        )

    def edition_of(self, party: Party, named: Collection[str]) -> Edition:
        """The edition of a party, by the lists that it is on.

        Raises:
            InvalidInputError: It is on none, and nobody says of which list the file is.
        """
        if named:
            list_id = "us_ofac_sdn" if SDN_LIST in named else "us_ofac_cons"
        elif self.said is not None:
            list_id = self.said
        else:
            where = self.audit.where(party.uid, line=party.line)
            raise self.unlisted("this party is on none", where)
        if list_id not in self.editions:
            self.editions[list_id] = self.make_edition(list_id)
        return self.editions[list_id]

    def stated_list(self) -> str | None:
        """The list that the file says it is, if it says one.

        Raises:
            InvalidInputError: The caller says otherwise.
        """
        stated, given = self.header.list_id, self.options.list_id
        if None not in (stated, given) and given != stated and given in LISTS:
            raise InvalidInputError(
                f"the file says that it holds {', '.join(sorted(self.header.lists))}, which is "
                f"{stated}, and you say that it is {given}",
                where=self.audit.where(),
                hint="leave `list_id` out: the file states its list",
            )
        return stated if given is None or stated is None else given

    def home(self) -> str | None:
        """The list that the file is of; None where its parties are of both.

        What the file says of itself decides, else what its parties say. Parties of the non-SDN
        lists can be on the SDN List too: of a file all of whose parties are on either, caller and
        file name say which it is. An export by program is none of the two whole files.

        Raises:
            InvalidInputError: Nothing says it, or the caller says otherwise.
        """
        found = self.stated_list()
        if found is not None:
            return found
        if self.reader is None or not self.editions:
            if self.said is None:
                raise self.unlisted("no party of it is on one", self.audit.where())
            return self.said
        on, parties = self.reader.on, self.reader.parties
        fits = {
            "us_ofac_sdn": on[SDN_LIST] == parties,
            "us_ofac_cons": on[WRAPPER] == parties and not self.header.programs,
        }
        able = [list_id for list_id, fit in fits.items() if fit]
        if self.said in able:
            found = self.said
        elif able or len(self.editions) == 1:
            found = next(iter(able or self.editions))
        given = self.options.list_id
        if given is not None and given != found:
            counts = Counter(one.list_id for one in self.entities)
            of = " and ".join(f"{counts[each]:,} of {each}" for each in LISTS if counts[each])
            raise InvalidInputError(
                f"by the lists of its parties this is a file with {of}, and you say that it is {given}",
                where=self.audit.where(),
                hint="leave `list_id` out: each list is read as an edition of its own, and each party "
                "has the id of its list; the archive keeps files of one list",
            )
        return found

    def unlisted(self, said: str, where: Where) -> InvalidInputError:
        """The error of a file of which nothing says which list it is."""
        return InvalidInputError(
            "nothing in this file says which list it is: it names "
            f"{', '.join(sorted(self.header.lists)) or 'no list'}, and {said}",
            where=where,
            hint="say list_id='us_ofac_sdn' or list_id='us_ofac_cons'",
        )

    def make_edition(self, list_id: str) -> Edition:
        """The edition of a list, as soon as everything before the entities is known."""
        title = title_of(list_id, LISTS, self.audit)
        if self.dated is None and self.root.name == _BARE:
            self.dated = date_said(self.options)
        elif self.dated is None:
            self.dated = date_of(
                self.header.published, self.options, self.audit, at="publicationInfo/dataAsOf"
            )
        published, dated_by = self.dated
        self.audit.edition = published.isoformat() if published else ""
        scope, narrowed = Scope.WHOLE, self.header.narrowed(frozenset(self.references.lists))
        if self.root.is_sample:
            scope, narrowed = Scope.SAMPLE, None
        elif narrowed is not None:
            scope = Scope.CUSTOM
        return Edition(
            list_id=list_id,
            id_space=ID_SPACE,
            publisher=authorities["OFAC"].name,
            title=title,
            format=FORMAT.name,
            published=published,
            dated_by=dated_by,
            generated_at=self.header.generated_at,
            scope=scope,
            filter=narrowed,
            members=(self.source.name,),
            sha256=self.source.sha256,
            retrieved_at=self.options.retrieved_at,
            states=_STATES,
            ways_out=_WAYS_OUT,
        )


_STATES = frozenset(Fact) - {Fact.COUNTRY, Fact.DELISTING_DATE, Fact.REASON}
_WAYS_OUT = (
    (Fact.DELISTING_DATE, "the first edition without the party, and Treasury's delta files"),
    (Fact.REASON, "Treasury's press release and recent actions of the day"),
)

FORMAT = CodeFormat(
    name="ofac-enhanced-xml",
    title="OFAC enhanced XML",
    files=("SDN_ENHANCED.XML", "CONS_ENHANCED.XML", "SDN_ENHANCED.ZIP"),
    recognises=_recognise,
    parses=lambda sources, options: _parse(sources[0], options),
)
