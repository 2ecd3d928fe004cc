"""Keys of entities: the publisher's own, one that we build where it is missing, and no key twice.

Records of one edition with the same key are one party: their values are united, with one
Designation per record and all origins. Where a format gives one record per party, a key that
occurs twice is a fault and is reported. In any format two records are one party only if kind and
primary name agree, for merging two parties would hide one of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import TypeVar, cast

import attrs

from sanctionslib.answers import IssueKind
from sanctionslib.model import Entity, Feature, Record
from sanctionslib.parsers._audit import AuditBuilder

__all__ = ["Keys", "distinct", "slug", "unite"]


_Values = tuple[object, ...]
_T = TypeVar("_T")


class Keys:
    """Gives keys, and adds entities to a list so that each key occurs once.

    Args:
        entities: The list.
        audit: Told of keys that are missing or at fault.
        list_id: Of the edition.
        plural: Whether the format may have several records of a party: then it is no fault.
    """

    def __init__(
        self, entities: list[Entity], audit: AuditBuilder, list_id: str, *, plural: bool = False
    ) -> None:
        self._plural = plural
        self._entities = entities
        self._audit = audit
        self._list_id = list_id
        self._at: dict[str, int] = {}

    def add(self, entity: Entity, *, line: int | None = None) -> None:
        """Add an entity; one without a source id gets a key that starts with "~"."""
        key = entity.source_id
        if not key:
            key = self._free("~" + slug(entity.name))
            self._audit.issue(
                IssueKind.NO_ID,
                f"the entry of {entity.name!r} has no id: it is kept as {key!r}",
                entry=key,
                line=line,
            )
        elif (at := self._at.get(key)) is not None:
            first = self._entities[at]
            if type(first) is type(entity) and first.name == entity.name:
                self._entities[at] = unite(first, entity, self._audit)
                self._audit.united += 1
                if not self._plural:
                    self._audit.issue(
                        IssueKind.DUPLICATE_ID,
                        f"the id occurs again, for {entity.name!r} too: the two are kept as one "
                        "party",
                        entry=key,
                        line=line,
                    )
                return
            taken, key = key, self._free(f"~{key}")
            self._audit.issue(
                IssueKind.DUPLICATE_ID,
                f"the id {taken!r} is that of {first!r} already: {entity.name!r} is kept as {key!r}",
                entry=taken,
                line=line,
            )
        if key != entity.source_id:
            entity = attrs.evolve(entity, id=f"{self._list_id}:{key}")
        self._at[key] = len(self._entities)
        self._entities.append(entity)

    def _free(self, wanted: str) -> str:
        key, number = wanted, 1
        while key in self._at:
            number += 1
            key = f"{wanted}-{number}"
        return key


def slug(text: str) -> str:
    """A readable key from text: lower case, ASCII, words joined by "-".

    >>> slug("Myanmar (Burma), Part 1")
    'myanmar-burma-part-1'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "unnamed"


def distinct(values: tuple[_T, ...]) -> tuple[_T, ...]:
    """The values without those that are the same to the letter, also where equality does not look.

    Two values can be equal and differ in their text: "Russia" and "RU" are one country.
    """
    found: dict[object, _T] = {}
    for one in values:
        found.setdefault(one if isinstance(one, str) else repr(one), one)
    return tuple(found.values())


def unite(first: Entity, second: Entity, audit: AuditBuilder) -> Entity:
    """One entity of two records with the same key: nothing of either is lost.

    Values of tuples are united in order, those that are the same to the letter once; a single value
    that differs becomes a Feature without kind. Designations and origins are never merged.
    """
    changes: dict[str, object] = {}
    odd: list[Feature] = []
    for field in attrs.fields(type(first)):
        name: str = field.name
        one: object = getattr(first, name)
        other: object = getattr(second, name)
        if isinstance(one, tuple) and isinstance(other, tuple):
            both = (*cast("_Values", one), *cast("_Values", other))
            never_merged = name in ("designations", "origins")
            changes[name] = both if never_merged else distinct(both)
        elif isinstance(one, Record) and isinstance(other, Record):
            changes[name] = Record(one.paths + other.paths, one.values + other.values)
        elif name in ("id", "edition") or other in (None, "") or one == other:
            continue
        elif one in (None, ""):
            changes[name] = other
        else:
            odd.append(Feature(label=name, value=str(other)))
            audit.unmapped(name, "", str(other))
    # The fields go by name, which no checker can follow.
    evolve = cast("Callable[..., Entity]", attrs.evolve)
    united = evolve(first, **changes)
    return evolve(united, features=(*united.features, *odd)) if odd else united
