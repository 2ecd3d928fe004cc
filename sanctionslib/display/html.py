"""Sheets as HTML cards: one element with its own style, no script, nothing that is fetched.

All text and every attribute is escaped. Each piece of data stands in a `bdi`, so that a name
in Arabic does not reorder what stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from sanctionslib.display._sheet import Grid, Line, Row, Section, Sheet, Span
from sanctionslib.display._style import STYLE
from sanctionslib.display.text import KEY, broken_key

__all__ = ["print_sheet"]

_SHORT = 16
"""Signs of the longest codes of programs."""


def print_sheet(sheet: Sheet, *, picture: str = "") -> str:
    """A sheet as one `article` element.

    Args:
        sheet: The sheet.
        picture: An `svg` element that says the same, which stands below the head.
    """
    return "".join(_article(sheet, picture))


def _article(sheet: Sheet, picture: str) -> Iterator[str]:
    label = escape(f"{sheet.what}: {sheet.title}")
    yield f'<article class="slc" lang="en" dir="ltr" aria-label="{label}"><style>{STYLE}</style>'
    for banner in sheet.banners:
        yield f'<div class="slc-flag" role="note">{escape(banner)}</div>'
    # Headings are roles, not h1 … h6: notebooks and documentation pages collect those.
    yield f'<div class="slc-head"><div class="slc-what">{escape(sheet.what)}</div>'
    yield (
        '<div class="slc-title" role="heading" aria-level="3">'
        f"<bdi>{escape(sheet.title)}</bdi></div>"
    )
    if sheet.facts or sheet.chips:
        yield '<div class="slc-facts">'
        first, rest = sheet.facts[:1], sheet.facts[1:]
        yield from (_chip(fact) for fact in first)
        yield from (f"<bdi>{escape(fact)}</bdi>" for fact in rest)
        yield from (_chip(chip) for chip in sheet.chips)
        yield "</div>"
    yield "</div>"
    if picture:
        yield '<div class="slc-part slc-scroll" tabindex="0" role="group" aria-label="Picture">'
        yield f"{picture}</div>"
    for section in sheet.filled:
        yield from _section(section)
    yield "</article>"


def _chip(text: str) -> str:
    return f'<bdi class="slc-chip">{escape(text)}</bdi>'


def _section(section: Section) -> Iterator[str]:
    tone = "" if section.tone == "plain" else f" slc-{section.tone}"
    yield f'<div class="slc-part{tone}">'
    if section.title:
        yield f'<div class="slc-sec" role="heading" aria-level="4">{escape(section.title)}</div>'
    if section.note:
        yield f'<div class="slc-note">{escape(section.note)}</div>'
    if section.rows:
        yield f'<div class="slc-scroll">{"".join(_rows(section.rows))}</div>'
    if section.grid is not None and section.grid.rows:
        # A grid may be wider than its place; what scrolls must be within reach of the keyboard.
        yield '<div class="slc-scroll" tabindex="0" role="group" '
        yield f'aria-label="{escape(section.title or "Table")}">'
        yield from _grid(section.grid)
        yield "</div>"
    if section.after:
        yield f'<div class="slc-after">{escape(section.after)}</div>'
    yield "</div>"


def _rows(rows: tuple[Row, ...]) -> Iterator[str]:
    yield '<table class="slc-rows"><tbody>'
    for row in rows:
        lines = "".join(_line(line) for line in row.lines)
        yield f'<tr><th scope="row"><bdi>{escape(row.label)}</bdi></th><td>{lines}</td></tr>'
    yield "</tbody></table>"


def _grid(grid: Grid) -> Iterator[str]:
    yield '<table class="slc-grid"><thead><tr>'
    for number, column in enumerate(grid.columns):
        yield f'<th scope="col"{_class(grid, number)}>{escape(column)}</th>'
    yield "</tr></thead><tbody>"
    for row in grid.rows:
        yield "<tr>"
        for number, cell in enumerate(row):
            tag, scope = ("td", "") if number else ("th", ' scope="row"')
            told = _key(cell.text) if number in grid.keys else _cell(cell)
            yield f"<{tag}{scope}{_class(grid, number)}>{told}</{tag}>"
        yield "</tr>"
    yield "</tbody></table>"


def _class(grid: Grid, number: int) -> str:
    if number in grid.keys:
        return ' class="slc-key"'
    return ' class="slc-num"' if number in grid.numeric else ""


def _key(key: str) -> str:
    """A key, with the places where a narrow column may break it; copied, it is whole."""
    pieces = (f'<span class="slc-one">{escape(each)}</span>' for each in broken_key(key, KEY))
    return f"<bdi>{'<wbr>'.join(pieces)}</bdi>"


def _cell(line: Line) -> str:
    """A date or a code stays in one line: browsers break behind hyphens."""
    if len(line.text) > _SHORT or " " in line.text:
        return _spans(line)
    return f'<span class="slc-one">{_spans(line)}</span>'


def _line(line: Line) -> str:
    if not line.level:
        return f'<div class="slc-l">{_spans(line)}</div>'
    bullet = f'<span class="slc-bullet" aria-hidden="true">{escape(line.bullet)}</span>'
    indent = f"margin-left:{1.3 * line.level:g}em"
    return f'<div class="slc-l slc-in" style="{indent}">{bullet}{_spans(line)}</div>'


def _spans(line: Line) -> str:
    return " ".join(_span(span) for span in line.spans)


def _span(span: Span) -> str:
    tone = "" if span.tone == "plain" else f' class="slc-{span.tone}"'
    text = f"<bdi{tone}>{escape(span.text)}</bdi>"
    if span.href is None:
        return text
    return f'<a href="{escape(span.href)}" rel="noopener noreferrer nofollow">{text}</a>'
