"""Reads XML safely and as a stream, with errors of this library.

No external entities, no network, no DTD: a list file has no document type declaration, so a file
with one is refused before anything is expanded. libxml2's own limits stay on (10 MB for a single
text, 256 levels), far above any official file, and this module adds its own: an entry has at most 2
MB, and there cannot be far more unexpected values around the entries than entries. Comments and
processing instructions are not data; the parser drops them, so that they cannot split a text in
two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, cast

import attrs

from sanctionslib.errors import ParseError, StructureChangedError, Where
from sanctionslib.parsers._engine.audit import Pairs
from sanctionslib.parsers._engine.faults import (
    changed,
    check_length,
    damaged,
    limit_exceeded,
    repairable,
    truncated,
)
from sanctionslib.parsers._engine.input_file import InputFile, Readable
from sanctionslib.parsers._engine.repair import Repaired, can_repair

# Loaded when XML is read: other files are read without it, and where it cannot be installed.
if TYPE_CHECKING:
    from lxml import etree

__all__ = ["Root", "XmlEntries", "attributes_of", "local_name", "pairs_of", "sniff_root"]

_LONGEST = 2_000_000
"""Bytes of an entry, and between two entries: the longest entries have 43,000, the reference
values of the advanced format 88,000."""
_UNEXPECTED = 10_000
"""Unexpected attributes and texts that may occur around the entries …"""
_SHARE = 10
"""… and as many more for each entry. The publishers' files have none."""
_PIECE = 64
"""Characters of a text that count as one of them."""
_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"


@attrs.frozen(kw_only=True)
class Root:
    """The start of an XML document."""

    name: str
    """Local name of the root element."""
    namespace: str
    """Its namespace, "" for none."""
    attributes: Mapping[str, str]
    """Its attributes, by local name."""
    has_doctype: bool
    """Whether there is a document type declaration."""
    is_sample: bool
    """Whether the document is marked as one of our samples."""

    def tag(self, name: str) -> str:
        """The full tag of a name in the namespace of the root."""
        return f"{{{self.namespace}}}{name}" if self.namespace else name


def sniff_root(head: bytes) -> Root | None:
    """Read the first bytes up to the root's start tag; None where there is none."""
    if head.startswith(b"{"):
        return None
    from lxml import etree

    parser = etree.XMLPullParser[etree._Element](
        events=("start", "pi"), resolve_entities=False, no_network=True, load_dtd=False
    )
    is_sample = False
    with suppress(etree.XMLSyntaxError):  # the full parser reports a fault after the root
        parser.feed(head)
    with suppress(etree.XMLSyntaxError):
        for event, node in parser.read_events():
            if event == "pi":
                instruction = (getattr(node, "target", ""), node.text)
                is_sample = is_sample or instruction == ("sanctionslib", 'scope="sample"')
                continue
            name = etree.QName(node)
            docinfo = node.getroottree().docinfo
            return Root(
                name=name.localname,
                namespace=name.namespace or "",
                attributes={local_name(key): value for key, value in attributes_of(node)},
                has_doctype=bool(docinfo.doctype) or docinfo.internalDTD is not None,
                is_sample=is_sample,
            )
    return None


def local_name(tag: object) -> str:
    """The local name of a tag."""
    return str(tag).rpartition("}")[2]


class XmlEntries:
    """The entries of a document, one by one, in the memory of one entry.

    An entry is a child of the root, or a child of a section under the root: an element whose path
    is in `names`. Everything else under the root or in such a section (unknown children,
    attributes, text) is collected in `unexpected` as (path, values). In the end `sections` has the
    names of the sections of the document, empty ones included.

    Args:
        source: For messages.
        stream: The bytes.
        root: The result of `sniff_root`.
        names: Paths of the entries: "sdnEntry", "entities/entity".
        attributes: Attributes of the root that belong to the format.
    """

    def __init__(
        self,
        source: InputFile,
        stream: Readable,
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
        self.unexpected: list[tuple[str, Pairs]] = []
        self.sections: set[str] = set()
        self._source = source
        self._root = root
        self._stream = stream
        self._names = frozenset(names)
        self._known_attributes = attributes
        self._around = {name.rpartition("/")[0] for name in names} | {""}
        """Paths of the elements that enclose entries; "" is the root."""
        self._entry_count = 0
        self._unexpected_size = 0
        self._open_size = 0
        """Bytes since the last entry ended."""
        self._line: int | None = None
        """The line of that entry."""
        self._emptied: etree._Element | None = None
        """The last element that was read and then emptied."""

    def named(self) -> Iterator[tuple[str, etree._Element]]:
        """Each entry with its path; it is emptied when the next one is requested.

        Raises:
            TruncatedError: The document does not end.
            StructureChangedError: An entry is too long, or there is far more around the entries than
                entries.
            ParseError: It is not well-formed.
        """
        from lxml import etree

        names = [path.rpartition("/")[2] for path in (*self._names, *self._around)]
        found = etree.iterparse(
            self,
            events=("end", "start-ns"),
            tag=[self._root.tag(name or self._root.name) for name in names],
            remove_comments=True,
            remove_pis=True,
            collect_ids=False,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        try:
            yield from self._ended(found)
        except etree.LxmlError as error:
            raise self._fault(error) from None

    def read(self, size: int = -1, /) -> bytes:
        """Give the parser more bytes, as long as entries end in them."""
        data = self._stream.read(size)
        self._open_size += len(data)
        if self._open_size > _LONGEST:
            message = f"{_LONGEST:,} bytes without the end of an entry"
            raise limit_exceeded(message, Where(source=self._source.name, line=self._line))
        return data

    def _ended(self, events: Iterable[tuple[str, object]]) -> Iterator[tuple[str, etree._Element]]:
        parent: etree._Element | None = None
        tag = path = ""
        for event, found in events:
            if event == "start-ns":
                # Every tag and attribute repeats it; OFAC's have 91 characters.
                check_length("a namespace", cast("tuple[str, str]", found)[1], self._where())
                continue
            element = cast("etree._Element", found)
            around = element.getparent()
            if (
                around is not parent or element.tag != tag
            ):  # else its path is that of the last element
                parent, tag = around, str(element.tag)
                above = [local_name(one.tag) for one in element.iterancestors()]
                path = "/".join([*above[-2::-1], local_name(tag)] if above else [])
            if path not in self._names and path not in self._around:
                continue  # an element of that name deeper inside belongs to its entry
            if parent is not None:
                self._sweep(parent, element)
            if path in self._names:
                self._entry_count += 1
                self._open_size, self._line = 0, element.sourceline
                yield path, element
            else:
                self._sweep(element, None)
                self._own(element, path)
            element.clear(keep_tail=True)
            self._emptied = element

    def _sweep(self, parent: etree._Element, until: etree._Element | None) -> None:
        """Remove what is before `until`: emptied entries, and unexpected elements."""
        name = local_name(parent.tag)
        base = "" if parent.getparent() is None else f"{name}/"
        while len(parent) and (child := parent[0]) is not until:
            if child is not self._emptied:
                self._note(base + local_name(child.tag), pairs_of(child), child)
            self._note(name, _text(child.tail), child)
            parent.remove(child)

    def _own(self, element: etree._Element, path: str) -> None:
        """Note the text and the attributes of an element that encloses entries."""
        if path:
            self.sections.add(path)
        name = local_name(element.tag)
        self._note(name, _text(element.text), element)
        for tag, value in attributes_of(element):
            is_known = not path and local_name(tag) in self._known_attributes
            if not is_known and not tag.startswith(_INSTANCE):
                self._note(f"{name}@{local_name(tag)}", [("", value)], element)

    def _note(self, path: str, pairs: Pairs, element: etree._Element) -> None:
        if not pairs:
            return
        self.unexpected.append((path, pairs))
        self._unexpected_size += sum(1 + len(value) // _PIECE for _, value in pairs)
        if self._unexpected_size > _UNEXPECTED + _SHARE * self._entry_count:
            raise changed(
                f"the document has {self._unexpected_size:,} unexpected values around its "
                f"{self._entry_count:,} entries; the last is <{path}>",
                self._where(element),
            )

    def _where(self, element: etree._Element | None = None) -> Where:
        line = None if element is None else element.sourceline
        return Where(source=self._source.name, line=line)

    def _fault(self, error: etree.LxmlError) -> ParseError:
        reason = str(getattr(error, "msg", None) or error)
        line = getattr(error, "lineno", None)
        where = Where(source=self._source.name, line=line if isinstance(line, int) else None)
        if "Extra content" not in reason and not _closes(self._source.tail, self._root.name):
            message = (
                f"the document does not end: there is no closing </{self._root.name}> ({reason})"
            )
            return truncated(message, where)
        if _LIMITS.search(reason):
            return limit_exceeded(reason, where)
        message = f"the document is not well-formed XML: {reason}"
        return repairable(message, where) if self._can_repair(error) else damaged(message, where)

    def _can_repair(self, error: etree.LxmlError) -> bool:
        """Whether `read(…, repair=True)` can continue after this fault."""
        if isinstance(self._stream, Repaired) or not can_repair(self._source.head):
            return False
        code, message = getattr(error, "code", None), str(error)
        if code == _NAME_REQUIRED:
            return "xmlParseEntityRef" in message  # libxml2 uses the same code for elements
        # "&#25;" is a reference to a forbidden character; there is nothing to repair.
        return code in _REPAIRABLE and "xmlParseCharRef" not in message


_NAME_REQUIRED = 68
_REPAIRABLE = frozenset({9, 23, 81})
"""libxml2's numbers XML_ERR_INVALID_CHAR, XML_ERR_ENTITYREF_SEMICOL_MISSING and
XML_ERR_INVALID_ENCODING."""
_LIMITS = re.compile("resource limit|excessive depth|huge", re.IGNORECASE)
"""libxml2's messages for a document that exceeds its limits."""


def _closes(tail: bytes, name: str) -> bool:
    # UTF-16 and UTF-32 have a NUL beside every ASCII letter; that is enough to find a closing tag.
    last = tail.replace(b"\0", b"").rstrip().rpartition(b"</")[2]
    return last.endswith(b">") and last[:-1].rstrip().rpartition(b":")[2] == name.encode()


_FEW = 100
"""Attributes that lxml gives quickly; for each value it scans all before it."""


def attributes_of(element: etree._Element) -> Iterable[tuple[str, str]]:
    """The attributes of an element as (tag, value), in linear time."""
    names = element.keys()
    if len(names) <= _FEW:
        return element.items() if names else ()
    values = cast("list[str]", element.xpath("@*"))
    return zip(names, map(str, values), strict=True)


def pairs_of(element: etree._Element, base: str = "") -> Pairs:
    """All non-empty texts and attributes of an element as (path, value).

    Args:
        element: The element.
        base: The prefix of the paths.
    """
    return list(_pairs(element, base))


def _pairs(element: etree._Element, path: str) -> Iterator[tuple[str, str]]:
    check_length("the path of an element", path, Where(line=element.sourceline))
    for name, value in attributes_of(element):
        if value.strip():
            yield f"{path}@{local_name(name)}", value
    yield from _text(element.text, path)
    for child in element:
        name = local_name(child.tag)
        yield from _pairs(child, f"{path}/{name}" if path else name)
        yield from _text(child.tail, path)


def _text(text: str | None, path: str = "") -> Pairs:
    return [(path, text)] if text and text.strip() else []
