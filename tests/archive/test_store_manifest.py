"""edition.json: anybody reads it, nobody changes it unseen, and it stays small."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from archives import FAILED, FORM, LIST, NOW, PASSED, keep
from hypothesis import given
from hypothesis import strategies as st

from sanctionslib.answers import Check, EditionStatus, HeldEdition, HeldFile
from sanctionslib.archive._manifest import LaterError, Manifest, MisfitError
from sanctionslib.archive.store import EditionStore
from sanctionslib.errors import ArchiveError, CorruptEditionError, InvalidInputError
from sanctionslib.model import Scope

SDN = {"SDN.CSV": b'36,"AEROCARIBBEAN AIRLINES",-0- ,"CUBA"\r\n\x1a'}
HASH = hashlib.sha256(SDN["SDN.CSV"]).hexdigest()

SAME = (
    f'{{"name": "SDN.CSV", "stored": "SDN.CSV.gz", "size": 1, "sha256": "{HASH}", "packed": "", '
    '"packed_sha256": "", "url": "", "etag": "", "last_modified": "", "published_hash": ""}'
)

texts = st.text(st.characters(codec="utf-8"), max_size=8)
days = st.dates(date(1990, 1, 1), date(2100, 1, 1))
times = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
numbers = st.integers(0, 10**9)
maybe = st.one_of(st.none(), numbers)
checks = st.lists(
    st.builds(
        Check,
        name=texts,
        value=numbers,
        before=maybe,
        least=maybe,
        most=maybe,
        against=st.sampled_from(["", "2021-12-09-00000000", "2021-12-08-00000000"]),
    ),
    max_size=4,
)
files = st.builds(
    HeldFile,
    name=st.text(max_size=8),  # also what is no Unicode, as the name of a file can be
    stored=st.sampled_from(["SDN.CSV.gz", "ADD.CSV.gz"]),
    size=numbers,
    sha256=st.just(HASH),
    packed=texts,
    packed_sha256=texts,
    url=texts,
    etag=texts,
    last_modified=texts,
    published_hash=texts,
)
manifests = st.builds(
    Manifest,
    held=st.builds(
        HeldEdition,
        list_id=texts,
        format=texts,
        sha256=st.just(HASH),
        folder=st.just("here"),
        publisher=texts,
        title=texts,
        published=st.one_of(st.none(), days),
        dated_by=st.sampled_from(["file", "caller", "http", None]),
        retrieved_at=st.one_of(st.none(), times),
        added_at=times,
        checked_at=st.none(),
        scope=st.sampled_from(Scope),
        filter=st.one_of(st.none(), texts),
        missing=st.lists(texts, max_size=2).map(tuple),
        lacks_entries=st.booleans(),
        entries=numbers,
        files=files.map(lambda one: (one,)),
        status=st.just(EditionStatus.QUARANTINED),
        checks=checks.map(tuple),
        reason=texts,
        overridden_at=st.one_of(st.none(), times),
    ),
    figures=st.dictionaries(texts, numbers, max_size=4),
)


@given(manifest=manifests)
def test_what_is_written_is_read_back(manifest: Manifest) -> None:
    """Every value, and every figure, whether a check is about it or not."""
    content = manifest.to_bytes()
    assert Manifest.from_bytes(content, folder="here") == manifest
    assert json.loads(content)["list_id"] == manifest.held.list_id


@given(name=texts, value=numbers, figure=numbers)
def test_a_check_is_told_from_a_figure_of_its_name(name: str, value: int, figure: int) -> None:
    """A check may be of a number that is none of the figures: its date."""
    held = HeldEdition(
        list_id=LIST,
        format=FORM,
        sha256=HASH,
        folder="",
        added_at=NOW,
        files=(HeldFile(name="a", stored="a.gz", size=1, sha256=HASH),),
        checks=(Check(name=name, value=value),),
    )
    for figures in ({}, {name: figure}, {name: value}):
        told = Manifest.from_bytes(Manifest(held=held, figures=figures).to_bytes(), folder="")
        assert dict(told.figures) == figures


def test_anybody_reads_it(tmp_path: Path) -> None:
    """With gunzip and a JSON tool, and can hold the hashes against the files."""
    archive = EditionStore(tmp_path)
    held, _ = keep(archive, SDN, checks=[FAILED])
    folder = Path(held.folder)
    ran = subprocess.run(
        [sys.executable, "-m", "json.tool", folder / "edition.json"],
        capture_output=True,
        check=True,
    )
    told = json.loads(ran.stdout)
    unpacked = subprocess.run(
        ["gunzip", "-c", folder / told["files"][0]["stored"]], capture_output=True, check=True
    ).stdout
    assert unpacked == SDN["SDN.CSV"]
    assert hashlib.sha256(unpacked).hexdigest() == told["files"][0]["sha256"] == told["sha256"]
    lines = (folder / "edition.json").read_bytes().splitlines(keepends=True)
    assert hashlib.sha256(b"".join(lines[:-2])).hexdigest() == told["seal"]
    assert (
        b'    {"name": "entries", "value": 375, "before": 639, "least": 607, "passed": false}\n'
        in lines
    )
    assert told["checked_against"] == "2021-12-09-00000000"


def test_it_stays_small(tmp_path: Path) -> None:
    """A day of SDN.CSV has 61 figures, each with its check; the file itself has 370 kB."""
    figures = {f"field designations {n:02}": 9000 + n for n in range(61)}
    against = "2021-12-09-00000000"
    many = [
        Check(name=name, value=value, before=value - 1, least=value - 900, against=against)
        for name, value in figures.items()
    ]
    held, _ = keep(EditionStore(tmp_path), SDN, checks=many, figures=figures)
    assert Path(held.folder, "edition.json").stat().st_size < 8000
    assert dict(EditionStore(tmp_path).figures(held)) == figures


def test_nobody_changes_a_line_unseen(tmp_path: Path) -> None:
    """Whichever value is another one, the edition no longer answers, and says why."""
    archive = EditionStore(tmp_path)
    held, _ = keep(archive, SDN, checks=[PASSED, FAILED], missing=("ADD.CSV",))
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


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"entries": 639', '"entries": "639"', "entries: must be a whole number, not '639'"),
        ('"entries": 639', '"entries": -1', "entries: must be 0 or more, not -1"),
        ('"entries": 639', '"entries": true', "entries: must be a whole number, not True"),
        ('"published": "2021-12-10"', '"published": "20211210"', "must be a day as 2021-12-10"),
        ('"published": "2021-12-10"', '"published": "2021-12-40"', "published: day is out of"),
        ('"entries": 639', '"entries": 639, "scope": "all"', "scope: must be one of whole"),
        ('"dated_by": "caller"', '"dated_by": "me"', "dated_by: must be one of file, caller, http"),
        ('"entries": 639', '"entries": 639, "lacks_entries": 0', "must be true or false"),
        ('"entries": 639', '"entries": 639, "missing": [1]', "missing[0]: must be text, not 1"),
        ('"entries": 639', '"entries": 639, "missing": ""', "missing: must be an array"),
        ('"files": [', '"others": [', "files: there are none"),
        ('"files": [', '"files": [], "others": [', "files: there are none"),
        ('"files": [', '"files": 1, "others": [', "files: must be an array, not 1"),
        ('"files": [\n', f'"files": [{SAME}, {SAME.replace("SDN", "sdn")},\n', "have one name"),
        ('"title": "EXAMPLE list"', '"title": null', "title: must be text, not None"),
        ('"format": "', '"style": "', "format: required, and missing"),
        ('"stored": "SDN.CSV.gz"', '"stored": "../SDN.CSV.gz"', "files[0].stored: '../SDN.CSV.gz'"),
        ('"stored": "SDN.CSV.gz"', '"stored": "edition.json"', "no name of a file in an archive"),
        (f'"sha256": "{HASH}"', f'"sha256": "{HASH[::-1]}"', "does not follow"),
        (f'"sha256": "{HASH}"', '"sha256": "0"', "64 digits"),
        ("T12:00:00+00:00", "T12:00:00", "must be a time with its zone"),
        ("T12:00:00+00:00", "T12:00:00+14:00", "must be a time in UTC"),
        ("2021-12-31T12:00:00+00:00", "0001-01-01T00:00:00+14:00", "must be a time in UTC"),
        ("2021-12-31T12:00:00+00:00", "noon", "added_at: Invalid isoformat string"),
        ('"value": 639', '"value": 63', "it is valid, and a check failed"),
        ('"entries": 639', '"entries": 639, "status": "overridden"', "not said why and when"),
        ('"checks": [', '"checks": [1, ', "checks[0]: must be an object"),
        ('"figures": {', '"figures": [], "more": {', "figures: must be an object"),
        ('"schema": "sanctionslib/edition/1"', '"schema": "other"', "schema: is 'other'"),
        ('"title": "EXAMPLE list"', '"title": "EXAMPLE LIST"', "seal: it is not the hash"),
        ("{", "[", "it is no JSON"),
        ("{", "\udcff", "it is no JSON"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    """By its place in the file, with what should stand there."""
    archive = EditionStore(tmp_path)
    held, _ = keep(archive, SDN)
    path = Path(held.folder, "edition.json")
    text = path.read_text("utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode("utf-8", "surrogateescape"))
    with pytest.raises(CorruptEditionError) as caught:
        archive.current(LIST)
    assert said in caught.value.what
    assert "sl.Archive().verify() names everything" in caught.value.hint


def test_what_a_later_version_adds_is_left_alone(tmp_path: Path) -> None:
    """Keys that are not known say nothing to this version, and break nothing."""
    manifest = Manifest(held=keep(EditionStore(tmp_path), SDN)[0], figures={})
    lines = manifest.to_bytes().splitlines(keepends=True)
    body = b"".join((lines[0], b'  "mood": "calm",\n', *lines[1:-2]))
    seal = f'  "seal": "{hashlib.sha256(body).hexdigest()}"\n}}\n'.encode()
    told = Manifest.from_bytes(body + seal, folder=manifest.held.folder)
    assert told.held.sha256 == HASH


def test_a_form_of_a_later_version_is_no_damage(tmp_path: Path) -> None:
    """It says to upgrade, and is not replaced when the same edition comes again."""
    archive = EditionStore(tmp_path)
    held, _ = keep(archive, SDN)
    path = Path(held.folder, "edition.json")
    later = path.read_text("utf-8").replace("sanctionslib/edition/1", "sanctionslib/edition/2")
    path.write_text(later, "utf-8")
    for ask in (lambda: archive.current(LIST), lambda: keep(archive, SDN)):
        with pytest.raises(ArchiveError, match="later version") as caught:
            ask()
        assert not isinstance(caught.value, CorruptEditionError)
        assert "upgrade" in caught.value.hint
    assert path.read_text("utf-8") == later
    with pytest.raises(LaterError):
        Manifest.from_bytes(later.encode(), folder="")


@given(st.binary(max_size=40))
def test_anything_else_is_a_misfit(content: bytes) -> None:
    """No error of Python's comes out."""
    with pytest.raises(MisfitError):
        Manifest.from_bytes(content, folder="")
    with pytest.raises(MisfitError):
        Manifest.from_bytes(b"[" * 20000 + content, folder="")


def test_a_time_needs_a_zone(tmp_path: Path) -> None:
    """Else it would be another time on another machine."""
    archive = EditionStore(tmp_path)
    for given_time in ({"now": datetime(2021, 12, 31)}, {"retrieved_at": datetime(2021, 12, 31)}):
        with pytest.raises(InvalidInputError, match="no time zone"):
            keep(archive, SDN, **given_time)
    assert archive.editions(LIST) == ()
