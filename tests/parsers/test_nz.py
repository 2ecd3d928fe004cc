"""New Zealand's register: rows without a party, dates with unknown parts, measures by column."""

from __future__ import annotations

import pytest
from cases_nz import CASES, sheets
from sheet_files import workbook

import sanctionslib as sl

(CASE,) = CASES
REGISTER = "Russia Sanctions Register"


def read(**cells: str) -> sl.SanctionsList[sl.Entity]:
    """A workbook with one party."""
    header = sheets()[REGISTER][2]
    fixed = {"Type": "Individual", "Unique Identifier": "IND-1", "Last name": "EXAMPLE"}
    stated = fixed | {name.replace("_", " "): cell for name, cell in cells.items()}
    return CASE.read([workbook({REGISTER: [header, [stated.get(one, "") for one in header]]})])


def one(**cells: str) -> sl.Person:
    (found,) = read(**cells)
    assert isinstance(found, sl.Person)
    return found


def test_rows_that_are_no_parties() -> None:
    """Classes of property, totals, deleted entries and other sheets are reported."""
    found = CASE.read(CASE.small())
    assert [(one.where.path, one.reason) for one in found.audit.omitted] == [
        (REGISTER, "it is a class of property, not a party"),
        (REGISTER, "it is a total of the sheet"),
        ("Ships", "the entry is marked as deleted"),
        ("Trade measures", "it has trade measures"),
    ]
    assert found.audit.issues == ()


def test_an_unknown_type_is_reported() -> None:
    """A misspelt type is a party of unknown kind, and never passed over."""
    found = read(Type="Indivdual")
    assert [type(each) for each in found] == [sl.Entity]
    assert [issue.kind for issue in found.audit.issues] == [sl.answers.IssueKind.UNKNOWN_KIND]


def test_an_unknown_column_is_an_error() -> None:
    """We have seen no complete file: an unknown type is not passed over."""
    rows = sheets()
    rows[REGISTER][2][-1] = "Note"
    with pytest.raises(sl.errors.StructureChangedError, match="unknown 'Note'"):
        CASE.read([workbook(rows)])


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("1970-03-05", "1970-03-05"),
        ("05/03/1970", "1970-03-05"),
        ("dd/mm/1970", "1970"),
        ("XX/XX/1970", "1970"),
        ("XX/05/1970", "1970-05"),
        ("xx/xx/1967-1969", "1967 to 1969"),
        ("45352", "2024-03-01"),
    ],
)
def test_dates(text: str, stated: str) -> None:
    """No day or month is invented; the text is kept."""
    (birth,) = one(DOB=text).births
    assert birth.date is not None
    assert (str(birth.date), birth.date.raw) == (stated, text)


@pytest.mark.parametrize("text", ["08/15/1977", "unknown"])
def test_dates_that_cannot_be_read(text: str) -> None:
    (issue,) = read(DOB=text).audit.issues
    assert issue.kind is sl.answers.IssueKind.UNREAD_VALUE


def test_measures() -> None:
    """A measure applies where its column has "yes"; a word other than yes and no is reported."""
    kinds = sl.MeasureKind
    assert [each.kind for each in one(Asset_Freeze="Yes", Travel_Ban="No").measures] == [
        kinds.ASSET_FREEZE
    ]
    found = read(Asset_Freeze="partly")
    assert [issue.kind for issue in found.audit.issues] == [sl.answers.IssueKind.UNREAD_VALUE]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("EXAMPLE A; EXAMPLE B", ["EXAMPLE A", "EXAMPLE B"]),
        ("EXAMPLE A, EXAMPLE B", ["EXAMPLE A", "EXAMPLE B"]),
        ("EXAMPLE WORKS, OAO", ["EXAMPLE WORKS, OAO"]),
        ("EXAMPLE, A", ["EXAMPLE, A"]),
    ],
)
def test_aliases(text: str, names: list[str]) -> None:
    """A comma may be part of a name."""
    found = one(**{"Alias/Alternate Spellings": text})
    assert [each.text for each in found.aliases] == names


def test_relations() -> None:
    """A word that we do not know is counted, and the relation kept."""
    found = read(**{"Associates/Relatives": "Godmother of EXAMPLE B"})
    (party,) = found
    assert [(each.to.name, each.kind, each.raw_kind) for each in party.relations] == [
        ("EXAMPLE B", None, "Godmother")
    ]
    assert [each.code for each in found.audit.unknown_codes] == ["Godmother"]
