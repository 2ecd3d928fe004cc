"""Ask every address of the catalog what it gives: the only script here that uses the network.

    make live                              # the first bytes of everything
    make live LIVE="us_ofac_sdn --whole"   # all of one list, and read it

It is no test and is not collected by pytest: publishers' servers are theirs, and block who asks too
much. It prints one line of JSON for each address; docs/contributing.md says what is in it. It ends
with 1 where a file of a format that we read could be had from none of its addresses, else with 0.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import attrs
import requests

from sanctionslib.archive._attempts import RetryPolicy
from sanctionslib.archive._http import HttpClient
from sanctionslib.archive.content import (
    Body,
    content_length,
    fault_of,
    is_zip,
    kind_of,
    readable,
)
from sanctionslib.archive.fetch import fetch_file, published_hashes
from sanctionslib.archive.packing import Received
from sanctionslib.catalog import FileInfo, FormatInfo, ListInfo, all_lists
from sanctionslib.errors import SanctionsError
from sanctionslib.parsers import InputFile, Options, parse

FIRST = 1024
"""Bytes that are asked for, unless all are."""


@attrs.frozen(kw_only=True)
class Address:
    """One address of the catalog, and what should be there."""

    list_id: str
    form: FormatInfo
    file: str
    """The file; of a catalogue of hashes the last part of its address."""
    url: str
    is_hashes: bool = False


@attrs.define
class Answer:
    """What an address gave: one line."""

    list_id: str
    format: str
    file: str
    url: str
    status: int | None = None
    final_host: str = ""
    content_type: str = ""
    length: int | None = None
    etag: str = ""
    last_modified: str = ""
    conditional: bool | None = None
    sniffed: str = ""
    size: int | None = None
    sha256: str = ""
    seconds: float = 0.0
    problem: str = ""


@attrs.define
class Reading:
    """What was read from the files of a format: one line, with `--whole`."""

    list_id: str
    format: str
    read: list[str]
    entries: int | None = None
    published: str = ""
    issues: int | None = None
    seconds: float = 0.0
    problem: str = ""


def addresses(lists: Sequence[ListInfo]) -> Iterator[Address]:
    """All addresses, list by list; those of hashes once."""
    seen: set[str] = set()
    for info in lists:
        for form in info.formats:
            for file in form.files:
                for url in file.urls:
                    yield Address(list_id=info.list_id, form=form, file=file.name, url=url)
            if form.hashes and form.hashes not in seen:
                seen.add(form.hashes)
                name = PurePosixPath(urlsplit(form.hashes).path).name
                yield Address(
                    list_id=info.list_id, form=form, file=name, url=form.hashes, is_hashes=True
                )


def check(
    address: Address,
    *,
    session: requests.Session,
    policy: RetryPolicy,
    folder: Path | None = None,
) -> tuple[Answer, tuple[Received, ...]]:
    """Ask one address.

    Args:
        address: The address.
        session: A session; what it hears is noted.
        policy: How long to wait.
        folder: Fetch all of it into this folder; without it only the first bytes.
    """
    answer = Answer(address.list_id, address.form.name, address.file, address.url)
    received: tuple[Received, ...] = ()
    heard: list[requests.Response] = []

    def hear(response: requests.Response, *_: object, **__: object) -> None:
        heard.append(response)

    start = time.monotonic()
    session.hooks["response"] = [hear]
    try:
        if address.is_hashes:
            hashes = published_hashes(address.url, session=session, policy=policy)
            answer.sniffed = f"hashes of {len(hashes)} files"
        elif folder is not None:
            received = _whole(address, session, policy, folder)
            answer.sniffed = "a zip" if received[0].packed else "the file"
            answer.size = sum(one.size for one in received)
            answer.sha256 = received[0].sha256
        else:
            answer.sniffed, answer.problem = _begun(address, session, policy)
    except SanctionsError as error:
        answer.problem = error.what
    answer.seconds = round(time.monotonic() - start, 2)
    if heard:
        _note(answer, heard[-1])
    if not answer.problem and not address.is_hashes:
        answer.conditional = _is_conditional(answer, address, session, policy)
    return answer, received


def read(list_id: str, form: FormatInfo, received: Sequence[Received]) -> Reading:
    """Read the files of a format, as the library does after it fetched them."""
    reading = Reading(list_id, form.name, [one.name for one in received])
    start = time.monotonic()
    try:
        parsed = parse(
            [InputFile(one.path, name=one.name) for one in received],
            Options(list_id=list_id, verifies_list=True),
        )
    except SanctionsError as error:
        reading.problem = str(error)
    else:
        reading.entries = len(parsed.entities)
        reading.published = str(parsed.editions[0].published or "")
        reading.issues = len(parsed.audit.issues)
    reading.seconds = round(time.monotonic() - start, 2)
    return reading


def run(
    lists: Sequence[ListInfo], *, whole: bool, session: requests.Session, policy: RetryPolicy
) -> int:
    """Ask all addresses and print what they give; the exit code."""
    undetermined = False
    groups = groupby(addresses(lists), key=lambda one: (one.list_id, one.form))
    for (list_id, form), group in groups:
        with tempfile.TemporaryDirectory() as folder:
            first: dict[str, tuple[Received, ...]] = {}
            for address in group:
                answer, received = check(
                    address,
                    session=session,
                    policy=policy,
                    folder=Path(folder) if whole else None,
                )
                _print(answer)
                if not answer.problem and not address.is_hashes:
                    first.setdefault(address.file, received)
            is_all = all(file.name in first for file in form.files)
            undetermined |= form.is_readable and not is_all
            if whole and form.is_readable and is_all:
                _print(read(list_id, form, [one for each in first.values() for one in each]))
    return int(undetermined)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("list_id", nargs="*", help="lists; without one all")
    parser.add_argument("--whole", action="store_true", help="fetch and read all of each file")
    parser.add_argument("--own", type=Path, help="a lists.toml of yours")
    given = parser.parse_args(arguments)
    lists = [
        info for info in all_lists(given.own) if not given.list_id or info.list_id in given.list_id
    ]
    if unknown := set(given.list_id) - {info.list_id for info in lists}:
        parser.error(f"no such list: {', '.join(sorted(unknown))}")
    with requests.Session() as session:
        return run(lists, whole=given.whole, session=session, policy=RetryPolicy(attempts=2))


def _begun(address: Address, session: requests.Session, policy: RetryPolicy) -> tuple[str, str]:
    """What the first bytes are, and what is wrong with them."""

    def take(response: requests.Response) -> bytes:
        head = b""
        for piece in Body(response, largest=address.form.largest, left=client.left).pieces():
            head += piece
            if len(head) >= FIRST:
                break
        return head

    with HttpClient.open(session, policy) as client:
        head = client.fetch(address.url, address.file, take)
        if head is None:
            return "", "; ".join(client.notes())
    # What is in a zip is not seen by its beginning.
    fault = "" if is_zip(address.file, head) else fault_of(address.file, head)
    return kind_of(head), f"{fault.rstrip(',')}; it begins with {readable(head)!r}" if fault else ""


def _whole(
    address: Address, session: requests.Session, policy: RetryPolicy, folder: Path
) -> tuple[Received, ...]:
    found = fetch_file(
        FileInfo(name=address.file, urls=(address.url,)),
        folder,
        largest=address.form.largest,
        session=session,
        policy=policy,
    )
    assert isinstance(found, tuple)  # no file was given as known
    return found


def _is_conditional(
    answer: Answer, address: Address, session: requests.Session, policy: RetryPolicy
) -> bool | None:
    """Whether the server says "unchanged" to what it just gave; None where it gave no validators."""
    conditions = {"If-None-Match": answer.etag, "If-Modified-Since": answer.last_modified}
    conditions = {header: value for header, value in conditions.items() if value}
    if not conditions:
        return None
    try:
        with HttpClient.open(session, policy) as client:
            return client.fetch(
                address.url,
                address.file,
                lambda response: response.status_code == 304,
                headers=conditions,
            )
    except SanctionsError:
        return None


def _note(answer: Answer, response: requests.Response) -> None:
    """What the last server said, at the end of all redirects."""
    headers = response.headers
    answer.status = response.status_code
    answer.final_host = urlsplit(response.url).hostname or ""
    answer.content_type = headers.get("Content-Type", "")
    answer.length = content_length(headers.get("Content-Length", ""))
    answer.etag = headers.get("ETag", "")
    answer.last_modified = headers.get("Last-Modified", "")


def _print(line: Answer | Reading) -> None:
    print(json.dumps(attrs.asdict(line), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    sys.exit(main())
