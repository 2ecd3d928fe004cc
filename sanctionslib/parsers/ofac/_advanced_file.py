"""One file of OFAC's advanced XML: its sections in their order, its edition, and which list it is.

The format declares no number of entries. The sections vouch for each other instead: every entry has
its party, and the parties have entries (all of those seen), or the file is not whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from typing import cast

import attrs
from lxml import etree

from sanctionslib.answers import IssueKind
from sanctionslib.errors import InvalidInputError, StructureChangedError
from sanctionslib.parsers._engine.audit import AuditBuilder
from sanctionslib.parsers._engine.checks import check_whole, marked
from sanctionslib.parsers._engine.edition import Header
from sanctionslib.parsers._engine.entry import Reading
from sanctionslib.parsers._engine.format import Options, Parsed
from sanctionslib.parsers._engine.maker import Maker, Texts
from sanctionslib.parsers._engine.rules import Group
from sanctionslib.parsers._engine.source import Source
from sanctionslib.parsers._engine.xml import XmlFormat, take, with_namespace
from sanctionslib.parsers._engine.xml_entries import Root, XmlEntries, record_of
from sanctionslib.parsers.ofac._advanced_joins import Joins
from sanctionslib.parsers.ofac._advanced_sets import Sets
from sanctionslib.parsers.ofac._lists import told_by
from sanctionslib.parsers.ofac._words import SDN_LIST, WRAPPER, list_of_name

__all__ = ["CHANGED", "File"]

CHANGED = "the file is damaged, put together of two, or the format has changed: fetch it again"

_VERSION = "3"
_FEW = 200
"""One party of so many may be without an entry; all that were seen have one."""
_MOST_TEXTS = 20_000
"""Texts that are remembered to make equal ones one object: most keys never come again."""


class File:
    """One file while it is read."""

    def __init__(self, form: XmlFormat, source: Source, options: Options, root: Root) -> None:
        self.form = form
        self.source = source
        self.options = options
        self.root = root
        self.audit = AuditBuilder(source.name)
        self.list_id = options.list_id or list_of_name(source.name) or ""
        self.audit.list_id = self.list_id
        self.reading = Reading(self.audit, keeps_source=options.records)
        ((path, group),) = form.entries.items()
        maker = Maker(group, origin=f"{form.root}/{path}")
        self.head_maker = Maker(Group(make=Header, rules=form.header))
        with_namespace(maker.shape, root)
        with_namespace(self.head_maker.shape, root)
        self.sets = Sets(self.audit)
        self.joins = joins = Joins(maker, self.reading, self.sets, source.name)
        self.readers: dict[str, Callable[[etree._Element], None]] = {
            "DateOfIssue": self.date_of_issue,
            "ReferenceValueSets": self.value_sets,
            "Locations/Location": joins.location,
            "IDRegDocuments/IDRegDocument": joins.document,
            path: joins.distinct_party,
            "ProfileRelationships/ProfileRelationship": joins.relationship,
            "SanctionsEntries/SanctionsEntry": joins.sanctions_entry,
            "SanctionsEntryLinks": self.links,
        }
        """What reads an element of each section, in their order."""
        self.head: Texts = {}
        self.head_entry = joins.new_entry(None)
        self.are_sets_read = False

    def parse(self) -> Parsed:
        self.check_version()
        reached, section = -1, None
        order = list(self.readers)
        with self.source.open(self.options.progress) as stream:
            children = XmlEntries(
                self.source,
                stream,
                self.root,
                tuple(order),
                attributes=("Version", "DeltaBaseVersion"),
            )
            for path, element in children.named():
                own = element.getparent() if "/" in path else element
                at = order.index(path)
                if at < reached or (at == reached and own is not section):
                    self.refuse_order(path, element, order[reached])
                reached, section = at, own
                if "/" in path and not self.are_sets_read:
                    raise StructureChangedError(
                        f"{path} stands before ReferenceValueSets",
                        where=self.audit.where(path=path, line=element.sourceline),
                        hint=CHANGED,
                    )
                self.joins.at += 1
                self.readers[path](element)
                if len(self.reading.texts) > _MOST_TEXTS:
                    self.reading.texts.clear()
        self.audit.outside(children.odd, "outside the sections")
        if not self.are_sets_read:
            raise StructureChangedError(
                "the file has no ReferenceValueSets", where=self.audit.where(), hint=CHANGED
            )
        return self.finish(children.sections)

    def check_version(self) -> None:
        """Refuse another version of the format, and a file that holds the changes alone."""
        version = self.root.attributes.get("Version")
        if version != _VERSION:
            raise StructureChangedError(
                f"the file is of version {version!r} of the format; {_VERSION!r} is known",
                where=self.audit.where(),
                hint=CHANGED,
            )
        if (base := self.root.attributes.get("DeltaBaseVersion")) is not None:
            raise StructureChangedError(
                f"the file holds the changes since version {base} alone, and no list",
                where=self.audit.where(),
                hint="fetch SDN_ADVANCED.XML or CONS_ADVANCED.XML",
            )

    def refuse_order(self, path: str, element: etree._Element, before: str) -> None:
        """Refuse sections that come twice or in another order, as those of two files would."""
        raise StructureChangedError(
            f"{path.partition('/')[0]} comes "
            + ("a second time" if path == before else f"after {before}"),
            where=self.audit.where(path=path, line=element.sourceline),
            hint=CHANGED,
        )

    def finish(self, sections: Collection[str]) -> Parsed:
        """Make the entities, when all is read."""
        tables = [path.partition("/")[0] for path in self.readers if "/" in path]
        missing = [f"the section {name}" for name in tables if name not in sections]
        missing += self.missing()
        check_whole(missing if self.audit.read else ["any entry"], self.options, self.audit)
        self.check_list()
        info = self.form.info(self.list_id, self.audit)
        self.audit.list_id = self.list_id
        self.reading.begin(info, attrs.evolve(self.edition, list_id=info.list_id, title=info.title))
        self.joins.make_entities()
        self.joins.report_orphans()
        self.audit.built = len(self.reading.entities)
        edition, entities = marked(
            self.reading.edition, self.reading.entities, self.audit, missing=missing
        )
        classify = self.form.classify if self.options.records else None
        return Parsed(
            entities=entities, editions=(edition,), audit=self.audit.finish((edition,), classify)
        )

    def missing(self) -> list[str]:
        """Parties that have entries and are not there, and parties without entries.

        The schema ties every entry to a party, and not every party to an entry. A few without one
        are reported one by one and kept; a part of the section is gone where they are more.
        """
        found: list[str] = []
        if count := len(self.joins.unresolved):
            found.append(f"{count:,} parties that have sanctions entries")
        unlisted = sum(not one.lists for one in self.joins.pending)
        if unlisted * _FEW > len(self.joins.pending):
            found.append(f"the sanctions entries of {unlisted:,} parties")
        return found

    def check_list(self) -> None:
        """Find out which list it is, or refuse a file whose entries contradict its name."""
        if self.options.list_id is not None and not self.options.doubts_list:
            return
        counts = Counter(name for one in self.joins.pending for name in one.lists)
        listed = sum(bool(one.lists) for one in self.joins.pending)
        fits = {
            "us_ofac_sdn": counts[SDN_LIST] == listed > 0,
            "us_ofac_cons": counts[WRAPPER] == listed > 0,
        }
        hint = "say list_id='us_ofac_sdn' or list_id='us_ofac_cons'"
        if not self.list_id:
            found = [list_id for list_id, fit in fits.items() if fit]
            if len(found) != 1:
                raise InvalidInputError(
                    "nothing in this file says whether it is SDN_ADVANCED.XML or CONS_ADVANCED.XML",
                    where=self.audit.where(),
                    hint=hint,
                )
            self.list_id = found[0]
        elif listed and not fits.get(self.list_id) and any(fits.values()):
            raise InvalidInputError(
                f"{told_by(self.options)} this is {self.list_id}, and by the lists of its parties it is not",
                where=self.audit.where(),
                hint=hint,
            )

    def date_of_issue(self, element: etree._Element) -> None:
        """`DateOfIssue`: the date of the edition."""
        self.head_entry = self.joins.new_entry(element)
        take(element, self.head_maker.shape.children[str(element.tag)], self.head, self.head_entry)

    def value_sets(self, element: etree._Element) -> None:
        """`ReferenceValueSets`: from here on numbers can be read."""
        self.sets.read(element)
        self.are_sets_read = True
        for shape in self.joins.maker.shape.children.values():
            self.sets.give_words(shape)
        calendar = self.head.get("DateOfIssue@CalendarTypeID", "")
        if calendar and self.sets.word("CalendarType", calendar, "", self.head_entry) != (
            "Gregorian"
        ):
            raise StructureChangedError(
                "DateOfIssue is in a calendar that we do not know",
                where=self.audit.where(path="DateOfIssue"),
                hint=CHANGED,
            )
        header = cast("Header", self.head_maker.make(self.head, self.head_entry))
        self.audit.foreign(self.head_entry.unexpected)
        self.edition = self.form.edition(
            self.list_id or self.form.lists[0],
            (self.source,),
            self.options,
            self.audit,
            header,
            is_sample=self.root.is_sample,
        )
        self.audit.list_id = self.list_id  # which may be told at the end alone

    def links(self, element: etree._Element) -> None:
        """`SanctionsEntryLinks`, which nobody has seen in use."""
        if (record := record_of(element)) is not None:
            self.audit.issue(
                IssueKind.STRUCTURE,
                "SanctionsEntryLinks is empty in every file; here it is not",
                path="SanctionsEntryLinks",
                line=element.sourceline,
                record=record,
            )
