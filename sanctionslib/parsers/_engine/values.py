"""What reads a text into a value of the model, for the tables of all formats."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TypeVar

import attrs

from sanctionslib.model import Calendar, Country, PartialDate, Place
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.numbers import whole_number
from sanctionslib.reference import country_at_end, is_known_place, read_country

__all__ = [
    "FLAGS",
    "AnyCase",
    "american_day",
    "compiled",
    "count",
    "country",
    "date_in_words",
    "day_first",
    "expiry_date",
    "flag",
    "issue_date",
    "number",
    "one_line",
    "partial_date",
    "place",
    "spreadsheet_day",
]

_Value = TypeVar("_Value")

FLAGS: Mapping[str, bool] = {"true": True, "1": True, "false": False, "0": False}

_AMERICAN = re.compile(r"(\d{2})/(\d{2})/(\d{4})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})", re.ASCII)


class AnyCase(Mapping[str, _Value]):
    """A vocabulary whose words count in any letter case, and with any number of blanks between them.

    >>> AnyCase({"Primary name": 1})["PRIMARY  Name"]
    1
    """

    def __init__(self, words: Mapping[str, _Value]) -> None:
        self._words = tuple(words)
        self._values = {_folded(word): value for word, value in words.items()}

    def __getitem__(self, word: str) -> _Value:
        return self._values[_folded(word)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)


def _folded(word: str) -> str:
    return " ".join(word.casefold().split())


def compiled(
    words: Mapping[str, _Value], *, any_case: bool = False
) -> dict[re.Pattern[str], _Value]:
    """A vocabulary of regular expressions: what a text has to contain → our value."""
    flags = re.IGNORECASE if any_case else re.NOFLAG
    return {re.compile(each, flags): value for each, value in words.items()}


def country(text: str, entry: Entry) -> Country:
    """A country, as the source spells it."""
    found = read_country(text)
    if found.code is None and not is_known_place(text):
        entry.unknown("country", text)
    return found


def partial_date(text: str, entry: Entry) -> PartialDate:
    """A date in any form that `PartialDate.parse` reads; any other is kept as text."""
    return PartialDate.parse(text)


def place(text: str, entry: Entry) -> Place:
    """A place in words, with the country at its end."""
    return Place(text=text, country=country_at_end(text))


def flag(text: str, entry: Entry) -> bool | None:
    """True or false, as XML writes them."""
    return FLAGS.get(text)


def number(text: str, entry: Entry) -> int | None:
    """A whole number, written as we would write it."""
    return whole_number(text)


def count(text: str, entry: Entry) -> int | None:
    """A number.

    It can have zeros before it.
    """
    return whole_number(text.lstrip("0") or "0")


def american_day(text: str, entry: Entry) -> date | None:
    """A day as MM/DD/YYYY."""
    if (found := _AMERICAN.fullmatch(text)) is None:
        return None
    try:
        return date(int(found[3]), int(found[1]), int(found[2]))
    except ValueError:
        return None


def one_line(text: str, entry: Entry) -> str:
    """The text in one line, with single blanks."""
    if "\n" in text or "  " in text or "\t" in text or "\xa0" in text:
        return " ".join(text.split())
    return text


_MONTH_FIRST = re.compile(r"([A-Z][a-z]+\.?) (\d{1,2}), (\d{4})")
_BETWEEN = re.compile(r"between (.+) and (.+)", re.IGNORECASE)
_HIJRI = re.compile("hijri", re.IGNORECASE)


def date_in_words(text: str, entry: Entry) -> PartialDate:
    """A date as English texts have it: also "March 22, 2018" and "between Aug. and Sep. 1977".

    A year that stands once is that of both ends. A date of the Hijri calendar says so, and is not
    turned into another.
    """
    if _HIJRI.search(text):
        return PartialDate(calendar=Calendar.ISLAMIC, raw=text)
    plain = _MONTH_FIRST.sub(r"\2 \1 \3", text)
    if ends := _BETWEEN.fullmatch(plain):
        first, last = ends.groups()
        plain = f"{first if re.search('[0-9]{4}', first) else f'{first} {last[-4:]}'} to {last}"
    found = PartialDate.parse(plain)
    return found if plain == text else attrs.evolve(found, raw=text)


_DAY = r"(\d{1,2} [A-Z]\w+\.? \d{4}|(?:[A-Z]\w+\.? (?:\d{1,2}, )?)?\d{4}(?:-\d\d-\d\d)?)\b"
_ISSUED = re.compile(rf"(?<!approximately )(?i:issued|date of issue)(?: on| in)?:? {_DAY}")
_EXPIRES = re.compile(rf"(?i:expir\w{{0,9}}|exp\.|valid until)(?: date)?(?: of| on)?:? {_DAY}")


def issue_date(text: str, entry: Entry) -> PartialDate | None:
    """The date of issue that a remark on a document tells: "issued on 3 May 2007"."""
    found = _ISSUED.search(text)
    return None if found is None else date_in_words(found[1], entry)


def expiry_date(text: str, entry: Entry) -> PartialDate | None:
    """The date of expiry that a remark on a document tells: "expires on 27 Jun. 2022"."""
    found = _EXPIRES.search(text)
    return None if found is None else date_in_words(found[1], entry)


_FIRST_DAY = date(1899, 12, 30)
_SERIAL = re.compile(r"[1-4]\d{4}", re.ASCII)


def spreadsheet_day(text: str, entry: Entry) -> PartialDate | None:
    """A day as the number that spreadsheets count it by, from 1927 to 2036: 31801."""
    if _SERIAL.fullmatch(text) is None:
        return None
    return PartialDate.day(_FIRST_DAY + timedelta(days=int(text)), raw=text)


def day_first(text: str, entry: Entry | None = None) -> date | None:
    """A day as DD/MM/YYYY, also with dots or hyphens, and without zeros.

    >>> day_first("5.3.1970"), day_first("1970-03-05")
    (datetime.date(1970, 3, 5), None)
    """
    if (found := _DAY_FIRST.fullmatch(text)) is None:
        return None
    try:
        return date(int(found[4]), int(found[3]), int(found[1]))
    except ValueError:
        return None
