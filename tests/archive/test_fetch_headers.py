"""fetch_file: headers and other text of a server with absurd content."""

from __future__ import annotations

from datetime import UTC, datetime

import attrs
import pytest
import requests
from faulty_server import Answer, FaultyServer, file, redirect
from fetching import STEADY, TEXT, Get
from quick import crossed
from requests.auth import HTTPDigestAuth

from sanctionslib.archive.content import content_length, http_date, validator
from sanctionslib.errors import FetchError

ONCE = attrs.evolve(STEADY, attempts=1)
MANY = "9" * 5000

NAMES = (
    *("Last-Modified", "Date", "ETag", "Expires", "Content-Length", "Content-Encoding"),
    *("Content-Range", "Content-Type", "Retry-After", "Set-Cookie", "WWW-Authenticate"),
    *("x-amz-checksum-sha256", "Transfer-Encoding", "Location", "Content-Disposition"),
)
VALUES = [
    MANY,
    "-" + MANY,
    "9" * 400,
    f"Fri, 10 Dec {MANY} 15:30:00 GMT",
    "Fri, 10 Dec 999999999999 15:30:00 GMT",
    f"Fri, 10 Dec 2021 {'9' * 20}:30:00 GMT",
    f"Fri, 10 Dec 2021 15:30:00 +{'9' * 20}",
    f"a=b; expires=Fri, 10-Dec-{MANY} 15:30:00 GMT",
    f"a=b; Max-Age={'9' * 400}",
    f"a=b; Version={MANY}; Port={MANY}",
    f"bytes 0-9/{MANY}",
    "Digest realm",
    'Digest realm="a"',
    'Digest realm="a", nonce="b", algorithm=c',
    'Digest realm="a", nonce="b", qop="c"',
    "a\r\n b",
    "\xff\xfe",
    "\x01\x7f\x1b[2J",
    "=,;:",
    "A" * 4000,
]


def check_printable(error: FetchError) -> None:
    """It is short, and steers no terminal."""
    assert str(error).replace("\n", "").isprintable()
    assert len(str(error)) < 2000


@pytest.mark.parametrize(
    ("value", "status"), crossed(VALUES, [200, 302, 401, 503]), ids=lambda one: repr(one)[:40]
)
def test_no_header_is_an_error_of_another_library(
    server: FaultyServer, get: Get, session: requests.Session, value: str, status: int
) -> None:
    """The file comes, or a short FetchError that can be printed; the next request can be sent, too."""
    session.auth = HTTPDigestAuth("reader", "secret")
    once = get(session=session, policy=ONCE)
    for name in NAMES:
        headers = {"Location": "/other", name: value} if status == 302 else {name: value}
        url = server.put("/SDN.CSV", Answer(status=status, body=b"1,2", headers=headers))
        try:
            got = once.one(url)
            once(known=(url, got.etag, got.last_modified)).one(url)
        except FetchError as error:
            check_printable(error)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (MANY, "too large to be a list: 9,999,999,999,999,999,999 bytes or more"),
        ("9" * 4000, "too large to be a list: 9,999,999,999,999,999,999 bytes or more"),
        ("0" * 5000 + "4", "the body ends after 3 of 4 bytes"),
    ],
    ids=["5000 digits", "4000 digits", "many zeros"],
)
def test_a_length_of_many_digits(
    server: FaultyServer, get: Get, stated: str, expected: str
) -> None:
    """It is a number like any other, and the error shows one that can be read."""
    url = server.put("/SDN.CSV", Answer(body=b"1,2", headers={"Content-Length": stated}))
    assert expected in get(policy=ONCE).fails(url).what


@pytest.mark.parametrize("header", ["ETag", "Last-Modified"])
@pytest.mark.parametrize("value", ["a\x01b", "x" * 1001], ids=["control", "long"])
def test_what_cannot_be_sent_back_is_not_stated(
    server: FaultyServer, get: Get, header: str, value: str
) -> None:
    """Else the list could never be asked for again."""
    got = get.one(server.put("/SDN.CSV", Answer(body=b"1,2", headers={header: value})))
    assert (got.etag, got.last_modified) == ("", "")


def test_what_is_known_and_cannot_be_sent_is_not_sent(server: FaultyServer, get: Get) -> None:
    """An earlier version may have kept it, or a person have changed the file."""
    url = server.put("/SDN.CSV", file(TEXT))
    assert get(known=(url, "€", "a\r\n b")).content(url) == TEXT
    assert not {"if-none-match", "if-modified-since"} & set(server.asked("/SDN.CSV")[0].headers)


@pytest.mark.parametrize("status", [b"503", b"404", b"403", b"418"])
def test_the_words_beside_a_status_are_short_and_steer_no_terminal(
    server: FaultyServer, get: Get, status: bytes
) -> None:
    """They are the server's."""
    raw = b"HTTP/1.1 " + status + b" Gone \x1b[2J\x07 home " + b"x" * 5000 + b"\r\n\r\n"
    url = server.put("/SDN.CSV", Answer(raw=raw))
    with pytest.raises(FetchError, match=r"Gone \[2J home xxx") as caught:
        get(policy=ONCE).one(url)
    check_printable(caught.value)


def test_the_address_of_a_redirect_is_short_and_steers_no_terminal(
    server: FaultyServer, get: Get
) -> None:
    """It is the server's, too."""
    error = get.fails(server.put("/SDN.CSV", redirect(f"/\xc2\x9b2J{'x' * 5000}")))
    assert "404 Not Found from http" in error.what
    check_printable(error)


@pytest.mark.parametrize("through_a_proxy", [False, True])
@pytest.mark.parametrize("host", ["a" * 300, "a" * 64 + ".example", "a..b", "\u0430" * 64, "a\0b"])
def test_a_host_that_cannot_be_one_is_not_looked_for(
    server: FaultyServer, get: Get, session: requests.Session, host: str, through_a_proxy: bool
) -> None:
    """Neither here nor by a proxy; the error has our words, and not the query."""
    if through_a_proxy:
        session.proxies["https"] = server.url("")
    error = get(session=session).fails(f"https://{host}/SDN.CSV?token=secret")
    assert "its address is not valid" in error.what
    assert not server.requests


@pytest.mark.parametrize(
    ("header", "length"),
    [
        *((header, None) for header in ("", "+5", "-5", "1_0", "5, 5", "²")),
        ("000", 0),
        ("82001", 82001),
        ("9" * 18, 10**18 - 1),
        ("0" * 5000 + "5", 5),
    ],
)
def test_lengths(header: str, length: int | None) -> None:
    """Digits and nothing else."""
    assert content_length(header) == length


@pytest.mark.parametrize(
    ("header", "moment"),
    [
        ("Fri, 10 Dec 2021 15:30:00 GMT", datetime(2021, 12, 10, 15, 30, tzinfo=UTC)),
        ("Fri, 10 Dec 2021 15:30:00 -0000", datetime(2021, 12, 10, 15, 30, tzinfo=UTC)),
        *((header, None) for header in ("", ",", *VALUES[3:7])),
    ],
    ids=lambda one: repr(one)[:40],
)
def test_dates(header: str, moment: datetime | None) -> None:
    """What is none, or none that we can count with, is none."""
    assert http_date(header) == moment


@pytest.mark.parametrize("value", ['"abc"', 'W/"a b"', '"Ã©"', "Fri, 10 Dec 2021 15:30:00 GMT"])
def test_validators_are_kept_verbatim(value: str) -> None:
    """To the server they are what it said."""
    assert validator(value) == value
