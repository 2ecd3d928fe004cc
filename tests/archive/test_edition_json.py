"""edition.json: anybody reads it, nobody changes it unseen, and it stays small."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import attrs
import pytest
from archives import FAILED, LIST, PASSED, SDN, keep
from hypothesis import given
from hypothesis import strategies as st

from sanctionslib.answers import Check, EditionStatus, HeldEdition, HeldFile
from sanctionslib.archive._json_files import (
    MisfitError,
    edition_from_bytes,
    edition_to_bytes,
)
from sanctionslib.archive.store import EditionStore
from sanctionslib.errors import ArchiveError, CorruptEditionError, InvalidInputError
from sanctionslib.model import Scope

FILES = {"SDN.CSV": SDN}

texts = st.text(st.characters(codec="utf-8"), max_size=8)
days = st.dates(date(1990, 1, 1), date(2100, 1, 1))
times = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
numbers = st.integers(0, 10**9)
maybe = st.none() | numbers
checks = st.builds(
    Check, name=texts, value=numbers, before=maybe, least=maybe, most=maybe, against=texts
)
files = st.builds(
    HeldFile,
    name=st.text(max_size=8),  # also what is no Unicode, as the name of a file can be
    stored=st.sampled_from(["SDN.CSV.gz", "ADD.CSV.gz"]),
    size=numbers,
    **dict.fromkeys([one.name for one in attrs.fields(HeldFile)][3:], texts),
)
editions = st.builds(
    HeldEdition,
    list_id=texts,
    format=texts,
    sha256=texts,
    folder=st.just("here"),
    publisher=texts,
    title=texts,
    published=st.none() | days,
    dated_by=st.sampled_from(["file", "caller", "http", None]),
    retrieved_at=st.none() | times,
    added_at=times,
    scope=st.sampled_from(Scope),
    filter=st.none() | texts,
    missing=st.lists(texts, max_size=2).map(tuple),
    lacks_entries=st.booleans(),
    entries=numbers,
    files=st.lists(files, max_size=2).map(tuple),
    status=st.sampled_from(EditionStatus),
    checks=st.lists(checks, max_size=4).map(tuple),
    reason=texts,
    overridden_at=st.none() | times,
)


@given(held=editions)
def test_what_is_written_is_read_back(held: HeldEdition) -> None:
    content = edition_to_bytes(held)
    assert edition_from_bytes(content, folder="here") == held
    assert json.loads(content)["list_id"] == held.list_id


def test_anybody_reads_it(archive: EditionStore) -> None:
    """With gunzip and a JSON tool, and can compare the hashes with the files."""
    held, _ = keep(archive, FILES, checks=[FAILED])
    folder = Path(held.folder)
    ran = subprocess.run(
        [sys.executable, "-m", "json.tool", folder / "edition.json"],
        capture_output=True,
        check=True,
    )
    data = json.loads(ran.stdout)
    unpacked = subprocess.run(
        ["gunzip", "-c", folder / data["files"][0]["stored"]], capture_output=True, check=True
    ).stdout
    assert unpacked == FILES["SDN.CSV"]
    assert hashlib.sha256(unpacked).hexdigest() == data["files"][0]["sha256"] == data["sha256"]
    lines = (folder / "edition.json").read_bytes().splitlines(keepends=True)
    assert hashlib.sha256(b"".join(lines[:-2])).hexdigest() == data["seal"]
    assert (
        b'    {"name": "entries", "value": 375, "before": 639, "least": 607, '
        b'"against": "2021-12-09-00000000"}\n'
    ) in lines


def test_it_stays_small(archive: EditionStore) -> None:
    """A day of SDN.CSV has 61 figures, each with its check; the file itself has 370 kB."""
    many = [
        attrs.evolve(PASSED, name=f"field designations {n:02}", value=9000 + n) for n in range(61)
    ]
    held, _ = keep(archive, FILES, checks=many)
    assert Path(held.folder, "edition.json").stat().st_size < 8000


def test_nobody_changes_a_line_unseen(archive: EditionStore) -> None:
    """Whichever value is another one, the edition no longer answers, and says why."""
    held, _ = keep(archive, FILES, checks=[PASSED, FAILED], missing=("ADD.CSV",))
    path = Path(held.folder, "edition.json")
    good = path.read_text("utf-8").splitlines(keepends=True)
    for number, line in enumerate(good):
        for changed in ("", line + line, line.replace("6", "7"), line.replace("e", "3")):
            if changed == line:
                continue
            path.write_text("".join((*good[:number], changed, *good[number + 1 :])), "utf-8")
            with pytest.raises(ArchiveError) as caught:
                archive.editions(LIST)
            assert caught.value.where.source == str(path)
    path.write_text("".join(good), "utf-8")
    assert archive.editions(LIST) == (held,)


def write(path: Path, old: str, new: str, *, is_sealed: bool) -> None:
    """Change a text in an edition.json, with a matching seal or with the one that was there."""
    text = path.read_text("utf-8")
    assert old in text
    changed = text.replace(old, new, 1).encode("utf-8", "surrogateescape")
    lines, _, seal = changed.rpartition(b'  "seal": ')
    if is_sealed:
        seal = f'"{hashlib.sha256(lines).hexdigest()}"\n}}\n'.encode()
    path.write_bytes(lines + b'  "seal": ' + seal)


@pytest.mark.parametrize("is_sealed", [False, True])
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"entries": 639', '"entries": "639"', "entries: must be a whole number, not '639'"),
        ('"published": "2021-12-10"', '"published": "2021-12-40"', "published: day is out of"),
        ('"files": [', '"files": 1, "others": [', "files: must be an array, not 1"),
        ('"format": "', '"style": "', "format: required, and missing"),
        ("T12:00:00+00:00", "T12:00:00", "must be a time with its zone"),
        ('"stored": "SDN.CSV.gz"', '"stored": "../SDN.CSV.gz"', "no name of a file in an archive"),
        ('"list_id": "', '"list_id": "other', "and in another folder"),
        ('"schema": "sanctionslib/edition/1"', '"schema": "other"', "schema: is 'other'"),
        ("{", "[", "it is no JSON"),
        ("{", "\udcff", "it is no JSON"),
    ],
)
def test_what_is_wrong_is_named(
    archive: EditionStore, old: str, new: str, said: str, is_sealed: bool
) -> None:
    """Also in what was written with a matching seal: by its place in the file."""
    path = Path(keep(archive, FILES)[0].folder, "edition.json")
    write(path, old, new, is_sealed=is_sealed)
    with pytest.raises(CorruptEditionError) as caught:
        archive.current(LIST)
    is_seen_first = is_sealed or said.startswith(("schema", "it is no"))
    assert (said if is_seen_first else "seal: it is not the hash") in caught.value.what
    assert "sl.Archive().verify() names everything" in caught.value.hint


def test_what_a_later_version_adds_is_ignored(archive: EditionStore) -> None:
    held, _ = keep(archive, FILES)
    path = Path(held.folder, "edition.json")
    write(path, "{\n", '{\n  "mood": "calm",\n', is_sealed=True)
    assert archive.current(LIST) == held


def test_a_form_of_a_later_version_is_no_damage(archive: EditionStore) -> None:
    """It says to upgrade, and is not replaced when the same edition comes again."""
    path = Path(keep(archive, FILES)[0].folder, "edition.json")
    write(path, "sanctionslib/edition/1", "sanctionslib/edition/2", is_sealed=False)
    later = path.read_bytes()
    for ask in (lambda: archive.current(LIST), lambda: keep(archive, FILES)):
        with pytest.raises(ArchiveError, match="later version") as caught:
            ask()
        assert not isinstance(caught.value, CorruptEditionError)
        assert "upgrade" in caught.value.hint
    assert path.read_bytes() == later


@given(st.binary(max_size=40), st.sampled_from([b"", b"[" * 20000]))
def test_anything_else_is_a_misfit(content: bytes, before: bytes) -> None:
    """No error of Python's comes out."""
    with pytest.raises(MisfitError):
        edition_from_bytes(before + content, folder="")


def test_a_time_needs_a_zone(archive: EditionStore) -> None:
    """Else it would be another time on another machine."""
    for given_time in ({"now": datetime(2021, 12, 31)}, {"retrieved_at": datetime(2021, 12, 31)}):
        with pytest.raises(InvalidInputError, match="no time zone"):
            keep(archive, FILES, **given_time)
    assert archive.editions(LIST) == ()
