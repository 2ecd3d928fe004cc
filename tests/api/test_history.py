"""What the archive tells of the past: its editions, what became of a party, what changed."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest
from classic_files import classic, plain
from delimited_files import delimited, party
from enhanced_files import enhanced
from enhanced_files import plain as enhanced_plain
from homes import SDN, home_of

import sanctionslib as sl
from sanctionslib.api import _clock
from sanctionslib.api._workspace import Workspace

CLASSIC, DELIMITED, ENHANCED = "ofac-classic-xml", "ofac-delimited", "ofac-enhanced-xml"


def add_csv(
    home: Path, day: str, keys: Iterable[int], *, partial: bool = False
) -> sl.answers.HeldEdition:
    """The four files of a day; SDN.CSV alone where it is partial."""
    files = delimited(*(party(key) for key in keys))
    files = files[:1] if partial else files
    return sl.Archive(home).add(list(files), list_id=SDN, published=day, partial=partial)


def add_enhanced(home: Path, day: str, keys: Iterable[int]) -> sl.answers.HeldEdition:
    """SDN_ENHANCED.XML of a day."""
    content = enhanced(*map(enhanced_plain, keys), as_of=f"{day}T00:00:00")
    return sl.Archive(home).add(content, list_id=SDN)


def add_classic(home: Path, day: str, keys: Iterable[int]) -> sl.answers.HeldEdition:
    """SDN.XML of a day."""
    year, month, date = day.split("-")
    content = classic(*map(plain, keys), date=f"{month}/{date}/{year}")
    return sl.Archive(home).add(content, list_id=SDN)


def days(editions: Iterable[sl.answers.HeldEdition]) -> list[str]:
    return [str(one.day) for one in editions]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return home_of(tmp_path / "home")


@pytest.fixture
def both(home: Path) -> Path:
    """A history of flat files, and enhanced editions from the 10th on; 7 comes, 3 goes, 4 goes."""
    add_csv(home, "2021-12-01", (1, 2, 3, 4))
    add_csv(home, "2021-12-05", (1, 2, 3, 4, 7))
    add_enhanced(home, "2021-12-10", (1, 2, 4, 7))
    add_csv(home, "2021-12-10", (1, 2, 4, 7))
    add_enhanced(home, "2021-12-20", (1, 2, 7))
    return home


# ── history ───────────────────────────────────────────────────────────────────────────────────


def test_all_editions_are_listed_and_which_is_the_current_one(both: Path) -> None:
    """By day, and of one day the preferred format first."""
    found = sl.Archive(both).editions(SDN)
    assert [(str(one.day), one.format) for one in found] == [
        ("2021-12-01", DELIMITED),
        ("2021-12-05", DELIMITED),
        ("2021-12-10", ENHANCED),
        ("2021-12-10", DELIMITED),
        ("2021-12-20", ENHANCED),
    ]
    assert found.current == found[-1]
    add_csv(both, "2021-12-20", (1, 2, 7))
    assert sl.Archive(both).editions(SDN).current == found.current, "of one day, too"


def test_quarantined_editions_are_listed_too(home: Path) -> None:
    """And are not the current one."""
    good = add_classic(home, "2021-12-01", range(1, 101))
    with pytest.raises(sl.ImplausibleEditionError):
        add_classic(home, "2021-12-02", range(1, 51))
    found = sl.Archive(home).editions(SDN)
    assert [one.status for one in found] == [
        sl.answers.EditionStatus.VALID,
        sl.answers.EditionStatus.QUARANTINED,
    ]
    assert found.current == good


def test_of_a_known_list_nothing_may_be_held(home: Path) -> None:
    """That is no error; a list that nobody knows is one."""
    assert list(sl.Archive(home).editions("us_ofac_cons")) == []
    with pytest.raises(sl.NotFoundError) as caught:
        sl.Archive(home).editions("us_ofac_sdm")
    assert SDN in caught.value.suggestions


# ── timeline ──────────────────────────────────────────────────────────────────────────────────


def test_a_party_across_formats(both: Path) -> None:
    """Added in a flat file, there in the enhanced one; that more is said of it is no change."""
    found = sl.Archive(both).timeline(f"{SDN}:7")
    assert [(one.kind.value, str(one.edition.day)) for one in found.events] == [
        ("added", "2021-12-05"),
        ("format changed", "2021-12-10"),
    ]
    added, changed = found.events
    assert added.previous is not None
    assert (str(added.previous.day), added.edition.format) == ("2021-12-01", DELIMITED)
    assert "ofac-delimited before and ofac-enhanced-xml after" in changed.note
    assert changed.entity is not None
    assert changed.entity.designations[0].measures
    assert found.is_present
    assert days(found.editions) == ["2021-12-01", "2021-12-05", "2021-12-10", "2021-12-20"]
    assert [(str(one.day), one.format) for one in found.skipped] == [("2021-12-10", DELIMITED)]


def test_who_goes_where_the_format_changes(both: Path) -> None:
    """It is reported by its key, and the one that goes later too."""
    third = sl.Archive(both).timeline(f"{SDN}:3")
    assert [(one.kind.value, one.is_present) for one in third.events] == [
        ("in the oldest edition looked at", True),
        ("format changed", False),
    ]
    fourth = sl.Archive(both).timeline(f"{SDN}:4")
    assert [(one.kind.value, str(one.edition.day)) for one in fourth.events][1:] == [
        ("format changed", "2021-12-10"),
        ("removed", "2021-12-20"),
    ]
    assert not fourth.is_present


def test_one_format_alone(both: Path) -> None:
    """Then no format changes, and the others are skipped."""
    found = sl.Archive(both).timeline(f"{SDN}:3", format=DELIMITED)
    assert [(one.kind.value, str(one.edition.day)) for one in found.events] == [
        ("in the oldest edition looked at", "2021-12-01"),
        ("removed", "2021-12-10"),
    ]
    assert {one.format for one in found.skipped} == {ENHANCED}
    late = sl.Archive(both).timeline(f"{SDN}:1", format=ENHANCED)
    assert repr(late).startswith(
        f"<Timeline of {SDN}:1 'EXAMPLE 1': in the oldest edition looked at 2021-12-10"
    ), "it was in older ones that are held, too"
    assert "oldest edition held" not in str(late)
    with pytest.raises(sl.NotFoundError) as caught:
        sl.Archive(both).timeline(f"{SDN}:3", format=CLASSIC)
    held = (
        f"those held that can answer are from 2021-12-01 to 2021-12-20, in {DELIMITED}, {ENHANCED}"
    )
    assert caught.value.hint.startswith(held)


def test_quarantined_editions_are_skipped(home: Path) -> None:
    """What half a list does not have was not removed."""
    add_classic(home, "2021-12-01", range(1, 101))
    with pytest.raises(sl.ImplausibleEditionError):
        add_classic(home, "2021-12-02", range(1, 51))
    add_classic(home, "2021-12-03", range(1, 102))
    found = sl.Archive(home).timeline(f"{SDN}:100")
    assert [one.kind.value for one in found.events] == ["in the oldest edition looked at"]
    assert days(found.skipped) == ["2021-12-02"]
    assert sl.Archive(home).changes(SDN, start="2021-12-01").removed == ()


def test_flat_files_with_names_alone_before_whole_ones(home: Path) -> None:
    """Their addresses were not added on the day from which on all four files are held."""
    add_csv(home, "2021-12-01", (1, 2), partial=True)
    add_csv(home, "2021-12-05", (1, 2))
    found = sl.Archive(home).timeline(f"{SDN}:1")
    assert [one.kind.value for one in found.events] == [
        "in the oldest edition looked at",
        "format changed",
    ]
    assert found.events[1].note == (
        "the files are not the same: without ADD.CSV, ALT.CSV, SDN_COMMENTS.CSV before, "
        "all of them after"
    )
    log = sl.Archive(home).changes(SDN, start="2021-12-01")
    assert log.changes == ()
    assert [(one.only_before, one.only_after) for one in log.format_changes] == [((), ())]


def test_a_format_that_is_no_name(both: Path) -> None:
    """It is refused in words, wherever it is said."""
    with pytest.raises(sl.InvalidInputError, match="3 cannot be a format"):
        sl.Archive(both).changes(SDN, start="2021-12-01", format=3)  # type: ignore[arg-type]
    with pytest.raises(sl.InvalidInputError, match="3 cannot be a format"):
        sl.Archive(both).load(SDN, format=3, offline=True)  # type: ignore[arg-type]
    with pytest.raises(sl.NotFoundError, match="could answer in the format 3"):
        sl.Archive(both).timeline(f"{SDN}:1", format=3)  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", ["33951", "us_ofac_sdn:", ":33951", "", 33951])
def test_an_id_without_its_list(home: Path, wrong: object) -> None:
    """It is said how it is written."""
    with pytest.raises(sl.InvalidInputError, match="as in 'us_ofac_sdn:33951'"):
        sl.Archive(home).timeline(wrong)  # type: ignore[arg-type]


def test_nobody_has_the_id_or_nothing_is_held(both: Path) -> None:
    """In each case, what was looked at."""
    with pytest.raises(sl.NotFoundError) as caught:
        sl.Archive(both).timeline(f"{SDN}:77")
    assert "looked at were 4, from 2021-12-01 to 2021-12-20" in str(caught.value)
    assert caught.value.suggestions == (f"{SDN}:7",)
    with pytest.raises(sl.NotFoundError, match="no edition of us_ofac_cons is held") as caught:
        sl.Archive(both).timeline("us_ofac_cons:7")
    assert ").add(…, list_id='us_ofac_cons')" in caught.value.hint
    with pytest.raises(sl.NotFoundError, match="no list with the id 'us_ofac_sdm'"):
        sl.Archive(both).timeline("us_ofac_sdm:7")


def test_the_second_time_no_edition_is_read(both: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who was touched is kept for each pair, and what changed."""
    once = sl.Archive(both).timeline(f"{SDN}:4", format=ENHANCED)
    read: list[sl.answers.HeldEdition] = []

    def parsed(workspace: object, held: sl.answers.HeldEdition, **options: object) -> object:
        read.append(held)
        raise AssertionError

    monkeypatch.setattr(Workspace, "parsed", parsed)
    assert sl.Archive(both).timeline(f"{SDN}:4", format=ENHANCED) == once
    assert read == []


def test_without_what_was_cached_the_answer_is_the_same(both: Path, cache: Path) -> None:
    """It can be deleted at any time."""
    once, log = (
        sl.Archive(both).timeline(f"{SDN}:4"),
        sl.Archive(both).changes(SDN, start="2021-12-01"),
    )
    shutil.rmtree(cache)
    assert sl.Archive(both).timeline(f"{SDN}:4") == once
    assert sl.Archive(both).changes(SDN, start="2021-12-01") == log


def test_a_list_of_ones_own(home: Path) -> None:
    """Any list that is held has a history, also one that no catalog knows."""
    for day, rows in (("2021-12-09", "1,ONE\n"), ("2021-12-10", "1,ONE AND ALL\n")):
        sl.Archive(home).add(f"id,name\n{rows}".encode(), list_id="watch", published=day)
    found = sl.Archive(home).timeline("watch:1")
    assert [one.kind.value for one in found.events] == [
        "in the oldest edition looked at",
        "amended",
    ]
    assert found.name == "ONE AND ALL"
    assert days(sl.Archive(home).editions("watch")) == ["2021-12-09", "2021-12-10"]


# ── changes ───────────────────────────────────────────────────────────────────────────────────


def test_from_a_day_on(both: Path) -> None:
    """It begins from the edition that answers for the day, also where that is of before."""
    log = sl.Archive(both).changes(SDN, start="2021-12-03")
    assert (log.start, log.end) == (date(2021, 12, 3), None)
    assert days(log.editions) == ["2021-12-01", "2021-12-05", "2021-12-10", "2021-12-20"]
    assert [one.source_id for one in log.added] == ["7"]
    assert [one.source_id for one in log.removed] == ["4"]
    (change,) = log.format_changes
    assert change.only_before is not None
    assert [(one.id, one.name) for one in change.only_before] == [(f"{SDN}:3", "EXAMPLE 3")]
    assert change.only_after == ()
    assert log.amended == ()
    later = sl.Archive(both).changes(SDN, start="2021-12-10")
    assert (days(later.editions), later.format_changes) == (["2021-12-10", "2021-12-20"], ())
    assert [one.source_id for one in later.removed] == ["4"]


def test_up_to_a_day(both: Path) -> None:
    """What came later has no say; nor has it where nothing changed."""
    log = sl.Archive(both).changes(SDN, start="2021-12-01", end="2021-12-09")
    assert days(log.editions) == ["2021-12-01", "2021-12-05"]
    assert log.skipped == ()
    assert not sl.Archive(both).changes(SDN, start="2021-12-06", end="2021-12-09")


def test_since_before_anything_was_held(both: Path) -> None:
    """It begins from the oldest, and that is to be seen."""
    log = sl.Archive(both).changes(SDN, start="2020-01-01")
    assert (log.start, log.editions[0].day) == (date(2020, 1, 1), date(2021, 12, 1))
    with pytest.raises(sl.NotFoundError, match="could answer up to 2021-01-01") as caught:
        sl.Archive(both).changes(SDN, start="2020-01-01", end="2021-01-01")
    assert "from 2021-12-01 to 2021-12-20" in caught.value.hint
    asked = f"could answer up to 2021-12-05 in the format '{ENHANCED}'"
    with pytest.raises(sl.NotFoundError, match=asked) as caught:
        sl.Archive(both).changes(SDN, start="2021-12-01", end="2021-12-05", format=ENHANCED)
    assert f"from 2021-12-10 to 2021-12-20, in {ENHANCED}; " in caught.value.hint


def test_days_that_make_no_sense(both: Path) -> None:
    """Each is refused in words."""
    today = _clock.now().date()
    with pytest.raises(sl.InvalidInputError, match="is in the future"):
        sl.Archive(both).changes(SDN, start=today + timedelta(days=2))
    tomorrow = sl.Archive(both).changes(SDN, start=today + timedelta(days=1))
    assert days(tomorrow.editions) == ["2021-12-20"], "east of here it may have begun"
    one = sl.Archive(both).changes(SDN, start="2021-12-05", end="2021-12-05")
    assert days(one.editions) == ["2021-12-05"], "one day is a time"
    with pytest.raises(sl.InvalidInputError, match="is after the last day, 2021-12-01"):
        sl.Archive(both).changes(SDN, start="2021-12-02", end="2021-12-01")
    with pytest.raises(sl.InvalidInputError, match="start='December' is not a day"):
        sl.Archive(both).changes(SDN, start="December")
    with pytest.raises(sl.InvalidInputError, match="end=20211201 is not a day"):
        sl.Archive(both).changes(SDN, start="2021-12-02", end=20211201)  # type: ignore[arg-type]
    with pytest.raises(sl.InvalidInputError, match="start=None is not a day") as caught:
        sl.Archive(both).changes(SDN, start=None)  # type: ignore[arg-type]
    assert caught.value.hint == "write it as '2021-12-10'"


def test_an_edition_with_entries_that_cannot_be_read(home: Path) -> None:
    """It is no removal: the two are not compared, and the reason is that of `diff`."""
    add_classic(home, "2021-12-01", (1, 2))
    bad = "<sdnEntry><uid>2</uid><sdnType>Entity</sdnType></sdnEntry>"
    with pytest.raises(sl.ImplausibleEditionError) as caught:
        sl.Archive(home).add(classic(plain(1), bad, date="12/02/2021"), list_id=SDN)
    sl.Archive(home).accept(SDN, caught.value.sha256, reason="its one fault is known")
    log = sl.Archive(home).changes(SDN, start="2021-12-01")
    assert log.removed == ()
    (change,) = log.format_changes
    assert change.only_before is None
    assert sl.Archive(home).timeline(f"{SDN}:1").is_present


def test_progress_counts_editions(both: Path) -> None:
    """Up to all that are followed."""
    seen: list[tuple[int, int]] = []
    sl.Archive(both).changes(
        SDN, start="2021-12-01", progress=lambda done, count: seen.append((done, count))
    )
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    seen.clear()
    sl.Archive(both).timeline(f"{SDN}:1", progress=lambda done, count: seen.append((done, count)))
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_progress_of_a_verification_is_in_bytes(both: Path) -> None:
    """Of the lists that are named, up to all that is to be read."""
    seen: list[tuple[int, int]] = []
    sl.Archive(both).verify(SDN, progress=lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen)
    found = [path.stat() for path in both.glob(f"{SDN}/*/*/*.gz")]
    size = sum({one.st_ino: one.st_size for one in found}.values())  # the same bytes lie there once
    assert seen[-1] == (size, size)


# ── looking after it ──────────────────────────────────────────────────────────────────────────


def test_verify_and_prune(both: Path) -> None:
    """All is as it was stored; what is pruned is gone, and the current edition of a format stays."""
    found = sl.Archive(both).verify()
    assert (len(found.editions), found.faults) == (5, ())
    sl.Archive(both).add(b"id,name\n1,ONE\n", list_id="watch", published="2021-12-09")
    assert len(sl.Archive(both).verify().editions) == 6
    assert sl.Archive(both).verify(SDN) == found, "the others are not looked at"
    gone = sl.Archive(both).prune(SDN, before="2021-12-06", dry_run=True)
    assert days(gone) == ["2021-12-01", "2021-12-05"]
    assert len(sl.Archive(both).editions(SDN)) == 5
    assert sl.Archive(both).prune(SDN, before=date(2021, 12, 6)) == gone
    assert days(sl.Archive(both).editions(SDN)) == ["2021-12-10", "2021-12-10", "2021-12-20"]
    assert days(sl.Archive(both).prune(SDN, keep=1)) == ["2021-12-10"]
    with pytest.raises(sl.NotFoundError, match="us_ofac_sdm"):
        sl.Archive(both).prune("us_ofac_sdm", keep=1)
    with pytest.raises(sl.NotFoundError, match="nothing is held of 'us_ofac_cons'"):
        sl.Archive(both).verify("us_ofac_cons")
