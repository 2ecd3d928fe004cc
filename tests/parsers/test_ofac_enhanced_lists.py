"""The whole enhanced files: counts that were checked against them, kept and read, beside the classic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

import sanctionslib as sl

CONS = "us_ofac_cons/CONS_ENHANCED_2025-01-10.xml"
IRGC = "us_ofac_sdn/SDN_ENHANCED_program_IRGC_2024-08-28.xml"
CLASSIC = "us_ofac_cons/CONSOLIDATED_2024-05-06.xml"

Found = sl.SanctionsList[sl.Entity]


@cache
def whole(path: Path) -> Found:
    return sl.read(path, records=True)


@cache
def tree(path: Path) -> etree._Element:
    """The document, for counting it in another way."""
    return etree.parse(str(path)).getroot()


@pytest.fixture(params=[CONS, IRGC])
def path(request: pytest.FixtureRequest, lists: Path) -> Path:
    return lists / str(request.param)


@pytest.fixture
def cons(lists: Path) -> Found:
    return whole(lists / CONS)


@pytest.fixture
def irgc(lists: Path) -> Found:
    return whole(lists / IRGC)


def test_nothing_is_at_fault(path: Path) -> None:
    """The official files agree with their own tables, and have no code that we do not know."""
    audit = whole(path).audit
    assert (audit.issues, audit.unknown_codes) == ((), ())
    assert audit.read == audit.built


def test_editions(cons: Found, irgc: Found) -> None:
    """The file that echoes its own list is whole; the export of one program is not."""
    (edition,) = cons.editions
    assert (edition.list_id, str(edition.published)) == ("us_ofac_cons", "2025-01-10")
    assert (edition.scope, edition.filter, edition.missing) == (sl.Scope.WHOLE, None, ())
    (part,) = irgc.editions
    assert (part.list_id, str(part.published)) == ("us_ofac_sdn", "2024-08-28")
    assert (part.scope, part.filter) == (sl.Scope.CUSTOM, "program IRGC")
    assert "PART of the list" in part.label


def test_counts(cons: Found, irgc: Found) -> None:
    """Counts of the files, each the number of its elements."""
    assert Counter(type(one) for one in cons) == {sl.Organization: 363, sl.Person: 80}
    assert Counter(type(one) for one in irgc) == {
        sl.Person: 165,
        sl.Organization: 84,
        sl.Aircraft: 44,
    }
    for found, expected in ((cons, (523, 525, 560, 525)), (irgc, (293, 973, 293, 444))):
        bundles = [one for each in found for one in each.designations]
        assert len(bundles) == len(found)
        assert expected == (
            sum(len(one.listings) for one in bundles),
            sum(len(one.programs) for one in bundles),
            sum(len(one.measures) for one in bundles),
            sum(len(one.bases) for one in bundles),
        )
    assert sum(len(one.names) for one in cons) == 1_624
    assert sum(len(one.names) for one in irgc) == 930
    assert Counter(name.script for one in cons for name in one.names) == {
        "Latn": 1_579,
        "Cyrl": 39,
        "Hans": 5,
        "Hant": 1,
    }
    weak = Counter(name.strength for one in cons for name in one.names)
    assert weak == {
        sl.AliasStrength.STRONG: 1_085,
        sl.AliasStrength.WEAK: 71,  # 70 names, one of them in two scripts
        sl.AliasStrength.UNSTATED: 468,
    }


def test_every_listing_has_its_date(path: Path) -> None:
    """Each `datePublished` but the wrapper's is the date of a Listing, and no other is."""
    for element in tree(path).iterfind("{*}entities/{*}entity"):
        stated = {
            (one.get("id"), one.text, one.get("datePublished"))
            for one in element.iterfind("{*}sanctionsLists/{*}sanctionsList")
        }
        entity = whole(path)[element.get("id") or ""]
        made = {(one.source_id, one.list_name, str(one.since)) for one in entity.listings}
        wrapper = {one for one in stated if one[1] == "Consolidated List"}
        assert made == stated - wrapper
    if path.name.startswith("CONS"):
        dates = tree(path).findall("{*}entities/{*}entity/{*}sanctionsLists/{*}sanctionsList")
        assert len(dates) == 966
        assert sum(one.text == "Consolidated List" for one in dates) == 443


def test_every_program_and_authority(path: Path) -> None:
    """Programs, types and authorities stand in the designation as the four sets they are."""
    for element in tree(path).iterfind("{*}entities/{*}entity"):
        (made,) = whole(path)[element.get("id") or ""].designations
        for group, item, values in (
            ("sanctionsPrograms", "sanctionsProgram", list(made.programs)),
            ("sanctionsTypes", "sanctionsType", [one.raw for one in made.measures]),
            ("legalAuthorities", "legalAuthority", [one.title for one in made.bases]),
        ):
            assert [one.text for one in element.iterfind(f"{{*}}{group}/{{*}}{item}")] == values


def test_every_four_point_date(path: Path) -> None:
    """Each period is a date with the first and the last of its days, circa where it says so."""
    count = 0
    for element in tree(path).iterfind("{*}entities/{*}entity"):
        entity = whole(path)[element.get("id") or ""]
        dates = Counter(_dates(entity))
        for one in element.iter("{*}valueDate", "{*}issueDate", "{*}expirationDate"):
            key = (
                one.findtext("{*}fromDateBegin"),
                one.findtext("{*}toDateEnd"),
                one.findtext("{*}isApproximate") == "true",
                one.findtext("{*}isDateRange") == "true",
            )
            assert dates[key] > 0, (entity, key)
            dates[key] -= 1
            count += 1
        assert dates.total() == 0, (entity, dates)
    assert count == (363 if path.name.startswith("CONS") else 235 + 45)


def _dates(entity: sl.Entity) -> Iterator[tuple[str, str, bool, bool]]:
    # One that is not "Confirmed" is a Feature too, which says so, beside the field.
    found = [one.date for one in entity.features if one.kind is not sl.FeatureKind.ESTABLISHED]
    found += [one.date for one in getattr(entity, "births", ())]
    found += [*getattr(entity, "established", ()), *getattr(entity, "built", ())]
    found += [date for one in entity.identifiers for date in (one.issued, one.expires)]
    for date in found:
        if date is not None:
            is_range = date.precision is sl.Precision.RANGE
            yield str(date.earliest), str(date.latest), date.circa, is_range


def test_links(cons: Found, irgc: Found) -> None:
    """All links have a key; one leads out of the file, and those of a part of a list lead out often."""
    links = [relation for one in cons for relation in one.relations]
    assert len(links) == 283
    assert Counter(one.raw_kind for one in links) == {
        "Owned or Controlled By": 278,
        "Owns, controls, or operates": 4,
        "Acting for or on behalf of": 1,
    }
    assert Counter(one.quality for one in links) == {None: 254, "High": 29}
    (outside,) = [one.to for one in links if not cons.resolve(one.to)]
    assert outside.name == "HAMAS"
    part = [relation for one in irgc for relation in one.relations]
    assert len(part) == 229
    assert sum(not one.to.name for one in part) == 17
    assert sum(not irgc.resolve(one.to) for one in part) == 28


def test_gazprombank(cons: Found) -> None:
    """17016: two lists with two dates and two programs in one Designation."""
    (made,) = cons["17016"].designations
    assert [(one.list_name, str(one.since)) for one in made.listings] == [
        ("Sectoral Sanctions Identifications List", "2014-07-16"),
        ("SDN List", "2024-11-21"),
    ]
    assert made.programs == ("UKRAINE-EO13662", "RUSSIA-EO14024")
    assert [one.title for one in made.bases] == [
        "Executive Order 13662 (Ukraine)",
        "Executive Order 14024 (Russia)",
    ]
    assert [one.raw for one in made.measures] == [
        "13662 Sectoral Directive 1",
        "Executive Order 14024 Directive 3",
        "Block",
    ]
    latin, cyrillic = cons["17016"].names[:2]
    assert (latin.text, latin.group_id) == ("GAZPROMBANK JOINT STOCK COMPANY", "26091")
    assert (cyrillic.script, cyrillic.group_id) == ("Cyrl", "26091")
    assert cyrillic.parts[0].text == "Газпромбанк Акционерное общество"


def test_sensetime(cons: Found) -> None:
    """33114: on the CMIC list since 10 December 2021, and not on the SDN List."""
    sensetime = cons["33114"]
    assert [(one.list_name, str(one.since)) for one in sensetime.listings] == [
        ("Non-SDN CMIC List", "2021-12-10")
    ]
    assert sensetime.since == sl.PartialDate.parse("2021-12-10")
    assert sensetime.bases == (sl.LegalBasis(title="Executive Order 14032 (CMIC)"),)
    assert sensetime.measures[0].kind is sl.MeasureKind.INVESTMENT_BAN
    assert [(name.text, name.script) for name in sensetime.names] == [
        ("SENSETIME GROUP LIMITED", "Latn"),
        ("商湯集團有限公司", "Hant"),
        ("SENSETIME GROUP LTD", "Latn"),
    ]
    (number,) = sensetime.identifiers
    assert (number.raw_kind, number.value) == ("C.R. No.", "2162198")
    assert number.country == sl.Country(code="HK")
    assert number.name_id == sensetime.names[0].source_id == "46846"
    day = cons.where(listed_from="2021-12-10", listed_to="2021-12-10")
    assert "33114" in day
    assert sensetime not in tuple(cons.where(on_list="SDN List"))


def test_person_of_the_export(irgc: Found) -> None:
    """12257 has a birth place that is the first and not the main one; dates keep their texts."""
    births = [birth for one in irgc.where(kind=sl.Person) for birth in one.births if birth.date]
    assert Counter(one.date.precision for one in births if one.date and not one.date.circa) == {
        sl.Precision.DAY: 119,
        sl.Precision.YEAR: 38,
        sl.Precision.RANGE: 12,
        sl.Precision.MONTH: 2,
    }
    assert sum(one.date.circa for one in births if one.date) == 12
    for one in births:
        assert one.date is not None
        assert one.date == sl.PartialDate.parse(one.date.raw)
    (place,) = [one for one in irgc.get("12257", kind=sl.Person).births if one.place]
    assert (place.place and place.place.text, place.primary) == ("Tehran, Iran", False)
    valid = Counter(number.valid for one in irgc for number in one.identifiers)
    assert valid == {None: 297, False: 2}  # "valid" is said of expired ones too, and no promise
    false = [number.value for one in irgc for number in one.identifiers if number.valid is False]
    assert false == ["R24530943", "D9004309"]


def test_naqdi(irgc: Found) -> None:
    """12057: four birth dates of three forms, two places, and the six programs of one listing."""
    naqdi = irgc.get("12057", kind=sl.Person)
    assert naqdi.name == "NAQDI, Mohammad Reza"
    assert [(one.date and str(one.date), one.primary) for one in naqdi.births if one.date] == [
        ("1951 to 1953", True),
        ("1960 to 1962", False),
        ("1961-04", False),
        ("1953", False),
    ]
    assert [
        (one.place.text, one.place.country and one.place.country.code, one.primary)
        for one in naqdi.births
        if one.place
    ] == [("Najaf, Iraq", "IQ", True), ("Tehran, Iran", "IR", False)]
    assert naqdi.remarks == "Head of the Basij"
    assert len(naqdi.titles) == 3
    assert [(one.list_name, str(one.since)) for one in naqdi.listings] == [
        ("SDN List", "2010-06-16")
    ]
    assert naqdi.programs == ("IFSR", "IRAN-EO13876", "IRAN-HR", "IRGC", "NPWMD", "SDGT")
    assert [one.title for one in naqdi.bases] == [
        "Executive Order 13224 (Terrorism)",
        "Executive Order 13382 (Non-proliferation)",
        "Executive Order 13553 (Iran)",
        "Executive Order 13876 (Iran)",
    ]
    circa = irgc.get("11177", kind=sl.Person).births[0].date
    assert circa == sl.PartialDate.year(1957, circa=True)


def test_dual_listed_parties(cons: Found) -> None:
    """77 parties are on the SDN List too; 64 came onto their lists on different days."""
    dual = cons.where(on_list="SDN List")
    assert len(dual) == 77
    dates = [{one.since for one in each.listings} for each in cons]
    assert sum(len(one) > 1 for one in dates) == 64


# Beside the classic file of eight months before


def test_beside_the_classic_file(cons: Found, lists: Path) -> None:
    """Both formats fill the same fields in the same way; what differs is told by class."""
    classic = whole(lists / CLASSIC)
    common = [one for one in classic if one.source_id in cons]
    assert len(common) == 442
    differs: dict[str, set[str]] = {}
    for old in common:
        new = cons[old.source_id]
        for what, one, other in (
            ("kind", {type(old)}, {type(new)}),
            ("names", _names(old), _names(new)),
            ("addresses", _addresses(old), _addresses(new)),
            ("numbers", _numbers(old), _numbers(new)),
            ("features", _features(old), _features(new)),
            ("births", _births(old), _births(new)),
            ("programs", set(old.programs), set(new.programs)),
            ("links", {link.to.name for link in old.relations}, {r.to.name for r in new.relations}),
        ):
            if not one <= other:
                differs.setdefault(what, set()).add(old.source_id)
        for field in (
            "genders",
            "titles",
            "nationalities",
            "citizenships",
            "types",
            "registered_in",
        ):
            assert getattr(old, field, ()) == getattr(new, field, ()), (old, field)
    assert differs == {
        # What OFAC changed in those eight months; each was looked up in both files.
        "names": {"17016", "17145", "23559", "23562", "23568", "23577"},
        "numbers": {"17016", "19640", "20314", "20315", "20317"},
        "features": {"18795", "19640", "20317"},
        # 20314 and 20317 moved. The classic file prints the region Gaza as a country, "Region:
        # Gaza", the enhanced one as a region.
        "addresses": {"20314", "20317", "9647", "9659"},
    }


def _names(one: sl.Entity) -> set[tuple[object, ...]]:
    return {(name.text, name.kind, name.strength) for name in one.names}


def _addresses(one: sl.Entity) -> set[tuple[object, ...]]:
    return {(a.lines, a.city, a.state, a.region, a.postal_code, a.country) for a in one.addresses}


def _numbers(one: sl.Entity) -> set[tuple[object, ...]]:
    return {
        (n.kind, n.value, n.country, n.issued, n.expires, n.asset, n.flags) for n in one.identifiers
    }


def _features(one: sl.Entity) -> set[tuple[object, ...]]:
    return {(each.label, each.value, each.kind, each.date) for each in one.features}


def _births(one: sl.Entity) -> set[tuple[object, ...]]:
    return {(birth.date, birth.place, birth.primary) for birth in getattr(one, "births", ())}


def test_documents_bear_names_of_their_party(path: Path) -> None:
    """Every key of a name on a document leads to one name of the same party."""
    keys = 0
    for entity in whole(path):
        names = Counter(name.source_id for name in entity.names)
        for number in entity.identifiers:
            if number.name_id is not None:
                assert names[number.name_id] == 1, (entity, number)
                keys += 1
    assert keys == {CONS: 692, IRGC: 218}[f"{path.parent.name}/{path.name}"]
