"""Several lists at once: a thread for each, one count of bytes, and the errors of all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

from sanctionslib.errors import Hint, SanctionsError
from sanctionslib.parsers import Progress

__all__ = ["Together"]

_T = TypeVar("_T")
_AT_ONCE = 4
"""So many servers are asked at once."""
_LISTEN = 0.2
"""Seconds after which Ctrl-C is heard, where another thread got it, or on Windows."""


class _StoppedError(BaseException):
    """The person who asked does not wait any longer. Nothing that looks after a fetch may catch it."""


class Together:
    """Something done for several lists, and how far it is.

    Args:
        list_ids: The lists.
        progress: Called with the bytes done and in all, of all lists together.
    """

    def __init__(self, list_ids: Sequence[str], progress: Progress | None) -> None:
        self._list_ids = list_ids
        self._progress = progress
        self._lock = threading.Lock()
        self._parts: list[tuple[int, int]] = []
        self._is_stopped = False

    def of_one(self) -> Progress:
        """The callback for one of them."""
        with self._lock:
            place = len(self._parts)
            self._parts.append((0, 0))
        return lambda done, total: self._tell(place, done, total)

    def _tell(self, place: int, done: int, total: int) -> None:
        if self._is_stopped:
            raise _StoppedError
        if self._progress is None:
            return
        with self._lock:
            self._parts[place] = (done, total)
            dones, totals = zip(*self._parts, strict=True)
            self._progress(sum(dones), sum(totals) if all(totals) else 0)

    def each(self, get: Callable[[str], _T], *, in_turn: bool = False) -> list[_T]:
        """What is got of each list, in their order.

        Args:
            get: Called with the id of each.
            in_turn: One after the other, in this thread.

        Raises:
            Exception: The first that `get` raised; one of ours says what happened to the others.
        """
        if in_turn or len(self._list_ids) == 1:
            return [get(one) for one in self._list_ids]
        with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
            try:
                tasks = [pool.submit(get, one) for one in self._list_ids]
                while wait(tasks, timeout=_LISTEN).not_done:
                    pass
                errors = [task.exception() for task in tasks]
            except BaseException:  # Ctrl-C: the threads end with the next bytes that they get
                self._is_stopped = True
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        self._raise_first(errors)
        return [task.result() for task in tasks]

    def _raise_first(self, errors: Sequence[BaseException | None]) -> None:
        found = zip(self._list_ids, errors, strict=True)
        failed = [(list_id, error) for list_id, error in found if error is not None]
        if not failed:
            return
        list_id, first = failed[0]
        if isinstance(first, SanctionsError) and failed[1:]:
            others = "; ".join(f"{each} failed too: {_line(error)}" for each, error in failed[1:])
            first.advise(*first.hints, Hint(f"beside {list_id}, {others}"))
        raise first


def _line(error: BaseException) -> str:
    """What an error says, in one line; of one that says nothing, as a callback's may be, its name."""
    return next(iter(str(error).splitlines()), type(error).__name__)
