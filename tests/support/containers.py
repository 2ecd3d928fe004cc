"""The containers of the official formats as nodes, by lxml and the standard library alone.

Each takes the files of one edition apart into entries, writes them again, and knows in which other
ways the same can be written. A format adds nothing here; what is its own stands in `cases`.
"""

from __future__ import annotations

import copy
import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs
from lxml import etree
from nodes import Entry, Node
from sheet_files import ods_workbook, sheet_rows, workbook

__all__ = [
    "Book",
    "Bundle",
    "Json",
    "Table",
    "Xml",
    "bundle",
    "own_name",
    "xml_node",
    "zipped_files",
]

Element = etree._Element
Found = Iterator[tuple[Element, str, tuple[str, ...] | None]]


# ── XML ───────────────────────────────────────────────────────────────────────────────────────


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
        # What no record has, as a section's entries of nobody, would be unlike in a part of it.
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
        parts = {one.tag: one for one in root.iterchildren(etree.Element) if xml_node(one).says}
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
        """Files that have a text somewhere around the entries, where there is none."""
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
        """Files of which a part stands at the end."""
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
            ("entity of nobody", "", "&nothing;"),
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


# ── tables ────────────────────────────────────────────────────────────────────────────────────

Cells = Sequence[str]


@attrs.define(kw_only=True)
class Sheet:
    """Rows: titles, a header, parties, and what is no party."""

    titles: list[Cells] = attrs.field(factory=list)
    written_names: Cells | None = None
    """The header as it is written; None where there is none."""
    names: list[str] = attrs.field(factory=list)
    """The names of the columns, as paths have them; "" for a column that is not used."""
    rows: list[Cells] = attrs.field(factory=list)
    others: list[Cells] = attrs.field(factory=list)

    @classmethod
    def of(
        cls,
        rows: Iterable[Cells],
        header: Collection[str],
        spellings: Mapping[str, str],
        is_party: Callable[[Mapping[str, str]], bool],
        columns: Sequence[str] | None = None,
    ) -> Sheet:
        """Take rows apart; without a header all of them are titles."""
        made = cls(names=list(columns or ()))
        is_below = columns is not None
        for cells in filter(None, rows):
            said = [" ".join(cell.split()) for cell in cells]
            named = [spellings.get(name, name) for name in said]
            if not is_below and set(header) <= {*named}:
                made.written_names, made.names, is_below = cells, named, True
            elif not is_below:
                made.titles.append(cells)
            elif is_party({name: cell for name, cell in made.named(cells) if cell.strip()}):
                made.rows.append(cells)
            else:
                made.others.append(cells)
        return made

    def named(self, cells: Cells) -> list[tuple[str, str]]:
        surplus = [f"column {number + 1}" for number in range(len(self.names), len(cells))]
        return list(zip([*self.names, *surplus], cells, strict=False))

    def parties(self, member: str, nothing: str = "") -> Iterator[Node]:
        """The rows of parties as nodes."""
        for cells in self.rows:
            yield Node(
                member,
                "",
                [
                    Node(name, cell)
                    for name, cell in self.named(cells)
                    if cell.strip() not in ("", nothing.strip())
                ],
            )

    def written(self, tops: Iterable[Node]) -> Iterator[Cells]:
        """All rows, with these for the parties; a column that they alone have is added."""
        tops = list(tops)
        told = dict.fromkeys(child.name for top in tops for child in top.children)
        more = [name for name in told if name not in self.names and not name.startswith("column ")]
        yield from self.titles
        if self.written_names is not None:
            yield [*self.written_names, *more]
        for top in tops:
            cells = {child.name: child.text for child in top.children}
            yield [cells.get(name, "") for name in (*self.names, *more)]
        yield from self.others


class Table:
    """A delimited file, or several that make one edition; each row is an entry.

    Args:
        files: The file, or a file for each member.
        delimiter: What stands between cells.
        columns: Member → its columns, for files without a header; paths have the member.
        nothing: What stands in a cell without a value, as it is written.
        header: Names that the header has, where title lines stand above it.
        names: Other names of columns, with single blanks → ours.
        is_party: Whether a row is one of a party, by its cells.
        encoding: Of the text.
    """

    def __init__(
        self,
        files: Sequence[bytes],
        delimiter: str = ",",
        columns: Mapping[str, Sequence[str]] | None = None,
        nothing: str = "",
        *,
        header: Collection[str] = (),
        names: Mapping[str, str] | None = None,
        is_party: Callable[[Mapping[str, str]], bool] = lambda _cells: True,
        encoding: str = "utf-8-sig",
    ) -> None:
        self.encoding = encoding
        self.delimiter = delimiter
        self.nothing = nothing
        self.count = ""
        self.has_header = columns is None
        self.members = [""] if columns is None else list(columns)
        self.columns: list[list[str]] = []
        self.sheets: list[Sheet] = []
        self.entries: list[Entry] = []
        for section, (member, data) in enumerate(zip(self.members, files, strict=True)):
            text = data.decode(encoding).removesuffix("\x1a")
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
            sheet = Sheet.of(rows, header, names or {}, is_party, columns and columns[member])
            self.sheets.append(sheet)
            self.columns.append(sheet.names)
            for top in sheet.parties(member, nothing):
                self.entries.append(Entry(top=top, base=member, section=section))

    def write(self, entries: Sequence[Entry]) -> list[bytes]:
        made: list[bytes] = []
        for section, sheet in enumerate(self.sheets):
            tops = [entry.top for entry in entries if entry.section == section]
            lines = [self._line(cells) for cells in sheet.written(tops)]
            if lines:  # which member an empty file is, its name alone would say
                end = "\r\n" if self.nothing else "\n"
                mark = "\x1a" if self.nothing else ""
                text = "".join(f"{line}{end}" for line in lines) + mark
                made.append(text.encode(self.encoding.removesuffix("-sig")))
        return made

    def header(self) -> object:
        return self.columns

    def _line(self, cells: Sequence[str]) -> str:
        return self.delimiter.join(map(self._cell, cells))

    def _cell(self, cell: str) -> str:
        if not cell.strip() and self.nothing:
            return self.nothing
        if self.nothing and cell.isdecimal():  # numbers stand without quotes
            return cell
        return '"' + cell.replace('"', '""') + '"'

    def ways(self, data: bytes) -> Iterator[tuple[str, bytes]]:
        """Other ways to write the same table."""
        if self.nothing:  # such files are known by which of their cells have quotes
            yield "with LF", data.replace(b"\r\n", b"\n")
            yield "with CR LF", data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
            yield "with a mark of UTF-8", b"\xef\xbb\xbf" + data
            return
        text = data.decode(self.encoding)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=self.delimiter))
        for what, quoting, end in (
            ("with all in quotes", csv.QUOTE_ALL, "\n"),
            ("with the fewest quotes", csv.QUOTE_MINIMAL, "\n"),
            ("with CR LF", csv.QUOTE_ALL, "\r\n"),
        ):
            out = io.StringIO(newline="")
            csv.writer(
                out, delimiter=self.delimiter, quoting=quoting, lineterminator=end
            ).writerows(rows)
            yield what, out.getvalue().encode(self.encoding.removesuffix("-sig"))
        if self.encoding == "utf-8-sig":
            yield "with a mark of UTF-8", text.encode("utf-8-sig")

    def doubled(self, data: bytes) -> Iterator[tuple[str, bytes]]:
        """Files that have something twice that belongs there once."""
        header = len(self.sheets[0].titles)
        first = b"".join(data.splitlines(keepends=True)[header : header + 1])
        yield "first line twice", first + data
        yield "first line at the end", data.removesuffix(b"\x1a") + first
        yield "table twice", data + data


class Book:
    """A workbook; each row below the header of a sheet is an entry.

    It is written with all cells as text, which says the same to who reads texts.

    Args:
        files: The workbook.
        header: Names that each header has; sheets without it stay as they are.
        names: Other names of columns, with single blanks → ours.
        is_party: Whether a row is one of a party, by its cells.
        is_in_sections: Whether the header can come again.
    """

    count = ""

    def __init__(
        self,
        files: Sequence[bytes],
        *,
        header: Collection[str],
        names: Mapping[str, str] | None = None,
        is_party: Callable[[Mapping[str, str]], bool] = lambda _cells: True,
        is_in_sections: bool = False,
    ) -> None:
        (data,) = files
        self.has_header = not is_in_sections
        self.sheets = {
            name: Sheet.of(rows, header, names or {}, is_party)
            for name, rows in sheet_rows(data).items()
        }
        self.entries = [
            Entry(top=top, section=section, columns=frozenset(sheet.names))
            for section, sheet in enumerate(self.sheets.values())
            for top in sheet.parties("")
        ]

    def write(self, entries: Sequence[Entry]) -> list[bytes]:
        rows = {
            name: list(sheet.written(one.top for one in entries if one.section == section))
            for section, (name, sheet) in enumerate(self.sheets.items())
        }
        return [workbook(rows)]

    def header(self) -> object:
        return [(name, one.titles, one.written_names) for name, one in self.sheets.items()]

    def ways(self, data: bytes) -> Iterator[tuple[str, bytes]]:
        """Other ways to write the same."""
        rows = sheet_rows(data)
        yield "all as text", workbook(rows)
        yield "as ods", ods_workbook(rows)
        yield (
            "with empty cells and rows",
            workbook({name: [[*cells, "", ""] for cells in each] for name, each in rows.items()}),
        )

    def doubled(self, data: bytes) -> Iterator[tuple[str, bytes]]:
        """Files that have something twice that belongs there once."""
        rows = sheet_rows(data)
        for name, sheet in self.sheets.items():
            if sheet.written_names is not None:
                both = [*rows[name], sheet.written_names]
                yield f"the header of {name} at its end", workbook({**rows, name: both})
        yield "file twice", data + data


# ── JSON ──────────────────────────────────────────────────────────────────────────────────────


class Json:
    """A JSON file of entries, or the files of one edition.

    Args:
        files: The files.
        entries: The member that holds the entries, or the members that lead to it, joined by "/"; ""
            where the document is the array.
        count: The member with their number.
    """

    def __init__(self, files: Sequence[bytes], entries: str, count: str = "") -> None:
        self.path = entries.split("/") if entries else []
        self.count = count
        self.shells = [json.loads(data) for data in files]
        self.entries = [
            Entry(top=Node("", "", _json_nodes(one)), section=at)
            for at, document in enumerate(self.shells)
            for one in _below(document, self.path)
        ]
        self.shells = [_with_entries(one, self.path, []) for one in self.shells]

    def write(self, entries: Sequence[Entry]) -> list[bytes]:
        files: list[bytes] = []
        for at, shell in enumerate(self.shells):
            mine = [_json_object(one.top) for one in entries if one.section == at]
            if not mine and len(self.shells) > 1:
                continue  # nothing says which of them an empty one is
            made = _with_entries(shell, self.path, mine)
            if self.count:
                made[self.count] = len(mine)
            files.append(json.dumps(made, ensure_ascii=False, indent=1).encode())
        return files

    def header(self) -> object:
        return self.shells

    @staticmethod
    def ways(data: bytes) -> Iterator[tuple[str, bytes]]:
        """Other ways to write the same."""
        value = json.loads(data)
        yield "in one line", json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        yield "indented", json.dumps(value, ensure_ascii=False, indent="\t").encode()
        yield "with CR LF", json.dumps(value, indent=3).replace("\n", "\r\n").encode()
        yield "with references", json.dumps(value, ensure_ascii=True).encode()

    def doubled(self, data: bytes) -> Iterator[tuple[str, bytes]]:
        """Files that have something twice that belongs there once."""
        document = json.loads(data)
        text = json.dumps(document)
        for depth, name in enumerate(self.path):
            around = _below(document, self.path[:depth])
            outer = json.dumps(around)
            again = f'{outer[:-1]}, "{name}": {json.dumps(around[name])}}}'
            yield f"{name} again", text.replace(outer, again).encode()
        whole = json.dumps(_below(document, self.path))
        member = re.search(r'(?<=[{])"\w+": ("[^"]*"|\d+), ', whole)
        assert member is not None
        again = whole[: member.end()] + whole[member.start() :]
        yield "a member of an entry again", text.replace(whole, again).encode()
        yield "array of two documents", f"[{text}, {text}]".encode()
        yield "document twice", data + data


def _below(value: Any, path: Sequence[str]) -> Any:
    """What members of a document lead to."""
    for name in path:
        value = value[name]
    return value


def _with_entries(shell: Any, path: Sequence[str], entries: list[dict[str, object]]) -> Any:
    """A document with other entries."""
    if not path:
        return entries
    return {**shell, path[0]: _with_entries(shell[path[0]], path[1:], entries)}


def _json_nodes(value: Mapping[str, object]) -> list[Node]:
    made: list[Node] = []
    for name, one in value.items():
        if isinstance(one, list):
            made += [_json_node(name, each, "[]") for each in one] or [Node(name, "", [], "[]")]
        else:
            made.append(_json_node(name, one, ""))
    return made


def _json_node(name: str, value: object, array: str) -> Node:
    if isinstance(value, dict):
        return Node(name, "", _json_nodes(value), f"{array}object")
    assert not isinstance(value, list), f"{name}: an array in an array"
    if value is None:
        return Node(name, "", [], f"{array}null")
    text = json.dumps(value) if isinstance(value, bool) else str(value)
    return Node(name, text, [], f"{array}{type(value).__name__}")


def _json_object(node: Node) -> dict[str, object]:
    made: dict[str, object] = {}
    for child in node.children:
        value = _json_value(child)
        if child.form.startswith("[]"):
            array = made.setdefault(child.name, [])
            assert isinstance(array, list)
            if child.form != "[]":
                array.append(value)
        else:
            made[child.name] = value
    return made


def _json_value(node: Node) -> object:
    form = node.form.removeprefix("[]")
    if form == "object":
        return _json_object(node)
    if form == "bool":
        return node.text == "true"
    if form == "int" and node.text.isdigit() and len(node.text) < 4_300:  # Python's limit
        return int(node.text)
    return None if form == "null" else node.text


# ── bundles of answers ────────────────────────────────────────────────────────────────────────


class Bundle(Json):
    """A zip of JSON answers: files of parties, and for each party a file about it.

    A party stands here with the answer about it, under the name of its folder; so does an answer about
    nobody, alone.

    Args:
        files: The zip.
        members: The names of the files of parties.
        folder: That of the answers about them.
        key: What names them.
    """

    def __init__(
        self, files: Sequence[bytes], members: Sequence[str], folder: str, key: str
    ) -> None:
        (data,) = files
        self.path, self.count = [], ""
        self.members, self.folder, self.key = members, folder, key
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = {name: json.loads(archive.read(name)) for name in archive.namelist()}
        self.shells = [[] for name in members if name in found]
        self.entries = []
        left = dict(found)
        for section, member in enumerate(members):
            for party in left.pop(member, ()):
                about = f"{folder}/{str(party.get(key) or '').strip()}.json"
                left.pop(about, None)
                whole = {**party, folder: found[about]} if found.get(about) else party
                self.entries.append(Entry(top=Node("", "", _json_nodes(whole)), section=section))
        for answer in left.values():
            top = Node("", "", _json_nodes({folder: answer}))
            self.entries.append(Entry(top=top, section=len(members)))

    def write(self, entries: Sequence[Entry]) -> list[bytes]:
        made: dict[str, list[object]] = {name: [] for name in self.members}
        for at, entry in enumerate(entries):
            party = _json_object(entry.top)
            answer = party.pop(self.folder, [])
            key = str(party.get(self.key) or "").strip()
            name = f"{self.folder}/{key or f'of nobody {at}'}.json"
            answer = answer if isinstance(answer, list) else [answer]
            if made.setdefault(name, answer) != answer:  # two parties of one key
                made[name] = [*made[name], *answer]
            if entry.section < len(self.members):
                made[self.members[entry.section]].append(party)
        return [bundle(made)]

    @staticmethod
    def ways(data: bytes) -> Iterator[tuple[str, bytes]]:
        """Other ways to write the same."""
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = {name: archive.read(name) for name in archive.namelist()}
        for way in [what for what, _ in Json.ways(b"[]")]:
            other = {name: dict(Json.ways(one))[way] for name, one in found.items()}
            yield way, zipped_files(other)
        yield "stored", zipped_files(found, zipfile.ZIP_STORED)
        yield "in a folder", zipped_files({f"a/b/{name}": one for name, one in found.items()})
        turned = dict(reversed(found.items()))
        yield (
            "in another order",
            zipped_files(turned | {"__MACOSX/x": b"", "actions/.DS_Store": b""}),
        )

    def doubled(self, data: bytes) -> Iterator[tuple[str, bytes]]:
        """Files that have something twice that belongs there once."""
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = {name: archive.read(name) for name in archive.namelist()}
        for name, one in found.items():
            for what, other in Json([one], "").doubled(one):
                yield f"{name}: {what}", zipped_files({**found, name: other})
            yield f"{name} in two folders", zipped_files({**found, f"old/{name}": one})
        yield "file twice", data + data


def bundle(answers: Mapping[str, object]) -> bytes:
    """The zip of these answers."""
    texts = {name: json.dumps(one, ensure_ascii=False) for name, one in answers.items()}
    return zipped_files({name: text.encode() for name, text in texts.items()})


def zipped_files(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip that is the same for the same files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return made.getvalue()
