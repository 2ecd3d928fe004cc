"""A walk along the links: who is linked to whom, how far away, and where links lead nowhere."""

from collections import defaultdict

import sanctionslib as sl


def edges(network: sl.answers.Network) -> list[tuple[str, str, str]]:
    """(source, kind, target) of every link; a link to nobody here has the name that it states."""
    found: list[tuple[str, str, str]] = []
    for link in network.links:
        kind = link.relation.kind
        word = kind.value if kind is not None else link.relation.raw_kind
        if not link.targets:
            found.append((link.source.id, word, f"unlisted: {link.relation.to.name}"))
        for target in link.targets:
            found.append((link.source.id, word, target.id))
    return found


def rings(network: sl.answers.Network) -> dict[int, list[sl.Entity]]:
    """The parties by their distance."""
    found: defaultdict[int, list[sl.Entity]] = defaultdict(list)
    for node in network.nodes:
        found[node.distance].append(node.entity)
    return dict(found)


sdn = sl.sample()
network = sdn.related("sek studio", depth=2)
assert network.center.name == "SEK STUDIO"
assert {word for _, word, _ in edges(network)} == {sl.RelationKind.LINKED_TO.value}
assert [len(ring) for ring in rings(network).values()] == [1, 3, 1]
assert not any(link.is_ambiguous for link in network.links)

ref = sl.EntityRef(name="SEK STUDIO", id_space="ofac")
assert [one.source_id for one in sdn.resolve(ref)] == ["34022"]
hits: tuple[sl.answers.IdentifierMatch, ...] = sdn.find_number(
    "913101040936933514", kind=sl.IdentifierKind.USCC
)
assert [(hit.entity.name, hit.identifier.value) for hit in hits] == [
    ("MOXING CARTOON", "913101040936933514")
]

kinds: tuple[sl.RelationKind, ...] = sdn.related("34022", kind="linked to", direction="in").kinds
assert kinds == (sl.RelationKind.LINKED_TO,)


def chains(found: sl.answers.Ownership) -> list[tuple[str, list[str]]]:
    """Every party that is reached, with the parties that state the links to it."""
    return [(one.entity.name, [link.source.name for link in one.path]) for one in found.parties]


mine = sl.SanctionsList(
    [
        sl.Organization(id="watch:1", names=(sl.Name(text="EXAMPLE HOLDING"),)),
        sl.Organization(
            id="watch:2",
            names=(sl.Name(text="EXAMPLE YARD"),),
            relations=(
                sl.Relation(
                    to=sl.EntityRef(source_id="1"), kind=sl.RelationKind.OWNED_OR_CONTROLLED_BY
                ),
            ),
        ),
    ]
)
assert chains(mine.related("1", ownership="owned")) == [("EXAMPLE YARD", ["EXAMPLE YARD"])]
both = sl.combine(sdn, mine)
groups: tuple[tuple[sl.Entity, ...], ...] = both.parties
assert len(groups) == len(both) == len(sdn) + 2
evidence: list[sl.answers.EvidenceKind] = [
    ground.kind for found in both.counterparts("33951") for ground in found.evidence
]
assert evidence == []
drawn: str = sl.export.to_mermaid(mine.related("2", ownership="owners"))
assert "EXAMPLE HOLDING" in drawn
