"""A whole refresh: whatever the server does, a right edition or a clear error, and the last one stays."""

from __future__ import annotations

import gzip
import io
import signal
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import attrs
import pytest
from classic_files import classic, plain
from faulty_server import Answer, FaultyServer, file, redirect
from homes import CLASSIC, CONS, SDN, cons, home_of, served, watch_of
from quick import all_but
from refreshed import NEW, OLD, fetch, load

import sanctionslib as sl
from sanctionslib.api import _clock

PAGE = b"<!DOCTYPE html><html><body><h1>Access denied</h1>Reference 18.abc</body></html>"

pytestmark = pytest.mark.usefixtures("hasty")


def check_sound(home: Path, day: str, entries: int) -> None:
    """The archive is whole, and the edition of a day is its current one."""
    checked = sl.Archive(home).verify()
    assert checked.faults == ()
    found = load(home, offline=True)
    assert (str(found.editions[0].published), len(found)) == (day, entries)
    assert [path.name for path in home.rglob(".*")] == [".locks"]


# ── what goes well ───────────────────────────────────────────────────────────────────────────────


def test_a_new_edition(server: FaultyServer, home: Path) -> None:
    server.put("/CONSOLIDATED.XML", file(NEW))
    begun = datetime.now(UTC)
    got = fetch(home)
    assert got.is_new
    assert got.received == len(NEW)
    held = got.edition
    assert (held.published, held.dated_by, held.entries) == (date(2021, 12, 10), "file", 103)
    assert held.retrieved_at is not None
    assert held.retrieved_at >= begun
    assert held.checked_at == held.retrieved_at
    assert held.files[0].url == server.url("/CONSOLIDATED.XML")
    assert held.files[0].last_modified == "Fri, 10 Dec 2021 15:30:00 GMT"
    assert {one.name: one.before for one in held.checks}["entries"] == 100
    dated = next(one for one in held.checks if one.name == "date")
    assert (dated.value, dated.least) == (20211210, 20211209)
    check_sound(home, "2021-12-10", 103)


def test_nothing_new(server: FaultyServer, home: Path) -> None:
    got = fetch(home)
    assert not got.is_new
    assert got.received == 0
    assert "if-none-match" in server.asked("/CONSOLIDATED.XML")[-1].headers
    assert got.edition.checked_at is not None
    assert got.edition.retrieved_at is not None
    assert got.edition.checked_at > got.edition.retrieved_at
    assert len(sl.Archive(home).editions(CONS)) == 1


def test_a_server_that_knows_no_conditions(server: FaultyServer, home: Path) -> None:
    server.put("/CONSOLIDATED.XML", Answer(body=OLD))
    got = fetch(home)
    assert (got.is_new, got.received) == (False, len(OLD))
    assert len(sl.Archive(home).editions(CONS)) == 1


def test_a_file_in_a_zip(server: FaultyServer, home: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("CONSOLIDATED.XML", NEW)
    server.put("/CONSOLIDATED.XML", Answer(body=packed.getvalue()))
    (held,) = fetch(home).edition.files
    assert (held.name, held.packed) == ("CONSOLIDATED.XML", "CONSOLIDATED.XML")
    assert held.packed_sha256
    check_sound(home, "2021-12-10", 103)


def test_a_server_that_goes_back_is_reported(server: FaultyServer, home: Path) -> None:
    """One of several servers of a network may lag behind."""
    server.put("/CONSOLIDATED.XML", file(NEW))
    assert fetch(home).notes == ()
    server.put("/CONSOLIDATED.XML", file(OLD))
    for _ in range(2):  # the second time it says "not modified"
        got = fetch(home)
        (note,) = got.notes
        assert "went back to the edition of 2021-12-09; that of 2021-12-10 stays" in note
    assert len(load(home)) == 103


def test_a_refresh_is_another_object(server: FaultyServer, home: Path) -> None:
    first = load(home)
    server.put("/CONSOLIDATED.XML", file(NEW))
    second = load(home, max_age=timedelta(0))
    assert (len(first), len(second)) == (100, 103)


def test_nothing_is_asked_within_the_age(server: FaultyServer, home: Path) -> None:
    asked = len(server.requests)
    assert len(load(home)) == 100
    assert len(load(home, max_age=timedelta(hours=1))) == 100
    assert len(server.requests) == asked
    load(home, max_age=timedelta(0))
    assert len(server.requests) == asked + 1
    assert len(load(home, offline=True, max_age=timedelta(hours=1))) == 100


def test_a_clock_that_was_set_back_makes_no_answer_young(
    server: FaultyServer, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = datetime.now(UTC) - timedelta(days=1)
    monkeypatch.setattr(_clock, "now", lambda: before)
    with pytest.raises(sl.StaleError, match="UTC, which is in the future by the clock"):
        load(home, offline=True, max_age=timedelta(days=7))
    asked = len(server.requests)
    assert len(load(home)) == 100
    assert len(server.requests) == asked + 1


def test_progress_is_reported_in_bytes(server: FaultyServer, home: Path) -> None:
    server.put("/CONSOLIDATED.XML", file(NEW))
    seen: list[tuple[int, int]] = []
    fetch(home, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (len(NEW), len(NEW))


def test_several_lists_at_once_and_the_errors_of_all(server: FaultyServer, tmp_path: Path) -> None:
    sdn = classic(*(plain(key) for key in range(1, 31)), date="12/10/2021")
    server.put("/SDN.XML", file(sdn))
    more = served(SDN, CLASSIC, {"SDN.XML": [server.url("/SDN.XML")]})
    home = home_of(
        tmp_path / "two", urls={"CONSOLIDATED.XML": [server.url("/CONSOLIDATED.XML")]}, more=more
    )
    seen: list[tuple[int, int]] = []
    both = sl.Archive(home).load(
        SDN, CONS, format=CLASSIC, progress=lambda *each: seen.append(each)
    )
    assert [len(both.where(lambda one, of=each: one.list_id == of)) for each in (SDN, CONS)] == [
        30,
        100,
    ]
    assert seen[-1] == (len(sdn) + len(OLD), len(sdn) + len(OLD))
    for name in ("/SDN.XML", "/CONSOLIDATED.XML"):
        server.put(name, Answer(status=404))
    with pytest.raises(sl.FetchError) as caught:
        sl.Archive(home).load(SDN, CONS, format=CLASSIC, max_age=timedelta(0))
    assert "beside us_ofac_sdn, us_ofac_cons failed too: " in caught.value.hint
    with pytest.warns(sl.errors.StaleEditionWarning) as warned:
        sl.Archive(home).load(SDN, CONS, format=CLASSIC, max_age=timedelta(0), allow_stale=True)
    assert len(warned) == 2


def test_whoever_does_not_wait_for_several_lists_need_not(
    server: FaultyServer, tmp_path: Path
) -> None:
    """Ctrl-C ends the downloads, and not only the waiting for them."""
    new = Answer(body=NEW, trickle=0.02)
    more = served(SDN, CLASSIC, {"SDN.XML": [server.put("/SDN.XML", new)]})
    url = server.put("/CONSOLIDATED.XML", new)
    home = home_of(tmp_path / "two", urls={"CONSOLIDATED.XML": [url]}, more=more)
    seen: list[int] = []

    def progress(done: int, _: int) -> None:
        seen.append(done)
        if len(seen) == 20:
            signal.raise_signal(signal.SIGINT)

    # Where the tests run in the background, a shell has had Ctrl-C ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            sl.Archive(home).load(SDN, CONS, format=CLASSIC, progress=progress)
    finally:
        signal.signal(signal.SIGINT, before)
    # As much as the patience of a fetch allows would be twice that.
    assert max(seen) < 1000
    assert not list(home.rglob("edition.json"))
    assert not list(home.rglob(".work-*"))


# ── what goes wrong, and ends well ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "answers",
    [
        [Answer(status=500)] * 3 + [file(NEW)],
        [Answer(status=429, headers={"Retry-After": "1"}), file(NEW)],
        [Answer(status=503), file(NEW)],
        [attrs.evolve(file(NEW), cut=500), file(NEW)],
        [Answer(body=OLD, cut=500), file(NEW)],  # changed between two attempts
        [attrs.evolve(file(NEW), length=len(NEW) + 5), file(NEW)],
        [Answer(reset=True), file(NEW)],
        [Answer(hang=True), file(NEW)],
        [attrs.evolve(file(NEW), cut=500, hang=True), file(NEW)],
        [attrs.evolve(file(NEW), gzip=True)],
        [attrs.evolve(file(NEW), chunked=True)],
        [attrs.evolve(file(NEW), delay=0.2)],
    ],
    ids=lambda answers: " then ".join(
        f"{one.status}{' cut' * (one.cut is not None)}{' hangs' * one.hang}{' reset' * one.reset}"
        for one in answers
    ),
)
def test_a_server_that_comes_round(server: FaultyServer, home: Path, answers: list[Answer]) -> None:
    server.put("/CONSOLIDATED.XML", *answers)
    got = fetch(home)
    assert got.is_new
    (held,) = got.edition.files
    assert gzip.decompress((Path(got.edition.folder) / held.stored).read_bytes()) == NEW
    check_sound(home, "2021-12-10", 103)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_and_never_kept(
    server: FaultyServer, home: Path, status: int
) -> None:
    server.put("/CONSOLIDATED.XML", redirect(server.url("/a"), status))
    server.put("/a", redirect(server.url("/signed?X-Amz-Signature=secret", "localhost"), status))
    server.put("/signed", file(NEW))
    got = fetch(home)
    assert got.edition.files[0].url == server.url("/CONSOLIDATED.XML")
    for path in home.rglob("*.json"):
        assert "secret" not in path.read_text("utf-8")
    check_sound(home, "2021-12-10", 103)


# ── what goes wrong, and is reported ─────────────────────────────────────────────────────────────────

BOMB = gzip.compress(b"<sdnList>" + b" " * 40_000_000)

WRONG: dict[str, tuple[list[Answer], type[Exception], str]] = {
    "a block page with 403": ([Answer(status=403, body=PAGE)], sl.BlockedError, "Access denied"),
    "a block page with 200": ([Answer(body=PAGE)], sl.BlockedError, "Access denied"),
    "nothing": ([Answer(body=b"")], sl.BlockedError, "nothing in the body"),
    "another format": ([Answer(body=b'{"error": "maintenance"}')], sl.BlockedError, "maintenance"),
    "404": ([Answer(status=404)], sl.FetchError, "404"),
    "410": ([Answer(status=410)], sl.FetchError, "410"),
    "500 again and again": ([Answer(status=500)], sl.FetchError, "500"),
    "429 with a long wait": (
        [Answer(status=429, headers={"Retry-After": "86400"})],
        sl.FetchError,
        "429",
    ),
    "a redirect in a circle": ([redirect("/CONSOLIDATED.XML")], sl.FetchError, "redirect"),
    "a body that is always cut": ([attrs.evolve(file(NEW), cut=500)], sl.FetchError, "500"),
    "a length that is always wrong": (
        [attrs.evolve(file(NEW), length=len(NEW) + 5)],
        sl.FetchError,
        "bytes",
    ),
    "a server that hangs": ([Answer(hang=True)], sl.FetchError, "0.5 seconds"),
    "a reset": ([Answer(reset=True)], sl.FetchError, ""),
    "a gzip bomb": (
        [Answer(body=BOMB, headers={"Content-Encoding": "gzip"})],
        sl.FetchError,
        "too large to be a list",
    ),
    "a document that is cut and closed": (
        [Answer(body=NEW[:-300])],
        sl.errors.TruncatedError,
        "",
    ),
    "fewer entries than declared": (
        [Answer(body=NEW.replace(b"<Record_Count>103", b"<Record_Count>203"))],
        sl.IncompleteEditionError,
        "declares 203 entries and has 103",
    ),
    "another list": (
        [Answer(body=NEW.replace(b"NS-PLC", b"SDGT"))],
        sl.errors.StructureChangedError,
        "the server gave another list",
    ),
    "an error of the storage": (
        [Answer(body=b'<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>')],
        sl.errors.UnknownFormatError,
        "what to do: see what the publisher says of its addresses",
    ),
    "half of the list": (
        [Answer(body=cons(range(1, 51), "2021-12-10"))],
        sl.ImplausibleEditionError,
        "entries: 50, and at least 95 are required",
    ),
    "an old edition": (
        [Answer(body=cons(range(1, 101), "2021-12-01"))],
        sl.ImplausibleEditionError,
        "date: 2021-12-01, before that of the current edition, 2021-12-09",
    ),
    "an edition to come": (
        [Answer(body=cons(range(1, 101), "2999-12-01"))],
        sl.ImplausibleEditionError,
        "date: 2999-12-01, a day in the future",
    ),
}


@pytest.mark.parametrize("name", all_but(WRONG, "a server that hangs"))
def test_an_error_that_is_clear_and_the_last_good_edition_that_stays(
    server: FaultyServer, home: Path, name: str
) -> None:
    answers, kind, said = WRONG[name]
    if name == "a gzip bomb":
        lines = (home / "lists.toml").read_text("utf-8")
        (home / "lists.toml").write_text(
            lines.replace("hashes = ''", "hashes = ''\nlargest = 1000000"), "utf-8"
        )
    server.put("/CONSOLIDATED.XML", *answers)
    with pytest.raises(kind) as caught:
        fetch(home)
    error = caught.value
    assert isinstance(error, sl.SanctionsError)
    assert said in str(error)
    assert "the last good edition, of 2021-12-09 (" in error.hint
    assert error.where.list_id == CONS
    check_sound(home, "2021-12-09", 100)

    with pytest.raises(kind) as caught:
        load(home, max_age=timedelta(0))
    assert "allow_stale=True" in str(caught.value)
    with pytest.warns(sl.errors.StaleEditionWarning, match="no newer edition could be had"):
        assert len(load(home, max_age=timedelta(0), allow_stale=True)) == 100

    # And when the server has come round, so has the archive.
    server.put("/CONSOLIDATED.XML", file(NEW))
    if name == "an edition to come":
        return  # it is held, and stays in the future
    assert fetch(home).is_new
    check_sound(home, "2021-12-10", 103)


def test_with_no_last_good_edition_it_is_said_that_there_is_none(
    server: FaultyServer, tmp_path: Path
) -> None:
    home = home_of(tmp_path / "empty", urls={"CONSOLIDATED.XML": [server.url("/CONSOLIDATED.XML")]})
    server.put("/CONSOLIDATED.XML", Answer(body=PAGE))
    for ask in (fetch, load):
        with pytest.raises(sl.BlockedError, match="Access denied") as caught:
            ask(home)
        assert "no edition is held that could answer in its place" in caught.value.hint
    with pytest.raises(sl.BlockedError):
        load(home, allow_stale=True)


def test_a_quarantined_edition_is_not_fetched_again(server: FaultyServer, home: Path) -> None:
    server.put("/CONSOLIDATED.XML", file(cons(range(1, 51), "2021-12-10")))
    with pytest.raises(sl.ImplausibleEditionError) as first:
        fetch(home)
    before = len(server.requests)
    for ask in (fetch, load):  # although the server was asked a moment ago
        with pytest.raises(sl.ImplausibleEditionError) as again:
            ask(home)
        assert again.value.failed == first.value.failed
    assert ["if-none-match" in one.headers for one in server.requests[before:]] == [True, True]
    sl.Archive(home).accept(CONS, first.value.sha256[:8], reason="it is so")
    assert len(load(home)) == 50
    server.put("/CONSOLIDATED.XML", file(cons(range(1, 49), "2021-12-11")))
    assert fetch(home).is_new
    check_sound(home, "2021-12-11", 48)


@pytest.mark.parametrize(
    "modified",
    [
        "",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "yesterday",
        "Fri, 10 Dec 999999999999 15:30:00 GMT",
        "Fri, 10 Dec 2021 99999999999999999999:30:00 GMT",
        f"Fri, 10 Dec {'9' * 5000} 15:30:00 GMT",
    ],
    ids=["none", "the beginning", "no date", "a late year", "many hours", "many digits"],
)
def test_a_date_that_says_nothing(server: FaultyServer, tmp_path: Path, modified: str) -> None:
    """Then the day on which the server gave the file counts."""
    rows = Answer(
        body=b"id,name\n1,EXAMPLE LLC\n",
        headers={"Date": "Fri, 10 Dec 2021 15:30:00 GMT"},
        last_modified=modified,
    )
    home = watch_of(tmp_path / "own", server.put("/watch.csv", rows))
    assert sl.Archive(home).fetch("watch").edition.published == date(2021, 12, 10)


def test_tls_is_never_relaxed(tmp_path: Path) -> None:
    for tls in ("untrusted", "expired", "wrong host"):
        with FaultyServer(tls=tls) as server:
            url = server.put("/CONSOLIDATED.XML", file(NEW))
            home = home_of(tmp_path / tls, urls={"CONSOLIDATED.XML": [url]})
            with server.session() as session, pytest.raises(sl.FetchError, match="certificate"):
                fetch(home, session=session)
            assert not list(home.rglob("edition.json"))
    with FaultyServer(tls="good") as server:
        url = server.put("/CONSOLIDATED.XML", file(NEW))
        home = home_of(tmp_path / "good", urls={"CONSOLIDATED.XML": [url]})
        with server.session() as session:
            assert fetch(home, session=session).is_new
            session.verify = False
            with pytest.raises(sl.InvalidInputError):
                fetch(home, force=True, session=session)


def test_damaged_files_are_replaced(server: FaultyServer, home: Path) -> None:
    """The server would say for ever that nothing changed."""
    (path,) = home.glob(f"{CONS}/{CLASSIC}/*/CONSOLIDATED.XML.gz")
    path.write_bytes(b"")
    assert sl.Archive(home).verify().faults
    got = fetch(home)
    assert (got.is_new, got.received) == (False, len(OLD)), "it was held"
    assert any("the damaged files of 2021-12-09-" in one for one in got.notes)
    assert "all was asked for: files of 2021-12-09-" in got.notes[0]
    check_sound(home, "2021-12-09", 100)
    path.unlink()
    fetch(home, force=True)
    check_sound(home, "2021-12-09", 100)


# ── what is no question ──────────────────────────────────────────────────────────────────────────


def test_an_old_edition_that_is_damaged_keeps_no_new_one_out(
    server: FaultyServer, home: Path
) -> None:
    server.put("/CONSOLIDATED.XML", file(NEW))
    assert fetch(home).is_new
    (old,) = (home / CONS / CLASSIC).glob("2021-12-09-*/edition.json")
    old.write_text("{")
    server.put("/CONSOLIDATED.XML", file(cons(range(1, 105), "2021-12-11")))
    assert fetch(home).edition.entries == 104
    assert len(load(home)) == 104


def test_a_wrong_day_that_a_person_gave_stays_theirs(server: FaultyServer, tmp_path: Path) -> None:
    """The same bytes come from the server later, with the right one."""
    rows = b"id,name\n1,EXAMPLE LLC\n"
    home = watch_of(tmp_path / "own", server.put("/watch.csv", file(rows)))
    with pytest.raises(sl.ImplausibleEditionError, match="a day in the future"):
        sl.Archive(home).add(rows, list_id="watch", published="2062-12-10")
    assert sl.Archive(home).fetch("watch").edition.published == date(2021, 12, 10)
    assert len(sl.Archive(home).load("watch")) == 1


def test_lists_that_cannot_be_fetched(home: Path) -> None:
    unread = next(one for one in sl.lists() if one.formats and not one.is_readable)
    with pytest.raises(sl.InvalidInputError, match="none of its formats can be read yet"):
        sl.Archive(home).fetch(unread.list_id)
    with pytest.raises(sl.InvalidInputError, match="does not come in the format 'pdf'") as caught:
        sl.Archive(home).fetch(CONS, format="pdf")
    assert caught.value.hint.startswith("say one of ofac-enhanced-xml, ")
    sl.Archive(home).add(b"id,name\n1,EXAMPLE LLC\n", list_id="my_watch", published="2021-12-10")
    with pytest.raises(sl.InvalidInputError, match="no address is known of it") as caught:
        sl.Archive(home).fetch("my_watch")
    assert f"add files that you have with sl.Archive({str(home)!r}).add" in caught.value.hint
    with pytest.raises(sl.InvalidInputError, match="does not come in the format 'pdf'") as caught:
        sl.Archive(home).fetch("my_watch", format="pdf")
    assert "no catalog says in which formats" in caught.value.hint
    with pytest.raises(sl.NotFoundError):
        sl.Archive(home).fetch("us_ofac_sdm")
