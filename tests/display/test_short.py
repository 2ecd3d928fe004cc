"""What holds for the short page of every answer at the usual widths of terminals."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs
import pytest

import sanctionslib as sl
from sanctionslib import answers, display
from sanctionslib.display._text import columns

from . import found, made
from .builders import K, combined
from .test_network import party, star, to
from .test_pages import PAGES

LONG = "DEMOCRATIC EXAMPLE FOREIGN TRADE AND GENERAL SHIPPING COMPANY, BUREAU"
KEY = "us_trade_csl:caeb24bb901171744f7b376b17c4ad98a782c827"


def _named(entity: sl.Entity, text: str = LONG) -> sl.Entity:
    return attrs.evolve(entity, names=(sl.Name(text=text), *entity.names[1:]))


def _long(number: int, *relations: sl.Relation, edition: sl.Edition | None = None) -> sl.Entity:
    return attrs.evolve(_named(party(number, *relations)), edition=edition)


_CENTER = attrs.evolve(made.NETWORK.nodes[0], entity=_named(made.NETWORK.center))
_PARTS = sl.SanctionsList(
    [
        _long(0, edition=made.EDITION),
        _long(1, to(0, K.OWNED_OR_CONTROLLED_BY), edition=made.EDITION),
    ]
)
_LONG_ID = attrs.evolve(found.BY_NAME, entity=attrs.evolve(found.BY_NAME.entity, id=KEY))
MORE: dict[str, object] = {
    "long_network": attrs.evolve(
        made.NETWORK, center=_CENTER.entity, nodes=(_CENTER, *made.NETWORK.nodes[1:])
    ),
    "very_long_network": sl.SanctionsList(
        [_named(party(0), " ".join([LONG] * 3)), party(1, to(0))]
    ).related("0"),
    "hub": star(139),
    "hub_why": sl.SanctionsList([party(0), *(party(n, to(0)) for n in range(1, 40))]).why("0"),
    "long_owner": _PARTS.related("0", ownership="owned"),
    "long_why": attrs.evolve(made.WHY, entity=_named(made.WHY.entity)),
    "long_id": attrs.evolve(found.NO_HITS, hits=(_LONG_ID,)),
    "many_names": attrs.evolve(
        found.HITS, hits=(found.CONFLICTING, attrs.evolve(found.BY_NAME, entity=_named(made.RAB)))
    ),
    "table": display.EntityTable(entities=tuple(_long(number) for number in range(9))),
    "owners": combined().related("4", ownership="owners"),
}
ALL = {**PAGES, **MORE}
_ID = re.compile(r"(?:us|un|ca|gb|eu)_[a-z_]+:[^\s;,()]+|watch:[^\s;,()]+")

both_widths = pytest.mark.parametrize("width", [80, 120])
every_page = pytest.mark.parametrize("shown", ALL.values(), ids=ALL)


@both_widths
@every_page
def test_no_line_is_wider(shown: object, width: int) -> None:
    """Every line fits the terminal."""
    assert all(columns(one) <= width for one in display.to_text(shown, width=width).split("\n"))


@both_widths
@every_page
def test_no_id_is_broken(shown: object, width: int) -> None:
    """An id is there whole or not at all; those of a table are there."""
    text, wide = (display.to_text(shown, width=one) for one in (width, 2000))
    assert {*_ID.findall(text)} <= {*_ID.findall(wide)}
    for section in display.to_sheet(shown).sections:
        if (table := section.table) and not section.is_detail:
            for row in table.rows:
                for name, cell in zip(table.columns, row, strict=True):
                    assert name not in table.keys or cell.text in text


@both_widths
@every_page
def test_the_first_result_stands_high_up(shown: object, width: int) -> None:
    """The first row stands within the first five lines, title and one banner included.

    No further warning is left out for it, nor what was looked at.
    """
    sheet = display.to_sheet(shown)
    if len(sheet.banners) > 2:
        return
    first = next((one for one in sheet.sections if not one.is_detail), None)
    if first is None:
        return
    lines = display.to_text(shown, width=width).split("\n")[: 4 + max(len(sheet.banners), 1)]
    assert any(sheet.source.partition(" · ")[0] in one for one in lines)
    if first.rows:
        assert any(one.startswith(first.rows[0].label) for one in lines)
    elif first.table and first.table.rows:
        keys = [n for n, one in enumerate(first.table.columns) if one in first.table.keys] or [0]
        assert any(first.table.rows[0][keys[-1]].text in one for one in lines)
    else:
        assert any(one.startswith(first.after[:20]) for one in lines)


def _results(shown: object) -> Iterator[int]:
    match shown:
        case answers.Hits() | answers.ScreeningResult():
            yield len(shown.hits) + len(shown.suppressed) + len(shown.problems)
        case display.EntityTable():
            yield len(shown.entities)
        case answers.Network():
            yield len(shown.nodes)
        case answers.Ownership():
            yield len(shown.parties)
        case answers.Changes():
            yield len(shown.added) + len(shown.removed) + len(shown.amended)
        case answers.ChangeLog():
            yield len(shown.changes) + len(shown.format_changes)
            yield from (count for one in shown.changes for count in _results(one))
        case answers.Explanation():
            yield len(shown.linked_to) + len(shown.linked_from)
            yield len(shown.programs) + len(shown.inferred) + len(shown.designations)
            yield sum(len(one.designations) for one in shown.also)
        case _:
            return


@both_widths
@every_page
def test_a_page_is_short(shown: object, width: int) -> None:
    """At most 15 lines and one for each result."""
    if counts := [*_results(shown)]:
        text = display.to_text(shown, width=width)
        warnings = len(display.to_sheet(shown).banners)
        assert text.count("\n") + 1 <= 15 + sum(counts) + warnings


def test_a_cut_hides_three_or_more() -> None:
    """One or two rows are shown rather than counted, in text and in cards; three are not."""
    hub = [party(0), *(party(number, to(0)) for number in range(1, 12))]
    assert "watch:10" in display.to_text(sl.SanctionsList(hub[:11]).why("0"))
    assert "… and 3 more links to it" in display.to_text(sl.SanctionsList(hub).why("0"))
    names = [sl.Name(text=f"NAME {number}", kind=sl.NameKind.AKA) for number in range(8)]
    for count, is_cut in ((7, False), (8, True)):
        some = attrs.evolve(party(0), names=(sl.Name(text="PARTY"), *names[:count]))
        assert ("… and 3 more" in display.to_text(sl.SanctionsList([some]).why("0"))) == is_cut
    for count, is_cut in ((17, False), (18, True)):
        table = display.EntityTable(entities=[party(number) for number in range(count)])
        assert ('<details class="slc-more"' in display.to_html(table)) == is_cut


def test_a_warning_is_not_cut_away() -> None:
    """Where a name is too long for its column, the word that warns of it stays."""
    name = sl.Name(text=LONG, strength=sl.AliasStrength.WEAK)
    weak = attrs.evolve(found.BY_WEAK, name=name, facts=found.FACTS[1:])
    for width in (80, 120):
        text = display.to_text(attrs.evolve(found.NO_HITS, hits=(weak,)), width=width)
        assert re.search(r"DEMO\w*… \[WEAK\]|… \[WEAK\]", text)


def test_the_list_is_cut_before_it_is_left_out() -> None:
    """A long name of a list gives way where it has some room; it is omitted where it has none."""
    long = sl.Listing(list_name="Entity List of the Bureau of Industry and Security of EXAMPLE")
    (one,) = found.KHAN.designations
    there = attrs.evolve(found.KHAN, designations=(attrs.evolve(one, listings=(long,)),))
    hits = (attrs.evolve(found.BY_ALIAS, entity=there), found.BY_NAME)
    shown = attrs.evolve(found.NO_HITS, hits=hits)
    seen = {width: " LIST " in display.to_text(shown, width=width) for width in (80, 112)}
    assert seen == {80: False, 112: True}


def test_what_has_ended_says_so() -> None:
    """However narrow a page is, a former link and one that fits several parties are marked as such."""
    shown = combined().related("2", depth=2)
    for width in (80, 120):
        rows = display.to_text(shown, width=width).splitlines()
        assert next(one for one in rows if one.endswith("us_ofac_sdn:4")).count("[former]") == 1
        assert next(one for one in rows if one.endswith("us_ofac_sdn:5")).count("[fits 2 parties]")
    assert "… [former]" in display.to_text(combined().why("2"), width=64)


def test_what_its_kind_says_is_said_once() -> None:
    mine = sl.SanctionsList([party(0), party(1, to(0, K.FORMERLY_OPERATED_BY))])
    assert "formerly owned or operated by" in display.to_text(mine.why("0"))
    assert "[former]" not in display.to_text(mine.why("0"))


def test_a_number_is_never_cut() -> None:
    rows = display.to_text(ALL["owned_by"], width=20).splitlines()
    assert not [one for one in rows if re.match(r" *[0-9]+…", one)]


def _ended(*others: sl.Designation) -> sl.Entity:
    """A party of which one designation has ended, and others may not have."""
    days = ((sl.EventKind.LISTED, "2001-01-01"), (sl.EventKind.DELISTED, "2010-05-05"))
    events = tuple(sl.Event(kind=kind, date=sl.PartialDate.parse(day)) for kind, day in days)
    listing = sl.Listing(list_name="List A", events=events)
    owner = to(0, K.OWNED_OR_CONTROLLED_BY)
    return attrs.evolve(
        party(1, owner), designations=(sl.Designation(listings=(listing,)), *others)
    )


def test_a_delisted_party_says_so() -> None:
    """The file has it all the same: each page that names it says that it is delisted, and when."""
    mine = sl.SanctionsList([party(0), _ended()])
    told = [
        display.EntityTable(entities=[*mine]),
        mine.search(_ended().name),
        mine.related("0"),
        mine.why("0"),
        mine.related("1", ownership="owners"),
        mine.related("1"),
        _ended(),
    ]
    for shown in told:
        assert display.to_text(shown).count("delisted") >= 1, shown
    (hit, *_) = mine.search(_ended().name)
    assert re.search(r"until +delisted 2010-05-05 \(List A\)", display.to_text(hit))
    again = sl.Designation(listings=(sl.Listing(list_name="List B"),))
    twice = display.to_text(sl.SanctionsList([party(0), _ended(again)]).why("1"))
    assert "UNTIL" in twice
    assert "[delisted]" not in twice
    assert re.search(r"List A .* delisted 2010-05-05", twice)


def test_a_hit_is_of_all_lists_that_have_the_party() -> None:
    """A row of a party of several lists names the lists and programs of all of them."""
    (one,) = found.KHAN.designations
    other = attrs.evolve(one, listings=(sl.Listing(list_name="LIST B"),), programs=("PROGRAM B",))
    also = (attrs.evolve(found.KHAN, id="xx_b:1", designations=(other,)),)
    shown = attrs.evolve(found.NO_HITS, hits=(attrs.evolve(found.BY_ALIAS, also=also),))
    text = display.to_text(shown, width=160)
    assert "LIST B" in text
    assert "PROGRAM B" in text


def test_a_long_title_leaves_the_id() -> None:
    """Of a name of several lines something is cut, and never the id of the party."""
    shown = sl.SanctionsList([_named(party(0), " ".join([LONG] * 9))])
    for width in (60, 80, 120):
        assert "watch:0" in display.to_text(shown.why("0"), width=width)


def test_no_width_is_too_small() -> None:
    for shown in ALL.values():
        assert display.to_text(shown, width=1, explain=True)


def test_many_warnings_leave_the_source() -> None:
    """Where warnings take all lines of the head, what was looked at is told whole below them."""
    editions = tuple(
        attrs.evolve(made.EDITION, list_id=f"list_{number}", missing=("A.CSV",), repairs=2)
        for number in range(3)
    )
    shown = attrs.evolve(_PARTS.related("0", ownership="owned"), editions=editions)
    lines = display.to_text(shown, width=120).splitlines()
    assert any(one.endswith(display.to_sheet(shown).source[-20:]) for one in lines)
