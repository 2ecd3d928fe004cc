"""kept.json: what came in is remembered, so that a folder which somebody removes is missed."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from archives import FAILED, FORM, LIST, NOW, keep

from sanctionslib.archive.format_folder import Arrival, FormatFolder
from sanctionslib.archive.store import EditionStore
from sanctionslib.errors import ArchiveError, CorruptEditionError


@pytest.fixture
def archive(tmp_path: Path) -> EditionStore:
    """Three editions, the last one refused."""
    archive = EditionStore(tmp_path / "home")
    for number in (1, 2, 3):
        add(archive, number, checks=[FAILED] if number == 3 else ())
    return archive


def add(archive: EditionStore, number: int, **options: object) -> str:
    """Keep the edition of a day; its name."""
    held, _ = keep(archive, {"SDN.CSV": b"%d" % number}, f"2021-12-0{number}", **options)  # type: ignore[arg-type]
    return held.name


def lost(archive: EditionStore) -> list[int]:
    """The days of what is no longer there."""
    return [one.day.day for one in archive.gone(LIST)]


def remove(archive: EditionStore, *days: int) -> None:
    """Remove the folders of editions, as somebody does who knows nothing of `prune`."""
    for one in archive.editions(LIST):
        if one.day.day in days:
            shutil.rmtree(one.folder)


def test_what_is_removed_by_hand_is_missed(archive: EditionStore) -> None:
    """Not what could not answer; and what comes again is there again."""
    assert lost(archive) == []
    remove(archive, 2, 3)
    assert lost(archive) == [2]
    (fault,) = archive.verify().faults
    assert fault.path == str(archive.home / LIST / FORM / archive.gone(LIST)[0].name)
    assert "gone=True" in fault.what_to_do
    add(archive, 2)
    assert lost(archive) == []
    assert archive.verify().faults == ()


def test_what_was_accepted_is_missed_too(archive: EditionStore) -> None:
    """It could not answer when it came in."""
    (refused,) = [one for one in archive.editions(LIST) if not one.is_usable]
    archive.accept(LIST, refused.sha256, reason="why", now=NOW)
    remove(archive, 3)
    assert lost(archive) == [3]


@pytest.mark.parametrize(
    "options", [{"keep": 1}, {"before": date(2021, 12, 3)}, {"quarantined": True}]
)
def test_what_is_pruned_is_not_missed(archive: EditionStore, options: dict[str, object]) -> None:
    assert archive.prune(LIST, **options).editions  # type: ignore[arg-type]
    assert lost(archive) == []


@pytest.mark.parametrize(
    ("options", "left"),
    [
        ({"gone": True, "dry_run": True}, [1, 2]),
        ({"gone": True}, []),
        ({"before": date(2021, 12, 2)}, [2]),
        ({"keep": 1}, [1, 2]),
        ({"quarantined": True}, [1, 2]),
    ],
)
@pytest.mark.parametrize("is_one_left", [True, False])
def test_what_is_lost_is_forgotten_where_somebody_says_so(
    archive: EditionStore, options: dict[str, object], left: list[int], is_one_left: bool
) -> None:
    """Not by a `keep` that runs every night; also where nothing is left."""
    if is_one_left:
        add(archive, 4)
    remove(archive, 1, 2, 3)
    archive.prune(LIST, **options)  # type: ignore[arg-type]
    assert lost(archive) == left


def test_an_archive_of_before_is_written_down_with_the_next_edition(archive: EditionStore) -> None:
    """Until then nothing is missed."""
    (archive.home / LIST / FORM / "kept.json").unlink()
    remove(archive, 1)
    assert lost(archive) == []
    add(archive, 4)
    remove(archive, 2, 4)
    assert lost(archive) == [2, 4]


def test_of_one_day_the_one_that_came_last_answers_whatever_the_clock_says(
    archive: EditionStore,
) -> None:
    """The second one came in under a clock that was set back."""
    first = keep(archive, {"SDN.CSV": b"a"}, "2021-12-05", now=NOW)[0]
    second = keep(archive, {"SDN.CSV": b"b"}, "2021-12-05", now=NOW - timedelta(days=8000))[0]
    assert archive.current(LIST) == second
    assert archive.as_of(LIST, date(2021, 12, 5)) == second
    assert archive.editions(LIST)[-2:] == (first, second)


def test_what_was_repaired_did_not_come_in_again(archive: EditionStore) -> None:
    first = keep(archive, {"SDN.CSV": b"a"}, "2021-12-05")[0]
    second = keep(archive, {"SDN.CSV": b"b"}, "2021-12-05")[0]
    Path(first.folder, "SDN.CSV.gz").write_bytes(b"rot")
    assert keep(archive, {"SDN.CSV": b"a"}, "2021-12-05")[1]
    assert archive.current(LIST) == second


def _text(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(text)


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _link(path: Path) -> None:
    path.rename(path.parents[3] / "elsewhere")
    path.symlink_to(path.parents[3] / "elsewhere")


ENTRY = {"name": "2021-12-01-00000000", "day": "2021-12-01", "is_usable": True, "is_whole": True}


@pytest.mark.parametrize(
    "damage",
    [
        _text(""),
        _text("[]"),
        _text('{"schema": "sanctionslib/kept", "editions": []}'),
        _text(json.dumps({"schema": "sanctionslib/kept/1", "editions": [ENTRY, ENTRY]})),
        _text(
            json.dumps({"schema": "sanctionslib/kept/1", "editions": [ENTRY | {"name": "../a"}]})
        ),
        _text(json.dumps({"schema": "sanctionslib/kept/1", "editions": [ENTRY | {"day": None}]})),
        _text("[" * 100_000),
        _text(" " * ((1 << 24) + 1)),
        _link,
        pytest.param(
            _pipe, marks=pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
        ),
    ],
)
def test_what_is_written_down_is_damaged(
    archive: EditionStore, damage: Callable[[Path], object]
) -> None:
    """Whoever needs it gets an error, and the next edition writes it again."""
    path = archive.home / LIST / FORM / "kept.json"
    damage(path)
    with pytest.raises(CorruptEditionError, match="cannot be read") as caught:
        archive.gone(LIST)
    assert caught.value.where.source == str(path)
    assert [one.path for one in archive.verify().faults] == [str(path)]
    elsewhere = archive.home.parent / "elsewhere"
    before = elsewhere.read_bytes() if elsewhere.exists() else b""
    add(archive, 4)
    assert lost(archive) == []
    assert not path.is_symlink()
    assert not elsewhere.exists() or elsewhere.read_bytes() == before
    remove(archive, 4)
    assert lost(archive) == [4]


def test_a_form_of_a_later_version_is_not_replaced(archive: EditionStore) -> None:
    """Only that version knows what came in."""
    path = archive.home / LIST / FORM / "kept.json"
    path.write_text('{"schema": "sanctionslib/kept/2", "arrived": []}')
    with pytest.raises(ArchiveError, match="a later version") as caught:
        archive.gone(LIST)
    assert caught.value.where.source == str(path)
    before = path.read_bytes()
    add(archive, 4)
    assert path.read_bytes() == before


# ── removed by another process between its listing and its reading ────────────────────────────


def _pruned_while_read(
    monkeypatch: pytest.MonkeyPatch, archive: EditionStore, meanwhile: Callable[[], object]
) -> None:
    """Do something once, just when an edition is read whose name was listed."""
    real, pending = FormatFolder.read, [meanwhile]

    def read(place: FormatFolder, name: str) -> object:
        if pending:
            pending.pop()()
        return real(place, name)

    monkeypatch.setattr(FormatFolder, "read", read)


def _next(archive: EditionStore) -> None:
    add(archive, 4)
    archive.prune(LIST, keep=1)
    assert [one.day.day for one in archive.editions(LIST) if one.is_usable] == [4]


@pytest.mark.parametrize(
    "ask",
    [
        lambda archive: archive.current(LIST),
        lambda archive: archive.as_of(LIST, date(2021, 12, 31)),
        lambda archive: archive.before(LIST, FORM, day=date(2021, 12, 31)),
        lambda archive: archive.editions(LIST)[-1],
    ],
)
def test_an_edition_with_a_successor_is_pruned_meanwhile(
    monkeypatch: pytest.MonkeyPatch, archive: EditionStore, ask: Callable[[EditionStore], object]
) -> None:
    """The successor answers, which was not there when the names were listed."""
    _pruned_while_read(monkeypatch, archive, lambda: _next(archive))
    found = ask(archive)
    assert getattr(found, "day", None) == date(2021, 12, 4)


def test_what_is_pruned_meanwhile_is_not_missed(
    monkeypatch: pytest.MonkeyPatch, archive: EditionStore
) -> None:
    """Neither what goes nor what comes between two looks."""
    real, pending = FormatFolder.arrived, [lambda: _next(archive)]

    def remembered(place: FormatFolder) -> tuple[Arrival, ...]:
        found = real(place)
        if pending:
            pending.pop()()
        return found

    monkeypatch.setattr(FormatFolder, "arrived", remembered)
    assert lost(archive) == []
    assert pending == []


def test_editions_that_are_removed_as_often_as_they_are_looked_for(
    monkeypatch: pytest.MonkeyPatch, archive: EditionStore
) -> None:
    """It ends, and says so."""
    folders = [Path(one.folder) for one in archive.editions(LIST)]
    real = FormatFolder.read

    def read(place: FormatFolder, name: str) -> object:
        renamed = place.folder(name).with_name(f"renamed-{name}")
        place.folder(name).rename(renamed)
        try:
            return real(place, name)
        finally:
            renamed.rename(place.folder(name))

    monkeypatch.setattr(FormatFolder, "read", read)
    with pytest.raises(ArchiveError, match="remove editions as often as they are looked for"):
        archive.current(LIST)
    assert all(one.is_dir() for one in folders)
