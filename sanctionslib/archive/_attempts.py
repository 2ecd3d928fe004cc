"""The retry policy, and what an attempt to fetch came to.

urllib3's `Retry` counts the attempts, knows which statuses are retryable, and gives the pauses with
their backoff and jitter. One loop of ours (`_http.py`) uses it. It is not mounted in an adapter,
because an adapter sees one request alone: an attempt begins at the address of the catalog, follows
redirects to addresses that are valid for minutes, and also fails where the body is cut or has
another hash; a session of the caller's keeps its own adapters; all attempts share one deadline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import attrs

from sanctionslib.errors import FetchError

if TYPE_CHECKING:
    from urllib3.util import Retry

_RETRYABLE = frozenset({408, 425, 429, 500, 502, 503, 504})
_NO_HOST = "an address without a host"
_LONGEST = 300
"""Characters of an address that are shown."""


@attrs.frozen(kw_only=True)
class RetryPolicy:
    """How many attempts are made, and how long they may take."""

    attempts: int = 5
    """Attempts at one address."""
    connect_timeout: float = 10.0
    """Seconds for a connection."""
    read_timeout: float = 180.0
    """Seconds without a byte: the EU's server thinks for more than a minute before the first one."""
    total_timeout: float = 3600.0
    """Seconds for a file, all addresses, attempts and pauses together; then its connection is shut
    down."""
    backoff: float = 1.0
    """Seconds before the second attempt; doubled each time, and each pause is longer by a random part
    of it."""
    longest_retry_after: float = 120.0
    """Seconds to wait at most where a server sends `Retry-After`; a longer one is an error at once."""

    def start(self) -> Retry:
        """The counter of the attempts at one address."""
        from urllib3.util.retry import RequestHistory, Retry

        return Retry(
            self.attempts - 1,
            allowed_methods=None,
            status_forcelist=_RETRYABLE,
            backoff_factor=self.backoff / 2,
            backoff_jitter=self.backoff,
            # With an empty history urllib3 makes the second attempt at once, whoever is busy.
            history=(RequestHistory(None, None, None, None, None),),
        )


@attrs.define(eq=False)
class AttemptError(Exception):
    """One attempt failed. It becomes a `FetchError` that lists them all."""

    what: str
    """What happened, in words, without the query of any address."""
    hint: str = attrs.field(default="try again later", kw_only=True)
    """What to do about it."""
    is_retryable: bool = attrs.field(default=False, kw_only=True)
    """Whether the next attempt may succeed."""
    is_not_found: bool = attrs.field(default=False, kw_only=True)
    """The server does not have it: the next address may."""
    retry_after: float = attrs.field(default=0.0, kw_only=True)
    """Seconds that the server wants us to wait."""
    kind: type[FetchError] = attrs.field(default=FetchError, kw_only=True)
    """The error that it becomes if no attempt succeeds."""


def without_query(url: str) -> str:
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
