"""Screening: records → a stream of results, exactly one per record, in their order.

A result is dropped as soon as it is given, so that a file of any length is screened in the same
memory. Several processes change the time and nothing else: a hit names an entity of the list, which
every process has, so it is sent as its position in the list, and becomes the very object again.
"""

from __future__ import annotations

import io
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Future
from itertools import dropwhile, islice
from typing import Protocol, cast

import attrs

from sanctionslib.answers import (
    Hits,
    Problem,
    ResultRow,
    ScreeningResult,
    SearchContext,
    Subject,
)
from sanctionslib.errors import Hint, InvalidInputError, SanctionsError
from sanctionslib.matching.records import Reading, Records
from sanctionslib.model import Entity
from sanctionslib.model.provenance import published_words

__all__ = ["Screening", "Searcher", "result_of", "screened"]

_CHUNK = 32
"""Records that are sent together."""
_AHEAD = 3
"""Chunks that are sent ahead for each process: enough that none is idle, few enough to drop."""


class Searcher(Protocol):
    """What searches one subject; can be pickled, without the index."""

    @property
    def context(self) -> SearchContext:
        """What is searched, and how. Builds the index."""
        ...

    @property
    def entities(self) -> Sequence[Entity]:
        """The entities that a hit can name."""
        ...

    def __call__(self, subject: Subject) -> Hits:
        """The hits of a subject."""
        ...


@attrs.define(eq=False, repr=False)
class Screening:
    """The results of a screening, one by one as they are asked for: an iterator.

    `columns` says which columns are read as what; `context` what is searched. A source that fails
    raises our error after the results of all records before it. A screening that is not iterated to
    its end is not finished: `done` says how far it came.

    >>> import sanctionslib as sl
    >>> screening = sl.sample().screen([{"id": "C1", "name": "Rapid Action Batalion"}])
    >>> screening.columns
    {'key': ('id',), 'name': ('name',)}
    >>> [(one.key, one.hits[0].entity.source_id) for one in screening]
    [('C1', '33951')]
    """

    _records: Records
    _results: Generator[ScreeningResult]
    context: SearchContext
    """What is searched, and how: the same for all results."""
    _progress: Callable[[int], None] | None = attrs.field(
        default=None, kw_only=True, alias="progress"
    )
    done: int = attrs.field(default=0, init=False)
    """The position of the last record whose result was given; 0 before the first."""

    @property
    def columns(self) -> Mapping[str, tuple[str, ...]]:
        """Which columns are read as what, declared or guessed, as far as records were read."""
        return dict(self._records.columns)

    @property
    def unused(self) -> tuple[str, ...]:
        """The columns that are not read, as far as records were read."""
        return tuple(self._records.unused)

    def __iter__(self) -> Iterator[ScreeningResult]:
        return self

    def __next__(self) -> ScreeningResult:
        try:
            result = next(self._results)
        except KeyboardInterrupt as stop:
            stop.add_note(f"the last result is that of record {self.done}")
            raise
        self.done = result.position
        if self._progress is not None:
            self._progress(self.done)
        return result

    def rows(self) -> list[ResultRow]:
        """The rows of all results that were not given yet, in one list for a data frame.

        For a file that does not fit into memory, ask each result for its `rows`.

        >>> import sanctionslib as sl
        >>> rows = sl.sample().screen(["Rapid Action Batalion", "Nobody Whoever"]).rows()
        >>> [(row["position"], row["status"], row["name"]) for row in rows]
        [(1, 'hit', 'RAPID ACTION BATTALION'), (2, 'no hit', None)]
        """
        return [row for result in self for row in result.rows()]

    def close(self) -> None:
        """Stop: end the other processes, and close the file. Iterating to the end does the same."""
        self._results.close()

    def __repr__(self) -> str:
        columns = ", ".join(f"{what} from {' + '.join(of)}" for what, of in self.columns.items())
        editions = [
            f"{one.list_id} {published_words(one.published)}" for one in self.context.editions
        ]
        return (
            f"<Screening of {self._records.name} ({columns or 'names'}) against "
            f"{', '.join(editions) or 'own lists'} at {self.context.min_score:g} or more "
            f"by {self.context.method}: {self.done:,} done>"
        )


def screened(
    records: Records, searcher: Searcher, *, start: int | None = 1, processes: int | None = 1
) -> Generator[ScreeningResult]:
    """The results of the records from the position `start` on, in their order.

    Raises:
        InvalidInputError: `start` or `processes` is not a number of 1 or more.
    """
    start, processes = 1 if start is None else start, 1 if processes is None else processes
    for name, value in (("start", start), ("processes", processes)):
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise InvalidInputError(
                f"{name}={value!r}", argument=name, hint="give a number of 1 or more"
            )
    readings = dropwhile(lambda one: one.position < start, records)
    if processes > 1:
        return _by_processes(readings, searcher, processes)
    context = searcher.context
    return (result_of(one, searcher, context) for one in readings)


def result_of(reading: Reading, searcher: Searcher, context: SearchContext) -> ScreeningResult:
    """The result of one record: hits, or what kept it from being searched."""
    subject, problems = reading.subject, list(reading.problems)
    hits = Hits(subject=subject or Subject(), context=context)
    try:
        if subject is not None:
            hits = searcher(subject)
            subject = hits.subject
            problems += hits.problems
    except InvalidInputError as error:  # it has nothing that could be compared
        problems.append(Problem(what=error.what, skipped=True))
    except Exception as error:  # noqa: BLE001 - our own fault, which must not end a long run
        what = f"the search failed: {type(error).__name__}: {error}"
        problems.append(Problem(what=what, skipped=True))
    return ScreeningResult(
        key=reading.key,
        position=reading.position,
        context=context,
        subject=subject,
        hits=hits.hits,
        suppressed=hits.suppressed,
        more=hits.more,
        problems=tuple(problems),
    )


# ── several processes ─────────────────────────────────────────────────────────────────────────


def _by_processes(
    readings: Iterator[Reading], searcher: Searcher, processes: int
) -> Generator[ScreeningResult]:
    """The results of the records, in their order.

    Raises:
        SanctionsError: The source failed, or a process ended; after all results before.
    """
    from concurrent.futures import ProcessPoolExecutor  # takes as long to import as all of this
    from multiprocessing import get_context

    shared = _Shared(searcher)
    pending: deque[Future[bytes]] = deque()
    failure: SanctionsError | None = None
    is_open, last = True, 0
    pool = ProcessPoolExecutor(
        processes, mp_context=get_context(), initializer=_start, initargs=(searcher,)
    )
    try:
        while is_open or pending:
            while is_open and len(pending) < processes * _AHEAD:
                chunk: list[Reading] = []
                try:
                    chunk.extend(islice(readings, _CHUNK))
                except SanctionsError as error:
                    failure = error
                is_open = len(chunk) == _CHUNK
                if chunk:
                    pending.append(pool.submit(_search, chunk))
            if pending:
                for result in shared.unpacked(pending.popleft().result()):
                    last = result.position
                    yield result
        if failure is not None:
            raise failure
    except BrokenExecutor as error:
        raise SanctionsError(
            f"a process ended before its work was done; the last result is that of record {last}",
            hints=(
                Hint("{} resumes after it", "start", last + 1),
                Hint("fewer processes need less memory"),
                Hint("a script that starts processes works under `if __name__ == '__main__':`"),
            ),
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


class _Shared:
    """What all processes have, the context and the entities: each is sent as its position."""

    def __init__(self, searcher: Searcher) -> None:
        self.searcher, self.context = searcher, searcher.context
        self._objects: tuple[object, ...] = (self.context, *searcher.entities)
        self._positions = {id(one): at for at, one in enumerate(self._objects)}

    def packed(self, results: list[ScreeningResult]) -> bytes:
        file = io.BytesIO()
        pickler = _Pickler(file, pickle.HIGHEST_PROTOCOL)
        pickler.positions = self._positions
        pickler.dump(results)
        return file.getvalue()

    def unpacked(self, data: bytes) -> list[ScreeningResult]:
        unpickler = _Unpickler(io.BytesIO(data))
        unpickler.objects = self._objects
        return cast("list[ScreeningResult]", unpickler.load())


class _Pickler(pickle.Pickler):
    positions: Mapping[int, int]

    def persistent_id(self, obj: object) -> int | None:
        return self.positions.get(id(obj)) if isinstance(obj, (Entity, SearchContext)) else None


class _Unpickler(pickle.Unpickler):
    objects: Sequence[object]

    def persistent_load(self, pid: int) -> object:
        return self.objects[pid]


_shared: _Shared
"""What this process has, if it is one of several."""


def _start(searcher: Searcher) -> None:
    """Prepare another process: build what was not sent, and leave Ctrl-C to the first one."""
    global _shared
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _shared = _Shared(searcher)


def _end_with_parent() -> None:
    """End when the first process has ended: if it was killed, we would wait forever."""
    from multiprocessing import parent_process

    if (parent := parent_process()) is not None:
        parent.join()
    os._exit(1)


def _search(chunk: list[Reading]) -> bytes:
    searcher, context = _shared.searcher, _shared.context
    return _shared.packed([result_of(one, searcher, context) for one in chunk])
