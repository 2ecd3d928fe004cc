"""What was made for the last keys, up to a size."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

__all__ = ["Memo"]

T = TypeVar("T")


class Memo(Generic[T]):
    """What was made for the last keys, up to a total size.

    When half of the room is full, what was not asked for since the last time is forgotten. Threads
    may share it: at worst, something is made twice, or its size forgotten.
    """

    def __init__(self, room: int) -> None:
        self._room = self._left = room // 2
        self._kept: dict[Hashable, tuple[T, int]] = {}
        self._before: dict[Hashable, tuple[T, int]] = {}

    def get(self, key: Hashable) -> T | None:
        found = self._kept.get(key)
        if found is None:
            found = self._before.get(key)
            if found is None:
                return None
            self.put(key, *found)
        return found[0]

    def put(self, key: Hashable, value: T, size: int) -> T:
        if self._left < size:
            self._kept, self._before, self._left = {}, self._kept, self._room
        self._left -= size
        self._kept[key] = (value, size)
        return value
