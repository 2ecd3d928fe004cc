"""What changed of one party: its fields before and after, value by value.

Values of a field are first paired where they are equal, then where the source itself ties them: the
same text or number, the party that a link leads to, or the publisher's key of the value. So a weak
alias that became strong is one change, and so is a link to a party that has another name now. Values
that nothing ties are removed and added: to pair two names that have nothing in common would be our
guess.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeAlias, TypeVar, cast

from sanctionslib.answers import Change, Stated
from sanctionslib.model import (
    Address,
    Birth,
    Designation,
    Entity,
    EntityRef,
    Event,
    Feature,
    Identifier,
    LegalBasis,
    Listing,
    Measure,
    Name,
    Nationality,
    Relation,
)
from sanctionslib.model.fields import fields_of

_T = TypeVar("_T")
_Key: TypeAlias = Callable[[Any], Hashable | None]
_KeyPairs: TypeAlias = Mapping[type[object], Sequence[tuple[_Key, _Key]]]
"""For each class of values the keys, of an older and of a newer value, that make two the same one."""


def amendments(before: Entity, after: Entity, keys: _KeyPairs) -> Iterator[Change]:
    """What is different between two entities that are one party."""
    if type(before) is not type(after):
        yield Change(field="kind", before=before.kind, after=after.kind)
    for name in dict.fromkeys((*_fields(type(before)), *_fields(type(after)))):
        # Beside a kind of ours, the source's word for it is no more than its raw text.
        if name == "raw_kind" and not type(before) is type(after) is Entity:
            continue
        if name == "designations":
            yield from _designations(before.designations, after.designations, keys)
        else:  # another kind of entity does not have every field
            yield from _field(name, getattr(before, name, None), getattr(after, name, None), keys)


def _fields(kind: type[object]) -> tuple[str, ...]:
    return tuple(one.name for one in fields_of(kind) if one.is_compared)


def _field(
    name: str, old: object, new: object, keys: _KeyPairs, designation: int | None = None
) -> Iterator[Change]:
    if old == new:
        return
    is_single = not isinstance(old, tuple) and not isinstance(new, tuple)
    was = cast("tuple[Stated | None, ...]", (old,) if is_single else old or ())
    now = cast("tuple[Stated | None, ...]", (new,) if is_single else new or ())
    pairs = {0: 0} if is_single else _paired(was, now, keys)
    for at, one in enumerate(was):
        other = now[pairs[at]] if at in pairs else None
        if one != other:
            yield Change(field=name, before=one, after=other, designation=designation)
    for at in sorted(set(range(len(now))).difference(pairs.values())):
        yield Change(field=name, after=now[at], designation=designation)
    if _is_reordered(pairs):
        yield Change(field=name, designation=designation)


def _designations(
    old: tuple[Designation, ...], new: tuple[Designation, ...], keys: _KeyPairs
) -> Iterator[Change]:
    """The changes inside designations that are the same one; the only one on each side is."""
    if old == new:
        return
    pairs = {0: 0} if len(old) == len(new) == 1 else _paired(old, new, keys)
    for at, one in enumerate(old):
        if at not in pairs:
            yield Change(field="designations", before=one)
    paired = {there: here for here, there in pairs.items()}
    for at, one in enumerate(new):
        if at not in paired:
            yield Change(field="designations", after=one, designation=at)
            continue
        was = old[paired[at]]
        for name in _fields(Designation) if was != one else ():
            before, after = getattr(was, name), getattr(one, name)
            yield from _field(f"designations.{name}", before, after, keys, at)
    if _is_reordered(pairs):
        yield Change(field="designations")


def _is_reordered(pairs: dict[int, int]) -> bool:
    places = [pairs[at] for at in sorted(pairs)]
    return any(one > other for one, other in pairwise(places))


# ── which value is which ──────────────────────────────────────────────────────────────────────


def _paired(old: Sequence[Hashable], new: Sequence[Hashable], keys: _KeyPairs) -> dict[int, int]:
    """Positions of values that are the same one: equal, or with a key that each side has once."""
    pairs = dict(once_each(_occurrences(old), _occurrences(new)))
    kinds = {type(one) for one in (*old, *new)}
    for of_old, of_new in keys.get(kinds.pop(), ()) if len(kinds) == 1 else ():
        paired = set(pairs.values())
        left = [(of_old(one), at) for at, one in enumerate(old) if at not in pairs]
        right = [(of_new(one), at) for at, one in enumerate(new) if at not in paired]
        if not left or not right:
            break
        pairs.update(once_each(left, right))
    return pairs


def _occurrences(values: Sequence[Hashable]) -> Iterator[tuple[Hashable, int]]:
    """Keys and positions of values: of several equal ones, the first is the same as the first."""
    before: Counter[Hashable] = Counter()
    for at, one in enumerate(values):
        yield (one, before[one]), at
        before[one] += 1


def once_each(
    old: Iterable[tuple[Hashable | None, _T]], new: Iterable[tuple[Hashable | None, _T]]
) -> Iterator[tuple[_T, _T]]:
    """Pairs of what has a key that only one on each side has; None is no key.

    >>> list(once_each([("a", 1), ("b", 2), ("b", 3)], [("a", 4), ("b", 5)]))
    [(1, 4)]
    """
    left, right = _by_key(old), _by_key(new)
    for key, items in left.items():
        others = right.get(key, [])
        if len(items) == len(others) == 1:
            yield items[0], others[0]


def _by_key(items: Iterable[tuple[Hashable | None, _T]]) -> dict[Hashable, list[_T]]:
    found: dict[Hashable, list[_T]] = {}
    for key, one in items:
        if key is not None:
            found.setdefault(key, []).append(one)
    return found


_KEYS: Mapping[type[object], tuple[_Key, ...]] = {
    Name: (lambda one: (one.text, one.kind or one.raw_kind), lambda one: one.text),
    Address: (lambda one: one.text or None,),
    Identifier: (
        lambda one: (one.kind or one.raw_kind, one.key, one.country),
        lambda one: one.key or None,
    ),
    Feature: (lambda one: (one.label, one.value),),
    Relation: (lambda one: (one.to, one.kind or one.raw_kind), lambda one: one.to),
    Birth: (lambda one: one.date, lambda one: one.place),
    Nationality: (lambda one: one.country,),
    Listing: (lambda one: one.list_name,),
    LegalBasis: (lambda one: one.title,),
    Measure: (lambda one: one.kind or one.raw or None,),
    Event: (lambda one: (one.kind or one.raw_kind, one.date),),
    Designation: (
        lambda one: (one.authority, _list_names(one), one.programs),
        lambda one: (one.authority, _list_names(one)),
        lambda one: (one.authority, one.programs),
    ),
}
"""What makes two values the same one: the first rule that finds each just once."""


def _list_names(one: Designation) -> tuple[str, ...]:
    return tuple(each.list_name for each in one.listings)


def key_pairs(
    *, keys_last: bool, targets: Sequence[Callable[[EntityRef], str | None]]
) -> _KeyPairs:
    """The keys by which values of two editions are paired.

    Args:
        keys_last: Whether the publisher's keys of single values mean the same in both editions.
        targets: Of a reference of the older and of the newer edition: the id, in the newer one, of
            the only party that it can mean.
    """
    found = {kind: [(key, key) for key in keys] for kind, keys in _KEYS.items()}
    for pairs in found.values() if keys_last else ():
        pairs.append((_source_id, _source_id))
    (old, old_alone), (new, new_alone) = map(_keys_of_links, targets)
    found[Relation] += [(old, new), (old_alone, new_alone)]
    return found


def _source_id(value: object) -> Hashable | None:
    return getattr(value, "source_id", None) or None


def _keys_of_links(target: Callable[[EntityRef], str | None]) -> tuple[_Key, _Key]:
    """Keys of a link by the party that it leads to, whatever its name is."""

    def with_kind(one: Relation) -> Hashable | None:
        party = target(one.to)
        return party and (party, one.kind or one.raw_kind)

    return with_kind, lambda one: target(one.to)
