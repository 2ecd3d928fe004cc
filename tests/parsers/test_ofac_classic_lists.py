"""The whole official files: counts that were checked against them, kept and read."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import sanctionslib as sl

FILES = (
    "us_ofac_sdn/SDN_2021-03-10.xml",
    "us_ofac_cons/CONSOLIDATED_2020-03-17.xml",
    "us_ofac_cons/CONSOLIDATED_2024-05-06.xml",
)


@cache
def whole(path: Path) -> sl.SanctionsList[sl.Entity]:
    return sl.read(path, records=True)


@pytest.fixture(params=FILES)
def path(request: pytest.FixtureRequest, lists: Path) -> Path:
    return lists / str(request.param)


@pytest.fixture
def sdn(lists: Path) -> sl.SanctionsList[sl.Entity]:
    return whole(lists / FILES[0])


def test_nothing_is_at_fault(path: Path) -> None:
    """The official files have no entry that we cannot read, and no code that we do not know."""
    audit = whole(path).audit
    assert (audit.issues, audit.unknown_codes) == ((), ())
    assert audit.declared == audit.read == audit.built


def test_kinds(sdn: sl.SanctionsList[sl.Entity]) -> None:
    """8,832 entries of the right kinds."""
    assert len(sdn) == 8_832
    assert Counter(type(one) for one in sdn) == {
        sl.Person: 4_539,
        sl.Organization: 3_613,
        sl.Vessel: 403,
        sl.Aircraft: 277,
    }


def test_values(sdn: sl.SanctionsList[sl.Entity]) -> None:
    """Counts of the file, each the number of its elements."""
    names = [name for one in sdn for name in one.aliases]
    assert Counter(name.strength for name in names) == {
        sl.AliasStrength.STRONG: 11_692,
        sl.AliasStrength.WEAK: 2_402,
    }
    assert Counter(name.kind for name in names) == {
        sl.NameKind.AKA: 13_687,
        sl.NameKind.FKA: 389,
        sl.NameKind.NKA: 18,
    }
    assert sum(len(one.addresses) for one in sdn) == 11_286
    assert sum(len(one.programs) for one in sdn) == 10_556
    people = sdn.where(kind=sl.Person)
    assert sum(len(one.nationalities) for one in people) == 2_039
    assert sum(len(one.citizenships) for one in people) == 905
    assert Counter(gender for one in people for gender in one.genders) == {
        sl.Gender.MALE: 1_297,
        sl.Gender.FEMALE: 118,
    }
    numbers = Counter(number.kind for one in sdn for number in one.identifiers)
    assert numbers[sl.IdentifierKind.PASSPORT] == 1_512 + 16 + 1 + 1  # with diplomatic ones …
    assert numbers[sl.IdentifierKind.IMO] == 407  # one of them without the word "IMO"
    assert numbers[sl.IdentifierKind.LEI] == 0  # six have the label and are no LEI
    flags = Counter(flag for one in sdn for number in one.identifiers for flag in number.flags)
    assert flags == {sl.DocumentFlag.DIPLOMATIC: 16}
    assert numbers[sl.IdentifierKind.DIGITAL_CURRENCY] == 69
    assert None not in numbers


def test_birth_dates(sdn: sl.SanctionsList[sl.Entity]) -> None:
    """All 5,033 birth dates are intervals with the ends that a second reading gives."""
    dates = [birth.date for one in sdn.where(kind=sl.Person) for birth in one.births if birth.date]
    assert len(dates) == 5_033
    assert all(one.is_read for one in dates)
    plain = [one for one in dates if not one.circa]
    assert Counter(one.precision for one in plain) == {
        sl.Precision.DAY: 3_945,
        sl.Precision.YEAR: 853,
        sl.Precision.MONTH: 46,
        sl.Precision.RANGE: 112,
    }
    assert sum(one.circa for one in dates) == 77
    for one in dates:
        assert (str(one.earliest), str(one.latest)) == second_reading(one.raw), one.raw


MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def second_reading(text: str) -> tuple[str, str]:
    """The ends of a date by plain string handling, independent of PartialDate."""
    first, _, last = text.removeprefix("circa ").partition(" to ")
    return ends(first)[0], ends(last or first)[1]


def ends(text: str) -> tuple[str, str]:
    parts = text.split(" ")
    year = parts[-1]
    if len(parts) == 1:
        return f"{year}-01-01", f"{year}-12-31"
    month = MONTHS.index(parts[-2])
    if len(parts) == 3:
        day = f"{year}-{month + 1:02}-{parts[0]}"
        return day, day
    leap = int(year) % 4 == 0 and (int(year) % 100 != 0 or int(year) % 400 == 0)
    length = LENGTHS[month] + (leap and month == 1)
    return f"{year}-{month + 1:02}-01", f"{year}-{month + 1:02}-{length}"


def test_links(sdn: sl.SanctionsList[sl.Entity], lists: Path) -> None:
    """Of 3,352 links 3,343 fit one party, 7 none, 2 several; each "Linked To" of the file is one."""
    relations = [relation for one in sdn for relation in one.relations]
    text = (lists / FILES[0]).read_text(encoding="utf-8")
    assert len(relations) == text.count("Linked To:") == 3_352
    found = Counter(min(len(sdn.resolve(one.to)), 2) for one in relations)
    assert found == {1: 3_343, 0: 7, 2: 2}
    outside = {one.to.name for one in relations if not sdn.resolve(one.to)}
    assert outside == {
        "OPEN JOINT-STOCK COMPANY ROSNEFT OIL COMPANY",
        "ROSTEC",
        "PRESIDENCY OF DEFENSE INDUSTRIES",
    }
    ambiguous = [one for one in sdn if any(len(sdn.resolve(r.to)) > 1 for r in one.relations)]
    assert {
        relation.to.name
        for one in ambiguous
        for relation in one.relations
        if len(sdn.resolve(relation.to)) > 1
    } == {"MINISTRY OF STATE SECURITY"}
    assert any(link.is_ambiguous for link in sdn.why(ambiguous[0]).linked_to)


def test_numbers_as_people_write_them(sdn: sl.SanctionsList[sl.Entity]) -> None:
    """Numbers are found in the spellings that people have, each checked against the file."""
    for text, uid in (
        ("0x7f367cc41522ce07553e823bf3be79a889debe1b", "29584"),  # printed in mixed case
        ("IMO 8606173", "17104"),  # printed without IMO
        ("5993381", "24450"),  # printed as IMO 5993381, of a company
        ("7136973", "29063"),  # printed as 7136973 (Delaware)
    ):
        found = sdn.lookup(text)
        assert [hit.entity.source_id for hit in found] == [uid], text


def test_titles_join_to_what_is_printed(sdn: sl.SanctionsList[sl.Entity]) -> None:
    """Titles are split, and joined again they are the text of the file."""
    people = [one for one in sdn.where(kind=sl.Person) if one.titles]
    assert len(people) == 990
    assert any(len(one.titles) > 1 for one in people)
    for one in people:
        assert one.record is not None
        assert ("; ".join(one.titles),) == one.record.get("title")


def test_the_line_of_an_entry(sdn: sl.SanctionsList[sl.Entity], lists: Path) -> None:
    """The origin points at the line where the entry starts, at the end of a large file too."""
    lines = (lists / FILES[0]).read_text(encoding="utf-8").split("\n")
    early, late = sdn["36"].origins[0].line, list(sdn)[-1].origins[0].line
    assert early is not None
    assert late is not None
    assert lines[early - 1].strip() == "<sdnEntry>"
    assert late > 65_535
    assert lines[late - 2].strip() == "<sdnEntry>"  # the next line, as Origin.line says
    assert re.sub(r"\D", "", lines[late - 1]) == list(sdn)[-1].source_id


def test_lists_of_the_consolidated_file(lists: Path) -> None:
    """CONSOLIDATED.XML gives no listing; `why` infers one for every party of 2024 that has a ground."""
    found = whole(lists / FILES[2])
    assert all(one.listings == () for one in found)
    inferred = Counter(inference.value for one in found for inference in found.why(one).inferred)
    assert inferred["Non-SDN CMIC List"] == 68
    assert inferred["Non-SDN Palestinian Legislative Council List"] == 78
    assert "Consolidated List" not in inferred


def test_other_lists_of_the_sdn_file(sdn: sl.SanctionsList[sl.Entity]) -> None:
    """SDN.XML states the SDN List alone; that a party may be on others too is inferred, apart."""
    assert {one.list_name for each in sdn for one in each.listings} == {"SDN List"}
    inferred = Counter(inference.value for one in sdn for inference in sdn.why(one).inferred)
    assert inferred == {
        "Non-SDN Menu-Based Sanctions List": 7,
        "FSE List": 5,
        "Sectoral Sanctions Identifications List": 3,
        "Non-SDN Palestinian Legislative Council List": 1,
    }
    with pytest.raises(sl.NotStatedError, match="Sectoral"):
        sdn.where(on_list="SSI")
    assert len(sdn.where(on_list="SDN")) == len(sdn)


def test_dual_listed_parties_keep_their_number(lists: Path) -> None:
    """A party in both files has the same source id in both."""
    sdn, cons = whole(lists / FILES[0]), whole(lists / FILES[1])
    both = [one.source_id for one in cons if one.source_id in sdn]
    assert len(both) == 9
    assert all(sdn[one].name == cons[one].name for one in both)
