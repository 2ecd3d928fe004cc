"""PartialDate: what a list says about a day it may not know exactly.

Lists print "1971", "Mar 1971", "circa 1971", "1971 to 1973". Each is an interval, and only an
interval can be compared without inventing a day: a person born in "1971" is compatible with
5 March 1971, and nobody is born on 1 January because a form had no month.
"""

from __future__ import annotations

import calendar as _calendar
import enum
import functools
import re
from datetime import date, datetime
from typing import TypeAlias

import attrs

from sanctionslib.errors import InvalidInputError
from sanctionslib.model.displayable import Value
from sanctionslib.model.fields import about
from sanctionslib.model.words import member


class Precision(enum.Enum):
    """How exactly the source states a date."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"
    """Two ends, or one ("from", "until")."""
    UNREAD = "unread"
    """Text that we could not read as a date; it is kept in `raw`."""


class Calendar(enum.Enum):
    """The calendar that the source counts in (EU: `calendarType`; UN: a note)."""

    GREGORIAN = "gregorian"
    ISLAMIC = "islamic"
    PERSIAN = "persian"
    BUDDHIST = "buddhist"
    COPTIC = "coptic"
    ETHIOPIC = "ethiopic"
    JAPANESE = "japanese"


@functools.total_ordering
@attrs.frozen(kw_only=True, eq=False, repr=False, weakref_slot=False)
class PartialDate(Value):
    """An interval of days, with how it was stated.

    `earliest` and `latest` are both inside the interval. A date that could not be read has neither
    and keeps its text in `raw`; an open range has one. Two dates are equal when they state the
    same interval in the same way; `raw` counts only for unread dates. `<` sorts (by earliest, then
    latest); `is_before` compares the intervals.

    >>> from sanctionslib import PartialDate
    >>> born = PartialDate.parse("circa Mar 1971")
    >>> born.earliest, born.latest, born.circa
    (datetime.date(1971, 3, 1), datetime.date(1971, 3, 31), True)
    >>> born.overlaps(PartialDate.parse("1971"))
    True
    >>> str(born)
    'circa 1971-03'
    """

    earliest: date | None = None
    """First day that fits (Gregorian)."""
    latest: date | None = None
    """Last day that fits (Gregorian)."""
    precision: Precision = Precision.UNREAD
    """How exactly the source states it."""
    circa: bool = False
    """True where the source says "circa", "approximately"."""
    calendar: Calendar = Calendar.GREGORIAN
    """The calendar of `raw`; `earliest` and `latest` are always Gregorian."""
    raw: str = attrs.field(default="", metadata=about("text", raw_of="is_read"))
    """The text of the source; it takes part in equality only where it could not be read."""

    def __attrs_post_init__(self) -> None:
        first, last = self.earliest, self.latest
        if isinstance(first, datetime) or isinstance(last, datetime):
            raise InvalidInputError("a date has no time of day", hint="give a date: when.date()")
        if first is not None and last is not None and first > last:
            raise InvalidInputError(
                f"a date interval that ends ({last}) before it begins ({first})",
                hint="give the earlier day as `earliest`",
            )
        if not _fits(first, last, self.precision) or (self.circa and not self.is_read):
            raise InvalidInputError(
                f"a date of precision {self.precision.value!r} with the ends {first} and {last}"
                + (", and circa" if self.circa else ""),
                hint="use PartialDate.day, month, year, between or parse",
            )

    @classmethod
    def day(cls, day: date, *, circa: bool | None = False, raw: str | None = "") -> PartialDate:
        """One exact day."""
        return cls(
            earliest=day, latest=day, precision=Precision.DAY, circa=bool(circa), raw=raw or ""
        )

    @classmethod
    def month(
        cls, year: int, month: int, *, circa: bool | None = False, raw: str | None = ""
    ) -> PartialDate:
        """A month, 1 to 12.

        Raises:
            InvalidInputError: There is no such month.
        """
        try:
            first, last = _month(year, month)
        except ValueError as error:
            raise InvalidInputError(f"no such month: {year}-{month}") from error
        return cls(
            earliest=first, latest=last, precision=Precision.MONTH, circa=bool(circa), raw=raw or ""
        )

    @classmethod
    def year(cls, year: int, *, circa: bool | None = False, raw: str | None = "") -> PartialDate:
        """A year, 1 to 9999.

        Raises:
            InvalidInputError: There is no such year.
        """
        try:
            first, last = _year(year)
        except ValueError as error:
            raise InvalidInputError(f"no such year: {year}") from error
        return cls(
            earliest=first, latest=last, precision=Precision.YEAR, circa=bool(circa), raw=raw or ""
        )

    @classmethod
    def between(
        cls,
        earliest: date | None,
        latest: date | None,
        *,
        circa: bool | None = False,
        raw: str | None = "",
    ) -> PartialDate:
        """A range of days, both ends inside; None leaves an end open."""
        return cls(
            earliest=earliest,
            latest=latest,
            precision=Precision.RANGE,
            circa=bool(circa),
            raw=raw or "",
        )

    @classmethod
    def parse(
        cls, text: str, *, calendar: Calendar | str | None = Calendar.GREGORIAN
    ) -> PartialDate:
        """Read a date as lists print it, and as `str` gives it.

        Reads `1971-03-05`, `05 Mar 1971`, `5 March 1971`, `1971-03`, `Mar 1971`, `1971`, each with
        `circa` (also `approximately`, `c.`) before it, two of them joined by ` to ` (years also by
        `-`), and one after `from` or `until`. Day-month orders that depend on the country
        (03/10/2021) are not read here: a parser that knows its source turns them round.

        Returns:
            The date; an unread one (`is_read` False) with the text in `raw` where it is none.
        """
        calendar = (
            Calendar.GREGORIAN if calendar is None else member(Calendar, calendar, "calendar")
        )
        if text.endswith(_UNREAD):
            return cls(raw=text.removesuffix(_UNREAD), calendar=calendar)
        body, is_converted = text, calendar is Calendar.GREGORIAN
        if found := _CALENDAR.fullmatch(text):
            body, calendar = found[1], Calendar(found[3])
            is_converted = bool(found[2]) or calendar is Calendar.GREGORIAN
        if not is_converted:
            return cls(raw=body, calendar=calendar)
        body = body.strip()
        circa = _CIRCA.match(body)
        interval = _interval(body[circa.end() :] if circa else body)
        if interval is None:
            return cls(raw=text)
        first, last, precision = interval
        return cls(
            earliest=first,
            latest=last,
            precision=precision,
            circa=circa is not None,
            calendar=calendar,
            raw=text,
        )

    @property
    def is_read(self) -> bool:
        """False where the text could not be read as a date."""
        return self.precision is not Precision.UNREAD

    @property
    def _first(self) -> date:
        return self.earliest or date.min

    @property
    def _last(self) -> date:
        return self.latest or date.max

    def overlaps(self, other: PartialDate) -> bool:
        """Whether some day fits both. An unread date overlaps nothing: see `is_read`."""
        are_read = self.is_read and other.is_read
        return are_read and self._first <= other._last and other._first <= self._last

    def contains(self, other: PartialDate) -> bool:
        """Whether every day that fits the other fits this one too. Unread: False."""
        are_read = self.is_read and other.is_read
        return are_read and self._first <= other._first and other._last <= self._last

    def is_before(self, other: PartialDate) -> bool:
        """Whether this interval ends before the other begins. Unread: False.

        `circa` does not widen an interval, for no list says by how much: see `widened`.
        """
        return self._last < other._first  # never of an unread one, which is open on both sides

    def is_after(self, other: PartialDate) -> bool:
        """Whether this interval begins after the other ends. Unread: False."""
        return other.is_before(self)

    def widened(self, years: int) -> PartialDate:
        """The same, longer by some years on both sides: what one may do with a circa date.

        Raises:
            InvalidInputError: `years` is negative.

        >>> from sanctionslib import PartialDate
        >>> PartialDate.parse("circa 1937").widened(2).overlaps(PartialDate.parse("1939"))
        True
        """
        if years < 0:
            raise InvalidInputError(f"years={years}", hint="give 0 or more")
        if not self.is_read or not years:
            return self
        return attrs.evolve(
            self,
            earliest=self.earliest and _moved(self.earliest, -years),
            latest=self.latest and _moved(self.latest, years),
            precision=Precision.RANGE,
        )

    def __contains__(self, day: date) -> bool:
        return self.is_read and self._first <= day <= self._last

    def _sort_key(self) -> tuple[object, ...]:
        # Consistent with equality: the interval first, then everything else that equality sees.
        return (
            not self.is_read,
            self._first,
            self._last,
            self.earliest is None,
            self.latest is None,
            self.precision.value,
            self.circa,
            self.calendar.value,
            "" if self.is_read else self.raw,
        )

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return self._sort_key() < other._sort_key()

    def __str__(self) -> str:
        is_gregorian = self.calendar is Calendar.GREGORIAN
        if self.is_read:
            circa = "circa " if self.circa else ""
            suffix = "" if is_gregorian else f" [from {self.calendar.value}]"
            return f"{circa}{_in_words(self.earliest, self.latest, self.precision)}{suffix}"
        if not is_gregorian:
            return f"{self.raw} [{self.calendar.value}]"
        # Text that would be read says that it was not.
        return self.raw if PartialDate.parse(self.raw) == self else self.raw + _UNREAD

    def __repr__(self) -> str:
        return f"PartialDate.parse({str(self)!r})"


_Interval: TypeAlias = tuple[date | None, date | None, Precision]

# Not from `calendar`, whose names follow the locale.
_NAMES = "january february march april may june july august september october november december"
_MONTHS = {
    name[:size]: number for number, name in enumerate(_NAMES.split(), 1) for size in (3, len(name))
}
_UNREAD = " [unread]"
_CIRCA = re.compile(r"(?:circa|approximately|approx\.?|c\.|ca\.)\s*", re.IGNORECASE)
_CALENDAR = re.compile(
    r"(.*) \[(from )?(" + "|".join(member.value for member in Calendar) + r")\]", re.DOTALL
)
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_ENGLISH = re.compile(r"(?:(\d{1,2})\s+)?([A-Za-z]{3,9})\.?\s+(\d{4})", re.ASCII)
_TO = re.compile(r"\sto\s", re.ASCII)
_YEARS = re.compile(r"(\d{4})-(\d{4})", re.ASCII)
_OPEN = re.compile(r"(from|until)\s+(\S.*)", re.IGNORECASE)
_ISO_SIZE = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}
"""How many letters of an ISO date a date of this precision has."""


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, _calendar.monthrange(year, month)[1])


def _point(text: str) -> tuple[date, date, Precision] | None:
    """The interval of one day, month or year; None where the text is no such thing."""
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
    elif (found := _ENGLISH.fullmatch(text)) and found[2].lower() in _MONTHS:
        day, name, year = found.groups()
        month = _MONTHS[name.lower()]
    else:
        return None
    try:
        if day:
            one = date(int(year), int(month), int(day))
            return one, one, Precision.DAY
        if month:
            return *_month(int(year), int(month)), Precision.MONTH
        return *_year(int(year)), Precision.YEAR
    except ValueError:  # 31 Feb 1971, month 13, year 0000
        return None


def _interval(text: str) -> _Interval | None:
    """The interval that a text states; None where it is no date."""
    if point := _point(text):
        return point
    if (found := _OPEN.fullmatch(text)) and (point := _point(found[2])):
        if found[1].lower() == "from":
            return point[0], None, Precision.RANGE
        return None, point[1], Precision.RANGE
    years = _YEARS.fullmatch(text)
    ends = years.groups() if years else _TO.split(text, maxsplit=1)
    if len(ends) == 2:
        first, last = (_point(end.strip()) for end in ends)
        if first and last and first[0] <= last[1]:
            return first[0], last[1], Precision.RANGE
    return None


def _fits(first: date | None, last: date | None, precision: Precision) -> bool:
    """Whether an interval can be stated with this precision."""
    if first is None or last is None:
        return precision is (Precision.UNREAD if first is last else Precision.RANGE)
    match precision:
        case Precision.DAY:
            return first == last
        case Precision.MONTH:
            return (first, last) == _month(first.year, first.month)
        case Precision.YEAR:
            return (first, last) == _year(first.year)
        case _:
            return precision is Precision.RANGE


def _in_words(first: date | None, last: date | None, precision: Precision) -> str:
    if first is None:
        return f"until {last}"
    if last is None:
        return f"from {first}"
    if precision is not Precision.RANGE:
        return str(first)[: _ISO_SIZE[precision]]
    has_whole_years = (first, last) == (date(first.year, 1, 1), date(last.year, 12, 31))
    size = 4 if has_whole_years and first.year != last.year else 10
    return f"{str(first)[:size]} to {str(last)[:size]}"


def _moved(day: date, years: int) -> date:
    """The same day some years away, within the calendar; 29 February becomes 28."""
    year = min(max(day.year + years, date.min.year), date.max.year)
    last = _calendar.monthrange(year, day.month)[1]
    return date(year, day.month, min(day.day, last))
