"""Files of any format as trees of nodes: walked, changed and written again.

An XML element, a row of a table and a JSON object all become a `Node` with children: attributes,
elements, cells, members. So what the contract does to a file is written once, for every format.
What becomes nodes and how they are written is in `xml_container`, `table_containers` and
`json_containers`; nothing here reads with the library.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

import attrs

Span = tuple[int, int, str]
"""A part of a cell that is a separate value: from, to, and its kind."""


@attrs.define(eq=False)
class Node:
    """An element, attribute, cell or member."""

    name: str
    """As in the paths: `idType`, `@refId`, the name of a column."""
    text: str = ""
    children: list[Node] = attrs.field(factory=list)
    form: str = ""
    """How it is written: the full tag in XML, the type in JSON."""

    def copy(self) -> Node:
        """The node with all its descendants."""
        return Node(self.name, self.text, [one.copy() for one in self.children], self.form)

    def all(self) -> Iterator[Node]:
        """The node and all its descendants, in document order."""
        yield self
        for child in self.children:
            yield from child.all()

    @property
    def has_text(self) -> bool:
        """Whether it has a value, or something below it has."""
        return any(one.text.strip() for one in self.all())

    @property
    def slots(self) -> frozenset[str]:
        """Names of the children that have values, and "" for its own text."""
        found = {child.name for child in self.children if child.has_text}
        return frozenset(found | {""} if self.text.strip() else found)

    def text_of(self, name: str) -> str:
        """The text of the child of that name; "" without one."""
        return next((child.text.strip() for child in self.children if child.name == name), "")


@attrs.define(eq=False, kw_only=True)
class Entry:
    """A part of a file that an entity is made of, or a piece of one: an element, a row, an object."""

    top: Node
    base: str = ""
    """What its paths begin with."""
    section: int = 0
    """Its place in the file; only its container knows the meaning."""
    owners: tuple[str, ...] | None = None
    """Ids of the entities that it belongs to; None where they are found by its source."""
    columns: frozenset[str] | None = None
    """The columns of the sheet of a row; None for other nodes."""


class Container(Protocol):
    """A kind of file: XML, tables, JSON."""

    entries: list[Entry]
    count: str
    """Where the file states the number of its entries; "" where it states none."""

    def write(self, entries: Sequence[Entry]) -> list[bytes]:
        """The file, or the files of one edition, with these entries."""
        ...

    def header(self) -> object:
        """All text around the entries, to be compared."""
        ...


Labels = Mapping[str, Callable[[Node, Node], str] | str]
"""Path → the label of a node and of its descendants: the name of the child that has it, or
a function of the node and its parent."""


@attrs.frozen(eq=False)
class Leaf:
    """A value of an entry."""

    path: str
    label: str
    text: str
    at: int
    """The position of its node in the entry, in document order."""
    span: Span | None = None
    """Which part of the text of its node it is; None for all."""
    around: tuple[int, ...] = ()
    """Positions of its ancestors, from the entry on."""
    beside: frozenset[str] = frozenset()
    """The paths next to it: a value can be kept in one place and lost in another."""


def below_of(path: str, name: str) -> str:
    """The path of a child; a text between elements has that of its parent."""
    return f"{path}/{name}" if path and name and not name.startswith("@") else path + name


def walk(entry: Entry, labels: Labels) -> Iterator[tuple[int, Node, str, str, tuple[int, ...]]]:
    """Each node of an entry: its position, itself, its path, its label, its parents."""
    position = -1

    def below(
        node: Node, parent: Node, path: str, label: str, around: tuple[int, ...]
    ) -> Iterator[tuple[int, Node, str, str, tuple[int, ...]]]:
        nonlocal position
        position += 1
        at = position
        if (rule := labels.get(path)) is not None:
            label = node.text_of(rule) if isinstance(rule, str) else rule(node, parent)
        yield at, node, path, label, around
        for child in node.children:
            yield from below(child, node, below_of(path, child.name), label, (*around, at))

    yield from below(entry.top, entry.top, entry.base, "", ())


def pairs(entry: Entry) -> Counter[tuple[str, str]]:
    """The expected source of an entry: each value with its path."""
    found = ((path, node.text) for _, node, path, _, _ in walk(entry, {}))
    return Counter(pair for pair in found if pair[1].strip())


def leaves(
    entry: Entry, labels: Labels, spans: Callable[[str, str], Iterable[Span] | None]
) -> Iterator[Leaf]:
    """Each value of an entry; a cell of several values as several."""
    nodes = list(entry.top.all())
    for at, node, path, label, around in walk(entry, labels):
        if not node.text.strip():
            continue
        holder = node if any(not one.name.startswith("@") for one in node.children) else None
        parent = nodes[around[-1]] if around and holder is None else node
        parts = spans(path, node.text)
        if parts is None:
            yield Leaf(path, label, node.text, at, None, around, parent.slots)
            continue
        for part in parts:
            start, end, sort = part
            about = frozenset({sort}) | parent.slots
            yield Leaf(path, label, node.text[start:end], at, part, around, about)


# ── what can be done to an entry ──────────────────────────────────────────────────────────────


Follow = Callable[[Node], None]
"""Changes the values that have to agree with a changed text."""


def changed(top: Node, leaf: Leaf, text: str, follow: Follow) -> Node:
    """The entry with another text in the place of a value."""
    made = top.copy()
    _put(_nth(made, leaf.at), leaf, text, follow)
    return made


def repeated(top: Node, leaf: Leaf, held: int, text: str, follow: Follow) -> Node:
    """The entry with a repeated node, where one value of the copy has another text."""
    made = top.copy()
    node = _nth(made, held)
    parent = next(one for one in made.all() if node in one.children)
    twin = node.copy()
    _put(_nth(twin, leaf.at - held), leaf, text, follow)
    parent.children.insert(parent.children.index(node) + 1, twin)
    return made


def filled(top: Node, at: int, slot: str, sample: Node, order: Sequence[str]) -> Node:
    """The entry with the content of a sample's slot added to the node at that position."""
    made = top.copy()
    node = _nth(made, at)
    if slot == "":
        node.text = sample.text
        return made
    new = next(one for one in sample.children if one.name == slot and one.has_text).copy()
    rank = order.index(slot)
    kept = [one for one in node.children if one.name != slot]  # an empty one gives way
    place = sum(order.index(one.name) < rank for one in kept)
    node.children = [*kept[:place], new, *kept[place:]]
    return made


def _nth(top: Node, position: int) -> Node:
    return next(one for at, one in enumerate(top.all()) if at == position)


def _put(node: Node, leaf: Leaf, text: str, follow: Follow) -> None:
    if leaf.span is None:
        node.text = text
    else:
        start, end, _ = leaf.span
        node.text = node.text[:start] + text + node.text[end:]
    follow(node)


@attrs.define
class Shape:
    """The contents of all entries of a file."""

    several: set[str] = attrs.field(factory=set)
    """Paths of what can occur several times in one place."""
    samples: dict[str, dict[str, Node]] = attrs.field(factory=lambda: defaultdict(dict))
    """Path of a node → slot → a node that has a value there."""
    order: dict[str, list[str]] = attrs.field(factory=lambda: defaultdict(list))
    """Path of a node → names of its children, in their order."""
    nothing: Collection[str] = ()

    @classmethod
    def of(cls, entries: Iterable[Entry], nothing: Collection[str] = ()) -> Shape:
        """Take it from entries; texts of `nothing` mean no value."""
        made = cls()
        made.nothing = nothing
        for entry in entries:
            for _, node, path, _, _ in walk(entry, {}):
                made._add(node, path)
        return made

    def _add(self, node: Node, path: str) -> None:
        empty = {one.name for one in node.children if one.text.strip() in self.nothing}
        for slot in node.slots - empty:
            self.samples[path].setdefault(slot, node)
        known = self.order[path]
        place = 0
        for name, count in Counter(one.name for one in node.children).items():
            if count > 1:
                self.several.add(below_of(path, name))
            if name in known:
                place = known.index(name) + 1
            else:
                known.insert(place, name)
                place += 1
