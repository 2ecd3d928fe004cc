"""Dates as Japanese lists print them: 1961年3月2日, 1961年頃, 1968年から1973年の間, serial numbers.

Peculiarities:

* Where a cell lacks a date format, it has the spreadsheet's serial number: 16358 is 13 October
  1944. Half of the dates have a format of East Asia, which some programs ignore.
* A cell can have several dates: by letters, by line breaks and semicolons, by "又は" ("or") and
  commas. After the first date, an equal year or month is omitted: 1991年7月14日又は6月14日.
* Digits and brackets are in half and in full width, also inside one date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from string import whitespace
from typing import NamedTuple

import attrs

from sanctionslib.model import Calendar, PartialDate
from sanctionslib.parsers.jp.cells import folded, items

__all__ = ["Dated", "dates", "first_date"]


class Dated(NamedTuple):
    """A date, with the text in brackets after it."""

    date: PartialDate
    note: str = ""


_EPOCH = date(1899, 12, 30)
"""Day 0 of spreadsheet serial numbers."""
_SERIAL = re.compile(r"[1-9]\d{4}", re.ASCII)
_BLANK = re.compile(r"(?<=\d)\s+(?=[年月日])|(?<=[年月])[ \u3000]+(?=\d)|(?<=から)\s+")
"""Blanks and line breaks inside a date."""
_OR = re.compile(r"又は|または|、(?=\s*\d)")
_AROUND = whitespace + "、"
"""Characters around dates that are joined by "or"."""
_CIRCA = re.compile(r"^(?:おおよそ|およそ|約)\s*|\s{0,9}の?(?:頃|ころ)$")
_RANGE = re.compile(r"(.{1,40}?)(?:から|-|~|―)(.{1,40}?)(?:まで)?(?:の間)?")
_NOTE = re.compile(r"(.*\S)\s*\(([^()]*)\)", re.DOTALL)
_PARTS = re.compile(
    r"(?:(?P<year>\d{4})年)?(?:(?P<month>\d{1,2})月)?(?:(?P<day>\d{1,2})日)?", re.ASCII
)
_NUMERIC = re.compile(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})", re.ASCII)
_BORN = re.compile(r"生(?:まれ)?$")


def dates(text: str) -> tuple[Dated, ...]:
    """The dates of a cell; one that cannot be read is kept as text."""
    return tuple(found for item in items(_BLANK.sub("", text)) for found in _dates(item))


def first_date(text: str) -> PartialDate:
    """The date at the start of a text, before brackets and line breaks; else it is kept as text."""
    start = re.split(r"[(\n]", folded(_BLANK.sub("", text)).strip(), maxsplit=1)[0]
    (found, *more) = _dates(start)
    return found.date if found.date.is_read and not more else _unread(text)


def _dates(item: str) -> Sequence[Dated]:
    """The dates of one item, joined by "or", or all of it as text."""
    text, note = folded(item), ""
    if found := _NOTE.fullmatch(text):
        text, note = found[1], found[2]
    if note == "ヒジュラ暦":
        return [Dated(PartialDate(calendar=Calendar.ISLAMIC, raw=item))]
    made: list[Dated] = []
    before: PartialDate | None = None
    for piece in filter(None, (one.strip(_AROUND) for one in _OR.split(text))):
        before = _date(piece, before)
        if before is None:
            return [Dated(_unread(item))]
        made.append(Dated(before, note))
    return made or [Dated(_unread(item))]


def _date(text: str, before: PartialDate | None) -> PartialDate | None:
    """One date or range; an omitted year or month is that of `before`."""
    if _SERIAL.fullmatch(text):
        return PartialDate.day(_EPOCH + timedelta(int(text)), raw=text)
    plain = _CIRCA.sub("", born := _BORN.sub("", text))
    circa = plain != born
    if (point := _point(plain, before)) is not None:
        return attrs.evolve(point, circa=circa, raw=text)
    if (found := _RANGE.fullmatch(plain)) is None:
        return None
    start = _CIRCA.sub("", found[1])
    circa = circa or start != found[1]
    first = _point(f"{start}年" if re.fullmatch(r"\d{4}", start, re.ASCII) else start, None)
    last = None if first is None else _point(found[2], first)
    if first is None or last is None or not first <= last:
        return None
    return PartialDate.between(first.earliest, last.latest, circa=circa, raw=text)


def _point(text: str, before: PartialDate | None) -> PartialDate | None:
    """A day, month or year; None for any other text."""
    found = _NUMERIC.fullmatch(text) or _PARTS.fullmatch(text)
    if found is None or not text:
        return None
    year, month, day = (int(found[one] or 0) for one in ("year", "month", "day"))
    if not year:
        if before is None or before.earliest is None:
            return None
        year, month = before.earliest.year, month or before.earliest.month
    try:
        if day:
            return PartialDate.day(date(year, month, day))
        return PartialDate.month(year, month) if month else PartialDate.year(year)
    except ValueError:  # 31 February, month 13
        return None


def _unread(text: str) -> PartialDate:
    return PartialDate(raw=text.strip())
