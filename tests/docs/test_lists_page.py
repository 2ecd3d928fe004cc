"""The page that compares all lists is what docs/_lists.py makes of catalog, formats and files."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(DOCS))
    return importlib.import_module("_lists")


def test_generated_parts(script: ModuleType) -> None:
    """What needs no list files is what the catalog and the formats' tables say today."""
    text = script.PAGE.read_text("utf-8")
    assert script.with_parts(text) == text


def test_every_list_is_counted_or_said_to_be_unseen(script: ModuleType) -> None:
    """A list that can be read has figures of a whole file, or a line that says what was seen."""
    text = script.PAGE.read_text("utf-8")
    part = re.search(r"<!-- lists: figures -->(.*?)<!-- end of lists -->", text, re.DOTALL)
    assert part is not None
    counted, _, unseen = part[1].partition("No whole file was available")
    for one in script.shown_lists():
        name = script.linked(one)
        assert (f"| {name}<br>" in counted) == (one.list_id in script.WHOLE), one.list_id
        assert (f"- {name}: " in unseen) == (one.list_id in script.EXCERPTS), one.list_id
        assert (one.list_id in script.WHOLE) != (one.list_id in script.EXCERPTS), one.list_id


def test_every_list_has_a_page(script: ModuleType) -> None:
    """A reader of the table gets from each list to what is known of it."""
    unlinked = [one.list_id for one in script.shown_lists() if "](" not in script.linked(one)]
    assert not unlinked


def test_figures(script: ModuleType, lists: Path) -> None:
    """The figures are those of the whole files."""
    text = script.PAGE.read_text("utf-8")
    assert script.with_parts(text, lists) == text
