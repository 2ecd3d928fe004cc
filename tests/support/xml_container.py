"""XML files, for the contract: their entries as nodes, changed and written again."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator, Sequence

from lxml import etree
from nodes import Entry, Node

Element = etree._Element
Found = Iterator[tuple[Element, str, tuple[str, ...] | None]]


def own_name(element: Element) -> str:
    return etree.QName(element).localname


def xml_node(element: Element) -> Node:
    """An element as a node, and the texts between its elements."""
    made = Node(own_name(element), element.text or "", form=str(element.tag))
    for name, value in element.attrib.items():
        made.children.append(Node(f"@{etree.QName(name).localname}", str(value), form=str(name)))
    for child in element:
        made.children.append(xml_node(child))
        if (child.tail or "").strip():
            made.children.append(Node("", child.tail or ""))
    return made


def _element(node: Node) -> Element:
    made = etree.Element(node.form)
    made.text = node.text or None
    for child in node.children:
        if child.name.startswith("@"):
            made.set(child.form, child.text)
        elif not child.name:
            made[-1].tail = child.text
        else:
            made.append(_element(child))
    return made


class Xml:
    """An XML file.

    Args:
        files: The one file.
        find: Gives each element that belongs to a record, what its paths begin with, and its
            owners; or the paths of the entries below the root.
        count: The path of the number of entries that the file states.
    """

    def __init__(
        self,
        files: Sequence[bytes],
        find: Callable[[Element], Found] | Sequence[str],
        count: str = "",
    ) -> None:
        (data,) = files
        parser = etree.XMLParser(remove_comments=True, remove_pis=True, resolve_entities=False)
        root = etree.fromstring(data, parser)
        if callable(find):
            found = list(find(root))
        else:
            found = [(one, "", None) for path in find for one in root.iterfind(_anywhere(path))]
        self.entries: list[Entry] = []
        self._elements: dict[int, Element] = {}
        for element, base, owners in found:
            above = element.getparent()
            assert above is not None
            section = -1 if above is root else root.index(above)
            entry = Entry(top=xml_node(element), base=base, section=section, owners=owners)
            self.entries.append(entry)
            self._elements[id(entry.top)] = element
        parents = {id(one.getparent()): one.getparent() for one, _, _ in found}
        for element, _, _ in found:
            parent = element.getparent()
            assert parent is not None
            parent.remove(element)
        # Text of no entry, as the unreferenced elements of a section, would differ in a part of it.
        for parent in parents.values():
            if parent is not None and parent is not root:
                parent[:] = []
        self.shell = root
        self.count = count

    def write(self, entries: Sequence[Entry]) -> list[bytes]:
        root = copy.deepcopy(self.shell)
        for entry in entries:
            parent = root if entry.section < 0 else root[entry.section]
            whole = self._elements.get(id(entry.top))
            parent.append(_element(entry.top) if whole is None else copy.deepcopy(whole))
        if self.count:
            number = root.find(_anywhere(self.count))
            assert number is not None
            number.text = str(len(entries))
        return [etree.tostring(root, encoding="utf-8", xml_declaration=True)]

    def header(self) -> object:
        return etree.tostring(self.shell, method="c14n")

    @staticmethod
    def ways(data: bytes) -> Iterator[tuple[str, bytes]]:
        """Other ways of XML to write the same."""
        yield "indented", _written(data, lambda root: etree.indent(root, "\t"))
        yield "in one line", _written(data, _stripped)
        yield "with comments", _written(data, _commented)
        yield "with a prefix", _prefixed(data)
        yield "in single quotes", _requoted(data)
        yield "as CDATA", _cdata(data)
        yield "with references", etree.tostring(etree.fromstring(data), encoding="ascii")
        for encoding in ("utf-16", "iso-8859-1"):
            tree = etree.ElementTree(etree.fromstring(data))
            yield encoding, etree.tostring(tree, encoding=encoding, xml_declaration=True)
        yield "with a mark of UTF-8", _written(data, lambda _: None).decode().encode("utf-8-sig")

    @staticmethod
    def doubled(data: bytes) -> Iterator[tuple[str, bytes]]:
        """Files that have something twice that belongs there once."""
        root = etree.fromstring(data)
        parts = {one.tag: one for one in root.iterchildren(etree.Element) if xml_node(one).has_text}
        for part in parts.values():
            for place in (root.index(part) + 1, len(root)):
                root.insert(place, copy.deepcopy(part))
                yield f"{own_name(part)} again at {place}", etree.tostring(root)
                root.remove(root[place])
        inner = etree.tostring(root)
        root.append(etree.fromstring(inner))
        yield "document in the document", etree.tostring(root)
        yield "document twice", data + data

    @staticmethod
    def beside(data: bytes, text: str) -> Iterator[tuple[str, bytes]]:
        """Files with a text added at one place around the entries."""
        for place in range(len(etree.fromstring(data)) + 1):
            root = etree.fromstring(data)
            new = etree.Element(f"{{{etree.QName(root).namespace}}}strange")
            etree.SubElement(new, new.tag).text = text
            root.insert(place, new)
            yield f"an element at {place}", etree.tostring(root)
            root.remove(new)
            if place < len(root):
                root[place].tail = text
                yield f"a text at {place}", etree.tostring(root)
        root = etree.fromstring(data)
        root.set("strange", text)
        yield "an attribute of the root", etree.tostring(root)
        for place in range(len(root)):
            root = etree.fromstring(data)
            holder = root[place]
            while len(holder) and len(holder[0]):
                holder = holder[0]
            etree.SubElement(holder, f"{{{etree.QName(root).namespace}}}strange").text = text
            yield f"an element in <{own_name(holder)}>", etree.tostring(root)

    @staticmethod
    def moved(data: bytes) -> Iterator[tuple[str, bytes]]:
        """Files with a part moved to the end."""
        for place, part in enumerate(etree.fromstring(data).iterchildren(etree.Element)):
            root = etree.fromstring(data)
            root.append(list(root.iterchildren(etree.Element))[place])
            yield f"{own_name(part)} at the end", etree.tostring(root)

    @staticmethod
    def hostile(data: bytes, secret: str) -> Iterator[tuple[str, bytes]]:
        """Documents that declare entities, or are beyond all measure."""
        root = etree.fromstring(data)
        name = own_name(root)
        plain = etree.tostring(root).decode()
        leaf = max(root.iter(), key=lambda one: len(one.text or "") if not len(one) else 0)
        word = etree.tostring(leaf).decode()
        tag = re.escape(etree.QName(leaf).localname)
        place = re.search(rf"<((?:\w+:)?{tag})((?:\s[^>]*)?)>", plain)
        assert place is not None, word
        at = place.end()
        bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
        for what, declared, inside in (
            ("external entity", f'<!DOCTYPE {name} [<!ENTITY x SYSTEM "{secret}">]>', "&x;"),
            ("external subset", f'<!DOCTYPE {name} SYSTEM "{secret}">', ""),
            ("declaration alone", f"<!DOCTYPE {name}>", ""),
            ("far declaration", "\n" * 70_000 + f"<!DOCTYPE {name}>", ""),
            ("bomb", f'<!DOCTYPE {name} [<!ENTITY e0 "boom">{bomb}]>', "&e11;"),
            ("undeclared entity", "", "&nothing;"),
            ("text of 10 MB", "", "x" * 10_485_760),
            ("300 levels", "", "<a>" * 300 + "x" + "</a>" * 300),
        ):
            yield what, (declared + plain[:at] + inside + plain[at:]).encode()


def _anywhere(path: str) -> str:
    return "/".join(f"{{*}}{step}" for step in path.split("/"))


def _written(data: bytes, change: Callable[[Element], object]) -> bytes:
    root = etree.fromstring(data)
    change(root)
    return etree.tostring(root.getroottree(), encoding="utf-8", xml_declaration=True)


def _stripped(root: Element) -> None:
    for one in root.iter():
        if len(one) and not (one.text or "").strip():
            one.text = None
        if not (one.tail or "").strip():
            one.tail = None


def _commented(root: Element) -> None:
    """A comment and an instruction in each text, and between the elements."""
    for number, one in enumerate(list(root.iter(etree.Element))):
        text = one.text or ""
        for made in (etree.Comment(" <x>y</x> "), etree.ProcessingInstruction("a", "b")):
            if len(text) > 1:
                made.tail, one.text = text[len(text) // 2 :], text[: len(text) // 2]
                one.insert(0, made)
                text = one.text or ""
            elif number % 3 == 0:
                one.append(made)


def _prefixed(data: bytes) -> bytes:
    """The namespace of the document under a prefix; without one, as it is."""
    root = etree.fromstring(data)
    space = etree.QName(root).namespace
    if space is None:
        return data
    made = etree.Element(root.tag, dict(root.attrib), nsmap={"p": space})
    made.text = root.text
    made[:] = root[:]
    before = list(root.itersiblings(preceding=True))
    for one in reversed(before):
        made.addprevious(one)
    etree.cleanup_namespaces(made, top_nsmap={"p": space})
    written = etree.tostring(made.getroottree(), encoding="utf-8", xml_declaration=True)
    assert b"<p:" in written
    return written


def _requoted(data: bytes) -> bytes:
    plain = _written(data, lambda _: None).decode()
    return re.sub(
        r"<[A-Za-z?][^<>]*>", lambda tag: re.sub(r'="([^"\']*)"', r"='\1'", tag[0]), plain
    ).encode()


def _cdata(data: bytes) -> bytes:
    def change(root: Element) -> None:
        for one in root.iter(etree.Element):
            if (one.text or "").strip() and not len(one) and "]]>" not in (one.text or ""):
                one.text = etree.CDATA(one.text or "")

    return _written(data, change)
