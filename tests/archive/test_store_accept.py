"""EditionStore.accept: a person overrides the check of a quarantined edition, and says why. And the lock of a list."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from datetime import date
from pathlib import Path

import pytest
from archives import FAILED, FILES, LIST, NOW, SAME_BEGINNING, keep
from children import ended, needs_fork, start

from sanctionslib.answers import EditionStatus
from sanctionslib.archive.store import EditionStore
from sanctionslib.errors import (
    AmbiguousIdError,
    ArchiveError,
    InvalidInputError,
    NotFoundError,
    UnwritableError,
)

WHY = "a list was dissolved"


@pytest.mark.parametrize("form", ["{}", "SHA256:{}", " {} \n", "{:.8}"])
def test_it_answers_from_then_on(archive: EditionStore, form: str) -> None:
    """Reason and time are kept in edition.json; checks stay as they were."""
    good, _ = keep(archive, {"SDN.CSV": b"good"}, "2021-12-09")
    bad, _ = keep(archive, FILES, checks=[FAILED])
    assert bad.status is EditionStatus.QUARANTINED
    for day in (bad.day, date(2021, 12, 31)):
        assert archive.current(LIST) == archive.as_of(LIST, day) == good
    taken = archive.accept(LIST, form.format(bad.sha256.upper()), reason=f" {WHY} ", now=NOW)
    assert archive.current(LIST) == archive.as_of(LIST, bad.day) == taken
    assert archive.as_of(LIST, good.day) == good
    assert (taken.status, taken.reason, taken.overridden_at) == (EditionStatus.OVERRIDDEN, WHY, NOW)
    assert taken.checks == (FAILED,)
    data = json.loads(Path(taken.folder, "edition.json").read_text("utf-8"))
    assert (data["status"], data["reason"]) == ("overridden", WHY)
    assert archive.verify().faults == ()


def test_the_same_bytes_of_several_days_are_accepted_together(archive: EditionStore) -> None:
    """It was the bytes that were looked at; the newest is given."""
    for day in ("2021-12-12", "2021-12-10", "2021-12-11"):
        keep(archive, FILES, day, checks=[FAILED])
    taken = archive.accept(LIST, archive.editions(LIST)[0].sha256, reason=WHY, now=NOW)
    assert taken.published == date(2021, 12, 12)
    assert {one.status for one in archive.editions(LIST)} == {EditionStatus.OVERRIDDEN}


def test_what_is_accepted_stays_so_when_it_comes_again(archive: EditionStore) -> None:
    """The next refresh continues from it."""
    bad, _ = keep(archive, FILES, checks=[FAILED])
    taken = archive.accept(LIST, bad.sha256, reason=WHY, now=NOW)
    assert keep(archive, FILES, checks=[FAILED]) == (taken, False)


def test_what_cannot_be_accepted(archive: EditionStore) -> None:
    """Each error says why, and nothing is changed."""
    good, _ = keep(archive, FILES)
    bad, _ = keep(archive, {"SDN.CSV": b"bad"}, "2021-12-11", checks=[FAILED])
    before = archive.editions(LIST)
    with pytest.raises(InvalidInputError, match="not quarantined: it is valid"):
        archive.accept(LIST, good.sha256, reason=WHY, now=NOW)
    with pytest.raises(InvalidInputError, match="for a reason"):
        archive.accept(LIST, bad.sha256, reason=" \n", now=NOW)
    for short in ("", "1234567", "not-a-hash", "2021-12-11"):
        with pytest.raises(InvalidInputError, match="is no hash") as caught:
            archive.accept(LIST, short, reason=WHY, now=NOW)
        assert "first 8 characters" in caught.value.hint
    with pytest.raises(NotFoundError, match="has the hash 01234567"):
        archive.accept(LIST, "01234567", reason=WHY, now=NOW)
    with pytest.raises(NotFoundError):
        archive.accept("us_ofac_cons", bad.sha256, reason=WHY, now=NOW)
    assert archive.editions(LIST) == before


def test_a_hash_that_several_editions_begin_with(archive: EditionStore) -> None:
    """More of it is asked for; the candidates are named."""
    one, two = (
        keep(archive, {"SDN.CSV": text}, day, checks=[FAILED])[0].sha256
        for text, day in zip(SAME_BEGINNING, ("2021-12-10", "2021-12-11"), strict=True)
    )
    with pytest.raises(AmbiguousIdError, match="2 editions") as caught:
        archive.accept(LIST, one[:8], reason=WHY, now=NOW)
    assert set(caught.value.candidates) == {one, two}
    assert archive.accept(LIST, two[:9], reason=WHY, now=NOW).sha256 == two


def test_the_lock_can_be_taken_again_by_its_holder(archive: EditionStore) -> None:
    """Else whoever holds it could not prune or accept."""
    bad, _ = keep(archive, FILES, checks=[FAILED])
    with archive.lock(LIST, timeout=0), archive.lock(LIST, timeout=0):
        archive.accept(LIST, bad.sha256, reason=WHY, now=NOW)
        assert (archive.home / ".locks" / f"{LIST}.lock").exists()


def test_another_thread_waits_for_the_lock(archive: EditionStore) -> None:
    """Several lists load in parallel: each has a lock of its own."""
    said: list[str] = []

    def try_it() -> None:
        with archive.lock("us_ofac_cons", timeout=0):
            said.append("other list")
        try:
            with archive.lock(LIST, timeout=0):
                said.append("same list")
        except ArchiveError as error:
            said.append(error.what)

    with archive.lock(LIST):
        thread = threading.Thread(target=try_it)
        thread.start()
        thread.join()
    assert said == [
        "other list",
        f"another process has been working on {LIST} for more than 0 seconds",
    ]


@needs_fork
def test_a_lock_ends_with_its_process(archive: EditionStore) -> None:
    """However it ends: nobody has to tidy after a kill."""

    def hold() -> None:
        with archive.lock(LIST):
            (archive.home / "held").touch()
            time.sleep(60)

    child = start(hold)
    while not (archive.home / "held").exists():
        time.sleep(0.01)
    with pytest.raises(ArchiveError, match="another process"), archive.lock(LIST, timeout=0):
        pass
    os.kill(child, signal.SIGKILL)
    assert ended(child) < 0
    with archive.lock(LIST, timeout=0):
        pass


def test_where_no_lock_can_be_made(tmp_path: Path) -> None:
    """A file lies where the folder should be."""
    (tmp_path / "home").write_text("no folder")
    with (
        pytest.raises(UnwritableError, match="cannot be locked"),
        EditionStore(tmp_path / "home").lock(LIST),
    ):
        pass


def test_where_the_file_system_has_no_locks(
    archive: EditionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error says to take another folder."""

    def none(*_: object, **__: object) -> None:
        raise NotImplementedError

    monkeypatch.setattr("filelock.FileLock.acquire", none)
    with pytest.raises(ArchiveError, match="has no locks"), archive.lock(LIST):
        pass
