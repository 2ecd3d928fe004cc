"""What is logged: each event once, with the list, counts and seconds, and nothing of records."""

from __future__ import annotations

import logging
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from delimited_files import delimited, party
from faulty_server import FaultyServer, file
from homes import CONS, SDN, cons, home_of
from refreshed import NEW, fetch, load

import sanctionslib as sl

Log = pytest.LogCaptureFixture


@pytest.fixture
def log(home: Path, caplog: Log) -> Log:
    """The log from here on, of an archive that holds the server's edition."""
    caplog.set_level("INFO", logger="sanctionslib")
    caplog.clear()
    return caplog


def said(log: Log) -> list[str]:
    """Level and event of each record; all are of our loggers, and begin with the list."""
    found: list[str] = []
    for one in log.records:
        lists, event, _ = one.getMessage().split(": ", 2)
        assert one.name.startswith("sanctionslib.")
        assert lists.startswith(("us_", "watch"))
        found.append(f"{one.levelname} {event}")
    log.clear()
    return found


def test_a_refresh(server: FaultyServer, home: Path, log: Log) -> None:
    """Fetched, parsed and valid, each once; then unchanged; then what the cache has."""
    server.put("/CONSOLIDATED.XML", file(NEW))
    assert fetch(home).is_new
    messages = [one.getMessage() for one in log.records]
    assert said(log) == ["INFO parsed", "INFO valid", "INFO cached", "INFO fetched"]
    del messages[2]  # the edition before, with which it is compared
    for message, count in zip(
        messages, ("103 entries", "103 entries", f"{len(NEW):,} bytes"), strict=True
    ):
        assert message.startswith(f"{CONS}: ")
        assert count.replace(",", "") in message
    assert all(message.endswith(" s") for message in messages if "valid" not in message)
    assert not fetch(home).is_new
    assert said(log) == ["INFO unchanged"]
    found = load(home)
    assert said(log) == ["INFO cached"]
    found.search("EXAMPLE")
    assert "103 names of 103 entities by parts-1" in log.records[0].getMessage()
    assert said(log) == ["INFO indexed"]
    found.search("EXAMPLE")
    assert said(log) == []


def test_stale(server: FaultyServer, home: Path, log: Log) -> None:
    """The last good edition in place of a newer one is a warning."""
    server.put("/CONSOLIDATED.XML", file(b"<html>"))
    with pytest.warns(sl.errors.StaleEditionWarning):
        load(home, max_age=timedelta(0), allow_stale=True)
    assert said(log) == ["INFO cached", "WARNING stale"]


def test_quarantined(server: FaultyServer, home: Path, log: Log) -> None:
    """An edition that is too unlike the last one is a warning, with what failed."""
    server.put("/CONSOLIDATED.XML", file(cons(range(1, 31), "2021-12-10")))
    with pytest.raises(sl.ImplausibleEditionError):
        fetch(home)
    assert "entries: 30" in log.records[-1].getMessage()
    assert said(log) == ["INFO parsed", "INFO fetched", "WARNING quarantined"]


def test_incomplete(tmp_path: Path, log: Log) -> None:
    """An edition without some of its files, when it comes in and whenever it is read."""
    files = delimited(*(party(key, programs="SDGT") for key in range(1, 31)))
    archive = sl.Archive(home_of(tmp_path / "partial"))
    archive.add(files[0], list_id=SDN, published="2021-12-10", partial=True)
    assert said(log) == ["INFO parsed", "WARNING incomplete"]
    with pytest.warns(sl.errors.PartialEditionWarning):
        archive.load(SDN, as_of="2021-12-10")
    assert "without ADD.CSV" in log.records[-1].getMessage()
    assert said(log) == ["INFO cached", "WARNING incomplete"]


def test_nothing_of_records(log: Log) -> None:
    """A screening logs the list that it indexes, and nobody who is screened."""
    list(sl.sample().screen([{"id": "SECRET-KEY", "name": "Secret Customer"}]))
    assert "INFO indexed" in {one.replace("WARNING", "INFO") for one in said_of_all(log)}
    assert "secret" not in log.text.casefold()


def said_of_all(log: Log) -> list[str]:
    """The same, without clearing the log."""
    return [f"{one.levelname} {one.getMessage().split(': ', 2)[1]}" for one in log.records]


def test_nothing_is_printed_by_itself() -> None:
    """Without a handler of the program, not even warnings reach standard error; nor is it imported."""
    code = (
        "import sys, sanctionslib as sl; assert 'logging' not in sys.modules; sl.sample();"
        "import logging; logging.getLogger('sanctionslib.api').warning('heard')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")
    handlers = logging.getLogger("sanctionslib").handlers
    assert [type(one) for one in handlers].count(logging.NullHandler) == 1
