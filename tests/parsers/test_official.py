"""Excerpts of official files: read without a fault, kept whole, and cut as their README says."""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
from cut_official import entries_of, put_together, said, take_apart
from lxml import etree
from official import FOLDER, OFFICIAL, Excerpt, read_excerpt

import sanctionslib as sl

Pair = tuple[str, str]


@pytest.fixture(params=OFFICIAL, ids=str)
def excerpt(request: pytest.FixtureRequest) -> Excerpt:
    found = request.param
    assert isinstance(found, Excerpt)
    return found


@cache
def entities_of(excerpt: Excerpt) -> sl.SanctionsList[sl.Entity]:
    return read_excerpt(excerpt)


def test_read(excerpt: Excerpt) -> None:
    """It is read by its path and date alone, without a warning or an issue, and every path is known."""
    found = entities_of(excerpt)
    (edition,) = found.editions
    assert (edition.list_id, edition.format) == (excerpt.list_id, excerpt.format)
    assert (str(edition.published), edition.missing) == (excerpt.published, ())
    assert (len(found), found.audit.issues) == (excerpt.entities, ())
    assert [one for one in found.audit.paths if one.use is sl.Use.UNKNOWN] == []


# ── kept, by an independent walk ──────────────────────────────────────────────────────────────

FLAT = {
    "SDN": (
        *("ent_num", "SDN_Name", "SDN_Type", "Program", "Title", "Call_Sign", "Vess_type"),
        *("Tonnage", "GRT", "Vess_flag", "Vess_owner", "Remarks"),
    ),
    "ADD": (
        *("Ent_num", "Add_num", "Address", "City/State/Province/Postal Code", "Country"),
        "Add_remarks",
    ),
    "ALT": ("ent_num", "alt_num", "alt_type", "alt_name", "alt_remarks"),
    "COMMENTS": ("ent_num", "Remarks"),
}
"""The columns of OFAC's flat files, which have no header."""

NOTHING = ("", "-0-")
"""How a delimited file says that there is no value."""

BACK = {
    "Location/FeatureVersionReference@FeatureVersionID": (
        "DistinctParty/Profile/Feature/FeatureVersion@ID"
    ),
    "Location/IDRegDocumentReference@IDRegDocumentID": "IDRegDocument@ID",
}
"""What a location that several parties share says of each: each has that which leads to itself."""


def walk(element: etree._Element, path: str) -> Iterator[Pair]:
    """Every text and attribute of an element."""
    for name, value in element.attrib.items():
        yield f"{path}@{name}", str(value)
    yield path, element.text or ""
    for child in element:
        yield from walk(child, f"{path}/{child.tag}".lstrip("/"))
        yield path, child.tail or ""


def columns_of(name: str, header: bytes, delimiter: str) -> Sequence[str]:
    """The paths of the columns of a delimited file."""
    member = Path(name).stem.rpartition("_")[2].replace("PRIM", "SDN")
    if member in FLAT:
        return [f"{member}/{column}" for column in FLAT[member]]
    return next(csv.reader([header.decode()], delimiter=delimiter))


def values_of(excerpt: Excerpt) -> Iterator[tuple[frozenset[str], Pair]]:
    """All values of the entries, each with the parties that it belongs to."""
    delimiter = "\t" if excerpt.format == "us-bis-denied-txt" else ","
    for name, chunks in take_apart(excerpt.files(), excerpt.format).items():
        for chunk in chunks:
            pairs: Iterable[Pair] = ()
            if chunk.owners and name.endswith(".xml"):
                entry = etree.fromstring(chunk.data)
                pairs = walk(entry, str(entry.tag) if "advanced" in excerpt.format else "")
            elif chunk.owners:
                (cells,) = csv.reader([chunk.data.decode()], delimiter=delimiter)
                pairs = zip(columns_of(name, chunks[0].data, delimiter), cells, strict=True)
            yield from ((chunk.owners, pair) for pair in pairs if pair[1].strip() not in NOTHING)


def test_kept(excerpt: Excerpt) -> None:
    """The sources hold, entity by entity, the values that an independent walk finds."""
    expected: defaultdict[str, Counter[Pair]] = defaultdict(Counter)
    for owners, pair in values_of(excerpt):
        for owner in owners:
            expected[owner][pair] += 1
    for values in expected.values():
        for at, value in list(values):
            if at in BACK and (BACK[at], value) not in values:
                del values[at, value]
    found = sorted(sorted(one.record or ()) for one in entities_of(excerpt))
    assert found == sorted(sorted(one.elements()) for one in expected.values())


# ── what the README says ──────────────────────────────────────────────────────────────────────


def test_readme() -> None:
    """It names every file, what is in it with its hash, and the number of parties; and no other."""
    text = (FOLDER / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| `(.+)` \| `(.+)` \| (\d+) \| `([0-9a-f]{64})` \|$", text, re.MULTILINE)
    assert rows == [
        (one.name, name, str(one.entities), hashlib.sha256(data).hexdigest())
        for one in OFFICIAL
        for name, data in one.files().items()
    ]
    assert {one.name for one in FOLDER.iterdir()} == {"README.md", *(one.name for one in OFFICIAL)}
    assert all(f"| `{one.name}` | {one.published} |" in text for one in OFFICIAL)


# ── beside the whole file ─────────────────────────────────────────────────────────────────────


def test_copied(excerpt: Excerpt, lists: Path) -> None:
    """Nothing but the number of entries differs from the official file without the other parties."""
    document = take_apart(excerpt.whole_files(lists), excerpt.format)
    chosen = entries_of(take_apart(excerpt.files(), excerpt.format))
    assert put_together(document, set(chosen)) == excerpt.files()


def test_same_as_in_the_whole_file(excerpt: Excerpt, lists: Path) -> None:
    """Every path, label, unknown code, kind and named list is there, and parties are the same."""
    whole = sl.read(
        lists / excerpt.origin,
        list_id=excerpt.list_id,
        published=excerpt.published,
        records=True,
    )
    found = entities_of(excerpt)
    assert said(found) == said(whole)
    assert [one for one in found if whole[one.source_id] != one] == []
