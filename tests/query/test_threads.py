"""Indexes are built once, whoever asks first, and appear whole."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from children import ended, needs_fork, start

from sanctionslib.matching import _similar
from sanctionslib.model import Entity, EntityRef, Identifier, IdentifierKind, Person
from sanctionslib.query import SanctionsList, _collection, _lock

from .builders import party, to

THREADS, SIZE = 16, 400


def _many() -> SanctionsList[Entity]:
    return SanctionsList(
        [
            party(
                Person,
                str(number),
                f"PARTY {number}",
                identifiers=(Identifier(kind=IdentifierKind.TAX, value=f"T{number}"),),
                relations=(to(f"PARTY {number - 1}"),),
            )
            for number in range(SIZE)
        ]
    )


class _Counted(_collection.Index):
    """An index that counts how often one was made."""

    made = 0

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        type(self).made += 1


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> type[_Counted]:
    monkeypatch.setattr(_Counted, "made", 0)
    monkeypatch.setattr(_collection, "Index", _Counted)
    return _Counted


def test_nothing_is_built_before_a_question(counted: type[_Counted]) -> None:
    """Making, walking, counting, printing and selecting build no index; a question builds one."""
    mine = _many()
    part = mine.where(kind=Person, program="SDGT", unstated="keep")[:5]
    assert (len(list(mine)), len(part)) == (SIZE, 5)
    assert repr(part)
    assert counted.made == 0
    assert "7" in mine
    assert counted.made == 1


def test_prepare(counted: type[_Counted]) -> None:
    """`prepare` builds the index and gives the list itself; no question builds another one."""
    mine = _many()
    assert mine.prepare() is mine
    assert counted.made == 1
    assert mine.prepare()["7"].name == "PARTY 7"
    assert len(mine.find_number("T7")) == 1
    assert mine.why("7").linked_from
    assert mine[:9].prepare()["7"] is mine["7"], "a selection uses the index of its base"
    assert counted.made == 1


def test_many_threads_ask_first_at_once(counted: type[_Counted]) -> None:
    """Of many threads that ask the first question at once all get whole answers from one index."""
    mine = _many()
    part = mine[: SIZE // 2]
    start = threading.Barrier(THREADS)

    def ask(number: int) -> list[object]:
        start.wait()
        key = str(number)
        return [
            mine[key].name,
            len(mine.find_number(f"t-{number}")),
            len(mine.related(key, depth=3).nodes),
            len(mine.resolve(EntityRef(name=f"PARTY {number}"))),
            part[key].source_id,
            [link.source.name for link in mine.why(key).linked_from],
        ]

    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(ask, range(10, 10 + THREADS)))
    assert found == [
        [f"PARTY {one}", 1, 7, 1, str(one), [f"PARTY {one + 1}"]] for one in range(10, 10 + THREADS)
    ]
    assert counted.made == 1


def test_a_failed_index_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure while building leaves nothing half built: the next question builds it again."""
    mine = _many()

    def fail(*args: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(_collection, "Index", fail)
        with pytest.raises(MemoryError):
            mine.prepare()
    assert mine["7"].name == "PARTY 7"


def _stopping_in(
    monkeypatch: pytest.MonkeyPatch, place: object, name: str
) -> tuple[threading.Event, threading.Event]:
    """Make what is called there wait in another thread than this one: it came, and may go on."""
    here, came, go_on = threading.get_ident(), threading.Event(), threading.Event()
    real: Callable[..., object] = getattr(place, name)

    def stopping(*args: object, **named: object) -> object:
        if threading.get_ident() != here:
            came.set()
            go_on.wait()
        return real(*args, **named)

    monkeypatch.setattr(place, name, stopping)
    return came, go_on


@needs_fork
@pytest.mark.parametrize(
    ("place", "name", "question"),
    [
        (_collection, "Index", lambda mine: mine["7"].name == "PARTY 7"),
        (_collection, "Searchable", lambda mine: bool(mine.search("PARTY 7"))),
        (
            _similar,
            "unvowelled_skeleton",
            lambda mine: mine.search("\u0645\u062d\u0645\u062f") is not None,
        ),
    ],
)
def test_a_process_forked_while_a_thread_builds_an_index_answers(
    monkeypatch: pytest.MonkeyPatch,
    place: object,
    name: str,
    question: Callable[[SanctionsList[Entity]], bool],
) -> None:
    """It has no such thread, and does not wait for it; the first process goes on as before."""
    mine = _many()
    came, go_on = _stopping_in(monkeypatch, place, name)

    def ask() -> int:
        signal.alarm(60)  # one that waits is ended
        return 0 if question(mine) else 1

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(question, mine)
        try:
            assert came.wait(60), "the index was not built"
            assert ended(start(ask)) == 0
        finally:
            go_on.set()
        assert first.result()


@needs_fork
def test_a_fork_within_the_lock_leaves_it_as_it_was() -> None:
    """The process that forks holds it after that; the new one lets its own copy go."""
    lock = _lock.Lock()
    with lock.held():
        child = os.fork()
        if child:
            assert ended(child) == 0
            taken = threading.Thread(target=lambda: lock.held().__enter__(), daemon=True)
            taken.start()
            taken.join(0.2)
            assert taken.is_alive(), "another thread still waits"
    if not child:
        with lock.held():
            os._exit(0)
    taken.join(60)
    assert not taken.is_alive()
