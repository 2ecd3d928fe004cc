"""What reads a text into a value of the model, for the tables of all formats."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from sanctionslib.model import Country, PartialDate, Place
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.numbers import whole_number
from sanctionslib.reference import country_at_end, is_known_place, read_country

__all__ = [
    "FLAGS",
    "american_day",
    "count",
    "country",
    "day_first",
    "flag",
    "number",
    "partial_date",
    "place",
]

FLAGS: Mapping[str, bool] = {"true": True, "1": True, "false": False, "0": False}

_AMERICAN = re.compile(r"(\d{2})/(\d{2})/(\d{4})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})", re.ASCII)


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


def day_first(text: str) -> date | None:
    """A day as DD/MM/YYYY, also with dots or hyphens, and without zeros; None for anything else.

    >>> day_first("5.3.1970"), day_first("1970-03-05")
    (datetime.date(1970, 3, 5), None)
    """
    if (found := _DAY_FIRST.fullmatch(text)) is None:
        return None
    try:
        return date(int(found[4]), int(found[3]), int(found[1]))
    except ValueError:
        return None
