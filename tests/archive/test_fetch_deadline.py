"""fetch_file: the time for a file holds, whatever a server sends and however slowly."""

from __future__ import annotations

import threading

import attrs
import pytest
import requests
from faulty_server import Answer, FaultyServer, file, redirect
from fetching import STEADY, TEXT, Get
from requests.auth import HTTPDigestAuth

SHORT = attrs.evolve(STEADY, total_timeout=0.5)
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKS = OK + b"Transfer-Encoding: chunked\r\n\r\n"

DRIPS = {
    "the status": Answer(drip=b"H"),
    "100 Continue": Answer(drip=b"HTTP/1.1 100 Continue\r\n\r\n"),
    "the header": Answer(raw=OK + b"X: ", drip=b"x"),
    "headers of 100 Continue": Answer(raw=b"HTTP/1.1 100 Continue\r\nX: ", drip=b"x"),
    "the header of a redirect": Answer(raw=b"HTTP/1.1 302 Found\r\nLocation: ", drip=b"x"),
    "the header of a refusal": Answer(raw=b"HTTP/1.1 404 Not Found\r\nX: ", drip=b"x"),
    "the size of a chunk": Answer(raw=CHUNKS + b"4\r\n1,2\n\r\n", drip=b"0"),
    "what is beside the size": Answer(raw=CHUNKS + b"4;a=", drip=b"x"),
    "the trailer": Answer(raw=CHUNKS + b"4\r\n1,2\n\r\n0\r\n", drip=b"X: 1\r\n"),
    "a body without a length": Answer(raw=OK + b"\r\n1,2", drip=b"1"),
    "a body of chunks": Answer(raw=CHUNKS, drip=b"1\r\n1\r\n"),
}


def check(server: FaultyServer, fetching: Get, url: str) -> None:
    """The error says that the time is over, and the server could not send all of its bytes."""
    error = fetching.fails(url)
    assert "it took longer than 0.5 seconds in all" in error.what
    assert server.drops < FaultyServer.MOST


@pytest.mark.parametrize("drip", DRIPS.values(), ids=DRIPS)
def test_a_server_that_drips_is_not_read_after_the_deadline(
    server: FaultyServer, get: Get, drip: Answer
) -> None:
    """Whatever part of its answer comes byte by byte; what came until then counts as no answer."""
    check(server, get(policy=SHORT), server.put("/SDN.CSV", drip))


@pytest.mark.parametrize("name", ["100 Continue", "the header", "the size of a chunk"])
def test_a_session_of_yours_is_bounded_and_not_changed(
    server: FaultyServer, get: Get, name: str
) -> None:
    """Its adapter is used, with all that it sets of itself; pools and connections stay as they are."""

    class Session(requests.Session):
        ended = 0

        def __del__(self) -> None:
            type(self).ended += 1

    class Adapter(requests.adapters.HTTPAdapter):
        def send(self, request: requests.PreparedRequest, **named: object) -> requests.Response:
            self.sent = request.url
            return super().send(request, **named)

    url = server.put("/SDN.CSV", DRIPS[name])
    with Session() as session:
        adapter = Adapter()
        session.mount("http://", adapter)
        before = {key: id(value) for key, value in vars(session).items()}
        check(server, get(session=session, policy=SHORT), url)
        assert {key: id(value) for key, value in vars(session).items()} == before
        assert session.get_adapter(url) is adapter
        assert adapter.sent == url
        assert Session.ended == 0
        # Its pools are as they were, and answer as before.
        pool = adapter.poolmanager.connection_from_url(url)
        assert pool.ConnectionCls is type(pool).ConnectionCls
        assert session.get(server.put("/b", file(TEXT))).content == TEXT


def test_a_server_that_drips_over_tls(get: Get) -> None:
    """The connection itself is shut down, below TLS."""
    with FaultyServer(tls="good") as server, server.session() as session:
        url = server.put("/SDN.CSV", DRIPS["the header"])
        check(server, get(session=session, policy=SHORT), url)


def test_a_server_that_drips_after_redirects(server: FaultyServer, get: Get) -> None:
    """All redirects share one time."""
    server.put("/b", DRIPS["100 Continue"])
    server.put("/a", redirect(server.url("/b", host="localhost")))
    url = server.put("/SDN.CSV", redirect("/a"))
    check(server, get(policy=SHORT), url)


@pytest.mark.parametrize("name", ["the status", "the header"])
def test_a_proxy_that_drips(server: FaultyServer, get: Get, name: str) -> None:
    """Its answer to CONNECT comes before the server is asked."""
    server.put("443", DRIPS[name])
    with requests.Session() as session:
        session.proxies["https"] = server.url("")
        fetching = get(session=session, policy=SHORT)
        check(server, fetching, "https://lists.example/SDN.CSV")
    assert [one.method for one in server.requests] == ["CONNECT"]


def test_a_server_that_drips_after_it_asked_for_credentials(server: FaultyServer, get: Get) -> None:
    """The second request is sent by requests, through the adapter."""
    asks = Answer(status=401, headers={"WWW-Authenticate": 'Digest realm="a", nonce="b"'})
    url = server.put("/SDN.CSV", asks, DRIPS["the header"])
    with requests.Session() as session:
        session.auth = HTTPDigestAuth("reader", "secret")
        check(server, get(session=session, policy=SHORT), url)
    assert len(server.asked("/SDN.CSV")) == 2


def test_the_timer_ends_with_the_file(server: FaultyServer, get: Get) -> None:
    """No timer is left, after a file and after an error."""
    before = set(threading.enumerate())
    get.one(server.put("/SDN.CSV", file(TEXT)))
    get.fails(server.put("/SDN.CSV", Answer(status=404)))
    left = [one for one in threading.enumerate() if one not in before]
    assert not [
        one for one in left if isinstance(one, threading.Timer) and not one.finished.is_set()
    ]


def test_the_time_may_be_endless(server: FaultyServer, get: Get) -> None:
    """A timer cannot wait so long, and is not asked to."""
    policy = attrs.evolve(STEADY, total_timeout=float("inf"))
    url = server.put("/SDN.CSV", file(TEXT))
    assert get(policy=policy).content(url) == TEXT


def test_a_connection_of_another_kind_is_used_as_it_is(
    server: FaultyServer, get: Get, session: requests.Session
) -> None:
    """Python's own, say, of an adapter for sockets of Unix."""
    url = server.put("/SDN.CSV", file(TEXT))
    adapter = requests.adapters.HTTPAdapter()
    pool = adapter.poolmanager.connection_from_url(url)

    class Connection:
        def __init__(self, **named: object) -> None:
            self._real = pool.__class__.ConnectionCls(**named)

        def __getattr__(self, name: str) -> object:
            return getattr(self._real, name)

    vars(pool)["ConnectionCls"] = Connection
    session.mount("http://", adapter)
    assert get(session=session).content(url) == TEXT
