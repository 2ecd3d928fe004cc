"""What an attempt to fetch came to, and when the next one may be made."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby
from urllib.parse import urlsplit

import attrs

from sanctionslib.archive._headers import http_date
from sanctionslib.errors import FetchError

__all__ = [
    "LATER",
    "AttemptError",
    "Patience",
    "in_words",
    "pause_before",
    "shown",
    "when",
    "when_to_ask",
]

LATER = "try again later"
"""What to do where the server is at fault."""

_NO_HOST = "an address without a host"
_LONGEST = 300
"""Characters of an address that are shown."""
_CENTURY = 100 * 365 * 24 * 3600.0


@attrs.frozen(kw_only=True)
class Patience:
    """How long a server is waited for, and how often it is asked again."""

    attempts: int = 5
    """How often an address is asked in all."""
    connect: float = 10.0
    """Seconds for a connection."""
    silence: float = 180.0
    """Seconds without a byte: the EU's server thinks for more than a minute before the first one."""
    whole: float = 3600.0
    """Seconds for a file, all addresses, attempts and waits together; then its connection is shut
    down."""
    backoff: float = 1.0
    """Seconds before the second attempt; doubled each time, with jitter."""
    longest_wait: float = 120.0
    """Seconds that a server may ask for with `Retry-After`; longer ones are told, not waited for."""


class AttemptError(Exception):
    """One attempt failed. Never leaves the room: it becomes a `FetchError` that tells them all.

    Args:
        told: What happened, in words, without the query of any address.
        hint: What to do about it.
        again: Whether the next attempt may end better.
        absent: The server does not have it: the next address may.
        wait: Seconds that the server wants to be left alone.
        kind: What it becomes if no attempt ends better.
    """

    def __init__(
        self,
        told: str,
        *,
        hint: str = "",
        again: bool = False,
        absent: bool = False,
        wait: float | None = None,
        kind: type[FetchError] = FetchError,
    ) -> None:
        super().__init__(told)
        self.told = told
        self.hint = hint
        self.again = again
        self.absent = absent
        self.wait = wait
        self.kind = kind


def shown(url: str) -> str:
    """An address as it may be shown: no user, no query, which may be a signature or a token.

    An address may come from a server: of a long one the beginning is shown.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return _NO_HOST
    if not host:
        return _NO_HOST
    host = f"[{host}]" if ":" in host else host
    text = f"{parts.scheme}://{host}{f':{port}' if port else ''}{parts.path}"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def in_words(attempts: Iterable[tuple[str, float]]) -> str:
    """What came of each attempt, and after how many seconds.

    >>> in_words([("503 Busy", 0.2), ("503 Busy", 0.31), ("503 Busy", 9), ("no answer", 1)])
    '503 Busy, after 0.2 s, then the same after 0.3 and 9.0 s, then no answer, after 1.0 s'
    """
    return ", then ".join(_told(attempts))


def _told(attempts: Iterable[tuple[str, float]]) -> Iterator[str]:
    for told, same in groupby(attempts, key=lambda one: one[0]):
        first, *others = (f"{seconds:.1f}" for _, seconds in same)
        yield f"{told}, after {first} s"
        if others:
            *most, last = others
            yield f"the same after {' and '.join((', '.join(most), last)) if most else last} s"


def pause_before(patience: Patience, attempts: int) -> float:
    """Seconds to wait after so many attempts: doubled each time, and never the same for everybody."""
    jitter = random.uniform(0.75, 1.25)  # noqa: S311 - no secret
    return float(patience.backoff * 2 ** (attempts - 1) * jitter)


def when_to_ask(header: str) -> float | None:
    """Seconds that a `Retry-After` asks for: a number of them, or a date; None where it is neither."""
    header = header.strip()
    if header.isascii() and header.isdigit():
        return min(float(header), _CENTURY)
    moment = http_date(header)
    if moment is None:
        return None
    seconds = (moment - datetime.now(UTC)).total_seconds()
    return min(max(seconds, 0.0), _CENTURY)


def when(seconds: float) -> str:
    """The first full minute after so many seconds, in words."""
    moment = datetime.now(UTC) + timedelta(seconds=seconds, minutes=1)
    return f"{moment:%Y-%m-%d %H:%M} UTC"
