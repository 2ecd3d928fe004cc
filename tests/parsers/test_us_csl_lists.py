"""The whole Consolidated Screening List of May 2022: counts checked against it, kept and read."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from csl_files import DAY

import sanctionslib as sl

FILE = "us_trade_csl/consolidated_2022-05.csv"


@cache
def whole(path: Path) -> sl.SanctionsList[sl.Entity]:
    return sl.read(path, published=DAY, records=True)


@pytest.fixture
def csl(lists: Path) -> sl.SanctionsList[sl.Entity]:
    return whole(lists / FILE)


@cache
def plain(path: Path) -> list[dict[str, str]]:
    """The rows as the standard library alone reads them."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def rows(lists: Path) -> list[dict[str, str]]:
    return plain(lists / FILE)


def test_rows(csl: sl.SanctionsList[sl.Entity]) -> None:
    """14,160 rows, of which 112 belong to a party that has one already; nothing is rejected."""
    assert (csl.audit.read, csl.audit.built, csl.audit.rejected) == (14_160, 14_048, 0)
    assert csl.audit.issues == ()
    several = [one for one in csl if len(one.origins) > 1]
    assert (len(several), sum(len(one.origins) for one in several)) == (71, 183)
    assert all(len(one.designations) == len(one.origins) for one in csl)


def test_lists(csl: sl.SanctionsList[sl.Entity]) -> None:
    """Thirteen lists, each with the rows that its words have in the file."""
    assert Counter(one.list_name for each in csl for one in each.listings) == {
        "SDN List": 10_026,
        "Entity List": 2_001,
        "ITAR Debarred": 727,
        "Denied Persons List": 462,
        "Sectoral Sanctions Identifications List": 290,
        "Unverified List": 201,
        "Nonproliferation Sanctions": 163,
        "Non-SDN Palestinian Legislative Council List": 78,
        "Military End User List": 71,
        "Non-SDN CMIC List": 68,
        "CAPTA List": 53,
        "Non-SDN Menu-Based Sanctions List": 17,
        "FSE List": 3,
    }
    assert len(csl.editions[0].lists or ()) == 13
    by = Counter(one.authority.code for each in csl for one in each.designations if one.authority)
    assert by == {"OFAC": 10_535, "BIS": 2_735, "DDTC": 727, "ISN": 163}


def test_kinds(csl: sl.SanctionsList[sl.Entity]) -> None:
    """3,625 parties of which the file does not say what they are; all of them of Commerce and State."""
    assert Counter(type(one) for one in csl) == {
        sl.Person: 5_284,
        sl.Organization: 4_423,
        sl.Entity: 3_625,
        sl.Vessel: 433,
        sl.Aircraft: 283,
    }
    assert all((type(one) is sl.Entity) != (one.id_space == "ofac") for one in csl)


def test_sensetime(csl: sl.SanctionsList[sl.Entity]) -> None:
    """The Entity List's entry of 2019 is not Treasury's of 2021: two records, two authorities."""
    (found,) = csl.where(
        lambda one: one.name == "Beijing Sensetime Technology Development Co., Ltd.",
        on_list="Entity List",
    )
    assert str(found.since) == "2019-10-09"
    (designation,) = found.designations
    assert designation.notices == ("84 FR 54002", "85 FR 34505", "85 FR 44159")
    assert designation.authority is not None
    assert designation.authority.code == "BIS"
    assert designation.licence_requirement is not None
    assert [origin.line for origin in found.origins] == [2_465]
    group = csl["33114"]
    assert (group.name, group.party) == ("SENSETIME GROUP LIMITED", ("ofac", "33114"))
    assert [one.list_name for one in group.listings] == ["Non-SDN CMIC List"]
    assert found.party != group.party


def test_dates(csl: sl.SanctionsList[sl.Entity]) -> None:
    """2,523 effective dates, 417 expiries; all dates of the file are read."""
    events = Counter(event.kind for one in csl for each in one.listings for event in each.events)
    assert events == {sl.EventKind.EFFECTIVE: 2_523, sl.EventKind.EXPIRES: 417}
    people = csl.where(kind=sl.Person)
    born = [birth.date for one in people for birth in one.births if birth.date is not None]
    assert all(date.is_read for date in born)
    assert Counter(date.precision for date in born if not date.circa) == {
        sl.Precision.DAY: 4_740,
        sl.Precision.YEAR: 985,
        sl.Precision.RANGE: 57,
    }


def test_numbers(csl: sl.SanctionsList[sl.Entity]) -> None:
    """Each item of `ids` ends with a label of OFAC's; with two dates the expiry comes first."""
    labels = [one for one in csl.audit.paths if one.path == "ids"]
    assert sum(one.count for one in labels) == 20_090
    assert csl.audit.unmapped == ()
    dated = [
        (number.issued.earliest, number.expires.earliest)
        for one in csl
        for number in one.identifiers
        if number.issued is not None and number.expires is not None
    ]
    assert len(dated) == 246
    assert all(issued and expires and issued <= expires for issued, expires in dated)
    lone = [n for one in csl for n in one.identifiers if (n.note or "").startswith("issued or")]
    assert len(lone) == 366


def test_addresses(csl: sl.SanctionsList[sl.Entity], rows: list[dict[str, str]]) -> None:
    """Every text of `addresses` is kept; the country of 98 in 100 is read."""
    texts = {text for row in rows for text in row["addresses"].split("; ") if text}
    addresses = [address for one in csl for address in one.addresses]
    assert {address.text for address in addresses} == {text.strip() for text in texts}
    assert sum(address.country is not None for address in addresses) / len(addresses) > 0.98


def test_unknown_codes(csl: sl.SanctionsList[sl.Entity]) -> None:
    """State's words for its laws are in no table of ours; 237 names and addresses have lost letters."""
    found = {(one.vocabulary, one.code): one.count for one in csl.audit.unknown_codes}
    assert found.pop(("lost letter", "?")) == 237
    assert found == {
        ("program", "E.O. 13382"): 79,
        ("program", "INKSNA"): 34,
        ("program", "Chemical and Biological Weapons Act"): 32,
        ("program", "Export-Import Bank Act"): 14,
        ("program", "Nuclear Proliferation Prevention Act"): 11,
        ("program", "Transfer of Lethal Military Equipment"): 5,
        ("program", "Missile Sanctions laws"): 3,
        (
            "program",
            "Chemical and Biological Weapons Control and Warfare Elimination Act (CBW Act)",
        ): 3,
        ("program", "E.O. 12938"): 1,
    }


def test_no_alias_is_a_word_of_its_sentence(csl: sl.SanctionsList[sl.Entity]) -> None:
    """Commerce's aliases: no "and", no dash before one, and three that are former names."""
    commerce = [one for one in csl if not one.id_space]
    texts = [name.text for one in commerce for name in one.names[1:]]
    assert not [text for text in texts if text.startswith(("and ", "-")) or text == "and"]
    assert not [text for text in texts if ";" in text]
    former = [n.text for one in commerce for n in one.names if n.kind is sl.NameKind.FKA]
    assert former == [
        "Presidency Office of Scientific and Industrial Studies (POSIS)",
        "Office of Scientific and Industrial Studies (OSIS)",
        "Sibirskaya Neftyanaya Kompaniya OAO",
    ]


def test_citations(csl: sl.SanctionsList[sl.Entity], rows: list[dict[str, str]]) -> None:
    """3,023 of the plain form "84 FR 54002", 4,741 in all; no letter or digit of them is lost."""
    notices = [one for each in csl for given in each.designations for one in given.notices]

    def bare(text: str) -> Counter[str]:
        return Counter(char for char in text.replace("and", "") if char.isalnum())

    assert bare("".join(notices)) == bare("".join(row["federal_register_notice"] for row in rows))
    plain_form = [one for one in notices if len(one.split()) == 3 and one.split()[1] == "FR"]
    assert len(plain_form) >= 3_023


def test_same_party_as_in_ofacs_own_file(csl: sl.SanctionsList[sl.Entity], lists: Path) -> None:
    """Treasury's rows have the uid and the kind that SDN.XML had a year before."""
    sdn = sl.read(lists / "us_ofac_sdn/SDN_2021-03-10.xml")
    both = [(one, csl[one.source_id]) for one in sdn if one.source_id in csl]
    assert len(both) == 8_342
    assert all(one.party == other.party and type(one) is type(other) for one, other in both)
    same = sum(one.name == other.name for one, other in both)
    assert same / len(both) > 0.98
