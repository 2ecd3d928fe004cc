"""`rescreen` gives what a full run on the newer edition gives, or says what it needs for that."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest
from brute_index import BruteIndex
from hypothesis import given
from hypothesis import strategies as st
from quick import examples

import sanctionslib as sl
from sanctionslib.errors import InvalidInputError
from sanctionslib.model import Entity, Identifier, Name
from sanctionslib.query import SanctionsList, _collection, combine, diff, screening
from sanctionslib.query.rescreening import rescreen

DAYS = (
    sl.Edition(list_id="watch", id_space="ours", published=date(2021, 12, 9), sha256="0" * 64),
    sl.Edition(list_id="watch", id_space="ours", published=date(2021, 12, 10), sha256="1" * 64),
)
OTHER = tuple(attrs.evolve(one, list_id="more", sha256=(one.sha256 or "")[1:]) for one in DAYS)


@pytest.fixture(autouse=True, scope="module")
def _brute() -> Any:
    """Names are scored by the simple index of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (_collection, screening):
            patch.setattr(module, "index_for", lambda _, entities: BruteIndex(entities))
        yield


def party(key: int, *names: str, list_id: str = "watch", **fields: Any) -> Entity:
    """A party; an alias that begins with "~" is weak."""
    made = [Name(text=names[0])]
    for one in names[1:]:
        strength = sl.AliasStrength.WEAK if one.startswith("~") else sl.AliasStrength.STRONG
        made.append(Name(text=one.lstrip("~"), kind=sl.NameKind.AKA, strength=strength))
    kind = sl.Person if key % 2 else sl.Organization
    return kind(id=f"{list_id}:{key}", id_space="ours", names=tuple(made), **fields)


def check(
    old: SanctionsList[Entity],
    new: SanctionsList[Entity],
    records: list[Any],
    *,
    on: bool = True,
    **how: Any,
) -> list[sl.answers.ScreeningResult]:
    """Rescreen, from the JSON of the earlier results; hold the outcome against a full run."""
    before = [as_json(one) for one in old.screen(records, **how)]
    found = list(rescreen(before, records, changes=diff(old, new), on=new if on else None))
    assert found == list(new.screen(records, **how))
    for result in found:
        for hit in (*result.hits, *result.suppressed):
            for one in (hit.entity, *hit.also):
                assert one.edition == new[one.id].edition
    return found


def as_json(result: sl.answers.ScreeningResult) -> sl.answers.ScreeningResult:
    return sl.from_dict(json.loads(json.dumps(sl.to_dict(result))), sl.answers.ScreeningResult)


def lists(
    old: list[Entity], new: list[Entity]
) -> tuple[SanctionsList[Entity], SanctionsList[Entity]]:
    """Two editions; each party says of which it is, as parsers have it."""
    made = [
        SanctionsList([attrs.evolve(one, edition=edition) for one in some], edition)
        for some, edition in zip((old, new), DAYS, strict=True)
    ]
    return made[0], made[1]


ANNA, ANNE, ANNIE = party(1, "EXAMPLE ANNA"), party(3, "EXAMPLE ANNE"), party(5, "EXAMPLE ANNIE")
FIRM = party(2, "EXAMPLE TRADING")


@pytest.mark.parametrize("on", [True, False])
def test_added_removed_amended(on: bool) -> None:
    """Who is new comes in, who is gone goes, who has another name is found by that one alone."""
    renamed = attrs.evolve(FIRM, names=(Name(text="OTHER FIRM"),))
    old, new = lists([ANNA, ANNE, FIRM], [ANNE, renamed, ANNIE])
    found = check(old, new, ["Anna Example", "Example Trading", "Other Firm", "", "--"], on=on)
    assert [[hit.entity.source_id for hit in one.hits] for one in found] == [
        ["3", "5"], [], ["2"], [], [],
    ]  # fmt: skip
    assert found[0].context.editions == (DAYS[1],)
    assert found[0].context.selection == sl.answers.Selection(of=3)


def test_the_scored_names_are_those_that_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only they are looked at: that is what it is for."""
    many = [party(2 * at, f"FIRM {at}") for at in range(10, 60)]
    old, new = lists([ANNA, *many], [*many, ANNIE])
    before, changes = list(old.screen(["Anna Example"])), diff(old, new)
    seen: list[int] = []
    init = BruteIndex.__init__
    monkeypatch.setattr(
        BruteIndex, "__init__", lambda self, some: (seen.append(len(some)), init(self, some))[1]
    )
    (found,) = rescreen(before, ["Anna Example"], changes=changes)
    assert [hit.entity.source_id for hit in found.hits] == ["5"]
    assert max(seen) == 1


def test_hits_behind_the_limit() -> None:
    """Where they would be shown now, the newer edition is needed; where not, they are counted."""
    old, new = lists([ANNA, ANNE, ANNIE], [ANNE, ANNIE])
    asked = ["Anna Example"]
    (found,) = check(old, new, asked, limit=1)
    assert ([hit.entity.source_id for hit in found.hits], found.more) == (["3"], 1)
    before = list(old.screen(asked, limit=1))
    with pytest.raises(InvalidInputError, match="record 1 cannot be answered") as caught:
        list(rescreen(before, asked, changes=diff(old, new)))
    assert "on=new" in caught.value.hint
    old, new = lists([ANNA, ANNE, ANNIE], [ANNA, ANNIE, FIRM])
    (found,) = check(old, new, asked, on=False, limit=1)
    assert ([hit.entity.source_id for hit in found.hits], found.more) == (["1"], 1)


def test_suppressed_hits_stay_in_order() -> None:
    """What is new stands among what was suppressed before, by its rank."""
    weak = [party(key, "SOMEBODY", f"~{name}") for key, name in ((1, "MOON"), (3, "MOOM"))]
    old, new = lists([weak[1]], weak)
    (found,) = check(old, new, ["Moon"], min_score=0.7)
    assert [hit.entity.source_id for hit in found.suppressed] == ["1", "3"]


def test_all_records_of_a_hit_are_of_the_newer_edition() -> None:
    """Also those beside the one that hit, where nothing changed."""
    old, new = (
        combine(
            SanctionsList([attrs.evolve(ANNA, edition=one)], one),
            SanctionsList([party(1, "ANNA", list_id="more", edition=two)], two),
        )
        for one, two in zip(DAYS, OTHER, strict=True)
    )
    (found,) = check(old, new, ["Anna Example"])
    (hit,) = found.hits
    assert [one.edition for one in (hit.entity, *hit.also)] == [DAYS[1], OTHER[1]]


def test_a_party_that_an_index_passed_over() -> None:
    """One that the earlier run did not find, for its index did not look at it, is not missed."""
    old, new = lists([ANNA, FIRM], [FIRM])
    (earlier,) = old.screen(["Anna Example"])
    passed_over = attrs.evolve(earlier, hits=())
    (found,) = rescreen([passed_over], ["Anna Example"], changes=diff(old, new))
    assert (found.hits, found.more) == ((), 0)


def test_numbers_behind_words() -> None:
    """Words before a number are left out only where nothing has them: that asks the whole list."""
    passport = (Identifier(value="A1234567", kind=sl.IdentifierKind.PASSPORT),)
    old, new = lists([FIRM], [FIRM, attrs.evolve(ANNA, identifiers=passport)])
    record = {"name": "Nobody", "passport": "Passport A1234567"}
    (found,) = check(old, new, [record])
    assert [hit.entity.source_id for hit in found.hits] == ["1"]
    with pytest.raises(InvalidInputError, match="a number with a word before it"):
        list(rescreen(list(old.screen([record])), [record], changes=diff(old, new)))


WORDS = st.sampled_from(["EXAMPLE", "ANNA", "ANNE", "HANNA", "MOON", "TRADING"])
NAMES = st.lists(WORDS, min_size=1, max_size=2).map(" ".join)
ALIASES = st.lists(st.builds("{}{}".format, st.sampled_from(["", "~"]), NAMES), max_size=2)
BIRTHS = st.sampled_from([(), (sl.Birth(date=sl.PartialDate.year(1963)),)])
NUMBERS = st.sampled_from([(), (Identifier(value="77077"),), (Identifier(value="P 77077"),)])


@st.composite
def parties(draw: st.DrawFn, list_id: str) -> list[Entity]:
    """Some parties; keys are few, so that two draws have many in common."""
    found = []
    for key in draw(st.sets(st.integers(1, 7))):
        fields: dict[str, Any] = {"identifiers": draw(NUMBERS)}
        if key % 2:
            fields["births"] = draw(BIRTHS)
        found.append(party(key, draw(NAMES), *draw(ALIASES), list_id=list_id, **fields))
    return found


CUSTOMERS = st.lists(
    st.fixed_dictionaries(
        {"name": NAMES | st.just("--"), "dob": st.sampled_from(["", "1963", "1990", "x"])},
        optional={"passport": st.sampled_from(["77077", "P 77077", "X 77077"])},
    ),
    min_size=1,
    max_size=4,
)
HOW = st.fixed_dictionaries(
    {
        "limit": st.sampled_from([1, 2, None]),
        "min_score": st.sampled_from([0.4, 0.7, 1.0]),
        "weak_aliases": st.sampled_from(["confirm", "exclude", "include"]),
    }
)


@examples(300)
@given(parties("watch"), parties("watch"), st.sets(st.integers(1, 7)), CUSTOMERS, HOW)
def test_it_is_a_full_run(
    before: list[Entity],
    after: list[Entity],
    same: set[int],
    customers: list[Any],
    how: dict[str, Any],
) -> None:
    """Whatever changes: with the newer edition always, without it unless it says that it needs it."""
    by_id = {one.id: one for one in before}
    after = [by_id.get(one.id, one) if int(one.source_id) in same else one for one in after]
    old, new = lists(before, after)
    found = check(old, new, customers, **how)
    assert len(found) == len(customers)
    earlier = list(old.screen(customers, **how))
    alone: list[sl.answers.ScreeningResult] = []
    try:
        alone.extend(rescreen(earlier, customers, changes=diff(old, new)))
    except InvalidInputError as error:
        assert "on=new" in error.hint  # noqa: PT017 - it may or may not raise
    assert alone == found[: len(alone)]


@examples(150)
@given(parties("watch"), parties("watch"), parties("more"), parties("more"), CUSTOMERS, HOW)
def test_on_lists_that_share_their_ids(
    a: list[Entity], b: list[Entity], c: list[Entity], d: list[Entity], customers: Any, how: Any
) -> None:
    """Records of a party on two lists are one hit; one of them may change, come or go."""
    made = [
        SanctionsList([attrs.evolve(one, edition=edition) for one in some], edition)
        for some, edition in zip((a, b, c, d), (*DAYS, *OTHER), strict=True)
    ]
    check(combine(made[0], made[2]), combine(made[1], made[3]), customers, **how)


def test_several_lists_need_the_newer_edition() -> None:
    """Changes do not hold the other records of a party."""
    old, new = (
        combine(SanctionsList([ANNA], one), SanctionsList([], two))
        for one, two in zip(DAYS, OTHER, strict=True)
    )
    with pytest.raises(InvalidInputError, match="of several lists") as caught:
        rescreen(list(old.screen(["Anna"])), ["Anna"], changes=diff(old, new))
    assert "on=new" in caught.value.hint


def test_real_editions(lists: Path) -> None:
    """SDN.CSV of two days: for names of all sorts the hits are those of a full run."""
    folder = lists / "us_ofac_sdn"
    with pytest.warns(sl.errors.FaultyEntriesWarning, match="ADD.CSV"):
        old, new = (
            sl.read(folder / f"SDN_{day}.csv", published=day, partial=True)
            for day in ("2021-12-09", "2021-12-10")
        )
    changes = diff(old, new)
    assert len(changes.added) == 25
    names = [one.name for one in [*list(old)[::600], *changes.added[::2]]]
    customers = [f"{name[:3]}{name[4:]}" for name in names]
    earlier = list(old.screen(customers))
    found = list(rescreen(earlier, customers, changes=changes))
    assert found == list(new.screen(customers))
    assert found != earlier


# What is refused


def one_change() -> tuple[SanctionsList[Entity], SanctionsList[Entity]]:
    return lists([ANNA, FIRM], [ANNE, FIRM])


def context(**fields: Any) -> list[sl.answers.ScreeningResult]:
    """Earlier results that say something else of what was searched."""
    found = one_change()[0].screen(["Anna Example", "Nobody"])
    return [attrs.evolve(one, context=attrs.evolve(one.context, **fields)) for one in found]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"method": "brute-0"}, "the scorer 'brute-0'"),
        ({"library": "0.0.9"}, "the version of the library was 0.0.9"),
        ({"ranking": "facts-0"}, "the rule of ranking was facts-0"),
        ({"editions": (DAYS[1],)}, "the earlier results are those of watch · 2021-12-10 (1111"),
        ({"entities": 3}, "with 3 parties, and the changes begin with watch · 2021-12-09"),
        (
            {"selection": sl.answers.Selection(criteria=("kind=Person",), of=2)},
            "a selection (kind=Person)",
        ),
    ],
)
def test_results_of_something_else(fields: dict[str, Any], says: str) -> None:
    """Another scorer, rule, version, edition or a selection: the hits would not be comparable."""
    with pytest.raises(InvalidInputError) as caught:
        rescreen(context(**fields), ["Anna Example", "Nobody"], changes=diff(*one_change()))
    assert says in caught.value.what


def test_results_of_two_screenings() -> None:
    """Results that were made in different ways are not those of one run."""
    old, new = one_change()
    asked = ["Anna Example", "Nobody"]
    mixed = [next(old.screen(asked)), list(old.screen(asked, min_score=0.5))[1]]
    rows = rescreen(mixed, asked, changes=diff(old, new))
    assert next(rows).position == 1
    with pytest.raises(InvalidInputError, match="the earlier result 2 was made against something"):
        next(rows)


@pytest.mark.parametrize(
    ("records", "says"),
    [
        (["Anna Example", "Somebody"], "record 2 ('2') is not the one"),
        ([{"id": "1", "name": "Anna Example"}, {"id": "x", "name": "Nobody"}], "record 2 ('x')"),
        (["Nobody", "Anna Example"], "record 1 ('1') is not the one"),
        (["Anna Example"], "there are earlier results after record 1"),
        (["Anna Example", "Nobody", "Somebody"], "record 3 has no earlier result"),
    ],
)
def test_other_records(records: list[Any], says: str) -> None:
    """Each record has to be the one that its earlier result is about; none too many, none too few."""
    old, new = one_change()
    earlier = list(old.screen(["Anna Example", "Nobody"]))
    with pytest.raises(InvalidInputError) as caught:
        list(rescreen(earlier, records, changes=diff(old, new)))
    assert says in caught.value.what


def test_hits_that_the_edition_does_not_give() -> None:
    """A result with a hit that nothing gives is not built upon."""
    old, new = one_change()
    (result,) = old.screen(["Anna Example"])
    (other,) = old.screen(["Nobody"])
    wrong = attrs.evolve(other, hits=result.hits)
    with pytest.raises(
        InvalidInputError, match="record 1 has a hit that the older edition does not"
    ):
        list(rescreen([wrong], ["Nobody"], changes=diff(old, new)))
    wrong = attrs.evolve(result, suppressed=result.hits)
    with pytest.raises(InvalidInputError, match="a suppressed hit that the older edition does not"):
        list(rescreen([wrong], ["Anna Example"], changes=diff(old, new)))


def test_no_results_no_changes_another_list() -> None:
    """What is none of the three is refused with words."""
    old, new = one_change()
    earlier = list(old.screen(["Anna Example"]))
    with pytest.raises(InvalidInputError, match="no results of an earlier"):
        rescreen([], [], changes=diff(old, new))
    with pytest.raises(InvalidInputError, match="dict is no result"):
        rescreen([{}], [], changes=diff(old, new))  # type: ignore[list-item]
    with pytest.raises(InvalidInputError, match="SanctionsList is no Changes"):
        rescreen(earlier, ["Anna Example"], changes=new)  # type: ignore[arg-type]
    for on in (old, new.where(kind=sl.Person)):
        with pytest.raises(InvalidInputError, match="on is watch"):
            rescreen(earlier, ["Anna Example"], changes=diff(old, new), on=on)
    wrong = SanctionsList([ANNE, FIRM, ANNIE], DAYS[1])
    with pytest.raises(InvalidInputError, match="do not lead to the list that is given"):
        rescreen(earlier, ["Anna Example"], changes=diff(old, new), on=wrong)
