"""The Denied Persons List: small files by hand, and the whole one of November 2023."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from dpl_files import DAY, as_txt, row

import sanctionslib as sl

HERE = Path(__file__).parent
EVERY = HERE / "data" / "us_bis_denied.txt"
GOOD = as_txt(row(), row(Name="EXAMPLE SHIPPING"))


def read(*rows: dict[str, str]) -> sl.SanctionsList[sl.Entity]:
    return sl.read(as_txt(*rows), published=DAY)


def every() -> sl.SanctionsList[sl.Entity]:
    return sl.read(EVERY, published=DAY, records=True)


def test_edition() -> None:
    """The keys are ours, the date is the caller's, and the one list is named."""
    (edition,) = every().editions
    assert (edition.list_id, edition.format) == ("us_bis_denied", "us-bis-denied-txt")
    assert edition.id_stability is sl.IdStability.BUILT
    assert (str(edition.published), edition.dated_by) == (DAY, "caller")
    assert edition.lists == ("Denied Persons List",)
    found = every()
    assert len(found.where(on_list="DPL", authority="BIS")) == len(found)
    with pytest.raises(sl.NotStatedError, match="program"):
        found.where(program="SDGT")
    with pytest.raises(sl.NotStatedError, match="nationality"):
        found.where(nationality="US")


def test_which_rows_are_one_party() -> None:
    """One name and one effective date; another date is another entity, another name too."""
    found = every()
    assert [(one.source_id, len(one.origins)) for one in found] == [
        ("~example-person.2003-06-19", 1),
        ("~example-person.2002-03-04", 1),
        ("~example-airlines.2023-10-31", 2),
        ("~example-airlines.2023-10-31-2", 1),
        ("~example-trading.2006-11-09", 2),
        ("~example-without-address.2006-11-09", 1),
    ]
    assert found.audit.issues == ()
    # The two addresses of one order state it once; another version of its citations is kept.
    assert len(found["~example-trading.2006-11-09"].designations) == 1
    assert len(found["~example-airlines.2023-10-31"].designations) == 2
    assert len(found["~example-airlines.2023-10-31"].addresses) == 2


def test_an_order() -> None:
    """Since when, until when, when last changed and how, and where it was published."""
    (designation,) = every()["~example-person.2003-06-19"].designations
    (listing,) = designation.listings
    assert (str(listing.since), str(listing.until)) == ("2003-06-19", "2056-06-29")
    amended = listing.events[2]
    assert (amended.kind, str(amended.date)) == (sl.EventKind.AMENDED, "2007-01-31")
    assert amended.note == "FEDERAL REGISTER NOTICE UPDATED"
    assert designation.notices == (
        "68 F.R. 38290 6/27/03",
        "71 F.R. 38843 7/10/06",
        "72 F.R. 4236 1/30/07",
    )
    assert designation.measures == ()
    endless = every()["~example-trading.2006-11-09"].designations[0].listings[0]
    assert endless.until is None
    assert every()["~example-without-address.2006-11-09"].designations[0].note == "NEW"


def test_dates_in_no_known_form() -> None:
    """They stay as text and are reported; the key has them as they are."""
    with pytest.warns(sl.FaultyEntriesWarning):
        found = read(row(Effective_Date="13/45/2006", Expiration_Date="NEVER"))
    assert [issue.kind for issue in found.audit.issues] == [sl.IssueKind.UNREAD_VALUE] * 2
    assert [one.source_id for one in found] == ["~example-trading.13-45-2006"]


def test_country_that_is_none() -> None:
    """A US state in the place of the country is kept, and counted as unknown."""
    found = read(row(Country="NM"))
    assert [(one.vocabulary, one.code) for one in found.audit.unknown_codes] == [("country", "NM")]


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (as_txt(), sl.IncompleteEditionError, "any entry"),
        (GOOD + b'"A"\t"B"\n' + GOOD, sl.StructureChangedError, "2 cells where 12"),
        (GOOD.replace(b'"Action"', b'"Deed"'), sl.StructureChangedError, "without 'Action'"),
        (GOOD.replace(b"\t", b","), sl.UnknownFormatError, "begins with"),
    ],
)
def test_whole_file_faults(data: bytes, error: type[sl.SanctionsError], says: str) -> None:
    """Each fault of a whole file has its own error, which names it and says what to do."""
    with pytest.raises(error, match=says) as caught:
        sl.read(data, published=DAY)
    assert type(caught.value) is error
    assert caught.value.hint


def test_partial_and_rejected() -> None:
    """partial=True reads what can be read; rows without a name or of another width are kept apart."""
    data = as_txt(row(), row(Name=" ")) + b'"A"\t"B"'
    with pytest.warns(sl.UndatedEditionWarning), pytest.warns(sl.FaultyEntriesWarning):
        found = sl.read(data, partial=True)
    assert [issue.kind for issue in found.audit.issues] == [
        sl.IssueKind.REJECTED,
        sl.IssueKind.REJECTED,
        sl.IssueKind.EDITION,
    ]
    assert found.editions[0].missing == (
        "what may have followed its last line",
        "2 that could not be read",
    )
    assert list(found.audit.issues[1].record or ()) == [("Name", "A"), ("Street_Address", "B")]


# The whole list


@cache
def whole(path: Path) -> sl.SanctionsList[sl.Entity]:
    return sl.read(path, published=DAY, records=True)


@pytest.fixture
def path(lists: Path) -> Path:
    return lists / "us_bis_denied" / "dpl_2023-11-30.txt"


def test_whole_list(path: Path) -> None:
    """665 rows are 547 parties of 545 names; nothing is at fault but one country."""
    dpl = whole(path)
    assert (dpl.audit.read, dpl.audit.built, dpl.audit.issues) == (665, 547, ())
    assert len({one.name for one in dpl}) == 545
    assert sum(len(one.origins) for one in dpl) == 665
    assert [(one.vocabulary, one.code, one.count) for one in dpl.audit.unknown_codes] == [
        ("country", "NM", 1)
    ]
    assert all(type(one) is sl.Entity and one.since is not None for one in dpl)
    assert Counter(len(one.designations) for one in dpl) == {1: 506, 2: 32, 3: 2, 4: 7}


def test_the_denied_persons_of_the_screening_list(path: Path, lists: Path) -> None:
    """Of 462 orders in trade.gov's list of May 2022, 355 are there in November 2023 with their dates."""
    csl = sl.read(lists / "us_trade_csl" / "consolidated_2022-05.csv", published="2022-05-13")
    ours = {(one.name, one.since, each.until) for one in whole(path) for each in one.listings}
    theirs = [
        (one.name, one.since, each.until)
        for one in csl.where(on_list="DPL")
        for each in one.listings
    ]
    assert len(theirs) == 462
    assert sum(one in ours for one in theirs) == 355


def test_cut_list(path: Path) -> None:
    """The file is in the order of names: one that ends at M was cut."""
    lines = path.read_bytes().splitlines(keepends=True)
    with pytest.raises(sl.IncompleteEditionError, match="names after 'MARIO"):
        sl.read(b"".join(lines[:400]), published=DAY)
