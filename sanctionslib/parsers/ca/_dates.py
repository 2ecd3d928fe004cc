"""Dates of Canada's list: typed by hand, and damaged by spreadsheets.

Most are 1965-07-15 or 1965. "1963 or 1964" and "1987/1988" are two; 31801 is the serial number of a
spreadsheet; 09/30/1978 and 15-03-1965 are days, and the order of 09/03/1978 is unknown.
"""

from __future__ import annotations

import re

from sanctionslib.model import Birth, Event, EventKind, PartialDate
from sanctionslib.parsers._engine.dates import (
    american_day,
    date_in_words,
    day_first,
    spreadsheet_day,
)
from sanctionslib.parsers._engine.entry import Entry

__all__ = ["births", "listed"]

_BETWEEN = re.compile(r"\s{1,9}or\s{1,9}|[/;]|(?<=\d{4}),|(?<=-\d\d),", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_MONTHS = 12


def births(text: str, entry: Entry) -> tuple[Birth, ...]:
    """A day, month, year or range; two separated by "or", "/" or a comma; a spreadsheet's number."""
    several = _BETWEEN.split(text)
    if any(_YEAR.search(each) is None for each in several):  # 09/30/1978
        several = [text]
    return tuple([Birth(date=_date(each, "DateOfBirthOrShipBuildDate", entry)) for each in several])


def listed(text: str, entry: Entry) -> Event:
    """An Event (listed)."""
    date = _date(text, "DateOfListing", entry)
    return Event(kind=EventKind.LISTED, date=date, raw_kind="DateOfListing")


def _date(text: str, at: str, entry: Entry) -> PartialDate:
    """The date; text for no date, or where both numbers before the year can be the month."""
    day = american_day(text, entry) or day_first(text)
    if day is None:
        found = spreadsheet_day(text, entry) or date_in_words(text, entry)
    else:
        found = PartialDate(raw=text) if day.day <= _MONTHS else PartialDate.day(day, raw=text)
    if not found.is_read:
        entry.unread(text, at, is_kept=True)
    return found
