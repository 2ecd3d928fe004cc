"""`owned_by` and `owners_of`: chains of links that say who owns or controls whom.

"A owned or controlled by B" and "B owns or controls A" are one statement, told from either end; both
are followed. Which kinds say so, and which way, is the table below. "Owned or operated by" counts,
because OFAC's own word for the other end is "owns, controls, or operates".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from sanctionslib.answers import Link, Ownership, OwnershipPath
from sanctionslib.model import Edition, Entity, Relation, RelationKind
from sanctionslib.query._index import Index
from sanctionslib.query._links import UNSAID, inbound, key, outbound

__all__ = ["Question", "ownership"]

Question = Literal["owned by", "owners of"]

_IS_OWNED = frozenset(
    {
        RelationKind.OWNED_OR_CONTROLLED_BY,
        RelationKind.SUBSIDIARY_OF,
        RelationKind.PROPERTY_OF,
        RelationKind.OPERATED_BY,
        RelationKind.FORMERLY_OPERATED_BY,
    }
)
"""The party that states it is the one that is owned."""
_OWNS = frozenset({RelationKind.OWNS_OR_CONTROLS, RelationKind.PARENT_OF})
"""The party that states it is the one that owns."""


def ownership(
    records: Sequence[Entity],
    question: Question,
    index: Index,
    *,
    former: bool,
    editions: tuple[Edition, ...],
    unsupported: tuple[Edition, ...],
) -> Ownership:
    """All parties that chains of ownership reach from a party, each with a shortest chain.

    Args:
        records: All records of the party.
        question: Which way.
        index: The list.
        former: Whether links that have ended are followed too.
        editions: What is looked at.
        unsupported: Those that never state links, or never how parties are linked.
    """
    seen = {index.party(records[0])}
    reached: list[OwnershipPath] = []
    found: dict[str, dict[tuple[str, Relation], Link]] = {
        name: {} for name in ("links", "former", "ambiguous", "unlisted", "unspecified")
    }
    todo: list[tuple[Sequence[Entity], tuple[Link, ...]]] = [(records, ())]
    for party, path in todo:  # grows while it is walked: breadth first
        for link, others in _steps(party, question, index):
            name = _place(link, former=former)
            found[name].setdefault(key(link), link)
            for other in others if name == "links" else ():
                if (at := index.party(other)) not in seen:
                    seen.add(at)
                    first, *also = index.records(at)
                    chain = (*path, link)
                    reached.append(OwnershipPath(entity=first, also=tuple(also), path=chain))
                    todo.append(((first, *also), chain))
    return Ownership(
        center=records[0],
        also=tuple(records[1:]),
        question=question,
        parties=tuple(reached),
        links=tuple(found["links"].values()),
        former=tuple(found["former"].values()),
        ambiguous=tuple(found["ambiguous"].values()),
        unlisted=tuple(found["unlisted"].values()),
        unspecified=tuple(found["unspecified"].values()),
        editions=editions,
        unsupported=unsupported,
    )


def _steps(
    records: Sequence[Entity], question: Question, index: Index
) -> Iterator[tuple[Link, tuple[Entity, ...]]]:
    """The links of a party that lead on, or may: each with the parties at its other end."""
    away = _OWNS if question == "owned by" else _IS_OWNED
    towards = _IS_OWNED if question == "owned by" else _OWNS
    for link in outbound(records, index):
        if link.relation.kind in away or link.relation.kind in UNSAID:
            yield link, link.targets
    for link in inbound(records, index):
        if link.relation.kind in towards or link.relation.kind in UNSAID:
            yield link, (link.source,)


def _place(link: Link, *, former: bool) -> str:
    """Which field of the answer a link belongs to."""
    if link.relation.kind in UNSAID:
        return "unspecified"
    if link.is_former and not former:
        return "former"
    if link.is_ambiguous:
        return "ambiguous"
    return "links" if link.targets else "unlisted"
