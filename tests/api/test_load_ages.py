"""`load` where the server is not asked, or could not be: how old it may be, and what is said then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from delimited_files import delimited, party
from faulty_server import FaultyServer, file
from homes import CLASSIC, CONS, DELIMITED, SDN, cons, home_of

import sanctionslib as sl
from sanctionslib.api import _clock, _load

CONTENT = cons(range(1, 31), "2021-12-10")


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    """A server that has one edition."""
    with FaultyServer() as server:
        server.put("/CONSOLIDATED.XML", file(CONTENT))
        yield server


@pytest.fixture
def home(server: FaultyServer, tmp_path: Path) -> Path:
    """An archive that asked it a moment ago."""
    home = home_of(tmp_path / "home", urls={"CONSOLIDATED.XML": [server.url("/CONSOLIDATED.XML")]})
    sl.Archive(home).fetch(CONS, format=CLASSIC)
    return home


def load(home: Path, **options: object) -> sl.SanctionsList[sl.Entity]:
    """Load it."""
    return sl.Archive(home).load(CONS, **{"format": CLASSIC} | options)  # type: ignore[arg-type]


def later(monkeypatch: pytest.MonkeyPatch, time: timedelta) -> None:
    """From now on it is so much later."""
    then = datetime.now(UTC) + time
    monkeypatch.setattr(_clock, "now", lambda: then)


def test_a_server_is_asked_again_after_six_hours(
    server: FaultyServer, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = len(server.requests)
    later(monkeypatch, timedelta(hours=5, minutes=59))
    load(home)
    assert len(server.requests) == asked
    later(monkeypatch, timedelta(hours=6, minutes=1))
    load(home)
    assert len(server.requests) == asked + 1


def test_offline_within_an_age(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without one it may be of any age."""
    later(monkeypatch, timedelta(hours=2))
    assert len(load(home, offline=True)) == 30
    assert len(load(home, offline=True, max_age=timedelta(hours=3))) == 30
    asked = r"last asked at 20.* UTC, which is more than 1 h ago"
    with pytest.raises(sl.StaleError, match=asked) as caught:
        load(home, offline=True, max_age=timedelta(hours=1))
    (held,) = sl.Archive(home).editions(CONS)
    assert (caught.value.where.list_id, caught.value.where.edition) == (CONS, held.name)


def test_within_the_age_nobody_is_waited_for(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process may hold the lock of the list for as long as a download takes."""

    def refresh(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(_load, "refresh", refresh)
    assert len(load(home)) == 30


@pytest.mark.parametrize(
    "error", [sl.FetchError, sl.ParseError, sl.ArchiveError, sl.errors.UnwritableError]
)
def test_whatever_keeps_a_newer_edition_out(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[sl.SanctionsError]
) -> None:
    """The last good one can be had all the same, where there is one."""

    def refresh(*_: object, **__: object) -> None:
        raise error("it failed", hint="try again")

    monkeypatch.setattr(_load, "refresh", refresh)
    with pytest.raises(error, match="it failed") as caught:
        load(home, max_age=timedelta(0))
    assert caught.value.hint.startswith("try again; to use the last good edition all the same: ")
    assert "allow_stale=True" in caught.value.hint
    seen = r"\([0-9,]+ days old\) is used: no newer edition could be had: it failed"
    with pytest.warns(sl.errors.StaleEditionWarning, match=seen):
        assert len(load(home, max_age=timedelta(0), allow_stale=True)) == 30
    for options in ({}, {"allow_stale": True}):
        with pytest.raises(error, match="it failed") as caught:
            load(home_of(tmp_path / "empty"), **options)
        assert caught.value.hint == "try again", "there is none to go by"


def test_as_of_tomorrow_and_no_later(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """East of here it may have begun."""
    noon = datetime(2021, 12, 10, 12, tzinfo=UTC)
    monkeypatch.setattr(_clock, "now", lambda: noon)
    assert len(load(home, as_of="2021-12-11")) == 30
    with pytest.raises(sl.InvalidInputError, match="as_of=2021-12-12 is in the future"):
        load(home, as_of=date(2021, 12, 12))


def test_a_part_of_another_format_is_not_what_was_asked_for(home: Path) -> None:
    """Nothing whole is held, and that part is of a format that nobody named."""
    files = delimited(*(party(key) for key in range(1, 31)))
    sl.Archive(home).add(files[0], list_id=SDN, published="2021-12-10", partial=True)
    with pytest.raises(sl.NotFoundError, match=f"could answer in the format '{CLASSIC}'"):
        sl.Archive(home).load(SDN, format=CLASSIC, offline=True)
    with pytest.warns(sl.errors.PartialEditionWarning):
        assert len(sl.Archive(home).load(SDN, format=DELIMITED, offline=True)) == 30


def test_strict_raises_at_an_entry_that_is_at_fault(home: Path) -> None:
    bad = cons(range(1, 31), "2021-12-11").replace(b"<lastName>EXAMPLE 7</lastName>", b"")
    with pytest.raises(sl.ImplausibleEditionError) as quarantined:
        sl.Archive(home).add(bad, list_id=CONS)
    sl.Archive(home).accept(CONS, quarantined.value.sha256, reason="one entry has no name")
    with pytest.warns(sl.errors.FaultyEntriesWarning):
        assert len(load(home, offline=True)) == 29
    with pytest.raises(sl.ParseError):
        load(home, offline=True, strict=True)


def test_progress_of_what_is_added(home: Path) -> None:
    """In bytes read, up to all of them."""
    content = cons(range(1, 3000), "2021-12-11")
    seen: list[tuple[int, int]] = []
    sl.Archive(home).add(content, list_id=CONS, progress=lambda *each: seen.append(each))
    assert seen
    assert seen == sorted(seen)
    assert {total for _, total in seen} == {len(content)}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"sha256": 5}, "sha256=5 is no text"),
        ({"reason": None}, "reason=None is no text"),
    ],
)
def test_words_that_are_none_accept_nothing(
    home: Path, options: dict[str, object], said: str
) -> None:
    with pytest.raises(sl.InvalidInputError, match=said):
        sl.Archive(home).accept(CONS, **{"sha256": "0" * 8, "reason": "so"} | options)  # type: ignore[arg-type]


def test_what_is_said_of_a_list_that_nobody_knows(home: Path) -> None:
    with pytest.raises(sl.NotFoundError, match="no list with the id 'us_ofac_sdm'") as caught:
        sl.Archive(home).accept("us_ofac_sdm", "0" * 8, reason="so")
    assert SDN in caught.value.suggestions
    with pytest.raises(sl.InvalidInputError, match="5 is no list id"):
        sl.Archive(home).editions(5)  # type: ignore[arg-type]
    with pytest.raises(sl.InvalidInputError, match="list_id=5 is no text"):
        sl.Archive(home).add(CONTENT, list_id=5)  # type: ignore[arg-type]
