"""Editions that are no longer there: pruned meanwhile, and nobody fails; removed, and it is reported."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from delimited_files import delimited, party
from homes import CLASSIC, CONS, SDN, cons, home_of

import sanctionslib as sl
from sanctionslib.archive.store import EditionStore

DAYS = ("2021-12-08", "2021-12-09", "2021-12-10")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Editions of three days, of 30, 31 and 32 parties."""
    home = home_of(tmp_path / "home")
    for number, day in enumerate(DAYS, start=30):
        add(home, number, day)
    return home


def add(home: Path, number: int, day: str) -> None:
    """Keep an edition."""
    sl.Archive(home).add(cons(range(1, number + 1), day), list_id=CONS)


def move(home: Path, day: str) -> Path:
    """Rename the folder of an edition."""
    (held,) = [one for one in sl.Archive(home).editions(CONS) if str(one.day) == day]
    return Path(held.folder).rename(Path(held.folder).with_name("elsewhere"))


def load(home: Path, **options: object) -> sl.SanctionsList[sl.Entity]:
    """Load it, offline."""
    return sl.Archive(home).load(CONS, **options)  # type: ignore[arg-type]


# ── removed by hand ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("moved", "options", "number"),
    [
        (DAYS[2], {"offline": True}, None),
        (DAYS[2], {"offline": True, "format": CLASSIC}, None),
        (DAYS[2], {"as_of": DAYS[2]}, None),
        (DAYS[2], {"as_of": DAYS[1]}, 31),
        (DAYS[1], {"offline": True}, 32),
        (DAYS[1], {"as_of": DAYS[1]}, None),
        (DAYS[1], {"as_of": DAYS[0]}, 30),
        (DAYS[0], {"as_of": DAYS[0]}, None),
    ],
)
def test_no_older_edition_answers_in_its_place(
    home: Path, moved: str, options: dict[str, object], number: int | None
) -> None:
    """Only what it would have answered is refused; put back, it answers."""
    elsewhere = move(home, moved)
    name = next(iter(sl.Archive(home).editions(CONS).gone))
    assert name.startswith(moved)
    if number is not None:
        assert len(load(home, **options)) == number
        return
    with pytest.raises(sl.errors.CorruptEditionError, match=f"the edition of {moved}") as caught:
        load(home, **options)
    assert (caught.value.where.list_id, caught.value.where.edition) == (CONS, name)
    assert f"sl.Archive({str(home)!r}).prune('us_ofac_cons', gone=True)" in caught.value.hint
    elsewhere.rename(elsewhere.with_name(name))
    assert sl.Archive(home).editions(CONS).gone == ()
    assert len(load(home, **options)) == 30 + DAYS.index(moved)


def test_the_way_on_without_it(home: Path) -> None:
    """A warning where older ones may answer; after `prune` nothing is said any more."""
    shutil.rmtree(move(home, DAYS[2]))
    with pytest.warns(
        sl.errors.StaleEditionWarning, match=r"2021-12-09.* is used: the edition of 2021-12-10"
    ):
        assert len(load(home, offline=True, allow_stale=True)) == 31
    assert sl.Archive(home).verify().faults
    assert sl.Archive(home).prune(CONS, gone=True) == ()
    assert len(load(home, offline=True)) == 31
    assert sl.Archive(home).verify().faults == ()


def test_all_that_was_held_is_gone(home: Path) -> None:
    """It is not said that nothing was ever there, and nothing can be used in its place."""
    for one in sl.Archive(home).editions(CONS):
        shutil.rmtree(one.folder)
    for options in ({}, {"allow_stale": True}):
        with pytest.raises(sl.errors.CorruptEditionError, match="2021-12-10"):
            load(home, offline=True, **options)


def test_the_newer_one_of_a_day_is_gone(home: Path) -> None:
    add(home, 33, DAYS[2])
    move_newest = sl.Archive(home).editions(CONS)[-1]
    shutil.rmtree(move_newest.folder)
    with pytest.raises(sl.errors.CorruptEditionError, match=move_newest.name):
        load(home, offline=True)


def test_the_older_one_of_a_day_is_gone(home: Path) -> None:
    """It would not have answered."""
    add(home, 33, DAYS[2])
    (older,) = [one for one in sl.Archive(home).editions(CONS) if one.entries == 32]
    shutil.rmtree(older.folder)
    assert len(load(home, offline=True)) == 33


def test_a_part_that_is_gone_was_not_the_current_one(home: Path) -> None:
    """For its day it would have answered."""
    xml = cons(range(1, 31), "2021-12-09").replace(b"<program>NS-PLC", b"<program>SDGT")
    sl.Archive(home).add(xml, list_id=SDN)
    files = delimited(*(party(key) for key in range(1, 31)))
    part = sl.Archive(home).add(files[0], list_id=SDN, published=DAYS[2], partial=True)
    shutil.rmtree(part.folder)
    assert len(sl.Archive(home).load(SDN, offline=True)) == 30
    with pytest.raises(sl.errors.CorruptEditionError, match=part.name):
        sl.Archive(home).load(SDN, as_of=DAYS[2])


@pytest.mark.parametrize(
    ("moved", "start", "is_reported"),
    [
        (DAYS[0], DAYS[1], False),
        (DAYS[1], DAYS[1], True),
        (DAYS[1], DAYS[0], True),
        (DAYS[2], DAYS[0], True),
    ],
)
def test_what_is_followed_lacks_an_edition(
    home: Path, moved: str, start: str, is_reported: bool
) -> None:
    """The changes of the time that it lay in, and of one party."""
    shutil.rmtree(move(home, moved))
    with pytest.raises(sl.errors.CorruptEditionError, match=moved):
        sl.Archive(home).timeline(f"{CONS}:1")
    if is_reported:
        with pytest.raises(sl.errors.CorruptEditionError, match=moved):
            sl.Archive(home).changes(CONS, start=start)
    else:
        assert len(sl.Archive(home).changes(CONS, start=start).added) == 1
    sl.Archive(home).prune(CONS, gone=True)
    assert sl.Archive(home).timeline(f"{CONS}:1").events


def test_the_card_of_what_is_held_says_what_is_gone(home: Path) -> None:
    shutil.rmtree(move(home, DAYS[1]))
    history = sl.Archive(home).editions(CONS)
    assert f"NO LONGER THERE, AND NOT PRUNED · {history.gone[0]}" in str(history)
    assert sl.from_dict(sl.to_dict(history), type(history)) == history


# ── pruned meanwhile ──────────────────────────────────────────────────────────────────────────


def _when_it_is_read(
    monkeypatch: pytest.MonkeyPatch, home: Path, *, of: str, meanwhile: Callable[[], object]
) -> None:
    """Do something once, just before the files of an edition are read, which was found already."""
    real, pending = EditionStore.files, [meanwhile]

    def files(archive: EditionStore, edition: sl.answers.HeldEdition) -> tuple[Path, ...]:
        if pending and str(edition.day) == of:
            pending.pop()()
        return real(archive, edition)

    monkeypatch.setattr(EditionStore, "files", files)


@pytest.mark.parametrize(
    ("of", "ask"),
    [
        (DAYS[2], lambda home: len(load(home, offline=True)) == 33),
        (DAYS[0], lambda home: len(load(home, as_of="2021-12-08", format=CLASSIC)) == 29),
        (DAYS[0], lambda home: len(sl.Archive(home).timeline(f"{CONS}:1").events) == 1),
        (DAYS[0], lambda home: len(sl.Archive(home).changes(CONS, start="2021-12-07").added) == 4),
    ],
)
def test_what_was_found_is_pruned_before_it_is_read(
    home: Path, monkeypatch: pytest.MonkeyPatch, of: str, ask: Callable[[Path], bool]
) -> None:
    """What takes its place answers: the successor, or for a day the one before it."""
    add(home, 29, "2021-12-07")
    if (home / ".derived").exists():
        shutil.rmtree(home / ".derived")

    def prune() -> None:
        if of == DAYS[2]:
            add(home, 33, "2021-12-11")
            sl.Archive(home).prune(CONS, before="2021-12-11")
            return
        archive = EditionStore(home)
        (held,) = [one for one in archive.editions(CONS) if str(one.day) == of]
        add(home, 33, "2021-12-11")
        with archive.lock(CONS):
            archive.remove(held)

    _when_it_is_read(monkeypatch, home, of=of, meanwhile=prune)
    assert ask(home)
