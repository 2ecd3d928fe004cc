"""Texts of Australia's list with several values: births, enumerations, the history of a listing.

Cells are written by hand. Births are "a) Approximately 1955- 1958 b) 1 Jan. 1967" until 2025, and
since then "1955, 1956, 1957, 01/01/1967"; the day comes before the month. `Listing Information` is
a sentence or the title of an instrument: "Listed on 25 Jan. 2001 (amended on 3 Sep. 2003)".
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sanctionslib.model import (
    Country,
    Event,
    EventKind,
    LegalBasis,
    PartialDate,
)
from sanctionslib.parsers._engine.dates import DATE, date_in_words
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers._engine.keys import distinct
from sanctionslib.reference import country_at_end, is_known_place

_once = functools.lru_cache(64)
"""Adjacent rows of a party usually have equal cells."""

__all__ = [
    "History",
    "address_country",
    "addresses",
    "births",
    "citizenships",
    "enumerated",
    "history",
    "instruments",
    "is_nothing",
    "listing",
    "places",
    "programs",
]

_BIRTH = re.compile(
    rf"(?:\b(?:approximately|approx\.?|circa|c\.)\s{{0,9}})?"
    rf"(?:between\s{{1,9}}(?:{DATE}|[a-z]{{3,9}}\.?)\s{{1,9}}(?:and|to)\s{{1,9}}{DATE}"
    rf"|{DATE}(?:\s{{0,9}}(?:-|\bto\b)\s{{0,9}}{DATE})?)(?:\s{{0,9}}\(hijri[^)]{{0,99}}\))?",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:(?:for\s+)?this\s+aka\s+only,?\s{0,9})?(?:alt\.?\s{0,9})?(?:dob|born)?\W*", re.IGNORECASE
)
"""Words that belong to the following birth."""
_SEPARATORS = " \t\r\n\xa0;,"
_BETWEEN = f"{_SEPARATORS}.>()"
_BRACKET = re.compile(r"\(([^()]*)(?:\)|\Z)")
_LETTER = re.compile(r"(?<!\w)\(?([a-z])\)", re.IGNORECASE)

_NO_WORDS = re.compile(r"\W{0,9}(?:pob|address)?\W{0,9}", re.IGNORECASE)
"""Words before the first letter of an enumeration."""
_OTHER_PLACE = re.compile(r"\s{0,9}[;,]\s{0,9}alt\.?\s{0,9}POB:\s{0,9}", re.IGNORECASE)
_CONTACT = re.compile(r"\W{0,9}(?:tel|phone|fax|mob|e-?mail|web|company)", re.IGNORECASE)
_BRACKETS = re.compile(r"\s{0,9}\([^()]*\)[\s.,;]*\Z")
_POSTCODE = re.compile(r"[\s,]{1,9}\d{4,8}\W{0,9}\Z", re.ASCII)
_BEFORE_COUNTRY = re.compile(r"(?<=\d{4})\s{1,9}(?=[^\W\d][^\d,;]{3,60}\Z)")


def is_nothing(text: str) -> bool:
    """Whether a cell is a placeholder for no value."""
    return text.strip(" .").casefold() in ("na", "n/a", "nil")


# ── births ────────────────────────────────────────────────────────────────────────────────────


@_once
def births(text: str) -> Sequence[Mapping[str, str]]:
    """Several in one cell: each day, year or range, with the text in brackets after it.

    >>> births("a) 1957 b) Between 1958 and 1960 (as EXAMPLE)")
    ({'.': '1957'}, {'.': 'Between 1958 and 1960', 'note': 'as EXAMPLE'})
    """
    found: list[dict[str, str]] = []
    end, note = 0, ""
    for one in _BIRTH.finditer(text):
        note = _beside(text[end : one.start()], found)
        found.append({".": " ".join(one[0].split()), **({"note": note} if note else {})})
        end = one.end()
    if note := _beside(text[end:], found):
        found.append({".": note})
    return () if is_nothing(text) else tuple(found)


def _beside(text: str, found: list[dict[str, str]]) -> str:
    """The words for the following birth; those for the previous one are added to it."""
    text, end = _LETTER.sub(" ", text), 0
    notes: list[str] = [found[-1].get("note", "")] if found else []
    for bracket in _BRACKET.finditer(text) if found else ():
        stated = bracket[1].strip(_BETWEEN)
        if text[end : bracket.start()].strip(_SEPARATORS) or _BEFORE.fullmatch(stated):
            break
        notes.append(" ".join(stated.split()))
        end = bracket.end()
    if end:
        found[-1]["note"] = "; ".join(filter(None, notes))
    stated = text[end:].strip(_BETWEEN)
    if stated in ("", "or", "and"):
        return ""
    if _BEFORE.fullmatch(stated):
        return " ".join(stated.split())
    if stated := stated.removesuffix(" or").removeprefix("or ").strip(_BETWEEN):
        found.append({".": stated})
    return ""


# ── enumerations ──────────────────────────────────────────────────────────────────────────────


@_once
def enumerated(text: str) -> Sequence[str]:
    """The values of "a) … b) …"; else the text alone.

    >>> enumerated("a) Herat, Afghanistan; b) Ghor (a) Province"), enumerated("Herat; b) Ghor")
    (('Herat, Afghanistan', 'Ghor (a) Province'), ('Herat', 'Ghor'))
    """
    if is_nothing(text):
        return ()
    marks: list[re.Match[str]] = []
    for one in _LETTER.finditer(text):
        is_next = ord(one[1].casefold()) == ord("a") + len(marks)
        # The letter "a" can be missing.
        is_second = not marks and one[1] == "b" and one.start() > 0
        if is_next or is_second:
            marks.append(one)
    starts = [0, *(one.end() for one in marks)]
    ends = [*(one.start() for one in marks), len(text)]
    values = [text[start:end].strip(" \xa0;,\r\n") for start, end in zip(starts, ends, strict=True)]
    if marks and marks[0][1] in "aA" and _NO_WORDS.fullmatch(values[0]) is None:
        return (text,)  # words before the first value, which may apply to all values
    if marks and marks[0][1] in "aA":
        values[0] = ""
    return tuple([" ".join(value.split()) for value in values if value])


@_once
def places(text: str) -> Sequence[str]:
    """Places of birth: those of an enumeration, and the one after "alt POB:".

    >>> places("Moscow; alt POB: Sevastopol, Crimea")
    ('Moscow', 'Sevastopol, Crimea')
    """
    return tuple([place for one in enumerated(text) for place in _OTHER_PLACE.split(one)])


@_once
def addresses(text: str) -> Sequence[str]:
    """Addresses: those of an enumeration, and those separated by a semicolon after a country.

    >>> addresses("1 Example St, Tehran, Iran; Amman, Jordan; Tel. 123")
    ('1 Example St, Tehran, Iran', 'Amman, Jordan; Tel. 123')
    """
    found: list[str] = []
    for one in enumerated(text):
        start = 0
        for sign in re.finditer(r";", one):
            is_end = address_country(one[start : sign.start()]) is not None
            if is_end and _CONTACT.match(one, sign.end()) is None:
                found.append(one[start : sign.start()].strip())
                start = sign.end()
        found.append(one[start:].strip())
    return tuple(filter(None, found))


def address_country(line: str) -> Country | None:
    """The country at the end of an address; a postal code can be before or after it.

    >>> (
    ...     str(address_country("Kirova Street, Moscow 107031 Russia")),
    ...     address_country("Moscow 107031"),
    ... )
    ('Russia', None)
    """
    line = _POSTCODE.sub("", _BRACKETS.sub("", line).rstrip())
    return country_at_end(_BEFORE_COUNTRY.sub(", ", line))


@_once
def citizenships(text: str) -> Sequence[str]:
    """Countries, one by one, if all parts of the text are countries.

    >>> citizenships("Moldovan, Russian and Ukrainian"), citizenships("Trinidad and Tobago")
    (('Moldovan', 'Russian', 'Ukrainian'), ('Trinidad and Tobago',))
    """
    found: list[str] = []
    for one in enumerated(text):
        parts: list[str] = []
        for part in filter(None, map(str.strip, re.split("[;,/:]", one))):
            pair = part.split(" and ")
            is_pair = not is_known_place(part) and all(map(is_known_place, pair))
            parts += pair if is_pair else [part]
        found += parts if all(map(is_known_place, parts)) else [one]
    return tuple(found)


_COMMITTEE = re.compile(r"(?<=\))\s+(?=\d{4} \()")


def programs(text: str, entry: Entry) -> tuple[str, ...]:
    """Regimes; two can follow each other, "1970 (Libya) 1973 (Libya)"."""
    return tuple(_COMMITTEE.split(text))


# ── the history of a listing ──────────────────────────────────────────────────────────────────

_TITLE = r"""(?P<title>(?:Autonomous\sSanctions|Charter\sof\s(?:the\s)?United\sNations)\b
    [^;]{0,220}?\b(?P<sort>Instrument|List(?:ing)?|Designation|Regulations?|Act)\s(?P<year>\d{4})
    (?:\sList(?:ing)?\s(?P<listing>\d{4}))?(?:\s?\(No\.?\s?\d{1,9}\))?)
    (?:\s?\[?\(?(?P<number>F\d{4}[A-Z]\d{5})
      (?:,\s?Gazette\sNo\.\s?[A-Z]{1,9}\s?\d{1,9},\s?(?P<gazetted>\d[^\]]{1,99})\])?)?"""
"""The title of an instrument, its number in the register of legislation, and the day of its
gazette.

It is matched in texts with single spaces.
"""
_TOKEN = re.compile(
    rf"""{_TITLE}
  | (?P<resolution>\bResolution\s\d{{1,9}}\s\((?P<adopted>\d{{4}})\)|\bUN\s\d{{4}}\s\((?P<of>\d{{4}})\))
  | (?P<first>first\s(?:listing|des\w+))
  | (?P<reviewed>re-?\s?list\w*|re-?designated|last(?:ed)?\slisted|continue[sd]?\b|declared|extended)
  | (?P<amended>amended|updated)
  | (?P<other>previously|formerly|received|in\seffect\sfrom|gazette|removed|revoked|expire)
  | (?P<listed>(?:first\s)?listed|designated)
  | (?P<day>{DATE})""",
    re.IGNORECASE | re.VERBOSE,
)
_KINDS = {
    "listed": EventKind.LISTED,
    "amended": EventKind.AMENDED,
    "reviewed": EventKind.REVIEWED,
}
_STANDING = ("act", "regulation", "regulations")
"""They apply to all parties of a regime: their year is not that of a listing."""


class History(NamedTuple):
    """The history of a listing, from a text."""

    events: list[Event]
    """Events with a day or a month."""
    legal_bases: list[LegalBasis]
    """The instruments."""
    years: list[Event]
    """The years of instruments that list parties, as events of listing."""
    first: list[Event]
    """Those of them that the text calls the instrument of first listing."""


@_once
def history(text: str) -> History:
    """The dated events of a listing, and the instruments, in a text.

    A date belongs to the last word before it: "Listed on 2 Sep. 2014 (relisted on 1 Sep. 2017)". A
    renewed listing is a review of it, and never the first.

    >>> read = history("Listed on 2 Sep. 2014 (relisted on 1 Sep. 2017)")
    >>> [(one.kind.value, str(one.date)) for one in read.events]
    [('listed', '2014-09-02'), ('reviewed', '2017-09-01')]
    """
    found = History([], [], [], [])
    kind, word = EventKind.LISTED, ""
    has_meaning, is_first = True, False
    for one in _TOKEN.finditer(" ".join(text.split())):
        group = one.lastgroup or ""
        if one["title"] is not None:
            basis = _basis(one)
            found.legal_bases.append(basis)
            is_of_parties = one["sort"].casefold() not in _STANDING or one["listing"]
            if is_of_parties and kind is EventKind.LISTED:
                found.years.append(_year(one["listing"] or one["year"], basis))
                found.first.extend(found.years[-1:] if is_first else ())
            is_first = False
        elif one["resolution"] is not None:
            basis = LegalBasis(title=" ".join(one["resolution"].split()))
            found.legal_bases.append(basis)
            if kind is EventKind.LISTED:
                found.years.append(_year(one["adopted"] or one["of"], basis))
        elif one["first"] is not None:
            kind, has_meaning, is_first = EventKind.LISTED, True, True
        elif one["day"] is None:
            has_meaning = group in _KINDS
            kind, word = _KINDS.get(group, kind), " ".join(one[0].split())
        elif has_meaning and not one[0].isdecimal():  # a year alone is not a date here
            day = date_in_words(one[0])
            found.events.extend([Event(kind=kind, date=day, raw_kind=word)] if day.is_read else [])
    return found


def instruments(text: str, entry: Entry) -> tuple[LegalBasis, ...]:
    """The instruments in it."""
    return tuple(history(text).legal_bases)


def listing(information: Sequence[str], instruments: Sequence[str]) -> Fields:
    """The events, instruments and note of a designation, from all texts about it.

    Args:
        information: The texts of `Listing Information`.
        instruments: The texts of `Instrument of Designation`. They are more exact: for an amended
            list they name the amendment.
    """
    listed, acts = [history(one) for one in information], [history(one) for one in instruments]
    histories = [*listed, *acts]
    events = [event for one in histories for event in one.events]
    years = [year for one in acts for year in one.years] or [y for one in listed for y in one.years]
    if days := [one.date for one in events if one.kind is EventKind.LISTED]:
        # A year after the first listing belongs to a renewal, or to an alias.
        firsts = [year for one in histories for year in one.first]
        years = [one for one in firsts if one.date.is_before(min(days))]
    first = [min(years, key=lambda one: one.date)] if years else []
    titles = {basis.title for one in acts for basis in one.legal_bases}
    beside = [one for one in instruments if " ".join(one.split()) not in titles]
    return {
        "events": [*first, *events],
        "legal_bases": distinct(basis for one in histories for basis in one.legal_bases),
        "note": "\n".join(dict.fromkeys([*information, *beside])) or None,
    }


def _basis(found: re.Match[str]) -> LegalBasis:
    title = " ".join(found["title"].split())
    day = date_in_words(found["gazetted"]) if found["gazetted"] else None
    return LegalBasis(title=title, published=day, source_id=found["number"])


def _year(text: str, act: LegalBasis) -> Event:
    date = PartialDate.year(int(text), raw=text)
    return Event(kind=EventKind.LISTED, date=date, act=act, raw_kind="year of the instrument")
