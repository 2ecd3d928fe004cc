"""published_hashes: the catalogue of OFAC's service, which has the hash of each file."""

from __future__ import annotations

import json

import pytest
from faulty_server import Answer, FaultyServer, redirect
from fetching import STEADY, TEXT, XML, sha256

from sanctionslib.archive.fetch import published_hashes
from sanctionslib.errors import BlockedError, FetchError

PATH = "/api/PublicationPreview/SdnList"


def row(name: object = "SDN.CSV", codes: object = None) -> dict[str, object]:
    """A row of the catalogue."""
    if codes is None:
        codes = json.dumps({"MD5": "0" * 32, "SHA-256": sha256(TEXT)})
    return {
        "fileName": name,
        "size": 82001,
        "lastUpdated": "2024-05-06T00:00:00",
        "downloadLink": f"exports/{name}",
        "hashCodes": codes,
    }


def rows(*given: object) -> Answer:
    """The catalogue."""
    return Answer(body=json.dumps(given).encode(), headers={"Content-Type": "application/json"})


def test_each_file_has_its_hash(server: FaultyServer) -> None:
    """The service is asked as its own page asks it, and the hash is taken in any case."""
    codes = json.dumps({"SHA-256": sha256(XML).upper()})
    url = server.put(PATH, Answer(status=503), rows(row(), row("SDN.XML", codes)))
    assert published_hashes(url, policy=STEADY) == {
        "SDN.CSV": f"sha256:{sha256(TEXT)}",
        "SDN.XML": f"sha256:{sha256(XML)}",
    }
    asked = server.asked(PATH)[-1]
    assert (asked.method, asked.body) == ("POST", b"{}")
    assert asked.headers["content-type"] == "application/json"


def test_the_hashes_may_be_an_object(server: FaultyServer) -> None:
    """And not the text of one."""
    url = server.put(PATH, rows(row(codes={"SHA-256": sha256(TEXT)})))
    assert published_hashes(url, policy=STEADY) == {"SDN.CSV": f"sha256:{sha256(TEXT)}"}


def test_a_file_without_a_hash_has_none(server: FaultyServer) -> None:
    """And is no fault of the others."""
    url = server.put(PATH, rows(row(), row("SDN.XML", "")))
    assert list(published_hashes(url, policy=STEADY)) == ["SDN.CSV"]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer(body=b""), "no array of files: 'it is empty'"),
        (Answer(body=b"<html><p>Sorry</p></html>"), "no array of files: 'Sorry'"),
        (Answer(body=b"[" * 100_000), "no array of files: '[["),
        (Answer(body=b'{"rows": []}'), "no array of files: '{\"rows\": []}'"),
        (rows(), "no hashes: '[]'"),
        (rows(row(codes="")), "no hashes: "),
        (rows("SDN.CSV"), "a row without a file name: '\"SDN.CSV\"'"),
        (rows(row(7)), "a row without a file name: "),
        (rows(row(codes="abc")), 'no single SHA-256 for SDN.CSV: \'{"fileName": "SDN.CSV"'),
        (rows(row(codes='{"MD5": "0"}')), "no single SHA-256 for SDN.CSV"),
        (rows(row(codes='{"SHA-256": "0"}')), "no single SHA-256 for SDN.CSV"),
        (rows(row(codes='["SHA-256"]')), "no single SHA-256 for SDN.CSV"),
        (rows(row(), row(codes=json.dumps({"SHA-256": "0" * 64}))), "no single SHA-256"),
    ],
)
def test_another_form_is_an_error(server: FaultyServer, answer: Answer, expected: str) -> None:
    """It tells what was found in place of it."""
    url = server.put(PATH, answer)
    with pytest.raises(FetchError) as caught:
        published_hashes(url, policy=STEADY)
    assert caught.value.what.startswith("SdnList cannot be fetched: ")
    assert expected in caught.value.what
    assert "a newer version of this library" in caught.value.hint


@pytest.mark.parametrize(
    ("status", "kind", "expected", "hint"),
    [
        (404, FetchError, "404 Not Found", "catalog"),  # it has one address
        (
            403,
            BlockedError,
            "403 Forbidden",
            "another network",
        ),  # the firewall is that of the files
    ],
)
def test_a_catalogue_that_is_not_given(
    server: FaultyServer, status: int, kind: type[FetchError], expected: str, hint: str
) -> None:
    with pytest.raises(kind, match=expected) as caught:
        published_hashes(server.put(PATH, Answer(status=status)), policy=STEADY)
    assert hint in caught.value.hint


@pytest.mark.parametrize(("status", "method"), [(302, "GET"), (303, "GET"), (307, "POST")])
def test_a_catalogue_that_moved(server: FaultyServer, status: int, method: str) -> None:
    """307 and 308 ask for the same question, the others for a plain one."""
    server.put("/new", rows(row()))
    assert published_hashes(server.put(PATH, redirect("/new", status)), policy=STEADY)
    assert server.asked("/new")[0].method == method
    assert server.asked("/new")[0].body == (b"{}" if method == "POST" else b"")


@pytest.mark.parametrize(
    "name",
    ["\ud800", "x\x1b[2J", "x" * 100_000, "\u202e"],
    ids=["surrogate", "control", "long", "bidi"],
)
def test_a_name_of_a_file_is_printed_safely(server: FaultyServer, name: str) -> None:
    """It is text of the server: surrogates, control characters and length do not reach a message."""
    with pytest.raises(FetchError, match="no single SHA-256 for") as caught:
        published_hashes(server.put(PATH, rows(row(name, "abc"))), policy=STEADY)
    assert str(caught.value).replace("\n", "").isprintable()
    assert len(str(caught.value)) < 2000
