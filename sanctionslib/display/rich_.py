"""Sheets as rich renderables: a panel with labelled rows. Data is never read as markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sanctionslib.display import text
from sanctionslib.display._sheet import Grid, Line, Row, Section, Sheet, Tone
from sanctionslib.errors import MissingExtraError

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
    from rich.text import Text

__all__ = ["print_sheet"]

_STYLES: dict[Tone, str] = {"plain": "", "strong": "bold", "muted": "dim", "mark": "yellow"}
_GAP = 2
_READABLE = 36
"""Columns in which a name can be read, though it takes several lines."""


def print_sheet(sheet: Sheet) -> RenderableType:
    """A sheet as a rich panel.

    Raises:
        MissingExtraError: rich is not installed.
    """
    try:
        from rich import box
        from rich.console import Group
        from rich.panel import Panel
        from rich.text import Text
    except ImportError as error:
        raise MissingExtraError("rich", extra="rich") from error
    head: list[RenderableType] = [
        Text(f" {banner} ", style="bold black on yellow") for banner in sheet.banners
    ]
    head.append(Text(sheet.title, style="bold"))
    if sheet.facts or sheet.chips:
        facts = Text(" · ".join(sheet.facts), style="dim")
        for chip in sheet.chips:
            facts.append("  ").append(f" {chip} ", style="reverse")
        head.append(facts)
    width = min(max((len(row.label) for each in sheet.filled for row in each.rows), default=0), 22)
    body: list[RenderableType] = []
    for section in sheet.filled:
        body += [Text(""), *_section(section, width)]
    return Panel(
        Group(*head, *body),
        title=Text(sheet.what),
        title_align="left",
        box=box.ROUNDED,
        padding=(0, 1),
    )


def _text(line: Line) -> Text:
    from rich.text import Text

    found = Text()
    if line.level:
        found.append("  " * (line.level - 1) + line.bullet + " ", style="dim")
    for number, span in enumerate(line.spans):
        found.append(" " if number else "").append(span.text, style=_STYLES[span.tone])
    return found


def _section(section: Section, width: int) -> list[RenderableType]:
    from rich.text import Text

    found: list[RenderableType] = []
    if section.title:
        found.append(Text(section.title, style="bold underline"))
    if section.note:
        found.append(Text(section.note, style="dim italic"))
    if section.rows:
        found.append(_rows(section.rows, width))
    if section.grid is not None and section.grid.rows:
        if section.rows:
            found.append(Text(""))
        found.append(_Grid(section.grid))
    if section.after:
        found.append(Text(section.after))
    return found


def _rows(rows: tuple[Row, ...], width: int) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2, 0, 0), expand=False)
    table.add_column(width=width, overflow="fold")
    table.add_column(overflow="fold")
    for row in rows:
        value = Text("\n").join([_text(line) for line in row.lines])
        table.add_row(Text(row.label, style="cyan"), value)
    return table


class _Grid:
    """A table that knows, once it is printed, how wide the terminal is."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich import box
        from rich.table import Table
        from rich.text import Text

        grid, width = self._grid, options.max_width
        shown, widths = _layout(grid, width)
        # The gap: a blank of padding, and a blank in place of a rule.
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
        for number in shown:
            table.add_column(
                Text(grid.columns[number]),
                justify="right" if number in grid.numeric else "left",
                overflow="fold",
                width=widths[number],
            )
        for row in grid.rows:
            table.add_row(*(_broken(_text(row[n]), widths[n], key=n in grid.keys) for n in shown))
        yield table
        if hidden := [name for n, name in enumerate(grid.columns) if n not in shown]:
            told = f"not shown, as the terminal is too narrow: {', '.join(hidden)}"
            yield Text(told, style="dim italic")


def _layout(grid: Grid, width: int) -> tuple[list[int], dict[int, int]]:
    """The columns that are shown, and their widths."""
    shown = list(range(len(grid.columns)))
    wanted = text.natural(grid, shown)
    for number in grid.first_to_go:
        needed = sum(
            text.least_of_keys(grid, n) if n in grid.keys else min(wanted[n], _READABLE)
            for n in shown
        )
        if needed + _GAP * (len(shown) - 1) <= width:
            break
        shown.remove(number)
    widths = text.fitted(grid, shown, width - _GAP * (len(shown) - 1))
    return shown, dict(zip(shown, widths, strict=True))


def _broken(cell: Text, width: int, *, key: bool) -> Text:
    """A cell whose longest words are broken where plain text breaks them; rich knows only blanks."""
    from rich.text import Text

    offsets: list[int] = []
    for word in re.finditer(r"[^ ]+", cell.plain):
        at = word.start()
        pieces = text.broken_key(word[0], width) if key else text.broken(word[0], width)
        for piece in pieces[:-1]:
            at += len(piece)
            offsets.append(at)
    return Text("\n").join(cell.divide(offsets)) if offsets else cell
