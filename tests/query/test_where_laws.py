"""Laws of `where`, on lists of any content: it equals filtering by hand."""

from __future__ import annotations

import pickle
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import sanctionslib as sl
from sanctionslib.model import Entity
from sanctionslib.query import SanctionsList

KINDS = (sl.Person, sl.Organization, sl.Vessel, sl.Aircraft, Entity)
CODES = ("SDGT", "GLOMAG", "IRAN")
PLACES = ("BD", "IR", "KP")
NAMES = ("SDN List", "FSE List")
YEARS = (2001, 2010, 2021)

PROGRAMS = st.lists(st.sampled_from(CODES), max_size=2, unique=True).map(tuple)
COUNTRIES = st.sampled_from(PLACES).map(lambda code: sl.Country(code=code))
EVENTS = st.lists(
    st.builds(
        sl.Event,
        kind=st.just(sl.EventKind.LISTED),
        date=st.sampled_from(YEARS).map(sl.PartialDate.year),
    ),
    max_size=1,
).map(tuple)
DESIGNATIONS = st.builds(
    sl.Designation,
    programs=PROGRAMS,
    authority=st.sampled_from([None, sl.Authority(code="OFAC"), sl.Authority(code="EU")]),
    listings=st.lists(
        st.builds(sl.Listing, list_name=st.sampled_from(NAMES), events=EVENTS), max_size=2
    ).map(tuple),
)


@st.composite
def _lists(draw: st.DrawFn) -> SanctionsList[Entity]:
    entities: list[Entity] = []
    for number in range(draw(st.integers(0, 6))):
        fields: dict[str, Any] = {
            "id": f"watch:{number}",
            "names": (sl.Name(text=f"PARTY {number}"),),
            "designations": tuple(draw(st.lists(DESIGNATIONS, max_size=2))),
            "addresses": tuple(
                sl.Address(country=one) for one in draw(st.lists(COUNTRIES, max_size=2))
            ),
        }
        kind = draw(st.sampled_from(KINDS))
        if kind is sl.Person:
            fields["nationalities"] = tuple(
                sl.Nationality(country=one) for one in draw(st.lists(COUNTRIES, max_size=1))
            )
        entities.append(kind(**fields))
    return SanctionsList(entities)


LISTS = _lists()
SOME = st.lists(st.sampled_from(CODES), min_size=1, max_size=3)


@given(LISTS, SOME)
def test_alternatives(mine: SanctionsList[Entity], wanted: list[str]) -> None:
    """Several programs find whoever has one of them."""
    by_hand = [one for one in mine if set(one.programs) & set(wanted)]
    assert list(mine.where(program=wanted)) == by_hand
    each = [set(mine.where(program=code)) for code in wanted]
    assert set(by_hand) == set().union(*each)


@given(LISTS, st.sampled_from(CODES), st.sampled_from(PLACES), st.sampled_from(KINDS))
def test_conditions_on_the_party_are_added(
    mine: SanctionsList[Entity], program: str, country: str, kind: type[Entity]
) -> None:
    """Kind, program and country together find who meets each; in a chain in any order, the same."""
    by_hand = [
        one
        for one in mine
        if isinstance(one, kind)
        and program in one.programs
        and country in {each.code for each in one.countries}
    ]
    found = mine.where(kind=kind, program=program, country=country)
    assert list(found) == by_hand
    assert list(mine.where(country=country).where(program=program).where(kind=kind)) == by_hand
    assert list(mine.where(lambda one: one in by_hand)) == by_hand


@given(
    LISTS,
    st.sampled_from(CODES),
    st.sampled_from(["OFAC", "EU"]),
    st.sampled_from(NAMES),
    st.sampled_from(YEARS),
)
def test_one_designation_meets_all(
    mine: SanctionsList[Entity], program: str, authority: str, named_list: str, year: int
) -> None:
    """The designation keywords together find who has one designation that meets them all."""

    def meets(one: sl.Designation) -> bool:
        on_it = [each for each in one.listings if each.list_name == named_list]
        return (
            program in one.programs
            and one.authority is not None
            and one.authority.code == authority
            and any(each.listed_since == sl.PartialDate.year(year) for each in on_it)
        )

    by_hand = [one for one in mine if any(map(meets, one.designations))]
    found = mine.where(
        program=program,
        authority=authority,
        named_list=named_list,
        listed_from=str(year),
        listed_to=str(year),
    )
    assert list(found) == by_hand
    assert set(found) <= set(mine.where(program=program)) & set(mine.where(authority=authority))


@given(LISTS, st.sampled_from(KINDS[:4]))
def test_kinds_and_the_others_are_all(mine: SanctionsList[Entity], kind: type[Entity]) -> None:
    """Those of a kind, of the other kinds and of unstated kind are all, each once."""
    of_kind = mine.where(kind=kind)
    others = mine.where(kind=tuple(one for one in KINDS[:4] if one is not kind))
    unstated = [one for one in mine if type(one) is Entity]
    assert of_kind.selection.kind_unstated == others.selection.kind_unstated == len(unstated)
    assert sorted(one.id for one in (*of_kind, *others, *unstated)) == [one.id for one in mine]
    assert list(mine.where(kind=Entity)) == list(mine.where()) == list(mine)


@given(LISTS, st.sampled_from(CODES), st.sampled_from(PLACES))
def test_kept_dropped_and_refused_are_all(
    mine: SanctionsList[Entity], program: str, country: str
) -> None:
    """`keep` adds to what was found exactly those that were counted as undecided."""
    dropped = mine.where(program=program, unstated="drop")
    kept = mine.where(program=program, unstated="keep")
    counted = sum(one.count for one in dropped.selection.undetermined)
    assert len(kept) == len(dropped) + counted
    assert counted == sum(one.count for one in kept.selection.undetermined)
    assert set(dropped) <= set(kept)
    for one in set(kept) - set(dropped):
        assert program not in one.programs
        assert not one.designations or any(not each.programs for each in one.designations)
    for one in set(mine) - set(mine.where(country=country, unstated="keep")):
        assert one.countries
        assert country not in {each.code for each in one.countries}


@given(LISTS, st.sampled_from(CODES), st.data())
def test_selections_keep_order_base_and_identity(
    mine: SanctionsList[Entity], program: str, data: st.DataObject
) -> None:
    """A selection holds the very entities of its base, in their order, and travels with it."""
    part = mine.where(program=program)
    cut = data.draw(st.slices(len(part)))
    positions = [list(map(id, mine)).index(id(one)) for one in part]
    assert positions == sorted(positions)
    assert list(part[cut]) == list(part)[cut]
    assert part.base is part[cut].base is mine
    assert part.selection.of == part[cut].selection.of == len(mine)
    for one in mine:
        assert (one in part) == (one.id in part) == (one.source_id in part) == (one in list(part))
    back = pickle.loads(pickle.dumps(part))
    assert (back, back.base, back.selection) == (part, mine, part.selection)
