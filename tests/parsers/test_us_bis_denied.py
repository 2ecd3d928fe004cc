"""The Denied Persons List: its peculiarities, and the complete list of November 2023."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from dpl_files import DAY, as_txt, row

import sanctionslib as sl


@pytest.mark.filterwarnings("ignore::sanctionslib.errors.FaultyEntriesWarning")
def test_what_no_file_has() -> None:
    """A date in no known form stays as text, in the key too; an action without a date is a Feature."""
    found = sl.read(
        as_txt(row(Effective_Date="13/45/2006", Last_Update="", Action="NEW")), published=DAY
    )
    (one,) = found
    assert one.source_id == "~example-trading.13-45-2006"
    assert [each.value for each in one.features if each.kind is None] == ["NEW"]
    assert {issue.where.path for issue in found.audit.issues} == {"Effective_Date", "Action"}


# ── the complete list ─────────────────────────────────────────────────────────────────────────


@cache
def whole(path: Path) -> sl.SanctionsList[sl.Entity]:
    return sl.read(path, published=DAY)


@pytest.fixture
def path(lists: Path) -> Path:
    return lists / "us_bis_denied" / "dpl_2023-11-30.txt"


def test_whole_list(path: Path) -> None:
    """665 rows are 547 parties of 545 names; nothing is at fault but one country, a US state."""
    dpl = whole(path)
    assert (dpl.audit.read, dpl.audit.converted, dpl.audit.issues) == (665, 547, ())
    assert len({one.name for one in dpl}) == 545
    assert [(one.vocabulary, one.code, one.count) for one in dpl.audit.unknown_codes] == [
        ("country", "NM", 1)
    ]
    assert all(type(one) is sl.Entity and one.listed_since is not None for one in dpl)
    assert Counter(len(one.designations) for one in dpl) == {1: 506, 2: 32, 3: 2, 4: 7}
    assert len(dpl.where(named_list="DPL", authority="BIS")) == len(dpl)


def test_the_denied_persons_of_the_screening_list(path: Path, lists: Path) -> None:
    """Of 462 orders in trade.gov's list of May 2022, 355 are there in November 2023 with their dates."""
    csl = sl.read(lists / "us_trade_csl" / "consolidated_2022-05.csv", published="2022-05-13")
    theirs, ours = (
        [(one.name, one.listed_since, each.until) for one in found for each in one.listings]
        for found in (csl.where(named_list="DPL"), whole(path))
    )
    assert (len(theirs), sum(each in ours for each in theirs)) == (462, 355)


def test_cut_list(path: Path) -> None:
    """The file is in the order of names: one that ends at M was cut."""
    lines = path.read_bytes().splitlines(keepends=True)
    with pytest.raises(sl.IncompleteEditionError, match="names after 'MARIO"):
        sl.read(b"".join(lines[:400]), published=DAY)
