"""A list of one's own, filled in a spreadsheet: the CSV template, one row per party.

For lists without an official file: a company's own watch list, a table from a press statement.
`template_text` gives the header with an example row; `docs/guide/own-lists.md` explains the columns.

The first row names the columns, in any order; only `id` and `name` have to be there. A column whose
name is a plural takes several values, divided by "|" (as do `registered_in` and `related_to`),
because ";" and "," stand inside addresses and company names. Cells are stripped of blanks.

Spreadsheets have ways of their own, and each is met: Excel of many European countries writes ";"
between cells, "CSV UTF-8" begins with a byte-order mark, empty columns and rows follow the filled
ones, rows are cut behind their last filled cell, and dates come as 10.12.2021 or 12/10/2021, which
say nothing certain about day and month. What is not understood raises, with its row and column:
nothing of a list of one's own may be dropped.
"""

from __future__ import annotations

import csv
import io

import attrs

from sanctionslib.answers import IssueKind, Use
from sanctionslib.errors import (
    InvalidInputError,
    ParseError,
    StructureChangedError,
    TruncatedError,
)
from sanctionslib.model import Edition, Entity, Origin
from sanctionslib.parsers._audit import AuditBuilder
from sanctionslib.parsers._csv import CsvRows, Row, first_cells, header_faults
from sanctionslib.parsers._edition import date_said
from sanctionslib.parsers._format import CodeFormat, Head, Options, Parsed
from sanctionslib.parsers._source import Source
from sanctionslib.parsers.own_csv_rows import (
    BROKEN,
    COLUMNS,
    ROUNDED,
    Cells,
    FaultError,
    entity,
)

__all__ = ["FORMAT", "template_text"]

_NAME = "sanctionslib-csv"
_SEPARATORS = (",", ";", "\t")
_COLUMNS = {one.name: one for one in COLUMNS}
_REQUIRED = ("id", "name")
_ENCODING = "save it as 'CSV UTF-8' (in LibreOffice: the character set UTF-8) and read it again"
_TEMPLATE = "`sanctionslib template` prints all columns"
_SHOWN = 5
_MOST_FAULTS = 1_000
"""Faults after which no more are looked for."""

_EXAMPLE = {
    "id": "1",
    "name": "EXAMPLE TRADING LLC",
    "kind": "organization",
    "aliases": "EXAMPLE TRADE | EXAMPLE TRADING COMPANY",
    "former_names": "EXAMPLE IMPORT LLC",
    "addresses": "1 Example Road; Office 2, Dhaka",
    "address_countries": "BD",
    "identifiers": "registration: EX-12345 (BD)",
    "registered_in": "BD",
    "websites": "www.example.org",
    "related_to": "owned or controlled by: EXAMPLE HOLDING LLC",
    "authority": "Compliance",
    "list_name": "Watch list",
    "programs": "WATCH",
    "measures": "other: ask before any payment",
    "listed": "2021-12-10",
    "reason": "An example: delete this row.",
    "notices": "Minutes of 2021-12-10, no. 3",
}


def template_text() -> str:
    """The template: a header, and a row that shows how it is filled."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([one.name for one in COLUMNS])
    writer.writerow([_EXAMPLE.get(one.name, "") for one in COLUMNS])
    return text.getvalue()


@attrs.frozen
class _Spot:
    """A fault with its place."""

    row: int
    line: int
    entry: str
    fault: FaultError

    def __str__(self) -> str:
        column = f", column {self.fault.column!r}" if self.fault.column else ""
        return f"row {self.row}{column}"


# ── a file ────────────────────────────────────────────────────────────────────────────────────


class _Reader:
    """Reads the rows of one file; faults are collected, so that they can be told at once."""

    def __init__(self, source: Source, options: Options, audit: AuditBuilder) -> None:
        self._source = source
        self._options = options
        self._audit = audit
        self._rows: dict[str, int] = {}  # key → row
        self._pointed: list[tuple[_Spot, str]] = []  # where "#key" stands, and the key
        self._broken_lines = 0  # line breaks inside cells so far: rows are fewer than lines
        self.faults: list[_Spot] = []

    def entities(self, edition: Edition) -> tuple[Entity, ...]:
        found: list[Entity] = []
        columns = _columns(self._source, self._audit)
        with self._source.open(self._options.progress) as stream:
            rows = CsvRows(
                self._source,
                stream,
                columns=columns,
                header=False,
                delimiter=_separator(self._source.head),
                any_width=True,
            )
            all_rows = iter(rows)
            self._broken_lines += _line_breaks(next(all_rows))
            last: Row | None = None
            for row in all_rows:
                last = row
                if (one := self._row(rows, row, edition)) is not None:
                    found.append(one)
                elif len(self.faults) > _MOST_FAULTS:
                    self.raise_faults()
                self._broken_lines += _line_breaks(row)
            if rows.ends_open and last is not None:
                self._check_end(columns, last)
        self._check_targets()
        return tuple(found)

    def _row(self, rows: CsvRows, row: Row, edition: Edition) -> Entity | None:
        cells = [cell.strip() for cell in row.cells]
        if not any(cells):
            return None
        self._audit.read += 1
        given = dict(zip(rows.columns, cells, strict=False))
        key = given.get("id", "")
        spot = _Spot(row.line - self._broken_lines, row.line, key, FaultError("", "", ""))
        record = rows.record(row) if self._options.records else None
        for path in record.paths if record is not None else ():
            self._audit.count(path)
        origin = Origin(member=self._source.name, line=row.line)
        try:
            _check_surplus(rows.columns, cells)
            self._check_key(key, spot.row)
            found = entity(Cells(given), key, edition, origin, record)
        except FaultError as fault:
            self.faults.append(attrs.evolve(spot, fault=fault))
            return None
        for relation in found.relations:
            if relation.to.source_id is not None:
                self._pointed.append((spot, relation.to.source_id))
        return found

    def _check_key(self, key: str, row: int) -> None:
        if not key:
            what, hint = "there is no id", "give each party one of its own, that it keeps"
            raise FaultError("id", what, hint)
        if BROKEN.fullmatch(key) or ROUNDED.fullmatch(key):
            hint = "set the column to text, and write the id again"
            raise FaultError("id", f"{key!r} is what a spreadsheet makes of something", hint)
        if (taken := self._rows.setdefault(key, row)) != row:
            what, hint = f"{key!r} is the id of row {taken} too", "each party has its own id"
            raise FaultError("id", what, hint)

    def _check_targets(self) -> None:
        for spot, key in self._pointed:
            if key not in self._rows:
                what = f"no row has the id {key!r}"
                fault = FaultError("related_to", what, "write the id of a row, or a name without #")
                self.faults.append(attrs.evolve(spot, fault=fault))

    def _check_end(self, columns: tuple[str, ...], last: Row) -> None:
        width = max(at for at, name in enumerate(columns, start=1) if name)
        if len(last.cells) < width:
            raise TruncatedError(
                f"the file ends within a row: it has {len(last.cells)} cells of {width}",
                where=self._audit.where(line=last.line),
                hint="save the file again, with a line break after the last row",
            )
        self._audit.issue(
            IssueKind.EDITION,
            "the last row has no line break after it: the file may have been cut there",
            line=last.line,
        )

    def raise_faults(self) -> None:
        """Raise the first fault, and name the places of some more."""
        if not self.faults:
            return
        first, *more = sorted(self.faults, key=lambda spot: spot.row)
        hint = first.fault.hint
        if more:
            places = "; ".join(str(spot) for spot in more[:_SHOWN])
            rest = f" and {len(more) - _SHOWN:,} more" if len(more) > _SHOWN else ""
            hint += f". Also at fault: {places}{rest}"
        raise ParseError(
            f"{first}: {first.fault.what}",
            where=self._audit.where(entry=first.entry, path=first.fault.column, line=first.line),
            hint=hint,
        )


def _line_breaks(row: Row) -> int:
    text = "".join(row.cells).replace("\r\n", "\n")
    return text.count("\n") + text.count("\r")


def _check_surplus(columns: tuple[str, ...], cells: list[str]) -> None:
    for at, cell in enumerate(cells):
        if cell and (at >= len(columns) or not columns[at]):
            what = f"{cell!r} stands in column {at + 1}, which has no name"
            hint = "name the column in the first row, or put text with a comma into quotes"
            raise FaultError("", what, hint)


def _separator(head: bytes) -> str:
    """What stands between the cells of the first row."""
    return max(_SEPARATORS, key=lambda one: len(first_cells(head, delimiter=one)))


def _header(head: bytes) -> tuple[str, ...]:
    """The names in the first row; spreadsheets like to begin them with a capital."""
    cells = first_cells(head, delimiter=_separator(head))
    return tuple("_".join(cell.split()).casefold() for cell in cells)


def _columns(source: Source, audit: AuditBuilder) -> tuple[str, ...]:
    found = _header(source.head)
    named = [name for name in found if name]
    if faults := header_faults(named, required=_REQUIRED, known=tuple(_COLUMNS)):
        raise StructureChangedError(
            f"the header is not that of a list of one's own: it is {faults}",
            where=audit.where(line=1),
            hint=f"{_TEMPLATE}; what has no column goes into remarks",
        )
    return found


def _parse(source: Source, options: Options) -> Parsed:
    if not options.list_id or ":" in options.list_id:
        raise InvalidInputError(
            "a list of one's own has no id yet"
            if not options.list_id
            else f"the list id {options.list_id!r} has a colon, which divides a list and a key",
            where=AuditBuilder(source.name).where(),
            hint="name it, as list_id='my_watch'",
        )
    published, dated_by = date_said(options)
    edition = Edition(
        list_id=options.list_id,
        format=_NAME,
        published=published,
        dated_by=dated_by,
        members=(source.name,),
        sha256=source.sha256,
        retrieved_at=options.retrieved_at,
    )
    audit = AuditBuilder(source.name, options.list_id, str(published or ""))
    reader = _Reader(source, options, audit)
    try:
        entities = reader.entities(edition)
    except ParseError as error:
        if "is no text in" in error.what:  # the one fault that a spreadsheet can mend
            error.hint = _ENCODING
        raise
    reader.raise_faults()
    if not entities:
        raise TruncatedError(
            "the file has a header and no rows",
            where=audit.where(),
            hint="fill in one row for each party",
        )
    audit.built = len(entities)
    done = audit.finish((edition,), _classify if options.records else None)
    return Parsed(entities=entities, editions=(edition,), audit=done)


def _classify(path: str, label: str) -> tuple[Use, str]:
    return Use.MAPPED, _COLUMNS[path].holds


def _recognise(head: Head) -> bool:
    # A header that is ours but for a column is for the parser to explain.
    named = {name for name in _header(head.data) if name}
    return named.issuperset(_REQUIRED) or (len(named) > 1 and named <= _COLUMNS.keys())


FORMAT = CodeFormat(
    name=_NAME,
    title="CSV template for lists of one's own",
    files=("*.csv",),
    recognises=_recognise,
    parses=lambda sources, options: _parse(sources[0], options),
    ends_anywhere=True,
)
