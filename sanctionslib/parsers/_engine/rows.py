"""The row container: rows of a table → the texts of an entry, and its entity.

The table is delimited text, or the sheets of a workbook. An entry is one row, or all rows of a
party: then values that are equal in all rows count once, and each new combination in a group of
columns ("*names": `many(…)` of columns) becomes one object. A cell with several values is split
into the structure that JSON has instead, so that one table can serve both.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import compress
from typing import cast

import attrs

from sanctionslib.answers import Coverage, IssueKind
from sanctionslib.errors import Hint, ParseError, TruncatedError, Where
from sanctionslib.model import Origin
from sanctionslib.parsers._engine.audit import AuditBuilder
from sanctionslib.parsers._engine.checks import NameOrder
from sanctionslib.parsers._engine.csv_rows import CsvRows, Row, first_rows
from sanctionslib.parsers._engine.edition import SAMPLE_MARK, Header, TableFormat
from sanctionslib.parsers._engine.entry import Entry, Reading
from sanctionslib.parsers._engine.faults import changed
from sanctionslib.parsers._engine.fields import PathRule, Texts, qualified
from sanctionslib.parsers._engine.format import Head, Options, Parsed
from sanctionslib.parsers._engine.input_file import InputFile
from sanctionslib.parsers._engine.keys import distinct
from sanctionslib.parsers._engine.maker import Maker
from sanctionslib.parsers._engine.rules import Group, Many, how_read, path_rules
from sanctionslib.parsers._engine.sheets import Workbook
from sanctionslib.parsers._engine.table_rows import HEADER_WITHIN, TableRows, in_one_line

__all__ = ["Layout", "RowsFormat", "merge_designations"]

Split = Callable[[str], Sequence[str] | Sequence[Mapping[str, str]]]
"""Splits a cell into its values: texts, or objects with texts by the paths of their group.
Raises ParseError for a cell that must be corrected first; the place is added."""
Cells = Mapping[str, str]
"""The non-blank cells of a row, stripped, by column."""


@attrs.frozen(kw_only=True, slots=False)
class RowsFormat(TableFormat):
    """A format in delimited text with a header, or in sheets of a workbook that each have it."""

    group: Group
    """The table of the entries."""
    columns: tuple[str, ...]
    """The columns of all its layouts, in their order."""
    required: frozenset[str] | None = None
    """The columns that every layout has; by default all."""
    spellings: Mapping[str, str] = attrs.field(factory=dict[str, str])
    """Other names of columns, in a layout or on a sheet, with single blanks."""
    known_by: frozenset[str]
    """Columns that identify the format, in any of their names."""
    has_titles: bool = False
    """Whether there are lines above the header of delimited text, as there can be in each sheet."""
    published: Callable[[Sequence[str]], date | None] | None = None
    """Reads the date of the edition from the cells above the header."""
    delimiter: str = ","
    encoding: str = "utf-8-sig"
    split: Mapping[str, Split] = attrs.field(factory=dict[str, Split])
    """Splits the cells of a column with several values."""
    party: Callable[[Cells], Hashable | None] | None = None
    """The part of a row that is equal in all rows of a party, where a party can have several;
    None for a row that continues the party above."""
    omitted: Callable[[Cells], str | None] | None = None
    """The reason why a row is not a party: a footnote, or the remains of a deleted entry. In a
    sheet with sections it can be a repeated header, which is otherwise a fault."""
    no_table: Callable[[str], str | None] | None = None
    """The reason, by its name, why a sheet without the columns has no parties: it is an index."""
    name_at: str = ""
    """The column of the name, where rows are sorted by name: then truncation can be noticed."""

    @property
    def groups(self) -> tuple[Group, ...]:
        return (self.group,)

    def _path_rules(self) -> Mapping[str, PathRule]:
        # A cell with several values is one value of the source.
        found = dict(path_rules(self.group))
        for column, split in self.split.items():
            rule, how = self.group.rules[column], [how_read(split)]
            if isinstance(rule, Many) and rule.group is not None:
                if "." not in rule.group.rules:
                    field = qualified(self.group.make, rule.field)
                    found[column] = PathRule(
                        path=column,
                        coverage=Coverage.MAPPED,
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
        rows = head.cells
        if not self.in_workbook:
            most = HEADER_WITHIN if self.has_titles else 1
            rows = first_rows(
                head.data, delimiter=self.delimiter, encoding=self.encoding, most=most
            )
        return any(self._is_header(cells) for cells in rows)

    def _named(self, cell: str) -> str:
        """The column that a header cell names."""
        name = in_one_line(cell)
        return self.spellings.get(name, name)

    def _is_header(self, cells: Sequence[str]) -> bool:
        return self.known_by <= set(map(self._named, cells))

    def parse(self, sources: Sequence[InputFile], options: Options) -> Parsed:
        (source,) = sources
        audit = AuditBuilder(source.name)
        layout, names = Layout(self), NameOrder()
        reading: Reading | None = None
        ends_open = False
        for rows in self.tables(source, options, audit):
            if reading is None:
                reading = self.start(sources, options, audit, self._header(rows))
            reading.titles = rows.titles
            if self.party is None:
                for row in self._kept(rows, layout, audit, names):
                    audit.read += 1
                    self.take_row(rows, row, layout, reading)
            else:
                self._take_parties(self._kept(rows, layout, audit, names), rows, layout, reading)
            ends_open = rows.ends_open
        assert reading is not None  # at least one table was recognised
        gaps = names.missing() if self.name_at else []
        if ends_open:
            if not options.partial:
                raise TruncatedError(
                    "the last line has no line end, so the file may be truncated",
                    where=audit.where(),
                    hints=(
                        Hint("fetch the file again"),
                        Hint("{} reads it anyway", "partial", True),
                    ),
                )
            gaps.insert(0, "any lines after its last one")
        return self.parsed(reading, options, gaps)

    def _header(self, rows: TableRows) -> Header:
        """The header of the file, from the lines above a table."""
        titles = [cell for row in rows.titles for cell in row.cells]
        published = self.published(titles) if self.published is not None else None
        return Header(published=published, is_sample=SAMPLE_MARK in titles)

    def _kept(
        self, rows: TableRows, layout: Layout, audit: AuditBuilder, names: NameOrder
    ) -> Iterator[Row]:
        """The rows that are parties; others are counted, with the reason.

        Raises:
            StructureChangedError: The header is repeated.
        """
        known = min(self.known_by)
        known_at = self.columns.index(known)
        name_at = self.columns.index(self.name_at) if self.name_at else None
        for row in rows:
            if self.omitted is not None:
                why = self.omitted(layout.cells(row) if row.fits else {})
                if why is not None:
                    audit.omit(why, rows.path, row.line, rows.pairs(row))
                    continue
            if not row.fits:
                yield row
                continue
            if self._named(row.cells[known_at]) == known and self._is_header(row.cells):
                raise changed("the header occurs a second time", audit.where(line=row.line))
            if name_at is not None:
                names.add(row.cells[name_at])
            yield row

    def _take_parties(
        self, found: Iterable[Row], rows: TableRows, layout: Layout, reading: Reading
    ) -> None:
        """Make an entry of all rows of a party, which need not be adjacent."""
        assert self.party is not None  # else each row is an entry
        parties: dict[Hashable, Entry] = {}
        key: Hashable = None
        for row in found:
            if not row.fits:
                reading.audit.read += 1
                self.take_row(rows, row, layout, reading)
                continue
            if (stated := self.party(layout.cells(row))) is not None:
                key = stated
            shared = layout.shared(row, reading)  # kept until its party is complete
            if key not in parties:
                reading.audit.read += 1
                parties[key] = layout.entry(rows, shared, reading)
            else:
                origin = layout.origin(rows, shared, reading)
                parties[key].add_row(origin, partial(rows.pairs, shared))
            layout.take(shared, parties[key])
        for entry in parties.values():
            entry.complete()

    def tables(
        self, source: InputFile, options: Options, audit: AuditBuilder
    ) -> Iterator[TableRows]:
        """The tables of a file: one of delimited text, or one for each sheet that has the columns.

        The next table begins when all rows of the last one are read.
        """
        if self.in_workbook:
            book = Workbook.of(source, options.progress)
            for sheet in book.sheets:
                table = self.table(book.rows(sheet.name), source, sheet.name)
                if table.found:
                    yield table
                    continue
                why = self.no_table(sheet.name) if self.no_table is not None else None
                if table.titles and why is not None:
                    first = table.titles[0]
                    audit.omit(why, sheet.name, first.line, table.pairs(first))
                elif table.titles:
                    first = table.titles[0]
                    audit.issue(
                        IssueKind.STRUCTURE,
                        f"the sheet {sheet.name!r} has no header in its first {HEADER_WITHIN} rows, "
                        "and is not read",
                        path=sheet.name,
                        line=first.line,
                        source=table.pairs(first),
                    )
            return
        with source.open(options.progress) as stream:
            text = CsvRows(source, stream, delimiter=self.delimiter, encoding=self.encoding)
            yield self.table(text, source, any_width=options.partial)

    def table(
        self, rows: Iterable[Row], source: InputFile, sheet: str = "", *, any_width: bool = False
    ) -> TableRows:
        """The rows below the header of a sheet, or of delimited text."""
        return TableRows(
            rows,
            Where(source=source.name, path=sheet),
            columns=self.columns,
            required=self.required,
            spellings=self.spellings,
            is_header=self._is_header if sheet or self.has_titles else None,
            any_width=any_width,
        )

    def take_row(self, rows: TableRows, row: Row, layout: Layout, reading: Reading) -> None:
        """Convert a row to an entity; a row that does not fit the columns is rejected."""
        if not row.fits:
            message = f"the row has {len(row.cells)} cells instead of {len(self.columns)}"
            pairs = rows.pairs(row)
            reading.audit.issue(IssueKind.REJECTED, message, line=row.line, source=pairs)
            return
        entry = layout.entry(rows, row, reading)
        layout.take(row, entry)
        if self.reports_repeats and reading.is_repeated(row.cells):
            entry.repeated()
        entry.complete()


class Layout:
    """The compiled table of a format, by column.

    Args:
        form: The format.
    """

    def __init__(self, form: RowsFormat) -> None:
        self._columns = form.columns
        self._unites = form.party is not None
        self._split = form.split
        self._maker = Maker(form.group)
        rules = form.group.rules
        self._repeated = frozenset(at for at, rule in rules.items() if isinstance(rule, Many))
        """Columns whose values are each one of several, and keys of groups of columns."""
        self._group_of = {
            column: key
            for key, rule in rules.items()
            if key.startswith("*") and isinstance(rule, Many) and rule.group is not None
            for column in rule.group.rules
        }
        """Column → the key of its group."""

    def cells(self, row: Row) -> Cells:
        """The non-blank cells of a row, stripped, by column."""
        return {
            column: text
            for column, cell in compress(zip(self._columns, row.cells, strict=True), row.cells)
            if (text := cell.strip())
        }

    def origin(self, rows: TableRows, row: Row, reading: Reading) -> Origin:
        """The place of a row."""
        return Origin(member=reading.audit.source, line=row.line, path=rows.path)

    def entry(self, rows: TableRows, row: Row, reading: Reading) -> Entry:
        """The entry that begins with a row."""
        return Entry(
            reading, self._maker, self.origin(rows, row, reading), partial(rows.pairs, row)
        )

    def shared(self, row: Row, reading: Reading) -> Row:
        """The row, with texts shared between rows."""
        share = reading.texts.setdefault
        return Row(row.line, tuple([share(cell, cell) if cell else cell for cell in row.cells]))

    def take(self, row: Row, entry: Entry) -> None:
        """Add the cells of a row to the texts of an entry."""
        texts, kept, share = entry.texts, entry.kept, entry.reading.texts.setdefault
        groups: dict[str, Texts] = {}
        places: dict[str, list[int]] = {}
        for column, cell in compress(zip(self._columns, row.cells, strict=True), row.cells):
            if not (text := cell.strip()):
                continue
            if kept is not None:
                kept.append((column, share(cell, cell)))
            text = share(text, text)
            if (key := self._group_of.get(column)) is not None:
                groups.setdefault(key, {})[column] = text
                if kept is not None:
                    places.setdefault(key, []).append(len(kept) - 1)
            elif column in self._repeated:
                self._add(entry, column, self._values(column, text, entry))
            elif texts.setdefault(column, text) != text:
                entry.unexpected.append((column, text))  # the rows of a party contradict each other
        for key, one in groups.items():
            self._add(entry, key, [one])
            below = self._maker_of(key)
            if below is not None and (labels := below.labels) is not None:
                entry.spans += [(at, at + 1, labels.of(one)) for at in places.get(key, ())]

    def _values(self, column: str, text: str, entry: Entry) -> list[object]:
        """The values of a cell: texts, or the texts of objects by path."""
        split, share = self._split.get(column), entry.reading.texts.setdefault
        try:
            parts = [text] if split is None else split(text)
        except ParseError as error:
            error.where = entry.where(column)
            raise
        below = self._maker_of(column)
        found: list[object] = []
        for one in parts:
            if not isinstance(one, str):
                found.append({at: share(part, part) for at, part in one.items()})
            else:
                found.append(share(one, one) if below is None else {".": share(one, one)})
        if below is not None and below.labels is not None:
            labels = below.labels
            stated = [labels.of(cast("Texts", one)) for one in found]
            entry.labelled.setdefault(column, []).extend(stated)
        return found

    def _add(self, entry: Entry, key: str, values: list[object]) -> None:
        """Add values; for the rows of a party, each value once."""
        into: list[object] = entry.texts.setdefault(key, [])
        for one in values:
            if self._unites:
                stated = (one,) if isinstance(one, str) else cast("Texts", one).items()
                what = (key, *stated)
                if what in entry.seen:
                    continue
                entry.seen.add(what)
            into.append(one)

    def _maker_of(self, key: str) -> Maker | None:
        """The maker of a column or group of columns; None where its values are texts."""
        shape = self._maker.shape
        for step in key.split("/"):  # a column name can contain a slash: "Nationality(/ies)"
            shape = shape.children[step]
        return shape.maker


def merge_designations(reading: Reading, options: Options) -> None:
    """Keep equal designations once: rows of a party can differ only in its other facts."""
    for at, each in enumerate(reading.entities):
        if len(each.designations) > 1:
            reading.entities[at] = attrs.evolve(each, designations=distinct(each.designations))
