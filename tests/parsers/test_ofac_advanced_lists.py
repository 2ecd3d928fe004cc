"""The whole official files in the advanced format: beside the classic one, kept and read."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

import sanctionslib as sl

CONS = "us_ofac_cons/CONS_ADVANCED_2020-03-17.xml"
CLASSIC = "us_ofac_cons/CONSOLIDATED_2020-03-17.xml"
EXCERPT = "us_ofac_sdn/SDN_ADVANCED_excerpt_37parties_2024-02-23.xml"


@cache
def whole(path: Path) -> sl.SanctionsList[sl.Entity]:
    return sl.read(path, records=True)


@cache
def excerpt_of(path: Path) -> sl.SanctionsList[sl.Entity]:
    return sl.read(path, records=True, partial=True)


@pytest.fixture
def cons(lists: Path) -> sl.SanctionsList[sl.Entity]:
    return whole(lists / CONS)


@pytest.fixture
def excerpt(lists: Path) -> Iterator[sl.SanctionsList[sl.Entity]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sl.FaultyEntriesWarning)
        yield excerpt_of(lists / EXCERPT)


@pytest.fixture
def pairs(lists: Path) -> list[tuple[sl.Entity, sl.Entity]]:
    """Each party of the classic file, and the same one of the advanced file."""
    advanced = whole(lists / CONS)
    return [(one, advanced[one.source_id]) for one in whole(lists / CLASSIC)]


# Side by side


def test_the_same_parties(lists: Path) -> None:
    """Both files have the same 375 parties, in the same order, of the same kinds."""
    classic, advanced = whole(lists / CLASSIC), whole(lists / CONS)
    assert [(one.source_id, type(one), one.raw_kind) for one in classic] == [
        (one.source_id, type(one), one.raw_kind) for one in advanced
    ]
    assert len(classic) == 375


def test_names(pairs: list[tuple[sl.Entity, sl.Entity]]) -> None:
    """All 1,290 names agree in role and strength, and in text but for the letter case of 96."""
    names = other_case = 0
    for classic, advanced in pairs:
        assert len(classic.names) == len(advanced.names)
        for one, other in zip(classic.names, advanced.names, strict=True):
            names += 1
            assert one.text.casefold() == other.text.casefold()
            assert (one.kind, one.strength) == (other.kind, other.strength)
            assert [part.kind for part in one.parts] == [part.kind for part in other.parts]
            other_case += one.text != other.text
            assert other.script == "Latn"
    assert (names, other_case) == (1_290, 96)


def test_programs(pairs: list[tuple[sl.Entity, sl.Entity]]) -> None:
    """Programs agree, in their order too."""
    assert all(classic.programs == advanced.programs for classic, advanced in pairs)
    assert sum(len(advanced.programs) for _, advanced in pairs) == 384


def said(entities: Iterable[sl.Entity]) -> Counter[tuple[str, ...]]:
    """What stands under `idList` in the classic file, wherever the model holds it."""
    found: Counter[tuple[str, ...]] = Counter()
    for one in entities:
        key = one.source_id
        for number in one.identifiers:
            found[
                key,
                str(number.kind),
                number.raw_kind,
                number.value,
                str(number.country),
                str(number.issued),
                str(number.expires),
            ] += 1
        for fact in one.features:
            found[key, str(fact.kind), fact.label, fact.value, str(fact.date)] += 1
        for gender in getattr(one, "genders", ()):
            found[key, "gender", str(gender)] += 1
        for country in getattr(one, "registered_in", ()):
            found[key, "registered in", str(country)] += 1
    return found


def test_ids(pairs: list[tuple[sl.Entity, sl.Entity]], lists: Path) -> None:
    """All 1,264 ids agree: 573 documents and 691 features."""
    classic = said(one for one, _ in pairs)
    assert classic == said(other for _, other in pairs)
    assert classic.total() == 1_264
    root = etree.parse(str(lists / CONS)).getroot()
    documents = root.findall("{*}IDRegDocuments/{*}IDRegDocument")
    assert len(documents) == 573
    # The others are the features that are neither an address, a birth nor a citizenship.
    assert 1_264 - 573 == 691 == 1_250 - 460 - 77 - 20 - 2


def test_births_and_citizenships(pairs: list[tuple[sl.Entity, sl.Entity]]) -> None:
    """77 birth dates, 20 birth places and 2 citizenships agree, with their keys."""
    dates = places = citizenships = 0
    for classic, advanced in pairs:
        if not isinstance(classic, sl.Person):
            continue
        assert isinstance(advanced, sl.Person)
        assert {(one.date, one.place, one.source_id) for one in classic.births} == {
            (one.date, one.place, one.source_id) for one in advanced.births
        }
        assert [one.date.raw for one in classic.births if one.date] == [
            one.date.raw for one in advanced.births if one.date
        ]
        dates += sum(one.date is not None for one in advanced.births)
        places += sum(one.place is not None for one in advanced.births)
        citizenships += len(advanced.citizenships)
        assert {one.country for one in classic.citizenships} == {
            one.country for one in advanced.citizenships
        }
    assert (dates, places, citizenships) == (77, 20, 2)


def test_addresses(pairs: list[tuple[sl.Entity, sl.Entity]]) -> None:
    """Addresses agree but for 53 that are "undetermined" alone, and the region Gaza of 9659."""
    bare = sl.Address(country=sl.Country(raw="undetermined"))
    alone = 0
    different: list[str] = []
    for classic, advanced in pairs:
        stated = [one for one in advanced.addresses if one != bare]
        alone += len(advanced.addresses) - len(stated)
        if Counter(classic.addresses) != Counter(stated):
            different.append(classic.source_id)
        assert {one.source_id for one in classic.addresses} == {one.source_id for one in stated}
    assert (alone, different) == (53, ["9659"])
    assert sum(len(classic.addresses) for classic, _ in pairs) == 407
    gaza = {classic.source_id: (classic, advanced) for classic, advanced in pairs}["9659"]
    assert [one.addresses for one in gaza] == [
        (sl.Address(city="Jabaliya", country=sl.Country(raw="Region: Gaza")),),
        (sl.Address(city="Jabaliya", region="Gaza", country=sl.Country(raw="undetermined")),),
    ]


def test_relations(lists: Path) -> None:
    """All 276 relations lead to the party that the classic file names in its remarks."""
    classic, advanced = whole(lists / CLASSIC), whole(lists / CONS)
    count = 0
    for one in classic:
        by_name = [classic.resolve(relation.to) for relation in one.relations]
        by_key = [advanced.resolve(relation.to) for relation in advanced[one.source_id].relations]
        assert all(len(found) == 1 for found in (*by_name, *by_key))
        assert {each.source_id for found in by_name for each in found} == {
            each.source_id for found in by_key for each in found
        }
        count += len(by_key)
    assert count == 276
    assert {relation.kind for one in advanced for relation in one.relations} == {
        sl.RelationKind.OWNED_OR_CONTROLLED_BY
    }


def test_remarks(pairs: list[tuple[sl.Entity, sl.Entity]]) -> None:
    """Remarks agree but for the links, which the classic file adds to them."""
    with_links = 0
    for classic, advanced in pairs:
        remarks = classic.remarks
        if classic.relations:
            with_links += 1
            remarks = (remarks or "").partition("(Linked To:")[0].removesuffix("; ") or None
        assert remarks == advanced.remarks
    assert with_links == 276


# Listings


def test_events(cons: sl.SanctionsList[sl.Entity], lists: Path) -> None:
    """All 783 events have date and basis: 400 are in listings, 383 of the wrapper in records."""
    events = [(one, event) for one in cons for listing in one.listings for event in listing.events]
    assert len(events) == 400
    assert all(event.date.precision is sl.Precision.DAY for _, event in events)
    assert all(event.act is not None for _, event in events)
    assert all(event.act in one.bases for one, event in events)
    root = etree.parse(str(lists / CONS)).getroot()
    assert len(root.findall("{*}SanctionsEntries/{*}SanctionsEntry/{*}EntryEvent")) == 783
    recorded = sum(
        len((one.record or sl.Record((), ())).get("SanctionsEntry/EntryEvent@ID")) for one in cons
    )
    assert recorded == 783
    assert Counter(one.list_name for each in cons for one in each.listings) == {
        "Sectoral Sanctions Identifications List": 290,
        "Non-SDN Palestinian Legislative Council List": 78,
        "SDN List": 9,
        "FSE List": 6,
        "CAPTA List": 1,
    }


def test_one_designation(cons: sl.SanctionsList[sl.Entity]) -> None:
    """A party on two lists has one designation; each list has its own date."""
    assert all(len(one.designations) == 1 for one in cons)
    haniya = cons["9639"]
    assert [(one.list_name, str(one.since)) for one in haniya.listings] == [
        ("Non-SDN Palestinian Legislative Council List", "2006-04-12")
    ]
    both = [one for one in cons if len(one.listings) > 1]
    assert len(both) == 9
    assert all(len({str(each.since) for each in one.listings}) <= 2 for one in both)
    assert {len(one.listings) for one in both} == {2}


def test_where_knows_lists_and_dates(cons: sl.SanctionsList[sl.Entity]) -> None:
    """Questions that the classic file cannot answer are answered."""
    assert len(cons.where(on_list="NS-PLC")) == 78
    assert len(cons.where(on_list="SSI", listed_from="2019-01-01")) == sum(
        any(
            one.list_name.startswith("Sectoral") and str(one.since) >= "2019"
            for one in each.listings
        )
        for each in cons
    )


# Kept and read


def test_nothing_is_at_fault(cons: sl.SanctionsList[sl.Entity]) -> None:
    """The official file needs no leave, and has nothing that we cannot read or do not know."""
    audit = cons.audit
    assert (audit.issues, audit.unmapped, audit.unknown_codes) == ((), (), ())
    assert (audit.read, audit.built, audit.declared) == (375, 375, None)
    assert cons.editions[0].missing == ()


# The excerpt: cuts that do not belong together


def test_excerpt_is_no_whole_file(lists: Path) -> None:
    """Parties without entries and entries without parties are no whole file, and raise."""
    with pytest.raises(sl.IncompleteEditionError, match=r"67 parties .* entries of 37 parties"):
        sl.read(lists / EXCERPT)


def test_excerpt_orphans(excerpt: sl.SanctionsList[sl.Entity]) -> None:
    """Read with partial=True, all that dangles is in the audit with its values."""
    assert len(excerpt) == 37
    assert "INCOMPLETE" in excerpt.editions[0].label
    kinds = Counter(one.kind for one in excerpt.audit.issues)
    # 57 facts without their location, 12 documents, 147 entries and 3 relations of nobody,
    # 7 of 8 locations (one more names facts that are not there), 37 parties without an entry.
    assert kinds == {
        sl.IssueKind.DANGLING: 57 + 12 + 147 + 3 + 7 + 37,
        sl.IssueKind.EDITION: 2,
    }
    held = [one for one in excerpt.audit.issues if one.record is not None]
    assert len(held) == 12 + 147 + 3 + 7
    assert all(one.listings == () and one.programs == () for one in excerpt)


def test_excerpt_names_and_facts(excerpt: sl.SanctionsList[sl.Entity]) -> None:
    """116 names in two scripts; facts of persons and vessels are in their fields."""
    names = [name for one in excerpt for name in one.names]
    assert Counter(name.script for name in names) == {"Latn": 92, "Cyrl": 24}
    assert all(one.names[0].script == "Latn" for one in excerpt)
    markov = next(one for one in excerpt if one.name == "Markov, Ilya Anatolyevich")
    assert markov.names[1].text == "Марков, Илья Анатольевич"
    assert markov.names[1].group_id == markov.names[0].group_id
    assert [part.kind for part in markov.names[1].parts] == [
        sl.NamePartKind.FAMILY,
        sl.NamePartKind.GIVEN,
        sl.NamePartKind.MIDDLE,
    ]
    people = excerpt.where(kind=sl.Person)
    assert sum(birth.date is not None for one in people for birth in one.births) == 22
    assert sum(len(one.genders) for one in people) == 21
    ships = excerpt.where(kind=sl.Vessel)
    assert len(ships) == 5
    assert all(one.gross_tonnage and one.types for one in ships)


def test_documents_bear_names_of_their_party(cons: sl.SanctionsList[sl.Entity]) -> None:
    """Every key of a name on a document leads to one name of the same party."""
    keys = 0
    for entity in cons:
        names = Counter(name.source_id for name in entity.names)
        for number in entity.identifiers:
            if number.name_id is not None:
                assert names[number.name_id] == 1, (entity, number)
                keys += 1
    assert keys == 573
