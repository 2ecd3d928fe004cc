"""`why` and `related`: who designated a party, and who is linked to whom."""

from __future__ import annotations

import attrs
import pytest

import sanctionslib as sl
from sanctionslib.errors import NotFoundError
from sanctionslib.model import Edition, Entity, Fact, Organization, Person
from sanctionslib.query import SanctionsList

from .builders import OFAC, keys, linked, party, several, to, under

RAB = {"33952", "33953", "33954", "34076", "34077", "33955"}


def test_why(sdn: SanctionsList[Entity]) -> None:
    """By whom, list, program with its meaning, links both ways, and what is never stated."""
    why = sdn.why("33951")
    assert why.entity is sdn["33951"]
    assert why.edition is sdn.editions[0]
    assert why.designations == sdn["33951"].designations
    (designation,) = why.designations
    assert designation.authority is not None
    assert designation.authority.code == "OFAC"
    assert [one.list_name for one in designation.listings] == ["SDN List"]
    assert [(one.code, one.program) for one in why.programs] == [("GLOMAG", sl.programs["GLOMAG"])]
    assert why.linked_to == ()
    assert [link.relation.raw_kind for link in why.linked_from] == ["Linked To"] * 6
    assert {link.targets for link in why.linked_from} == {(why.entity,)}
    assert {link.source.source_id for link in why.linked_from} == RAB
    assert why.inferred == ()
    assert [one.fact for one in why.unstated] == [
        Fact.LIST,
        Fact.LISTING_DATE,
        Fact.LEGAL_BASIS,
        Fact.MEASURE,
        Fact.REASON,
        Fact.DELISTING_DATE,
    ]
    assert all(one.alternative_source for one in why.unstated)
    assert why.unstated[0].alternative_source.startswith("lists other than the SDN List: ")


def test_why_of_one_who_is_linked(sdn: SanctionsList[Entity]) -> None:
    """A link that the party's own entry states leads to the other party."""
    why = sdn.why("33952")
    (link,) = why.linked_to
    assert (link.source.source_id, keys(link.targets)) == ("33952", ["33951"])
    assert not link.is_ambiguous
    assert why.linked_from == ()


def test_why_takes_ids_and_entities(sdn: SanctionsList[Entity]) -> None:
    """An id, a full id and an entity give the same answer; who is not here raises."""
    why = sdn.why("33951")
    assert sdn.why("us_ofac_sdn:33951") == why
    assert sdn.why(sdn["33951"]) == why
    for nobody in ("33950", party(Person, "1")):
        with pytest.raises(NotFoundError):
            sdn.why(nobody)


def test_why_in_a_selection(sdn: SanctionsList[Entity]) -> None:
    """A selection of organizations still answers with the persons that are linked to them."""
    organizations = sdn.where(kind=Organization)
    why = organizations.why("33951")
    assert why == sdn.why("33951")
    assert {type(link.source) for link in why.linked_from} == {Person}
    assert len(why.linked_from) == 6
    unlisted = organizations.why("33952")
    assert unlisted.entity is sdn["33952"]


def test_why_prefers_the_selection() -> None:
    """A key that two lists have means, in a selection, the one that the selection holds."""
    both = several([party(Person, "a:1"), party(Person, "b:1")])
    assert both.where(lambda one: one.list_id == "b").why("1").entity.id == "b:1"
    with pytest.raises(sl.AmbiguousIdError):
        both.why("1")


def test_why_says_what_is_not_known() -> None:
    """A code that we do not know has no program, and a link to nobody has no target."""
    mine = SanctionsList(
        [
            party(
                Person,
                "1",
                relations=(to("NOBODY HERE"), to("TWIN")),
                designations=(under("SDGT", "NEW-EO", authority=OFAC), under("SDGT")),
            ),
            party(Person, "2", "TWIN"),
            party(Organization, "3", "TWIN"),
        ]
    )
    why = mine.why("1")
    assert [(one.code, one.program is None) for one in why.programs] == [
        ("SDGT", False),
        ("NEW-EO", True),
    ]
    nobody, twins = why.linked_to
    assert (nobody.targets, nobody.is_ambiguous) == ((), False)
    assert (keys(twins.targets), twins.is_ambiguous) == (["2", "3"], True)
    assert [link.source.source_id for link in mine.why("3").linked_from] == ["1"]
    assert (why.edition, why.unstated, why.inferred) == (None, (), ())


def test_why_knows_whose_code_it_is() -> None:
    """A code that two authorities use has the meaning of the one that designates."""
    un = sl.Authority(code="UN")
    designations = (under("DPRK", authority=un), under("DPRK", authority=OFAC), under("DPRK"))
    mine = SanctionsList(
        [party(Person, str(at), designations=(one,)) for at, one in enumerate(designations)]
        + [party(Person, "all", designations=designations)]
    )
    ours = sl.programs["DPRK"]
    meanings = {one.source_id: [e.program for e in mine.why(one).programs] for one in mine}
    assert meanings == {"0": [None], "1": [ours], "2": [ours], "all": [None, ours]}


def test_why_infers_no_legal_basis_from_the_code_of_another_authority() -> None:
    """An order on which OFAC's program rests is not tied to the UN's code."""
    bases = (
        sl.LegalBasis(title="Executive Order 13551"),
        sl.LegalBasis(title="Executive Order 13818"),
    )
    of_ofac = under("DPRK", "GLOMAG", authority=OFAC, legal_bases=bases)
    of_un = attrs.evolve(of_ofac, authority=sl.Authority(code="UN"))
    mine = SanctionsList(
        [party(Person, str(at), designations=(one,)) for at, one in enumerate((of_ofac, of_un))]
    )
    assert [one.value for one in mine.why("0").inferred] == [
        "DPRK → Executive Order 13551",
        "GLOMAG → Executive Order 13818",
    ]
    assert mine.why("1").inferred == ()


def _consolidated(
    *entities: Entity, supported_facts: frozenset[Fact] = frozenset()
) -> SanctionsList[Entity]:
    return SanctionsList(entities, Edition(list_id="watch", supported_facts=supported_facts))


def test_why_infers_lists_only_where_none_is_stated() -> None:
    """Tags and labels suggest lists, each once and with a reason, unless the file states lists."""
    cmic = party(
        Organization,
        "1",
        designations=(under("CMIC-EO13959", "NS-PLC"), under("CMIC-EO13959")),
        features=(sl.Feature(label="Listing Date (CMIC)", value="03 Jun 2021"),),
    )
    inferred = _consolidated(cmic).why("1").inferred
    assert [(one.about, one.value) for one in inferred] == [
        (Fact.LIST, "Non-SDN CMIC List"),
        (Fact.LIST, "Non-SDN Palestinian Legislative Council List"),
    ]
    assert all(one.reason for one in inferred)
    stated = _consolidated(cmic, supported_facts=frozenset({Fact.LIST}))
    assert stated.why("1").inferred == ()
    assert SanctionsList([cmic]).why("1").inferred == ()
    assert _consolidated(party(Person, "1")).why("1").inferred == ()


def test_why_names_lists_that_are_known_alone() -> None:
    """An edition that knows two lists says that it does not state all others."""
    edition = Edition(
        list_id="watch",
        supported_facts=frozenset(Fact),
        lists=("SDN List", "FSE List"),
        alternative_sources=((Fact.LIST, "read the XML"),),
    )
    why = SanctionsList([party(Person, "1")], edition).why("1")
    others = "lists other than the SDN List and FSE List"
    assert [(one.fact, one.alternative_source) for one in why.unstated] == [
        (Fact.LIST, f"{others}: read the XML")
    ]
    assert why.inferred == ()
    nowhere = attrs.evolve(edition, alternative_sources=())
    (unstated,) = SanctionsList([party(Person, "1")], nowhere).why("1").unstated
    assert unstated.alternative_source == others


def test_an_inference_keeps_all_its_grounds() -> None:
    """A further tag that suggests the same list by labels alone does not hide what the first said."""
    labels = (sl.Feature(label="Listing Date (CMIC)", value="03 Jun 2021"),)
    for codes in (("CMIC-EO13959", "SDGT"), ("SDGT", "CMIC-EO13959")):
        cmic = party(Organization, "1", designations=(under(*codes),), features=labels)
        (inferred,) = _consolidated(cmic).why("1").inferred
        assert "the tag CMIC-EO13959" in inferred.reason
        assert "date labels" in inferred.reason


def test_unstated_is_in_the_order_of_the_question() -> None:
    """What an edition never states has one order, with an alternative source or without."""
    edition = Edition(
        list_id="watch",
        supported_facts=frozenset({Fact.PROGRAM, Fact.REASON}),
        alternative_sources=((Fact.MEASURE, "the XML"),),
    )
    why = SanctionsList([party(Person, "1")], edition).why("1")
    assert [(one.fact.value, one.alternative_source) for one in why.unstated] == [
        ("list", ""),
        ("listing date", ""),
        ("legal basis", ""),
        ("measure", "the XML"),
        ("relation", ""),
        ("delisting date", ""),
    ]


# ── networks ──────────────────────────────────────────────────────────────────────────────────


def _names(network: sl.answers.Network) -> list[tuple[int, str]]:
    return [(node.distance, node.entity.source_id) for node in network.nodes]


def _links(network: sl.answers.Network) -> list[tuple[str, list[str]]]:
    return [(link.source.source_id, keys(link.targets)) for link in network.links]


def test_related(sdn: SanctionsList[Entity]) -> None:
    """Links are followed both ways, step by step, and say who states them."""
    near = sdn.related("34022")
    assert (near.center, near.depth, near.editions) == (sdn["34022"], 1, sdn.editions)
    assert _names(near) == [(0, "34022"), (1, "31042"), (1, "34023"), (1, "34024")]
    assert _links(near) == [("31042", ["34022"]), ("34023", ["34022"]), ("34024", ["34022"])]
    far = sdn.related(sdn["34022"], depth=2)
    assert _names(far) == [*_names(near), (2, "34025")]
    assert _links(far) == [*_links(near), ("34025", ["34024"])]
    assert sdn.related("34025", depth=9).nodes[-1].distance == 3
    assert sdn.where(kind=Person).related("34022", depth=2) == far
    assert _names(sdn.related("30184", depth=3)) == [(0, "30184")]


def test_cycles_end() -> None:
    """A ring of links, and a link to oneself, is walked once; each link is given once."""
    ring = linked("""
        1 A: LINKED_TO 'B', LINKED_TO 'A', LINKED_TO 'B'
        2 B: LINKED_TO 'C'
        3 C: LINKED_TO 'A', LINKED_TO 'OUTSIDE'
    """)
    found = ring.related("1", depth=50)
    assert _names(found) == [(0, "1"), (1, "2"), (1, "3")]
    assert sorted(_links(found)) == [
        ("1", ["1"]),
        ("1", ["2"]),
        ("2", ["3"]),
        ("3", []),
        ("3", ["1"]),
    ]
    assert found.depth == 50
    one_step = ring.related("2")
    assert _names(one_step) == [(0, "2"), (1, "3"), (1, "1")]
    assert ("3", ["1"]) not in _links(one_step), "the links of those at the border are not followed"


def test_ambiguous_links_are_not_followed() -> None:
    """A name that fits two parties leads to both, marked, and to nobody behind them."""
    mine = linked("""
        asked: LINKED_TO 'TWICE'
        one TWICE: LINKED_TO 'BEHIND'
        two TWICE
        behind
    """)
    for who, found in (("asked", ["one", "two"]), ("two", ["asked", "one"])):
        network = mine.related(who, depth=3)
        assert _names(network) == [(0, who), *((1, key) for key in found)]
        assert {node.certain for node in network.nodes[1:]} == {False}
        assert [link.is_ambiguous for link in network.links] == [True]
