"""Rich panels: the same words on a console of fixed width."""

from __future__ import annotations

import io
import re
import sys

import attrs
import pytest
from rich.console import Console

from sanctionslib import display
from sanctionslib.answers import Audit, Coverage, Explanation, Network, PathCoverage, Selection
from sanctionslib.errors import MissingExtraError
from sanctionslib.model import Edition, Entity, Name


def _printed(shown: object, width: int = 100) -> str:
    file = io.StringIO()
    Console(file=file, width=width, color_system=None).print(shown)
    return file.getvalue()


def _flat(text: str) -> str:
    return " ".join(text.replace("│", " ").split())


def test_explanation(why: Explanation) -> None:
    """A panel tells who, by whom, under what, and since when."""
    text = _printed(display.to_rich(why))
    assert all(len(line) <= 100 for line in text.splitlines())
    flat = _flat(text)
    assert flat.startswith("╭─ Who, by whom, why, since when ─")
    assert "SAMPLE · not the whole list" in flat
    assert "UNDER GLOMAG: Global Magnitsky" in flat
    assert "AHMED, Benazir (us_ofac_sdn:33952), linked to this party" in flat


def test_objects_print_themselves(why: Explanation) -> None:
    """`rich.print(why)` gives the panel."""
    assert _printed(why) == _printed(display.to_rich(why))


@pytest.mark.parametrize("width", [40, 80, 200])
def test_widths(width: int, why: Explanation, network: Network, audit: Audit) -> None:
    """Panels fit into consoles of any usual width."""
    for shown in (why, why.entity, network, audit):
        text = _printed(display.to_rich(shown), width)
        assert all(len(line) <= width for line in text.splitlines())


def test_sample_in_every_panel(
    why: Explanation, network: Network, everybody: tuple[Entity, ...], edition: Edition
) -> None:
    """SAMPLE stands in the first lines of every panel that has an edition."""
    table = display.list_to_rich(everybody, editions=(edition,), selection=Selection())
    for shown in (
        display.to_rich(why),
        display.to_rich(why.entity),
        display.to_rich(network),
        table,
    ):
        assert "SAMPLE" in _printed(shown).splitlines()[1]


def test_list(everybody: tuple[Entity, ...], edition: Edition) -> None:
    """A table with the first entities and the number of the others."""
    table = display.list_to_rich(everybody, editions=(edition,), selection=Selection(), limit=2)
    text = _flat(_printed(table))
    assert "us_ofac_sdn:33952 Individual AHMED, Benazir GLOMAG Bangladesh —" in text
    assert "… and 5 more" in text


def test_ids_are_never_broken(everybody: tuple[Entity, ...], edition: Edition) -> None:
    """On a usual terminal an id is one word, whatever else has to give way."""
    long = attrs.evolve(everybody[0], names=(Name(text="EXAMPLE OF A NAME THAT IS LONG " * 4),))
    table = display.list_to_rich(
        (long, *everybody[1:]), editions=(edition,), selection=Selection(), limit=99
    )
    for width in (60, 80, 100):
        lines = _printed(table, width).splitlines()
        for one in everybody:
            assert any(re.search(rf"{re.escape(one.id)}\b", line) for line in lines)
        assert all(len(line) <= width for line in lines)


def test_long_ids_stand_in_several_lines() -> None:
    """An id that would leave no room is broken where it can be read on, and nothing of it is lost."""
    ids = ("us_trade_csl:caeb24bb901171744f7b376b17c4ad98a782c827", "us_klepto_hr_visa:~jane-doe")
    rows = [Entity(id=one, names=(Name(text="EXAMPLE TRADING COMPANY LTD"),)) for one in ids]
    table = display.list_to_rich(rows, editions=(), selection=Selection())
    printed = _printed(table, 80)
    assert "EXAMPLE TRADING COMPANY LTD" in printed
    words = printed.replace("│", " ").split()
    for pieces in (
        ["us_trade_csl:", "caeb24bb901171744f7b", "376b17c4ad98a782c827"],
        ["us_klepto_hr_visa:", "~jane-doe"],
    ):
        assert [one for one in words if one in pieces] == pieces
    assert all(one in _printed(table, 140).split() for one in ids)


def test_columns_go_before_names_are_broken(
    everybody: tuple[Entity, ...], edition: Edition
) -> None:
    """A narrow terminal does without some columns, and says without which."""

    def printed(width: int) -> str:
        table = display.list_to_rich(everybody, editions=(edition,), selection=Selection())
        return _printed(table, width)

    name = max((one.name for one in everybody), key=len)
    assert "not shown" not in printed(140)
    assert "Bangladesh" in printed(140)
    narrow = printed(len(name) + 50)
    assert name in narrow
    assert "not shown, as the terminal is too narrow: countries, since" in _flat(narrow)
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
    for printed in (
        _printed(display.to_rich(Audit(paths=paths)), 80),
        display.to_text(Audit(paths=tuple(attrs.evolve(one, note="x" * 70) for one in paths))),
    ):
        words = set(printed.replace("│", " ").split())
        assert path not in words
        assert {"placeOfBirthItem/", "placeOfBirth"} <= words


def test_without_rich(why: Explanation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without rich, the error names the extra; text and HTML need nothing."""
    monkeypatch.setitem(sys.modules, "rich", None)
    with pytest.raises(MissingExtraError, match=r"sanctionslib\[rich\]"):
        display.to_rich(why)
    assert display.to_text(why)
    assert display.to_html(why)
