"""The editions that the benchmark of a long history makes are editions of one list."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from delimited_files import NAMES, delimited, party, row

import sanctionslib as sl

pytestmark = pytest.mark.slow


def test_a_few_entries_change_from_day_to_day(
    module: Callable[[str], ModuleType], tmp_path: Path
) -> None:
    """Three are new, two are gone, up to three have another name; all four files agree."""
    source = tmp_path / "set"
    source.mkdir()
    keys = range(1, 61)
    aliases = [row(key, 1000 + key, "aka", f"EXAMPLE ALIAS {key}", None) for key in keys]
    files = delimited(*(party(key) for key in keys), alt=aliases)
    for name, content in zip(NAMES, files, strict=True):
        (source / name).write_bytes(content)
    days = module("history").Days(source)
    lists = []
    for day in range(1, 7):
        size = days.write(tmp_path / str(day))
        assert size == sum(one.stat().st_size for one in (tmp_path / str(day)).iterdir())
        lists.append(sl.read(tmp_path / str(day), published=f"2030-01-0{day}"))
    for old, new in pairwise(lists):
        found = sl.diff(old, new)
        assert (len(found.added), len(found.removed)) == (3, 2)
        assert 1 <= len(found.amended) <= 3
    assert str(days.touched) in lists[-1]
