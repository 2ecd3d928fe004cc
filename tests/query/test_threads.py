"""Indexes are built once, whoever asks first, and appear whole."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from sanctionslib.model import Entity, EntityRef, Identifier, IdentifierKind, Person
from sanctionslib.query import SanctionsList, _holding

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


class _Counted(_holding.Index):
    """An index that counts how often one was made."""

    made = 0

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        type(self).made += 1


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> type[_Counted]:
    monkeypatch.setattr(_Counted, "made", 0)
    monkeypatch.setattr(_holding, "Index", _Counted)
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
    assert len(mine.lookup("T7")) == 1
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
            len(mine.lookup(f"t-{number}")),
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
    """A failure while building leaves nothing half built: the next question builds it anew."""
    mine = _many()

    def fail(*args: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(_holding, "Index", fail)
        with pytest.raises(MemoryError):
            mine.prepare()
    assert mine["7"].name == "PARTY 7"
