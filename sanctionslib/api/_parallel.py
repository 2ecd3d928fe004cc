"""Several lists at once: a thread for each, one count of bytes, and the errors of all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

from sanctionslib.errors import Hint, SanctionsError
from sanctionslib.parsers import Progress

__all__ = ["for_each"]

_T = TypeVar("_T")
_THREADS = 4
_POLL = 0.2
"""Seconds after which Ctrl-C is noticed, where another thread got it, or on Windows."""


class _CancelledError(BaseException):
    """The caller does not wait any longer. It is no Exception, so that no handler of a fetch catches it."""


def for_each(
    list_ids: Sequence[str],
    get: Callable[[str, Callable[[], Progress]], _T],
    progress: Progress | None,
    *,
    in_turn: bool,
) -> list[_T]:
    """What `get` gives for each list, in their order.

    Args:
        list_ids: The lists.
        get: Called with the id of each, and with what it calls before it downloads: that gives the
            function that it then calls with its bytes done and in all.
        progress: Called with the bytes done and in all, of all lists together.
        in_turn: One after the other, in this thread.

    Raises:
        Exception: The first that `get` raised; the hint of a SanctionsError names the other ones.
    """
    is_cancelled = threading.Event()
    lock = threading.Lock()
    counts: dict[str, tuple[int, int]] = {}

    def count(list_id: str, done: int, total: int) -> None:
        if is_cancelled.is_set():
            raise _CancelledError
        if progress is not None:
            with lock:
                counts[list_id] = (done, total)
                dones, totals = zip(*counts.values(), strict=True)
                progress(sum(dones), sum(totals) if all(totals) else 0)

    def start(list_id: str) -> Progress:
        with lock:
            counts[list_id] = (0, 0)
        return lambda done, total: count(list_id, done, total)

    def get_one(list_id: str) -> _T:
        return get(list_id, lambda: start(list_id))

    if in_turn or len(list_ids) == 1:
        return [get_one(one) for one in list_ids]
    with ThreadPoolExecutor(max_workers=_THREADS) as pool:
        try:
            tasks = [pool.submit(get_one, one) for one in list_ids]
            while wait(tasks, timeout=_POLL).not_done:
                pass
        except BaseException:  # Ctrl-C: the threads end with the next bytes that they get
            is_cancelled.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    _raise_first({one: task.exception() for one, task in zip(list_ids, tasks, strict=True)})
    return [task.result() for task in tasks]


def _raise_first(errors: dict[str, BaseException | None]) -> None:
    failed = [(list_id, error) for list_id, error in errors.items() if error is not None]
    if not failed:
        return
    (list_id, first), *others = failed
    if isinstance(first, SanctionsError) and others:
        also = "; ".join(f"{each} failed too: {_first_line(error)}" for each, error in others)
        first.advise(*first.hints, Hint(f"beside {list_id}, {also}"))
    raise first


def _first_line(error: BaseException) -> str:
    """What an error says, in one line; the name of one that says nothing, as that of a callback may."""
    return next(iter(str(error).splitlines()), type(error).__name__)
