"""Pictures of timelines, histories and changes: what is drawn, for whom, and that nothing in them acts."""

from __future__ import annotations

import re
from datetime import date, timedelta

import attrs
import lxml.etree
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sanctionslib as sl
from sanctionslib import answers
from sanctionslib.display._style import LIGHT
from sanctionslib.display.svg import MARGIN, WIDTH, Axis, Label, placed, width_of

from . import held
from .builders import contrast

SVG = "{http://www.w3.org/2000/svg}"
DAY = date(2021, 1, 1)


def _svg(shown: sl.display.Pictured) -> lxml.etree._Element:
    return lxml.etree.fromstring(sl.display.to_svg(shown).encode())


def _texts(shown: sl.display.Pictured) -> list[str]:
    return [str(one.text) for one in _svg(shown).iter(f"{SVG}text")]


def _count(shown: sl.display.Pictured, look: str) -> int:
    """How many things of a look are drawn, those of the legend left out."""
    found = [one for one in _svg(shown).iter() if one.get("class") == f"slp-{look}"]
    return len(found) - 1 if found else 0


def _daily(count: int, every: int = 1) -> tuple[answers.HeldEdition, ...]:
    return tuple(held.held(DAY + timedelta(days=n * every)) for n in range(count))


def _step(
    kind: answers.TimelineEventKind, edition: answers.HeldEdition, **more: object
) -> answers.TimelineEvent:
    return attrs.evolve(answers.TimelineEvent(kind=kind, edition=edition), **more)


def test_steps_have_their_words() -> None:
    """Each step stands there with its sign, its day and, where a pointer rests, its edition."""
    texts = _texts(held.TIMELINE)
    for words in (
        "EXAMPLE SHIPPING LLC",
        "added 2021-12-09",
        "other format, 2021-12-11",
        "watch:2 · 4 editions looked at, 2021-08-18 to 2021-12-11",
    ):
        assert words in texts
    tips = [one.text for one in _svg(held.TIMELINE).iter(f"{SVG}title")]
    assert "amended watch · 2021-12-10 · own-csv" in tips
    assert "watch · 2021-12-12 · own-csv · QUARANTINED, not usable" in tips
    assert "listed" not in " ".join(texts)
    for before, words in ((held.PART, "other files,"), (held.NINTH, "not compared,")):
        switched = attrs.evolve(held.FORMAT_CHANGED, edition=held.TENTH, previous=before)
        shown = attrs.evolve(held.TIMELINE, events=(switched,))
        assert f"{words} 2021-12-10" in _texts(shown)
        lost = attrs.evolve(shown, events=(attrs.evolve(switched, is_present=False),))
        assert f"{words} not found 2021-12-10" in _texts(lost)
        assert f"{words} {held.TENTH.label}" in [
            one.text for one in _svg(shown).iter(f"{SVG}title")
        ]


def test_who_does_not_see_it() -> None:
    """The picture has a title and says in words what it shows."""
    root = _svg(held.TIMELINE)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Timeline of EXAMPLE SHIPPING LLC"
    assert root.findtext(f"{SVG}desc") == (
        "watch:2 · 4 editions looked at, 2021-08-18 to 2021-12-11. "
        "added 2021-12-09; amended 2021-12-10; other format, 2021-12-11."
    )
    assert _svg(held.HISTORY).findtext(f"{SVG}desc") == (
        "6 editions held, 2021-08-18 to 2021-12-12 · what was kept, not what was published. "
        "Current: watch · 2021-12-11 · own-xml."
    )


def test_presence() -> None:
    """The bar is where editions have the party, thin over gaps, dashed where nobody knows."""
    days = _daily(10)
    steps = (
        _step(answers.TimelineEventKind.FIRST, days[0]),
        _step(answers.TimelineEventKind.REMOVED, days[4], is_present=False),
        _step(answers.TimelineEventKind.ADDED, days[7]),
    )
    shown = answers.Timeline(id="watch:1", events=steps, editions=days)
    root = _svg(shown)
    bars = [one for one in root.iter(f"{SVG}rect") if one.get("class") == "slp-bar"][:-1]
    axis = Axis(days[0].day, days[9].day, left=MARGIN + 20, right=0)
    space = max(width_of(f"{word} 2021-01-05") for word in ("in the oldest looked at,",))
    axis = attrs.evolve(axis, right=WIDTH - 10 - space)
    found = [(float(one.get("x")), float(one.get("width"))) for one in bars]  # type: ignore[arg-type]
    expected = [
        (axis.at(days[0].day) - 2.5, axis.at(days[3].day) - axis.at(days[0].day) + 5),
        (axis.at(days[7].day) - 2.5, axis.at(days[9].day) - axis.at(days[7].day) + 5),
    ]
    assert found == [pytest.approx(one, abs=0.1) for one in expected]
    assert _count(shown, "between") == 2
    assert _count(shown, "thin") == 0
    assert "?" in _texts(shown)


def test_gaps_are_seen() -> None:
    """Over more than 14 days of which nothing was kept the bar is a thin line."""
    for every, thin in ((14, 0), (15, 2)):
        editions = _daily(3, every)
        steps = (_step(answers.TimelineEventKind.ADDED, editions[0]),)
        shown = answers.Timeline(id="watch:1", events=steps, editions=editions)
        assert _count(shown, "thin") == thin
        words = _texts(
            answers.HeldEditions(list_id="watch", editions=editions, current=editions[-1])
        )
        assert words.count("15 days") == thin


def test_nobody_is_there() -> None:
    """A party that no edition has, has no bar; without editions the picture says so."""
    shown = answers.Timeline(id="watch:1", name="X", editions=_daily(3))
    assert _count(shown, "bar") == 0
    assert "In none of them." in str(_svg(shown).findtext(f"{SVG}desc"))
    nothing = answers.Timeline(id="watch:1")
    assert "No edition was looked at." in _texts(nothing)
    assert "(no name)" in _texts(nothing)
    assert "No edition of it is held." in _texts(answers.HeldEditions(list_id="watch"))


def test_nothing_was_followed() -> None:
    """Editions that were held and not followed are drawn, where there are no others, too."""
    texts = _texts(answers.Timeline(id="watch:1", skipped=(held.PART, held.CUT)))
    assert "watch:1 · 0 editions looked at, none" in texts
    assert "skipped" in texts
    assert "quarantined" in texts
    assert "an edition held" not in texts


def test_history_has_a_line_for_each_format() -> None:
    """Formats have a line each; what is refused, accepted, partial or current has its sign."""
    editions = (*held.HISTORY.editions, held.OVERRIDDEN)
    shown = attrs.evolve(held.HISTORY, editions=editions)
    texts = _texts(shown)
    assert "own-csv · 6 editions" in texts
    assert "own-xml · 1 edition" in texts
    for look, legend in (
        ("ring", "quarantined"),
        ("warn", "overridden by a person"),
        ("box", "not the whole list"),
        ("bar", "the current edition"),
    ):
        assert _count(shown, look) == 1
        assert legend in texts
    assert "skipped" not in texts


def test_the_legend_has_what_is_drawn() -> None:
    """Nothing is explained that is not there."""
    texts = _texts(answers.Timeline(id="watch:1", editions=_daily(2)))
    assert "an edition held" in texts
    for words in ("added", "amended", "removed", "quarantined", "skipped", "somewhere in between"):
        assert words not in texts


def test_three_hundred_editions() -> None:
    """Many editions make a picture that is small, and no text stands upon another."""
    editions = _daily(300)
    kinds = [
        answers.TimelineEventKind.ADDED,
        *[answers.TimelineEventKind.AMENDED] * 98,
        answers.TimelineEventKind.REMOVED,
    ]
    steps = tuple(_step(kind, editions[3 * n]) for n, kind in enumerate(kinds))
    shown = answers.Timeline(id="watch:1", name="X", events=steps, editions=editions)
    assert len(sl.display.to_svg(shown)) < 60_000
    assert "removed 2021-10-25" in _texts(shown)
    history = answers.HeldEditions(list_id="watch", editions=editions, current=editions[-1])
    assert len(sl.display.to_svg(history)) < 10_000


def test_everything_is_inside() -> None:
    """No text begins outside of the picture, and long names take several lines."""
    name = "EXAMPLE TRADING AND SHIPPING OF THE HARBOUR " * 8
    for shown in (
        attrs.evolve(held.TIMELINE, name=name.strip()),
        attrs.evolve(held.TIMELINE, name="人権" * 80),
        held.HISTORY,
    ):
        root = _svg(shown)
        for one in root.iter(f"{SVG}text"):
            start = float(one.get("x") or "")
            if one.get("text-anchor") == "middle":
                start -= width_of(str(one.text), 11) / 2
            assert start >= 0
            if one.get("font-size") != "18":
                assert start + width_of(str(one.text), float(one.get("font-size") or 0)) < WIDTH
            assert float(one.get("y") or "") < float(root.get("height") or "")
    headings = [
        one.text
        for one in _svg(attrs.evolve(held.TIMELINE, name=name.strip())).iter(f"{SVG}text")
        if one.get("font-size") == "18"
    ]
    assert len(headings) > 3
    assert " ".join(map(str, headings)) == name.strip()


@given(
    st.lists(
        st.tuples(st.floats(0, WIDTH), st.sampled_from(("added 2021-12-10", "removed"))),
        max_size=12,
    )
)
def test_labels_do_not_cross(found: list[tuple[float, str]]) -> None:
    """Neither do two texts of a row meet, nor does a line go through a text below its own."""
    shown = placed([Label(x, text) for x, text in found])
    for one, row in shown:
        assert one.x + width_of(one.text) <= WIDTH
        for other, below in shown:
            if other is one:
                continue
            end = other.x + width_of(other.text)
            if below == row:
                assert one.x >= end or one.x + width_of(one.text) <= other.x
            elif below < row:
                assert not other.x < one.x < end


@pytest.mark.parametrize(
    ("days", "ticks"),
    [
        (0, "2021-01-01"),
        (3, "2021-01-01 2021-01-02 2021-01-03 2021-01-04"),
        (17, " ".join(f"2021-01-{day:02}" for day in range(1, 19, 2))),
        (40, "2021-01-01 2021-01-08 2021-01-15 2021-01-22 2021-01-29 2021-02-05"),
        (100, "2021-01 2021-02 2021-03 2021-04"),
        (700, "2021-01 2021-04 2021-07 2021-10 2022-01 2022-04 2022-07 2022-10"),
        (1500, "2021-01 2021-07 2022-01 2022-07 2023-01 2023-07 2024-01 2024-07 2025-01"),
        (2500, "2021 2022 2023 2024 2025 2026 2027"),
        (8000, "2022 2025 2028 2031 2034 2037 2040"),
    ],
)
def test_days_of_the_axis(days: int, ticks: str) -> None:
    """Few enough to be read, and on days that people count from."""
    found = Axis(DAY, DAY + timedelta(days=days)).ticks()
    assert " ".join(text for _, text in found) == ticks
    assert all(MARGIN <= x <= WIDTH - MARGIN for x, _ in found)


def test_light_and_dark() -> None:
    """Colours are attributes in light, and rules for both; in a card they are the card's."""
    picture = sl.display.to_svg(held.TIMELINE)
    assert "prefers-color-scheme:dark" in picture
    assert '[data-theme="dark"] .slp' in lxml.etree.fromstring(picture).findtext(f"{SVG}style", "")
    assert "currentColor" not in picture
    card = held.TIMELINE._repr_html_()
    inside = card[card.index("<svg") : card.index("</svg>")]
    assert "prefers-color-scheme" not in inside
    assert "var(--ink)" in inside
    assert "xmlns" not in inside
    for one in _svg(held.TIMELINE).iter():
        for name in ("fill", "stroke"):
            assert one.get(name) in (None, *LIGHT.values())


def test_contrast_of_the_signs() -> None:
    """What is drawn stands out from its ground by at least 3 : 1, in light and in dark."""

    style = _svg(held.TIMELINE).findtext(f"{SVG}style", "")
    dark = dict(
        re.findall(r"--(\w+):(#\w+)", style[style.index("scheme:dark)") :].partition("}")[0])
    )
    for colours in (LIGHT, dark):
        for name in ("ink", "soft", "chipink", "warn"):
            assert contrast(colours[name], colours["bg"]) > 4.5


def test_changes_are_bars() -> None:
    """Each part of the bar is as long as there are parties, and the counts stand beside it."""
    changes = answers.Changes(added=(held.FIRM,) * 3, removed=(held.FIRM,))
    root = _svg(changes)
    bars = [one for one in root.iter(f"{SVG}rect") if one.find(f"{SVG}title") is not None]
    assert [one.findtext(f"{SVG}title") for one in bars] == ["3 added", "1 removed"]
    assert [float(one.get("width") or "") for one in bars] == [180, 60]
    assert "3 added · 1 removed · 0 amended" in _texts(changes)
    assert "amended" not in _texts(changes), "the legend has what is drawn"
    assert root.findtext(f"{SVG}desc") == "3 added · 1 removed · 0 amended."
    few = attrs.evolve(changes, amended=(), added=(held.FIRM,) * 5000)
    thin = [one for one in _svg(few).iter(f"{SVG}rect") if one.find(f"{SVG}title") is not None]
    assert float(thin[1].get("width") or "") == 2, "one of five thousand can be seen"


def test_steps_of_a_log_are_bars() -> None:
    """Each step has its day; the newest twenty are drawn, and the others counted."""
    texts = _texts(held.LOG)
    assert texts.index("2021-12-09") < texts.index("2021-12-10")
    assert "1 added · 1 removed · 1 amended" in texts
    many = attrs.evolve(held.LOG, changes=held.LOG.changes * 15)
    assert "… 10 older comparisons" in _texts(many)
    assert _texts(many).count("2021-12-10") == 10
    assert "no edition looked at" in _texts(answers.ChangeLog(list_id="watch"))


def test_what_has_no_picture() -> None:
    """Anything else is a TypeError that says what can be drawn."""
    for one in (held.TENTH, "text"):
        with pytest.raises(TypeError, match="give one of Timeline, HeldEditions, Network"):
            sl.display.to_svg(one)  # type: ignore[arg-type]


def test_cards_have_their_picture() -> None:
    """A card has its picture once; those of other answers, and of no change, have none."""
    for shown, count in (
        (held.TIMELINE, 1),
        (held.HISTORY, 1),
        (held.LOG, 1),
        (attrs.evolve(held.LOG, changes=()), 0),
        (answers.Changes(), 0),
        (held.TENTH, 0),
    ):
        assert shown._repr_html_().count("<svg") == count


@given(st.text(min_size=1))
def test_names_are_text(name: str) -> None:
    """Whatever a name holds, the picture is XML that says nothing else than for another name."""
    shown = attrs.evolve(held.TIMELINE, name=f"<{name}", id=f"watch:{name}")
    tags = [one.tag for one in _svg(shown).iter() if one.tag != f"{SVG}text"]
    assert tags == [one.tag for one in _svg(held.TIMELINE).iter() if one.tag != f"{SVG}text"]


def test_a_picture_of_its_own_has_the_warnings_of_its_editions() -> None:
    """A file that is passed on says that it is of a sample; in a card, that stands above it."""
    network = sl.sample().related("34022")
    changes = sl.diff(sl.sample("2021-12-09"), sl.sample())
    for shown in (network, changes):
        assert _texts(shown)[0] == "SAMPLE · not the whole list · do not screen against it"
        assert (
            ">SAMPLE" not in sl.display.to_html(shown).partition("<svg")[2].partition("</desc>")[2]
        )
