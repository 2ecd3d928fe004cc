"""One file from its publisher's server: whole, hashed, and nothing else in its place; or an error.

`docs/guide/servers.md` says what servers do. What comes in is streamed to a gzip file in a
temporary folder and hashed on the way; each attempt begins anew, so that no file is made of two.
Addresses that a server redirects to are followed and never kept: those of OFAC are signed and
valid for minutes.
"""

from __future__ import annotations

import base64
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote, urlsplit

import attrs

from sanctionslib.archive._attempts import AttemptError, RetryPolicy
from sanctionslib.archive._files import writing
from sanctionslib.archive._http import HINT_BLOCKED, HttpClient
from sanctionslib.archive.content import Body, beginning, fault_of, is_zip, readable, validator
from sanctionslib.archive.packing import Received, packed, unzip, write
from sanctionslib.catalog import FileInfo
from sanctionslib.errors import BlockedError, InvalidInputError, Where

if TYPE_CHECKING:
    import requests

__all__ = ["RetryPolicy", "Unchanged", "fetch_file", "published_hashes"]

_LARGEST_CATALOGUE = 4 << 20
"""Bytes that OFAC's catalogue of files may have; it has a few dozen rows."""
_SHA256 = re.compile(r"[0-9a-f]{64}")


@attrs.frozen(kw_only=True)
class Unchanged:
    """The server says that the file is the one that was received before (304)."""

    url: str
    notes: tuple[str, ...] = ()
    """As `Received.notes`."""


def fetch_file(
    file: FileInfo,
    folder: Path,
    *,
    largest: int,
    session: requests.Session | None = None,
    policy: RetryPolicy | None = None,
    known: tuple[str, str, str] | None = None,
    stated: Mapping[str, str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Received, ...] | Unchanged:
    """Download one file of an edition: several where the server gives a zip with several.

    Args:
        file: Its name and addresses; the next address is tried where one does not have it (404, 410).
        folder: A temporary folder. After an error it holds nothing that it did not hold before.
        largest: No file is larger than this, unpacked.
        session: Yours, for proxies or certificates; its own User-Agent is kept if it has one.
        policy: How often to ask, and how long to wait.
        known: Address, ETag and Last-Modified of what is held, to ask for it only if it changed.
        stated: The hashes that the publisher states: file name → `sha256:…`; that of the zip is
            compared where one came, else that of the file.
        progress: Called with the bytes received and the bytes in all (0 where unknown), as they
            come over the network; it begins anew with each attempt.

    Returns:
        The file out of a zip is the one of the file's name, else the only one, else all of them.

    Raises:
        BlockedError: A block page, a web page, an empty body, 401 or 403; with its beginning.
        FetchError: Anything else that keeps the file from coming in whole: with each attempt.
        InvalidInputError: The file has no address, or the session does not check certificates.
        UnwritableError: It cannot be written.
    """
    if not file.urls:
        raise InvalidInputError(
            "this file has no address",
            where=Where(source=file.name),
            hint="give it one in your own catalog, or add the file to the archive by hand",
        )
    hashes = {name.casefold(): value.lower() for name, value in (stated or {}).items()}
    with HttpClient.open(session, policy) as client:

        def take(response: requests.Response) -> tuple[Received, ...] | Unchanged:
            if response.status_code == 304:
                return Unchanged(url=url, notes=client.notes())
            body = Body(response, largest=largest, left=client.left, progress=progress)
            with writing(folder, "the file cannot be written"):
                attempt = Path(tempfile.mkdtemp(dir=folder))
            try:
                headers = response.headers
                checksum = _amazon(headers.get("x-amz-checksum-sha256", ""))
                if body.is_packed:
                    checksum = ""  # it is of the packed bytes
                found = _received(
                    body, file.name, url, attempt, hashes=hashes, checksum=checksum, largest=largest
                )
            except BaseException:
                shutil.rmtree(attempt, ignore_errors=True)
                raise
            first, *others = (
                attrs.evolve(
                    one,
                    url=url,
                    etag=validator(headers.get("ETag", "")),
                    last_modified=validator(headers.get("Last-Modified", "")),
                    date=headers.get("Date", ""),
                )
                for one in found
            )
            return attrs.evolve(first, wire=body.wire, notes=client.notes()), *others

        for url in file.urls:
            conditions = _conditions(known) if known and known[0] == url else {}
            got = client.fetch(url, file.name, take, headers=conditions)
            if got is not None:
                return got
        raise client.error(
            file.name,
            AttemptError(
                "none of its addresses has it",
                hint="the publisher moved it: look at its page, and for a newer version of this library",
            ),
        )


def _received(
    body: Body,
    name: str,
    url: str,
    folder: Path,
    *,
    hashes: Mapping[str, str],
    checksum: str,
    largest: int,
) -> list[Received]:
    """The files of a body, each with the hash that the publisher states of it, or of its zip."""
    head, whole = body.head()
    if not is_zip(name, head):
        if fault := fault_of(name, head):
            what = f"{fault} in place of the file{beginning(head)}"
            if not head.strip():
                what = "nothing in the body"
            raise AttemptError(f"200, with {what}", hint=HINT_BLOCKED, kind=BlockedError)
        file = packed(whole, folder, name)
        agreed = _agreed(file.sha256, hashes.get(name.casefold(), ""), checksum)
        return [attrs.evolve(file, published_hash=agreed)]
    path = folder / "all.zip"
    _, sha256 = write(whole, path, as_gzip=False)
    of_zip = unquote(PurePosixPath(urlsplit(url).path).name)
    stated = hashes.get(of_zip.casefold(), "")
    agreed = _agreed(sha256, stated, checksum)
    found: list[Received] = []
    for one in unzip(path, name, folder, largest=largest):
        # The plain file may have been made at another time than the zip, which was compared.
        of_file = "" if stated else hashes.get(one.name.casefold(), "")
        agreed_of_file = _agreed(one.sha256, of_file, "")
        found.append(
            attrs.evolve(
                one, packed=of_zip, packed_sha256=sha256, published_hash=agreed_of_file or agreed
            )
        )
    path.unlink()
    return found


def _agreed(sha256: str, stated: str, checksum: str) -> str:
    """The hash that the publisher states, or its storage, where it agrees; "" where neither does."""
    found = f"sha256:{sha256}"
    for expected in (stated, checksum):
        if expected and expected != found:
            raise AttemptError(
                f"its hash is {found}, and the publisher states {expected}",
                hint="the file was changed on the way, or the publisher is about to replace it: "
                "try again later",
                is_retryable=True,
            )
    return stated or checksum


def _conditions(known: tuple[str, str, str]) -> dict[str, str]:
    _, etag, last_modified = known
    conditions = {"If-None-Match": validator(etag), "If-Modified-Since": validator(last_modified)}
    return {header: value for header, value in conditions.items() if value}


def _amazon(header: str) -> str:
    """A checksum of Amazon's storage in our form; "" where it is not of the whole file."""
    try:
        digest = base64.b64decode(header, validate=True)
    except ValueError:
        return ""  # "…-3" is a checksum of the checksums of three parts
    return f"sha256:{digest.hex()}" if len(digest) == 32 else ""


# ── the hashes that OFAC states ───────────────────────────────────────────────────────────────


def published_hashes(
    address: str, *, session: requests.Session | None = None, policy: RetryPolicy | None = None
) -> dict[str, str]:
    """The hashes that OFAC's Sanctions List Service states: file name → `sha256:…`.

    Its catalogue is an array of rows `{fileName, size, lastUpdated, downloadLink, hashCodes}`, the
    last a text that is JSON again and has "SHA-256" in it.

    Raises:
        BlockedError: The server blocks them, for everybody or for us.
        FetchError: They cannot be fetched, or are not of the form that is known.
        InvalidInputError: The session does not check certificates.
    """
    name = PurePosixPath(urlsplit(address).path).name
    with HttpClient.open(session, policy) as client:

        def take(response: requests.Response) -> dict[str, str]:
            body = Body(response, largest=_LARGEST_CATALOGUE, left=client.left)
            return _hashes_in(b"".join(body.pieces()))

        found = client.fetch(
            address,
            name,
            take,
            headers={"Content-Type": "application/json", "Accept": "application/json"},
            body=b"{}",
        )
        if found is None:
            raise client.error(
                name, AttemptError("the server does not have it", hint="look at the catalog")
            )
        return found


def _hashes_in(body: bytes) -> dict[str, str]:
    rows = _loaded(body)
    if not isinstance(rows, list):
        raise _unexpected("no array of files", body)
    found: dict[str, str] = {}
    for row in cast("list[object]", rows):
        shown = json.dumps(row).encode()
        columns = cast("dict[str, object]", row) if isinstance(row, dict) else {}
        name, codes = columns.get("fileName"), columns.get("hashCodes")
        if not isinstance(name, str) or not name:
            raise _unexpected("a row without a file name", shown)
        # No hash is no fault: the file may be about to be published.
        if not codes:
            continue
        if isinstance(codes, str):
            codes = _loaded(codes.encode("utf-8", "replace"))
        named = cast("dict[str, object]", codes) if isinstance(codes, dict) else {}
        value = f"sha256:{str(named.get('SHA-256')).lower()}"
        if not _SHA256.fullmatch(value[7:]) or found.setdefault(name, value) != value:
            file = readable(name.encode(errors="replace"))
            raise _unexpected(f"no single SHA-256 for {file}", shown)
    if not found:
        raise _unexpected("no hashes", body)
    return found


def _loaded(text: bytes) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _unexpected(what: str, found: bytes) -> AttemptError:
    return AttemptError(
        f"the catalogue of hashes has {what}: {readable(found) or 'it is empty'!r}",
        hint="the publisher may have changed its form: look for a newer version of this library",
    )
