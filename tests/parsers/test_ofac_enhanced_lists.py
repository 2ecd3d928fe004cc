"""The complete enhanced files: parties checked by hand, and a comparison with the classic file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import sanctionslib as sl

CONS = "us_ofac_cons/CONS_ENHANCED_2025-01-10.xml"
IRGC = "us_ofac_sdn/SDN_ENHANCED_program_IRGC_2024-08-28.xml"
CLASSIC = "us_ofac_cons/CONSOLIDATED_2024-05-06.xml"

Found = sl.SanctionsList[sl.Entity]


@cache
def whole(path: Path) -> Found:
    return sl.read(path)


@pytest.fixture
def cons(lists: Path) -> Found:
    return whole(lists / CONS)


@pytest.fixture
def irgc(lists: Path) -> Found:
    return whole(lists / IRGC)


@pytest.mark.parametrize(
    ("name", "list_id", "scope", "narrowed"),
    [
        (CONS, "us_ofac_cons", sl.Scope.WHOLE, None),
        (IRGC, "us_ofac_sdn", sl.Scope.CUSTOM, "program IRGC"),
    ],
)
def test_edition(
    name: str, list_id: str, scope: sl.Scope, narrowed: str | None, lists: Path
) -> None:
    """Each states its sources, agrees with its own tables, and has no unknown code."""
    found = whole(lists / name)
    (edition,) = found.editions
    assert (edition.list_id, edition.scope, edition.filter) == (list_id, scope, narrowed)
    assert (found.audit.issues, found.audit.unknown_codes) == ((), ())


def test_gazprombank(cons: Found) -> None:
    """17016: two lists with two dates and two programs in one Designation, names in two scripts."""
    (made,) = cons["17016"].designations
    assert [(one.list_name, str(one.listed_since)) for one in made.listings] == [
        ("Sectoral Sanctions Identifications List", "2014-07-16"),
        ("SDN List", "2024-11-21"),
    ]
    assert made.programs == ("UKRAINE-EO13662", "RUSSIA-EO14024")
    assert [one.title for one in made.legal_bases] == [
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
    assert len(cons.where(named_list="SDN List")) == 77


def test_sensetime(cons: Found) -> None:
    """33114: on the CMIC list since 10 December 2021; its number bears one of its names."""
    sensetime = cons["33114"]
    assert [(one.list_name, str(one.listed_since)) for one in sensetime.listings] == [
        ("Non-SDN CMIC List", "2021-12-10")
    ]
    assert [(name.text, name.script) for name in sensetime.names] == [
        ("SENSETIME GROUP LIMITED", "Latn"),
        ("商湯集團有限公司", "Hant"),
        ("SENSETIME GROUP LTD", "Latn"),
    ]
    (number,) = sensetime.identifiers
    assert (number.raw_kind, number.value) == ("C.R. No.", "2162198")
    assert (number.country, number.valid) == (sl.Country(code="HK"), None)
    assert number.name_id == sensetime.names[0].source_id == "46846"


def test_naqdi(irgc: Found) -> None:
    """12057: four birth dates of three forms, two places, and the six programs of one listing."""
    naqdi = irgc.get("12057", kind=sl.Person)
    assert naqdi.name == "NAQDI, Mohammad Reza"
    stated = [(one.place.text if one.place else str(one.date), one.primary) for one in naqdi.births]
    assert stated == [
        ("1951 to 1953", True),
        ("1960 to 1962", False),
        ("1961-04", False),
        ("1953", False),
        ("Najaf, Iraq", True),
        ("Tehran, Iran", False),
    ]
    assert (naqdi.remarks, len(naqdi.titles)) == ("Head of the Basij", 3)
    assert naqdi.programs == ("IFSR", "IRAN-EO13876", "IRAN-HR", "IRGC", "NPWMD", "SDGT")
    circa = irgc.get("11177", kind=sl.Person).births[0].date
    assert circa == sl.PartialDate.year(1957, circa=True)
    # The first place and not the main one; two numbers that are not valid.
    (place,) = [one for one in irgc.get("12257", kind=sl.Person).births if one.place]
    assert (place.place and place.place.text, place.primary) == ("Tehran, Iran", False)
    false = [number.value for one in irgc for number in one.identifiers if number.valid is False]
    assert false == ["R24530943", "D9004309"]


# ── compared with the classic file eight months older ────────────────────────────────────────────

FIELDS = ("genders", "titles", "nationalities", "citizenships", "types", "registered_in")


def stated(one: sl.Entity) -> dict[str, set[object]]:
    """The facts about a party in both formats."""
    births = [(each.date, each.place, each.primary) for each in getattr(one, "births", ())]
    return {
        "kind": {type(one)},
        "names": {(each.text, each.kind, each.strength) for each in one.names},
        "addresses": {
            (each.lines, each.city, each.state, each.region, each.postal_code, each.country)
            for each in one.addresses
        },
        "numbers": {
            (each.kind, each.value, each.country, each.issued, each.expires, each.asset, each.flags)
            for each in one.identifiers
        },
        "features": {(each.label, each.value, each.kind, each.date) for each in one.features},
        "births": set(births),
        "programs": set(one.programs),
        "links": {each.to.name for each in one.relations},
        **{field: {getattr(one, field, ())} for field in FIELDS},
    }


def test_comparison_with_the_classic_file(cons: Found, lists: Path) -> None:
    """Both formats fill the same fields in the same way."""
    common = [one for one in whole(lists / CLASSIC) if one.source_id in cons]
    assert len(common) == 442
    differs: dict[str, set[str]] = {}
    for old in common:
        new = stated(cons[old.source_id])
        for what in [what for what, values in stated(old).items() if not values <= new[what]]:
            differs.setdefault(what, set()).add(old.source_id)
    assert differs == {
        # What OFAC changed in those eight months; each was looked up in both files.
        "names": {"17016", "17145", "23559", "23562", "23568", "23577"},
        "numbers": {"17016", "19640", "20314", "20315", "20317"},
        "features": {"18795", "19640", "20317"},
        # 20314 and 20317 moved. The classic file prints the region Gaza as a country, "Region:
        # Gaza", the enhanced one as a region.
        "addresses": {"20314", "20317", "9647", "9659"},
    }
