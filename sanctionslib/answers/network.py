"""Network: the parties around one party, with the links between them."""

from __future__ import annotations

from typing import Literal

import attrs

from sanctionslib.answers.explanation import Link
from sanctionslib.model.displayable import Displayable, Value
from sanctionslib.model.entity import Entity
from sanctionslib.model.provenance import Edition
from sanctionslib.model.relations import RelationKind

__all__ = ["Network", "Node"]


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Node(Value):
    """A party of a network."""

    entity: Entity
    """The party; where several lists have it, its first entity."""
    distance: int
    """Number of links from the party that was asked about."""
    certain: bool = True
    """False where only an ambiguous link leads here: its name fits other parties too."""
    also: tuple[Entity, ...] = ()
    """The party's entities on other lists of a combined collection."""

    @property
    def entities(self) -> tuple[Entity, ...]:
        """All entities of the party."""
        return (self.entity, *self.also)


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Network(Displayable):
    """The answer of `SanctionsList.related`: parties, and the links between them.

    >>> import sanctionslib as sl
    >>> [(node.distance, node.entity.name) for node in sl.sample().related("34022").nodes]
    [(0, 'SEK STUDIO'), (1, 'MOXING CARTOON'), (1, 'NINGS CARTOON STUDIO'), (1, 'LU, Hezheng')]
    """

    center: Entity
    """The party that was asked about."""
    depth: int
    """How many links were followed."""
    kinds: tuple[RelationKind, ...] = ()
    """The kinds of links that were asked for; empty for all."""
    direction: Literal["both", "out", "in"] = "both"
    """Whose links were followed: those that a party states (out), those stated to it (in), both."""
    former: bool = True
    """Whether links that have ended were followed too."""
    nodes: tuple[Node, ...] = ()
    """All parties within `depth`, nearest first, the center included."""
    links: tuple[Link, ...] = ()
    """All links that were followed, each once."""
    left_out: int = 0
    """How many links of these parties were not followed because of `kinds` and `former`."""
    editions: tuple[Edition, ...] = ()
    """What was looked at."""
    unsupported: tuple[Edition, ...] = ()
    """Editions among these that never state links: the network says nothing of them."""

    def __repr__(self) -> str:
        return (
            f"<Network around {self.center.id} {self.center.name!r}: "
            f"{len(self.nodes)} parties, {len(self.links)} links, depth {self.depth}>"
        )
