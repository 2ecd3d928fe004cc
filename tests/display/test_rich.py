"""Rich panels: the same words on a console of fixed width."""

from __future__ import annotations

import re
import sys

import attrs
import pytest

from sanctionslib import display
from sanctionslib.answers import Audit, Coverage, PathCoverage
from sanctionslib.errors import MissingExtraError
from sanctionslib.model import Entity, Name

from .builders import entity_table, printed
from .made import AUDIT, EDITION, EVERYBODY, NETWORK, WHY


def _flat(text: str) -> str:
    return " ".join(text.replace("│", " ").split())


def test_explanation() -> None:
    """A panel tells who, by whom, under what, and since when."""
    text = printed(display.to_rich(WHY), 100)
    assert all(len(line) <= 100 for line in text.splitlines())
    flat = _flat(text)
    assert flat.startswith("╭─ Explanation ─")
    assert "SAMPLE · not the whole list" in flat
    assert "Program GLOMAG: Global Magnitsky" in flat
    assert "AHMED, Benazir (us_ofac_sdn:33952), linked to this party" in flat


@pytest.mark.parametrize("width", [40, 80, 200])
def test_widths(width: int) -> None:
    """Panels fit into consoles of any usual width."""
    for shown in (WHY, WHY.entity, NETWORK, AUDIT):
        text = printed(display.to_rich(shown), width)
        assert all(len(line) <= width for line in text.splitlines())


def test_list() -> None:
    """A table with the first entities and the number of the others."""
    table = display.to_rich(entity_table(EVERYBODY, EDITION), limit=2)
    text = _flat(printed(table))
    assert "us_ofac_sdn:33952 Individual AHMED, Benazir GLOMAG Bangladesh —" in text
    assert "… and 5 more" in text


def test_ids_are_never_broken() -> None:
    """On a usual terminal an id is one word, whatever else has to give way."""
    long = attrs.evolve(EVERYBODY[0], names=(Name(text="EXAMPLE OF A NAME THAT IS LONG " * 4),))
    table = display.to_rich(entity_table((long, *EVERYBODY[1:]), EDITION), limit=99)
    for width in (60, 80, 100):
        lines = printed(table, width).splitlines()
        for one in EVERYBODY:
            assert any(re.search(rf"{re.escape(one.id)}\b", line) for line in lines)
        assert all(len(line) <= width for line in lines)


def test_long_ids_stand_in_several_lines() -> None:
    """An id that would leave no space is broken at a readable place, and nothing of it is lost."""
    ids = ("us_trade_csl:caeb24bb901171744f7b376b17c4ad98a782c827", "us_klepto_hr_visa:~jane-doe")
    rows = [Entity(id=one, names=(Name(text="EXAMPLE TRADING COMPANY LTD"),)) for one in ids]
    table = display.to_rich(entity_table(rows))
    text = printed(table, 80)
    assert "EXAMPLE TRADING COMPANY LTD" in text
    words = text.replace("│", " ").split()
    for pieces in (
        ["us_trade_csl:", "caeb24bb901171744f7b", "376b17c4ad98a782c827"],
        ["us_klepto_hr_visa:", "~jane-doe"],
    ):
        assert [one for one in words if one in pieces] == pieces
    assert all(one in printed(table, 140).split() for one in ids)


def test_columns_go_before_names_are_broken() -> None:
    """A narrow terminal does without some columns, and says without which."""
    table = display.to_rich(entity_table(EVERYBODY, EDITION))
    name = max((one.name for one in EVERYBODY), key=len)
    assert "not shown" not in printed(table, 140)
    assert "Bangladesh" in printed(table, 140)
    narrow = printed(table, len(name) + 50)
    assert name in narrow
    assert "not shown, as the page is too narrow: countries, since" in _flat(narrow)
    assert "Bangladesh" not in narrow


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
        printed(display.to_rich(Audit(paths=paths)), 80),
        display.to_text(Audit(paths=tuple(attrs.evolve(one, note="x" * 70) for one in paths))),
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
