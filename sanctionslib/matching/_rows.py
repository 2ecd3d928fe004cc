"""A customer file, record by record: CSV and JSON Lines, in constant memory.

One bad row must not end a long run, and must never move the rows or cells after it. So other than
in the files of lists (`parsers._csv`), a row that cannot be read is given as a `Broken`, and reading
goes on with the next line: also behind a quote that never closes, whose lines are read again one by
one. Bytes that are no text come as lone surrogates, which the reader of the values finds.
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
from typing import TypeAlias

import attrs

from sanctionslib.answers import Problem
from sanctionslib.errors import Hint, InvalidInputError, ParseError, Where
from sanctionslib.parsers import InputFile, first_cells

__all__ = ["Broken", "RecordFile", "shortened"]

_LONGEST = 1 << 20
"""Characters of the longest line that is read."""
_LARGEST = 1 << 40
"""Bytes that a packed file may have unpacked: one of customers can be far larger than any list."""
_WIDE_ENDS = (re.compile(rb"[\r\n]\0"), re.compile(rb"\0[\r\n]"))
"""Line ends of UTF-16, in either order of the bytes."""
_SEPARATORS = (",", ";", "\t", "|")
_UTF_8 = "save it as UTF-8 (in Excel: 'CSV UTF-8')"
_TOO_LONG = f"is longer than {_LONGEST:,} characters"
_BREAK = re.compile(rb"[\r\n]")
_SHOWN = 80


@attrs.frozen
class Broken:
    """A record that cannot be read as one."""

    problem: Problem


Row: TypeAlias = "Mapping[str, object] | object | Broken"


def shortened(value: object) -> str:
    """A value as a message shows it: not too long, and without what no file can hold."""
    try:
        text = str.__str__(str(value))  # which may be of a class of the caller's too
    except Exception:  # noqa: BLE001 - of the caller's own class; the message matters more
        text = type(value).__name__
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


class RecordFile:
    """The records of a file, one by one.

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
        self._source = InputFile(path, largest=_LARGEST)
        self.name = self._source.name
        self._encoding = self._coding()
        head = self._source.head.decode(self._encoding, "replace").lstrip("\ufeff \t\r\n")
        if head.startswith("["):
            raise InvalidInputError(
                f"{self.name} is one JSON array",
                hints=(
                    Hint("give one object per line"),
                    Hint("or give the list itself, json.load(file), as {}", "records"),
                ),
            )
        self._is_json = head.startswith("{") or self.name.endswith((".jsonl", ".ndjson"))
        self.header = None if self._is_json else self._read_header()

    def __iter__(self) -> Iterator[Row]:
        with self._source.open() as stream:
            errors = "surrogatepass" if self._encoding == "utf-16" else "surrogateescape"
            text = io.TextIOWrapper(stream, self._encoding, errors, newline="")
            lines = self._lines(text)
            yield from self._objects(lines) if self.header is None else self._rows(lines)

    def _coding(self) -> str:
        head = self._source.head
        if head.startswith((b"\xff\xfe", b"\xfe\xff")) and head[2:4] != b"\0\0":
            return "utf-16"
        if _is_unmarked(head):
            raise ParseError(
                "the file has NUL bytes, which no text has: it is UTF-16 without a mark, or no text",
                where=Where(source=self.name),
                hint=_UTF_8,
            )
        return "utf-8-sig"

    def _read_header(self) -> tuple[str, ...]:
        cells = {
            one: first_cells(self._source.head, delimiter=one, encoding=self._encoding)
            for one in _SEPARATORS
        }
        self._separator = max(_SEPARATORS, key=lambda one: len(cells[one]))
        header = tuple(cell.strip() for cell in cells[self._separator])
        if not any(header) or "\ufffd" in "".join(header):
            raise ParseError(
                "the first row cannot be read as names of columns",
                where=Where(source=self.name, line=1),
                hint=f"{_UTF_8}, with names of columns in the first row",
            )
        return header

    def _lines(self, text: io.TextIOWrapper) -> Iterator[str]:
        """The lines. Of one that is too long the rest is left out: then it does not end."""
        number = 0
        try:
            while line := text.readline(_LONGEST):
                number += 1
                rest = line
                while _is_cut(rest):
                    rest = text.readline(_LONGEST)
                yield line
        except UnicodeDecodeError as error:  # of UTF-16; in UTF-8 such bytes are kept apart
            raise ParseError(
                f"the file is damaged or cut: {error.reason}",
                where=Where(source=self.name, line=number + 1),
                hint=_UTF_8,
            ) from error

    def _objects(self, lines: Iterator[str]) -> Iterator[Row]:
        for number, line in enumerate(lines, start=1):
            if line.isspace():
                continue
            if _is_cut(line):
                yield _broken(number, line, _TOO_LONG)
                continue
            try:
                yield json.loads(line, object_pairs_hook=_each_once)
            except RecursionError:
                yield _broken(number, line, "is nested too deeply")
            except ValueError as error:
                yield _broken(number, line, f"is no JSON object: {error}")

    def _rows(self, lines: Iterator[str]) -> Iterator[Row]:
        header = self.header or ()
        again: deque[str] = deque()  # lines of a broken row, which may be rows of their own
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
                yield _broken(number, row[0], fault)
                again.extendleft(reversed(row[1:]))
                reader = csv.reader(feed(), delimiter=self._separator, strict=True)
                number += 1
                continue
            number += len(row)
            if is_header:
                is_header = not cells
            elif len(cells) > 1 or any(map(str.strip, cells)) or len(cells) == len(header):
                # What is short of cells here has blank ones alone: see `_misfit`.
                yield {**dict.fromkeys(header, ""), **dict(zip(header, cells, strict=False))}


def _is_unmarked(head: bytes) -> bool:
    """Whether it is UTF-16 without a mark, or no text; a NUL in a value is a fault of that value.

    UTF-16 has a NUL beside each ASCII character: the first one of JSON, and the commas and line
    breaks of CSV, whatever its letters are.
    """
    first = _BREAK.split(head, 1)[0]
    if b"\0" in (first[:2] if head.startswith(b"{") else first):
        return True
    breaks = len(_BREAK.findall(head))
    paired = max(len(each.findall(head)) for each in _WIDE_ENDS)
    return breaks > 1 and paired * 2 > breaks


def _is_cut(line: str) -> bool:
    return len(line) == _LONGEST and line[-1] not in "\r\n"


def _misfit(cells: Sequence[str], width: int) -> str:
    """What is wrong with the number of cells; "" where nothing is."""
    if len(cells) < width and any(map(str.strip, cells)):
        return f"has {len(cells)} cells where the header has {width}"
    if any(map(str.strip, cells[width:])):
        return f"has {len(cells)} cells where the header has {width}: is a separator not in quotes?"
    return ""


def _broken(number: int, line: str, fault: str) -> Broken:
    text = line.rstrip("\r\n")
    return Broken(Problem(what=f"line {number} {fault}", value=shortened(text), skipped=True))


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice in it")
    return found
