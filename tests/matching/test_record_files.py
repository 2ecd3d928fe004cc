"""Files of customers: CSV and JSON Lines, whatever is wrong in them, one reading for each record."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tempfile
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from quick import examples

from sanctionslib.errors import InvalidInputError, ParseError, SanctionsError, UnreadableError
from sanctionslib.matching.records import Records

from .reading import names, read, whats, write


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_csv(tmp_path: Path, separator: str, coding: str, end: str) -> None:
    """Whatever divides cells and rows, and in UTF-8 and UTF-16 with a mark, a row is a row."""
    text = end.join(("id;name;dob", "1;Ёлкин;1963", '2;"Müller; ""x""', ' y";1964', "", "3;Z;"))
    data = text.replace(";", separator).encode(coding)
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(coding, b"")
    rows = read(write(tmp_path, mark + data))
    joined = f'Müller{separator} "x"{end} y'
    assert names(rows) == ["Ёлкин", joined, "Z"]
    assert [each.key for each in rows] == ["1", "2", "3"]


def test_json_lines(tmp_path: Path) -> None:
    """One object a line, also packed; what is none is the problem of its line, and moves nothing."""
    lines = [
        '{"name": "A B", "nationality": ["DE", "FR"], "dob": null}',
        "",
        '{"name": "C D"',
        '"E F"',
        "[1]",
        '{"name": "G", "name": "H"}',
        '{"name": "\\ud800"}',
        "[" * 100_000,
        f'{{"name": "{"A" * 3_000_000}"}}',  # which is not read into memory
        '{"name": "A\0B"}',
        '{"name": "I J", "dob": "\\u0000"}',
    ]
    path = write(tmp_path, gzip.compress("\n".join(lines).encode()), "customers.jsonl.gz")
    rows = read(path)
    assert names(rows) == ["A B", None, "E F", None, None, None, None, None, None, "I J"]
    assert [each.position for each in rows] == [*range(1, 11)]
    assert "line 3 is no JSON object" in rows[1].problems[0].what
    assert "a key stands twice" in rows[4].problems[0].what
    assert "nested too deeply" in rows[6].problems[0].what
    assert rows[7].problems[0].what == "line 9 is longer than 1,048,576 characters"
    assert [len(each.problems) for each in rows[8:]] == [1, 1]
    assert rows[9].problems[0].field == "dob"
    json.dumps([each.problems[0].value for each in rows if each.problems]).encode("ascii")


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("A B,1963,x", "line 3 has 3 cells where the header has 2: is a separator not in quotes?"),
        ("A B", "line 3 has 1 cells where the header has 2"),
        ('"A" B,1963', "line 3 has quotes or cells that cannot be read"),
        ('"A B,1963', "line 3 has quotes or cells that cannot be read"),
        ("A" * 200_000 + ",1963", "line 3 has quotes or cells that cannot be read (field larger"),
        ("A," * 600_000, "line 3 is longer than 1,048,576 characters"),
    ],
)
def test_a_bad_row_moves_nothing(tmp_path: Path, row: str, what: str) -> None:
    """It is a problem of its own record; the rows around it are read as they stand."""
    rows = read(write(tmp_path, f'name,dob\nFirst,1961\n{row}\n"Second",1962\nThird,1963\n'))
    assert names(rows) == ["First", None, "Second", "Third"]
    ((_, found, skipped),) = whats(rows[1])
    assert found.startswith(what)
    assert skipped
    assert row.startswith(rows[1].problems[0].value.rstrip("…"))


def test_a_quote_that_never_closes(tmp_path: Path) -> None:
    """It would swallow the rest of the file: the lines after it are read again, one by one."""
    wanted = [f"Name {at}" for at in range(10, 99)]
    body = "".join(f"{name},1963\n" for name in wanted)
    assert names(read(write(tmp_path, f'name,dob\n"Lost,1960\n{body}'))) == [None, *wanted]
    assert names(read(write(tmp_path, f'name,dob\n{body}"Lost,1960'))) == [*wanted, None]


def test_a_quote_that_closes_in_another_row(tmp_path: Path) -> None:
    """Where the number of cells shows it, no row is lost; a name with a line break is reported."""
    rows = read(write(tmp_path, 'name,dob\n"A,1961\nB",1962,\nC,1963\n"D,1\nE",1964\n'))
    assert names(rows)[:2] == ["A,1961\nB", "C"]
    assert "line break" in rows[0].problems[0].what
    assert not rows[0].problems[0].skipped


def test_blank_cells(tmp_path: Path) -> None:
    """Empty lines are no records, a row of empty cells is one; empty columns at the end are none."""
    assert names(read(write(tmp_path, "name,dob\n,\n\nA B,1963,,,\n   \n"))) == [None, "A B"]


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    """A file of Windows in UTF-8's place: the rows that show it say so, the others are read."""
    rows = read(
        write(tmp_path, "name,country\nMüller,DE\nSmith,DE\nMeier,Österreich\n".encode("cp1252"))
    )
    assert names(rows) == [None, "Smith", "Meier"]
    assert "no text in UTF-8" in rows[0].problems[0].what
    assert rows[0].problems[0].value == "M\\udcfcller"
    assert [each.skipped for each in rows[2].problems] == [False]


def test_a_nul_character_far_in_the_file(tmp_path: Path) -> None:
    """It is reported of its row."""
    filler = "Filler,1960\n" * 8000
    rows = read(write(tmp_path, f"name,dob\n{filler}A\0B,1963\nC D,1964\n"))
    assert names(rows)[-2:] == [None, "C D"]
    assert "NUL" in rows[-2].problems[0].what


def test_a_cut_utf16_file(tmp_path: Path) -> None:
    """It ends with an error of ours, after what could be read."""
    data = ("name\n" + "A B\n" * 50_000).encode("utf-16")[:-1]
    rows = iter(Records(write(tmp_path, data)))
    assert next(rows).position == 1
    with pytest.raises(ParseError, match="damaged or cut"):
        list(rows)


@pytest.mark.parametrize(
    ("data", "name", "error", "message"),
    [
        (b"[{}]", "c.json", InvalidInputError, "one JSON array"),
        (b"PK", "c.xlsx", InvalidInputError, "workbook"),
        (b"", "c.csv", SanctionsError, "empty"),
        (b'"name,dob\nA,1\n', "c.csv", ParseError, "first row"),
        ("näme\nA\n".encode("cp1252"), "c.csv", ParseError, "first row"),
        (b"name,name\nA,B\n", "c.csv", InvalidInputError, "may each hold the name"),
        (b"A B,1963\nC D,1964\n", "c.csv", InvalidInputError, "'A B', '1963'"),
    ],
)
def test_files_that_are_none(
    tmp_path: Path, data: bytes, name: str, error: type[SanctionsError], message: str
) -> None:
    """What cannot be a file of records is refused at once, with words."""
    with pytest.raises(error) as caught:
        Records(write(tmp_path, data, name))
    assert message in caught.value.what
    with pytest.raises(UnreadableError, match="there is no file"):
        Records(tmp_path / "nobody.csv")


def test_dict_reader() -> None:
    """Rows of `csv.DictReader` keep what it says of surplus cells."""
    rows = read(csv.DictReader(io.StringIO("name,dob\nA B,1963\nC,D,1964\n")))
    assert names(rows) == ["A B", None]
    assert whats(rows[1]) == [(None, "has more cells than the header", True)]


@examples(200)
@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), min_size=1))
@example([["NULL", ""], ["Null A", "null"]])
def test_every_row_gives_its_own(rows: list[list[str]]) -> None:
    """Whatever stands in cells, if it was written as CSV each row gives its own reading."""
    cells = [[one.encode("utf-8", "replace").decode() for one in row] for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "c.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerows([["name", "note"], *cells])
        if "\0" in path.read_text("utf-8"):
            return
        found = read(path, columns={"name": "name"})
    wanted = [row[0].strip() for row in cells]
    no_names = ("", "n/a", "none", "null", "unknown")
    assert names(found) == [None if one.lower() in no_names else one for one in wanted]


@examples(200)
@given(st.binary(max_size=200))
def test_no_file_raises_anything_else(data: bytes) -> None:
    """Whatever the bytes, the errors are ours."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "c.csv"
        path.write_bytes(b"name,dob\n" + data)
        try:
            rows = read(path)
        except SanctionsError:
            return
    assert [each.position for each in rows] == list(range(1, len(rows) + 1))


def test_memory_is_constant(tmp_path: Path) -> None:
    """Five times as many rows take no more memory, also after a quote that never closes."""
    row = f"Name Of Somebody,1963,{'x' * 400}\n"

    def peak(rows: int) -> int:
        path = write(tmp_path, 'name,dob,note\n"Lost,1960\n' + row * rows)
        tracemalloc.start()
        for _ in Records(path):
            pass
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        path.unlink()
        return found

    peak(1)
    small, large = peak(500), peak(2_500)  # the larger file has a megabyte
    assert large < small + 200_000


@pytest.mark.parametrize("coding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "lines",
    [
        ("name,dob", "Jane Doe,1963", "Anna Example,1964"),
        ("имя,дата", "Ёлкин,1963", "Пример,1964"),
        ("имя", "Ёлкин", "Пример"),
        ("名前", "例", "名前"),
        ("नाम", "उदाहरण", "नाम"),
        ('{"name": "Jane Doe"}', '{"name": "Пример"}'),
    ],
    ids=lambda lines: lines[0],
)
def test_other_encodings_without_a_mark(
    tmp_path: Path, coding: str, end: str, lines: tuple[str, ...]
) -> None:
    """A file in UTF-16 or UTF-32 without a mark is recognised as one, in any script."""
    with pytest.raises(ParseError) as fault:
        Records(write(tmp_path, end.join((*lines, "")).encode(coding)))
    assert "UTF-8" in fault.value.hint


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("value", ["\0Jane", "Jane\0", "Ja\0ne", "\0", "\0" * 50])
@pytest.mark.parametrize("column", ["name", "dob", "country", "passport"])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_nul_character(tmp_path: Path, end: str, value: str, column: str, at: int) -> None:
    """A NUL character anywhere is a problem of its value; everything else is read."""
    columns = ("name", "dob", "country", "passport")
    usual = ("Anna Example", "1963", "DE", "X1")
    records = [dict(zip(columns, usual, strict=True)) for _ in range(3)]
    records[at][column] = value
    lines = (",".join(columns), *(",".join(one.values()) for one in records), "")
    rows = read(write(tmp_path, end.join(lines)))
    assert len(rows) == 3
    for number, row in enumerate(rows):
        assert [one.field for one in row.problems if one.field] == [column] * (number == at)
    found = [one.subject.names for one in rows if one.subject is not None]
    assert found == [("Anna Example",) * (column != "name" or n != at) for n in range(3)]
