"""Data is untrusted: nothing in it may run, drive a terminal or reorder its surroundings."""

from __future__ import annotations

import unicodedata
from typing import Any, Literal, get_args, get_origin

import attrs
import lxml.html
import pytest

import sanctionslib as sl
from sanctionslib import answers, display
from sanctionslib.display.sheet import visible
from sanctionslib.model import Fact

from ..export.strategies import fields_of
from . import found, held, made
from .builders import FORMS, company, entity_table, in_full, printed
from .test_pages import ANSWERS

EVIL = (
    "<script>alert(1)</script>\"' onload=x&amp; [red]bold[/red] "
    "\x1b[31mred\x07\r\n\t\x00\x85\u202eesrever\u2066\u200f\u2028\ud800"
)


def hostile(value: Any) -> Any:
    """The same value with hostile text wherever a text can stand, also where there was none."""
    if isinstance(value, str):
        return EVIL
    if isinstance(value, tuple):
        return tuple(map(hostile, value))
    if not attrs.has(type(value)):
        return value
    changed: dict[str, Any] = {}
    for field, form in fields_of(type(value)):
        if form in (str, str | None):
            changed[field.name] = EVIL
        elif form == tuple[str, ...]:
            changed[field.name] = (EVIL,)
        elif get_origin(form) is not Literal and Literal not in map(get_origin, get_args(form)):
            changed[field.name] = hostile(getattr(value, field.name))
    return attrs.evolve(value, **changed)


def _more() -> tuple[object, ...]:
    """Answers that the golden pages do not have."""
    party = made.COMPANY
    link = answers.Link(relation=party.relations[0], source=party, targets=(party, party))
    lost = attrs.evolve(link, targets=())
    inference = answers.Inference(about=Fact.LIST, value="x", reason="x")
    changes = (
        answers.Change(field="names", after=party.names[1]),
        answers.Change(field="identifiers", before=party.identifiers[0]),
        answers.Change(field="names"),
    )
    amended = answers.Amended(before=made.PERSON, after=party, changes=changes)
    return (
        attrs.evolve(made.WHY, linked_to=(link, lost), linked_from=(link,), inferred=(inference,)),
        answers.Changes(amended=(amended, attrs.evolve(amended, changes=changes[2:]))),
        attrs.evolve(found.SPELT, pairs=found.SPELT.pairs * 20),
        attrs.evolve(held.HISTORY, gone=("x",)),
    )


SHOWN = tuple(hostile(one) for one in (*ANSWERS.values(), *_more(), entity_table((held.LISTED,))))


def _acts(text: str) -> set[str]:
    return {
        char
        for char in text
        if char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    }


@pytest.mark.parametrize("shown", SHOWN, ids=lambda shown: type(shown).__name__)
def test_nothing_acts(shown: object) -> None:
    """In every form, control characters and overrides are shown, not obeyed."""
    for text in (
        *(form(shown) for form in FORMS),
        in_full(shown),
        printed(display.to_rich(shown, explain=True), 100),
    ):
        assert not _acts(text)
        text.encode()
    for text in (in_full(shown), display.to_html(shown), display.to_markdown(shown, explain=True)):
        joined = "".join(text.split())
        assert "\\x1b" in joined
        assert "[U+202E" in joined


@pytest.mark.parametrize("shown", SHOWN, ids=lambda shown: type(shown).__name__)
def test_html_is_escaped(shown: object) -> None:
    """The card holds the hostile text as text, and no element or attribute that came from it."""
    card = lxml.html.fromstring(display.to_html(shown))
    known = {"article", "style", "div", "span", "bdi", "table", "thead", "tbody", "tr", "th", "td"}
    known |= {"details", "summary"}
    drawing = card.find(".//svg")
    if drawing is not None:
        _drawing_is_escaped(drawing)
        if not isinstance(shown, answers.Changes):  # of which no list needs to be known
            assert "<script>alert(1)</script>\"' onload=x&amp;" in drawing.text_content()
        drawing.getparent().remove(drawing)
    assert {element.tag for element in card.iter()} <= {*known, "a"}
    names = {name for element in card.iter() for name in element.attrib}
    assert names <= {
        *("class", "lang", "dir", "role", "scope", "tabindex", "style", "href", "rel"),
        *("aria-label", "aria-level", "aria-hidden", "open", "data-head"),
    }
    assert "<script>alert(1)</script>\"' onload=x&amp;" in card.text_content()


def _drawing_is_escaped(drawing: lxml.html.HtmlElement) -> None:
    """A picture has nothing but lines, areas and texts, and attributes that say how to draw them."""
    known = {"svg", "title", "desc", "style", "rect", "path", "text"}
    assert {element.tag for element in drawing.iter()} <= known
    assert {name for element in drawing.iter() for name in element.attrib} <= {
        *("class", "role", "lang", "width", "height", "viewbox", "direction", "x", "y", "d"),
        *("font-family", "font-size", "font-weight", "text-anchor", "fill", "stroke"),
        *("stroke-width", "stroke-dasharray", "transform", "rx", "paint-order", "style"),
    }


def test_rich_markup_is_no_markup() -> None:
    """`[red]` in a name is printed, not interpreted."""
    person = sl.Person(id="a:1", names=(sl.Name(text="[red]X[/red] :smile:"),))
    assert "[red]X[/red] :smile:" in printed(display.to_rich(person))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//x", "https://a b", "https://a\x1b"]
)
def test_only_web_addresses_are_links(url: str) -> None:
    """A legal basis links to http and https addresses, and to nothing else."""
    basis = sl.LegalBasis(title="x", url=url)
    person = company(designations=(sl.Designation(legal_bases=(basis,)),))
    assert not lxml.html.fromstring(display.to_html(person)).xpath("//a")


def test_web_addresses_are_links() -> None:
    """The address of an act is a link that tells its target nothing about us."""
    basis = sl.LegalBasis(title="2016/44", url='https://eur-lex.europa.eu/?a=1&b="2"')
    person = company(designations=(sl.Designation(legal_bases=(basis,)),))
    links = lxml.html.fromstring(display.to_html(person)).xpath("//a")
    assert {link.get("href") for link in links} == {basis.url}
    assert {link.get("rel") for link in links} == {"noopener noreferrer nofollow"}


def test_letters_of_all_scripts_stay() -> None:
    """What is hidden or acts is shown; joiners that Persian and Indic spelling needs stay."""
    text = "می\u200cخواهم क्\u200dष 人权 é e\u0301 \u06dd"
    assert visible(text) == text
    assert visible("a\u200bb\ufeffc\u00add\x7f") == "a[U+200B]b[U+FEFF]c[U+00AD]d\\x7f"
