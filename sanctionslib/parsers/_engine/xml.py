"""XML as a container: a document of entries → the texts of each, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

import attrs
from lxml import etree

from sanctionslib.answers import IssueKind
from sanctionslib.errors import StructureChangedError
from sanctionslib.model import Edition, Entity, Origin
from sanctionslib.parsers._engine.audit import AuditBuilder, Pairs
from sanctionslib.parsers._engine.checks import check_whole
from sanctionslib.parsers._engine.edition import Header, Placed, TableFormat, header_of
from sanctionslib.parsers._engine.entry import Entry, Reading
from sanctionslib.parsers._engine.faults import changed
from sanctionslib.parsers._engine.fields import Texts
from sanctionslib.parsers._engine.format import Head, Options, Parsed
from sanctionslib.parsers._engine.input_file import InputFile, Readable
from sanctionslib.parsers._engine.maker import Maker, Shape
from sanctionslib.parsers._engine.repair import Repaired, can_mend
from sanctionslib.parsers._engine.rules import Group, Rule, Rules
from sanctionslib.parsers._engine.xml_entries import (
    Root,
    XmlEntries,
    attributes_of,
    local_name,
    pairs_of,
    sniff_root,
)

__all__ = ["XmlFormat", "XmlReading", "take"]


def take(element: etree._Element, shape: Shape, texts: Texts, entry: Entry) -> None:
    """Read one element, and what is below it up to inner groups, into the texts of its group.

    What the shape does not have (an element, an attribute, a text, a second element where one is
    meant) goes to `entry.unexpected`.
    """
    kept, share = entry.kept, entry.share
    for name, value in attributes_of(element):
        if said := value.strip():
            if (known := shape.attributes.get(name)) is not None:
                key, path, words = known
                if words is None:
                    texts[key] = share(said, said)
                else:
                    texts[key] = words.get(said) or words.unknown(said, entry)
            else:
                path = f"{shape.path}@{local_name(name)}"
                entry.unexpected.append((path, value))
            if kept is not None:
                kept.append((path, share(value, value)))
    text = element.text
    if text is not None and (said := text.strip()):
        if shape.has_text:
            texts["." if shape.maker is not None else shape.key] = share(said, said)
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
            elif (text := child.text) is not None and (said := text.strip()):
                said = share(said, said)
                key = below.key
                if kept is not None:
                    kept.append((below.path, share(text, text)))
                if below.repeats:
                    texts.setdefault(key, []).append(said)
                elif key in texts:
                    entry.unexpected.append((below.path, text))
                else:
                    texts[key] = said
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
    """All values of an element that stands where the format has none."""
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
    """What the file says of itself: fields of `Header`, by path from the root."""
    header_type: type[Header] = Header
    """With more fields, where a file says more of itself."""
    list_of: Callable[[str], str | None] | None = None
    """Tells the list by the file name, where several come in the format; else it is the first."""
    reading: Callable[[XmlFormat, InputFile, Options, Root], XmlReading] | None = None
    """Reads a document, where a format has a class of its own for that."""

    @property
    def groups(self) -> tuple[Group, ...]:
        return tuple(self.entries.values())

    @property
    def declares_count(self) -> bool:
        """Whether a file says how many entries it has."""
        return any(getattr(rule, "field", "") == "declared" for rule in self.header.values())

    def recognise(self, head: Head) -> bool:
        return head.root is not None and head.root.name == self.root

    def parse(self, sources: Sequence[InputFile], options: Options) -> Parsed:
        (source,) = sources
        root = sniff_root(source.head)
        assert root is not None  # recognise saw it
        return (self.reading or XmlReading)(self, source, options, root).parse()


class XmlReading:
    """One document while it is read.

    A format with joins, or with several lists in one file, has a class of its own that overrides the
    last methods.
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
        """Of the elements that are read, one by one."""
        self.is_begun = False

    def parse(self) -> Parsed:
        attributes = tuple(self.head_maker.shape.attributes)
        seen: dict[str, etree._Element | None] = {}
        """By path, the element around those that were read."""
        for name in attributes:
            if value := self.root.attributes.get(name, "").strip():
                self.head[f"@{name}"] = value
        with self.source.open(self.options.progress) as stream:
            children = XmlEntries(
                self.source, self.mended(stream), self.root, self.paths, attributes=attributes
            )
            for path, element in children.named():
                parent, is_first = element.getparent(), path not in seen
                if seen.setdefault(path, parent) is not parent:
                    raise self.changed(path, "stands in a second section of its kind", element)
                self.element(path, element, is_first)
        if not self.is_begun:
            self.begin(None)
        self.audit.unexpected(children.odd, "under the root")
        missing = self.ended(children.sections)
        return self.form.parsed(self.reading, self.options, missing, self.finished)

    def mended(self, stream: Readable, *, tells: bool = True) -> Readable:
        """The bytes of the document; without some faults, where the caller wants that.

        Args:
            stream: The bytes as they are.
            tells: Whether each repair is reported; False where the document is read once more.
        """
        if not self.options.repair or not can_mend(self.source.head):
            return stream

        def tell(says: str, line: int) -> None:
            if tells:
                self.audit.issue(IssueKind.REPAIRED, says, line=line)

        return Repaired(stream, tell)

    def changed(self, name: str, says: str, element: etree._Element) -> StructureChangedError:
        """The error of a file whose parts do not stand as the format has them."""
        return changed(f"{name} {says}", self.audit.where(line=element.sourceline))

    def new_entry(self, maker: Maker, element: etree._Element | None) -> Entry:
        """An entry that begins with an element."""
        line = None if element is None else element.sourceline
        origin = Origin(member=self.source.name, line=line, path=maker.origin)
        return Entry(self.reading, maker, origin, partial(_source_of, element))

    def entry(self, maker: Maker, element: etree._Element) -> None:
        """One entry."""
        self.audit.read += 1
        entry = self.new_entry(maker, element)
        take(element, maker.shape, entry.texts, entry)
        if not self.is_begun:
            self.begin(entry.texts)
        self.prepare(entry)
        made = maker.make(entry.texts, entry)
        assert made is None or isinstance(made, Entity)  # what a table of entries makes
        entry.read(self.placed(made, entry))

    def take_header(self) -> Header:
        """What the file says of itself.

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
        """The edition, as soon as the header and the first entry are known."""
        self.is_begun = True
        header = self.take_header()
        if first is None and not self.options.partial:  # that is the first thing to say
            missing = None if self.form.declares_count else ("any entry",)
            check_whole(missing, self.options, self.audit)
        list_id = self.list_id(header)
        info = self.form.info(list_id, self.audit)
        self.reading.begin(info, self.edition(list_id, header))

    # What a format can override

    def element(self, path: str, element: etree._Element, is_first: bool) -> None:
        """One of the elements at a path: an entry, or a part of the header."""
        if (maker := self.makers.get(path)) is not None:
            self.entry(maker, element)
        elif self.is_begun:
            raise self.changed(path, "stands after the first entry", element)
        elif is_first:
            below = self.head_maker.shape.children[str(element.tag)]
            take(element, below, self.head, self.head_entry)
        else:
            raise self.changed(path, "stands there a second time", element)

    def ended(self, sections: Collection[str]) -> Sequence[str] | None:
        """What the file shows to be missing, now that all is read; None where it declares its number.

        Args:
            sections: The names of the sections that it has, the empty ones too.
        """
        return None if self.form.declares_count else ()

    def list_id(self, header: Header) -> str:
        """The list that the file is of."""
        tell = self.form.list_of
        told = None if tell is None else tell(self.source.name)
        return self.options.list_id or told or self.form.lists[0]

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

    def placed(self, entity: Entity | None, entry: Entry) -> Entity | None:
        """The entity in its edition, where a file has several."""
        return entity

    def finished(self, reading: Reading, missing: Sequence[str] | None) -> Placed:
        """The editions and the entities in them, now that all are read."""
        return self.form.in_one_edition(reading, missing)
