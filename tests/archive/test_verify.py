"""EditionStore.verify: everything that is not as it was stored is named, with its path; nothing changes."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest
from archives import ADD, FILES, FORM, LIST, NOW, SDN, keep, snapshot
from children import needs_fork, run_as_nobody

from sanctionslib.answers import HeldEdition
from sanctionslib.archive.format_folder import Checked
from sanctionslib.archive.store import EditionStore
from sanctionslib.errors import ArchiveError, InvalidInputError, NotFoundError


@pytest.fixture
def held(archive: EditionStore) -> HeldEdition:
    return keep(archive, FILES)[0]


def faults(archive: EditionStore) -> list[tuple[str, str]]:
    """Path within the archive and what is wrong; looking changed nothing, and each says what to do."""
    before = snapshot(archive.home)
    found = archive.verify().faults
    assert snapshot(archive.home) == before
    assert all(each.what_to_do for each in found)
    return [(str(Path(each.path).relative_to(archive.home)), each.what) for each in found]


def test_what_is_whole_has_no_faults(archive: EditionStore, held: HeldEdition) -> None:
    """Everything is hashed, what several editions share once; progress is that of the packed files."""
    next_day, _ = keep(archive, {"SDN.CSV": SDN + b"1", "ADD.CSV": ADD}, "2021-12-11")
    archive.put_checked(LIST, FORM, Checked(at=NOW, edition=held.name))
    shared = Path(held.folder, "ADD.CSV.gz")
    assert shared.samefile(Path(next_day.folder, "ADD.CSV.gz"))
    seen: list[tuple[int, int]] = []
    found = archive.verify(progress=lambda done, total: seen.append((done, total)))
    assert found.faults == ()
    assert found.home == str(archive.home)
    assert {one.name for one in found.editions} == {held.name, next_day.name}
    assert (found.files, found.size) == (4, 2 * len(SDN) + 1 + 2 * len(ADD))
    every = [each for each in archive.home.rglob("*") if each.is_file()]
    assert found.stored == sum(each.stat().st_size for each in every) - shared.stat().st_size
    packed = found.stored - sum(each.stat().st_size for each in every if each.suffix != ".gz")
    assert len(seen) == 3
    assert seen[-1] == (packed, packed)


def test_where_there_are_no_links_each_file_is_looked_at(
    archive: EditionStore, held: HeldEdition, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There each edition has its own, and their numbers may all be the same."""
    monkeypatch.setattr(os, "link", _fail)
    next_day, _ = keep(archive, FILES, "2021-12-11")
    for name in ("SDN.CSV.gz", "ADD.CSV.gz"):
        one, two = Path(held.folder, name), Path(next_day.folder, name)
        assert not one.samefile(two)
        assert one.read_bytes() == two.read_bytes()
    for name in ("stat", "lstat"):
        monkeypatch.setattr(os, name, _without_number(getattr(os, name)))
    every = [each for each in archive.home.rglob("*") if each.is_file()]
    assert archive.verify().faults == ()
    assert archive.verify().stored == sum(each.stat().st_size for each in every)
    flip(Path(next_day.folder, "SDN.CSV.gz"))
    ((path, _),) = faults(archive)
    assert path == f"{LIST}/{FORM}/{next_day.name}/SDN.CSV.gz"


def _without_number(real: Callable[..., os.stat_result]) -> Callable[..., os.stat_result]:
    def stat(path: Path, **how: object) -> os.stat_result:
        mode, _, _, _, *others = real(path, **how)
        return os.stat_result((mode, 0, 0, 1, *others))

    return stat


def _fail(*_: object) -> None:
    raise OSError(95, "Operation not supported")


def test_only_the_lists_that_are_named_are_looked_at(
    archive: EditionStore, held: HeldEdition
) -> None:
    """What is not held raises: silence would say that it was whole."""
    other, _ = keep(archive, FILES, list_id="us_ofac_cons")
    Path(other.folder, "SDN.CSV.gz").unlink()
    assert archive.verify([LIST]).faults == ()
    assert archive.verify([LIST]).editions == (held,)
    assert len(archive.verify(["us_ofac_cons"]).faults) == 1
    assert len(archive.verify([LIST, "us_ofac_cons"]).editions) == 2
    with pytest.raises(NotFoundError, match="un_sc_sanctions") as caught:
        archive.verify(["un_sc_sanctions"])
    assert caught.value.hint == "held are: us_ofac_cons, us_ofac_sdn"
    with pytest.raises(NotFoundError, match=r"nothing is held of '\.\.'"):
        archive.verify([".."])


def test_an_archive_that_is_not_there_has_nothing(archive: EditionStore) -> None:
    """And is not made."""
    assert archive.verify().editions == ()
    assert not archive.home.exists()
    with pytest.raises(InvalidInputError, match="NUL"):
        EditionStore(Path("a\0b"))


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 16
    path.write_bytes(content)


def holding(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


def replaced(make: Callable[[Path], object]) -> Callable[[Path], object]:
    """Something that is no file, in the place of the file."""

    def replace(path: Path) -> None:
        path.unlink()
        make(path)

    return replace


CUT, OTHER, NO_FILE = "it cannot be read", "its content is another one", "it is no file"
DAMAGES = {
    "gone": (Path.unlink, "it is not there"),
    "cut": (lambda path: os.truncate(path, path.stat().st_size - 3), f"{CUT}: Compressed file"),
    "empty": (holding(b""), OTHER),
    "a bit": (flip, CUT),
    "other bytes": (holding(gzip.compress(SDN[::-1])), OTHER),
    "longer": (holding(gzip.compress(SDN + b"\n")), OTHER),
    "much longer": (holding(gzip.compress(SDN) + gzip.compress(bytes(1 << 20))), OTHER),
    "shorter": (holding(gzip.compress(SDN[:-1])), OTHER),
    "unpacked": (holding(SDN), CUT),
    "a folder": (replaced(Path.mkdir), f"{CUT}: {NO_FILE}"),
    "a pipe": (replaced(os.mkfifo), f"{CUT}: {NO_FILE}"),
    "a link to nothing": (replaced(lambda path: path.symlink_to("nowhere")), "it is not there"),
    "a circle": (replaced(lambda path: path.symlink_to(path.name)), "it cannot be"),
}


@pytest.mark.parametrize(("damage", "what"), DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_is_named(
    archive: EditionStore, held: HeldEdition, damage: Callable[[Path], object], what: str
) -> None:
    """With the list, the edition and what is wrong with it; the others are whole."""
    damage(Path(held.folder, "SDN.CSV.gz"))
    ((path, said),) = faults(archive)
    assert path == f"{LIST}/{FORM}/{held.name}/SDN.CSV.gz"
    assert said.startswith(f"SDN.CSV of {LIST}, {held.name}, is not as it was stored: {what}")
    found = archive.verify()
    assert "fetch or add the edition again" in found.faults[0].what_to_do
    assert found.editions == (held,)


def test_no_bit_changes_unseen(archive: EditionStore, held: HeldEdition) -> None:
    """But one that changes nothing of what gunzip gives: the time in the header, the last fill."""
    path = Path(held.folder, "SDN.CSV.gz")
    good = path.read_bytes()
    harmless: list[int] = []
    for at in range(len(good)):
        for bit in range(8):
            bad = bytearray(good)
            bad[at] ^= 1 << bit
            path.write_bytes(bad)
            ran = subprocess.run(["gunzip", "-c", path], capture_output=True)
            is_whole = ran.returncode == 0 and ran.stdout == SDN
            assert bool(archive.verify().faults) is not is_whole, (at, bit)
            harmless += [at] * is_whole
    assert set(harmless) <= {*range(3, 10), len(good) - 9}


def test_an_edition_in_another_place_is_named(archive: EditionStore, held: HeldEdition) -> None:
    """Of another day, of another format, of another list: it would answer for what it is not."""
    place = Path(held.folder).parent
    copies = (
        place / f"2021-12-11-{held.sha256[:8]}",
        archive.home / LIST / "ofac-classic-xml" / held.name,
        archive.home / "us_ofac_cons" / FORM / held.name,
    )
    for copy in copies:
        shutil.copytree(held.folder, copy)
    found = dict(faults(archive))
    for copy in copies:
        said = found.pop(f"{copy.relative_to(archive.home)}/edition.json")
        assert f"it is of {LIST}, {FORM}, {held.name}, and in another folder" in said
    assert not found


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        (lambda path: path.write_bytes(path.read_bytes().replace(b"639", b"9000")), "seal"),
        (lambda path: path.write_bytes(path.read_bytes()[:-30]), "it is no JSON"),
        (Path.unlink, "it is not there"),
        (replaced(Path.mkdir), NO_FILE),
    ],
    ids=["edited", "cut", "gone", "a folder"],
)
def test_a_damaged_edition_json_is_named(
    archive: EditionStore, held: HeldEdition, damage: Callable[[Path], object], what: str
) -> None:
    damage(Path(held.folder, "edition.json"))
    ((path, said),) = faults(archive)
    assert path == f"{LIST}/{FORM}/{held.name}/edition.json"
    assert what in said


def test_what_the_server_said_is_looked_at(archive: EditionStore, held: HeldEdition) -> None:
    """It is no edition, and still should not be damaged."""
    (archive.home / LIST / FORM / "checked.json").write_text("{}")
    ((path, what),) = faults(archive)
    assert path == f"{LIST}/{FORM}/checked.json"
    assert what.startswith("what the server said last cannot be read: schema: is ''")
    assert archive.verify().editions == (held,)


def test_what_is_not_the_archives_is_named(archive: EditionStore, held: HeldEdition) -> None:
    """At every level; not what desktops leave, nor what is ours beside the editions."""
    (archive.home / "lists.toml").touch()
    with archive.lock(LIST):
        pass
    for place in ("", LIST, f"{LIST}/{FORM}", f"{LIST}/{FORM}/{held.name}"):
        (archive.home / place / "Thumbs.db").touch()
        (archive.home / place / "notes.txt").touch()
    (archive.home / LIST / FORM / "2021-13-01-01234567").mkdir()
    (archive.home / LIST / FORM / f"2021-12-11-{held.sha256[:8]}").touch()
    (archive.home / "con").mkdir()
    assert faults(archive) == [
        (place, "it is not the archive's")
        for place in (
            "con",
            "notes.txt",
            f"{LIST}/notes.txt",
            f"{LIST}/{FORM}/2021-12-11-{held.sha256[:8]}",
            f"{LIST}/{FORM}/2021-13-01-01234567",
            f"{LIST}/{FORM}/notes.txt",
            f"{LIST}/{FORM}/{held.name}/notes.txt",
        )
    ]
    assert archive.editions(LIST) == (held,)


def test_what_killed_processes_left_is_named_after_a_day(
    archive: EditionStore, held: HeldEdition
) -> None:
    """Before, a running process may need it. The next one that writes there removes it."""
    place = archive.home / LIST / FORM
    left = [place / f".{kind}-0123456789abcdef" for kind in ("gone", "new", "work")]
    left[0].mkdir()
    left[1].touch()
    left[2].symlink_to(held.folder)
    (left[0] / "SDN.CSV.gz").touch()
    assert archive.verify().faults == ()
    for path in (left[0] / "SDN.CSV.gz", *left[:2]):
        os.utime(path, (0, 0))
    os.utime(left[2], (0, 0), follow_symlinks=False)
    assert faults(archive) == [
        (f"{LIST}/{FORM}/{path.name}", "an interrupted process left it behind") for path in left
    ]
    os.utime(left[1], (4e9, 4e9))  # under a clock that was wrong
    assert faults(archive)[1][0].endswith(left[1].name)
    os.utime(left[0])  # a running process has just made a file in it
    with archive.temporary_folder(LIST, FORM):
        assert left[0].exists()
        assert not left[1].exists()
        assert not left[2].is_symlink()
    assert archive.verify().faults == ()
    assert archive.files(held)


def test_an_edition_that_is_pruned_meanwhile_has_no_faults(
    archive: EditionStore, held: HeldEdition
) -> None:
    """Nothing is wrong with it; it is only no longer there."""
    other, _ = keep(archive, {"SDN.CSV": b"other"}, "2021-12-11")

    def prune(done: int, total: int) -> None:
        shutil.rmtree(held.folder, ignore_errors=True)

    found = archive.verify(progress=prune)
    assert found.faults == ()
    assert found.editions == (other,)


def test_an_edition_that_is_stored_meanwhile_is_not_unexpected(
    archive: EditionStore, held: HeldEdition, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process gives an edition its name just after the folder is read, each time it is."""
    days = iter(range(11, 32))

    def scan_and_store(path: Path) -> AbstractContextManager[Iterable[os.DirEntry[str]]]:
        with os.scandir(path) as entries:
            found = list(entries)
        if path == Path(held.folder).parent:
            with tempfile.TemporaryDirectory() as home:
                other, _ = keep(EditionStore(Path(home)), FILES, f"2021-12-{next(days)}")
                shutil.copytree(other.folder, path / other.name)
        return nullcontext(found)

    patched = SimpleNamespace(**{**vars(os), "scandir": scan_and_store})
    monkeypatch.setattr("sanctionslib.archive._files.os", patched)
    found = archive.verify()
    monkeypatch.undo()
    assert found.faults == ()
    assert held in found.editions
    assert len(archive.editions(LIST)) > 1
    assert archive.verify().faults == ()


@needs_fork
def test_where_one_folder_may_not_be_read_the_others_are_still_looked_at(
    open_folder: Path,
) -> None:
    """What cannot be looked at is a fault too."""
    archive = EditionStore(open_folder / "home")
    held, _ = keep(archive, FILES)
    closed, _ = keep(archive, FILES, list_id="us_ofac_cons")
    place = Path(closed.folder).parent
    place.chmod(0)
    Path(held.folder, "ADD.CSV.gz").chmod(0)

    def look() -> None:
        found = archive.verify()
        one, two = sorted(found.faults, key=lambda each: each.path)
        assert one.path == str(place)
        assert "Permission denied" in one.what
        assert two.path == str(Path(held.folder, "ADD.CSV.gz"))
        assert "it cannot be read: Permission denied" in two.what
        assert found.editions == (held,)
        for ask in (
            lambda: archive.editions("us_ofac_cons"),
            lambda: archive.files(closed),
            lambda: archive.list_ids(),
        ):
            with pytest.raises(ArchiveError, match="Permission denied"):
                ask()

    run_as_nobody(look)
    place.chmod(0o755)
