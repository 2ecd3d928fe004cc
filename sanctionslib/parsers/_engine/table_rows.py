"""The rows below a header, with their cells in the order of a format's columns.

They come from delimited text or from a sheet. There can be title lines above the header. The
layouts of one format can have other names for a column, or lack it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from sanctionslib.errors import Where
from sanctionslib.parsers._engine.audit import Pairs
from sanctionslib.parsers._engine.csv_rows import CsvRows, MismatchedRow, Row
from sanctionslib.parsers._engine.faults import changed, truncated

__all__ = ["HEADER_WITHIN", "TableRows", "in_one_line"]

HEADER_WITHIN = 30
"""The header is one of so many first rows, after titles and notes."""
_SHOWN = 40
"""Column names that an error lists."""


class TableRows:
    """The rows below a header.

    Args:
        rows: All rows, of delimited text or of a sheet.
        where: The file or sheet.
        columns: The column names of the format, in its order.
        required: Columns that must be present; by default all.
        spellings: Names of columns in other layouts, with single blanks.
        is_header: Finds the header below titles; without it the first row is the header.
        any_width: Also give rows of delimited text with too few or too many cells; they do not fit.
            Otherwise they raise. In a sheet, trailing empty cells are absent.

    Raises:
        StructureChangedError: Columns that are unknown, missing or duplicated. While iterating: a row
            with too few or too many cells.
        TruncatedError: There is no header, or the file ends inside a row.
    """

    columns: tuple[str, ...]
    """The column names, in the order of `Row.cells`."""
    titles: tuple[Row, ...]
    """The rows above the header; all rows that were read, where there is no header."""
    found: bool
    """Whether there is a header."""

    def __init__(
        self,
        rows: Iterable[Row],
        where: Where,
        *,
        columns: Sequence[str],
        required: Collection[str] | None = None,
        spellings: Mapping[str, str] | None = None,
        is_header: Callable[[Sequence[str]], bool] | None = None,
        any_width: bool = False,
    ) -> None:
        self.columns = tuple(columns)
        self._text = rows if isinstance(rows, CsvRows) else None
        self._rows = iter(rows)
        self._where = where
        self._any_width = any_width
        titles: list[Row] = []
        header: Row | None = None
        for row in self._rows:
            if is_header is None or is_header(row.cells):
                header = row
                break
            titles.append(row)
            if len(titles) == HEADER_WITHIN:
                break
        self.titles = tuple(titles)
        self.found = header is not None
        if header is None:
            if self._text is not None:
                raise truncated("the file has no header", where._replace(line=1))
            return
        where = where._replace(line=header.line)
        known = {name: name for name in columns} | dict(spellings or {})
        stated = [in_one_line(cell) for cell in header.cells]
        named = [known.get(name, name) for name in stated]
        needed = [name for name in columns if required is None or name in required]
        # A header cell without text is an unused column of a sheet.
        names = named if self._text is not None else [name for name in named if name]
        if faults := header_faults(names, required=needed, known=columns):
            error = truncated if self.ends_open else changed
            raise error(f"the header is not that of the format: it is {faults}", where)
        self._names = named
        width = len(named)
        self._order = [named.index(name) if name in named else width for name in columns]
        self._beside = sorted(set(range(width)).difference(self._order))

    @property
    def path(self) -> str:
        """The sheet; "" for delimited text."""
        return self._where.path

    @property
    def ends_open(self) -> bool:
        """Whether the last row of delimited text had no line end, so that it may be truncated."""
        return self._text is not None and self._text.ends_open

    def __iter__(self) -> Iterator[Row]:
        width, is_text = len(self._names), self._text is not None
        for row in self._rows:
            if self._text is not None and len(row.cells) != width:
                if not self._any_width:
                    raise self._text.misfit(row, width)
                yield MismatchedRow(*row)
                continue
            missing = max(0, width - len(row.cells))
            # The extra last cell is used for columns that this layout lacks.
            cells = row.cells[:width] + ("",) * (missing + 1)
            beside = [*(cells[at] for at in self._beside), *row.cells[width:]]
            # Cells beside the columns are surplus, like extra cells in delimited text.
            beside = [cell for cell in beside if cell.strip()]
            if beside or is_text or any(map(str.strip, cells)):
                ordered = [cells[at] for at in self._order]
                make = MismatchedRow if beside else Row
                yield make(row.line, (*ordered, *beside))

    def pairs(self, row: Row) -> Pairs:
        """All non-blank cells of a row, by column.

        In a row of delimited text that does not fit, cells have the names of the header; cells
        beyond the header, and those above it, are called "column 30" and the like.
        """
        names: Sequence[str] = self.columns if row.fits or self._text is None else self._names
        if row in self.titles:
            names = ()
        return [
            (names[at] if at < len(names) else f"column {at + 1}", cell)
            for at, cell in enumerate(row.cells)
            if cell and not cell.isspace()
        ]


def in_one_line(text: str) -> str:
    """The text with single blanks in place of line breaks and runs of blanks."""
    return " ".join(text.split())


def header_faults(found: Sequence[str], *, required: Sequence[str], known: Sequence[str]) -> str:
    """The faults of a header, in words that follow "it is"; "" for none.

    Args:
        found: The names in the header.
        required: Names that must be present.
        known: Names that may be present.

    >>> header_faults(["id", "id", "nmae"], required=["id", "name"], known=["id", "name"])
    "without 'name'; with the unknown 'nmae'; twice with 'id'"
    """
    counts = Counter(found)
    faults = {
        "without": [name for name in required if name not in counts],
        "with the unknown": [name for name in counts if name not in known],
        "twice with": [name for name, count in counts.items() if count > 1],
    }
    return "; ".join(f"{words} {_listed(names)}" for words, names in faults.items() if names)


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    return ", ".join(map(repr, names[:_SHOWN])) + more
