"""Readers of texts, for the tables of all formats."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeVar

from sanctionslib.model import Country, Gender, Place
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.numbers import whole_number
from sanctionslib.reference import (
    country_at_end,
    is_known_place,
    languages,
    read_country,
    scripts,
)

__all__ = [
    "FLAGS",
    "GENDERS",
    "LANGUAGES",
    "SCRIPTS",
    "AnyCase",
    "compiled",
    "count",
    "country",
    "country_at_edge",
    "flag",
    "number",
    "one_line",
    "place",
]

_Value = TypeVar("_Value")

FLAGS: Mapping[str, bool] = {"true": True, "1": True, "false": False, "0": False}


class AnyCase(Mapping[str, _Value]):
    """A vocabulary that ignores letter case and the number of blanks between words.

    Args:
        words: The words and our values.
        description: The text of field tables, in place of the words.

    >>> AnyCase({"Primary name": 1})["PRIMARY  Name"]
    1
    """

    def __init__(self, words: Mapping[str, _Value], *, description: str = "") -> None:
        self.description = description
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


GENDERS = AnyCase({"Male": Gender.MALE, "Female": Gender.FEMALE})
LANGUAGES = AnyCase(languages(), description="A language as ISO 639-1")
"""English names and codes of three letters → ISO 639-1."""
SCRIPTS = AnyCase(scripts(), description="A script as ISO 15924")
"""English names → ISO 15924."""


def compiled(
    words: Mapping[str, _Value], *, any_case: bool = False
) -> dict[re.Pattern[str], _Value]:
    """A vocabulary of regular expressions: the text contains the expression → our value."""
    flags = re.IGNORECASE if any_case else re.NOFLAG
    return {re.compile(each, flags): value for each, value in words.items()}


def country(text: str, entry: Entry) -> Country:
    """A country, with the source's spelling."""
    found = read_country(text)
    if found.code is None and not is_known_place(text):
        entry.unknown("country", text)
    return found


_SHORT = ("UK", "US", "UAE", "USA")
"""Short words that are countries; others look like codes but are not: "No", "ID", "AS"."""


def country_at_edge(text: str, *, at_end: bool) -> Country | None:
    """The country whose name, in any language, begins or ends the text; the longest match.

    >>> country_at_edge("Provisional German", at_end=True).code
    'DE'
    >>> country_at_edge("Saudi Arabian passport", at_end=False).code
    'SA'
    """
    words = text.split()
    for omitted in range(len(words)):
        name = " ".join(words[omitted:] if at_end else words[: len(words) - omitted])
        if len(name) > len("USA") or name in _SHORT:
            found = read_country(name)
            if found.code is not None:
                return found
    return None


def place(text: str, entry: Entry) -> Place:
    """A place in words, with the country at its end."""
    return Place(text=text, country=country_at_end(text))


def flag(text: str, entry: Entry) -> bool | None:
    """True or false, as XML writes them."""
    return FLAGS.get(text)


def number(text: str, entry: Entry) -> int | None:
    """A whole number in its usual form."""
    return whole_number(text)


def count(text: str, entry: Entry) -> int | None:
    """A number.

    It can have leading zeros.
    """
    return whole_number(text.lstrip("0") or "0")


def one_line(text: str, entry: Entry) -> str:
    """The text in one line, with single blanks."""
    if "\n" in text or "  " in text or "\t" in text or "\xa0" in text:
        return " ".join(text.split())
    return text
