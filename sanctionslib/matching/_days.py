"""Dates in digits, as people write them: with the year first, where only one day can be meant."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

DateOrder: TypeAlias = Literal["dmy", "mdy"]
"""How days are written: 31/12/1999 or 12/31/1999."""

_NUMERIC = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})", re.ASCII)
_UNDIVIDED = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_WITH_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d.*", re.ASCII)


class FaultError(Exception):
    """A value that cannot be used; says why."""


def year_first(text: str, order: DateOrder | None) -> str:
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
