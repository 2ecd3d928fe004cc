"""OFAC's dates of four days: read as its own texts are read, and printed as OFAC prints them."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quick import examples

from sanctionslib.model import PartialDate
from sanctionslib.parsers.ofac._dates import from_four_days, iso_day

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))
_SIZE = st.sampled_from(["day", "month", "year"])


def point(day: date, size: str) -> tuple[str, date, date]:
    """A day, its month or its year: the text, the first and the last day."""
    text = f"{MONTHS[day.month - 1]} {day.year}"
    if size == "day":
        return f"{day.day:02d} {text}", day, day
    if size == "year":
        return str(day.year), date(day.year, 1, 1), date(day.year, 12, 31)
    last = calendar.monthrange(day.year, day.month)[1]
    return text, day.replace(day=1), day.replace(day=last)


@examples(120)
@given(day=_DAY, size=_SIZE, to_size=_SIZE, later=st.none() | st.integers(0, 4000), circa=st.booleans())  # fmt: skip
def test_the_days_of_a_text_are_read_as_the_text(
    day: date, size: str, to_size: str, later: int | None, circa: bool
) -> None:
    """Every form of the files, text → four days → the same date as from the text, and its text."""
    text, first, last = point(day, size)
    days = first, first, last, last
    if later is not None:
        end, last_from, last_to = point(day + timedelta(days=later), to_size)
        text, days = f"{text} to {end}", (first, last, last_from, last_to)
    text = f"circa {text}" if circa else text
    read = from_four_days(days, approximate=circa, is_range=later is not None)
    assert read == PartialDate.parse(text)
    assert read is not None
    assert read.raw == text


@pytest.mark.parametrize(
    ("days", "text"),
    [
        # From CONS_ENHANCED of 10 January 2025: without `isDateRange`, as in the advanced file.
        ("1962-01-01 1962-12-31 1963-01-01 1963-12-31", "1962 to 1963"),
        ("1963-03-21 1963-03-21 1964-03-20 1964-03-20", "21 Mar 1963 to 20 Mar 1964"),
        # These are the days of "01 Jan 1955 to 31 Dec 1955" too.
        ("1955-01-01 1955-01-01 1955-12-31 1955-12-31", "1955"),
        # Open at an end.
        ("1971-03-05 1971-03-05 - -", "from 05 Mar 1971"),
        ("- - 1971-03-05 1971-03-05", "until 05 Mar 1971"),
        # The pieces that the days had, not the shortest text for the interval.
        ("1971-01-01 1971-01-31 1972-12-01 1972-12-31", "Jan 1971 to Dec 1972"),
        # Where a beginning or an end is not a day, month or year, the four days follow the text.
        ("1971-03-05 1971-03-05 1972-04-08 1972-04-09", "05 Mar 1971 to 09 Apr 1972 ({})"),
        ("1971-03-05 1971-03-07 1972-04-09 1972-04-09", "05 Mar 1971 to 09 Apr 1972 ({})"),
        ("1971-03-05 1971-03-07 - -", "from 05 Mar 1971 ({})"),
        ("- - 1972-04-08 1972-04-09", "until 09 Apr 1972 ({})"),
        ("1971-01-01 1975-12-31 1971-01-01 1971-12-31", "01 Jan 1971 to 1971 ({})"),
    ],
)
def test_text_of_four_days(days: str, text: str) -> None:
    """The text states the same as the days."""
    one, two, three, four = (None if day == "-" else iso_day(day) for day in days.split())
    read = from_four_days((one, two, three, four))
    assert read is not None
    assert (read.raw, read.is_read) == (text.format(days), True)
    assert (read.earliest, read.latest) == (one, four)


def test_days_that_are_no_interval() -> None:
    """An end before its beginning stays text; no day is no date; a single year can be a range."""
    late, early, other = date(1975, 1, 1), date(1971, 1, 1), date(1971, 12, 31)
    read = from_four_days((late, late, early, other))
    assert read == PartialDate(raw="1975-01-01 1975-01-01 1971-01-01 1971-12-31")
    assert from_four_days((None, None, None, None)) is None
    as_range = from_four_days((early, early, other, other), is_range=True)
    assert as_range is not None
    assert as_range.raw == "01 Jan 1971 to 31 Dec 1971"


@pytest.mark.parametrize("text", ["1971", "19710305", "1971-02-30", "1971-03-05Z", "1971-W10-5"])
def test_only_a_plain_day_is_a_day(text: str) -> None:
    """Other ISO forms, impossible days and time zones are not guessed at."""
    assert iso_day(text) is None
