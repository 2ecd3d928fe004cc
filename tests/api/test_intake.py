"""What lies between archive and parsers: read again without a copy, compared, worded, kept or not."""

from __future__ import annotations

import shutil
import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from delimited_files import delimited, party
from homes import CONS, SDN, cons, home_of

import sanctionslib as sl
from sanctionslib.api import _clock, _workspace
from sanctionslib.api._intake import take_in
from sanctionslib.api._workspace import Workspace
from sanctionslib.archive.store import EditionStore
from sanctionslib.parsers import InputFile, Options, parse

NOON = datetime(2021, 12, 10, 12, 0, tzinfo=UTC)
LATER = NOON.replace(year=2026)
"""For what has no date: of 2021, when Python 3.11 did not exist, no clock is believed there."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty archive."""
    return home_of(tmp_path / "home")


@pytest.fixture
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_clock, "now", lambda: NOON)


@pytest.fixture
def _later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_clock, "now", lambda: LATER)


def add(home: Path, keys: range, day: str) -> sl.answers.HeldEdition:
    """Keep an edition of the non-SDN list."""
    return sl.Archive(home).add(cons(keys, day), list_id=CONS)


def derived(cache: Path, kind: str) -> list[str]:
    """The names of what was made from editions."""
    return sorted(path.name for path in cache.glob(f"{kind}/*/*/*"))


# ── read again ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.filterwarnings("ignore::sanctionslib.errors.PartialEditionWarning")
def test_a_part_is_read_again_without_its_copy(home: Path, cache: Path) -> None:
    files = delimited(*(party(key) for key in range(1, 31)))
    sl.Archive(home).add(files[0], list_id=SDN, published="2021-12-10", partial=True)
    first = sl.Archive(home).load(SDN, offline=True)
    shutil.rmtree(cache)
    again = sl.Archive(home).load(SDN, offline=True)
    assert list(again) == list(first)
    assert again.editions == first.editions
    assert again.editions[0].missing == ("ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV")


def test_what_came_in_is_not_parsed_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its copy answers, and with sources one of its own from the second time on."""
    content = cons(range(1, 31), "2021-12-10")
    sl.Archive(home).add(content, list_id=CONS)
    with_sources = list(sl.Archive(home).load(CONS, offline=True, keep_source=True))

    def nobody(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(_workspace, "parse", nobody)
    assert list(sl.Archive(home).load(CONS, offline=True)) == list(sl.read(content, list_id=CONS))
    assert list(sl.Archive(home).load(CONS, offline=True, keep_source=True)) == with_sources


def test_what_is_read_to_be_compared_leaves_no_copy(home: Path, cache: Path) -> None:
    """Two copies are kept of a format; that of the current edition must not go for an old one's."""
    for count, day in enumerate(("2021-12-08", "2021-12-09", "2021-12-10"), start=30):
        add(home, range(1, count), day)
    shutil.rmtree(cache)
    assert len(sl.Archive(home).changes(CONS, start="2021-12-08").changes) == 2
    assert derived(cache, "parsed") == []
    sl.Archive(home).load(CONS, offline=True)
    assert [name[:10] for name in derived(cache, "parsed")] == ["2021-12-10"]


def test_a_doubt_of_the_whole_is_reported_where_nothing_is_missing(home: Path) -> None:
    """Only where a warning of its own speaks of what is missing is it left out."""
    rows = b"id,name\n1,EXAMPLE LLC"
    sl.Archive(home).add(rows, list_id="my_watch", published="2021-12-10")
    with pytest.warns(sl.errors.FaultyEntriesWarning, match="the file may have been cut there"):
        sl.Archive(home).load("my_watch")


# ── coming in ─────────────────────────────────────────────────────────────────────────────────


def test_what_changed_is_kept_as_an_edition_comes_in(home: Path, cache: Path) -> None:
    """Nobody has to read both again to learn it."""
    one, two = add(home, range(1, 31), "2021-12-09"), add(home, range(1, 32), "2021-12-10")
    assert derived(cache, "changes") == [f"{one.name}_{two.name}"]


def test_what_changed_is_kept_of_parts_too(home: Path, cache: Path) -> None:
    """Of such as lack the same files."""
    for count, day in ((30, "2021-12-09"), (31, "2021-12-10")):
        files = delimited(*(party(key) for key in range(1, count + 1)))
        sl.Archive(home).add(files[0], list_id=SDN, published=day, partial=True)
    one, two = sl.Archive(home).editions(SDN)
    assert derived(cache, "changes") == [f"{one.name}_{two.name}"]


def test_of_what_is_quarantined_nothing_is_made(home: Path, cache: Path) -> None:
    """It answers nothing, and would take the place of copies that do."""
    add(home, range(1, 101), "2021-12-09")
    before = derived(cache, "parsed")
    with pytest.raises(sl.ImplausibleEditionError):
        add(home, range(1, 51), "2021-12-10")
    assert derived(cache, "parsed") == before
    assert derived(cache, "changes") == []


def test_an_edition_that_cannot_be_compared_is_kept_all_the_same(home: Path, cache: Path) -> None:
    """The one before has an entry that could not be read, which a person accepted."""
    bad = cons(range(1, 32), "2021-12-09").replace(b"<lastName>EXAMPLE 7</lastName>", b"")
    with pytest.raises(sl.ImplausibleEditionError) as caught:
        sl.Archive(home).add(bad, list_id=CONS)
    sl.Archive(home).accept(CONS, caught.value.sha256, reason="one entry has no name")
    assert add(home, range(1, 32), "2021-12-10").is_whole
    assert derived(cache, "changes") == []


def test_what_can_never_answer_is_held_against_nothing(home: Path) -> None:
    """A part that lacks entries, and a sample: it is kept for who asks for it, and not quarantined."""
    add(home, range(1, 101), "2021-12-09")
    cut = cons(range(1, 31), "2021-12-10").replace(b"<Record_Count>30", b"<Record_Count>40")
    part = sl.Archive(home).add(cut, list_id=CONS, partial=True)
    sample = sl.Archive(home).add(sl.open_sample(list_id=SDN), list_id=SDN)
    for held in (part, sample):
        assert (held.status, held.checks) == (sl.answers.EditionStatus.VALID, ())
        assert not held.is_usable


def test_who_adds_waits_for_whoever_works_on_the_list(home: Path) -> None:
    adding = threading.Thread(target=add, args=(home, range(1, 31), "2021-12-10"))
    with EditionStore(home).lock(CONS):
        adding.start()
        adding.join(0.5)
        assert adding.is_alive()
        assert len(sl.Archive(home).editions(CONS)) == 0
    adding.join()
    assert len(sl.Archive(home).editions(CONS)) == 1


def test_what_a_parser_takes_for_another_list_is_not_kept(home: Path) -> None:
    """Ours give the list that they are asked for, or raise; one of somebody else may not."""
    source = InputFile(cons(range(1, 31), "2021-12-10"))
    parsed = parse([source], Options(list_id=CONS))
    with pytest.raises(sl.InvalidInputError, match="of us_ofac_cons, and not of us_ofac_sdn") as it:
        take_in(Workspace(home), [], parsed, list_id=SDN)
    assert it.value.hint == "say list_id='us_ofac_cons'"


@pytest.mark.usefixtures("_noon")
def test_an_edition_may_be_of_tomorrow_and_no_later(home: Path) -> None:
    """A publisher east of here may have begun its day."""
    assert add(home, range(1, 31), "2021-12-11").is_whole
    with pytest.raises(sl.ImplausibleEditionError, match="date: 2021-12-12, a day in the future"):
        add(home, range(1, 32), "2021-12-12")


@pytest.mark.usefixtures("_later")
def test_a_list_of_ones_own_without_a_day_is_of_the_day_of_arrival(home: Path) -> None:
    held = sl.Archive(home).add(b"id,name\n1,EXAMPLE LLC\n", list_id="my_watch")
    assert (held.published, held.day) == (None, LATER.date())
    checks = {one.name for one in held.checks}
    assert "rejected" in checks
    assert "date" not in checks, "it states none"
    assert len(sl.Archive(home).load("my_watch")) == 1


@pytest.mark.usefixtures("_later")
def test_without_a_day_it_is_held_against_the_last_one_all_the_same(home: Path) -> None:
    rows = [f"{number},EXAMPLE {number} LLC\n" for number in range(1, 101)]
    whole, half = (f"id,name\n{''.join(some)}".encode() for some in (rows, rows[:50]))
    sl.Archive(home).add(whole, list_id="my_watch", published="2026-12-09")
    with pytest.raises(sl.ImplausibleEditionError, match="entries: 50, and at least 95"):
        sl.Archive(home).add(half, list_id="my_watch")


# ── in words ──────────────────────────────────────────────────────────────────────────────────


def test_a_quarantine_names_the_edition_that_it_was_compared_with(home: Path) -> None:
    last = add(home, range(1, 101), "2021-12-09")
    assert {one.before for one in last.checks} == {None}, "there was none before the first"
    with pytest.raises(sl.ImplausibleEditionError) as caught:
        add(home, range(1, 51), "2021-12-10")
    assert f"is so unlike {last.name} that it was quarantined" in caught.value.what
    quarantined = sl.Archive(home).editions(CONS)[-1]
    where = caught.value.where
    assert (where.source, where.list_id, where.edition) == (
        quarantined.folder,
        CONS,
        quarantined.name,
    )


def test_where_all_that_is_held_is_quarantined_it_is_counted(tmp_path: Path) -> None:
    home = home_of(tmp_path / "home", least=50)
    with pytest.raises(sl.ImplausibleEditionError):
        add(home, range(1, 31), "2021-12-10")
    with pytest.raises(sl.NotFoundError, match="is held that could answer") as caught:
        sl.Archive(home).load(CONS, offline=True)
    assert caught.value.hint.startswith("of 1 editions held, none can; fetch one with")


@pytest.mark.usefixtures("_noon")
@pytest.mark.parametrize(
    ("day", "age"),
    [(11, "of today"), (10, "of today"), (9, "1 day old"), (8, "2 days old")],
)
def test_how_old_a_day_is(day: int, age: str) -> None:
    assert _clock.age_of(date(2021, 12, day)) == age
