"""Dates as people write them: day first, with month names, approximate, as a range.

`PartialDate.parse` reads dates that programs print. Dates written by hand in cells and remarks are
read here, in the same way for all lists.
"""

from __future__ import annotations

import functools
import re
from datetime import date, timedelta

import attrs

from sanctionslib.model import Calendar, PartialDate
from sanctionslib.parsers._engine.entry import Entry

__all__ = [
    "DATE",
    "american_day",
    "date_in_words",
    "day_first",
    "expiry_date",
    "issue_date",
    "partial_date",
    "spreadsheet_day",
]

_MONTHS = {
    beginning: number
    for year in (
        "jan feb mar apr may jun jul aug sep oct nov dec",  # English
        "stycz luty/lutego mar kwie maj czerw lipiec/lipca sierp wrze paźdz listop grud",  # Polish
        "січ лют берез квіт трав черв лип серп верес жовт листоп груд",  # Ukrainian
        "ינו פבר מרץ אפר מאי יונ יול אוג ספט אוק נוב דצמ",  # Hebrew
    )
    for number, names in enumerate(year.split(), 1)
    for beginning in names.split("/")
}
"""By the start of the name: its cases and short forms start alike."""
_MONTH = rf"(?<![^\W\d_])ב?(?:{'|'.join(_MONTHS)})[^\W\d_]{{0,9}}+"
_POINT = "|".join(
    [
        rf"\d{{1,2}}(?:st|nd|rd|th)?[\s.-]{{0,9}}{_MONTH}[\s.,-]{{0,9}}\d{{4}}",  # 1 Jan. 1967
        rf"{_MONTH}\.?\s{{1,9}}\d{{1,2}},\s{{0,9}}\d{{4}}",  # March 16, 1972
        rf"\d{{4}},\s{{0,9}}\d{{1,2}}\s{{1,9}}{_MONTH}(?![\s.,]{{0,9}}\d)",  # 1965, 29 March
        r"\d{1,2}\s?[/.-]\d{1,2}[/.-]\s?\d{4}",  # 1/01/1967
        r"\d{4}-\d\d-\d\d",
        rf"{_MONTH}[\s.,]{{0,9}}\d{{4}}",  # Nov. 1973
        r"/?\d{1,2}/\d{4}",  # 11/1973
        r"\d{4}",
    ]
)
DATE = rf"(?<![\d/])(?:{_POINT})(?![\d/]|s\b)"  # "1960s" is no year
"""A regular expression for a day, a month or a year inside a text, in any letter case."""
_APART = re.compile(r"\d\s\d")
"""Numbers separated only by a blank are not a date."""
_WORD = re.compile(r"[^\W\d_]+|\d+")
_ORDINALS = ("st", "nd", "rd", "th")
_UNKNOWN = ("dd", "mm", "xx")
"""Like 00, they stand for an unknown day or month."""
_LONGEST = 15
"""Letters of a month's name."""
_ROUGHLY = re.compile(r"(?:approximately|approx\.?|circa|c\.|ca\.)\s{0,9}", re.IGNORECASE)
_RANGE = re.compile(
    rf"(?:between\s{{1,9}})?(.{{1,99}}?)\s{{0,9}}(?:\band\b|\bto\b|\ba\b|-)\s{{0,9}}({DATE})",
    re.IGNORECASE,
)
_EARLIEST = 1800
"""Earlier years belong to another calendar that the text does not name."""


def partial_date(text: str, entry: Entry) -> PartialDate:
    """A date in any form that `PartialDate.parse` reads; any other is kept as text."""
    return PartialDate.parse(text)


def date_in_words(text: str, entry: Entry | None = None) -> PartialDate:
    """A day (day first), month, year or range, exact or approximate; any other text is kept as text.

    A year that occurs once belongs to both ends of a range. A date of the Hijri calendar keeps its
    calendar and is not converted.

    >>> str(date_in_words("1/02/1967")), str(date_in_words("March 16, 1972"))
    ('1967-02-01', '1972-03-16')
    >>> str(date_in_words("approx. 1955- 1958")), str(date_in_words("between Aug. and Sep. 1977"))
    ('circa 1955 to 1958', '1977-08-01 to 1977-09-30')
    """
    return _read(text)


@functools.lru_cache(10_000)  # most dates occur in several entries
def _read(text: str) -> PartialDate:
    if "hijri" in text.casefold():
        return PartialDate(calendar=Calendar.ISLAMIC, raw=text)
    plain = " ".join(text.split())
    roughly = _ROUGHLY.match(plain)
    plain = plain[roughly.end() :] if roughly is not None else plain
    found = PartialDate.parse(plain)
    if not found.is_read:
        found = _point(plain) or _range(plain) or found
    if not found.is_read or (found.earliest or found.latest or date.max).year < _EARLIEST:
        return PartialDate(raw=text)
    return attrs.evolve(found, circa=found.circa or roughly is not None, raw=text)


def _range(text: str) -> PartialDate | None:
    if (ends := _RANGE.fullmatch(text)) is None or (last := _point(ends[2])) is None:
        return None
    assert last.latest is not None  # a day, month or year
    first = _point(ends[1]) or _point(f"{ends[1]} {last.latest.year}")
    if first is None or first.earliest is None or first.earliest > last.latest:
        return None
    return PartialDate.between(first.earliest, last.latest)


def _point(text: str) -> PartialDate | None:
    """A day, month or year; None for any other text."""
    words = [one for one in _WORD.findall(text.casefold()) if one not in _ORDINALS]
    years = [one for one in words if len(one) == 4 and one.isdecimal()]
    names = [one for one in words if not one.isdecimal() and one not in _UNKNOWN]
    if len(years) != 1 or len(names) > 1 or len(words) > 3 or max(map(len, words)) > _LONGEST:
        return None
    if not names and _APART.search(text):
        return None
    rest = [0 if one in _UNKNOWN else int(one) for one in words if one not in (*years, *names)]
    if words[0] == years[0] and not names:
        rest.reverse()
    rest += [_month(one) for one in names]
    day, month, year = *[0, 0, *rest][-2:], int(years[0])
    try:
        if not month:
            return PartialDate.year(year)
        return PartialDate.day(date(year, month, day)) if day else PartialDate.month(year, month)
    except (
        ValueError
    ):  # 31 February, month 13, a word that is no month; our own error is a ValueError
        return None


def _month(name: str) -> int:
    """The number of a month; -1 for any other word."""
    bare = name.removeprefix("ב")  # Hebrew: "in"
    return next((number for each, number in _MONTHS.items() if bare.startswith(each)), -1)


_ISSUED = re.compile(
    rf"(?<!approximately )\b(?:issued?|date of issue)(?: date| on| in| of){{0,2}}(?:: ?| )({DATE})"
    rf"|(?<!approximately )\bissued (?:in|at|by) (?:(?!expir|valid|cancel|born)[^;()\d]){{1,90}}? on ({DATE})",
    re.IGNORECASE,
)
_EXPIRES = re.compile(
    rf"\b(?:expir\w{{0,9}}|exp\.|valid)(?: date| on| until| of){{0,2}}(?:: ?| )({DATE})",
    re.IGNORECASE,
)


def issue_date(text: str, entry: Entry | None = None) -> PartialDate | None:
    """The date of issue in a remark on a document: "issued in Bonn on 3 May 2007"."""
    found = _ISSUED.search(text)
    return None if found is None else date_in_words(found[1] or found[2], entry)


def expiry_date(text: str, entry: Entry | None = None) -> PartialDate | None:
    """The date of expiry in a remark on a document: "expires on 27 Jun. 2022"."""
    found = _EXPIRES.search(text)
    return None if found is None else date_in_words(found[1], entry)


_AMERICAN = re.compile(r"(\d{2})/(\d{2})/(\d{4})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})", re.ASCII)
_FIRST_DAY = date(1899, 12, 30)
_SERIAL = re.compile(r"[1-4]\d{4}", re.ASCII)


def american_day(text: str, entry: Entry) -> date | None:
    """A day as MM/DD/YYYY."""
    if (found := _AMERICAN.fullmatch(text)) is None:
        return None
    try:
        return date(int(found[3]), int(found[1]), int(found[2]))
    except ValueError:
        return None


def day_first(text: str, entry: Entry | None = None) -> date | None:
    """A day as DD/MM/YYYY, also with dots or hyphens, and without leading zeros.

    >>> day_first("5.3.1970"), day_first("1970-03-05")
    (datetime.date(1970, 3, 5), None)
    """
    if (found := _DAY_FIRST.fullmatch(text)) is None:
        return None
    try:
        return date(int(found[4]), int(found[3]), int(found[1]))
    except ValueError:
        return None


def spreadsheet_day(text: str, entry: Entry) -> PartialDate | None:
    """A day as a spreadsheet's serial number, from 1927 to 2036: 31801."""
    if _SERIAL.fullmatch(text) is None:
        return None
    return PartialDate.day(_FIRST_DAY + timedelta(days=int(text)), raw=text)
