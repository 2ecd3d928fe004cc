"""SanctionsList as a collection: ids, slices, membership, equality, copies, and how it prints."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Iterable, Sized
from pathlib import Path

import pytest

import sanctionslib as sl
from sanctionslib.errors import AmbiguousIdError, NotFoundError
from sanctionslib.model import Aircraft, Edition, Entity, Organization, Person, Vessel
from sanctionslib.query import SanctionsList

from .builders import keys, party, several

SDN, CSL = Edition(list_id="sdn", id_space="ofac"), Edition(list_id="csl", id_space="ofac")


def _mine() -> SanctionsList[Entity]:
    return SanctionsList(
        [
            party(Person, "1", "DOE, Jane", "JD"),
            party(Organization, "2", "EXAMPLE LTD"),
            party(Vessel, "3", "EXAMPLE STAR"),
            party(Entity, "4", "UNKNOWN PARTY"),
        ]
    )


# ── ids ───────────────────────────────────────────────────────────────────────────────────────


def test_ids(sdn: SanctionsList[Entity]) -> None:
    """The publisher's key and the full id give the same entity."""
    rab = sdn["33951"]
    assert rab.name == "RAPID ACTION BATTALION"
    assert sdn["us_ofac_sdn:33951"] is rab
    assert sdn.get("33951") is rab
    assert sdn.get("33951", kind=Organization) is rab
    assert sdn.get("33951", kind=Entity) is rab


def test_get_has_a_default(sdn: SanctionsList[Entity]) -> None:
    """Where nobody has an id, `get` gives None or the default."""
    assert sdn.get("33950") is None
    assert sdn.get("us_ofac_cons:33951", "nobody") == "nobody"
    assert sdn.get("33950", kind=Person) is None
    assert sdn.where(kind=Person).get("33951", 0) == 0


def test_a_missing_id_suggests(sdn: SanctionsList[Entity]) -> None:
    """An id that nobody has raises, says where was looked, and names the nearest ids."""
    with pytest.raises(NotFoundError) as caught:
        sdn["33950"]
    assert "33950" in caught.value.what
    assert "us_ofac_sdn · 2021-12-10" in caught.value.what
    assert "SAMPLE" in caught.value.what
    assert "33951" in caught.value.suggestions
    assert set(caught.value.suggestions) <= set(keys(sdn))
    assert "did you mean" in caught.value.hint
    with pytest.raises(KeyError):
        sdn["us_ofac_sdn:1"]


def test_a_full_id_suggests_too(sdn: SanctionsList[Entity]) -> None:
    """A full id with a slip in its key, or of another list, names the ids that are meant."""
    for text in ("us_ofac_sdn:33950", "us_ofac_cons:33951"):
        with pytest.raises(NotFoundError) as caught:
            sdn[text]
        assert "33951" in {one.rpartition(":")[2] for one in caught.value.suggestions}


def test_nothing_near_suggests_nothing() -> None:
    """Where nothing comes near, no id is suggested; a list of one's own says so."""
    with pytest.raises(NotFoundError, match="no entity of this list has the id 'xyz'") as caught:
        _mine()["xyz"]
    assert (caught.value.suggestions, caught.value.hint) == ((), "")


def test_a_name_in_place_of_an_id() -> None:
    """Who asks by a name learns the ids of those who bear it."""
    with pytest.raises(NotFoundError, match="'jd' is a name and no id") as caught:
        _mine()["jd"]
    assert caught.value.suggestions == ("1",)


def test_ambiguous_ids() -> None:
    """A key that two lists have raises with both full ids, each of which serves."""
    both = several(
        [party(Person, "sdn:7"), party(Person, "csl:7"), party(Person, "csl:8")], SDN, CSL
    )
    with pytest.raises(AmbiguousIdError) as caught:
        both["7"]
    assert caught.value.candidates == ("sdn:7", "csl:7")
    assert "sdn:7, csl:7" in caught.value.hint
    assert isinstance(caught.value, LookupError)
    assert not isinstance(caught.value, KeyError)
    assert both["csl:7"].list_id == "csl"
    assert both["8"].id == "csl:8"
    assert "7" in both
    only = both.where(lambda one: one.list_id == "csl")
    assert only["7"].id == "csl:7"


@pytest.mark.parametrize("number", [17013, 0, -1, True])
def test_a_number_is_refused(sdn: SanctionsList[Entity], number: int) -> None:
    """A number could be an id or a position: TypeError, and the message says how to write both."""
    with pytest.raises(TypeError) as caught:
        sdn[number]  # type: ignore[call-overload]
    assert f'sdn["{number}"]' in str(caught.value)
    assert f"list(sdn)[{number}]" in str(caught.value)
    with pytest.raises(TypeError):
        sdn.get(number)  # type: ignore[call-overload]
    with pytest.raises(TypeError):
        sdn.why(number)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        sdn[:3].why(number)  # type: ignore[arg-type]


@pytest.mark.parametrize("key", [None, 1.5, b"33951", ("33951",)])
def test_other_keys_are_refused(sdn: SanctionsList[Entity], key: object) -> None:
    """An id is text; anything else is a TypeError and not a missing id."""
    with pytest.raises(TypeError, match=f"an id is text, not {type(key).__name__}"):
        sdn[key]  # type: ignore[call-overload]


def test_get_narrows() -> None:
    """An entity of another kind than was asked for raises, and says what it is."""
    with pytest.raises(
        NotFoundError, match="watch:2 is of kind Organization, not Person"
    ) as caught:
        _mine().get("2", kind=Person)
    assert caught.value.hint == "leave kind out; ask for kind=Organization"
    with pytest.raises(NotFoundError, match="watch:3 is of kind Vessel, not Aircraft"):
        _mine().get("3", kind=Aircraft)
    with pytest.raises(NotFoundError, match="watch:4 is of kind Entity, not Person"):
        _mine().get("4", kind=Person)


# ── sized, iterable, sliceable ────────────────────────────────────────────────────────────────


def test_sized_and_iterable(sdn: SanctionsList[Entity]) -> None:
    """A list has a length and an order; it can be walked again and again."""
    assert len(sdn) == 26 == len(list(sdn)) == len(list(sdn))
    assert isinstance(sdn, Sized)
    assert isinstance(sdn, Iterable)
    assert [one.source_id for one in sdn][:2] == ["29159", "30184"]
    assert not SanctionsList([])
    assert sdn


@pytest.mark.parametrize(
    ("cut", "found", "text"),
    [
        (slice(1, 3), ["2", "3"], "[1:3]"),
        (slice(None, 2), ["1", "2"], "[:2]"),
        (slice(-1, None), ["4"], "[-1:]"),
        (slice(None, None, -2), ["4", "2"], "[::-2]"),
        (slice(9, None), [], "[9:]"),
    ],
)
def test_slices(cut: slice, found: list[str], text: str) -> None:
    """A slice is a selection by position that knows what it was taken from."""
    mine = _mine()
    part = mine[cut]
    assert isinstance(part, SanctionsList)
    assert keys(part) == found
    assert part.base is mine
    assert (part.selection.criteria, part.selection.of) == ((text,), 4)


def test_slices_of_selections() -> None:
    """Criteria add up, and the base stays the whole list."""
    mine = _mine()
    part = mine.where(kind=(Person, Organization, Vessel))[1:][:1]
    assert keys(part) == ["2"]
    assert part.base is mine
    kinds = "kind=Person | Organization | Vessel"
    assert part.selection.criteria == (kinds, "[1:]", "[:1]")
    assert part.selection.of == 4


def test_slices_keep_what_was_not_decided() -> None:
    """How many parties a selection could not decide is not forgotten by cutting it."""
    part = _mine().where(kind=Person)[:1]
    assert part.selection.kind_unstated == 1
    assert "1 of unstated kind dropped" in repr(part)
    undecided = _mine().where(country="BD")[:1]
    assert [one.count for one in undecided.selection.undetermined] == [4]


def test_membership(sdn: SanctionsList[Entity]) -> None:
    """Ids, short or full, and entities are in a list; names, numbers and others are not."""
    rab = sdn["33951"]
    assert "33951" in sdn
    assert "us_ofac_sdn:33951" in sdn
    assert rab in sdn
    for other in ("33950", "RAPID ACTION BATTALION", "us_ofac_cons:33951", None, ""):
        assert other not in sdn
    assert party(Person, "1") not in sdn
    with pytest.raises(TypeError, match="position"):
        33951 in sdn  # noqa: B015 - the question itself is wrong


def test_membership_of_selections(sdn: SanctionsList[Entity]) -> None:
    """In a selection is what it holds, not what its base holds."""
    persons = sdn.where(kind=Person)
    assert "33952" in persons
    assert "33951" not in persons
    assert sdn["33951"] not in persons
    assert "33951" in persons.base
    with pytest.raises(NotFoundError, match=r"not in this selection \(kind=Person\)") as caught:
        persons["33951"]
    assert ".base" in caught.value.hint
    with pytest.raises(NotFoundError, match="no entity of us_ofac_sdn"):
        persons["33950"]


# ── equality, immutability, copies ────────────────────────────────────────────────────────────


def test_equality() -> None:
    """Lists are equal by entities and editions, whatever questions they have answered."""
    mine, same = _mine(), _mine().prepare()
    assert mine == same
    assert mine != mine[:3]
    assert mine[:] == mine
    assert mine != list(mine)
    assert mine != SanctionsList(list(mine)[::-1])
    assert mine != SanctionsList(mine, Edition(list_id="watch"))
    assert SanctionsList([]) == SanctionsList([])
    with pytest.raises(TypeError):
        hash(mine)


def test_immutable() -> None:
    """Nothing of a list can be set, replaced, added or deleted."""
    mine = _mine()
    for name in ("editions", "audit", "selection", "base", "nickname"):
        with pytest.raises(AttributeError):
            setattr(mine, name, None)
    with pytest.raises(TypeError):
        mine["1"] = party(Person, "9")  # type: ignore[index]
    with pytest.raises(TypeError):
        del mine["1"]  # type: ignore[attr-defined]
    assert not hasattr(mine, "append")
    assert not hasattr(mine, "__dict__")


def test_a_list_does_not_follow_its_source() -> None:
    """What was given is copied: a list of entities that grows later changes nothing."""
    source: list[Entity] = [party(Person, "1")]
    mine = SanctionsList(source)
    source.append(party(Person, "2"))
    assert len(mine) == 1
    assert len(SanctionsList(one for one in source)) == 2


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_pickles(sdn: SanctionsList[Entity], protocol: int) -> None:
    """A list and a selection survive pickling, and answer the same questions afterwards."""
    whole = pickle.loads(pickle.dumps(sdn, protocol))
    assert whole == sdn
    assert (whole.audit, whole.selection, whole.editions) == (
        sdn.audit,
        sdn.selection,
        sdn.editions,
    )
    assert repr(whole) == repr(sdn)
    persons = sdn.where(kind=Person)
    part = pickle.loads(pickle.dumps(persons, protocol))
    assert part == persons
    assert part.base == sdn
    assert part.selection == persons.selection
    assert "33952" in part
    assert "33951" not in part
    assert len(part.why("33951").linked_from) == len(persons.why("33951").linked_from) == 6


def test_pickles_carry_no_indexes() -> None:
    """A list that has answered questions pickles to the same bytes as one that has not."""
    fresh = pickle.dumps(_mine())
    used = _mine()
    used.find_number("1")
    used.related("1")
    assert used["1"].source_id == "1"
    assert pickle.dumps(used) == fresh


def test_copies(sdn: SanctionsList[Entity]) -> None:
    """Shallow and deep copies of lists and selections are equal and work on their own."""
    for one in (sdn, sdn.where(kind=Person)):
        for twin in (copy.copy(one), copy.deepcopy(one)):
            assert twin == one
            assert twin is not one
            assert twin.base == one.base
            assert twin["33952"] == one["33952"]


# ── how it prints, and what leaves it ─────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("entities", "text"),
    [
        ([], "0 entities"),
        ([party(Person, "1")], "1 person"),
        ([party(Person, "1"), party(Person, "2")], "2 persons"),
        ([party(Organization, "1"), party(Organization, "2")], "2 organizations"),
        ([party(Vessel, "1"), party(Vessel, "2")], "2 vessels"),
        ([party(Aircraft, "1"), party(Aircraft, "2")], "2 aircraft"),
        ([party(Aircraft, "1")], "1 aircraft"),
        ([party(Entity, "1")], "1 entity"),
        ([party(Person, "1"), party(Vessel, "2")], "2 entities"),
    ],
)
def test_repr(entities: list[Entity], text: str) -> None:
    """The repr says how many of which kind."""
    assert repr(SanctionsList(entities)) == f"<SanctionsList of {text}>"


def test_repr_says_what_it_is(sdn: SanctionsList[Entity]) -> None:
    """The repr names editions, and of a selection how it came about and of how many."""
    label = "us_ofac_sdn · 2021-12-10 · ofac-classic-xml · SAMPLE, not the whole list"
    assert repr(sdn) == f"<SanctionsList of 26 entities · {label}>"
    part = sdn.where(kind=Person, program="GLOMAG")
    assert repr(part) == (
        f"<SanctionsList of 8 persons of 26 · {label} · kind=Person, program='GLOMAG'>"
    )
    assert repr(_mine().where(kind=Vessel)) == (
        "<SanctionsList of 1 vessel of 4 · kind=Vessel (1 of unstated kind dropped)>"
    )
    assert repr(_mine().where()) == "<SanctionsList of 4 entities of 4 · everything>"
    many = SanctionsList([party(Person, str(one)) for one in range(1234)])
    assert repr(many[:1000]) == "<SanctionsList of 1,000 persons of 1,234 · [:1000]>"


def test_repr_of_several_editions(sdn: SanctionsList[Entity]) -> None:
    """Editions of one day and scope share their label; otherwise each has its own."""
    assert repr(sl.sample()) == (
        "<SanctionsList of 54 entities · us_ofac_sdn, us_ofac_cons, us_klepto_hr_visa, "
        "us_trade_csl, gb_hmt_sanctions, ca_dfatd_sema_sanctions · 2021-12-10 · SAMPLE, not the whole list>"
    )
    mine = SanctionsList([party(Vessel, "1")], sl.Edition(list_id="watch"))
    assert repr(sl.combine(sdn, mine)) == (
        "<SanctionsList of 27 entities · us_ofac_sdn · 2021-12-10 · ofac-classic-xml · "
        "SAMPLE, not the whole list · watch · date unknown>"
    )


def test_printing_goes_through_display(sdn: SanctionsList[Entity]) -> None:
    """Text, notebook card and rich table of a list show its parties and that it is a sample."""
    console = pytest.importorskip("rich.console")
    part = sdn.where(kind=Person, program="DPRK3")
    with (printed := console.Console(width=200)).capture() as captured:
        printed.print(part)
    for shown in (str(part), part._repr_html_(), captured.get()):
        assert "SOIN, Dmitriy Yurevich" in shown
        assert "sample" in shown.casefold()


def test_rows(sdn: SanctionsList[Entity]) -> None:
    """There is one flat row per entity, in order; a selection gives its own."""
    assert [row["id"] for row in sdn.rows()] == [one.id for one in sdn]
    assert [row["name"] for row in sdn.where(kind=Person, program="DPRK2").rows()] == [
        "RI, Yong Gil"
    ]


def test_to_dict_and_write(sdn: SanctionsList[Entity], tmp_path: Path) -> None:
    """A list as plain values: what a file would hold, with the selection where it is one."""
    whole = sdn.to_dict()
    assert (whole["count"], whole.get("selection")) == (26, None)
    part = sdn.where(kind=Person)
    assert (part.to_dict()["count"], part.to_dict()["selection"]) == (15, "kind=Person")
    assert sl.read(json.dumps(whole).encode()) == sdn
    part.write(tmp_path / "part.json")
    (edition,) = sl.read(tmp_path / "part.json").editions
    assert "kind=Person" in (edition.filter or "")
