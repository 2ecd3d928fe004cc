"""Deadline: after it, the connections of a session are shut down, whatever their servers send.

A timeout of requests is the longest pause before the next bytes. `http.client` reads the status
line, the headers, interim answers (`100 Continue`), a proxy's answer to CONNECT, the sizes of
chunks and the trailer until they end, without any limit on the time that this takes: a server that
sends them byte by byte, or without end, is read for as long as it likes. So a timer shuts the
connection itself down, which ends every read from it.

The session and its adapters stay as they are. A request is sent by an object of another class with
the same attributes (`_sharing`), and with a copy of the pool of connections, whose connections
report their sockets. Two things are not watched: adapters that do not use the connections of
`HTTPAdapter`, and what comes before a connection. That is the look-up of a name, and one attempt
to connect for each of its addresses, which has the time of `RetryPolicy.connect_timeout`.
"""

from __future__ import annotations

import copy
import socket
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from functools import partial
from queue import LifoQueue
from time import monotonic
from typing import TYPE_CHECKING, Self, TypeVar, cast

if TYPE_CHECKING:
    import requests
    from requests.adapters import BaseAdapter
    from urllib3 import HTTPConnectionPool

T = TypeVar("T")

_LATER = 0.05
"""Seconds after the deadline, so that `left` is below 0 when a read ends because of it."""

# `HTTPAdapter.send` calls the first since requests 2.32.2, the second before.
_POOL_METHODS = ("get_connection_with_tls_context", "get_connection")


class Deadline:
    """A moment, so many seconds from now, at which connections are shut down by a timer."""

    def __init__(self, seconds: float) -> None:
        self._end = monotonic() + seconds
        self._lock = threading.Lock()
        self._is_over = False
        self._sockets: list[socket.socket] = []
        self._pools: dict[int, tuple[HTTPConnectionPool, HTTPConnectionPool]] = {}
        longest = threading.TIMEOUT_MAX
        self._timer = threading.Timer(min(max(seconds, 0.0) + _LATER, longest), self._shut_down)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def left(self) -> float:
        """Seconds until the deadline; 0 or less after it."""
        return self._end - monotonic()

    @contextmanager
    def watched(self, session: requests.Session) -> Generator[requests.Session]:
        """A session with the attributes of this one, whose connections are shut down in time.

        Connections are watched until the end of the block; responses are to be closed before.
        """

        def get_adapter(_: object, url: str) -> BaseAdapter:
            return self._watched_adapter(session.get_adapter(url))

        try:
            yield _sharing(session, get_adapter=get_adapter)
        finally:
            for _, pool in self._pools.values():
                pool.close()
            self._pools.clear()
            with self._lock:
                sockets, self._sockets = self._sockets, []
            for one in sockets:
                _shut_down(one)  # where an error left a response open
                one.close()

    def _watched_adapter(self, adapter: BaseAdapter) -> BaseAdapter:
        from requests.adapters import HTTPAdapter

        if not isinstance(adapter, HTTPAdapter):
            return adapter

        def watched(get_pool: Callable[..., HTTPConnectionPool]) -> object:
            def get(_: object, *given: object, **named: object) -> HTTPConnectionPool:
                return self._watched_pool(get_pool(*given, **named))

            return get

        names = [name for name in _POOL_METHODS if hasattr(adapter, name)]
        return _sharing(adapter, **{name: watched(getattr(adapter, name)) for name in names})

    def _watched_pool(self, pool: HTTPConnectionPool) -> HTTPConnectionPool:
        # One copy of each pool, since some kinds of authentication hold for a connection (NTLM).
        _, ours = self._pools.get(id(pool), (None, None))
        if ours is None:
            ours = copy.copy(pool)
            if pool.pool is not None:  # it is None where the session was closed
                ours.pool = LifoQueue(1)
                ours.pool.put(None)
            make = partial(self._watched_connection, pool.ConnectionCls)
            vars(ours)["ConnectionCls"] = make
            self._pools[id(pool)] = pool, ours
        return ours

    def _watched_connection(self, kind: Callable[..., object], **named: object) -> object:
        """A connection that reports its socket before anything is sent."""
        from urllib3.connection import HTTPConnection

        connection = kind(**named)
        if not isinstance(connection, HTTPConnection):
            return connection
        connect, tunnel = connection._new_conn, connection._tunnel

        def watched_connect() -> socket.socket:
            sock = connect()
            self._watch(sock.fileno())
            return sock

        def ended_tunnel() -> None:
            tunnel()
            # Headers also end where the connection was shut down. No handshake may follow: where
            # the socket is no longer connected, `ssl` raises without closing it.
            if self.left() <= 0:
                raise TimeoutError

        vars(connection).update(_new_conn=watched_connect, _tunnel=ended_tunnel)
        return connection

    def _watch(self, number: int) -> None:
        # A duplicate, because the owner may close its own at any moment, and its number may then
        # be that of another file; and because `ssl` takes the number away from this object.
        duplicate = socket.fromfd(number, socket.AF_INET, socket.SOCK_STREAM)
        with self._lock:
            self._sockets.append(duplicate)
            if self._is_over:
                _shut_down(duplicate)

    def _shut_down(self) -> None:
        with self._lock:
            self._is_over = True
            for one in self._sockets:
                _shut_down(one)


def _shut_down(sock: socket.socket) -> None:
    with suppress(OSError):  # the server may have been faster
        sock.shutdown(socket.SHUT_RDWR)


def _sharing(original: T, **methods: object) -> T:
    """An object of a subclass that shares the attributes: what either sets, both have."""
    kind = type(original)
    # The end of this object is not the end of the original.
    names = {**methods, "__del__": _do_nothing}
    other = object.__new__(cast("type[T]", type(kind.__name__, (kind,), names)))
    object.__setattr__(other, "__dict__", vars(original))
    return other


def _do_nothing(_: object) -> None:
    """In place of what a class does at the end of an object."""
