"""One file from its publisher's server: whole, hashed, and nothing else in its place; or an error.

What servers do is told in `docs/guide/servers.md`. What comes in is streamed to a gzip file in a
temporary folder and hashed on the way; each attempt begins anew, so that no file is made of two.
Addresses that a server redirects to are followed and never kept: those of OFAC are signed and live
for minutes.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import secrets
from collections.abc import Callable, Generator, Iterable, Mapping
from functools import partial
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import attrs

from sanctionslib.archive._attempts import AttemptError, Patience
from sanctionslib.archive._body import Body
from sanctionslib.archive._catalogue import MOST, hashes_in
from sanctionslib.archive._files import unwritable
from sanctionslib.archive._headers import validator
from sanctionslib.archive._http import HINT_BLOCKED, Asker
from sanctionslib.archive._pack import Packer
from sanctionslib.archive._received import Received, Unchanged
from sanctionslib.archive._sniff import HEAD, beginning, fault_of, is_zip
from sanctionslib.archive._unzip import unzip
from sanctionslib.catalog import FileInfo
from sanctionslib.errors import BlockedError, InvalidInputError, Where

if TYPE_CHECKING:
    import requests

__all__ = ["Patience", "fetch_file", "published_hashes"]


def fetch_file(
    file: FileInfo,
    folder: Path,
    *,
    largest: int,
    session: requests.Session | None = None,
    patience: Patience | None = None,
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
        patience: How long to wait, and how often to ask.
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
    with Asker(session, patience or Patience()) as asker:
        for url in file.urls:
            wanted = _Wanted(
                file=file, url=url, folder=folder, largest=largest, hashes=hashes, progress=progress
            )
            conditions = _conditions(known) if known and known[0] == url else {}
            got = asker.ask(
                url, file.name, partial(_taken, wanted=wanted, asker=asker), headers=conditions
            )
            if got is None:
                continue
            notes = asker.notes()
            if isinstance(got, Unchanged):
                return attrs.evolve(got, notes=notes)
            return tuple(attrs.evolve(one, notes=notes) for one in got)
        raise asker.error(
            file.name,
            AttemptError(
                "no address of it has it",
                hint="the publisher moved it: look at its page, and for a newer version of this library",
            ),
        )


def published_hashes(
    address: str, *, session: requests.Session | None = None, patience: Patience | None = None
) -> dict[str, str]:
    """The hashes that OFAC's service states: file name → `sha256:…`.

    Raises:
        BlockedError: The server lets nobody, or not us, have them.
        FetchError: They cannot be had, or are not of the form that is known.
        InvalidInputError: The session does not check certificates.
    """
    name = PurePosixPath(urlsplit(address).path).name
    with Asker(session, patience or Patience()) as asker:
        found = asker.ask(
            address,
            name,
            lambda answer: hashes_in(
                b"".join(Body(answer, largest=MOST, left=asker.left).pieces())
            ),
            headers={"Content-Type": "application/json", "Accept": "application/json"},
            body=b"{}",
        )
        if found is None:
            raise asker.error(
                name, AttemptError("the server does not have it", hint="look at the catalog")
            )
        return found


@attrs.frozen(kw_only=True)
class _Wanted:
    """What is asked for, and where it goes."""

    file: FileInfo
    url: str
    folder: Path
    largest: int
    hashes: Mapping[str, str]
    progress: Callable[[int, int], None] | None


def _conditions(known: tuple[str, str, str]) -> dict[str, str]:
    _, etag, last_modified = known
    conditions = {"If-None-Match": validator(etag), "If-Modified-Since": validator(last_modified)}
    return {header: value for header, value in conditions.items() if value}


def _taken(
    answer: requests.Response, *, wanted: _Wanted, asker: Asker
) -> tuple[Received, ...] | Unchanged:
    if answer.status_code == 304:
        return Unchanged(url=wanted.url)
    body = Body(answer, largest=wanted.largest, left=asker.left, progress=wanted.progress)
    checksum = "" if body.is_packed else _amazon(answer.headers.get("x-amz-checksum-sha256", ""))
    pieces = body.pieces()
    head = b""
    for piece in pieces:
        head += piece
        if len(head) >= HEAD:
            break
    name = wanted.file.name
    whole = chain([head], pieces)
    if is_zip(name, head):
        received = _zipped(whole, wanted, checksum)
    else:
        if fault := fault_of(name, head):
            raise AttemptError(_told(fault, head), hint=HINT_BLOCKED, kind=BlockedError)
        received = (_plain(whole, wanted, checksum),)
    headers = answer.headers
    return tuple(
        attrs.evolve(
            one,
            url=wanted.url,
            etag=validator(headers.get("ETag", "")),
            last_modified=validator(headers.get("Last-Modified", "")),
            date=headers.get("Date", ""),
            wire=body.wire,
        )
        for one in received
    )


def _told(fault: str, head: bytes) -> str:
    if not head.strip():
        return "200, with nothing in the body"
    return f"200, with {fault} in place of the file{beginning(head)}"


def _plain(pieces: Iterable[bytes], wanted: _Wanted, checksum: str) -> Received:
    name = wanted.file.name
    with Packer(wanted.folder / f"{secrets.token_hex(8)}.gz") as packer:
        for piece in pieces:
            packer.write(piece)
        size, sha256 = packer.close()
        agreed = _compared(sha256, wanted.hashes.get(name.casefold(), ""), checksum)
    return Received(name=name, path=packer.path, size=size, sha256=sha256, published_hash=agreed)


def _zipped(pieces: Iterable[bytes], wanted: _Wanted, checksum: str) -> tuple[Received, ...]:
    packed = unquote(PurePosixPath(urlsplit(wanted.url).path).name)
    stated = wanted.hashes.get(packed.casefold(), "")
    path = wanted.folder / f"{secrets.token_hex(8)}.zip"
    with _removed(path):
        packed_sha256 = _written(pieces, path)
        agreed = _compared(packed_sha256, stated, checksum)
        received = unzip(path, wanted.file.name, wanted.folder, largest=wanted.largest)
    found: list[Received] = []
    try:
        for one in received:
            # The publisher may hash only what is inside.
            inside = "" if stated else wanted.hashes.get(one.name.casefold(), "")
            found.append(
                attrs.evolve(
                    one,
                    packed=packed,
                    packed_sha256=packed_sha256,
                    published_hash=_compared(one.sha256, inside, "") or agreed,
                )
            )
    except AttemptError:
        for one in received:
            one.path.unlink()
        raise
    return tuple(found)


def _written(pieces: Iterable[bytes], path: Path) -> str:
    """Write a file; its hash."""
    digest = hashlib.sha256()
    try:
        opened = path.open("xb")
    except OSError as error:
        raise unwritable(error, path, "the file cannot be written") from error
    with opened:
        for piece in pieces:
            digest.update(piece)
            try:
                opened.write(piece)
                opened.flush()
            except OSError as error:
                # Closing writes what is left, and a full disk says so once more.
                with contextlib.suppress(OSError):
                    opened.close()
                raise unwritable(error, path, "the file cannot be written") from error
    return digest.hexdigest()


@contextlib.contextmanager
def _removed(path: Path) -> Generator[None]:
    """Remove a file at the end of the block, however that is left."""
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            path.unlink()


def _compared(sha256: str, stated: str, checksum: str) -> str:
    """The hash that the publisher states, or its storage; "" where neither does.

    Raises:
        AttemptError: It is another.
    """
    found = f"sha256:{sha256}"
    for expected in (stated, checksum):
        if expected and expected != found:
            raise AttemptError(
                f"its hash is {found}, and the publisher states {expected}",
                hint="the file was changed on the way, or the publisher is about to replace it: "
                "try again later",
                again=True,
            )
    return stated or checksum


def _amazon(header: str) -> str:
    """A checksum of Amazon's storage in our form; "" where it is none of the whole file."""
    try:
        digest = base64.b64decode(header, validate=True)
    except ValueError:
        return ""  # "…-3" is a checksum of the checksums of three parts
    return f"sha256:{digest.hex()}" if len(digest) == 32 else ""
