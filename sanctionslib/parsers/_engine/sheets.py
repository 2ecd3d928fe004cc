"""Workbooks (xlsx, ods): sheets → rows of cell texts. Needs the extra `xlsx`.

The text of a cell is:

* text: as stored, with its blanks and line ends; the runs of rich text joined, without phonetic
  guides; `_x000D_` in xlsx is decoded. In xlsx, outer blanks are kept where the file says
  `xml:space="preserve"`, as spreadsheet programs do.
* number: "12" for 12.0 (whole, below 10^15), any other as its shortest text, "0.1". Number formats
  (00000, 0 %, a currency) are not applied.
* number with a date format, of either epoch: "2023-01-31", "2023-01-31T06:00:00"; a time alone, and
  everything before day 1, "06:00:00"; a duration "30:00:00". Without such a format it is a number.
* "TRUE", "FALSE"; an error as displayed, "#N/A"; for a formula the stored value; for merged cells
  the first one has the text.

Hidden rows, columns and sheets are read like any other. Trailing empty cells of a row are cut off,
and rows without text are skipped.

python-calamine reads the cells. It does not expect hostile files: it keeps the rectangle of all
cells of a sheet, so that one far cell fills the memory and ends the process; it keeps a text once
for each cell that has it; and it waits forever for the rest of a truncated ods. It also drops parts
of some cells. So this module parses each member first, in the memory of one element, and raises
where a file exceeds the size of a list, or where the library would read something other than what
the file says. Like the library, it takes tags as written: `table:table-cell`, whatever `table` is
bound to.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import count
from math import isfinite
from typing import NamedTuple
from xml.parsers import expat

from sanctionslib._zip_file import open_zip, unpacked
from sanctionslib.errors import (
    MissingExtraError,
    ParseError,
    SanctionsError,
    StructureChangedError,
    TruncatedError,
    UnknownFormatError,
    Where,
)
from sanctionslib.parsers._engine.csv_rows import Row
from sanctionslib.parsers._engine.input_file import InputFile, Progress
from sanctionslib.parsers._engine.zips import is_workbook

__all__ = ["Sheet", "Workbook"]

_BYTES = 300_000_000
"""Bytes of the file, and of all its members unpacked; lists have up to 17 million."""
_MEMBERS = re.compile(
    r"mimetype|content\.xml|META-INF/manifest\.xml|\[Content_Types\]\.xml|(xl/)?_rels/[^/]*\.rels"
    r"|xl/(?!calcChain)[^/]*\.xml|xl/\w*sheets/[^/]*\.xml",
    re.IGNORECASE,
)
"""Members with the content of cells. Others are pictures, macros, printer settings."""
_LONGEST = 131_072
"""Characters of a cell; Excel allows 32,767."""
_ROWS, _COLUMNS, _CELLS = 500_000, 1_000, 10_000_000
"""The last row and column of a sheet's cells, and the cells of the rectangle up to there (in ods, of
all sheets together). Lists reach to row 18,798 and column 36, with 680,000 cells."""
_CHARACTERS = 300_000_000
"""Characters of all cells of a sheet; lists have up to 15 million."""
_WHOLE = 10**15
"""Excel stores 15 digits: the last digits of a larger number are not the publisher's."""


class Sheet(NamedTuple):
    """One sheet of cells."""

    name: str
    is_hidden: bool
    """Whether a spreadsheet program hides it."""


class Workbook:
    """The sheets of a workbook, each read on request.

    Args:
        source: The file.
        progress: Called while it is read.

    Raises:
        MissingExtraError: python-calamine is not installed.
        UnknownFormatError: It is not a workbook, or has a password or a macro sheet.
        TruncatedError: Its zip is truncated or damaged.
        StructureChangedError: It exceeds the limits of a list, or lacks a part.
        ParseError: A part cannot be read.
    """

    sheets: tuple[Sheet, ...]
    """In the order of the file; without charts."""

    def __init__(self, source: InputFile, progress: Progress | None = None) -> None:
        try:
            import python_calamine as calamine
        except ImportError as error:
            raise MissingExtraError("python-calamine", extra="xlsx") from error
        self._source = source
        with self._faults():
            if source.size > _BYTES:
                raise ValueError(f"it has more than {_BYTES:,} bytes")
            with source.open(progress) as stream:
                checked = self._checked(stream.read())
            self._book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(checked))
            found = self._book.sheets_metadata
            cells = [each for each in found if each.typ == calamine.SheetTypeEnum.WorkSheet]
            if not cells or len({each.name for each in found}) < len(found):
                raise ValueError("it has no sheet, or two of the same name")
        shown = calamine.SheetVisibleEnum.Visible
        self.sheets = tuple([Sheet(each.name, each.visible != shown) for each in cells])

    @classmethod
    def of(cls, source: InputFile, progress: Progress | None = None) -> Workbook:
        """The workbook in a file, opened once.

        Raises:
            SanctionsError: As the constructor does.
        """
        if not isinstance(source.opened, Workbook):
            source.opened = book = cls(source, progress)
            return book
        if progress is not None:
            progress(source.size, source.size)
        return source.opened

    def rows(self, sheet: str) -> Iterator[Row]:
        """The rows of a sheet that have text; `line` is the row number, from 1.

        Raises:
            StructureChangedError: There is no such sheet, or a cell is too long.
            ParseError: The sheet cannot be read.
        """
        with self._faults(sheet):
            if all(sheet != each.name for each in self.sheets):
                raise ValueError(
                    f"it has no sheet {sheet!r}, but {[each.name for each in self.sheets[:50]]}"
                )
            found = self._book.get_sheet_by_name(sheet)
            before = [""] * (found.start or (0, 0))[1]
            rows = found.iter_rows()
        for line in count(1):
            with self._faults(sheet, line):
                if (values := next(rows, None)) is None:
                    return
                cells = [one if isinstance(one, str) else _text(one) for one in values]
                while cells and not cells[-1]:
                    cells.pop()
                if max(map(len, cells), default=0) > _LONGEST:
                    raise ValueError(f"a cell has more than {_LONGEST:,} characters")
            if cells:
                yield Row(line, (*before, *cells))

    def _checked(self, data: bytes) -> bytes:
        """A zip of the members that are needed, each checked."""
        if not data.startswith(b"PK\x03\x04"):
            raise self._unknown("not a workbook in xlsx or ods")
        with self._faults(kind=TruncatedError), open_zip(io.BytesIO(data)) as archive:
            if not is_workbook(archive):
                raise self._unknown("a zip that is not a workbook")
            # Zip programs ignore bytes around the archive, which could be another file.
            end = data.rfind(b"PK\x05\x06") + 22 + len(archive.comment)
            if end != len(data) or min(info.header_offset for info in archive.infolist()):
                raise ValueError("it has bytes before or after the archive")
            is_locked = any(info.flag_bits & 1 for info in archive.infolist())
            members = {} if is_locked else dict(unpacked(archive, _BYTES))
        if is_locked or b"encryption-data" in members.get("META-INF/manifest.xml", b""):
            raise self._unknown("a workbook with a password")
        if b"/xlMacrosheet" in members.get("xl/_rels/workbook.xml.rels", b""):
            raise self._unknown("a workbook with a macro sheet")
        checked = io.BytesIO()
        with zipfile.ZipFile(checked, "w") as archive:
            strings: list[int] = []
            names = filter(_MEMBERS.fullmatch, members)
            # Sheets come last, because their cells refer to shared strings.
            for name in sorted(names, key=lambda one: "sheets/" in one):
                with self._faults(name):
                    archive.writestr(name, _checked_member(name, members[name], strings))
        return checked.getvalue()

    def _unknown(self, what: str) -> UnknownFormatError:
        return UnknownFormatError(
            f"this is {what}, which is not read",
            where=Where(source=self._source.name),
            hint="save it as xlsx without a password, or fetch the publisher's file",
        )

    @contextmanager
    def _faults(
        self, path: str = "", line: int | None = None, kind: type[ParseError] = ParseError
    ) -> Generator[None]:
        """Turn ValueErrors raised here, and errors of other libraries, into errors of this library."""
        try:
            yield
        except SanctionsError:
            raise
        except Exception as error:
            raise (StructureChangedError if isinstance(error, ValueError) else kind)(
                f"the workbook cannot be read: {str(error) or type(error).__name__}",
                where=Where(source=self._source.name, path=path, line=line),
                hint="it is truncated, damaged or not a list: fetch it again from the publisher",
            ) from error


def _text(value: float | dt.time | dt.date | dt.timedelta) -> str:
    """The text of a cell that does not hold text."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        if not isfinite(value):
            raise ValueError(f"{value} is not a number that a spreadsheet can hold")
        return str(int(value)) if value == int(value) and abs(value) < _WHOLE else repr(value)
    if isinstance(value, dt.timedelta):
        hours, rest = divmod(round(value.total_seconds()), 3600)
        return f"{hours}:{rest // 60:02}:{rest % 60:02}"
    return value.isoformat()


def _checked_member(name: str, content: bytes, strings: list[int]) -> bytes:
    """The content of a member; parts that the library would drop are rewritten as text."""
    if name == "mimetype":
        return content
    if _Member(content, strings).has_errors:
        return re.sub(rb"""(<[^<>]*?\st\s*=\s*)["']e["']""", rb'\1"str"', content)
    if name == "content.xml":
        content = re.sub(rb"<text:tab\b[^<>]*/>", b"\t", content)
        return re.sub(rb"<text:line-break\b[^<>]*/>", b"\n", content)
    return content


class _Member:
    """Checks how much the library would keep of a member."""

    has_errors = False
    """Whether cells of xlsx hold errors, which the library reads as empty."""

    def __init__(self, content: bytes, strings: list[int]) -> None:
        if b"\0" in content:
            raise ValueError("it is not in UTF-8")
        self._strings = strings
        self._row = self._column = self._height = self._width = self._cells = 0
        self._characters, self._digits = 0, ""
        self._rows = self._times = 1
        self._is_shared = False
        self._is_open = False
        """Whether a row has not ended; set only in a member whose cells do not state their
        place."""
        self._parser = parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.CharacterDataHandler = self._text
        # Inside a text, the library drops CDATA, and everything after a comment.
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
            raise ValueError(f"in row {self._row:,}, {place[:20]!r} is out of place")
        self._column = column
        if not place and self._parser.EndElementHandler is None:
            self._parser.EndElementHandler = self._end  # set only here, because it is slow
            self._is_open = True
        kind = attributes.get("t")
        self._is_shared = kind == "s"
        if kind == "e":
            self.has_errors = True

    def _end(self, tag: str) -> None:
        # The library returns to the first column here, not at the start of a row.
        if tag.rpartition(":")[2] == "row":
            self._is_open = False

    def _fill(self) -> None:
        """Extend the rectangle to the current cell, which is not empty."""
        height, width = max(self._row, self._height), max(self._column, self._width)
        if height > _ROWS or width > _COLUMNS or self._cells + height * width > _CELLS:
            raise ValueError(
                f"its cells reach to row {height:,} and column {width:,}, beyond the limit"
            )
        self._height, self._width = height, width

    def _text(self, text: str) -> None:
        if not self._column:  # a shared string, or a member without cells
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
    raise ValueError(
        "it has a declaration, CDATA or a comment, which no spreadsheet program writes"
    )


@lru_cache(_COLUMNS)
def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
