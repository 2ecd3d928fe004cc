"""The script that asks the addresses of the catalog, held to a server on loopback."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

import attrs
import pytest
import requests
from faulty_server import Answer, FaultyServer, file, redirect
from fetching import STEADY, sha256, zipped

from sanctionslib.catalog import FileInfo, FormatInfo, ListInfo, all_lists
from sanctionslib.samples import open_sample

SDN = open_sample(list_id="us_ofac_sdn")
ONCE = attrs.evolve(STEADY, attempts=1)


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """`check_sources.py`, which is no test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(Path(__file__).parent)
        return importlib.import_module("check_sources")


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    with FaultyServer() as running:
        yield running


Ask: TypeAlias = Callable[..., tuple[int, list[dict[str, Any]]]]


@pytest.fixture
def ask(script: ModuleType, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Gives what the script ends with and prints for a list with one file."""

    def asked(*urls: str, hashes: str = "", whole: bool = False) -> tuple[int, list[Any]]:
        files = (FileInfo(name="SDN_ENHANCED.XML", urls=urls),)
        form = FormatInfo(name="ofac-enhanced-xml", files=files, hashes=hashes)
        lists = [ListInfo(list_id="us_ofac_sdn", title="SDN List", formats=(form,))]
        with requests.Session() as session:
            code = script.run(lists, whole=whole, session=session, policy=ONCE)
        return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return asked


def test_every_address_of_the_catalog_is_asked_once(script: ModuleType) -> None:
    """Also those of hashes, which several formats share."""
    found = list(script.addresses(all_lists()))
    wanted = {
        url
        for info in all_lists()
        for form in info.formats
        for url in [*(url for file in form.files for url in file.urls), form.hashes]
        if url
    }
    assert {one.url for one in found} == wanted
    hashes = [one.url for one in found if one.is_hashes]
    assert len(hashes) == len(set(hashes)) > 0


def test_a_line_says_what_an_address_gave(ask: Ask, server: FaultyServer) -> None:
    """Its first bytes, the last server's headers, and whether it can say "unchanged"."""
    stored = attrs.evolve(file(SDN), headers={"Content-Type": "text/xml"})
    server.put("/storage", stored)
    url = server.put("/a", redirect(server.url("/storage?signature=1", host="localhost")))
    code, (line,) = ask(url)
    assert code == 0
    assert 0 <= line.pop("seconds") < 60
    assert line == {
        "list_id": "us_ofac_sdn",
        "format": "ofac-enhanced-xml",
        "file": "SDN_ENHANCED.XML",
        "url": url,
        "status": 200,
        "final_host": "localhost",
        "content_type": "text/xml",
        "length": len(SDN),
        "etag": stored.etag,
        "last_modified": stored.last_modified,
        "conditional": True,
        "sniffed": "XML",
        "size": None,
        "sha256": "",
        "problem": "",
    }


@pytest.mark.parametrize(
    ("answer", "status", "problem"),
    [
        (Answer(status=404), 404, "404 Not Found"),
        (Answer(status=403, body=b"<p>Go away</p>"), 403, "begins with 'Go away'"),
        (Answer(body=b"<html>Sorry</html>"), 200, "a web page; it begins with 'Sorry'"),
        (Answer(body=b"a,b"), 200, "text, not XML; it begins with 'a,b'"),
        (Answer(close=True), None, "closed it without an answer"),
    ],
)
def test_a_line_says_what_is_wrong(
    ask: Ask, server: FaultyServer, answer: Answer, status: int | None, problem: str
) -> None:
    """And the script ends with 1: the file can be had nowhere."""
    code, (line,) = ask(server.put("/a", answer))
    assert (code, line["status"], line["conditional"]) == (1, status, None)
    assert problem in line["problem"]


def test_one_address_that_works_is_enough(ask: Ask, server: FaultyServer) -> None:
    """The others are printed all the same."""
    code, found = ask(server.url("/absent"), server.put("/a", Answer(body=SDN)))
    assert code == 0
    assert [one["status"] for one in found] == [404, 200]
    assert found[1]["conditional"] is None  # it gave no validators


def test_a_server_that_sends_all_of_it_again(ask: Ask, server: FaultyServer) -> None:
    """It gives an ETag and does not look at it."""
    url = server.put("/a", Answer(body=SDN, headers={"ETag": '"1"'}))
    _, (line,) = ask(url)
    assert line["conditional"] is False


def test_hashes_are_counted(ask: Ask, server: FaultyServer) -> None:
    """The catalogue of OFAC's service is asked as the library asks it."""
    codes = json.dumps({"SHA-256": sha256(SDN)})
    rows = [{"fileName": "SDN_ENHANCED.XML", "hashCodes": codes}]
    hashes = server.put("/SdnList", Answer(body=json.dumps(rows).encode()))
    url = server.put("/a", file(SDN))
    _, (_, line) = ask(url, hashes=hashes)
    assert (line["file"], line["sniffed"], line["problem"]) == ("SdnList", "hashes of 1 files", "")


def test_all_of_it_is_read(ask: Ask, server: FaultyServer) -> None:
    """With --whole: size and hash of what came, and what the library makes of it."""
    url = server.put("/SDN_ENHANCED.ZIP", Answer(body=zipped({"SDN_ENHANCED.XML": SDN})))
    code, (line, reading) = ask(url, whole=True)
    assert code == 0
    assert (line["sniffed"], line["size"], line["sha256"]) == ("a zip", len(SDN), sha256(SDN))
    reading.pop("seconds")
    assert reading == {
        "list_id": "us_ofac_sdn",
        "format": "ofac-enhanced-xml",
        "read": ["SDN_ENHANCED.XML"],
        "entries": 28,  # as samples/README.md counts them
        "published": "2021-12-10",
        "issues": 0,
        "problem": "",
    }


def test_what_cannot_be_read_is_said(ask: Ask, server: FaultyServer) -> None:
    """In the words of the library."""
    url = server.put("/a", Answer(body=SDN[: len(SDN) // 2]))
    _, (_, reading) = ask(url, whole=True)
    assert reading["entries"] is None
    assert "what to do" in reading["problem"]


def test_lists_are_chosen_by_name(
    script: ModuleType,
    capsys: pytest.CaptureFixture[str],
    server: FaultyServer,
    tmp_path: Path,
) -> None:
    """Also those of one's own catalog; a name that is none is an error."""
    url = server.put("/watch.csv", Answer(body=b"id,name\n1,EXAMPLE\n"))
    own = tmp_path / "lists.toml"
    own.write_text(
        f'[my_watch]\ntitle = "Watch"\n[my_watch.formats.sanctionslib-csv.files]\n"watch.csv" = ["{url}"]\n'
    )
    assert script.main(["my_watch", "--own", str(own)]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["list_id"] == "my_watch"
    with pytest.raises(SystemExit):
        script.main(["absent"])
    assert "no such list: absent" in capsys.readouterr().err
