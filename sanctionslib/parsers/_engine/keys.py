"""Keys of entities: the publisher's own, or one that we make where it is missing; each key once.

Entries of one edition with the same key are one party: their values are united, with one
Designation per entry and all origins. Where a format has one entry per party, a duplicate key is a
fault and is reported. Two entries are one party only if kind and primary name agree, because
merging two parties would hide one of them; where the publisher gives one party several names under
one key (the EU, under two programmes), only the kind must agree.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Iterable
from itertools import chain
from typing import TypeVar, cast

import attrs

from sanctionslib.answers import IssueKind
from sanctionslib.model import Entity, Feature, Name, NameKind, Source
from sanctionslib.parsers._engine.audit import AuditBuilder

__all__ = ["FreeKeys", "Keys", "distinct", "slug", "unite"]

_T = TypeVar("_T")
_NOT_COMPARED = frozenset({"edition", "origins", "source"})
"""Fields with the place of an entity, not with facts of the list."""


class FreeKeys:
    """Finds a free key: the wanted one, or the first free one with a number.

    Args:
        taken: The keys that are taken; they stay taken.
    """

    def __init__(self, taken: Container[str]) -> None:
        self._taken = taken
        self._numbers: dict[str, int] = {}
        """The last number for each wanted key: all lower ones are taken."""

    def find(self, wanted: str) -> str:
        """Find the key to take."""
        number = self._numbers.get(wanted, 1)
        key = wanted if number == 1 else f"{wanted}-{number}"
        while key in self._taken:
            number += 1
            key = f"{wanted}-{number}"
        self._numbers[wanted] = number
        return key


class Keys:
    """Assigns keys, and adds entities to a list so that each key occurs once.

    Entries of one party are united at the end, by `finish`.

    Args:
        entities: The list.
        audit: Gets issues for keys that are missing or duplicated.
        list_id: The id of the list.
        unites: Whether the format may have several entries of a party without fault.
        by_key: Whether those entries can have different primary names.
    """

    def __init__(
        self,
        entities: list[Entity],
        audit: AuditBuilder,
        list_id: str,
        *,
        unites: bool = False,
        by_key: bool = False,
    ) -> None:
        self._unites = unites
        self._by_key = by_key
        self._entities = entities
        self._audit = audit
        self._list_id = list_id
        self._at: dict[str, int] = {}
        self._free = FreeKeys(self._at)
        self._hashes: dict[int, set[int]] = {}
        """Hashes of the values of all entries of the entity at a position."""
        self._again: dict[int, list[Entity]] = {}
        """Further entries of the entity at a position."""

    def add(self, entity: Entity, *, line: int | None = None) -> None:
        """Add an entity; one without a source id gets a key that begins with "~"."""
        key, name = entity.source_id, entity.name
        at = self._at.get(key) if key else None
        first = None if at is None else self._entities[at]
        is_same = type(first) is type(entity)
        if at is not None and is_same and (self._by_key or (first and first.name) == name):
            self._again.setdefault(at, []).append(entity)
            self._audit.united += 1
            if self._by_key and self._is_repeated(at, entity):
                message = (
                    f"an entry of {name!r} is a duplicate: all its values are those of another one"
                )
                self._audit.issue(IssueKind.DUPLICATE_ID, message, entry=key, line=line)
            if not self._unites:
                message = f"the id occurs twice, both times for {name!r}: the entries are kept as one party"
                self._audit.issue(IssueKind.DUPLICATE_ID, message, entry=key, line=line)
            return
        if not key:
            key = self._free.find("~" + slug(name))
            message = f"the entry of {name!r} has no id: it is kept as {key!r}"
            self._audit.issue(IssueKind.NO_ID, message, entry=key, line=line)
        elif first is not None:
            taken, key = key, self._free.find(f"~{key}")
            message = f"the id {taken!r} already belongs to {first!r}: {name!r} is kept as {key!r}"
            self._audit.issue(IssueKind.DUPLICATE_ID, message, entry=taken, line=line)
        if key != entity.source_id:
            entity = attrs.evolve(entity, id=f"{self._list_id}:{key}")
        self._at[key] = len(self._entities)
        self._entities.append(entity)

    def _is_repeated(self, at: int, entity: Entity) -> bool:
        """Whether an entry with exactly these values was added at this position before."""
        if at not in self._hashes:
            self._hashes[at] = {_hash(self._entities[at])}
        before = len(self._hashes[at])
        self._hashes[at].add(_hash(entity))
        return len(self._hashes[at]) == before

    def finish(self) -> None:
        """Unite the entries of each party in one step: one by one, each would copy all before it."""
        for at, again in self._again.items():
            self._entities[at] = unite(self._entities[at], *again, audit=self._audit)
        self._again.clear()


def _hash(entity: Entity) -> int:
    """The hash of an entry's facts."""
    fields = attrs.fields(type(entity))
    return hash(
        tuple([getattr(entity, one.name) for one in fields if one.name not in _NOT_COMPARED])
    )


def slug(text: str) -> str:
    """A readable key from text: lower case, ASCII, words joined by "-".

    >>> slug("Myanmar (Burma), Part 1")
    'myanmar-burma-part-1'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "unnamed"


def distinct(values: Iterable[_T]) -> tuple[_T, ...]:
    """The values without those that are equal to the letter, even where `==` ignores differences.

    Two values can be equal and differ in their text: "Russia" and "RU" are one country.
    """
    found: dict[object, _T] = {}
    for one in values:
        found.setdefault(one if isinstance(one, str) else repr(one), one)
    return tuple(found.values())


def unite(first: Entity, *others: Entity, audit: AuditBuilder) -> Entity:
    """One entity from several entries with the same key, without losing a value.

    Tuples are united in order, with values that are equal to the letter once, and so are remarks;
    any other single value that differs becomes a Feature without kind. Designations and origins are
    never merged. The primary name is that of the first entry; a different one of a later entry is
    an alias.
    """
    if not others:
        return first
    entries = (first, *others)
    changes: dict[str, object] = {}
    unexpected: dict[int, list[Feature]] = {}
    for field in attrs.fields(type(first)):
        name: str = field.name
        values: list[object] = [getattr(one, name) for one in entries]
        if isinstance(values[0], tuple):
            if name != "features":
                united = chain.from_iterable(cast("list[tuple[object, ...]]", values))
                never_merged = name in ("designations", "origins")
                changes[name] = tuple(united) if never_merged else distinct(united)
        elif sources := [one for one in values if isinstance(one, Source)]:
            changes[name] = _joined(sources)
        elif name == "remarks":
            changes[name] = "\n".join(distinct(str(one) for one in values if one)) or None
        elif name not in ("id", "edition"):
            changes[name] = kept = next((one for one in values if one not in (None, "")), values[0])
            for at, other in enumerate(values):
                if other not in (None, "", kept):
                    unexpected.setdefault(at, []).append(Feature(label=name, value=str(other)))
                    audit.unmapped(name, "", str(other))
    features: Iterable[Feature] = chain.from_iterable(
        (*one.features, *unexpected.get(at, ())) for at, one in enumerate(entries)
    )
    # The fields are given by name, which type checkers cannot follow.
    evolve = cast("Callable[..., Entity]", attrs.evolve)
    changes["names"] = tuple(
        attrs.evolve(one, kind=NameKind.AKA)
        if one.kind is NameKind.PRIMARY and one.text != first.name
        else one
        for one in cast("tuple[Name, ...]", changes["names"])
    )
    return evolve(first, **changes, features=distinct(features))


def _joined(entries: list[Source]) -> Source:
    """The values of several entries, one after the other."""
    return Source(
        tuple(chain.from_iterable(one.paths for one in entries)),
        tuple(chain.from_iterable(one.values for one in entries)),
    )
