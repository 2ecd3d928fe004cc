"""Networks and ownership as pictures: parties as boxes from left to right, links as arrows.

The asked party is on the left, and those that more links lie between are farther to the right. An
arrow leads from the party that states a link to the other one. Many parties are drawn as groups:
those at the same distance, of the same kind, with the same links.

Places of boxes and lines come from graphlay: a layered layout (Sugiyama) that knows how large boxes
are, keeps lines off them and gives the same picture each time. It is small, needs no other package
and no compiler, and may be used freely (MIT). networkx has no such layout without numpy, igraph is
GPL and four times as large, grandalf is no longer maintained and can put two boxes in one place.
"""

from __future__ import annotations

import importlib
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from sanctionslib import answers
from sanctionslib.answers.drawing import Drawable, Drawing, Edge, Party
from sanctionslib.display._text import columns
from sanctionslib.display.sheet import counted
from sanctionslib.display.svg import MARGIN, WIDTH, Pen, width_of
from sanctionslib.errors import MissingExtraError

_NODES = 40
"""Boxes of the largest picture without groups."""
_OPENED = 24
"""Boxes up to which small groups are drawn party by party."""
_HEIGHT = 780.0
"""Pixels of the boxes and lines of the largest picture without groups."""
_NAME = 28
"""Columns of a name; longer ones are cut."""
_WORD = 30
"""Columns of the words at a line."""
_SIZE, _SMALL = 12.0, 10.0
_ICON = 22.0
_TOLD = 12
"""Names of a group that its box says where a pointer rests on it."""

_NOUNS = {
    "person": ("person", "persons"),
    "organization": ("organization", "organizations"),
    "vessel": ("vessel", "vessels"),
    "aircraft": ("aircraft", "aircraft"),
    "entity": ("party, kind not stated", "parties, kind not stated"),
    "": ("unlisted party", "unlisted parties"),
}
_LEGEND = (
    ("asked", "the party asked about"),
    ("person", "person"),
    ("organization", "organization"),
    ("vessel", "vessel"),
    ("aircraft", "aircraft"),
    ("entity", "kind not stated"),
    ("unlisted", "not in these lists"),
    ("group", "several parties"),
    ("owns", "owned or controlled"),
    ("former", "former"),
    ("perhaps", "the name in the link fits several parties"),
)


def _cut(text: str, most: int) -> str:
    """A text of at most `most` columns, with "…" where it is longer.

    >>> _cut("RAPID ACTION BATTALION", 10)
    'RAPID ACT…'
    """
    if columns(text) <= most:
        return text
    while columns(text) >= most:
        text = text[:-1]
    return f"{text.rstrip()}…"


# ── boxes and lines ───────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class _Box:
    """A party, or several as a group."""

    parties: tuple[Party, ...]
    distance: int
    inside: int = 0
    """Links between parties of the group."""

    @property
    def is_group(self) -> bool:
        return len(self.parties) > 1

    @property
    def kind(self) -> str:
        """The kind that all its parties have; "mixed" where they differ, "" of unlisted ones."""
        found = {one.kind for one in self.parties}
        return found.pop() if len(found) == 1 else "mixed"

    @property
    def text(self) -> str:
        if not self.is_group:
            return _cut(self.parties[0].name, _NAME)
        one, many = _NOUNS.get(self.kind, ("party", "parties"))
        return counted(len(self.parties), one, many)

    @property
    def tip(self) -> str:
        if not self.is_group:
            (party,) = self.parties
            if not party.entities:
                return f"{party.name}, not in these lists"
            kind = "kind not stated" if party.kind == "entity" else party.kind
            ids = (one.id for one in party.entities)
            return ", ".join((party.name, kind, *ids, *party.programs))
        names = "; ".join(one.name for one in self.parties[:_TOLD])
        more = len(self.parties) - _TOLD
        told = f"{self.text}: {names}{f'; … and {more:,} more' if more > 0 else ''}"
        among = counted(self.inside, "link")
        return f"{told}. Among them {among}." if self.inside else told


@attrs.frozen
class _Tie:
    """All links between two boxes, of which `near` is nearer to the asked party."""

    near: int
    far: int
    edges: tuple[tuple[Edge, bool], ...]
    """Each with whether it leads from `near` to `far`."""

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(edge.kind for edge, _ in self.edges))

    @property
    def look(self) -> str:
        return "owns" if any(edge.is_ownership for edge, _ in self.edges) else "link"

    @property
    def dashes(self) -> str:
        if all(edge.link.is_former for edge, _ in self.edges):
            return "former"
        return "perhaps" if all(edge.link.is_ambiguous for edge, _ in self.edges) else ""

    @property
    def words(self) -> str:
        """The kind of the links, that of ownership first; how many others there are."""
        kinds = sorted(self.kinds, key=lambda kind: kind not in _owning(self.edges))
        more = f" + {len(kinds) - 1}" if len(kinds) > 1 else ""
        return _cut(kinds[0], _WORD - len(more)) + more


def _owning(edges: Iterable[tuple[Edge, bool]]) -> set[str]:
    return {edge.kind for edge, _ in edges if edge.is_ownership}


_Groups = Callable[[str], Hashable]
"""Which parties are drawn as one: those of which it gives the same."""


class _Graph:
    """The parties and links of an answer, and how they are put together to boxes and lines."""

    def __init__(self, drawing: Drawing) -> None:
        self.nodes = drawing.nodes
        self.edges = [*{(one.source, one.target, one.link): one for one in drawing.edges}.values()]
        self.distances = self._distances()
        self.order = {key: number for number, key in enumerate(self._by_distance())}
        self._ties: dict[str, set[tuple[str, str, bool]]] = defaultdict(set)
        for edge in self.edges:
            self._add(edge.source, edge.target, edge.words, is_out=True)
            self._add(edge.target, edge.source, edge.words, is_out=False)

    def _by_distance(self) -> list[str]:
        return sorted(self.nodes, key=lambda key: self.distances[key])

    def _add(self, one: str, other: str, words: str, *, is_out: bool) -> None:
        if self.distances[other] < self.distances[one]:
            self._ties[one].add((other, words, is_out))

    def _distances(self) -> dict[str, int]:
        """Links between each party and the one that was asked about."""
        beside: dict[str, list[str]] = defaultdict(list)
        for edge in self.edges:
            beside[edge.source].append(edge.target)
            beside[edge.target].append(edge.source)
        todo = [key for key, node in self.nodes.items() if node.role == "asked"]
        found = dict.fromkeys(todo, 0)
        for key in todo:  # which grows
            for other in beside[key]:
                if other not in found:
                    found[other] = found[key] + 1
                    todo.append(other)
        last = max(found.values(), default=0) + 1
        return {key: found.get(key, last) for key in self.nodes}

    def rungs(self) -> Iterator[_Groups]:
        """Ways to put parties together, from none to those that make fewer and fewer boxes."""

        def alike(key: str) -> tuple[Hashable, ...]:
            node = self.nodes[key]
            return self.distances[key], node.kind, node.role

        yield lambda key: key
        yield self._opened(lambda key: (*alike(key), frozenset(self._ties[key])))
        yield lambda key: (*alike(key), frozenset(self._ties[key]))
        yield lambda key: (*alike(key), frozenset(each[1:] for each in self._ties[key]))
        yield lambda key: (self.distances[key], frozenset(each[1] for each in self._ties[key]))
        yield lambda key: min(self.distances[key], _NODES // 2)

    def _opened(self, group: _Groups) -> _Groups:
        """The same with the smallest groups party by party, those of owned parties before others."""
        sizes = Counter(map(group, self.nodes))
        owned = {
            group(key) for edge in self.edges if edge.is_ownership for key in (edge.source, edge.target)
        }
        total, apart = len(sizes), set[Hashable]()
        for key, size in sorted(sizes.items(), key=lambda item: (item[0] not in owned, item[1])):
            if total + size - 1 <= _OPENED:
                total += size - 1
                apart.add(key)
        return lambda key: key if group(key) in apart else group(key)

    def put_together(self, group: _Groups) -> tuple[list[_Box], list[_Tie]]:
        """The boxes and the lines between them."""
        members: dict[Hashable, list[str]] = defaultdict(list)
        for key in self.order:
            members[group(key)].append(key)
        place = {key: number for number, keys in enumerate(members.values()) for key in keys}
        ties: dict[tuple[int, int], list[tuple[Edge, bool]]] = defaultdict(list)
        inside = Counter[int]()
        for edge in self.edges:
            one, other = place[edge.source], place[edge.target]
            if one == other:
                inside[one] += 1
            else:
                ties[min(one, other), max(one, other)].append((edge, one < other))
        boxes = [
            _Box(tuple(self.nodes[key] for key in keys), self.distances[keys[0]], inside[number])
            for number, keys in enumerate(members.values())
        ]
        return boxes, [_Tie(near, far, tuple(each)) for (near, far), each in ties.items()]


# ── layout ────────────────────────────────────────────────────────────────────────────────────────

_Point = tuple[float, float]


@attrs.frozen
class _Layout:
    """Where each box has its middle, along which points each line goes, and how large all is."""

    boxes: tuple[_Point, ...]
    sizes: tuple[_Point, ...]
    lines: tuple[tuple[_Point, ...], ...]
    width: float
    height: float


def _laid_out(boxes: Sequence[_Box], ties: Sequence[_Tie], space: float) -> _Layout:
    """The layout of the boxes, with space for words between two columns."""
    try:
        graphlay: Any = importlib.import_module("graphlay")
    except ImportError as error:
        raise MissingExtraError("graphlay", extra="graph") from error
    graph = graphlay.Graph()
    entering = Counter(tie.far for tie in ties)
    width = max(width_of(one.text, _SIZE) * (1.06 if one.distance == 0 else 1) for one in boxes)
    sizes: list[_Point] = []
    for number, _ in enumerate(boxes):
        sizes.append((width + _ICON + 12, 24.0 + 14 * min(max(entering[number] - 1, 0), 5)))
        graph.node(number, width=sizes[-1][0], height=sizes[-1][1])
    for tie in ties:
        graph.edge(tie.near, tie.far)
    found = graphlay.layout(
        graph,
        options={
            "spacing": {"node_gap": 10, "layer_gap": space + 36, "dummy_gap": 10, "port_gap": 12},
            "routing": {"style": "orthogonal", "merge_edges": "forks"},
        },
    )
    low, high = found.bounds["min"], found.bounds["max"]

    def point(one: Mapping[str, float]) -> _Point:
        return one["x"] - low["x"], one["y"] - low["y"]

    return _Layout(
        tuple(point(one["center"]) for one in found.nodes),
        tuple(sizes),
        tuple(tuple(map(point, one["points"])) for one in found.edges),
        high["x"] - low["x"],
        high["y"] - low["y"],
    )
