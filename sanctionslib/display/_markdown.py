r"""Sheets as Markdown (GitHub's): headings, lists, tables. Untrusted data stays text.

Signs that mean something in Markdown or HTML stand behind a backslash. The only links are those to
web addresses, as in the other forms.

    >>> escaped("EXAMPLE <b> | *LLC*")
    'EXAMPLE \\<b\\> \\| \\*LLC\\*'
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sanctionslib.display.sheet import Line, Row, Section, Sheet, Span, Table

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


def markdown_page(sheet: Sheet, *, explain: bool = False) -> str:
    """A sheet as Markdown, without a newline at its end: its details where `explain` is set."""
    return "\n".join(_lines(sheet, explain)).rstrip("\n")


def _lines(sheet: Sheet, explain: bool) -> Iterator[str]:
    yield from (f"# {escaped(sheet.title)}", "")
    for banner in sheet.banners:
        yield from (f"> **{escaped(banner)}**", "")
    yield escaped(" · ".join((sheet.what, *sheet.facts, *sheet.chips)))
    if sheet.source:
        yield from ("", escaped(sheet.source))
    in_list = False
    for section in (one for one in sheet.sections if explain or not one.is_detail):
        # A list continues where a section has no title: a blank line would spread out all of it.
        if section.title or section.note or not (in_list and section.rows):
            yield ""
        yield from section_lines(section)
        in_list = bool(section.rows) and section.table is None and not section.after
    if sheet.footer:
        yield from ("", escaped(sheet.footer))


def section_lines(section: Section, *, level: int = 2) -> Iterator[str]:
    """The lines of a section, with its title as a heading of that level."""
    if section.title:
        yield from (f"{'#' * level} {escaped(section.title)}", "")
    if section.note:
        yield from (escaped(section.note), "")
    for row in section.rows:
        yield from _row(row)
    if section.table is not None and section.table.rows:
        if section.rows:
            yield ""
        yield from _table(section.table)
    if section.after:
        if section.has_content:
            yield ""
        yield escaped(section.after)


def _row(row: Row) -> Iterator[str]:
    label = f"- **{escaped(row.label)}**:"
    first, *rest = row.lines or (Line(),)
    if not rest and not first.level:
        yield f"{label} {_spans(first)}".rstrip()
        return
    yield label
    for one in row.lines:
        yield f"{'  ' * (one.level + 1)}- {_spans(one)}"


def _table(table: Table) -> Iterator[str]:
    yield f"| {' | '.join(escaped(one) for one in table.columns)} |"
    rules = ("--:" if one in table.numeric else "---" for one in table.columns)
    yield f"| {' | '.join(rules)} |"
    for row in table.rows:
        yield f"| {' | '.join(_spans(one) for one in row)} |"


def _spans(line: Line) -> str:
    return " ".join(map(_span, line.spans))


def _span(span: Span) -> str:
    text = escaped(span.text)
    if span.tone in ("strong", "mark"):
        text = f"**{text}**"
    if span.href is None:
        return text
    # The address stands between pointed brackets, which it may not end.
    url = span.href.replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E")
    return f"[{text}](<{url}>)"
