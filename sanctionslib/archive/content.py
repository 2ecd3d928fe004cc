"""What a server says of a file: headers, and by its first bytes whether it can be the file.

Only the container is recognised here: XML, JSON, text, zip. Which format it is the parsers know.
No header raises: what cannot be read is taken as not stated.
"""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath

__all__ = [
    "HEAD",
    "beginning",
    "content_length",
    "fault_of",
    "http_date",
    "is_zip",
    "kind_of",
    "readable",
    "validator",
]

HEAD = 1 << 14
"""Bytes that are looked at."""

_SHOWN = 200
_DIGITS = 19
"""Digits of a number that are read: no file has 10**18 bytes, and Python reads no number of some
thousand digits."""
_VALIDATOR = re.compile(r"(?!\s)[ -~\x80-\xff]{1,1000}")

_CONTAINERS = {
    **dict.fromkeys((".xml",), "XML"),
    **dict.fromkeys((".json", ".jsonl"), "JSON"),
    **dict.fromkeys((".csv", ".ff", ".txt", ".del", ".pip"), "text"),
    **dict.fromkeys((".zip", ".xlsx", ".ods"), "a zip"),
}
"""Ending of a file's name → its container."""
_BINARY = {"a zip", "a gzip file", "a PDF"}
"""Nobody can read the beginning of these."""
_ZIPS_THEMSELVES = {".xlsx", ".ods"}
"""Endings of files that are zips and stay ones."""

_BOMS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_PROLOG = re.compile(r"(?:[\s\ufeff]+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_PAGE = re.compile(r"<(?:!doctype\s+html|(?:html|head|title|meta|body|script|div|h1|p)\b)", re.I)
_JSON = re.compile(r'[\s\ufeff]*(?:\{\s*["}]|\[\s*["\[{\]])')
_UNSEEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.I | re.DOTALL)
_TAG = re.compile(r"<[^<>]*(?:>|\Z)")


# ── headers ───────────────────────────────────────────────────────────────────────────────────


def content_length(header: str) -> int | None:
    """The bytes that a `Content-Length` states; None where it is no number.

    Of a number that no file can have, at least 10**18 is left.

    >>> content_length("82001"), content_length("-1"), content_length("9" * 5000) > 10**18
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

    Some servers put a line break or a control character in; then the next request could not be
    sent, or the server would reject it, and the list could never be fetched again.

    >>> validator('"abc"'), validator("a\r\n b")
    ('"abc"', '')
    """
    return header if _VALIDATOR.fullmatch(header) else ""


# ── the first bytes ───────────────────────────────────────────────────────────────────────────


def is_zip(name: str, head: bytes) -> bool:
    """Whether a file came in a zip: one that is a zip itself, as a workbook, did not."""
    return head[:4] in (b"PK\x03\x04", b"PK\x05\x06") and _ending(name) not in _ZIPS_THEMSELVES


def fault_of(name: str, head: bytes) -> str:
    """What came in place of the file of a name, in words; "" where it can be the file."""
    found = kind_of(head)
    if found in ("nothing", "a web page"):
        return found
    wanted = _CONTAINERS.get(_ending(name), found)
    return "" if found == wanted else f"{found}, not {wanted},"


def readable(head: bytes) -> str:
    """The beginning of a body as a person reads it: without tags, in one line."""
    text = html.unescape(_TAG.sub(" ", _UNSEEN.sub(" ", _text(head))))
    text = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "…"


def beginning(head: bytes) -> str:
    """`readable` as the end of a sentence; "" where nothing can be read."""
    text = "" if kind_of(head) in _BINARY else readable(head)
    return f"; it begins with {text!r}" if text else ""


def kind_of(head: bytes) -> str:
    """What something is by its first bytes, in words."""
    if not head.strip():
        return "nothing"
    for mark, kind in ((b"PK", "a zip"), (b"\x1f\x8b", "a gzip file"), (b"%PDF-", "a PDF")):
        if head.startswith(mark):
            return kind
    text = _text(head)
    if "\0" in text:
        return "bytes that are no text"
    start = _PROLOG.match(text)
    assert start  # it matches nothing, too
    if _PAGE.match(text, start.end()):
        return "a web page"
    if text.lstrip("\ufeff \t\r\n")[:1] == "<":
        return "XML"
    return "JSON" if _JSON.match(text) else "text"


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _text(head: bytes) -> str:
    for mark, encoding in _BOMS.items():
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace")
    return head.decode("utf-8", "replace")
