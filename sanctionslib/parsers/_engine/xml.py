"""The XML container: a document of entries → the texts of each entry, and its entity."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

import attrs

from sanctionslib.answers import IssueKind
from sanctionslib.errors import StructureChangedError
from sanctionslib.model import Edition, Entity, Origin
from sanctionslib.parsers._engine.audit import AuditBuilder, Pairs
from sanctionslib.parsers._engine.checks import check_complete
from sanctionslib.parsers._engine.edition import Header, Placed, TableFormat, header_of
from sanctionslib.parsers._engine.entry import Entry, Reading
from sanctionslib.parsers._engine.faults import changed
from sanctionslib.parsers._engine.fields import Texts
from sanctionslib.parsers._engine.format import Head, Options, Parsed
from sanctionslib.parsers._engine.input_file import InputFile, Readable
from sanctionslib.parsers._engine.maker import Maker, Shape
from sanctionslib.parsers._engine.repair import Repaired, can_repair
from sanctionslib.parsers._engine.rules import Group, Rule, Rules
from sanctionslib.parsers._engine.xml_entries import (
    Root,
    XmlEntries,
    attributes_of,
    local_name,
    pairs_of,
    sniff_root,
)

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["XmlFormat", "XmlReading", "take"]


def take(element: etree._Element, shape: Shape, texts: Texts, entry: Entry) -> None:
    """Read one element, and what is below it up to inner groups, into the texts of its group.

    What the shape does not have (an element, an attribute, a text, a second element where one is
    allowed) goes to `entry.unexpected`.
    """
    kept, share = entry.kept, entry.share
    for name, value in attributes_of(element):
        if stated := value.strip():
            if (known := shape.attributes.get(name)) is not None:
                key, path, words = known
                if words is None:
                    texts[key] = share(stated, stated)
                else:
                    texts[key] = words.get(stated) or words.unknown(stated, entry)
            else:
                path = f"{shape.path}@{local_name(name)}"
                entry.unexpected.append((path, value))
            if kept is not None:
                kept.append((path, share(value, value)))
    text = element.text
    if text is not None and (stated := text.strip()):
        if shape.has_text:
            texts["." if shape.maker is not None else shape.key] = share(stated, stated)
        else:
            entry.unexpected.append((shape.path, text))
        if kept is not None:
            kept.append((shape.path, share(text, text)))
    if not len(element):
        return
    seen: set[str] | None = None
    children = shape.children
    for child in element:
        below = children.get(child.tag)
        if below is None:
            _unexpected(child, shape.path, entry)
        elif below.is_leaf:
            if len(child) or child.keys():
                _unexpected(child, shape.path, entry)
            elif (text := child.text) is not None and (stated := text.strip()):
                stated = share(stated, stated)
                key = below.key
                if kept is not None:
                    kept.append((below.path, share(text, text)))
                if below.repeats:
                    texts.setdefault(key, []).append(stated)
                elif key in texts:
                    entry.unexpected.append((below.path, text))
                else:
                    texts[key] = stated
        elif (maker := below.maker) is not None:
            inner: Texts = {}
            start = len(kept) if kept is not None else 0
            take(child, below, inner, entry)
            if inner:
                texts.setdefault(below.key, []).append(inner)
            if kept is not None and maker.labels is not None:
                entry.spans.append((start, len(kept), maker.labels.of(inner)))
        elif below.is_skipped:
            if kept is not None:
                kept.extend(pairs_of(child, below.path))
        elif seen is not None and below.key in seen:
            _unexpected(child, shape.path, entry)
        else:
            if seen is None:
                seen = set()
            seen.add(below.key)
            take(child, below, texts, entry)
        text = child.tail
        if text is not None and not text.isspace():
            entry.unexpected.append((shape.path, text))
            if kept is not None:
                kept.append((shape.path, share(text, text)))


def _unexpected(element: etree._Element, path: str, entry: Entry) -> None:
    """Add all values of an unexpected element."""
    base = f"{path}/{local_name(element.tag)}" if path else local_name(element.tag)
    for at, value in pairs_of(element, base):
        entry.unexpected.append((at, value))
        if entry.kept is not None:
            entry.kept.append((at, value))


def _source_of(element: etree._Element | None) -> Pairs:
    return () if element is None else pairs_of(element)


def with_namespace(shape: Shape, root: Root) -> Shape:
    """The same shape with the names of elements as lxml gives them."""
    if root.namespace:
        shape.children = {
            root.tag(str(name)): with_namespace(child, root)
            for name, child in shape.children.items()
        }
    return shape


@attrs.frozen(kw_only=True)
class XmlFormat(TableFormat):
    """A format in XML: entries below the root, or below a section under the root."""

    root: str
    """Local name of the root element."""
    entries: Mapping[str, Group]
    """The tables of the entries, by their path from the root."""
    header: Rules = attrs.field(factory=dict[str, Rule])
    """The rules of the file's header: fields of `Header`, by path from the root."""
    header_type: type[Header] = Header
    """A subclass, where the header has more fields."""
    list_of: Callable[[str], str | None] | None = None
    """The list by the file name, where the format has several; else it is the first."""
    reading: Callable[[XmlFormat, InputFile, Options, Root], XmlReading] | None = None
    """Reads a document, where the format has its own subclass for that."""

    @property
    def groups(self) -> tuple[Group, ...]:
        return tuple(self.entries.values())

    @property
    def declares_count(self) -> bool:
        """Whether a file declares its number of entries."""
        return any(getattr(rule, "field", "") == "declared" for rule in self.header.values())

    def recognise(self, head: Head) -> bool:
        return head.root is not None and head.root.name == self.root

    def parse(self, sources: Sequence[InputFile], options: Options) -> Parsed:
        (source,) = sources
        root = sniff_root(source.head)
        assert root is not None  # `recognise` has read it
        return (self.reading or XmlReading)(self, source, options, root).parse()


class XmlReading:
    """One document while it is read.

    A format with joins, or with several lists in one file, has a subclass that overrides the last
    methods.
    """

    def __init__(self, form: XmlFormat, source: InputFile, options: Options, root: Root) -> None:
        self.form = form
        self.source = source
        self.options = options
        self.root = root
        self.audit = AuditBuilder(source.name)
        self.reading = Reading(
            self.audit, keeps_source=options.keep_source, unites=form.unites, by_key=form.by_key
        )
        self.makers = {
            path: Maker(group, origin=f"{form.root}/{path}") for path, group in form.entries.items()
        }
        self.head_maker = Maker(Group(make=form.header_type, rules=form.header))
        for maker in (*self.makers.values(), self.head_maker):
            with_namespace(maker.shape, root)
        self.head: Texts = {}
        self.head_entry = self.new_entry(self.head_maker, None)
        header = dict.fromkeys(at.partition("/")[0] for at in form.header if at[0] != "@")
        self.paths = (*header, *self.makers)
        """Paths of the elements that are read one by one."""
        self.is_begun = False

    def parse(self) -> Parsed:
        attributes = tuple(self.head_maker.shape.attributes)
        seen: dict[str, etree._Element | None] = {}
        """By path, the enclosing element of those that were read."""
        for name in attributes:
            if value := self.root.attributes.get(name, "").strip():
                self.head[f"@{name}"] = value
        with self.source.open(self.options.progress) as stream:
            children = XmlEntries(
                self.source, self.repaired(stream), self.root, self.paths, attributes=attributes
            )
            for path, element in children.named():
                parent, is_first = element.getparent(), path not in seen
                if seen.setdefault(path, parent) is not parent:
                    raise self.changed(path, "occurs in a second section of its kind", element)
                self.element(path, element, is_first)
        if not self.is_begun:
            self.begin(None)
        self.audit.unexpected(children.unexpected, "outside the entries")
        missing = self.missing_parts(children.sections)
        return self.form.parsed(self.reading, self.options, missing, self.place_entities)

    def repaired(self, stream: Readable, *, reports: bool = True) -> Readable:
        """The bytes of the document; repaired, where the caller asks for that.

        Args:
            stream: The original bytes.
            reports: Whether each repair is reported; False for a second pass over the document.
        """
        if not self.options.repair or not can_repair(self.source.head):
            return stream

        def report(message: str, line: int) -> None:
            if reports:
                self.audit.issue(IssueKind.REPAIRED, message, line=line)

        return Repaired(stream, report)

    def changed(self, name: str, message: str, element: etree._Element) -> StructureChangedError:
        """The error for a file whose structure is not that of the format."""
        return changed(f"{name} {message}", self.audit.where(line=element.sourceline))

    def new_entry(self, maker: Maker, element: etree._Element | None) -> Entry:
        """An entry that begins with an element."""
        line = None if element is None else element.sourceline
        origin = Origin(member=self.source.name, line=line, path=maker.origin)
        return Entry(self.reading, maker, origin, partial(_source_of, element))

    def entry(self, maker: Maker, element: etree._Element) -> None:
        """Read one entry."""
        self.audit.read += 1
        entry = self.new_entry(maker, element)
        take(element, maker.shape, entry.texts, entry)
        if not self.is_begun:
            self.begin(entry.texts)
        self.prepare(entry)
        made = maker.make(entry.texts, entry)
        assert made is None or isinstance(made, Entity)  # the result of an entry table
        entry.read(made)

    def read_header(self) -> Header:
        """The header of the file.

        Raises:
            StructureChangedError: It cannot be read.
        """
        entry = self.head_entry
        header = header_of(self.head_maker, self.head, entry)
        self.audit.unexpected(
            [(path, [("", value)]) for path, value in entry.unexpected], "in the header"
        )
        self.audit.declared = header.declared
        return header

    def begin(self, first: Texts | None) -> None:
        """Make the edition, once the header and the first entry are known."""
        self.is_begun = True
        header = self.read_header()
        if first is None and not self.options.partial:  # reported before any other fault
            missing = None if self.form.declares_count else ("any entry",)
            check_complete(missing, self.options, self.audit)
        list_id = self.list_id(header)
        info = self.form.info(list_id, self.audit)
        self.reading.begin(info, self.edition(list_id, header))

    # Methods that a format can override

    def element(self, path: str, element: etree._Element, is_first: bool) -> None:
        """Read one of the elements at a path: an entry, or a part of the header."""
        if (maker := self.makers.get(path)) is not None:
            self.entry(maker, element)
        elif self.is_begun:
            raise self.changed(path, "follows the first entry", element)
        elif is_first:
            below = self.head_maker.shape.children[str(element.tag)]
            take(element, below, self.head, self.head_entry)
        else:
            raise self.changed(path, "occurs a second time", element)

    def missing_parts(self, sections: Collection[str]) -> Sequence[str] | None:
        """What is missing, when all is read; None for a file that declares its number of entries.

        Args:
            sections: The names of the sections that the file has, empty ones included.
        """
        return None if self.form.declares_count else ()

    def list_id(self, header: Header) -> str:
        """The id of the list."""
        list_of = self.form.list_of
        by_name = None if list_of is None else list_of(self.source.name)
        return self.options.list_id or by_name or self.form.lists[0]

    def edition(self, list_id: str, header: Header) -> Edition:
        """The edition of the entries."""
        return self.form.edition(
            list_id,
            (self.source,),
            self.options,
            self.audit,
            header,
            is_sample=self.root.is_sample,
        )

    def prepare(self, entry: Entry) -> None:
        """Change the texts of an entry before its table reads them: joins, references."""

    def place_entities(self, reading: Reading, missing: Sequence[str] | None) -> Placed:
        """The editions with their entities, when all is read."""
        return self.form.in_one_edition(reading, missing)
