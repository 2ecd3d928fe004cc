"""EditionStore: what is kept is there whole, once, and as anybody could read it."""

from __future__ import annotations

import gzip
import io
import json
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import attrs
import pytest
from archives import ADD, FORM, LIST, NOW, PASSED, SAME_BEGINNING, SDN, keep
from hypothesis import given
from hypothesis import strategies as st

from sanctionslib.answers import EditionStatus
from sanctionslib.archive._files import is_safe_name
from sanctionslib.archive._storing import held_files
from sanctionslib.archive.format_folder import Checked
from sanctionslib.archive.packing import Received, pack
from sanctionslib.archive.store import EditionStore
from sanctionslib.errors import ArchiveError, CorruptEditionError, InvalidInputError
from sanctionslib.model import Edition, Scope


def test_anybody_can_read_it(archive: EditionStore) -> None:
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
    data = json.loads((folder / "edition.json").read_text("utf-8"))
    assert data["published"] == "2021-12-10"
    assert data["added_at"] == "2021-12-31T12:00:00+00:00"
    assert data["checks"][0]["value"] == 639
    assert archive.files(held) == (folder / "SDN.CSV.gz", folder / "ADD.CSV.gz")
    assert archive.editions(LIST) == (held,)
    assert archive.list_ids() == (LIST,)


def test_the_same_bytes_of_the_same_day_are_one_edition(archive: EditionStore) -> None:
    """What is held stays as it is; of another day they are another edition, stored once."""
    first, _ = keep(archive, {"SDN.CSV": SDN})
    again, is_new = keep(archive, {"SDN.CSV": SDN}, now=datetime(2022, 1, 1, tzinfo=UTC))
    assert (again, is_new) == (first, False)
    other, is_new = keep(archive, {"SDN.CSV": SDN}, "2021-12-11")
    assert is_new
    (one,), (two,) = archive.files(first), archive.files(other)
    assert one.samefile(two)


def test_what_the_server_said_is_remembered(archive: EditionStore) -> None:
    """And shows in the edition that it was about."""
    held, _ = keep(archive, {"SDN.CSV": SDN})
    assert archive.checked(LIST, FORM) is None
    said = Checked(at=NOW, edition=held.name, answers={"SDN.CSV": ("https://a.example/", "e", "")})
    archive.put_checked(LIST, FORM, said)
    assert archive.checked(LIST, FORM) == said
    assert archive.editions(LIST)[0].checked_at == NOW


def test_what_the_server_said_is_of_an_edition_that_is_there(archive: EditionStore) -> None:
    """Else the server would say that nothing changed since, and nobody would have the edition."""
    old, _ = keep(archive, {"SDN.CSV": SDN})
    keep(archive, {"SDN.CSV": ADD}, "2021-12-11")
    archive.put_checked(LIST, FORM, Checked(at=NOW, edition=old.name))
    archive.prune(LIST, keep=1)
    assert archive.checked(LIST, FORM) is None
    for name in ("", "..", f"../{FORM}", "2021-12-10-01234567"):
        archive.put_checked(LIST, FORM, Checked(at=NOW, edition=name))
        assert archive.checked(LIST, FORM) is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b'{"schema": "sanctionslib/checked/2", "at": "2021-12-31T12:00:00Z", "edition": "X", "answers": {}}',
        b'{"schema": "sanctionslib/checked/1", "at": "2021-12-31", "edition": "X", "answers": {}}',
        b'{"schema": "sanctionslib/checked/1", "at": "2021-12-31T12:00:00Z", "edition": "X", "answers": []}',
    ],
)
def test_what_the_server_said_is_forgotten_where_it_is_damaged(
    archive: EditionStore, content: bytes
) -> None:
    """Then it is asked as if for the first time; the editions answer as before."""
    held, _ = keep(archive, {"SDN.CSV": SDN})
    path = archive.home / LIST / FORM / "checked.json"
    path.write_bytes(content.replace(b"X", held.name.encode()))
    assert archive.checked(LIST, FORM) is None
    assert archive.current(LIST) == held
    archive.put_checked(LIST, FORM, Checked(at=NOW, edition=held.name))
    assert archive.checked(LIST, FORM) is not None


def test_an_edition_was_checked_at_least_when_it_was_downloaded(archive: EditionStore) -> None:
    """Whatever the server said since of another edition says nothing of this one."""
    at = datetime(2021, 12, 9, 8, tzinfo=UTC)
    old, _ = keep(archive, {"SDN.CSV": SDN}, retrieved_at=at)
    new, _ = keep(archive, {"SDN.CSV": ADD}, "2021-12-11", retrieved_at=at)
    archive.put_checked(LIST, FORM, Checked(at=NOW, edition=new.name))
    assert [one.checked_at for one in archive.editions(LIST)] == [at, NOW]
    assert old.checked_at == at


def test_files_of_what_is_gone(archive: EditionStore) -> None:
    """Whoever still has the edition in hand learns that it was pruned."""
    old, _ = keep(archive, {"SDN.CSV": SDN})
    keep(archive, {"SDN.CSV": ADD}, "2021-12-11")
    archive.prune(LIST, keep=1)
    with pytest.raises(CorruptEditionError, match="not there"):
        archive.files(old)


def test_the_files_must_be_those_of_the_edition(archive: EditionStore) -> None:
    """What was parsed and what is kept are the same bytes."""
    edition = Edition(list_id=LIST, format=FORM, publisher="EXAMPLE", title="", sha256="0" * 64)
    with archive.temporary_folder(LIST, FORM) as folder:
        received = [pack(io.BytesIO(SDN), folder, "SDN.CSV")]
        with pytest.raises(InvalidInputError, match="not that of its files"):
            archive.store(received, edition, entries=1, lacks_entries=False, checks=(), now=NOW)
        assert received[0].path.is_file()
    assert archive.editions(LIST) == ()
    assert not folder.exists()


def test_everything_that_is_known_is_kept(archive: EditionStore) -> None:
    """Of each file, where it came from and what the server said of it."""
    with archive.temporary_folder(LIST, FORM) as folder:
        one = attrs.evolve(
            pack(io.BytesIO(SDN), folder, "SDN.CSV"),
            packed="SDN.ZIP",
            packed_sha256="ab" * 32,
            url="https://a.example/SDN.ZIP",
            etag='W/"1"',
            last_modified="Fri, 10 Dec 2021 15:00:00 GMT",
            published_hash="sha256:" + "ab" * 32,
        )
        edition = Edition(
            list_id=LIST,
            format=FORM,
            publisher="EXAMPLE office",
            title="EXAMPLE list",
            published=date(2021, 12, 10),
            dated_by="http",
            retrieved_at=NOW.astimezone(timezone(timedelta(hours=-5))),
            scope=Scope.CUSTOM,
            filter="program IRGC",
            missing=("ADD.CSV",),
            sha256=one.sha256,
        )
        held, _ = archive.store(
            [one], edition, entries=7, lacks_entries=True, checks=(PASSED,), now=NOW
        )
    check_shared(held, edition)
    check_shared(held.files[0], one)
    assert held.files[0].stored == "SDN.CSV.gz"
    assert held.folder == str(archive.home / LIST / FORM / f"2021-12-10-{one.sha256[:8]}")
    assert held.added_at == held.checked_at == NOW
    assert (held.lacks_entries, held.entries, held.checks) == (True, 7, (PASSED,))
    assert (held.status, held.reason, held.overridden_at) == (EditionStatus.VALID, "", None)


def check_shared(one: attrs.AttrsInstance, other: attrs.AttrsInstance) -> None:
    """What both have a field for is equal in both."""
    names = {each.name for each in attrs.fields(type(one))}
    shared = names & {each.name for each in attrs.fields(type(other))}
    assert len(shared) > 8
    for name in shared:
        assert getattr(one, name) == getattr(other, name), name


def test_another_edition_with_the_same_beginning_of_its_hash(archive: EditionStore) -> None:
    """It is refused, and what is held stays."""
    one, two = SAME_BEGINNING
    held, _ = keep(archive, {"SDN.CSV": one})
    with pytest.raises(ArchiveError, match=f"begins with {held.sha256[:8]} too"):
        keep(archive, {"SDN.CSV": two})
    assert archive.editions(LIST) == (held,)


NAMES = [
    ("../../escape.csv", "_.._escape.csv.gz"),
    ("/etc/passwd", "_etc_passwd.gz"),
    ("C:\\SDN.CSV", "C__SDN.CSV.gz"),
    ("..", "_.gz"),
    ("", "_.gz"),
    ("NUL", "_NUL.gz"),
    ("con .csv", "_con .csv.gz"),
    ("SDN.CSV ", "SDN.CSV.gz"),
    (".hidden", "hidden.gz"),
    ("a\0b\ud800", "a_b_.gz"),
    ("list\u202evsc.exe", "list\u202evsc.exe.gz"),
    ("é" * 90 + ".csv", "é" * 68 + ".csv.gz"),
    ("x" * 150, "x" * 140 + ".gz"),
]


@pytest.mark.parametrize(("name", "stored"), NAMES)
def test_a_name_from_a_zip_becomes_one_of_a_file(
    archive: EditionStore, name: str, stored: str
) -> None:
    """It stays within its folder on every system; what the zip called it is kept too."""
    held, _ = keep(archive, {name: SDN})
    assert [(one.name, one.stored) for one in held.files] == [(name, stored)]
    (path,) = archive.files(held)
    assert path.parent == Path(held.folder)
    assert gzip.decompress(path.read_bytes()) == SDN
    assert archive.verify().faults == ()


def test_names_that_are_one_on_some_system_are_two(archive: EditionStore) -> None:
    """Capitals, and accents written in two ways; one would have replaced the other."""
    names = ("SDN.CSV", "sdn.csv", "2-SDN.CSV", "caf\u00e9", "cafe\u0301", "x" * 141, "x" * 142)
    held, _ = keep(archive, {name: name.encode() for name in names})
    assert [one.stored for one in held.files] == [
        "SDN.CSV.gz",
        "2-sdn.csv.gz",
        "2-2-SDN.CSV.gz",
        "caf\u00e9.gz",
        "2-cafe\u0301.gz",
        "x" * 140 + ".gz",
        "2-" + "x" * 140 + ".gz",
    ]
    for path, name in zip(archive.files(held), names, strict=True):
        assert gzip.decompress(path.read_bytes()) == name.encode()


@given(st.lists(st.text(max_size=200), min_size=1, max_size=6, unique=True))
def test_any_names_are_kept(names: list[str]) -> None:
    """Whatever a zip calls its members, each is held and found again."""
    files = held_files(
        [Received(name=name, path=Path(), size=0, sha256="00" * 32) for name in names]
    )
    stored = [one.stored for one in files]
    assert len({unicodedata.normalize("NFC", each.casefold()) for each in stored}) == len(names)
    for each in stored:
        assert is_safe_name(each)
        assert Path("folder", each).parent == Path("folder")
        assert len(each.encode()) < 200
