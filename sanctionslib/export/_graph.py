"""What is drawn of an answer: parties as vertices, links as edges. `graphs` writes them down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol, TypeAlias

import attrs

from sanctionslib.answers import Link, Network, Ownership
from sanctionslib.model import Edition, Entity

__all__ = ["Drawable", "Edge", "Graph", "LinkedList", "Vertex", "graph_of"]

Drawable: TypeAlias = Network | Ownership
"""The answers that are drawn."""


Role: TypeAlias = Literal["asked", "party", "possible", "unlisted"]
"""`possible`: only a link that was not followed, or fits several parties, leads to the party."""


class LinkedList(Protocol):
    """A `SanctionsList`, as far as its links are drawn."""

    @property
    def editions(self) -> tuple[Edition, ...]: ...
    @property
    def parties(self) -> tuple[tuple[Entity, ...], ...]: ...
    def links(self) -> tuple[Link, ...]: ...


@attrs.frozen(kw_only=True)
class Vertex:
    """A party, or what a link says of one that the lists do not have."""

    key: str
    name: str
    role: Role
    entity: Entity | None = None
    entities: tuple[Entity, ...] = ()
    distance: int | None = None


@attrs.frozen(kw_only=True)
class Edge:
    """A link, from the party that states it to one that it means."""

    source: str
    target: str
    number: int
    """Position of the link in the answer; links that fit several parties are several edges."""
    link: Link
    word: str
    followed: bool = True

    @property
    def words(self) -> str:
        """The kind of the link, and what has to be said with it."""
        marks = (
            "former" if self.link.is_former and not self.word.startswith("former") else "",
            f"fits {len(self.link.targets)} parties" if self.link.is_ambiguous else "",
        )
        words = ", ".join(mark for mark in marks if mark)
        return f"{self.word} ({words})" if words else self.word


@attrs.frozen(kw_only=True)
class Graph:
    """Everything that is drawn."""

    title: str
    notes: tuple[str, ...]
    """What was looked at, and how the drawing is to be read."""
    editions: tuple[Edition, ...]
    vertices: tuple[Vertex, ...]
    edges: tuple[Edge, ...]


_RULE = "Stated links between listed parties. Not OFAC's 50 Percent Rule, which needs shares."


def graph_of(drawn: Drawable | LinkedList) -> Graph:
    """What is drawn of a network, of an answer about ownership, or of a list."""
    made = _Maker()
    rule: tuple[str, ...] = ()
    silence = "never states links"
    if isinstance(drawn, Network):
        for node in drawn.nodes:
            role: Role = "party" if node.certain else "possible"
            made.party(node.entities, role if node.distance else "asked", node.distance)
        made.links(drawn.links)
        title, editions = f"Links of {drawn.center.name}", drawn.editions
        unsupported = drawn.unsupported
    elif isinstance(drawn, Ownership):
        made.party(drawn.entities, "asked", 0)
        for one in drawn.parties:
            made.party(one.entities, "party", one.distance)
        made.links(drawn.links)
        made.links((*drawn.former, *drawn.ambiguous), followed=False)
        made.links(drawn.unlisted)
        word = "Owned or controlled by" if drawn.question == "owned by" else "Who owns or controls"
        title, editions = f"{word} {drawn.center.name}", drawn.editions
        unsupported, rule = drawn.unsupported, (_RULE,)
        silence = "does not say how parties are linked"
        if drawn.unspecified:
            rule += (f"Not drawn: links that do not say how ({len(drawn.unspecified):,}).",)
    else:
        for entities in drawn.parties:
            made.party(entities, "party", None)
        made.links(drawn.links())
        title, editions, unsupported = "Links", drawn.editions, ()
    notes = (
        *(one.label for one in editions),
        *(f"{one.list_id} {silence}" for one in unsupported),
        *rule,
    )
    return Graph(
        title=title,
        notes=notes or ("a list of one's own, without an edition",),
        editions=editions,
        vertices=tuple(made.vertices.values()),
        edges=tuple(made.edges),
    )


class _Maker:
    def __init__(self) -> None:
        self.vertices: dict[str, Vertex] = {}
        self.edges: list[Edge] = []
        self._keys: dict[str, str] = {}
        self._of_party: dict[tuple[str, str], str] = {}
        self._count = 0

    def party(
        self,
        entities: Sequence[Entity],
        role: Role,
        distance: int | None,
    ) -> str:
        first = entities[0]
        self.vertices[first.id] = Vertex(
            key=first.id,
            name=first.name or "(no name)",
            role=role,
            entity=first,
            entities=tuple(entities),
            distance=distance,
        )
        for one in entities:
            self._keys[one.id] = first.id
            self._of_party.setdefault(one.party_key, first.id)
        return first.id

    def links(self, links: Iterable[Link], *, followed: bool = True) -> None:
        for link in links:
            source = self._entity(link.source)
            for target in self._targets(link):
                self.edges.append(
                    Edge(
                        source=source,
                        target=target,
                        number=self._count,
                        link=link,
                        word=_word(link),
                        followed=followed,
                    )
                )
            self._count += 1

    def _targets(self, link: Link) -> Iterator[str]:
        if not link.targets:
            yield self._outside(link)
        for one in link.targets:
            yield self._entity(one)

    def _entity(self, one: Entity) -> str:
        key = self._keys.get(one.id) or self._of_party.get(one.party_key)
        return key if key is not None else self.party((one,), "possible", None)

    def _outside(self, link: Link) -> str:
        """Targets with the same id are one party; of those with a name alone nobody says so.

        An id of which the link does not say whose it is, is of the list that states the link: two
        lists that number each for itself do not mean the same party.
        """
        ref = link.relation.to
        if ref.source_id is not None:
            key = f"outside:{ref.id_space or link.source.party_key[0]}:{ref.source_id}"
        else:
            key = f"outside:{link.source.id}:{ref.name}"
        self.vertices.setdefault(key, Vertex(key=key, name=str(ref), role="unlisted"))
        return key


def _word(link: Link) -> str:
    kind = link.relation.kind
    if kind is not None:
        return kind.value
    return link.relation.raw_kind.rstrip(" :-") or "linked with"
