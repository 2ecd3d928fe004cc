"""fetch_file: pages and other things in place of the file."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from faulty_server import HASTY, Answer, FaultyServer, redirect
from fetching import STEADY, XML, Get

from sanctionslib.archive.content import fault_of, readable
from sanctionslib.errors import BlockedError

PAGE = b"""<!DOCTYPE html>
<html><head><title>Request Rejected</title><style>p { color: red }</style>
<script>var a = "<p>";</script></head><body><!-- id 7 -->
<p>The requested URL was&nbsp;rejected &amp; logged.</p></body></html>"""
PACKED = {"Content-Encoding": "gzip"}


@pytest.mark.parametrize("is_packed", [False, True])
@pytest.mark.parametrize(("status", "reason"), [(401, "Unauthorized"), (403, "Forbidden")])
def test_a_refusal_is_a_block(
    server: FaultyServer, get: Get, status: int, reason: str, is_packed: bool
) -> None:
    """The error has the beginning of the page as a person reads it, and what to do; it is asked once."""
    url = server.put("/SDN.CSV", Answer(status=status, body=PAGE, gzip=is_packed))
    error = get.fails(url, error=BlockedError)
    expected = f"cannot be fetched: {status} {reason}, which begins with 'Request Rejected The "
    assert expected in error.what
    assert "rejected & logged.'" in error.what
    assert "color" not in error.what
    assert "save the file and add it to the archive" in error.hint
    assert len(server.asked("/SDN.CSV")) == 1


@pytest.mark.parametrize(
    "answer",
    [
        Answer(status=403),
        Answer(status=403, body=PAGE, cut=20),
        Answer(status=403, body=PAGE, cut=0, reset=True),
        Answer(status=403, body=PAGE, cut=20, hang=True),
        Answer(status=403, body=PAGE, headers={"Content-Encoding": "br"}),
        Answer(status=403, body=PAGE, headers=PACKED),
        Answer(status=403, body=PAGE * 10_000),
    ],
    ids=["empty", "cut", "reset", "hangs", "packed unasked", "not packed", "long"],
)
def test_a_refusal_is_one_whatever_its_page(server: FaultyServer, get: Get, answer: Answer) -> None:
    """A fault in the page does not hide what the status says."""
    url = server.put("/SDN.CSV", answer)
    error = get(policy=HASTY if answer.hang else STEADY).fails(url, error=BlockedError)
    assert "403 Forbidden" in error.what


def test_of_a_long_page_the_beginning_is_said(server: FaultyServer, get: Get) -> None:
    """Its end is not waited for."""
    answer = Answer(status=403, body=PAGE * 10_000, cut=len(PAGE) * 9_000, hang=True)
    error = get.fails(server.put("/SDN.CSV", answer), error=BlockedError)
    assert "which begins with 'Request Rejected" in error.what


@pytest.mark.parametrize(
    "answer",
    [
        Answer(),
        Answer(body=b" \r\n\t"),
        Answer(gzip=True),
        Answer(headers=PACKED),
        Answer(chunked=True),
    ],
    ids=["no bytes", "blanks", "packed", "said to be packed", "in chunks"],
)
def test_nothing_is_a_block(server: FaultyServer, get: Get, answer: Answer) -> None:
    """An empty file is no list without entries."""
    error = get.fails(server.put("/SDN.CSV", answer), error=BlockedError)
    assert "200, with nothing in the body" in error.what


@pytest.mark.parametrize("status", [202, 204])
def test_no_content_is_a_block(server: FaultyServer, get: Get, status: int) -> None:
    """A firewall that wants to see a browser answers so."""
    url = server.put("/SDN.CSV", Answer(status=status))
    assert f"{status} " in get.fails(url, error=BlockedError).what


@pytest.mark.parametrize(
    ("name", "body", "expected"),
    [
        ("SDN.XML", PAGE, "a web page"),
        ("SDN.CSV", b"\xef\xbb\xbf\r\n <HTML lang='en'>x", "a web page"),
        ("SDN.XML", b"<?xml version='1.0'?><!-- x --><html xmlns='a'>x</html>", "a web page"),
        ("noname", b"<body>x</body>", "a web page"),
        ("SDN.XML", PAGE.decode().encode("utf-16"), "a web page"),
        ("SDN.XML", b'{"message": "Forbidden"}', "JSON, not XML,"),
        ("SDN.CSV", b' {"message": "Forbidden"}', "JSON, not text,"),
        ("SDN.CSV", b"[\n{}]", "JSON, not text,"),
        ("SDN.CSV", XML, "XML, not text,"),
        ("SDN.XML", b"Service unavailable", "text, not XML,"),
        ("list.json", b"Service unavailable", "text, not JSON,"),
        ("SDN.XML", gzip.compress(XML), "a gzip file, not XML,"),
        ("SDN.CSV", b"%PDF-1.7\n", "a PDF, not text,"),
        ("SDN.CSV", b"\x00\x01\x02", "bytes that are no text, not text,"),
        ("list.xlsx", XML, "XML, not a zip,"),
    ],
)
def test_other_things_in_place_of_the_file(
    server: FaultyServer, get: Get, name: str, body: bytes, expected: str
) -> None:
    """With status 200, as they come: seen by their first bytes, and not asked for again."""
    error = get(name=name).fails(server.put("/file", Answer(body=body)), error=BlockedError)
    assert f"200, with {expected} in place of the file" in error.what
    # What nobody can read is not shown: bytes without a sign, and XML without a word.
    is_readable = body != XML and not expected.startswith(("a gzip", "a PDF", "bytes"))
    assert ("it begins with" in error.what) is is_readable
    assert len(server.asked("/file")) == 1


def test_a_page_at_the_end_of_a_redirect(server: FaultyServer, get: Get) -> None:
    """The error says whose page it is, without the query of its address."""
    server.put("/sorry", Answer(status=403, body=PAGE))
    there = server.url("/sorry", host="localhost")
    url = server.put("/SDN.CSV", redirect(f"{there}?signature=secret"))
    error = get.fails(url, error=BlockedError)
    assert f"403 Forbidden from {there}, which" in error.what
    assert "secret" not in str(error)


@pytest.mark.parametrize("status", [206, 300, 302, 400, 405, 451, 501])
def test_other_answers_are_errors(server: FaultyServer, get: Get, status: int) -> None:
    """They are not asked for again: it would be the same."""
    error = get.fails(server.put("/SDN.CSV", Answer(status=status, body=b"<p>No.</p>")))
    assert f"cannot be fetched: {status} " in error.what
    assert "which begins with 'No.'" in error.what
    assert len(server.asked("/SDN.CSV")) == 1


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("SDN.CSV", b'36,"AEROCARIBBEAN AIRLINES",-0- ,"CUBA"\r\n'),
        ("SDN.CSV", b"a,b\n".decode().encode("utf-16")),
        ("dpl.txt", b"Name\tStreet_Address\r\n"),
        ("dpl.txt", b"[draft] a list\n"),
        ("ConList.csv", b"Last Updated,10/12/2021\r\n"),
        ("sdn.xml", b"\xef\xbb\xbf<?xml version='1.0'?>\n<!--x--><sdnList>"),
        ("consolidated.xml", "<CONSOLIDATED_LIST>".encode("utf-16")),
        ("list.xml", b"<htmlish>"),
        ("own.json", b"[]"),
        ("own.json", b'[{"a": 1}]'),
        ("own.jsonl", b'{"a": 1}\n'),
        ("content", b"<export>"),
    ],
)
def test_what_can_be_the_file(name: str, head: bytes) -> None:
    """What is in it the parsers see."""
    assert fault_of(name, head) == ""


def test_the_lists_can_be_the_files(lists: Path) -> None:
    """Nothing official is taken for something else."""
    found = [one for one in lists.rglob("*") if one.suffix.lower() in (".xml", ".csv", ".txt")]
    assert len(found) > 20
    for path in found:
        with path.open("rb") as opened:
            assert fault_of(path.name, opened.read(1 << 14)) == "", path


@pytest.mark.parametrize(
    ("head", "text"),
    [
        (PAGE, "Request Rejected The requested URL was rejected & logged."),
        (b"a\x00\x1b[31mb\r\n c", "a [31mb c"),
        (b"<p>" + b"word " * 100, "word " * 39 + "word…"),
        (b"<script>" * 2000, ""),
        (b"<" * 16_000, "<" * 199 + "…"),
        (b"caf\xe9", "caf\N{REPLACEMENT CHARACTER}"),
        (b"", ""),
    ],
)
def test_a_page_is_read_as_a_person_does(head: bytes, text: str) -> None:
    """Without tags, in one line, and not all of it."""
    assert readable(head) == text
