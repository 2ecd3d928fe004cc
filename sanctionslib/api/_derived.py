"""What is made from the editions of an archive and can be made again: parsed copies, and changes.

It lies apart from the editions (`Archive.derived`), and may be deleted at any time. It is believed
only where it is whole, unaltered, and made by this code from these bytes; else it is made anew. That
it cannot be kept is no error: the next one has to make it again.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import sys
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import attrs

from sanctionslib._version import __version__
from sanctionslib.answers import Changes, HeldEdition
from sanctionslib.archive._files import make_folder, sweep, temporary
from sanctionslib.archive.store import Archive
from sanctionslib.errors import SanctionsError
from sanctionslib.export import from_dict, to_dict
from sanctionslib.model import Entity
from sanctionslib.parsers import Parsed
from sanctionslib.parsers import parsed_copy as copies
from sanctionslib.query import SanctionsList, diff

__all__ = ["Touched", "changes_between", "fingerprint", "keep_parsed", "parsed_copy", "touched"]

_COPIES = 2
"""How many parsed copies of a format are kept. One takes up to three times the room of its edition,
and a history of hundreds is not read whole."""

_LARGEST = 1 << 28
"""More bytes than the changes from one edition to another can take."""

_ROOMS = ("answers", "export", "model", "parsers", "query", "reference")
"""Where the code lies that decides what is read from a file, and what is said of it."""


@cache
def fingerprint() -> str:
    """What the code is that makes things from editions; another code makes other things.

    The hash of its sources and tables, with the versions of the library and of Python, whose tables
    of characters count too. Where no sources are installed, the versions alone.
    """
    found = hashlib.sha256(f"{__version__} {sys.version}".encode())
    package = resources.files("sanctionslib")
    for room in _ROOMS:
        for path, content in _sources(package / room, room):
            found.update(f"{path} {len(content)}\n".encode() + content)
    return found.hexdigest()


def _sources(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    if not folder.is_dir():  # installers can put modules elsewhere
        return
    for each in sorted(folder.iterdir(), key=lambda one: one.name):
        if each.is_dir():
            yield from _sources(each, f"{path}/{each.name}")
        elif each.name.endswith((".py", ".tsv")):
            yield f"{path}/{each.name}", each.read_bytes()


# ── parsed copies ─────────────────────────────────────────────────────────────────────────────


def parsed_copy(archive: Archive, held: HeldEdition, *, records: bool = False) -> Parsed | None:
    """What a parser gave for an edition, from its copy; None where there is none to believe.

    Args:
        archive: The archive.
        held: The edition.
        records: Whether with the records.
    """
    path = _copy(archive, held, records)
    # Several times what a copy takes, so that a small file that unpacks without end is given up.
    largest = 4 * sum(one.size for one in held.files) + (1 << 26)
    content = _read(path, largest)
    if content is None:
        return None
    return copies.from_bytes(content, _copy_key(held, records), largest=largest)


def keep_parsed(
    archive: Archive, held: HeldEdition, parsed: Parsed, *, records: bool = False
) -> None:
    """Keep a copy of what a parser gave for an edition; of older copies only the last few stay.

    Args:
        archive: The archive.
        held: The edition.
        parsed: What the parser gave.
        records: Whether it was asked for the records.
    """
    path = _copy(archive, held, records)
    content = copies.to_bytes(parsed, _copy_key(held, records))
    if content is not None:
        _write(archive, path, content)
        with contextlib.suppress(OSError):
            by_age = sorted(path.parent.iterdir(), key=lambda one: one.stat().st_mtime)
            for old in by_age[:-_COPIES]:
                old.unlink(missing_ok=True)


def _copy(archive: Archive, held: HeldEdition, records: bool) -> Path:
    name = f"{held.name}-records" if records else held.name
    return archive.derived(held.list_id, held.format, "parsed") / name


def _copy_key(held: HeldEdition, records: bool) -> dict[str, str]:
    return _made_from(held) | {"kind": "parsed", "records": str(records)}


# ── changes ───────────────────────────────────────────────────────────────────────────────────


@attrs.frozen(kw_only=True)
class Touched:
    """The full ids of the parties that changed from one edition to the next."""

    added: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    amended: frozenset[str] = frozenset()
    """Also those of before, where a party has another id now."""

    @property
    def ids(self) -> frozenset[str]:
        """All of them."""
        return self.added | self.removed | self.amended


def changes_between(
    archive: Archive,
    old: HeldEdition,
    new: HeldEdition,
    read: Callable[[HeldEdition], SanctionsList[Entity]],
) -> Changes:
    """What a newer edition says otherwise than an older one.

    Args:
        archive: The archive.
        old: The older edition.
        new: The newer edition, of the same format.
        read: What reads an edition. It is called where the answer is not known yet.

    Raises:
        InvalidInputError: They cannot be compared, see `diff`.
        SanctionsError: What `read` raises.
    """
    path, key = _pair(archive, old, new)
    known = _changes(_unsealed(path, key))
    if known is not None:
        return known
    found = diff(read(old), read(new))
    ids = [sorted(each) for each in attrs.astuple(_touched_by(found))]
    text = json.dumps(to_dict(found), ensure_ascii=False, separators=(",", ":"))
    packed = gzip.compress(text.encode("utf-8", "surrogatepass"), mtime=0)
    # Who was touched stands before it, so that this alone is read without unpacking the rest.
    _write(archive, path, copies.seal(json.dumps(ids).encode() + b"\n" + packed, key))
    return found


def touched(
    archive: Archive,
    old: HeldEdition,
    new: HeldEdition,
    read: Callable[[HeldEdition], SanctionsList[Entity]],
) -> Touched:
    """Which parties changed from one edition to the next; far quicker than the changes themselves.

    Args:
        archive: The archive.
        old: The older edition.
        new: The newer edition, of the same format.
        read: What reads an edition. It is called where the answer is not known yet.

    Raises:
        InvalidInputError: They cannot be compared, see `diff`.
        SanctionsError: What `read` raises.
    """
    path, key = _pair(archive, old, new)
    known = _touched(_unsealed(path, key))
    if known is not None:
        return known
    return _touched_by(changes_between(archive, old, new, read))


def _touched_by(changes: Changes) -> Touched:
    return Touched(
        added=frozenset(one.id for one in changes.added),
        removed=frozenset(one.id for one in changes.removed),
        amended=frozenset(one.id for each in changes.amended for one in (each.before, each.after)),
    )


def _pair(archive: Archive, old: HeldEdition, new: HeldEdition) -> tuple[Path, dict[str, str]]:
    """Where the changes from one edition to another are kept, and what they must be made from."""
    folder = archive.derived(new.list_id, new.format, "changes")
    before = {f"old {name}": value for name, value in _made_from(old).items()}
    return folder / f"{old.name}_{new.name}", _made_from(new) | before | {"kind": "changes"}


def _changes(body: bytes | None) -> Changes | None:
    if body is None:
        return None
    # The seal is whole: what is wrong here was made so on purpose.
    try:
        packed = body.partition(b"\n")[2]
        data = json.loads(gzip.decompress(packed).decode("utf-8", "surrogatepass"))
        return from_dict(data, Changes)
    except (SanctionsError, EOFError, OSError, RecursionError, ValueError, zlib.error):
        return None


def _touched(body: bytes | None) -> Touched | None:
    if body is None:
        return None
    try:
        added, removed, amended = (
            frozenset(map(str, ids)) for ids in json.loads(body.partition(b"\n")[0])
        )
    except (RecursionError, TypeError, ValueError):
        return None
    return Touched(added=added, removed=removed, amended=amended)


# ── files ─────────────────────────────────────────────────────────────────────────────────────


def _made_from(held: HeldEdition) -> dict[str, str]:
    """All that decides what is made from an edition: its bytes, what is said of it, and the code."""
    return {
        "code": fingerprint(),
        "list": held.list_id,
        "format": held.format,
        "sha256": held.sha256,
        "published": str(held.published),
        "dated by": str(held.dated_by),
        "retrieved": str(held.retrieved_at),
        "files": json.dumps([one.name for one in held.files]),
        "missing": json.dumps(held.missing),
    }


def _unsealed(path: Path, key: Mapping[str, str]) -> bytes | None:
    content = _read(path, _LARGEST)
    return None if content is None else copies.unseal(content, key)


def _read(path: Path, largest: int) -> bytes | None:
    """The content of a file; None where it cannot be read.

    Of one that is larger than ours can be the rest is left out, so that its seal fails.
    """
    try:
        with path.open("rb") as opened:
            return opened.read(largest)
    except OSError:
        return None


def _write(archive: Archive, path: Path, content: bytes) -> None:
    """Keep a file, whole or not at all; that it cannot be kept is no error.

    Nothing waits for the disk: after a loss of power a file that is cut fails its seal.
    """
    top = archive.home / ".derived"
    written = temporary(top, "new")
    with contextlib.suppress(OSError):
        make_folder(path.parent)
        sweep(top, time.time())
        try:
            written.write_bytes(content)
            written.replace(path)
        finally:
            written.unlink(missing_ok=True)
