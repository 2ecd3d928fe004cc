"""Program tags: the table is complete and consistent, and names its sources."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from lxml import etree

from sanctionslib.errors import NotFoundError
from sanctionslib.model.designations import MeasureKind
from sanctionslib.reference import authorities, named_lists, programs
from sanctionslib.reference.tables import rows

CLASSIC = (
    "us_ofac_sdn/SDN_2021-03-10.xml",
    "us_ofac_cons/CONSOLIDATED_2020-03-17.xml",
    "us_ofac_cons/CONSOLIDATED_2024-05-06.xml",
)
DELIMITED = (
    "us_ofac_sdn/SDN_2021-08-18.csv",
    "us_ofac_sdn/SDN_2021-12-10.csv",
    "us_ofac_sdn/delimited_2023-12-28/SDN.CSV",
    "us_ofac_cons/delimited_2025-12-19/CONS_PRIM.CSV",
)


def _kinds(code: str) -> list[MeasureKind | None]:
    return [measure.kind for measure in programs[code].measures]


def test_count_and_order() -> None:
    """99 tags that OFAC used from 2016 to 2026, three more from the lists, State's, in code order."""
    assert len(programs) == 99 + 3 + 1
    assert list(programs) == sorted(programs)
    assert repr(programs) == "<Table of 103: 561-Related, 561List, 7031(c) …>"


def test_no_code_twice() -> None:
    """Each code has one row."""
    codes = [row["code"] for row in (*rows("ofac_programs.tsv"), *rows("state_programs.tsv"))]
    assert len(codes) == len(set(codes))


def test_rows_are_whole() -> None:
    """Each row has an authority that we know, a source, and a title or a note instead."""
    for code, program in programs.items():
        assert program.code == code
        assert program.authority in authorities
        assert program.source.startswith("tag: "), code
        assert program.title or program.note, code
        assert program.legal_bases or program.title is None, code
        assert program.list_name is None or program.list_name in named_lists, code


def test_section_7031c() -> None:
    """State's designations of 10 December 2021 name the section, and make ineligible for a visa."""
    program = programs["7031(c)"]
    assert (program.authority, _kinds("7031(c)")) == ("State", [MeasureKind.VISA_INELIGIBILITY])
    assert program.legal_bases[0].title.startswith("Section 7031(c) of the Department of State, ")


def test_uncertain_parts_are_marked() -> None:
    """Each CFR part stands in the source, and one that no official text at hand cites is marked."""
    cited = {f"31 CFR part {number}" for number in (510, 542, 546, 561, 589, 594)}
    for code, program in programs.items():
        for title in (basis.title for basis in program.legal_bases):
            if title.startswith("31 CFR part "):
                (segment,) = [text for text in program.source.split("; ") if title in text]
                assert segment.endswith("not checked against an official text") is (
                    title not in cited
                ), code


def test_legal_basis_titles() -> None:
    """Executive orders and CFR parts are spelled in one way, and no basis is empty."""
    for program in programs.values():
        for basis in program.legal_bases:
            assert basis.title == basis.title.strip() != ""
            assert "E.O." not in basis.title


def test_glomag() -> None:
    """GLOMAG is Executive Order 13818, blocks property and has OFAC's refId 91748."""
    program = programs["GLOMAG"]
    assert [basis.title for basis in program.legal_bases] == [
        "Executive Order 13818",
        "Global Magnitsky Human Rights Accountability Act",
        "31 CFR part 583",
    ]
    assert _kinds("GLOMAG") == [MeasureKind.ASSET_FREEZE]
    assert program.ref_id == "91748"
    assert program.list_name is None


@pytest.mark.parametrize(
    ("code", "first", "measures"),
    [
        ("NS-PLC", "General License 4 under Executive Order 13224", [MeasureKind.REJECT]),
        ("CMIC-EO13959", "Executive Order 13959", [MeasureKind.INVESTMENT_BAN]),
        ("561-Related", "31 CFR part 561", [MeasureKind.CORRESPONDENT_ACCOUNTS]),
        ("561List", "31 CFR part 561", [MeasureKind.CORRESPONDENT_ACCOUNTS]),
        ("FSE-IR", "Executive Order 13608", [MeasureKind.REJECT]),
        ("IFSR", "31 CFR part 561", [MeasureKind.SECONDARY_SANCTIONS]),
        ("SDGT", "Executive Order 13224", [MeasureKind.ASSET_FREEZE]),
        ("SDNTK", "Foreign Narcotics Kingpin Designation Act", [MeasureKind.ASSET_FREEZE]),
        ("UKRAINE-EO13662", "Executive Order 13662", []),
        ("RUSSIA-EO14024", "Executive Order 14024", []),
        ("DPRK3", "Executive Order 13722", [MeasureKind.ASSET_FREEZE]),
        ("ICCP-EO13928", "Executive Order 13928", [MeasureKind.ASSET_FREEZE]),
        (
            "MAGNIT",
            "Sergei Magnitsky Rule of Law Accountability Act of 2012",
            [MeasureKind.ASSET_FREEZE],
        ),
    ],
)
def test_first_basis_and_measures(code: str, first: str, measures: list[MeasureKind]) -> None:
    """The first basis is the instrument that the tag names; measures stand only where certain."""
    assert programs[code].legal_bases[0].title == first
    assert _kinds(code) == measures


def test_named_lists_of_tags() -> None:
    """Only a tag that is used on one list alone names that list."""
    named = {code: each.list_name for code, each in programs.items() if each.list_name}
    assert named == {
        "561-Related": "CAPTA List",
        "CMIC-EO13959": "Non-SDN CMIC List",
        "FSE-IR": "FSE List",
        "FSE-SY": "FSE List",
        "MBS": "Non-SDN Menu-Based Sanctions List",
        "NS-PLC": "Non-SDN Palestinian Legislative Council List",
    }


def test_renamed_tags() -> None:
    """A tag that OFAC renamed in place keeps its refId under both names."""
    old, new = programs["SYRIA-EO13894"], programs["PAARSSR-EO13894"]
    assert old.ref_id == new.ref_id == "91895"
    assert old.note is not None
    assert "PAARSSR-EO13894" in old.note


def test_near_misses() -> None:
    """A code that is not there raises with near misses; upper and lower case are alike for them."""
    with pytest.raises(NotFoundError) as caught:
        programs["glomag"]
    assert caught.value.suggestions[0] == "GLOMAG"
    with pytest.raises(KeyError, match="did you mean 'SOUTH SUDAN'"):
        programs["SOUTH-SUDAN"]
    assert programs.get("NO SUCH TAG") is None
    assert "NO SUCH TAG" not in programs


def test_every_tag_of_the_classic_files_is_known(lists: Path) -> None:
    """Every program tag of three classic OFAC files is in the table."""
    found = {
        program.text for name in CLASSIC for program in etree.parse(lists / name).iter("{*}program")
    }
    assert len(found) > 70
    assert not found - set(programs)


def test_every_tag_of_the_delimited_files_is_known(lists: Path) -> None:
    """Every program tag of four CSV files is in the table, BELARUS-EO of August 2021 too."""
    found = set()
    for name in DELIMITED:
        with (lists / name).open(encoding="latin-1", newline="") as file:
            for row in csv.reader(file):
                if len(row) > 3:
                    found.update(row[3].split("] ["))
    assert "BELARUS-EO" in found
    assert not {tag.strip() for tag in found} - set(programs)


def test_ref_ids_agree_with_official_files(lists: Path) -> None:
    """The refIds are those of OFAC's enhanced files."""
    seen = {}
    for name in (
        "us_ofac_cons/CONS_ENHANCED_2025-01-10.xml",
        "us_ofac_sdn/SDN_ENHANCED_program_IRGC_2024-08-28.xml",
    ):
        for value in etree.parse(lists / name).iter("{*}referenceValue"):
            if value.findtext("{*}type") == "PROGRAM":
                seen[value.findtext("{*}value")] = value.get("refId")
    assert len(seen) > 70
    assert {code: programs[code].ref_id for code in seen} == seen
