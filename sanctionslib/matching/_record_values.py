"""Values of a customer record → what a `Subject` holds: names, a date, countries, numbers, a kind.

What is not understood raises `FaultError`; nothing is guessed. Above all no date: 03/10/2021 is two
days, and only the caller knows which one the file means.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from math import isnan
from numbers import Integral
from typing import TypeVar, cast

import attrs

from sanctionslib.matching._days import DateOrder, FaultError, year_first
from sanctionslib.matching.arguments import KINDS
from sanctionslib.matching.tables import rows
from sanctionslib.model import Country, Entity, PartialDate, identifier_key
from sanctionslib.parsers.own.spreadsheet import BROKEN, ROUNDED
from sanctionslib.reference import is_known_place, read_country

_T = TypeVar("_T")

_KINDS: Mapping[str, str] = {
    "person": "person|individual|natural person",
    "organization": "organization|organisation|company|corporate|corporation|business|firm|"
    "legal entity|legal person",
    "vessel": "vessel|ship",
    "aircraft": "aircraft|plane",
    "": "entity",  # a company to many lists, and any party to us
}
_KIND_WORDS = {word: kind or None for kind, words in _KINDS.items() for word in words.split("|")}
_NO_NAME = frozenset({"n/a", "none", "null", "unknown"})
"""Words that say that there is no name: Nan and Nat are names."""
_NO_VALUE = _NO_NAME | {"", "-", "--", "?", "nan", "nat"}
"""Texts that say that there is no other value."""
_SEPARATOR = re.compile("[;|]")
_COUNTRY_SEPARATOR = re.compile("[,/]")
_SEVEN = re.compile(r"\d{7}", re.ASCII)
_SURROGATE = re.compile("[\ud800-\udfff]")
_MAX_EXACT = 2**53
"""From here on a float does not distinguish whole numbers."""
_MAX_SHOWN = 80


def shortened(value: object) -> str:
    """A value as a message shows it: not too long, and without what no file can hold."""
    try:
        text = str.__str__(str(value))  # which may be of a class of the caller's too
    except Exception:  # noqa: BLE001 - of the caller's own class; the message matters more
        text = type(value).__name__
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return text if len(text) <= _MAX_SHOWN else f"{text[: _MAX_SHOWN - 1]}…"


def builtin(value: _T) -> _T:
    """A value as the type that Python has built in: no method of a class of the caller's is called.

    >>> class Loud(str):
    ...     def strip(self):
    ...         raise OSError
    >>> builtin(Loud("x")).strip()
    'x'
    """
    found: object = value
    if isinstance(value, str):
        found = str.__str__(value)
    elif isinstance(value, int) and not isinstance(value, bool):
        found = int.__int__(value)
    elif isinstance(value, float):
        found = float.__float__(value)
    elif isinstance(value, date) and type(value).__name__ != "NaTType":
        found = date.fromordinal(date.toordinal(value))
        if isinstance(value, datetime):
            found = datetime.combine(found, datetime.timetz(value))
    return cast("_T", found)


def builtin_fields(kind: type[_T], value: _T) -> _T:
    """An object of one of our classes with fields of built-in types, also of one of a subclass."""
    fields = attrs.fields_dict(cast("type[attrs.AttrsInstance]", kind))
    return kind(**{name: builtin(getattr(value, name)) for name in fields})


# ── the values of a field ─────────────────────────────────────────────────────────────────────


def stated(value: object) -> list[object]:
    """The values of a field, one by one; none where it is empty."""
    if isinstance(value, (list, tuple, set, frozenset)):
        return [one for each in cast("Iterable[object]", value) for one in stated(each)]
    value = builtin(value)
    is_none = value is None or type(value).__name__ in ("NAType", "NaTType")  # of data frames
    is_none = is_none or (isinstance(value, float) and isnan(value))
    return [] if is_none or (isinstance(value, str) and not value.strip()) else [value]


def several(value: object) -> Iterator[object]:
    """The values of a field that holds no names: a text may have several, divided by ";" or "|"."""
    for one in stated(value):
        if isinstance(one, str):
            parts = map(str.strip, _SEPARATOR.split(one))
            yield from (part for part in parts if part.lower() not in _NO_VALUE)
        else:
            yield one


def named(value: object) -> Iterator[object]:
    """The values of a field of names, without words that say that there is none ("N/A")."""
    for one in stated(value):
        if not isinstance(one, str) or one.strip().lower() not in _NO_NAME:
            yield one


# ── one value ─────────────────────────────────────────────────────────────────────────────────


def text(value: object) -> str:
    """A text: a name, or a part of one."""
    if isinstance(value, enum.Enum):
        value = cast("object", value.value)
    if not isinstance(value, str):
        raise FaultError(f"is {type(value).__name__}, where text is expected")
    if _SURROGATE.search(value):
        raise FaultError("has bytes that are no text in UTF-8: save the file as 'CSV UTF-8'")
    if "\0" in value:
        raise FaultError("has a NUL character, which no text has")
    found = value.strip()
    if BROKEN.fullmatch(found):
        raise FaultError("is what a spreadsheet makes of a formula")
    return found


def key(value: object) -> str:
    """The key of a record, whatever it is."""
    try:
        found = builtin(str(_digits(value)))
    except Exception as error:
        raise FaultError(f"cannot be read: {type(error).__name__}") from error
    return found.strip().encode("utf-8", "backslashreplace").decode("utf-8")


def kind(value: object) -> str | None:
    """`Entity.kind` of what is searched; None for any."""
    given: object = value
    if isinstance(value, type) and issubclass(value, Entity):
        given = value.kind
    word = " ".join(text(given).casefold().replace("_", " ").split())
    if word not in _KIND_WORDS:
        raise FaultError(f"is no known kind: known are {', '.join(KINDS)}")
    return _KIND_WORDS[word]


def number(value: object) -> str:
    """A number of a document or register, a wallet address."""
    found = text(_digits(value))
    if ROUNDED.fullmatch(found):
        raise FaultError("is what a spreadsheet makes of a long number: its last digits are lost")
    if not identifier_key(found):
        raise FaultError("has neither letters nor digits")
    return found


def imo(value: object) -> str:
    """An IMO number, which says that it is one: "IMO 9187629"."""
    found = number(value)
    return f"IMO {found}" if _SEVEN.fullmatch(found) else found


def _digits(value: object) -> object:
    """A whole number as text; anything else as it is."""
    if isinstance(value, float) and value.is_integer() and abs(value) < _MAX_EXACT:
        value = int(value)  # what a data frame makes of a column with gaps
    if isinstance(value, bool) or not isinstance(value, Integral):
        return value
    return str(int(value))


def countries(value: object) -> list[Country]:
    """The countries that a value names; several may be divided by commas or slashes."""
    if isinstance(value, Country):
        return [builtin_fields(Country, value)]
    found = text(value)
    if country := _country(found):
        return [country]
    several = [_country(part.strip()) for part in _COUNTRY_SEPARATOR.split(found)]
    known = [one for one in several if one is not None]
    if len(known) < len(several):
        raise FaultError("is no known country: write its name or its ISO code")
    return known


def _country(text: str) -> Country | None:
    place = text.upper() if len(text) == 2 else text
    if is_known_place(place):
        return read_country(place)
    code = _alpha3().get(text.upper())
    return None if code is None else Country(code=code, raw=text)


@cache
def _alpha3() -> Mapping[str, str]:
    """Codes of three letters → of two."""
    return {row["alpha3"]: row["code"] for row in rows("alpha3")}


def day(value: object, order: DateOrder | None) -> PartialDate:
    """A date, a year, or text in one of the usual forms, as far as it is stated."""
    if isinstance(value, PartialDate):
        found = builtin_fields(PartialDate, value)
    elif isinstance(value, date):
        return PartialDate.day(value.date() if isinstance(value, datetime) else value)
    else:
        found = PartialDate.parse(year_first(text(_digits(value)), order))
    if not found.is_read:
        raise FaultError(
            "is no known form of a date, or no day that exists: write YYYY-MM-DD, YYYY-MM or YYYY"
        )
    return found
