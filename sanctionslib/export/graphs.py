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
from typing import Any, Protocol, cast

from sanctionslib.answers import Network, Ownership
from sanctionslib.answers.drawing import Drawable, Drawing, LinkedList, Party
from sanctionslib.errors import InvalidInputError, MissingExtraError

__all__ = ["Drawable", "MultiDiGraph", "to_mermaid", "to_networkx"]


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
    drawing = Drawing(drawn)
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


def _lines(node: Party) -> list[str]:
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
    if not is_list:
        _check(drawn)
    try:
        networkx = importlib.import_module("networkx")
    except ImportError as error:
        raise MissingExtraError("networkx", extra="graph") from error
    drawing = Drawing(drawn)
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
