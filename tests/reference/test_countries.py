"""Countries: every spelling has one code, and what has no code is known to have none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from sanctionslib.errors import NotFoundError
from sanctionslib.model.places import Country
from sanctionslib.reference import (
    countries,
    country_at_end,
    is_known_place,
    read_country,
)
from sanctionslib.reference.country import _key
from sanctionslib.reference.tables import rows

CLASSIC = (
    "us_ofac_sdn/SDN_2021-03-10.xml",
    "us_ofac_cons/CONSOLIDATED_2020-03-17.xml",
    "us_ofac_cons/CONSOLIDATED_2024-05-06.xml",
)


def test_counts() -> None:
    """249 current codes of ISO 3166-1, the withdrawn ones, and XK."""
    statuses = [countries.status(code) for code in countries]
    assert statuses.count("current") == 249
    assert statuses.count("user-assigned") == 1
    assert statuses.count("withdrawn") == 25
    assert set(statuses) == {"current", "user-assigned", "withdrawn"}
    assert repr(countries) == "<CountryTable of 275: AD, AE, AF …>"


def test_codes_and_names_are_unique() -> None:
    """No code and no name occurs twice, and every code is two capital letters."""
    table = list(rows("countries.tsv"))
    assert len({row["code"] for row in table}) == len(table)
    assert len({row["name"] for row in table}) == len(table)
    assert all(len(code) == 2 and code.isalpha() and code.isupper() for code in countries)


def test_no_spelling_of_two_codes() -> None:
    """A spelling means one country, in whichever column it stands, or is known to have no code."""
    meaning: dict[str, str] = {}
    for row in rows("countries.tsv"):
        for text in (row["spellings"] + "|" + row["whole_only"]).split("|"):
            if text:
                assert _key(text) not in meaning or meaning[_key(text)] == row["code"], text
                meaning[_key(text)] = row["code"]
    for row in rows("places_without_code.tsv"):
        assert _key(row["text"]) not in meaning, row["text"]
        assert row["note"]


def test_names_in_other_languages() -> None:
    """Each means one country, is no spelling that we have already, and is read as a whole value."""
    known = {
        _key(text)
        for row in rows("countries.tsv")
        for text in (row["spellings"] + "|" + row["whole_only"]).split("|")
    }
    known |= {_key(row["text"]) for row in rows("places_without_code.tsv")}
    for row in rows("country_names.tsv"):
        for text in row["names"].split("|"):
            assert _key(text) not in known, text
            known.add(_key(text))
            assert read_country(text.upper()).code == row["code"]
            assert country_at_end(f"X, {text}") is None
    assert read_country("CORÉE DU NORD").code == "KP"


def test_current_names_are_read() -> None:
    """Every current name is a spelling of its own code, and so is every code itself."""
    for code, name in countries.items():
        assert read_country(code).code == code
        if countries.status(code) == "current":
            assert read_country(name).code == code


def test_withdrawn_codes_have_a_note() -> None:
    """A withdrawn code says what became of it."""
    assert all(row["note"] for row in rows("countries.tsv") if row["status"] != "current")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Korea, North", "KP"),
        ("Korea, South", "KR"),
        ("Democratic People's Republic of Korea", "KP"),
        ("Democratic People’s Republic of Korea", "KP"),
        ("Burma", "MM"),
        ("St. Kitts & Nevis", "KN"),
        ("St. Vincent and the Grenadines", "VC"),
        ("Bahamas, The", "BS"),
        ("The Gambia", "GM"),
        ("Cabo Verde.  Previously Cape Verde.", "CV"),
        ("Macedonia, The Former Yugoslav Republic of", "MK"),
        ("North Macedonia, The Republic of", "MK"),
        ("Palestinian", "PS"),
        ("Kosovo", "XK"),
        ("Netherlands Antilles", "AN"),
        ("Cote d Ivoire", "CI"),
        ("Man, Isle of", "IM"),
        ("Virgin Islands, British", "VG"),
        ("Congo, Republic of the", "CG"),
        ("Congo, Democratic Republic of the", "CD"),
        ("CONGO, Democratic Republic of (was Zaire)", "CD"),
        ("BOSNIA AND HERZEGOWINA", "BA"),
        ("YUGOSLAVIA", "YU"),
        ("USSR", "SU"),
        ("Zaire", "CD"),
        ("Türkiye", "TR"),
        ("Iran (Islamic Republic of)", "IR"),
        ("United Kingdom of Great Britain and Northern\nIreland", "GB"),
        (" iran ", "IR"),
        ("Afghan", "AF"),
        ("AE", "AE"),
    ],
)
def test_spellings(text: str, code: str) -> None:
    """Spellings of the OFAC, UN, EU and UK lists; case, blanks and apostrophes make no difference."""
    assert read_country(text) == Country(code=code)
    assert read_country(text).raw == text


@pytest.mark.parametrize(
    "text",
    [
        "West Bank",
        "Region: Gaza",
        "Region: Crimea",
        "Region: Kafia Kingi",
        "Region: Northern Mali",
        "undetermined",
        "None Identified",
        "UNKNOWN",
        "Czechoslovakia",
    ],
)
def test_known_without_code(text: str) -> None:
    """Places that the lists print and that have no code are known nevertheless."""
    assert read_country(text) == Country(raw=text)
    assert is_known_place(text)
    assert countries.code_of(text) is None


def test_unknown() -> None:
    """An unknown text keeps its words, has no code, and is not known."""
    assert read_country("Atlantis") == Country(raw="Atlantis")
    assert not is_known_place("Atlantis")
    assert read_country("ae").code is None


def test_equal_texts_share_one_object() -> None:
    """Twenty thousand addresses do not make twenty thousand countries."""
    assert read_country("Iran") is read_country(" Iran ".strip())


@pytest.mark.parametrize(
    ("text", "code", "raw"),
    [
        ("Gopalganj, Bangladesh", "BD", "Bangladesh"),
        ("Pyongyang, Korea, North", "KP", "Korea, North"),
        ("Goma, Congo, Democratic Republic of the", "CD", "Congo, Democratic Republic of the"),
        ("Nassau, Bahamas, The", "BS", "Bahamas, The"),
        ("Nablus, West Bank, Palestinian", "PS", "Palestinian"),
        ("Crimea, Ukraine", "UA", "Ukraine"),
        ("Khabarovsk Region, USSR", "SU", "USSR"),
        ("Stavropol Territory, the Russian Federation", "RU", "the Russian Federation"),
        ("Tbilisi, Georgia", "GE", "Georgia"),
        ("Georgia", "GE", "Georgia"),
        ("Iran", "IR", "Iran"),
        ("Korea, North", "KP", "Korea, North"),
        ("Detroit, MI, United States", "US", "United States"),
    ],
)
def test_country_at_end(text: str, code: str, raw: str) -> None:
    """The longest run of last pieces that spells a country, a whole text too."""
    found = country_at_end(text)
    assert found is not None
    assert (found.code, found.raw) == (code, raw)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Donetsk Region",
        "Sacramento, CA",
        "Gary, IN",
        "Atlanta, Georgia",
        "Kinshasa, Congo",
        "Simferopol, Crimea",
        "Ramallah, West Bank",
        "Algiers Algeria",
        "Las Cruces, New Mexico",
        "Kabul, Afghan",
    ],
)
def test_no_country_at_end(text: str) -> None:
    """No guess from state codes, nationals, two Congos, regions, or words that only end so."""
    assert country_at_end(text) is None


def test_near_misses() -> None:
    """Lookups that fail suggest what was meant."""
    with pytest.raises(NotFoundError) as caught:
        countries["Bangladesh"]
    assert caught.value.suggestions == ("BD",)
    with pytest.raises(KeyError, match="did you mean 'BD'"):
        countries["bd"]
    with pytest.raises(NotFoundError) as caught:
        countries.code_of("Bangladsh")
    assert caught.value.suggestions[0] == "Bangladesh"
    with pytest.raises(NotFoundError):
        countries.status("ZZ")
    assert countries.get("ZZ") is None
    assert "ZZ" not in countries


def _stated(lists: Path) -> Iterator[str]:
    flags = ("Former Vessel Flag", "Other Vessel Flag", "Nationality of Registration")
    for name in CLASSIC:
        for node in etree.parse(lists / name).iter(
            "{*}country", "{*}idCountry", "{*}vesselFlag", "{*}id"
        ):
            if etree.QName(node).localname != "id":
                yield node.text or ""
            elif node.findtext("{*}idType") in flags:
                yield node.findtext("{*}idNumber") or ""


def test_every_country_of_the_classic_files_is_known(lists: Path) -> None:
    """Every country-like value of three classic OFAC files has a code or is known to have none."""
    found = set(_stated(lists))
    assert len(found) > 150
    assert not {text for text in found if not is_known_place(text)}


def test_official_iso_codes_agree(lists: Path) -> None:
    """OFAC's own isoCode agrees with ours, wherever it states one."""
    seen = {}
    for name in (
        "us_ofac_cons/CONS_ENHANCED_2025-01-10.xml",
        "us_ofac_sdn/SDN_ENHANCED_program_IRGC_2024-08-28.xml",
    ):
        for value in etree.parse(lists / name).iter("{*}referenceValue"):
            if value.findtext("{*}type") == "COUNTRY":
                seen[value.findtext("{*}value")] = value.findtext("{*}isoCode")
    assert len(seen) > 180
    differing = {
        text: (code, read_country(text).code)
        for text, code in seen.items()
        if code and read_country(text).code != code
    }
    assert not differing
    assert not {text for text in seen if not is_known_place(text)}


def test_eu_codes_agree(lists: Path) -> None:
    """The EU's countryIso2Code and countryDescription give the same code, but for its 00."""
    nodes = etree.parse(lists / "eu_fsf/EU_FSF_1_1_2021-03-02.xml").iter("{*}*")
    pairs = {
        (node.get("countryIso2Code"), node.get("countryDescription"))
        for node in nodes
        if node.get("countryDescription")
    }
    assert len(pairs) > 80
    assert {(code, text) for code, text in pairs if read_country(text).code != code} == {
        ("00", "UNKNOWN")
    }
