"""What reads a text into a value of the model, for the tables of all formats."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypeVar

from sanctionslib.model import Country, PartialDate, Place
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.numbers import whole_number
from sanctionslib.reference import country_at_end, is_known_place, read_country

__all__ = [
    "FLAGS",
    "AnyCase",
    "american_day",
    "count",
    "country",
    "flag",
    "number",
    "partial_date",
    "place",
]

_Value = TypeVar("_Value")

FLAGS: Mapping[str, bool] = {"true": True, "1": True, "false": False, "0": False}

_AMERICAN = re.compile(r"(\d{2})/(\d{2})/(\d{4})", re.ASCII)


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
