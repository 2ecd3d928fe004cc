"""Lock: lets one thread at a time build an index, and is free in a process that was forked meanwhile."""

from __future__ import annotations

import os
import threading
from collections.abc import Generator
from contextlib import contextmanager

_forks = 0
"""How many forks lie between this process and the one that was started first."""


def _count() -> None:
    global _forks
    _forks += 1


if hasattr(os, "register_at_fork"):  # Windows has no forks
    os.register_at_fork(after_in_child=_count)


class Lock:
    """A lock for threads that a forked process never finds taken by a thread that it does not have.

    A fork copies the thread that forks and no other. A plain lock that another one held at that
    moment stays locked in the new process for ever.

    >>> lock = Lock()
    >>> with lock.held():
    ...     pass
    """

    __slots__ = ("_locks",)

    def __init__(self) -> None:
        self._locks: dict[int, threading.Lock] = {}

    @contextmanager
    def held(self) -> Generator[None]:
        """Wait until no other thread of this process is within, and be within."""
        # One operation of the dictionary, so that all threads of the process get the same lock.
        with self._locks.setdefault(_forks, threading.Lock()):
            yield
