"""Delimited text: cells exact, lines numbered, and every fault an error of ours that names the line."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quick import examples

import sanctionslib as sl
from sanctionslib.parsers._engine.csv_rows import CsvRows, Row, first_cells
from sanctionslib.parsers._engine.input_file import InputFile
from sanctionslib.parsers._engine.table_rows import TableRows

NAMES = ("Name", "City", "Note")


def read(data: bytes, *, any_width: bool = False) -> tuple[TableRows, list[Row]]:
    source = InputFile(data, name="list.csv")
    with source.open() as stream:
        where = sl.errors.Where(source=source.name)
        rows = TableRows(CsvRows(source, stream), where, columns=NAMES, any_width=any_width)
        return rows, list(rows)


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_rows(end: bytes) -> None:
    """Rows have the line where they start, with any line end; blanks and quotes are kept."""
    data = end.join(
        (b"Name,City,Note", b' A ,"B, ""C""",', b"", b'D,"two', b'lines",E', b"F,G,H", b"")
    )
    two = b"two" + end + b"lines"
    assert read(data)[1] == [
        (2, (" A ", 'B, "C"', "")),
        (4, ("D", two.decode(), "E")),
        (6, ("F", "G", "H")),
    ]


@pytest.mark.parametrize(
    ("data", "error", "message", "line"),
    [
        (b"Name,City\n", sl.errors.StructureChangedError, "without 'Note'", 1),
        (b"Name,City,Note,Flag\n", sl.errors.StructureChangedError, "unknown 'Flag'", 1),
        (
            b"name,City,Notes\n",
            sl.errors.StructureChangedError,
            "'Name', 'Note'; .*'name', 'Notes'",
            1,
        ),
        (b"\nName,City,City,Note\n", sl.errors.StructureChangedError, "twice with 'City'", 2),
        (b"\n\n", sl.errors.TruncatedError, "no header", 1),
        (
            b"Name,City,Note\nA,B,C\nA,B\nA,B,C\n",
            sl.errors.StructureChangedError,
            "2 cells instead of 3",
            3,
        ),
        (
            b"Name,City,Note\nA,B,C\nA,B,C,D\n",
            sl.errors.StructureChangedError,
            "4 cells instead of 3",
            3,
        ),
        (b"Name,City,Note\nA,B,C\nA,B", sl.errors.TruncatedError, "inside a row", 3),
        (b'Name,City,Note\n"A\nB",C,"D\n', sl.errors.TruncatedError, "inside the quotes", 2),
        (b'Name,City,Note\n\n"A"B,C,D\n', sl.ParseError, "quotes of this row", 3),
        (b"Name,City,Note\nA,B,C\nA,\0,C\n", sl.ParseError, "NUL", 3),
        (b"Name,City,Note\nA,B,C\nA,\xc9,C\n", sl.ParseError, "0xC9", 3),
        (b'Name,City,Note\n"A\r\nB",B,C\r\nA,\xff,C\r\n', sl.ParseError, "0xFF", 4),
        (b"Name,City,Note\nA,B,C\nA,B,\xc3", sl.errors.TruncatedError, "inside a character", 3),
        (b"Name,City,Note\nA,B," + b"x" * 140_000, sl.errors.StructureChangedError, "exceeds", 2),
        (b"Name,City,Note\nA,B,C\n\x1a\nA,B,C\n", sl.errors.StructureChangedError, "1 cells", 3),
        ("Name,City,Note\nA,B,C\n".encode("utf-16"), sl.ParseError, "UTF-8", 1),
        (b"Name,City,Note\r\n" + b"A,B,C\r\n" * 50_000 + b"\xff", sl.ParseError, "0xFF", 50_002),
    ],
)
def test_faults(data: bytes, error: type[sl.ParseError], message: str, line: int) -> None:
    """Each fault of a file has its own error, with the line where the row begins."""
    with pytest.raises(error, match=message) as caught:
        read(data)
    assert type(caught.value) is error
    assert (caught.value.where.source, caught.value.where.line) == ("list.csv", line)
    assert caught.value.hint


def test_any_width() -> None:
    """Where a parser wants them, rows of another width come as they are, with all their cells."""
    rows, found = read(b"Note,Name,City\nn,a, c\na\nn,a,c,x\n,, \n", any_width=True)
    assert found[:3] == [(2, ("a", " c", "n")), (3, ("a",)), (4, ("n", "a", "c", "x"))]
    assert [row.fits for row in found] == [True, False, False, True]
    assert [list(rows.pairs(row)) for row in found] == [
        [("Name", "a"), ("City", " c"), ("Note", "n")],
        [("Note", "a")],
        [("Note", "n"), ("Name", "a"), ("City", "c"), ("column 4", "x")],
        [],
    ]


@pytest.mark.parametrize(
    ("end", "is_open"),
    [
        (b"", True),
        (b"\n", False),
        (b"\r", False),
        (b"\n\x1a", False),
        (b"\r\n\x1a\r\n\n", False),
    ],
)
def test_end_of_the_file(end: bytes, is_open: bool) -> None:
    """The Ctrl-Z at the end is not a row; a missing line end is reported."""
    rows, found = read(b"Name,City,Note\nA,B,C" + end)
    assert found == [Row(2, ("A", "B", "C"))]
    assert rows.ends_open is is_open


def test_first_cells() -> None:
    """The first row of the first bytes; nothing where no row is readable."""
    assert first_cells(b"\xef\xbb\xbf\r\n_id,source\r\n1") == ("_id", "source")
    assert first_cells(b'"A"\t"B"', delimiter="\t") == ("A", "B")
    assert first_cells(b"") == ()
    assert first_cells(b'"A') == ()


_CELL = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=8)


@given(st.lists(st.tuples(_CELL, _CELL, _CELL), max_size=6))
@examples(100)
def test_every_text_comes_back(table: list[tuple[str, str, str]]) -> None:
    """Delimited text is read as it was written, letter by letter."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([NAMES, *table])
    assert [row.cells for row in read(text.getvalue().encode())[1]] == table
