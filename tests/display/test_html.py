"""HTML cards: complete, static, readable by everybody, in light and in dark."""

from __future__ import annotations

import re

import attrs
import lxml.html
import pytest

from sanctionslib import display
from sanctionslib.display._style import STYLE
from sanctionslib.model import Name

from . import found, held
from .builders import contrast, differing, entity_table
from .made import AUDIT, EDITION, EVERYBODY, NETWORK, WHOLE, WHY


@pytest.fixture
def cards() -> dict[str, str]:
    """One card of each sort."""
    return {
        "explanation": display.to_html(WHY),
        "entity": display.to_html(WHY.entity),
        "network": display.to_html(NETWORK),
        "audit": display.to_html(AUDIT),
        "list": display.to_html(entity_table(EVERYBODY, EDITION)),
    }


def test_cards_are_one_element(cards: dict[str, str]) -> None:
    """A card is one `article` in English, with a name for screen readers."""
    for card in cards.values():
        element = lxml.html.fragment_fromstring(card)
        assert element.tag == "article"
        assert element.get("lang") == "en"
        assert element.get("aria-label")


def test_cards_fetch_and_run_nothing(cards: dict[str, str]) -> None:
    """No script, no source, no import, no address in the style, no handler."""
    for card in cards.values():
        element = lxml.html.fragment_fromstring(card)
        assert not element.xpath("//script|//link|//img|//iframe|//object|//embed|//form|//@src")
        assert not [name for node in element.iter() for name in node.attrib if name[:2] == "on"]
        assert "url(" not in card
        assert "@import" not in card
        assert "http" not in card


def test_cards_say_sample(cards: dict[str, str]) -> None:
    """The ribbon of a sample is there, in every card that has an edition."""
    for name, card in cards.items():
        ribbons = lxml.html.fragment_fromstring(card).find_class("slc-flag")
        if name != "audit":
            assert [one.text_content()[:6] for one in ribbons] == ["SAMPLE"]


def test_a_whole_edition_has_no_ribbon() -> None:
    """A whole edition has no ribbon."""
    entity = attrs.evolve(WHY.entity, edition=WHOLE)
    assert 'class="slc-flag"' not in display.to_html(entity)


def test_tables_have_heads(cards: dict[str, str]) -> None:
    """Every row and every column has a head with its scope; wide tables scroll."""
    for card in cards.values():
        element = lxml.html.fragment_fromstring(card)
        assert {one.get("scope") for one in element.iter("th")} <= {"row", "col"}
        for row in element.xpath("//tbody/tr"):
            assert [one.tag for one in row].count("th") == 1
        assert all("slc-scroll" in one.getparent().get("class") for one in element.iter("table"))
        grids = element.find_class("slc-grid")
        assert all(one.getparent().get("tabindex") == "0" for one in grids)


def test_details_can_be_closed() -> None:
    """How the answer came about is closed, until `explain` opens it; the answer cannot be closed."""
    card = lxml.html.fragment_fromstring(display.to_html(found.HITS))
    (details,) = card.xpath("//details")
    assert details.get("open") is None
    heads = details.xpath("./div/div[@role='heading']")
    assert [one.text_content() for one in heads] == [
        "Query",
        "Looked at",
        "Hit 1",
        "Hit 2",
        "Hit 3",
    ]
    heads = [one.text_content() for one in card.xpath("./div/div[@role='heading']")]
    assert heads == ["Khan Azad", "Suppressed · 1 party"]
    opened = lxml.html.fragment_fromstring(display.to_html(found.HITS, explain=True))
    assert len(opened.xpath("//details[@open]")) == 1


def test_long_answers_are_folded() -> None:
    """Outside of what is closed no table has more than 15 rows, and no row more than 6 lines."""
    names = tuple(Name(text=f"NAME {n}") for n in range(40))
    many = [attrs.evolve(EVERYBODY[0], id=f"watch:{n}", names=names) for n in range(400)]
    hits = attrs.evolve(found.HITS, hits=(found.BY_NAME,) * 60, suppressed=(found.BY_WEAK,) * 60)
    links = attrs.evolve(WHY, linked_from=WHY.linked_from * 30, linked_to=WHY.linked_from * 30)
    for shown in (many[0], entity_table(many), hits, links):
        limit = 0 if shown is hits else 400
        card = lxml.html.fragment_fromstring(display.to_html(shown, limit=limit))
        assert card.xpath("//details")
        for rows in card.xpath("//tbody|//td"):
            if not rows.xpath("ancestor::details"):
                assert len(rows.xpath("./tr")) <= 15
                assert len(rows.xpath("./div")) <= 6
        assert len(card.xpath("./div")) <= 10


@pytest.mark.parametrize("shown", [NETWORK, WHY, found.HITS, held.XML, held.LOG, differing()])
def test_no_key_is_broken(shown: object) -> None:
    """Ids, dates and hashes stand in one piece, in tables and in sentences, wherever lines break."""
    card = lxml.html.fragment_fromstring(display.to_html(shown))
    whole = {word for one in card.find_class("slc-one") for word in one.text_content().split()}
    for drawing in card.xpath("//svg|//style"):
        drawing.drop_tree()
    words = (word.strip("(),;") for text in card.itertext() for word in text.split())
    keys = [
        one for one in words if re.fullmatch(r"\w+:[~\w.]*\d|\d{4}-\d\d-\d\d|[0-9a-f]{64}", one)
    ]
    assert keys
    assert not [one for one in keys if not any(one in each for each in whole)]
    assert "<wbr>" not in display.to_html(shown)


def test_rows_are_paragraphs_on_a_phone() -> None:
    """A cell that says something knows the head of its column, which a phone shows before it."""
    card = lxml.html.fragment_fromstring(display.to_html(found.HITS))
    (first, *_) = card.xpath("//tbody/tr[th]")
    heads = {one.get("data-head"): one.text_content() for one in first}
    assert heads["id"] == "us_trade_csl:7"
    assert None in heads, "an empty cell is left out"
    assert ".slc.slc .slc-grid thead{display:none}" in STYLE.partition("@media(max-width:34rem)")[2]


def test_a_further_table_is_shorter() -> None:
    """Below many hits few suppressed parties are shown unopened: a card stays on its screen."""
    hits = attrs.evolve(found.HITS, hits=(found.BY_NAME,) * 10, suppressed=(found.BY_WEAK,) * 9)
    card = lxml.html.fragment_fromstring(display.to_html(hits))
    tables = card.xpath("./div/div/table[@class='slc-grid']")
    assert [len(one.xpath("./tbody/tr")) for one in tables] == [10, 5]
    assert "4 more rows" in card.text_content()


def test_a_document_of_its_own() -> None:
    """On request a card is a whole page that says its encoding, its title and its width."""
    text = display.to_html(WHY, document=True)
    assert text.startswith("<!DOCTYPE html>")
    page = lxml.html.document_fromstring(text)
    assert page.xpath("//meta[@charset='utf-8']")
    assert page.xpath("//meta[@name='viewport']/@content") == [
        "width=device-width, initial-scale=1"
    ]
    assert page.findtext(".//title") == "Explanation: RAPID ACTION BATTALION"
    assert display.to_html(WHY) in text


def test_every_rule_is_scoped() -> None:
    """The style sheet touches nothing outside of cards."""
    without_media = re.sub(r"@media[^{]*\{((?:[^{}]*\{[^{}]*\})*)\}", r"\1", STYLE)
    selectors = re.findall(r"([^{}]+)\{[^{}]*\}", without_media)
    assert len(selectors) > 30
    for selector in selectors:
        assert all(".slc" in part for part in selector.split(","))


def test_contrast() -> None:
    """Text has a contrast of 4.5 : 1 on every ground that it stands on, in light and in dark."""
    palettes = [
        dict(re.findall(r"--(\w+):(#\w+)", rule)) for rule in STYLE.split("}") if "--bg:" in rule
    ]
    assert len({tuple(palette.items()) for palette in palettes}) == 2
    for palette in palettes:
        pairs = [
            *((ink, ground) for ink in ("ink", "soft") for ground in ("bg", "band", "tint")),
            *(("warn", ground) for ground in ("bg", "tint")),
            *(("chipink", ground) for ground in ("chip", "bg", "tint")),
        ]
        for ink, ground in pairs:
            assert contrast(palette[ink], palette[ground]) >= 4.5, (ink, ground)
    assert contrast("#261a00", "#ffce3d") >= 4.5


def test_the_page_has_the_last_word() -> None:
    """What the page says of its theme stands after what the system prefers."""
    system = STYLE.index("prefers-color-scheme:dark")
    for hook in (
        '[data-theme="dark"]',
        '[data-theme="light"]',
        ".vscode-dark",
        ".vscode-light",
        'body[data-jp-theme-light="false"]',
        'body[data-jp-theme-light="true"]',
    ):
        assert STYLE.index(hook) > system


def test_labels_stay_as_they_are_written() -> None:
    """The labels of rows and columns are shown in plain capitalisation, as ids are."""
    assert "small-caps" not in STYLE
    assert [rule for rule in STYLE.split("}") if "text-transform" in rule] == [
        one for one in STYLE.split("}") if one.strip().startswith(".slc .slc-what,.slc .slc-sec{")
    ]
