"""Several lists at once: a thread for each, one count of bytes, and the errors of all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial
from typing import TypeVar

from sanctionslib.errors import Hint, SanctionsError
from sanctionslib.parsers import Progress

_T = TypeVar("_T")
_THREADS = 4
_POLL = 0.2
"""Seconds after which Ctrl-C is noticed, where another thread got it, or on Windows."""


class _CancelledError(BaseException):
    """The caller does not wait any longer. It is no Exception, so that no handler of a fetch catches it."""


def in_parallel(
    tasks: Mapping[str, Callable[[Progress], _T]],
    progress: Progress | None,
    *,
    in_turn: bool,
) -> list[_T]:
    """What each task gives, by the id of its list, in their order.

    A task is called with what it calls with its bytes done and in all, first when it begins to
    download. `progress` is called with those of all lists together. With `in_turn`, one list follows
    the other, in this thread.

    Raises:
        Exception: The first that a task raised; the hints of a SanctionsError name the other ones.
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

    if in_turn or len(tasks) == 1:
        return [task(partial(count, one)) for one, task in tasks.items()]
    with ThreadPoolExecutor(max_workers=_THREADS) as pool:
        try:
            running = {one: pool.submit(task, partial(count, one)) for one, task in tasks.items()}
            while wait(running.values(), timeout=_POLL).not_done:
                pass
        except BaseException:  # Ctrl-C: the threads end with the next bytes that they get
            is_cancelled.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    failed = [(one, error) for one, task in running.items() if (error := task.exception())]
    if failed:
        (list_id, first), *others = failed
        if isinstance(first, SanctionsError) and others:
            # One that says nothing, as that of a callback may, is named by its class.
            also = "; ".join(
                f"{each} failed too: {next(iter(str(error).splitlines()), type(error).__name__)}"
                for each, error in others
            )
            first.advise(*first.hints, Hint(f"beside {list_id}, {also}"))
        raise first
    return [task.result() for task in running.values()]
