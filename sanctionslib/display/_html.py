"""Sheets as HTML cards: one element with its own style, no script, nothing that is fetched.

All text and every attribute is escaped. Each piece of data stands in a `bdi`, so that a name in
Arabic does not reorder its surroundings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from sanctionslib.display._style import DOCUMENT_STYLE, STYLE
from sanctionslib.display.sheet import Item, Line, Row, Section, Sheet, Span, Table, counted, kept

_SHORT, _SENTENCE = 12, 34
"""Signs of a cell that stays in one line, and of one in a wide column; of any that needs no width."""
_ROWS, _LINES, _PHONE = 15, 6, 24
"""Rows, and lines of a row, that are shown at once; signs of a key that fits a phone."""
_BESIDE_PICTURE, _FURTHER = 12, 3
"""Rows below a picture, which says the same; and of a table below a long one."""
_LONG = 600
"""Signs of a text that gets a place of its own to scroll in."""
_WORD = re.compile(r"\S+")
_LONGEST_KEY = 80
"""Signs of a word that may be a key: a hash with its name has 71."""


def html_card(
    sheet: Sheet, *, picture: str = "", explain: bool = False, document: bool = False
) -> str:
    """A sheet as one `article` element, with an `svg` element below its head where one is given.

    Details are closed, unless `explain` opens them. A `document` is a page of its own around it.
    """
    card = "".join(_article(sheet, picture, " open" * explain))
    if not document:
        return card
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(f'{sheet.what}: {sheet.title}')}</title>"
        f"<style>{DOCUMENT_STYLE}</style></head><body>{card}</body></html>"
    )


def _article(sheet: Sheet, picture: str, is_open: str) -> Iterator[str]:
    label = escape(f"{sheet.what}: {sheet.title}")
    yield f'<article class="slc" lang="en" dir="ltr" aria-label="{label}"><style>{STYLE}</style>'
    for banner in sheet.banners:
        yield f'<div class="slc-flag" role="note">{escape(banner)}</div>'
    # Headings are roles, not h1 … h6: notebooks and documentation pages collect those.
    yield (
        f'<div class="slc-head"><div class="slc-what">{escape(sheet.what)}</div>'
        '<div class="slc-title" role="heading" aria-level="3">'
        f"<bdi>{escape(sheet.title)}</bdi></div>"
    )
    if sheet.facts or sheet.chips:
        chip = '<bdi class="slc-chip">'
        facts = (
            f"{'<bdi>' if n else chip}{escape(one)}</bdi>" for n, one in enumerate(sheet.facts)
        )
        chips = (f"{chip}{escape(one)}</bdi>" for one in sheet.chips)
        yield f'<div class="slc-facts">{"".join(facts)}{"".join(chips)}</div>'
    if sheet.source:
        yield f'<div class="slc-source"><bdi>{_text(sheet.source)}</bdi></div>'
    yield "</div>"
    if picture:
        yield (
            '<div class="slc-part slc-scroll" tabindex="0" role="group" aria-label="Picture">'
            f"{picture}</div>"
        )
    left = _BESIDE_PICTURE if picture else _ROWS
    for is_detail, sections in groupby(sheet.sections, key=lambda one: one.is_detail):
        if is_detail:
            yield f'<details class="slc-part slc-details"{is_open}><summary>Details</summary>'
        for section in sections:
            yield from _section(section, is_open, _ROWS if is_detail else left)
            if section.table and not is_detail:
                left = max(left - len(section.table.rows), _FURTHER)
        if is_detail:
            yield "</details>"
    if sheet.footer:
        yield f'<div class="slc-part slc-foot">{escape(sheet.footer)}</div>'
    yield "</article>"


def _section(section: Section, is_open: str, shown: int = _ROWS) -> Iterator[str]:
    yield f'<div class="slc-part{"" if section.tone == "plain" else f" slc-{section.tone}"}">'
    if section.title:
        heading = escape(section.title)
        yield f'<div class="slc-sec" role="heading" aria-level="4">{heading}</div>'
    if section.note:
        yield f'<div class="slc-note">{escape(section.note)}</div>'
    for part in _folded(section.rows, "row", is_open):
        yield part if isinstance(part, str) else _rows(part, is_open)
    if (table := section.table) is not None:
        label = escape(section.title or "Table")
        for rows in _folded(table.rows, "row", is_open, shown):
            # A table may be wider than its place; what scrolls must be within reach of the keyboard.
            yield (
                rows
                if isinstance(rows, str)
                else (
                    f'<div class="slc-scroll" tabindex="0" role="group" aria-label="{label}">'
                    f"{''.join(_table(table, rows))}</div>"
                )
            )
    if section.after:
        yield f'<div class="slc-after">{escape(section.after)}</div>'
    yield "</div>"


def _folded(
    items: Sequence[Item], noun: str, is_open: str, shown: int = _ROWS
) -> Iterator[str | Sequence[Item]]:
    """The items that are shown at once; and between the tags that fold them, the others."""
    shown = kept(len(items), shown)
    if items:
        yield items[:shown]
    if rest := items[shown:]:
        summary = f"{counted(len(rest), f'more {noun}')}"
        yield f'<details class="slc-more"{is_open}><summary>{summary}</summary>'
        yield rest
        yield "</details>"


def _rows(rows: Iterable[Row], is_open: str) -> str:
    found = "".join(_row(row, is_open) for row in rows)
    return f'<div class="slc-scroll"><table class="slc-rows"><tbody>{found}</tbody></table></div>'


def _row(row: Row, is_open: str) -> str:
    lines = "".join(
        part if isinstance(part, str) else "".join(map(_line, part))
        for part in _folded(row.lines, "line", is_open, _LINES)
    )
    return f'<tr><th scope="row"><bdi>{escape(row.label)}</bdi></th><td>{lines}</td></tr>'


def _line(line: Line) -> str:
    if len(line.text) > _LONG:
        return f'<div class="slc-l slc-long" tabindex="0" role="group">{_spans(line)}</div>'
    if not line.level:
        return f'<div class="slc-l">{_spans(line)}</div>'
    bullet = f'<span class="slc-bullet" aria-hidden="true">{escape(line.bullet)}</span>'
    indent = f"margin-left:{1.3 * line.level:g}em"
    return f'<div class="slc-l slc-in" style="{indent}">{bullet}{_spans(line)}</div>'


def _table(table: Table, rows: Iterable[Sequence[Line]]) -> Iterator[str]:
    """Rows of cells; on a phone a row is a paragraph, in which each cell says its head."""
    classes = [' class="slc-num"' * (one in table.numeric) for one in table.columns]
    yield '<table class="slc-grid"><thead><tr>'
    for name, look in zip(table.columns, classes, strict=True):
        yield f'<th scope="col"{look}>{escape(name)}</th>'
    yield "</tr></thead><tbody>"
    for row in rows:
        yield "<tr>"
        for number, (cell, name, look) in enumerate(zip(row, table.columns, classes, strict=True)):
            tag, scope = ("td", "") if number else ("th", ' scope="row"')
            head = "" if cell.text == "—" else f' data-head="{escape(name)}"'
            content = _cell(cell, is_key=name in table.keys, is_wide=name in table.wide)
            yield f"<{tag}{scope}{look}{head}>{content}</{tag}>"
        yield "</tr>"
    yield "</tbody></table>"


def _cell(line: Line, *, is_key: bool, is_wide: bool) -> str:
    """A key and a short text stay in one line; a long one gets width, more in a wide column."""
    size, told = len(line.text), _spans(line)
    if (is_key and " " not in line.text) or size <= (_SENTENCE if is_wide else _SHORT):
        return f'<span class="slc-one">{told}</span>'
    if size <= _SENTENCE:
        return told
    return f'<div class="{"slc-wide" if is_wide else "slc-name"}">{told}</div>'


def _spans(line: Line) -> str:
    return " ".join(map(_span, line.spans))


def _text(text: str) -> str:
    """Text in which keys stay in one piece; those longer than a phone is wide may be broken there."""
    parts, at = list[str](), 0
    for found in _WORD.finditer(text):
        if _is_key(word := found[0]):
            look = "slc-one" if len(word) <= _PHONE else "slc-one slc-big"
            parts += escape(text[at : found.start()]), f'<span class="{look}">{escape(word)}</span>'
            at = found.end()
    return "".join((*parts, escape(text[at:])))


def _is_key(word: str) -> bool:
    """Whether it looks like an id, a date, a code or a hash: browsers break at hyphens and colons."""
    if len(word) > _LONGEST_KEY or "/" in word:
        return False
    is_hash = len(word) > 2 * _PHONE and word.isascii() and word.isalnum()
    return is_hash or (("-" in word or ":" in word) and any(map(str.isdigit, word)))


def _span(span: Span) -> str:
    tone = "" if span.tone == "plain" else f' class="slc-{span.tone}"'
    text = f"<bdi{tone}>{_text(span.text)}</bdi>"
    if span.href is None:
        return text
    return f'<a href="{escape(span.href)}" rel="noopener noreferrer nofollow">{text}</a>'
