"""fetch_file: the right bytes with the right hash, or the right error; and nothing half stays."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from faulty_server import HASTY, Answer, FaultyServer, file

from sanctionslib.archive._received import Received, Unchanged
from sanctionslib.archive.fetch import fetch_file
from sanctionslib.catalog import FileInfo

TEXT = b'36,"AEROCARIBBEAN AIRLINES",-0- ,"CUBA"\r\n' * 2000 + b"\x1a"


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    with FaultyServer() as running:
        yield running


def fetched(url: str, folder: Path, **given: object) -> Received:
    (got,) = fetch_file(
        FileInfo(name="SDN.CSV", urls=(url,)),
        folder,
        **{"largest": 10**6, "patience": HASTY} | given,
    )
    return got


@pytest.mark.parametrize(
    "answer",
    [file(TEXT), Answer(body=TEXT, chunked=True), Answer(body=TEXT, gzip=True)],
    ids=["plain", "in chunks", "packed for the way"],
)
def test_a_file_comes_in_whole(server: FaultyServer, tmp_path: Path, answer: Answer) -> None:
    """Bytes, size and hash are those of the file, however it travelled."""
    got = fetched(server.put("/SDN.CSV", answer), tmp_path)
    assert gzip.decompress(got.path.read_bytes()) == TEXT
    assert (got.name, got.size, got.sha256) == (
        "SDN.CSV",
        len(TEXT),
        hashlib.sha256(TEXT).hexdigest(),
    )
    assert list(tmp_path.iterdir()) == [got.path]


def test_what_did_not_change_is_not_sent_again(server: FaultyServer, tmp_path: Path) -> None:
    """The server is asked with what it said of the file, and answers 304."""
    url = server.put("/SDN.CSV", file(TEXT))
    got = fetched(url, tmp_path)
    again = fetch_file(
        FileInfo(name="SDN.CSV", urls=(url,)),
        tmp_path,
        largest=10**6,
        patience=HASTY,
        known=(url, got.etag, got.last_modified),
    )
    assert again == Unchanged(url=url)
