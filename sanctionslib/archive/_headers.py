"""What the headers of an answer say: read, or taken as not stated. No header raises."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

__all__ = ["http_date", "stated_length", "validator"]

_DIGITS = 19
"""Of a number, so many digits are read: no file has 10**18 bytes, and Python refuses to read a
number of some thousand digits."""

_VALIDATOR = re.compile(r"(?!\s)[ -~\x80-\xff]{1,1000}")


def stated_length(header: str) -> int | None:
    """The bytes that a `Content-Length` states; None where it is no number.

    Of a number that no file can have, at least 10**18 is left.

    >>> stated_length("82001"), stated_length("-1"), stated_length("9" * 5000) > 10**18
    (82001, None, True)
    """
    if not (header.isascii() and header.isdigit()):
        return None
    return int(header.lstrip("0")[:_DIGITS] or "0")


def http_date(header: str) -> datetime | None:
    """The moment that an HTTP date states, in UTC where it names no zone; None where it is none.

    >>> http_date("Fri, 10 Dec 2021 15:30:00 GMT")
    datetime.datetime(2021, 12, 10, 15, 30, tzinfo=datetime.timezone.utc)
    >>> http_date("Fri, 10 Dec 999999999999 15:30:00 GMT")
    """
    try:
        moment = parsedate_to_datetime(header)
    # Of a year or an hour that C cannot hold, `datetime` says OverflowError.
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def validator(header: str) -> str:
    r"""An `ETag` or `Last-Modified` as it can be sent back; "" where it cannot.

    Some servers put a line break or a control character in; then the next question could not be
    sent, or its server would refuse it, and the list would never be had again.

    >>> validator('"abc"'), validator("a\r\n b")
    ('"abc"', '')
    """
    return header if _VALIDATOR.fullmatch(header) else ""
