"""Sheets as plain text: at most 100 columns, no colour, nothing that drives a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from sanctionslib.display._sheet import Grid, Line, Section, Sheet

__all__ = ["WIDTH", "columns", "print_sheet", "wrapped"]

WIDTH = 100
"""The widest line, in columns of a terminal."""
_LABEL = 22
_GAP = 2
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
    """A text in lines of at most `width` columns, broken at blanks, else where it must be.

    Example:
        >>> wrapped("RAPID ACTION BATTALION", 12)
        ['RAPID ACTION', 'BATTALION']
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
        *broken, current = _broken(word, width)
        lines += broken
    lines.append(current)
    return lines


def _broken(word: str, width: int) -> list[str]:
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
        yield from _grid(section.grid)
    if section.after:
        yield from wrapped(section.after, WIDTH)


def _indented(one: Line, width: int) -> Iterator[str]:
    first = ""
    if one.level:
        first = "  " * (one.level - 1) + one.bullet.translate(_PLAIN) + " "
    indent = " " * len(first)
    parts = wrapped(one.text, width - len(indent))
    for number, part in enumerate(parts):
        yield f"{indent if number else first}{part}"


def _padded(text: str, width: int, *, right: bool = False) -> str:
    blanks = " " * (width - columns(text))
    return blanks + text if right else text + blanks


def _grid(grid: Grid) -> Iterator[str]:
    table = [list(grid.columns), *([cell.text for cell in row] for row in grid.rows)]
    widths = _fitted([max(columns(row[n]) for row in table) for n in range(len(grid.columns))])
    yield from _grid_row(table[0], widths, grid.numeric)
    yield "  ".join("-" * width for width in widths)
    for row in table[1:]:
        yield from _grid_row(row, widths, grid.numeric)


def _fitted(widths: list[int]) -> list[int]:
    """Widths that fit into a line: the widest columns give way first."""
    room = WIDTH - _GAP * (len(widths) - 1)
    widths = [min(width, room) for width in widths]
    while sum(widths) > room:
        widths[widths.index(max(widths))] -= 1
    return widths


def _grid_row(cells: list[str], widths: list[int], numeric: frozenset[int]) -> Iterator[str]:
    parts = [wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for number in range(max(len(part) for part in parts)):
        yield "  ".join(
            _padded(part[number] if number < len(part) else "", width, right=n in numeric)
            for n, (part, width) in enumerate(zip(parts, widths, strict=True))
        )
