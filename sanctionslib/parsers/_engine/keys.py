"""Keys of entities: the publisher's own, one that we build where it is missing, and no key twice.

Records of one edition with the same key are one party: their values are united, with one
Designation per record and all origins. Where a format gives one record per party, a key that
occurs twice is a fault and is reported. Two records are one party only if kind and primary name
agree, for merging two parties would hide one of them; where the publisher calls one party by several
names under one key (the EU, under two programmes), the kind alone has to agree.
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
"""Fields that say where an entity stands, and not what the list says of it."""


class FreeKeys:
    """Finds a key that is not taken: the wanted one, else the first free one with a number.

    Args:
        taken: The keys that are taken; none of them is ever given up.
    """

    def __init__(self, taken: Container[str]) -> None:
        self._taken = taken
        self._numbers: dict[str, int] = {}
        """The number found last for each wanted key: all before it are taken."""

    def find(self, wanted: str) -> str:
        """The key to take."""
        number = self._numbers.get(wanted, 1)
        key = wanted if number == 1 else f"{wanted}-{number}"
        while key in self._taken:
            number += 1
            key = f"{wanted}-{number}"
        self._numbers[wanted] = number
        return key


class Keys:
    """Gives keys, and adds entities to a list so that each key occurs once.

    Records of one party are united when all are known: `finish` has to be called at the end.

    Args:
        entities: The list.
        audit: Told of keys that are missing or at fault.
        list_id: Of the edition.
        plural: Whether the format may have several records of a party: then it is no fault.
        by_key: Whether they can have different primary names.
    """

    def __init__(
        self,
        entities: list[Entity],
        audit: AuditBuilder,
        list_id: str,
        *,
        plural: bool = False,
        by_key: bool = False,
    ) -> None:
        self._plural = plural
        self._by_key = by_key
        self._entities = entities
        self._audit = audit
        self._list_id = list_id
        self._at: dict[str, int] = {}
        self._free = FreeKeys(self._at)
        self._equality_key: dict[int, set[int]] = {}
        """What the records of the entity at a position say, as hashes."""
        self._again: dict[int, list[Entity]] = {}
        """Further records of the entity at a position of the list."""

    def add(self, entity: Entity, *, line: int | None = None) -> None:
        """Add an entity; one without a source id gets a key that starts with "~"."""
        key, name = entity.source_id, entity.name
        at = self._at.get(key) if key else None
        first = None if at is None else self._entities[at]
        is_same = type(first) is type(entity)
        if at is not None and is_same and (self._by_key or (first and first.name) == name):
            self._again.setdefault(at, []).append(entity)
            self._audit.united += 1
            if self._by_key and self._is_repeated(at, entity):
                says = f"a record of {name!r} occurs again, the same in all values"
                self._audit.issue(IssueKind.DUPLICATE_ID, says, entry=key, line=line)
            if not self._plural:
                says = f"the id occurs again, for {name!r} too: the two are kept as one party"
                self._audit.issue(IssueKind.DUPLICATE_ID, says, entry=key, line=line)
            return
        if not key:
            key = self._free.find("~" + slug(name))
            says = f"the entry of {name!r} has no id: it is kept as {key!r}"
            self._audit.issue(IssueKind.NO_ID, says, entry=key, line=line)
        elif first is not None:
            taken, key = key, self._free.find(f"~{key}")
            says = f"the id {taken!r} is that of {first!r} already: {name!r} is kept as {key!r}"
            self._audit.issue(IssueKind.DUPLICATE_ID, says, entry=taken, line=line)
        if key != entity.source_id:
            entity = attrs.evolve(entity, id=f"{self._list_id}:{key}")
        self._at[key] = len(self._entities)
        self._entities.append(entity)

    def _is_repeated(self, at: int, entity: Entity) -> bool:
        """Whether a record with all of these values was added at this position before."""
        if at not in self._equality_key:
            self._equality_key[at] = {_hash(self._entities[at])}
        before = len(self._equality_key[at])
        self._equality_key[at].add(_hash(entity))
        return len(self._equality_key[at]) == before

    def finish(self) -> None:
        """Unite the records of each party, at once: one by one, each would copy all before it."""
        for at, again in self._again.items():
            self._entities[at] = unite(self._entities[at], *again, audit=self._audit)
        self._again.clear()


def _hash(entity: Entity) -> int:
    """The hash of all that a record says."""
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
    """The values without those that are the same to the letter, also where equality does not look.

    Two values can be equal and differ in their text: "Russia" and "RU" are one country.
    """
    found: dict[object, _T] = {}
    for one in values:
        found.setdefault(one if isinstance(one, str) else repr(one), one)
    return tuple(found.values())


def unite(first: Entity, *others: Entity, audit: AuditBuilder) -> Entity:
    """One entity of several records with the same key: nothing of any is lost.

    Values of tuples are united in order, those that are the same to the letter once, and so are
    remarks; any other single value that differs becomes a Feature without kind. Designations and
    origins are never merged. The primary name is that of the first record; another one that a later
    record has is an alias.
    """
    if not others:
        return first
    keep_source = (first, *others)
    changes: dict[str, object] = {}
    odd: dict[int, list[Feature]] = {}
    for field in attrs.fields(type(first)):
        name: str = field.name
        values: list[object] = [getattr(one, name) for one in keep_source]
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
                    odd.setdefault(at, []).append(Feature(label=name, value=str(other)))
                    audit.unmapped(name, "", str(other))
    features: Iterable[Feature] = chain.from_iterable(
        (*one.features, *odd.get(at, ())) for at, one in enumerate(keep_source)
    )
    # The fields go by name, which no checker can follow.
    evolve = cast("Callable[..., Entity]", attrs.evolve)
    changes["names"] = tuple(
        attrs.evolve(one, kind=NameKind.AKA)
        if one.kind is NameKind.PRIMARY and one.text != first.name
        else one
        for one in cast("tuple[Name, ...]", changes["names"])
    )
    return evolve(first, **changes, features=distinct(features))


def _joined(keep_source: list[Source]) -> Source:
    """The values of several records, one after the other."""
    return Source(
        tuple(chain.from_iterable(one.paths for one in keep_source)),
        tuple(chain.from_iterable(one.values for one in keep_source)),
    )
