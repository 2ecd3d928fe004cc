"""A refresh of several files, and all that can be said of one: force, progress, notes, sessions."""

from __future__ import annotations

import shutil
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import attrs
import pytest
import requests
from classic_files import classic, plain
from delimited_files import delimited, party
from enhanced_files import enhanced
from enhanced_files import plain as enhanced_plain
from faulty_server import Answer, FaultyServer, file
from homes import CLASSIC, CONS, DELIMITED, SDN, home_of, served, watch_of
from refreshed import OLD, fetch

import sanctionslib as sl
from sanctionslib.api import _clock, _download
from sanctionslib.api._workspace import Workspace

NAMES = ("SDN.CSV", "ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV")
ROWS = b"id,name\n1,EXAMPLE LLC\n"

pytestmark = pytest.mark.usefixtures("hasty")


@pytest.fixture
def four(server: FaultyServer, tmp_path: Path) -> Path:
    """An archive that asks this server for the four files of the SDN list."""
    urls = {name: [server.url(f"/{name}")] for name in NAMES}
    return home_of(tmp_path / "four", list_id=SDN, form=DELIMITED, urls=urls)


def files(count: int) -> dict[str, bytes]:
    """The four files with so many parties."""
    return dict(zip(NAMES, delimited(*(party(key) for key in range(1, count + 1))), strict=True))


def give(server: FaultyServer, found: dict[str, bytes], modified: str) -> None:
    """From now on the server has these, changed at that time."""
    for name, body in found.items():
        server.put(f"/{name}", Answer(body=body, last_modified=modified))


# ── several files ─────────────────────────────────────────────────────────────────────────────


def test_what_came_in_is_read_again_as_it_was(
    server: FaultyServer, four: Path, cache: Path
) -> None:
    """Dated by the server, at that time, also where no copy of it is left."""
    give(server, files(30), "Thu, 09 Dec 2021 15:30:00 GMT")
    held = sl.Archive(four).fetch(SDN, format=DELIMITED).edition
    shutil.rmtree(cache)
    (edition,) = sl.Archive(four).load(SDN, format=DELIMITED, offline=True).editions
    assert (edition.published, edition.dated_by) == (date(2021, 12, 9), "http")
    assert edition.retrieved_at == held.retrieved_at
    assert edition.retrieved_at is not None


def test_progress_of_several_files_is_one_count(server: FaultyServer, four: Path) -> None:
    """How much the files to come have is not known."""
    found = files(30)
    give(server, found, "Thu, 09 Dec 2021 15:30:00 GMT")
    seen: list[tuple[int, int]] = []
    sl.Archive(four).fetch(SDN, format=DELIMITED, progress=lambda *each: seen.append(each))
    assert seen == sorted(seen)
    assert seen[-1] == (sum(map(len, found.values())), 0)
    assert {total for _, total in seen} == {0}


def test_the_same_bytes_at_a_later_date_are_the_same_edition(
    server: FaultyServer, four: Path
) -> None:
    """SDN.CSV states no date: the server's counts, once."""
    give(server, files(30), "Thu, 09 Dec 2021 15:30:00 GMT")
    first = sl.Archive(four).fetch(SDN, format=DELIMITED).edition
    assert (first.published, first.dated_by) == (date(2021, 12, 9), "http")
    assert sl.Archive(four).load(SDN, format=DELIMITED).editions[0].dated_by == "http"
    give(server, files(30), "Fri, 10 Dec 2021 15:30:00 GMT")
    again = sl.Archive(four).fetch(SDN, format=DELIMITED)
    assert (again.is_new, again.edition.name) == (False, first.name)
    # One file is another: all come from one moment, and the latest date counts.
    other = files(30)["ALT.CSV"].replace(b"ALIAS", b"OTHER")
    give(server, {"ALT.CSV": other}, "Sat, 11 Dec 2021 15:30:00 GMT")
    before = len(server.requests)
    newer = sl.Archive(four).fetch(SDN, format=DELIMITED)
    assert (newer.is_new, newer.edition.published) == (True, date(2021, 12, 11))
    asked = [one.path for one in server.requests[before:]]
    unchanged = [name for name in NAMES if name != "ALT.CSV"]
    assert sorted(asked) == sorted(f"/{name}" for name in (*NAMES, *unchanged))
    assert len(sl.Archive(four).editions(SDN)) == 2


def test_files_that_were_changed_on_the_way_are_asked_for_again(
    server: FaultyServer, four: Path
) -> None:
    """Once; where they do not belong together then either, it is an error."""
    give(server, files(31), "Fri, 10 Dec 2021 15:30:00 GMT")
    old, new = (file(files(count)["SDN.CSV"]) for count in (30, 31))
    server.put("/SDN.CSV", old, new)
    got = sl.Archive(four).fetch(SDN, format=DELIMITED)
    assert got.edition.entries == 31
    assert "all files were asked for again: they did not belong together" in got.notes
    server.put("/SDN.CSV", old)
    missing = "without the entries of 1 of the 31 rows"
    with pytest.raises(sl.IncompleteEditionError, match=missing) as caught:
        sl.Archive(four).fetch(SDN, format=DELIMITED, force=True)
    assert "try again later; the last good edition" in caught.value.hint
    # What belongs together the second time may be the edition that is held.
    server.put("/SDN.CSV", old, attrs.evolve(new, etag="other"))
    again = sl.Archive(four).fetch(SDN, format=DELIMITED)
    assert "all files were asked for again: they did not belong together" in again.notes
    assert (again.is_new, again.edition.name) == (False, got.edition.name)


def test_one_file_that_lacks_entries_is_not_asked_for_again(
    server: FaultyServer, home: Path
) -> None:
    """There is nothing that it could belong to the second time."""
    short = OLD.replace(b"<Record_Count>100", b"<Record_Count>200")
    server.put("/CONSOLIDATED.XML", file(short))
    asked = len(server.requests)
    with pytest.raises(sl.IncompleteEditionError) as caught:
        fetch(home)
    assert len(server.requests) == asked + 1
    assert "try again later" not in caught.value.hint, "what to do is another thing here"


# ── how it is asked ───────────────────────────────────────────────────────────────────────────


def test_force_asks_for_all_of_it(server: FaultyServer, home: Path) -> None:
    """Also where nothing is damaged, and the server would say that nothing changed."""
    got = fetch(home, force=True)
    assert (got.is_new, got.received) == (False, len(OLD))
    assert "if-none-match" not in server.requests[-1].headers


class Noticed(requests.Session):
    """A session that notices in which threads it is used."""

    def __init__(self) -> None:
        super().__init__()
        self.threads: set[int] = set()
        self.headers["X-Asked-By"] = "me"

    def send(self, request: requests.PreparedRequest, **more: object) -> requests.Response:
        """Send a request."""
        self.threads.add(threading.get_ident())
        return super().send(request, **more)  # type: ignore[arg-type]


def test_a_session_of_yours_is_used_in_your_thread_alone(
    server: FaultyServer, tmp_path: Path
) -> None:
    """Also for the publisher's hashes."""
    sdn = classic(*(plain(key) for key in range(1, 31)), date="12/10/2021")
    urls = {"SDN.XML": [server.put("/SDN.XML", file(sdn))]}
    server.put("/hashes", Answer(status=404))
    home = home_of(
        tmp_path / "two",
        urls={"CONSOLIDATED.XML": [server.url("/CONSOLIDATED.XML")]},
        more=served(SDN, CLASSIC, urls, hashes=server.url("/hashes")),
    )
    with Noticed() as session:
        assert len(sl.Archive(home, session=session).load(SDN, CONS, format=CLASSIC)) == 130
        assert session.threads == {threading.get_ident()}
    assert {one.path for one in server.requests} == {"/SDN.XML", "/CONSOLIDATED.XML", "/hashes"}
    assert {one.headers.get("x-asked-by") for one in server.requests} == {"me"}


def test_a_wrong_word_is_reported_before_any_server_is_asked(
    server: FaultyServer, home: Path
) -> None:
    asked = len(server.requests)
    with pytest.raises(sl.NotFoundError, match="us_ofac_sdm"):
        sl.Archive(home).load(CONS, "us_ofac_sdm", format=CLASSIC, max_age=timedelta(0))
    assert len(server.requests) == asked


@pytest.mark.parametrize("answers", [[file(OLD)], [Answer(body=OLD)]], ids=["unchanged", "again"])
def test_what_happened_on_the_way_is_noted(
    server: FaultyServer, home: Path, answers: list[Answer]
) -> None:
    server.put("/CONSOLIDATED.XML", Answer(status=503), *answers)
    (note,) = fetch(home).notes
    assert "503" in note


def test_an_error_without_a_hint_has_the_last_good_edition_as_its_own(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetch_file(*_: object, **__: object) -> None:
        raise sl.ParseError("it failed")

    monkeypatch.setattr(_download, "fetch_file", fetch_file)
    with pytest.raises(sl.ParseError, match="it failed") as caught:
        fetch(home)
    assert caught.value.hint.startswith("the last good edition, of 2021-12-09")


def test_where_the_last_good_edition_is_not_known_the_cause_still_is(
    server: FaultyServer, home: Path
) -> None:
    """Two faults at once: that of the server is raised, and the other is beside it."""
    (path,) = (home / CONS / CLASSIC).glob("*/edition.json")
    path.write_text("{")
    server.put("/CONSOLIDATED.XML", Answer(status=404))
    with pytest.raises(sl.FetchError, match="404") as caught:
        fetch(home, force=True)
    assert "the last good edition is not known: " in caught.value.hint


# ── what is given ─────────────────────────────────────────────────────────────────────────────


def test_another_format_at_the_address(server: FaultyServer, tmp_path: Path) -> None:
    """It is a list, and can be read, and is not what was asked for."""
    content = enhanced(*(enhanced_plain(key) for key in range(1, 31)))
    url = server.put("/SDN.XML", file(content))
    home = home_of(tmp_path / "sdn", list_id=SDN, urls={"SDN.XML": [url]})
    asked = "the server gave ofac-enhanced-xml where ofac-classic-xml was asked for"
    with pytest.raises(sl.errors.StructureChangedError, match=asked) as caught:
        sl.Archive(home).fetch(SDN, format=CLASSIC)
    assert "ask for another format: format='…'" in caught.value.hint
    assert not list(home.rglob("edition.json"))


def test_another_list_at_the_address(server: FaultyServer, home: Path) -> None:
    """What to do is not what a person does who named the wrong list."""
    server.put("/CONSOLIDATED.XML", file(OLD.replace(b"NS-PLC", b"SDGT")))
    with pytest.raises(
        sl.errors.StructureChangedError, match="the server gave another list"
    ) as caught:
        fetch(home)
    assert "a mirror can be named in lists.toml" in caught.value.hint


def test_the_same_bytes_under_a_day_that_a_person_gave(
    server: FaultyServer, tmp_path: Path
) -> None:
    """They are the edition that is held, the newest of those of several days."""
    home = watch_of(tmp_path / "own", server.put("/watch.csv", file(ROWS)))
    for day in ("2021-12-01", "2021-12-05"):
        sl.Archive(home).add(ROWS, list_id="watch", published=day)
    got = sl.Archive(home).fetch("watch")
    assert (got.is_new, got.edition.day, got.edition.dated_by) == (
        False,
        date(2021, 12, 5),
        "caller",
    )


def test_a_quarantined_download_at_a_later_date_is_the_same_edition(
    server: FaultyServer, tmp_path: Path
) -> None:
    """It is quarantined again, and not stored once for each day on which it is asked for."""
    rows = [f"{number},EXAMPLE {number} LLC\n" for number in range(1, 101)]
    whole, half = (f"id,name\n{''.join(some)}".encode() for some in (rows, rows[:50]))
    home = watch_of(tmp_path / "own", server.url("/watch.csv"))
    give(server, {"watch.csv": whole}, "Wed, 08 Dec 2021 15:30:00 GMT")
    sl.Archive(home).fetch("watch")
    for day in ("Thu, 09", "Fri, 10"):
        give(server, {"watch.csv": half}, f"{day} Dec 2021 15:30:00 GMT")
        with pytest.raises(sl.ImplausibleEditionError, match="the edition of 2021-12-09"):
            sl.Archive(home).fetch("watch")
    assert len(sl.Archive(home).editions("watch")) == 2


@pytest.mark.parametrize(
    "stated",
    ["", f"Fri, 03 Dec 2021 {'9' * 20}:30:00 GMT", "Fri, 03 Dec 999999999999 15:30:00 GMT"],
    ids=["none", "many hours", "a late year"],
)
def test_without_any_date_it_is_of_the_day_on_which_it_came(
    server: FaultyServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stated: str
) -> None:
    """Also where the server's Date cannot be read."""
    bare = Answer(body=ROWS, headers={"Date": stated})
    home = watch_of(tmp_path / "own", server.put("/watch.csv", bare))
    monkeypatch.setattr(_clock, "now", lambda: datetime(2026, 12, 10, 12, tzinfo=UTC))
    assert sl.Archive(home).fetch("watch").edition.published == date(2026, 12, 10)


def test_a_newer_edition_of_another_format_is_no_going_back(
    server: FaultyServer, tmp_path: Path
) -> None:
    """Each format has its own current edition."""
    content = classic(*(plain(key) for key in range(1, 31)), date="12/10/2021")
    url = server.put("/SDN.XML", file(content))
    home = home_of(tmp_path / "sdn", list_id=SDN, urls={"SDN.XML": [url]})
    newer = delimited(*(party(key) for key in range(1, 31)))
    sl.Archive(home).add(newer, list_id=SDN, published="2021-12-20")
    got = sl.Archive(home).fetch(SDN, format=CLASSIC)
    assert (got.is_new, got.notes) == (True, ())
    (found,) = sl.Archive(home).load(SDN, format=CLASSIC, offline=True).editions
    assert (found.format, found.published) == (CLASSIC, date(2021, 12, 10))


def test_formats_that_cannot_be_fetched(home: Path) -> None:
    """Named, and not read yet; or known, and without an address."""
    unread = next(one for one in sl.lists() if one.formats and not one.is_readable)
    with pytest.raises(sl.InvalidInputError, match=f"of {unread.list_id} cannot be read yet"):
        sl.Archive(home).fetch(unread.list_id, format=unread.formats[0].name)
    bare = attrs.evolve(sl.lists()[CONS].formats[0], files=())
    info = attrs.evolve(sl.lists()[CONS], formats=(bare,))
    with pytest.raises(sl.InvalidInputError, match="no address is known of us_ofac_cons in the"):
        _download.format_of(Workspace(home), info, bare.name)
