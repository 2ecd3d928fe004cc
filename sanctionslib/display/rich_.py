"""Sheets as rich renderables: a panel with labelled rows. Data is never read as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctionslib.display._sheet import Grid, Line, Row, Section, Sheet, Tone
from sanctionslib.errors import MissingExtraError

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

__all__ = ["print_sheet"]

_STYLES: dict[Tone, str] = {"plain": "", "strong": "bold", "muted": "dim", "mark": "yellow"}


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

    text = Text()
    if line.level:
        text.append("  " * (line.level - 1) + line.bullet + " ", style="dim")
    for number, span in enumerate(line.spans):
        text.append(" " if number else "").append(span.text, style=_STYLES[span.tone])
    return text


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
        found.append(_grid(section.grid))
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


def _grid(grid: Grid) -> RenderableType:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for number, column in enumerate(grid.columns):
        right = number in grid.numeric
        table.add_column(Text(column), justify="right" if right else "left", overflow="fold")
    for row in grid.rows:
        table.add_row(*(_text(cell) for cell in row))
    return table
