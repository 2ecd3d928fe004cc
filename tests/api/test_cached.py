"""What is made again from editions: found again while nothing it was made from has changed."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import attrs
import pytest
from delimited_files import delimited, party
from exact import unlike
from homes import home_of

import sanctionslib as sl
from sanctionslib.answers import HeldEdition
from sanctionslib.api import _cached
from sanctionslib.api._cached import (
    CachedFile,
    Comparisons,
    fingerprint,
    keep_parsed,
    parsed_copy,
)
from sanctionslib.api._workspace import Workspace
from sanctionslib.archive._files import is_temporary
from sanctionslib.model import Entity
from sanctionslib.parsers import Parsed
from sanctionslib.parsers import parsed_copy as copies
from sanctionslib.query import SanctionsList

LIST = "us_ofac_sdn"
MONDAY = delimited(party(1, "EXAMPLE ONE"), party(2, "EXAMPLE TWO"), party(3, "EXAMPLE THREE"))
TUESDAY = delimited(party(1, "EXAMPLE ONE"), party(2, "EXAMPLE ZWEI"), party(4, "EXAMPLE FOUR"))


class Stored:
    """An archive with editions of flat files, and which of them were read to be compared."""

    def __init__(self, home: Path, cache: Path) -> None:
        self.home, self.cache = home, cache
        self.workspace = Workspace(home)
        self.store = self.workspace.store
        self.reads: list[str] = []

    def add(self, files: list[bytes], day: str) -> HeldEdition:
        """Keep an edition, of which nothing is cached."""
        held = sl.Archive(self.home).add(files, list_id=LIST, published=day)
        self.store.clear_cache()
        return held

    def parsed(self, held: HeldEdition, *, keep_source: bool = False) -> Parsed:
        """What the parser gives for an edition."""
        return self.workspace.parsed(held, keep_source=keep_source, keep_copy=False)

    def read(self, held: HeldEdition) -> SanctionsList[Entity]:
        """An edition as a list."""
        self.reads.append(held.name)
        return self.workspace.read(held)

    def changes(self, old: HeldEdition, new: HeldEdition) -> sl.answers.Changes:
        """What changed from one to the other."""
        return Comparisons(self.store, self.read).between(old, new)

    def changed_ids(self, old: HeldEdition, new: HeldEdition) -> frozenset[str]:
        """The ids of what changed."""
        return Comparisons(self.store, self.read).changed_ids(old, new)

    def derived(self) -> list[Path]:
        """All files that were derived."""
        return sorted(each for each in self.cache.rglob("*") if each.is_file())


@pytest.fixture
def stored(tmp_path: Path, cache: Path) -> Stored:
    return Stored(home_of(tmp_path / "home"), cache)


@pytest.fixture
def monday(stored: Stored) -> HeldEdition:
    return stored.add(MONDAY, "2020-01-07")


@pytest.fixture
def tuesday(stored: Stored) -> HeldEdition:
    return stored.add(TUESDAY, "2020-01-08")


# ── parsed copies ─────────────────────────────────────────────────────────────────────────────


def test_a_copy_is_found_again(stored: Stored, monday: HeldEdition) -> None:
    """None before it is kept; afterwards equal in everything."""
    assert parsed_copy(stored.store, monday) is None
    one = stored.parsed(monday)
    keep_parsed(stored.store, monday, one)
    found = parsed_copy(stored.store, monday)
    assert found is not None
    assert [each.name for each in found.entities] == ["EXAMPLE ONE", "EXAMPLE TWO", "EXAMPLE THREE"]
    assert unlike(found, one) == ""


def test_a_copy_with_sources_is_another(stored: Stored, monday: HeldEdition) -> None:
    """Each is found by those who ask for it, and not by others."""
    keep_parsed(stored.store, monday, stored.parsed(monday, keep_source=True), keep_source=True)
    assert parsed_copy(stored.store, monday) is None
    keep_parsed(stored.store, monday, stored.parsed(monday))
    with_sources = parsed_copy(stored.store, monday, keep_source=True)
    without = parsed_copy(stored.store, monday)
    assert with_sources is not None
    assert without is not None
    assert with_sources.entities[0].source is not None
    assert without.entities[0].source is None


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": "f" * 64},
        {"published": date(2020, 1, 6)},
        {"dated_by": "http"},
        {"retrieved_at": datetime(2022, 1, 1, tzinfo=UTC)},
        {"missing": ("ALT.CSV",)},
        {"files": ()},
    ],
)
def test_a_copy_of_another_edition_is_none(
    stored: Stored, monday: HeldEdition, change: dict[str, object]
) -> None:
    """Everything of an edition that a parser is reported, or gives back, must be the same."""
    keep_parsed(stored.store, monday, stored.parsed(monday))
    (path,) = stored.derived()
    other = attrs.evolve(monday, **change)  # type: ignore[arg-type]
    if other.name != monday.name:
        path.rename(path.with_name(other.name))
    assert parsed_copy(stored.store, other) is None


def test_a_damaged_copy_is_none_and_replaced(stored: Stored, monday: HeldEdition) -> None:
    """It does no harm, and the next one is whole."""
    one = stored.parsed(monday)
    keep_parsed(stored.store, monday, one)
    (path,) = stored.derived()
    whole = path.read_bytes()
    for damaged in (b"", whole[:-1], whole[:40], whole[:-5] + b"00000", b"\0" * len(whole)):
        path.write_bytes(damaged)
        assert parsed_copy(stored.store, monday) is None
        keep_parsed(stored.store, monday, one)
        assert path.read_bytes() == whole


def test_a_copy_that_is_too_large_is_not_unpacked(stored: Stored, monday: HeldEdition) -> None:
    """A small file must not grow without end."""
    parsed = stored.parsed(monday)
    keep_parsed(stored.store, monday, parsed)
    (path,) = stored.derived()
    key = CachedFile("parsed", (monday,)).key
    for blanks, is_copy in ((1000, True), ((1 << 26) + (1 << 16), False)):
        large = attrs.evolve(parsed.entities[0], remarks=" " * blanks)
        path.write_bytes(copies.to_bytes(attrs.evolve(parsed, entities=(large,)), key) or b"")
        assert path.stat().st_size < 1 << 20
        assert (parsed_copy(stored.store, monday) is not None) is is_copy


def test_only_the_last_copies_stay(stored: Stored) -> None:
    """A copy takes more room than its edition: of a long history the last two stay."""
    days = [f"2020-01-{day:02}" for day in range(1, 7)]
    editions = [stored.add(delimited(party(1), party(10 + at)), day) for at, day in enumerate(days)]
    for at, one in enumerate(editions):
        keep_parsed(stored.store, one, stored.parsed(one))
        os.utime(stored.derived()[-1], (at, at))
    assert [each.name for each in stored.derived()] == [one.name for one in editions[-2:]]


def test_no_copy_of_what_the_model_does_not_allow(stored: Stored, monday: HeldEdition) -> None:
    """A parser of somebody else gives a text for a name: it is read again each time."""
    wrong = attrs.evolve(stored.parsed(monday), entities=("EXAMPLE",))  # type: ignore[arg-type]
    keep_parsed(stored.store, monday, wrong)
    assert stored.derived() == []


# ── changes ───────────────────────────────────────────────────────────────────────────────────


def test_changes_are_found_again_without_reading(
    stored: Stored, monday: HeldEdition, tuesday: HeldEdition
) -> None:
    """One added, one removed, one with another name; the second time from what was kept."""
    first = stored.changes(monday, tuesday)
    assert [one.id for one in first.added] == ["us_ofac_sdn:4"]
    assert [one.id for one in first.removed] == ["us_ofac_sdn:3"]
    assert [one.after.name for one in first.amended] == ["EXAMPLE ZWEI"]
    assert first.unchanged == 1
    assert stored.reads == [monday.name, tuesday.name]
    again = stored.changes(monday, tuesday)
    assert len(stored.reads) == 2
    assert unlike(again, first) == ""


def test_who_was_touched_is_known_with_the_changes(
    stored: Stored, monday: HeldEdition, tuesday: HeldEdition
) -> None:
    """Both are kept, whichever is asked for first."""
    expected = {"us_ofac_sdn:4", "us_ofac_sdn:3", "us_ofac_sdn:2"}
    assert stored.changed_ids(monday, tuesday) == expected
    assert len(stored.reads) == 2
    assert stored.changed_ids(monday, tuesday) == expected
    stored.changes(monday, tuesday)
    assert len(stored.reads) == 2
    assert [each.parts[-4] for each in stored.derived()] == ["changes", "touched"]


def test_a_party_with_another_id_is_touched_under_both(stored: Stored) -> None:
    """Denied persons have no keys of their own: one is found by its name, under two ids."""
    old, new = (
        SanctionsList([Entity(id=key, names=(sl.Name(text="EXAMPLE"),))])
        for key in ("w:~1", "w:~2")
    )
    found = sl.diff(old, new)
    assert [(one.before.id, one.after.id) for one in found.amended] == [("w:~1", "w:~2")]
    one, other = (stored.add(MONDAY, f"2020-01-0{day}") for day in (7, 8))
    lists = {one.name: old, other.name: new}
    ids = Comparisons(stored.store, lambda held: lists[held.name]).changed_ids(one, other)
    assert ids == {"w:~1", "w:~2"}


@pytest.mark.parametrize("kind", ["changes", "touched"])
def test_damaged_changes_are_made_again(
    stored: Stored, monday: HeldEdition, tuesday: HeldEdition, kind: str
) -> None:
    """Whatever stands in the file, cut, altered, or forged with a whole seal."""
    ask = stored.changes if kind == "changes" else stored.changed_ids
    first = ask(monday, tuesday)
    (path,) = [each for each in stored.derived() if kind in each.parts]
    whole = path.read_bytes()
    key = CachedFile(kind, (monday, tuesday)).key
    schema = json.dumps({"schema": "sanctionslib/changes/1", "added": 1}).encode()
    inside = (b"", b"\n", b"[]", b"{}", b"[1, 2, 3]", b"[[], []]", b"[" * 100_000, schema)
    for damaged in (b"", whole[:-1], whole[:50], *(copies.seal(each, key) for each in inside)):
        path.write_bytes(damaged)
        assert ask(monday, tuesday) == first
        assert path.read_bytes() == whole


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"[1, 2, 3]", b"[" * 100_000])
def test_forged_ids_are_made_again(
    stored: Stored, monday: HeldEdition, tuesday: HeldEdition, body: bytes
) -> None:
    """With a whole seal, and something else in it."""
    expected = stored.changed_ids(monday, tuesday)
    path = stored.derived()[1]
    whole = path.read_bytes()
    path.write_bytes(copies.seal(body, CachedFile("touched", (monday, tuesday)).key))
    assert stored.changed_ids(monday, tuesday) == expected
    assert path.read_bytes() == whole


def test_changes_that_are_too_large_are_made_again(
    stored: Stored, monday: HeldEdition, tuesday: HeldEdition, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever lies in the folder, no more of it is read than ours can be."""
    stored.changed_ids(monday, tuesday)
    path = stored.derived()[1]
    size = path.stat().st_size
    monkeypatch.setattr(CachedFile, "largest", size)
    stored.changed_ids(monday, tuesday)
    assert len(stored.reads) == 2
    monkeypatch.setattr(CachedFile, "largest", size - 1)
    stored.changed_ids(monday, tuesday)
    assert len(stored.reads) == 4


def test_what_other_code_made_is_made_again(
    stored: Stored, monday: HeldEdition, tuesday: HeldEdition, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an update files are parsed and editions compared again, and the old is replaced."""
    keep_parsed(stored.store, monday, stored.parsed(monday))
    stored.changed_ids(monday, tuesday)
    derived = stored.derived()
    monkeypatch.setattr(_cached, "fingerprint", lambda: "other code")
    assert parsed_copy(stored.store, monday) is None
    keep_parsed(stored.store, monday, stored.parsed(monday))
    assert parsed_copy(stored.store, monday) is not None
    before = len(stored.reads)
    stored.changed_ids(monday, tuesday)
    assert len(stored.reads) == before + 2
    assert stored.derived() == derived


def test_changes_from_another_older_edition_are_made_again(
    stored: Stored, monday: HeldEdition, tuesday: HeldEdition
) -> None:
    """What is known of the older one counts as that of the newer."""
    stored.changed_ids(monday, tuesday)
    stored.changed_ids(attrs.evolve(monday, dated_by="http"), tuesday)
    assert len(stored.reads) == 4


def test_what_cannot_be_compared_is_quarantined_and_not_kept(
    stored: Stored, monday: HeldEdition, tuesday: HeldEdition
) -> None:
    """The older edition is dated after the newer one."""
    for _ in range(2):
        with pytest.raises(sl.InvalidInputError):
            stored.changes(tuesday, monday)
        with pytest.raises(sl.InvalidInputError):
            stored.changed_ids(tuesday, monday)
    assert stored.derived() == []


# ── the folder ────────────────────────────────────────────────────────────────────────────────


def test_what_was_made_of_a_pruned_edition_goes_with_it(
    stored: Stored, monday: HeldEdition, tuesday: HeldEdition
) -> None:
    """Its copy, and what changed from it to the next."""
    for one in (monday, tuesday):
        keep_parsed(stored.store, one, stored.parsed(one))
    stored.changed_ids(monday, tuesday)
    assert len(stored.derived()) == 4
    stored.store.prune(LIST, keep=1)
    assert [each.name for each in stored.derived()] == [tuesday.name]


def test_nothing_is_kept_where_nothing_can_be_written(
    stored: Stored, monday: HeldEdition, tuesday: HeldEdition
) -> None:
    """A file lies where the folder should be: every answer is right, and made anew each time."""
    shutil.rmtree(stored.cache)
    stored.cache.write_text("in the way")
    keep_parsed(stored.store, monday, stored.parsed(monday))
    assert parsed_copy(stored.store, monday) is None
    for count in (2, 4):
        assert len(stored.changes(monday, tuesday).added) == 1
        assert len(stored.reads) == count


@pytest.mark.parametrize("call", ["write_bytes", "replace"])
def test_a_full_disk_is_no_error(
    stored: Stored, monday: HeldEdition, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """What was kept before stays, and nothing half-written."""
    keep_parsed(stored.store, monday, stored.parsed(monday))
    write = Path.write_bytes

    def full(path: Path, content: bytes | Path) -> int:
        if isinstance(content, bytes):
            write(path, content[:100])
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, call, full)
        keep_parsed(stored.store, monday, stored.parsed(monday))
    assert len(stored.derived()) == 1
    assert parsed_copy(stored.store, monday) is not None


def test_several_may_write_the_same(
    stored: Stored, monday: HeldEdition, tuesday: HeldEdition
) -> None:
    """Whoever comes last, what is there is whole at any time."""
    one = stored.parsed(monday)
    keep_parsed(stored.store, monday, one)

    def work(at: int) -> bool:
        keep_parsed(stored.store, monday, one)
        found = parsed_copy(stored.store, monday)
        return found == one and "us_ofac_sdn:4" in stored.changed_ids(monday, tuesday)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(40)))
    assert len(stored.derived()) == 3


KEEP_WITHOUT_END = """
import sys
from pathlib import Path
from sanctionslib.api._cached import keep_parsed
from sanctionslib.api._workspace import Workspace

workspace = Workspace(Path(sys.argv[1]))
(held,) = workspace.store.editions("us_ofac_sdn")
one = workspace.parsed(held)
print("begins", flush=True)
while True:
    keep_parsed(workspace.store, held, one)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_killed_process_leaves_a_whole_copy_or_none(stored: Stored, monday: HeldEdition) -> None:
    """Killed at random while it writes; what it leaves besides is swept after a day."""
    one = stored.parsed(monday)
    rng = random.Random(1)
    run = [sys.executable, "-c", KEEP_WITHOUT_END, str(stored.home)]
    for _ in range(5):
        with subprocess.Popen(run, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"begins\n"
            time.sleep(rng.uniform(0.0, 0.02))
            process.kill()
        found = parsed_copy(stored.store, monday)
        assert found is None or found == one
    left = [each for each in stored.derived() if is_temporary(each.name)]
    old = time.time() - 2 * 24 * 3600
    for each in left:
        os.utime(each, (old, old))
    keep_parsed(stored.store, monday, one)
    assert [each.name for each in stored.derived()] == [monday.name]


# ── the code ──────────────────────────────────────────────────────────────────────────────────


def test_the_fingerprint_is_that_of_every_process() -> None:
    """A copy is of use to the next process."""
    words = "from sanctionslib.api._cached import fingerprint; print(fingerprint())"
    run = [sys.executable, "-c", words]
    found = subprocess.run(run, check=True, capture_output=True, text=True).stdout.strip()
    assert found == fingerprint()
    assert len(found) == 64


@pytest.mark.parametrize(
    "changed",
    [
        *("parsers/ofac/classic.py", "serialize/__init__.py"),
        *("reference/data/labels.tsv", "catalog/data/lists.toml"),
    ],
)
def test_the_fingerprint_changes_with_the_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    """A module or a table that decides what is read."""
    package = tmp_path / "sanctionslib"
    path = package / changed
    path.parent.mkdir(parents=True)
    monkeypatch.setattr(_cached.resources, "files", lambda _: package)
    prints = [fingerprint.__wrapped__()]
    for text in ("one", "other"):
        path.write_text(text)
        prints.append(fingerprint.__wrapped__())
    (package / "notes.txt").write_text("no code")
    prints.append(fingerprint.__wrapped__())
    assert len(set(prints)) == 3
    assert prints[-1] == prints[-2]


def test_without_sources_the_version_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where a program was frozen: there is a fingerprint, and another one for another version."""
    monkeypatch.setattr(_cached.resources, "files", lambda _: tmp_path)
    one = fingerprint.__wrapped__()
    monkeypatch.setattr(_cached, "__version__", "99.0")
    assert fingerprint.__wrapped__() != one
