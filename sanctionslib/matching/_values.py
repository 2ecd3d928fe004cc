"""Values of a customer's record → what a `Subject` holds: names, a date, countries, numbers, a kind.

What is not understood raises `FaultError`; nothing is guessed. Above all no date: 03/10/2021 is two
days, and only the caller knows which one the file means.
"""

from __future__ import annotations

import enum
import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from math import isnan
from numbers import Integral
from typing import Literal, TypeAlias, TypeVar, cast, overload

import attrs

from sanctionslib.matching.asking import KINDS
from sanctionslib.matching.tables import rows
from sanctionslib.model import Country, Entity, PartialDate, identifier_key
from sanctionslib.parsers.own.spreadsheet import BROKEN, ROUNDED
from sanctionslib.reference import is_known_place, read_country

__all__ = [
    "DateOrder",
    "FaultError",
    "countries",
    "day",
    "exact",
    "exact_fields",
    "key",
    "kind",
    "name",
    "number",
    "several",
    "stated",
]

_T = TypeVar("_T")
DateOrder: TypeAlias = Literal["dmy", "mdy"]
"""How days are written: 31/12/1999 or 12/31/1999."""

_KIND_WORDS: Mapping[str, str | None] = {
    "individual": "person",
    "natural person": "person",
    "organisation": "organization",
    "company": "organization",
    "corporate": "organization",
    "corporation": "organization",
    "business": "organization",
    "firm": "organization",
    "legal entity": "organization",
    "legal person": "organization",
    "ship": "vessel",
    "plane": "aircraft",
    "entity": None,  # a company to many lists, and any party to us
    **{one: one for one in KINDS},
}
_ABSENT = frozenset({"", "-", "--", "?", "n/a", "none", "null", "nan", "nat", "unknown"})
"""What stands where there is no value."""
_NO_NAME = frozenset({"n/a", "none", "null", "unknown"})
"""The same where a name is meant: Nan and Nat are names."""
_DIVIDED = re.compile("[;|]")
_COUNTRIES_DIVIDED = re.compile("[,/]")
_NUMERIC = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})", re.ASCII)
_UNDIVIDED = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_WITH_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d.*", re.ASCII)
_SURROGATE = re.compile("[\ud800-\udfff]")
_EXACT = 2**53
"""From here on a float no longer tells whole numbers apart."""


class FaultError(Exception):
    """A value that cannot be taken; says why."""


@overload
def exact(value: str) -> str: ...
@overload
def exact(value: object) -> object: ...
def exact(value: object) -> object:
    """A value as what Python has built in: what a class of the caller's does otherwise is not asked.

    >>> class Loud(str):
    ...     def strip(self):
    ...         raise OSError
    >>> exact(Loud("x")).strip()
    'x'
    """
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int.__int__(value)
    if isinstance(value, float):
        return float.__float__(value)
    if isinstance(value, date) and type(value).__name__ != "NaTType":
        day = date.fromordinal(date.toordinal(value))
        if isinstance(value, datetime):
            return datetime.combine(day, datetime.timetz(value))
        return day
    return value


def exact_fields(kind: type[_T], value: _T) -> _T:
    """The same of an object of one of our classes, field by field; also of a class made from it."""
    fields = [one.name for one in attrs.fields(cast("type[attrs.AttrsInstance]", kind))]
    return kind(**{name: exact(getattr(value, name)) for name in fields})


def stated(value: object) -> list[object]:
    """The values of a field, one by one; none where it is empty."""
    if isinstance(value, (list, tuple, set, frozenset)):
        return [one for each in cast("Iterable[object]", value) for one in stated(each)]
    value = exact(value)
    is_none = value is None or type(value).__name__ in ("NAType", "NaTType")  # of data frames
    is_none = is_none or (isinstance(value, float) and isnan(value))
    return [] if is_none or (isinstance(value, str) and not value.strip()) else [value]


def several(value: object) -> Iterator[object]:
    """The same of a side field, where a text may hold several, divided by ";" or "|", or "n/a"."""
    for one in stated(value):
        if isinstance(one, str):
            parts = (part.strip() for part in _DIVIDED.split(one))
            yield from (part for part in parts if part.lower() not in _ABSENT)
        else:
            yield one


def named(value: object) -> Iterator[object]:
    """The values of a field of names, without what stands where there is none ("N/A")."""
    for one in stated(value):
        if not isinstance(one, str) or one.strip().lower() not in _NO_NAME:
            yield one


def _text(value: object) -> str:
    if isinstance(value, enum.Enum):
        value = cast("object", value.value)
    if not isinstance(value, str):
        raise FaultError(f"is {type(value).__name__}, where text is meant")
    if _SURROGATE.search(value):
        raise FaultError("has bytes that are no text in UTF-8: save the file as 'CSV UTF-8'")
    if "\0" in value:
        raise FaultError("has a NUL character, which no text has")
    text = value.strip()
    if BROKEN.fullmatch(text):
        raise FaultError("is what a spreadsheet makes of a formula")
    return text


def name(value: object) -> str:
    """A name, or a part of one."""
    return _text(value)


def key(value: object) -> str:
    """The key of a record, whatever it is."""
    try:
        text = exact(str(_digits(value)))
    except Exception as error:
        raise FaultError(f"cannot be read: {type(error).__name__}") from error
    return text.strip().encode("utf-8", "backslashreplace").decode("utf-8")


def kind(value: object) -> str | None:
    """`Entity.kind` of what is searched; None for any."""
    said = value
    if isinstance(value, type) and issubclass(value, Entity):
        said = value.kind
    word = " ".join(_text(said).casefold().replace("_", " ").split())
    try:
        return _KIND_WORDS[word]
    except KeyError:
        raise FaultError(f"is no kind that we know: known are {', '.join(KINDS)}") from None


def number(value: object) -> str:
    """A number of a document or register, a wallet address."""
    text = _text(_digits(value))
    if ROUNDED.fullmatch(text):
        raise FaultError("is what a spreadsheet makes of a long number: its last digits are lost")
    if not identifier_key(text):
        raise FaultError("has neither letters nor digits")
    return text


def _digits(value: object) -> object:
    """A whole number as text; anything else as it is."""
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        value = int(value)  # what a data frame makes of a column with gaps
    if isinstance(value, bool) or not isinstance(value, Integral):
        return value
    return str(int(value))


def countries(value: object) -> list[Country]:
    """The countries that a value names; several may be divided by commas or slashes."""
    if isinstance(value, Country):
        return [exact_fields(Country, value)]
    text = _text(value)
    if found := _country(text):
        return [found]
    parts = [_country(part.strip()) for part in _COUNTRIES_DIVIDED.split(text)]
    known = [one for one in parts if one is not None]
    if len(known) < len(parts):
        raise FaultError("is no country that we know: write its name or its ISO code")
    return known


def _country(text: str) -> Country | None:
    said = text.upper() if len(text) == 2 else text
    if is_known_place(said):
        return read_country(said)
    code = _alpha3().get(text.upper())
    return None if code is None else Country(code=code, raw=text)


@functools.cache
def _alpha3() -> Mapping[str, str]:
    """Codes of three letters → of two."""
    return {row["alpha3"]: row["code"] for row in rows("alpha3.tsv")}


def day(value: object, order: DateOrder | None) -> PartialDate:
    """A date, as far as it is stated.

    Args:
        value: A date, a year, or text in one of the usual forms.
        order: Which one is meant by 03/10/2021; None where that is not known.
    """
    if isinstance(value, PartialDate):
        found = exact_fields(PartialDate, value)
    elif isinstance(value, date):
        return PartialDate.day(value.date() if isinstance(value, datetime) else value)
    else:
        found = PartialDate.parse(_iso(_text(_digits(value)), order))
    if not found.is_read:
        raise FaultError("is no date that we can read: write YYYY-MM-DD, YYYY-MM or YYYY")
    return found


def _iso(text: str, order: DateOrder | None) -> str:
    """The text with the year first, where it is a date in digits; else as it is."""
    if with_time := _WITH_TIME.fullmatch(text):
        return with_time[1]
    if whole := _UNDIVIDED.fullmatch(text):
        return "-".join(whole.groups())
    digits = _NUMERIC.fullmatch(text)
    if digits is None:
        return text
    first, _, second, third = digits.groups()
    if len(first) == 4 and len(third) <= 2:
        return f"{first}-{second:0>2}-{third:0>2}"
    if len(third) < 4:
        raise FaultError("has a year of two digits: write four")
    if len(first) > 2:
        return text
    if order is None and int(first) <= 12 and int(second) <= 12 and int(first) != int(second):
        raise FaultError(
            "is one of two days: say dates='dmy' where the day comes first, dates='mdy' where the "
            "month does"
        )
    if order == "mdy" or (order is None and int(second) > 12):
        first, second = second, first
    return f"{third}-{second:0>2}-{first:0>2}"
