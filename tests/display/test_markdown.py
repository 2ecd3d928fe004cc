"""Markdown: the same words as the other forms, and untrusted data stays text."""

from __future__ import annotations

import re

import lxml.html
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from quick import examples

from sanctionslib import display
from sanctionslib.display._markdown import escaped
from sanctionslib.display.sheet import Row, Section, Sheet, Span, Table, line, mark, strong, visible
from sanctionslib.model import Designation, LegalBasis, Name, Organization

markdown_it = pytest.importorskip("markdown_it")
READER = markdown_it.MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

EVIL = (
    "a | b `c` *d* _e_ **f** ~~g~~ [h](https://example.org) ![i](x) <b>j</b> <!-- k --> &amp; &#65;",
    "- a",
    "1. a",
    "12) a",
    "# a",
    "> a",
    "+ a",
    "---",
    "===",
    ": a",
    "```",
    "| a |",
    "|---|",
    "a\\",
    "a\\|b",
    "<script>alert(1)</script>",
    "  two  blanks  ",
    "line\nbreak\r\n\u2028here",
    "\\",
    "_a_b_",
    "https://example.org www.example.org a@example.org",
    "[a]: https://example.org",
    "$a$ {b} ^c^",
)

hostile = st.one_of(
    st.text(st.sampled_from('\\`*_{}[]()<>#+-.!|~&^$=: \n1aB;/"'), min_size=1, max_size=14),
    st.text(min_size=1, max_size=10),
    st.sampled_from(EVIL),
)


def _html(markdown: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(f"<div>{READER.render(markdown)}</div>")


def _flat(text: str) -> str:
    return text.replace("\xa0", " ")


def _sheet(text: str) -> Sheet:
    return Sheet(
        what="Test",
        title=text,
        banners=(text,),
        sections=(
            Section(
                title=text,
                note=text,
                rows=(
                    Row(text, (line(text),)),
                    Row(text, (line(strong(text)), line(mark(text), text, level=1))),
                ),
                after=text,
            ),
            Section(
                table=Table((visible(text), visible(text)), ((line(strong(text)), line(text)),))
            ),
        ),
    )


@examples(200)
@example(EVIL[0])
@example("\xa0")
@given(hostile)
def test_text_stays_text(text: str) -> None:
    """Whatever a text holds, it is seen as it is, and makes no element of its own."""
    plain = "x"
    found, usual = (
        _html(display.to_markdown(_sheet(text))),
        _html(display.to_markdown(_sheet(plain))),
    )
    assert [one.tag for one in found.iter()] == [one.tag for one in usual.iter()]
    wanted = _flat(visible(text))
    for one, other in zip(found.iter(), usual.iter(), strict=True):
        if other.text == plain:
            assert _flat(one.text) == wanted


@pytest.mark.parametrize("text", EVIL)
def test_no_sign_acts(text: str) -> None:
    """The signs that mean something stand behind a backslash, or as a reference."""
    made = escaped(Span(text).text)
    assert "\n" not in made
    assert not re.search(r"(?<!\\)(?:\\\\)*[<>|`*\[\]]", made)
    assert not re.search(r"https?://|www\.|@", made)


def test_letters_are_left_alone() -> None:
    """What people read in the source of a report is not full of backslashes."""
    text = "us_ofac_sdn:33951 · KHAN, Mohammad (a.k.a.) 人権 - 31 CFR 589.201; 12 Oct."
    assert escaped(text) == text


def test_only_web_addresses_are_links() -> None:
    """An act links to its text; no address can end the link or be anything but http and https."""
    urls = ("https://example.org/a?b=(1)&c=<d>\\", "javascript:alert(1)", "https://a b")
    legal_bases = tuple(LegalBasis(title="Act [7]", url=url) for url in urls)
    one = Organization(
        id="watch:1", names=(Name(text="X"),), designations=(Designation(legal_bases=legal_bases),)
    )
    links = _html(display.to_markdown(one)).xpath("//a")
    assert [link.text_content() for link in links] == ["Act [7]", urls[0]]
    assert {link.get("href") for link in links} == {"https://example.org/a?b=(1)&c=%3Cd%3E%5C"}
