"""Rows of a workbook become entries as rows of delimited text do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sheet_files import inline, row, xlsx

import sanctionslib as sl
from sanctionslib import parsers
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.rows import RowsFormat
from sanctionslib.parsers._engine.rules import Group, many, one, to
from sanctionslib.parsers._engine.values import country


def _name(text: str, entry: Entry) -> sl.Name:
    """The name."""
    return sl.Name(text=text)


_ENTRY = Group(
    make=sl.Entity,
    rules={
        "Reference": to("id"),
        "Name": to("names", _name),
        "Also": many("programs"),
        **one(
            "addresses",
            sl.Address,
            {"City": to("city"), "Country": to("country", country)},
        ),
    },
)
FORMAT = RowsFormat(
    name="us-bis-denied-txt",  # a format whose list the catalog has
    title="A workbook",
    files=("example.xlsx",),
    group=_ENTRY,
    columns=tuple(_ENTRY.rules),
    known_by=frozenset({"Reference", "Also"}),
    split={"Also": lambda text: text.split("|")},
    in_workbook=True,
    unites=True,
)
TITLE = ["Sanctions of EXAMPLE, as of today"]
HEADER = ["Name", "Reference", "", "Also", "City", "Country"]


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The format is the only one."""
    monkeypatch.setattr(parsers, "_formats", lambda: iter((FORMAT,)))
    parsers.formats.cache_clear()
    yield
    monkeypatch.undo()
    parsers.formats.cache_clear()


def book(**sheets: list[list[str]]) -> bytes:
    """A workbook of these rows, by the name of the sheet."""
    return xlsx(
        {
            name: "".join(
                row(at, *(inline(cell) if cell else "" for cell in cells))
                for at, cells in enumerate(rows, start=1)
            )
            for name, rows in sheets.items()
        }
    )


@pytest.mark.filterwarnings("ignore::sanctionslib.SanctionsWarning")
def test_each_sheet_with_the_columns_is_read() -> None:
    """Titles stand before the header, columns in any order, rows of one party in two sheets."""
    first = [
        ["EXAMPLE ONE", "1", "", "A|B", "Dhaka", "Bangladesh"],
        ["EXAMPLE TWO", "2"],
    ]
    second = ["EXAMPLE ONE", "1", "", "C", "Herat", "Afghanistan"]
    sheets = {"A": [TITLE, HEADER, *first], "Notes": [["nothing"]], "B": [HEADER, second]}
    found = sl.read(book(**sheets), records=True)
    one, two = found
    assert (one.source_id, one.programs, [each.city for each in one.addresses]) == (
        "1",
        ("A", "B", "C"),
        ["Dhaka", "Herat"],
    )
    assert two.addresses == ()
    assert [(each.path, each.line) for each in one.origins] == [("A", 3), ("B", 2)]
    assert list(two.record or ()) == [("Reference", "2"), ("Name", "EXAMPLE TWO")]
    (issue,) = found.audit.issues  # no sheet is passed over in silence
    assert (issue.kind, issue.where.path) == (sl.IssueKind.STRUCTURE, "Notes")
    assert list(issue.record or ()) == [("column 1", "nothing")]


@pytest.mark.filterwarnings("ignore::sanctionslib.UndatedEditionWarning")
def test_a_cell_beside_the_columns() -> None:
    """A row with a cell where the header has none is rejected, and all of it is kept."""
    rows = [HEADER, ["EXAMPLE ONE", "1"], ["EXAMPLE TWO", "2", "beside"]]
    with pytest.warns(sl.FaultyEntriesWarning):
        found = sl.read(book(A=rows))
    assert ("column 6", "beside") in list(found.audit.issues[0].record or ())
    assert len(found) == 1


@pytest.mark.parametrize(
    ("header", "error", "says"),
    [
        ([*HEADER[:4], "Town", "Country"], sl.StructureChangedError, "'City'; .* unknown 'Town'"),
        (["Name", "City"], sl.UnknownFormatError, "workbook"),
    ],
)
def test_other_columns(header: list[str], error: type[sl.ParseError], says: str) -> None:
    """A column that is unknown or missing is named; a workbook without the columns is no list."""
    with pytest.raises(error, match=says):
        sl.read(book(A=[TITLE, header, ["EXAMPLE ONE", "1"]]))
