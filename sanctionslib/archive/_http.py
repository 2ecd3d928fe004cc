"""HttpClient: asks a server for an address, follows its redirects, and retries where that may help.

A session of the caller's is used as it is: its proxies, certificates, adapters and headers. It is
neither changed nor closed.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime, timedelta
from http.client import HTTPException, RemoteDisconnected
from itertools import groupby
from pathlib import PurePath
from time import monotonic, sleep
from traceback import extract_tb
from typing import TYPE_CHECKING, Self, TypeVar, cast
from urllib.parse import urljoin, urlsplit

from sanctionslib._version import __version__
from sanctionslib.archive._attempts import AttemptError, RetryPolicy, without_query
from sanctionslib.archive._deadline import Deadline
from sanctionslib.archive.content import HEAD, Body, readable, retry_after
from sanctionslib.errors import BlockedError, FetchError, InvalidInputError, Where

if TYPE_CHECKING:
    import requests

T = TypeVar("T")

_MOST_REDIRECTS = 10
_MISREAD = (ValueError, LookupError, TypeError, ArithmeticError, Warning)
"""What Python raises for text of a server that requests does not expect, and does not catch: a
challenge without a nonce, or a cookie of the year 10**30 (a warning, which may be an error)."""
_PAGE_TIME = 10.0
"""Seconds that an error page is read for."""
_LARGEST_PAGE = 10_000_000
_CONDITIONS = {"If-None-Match", "If-Modified-Since"}
_HARMLESS = {
    *("accept", "accept-encoding", "accept-language", "connection", "user-agent"),
    *("content-length", "content-type", "if-modified-since", "if-none-match"),
}
"""Headers that are sent wherever a redirect points; any other may hold a secret."""
_PROXIES = ("http://", "https://", "socks4", "socks5")
_PORTS = {"http": 80, "https": 443}
_NOT_FOUND = {404, 410}
# 202 and 204: a firewall that wants the browser to prove first that it is one.
_BLOCKED = {202, 204, 401, 403}

HINT_BLOCKED = (
    "the publisher's firewall takes this machine or this program for something else: open the "
    "address in a browser, save the file and add it to the archive, or ask from another network"
)
_HINT_NETWORK = "look at the network and the firewall of this machine, then try again"
_HINT_PROXY = (
    "look at the proxy: the environment variables HTTPS_PROXY and NO_PROXY, or session.proxies"
)
_HINT_TLS = (
    "certificates are always checked: if a proxy of your organisation opens connections, give its "
    "certificate by the environment variable REQUESTS_CA_BUNDLE or by session.verify; "
    "see also that the clock is right"
)
_HINT_FILES = (
    "look at the files that the session or the environment names: REQUESTS_CA_BUNDLE, "
    "CURL_CA_BUNDLE, session.verify, session.cert"
)


class HttpClient:
    """Fetches one file under one retry policy, and remembers what came of each attempt."""

    def __init__(self, session: requests.Session, policy: RetryPolicy, deadline: Deadline) -> None:
        self._session = session
        self._policy = policy
        self._deadline = deadline
        self._failed: list[tuple[str, str, float]] = []

    @classmethod
    @contextmanager
    def open(
        cls, session: requests.Session | None, policy: RetryPolicy | None = None
    ) -> Generator[Self]:
        """A client whose deadline runs until the end of the block.

        Without a session of the caller's it has one of its own, closed at the end.

        Raises:
            InvalidInputError: The session does not check certificates.
        """
        import requests

        if session is not None and not session.verify:
            raise InvalidInputError(
                "the session does not check certificates (its `verify` is off)",
                hint="a list that anybody on the way could have changed proves nothing: "
                "set session.verify to the path of the certificates that you trust",
            )
        policy = policy or RetryPolicy()
        with (
            Deadline(policy.total_timeout) as deadline,
            requests.Session() if session is None else nullcontext(session) as ours,
        ):
            yield cls(ours, policy, deadline)

    def left(self) -> float:
        """Seconds that are left for the file; raises `AttemptError` where none are."""
        left = self._deadline.left()
        if left <= 0:
            raise AttemptError(f"it took longer than {self._policy.total_timeout:g} seconds in all")
        return left

    def fetch(
        self,
        url: str,
        name: str,
        take: Callable[[requests.Response], T],
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> T | None:
        """Ask for an address until its response is taken; None where the server does not have it.

        `take` takes a response, 200 or 304 to a conditional request, and raises `AttemptError`
        where it is at fault. With a `body` the request is a POST. `name` is that of the file, for
        the error.

        Raises:
            BlockedError: The server blocks it, for everybody or for us.
            FetchError: It cannot be fetched.
        """
        from urllib3.exceptions import MaxRetryError

        retry = self._policy.start()
        while True:
            start = monotonic()
            try:
                with self._response(url, headers or {}, body) as response:
                    return take(response)
            except AttemptError as caught:
                failure = caught
            self._failed.append((without_query(url), failure.what, monotonic() - start))
            if failure.is_not_found:
                return None
            if not failure.is_retryable:
                break
            try:
                retry = retry.increment("GET", "", error=failure)
            except MaxRetryError:
                break
            pause = max(failure.retry_after, retry.get_backoff_time())
            is_long = failure.retry_after > self._policy.longest_retry_after
            if is_long or pause >= self._deadline.left():
                break
            sleep(pause)
        # Raised out here, so that it has no context: that would show the addresses of redirects.
        raise self.error(name, failure)

    def notes(self) -> tuple[str, ...]:
        """Each address that failed, with what came of every attempt, after how many seconds."""
        notes: list[str] = []
        for address, attempts in groupby(self._failed, key=lambda one: one[0]):
            parts: list[str] = []
            for what, same in groupby(attempts, key=lambda one: one[1]):
                times = ", ".join(f"{seconds:.1f}" for _, _, seconds in same)
                parts.append(f"{what} (after {times} s)")
            notes.append(f"{address}: {', then '.join(parts)}")
        return tuple(notes)

    def error(self, name: str, failure: AttemptError) -> FetchError:
        """The error that says what failed last, and what came of every attempt."""
        hint = failure.hint
        if failure.retry_after:
            # The first full minute after it.
            due = datetime.now(UTC) + timedelta(seconds=failure.retry_after, minutes=1)
            hint = f"the server wants no request before {due:%Y-%m-%d %H:%M} UTC"
        return failure.kind(
            f"{name} cannot be fetched: {failure.what} (attempts: {'; '.join(self.notes())})",
            where=Where(source=name),
            hint=hint,
        )

    # ── one attempt ──────────────────────────────────────────────────────────────────────────

    @contextmanager
    def _response(
        self, url: str, headers: Mapping[str, str], body: bytes | None
    ) -> Generator[requests.Response]:
        """The response at the end of all redirects: 200, or 304 to a conditional request."""
        here, is_same_origin = url, True
        for hop in range(_MOST_REDIRECTS + 1):
            with self._deadline.watched(self._session) as session:
                response, target = self._send(
                    session, here, headers, body, is_same_origin=is_same_origin, is_first=hop == 0
                )
                status = response.status_code
                with response:
                    self.left()  # headers also end where the connection was shut down
                    if status == 200 or (status == 304 and not _CONDITIONS.isdisjoint(headers)):
                        yield response
                        return
                    if not target:
                        source = "" if here == url else f" from {without_query(here)}"
                        raise self._refusal(response, source)
            if status not in (307, 308):
                body = None
            there = _joined(here, target)
            is_same_origin = is_same_origin and is_same_server(_as_sent(url), there)
            here = there
        raise AttemptError(
            f"it redirects more than {_MOST_REDIRECTS} times, last to {without_query(here)}"
        )

    def _send(
        self,
        session: requests.Session,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        *,
        is_same_origin: bool,
        is_first: bool,
    ) -> tuple[requests.Response, str]:
        """One response, and where it redirects to.

        The secrets of the session are sent only if `is_same_origin`: to the server of the first
        address, as long as every redirect came from it.
        """
        import requests
        from urllib3.exceptions import HTTPError

        if not _has_host(url):
            raise _no_address(url)
        targets: list[str] = []

        def take_target(response: requests.Response, *_: object, **__: object) -> None:
            # Where requests finds one, it reads the body of the redirect, however long that is.
            if response.is_redirect:
                targets.append(response.headers.pop("location"))

        left, proxy = self.left(), None
        params = cast("Iterable[str]", session.params or ())
        timeout = (min(self._policy.connect_timeout, left), min(self._policy.read_timeout, left))
        try:
            prepared = session.prepare_request(
                requests.Request(
                    "GET" if body is None else "POST",
                    url,
                    headers={**self._own_headers(), **headers},
                    data=body,
                    # Neither the session's secrets nor those of ~/.netrc follow to another host.
                    auth=None if is_same_origin else _no_auth,
                    # None takes one away: what the session adds is for the first address alone.
                    params={} if is_first else dict.fromkeys(params),
                )
            )
            prepared.hooks.setdefault("response", []).append(take_target)
            # Certificates that the session names count more than those of the environment, which
            # requests would prefer.
            verify = None if session.verify is True else session.verify
            settings = session.merge_environment_settings(url, {}, True, verify, None)
            proxy = requests.utils.select_proxy(url, settings["proxies"])
            if proxy and "://" in proxy and not proxy.lower().startswith(_PROXIES):
                raise requests.exceptions.InvalidProxyURL  # PySocks raises a ValueError
            if not is_same_origin:
                settings["cert"] = None  # the session's own would be taken where none is given
            _remove_secrets(prepared, proxy, is_same_origin=is_same_origin)
            response = session.send(prepared, timeout=timeout, allow_redirects=False, **settings)
        # Of a certificate's file that is not there, requests says so by an OSError.
        except (OSError, HTTPError, HTTPException, *_MISREAD) as error:
            failure = self._failure(error, url, has_proxy=bool(proxy))
        else:
            return response, targets[0] if targets else ""
        self.left()  # where none are, that is what failed
        raise failure

    def _own_headers(self) -> dict[str, str]:
        import requests

        # The only packing that is undone here, in pieces and bounded.
        headers = {"Accept-Encoding": "gzip"}
        default = requests.utils.default_user_agent()
        if self._session.headers.get("User-Agent", default) == default:
            # OFAC's firewall answers 403 to whatever does not begin like this, so we say who we
            # are in the way of those that browse by themselves.
            headers["User-Agent"] = (
                f"Mozilla/5.0 (compatible; sanctionslib/{__version__}) {default}"
            )
        return headers

    def _failure(self, error: Exception, url: str, *, has_proxy: bool) -> AttemptError:
        """What kept a server from answering. Not in the words of the error: they have the query."""
        from requests import exceptions as of
        from urllib3.exceptions import LocationValueError

        if isinstance(
            error, (of.InvalidURL, of.InvalidSchema, of.MissingSchema, LocationValueError)
        ):
            if not has_proxy:
                return _no_address(url)
            # The address was good enough to look for its proxy.
            return AttemptError(
                "the address of the proxy is not valid",
                hint=f"{_HINT_PROXY}; for one with SOCKS, install PySocks",
            )
        host, reason = urlsplit(url).hostname, _reason(error)
        at_host = f"no connection to {host}"
        connect, read = self._policy.connect_timeout, self._policy.read_timeout
        # Without the words of the error, which may quote what was sent.
        last = extract_tb(error.__traceback__)[-1]
        at = f"{PurePath(last.filename).name}, line {last.lineno}"
        nonsense = f"the answer makes no sense: {reason} ({at})"
        kinds: tuple[tuple[type[Exception], str, str, bool], ...] = (
            (of.RetryError, f"no file from {host}: {reason}", "", True),
            (of.ProxyError, f"the proxy does not connect to {host}: {reason}", _HINT_PROXY, True),
            (of.SSLError, f"the connection to {host} is not safe: {reason}", _HINT_TLS, False),
            (of.ConnectTimeout, f"{at_host} within {connect:g} seconds", _HINT_NETWORK, True),
            (of.Timeout, f"no answer from {host} within {read:g} seconds", "", True),
            (of.ConnectionError, f"{at_host}: {reason}", _HINT_NETWORK, True),
            (of.RequestException, nonsense, "", False),
            # Nothing was sent yet: its words are of a file of this machine.
            (OSError, f"{at_host}: {error}", _HINT_FILES, False),
            (Exception, nonsense, "", False),
        )
        _, what, hint, is_retryable = next(one for one in kinds if isinstance(error, one[0]))
        return AttemptError(what, hint=hint or "try again later", is_retryable=is_retryable)

    def _refusal(self, response: requests.Response, source: str) -> AttemptError:
        """What a response says that is not the file."""
        status = response.status_code
        # The reason is text of the server, of any length and with any character.
        words = readable((response.reason or "").encode("latin-1", "replace"))
        what = f"{status} {words}".rstrip() + source
        if status in _NOT_FOUND:
            return AttemptError(what, is_not_found=True)
        if self._policy.start().is_retry("GET", status):
            wanted = retry_after(response.headers.get("Retry-After", ""))
            return AttemptError(what, is_retryable=True, retry_after=wanted)
        if beginning := readable(self._beginning(response)):
            what += f", which begins with {beginning!r}"
        if status in _BLOCKED:
            return AttemptError(what, hint=HINT_BLOCKED, kind=BlockedError)
        if status == 304:
            what += ", though the request had no conditions"
        return AttemptError(what, hint="open the address in a browser to see what the server says")

    def _beginning(self, response: requests.Response) -> bytes:
        """The first bytes of a page; fewer or none where it is at fault: its status says enough."""
        found, end = b"", monotonic() + _PAGE_TIME
        with suppress(AttemptError):
            for piece in Body(response, largest=_LARGEST_PAGE, left=self.left).pieces():
                found += piece
                if len(found) >= HEAD or monotonic() > end:
                    break
        return found


# ── addresses ────────────────────────────────────────────────────────────────────────────────


def is_same_server(one: str, other: str) -> bool:
    """Whether what is for the one may be sent to the other: they have the same host and port.

    A change from http to https is allowed on the same host, where each has its usual port.
    """
    first, second = urlsplit(one), urlsplit(other)
    was, now = ((each.scheme, each.port or _PORTS.get(each.scheme)) for each in (first, second))
    is_safer = (was, now) == (("http", 80), ("https", 443))
    return first.hostname == second.hostname and (was == now or is_safer)


def _remove_secrets(
    prepared: requests.PreparedRequest, proxy: str | None, *, is_same_origin: bool
) -> None:
    """Remove the headers that the receiver of a request is not to see."""
    # Only a proxy that forwards plain HTTP reads the headers of a request. What goes through a
    # tunnel, or through SOCKS, is read by the server at its end alone.
    is_forwarded = (
        proxy is not None
        and urlsplit(prepared.url or "").scheme == "http"
        and not proxy.lower().startswith("socks")
    )
    for header in tuple(prepared.headers):
        name = header.lower()
        is_for_proxy = name == "proxy-authorization"
        if not (is_forwarded if is_for_proxy else is_same_origin or name in _HARMLESS):
            del prepared.headers[header]


def _has_host(url: str) -> bool:
    """Whether the host of an address can be the name of one.

    Checked here because Python, requests and proxies reject it in different ways.
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return (
        len(host) <= 253
        and host.isprintable()
        and all(0 < len(label) <= 63 for label in host.removesuffix(".").split("."))
    )


def _no_address(url: str) -> AttemptError:
    return AttemptError(
        f"its address is not valid ({without_query(url)})",
        hint="look at the address in the catalog, or where its server redirects to",
    )


def _as_sent(url: str) -> str:
    """An address as requests sends it; ValueError where it does not."""
    import requests

    return requests.Request("GET", url).prepare().url or ""


def _no_auth(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _joined(here: str, target: str) -> str:
    """The address that a redirect points to; AttemptError where it is none, or no longer https."""
    with suppress(ValueError):
        # Headers come as Latin-1, addresses are sent as UTF-8.
        # Only requests knows which host it will ask: for "http://a\\@b" that is a, where urlsplit
        # finds b.
        there = _as_sent(urljoin(here, target.encode("latin-1").decode("utf-8")))
        parts = urlsplit(there)
        if parts.scheme == "http" and urlsplit(here).scheme == "https":
            raise AttemptError(
                f"it redirects from https to {without_query(there)}, which anybody on the way can "
                "change",
                hint="ask the publisher, or give an https address in your catalog",
            )
        if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0:
            return there
    raise AttemptError("it redirects to what is no address")


def _reason(error: BaseException) -> str:
    """What the operating system, TLS or an adapter said, deep in an error."""
    from urllib3.exceptions import ResponseError

    reason, below = type(error).__name__, error.__cause__ or error.__context__
    while below is not None:
        if isinstance(below, ssl.SSLCertVerificationError):
            return below.verify_message
        if isinstance(below, RemoteDisconnected):
            reason = "the server closed it without an answer"
        elif isinstance(below, ResponseError):
            reason = str(below)  # "too many 503 error responses"
        elif isinstance(below, HTTPException):
            reason = "the server does not speak HTTP"
        elif isinstance(below, OSError) and below.strerror:
            reason = below.strerror
        below = below.__cause__ or below.__context__
    return reason
