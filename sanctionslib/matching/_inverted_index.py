"""An inverted index: keys → posting lists; and a cache that is limited by size."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sized
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V", bound=int | str)
T = TypeVar("T", bound=Sized)


class InvertedIndex(Generic[K, V]):
    """Keys → numbers or texts, many to many.

    Args:
        entries: Values, each with its keys; each value once.
    """

    def __init__(self, entries: Iterable[tuple[V, Iterable[K]]]) -> None:
        # Most keys lead to one value, which needs no list. Several become a tuple: it is smaller,
        # and the garbage collector ignores one of numbers.
        self._postings = postings = dict[K, V | list[V] | tuple[V, ...]]()
        several: dict[K, list[V]] = {}
        add = postings.setdefault
        for value, keys in entries:
            for key in keys:
                first = add(key, value)
                if first is value:
                    continue
                if isinstance(first, list):
                    if first[-1] is not value:
                        first.append(value)
                elif not isinstance(first, tuple) and first != value:
                    postings[key] = several[key] = [first, value]
        for key, values in several.items():
            postings[key] = tuple(values)

    def find(self, keys: Iterable[K]) -> list[V]:
        """The values of some keys, as often as they have one of them.

        Where keys are check sums, a value may be among them that has none; this is rare.
        """
        found: list[V] = []
        for values in map(self._postings.get, keys):
            if isinstance(values, (tuple, list)):
                found += values
            elif values is not None:
                found.append(values)
        return found


class SizedCache(Generic[T]):
    """What was computed for the last keys, up to a total size.

    When half of it is full, what was not used since the last time is dropped. Threads may share it:
    at worst, something is computed twice, or its size forgotten.
    """

    def __init__(self, max_size: int) -> None:
        self._half = self._left = max_size // 2
        self._recent: dict[Hashable, T] = {}
        self._older: dict[Hashable, T] = {}

    def get(self, key: Hashable, compute: Callable[[], T]) -> T:
        found = self._recent.get(key)
        if found is None:
            found = self._older.get(key)
            if found is None:
                found = compute()
            size = len(found) + 10
            if self._left < size:
                self._recent, self._older, self._left = {}, self._recent, self._half
            self._left -= size
            self._recent[key] = found
        return found
