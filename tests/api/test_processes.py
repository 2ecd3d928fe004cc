"""Several processes on one archive, and processes that are killed while they refresh it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from children import needs_fork, run_as_nobody, run_with_room
from faulty_server import Answer, FaultyServer, Request, file
from homes import CLASSIC, CONS, cons, home_of

import sanctionslib as sl

SCRIPT = Path(__file__).parents[1] / "support" / "refreshing.py"

pytestmark = needs_fork


class NewEachTime(FaultyServer):
    """Whoever asks gets another edition of thirty entries; each day has ten."""

    def next_answer(self, request: Request) -> Answer:
        """The next edition."""
        super().next_answer(request)
        number = len(self.requests)
        day = date(2015, 1, 1) + timedelta(days=number // 10)
        rest = f"<remarks>Number {number}</remarks>"
        return Answer(body=cons(range(1, 31), str(day), rest=rest))


@pytest.fixture
def one() -> Iterator[FaultyServer]:
    """A server with one edition."""
    with FaultyServer() as server:
        server.put("/CONSOLIDATED.XML", file(cons(range(1, 31), "2021-12-10")))
        yield server


def run(server: FaultyServer, home: Path, what: str, times: int) -> dict[str, int]:
    """Run the script on an archive that asks this server."""
    home_of(home, urls={"CONSOLIDATED.XML": [server.url("/CONSOLIDATED.XML")]})
    done = subprocess.run(
        [sys.executable, str(SCRIPT), what, str(times)],
        env=os.environ | {"SANCTIONSLIB_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, int] = json.loads(done.stdout)
    return found


@pytest.mark.slow
def test_two_hundred_kills_during_a_refresh_and_no_archive_is_corrupted(tmp_path: Path) -> None:
    with NewEachTime() as server:
        found = run(server, tmp_path / "home", "killed", 200)
    assert found["kills"] == 200
    assert found["corrupted"] == 0
    # It means something only where many hit a refresh on its way, and others went through.
    assert found["within"] >= 40
    assert found["editions"] >= 40


def test_eight_processes_that_refresh_at_once_have_one_edition(
    one: FaultyServer, tmp_path: Path
) -> None:
    assert run(one, tmp_path / "home", "at_once", 8) == {"10": 1, "20": 7}
    assert len(sl.Archive(tmp_path / "home").editions(CONS)) == 1
    assert sl.Archive(tmp_path / "home").verify().faults == ()


@pytest.mark.slow
def test_eight_processes_that_load_at_once_ask_the_server_once(
    one: FaultyServer, tmp_path: Path
) -> None:
    assert run(one, tmp_path / "home", "loaded_at_once", 8) == {"10": 8}
    assert len(one.requests) == 1
    assert len(sl.Archive(tmp_path / "home").load(CONS, format=CLASSIC, offline=True)) == 30


def held_by_all(one: FaultyServer, folder: Path) -> Path:
    """An archive with the server's edition, in a folder that every user may enter."""
    urls = {"CONSOLIDATED.XML": [one.url("/CONSOLIDATED.XML")]}
    home = home_of(folder / "home", urls=urls)
    sl.Archive(home).fetch(CONS, format=CLASSIC)
    return home


def test_a_home_that_may_not_be_written_is_read_and_nothing_is_lost(
    one: FaultyServer, open_folder: Path
) -> None:
    home = held_by_all(one, open_folder)
    # Nobody may not be able to load what the library is made of.
    assert len(sl.Archive(home).timeline(f"{CONS}:1").events) == 1
    assert len(sl.Archive(home).load(CONS, format=CLASSIC)) == 30
    one.put("/CONSOLIDATED.XML", file(cons(range(1, 33), "2021-12-11")))

    def use() -> None:
        for options in ({"offline": True}, {"as_of": "2021-12-10"}, {}):
            assert len(sl.Archive(home).load(CONS, format=CLASSIC, **options)) == 30  # type: ignore[arg-type]
        assert [step.kind for step in sl.Archive(home).timeline(f"{CONS}:1").events] == [
            sl.answers.TimelineEventKind.FIRST
        ]
        for write in (
            lambda: sl.Archive(home).fetch(CONS, format=CLASSIC),
            lambda: sl.Archive(home).load(CONS, format=CLASSIC, max_age=timedelta(0)),
            lambda: sl.Archive(home).add(cons(range(1, 33), "2021-12-11"), list_id=CONS),
        ):
            with pytest.raises(sl.errors.UnwritableError, match="Permission denied") as caught:
                write()
            assert "SANCTIONSLIB_HOME" in caught.value.hint
        with pytest.warns(sl.errors.StaleEditionWarning, match="Permission denied"):
            stale = sl.Archive(home).load(
                CONS, format=CLASSIC, max_age=timedelta(0), allow_stale=True
            )
        assert len(stale) == 30

    for path in (home, *home.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    run_as_nobody(use)
    for path in (home, *home.rglob("*")):
        path.chmod(0o755)
    assert sl.Archive(home).verify().faults == ()
    assert sl.Archive(home).fetch(CONS, format=CLASSIC).is_new


def test_a_disk_that_is_full_in_a_refresh_leaves_the_last_edition(
    one: FaultyServer, open_folder: Path
) -> None:
    home = held_by_all(one, open_folder)
    one.put("/CONSOLIDATED.XML", file(cons(range(1, 303), "2021-12-11")))

    def use() -> None:
        with pytest.raises(sl.errors.UnwritableError) as caught:
            sl.Archive(home).fetch(CONS, format=CLASSIC)
        assert caught.value.hint.startswith("make room on the disk")
        assert len(sl.Archive(home).load(CONS, format=CLASSIC, offline=True)) == 30

    run_with_room(500, use)
    assert sl.Archive(home).verify().faults == ()
    assert len(sl.Archive(home).editions(CONS)) == 1
    assert sl.Archive(home).fetch(CONS, format=CLASSIC).edition.entries == 302
