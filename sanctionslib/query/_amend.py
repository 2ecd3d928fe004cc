"""What changed of one party: its fields before and after, value by value.

Values of a field are first paired where they are equal, then where the source itself ties them: the
same text or number, the party that a link leads to, or the publisher's key of the value. So a weak
alias that became strong is one change, and so is a link to a party that has another name now. Values
that nothing ties are removed and added: to pair two names that have nothing in common would be our
guess.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias, TypeVar, cast

import attrs

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

__all__ = ["Ties", "amendments", "once_each"]

_T = TypeVar("_T")
_K = TypeVar("_K", bound=Hashable)
_Key: TypeAlias = Callable[[object], Hashable | None]
_Target: TypeAlias = Callable[[EntityRef], str | None]


@attrs.frozen
class Ties:
    """What ties values of two editions besides their own texts."""

    keys_last: bool
    """Whether the publisher's keys of single values mean the same in both editions."""
    targets: tuple[_Target, _Target]
    """Of a reference of the older and of the newer edition: the id, in the newer one, of the only
    party that it can mean."""


def amendments(before: Entity, after: Entity, ties: Ties) -> tuple[Change, ...]:
    """What is different between two entities that are one party; none where they are equal."""
    return () if before == after else tuple(_changes(before, after, ties))


def _changes(before: Entity, after: Entity, ties: Ties) -> Iterator[Change]:
    if type(before) is not type(after):
        yield Change(field="kind", before=before.kind, after=after.kind)
    for name in dict.fromkeys((*_fields(type(before)), *_fields(type(after)))):
        # Beside a kind of ours, the source's word for it is no more than its raw text.
        if name == "raw_kind" and not type(before) is type(after) is Entity:
            continue
        if name == "designations":
            yield from _designations(before.designations, after.designations, ties)
        else:  # another kind of entity does not have every field
            yield from _field(name, getattr(before, name, None), getattr(after, name, None), ties)


def _fields(kind: type[object]) -> tuple[str, ...]:
    return tuple(one.name for one in fields_of(kind) if one.is_compared)


def _field(
    name: str, old: object, new: object, ties: Ties, designation: int | None = None
) -> Iterator[Change]:
    if old == new:
        return
    is_single = not isinstance(old, tuple) and not isinstance(new, tuple)
    was = cast("tuple[Stated | None, ...]", (old,) if is_single else old or ())
    now = cast("tuple[Stated | None, ...]", (new,) if is_single else new or ())
    pairs = {0: 0} if is_single else _paired(was, now, ties)
    for at, one in enumerate(was):
        other = now[pairs[at]] if at in pairs else None
        if one != other:
            yield Change(field=name, before=one, after=other, designation=designation)
    for at in sorted(set(range(len(now))).difference(pairs.values())):
        yield Change(field=name, after=now[at], designation=designation)
    if _is_reordered(pairs):
        yield Change(field=name, designation=designation)


def _designations(
    old: tuple[Designation, ...], new: tuple[Designation, ...], ties: Ties
) -> Iterator[Change]:
    """The changes inside designations that are the same one; the only one on each side is."""
    if old == new:
        return
    pairs = {0: 0} if len(old) == len(new) == 1 else _paired(old, new, ties)
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
            yield from _field(f"designations.{name}", before, after, ties, at)
    if _is_reordered(pairs):
        yield Change(field="designations")


def _is_reordered(pairs: dict[int, int]) -> bool:
    places = [pairs[at] for at in sorted(pairs)]
    return any(one > other for one, other in pairwise(places))


# ── which value is which ──────────────────────────────────────────────────────────────────────


def _paired(old: Sequence[object], new: Sequence[object], ties: Ties) -> dict[int, int]:
    """Positions of values that are the same one: equal, or tied by what the source gives."""
    pairs = dict(in_order(old, new))
    keys = [(key, key) for key in (*_KEYS, *((_source_id,) if ties.keys_last else ()))]
    older, newer = map(_keys_of_links, ties.targets)
    for of_old, of_new in (*keys, *zip(older, newer, strict=True)):
        paired = set(pairs.values())
        left = [(of_old(one), at) for at, one in enumerate(old) if at not in pairs]
        right = [(of_new(one), at) for at, one in enumerate(new) if at not in paired]
        if not left or not right:
            break
        pairs.update(once_each(left, right))
    return pairs


def in_order(old: Sequence[_K], new: Sequence[_K]) -> Iterator[tuple[int, int]]:
    """Positions of equal values; of several equal ones, the first with the first.

    >>> list(in_order("ABA", "AAC"))
    [(0, 0), (2, 1)]
    """
    places: defaultdict[_K, list[int]] = defaultdict(list)
    for at in reversed(range(len(new))):
        places[new[at]].append(at)
    for at, one in enumerate(old):
        if places.get(one):
            yield at, places[one].pop()


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


def _key(kind: type[_T], key: Callable[[_T], Hashable | None]) -> _Key:
    return lambda value: key(value) if isinstance(value, kind) else None


def _keys_of_links(target: _Target) -> tuple[_Key, _Key]:
    """Keys of a link by the party that it leads to, whatever its name is."""

    def with_kind(one: Relation) -> Hashable | None:
        party = target(one.to)
        return party and (party, one.kind or one.raw_kind)

    return _key(Relation, with_kind), _key(Relation, lambda one: target(one.to))


def _source_id(value: object) -> Hashable | None:
    return getattr(value, "source_id", None) or None


_KEYS: tuple[_Key, ...] = (
    _key(Name, lambda one: (one.text, one.kind or one.raw_kind)),
    _key(Name, lambda one: one.text),
    _key(Address, lambda one: one.text or None),
    _key(Identifier, lambda one: (one.kind or one.raw_kind, one.key, one.country)),
    _key(Identifier, lambda one: one.key or None),
    _key(Feature, lambda one: (one.label, one.value)),
    _key(Relation, lambda one: (one.to, one.kind or one.raw_kind)),
    _key(Relation, lambda one: one.to),
    _key(Birth, lambda one: one.date),
    _key(Birth, lambda one: one.place),
    _key(Nationality, lambda one: one.country),
    _key(Listing, lambda one: one.list_name),
    _key(LegalBasis, lambda one: one.title),
    _key(Measure, lambda one: one.kind or one.raw or None),
    _key(Event, lambda one: (one.kind or one.raw_kind, one.date)),
    _key(
        Designation,
        lambda one: (one.authority, tuple(each.list_name for each in one.listings), one.programs),
    ),
    _key(
        Designation,
        lambda one: (one.authority, tuple(each.list_name for each in one.listings)),
    ),
    _key(Designation, lambda one: (one.authority, one.programs)),
)
"""What makes two values the same one: the first rule that finds each just once."""
