"""Networks and ownership as pictures: parties as boxes from left to right, links as arrows.

The asked party is on the left, and those that more links lie between are farther to the right. An
arrow leads from the party that states a link to the other one. Many parties are drawn as groups:
those at the same distance, of the same kind, with the same links.

Places of boxes and lines come from graphlay: a layered layout (Sugiyama) that knows how large boxes
are, keeps lines off them and gives the same picture each time. It is small, needs no other package
and no compiler, and may be used freely (MIT); it is young, and so an extra of its own. networkx has
no such layout without numpy, igraph is GPL and four times as large, grandalf is no longer maintained
and can put two boxes in one place.
"""

from __future__ import annotations

import importlib
import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

import attrs

from sanctionslib.answers.drawing import Drawable, Drawing, Edge, Party
from sanctionslib.display._text import columns, cut
from sanctionslib.display._values import banners, ended, kind_text
from sanctionslib.display.sheet import counted, visible
from sanctionslib.display.svg import LINES, MARGIN, Pen, width_of
from sanctionslib.errors import MissingExtraError

_NODES = 40
"""Boxes of the largest picture without groups."""
_OPENED = 24
"""Boxes up to which small groups are drawn party by party."""
_HEIGHT = 720.0
"""Pixels of the boxes and lines of the largest picture without groups."""
_NAME, _NAME_WIDTH = 28, 205.0
"""Columns of a name and its pixels; longer ones are cut."""
_WORD = 30
"""Columns of the words at a line."""
_SIZE, _SMALL = 12.0, 10.0
_ICON = 24.0
_LEAST_WIDTH = 620.0
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
_ARROWS = (
    "An arrow leads from the party that states a link to the other one: read its words that way."
)
_LEGEND = (
    ("asked", "the party asked about"),
    ("person sign", "person"),
    ("organization sign", "organization"),
    ("vessel sign", "vessel"),
    ("aircraft sign", "aircraft"),
    ("entity sign", "kind not stated"),
    ("unlisted sign", "not in these lists"),
    ("group", "several parties"),
    ("owns", "owned or controlled"),
    ("former", "former"),
    ("perhaps", "the name in the link fits several parties"),
)


def _name_width(text: str) -> float:
    """The pixels of a name, more or less: many are in capitals, which take a third more."""
    return width_of(text, _SIZE) + 2.1 * sum(one.isupper() for one in text)


def _short(name: str) -> str:
    """A name that fits into a box, with "…" where it is cut.

    >>> _short("ISLAMIC REVOLUTIONARY GUARD CORPS")
    'ISLAMIC REVOLUTIONARY GU…'
    """
    kept, text = name, name
    while columns(text) > _NAME or _name_width(text) > _NAME_WIDTH:
        kept = kept[:-1].rstrip()
        text = f"{kept}…"
    return text


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
            return _short(visible(self.parties[0].name))
        one, many = _NOUNS.get(self.kind, ("party", "parties"))
        return counted(len(self.parties), one, many)

    @property
    def tip(self) -> str:
        if not self.is_group:
            (party,) = self.parties
            if not party.entities:
                return f"{party.name}, not in these lists"
            kind, ids = kind_text(party.entities[0]), (one.id for one in party.entities)
            words = (party.name, ended(party.entities), kind, *ids, *party.programs)
            return ", ".join(filter(None, words))
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
        return cut(kinds[0], _WORD - len(more)) + more

    @property
    def told(self) -> str:
        """The same beside the line: read from right to left where only the farther box states it."""
        owning = _owning(self.edges)
        is_back = not any(
            is_out for edge, is_out in self.edges if edge.kind in owning or not owning
        )
        return f"← {self.words}" if is_back else self.words


def _owning(edges: Iterable[tuple[Edge, bool]]) -> set[str]:
    return {edge.kind for edge, _ in edges if edge.is_ownership}


_Groups = Callable[[str], Hashable]
"""Which parties are drawn as one: those of which it gives the same."""


class Graph:
    """The parties and links of an answer, nearest first; and how they become boxes and lines."""

    def __init__(self, drawing: Drawing) -> None:
        self.nodes = drawing.nodes
        self.edges = [*{(one.source, one.target, one.link): one for one in drawing.edges}.values()]
        self.distances = self._distances()
        self.order = sorted(self.nodes, key=lambda key: self.distances[key])
        """The keys of the parties, nearest first."""
        self.links: dict[str, list[tuple[Edge, str, bool]]] = defaultdict(list)
        """The links of a party to those before it, with their keys, and whether it states them."""
        self._ties: dict[str, set[tuple[str, str, bool]]] = defaultdict(set)
        place = {key: number for number, key in enumerate(self.order)}
        for edge in self.edges:
            is_own = place[edge.source] >= place[edge.target]
            key, other = (edge.source, edge.target) if is_own else (edge.target, edge.source)
            self.links[key].append((edge, other, is_own))
            if self.distances[other] < self.distances[key]:
                self._ties[key].add((other, edge.words, is_own))

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

    def _opened(self, group: _Groups) -> _Groups:
        """The same with the smallest groups party by party, those of owned parties before others."""
        sizes = Counter(map(group, self.nodes))
        owned = {
            group(key)
            for edge in self.edges
            if edge.is_ownership
            for key in (edge.source, edge.target)
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


@attrs.frozen(kw_only=True)
class _Layout:
    """What is drawn, and where."""

    boxes: Sequence[_Box] = ()
    ties: Sequence[_Tie] = ()
    usual: str = ""
    """The words of most lines, which stand in the legend and not at each of them."""
    middles: Sequence[_Point] = ()
    """Of each box."""
    sizes: Sequence[_Point] = ()
    """Of each box."""
    lines: Sequence[Sequence[_Point]] = ()
    """The points along which each line goes."""
    width: float = 0.0
    height: float = 0.0


def _laid_out(boxes: Sequence[_Box], ties: Sequence[_Tie]) -> _Layout:
    """The layout of the boxes, with space for words between two columns: all but the usual ones."""
    try:
        graphlay: Any = importlib.import_module("graphlay")
    except ImportError as error:
        raise MissingExtraError("graphlay", extra="draw") from error
    if not boxes:
        return _Layout()
    graph = graphlay.Graph()
    entering = Counter(tie.far for tie in ties)
    words = Counter(tie.words for tie in ties if tie.look == "link" and not tie.dashes)
    usual = words.most_common(1)[0][0] if words else ""
    width = max(_name_width(one.text) * (1.08 if one.distance == 0 else 1) for one in boxes)
    sizes: list[_Point] = []
    for number, _ in enumerate(boxes):
        sizes.append((width + _ICON + 12, 24.0 + 14 * min(max(entering[number] - 1, 0), 5)))
        graph.node(number, width=sizes[-1][0], height=sizes[-1][1])
    for tie in ties:
        size = {"width": width_of(tie.told, _SMALL) + 24, "height": 14}
        graph.edge(tie.near, tie.far, **({} if tie.words == usual else {"label_size": size}))
    found = graphlay.layout(
        graph,
        options={
            "spacing": {"node_gap": 10, "layer_gap": 44, "dummy_gap": 10, "port_gap": 12},
            "routing": {"style": "orthogonal", "merge_edges": "forks", "port_sides": "facing_only"},
            "coords": {"branch_style": "symmetric"},
        },
    )
    middles = [_point(one["center"]) for one in found.nodes]
    lines = [[*map(_point, one["points"])] for one in found.edges]
    ends = [
        (x + side * wide / 2, y + side * high / 2)
        for (x, y), (wide, high) in zip(middles, sizes, strict=True)
        for side in (-1, 1)
    ]
    xs, ys = zip(*ends, *itertools.chain.from_iterable(lines), strict=True)
    left, top = min(xs), min(ys)
    return _Layout(
        boxes=boxes,
        ties=ties,
        usual=usual,
        middles=[(x - left, y - top) for x, y in middles],
        sizes=sizes,
        lines=[[(x - left, y - top) for x, y in each] for each in lines],
        width=max(xs) - left,
        height=max(ys) - top,
    )


def _point(one: Mapping[str, float]) -> _Point:
    return one["x"], one["y"]


# ── picture ───────────────────────────────────────────────────────────────────────────────────────


def network_to_svg(shown: Drawable, *, in_card: bool) -> str:
    """The parties of an answer and the links between them; a card has its name and colours already.

    Raises:
        MissingExtraError: The library for the layout is not installed; a card says so instead.
    """
    drawing = Drawing(shown)
    graph = Graph(drawing)
    try:
        layout = _fitting(graph)
    except MissingExtraError as error:
        if in_card:
            told = f"No picture: {error.what}. To have it: {error.hint}"
            return f'<div class="slc-note">{escape(told)}</div>'
        raise
    boxes, ties, usual = layout.boxes, layout.ties, layout.usual
    groups = sum(one.is_group for one in boxes)
    unlisted = sum(not one.entities for one in graph.nodes.values())
    below = ", ".join(
        (
            counted(len(graph.nodes) - unlisted, "party"),
            *([f"{unlisted:,} unlisted"] if unlisted else []),
            counted(len(graph.edges), "link"),
            *([f"{counted(groups, 'box', 'boxes')} of several parties"] if groups else []),
        )
    )
    about = f"{below}. {' '.join(_sentences(boxes, ties))} {'; '.join(drawing.notes)}."
    width = max(layout.width + 2 * MARGIN, _LEAST_WIDTH)
    warnings = banners(shown.editions)
    pen = Pen(drawing.title, about, in_card=in_card, banners=warnings, width=width)
    pen.heading(drawing.title, " · ".join((below, *_short_notes(shown, drawing))))
    top = pen.y + 6
    places = [*zip(layout.middles, layout.sizes, strict=True)]
    rights = [x + wide / 2 + MARGIN for (x, _), (wide, _) in places]
    for number, tie in sorted(enumerate(ties), key=lambda each: each[1].look == "owns"):
        points = tuple((x + MARGIN, y + top) for x, y in layout.lines[number])
        end = points[-1][0]
        left = max(right for right in rights if right < end)
        _draw_tie(pen, tie, points, "" if tie.words == usual else tie.told, left)
    for box, ((x, y), (wide, high)) in zip(boxes, places, strict=True):
        _draw_box(pen, box, x + MARGIN - wide / 2, y + top - high / 2, wide, high)
    pen.y = top + layout.height
    pen.legend((*_LEGEND[:9], ("link", usual or "other links"), *_LEGEND[9:]))
    pen.y += 20
    pen.text(MARGIN, pen.y, _ARROWS, "soft")
    return pen.picture()


def _fitting(graph: Graph) -> _Layout:
    """The boxes and lines with the fewest groups that are not too many, and not too high."""
    for group in graph.rungs():
        boxes, ties = graph.put_together(group)
        if len(boxes) <= _NODES:
            found = _laid_out(boxes, ties)
            if found.height <= _HEIGHT:
                return found
    return _laid_out(*graph.put_together(lambda key: min(graph.distances[key], _NODES // 2)))


def _short_notes(shown: Drawable, drawing: Drawing) -> Sequence[str]:
    """The notes, with the number of editions where there are many."""
    many = len(shown.editions)
    if many < 4:
        return drawing.notes
    return (f"{many:,} editions looked at", *drawing.notes[many:])


def _sentences(boxes: Sequence[_Box], ties: Sequence[_Tie]) -> Iterator[str]:
    """What the lines say, for readers who do not see them."""
    for tie in ties:
        near, far = boxes[tie.near].text, boxes[tie.far].text
        told = dict.fromkeys((edge.words, is_out) for edge, is_out in tie.edges)
        for words, is_out in told:
            one, other = (near, far) if is_out else (far, near)
            yield f"{one}: {words} {other}."


def _draw_tie(pen: Pen, tie: _Tie, points: Sequence[_Point], words: str, left: float) -> None:
    """A line with its arrows at the farther party, and its words before them.

    Words need the space from `left`, where the column of boxes before ends.
    """
    look, width, _ = LINES[tie.look]
    dashes = LINES[tie.dashes][2] if tie.dashes else ""
    pen.drawn(tie.look)
    if tie.dashes:
        pen.drawn(tie.dashes)
    count = f"{len(tie.edges):,} links: " if len(tie.edges) > 1 else ""
    told = dict.fromkeys(
        f"{edge.link.source.name or '(no name)'}, {edge.words}" if not count else edge.words
        for edge, _ in tie.edges
    )
    start, *rest = points
    path = f"M{start[0]:.1f} {start[1]:.1f}" + "".join(f"L{x:.1f} {y:.1f}" for x, y in rest)
    pen.path(path, look, dashes, width=width, tip=f"{count}{'; '.join(told)}")
    x, y = points[-1]
    arrow = "owner arrow" if tie.look == "owns" else "arrow"
    if any(is_out for _, is_out in tie.edges):
        pen.sign(arrow, x, y)
        x -= 10
    if any(not is_out for _, is_out in tie.edges):
        pen.sign(arrow, x - 10, y, turned=180)
        x -= 10
    if words and width_of(words, _SMALL) <= x - left - 8:
        pen.text(x - 4, y - 5, words, "words", size=_SMALL, end=True)


def _draw_box(pen: Pen, box: _Box, x: float, y: float, wide: float, high: float) -> None:
    """A box with the sign of its kind and a name, which a group has not."""
    role = box.parties[0].role
    look = {"": "unlisted", "mixed": "entity"}.get(box.kind, box.kind)
    dashes = {"unlisted": "4 3", "possible": "1.5 3.5"}.get(role, "")
    if role == "possible":
        pen.drawn("perhaps")
    if box.is_group:
        pen.rect(x + 4, y + 4, wide, high, "group", dashes, line=1, corner=5)
    pen.rect(x, y, wide, high, look, dashes, line=1, corner=5, tip=box.tip)
    if role == "asked":
        pen.rect(x, y, wide, high, "asked", line=2.6, corner=5, tip=box.tip)
    pen.sign(f"{look} sign", x + 13, y + high / 2)
    pen.text(x + _ICON, y + high / 2 + 4, box.text, bold=role == "asked", size=_SIZE)
