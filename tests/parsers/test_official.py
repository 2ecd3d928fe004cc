"""Official files: excerpts, cut as their README states, and each available complete file."""

from __future__ import annotations

import hashlib
import re
import warnings
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from cut_official import entries_of, put_together, stated, take_apart
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


# ── facts of the README ──────────────────────────────────────────────────────────────────────


def test_readme() -> None:
    """It names every file with its content, hash and number of parties, and no other file."""
    text = (FOLDER / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| `(.+)` \| `(.+)` \| (\d+) \| `([0-9a-f]{64})` \|$", text, re.MULTILINE)
    assert rows == [
        (one.name, name, str(one.entities), hashlib.sha256(data).hexdigest())
        for one in OFFICIAL
        for name, data in one.files().items()
    ]
    assert {one.name for one in FOLDER.iterdir()} == {"README.md", *(one.name for one in OFFICIAL)}
    assert all(f"| `{one.name}` | {one.published} |" in text for one in OFFICIAL)


# ── compared with the complete file ──────────────────────────────────────────────────────────


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
        keep_source=True,
    )
    found = entities_of(excerpt)
    assert stated(found) == stated(whole)
    assert [one for one in found if whole[one.source_id] != one] == []


# ── every complete file of a format that we read opens with `sl.read(path)` alone ─────────────

READ: dict[str, tuple[str, int, str | None]] = {
    "gb_hmt_sanctions/ConList_2020-04-27.csv": ("gb_hmt_sanctions", 2_114, "2020-04-27"),
    "gb_hmt_sanctions/ConList_2025-04-10.xlsx": ("gb_hmt_sanctions", 4_686, "2025-04-10"),
    "un_sc_sanctions/UN_consolidated_2021-03-12.xml": ("un_sc_sanctions", 1_004, "2021-03-12"),
    "un_sc_sanctions/UN_consolidated_2025-11-15.xml": ("un_sc_sanctions", 1_000, "2025-11-15"),
    "us_bis_denied/dpl_2023-11-30.txt": ("us_bis_denied", 547, None),
    "us_ofac_cons/CONSOLIDATED_2020-03-17.xml": ("us_ofac_cons", 375, "2020-03-17"),
    "us_ofac_cons/CONSOLIDATED_2024-05-06.xml": ("us_ofac_cons", 443, "2024-05-06"),
    "us_ofac_cons/CONS_ADVANCED_2020-03-17.xml": ("us_ofac_cons", 375, "2020-03-17"),
    "us_ofac_cons/CONS_ENHANCED_2025-01-10.xml": ("us_ofac_cons", 443, "2025-01-10"),
    "us_ofac_cons/delimited_2025-12-19": ("us_ofac_cons", 442, None),
    "us_ofac_sdn/SDN_2021-03-10.xml": ("us_ofac_sdn", 8_832, "2021-03-10"),
    "us_ofac_sdn/SDN_ENHANCED_program_IRGC_2024-08-28.xml": ("us_ofac_sdn", 293, "2024-08-28"),
    "us_ofac_sdn/delimited_2021-07-07": ("us_ofac_sdn", 8_976, None),
    "us_trade_csl/consolidated_2022-05.csv": ("us_trade_csl", 14_048, None),
}
"""What each gives: the list, the number of entities, and the date that it states."""

_ALONE = r"ADD\.CSV, ALT\.CSV and SDN_COMMENTS\.CSV are missing"
QUARANTINED: dict[str, str] = {
    # Of two days, an excerpt, and files without the three that belong to them.
    "us_ofac_sdn/delimited_2023-12-28": "the entries of 3 of the 13 rows of SDN_COMMENTS.CSV",
    "us_ofac_sdn/SDN_ADVANCED_excerpt_37parties_2024-02-23.xml": "67 parties that have sanctions",
    "us_ofac_sdn/SDN_2021-08-18.csv": _ALONE,
    "us_ofac_sdn/SDN_2021-12-09.csv": _ALONE,
    "us_ofac_sdn/SDN_2021-12-10.csv": _ALONE,
}
"""Incomplete files, with their error."""

FOLDERS = (
    "us_ofac_sdn",
    "us_ofac_cons",
    "us_trade_csl",
    "us_bis_denied",
    "un_sc_sanctions",
    "gb_hmt_sanctions",
)


def test_all_are_named(lists: Path) -> None:
    """No file of these lists is left out here."""
    held = {f"{name}/{one.name}" for name in FOLDERS for one in (lists / name).iterdir()}
    assert held == {*READ, *QUARANTINED}


@pytest.mark.parametrize("name", READ)
def test_a_whole_file(lists: Path, name: str) -> None:
    """The path is enough; a date that the format does not state is unknown, with one warning."""
    list_id, entities, published = READ[name]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = sl.read(lists / name)
    (edition,) = found.editions
    assert (edition.list_id, len(found), edition.missing) == (list_id, entities, ())
    assert found.audit.issues == ()
    assert edition.published == (published and date.fromisoformat(published))
    assert edition.dated_by == (published and "file")
    assert [one.category for one in caught] == (
        [] if published else [sl.errors.UndatedEditionWarning]
    )


@pytest.mark.parametrize("name", QUARANTINED)
def test_a_file_that_is_not_whole(lists: Path, name: str) -> None:
    """The error of an incomplete file states the reason; `partial` reads and marks it."""
    with pytest.raises(sl.IncompleteEditionError, match=QUARANTINED[name]) as caught:
        sl.read(lists / name)
    assert "partial=True" in caught.value.hint
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sl.SanctionsWarning)
        found = sl.read(lists / name, partial=True)
    assert found.editions[0].missing
    assert (found.editions[0].published is None) == ("ADVANCED" not in name)
