"""Rows of a workbook become entries as rows of delimited text do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sheet_files import inline, row
from sheet_files import xlsx as workbook

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


def xlsx(sheets: dict[str, list[list[str]]]) -> bytes:
    return workbook(
        {
            name: "".join(
                row(at, *(inline(cell) if cell else "" for cell in cells))
                for at, cells in enumerate(rows, start=1)
            )
            for name, rows in sheets.items()
        }
    )


def book(*rows: list[str], more: list[list[str]] | None = None) -> bytes:
    return xlsx({"Regime A": [TITLE, HEADER, *rows], "Notes": [["nothing"]], "B": more or []})


@pytest.mark.filterwarnings("ignore::sanctionslib.SanctionsWarning")
def test_each_sheet_with_the_columns_is_read() -> None:
    """Titles stand before the header, columns in any order, rows of one party in two sheets."""
    found = sl.read(
        book(
            ["EXAMPLE ONE", "1", "", "A|B", "Dhaka", "Bangladesh"],
            ["EXAMPLE TWO", "2"],
            more=[HEADER, ["EXAMPLE ONE", "1", "", "C", "Herat", "Afghanistan"]],
        ),
        records=True,
    )
    one, two = found
    assert (one.source_id, one.programs, [each.city for each in one.addresses]) == (
        "1",
        ("A", "B", "C"),
        ["Dhaka", "Herat"],
    )
    assert two.addresses == ()
    assert [(each.path, each.line) for each in one.origins] == [("Regime A", 3), ("B", 2)]
    assert list(two.record or ()) == [("Reference", "2"), ("Name", "EXAMPLE TWO")]
    (issue,) = found.audit.issues  # no sheet is passed over in silence
    assert (issue.kind, issue.where.path) == (sl.IssueKind.STRUCTURE, "Notes")
    assert list(issue.record or ()) == [("column 1", "nothing")]


@pytest.mark.filterwarnings("ignore::sanctionslib.UndatedEditionWarning")
def test_a_cell_beside_the_columns() -> None:
    """A row with a cell where the header has none is rejected, and all of it is kept."""
    with pytest.warns(sl.FaultyEntriesWarning):
        found = sl.read(book(["EXAMPLE ONE", "1"], ["EXAMPLE TWO", "2", "beside"]))
    issue = found.audit.issues[0]
    assert ("column 6", "beside") in list(issue.record or ())
    assert len(found) == 1


def test_a_header_that_changed() -> None:
    """A column that is unknown or missing is named, with the sheet and the row."""
    changed = [*HEADER[:4], "Town", "Country"]
    with pytest.raises(sl.StructureChangedError, match="without 'City'; with the unknown 'Town'"):
        sl.read(xlsx({"A": [TITLE, changed, ["EXAMPLE ONE", "1"]]}))


def test_another_workbook() -> None:
    """A workbook without the columns is no list."""
    with pytest.raises(sl.UnknownFormatError):
        sl.read(xlsx({"A": [["Name", "City"], ["EXAMPLE", "Dhaka"]]}))
