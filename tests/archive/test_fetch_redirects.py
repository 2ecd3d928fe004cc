"""fetch_file: where a server points, and whether it is who it says it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest
import requests
from faulty_server import Answer, FaultyServer, Tls, file, redirect
from fetching import STEADY, TEXT, XML, Fetching, sha256
from requests.auth import HTTPDigestAuth

ONCE = attrs.evolve(STEADY, attempts=1)


@pytest.fixture
def secure() -> Iterator[FaultyServer]:
    with FaultyServer(tls="good") as running:
        yield running


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(server: FaultyServer, tmp_path: Path, status: int) -> None:
    """From path to path and host to host; what is kept is the address that was asked."""
    server.put("/storage", file(TEXT))
    server.put("/b", redirect(server.url("/storage?X-Amz-Signature=1", host="localhost"), status))
    url = server.put("/SDN.CSV", redirect("b?c=d", status))
    got = Fetching(folder=tmp_path).one(url)
    assert (got.sha256, got.url, got.etag) == (sha256(TEXT), url, file(TEXT).etag)
    assert server.asked("/storage")[0].path == "/storage?X-Amz-Signature=1"
    assert "Signature" not in repr(got)


def test_a_loop_of_redirects_has_an_end(server: FaultyServer, tmp_path: Path) -> None:
    """It is no fault that passes."""
    server.put("/b", redirect("/SDN.CSV?signature=1"))
    url = server.put("/SDN.CSV", redirect("/b?signature=2"))
    error = Fetching(folder=tmp_path).fails(url)
    assert "it redirects more than 10 times, last to http" in error.what
    assert "signature" not in str(error)
    assert len(server.requests) == 11


def test_ten_redirects_are_followed(server: FaultyServer, tmp_path: Path) -> None:
    """The limit itself is no fault."""
    for at in range(10):
        server.put(f"/{at}", redirect(f"/{at + 1}"))
    server.put("/10", file(TEXT))
    assert Fetching(folder=tmp_path).content(server.url("/0")) == TEXT


@pytest.mark.parametrize(
    "target",
    ["ftp://127.0.0.1/x", "https:///x", "http://[", "http://a:99999/", "file:///etc/passwd"],
)
def test_a_redirect_to_no_address(server: FaultyServer, tmp_path: Path, target: str) -> None:
    """It is not followed."""
    url = server.put("/SDN.CSV", redirect(target))
    error = Fetching(folder=tmp_path).fails(url)
    assert "it redirects to what is no address" in error.what


def test_the_body_of_a_redirect_is_not_read(server: FaultyServer, tmp_path: Path) -> None:
    """It may have no end."""
    server.put("/storage", file(TEXT))
    endless = Answer(
        status=302,
        headers={"Location": "/storage"},
        body=b"x" * 10,
        length=10**9,
        cut=10,
        hang=True,
    )
    url = server.put("/SDN.CSV", endless)
    assert Fetching(folder=tmp_path, policy=ONCE).content(url) == TEXT


def test_a_fault_after_a_redirect_shows_no_signature(server: FaultyServer, tmp_path: Path) -> None:
    """Neither in the error nor in what it came from."""
    server.put("/storage", Answer(reset=True))
    target = server.url("/storage?X-Amz-Signature=secret", host="localhost")
    error = Fetching(folder=tmp_path).fails(server.put("/SDN.CSV", redirect(target)))
    assert "no connection to localhost" in error.what
    below: BaseException | None = error
    while below is not None:
        assert "secret" not in f"{below!r} {vars(below)}"
        below = below.__cause__ or below.__context__


def test_each_attempt_begins_at_the_address(server: FaultyServer, tmp_path: Path) -> None:
    """A signature that is too old is of no use."""
    server.put("/storage", Answer(body=TEXT, cut=9), file(TEXT))
    url = server.put("/SDN.CSV", redirect("/storage?s=1"), redirect("/storage?s=2"))
    assert Fetching(folder=tmp_path).content(url) == TEXT
    assert [one.path for one in server.asked("/storage")] == ["/storage?s=1", "/storage?s=2"]


def test_secrets_stay_with_their_host(
    server: FaultyServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of the session, of the address and of ~/.netrc; also on the way back."""
    (tmp_path / "netrc").write_text("default login reader password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    folder = tmp_path / "in"
    folder.mkdir()
    server.put("/again", redirect(server.url("/there", host="localhost")))
    server.put("/there", redirect(server.url("/back")))
    server.put("/back", file(TEXT))
    url = server.put("/SDN.CSV", redirect("/again"))
    for auth in (("reader", "secret"), None):
        server.requests.clear()
        with requests.Session() as session:
            session.auth = auth
            session.headers["Cookie"] = "session=secret"
            session.cookies.set("everywhere", "secret")
            Fetching(folder=folder, session=session).one(url).path.unlink()
        for path in ("/SDN.CSV", "/again"):
            assert server.asked(path)[0].headers["authorization"].startswith("Basic ")
            assert "secret" in server.asked(path)[0].headers["cookie"]
        for path in ("/there", "/back"):
            assert not {"authorization", "cookie"} & set(server.asked(path)[0].headers)


def test_what_the_session_adds_to_addresses_is_not_added_to_those_of_redirects(
    server: FaultyServer, tmp_path: Path
) -> None:
    """It may be a secret, and a signed address with one thing more is another address."""
    server.put("/there", file(TEXT))
    server.put("/again", redirect(server.url("/there?signature=1", host="localhost")))
    url = server.put("/SDN.CSV", redirect("/again"))
    with requests.Session() as session:
        session.params = {"token": "secret"}
        Fetching(folder=tmp_path, session=session).one(url)
    assert [one.path for one in server.requests] == [
        *("/SDN.CSV?token=secret", "/again", "/there?signature=1")
    ]


def test_a_digest_is_not_given_to_another_host(server: FaultyServer, tmp_path: Path) -> None:
    """Not even where it asks for one."""
    asks = Answer(status=401, headers={"WWW-Authenticate": 'Digest realm="a", nonce="b"'})
    server.put("/there", asks)
    url = server.put("/SDN.CSV", redirect(server.url("/there", host="localhost")))
    with requests.Session() as session:
        session.auth = HTTPDigestAuth("reader", "secret")
        with pytest.raises(OSError, match="401 Unauthorized"):
            Fetching(folder=tmp_path, session=session).one(url)
    assert [one.headers.get("authorization") for one in server.asked("/there")] == [None]


# ── TLS ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_certificate_that_is_good(
    secure: FaultyServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Your session says whom to trust, and counts more than the environment."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "nowhere.pem"))
    url = secure.put("/SDN.CSV", file(TEXT))
    with secure.session() as session:
        assert Fetching(folder=tmp_path, session=session).content(url) == TEXT


@pytest.mark.parametrize(
    ("tls", "told"),
    [
        ("untrusted", "unable to get local issuer certificate"),
        ("expired", "certificate has expired"),
        ("wrong host", "certificate is not valid for '127.0.0.1'"),
    ],
)
def test_a_certificate_that_is_not(tmp_path: Path, tls: Tls, told: str) -> None:
    """It is told what is wrong with it, and what can be done; it is not tried again."""
    with FaultyServer(tls=tls) as server, server.session() as session:
        url = server.put("/SDN.CSV", file(TEXT))
        error = Fetching(folder=tmp_path, session=session).fails(url)
        assert not server.requests
    assert "the connection to 127.0.0.1 is not safe" in error.what
    assert told in error.what
    assert error.what.count("after ") == 1
    assert "REQUESTS_CA_BUNDLE" in error.hint


@pytest.mark.parametrize("which", ["verify", "cert"])
def test_a_certificate_file_that_is_not_there(
    secure: FaultyServer, tmp_path: Path, which: str
) -> None:
    """No OSError of another library."""
    url = secure.put("/SDN.CSV", file(TEXT))
    with secure.session() as session:
        setattr(session, which, "/of/nobody.pem")
        error = Fetching(folder=tmp_path, session=session).fails(url)
    assert "invalid path: /of/nobody.pem" in error.what
    assert f"session.{which}" in error.hint


def test_a_server_that_does_not_speak_tls(server: FaultyServer, tmp_path: Path) -> None:
    """It is no connection that anybody should trust."""
    url = server.put("/SDN.CSV", file(TEXT)).replace("http:", "https:")
    assert "is not safe" in Fetching(folder=tmp_path).fails(url).what


def test_https_never_becomes_http(
    secure: FaultyServer, server: FaultyServer, tmp_path: Path
) -> None:
    """What comes without encryption anybody on the way may have written."""
    target = server.put("/SDN.CSV", file(TEXT))
    url = secure.put("/SDN.CSV", redirect(f"{target}?signature=1"))
    with secure.session() as session:
        error = Fetching(folder=tmp_path, session=session).fails(url)
    assert f"it redirects from https to {target}, which anybody on the way can change" in error.what
    assert not server.requests


def test_http_may_become_https(secure: FaultyServer, server: FaultyServer, tmp_path: Path) -> None:
    """The old addresses of the Treasury do."""
    url = server.put("/sdn.xml", redirect(secure.put("/SDN.XML", file(XML))))
    with secure.session() as session:
        assert Fetching(folder=tmp_path, name="SDN.XML", session=session).content(url) == XML


def test_a_body_over_tls_may_be_cut(secure: FaultyServer, tmp_path: Path) -> None:
    """That is a fault like any other cut, and none of certificates."""
    url = secure.put("/SDN.CSV", Answer(body=TEXT, cut=40_000, reset=True), file(TEXT))
    with secure.session() as session:
        assert Fetching(folder=tmp_path, session=session).content(url) == TEXT
