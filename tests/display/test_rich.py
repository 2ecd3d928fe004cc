"""Rich panels: the same words on a console of fixed width."""

from __future__ import annotations

import re
import sys

import attrs
import pytest

from sanctionslib import display
from sanctionslib.answers import Audit, Coverage, PathCoverage
from sanctionslib.errors import MissingExtraError
from sanctionslib.model import Name

from .builders import entity_table, flat, printed
from .made import AUDIT, EDITION, EVERYBODY, NETWORK, WHY


@pytest.mark.parametrize("width", [40, 80, 200])
def test_widths(width: int) -> None:
    """Panels fit into consoles of any usual width."""
    for shown in (WHY, WHY.entity, NETWORK, AUDIT):
        text = printed(display.to_rich(shown), width)
        assert text.startswith(f"╭─ {display.to_sheet(shown).what} ─")
        assert all(len(line) <= width for line in text.splitlines())


def test_ids_are_never_broken() -> None:
    """On a usual terminal an id is one word, whatever else has to give way."""
    long = attrs.evolve(EVERYBODY[0], names=(Name(text="EXAMPLE OF A NAME THAT IS LONG " * 4),))
    table = display.to_rich(entity_table((long, *EVERYBODY[1:]), EDITION), limit=99)
    for width in (60, 80, 100):
        lines = printed(table, width).splitlines()
        for one in EVERYBODY:
            assert any(re.search(rf"{re.escape(one.id)}\b", line) for line in lines)
        assert all(len(line) <= width for line in lines)


def test_columns_go_before_names_are_cut() -> None:
    """A narrow terminal does without some columns, and says without which."""
    table = display.to_rich(entity_table(EVERYBODY, EDITION))
    assert "not shown" not in printed(table, 140)
    assert "Bangladesh" in printed(table, 140)
    narrow = printed(table, 70)
    assert "not shown at this width: countries, since" in flat(narrow.replace("│", ""))
    assert "Bangladesh" not in narrow
    assert "RAPID ACTION" in narrow


def test_paths_are_broken_at_slashes() -> None:
    """A path that does not fit is broken behind a slash, never inside a word."""
    path = "placeOfBirthList/placeOfBirthItem/placeOfBirth"
    paths = tuple(
        PathCoverage(
            path=path,
            label="Secondary sanctions",
            count=7,
            coverage=Coverage.MAPPED,
            note="Birth.place",
        )
        for _ in range(2)
    )
    for text in (
        printed(display.to_rich(Audit(paths=paths), explain=True), 84),
        display.to_text(Audit(paths=paths), width=80, explain=True),
    ):
        words = set(text.replace("│", " ").split())
        assert path not in words
        assert {"placeOfBirthItem/", "placeOfBirth"} <= words


def test_without_rich(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without rich, the error names the extra; text and HTML need nothing."""
    monkeypatch.setitem(sys.modules, "rich", None)
    with pytest.raises(MissingExtraError, match=r"sanctionslib\[rich\]"):
        display.to_rich(WHY)
    assert display.to_text(WHY)
    assert display.to_html(WHY)
