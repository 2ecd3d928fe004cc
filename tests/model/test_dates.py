"""PartialDate: reading, printing, comparing and sorting days that are not known exactly."""

from __future__ import annotations

import operator
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sanctionslib.errors import InvalidInputError
from sanctionslib.model import Calendar, PartialDate, Precision

# ── dates of every sort ───────────────────────────────────────────────────────────────────────

DAYS = st.dates() | st.sampled_from([date.min, date.max, date(2000, 2, 29), date(1999, 12, 31)])
YEARS = st.integers(1, 9999) | st.sampled_from([1, 1970, 1971, 2000, 9999])
HOW = {"circa": st.booleans(), "raw": st.text(max_size=12)}

CONSTRUCTED = st.one_of(
    st.builds(PartialDate.day, DAYS, **HOW),
    st.builds(PartialDate.month, YEARS, st.integers(1, 12), **HOW),
    st.builds(PartialDate.year, YEARS, **HOW),
    st.tuples(DAYS, DAYS).map(sorted).flatmap(lambda ends: _between(*ends)),
    st.builds(PartialDate.between, DAYS, st.none(), **HOW),
    st.builds(PartialDate.between, st.none(), DAYS, **HOW),
)
"""Everything that the four constructors of read dates give."""


def _between(first: date, last: date) -> st.SearchStrategy[PartialDate]:
    return st.builds(PartialDate.between, st.just(first), st.just(last), **HOW)


NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec January September december MAY"
_MONTHS = st.sampled_from(NAMES.split())
POINTS = st.one_of(
    st.builds("{:04d}".format, st.integers(0, 9999)),
    st.builds("{:04d}-{:02d}".format, YEARS, st.integers(0, 13)),
    st.builds("{:04d}-{:02d}-{:02d}".format, YEARS, st.integers(0, 13), st.integers(0, 32)),
    st.builds("{} {:04d}".format, _MONTHS, YEARS),
    st.builds("{:02d} {} {:04d}".format, st.integers(0, 32), _MONTHS, YEARS),
    st.builds("{} {} {}".format, st.integers(0, 32), _MONTHS, YEARS),
)
TEXTS = st.one_of(
    st.text(max_size=30),
    st.text(alphabet="0179 -/.cirapotfmunl[]JanMy", max_size=24),
    st.builds(
        "{}{}{}{}{}{}".format,
        st.sampled_from(["", " ", "circa ", "Circa", "c. ", "approximately ", "from ", "until "]),
        POINTS,
        st.sampled_from(["", "", " to ", "-", " TO "]),
        st.just("") | POINTS,
        st.sampled_from(["", "", " ", " [islamic]", " [gregorian]", "[persian]", " [julian]"]),
        st.sampled_from(["", "", "", " [from coptic]", " [from gregorian]", " [unread]"]),
    ),
)
"""What lists print, what they might print, and noise."""

CALENDARS = st.sampled_from(Calendar)
PARSED = st.builds(PartialDate.parse, TEXTS, calendar=CALENDARS | st.just(Calendar.GREGORIAN))
DATES = CONSTRUCTED | PARSED
READ = DATES.filter(lambda one: one.is_read)
UNREAD = PARSED.filter(lambda one: not one.is_read)


def _ends(one: PartialDate) -> tuple[date, date]:
    """The interval with its open ends closed."""
    return one.earliest or date.min, one.latest or date.max


def _of(
    first: str | None, last: str | None, precision: Precision, circa: bool = False
) -> PartialDate:
    return PartialDate(
        earliest=date.fromisoformat(first) if first else None,
        latest=date.fromisoformat(last) if last else None,
        precision=precision,
        circa=circa,
    )


# ── text in, text out ─────────────────────────────────────────────────────────────────────────


@given(DATES)
@example(PartialDate.parse("1 Muharram 1391 ", calendar=Calendar.ISLAMIC))
@example(PartialDate.parse("[islamic]"))
@example(PartialDate.parse("x [islamic] [persian]"))
@example(PartialDate.parse("1971 [unread]"))
@example(PartialDate.parse("1971 [unread] [unread]", calendar=Calendar.COPTIC))
@example(PartialDate.parse("x [from islamic]"))
@example(PartialDate.parse("1391 [gregorian]", calendar=Calendar.PERSIAN))
@example(PartialDate(raw="1971"))
@example(PartialDate(raw=" 1391 ", calendar=Calendar.ISLAMIC))
@example(PartialDate(raw="1391 [islamic]"))
@example(
    PartialDate(
        earliest=date.min, latest=date.min, precision=Precision.DAY, calendar=Calendar.ISLAMIC
    )
)
def test_dates_survive_their_text(one: PartialDate) -> None:
    """Whatever was constructed or read is read back from its text, and from its repr."""
    assert PartialDate.parse(str(one)) == one
    assert eval(repr(one), {"PartialDate": PartialDate}) == one


@given(TEXTS, CALENDARS)
def test_no_text_is_lost(text: str, calendar: Calendar) -> None:
    """`raw` holds the text that was given, but for the calendar that we print behind it."""
    one = PartialDate.parse(text, calendar=calendar)
    assert one.raw == text or text.startswith(one.raw)
    assert one.is_read == (one.precision is not Precision.UNREAD)


DAY, MONTH, YEAR, RANGE = Precision.DAY, Precision.MONTH, Precision.YEAR, Precision.RANGE


@pytest.mark.parametrize(
    ("text", "first", "last", "precision", "circa", "shown"),
    [
        # the nine forms of OFAC's birth dates
        ("05 Mar 1971", "1971-03-05", "1971-03-05", DAY, False, "1971-03-05"),
        ("1971", "1971-01-01", "1971-12-31", YEAR, False, "1971"),
        ("Mar 1971", "1971-03-01", "1971-03-31", MONTH, False, "1971-03"),
        ("circa 1971", "1971-01-01", "1971-12-31", YEAR, True, "circa 1971"),
        ("1971 to 1973", "1971-01-01", "1973-12-31", RANGE, False, "1971 to 1973"),
        ("05 Mar 1971 to 07 Apr 1972", "1971-03-05", "1972-04-07", RANGE, False, "1971-03-05 to 1972-04-07"),
        ("Feb 1971 to Feb 1972", "1971-02-01", "1972-02-29", RANGE, False, "1971-02-01 to 1972-02-29"),
        ("circa 05 Mar 1971", "1971-03-05", "1971-03-05", DAY, True, "circa 1971-03-05"),
        ("circa 1971-1973", "1971-01-01", "1973-12-31", RANGE, True, "circa 1971 to 1973"),
        # other lists
        ("1971-03-05", "1971-03-05", "1971-03-05", DAY, False, "1971-03-05"),
        ("1971-03", "1971-03-01", "1971-03-31", MONTH, False, "1971-03"),
        ("5 March 1971", "1971-03-05", "1971-03-05", DAY, False, "1971-03-05"),
        ("5 MARCH 1971", "1971-03-05", "1971-03-05", DAY, False, "1971-03-05"),
        ("  Dec.  1971 ", "1971-12-01", "1971-12-31", MONTH, False, "1971-12"),
        ("may 1971", "1971-05-01", "1971-05-31", MONTH, False, "1971-05"),
        ("approximately 1971", "1971-01-01", "1971-12-31", YEAR, True, "circa 1971"),
        ("approx. 1971", "1971-01-01", "1971-12-31", YEAR, True, "circa 1971"),
        ("c. Mar 1971", "1971-03-01", "1971-03-31", MONTH, True, "circa 1971-03"),
        ("ca. 1971", "1971-01-01", "1971-12-31", YEAR, True, "circa 1971"),
        ("CIRCA 1971 to 1973", "1971-01-01", "1973-12-31", RANGE, True, "circa 1971 to 1973"),
        ("from 1971", "1971-01-01", None, RANGE, False, "from 1971-01-01"),
        ("until Feb 1972", None, "1972-02-29", RANGE, False, "until 1972-02-29"),
        ("circa from 5 Mar 1971", "1971-03-05", None, RANGE, True, "circa from 1971-03-05"),
        ("Until 1971-03-05", None, "1971-03-05", RANGE, False, "until 1971-03-05"),
        # the two ends of one range need not have one form, and may overlap
        ("1971 to Mar 1973", "1971-01-01", "1973-03-31", RANGE, False, "1971-01-01 to 1973-03-31"),
        ("Dec 1971 to 1971", "1971-12-01", "1971-12-31", RANGE, False, "1971-12-01 to 1971-12-31"),
        ("1971 to 1971", "1971-01-01", "1971-12-31", RANGE, False, "1971-01-01 to 1971-12-31"),
        ("1971-1971", "1971-01-01", "1971-12-31", RANGE, False, "1971-01-01 to 1971-12-31"),
        # leap years and the ends of the calendar
        ("29 Feb 1972", "1972-02-29", "1972-02-29", DAY, False, "1972-02-29"),
        ("Feb 2000", "2000-02-01", "2000-02-29", MONTH, False, "2000-02"),
        ("Feb 1900", "1900-02-01", "1900-02-28", MONTH, False, "1900-02"),
        ("0001", "0001-01-01", "0001-12-31", YEAR, False, "0001"),
        ("01 Jan 0001", "0001-01-01", "0001-01-01", DAY, False, "0001-01-01"),
        ("9999", "9999-01-01", "9999-12-31", YEAR, False, "9999"),
        ("Dec 9999", "9999-12-01", "9999-12-31", MONTH, False, "9999-12"),
        ("0001 to 9999", "0001-01-01", "9999-12-31", RANGE, False, "0001 to 9999"),
    ],
)  # fmt: skip
def test_forms(
    text: str, first: str | None, last: str | None, precision: Precision, circa: bool, shown: str
) -> None:
    """Each form that lists print, with the interval that it states and the text that we print."""
    one = PartialDate.parse(text)
    assert one == _of(first, last, precision, circa)
    assert (one.earliest and str(one.earliest), one.latest and str(one.latest)) == (first, last)
    assert one.raw == text
    assert str(one) == shown
    assert one.calendar is Calendar.GREGORIAN


NO_DATES = (
    "31 Feb 1971|29 Feb 1971|30 Feb 1972|00 Jan 1971|1971-13|1971-00|1971-02-30|0000|1973 to 1971|"
    "1973-1971|07 Apr 1972 to 05 Mar 1971|03/10/2021|10000|71|5 Mrz 1971|Mar|1971 to|to 1971|from|"
    "from 1971 to 1973|1971 to 1973 to 1975|circa|circa unknown|1971 or 1972|١٩٧١||  |since the war"
)


@pytest.mark.parametrize("text", NO_DATES.split("|"))
def test_texts_that_are_no_date(text: str) -> None:
    """Impossible days, reversed ranges and other texts are unread, not guessed: the text is kept."""
    one = PartialDate.parse(text)
    assert (one.precision, one.earliest, one.latest) == (Precision.UNREAD, None, None)
    assert (one.is_read, one.circa, one.raw, str(one)) == (False, False, text, text)


def test_other_calendars_are_not_read() -> None:
    """A year of another calendar is never taken for a Gregorian one; the calendar is kept."""
    one = PartialDate.parse("1391", calendar=Calendar.ISLAMIC)
    assert (one.is_read, one.calendar, one.raw) == (False, Calendar.ISLAMIC, "1391")
    assert str(one) == "1391 [islamic]"
    assert one != PartialDate.parse("1391", calendar=Calendar.PERSIAN)
    assert one != PartialDate.parse("1391")
    assert PartialDate.parse("1391 [persian]").calendar is Calendar.PERSIAN
    assert PartialDate.parse("1971 [gregorian]") == PartialDate.year(1971)
    assert PartialDate.parse("1391 [julian]").raw == "1391 [julian]"


def test_dates_converted_from_other_calendars() -> None:
    """A day that a source has converted says from which calendar, in its text too."""
    one = PartialDate.parse("circa 1971-03 [from islamic]")
    assert (*_ends(one), one.circa) == (date(1971, 3, 1), date(1971, 3, 31), True)
    assert (one.is_read, one.calendar) == (True, Calendar.ISLAMIC)
    assert str(one) == "circa 1971-03 [from islamic]"
    assert one != PartialDate.month(1971, 3, circa=True)
    assert not PartialDate.parse("Safar 1391 [from islamic]").is_read


def test_text_that_was_not_read() -> None:
    """A parser may leave a text unread that we could read; its text says so."""
    one = PartialDate(raw="1971")
    assert (one.is_read, str(one)) == (False, "1971 [unread]")
    assert one != PartialDate.year(1971)


def test_months_do_not_depend_on_the_locale() -> None:
    """English months are read also where the process has switched to another language."""
    # `calendar.month_name` follows the locale. Few machines have one installed, so it is replaced.
    code = (
        "import calendar\n"
        "calendar.month_name = ['', *(f'mois{number}' for number in range(1, 13))]\n"
        "from sanctionslib import PartialDate\n"
        "print(*(PartialDate.parse(f'{month} 1971') for month in ('Feb', 'August', 'Dec')))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    assert run.stdout.split() == ["1971-02", "1971-08", "1971-12"]


# ── constructors ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (PartialDate.day(date(1971, 3, 5), circa=True), _of("1971-03-05", "1971-03-05", DAY, True)),
        (PartialDate.month(1972, 2), _of("1972-02-01", "1972-02-29", MONTH)),
        (PartialDate.year(1971, circa=True), _of("1971-01-01", "1971-12-31", YEAR, True)),
        (PartialDate.between(date(1971, 3, 5), None), _of("1971-03-05", None, RANGE)),
    ],
)
def test_constructors(one: PartialDate, expected: PartialDate) -> None:
    """Each constructor gives the interval and the precision, and keeps whether it is "circa"."""
    assert one == expected
    assert (one.calendar, one.raw) == (Calendar.GREGORIAN, "")
    assert PartialDate.year(1971, raw="x").raw == "x"


@pytest.mark.parametrize(
    "make",
    [
        lambda: PartialDate.month(1971, 0),
        lambda: PartialDate.month(1971, 13),
        lambda: PartialDate.month(0, 1),
        lambda: PartialDate.month(10000, 1),
        lambda: PartialDate.year(0),
        lambda: PartialDate.year(-44),
        lambda: PartialDate.year(10000),
        lambda: PartialDate.between(None, None),
        lambda: PartialDate.between(date(1971, 3, 6), date(1971, 3, 5)),
        lambda: PartialDate.between(datetime(1971, 3, 5, 7), datetime(1971, 3, 5, 8)),
        lambda: PartialDate(raw="about 1971", circa=True),
        lambda: _of(None, None, DAY),
        lambda: _of("1971-03-05", "1971-03-05", Precision.UNREAD),
        lambda: _of("1971-03-05", None, Precision.UNREAD),
        lambda: _of("1971-03-06", "1971-03-05", DAY),
        lambda: _of("1971-03-05", "1971-03-06", DAY),
        lambda: _of("1971-03-05", None, DAY),
        lambda: _of(None, "1971-03-05", DAY),
        lambda: _of("1971-03-01", "1971-03-30", MONTH),
        lambda: _of("1971-03-01", "1971-04-30", MONTH),
        lambda: _of("1971-03-01", None, MONTH),
        lambda: _of("1971-01-01", "1972-12-31", YEAR),
        lambda: _of("1971-01-02", "1971-12-31", YEAR),
        lambda: _of(None, "1971-12-31", YEAR),
    ],
)
def test_impossible_dates_are_refused(make: Callable[[], PartialDate]) -> None:
    """No date is made that cannot be, or whose text would be another: it is a ValueError."""
    with pytest.raises(InvalidInputError) as caught:
        make()
    assert isinstance(caught.value, ValueError)
    assert caught.value.what


# ── comparing ─────────────────────────────────────────────────────────────────────────────────


@given(READ, READ)
def test_intervals_compare(a: PartialDate, b: PartialDate) -> None:
    """Of two read dates one is before, after or overlaps the other, as their ends say."""
    (a_first, a_last), (b_first, b_last) = _ends(a), _ends(b)
    is_before, is_after = a_last < b_first, b_last < a_first
    shown = (a.is_before(b), a.is_after(b), a.overlaps(b))
    assert shown == (is_before, is_after, not is_before and not is_after)
    assert a.contains(b) == (a_first <= b_first and b_last <= a_last)
    assert a.overlaps(a)
    assert a.contains(a)


@given(DATES, DAYS)
def test_day_in_date(one: PartialDate, day: date) -> None:
    """`day in date` asks whether that day fits, the ends included; none fits an unread one."""
    first, last = _ends(one)
    assert (day in one) == (one.is_read and first <= day <= last)
    assert (day in one) == one.contains(PartialDate.day(day))
    assert (first in one, last in one) == (one.is_read, one.is_read)


@given(UNREAD, DATES)
def test_unread_dates_are_compatible_with_nothing(unread: PartialDate, other: PartialDate) -> None:
    """Of an unread date nothing is certain, in either direction, also not towards itself."""
    for one, two in ((unread, other), (other, unread), (unread, unread)):
        assert not one.overlaps(two)
        assert not one.contains(two)
        assert not one.is_before(two)
        assert not one.is_after(two)


# ── equality and order ────────────────────────────────────────────────────────────────────────


def test_equality_sees_how_it_is_stated() -> None:
    """The same days stated as a month and as a range, or with "circa", are two statements."""
    month = PartialDate.month(1971, 3)
    assert month != PartialDate.between(date(1971, 3, 1), date(1971, 3, 31))
    assert month != PartialDate.month(1971, 3, circa=True)
    assert month != "1971-03"
    assert PartialDate.parse("Mar 1971") == PartialDate.parse("1971-03") == month


@given(TEXTS, TEXTS)
def test_unread_dates_compare_by_text(a: str, b: str) -> None:
    """Two unread texts are equal only if they are the same text."""
    one, two = PartialDate(raw=a), PartialDate(raw=b)
    assert (one == two) == (a == b)
    assert (one < two) == (a < b)


UNTIL_1971 = PartialDate.between(None, date(1971, 3, 5))
SINCE_1971 = PartialDate.between(date(1971, 3, 5), None)


@given(DATES, DATES)
@example(UNTIL_1971, PartialDate.between(date.min, date(1971, 3, 5)))
@example(SINCE_1971, PartialDate.between(date(1971, 3, 5), date.max))
def test_order_agrees_with_equality(a: PartialDate, b: PartialDate) -> None:
    """Of any two dates exactly one holds: smaller, equal, greater; `<=` and `>=` agree."""
    assert [a < b, a == b, a > b].count(True) == 1
    assert (a <= b) == (a < b or a == b)
    assert (a >= b) == (a > b or a == b)
    assert (a < b) == (b > a)


@given(st.lists(DATES, max_size=6))
@example([PartialDate.parse(one) for one in ("1971", "5 Mar 1970", "no date", "until 1980")])
def test_sorting(many: list[PartialDate]) -> None:
    """Any order sorts to one order: by the first day, then the last; unread dates at the end."""
    found, backwards = sorted(many), many[::-1]
    assert found == sorted(backwards) == sorted(many, reverse=True)[::-1]
    read = [_ends(one) for one in found if one.is_read]
    assert read == sorted(read)
    assert [one.is_read for one in found] == sorted((one.is_read for one in many), reverse=True)


@pytest.mark.parametrize("compare", [operator.lt, operator.le, operator.gt, operator.ge])
def test_order_against_something_else(compare: Callable[[object, object], bool]) -> None:
    """Comparing with a plain day is a TypeError, as between any two things without an order."""
    with pytest.raises(TypeError, match="not supported"):
        compare(PartialDate.year(1971), date(1971, 3, 5))


# ── wider for circa ───────────────────────────────────────────────────────────────────────────


def test_widened() -> None:
    """Wider on both sides, within the calendar; an open end stays open and an unread date as it is."""
    circa = PartialDate.parse("circa 1937")
    wide = circa.widened(2)
    assert _ends(wide) == (date(1935, 1, 1), date(1939, 12, 31))
    assert (wide.circa, wide.precision, wide.raw) == (True, RANGE, "circa 1937")
    assert not circa.overlaps(PartialDate.year(1939))
    assert wide.overlaps(PartialDate.year(1939))
    leap = PartialDate.day(date(1972, 2, 29)).widened(1)
    assert _ends(leap) == (date(1971, 2, 28), date(1973, 2, 28))
    assert PartialDate.parse("until 1980").widened(1).earliest is None
    assert PartialDate.day(date.min).widened(5).earliest == date.min
    assert circa.widened(0) is circa
    unread = PartialDate(raw="no date")
    assert unread.widened(3) is unread
    with pytest.raises(InvalidInputError, match="years=-1"):
        circa.widened(-1)


@given(DATES, st.integers(0, 50))
def test_widened_contains_what_it_was(one: PartialDate, years: int) -> None:
    """Widening loses no day."""
    if one.is_read:
        assert one.widened(years).contains(one)
