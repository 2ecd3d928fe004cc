"""The complete official files in OFAC's classic XML: counts that were checked against them."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import sanctionslib as sl

SDN = "us_ofac_sdn/SDN_2021-03-10.xml"
CONS = "us_ofac_cons/CONSOLIDATED_2024-05-06.xml"


@cache
def whole(path: Path) -> sl.SanctionsList[sl.Entity]:
    return sl.read(path)


@pytest.fixture
def sdn(lists: Path) -> sl.SanctionsList[sl.Entity]:
    return whole(lists / SDN)


def test_values(sdn: sl.SanctionsList[sl.Entity]) -> None:
    """Counts of the file, each the number of its elements; all codes are known."""
    assert sdn.audit.unknown_codes == ()
    assert Counter(type(one) for one in sdn) == {
        sl.Person: 4_539,
        sl.Organization: 3_613,
        sl.Vessel: 403,
        sl.Aircraft: 277,
    }
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
    assert sum(len(one.titles) > 0 for one in people) == 990
    assert Counter(gender for one in people for gender in one.genders) == {
        sl.Gender.MALE: 1_297,
        sl.Gender.FEMALE: 118,
    }
    dates = [birth.date for one in people for birth in one.births if birth.date]
    assert (len(dates), sum(one.circa for one in dates)) == (5_033, 77)
    assert Counter(one.precision for one in dates if not one.circa) == {
        sl.model.Precision.DAY: 3_945,
        sl.model.Precision.YEAR: 853,
        sl.model.Precision.MONTH: 46,
        sl.model.Precision.RANGE: 112,
    }
    numbers = Counter(number.kind for one in sdn for number in one.identifiers)
    assert numbers[sl.IdentifierKind.PASSPORT] == 1_512 + 16 + 1 + 1  # with diplomatic ones …
    assert numbers[sl.IdentifierKind.IMO] == 407  # one of them without the word "IMO"
    assert numbers[sl.IdentifierKind.LEI] == 0  # six have the label and are no LEI
    flags = Counter(flag for one in sdn for number in one.identifiers for flag in number.flags)
    assert flags == {sl.model.DocumentFlag.DIPLOMATIC: 16}
    assert numbers[sl.IdentifierKind.DIGITAL_CURRENCY] == 69
    assert None not in numbers


def test_links(sdn: sl.SanctionsList[sl.Entity], lists: Path) -> None:
    """Of 3,352 links 3,343 fit one party, 7 none, 2 several; each "Linked To" of the file is one."""
    relations = [relation for one in sdn for relation in one.relations]
    text = (lists / SDN).read_text(encoding="utf-8")
    assert len(relations) == text.count("Linked To:") == 3_352
    targets = [(one.to.name, len(sdn.resolve(one.to))) for one in relations]
    assert Counter(min(count, 2) for _, count in targets) == {1: 3_343, 0: 7, 2: 2}
    assert {name for name, count in targets if count == 0} == {
        "OPEN JOINT-STOCK COMPANY ROSNEFT OIL COMPANY",
        "ROSTEC",
        "PRESIDENCY OF DEFENSE INDUSTRIES",
    }
    assert {name for name, count in targets if count > 1} == {"MINISTRY OF STATE SECURITY"}


def test_the_line_of_an_entry(sdn: sl.SanctionsList[sl.Entity], lists: Path) -> None:
    """The origin points at the line where the entry starts, behind line 65,535 too."""
    lines = (lists / SDN).read_text(encoding="utf-8").split("\n")
    early, late = sdn["36"].origins[0].line, list(sdn)[-1].origins[0].line
    assert early is not None
    assert late is not None
    assert lines[early - 1].strip() == "<sdnEntry>"
    assert late > 65_535
    assert lines[late - 2].strip() == "<sdnEntry>"  # the next line, as Origin.line says


def test_other_lists(sdn: sl.SanctionsList[sl.Entity], lists: Path) -> None:
    """SDN.XML states the SDN List alone, the other file none; what tags suggest is inferred, apart."""
    assert {one.list_name for each in sdn for one in each.listings} == {"SDN List"}
    assert Counter(inference.value for one in sdn for inference in sdn.why(one).inferred) == {
        "Non-SDN Menu-Based Sanctions List": 7,
        "FSE List": 5,
        "Sectoral Sanctions Identifications List": 3,
        "Non-SDN Palestinian Legislative Council List": 1,
    }
    with pytest.raises(sl.NotStatedError, match="Sectoral"):
        sdn.where(named_list="SSI")
    cons = whole(lists / CONS)
    assert all(one.listings == () for one in cons)
    inferred = Counter(inference.value for one in cons for inference in cons.why(one).inferred)
    assert inferred["Non-SDN CMIC List"] == 68
    assert inferred["Non-SDN Palestinian Legislative Council List"] == 78
