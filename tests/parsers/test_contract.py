"""The contract that every format of every list keeps.

Nothing is lost, a field changes with its source, damage is reported, and the same text says
the same. `cases` has one row for each format; here stands what is demanded of all of them. A format
has a module of its own beside this one for its golden file and its own peculiarities.
"""

from __future__ import annotations

import gzip
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import pytest
from cases import Case, excerpts_of, files_of
from changes import Opened, lost, plain, unspecified
from contract import (
    BY_FORMAT,
    KEEPING,
    WHOLE,
    each_format,
    good,
    held,
    opened,
    quick,
    replaced,
    two_each,
    walked,
    zipped,
)
from facts import facts_of
from json_containers import Json
from nodes import pairs
from quick import all_but, crossed
from table_containers import Book, Table
from xml_container import Xml

import sanctionslib as sl
from sanctionslib.parsers import formats

Found = sl.SanctionsList[sl.Entity]
Pairs = Counter[tuple[str, str]]

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(params=[name for name, one in quick().items() if not one.case.key])
def kept(request: pytest.FixtureRequest) -> Opened:
    """A file of the project, split into nodes and read with its source."""
    return opened(request.param)


_LONG = [name for name in two_each() if "-xml " in name and not name.endswith(" small")]
_LONG += [f"{name} small" for name in ("eu-fsf-csv", "gb-fcdo-csv", "gb-hmt-csv", "gb-hmt-xlsx")]
_LONG += ["au-dfat-xlsx small"]
"""Excerpts with thousands of values to change; tables of which each row has many columns."""


@pytest.fixture(params=all_but(two_each(), *_LONG))
def file(request: pytest.FixtureRequest) -> Opened:
    """A small file or an excerpt, of any format."""
    return opened(request.param)


@pytest.fixture(params=WHOLE, scope="module")
def whole(request: pytest.FixtureRequest, lists: Path) -> Opened:
    """A complete official file, split into nodes and read with its source; one at a time."""
    file = files_of(WHOLE[request.param], lists, request.param)
    return Opened(file.case, file.files)


def test_every_format_has_a_case() -> None:
    """A format that is added without a row here is found out."""
    assert set(BY_FORMAT) == {each.name for each in formats()}


@each_format
def test_golden(case: Case) -> None:
    """The small file becomes the entities that the golden file shows, which people have checked."""
    made = [sl.to_dict(entity) for entity in case.read(good(case), keep_source=True)]
    for one in made:  # the same for all, and tested elsewhere
        del one["schema"], one["library"], one["editions"]
        for origin in one.get("origins", ()):
            origin.pop("member", None)
    text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    assert text == (GOLDEN / f"{case.format}.json").read_text(encoding="utf-8")


@each_format
def test_the_small_file_has_every_path(case: Case) -> None:
    """Every path of the official excerpts of a format also occurs in its small file."""
    small = {path for path, _ in opened(f"{case.format} small").coverage}
    for name, _ in excerpts_of(case):
        assert {path for path, _ in opened(f"{case.format} {name}").coverage} <= small


# ── the source is kept whole ──────────────────────────────────────────────────────────────────


def check_kept(one: Opened) -> None:
    """The sources hold the multiset of paths and values of the file, and nothing else.

    Each entry of the file stands whole in the source of an entity, so that no value has moved from
    one to another.
    """
    assert held(one.found) == walked(one)
    in_issues = Counter(pair for issue in one.found.audit.issues for pair in issue.source or ())
    for entry, owners in zip(one.entries, one.owners, strict=True):
        assert owners or pairs(entry) <= in_issues


def check_paths(one: Opened) -> None:
    """Each path with its label has its use, none is unexpected, and they are counted as walked."""
    audit = one.found.audit
    assert [each for each in audit.paths if each.coverage is sl.answers.Coverage.UNEXPECTED] == []
    ours: Pairs = Counter()
    of_parts: set[str] = set()
    for at, leaf in one.values():
        if one.owners[at]:
            times = 1 if leaf.path in one.case.once else len(one.owners[at])
            ours[leaf.path, leaf.label] += times
        if leaf.span is not None:
            of_parts.add(leaf.path)
    theirs = Counter({(each.path, each.label): each.count for each in audit.paths})
    assert {at for at, _ in theirs} == {at for at, _ in ours}
    # Of cells with several values only the parser knows where one ends, and its label.
    for at in ours.keys() | theirs.keys():
        assert at[0] in of_parts or ours[at] == theirs[at], at
    assert all(each.note for each in audit.paths if each.coverage is sl.answers.Coverage.STRUCTURAL)


def check_unmapped(one: Opened) -> None:
    """The unmapped values of the audit are exactly the Features and identifiers without kind.

    It does so for no path whose label it has not counted.
    """
    unmapped = sum(each.count for each in one.found.audit.unmapped)
    counted = {each.label for each in one.found.audit.unmapped}
    assert counted >= {
        each.label
        for each in one.found.audit.paths
        if each.coverage is sl.answers.Coverage.UNMAPPED
    }
    kinds = [each.kind for entity in one.found for each in (*entity.features, *entity.identifiers)]
    assert kinds.count(None) == unmapped


def check_verbatim(one: Opened) -> None:
    """A mapped value is in the entity verbatim, except words and flags that become codes."""
    stated = {entity.id: plain("\n".join(texts(sl.to_dict(entity)))) for entity in one.found}
    for at, leaf in one.values():
        if one.case.is_coded(leaf.path) or not one.is_mapped(leaf.path, leaf.label):
            continue
        text = plain(leaf.text)
        owners = one.owners[at]
        assert not owners or any(text in stated[owner] for owner in owners), (owners, leaf)


def texts(value: object) -> Iterator[str]:
    """All values of an entity, as text."""
    if isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)
    elif value is not None:
        yield str(value)


def check_facts(one: Opened) -> None:
    """No entity states a fact that is missing in the supported facts of its edition."""
    for entity in one.found:
        states = entity.edition.supported_facts if entity.edition is not None else None
        assert states is None or facts_of(entity) <= states, entity


def check_source_apart(one: Opened) -> None:
    """Whether the source is kept or not, the entities are the same, and so is the audit."""
    plain = one.case.read(one.files, partial=True)
    assert list(plain) == list(one.found)
    assert all(entity.source is None for entity in plain)
    assert attrs.evolve(one.found.audit, paths=()) == _without_records(plain.audit, one.found.audit)


def _without_records(plain: sl.answers.Audit, other: sl.answers.Audit) -> sl.answers.Audit:
    """The audit with the sources of the other in its issues: they may be kept with sources alone."""
    issues = tuple(
        attrs.evolve(issue, source=each.source)
        for issue, each in zip(plain.issues, other.issues, strict=True)
    )
    return attrs.evolve(plain, issues=issues)


CHECKS = (check_kept, check_paths, check_unmapped, check_verbatim, check_facts, check_source_apart)
checks = pytest.mark.parametrize("check", CHECKS, ids=lambda one: one.__name__[6:])


@checks
def test_a_file(check: Callable[[Opened], None], kept: Opened) -> None:
    """The result of `check` for each file of the project."""
    check(kept)


@checks
def test_a_whole_file(check: Callable[[Opened], None], whole: Opened) -> None:
    """The result of `check` for each complete official file."""
    check(whole)


@each_format
def test_facts(case: Case) -> None:
    """Each supported fact of a format is stated by some entity of its files."""
    stated: set[sl.Fact] = set()
    declared: set[sl.Fact] = set()
    for name, file in quick().items():
        if file.case.format == case.format:
            for edition in opened(name).found.editions:
                declared |= edition.supported_facts or set()
            for entity in opened(name).found:
                stated |= facts_of(entity)
    assert declared <= stated


# ── what is mapped is held by a field ─────────────────────────────────────────────────────────


def test_each_value_changed(file: Opened) -> None:
    """No mapped value of a file can change, come twice or appear without a trace.

    Of values that are alike, one is changed; of a small table, all: what is alike there, its rows
    alone do not say. An excerpt is thinned to the entities that have something of their own.
    """
    is_small = len(file.found) < 50
    limit = None if is_small and isinstance(file.container, Table | Book) else 1
    assert lost(file if is_small else thinned(file), limit) == []


def test_each_sort_of_value_of_a_whole_file(whole: Opened) -> None:
    """Of each path and label of an official file, in each of its surroundings, none is lost."""
    assert lost(thinned(whole), 1, at_least=min(20, len(whole.coverage))) == []


@pytest.mark.parametrize(
    ("name", "text"), crossed([*KEEPING], ["XQZ 77", "9" * 5_000]), ids=lambda text: text[:20]
)
def test_an_unexpected_text(name: str, text: str) -> None:
    """In the place of each mapped value it is kept by letter, or the audit tells of it.

    Python makes no number of more than 4,300 digits.
    """
    assert unspecified(opened(f"{name} small"), text) == []


def thinned(one: Opened) -> Opened:
    """Some of the entities, with everything that the file has."""
    made = Opened(one.case, one.thin(1))
    if not any(leaf.span for _, leaf in one.values()):
        assert set(made.coverage) == set(one.coverage)
    return made


FORGOTTEN = {
    "ofac-classic-xml": ("addresses", ("addressList",)),
    "ofac-delimited": ("addresses", ("ADD",)),
    "us-csl-csv": ("addresses", ("addresses",)),
    "us-csl-json": ("identifiers", ("ids", "call_sign")),
    "us-bis-denied-txt": ("designations", ("Date", "Order", "Update", "Action", "FR_Citation")),
}


@pytest.mark.parametrize("name", FORGOTTEN)
def test_a_reader_that_forgets_a_field_is_found_out(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In each container: when a field is missing, its values are reported, and no others."""
    field, paths = FORGOTTEN[name]
    file, real = opened(f"{name} small"), sl.read

    def forgetful(*args: object, **options: object) -> Found:
        found = real(*args, **options)  # type: ignore[arg-type]
        made = [attrs.evolve(one, **{field: ()}) for one in found]
        return sl.SanctionsList(made, edition=found.editions[0])

    with monkeypatch.context() as patch:
        patch.setattr(sl, "read", forgetful)
        found = lost(file, 1)
    assert found
    assert all(any(path in each for path in paths) for each in found)


# ── the same says the same ────────────────────────────────────────────────────────────────────


def check_alike(found: Found, base: Found, what: str) -> None:
    """Equal entities in the same order, and an equal audit."""
    assert list(found) == list(base), what
    assert _figures(found) == _figures(base), what


def _figures(found: Found) -> object:
    audit = found.audit
    issues = [(one.kind, one.message, one.where.entry) for one in audit.issues]
    figures = (audit.declared, audit.read, audit.converted, audit.unmapped, audit.unknown_codes)
    editions = [(one.list_id, one.format, one.published, one.missing) for one in found.editions]
    return issues, figures, editions


def test_equivalent_encodings(file: Opened) -> None:
    """Blanks, quotes, comments, prefixes and encodings that mean nothing change nothing."""
    base = file.case.read(file.files, partial=True)
    container = file.container
    assert isinstance(container, Xml | Table | Book | Json)
    for at, data in enumerate(file.files):
        for what, other in container.ways(data):
            files = replaced(file.files, at, other)
            check_alike(file.case.read(files, partial=True), base, what)


@each_format
def test_equivalent_inputs(case: Case, tmp_path: Path) -> None:
    """A path, bytes, a stream, gzip, zip and a member of the archive give the same."""
    files = good(case)
    base = case.read(files)
    named = dict(zip(case.files, files, strict=True))
    kept = tmp_path / "home" / (case.list_id or "watch") / case.format / "2021-12-10-0123abcd"
    kept.mkdir(parents=True)
    for name, data in named.items():
        (tmp_path / name).write_bytes(data)
        (tmp_path / f"{name}.gz").write_bytes(gzip.compress(data))
        (kept / f"{name}.gz").write_bytes(gzip.compress(data))
    (tmp_path / "all.zip").write_bytes(zipped(named))
    (tmp_path / "deep.zip").write_bytes(zipped({f"a/b/{name}": named[name] for name in named}))
    for what, given in (
        ("paths", [tmp_path / name for name in named]),
        ("texts of paths", [str(tmp_path / name) for name in named]),
        ("streams", [io.BytesIO(data) for data in files]),
        ("gzip", [tmp_path / f"{name}.gz" for name in named]),
        ("gzip in memory", [gzip.compress(data) for data in files]),
        ("streams of gzip", [io.BytesIO(gzip.compress(data)) for data in files]),
        ("members of the archive", [kept / f"{name}.gz" for name in named]),
        ("zip", [tmp_path / "all.zip"]),
        ("zip in memory", [zipped(named)]),
        ("zip with folders", [tmp_path / "deep.zip"]),
        ("stream of a zip", [io.BytesIO(zipped(named))]),
        ("folder of the archive", [kept]),
    ):
        found = case.read(given)
        check_alike(found, base, what)
        assert [one.sha256 for one in found.editions] == [one.sha256 for one in base.editions]
