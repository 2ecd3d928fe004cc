"""OFAC's enhanced XML: SDN_ENHANCED.XML, CONS_ENHANCED.XML and filtered exports → entities.

Documented by the publisher's schema (`ENHANCED_XML.xsd` of the Sanctions List Service). It says more
than any other format of OFAC: lists with dates, legal authorities, measures, names and addresses in
several scripts, dates as four days, the name that a document bears, links by key. What is odd:

* Lists, programs, sanctions types and legal authorities of a party are four sets. The file does not
  say which program goes with which list: one Designation has them all.
* "Consolidated List" stands around all lists but the SDN List and is none itself.
* `publicationInfo/filters` says what the file was made of: the whole SDN file is the SDN List, the
  whole non-SDN file the "Consolidated List". An export by program names all lists and the program.
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

import attrs
from lxml import etree

from sanctionslib.errors import (
    InvalidInputError,
    StructureChangedError,
    UnknownFormatError,
)
from sanctionslib.model import Edition, Entity, Fact, Scope
from sanctionslib.parsers._audit import AuditBuilder
from sanctionslib.parsers._branches import shapes
from sanctionslib.parsers._edition import check_parts, date_of, marked, title_of
from sanctionslib.parsers._format import Format, Head, Options, Parsed
from sanctionslib.parsers._ofac_party import ID_SPACE
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
        self.edition: Edition | None = None

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
        edition = self.edition or self.make_edition()
        if self.holds_all(edition):
            edition = attrs.evolve(edition, scope=Scope.WHOLE, filter=None)
            self.entities = [attrs.evolve(one, edition=edition) for one in self.entities]
        edition, entities = marked(
            edition,
            self.entities,
            self.audit,
            missing=() if self.audit.read else ("any entry",),
        )
        return Parsed(
            entities=entities,
            editions=(edition,),
            audit=self.audit.finish((edition,), classify if self.options.records else None),
        )

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
        self.edition = self.make_edition()
        return Entries(
            self.edition,
            self.entities,
            self.audit,
            self.references,
            self.shapes["entity"],
            lists=self.header.lists,
            programs=frozenset(self.header.programs),
            records=self.options.records,
        )

    def make_edition(self) -> Edition:
        """The edition, as soon as everything before the entities is known."""
        list_id = self.list_id()
        title = title_of(list_id, LISTS, self.audit)
        published, dated_by = date_of(
            self.header.published, self.options, self.audit, at="publicationInfo/dataAsOf"
        )
        self.audit.list_id = list_id
        self.audit.edition = str(published or "")
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

    def list_id(self) -> str:
        """The list, by what the file says of itself, else by the caller or the file name."""
        stated, given = self.header.list_id, self.options.list_id
        if given is not None:
            if stated is not None and given != stated and given in LISTS:
                raise InvalidInputError(
                    f"the file says that it holds {', '.join(sorted(self.header.lists))}, which is "
                    f"{stated}, and you say that it is {given}",
                    where=self.audit.where(),
                    hint="leave `list_id` out: the file states its list",
                )
            return given
        found = stated or list_of_name(self.source.name)
        if found is None:
            raise InvalidInputError(
                "nothing in this file says which list it is: it names "
                + (", ".join(sorted(self.header.lists)) or "no list"),
                where=self.audit.where(),
                hint="say list_id='us_ofac_sdn' or list_id='us_ofac_cons'",
            )
        return found


_STATES = frozenset(Fact) - {Fact.COUNTRY, Fact.DELISTING_DATE, Fact.REASON}
_WAYS_OUT = (
    (Fact.DELISTING_DATE, "the first edition without the party, and Treasury's delta files"),
    (Fact.REASON, "Treasury's press release and recent actions of the day"),
)

FORMAT = Format(
    name="ofac-enhanced-xml",
    title="OFAC enhanced XML",
    publisher="Office of Foreign Assets Control, US Department of the Treasury",
    lists=tuple(LISTS),
    files=("SDN_ENHANCED.XML", "CONS_ENHANCED.XML", "SDN_ENHANCED.ZIP"),
    recognise=_recognise,
    parse=_parse,
)
