r"""Sheets as Markdown (GitHub's): headings, lists, tables. Data of strangers is text and nothing else.

Signs that mean something in Markdown or HTML stand behind a backslash. What is a link is a link to
the web address of a legal basis, as in the other forms.

    >>> escaped("EXAMPLE <b> | *LLC*")
    'EXAMPLE \\<b\\> \\| \\*LLC\\*'
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sanctionslib.display._sheet import Grid, Line, Row, Section, Sheet, Span

__all__ = ["escaped", "print_sheet", "section_lines"]

_SIGNS = re.compile(r"([\\`*{}\[\]<>#|~&!$^]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9]))")
_START = re.compile(r"([-+=:]|\d+[.)])")
"""What makes a list, a heading or a rule of a line that begins with it."""
_BLANKS = re.compile(r"^ +| +$|(?<= ) +|[^\S ]")
"""White space that Markdown or HTML would take away, or that keeps a text from being bold."""
_WEB = re.compile(r"(https?|ftp)://|www\.|@", re.IGNORECASE)
"""What GitHub makes a link of by itself."""


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, also at the beginning of a line."""
    found = _SIGNS.sub(r"\\\1", text)
    if start := _START.match(found):
        mark = start[0]
        found = f"{mark[:-1]}\\{mark[-1]}{found[len(mark) :]}"
    # A sign of no width in the middle would change the text; a reference to the sign does not.
    found = _WEB.sub(lambda each: each[0][:-1] + f"&#{ord(each[0][-1])};", found)
    # Several blanks would be shown as one.
    return _BLANKS.sub(_blanks, found)


def _blanks(found: re.Match[str]) -> str:
    return "".join("&nbsp;" if one == " " else f"&#{ord(one)};" for one in found[0])


def print_sheet(sheet: Sheet) -> str:
    """A sheet as Markdown, without a newline at its end."""
    return "\n".join(_lines(sheet)).rstrip("\n")


def _lines(sheet: Sheet) -> Iterator[str]:
    yield f"# {escaped(sheet.title)}"
    yield ""
    for banner in sheet.banners:
        yield f"> **{escaped(banner)}**"
        yield ""
    yield escaped(" · ".join((sheet.what, *sheet.facts, *sheet.chips)))
    in_list = False
    for section in sheet.filled:
        # A list goes on where a section has no title: a blank line would spread out all of it.
        if section.title or section.note or not (in_list and section.rows):
            yield ""
        yield from section_lines(section)
        in_list = bool(section.rows) and section.grid is None and not section.after


def section_lines(section: Section, *, level: int = 2) -> Iterator[str]:
    """The lines of a section, with its title as a heading of that level."""
    if section.title:
        yield f"{'#' * level} {escaped(section.title)}"
        yield ""
    if section.note:
        yield f"{escaped(section.note)}"
        yield ""
    for row in section.rows:
        yield from _row(row)
    if section.grid is not None and section.grid.rows:
        if section.rows:
            yield ""
        yield from _grid(section.grid)
    if section.after:
        if not section.is_bare:
            yield ""
        yield escaped(section.after)


def _row(row: Row) -> Iterator[str]:
    label = f"- **{escaped(row.label)}**:"
    first, *rest = row.lines or (Line(()),)
    if not rest and not first.level:
        yield f"{label} {_spans(first)}".rstrip()
        return
    yield label
    for one in row.lines:
        yield f"{'  ' * (one.level + 1)}- {_spans(one)}"


def _grid(grid: Grid) -> Iterator[str]:
    yield f"| {' | '.join(escaped(one) for one in grid.columns)} |"
    rules = ("--:" if n in grid.numeric else "---" for n in range(len(grid.columns)))
    yield f"| {' | '.join(rules)} |"
    for row in grid.rows:
        yield f"| {' | '.join(_spans(one) for one in row)} |"


def _spans(line: Line) -> str:
    return " ".join(_span(span) for span in line.spans)


def _span(span: Span) -> str:
    text = escaped(span.text)
    if span.tone in ("strong", "mark"):
        text = f"**{text}**"
    return text if span.href is None else f"[{text}](<{_address(span.href)}>)"


def _address(url: str) -> str:
    """A web address between pointed brackets, which it may not end."""
    return url.replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E")
