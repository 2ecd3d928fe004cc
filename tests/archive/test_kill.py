"""Processes that are killed, and processes at once: the archive is whole whatever they leave."""

from __future__ import annotations

import os
import random
import shutil
import signal
import threading
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date, timedelta
from pathlib import Path

import pytest
from archives import FAILED, FORM, LIST, NOW, keep
from children import ended, kill_me, needs_fork, start, stopped_at
from quick import all_but, slow

from sanctionslib.answers import EditionStatus, HeldEdition
from sanctionslib.archive.format_folder import Checked
from sanctionslib.archive.store import EditionStore
from sanctionslib.errors import ArchiveError

pytestmark = needs_fork

SHARED = bytes(range(256)) * 64


def files(number: int) -> dict[str, bytes]:
    """An edition of which one file is the same every day."""
    return {"SDN.CSV": random.Random(number).randbytes(20_000), "ADD.CSV": SHARED}


def day(number: int) -> date:
    return date(2021, 1, 1) + timedelta(days=number)


def left_behind(archive: EditionStore) -> list[Path]:
    return [path for path in (archive.home / LIST / FORM).iterdir() if path.name[0] == "."]


def age(paths: list[Path]) -> None:
    """Let it be long ago that they were written."""
    for path in paths:
        for each in (*path.rglob("*"), path):
            os.utime(each, (0, 0))


def check_whole(archive: EditionStore) -> tuple[HeldEdition, ...]:
    """Everything that is held is whole, and what answers is held."""
    assert archive.verify().faults == ()
    editions = archive.editions(LIST)
    good = [one for one in editions if one.is_usable]
    assert archive.current(LIST) == (good[-1] if good else None)
    return editions


def first(archive: EditionStore) -> HeldEdition:
    return archive.editions(LIST)[0]


OPERATIONS: dict[str, Callable[[EditionStore], object]] = {
    "store": lambda archive: keep(archive, files(2), day(2)),
    "store what is refused": lambda archive: keep(archive, files(2), day(2), checks=[FAILED]),
    "accept": lambda archive: archive.accept(LIST, first(archive).sha256, reason="why", now=NOW),
    "prune": lambda archive: archive.prune(LIST, quarantined=True),
    "remember": lambda archive: archive.put_checked(
        LIST, FORM, Checked(at=NOW, edition=first(archive).name)
    ),
}


@pytest.mark.parametrize(
    "operation", all_but(OPERATIONS, "store what is refused", "accept", "prune")
)
def test_a_process_may_be_killed_at_any_step(
    archive: EditionStore, tmp_path: Path, operation: str
) -> None:
    """Before each thing that changes the disk. What it did before is done, or not begun."""

    def states(archive: EditionStore) -> list[tuple[str, EditionStatus]]:
        return [(one.name, one.status) for one in archive.editions(LIST)]

    operate = OPERATIONS[operation]
    keep(archive, files(0), day(0), checks=[FAILED])
    keep(archive, files(1), day(1))
    before = states(archive)
    done = EditionStore(tmp_path / "done")
    shutil.copytree(archive.home, done.home)
    operate(done)
    after = states(done)
    shutil.copytree(archive.home, tmp_path / "good")
    for number in range(1, 100):

        def stop(number: int = number) -> None:
            with stopped_at(number, kill_me):
                operate(archive)

        code = ended(start(stop))
        check_whole(archive)
        assert states(archive) in (before, after)
        if code == 0:
            break
        assert code == -signal.SIGKILL
        if states(archive) == before:
            operate(archive)
            check_whole(archive)
        age(left_behind(archive))
        with archive.temporary_folder(LIST, FORM):
            pass
        assert left_behind(archive) == []
        shutil.rmtree(archive.home)
        shutil.copytree(tmp_path / "good", archive.home)
    assert number > 3


@pytest.mark.parametrize("damaged", [slow("SDN.CSV.gz"), slow("ADD.CSV.gz"), "edition.json"])
def test_a_process_may_be_killed_while_it_mends(archive: EditionStore, damaged: str) -> None:
    """The edition answers, or says that it is damaged; never an older one in its place."""
    keep(archive, files(0), day(0))
    held, _ = keep(archive, files(1), day(1))
    for number in range(1, 100):
        Path(held.folder, damaged).unlink()  # another edition may share it, and stays whole
        Path(held.folder, damaged).write_bytes(b"rot")

        def stop(number: int = number) -> None:
            with stopped_at(number, kill_me):
                keep(archive, files(1), day(1))

        code = ended(start(stop))
        try:
            assert archive.current(LIST) == held
        except ArchiveError:
            assert damaged == "edition.json"
        keep(archive, files(1), day(1))
        assert archive.current(LIST) == held
        check_whole(archive)
        if code == 0:
            break
    assert number > 3


def at_once(work: Callable[[int], int], number: int) -> list[int]:
    """Start so many processes that begin at one moment; what each gives."""
    waits, go = os.pipe()

    def wait_and_work(which: int) -> int:
        os.close(go)
        os.read(waits, 1)
        return work(which)

    children = [start(lambda which=which: wait_and_work(which)) for which in range(number)]
    os.close(go)
    os.close(waits)
    return [ended(child) for child in children]


@pytest.mark.parametrize("is_locked", [slow(True), False])
def test_eight_processes_keep_the_same_edition_at_once(
    archive: EditionStore, is_locked: bool
) -> None:
    """One of them has kept it, the others find it there; also without the lock of the list."""

    def one_of_them(which: int) -> int:
        with archive.lock(LIST) if is_locked else nullcontext():
            return int(keep(archive, files(1), day(1))[1])

    for _ in range(5):
        assert sorted(at_once(one_of_them, 8)) == [0] * 7 + [1]
        (held,) = check_whole(archive)
        assert archive.files(held)
        assert left_behind(archive) == []
        shutil.rmtree(archive.home)


def test_processes_that_keep_mend_prune_and_read_at_once(archive: EditionStore) -> None:
    """Whoever asks gets one of the whole editions, at every moment."""
    keep(archive, files(0), day(0))
    for number in range(1, 5):
        keep(archive, files(number), day(number))

    def one_of_them(which: int) -> int:
        for turn in range(12):
            if which < 2:  # without the lock, so that it may be pruned before it can be expected of
                try:
                    keep(archive, files(turn % 5), day(turn % 5))
                except ArchiveError as error:
                    if "no longer in the archive" not in error.what:
                        raise
            elif which == 2:
                archive.prune(LIST, keep=2)
            elif which == 3:
                assert archive.verify().faults == ()
            else:
                held = archive.current(LIST)
                assert held is not None
                assert held.day == day(4)
                archive.editions(LIST)
        return 0

    assert at_once(one_of_them, 6) == [0] * 6
    check_whole(archive)
    assert left_behind(archive) == []


@pytest.mark.parametrize("is_thread", [True, False])
def test_a_forked_process_does_not_hold_the_lock_of_the_first(
    archive: EditionStore, is_thread: bool
) -> None:
    """Whoever held it there: it waits, and what it does to its own lock leaves that of the first."""
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with archive.lock(LIST):
            held.set()
            done.wait(60)

    def try_it() -> int:
        try:
            with archive.lock(LIST, timeout=0.2):
                return 1
        except ArchiveError:
            return 0

    if is_thread:
        thread = threading.Thread(target=hold)
        thread.start()
        assert held.wait(60)
        try:
            assert [ended(start(try_it)) for _ in range(2)] == [0, 0]
        finally:
            done.set()
            thread.join()
    else:
        with archive.lock(LIST):
            assert [ended(start(try_it)) for _ in range(2)] == [0, 0]
    assert ended(start(try_it)) == 1
