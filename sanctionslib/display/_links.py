"""Networks, ownership and counterparts as sheets: answers about links between parties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sanctionslib import answers
from sanctionslib.display import _values as values
from sanctionslib.display.sheet import (
    Line,
    Row,
    Section,
    Sheet,
    at_most,
    counted,
    line,
    mark,
    muted,
    row,
    section,
    strong,
)
from sanctionslib.model import Edition, Entity

_LINES_SHOWN = 300


def _described(entity: Entity, *more: str) -> Line:
    return line(
        values.party(entity), muted(", ".join((values.kind_text(entity), *entity.programs, *more)))
    )


def _also(entities: Sequence[Entity], level: int) -> Iterator[Line]:
    """Further entities of a party that is named already."""
    if len(entities) > 1:
        told = f"also listed as {', '.join(one.id for one in entities[1:])}"
        yield line(muted(told), level=level)


def _capped(lines: Iterable[Line], where: str) -> tuple[Line, ...]:
    return at_most([*lines], _LINES_SHOWN, "line", where)


def _link_lines(link: answers.Link, level: int, *, is_own: bool) -> Iterator[Line]:
    """A link below one of its ends, with an arrow: away from the party that states it (`is_own`)."""
    for each in values.link_to_lines(link) if is_own else values.link_from_lines(link):
        arrow = "–" if each.level else "→" if is_own else "←"
        yield each.at(level + each.level, arrow)


def _looked_at(
    editions: Sequence[Edition], unsupported: Sequence[Edition], silence: str, *more: Row | None
) -> Section:
    silent = (line(mark(silence), one.label) for one in unsupported)
    rows = (*more, row("edition", *values.looked_at(editions)), row("not stated", *silent))
    return section(*rows, title="Looked at", is_detail=True)


# ── network ───────────────────────────────────────────────────────────────────────────────────────


def network_sheet(network: answers.Network) -> Sheet:
    """Parties by distance; each link once, with the farther of its two ends."""
    levels: dict[int, list[answers.Node]] = defaultdict(list)
    for node in sorted(network.nodes, key=lambda node: node.distance):
        levels[node.distance].append(node)
    placed = _placed(network)
    parties = (
        section(
            row(
                counted(len(nodes), "party"),
                *_capped(_node_lines(nodes, placed), "in `nodes` and `links`"),
            ),
            title=f"Distance {distance}" if distance else "Distance 0 · the party itself",
        )
        for distance, nodes in levels.items()
    )
    others = (
        line(values.party(link.source), each, level=each.level)
        for link in placed[None]
        for each in values.link_to_lines(link)
    )
    return values.party_page(
        "Network",
        network.center,
        *parties,
        section(row("links", *_capped(others, "in `nodes` and `links`")), title="Other links"),
        _looked_at(
            network.editions,
            network.unsupported,
            "never states links:",
            row("requested", *_requested(network)),
        ),
        facts=(
            counted(len(network.nodes), "party"),
            counted(len(network.links), "link"),
            f"depth {network.depth}",
        ),
        banners=values.banners((*network.editions, *(one.entity.edition for one in network.nodes))),
    )


def _requested(network: answers.Network) -> Iterator[Line]:
    """Conditions of the question, and what they left out."""
    if network.kinds:
        yield line("links of the kind", " or ".join(one.value for one in network.kinds))
    if network.direction == "out":
        yield line("links that the parties state, not those that others state to them")
    if network.direction == "in":
        yield line("links that others state to the parties, not those that they state")
    if not network.former:
        yield line("without links that have ended")
    if network.left_out:
        told = counted(network.left_out, "other link")
        yield line(mark(f"{told} of these parties left out"))


_Placed = dict[str | None, list[answers.Link]]


def _placed(network: answers.Network) -> _Placed:
    """Links by the id of the party that they are shown with; None where neither end is here."""
    nodes = {one.id: node for node in network.nodes for one in node.entities}
    placed: _Placed = defaultdict(list)
    for link in network.links:
        targets = [nodes[one.id] for one in link.targets if one.id in nodes]
        ends = [nodes[link.source.id]] if link.source.id in nodes else []
        if targets:
            ends.append(max(targets, key=lambda node: node.distance))
        # Of two ends at the same distance it is the one that states the link.
        farthest = max(ends, key=lambda node: node.distance, default=None)
        placed[farthest.entity.id if farthest is not None else None].append(link)
    return placed


def _node_lines(nodes: Iterable[answers.Node], placed: _Placed) -> Iterator[Line]:
    for node in nodes:
        perhaps = (
            () if node.certain else ("only perhaps: the name in the link fits several parties",)
        )
        yield _described(node.entity, *perhaps)
        yield from _also(node.entities, 1)
        ids = {one.id for one in node.entities}
        for link in placed[node.entity.id]:
            yield from _link_lines(link, 1, is_own=link.source.id in ids)


# ── ownership ─────────────────────────────────────────────────────────────────────────────────────

_NOT_THE_RULE = "NOT the 50 Percent Rule · stated links between listed parties only"
_RULE = (
    "That rule needs the shares of all owners, which no list states, and covers companies that no "
    "list names. A party that is not shown here may be owned all the same."
)


def ownership_sheet(owned: answers.Ownership) -> Sheet:
    """Parties by distance, each with the path that leads to it; then the links not followed."""
    center = owned.center
    is_down = owned.question == "owned by"
    nothing = line(muted("no such link is stated in the entries looked at"))
    not_followed = (
        row(label, *_capped(_sentences(links), "in the answer"))
        for label, links in (
            ("former", owned.former),
            ("ambiguous", owned.ambiguous),
            ("unlisted", owned.unlisted),
            ("unspecified", owned.unspecified),
        )
    )
    return values.party_page(
        "Stated ownership and control",
        center,
        section(row("stated", *(_capped(_tree(owned), "in `parties`") or (nothing,))), note=_RULE),
        section(
            *not_followed,
            title="Not followed",
            note="Who is behind these links is not known.",
            tone="unstated",
        ),
        _looked_at(owned.editions, owned.unsupported, "does not say how parties are linked:"),
        title=f"{'Owned or controlled by' if is_down else 'Owners or controllers of'} {center.name}",
        also=owned.also,
        facts=(counted(len(owned.parties), "party"),),
        banners=(
            *values.banners((*owned.editions, *(one.edition for one in owned.entities))),
            _NOT_THE_RULE,
        ),
    )


def _tree(owned: answers.Ownership) -> Iterator[Line]:
    """Every party below the one that its path comes from, with the link between the two."""
    below: dict[tuple[answers.Link, ...], list[answers.OwnershipPath]] = defaultdict(list)
    for one in owned.parties:
        below[one.path[:-1]].append(one)
    todo = [*reversed(below[()])]
    while todo:
        one = todo.pop()
        link = one.path[-1]
        yield _described(one.entity).at(one.distance - 1)
        yield from _also(one.entities, one.distance)
        is_own = link.source.id in {each.id for each in one.entities}
        yield from _link_lines(link, one.distance, is_own=is_own)
        todo += reversed(below[one.path])


def _sentences(links: Iterable[answers.Link]) -> Iterator[Line]:
    for link in links:
        first, *rest = values.link_to_lines(link)
        yield line(values.party(link.source), first)
        yield from rest


# ── counterparts ──────────────────────────────────────────────────────────────────────────────────


def counterparts_sheet(found: answers.Counterparts) -> Sheet:
    """The entities of a party on other lists, each with its evidence."""
    rows = [
        row(
            one.entity.list_id,
            _described(one.entity),
            *(_evidence(each, one.entity).at(1) for each in one.evidence),
        )
        for one in found.counterparts
    ]
    nothing = muted("no entity of another list is tied to this party by such evidence")
    silence = "never states identifiers, only ids are compared:"
    return values.party_page(
        "The same party on other lists",
        found.center,
        section(
            *rows or (row("counterparts", nothing),),
            note="By exact official evidence alone; a name is none.",
        ),
        _looked_at(found.editions, found.unsupported, silence),
        facts=(counted(len(found), "entity"),),
        banners=values.banners((*found.editions, found.center.edition)),
    )


def _evidence(one: answers.Evidence, other: Entity) -> Line:
    kind = strong(f"{one.kind.value}:")
    if one.kind is answers.EvidenceKind.SAME_ID:
        return line(kind, f"{one.entity_id} and {other.id}, of lists that share their ids")
    if one.link is not None:
        link = one.link
        target = link.targets[0].id if link.targets else str(link.relation.to)
        return line(kind, f"{link.source.id} says {values.relation_word(link.relation)} {target}")
    number = one.identifier
    if number is None:
        return line(kind, one.entity_id)
    differs = one.theirs is not None and one.theirs.value != number.value
    there = f'there as "{one.theirs.value}"' if one.theirs is not None and differs else None
    word = number.kind.value if number.kind is not None else number.raw_kind
    country = f", {values.country_text(number.country)}" if number.country is not None else ""
    return line(
        kind, f"{word} {number.value}{country}", values.details(f"in {one.entity_id}", there)
    )
