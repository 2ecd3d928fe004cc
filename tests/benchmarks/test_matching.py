"""The benchmark of matching counts what it says it counts: thresholds, F1, classes, owners found."""

from __future__ import annotations

import gc
import json
import random
from pathlib import Path
from types import ModuleType

import pytest

import sanctionslib as sl

pytestmark = pytest.mark.slow

PAIRS = """case_group,schema,name1,name2,is_match,quality,category,notes
one,Person,John Example,"EXAMPLE, John",true,STRONG,,
one,Person,John Example,Jon Example,true,MEDIUM,,
one,Person,Mary Someone,Peter Other,false,MEDIUM,,
two,Company,Example Trading LLC,Example Trading OOO,true,MEDIUM,,
two,Company,Example Trading LLC,Another Shipping LLC,false,MEDIUM,,
two,Vessel,EXAMPLE STAR,DISTANT MOON,false,MEDIUM,,
"""
CUSTOMERS = """full_name,first_name
Ingrid Example,Ingrid
Otto Nobody,Otto
Anwar Khan,Anwar
"""


@pytest.fixture(scope="module")
def figures(module) -> ModuleType:
    return module("matching_figures")


@pytest.fixture(scope="module")
def cases(module) -> ModuleType:
    return module("matching_cases")


def test_a_threshold_is_exceeded_by_no_more_than_the_share_that_is_wanted(figures) -> None:
    """Of ten customers, 20 % are two; equal scores at the threshold are not above it."""
    highest = [0.9, 0.8, 0.8, 0.8, 0.5, 0.4, 0.3, 0.2, 0.1, 0.0]
    assert figures.threshold(highest, 0.2) == 0.8
    assert figures.above(highest, 0.8) == 0.1
    assert figures.threshold(highest, 0.4) == 0.5
    assert figures.above(highest, 0.5) == 0.4


def test_a_curve_gives_recall_at_each_number_of_false_positives(figures) -> None:
    """With the limit at .6 nobody is alerted and one of two is found; at .2, one and both."""
    assert figures.curve([0.9, 0.5], [0.6, 0.2]) == [(0.6, 0.0, 0.5), (0.2, 0.5, 1.0)]


def test_auc_counts_the_pairs_that_stand_in_order_and_half_of_the_ties(figures) -> None:
    """.9 beats both, .5 ties with one and beats one: 3.5 of 4."""
    assert figures.auc([0.9, 0.5, 0.5, 0.1], [True, True, False, False]) == 3.5 / 4


def test_f1_and_its_best_threshold(figures) -> None:
    """Two found, one taken in, one missed: 2·2 / (2·2 + 2). The best limit lies in the middle."""
    assert figures.f1([True, True, True, False], [True, True, False, True]) == 4 / 6
    scores, labels = [0.9, 0.8, 0.4, 0.2], [True, True, False, False]
    assert figures.best_threshold(scores, labels) == pytest.approx(0.6)


def test_pairs_that_share_a_name_are_in_one_group_and_groups_in_one_fold(figures) -> None:
    """A–B, C–B and c–D are connected; E–F is not. A fold holds a group whole."""
    pairs = [("A", "B"), ("C", "B"), ("E", "F"), ("c", "D")]
    assert figures.groups(pairs, str.lower) == [0, 0, 1, 0]
    group = [number // 3 for number in range(30)]
    labels = [number % 2 == 0 for number in range(30)]
    where = figures.folds(group, labels, 5, random.Random(1))
    assert len({(one, fold) for one, fold in zip(group, where, strict=True)}) == 10
    assert [where.count(fold) for fold in range(5)] == [6] * 5


def test_the_threshold_of_a_fold_is_chosen_on_the_others(figures) -> None:
    """One matching pair scores less than all others of both kinds, and is missed when its fold is
    asked, although a threshold chosen with it could call everything a match."""
    scores = [0.9, 0.9, 0.9, 0.1, 0.5, 0.5, 0.5, 0.5]
    labels = [True, True, True, True, False, False, False, False]
    marks, said = figures.cross_validated(scores, labels, range(8), count=4, times=3)
    assert marks == pytest.approx([6 / 7] * 3)
    assert all(not one[3] for one in said)


@pytest.mark.parametrize(
    ("query", "other", "kind"),
    [
        ("John Doe", "DOE, John", "order"),
        ("Jo Ann Doe", "DOE, Joann", "joined"),
        ("John Doe", "DOE, John Henry", "left out"),
        ("Jon Doe", "DOE, John Henry", "left out, spelling"),
        ("Jon Doe", "DOE, John", "spelling"),
        ("John Miller", "DOE, John", "some alike"),
        ("EIC", "EXAMPLE INVESTMENT COMPANY", "acronym"),
        ("MOON", "DISTANT STAR", "nothing"),
    ],
)
def test_the_class_of_an_alias(module, query: str, other: str, kind: str) -> None:
    """What it differs in, read off the letters."""
    class_of = module("matching_classes").class_of
    assert class_of(query, [other]) == kind
    assert class_of(query, ["WHATEVER ELSE", other]) == kind


def test_an_alias_held_out_is_no_target_and_is_asked_in_the_order_of_everyday(cases) -> None:
    """Anwar Latif Khan is an alias of 33954 that must be found by its other names."""
    book = cases.Book(sl.sample())
    held = [one for one in cases.aliases(book.entities, 999) if one.owner == "us_ofac_sdn:33954"]
    case = next(one for one in held if one.printed == "KHAN, Anwar Latif")
    assert case.query == "Anwar Latif KHAN"
    texts = {book.names[at].name.text for at in book.targets(case)}
    names = {name.text for name in book.entities[book.number[case.owner]].names}
    assert texts == names - {"KHAN, Anwar Latif"}


def test_names_in_other_scripts_must_be_found_by_latin_ones(cases) -> None:
    """Every target is Latin, and no query is."""
    book = cases.Book(sl.sample())
    found = cases.in_scripts(book.entities)
    assert {one.script for one in found} == {"Chinese"}
    for case in found:
        assert {cases.script_of(book.names[at].name.text) for at in book.targets(case)} == {"Latin"}


def test_the_names_of_the_british_list(module, tmp_path: Path) -> None:
    """Each row is a name: in Latin letters, and in another script where there is one."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    head = ["Name 6", "Name 1", "Name 2", "Name Non-Latin Script", "Group Type", "Group ID"]
    for row in (
        ["Last Updated", "10/04/2030"],
        head,
        ["EXAMPLE", "Anna", "Maria", "Анна Экзампл", "Individual", 7],
        ["SAMPLE", "Anna", None, None, "Individual", 7],
        ["EXAMPLE STAR", None, None, None, "Ship", 8],
    ):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    anna, star = module("matching_scripts").british(tmp_path / "list.xlsx")
    assert (anna.kind, anna.id) == ("person", "uk:7")
    assert [one.text for one in anna.names] == ["Anna Maria EXAMPLE", "Анна Экзампл", "Anna SAMPLE"]
    assert (star.kind, star.name) == ("vessel", "EXAMPLE STAR")


def test_a_name_that_a_method_cannot_read_is_found_by_none(module, cases) -> None:
    """OFAC's page knows Latin letters alone: that is no error of the measurement."""
    ofac = module("matching_scorers").Ours("ofac")
    asked = ofac.over(cases.Book(sl.sample()))
    assert ofac.pair("Анна", "ANNA", "person") == 0.0
    assert asked.scores("Анна", [0, 1]) == [0.0, 0.0]
    assert asked.search("Анна", 0.1) == []
    assert asked.highest("Анна", 0.1) == 0.0


def test_the_command_measures_the_sample(module, tmp_path: Path, capsys) -> None:
    """Each part prints its tables, or says why it can't; the file holds the same figures."""
    (tmp_path / "name_pairs.csv").write_text(PAIRS, encoding="utf-8")
    (tmp_path / "synthetic_customers_us.csv").write_text(CUSTOMERS, encoding="utf-8")
    told, picture = tmp_path / "figures.json", tmp_path / "curve.svg"
    parts = ["pairs", "aliases", "altered", "scripts", "parameters"]
    words = [*parts, "--sample", "--screening", str(tmp_path), "--count", "8", "--json", str(told)]
    module("matching").main(
        [*words, "--svg", str(picture), "--scorers", "default,token_sort_ratio"]
    )
    printed = capsys.readouterr().out
    assert "6 labelled pairs, 3 of them matches" in printed
    assert "8 aliases held out" in printed
    found = json.loads(told.read_text(encoding="utf-8"))
    assert {"pairs", "aliases", "scripts", "parameters"} <= set(found)
    rows = found["pairs"][0]["rows"]
    assert [row["scorer"] for row in rows] == ["default", "token_sort_ratio"]
    assert rows[0]["AUC"] == 1.0
    assert picture.read_text(encoding="utf-8").startswith("<svg ")


def test_what_is_timed_has_every_name_once_and_more_of_their_like(module) -> None:
    """Of two editions each name counts once; a tile has other words, and as many of them."""
    speed = module("matching_speed")
    entities = [*sl.sample()]
    once = speed.distinct([*entities, *entities])
    names = [name.text for one in once for name in one.names]
    assert len(names) == len({" ".join(name.lower().split()) for name in names})
    more = speed.tiled(once, 2 * len(names))
    assert more[: len(once)] == once
    texts = [name.text for one in more for name in one.names]
    assert len(texts) >= 2 * len(names)
    tile = texts[len(names) : 2 * len(names)]
    assert [len(one.split()) for one in tile] == [len(one.split()) for one in names]
    assert sum(one == other for one, other in zip(names, tile, strict=True)) < len(names) / 10
    found = speed.measure(once, ["Anna Example", "Bert Example"], ["Carl Example"])
    assert found.names == len(names)
    assert len(found.queries) == 2  # of four, half warm it up
    assert found.records > 1
    assert gc.get_freeze_count() == 0  # what is built next is built as anybody builds it


def test_the_picture_has_a_line_for_each_scorer(module) -> None:
    """From .5 % to 2 % of false positives; a scorer with a fifth at the least has no line."""
    points = [(0.9, 0.005, 0.5), (0.8, 0.02, 0.75)]
    picture = module("matching_curve").drawn({"one": points, "other": [(0.9, 0.3, 0.9)]})
    assert picture.count('fill="none"') == 2  # the line, and its specimen beside the name
    assert ">one</text>" in picture
    assert ">other</text>" not in picture


def test_without_cases_it_says_what_is_missing(module, tmp_path: Path, capsys) -> None:
    """No file of pairs is not no error among pairs."""
    module("matching").main(["pairs", "--sample", "--screening", str(tmp_path)])
    assert "pairs: there is no name_pairs.csv: say --screening FOLDER" in capsys.readouterr().out
