"""fetch_file: what a session has for one server is given to no other, and shown in no error."""

from __future__ import annotations

import traceback
from collections.abc import Iterator

import attrs
import pytest
import requests
from faulty_server import Answer, FaultyServer, file, redirect
from fetching import STEADY, TEXT, Get
from urllib3.util import Retry

from sanctionslib.archive._http import is_same_server
from sanctionslib.errors import FetchError

ONCE = attrs.evolve(STEADY, attempts=1)
SECRETS = {
    "Authorization": "Bearer secret",
    "Cookie": "session=secret",
    "X-Api-Key": "secret",
    "Api-Key": "secret",
    "Referer": "https://intranet.example/secret",
    "Origin": "https://intranet.example",
    "From": "secret@intranet.example",
    "X-Forwarded-For": "10.0.0.1",
}
HARMLESS = {"User-Agent": "newsroom/1", "Accept": "text/csv", "Accept-Language": "pt"}


@pytest.fixture
def other() -> Iterator[FaultyServer]:
    with FaultyServer() as running:
        yield running


# ── what is sent where ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("status", [302, 307])
@pytest.mark.parametrize("where", ["another host", "another port", "written as if it were here"])
def test_headers_of_the_session_stay_with_their_server(
    server: FaultyServer,
    other: FaultyServer,
    session: requests.Session,
    get: Get,
    where: str,
    status: int,
) -> None:
    """What may be a secret goes to the server that was asked, and not back to it from another."""
    session.headers.update(SECRETS)
    session.headers.update(HARMLESS)
    at = other if where == "another port" else server
    there = at.put("/there", redirect(server.url("/back"), status))
    if where != "another port":
        there = server.url("/there", host="localhost")
    if where == "written as if it were here":
        # requests asks localhost; other programs see the host behind the @.
        there = server.url(
            f"\\@{server.url('').removeprefix('http://')}/../there", host="localhost"
        )
    server.put("/again", redirect(there, status))
    server.put("/back", file(TEXT))
    url = server.put("/SDN.CSV", redirect("/again", status))
    try:
        get(session=session, policy=ONCE).one(url)
    except FetchError:
        assert where == "written as if it were here"  # there is nothing at such a path
    first, again, *others = [*server.requests, *other.requests]
    for asked in (first, again):
        assert SECRETS.items() <= {key.title(): v for key, v in asked.headers.items()}.items()
    assert others
    for asked in others:
        assert not {name.lower() for name in SECRETS} & set(asked.headers)
        assert HARMLESS.items() <= {key.title(): v for key, v in asked.headers.items()}.items()


class Recording(requests.adapters.HTTPAdapter):
    """Keeps what it was to send, and with which certificate; sends nothing over TLS."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[tuple[str, object, list[str]]] = []

    def send(self, request: requests.PreparedRequest, **named: object) -> requests.Response:
        names = [name.lower() for name in request.headers]
        self.sent.append((request.url, named["cert"], names))
        if request.url.startswith("https:"):
            raise requests.ConnectTimeout("/SDN.CSV?signature=1")
        return super().send(request, **named)


def test_a_certificate_of_yours_is_shown_to_one_server(
    server: FaultyServer, session: requests.Session, get: Get
) -> None:
    """It says who you are."""
    adapter = Recording()
    session.mount("http://", adapter)
    session.cert = __file__
    server.put("/there", redirect(server.url("/back")))
    server.put("/back", file(TEXT))
    server.put("/again", redirect(server.url("/there", host="localhost")))
    url = server.put("/SDN.CSV", redirect("/again"))
    get(session=session).one(url)
    assert [cert for _, cert, _ in adapter.sent] == [__file__, __file__, None, None]
    assert session.cert == __file__


def test_what_is_for_a_proxy_goes_to_proxies(
    server: FaultyServer, other: FaultyServer, session: requests.Session, get: Get
) -> None:
    """To whichever server they hand it on; and to no server that is asked without one."""
    session.headers["Proxy-Authorization"] = "Basic secret"
    server.put("/there", file(TEXT))
    url = server.put("/SDN.CSV", redirect(server.url("/there", host="localhost")))
    fetching = get(session=session, policy=ONCE)
    fetching.one(url)
    assert ["proxy-authorization" in one.headers for one in server.requests] == [False, False]

    other.put("/SDN.CSV", redirect("http://storage.example/there"))
    other.put("/there", file(TEXT))
    session.proxies["http"] = other.url("")
    fetching.one("http://lists.example/SDN.CSV")
    assert [one.headers["proxy-authorization"] for one in other.requests] == ["Basic secret"] * 2


@pytest.mark.parametrize(
    ("address", "proxy"),
    [
        ("https://lists.example/SDN.CSV", "http://proxy.example"),
        ("http://lists.example/SDN.CSV", "socks5h://proxy.example"),
    ],
    ids=["a tunnel", "SOCKS"],
)
def test_what_is_for_a_proxy_goes_through_none(
    session: requests.Session, get: Get, address: str, proxy: str
) -> None:
    """What is in a tunnel the proxy does not read: the server would get it."""

    class Silent(Recording):
        def send(self, request: requests.PreparedRequest, **named: object) -> requests.Response:
            request.url = request.url.replace("http:", "https:")
            return super().send(request, **named)

    adapter = Silent()
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    session.headers["Proxy-Authorization"] = "Basic secret"
    session.proxies = {"http": proxy, "https": proxy}
    get(session=session, policy=ONCE).fails(address)
    ((_, _, names),) = adapter.sent
    assert "user-agent" in names
    assert "proxy-authorization" not in names


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("http://a.example/x", "http://a.example/y?z", True),
        ("http://A.example", "http://a.example:80/", True),
        ("https://a.example:443/", "https://a.example/", True),
        ("http://a.example/", "https://a.example/", True),
        ("http://a.example:80/", "https://a.example:443/", True),
        ("http://reader:secret@a.example/", "http://a.example/", True),
        ("http://a.example:8080/", "https://a.example:8080/", False),
        ("http://a.example:8080/", "https://a.example/", False),
        ("http://a.example/", "https://a.example:8443/", False),
        ("http://a.example:443/", "https://a.example/", False),
        ("https://a.example/", "http://a.example/", False),
        ("https://a.example/", "http://a.example:443/", False),
        ("https://a.example/", "https://a.example:8443/", False),
        ("https://a.example/", "https://b.a.example/", False),
        ("https://a.example/", "https://a.example.b.example/", False),
        ("https://b.a.example/", "https://a.example/", False),
    ],
)
def test_which_server_is_the_same(one: str, other: str, is_same: bool) -> None:
    """Host and port; and http may become https."""
    assert is_same_server(one, other) is is_same


# ── what errors show ─────────────────────────────────────────────────────────────────────────────

KEY = "k7391"
ENDINGS = {
    "a loop": redirect(f"/there?key={KEY}"),
    "no address": redirect(f"ftp://lists.example/?key={KEY}"),
    "a host that is too long": redirect(f"http://{'a' * 300}/?key={KEY}"),
    "a label that is too long": redirect(f"http://{'a' * 64}.example/?key={KEY}"),
    "a host with a mark": redirect(f"http://*.example/?key={KEY}"),
    "a port that is none": redirect(f"http://localhost:99999/?key={KEY}"),
    "nobody there": redirect(f"http://localhost:1/?key={KEY}"),
    "a user": redirect(f"http://reader:{KEY}@localhost:1/"),
    "no TLS": redirect(f"https://localhost:1/?key={KEY}"),
    "closed": Answer(close=True),
    "reset": Answer(reset=True),
    "refused": Answer(status=403, body=b"no"),
    "not found": Answer(status=404),
    "busy": Answer(status=503),
    "cut": Answer(body=TEXT, cut=9),
    "cut by a reset": Answer(body=TEXT, cut=9, reset=True),
    "cut in chunks": Answer(body=TEXT, cut=9, chunked=True),
    "packing damaged": Answer(body=b"x", headers={"Content-Encoding": "gzip"}),
    "too large": Answer(body=TEXT, length=10**12),
    "a length of many digits": Answer(body=TEXT, headers={"Content-Length": "9" * 5000}),
    "two lengths": Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\nabcdef"),
    "a page": Answer(body=b"<html>no</html>"),
    "nothing": Answer(),
    "no HTTP": Answer(raw=b"what?\r\n\r\n"),
    "a cookie of the far future": Answer(
        body=b"1,2", headers={"Set-Cookie": f"a=b; Max-Age={'9' * 400}"}
    ),
}


@pytest.mark.parametrize("through_a_proxy", [False, True])
@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS)
def test_no_error_shows_a_signature(
    server: FaultyServer,
    session: requests.Session,
    get: Get,
    ending: Answer,
    through_a_proxy: bool,
) -> None:
    """Neither does any error that it came from, whatever shows it."""
    server.put("/there", ending)
    target = server.url(f"/there?key={KEY}", host="localhost")
    url = server.put("/SDN.CSV", redirect(target))
    if through_a_proxy:
        session.trust_env = False
        session.proxies = dict.fromkeys(("http", "https"), server.url(""))
    session.mount("http://", requests.adapters.HTTPAdapter(max_retries=Retry(1, backoff_factor=0)))
    fetching = get(session=session, policy=ONCE)
    address = f"{url}?key={KEY}"
    with pytest.raises(FetchError) as caught:
        fetching.one(address)
    shown = "".join(traceback.format_exception(caught.value))
    below: list[BaseException | None] = [caught.value]
    while below:
        one = below.pop()
        if one is not None:
            shown += f"{one!r} {one} {vars(one)} {one.args}"
            below += [one.__cause__, one.__context__]
    assert KEY not in shown
