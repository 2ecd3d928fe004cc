"""What is made from the editions of an archive and can be made again: parsed copies, and changes.

It lies in the user's own cache (`EditionStore.cache`), and may be deleted at any time. It is used only
where it is whole, unaltered, and made by this code from these bytes; else it is made anew.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

import attrs

from sanctionslib._version import __version__
from sanctionslib.answers import Changes, HeldEdition
from sanctionslib.archive.store import EditionStore
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


def parsed_copy(
    archive: EditionStore, held: HeldEdition, *, keep_source: bool = False
) -> Parsed | None:
    """What a parser gave for an edition, from its copy; None where there is none to believe.

    Args:
        archive: The archive.
        held: The edition.
        keep_source: Whether with the records.
    """
    cached = archive.cache(held)
    if cached is None:
        return None
    largest = _most_parsed(held)
    name = _copy_name(held, keep_source)
    content = cached.read("parsed", held.list_id, held.format, name, largest=largest)
    if content is None:
        return None
    return copies.from_bytes(content, _copy_key(held, keep_source), largest=largest)


def keep_parsed(
    archive: EditionStore, held: HeldEdition, parsed: Parsed, *, keep_source: bool = False
) -> None:
    """Keep a copy of what a parser gave for an edition; of older copies only the last few stay.

    Args:
        archive: The archive.
        held: The edition.
        parsed: What the parser gave.
        keep_source: Whether it was asked for the records.
    """
    cached = archive.cache(held)
    if cached is None:
        return
    content = copies.to_bytes(parsed, _copy_key(held, keep_source))
    if content is not None:
        name = _copy_name(held, keep_source)
        cached.write("parsed", held.list_id, held.format, name, content)
        cached.keep_newest("parsed", held.list_id, held.format, _COPIES)


def _copy_name(held: HeldEdition, keep_source: bool) -> str:
    return f"{held.name}-records" if keep_source else held.name


def _most_parsed(held: HeldEdition) -> int:
    """More bytes than a copy of an edition takes, packed or not."""
    return 4 * sum(one.size for one in held.files) + (1 << 26)


def _copy_key(held: HeldEdition, keep_source: bool) -> dict[str, str]:
    return _made_from(held) | {"kind": "parsed", "records": str(keep_source)}


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
    archive: EditionStore,
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
    known = _changes(_kept(archive, _CHANGES, old, new))
    if known is not None:
        return known
    found = diff(read(old), read(new))
    _keep(archive, _CHANGES, old, new, to_dict(found))
    return found


def touched(
    archive: EditionStore,
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
    known = _touched(_kept(archive, _TOUCHED, old, new))
    if known is not None:
        return known
    found = _touched_by(changes_between(archive, old, new, read))
    ids = [sorted(each) for each in (found.added, found.removed, found.amended)]
    _keep(archive, _TOUCHED, old, new, ids)
    return found


def _touched_by(changes: Changes) -> Touched:
    return Touched(
        added=frozenset(one.id for one in changes.added),
        removed=frozenset(one.id for one in changes.removed),
        amended=frozenset(one.id for each in changes.amended for one in (each.before, each.after)),
    )


_CHANGES, _TOUCHED = "changes", "touched"


def _pair_key(kind: str, old: HeldEdition, new: HeldEdition) -> dict[str, str]:
    """What must have been made from these two."""
    before = {f"old {name}": value for name, value in _made_from(old).items()}
    return _made_from(new) | before | {"kind": kind}


def _kept(archive: EditionStore, kind: str, old: HeldEdition, new: HeldEdition) -> str | None:
    """The JSON that was kept of two editions; None where there is none to use."""
    cached = archive.cache(old, new)
    if cached is None:
        return None
    name, largest = f"{old.name}_{new.name}", _most_changed(old, new)
    content = cached.read(kind, new.list_id, new.format, name, largest=largest)
    text = content and copies.unseal(content, _pair_key(kind, old, new), largest=largest)
    return text.decode("utf-8", "surrogatepass") if text else None


def _keep(
    archive: EditionStore, kind: str, old: HeldEdition, new: HeldEdition, data: object
) -> None:
    cached = archive.cache(old, new)
    if cached is not None:
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        content = copies.seal(text.encode("utf-8", "surrogatepass"), _pair_key(kind, old, new))
        cached.write(kind, new.list_id, new.format, f"{old.name}_{new.name}", content)


def _most_changed(old: HeldEdition, new: HeldEdition) -> int:
    """More bytes than the changes from one edition to another take."""
    return 16 * sum(one.size for one in (*old.files, *new.files)) + (1 << 24)


# The seal is whole: what is wrong in it was made so on purpose.


def _changes(text: str | None) -> Changes | None:
    if text is None:
        return None
    try:
        return from_dict(json.loads(text), Changes)
    except (SanctionsError, RecursionError, ValueError):
        return None


def _touched(text: str | None) -> Touched | None:
    if text is None:
        return None
    try:
        added, removed, amended = (frozenset(map(str, ids)) for ids in json.loads(text))
    except (RecursionError, TypeError, ValueError):
        return None
    return Touched(added=added, removed=removed, amended=amended)


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
