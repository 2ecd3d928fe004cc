"""Workbooks (xlsx, ods): sheets → rows of cell texts. Needs the extra `xlsx`.

What the text of a cell is:

* text: as stored, with its blanks and line ends; the runs of rich text joined, without phonetic
  guides; `_x000D_` of xlsx is the character that it stands for. In xlsx, outer blanks are kept where
  the file says `xml:space="preserve"`, as spreadsheet programs do.
* number: "12" for 12.0 (whole, below 10^15), another as the shortest text of the same number, "0.1".
  A format (00000, 0 %, a currency) is not applied.
* number with a format of dates, of either epoch: "2023-01-31", "2023-01-31T06:00:00"; a time alone,
  and all before day 1, "06:00:00"; a duration "30:00:00". Without such a format it is a number.
* "TRUE", "FALSE"; an error as shown, "#N/A"; of a formula the stored value; of merged cells the
  first has the text.

Hidden rows, columns and sheets are read as any other. Empty cells at the end of a row are cut off,
and a row without any text is not given.

python-calamine says what a cell holds. It is not made for files from strangers, and gets only what
was unpacked within bounds and checked before.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import count
from math import isfinite
from typing import NamedTuple

from sanctionslib._zip_file import open_zip, unpacked
from sanctionslib.errors import (
    MissingExtraError,
    ParseError,
    SanctionsError,
    StructureChangedError,
    TruncatedError,
    UnknownFormatError,
    Where,
)
from sanctionslib.parsers._engine.csv_rows import Row
from sanctionslib.parsers._engine.sheet_check import LONGEST, MEMBERS, checked_member
from sanctionslib.parsers._engine.source import Progress, Source, is_workbook

__all__ = ["Sheet", "Workbook"]

_BYTES = 300_000_000
"""Bytes that the file may have, and all its members unpacked; those of lists have 17 million."""
_WHOLE = 10**15
"""Excel stores 15 digits: the last ones of a larger number are not the publisher's."""


class Sheet(NamedTuple):
    """One sheet of cells."""

    name: str
    is_hidden: bool
    """Whether a spreadsheet program shows it on request alone, or never."""


class Workbook:
    """The sheets of a workbook, each read when it is asked for.

    Args:
        source: The file.
        progress: Called while it is read.

    Raises:
        MissingExtraError: python-calamine is not installed.
        UnknownFormatError: It is no workbook, or one with a password or a sheet of macros.
        TruncatedError: Its zip is cut or damaged.
        StructureChangedError: It goes beyond what a list can be, or lacks a part.
        ParseError: A part cannot be read.
    """

    sheets: tuple[Sheet, ...]
    """In the order of the file; charts are none."""

    def __init__(self, source: Source, progress: Progress | None = None) -> None:
        try:
            import python_calamine as calamine
        except ImportError as error:
            raise MissingExtraError("python-calamine", extra="xlsx") from error
        self._source = source
        with self._faults():
            if source.size > _BYTES:
                raise ValueError(f"it has more than {_BYTES:,} bytes")
            with source.open(progress) as stream:
                checked = self._checked(stream.read())
            self._book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(checked))
            found = self._book.sheets_metadata
            cells = [each for each in found if each.typ == calamine.SheetTypeEnum.WorkSheet]
            if not cells or len({each.name for each in found}) < len(found):
                raise ValueError("it has no sheet, or two of the same name")
        shown = calamine.SheetVisibleEnum.Visible
        self.sheets = tuple([Sheet(each.name, each.visible != shown) for each in cells])

    def rows(self, sheet: str) -> Iterator[Row]:
        """The rows of a sheet that have any text; `line` is the number of the row, from 1.

        Raises:
            StructureChangedError: There is no such sheet, or a cell is longer than any can be.
            ParseError: The sheet cannot be read.
        """
        with self._faults(sheet):
            if all(sheet != each.name for each in self.sheets):
                raise ValueError(
                    f"it has no sheet {sheet!r}, but {[each.name for each in self.sheets[:50]]}"
                )
            found = self._book.get_sheet_by_name(sheet)
            before = [""] * (found.start or (0, 0))[1]
            rows = found.iter_rows()
        for line in count(1):
            with self._faults(sheet, line):
                if (values := next(rows, None)) is None:
                    return
                cells = [one if isinstance(one, str) else _text(one) for one in values]
                while cells and not cells[-1]:
                    cells.pop()
                if max(map(len, cells), default=0) > LONGEST:
                    raise ValueError(f"a cell has more than {LONGEST:,} characters")
            if cells:
                yield Row(line, (*before, *cells))

    def _checked(self, data: bytes) -> bytes:
        """A zip of the members that are read, each one checked."""
        if not data.startswith(b"PK\x03\x04"):
            raise self._unknown("no workbook in xlsx or ods")
        with self._faults(kind=TruncatedError), open_zip(io.BytesIO(data)) as archive:
            if not is_workbook(archive):
                raise self._unknown("a zip that is no workbook")
            is_locked = any(info.flag_bits & 1 for info in archive.infolist())
            members = {} if is_locked else dict(unpacked(archive, _BYTES))
        if is_locked or b"encryption-data" in members.get("META-INF/manifest.xml", b""):
            raise self._unknown("a workbook with a password")
        if b"/xlMacrosheet" in members.get("xl/_rels/workbook.xml.rels", b""):
            raise self._unknown("a workbook with a sheet of macros")
        checked = io.BytesIO()
        with zipfile.ZipFile(checked, "w") as archive:
            strings: list[int] = []
            # Sheets come last: their cells name shared strings.
            for name in sorted(
                filter(MEMBERS.fullmatch, members), key=lambda one: "sheets/" in one
            ):
                with self._faults(name):
                    archive.writestr(name, checked_member(name, members[name], strings))
        return checked.getvalue()

    def _unknown(self, what: str) -> UnknownFormatError:
        return UnknownFormatError(
            f"this is {what}, which is not read",
            where=Where(source=self._source.name),
            hint="save it as xlsx without a password, or fetch the publisher's file",
        )

    @contextmanager
    def _faults(
        self, path: str = "", line: int | None = None, kind: type[ParseError] = ParseError
    ) -> Generator[None]:
        """Turn what is found here, a ValueError, and what others raise into errors of ours."""
        try:
            yield
        except SanctionsError:
            raise
        except Exception as error:
            raise (StructureChangedError if isinstance(error, ValueError) else kind)(
                f"the workbook cannot be read: {str(error) or type(error).__name__}",
                where=Where(source=self._source.name, path=path, line=line),
                hint="it is cut, damaged or no list: fetch it again from the publisher",
            ) from error


def _text(value: float | dt.time | dt.date | dt.timedelta) -> str:
    """The text of a cell that is no text."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        if not isfinite(value):
            raise ValueError(f"{value} is no number of a spreadsheet")
        return str(int(value)) if value == int(value) and abs(value) < _WHOLE else repr(value)
    if isinstance(value, dt.timedelta):
        hours, rest = divmod(round(value.total_seconds()), 3600)
        return f"{hours}:{rest // 60:02}:{rest % 60:02}"
    return value.isoformat()
