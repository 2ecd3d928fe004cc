"""Archives and caches in which others have planted, linked, swapped, cut or blown up what they could.

Every call ends in one of our errors or in the right answer; nothing outside the archive is touched,
nothing waits without end, and nothing that others could write is believed.
"""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import signal
import sys
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import attrs
import pytest
from archives import snapshot
from homes import CLASSIC, CONS, cons, home_of
from quick import crossed

import sanctionslib as sl
from sanctionslib.api._cached import CachedFile
from sanctionslib.archive.store import EditionStore
from sanctionslib.parsers import InputFile, Options, parse
from sanctionslib.parsers import parsed_copy as copies

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and modes are POSIX's")

DAYS = ("2021-12-09", "2021-12-10")
NAMES = ("checked.json", "edition.json", "CONSOLIDATED.XML.gz")
SHARE = "ignore::sanctionslib.errors.UntrustedFolderWarning"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An archive with two editions, what is cached of them, and all files that it can have."""
    return _archive(tmp_path)


def _archive(folder: Path) -> Path:
    home, source = home_of(folder / "home"), folder / "CONSOLIDATED.XML"
    for count, day in zip((31, 32), DAYS, strict=True):
        source.write_bytes(cons(range(1, count), day))
        sl.Archive(home).add(source, list_id=CONS)
    sl.Archive(home).load(CONS, offline=True)
    sl.Archive(home).timeline(f"{CONS}:31")
    (home / CONS / CLASSIC / "checked.json").write_text(
        f'{{"schema": "sanctionslib/checked/1", "at": "2021-12-10T12:00:00Z", '
        f'"edition": "{_newest(home).name}", "answers": {{}}}}'
    )
    return home


@pytest.fixture
def victim(tmp_path: Path) -> Iterator[Path]:
    """A folder of somebody's outside the archive; it must be as it was at the end."""
    victim = tmp_path / "victim"
    (victim / "folder").mkdir(parents=True)
    for number in range(5):
        (victim / f"{number}.txt").write_text(f"dear diary {number}")
        (victim / "folder" / f"2021-12-0{number + 1}-0123456{number}").write_text("mine")
    before = snapshot(victim)
    yield victim
    assert snapshot(victim) == before


def _newest(home: Path) -> Path:
    """The folder of the newest edition."""
    return sorted((home / CONS / CLASSIC).glob("2021-*"))[-1]


@contextmanager
def _in_time(seconds: int = 60) -> Iterator[None]:
    """Fail instead of waiting without end, as for a pipe that nobody writes to."""

    def late(number: int, frame: FrameType | None) -> None:
        raise AssertionError("it waits without end")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


# ── what is planted ───────────────────────────────────────────────────────────────────────────


def _take_away(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def link_to_folder(path: Path, victim: Path) -> None:
    """A link to a folder of somebody's."""
    _take_away(path)
    path.symlink_to(victim)


def link_to_file(path: Path, victim: Path) -> None:
    """A link to a file of somebody's."""
    _take_away(path)
    path.symlink_to(victim / "1.txt")


def link_to_nothing(path: Path, victim: Path) -> None:
    """A link to a file that is not there, and would be made outside."""
    _take_away(path)
    path.symlink_to(victim / "new")


def link_to_itself_elsewhere(path: Path, victim: Path) -> None:
    """A link to what was there, which lies elsewhere now."""
    moved = path.parent.parent / f"moved-{path.name}" if path.exists() else victim
    if path.exists():
        path.rename(moved)
    path.symlink_to(moved)


def link_without_end(path: Path, victim: Path) -> None:
    """A link to a device that can be read without end."""
    _take_away(path)
    path.symlink_to("/dev/zero")


def second_name(path: Path, victim: Path) -> None:
    """Another name for a file of somebody's."""
    _take_away(path)
    path.hardlink_to(victim / "2.txt")


def pipe(path: Path, victim: Path) -> None:
    """A pipe that nobody writes to."""
    _take_away(path)
    os.mkfifo(path)


def folder(path: Path, victim: Path) -> None:
    """A folder with something in it."""
    _take_away(path)
    path.mkdir()
    (path / "something").write_text("planted")


def file(path: Path, victim: Path) -> None:
    """A file with something in it."""
    _take_away(path)
    path.write_text("planted")


def nothing(path: Path, victim: Path) -> None:
    """It is gone."""
    _take_away(path)


def cut(path: Path, victim: Path) -> None:
    """The first half of it; of a folder, half of its files."""
    if path.is_dir():
        for each in sorted(path.iterdir())[1:]:
            # Without it nobody can know what was there.
            if each.name != "kept.json":
                _take_away(each)
    else:
        content = path.read_bytes() if path.exists() else b""
        _take_away(path)
        path.write_bytes(content[: len(content) // 2])


def oversized(path: Path, victim: Path) -> None:
    """More than anybody has of it, of nothing."""
    _take_away(path)
    with path.open("xb") as opened:
        opened.truncate(1 << 28)


def bomb(path: Path, victim: Path) -> None:
    """A small file that unpacks to a large one."""
    _take_away(path)
    packer = zlib.compressobj(wbits=31)
    path.write_bytes(b"".join(packer.compress(bytes(1 << 20)) for _ in range(300)) + packer.flush())


def other(path: Path, victim: Path) -> None:
    """What belongs to the other edition."""
    for each in sorted(path.parent.parent.glob(f"*/{path.name}")) + sorted(path.parent.iterdir()):
        if each != path and each.name[:3] == path.name[:3]:
            swapped = path.with_name("swapped")
            path.rename(swapped)
            each.rename(path)
            swapped.rename(each)
            return


PLANTED = [
    link_to_folder,
    link_to_file,
    link_to_nothing,
    link_to_itself_elsewhere,
    link_without_end,
    second_name,
    pipe,
    folder,
    file,
    nothing,
    cut,
    oversized,
    bomb,
    other,
]

PLACES: dict[str, Callable[[Path, Path], Path]] = {
    "catalog": lambda home, cache: home / "lists.toml",
    "locks": lambda home, cache: home / ".locks",
    "lock": lambda home, cache: home / ".locks" / f"{CONS}.lock",
    "copies in the archive": lambda home, cache: home / ".derived",
    "copies in the archive, of a format": lambda home, cache: (
        home / ".derived" / "parsed" / CONS / CLASSIC
    ),
    "list": lambda home, cache: home / CONS,
    "format": lambda home, cache: home / CONS / CLASSIC,
    "checked": lambda home, cache: home / CONS / CLASSIC / "checked.json",
    "kept": lambda home, cache: home / CONS / CLASSIC / "kept.json",
    "edition": lambda home, cache: _newest(home),
    "edition.json": lambda home, cache: _newest(home) / "edition.json",
    "member": lambda home, cache: _newest(home) / "CONSOLIDATED.XML.gz",
    "cache": lambda home, cache: cache,
    "copies": lambda home, cache: cache / "parsed",
    "copies of a list": lambda home, cache: cache / "parsed" / CONS,
    "copies of a format": lambda home, cache: cache / "parsed" / CONS / CLASSIC,
    "copy": lambda home, cache: sorted((cache / "parsed" / CONS / CLASSIC).iterdir())[-1],
    "changes": lambda home, cache: next((cache / "changes" / CONS / CLASSIC).iterdir()),
    "touched": lambda home, cache: next((cache / "touched" / CONS / CLASSIC).iterdir()),
}

CALLS: dict[str, Callable[[Path], object]] = {
    "load": lambda home: [one.id for one in sl.Archive(home).load(CONS, offline=True)],
    "as of": lambda home: [one.id for one in sl.Archive(home).load(CONS, as_of=DAYS[0])],
    "timeline": lambda home: [str(one) for one in sl.Archive(home).timeline(f"{CONS}:31").events],
    "changes": lambda home: [
        [one.id for one in each.added]
        for each in sl.Archive(home).changes(CONS, start=DAYS[0]).changes
    ],
    "history": lambda home: [str(one.day) for one in sl.Archive(home).editions(CONS)],
    "lists": lambda home: len(sl.Archive(home).lists()),
    "verify": lambda home: sl.Archive(home).verify().files,
    "add": lambda home: sl.Archive(home).add(cons(range(1, 33), "2021-12-11"), list_id=CONS).name,
    "prune": lambda home: [str(one.day) for one in sl.Archive(home).prune(CONS, keep=2)],
}
"""What people do with an archive."""

ANSWERS = ("load", "as of", "timeline", "changes")
"""Those of them whose answer must be the right one."""

LARGE = (oversized, bomb)
"""What takes much memory if it is read whole."""


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What an archive answers in which nobody has planted anything."""
    folder = tmp_path_factory.mktemp("honest")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SANCTIONSLIB_CACHE", str(folder / "cache"))
        home = _archive(folder)
        return {name: call(home) for name, call in CALLS.items()}


@pytest.mark.filterwarnings(SHARE)
@pytest.mark.parametrize(("plant", "place"), crossed(PLANTED, [*PLACES]))
def test_whatever_is_planted_ends_well(
    home: Path,
    cache: Path,
    victim: Path,
    expected: dict[str, object],
    plant: Callable[[Path, Path], None],
    place: str,
) -> None:
    """An error of ours or the right answer, in time and in little memory; the victim is untouched."""
    at = PLACES[place](home, cache)
    at.parent.mkdir(parents=True, exist_ok=True)
    plant(at, victim)
    if plant in LARGE:
        tracemalloc.start()
    try:
        for name, call in CALLS.items():
            with _in_time():
                try:
                    found = call(home)
                except sl.SanctionsError:
                    continue
            if name in ANSWERS:
                assert found == expected[name], name
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()


# ── what others can write ─────────────────────────────────────────────────────────────────────


def forge(home: Path, folder: Path) -> None:
    """A copy of the newest edition with a whole seal and without its last party."""
    archive = EditionStore(home)
    held = archive.current(CONS)
    assert held is not None
    (path,) = archive.files(held)
    options = Options(list_id=CONS)
    whole = parse([InputFile(path, name=held.files[0].name)], options)
    short = attrs.evolve(whole, entities=whole.entities[:-1])
    content = copies.to_bytes(short, CachedFile("parsed", (held,)).key)
    assert content is not None
    folder.mkdir(parents=True, exist_ok=True)
    (folder / held.name).write_bytes(content)


def test_a_copy_that_somebody_forged_is_believed_in_ones_own_cache_alone(
    home: Path, cache: Path
) -> None:
    """Whoever can write there is the user; the seal shows accidents. In an archive none is read."""
    copied = Path("parsed") / CONS / CLASSIC
    forge(home, home / ".derived" / copied)
    assert len(sl.Archive(home).load(CONS, offline=True)) == 31
    forge(home, cache / copied)
    assert len(sl.Archive(home).load(CONS, offline=True)) == 30


def test_to_verify_an_archive_drops_what_is_cached_of_it(home: Path, cache: Path) -> None:
    """Whatever a copy says, after that the files say it."""
    forge(home, cache / "parsed" / CONS / CLASSIC)
    sl.Archive(home).verify()
    assert [path for path in cache.rglob("*") if path.is_file()] == []
    assert len(sl.Archive(home).load(CONS, offline=True)) == 31


def test_the_cache_is_the_users_alone(home: Path, cache: Path) -> None:
    """Also what it is made in."""
    assert {
        path.stat().st_mode & 0o777 for path in (cache, *cache.rglob("*")) if path.is_dir()
    } == {0o700}


def _open_to_all(path: Path) -> None:
    path.chmod(path.stat().st_mode | 0o002)


def _of_another_user(path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a file away")
    os.chown(path, 12345, -1)


EXPOSED = {
    "home": lambda home, cache: home,
    "list": lambda home, cache: home / CONS,
    "format": lambda home, cache: home / CONS / CLASSIC,
    "edition": lambda home, cache: _newest(home),
    "edition.json": lambda home, cache: _newest(home) / "edition.json",
    "member": lambda home, cache: _newest(home) / "CONSOLIDATED.XML.gz",
    "cache": lambda home, cache: cache,
}


@pytest.mark.parametrize(("expose", "place"), crossed([_open_to_all, _of_another_user], [*EXPOSED]))
def test_where_others_can_write_no_copy_is_read_or_kept(
    home: Path, cache: Path, place: str, expose: Callable[[Path], None]
) -> None:
    """The answer comes from the files, and a warning says who else could have changed it."""
    forge(home, cache / "parsed" / CONS / CLASSIC)
    before = snapshot(cache)
    exposed = EXPOSED[place](home, cache)
    expose(exposed)
    with pytest.warns(sl.errors.UntrustedFolderWarning) as seen:
        found = sl.Archive(home).load(CONS, offline=True)
    assert len(found) == 31
    assert [str(exposed) in str(one.message) for one in seen] == [True]
    assert snapshot(cache) == before


@pytest.mark.parametrize("place", ["home", "cache"])
def test_every_call_that_reads_editions_says_so(home: Path, cache: Path, place: str) -> None:
    """Once for each call, at the line that asked."""
    _open_to_all(EXPOSED[place](home, cache))
    for name in ("load", "as of", "timeline", "changes", "verify", "add"):
        with pytest.warns(sl.errors.UntrustedFolderWarning) as seen:
            CALLS[name](home)
        assert [one.filename for one in seen] == [__file__], name


def test_a_group_of_ones_own_is_nobody_else(home: Path) -> None:
    """Many systems give each user a group, and new files to it, to write too."""
    user = pwd.getpwuid(os.geteuid())
    group = grp.getgrgid(user.pw_gid)
    if group.gr_name != user.pw_name or set(group.gr_mem) - {user.pw_name}:
        pytest.skip("this user has no such group")
    os.chown(home, -1, group.gr_gid)
    home.chmod(0o775)
    assert len(sl.Archive(home).load(CONS, offline=True)) == 31


def test_a_new_archive_is_writable_for_nobody_else(tmp_path: Path) -> None:
    """Whatever the process grants to new files."""
    before = os.umask(0)
    try:
        sl.Archive(tmp_path / "a" / "b").add(b"id,name\n1,EXAMPLE\n", list_id="mine")
    finally:
        os.umask(before)
    made = [tmp_path / "a", *(tmp_path / "a").rglob("*")]
    assert [path for path in made if path.is_dir() and path.stat().st_mode & 0o022] == []


def test_the_home_itself_may_be_a_link(home: Path, tmp_path: Path) -> None:
    """Where an archive lies is the user's to say."""
    (tmp_path / "link").symlink_to(home)
    assert len(sl.Archive(tmp_path / "link").load(CONS, offline=True)) == 31


def test_a_cache_that_is_no_full_path_is_refused(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would be another one from another folder."""
    monkeypatch.setenv("SANCTIONSLIB_CACHE", "cache")
    with pytest.raises(sl.InvalidInputError, match="SANCTIONSLIB_CACHE is 'cache'"):
        sl.Archive(home).load(CONS, offline=True)
