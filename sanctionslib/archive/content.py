"""What a server sends: headers, a body, and by its first bytes whether it can be the file.

Only the container is recognised here: XML, JSON, text, zip. Which format it is the parsers know.
No header raises: what cannot be read is taken as not stated.
"""

from __future__ import annotations

import html
import re
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sanctionslib.archive._attempts import AttemptError

if TYPE_CHECKING:
    import requests

__all__ = [
    "HEAD",
    "Body",
    "beginning",
    "content_length",
    "fault_of",
    "http_date",
    "is_zip",
    "kind_of",
    "readable",
    "retry_after",
    "too_large",
    "validator",
]

HEAD = 1 << 14
"""Bytes that are looked at."""

_CHUNK = 1 << 16
_GZIP = 31
"""For zlib: with the header and the checksum of gzip."""
_CENTURY = 100 * 365 * 24 * 3600.0
_SHOWN = 200
_DIGITS = 19
"""Digits of a number that are read: no file has 10**18 bytes, and Python reads no number of some
thousand digits."""
_VALIDATOR = re.compile(r"(?!\s)[ -~\x80-\xff]{1,1000}")

_CONTAINERS = {
    ".xml": "XML",
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
    """
    if not (header.isascii() and header.isdigit()):
        return None
    return int(header.lstrip("0")[:_DIGITS] or "0")


def http_date(header: str) -> datetime | None:
    """The moment that an HTTP date states, in UTC where it names no zone; None where it is none."""
    try:
        moment = parsedate_to_datetime(header)
    # Of a year or an hour that C cannot hold, `datetime` says OverflowError.
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def retry_after(header: str) -> float:
    """Seconds that a `Retry-After` asks for, a number of them or a date; 0 where it is neither.

    `Retry.parse_retry_after` raises errors of several kinds for what is neither.
    """
    header = header.strip()
    if header.isascii() and header.isdigit():
        return min(float(header), _CENTURY)
    moment = http_date(header)
    seconds = (moment - datetime.now(UTC)).total_seconds() if moment else 0.0
    return min(max(seconds, 0.0), _CENTURY)


def validator(header: str) -> str:
    """An `ETag` or `Last-Modified` as it can be sent back; "" where it cannot.

    Some servers put a line break or a control character in; then the next request could not be
    sent, or the server would reject it, and the list could never be fetched again.
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


# ── the body ──────────────────────────────────────────────────────────────────────────────────


class Body:
    """The body of a response, to be read once, as it comes.

    Args:
        response: The response, of which nothing was read.
        largest: Bytes that it may have, packed and unpacked.
        left: Gives the seconds that are left for it; raises where none are.
        progress: Called with the bytes that came, and those that will (0 where unknown).

    Attributes:
        wire: Bytes that came over the network.
        is_packed: Whether the server packed it for the transfer.
    """

    def __init__(
        self,
        response: requests.Response,
        *,
        largest: int,
        left: Callable[[], float],
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self.wire = 0
        self._response = response
        self._largest = largest
        self._left = left
        self._progress = progress
        self._packing = response.headers.get("Content-Encoding", "").strip().lower()
        self.is_packed = self._packing not in ("", "identity")
        # Where the body comes in chunks, they say how long it is.
        is_chunked = "Transfer-Encoding" in response.headers
        length = None if is_chunked else response.headers.get("Content-Length")
        self._length = None if length is None else content_length(length)

    def head(self) -> tuple[bytes, Iterator[bytes]]:
        """Its first bytes, as many as are looked at, and all of it; errors as `pieces`."""
        pieces, head = self.pieces(), b""
        for piece in pieces:
            head += piece
            if len(head) >= HEAD:
                break
        return head, chain([head], pieces)

    def pieces(self) -> Iterator[bytes]:
        """Its bytes, unpacked, piece by piece.

        Raises:
            AttemptError: It is cut, damaged, too large, or takes too long.
        """
        if self._length is not None and self._length > self._largest:
            raise too_large("it", self._length, self._largest)
        size = 0
        for piece in self._unpacked() if self.is_packed else self._arriving():
            size += len(piece)
            if max(size, self.wire) > self._largest:
                raise too_large("it", max(size, self.wire), self._largest)
            yield piece

    def _arriving(self) -> Iterator[bytes]:
        from http.client import HTTPException

        from urllib3.exceptions import HTTPError, ReadTimeoutError

        while True:
            self._left()
            failure, piece = None, b""
            try:
                # Never waiting for more: a server may send a byte a minute.
                piece = self._response.raw.read1(_CHUNK, decode_content=False)
            except ReadTimeoutError:
                failure = _fault(f"the server fell silent after {self.wire:,} bytes")
            except (HTTPError, HTTPException, OSError, ValueError):
                failure = self._cut()
            # Raised out here: what the libraries say has the address, and that may be signed.
            if failure:
                self._left()  # where no time is left, that is what failed
                raise failure
            if not piece:
                break
            self.wire += len(piece)
            if self._progress:
                self._progress(self.wire, self._length or 0)
            yield piece
        self._left()  # a body without a length also ends where its connection was shut down
        if self._length is not None and self.wire != self._length:
            raise self._cut()

    def _unpacked(self) -> Iterator[bytes]:
        """The bytes before the server packed them; a bomb is unpacked in pieces, and counted."""
        if self._packing not in ("gzip", "x-gzip"):
            raise AttemptError(
                f"the server packed it as {self._packing[:40]!r}, which nobody asked for"
            )
        unpacker = zlib.decompressobj(_GZIP)
        for piece in self._arriving():
            rest = piece
            while rest:
                if unpacker.eof:
                    unpacker = zlib.decompressobj(_GZIP)
                try:
                    yield unpacker.decompress(rest, _CHUNK)
                except zlib.error:
                    raise _fault(f"its packing is damaged near byte {self.wire:,}") from None
                rest = unpacker.unconsumed_tail or unpacker.unused_data
        if self.wire:
            yield unpacker.flush()
            if not unpacker.eof:
                raise _fault(f"its packing ends too early, after {self.wire:,} bytes")

    def _cut(self) -> AttemptError:
        of = f" of {self._length:,}" if self._length is not None else ""
        return _fault(f"the body ends after {self.wire:,}{of} bytes")


def too_large(what: str, size: int, largest: int) -> AttemptError:
    """The fault of a file that has more bytes than any list."""
    return AttemptError(
        f"{what} is too large to be a list: {size:,} bytes or more, where {largest:,} are the most",
        hint="if the list has grown so much, add the file to the archive by hand",
    )


def _fault(what: str) -> AttemptError:
    return AttemptError(what, is_retryable=True)
