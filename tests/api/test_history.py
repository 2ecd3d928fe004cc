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
from sanctionslib.api import _desk

CLASSIC, DELIMITED, ENHANCED = "ofac-classic-xml", "ofac-delimited", "ofac-enhanced-xml"


def add_csv(home: Path, day: str, keys: Iterable[int], *, partial: bool = False) -> sl.HeldEdition:
    """The four files of a day; SDN.CSV alone where it is partial."""
    files = delimited(*(party(key) for key in keys))
    files = files[:1] if partial else files
    return sl.add_edition(list(files), list_id=SDN, published=day, partial=partial, home=home)


def add_enhanced(home: Path, day: str, keys: Iterable[int]) -> sl.HeldEdition:
    """SDN_ENHANCED.XML of a day."""
    content = enhanced(*map(enhanced_plain, keys), as_of=f"{day}T00:00:00")
    return sl.add_edition(content, list_id=SDN, home=home)


def add_classic(home: Path, day: str, keys: Iterable[int]) -> sl.HeldEdition:
    """SDN.XML of a day."""
    year, month, date = day.split("-")
    content = classic(*map(plain, keys), date=f"{month}/{date}/{year}")
    return sl.add_edition(content, list_id=SDN, home=home)


def days(editions: Iterable[sl.HeldEdition]) -> list[str]:
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


def test_all_editions_are_told_and_which_is_the_current_one(both: Path) -> None:
    """By day, and of one day the preferred format first."""
    found = sl.history(SDN, home=both)
    assert [(str(one.day), one.format) for one in found] == [
        ("2021-12-01", DELIMITED),
        ("2021-12-05", DELIMITED),
        ("2021-12-10", ENHANCED),
        ("2021-12-10", DELIMITED),
        ("2021-12-20", ENHANCED),
    ]
    assert found.current == found[-1]
    add_csv(both, "2021-12-20", (1, 2, 7))
    assert sl.history(SDN, home=both).current == found.current, "of one day, too"


def test_refused_editions_are_told_too(home: Path) -> None:
    """And are not the current one."""
    good = add_classic(home, "2021-12-01", range(1, 101))
    with pytest.raises(sl.ImplausibleEditionError):
        add_classic(home, "2021-12-02", range(1, 51))
    found = sl.history(SDN, home=home)
    assert [one.status for one in found] == [sl.EditionStatus.VALID, sl.EditionStatus.QUARANTINED]
    assert found.current == good


def test_of_a_known_list_nothing_may_be_held(home: Path) -> None:
    """That is no error; a list that nobody knows is one."""
    assert list(sl.history("us_ofac_cons", home=home)) == []
    with pytest.raises(sl.NotFoundError) as caught:
        sl.history("us_ofac_sdm", home=home)
    assert SDN in caught.value.suggestions


# ── timeline ──────────────────────────────────────────────────────────────────────────────────


def test_a_party_across_formats(both: Path) -> None:
    """Added in a flat file, there in the enhanced one; that more is said of it is no change."""
    found = sl.timeline(f"{SDN}:7", home=both)
    assert [(one.kind.value, str(one.edition.day)) for one in found.events] == [
        ("added", "2021-12-05"),
        ("switched", "2021-12-10"),
    ]
    added, switched = found.events
    assert added.previous is not None
    assert (str(added.previous.day), added.edition.format) == ("2021-12-01", DELIMITED)
    assert "ofac-delimited before and ofac-enhanced-xml after" in switched.note
    assert switched.entity is not None
    assert switched.entity.designations[0].measures
    assert found.is_present
    assert days(found.editions) == ["2021-12-01", "2021-12-05", "2021-12-10", "2021-12-20"]
    assert [(str(one.day), one.format) for one in found.skipped] == [("2021-12-10", DELIMITED)]


def test_who_goes_where_the_format_changes(both: Path) -> None:
    """It is told by its key, and the one that goes later too."""
    third = sl.timeline(f"{SDN}:3", home=both)
    assert [(one.kind.value, one.is_present) for one in third.events] == [
        ("in the oldest edition looked at", True),
        ("switched", False),
    ]
    fourth = sl.timeline(f"{SDN}:4", home=both)
    assert [(one.kind.value, str(one.edition.day)) for one in fourth.events][1:] == [
        ("switched", "2021-12-10"),
        ("removed", "2021-12-20"),
    ]
    assert not fourth.is_present


def test_one_format_alone(both: Path) -> None:
    """Then there is no switch, and the others stand aside."""
    found = sl.timeline(f"{SDN}:3", format=DELIMITED, home=both)
    assert [(one.kind.value, str(one.edition.day)) for one in found.events] == [
        ("in the oldest edition looked at", "2021-12-01"),
        ("removed", "2021-12-10"),
    ]
    assert {one.format for one in found.skipped} == {ENHANCED}
    late = sl.timeline(f"{SDN}:1", format=ENHANCED, home=both)
    assert repr(late).startswith(
        f"<Timeline of {SDN}:1 'EXAMPLE 1': in the oldest edition looked at 2021-12-10"
    ), "it was in older ones that are held, too"
    assert "oldest edition held" not in str(late)
    with pytest.raises(sl.NotFoundError) as caught:
        sl.timeline(f"{SDN}:3", format=CLASSIC, home=both)
    assert caught.value.hint == f"those that could are in {DELIMITED}, {ENHANCED}"


def test_refused_editions_do_not_speak(home: Path) -> None:
    """What half a list does not have was not removed."""
    add_classic(home, "2021-12-01", range(1, 101))
    with pytest.raises(sl.ImplausibleEditionError):
        add_classic(home, "2021-12-02", range(1, 51))
    add_classic(home, "2021-12-03", range(1, 102))
    found = sl.timeline(f"{SDN}:100", home=home)
    assert [one.kind.value for one in found.events] == ["in the oldest edition looked at"]
    assert days(found.skipped) == ["2021-12-02"]
    assert sl.changes(SDN, start="2021-12-01", home=home).removed == ()


def test_flat_files_with_names_alone_before_whole_ones(home: Path) -> None:
    """Their addresses were not added on the day from which on all four files are held."""
    add_csv(home, "2021-12-01", (1, 2), partial=True)
    add_csv(home, "2021-12-05", (1, 2))
    found = sl.timeline(f"{SDN}:1", home=home)
    assert [one.kind.value for one in found.events] == [
        "in the oldest edition looked at",
        "switched",
    ]
    assert found.events[1].note == (
        "the files are not the same: without ADD.CSV, ALT.CSV, SDN_COMMENTS.CSV before, "
        "all of them after"
    )
    log = sl.changes(SDN, start="2021-12-01", home=home)
    assert log.changes == ()
    assert [(one.only_before, one.only_after) for one in log.format_changes] == [((), ())]


def test_a_format_that_is_no_name(both: Path) -> None:
    """It is refused in words, wherever it is said."""
    with pytest.raises(sl.InvalidInputError, match="3 cannot be a format"):
        sl.changes(SDN, start="2021-12-01", format=3, home=both)  # type: ignore[arg-type]
    with pytest.raises(sl.InvalidInputError, match="3 cannot be a format"):
        sl.load(SDN, format=3, offline=True, home=both)  # type: ignore[arg-type]
    with pytest.raises(sl.NotFoundError, match="in the format 3 is held"):
        sl.timeline(f"{SDN}:1", format=3, home=both)  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", ["33951", "us_ofac_sdn:", ":33951", "", 33951])
def test_an_id_without_its_list(home: Path, wrong: object) -> None:
    """It is said how it is written."""
    with pytest.raises(sl.InvalidInputError, match="as in 'us_ofac_sdn:33951'"):
        sl.timeline(wrong, home=home)  # type: ignore[arg-type]


def test_nobody_has_the_id_or_nothing_is_held(both: Path) -> None:
    """In each case, what was looked at."""
    with pytest.raises(sl.NotFoundError) as caught:
        sl.timeline(f"{SDN}:77", home=both)
    assert "looked at were 4, from 2021-12-01 to 2021-12-20" in str(caught.value)
    assert caught.value.suggestions == (f"{SDN}:7",)
    with pytest.raises(sl.NotFoundError, match="no edition of us_ofac_cons is held") as caught:
        sl.timeline("us_ofac_cons:7", home=both)
    assert "sl.Archive().add(" in caught.value.hint
    with pytest.raises(sl.NotFoundError, match="no list with the id 'us_ofac_sdm'"):
        sl.timeline("us_ofac_sdm:7", home=both)


def test_the_second_time_no_edition_is_read(both: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who was touched is kept for each pair, and what changed."""
    once = sl.timeline(f"{SDN}:4", format=ENHANCED, home=both)
    read: list[sl.HeldEdition] = []

    def parsed(desk: object, held: sl.HeldEdition, **options: object) -> object:
        read.append(held)
        raise AssertionError

    monkeypatch.setattr(_desk.Desk, "parsed", parsed)
    assert sl.timeline(f"{SDN}:4", format=ENHANCED, home=both) == once
    assert read == []


def test_without_what_was_derived_the_answer_is_the_same(both: Path, cache: Path) -> None:
    """It can be deleted at any time."""
    once, log = sl.timeline(f"{SDN}:4", home=both), sl.changes(SDN, start="2021-12-01", home=both)
    shutil.rmtree(cache)
    assert sl.timeline(f"{SDN}:4", home=both) == once
    assert sl.changes(SDN, start="2021-12-01", home=both) == log


def test_an_old_download_without_its_date_is_not_taken_for_the_newest(home: Path) -> None:
    """It would answer for today, and who was added since would look gone."""
    add_csv(home, "2021-12-10", range(1, 31))
    old = list(delimited(*map(party, range(1, 30))))
    for partial in (False, True):
        with pytest.raises(sl.InvalidInputError, match="state no date, and none was given") as no:
            sl.add_edition(old, list_id=SDN, partial=partial, home=home)
        assert "published='2021-12-10'" in no.value.hint
    assert days(sl.history(SDN, home=home)) == ["2021-12-10"]
    assert sl.timeline(f"{SDN}:30", home=home).is_present


def test_a_list_of_ones_own(home: Path) -> None:
    """Any list that is held has a history, also one that no catalog knows."""
    for day, rows in (("2021-12-09", "1,ONE\n"), ("2021-12-10", "1,ONE AND ALL\n")):
        sl.add_edition(f"id,name\n{rows}".encode(), list_id="watch", published=day, home=home)
    found = sl.timeline("watch:1", home=home)
    assert [one.kind.value for one in found.events] == [
        "in the oldest edition looked at",
        "amended",
    ]
    assert found.name == "ONE AND ALL"
    assert days(sl.history("watch", home=home)) == ["2021-12-09", "2021-12-10"]


# ── changes ───────────────────────────────────────────────────────────────────────────────────


def test_from_a_day_on(both: Path) -> None:
    """It begins from the edition that answers for the day, also where that is of before."""
    log = sl.changes(SDN, start="2021-12-03", home=both)
    assert (log.start, log.end) == (date(2021, 12, 3), None)
    assert days(log.editions) == ["2021-12-01", "2021-12-05", "2021-12-10", "2021-12-20"]
    assert [one.source_id for one in log.added] == ["7"]
    assert [one.source_id for one in log.removed] == ["4"]
    (switch,) = log.format_changes
    assert switch.only_before is not None
    assert [(one.id, one.name) for one in switch.only_before] == [(f"{SDN}:3", "EXAMPLE 3")]
    assert switch.only_after == ()
    assert log.amended == ()
    later = sl.changes(SDN, start="2021-12-10", home=both)
    assert (days(later.editions), later.format_changes) == (["2021-12-10", "2021-12-20"], ())
    assert [one.source_id for one in later.removed] == ["4"]


def test_up_to_a_day(both: Path) -> None:
    """What came later has no say; nor has it where nothing changed."""
    log = sl.changes(SDN, start="2021-12-01", end="2021-12-09", home=both)
    assert days(log.editions) == ["2021-12-01", "2021-12-05"]
    assert log.skipped == ()
    assert not sl.changes(SDN, start="2021-12-06", end="2021-12-09", home=both)


def test_since_before_anything_was_held(both: Path) -> None:
    """It begins from the oldest, and that is to be seen."""
    log = sl.changes(SDN, start="2020-01-01", home=both)
    assert (log.start, log.editions[0].day) == (date(2020, 1, 1), date(2021, 12, 1))
    with pytest.raises(sl.NotFoundError, match="up to 2021-01-01 is held") as caught:
        sl.changes(SDN, start="2020-01-01", end="2021-01-01", home=both)
    assert "the oldest is of 2021-12-01" in caught.value.hint
    asked = f"up to 2021-12-05 in the format '{ENHANCED}' is held"
    with pytest.raises(sl.NotFoundError, match=asked) as caught:
        sl.changes(SDN, start="2021-12-01", end="2021-12-05", format=ENHANCED, home=both)
    assert f"the oldest in the format '{ENHANCED}' is of 2021-12-10" in caught.value.hint


def test_days_that_make_no_sense(both: Path) -> None:
    """Each is refused in words."""
    today = _desk.now().date()
    with pytest.raises(sl.InvalidInputError, match="is still to come"):
        sl.changes(SDN, start=today + timedelta(days=2), home=both)
    tomorrow = sl.changes(SDN, start=today + timedelta(days=1), home=both)
    assert days(tomorrow.editions) == ["2021-12-20"], "east of here it may have begun"
    one = sl.changes(SDN, start="2021-12-05", end="2021-12-05", home=both)
    assert days(one.editions) == ["2021-12-05"], "one day is a time"
    with pytest.raises(sl.InvalidInputError, match="is after end=2021-12-01"):
        sl.changes(SDN, start="2021-12-02", end="2021-12-01", home=both)
    with pytest.raises(sl.InvalidInputError, match="start='December' is not a day"):
        sl.changes(SDN, start="December", home=both)
    with pytest.raises(sl.InvalidInputError, match="end=20211201 is not a day"):
        sl.changes(SDN, start="2021-12-02", end=20211201, home=both)  # type: ignore[arg-type]
    with pytest.raises(sl.InvalidInputError, match="start=None is not a day") as caught:
        sl.changes(SDN, start=None, home=both)  # type: ignore[arg-type]
    assert caught.value.hint == "write it as '2021-12-10'"


def test_an_edition_with_entries_that_cannot_be_read(home: Path) -> None:
    """It is no removal: the two are not compared, and the reason is that of `diff`."""
    add_classic(home, "2021-12-01", (1, 2))
    bad = "<sdnEntry><uid>2</uid><sdnType>Entity</sdnType></sdnEntry>"
    with pytest.raises(sl.ImplausibleEditionError) as caught:
        sl.add_edition(classic(plain(1), bad, date="12/02/2021"), list_id=SDN, home=home)
    sl.accept(SDN, caught.value.sha256, reason="its one fault is known", home=home)
    log = sl.changes(SDN, start="2021-12-01", home=home)
    assert log.removed == ()
    (switch,) = log.format_changes
    assert switch.only_before is None
    assert sl.timeline(f"{SDN}:1", home=home).is_present


def test_progress_counts_editions(both: Path) -> None:
    """Up to all that are followed."""
    seen: list[tuple[int, int]] = []
    sl.changes(
        SDN, start="2021-12-01", home=both, progress=lambda done, count: seen.append((done, count))
    )
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    seen.clear()
    sl.timeline(f"{SDN}:1", home=both, progress=lambda done, count: seen.append((done, count)))
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_progress_of_a_verification_is_in_bytes(both: Path) -> None:
    """Of the lists that are named, up to all that is to be read."""
    seen: list[tuple[int, int]] = []
    sl.verify_archive(SDN, home=both, progress=lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen)
    found = [path.stat() for path in both.glob(f"{SDN}/*/*/*.gz")]
    size = sum({one.st_ino: one.st_size for one in found}.values())  # the same bytes lie there once
    assert seen[-1] == (size, size)


# ── looking after it ──────────────────────────────────────────────────────────────────────────


def test_verify_and_prune(both: Path) -> None:
    """All is as it was stored; what is pruned is gone, and the current edition of a format stays."""
    found = sl.verify_archive(home=both)
    assert (len(found.editions), found.faults) == (5, ())
    sl.add_edition(b"id,name\n1,ONE\n", list_id="watch", published="2021-12-09", home=both)
    assert len(sl.verify_archive(home=both).editions) == 6
    assert sl.verify_archive(SDN, home=both) == found, "the others are not looked at"
    gone = sl.prune_archive(SDN, before="2021-12-06", dry_run=True, home=both)
    assert days(gone) == ["2021-12-01", "2021-12-05"]
    assert len(sl.history(SDN, home=both)) == 5
    assert sl.prune_archive(SDN, before=date(2021, 12, 6), home=both) == gone
    assert days(sl.history(SDN, home=both)) == ["2021-12-10", "2021-12-10", "2021-12-20"]
    assert days(sl.prune_archive(SDN, keep=1, home=both)) == ["2021-12-10"]
    with pytest.raises(sl.NotFoundError, match="us_ofac_sdm"):
        sl.prune_archive("us_ofac_sdm", keep=1, home=both)
    with pytest.raises(sl.NotFoundError, match="nothing is held of 'us_ofac_cons'"):
        sl.verify_archive("us_ofac_cons", home=both)


# ── whole official lists ──────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def sdn_home(lists: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """SDN.CSV alone of three days, and a later enhanced edition of a few."""
    home = home_of(tmp_path_factory.mktemp("history"))
    for day in ("2021-08-18", "2021-12-09", "2021-12-10"):
        path = lists / SDN / f"SDN_{day}.csv"
        sl.add_edition(path, list_id=SDN, published=day, partial=True, home=home)
    return home


def test_the_rapid_action_battalion(sdn_home: Path) -> None:
    """It is in the edition of 10 December and not in that of the day before; no day of listing."""
    found = sl.timeline(f"{SDN}:33951", home=sdn_home)
    (step,) = found.events
    assert step.previous is not None
    assert (step.kind, days([step.previous, step.edition])) == (
        sl.TimelineEventKind.ADDED,
        ["2021-12-09", "2021-12-10"],
    )
    assert (found.name, found.first_seen) == ("RAPID ACTION BATTALION", date(2021, 12, 10))
    assert found.entity is not None
    assert found.entity.listed_since is None
    assert days(found.editions) == ["2021-08-18", "2021-12-09", "2021-12-10"]


def test_the_25_of_the_tenth_of_december(sdn_home: Path, lists: Path) -> None:
    """Those that OFAC's notice of the day names, and nothing else."""
    log = sl.changes(SDN, start="2021-12-09", home=sdn_home)
    assert (len(log.added), log.removed, log.amended) == (25, (), ())
    assert {"33951", "34022", "34119"} <= {one.source_id for one in log.added}
    whole = sl.changes(SDN, start="2021-08-18", home=sdn_home)
    assert [len(one.added) - len(one.removed) for one in whole.changes] == [9_121 - 9_083, 25]


def test_a_later_enhanced_edition(sdn_home: Path, tmp_path: Path) -> None:
    """The history of flat files goes over into it, and what it says more of a party is no change."""
    home = tmp_path / "home"
    shutil.copytree(sdn_home, home)
    with pytest.raises(sl.ImplausibleEditionError) as caught:
        add_enhanced(home, "2022-02-01", [33951, 36])
    sl.accept(SDN, caught.value.sha256, reason="two for a test", home=home)
    found = sl.timeline(f"{SDN}:33951", home=home)
    assert [(one.kind, str(one.edition.day)) for one in found.events] == [
        (sl.TimelineEventKind.ADDED, "2021-12-10"),
        (sl.TimelineEventKind.FORMAT_CHANGED, "2022-02-01"),
    ]
    log = sl.changes(SDN, start="2021-12-09", home=home)
    (switch,) = log.format_changes
    assert switch.only_before is not None
    assert (len(switch.only_before), switch.only_after) == (9_146 - 2, ())
    assert "without ADD.CSV" not in switch.reason
    assert "ofac-delimited before" in switch.reason
