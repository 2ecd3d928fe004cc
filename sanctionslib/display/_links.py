"""Networks, ownership and counterparts as sheets: answers about links between parties.

Each party is one line of a table, with the link that leads to it: "subsidiary of FLEET" where the
party states it, "SHIP is a subsidiary of it" where the other one does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sanctionslib import answers
from sanctionslib.answers.drawing import Drawing, Edge, Party, former_word, relation_word
from sanctionslib.display import _values as values
from sanctionslib.display._network import Graph
from sanctionslib.display.sheet import (
    Cell,
    Columns,
    Line,
    Row,
    Section,
    Sheet,
    at_most,
    counted,
    joined,
    kept,
    line,
    listing,
    mark,
    muted,
    page,
    remaining,
    row,
    section,
    strong,
    table,
)
from sanctionslib.model import Edition, Entity

_LINES_SHOWN = 300
_CODES = 2


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
    """A link below one of its ends, of which `is_own` says that it states the link."""
    for each in values.link_to_lines(link) if is_own else values.link_from_lines(link):
        yield each.at(level + each.level)


def _looked_at(
    editions: Sequence[Edition], unsupported: Sequence[Edition], silence: str, *more: Row | None
) -> Section:
    silent = (line(mark(silence), one.label) for one in unsupported)
    rows = (*more, row("edition", *values.looked_at(editions)), row("not stated", *silent))
    return section(*rows, title="Looked at", is_detail=True)


# ── parties, a line each ──────────────────────────────────────────────────────────────────────────


def _parties(rows: Sequence[tuple[int, Party, Line]], more: str, *after: str) -> Section:
    """A table of parties, each with what leads to it; what is said `after` it.

    Where some are farther than others, `step` is the number of links between.
    """
    is_far = any(distance > 1 for distance, _, _ in rows)
    shown = kept(len(rows), _LINES_SHOWN)

    def cells(distance: int, one: Party, link: Line) -> tuple[Cell, ...]:
        kind = values.kind_text(one.entities[0]) if one.entities else "not in these lists"
        name = values.marked(one.name, values.ended(one.entities) if one.entities else "")
        told = (name, kind, link, _codes(one.programs))
        key = one.entities[0].id if one.entities else None
        return (distance, *told, key) if is_far else (*told, key)

    heads = ("name", "kind", "link", "programs", "id")
    return section(
        table=table(
            ("step", *heads) if is_far else heads,
            (cells(*each) for each in rows[:shown]),
            keys=("id",),
            optional=("programs", "kind"),
            wide=("link",),
        ),
        after=joined(remaining(len(rows), shown, more), *after, by=" "),
    )


def _codes(programs: Sequence[str]) -> str:
    """The first programs of a party, and how many others it has."""
    shown = kept(len(programs), _CODES)
    more = f" + {len(programs) - shown}" if programs[shown:] else ""
    return ", ".join(programs[:shown]) + more


def _silent(words: str, editions: Sequence[Edition]) -> str:
    """Which lists say nothing of it, in one sentence; of many the first three."""
    if not editions:
        return ""
    shown = kept(len(editions), 3)
    more = f" and {len(editions) - shown} more" if editions[shown:] else ""
    return f"{words} {', '.join(one.list_id for one in editions[:shown])}{more}."


# ── network ───────────────────────────────────────────────────────────────────────────────────────

_STATED = "Stated links only: a party without one here may have some all the same."


def network_sheet(network: answers.Network) -> Sheet:
    """The parties, nearest first, a line each; what the sources say of each link is a detail."""
    graph = Graph(Drawing(network))
    rows = [
        (graph.distances[key], graph.nodes[key], _nearest(graph, graph.links[key]))
        for key in graph.order
        if graph.nodes[key].role != "asked"
    ]
    requested = "; ".join(one.text for one in _requested(network))
    return values.party_page(
        "Network",
        network.center,
        _parties(
            rows,
            "more in `nodes` and `links`.",
            "" if rows else _NOTHING,
            f"Requested: {requested}." if requested else "",
            _silent("Never states links:", network.unsupported),
        ),
        *_in_full(network),
        _looked_at(
            network.editions,
            network.unsupported,
            "never states links:",
            row("requested", *_requested(network)),
        ),
        source=values.source_of(
            network.editions,
            counted(len(network.nodes), "party"),
            counted(len(network.links), "link"),
            f"depth {network.depth}",
        ),
        footer=_STATED,
        banners=values.banners((*network.editions, *(one.entity.edition for one in network.nodes))),
    )


_NOTHING = "No link is stated here, neither by this party nor to it."


def _nearest(graph: Graph, links: Sequence[tuple[Edge, str, bool]]) -> Line:
    """The link of a party to the nearest one; how many others it has to parties as near or nearer."""
    if not links:
        return line()
    edge, other, is_own = min(
        links, key=lambda each: (graph.distances[each[1]], not each[0].is_ownership)
    )
    name, more = graph.nodes[other].name, len(links) - 1
    return values.link_words(edge.link.relation, name, edge.marks, is_own=is_own, more=more)


def _in_full(network: answers.Network) -> Iterator[Section]:
    """Parties by distance, with all that the sources say of each link, below the farther end."""
    levels: dict[int, list[answers.Node]] = defaultdict(list)
    for node in sorted(network.nodes, key=lambda node: node.distance):
        levels[node.distance].append(node)
    placed = _placed(network)
    for distance, nodes in levels.items():
        yield section(
            row(
                counted(len(nodes), "party"),
                *_capped(_node_lines(nodes, placed), "in `nodes` and `links`"),
            ),
            title=f"Distance {distance}" if distance else "Distance 0 · the party itself",
            is_detail=True,
        )
    others = (
        line(values.party(link.source), each, level=each.level)
        for link in placed[None]
        for each in values.link_to_lines(link)
    )
    yield section(
        row("links", *_capped(others, "in `nodes` and `links`")),
        title="Other links",
        is_detail=True,
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

_NOT_THE_RULE = "NOT the 50 Percent Rule"
_RULE = "Stated links only: a party not shown here may be owned all the same."


def ownership_sheet(owned: answers.Ownership) -> Sheet:
    """Parties below the ones that lead to them, a line each; the links not followed are counted."""
    center = owned.center
    rows = [
        (
            one.distance,
            Party(values.name_of(one.entity), "party", one.entities),
            _owning(one, owned),
        )
        for one in _in_order(owned)
    ]
    groups = {
        "former": owned.former,
        "ambiguous": owned.ambiguous,
        "unlisted": owned.unlisted,
        "unspecified": owned.unspecified,
    }
    not_followed = ", ".join(f"{len(links):,} {word}" for word, links in groups.items() if links)
    words = "Owned or controlled by" if owned.question == "owned by" else "Owners or controllers of"
    return page(
        "Ownership",
        f"{words} {values.name_of(center)}",
        _parties(
            rows,
            "more in `parties`.",
            "" if rows else "No such link is stated in the entries looked at.",
            f"Links not followed: {not_followed}." if not_followed else "",
            _silent("Does not say how parties are linked:", owned.unsupported),
        ),
        section(
            row("also", *(line(one.id) for one in owned.also)),
            row("stated", *_capped(_tree(owned), "in `parties`")),
            title="Links in full",
            is_detail=True,
        ),
        section(
            *(
                row(label, *_capped(_sentences(links), "in the answer"))
                for label, links in groups.items()
            ),
            title="Not followed",
            note="Who is behind these links is not known.",
            tone="unstated",
            is_detail=True,
        ),
        _looked_at(owned.editions, owned.unsupported, "does not say how parties are linked:"),
        facts=(values.ended(owned.entities),),
        source=f"{center.id} · {values.source_of(owned.editions, counted(len(owned.parties), 'party'))}",
        footer=_RULE,
        banners=(
            *values.banners((*owned.editions, *(one.edition for one in owned.entities))),
            _NOT_THE_RULE,
        ),
    )


def _owning(one: answers.OwnershipPath, owned: answers.Ownership) -> Line:
    """The last link of a path, with the party that it leads to or comes from."""
    link = one.path[-1]
    ids = {each.id for each in one.entities}
    is_own = link.source.id in ids
    other = (
        next((each for each in link.targets if each.id not in ids), None) if is_own else link.source
    )
    name = str(link.relation.to) if other is None else values.name_of(other)
    return values.link_words(link.relation, name, former_word(link), is_own=is_own)


def _in_order(owned: answers.Ownership) -> Iterator[answers.OwnershipPath]:
    """Every party after the one that its path comes from."""
    below: dict[tuple[answers.Link, ...], list[answers.OwnershipPath]] = defaultdict(list)
    for one in owned.parties:
        below[one.path[:-1]].append(one)
    todo = [*reversed(below[()])]
    while todo:
        one = todo.pop()
        yield one
        todo += reversed(below[one.path])


def _tree(owned: answers.Ownership) -> Iterator[Line]:
    """Every party below the one that its path comes from, with the link between the two."""
    for one in _in_order(owned):
        link = one.path[-1]
        yield _described(one.entity).at(one.distance - 1)
        yield from _also(one.entities, one.distance)
        is_own = link.source.id in {each.id for each in one.entities}
        yield from _link_lines(link, one.distance, is_own=is_own)


def _sentences(links: Iterable[answers.Link]) -> Iterator[Line]:
    for link in links:
        first, *rest = values.link_to_lines(link)
        yield line(values.party(link.source), first)
        yield from rest


# ── counterparts ──────────────────────────────────────────────────────────────────────────────────


_EXACT = "By exact official evidence alone; a name is none."


def counterparts_sheet(found: answers.Counterparts) -> Sheet:
    """The entities of a party on other lists, a line each with its first evidence."""

    def evidence(one: answers.Counterpart) -> Line:
        more = len(one.evidence) - 1
        told = [_evidence(each, one.entity) for each in one.evidence[:1]]
        return line(*told, muted(f"+ {more:,} more") if more > 0 else None)

    columns = Columns[answers.Counterpart](
        {
            "name": lambda one: values.named(one.entity),
            "kind": lambda one: values.kind_text(one.entity),
            "evidence": evidence,
            "programs": lambda one: _codes(one.entity.programs),
            "id": lambda one: one.entity.id,
        },
        keys=("id",),
        optional=("programs", "kind"),
        wide=("evidence",),
    )
    rows = (
        row(
            one.entity.list_id,
            _described(one.entity),
            *(_evidence(each, one.entity).at(1) for each in one.evidence),
        )
        for one in found.counterparts
    )
    nothing = "No entity of another list is tied to this party by such evidence."
    silence = "never states identifiers, only ids are compared:"
    after = joined(
        "" if found.counterparts else nothing,
        _silent("Never states identifiers, only ids are compared:", found.unsupported),
        by=" ",
    )
    return values.party_page(
        "The same party on other lists",
        found.center,
        listing("", found.counterparts, columns, after=after),
        section(*rows, title="Evidence", is_detail=True),
        _looked_at(found.editions, found.unsupported, silence),
        source=values.source_of(found.editions, counted(len(found), "counterpart")),
        footer=_EXACT,
        banners=values.banners((*found.editions, found.center.edition)),
    )


def _evidence(one: answers.Evidence, other: Entity) -> Line:
    kind = strong(f"{one.kind.value}:")
    if one.kind is answers.EvidenceKind.SAME_ID:
        return line(kind, f"{one.entity_id} and {other.id}, of lists that share their ids")
    if one.link is not None:
        link = one.link
        target = link.targets[0].id if link.targets else str(link.relation.to)
        return line(kind, f"{link.source.id} says {relation_word(link.relation)} {target}")
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
