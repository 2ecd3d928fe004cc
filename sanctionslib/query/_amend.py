"""What is said otherwise of one party: its fields before and after, value by value.

Values of a field are first paired where they are equal, then where something that the source itself
gives ties them: the same text or number, the party that a link leads to, or the publisher's key of
the value. So a weak alias that became strong is one change, and so is a link to a party that has
another name now. What nothing ties is removed and added: an arrow between two names that have
nothing in common would be our guess.
"""

from __future__ import annotations

from bisect import bisect_left
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

__all__ = ["Ties", "amendments", "once_each", "unmoved"]

_T = TypeVar("_T")
_K = TypeVar("_K", bound=Hashable)
_Key: TypeAlias = Callable[[object], Hashable | None]

_NOT_COMPARED = frozenset({"edition", "origins", "source", "id_space"})
"""Fields of an entity that say where it was read, and nothing of the party."""


@attrs.frozen
class Ties:
    """What ties values of two editions besides their own texts."""

    keys_last: bool
    """Whether the publisher's keys of single values mean the same in both editions."""
    reached: tuple[Callable[[EntityRef], str | None], Callable[[EntityRef], str | None]]
    """Of a reference of the older and of the newer edition: the id, in the newer one, of the only
    party that it can mean."""


def amendments(before: Entity, after: Entity, ties: Ties) -> tuple[Change, ...]:
    """What is different between two entries of one party; none where they are equal."""
    return () if before == after else tuple(_entity(before, after, ties))


def _entity(before: Entity, after: Entity, ties: Ties) -> Iterator[Change]:
    if type(before) is not type(after):
        yield Change(field="kind", before=before.kind, after=after.kind)
    names = dict.fromkeys((*_names(type(before)), *_names(type(after))))
    for name in names:
        # Beside a kind of ours, the source's word for it is no more than its raw text.
        if name == "raw_kind" and not type(before) is type(after) is Entity:
            continue
        old, new = _value(before, name), _value(after, name)
        if name == "designations":
            yield from _designations(before.designations, after.designations, ties)
        else:
            yield from _field(name, old, new, ties)


def _names(kind: type[object]) -> tuple[str, ...]:
    fields = attrs.fields(cast("type[attrs.AttrsInstance]", kind))
    return tuple(one.name for one in fields if one.name not in _NOT_COMPARED)


def _value(entity: Entity, name: str) -> object:
    """The value of a field; what another kind of entity cannot have, this one has not."""
    return getattr(entity, name, None)


def _field(
    name: str, old: object, new: object, ties: Ties, designation: int | None = None
) -> Iterator[Change]:
    if old == new:
        return
    if not isinstance(old, tuple) and not isinstance(new, tuple):
        yield Change(
            field=name,
            before=cast("Stated | None", old),
            after=cast("Stated | None", new),
            designation=designation,
        )
        return
    was = cast("tuple[Stated, ...]", old or ())
    now = cast("tuple[Stated, ...]", new or ())
    pairs = _paired(was, now, ties)
    for at, one in enumerate(was):
        other = now[pairs[at]] if at in pairs else None
        if one != other:
            yield Change(field=name, before=one, after=other, designation=designation)
    matched = set(pairs.values())
    for at, one in enumerate(now):
        if at not in matched:
            yield Change(field=name, after=one, designation=designation)
    if _is_moved(pairs):
        yield Change(field=name, designation=designation)


def _is_moved(pairs: dict[int, int]) -> bool:
    places = [pairs[at] for at in sorted(pairs)]
    return any(one > other for one, other in pairwise(places))


# ── designations ──────────────────────────────────────────────────────────────────────────────


def _designations(
    old: tuple[Designation, ...], new: tuple[Designation, ...], ties: Ties
) -> Iterator[Change]:
    """Inside the designations that are the same one; an entity with one on each side has the same."""
    if old == new:
        return
    pairs = {0: 0} if len(old) == len(new) == 1 else _paired(old, new, ties)
    for at, one in enumerate(old):
        if at not in pairs:
            yield Change(field="designations", before=one)
    matched = {there: here for here, there in pairs.items()}
    for at, one in enumerate(new):
        if at not in matched:
            yield Change(field="designations", after=one, designation=at)
            continue
        was = old[matched[at]]
        if was == one:
            continue
        for name in _names(Designation):
            if name != "source_id":
                yield from _field(
                    f"designations.{name}", getattr(was, name), getattr(one, name), ties, at
                )
    if _is_moved(pairs):
        yield Change(field="designations")


# ── which value is which ──────────────────────────────────────────────────────────────────────


def _paired(old: Sequence[object], new: Sequence[object], ties: Ties) -> dict[int, int]:
    """Positions of values that are the same one: equal, or tied by what the source gives."""
    pairs = dict(in_order(old, new))
    keys = [(key, key) for key in (*_KEYS, *((_source_id,) if ties.keys_last else ()))]
    older, newer = (_links(reached) for reached in ties.reached)
    for of_old, of_new in (*keys, *zip(older, newer, strict=True)):
        taken = set(pairs.values())
        left = [(of_old(one), at) for at, one in enumerate(old) if at not in pairs]
        right = [(of_new(one), at) for at, one in enumerate(new) if at not in taken]
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
    def found(value: object) -> Hashable | None:
        return key(value) if isinstance(value, kind) else None

    return found


def _links(reached: Callable[[EntityRef], str | None]) -> tuple[_Key, _Key]:
    """Keys of a link by the party that it leads to, whatever it is called."""

    def with_kind(one: Relation) -> Hashable | None:
        party = reached(one.to)
        return party and (party, one.kind or one.raw_kind)

    return _key(Relation, with_kind), _key(Relation, lambda one: reached(one.to))


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
"""What makes two values one that is told otherwise: the first rule that finds each just once."""


def unmoved(places: Sequence[int]) -> set[int]:
    """Indexes of as many places as can be that rise from one to the next: all others have moved.

    >>> sorted(unmoved([0, 1, 4, 2, 3]))
    [0, 1, 3, 4]
    """
    ends: list[int] = []
    at_end: list[int] = []
    before: list[int] = []
    for at, place in enumerate(places):
        length = bisect_left(ends, place)
        before.append(at_end[length - 1] if length else -1)
        if length == len(ends):
            ends.append(place)
            at_end.append(at)
        else:
            ends[length] = place
            at_end[length] = at
    found: set[int] = set()
    at = at_end[-1] if at_end else -1
    while at >= 0:
        found.add(at)
        at = before[at]
    return found
