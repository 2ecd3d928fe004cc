"""A stream of results: one for each record, in order, in constant memory, in one process or several."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import tracemalloc
from collections.abc import Iterator, Sequence
from typing import Any

import attrs
import pytest
from quick import slow

import sanctionslib as sl
from sanctionslib.answers import Hit, Hits, Problem, ScreeningResult, SearchContext, Subject
from sanctionslib.errors import InvalidInputError, SanctionsError
from sanctionslib.matching.records import Records
from sanctionslib.matching.screening import Screening, screened
from sanctionslib.model import Entity, Organization, Person

from .builders import party

ENTITIES = (party(Person, "1", "EXAMPLE, Anna"), party(Organization, "2", "EXAMPLE TRADING"))


@attrs.frozen
class Fake:
    """Searches by equal names, without case; names without letters are refused, as by the scorers."""

    entities: Sequence[Entity] = ENTITIES
    dies_at: str = ""
    fails_at: str = ""

    @property
    def context(self) -> SearchContext:
        return SearchContext(entities=len(self.entities), method="fake-1")

    def __call__(self, subject: Subject) -> Hits:
        bad = tuple(one for one in subject.names if not any(map(str.isalpha, one)))
        problems = tuple(Problem(what=f"nothing to compare in {one!r}", value=one) for one in bad)
        good = tuple(one for one in subject.names if one not in bad)
        if problems and not (good or subject.identifiers):
            raise InvalidInputError(problems[0].what)
        subject = attrs.evolve(subject, names=good)
        for name in subject.names:
            if name == self.dies_at:
                os.kill(os.getpid(), signal.SIGKILL)
            if name == self.fails_at:
                raise ZeroDivisionError("a fault of ours")
        found = tuple(
            Hit(entity=one, score=1.0, rank=1.0, name=one.names[0], query=name)
            for name in subject.names
            for one in self.entities
            if one.name.casefold() == name.casefold()
        )
        return Hits(
            subject=subject,
            problems=problems,
            context=self.context,
            hits=found[:1],
            more=len(found[1:]),
        )


def screening(records: Any, searcher: Fake = Fake(), **how: Any) -> Screening:
    progress = how.pop("progress", None)
    read = Records(records)
    return Screening(read, screened(read, searcher, **how), searcher.context, progress=progress)


def results(records: Any, searcher: Fake = Fake(), **how: Any) -> list[ScreeningResult]:
    return list(screening(records, searcher, **how))


def test_one_result_for_each_record() -> None:
    """Hits, none, unusable, empty, no record: each has its result, in the order of the records."""
    found = results(
        ["example, anna", "Nobody", "---", "", None, {"id": "K", "name": "Example Trading"}]
    )
    assert [
        (
            one.key,
            [hit.entity.id for hit in one.hits],
            [each.what for each in one.problems if each.skipped],
        )
        for one in found
    ] == [
        ("1", ["watch:1"], []),
        ("2", [], []),
        ("3", [], ["nothing to compare in '---'"]),
        ("4", [], ["there is neither a name nor a number that could be searched"]),
        (
            "5",
            [],
            ["is NoneType, not a record: a mapping, an object with fields, or a name as text"],
        ),
        ("K", ["watch:2"], []),
    ]
    assert [one.position for one in found] == [1, 2, 3, 4, 5, 6]
    assert {one.context for one in found} == {Fake().context}
    assert all(one.context is found[0].context for one in found)


def test_no_truth_value() -> None:
    """Whether somebody is "clear" cannot be asked."""
    (found,) = results(["Nobody"])
    with pytest.raises(TypeError, match="hits and at its problems"):
        bool(found)


def test_one_bad_name_among_several() -> None:
    """A name that cannot be compared does not keep the others, or a number, from being searched."""
    record = {"name": "Example, Anna", "aka": ["--", "Example Trading"], "passport": "123"}
    (found,) = results([record])
    assert found.subject == Subject(
        names=("Example, Anna", "Example Trading"), identifiers=("123",)
    )
    assert (len(found.hits), found.more) == (1, 1)
    assert found.problems == (Problem(what="nothing to compare in '--'", value="--"),)
    (found,) = results([{"name": "--", "passport": "123"}])
    assert found.subject == Subject(identifiers=("123",))
    assert [one.skipped for one in found.problems] == [False]


def test_a_fault_of_ours() -> None:
    """An error that nobody foresaw is reported of its record, and the run continues."""
    found = results(["A B", "C D", "Example, Anna"], Fake(fails_at="C D"))
    assert [len(one.hits) for one in found] == [0, 0, 1]
    assert found[1].problems == (
        Problem(what="the search failed: ZeroDivisionError: a fault of ours", skipped=True),
    )


def test_it_is_lazy() -> None:
    """Records are read as results are asked for; the first one only, to know the columns."""
    read: list[int] = []

    def source() -> Iterator[str]:
        for at in range(5):
            read.append(at)
            yield f"Name {at}"

    stream = screening(source())
    assert read == [0]
    next(stream)
    next(stream)
    assert read == [0, 1]
    assert stream.done == 2
    stream.close()
    assert list(stream) == []
    assert stream.done == 2


def test_progress() -> None:
    """After each result the position is reported."""
    reported: list[int] = []
    assert len(results(["A B", "", "C D"], progress=reported.append)) == 3
    assert reported == [1, 2, 3]


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("start", [1, 2, 40, 100, 101])
def test_start(start: int, processes: int) -> None:
    """What was done before is not done again, and the rest is as it would have been."""
    records = [f"Name {at}" for at in range(100)]
    assert results(records, start=start, processes=processes) == results(records)[start - 1 :]


@pytest.mark.parametrize("name", ["start", "processes"])
@pytest.mark.parametrize("value", [0, -1, 1.5, True, "2"])
def test_wrong_numbers(name: str, value: Any) -> None:
    """Numbers that make no sense are refused before anything is done."""
    with pytest.raises(InvalidInputError, match=f"{name}="):
        screening(["A B"], **{name: value})


def test_what_is_shown() -> None:
    """The repr says what is read as what, against what, and how far it came."""
    stream = screening([{"id": 1, "name": "A B", "shoe": 44}])
    next(stream)
    assert repr(stream) == (
        "<Screening of the records (key from id, name from name) against own lists at 0 or more "
        "by fake-1: 1 done>"
    )
    assert stream.columns == {"key": ("id",), "name": ("name",)}
    assert stream.unused == ("shoe",)


@pytest.mark.parametrize("processes", [1, 2])
def test_a_source_that_fails(processes: int) -> None:
    """All results before come; then the error, and never a stream that merely ends."""

    def source() -> Iterator[str]:
        for at in range(50):
            yield f"Name {at}"
        raise OSError("cut")

    stream = screening(source(), processes=processes)
    assert [next(stream).position for _ in range(50)] == list(range(1, 51))
    with pytest.raises(InvalidInputError, match="failed after record 50: OSError: cut"):
        next(stream)


@pytest.mark.parametrize("processes", [1, 2])
def test_ctrl_c(processes: int) -> None:
    """It ends the screening, says how far it came, and leaves no process running."""

    def source() -> Iterator[str]:
        for at in range(1000):
            if at == 200:
                raise KeyboardInterrupt
            yield f"Name {at}"

    stream = screening(source(), processes=processes)
    done = []
    with pytest.raises(KeyboardInterrupt) as caught:
        done.extend(stream)
    assert caught.value.__notes__ == [f"the last result is that of record {stream.done}"]
    assert multiprocessing.active_children() == []


# ── several processes ─────────────────────────────────────────────────────────────────────────

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")


@pytest.mark.parametrize("count", [0, 1, 31, 32, 33, 500])
def test_several_processes_give_the_same(count: int) -> None:
    """Results, their order, and the very objects of the list: as in one process."""
    records = [
        ("Example, Anna", "", "--", "Example Trading", "Nobody")[at % 5] for at in range(count)
    ]
    alone, together = results(records), results(records, processes=2)
    assert together == alone
    for one in together:
        assert one.context is together[0].context
        for hit in one.hits:
            assert any(hit.entity is each for each in ENTITIES)


def test_processes_that_share_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is started anew, as on Windows and macOS, gets all that it needs."""
    spawn = multiprocessing.get_context("spawn")
    monkeypatch.setattr(multiprocessing, "get_context", lambda: spawn)
    records = ["Rapid Action Batalion", "Nobody Whoever"] * 40
    sample = sl.sample()  # of the library alone: the other process cannot import tests
    assert list(sample.screen(records, processes=2)) == list(sample.screen(records))


def test_a_process_that_dies() -> None:
    """The error is ours, after all results before; it says from where to go on."""
    records = [f"Name {at}" for at in range(400)]
    stream = screening(records, Fake(dies_at="Name 300"), processes=2)
    done: list[int] = []
    with pytest.raises(SanctionsError, match="a process ended before its work was done") as caught:
        done.extend(one.position for one in stream)
    assert done == list(range(1, len(done) + 1))
    assert stream.done == len(done) < 300
    assert f"the last result is that of record {len(done)}" in caught.value.what
    assert f"start={len(done) + 1}" in caught.value.hint
    assert multiprocessing.active_children() == []


def test_few_are_on_their_way() -> None:
    """A source is read only some chunks ahead of the results, however long it is."""
    read = 0

    def source() -> Iterator[str]:
        nonlocal read
        while True:
            read += 1
            yield "Nobody"

    stream = screening(source(), processes=2)
    for _ in range(100):
        next(stream)
    assert read <= 100 + 7 * 32
    stream.close()
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("processes", [1, slow(2)])
def test_memory_is_constant(processes: int) -> None:
    """Five times as many records take no more memory."""

    def peak(count: int) -> int:
        tracemalloc.start()
        for _ in screening((f"Name {at} {'x' * 400}" for at in range(count)), processes=processes):
            pass
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(1)
    small, large = peak(500), peak(2_500)  # the larger ones have a megabyte
    assert large < small + 200_000


def test_threads() -> None:
    """Screenings beside each other do not meet."""
    found: dict[int, list[ScreeningResult]] = {}
    records = ["Example, Anna", "Nobody"] * 50

    def work(at: int) -> None:
        found[at] = results(records)

    threads = [threading.Thread(target=work, args=(at,)) for at in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert all(found[at] == found[0] for at in range(8))
