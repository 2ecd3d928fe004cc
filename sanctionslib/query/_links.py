"""Links of a party, seen from both ends; and who states none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sanctionslib.answers import Link
from sanctionslib.errors import NotStatedError
from sanctionslib.model import Edition, Entity, Fact, Relation, RelationKind
from sanctionslib.query._index import Index
from sanctionslib.query._select import never_stated

__all__ = ["UNSAID", "check_says_how", "inbound", "key", "outbound", "unsupported"]

UNSAID = (None, RelationKind.LINKED_TO)
"""Kinds of links that do not say how parties are linked: our reading has none, or it is OFAC's
"Linked To", which says no more."""


def outbound(records: Sequence[Entity], index: Index) -> Iterator[Link]:
    """The links that the records of a party state."""
    return _links(((one, relation) for one in records for relation in one.relations), index)


def inbound(records: Sequence[Entity], index: Index) -> Iterator[Link]:
    """The links that others state to a party."""
    return _links(index.inbound(index.party(records[0])), index)


def _links(stated: Iterable[tuple[Entity, Relation]], index: Index) -> Iterator[Link]:
    """The links with their targets, found once for all that state the same."""
    targets: dict[tuple[str, str | None, str], tuple[Entity, ...]] = {}
    for source, relation in stated:
        meant = index.meant(relation.to, source)
        if meant not in targets:
            targets[meant] = index.resolve(relation.to, source)
        yield Link(relation=relation, source=source, targets=targets[meant])


def key(link: Link) -> tuple[str, Relation]:
    """What tells links apart: who states it, and what; the same statement twice is one link."""
    return link.source.id, link.relation


def unsupported(
    asked: Sequence[Edition | None], editions: Sequence[Edition], fact: Fact
) -> tuple[Edition, ...]:
    """The editions that never state a fact; raises where no record of the party could have it.

    Args:
        asked: The editions of the records that are asked about; None for entities of one's own.
        editions: All that is looked at.
        fact: What is asked for.

    Raises:
        NotStatedError: None of `asked` states it, so that any answer would be false.
    """
    mute = [one for one in asked if one is not None and not one.supports(fact)]
    if mute and len(mute) == len(asked):
        never_stated(mute, (fact,))
    return tuple(one for one in editions if not one.supports(fact))


def check_says_how(
    asked: Sequence[tuple[Entity, Edition | None]], editions: Sequence[Edition], index: Index
) -> tuple[Edition, ...]:
    """The editions of which every link says no more than "linked to".

    Args:
        asked: The records that are asked about, and their editions.
        editions: All that is looked at.
        index: The list.

    Raises:
        NotStatedError: All of `asked` are of such editions, so that "nobody" would be false.
    """
    if all(index.says_how.get(one.list_id) is False for one, _ in asked):
        where = next((edition.label for _, edition in asked if edition is not None), "this list")
        raise NotStatedError(
            f"{where} says that parties are linked and never how, so that an answer from it would "
            "be false",
            facts=("relation",),
            hint="ask for links of any kind; of OFAC's whole files, the ENHANCED and ADVANCED XML say "
            "who owns or controls whom, who acts for whom, and the like",
        )
    return tuple(one for one in editions if index.says_how.get(one.list_id) is False)
