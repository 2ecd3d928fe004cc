"""Rows of a workbook become entries as rows of delimited text do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import attrs
import pytest
from sheet_files import workbook

import sanctionslib as sl
from sanctionslib import parsers
from sanctionslib.parsers._engine.dates import partial_date
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
PRIMARY = sl.NameKind.PRIMARY
TITLE = ["Sanctions of EXAMPLE, as of today"]
MARK = '<?sanctionslib scope="sample"?>'
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
    return workbook(sheets)


@pytest.mark.filterwarnings("ignore::sanctionslib.SanctionsWarning")
def test_each_sheet_with_the_columns_is_read() -> None:
    """Titles precede the header, columns are in any order, rows of one party in two sheets."""
    first = [
        ["EXAMPLE ONE", "1", "", "A|B", "Dhaka", "Bangladesh"],
        ["EXAMPLE TWO", "2"],
    ]
    second = ["EXAMPLE ONE", "1", "", "C", "Herat", "Afghanistan"]
    sheets = {"A": [TITLE, HEADER, *first], "Notes": [["nothing"]], "B": [HEADER, second]}
    found = sl.read(book(**sheets), keep_source=True)
    one, two = found
    assert (one.source_id, one.programs, [each.city for each in one.addresses]) == (
        "1",
        ("A", "B", "C"),
        ["Dhaka", "Herat"],
    )
    assert two.addresses == ()
    assert [(each.path, each.line) for each in one.origins] == [("A", 3), ("B", 2)]
    assert list(two.source or ()) == [("Reference", "2"), ("Name", "EXAMPLE TWO")]
    (issue,) = found.audit.issues  # no sheet is passed over in silence
    assert (issue.kind, issue.where.path) == (sl.answers.IssueKind.STRUCTURE, "Notes")
    assert list(issue.source or ()) == [("column 1", "nothing")]


@pytest.mark.parametrize(("title", "scope"), [(MARK, sl.Scope.SAMPLE), ("sample", sl.Scope.WHOLE)])
def test_a_row_above_the_header_marks_a_sample(title: str, scope: sl.Scope) -> None:
    """The caller marks a bundled file as a sample; no other words do."""
    data = book(A=[TITLE, [title], HEADER, ["EXAMPLE", "1"]])
    (edition,) = sl.read(data, published="2021-12-10").editions
    assert edition.scope is scope


@pytest.mark.filterwarnings("ignore::sanctionslib.errors.UndatedEditionWarning")
def test_a_sheet_that_is_known_to_have_no_parties(monkeypatch: pytest.MonkeyPatch) -> None:
    """An index is not a fault: it is among the omitted rows."""
    known = attrs.evolve(FORMAT, no_table={"Index": "an index"}.get)
    monkeypatch.setattr(parsers, "_formats", lambda: iter((known,)))
    found = sl.read(book(Index=[["A", "B"]], A=[HEADER, ["EXAMPLE ONE", "1"]]))
    assert (len(found), found.audit.issues) == (1, ())
    assert [(one.reason, one.where.path) for one in found.audit.omitted] == [("an index", "Index")]


@pytest.mark.filterwarnings("ignore::sanctionslib.errors.UndatedEditionWarning")
def test_a_cell_outside_the_columns() -> None:
    """A row with a cell where the header has none is rejected, and all of it is kept."""
    rows = [HEADER, ["EXAMPLE ONE", "1"], ["EXAMPLE TWO", "2", "beside"]]
    with pytest.warns(sl.errors.FaultyEntriesWarning):
        found = sl.read(book(A=rows))
    assert ("column 6", "beside") in list(found.audit.issues[0].source or ())
    assert len(found) == 1


@pytest.mark.parametrize(
    ("header", "error", "message"),
    [
        (
            [*HEADER[:4], "Town", "Country"],
            sl.errors.StructureChangedError,
            "'City'; .* unknown 'Town'",
        ),
        (["Name", "City"], sl.errors.UnknownFormatError, "workbook"),
    ],
)
def test_other_columns(header: list[str], error: type[sl.ParseError], message: str) -> None:
    """The error names unknown and missing columns; a workbook without the columns is no list."""
    with pytest.raises(error, match=message):
        sl.read(book(A=[TITLE, header, ["EXAMPLE ONE", "1"]]))


# ── several layouts, and several rows of a party ─────────────────────────────────────────────


def _published(titles: Sequence[str]) -> dt.date | None:
    """The date after "As of"."""
    return dt.date.fromisoformat(titles[1])


SEVERAL = attrs.evolve(
    FORMAT,
    group=Group(
        make=sl.Person,
        rules={
            "Group": to("id"),
            "*names": many(
                "names",
                sl.Name,
                {"Name": to("text"), "Type": to("kind", {"AKA": sl.NameKind.AKA, "Main": PRIMARY})},
            ),
            "Born": many("births", sl.Birth, {".": to("date", partial_date)}),
            "Remark": to("remarks"),
            "*designations": many(
                "designations",
                sl.Designation,
                {
                    "Regime": to("programs"),
                    **one(
                        "events",
                        sl.Event,
                        {"Listed": to("date", partial_date)},
                        kind=sl.EventKind.LISTED,
                    ),
                },
            ),
        },
    ),
    columns=("Group", "Name", "Type", "Born", "Remark", "Regime", "Listed"),
    required=frozenset({"Group", "Name"}),
    spellings={"Group ID": "Group", "Date of birth": "Born"},
    known_by=frozenset({"Group", "Name"}),
    split={},
    in_workbook=False,
    has_titles=True,
    published=_published,
    dated_at="As of",
    party=lambda cells: cells.get("Group"),
    omitted=lambda cells: "a footnote" if cells.get("Name", "").startswith("[") else None,
)
ROWS = """\
As of,2025-04-10
Name,Group ID,Type,Date of birth,Remark,Regime,Listed
Example Al,7,AKA,1970,said,A,2020-01-02
Example One,7,Main,1971-02-03,said,A,2020-01-02
Example One,7,Main,1970,other,B,2021
Example Two,8,Main,,,B,2021
more of two,,AKA,,,,
[1] a note,,,,,,
"""


@pytest.fixture
def several(monkeypatch: pytest.MonkeyPatch) -> None:
    """The format of several rows is the only one."""
    monkeypatch.setattr(parsers, "_formats", lambda: iter((SEVERAL,)))


@pytest.mark.usefixtures("several")
def test_rows_of_one_party() -> None:
    """Each name, birth and regime occurs once, with its facts; the primary name is first."""
    with pytest.warns(sl.errors.FaultyEntriesWarning):
        found = sl.read(ROWS.encode(), keep_source=True)
    one, two = found.where(kind=sl.Person)
    assert found.editions[0].published == dt.date(2025, 4, 10)
    assert (one.source_id, [each.text for each in one.names]) == (
        "7",
        ["Example One", "Example Al"],
    )
    assert [str(each.date) for each in one.births] == ["1970", "1971-02-03"]
    assert [(each.programs, str(each.listed_since)) for each in one.designations] == [
        (("A",), "2020-01-02"),
        (("B",), "2021"),
    ]
    assert [each.line for each in one.origins] == [3, 4, 5]
    assert [each.text for each in two.names] == ["Example Two", "more of two"]
    assert len(one.source or ()) == 21


@pytest.mark.usefixtures("several")
@pytest.mark.filterwarnings("ignore::sanctionslib.SanctionsWarning")
def test_rows_that_contradict_each_other() -> None:
    """A second text in a column with one value is kept as a Feature and reported."""
    found = sl.read(ROWS.encode())
    one = found["7"]
    assert (one.remarks, one.features) == ("said", (sl.Feature(label="Remark", value="other"),))
    assert [issue.where.path for issue in found.audit.issues] == ["Remark"]
    assert found.audit.read == found.audit.converted == 2


@pytest.mark.usefixtures("several")
@pytest.mark.filterwarnings("ignore::sanctionslib.SanctionsWarning")
def test_rows_that_are_no_party() -> None:
    """They are in the audit, with the reason and all of their values."""
    (omitted,) = sl.read(ROWS.encode()).audit.omitted
    assert (omitted.reason, omitted.where.line) == ("a footnote", 8)
    assert list(omitted.source or ()) == [("Name", "[1] a note")]


@pytest.mark.usefixtures("several")
def test_a_layout_without_some_columns() -> None:
    """Columns that not every layout has may be missing; an unknown one may not be there."""
    (one,) = sl.read(b"As of,2025-04-10\nName,Group\nExample One,7\n")
    assert (one.name, one.births if isinstance(one, sl.Person) else None) == ("Example One", ())
    with pytest.raises(sl.errors.StructureChangedError, match="unknown 'Town'"):
        sl.read(b"As of,2025-04-10\nName,Group,Town\nExample One,7,x\n")


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize("header", ["Name,Group ID,Type", "Name,Group,Born"])
def test_a_header_that_comes_again(header: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a fault, with its columns in any place, unless the format has sheets in sections."""
    text = f"As of,2025-04-10\n{header}\nExample One,7,\n{header}\nExample Two,8,\n"
    with pytest.raises(sl.errors.StructureChangedError, match="a second time"):
        sl.read(text.encode())
    again = attrs.evolve(
        SEVERAL, omitted=lambda cells: "the header again" if cells["Name"] == "Name" else None
    )
    monkeypatch.setattr(parsers, "_formats", lambda: iter((again,)))
    found = sl.read(text.encode())
    assert [one.name for one in found] == ["Example One", "Example Two"]
    assert [one.reason for one in found.audit.omitted] == ["the header again"]
