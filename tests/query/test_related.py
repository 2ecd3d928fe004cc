"""`related` by kind, direction and end of a link; and around parties that several lists have."""

from __future__ import annotations

import pytest

import sanctionslib as sl
from sanctionslib.errors import InvalidInputError, NotStatedError
from sanctionslib.model import Edition, Entity, Person, RelationKind
from sanctionslib.query import SanctionsList

from .builders import keys, linked, party, several, to

OWNED, FAMILY = RelationKind.OWNED_OR_CONTROLLED_BY, RelationKind.FAMILY_OF


@pytest.fixture
def family() -> SanctionsList[Entity]:
    """A person with a sister, a firm, its ship and a firm of former days."""
    return linked("""
        ann: FAMILY_OF bea
        bea
        firm: OWNED_OR_CONTROLLED_BY ann
        ship: OWNED_OR_CONTROLLED_BY firm
        old: OWNED_OR_CONTROLLED_BY ann former
        once: FORMERLY_OPERATED_BY ann
        acquaintance: OTHER ann
    """)


def _reached(network: sl.answers.Network) -> list[str]:
    return [node.entity.source_id for node in network.nodes]


def test_all_links(family: SanctionsList[Entity]) -> None:
    """Without a condition all links are followed, ended ones and those of an unknown kind too."""
    network = family.related("ann")
    assert _reached(network) == ["ann", "bea", "firm", "old", "once", "acquaintance"]
    assert (network.kinds, network.direction, network.former) == ((), "both", True)
    assert network.left_out == 0


@pytest.mark.parametrize("kind", [OWNED, "owned or controlled by", [OWNED], (OWNED, OWNED.value)])
def test_kind(family: SanctionsList[Entity], kind: object) -> None:
    """Only links of the kinds that are asked for are followed; how many others there are is said."""
    network = family.related("ann", kind=kind, depth=2)  # type: ignore[arg-type]
    assert _reached(network) == ["ann", "firm", "old", "ship"]
    assert network.kinds == (OWNED,)
    assert network.left_out == 3
    assert "3 other links of these parties left out" in str(network)
    assert "links of the kind owned or controlled by" in str(network)


@pytest.mark.parametrize(
    ("direction", "found", "words"),
    [
        ("out", ["ann", "bea"], "links that the parties state, not"),
        (
            "in",
            ["ann", "firm", "old", "once", "acquaintance", "ship"],
            "links that others state to the parties, not",
        ),
    ],
)
def test_direction(
    family: SanctionsList[Entity], direction: str, found: list[str], words: str
) -> None:
    """`out` follows what a party states itself, `in` what others state to it, all the way."""
    network = family.related("ann", direction=direction, depth=2)  # type: ignore[arg-type]
    assert _reached(network) == found
    assert network.direction == direction
    assert words in str(network)


def test_direction_of_a_link_is_that_of_the_statement(family: SanctionsList[Entity]) -> None:
    """However it is walked, the source of a link is the party that states it."""
    for who in ("ann", "firm"):
        links = family.related(who, kind=OWNED, former=False).links
        assert ("firm", ["ann"]) in [(one.source.source_id, keys(one.targets)) for one in links]


def test_former(family: SanctionsList[Entity]) -> None:
    """Links that have ended say so, whatever the source's way of saying it, and can be left out."""
    ended = {one.source.source_id for one in family.related("ann").links if one.is_former}
    assert ended == {"old", "once"}
    network = family.related("ann", former=False)
    assert _reached(network) == ["ann", "bea", "firm", "acquaintance"]
    assert (network.former, network.left_out) == (False, 2)
    assert "without links that have ended" in str(network)


def test_links_that_lead_outside_stay() -> None:
    """A link to somebody who is not in the list is kept, in its direction alone."""
    mine = linked("1: OWNED_OR_CONTROLLED_BY 99")
    for direction in ("out", "both"):
        (found,) = mine.related("1", direction=direction).links  # type: ignore[arg-type]
        assert found.targets == ()
    assert mine.related("1", direction="in").links == ()


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"kind": "friend of"}, "friend of"),
        ({"kind": ()}, "kind is empty"),
        ({"direction": "up"}, "direction='up'"),
        ({"direction": ""}, "direction=''"),
        *(({"depth": depth}, f"depth={depth!r}") for depth in (0, -1, 2.5, "2", True)),
        ({"ownership": "all"}, "ownership='all'"),
        ({"ownership": "owned", "depth": 2}, "ownership= follows whole chains"),
        ({"ownership": "owners", "kind": OWNED}, "ownership= follows whole chains"),
        ({"ownership": "owned", "direction": "in"}, "ownership= follows whole chains"),
    ],
)
def test_what_makes_no_sense(
    family: SanctionsList[Entity], asked: dict[str, object], message: str
) -> None:
    """A kind or direction that nobody knows raises, instead of being followed nowhere."""
    with pytest.raises(InvalidInputError, match=message) as caught:
        family.related("ann", **asked)  # type: ignore[arg-type]
    assert caught.value.hint


def test_a_kind_that_the_list_never_says(sdn: SanctionsList[Entity]) -> None:
    """SDN.XML says "Linked To" of all: asked for another kind it raises, asked for this it answers."""
    with pytest.raises(NotStatedError, match="linked and never how"):
        sdn.related("34022", kind=OWNED)
    for kind in (RelationKind.LINKED_TO, (RelationKind.LINKED_TO, OWNED)):
        assert len(sdn.related("34022", kind=kind).links) == 3


# ── several lists ─────────────────────────────────────────────────────────────────────────────

SDN = Edition(list_id="sdn", id_space="ofac")
CSL = Edition(
    list_id="csl", supported_facts=frozenset(sl.Fact) - {sl.Fact.RELATION}, alternative_sources=()
)


def test_a_party_of_two_lists_is_one_node() -> None:
    """The links of all its entities count, and the party is in the network once."""
    both = several(
        [
            party(Person, "sdn:1", "A", relations=(to(key="2", space="ofac"),)),
            party(Person, "csl:1", "A", id_space="ofac", relations=(to(key="3", space="ofac"),)),
            party(Person, "sdn:2", "B"),
            party(Person, "csl:2", "B", id_space="ofac"),
            party(Person, "csl:3", "C", id_space="ofac"),
        ],
        SDN,
        Edition(list_id="csl"),
    )
    for who in ("1", "sdn:1", "csl:1"):
        network = both.related(who)
        assert {node.entity.source_id for node in network.nodes} == {"1", "2", "3"}
        assert sorted(sorted(one.id for one in node.entities) for node in network.nodes) == [
            ["csl:1", "sdn:1"],
            ["csl:2", "sdn:2"],
            ["csl:3"],
        ]
    assert both.related("csl:1").center.id == "csl:1"
    back = both.related("2")
    assert [node.entity.source_id for node in back.nodes] == ["2", "1"]


def test_a_key_means_the_list_that_says_it() -> None:
    """A reference that does not say whose key it has never means somebody of another list."""
    both = several(
        [
            party(Person, "a:1", "A", relations=(to(key="2"), to("TWIN"))),
            party(Person, "b:2", "SOMEBODY ELSE"),
            party(Person, "b:3", "TWIN"),
        ],
        Edition(list_id="a"),
        Edition(list_id="b"),
    )
    assert [one.targets for one in both.related("1").links] == [(), ()]
    assert both.related("b:2").links == ()


def test_a_list_that_never_states_links_is_named() -> None:
    """Beside a list that states links, one that does not is named; alone, it raises."""
    both = several(
        [
            party(Person, "sdn:1", "A", relations=(to(key="2", space="ofac"),)),
            party(Person, "csl:1", "A", id_space="ofac"),
            party(Person, "sdn:2", "B"),
            party(Person, "csl:x", "C"),
        ],
        SDN,
        CSL,
    )
    network = both.related("1")
    assert network.unsupported == (CSL,)
    assert "Never states links: csl" in str(network)
    with pytest.raises(NotStatedError, match="csl · date unknown does not state any rel") as caught:
        both.related("csl:x")
    assert caught.value.facts == ("relation",)
    assert "unstated=" not in caught.value.hint, "related has no such argument"


def test_the_same_statement_twice_is_one_link() -> None:
    """A link that a source repeats is one; one that says more is another one."""
    twice = "OWNED_OR_CONTROLLED_BY ann"
    mine = linked(f"ann\nfirm: {twice}, {twice}, FAMILY_OF ann")
    for who in ("ann", "firm"):
        assert len(mine.related(who).links) == 2
    assert mine.related("ann", kind=FAMILY).left_out == 1
    assert len(mine.related("ann", ownership="owned").links) == 1
