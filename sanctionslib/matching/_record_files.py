"""A customer file, record by record: CSV and JSON Lines, in constant memory.

One bad row must not end a long run, and must never move the rows or cells after it. So other than in
the files of lists, a row that cannot be read is given as a `Problem`, and reading resumes at the
next line: also after a quote that never closes, whose lines are read again one by one. Bytes that are
no text come as lone surrogates, which `_record_values` reports.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sanctionslib.answers import Problem
from sanctionslib.errors import Hint, InvalidInputError, ParseError, Where
from sanctionslib.matching._record_values import shortened
from sanctionslib.parsers import InputFile

_MAX_LINE = 1 << 20
"""Characters of the longest line that is read."""
_MAX_UNPACKED = 1 << 40
"""Bytes that a packed file may have unpacked: one of customers can be far larger than any list."""
_SEPARATORS = (",", ";", "\t", "|")
_UTF_8 = "save it as UTF-8 (in Excel: 'CSV UTF-8')"
_TOO_LONG = f"is longer than {_MAX_LINE:,} characters"
_LINE_END = re.compile(rb"[\r\n]")
_WIDE_LINE_ENDS = (re.compile(rb"[\r\n]\0"), re.compile(rb"\0[\r\n]"))
"""Line ends of UTF-16, in either order of the bytes."""


class RecordFile:
    """The records of a file, one by one: mappings, whatever JSON Lines hold, or a `Problem`.

    Args:
        path: CSV with a header (cells between commas, semicolons, tabs or bars), or JSON Lines; may
            be gzipped, or the only file of a zip.

    Raises:
        SanctionsError: It is missing, empty, cut, a workbook, or no text.

    Iterating raises `SanctionsError` where the file itself is at fault, after all records before.
    """

    name: str
    """File name, for messages."""
    header: tuple[str, ...] | None
    """Names of the columns; None for JSON Lines, of which each record has its own."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        if Path(path).suffix.lower() in (".xlsx", ".xls", ".xlsm", ".ods"):
            raise InvalidInputError(
                f"{Path(path).name} is a workbook", hint="save the sheet as 'CSV UTF-8'"
            )
        self._file = InputFile(path, largest=_MAX_UNPACKED)
        self.name, head = self._file.name, self._file.head
        self._encoding = "utf-8-sig"
        if head.startswith((b"\xff\xfe", b"\xfe\xff")) and head[2:4] != b"\0\0":
            self._encoding = "utf-16"
        elif _has_wide_characters(head):
            raise ParseError(
                "the file has NUL bytes, which no text has: it is UTF-16 without a mark, or no text",
                where=Where(source=self.name),
                hint=_UTF_8,
            )
        text = head.decode(self._encoding, "replace")
        start = text.lstrip("\ufeff \t\r\n")
        if start.startswith("["):
            raise InvalidInputError(
                f"{self.name} is one JSON array",
                hints=(
                    Hint("give one object per line"),
                    Hint("or give the list itself, json.load(file), as {}", "records"),
                ),
            )
        is_json = start.startswith("{") or self.name.endswith((".jsonl", ".ndjson"))
        self._separator, self.header = (",", None) if is_json else self._read_header(text)

    def __iter__(self) -> Iterator[object]:
        with self._file.open() as stream:
            errors = "surrogatepass" if self._encoding == "utf-16" else "surrogateescape"
            text = io.TextIOWrapper(stream, self._encoding, errors, newline="")
            lines = self._lines(text)
            yield from _objects(lines) if self.header is None else self._rows(lines, self.header)

    def _read_header(self, text: str) -> tuple[str, tuple[str, ...]]:
        """The separator that divides the first row into most cells, and these."""
        cells = {one: _first_row(text, one) for one in _SEPARATORS}
        separator = max(_SEPARATORS, key=lambda one: len(cells[one]))
        header = tuple(cell.strip() for cell in cells[separator])
        if not any(header) or "\ufffd" in "".join(header):
            raise ParseError(
                "the first row cannot be read as names of columns",
                where=Where(source=self.name, line=1),
                hint=f"{_UTF_8}, with names of columns in the first row",
            )
        return separator, header

    def _lines(self, text: io.TextIOWrapper) -> Iterator[str]:
        """The lines. Of one that is too long the rest is left out: then it does not end."""
        number = 0
        try:
            while line := text.readline(_MAX_LINE):
                number += 1
                rest = line
                while _is_cut(rest):
                    rest = text.readline(_MAX_LINE)
                yield line
        except UnicodeDecodeError as error:  # of UTF-16; in UTF-8 such bytes become surrogates
            raise ParseError(
                f"the file is damaged or cut: {error.reason}",
                where=Where(source=self.name, line=number + 1),
                hint=_UTF_8,
            ) from error

    def _rows(self, lines: Iterator[str], header: Sequence[str]) -> Iterator[object]:
        again: deque[str] = deque()  # lines of an unreadable row, which may be rows of their own
        row: list[str] = []  # the lines of the row that is being read
        number = 1  # of its first line
        is_header = True

        def feed() -> Iterator[str]:
            while line := again.popleft() if again else next(lines, ""):
                row.append(line)
                yield line

        reader = csv.reader(feed(), delimiter=self._separator, strict=True)
        while True:
            row.clear()
            try:
                cells = next(reader)
                fault = _TOO_LONG if any(map(_is_cut, row)) else _misfit(cells, len(header))
            except StopIteration:
                return
            except csv.Error as error:
                cells, fault = [], f"has quotes or cells that cannot be read ({error})"
            if fault and not is_header:
                yield _unreadable(number, row[0], fault)
                again.extendleft(reversed(row[1:]))
                reader = csv.reader(feed(), delimiter=self._separator, strict=True)
                number += 1
                continue
            number += len(row)
            if is_header:
                is_header = not cells
            elif len(cells) > 1 or any(map(str.strip, cells)) or len(cells) == len(header):
                # A row with fewer cells than the header has blank ones alone: see `_misfit`.
                yield {**dict.fromkeys(header, ""), **dict(zip(header, cells, strict=False))}


def _objects(lines: Iterator[str]) -> Iterator[object]:
    for number, line in enumerate(lines, start=1):
        if line.isspace():
            continue
        if _is_cut(line):
            yield _unreadable(number, line, _TOO_LONG)
            continue
        try:
            yield json.loads(line, object_pairs_hook=_without_repeats)
        except RecursionError:
            yield _unreadable(number, line, "is nested too deeply")
        except ValueError as error:
            yield _unreadable(number, line, f"is no JSON object: {error}")


def _first_row(text: str, separator: str) -> Sequence[str]:
    """The cells of the first row that has any; none where it cannot be read."""
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        return next((cells for cells in rows if cells), list[str]())
    except csv.Error:
        return []


def _has_wide_characters(head: bytes) -> bool:
    """Whether it is UTF-16 without a mark, or no text; a NUL in a value is a fault of that value.

    UTF-16 has a NUL beside each ASCII character: the first one of JSON, and the commas and line
    ends of CSV, whatever its letters are.
    """
    first = _LINE_END.split(head, 1)[0]
    if b"\0" in (first[:2] if head.startswith(b"{") else first):
        return True
    ends = len(_LINE_END.findall(head))
    wide = max(len(each.findall(head)) for each in _WIDE_LINE_ENDS)
    return ends > 1 and wide * 2 > ends


def _is_cut(line: str) -> bool:
    return len(line) == _MAX_LINE and line[-1] not in "\r\n"


def _misfit(cells: Sequence[str], width: int) -> str:
    """What is wrong with the number of cells; "" where nothing is."""
    if len(cells) < width and any(map(str.strip, cells)):
        return f"has {len(cells)} cells where the header has {width}"
    if any(map(str.strip, cells[width:])):
        return f"has {len(cells)} cells where the header has {width}: is a separator not in quotes?"
    return ""


def _unreadable(number: int, line: str, fault: str) -> Problem:
    value = shortened(line.rstrip("\r\n"))
    return Problem(what=f"line {number} {fault}", value=value, skipped=True)


def _without_repeats(pairs: list[tuple[str, object]]) -> Mapping[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice in it")
    return found
