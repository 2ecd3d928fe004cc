"""The hashes that a publisher states: compared with what comes, and with what is held."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import attrs
import pytest
from faulty_server import Answer, FaultyServer, file
from refreshed import NEW, OLD, fetch

import sanctionslib as sl
from sanctionslib.api import _download

pytestmark = pytest.mark.usefixtures("hasty")


def states(home: Path, server: FaultyServer, *files: tuple[str, bytes]) -> None:
    """From now on the publisher states the hashes of these files, as OFAC's service does."""
    rows = [
        {"fileName": name, "hashCodes": json.dumps({"SHA-256": hashlib.sha256(body).hexdigest()})}
        for name, body in files
    ]
    url = server.put("/hashes", Answer(body=json.dumps(rows).encode()))
    lines = (home / "lists.toml").read_text("utf-8")
    (home / "lists.toml").write_text(lines.replace("hashes = ''", f"hashes = '{url}'"), "utf-8")


def test_a_hash_that_the_publisher_does_not_state(server: FaultyServer, home: Path) -> None:
    states(home, server)
    server.put("/CONSOLIDATED.XML", file(NEW))
    server.put("/hashes", Answer(status=404))
    got = fetch(home)
    assert got.is_new
    assert any("hashes could not be had" in one for one in got.notes)


def test_hashes_that_do_not_come_are_not_waited_for_as_a_file_is(
    server: FaultyServer, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_download, "HASHES_TIMEOUT", 0.2)
    states(home, server)
    server.put("/hashes", Answer(hang=True))
    server.put("/CONSOLIDATED.XML", file(NEW))
    got = fetch(home)
    assert got.is_new
    assert any("it took longer than 0.2 seconds in all" in one for one in got.notes)


def test_not_modified_is_not_believed_where_the_publisher_states_another_hash(
    server: FaultyServer, home: Path
) -> None:
    """A proxy on the way may remember too long; the edition that is held would stay for ever."""
    states(home, server, ("CONSOLIDATED.XML", OLD))
    assert fetch(home).received == 0
    states(home, server, ("CONSOLIDATED.XML", NEW))
    with pytest.raises(sl.FetchError, match="and the publisher states") as caught:
        fetch(home)
    assert "the last good edition, of 2021-12-09" in caught.value.hint
    # It remembers the conditions, and gives the new one where nobody names them.
    server.put("/CONSOLIDATED.XML", attrs.evolve(file(NEW), etag=file(OLD).etag))
    got = fetch(home)
    assert (got.is_new, got.edition.entries) == (True, 103)
    assert any("states another hash than that held" in one for one in got.notes)


def test_of_a_zip_its_own_hash_is_compared(server: FaultyServer, home: Path) -> None:
    """By its name, in whatever case that is; it is not that of the file in it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("CONSOLIDATED.XML", NEW)
    server.put("/CONSOLIDATED.XML", file(packed.getvalue()))
    states(home, server, ("Consolidated.XML", packed.getvalue()))
    assert fetch(home).is_new
    again = fetch(home)
    assert (again.is_new, again.received, again.notes) == (False, 0, ())
