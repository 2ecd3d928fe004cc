"""Bundles: answers of an interface, kept together as a folder or a zip, and what can be wrong with them."""

from __future__ import annotations

import io
import json
import random
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from cases_ua import CASES, answers
from contract import held
from json_containers import bundle, zipped_files
from mutations import mutate
from nodes import pairs

import sanctionslib as sl
from sanctionslib.parsers import InputFile, sources_of
from sanctionslib.parsers._engine import bundle as engine

CASE = next(one for one in CASES if one.format == "ua-nsdc-json")
LIST, DAY = "ua_nsdc_sanctions", "2026-11-30"
Answers = dict[str, list[dict[str, object]]]


def files() -> dict[str, bytes]:
    """The files of the small bundle."""
    return {name: json.dumps(one).encode() for name, one in answers().items()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small bundle as a folder."""
    (tmp_path / "register" / "actions").mkdir(parents=True)
    for name, data in files().items():
        (tmp_path / "register" / name).write_bytes(data)
    return tmp_path / "register"


# ── ways to give it ───────────────────────────────────────────────────────────────────────────


def test_a_folder_is_the_zip_of_it(folder: Path) -> None:
    """Hidden files are left out, and when the files were written does not matter."""
    base = CASE.read([bundle(answers())], keep_source=True)
    found = CASE.read([folder], keep_source=True)
    assert list(found) == list(base)
    assert found.editions[0].members == ("register.zip",)
    for name in (".DS_Store", "actions/.DS_Store"):
        (folder / name).write_bytes(b"\0")
    (folder / "subjects.legal.json").touch()
    assert CASE.read([folder]).editions[0].sha256 == found.editions[0].sha256


def test_a_folder_that_was_packed_with_its_name() -> None:
    """As programs pack a folder."""
    given = zipped_files({f"register/{name}": data for name, data in files().items()})
    assert list(CASE.read([given])) == list(CASE.read([bundle(answers())]))


def test_it_is_kept_in_the_archive(folder: Path, tmp_path: Path) -> None:
    """As one file, which is read again as it was; one of four parties does not answer for its list."""
    with pytest.raises(sl.ImplausibleEditionError):
        sl.Archive(tmp_path / "home").add(folder, list_id=LIST, published=DAY)
    (kept,) = (tmp_path / "home" / LIST).rglob("*.gz")
    assert kept.name == "register.zip.gz"
    assert list(CASE.read([kept])) == list(CASE.read([folder]))


def test_progress(folder: Path) -> None:
    """It ends with all bytes."""
    steps: list[tuple[int, int]] = []
    sl.read(folder, published=DAY, progress=lambda *step: steps.append(step))
    size = InputFile.packed("x", dict(_paths(folder))).size
    assert steps == [(size, size)]


def _paths(folder: Path) -> list[tuple[str, Path]]:
    return [(str(one.relative_to(folder)), one) for one in folder.rglob("*.json")]


def test_many_files(tmp_path: Path) -> None:
    """More answers than any other zip may have files."""
    made: Answers = {"subjects.individual.json": [], "subjects.legal.json": []}
    (party, *_) = answers()["subjects.individual.json"]
    for at in range(500):
        made["subjects.individual.json"].append({**party, "sid": at})
        made[f"actions/{at}.json"] = answers()["actions/901.json"]
    found = CASE.read([bundle(made)])
    assert (len(found), found.audit.issues) == (500, ())


# ── what is missing, or too much ──────────────────────────────────────────────────────────────


def without(*names: str) -> bytes:
    return bundle({name: one for name, one in answers().items() if name not in names})


@pytest.mark.parametrize(
    ("gone", "message"),
    [
        (("actions/902.json",), r"without the actions of 1 of its parties \(902\)"),
        (
            ("actions/901.json", "actions/951.json"),
            r"without the actions of 2 of its parties \(901, 951\)",
        ),
        (
            ("actions/901.json", "actions/902.json", "actions/903.json", "actions/951.json"),
            r"without the actions of 4 of its parties \(901, 902, 903, 951\)",
        ),
        (
            ("subjects.legal.json",),
            r"without subjects\.legal\.json, which has the legal subjects",
        ),
    ],
)
def test_a_missing_answer(gone: tuple[str, ...], message: str) -> None:
    """The edition is incomplete, and is marked where it is read with partial=True."""
    with pytest.raises(sl.IncompleteEditionError, match=message):
        CASE.read([without(*gone)])
    found = CASE.read([without(*gone)], partial=True)
    assert any(
        re.search(message.removeprefix("without "), gap) for gap in found.editions[0].missing
    )
    assert any(re.search(message, issue.message) for issue in found.audit.issues)


def test_many_answers_that_are_missing() -> None:
    """The first few are named, and the others counted."""
    (party, *_) = answers()["subjects.individual.json"]
    made: Answers = {"subjects.individual.json": [], "subjects.legal.json": []}
    made["subjects.individual.json"] = [{**party, "sid": at} for at in range(1_200)]
    message = r"the actions of 1,200 of its parties \(0, 1, 2, 3, 4 and 1,195 more\)"
    with pytest.raises(sl.IncompleteEditionError, match=message):
        CASE.read([bundle(made)])


def test_an_answer_about_no_party() -> None:
    """It is reported with all its values, because it names no party."""
    made = answers()
    made["actions/999.json"] = made["actions/951.json"]
    found = CASE.read([bundle(made)])
    (issue,) = found.audit.issues
    assert (issue.kind, issue.where.path) == (sl.answers.IssueKind.STRUCTURE, "actions/999.json")
    assert ("actions/decree/number", "902/2021") in (issue.source or ())
    assert len(found) == len(CASE.read(CASE.small()))


def test_an_empty_answer() -> None:
    """An empty array is an answer: the party is there, without any decree, and that is reported."""
    found = CASE.read([bundle({**answers(), "actions/901.json": []})])
    (issue,) = found.audit.issues
    assert (issue.where.entry, issue.where.path) == ("901", "actions/901.json")
    assert found["901"].listed_since is None


FAULTS: dict[str, tuple[Callable[[dict[str, bytes]], object], type[sl.SanctionsError], str]] = {
    "a page of answers": (
        lambda made: made.update({"subjects.individual.2.json": b"[]"}),
        sl.InvalidInputError,
        r"subjects\.individual\.2\.json is not part of a bundle",
    ),
    "a copy of an answer": (
        lambda made: made.update({"actions/901.json.bak": b"[]"}),
        sl.InvalidInputError,
        "not part of a bundle",
    ),
    "an answer in a folder below": (
        lambda made: made.update({"actions/old/901.json": b"[]"}),
        sl.InvalidInputError,
        "not part of a bundle",
    ),
    "a refusal": (
        lambda made: made.update({"actions/901.json": b'{"statusCode":401}'}),
        sl.errors.StructureChangedError,
        "it is not an array",
    ),
    "a page": (
        lambda made: made.update({"actions/901.json": b"<html>"}),
        sl.ParseError,
        "not well-formed JSON",
    ),
    "an empty file": (
        lambda made: made.update({"actions/901.json": b""}),
        sl.errors.TruncatedError,
        "",
    ),
    "a cut file": (
        lambda made: made.update({"actions/901.json": made["actions/901.json"][:-9]}),
        sl.errors.TruncatedError,
        "does not end",
    ),
    "subjects that are no list": (
        lambda made: made.update({"subjects.legal.json": b'{"data":[]}'}),
        sl.errors.StructureChangedError,
        "it is not an array",
    ),
    "parties with actions": (
        lambda made: made.update(
            {"subjects.legal.json": made["subjects.legal.json"].replace(b'"bd"', b'"actions"')}
        ),
        sl.errors.StructureChangedError,
        "their own actions",
    ),
    "an answer beyond measure": (
        lambda made: made.update({"actions/901.json": b"[" + b" " * 2_000_001 + b"]"}),
        sl.errors.StructureChangedError,
        "2,000,003 bytes",
    ),
}


@pytest.mark.parametrize("what", FAULTS)
def test_faults(what: str, folder: Path) -> None:
    """Each is refused, from a zip and from a folder: nothing is left out without a word."""
    change, error, message = FAULTS[what]
    made = files()
    change(made)
    for name, data in made.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    for given in (zipped_files(made), folder):
        with pytest.raises(sl.SanctionsError) as caught:
            CASE.read([given], partial=True)
        assert caught.value.hint
        if given is folder and what == "an answer in a folder below":
            continue  # a folder in a folder in a folder is no bundle
        assert isinstance(caught.value, error)
        assert re.search(message, caught.value.what)


def test_a_bundle_of_an_unknown_publisher() -> None:
    """The error does not call it a workbook."""
    with pytest.raises(sl.errors.UnknownFormatError, match=r"a bundle with subjects\.ships\.json"):
        sl.read(zipped_files({"subjects.ships.json": b"[]", "actions/1.json": b"[]"}))


def test_together_with_another_file() -> None:
    """A bundle is the complete edition."""
    with pytest.raises(sl.InvalidInputError, match="not the parts of one edition"):
        CASE.read([bundle(answers()), bundle(answers())])


# ── bounds ────────────────────────────────────────────────────────────────────────────────────


def test_the_number_of_files_is_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a zip and of a folder."""
    monkeypatch.setattr(engine, "MOST_ANSWERS", 5)
    with pytest.raises(sl.errors.StructureChangedError, match="6 files; the limit is 5"):
        CASE.read([bundle(answers())])
    monkeypatch.setattr("sanctionslib.parsers._engine.input_file.MOST_ANSWERS", 5)
    with pytest.raises(sl.errors.StructureChangedError, match="6 files; the limit is 5"):
        sources_of(folder)


def test_the_size_is_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the directory of the zip, and by the bytes of a folder."""
    monkeypatch.setattr(engine, "_UNPACKED", 1_000)
    with pytest.raises(sl.errors.StructureChangedError, match="more than 1,000 bytes"):
        CASE.read([bundle(answers())])
    monkeypatch.setattr("sanctionslib.parsers._engine.input_file._LARGEST", 1_000)
    with pytest.raises(sl.errors.StructureChangedError, match="more than 1,000 bytes"):
        sources_of(folder)


def test_a_file_that_is_there_twice() -> None:
    """Programs that unpack a zip take the last of them."""
    made = io.BytesIO(bundle(answers()))
    with warnings.catch_warnings(), zipfile.ZipFile(made, "a") as archive:
        warnings.simplefilter("ignore", UserWarning)
        archive.writestr("actions/901.json", b"[]")
    with pytest.raises(
        sl.errors.StructureChangedError, match="two of its files have the same name"
    ):
        CASE.read([made.getvalue()])


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_another_packing(method: int) -> None:
    """What `zipfile` unpacks without any bound is not unpacked."""
    with pytest.raises(sl.errors.TruncatedError, match="compression method"):
        CASE.read([zipped_files(files(), method)])


def test_other_zips_keep_their_bound() -> None:
    """A zip without such answers has at most 64 files, with any names of folders."""
    many = {f"actions/{at}.json": b"[]" for at in range(65)}
    with pytest.raises(sl.errors.StructureChangedError, match="has 65 files"):
        sl.read(zipped_files(many))


def test_other_folders_hold_no_folder(folder: Path) -> None:
    """As before: only files with the answers that name the parties are a bundle."""
    for name in ("subjects.individual.json", "subjects.legal.json"):
        (folder / name).rename(folder / f"x{name}")
    with pytest.raises(sl.InvalidInputError, match="another folder, 'actions'"):
        sl.read(folder)


def test_random_bytes_in_a_file() -> None:
    """With a byte of a file changed, it raises, or no value is lost in silence."""
    rng, outcome, good = random.Random(0), Counter[str](), files()
    for _ in range(400):
        name = rng.choice(list(good))
        changed = zipped_files({**good, name: mutate(good[name], rng)})
        try:
            found = CASE.read([changed], keep_source=True)
        except sl.SanctionsError:
            outcome["raised"] += 1
            continue
        outcome["reported" if found.audit.issues else "read"] += 1
        walked = Counter(
            pair for entry in CASE.open([changed]).entries for pair in pairs(entry).elements()
        )
        assert not walked - held(found)
    assert set(outcome) == {"raised", "reported", "read"}
