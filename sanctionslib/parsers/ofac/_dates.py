"""OFAC's dates as four days → PartialDate, with the text that its classic files print.

The advanced and enhanced files give every date as a period with a beginning and an end, each of
which lies between two days: Start.From, Start.To, End.From and End.To (`fromDateBegin`,
`fromDateEnd`, `toDateBegin`, `toDateEnd`). The texts in the enhanced file show how to read them:

| text | first | second | third | fourth |
|---|---|---|---|---|
| 05 Mar 1971 | 1971-03-05 | the same | the same | the same |
| Mar 1971 | 1971-03-01 | 1971-03-01 | 1971-03-31 | 1971-03-31 |
| 1971 | 1971-01-01 | 1971-01-01 | 1971-12-31 | 1971-12-31 |
| 1971 to 1973 | 1971-01-01 | 1971-12-31 | 1973-01-01 | 1973-12-31 |
| 05 Mar 1971 to 09 Apr 1972 | 1971-03-05 | 1971-03-05 | 1972-04-09 | 1972-04-09 |

"01 Jan 1955 to 31 Dec 1955" has the four days of "1955". The enhanced file distinguishes the two
(`isDateRange`), the advanced one cannot.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date

from sanctionslib.model import PartialDate, Precision

# Not from `calendar`, whose names depend on the locale.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PRECISIONS = (Precision.YEAR, Precision.MONTH, Precision.DAY)
"""By the number of blanks in the text."""


def iso_day(text: str) -> date | None:
    """A day as `1971-03-05`; None for any other text, also for one with a time zone.

    >>> iso_day("1971-03-05")
    datetime.date(1971, 3, 5)
    >>> iso_day("1971-02-30") is None
    True
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def from_four_days(
    days: Sequence[date | None], *, approximate: bool = False, is_range: bool | None = None
) -> PartialDate | None:
    """The date of four days; None where all four are missing.

    It is unread, with the four days as its text, where they contradict each other. Where a
    beginning or an end is not a day, month or year, the text has the four days in brackets, because
    no text that OFAC prints is as precise.

    Args:
        days: Start.From, Start.To, End.From, End.To.
        approximate: Whether either end is approximate.
        is_range: As the source states; None where it does not (advanced).

    >>> one, other = date(1971, 1, 1), date(1971, 12, 31)
    >>> print(from_four_days((one, one, other, other), approximate=True).raw)
    circa 1971
    """
    one, two, three, four = days
    first, first_to = one or two, two or one
    last_from, last = three or four, four or three
    if first is None and last is None:
        return None
    shown = " ".join([str(day or "-") for day in days])
    for early, late in ((first, first_to), (last_from, last), (first, last)):
        if early is not None and late is not None and early > late:
            return PartialDate(raw=shown)
    start, end = _point(first, first_to), _point(last_from, last)
    text = "" if is_range or first != first_to or last_from != last else _point(first, last)
    precision = _PRECISIONS[text.count(" ")] if text else Precision.RANGE
    if first is None:
        text = f"until {end or _day(last)}"
    elif last is None:
        text = f"from {start or _day(first)}"
    elif not text:
        text = f"{start or _day(first)} to {end or _day(last)}"
    if approximate:
        text = f"circa {text}"
    if (first and not start) or (last and not end):
        text = f"{text} ({shown})"
    return PartialDate(
        earliest=first, latest=last, precision=precision, circa=approximate, raw=text
    )


def _point(first: date | None, last: date | None) -> str:
    """The text of a day, a month or a year; "" for any other interval."""
    if first is None or last is None:
        return ""
    if first == last:
        return _day(first)
    if (first.month, first.day, last) == (1, 1, date(first.year, 12, 31)):
        return f"{first.year:04d}"
    end = calendar.monthrange(first.year, first.month)[1]
    return _day(first)[3:] if (first.day, last) == (1, first.replace(day=end)) else ""


def _day(day: date | None) -> str:
    return "" if day is None else f"{day.day:02d} {_MONTHS[day.month - 1]} {day.year:04d}"
