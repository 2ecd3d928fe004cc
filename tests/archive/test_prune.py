"""EditionStore.prune: what is chosen goes whole, the current edition of each format stays."""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path

import pytest
from archives import FAILED, FORM, LIST, keep, snapshot

from sanctionslib.archive._storing import freed_by, remove
from sanctionslib.archive.format_folder import FormatFolder
from sanctionslib.archive.store import EditionStore
from sanctionslib.errors import ArchiveError, CorruptEditionError, InvalidInputError

XML = "ofac-enhanced-xml"
DAYS = [f"2021-12-{day:02}" for day in range(1, 7)]


@pytest.fixture
def archive(tmp_path: Path) -> EditionStore:
    """Six editions: one of each day; the third refused, the last incomplete."""
    archive = EditionStore(tmp_path / "home")
    for day in DAYS:
        keep(
            archive,
            {"SDN.CSV": day.encode()},
            day,
            checks=[FAILED] if day == DAYS[2] else (),
            missing=("ADD.CSV",) if day == DAYS[5] else (),
        )
    return archive


def days(archive: EditionStore, form: str | None = None) -> list[int]:
    return [one.day.day for one in archive.editions(LIST, form=form)]


@pytest.mark.parametrize(
    ("before", "keep_last", "refused", "left"),
    [
        (date(2021, 12, 4), None, False, [4, 5, 6]),
        (date(2021, 12, 1), None, False, [1, 2, 3, 4, 5, 6]),
        (date(2021, 12, 31), None, False, [5]),
        (None, 1, False, [3, 5, 6]),
        (None, 2, False, [3, 5, 6]),
        (None, 3, False, [3, 4, 5, 6]),
        (None, 9, False, [1, 2, 3, 4, 5, 6]),
        (None, None, True, [1, 2, 4, 5, 6]),
        (None, 1, True, [5, 6]),
        (date(2021, 12, 2), 4, True, [2, 4, 5, 6]),
    ],
)
def test_what_is_left(
    archive: EditionStore,
    before: date | None,
    keep_last: int | None,
    refused: bool,
    left: list[int],
) -> None:
    """Of the fifth is the current edition: newer than it is only one that is incomplete."""
    current = archive.current(LIST)
    whole = snapshot(archive.home)
    expected = archive.prune(LIST, before=before, keep=keep_last, quarantined=refused, dry_run=True)
    assert snapshot(archive.home) == whole
    gone = archive.prune(LIST, before=before, keep=keep_last, quarantined=refused)
    assert gone == expected
    assert days(archive) == left
    assert sorted(left + [one.day.day for one in gone.editions]) == [1, 2, 3, 4, 5, 6]
    assert archive.current(LIST) == current
    assert archive.verify().faults == ()
    assert not [path for path in (archive.home / LIST / FORM).iterdir() if path.name[0] == "."]


def test_the_current_edition_of_each_format_stays(archive: EditionStore) -> None:
    """Formats are counted apart: a day's answer in one is no answer in another."""
    keep(archive, {"SDN.XML": b"1"}, "2021-11-01", form=XML)
    keep(archive, {"SDN.XML": b"2"}, "2021-11-02", form=XML)
    archive.prune(LIST, before=date(2022, 1, 1))
    assert (days(archive, FORM), days(archive, XML)) == ([5], [2])


def test_where_none_is_whole_the_newest_usable_edition_stays(tmp_path: Path) -> None:
    """It is the one that answers: nothing else is held."""
    archive = EditionStore(tmp_path)
    for day in DAYS[:2]:
        keep(archive, {"SDN.CSV": day.encode()}, day, missing=("ADD.CSV",))
    keep(archive, {"SDN.CSV": b"3"}, DAYS[2], checks=[FAILED], missing=("ADD.CSV",))
    assert archive.current(LIST) is None
    archive.prune(LIST, before=date(2022, 1, 1), quarantined=True)
    assert days(archive) == [2]


def test_other_lists_stay(archive: EditionStore) -> None:
    """One list is pruned at a time."""
    other, _ = keep(archive, {"SDN.CSV": b"1"}, list_id="us_ofac_cons", checks=[FAILED])
    archive.prune(LIST, quarantined=True)
    assert archive.editions("us_ofac_cons") == (other,)


def test_what_was_made_of_an_edition_goes_with_it(cache: Path, archive: EditionStore) -> None:
    """And what was made of two, with either; nothing of others, and nothing that is not ours."""
    held = archive.editions(LIST)
    names = [one.name for one in held]
    kept = archive.cache(*held)
    assert kept is not None
    for name in names:
        for each in (name, f"{name}-source"):
            kept.write("parsed", LIST, FORM, each, b"a copy")
        kept.write("parsed", "us_ofac_cons", FORM, name, b"a copy")
    for one, two in itertools.pairwise(names):
        kept.write("changes", LIST, FORM, f"{one}_{two}", b"changes")
    parsed, pairs = cache / "parsed" / LIST / FORM, cache / "changes" / LIST / FORM
    (parsed / f"notes on {names[0]}").touch()
    archive.prune(LIST, keep=3)
    left = [name for name in names if name in {one.name for one in archive.editions(LIST)}]
    assert len(left) == 4
    assert sorted(path.name for path in parsed.iterdir()) == sorted(
        [*left, *(f"{name}-source" for name in left), f"notes on {names[0]}"]
    )
    assert sorted(path.name for path in pairs.iterdir()) == [
        f"{one}_{two}" for one, two in itertools.pairwise(left)
    ]
    assert len(list((cache / "parsed" / "us_ofac_cons" / FORM).iterdir())) == len(names)


def test_shared_files_are_freed_with_the_last_edition_that_has_them(tmp_path: Path) -> None:
    """What is said is what the disk gets back."""
    archive = EditionStore(tmp_path)
    big, small = bytes(range(256)) * 40, b"small"
    one, _ = keep(archive, {"A.CSV": big, "B.CSV": b"1"}, "2021-12-01")
    two, _ = keep(archive, {"A.CSV": big, "B.CSV": b"2"}, "2021-12-02")
    keep(archive, {"A.CSV": small, "B.CSV": b"3"}, "2021-12-03")
    size = {path: path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()}
    own = [
        sum(size[Path(each.folder, name)] for name in ("B.CSV.gz", "edition.json"))
        for each in (one, two)
    ]
    shared = size[Path(one.folder, "A.CSV.gz")]
    assert archive.prune(LIST, before=date(2021, 12, 2), dry_run=True).freed == own[0]
    assert archive.prune(LIST, keep=1, dry_run=True).freed == sum(own) + shared
    kept = Path(one.folder).with_name("kept.json")
    stored = archive.verify().stored - kept.stat().st_size
    freed = archive.prune(LIST, keep=1).freed
    left = archive.verify().stored - kept.stat().st_size
    assert stored - left == freed == sum(own) + shared


def test_what_somebody_put_into_an_edition_is_not_removed(archive: EditionStore) -> None:
    """Nothing is, until it lies elsewhere; what desktops leave is no matter."""
    first, second = archive.editions(LIST)[:2]
    Path(first.folder, ".DS_Store").touch()
    notes = Path(second.folder, "notes.txt")
    notes.write_text("the story begins here")
    before = snapshot(archive.home / LIST)
    with pytest.raises(ArchiveError, match="is in an edition that is to be removed") as caught:
        archive.prune(LIST, keep=1)
    assert caught.value.where.source == str(notes)
    assert caught.value.hint == "move it elsewhere, and prune again"
    assert snapshot(archive.home / LIST) == before
    notes.unlink()
    assert len(archive.prune(LIST, keep=1).editions) == 3


def test_a_linked_edition_is_refused_and_stays(archive: EditionStore, tmp_path: Path) -> None:
    """Whoever wants another disk puts the archive there as a whole: no link below it is followed."""
    first = archive.editions(LIST)[0]
    moved = tmp_path / "moved"
    Path(first.folder).rename(moved)
    Path(first.folder).symlink_to(moved)
    before = snapshot(moved)
    assert {one.path for one in archive.verify().faults} == {first.folder}
    for ask in (
        lambda: archive.editions(LIST),
        lambda: archive.current(LIST),
        lambda: archive.prune(LIST, keep=1),
        lambda: keep(archive, {"SDN.CSV": DAYS[0].encode()}, DAYS[0]),
    ):
        with pytest.raises(ArchiveError, match="a symbolic link") as caught:
            ask()
        assert caught.value.where.source == first.folder
    assert Path(first.folder).is_symlink()
    assert snapshot(moved) == before


def test_it_must_be_said_which(archive: EditionStore) -> None:
    """Nothing goes by default, and the newest never."""
    with pytest.raises(InvalidInputError, match="not said which"):
        archive.prune(LIST)
    for number in (0, -1):
        with pytest.raises(InvalidInputError, match=f"keep is {number}"):
            archive.prune(LIST, keep=number)
    with pytest.raises(InvalidInputError, match="keep is '3'"):
        archive.prune(LIST, keep="3")  # type: ignore[arg-type]
    assert len(days(archive)) == 6


def test_nothing_is_removed_past_a_damaged_edition(archive: EditionStore) -> None:
    """What cannot be read may be the one that must stay."""
    Path(archive.editions(LIST)[4].folder, "edition.json").write_text("{}")
    before = snapshot(archive.home)
    with pytest.raises(CorruptEditionError):
        archive.prune(LIST, keep=1)
    assert snapshot(archive.home) == before


def test_another_process_may_be_quicker(archive: EditionStore) -> None:
    """What is gone already is no error."""
    editions = archive.editions(LIST)
    place = FormatFolder.of(archive.home, LIST, FORM)
    Path(editions[0].folder).rename(place.path / ".gone-0123456789abcdef")
    assert freed_by([Path(one.folder) for one in editions[:1]]) == 0
    remove(place, editions[:2])
    assert archive.editions(LIST) == editions[2:]
