"""Sheet: what a printed object consists of, before anybody asks whether it is text, rich or HTML.

A `Sheet` has a heading and sections; a section has labelled rows, or a grid with columns. The three
printers (`text`, `html`, `rich_`) know sheets and nothing of entities; the modules that fill sheets
know entities and nothing of columns or tags.

All text passes through `visible` when it enters a sheet, so that no printer can forget it: list
data comes from strangers, and a name must be able neither to drive a terminal nor to turn the
reading direction of what stands beside it.
"""

from __future__ import annotations

import unicodedata
from typing import Literal

import attrs

__all__ = [
    "ARROW",
    "Grid",
    "Line",
    "Row",
    "Section",
    "Sheet",
    "Span",
    "Tone",
    "flag",
    "line",
    "mark",
    "muted",
    "strong",
    "visible",
]

Tone = Literal["plain", "strong", "muted", "mark"]
SectionTone = Literal["plain", "inferred", "unstated"]

_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
# Format characters that readers need or see: the joiners that Persian and Indic spelling uses, and
# the signs that Arabic and Kaithi print over numbers.
_KEPT = frozenset(
    "\u200c\u200d\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u0890\u0891\u08e2\U000110bd"
)
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def visible(text: str) -> str:
    r"""Show characters that act instead of being seen: controls, direction overrides, surrogates.

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


def _visible_all(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(visible(text) for text in texts)


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
"""From what was to what is; plain text has it in signs that every console can print."""


@attrs.frozen
class Line:
    """Spans that are joined by blanks. A line of `level` 1 and more hangs at a bullet."""

    spans: tuple[Span, ...]
    level: int = 0
    bullet: str = "–"

    @property
    def text(self) -> str:
        """The line without tones."""
        return " ".join(span.text for span in self.spans)


@attrs.frozen
class Row:
    """A label and what it is about."""

    label: str = attrs.field(converter=visible)
    lines: tuple[Line, ...]


@attrs.frozen
class Grid:
    """A table with headed columns; the first column is the head of its row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    numeric: frozenset[int] = frozenset()
    """Columns of numbers, which stand flush right."""
    keys: frozenset[int] = frozenset()
    """Columns of keys, which are never cut short: half an id is another id. A long one may stand in
    several lines."""
    first_to_go: tuple[int, ...] = ()
    """Columns that a narrow terminal does without, before it breaks names into pieces."""


@attrs.frozen(kw_only=True)
class Section:
    """A part of a sheet. `note` stands below the title and says how to read the part."""

    title: str = attrs.field(default="", converter=visible)
    note: str = attrs.field(default="", converter=visible)
    rows: tuple[Row, ...] = ()
    grid: Grid | None = None
    after: str = attrs.field(default="", converter=visible)
    """What stands below the rows: "… and 6 more"."""
    tone: SectionTone = "plain"

    @property
    def is_bare(self) -> bool:
        """True where it has neither rows nor a filled grid."""
        return not (self.rows or (self.grid and self.grid.rows))

    @property
    def is_empty(self) -> bool:
        """True where it would print nothing but its title."""
        return self.is_bare and not self.after


@attrs.frozen(kw_only=True)
class Sheet:
    """A printed object."""

    what: str
    """What sort of thing is printed, in a word or two."""
    title: str = attrs.field(converter=visible)
    facts: tuple[str, ...] = attrs.field(default=(), converter=_visible_all)
    """What stands beside the title: kind, id."""
    chips: tuple[str, ...] = attrs.field(default=(), converter=_visible_all)
    """Program codes."""
    banners: tuple[str, ...] = attrs.field(default=(), converter=_visible_all)
    """What nobody may overlook: SAMPLE, PART, INCOMPLETE."""
    sections: tuple[Section, ...] = ()

    @property
    def filled(self) -> tuple[Section, ...]:
        """The sections that have something to say."""
        return tuple(section for section in self.sections if not section.is_empty)


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


def line(*parts: Span | str | None, level: int = 0) -> Line:
    """A line of its parts; None and "" are left out.

    Example:
        >>> line("AZAD, K M", None, flag("WEAK")).text
        'AZAD, K M [WEAK]'
    """
    spans = (Span(part) if isinstance(part, str) else part for part in parts if part is not None)
    return Line(tuple(span for span in spans if span.text), level)
