"""The XML of a workbook, looked through before python-calamine reads it.

That library is not made for files from strangers: it keeps the rectangle of all cells of a sheet, so
that one cell far away fills the memory and ends the process; it keeps a text once for each cell that
has it; and it waits without end for the rest of an ods that is cut. It also drops some of what a cell
holds. So each member is parsed here first, in the memory of one element, and what goes beyond a list,
or what the library would read otherwise than it stands, raises.

It takes tags as they are written, and so do we: `table:table-cell`, whatever `table` stands for.
"""

from __future__ import annotations

import re
from functools import lru_cache
from xml.parsers import expat

__all__ = ["LONGEST", "MEMBERS", "checked_member"]

MEMBERS = re.compile(
    r"mimetype|content\.xml|META-INF/manifest\.xml|\[Content_Types\]\.xml|(xl/)?_rels/[^/]*\.rels"
    r"|xl/(?!calcChain)[^/]*\.xml|xl/\w*sheets/[^/]*\.xml",
    re.IGNORECASE,
)
"""Members that say what cells hold. Others are pictures, macros, settings of printers."""
LONGEST = 131_072
"""Characters of a cell; a cell of Excel holds 32,767."""
_ROWS, _COLUMNS, _CELLS = 500_000, 1_000, 10_000_000
"""How far the cells of a sheet may reach, and cells of the rectangle up to there (in ods, of those of
all sheets). Those of lists reach to row 18,798, to column 36, and have 680,000."""
_CHARACTERS = 300_000_000
"""Of all cells of a sheet; those of lists have 15 million."""


def checked_member(name: str, content: bytes, strings: list[int]) -> bytes:
    """The content of a member, with what the library drops written as text.

    Args:
        name: Its name.
        content: XML.
        strings: Lengths of the shared strings; those of this member are added.

    Raises:
        ExpatError: It is no XML in UTF-8.
        ValueError: It goes beyond what a list can be.
    """
    if name == "mimetype":
        return content
    if _Member(content, strings).has_errors:
        return re.sub(rb"""(<[^<>]*?\st\s*=\s*)["']e["']""", rb'\1"str"', content)
    if name == "content.xml":
        content = re.sub(rb"<text:tab\b[^<>]*/>", b"\t", content)
        return re.sub(rb"<text:line-break\b[^<>]*/>", b"\n", content)
    return content


class _Member:
    """What a member of a workbook makes the library keep."""

    has_errors = False
    """Whether cells of xlsx hold errors, which the library makes empty."""

    def __init__(self, content: bytes, strings: list[int]) -> None:
        if b"\0" in content:
            raise ValueError("it is not in UTF-8")
        self._strings = strings
        self._row = self._column = self._height = self._width = self._cells = 0
        self._characters, self._digits = 0, ""
        self._rows = self._times = 1
        self._is_shared = False
        self._is_open = False
        """Whether a row has not ended yet; only in a member with cells that do not say their place."""
        self._parser = parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.CharacterDataHandler = self._text
        # Within a text, the library drops CDATA, and what follows a comment.
        parser.StartDoctypeDeclHandler = parser.StartCdataSectionHandler = _refuse
        parser.CommentHandler = parser.ProcessingInstructionHandler = _refuse
        parser.Parse(content, True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2] if ":" in tag else tag
        if name in ("v", "is"):
            if self._column > self._width or self._row > self._height:
                self._fill()
        elif name == "c":
            self._cell(attributes)
        elif name in ("row", "table-row"):
            self._rows = int(attributes.get("table:number-rows-repeated", 1))
            row = int(attributes.get("r", self._row + self._rows))
            if row <= self._row or self._is_open:
                raise ValueError(f"row {row:,} follows row {self._row:,}")
            self._row, self._column, self._digits = row, 0, str(row)
            self._is_open = self._parser.EndElementHandler is not None
        elif name in ("table-cell", "covered-table-cell"):
            columns = int(attributes.get("table:number-columns-repeated", 1))
            self._column += columns
            self._times = 0
            if any(key.startswith(("office:", "table:formula")) for key in attributes):
                self._times = self._rows * columns
                self._fill()
                self._add(max(map(len, attributes.values())))
        elif name == "table":
            self._cells += self._height * self._width
            self._row = self._column = self._height = self._width = 0
        elif name == "s" and tag == "text:s":
            self._add(int(attributes.get("text:c", 1)))
        elif name == "si":
            if self._row:
                raise ValueError("a sheet has shared strings")
            self._strings.append(0)

    def _cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r", "")
        letters = place.rstrip("0123456789")
        column = _number(letters) if place else self._column + 1
        if (place and place[len(letters) :] != self._digits) or column <= self._column:
            raise ValueError(f"in row {self._row:,}, {place[:20]!r} is not at its place")
        self._column = column
        if not place and self._parser.EndElementHandler is None:
            self._parser.EndElementHandler = self._end  # it costs time
            self._is_open = True
        kind = attributes.get("t")
        self._is_shared = kind == "s"
        if kind == "e":
            self.has_errors = True

    def _end(self, tag: str) -> None:
        # The library goes back to the first column here, and not where a row begins.
        if tag.rpartition(":")[2] == "row":
            self._is_open = False

    def _fill(self) -> None:
        """The cell is not empty: the rectangle reaches to it."""
        height, width = max(self._row, self._height), max(self._column, self._width)
        if height > _ROWS or width > _COLUMNS or self._cells + height * width > _CELLS:
            raise ValueError(f"its cells reach to row {height:,} and column {width:,}: too far")
        self._height, self._width = height, width

    def _text(self, text: str) -> None:
        if not self._column:  # a shared string, or one of other members, which hold no cells
            if self._strings:
                self._strings[-1] += len(text)
        elif self._is_shared and text.isdecimal() and int(text) < len(self._strings):
            self._add(self._strings[int(text)])
        else:
            self._add(len(text))

    def _add(self, characters: int) -> None:
        self._characters += characters * self._times
        if self._characters > _CHARACTERS:
            raise ValueError(f"its cells have more than {_CHARACTERS:,} characters")


def _refuse(*_: object) -> None:
    raise ValueError("it has a declaration, CDATA or a comment, as no spreadsheet program writes")


@lru_cache(_COLUMNS)
def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
