"""What is made from editions and can be made again: copies of what their parsers gave, and changes.

It lies in the user's own cache, and may be deleted at any time. It is used only where it is whole,
unaltered, and made by this code from these bytes; otherwise it is made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from sanctionslib._version import __version__
from sanctionslib.answers import Changes, HeldEdition
from sanctionslib.archive.cache import WITH_SOURCE
from sanctionslib.archive.store import EditionStore
from sanctionslib.errors import SanctionsError
from sanctionslib.export import JSON, from_dict, to_dict
from sanctionslib.model import Entity
from sanctionslib.parsers import Parsed
from sanctionslib.parsers import parsed_copy as copies
from sanctionslib.query import SanctionsList, diff

__all__ = [
    "changed_ids",
    "changes_between",
    "copy_key",
    "fingerprint",
    "keep_parsed",
    "pair_key",
    "parsed_copy",
]

_T = TypeVar("_T")
_COPIES = 2
"""How many parsed copies of a format are kept. One may be three times as large as its edition, and
of a long history few editions are read whole."""
_CODE = ("answers", "catalog", "export", "model", "parsers", "query", "reference", "serialize")
"""The packages that decide what is read from a file, and how two editions differ."""


@cache
def fingerprint() -> str:
    """The hash of the code that makes things from editions: other code makes other things.

    The versions of the library and of Python count too. Where no sources are installed, they are all.
    """
    digest = hashlib.sha256(f"{__version__} {sys.version}".encode())
    package = resources.files("sanctionslib")
    for name in _CODE:
        for path, content in _sources(package / name, name):
            digest.update(f"{path} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _sources(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    if not folder.is_dir():  # installers can put modules elsewhere
        return
    for each in sorted(folder.iterdir(), key=lambda one: one.name):
        if each.is_dir():
            yield from _sources(each, f"{path}/{each.name}")
        elif each.name.endswith((".py", ".toml", ".tsv")):
            yield f"{path}/{each.name}", each.read_bytes()


# ── parsed copies ─────────────────────────────────────────────────────────────────────────────


def parsed_copy(
    store: EditionStore, held: HeldEdition, *, keep_source: bool = False
) -> Parsed | None:
    """What a parser gave for an edition, from its copy; None where there is none to use."""
    cached = store.cache(held)
    if cached is None:
        return None
    # More bytes than a copy has, packed or not.
    largest = 4 * sum(one.size for one in held.files) + (1 << 26)
    name = _copy_name(held, keep_source)
    content = cached.read("parsed", held.list_id, held.format, name, largest=largest)
    if content is None:
        return None
    return copies.from_bytes(content, copy_key(held, keep_source), largest=largest)


def keep_parsed(
    store: EditionStore, held: HeldEdition, parsed: Parsed, *, keep_source: bool = False
) -> None:
    """Cache a copy of what a parser gave for an edition; only the newest few copies stay."""
    cached = store.cache(held)
    content = copies.to_bytes(parsed, copy_key(held, keep_source)) if cached else None
    if cached and content is not None:
        name = _copy_name(held, keep_source)
        cached.write("parsed", held.list_id, held.format, name, content)
        cached.keep_newest("parsed", held.list_id, held.format, _COPIES)


def _copy_name(held: HeldEdition, keep_source: bool) -> str:
    return f"{held.name}{WITH_SOURCE}" if keep_source else held.name


def copy_key(held: HeldEdition, keep_source: bool) -> dict[str, str]:
    """All that decides what a copy of an edition holds."""
    return _inputs(held) | {"kind": "parsed", "keep_source": str(keep_source)}


# ── changes ───────────────────────────────────────────────────────────────────────────────────


def changes_between(
    store: EditionStore,
    old: HeldEdition,
    new: HeldEdition,
    read: Callable[[HeldEdition], SanctionsList[Entity]],
) -> Changes:
    """What changed from an edition to a newer one of the same format, see `diff`.

    `read` reads an edition. It is called where the answer is not cached.
    """

    def make() -> Changes:
        return diff(read(old), read(new))

    def load(data: dict[str, JSON]) -> Changes:
        return from_dict(data, Changes)

    return _cached(store, "changes", old, new, make=make, dump=to_dict, load=load)


def changed_ids(
    store: EditionStore,
    old: HeldEdition,
    new: HeldEdition,
    read: Callable[[HeldEdition], SanctionsList[Entity]],
) -> frozenset[str]:
    """The ids of all who changed; far quicker than the changes themselves, once they are cached."""

    def make() -> frozenset[str]:
        changes = changes_between(store, old, new, read)
        amended = (one for each in changes.amended for one in (each.before, each.after))
        return frozenset(one.id for one in (*changes.added, *changes.removed, *amended))

    def load(data: dict[str, list[str]]) -> frozenset[str]:
        return frozenset(map(str, data["ids"]))

    def dump(found: frozenset[str]) -> object:
        return {"ids": sorted(found)}

    return _cached(store, "touched", old, new, make=make, dump=dump, load=load)


def _cached(
    store: EditionStore,
    kind: str,
    old: HeldEdition,
    new: HeldEdition,
    *,
    make: Callable[[], _T],
    dump: Callable[[_T], object],
    load: Callable[[Any], _T],
) -> _T:
    """What was made of two editions, from the cache; otherwise made, and cached as JSON."""
    cached = store.cache(old, new)
    if cached is None:
        return make()
    name, largest = f"{old.name}_{new.name}", _largest(old, new)
    key = pair_key(kind, old, new)
    content = cached.read(kind, new.list_id, new.format, name, largest=largest)
    text = copies.unseal(content, key, largest=largest) if content else None
    if text:
        # The hash of the seal shows accidents; what is wrong all the same was made so on purpose.
        with contextlib.suppress(
            SanctionsError, LookupError, RecursionError, TypeError, ValueError
        ):
            return load(json.loads(text.decode("utf-8", "surrogatepass")))
    made = make()
    data = json.dumps(dump(made), ensure_ascii=False, separators=(",", ":"))
    sealed = copies.seal(data.encode("utf-8", "surrogatepass"), key)
    cached.write(kind, new.list_id, new.format, name, sealed)
    return made


def _largest(old: HeldEdition, new: HeldEdition) -> int:
    """More bytes than the changes between two editions have."""
    return 16 * sum(one.size for one in (*old.files, *new.files)) + (1 << 24)


def pair_key(kind: str, old: HeldEdition, new: HeldEdition) -> dict[str, str]:
    """All that decides what is made of two editions."""
    before = {f"old {name}": value for name, value in _inputs(old).items()}
    return _inputs(new) | before | {"kind": kind}


def _inputs(held: HeldEdition) -> dict[str, str]:
    """All that decides what is made from an edition: its bytes, what is known of it, and the code."""
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
