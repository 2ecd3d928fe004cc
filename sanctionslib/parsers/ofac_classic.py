"""OFAC's classic XML: SDN.XML and CONSOLIDATED.XML → entities.

Documented by the publisher's schema (`XML.xsd` of the Sanctions List Service, before 2024
`sdnList.xsd`); both namespaces hold the same elements. What is odd about it:

* The root is `sdnList` in both files and nothing inside says which list it is: the file name does,
  or the caller (`list_id=`), or else the program tags.
* It states no listing date, no legal authority, no measure, no name of a list and no original
  script. SDN.XML is the SDN List; CONSOLIDATED.XML holds the parties of six other lists without
  saying which, some of them listed as SDN too.
* `idList` holds identity documents and labelled facts ("features") alike; `reference.ofac_label`
  tells them apart.
* `remarks` holds links by primary name, see `_remarks`.
* `mainEntry` marks one birth date, birthplace, nationality or citizenship as the main one; it is
  not always the first, and sometimes none is.
* `publshInformation` is misspelt so, and dates there are MM/DD/YYYY.
"""

from __future__ import annotations

from datetime import date, datetime

from lxml import etree

from sanctionslib.errors import StructureChangedError
from sanctionslib.model import Edition, Entity, Fact, Scope
from sanctionslib.parsers._audit import AuditBuilder
from sanctionslib.parsers._edition import check_count, date_of, marked, title_of
from sanctionslib.parsers._format import Format, Head, Options, Parsed
from sanctionslib.parsers._numbers import whole_number
from sanctionslib.parsers._ofac_list import WAYS_OUT, check_list, list_of_programs
from sanctionslib.parsers._ofac_party import ID_SPACE
from sanctionslib.parsers._ofac_tables import SDN_LIST, list_of_name
from sanctionslib.parsers._source import Source
from sanctionslib.parsers._xml import Root, XmlEntries, leaf_texts, sniff_root
from sanctionslib.parsers.ofac_classic_entries import Entries
from sanctionslib.parsers.ofac_classic_tables import LISTS, classify
from sanctionslib.reference import authorities

__all__ = ["FORMAT"]


_CHANGED = "the file is damaged, put together of two, or the format has changed: fetch it again"


def _recognise(head: Head) -> bool:
    return head.root is not None and head.root.name == "sdnList"


def _parse(source: Source, options: Options) -> Parsed:
    root = sniff_root(source.head)
    assert root is not None  # _recognise saw it
    return _File(source, options, root).parse()


class _File:
    """One file while it is read: what all entries share."""

    def __init__(self, source: Source, options: Options, root: Root) -> None:
        self.source = source
        self.options = options
        self.root = root
        self.audit = AuditBuilder(source.name)
        self.list_id = options.list_id or list_of_name(source.name)
        self.edition: Edition | None = None
        self.published: date | None = None
        self.has_header = False
        self.entities: list[Entity] = []

    def parse(self) -> Parsed:
        with self.source.open(self.options.progress) as stream:
            children = XmlEntries(self.source, stream, self.root, ("publshInformation", "sdnEntry"))
            reader: Entries | None = None
            for element in children:
                if element.tag == self.root.tag("sdnEntry"):
                    if reader is None:
                        self.edition = self.make_edition(element)
                        reader = Entries(
                            self.edition,
                            self.entities,
                            self.audit,
                            tag=self.root.tag,
                            records=self.options.records,
                        )
                    self.audit.read += 1
                    reader.sdn_entry(element)
                elif self.edition is None and not self.has_header:
                    self.publication(element)
                else:
                    raise StructureChangedError(
                        "publshInformation stands after the first entry, or a second time",
                        where=self.audit.where(line=element.sourceline),
                        hint=_CHANGED,
                    )
        if reader is not None:
            reader.keys.finish()
        self.audit.outside(children.odd, "under the root")
        check_count(self.options, self.audit)
        if self.list_id is not None:
            check_list(self.list_id, self.entities, self.audit, self.options)
        self.audit.built = len(self.entities)
        edition, entities = marked(
            self.edition or self.make_edition(None), self.entities, self.audit
        )
        return Parsed(
            entities=entities,
            editions=(edition,),
            audit=self.audit.finish((edition,), classify if self.options.records else None),
        )

    def publication(self, element: etree._Element) -> None:
        """`publshInformation`: the date of the edition and the number of its entries."""
        self.has_header = True
        odd: list[tuple[str, str]] = []
        tags = {self.root.tag(name): name for name in ("Publish_Date", "Record_Count")}
        texts = leaf_texts(element, tags, odd, "publshInformation")
        where = self.audit.where(path="publshInformation", line=element.sourceline)
        if (text := texts.get("Publish_Date")) is not None:
            try:
                self.published = datetime.strptime(text, "%m/%d/%Y").date()  # noqa: DTZ007
            except ValueError:
                raise StructureChangedError(
                    f"Publish_Date is {text!r}, where MM/DD/YYYY is meant",
                    where=where,
                    hint=_CHANGED,
                ) from None
        if (text := texts.get("Record_Count")) is not None:
            if (declared := whole_number(text.lstrip("0") or "0")) is None:
                raise StructureChangedError(
                    f"Record_Count is {text[:40]!r}, where a number is meant",
                    where=where,
                    hint=_CHANGED,
                )
            self.audit.declared = declared
        self.audit.foreign(odd)

    def make_edition(self, first: etree._Element | None) -> Edition:
        """The edition, as soon as its header and its first entry are known."""
        if self.list_id is None:
            self.list_id = list_of_programs(
                None if first is None else self.programs(first),
                "SDN.XML or CONSOLIDATED.XML",
                self.audit,
            )
        title = title_of(self.list_id, LISTS, self.audit)
        published, dated_by = date_of(
            self.published, self.options, self.audit, at="publshInformation/Publish_Date"
        )
        self.audit.list_id = self.list_id
        self.audit.edition = str(published or "")
        is_sdn = self.list_id == "us_ofac_sdn"
        return Edition(
            list_id=self.list_id,
            id_space=ID_SPACE,
            publisher=authorities["OFAC"].name,
            title=title,
            format=FORMAT.name,
            published=published,
            dated_by=dated_by,
            scope=Scope.SAMPLE if self.root.is_sample else Scope.WHOLE,
            members=(self.source.name,),
            declared=self.audit.declared,
            lists=(SDN_LIST,) if is_sdn else (),
            sha256=self.source.sha256,
            retrieved_at=self.options.retrieved_at,
            states=_STATES | {Fact.LIST} if is_sdn else _STATES,
            ways_out=WAYS_OUT,
        )

    def programs(self, entry: etree._Element) -> list[str]:
        """The programs of an entry."""
        tag = f"{self.root.tag('programList')}/{self.root.tag('program')}"
        return [(item.text or "").strip() for item in entry.iterfind(tag)]


_STATES = frozenset(
    {
        Fact.KIND,
        Fact.NAME_PARTS,
        Fact.ALIAS_STRENGTH,
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
        Fact.PROGRAM,
    }
)
FORMAT = Format(
    name="ofac-classic-xml",
    title="OFAC classic XML",
    publisher="Office of Foreign Assets Control, US Department of the Treasury",
    lists=tuple(LISTS),
    files=("SDN.XML", "CONSOLIDATED.XML", "SDN_XML.ZIP"),
    recognise=_recognise,
    parse=_parse,
)
