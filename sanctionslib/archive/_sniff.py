"""What the first bytes of a download are: a list may be in there, or a web page in its place.

Only the wrapping is told here: XML, JSON, text, zip. Which format it is the parsers know.
"""

from __future__ import annotations

import html
import re
from pathlib import PurePosixPath

__all__ = ["HEAD", "beginning", "fault_of", "is_zip", "kind_of", "readable"]

HEAD = 1 << 14
"""Bytes that are looked at."""

_SHOWN = 200

_WANTED = {
    ".xml": "XML",
    ".json": "JSON",
    ".jsonl": "JSON",
    ".csv": "text",
    ".ff": "text",
    ".txt": "text",
    ".del": "text",
    ".pip": "text",
    ".zip": "a zip",
    ".xlsx": "a zip",
    ".ods": "a zip",
}
"""Ending of a file's name → what it is wrapped in."""

_PACKED = {"a zip", "a gzip file", "a PDF"}
"""Of these nobody can read the beginning."""

_ZIPS_THEMSELVES = {".xlsx", ".ods"}
"""Endings of files that are zips and are meant to stay ones."""

_BOMS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_PROLOG = re.compile(r"(?:[\s\ufeff]+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_PAGE = re.compile(r"<(?:!doctype\s+html|(?:html|head|title|meta|body|script|div|h1|p)\b)", re.I)
_JSON = re.compile(r'[\s\ufeff]*(?:\{\s*["}]|\[\s*["\[{\]])')
_UNSEEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.I | re.DOTALL)
_TAG = re.compile(r"<[^<>]*(?:>|\Z)")


def is_zip(name: str, head: bytes) -> bool:
    """Whether a file came in a zip: one that is a zip itself, as a workbook, did not."""
    return head[:4] in (b"PK\x03\x04", b"PK\x05\x06") and _ending(name) not in _ZIPS_THEMSELVES


def fault_of(name: str, head: bytes) -> str:
    """What came in place of the file, in words; "" where it can be the file.

    Args:
        name: The name of the file.
        head: Its first bytes.
    """
    found = kind_of(head)
    if found in ("nothing", "a web page"):
        return found
    wanted = _WANTED.get(_ending(name), found)
    return "" if found == wanted else f"{found}, not {wanted},"


def readable(head: bytes) -> str:
    """The beginning of a body as a person reads it: without tags, in one line."""
    text = html.unescape(_TAG.sub(" ", _UNSEEN.sub(" ", _text(head))))
    text = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "…"


def beginning(head: bytes) -> str:
    """`readable` as the end of a sentence; "" where there is nothing to be read."""
    text = "" if kind_of(head) in _PACKED else readable(head)
    return f"; it begins with {text!r}" if text else ""


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def kind_of(head: bytes) -> str:
    """What something is by its first bytes, in words."""
    if not head.strip():
        return "nothing"
    if head[:2] == b"PK":
        return "a zip"
    if head[:2] == b"\x1f\x8b":
        return "a gzip file"
    if head[:5] == b"%PDF-":
        return "a PDF"
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


def _text(head: bytes) -> str:
    for mark, encoding in _BOMS.items():
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace")
    return head.decode("utf-8", "replace")
