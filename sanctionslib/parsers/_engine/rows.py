"""Rows as a container: a row of a table → the texts of its entry, and what becomes of them.

The table is delimited text, or the sheets of a workbook. A row is one entry. Several rows of one
party are united by the key that the table gives them: their values side by side, one designation
for each row. A cell that holds several values is split into what JSON has in its place, so that one
table can serve both.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import compress, islice

import attrs

from sanctionslib.answers import IssueKind, Use
from sanctionslib.errors import ParseError, TruncatedError, Where
from sanctionslib.model import Origin
from sanctionslib.parsers._engine.audit import Pairs
from sanctionslib.parsers._engine.checks import NameOrder
from sanctionslib.parsers._engine.csv_rows import (
    CsvRows,
    Row,
    first_cells,
    header_faults,
    pairs_of_row,
)
from sanctionslib.parsers._engine.edition import TableFormat
from sanctionslib.parsers._engine.entry import Entry, Reading
from sanctionslib.parsers._engine.faults import changed
from sanctionslib.parsers._engine.format import Head, Options, Parsed
from sanctionslib.parsers._engine.maker import Maker
from sanctionslib.parsers._engine.rules import (
    Group,
    Many,
    PathRule,
    how_read,
    path_rules,
    qualified,
)
from sanctionslib.parsers._engine.sheets import Workbook
from sanctionslib.parsers._engine.source import Source

__all__ = ["RowsFormat", "SheetRows"]

Split = Callable[[str], Sequence[str] | Sequence[Mapping[str, str]]]
"""Takes the values of a cell apart: texts, or objects with texts by the paths of their group.
It raises ParseError for a cell that has to be corrected first; the place is added."""


@attrs.frozen(kw_only=True, slots=False)
class RowsFormat(TableFormat):
    """A format in delimited text with a header, or in sheets of a workbook that each have it."""

    group: Group
    """The table of the entries."""
    columns: tuple[str, ...]
    """The columns that it has, in its order."""
    known_by: frozenset[str]
    """Columns that it is recognised by."""
    delimiter: str = ","
    encoding: str = "utf-8-sig"
    split: Mapping[str, Split] = attrs.field(factory=dict[str, Split])
    """What takes the cells of a column apart, where they hold several values."""
    name_at: str = ""
    """The column of the name, where rows stand in the order of names: then a cut is noticed."""

    @property
    def groups(self) -> tuple[Group, ...]:
        return (self.group,)

    def _path_rules(self) -> Mapping[str, PathRule]:
        # A cell of several values is one value of the source.
        found = dict(path_rules(self.group))
        for column, split in self.split.items():
            rule, how = self.group.rules[column], [how_read(split)]
            if isinstance(rule, Many) and rule.group is not None:
                if "." not in rule.group.rules:
                    field = qualified(self.group.make, rule.field)
                    found[column] = PathRule(
                        path=column,
                        use=Use.MAPPED,
                        note=field,
                        fields=(field,),
                        entry_field=rule.field,
                        labels=rule.group.labels,
                    )
                fixed = rule.group.fixed.items()
                how.append(", ".join(how_read({name: value}) for name, value in fixed))
            how.append(found[column].how)
            found[column] = attrs.evolve(found[column], how=". ".join(filter(None, how)))
        return {path: rule for path, rule in found.items() if path in self.columns}

    def recognise(self, head: Head) -> bool:
        if self.in_workbook:
            return any(self._is_header(cells) for cells in head.cells)
        cells = first_cells(head.data, delimiter=self.delimiter, encoding=self.encoding)
        return self._is_header(cells)

    def _is_header(self, cells: Sequence[str]) -> bool:
        return self.known_by <= {cell.strip() for cell in cells}

    def parse(self, sources: Sequence[Source], options: Options) -> Parsed:
        (source,) = sources
        reading = self.begun(source, options)
        audit, maker, names = reading.audit, Maker(self.group), NameOrder()
        name_at = self.columns.index(self.name_at) if self.name_at else -1
        ends_open = False
        for rows in self.tables(source, options, reading):
            for row in rows:
                if row.cells[:2] == self.columns[:2]:
                    raise changed("the header stands a second time", audit.where(line=row.line))
                audit.read += 1
                if name_at >= 0 and rows.fits(row):
                    names.add(row.cells[name_at])
                self.take_row(rows, row, maker, reading)
            ends_open = rows.ends_open
        gaps = names.missing() if self.name_at else []
        if ends_open:
            if not options.partial:
                raise TruncatedError(
                    "the last line has no end, so that more may have followed",
                    where=audit.where(),
                    hint="the download was cut: fetch the file again; partial=True reads it all "
                    "the same",
                )
            gaps.insert(0, "what may have followed its last line")
        return self.parsed(reading, options, gaps)

    def tables(
        self, source: Source, options: Options, reading: Reading
    ) -> Iterator[CsvRows | SheetRows]:
        """The tables of a file: one of delimited text, or one for each sheet that has the columns.

        It goes on when all rows of a table are read.
        """
        if self.in_workbook:
            book = Workbook(source, options.progress)
            for sheet in book.sheets:
                rows = book.rows(sheet.name)
                first: Row | None = None
                for row in islice(rows, HEADER_WITHIN):
                    first = first or row
                    if self._is_header(row.cells):
                        where = Where(source=source.name, path=sheet.name, line=row.line)
                        yield SheetRows(where, row.cells, rows, columns=self.columns)
                        break
                else:
                    if first is not None:
                        reading.audit.issue(
                            IssueKind.STRUCTURE,
                            f"the sheet {sheet.name!r} has no row of the columns in its first "
                            f"{HEADER_WITHIN} rows, and is not read",
                            path=sheet.name,
                            line=first.line,
                            source=pairs_of_row((), first),
                        )
            return
        with source.open(options.progress) as stream:
            yield CsvRows(
                source,
                stream,
                columns=self.columns,
                delimiter=self.delimiter,
                encoding=self.encoding,
                any_width=options.partial,
            )

    def take_row(self, rows: CsvRows | SheetRows, row: Row, maker: Maker, reading: Reading) -> None:
        """Make an entity of a row; one that does not fit the columns is rejected."""
        audit = reading.audit
        if not rows.fits(row):
            says = f"the row has {len(row.cells)} cells where {len(self.columns)} are meant"
            audit.issue(IssueKind.REJECTED, says, line=row.line, source=rows.pairs(row))
            return
        origin = Origin(member=audit.source, line=row.line, path=rows.path)
        entry = Entry(reading, maker, origin, lambda: rows.pairs(row))
        self._take(row.cells, entry)
        if self.reports_repeats and reading.is_repeated(row.cells):
            entry.repeated()
        entry.complete()

    def _take(self, cells: Sequence[str], entry: Entry) -> None:
        """Take the texts of an entry from the cells of its columns."""
        texts, kept, share = entry.texts, entry.kept, entry.reading.texts.setdefault
        shape = entry.maker.shape
        for column, cell in compress(zip(self.columns, cells, strict=True), cells):
            if not (text := cell.strip()):
                continue
            if kept is not None:
                kept.append((column, share(cell, cell)))
            split = self.split.get(column)
            if split is None:
                texts[column] = share(text, text)
                continue
            below = shape.children[column].maker
            found: list[object] = []
            try:
                values = split(text)
            except ParseError as error:
                error.where = entry.where(column)
                raise
            for one in values:
                if not isinstance(one, str):
                    found.append({at: share(part, part) for at, part in one.items()})
                elif below is not None:
                    found.append({".": share(one, one)})
                else:
                    found.append(share(one, one))
            texts[column] = found
            if below is not None and below.labels is not None:
                entry.labelled[column] = [below.labels.of(one) for one in texts[column]]


HEADER_WITHIN = 30
"""Rows of a sheet in which the header stands; titles and notes stand before it."""


class SheetRows:
    """The rows below a header, with their cells in the order of the format's columns.

    Args:
        where: Where the header stands.
        header: Its cells; those that are blank name no column.
        rows: What follows it.
        columns: The columns that the format has, in its order.
        required: Those that have to be there; by default all.
    """

    ends_open = False

    def __init__(
        self,
        where: Where,
        header: Sequence[str],
        rows: Iterator[Row],
        *,
        columns: tuple[str, ...],
        required: Collection[str] | None = None,
    ) -> None:
        self.path = where.path
        self.columns = columns
        self._rows = rows
        found = [" ".join(cell.split()) for cell in header]
        named = [name for name in found if name]
        needed = [name for name in columns if required is None or name in required]
        if faults := header_faults(named, required=needed, known=columns):
            raise changed(f"the header is not that of the format: it is {faults}", where)
        self._order = [found.index(name) if name in found else -1 for name in columns]

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            left = dict(enumerate(row.cells))
            cells = [left.pop(at, "") for at in self._order]
            # What stands beside the columns has none, as a cell too many has in delimited text.
            beside = [cell for cell in left.values() if cell.strip()]
            if beside or any(map(str.strip, cells)):
                yield Row(row.line, (*cells, *beside))

    def fits(self, row: Row) -> bool:
        """Whether a row has no cell beside the columns."""
        return len(row.cells) == len(self.columns)

    def pairs(self, row: Row) -> Pairs:
        """All cells that are not blank, by column."""
        return pairs_of_row(self.columns, row)
