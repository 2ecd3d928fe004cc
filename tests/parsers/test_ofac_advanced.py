"""OFAC's advanced XML: small files, written by hand, against values that can be read off them."""

from __future__ import annotations

import json
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
    document,
    entry,
    feature,
    location,
    period,
    plain,
    relation,
    text_feature,
)
from lxml import etree

import sanctionslib as sl
from sanctionslib.parsers.ofac.advanced import FORMAT

HERE = Path(__file__).parent
EVERY = HERE / "data" / "every_element_advanced.xml"


@cache
def every() -> sl.SanctionsList[sl.Entity]:
    return sl.read(EVERY, list_id="us_ofac_sdn", records=True)


def read(data: bytes) -> sl.SanctionsList[sl.Entity]:
    return sl.read(data, list_id="us_ofac_sdn")


def test_golden() -> None:
    """Every element of the format becomes the entity that the golden file shows."""
    made = [sl.to_dict(entity) for entity in every()]
    for one in made:  # the same for all, and tested elsewhere
        del one["schema"], one["library"], one["editions"]
    golden = HERE / "golden" / "every_element_advanced.json"
    text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    assert text == golden.read_text(encoding="utf-8")


def test_every_path_of_the_table_is_met() -> None:
    """The file of the golden test has each path that the table has a rule for: none is untested."""
    paths = {path for entity in every() for path, _ in entity.record or ()}
    assert paths == set(FORMAT.path_rules)


def test_the_file_of_the_golden_test_is_in_the_format(lists: Path) -> None:
    """The publisher's schema accepts it, but for the relation that leads out of the file."""
    schema = etree.XMLSchema(etree.parse(str(lists / "schemas" / "ofac_advanced_xml_2024plus.xsd")))
    assert not schema.validate(etree.parse(str(EVERY)))
    (fault,) = schema.error_log
    assert "424242" in fault.message


def test_kinds() -> None:
    """The subtype decides the class, and the type where the subtype is Unknown."""
    assert [(type(one), one.raw_kind) for one in every()] == [
        (sl.Person, "Individual"),
        (sl.Organization, "Entity"),
        (sl.Vessel, "Vessel"),
        (sl.Aircraft, "Aircraft"),
    ]


def test_names() -> None:
    """One name per documented name; the Latin primary one first, equal aliases in one group."""
    names = every()["1"].names
    assert [(one.text, one.script, one.group_id) for one in names] == [
        ("Example Person, Given Middle", "Latn", "1"),
        ("Примеров, Имя Отчество", "Cyrl", "1"),
        ("Person, Given Patronymicovich", "Latn", "2"),
        ("THE EXAMPLE", "Latn", "3"),
        ("Person", "Latn", "4"),
        ("شخص", "Arab", "4"),
    ]
    assert [(one.kind, one.strength) for one in names] == [
        (sl.NameKind.PRIMARY, sl.AliasStrength.UNSTATED),
        (sl.NameKind.PRIMARY, sl.AliasStrength.UNSTATED),
        (sl.NameKind.AKA, sl.AliasStrength.STRONG),
        (sl.NameKind.FKA, sl.AliasStrength.WEAK),
        (sl.NameKind.NKA, sl.AliasStrength.STRONG),
        (sl.NameKind.NKA, sl.AliasStrength.STRONG),
    ]
    assert names[2].part(sl.NamePartKind.PATRONYMIC) == "Patronymicovich"
    assert names[3].part(sl.NamePartKind.NICKNAME) == "THE EXAMPLE"
    assert names[2].note == "a remark on an alias; a remark on one name"
    assert every()["2"].names[1].script == "Hans"


def test_dates() -> None:
    """The seven encodings of a period become the intervals and texts that the classic file has."""
    dates = [one.date for one in every().get("1", kind=sl.Person).births if one.date]
    assert [(str(one.earliest), str(one.latest), one.raw) for one in dates] == [
        ("1971-03-05", "1971-03-05", "05 Mar 1971"),
        ("1971-01-01", "1971-12-31", "1971"),
        ("1971-03-01", "1971-03-31", "Mar 1971"),
        ("1971-01-01", "1971-12-31", "circa 1971"),
        ("1971-01-01", "1973-12-31", "1971 to 1973"),
        ("1971-03-01", "1972-05-31", "Mar 1971 to May 1972"),
        ("1971-03-05", "1972-04-09", "05 Mar 1971 to 09 Apr 1972"),
    ]
    assert dates == [sl.PartialDate.parse(one.raw) for one in dates]


def test_facts_of_a_person() -> None:
    """Facts land in their fields; countries come from locations that many share."""
    person = every().get("1", kind=sl.Person)
    assert person.nationalities[0].country == sl.Country(code="KP")
    assert person.citizenships[0].country == sl.Country(code="RU")
    assert person.genders == (sl.Gender.FEMALE,)
    assert person.titles == ("First Title", "Second Title")
    assert person.births[-1].place == sl.Place(
        text="Nampo, Korea, North", country=sl.Country(code="KP")
    )
    website, unknown = person.features
    assert (website.kind, website.note, website.reliability) == (
        sl.FeatureKind.WEBSITE,
        "a remark on a fact",
        "Reported",
    )
    assert (unknown.label, unknown.kind) == ("Tarjeta Profesional", None)
    assert person.births[6].note == "reliability: Reported"
    assert person.remarks == "remarks of a person"


def test_addresses() -> None:
    """An address has its parts; one that is "undetermined" alone stays."""
    whole, bare, crimea = every()["1"].addresses
    assert whole.text == (
        "First Line, Second Line, Third Line, Moscow, Moscow Oblast 101000, Region, Russia"
    )
    assert bare == sl.Address(country=sl.Country(raw="undetermined"))
    assert (crimea.region, crimea.country, crimea.note) == (
        "Region: Crimea",
        sl.Country(raw="undetermined"),
        "a remark on an address",
    )


def test_documents() -> None:
    """Documents find their party by its identity, and their name; a fraudulent one is not valid."""
    passport, false = every()["1"].identifiers
    assert (passport.value, passport.country) == ("X0000001", sl.Country(code="RU"))
    assert passport.issued == sl.PartialDate.day(date(2020, 1, 1))
    assert passport.expires == sl.PartialDate.month(2029, 12)
    assert passport.issuer == "EXAMPLE OFFICE; Vladivostok"
    assert passport.note == "a remark on a document"
    assert [one.valid for one in (passport, false)] == [None, False]
    bearers = {one.source_id: one.text for one in every()["1"].names}
    assert bearers[false.name_id] == "THE EXAMPLE"
    imo, call_sign = every()["3"].identifiers
    assert (imo.kind, call_sign.kind) == (
        sl.IdentifierKind.IMO,
        sl.IdentifierKind.CALL_SIGN,
    )


def test_one_designation_with_all_sets() -> None:
    """Lists, programs, bases and measures are one designation; the wrapper is no list."""
    firm = every()["2"]
    (designation,) = firm.designations
    assert [(one.list_name, str(one.since)) for one in firm.listings] == [
        ("SDN List", "2001-09-24"),
        ("Sectoral Sanctions Identifications List", "2014-07-16"),
    ]
    assert designation.programs == ("SDGT", "UKRAINE-EO13662")
    assert [one.title for one in designation.bases] == [
        "Executive Order 13224 (Terrorism)",
        "Executive Order 13608 (Iran/Syria)",
    ]
    assert [(one.kind, one.note) for one in designation.measures] == [
        (sl.MeasureKind.ASSET_FREEZE, None),
        (sl.MeasureKind.DEBT_EQUITY, "a remark on a measure; date: 16 Jul 2014 to 24 Feb 2022"),
    ]
    assert str(firm.since) == "2001-09-24"


def test_events() -> None:
    """Every event of an entry is kept, with its own date, basis and remark."""
    sdn = every()["2"].listings[0]
    assert [(one.kind, str(one.date), str(one.act), one.note) for one in sdn.events] == [
        (
            sl.EventKind.LISTED,
            "2001-09-24",
            "Executive Order 13224 (Terrorism)",
            "a remark on an event",
        ),
        (sl.EventKind.LISTED, "2001-09-25", "Executive Order 13608 (Iran/Syria)", None),
    ]
    (event,) = every()["3"].listings[0].events
    assert event.act is None  # "Unknown" is no basis
    assert every()["3"].bases == ()


def test_relations() -> None:
    """A relation belongs to "From"; its target may be outside the file."""
    found = every()
    (person,) = found["1"].relations
    assert (person.kind, person.former, person.quality, person.note) == (
        sl.RelationKind.ASSOCIATE_OF,
        True,
        "Low",
        "a remark on a relation",
    )
    assert person.to == sl.EntityRef(name="EXAMPLE TRADING LLC", id_space="ofac", source_id="2")
    (ship,) = found["3"].relations
    assert (ship.kind, ship.former, ship.quality) == (
        sl.RelationKind.OWNED_OR_CONTROLLED_BY,
        False,
        None,
    )
    assert [link.source.source_id for link in found.why("2").linked_from] == ["1", "3"]
    (outside,) = found.why("2").linked_to
    assert (outside.relation.to.source_id, outside.targets) == ("424242", ())


def test_vessel_and_aircraft() -> None:
    """Their facts land in their fields."""
    ship = every().get("3", kind=sl.Vessel)
    assert (ship.types, ship.owners) == (("Crude Oil Tanker",), ("Example Shipping",))
    assert (ship.flags, ship.former_flags) == (
        (sl.Country(code="KP"),),
        (sl.Country(raw="None Identified"),),
    )
    assert (ship.tonnage, ship.gross_tonnage) == (318000, 163660)
    plane = every().get("4", kind=sl.Aircraft)
    assert (plane.models, plane.operators) == (("B747-422",), ("Example Air",))
    assert plane.built == (sl.PartialDate.day(date(1992, 1, 27)),)


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


def test_origin() -> None:
    """An entity knows the line that it starts on."""
    origin = every()["2"].origins[0]
    assert origin.line is not None
    lines = EVERY.read_text(encoding="utf-8").splitlines()
    assert lines[origin.line - 1].strip() == '<DistinctParty FixedRef="2">'


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


def test_list_that_does_not_come_in_this_format() -> None:
    """A list id of another format is refused."""
    with pytest.raises(sl.InvalidInputError, match="eu_fsf"):
        sl.read(advanced(plain(1)), list_id="eu_fsf")


# Records


def test_record_is_the_party_with_all_that_refers_to_it() -> None:
    """A record has the party's documents, entries, relations and locations, and nobody else's."""
    country = '<VersionDetail DetailTypeID="1433" /><VersionLocation LocationID="5" />'
    back = "".join(f'<FeatureVersionReference FeatureVersionID="5{n}" />' for n in (11, 12, 21))
    found = sl.read(
        advanced(
            plain(1, feature(1, 11, 365, country) + feature(1, 12, 365, country)),
            plain(2, feature(2, 21, 365, country)),
            locations=location(5, (1, "Russia"), rest=back),
            documents=document(61, 1, " 1 ") + document(62, 2, "2"),
            relations=relation(71, 1, 2),
        ),
        records=True,
    )
    first, second = found["1"].record, found["2"].record
    assert first is not None
    assert second is not None
    references = "Location/FeatureVersionReference@FeatureVersionID"
    assert (first.get(references), second.get(references)) == (("511", "512"), ("521",))
    assert first.get("Location/LocationPart/LocationPartValue/Value") == ("Russia",)
    assert second.get("Location/LocationPart/LocationPartValue/Value") == ("Russia",)
    assert first.get("IDRegDocument/IDRegistrationNo") == (" 1 ",)
    assert second.get("IDRegDocument/IDRegistrationNo") == ("2",)
    assert first.get("ProfileRelationship@ID") == ("71",)
    assert second.get("ProfileRelationship@ID") == ()
    assert first.get("SanctionsEntry@ProfileID") == ("1",)
    bases = [path.partition("/")[0].partition("@")[0] for path in first.paths]
    assert list(dict.fromkeys(bases)) == [
        "Location",
        "IDRegDocument",
        "DistinctParty",
        "ProfileRelationship",
        "SanctionsEntry",
    ]
    assert found["1"].record is not None
    assert sl.read(advanced(plain(1)))["1"].record is None


def test_paths_are_counted_by_label() -> None:
    """Values of features and documents are counted under their type, and none is left out."""
    paths = every().audit.paths
    assert sum(one.count for one in paths) == sum(len(one.record or ()) for one in every())
    assert [one for one in paths if one.use is sl.Use.UNKNOWN] == []
    version = "DistinctParty/Profile/Feature/FeatureVersion"
    uses = {(one.path, one.label): one.use for one in paths}
    assert uses[f"{version}/VersionDetail", "Website"] is sl.Use.MAPPED
    assert uses[f"{version}/VersionDetail", "Tarjeta Profesional"] is sl.Use.UNMAPPED
    assert uses["DistinctParty/Profile/Feature@FeatureTypeID", "Birthdate"] is sl.Use.STRUCTURAL
    assert uses["IDRegDocument/IDRegistrationNo", "Passport"] is sl.Use.MAPPED


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


def test_text_is_stripped_and_the_record_is_not() -> None:
    """Values lose the blanks around them; the record keeps each letter."""
    data = advanced(plain(1, text_feature(1, 11, 14, "  www.example.org ")))
    found = sl.read(data, records=True)
    assert found["1"].features[0].value == "www.example.org"
    assert ("DistinctParty/Profile/Feature/FeatureVersion/VersionDetail", "  www.example.org ") in (
        found["1"].record or ()
    )
