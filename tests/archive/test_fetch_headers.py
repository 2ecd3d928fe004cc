"""fetch_file: headers and other text of a server with absurd content."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import attrs
import pytest
import requests
from faulty_server import Answer, FaultyServer, file, redirect
from fetching import STEADY, TEXT, Fetching
from quick import crossed
from requests.auth import HTTPDigestAuth

from sanctionslib.archive.content import content_length, http_date, validator
from sanctionslib.errors import FetchError

ONCE = attrs.evolve(STEADY, attempts=1)
MANY = "9" * 5000


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


@pytest.mark.parametrize(
    ("value", "status"), crossed(VALUES, [200, 302, 401, 503]), ids=lambda one: repr(one)[:40]
)
def test_no_header_is_an_error_of_another_library(
    server: FaultyServer, tmp_path: Path, value: str, status: int
) -> None:
    """The file comes, or a short FetchError that can be printed; the next request can be sent, too."""
    named = (
        *("Last-Modified", "Date", "ETag", "Expires", "Content-Length", "Content-Encoding"),
        *("Content-Range", "Content-Type", "Retry-After", "Set-Cookie", "WWW-Authenticate"),
        *("x-amz-checksum-sha256", "Transfer-Encoding", "Location", "Content-Disposition"),
    )
    with requests.Session() as session:
        session.auth = HTTPDigestAuth("reader", "secret")
        for name in named:
            headers = {"Location": "/other", name: value} if status == 302 else {name: value}
            url = server.put("/SDN.CSV", Answer(status=status, body=b"1,2", headers=headers))
            fetching = Fetching(folder=tmp_path, session=session, policy=ONCE)
            told = ""
            try:
                got = fetching.one(url)
                got.path.unlink()
                known = (url, got.etag, got.last_modified)
                attrs.evolve(fetching, known=known).one(url).path.unlink()
            except FetchError as error:
                told = str(error)
            assert told.replace("\n", "").isprintable()
            assert len(told) < 2000


@pytest.mark.parametrize("stated", [MANY, "9" * 4000], ids=["5000 digits", "4000 digits"])
def test_a_length_that_no_file_has(server: FaultyServer, tmp_path: Path, stated: str) -> None:
    """It is too large to be a list, in a number that can be read."""
    url = server.put("/SDN.CSV", Answer(body=TEXT, headers={"Content-Length": stated}))
    error = Fetching(folder=tmp_path).fails(url)
    assert "too large to be a list: 9,999,999,999,999,999,999 bytes or more" in error.what


def test_a_length_with_many_zeros_is_compared(server: FaultyServer, tmp_path: Path) -> None:
    """It is a number like any other."""
    url = server.put("/SDN.CSV", Answer(body=b"1,2", headers={"Content-Length": "0" * 5000 + "4"}))
    error = Fetching(folder=tmp_path, policy=ONCE).fails(url)
    assert "the body ends after 3 of 4 bytes" in error.what


@pytest.mark.parametrize("header", ["ETag", "Last-Modified"])
@pytest.mark.parametrize("value", ["a\x01b", "x" * 1001], ids=["control", "long"])
def test_what_cannot_be_sent_back_is_not_stated(
    server: FaultyServer, tmp_path: Path, header: str, value: str
) -> None:
    """Else the list could never be asked for again."""
    url = server.put("/SDN.CSV", Answer(body=b"1,2", headers={header: value}))
    got = Fetching(folder=tmp_path).one(url)
    assert (got.etag, got.last_modified) == ("", "")


def test_what_is_known_and_cannot_be_sent_is_not_sent(server: FaultyServer, tmp_path: Path) -> None:
    """An earlier version may have kept it, or a person have changed the file."""
    url = server.put("/SDN.CSV", file(TEXT))
    fetching = Fetching(folder=tmp_path, known=(url, "€", "a\r\n b"))
    assert fetching.content(url) == TEXT
    assert not {"if-none-match", "if-modified-since"} & set(server.asked("/SDN.CSV")[0].headers)


@pytest.mark.parametrize("status", [b"503", b"404", b"403", b"418"])
def test_the_words_beside_a_status_are_short_and_steer_no_terminal(
    server: FaultyServer, tmp_path: Path, status: bytes
) -> None:
    """They are the server's."""
    raw = b"HTTP/1.1 " + status + b" Gone \x1b[2J\x07 home " + b"x" * 5000 + b"\r\n\r\n"
    url = server.put("/SDN.CSV", Answer(raw=raw))
    with pytest.raises(FetchError, match=r"Gone \[2J home xxx") as caught:
        Fetching(folder=tmp_path, policy=ONCE).one(url)
    assert "\x1b" not in str(caught.value)
    assert len(str(caught.value)) < 2000


def test_the_address_of_a_redirect_is_short_and_steers_no_terminal(
    server: FaultyServer, tmp_path: Path
) -> None:
    """It is the server's, too."""
    url = server.put("/SDN.CSV", redirect(f"/\xc2\x9b2J{'x' * 5000}"))
    error = Fetching(folder=tmp_path).fails(url)
    assert "404 Not Found from http" in error.what
    assert str(error).replace("\n", "").isprintable()
    assert len(str(error)) < 2000


@pytest.mark.parametrize("through_a_proxy", [False, True])
@pytest.mark.parametrize("host", ["a" * 300, "a" * 64 + ".example", "a..b", "\u0430" * 64, "a\0b"])
def test_a_host_that_cannot_be_one_is_not_looked_for(
    server: FaultyServer, tmp_path: Path, host: str, through_a_proxy: bool
) -> None:
    """Neither here nor by a proxy; it is told in our words, without the query."""
    with requests.Session() as session:
        if through_a_proxy:
            session.proxies["https"] = server.url("")
        fetching = Fetching(folder=tmp_path, session=session)
        error = fetching.fails(f"https://{host}/SDN.CSV?token=secret")
    assert "its address is not valid" in error.what
    assert not server.requests


@pytest.mark.parametrize(
    ("header", "length"),
    [
        ("0", 0),
        ("000", 0),
        ("82001", 82001),
        ("", None),
        ("+5", None),
        ("-5", None),
        ("1_0", None),
        ("5, 5", None),
        ("²", None),
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
        ("", None),
        (",", None),
        ("Fri, 10 Dec 999999999999 15:30:00 GMT", None),
        (f"Fri, 10 Dec 2021 {'9' * 20}:30:00 GMT", None),
        (f"Fri, 10 Dec {MANY} 15:30:00 GMT", None),
        (f"Fri, 10 Dec 2021 15:30:00 +{'9' * 20}", None),
    ],
)
def test_dates(header: str, moment: datetime | None) -> None:
    """What is none, or none that we can count with, is none."""
    assert http_date(header) == moment


@pytest.mark.parametrize("value", ['"abc"', 'W/"a b"', '"Ã©"', "Fri, 10 Dec 2021 15:30:00 GMT"])
def test_validators_are_kept_verbatim(value: str) -> None:
    """To the server they are what it said."""
    assert validator(value) == value
