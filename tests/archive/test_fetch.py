"""fetch_file: what comes in whole, with all that its server says of it."""

from __future__ import annotations

import base64
import hashlib
import random
from pathlib import Path

import pytest
import requests
from faulty_server import Answer, FaultyServer, file, redirect
from fetching import STEADY, TEXT, Get, sha256, zipped

from sanctionslib import __version__
from sanctionslib.archive.fetch import fetch_file
from sanctionslib.catalog import FileInfo
from sanctionslib.errors import InvalidInputError, UnwritableError

ETAG, LAST_MODIFIED = file(TEXT).etag, file(TEXT).last_modified
CONDITIONS = {"if-none-match", "if-modified-since"}


@pytest.mark.parametrize(
    "answer",
    [
        file(TEXT),
        Answer(body=TEXT, chunked=True),
        Answer(body=TEXT, gzip=True),
        Answer(body=TEXT, gzip=True, chunked=True),
        Answer(body=TEXT, headers={"Content-Length": ""}),
        Answer(body=b"\xef\xbb\xbfa,b\r\n"),
        Answer(body=b"Jos\xe9,x\n", headers={"Content-Type": "text/csv"}),
        Answer(body="a,b\n".encode("utf-16")),
    ],
    ids=[
        *("plain", "in chunks", "packed for the way", "packed and in chunks", "without a length"),
        *("with a mark", "no UTF-8", "UTF-16"),
    ],
)
def test_a_file_comes_in_whole(server: FaultyServer, get: Get, answer: Answer) -> None:
    """Bytes, size and hash are those of the file, however it travelled."""
    assert get.content(server.put("/SDN.CSV", answer)) == answer.body


def test_what_the_server_said_is_kept(server: FaultyServer, get: Get) -> None:
    """Validators and date verbatim, the address that was asked, and the bytes on the wire."""
    date = "Sat, 11 Dec 2021 01:02:03 GMT"
    answer = Answer(
        body=TEXT, gzip=True, etag='W/"5"', last_modified=LAST_MODIFIED, headers={"Date": date}
    )
    url = server.put("/SDN.CSV", answer)
    got = get.one(url)
    assert (got.name, got.url, got.etag) == ("SDN.CSV", url, 'W/"5"')
    assert (got.last_modified, got.date) == (LAST_MODIFIED, date)
    assert 0 < got.wire < got.size == len(TEXT)
    assert (got.packed, got.packed_sha256, got.published_hash, got.notes) == ("", "", "", ())


# ── only if it changed ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("known", [(ETAG, LAST_MODIFIED), (ETAG, ""), ("", LAST_MODIFIED)])
def test_what_did_not_change_is_not_sent_again(
    server: FaultyServer, get: Get, known: tuple[str, str]
) -> None:
    """The server is asked with what it said of the file, and answers 304."""
    url = server.put("/SDN.CSV", file(TEXT))
    assert get(known=(url, *known)).unchanged(url).url == url


def test_what_changed_comes_anew(server: FaultyServer, get: Get) -> None:
    url = server.put("/SDN.CSV", file(TEXT))
    assert get(known=(url, '"other"', "")).content(url) == TEXT


def test_conditions_are_for_the_address_that_they_came_from(server: FaultyServer, get: Get) -> None:
    """Two servers may give the same ETag for two files."""
    not_found = server.put("/old", Answer(status=404))
    url = server.put("/SDN.CSV", file(TEXT))
    assert get(known=(not_found, ETAG, LAST_MODIFIED)).content(not_found, url) == TEXT
    assert set(server.asked("/old")[0].headers) >= CONDITIONS
    assert not CONDITIONS & set(server.asked("/SDN.CSV")[0].headers)


def test_conditions_go_where_the_address_points(server: FaultyServer, get: Get) -> None:
    """The validators of OFAC's files come from the storage that its addresses redirect to."""
    server.put("/storage", file(TEXT))
    url = server.put("/SDN.CSV", redirect(server.url("/storage?signature=1", host="localhost")))
    assert get(known=(url, ETAG, "")).unchanged(url).url == url


def test_304_to_a_request_without_conditions_is_an_error(server: FaultyServer, get: Get) -> None:
    """Nothing is held that could be unchanged."""
    error = get.fails(server.put("/SDN.CSV", Answer(status=304)))
    assert "304 Not Modified, though the request had no conditions" in error.what
    assert len(server.asked("/SDN.CSV")) == 1


# ── addresses ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("status", [404, 410])
def test_the_next_address_is_tried_where_one_does_not_have_it(
    server: FaultyServer, get: Get, status: int
) -> None:
    """And the notes say that the first did not."""
    not_found = server.put("/SDN_XML.ZIP", Answer(status=status, body=b"<html>gone</html>"))
    got = get.one(not_found, server.put("/SDN.CSV", file(TEXT)))
    assert got.url == server.url("/SDN.CSV")
    (note,) = got.notes
    assert note.startswith(f"{not_found}: {status} ")


def test_where_no_address_has_it_all_are_named(server: FaultyServer, get: Get) -> None:
    error = get.fails(server.url("/a"), server.url("/b"))
    assert error.what.startswith(
        "SDN.CSV cannot be fetched: none of its addresses has it (attempts:"
    )
    for path in ("/a", "/b"):
        assert f"{server.url(path)}: 404 Not Found (after 0." in error.what


def test_a_file_without_an_address_cannot_be_asked_for(tmp_path: Path) -> None:
    """It is the caller's fault, and no server's."""
    with pytest.raises(InvalidInputError, match="has no address"):
        fetch_file(FileInfo(name="SDN.CSV"), tmp_path, largest=10**6)


# ── hashes that the publisher states ─────────────────────────────────────────────────────────────


def test_the_hash_that_the_publisher_states_is_compared(server: FaultyServer, get: Get) -> None:
    """By the name of the file, whatever its case. A wrong one may be right the next time."""
    stated = {"sdn.csv": f"sha256:{sha256(TEXT).upper()}", "ADD.CSV": "sha256:00"}
    got = get(stated=stated).one(server.put("/SDN.CSV", file(TEXT + b"old"), file(TEXT)))
    assert got.published_hash == f"sha256:{sha256(TEXT)}"
    assert "the publisher states" in got.notes[0]


def test_a_wrong_hash_is_asked_for_again_and_then_reported(server: FaultyServer, get: Get) -> None:
    """Both hashes are named."""
    stated = {"SDN.CSV": f"sha256:{'0' * 64}"}
    error = get(stated=stated).fails(server.put("/SDN.CSV", file(TEXT)))
    for each in (f"sha256:{sha256(TEXT)}", stated["SDN.CSV"]):
        assert each in error.what
    assert len(server.asked("/SDN.CSV")) == STEADY.attempts


def test_the_checksum_of_the_storage_is_compared(server: FaultyServer, get: Get) -> None:
    """Amazon's storage, where OFAC keeps its files, may send one."""

    def stored(digest: bytes, suffix: str = "") -> str:
        value = base64.b64encode(digest).decode() + suffix
        return server.put("/SDN.CSV", Answer(body=TEXT, headers={"x-amz-checksum-sha256": value}))

    digest = hashlib.sha256(TEXT).digest()
    assert get.one(stored(digest)).published_hash == f"sha256:{digest.hex()}"
    for suffix in ("-3", "é", "====", "AAAA"):  # of three parts; none at all
        assert get.one(stored(bytes(32), suffix)).published_hash == ""
    assert f"sha256:{'0' * 64}" in get.fails(stored(bytes(32))).what


# ── how it asks ──────────────────────────────────────────────────────────────────────────────────


def test_it_says_who_asks(server: FaultyServer, get: Get) -> None:
    """In the form that OFAC's firewall lets through: Mozilla/ and a digit, forty characters."""
    get.one(server.put("/SDN.CSV", file(TEXT)))
    agent = server.asked("/SDN.CSV")[0].headers["user-agent"]
    assert agent.startswith("Mozilla/5")
    assert len(agent) >= 40
    assert f"sanctionslib/{__version__}" in agent
    assert f"python-requests/{requests.__version__}" in agent


def test_your_session_is_used_as_it_is(server: FaultyServer, get: Get) -> None:
    """Its User-Agent, headers and adapters are kept; it is neither changed nor closed."""
    url = server.put("/SDN.CSV", file(TEXT))
    closed: list[bool] = []

    class Adapter(requests.adapters.HTTPAdapter):
        def close(self) -> None:
            closed.append(True)
            super().close()

    adapter = Adapter()
    with requests.Session() as session:
        session.mount("http://", adapter)
        session.headers["X-Mine"] = "1"
        before = dict(session.headers)
        get(session=session).one(url)
        session.headers["User-Agent"] = "newsroom/1"
        get(session=session).one(url)
        assert not closed
        assert dict(session.headers) == before | {"User-Agent": "newsroom/1"}
        assert session.adapters["http://"] is adapter
    assert closed
    first, second = server.asked("/SDN.CSV")
    assert "sanctionslib/" in first.headers["user-agent"]
    assert second.headers["user-agent"] == "newsroom/1"
    assert first.headers["x-mine"] == "1"


def test_your_proxy_is_used(server: FaultyServer, get: Get, session: requests.Session) -> None:
    """The name of the host is for the proxy to find."""
    server.put("/SDN.CSV", file(TEXT))
    session.proxies["http"] = server.url("")
    url = "http://lists.example/SDN.CSV"
    assert get(session=session).content(url) == TEXT
    assert server.asked("/SDN.CSV")[0].path == url


@pytest.mark.parametrize("verify", [False, None, ""])
def test_a_session_that_checks_no_certificates_is_refused(
    get: Get, session: requests.Session, verify: object
) -> None:
    """Before anything is asked."""
    session.verify = verify  # type: ignore[assignment]
    with pytest.raises(InvalidInputError, match="does not check certificates"):
        get(session=session).one("https://lists.example/SDN.CSV")


def test_progress_counts_the_bytes_on_the_wire(server: FaultyServer, get: Get) -> None:
    """It ends at the size where that is known, and has 0 in its place where not."""
    for is_chunked in (False, True):
        seen: list[tuple[int, int]] = []
        url = server.put("/SDN.CSV", Answer(body=TEXT, chunked=is_chunked))
        get(progress=lambda done, total, seen=seen: seen.append((done, total))).one(url)
        assert seen[-1] == (len(TEXT), 0 if is_chunked else len(TEXT))
        assert [done for done, _ in seen] == sorted({done for done, _ in seen})


def test_progress_may_end_it(server: FaultyServer, get: Get) -> None:
    """What the caller's function raises comes out, and nothing is left."""

    def stop(done: int, total: int) -> None:
        raise BrokenPipeError

    url = server.put("/SDN.CSV", Answer(body=random.Random(1).randbytes(300_000).hex().encode()))
    with pytest.raises(BrokenPipeError):
        get(progress=stop).one(url)
    assert not [path for path in get.within.rglob("*") if path.is_file()]


@pytest.mark.parametrize("body", [TEXT, zipped({"SDN.CSV": TEXT})], ids=["plain", "zip"])
@pytest.mark.parametrize("fault", ["no folder", "full disk"])
def test_what_cannot_be_written_is_said_so(
    server: FaultyServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: bytes, fault: str
) -> None:
    """And what to do; it is no fault of the server, and is not asked for again."""
    url = server.put("/SDN.CSV", Answer(body=body))
    folder, hint = tmp_path / "nowhere", "check that the folder is there"
    if fault == "full disk":
        if not Path("/dev/full").exists():
            pytest.skip("no /dev/full here")
        real, folder, hint = Path.open, tmp_path, "make room"
        monkeypatch.setattr(Path, "open", lambda path, mode: real(Path("/dev/full"), "wb"))
    with pytest.raises(UnwritableError, match="cannot be written") as caught:
        fetch_file(FileInfo(name="SDN.CSV", urls=(url,)), folder, largest=10**6)
    assert hint in caught.value.hint
    assert len(server.asked("/SDN.CSV")) == 1
