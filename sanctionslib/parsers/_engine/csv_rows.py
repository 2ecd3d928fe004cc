"""Reads delimited text strictly and as a stream, with errors of this library.

Cells are exactly as in the file; nothing is interpreted. Rows end at LF, CRLF or a lone CR; empty
lines are not rows. OFAC ends its files with a lone 0x1A (Ctrl-Z), which is not data.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

from sanctionslib.errors import ParseError, Where
from sanctionslib.parsers._engine.faults import (
    changed,
    damaged,
    limit_exceeded,
    truncated,
    undecodable,
)
from sanctionslib.parsers._engine.input_file import InputFile

__all__ = ["CsvRows", "MismatchedRow", "Row", "first_cells", "first_rows"]

_LONGEST = 1 << 20
"""Characters of a row, including empty lines before it; the longest row of a list has 8,439."""
_END = "\x1a"
_LINE_ENDS = ("\n", "\r")


class Row(NamedTuple):
    """One row: the number of its first line, from 1, and its exact cells."""

    line: int
    cells: tuple[str, ...]

    @property
    def fits(self) -> bool:
        """Whether it has exactly the cells of the columns."""
        return not isinstance(self, MismatchedRow)


class MismatchedRow(Row):
    """A row with too few cells, or with surplus ones."""


class CsvRows:
    """The rows of a file, one by one, in the memory of one row.

    Args:
        source: The file, for messages.
        stream: Its bytes, from `source.open`.
        delimiter: "," or a tab.
        encoding: By default UTF-8, with or without a byte-order mark.

    Iterating raises (each error names the line):
        ParseError: Bytes that are not of this encoding, NUL characters, quotes that do not close a
            cell.
        StructureChangedError: A cell of more than `csv.field_size_limit()` characters, a row of more
            than 1,048,576.
        TruncatedError: The file ends inside quotes.
    """

    ends_open: bool
    """Whether the last row had no line end, so that the file may be truncated."""

    def __init__(
        self,
        source: InputFile,
        stream: io.BufferedReader,
        *,
        delimiter: str = ",",
        encoding: str = "utf-8-sig",
    ) -> None:
        self.ends_open = False
        self._source = source
        self._encoding = encoding
        self._lines = 0
        self._row_line = 1
        self._row_size = 0
        text = io.TextIOWrapper(stream, encoding=encoding, newline="")
        self._reader = csv.reader(self._text_lines(text), delimiter=delimiter, strict=True)

    def __iter__(self) -> Iterator[Row]:
        end: Row | None = None  # a lone Ctrl-Z
        while True:
            self._row_line = self._reader.line_num + 1
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise self._fault(error) from None
            except UnicodeDecodeError as error:
                raise self._undecodable(error) from None
            if not cells:
                continue
            self._row_size = 0
            if end is not None:  # it was not the last row
                yield end
            row = Row(self._row_line, tuple(cells))
            end = row if cells == [_END] else None
            if end is None:
                yield row

    def _text_lines(self, text: io.TextIOWrapper) -> Iterator[str]:
        """The physical lines."""
        while line := text.readline(_LONGEST + 1):
            self._lines += 1
            self._row_size += len(line)
            if self._row_size > _LONGEST:
                message = f"a row of more than {_LONGEST:,} characters"
                raise limit_exceeded(message, self._where(self._row_line))
            if "\0" in line:
                message = "the file has a NUL character, which is not text"
                raise damaged(message, self._where(self._lines))
            if line.strip() != _END:
                self.ends_open = line[-1] not in _LINE_ENDS
            yield line

    def _where(self, line: int) -> Where:
        return Where(source=self._source.name, line=line)

    def misfit(self, row: Row, width: int) -> ParseError:
        """The error for a row with the wrong number of cells."""
        message = f"it has {len(row.cells)} cells instead of {width}"
        if self.ends_open and len(row.cells) < width:
            return truncated(f"the file ends inside a row: {message}", self._where(row.line))
        return changed(f"this row does not fit: {message}", self._where(row.line))

    def _fault(self, error: csv.Error) -> ParseError:
        message, where = str(error), self._where(self._row_line)
        if "unexpected end of data" in message:
            return truncated("the file ends inside the quotes of a row that begins here", where)
        if "field limit" in message:
            return limit_exceeded(f"a cell of this row ({message})", where)
        return damaged(f"the quotes of this row cannot be read: {message}", where)

    def _undecodable(self, error: UnicodeDecodeError) -> ParseError:
        # The lines before the fault in this block of bytes are not counted yet.
        before = error.object[: error.start].decode(self._encoding, "replace")
        lines = before.replace("\r\n", "\n").replace("\r", "\n").count("\n")
        return undecodable(error, self._where(self._lines + 1 + lines))


def first_rows(
    head: bytes, *, delimiter: str = ",", encoding: str = "utf-8-sig", most: int = 1
) -> tuple[tuple[str, ...], ...]:
    """The first rows, for recognising a format; fewer where they cannot be read."""
    text = io.StringIO(head.decode(encoding, "replace"), newline="")
    rows: list[tuple[str, ...]] = []
    try:
        for cells in csv.reader(text, delimiter=delimiter, strict=True):
            if cells and len(rows) == most:
                break
            if cells:
                rows.append(tuple(cells))
    except csv.Error:
        pass
    return tuple(rows)


def first_cells(
    head: bytes, *, delimiter: str = ",", encoding: str = "utf-8-sig"
) -> tuple[str, ...]:
    r"""The cells of the first row; () where they cannot be read.

    >>> first_cells(b'"Name","City"\n"EXAMPLE TRADING LLC","DHAKA"\n')
    ('Name', 'City')
    """
    rows = first_rows(head, delimiter=delimiter, encoding=encoding)
    return rows[0] if rows else ()
