"""`related` by ownership: chains of stated ownership, and what is not followed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quick import examples

import sanctionslib as sl
from sanctionslib.errors import InvalidInputError, NotFoundError, NotStatedError
from sanctionslib.model import Edition, Entity, Fact, Organization, Person, RelationKind
from sanctionslib.query import SanctionsList

from .builders import keys, linked, party, several, to

K = RelationKind


def _parties(found: sl.answers.Ownership) -> list[tuple[str, int]]:
    return [(one.entity.source_id, one.distance) for one in found.parties]


OWNED = (K.OWNED_OR_CONTROLLED_BY, K.SUBSIDIARY_OF, K.PROPERTY_OF, K.OPERATED_BY)
OWNERS = (K.OWNS_OR_CONTROLS, K.PARENT_OF)


@pytest.mark.parametrize("kind", [*OWNED, *OWNERS])
def test_either_end_says_it(kind: RelationKind) -> None:
    """Whether the owned party or the owner says it, each is found from the other."""
    mine = linked(f"o\nv: {kind.name} o" if kind in OWNED else f"o: {kind.name} v\nv")
    assert _parties(mine.related("o", ownership="owned")) == [("v", 1)]
    assert _parties(mine.related("v", ownership="owners")) == [("o", 1)]
    assert mine.related("v", ownership="owned").parties == ()
    assert mine.related("o", ownership="owners").parties == ()


def test_arguments_of_other_questions() -> None:
    """What says nothing may be said, in any case; what `ownership` has no use for is refused."""
    mine = linked("o\nv: OWNED_OR_CONTROLLED_BY o")
    same: dict[str, Any] = {"depth": 1, "kind": None, "direction": "BOTH"}
    assert mine.related("o", ownership="owned", **same) == mine.related("o", ownership="owned")
    for wrong in ({"depth": 0}, {"depth": 2}, {"kind": "parent of"}, {"direction": ""}):
        with pytest.raises(InvalidInputError, match="follows whole chains"):
            mine.related("o", ownership="owned", **wrong)  # type: ignore[call-overload]


OTHERS = set(K) - {*OWNED, *OWNERS, K.FORMERLY_OPERATED_BY, K.LINKED_TO}


@pytest.mark.parametrize("kind", sorted(OTHERS, key=lambda one: one.name))
def test_other_links_are_no_ownership(kind: RelationKind) -> None:
    """Family, support, office and the like lead nowhere, and are not mentioned either."""
    mine = linked(f"a: {kind.name} b\nb")
    for found in (
        mine.related("b", ownership="owned"),
        mine.related("b", ownership="owners"),
        mine.related("a", ownership="owned"),
        mine.related("a", ownership="owners"),
    ):
        assert (found.parties, found.links, found.unspecified) == ((), (), ())


@pytest.fixture
def group() -> SanctionsList[Entity]:
    """A group of firms, with everything that ends a chain."""
    return linked(
        """
        boss: OWNS_OR_CONTROLS top
        top: LINKED_TO friend
        mid: SUBSIDIARY_OF top
        ship: PROPERTY_OF mid, OWNED_OR_CONTROLLED_BY top former, OWNED_OR_CONTROLLED_BY 'ELSEWHERE'
        old: FORMERLY_OPERATED_BY mid
        tug: PROPERTY_OF old
        t1 TWIN: OWNS_OR_CONTROLS far
        t2 TWIN
        far
        two: PARENT_OF 'TWIN'
        friend
        ring: OWNS_OR_CONTROLS boss
        low: PARENT_OF ring
        base: SUBSIDIARY_OF mid
        """,
        Edition(list_id="watch"),
    )


def test_chains(group: SanctionsList[Entity]) -> None:
    """Chains are followed to their end, nearest first, each party with the links that lead to it."""
    found = group.related("boss", ownership="owned")
    assert _parties(found) == [("top", 1), ("mid", 2), ("ship", 3), ("base", 3)]
    ship = found.parties[2]
    assert [one.source.source_id for one in ship.path] == ["boss", "mid", "ship"]
    assert [keys(one.targets) for one in ship.path] == [["top"], ["top"], ["mid"]]
    assert found.question == "owned by"
    assert found.editions == group.editions
    assert not {"far", "friend"} & {key for key, _ in _parties(found)}


def test_the_other_way(group: SanctionsList[Entity]) -> None:
    """Owners of owners are found up to where a ring closes."""
    found = group.related("ship", ownership="owners")
    assert _parties(found) == [("mid", 1), ("top", 2), ("boss", 3), ("ring", 4), ("low", 5)]
    assert keys(tuple(one.source for one in found.unlisted)) == ["ship"]
    assert [one.relation.to.name for one in found.unlisted] == ["ELSEWHERE"]


def test_what_is_not_followed(group: SanctionsList[Entity]) -> None:
    """Ended links and those that do not say how are given apart, and nobody behind them."""
    found = group.related("top", ownership="owned")
    assert [one.source.source_id for one in found.former] == ["ship", "old"]
    assert [keys(one.targets) for one in found.unspecified] == [["friend"]]
    assert _parties(found) == [("mid", 1), ("ship", 2), ("base", 2)]


def test_former_links_on_request(group: SanctionsList[Entity]) -> None:
    """With `former=True` ended links are followed like others, and what is behind them too."""
    found = group.related("top", ownership="owned", former=True)
    assert _parties(found) == [("mid", 1), ("ship", 1), ("old", 2), ("base", 2), ("tug", 3)]
    assert found.former == ()


def test_ambiguous_links(group: SanctionsList[Entity]) -> None:
    """A name that fits two parties is followed to neither, from either end."""
    down = group.related("two", ownership="owned")
    assert (down.parties, [keys(one.targets) for one in down.ambiguous]) == ((), [["t1", "t2"]])
    up = group.related("t1", ownership="owners")
    assert (up.parties, [one.source.source_id for one in up.ambiguous]) == ((), ["two"])


def test_rings_end() -> None:
    """Firms that own each other are each found once, and the one asked about is not its own."""
    mine = linked("a: OWNS_OR_CONTROLS b\nb: OWNS_OR_CONTROLS a, OWNS_OR_CONTROLS b")
    found = mine.related("a", ownership="owned")
    assert _parties(found) == [("b", 1)]
    assert len(found.links) == 3


def test_a_list_that_only_says_linked_to_raises(sdn: SanctionsList[Entity]) -> None:
    """SDN.XML knows "Linked To" alone: "owns nothing" would be false."""
    for which in ("owned", "owners"):
        with pytest.raises(NotStatedError, match="linked and never how") as caught:
            sdn.related("34022", ownership=which)  # type: ignore[call-overload]
        assert "ENHANCED" in caught.value.hint
        assert caught.value.facts == ("relation",)
    with pytest.raises(NotFoundError):
        sdn.related("1", ownership="owned")


def test_an_edition_without_links_raises() -> None:
    """An edition that never states links does not answer "owns nothing" either."""
    mine = SanctionsList(
        [party(Person, "1")], Edition(list_id="watch", supported_facts=frozenset())
    )
    with pytest.raises(NotStatedError, match="does not state any relation"):
        mine.related("1", ownership="owners")


def test_lists_beside_each_other() -> None:
    """Chains cross lists that share their ids; a list that never says how is named."""
    sdn, cons = Edition(list_id="sdn", id_space="ofac"), Edition(list_id="cons", id_space="ofac")
    dpl = Edition(list_id="dpl", supported_facts=frozenset({Fact.KIND}))
    old = Edition(list_id="old")
    owned = sl.Relation(
        to=sl.EntityRef(source_id="1", id_space="ofac"), kind=K.OWNED_OR_CONTROLLED_BY
    )
    all_of_it = several(
        [
            party(Organization, "sdn:1", "TOP"),
            party(Organization, "cons:1", "TOP"),
            party(Organization, "cons:2", "LOW", relations=(owned,)),
            party(Organization, "dpl:1"),
            party(Organization, "old:1", relations=(to(key="2"),)),
            party(Organization, "old:2"),
        ],
        sdn,
        cons,
        dpl,
        old,
    )
    found = all_of_it.related("sdn:1", ownership="owned")
    assert [one.entity.id for one in found.parties] == ["cons:2"]
    assert [one.id for one in found.entities] == ["sdn:1", "cons:1"]
    assert found.unsupported == (dpl, old)
    text = str(found)
    assert "Does not say how parties are linked: dpl" in text
    with pytest.raises(NotStatedError):
        all_of_it.related("old:1", ownership="owned")


def test_it_says_what_it_is_not(group: SanctionsList[Entity]) -> None:
    """In print and in the reference: no 50 Percent Rule, and nobody is cleared."""
    found = group.related("t2", ownership="owned")
    for shown in (str(found), found._repr_html_()):
        assert "NOT the 50 Percent Rule" in shown
        assert "may be owned all the same" in shown
    for said in (sl.answers.Ownership.__doc__, SanctionsList.related.__doc__):
        assert "Not OFAC's 50 Percent Rule" in " ".join((said or "").split())


_KINDS = st.sampled_from([K.OWNED_OR_CONTROLLED_BY, K.OWNS_OR_CONTROLS, K.FAMILY_OF])
_ENDS = st.integers(0, 5)


@examples(60)
@given(st.lists(st.tuples(_ENDS, _KINDS, _ENDS), max_size=12))
def test_chains_hold(links: list[tuple[int, RelationKind, int]]) -> None:
    """Every path is a chain of stated links; and A owns B exactly where B is owned by A."""
    mine = linked(
        "\n".join(
            f"{number}: {', '.join(f'{kind.name} {to}' for at, kind, to in links if at == number)}"
            for number in range(6)
        )
    )
    owned = {(at, to) for at, kind, to in links if kind is K.OWNS_OR_CONTROLS}
    owned |= {(to, at) for at, kind, to in links if kind is K.OWNED_OR_CONTROLLED_BY}
    pairs: set[tuple[str, str]] = set()
    for number in range(6):
        for one in mine.related(str(number), ownership="owned").parties:
            at = number
            for step in one.path:
                ends = int(step.source.source_id), int(step.targets[0].source_id)
                after = ends[1] if ends[0] == at else ends[0]
                assert (at, after) in owned
                at = after
            assert str(at) == one.entity.source_id
            pairs.add((str(number), one.entity.source_id))
    back = {
        (one.entity.source_id, str(number))
        for number in range(6)
        for one in mine.related(str(number), ownership="owners").parties
    }
    assert pairs == back
