"""Sheets as HTML cards: one element with its own style, no script, nothing that is fetched.

All text and every attribute is escaped. Each piece of data stands in a `bdi`, so that a name in
Arabic does not reorder its surroundings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from sanctionslib.display._style import DOCUMENT_STYLE, STYLE
from sanctionslib.display.sheet import Item, Line, Row, Section, Sheet, Span, Table, counted, kept

_SHORT = 16
"""Signs of the longest codes of programs."""
_ROWS, _LINES = 15, 6
"""Rows, and lines of a row, that are shown at once."""
_BESIDE_PICTURE = 12
"""Rows below a picture, which says the same."""
_LONG, _WIDE, _ONE_LINE = 600, 32, 18
"""Signs of a text that gets a place of its own to scroll in, and of a cell that gets more width."""


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
        yield f'<div class="slc-source"><bdi>{escape(sheet.source)}</bdi></div>'
    yield "</div>"
    if picture:
        yield (
            '<div class="slc-part slc-scroll" tabindex="0" role="group" aria-label="Picture">'
            f"{picture}</div>"
        )
    for is_detail, sections in groupby(sheet.sections, key=lambda one: one.is_detail):
        if is_detail:
            yield f'<details class="slc-part slc-details"{is_open}><summary>Details</summary>'
        for section in sections:
            yield from _section(section, is_open, _BESIDE_PICTURE if picture else _ROWS)
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
    classes = [
        ' class="slc-key"' if one in table.keys else ' class="slc-num"' * (one in table.numeric)
        for one in table.columns
    ]
    yield '<table class="slc-grid"><thead><tr>'
    for name, look in zip(table.columns, classes, strict=True):
        yield f'<th scope="col"{look}>{escape(name)}</th>'
    yield "</tr></thead><tbody>"
    for row in rows:
        yield "<tr>"
        for number, (cell, name, look) in enumerate(zip(row, table.columns, classes, strict=True)):
            tag, scope = ("td", "") if number else ("th", ' scope="row"')
            is_key = name in table.keys and " " not in cell.text
            content = _key(cell.text) if is_key else _cell(cell, is_wide=name in table.wide)
            yield f"<{tag}{scope}{look}>{content}</{tag}>"
        yield "</tr>"
    yield "</tbody></table>"


def _key(key: str) -> str:
    """A key in one piece; a narrow page may break a long one behind the id of the list alone."""
    list_id, colon, rest = key.rpartition(":")
    parts = (f"{list_id}{colon}", rest) if len(key) > _ONE_LINE else (key,)
    pieces = (f'<span class="slc-one">{escape(each)}</span>' for each in parts if each)
    return f"<bdi>{'<wbr>'.join(pieces)}</bdi>"


def _cell(line: Line, *, is_wide: bool) -> str:
    """A date or a code stays in one line, for browsers break behind hyphens; a long name gets width.

    So do several words of a wide column, and two or three of them stay together.
    """
    if len(line.text) > (_SHORT if is_wide else _WIDE):
        return f'<div class="slc-wide">{_spans(line)}</div>'
    if not is_wide and (len(line.text) > _SHORT or " " in line.text):
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
