"""`why` and `related`: explanations and networks from the entities of a list."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from sanctionslib.answers import (
    ExplainedProgram,
    Explanation,
    Inference,
    Link,
    Network,
    Node,
    Unstated,
)
from sanctionslib.model import Edition, Entity, Fact
from sanctionslib.query._index import Index
from sanctionslib.reference import lists_suggested_by, programs

__all__ = ["explain", "network"]

_ASKED = (
    Fact.LIST,
    Fact.PROGRAM,
    Fact.LISTING_DATE,
    Fact.LEGAL_BASIS,
    Fact.MEASURE,
    Fact.REASON,
    Fact.RELATION,
    Fact.DELISTING_DATE,
)
"""What a reader of an explanation expects to be told, in this order."""


def explain(entity: Entity, edition: Edition | None, index: Index) -> Explanation:
    """Everything that a list says of why a party is on it."""
    return Explanation(
        entity=entity,
        edition=edition,
        designations=entity.designations,
        programs=tuple(
            ExplainedProgram(code=code, program=programs.get(code)) for code in entity.programs
        ),
        linked_to=_outbound(entity, index),
        linked_from=_inbound(entity, index),
        inferred=() if edition is None else _inferred(entity, edition),
        unstated=() if edition is None else tuple(_unstated(edition)),
    )


_FEW = 3
"""As many lists as a sentence can name."""


def _unstated(edition: Edition) -> Iterator[Unstated]:
    for fact in _ASKED:
        way_out = edition.way_out(fact) or ""
        if not edition.can_state(fact):
            yield Unstated(fact=fact, way_out=way_out)
        elif fact is Fact.LIST and edition.lists is not None:
            several = len(edition.lists) > _FEW
            known = (
                f"{len(edition.lists)} that it holds" if several else " and ".join(edition.lists)
            )
            yield Unstated(fact=fact, way_out=f"lists other than the {known}: {way_out}")


def _outbound(entity: Entity, index: Index) -> tuple[Link, ...]:
    return tuple(
        Link(relation=relation, source=entity, targets=index.resolve(relation.to))
        for relation in entity.relations
    )


def _inbound(entity: Entity, index: Index) -> tuple[Link, ...]:
    return tuple(
        Link(relation=relation, source=source, targets=index.resolve(relation.to))
        for source, relation in index.inbound.get(entity.id, ())
    )


def _inferred(entity: Entity, edition: Edition) -> tuple[Inference, ...]:
    """The lists that tags and labels suggest, where the edition cannot state them."""
    if edition.can_state(Fact.LIST) and edition.lists is None:
        return ()
    # Of a list that the edition holds whole, silence says that the party is not on it.
    settled = {one.list_name for one in entity.listings} | set(edition.lists or ())
    labels = [feature.label for feature in entity.features]
    grounds: dict[str, list[str]] = {}
    for code in entity.programs:
        for named, ground in lists_suggested_by(code, labels):
            grounds.setdefault(named.name, []).extend(
                one for one in ground.split("; ") if one not in grounds.get(named.name, ())
            )
    return tuple(
        Inference(about=Fact.LIST, value=name, ground="; ".join(found))
        for name, found in grounds.items()
        if name not in settled
    )


def network(entity: Entity, editions: tuple[Edition, ...], index: Index, depth: int) -> Network:
    """The parties within `depth` links of a party, nearest first.

    Links whose name fits several parties are shown and not followed: who is behind them is open.
    """
    distance = {entity.id: 0}
    nodes = [Node(entity=entity, distance=0)]
    possible: dict[str, Node] = {}
    links: dict[tuple[str, int], Link] = {}
    for node in nodes:  # grows while it is walked: breadth first
        if node.distance == depth:
            continue
        for link in (*_outbound(node.entity, index), *_inbound(node.entity, index)):
            # A source states each of its relations once, at one position.
            links.setdefault((link.source.id, link.source.relations.index(link.relation)), link)
            for other in (link.source, *link.targets):
                farther = Node(entity=other, distance=node.distance + 1, certain=False)
                if link.is_ambiguous:
                    possible.setdefault(other.id, farther)
                elif other.id not in distance:
                    distance[other.id] = farther.distance
                    nodes.append(evolve(farther, certain=True))
    nodes += [one for key, one in possible.items() if key not in distance]
    return Network(
        center=entity,
        depth=depth,
        nodes=tuple(sorted(nodes, key=lambda one: one.distance)),
        links=tuple(links.values()),
        editions=editions,
    )
