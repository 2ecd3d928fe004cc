"""`SanctionsList.screen` and `replay`: settings, selections, files, and a result once more from JSON."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import attrs
import pytest
from brute_index import BruteIndex

import sanctionslib as sl
from sanctionslib.errors import InvalidInputError
from sanctionslib.model import Edition, Organization, Person
from sanctionslib.query import SanctionsList, combine

from .builders import of, party

OLD = Edition(list_id="watch", sha256="0" * 64)
WEAK = sl.Name(text="MOON", kind=sl.NameKind.AKA, strength=sl.AliasStrength.WEAK)


pytestmark = pytest.mark.usefixtures("brute")


def born_in(year: int) -> tuple[sl.Birth, ...]:
    return (sl.Birth(date=sl.PartialDate.year(year)),)


def mine(edition: Edition | None = OLD) -> SanctionsList[sl.Entity]:
    anna = party(Person, "1", "EXAMPLE, Anna", births=born_in(1963), nationalities=of("BD"))
    moon = party(Person, "3", "EXAMPLE, Star", births=born_in(1970))
    return SanctionsList(
        [
            anna,
            party(Organization, "2", "EXAMPLE TRADING", "EXAMPLE TRADERS"),
            attrs.evolve(moon, names=(*moon.names, WEAK)),
            party(sl.Entity, "4", "EXAMPLE, Anne"),
        ],
        edition,
    )


RECORDS = [
    {"id": "a", "name": "Anna Example", "dob": "1963-10-01", "country": "BD", "type": "person"},
    {"id": "b", "name": "Moon", "dob": "1970", "country": "", "type": ""},
    {"id": "c", "name": "Moon", "dob": "03/10/1971", "country": "", "type": ""},
    {"id": "d", "name": "", "dob": "", "country": "", "type": ""},
]


def test_screen() -> None:
    """Facts of a record come to its hits; a weak alias alone is no hit, and is not silent."""
    found = list(mine().screen(RECORDS))
    shown = [
        (one.key, [hit.entity.source_id for hit in one.hits], len(one.suppressed)) for one in found
    ]
    assert shown == [("a", ["1", "4"], 0), ("b", ["3"], 0), ("c", [], 1), ("d", [], 0)]
    assert found[2].suppressed[0].entity.source_id == "3"
    assert [each.verdict.value for each in found[0].hits[0].facts] == ["agrees", "agrees"]
    assert [hit.kind_unstated for hit in found[0].hits] == [False, True]
    assert "dates='dmy'" in found[2].problems[0].what
    assert found[0].context.editions == (OLD,)
    assert (found[0].context.entities, found[0].context.names) == (4, 6)


def test_each_result_is_that_of_a_search() -> None:
    """One way of searching: a screening gives what `search` gives of the same subject."""
    held = mine()
    for one in held.screen(RECORDS, limit=1, min_score=0.3, weak_aliases="include"):
        if one.subject is not None:
            hits = held.search(one.subject, limit=1, min_score=0.3, weak_aliases="include")
            assert (one.hits, one.suppressed, one.more) == (hits.hits, hits.suppressed, hits.more)
            assert one.context == hits.context


def test_kind_and_dates_of_all_records() -> None:
    """What holds for all records is said once."""
    (found,) = mine().screen(
        [{"name": "Anna Example", "dob": "03/10/1963"}],
        kind=Organization,
        dates="dmy",
        min_score=0.9,
    )
    assert found.subject is not None
    assert found.subject.kind == "organization"
    assert str(found.subject.birth_date) == "1963-10-03"
    assert [hit.entity.source_id for hit in found.hits] == ["4"]


@pytest.mark.parametrize(
    "how", [{"min_score": 80}, {"kind": "ship"}, {"dates": "ymd"}, {"start": 0}, {"processes": 0}]
)
def test_wrong_settings(how: dict[str, Any]) -> None:
    """They are refused at once, and not when the first result is asked for."""
    with pytest.raises(InvalidInputError):
        mine().screen(RECORDS, **how)


def test_a_selection_is_screened_against_itself() -> None:
    """Only parties of the selection can hit, and the result says which selection it was."""
    held = mine()
    (found,) = held.where(kind=Organization).screen(["Anna Example"], min_score=0.6)
    assert found.hits == ()
    assert found.context.selection.criteria == ("kind=Organization",)
    assert found.context.entities == 1


def test_a_file_and_processes(tmp_path: Path) -> None:
    """A file in one process, in two, and the records themselves: the same results."""
    path = tmp_path / "customers.csv"
    rows = [",".join(row.values()) for row in RECORDS] * 20
    path.write_text("id,name,dob,country,type\n" + "\n".join(rows) + "\n")
    stream = mine().screen(path)
    assert stream.columns == {
        "key": ("id",),
        "name": ("name",),
        "kind": ("type",),
        "birth_date": ("dob",),
        "country": ("country",),
    }
    alone = list(stream)
    assert alone == list(mine().screen(path, processes=2))
    assert list(mine()[1:].screen(path)) == list(mine()[1:].screen(path, processes=2))
    assert alone == list(mine().screen(RECORDS * 20))


def test_the_index_is_built_once(brute: type[BruteIndex]) -> None:
    """For all records, and for the processes that are forked; a pickled list has none."""
    held = mine()
    list(held.screen(RECORDS))
    list(held.screen(RECORDS, processes=2))
    assert brute.built == 1
    assert len(pickle.dumps(held)) < len(pickle.dumps(mine())) + 100


# Replay


def as_json(result: sl.answers.ScreeningResult) -> sl.answers.ScreeningResult:
    """A result as it comes from a file, by its JSON alone."""
    return sl.from_dict(json.loads(json.dumps(sl.to_dict(result))), sl.answers.ScreeningResult)


@pytest.mark.parametrize("how", [{}, {"limit": 1, "min_score": 0.4}, {"weak_aliases": "include"}])
def test_replay(how: dict[str, Any]) -> None:
    """From its JSON alone, the same edition and version give the same result, problems included."""
    records = [
        *RECORDS,
        {"id": "e", "name": "--", "aka": "Anna Example"},
        {"id": "f", "name": "--"},
    ]
    for result in mine().screen(records, **how):
        again = mine().replay(as_json(result))
        assert again == result
        assert again.context == result.context


def test_replay_finds_what_was_left_out() -> None:
    """It searches, and does not repeat what stands there."""
    held = mine()
    (result,) = held.screen(["Anna Example"])
    assert len(result.hits) == 2
    assert held.replay(attrs.evolve(result, hits=())) == result
    (result,) = held.screen(["Anna Example"], limit=1)
    assert held.replay(attrs.evolve(result, more=7)).more == 1
    (result,) = held.screen(["Moon"])
    assert held.replay(attrs.evolve(result, suppressed=())) == result
    (result,) = held.screen([""])
    assert held.replay(attrs.evolve(result, suppressed=result.hits, more=7)) == result


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"library": "0.0.9"}, "the version of the library was 0.0.9"),
        ({"ranking": "facts-0"}, "the rule of ranking was facts-0"),
        ({"entities": 7}, "the number of parties was 7, and is 4"),
        ({"names": 7}, "the number of names was 7, and is 6"),
        (
            {"selection": sl.answers.Selection(criteria=("kind=Person",), of=4)},
            "the selection was kind=Person",
        ),
        (
            {"editions": (attrs.evolve(OLD, sha256="1" * 64),)},
            "the editions were watch · date unknown (111111111111), and are",
        ),
        (
            {"editions": ()},
            "the editions were a list without edition, and are watch · date unknown (0000",
        ),
        ({"method": "brute-0"}, "the scorer 'brute-0', which this version does not have"),
    ],
)
def test_replay_refuses(change: dict[str, Any], says: str) -> None:
    """A result of something else is refused, and which part of it differs is said."""
    (result,) = mine().screen(["Anna Example"])
    other = attrs.evolve(result, context=attrs.evolve(result.context, **change))
    with pytest.raises(InvalidInputError) as caught:
        mine().replay(other)
    assert says in caught.value.what


def test_replay_against_the_same_bytes() -> None:
    """Where and when a file was fetched does not count; its bytes do."""
    (result,) = mine().screen(["Anna Example"])
    again = mine(attrs.evolve(OLD, dated_by="caller")).replay(result)
    assert again.hits == result.hits
    for change in ({"list_id": "more"}, {"format": "SDN.CSV"}):  # read as something else
        with pytest.raises(InvalidInputError, match="the editions were"):
            mine(attrs.evolve(OLD, **change)).replay(result)


def test_replay_of_a_list_of_ones_own() -> None:
    """A list without edition, or an edition without hash, is held against what is known of it."""
    for edition in (None, attrs.evolve(OLD, sha256=None)):
        (result,) = mine(edition).screen(["Anna Example"])
        assert mine(edition).replay(as_json(result)) == result
    with pytest.raises(InvalidInputError, match="no hash"):
        mine(attrs.evolve(OLD, sha256=None, title="Other")).replay(result)


def test_replay_of_no_result() -> None:
    """What is no result is refused."""
    with pytest.raises(InvalidInputError, match="dict is no result of a screening"):
        mine().replay({})  # type: ignore[arg-type]


def test_replay_on_several_lists() -> None:
    """Combined lists are replayed on the same lists, in the same order."""
    other = SanctionsList(
        [party(Person, "more:9", "EXAMPLE, Anna")], Edition(list_id="more", sha256="9" * 64)
    )
    both = combine(mine(), other)
    (result,) = both.screen(["Anna Example"])
    assert len(result.hits) == 3
    assert combine(mine(), other).replay(as_json(result)) == result
    with pytest.raises(InvalidInputError, match="the editions were"):
        combine(other, mine()).replay(result)
