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
from functools import cache, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import attrs

from sanctionslib._version import __version__
from sanctionslib.answers import Changes, HeldEdition
from sanctionslib.archive.cache import WITH_SOURCE, Cache
from sanctionslib.archive.store import EditionStore
from sanctionslib.errors import SanctionsError
from sanctionslib.export import JSON, from_dict, to_dict
from sanctionslib.model import Entity
from sanctionslib.parsers import Parsed
from sanctionslib.parsers import parsed_copy as copies
from sanctionslib.query import SanctionsList, diff

_T = TypeVar("_T")
_COPIES = 2
"""How many parsed copies of a format are kept. One may be three times as large as its edition, and
of a long history few editions are read whole."""
_CODE = ("answers", "catalog", "export", "model", "parsers", "query", "reference", "serialize")
"""The packages that decide what is read from a file, and how two editions differ."""


@cache
def fingerprint() -> str:
    """The hash of the code that makes things from editions: other code makes other things.

    The versions of the library and of Python count too; where no sources are installed, nothing else.
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


@attrs.frozen
class CachedFile:
    """A file of the cache, made from one edition or from two of one format."""

    kind: str
    """What it holds."""
    editions: tuple[HeldEdition, ...]
    keep_source: bool = False
    """Whether the entities in it have their source."""

    @property
    def key(self) -> dict[str, str]:
        """All that decides what it holds: the bytes, what is known of the editions, and the code."""
        known = [
            {
                "list": one.list_id,
                "format": one.format,
                "sha256": one.sha256,
                "published": str(one.published),
                "dated by": str(one.dated_by),
                "retrieved": str(one.retrieved_at),
                "files": [file.name for file in one.files],
                "missing": one.missing,
            }
            for one in self.editions
        ]
        made = {"kind": self.kind, "keep_source": str(self.keep_source), "code": fingerprint()}
        return made | {"editions": json.dumps(known)}

    @property
    def largest(self) -> int:
        """More bytes than it has, packed or not."""
        return 16 * sum(file.size for one in self.editions for file in one.files) + (1 << 26)

    def read(self, cached: Cache) -> bytes | None:
        """Its content; None where there is none."""
        return cached.read(self.kind, *self._place, largest=self.largest)

    def write(self, cached: Cache, content: bytes) -> None:
        """Keep this content."""
        cached.write(self.kind, *self._place, content)

    @property
    def _place(self) -> tuple[str, str, str]:
        name = "_".join(one.name for one in self.editions)
        newest = self.editions[-1]
        return newest.list_id, newest.format, f"{name}{WITH_SOURCE if self.keep_source else ''}"


# ── parsed copies ─────────────────────────────────────────────────────────────────────────────


def parsed_copy(
    store: EditionStore, held: HeldEdition, *, keep_source: bool = False
) -> Parsed | None:
    """What a parser gave for an edition, from its copy; None where there is none to use."""
    cached, file = store.cache(held), CachedFile("parsed", (held,), keep_source)
    content = None if cached is None else file.read(cached)
    if content is None:
        return None
    return copies.from_bytes(content, file.key, largest=file.largest)


def keep_parsed(
    store: EditionStore, held: HeldEdition, parsed: Parsed, *, keep_source: bool = False
) -> None:
    """Cache a copy of what a parser gave for an edition; only the newest few copies stay."""
    cached, file = store.cache(held), CachedFile("parsed", (held,), keep_source)
    if cached is not None and (content := copies.to_bytes(parsed, file.key)) is not None:
        file.write(cached, content)
        cached.keep_newest("parsed", held.list_id, held.format, _COPIES)


# ── changes ───────────────────────────────────────────────────────────────────────────────────


class Comparisons:
    """What changed from an edition to a newer one of the same format, see `diff`.

    Args:
        store: The store of the editions.
        read: Reads an edition. It is called where an answer is not cached.
    """

    def __init__(
        self, store: EditionStore, read: Callable[[HeldEdition], SanctionsList[Entity]]
    ) -> None:
        self._store = store
        # The newer edition of one pair is the older one of the next.
        self.read: Callable[[HeldEdition], SanctionsList[Entity]] = lru_cache(maxsize=2)(read)

    def between(self, old: HeldEdition, new: HeldEdition) -> Changes:
        """What changed."""

        def make() -> Changes:
            return diff(self.read(old), self.read(new))

        def load(data: dict[str, JSON]) -> Changes:
            return from_dict(data, Changes)

        return self._cached("changes", old, new, make=make, dump=to_dict, load=load)

    def changed_ids(self, old: HeldEdition, new: HeldEdition) -> frozenset[str]:
        """The ids of all who changed; far quicker than the changes, once they are cached."""

        def make() -> frozenset[str]:
            changes = self.between(old, new)
            amended = (one for each in changes.amended for one in (each.before, each.after))
            return frozenset(one.id for one in (*changes.added, *changes.removed, *amended))

        def dump(found: frozenset[str]) -> object:
            return {"ids": sorted(found)}

        def load(data: dict[str, list[str]]) -> frozenset[str]:
            return frozenset(map(str, data["ids"]))

        return self._cached("touched", old, new, make=make, dump=dump, load=load)

    def _cached(
        self,
        kind: str,
        old: HeldEdition,
        new: HeldEdition,
        *,
        make: Callable[[], _T],
        dump: Callable[[_T], object],
        load: Callable[[Any], _T],
    ) -> _T:
        """What was made of two editions, from the cache; otherwise made, and cached as JSON."""
        cached, file = self._store.cache(old, new), CachedFile(kind, (old, new))
        if cached is None:
            return make()
        content = file.read(cached)
        text = content and copies.unseal(content, file.key, largest=file.largest)
        if text:
            # The hash of the seal shows accidents; what is wrong all the same was made on purpose.
            with contextlib.suppress(
                SanctionsError, LookupError, RecursionError, TypeError, ValueError
            ):
                return load(json.loads(text.decode("utf-8", "surrogatepass")))
        made = make()
        data = json.dumps(dump(made), ensure_ascii=False, separators=(",", ":"))
        file.write(cached, copies.seal(data.encode("utf-8", "surrogatepass"), file.key))
        return made
