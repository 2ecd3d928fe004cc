"""A clock that is wrong: what has no date would be of the day that it says, and then asks for one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from faulty_server import Answer, FaultyServer
from homes import home_of, watch_of

import sanctionslib as sl
from sanctionslib.api import _clock

OWN = "my_watch"
NOW = datetime(2026, 12, 10, 12, tzinfo=UTC)
FAR, PAST = NOW.replace(year=2099), NOW.replace(year=1999)


class Clock:
    """The clock of this machine."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch
        self.set(NOW)

    def set(self, time: datetime) -> None:
        """From now on it says this."""
        self._patch.setattr(_clock, "now", lambda: time)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """It is right, until a test sets it."""
    return Clock(monkeypatch)


@pytest.fixture
def home(clock: Clock, tmp_path: Path) -> Path:
    """Two editions, of 1 and 2 parties: one with a date, one that came in a week ago."""
    home = home_of(tmp_path / "home")
    clock.set(NOW - timedelta(days=7))
    add(home, 1, "2026-12-01")
    add(home, 2)
    clock.set(NOW)
    return home


def rows(number: int) -> bytes:
    return b"id,name\n" + b"".join(b"%d,EXAMPLE %d LLC\n" % (key, key) for key in range(number))


def add(home: Path, number: int, day: str | None = None) -> sl.answers.HeldEdition:
    """Keep an edition of so many parties."""
    return sl.Archive(home).add(rows(number), list_id=OWN, published=day)


def load(home: Path, **options: object) -> int:
    """How many parties the list has."""
    return len(sl.Archive(home).load(OWN, **{"offline": True} | options))  # type: ignore[arg-type]


# ── an edition without a date comes in ────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (FAR, "it says 2099-12-10 12:00 UTC, and the last that the archive knows of is that"),
        (PAST, "it says 1999-12-10 12:00 UTC, when the Python that runs this did not exist yet"),
        (NOW - timedelta(days=9), r"my_watch undated-\w+ came in on 2026-12-03 12:00 UTC"),
    ],
)
def test_a_doubtful_clock_is_reported_and_the_date_asked_for(
    home: Path, clock: Clock, time: datetime, said: str
) -> None:
    """Nothing is kept by it; with a date the edition is taken, and has its place."""
    clock.set(time)
    with pytest.raises(sl.InvalidInputError, match=said) as caught:
        add(home, 3)
    assert "the clock of this machine is doubtful" in caught.value.what
    assert "published=" in caught.value.hint
    assert len(sl.Archive(home).editions(OWN)) == 2
    if time > PAST:
        add(home, 3, "2026-12-05" if time == FAR else "2026-12-01")
        clock.set(NOW)
        assert load(home) == (3 if time == FAR else 2)


@pytest.mark.parametrize(
    "time", [NOW, NOW + timedelta(days=4 * 365), NOW - timedelta(days=7, hours=20)]
)
def test_a_clock_that_may_be_right_is_believed(home: Path, clock: Clock, time: datetime) -> None:
    """Also years later, and where it was set back by hours."""
    clock.set(time)
    assert add(home, 3).day == time.date()


def test_in_an_archive_that_holds_nothing_no_clock_is_too_late(
    clock: Clock, tmp_path: Path
) -> None:
    """There is nothing that would speak against it."""
    clock.set(FAR)
    assert add(home_of(tmp_path / "new"), 1).day == FAR.date()


def test_other_lists_speak_against_a_clock_too(home: Path, clock: Clock) -> None:
    clock.set(FAR)
    with pytest.raises(sl.InvalidInputError, match="doubtful"):
        sl.Archive(home).add(rows(1), list_id="my_other")


# ── one came in under a clock that was wrong ──────────────────────────────────────────────────


def wrongly_kept(home: Path, clock: Clock, patch: pytest.MonkeyPatch, time: datetime) -> None:
    """Keep an edition of 3 parties under this clock, as it could be before the clock was doubted."""
    clock.set(time)
    with patch.context() as context:
        context.setattr(_clock, "doubt_of", lambda *_: "")
        add(home, 3)
    clock.set(NOW)


@pytest.mark.parametrize("time", [FAR, PAST])
def test_it_answers_neither_for_ever_nor_never(
    home: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, time: datetime
) -> None:
    """Whatever it could have answered raises, until its day is said; then it has its place."""
    wrongly_kept(home, clock, monkeypatch, time)
    for ask in (
        lambda: load(home),
        lambda: load(home, as_of="2026-12-10", offline=False),
        lambda: sl.Archive(home).timeline(f"{OWN}:1"),
        lambda: sl.Archive(home).changes(OWN, start="2026-12-02"),
        lambda: sl.Archive(home).prune(OWN, keep=1),
        lambda: sl.Archive(home).prune(OWN, before="2026-12-02"),
    ):
        with pytest.raises(
            sl.ArchiveError, match=f"came in on {time:%Y}-12-10 12:00 UTC"
        ) as caught:
            ask()
        assert "which edition is the newest is not known" in caught.value.what
    with pytest.warns(sl.errors.StaleEditionWarning, match="one of the two is wrong"):
        load(home, allow_stale=True)
    # As the error says: the files are in the archive.
    (held,) = [one for one in sl.Archive(home).editions(OWN) if one.entries == 3]
    path = Path(held.folder, held.files[0].stored)
    assert str(path) in caught.value.hint
    sl.Archive(home).add(path, list_id=OWN, published="2026-12-04")
    assert [one.entries for one in sl.Archive(home).editions(OWN)] == [1, 2, 3]
    assert load(home) == 3
    assert load(home, as_of="2026-12-03", offline=False) == 2
    assert sl.Archive(home).editions(OWN).gone == ()
    assert add(home, 4).day == NOW.date()
    assert load(home) == 4


def test_one_whose_date_is_accepted_takes_its_place_too(
    home: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was so unlike the edition before its day that it was quarantined."""
    wrongly_kept(home, clock, monkeypatch, FAR)
    add(home, 30, "2026-12-02")
    with pytest.raises(sl.ImplausibleEditionError) as caught:
        add(home, 3, "2026-12-02")
    with pytest.raises(sl.ArchiveError, match="no date"):
        load(home)
    sl.Archive(home).accept(OWN, caught.value.sha256, reason="it is so short")
    assert load(home) == 2
    assert load(home, as_of="2026-12-02", offline=False) == 3


def test_what_came_in_on_a_right_day_is_not_replaced(home: Path) -> None:
    """That the same bytes were published once before says nothing against it."""
    add(home, 2, "2026-11-01")
    assert [one.published is None for one in sl.Archive(home).editions(OWN)] == [False, False, True]


# ── the server's clock ────────────────────────────────────────────────────────────────────────


def served(server: FaultyServer, folder: Path, headers: dict[str, str]) -> Path:
    """An archive that asks this server for a list without a date."""
    return watch_of(folder, server.put("/watch.csv", Answer(body=rows(30), headers=headers)))


def test_the_clock_of_the_server_is_another_one(
    hasty: None, server: FaultyServer, tmp_path: Path, clock: Clock
) -> None:
    """It is reported; the edition is of the day that the server says."""
    headers = {"Date": "Thu, 10 Dec 2026 15:30:00 GMT"}
    home = served(server, tmp_path / "watch", headers)
    assert sl.Archive(home).fetch("watch").notes == ()
    clock.set(FAR)
    found = sl.Archive(served(server, tmp_path / "far", headers)).fetch("watch", force=True)
    assert found.edition.published == date(2026, 12, 10)
    (note,) = found.notes
    assert note.startswith("the clock of this machine is doubtful: it says 2099-12-10 12:00 UTC")


@pytest.mark.parametrize("said", ["", "yesterday"])
def test_where_nobody_says_a_date_a_doubtful_clock_does_not(
    hasty: None, server: FaultyServer, tmp_path: Path, clock: Clock, said: str
) -> None:
    home = served(server, tmp_path / "watch", {"Date": said})
    add(home, 1, "2026-12-01")
    clock.set(FAR)
    with pytest.raises(sl.FetchError, match="the clock of this machine is doubtful") as caught:
        sl.Archive(home).fetch("watch")
    assert "published=" in caught.value.hint
    clock.set(NOW)
    assert sl.Archive(home).fetch("watch").edition.published == NOW.date()


def test_a_day_to_come_is_no_edition_of_today(clock: Clock) -> None:
    """The clock was set back since it came in."""
    assert _clock.age_of(date(2026, 12, 11)) == "of today"
    assert "in the future by the clock" in _clock.age_of(date(2026, 12, 12))
