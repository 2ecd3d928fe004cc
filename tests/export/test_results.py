"""Results of a screening as JSON Lines."""

from __future__ import annotations

import json

import sanctionslib as sl
from sanctionslib.export.results import ResultLines


def test_lines_are_what_to_dict_gives(results):
    """Each line has all of its result, in the same order of keys; and reads back equal."""
    line = ResultLines(results[0].context)
    for one in results:
        text = line(one)
        assert text == json.dumps(sl.to_dict(one), ensure_ascii=False) + "\n"
        assert sl.from_dict(json.loads(text), sl.answers.ScreeningResult) == one
