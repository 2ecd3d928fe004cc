"""Several processes: chunks of records go out, results come back in their order.

A hit names a party of the list, which both sides have. So it travels as its position in the list,
and becomes the very object of this side again: results stay small, and are those of one process.
"""

from __future__ import annotations

import io
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context, parent_process
from typing import cast

from sanctionslib.answers import ScreeningResult, SearchContext
from sanctionslib.errors import Hint, SanctionsError
from sanctionslib.matching.records import Reading
from sanctionslib.matching.screen import Searcher, result_of
from sanctionslib.model import Entity

__all__ = ["results"]

_CHUNK = 32
"""Records that travel together."""
_WAITING = 3
"""Chunks on their way for each process: enough that none waits, few enough to forget."""


def results(
    readings: Iterator[Reading], searcher: Searcher, processes: int
) -> Generator[ScreeningResult]:
    """The results of the records, in their order.

    Raises:
        SanctionsError: The source failed, or a process ended; after all results before.
    """
    home = _Home(searcher.entities, searcher.context)
    waiting: deque[Future[bytes]] = deque()
    failure: SanctionsError | None = None
    is_open, last = True, 0
    pool = ProcessPoolExecutor(
        processes, mp_context=get_context(), initializer=_begin, initargs=(searcher,)
    )
    try:
        while is_open or waiting:
            while is_open and len(waiting) < processes * _WAITING:
                chunk, failure = _next_chunk(readings)
                is_open = len(chunk) == _CHUNK
                if chunk:
                    waiting.append(pool.submit(_work, chunk))
            if waiting:
                for result in home.unpacked(waiting.popleft().result()):
                    last = result.position
                    yield result
        if failure is not None:
            raise failure
    except BrokenProcessPool as error:
        raise SanctionsError(
            f"a process ended before its work was done; the last result is that of record {last}",
            hints=(
                Hint("{} goes on behind it", "start", last + 1),
                Hint("fewer processes need less memory"),
                Hint(
                    "a script that starts processes keeps its own work under `if __name__ == '__main__':`"
                ),
            ),
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _next_chunk(readings: Iterator[Reading]) -> tuple[list[Reading], SanctionsError | None]:
    """The next records; fewer where the source ends, with the error where it fails."""
    chunk: list[Reading] = []
    try:
        chunk.extend(islice(readings, _CHUNK))
    except SanctionsError as error:
        return chunk, error
    return chunk, None


class _Home:
    """What both sides have: it is named on the way, and not sent."""

    def __init__(self, entities: Sequence[Entity], context: SearchContext) -> None:
        self.things: tuple[object, ...] = (context, *entities)
        self.places = {id(one): at for at, one in enumerate(self.things)}

    def packed(self, results: list[ScreeningResult]) -> bytes:
        """The results, to be sent."""
        file = io.BytesIO()
        _Packer(file, self.places).dump(results)
        return file.getvalue()

    def unpacked(self, data: bytes) -> list[ScreeningResult]:
        """The results that were sent."""
        return cast("list[ScreeningResult]", _Unpacker(io.BytesIO(data), self.things).load())


class _Packer(pickle.Pickler):
    def __init__(self, file: io.BytesIO, places: dict[int, int]) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._places = places

    def persistent_id(self, obj: object) -> int | None:
        return self._places.get(id(obj)) if isinstance(obj, (Entity, SearchContext)) else None


class _Unpacker(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, things: Sequence[object]) -> None:
        super().__init__(file)
        self._things = things

    def persistent_load(self, pid: int) -> object:
        return self._things[pid]


# ── in the other process ──────────────────────────────────────────────────────────────────────

_here: tuple[Searcher, _Home]


def _begin(searcher: Searcher) -> None:
    """Prepare this process: build what was not handed over, and leave Ctrl-C to the first one."""
    global _here
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_first, daemon=True).start()
    _here = searcher, _Home(searcher.entities, searcher.context)


def _end_with_the_first() -> None:
    """End when the first process is gone: killed, it tells nobody, and we would wait forever."""
    if (first := parent_process()) is not None:
        first.join()
    os._exit(1)


def _work(chunk: list[Reading]) -> bytes:
    searcher, home = _here
    context = cast("SearchContext", home.things[0])
    return home.packed([result_of(one, searcher, context) for one in chunk])
