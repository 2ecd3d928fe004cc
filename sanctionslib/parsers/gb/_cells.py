"""Cells of OFSI's list that hold several values: "(1) Pakistani (2) Saudi Arabian"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import zip_longest

from sanctionslib.model import Birth, Identifier, Place
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.rules import Fields
from sanctionslib.parsers.gb import _shared as shared

__all__ = ["births", "documents", "number_of", "numbered", "places", "values"]

_MARK = re.compile(r"(?<![\w(])\(?(\d{1,2}|[a-h])(?:\)?(?:-| to )\(?(\d{1,2}))?\)")
"""A number, or the first and last of several: "(1)-(5)", "(1) to (6)"; in "(2) - (3)" the second is none."""
_NUMBER = re.compile(
    r"(?<![\w/-])(?:[A-Z]{1,2} )?(?!(?:19|20)\d\d(?![A-Z\d/-]))(?=(?:[A-Z/-]*\d){4})[A-Z\d/-]+"
)
"""Four digits or more, that are no year."""


def numbered(text: str) -> tuple[str, ...]:
    """The values of "(1) … (2) …", "1) … 2) …" or "(a) … (b) …"; else the text alone.

    A hyphen, or nothing, in the place of one is "". What is said of several is that of each.

    >>> numbered("(1) Mullah (2) - (3) Haji;"), numbered("Law No. 3(2)")
    (('Mullah', '', 'Haji'), ('Law No. 3(2)',))
    >>> numbered("(1)-(2) Tunisia (3) Algeria")
    ('Tunisia', 'Tunisia', 'Algeria')
    """
    before, *rest = _MARK.split(text)
    found: list[str] = []
    for mark, last, value in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        if mark not in (str(len(found) + 1), "abcdefgh"[len(found) :][:1]):
            return (text,)
        found += ["" if value.strip() == "." else value.strip(" ;,-")] * (
            int(last) - len(found) if last else 1
        )
    return (text,) if before.strip() or not found else tuple(found)


def values(text: str) -> list[str]:
    """Values that may be numbered: "(1) … (2) …"."""
    return [one for one in numbered(text) if one]


def number_of(text: str) -> str:
    """The number that a text about a document begins with or tells: "D 000974 (Afghan)".

    >>> number_of("Passport No. 836210029"), number_of("Ration card")
    ('836210029', 'Ration card')
    """
    found = _NUMBER.search(text)
    return text if found is None else found[0]


def places(given: Mapping[str, str], entry: Entry) -> tuple[Place, ...]:
    """Towns and countries; those that are numbered alike belong together."""
    towns, countries = (numbered(given.get(f"{at} of Birth", "")) for at in ("Town", "Country"))
    if len(countries) == 1:
        countries *= len(towns)
    pairs = zip_longest(towns, countries, fillvalue="")
    return tuple([shared.place(town, of, entry) for town, of in pairs if town or of])


def births(fields: Fields, entry: Entry) -> tuple[Birth, ...]:
    """The places of a row, each of a birth."""
    return tuple([Birth(place=one) for one in fields["inner"]])


def documents(fields: Fields, entry: Entry) -> tuple[Identifier, ...]:
    """The documents of a row: numbers and details that are numbered alike belong together."""
    numbers, notes = numbered(fields.pop("value", "")), numbered(fields.pop("note", ""))
    if numbers == ("",):  # before 2022 both stand in one cell
        numbers = tuple([number_of(one) for one in notes])
        notes = tuple(["" if note in numbers else note for note in notes])
    if len(notes) == 1:
        notes *= len(numbers)
    pairs = zip_longest(numbers, notes, fillvalue="")
    return tuple(
        [
            shared.document({**fields, "value": one, "note": note or None}, entry)
            for one, note in pairs
            if one or note
        ]
    )
