"""An edition of each list of the catalog goes through the archive, as its publisher serves it.

The server stands for all of them: it redirects to a signed address (UN, OFAC), has a query in the
address (EU, Switzerland), an ETag and Last-Modified (UK, Canada), and gives a zip as well as the file.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import attrs
import pytest
from cases import CASES, Case
from contract import zipped
from faulty_server import Answer, FaultyServer, file, redirect
from homes import home_of

import sanctionslib as sl
from sanctionslib.api import _clock

pytestmark = pytest.mark.usefixtures("hasty")

PUBLISHED = [
    attrs.evolve(case, list_id=each.list_id)
    for each in sl.lists()
    if not each.list_id.startswith("us_")  # they have tests of their own
    for form in each.formats
    for case in CASES
    if case.format == form.name and form.is_readable and all(one.urls for one in form.files)
]
"""Each list in each format that has addresses. A list's own small file stands for its edition."""
SERVED = "Fri, 10 Dec 2021 15:30:00 GMT"


@pytest.fixture(autouse=True)
def _later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small files are of days to come, so that nobody takes them for the list."""
    monkeypatch.setattr(_clock, "now", lambda: datetime(2035, 1, 1, tzinfo=UTC))


def _id(case: Case) -> str:
    return f"{case.list_id} {case.format}"


@pytest.fixture(params=PUBLISHED, ids=_id)
def case(request: pytest.FixtureRequest) -> Case:
    found = request.param
    assert isinstance(found, Case)
    return found


def served(server: FaultyServer, case: Case, folder: Path) -> Path:
    """An archive that asks this server: for each file a redirect to a signed address."""
    form = next(one for one in sl.lists()[case.list_id].formats if one.name == case.format)
    urls: dict[str, list[str]] = {}
    for one in form.files:
        server.put(f"/signed/{one.name}", Answer(status=404))
        server.put(f"/{one.name}", redirect(server.url(f"/signed/{one.name}?sig=abc&se=2031")))
        urls[one.name] = [server.url(f"/{one.name}?lang=en&token=public")]
    home = home_of(folder, list_id=case.list_id, form=case.format, urls=urls)
    catalog = home / "lists.toml"
    limits = f"[{case.list_id}.limits]\nleast = 1\nentries = 0.3\n"
    said = catalog.read_text("utf-8")
    if f"[{case.list_id}.limits]" not in said:
        catalog.write_text(said + limits, "utf-8")
    return home


def give(server: FaultyServer, case: Case, files: dict[str, bytes]) -> None:
    """From now on the server has these files."""
    for name, data in files.items():
        server.put(f"/signed/{name}", attrs.evolve(file(data), last_modified=SERVED))


def files_of(case: Case) -> dict[str, bytes]:
    """The small files under the names that the catalog has."""
    form = next(one for one in sl.lists()[case.list_id].formats if one.name == case.format)
    return {one.name: data for one, data in zip(form.files, case.small(), strict=True)}


def test_an_edition_through_the_archive(case: Case, server: FaultyServer, tmp_path: Path) -> None:
    """It is fetched, checked, kept, asked for by date, and gives what the file itself gives."""
    home, files = served(server, case, tmp_path / "home"), files_of(case)
    give(server, case, files)
    got = sl.Archive(home).fetch(case.list_id, format=case.format)
    assert got.is_new
    found = sl.Archive(home).load(case.list_id, format=case.format, offline=True)
    dated = attrs.evolve(case, published=case.published and "2021-12-10")
    assert list(found) == list(dated.read(list(files.values())))
    (edition,) = found.editions
    assert edition.list_id == case.list_id
    assert edition.retrieved_at is not None
    if edition.dated_by == "http":
        assert edition.published == date(2021, 12, 10)
    assert edition.published is not None
    then = sl.Archive(home).load(case.list_id, format=case.format, as_of=edition.published)
    assert list(then) == list(found)
    again = sl.Archive(home).fetch(case.list_id, format=case.format, force=True)
    assert not again.is_new


def test_a_zip_in_its_place(case: Case, server: FaultyServer, tmp_path: Path) -> None:
    """A publisher that packs its file gives the same edition."""
    home, files = served(server, case, tmp_path / "home"), files_of(case)
    if len(files) > 1 or any(data.startswith(b"PK") for data in files.values()):
        pytest.skip("one file that is no zip itself is meant")
    give(server, case, {name: zipped({name: data}) for name, data in files.items()})
    assert sl.Archive(home).fetch(case.list_id, format=case.format).is_new
    assert len(sl.Archive(home).load(case.list_id, format=case.format, offline=True))


def test_what_is_no_edition_is_refused(case: Case, server: FaultyServer, tmp_path: Path) -> None:
    """A page of a firewall and a file that is cut leave the edition that is held in its place."""
    home, files = served(server, case, tmp_path / "home"), files_of(case)
    give(server, case, files)
    first = sl.Archive(home).fetch(case.list_id, format=case.format).edition
    for bad in (
        b"<!DOCTYPE html><html><body>Request blocked</body></html>",
        next(iter(files.values()))[: len(next(iter(files.values()))) // 2],
    ):
        give(server, case, {next(iter(files)): bad})
        with pytest.raises(sl.SanctionsError) as caught:
            sl.Archive(home).fetch(case.list_id, format=case.format, force=True)
        assert caught.value.hint
        held = sl.Archive(home).load(case.list_id, format=case.format, offline=True)
        assert held.editions[0].sha256 == first.sha256
