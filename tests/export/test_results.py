"""Results of a screening as JSON Lines and as rows of CSV."""

from __future__ import annotations

import csv
import io
import json

import pytest

import sanctionslib as sl
from sanctionslib.export.results import RESULT_COLUMNS, ResultLines, ResultRows

RECORDS = (
    {"id": "C-1", "name": "Rapid Action Batalion", "country": "BD"},
    {"id": "C-2", "name": "Benazir Ahmad", "dob": "1985", "country": "BD; DE"},
    {"id": "C-3", "name": "Nobody Whoever", "passport": "Tax ID 7706101758"},
    {"id": "=C-4", "name": "Example Trading LLC"},
    {"id": "C-5", "name": ""},
    {"id": "C-6", "name": "Anna Example", "country": "Atlantis", "dob": "03/10/1980"},
)


@pytest.fixture(scope="module")
def results() -> list[sl.answers.ScreeningResult]:
    """Hits by name and by number, none, a record with problems, and one that was not screened."""
    return list(sl.sample().screen(RECORDS))


def _rows(results: list[sl.answers.ScreeningResult]) -> list[dict[str, str]]:
    rows = ResultRows(results[0].context)
    text = rows.head + "".join(map(rows, results))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_lines_are_what_to_dict_gives(results):
    """Each line has all of its result, in the same order of keys; and reads back equal."""
    line = ResultLines(results[0].context)
    for one in results:
        text = line(one)
        assert text == json.dumps(sl.to_dict(one), ensure_ascii=False) + "\n"
        assert sl.from_dict(json.loads(text), sl.answers.ScreeningResult) == one


def test_rows(results):
    """A row for each hit, and one for each record without."""
    columns = ("position", "key", "outcome", "entity_id")
    assert [tuple(one[name] for name in columns) for one in _rows(results)] == [
        ("1", "C-1", "hit", "us_ofac_sdn:33951"),
        ("2", "C-2", "hit", "us_klepto_hr_visa:~benazir-ahmed"),
        ("2", "C-2", "hit", "us_ofac_sdn:33952"),
        ("3", "C-3", "hit", "us_ofac_sdn:34020"),
        ("4", "'=C-4", "no hit", ""),
        ("5", "C-5", "not screened", ""),
        ("6", "C-6", "no hit", ""),
    ]


def test_facts_stand_beside_the_score(results):
    """What agrees, what conflicts and what is unknown, with what the list states."""
    rows = _rows(results)
    ours = [
        (one["birth_date"], one["birth_date_listed"], one["country"], one["country_listed"])
        for one in rows[:4]
    ]
    assert ours == [
        ("", "", "agrees", "Bangladesh"),
        ("unknown", "", "unknown", ""),
        ("conflicts", "01 Oct 1963", "agrees", "Bangladesh"),
        ("", "", "", ""),
    ]


def test_a_hit_by_number_has_no_name(results):
    """Where only a number hit, no listed name stands beside the searched one."""
    row = _rows(results)[3]
    assert (row["names"], row["query"], row["hit_name"], row["hit_strength"]) == (
        "Nobody Whoever",
        "",
        "",
        "",
    )
    assert (row["score"], row["identifier"], row["identifier_listed"]) == (
        "0.0000",
        "agrees",
        "7706101758",
    )
    assert row["entity_name"] == "EUROPEAN INSTITUTE JUSTO"


def test_several_problems_stand_in_one_cell(results):
    """What was wrong, and in which column."""
    said = _rows(results)[-1]["problems"]
    assert said.count("; ") >= 1
    assert "dob: " in said
    assert "country: " in said


def test_each_row_says_what_was_looked_at(results):
    """A row can be read without any other: editions, scorer, threshold, policy."""
    context = results[0].context
    for row in _rows(results):
        assert tuple(row) == RESULT_COLUMNS
        assert row["editions"].split("; ") == [one.label for one in context.editions]
        assert row["method"] == context.method
        assert float(row["min_score"]) == context.min_score
        assert row["weak_aliases"] == "confirm"
