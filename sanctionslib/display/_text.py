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

from sanctionslib.display.sheet import ARROW, Line, Row, Section, Sheet, Span, Table
from sanctionslib.errors import MissingExtraError

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

WIDTH = 100
"""The widest line of plain text, in columns of a terminal."""
KEY = 24
"""Columns that a key has at least: those of publishers fit, and half a hash of 40 signs."""
_LABEL, _GAP, _NARROW = 22, 2, 6
_READABLE = 36
"""Columns in which a name can be read, though it takes several lines."""
_STEP = re.compile(r"[^ /]*/|[^ /]+")
"""What may stand in a line of its own: a word, or a part of a path."""
_PART = re.compile(r"[^-]*-|[^-]+")
"""The same of a key that the library built: the words between its hyphens."""
# Our own bullets, as every console can print them; data is printed as it is.
_PLAIN = str.maketrans({"→": "->", "←": "<-", "–": "-"})

_Printed = list[tuple[str, str]]
"""A printed line: texts with their styles."""


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
        *whole, current = broken(word, width)
        lines += whole
    return [*lines, current]


def broken(word: str, width: int, *, key: bool = False) -> list[str]:
    """A word in pieces that fit: paths behind slashes; keys behind the list id, then hyphens.

    Nothing is left out; what no place for a break makes short enough is cut into equal parts.

    Example:
        >>> broken("us_klepto_hr_visa:~abel-kandiho", 24, key=True)
        ['us_klepto_hr_visa:', '~abel-kandiho']
        >>> broken("us_trade_csl:caeb24bb901171744f7b376b17c4ad98a782c827", 24, key=True)
        ['us_trade_csl:', 'caeb24bb901171744f7b', '376b17c4ad98a782c827']
    """
    if columns(word) <= width:
        return [word]
    list_id, colon, rest = word.partition(":") if key else ("", "", word)
    pieces = _cut(list_id + colon, width)
    current = ""
    for step in (_PART if key else _STEP).findall(rest):
        if columns(current + step) <= width:
            current += step
            continue
        *cut, last = _cut(step, width)
        pieces += [current, *cut]
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


def _parts(line: Line, width: int, *, key: bool = False) -> Iterator[_Printed]:
    """A line in parts that fit, each with the tones of its spans."""
    spans = [Span("->", "muted") if span is ARROW else span for span in line.spans]
    text, at = " ".join(span.text for span in spans), 0
    for part in broken(text, width, key=True) if key else wrapped(text, width):
        at = text.index(part, at)
        yield [*_slice(spans, at, at + len(part))]
        at += len(part)


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


def text_page(sheet: Sheet, *, width: int = WIDTH) -> str:
    """A sheet as plain text, without a newline at its end."""
    facts = " · ".join((*sheet.facts, *sheet.chips))
    head = [*_banners(sheet, width)]
    if facts:
        head += _styled(sheet.title, "title", width)
        head += _styled(f"{sheet.what} · {facts}", "muted", width)
    else:
        head += _styled(f"{sheet.what}: {sheet.title}", "title", width)
    lines = [*head, [("-" * width, "muted")], *_layout(sheet, width)]
    return "\n".join("".join(text for text, _ in one).rstrip() for one in lines)


def _banners(sheet: Sheet, width: int) -> Iterator[_Printed]:
    for banner in sheet.banners:
        yield from ([(f"*** {part} ***", "banner")] for part in wrapped(banner, width - 8))


def _styled(text: str, style: str, width: int) -> Iterator[_Printed]:
    return ([(part, style)] for part in wrapped(text, width))


def _layout(sheet: Sheet, width: int) -> Iterator[_Printed]:
    labels = [columns(row.label) for section in sheet.sections for row in section.rows]
    label_width = min(max(labels, default=0), _LABEL, width // 3)
    for number, section in enumerate(sheet.sections):
        if number:
            yield []
        yield from _section(section, width, label_width)


def _section(section: Section, width: int, label_width: int) -> Iterator[_Printed]:
    head = [text for text in (section.title.upper(), section.note) if text]
    yield from _styled(": ".join(head), "section", width) if head else ()
    for row in section.rows:
        yield from _row(row, width, label_width)
    if section.table is not None and section.table.rows:
        if section.rows:
            yield []
        yield from _table(section.table, width)
    if section.after:
        yield from _styled(section.after, "plain", width)


def _row(row: Row, width: int, label_width: int) -> Iterator[_Printed]:
    label: list[_Printed] = [[(part, "label")] for part in wrapped(row.label, label_width)]
    lines = [part for one in row.lines for part in _indented(one, width - label_width - _GAP)]
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


def _indented(line: Line, width: int) -> Iterator[_Printed]:
    if not line.level:
        yield from _parts(line, width)
        return
    first = "  " * (line.level - 1) + line.bullet.translate(_PLAIN) + " "
    for number, part in enumerate(_parts(line, width - len(first))):
        yield [(" " * len(first) if number else first, "muted"), *part]


# ── tables ────────────────────────────────────────────────────────────────────────────────────────


class _Column:
    """A column with its cells, and the widths that it can have."""

    def __init__(self, table: Table, at: int) -> None:
        self.head = table.columns[at]
        self.cells = [row[at] for row in table.rows]
        self.is_key = self.head in table.keys
        self.is_numeric = self.head in table.numeric
        texts = [self.head, *(cell.text for cell in self.cells)]
        self.widest = max(map(columns, texts))
        self.broken = self.widest
        """The width once long keys stand in several lines."""
        words = [word for text in texts for word in _STEP.findall(text)]
        least = min(self.widest, _NARROW)
        self.least = (max(least, *map(columns, words)), least, 1)
        """The width below which it does not go, as long as another column can give way."""
        if self.is_key:
            pieces = (one for text in texts for one in broken(text, KEY, key=True))
            self.broken = max(map(columns, pieces))
            self.least = (self.broken, self.broken, 1)

    @property
    def readable(self) -> int:
        return self.broken if self.is_key else min(self.widest, _READABLE)


def _table(table: Table, width: int) -> Iterator[_Printed]:
    shown = [_Column(table, at) for at in range(len(table.columns))]
    hidden: list[str] = []
    for name in table.optional if width < WIDTH else ():
        if sum(one.readable for one in shown) + _GAP * (len(shown) - 1) <= width:
            break
        hidden.append(name)
        shown = [one for one in shown if one.head != name]
    widths = _widths(shown, width - _GAP * (len(shown) - 1))
    numeric = [at for at, one in enumerate(shown) if one.is_numeric]
    heads = [Line((Span(one.head),)) for one in shown]
    for row in (heads, *zip(*(one.cells for one in shown), strict=True)):
        cells = [
            [*_parts(cell, width, key=one.is_key)]
            for cell, one, width in zip(row, shown, widths, strict=True)
        ]
        yield from _beside(cells, widths, numeric)
        if row is heads:
            yield [("  ".join("-" * width for width in widths), "muted")]
    if hidden:
        names = ", ".join(name for name in table.columns if name in hidden)
        yield from _styled(f"not shown, as the page is too narrow: {names}", "muted", width)


def _widths(shown: Sequence[_Column], space: int) -> list[int]:
    """Widths that fit: the widest column gives way first.

    Long keys stand in several lines before anything else gives way. Other words are broken only
    where nothing else is left, keys not even then, as long as the others keep a few columns.
    """
    found = [one.widest for one in shown]
    if sum(found) > space:
        found = [min(one.broken, space) for one in shown]
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
}


def rich_panel(sheet: Sheet) -> RenderableType:
    """A sheet as a rich panel.

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
    return Panel(_Rich(sheet), title=title, title_align="left", box=box.ROUNDED, padding=(0, 1))


class _Rich:
    """A page that knows, once it is printed, how wide the terminal is."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.text import Text

        sheet, width = self._sheet, options.max_width
        head = [*_banners(sheet, width), *_styled(sheet.title, "title", width)]
        if facts := " · ".join((*sheet.facts, *sheet.chips)):
            head += _styled(facts, "muted", width)
        for printed in (*head, [], *_layout(sheet, width)):
            yield Text.assemble(*((text, _STYLES[style]) for text, style in printed))
