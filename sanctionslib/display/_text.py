"""Sheets as text: plain, or through rich with colours, in a panel as wide as the terminal.

Both print the same lines: `_layout` breaks a page into pieces of text with a style. Plain text drops
the styles; rich gets them as `Text`, which reads no markup. Nothing else than the standard library
is needed for plain text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import attrs

from sanctionslib.display.sheet import ARROW, Line, Row, Section, Sheet, Span, Table, joined
from sanctionslib.errors import MissingExtraError

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

WIDTH = 100
"""The widest line of plain text, in columns of a terminal."""
_LABEL, _GAP, _NARROW = 22, 2, 6
_READABLE = 16
"""Columns in which a name can be told from others, though it is cut short."""
_LEAST = 10
"""The same of an optional column, before it is omitted."""
_WIDE = 40
"""The same of several words, as of a link: "EXAMPLE FLEET is a subsidiary of it"."""
_STEP = re.compile(r"[^ /]*/|[^ /]+")
"""What may stand in a line of its own: a word, or a part of a path."""
# Our own bullets, as every console can print them; data is printed as it is.
_PLAIN = str.maketrans({"→": "->", "←": "<-", "–": "-"})

_HEAD = 3
"""Lines of banners, title and source above the first result, where a page is short."""
_Printed = list[tuple[str, str]]
"""A printed line: texts with their styles."""
_ELLIPSIS = ("…", "muted")


# ── breaking text ─────────────────────────────────────────────────────────────────────────────────


def columns(text: str) -> int:
    """Number of terminal columns that a text takes: two for wide signs, none for combining ones.

    Example:
        >>> columns("RAB"), columns("人権"), columns("e\u0301")
        (3, 4, 1)
    """
    return len(text) if text.isascii() else sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def wrapped(text: str, width: int) -> list[str]:
    """A text in lines of at most `width` columns, broken at blanks, else behind slashes if it can.

    Example:
        >>> wrapped("RAPID ACTION BATTALION", 12)
        ['RAPID ACTION', 'BATTALION']
        >>> wrapped("idList/id/idType", 12)
        ['idList/id/', 'idType']
    """
    lines: list[str] = []
    current = ""
    for word in text.split(" "):
        joined = f"{current} {word}" if current else word
        if columns(joined) <= width:
            current = joined
            continue
        if current:
            lines.append(current)
        *whole, current = _broken(word, width)
        lines += whole
    return [*lines, current]


def cut(text: str, width: int) -> str:
    """A text that fits, in whole words where that leaves half of it, and "…" for what is left out.

    Example:
        >>> cut("RAPID ACTION BATTALION", 16), cut("RAPID ACTION", 12), cut("BATTALION", 5)
        ('RAPID ACTION …', 'RAPID ACTION', 'BATT…')
    """
    if columns(text) <= width:
        return text
    kept, used = 0, 1
    for char in text:
        used += _columns(char)
        if used > width:
            break
        kept += 1
    start = text[:kept]
    words = start[: start.rfind(" ") + 1]
    is_enough = columns(words) > width // 2 and text[kept : kept + 1] != " "
    return f"{words.rstrip(' …')} …" if is_enough else f"{start}…"


def _broken(word: str, width: int) -> list[str]:
    """A word in pieces that fit: paths behind slashes; what has none is cut into equal parts."""
    if columns(word) <= max(width, 0):
        return [word]
    pieces = list[str]()
    current = ""
    for step in _STEP.findall(word):
        if columns(current + step) <= width:
            current += step
            continue
        *whole, last = _cut(step, width)
        pieces += [current, *whole]
        current = last
    return [one for one in (*pieces, current) if one]


def _cut(word: str, width: int) -> list[str]:
    """A word in equal pieces that fit; a wide sign in a single column gets its line all the same."""
    needs = columns(word)
    width = -(-needs // -(-needs // max(width, 1))) if needs else 1
    pieces, used = [""], 0
    for char in word:
        if pieces[-1] and used + _columns(char) > width:
            pieces.append("")
            used = 0
        pieces[-1] += char
        used += _columns(char)
    return pieces


def _parts(line: Line, width: int, *, is_cut: bool = False) -> Iterator[_Printed]:
    """A line in parts that fit, each with the tones of its spans; where it `is_cut`, the first."""
    spans = _with_plain_arrows(line)
    text, at = " ".join(span.text for span in spans), 0
    if is_cut:
        *named, last = spans or [Span("")]
        if last.tone == "mark" and named and columns(text) > width >= 2 * columns(last.text):
            # A warning word is not cut away from the value that it warns of.
            left = Line(tuple(named))
            (told,) = _parts(left, width - columns(last.text) - 1, is_cut=True)
            yield [*told, (" ", "plain"), (last.text, last.tone)]
            return
        kept = cut(text, width)
        is_whole = kept == text
        yield [*_slice(spans, 0, len(kept) - (not is_whole)), *([] if is_whole else [_ELLIPSIS])]
        return
    for part in wrapped(text, width):
        at = text.index(part, at)
        yield [*_slice(spans, at, at + len(part))]
        at += len(part)


def _with_plain_arrows(line: Line) -> list[Span]:
    return [
        Span(span.text.translate(_PLAIN), "muted") if span is ARROW else span for span in line.spans
    ]


def _slice(spans: Iterable[Span], start: int, end: int) -> Iterator[tuple[str, str]]:
    at = 0
    for span in spans:
        if piece := span.text[max(start - at, 0) : max(end - at, 0)]:
            yield piece, span.tone
        at += len(span.text)
        if start <= at < end:
            yield " ", "plain"
        at += 1


# ── pages ─────────────────────────────────────────────────────────────────────────────────────────


def text_page(
    sheet: Sheet, *, width: int = WIDTH, explain: bool = False, more: str = "explain=True"
) -> str:
    """A sheet as plain text, without a newline at its end: its details where `explain` is set.

    `more` is what the last line tells a reader to say for them; without it nothing is told.
    """
    lines = _page(sheet, width, f"{sheet.what}: ", explain=explain, more=more)
    return "\n".join("".join(text for text, _ in one).rstrip() for one in lines)


def _page(sheet: Sheet, width: int, what: str, *, explain: bool, more: str) -> Iterator[_Printed]:
    """Banners, title with facts, source; the sections that are shown; footer."""
    banners = [f"*** {one} ***" for one in sheet.banners]
    if columns(" ".join(banners)) <= width:
        banners = [" ".join(banners)] if banners else []
    warnings = [part for one in banners for part in wrapped(one, width)]
    yield from ([(one, "banner")] for one in warnings)
    yield from _head(sheet, width, what, most=None if explain else max(_HEAD - len(warnings), 1))
    shown = [one for one in sheet.sections if explain or not one.is_detail]
    # The first result is to stand high up: a title or a head of a table parts it well enough.
    if shown and (explain or (shown[0].rows and not shown[0].title)):
        yield []
    labels = [columns(row.label) for section in shown for row in section.rows]
    label_width = min(max(labels, default=0), _LABEL, width // 3)
    for number, section in enumerate(shown):
        # Rows go on below rows; anything else is a part of its own.
        if number and not (_is_rows(section) and _is_rows(shown[number - 1])):
            yield []
        yield from _section(section, width, label_width, is_cut=not explain)
    is_more = len(shown) < len(sheet.sections)
    footer = joined(sheet.footer, f"Details: {more}." if is_more and more else "", by=" ")
    if footer:
        yield []
        yield from _styled(footer, "muted", width)


def _is_rows(section: Section) -> bool:
    return not (section.title or section.note or section.table or section.after)


def _head(sheet: Sheet, width: int, what: str, *, most: int | None) -> Iterator[_Printed]:
    """Title with facts, source; in short at most so many lines, of whole facts: those that fit."""
    is_whole = most is None
    title, facts = wrapped(f"{what}{sheet.title}", width), [*sheet.facts, *sheet.chips]
    source = [sheet.source] if sheet.source else []
    beside = facts if is_whole else [*sheet.facts, *(["…"] if sheet.chips else [])]
    is_beside = len(title) == 1 and columns(" · ".join((*title, *beside))) <= width
    parts = [facts, source]
    if most is None:
        most = len(title)
    elif len(title) + (not is_beside) + bool(source) > most:
        # What was looked at is never left out, however little fits.
        looked_at, *counts = sheet.source.split(" · ")
        parts = [[*sheet.facts, *filter(None, (looked_at, *counts)), *sheet.chips]]
        if looked_at not in _fitting(parts[0], width):
            parts = [[looked_at, *sheet.facts, *counts, *sheet.chips]]
        most = max(most - 1, 1)
        is_beside = False
    *above, last = [*title[: most - 1], " ".join(title[most - 1 :])] if title[most:] else title
    yield from ([(one, "title")] for one in above)
    last = cut(last, width)
    if is_beside:
        told = _fitting(parts.pop(0), width - columns(f"{last} · "))
        yield [(last, "title"), (f" · {told}" if told else "", "muted")]
    else:
        yield [(last, "title")]
    for one in filter(None, parts):
        told = " · ".join(one) if is_whole else _fitting(one, width) or cut(one[0], width)
        yield from _styled(told, "muted", width)


def _fitting(facts: Sequence[str], width: int) -> str:
    """The first facts that fit, then "…"; "" where not even one does."""
    for count in range(len(facts), 0, -1):
        told = " · ".join((*facts[:count], *(["…"] if facts[count:] else [])))
        if columns(told) <= width:
            return told
    return ""


def _styled(text: str, style: str, width: int) -> Iterator[_Printed]:
    return ([(part, style)] for part in wrapped(text, width))


def _section(section: Section, width: int, label_width: int, *, is_cut: bool) -> Iterator[_Printed]:
    head = [text for text in (section.title.upper(), section.note) if text]
    yield from _styled(": ".join(head), "section", width) if head else ()
    for row in section.rows:
        yield from _row(row, width, label_width, is_cut=is_cut and row.is_cut)
    if section.table is not None and section.table.rows:
        if section.rows:
            yield []
        yield from _table(section.table, width, is_cut=is_cut)
    if section.after:
        yield from _styled(section.after, "plain", width)


def _row(row: Row, width: int, label_width: int, *, is_cut: bool) -> Iterator[_Printed]:
    label: list[_Printed] = [[(part, "label")] for part in wrapped(row.label, label_width)]
    lines = [
        part
        for one in row.lines
        for part in _indented(one, width - label_width - _GAP, is_cut=is_cut)
    ]
    return _beside((label, lines), (label_width, 0))


def _beside(
    cells: Sequence[Sequence[_Printed]], widths: Sequence[int], numeric: Sequence[int] = ()
) -> Iterator[_Printed]:
    """Cells of one or more lines beside each other; those at the places `numeric` to the right."""
    for number in range(max(map(len, cells))):
        printed: _Printed = []
        for at, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            part = cell[number] if number < len(cell) else []
            used = sum(columns(text) for text, _ in part)
            blank = (" " * (width - used), "plain")
            printed += [blank, *part] if at in numeric else [*part, blank]
            printed.append((" " * _GAP, "plain"))
        yield printed[:-1]


def _indented(line: Line, width: int, *, is_cut: bool = False) -> Iterator[_Printed]:
    if not line.level:
        yield from _parts(line, width, is_cut=is_cut)
        return
    first = "  " * (line.level - 1) + line.bullet.translate(_PLAIN) + " "
    for number, part in enumerate(_parts(line, width - len(first), is_cut=is_cut)):
        yield [(" " * len(first) if number else first, "muted"), *part]


# ── tables ────────────────────────────────────────────────────────────────────────────────────────


class _Column:
    """A column with its cells, and the widths that it can have."""

    def __init__(self, table: Table, at: int) -> None:
        self.head = table.columns[at]
        self.cells = [row[at] for row in table.rows]
        self.is_numeric, self.is_wide = self.head in table.numeric, self.head in table.wide
        shown = (Line((*_with_plain_arrows(cell),)).text for cell in self.cells)
        texts = [self.head, *shown]
        self.widest = max(map(columns, texts))
        self.readable = min(self.widest, _WIDE if self.is_wide else _READABLE)
        """The width that it needs, as long as another column can be omitted for it."""
        words = max(columns(word) for text in texts for word in _STEP.findall(text))
        self.spare = self.readable - max(_LEAST, columns(self.head))
        """What it can do without rather than be omitted, where names have space."""
        narrow = min(self.widest, _NARROW)
        first = self.readable if self.is_wide else min(words, _READABLE)
        self.least = (max(narrow, first), narrow, 1)
        """The width below which it does not go, as long as another column can give way."""
        if self.is_numeric or self.head in table.keys:
            self.readable, self.spare, self.least = self.widest, 0, (self.widest,) * 3

    def printed(self, width: int, *, is_cut: bool) -> list[list[_Printed]]:
        """The lines of each cell."""
        return [[*_indented(cell, width, is_cut=is_cut)] for cell in self.cells]


def _table(table: Table, width: int, *, is_cut: bool) -> Iterator[_Printed]:
    """A row is one line, its cells cut short where they must be; else they stand in several."""
    shown = [_Column(table, at) for at in range(len(table.columns))]
    hidden: list[str] = []
    for name in table.optional:
        missing = sum(one.readable for one in shown) + _GAP * (len(shown) - 1) - width
        if missing <= 0:
            break
        (last,) = (one for one in shown if one.head == name)
        if missing <= last.spare and width >= WIDTH:
            break
        hidden.append(name)
        shown.remove(last)
    widths = _widths(shown, width - _GAP * (len(shown) - 1))
    if is_cut:
        widths = _tightened(shown, widths)
    numeric = [at for at, one in enumerate(shown) if one.is_numeric]
    heads = [[[(one.head.upper(), "head")]] for one in shown]
    yield from _beside(heads, widths, numeric)
    cells = [one.printed(width, is_cut=is_cut) for one, width in zip(shown, widths, strict=True)]
    for row in zip(*cells, strict=True):
        yield from _beside(row, widths, numeric)
    if hidden:
        names = ", ".join(name for name in table.columns if name in hidden)
        yield from _styled(f"not shown at this width: {names}", "muted", width)


def _tightened(shown: Sequence[_Column], widths: Sequence[int]) -> list[int]:
    """What texts that are cut behind a word leave of their columns is for those that lack some."""
    found = list[int]()
    for one, width in zip(shown, widths, strict=True):
        lines = (line for cell in one.printed(width, is_cut=True) for line in cell)
        used = (sum(columns(text) for text, _ in each) for each in lines)
        found.append(max(columns(one.head), *used) if width < one.widest else width)
    spare = max(sum(widths) - sum(found), 0)
    for at in sorted(range(len(shown)), key=lambda at: shown[at].is_wide):
        more = min(spare, shown[at].widest - found[at])
        found[at] += more
        spare -= more
    return found


def _widths(shown: Sequence[_Column], space: int) -> list[int]:
    """Widths that fit: the widest column gives way first, keys never, words as late as possible."""
    found = [one.widest for one in shown]
    for stage in range(3):
        while sum(found) > space:
            soft = [n for n, one in enumerate(shown) if found[n] > one.least[stage]]
            if not soft:
                break
            found[max(soft, key=lambda number: found[number])] -= 1
    return found


# ── rich ──────────────────────────────────────────────────────────────────────────────────────────

_STYLES = {
    "plain": "",
    "strong": "bold",
    "muted": "dim",
    "mark": "yellow",
    "label": "cyan",
    "banner": "bold black on yellow",
    "title": "bold",
    "section": "bold",
    "head": "dim",
}


def rich_panel(
    sheet: Sheet, *, explain: bool = False, more: str = "explain=True"
) -> RenderableType:
    """A sheet as a rich panel; see `text_page`.

    Raises:
        MissingExtraError: rich is not installed.
    """
    try:
        from rich import box
        from rich.panel import Panel
        from rich.text import Text
    except ImportError as error:
        raise MissingExtraError("rich", extra="rich") from error
    title = Text(sheet.what)
    body = _Rich(sheet, explain, more)
    return Panel(body, title=title, title_align="left", box=box.ROUNDED, padding=(0, 1))


@attrs.frozen
class _Rich:
    """A page that knows, once it is printed, how wide the terminal is."""

    sheet: Sheet
    explain: bool
    more: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.text import Text

        width = options.max_width
        for printed in _page(self.sheet, width, "", explain=self.explain, more=self.more):
            yield Text.assemble(*((text, _STYLES[style]) for text, style in printed))
