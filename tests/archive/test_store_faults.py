"""EditionStore: a full disk, a folder that may not be written, damage: a clear error, and nothing lost."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from archives import ADD, FAILED, FILES, FORM, LIST, NOW, SDN, keep, snapshot
from children import disk_full, needs_fork, run_as_nobody, run_with_room, stopped_at

from sanctionslib.answers import HeldEdition
from sanctionslib.archive import _files
from sanctionslib.archive.format_folder import Checked
from sanctionslib.archive.store import EditionStore
from sanctionslib.errors import ArchiveError, CorruptEditionError, UnwritableError


def accept(archive: EditionStore, edition: HeldEdition) -> None:
    archive.accept(LIST, edition.sha256, reason="why", now=NOW)


# ── a folder that may not be written ──────────────────────────────────────────────────────────


@needs_fork
def test_an_archive_that_may_only_be_read_answers_everything(open_folder: Path) -> None:
    """On a disk of the office, say. What would write says so, and how to go on."""
    archive = EditionStore(open_folder / "home")
    good, _ = keep(archive, FILES)
    bad, _ = keep(archive, {"SDN.CSV": ADD}, "2021-12-11", checks=[FAILED])
    archive.put_checked(LIST, FORM, Checked(at=NOW, edition=good.name))
    with archive.lock(LIST):
        pass
    for path in archive.home.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    archive.home.chmod(0o555)
    before = snapshot(archive.home)

    def use() -> None:
        assert archive.list_ids() == (LIST,)
        assert [one.sha256 for one in archive.editions(LIST)] == [good.sha256, bad.sha256]
        current = archive.current(LIST)
        assert current is not None
        assert current.checked_at == NOW
        assert archive.named(LIST, FORM, good.name) == current
        assert archive.as_of(LIST, good.day) == current
        assert archive.before(LIST, FORM, day=bad.day) == current
        assert [gzip.decompress(each.read_bytes()) for each in archive.files(good)] == [SDN, ADD]
        assert archive.verify().faults == ()
        assert archive.prune(LIST, quarantined=True, dry_run=True).editions == (
            archive.editions(LIST)[1],
        )
        for write in (
            lambda: archive.lock(LIST).__enter__(),
            lambda: archive.temporary_folder(LIST, FORM).__enter__(),
            lambda: keep(archive, {"SDN.CSV": b"new"}, "2021-12-12"),
            lambda: archive.put_checked(LIST, FORM, Checked(at=NOW, edition=good.name)),
            lambda: accept(archive, bad),
            lambda: archive.prune(LIST, quarantined=True),
        ):
            with pytest.raises(UnwritableError, match="Permission denied") as caught:
                write()
            assert "SANCTIONSLIB_HOME" in caught.value.hint
            assert str(archive.home) in caught.value.where.source

    run_as_nobody(use)
    assert snapshot(archive.home) == before
    for path in (archive.home, *archive.home.rglob("*")):
        path.chmod(0o755)


@needs_fork
def test_a_folder_that_may_be_listed_and_not_entered(open_folder: Path) -> None:
    """What is in it is known by name, so it is not taken for nothing."""
    archive = EditionStore(open_folder / "home")
    held, _ = keep(archive, FILES)
    for path in (Path(held.folder), Path(held.folder).parent, archive.home / LIST, archive.home):
        path.chmod(0o444)

        def use() -> None:
            for ask in (
                lambda: archive.current(LIST),
                lambda: archive.editions(LIST),
                lambda: archive.files(held),
            ):
                with pytest.raises(ArchiveError, match="cannot be read: Permission denied"):
                    ask()

        run_as_nobody(use)
        path.chmod(0o755)


@needs_fork
def test_an_edition_that_may_not_be_read(open_folder: Path) -> None:
    """Whether it is damaged cannot be known, so it is not replaced."""
    archive = EditionStore(open_folder / "home")
    held, _ = keep(archive, FILES)
    for path in (open_folder, *open_folder.rglob("*")):
        path.chmod(0o777)
    Path(held.folder, "SDN.CSV.gz").chmod(0)

    def use() -> None:
        with pytest.raises(ArchiveError, match="cannot be read: Permission denied"):
            keep(archive, FILES)

    run_as_nobody(use)
    Path(held.folder, "SDN.CSV.gz").chmod(0o644)
    assert archive.verify().faults == ()


def test_a_file_lies_where_a_folder_should_be(archive: EditionStore) -> None:
    """At any level; the error names it."""
    place = archive.home / LIST / FORM
    for path in (archive.home, archive.home / LIST, place):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        with pytest.raises(UnwritableError, match="cannot be written") as caught:
            keep(archive, FILES)
        assert "a file is where a folder should be" in caught.value.hint
        path.unlink()
    held, _ = keep(archive, FILES)
    Path(held.folder).rename(archive.home / "moved")
    Path(held.folder).touch()
    with pytest.raises(UnwritableError, match="cannot be kept"):
        keep(archive, FILES)
    assert Path(held.folder).is_file()


# ── a full disk ───────────────────────────────────────────────────────────────────────────────


@needs_fork
def test_a_full_disk_leaves_what_was_held(archive: EditionStore) -> None:
    """Whatever does not fit: a file, edition.json, what the server said, an acceptance, a repair."""
    big = os.urandom(3000)
    held, _ = keep(archive, {"SDN.CSV": big})
    bad, _ = keep(archive, {"SDN.CSV": b"bad"}, "2021-12-11", checks=[FAILED])
    archive.put_checked(LIST, FORM, Checked(at=NOW, edition=held.name))
    before = snapshot(archive.home / LIST)

    def use() -> None:
        long = {"SDN.CSV": ("https://a.example/" + "x" * 2000, "", "")}
        for write in (
            lambda: keep(archive, {"SDN.CSV": big[::-1]}, "2021-12-12"),
            lambda: keep(archive, {"SDN.CSV": b"small"}, "2021-12-12"),
            lambda: archive.put_checked(LIST, FORM, Checked(at=NOW, edition="", answers=long)),
            lambda: accept(archive, bad),
        ):
            with pytest.raises(UnwritableError) as caught:
                write()
            assert caught.value.hint.startswith("make room on the disk")
        assert keep(archive, {"SDN.CSV": b"bad"}, "2021-12-11") == (bad, False)

    run_with_room(500, use)
    assert snapshot(archive.home / LIST) == before
    assert archive.verify().faults == ()


OPERATIONS: list[Callable[[EditionStore], object]] = [
    lambda archive: keep(archive, {"SDN.CSV": b"new", "ADD.CSV": ADD}, "2021-12-12"),
    lambda archive: keep(archive, FILES, "2021-12-10"),
    lambda archive: keep(archive, FILES, form="ofac-classic-xml"),
    lambda archive: accept(archive, archive.editions(LIST, form=FORM)[1]),
    lambda archive: archive.put_checked(LIST, FORM, Checked(at=NOW, edition="x")),
    lambda archive: archive.prune(LIST, quarantined=True),
]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_disk_that_is_full_at_any_step(
    tmp_path: Path, operation: Callable[[EditionStore], object]
) -> None:
    """Our error, a whole archive, the same current edition; with room again it goes through."""
    failed = 0
    for number in range(1, 100):
        archive = EditionStore(tmp_path / str(number))
        good, _ = keep(archive, FILES, "2021-12-01")
        keep(archive, {"SDN.CSV": b"bad"}, "2021-12-02", checks=[FAILED])
        with stopped_at(number, disk_full) as steps:
            error = _error_of(operation, archive)
        assert archive.verify().faults == ()
        if error is not None:
            failed += 1
            assert error.hint.startswith("make room on the disk")
            assert archive.current(LIST) == good
            operation(archive)
            assert archive.verify().faults == ()
        if number > len(steps):
            break
    # Some steps can do without: a link that cannot be made is a copy, what is left is swept later.
    assert 2 < failed < number


def _error_of(
    operation: Callable[[EditionStore], object], archive: EditionStore
) -> UnwritableError | None:
    try:
        operation(archive)
    except UnwritableError as error:
        return error
    return None


# ── damage ────────────────────────────────────────────────────────────────────────────────────


def test_a_damaged_file_is_replaced_when_its_edition_comes_again(archive: EditionStore) -> None:
    """What is known of it stays, also that a person accepted it."""
    bad, _ = keep(archive, FILES, checks=[FAILED])
    accept(archive, bad)
    known = Path(bad.folder, "edition.json").read_bytes()
    Path(bad.folder, "SDN.CSV.gz").write_bytes(b"rot")
    Path(bad.folder, "ADD.CSV.gz").unlink()
    with pytest.raises(CorruptEditionError, match="not there"):
        archive.files(bad)
    repaired, is_new = keep(archive, {"add.csv": ADD, "sdn.csv": SDN}, checks=[FAILED])
    assert is_new
    assert repaired == archive.current(LIST)
    assert repaired.reason == "why"
    assert Path(bad.folder, "edition.json").read_bytes() == known
    assert [gzip.decompress(each.read_bytes()) for each in archive.files(repaired)] == [SDN, ADD]
    assert archive.verify().faults == ()


def test_a_damaged_edition_json_is_replaced_when_its_edition_comes_again(
    archive: EditionStore,
) -> None:
    """What a person put beside it stays."""
    held, _ = keep(archive, FILES)
    Path(held.folder, "notes.txt").write_text("mine")
    for damage in (b"{}", b"", None):
        path = Path(held.folder, "edition.json")
        path.unlink() if damage is None else path.write_bytes(damage)
        again, is_new = keep(archive, FILES)
        assert (again, is_new) == (held, True)
    assert Path(held.folder, "notes.txt").read_text() == "mine"
    assert [each.path for each in archive.verify().faults] == [str(Path(held.folder, "notes.txt"))]


def test_a_damaged_file_becomes_part_of_no_other_edition(archive: EditionStore) -> None:
    """It is not linked, and what is linked is repaired in one edition alone."""
    one, _ = keep(archive, FILES, "2021-12-01")
    two, _ = keep(archive, FILES, "2021-12-02")
    Path(one.folder, "SDN.CSV.gz").write_bytes(b"rot")  # the same file as that of the second
    three, _ = keep(archive, FILES, "2021-12-03")
    assert len(archive.verify().faults) == 2
    assert archive.files(three)[1].samefile(archive.files(two)[1])
    for day in ("2021-12-01", "2021-12-02"):
        assert keep(archive, FILES, day)[1]
    assert archive.verify().faults == ()


def test_an_edition_is_there_all_the_time_while_it_is_repaired(archive: EditionStore) -> None:
    """At no step would an older one answer for its day."""
    keep(archive, {"SDN.CSV": b"old"}, "2021-12-01")
    held, _ = keep(archive, FILES)
    seen: list[bool] = []

    def look() -> None:
        seen.append(Path(held.folder).is_dir())

    for damaged in ("SDN.CSV.gz", "edition.json"):
        for number in range(1, 100):
            Path(held.folder, damaged).write_bytes(b"rot")
            with stopped_at(number, look) as steps:
                keep(archive, FILES)
            if number > len(steps):
                break
    assert len(seen) > 10
    assert all(seen)


def test_an_edition_that_is_always_removed(
    archive: EditionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process prunes it each time just before it is looked at."""
    held, _ = keep(archive, FILES)
    Path(held.folder, "SDN.CSV.gz").unlink()

    def gone(*_: object) -> bool:
        raise FileNotFoundError

    monkeypatch.setattr("sanctionslib.archive._storing._repair", gone)
    with pytest.raises(ArchiveError, match="removes the edition as often as it is stored"):
        keep(archive, FILES)
    left = {path.name for path in Path(held.folder).parent.iterdir()}
    assert left == {held.name, "kept.json"}


def test_an_empty_folder_of_its_name_is_taken(archive: EditionStore) -> None:
    """It holds nothing that could be lost."""
    held, _ = keep(archive, FILES)
    for path in Path(held.folder).iterdir():
        path.unlink()
    with pytest.raises(CorruptEditionError):
        archive.current(LIST)
    assert keep(archive, FILES) == (held, True)
    assert archive.current(LIST) == held


def test_a_linked_file_is_damaged_and_replaced(archive: EditionStore) -> None:
    """It is shared with no other edition, and where it leads nothing is changed."""
    one, _ = keep(archive, {"SDN.CSV": SDN})
    path, moved = Path(one.folder, "SDN.CSV.gz"), archive.home / "moved.gz"
    path.rename(moved)
    path.symlink_to("../../../moved.gz")
    with pytest.raises(CorruptEditionError, match="a symbolic link"):
        archive.files(one)
    two, _ = keep(archive, {"SDN.CSV": SDN}, "2021-12-11")
    (new,) = archive.files(two)
    assert not new.samefile(moved)
    assert [each.path for each in archive.verify().faults] == [str(moved), str(path)]
    assert keep(archive, {"SDN.CSV": SDN}) == (one, True)
    assert not path.is_symlink()
    assert [each.path for each in archive.verify().faults] == [str(moved)]


def test_a_file_that_lies_on_another_disk_is_copied(
    archive: EditionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system renames nothing across disks."""
    real = _files.os.replace

    def replace(source: Path, target: Path) -> None:
        if Path(source).parent.name.startswith(".work-"):
            raise OSError(18, "Invalid cross-device link")
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    held, _ = keep(archive, FILES)
    assert [gzip.decompress(each.read_bytes()) for each in archive.files(held)] == [SDN, ADD]


def test_what_windows_holds_open_is_waited_for(
    archive: EditionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A virus scanner lets go of a new file after a moment; one that never lets go ends in an error."""
    monkeypatch.setattr(_files, "_WAITS", (0.0, 0.0, 0.0))
    refused: list[str] = []
    real = {name: getattr(os, name) for name in ("rename", "replace")}

    def scanned(name: str, times: int) -> Callable[[Path, Path], None]:
        def move(source: Path, target: Path) -> None:
            refused.append(name)
            if len(refused) % (times + 1):
                raise PermissionError(13, "Access is denied")
            real[name](source, target)

        return move

    for name in real:
        monkeypatch.setattr(os, name, scanned(name, 3))
    held, is_new = keep(archive, FILES)
    assert is_new
    assert {"rename", "replace"} == set(refused)
    assert archive.current(LIST) == held
    refused.clear()
    monkeypatch.setattr(os, "rename", scanned("rename", 99))
    with pytest.raises(UnwritableError, match="Access is denied"):
        keep(archive, {"SDN.CSV": b"new"}, "2021-12-11")
    assert archive.verify().faults == ()
