"""Delimited text and workbooks, for the contract: their rows as nodes, changed and written again."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

import attrs
from nodes import Entry, Node
from sheet_files import ods_workbook, sheet_rows, workbook

Cells = Sequence[str]


@attrs.define(kw_only=True)
class Sheet:
    """Rows: titles, a header, parties, and other rows."""

    titles: list[Cells] = attrs.field(factory=list)
    written_names: Cells | None = None
    """The header as written; None if there is none."""
    names: list[str] = attrs.field(factory=list)
    """The names of the columns, as paths have them; "" for a column that is not used."""
    rows: list[Cells] = attrs.field(factory=list)
    others: list[Cells] = attrs.field(factory=list)

    @classmethod
    def of(
        cls,
        rows: Iterable[Cells],
        header: Collection[str],
        spellings: Mapping[str, str],
        is_party: Callable[[Mapping[str, str]], bool],
        columns: Sequence[str] | None = None,
    ) -> Sheet:
        """Take rows apart; without a header all of them are titles."""
        made = cls(names=list(columns or ()))
        is_below = columns is not None
        for cells in filter(None, rows):
            stated = [" ".join(cell.split()) for cell in cells]
            named = [spellings.get(name, name) for name in stated]
            if not is_below and set(header) <= {*named}:
                made.written_names, made.names, is_below = cells, named, True
            elif not is_below:
                made.titles.append(cells)
            elif is_party({name: cell for name, cell in made.named(cells) if cell.strip()}):
                made.rows.append(cells)
            else:
                made.others.append(cells)
        return made

    def named(self, cells: Cells) -> list[tuple[str, str]]:
        surplus = [f"column {number + 1}" for number in range(len(self.names), len(cells))]
        return list(zip([*self.names, *surplus], cells, strict=False))

    def parties(self, member: str, nothing: str = "") -> Iterator[Node]:
        """The rows of parties as nodes."""
        for cells in self.rows:
            yield Node(
                member,
                "",
                [
                    Node(name, cell)
                    for name, cell in self.named(cells)
                    if cell.strip() not in ("", nothing.strip())
                ],
            )

    def written(self, tops: Iterable[Node]) -> Iterator[Cells]:
        """All rows, with these for the parties; a column that they alone have is added."""
        tops = list(tops)
        used = dict.fromkeys(child.name for top in tops for child in top.children)
        more = [name for name in used if name not in self.names and not name.startswith("column ")]
        yield from self.titles
        if self.written_names is not None:
            yield [*self.written_names, *more]
        for top in tops:
            cells = {child.name: child.text for child in top.children}
            yield [cells.get(name, "") for name in (*self.names, *more)]
        yield from self.others


class Table:
    """A delimited file, or several that make one edition; each row is an entry.

    Args:
        files: The file, or a file for each member.
        delimiter: The text between cells.
        columns: Member → its columns, for files without a header; paths have the member.
        nothing: The text in a cell without a value, as it is written.
        header: Names that the header has, where title lines stand above it.
        names: Other names of columns, with single blanks → ours.
        is_party: Whether a row is one of a party, by its cells.
        encoding: Of the text.
    """

    def __init__(
        self,
        files: Sequence[bytes],
        delimiter: str = ",",
        columns: Mapping[str, Sequence[str]] | None = None,
        nothing: str = "",
        *,
        header: Collection[str] = (),
        names: Mapping[str, str] | None = None,
        is_party: Callable[[Mapping[str, str]], bool] = lambda _cells: True,
        encoding: str = "utf-8-sig",
    ) -> None:
        self.encoding = encoding
        self.delimiter = delimiter
        self.nothing = nothing
        self.count = ""
        self.has_header = columns is None
        self.members = [""] if columns is None else list(columns)
        self.columns: list[list[str]] = []
        self.sheets: list[Sheet] = []
        self.entries: list[Entry] = []
        for section, (member, data) in enumerate(zip(self.members, files, strict=True)):
            text = data.decode(encoding).removesuffix("\x1a")
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
            sheet = Sheet.of(rows, header, names or {}, is_party, columns and columns[member])
            self.sheets.append(sheet)
            self.columns.append(sheet.names)
            for top in sheet.parties(member, nothing):
                self.entries.append(Entry(top=top, base=member, section=section))

    def write(self, entries: Sequence[Entry]) -> list[bytes]:
        made: list[bytes] = []
        for section, sheet in enumerate(self.sheets):
            tops = [entry.top for entry in entries if entry.section == section]
            lines = [self._line(cells) for cells in sheet.written(tops)]
            if lines:  # only its name would identify an empty member
                end = "\r\n" if self.nothing else "\n"
                mark = "\x1a" if self.nothing else ""
                text = "".join(f"{line}{end}" for line in lines) + mark
                made.append(text.encode(self.encoding.removesuffix("-sig")))
        return made

    def header(self) -> object:
        return self.columns

    def _line(self, cells: Sequence[str]) -> str:
        return self.delimiter.join(map(self._cell, cells))

    def _cell(self, cell: str) -> str:
        if not cell.strip() and self.nothing:
            return self.nothing
        if self.nothing and cell.isdecimal():  # numbers have no quotes
            return cell
        return '"' + cell.replace('"', '""') + '"'

    def ways(self, data: bytes) -> Iterator[tuple[str, bytes]]:
        """Other ways to write the same table."""
        if self.nothing:  # such files are known by which of their cells have quotes
            yield "with LF", data.replace(b"\r\n", b"\n")
            yield "with CR LF", data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
            yield "with a mark of UTF-8", b"\xef\xbb\xbf" + data
            return
        text = data.decode(self.encoding)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=self.delimiter))
        for what, quoting, end in (
            ("with all in quotes", csv.QUOTE_ALL, "\n"),
            ("with the fewest quotes", csv.QUOTE_MINIMAL, "\n"),
            ("with CR LF", csv.QUOTE_ALL, "\r\n"),
        ):
            out = io.StringIO(newline="")
            csv.writer(
                out, delimiter=self.delimiter, quoting=quoting, lineterminator=end
            ).writerows(rows)
            yield what, out.getvalue().encode(self.encoding.removesuffix("-sig"))
        if self.encoding == "utf-8-sig":
            yield "with a mark of UTF-8", text.encode("utf-8-sig")

    def doubled(self, data: bytes) -> Iterator[tuple[str, bytes]]:
        """Files that have something twice that belongs there once."""
        header = len(self.sheets[0].titles)
        first = b"".join(data.splitlines(keepends=True)[header : header + 1])
        yield "first line twice", first + data
        yield "first line at the end", data.removesuffix(b"\x1a") + first
        yield "table twice", data + data


class Book:
    """A workbook; each row below the header of a sheet is an entry.

    It is written with all cells as text, which is the same for a reader of texts.

    Args:
        files: The workbook.
        header: Names that each header has; sheets without it stay as they are.
        names: Other names of columns, with single blanks → ours.
        is_party: Whether a row is one of a party, by its cells.
        is_in_sections: Whether the header can come again.
    """

    count = ""

    def __init__(
        self,
        files: Sequence[bytes],
        *,
        header: Collection[str],
        names: Mapping[str, str] | None = None,
        is_party: Callable[[Mapping[str, str]], bool] = lambda _cells: True,
        is_in_sections: bool = False,
    ) -> None:
        (data,) = files
        self.has_header = not is_in_sections
        self.sheets = {
            name: Sheet.of(rows, header, names or {}, is_party)
            for name, rows in sheet_rows(data).items()
        }
        self.entries = [
            Entry(top=top, section=section, columns=frozenset(sheet.names))
            for section, sheet in enumerate(self.sheets.values())
            for top in sheet.parties("")
        ]

    def write(self, entries: Sequence[Entry]) -> list[bytes]:
        rows = {
            name: list(sheet.written(one.top for one in entries if one.section == section))
            for section, (name, sheet) in enumerate(self.sheets.items())
        }
        return [workbook(rows)]

    def header(self) -> object:
        return [(name, one.titles, one.written_names) for name, one in self.sheets.items()]

    def ways(self, data: bytes) -> Iterator[tuple[str, bytes]]:
        """Other ways to write the same."""
        rows = sheet_rows(data)
        yield "all as text", workbook(rows)
        yield "as ods", ods_workbook(rows)
        yield (
            "with empty cells and rows",
            workbook({name: [[*cells, "", ""] for cells in each] for name, each in rows.items()}),
        )

    def doubled(self, data: bytes) -> Iterator[tuple[str, bytes]]:
        """Files that have something twice that belongs there once."""
        rows = sheet_rows(data)
        for name, sheet in self.sheets.items():
            if sheet.written_names is not None:
                both = [*rows[name], sheet.written_names]
                yield f"the header of {name} at its end", workbook({**rows, name: both})
        yield "file twice", data + data
