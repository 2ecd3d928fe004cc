"""Screening: records → a stream of results, exactly one per record, in their order.

Nothing is held but what is on its way: a result is forgotten as soon as it is given, so that a file
of any length is screened in the same memory. Several processes change the time and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from itertools import dropwhile
from typing import Protocol

import attrs

from sanctionslib.answers import Hits, Problem, ScreeningResult, SearchContext, Subject
from sanctionslib.errors import InvalidInputError
from sanctionslib.matching._rows import shortened
from sanctionslib.matching.records import Reading, Records
from sanctionslib.model import Entity
from sanctionslib.model.provenance import published_words

__all__ = ["Screening", "Searcher", "result_of", "screened"]


class Searcher(Protocol):
    """What searches one subject; can be pickled, without the index."""

    @property
    def context(self) -> SearchContext:
        """What is looked at, and how. Builds the index."""
        ...

    @property
    def entities(self) -> Sequence[Entity]:
        """The parties that are searched."""
        ...

    def __call__(self, subject: Subject) -> Hits:
        """The parties that come near."""
        ...


class Screening:
    """The results of a screening, one by one as they are asked for: an iterator.

    `columns` says what is read as what, so that a guess can be seen; `context` what is looked at.
    A source that fails raises our error after the results of all records before it. Only what is
    asked for is done: a screening that is left is not finished, and `done` says how far it came.

    >>> import sanctionslib as sl
    >>> screening = sl.sample().screen([{"id": "C1", "name": "Rapid Action Batalion"}])
    >>> screening.columns
    {'key': ('id',), 'name': ('name',)}
    >>> [(one.key, one.hits[0].entity.source_id) for one in screening]
    [('C1', '33951')]
    """

    context: SearchContext
    """What is looked at, and how: the same for all results."""
    done: int
    """The position of the last record whose result was given; 0 before the first."""

    def __init__(
        self,
        records: Records,
        results: Generator[ScreeningResult],
        context: SearchContext,
        *,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        self._records = records
        self._results = results
        self._progress = progress
        self.context = context
        self.done = 0

    @property
    def columns(self) -> Mapping[str, tuple[str, ...]]:
        """What is read as what, declared or guessed, as far as records were seen."""
        return dict(self._records.columns)

    @property
    def unused(self) -> tuple[str, ...]:
        """The columns that are not read, as far as records were seen."""
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

    def close(self) -> None:
        """Stop: end the other processes, and close the file. Reading it to its end does the same."""
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
    records: Records, searcher: Searcher, *, start: int = 1, processes: int = 1
) -> Generator[ScreeningResult]:
    """The results of the records, in their order.

    Args:
        records: The records.
        searcher: What searches each.
        start: The position of the first one that is searched.
        processes: How many processes search.

    Raises:
        InvalidInputError: A number is none of 1 or more.
    """
    for name, value in (("start", start), ("processes", processes)):
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise InvalidInputError(f"{name}={value!r}", hint="give a number of 1 or more")
    readings = dropwhile(lambda one: one.position < start, records)
    if processes == 1:
        return _one_by_one(readings, searcher)
    from sanctionslib.matching._workers import results

    return results(readings, searcher, processes)


def _one_by_one(readings: Iterator[Reading], searcher: Searcher) -> Generator[ScreeningResult]:
    context = searcher.context
    for one in readings:
        yield result_of(one, searcher, context)


def result_of(reading: Reading, searcher: Searcher, context: SearchContext) -> ScreeningResult:
    """The result of one record: hits, or what kept it from being searched."""
    subject, problems = reading.subject, reading.problems
    hits: Hits | None = None
    try:
        if subject is not None:
            try:
                hits = searcher(subject)
            except InvalidInputError as error:
                # Of several names one may have nothing to compare; the others and the numbers have.
                subject, faults = _without_faults(subject, searcher, error)
                problems = (*problems, *faults)
                hits = None if any(one.skipped for one in faults) else searcher(subject)
    except Exception as error:  # noqa: BLE001 - our own fault, which must not end a long run
        what = f"the search failed: {type(error).__name__}: {error}"
        problems = (*problems, Problem(what=what, skipped=True))
    return ScreeningResult(
        key=reading.key,
        position=reading.position,
        context=context,
        subject=subject,
        hits=() if hits is None else hits.hits,
        suppressed=() if hits is None else hits.suppressed,
        more=0 if hits is None else hits.more,
        problems=problems,
    )


def _without_faults(
    subject: Subject, searcher: Searcher, error: InvalidInputError
) -> tuple[Subject, list[Problem]]:
    """The subject without the names that cannot be compared, and a problem for each of them."""
    kept: list[str] = []
    problems: list[Problem] = []
    for name in subject.names:
        try:
            searcher(Subject(names=(name,), kind=subject.kind))
            kept.append(name)
        except InvalidInputError as fault:
            problems.append(Problem(what=fault.what, value=shortened(name)))
    if not problems or not (kept or subject.identifiers):
        return subject, [Problem(what=error.what, skipped=True)]
    return attrs.evolve(subject, names=tuple(kept)), problems
