"""The contract that every format keeps, whatever list it is of.

Nothing is lost, what a field holds changes with its source, damage is told, and the same text says
the same. `cases` has one row for each format; here stands what is demanded of all of them. A format
has a module of its own beside this one for its golden file and its own peculiarities.
"""

from __future__ import annotations

import gzip
import io
import random
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import attrs
import pytest
from cases import CASES, Case, File, excerpts_of, files_of
from changes import Opened, lost
from containers import Json, Table, Xml
from facts import facts_of
from mutations import mutate, open_files
from nodes import Node, pairs

import sanctionslib as sl
from sanctionslib.parsers import formats

Found = sl.SanctionsList[sl.Entity]
Pairs = Counter[tuple[str, str]]

BY_FORMAT = {case.format: case for case in CASES}
each_format = pytest.mark.parametrize("case", CASES, ids=list(BY_FORMAT))
"""For what needs one file of each format: the small one."""
KEEPING = {name: case for name, case in BY_FORMAT.items() if not case.key}
"""Formats that keep the source of an entity: all but our own, which is one already."""


@cache
def quick() -> dict[str, File]:
    """The files that are part of the project: a small one, the sample, the official excerpts."""
    found: dict[str, File] = {}
    for case in CASES:
        found[f"{case.format} small"] = File(case, tuple(case.small()))
        if case.sample is not None:
            found[f"{case.format} sample"] = File(case, (case.sample,))
        for name, file in excerpts_of(case):
            found[f"{case.format} {name}"] = file
    return found


WHOLE = {name: case for case in CASES for name in case.whole}


@cache
def opened(name: str) -> Opened:
    file = quick()[name]
    return Opened(file.case, file.files)


@pytest.fixture(params=[name for name, one in quick().items() if not one.case.key])
def kept(request: pytest.FixtureRequest) -> Opened:
    """A file of the project, taken apart and read with its source."""
    return opened(request.param)


def two_each() -> Iterator[str]:
    """For what takes long: the small file of each format, and its first official excerpt."""
    for format_name in BY_FORMAT:
        names = [name for name in quick() if name.startswith(f"{format_name} ")]
        yield from [name for name in names if not name.endswith(" sample")][:2]


@pytest.fixture(params=list(two_each()))
def file(request: pytest.FixtureRequest) -> Opened:
    """A small file or an excerpt, of any format."""
    return opened(request.param)


@pytest.fixture(params=WHOLE, scope="module")
def whole(request: pytest.FixtureRequest, lists: Path) -> Opened:
    """A whole official file, taken apart and read with its source; one is held at a time."""
    file = files_of(WHOLE[request.param], lists, request.param)
    return Opened(file.case, file.files)


def test_every_format_has_a_case() -> None:
    """A format that is added without a row here is found out."""
    assert set(BY_FORMAT) == {each.name for each in formats()}


# ── the source is kept whole ──────────────────────────────────────────────────────────────────


def walked(one: Opened, *, shared: bool = True) -> Pairs:
    """What the sources have to hold, by a walk of our own: shared entries once for each owner."""
    found: Pairs = Counter()
    for at, entry in enumerate(one.entries):
        times = max(1, len(one.owners[at])) if shared and entry.owners is not None else 1
        for pair, count in pairs(entry).items():
            found[pair] += count * (1 if pair[0] in one.case.once else times)
    return found


def held(found: Found) -> Pairs:
    """What the sources of all entities hold, and those in the audit of what none was made of."""
    made = Counter(pair for one in found for pair in one.record or ())
    made.update(pair for issue in found.audit.issues for pair in issue.record or ())
    return made


def check_kept(one: Opened) -> None:
    """The sources hold the multiset of paths and values of the file, and nothing else.

    Each entry of the file stands whole in the source of an entity, so that no value has moved from
    one to another.
    """
    assert held(one.found) == walked(one)
    in_issues = Counter(pair for issue in one.found.audit.issues for pair in issue.record or ())
    for entry, owners in zip(one.entries, one.owners, strict=True):
        assert owners or pairs(entry) <= in_issues


def check_paths(one: Opened) -> None:
    """Each path with its label has its use, none is unexpected, and they are counted as walked."""
    audit = one.found.audit
    assert [each for each in audit.paths if each.use is sl.Use.UNKNOWN] == []
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
    assert all(each.note for each in audit.paths if each.use is sl.Use.STRUCTURAL)


def check_unmapped(one: Opened) -> None:
    """What the audit calls unmapped stands as a Feature without kind, each value of it."""
    unmapped = sum(each.count for each in one.found.audit.unmapped)
    features = [each for entity in one.found for each in entity.features]
    assert sum(each.kind is None for each in features) >= min(unmapped, 1)


def check_verbatim(one: Opened) -> None:
    """What is mapped stands in the entity by letter, but for words and flags that become codes."""
    said = {entity.id: "\n".join(texts(sl.to_dict(entity))).casefold() for entity in one.found}
    coded = re.compile(f"(?:{one.case.coded})$")
    for at, leaf in one.values():
        if coded.search(leaf.path) or not one.is_mapped(leaf.path, leaf.label):
            continue
        text = leaf.text.strip().casefold()
        owners = one.owners[at]
        assert not owners or any(text in said[owner] for owner in owners), (owners, leaf)


def texts(value: object) -> Iterator[str]:
    """All values of what an entity says, as text."""
    if isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)
    elif value is not None:
        yield str(value)


def check_facts(one: Opened) -> None:
    """No entity states a fact of which its edition says that the format never states it."""
    for entity in one.found:
        states = entity.edition.states if entity.edition is not None else None
        assert states is None or facts_of(entity) <= states, entity


def check_source_apart(one: Opened) -> None:
    """Whether the source is kept or not, the entities are the same, and so is the audit."""
    plain = one.case.read(one.files, partial=True)
    assert list(plain) == list(one.found)
    assert all(entity.record is None for entity in plain)
    assert attrs.evolve(one.found.audit, paths=()) == _without_records(plain.audit, one.found.audit)


def _without_records(plain: sl.Audit, other: sl.Audit) -> sl.Audit:
    """The audit with the sources of the other in its issues: they may be kept with sources alone."""
    issues = tuple(
        attrs.evolve(issue, record=each.record)
        for issue, each in zip(plain.issues, other.issues, strict=True)
    )
    return attrs.evolve(plain, issues=issues)


CHECKS = (check_kept, check_paths, check_unmapped, check_verbatim, check_facts, check_source_apart)
checks = pytest.mark.parametrize("check", CHECKS, ids=lambda one: one.__name__[6:])


@checks
def test_a_file(check: Callable[[Opened], None], kept: Opened) -> None:
    """What `check` says, of each file of the project."""
    check(kept)


@checks
def test_a_whole_file(check: Callable[[Opened], None], whole: Opened) -> None:
    """What `check` says, of each whole official file."""
    check(whole)


@each_format
def test_facts(case: Case) -> None:
    """Each fact that a format says it states is stated by some entity of its files."""
    stated: set[sl.Fact] = set()
    declared: set[sl.Fact] = set()
    for name, file in quick().items():
        if file.case.format == case.format:
            for edition in opened(name).found.editions:
                declared |= edition.states or set()
            for entity in opened(name).found:
                stated |= facts_of(entity)
    assert declared <= stated


# ── what is mapped is held by a field ─────────────────────────────────────────────────────────


def test_each_value_changed(file: Opened) -> None:
    """No mapped value of a file can change, come twice or appear without a trace.

    A small file has every sort of value once, and each is changed; of longer ones one of each sort.
    """
    small = len(file.files[0]) < 50_000
    assert lost(file if small else thinned(file), None if small else 1) == []


def test_each_sort_of_value_of_a_whole_file(whole: Opened) -> None:
    """Of each path and label of an official file, in each of its surroundings, none is lost."""
    assert lost(thinned(whole), 1, at_least=20) == []


def thinned(one: Opened) -> Opened:
    """Some of the entities, with everything that the file has."""
    made = Opened(one.case, one.thin(1))
    if not any(leaf.span for _, leaf in one.values()):
        assert set(made.uses) == set(one.uses)
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
    """In each container: whoever leaves out a field is told the values of it, and of nothing else."""
    field, paths = FORGOTTEN[name]
    real = sl.read

    def forgetful(*args: object, **options: object) -> Found:
        found = real(*args, **options)  # type: ignore[arg-type]
        made = [attrs.evolve(one, **{field: ()}) for one in found]
        return sl.SanctionsList(made, edition=found.editions[0])

    with monkeypatch.context() as patch:
        patch.setattr(sl, "read", forgetful)
        found = lost(opened(f"{name} small"), 1)
    assert found
    assert all(any(path in each for path in paths) for each in found)


# ── damage is told ────────────────────────────────────────────────────────────────────────────


def refuse(case: Case, files: Sequence[bytes], what: str, **options: object) -> None:
    """The files raise an error of ours, which says what to do."""
    try:
        found = case.read(files, **options)  # type: ignore[arg-type]
    except sl.SanctionsError as error:
        check_says(error, what)
    else:
        pytest.fail(f"{what}: {len(found)} entities were read")


def check_says(error: sl.SanctionsError, what: object) -> None:
    """An error says what is wrong, where, and what to do."""
    assert error.what, what
    assert error.hint, (what, error.what)
    assert error.where is not None, (what, error.what)


def replaced(files: Sequence[bytes], at: int, data: bytes) -> list[bytes]:
    return [*files[:at], data, *files[at + 1 :]]


def good(case: Case) -> tuple[bytes, ...]:
    """A file that is whole; the formats' small ones are."""
    files = quick()[f"{case.format} small"].files
    assert case.read(files).audit.issues == ()
    return files


@each_format
def test_cut(case: Case) -> None:
    """Cut at fifty places, a file raises; or its format says that it ends anywhere.

    Then it is cut between two rows, and each party that is left is one of the whole file, or has
    fewer rows than there.
    """
    files = good(case)
    whole = {one.id: one for one in case.read(files, records=True)}
    for at, data in enumerate(files):
        end = len(data.rstrip(b"\r\n \x1a"))
        for cut in sorted({end * part // 50 for part in range(50)} | {end - 1, end // 2 + 1}):
            try:
                found = case.read(replaced(files, at, data[:cut]), records=True)
            except sl.SanctionsError as error:
                check_says(error, cut)
                continue
            assert case.of.ends_anywhere, cut
            if found.audit.issues:
                continue
            assert data[:cut].endswith(b"\n") or data[cut:].lstrip(b" \r")[:1] == b"\n", cut
            for one in found:
                old = whole[one.id]
                assert one == old or Counter(one.record or ()) < Counter(old.record or ())


def broken(data: bytes) -> Iterator[tuple[str, bytes]]:
    """What stands in place of a file, or in it."""
    middle = len(data) // 2
    yield "nothing", b""
    yield "blanks", b"  \r\n\n"
    yield "a page", b"<html><body>Access denied</body></html>"
    yield "a page with a doctype", b"<!DOCTYPE html>\n<html lang=en><p>403"
    yield "a PDF", b"%PDF-1.7\n"
    yield "a page behind it", data + b"<html><body>Error</body></html>"
    yield "a NUL", data[:middle] + b"\0" + data[middle:]
    yield "a byte of another encoding", data[:middle] + b"\xe9" + data[middle:]
    yield "gzip that is cut", gzip.compress(data)[:-9]
    yield "gzip with a fault", gzip.compress(data)[:-8] + b"\0" * 8
    yield "zip that is cut", zipped({"X": data})[:-30]


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@each_format
def test_broken(case: Case) -> None:
    """Something else in place of a file, or within it, raises; also beside the other files."""
    files = good(case)
    for at, data in enumerate(files):
        for what, other in broken(data):
            refuse(case, replaced(files, at, other), f"{case.names[at]}: {what}")


@each_format
def test_other_formats(case: Case) -> None:
    """A file of another format is not read as of this list, and two files in one are none."""
    for other in CASES:
        data = quick()[f"{other.format} small"].files[0]
        if case.list_id and other.of.lists and case.list_id not in other.of.lists:
            refuse(case, [data], f"a file of {other.format}")
        if other is not case:
            refuse(case, [good(case)[0] + data, *good(case)[1:]], f"{other.format} behind it")


# The library's own JSON says of a doubled key where it is, and not what to do.
@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            marks=[pytest.mark.xfail(strict=True)] if case.format == "sanctionslib-json" else [],
        )
        for case in CASES
    ],
    ids=list(BY_FORMAT),
)
def test_doubled(case: Case) -> None:
    """A header or a document that comes a second time is that of another file.

    Tables without a header can have a row twice, and then all of it is kept.
    """
    files = good(case)
    for at, data in enumerate(files):
        container = case.open(files)
        assert isinstance(container, Xml | Table | Json)
        for what, other in container.doubled(data):
            changed = replaced(files, at, other)
            try:
                found = case.read(changed, records=True)
            except sl.SanctionsError as error:
                check_says(error, what)
                continue
            if not found.audit.issues:
                assert isinstance(container, Table), what
                assert not container.has_header, what
                check_nothing_lost(case, changed, found)


XML = [name for name, case in BY_FORMAT.items() if "-xml" in name]


@pytest.mark.parametrize("name", XML)
def test_hostile(name: str, tmp_path: Path) -> None:
    """Declared entities, undefined ones, huge texts and deep trees are refused, and not followed."""
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    case = BY_FORMAT[name]
    for what, data in Xml.hostile(good(case)[0], secret.as_uri()):
        with pytest.raises(sl.ParseError) as caught:
            case.read([data])
        assert "SECRET" not in str(caught.value), what


@each_format
def test_random_bytes(case: Case) -> None:
    """Of 300 files with a byte or a run of them changed, each raises, or loses nothing in silence.

    All of its values are in the sources of entities or issues. Where no fault is reported, the
    entities are as many as declared, and one whose source has not changed has not changed itself.
    """
    files = good(case)
    before = Opened(case, files)
    sources = {one.id: one for one in before.found}
    rng = random.Random(case.format)
    open_before = open_files()
    outcome: Counter[str] = Counter()
    for _ in range(300):
        at = rng.randrange(len(files))
        changed = replaced(files, at, mutate(files[at], rng))
        try:
            found = case.read(changed, partial=rng.random() < 0.5, records=True)
        except sl.SanctionsError:
            outcome["raised"] += 1
            continue
        outcome["reported" if found.audit.issues else "read"] += 1
        check_nothing_lost(case, changed, found)
        if found.audit.issues:
            continue
        assert found.audit.declared in (None, len(found))
        if not case.key and before.container.header() == case.open(changed).header():
            for one in found:
                old = sources.get(one.id)
                if old is not None and one.record == old.record and not old.relations:
                    assert case.own(one) == case.own(old), (case.format, one)
    assert open_files() == open_before, "a file stayed open"
    assert set(outcome) == {"raised", "reported", "read"} or case.key, outcome


def check_nothing_lost(case: Case, files: Sequence[bytes], found: Found) -> None:
    """Each value of the files is in the source of an entity or of an issue."""
    if not case.key:
        after = Opened(case, files, found)
        # Of a file at fault nobody can say how many parties share an entry.
        missing = walked(after, shared=False) - held(found)
        assert not missing, missing
        assert found.audit.issues or held(found) == walked(after)


@pytest.mark.parametrize("name", KEEPING)
def test_random_structure(name: str) -> None:
    """Whatever is dropped, doubled, moved or altered among the nodes of a file, no value is lost."""
    case = BY_FORMAT[name]
    before = opened(f"{name} small")
    rng = random.Random(name)
    outcome: Counter[str] = Counter()
    for _ in range(100):
        files = shaken(before, rng)
        try:
            found = case.read(files, partial=rng.random() < 0.8, records=True)
        except sl.SanctionsError:
            outcome["raised"] += 1
            continue
        outcome["read"] += 1
        check_nothing_lost(case, files, found)
    assert outcome["read"] >= 20


def shaken(one: Opened, rng: random.Random) -> list[bytes]:
    """The file with one of its nodes dropped, doubled, moved or altered, or two entries swapped."""
    entries = list(one.entries)
    at, to = rng.randrange(len(entries)), rng.randrange(len(entries))
    how = rng.choice(("drop", "double", "move", "alter", "swap", "drop entry", "double entry"))
    if how == "swap":
        entries[at], entries[to] = entries[to], entries[at]
    elif how == "drop entry":
        sections = Counter(one.section for one in entries)
        if sections[entries[at].section] > 1:  # a member that is not there is another fault
            entries.pop(at)
    elif how == "double entry":
        entries.insert(to, entries[at])
    else:
        top, other = entries[at].top.copy(), entries[to].top.copy()
        is_row = isinstance(one.container, Table)
        holder = rng.choice([each for each in top.all() if each.children] or [top])
        node = rng.choice(holder.children or [Node("", "")])
        target = rng.choice([other, *other.all()])
        if how == "alter":
            node.text = rng.choice(("altered", "1", "true", "2020-01-02"))
        elif how == "drop" and node in holder.children:
            holder.children.remove(node)
        elif how == "double" and not is_row and not node.name.startswith("@"):
            holder.children.insert(0, node.copy())
        elif how == "move" and not is_row and not node.name.startswith("@"):
            holder.children.remove(node)
            target.children.append(node)
        entries[to] = attrs.evolve(entries[to], top=other)
        entries[at] = attrs.evolve(entries[at], top=top)
    return one.container.write(entries)


# ── the same says the same ────────────────────────────────────────────────────────────────────


def check_alike(found: Found, base: Found, what: str) -> None:
    """Equal entities in the same order, and an audit that says the same."""
    assert list(found) == list(base), what
    assert _figures(found) == _figures(base), what


def _figures(found: Found) -> object:
    audit = found.audit
    issues = [(one.kind, one.message, one.where.entry) for one in audit.issues]
    figures = (audit.declared, audit.read, audit.built, audit.unmapped, audit.unknown_codes)
    editions = [(one.list_id, one.format, one.published, one.missing) for one in found.editions]
    return issues, figures, editions


def test_other_ways_to_write_it(file: Opened) -> None:
    """Blanks, quotes, comments, prefixes and encodings that mean nothing change nothing."""
    base = file.case.read(file.files, partial=True)
    container = file.container
    assert isinstance(container, Xml | Table | Json)
    for at, data in enumerate(file.files):
        for what, other in container.ways(data):
            files = replaced(file.files, at, other)
            check_alike(file.case.read(files, partial=True), base, what)


@each_format
def test_other_ways_to_give_it(case: Case, tmp_path: Path) -> None:
    """A path, bytes, a stream, gzip, zip and a member of the archive give the same."""
    files = good(case)
    base = case.read(files)
    named = dict(zip(case.names, files, strict=True))
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
        check_alike(case.read(given), base, what)
