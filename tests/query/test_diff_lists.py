"""What changed between whole official lists: figures and parties that were checked in the files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import sanctionslib as sl
from sanctionslib.answers import Change, Changes
from sanctionslib.model import Name, NameKind

from .editions import applied, by_id

Lists = tuple[sl.SanctionsList[sl.Entity], sl.SanctionsList[sl.Entity]]


@pytest.fixture(scope="module")
def cons(lists: Path) -> Lists:
    """The Consolidated Non-SDN List of 2020 and of 2024."""
    days = ("2020-03-17", "2024-05-06")
    old, new = (sl.read(lists / "us_ofac_cons" / f"CONSOLIDATED_{day}.xml") for day in days)
    return old, new


@pytest.fixture(scope="module")
def changes(cons: Lists) -> Changes:
    """What lies between them."""
    return sl.diff(*cons)


def _of(changes: Changes, key: str) -> tuple[Change, ...]:
    (found,) = (one.changes for one in changes.amended if one.after.source_id == key)
    return found


def test_who_was_added_and_removed(changes: Changes) -> None:
    """Of 375 uids 367 are among the later 443: eight were removed, 76 are new."""
    assert [one.source_id for one in changes.removed] == [
        *("17526", "17527", "17530", "17531", "17532", "18713", "18717", "20320")
    ]
    assert len(changes.added) == 443 - 367
    assert len(changes.amended) + changes.unchanged == 367
    programs = Counter(code for one in changes.added for code in one.programs)
    assert programs["CMIC-EO13959"] == 68


def test_applying_gives_the_newer_list(cons: Lists, changes: Changes) -> None:
    """The list of 2020 with the changes is the list of 2024."""
    old, new = cons
    assert applied(old, changes) == by_id(new)
    assert sl.diff(old, old).is_empty
    assert sl.diff(new, new).is_empty


def test_json_of_a_whole_list(cons: Lists, changes: Changes) -> None:
    """The changes come back from JSON."""
    assert sl.from_dict(sl.to_dict(changes), Changes) == changes


def test_zahhar(changes: Changes) -> None:
    """9647: two weak aliases, an address, a program, birth place and so on came; nothing went."""
    found = [one for one in _of(changes, "9647") if not one.is_order]
    assert all(one.is_added for one in found)
    assert Counter(one.field for one in found) == {
        "names": 2,
        "addresses": 1,
        "features": 1,
        "relations": 1,
        "designations.programs": 1,
        "remarks": 1,
        "births": 1,
        "nationalities": 1,
        "genders": 1,
    }
    assert [one.after for one in found if one.field in ("names", "genders", "remarks")] == [
        *(
            Name(
                text=text,
                parts=(sl.NamePart(kind=sl.NamePartKind.FAMILY, text=text),),
                kind=NameKind.AKA,
                strength=sl.AliasStrength.WEAK,
                raw_kind="a.k.a.",
            )
            for text in ("ZAHAR, Mahmoud", "AL-ZAHAR, Mahmoud")
        ),
        "(Linked To: HAMAS)",
        sl.Gender.MALE,
    ]
    addresses = [one.after for one in found if one.field == "addresses"]
    assert addresses == [sl.Address(country=sl.Country(raw="Region: Gaza"))]


def test_vtb(changes: Changes) -> None:
    """17013: the primary name became a former one, and aliases were respelt under their uids."""
    altered = {
        one.before.text: (one.after.text, one.before.kind, one.after.kind)
        for one in _of(changes, "17013")
        if isinstance(one.before, Name) and isinstance(one.after, Name)
    }
    assert altered["VTB BANK OAO"] == ("VTB BANK OAO", NameKind.PRIMARY, NameKind.FKA)
    assert altered["JSC VTB BANK"] == ("JSC VTB BANK", NameKind.AKA, NameKind.FKA)
    assert altered["BANK VNESHNEY TORGOVLI RSFSR"] == (
        "BANK VNESHNEI TORGOVLI RSFSR",
        NameKind.FKA,
        NameKind.FKA,
    )
    programs = [one for one in _of(changes, "17013") if one.field == "designations.programs"]
    assert programs == [
        Change(field="designations.programs", after="RUSSIA-EO14024", designation=0)
    ]


def test_only_another_order(changes: Changes) -> None:
    """9659: the file of 2024 gives the same two programs the other way round."""
    assert _of(changes, "9659") == (Change(field="designations.programs", designation=0),)


def test_two_lists_are_not_compared(lists: Path, cons: Lists) -> None:
    """The SDN List against the Consolidated List would call everybody removed."""
    sdn = sl.read(lists / "us_ofac_sdn" / "SDN_2021-03-10.xml")
    with pytest.raises(sl.InvalidInputError, match="different lists: us_ofac_cons, and us_ofac_s"):
        sl.diff(cons[0], sdn)
    with pytest.raises(sl.InvalidInputError, match="the older edition comes second"):
        sl.diff(*reversed(cons))


OF_THE_DAY = """
    30184 31042 33536 33537 33538 33936 33951 33952 33953 33954 33955 33973 34016 34017 34018
    34020 34021 34022 34023 34024 34025 34076 34077 34079 34119
"""
"""The entries of SDN.CSV of 10 December 2021 that the file of the day before does not have."""


def test_the_tenth_of_december(lists: Path) -> None:
    """SDN.CSV of 9 and 10 December 2021: exactly 25 added, none removed, none amended."""
    days = ("2021-12-09", "2021-12-10")
    with pytest.warns(sl.errors.FaultyEntriesWarning, match=r"ADD\.CSV"):
        old, new = (
            sl.read(lists / "us_ofac_sdn" / f"SDN_{day}.csv", published=day, partial=True)
            for day in days
        )
    found = sl.diff(old, new)
    assert sorted(one.source_id for one in found.added) == OF_THE_DAY.split()
    assert (found.removed, found.amended, found.unchanged) == ((), (), len(old))
    assert applied(old, found) == by_id(new)
