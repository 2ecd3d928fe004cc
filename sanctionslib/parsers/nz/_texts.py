"""Texts of New Zealand's register: dates with unknown parts, aliases, measures, relations."""

from __future__ import annotations

import re
from collections.abc import Callable

from sanctionslib.model import (
    EntityRef,
    Measure,
    MeasureKind,
    PartialDate,
    Relation,
    RelationKind,
)
from sanctionslib.parsers._engine.dates import date_in_words, spreadsheet_day
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.values import AnyCase

__all__ = ["YES", "aliases", "measure", "numbers", "relation", "sanction_date"]

YES = AnyCase(dict.fromkeys(("Yes", "Y", "TRUE", "1", "X"), True))
_NO = AnyCase(dict.fromkeys(("No", "N", "FALSE", "0", "N/A"), True))
_LINKS = AnyCase(
    {
        **dict.fromkeys(("associate", "close associate"), RelationKind.ASSOCIATE_OF),
        **dict.fromkeys(
            ("relative", "wife", "husband", "son", "daughter", "nephew"), RelationKind.FAMILY_OF
        ),
    }
)
_RELATED = re.compile(r"(.+?) of '?(.+?)'?")


def sanction_date(text: str, entry: Entry) -> PartialDate:
    """A day of a spreadsheet, or with the day first; unknown parts are dd, mm or XX."""
    return spreadsheet_day(text, entry) or date_in_words(text, entry)


def aliases(text: str) -> list[str]:
    """Names, separated by semicolons; by commas only where all have two words or more."""
    names = [each for one in re.split(r"[;\n]", text) if (each := one.strip())]
    found: list[str] = []
    for name in names:
        pieces = [each.strip() for each in name.split(",")]
        found += pieces if all(" " in each for each in pieces) else [name]
    return found


def numbers(text: str) -> list[str]:
    """Numbers, separated by semicolons."""
    return [each for one in re.split(r"[;\n]", text) if (each := one.strip())]


def measure(kind: MeasureKind, column: str) -> Callable[[str, Entry], tuple[Measure, ...] | None]:
    def read(text: str, entry: Entry) -> tuple[Measure, ...] | None:
        if text in _NO:
            return ()
        return (Measure(kind=kind, raw=column),) if text in YES else None

    read.__doc__ = f"A Measure ({kind.value}) for Yes."
    return read


def relation(text: str, entry: Entry) -> Relation:
    """A relation to a party, by its name: "Close associate of EXAMPLE"."""
    found = _RELATED.fullmatch(text)
    word, name = (found[1], found[2]) if found is not None else ("", text)
    if (kind := _LINKS.get(word)) is None:
        entry.unknown("relation", word or text)
    return Relation(to=EntityRef(name=name), kind=kind, raw_kind=word)
