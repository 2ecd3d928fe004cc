"""OFAC's advanced XML: small files, written by hand, against values that can be read off them."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from advanced_files import (
    NEW,
    NO_DATES,
    OLD,
    SETS,
    advanced,
    entry,
    feature,
    location,
    period,
    plain,
)
from lxml import etree

import sanctionslib as sl

HERE = Path(__file__).parent
EVERY = HERE / "data" / "every_element_advanced.xml"


@cache
def every() -> sl.SanctionsList[sl.Entity]:
    return sl.read(EVERY, list_id="us_ofac_sdn", records=True)


def read(data: bytes) -> sl.SanctionsList[sl.Entity]:
    return sl.read(data, list_id="us_ofac_sdn")


def test_the_file_of_the_golden_test_is_in_the_format(lists: Path) -> None:
    """The publisher's schema accepts it, but for the relation that leads out of the file."""
    schema = etree.XMLSchema(etree.parse(str(lists / "schemas" / "ofac_advanced_xml_2024plus.xsd")))
    assert not schema.validate(etree.parse(str(EVERY)))
    (fault,) = schema.error_log
    assert "424242" in fault.message


@pytest.mark.parametrize("namespace", [OLD, NEW, ""])
def test_namespaces(namespace: str) -> None:
    """Both namespaces, and none, give the same entities."""
    text = EVERY.read_bytes().replace(NEW.encode(), namespace.encode())
    text = text if namespace else text.replace(b' xmlns=""', b"")
    assert tuple(read(text)) == tuple(every())


def test_namespace_repeated_on_every_section() -> None:
    """The newer files repeat the namespace on every section; that is no attribute."""
    text = advanced(plain(1), namespace=NEW).decode()
    for section in ("Locations", "DistinctParties", "SanctionsEntries"):
        text = text.replace(f"<{section}>", f'<{section} xmlns="{NEW}">')
    found = read(text.encode())
    assert (found.audit.issues, len(found)) == ((), 1)


def test_edition() -> None:
    """The edition says what was read, and what it can state."""
    (edition,) = every().editions
    assert (edition.list_id, edition.published, edition.dated_by) == (
        "us_ofac_sdn",
        date(2024, 2, 23),
        "file",
    )
    assert (edition.format, edition.scope, edition.declared, edition.missing) == (
        "ofac-advanced-xml",
        sl.Scope.WHOLE,
        None,
        (),
    )
    assert edition.can_state(sl.Fact.LISTING_DATE)
    assert edition.can_state(sl.Fact.LEGAL_BASIS)
    assert not edition.can_state(sl.Fact.REASON)


def test_sample() -> None:
    """A file that says so is a sample, and never the list."""
    prolog = '<?xml version="1.0"?>\n<?sanctionslib scope="sample"?>'
    assert read(advanced(plain(1), prolog=prolog)).editions[0].scope is sl.Scope.SAMPLE


# Which list is it?

BOTH = entry(1) + entry(1, "70001", 91512)


def test_list_by_file_name(tmp_path: Path) -> None:
    """The same bytes are SDN or non-SDN by their name, where the entries allow for both."""
    for name, list_id in (
        ("SDN_ADVANCED.XML", "us_ofac_sdn"),
        ("cons_advanced.xml", "us_ofac_cons"),
    ):
        path = tmp_path / name
        path.write_bytes(advanced(plain(1), entries=BOTH))
        assert sl.read(path).editions[0].list_id == list_id
        assert sl.read(path)["1"].id == f"{list_id}:1"


def test_list_by_its_entries() -> None:
    """Bytes without a name are told by their entries, and refused where those fit both."""
    assert sl.read(advanced(plain(1))).editions[0].list_id == "us_ofac_sdn"
    wrapped = entry(1, "70001", 91512) + entry(1, "50001", 91507)
    assert sl.read(advanced(plain(1), entries=wrapped)).editions[0].list_id == "us_ofac_cons"
    with pytest.raises(sl.InvalidInputError, match="nothing in this file") as caught:
        sl.read(advanced(plain(1), entries=BOTH))
    assert "list_id=" in caught.value.hint


def test_name_against_content(tmp_path: Path) -> None:
    """A file whose name and entries disagree about the list is refused, unless the caller decides."""
    path = tmp_path / "CONS_ADVANCED.XML"
    path.write_bytes(advanced(plain(1)))
    with pytest.raises(sl.InvalidInputError, match="by its name"):
        sl.read(path)
    assert sl.read(path, list_id="us_ofac_sdn")["1"].id == "us_ofac_sdn:1"


# Records


def test_a_fact_with_two_values() -> None:
    """Where a fact has a word and a text, both are kept; a date stands beside an identifier."""
    both = '<VersionDetail DetailTypeID="1431" DetailReferenceID="91526">also</VersionDetail>'
    dated = (
        period(*["2020-01-01"] * 4) + '<VersionDetail DetailTypeID="1432">EXAMKPPY</VersionDetail>'
    )
    found = read(advanced(plain(1, feature(1, 11, 14, both) + feature(1, 12, 13, dated))))
    (website,) = found["1"].features
    assert (website.value, website.note) == ("Male", "also")
    (bic,) = found["1"].identifiers
    assert (bic.value, bic.note) == ("EXAMKPPY", "date: 01 Jan 2020")


TOLD = "or 6 Dec 1961, says a passport"
BORN = period(*["1961-12-05"] * 4)
SAID = f'<VersionDetail DetailTypeID="1430">{TOLD}</VersionDetail>'


def test_a_text_beside_a_date() -> None:
    """The date is the value and the text its remark, in a birth, a field and a Feature alike."""
    person = plain(1, feature(1, 11, 8, BORN + SAID)).replace('TypeID="3"', 'TypeID="4"')
    firm = plain(2, feature(2, 12, 646, BORN + SAID) + feature(2, 13, 868, BORN + SAID))
    sets = SETS.replace(
        '<FeatureType ID="1" ',
        '<FeatureType ID="868">Listing Date (CMIC)</FeatureType>\n      <FeatureType ID="1" ',
    )
    found = read(advanced(person, firm, sets=sets))
    born, made = found["1"], found["2"]
    assert isinstance(born, sl.Person)
    assert isinstance(made, sl.Organization)
    assert [(str(one.date), one.note) for one in born.births] == [("1961-12-05", TOLD)]
    assert [str(one) for one in made.established] == ["1961-12-05"]
    assert [(one.label, one.value, str(one.date), one.note) for one in made.features] == [
        ("Organization Established Date", "05 Dec 1961", "1961-12-05", TOLD),
        ("Listing Date (CMIC)", "05 Dec 1961", "1961-12-05", TOLD),
    ]


def test_a_date_beside_a_value_that_is_no_date() -> None:
    """A date on a place, a country, a word or a text stands in its remark, or in a Feature."""
    russia = '<VersionDetail DetailTypeID="1433" /><VersionLocation LocationID="5" />'
    text = '<VersionDetail DetailTypeID="1432">EXAMPLE</VersionDetail>'
    word = '<VersionDetail DetailTypeID="1431" DetailReferenceID="91527" />'
    facts = [(9, text), (10, russia), (11, russia), (224, word), (14, text)]
    back = "".join(
        f'      <FeatureVersionReference FeatureVersionID="5{number}" />\n'
        for number in (11, 12, 23)
    )
    found = read(
        advanced(
            plain(
                1, "".join(feature(1, 10 + at, *one) for at, one in enumerate(dated(facts)))
            ).replace('TypeID="3"', 'TypeID="4"'),
            plain(2, feature(2, 23, 365, BORN + russia)),
            locations=location(5, (1, "Russia"), rest=back),
        )
    )
    person, firm = found["1"], found["2"]
    assert isinstance(person, sl.Person)
    assert isinstance(firm, sl.Organization)
    beside = "date: 05 Dec 1961"
    (birth,) = person.births
    assert (birth.place, birth.note) == (sl.Place(text="EXAMPLE"), beside)
    assert [(one.country.code, one.note) for one in person.nationalities] == [("RU", beside)]
    assert [(one.country.code, one.note) for one in person.citizenships] == [("RU", beside)]
    assert person.genders == (sl.Gender.FEMALE,)
    assert [(one.label, one.value, str(one.date)) for one in person.features] == [
        ("Gender", "Female", "1961-12-05"),
        ("Website", "EXAMPLE", "1961-12-05"),
    ]
    assert [one.code for one in firm.registered_in] == ["RU"]
    assert [(one.label, one.value, str(one.date)) for one in firm.features] == [
        ("Nationality of Registration", "Russia", "1961-12-05")
    ]


def dated(facts: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The facts, each with a date beside its value."""
    return [(kind, BORN + inside) for kind, inside in facts]


def test_a_date_alone_is_no_country() -> None:
    """A nationality with a date and no place is a Feature without a value, and has the date."""
    person = plain(1, feature(1, 11, 10, BORN)).replace('TypeID="3"', 'TypeID="4"')
    found = read(advanced(person))["1"]
    assert isinstance(found, sl.Person)
    assert found.nationalities == ()
    assert [(one.label, one.value, str(one.date)) for one in found.features] == [
        ("Nationality Country", "", "1961-12-05")
    ]


def test_parts_of_a_place_keep_their_type() -> None:
    """Where a place is the value of a fact, what its parts are called stands in the remark."""
    place = '<VersionDetail DetailTypeID="1434" /><VersionLocation LocationID="5" />'
    back = '      <FeatureVersionReference FeatureVersionID="511" />\n'
    found = read(
        advanced(
            plain(1, feature(1, 11, 9, place)).replace('TypeID="3"', 'TypeID="4"'),
            locations=location(5, (1454, "Perm"), (1, "Russia"), rest=back),
        )
    )["1"]
    assert isinstance(found, sl.Person)
    (birth,) = found.births
    assert birth.place is not None
    assert (birth.place.text, birth.note) == ("Perm, Russia", "CITY: Perm")


def test_measures_that_are_alike_are_not_the_same() -> None:
    """Two directives that both restrict debt and equity are two measures."""
    second = f'<SanctionsMeasure ID="9" SanctionsTypeID="91506">{NO_DATES}</SanctionsMeasure>'
    third = second.replace("91506", "91505")
    entries = entry(1).replace("    </SanctionsEntry>", f"{third}{second}    </SanctionsEntry>")
    sets = SETS.replace(
        '<SanctionsType ID="91505">',
        '<SanctionsType ID="91506">13662 Sectoral Directive 2</SanctionsType>\n'
        '      <SanctionsType ID="91505">',
    )
    found = read(advanced(plain(1), entries=entries + entry(1, "50001", 91507), sets=sets))
    assert [one.raw for one in found["1"].measures] == [
        "Block",
        "13662 Sectoral Directive 1",
        "13662 Sectoral Directive 2",
    ]


def test_programs_each_once_in_order() -> None:
    """Entries repeat the programs of the party; each is kept once, as they come."""
    program = f'<SanctionsMeasure ID="9" SanctionsTypeID="1"><Comment>IFSR</Comment>{NO_DATES}</SanctionsMeasure>'
    entries = entry(1).replace("    </SanctionsEntry>", f"{program}    </SanctionsEntry>")
    found = read(advanced(plain(1), entries=entries + entry(1, "50001", 91507, program="IFSR")))
    assert found["1"].programs == ("SDGT", "IFSR")
    assert [str(one.kind) for one in found["1"].measures] == ["MeasureKind.ASSET_FREEZE"]
