"""What is drawn of an answer about links: parties as nodes, links as edges, and notes beside them.

Graphs for other programs (`export.to_mermaid`, `export.to_networkx`) and the picture of a card draw
the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Protocol, TypeAlias

import attrs

from sanctionslib.answers.explanation import Link
from sanctionslib.answers.network import Network, Ownership
from sanctionslib.model.entity import Entity
from sanctionslib.model.provenance import Edition
from sanctionslib.model.relations import Relation, RelationKind

__all__ = [
    "OWNED_KINDS",
    "OWNER_KINDS",
    "Drawable",
    "Drawing",
    "Edge",
    "LinkedList",
    "NodeRole",
    "Party",
    "former_word",
    "relation_word",
]

Drawable: TypeAlias = Network | Ownership
"""The answers that are drawn."""

OWNED_KINDS = (
    RelationKind.OWNED_OR_CONTROLLED_BY,
    RelationKind.SUBSIDIARY_OF,
    RelationKind.PROPERTY_OF,
    RelationKind.OPERATED_BY,  # OFAC's word for the other end is "owns, controls, or operates"
    RelationKind.FORMERLY_OPERATED_BY,
)
"""The party that states it is the one that is owned."""
OWNER_KINDS = (RelationKind.OWNS_OR_CONTROLS, RelationKind.PARENT_OF)
"""The party that states it is the one that owns."""


def relation_word(relation: Relation) -> str:
    """How the party that states a link stands to the other: our word, else the source's."""
    if relation.kind is not None:
        return relation.kind.value
    return relation.raw_kind.rstrip(" :-") or relation.raw_kind or "linked with"


def former_word(link: Link) -> str:
    """The word "former" of a link that has ended, where its kind does not say so."""
    is_said = relation_word(link.relation).startswith("former")
    return "former" if link.is_former and not is_said else ""


class LinkedList(Protocol):
    """A `SanctionsList`, as far as its links are drawn."""

    @property
    def editions(self) -> tuple[Edition, ...]:
        """What its links are read from."""
        ...

    @property
    def parties(self) -> tuple[tuple[Entity, ...], ...]:
        """The entities of each party."""
        ...

    def links(self) -> tuple[Link, ...]:
        """All links that it states."""
        ...


NodeRole: TypeAlias = Literal["asked", "party", "possible", "unlisted"]
"""`possible`: only a link that was not followed, or fits several parties, leads to the party."""


@attrs.frozen
class Party:
    """A party; without entities, what a link says of one that the lists do not have."""

    name: str
    role: NodeRole
    entities: tuple[Entity, ...] = ()
    distance: int | None = None

    @property
    def kind(self) -> str:
        """The kind of its first entity; "" of one that the lists do not have."""
        return self.entities[0].kind if self.entities else ""

    @property
    def programs(self) -> tuple[str, ...]:
        """The programs of all its entities."""
        return tuple(dict.fromkeys(code for one in self.entities for code in one.programs))


@attrs.frozen
class Edge:
    """A link from the party that states it to one that it means."""

    source: str
    target: str
    link: Link
    number: int
    """Position of the link in the answer; links that fit several parties are several edges."""
    followed: bool

    @property
    def kind(self) -> str:
        """How the two are linked, in our word, else in the source's."""
        return relation_word(self.link.relation)

    @property
    def is_ownership(self) -> bool:
        """Whether it says who owns or controls whom."""
        return self.link.relation.kind in (*OWNED_KINDS, *OWNER_KINDS)

    @property
    def marks(self) -> str:
        """What has to be said with the kind: that it has ended, that its name fits several parties."""
        fits = f"fits {len(self.link.targets)} parties" if self.link.is_ambiguous else ""
        return ", ".join(filter(None, (former_word(self.link), fits)))

    @property
    def words(self) -> str:
        """The kind of the link, and what has to be said with it."""
        return f"{self.kind} ({self.marks})" if self.marks else self.kind


_RULE = "Stated links between listed parties. Not OFAC's 50 Percent Rule, which needs shares."


class Drawing:
    """The nodes by their keys, the edges, a title, and notes: what was looked at, how to read it."""

    def __init__(self, drawn: Drawable | LinkedList) -> None:
        self.title = "Links"
        self.nodes: dict[str, Party] = {}
        self.edges: list[Edge] = []
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
            role: NodeRole = "party" if node.certain else "possible"
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

    def _add_party(self, entities: tuple[Entity, ...], role: NodeRole, distance: int | None) -> str:
        first = entities[0]
        self.nodes[first.id] = Party(first.name or "(no name)", role, entities, distance)
        for one in entities:
            self._keys[one.id] = first.id
            self._keys.setdefault(one.party_key, first.id)
        return first.id

    def _add_links(self, links: Iterable[Link], *, followed: bool = True) -> None:
        for link in links:
            source = self._key(link.source)
            for target in [*map(self._key, link.targets)] or [self._unlisted(link)]:
                self.edges.append(Edge(source, target, link, self._links, followed))
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
        self.nodes.setdefault(key, Party(str(ref), "unlisted"))
        return key
