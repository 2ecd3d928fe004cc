"""Whole files of the United Kingdom's lists: figures of other programs, and entries read by eye."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import sanctionslib as sl

Found = sl.SanctionsList[sl.Entity]

REGIMES = (
    *("10638", "11241", "11788", "12426", "13748", "13897", "13918", "13919", "13920", "13921"),
    *("13922", "13923", "13924", "13925", "6995"),
)


@pytest.fixture(scope="module")
def conlist(lists: Path) -> Found:
    return sl.read(lists / "gb_hmt_sanctions" / "ConList_2025-04-10.xlsx")


def numbers(one: sl.Entity, kind: sl.IdentifierKind) -> list[str]:
    return [number.value for number in one.identifiers if number.kind is kind]


def test_references_of_a_whole_file(conlist: Found) -> None:
    """All but three parties have the key of the UK Sanctions List, thirteen two; all are distinct."""
    uk = {one.source_id: numbers(one, sl.IdentifierKind.UK_REFERENCE) for one in conlist}
    assert Counter(map(len, uk.values())) == {1: 4_670, 2: 13, 0: 3}
    assert len({key for keys in uk.values() for key in keys}) == 4_696
    un = [one for one in conlist if numbers(one, sl.IdentifierKind.UN_REFERENCE)]
    assert len(un) == 868  # two have theirs under the label of the UK's
    assert numbers(conlist["16681"], sl.IdentifierKind.UN_REFERENCE) == ["SDi.005"]


def test_regimes_of_a_whole_file(conlist: Found) -> None:
    """Fifteen parties are under several regimes; both dates of each are kept."""
    assert sorted(one.source_id for one in conlist if len(one.designations) > 1) == sorted(REGIMES)
    dates = [
        {event.kind: event.date for event in each.events}
        for one in conlist
        for each in one.designations
    ]
    pairs = [(one[sl.EventKind.LISTED], one[sl.EventKind.DESIGNATED]) for one in dates]
    assert len(pairs) == 4_702  # one party is under three
    assert sum(listed != designated for listed, designated in pairs) == 2_115


def test_values_of_a_whole_file(conlist: Found) -> None:
    """As many names in their own script, and addresses, as other programs counted."""
    original = [
        {name.text for name in one.names if name.kind is sl.NameKind.ORIGINAL_SCRIPT}
        for one in conlist
    ]
    assert sum(map(len, original)) == 3_226
    addresses = [address for one in conlist for address in one.addresses]
    assert len(addresses) == 3_117
    assert sum(not (one.lines or one.postal_code) for one in addresses) == 524


LABELS = {
    "UK Sanctions List Ref": 4_685,
    "UK Statement of Reasons": 3_813,
    "Gender": 2_711,
    "UN Ref": 866,
    "Website": 380,
    "Type of entity": 345,
    "Email address": 345,
    "Business Reg No": 252,
    "Parent company": 141,
    "Subsidiaries": 54,
    "Current owners": 14,
    "Previous flags": 7,
}


def test_labels_of_a_whole_file(lists: Path) -> None:
    """Every labelled value is read by its label, as often as other programs counted it."""
    found = sl.read(lists / "gb_hmt_sanctions" / "ConList_2025-04-10.xlsx", keep_source=True)
    counts = {one.label: one.count for one in found.audit.paths if one.path == "Other Information"}
    assert {label: counts[label] for label in LABELS} == LABELS
    assert counts["Phone number"] + counts["Fax"] + counts["Tel"] == 439 + 4 + 1
    notes = {one.label: one.note for one in found.audit.paths if one.path == "Other Information"}
    assert {label for label, note in notes.items() if note == "Entity.remarks"} == {"text"}


def test_entries_of_a_whole_file(conlist: Found) -> None:
    """Entries that were read by eye."""
    aweys = conlist["6995"]
    assert isinstance(aweys, sl.Person)
    assert numbers(aweys, sl.IdentifierKind.UK_REFERENCE) == ["AQD0194", "SOM0003"]
    assert numbers(aweys, sl.IdentifierKind.UN_REFERENCE) == ["QDi.042", "SOi.002"]
    assert [
        (each.programs[0], *[str(event.date) for event in each.events])
        for each in aweys.designations
    ] == [
        ("Somalia", "2010-04-28", "2010-04-12", "2020-12-31"),
        ("ISIL (Da'esh) and Al-Qaida", "2001-11-08", "2001-11-09", "2020-12-31"),
    ]
    ship = conlist["13661"]
    assert isinstance(ship, sl.Vessel)
    assert ship.owners == ("Hapjanggang Shipping Corp",)
    assert [str(flag) for flag in (*ship.flags, *ship.former_flags)] == ["North Korea", "Cambodia"]


def test_the_event(conlist: Found) -> None:
    """The five designations of 10 December 2021, with the key of the UK Sanctions List."""
    day = sl.PartialDate.parse("2021-12-10")
    found = {
        one.source_id: (one.name, *numbers(one, sl.IdentifierKind.UK_REFERENCE), *one.programs)
        for one in conlist
        if one.listed_since == day
    }
    assert found == {
        "14163": ("MYANMAR WAR VETERANS ORGANISATION", "MYA0030", "Myanmar"),
        "14164": ("QUARTER MASTER GENERAL OFFICE", "MYA0031", "Myanmar"),
        "14165": ("DIRECTORATE FOR DEFENCE INDUSTRIES", "MYA0032", "Myanmar"),
        "14166": ("DIRECTORATE FOR DEFENCE PROCUREMENT", "MYA0033", "Myanmar"),
        "14167": ("Furqan BANGALZAI", "GHR0082", "Global Human Rights"),
    }


def test_comparison_of_the_two_lists(lists: Path, conlist: Found) -> None:
    """A party of the UK Sanctions List is found in OFSI's by the references that both state."""
    name = "UK-Sanctions-List_excerpt_4_designations_2026-08-14.xml"
    both = sl.combine(conlist, sl.read(lists / "gb_fcdo_sanctions" / name))
    (mansur,) = both.counterparts(both["gb_fcdo_sanctions:AFG0011"])
    assert mansur.entity.id == "gb_hmt_sanctions:7270"


def test_old_entries(lists: Path) -> None:
    """In 2020 the UN references are in the text, and the old numbers too."""
    found = sl.read(lists / "gb_hmt_sanctions" / "ConList_2020-04-27.csv")
    assert {
        key: numbers(found[key], sl.IdentifierKind.UN_REFERENCE)
        for key in ("6995", "12629", "13344", "11241")
    } == {"6995": ["QDe.002"], "12629": ["QI.K.306.12"], "13344": ["CFi.009"], "11241": []}
    soe = found["13682"]
    assert numbers(soe, sl.IdentifierKind.NATIONAL_ID) == ["19571"]  # its words stay in the note
    assert [one.note for one in soe.identifiers if one.note] == ["Tatmadaw Kyee 19571"]
    assert {one.source_id for one in found if len(one.designations) > 1} == {
        *("10638", "11241", "11784", "11788", "12426", "6995", "9062")
    }
