"""Dates as people write them: one reader for all lists."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionslib.model import Calendar
from sanctionslib.parsers._engine.dates import DATE, date_in_words, issue_date

READ = {
    "1967": "1967",
    "11/1973": "1973-11",
    "/11/1973": "1973-11",
    "1/02/1967": "1967-02-01",
    "1. 2. 1967": "1967-02-01",
    "31-12-1967": "1967-12-31",
    "1967-02-01": "1967-02-01",
    "1 Feb. 1967": "1967-02-01",
    "01 Feb.1967": "1967-02-01",
    "21st March 1967": "1967-03-21",
    "3 Sept 1999": "1999-09-03",
    "March 16, 1972": "1972-03-16",
    "1965, 29 March": "1965-03-29",
    "Nov. 1973": "1973-11",
    "5 października 1973": "1973-10-05",
    "3 lipca 1958": "1958-07-03",
    "14 травня 2020": "2020-05-14",
    "1 листопада 2020": "2020-11-01",
    "12 במרץ 2018": "2018-03-12",
    "12 ביולי\n2018": "2018-07-12",
    "00/00/1970": "1970",
    "00/05/1970": "1970-05",
    "dd/mm/1970": "1970",
    "XX/XX/1967-1969": "1967 to 1969",
    "Approximately 1955- 1958": "circa 1955 to 1958",
    "circa 1 Feb. 1967": "circa 1967-02-01",
    "between Aug. and Sep. 1977": "1977-08-01 to 1977-09-30",
    "Between 1958 and 1960": "1958 to 1960",
    "01/01/1987 a 31/01/1987": "1987-01-01 to 1987-01-31",
}
"""Text → the date as `str`."""
UNREAD = (
    *("", "na", "unknown", "List 2012", "Resolution 1970", "5 1970", "12 34 1970"),
    *("31/02/1970", "13/1970", "1385", "1970 or 1971", "1/2/70", "5-6 March 1970", "1960 to 1958"),
)


@pytest.mark.parametrize("text", READ)
def test_read(text: str) -> None:
    found = date_in_words(text)
    assert str(found) == READ[text]
    assert found.raw == text


@pytest.mark.parametrize("text", UNREAD)
def test_any_other_text_is_kept(text: str) -> None:
    found = date_in_words(text)
    assert not found.is_read
    assert found.raw == text


def test_a_date_of_the_hijri_calendar_is_not_turned_into_another() -> None:
    found = date_in_words("1385 Hijri")
    assert (found.calendar, found.raw, found.is_read) == (Calendar.ISLAMIC, "1385 Hijri", False)


MONTHS = {
    "English": "January February March April May June July August September October November December",
    "Polish": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października"
    " listopada grudnia",
    "Ukrainian": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада"
    " грудня",
    "Hebrew": "בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר",
}


@pytest.mark.parametrize("language", MONTHS)
@given(day=st.dates(date(1800, 1, 1), date(2100, 1, 1)))
def test_every_day_in_words_is_that_day(language: str, day: date) -> None:
    month = MONTHS[language].split()[day.month - 1]
    for text in (f"{day.day} {month} {day.year}", f"{day.day:02}/{day.month:02}/{day.year}"):
        found = date_in_words(text)
        assert (found.earliest, found.latest) == (day, day)
        assert re.search(DATE, f"born on {text}.", re.IGNORECASE)[0] == text  # type: ignore[index]


@pytest.mark.parametrize(
    ("stated", "issued"),
    [
        ("issued on 3 May 2007", "2007-05-03"),
        ("issued in Bonn, Germany on 5.10.2000, expired on 5.10.2005", "2000-10-05"),
        ("Issued by the Consulate in Frankfurt/M. on 22 Mar. 2006", "2006-03-22"),
        ("issued by the Office of Kiel, expired on 26 Mar. 2011", ""),
        ("issued by an office; seen on 26 Mar. 2011", ""),
    ],
)
def test_day_of_issue(stated: str, issued: str) -> None:
    """It can follow the place or the office; another day is not the date of issue."""
    found = issue_date(stated)
    assert str(found or "") == issued
