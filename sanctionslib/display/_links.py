"""Networks, ownership and counterparts as sheets: answers about links between parties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sanctionslib.answers import (
    Counterparts,
    Evidence,
    EvidenceKind,
    Link,
    Network,
    Node,
    Ownership,
    OwnershipPath,
)
from sanctionslib.display._sheet import Line, Row, Section, Sheet, line, mark, muted, strong
from sanctionslib.display._words import (
    at_most,
    banners,
    counted,
    country_text,
    details,
    kind_text,
    link_from_lines,
    link_to_lines,
    looked_at,
    party,
    relation_word,
)
from sanctionslib.model import Edition, Entity, Identifier

__all__ = ["counterparts_sheet", "network_sheet", "ownership_sheet"]

_LINES_SHOWN = 300


def _also(records: Sequence[Entity]) -> Line | None:
    """Further records of a party that is named already."""
    if len(records) < 2:
        return None
    return line(muted(f"also listed as {', '.join(one.id for one in records[1:])}"), level=1)


def _looked_at(
    editions: Sequence[Edition], unsupported: Sequence[Edition], silence: str, *more: Row
) -> Section:
    mute = tuple(line(mark(silence), one.label) for one in unsupported)
    return Section(
        title="Looked at",
        rows=(
            *more,
            Row("edition", looked_at(editions)),
            *([Row("not stated", mute)] if mute else ()),
        ),
    )


def _capped(lines: Sequence[Line], where: str) -> tuple[Line, ...]:
    return at_most(lines, _LINES_SHOWN, "line", where)


# ── network ───────────────────────────────────────────────────────────────────────────────────────


def network_sheet(network: Network) -> Sheet:
    """Parties by distance; each link once, with the farther of its two ends."""
    center = network.center
    nodes = sorted(network.nodes, key=lambda node: node.distance)
    placed = _placed(network)
    sections: list[Section] = []
    for distance in dict.fromkeys(node.distance for node in nodes):
        level = [node for node in nodes if node.distance == distance]
        lines = [each for node in level for each in _node_lines(node, placed)]
        title = f"Distance {distance}" + (" · asked about" if not distance else "")
        shown = _capped(lines, "in `nodes` and `links`")
        rows = (Row(counted(len(level), "party", "parties"), shown),)
        sections.append(Section(title=title, rows=rows))
    if rest := placed.get(None):
        lines = [
            line(*party(link.source), *each.spans, level=each.level)
            for link, _ in rest
            for each in link_to_lines(link)
        ]
        shown = _capped(lines, "in `nodes` and `links`")
        sections.append(Section(title="Other links", rows=(Row("links", shown),)))
    asked = [Row("asked for", told)] if (told := tuple(_asked(network))) else []
    sections.append(
        _looked_at(network.editions, network.unsupported, "never states links:", *asked),
    )
    count, links = len(network.nodes), len(network.links)
    return Sheet(
        what="Network",
        title=center.name or "(no name)",
        facts=(
            kind_text(center),
            center.id,
            counted(count, "party", "parties"),
            counted(links, "link", "links"),
            f"depth {network.depth}",
        ),
        chips=center.programs,
        banners=banners((*network.editions, *(node.entity.edition for node in nodes))),
        sections=tuple(sections),
    )


def _asked(network: Network) -> Iterator[Line]:
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
        told = counted(network.left_out, "other link", "other links")
        yield line(mark(f"{told} of these parties left out"))


_Placed = dict[str | None, list[tuple[Link, bool]]]


def _placed(network: Network) -> _Placed:
    """Links by the id of the party that they are shown with; True where that party states them."""
    nodes = {one.id: node for node in network.nodes for one in node.entities}
    placed: _Placed = {}
    for link in network.links:
        source = nodes.get(link.source.id)
        targets = [nodes[one.id] for one in link.targets if one.id in nodes]
        farthest = max(targets, key=lambda node: node.distance, default=None)
        at: str | None = source.entity.id if source is not None else None
        outgoing = True
        if farthest is not None and (source is None or source.distance < farthest.distance):
            at, outgoing = farthest.entity.id, False
        placed.setdefault(at, []).append((link, outgoing))
    return placed


def _node_lines(
    node: Node, placed: Mapping[str | None, Sequence[tuple[Link, bool]]]
) -> Iterator[Line]:
    entity = node.entity
    words = [kind_text(entity), *entity.programs]
    if not node.certain:
        words.append("only perhaps: the name in the link fits several parties")
    yield line(*party(entity), muted(", ".join(words)))
    if (also := _also(node.entities)) is not None:
        yield also
    for link, outgoing in placed.get(entity.id, ()):
        lines = link_to_lines(link) if outgoing else link_from_lines(link)
        for each in lines:
            arrow = "–" if each.level else "→" if outgoing else "←"
            yield Line(each.spans, each.level + 1, arrow)


# ── ownership ─────────────────────────────────────────────────────────────────────────────────────

_NOT_THE_RULE = "NOT the 50 Percent Rule · stated links between listed parties only"
_RULE = (
    "That rule needs the shares of all owners, which no list states, and reaches companies that no "
    "list names. Who is not here may be owned all the same."
)


def ownership_sheet(owned: Ownership) -> Sheet:
    """Parties by distance, each with the chain that leads to it; then the links not followed."""
    center, down = owned.center, owned.question == "owned by"
    shown = _capped([*_tree(owned)], "in `parties`")
    nobody = line(muted("no such link is stated in the entries looked at"))
    title = f"{'Owned or controlled by' if down else 'Owners or controllers of'} {center.name}"
    apart = (
        ("former", owned.former),
        ("ambiguous", owned.ambiguous),
        ("not in these lists", owned.unlisted),
        ("how is not said", owned.unspecified),
    )
    return Sheet(
        what="Stated ownership and control",
        title=title,
        facts=(
            kind_text(center),
            *(one.id for one in owned.entities),
            counted(len(owned.parties), "party", "parties"),
        ),
        chips=tuple(dict.fromkeys(code for one in owned.entities for code in one.programs)),
        banners=(
            *banners((*owned.editions, *(one.edition for one in owned.entities))),
            _NOT_THE_RULE,
        ),
        sections=(
            Section(note=_RULE, rows=(Row("stated", shown or (nobody,)),)),
            Section(
                title="Not followed",
                note="Nothing is said of who is behind these links.",
                rows=tuple(
                    Row(label, _capped([*_stated(links)], "in the answer"))
                    for label, links in apart
                    if links
                ),
                tone="unstated",
            ),
            _looked_at(owned.editions, owned.unsupported, "does not say how parties are linked:"),
        ),
    )


def _tree(owned: Ownership) -> Iterator[Line]:
    """Every party below the one that its chain comes from, with the link between the two."""
    below: dict[tuple[Link, ...], list[OwnershipPath]] = {}
    for one in owned.parties:
        below.setdefault(one.path[:-1], []).append(one)

    todo = [*reversed(below.get((), ()))]
    while todo:
        one = todo.pop()
        level = one.distance - 1
        words = ", ".join((kind_text(one.entity), *one.entity.programs))
        yield line(*party(one.entity), muted(words), level=level)
        if (also := _also(one.entities)) is not None:
            yield Line(also.spans, level + 1)
        link = one.path[-1]
        states = link.source.id in {each.id for each in one.entities}
        arrow = "→" if states else "←"
        told = link_to_lines(link) if states else link_from_lines(link)
        yield from (Line(each.spans, level + each.level + 1, arrow) for each in told)
        todo += reversed(below.get(one.path, ()))


def _stated(links: Iterable[Link]) -> Iterator[Line]:
    """Links as whole sentences: who states what of whom."""
    for link in links:
        first, *rest = link_to_lines(link)
        yield line(*party(link.source), *first.spans)
        yield from rest


# ── counterparts ──────────────────────────────────────────────────────────────────────────────────


def counterparts_sheet(found: Counterparts) -> Sheet:
    """The records of a party on other lists, each with its evidence."""
    center = found.center
    rows = tuple(
        Row(
            one.entity.list_id,
            (
                line(
                    *party(one.entity),
                    muted(", ".join((kind_text(one.entity), *one.entity.programs))),
                ),
                *(Line(_ground(each, one.entity).spans, 1) for each in one.evidence),
            ),
        )
        for one in found.counterparts
    )
    nothing = line(muted("no record of another list is tied to this party by such evidence"))
    return Sheet(
        what="The same party on other lists",
        title=center.name or "(no name)",
        facts=(kind_text(center), center.id, counted(len(found), "entity", "entities")),
        chips=center.programs,
        banners=banners((*found.editions, center.edition)),
        sections=(
            Section(
                note="By exact official evidence alone; a name is none.",
                rows=rows or (Row("found", (nothing,)),),
            ),
            _looked_at(
                found.editions,
                found.unsupported,
                "never states identifiers, only ids are compared:",
            ),
        ),
    )


def _ground(one: Evidence, other: Entity) -> Line:
    kind = strong(f"{one.kind.value}:")
    if one.kind is EvidenceKind.SAME_ID:
        return line(kind, f"{one.entity_id} and {other.id}, of lists that share their ids")
    if one.link is not None:
        link = one.link
        target = link.targets[0].id if link.targets else str(link.relation.to)
        return line(kind, f"{link.source.id} says {relation_word(link.relation)} {target}")
    if one.identifier is None:
        return line(kind, one.entity_id)
    theirs = one.theirs
    there = None
    if theirs is not None and theirs.value != one.identifier.value:
        there = f'there as "{theirs.value}"'
    return line(kind, _number(one.identifier), details(f"in {one.entity_id}", there))


def _number(number: Identifier) -> str:
    word = number.kind.value if number.kind is not None else number.raw_kind
    country = f", {country_text(number.country)}" if number.country is not None else ""
    return f"{word} {number.value}{country}"
