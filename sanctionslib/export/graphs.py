"""Answers about links as graphs: text for Mermaid, objects of networkx, which writes other formats.

Arrows go from the party that states a link to the other one, with the kind in words: "A, owned or
controlled by, B". Links that have ended are dashed, those whose name fits several parties dotted;
parties that the lists do not have have a dashed frame. Names come from files of others: nothing
in them is taken for a part of the drawing, and what would act instead of being seen is drawn as �.
"""

from __future__ import annotations

import importlib
import re
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Protocol, cast

from sanctionslib.errors import InvalidInputError, MissingExtraError
from sanctionslib.export._graph import Drawable, Edge, Graph, LinkedList, Vertex, graph_of

__all__ = ["MultiDiGraph", "to_mermaid", "to_networkx"]

_WIDTH = 22
"""Letters in a line of a name; Mermaid breaks longer ones by itself, into shreds."""
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_KEPT = frozenset("\u200c\u200d\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u0890\u0891\u08e2")
"""Format characters that are part of spelling: joiners, and signs printed over Arabic numbers."""
_FILLS = {
    "person": "#e8f1fb",
    "organization": "#f3f0e6",
    "vessel": "#e3f4ef",
    "aircraft": "#efe9f7",
    "entity": "#f2f2f2",
}
_LINE, _ASKED, _FAINT = "#4a5866", "#b3261e", "#8a939c"


# ── texts ─────────────────────────────────────────────────────────────────────────────────────


def _plain(text: str) -> str:
    """One line of characters that can be seen."""
    spaced = " ".join(text.split())
    return "".join(
        "�" if unicodedata.category(one) in _HIDDEN and one not in _KEPT else one for one in spaced
    )


def _lines(vertex: Vertex) -> list[str]:
    """Name, kind, ids and programs of a party; of one that the lists do not have, just that."""
    name = textwrap.wrap(_plain(vertex.name), _WIDTH, break_on_hyphens=False) or ["(no name)"]
    if vertex.entity is None:
        return [*name, "not in these lists"]
    kind = "kind not stated" if vertex.entity.kind == "entity" else vertex.entity.kind
    programs = dict.fromkeys(code for one in vertex.entities for code in one.programs)
    codes = textwrap.wrap(_plain(", ".join(programs)), _WIDTH, break_on_hyphens=False)
    return [*name, kind, *(_plain(one.id) for one in vertex.entities), *codes]


def _drawn(drawn: object) -> Graph:
    from sanctionslib.answers import Network, Ownership

    if not isinstance(drawn, Network | Ownership):
        raise InvalidInputError(
            f"a {type(drawn).__name__} cannot be drawn",
            hint="give an answer about related parties or about owners",
        )
    return graph_of(drawn)


# ── Mermaid ───────────────────────────────────────────────────────────────────────────────────

_MERMAID_CLASSES = (
    *(f"classDef {kind} fill:{fill},stroke:{_LINE},color:#1c2329" for kind, fill in _FILLS.items()),
    f"classDef unlisted fill:#ffffff,stroke:{_FAINT},color:{_LINE},stroke-dasharray:4 3",
    f"classDef note fill:#ffffff,stroke:#ffffff,color:{_LINE},font-size:11px",
)


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
    graph = _drawn(drawn)
    lines = ["flowchart LR"]
    for vertex in graph.vertices:
        label = "<br/>".join(_mermaid(one) for one in _lines(vertex))
        look = vertex.entity.kind if vertex.entity is not None else "unlisted"
        lines.append(f'  {_mermaid_id(vertex.key)}["{label}"]:::{look}')
    for edge in graph.edges:
        is_open = edge.link.is_ambiguous or edge.link.is_former or not edge.followed
        arrow = "-.->" if is_open else "-->"
        ends = _mermaid_id(edge.source), _mermaid_id(edge.target)
        lines.append(f'  {ends[0]} {arrow}|"{_mermaid(edge.words)}"| {ends[1]}')
    notes = "<br/>".join(_mermaid(one) for one in graph.notes)
    lines.append(f'  looked_at["{notes}"]:::note')
    for vertex in graph.vertices:
        if vertex.role == "asked":
            lines.append(f"  style {_mermaid_id(vertex.key)} stroke:{_ASKED},stroke-width:3px")
        elif vertex.role == "possible":
            lines.append(f"  style {_mermaid_id(vertex.key)} stroke-dasharray:2 3")
    lines += [f"  {one}" for one in _MERMAID_CLASSES]
    return "\n".join((*lines, ""))


_ACTS_AS_NUMBER = re.compile(r"\$(?=\$)|\bfa[a-z]?:(?=fa-)")
"""What Mermaid finds in a label even where it stands in numbers: a formula, the name of an icon."""


def _mermaid(text: str) -> str:
    """Text in which Mermaid finds nothing but text: other characters become their numbers.

    A joiner, which is not seen, keeps `$$` and `fa:fa-` from being more than text.
    """
    text = _ACTS_AS_NUMBER.sub(lambda one: f"{one[0]}\u200c", text)
    found = "".join(
        one if one.isalnum() or one in " ,.'()·:/-_\u200c" else f"#{ord(one)};"
        for one in _plain(text)
    )
    # Mermaid reads the beginning of a label as a list of Markdown: "1. …", "- …".
    return re.sub(r"^(\d+)\.|^-|--+", lambda one: _numbered(one[0]), found)


def _numbered(text: str) -> str:
    return "".join(one if one.isdigit() else f"#{ord(one)};" for one in text)


def _mermaid_id(key: str) -> str:
    """An id of letters and digits, another one for every key."""
    return "n_" + "".join(
        one if one.isascii() and one.isalnum() else "__" if one == "_" else f"_{ord(one):x}_"
        for one in key
    )


# ── networkx ──────────────────────────────────────────────────────────────────────────────────


class MultiDiGraph(Protocol):
    """A `networkx.MultiDiGraph`, as far as it is spoken of here: networkx has no types of its own."""

    @property
    def graph(self) -> dict[str, object]:
        """What is said of the whole."""
        ...

    @property
    def nodes(self) -> Mapping[str, Mapping[str, object]]:
        """The nodes with their attributes."""
        ...

    @property
    def edges(self) -> Mapping[tuple[str, str, str], Mapping[str, object]]:
        """The edges (source, target, key) with their attributes."""
        ...

    def number_of_nodes(self) -> int:
        """How many nodes there are."""
        ...

    def number_of_edges(self) -> int:
        """How many edges there are."""
        ...


class _Growing(MultiDiGraph, Protocol):
    def add_nodes_from(self, nodes: Iterable[tuple[str, Mapping[str, object]]], /) -> None: ...
    def add_edges_from(
        self, edges: Iterable[tuple[str, str, str, Mapping[str, object]]], /
    ) -> object: ...


def to_networkx(drawn: Drawable | LinkedList) -> MultiDiGraph:
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
    graph = graph_of(cast("LinkedList", drawn)) if is_list else _drawn(drawn)
    try:
        networkx = importlib.import_module("networkx")
    except ImportError as error:
        raise MissingExtraError("networkx", extra="graph") from error
    made = cast("_Growing", networkx.MultiDiGraph())
    made.graph.update(name=graph.title, looked_at="; ".join(graph.notes))
    made.add_nodes_from(
        (one.key, _node_values(one, of_answer=not is_list)) for one in graph.vertices
    )
    made.add_edges_from(
        (one.source, one.target, f"{one.link.source.id}#{one.number}", _edge_values(one))
        for one in graph.edges
    )
    return made


def _node_values(vertex: Vertex, *, of_answer: bool) -> dict[str, object]:
    programs = dict.fromkeys(code for one in vertex.entities for code in one.programs)
    values: dict[str, object] = {
        "name": vertex.name,
        "kind": vertex.entity.kind if vertex.entity is not None else "",
        "programs": "; ".join(programs),
        "lists": "; ".join(one.list_id for one in vertex.entities),
        "unlisted": vertex.entity is None,
    }
    if of_answer:
        values["role"] = vertex.role
        values["distance"] = -1 if vertex.distance is None else vertex.distance
    return values


def _edge_values(edge: Edge) -> dict[str, object]:
    return {
        "kind": edge.word,
        "former": edge.link.is_former,
        "ambiguous": edge.link.is_ambiguous,
        "followed": edge.followed,
        "quality": edge.link.relation.quality or "",
        "stated_by": edge.link.source.id,
    }
