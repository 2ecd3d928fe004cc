"""The contract that every format keeps with damaged, hostile and foreign files.

They raise one of our errors with a remedy, or the fault is reported with its values:
the list never gets shorter, or changes, without a report.
"""

from __future__ import annotations

import gzip
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs
import pytest
from cases import CASES, Case
from changes import Opened
from contract import (
    BY_FORMAT,
    KEEPING,
    each_format,
    good,
    held,
    opened,
    quick,
    replaced,
    walked,
    zipped,
)
from json_containers import Bundle, Json
from mutations import mutate, open_files
from nodes import Entry, Node, walk
from quick import slow
from table_containers import Book, Table
from xml_container import Xml

import sanctionslib as sl

Found = sl.SanctionsList[sl.Entity]


def refuse(case: Case, files: Sequence[bytes], what: str, **options: object) -> None:
    """The files raise one of our errors, which states the remedy."""
    try:
        found = case.read(files, **options)  # type: ignore[arg-type]
    except sl.SanctionsError as error:
        check_says(error, what)
    else:
        pytest.fail(f"{what}: {len(found)} entities were read")


def check_says(
    error: sl.SanctionsError, what: object, kind: type[sl.SanctionsError] = sl.SanctionsError
) -> None:
    """An error has its class, and states the fault, the place and the remedy."""
    assert isinstance(error, kind), what
    assert error.what, what
    assert error.hint, (what, error.what)
    assert error.where is not None, (what, error.what)


@each_format
def test_cut(case: Case) -> None:
    """A file cut at fifty places raises, unless its format has no marked end.

    Then it is cut between two rows, and each party that is left is one of the complete file, or has
    fewer rows than there.
    """
    files = good(case)
    whole = {one.id: one for one in case.read(files, keep_source=True)}
    container = case.open(files)
    for at, data in enumerate(files):
        end = len(data.rstrip(b"\r\n \x1a"))
        for cut in sorted({end * part // 50 for part in range(50)} | {end - 1, end // 2 + 1, end}):
            try:
                found = case.read(replaced(files, at, data[:cut]), keep_source=True)
            except sl.SanctionsError as error:
                is_row = cut == end and isinstance(container, Table) and container.has_header
                check_says(error, cut, sl.errors.TruncatedError if is_row else sl.SanctionsError)
                continue
            if cut == end and not isinstance(container, Table):
                continue  # nothing but blanks is gone
            assert case.of.has_no_end_mark, cut
            if found.audit.issues:
                continue
            # Flat files have no header and a blank before the end of a row; it alone may be gone.
            assert data[:cut].endswith(b"\n") or not container.has_header, cut
            assert data[:cut].endswith(b"\n") or data[cut:].lstrip(b" \r")[:1] in (b"\n", b""), cut
            for one in found:
                old = whole[one.id]
                assert one == old or Counter(one.source or ()) < Counter(old.source or ())


def broken(data: bytes) -> Iterator[tuple[str, bytes, type[sl.SanctionsError]]]:
    """A text in place of a file, or in it, with the error that it raises."""
    middle = len(data) // 2
    yield "nothing", b"", sl.errors.TruncatedError
    yield "blanks", b"  \r\n\n", sl.errors.TruncatedError
    yield "a page", b"<html><body>Access denied</body></html>", sl.errors.UnknownFormatError
    yield "a page with a doctype", b"<!DOCTYPE html>\n<html><p>403", sl.errors.UnknownFormatError
    yield "a PDF", b"%PDF-1.7\n", sl.errors.UnknownFormatError
    yield "a page behind it", data + b"<html><body>Error</body></html>", sl.SanctionsError
    if data.startswith(b"PK"):  # a workbook is a zip, and so is a bundle
        yield "a zip that is cut", data[:-30], sl.errors.TruncatedError
        return
    yield "a NUL", data[:middle] + b"\0" + data[middle:], sl.ParseError
    yield "a byte of another encoding", data[:middle] + b"\xe9" + data[middle:], sl.ParseError
    if not data.startswith(b"<"):  # of XML its mark is enough
        yield "UTF-16", data.decode().encode("utf-16"), sl.ParseError
    yield "gzip that is cut", gzip.compress(data)[:-9], sl.errors.TruncatedError
    yield "gzip with a fault", gzip.compress(data)[:-8] + b"\0" * 8, sl.ParseError
    yield "zip that is cut", zipped({"X": data})[:-30], sl.errors.TruncatedError


@pytest.mark.parametrize("name", [one.format for one in CASES if one.open(one.small()).count])
def test_other_than_declared(name: str) -> None:
    """Fewer or more entries than the file declares are not an edition, but a part of one."""
    case = BY_FORMAT[name]
    container = case.open(good(case))
    container.count = ""  # so that the number stays
    for entries in (container.entries[:-1], container.entries[:1] + container.entries, []):
        files = container.write(entries)
        with pytest.raises(sl.ParseError) as caught:
            case.read(files)
        check_says(caught.value, len(entries))


@each_format
def test_broken(case: Case) -> None:
    """Other content in place of a file, or within it, raises; also with the other files."""
    files = good(case)
    for at, data in enumerate(files):
        for what, other, error in broken(data):
            with pytest.raises(error) as caught:
                case.read(replaced(files, at, other))
            check_says(caught.value, (case.files[at], what))


SOME = [one for one in CASES if one.format in ("un-sc-xml", "us-csl-csv", "us-csl-json")]
"""A format in each container."""


@each_format
@pytest.mark.parametrize("others", [SOME, slow(CASES)], ids=["some", "all"])
def test_other_formats(case: Case, others: Sequence[Case]) -> None:
    """A file of another format is not read as this list, nor are two files in one.

    Neither is a file of this format read as of a list that does not come in it.
    """
    if case.of.lists:
        another = next(one for one in ("eu_fsf", "us_bis_denied") if one not in case.of.lists)
        refuse(attrs.evolve(case, list_id=another), good(case), "another list")
    for other in others:
        data = quick()[f"{other.format} small"].files[0]
        if case.list_id and other.of.lists and case.list_id not in other.of.lists:
            refuse(case, [data], f"a file of {other.format}")
        if other is not case:
            refuse(case, [good(case)[0] + data, *good(case)[1:]], f"{other.format} behind it")


# The library's own JSON states the place of a repeated key, and no remedy.
@each_format
def test_doubled(case: Case) -> None:
    """A header or a document that comes a second time is that of another file.

    Tables without a header can have a row twice, and then all of it is kept.
    """
    files = good(case)
    for at, data in enumerate(files):
        container = case.open(files)
        assert isinstance(container, Xml | Table | Book | Json)
        for what, other in container.doubled(data):
            changed = replaced(files, at, other)
            try:
                found = case.read(changed, keep_source=True)
            except sl.SanctionsError as error:
                check_says(error, what)
                continue
            if isinstance(container, Table | Book):
                assert not container.has_header, what
            if not found.audit.issues:
                assert isinstance(container, Table | Book), what
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


@pytest.mark.parametrize("name", KEEPING)
def test_what_the_format_does_not_have(name: str) -> None:
    """An element, attribute or member that is new in any place of an entry is kept and reported.

    It stands in the source of its entity, as a Feature, among the unmapped values, and in an issue.
    """
    case = BY_FORMAT[name]
    one = opened(f"{name} small")
    if isinstance(one.container, Table | Book):
        pytest.skip("a table has no columns but those of its header")
    added = 0
    entries: list[Entry] = []
    for at, entry in enumerate(one.entries):
        top = entry.top.copy()
        copies = [node for node in top.all() if node.name in case.copies]
        unread = {id(node) for each in copies for node in each.all()}
        for number, node in enumerate(list(top.all())):
            if node.children and id(node) not in unread:
                space = node.form.rpartition("}")[0]
                form = f"{space}}}strange" if space else "str"
                node.children.append(Node("strange", f"STRANGE {at}.{number}", [], form))
                added += max(1, len(entry.owners or ()))
                if isinstance(one.container, Xml):
                    node.children.insert(
                        0, Node("@unexpected", f"STRANGE @{at}.{number}", [], "unexpected")
                    )
                    added += max(1, len(entry.owners or ()))
        entries.append(attrs.evolve(entry, top=top))
    assert added
    files = one.container.write(entries)
    found = case.read(files, partial=True, keep_source=True)
    check_nothing_lost(case, files, found)
    features = [each for entity in found for each in entity.features]
    strange = [each for each in features if "STRANGE" in each.value]
    assert len(strange) == added
    assert all(each.kind is None for each in strange)
    unmapped = {each.path: each.count for each in found.audit.unmapped if "STRANGE" in each.sample}
    assert sum(unmapped.values()) == added
    nowhere = (sl.answers.Coverage.UNEXPECTED, sl.answers.Coverage.UNMAPPED)
    counted = [
        each for each in found.audit.paths if each.coverage in nowhere and each.path in unmapped
    ]
    assert sum(each.count for each in counted) == added
    reported = {issue.where.path for issue in found.audit.issues}
    assert reported >= set(unmapped)
    with pytest.raises(sl.ParseError):
        case.read(files, strict=True)


def without(one: Opened, owner: str, pattern: str) -> list[bytes]:
    """The file without the values of an entity at paths with this beginning."""
    changed: dict[int, list[Node]] = {}
    for at, entry in enumerate(one.entries):
        if owner in one.owners[at]:
            top = entry.top.copy()
            nodes = {
                id(node): path for _, node, path, _, _ in walk(attrs.evolve(entry, top=top), {})
            }
            for node in list(top.all()):
                node.children = [
                    each for each in node.children if not re.match(pattern, nodes[id(each)])
                ]
            changed[at] = [top]
    return one.write(changed)


def has_rows(case: Case) -> bool:
    """Whether a party of the format has several rows, which are put together by its key."""
    return getattr(case.of, "party", None) is not None


@pytest.mark.parametrize("name", [case.format for case in CASES if case.names])
def test_a_party_without_a_name(name: str) -> None:
    """It is rejected with all its values, whether the source is kept or not; the others stay."""
    case, one = BY_FORMAT[name], opened(f"{name} small")
    party = min(one.found, key=lambda each: (len(each.names), len(each.origins)))
    files = without(one, party.id, case.names)
    found = case.read(files, partial=True, keep_source=True)
    assert {each.id for each in found} == {each.id for each in one.found} - {party.id}
    assert found.audit.rejected == (1 if has_rows(case) else len(party.origins))
    assert found.audit.converted == len(found)
    assert any("could not be read" in gap for gap in found.editions[0].missing)
    check_nothing_lost(case, files, found)
    plain = case.read(files, partial=True)
    rejected = [each for each in plain.audit.issues if each.kind is sl.answers.IssueKind.REJECTED]
    assert all(each.source for each in rejected)
    assert _stated(plain) == _stated(found)


def _stated(found: Found) -> list[tuple[object, ...]]:
    return [(one.kind, one.message, one.source) for one in found.audit.issues]


@pytest.mark.parametrize("name", [case.format for case in CASES if case.uid])
def test_a_party_without_a_key(name: str) -> None:
    """It is kept under a key that we build of its name, and reported.

    Nothing shows that several rows without a key belong to one party.
    """
    case, one = BY_FORMAT[name], opened(f"{name} small")
    party = next(each for each in one.found if each.id_space != "ofac" or name != "us-csl-csv")
    found = case.read(without(one, party.id, f"{case.uid}$"), partial=True)
    built = [each for each in found if each.source_id.startswith("~")]
    assert 1 <= len(built) <= (len(party.origins) if has_rows(case) else 1)
    assert {name for each in built for name in each.names} == set(party.names)
    assert [each.kind for each in found.audit.issues].count(sl.answers.IssueKind.NO_ID) == len(
        built
    )


@pytest.mark.parametrize("name", [name for name in XML if name in KEEPING])
def test_text_around_the_entries(name: str) -> None:
    """Elements, texts and attributes around the entries that the format does not have are reported."""
    case = BY_FORMAT[name]
    for what, data in Xml.beside(good(case)[0], "STRANGE"):
        try:
            found = case.read([data], keep_source=True)
        except sl.SanctionsError as error:
            check_says(error, what)
            continue
        stated = [str(pair) for issue in found.audit.issues for pair in issue.source or ()]
        stated += [issue.message for issue in found.audit.issues]
        assert any("STRANGE" in one for one in stated), what
        assert [without_strange(one) for one in found] == list(case.read(good(case))), what


def without_strange(entity: sl.Entity) -> sl.Entity:
    """The entity without the Features of what does not belong there."""
    return attrs.evolve(
        entity, features=tuple(one for one in entity.features if "STRANGE" not in one.value)
    )


@pytest.mark.parametrize("name", XML)
def test_parts_in_another_order(name: str) -> None:
    """A part of the document moved to its end raises, is reported, or changes nothing."""
    case = BY_FORMAT[name]
    for what, data in Xml.moved(good(case)[0]):
        try:
            found = case.read([data], keep_source=True)
        except sl.SanctionsError as error:
            check_says(error, what)
            continue
        check_nothing_lost(case, [data], found)
        assert found.audit.issues or set(found) == set(case.read(good(case))), what


@pytest.mark.parametrize("count", [50, slow(300)])
@each_format
def test_random_bytes(case: Case, count: int) -> None:
    """Of many files with a byte or a run of them changed, each raises, or loses nothing in silence.

    All of its values are in the sources of entities or issues. Where no fault is reported, the
    entities are as many as declared, and one whose source has not changed has not changed itself.
    """
    files = good(case)
    before = Opened(case, files)
    sources = {one.id: one for one in before.found}
    rng = random.Random(case.format)
    open_before = open_files()
    outcome: Counter[str] = Counter()
    for _ in range(count):
        at = rng.randrange(len(files))
        changed = replaced(files, at, mutate(files[at], rng))
        try:
            found = case.read(changed, partial=rng.random() < 0.5, keep_source=True)
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
                if old is not None and one.source == old.source and not old.relations:
                    assert case.own(one) == case.own(old), (case.format, one)
    assert open_files() == open_before, "a file stayed open"
    if isinstance(before.container, Book | Bundle):  # checksums tell of nearly every byte
        assert outcome["raised"] > outcome["read"]
    else:
        assert set(outcome) == {"raised", "reported", "read"} or case.key, outcome


def check_nothing_lost(case: Case, files: Sequence[bytes], found: Found) -> None:
    """Each value of the files is in the source of an entity or of an issue.

    What no field holds is counted as often as it is a Feature or an identifier without kind.
    """
    if not case.key:
        after = Opened(case, files, found)
        # A faulty file does not state how many entities come from one entry.
        missing = walked(after, shared=False) - held(found)
        assert not missing, missing
        assert found.audit.issues or held(found) == walked(after)
        kinds = [one.kind for each in found for one in (*each.features, *each.identifiers)]
        unmapped = sum(one.count for one in found.audit.unmapped)
        # Of records that are united, what is the same is kept once.
        assert kinds.count(None) == unmapped or found.audit.converted < found.audit.read


@pytest.mark.parametrize("count", [20, slow(100)])
@pytest.mark.parametrize("name", KEEPING)
def test_random_structure(name: str, count: int) -> None:
    """Whatever is dropped, doubled, moved or altered among the nodes of a file, no value is lost."""
    case = BY_FORMAT[name]
    before = opened(f"{name} small")
    rng = random.Random(name)
    outcome: Counter[str] = Counter()
    for _ in range(count):
        files = shaken(before, rng)
        try:
            found = case.read(files, partial=rng.random() < 0.8, keep_source=True)
        except sl.SanctionsError:
            outcome["raised"] += 1
            continue
        outcome["read"] += 1
        check_nothing_lost(case, files, found)
        if any(issue.kind is not sl.answers.IssueKind.EDITION for issue in found.audit.issues):
            with pytest.raises(sl.SanctionsError):
                case.read(files, partial=True, strict=True)
    assert outcome["read"] >= count // 5


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
        is_row = isinstance(one.container, Table | Book)
        holder = rng.choice([each for each in top.all() if each.children] or [top])
        node = rng.choice(holder.children or [Node("", "")])
        target = rng.choice([other, *other.all()])
        if how == "alter":
            node.text = rng.choice((" altered  text ", "1", "true", "2020-01-02"))
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
