"""`related`: the links of a party from both ends, the network around it, chains of ownership.

"A owned or controlled by B" and "B owns or controls A" are one statement, made from either end:
chains of ownership follow both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Literal

from sanctionslib.answers import Link, Network, Node, Ownership, OwnershipPath
from sanctionslib.answers.drawing import OWNED_KINDS, OWNER_KINDS
from sanctionslib.errors import InvalidInputError, NotStatedError
from sanctionslib.model import Edition, Entity, Fact, Relation, RelationKind
from sanctionslib.model.words import members, word
from sanctionslib.query._index import Index, RefKey
from sanctionslib.query._select import unsupported_facts

Direction = Literal["both", "out", "in"]
"""Whose links are followed."""
_DIRECTIONS: tuple[Direction, ...] = ("both", "out", "in")
_OWNERSHIP: tuple[Literal["owned", "owners"], ...] = ("owned", "owners")

_UNSPECIFIED = (None, RelationKind.LINKED_TO)
"""Kinds of links that do not say how parties are linked: our reading has none, or it is OFAC's
"Linked To", which says no more."""


def outbound(entities: Sequence[Entity], index: Index) -> Iterator[Link]:
    """The links that the entities of a party state."""
    return _resolved(((one, relation) for one in entities for relation in one.relations), index)


def inbound(entities: Sequence[Entity], index: Index) -> Iterator[Link]:
    """The links that others state to a party."""
    return _resolved(index.inbound(index.party(entities[0])), index)


def _resolved(stated: Iterable[tuple[Entity, Relation]], index: Index) -> Iterator[Link]:
    """The links with their targets, looked up once for all references that mean the same."""
    targets: dict[RefKey, tuple[Entity, ...]] = {}
    for source, relation in stated:
        key = index.ref_key(relation.to, source)
        if key not in targets:
            targets[key] = index.resolve(relation.to, source)
        yield Link(relation=relation, source=source, targets=targets[key])


def _key(link: Link) -> tuple[str, Relation]:
    """Equal for the same statement of the same entity, which is one link."""
    return link.source.id, link.relation


def network(
    entities: Sequence[Entity],
    index: Index,
    *,
    depth: int | None,
    kind: RelationKind | str | Collection[RelationKind | str] | None,
    direction: Direction | None,
    former: bool,
) -> Network:
    """The parties within some links of a party, nearest first.

    Links whose name fits several parties are shown and not followed.
    """
    depth = 1 if depth is None else depth
    if type(depth) is not int or depth < 1:
        raise InvalidInputError(
            f"depth={depth!r}", argument="depth", hint="follow 1 link, 2, or more"
        )
    direction = word(
        "both" if direction is None else direction,
        _DIRECTIONS,
        "direction",
        "say 'out' (links that the party states), 'in' (stated to it), or 'both'",
    )
    kinds = () if kind is None else members(RelationKind, kind)
    unsupported = _without_links(entities, index)
    if kinds and RelationKind.LINKED_TO not in kinds:
        _without_kinds(entities, index)

    reached = {index.party(entities[0])}
    nodes = [Node(entity=entities[0], also=tuple(entities[1:]), distance=0)]
    possible: dict[tuple[str, str], Node] = {}
    links: dict[tuple[str, Relation], Link] = {}
    left_out: set[tuple[str, Relation]] = set()
    for node in nodes:  # grows while it is walked: breadth first
        if node.distance == depth:
            continue
        stated = outbound(node.entities, index) if direction != "in" else ()
        stated_to_it = inbound(node.entities, index) if direction != "out" else ()
        for link in (*stated, *stated_to_it):
            if (kinds and link.relation.kind not in kinds) or (link.is_former and not former):
                left_out.add(_key(link))
                continue
            links.setdefault(_key(link), link)
            for other in (link.source, *link.targets):
                party = index.party(other)
                first, *also = index.entities(party)
                farther = Node(
                    entity=first,
                    also=tuple(also),
                    distance=node.distance + 1,
                    certain=not link.is_ambiguous,
                )
                if link.is_ambiguous:
                    possible.setdefault(party, farther)
                elif party not in reached:
                    reached.add(party)
                    nodes.append(farther)
    nodes += [one for party, one in possible.items() if party not in reached]
    return Network(
        center=entities[0],
        depth=depth,
        kinds=kinds,
        direction=direction,
        former=former,
        nodes=tuple(sorted(nodes, key=lambda one: one.distance)),
        links=tuple(links.values()),
        left_out=len(left_out),
        editions=index.editions,
        unsupported=unsupported,
    )


def ownership(
    entities: Sequence[Entity],
    index: Index,
    which: Literal["owned", "owners"],
    *,
    former: bool,
) -> Ownership:
    """All parties that chains of ownership reach from a party, each with a shortest chain."""
    hint = "say 'owned' (what the party owns) or 'owners' (who owns it)"
    which = word(which, _OWNERSHIP, "ownership", hint)
    without_links = _without_links(entities, index)
    unsupported = (*without_links, *_without_kinds(entities, index))
    stated, stated_to_it = (
        (OWNER_KINDS, OWNED_KINDS) if which == "owned" else (OWNED_KINDS, OWNER_KINDS)
    )
    seen = {index.party(entities[0])}
    parties: list[OwnershipPath] = []
    found: dict[str, dict[tuple[str, Relation], Link]] = {
        name: {} for name in ("links", "former", "ambiguous", "unlisted", "unspecified")
    }
    todo: list[tuple[Sequence[Entity], tuple[Link, ...]]] = [(entities, ())]
    for party, path in todo:  # grows while it is walked: breadth first
        ends = [(link, link.targets, stated) for link in outbound(party, index)]
        ends += [(link, (link.source,), stated_to_it) for link in inbound(party, index)]
        for link, others, kinds in ends:
            if link.relation.kind not in (*kinds, *_UNSPECIFIED):
                continue
            name = _field(link, former=former)
            found[name].setdefault(_key(link), link)
            for other in others if name == "links" else ():
                if (key := index.party(other)) not in seen:
                    seen.add(key)
                    first, *also = index.entities(key)
                    chain = (*path, link)
                    parties.append(OwnershipPath(entity=first, also=tuple(also), path=chain))
                    todo.append(((first, *also), chain))
    return Ownership(
        center=entities[0],
        also=tuple(entities[1:]),
        question="owned by" if which == "owned" else "owners of",
        parties=tuple(parties),
        editions=index.editions,
        unsupported=tuple(dict.fromkeys(unsupported)),
        **{name: tuple(links.values()) for name, links in found.items()},
    )


def _field(link: Link, *, former: bool) -> str:
    """Which field of `Ownership` a link belongs to."""
    if link.relation.kind in _UNSPECIFIED:
        return "unspecified"
    if link.is_former and not former:
        return "former"
    if link.is_ambiguous:
        return "ambiguous"
    return "links" if link.targets else "unlisted"


def _without_links(entities: Sequence[Entity], index: Index) -> tuple[Edition, ...]:
    """The editions that state no links; raises where no entity of the party could have any."""
    editions = [index.edition(one) for one in entities]
    unsupported = [one for one in editions if one and not one.supports(Fact.RELATION)]
    if len(unsupported) == len(editions):
        unsupported_facts(unsupported, (Fact.RELATION,))
    return tuple(one for one in index.editions if not one.supports(Fact.RELATION))


def _without_kinds(entities: Sequence[Entity], index: Index) -> tuple[Edition, ...]:
    """The editions that never say how parties are linked; raises where all of the party's are."""
    specifies = index.specifies_relations
    if all(specifies.get(one.list_id) is False for one in entities):
        labels = (edition.label for one in entities if (edition := index.edition(one)))
        raise NotStatedError(
            f"{next(labels, 'this list')} says that parties are linked and never how, so that an "
            "answer from it would be false",
            facts=("relation",),
            hint="ask for links of any kind; of OFAC's whole files, the ENHANCED and ADVANCED XML say "
            "who owns or controls whom, who acts for whom, and the like",
        )
    return tuple(one for one in index.editions if specifies.get(one.list_id) is False)
