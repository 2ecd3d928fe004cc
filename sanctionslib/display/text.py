"""Sheets as plain text: at most 100 columns, no colour, nothing that drives a terminal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from sanctionslib.display._sheet import ARROW, Grid, Line, Section, Sheet

__all__ = [
    "KEY",
    "WIDTH",
    "broken",
    "broken_key",
    "columns",
    "fitted",
    "least_of_keys",
    "natural",
    "print_sheet",
    "wrapped",
]

WIDTH = 100
"""The widest line, in columns of a terminal."""
_LABEL = 22
_GAP = 2
_NARROW = 6
KEY = 24
"""Columns that a key has at least: those of publishers fit, and half a hash of 40 signs."""
_STEP = re.compile(r"[^ /]*/|[^ /]+")
"""What may stand in a line of its own: a word, or a part of a path."""
_PART = re.compile(r"[^-]*-|[^-]+")
"""The same of a key that we had to build: the words between its hyphens."""
# Our own bullets, as every console can print them; data is printed as it is.
_PLAIN = str.maketrans({"→": "->", "←": "<-", "–": "-"})


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
    lines.append(current)
    return lines


def broken(word: str, width: int) -> list[str]:
    """A word in pieces that fit, as few as may be: paths and addresses behind slashes."""
    pieces: list[str] = []
    current = ""
    for step in _STEP.findall(word):
        if columns(current + step) <= width:
            current += step
            continue
        if current:
            pieces.append(current)
        *cut, current = _cut(step, width)
        pieces += cut
    return [*pieces, current]


def broken_key(key: str, width: int) -> list[str]:
    """A key in pieces that fit: behind the list id, then behind hyphens, a hash in equal parts.

    Nothing is left out. What a piece goes on from is told by the list id: every key begins with it.

    Example:
        >>> broken_key("us_klepto_hr_visa:~abel-kandiho", 24)
        ['us_klepto_hr_visa:', '~abel-kandiho']
        >>> broken_key("us_trade_csl:caeb24bb901171744f7b376b17c4ad98a782c827", 24)
        ['us_trade_csl:', 'caeb24bb901171744f7b', '376b17c4ad98a782c827']
    """
    if columns(key) <= width:
        return [key]
    list_id, colon, rest = key.partition(":")
    pieces: list[str] = []
    current = ""
    for step in (list_id + colon, *_PART.findall(rest)):
        if pieces and columns(current + step) <= width:
            current += step
            continue
        if current:
            pieces.append(current)
        needs = columns(step)
        parts = -(-needs // width)
        *cut, current = _cut(step, -(-needs // parts)) if parts else [""]
        pieces += cut
        if not pieces:
            pieces, current = [current], ""
    return [*pieces, current] if current else pieces


def _cut(word: str, width: int) -> list[str]:
    """A word in pieces that fit; a wide sign in a single column gets its line all the same."""
    pieces: list[str] = []
    current, used = "", 0
    for char in word:
        needs = _columns(char)
        if current and used + needs > width:
            pieces.append(current)
            current, used = "", 0
        current, used = current + char, used + needs
    return [*pieces, current]


def print_sheet(sheet: Sheet) -> str:
    """A sheet as text, without a newline at its end."""
    return "\n".join(line.rstrip() for line in _lines(sheet))


def _lines(sheet: Sheet) -> Iterator[str]:
    for banner in sheet.banners:
        yield from (f"*** {part} ***" for part in wrapped(banner, WIDTH - 8))
    facts = " · ".join((*sheet.facts, *sheet.chips))
    if facts:
        yield from wrapped(sheet.title, WIDTH)
        yield from wrapped(f"{sheet.what} · {facts}", WIDTH)
    else:
        yield from wrapped(f"{sheet.what}: {sheet.title}", WIDTH)
    yield "-" * WIDTH
    labels = [columns(row.label) for section in sheet.filled for row in section.rows]
    width = min(max(labels, default=0), _LABEL)
    for number, section in enumerate(sheet.filled):
        if number:
            yield ""
        yield from _section(section, width)


def _section(section: Section, label_width: int) -> Iterator[str]:
    if head := ": ".join(text for text in (section.title.upper(), section.note) if text):
        yield from wrapped(head, WIDTH)
    for row in section.rows:
        labels = wrapped(row.label, label_width)
        lines = [part for one in row.lines for part in _indented(one, WIDTH - label_width - _GAP)]
        for number in range(max(len(labels), len(lines))):
            label = labels[number] if number < len(labels) else ""
            value = lines[number] if number < len(lines) else ""
            yield f"{_padded(label, label_width)}{' ' * _GAP}{value}"
    if section.grid is not None and section.grid.rows:
        if section.rows:
            yield ""
        yield from _grid(section.grid)
    if section.after:
        yield from wrapped(section.after, WIDTH)


def _indented(one: Line, width: int) -> Iterator[str]:
    first = ""
    if one.level:
        first = "  " * (one.level - 1) + one.bullet.translate(_PLAIN) + " "
    indent = " " * len(first)
    text = " ".join("->" if span is ARROW else span.text for span in one.spans)
    parts = wrapped(text, width - len(indent))
    for number, part in enumerate(parts):
        yield f"{indent if number else first}{part}"


def _padded(text: str, width: int, *, right: bool = False) -> str:
    blanks = " " * (width - columns(text))
    return blanks + text if right else text + blanks


def _grid(grid: Grid) -> Iterator[str]:
    table = [list(grid.columns), *([cell.text for cell in row] for row in grid.rows)]
    room = WIDTH - _GAP * (len(grid.columns) - 1)
    widths = fitted(grid, range(len(grid.columns)), room)
    yield from _grid_row(grid, table[0], widths)
    yield "  ".join("-" * width for width in widths)
    for row in table[1:]:
        yield from _grid_row(grid, row, widths)


def natural(grid: Grid, shown: Sequence[int]) -> list[int]:
    """The widths that columns of a grid would like to have."""
    return [max(columns(text) for text in _column(grid, number)) for number in shown]


def least_of_keys(grid: Grid, number: int) -> int:
    """The width that a column of keys needs, once long ones stand in several lines."""
    keys = _column(grid, number)
    return max(columns(piece) for key in keys for piece in broken_key(key, KEY))


def fitted(grid: Grid, shown: Sequence[int], room: int) -> list[int]:
    """Widths for columns of a grid that fit into a room: the widest give way first.

    Long keys (`Grid.keys`) stand in several lines before anything else gives way. Other words are
    broken only where nothing else is left, keys not even then, as long as the others keep a few
    columns.

    Example:
        >>> from sanctionslib.display._sheet import line
        >>> rows = ((line("list:1234"), line("OF DEFENSE AND INDUSTRIES")),)
        >>> fitted(Grid(("id", "name"), rows, keys=frozenset({0})), (0, 1), 20)
        [9, 11]
    """
    found = natural(grid, shown)
    if sum(found) > room:
        found = [
            least_of_keys(grid, number) if number in grid.keys else width
            for number, width in zip(shown, found, strict=True)
        ]
    words = [
        max(columns(word) for text in _column(grid, number) for word in _STEP.findall(text) or [""])
        for number in shown
    ]
    keys = [
        width if number in grid.keys else min(width, _NARROW)
        for number, width in zip(shown, found, strict=True)
    ]
    found = [min(width, room) for width in found]
    rest = [
        key if number in grid.keys else max(word, key)
        for number, word, key in zip(shown, words, keys, strict=True)
    ]
    for least in (rest, keys, [1] * len(found)):
        while sum(found) > room:
            soft = [n for n, width in enumerate(found) if width > least[n]]
            if not soft:
                break
            found[max(soft, key=lambda number: found[number])] -= 1
    return found


def _column(grid: Grid, number: int) -> tuple[str, ...]:
    return (grid.columns[number], *(row[number].text for row in grid.rows))


def _grid_row(grid: Grid, cells: list[str], widths: list[int]) -> Iterator[str]:
    parts = [
        broken_key(cell, width) if number in grid.keys else wrapped(cell, width)
        for number, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    for number in range(max(len(part) for part in parts)):
        yield "  ".join(
            _padded(part[number] if number < len(part) else "", width, right=n in grid.numeric)
            for n, (part, width) in enumerate(zip(parts, widths, strict=True))
        )
