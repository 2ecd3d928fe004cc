"""How delimited text is read: strict, streaming, with errors of our own.

Cells are given exactly as they stand, and nothing is interpreted. Rows end at LF, CRLF or a lone CR;
empty lines are no rows. OFAC ends its files with a lone 0x1A (Ctrl-Z), which is no data.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sanctionslib.errors import ParseError, Where
from sanctionslib.parsers._engine.audit import Pairs
from sanctionslib.parsers._engine.faults import beyond, changed, cut, damaged, undecodable
from sanctionslib.parsers._engine.source import Source

__all__ = ["CsvRows", "Row", "first_cells", "header_faults", "pairs_of_row"]

_LONGEST = 1 << 20
"""Characters of the longest row that is read, with empty lines before it; those of lists have 8,439."""
_SHOWN = 40
"""Names of columns that an error lists."""
_END = "\x1a"
_LINE_ENDS = ("\n", "\r")


class Row(NamedTuple):
    """One row: the line where it begins, from 1, and its cells, exact."""

    line: int
    cells: tuple[str, ...]


class CsvRows:
    """The rows of a file, one by one, in the memory of one row.

    Args:
        source: The file, for messages.
        stream: Its bytes, of `source.open`.
        columns: Names of the columns that the format has, in its order.
        header: Whether the first row holds these names. They are checked; columns in another order
            are put in ours.
        delimiter: "," or a tab.
        encoding: Of the text. By default UTF-8, with or without a byte-order mark.
        any_width: Give rows with too few or too many cells too: the caller looks at `fits`. Without
            it they raise.

    Iterating raises (each names the line):
        ParseError: Bytes that are not of this encoding, NUL characters, quotes that do not close a
            cell.
        StructureChangedError: Columns that are unknown, missing or doubled; a row with too few or
            too many cells; a cell of more than `csv.field_size_limit()` characters, a row of more
            than 1,048,576.
        TruncatedError: The file has no header, or ends within quotes or within a row.
    """

    path = ""
    columns: tuple[str, ...]
    """Names of the columns, in the order of `Row.cells`."""
    ends_open: bool
    """Whether the last row had no line end, so that the file may have been cut there."""

    def __init__(
        self,
        source: Source,
        stream: io.BufferedReader,
        *,
        columns: Sequence[str],
        header: bool = True,
        delimiter: str = ",",
        encoding: str = "utf-8-sig",
        any_width: bool = False,
    ) -> None:
        self.columns = tuple(columns)
        self.ends_open = False
        self._source = source
        self._header = header
        self._any_width = any_width
        self._encoding = encoding
        self._lines = 0
        self._row_line = 1
        self._row_size = 0
        text = io.TextIOWrapper(stream, encoding=encoding, newline="")
        self._reader = csv.reader(self._text_lines(text), delimiter=delimiter, strict=True)

    def __iter__(self) -> Iterator[Row]:
        order = self._order() if self._header else None
        for row in self._raw_rows():
            cells = row.cells
            if len(cells) != len(self.columns):
                if not self._any_width:
                    raise self._misfit(row)
            elif order is not None:
                cells = tuple([cells[at] for at in order])
            yield Row(row.line, cells)

    def fits(self, row: Row) -> bool:
        """Whether a row has as many cells as there are columns."""
        return len(row.cells) == len(self.columns)

    def pairs(self, row: Row) -> Pairs:
        """All cells of a row that are not blank, by column."""
        return pairs_of_row(self.columns, row)

    def _order(self) -> tuple[int, ...] | None:
        """Read the header: where the cell of each column stands; None where all stand in our order."""
        first = next(self._raw_rows(), None)
        if first is None:
            raise cut("the file has no header", self._where(1))
        found = [name.strip() for name in first.cells]
        if faults := header_faults(found, required=self.columns, known=self.columns):
            error = cut if self.ends_open else changed
            says = f"the header is not that of the format: it is {faults}"
            raise error(says, self._where(first.line))
        order = tuple([found.index(name) for name in self.columns])
        return None if order == tuple(range(len(order))) else order

    def _raw_rows(self) -> Iterator[Row]:
        end: Row | None = None  # a Ctrl-Z alone
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
            if end is not None:  # it was not the end after all
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
                says = f"a row of more than {_LONGEST:,} characters"
                raise beyond(says, self._where(self._row_line))
            if "\0" in line:
                says = "the file has a NUL character, which no text has"
                raise damaged(says, self._where(self._lines))
            if line.strip() != _END:
                self.ends_open = line[-1] not in _LINE_ENDS
            yield line

    def _where(self, line: int) -> Where:
        return Where(source=self._source.name, line=line)

    def _misfit(self, row: Row) -> ParseError:
        says = f"it has {len(row.cells)} cells where {len(self.columns)} are meant"
        if self.ends_open and len(row.cells) < len(self.columns):
            return cut(f"the file ends within a row: {says}", self._where(row.line))
        return changed(f"this row does not fit: {says}", self._where(row.line))

    def _fault(self, error: csv.Error) -> ParseError:
        message, where = str(error), self._where(self._row_line)
        if "unexpected end of data" in message:
            return cut("the file ends within the quotes of a row that begins here", where)
        if "field limit" in message:
            return beyond(f"a cell of this row ({message})", where)
        return damaged(f"the quotes of this row cannot be read: {message}", where)

    def _undecodable(self, error: UnicodeDecodeError) -> ParseError:
        # The lines before the fault in this block of bytes have not been given out yet.
        before = error.object[: error.start].decode(self._encoding, "replace")
        lines = before.replace("\r\n", "\n").replace("\r", "\n").count("\n")
        return undecodable(error, self._where(self._lines + 1 + lines))


def pairs_of_row(columns: Sequence[str], row: Row) -> Pairs:
    """All cells that are not blank as (column, value).

    Cells beyond the last column stand under "column 30" and the like.
    """
    return [
        (columns[at] if at < len(columns) else f"column {at + 1}", cell)
        for at, cell in enumerate(row.cells)
        if cell and not cell.isspace()
    ]


def header_faults(found: Sequence[str], *, required: Sequence[str], known: Sequence[str]) -> str:
    """What is wrong with the names in a header, in words that follow "it is"; "" for nothing.

    Args:
        found: The names in the header.
        required: Those that have to be there.
        known: Those that may be there.

    >>> header_faults(["id", "id", "nmae"], required=["id", "name"], known=["id", "name"])
    "without 'name'; with the unknown 'nmae'; twice with 'id'"
    """
    counts = Counter(found)
    faults = {
        "without": [name for name in required if name not in counts],
        "with the unknown": [name for name in counts if name not in known],
        "twice with": [name for name, count in counts.items() if count > 1],
    }
    return "; ".join(f"{words} {_listed(names)}" for words, names in faults.items() if names)


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    return ", ".join(map(repr, names[:_SHOWN])) + more


def first_cells(
    head: bytes, *, delimiter: str = ",", encoding: str = "utf-8-sig"
) -> tuple[str, ...]:
    r"""The cells of the first row, to recognise a format by; () where they cannot be read.

    >>> first_cells(b'"Name","City"\n"EXAMPLE TRADING LLC","DHAKA"\n')
    ('Name', 'City')
    """
    text = io.StringIO(head.decode(encoding, "replace"), newline="")
    try:
        for cells in csv.reader(text, delimiter=delimiter, strict=True):
            if cells:
                return tuple(cells)
    except csv.Error:
        pass
    return ()
