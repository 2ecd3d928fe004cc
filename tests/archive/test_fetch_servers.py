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
from pathlib import Path

import attrs
import pytest
import requests
from faulty_server import HASTY, Answer, FaultyServer, file
from fetching import STEADY, TEXT, Fetching, sha256, zipped
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

FAULTS = {
    "408": Answer(status=408),
    "425": Answer(status=425),
    "429": Answer(status=429),
    "500": Answer(status=500, body=b"<html>oops</html>"),
    "502": Answer(status=502),
    "503": Answer(status=503),
    "504": Answer(status=504),
    "reset": Answer(reset=True),
    "closed": Answer(close=True),
    "cut": Answer(body=TEXT, cut=40_000),
    "cut at the start": Answer(body=TEXT, cut=0),
    "cut by a reset": Answer(body=TEXT, cut=40_000, reset=True),
    "cut in chunks": Answer(body=TEXT, chunked=True, cut=40_000),
    "cut and packed": Answer(body=TEXT, gzip=True, cut=100),
    "cut and packed in chunks": Answer(body=TEXT, gzip=True, chunked=True, cut=100),
    "packing too short": Answer(
        body=gzip.compress(TEXT)[:100], headers={"Content-Encoding": "gzip"}
    ),
    "packing damaged": Answer(body=b"no gzip at all", headers={"Content-Encoding": "gzip"}),
    "cut between two packings": Answer(
        body=gzip.compress(TEXT[:1000]) + gzip.compress(TEXT[1000:]),
        headers={"Content-Encoding": "gzip"},
        cut=len(gzip.compress(TEXT[:1000])),
    ),
    "too long a length": Answer(body=TEXT, length=len(TEXT) + 1),
    "hangs": Answer(hang=True),
    "hangs in the body": Answer(body=TEXT, cut=40_000, hang=True),
    "zip that is cut": Answer(body=zipped({"SDN.CSV": TEXT})[:-40]),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_after_a_fault_it_is_asked_again(
    server: FaultyServer, tmp_path: Path, fault: Answer
) -> None:
    """The file comes in whole at the next attempt, and the notes tell of the first."""
    url = server.put("/SDN.CSV", fault, file(TEXT))
    got = Fetching(folder=tmp_path, policy=HASTY if fault.hang else STEADY).one(url)
    assert (got.sha256, got.wire) == (sha256(TEXT), len(TEXT))
    (note,) = got.notes
    assert re.fullmatch(rf"{url}: .+ \(after \d+\.\d s\)", note)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("429", "429 Too Many Requests"),
        ("500", "500 Internal Server Error"),
        ("reset", "no connection to 127.0.0.1: Connection reset by peer"),
        ("closed", "no connection to 127.0.0.1: the server closed it without an answer"),
        ("cut", "the body ends after 40,000 of 82,001 bytes"),
        ("cut in chunks", "the body ends after 40,000 bytes"),
        ("too long a length", "the body ends after 82,001 of 82,002 bytes"),
        ("packing too short", "its packing ends too early, after 100 bytes"),
        ("packing damaged", "its packing is damaged near byte 14"),
        ("hangs", "no answer from 127.0.0.1 within 0.5 seconds"),
        ("hangs in the body", "the server fell silent after 40,000 bytes"),
        ("zip that is cut", "the zip is damaged: "),
    ],
)
def test_where_it_goes_on_an_error_tells_every_attempt(
    server: FaultyServer, tmp_path: Path, fault: str, told: str
) -> None:
    """Its words are the last fault; then each attempt with its seconds, at the address."""
    url = server.put("/SDN.CSV", FAULTS[fault])
    policy = attrs.evolve(HASTY if FAULTS[fault].hang else STEADY, attempts=2)
    error = Fetching(folder=tmp_path, policy=policy).fails(f"{url}?token=1")
    assert error.what.startswith(f"SDN.CSV cannot be fetched: {told}")
    assert re.search(
        rf"\(attempts: {url}: {re.escape(told)}.* \(after \d+\.\d, \d+\.\d s\)\)",
        error.what,
    )
    assert "token" not in str(error)
    assert len(server.asked("/SDN.CSV")) == 2
    assert pickle.loads(pickle.dumps(error)).what == error.what


def test_no_file_is_made_of_two(server: FaultyServer, tmp_path: Path) -> None:
    """The file changed between two attempts: each begins anew."""
    other = TEXT.replace(b"CUBA", b"IRAN")
    url = server.put("/SDN.CSV", Answer(body=TEXT, cut=40_000), file(other))
    assert Fetching(folder=tmp_path).content(url) == other
    assert all("range" not in request.headers for request in server.asked("/SDN.CSV"))


@pytest.mark.parametrize(
    ("raw", "told", "attempts"),
    [
        (b"what?\r\n\r\n", "no connection to 127.0.0.1: the server does not speak HTTP", 4),
        (
            b"HTTP/1.1 200 OK\r\n" + b"X: 1\r\n" * 1000 + b"\r\n",
            "no connection to 127.0.0.1: the server does not speak HTTP",
            4,
        ),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\nabcdef",
            "the answer makes no sense: InvalidHeader",
            1,
        ),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "the body ends after 0 bytes",
            4,
        ),
        (
            b"HTTP/1.1 302 Found\r\nLocation: http://" + b"a" * 300 + b"/\r\n\r\n",
            "its address is not valid (http://aaa",
            1,
        ),
    ],
    ids=["no status", "too many headers", "two lengths", "no chunk", "no host"],
)
def test_an_answer_that_makes_no_sense(
    server: FaultyServer, tmp_path: Path, raw: bytes, told: str, attempts: int
) -> None:
    """No error of the libraries below leaks out."""
    error = Fetching(folder=tmp_path).fails(server.put("/SDN.CSV", Answer(raw=raw)))
    assert told in error.what
    assert len(server.asked("/SDN.CSV")) == attempts


def test_headers_that_make_no_sense_are_kept(server: FaultyServer, tmp_path: Path) -> None:
    """Nothing is made of them here."""
    raw = b"HTTP/1.1 200\r\nETag: \xe9\r\nDate: now\r\nContent-Length: x\r\n\r\n1,2"
    got = Fetching(folder=tmp_path).one(server.put("/SDN.CSV", Answer(raw=raw)))
    assert (got.size, got.etag, got.date) == (3, "é", "now")


def test_a_burst_of_faults_is_sat_out(server: FaultyServer, tmp_path: Path) -> None:
    """Up to as many attempts as one has policy for."""
    url = server.put("/SDN.CSV", *[Answer(status=500)] * (HASTY.attempts - 1), file(TEXT))
    (note,) = Fetching(folder=tmp_path).one(url).notes
    times = r"\(after \d\.\d, \d\.\d, \d\.\d s\)"
    assert re.fullmatch(rf"{url}: 500 Internal Server Error {times}", note)


def test_nobody_listens(tmp_path: Path) -> None:
    """The system's words are told, and where to look."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/SDN.CSV"
        error = Fetching(folder=tmp_path).fails(url)
    assert "no connection to 127.0.0.1: Connection refused" in error.what
    assert "network" in error.hint


def test_an_adapter_of_yours_may_give_too_little(tmp_path: Path) -> None:
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

    with requests.Session() as session:
        session.mount("https://", Cache())
        error = Fetching(folder=tmp_path, session=session).fails("https://lists.example/SDN.CSV")
    assert "the body ends after 82,000 of 82,001 bytes" in error.what


def test_no_connection_in_time(tmp_path: Path) -> None:
    """A firewall that swallows everything."""

    class Swallowing(requests.adapters.HTTPAdapter):
        asked = 0

        def send(self, *_: object, **__: object) -> requests.Response:
            self.asked += 1
            raise requests.ConnectTimeout("/SDN.CSV?signature=1")

    with requests.Session() as session:
        adapter = Swallowing()
        session.mount("https://", adapter)
        fetching = Fetching(folder=tmp_path, session=session, policy=HASTY)
        error = fetching.fails("https://lists.example/SDN.CSV")
    assert "no connection to lists.example within 2 seconds" in error.what
    assert "signature" not in str(error)
    assert adapter.asked == HASTY.attempts


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/SDN.CSV", "http://", "http://[/x", "SDN.CSV"])
def test_what_is_no_address_is_not_asked(tmp_path: Path, url: str) -> None:
    """It is told that the catalog is at fault."""
    error = Fetching(folder=tmp_path).fails(url)
    assert "its address is not valid" in error.what
    assert "catalog" in error.hint


def test_a_proxy_that_is_not_there(tmp_path: Path) -> None:
    """The hint speaks of proxies."""
    with socket.socket() as taken, requests.Session() as session:
        taken.bind(("127.0.0.1", 0))
        session.proxies["http"] = f"http://127.0.0.1:{taken.getsockname()[1]}"
        fetching = Fetching(folder=tmp_path, session=session)
        error = fetching.fails("http://lists.example/SDN.CSV")
    assert "the proxy does not connect to lists.example" in error.what
    assert "HTTPS_PROXY" in error.hint


# ── waiting ──────────────────────────────────────────────────────────────────────────────────────


def test_each_pause_is_twice_the_last(
    server: FaultyServer, tmp_path: Path, waits: list[float]
) -> None:
    """And never quite the same, so that not all come back at once."""
    policy = attrs.evolve(STEADY, attempts=5, backoff=1.0)
    url = server.put("/SDN.CSV", Answer(status=500))
    for _ in range(3):
        Fetching(folder=tmp_path, policy=policy).fails(url)
    assert len(waits) == 12
    for pause, planned in zip(waits, (1, 2, 4, 8) * 3, strict=True):
        assert planned <= pause <= planned + 1
    assert len(set(waits)) == 12


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_may_say_when_to_come_back(
    server: FaultyServer, tmp_path: Path, waits: list[float], status: int
) -> None:
    """In seconds or as a date; it is waited for as long, and not shorter."""
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    url = server.put(
        "/SDN.CSV",
        Answer(status=status, headers={"Retry-After": "17"}),
        Answer(status=status, headers={"Retry-After": soon}),
        Answer(status=status, headers={"Retry-After": "whenever"}),
        file(TEXT),
    )
    policy = attrs.evolve(STEADY, longest_retry_after=60, total_timeout=100)
    assert Fetching(folder=tmp_path, policy=policy).content(url) == TEXT
    first, second, third = waits
    assert first == 17
    assert 17 < second <= 20
    assert third < 1


@pytest.mark.parametrize("as_date", [False, True])
def test_a_longer_wait_is_told(
    server: FaultyServer, tmp_path: Path, waits: list[float], as_date: bool
) -> None:
    """With the minute after which the server wants to be asked; it is not asked again."""
    due = datetime.now(UTC) + timedelta(hours=9)
    after = format_datetime(due, usegmt=True) if as_date else str(9 * 3600)
    url = server.put("/SDN.CSV", Answer(status=429, headers={"Retry-After": after}))
    error = Fetching(folder=tmp_path).fails(url)
    assert "429 Too Many Requests" in error.what
    told = re.search(r"no request before (\d{4}-\d\d-\d\d \d\d:\d\d) UTC", error.hint)
    assert told
    when = datetime.strptime(told[1], "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
    assert timedelta(0) <= when - due < timedelta(minutes=2)
    assert not waits
    assert len(server.asked("/SDN.CSV")) == 1


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0.0),
        (" 12 ", 12.0),
        ("", 0.0),
        ("-1", 0.0),
        ("1.5", 0.0),
        ("٣", 0.0),
        ("soon", 0.0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
        ("Thu, 01 Jan 1970 00:00:00", 0.0),
        ("Thu, 99 Foo 1970 00:00:00 GMT", 0.0),
        ("9" * 5000, 100 * 365 * 24 * 3600.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 100 * 365 * 24 * 3600.0),
    ],
)
def test_retry_after(header: str, seconds: float) -> None:
    """A number of seconds or a date, as RFC 9110 has it; else nothing."""
    assert retry_after(header) == seconds


def test_a_body_that_trickles_is_not_read_for_ever(server: FaultyServer, tmp_path: Path) -> None:
    """Each byte breaks the silence, and yet there is an end."""
    url = server.put("/SDN.CSV", Answer(body=TEXT, trickle=0.05))
    policy = attrs.evolve(STEADY, total_timeout=0.6)
    start = time.monotonic()
    error = Fetching(folder=tmp_path, policy=policy).fails(url)
    assert "it took longer than 0.6 seconds in all" in error.what
    assert time.monotonic() - start < 60  # it would take more than an hour


@pytest.mark.parametrize(
    "answer",
    [Answer(hang=True), Answer(body=TEXT, cut=100, hang=True)],
    ids=["before the answer", "in the body"],
)
def test_a_silence_ends_with_the_time(server: FaultyServer, tmp_path: Path, answer: Answer) -> None:
    """It is not waited for any longer than for the file."""
    url = server.put("/SDN.CSV", answer)
    policy = attrs.evolve(STEADY, total_timeout=0.4)
    error = Fetching(folder=tmp_path, policy=policy).fails(url)
    assert "it took longer than 0.4 seconds in all" in error.what


def test_a_slow_body_comes_in_whole(server: FaultyServer, tmp_path: Path) -> None:
    """Slow is no fault, and neither is a server that thinks before it answers."""
    url = server.put("/SDN.CSV", Answer(body=b"36,1\r\n", trickle=0.02, delay=0.2))
    assert Fetching(folder=tmp_path).content(url) == b"36,1\r\n"


def test_there_is_an_end_to_all_attempts_together(server: FaultyServer, tmp_path: Path) -> None:
    """No pause is begun that would not end in time."""
    url = server.put("/SDN.CSV", Answer(status=500))
    policy = attrs.evolve(STEADY, total_timeout=30, backoff=60)
    error = Fetching(folder=tmp_path, policy=policy).fails(url)
    assert "500 Internal Server Error" in error.what
    assert len(server.asked("/SDN.CSV")) == 1


# ── too much ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("answer", "received"),
    [
        (Answer(body=TEXT, length=10**12, cut=100, hang=True), 0),
        (Answer(body=b"1" * 3_000_000, chunked=True), 1_100_000),
        (Answer(body=b"1" * 3_000_000, gzip=True), 10**6),
        (
            Answer(body=gzip.compress(b"1" * 3_000_000) * 3, headers={"Content-Encoding": "gzip"}),
            10**6,
        ),
        (Answer(body=zipped({"SDN.CSV": b"1" * 3_000_000})), 10**6),
    ],
    ids=["stated", "in chunks", "bomb", "bombs", "zip bomb"],
)
def test_what_is_too_large_is_no_list(
    server: FaultyServer, tmp_path: Path, answer: Answer, received: int
) -> None:
    """It is not read to its end, nor asked for again."""
    seen = [0]
    url = server.put("/SDN.CSV", answer)
    error = Fetching(folder=tmp_path, progress=lambda done, _: seen.append(done)).fails(url)
    assert "too large to be a list" in error.what
    assert "1,000,000 are the most" in error.what
    assert seen[-1] <= received
    assert len(server.asked("/SDN.CSV")) == 1


def test_what_is_as_large_as_may_be(server: FaultyServer, tmp_path: Path) -> None:
    """The limit itself is no fault."""
    url = server.put("/SDN.CSV", file(TEXT))
    assert Fetching(folder=tmp_path, largest=len(TEXT)).content(url) == TEXT
    error_folder = tmp_path / "less"
    error_folder.mkdir()
    Fetching(folder=error_folder, largest=len(TEXT) - 1).fails(url)


def test_a_packing_that_nobody_asked_for(server: FaultyServer, tmp_path: Path) -> None:
    """We could not bound what it unpacks to."""
    url = server.put("/SDN.CSV", Answer(body=TEXT, headers={"Content-Encoding": "zstd"}))
    assert "packed it as 'zstd'" in Fetching(folder=tmp_path).fails(url).what
    assert server.asked("/SDN.CSV")[0].headers["accept-encoding"] == "gzip"


def test_several_gzip_members_are_one_body(server: FaultyServer, tmp_path: Path) -> None:
    """As RFC 1952 has it."""
    body = gzip.compress(TEXT[:1000]) + gzip.compress(TEXT[1000:])
    url = server.put("/SDN.CSV", Answer(body=body, headers={"Content-Encoding": "x-gzip"}))
    assert Fetching(folder=tmp_path).content(url) == TEXT


def test_a_length_that_is_too_short_is_seen_by_the_hash(
    server: FaultyServer, tmp_path: Path
) -> None:
    """To HTTP the body ends where the length says; the publisher's hash says otherwise."""
    url = server.put("/SDN.CSV", Answer(body=TEXT, length=40_000))
    stated = {"SDN.CSV": f"sha256:{sha256(TEXT)}"}
    error = Fetching(folder=tmp_path, stated=stated).fails(url)
    assert sha256(TEXT[:40_000]) in error.what


# ── words ────────────────────────────────────────────────────────────────────────────────────────


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


def test_the_policy_has_room_for_the_slowest_server() -> None:
    """The EU's server thinks for more than a minute before the first byte."""
    assert RetryPolicy().read_timeout > 60


@pytest.mark.parametrize("proxy", ["http:///of", "socks9://127.0.0.1:1", "127.0.0.1:port"])
def test_a_proxy_that_is_none(tmp_path: Path, proxy: str) -> None:
    """The address of the list is not to blame."""
    with requests.Session() as session:
        session.proxies["http"] = proxy
        error = Fetching(folder=tmp_path, session=session).fails("http://lists.example/SDN.CSV")
    assert "the address of the proxy is not valid" in error.what
    assert "HTTPS_PROXY" in error.hint


def test_an_adapter_of_yours_may_ask_again_itself(server: FaultyServer, tmp_path: Path) -> None:
    """What it says when it gives up is told."""
    url = server.put("/SDN.CSV", Answer(status=503))
    with requests.Session() as session:
        often = Retry(2, status_forcelist=[503], backoff_factor=0)
        session.mount("http://", requests.adapters.HTTPAdapter(max_retries=often))
        error = Fetching(folder=tmp_path, session=session, policy=HASTY).fails(url)
    assert "no file from 127.0.0.1: too many 503 error responses" in error.what
