"""fetch_file: where a server points, and whether it is who it says it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest
import requests
from faulty_server import Answer, FaultyServer, Tls, file, redirect
from fetching import STEADY, TEXT, XML, Get, sha256
from requests.auth import HTTPDigestAuth

ONCE = attrs.evolve(STEADY, attempts=1)


@pytest.fixture
def secure() -> Iterator[FaultyServer]:
    with FaultyServer(tls="good") as running:
        yield running


@pytest.fixture
def trusting(secure: FaultyServer) -> Iterator[requests.Session]:
    """A session that trusts the certificate of the secure server."""
    with secure.session() as session:
        yield session


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(server: FaultyServer, get: Get, status: int) -> None:
    """From path to path and host to host; what is kept is the address that was asked."""
    server.put("/storage", file(TEXT))
    server.put("/b", redirect(server.url("/storage?X-Amz-Signature=1", host="localhost"), status))
    url = server.put("/SDN.CSV", redirect("b?c=d", status))
    got = get.one(url)
    assert (got.sha256, got.url, got.etag) == (sha256(TEXT), url, file(TEXT).etag)
    assert server.asked("/storage")[0].path == "/storage?X-Amz-Signature=1"
    assert "Signature" not in repr(got)


def test_a_loop_of_redirects_has_an_end(server: FaultyServer, get: Get) -> None:
    """It is no fault that passes."""
    server.put("/b", redirect("/SDN.CSV?signature=1"))
    error = get.fails(server.put("/SDN.CSV", redirect("/b?signature=2")))
    assert "it redirects more than 10 times, last to http" in error.what
    assert "signature" not in str(error)
    assert len(server.requests) == 11


def test_ten_redirects_are_followed(server: FaultyServer, get: Get) -> None:
    """The limit itself is no fault."""
    for at in range(10):
        server.put(f"/{at}", redirect(f"/{at + 1}"))
    server.put("/10", file(TEXT))
    assert get.content(server.url("/0")) == TEXT


@pytest.mark.parametrize(
    "target",
    ["ftp://127.0.0.1/x", "https:///x", "http://[", "http://a:99999/", "file:///etc/passwd"],
)
def test_a_redirect_to_no_address(server: FaultyServer, get: Get, target: str) -> None:
    """It is not followed."""
    error = get.fails(server.put("/SDN.CSV", redirect(target)))
    assert "it redirects to what is no address" in error.what


def test_the_body_of_a_redirect_is_not_read(server: FaultyServer, get: Get) -> None:
    """It may have no end."""
    server.put("/storage", file(TEXT))
    endless = attrs.evolve(redirect("/storage"), body=b"x" * 10, length=10**9, cut=10, hang=True)
    assert get(policy=ONCE).content(server.put("/SDN.CSV", endless)) == TEXT


def test_each_attempt_begins_at_the_address(server: FaultyServer, get: Get) -> None:
    """A signature that is too old is of no use."""
    server.put("/storage", Answer(body=TEXT, cut=9), file(TEXT))
    url = server.put("/SDN.CSV", redirect("/storage?s=1"), redirect("/storage?s=2"))
    assert get.content(url) == TEXT
    assert [one.path for one in server.asked("/storage")] == ["/storage?s=1", "/storage?s=2"]


@pytest.mark.parametrize("auth", [("reader", "secret"), None], ids=["of the session", "netrc"])
def test_secrets_stay_with_their_host(
    server: FaultyServer,
    tmp_path: Path,
    get: Get,
    session: requests.Session,
    monkeypatch: pytest.MonkeyPatch,
    auth: tuple[str, str] | None,
) -> None:
    """Those of the session, of the address and of ~/.netrc; also on the way back."""
    (tmp_path / "netrc").write_text("default login reader password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    server.put("/again", redirect(server.url("/there", host="localhost")))
    server.put("/there", redirect(server.url("/back")))
    server.put("/back", file(TEXT))
    url = server.put("/SDN.CSV", redirect("/again"))
    session.auth = auth
    session.headers["Cookie"] = "session=secret"
    session.cookies.set("everywhere", "secret")
    get(session=session).one(url)
    for path in ("/SDN.CSV", "/again"):
        assert server.asked(path)[0].headers["authorization"].startswith("Basic ")
        assert "secret" in server.asked(path)[0].headers["cookie"]
    for path in ("/there", "/back"):
        assert not {"authorization", "cookie"} & set(server.asked(path)[0].headers)


def test_what_the_session_adds_to_addresses_is_not_added_to_those_of_redirects(
    server: FaultyServer, get: Get, session: requests.Session
) -> None:
    """It may be a secret, and a signed address with one thing more is another address."""
    server.put("/there", file(TEXT))
    server.put("/again", redirect(server.url("/there?signature=1", host="localhost")))
    url = server.put("/SDN.CSV", redirect("/again"))
    session.params = {"token": "secret"}
    get(session=session).one(url)
    paths = [one.path for one in server.requests]
    assert paths == ["/SDN.CSV?token=secret", "/again", "/there?signature=1"]


def test_a_digest_is_not_given_to_another_host(
    server: FaultyServer, get: Get, session: requests.Session
) -> None:
    """Not even where it asks for one."""
    asks = Answer(status=401, headers={"WWW-Authenticate": 'Digest realm="a", nonce="b"'})
    server.put("/there", asks)
    url = server.put("/SDN.CSV", redirect(server.url("/there", host="localhost")))
    session.auth = HTTPDigestAuth("reader", "secret")
    with pytest.raises(OSError, match="401 Unauthorized"):
        get(session=session).one(url)
    assert [one.headers.get("authorization") for one in server.asked("/there")] == [None]


# ── TLS ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_certificate_that_is_good(
    secure: FaultyServer, trusting: requests.Session, get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Your session says whom to trust, and counts more than the environment."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/of/nobody.pem")
    assert get(session=trusting).content(secure.put("/SDN.CSV", file(TEXT))) == TEXT


@pytest.mark.parametrize(
    ("tls", "expected"),
    [
        ("untrusted", "unable to get local issuer certificate"),
        ("expired", "certificate has expired"),
        ("wrong host", "certificate is not valid for '127.0.0.1'"),
    ],
)
def test_a_certificate_that_is_not(get: Get, tls: Tls, expected: str) -> None:
    """The error says what is wrong with it, and what can be done; it is not tried again."""
    with FaultyServer(tls=tls) as server, server.session() as session:
        error = get(session=session).fails(server.put("/SDN.CSV", file(TEXT)))
        assert not server.requests
    assert "the connection to 127.0.0.1 is not safe" in error.what
    assert expected in error.what
    assert error.what.count("after ") == 1
    assert "REQUESTS_CA_BUNDLE" in error.hint


@pytest.mark.parametrize("which", ["verify", "cert"])
def test_a_certificate_file_that_is_not_there(
    secure: FaultyServer, trusting: requests.Session, get: Get, which: str
) -> None:
    """No OSError of another library."""
    setattr(trusting, which, "/of/nobody.pem")
    error = get(session=trusting).fails(secure.put("/SDN.CSV", file(TEXT)))
    assert "invalid path: /of/nobody.pem" in error.what
    assert f"session.{which}" in error.hint


def test_a_server_that_does_not_speak_tls(server: FaultyServer, get: Get) -> None:
    """It is no connection that anybody should trust."""
    url = server.put("/SDN.CSV", file(TEXT)).replace("http:", "https:")
    assert "is not safe" in get.fails(url).what


def test_https_never_becomes_http(
    secure: FaultyServer, trusting: requests.Session, server: FaultyServer, get: Get
) -> None:
    """What comes without encryption anybody on the way may have written."""
    target = server.put("/SDN.CSV", file(TEXT))
    error = get(session=trusting).fails(secure.put("/SDN.CSV", redirect(f"{target}?signature=1")))
    assert f"it redirects from https to {target}, which anybody on the way can change" in error.what
    assert not server.requests


def test_http_may_become_https(
    secure: FaultyServer, trusting: requests.Session, server: FaultyServer, get: Get
) -> None:
    """The old addresses of the Treasury do."""
    url = server.put("/sdn.xml", redirect(secure.put("/SDN.XML", file(XML))))
    assert get(name="SDN.XML", session=trusting).content(url) == XML


def test_a_body_over_tls_may_be_cut(
    secure: FaultyServer, trusting: requests.Session, get: Get
) -> None:
    """That is a fault like any other cut, and none of certificates."""
    url = secure.put("/SDN.CSV", Answer(body=TEXT, cut=40_000, reset=True), file(TEXT))
    assert get(session=trusting).content(url) == TEXT
