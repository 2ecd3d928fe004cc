"""fetch_file: servers that fail, stall, or send too much."""

from __future__ import annotations

import gzip
import io
import pickle
import re
import socket
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import attrs
import pytest
import requests
from faulty_server import HASTY, Answer, FaultyServer, file
from fetching import STEADY, TEXT, Get, sha256, zipped
from urllib3 import HTTPResponse
from urllib3.util import Retry

from sanctionslib.archive._attempts import RetryPolicy, without_query
from sanctionslib.archive.content import retry_after


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that are made, which take no time."""
    made: list[float] = []
    monkeypatch.setattr("sanctionslib.archive._http.sleep", made.append)
    return made


# ── once more ────────────────────────────────────────────────────────────────────────────────────

PACKED = {"Content-Encoding": "gzip"}
TWICE = [gzip.compress(TEXT[:1000]), gzip.compress(TEXT[1000:])]
FAULTS = {
    "408": (Answer(status=408), "408 Request Timeout"),
    "425": (Answer(status=425), "425 Too Early"),
    "429": (Answer(status=429), "429 Too Many Requests"),
    "500": (Answer(status=500, body=b"<html>oops</html>"), "500 Internal Server Error"),
    "502": (Answer(status=502), "502 Bad Gateway"),
    "503": (Answer(status=503), "503 Service Unavailable"),
    "504": (Answer(status=504), "504 Gateway Timeout"),
    "reset": (Answer(reset=True), "no connection to 127.0.0.1: Connection reset by peer"),
    "closed": (
        Answer(close=True),
        "no connection to 127.0.0.1: the server closed it without an answer",
    ),
    "cut": (Answer(body=TEXT, cut=40_000), "the body ends after 40,000 of 82,001 bytes"),
    "cut at the start": (Answer(body=TEXT, cut=0), "the body ends after 0 of 82,001 bytes"),
    "cut by a reset": (Answer(body=TEXT, cut=40_000, reset=True), "the body ends after "),
    "cut in chunks": (
        Answer(body=TEXT, chunked=True, cut=40_000),
        "the body ends after 40,000 bytes",
    ),
    "cut and packed": (Answer(body=TEXT, gzip=True, cut=100), "the body ends after 100 of "),
    "cut and packed in chunks": (
        Answer(body=TEXT, gzip=True, chunked=True, cut=100),
        "the body ends after 100 bytes",
    ),
    "packing too short": (
        Answer(body=gzip.compress(TEXT)[:100], headers=PACKED),
        "its packing ends too early, after 100 bytes",
    ),
    "packing damaged": (
        Answer(body=b"no gzip at all", headers=PACKED),
        "its packing is damaged near byte 14",
    ),
    "cut between two packings": (
        Answer(body=b"".join(TWICE), headers=PACKED, cut=len(TWICE[0])),
        "the body ends after ",
    ),
    "too long a length": (
        Answer(body=TEXT, length=len(TEXT) + 1),
        "the body ends after 82,001 of 82,002 bytes",
    ),
    "hangs": (Answer(hang=True), "no answer from 127.0.0.1 within 0.5 seconds"),
    "hangs in the body": (
        Answer(body=TEXT, cut=40_000, hang=True),
        "the server fell silent after 40,000 bytes",
    ),
    "zip that is cut": (Answer(body=zipped({"SDN.CSV": TEXT})[:-40]), "the zip is damaged: "),
}


@pytest.mark.parametrize(("fault", "expected"), FAULTS.values(), ids=FAULTS)
def test_after_a_fault_it_is_asked_again(
    server: FaultyServer, get: Get, fault: Answer, expected: str
) -> None:
    """The file comes in whole at the next attempt, and the notes tell of the first."""
    url = server.put("/SDN.CSV", fault, file(TEXT))
    got = get(policy=HASTY if fault.hang else STEADY).one(url)
    assert (got.sha256, got.wire) == (sha256(TEXT), len(TEXT))
    (note,) = got.notes
    assert re.fullmatch(rf"{url}: {re.escape(expected)}.* \(after \d+\.\d s\)", note)


@pytest.mark.parametrize("name", ["429", "closed", "cut", "hangs", "zip that is cut"])
def test_where_it_goes_on_an_error_names_every_attempt(
    server: FaultyServer, get: Get, name: str
) -> None:
    """Its words are the last fault; then each attempt with its seconds, at the address."""
    fault, expected = FAULTS[name]
    url = server.put("/SDN.CSV", fault)
    policy = attrs.evolve(HASTY if fault.hang else STEADY, attempts=2)
    error = get(policy=policy).fails(f"{url}?token=1")
    assert error.what.startswith(f"SDN.CSV cannot be fetched: {expected}")
    attempts = rf"\(attempts: {url}: {re.escape(expected)}.* \(after \d+\.\d, \d+\.\d s\)\)"
    assert re.search(attempts, error.what)
    assert "token" not in str(error)
    assert len(server.asked("/SDN.CSV")) == 2
    assert pickle.loads(pickle.dumps(error)).what == error.what


def test_no_file_is_made_of_two(server: FaultyServer, get: Get) -> None:
    """The file changed between two attempts: each begins anew."""
    other = TEXT.replace(b"CUBA", b"IRAN")
    url = server.put("/SDN.CSV", Answer(body=TEXT, cut=40_000), file(other))
    assert get.content(url) == other
    assert all("range" not in request.headers for request in server.asked("/SDN.CSV"))


OK = b"HTTP/1.1 200 OK\r\n"
NO_HTTP = "no connection to 127.0.0.1: the server does not speak HTTP"


@pytest.mark.parametrize(
    ("raw", "expected", "attempts"),
    [
        (b"what?\r\n\r\n", NO_HTTP, 4),
        (OK + b"X: 1\r\n" * 1000 + b"\r\n", NO_HTTP, 4),
        (
            OK + b"Content-Length: 5, 6\r\n\r\nabcdef",
            "the answer makes no sense: InvalidHeader",
            1,
        ),
        (OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", "the body ends after 0 bytes", 4),
        (
            b"HTTP/1.1 302 Found\r\nLocation: http://" + b"a" * 300 + b"/\r\n\r\n",
            "its address is not valid (http://aaa",
            1,
        ),
    ],
    ids=["no status", "too many headers", "two lengths", "no chunk", "no host"],
)
def test_an_answer_that_makes_no_sense(
    server: FaultyServer, get: Get, raw: bytes, expected: str, attempts: int
) -> None:
    """No error of the libraries below leaks out."""
    assert expected in get.fails(server.put("/SDN.CSV", Answer(raw=raw))).what
    assert len(server.asked("/SDN.CSV")) == attempts


def test_headers_that_make_no_sense_are_kept(server: FaultyServer, get: Get) -> None:
    """Nothing is made of them here."""
    raw = b"HTTP/1.1 200\r\nETag: \xe9\r\nDate: now\r\nContent-Length: x\r\n\r\n1,2"
    got = get.one(server.put("/SDN.CSV", Answer(raw=raw)))
    assert (got.size, got.etag, got.date) == (3, "é", "now")


def test_a_burst_of_faults_is_sat_out(server: FaultyServer, get: Get) -> None:
    """Up to as many attempts as the policy allows."""
    url = server.put("/SDN.CSV", *[Answer(status=500)] * (STEADY.attempts - 1), file(TEXT))
    (note,) = get.one(url).notes
    times = r"\(after \d\.\d, \d\.\d, \d\.\d s\)"
    assert re.fullmatch(rf"{url}: 500 Internal Server Error {times}", note)


@pytest.mark.parametrize("is_proxy", [False, True])
def test_nobody_listens(get: Get, session: requests.Session, is_proxy: bool) -> None:
    """The error has the words of the system, and says where to look."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/SDN.CSV"
        if is_proxy:
            session.proxies["http"], url = url, "http://lists.example/SDN.CSV"
        error = get(session=session).fails(url)
    if is_proxy:
        assert "the proxy does not connect to lists.example" in error.what
        assert "HTTPS_PROXY" in error.hint
    else:
        assert "no connection to 127.0.0.1: Connection refused" in error.what
        assert "network" in error.hint


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/SDN.CSV", "http://", "http://[/x", "SDN.CSV"])
def test_what_is_no_address_is_not_asked(get: Get, url: str) -> None:
    """The error says that the catalog is at fault."""
    error = get.fails(url)
    assert "its address is not valid" in error.what
    assert "catalog" in error.hint


@pytest.mark.parametrize("proxy", ["http:///of", "socks9://127.0.0.1:1", "127.0.0.1:port"])
def test_a_proxy_that_is_none(get: Get, session: requests.Session, proxy: str) -> None:
    """The address of the list is not to blame."""
    session.proxies["http"] = proxy
    error = get(session=session).fails("http://lists.example/SDN.CSV")
    assert "the address of the proxy is not valid" in error.what
    assert "HTTPS_PROXY" in error.hint


# ── adapters of the caller's ─────────────────────────────────────────────────────────────────────


def test_an_adapter_of_yours_may_give_too_little(get: Get, session: requests.Session) -> None:
    """The length is compared here, whoever else does so."""

    class Cache(requests.adapters.HTTPAdapter):
        def send(self, request: requests.PreparedRequest, **_: object) -> requests.Response:
            kept = HTTPResponse(
                io.BytesIO(TEXT[:-1]),
                headers={"Content-Length": str(len(TEXT))},
                status=200,
                preload_content=False,
                enforce_content_length=False,
            )
            return self.build_response(request, kept)

    session.mount("https://", Cache())
    error = get(session=session).fails("https://lists.example/SDN.CSV")
    assert "the body ends after 82,000 of 82,001 bytes" in error.what


def test_no_connection_in_time(get: Get, session: requests.Session) -> None:
    """A firewall that swallows everything."""

    class Swallowing(requests.adapters.HTTPAdapter):
        asked = 0

        def send(self, *_: object, **__: object) -> requests.Response:
            self.asked += 1
            raise requests.ConnectTimeout("/SDN.CSV?signature=1")

    adapter = Swallowing()
    session.mount("https://", adapter)
    error = get(session=session, policy=HASTY).fails("https://lists.example/SDN.CSV")
    assert "no connection to lists.example within 2 seconds" in error.what
    assert "signature" not in str(error)
    assert adapter.asked == HASTY.attempts


def test_an_adapter_of_yours_may_ask_again_itself(
    server: FaultyServer, get: Get, session: requests.Session
) -> None:
    """The error has what it says when it gives up."""
    url = server.put("/SDN.CSV", Answer(status=503))
    often = Retry(2, status_forcelist=[503], backoff_factor=0)
    session.mount("http://", requests.adapters.HTTPAdapter(max_retries=often))
    error = get(session=session, policy=HASTY).fails(url)
    assert "no file from 127.0.0.1: too many 503 error responses" in error.what


# ── waiting ──────────────────────────────────────────────────────────────────────────────────────


def test_each_pause_is_twice_the_last(server: FaultyServer, get: Get, waits: list[float]) -> None:
    """And never quite the same, so that not all come back at once."""
    policy = attrs.evolve(STEADY, attempts=5, backoff=1.0)
    url = server.put("/SDN.CSV", Answer(status=500))
    for _ in range(3):
        get(policy=policy).fails(url)
    assert len(waits) == 12
    for pause, planned in zip(waits, (1, 2, 4, 8) * 3, strict=True):
        assert planned <= pause <= planned + 1
    assert len(set(waits)) == 12


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_may_say_when_to_come_back(
    server: FaultyServer, get: Get, waits: list[float], status: int
) -> None:
    """In seconds or as a date; it is waited for as long, and not shorter."""
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    answers = [
        Answer(status=status, headers={"Retry-After": when}) for when in ("17", soon, "whenever")
    ]
    url = server.put("/SDN.CSV", *answers, file(TEXT))
    policy = attrs.evolve(STEADY, longest_retry_after=60, total_timeout=100)
    assert get(policy=policy).content(url) == TEXT
    first, second, third = waits
    assert first == 17
    assert 17 < second <= 20
    assert third < 1


@pytest.mark.parametrize("as_date", [False, True])
def test_a_longer_wait_is_said(
    server: FaultyServer, get: Get, waits: list[float], as_date: bool
) -> None:
    """With the minute after which the server wants to be asked; it is not asked again."""
    due = datetime.now(UTC) + timedelta(hours=9)
    after = format_datetime(due, usegmt=True) if as_date else str(9 * 3600)
    error = get.fails(server.put("/SDN.CSV", Answer(status=429, headers={"Retry-After": after})))
    assert "429 Too Many Requests" in error.what
    expected = re.search(r"no request before (\d{4}-\d\d-\d\d \d\d:\d\d) UTC", error.hint)
    assert expected
    when = datetime.strptime(expected[1], "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
    assert timedelta(0) <= when - due < timedelta(minutes=2)
    assert not waits
    assert len(server.asked("/SDN.CSV")) == 1


CENTURY = 100 * 365 * 24 * 3600.0


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        *((header, 0.0) for header in ("0", "", "-1", "1.5", "٣", "soon")),
        (" 12 ", 12.0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
        ("Thu, 01 Jan 1970 00:00:00", 0.0),
        ("Thu, 99 Foo 1970 00:00:00 GMT", 0.0),
        ("9" * 5000, CENTURY),
        ("Fri, 31 Dec 9999 23:59:59 GMT", CENTURY),
    ],
)
def test_retry_after(header: str, seconds: float) -> None:
    """A number of seconds or a date, as RFC 9110 has it; else nothing."""
    assert retry_after(header) == seconds


@pytest.mark.parametrize(
    "answer",
    [Answer(hang=True), Answer(body=TEXT, cut=100, hang=True), Answer(body=TEXT, trickle=0.05)],
    ids=["before the answer", "in the body", "a byte now and then"],
)
def test_a_silence_ends_with_the_time(server: FaultyServer, get: Get, answer: Answer) -> None:
    """It is not waited for any longer than for the file; to trickle would take more than an hour."""
    policy = attrs.evolve(STEADY, total_timeout=0.4)
    start = time.monotonic()
    error = get(policy=policy).fails(server.put("/SDN.CSV", answer))
    assert "it took longer than 0.4 seconds in all" in error.what
    assert time.monotonic() - start < 60


def test_a_slow_body_comes_in_whole(server: FaultyServer, get: Get) -> None:
    """Slow is no fault, and neither is a server that thinks before it answers."""
    url = server.put("/SDN.CSV", Answer(body=b"36,1\r\n", trickle=0.02, delay=0.2))
    assert get.content(url) == b"36,1\r\n"


def test_there_is_an_end_to_all_attempts_together(server: FaultyServer, get: Get) -> None:
    """No pause is begun that would not end in time."""
    url = server.put("/SDN.CSV", Answer(status=500))
    policy = attrs.evolve(STEADY, total_timeout=30, backoff=60)
    assert "500 Internal Server Error" in get(policy=policy).fails(url).what
    assert len(server.asked("/SDN.CSV")) == 1


def test_the_policy_has_room_for_the_slowest_server() -> None:
    """The EU's server thinks for more than a minute before the first byte."""
    assert RetryPolicy().read_timeout > 60


# ── too much ─────────────────────────────────────────────────────────────────────────────────────

BOMB = b"1" * 3_000_000


@pytest.mark.parametrize(
    ("answer", "received"),
    [
        (Answer(body=TEXT, length=10**12, cut=100, hang=True), 0),
        (Answer(body=BOMB, chunked=True), 1_100_000),
        (Answer(body=BOMB, gzip=True), 10**6),
        (Answer(body=gzip.compress(BOMB) * 3, headers=PACKED), 10**6),
        (Answer(body=zipped({"SDN.CSV": BOMB})), 10**6),
    ],
    ids=["stated", "in chunks", "bomb", "bombs", "zip bomb"],
)
def test_what_is_too_large_is_no_list(
    server: FaultyServer, get: Get, answer: Answer, received: int
) -> None:
    """It is not read to its end, nor asked for again."""
    seen = [0]
    url = server.put("/SDN.CSV", answer)
    error = get(progress=lambda done, _: seen.append(done)).fails(url)
    assert "too large to be a list" in error.what
    assert "1,000,000 are the most" in error.what
    assert seen[-1] <= received
    assert len(server.asked("/SDN.CSV")) == 1


def test_what_is_as_large_as_may_be(server: FaultyServer, get: Get) -> None:
    """The limit itself is no fault."""
    url = server.put("/SDN.CSV", file(TEXT))
    assert get(largest=len(TEXT)).content(url) == TEXT
    get(largest=len(TEXT) - 1).fails(url)


def test_a_packing_that_nobody_asked_for(server: FaultyServer, get: Get) -> None:
    """We could not bound what it unpacks to."""
    url = server.put("/SDN.CSV", Answer(body=TEXT, headers={"Content-Encoding": "zstd"}))
    assert "packed it as 'zstd'" in get.fails(url).what
    assert server.asked("/SDN.CSV")[0].headers["accept-encoding"] == "gzip"


def test_several_gzip_members_are_one_body(server: FaultyServer, get: Get) -> None:
    """As RFC 1952 has it."""
    answer = Answer(body=b"".join(TWICE), headers={"Content-Encoding": "x-gzip"})
    assert get.content(server.put("/SDN.CSV", answer)) == TEXT


def test_a_length_that_is_too_short_is_seen_by_the_hash(server: FaultyServer, get: Get) -> None:
    """To HTTP the body ends where the length says; the publisher's hash says otherwise."""
    url = server.put("/SDN.CSV", Answer(body=TEXT, length=40_000))
    error = get(stated={"SDN.CSV": f"sha256:{sha256(TEXT)}"}).fails(url)
    assert sha256(TEXT[:40_000]) in error.what


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("https://a.example/b/c.csv?token=1#d", "https://a.example/b/c.csv"),
        ("https://reader:secret@a.example:8443/b", "https://a.example:8443/b"),
        ("http://[::1]:80/b", "http://[::1]:80/b"),
        ("http://reader:secret@a.example:port/b", "an address without a host"),
    ],
)
def test_an_address_is_shown_without_secrets(url: str, text: str) -> None:
    """Neither user nor query."""
    assert without_query(url) == text
