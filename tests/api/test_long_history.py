"""Many editions: adding one does not cost more the more are held, and asking reads no edition whole."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from homes import CLASSIC, CONS, SDN, cons, home_of
from quick import slow

import sanctionslib as sl
from sanctionslib.api._workspace import Workspace
from sanctionslib.archive.format_folder import FormatFolder

Count = Callable[[], int]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Count:
    """How many `edition.json` were read since it was asked last."""
    return counted(monkeypatch, FormatFolder, "read")


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> Count:
    """How many editions were read whole, from files or copies, since it was asked last."""
    return counted(monkeypatch, Workspace, "parsed")


def counted(monkeypatch: pytest.MonkeyPatch, of: type, name: str) -> Count:
    """Count the calls of a method."""
    calls = 0
    real = getattr(of, name)

    def called(*given: object, **options: object) -> object:
        nonlocal calls
        calls += 1
        return real(*given, **options)

    def start() -> int:
        nonlocal calls
        now, calls = calls, 0
        return now

    monkeypatch.setattr(of, name, called)
    return start


def days(count: int) -> Iterator[str]:
    """So many days, one after the other."""
    return (str(date(2015, 1, 1) + timedelta(days=number)) for number in range(count))


@pytest.mark.parametrize("count", [20, slow(80)])
def test_adding_costs_the_same_however_many_are_held(
    tmp_path: Path, opened: Count, parsed: Count, count: int
) -> None:
    home = home_of(tmp_path / "home")
    costs: list[tuple[int, int]] = []
    for number, day in enumerate(days(count)):
        sl.Archive(home).add(cons(range(1, 31 + number), day), list_id=CONS)
        costs.append((opened(), parsed()))
    assert max(costs[count // 2 :]) <= max(costs[5 : count // 2])
    assert all(whole <= 1 for _, whole in costs)


@pytest.mark.slow
def test_asking_of_a_party_reads_no_edition_whole(tmp_path: Path, parsed: Count) -> None:
    home = home_of(tmp_path / "home")
    for number, day in enumerate(days(60)):
        sl.Archive(home).add(cons(range(1, 31 + number), day), list_id=CONS)
    parsed()
    seen = sl.Archive(home).timeline(f"{CONS}:60")
    assert [(step.kind, str(step.edition.day)) for step in seen.events] == [
        (sl.answers.TimelineEventKind.ADDED, "2015-01-31")
    ]
    assert len(seen.editions) == 60
    assert parsed() == 0
    assert len(sl.Archive(home).changes(CONS, start="2015-01-01").added) == 59
    assert parsed() == 0
    assert (
        sl.Archive(home).load(CONS, as_of="2015-01-31", format=CLASSIC)["60"].name == "EXAMPLE 60"
    )
    assert parsed() == 1


def test_daily_editions_of_the_whole_list_take_a_fifth_of_their_size(
    lists: Path, tmp_path: Path
) -> None:
    """Files, edition.json and what changed; the copies of the last two can go at any time."""
    source = (lists / SDN / "SDN_2021-12-10.csv").read_bytes()
    lines = source.rstrip(b"\x1a").splitlines(keepends=True)
    rng = random.Random(7)
    plain = 0
    for number, day in enumerate(days(12)):
        for _ in range(3):  # three have another name, two are gone, three are new
            at = rng.randrange(len(lines))
            lines[at] = re.sub(rb'^(\d+,"[^"]*)"', rb'\1 II"', lines[at])
        for _ in range(2):
            del lines[rng.randrange(len(lines))]
        for extra in range(3):
            key = 90_000 + number * 10 + extra
            lines.append(re.sub(rb"^\d+", str(key).encode(), lines[rng.randrange(9_000)]))
        content = b"".join(lines) + b"\x1a"
        plain += len(content)
        sl.Archive(tmp_path).add(content, list_id=SDN, published=day, partial=True)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    kept = sum(path.stat().st_size for path in files if "parsed" not in path.parts)
    assert kept <= 0.2 * plain
    assert sum(path.name == "edition.json" for path in files) == 12
    assert sum("parsed" in path.parts for path in files) == 2
    log = sl.Archive(tmp_path).changes(SDN, start="2015-01-01")
    assert (len(log.added), len(log.removed)) == (33, 22)
