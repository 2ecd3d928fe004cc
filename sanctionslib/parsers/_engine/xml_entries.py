"""How XML is read: safe, streaming, with errors of our own.

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
from typing import cast

import attrs
from lxml import etree

from sanctionslib.errors import ParseError, StructureChangedError, Where
from sanctionslib.parsers._engine.audit import Pairs
from sanctionslib.parsers._engine.faults import (
    beyond,
    changed,
    check_length,
    cut,
    damaged,
    mendable,
)
from sanctionslib.parsers._engine.input_file import InputFile, Readable
from sanctionslib.parsers._engine.repair import Repaired, can_mend

__all__ = ["Root", "XmlEntries", "attributes_of", "local_name", "pairs_of", "sniff_root"]

_LONGEST = 2_000_000
"""Bytes that an entry may have, and what stands between two: the longest entries have 43,000, the
reference values of the advanced format 88,000."""
_STRAY = 10_000
"""Attributes and texts that may stand where the format has none, outside the entries …"""
_SHARE = 10
"""… and as many more for each entry. The files of the publishers have none at all."""
_PIECE = 64
"""Characters of a text that count as one of them."""
_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"


@attrs.frozen(kw_only=True)
class Root:
    """What the start of an XML document tells."""

    name: str
    """Local name of the root element."""
    namespace: str
    """Its namespace, "" for none."""
    attributes: Mapping[str, str]
    """Its attributes, by local name."""
    has_doctype: bool
    """Whether there is a document type declaration."""
    is_sample: bool
    """Whether the document says of itself that it is one of our samples."""

    def tag(self, name: str) -> str:
        """The full tag of a name in the namespace of the root."""
        return f"{{{self.namespace}}}{name}" if self.namespace else name


def sniff_root(head: bytes) -> Root | None:
    """Read the first bytes up to the root's start tag; None where they hold none."""
    parser = etree.XMLPullParser[etree._Element](
        events=("start", "pi"), resolve_entities=False, no_network=True, load_dtd=False
    )
    is_sample = False
    with suppress(etree.XMLSyntaxError):  # a fault after the root is met by the parser proper
        parser.feed(head)
    with suppress(etree.XMLSyntaxError):
        for event, node in parser.read_events():
            if event == "pi":
                told = (getattr(node, "target", ""), node.text)
                is_sample = is_sample or told == ("sanctionslib", 'scope="sample"')
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
    is in `names`. Whatever else stands under the root or in such a section (unknown children,
    attributes, text) is collected in `odd` as (path, values). When all is read, `sections` has the
    names of the sections that the document has, the empty ones too.

    Args:
        source: For messages.
        stream: The bytes.
        root: What `sniff_root` saw.
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
        self.odd: list[tuple[str, Pairs]] = []
        self.sections: set[str] = set()
        self._source = source
        self._root = root
        self._stream = stream
        self._names = frozenset(names)
        self._known_attributes = attributes
        self._around = {name.rpartition("/")[0] for name in names} | {""}
        """Paths of the elements around entries; "" is the root."""
        self._entry_count = 0
        self._odd_size = 0
        self._open_size = 0
        """Bytes since the last entry ended."""
        self._line: int | None = None
        """The line of that entry."""
        self._emptied: etree._Element | None = None
        """The last element that was read: nothing is left in it."""

    def named(self) -> Iterator[tuple[str, etree._Element]]:
        """Each entry with its path; it is emptied when the next one is asked for.

        Raises:
            TruncatedError: The document does not end.
            StructureChangedError: An entry is longer than any can be, or far more stands around the
                entries than they are.
            ParseError: It is not well-formed.
        """
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
        """Give the parser more, as long as entries end in it."""
        data = self._stream.read(size)
        self._open_size += len(data)
        if self._open_size > _LONGEST:
            says = f"{_LONGEST:,} bytes without the end of an entry"
            raise beyond(says, Where(source=self._source.name, line=self._line))
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
            ):  # else it stands where the last one stood
                parent, tag = around, str(element.tag)
                above = [local_name(one.tag) for one in element.iterancestors()]
                path = "/".join([*above[-2::-1], local_name(tag)] if above else [])
            if path not in self._names and path not in self._around:
                continue  # the same name deeper inside belongs to the entry around it
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
        """Remove what stands before `until`: entries, which are empty now, and what is unexpected."""
        name = local_name(parent.tag)
        base = "" if parent.getparent() is None else f"{name}/"
        while len(parent) and (child := parent[0]) is not until:
            if child is not self._emptied:
                self._note(base + local_name(child.tag), pairs_of(child), child)
            self._note(name, _text(child.tail), child)
            parent.remove(child)

    def _own(self, element: etree._Element, path: str) -> None:
        """The text and the attributes that an element around entries has itself."""
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
        self.odd.append((path, pairs))
        self._odd_size += sum(1 + len(value) // _PIECE for _, value in pairs)
        if self._odd_size > _STRAY + _SHARE * self._entry_count:
            raise changed(
                f"the document has {self._odd_size:,} values outside its {self._entry_count:,} "
                f"entries, where the format has none; the last is <{path}>",
                self._where(element),
            )

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
        says = f"the document is not well-formed XML: {message}"
        return mendable(says, where) if self._can_mend(error) else damaged(says, where)

    def _can_mend(self, error: etree.LxmlError) -> bool:
        """Whether `read(…, repair=True)` could go on behind this fault."""
        if isinstance(self._stream, Repaired) or not can_mend(self._source.head):
            return False
        code, message = getattr(error, "code", None), str(error)
        if code == _NAME_REQUIRED:
            return "xmlParseEntityRef" in message  # of an element it is said, too
        # "&#25;" names a character that is forbidden, and has none.
        return code in _MENDABLE and "xmlParseCharRef" not in message


_NAME_REQUIRED = 68
_MENDABLE = frozenset({9, 23, 81})
"""libxml2's numbers XML_ERR_INVALID_CHAR, XML_ERR_ENTITYREF_SEMICOL_MISSING and
XML_ERR_INVALID_ENCODING."""
_LIMITS = re.compile("resource limit|excessive depth|huge", re.IGNORECASE)
"""libxml2's words for a document that goes beyond its limits."""


def _closes(tail: bytes, name: str) -> bool:
    # UTF-16 and UTF-32 have a NUL beside every ASCII letter; that is enough to find a closing tag.
    last = tail.replace(b"\0", b"").rstrip().rpartition(b"</")[2]
    return last.endswith(b">") and last[:-1].rstrip().rpartition(b":")[2] == name.encode()


_FEW = 100
"""Attributes that lxml gives in no time; for each value it looks through all before it."""


def attributes_of(element: etree._Element) -> Iterable[tuple[str, str]]:
    """The attributes of an element as (tag, value), in time that grows with their number alone."""
    names = element.keys()
    if len(names) <= _FEW:
        return element.items() if names else ()
    values = cast("list[str]", element.xpath("@*"))
    return zip(names, map(str, values), strict=True)


def pairs_of(element: etree._Element, base: str = "") -> Pairs:
    """All non-empty texts and attributes of an element as (path, value).

    Args:
        element: The element.
        base: What the paths begin with.
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
