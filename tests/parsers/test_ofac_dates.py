"""OFAC's dates of four days: read as its own texts are read, and printed as OFAC prints them."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quick import examples

from sanctionslib.model import PartialDate, Precision
from sanctionslib.parsers.ofac._dates import from_four_days, iso_day

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SEEN = [
    # text, four days, approximate, isDateRange: from CONS_ENHANCED of 10 January 2025 and the
    # IRGC export of 28 August 2024, one of each form; the last two forms are in the CSV alone
    ("16 Dec 2021", "2021-12-16 2021-12-16 2021-12-16 2021-12-16", False, False),
    ("1956", "1956-01-01 1956-01-01 1956-12-31 1956-12-31", False, False),
    ("Dec 1955", "1955-12-01 1955-12-01 1955-12-31 1955-12-31", False, False),
    ("circa 1959", "1959-01-01 1959-01-01 1959-12-31 1959-12-31", True, False),
    ("1962 to 1963", "1962-01-01 1962-12-31 1963-01-01 1963-12-31", False, True),
    ("Mar 1955 to Mar 1956", "1955-03-01 1955-03-31 1956-03-01 1956-03-31", False, True),
    ("21 Mar 1963 to 20 Mar 1964", "1963-03-21 1963-03-21 1964-03-20 1964-03-20", False, True),
    ("circa 05 Mar 1971", "1971-03-05 1971-03-05 1971-03-05 1971-03-05", True, False),
    ("circa 1971 to 1973", "1971-01-01 1971-12-31 1973-01-01 1973-12-31", True, True),
]


def four(text: str) -> tuple[date, date, date, date]:
    """Four days of one line."""
    first, second, third, fourth = (date.fromisoformat(day) for day in text.split())
    return first, second, third, fourth


@pytest.mark.parametrize(("text", "days", "circa", "is_range"), SEEN)
def test_every_form_seen_is_read_and_printed_as_ofac_does(
    text: str, days: str, circa: bool, is_range: bool
) -> None:
    """The days mean what the text beside them means, and give that text again."""
    read = from_four_days(four(days), approximate=circa, is_range=is_range)
    assert read == PartialDate.parse(text)
    assert read is not None
    assert read.raw == text
    assert from_four_days(four(days), approximate=circa) == read  # advanced: no isDateRange


def test_a_range_of_a_whole_year_is_told_from_the_year_only_where_the_source_tells() -> None:
    """The days of "1955" are also those of "01 Jan 1955 to 31 Dec 1955"."""
    days = four("1955-01-01 1955-01-01 1955-12-31 1955-12-31")
    as_range = from_four_days(days, is_range=True)
    assert as_range is not None
    assert as_range.precision is Precision.RANGE
    assert as_range.raw == "01 Jan 1955 to 31 Dec 1955"
    assert from_four_days(days, is_range=False) == from_four_days(days) == PartialDate.year(1955)


def test_the_exact_text_is_kept_where_two_texts_mean_one_interval() -> None:
    """`raw` holds the pieces that the days had, not the shortest text for the interval."""
    read = from_four_days(four("1971-01-01 1971-01-31 1972-12-01 1972-12-31"))
    assert read is not None
    assert read.raw == "Jan 1971 to Dec 1972"


def test_no_day_is_no_date() -> None:
    """A period without days, as every measure of the advanced file has, is not a date."""
    assert from_four_days((None, None, None, None)) is None


def test_an_end_that_is_missing_stays_open() -> None:
    """What has a beginning alone is read as "from", what has an end alone as "until"."""
    day = date(1971, 3, 5)
    after = from_four_days((day, day, None, None), is_range=True)
    before = from_four_days((None, None, day, day), is_range=True)
    assert after == PartialDate.parse("from 05 Mar 1971")
    assert before == PartialDate.parse("until 05 Mar 1971")
    assert after is not None
    assert before is not None
    assert (after.raw, before.raw) == ("from 05 Mar 1971", "until 05 Mar 1971")


def test_days_that_contradict_each_other_are_kept_as_text() -> None:
    """An end before its beginning is no interval: the days stay as text."""
    read = from_four_days(four("1975-01-01 1975-01-01 1971-12-31 1971-12-31"))
    assert read is not None
    assert not read.is_read
    assert read.raw == "1975-01-01 1975-01-01 1971-12-31 1971-12-31"
    kept = from_four_days(four("1975-01-01 1975-01-01 1971-12-31 1971-12-31"), raw="1975")
    assert kept is not None
    assert not kept.is_read


@pytest.mark.parametrize(
    ("days", "text"),
    [
        ("1971-03-05 1971-03-05 1972-04-08 1972-04-09", "05 Mar 1971 to 09 Apr 1972"),
        ("1971-03-05 1971-03-07 1972-04-09 1972-04-09", "05 Mar 1971 to 09 Apr 1972"),
        ("1971-03-05 1971-03-07 - -", "from 05 Mar 1971"),
        ("- - 1972-04-08 1972-04-09", "until 09 Apr 1972"),
        ("1971-01-01 1975-12-31 1971-01-01 1971-12-31", "01 Jan 1971 to 1971"),
    ],
)
def test_days_that_no_text_says_stand_behind_it(days: str, text: str) -> None:
    """Where a beginning or an end is no day, month or year, `raw` has the four days too."""
    made = [None if one == "-" else date.fromisoformat(one) for one in days.split()]
    read = from_four_days((made[0], made[1], made[2], made[3]))
    assert read is not None
    assert read.is_read
    assert read.raw == f"{text} ({days})"


@pytest.mark.parametrize("text", ["1971", "19710305", "1971-02-30", "1971-03-05Z", "1971-W10-5"])
def test_only_a_plain_day_is_a_day(text: str) -> None:
    """Other ISO forms, impossible days and time zones are not guessed at."""
    assert iso_day(text) is None


_days = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


def point(day: date, size: str) -> tuple[str, date, date]:
    """A day, its month or its year: the text, the first and the last day."""
    if size == "day":
        return f"{day.day:02d} {MONTHS[day.month - 1]} {day.year}", day, day
    if size == "year":
        return str(day.year), date(day.year, 1, 1), date(day.year, 12, 31)
    last = calendar.monthrange(day.year, day.month)[1]
    text = f"{MONTHS[day.month - 1]} {day.year}"
    return text, day.replace(day=1), day.replace(day=last)


_sizes = st.sampled_from(["day", "month", "year"])


@examples(60)
@given(day=_days, size=_sizes, circa=st.booleans())
def test_the_days_of_a_text_are_read_as_the_text(day: date, size: str, circa: bool) -> None:
    """Day, month and year: text → four days → the same date as from the text, and its text."""
    text, first, last = point(day, size)
    text = f"circa {text}" if circa else text
    read = from_four_days((first, first, last, last), approximate=circa)
    assert read == PartialDate.parse(text)
    assert read is not None
    assert read.raw == text
    assert from_four_days((first, first, last, last), approximate=circa, is_range=False) == read


@examples(60)
@given(day=_days, size=_sizes, to_size=_sizes, later=st.integers(0, 4000), circa=st.booleans())
def test_the_days_of_a_range_are_read_as_its_text(
    day: date, size: str, to_size: str, later: int, circa: bool
) -> None:
    """Ranges of any two pieces likewise."""
    start, first, first_to = point(day, size)
    end, last_from, last = point(day + timedelta(days=later), to_size)
    text = f"circa {start} to {end}" if circa else f"{start} to {end}"
    read = from_four_days((first, first_to, last_from, last), approximate=circa, is_range=True)
    assert read == PartialDate.parse(text)
    assert read is not None
    assert read.raw == text
