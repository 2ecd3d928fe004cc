"""Workbooks written by hand, so that a test has exact control of the file."""

from __future__ import annotations

import datetime as dt
import io
import warnings
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.escape import unescape
from zips import zipped

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
FORMATS = {"General": 0, "day": 14, "time": 21, "duration": 46, "00000": 164, "Japanese": 27}
"""Number formats by the name that a test gives them; `style` gives the number of one."""
_NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)


def style(name: str) -> int:
    return list(FORMATS).index(name)


def worksheet(rows: str, head: str = "") -> str:
    return f'{head}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def xlsx_members(
    sheets: Mapping[str, str] | str,
    *,
    shared: Sequence[str] = (),
    settings: str = "",
    states: Mapping[str, str] | None = None,
    kinds: Mapping[str, str] | None = None,
) -> dict[str, str | bytes]:
    """The members of an xlsx.

    Args:
        sheets: Rows as XML, by the name of the sheet; or those of the only one, "Data".
        shared: Content of each shared string, as XML.
        settings: `<workbookPr/>`.
        states: "hidden" or "veryHidden", by the name of the sheet.
        kinds: "macrosheet" and the like, by the name of the sheet.
    """
    named = {"Data": sheets} if isinstance(sheets, str) else sheets
    listed = "".join(
        f'<sheet name="{name}" sheetId="{at}" state="{(states or {}).get(name, "visible")}" '
        f'r:id="rId{at}"/>'
        for at, name in enumerate(named, 1)
    )
    targets = [
        ((kinds or {}).get(name, "worksheet"), f"worksheets/sheet{at}.xml")
        for at, name in enumerate(named, 1)
    ] + [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{LINKS}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, 1)
    )
    formats = "".join(f'<xf numFmtId="{number}"/>' for number in FORMATS.values())
    types = "".join(  # openpyxl finds parts by them
        f'<Override PartName="/xl/{part}.xml" ContentType="{_TYPES}.{kind}+xml"/>'
        for part, kind in (
            ("workbook", "sheet.main"),
            ("styles", "styles"),
            ("sharedStrings", "sharedStrings"),
        )
    )
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">{settings}'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}'
        "</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" '
        f'formatCode="00000"/></numFmts><cellXfs>{formats}</cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">'
        + "".join(f"<si>{each}</si>" for each in shared)
        + "</sst>",
    }
    for at, rows in enumerate(named.values(), 1):
        members[f"xl/worksheets/sheet{at}.xml"] = worksheet(rows)
    return members


def row(number: int, *cells: str) -> str:
    """A row of xlsx; each cell is the XML after its place, as `t="b"><v>1</v>`; "" for none."""
    written = "".join(
        f'<c r="{get_column_letter(at)}{number}" {each}</c>'
        for at, each in enumerate(cells, 1)
        if each
    )
    return f'<row r="{number}">{written}</row>'


def inline(text: str) -> str:
    return f't="inlineStr"><is><t xml:space="preserve">{text}</t></is>'


def number(value: str, format: str = "General") -> str:
    return f's="{style(format)}"><v>{value}</v>'


def xlsx(sheets: Mapping[str, str] | str, **words: object) -> bytes:
    return zipped(xlsx_members(sheets, **words))  # type: ignore[arg-type]


def ods_members(
    sheets: Mapping[str, str] | str, hidden: str = "", head: str = ""
) -> dict[str, str]:
    """The members of an ods; `sheets` as for xlsx, and the name of a hidden one."""
    named = {"Data": sheets} if isinstance(sheets, str) else sheets
    tables = "".join(
        f'<table:table table:name="{name}" table:style-name="{"off" if name == hidden else "on"}">'
        f"{rows}</table:table>"
        for name, rows in named.items()
    )
    styles = '<style:style style:name="off" style:family="table"><style:table-properties '
    styles += 'table:display="false"/></style:style>'
    return {
        "mimetype": ODS,
        "content.xml": f"{head}<office:document-content {_NAMESPACES}><office:automatic-styles>"
        f"{styles}</office:automatic-styles><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>",
        "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:'
        f'opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{ODS}"/></manifest:manifest>',
    }


def ods(sheets: Mapping[str, str] | str, **words: str) -> bytes:
    return zipped(ods_members(sheets, **words))


def ods_row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def ods_cell(text: str = "", kind: str = "", value: str = "", attributes: str = "") -> str:
    """A cell of ods: the shown text, and for other kinds the kind and stored value."""
    if not text and not kind:
        return f"<table:table-cell {attributes}/>"
    name = {"date": "date-value", "time": "time-value", "boolean": "boolean-value"}.get(
        kind, "value"
    )
    stored = f'office:{name}="{value}"' if value else ""
    shown = "".join(f"<text:p>{each}</text:p>" for each in text.split("\n"))
    return (
        f'<table:table-cell office:value-type="{kind or "string"}" {stored} {attributes}>{shown}'
        "</table:table-cell>"
    )


# ── complete workbooks ────────────────────────────────────────────────────────────────────────

Rows = Mapping[str, Sequence[Sequence[str]]]
"""The texts of all cells, row by row, by the name of the sheet."""


def workbook(sheets: Rows) -> bytes:
    """An xlsx with all cells as text."""
    return xlsx(
        {
            name: "".join(
                row(at, *(inline(_escaped(cell)) if cell else "" for cell in cells))
                for at, cells in enumerate(rows, start=1)
            )
            for name, rows in sheets.items()
        }
    )


def _escaped(text: str) -> str:
    # A carriage return would become a line feed.
    return escape(text, {"\r": "&#13;"})


def ods_workbook(sheets: Rows) -> bytes:
    """An ods with all cells as text."""
    return ods(
        {
            escape(name): "".join(ods_row(*(_ods_text(cell) for cell in cells)) for cells in rows)
            for name, rows in sheets.items()
        }
    )


def _ods_text(text: str) -> str:
    if not text:
        return "<table:table-cell/>"
    lines = "".join(f"<text:p>{_escaped(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def sheet_rows(data: bytes) -> dict[str, list[list[str]]]:
    """The texts of all cells as openpyxl reads them."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Workbook contains no default style")  # ours have none
        warnings.filterwarnings("ignore", "Print area cannot be set")  # of Japan's workbook
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    found = {
        sheet.title: [[as_text(_value(cell)) for cell in cells] for cells in sheet.rows]
        for sheet in book
    }
    book.close()
    return found


def _value(cell: Any) -> object:
    """The value of a cell; openpyxl does not know the formats of dates of East Asia."""
    value = cell.value
    if isinstance(value, int | float) and cell.style_array.numFmtId in _EAST_ASIAN:
        return from_excel(value)
    return value


_EAST_ASIAN = (*range(27, 37), *range(50, 59))
"""Numbers of formats of dates, by ECMA-376, 18.8.30."""


def as_text(value: object) -> str:
    """What our rows make of a value of openpyxl, which leaves escapes as they are."""
    if value is None:
        return ""
    if isinstance(value, str):
        return unescape(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, dt.datetime | dt.time) else f"{value:.15g}"
