"""Sheet: what a page consists of, before it becomes text, HTML or Markdown.

A `Sheet` has banners, a title with facts, a line that says what was looked at (`source`), sections,
and a line that says what the answer does not prove (`footer`). A section has labelled rows or a
table; one that is a detail of the answer is shown where details are asked for. The printers know
sheets and nothing of entities. All text passes through `visible` when it enters a sheet, so that no
printer can forget it: list data is untrusted, and a name must be able neither to drive a terminal
nor to turn the reading direction of its surroundings.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, Literal, TypeAlias, TypeVar

import attrs

__all__ = [
    "ARROW",
    "Cell",
    "Columns",
    "Item",
    "Line",
    "Piece",
    "Row",
    "Section",
    "Sheet",
    "Span",
    "Table",
    "Tone",
    "at_most",
    "counted",
    "flag",
    "joined",
    "kept",
    "line",
    "listing",
    "mark",
    "muted",
    "page",
    "remaining",
    "row",
    "section",
    "strong",
    "table",
    "visible",
]

Tone: TypeAlias = Literal["plain", "strong", "muted", "mark"]

_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
# Format characters that readers need or see: the joiners that Persian and Indic spelling uses, and
# the signs that Arabic and Kaithi print over numbers.
_KEPT = frozenset(
    "\u200c\u200d\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u0890\u0891\u08e2\U000110bd"
)
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def visible(text: str) -> str:
    r"""Text in which controls, direction overrides and surrogates are shown by their codes.

    Example:
        >>> print(visible("a\x1b[31mb\u202ec\nd"))
        a\x1b[31mb[U+202E]c\nd
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible(char) for char in text)


def _visible(char: str) -> str:
    if char in _KEPT or unicodedata.category(char) not in _HIDDEN:
        return char
    if char in _SHORT:
        return _SHORT[char]
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x80 else f"[U+{code:04X}]"


def _visible_all(texts: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(visible(text) for text in texts if text)


def _web_address(url: str | None) -> str | None:
    """The address, where following it opens a web page and does nothing else."""
    if url is None or not url.lower().startswith(("https://", "http://")):
        return None
    return url if url.isprintable() and " " not in url else None


@attrs.frozen
class Span:
    """A piece of text in one tone. The text says everything; the tone only helps the eye."""

    text: str = attrs.field(converter=visible)
    tone: Tone = "plain"
    href: str | None = attrs.field(default=None, converter=_web_address)
    """Web address that the text stands for; anything but http and https is dropped."""


ARROW = Span("→", "muted")
"""From the value before to the value after. Plain text has "->", which every console can print."""


@attrs.frozen
class Line:
    """Spans that are joined by blanks. A line of `level` 1 and more is indented behind a bullet."""

    spans: tuple[Span, ...] = ()
    level: int = 0
    bullet: str = "–"

    @property
    def text(self) -> str:
        """The line without tones."""
        return " ".join(span.text for span in self.spans)

    def __bool__(self) -> bool:
        return bool(self.spans)

    def at(self, level: int) -> Line:
        """The same line at another level."""
        return Line(self.spans, level)


Piece: TypeAlias = "str | Span | Line | None"
"""What a line is made of; None and "" are left out."""
Cell: TypeAlias = "Piece | int"
"""What a cell of a table holds: a number gets separators, an empty cell a dash."""
Item = TypeVar("Item")


@attrs.frozen
class Row:
    """A label and its lines."""

    label: str = attrs.field(converter=visible)
    lines: tuple[Line, ...]
    is_cut: bool = False
    """Whether each line is one of text too, cut short where it must be and no details are asked for."""


@attrs.frozen
class Table:
    """A table; the first column is the head of its row. Columns are referred to by name."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    numeric: frozenset[str] = frozenset()
    """Columns of numbers, which are aligned to the right."""
    keys: frozenset[str] = frozenset()
    """Columns of keys, which are never cut short nor broken: half an id is another id."""
    optional: tuple[str, ...] = ()
    """Columns that a narrow page omits, the first one first, before it cuts names short."""
    wide: frozenset[str] = frozenset()
    """Columns of several words, which need more space to be read than a name."""


@attrs.frozen(kw_only=True)
class Section:
    """A part of a sheet; `note` stands below the title and says how to read it."""

    title: str = attrs.field(default="", converter=visible)
    note: str = attrs.field(default="", converter=visible)
    rows: tuple[Row, ...] = ()
    table: Table | None = None
    after: str = attrs.field(default="", converter=visible)
    """What stands below the rows: "… and 6 more"."""
    tone: Literal["plain", "inferred", "unstated"] = "plain"
    is_detail: bool = False
    """Whether it says how the answer came about; it is shown where details are asked for."""

    @property
    def has_content(self) -> bool:
        """Whether it has rows or a table with rows."""
        return bool(self.rows or (self.table and self.table.rows))


@attrs.frozen(kw_only=True)
class Sheet:
    """A page."""

    what: str
    """What sort of thing is printed, in a word or two."""
    title: str = attrs.field(converter=visible)
    facts: tuple[str, ...] = attrs.field(default=(), converter=_visible_all)
    """What stands beside the title: kind, id."""
    chips: tuple[str, ...] = attrs.field(default=(), converter=_visible_all)
    """Program codes."""
    banners: tuple[str, ...] = attrs.field(default=(), converter=_visible_all)
    """Warnings above everything else: SAMPLE, PART, INCOMPLETE. Empty texts are dropped."""
    source: str = attrs.field(default="", converter=visible)
    """What was looked at, in one line: lists, dates, counts; of a search its threshold and scorer."""
    footer: str = attrs.field(default="", converter=visible)
    """What the answer does not prove, in one line."""
    sections: tuple[Section, ...] = ()


# ── builders ──────────────────────────────────────────────────────────────────────────────────────


def strong(text: str) -> Span:
    """The value that the line is about."""
    return Span(text, "strong")


def muted(text: str) -> Span:
    """Details that stand back."""
    return Span(text, "muted")


def mark(text: str) -> Span:
    """A warning word: not stated, delisted."""
    return Span(text, "mark")


def flag(text: str) -> Span:
    """A warning word behind a value, in brackets, so that it cannot be read as part of it."""
    return Span(f"[{text}]", "mark")


def line(*pieces: Piece, level: int = 0, bullet: str = "–") -> Line:
    """A line of its pieces.

    Example:
        >>> line("AZAD, K M", None, flag("WEAK")).text
        'AZAD, K M [WEAK]'
    """
    spans: list[Span] = []
    for piece in pieces:
        if isinstance(piece, Line):
            spans += piece.spans
        elif piece:
            spans.append(Span(piece) if isinstance(piece, str) else piece)
    return Line(tuple(span for span in spans if span.text), level, bullet)


def row(label: str, *lines: Piece, is_cut: bool = False) -> Row | None:
    """A row of its lines; None where none of them says anything."""
    found = tuple(filter(None, (one if isinstance(one, Line) else line(one) for one in lines)))
    return Row(label, found, is_cut) if found else None


def section(
    *rows: Row | None,
    title: str = "",
    note: str = "",
    table: Table | None = None,
    after: str = "",
    tone: Literal["plain", "inferred", "unstated"] = "plain",
    is_detail: bool = False,
) -> Section:
    """A section of its rows; those that are None are left out."""
    return Section(
        title=title,
        note=note,
        rows=tuple(one for one in rows if one is not None),
        table=table,
        after=after,
        tone=tone,
        is_detail=is_detail,
    )


def page(
    what: str,
    title: str,
    *sections: Section,
    facts: Iterable[str | None] = (),
    chips: Iterable[str] = (),
    banners: Iterable[str] = (),
    source: str = "",
    footer: str = "",
) -> Sheet:
    """A sheet of its sections; those without content are left out."""
    return Sheet(
        what=what,
        title=title or "(no name)",
        facts=facts,
        chips=chips,
        banners=banners,
        source=source,
        footer=footer,
        sections=tuple(one for one in sections if one.has_content or one.after),
    )


def table(
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    numeric: Sequence[str] = (),
    keys: Sequence[str] = (),
    optional: Sequence[str] = (),
    wide: Sequence[str] = (),
) -> Table:
    """A table of its cells; a column that holds a number is aligned as one that `numeric` names."""
    found = set(numeric)

    def cell(name: str, content: Cell) -> Line:
        if isinstance(content, int):
            found.add(name)
            content = f"{content:,}"
        return line(content or "—")

    cells = tuple(tuple(map(cell, columns, each)) for each in rows)
    return Table(
        tuple(columns), cells, frozenset(found), frozenset(keys), tuple(optional), frozenset(wide)
    )


@attrs.frozen
class Columns(Generic[Item]):
    """The columns of a table of items, with what the cells of each have of an item.

    Example:
        >>> [cell.text for cell in Columns[str]({"letter": str.upper}).table("ab").rows[1]]
        ['B']
    """

    cells: Mapping[str, Callable[[Item], Cell]]
    numeric: Sequence[str] = attrs.field(default=(), kw_only=True)
    """As those of a `Table`, likewise `keys`, `optional` and `wide`."""
    keys: Sequence[str] = attrs.field(default=(), kw_only=True)
    optional: Sequence[str] = attrs.field(default=(), kw_only=True)
    wide: Sequence[str] = attrs.field(default=(), kw_only=True)
    is_numbered: bool = attrs.field(default=False, kw_only=True)
    """Whether a column "#" with the number of the item stands before the others."""

    def table(self, items: Iterable[Item]) -> Table:
        """The table of these items."""
        rows = [[cell(one) for cell in self.cells.values()] for one in items]
        heads = [*self.cells]
        if self.is_numbered:
            rows = [[number, *cells] for number, cells in enumerate(rows, 1)]
            heads = ["#", *heads]
        return table(
            heads,
            rows,
            numeric=self.numeric,
            keys=self.keys,
            optional=self.optional,
            wide=self.wide,
        )


def listing(
    title: str,
    items: Sequence[Item],
    columns: Columns[Item],
    *,
    limit: int | None = None,
    more: str = "more",
    note: str = "",
    after: str = "",
    tone: Literal["plain", "inferred", "unstated"] = "plain",
    is_detail: bool = False,
) -> Section:
    """A section with a table of items, the first `limit`; the others are counted as `more`.

    Example:
        >>> shown = listing("Letters", "ABC", Columns({"letter": str}), limit=2)
        >>> [cells[0].text for cells in shown.table.rows], shown.after
        (['A', 'B'], '… and 1 more')
    """
    return section(
        title=title,
        note=note,
        table=columns.table(items[:limit]),
        after=joined(remaining(len(items), limit, more), after, by="; "),
        tone=tone,
        is_detail=is_detail,
    )


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun, whose plural is `many` where it is not a regular one.

    Example:
        >>> counted(1, "party"), counted(2, "party"), counted(1204, "value")
        ('1 party', '2 parties', '1,204 values')
    """
    ends_in_y = one.endswith("y") and one[-2] not in "aeiou"
    regular = f"{one[:-1]}ies" if ends_in_y else f"{one}s"
    return f"{number:,} {one if number == 1 else many or regular}"


def joined(*parts: str | None, by: str = " · ") -> str:
    """The parts that say something, in one text.

    Example:
        >>> joined("us_ofac_sdn", "", None, "26 entries")
        'us_ofac_sdn · 26 entries'
    """
    return by.join(filter(None, parts))


def kept(count: int, limit: int) -> int:
    """How many of `count` are shown: the limit, or all where it would hide one or two.

    Example:
        >>> kept(7, 5), kept(8, 5)
        (7, 5)
    """
    return count if count - limit < 3 else limit


def remaining(count: int, limit: int | None, words: str) -> str:
    """How many more there are than the limit shows, "… and 6 more in `issues`"; "" where none.

    Example:
        >>> remaining(26, 20, "more in `issues`"), remaining(26, None, "more")
        ('… and 6 more in `issues`', '')
    """
    return f"… and {count - limit:,} {words}" if limit is not None and count > limit else ""


def at_most(lines: Sequence[Line], limit: int, noun: str, where: str) -> tuple[Line, ...]:
    """The first lines, how many more there are, and where those are found.

    Example:
        >>> [one.text for one in at_most([*map(line, "ABCD")], 1, "name", "in `names`")]
        ['A', '… and 3 more names, in `names`']
    """
    shown = kept(len(lines), limit)
    more = f"… and {counted(len(lines) - shown, f'more {noun}')}, {where}"
    return (*lines[:shown], *([line(muted(more))] if lines[shown:] else ()))
