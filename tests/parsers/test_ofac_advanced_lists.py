"""The complete official files in the advanced format, and the classic file of the same day."""

from __future__ import annotations

import warnings
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import sanctionslib as sl

EXCERPT = "us_ofac_sdn/SDN_ADVANCED_excerpt_37parties_2024-02-23.xml"
BARE = sl.Address(country=sl.Country(raw="undetermined"))


@cache
def whole(path: Path) -> sl.SanctionsList[sl.Entity]:
    return sl.read(path, keep_source=True)


@pytest.fixture
def cons(lists: Path) -> sl.SanctionsList[sl.Entity]:
    return whole(lists / "us_ofac_cons/CONS_ADVANCED_2020-03-17.xml")


@pytest.fixture
def classic(lists: Path) -> sl.SanctionsList[sl.Entity]:
    return whole(lists / "us_ofac_cons/CONSOLIDATED_2020-03-17.xml")


def stated(one: sl.Entity) -> dict[str, object]:
    """The facts about a party in both files, in the same words."""
    names = [
        (each.text.casefold(), each.kind, each.strength, [part.kind for part in each.parts])
        for each in one.names
    ]
    numbers = [
        (str(each.kind), each.raw_kind, each.value, str(each.country), each.issued, each.expires)
        for each in one.identifiers
    ]
    facts = [(str(each.kind), each.label, each.value, str(each.date)) for each in one.features]
    births = [(each.date, each.place, each.source_id) for each in getattr(one, "births", ())]
    return {
        "kind": (type(one), one.raw_kind, one.programs),
        "names": names,
        "numbers": Counter(numbers),
        "facts": Counter(facts),
        "births": Counter(births),
        "citizenships": [each.country for each in getattr(one, "citizenships", ())],
        "registered": (getattr(one, "genders", ()), getattr(one, "registered_in", ())),
        # The classic file leaves out an address that is "undetermined" and nothing else.
        "addresses": Counter((each, each.source_id) for each in one.addresses if each != BARE),
        # It adds the links to the remarks.
        "remarks": (one.remarks or "").partition("(Linked To:")[0].removesuffix("; "),
    }


def test_comparison_with_the_classic_file(
    classic: sl.SanctionsList[sl.Entity], cons: sl.SanctionsList[sl.Entity]
) -> None:
    """All 375 parties are equal, except the region Gaza of 9659, which is not a country here."""
    assert [one.source_id for one in classic] == [one.source_id for one in cons]
    both = [(stated(one), stated(cons[one.source_id])) for one in classic]
    gaza = classic["9659"].addresses, cons["9659"].addresses
    assert gaza == (
        (sl.Address(city="Jabaliya", country=sl.Country(raw="Region: Gaza")),),
        (sl.Address(city="Jabaliya", region="Gaza", country=sl.Country(raw="undetermined")),),
    )
    different = [{at for at in old if old[at] != new[at]} for old, new in both]
    assert [one for one in different if one] == [{"addresses"}]
    parties = [one for one in cons if isinstance(one, sl.Person)]
    assert sum(len(one.names) for one in cons) == 1_290
    assert sum(len(one.programs) for one in cons) == 384
    assert sum(address == BARE for one in cons for address in one.addresses) == 53
    assert sum(each.date is not None for one in parties for each in one.births) == 77
    assert sum(each.place is not None for one in parties for each in one.births) == 20
    assert sum(len(one.citizenships) for one in parties) == 2


def test_letter_case_of_names(
    classic: sl.SanctionsList[sl.Entity], cons: sl.SanctionsList[sl.Entity]
) -> None:
    """96 names have another letter case; all are in Latin script."""
    texts = [
        (one.text, other.text)
        for each in classic
        for one, other in zip(each.names, cons[each.source_id].names, strict=True)
    ]
    assert sum(one != other for one, other in texts) == 96
    assert {name.script for one in cons for name in one.names} == {"Latn"}


def test_relations(classic: sl.SanctionsList[sl.Entity], cons: sl.SanctionsList[sl.Entity]) -> None:
    """All 276 relations lead to the party that the classic file names in its remarks."""
    count = 0
    for one in classic:
        by_name = [classic.resolve(relation.to) for relation in one.relations]
        by_key = [cons.resolve(relation.to) for relation in cons[one.source_id].relations]
        assert all(len(found) == 1 for found in (*by_name, *by_key))
        assert {each.source_id for (each,) in by_name} == {each.source_id for (each,) in by_key}
        count += len(by_key)
    assert count == 276


def test_listings(cons: sl.SanctionsList[sl.Entity]) -> None:
    """Of 783 events 400 are in listings, with their basis; 383 of the wrapper are in sources."""
    events = [(one, event) for one in cons for listing in one.listings for event in listing.events]
    assert len(events) == 400
    assert all(event.date.precision is sl.model.Precision.DAY for _, event in events)
    assert all(event.act in one.legal_bases for one, event in events)
    recorded = [
        (one.source or sl.model.Source((), ())).get("SanctionsEntry/EntryEvent@ID") for one in cons
    ]
    assert sum(map(len, recorded)) == 783
    assert Counter(one.list_name for each in cons for one in each.listings) == {
        "Sectoral Sanctions Identifications List": 290,
        "Non-SDN Palestinian Legislative Council List": 78,
        "SDN List": 9,
        "FSE List": 6,
        "CAPTA List": 1,
    }
    assert all(len(one.designations) == 1 for one in cons)
    assert [(one.list_name, str(one.listed_since)) for one in cons["9639"].listings] == [
        ("Non-SDN Palestinian Legislative Council List", "2006-04-12")
    ]


def test_excerpt(lists: Path) -> None:
    """Unrelated parts are not a complete file; with partial=True the audit has all of it."""
    with pytest.raises(sl.IncompleteEditionError, match=r"67 parties .* entries of 37 parties"):
        sl.read(lists / EXCERPT)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sl.errors.FaultyEntriesWarning)
        found = sl.read(lists / EXCERPT, partial=True)
    # 57 facts without their location, 12 documents, 147 entries and 3 relations without a party,
    # 7 of 8 locations (one more names facts that are not there), 37 parties without an entry.
    assert Counter(one.kind for one in found.audit.issues) == {
        sl.answers.IssueKind.UNRESOLVED_REFERENCE: 57 + 12 + 147 + 3 + 7 + 37,
        sl.answers.IssueKind.EDITION: 2,
    }
    assert sum(one.source is not None for one in found.audit.issues) == 12 + 147 + 3 + 7
    names = [name for one in found for name in one.names]
    assert Counter(name.script for name in names) == {"Latn": 92, "Cyrl": 24}
    assert all(one.names[0].script == "Latn" for one in found)
    markov = next(one for one in found if one.name == "Markov, Ilya Anatolyevich")
    assert markov.names[1].text == "Марков, Илья Анатольевич"
    assert markov.names[1].group_id == markov.names[0].group_id
    ships = found.where(kind=sl.Vessel)
    assert [bool(one.gross_tonnage and one.types) for one in ships] == [True] * 5
