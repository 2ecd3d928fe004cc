"""Cells with several values in OFSI's list: "(1) Pakistani (2) Saudi Arabian"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise, zip_longest

from sanctionslib.model import Birth, Identifier, Place
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers.gb import _shared as shared
from sanctionslib.reference import read_country

__all__ = ["births", "documents", "nationalities", "numbered", "numbers_of", "places", "values"]

_MARK = re.compile(r"(?:(?<![\w(])\(?|(?<=\w)\()(\d{1,2}|[a-hA-H])(?:\)?(?:-| to )\(?(\d{1,2}))?\)")
"""A number, or the first and last of several: "(1)-(5)", "(1) to (6)"; in "(2) - (3)" value 2 is
empty."""
_NUMBER = re.compile(
    r"(?i:issue|booklet|visa)\s(?i:number|no)\.?:?\s{0,9}\S{1,40}"
    r"|(?<![\w./-])\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d\d)(?![\w/-])"
    r"|(?<![\w/-])(?<!\d\.)((?:(?!ID |NO |NI )[A-Z]{1,2} |\d{4} No\. )?"
    r"(?!(?:19|20)\d\d(?:-(?:19|20)\d\d)?(?![A-Z\d/-]))"
    r"(?=(?:[A-Zx/.-]{0,20}\d){4})[A-Zx\d/-]++(?:(?<=-) [\d-]+|\.[A-Z\d]+)*)"
)
"""Four digits or more that are not a year or a date; and texts that are not the document's
number."""
_LIST = r"(?:\([a-hA-H1-9]\)|(?<![\w(])[a-hA-H1-9]\))\s?"
_MARKED = re.compile(_LIST)
_CUT = re.compile(r"(?<!\b[Nn]o)[.;,)]\s+(?=\S)|\s(?=[Aa]nd\s)")
"""Where the words about one number can end and those about the next begin."""
_EDGES = re.compile(rf"^[\s,;.]*(?:[Aa]nd\s)?|[\s,;.]*(?:{_LIST})?$")


def numbered(text: str) -> tuple[str, ...]:
    """The values of "(1) … (2) …", "1) … 2) …" or "(a) … (b) …"; else the text alone.

    A hyphen, or nothing, in place of a value is "". A value for several numbers is repeated.

    >>> numbered("(1) Mullah (2) - (3) Haji;"), numbered("Law No. 3(2)")
    (('Mullah', '', 'Haji'), ('Law No. 3(2)',))
    >>> numbered("(1)-(2) Tunisia (3) Algeria")
    ('Tunisia', 'Tunisia', 'Algeria')
    """
    found: list[str] = []
    ends: list[tuple[int, int]] = []
    for mark in _MARK.finditer(text):  # others are numbers in a value: "(1) +98 (21) 1234"
        if mark[1].lower() in (str(len(found) + 1), "abcdefgh"[len(found) :][:1]):
            found += [""] * (int(mark[2]) - len(found) if mark[2] else 1)
            ends += [mark.span()] * (len(found) - len(ends))
    if not found or text[: ends[0][0]].strip():
        return (text,)
    begins = [begin for begin, _ in ends] + [len(text)]
    for at, (begin, end) in enumerate(ends):
        value = text[end : next(one for one in begins[at:] if one > begin)]
        found[at] = "" if value.strip() == "." else value.strip(" ;,-")
    return tuple(found)


def values(text: str) -> list[str]:
    """Values that may be numbered: "(1) … (2) …"."""
    return [one for one in numbered(text) if one]


def nationalities(text: str) -> list[str]:
    """Nationalities that may be numbered, or follow each other: "Estonia, Russia"."""
    found: list[str] = []
    for one in values(text):
        parts = re.split(r"[,.;/]\s*| and ", one)
        are_all = read_country(one).code is None and all(read_country(part).code for part in parts)
        found += parts if are_all else [one]
    return found


def numbers_of(text: str) -> list[tuple[str, str]]:
    """The numbers in a text about documents, each with the words about it.

    >>> numbers_of("Passport No. 836210029"), numbers_of("Ration card")
    ([('836210029', 'Passport No. 836210029')], [('Ration card', '')])
    >>> numbers_of("782633 issued on 31 May 2005. Chad passport 540794")
    [('782633', '782633 issued on 31 May 2005'), ('540794', 'Chad passport 540794')]
    """
    found = [one for one in _NUMBER.finditer(text) if one[1]]
    if len(found) < 2:
        return [(found[0][1], text)] if found else [(text, "")]
    cuts = [0]
    for one, other in pairwise(found):
        between = (text, one.end(), other.start(1))
        ends = [cut.end() for cut in (*_CUT.finditer(*between), *_MARKED.finditer(*between))]
        cuts.append(ends[-1] if ends else one.end())
    stated = [_EDGES.sub("", text[begin:end]) for begin, end in pairwise([*cuts, len(text)])]
    return [(one[1], note) for one, note in zip(found, stated, strict=True)]


def places(given: Mapping[str, str], entry: Entry) -> tuple[Place, ...]:
    """Towns and countries; those with the same number belong together."""
    towns, countries = (numbered(given.get(f"{at} of Birth", "")) for at in ("Town", "Country"))
    if len(countries) == 1:
        countries *= len(towns)
    pairs = zip_longest(towns, countries, fillvalue="")
    return tuple([shared.place(town, of, entry) for town, of in pairs if town or of])


def births(fields: Fields, entry: Entry) -> tuple[Birth, ...]:
    """The places of a row, each of one birth."""
    return tuple([Birth(place=one) for one in fields["inner"]])


def documents(fields: Fields, entry: Entry) -> tuple[Identifier, ...]:
    """The documents of a row: numbers and details with the same number belong together."""
    numbers, notes = numbered(fields.pop("value", "")), numbered(fields.pop("note", ""))
    if numbers == ("",):  # before 2022 both are in one cell
        printed = [one for note in notes for one in numbers_of(note)]
        pairs = [(number, note if note != number else "") for number, note in printed]
    else:
        notes = notes * len(numbers) if len(notes) == 1 else notes
        pairs = list(zip_longest(numbers, notes, fillvalue=""))
    made = [
        shared.document({**fields, "value": one, "note": note or None}, entry)
        for one, note in pairs
        if one or note
    ]
    return tuple([one for each in made for one in each])
