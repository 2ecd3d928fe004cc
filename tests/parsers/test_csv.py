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
from sanctionslib.parsers._engine.source import Source

NAMES = ("Name", "City", "Note")


def read(
    data: bytes,
    *,
    columns: tuple[str, ...] = NAMES,
    header: bool = True,
    delimiter: str = ",",
    encoding: str = "utf-8-sig",
    any_width: bool = False,
) -> tuple[CsvRows, list[Row]]:
    source = Source(data, name="list.csv")
    with source.open() as stream:
        rows = CsvRows(
            source,
            stream,
            columns=columns,
            header=header,
            delimiter=delimiter,
            encoding=encoding,
            any_width=any_width,
        )
        return rows, list(rows)


def cells(data: bytes) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.line, row.cells) for row in read(data)[1]]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_rows(end: bytes) -> None:
    """Rows come with the line where they begin, whatever ends a line; blanks and quotes are kept."""
    data = end.join(
        (b"Name,City,Note", b' A ,"B, ""C""",', b"", b'D,"two', b'lines",E', b"F,G,H", b"")
    )
    two = b"two" + end + b"lines"
    assert cells(data) == [
        (2, (" A ", 'B, "C"', "")),
        (4, ("D", two.decode(), "E")),
        (6, ("F", "G", "H")),
    ]


def test_tabs_and_no_header() -> None:
    """A tab between cells, and a first row that is data."""
    rows = read(b'"A"\t"B,C"\t""\n', delimiter="\t", header=False)[1]
    assert rows == [Row(1, ("A", "B,C", ""))]


def test_encodings() -> None:
    """UTF-8 with and without a mark, and another encoding where the format names it."""
    plain = "Name,City,Note\nŁ,é,“\n"
    assert read(plain.encode())[1] == read(plain.encode("utf-8-sig"))[1]
    assert read("Name,City,Note\nL,é,“\n".encode("cp1252"), encoding="cp1252")[1] == [
        Row(2, ("L", "é", "“"))
    ]


def test_columns_in_another_order() -> None:
    """Columns are found by name: the cells come in our order."""
    assert cells(b"Note,Name,City\nn,a,c\n") == [(2, ("a", "c", "n"))]


@pytest.mark.parametrize(
    ("header", "says"),
    [
        (b"Name,City", "without 'Note'"),
        (b"Name,City,Note,Flag", "unknown 'Flag'"),
        (b"Name,City,Notes", "without 'Note'; with the unknown 'Notes'"),
        (b"Name,City,City,Note", "twice with 'City'"),
        (b"name,City,Note", "without 'Name'"),
    ],
)
def test_header_faults(header: bytes, says: str) -> None:
    """A header that is not that of the format raises, and names the columns."""
    with pytest.raises(sl.StructureChangedError, match=says) as caught:
        read(header + b"\nA,B,C\n")
    assert caught.value.where.line == 1


@pytest.mark.parametrize(
    ("data", "error", "says", "line"),
    [
        (b"\n\n", sl.TruncatedError, "no header", 1),
        (b"Name,City,Note\nA,B,C\nA,B\nA,B,C\n", sl.StructureChangedError, "2 cells where 3", 3),
        (b"Name,City,Note\nA,B,C\nA,B,C,D\n", sl.StructureChangedError, "4 cells where 3", 3),
        (b"Name,City,Note\nA,B,C\nA,B", sl.TruncatedError, "within a row", 3),
        (b'Name,City,Note\n"A\nB",C,"D\n', sl.TruncatedError, "within the quotes", 2),
        (b'Name,City,Note\n\n"A"B,C,D\n', sl.ParseError, "quotes of this row", 3),
        (b"Name,City,Note\nA,B,C\nA,\0,C\n", sl.ParseError, "NUL", 3),
        (b"Name,City,Note\nA,B,C\nA,\xc9,C\n", sl.ParseError, "0xC9", 3),
        (b'Name,City,Note\n"A\r\nB",B,C\r\nA,\xff,C\r\n', sl.ParseError, "0xFF", 4),
        (b"Name,City,Note\nA,B,C\nA,B,\xc3", sl.TruncatedError, "within a character", 3),
        (b"Name,City,Note\nA,B," + b"x" * 140_000, sl.StructureChangedError, "beyond", 2),
        (b"Name,City,Note\nA,B,C\n\x1a\nA,B,C\n", sl.StructureChangedError, "1 cells", 3),
        ("Name,City,Note\nA,B,C\n".encode("utf-16"), sl.ParseError, "UTF-8", 1),
    ],
)
def test_faults(data: bytes, error: type[sl.ParseError], says: str, line: int) -> None:
    """Each fault of a file has its own error, with the line where the row begins."""
    with pytest.raises(error, match=says) as caught:
        read(data)
    assert type(caught.value) is error
    assert (caught.value.where.source, caught.value.where.line) == ("list.csv", line)
    assert caught.value.hint


def test_line_of_a_fault_beyond_the_first_block() -> None:
    """The line is that of the file, however far down."""
    data = b"Name,City,Note\r\n" + b"A,B,C\r\n" * 50_000
    with pytest.raises(sl.ParseError) as caught:
        read(data + b"A,\xff,C\r\n")
    assert caught.value.where.line == 50_002


def test_any_width() -> None:
    """Where a parser wants them, rows of another width come as they are, with all their cells."""
    rows, found = read(b"Note,Name,City\nn,a,c\na\nn,a,c,x\n", any_width=True)
    assert [rows.fits(row) for row in found] == [True, False, False]
    assert found[1:] == [Row(3, ("a",)), Row(4, ("n", "a", "c", "x"))]
    assert list(rows.pairs(found[2])) == [
        ("Name", "n"),
        ("City", "a"),
        ("Note", "c"),
        ("column 4", "x"),
    ]


def test_record() -> None:
    """A record has the cells that are not blank, exact."""
    rows, found = read(b"Name,City,Note\n A, ,C\n,,\n")
    assert list(rows.pairs(found[0])) == [("Name", " A"), ("Note", "C")]
    assert rows.pairs(found[1]) == []


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
    """The Ctrl-Z at the end is no row, and a missing line end is told."""
    rows, found = read(b"Name,City,Note\nA,B,C" + end)
    assert found == [Row(2, ("A", "B", "C"))]
    assert rows.ends_open is is_open


def test_first_cells() -> None:
    """The first row of a head of bytes; nothing where there is none to be read."""
    assert first_cells(b"\xef\xbb\xbf\r\n_id,source\r\n1") == ("_id", "source")
    assert first_cells(b'"A"\t"B"', delimiter="\t") == ("A", "B")
    assert first_cells(b"") == ()
    assert first_cells(b'"A') == ()


_CELL = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=8)


@given(st.lists(st.tuples(_CELL, _CELL, _CELL), max_size=6))
@examples(100)
def test_every_text_comes_back(table: list[tuple[str, str, str]]) -> None:
    """What was written as delimited text is read again, letter by letter."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([NAMES, *table])
    assert [row.cells for row in read(text.getvalue().encode())[1]] == table
