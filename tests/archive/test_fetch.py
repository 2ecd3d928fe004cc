"""fetch_file: what comes in whole, with all that its server says of it."""

from __future__ import annotations

import base64
import hashlib
import random
from pathlib import Path

import pytest
import requests
from faulty_server import Answer, FaultyServer, file, redirect
from fetching import STEADY, TEXT, Fetching, sha256, zipped

from sanctionslib import __version__
from sanctionslib.archive.fetch import Unchanged, fetch_file
from sanctionslib.catalog import FileInfo
from sanctionslib.errors import InvalidInputError, UnwritableError


@pytest.mark.parametrize(
    "answer",
    [
        file(TEXT),
        Answer(body=TEXT, chunked=True),
        Answer(body=TEXT, gzip=True),
        Answer(body=TEXT, gzip=True, chunked=True),
        Answer(body=TEXT, headers={"Content-Length": ""}),
    ],
    ids=["plain", "in chunks", "packed for the way", "packed and in chunks", "without a length"],
)
def test_a_file_comes_in_whole(server: FaultyServer, tmp_path: Path, answer: Answer) -> None:
    """Bytes, size and hash are those of the file, however it travelled."""
    url = server.put("/SDN.CSV", answer)
    assert Fetching(folder=tmp_path).content(url) == TEXT


def test_bytes_are_not_touched(server: FaultyServer, tmp_path: Path) -> None:
    """Marks of the byte order, and letters that are no UTF-8, are kept as they came."""
    for body in (b"\xef\xbb\xbfa,b\r\n", b"Jos\xe9,x\n", "a,b\n".encode("utf-16")):
        folder = tmp_path / sha256(body)
        folder.mkdir()
        url = server.put("/SDN.CSV", Answer(body=body, headers={"Content-Type": "text/csv"}))
        assert Fetching(folder=folder).content(url) == body


def test_what_the_server_said_is_kept(server: FaultyServer, tmp_path: Path) -> None:
    """Validators and date verbatim, the address that was asked, and the bytes on the wire."""
    url = server.put(
        "/SDN.CSV",
        Answer(
            body=TEXT,
            gzip=True,
            etag='W/"5"',
            last_modified="Fri, 10 Dec 2021 15:30:00 GMT",
            headers={"Date": "Sat, 11 Dec 2021 01:02:03 GMT"},
        ),
    )
    got = Fetching(folder=tmp_path).one(url)
    assert (got.name, got.url, got.etag) == ("SDN.CSV", url, 'W/"5"')
    assert got.last_modified == "Fri, 10 Dec 2021 15:30:00 GMT"
    assert got.date == "Sat, 11 Dec 2021 01:02:03 GMT"
    assert 0 < got.wire < got.size == len(TEXT)
    assert (got.packed, got.packed_sha256, got.published_hash, got.notes) == ("", "", "", ())


# ── only if it changed ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("keep", ["both", "etag", "date"])
def test_what_did_not_change_is_not_sent_again(
    server: FaultyServer, tmp_path: Path, keep: str
) -> None:
    """The server is asked with what it said of the file, and answers 304."""
    url = server.put("/SDN.CSV", file(TEXT))
    got = Fetching(folder=tmp_path).one(url)
    known = (
        url,
        "" if keep == "date" else got.etag,
        "" if keep == "etag" else got.last_modified,
    )
    info = FileInfo(name="SDN.CSV", urls=(url,))
    again = fetch_file(info, tmp_path, largest=10**6, policy=STEADY, known=known)
    assert again == Unchanged(url=url)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [got.path]


def test_what_changed_comes_anew(server: FaultyServer, tmp_path: Path) -> None:
    """Another ETag, another file: it is sent."""
    url = server.put("/SDN.CSV", file(TEXT))
    assert Fetching(folder=tmp_path, known=(url, '"other"', "")).content(url) == TEXT


def test_conditions_are_for_the_address_that_they_came_from(
    server: FaultyServer, tmp_path: Path
) -> None:
    """Two servers may give the same ETag for two files."""
    not_found = server.put("/old", Answer(status=404))
    url = server.put("/SDN.CSV", file(TEXT))
    known = (not_found, file(TEXT).etag, file(TEXT).last_modified)
    assert Fetching(folder=tmp_path, known=known).content(not_found, url) == TEXT
    assert "if-none-match" in server.asked("/old")[0].headers
    assert not {"if-none-match", "if-modified-since"} & set(server.asked("/SDN.CSV")[0].headers)


def test_conditions_go_where_the_address_points(server: FaultyServer, tmp_path: Path) -> None:
    """The validators of OFAC's files come from the storage that its addresses redirect to."""
    server.put("/storage", file(TEXT))
    url = server.put("/SDN.CSV", redirect(server.url("/storage?signature=1", host="localhost")))
    got = fetch_file(
        FileInfo(name="SDN.CSV", urls=(url,)),
        tmp_path,
        largest=10**6,
        policy=STEADY,
        known=(url, file(TEXT).etag, ""),
    )
    assert got == Unchanged(url=url)


def test_304_to_a_question_without_conditions_is_an_error(
    server: FaultyServer, tmp_path: Path
) -> None:
    """Nothing is held that could be unchanged."""
    url = server.put("/SDN.CSV", Answer(status=304))
    error = Fetching(folder=tmp_path).fails(url)
    assert "304 Not Modified, though the request had no conditions" in error.what
    assert len(server.asked("/SDN.CSV")) == 1


# ── addresses ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("status", [404, 410])
def test_the_next_address_is_tried_where_one_does_not_have_it(
    server: FaultyServer, tmp_path: Path, status: int
) -> None:
    """And the notes say that the first did not."""
    not_found = server.put("/SDN_XML.ZIP", Answer(status=status, body=b"<html>gone</html>"))
    got = Fetching(folder=tmp_path).one(not_found, server.put("/SDN.CSV", file(TEXT)))
    assert got.url == server.url("/SDN.CSV")
    (note,) = got.notes
    assert note.startswith(f"{not_found}: {status} ")


def test_where_no_address_has_it_all_are_named(server: FaultyServer, tmp_path: Path) -> None:
    """The error lists each, in words."""
    error = Fetching(folder=tmp_path).fails(server.url("/a"), server.url("/b"))
    assert error.what.startswith(
        "SDN.CSV cannot be fetched: none of its addresses has it (attempts: http"
    )
    assert f"{server.url('/a')}: 404 Not Found (after 0." in error.what
    assert f"{server.url('/b')}: 404 Not Found (after 0." in error.what


def test_a_file_without_an_address_cannot_be_asked_for(tmp_path: Path) -> None:
    """It is the caller's fault, and no server's."""
    with pytest.raises(InvalidInputError, match="has no address"):
        fetch_file(FileInfo(name="SDN.CSV"), tmp_path, largest=10**6)


# ── hashes that the publisher states ─────────────────────────────────────────────────────────────


def test_the_hash_that_the_publisher_states_is_compared(
    server: FaultyServer, tmp_path: Path
) -> None:
    """By the name of the file, whatever its case; it is kept that it agreed."""
    stated = {"sdn.csv": f"sha256:{sha256(TEXT).upper()}", "ADD.CSV": "sha256:00"}
    url = server.put("/SDN.CSV", file(TEXT))
    got = Fetching(folder=tmp_path, stated=stated).one(url)
    assert got.published_hash == f"sha256:{sha256(TEXT)}"


def test_a_wrong_hash_is_asked_for_again_and_then_told(
    server: FaultyServer, tmp_path: Path
) -> None:
    """Both hashes are named."""
    url = server.put("/SDN.CSV", file(TEXT))
    error = Fetching(folder=tmp_path, stated={"SDN.CSV": f"sha256:{'0' * 64}"}).fails(url)
    assert f"sha256:{sha256(TEXT)}" in error.what
    assert f"sha256:{'0' * 64}" in error.what
    assert len(server.asked("/SDN.CSV")) == STEADY.attempts


def test_a_wrong_hash_may_be_right_the_next_time(server: FaultyServer, tmp_path: Path) -> None:
    """The publisher was about to replace the file."""
    url = server.put("/SDN.CSV", file(TEXT + b"old"), file(TEXT))
    stated = {"SDN.CSV": f"sha256:{sha256(TEXT)}"}
    got = Fetching(folder=tmp_path, stated=stated).one(url)
    assert got.sha256 == sha256(TEXT)
    assert "the publisher states" in got.notes[0]


def test_the_checksum_of_the_storage_is_compared(server: FaultyServer, tmp_path: Path) -> None:
    """Amazon's storage, where OFAC keeps its files, may send one."""

    def stored(digest: bytes, suffix: str = "") -> Answer:
        value = base64.b64encode(digest).decode() + suffix
        return Answer(body=TEXT, headers={"x-amz-checksum-sha256": value})

    digest = hashlib.sha256(TEXT).digest()
    folder = tmp_path / "right"
    folder.mkdir()
    url = server.put("/SDN.CSV", stored(digest))
    assert Fetching(folder=folder).one(url).published_hash == f"sha256:{digest.hex()}"
    for suffix in ("-3", "é", "====", "AAAA"):  # of three parts; none at all
        folder = tmp_path / suffix
        folder.mkdir()
        url = server.put("/SDN.CSV", stored(bytes(32), suffix))
        assert Fetching(folder=folder).one(url).published_hash == ""
    folder = tmp_path / "wrong"
    folder.mkdir()
    url = server.put("/SDN.CSV", stored(bytes(32)))
    assert f"sha256:{'0' * 64}" in Fetching(folder=folder).fails(url).what


# ── how it asks ──────────────────────────────────────────────────────────────────────────────────


def test_it_says_who_asks(server: FaultyServer, tmp_path: Path) -> None:
    """In the form that OFAC's firewall lets through: Mozilla/ and a digit, forty characters."""
    Fetching(folder=tmp_path).one(server.put("/SDN.CSV", file(TEXT)))
    agent = server.asked("/SDN.CSV")[0].headers["user-agent"]
    assert agent.startswith("Mozilla/5")
    assert len(agent) >= 40
    assert f"sanctionslib/{__version__}" in agent
    assert f"python-requests/{requests.__version__}" in agent


def test_your_session_is_used_as_it_is(server: FaultyServer, tmp_path: Path) -> None:
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
        Fetching(folder=tmp_path, session=session).one(url).path.unlink()
        session.headers["User-Agent"] = "newsroom/1"
        Fetching(folder=tmp_path, session=session).one(url)
        assert not closed
        assert dict(session.headers) == before | {"User-Agent": "newsroom/1"}
        assert session.adapters["http://"] is adapter
    assert closed
    first, second = server.asked("/SDN.CSV")
    assert "sanctionslib/" in first.headers["user-agent"]
    assert second.headers["user-agent"] == "newsroom/1"
    assert first.headers["x-mine"] == "1"


def test_your_proxy_is_used(server: FaultyServer, tmp_path: Path) -> None:
    """The name of the host is for the proxy to find."""
    server.put("/SDN.CSV", file(TEXT))
    with requests.Session() as session:
        session.proxies["http"] = server.url("")
        url = "http://lists.example/SDN.CSV"
        assert Fetching(folder=tmp_path, session=session).content(url) == TEXT
    assert server.asked("/SDN.CSV")[0].path == url


@pytest.mark.parametrize("verify", [False, None, ""])
def test_a_session_that_checks_no_certificates_is_refused(tmp_path: Path, verify: object) -> None:
    """Before anything is asked."""
    with requests.Session() as session:
        session.verify = verify  # type: ignore[assignment]
        with pytest.raises(InvalidInputError, match="does not check certificates"):
            Fetching(folder=tmp_path, session=session).one("https://lists.example/SDN.CSV")


def test_progress_tells_the_bytes_on_the_wire(server: FaultyServer, tmp_path: Path) -> None:
    """It ends at the size where that is known, and has 0 in its place where not."""
    seen: list[tuple[int, int]] = []
    fetching = Fetching(folder=tmp_path, progress=lambda done, total: seen.append((done, total)))
    fetching.one(server.put("/SDN.CSV", Answer(body=TEXT))).path.unlink()
    assert seen[-1] == (len(TEXT), len(TEXT))
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})
    seen.clear()
    fetching.one(server.put("/SDN.CSV", Answer(body=TEXT, chunked=True)))
    assert seen[-1] == (len(TEXT), 0)


def test_progress_may_end_it(server: FaultyServer, tmp_path: Path) -> None:
    """What the caller's function raises comes out, and nothing is left."""

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    url = server.put("/SDN.CSV", Answer(body=random.Random(1).randbytes(300_000).hex().encode()))
    with pytest.raises(KeyboardInterrupt):
        Fetching(folder=tmp_path, progress=stop).one(url)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("body", [TEXT, zipped({"SDN.CSV": TEXT})], ids=["plain", "zip"])
def test_a_folder_that_cannot_be_written_is_said_so(
    server: FaultyServer, tmp_path: Path, body: bytes
) -> None:
    """It is no fault of the server, and is not asked for again."""
    url = server.put("/SDN.CSV", Answer(body=body))
    with pytest.raises(UnwritableError, match="cannot be written"):
        Fetching(folder=tmp_path / "nowhere").one(url)
    assert len(server.asked("/SDN.CSV")) == 1


@pytest.mark.parametrize("body", [TEXT, zipped({"SDN.CSV": TEXT})], ids=["plain", "zip"])
def test_a_full_disk_is_said_so(
    server: FaultyServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: bytes
) -> None:
    """And what to do about it."""
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    url = server.put("/SDN.CSV", Answer(body=body))
    real = Path.open
    monkeypatch.setattr(Path, "open", lambda path, mode: real(Path("/dev/full"), "wb"))
    with pytest.raises(UnwritableError, match="make room"):
        Fetching(folder=tmp_path).one(url)
    assert len(server.asked("/SDN.CSV")) == 1
