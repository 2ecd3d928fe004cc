"""Israel's list: sections with counts, the UN's numbers with a resolution, several facts a cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from cases_il import CASES, sheets
from sheet_files import workbook

import sanctionslib as sl
from sanctionslib.parsers.il import _texts as texts

(CASE,) = CASES


def rows() -> list[list[str]]:
    return sheets()["list"]


def read(changed: list[list[str]], *, partial: bool = False) -> sl.SanctionsList[sl.Entity]:
    return CASE.read([workbook({"list": changed})], partial=partial)


# ── sections ──────────────────────────────────────────────────────────────────────────────────


def test_titles_and_headers_of_sections_are_recognised() -> None:
    """They are in the audit; the date of the first row is the date of the edition."""
    found = read(rows())
    assert [one.reason.rpartition(" of ")[0] for one in found.audit.omitted] == [
        *("the title", "the header", "the title"),
        *("the title", "the header", "the title", "the header"),
    ]
    assert str(found.editions[0].published) == "2018-07-12"


@pytest.mark.parametrize("change", ["one less", "one more", "the last section"])
def test_a_section_has_as_many_entries_as_its_title_states(change: str) -> None:
    """Otherwise the file is not the complete list."""
    stated = rows()
    if change == "one less":
        del stated[5]
    elif change == "one more":
        stated.insert(6, [*stated[5][:3], "2231 IRi.909", *stated[5][4:]])
    else:
        del stated[-1]
    with pytest.raises(sl.IncompleteEditionError, match="as many entries in"):
        read(stated)
    found = read(stated, partial=True)
    assert len(found.editions[0].missing) == 1


# ── cells ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("2231IRi.001", ("2231", "IRi.001", True)),
        ("2231 IRe.001 ", ("2231", "IRe.001", False)),
        ("1718 Pi.074", ("1718", "KPi.074", True)),
        ("1718 Kpe. 055", ("1718", "KPe.055", False)),
        ("1718 KPe.50", ("1718", "KPe.050", False)),
        ("11718 KPi.015", ("1718", "KPi.015", True)),
        ("KPe.064", ("", "KPe.064", False)),
        ("QDi.001", None),
    ],
)
def test_reference(text: str, stated: tuple[str, str, bool] | None) -> None:
    """All misprints of the list are read as the number that the UN has given."""
    assert texts.reference(text) == stated


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("1: FEREIDOUN 2: EXAMPLE 3: na 4: na", ["FEREIDOUN EXAMPLE"]),
        ("MOHAMMAD 2: EXAMPLE", ["MOHAMMAD EXAMPLE"]),
        ("1: PAK 2: CHUN 3:IL", ["PAK CHUN IL"]),
        ("EXAMPLE \nידוע גם:\n Eksample; Exampel ", ["EXAMPLE", "Eksample", "Exampel"]),
        ("EXAMPLE A.K.A.: Eksample b) Exampel", ["EXAMPLE", "Eksample", "Exampel"]),
        (
            "EXAMPLE ידוע גם: a)\xa0E. S. Co.\xa0b)\xa0E. X. Co.",
            ["EXAMPLE", "E. S. Co.", "E. X. Co."],
        ),
        ("EXAMPLE (HONG KONG) 3MG", ["EXAMPLE (HONG KONG) 3MG"]),
        ("OSAKA TRADING", ["OSAKA TRADING"]),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    """Positions, and aliases behind labels in Hebrew and English."""
    found = texts.names(text, None)  # type: ignore[arg-type]
    assert [one.text for one in found] == names


def test_values_under_labels() -> None:
    """Gender and place are not part of the office before them."""
    stated = rows()
    stated[11][-1] = more = "Designation: Example of a bank.\nLocation: Libya. Gender: male."
    found = next(each for each in read(stated) if each.remarks == more)
    assert isinstance(found, sl.Person)
    assert found.positions == ("Example of a bank.",)
    assert found.genders == (sl.Gender.MALE,)
    assert "LY" in [each.country and each.country.code for each in found.addresses]
    text = "International Maritime Organization (IMO) Number: 9000001."
    assert [each.value for each in texts.codes(text)] == ["9000001"]


# ── the complete list, July 2018 ──────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def whole(lists: Path) -> sl.SanctionsList[sl.Entity]:
    return CASE.read([lists / "il_wmd_sanctions" / "data_2024.xlsx"])


def test_whole(whole: sl.SanctionsList[sl.Entity]) -> None:
    """Each section as its title states, parties with UN references, one cell that is not a place."""
    prefixes = {"IRi": 23, "IRe": 61, "KPi": 80, "KPe": 75}
    for prefix, count in prefixes.items():
        assert sum(one.source_id.startswith(f"{prefix}.") for one in whole) == count
    assert {str(one.listed_since) for one in whole} == {"2018-03-12", "2018-04-01"}
    assert [issue.where.entry for issue in whole.audit.issues] == ["KPi.009"]
    assert whole.audit.unknown_codes == ()


def test_entries(whole: sl.SanctionsList[sl.Entity]) -> None:
    """Entries that were read by eye."""
    pak = whole["KPi.006"]
    assert isinstance(pak, sl.Person)
    assert [one.text for one in pak.names] == ["PAEK CHANG-HO", "Pak Chang-Ho", "Paek Ch'ang-Ho"]
    assert [str(one.date) for one in pak.births] == ["1964-06-18"]
    assert [one.value for one in pak.identifiers] == ["KPi.006", "381420754"]
    naqdi = whole["IRi.026"]
    assert isinstance(naqdi, sl.Person)
    assert [str(one.date) for one in naqdi.births] == [
        f"{year}-02-11" for year in (1949, 1952, 1953, 1961)
    ]
    bank = whole["KPe.023"]
    assert [one.value for one in bank.identifiers] == ["KPe.023", "DCBK KKPY"]
    assert [one.text[-6:] for one in bank.addresses] == [
        ", Democratic People's Republic of Korea"[-6:]
    ] * 2


def test_the_un_has_them_too(whole: sl.SanctionsList[sl.Entity], lists: Path) -> None:
    """By the official reference, also where it is misprinted here."""
    un = sl.read(lists / "un_sc_sanctions" / "UN_consolidated_2021-03-12.xml")
    both = sl.combine(whole, un)
    for key in ("KPi.006", "KPi.074", "KPe.050"):
        assert f"un_sc_sanctions:{key}" in {
            one.entity.id for one in both.counterparts(f"il_wmd_sanctions:{key}")
        }
