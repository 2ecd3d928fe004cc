"""Workbooks as rows of texts: the text of each kind of cell, and rejected workbooks."""

from __future__ import annotations

import gzip
import io
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sheet_files import (
    inline,
    number,
    ods,
    ods_cell,
    ods_members,
    ods_row,
    row,
    worksheet,
    xlsx,
    xlsx_members,
    zipped,
)

import sanctionslib as sl
from sanctionslib.parsers import InputFile, sources_of
from sanctionslib.parsers._engine.sheets import Sheet, Workbook

SHEET = "xl/worksheets/sheet1.xml"
GOOD = xlsx(
    row(1, inline("Name"), inline("Born")) + row(2, inline("EXAMPLE"), number("44927", "day"))
)
ROWS = [(1, ("Name", "Born")), (2, ("EXAMPLE", "2023-01-01"))]
GOOD_ODS = ods(
    ods_row(ods_cell("Name"), ods_cell("Born"))
    + ods_row(ods_cell("EXAMPLE"), ods_cell("1 Jan 23", "date", "2023-01-01"))
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)


def read(data: bytes, sheet: str = "Data") -> list[tuple[int, tuple[str, ...]]]:
    return [(line, cells) for line, cells in Workbook(InputFile(data)).rows(sheet)]


def texts(*cells: str, **words: Any) -> tuple[str, ...]:
    """The texts of a row of xlsx."""
    ((_, found),) = read(xlsx(row(1, *cells), **words))
    return found


def times(axis: str, count: object) -> str:
    """The attribute of ods with the number of repetitions of a cell or a row."""
    return f'table:number-{axis}-repeated="{count}"'


def with_member(name: str, content: str | bytes) -> bytes:
    return zipped(xlsx_members("") | {name: content})


# ── what each kind of cell becomes ────────────────────────────────────────────────────────────

CELLS = {
    # Texts: leading zeros, blanks, line ends and characters of every plane stay.
    inline("01234"): "01234",
    inline(" two  blanks "): " two  blanks ",
    inline("a\nb\tc&#13;&#10;d"): "a\nb\tc\r\nd",
    inline("&amp;&lt;&quot;&#x1F600;"): '&<"\U0001f600',
    inline("   "): "   ",
    inline("1.0"): "1.0",
    inline("x" * 131_072): "x" * 131_072,  # longer than Excel's longest
    't="str"><f>A1</f><v>of a formula</v>': "of a formula",
    # Numbers: an integer has no fraction; no digits are invented for a large one.
    number("1"): "1",
    number("12.0"): "12",
    number("-3"): "-3",
    number("0"): "0",
    number("0.1"): "0.1",
    number("0.10000000000000001"): "0.1",
    number("1E3"): "1000",
    number("1.5"): "1.5",
    number("123456789012345"): "123456789012345",
    number("1234567890123456789"): "1.2345678901234568e+18",
    number("1.0000000000000002"): "1.0000000000000002",
    # A format of leading zeros is the publisher's look of the number.
    number("42", "00000"): "42",
    # A number is a day by its format; the epoch is 1900, with the leap day that was none.
    number("44927"): "44927",
    number("44927", "day"): "2023-01-01",
    number("44927.25", "day"): "2023-01-01T06:00:00",
    number("44927", "Japanese"): "2023-01-01",
    number("1", "day"): "1900-01-01",
    number("59", "day"): "1900-02-28",
    number("61", "day"): "1900-03-01",
    number("2958465", "day"): "9999-12-31",
    number("0.25", "time"): "06:00:00",
    number("1.25", "duration"): "30:00:00",
    # The strict form of xlsx writes days as ISO 8601.
    't="d"><v>2020-01-02</v>': "2020-01-02",
    't="d"><v>2020-01-02T03:04:05</v>': "2020-01-02T03:04:05",
    # As a spreadsheet program shows them; an error is never an empty cell.
    't="b"><v>1</v>': "TRUE",
    't="b"><v>0</v>': "FALSE",
    't="e"><v>#N/A</v>': "#N/A",
    "t='e'><f>1/0</f><v>#DIV/0!</v>": "#DIV/0!",
    inline(' t="e" '): ' t="e" ',
}


def test_cells() -> None:
    """Each kind of cell of an xlsx."""
    found = [read(xlsx(row(1, cell)))[0][1][0] for cell in CELLS]
    assert found == list(CELLS.values())


@pytest.mark.parametrize(("stored", "text"), [("44927", "2027-01-02"), ("1", "1904-01-02")])
def test_days_since_1904(stored: str, text: str) -> None:
    """The other epoch, where the file selects it."""
    assert texts(number(stored, "day"), settings='<workbookPr date1904="1"/>') == (text,)


SHARED = {
    '<t xml:space="preserve"> kept </t>': " kept ",
    "<t> not kept </t>": "not kept",
    "<r><t xml:space='preserve'>rich </t></r><r><rPr><strike/></rPr><t>text</t></r>"
    "<rPh><t>GUIDE</t></rPh>": "rich text",
    "<t>a_x000D_\nb _x005F_x000D_</t>": "a\r\nb _x000D_",
    "<t/>": "",
    "<t>end</t>": "end",
}


def test_shared_strings() -> None:
    """Runs are joined, phonetic guides are skipped, and escapes are decoded."""
    cells = [f't="s"><v>{at}</v>' for at in range(len(SHARED))]
    assert texts(*cells, shared=list(SHARED)) == tuple(SHARED.values())


ODS_CELLS = {
    ods_cell("01234"): "01234",
    ods_cell("12.00", "float", "12"): "12",
    ods_cell("50 %", "percentage", "0.5"): "0.5",
    ods_cell("1 Jan", "date", "2023-01-01"): "2023-01-01",
    ods_cell("1 Jan", "date", "2023-01-01T06:00:00"): "2023-01-01T06:00:00",
    ods_cell("6", "time", "PT06H00M00S"): "06:00:00",
    ods_cell("yes", "boolean", "true"): "TRUE",
    ods_cell("#N/A"): "#N/A",
    ods_cell("two\nlines"): "two\nlines",
    ods_cell("a<text:tab/>b<text:line-break/>c<text:s text:c='2'/>d"): "a\tb\nc  d",
    ods_cell("<text:span>rich</text:span> text"): "rich text",
    "<table:table-cell office:value-type='string'><office:annotation><text:p>note</text:p>"
    "</office:annotation><text:p>x</text:p></table:table-cell>": "x",
}


def test_ods() -> None:
    """Every kind of cell of an ods, with the same texts as those of an xlsx."""
    assert read(ods(ods_row(*ODS_CELLS))) == [(1, tuple(ODS_CELLS.values()))]


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (number("1e999"), "not a number"),
        (number("NaN"), "not a number"),
        (inline("x" * 131_073), "more than 131,072 characters"),
    ],
)
def test_no_cell(cell: str, message: str) -> None:
    """What no spreadsheet program stores is refused, with its row."""
    with pytest.raises(sl.ParseError, match=message) as caught:
        read(xlsx(row(1, inline("x")) + row(4, cell)))
    assert (caught.value.where.path, caught.value.where.line) == ("Data", 4)


# ── its place ───────────────────────────────────────────────────────────────────────────


def test_empty_cells_and_rows() -> None:
    """Cells have their columns, `line` counts every row, and empty cells at the end are removed."""
    data = xlsx(
        row(3, "", inline("b"), "><v></v>", number("1"), "", 's="1">')
        + row(4, "", "", inline(""))
        + row(5)
        + '<row r="7" hidden="1"><c r="C7"><v>7</v></c></row>'
    )
    assert read(data) == [(3, ("", "b", "", "1")), (7, ("", "", "7"))]


def test_cells_without_their_place() -> None:
    """Some programs write no row numbers or cell places, and a prefix everywhere."""
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c/><c><v>3</v></c></row>"
    assert read(xlsx(rows)) == [(1, ("1", "2")), (3, ("", "3"))]
    prefixed = worksheet(rows).replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
    prefixed = prefixed.replace("xmlns=", "xmlns:x=")
    assert read(with_member(SHEET, prefixed)) == [(1, ("1", "2")), (3, ("", "3"))]


def test_sheets() -> None:
    """Each is read by its name, in any order; hidden sheets are marked, and read as others."""
    names = ["一覧", "Left &amp; right", "off", "never"]
    data = xlsx(
        {name: row(1, inline(name)) for name in names},
        states={"off": "hidden", "never": "veryHidden"},
    )
    book = Workbook(InputFile(data))
    assert book.sheets == (
        Sheet("一覧", False),
        Sheet("Left & right", False),
        Sheet("off", True),
        Sheet("never", True),
    )
    for name, _ in reversed(book.sheets):
        assert [each.cells for each in book.rows(name)] == [(name,)]
    with pytest.raises(sl.errors.StructureChangedError, match=r"no sheet 'Other', but .'一覧'"):
        next(book.rows("Other"))


def test_repetitions_of_ods() -> None:
    """Repeated cells and rows keep their places; those that fill up a sheet are not read."""
    many, twice = times("columns", 16_380), times("columns", 2)
    rows = (
        ods_row(ods_cell(attributes=many), attributes=times("rows", 2))
        + ods_row(
            ods_cell(attributes=twice),
            ods_cell("x", attributes=twice),
            ods_cell(attributes=many),
            attributes=times("rows", 2),
        )
        + ods_row(ods_cell(attributes=many), attributes=times("rows", 1_048_000))
    )
    assert read(ods({"Data": rows, "Next": ods_row(ods_cell("y"))})) == [
        (3, ("", "", "x", "x")),
        (4, ("", "", "x", "x")),
    ]
    assert Workbook(InputFile(ods({"a": rows, "b": rows}, hidden="b"))).sheets == (
        Sheet("a", False),
        Sheet("b", True),
    )


@pytest.mark.parametrize("data", [GOOD, GOOD_ODS], ids=["xlsx", "ods"])
def test_wherever_it_lies(data: bytes, tmp_path: Path) -> None:
    """A workbook is one file and no zip of several: as bytes, path, stream, in a gzip or a zip."""
    steps: list[tuple[int, int]] = []
    path = tmp_path / "list.book"
    path.write_bytes(data)
    packed = (gzip.compress(data), zipped({"list.book": data}))
    for given in (data, path, str(path), io.BytesIO(data), *packed):
        (source,) = sources_of(given)
        assert (source.size, source.head) == (len(data), data[: 1 << 16])
        book = Workbook(source, lambda *step: steps.append(step))
        assert steps[-1] == (len(data), len(data))
        assert [tuple(each) for each in book.rows("Data")] == ROWS


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the extra that brings it."""
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(sl.MissingExtraError, match="python-calamine") as caught:
        Workbook(InputFile(GOOD))
    assert caught.value.extra == "xlsx"
    assert "sanctionslib[xlsx]" in caught.value.hint


def encrypted(data: bytes) -> bytes:
    """A zip with members marked as encrypted."""
    flags = rb"(PK\x03\x04..|PK\x01\x02....)."
    return re.sub(flags, lambda found: found[1] + b"\1", data, flags=re.DOTALL)


LOCKED_ODS = zipped(
    ods_members("")
    | {"content.xml": "\x01\x02", "META-INF/manifest.xml": "<m><manifest:encryption-data/></m>"}
)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (OLE, "not a workbook in xlsx or ods"),
        (b"<html><table><tr><td>EXAMPLE</td></tr></table></html>", "not a workbook"),
        (b"Name,Born\nEXAMPLE,1970\n", "not a workbook"),
        (gzip.compress(zipped({"a.xml": "<a/>", "b.xml": "<b/>"})), "a zip that is not a workbook"),
        (encrypted(GOOD), "password"),
        (LOCKED_ODS, "password"),
        (xlsx({"Data": "", "M": ""}, kinds={"M": "xlMacrosheet"}), "macro sheet"),
    ],
    ids=["compound", "HTML", "CSV", "zip", "encrypted", "encrypted ods", "macros"],
)
def test_no_workbook_that_is_read(data: bytes, message: str) -> None:
    """The error names each with its format and a remedy."""
    with pytest.raises(sl.errors.UnknownFormatError, match=message) as caught:
        Workbook(InputFile(data, name="list.xls"))
    assert caught.value.where.source == "list.xls"
    assert "xlsx" in caught.value.hint


@pytest.mark.parametrize("data", [OLE, GOOD, GOOD_ODS, gzip.compress(GOOD)])
def test_no_format_takes_it(data: bytes) -> None:
    """The error for an old or unknown workbook names it a workbook."""
    with pytest.raises(sl.errors.UnknownFormatError, match="workbook"):
        sl.read(data)


@pytest.mark.parametrize("data", [GOOD, GOOD_ODS], ids=["xlsx", "ods"])
@pytest.mark.parametrize("packed", [False, True], ids=["bare", "in gzip"])
def test_cut_anywhere(data: bytes, packed: bool) -> None:
    """A workbook that ends too early is never a shorter list."""
    for at in range(50):
        short = data[: 4 + (len(data) - 5) * at // 50]
        with pytest.raises(sl.errors.TruncatedError) as caught:
            Workbook(InputFile(gzip.compress(short) if packed else short))
        assert caught.value.where.source == "<bytes>"


@pytest.mark.parametrize("data", [GOOD, GOOD_ODS], ids=["xlsx", "ods"])
def test_damaged_anywhere(data: bytes) -> None:
    """One byte after another is wrong: an error of ours, or the very same rows."""
    found = 0
    for at in range(4, len(data), 7):
        damaged = data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]
        try:
            rows = list(Workbook(InputFile(damaged)).rows("Data"))
        except sl.SanctionsError:
            found += 1
        else:
            assert [tuple(each) for each in rows] == ROWS
    assert found > 50


def test_cut_xml() -> None:
    """XML that ends too early in a complete zip, where the library would wait, is rejected."""
    for members, name in (
        (xlsx_members(row(1, inline("x"))), SHEET),
        (ods_members(""), "content.xml"),
    ):
        content = str(members[name])
        for at in range(50):
            short = content[: len(content) * at // 50]
            with pytest.raises(sl.ParseError, match="cannot be read") as caught:
                Workbook(InputFile(zipped(members | {name: short})))
            assert caught.value.where.path == name


BOMB = '<!DOCTYPE a [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FAR = '<row r="1"><c r="A1"><v>1</v></c></row>'
BIG = b"\0" * 301_000_000
X = ods_row(ods_cell("x"))
LONG = ods_cell("x" * 2_000, attributes=times("columns", 400))


def sheet(rows: str, head: str = "") -> bytes:
    return with_member(SHEET, worksheet(rows, head))


HOSTILE: list[tuple[bytes, str]] = [
    (sheet(row(1, inline("&b;")), BOMB), "declaration"),
    (sheet(row(1, inline("a<![CDATA[b]]>"))), "CDATA"),
    (sheet(row(1, 't="n"><v>1<!-- -->2</v>')), "comment"),
    (sheet(row(1, inline("&b;"))), "undefined entity"),
    (sheet(FAR + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "beyond the limit"),
    (sheet('<row r="1"><c r="NTQPX1"><v>1</v></c></row>'), "row 1 and column 6,761,116, beyond"),
    (sheet('<row r="4294967295"><c><v>1</v></c></row>'), "row 4,294,967,295 and column 1"),
    (sheet("<row>" + "<c><v>1</v></c>" * 1001 + "</row>"), "column 1,001, beyond"),
    (sheet('<c r="XFD1048576"><v>1</v></c>'), "out of place"),
    (sheet('<row r="1"><c r="A2"><v>1</v></c></row>'), "'A2' is out of place"),
    (sheet('<row r="1"><c r="B1"/><c r="A1"><v>1</v></c></row>'), "out of place"),
    (sheet('<row r="1"><c r="A1"/><c r="A1"><v>1</v></c></row>'), "out of place"),
    (sheet(FAR + FAR), "row 1 follows row 1"),
    (with_member(SHEET, worksheet(row(1, inline("x"))).encode("utf-16")), "not in UTF-8"),
    (sheet("<a>" * 100_000), "mismatched tag"),
    (sheet("<row><c/>" + "<row><c/>" * 9 + "</row>" * 10), "row 2 follows row 1"),
    (with_member(SHEET, "<sst><row/><si><t>x</t></si></sst>"), "a sheet has shared strings"),
    (with_member(SHEET, b""), "no element found"),
    # In ods a number states how often a cell or a row is repeated.
    (ods(ods_row(ods_cell("x", attributes=times("columns", 10**8)))), "beyond the limit"),
    (ods(ods_row(ods_cell("x"), attributes=times("rows", 10**8))), "beyond the limit"),
    (ods(X + ods_row(ods_cell(), attributes=times("rows", 10**8)) + X), "beyond the limit"),
    (ods(ods_row(ods_cell("&b;"))), "undefined entity"),
    (ods(ods_row(ods_cell('<text:s text:c="400000000"/>'))), "300,000,000 characters"),
    (ods(ods_row(LONG, LONG, attributes=times("rows", 200))), "300,000,000 characters"),
    (ods(ods_row(ods_cell("x"), attributes=times("rows", "many"))), "invalid literal"),
]


@pytest.mark.parametrize(("data", "message"), HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_sheets(data: bytes, message: str) -> None:
    """Parts without bound, and parts that the library would read wrongly, are rejected first."""
    with pytest.raises(sl.ParseError, match=message) as caught:
        Workbook(InputFile(data))
    assert caught.value.where.path == (SHEET if SHEET.encode() in data else "content.xml")


def test_many_times_the_same_text() -> None:
    """A shared string counts once for each cell that has it."""
    rows = "".join(row(at, 't="s"><v>1</v>') for at in range(1, 3002))
    shared = ["<t>x</t>", f"<t>{'y' * 100_000}</t>"]
    with pytest.raises(sl.errors.StructureChangedError, match="300,000,000 characters"):
        Workbook(InputFile(xlsx(rows, shared=shared)))
    few = "".join(row(at, 't="s"><v>1</v>') for at in range(1, 4))
    assert [len(cells[0]) for _, cells in read(xlsx(few, shared=shared))] == [100_000] * 3


def test_many_sheets_of_ods() -> None:
    """All of them are kept at once, so their cells count together."""
    rows = ods_row(ods_cell("x"), attributes=times("rows", 400_000))
    rows += ods_row(ods_cell(attributes=times("columns", 9)), ods_cell("x"))
    Workbook(InputFile(ods({"a": rows})))
    with pytest.raises(sl.errors.StructureChangedError, match="beyond the limit"):
        Workbook(InputFile(ods(dict.fromkeys("abc", rows))))


def test_what_follows_the_cells() -> None:
    """Styled empty cells at the far end, and parts after the cells, make no sheet too large."""
    data = worksheet(row(1, inline("x")) + '<row r="2"><c r="XFD2" s="1"/></row>').replace(
        "</sheetData>", "</sheetData><mergeCells><mergeCell ref='A1:B1'/></mergeCells><f>1</f>\n"
    )
    assert read(with_member(SHEET, data)) == [(1, ("x",))]
    filler = ods_row(
        ods_cell(attributes=times("columns", 16_384)),
        attributes=times("rows", 1_048_000),
    )
    members = ods_members(ods_row(ods_cell("x")) + filler)
    content = members["content.xml"].replace("</table:table>", "\n</table:table>\n<table:named/>")
    assert read(zipped(members | {"content.xml": content})) == [(1, ("x",))]


def test_a_zip_bomb() -> None:
    """A member that is too large is not unpacked, also where it declares a smaller size."""
    bomb = with_member("xl/media/image1.png", BIG)
    assert len(bomb) < 1_000_000
    with pytest.raises(
        sl.errors.StructureChangedError, match="more than 300,000,000 bytes, unpacked"
    ):
        Workbook(InputFile(bomb))
    liar = bomb.replace(len(BIG).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    with pytest.raises(sl.errors.TruncatedError):
        Workbook(InputFile(liar))


def test_members_out_of_the_archive() -> None:
    """Names that lead out of a folder are never written anywhere, and hide no sheet."""
    members = xlsx_members(row(1, inline("x"))) | {"../../evil.xml": "<x", "/etc/evil": "x"}
    assert read(zipped(members)) == [(1, ("x",))]


def test_two_members_of_one_name() -> None:
    """Programs differ in which of them they use, so neither is used."""
    buffer = io.BytesIO(GOOD)
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(SHEET, worksheet(row(1, inline("another"))))
    with pytest.raises(sl.errors.StructureChangedError, match="same name"):
        Workbook(InputFile(buffer.getvalue()))


def test_another_packing() -> None:
    """What `zipfile` unpacks without bound is refused."""
    with pytest.raises(sl.errors.StructureChangedError, match="packed in another way"):
        Workbook(InputFile(zipped(xlsx_members(""), zipfile.ZIP_LZMA)))


@pytest.mark.parametrize(
    "missing",
    [
        SHEET,
        "xl/_rels/workbook.xml.rels",
        "xl/sharedStrings.xml",
        "xl/workbook.xml",
        "content.xml",
        "META-INF/manifest.xml",
    ],
)
def test_a_missing_member(missing: str) -> None:
    """It is never an empty sheet."""
    members: dict[str, Any] = xlsx_members(row(1, 't="s"><v>0</v>'), shared=["<t>x</t>"])
    if missing not in members:
        members = ods_members(ods_row(ods_cell("x")))
    with pytest.raises(sl.ParseError):
        read(zipped(members, drop=[missing]))
