"""`related`: the network around a party, walked link by link."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Literal

import attrs

from sanctionslib.answers import Link, Network, Node
from sanctionslib.errors import InvalidInputError
from sanctionslib.model import Edition, Entity, Relation, RelationKind
from sanctionslib.query._index import Index
from sanctionslib.query._links import inbound, key, outbound

__all__ = ["Direction", "Walk", "network", "walk"]

Direction = Literal["both", "out", "in"]
"""Whose links are followed."""


@attrs.frozen(kw_only=True)
class Walk:
    """Which links are followed, and how far."""

    depth: int
    kinds: tuple[RelationKind, ...]
    direction: Direction
    former: bool

    def wants(self, link: Link) -> bool:
        """Whether the link is of a kind that was asked for, and not one that has ended."""
        kind_fits = not self.kinds or link.relation.kind in self.kinds
        return kind_fits and (self.former or not link.is_former)


def walk(
    depth: int,
    kind: RelationKind | str | Collection[RelationKind | str] | None,
    direction: Direction,
    former: bool,
) -> Walk:
    """What a caller asked for, checked.

    Raises:
        InvalidInputError: Something makes no sense.
    """
    if type(depth) is not int or depth < 1:
        raise InvalidInputError(f"depth={depth!r}", hint="follow 1 link, 2, or more")
    if direction not in ("both", "out", "in"):
        raise InvalidInputError(
            f"direction={direction!r}",
            hint="say 'out' (links that the party states), 'in' (stated to it), or 'both'",
        )
    return Walk(
        depth=depth,
        kinds=() if kind is None else _kinds(kind),
        direction=direction,
        former=bool(former),
    )


def _kinds(
    kind: RelationKind | str | Collection[RelationKind | str],
) -> tuple[RelationKind, ...]:
    several = (kind,) if isinstance(kind, (str, RelationKind)) else tuple(kind)
    try:
        found = tuple(dict.fromkeys(RelationKind(one) for one in several))
    except ValueError as error:
        known = ", ".join(repr(one.value) for one in RelationKind)
        raise InvalidInputError(f"kind: {error}", hint=f"known are {known}") from None
    if not found:
        raise InvalidInputError("kind is empty", hint="leave it out to follow all links")
    return found


def network(
    records: Sequence[Entity],
    wanted: Walk,
    index: Index,
    *,
    editions: tuple[Edition, ...],
    unsupported: tuple[Edition, ...],
) -> Network:
    """The parties within some links of a party, nearest first.

    Links whose name fits several parties are shown and not followed: who is behind them is open.

    Args:
        records: All records of the party.
        wanted: Which links are followed.
        index: The list.
        editions: What is looked at.
        unsupported: Those that never state links.
    """
    distance = {index.party(records[0]): 0}
    nodes = [Node(entity=records[0], also=tuple(records[1:]), distance=0)]
    possible: dict[tuple[str, str], Node] = {}
    links: dict[tuple[str, Relation], Link] = {}
    left_out: set[tuple[str, Relation]] = set()
    for node in nodes:  # grows while it is walked: breadth first
        if node.distance == wanted.depth:
            continue
        for link in _links(node.entities, wanted.direction, index):
            if not wanted.wants(link):
                left_out.add(key(link))
                continue
            links.setdefault(key(link), link)
            for other in (link.source, *link.targets):
                party = index.party(other)
                first, *also = index.records(party)
                farther = Node(
                    entity=first,
                    also=tuple(also),
                    distance=node.distance + 1,
                    certain=not link.is_ambiguous,
                )
                if link.is_ambiguous:
                    possible.setdefault(party, farther)
                elif party not in distance:
                    distance[party] = farther.distance
                    nodes.append(farther)
    nodes += [one for party, one in possible.items() if party not in distance]
    return Network(
        center=records[0],
        depth=wanted.depth,
        kinds=wanted.kinds,
        direction=wanted.direction,
        former=wanted.former,
        nodes=tuple(sorted(nodes, key=lambda one: one.distance)),
        links=tuple(links.values()),
        left_out=len(left_out),
        editions=editions,
        unsupported=unsupported,
    )


def _links(records: Sequence[Entity], direction: Direction, index: Index) -> Iterator[Link]:
    if direction != "in":
        yield from outbound(records, index)
    if direction != "out":
        yield from inbound(records, index)
