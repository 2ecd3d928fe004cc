"""OFAC's dates as four days → PartialDate, with the text that its classic files print.

The advanced and enhanced files give every date as a period with a beginning and an end, each of
which lies between two days: Start.From, Start.To, End.From and End.To (`fromDateBegin`,
`fromDateEnd`, `toDateBegin`, `toDateEnd`). The texts beside them in the enhanced file show how to
read them:

| text | first | second | third | fourth |
|---|---|---|---|---|
| 05 Mar 1971 | 1971-03-05 | the same | the same | the same |
| Mar 1971 | 1971-03-01 | 1971-03-01 | 1971-03-31 | 1971-03-31 |
| 1971 | 1971-01-01 | 1971-01-01 | 1971-12-31 | 1971-12-31 |
| 1971 to 1973 | 1971-01-01 | 1971-12-31 | 1973-01-01 | 1973-12-31 |
| 05 Mar 1971 to 09 Apr 1972 | 1971-03-05 | 1971-03-05 | 1972-04-09 | 1972-04-09 |

What is odd: "01 Jan 1955 to 31 Dec 1955" has the four days of "1955". The enhanced file tells the
two apart (`isDateRange`), the advanced one cannot.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

from sanctionslib.model import PartialDate, Precision

__all__ = ["from_four_days", "iso_day"]

# Not from `calendar`, whose names follow the locale.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ISO = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def iso_day(text: str) -> date | None:
    """A day as `1971-03-05`; None where the text is anything else, also where it has a time zone.

    >>> iso_day("1971-03-05")
    datetime.date(1971, 3, 5)
    >>> iso_day("1971-02-30") is None
    True
    """
    if not _ISO.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def from_four_days(
    days: tuple[date | None, date | None, date | None, date | None],
    *,
    approximate: bool = False,
    is_range: bool | None = None,
    raw: str = "",
) -> PartialDate | None:
    """The date that four days state; None where there is no day at all, which is no date.

    It is unread, with the four days as its text, where they contradict each other. Where a beginning
    or an end is no day, month or year, the four days stand behind the text in brackets, for no text
    that OFAC prints says so much.

    Args:
        days: Start.From, Start.To, End.From, End.To.
        approximate: Whether either end is called approximate.
        is_range: What the source says; None where it does not (advanced).
        raw: The source's text, where it gives one; else the text is made from the days.

    >>> one, other = date(1971, 1, 1), date(1971, 12, 31)
    >>> print(from_four_days((one, one, other, other), approximate=True).raw)
    circa 1971
    """
    known = [day for day in days if day is not None]
    if not known:
        return None
    if known != sorted(known) and not _overlaps(days):
        return PartialDate(raw=raw or _all(days))
    first, last = days[0] or days[1], days[3] or days[2]
    starts, ends = _point(first, days[1] or first), _point(days[2] or last, last)
    is_point = days[0] == days[1] and days[2] == days[3] and not is_range
    found = _point(first, last) if is_point else None
    if found is None:
        start, end = (starts or (_day(first),))[0], (ends or (_day(last),))[0]
        if start and end:
            text = f"{start} to {end}"
        else:
            text = f"from {start}" if start else f"until {end}"
        found = text, Precision.RANGE
    text, precision = found
    text = raw or ("circa " if approximate else "") + text
    if (first and not starts) or (last and not ends):
        text += f" ({_all(days)})"
    return PartialDate(
        earliest=first, latest=last, precision=precision, circa=approximate, raw=text
    )


def _overlaps(days: tuple[date | None, ...]) -> bool:
    """Whether beginning and end overlap and each is in order: "1971 to 1971"."""
    first, first_to, last_from, last = days
    if first is None or first_to is None or last_from is None or last is None:
        return False
    return first <= first_to and last_from <= last and first <= last


def _point(first: date | None, last: date | None) -> tuple[str, Precision] | None:
    """The text of a day, a month or a year; None for any other interval."""
    if first is None or last is None:
        return None
    if first == last:
        return _day(first), Precision.DAY
    if (first.month, first.day, last) == (1, 1, date(first.year, 12, 31)):
        return f"{first.year:04d}", Precision.YEAR
    end = calendar.monthrange(first.year, first.month)[1]
    if (first.day, last) == (1, first.replace(day=end)):
        return _day(first)[3:], Precision.MONTH
    return None


def _all(days: tuple[date | None, ...]) -> str:
    return " ".join(str(day or "-") for day in days)


def _day(day: date | None) -> str:
    return "" if day is None else f"{day.day:02d} {_MONTHS[day.month - 1]} {day.year:04d}"
