"""Answers about links as graphs: text for Mermaid, objects of networkx, which writes other formats.

Arrows go from the party that states a link to the other one, with the kind in words: "A, owned or
controlled by, B". Links that have ended, that fit several parties, or were not followed are dashed.
Names come from files of others: nothing in them is taken for a part of the drawing, and what would
act instead of being seen is drawn as �.
"""

from __future__ import annotations

import importlib
import re
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, Literal, Protocol, TypeAlias, cast

import attrs

from sanctionslib.answers import Link, Network, Ownership
from sanctionslib.errors import InvalidInputError, MissingExtraError
from sanctionslib.model import Edition, Entity

__all__ = ["Drawable", "MultiDiGraph", "to_mermaid", "to_networkx"]

Drawable: TypeAlias = Network | Ownership
"""The answers that are drawn."""


class _LinkedList(Protocol):
    """A `SanctionsList`, as far as its links are drawn."""

    @property
    def editions(self) -> tuple[Edition, ...]: ...
    @property
    def parties(self) -> tuple[tuple[Entity, ...], ...]: ...
    def links(self) -> tuple[Link, ...]: ...


class MultiDiGraph(Protocol):
    """A `networkx.MultiDiGraph`, as far as it is spoken of here: networkx has no types of its own."""

    graph: dict[str, object]
    """What is said of the whole."""
    nodes: Mapping[str, Mapping[str, object]]
    """The nodes with their attributes."""
    edges: Mapping[tuple[str, str, str], Mapping[str, object]]
    """The edges (source, target, key) with their attributes."""

    def number_of_nodes(self) -> int:
        """How many nodes there are."""
        ...

    def number_of_edges(self) -> int:
        """How many edges there are."""
        ...


# ── what is drawn ─────────────────────────────────────────────────────────────────────────────

_Role: TypeAlias = Literal["asked", "party", "possible", "unlisted"]
"""`possible`: only a link that was not followed, or fits several parties, leads to the party."""


@attrs.frozen
class _Node:
    """A party; without entities, what a link says of one that the lists do not have."""

    name: str
    role: _Role
    entities: tuple[Entity, ...] = ()
    distance: int | None = None

    @property
    def kind(self) -> str:
        return self.entities[0].kind if self.entities else ""

    @property
    def programs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for one in self.entities for code in one.programs))


@attrs.frozen
class _Edge:
    """A link from the party that states it to one that it means."""

    source: str
    target: str
    link: Link
    number: int
    """Position of the link in the answer; links that fit several parties are several edges."""
    followed: bool

    @property
    def kind(self) -> str:
        relation = self.link.relation
        if relation.kind is not None:
            return relation.kind.value
        return relation.raw_kind.rstrip(" :-") or "linked with"

    @property
    def words(self) -> str:
        """The kind of the link, and what has to be said with it."""
        marks: list[str] = []
        if self.link.is_former and not self.kind.startswith("former"):
            marks.append("former")
        if self.link.is_ambiguous:
            marks.append(f"fits {len(self.link.targets)} parties")
        return f"{self.kind} ({', '.join(marks)})" if marks else self.kind


_RULE = "Stated links between listed parties. Not OFAC's 50 Percent Rule, which needs shares."


class _Drawing:
    """The nodes by their keys, the edges, a title, and notes: what was looked at, how to read it."""

    def __init__(self, drawn: Drawable | _LinkedList) -> None:
        self.title = "Links"
        self.nodes: dict[str, _Node] = {}
        self.edges: list[_Edge] = []
        self._keys: dict[str | tuple[str, str], str] = {}
        self._links = 0
        notes = [one.label for one in drawn.editions]
        if isinstance(drawn, Network):
            self._add_network(drawn)
            notes += (f"{one.list_id} never states links" for one in drawn.unsupported)
        elif isinstance(drawn, Ownership):
            self._add_ownership(drawn)
            silence = "does not say how parties are linked"
            notes += (*(f"{one.list_id} {silence}" for one in drawn.unsupported), _RULE)
            if drawn.unspecified:
                notes.append(f"Not drawn: links that do not say how ({len(drawn.unspecified):,}).")
        else:
            for entities in drawn.parties:
                self._add_party(entities, "party", None)
            self._add_links(drawn.links())
        self.notes = notes or ["a list of one's own, without an edition"]

    def _add_network(self, drawn: Network) -> None:
        self.title = f"Links of {drawn.center.name}"
        for node in drawn.nodes:
            role: _Role = "party" if node.certain else "possible"
            self._add_party(node.entities, role if node.distance else "asked", node.distance)
        self._add_links(drawn.links)

    def _add_ownership(self, drawn: Ownership) -> None:
        owned = drawn.question == "owned by"
        words = "Owned or controlled by" if owned else "Who owns or controls"
        self.title = f"{words} {drawn.center.name}"
        self._add_party(drawn.entities, "asked", 0)
        for one in drawn.parties:
            self._add_party(one.entities, "party", one.distance)
        self._add_links(drawn.links)
        self._add_links((*drawn.former, *drawn.ambiguous), followed=False)
        self._add_links(drawn.unlisted)

    def _add_party(self, entities: tuple[Entity, ...], role: _Role, distance: int | None) -> str:
        first = entities[0]
        self.nodes[first.id] = _Node(first.name or "(no name)", role, entities, distance)
        for one in entities:
            self._keys[one.id] = first.id
            self._keys.setdefault(one.party_key, first.id)
        return first.id

    def _add_links(self, links: Iterable[Link], *, followed: bool = True) -> None:
        for link in links:
            source = self._key(link.source)
            for target in [*map(self._key, link.targets)] or [self._unlisted(link)]:
                self.edges.append(_Edge(source, target, link, self._links, followed))
            self._links += 1

    def _key(self, one: Entity) -> str:
        key = self._keys.get(one.id) or self._keys.get(one.party_key)
        return key or self._add_party((one,), "possible", None)

    def _unlisted(self, link: Link) -> str:
        """Targets with the same id are one party; of those with a name alone nobody says so.

        An id of which the link does not say whose it is, is of the list that states the link: two
        lists that number each for itself do not mean the same party.
        """
        ref = link.relation.to
        if ref.source_id is not None:
            key = f"unlisted:{ref.id_space or link.source.party_key[0]}:{ref.source_id}"
        else:
            key = f"unlisted:{link.source.id}:{ref.name}"
        self.nodes.setdefault(key, _Node(str(ref), "unlisted"))
        return key


def _check(drawn: object) -> None:
    if not isinstance(drawn, Network | Ownership):
        raise InvalidInputError(
            f"a {type(drawn).__name__} cannot be drawn",
            hint="give an answer about related parties or about owners",
        )


# ── Mermaid ───────────────────────────────────────────────────────────────────────────────────

_WIDTH = 22
"""Letters in a line of a name; Mermaid itself breaks longer lines inside words."""
_LINE, _ASKED, _FAINT = "#4a5866", "#b3261e", "#8a939c"
_STYLES = f"""\
  classDef person fill:#e8f1fb,stroke:{_LINE},color:#1c2329
  classDef organization fill:#f3f0e6,stroke:{_LINE},color:#1c2329
  classDef vessel fill:#e3f4ef,stroke:{_LINE},color:#1c2329
  classDef aircraft fill:#efe9f7,stroke:{_LINE},color:#1c2329
  classDef entity fill:#f2f2f2,stroke:{_LINE},color:#1c2329
  classDef unlisted fill:#ffffff,stroke:{_FAINT},color:{_LINE},stroke-dasharray:4 3
  classDef note fill:#ffffff,stroke:#ffffff,color:{_LINE},font-size:11px
"""
_STYLES_OF_ROLES = {
    "asked": f"stroke:{_ASKED},stroke-width:3px",
    "possible": "stroke-dasharray:2 3",
}


def to_mermaid(drawn: Drawable) -> str:
    """A network, or an answer about ownership, as a Mermaid flow chart, for Markdown pages.

    Ids of nodes are made of those of the parties and stay the same from one drawing to the next.
    Mermaid knows no dashes beside dots: the words at a dotted arrow say what it is.

    Raises:
        InvalidInputError: It is neither.

    >>> import sanctionslib as sl
    >>> chart = to_mermaid(sl.sample().related("33952"))
    >>> print(chart.splitlines()[3].strip())
    n_us__ofac__sdn_3a_33952 -->|"linked to"| n_us__ofac__sdn_3a_33951
    """
    _check(drawn)
    drawing = _Drawing(drawn)
    lines = ["flowchart LR"]
    for key, node in drawing.nodes.items():
        lines.append(f"  {_mermaid_id(key)}[{_label(_lines(node))}]:::{node.kind or 'unlisted'}")
    for edge in drawing.edges:
        is_open = edge.link.is_ambiguous or edge.link.is_former or not edge.followed
        arrow = f"{'-.->' if is_open else '-->'}|{_label([edge.words])}|"
        lines.append(f"  {_mermaid_id(edge.source)} {arrow} {_mermaid_id(edge.target)}")
    lines.append(f"  looked_at[{_label(drawing.notes)}]:::note")
    for key, node in drawing.nodes.items():
        if style := _STYLES_OF_ROLES.get(node.role):
            lines.append(f"  style {_mermaid_id(key)} {style}")
    return "\n".join((*lines, _STYLES))


def _lines(node: _Node) -> list[str]:
    """Name, kind, ids and programs of a party; of one that the lists do not have, just that."""
    name = textwrap.wrap(_plain(node.name), _WIDTH, break_on_hyphens=False) or ["(no name)"]
    if not node.entities:
        return [*name, "not in these lists"]
    kind = "kind not stated" if node.kind == "entity" else node.kind
    codes = textwrap.wrap(_plain(", ".join(node.programs)), _WIDTH, break_on_hyphens=False)
    return [*name, kind, *(one.id for one in node.entities), *codes]


def _label(lines: Iterable[str]) -> str:
    return f'"{"<br/>".join(map(_mermaid, lines))}"'


_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_KEPT = frozenset("\u200c\u200d\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u0890\u0891\u08e2")
"""Format characters that are part of spelling: joiners, and signs printed over Arabic numbers."""
_ACTS_AS_NUMBER = re.compile(r"\$(?=\$)|\bfa[a-z]?:(?=fa-)")
"""What Mermaid finds in a label even where it stands in numbers: a formula, the name of an icon."""


def _plain(text: str) -> str:
    """One line of characters that can be seen."""
    spaced = " ".join(text.split())
    return "".join(
        "�" if unicodedata.category(one) in _HIDDEN and one not in _KEPT else one for one in spaced
    )


def _mermaid(text: str) -> str:
    """Text in which Mermaid finds nothing but text: other characters become their numbers.

    A joiner, which is not seen, keeps `$$` and `fa:fa-` from being more than text.
    """
    plain = _plain(_ACTS_AS_NUMBER.sub(lambda one: f"{one[0]}\u200c", text))
    found = "".join(
        one if one.isalnum() or one in " ,.'()·:/-_\u200c" else _number(one) for one in plain
    )
    # Mermaid reads the beginning of a label as a list of Markdown ("1. …", "- …"), and -- as a line.
    return re.sub(r"^(\d+)\.|^-|--+", _numbered, found)


def _number(character: str) -> str:
    return f"#{ord(character)};"


def _numbered(found: re.Match[str]) -> str:
    return "".join(one if one.isdigit() else _number(one) for one in found[0])


def _mermaid_id(key: str) -> str:
    """An id of letters and digits, another one for every key."""
    return "n_" + "".join(
        one if one.isascii() and one.isalnum() else "__" if one == "_" else f"_{ord(one):x}_"
        for one in key
    )


# ── networkx ──────────────────────────────────────────────────────────────────────────────────


def to_networkx(drawn: Drawable | _LinkedList) -> MultiDiGraph:
    """A network, an answer about ownership, or a whole list as a `networkx.MultiDiGraph`.

    Nodes are ids of parties, with `name kind programs lists unlisted` and, of an answer, `role` and
    `distance`; edges lead from the party that states a link, with `kind former ambiguous followed
    quality stated_by`. All attributes are texts, numbers or truth values, so that the writers of
    networkx take them. A party that several lists have is one node; one that is in none of them has
    `unlisted` true.

    Raises:
        MissingExtraError: networkx is not installed.
        InvalidInputError: It is something else.

    >>> import sanctionslib as sl
    >>> graph = sl.export.to_networkx(sl.sample().related("34022", depth=2))
    >>> graph.number_of_nodes(), graph.number_of_edges()
    (5, 4)
    """
    is_list = hasattr(drawn, "parties") and callable(getattr(drawn, "links", None))
    if not is_list:
        _check(drawn)
    try:
        networkx = importlib.import_module("networkx")
    except ImportError as error:
        raise MissingExtraError("networkx", extra="graph") from error
    drawing = _Drawing(drawn)
    graph: Any = networkx.MultiDiGraph(name=drawing.title, looked_at="; ".join(drawing.notes))
    for key, node in drawing.nodes.items():
        graph.add_node(
            key,
            name=node.name,
            kind=node.kind,
            programs="; ".join(node.programs),
            lists="; ".join(one.list_id for one in node.entities),
            unlisted=not node.entities,
        )
        if not is_list:
            distance = -1 if node.distance is None else node.distance
            graph.nodes[key].update(role=node.role, distance=distance)
    for edge in drawing.edges:
        graph.add_edge(
            edge.source,
            edge.target,
            key=f"{edge.link.source.id}#{edge.number}",
            kind=edge.kind,
            former=edge.link.is_former,
            ambiguous=edge.link.is_ambiguous,
            followed=edge.followed,
            quality=edge.link.relation.quality or "",
            stated_by=edge.link.source.id,
        )
    return cast("MultiDiGraph", graph)
