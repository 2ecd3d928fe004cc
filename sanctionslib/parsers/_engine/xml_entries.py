"""The only door to XML: safe, streaming, with errors of our own.

No external entities, no network, no DTD: a list file has no document type declaration, so one that
has is refused before anything is expanded. libxml2's own limits stay on (10 MB for a single text,
256 levels), which no official file comes near, and so have ours: an entry has at most 2 MB, and what
stands around the entries is not far more than they are. Comments and processing instructions are no
data and are dropped inside the document, so that they cannot split a text in two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from typing import cast

import attrs
from lxml import etree

from sanctionslib.errors import ParseError, StructureChangedError, Where
from sanctionslib.parsers._engine.audit import Pairs
from sanctionslib.parsers._engine.faults import beyond, changed, cut, damaged
from sanctionslib.parsers._engine.source import Source, Stream

__all__ = [
    "FEW",
    "Root",
    "XmlEntries",
    "attributes_of",
    "local_name",
    "pairs_of",
    "prolog_fault",
    "sniff_root",
]

_CHUNK = 1 << 15
_LONGEST = 2_000_000
"""Bytes that an entry may have, and what stands between two: the longest entries have 43,000, the
reference values of the advanced format 88,000."""
_STRAY = 10_000
"""Elements, attributes and texts that may stand where the format has none, outside the entries …"""
_SHARE = 10
"""… and as many more for each entry. The files of the publishers have none at all."""
_PIECE = 64
"""Characters of a text that count as one of them."""


_parser = partial(
    etree.XMLPullParser[etree._Element],
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    huge_tree=False,
)
"""A parser that follows no reference and keeps the limits of libxml2."""


@attrs.frozen(kw_only=True)
class Root:
    """What the start of an XML document tells."""

    name: str
    """Local name of the root element."""
    namespace: str
    """Its namespace, "" for none."""
    instructions: tuple[tuple[str, str], ...] = ()
    """Processing instructions before the root: (target, text)."""
    has_doctype: bool = False
    """Whether there is a document type declaration."""
    attributes: Mapping[str, str] = attrs.field(factory=dict[str, str])
    """Its attributes, by local name."""

    @property
    def is_sample(self) -> bool:
        """Whether the document says of itself that it is one of our samples."""
        return ("sanctionslib", 'scope="sample"') in self.instructions

    def tag(self, name: str) -> str:
        """The full tag of a name in the namespace of the root."""
        return f"{{{self.namespace}}}{name}" if self.namespace else name


def prolog_fault(head: bytes) -> str | None:
    """What is wrong with XML before its root: an encoding that nobody knows, for one."""
    if not re.search(rb"<[A-Za-z_]", head.replace(b"\0", b"")):
        return None
    try:
        _parser().feed(head)
    except etree.XMLSyntaxError as error:
        return str(error.msg)
    return None


def sniff_root(head: bytes) -> Root | None:
    """Read the first bytes up to the root's start tag; None where they hold none."""
    parser = _parser(events=("start", "pi"))
    instructions: list[tuple[str, str]] = []
    with suppress(etree.XMLSyntaxError):  # a fault after the root is met by the parser proper
        parser.feed(head)
    with suppress(etree.XMLSyntaxError):
        for event, node in parser.read_events():
            if event == "pi":
                instructions.append((str(getattr(node, "target", "")), node.text or ""))
                continue
            name = etree.QName(node)
            docinfo = node.getroottree().docinfo
            return Root(
                name=name.localname,
                namespace=name.namespace or "",
                instructions=tuple(instructions),
                has_doctype=bool(docinfo.doctype) or docinfo.internalDTD is not None,
                attributes={local_name(key): value for key, value in attributes_of(node)},
            )
    return None


def local_name(tag: object) -> str:
    """The local name of a tag."""
    return str(tag).rpartition("}")[2]


class XmlEntries:
    """The entries of a document, one by one, in the memory of one entry.

    An entry is a child of the root, or a child of a section under the root. Iterating gives every
    element whose path is in `names`. Whatever else stands under the root or in such a section
    (unknown children, attributes, text) is collected in `odd` as (path, values), and raises
    `StructureChangedError` where it is far more than the entries are, or where a single element
    is longer than any entry can be. When all is read, `sections` has the names of the sections
    that the document has, the empty ones too.

    Args:
        source: For messages.
        stream: The bytes.
        root: What `sniff_root` saw.
        names: Paths of the entries: "sdnEntry", "entities/entity".
        attributes: Attributes of the root that belong to the format; found in `attributes`.
    """

    def __init__(
        self,
        source: Source,
        stream: Stream,
        root: Root,
        names: tuple[str, ...],
        *,
        attributes: tuple[str, ...] = (),
    ) -> None:
        if root.has_doctype:
            raise StructureChangedError(
                "the file has a document type declaration; official lists have none, and it can be "
                "an attack",
                where=Where(source=source.name, line=1),
                hint="do not trust this file: fetch it again from the publisher",
            )
        self.odd: list[tuple[str, Pairs]] = []
        self.sections: set[str] = set()
        self.attributes: dict[str, str] = {}
        self._source = source
        self._root = root
        self._stream = stream
        self._names = frozenset(names)
        self._known_attributes = attributes
        self._sections = frozenset(name.partition("/")[0] for name in names if "/" in name)
        self._tags = [root.tag(name.rpartition("/")[2]) for name in names]
        self._tags += [root.tag(name) for name in (*self._sections, root.name)]
        self._last: dict[int, etree._Element] = {}
        """The element handled last, by its depth."""
        self._top: etree._Element | None = None
        """The root, once its start was read."""
        self._entry_count = 0
        self._stray_count = 0
        self._open: etree._Element | None = None
        """What was read last of the root or of a section; it may go on."""
        self._open_size = 0

    def __iter__(self) -> Iterator[etree._Element]:
        return (element for _, element in self.named())

    def named(self) -> Iterator[tuple[str, etree._Element]]:
        """The same, each with its path from the root."""
        try:
            yield from self._entries()
        except etree.LxmlError as error:
            raise self._fault(error) from None

    def _entries(self) -> Iterator[tuple[str, etree._Element]]:
        parser = _parser(
            events=("start", "end", "start-ns"),
            tag=list(dict.fromkeys(self._tags)),
            remove_comments=True,
            remove_pis=True,
            remove_blank_text=True,
            collect_ids=False,
        )
        fault: etree.LxmlError | None = None
        while fault is None:
            chunk = self._stream.read(_CHUNK)
            try:
                if chunk:
                    parser.feed(chunk)
                else:
                    parser.close()
            except etree.LxmlError as error:
                fault = error  # what stands before it comes first
            yield from self._finished(parser)
            if not chunk:
                break
            self._let_go(len(chunk))
        if fault is not None:
            raise fault
        if self._top is not None:
            self._sweep(self._top, None)
            self._own(self._top, self._root.name, self._known_attributes)

    def _finished(
        self, parser: etree.XMLPullParser[etree._Element]
    ) -> Iterator[tuple[str, etree._Element]]:
        """The entries that end in what was read last."""
        for event, found in cast("Iterator[tuple[str, object]]", parser.read_events()):
            if event == "start-ns":
                self._check_namespace(*cast("tuple[str, str]", found))
                continue
            element = cast("etree._Element", found)
            if event == "start":
                if self._top is None:
                    self._top = element
                continue
            parent = element.getparent()
            if parent is None:
                continue
            section = parent.getparent()
            if section is None:
                name, depth = local_name(element.tag), 1
            elif section.getparent() is None:
                name, depth = f"{local_name(parent.tag)}/{local_name(element.tag)}", 2
            else:
                continue  # the same name deeper inside belongs to the entry around it
            if name in self._names:
                self._entry_count += 1
                self._sweep(parent, element)
                yield name, element
            elif depth == 1 and name in self._sections:
                self._sweep(parent, element)
                self._sweep(element, None)
                self._own(element, name, ())
                self.sections.add(name)
            else:
                continue
            element.clear(keep_tail=True)
            self._last[depth] = element

    def _let_go(self, size: int) -> None:
        """Remove what has ended outside the entries, and refuse what does not end.

        The last child of the root and that of its section may go on, all before them do not.
        """
        top = self._top
        if top is None:
            return
        last = top[-1] if len(top) else top
        self._sweep(top, last)
        if len(last) and last.getparent() is top and local_name(last.tag) in self._sections:
            section, last = last, last[-1]
            self._sweep(section, last)
        self._open_size = self._open_size + size if last is self._open else 0
        self._open = last
        if self._open_size > _LONGEST:
            says = f"{_LONGEST:,} bytes without the end of an entry, in or after <{local_name(last.tag)}>"
            raise beyond(says, self._where(last))

    def _check_namespace(self, prefix: str, address: str) -> None:
        """Refuse an address that is far longer than any: every tag and attribute repeats it."""
        if len(address) > _LONGEST_ADDRESS:
            what = f"the namespace {prefix!r}"
            raise beyond(_too_long(what, len(address), _LONGEST_ADDRESS), self._where())

    def _sweep(self, parent: etree._Element, until: etree._Element | None) -> None:
        """Remove what stands before `until`; all but the entry handled last is out of place."""
        last = self._last.get(1 if parent.getparent() is None else 2)
        base = "" if parent.getparent() is None else f"{local_name(parent.tag)}/"
        for child in list(parent):
            if child is until:
                break
            if child is not last:
                self._stray_count += sum(1 for _ in child.iter())
                if pairs := pairs_of(child):
                    self._note(base + local_name(child.tag), pairs)
                self._check_share(child)
            self._text(child.tail, local_name(parent.tag))
            parent.remove(child)

    def _check_share(self, element: etree._Element) -> None:
        if self._stray_count > _STRAY + _SHARE * self._entry_count:
            raise changed(
                f"the document has {self._stray_count:,} elements and values outside its "
                f"{self._entry_count:,} entries, where the format has none; the last is "
                f"<{local_name(element.tag)}>",
                self._where(element),
            )

    def _own(self, element: etree._Element, path: str, known: tuple[str, ...]) -> None:
        """The text and the attributes that an element around entries has itself."""
        self._text(element.text, path)
        for name, value in attributes_of(element):
            if local_name(name) in known:
                self.attributes[local_name(name)] = value
            elif not name.startswith("{http://www.w3.org/2001/XMLSchema-instance}"):
                self._note(f"{path}@{local_name(name)}", [("", value)])

    def _text(self, text: str | None, path: str) -> None:
        if text and text.strip():
            self._note(path, [("", text)])

    def _note(self, path: str, pairs: Pairs) -> None:
        self._stray_count += sum(1 + len(value) // _PIECE for _, value in pairs)
        self.odd.append((path, pairs))

    def _where(self, element: etree._Element | None = None) -> Where:
        line = None if element is None else element.sourceline
        return Where(source=self._source.name, line=line)

    def _fault(self, error: etree.LxmlError) -> ParseError:
        message = str(getattr(error, "msg", None) or error)
        line = getattr(error, "lineno", None)
        where = Where(source=self._source.name, line=line if isinstance(line, int) else None)
        if "Extra content" not in message and not _closes(self._source.tail, self._root.name):
            says = (
                f"the document does not end: there is no closing </{self._root.name}> ({message})"
            )
            return cut(says, where)
        if _LIMITS.search(message):
            return beyond(message, where)
        return damaged(f"the document is not well-formed XML: {message}", where)


_LIMITS = re.compile("resource limit|excessive depth|huge", re.IGNORECASE)
"""libxml2's words for a document that goes beyond its limits."""


def _closes(tail: bytes, name: str) -> bool:
    # UTF-16 and UTF-32 have a NUL beside every ASCII letter; that is enough to find a closing tag.
    text = tail.replace(b"\0", b"").rstrip()
    end = text.rpartition(b"</")[2]
    return end.endswith(b">") and end[:-1].rstrip().rpartition(b":")[2] == name.encode()


_LONGEST_ADDRESS = 1_000
"""Characters of the address of a namespace; OFAC's have 91."""
FEW = 100
"""Attributes that lxml gives in no time; for each value it looks through all before it."""


def attributes_of(element: etree._Element) -> Iterable[tuple[str, str]]:
    """The attributes of an element as (tag, value), in time that grows with their number alone."""
    names = element.keys()
    if len(names) <= FEW:
        return element.items() if names else ()
    values = cast("list[str]", element.xpath("@*"))
    return zip(names, map(str, values), strict=True)


_LONGEST_PATH = 1_000
"""Characters that the path of an element with something inside it may have; no format has a tenth.
Every value below it repeats them: a few names of many thousand characters would take gigabytes."""


def _too_long(what: str, length: int, most: int) -> str:
    return f"{what} has {length:,} characters, and {most:,} are the most"


def pairs_of(element: etree._Element, base: str = "") -> Pairs:
    """All non-empty texts and attributes of an element as (path, value).

    Args:
        element: The element.
        base: What the paths begin with.
    """
    pairs: list[tuple[str, str]] = []
    _collect(element, base, pairs)
    return pairs


def _collect(element: etree._Element, path: str, pairs: list[tuple[str, str]]) -> None:
    if len(path) > _LONGEST_PATH:
        what = _too_long("the path of an element", len(path), _LONGEST_PATH)
        raise beyond(what, Where(path=f"{path[:80]}…", line=element.sourceline))
    for name, value in attributes_of(element):
        if value.strip():
            pairs.append((f"{path}@{local_name(name)}", value))
    _add_text(element.text, path, pairs)
    for child in element:
        name = local_name(child.tag)
        _collect(child, f"{path}/{name}" if path else name, pairs)
        _add_text(child.tail, path, pairs)


def _add_text(text: str | None, path: str, pairs: list[tuple[str, str]]) -> None:
    if text is not None and text.strip():
        pairs.append((path, text))
