"""`combine`: several lists as one collection, in which a party counts once."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path

import pytest

import sanctionslib as sl
from sanctionslib.answers import Audit, Inference
from sanctionslib.errors import AmbiguousIdError, InvalidInputError, NotFoundError
from sanctionslib.model import Edition, Entity, Fact, Organization, Person
from sanctionslib.query import SanctionsList

from .builders import OFAC, on, party, to, under

SDN = Edition(
    list_id="sdn",
    id_space="ofac",
    published=date(2021, 3, 10),
    supported_facts=frozenset(Fact) - {Fact.LISTING_DATE, Fact.REASON, Fact.MEASURE},
    lists=("SDN List",),
    alternative_sources=(
        (Fact.LISTING_DATE, "the ENHANCED XML"),
        (Fact.REASON, "the press release"),
    ),
)
CSL = Edition(
    list_id="csl",
    published=date(2022, 5, 1),
    supported_facts=frozenset(Fact) - {Fact.REASON, Fact.LEGAL_BASIS, Fact.RELATION},
)


def _sdn() -> SanctionsList[Entity]:
    vtb = party(
        Organization,
        "sdn:17013",
        "EXAMPLE BANK",
        designations=(under("UKRAINE-EO13662", listings=(on("SDN List"),), authority=OFAC),),
        features=(sl.Feature(label="Listing Date (CMIC)", value="03 Jun 2021"),),
        edition=SDN,
    )
    owned = party(
        Organization, "sdn:2", "EXAMPLE BRANCH", relations=(to(key="17013", space="ofac"),)
    )
    return SanctionsList.of_editions(
        [vtb, owned], [SDN], Audit(editions=(SDN,), declared=2, read=2, converted=2)
    )


def _csl() -> SanctionsList[Entity]:
    vtb = party(
        Entity,
        "csl:17013",
        "EXAMPLE BANK PJSC",
        id_space="ofac",
        designations=(
            under(
                "RUSSIA-EO14024",
                "CMIC-EO13959",
                listings=(on("Sectoral Sanctions Identifications List", "2014-07-29"),),
            ),
        ),
        edition=CSL,
    )
    commerce = party(Organization, "csl:a1b2", "EXAMPLE COMMERCE", edition=CSL)
    return SanctionsList.of_editions(
        [vtb, commerce], [CSL], Audit(editions=(CSL,), declared=2, read=3, converted=2)
    )


@pytest.fixture
def both() -> SanctionsList[Entity]:
    """An SDN list and rows of a screening list, of which the Treasury's have the SDN's ids."""
    return sl.combine(_sdn(), _csl())


def test_what_it_holds(both: SanctionsList[Entity]) -> None:
    """All entities in the order of the lists, their editions, and one audit of all."""
    assert [one.id for one in both] == ["sdn:17013", "sdn:2", "csl:17013", "csl:a1b2"]
    assert list(both) == [*_sdn(), *_csl()]
    assert both.editions == (SDN, CSL)
    audit = both.audit
    assert (audit.declared, audit.read, audit.converted, audit.editions) == (4, 5, 4, (SDN, CSL))
    assert both.base is both


def test_a_party_counts_once(both: SanctionsList[Entity]) -> None:
    """Entities are counted, and parties too: in code, in the repr, and in print."""
    assert (len(both), len(both.parties)) == (4, 3)
    assert [[one.id for one in group] for group in both.parties] == [
        ["sdn:17013", "csl:17013"],
        ["sdn:2"],
        ["csl:a1b2"],
    ]
    assert repr(both).startswith("<SanctionsList of 4 entities (3 parties) · sdn · 2021-03-10")
    assert "4 entities, of 3 parties" in str(both)
    assert "parties" not in str(_sdn())
    assert "parties" not in repr(_sdn())


def test_an_index_by_key_alone_is_ambiguous(both: SanctionsList[Entity]) -> None:
    """`[]` and `get` give one entity, so a key that two lists have raises with both ids."""
    for ask in (both.__getitem__, both.get):
        with pytest.raises(AmbiguousIdError) as caught:
            ask("17013")
        assert caught.value.candidates == ("sdn:17013", "csl:17013")
    assert both["csl:17013"].name == "EXAMPLE BANK PJSC"
    assert both["2"].id == "sdn:2"
    assert "17013" in both


@pytest.mark.parametrize("who", ["17013", "sdn:17013", "csl:17013"])
def test_the_party_is_asked(both: SanctionsList[Entity], who: str) -> None:
    """The key, and the full id of any entity, lead to all entities of the party, that one first."""
    entities = both.entities_of(who)
    assert {one.id for one in entities} == {"sdn:17013", "csl:17013"}
    assert entities[0].id == (who if ":" in who else "sdn:17013")
    assert both.entities_of(entities[1]) == entities[::-1]
    assert both.why(who).entities == entities


def test_why_answers_from_all_entities(both: SanctionsList[Entity]) -> None:
    """Designations, programs and links of all entities, from the editions of all."""
    why = both.why("17013")
    assert why.entity.id == "sdn:17013"
    assert [one.id for one in why.also] == ["csl:17013"]
    assert (why.edition, why.editions) == (SDN, (SDN, CSL))
    assert [one.programs for one in why.designations] == [
        ("UKRAINE-EO13662",),
        ("RUSSIA-EO14024", "CMIC-EO13959"),
    ]
    assert [one.code for one in why.programs] == [
        "UKRAINE-EO13662",
        "RUSSIA-EO14024",
        "CMIC-EO13959",
    ]
    assert [one.source.id for one in why.linked_from] == ["sdn:2"]
    assert repr(why).startswith("<Explanation of sdn:17013 'EXAMPLE BANK', 2 entities: ")
    assert both.why("csl:17013").entity.id == "csl:17013"


def test_unstated_is_what_no_edition_states(both: SanctionsList[Entity]) -> None:
    """A fact that one of the editions can state is not among those that are never stated."""
    why = both.why("17013")
    assert [one.fact for one in why.unstated] == [Fact.REASON]
    assert why.unstated[0].alternative_source == "the press release"
    assert Fact.LISTING_DATE in [one.fact for one in both.why("2").unstated]


def test_inferred_goes_by_edition() -> None:
    """Tags suggest a list where the edition cannot state it and no entity of the party does."""
    unsupported = Edition(list_id="cons", id_space="ofac", supported_facts=frozenset())
    tagged = party(
        Organization, "cons:1", designations=(under("CMIC-EO13959"),), edition=unsupported
    )
    spoken = party(Organization, "csl:1", id_space="ofac", edition=CSL)
    both = sl.combine(SanctionsList([tagged], unsupported), SanctionsList([spoken], CSL))
    (inferred,) = both.why("1").inferred
    assert isinstance(inferred, Inference)
    assert inferred.value == "Non-SDN CMIC List"
    listed = party(
        Organization,
        "csl:1",
        id_space="ofac",
        designations=(under(listings=(on("Non-SDN CMIC List"),)),),
        edition=CSL,
    )
    both = sl.combine(SanctionsList([tagged], unsupported), SanctionsList([listed], CSL))
    assert both.why("1").inferred == ()


def test_each_designation_is_shown_with_its_list(both: SanctionsList[Entity]) -> None:
    """In print, each entity has its edition, and what that does not state."""
    _, _, text = sl.display.to_text(both.why("17013"), explain=True).partition("IN FULL")
    first, second = text.index("Entity        sdn:17013"), text.index("Entity        csl:17013")
    assert first < text.index("UKRAINE-EO13662:") < second < text.index("RUSSIA-EO14024:")
    unsupported, dated = (
        text.index("not stated in this format: the ENHANCED XML"),
        text.index("2014-07-29"),
    )
    assert first < unsupported < second < dated
    looked = text.index("Looked at")
    assert text.index("sdn · 2021-03-10", looked) < text.index("csl · 2022-05-01", looked)
    assert "WHERE ELSE IT IS STATED" in text
    assert "never stated in csl · 2022-05-01" in text[text.index("Linked to") : looked]


def test_a_list_beside_it_changes_nothing(sdn: SanctionsList[Entity]) -> None:
    """What a list answers of its own parties stays the same, as long as nobody else has them."""
    other = SanctionsList(
        [party(Person, "watch:33951"), party(Person, "watch:2", "SEK STUDIO")],
        Edition(list_id="watch"),
    )
    both = sl.combine(sdn, other)
    for one in sdn:
        assert both.why(one) == sdn.why(one)
        assert both.related(one, depth=3).links == sdn.related(one, depth=3).links
        assert both.counterparts(one).counterparts == ()


def test_a_key_of_two_parties_stays_ambiguous() -> None:
    """Lists that number each for itself have two parties under one key."""
    both = sl.combine(SanctionsList([party(Person, "a:1")]), SanctionsList([party(Person, "b:1")]))
    for ask in (both.why, both.related, both.counterparts, both.entities_of):
        with pytest.raises(AmbiguousIdError) as caught:
            ask("1")
        assert caught.value.candidates == ("a:1", "b:1")
    assert both.entities_of("b:1") == (both["b:1"],)
    with pytest.raises(NotFoundError):
        both.entities_of("2")
    with pytest.raises(TypeError):
        both.entities_of(1)  # type: ignore[arg-type]


def test_the_same_list_twice_is_refused(both: SanctionsList[Entity]) -> None:
    """Two editions of one list are compared, not combined; also where one is inside another."""
    for lists in ((_sdn(), _sdn()), (both, _csl()), (_sdn(), _sdn().where(kind=Organization))):
        with pytest.raises(InvalidInputError, match="occurs twice") as caught:
            sl.combine(*lists)
        assert "compared" in caught.value.hint
    mine = SanctionsList([party(Person, "sdn:9")])
    with pytest.raises(InvalidInputError, match="'sdn' occurs twice"):
        sl.combine(_sdn(), mine)


def test_what_is_no_list() -> None:
    """Nothing at all, and something else, are refused with a word."""
    with pytest.raises(InvalidInputError, match="nothing to combine"):
        sl.combine()
    with pytest.raises(TypeError, match="list is no SanctionsList"):
        sl.combine([_sdn(), _csl()])  # type: ignore[arg-type]
    assert sl.combine(_sdn()) == _sdn()


def test_three_lists_and_lists_of_lists(both: SanctionsList[Entity]) -> None:
    """A combined list can be combined again; the result is the same as at once."""
    un = SanctionsList([party(Person, "un:1")], Edition(list_id="un"))
    assert sl.combine(both, un) == sl.combine(_sdn(), _csl(), un)


def test_selections_stay_selections() -> None:
    """A selection gives a selection of the whole lists: nothing around it is lost."""
    chosen = _sdn().where(lambda one: one.source_id == "17013")
    both = sl.combine(chosen, _csl())
    assert [one.id for one in both] == ["sdn:17013", "csl:17013", "csl:a1b2"]
    assert len(both.base) == 4
    assert both.selection.of == 4
    assert both.selection.criteria == ("sdn: <lambda>",)
    assert [one.source.id for one in both.why("17013").linked_from] == ["sdn:2"]
    assert repr(both).startswith("<SanctionsList of 3 entities of 4 (2 parties) · sdn")


def test_selections_of_a_combined_list(both: SanctionsList[Entity]) -> None:
    """A selection that holds one entity of a party still answers from all of them."""
    dated = both.where(lambda one: one.listed_since is not None)
    assert [one.id for one in dated] == ["csl:17013"]
    assert dated["17013"].id == "csl:17013"
    assert [one.id for one in dated.why("17013").entities] == ["csl:17013", "sdn:17013"]


def test_an_undeclared_list_leaves_the_number_open() -> None:
    """Where one list does not declare its entries, all together are not declared either."""
    mine = SanctionsList([party(Person, "watch:1")])
    assert sl.combine(_sdn(), mine).audit.declared is None


def test_written_and_read_back(both: SanctionsList[Entity], tmp_path: Path) -> None:
    """A combined list survives our own files and pickles, and counts parties as before."""
    both.write(tmp_path / "both.jsonl")
    for back in (sl.read(tmp_path / "both.jsonl"), pickle.loads(pickle.dumps(both))):
        assert list(back) == list(both)
        assert back.editions == both.editions
        assert len(back.parties) == 3
        assert back.why("17013").entities == both.why("17013").entities


def test_a_named_list_that_one_of_them_holds() -> None:
    """Who is on a list is answered where one edition holds it; where none does, it raises."""
    csl = Edition(list_id="csl", published=date(2022, 5, 1), lists=("Entity List", "SDN List"))
    firm = party(
        Entity,
        "csl:e",
        "EXAMPLE FIRM",
        designations=(under(listings=(on("Entity List"),)),),
        edition=csl,
    )
    held = SanctionsList.of_editions([firm], [csl], Audit(editions=(csl,), read=1, converted=1))
    with pytest.raises(sl.NotStatedError, match="Entity List"):
        _sdn().where(named_list="Entity List")
    both = sl.combine(_sdn(), held)
    assert [one.id for one in both.where(named_list="Entity List")] == ["csl:e"]
    with pytest.raises(sl.NotStatedError, match="FSE List"):
        both.where(named_list="FSE List")
    unsupported = Edition(list_id="cons", supported_facts=frozenset(Fact) - {Fact.LIST})
    other = SanctionsList([party(Entity, "cons:1", edition=unsupported)], unsupported)
    with pytest.raises(sl.NotStatedError, match="cons"):
        sl.combine(held, other).where(named_list="Entity List")


def test_a_number_that_one_of_them_never_states() -> None:
    """A number is not looked up where a list never has any, unless that list is dropped."""
    unsupported = Edition(list_id="dpl", supported_facts=frozenset(Fact) - {Fact.IDENTIFIER})
    other = SanctionsList([party(Entity, "dpl:1", edition=unsupported)], unsupported)
    for lists in (sl.combine(_sdn(), _csl(), other), other):
        with pytest.raises(sl.NotStatedError, match="dpl") as caught:
            lists.find_number("9187629")
        assert "unstated='drop'" in caught.value.hint
        assert lists.find_number("9187629", unstated="drop") == ()
