"""Network and Ownership: the parties around one party, and chains of ownership between them."""

from __future__ import annotations

from typing import Literal

import attrs

from sanctionslib.answers.explanation import Link
from sanctionslib.answers.rows import LinkRow, Tabular
from sanctionslib.model.displayable import Displayable, Value
from sanctionslib.model.entity import Entity
from sanctionslib.model.provenance import Edition
from sanctionslib.model.relations import RelationKind


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
class Network(Displayable, Tabular[LinkRow]):
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
    unsupported: tuple[Edition, ...] = ()
    """Those of `editions` that never state links: the network says nothing of them."""
    editions: tuple[Edition, ...] = ()
    """What was looked at."""

    def __repr__(self) -> str:
        return (
            f"<Network around {self.center.id} {self.center.name!r}: "
            f"{len(self.nodes)} parties, {len(self.links)} links, depth {self.depth}>"
        )


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class OwnershipPath(Value):
    """A party, and the chain of stated links that leads to it."""

    entity: Entity
    """The party; where several lists have it, its first entity."""
    also: tuple[Entity, ...] = ()
    """The party's entities on other lists of a combined collection."""
    path: tuple[Link, ...]
    """A shortest chain of links from the party that was asked about."""

    @property
    def distance(self) -> int:
        """Number of links in the chain."""
        return len(self.path)

    @property
    def entities(self) -> tuple[Entity, ...]:
        """All entities of the party."""
        return (self.entity, *self.also)


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Ownership(Displayable, Tabular[LinkRow]):
    """The answer of `SanctionsList.related` with `ownership`.

    **Not OFAC's 50 Percent Rule.** That rule needs the shares of all owners, which no list states,
    and reaches companies that are on no list. These are links that the lists state between parties
    that they list: a party that is not among them may well be owned.

    >>> import sanctionslib as sl
    >>> owner = sl.EntityRef(source_id="1")
    >>> owned = sl.Relation(to=owner, kind=sl.RelationKind.OWNED_OR_CONTROLLED_BY)
    >>> mine = sl.SanctionsList(
    ...     [
    ...         sl.Organization(id="watch:1", names=(sl.Name(text="EXAMPLE HOLDING"),)),
    ...         sl.Vessel(id="watch:2", names=(sl.Name(text="EXAMPLE STAR"),), relations=(owned,)),
    ...     ]
    ... )
    >>> [(one.entity.name, one.distance) for one in mine.related("1", ownership="owned").parties]
    [('EXAMPLE STAR', 1)]
    """

    center: Entity
    """The party that was asked about."""
    also: tuple[Entity, ...] = ()
    """The party's entities on other lists of a combined collection."""
    question: Literal["owned by", "owners of"]
    """Whether `parties` are owned or controlled by it, or are owners of it."""
    parties: tuple[OwnershipPath, ...] = ()
    """All parties that chains of such links reach, nearest first."""
    links: tuple[Link, ...] = ()
    """All links that were followed, each once; more than the paths hold where chains meet."""
    former: tuple[Link, ...] = ()
    """Links that have ended; followed only with `former=True`."""
    ambiguous: tuple[Link, ...] = ()
    """Links whose name fits several parties; not followed."""
    unlisted: tuple[Link, ...] = ()
    """Links to owners or owned parties that are not listed here; what these own is not known."""
    unspecified: tuple[Link, ...] = ()
    """Links that do not say how parties are linked (OFAC's "Linked To"): they may be ownership or
    not, and are not followed."""
    unsupported: tuple[Edition, ...] = ()
    """Those of `editions` that never state links, or never how parties are linked."""
    editions: tuple[Edition, ...] = ()
    """What was looked at."""

    @property
    def entities(self) -> tuple[Entity, ...]:
        """All entities of the party that was asked about."""
        return (self.center, *self.also)

    def __repr__(self) -> str:
        open_links = (
            len(self.ambiguous) + len(self.unlisted) + len(self.unspecified) + len(self.former)
        )
        word = "party" if len(self.parties) == 1 else "parties"
        return (
            f"<Ownership, {self.question} {self.center.id} {self.center.name!r}: "
            f"{len(self.parties)} {word} by stated links, {open_links} links open or former>"
        )
