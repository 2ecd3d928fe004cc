"""Sheets as HTML cards: one element with its own style, no script, nothing that is fetched.

All text and every attribute is escaped. Each piece of data stands in a `bdi`, so that a name in
Arabic does not reorder its surroundings.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from sanctionslib.display._style import STYLE
from sanctionslib.display._text import KEY, broken
from sanctionslib.display.sheet import Line, Row, Section, Sheet, Span, Table

_SHORT = 16
"""Signs of the longest codes of programs."""


def html_card(sheet: Sheet, *, picture: str = "") -> str:
    """A sheet as one `article` element, with an `svg` element below its head where one is given."""
    return "".join(_article(sheet, picture))


def _article(sheet: Sheet, picture: str) -> Iterator[str]:
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
    yield "</div>"
    if picture:
        yield (
            '<div class="slc-part slc-scroll" tabindex="0" role="group" aria-label="Picture">'
            f"{picture}</div>"
        )
    for section in sheet.sections:
        yield from _section(section)
    yield "</article>"


def _section(section: Section) -> Iterator[str]:
    look = "slc-part" if section.tone == "plain" else f"slc-part slc-{section.tone}"
    heading = f'class="slc-sec" role="heading" aria-level="4">{escape(section.title)}'
    # What is a detail can be closed, where it has a title to open it by again.
    is_closable = section.is_detail and bool(section.title)
    yield f'<details class="{look}" open>' if is_closable else f'<div class="{look}">'
    if is_closable:
        yield f"<summary><span {heading}</span></summary>"
    elif section.title:
        yield f"<div {heading}</div>"
    if section.note:
        yield f'<div class="slc-note">{escape(section.note)}</div>'
    if section.rows:
        rows = "".join(map(_row, section.rows))
        yield f'<div class="slc-scroll"><table class="slc-rows"><tbody>{rows}</tbody></table></div>'
    if section.table is not None and section.table.rows:
        # A table may be wider than its place; what scrolls must be within reach of the keyboard.
        yield (
            '<div class="slc-scroll" tabindex="0" role="group" '
            f'aria-label="{escape(section.title or "Table")}">{"".join(_table(section.table))}</div>'
        )
    if section.after:
        yield f'<div class="slc-after">{escape(section.after)}</div>'
    yield "</details>" if is_closable else "</div>"


def _row(row: Row) -> str:
    lines = "".join(map(_line, row.lines))
    return f'<tr><th scope="row"><bdi>{escape(row.label)}</bdi></th><td>{lines}</td></tr>'


def _line(line: Line) -> str:
    if not line.level:
        return f'<div class="slc-l">{_spans(line)}</div>'
    bullet = f'<span class="slc-bullet" aria-hidden="true">{escape(line.bullet)}</span>'
    indent = f"margin-left:{1.3 * line.level:g}em"
    return f'<div class="slc-l slc-in" style="{indent}">{bullet}{_spans(line)}</div>'


def _table(table: Table) -> Iterator[str]:
    classes = [
        ' class="slc-key"' if one in table.keys else ' class="slc-num"' * (one in table.numeric)
        for one in table.columns
    ]
    yield '<table class="slc-grid"><thead><tr>'
    for name, look in zip(table.columns, classes, strict=True):
        yield f'<th scope="col"{look}>{escape(name)}</th>'
    yield "</tr></thead><tbody>"
    for row in table.rows:
        yield "<tr>"
        for number, (cell, name, look) in enumerate(zip(row, table.columns, classes, strict=True)):
            tag, scope = ("td", "") if number else ("th", ' scope="row"')
            content = _key(cell.text) if name in table.keys else _cell(cell)
            yield f"<{tag}{scope}{look}>{content}</{tag}>"
        yield "</tr>"
    yield "</tbody></table>"


def _key(key: str) -> str:
    """A key, with the places where a narrow column may break it; copied, it is whole."""
    pieces = (f'<span class="slc-one">{escape(each)}</span>' for each in broken(key, KEY, key=True))
    return f"<bdi>{'<wbr>'.join(pieces)}</bdi>"


def _cell(line: Line) -> str:
    """A date or a code stays in one line: browsers break behind hyphens."""
    if len(line.text) > _SHORT or " " in line.text:
        return _spans(line)
    return f'<span class="slc-one">{_spans(line)}</span>'


def _spans(line: Line) -> str:
    return " ".join(map(_span, line.spans))


def _span(span: Span) -> str:
    tone = "" if span.tone == "plain" else f' class="slc-{span.tone}"'
    text = f"<bdi{tone}>{escape(span.text)}</bdi>"
    if span.href is None:
        return text
    return f'<a href="{escape(span.href)}" rel="noopener noreferrer nofollow">{text}</a>'
