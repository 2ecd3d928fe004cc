"""Excerpts of official files: read without a fault, kept whole, and cut as their README says."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

import pytest
from cut_official import entries_of, put_together, said, take_apart
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
    """It is read by its path and date alone, without a warning or an issue."""
    found = entities_of(excerpt)
    (edition,) = found.editions
    assert (edition.list_id, edition.format) == (excerpt.list_id, excerpt.format)
    assert (str(edition.published), edition.missing) == (excerpt.published, ())
    assert (len(found), found.audit.issues) == (excerpt.entities, ())


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
