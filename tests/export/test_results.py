"""Results of a screening as JSON Lines."""

from __future__ import annotations

import json

import pytest

import sanctionslib as sl
from sanctionslib.export.results import ResultLines

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


def test_lines_are_what_to_dict_gives(results):
    """Each line has all of its result, in the same order of keys; and reads back equal."""
    line = ResultLines(results[0].context)
    for one in results:
        text = line(one)
        assert text == json.dumps(sl.to_dict(one), ensure_ascii=False) + "\n"
        assert sl.from_dict(json.loads(text), sl.answers.ScreeningResult) == one
