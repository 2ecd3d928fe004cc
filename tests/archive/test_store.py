"""Archive: what is kept is there whole, once, and as a stranger could read it."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from archives import FAILED, FORM, LIST, NOW, keep

from sanctionslib.answers import Admission
from sanctionslib.archive.store import Archive, Checked

SDN = b'36,"AEROCARIBBEAN AIRLINES",-0- ,"CUBA"\r\n\x1a'
ADD = b'36,25,-0- ,"Havana","Cuba",-0- \r\n\x1a'


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "home")


def test_a_stranger_can_read_it(archive: Archive) -> None:
    """The files lie packed under their names, beside a text that says what they are."""
    held, is_new = keep(archive, {"SDN.CSV": SDN, "ADD.CSV": ADD})
    folder = archive.home / LIST / FORM / f"2021-12-10-{held.sha256[:8]}"
    assert is_new
    assert held.folder == str(folder)
    assert sorted(each.name for each in folder.iterdir()) == [
        "ADD.CSV.gz",
        "SDN.CSV.gz",
        "edition.json",
    ]
    assert gzip.decompress((folder / "SDN.CSV.gz").read_bytes()) == SDN
    told = json.loads((folder / "edition.json").read_text("utf-8"))
    assert told["published"] == "2021-12-10"
    assert told["added_at"] == "2021-12-31T12:00:00Z"
    assert told["figures"] == {"kind person": 200}
    assert told["checks"][0]["value"] == 639
    assert told["checks"][0]["passed"] is True
    assert archive.files(held) == (folder / "SDN.CSV.gz", folder / "ADD.CSV.gz")
    assert archive.editions(LIST) == (held,)
    assert archive.list_ids() == (LIST,)
    assert dict(archive.figures(held)) == {"entries": 639, "kind person": 200}


def test_the_same_bytes_of_the_same_day_are_one_edition(archive: Archive) -> None:
    """What is held stays as it is; of another day they are another edition, stored once."""
    first, _ = keep(archive, {"SDN.CSV": SDN})
    again, is_new = keep(archive, {"SDN.CSV": SDN}, now=datetime(2022, 1, 1, tzinfo=UTC))
    assert (again, is_new) == (first, False)
    other, is_new = keep(archive, {"SDN.CSV": SDN}, "2021-12-11")
    assert is_new
    (one,), (two,) = archive.files(first), archive.files(other)
    assert one.samefile(two)


def test_a_refused_edition_answers_for_nothing_until_it_is_accepted(archive: Archive) -> None:
    """Then it is the current one, and says why."""
    good, _ = keep(archive, {"SDN.CSV": SDN})
    bad, _ = keep(archive, {"SDN.CSV": ADD}, "2021-12-11", checks=[FAILED])
    assert bad.admission is Admission.REFUSED
    assert archive.current(LIST) == good
    assert archive.as_of(LIST, date(2021, 12, 12)) == good
    taken = archive.accept(LIST, bad.sha256[:8], reason="a list was dissolved", now=NOW)
    assert (taken.admission, taken.reason, taken.accepted_at) == (
        Admission.ACCEPTED,
        "a list was dissolved",
        NOW,
    )
    assert archive.current(LIST) == taken
    assert archive.as_of(LIST, date(2021, 12, 10)) == good


def test_what_the_server_said_is_remembered(archive: Archive) -> None:
    """And shows in the edition that it was about."""
    held, _ = keep(archive, {"SDN.CSV": SDN})
    assert archive.checked(LIST, FORM) is None
    said = Checked(at=NOW, edition=held.name, answers={"SDN.CSV": ("https://a.example/", "e", "")})
    archive.put_checked(LIST, FORM, said)
    assert archive.checked(LIST, FORM) == said
    assert archive.editions(LIST)[0].checked_at == NOW


def test_what_is_whole_has_no_faults(archive: Archive) -> None:
    """Everything is hashed, and shared files count once on the disk."""
    keep(archive, {"SDN.CSV": SDN, "ADD.CSV": ADD})
    keep(archive, {"SDN.CSV": ADD, "ADD.CSV": ADD + ADD}, "2021-12-11")
    found = archive.verify()
    assert found.faults == ()
    assert found.files == 4


def test_what_is_no_longer_needed_goes(archive: Archive) -> None:
    """All but the newest are removed."""
    old, _ = keep(archive, {"SDN.CSV": SDN})
    new, _ = keep(archive, {"SDN.CSV": ADD}, "2021-12-11")
    assert archive.prune(LIST, keep=1, dry_run=True).editions == (old,)
    assert archive.editions(LIST) == (old, new)
    gone = archive.prune(LIST, keep=1)
    assert gone.editions == (old,)
    assert gone.freed > 0
    assert archive.editions(LIST) == (new,)


def test_the_lock_can_be_taken_again_by_its_holder(archive: Archive) -> None:
    """Else whoever holds it could not prune or accept."""
    with archive.lock(LIST, timeout=0), archive.lock(LIST, timeout=0):
        assert (archive.home / ".locks" / f"{LIST}.lock").exists()
