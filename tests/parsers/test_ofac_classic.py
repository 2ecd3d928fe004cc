"""OFAC's classic XML: small files, written by hand, against values that can be read off them."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from classic_files import NEW, OLD, classic, plain

import sanctionslib as sl

HERE = Path(__file__).parent
EVERY = HERE / "data" / "every_element.xml"


def read(*entries: str, **header: str | int | None) -> sl.SanctionsList[sl.Entity]:
    return sl.read(classic(*entries, **header), list_id="us_ofac_sdn")


def faulty(*entries: str, **header: str | int | None) -> sl.SanctionsList[sl.Entity]:
    with pytest.warns(sl.FaultyEntriesWarning):
        return read(*entries, **header)


def kinds(found: sl.SanctionsList[sl.Entity]) -> list[sl.IssueKind]:
    return [issue.kind for issue in found.audit.issues]


def every() -> sl.SanctionsList[sl.Entity]:
    return sl.read(EVERY, list_id="us_ofac_sdn", records=True)


def test_golden() -> None:
    """Every element of the format becomes the entity that the golden file shows."""
    made = [sl.to_dict(entity) for entity in every()]
    for one in made:  # the same for all, and tested elsewhere
        del one["schema"], one["library"], one["editions"]
    golden = HERE / "golden" / "every_element.json"
    text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    assert text == golden.read_text(encoding="utf-8")


def test_every_path_of_the_table_is_met() -> None:
    """The file of the golden test has each path that the table names, so none is untested."""
    from sanctionslib.parsers.ofac.classic import FORMAT

    paths = {path for entity in every() for path, _ in entity.record or ()}
    assert set(FORMAT.path_rules) - paths == {"addressList/address/address2"}
    assert paths <= set(FORMAT.path_rules)


def test_kinds() -> None:
    """sdnType decides the class."""
    assert [type(one) for one in every()] == [
        sl.Person,
        sl.Organization,
        sl.Vessel,
        sl.Aircraft,
        sl.Organization,
    ]


def test_person() -> None:
    """The facts of a person land in the fields of a person."""
    person = every().get("1", kind=sl.Person)
    assert person.name == "EXAMPLE PERSON, Given Names"
    assert [part.text for part in person.names[0].parts] == ["EXAMPLE PERSON", "Given Names"]
    assert person.titles == ("First Title", "Second Title")
    assert person.genders == (sl.Gender.FEMALE,)
    assert [(one.country.code, one.primary) for one in person.nationalities] == [
        ("MM", False),
        ("AN", True),
    ]
    assert [str(one.date) for one in person.births if one.date] == [
        "circa 1970",
        "1955-01-01 to 1955-12-31",
    ]
    place = next(one.place for one in person.births if one.place)
    assert place.country == sl.Country(code="KP")
    assert [(name.kind, name.strength) for name in person.aliases] == [
        (sl.NameKind.AKA, sl.AliasStrength.STRONG),
        (sl.NameKind.FKA, sl.AliasStrength.WEAK),
        (sl.NameKind.NKA, sl.AliasStrength.STRONG),
    ]
    passport, wallet = person.identifiers
    assert (passport.kind, passport.country) == (sl.IdentifierKind.PASSPORT, sl.Country(code="KP"))
    assert passport.issued == sl.PartialDate.day(date(2020, 1, 1))
    assert passport.expires == sl.PartialDate.day(date(2029, 12, 31))
    assert (wallet.kind, wallet.asset) == (sl.IdentifierKind.DIGITAL_CURRENCY, "XBT")
    assert person.addresses[0].lines == ("First Line", "Third Line")
    assert person.addresses[1].country == sl.Country(raw="undetermined")
    assert person.addresses[1].region == "Region: Crimea"


def test_label_in_no_table() -> None:
    """An unknown idType is a Feature without kind, counted, with what stood beside its value."""
    found = every()
    feature = next(one for one in found["1"].features if one.label == "Tarjeta Profesional")
    assert (feature.kind, feature.value) == (None, "186785 (Abogado)")
    assert feature.note == "idCountry: Colombia"
    assert [(one.path, one.label, one.count) for one in found.audit.unmapped] == [
        ("idList/id", "Tarjeta Profesional", 1)
    ]
    assert not found.audit.issues


def test_links() -> None:
    """Links are read by name; brackets of a name stay its own; an unknown name stays unresolved."""
    found = every()
    names = [relation.to.name for relation in found["1"].relations]
    assert names == ["EXAMPLE FIRM (OFF-SHORE)", "NOT IN THIS FILE"]
    inside, outside = found.why("1").linked_to
    assert [one.source_id for one in inside.targets] == ["2"]
    assert outside.targets == ()
    assert [link.source.source_id for link in found.why("2").linked_from] == ["1"]


def test_vessel_and_aircraft() -> None:
    """Their facts land in their fields, numbers among the identifiers."""
    found = every()
    ship = found.get("3", kind=sl.Vessel)
    assert [one.code for one in ship.flags] == ["KP", "TZ"]
    assert ship.former_flags == (sl.Country(raw="None Identified"),)
    assert ship.types == ("Crude Oil Tanker", "Tanker")
    assert (ship.tonnage, ship.gross_tonnage, ship.owners) == (318000, 163660, ("NITC",))
    assert [one.kind for one in ship.identifiers] == [
        sl.IdentifierKind.IMO,
        sl.IdentifierKind.CALL_SIGN,
    ]
    plane = found.get("4", kind=sl.Aircraft)
    assert (plane.models, plane.operators) == (("B747-422",), ("Mahan Air",))
    assert plane.built == (sl.PartialDate.day(date(1992, 1, 27)),)
    assert plane.identifiers[0].kind is sl.IdentifierKind.AIRCRAFT_SERIAL


def test_organization() -> None:
    """Its facts land in its fields, dates among the features are dates."""
    firm = every().get("2", kind=sl.Organization)
    assert firm.established == (sl.PartialDate.month(1999, 4),)
    assert firm.types == ("Activities of holding companies",)
    assert firm.registered_in == (sl.Country(code="KY"),)
    assert firm.features[0].kind is sl.FeatureKind.LISTING_DATE
    assert firm.features[0].date == sl.PartialDate.day(date(2021, 6, 3))
    assert firm.identifiers[0].kind is sl.IdentifierKind.BIC


def test_one_designation_with_all_programs() -> None:
    """Lists and programs are never multiplied out; SDN.XML is the SDN List and gives no date."""
    person = every()["1"]
    assert len(person.designations) == 1
    assert person.programs == ("SDGT", "IFSR")
    assert [one.list_name for one in person.listings] == ["SDN List"]
    assert person.since is None
    assert person.bases == ()
    assert person.measures == ()


@pytest.mark.parametrize("namespace", [OLD, NEW, ""])
def test_namespaces(namespace: str) -> None:
    """Both namespaces, and none, give the same entities."""
    text = EVERY.read_bytes().replace(NEW.encode(), namespace.encode())
    text = text if namespace else text.replace(b' xmlns=""', b"")
    assert tuple(sl.read(text, list_id="us_ofac_sdn")) == tuple(every())


def test_edition() -> None:
    """The edition says what was read, and what it can state."""
    (edition,) = every().editions
    assert (edition.list_id, edition.published, edition.dated_by) == (
        "us_ofac_sdn",
        date(2021, 3, 10),
        "file",
    )
    assert (edition.declared, edition.scope, edition.members) == (
        5,
        sl.Scope.WHOLE,
        ("every_element.xml",),
    )
    assert edition.can_state(sl.Fact.LIST)
    assert not edition.can_state(sl.Fact.LISTING_DATE)


def test_origin() -> None:
    """An entity knows the line that it starts on."""
    origin = every()["2"].origins[0]
    assert origin.line is not None
    lines = EVERY.read_text(encoding="utf-8").splitlines()
    assert lines[origin.line - 1].strip() == "<sdnEntry>"
    assert lines[origin.line].strip() == "<uid>2</uid>"


# Which list is it?


def test_list_by_file_name(tmp_path: Path) -> None:
    """The same bytes are SDN or non-SDN by their name; the non-SDN file names no list."""
    data = classic(plain(1, "<programList><program>NS-PLC</program></programList>"))
    (tmp_path / "consolidated.xml").write_bytes(data)
    (tmp_path / "sdn.xml").write_bytes(data)
    cons = sl.read(tmp_path / "consolidated.xml")
    sdn = sl.read(tmp_path / "sdn.xml")
    assert (cons.editions[0].list_id, cons["1"].listings) == ("us_ofac_cons", ())
    assert sdn.editions[0].list_id == "us_ofac_sdn"
    assert [one.list_name for one in sdn["1"].listings] == ["SDN List"]


def test_list_inferred_in_why_alone(tmp_path: Path) -> None:
    """What the tags of the non-SDN file suggest stands in `why`, marked, and never in the entity."""
    path = tmp_path / "CONSOLIDATED.XML"
    path.write_bytes(classic(plain(1, "<programList><program>NS-PLC</program></programList>")))
    found = sl.read(path)
    why = found.why("1")
    assert [one.value for one in why.inferred] == ["Non-SDN Palestinian Legislative Council List"]
    assert "NS-PLC" in why.inferred[0].ground
    assert found["1"].listings == ()
    with pytest.raises(sl.NotStatedError):
        found.where(on_list="NS-PLC")


def test_bytes_without_a_name() -> None:
    """Bytes are taken for SDN where a tag says so, and refused where nothing does."""
    assert sl.read(classic(plain(1))).editions[0].list_id == "us_ofac_sdn"
    data = classic(plain(1, "<programList><program>NS-PLC</program></programList>"))
    with pytest.raises(sl.InvalidInputError, match="CONSOLIDATED"):
        sl.read(data)


@pytest.mark.parametrize(
    ("name", "list_id"),
    [
        ("SDN.XML", "us_ofac_sdn"),
        ("sdnlist (1).xml", "us_ofac_sdn"),
        ("us_ofac_sdn_2021-12-10.xml", "us_ofac_sdn"),
        ("reconstructed-sdn.xml", "us_ofac_sdn"),
        ("consignees_sdn.xml", "us_ofac_sdn"),
        ("CONSOLIDATED_2020-03-17.xml", "us_ofac_cons"),
        ("cons.xml", "us_ofac_cons"),
    ],
)
def test_file_names(tmp_path: Path, name: str, list_id: str) -> None:
    """Only the words "sdn" and "cons", "consolidated" in a file name tell the list."""
    tag = "SDGT" if list_id == "us_ofac_sdn" else "NS-PLC"
    path = tmp_path / name
    path.write_bytes(classic(plain(1, f"<programList><program>{tag}</program></programList>")))
    assert sl.read(path).editions[0].list_id == list_id


def test_sdn_under_the_other_name(tmp_path: Path) -> None:
    """One entry without a tag of another list is enough against the name "consolidated"."""
    path = tmp_path / "consolidated.xml"
    path.write_bytes(classic(plain(1)))
    with pytest.raises(sl.InvalidInputError, match="by its name"):
        sl.read(path)


def test_name_against_content(tmp_path: Path) -> None:
    """A file whose name and content disagree about the list is refused, unless the caller decides."""
    path = tmp_path / "consolidated.xml"
    path.write_bytes(classic(*(plain(uid) for uid in range(1, 31))))
    with pytest.raises(sl.InvalidInputError, match="by its name"):
        sl.read(path)
    assert sl.read(path, list_id="us_ofac_cons").editions[0].list_id == "us_ofac_cons"


def test_list_that_does_not_come_in_this_format() -> None:
    """A list id of another format is refused."""
    with pytest.raises(sl.InvalidInputError, match="eu_fsf"):
        sl.read(classic(plain(1)), list_id="eu_fsf")


# Wherever it lies


def test_gzip_zip_stream_and_bytes(tmp_path: Path) -> None:
    """A file reads the same packed, as bytes and as a stream, with the hash of its content."""
    data = EVERY.read_bytes()
    packed = tmp_path / "SDN.XML.gz"
    packed.write_bytes(gzip.compress(data))
    zipped = tmp_path / "SDN_XML.ZIP"
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sdn.xml", data)
    expected = every()
    for source in (packed, zipped, data, io.BytesIO(data)):
        found = sl.read(source, list_id="us_ofac_sdn")
        assert tuple(found) == tuple(expected)
        assert found.editions[0].sha256 == expected.editions[0].sha256
    assert sl.read(zipped).editions[0].members == ("sdn.xml",)


def test_progress() -> None:
    """Progress is told in bytes and ends at the whole."""
    seen: list[tuple[int, int]] = []
    sl.read(EVERY, list_id="us_ofac_sdn", progress=lambda done, total: seen.append((done, total)))
    size = EVERY.stat().st_size
    assert seen[-1] == (size, size)
    assert seen == sorted(seen)


def test_utf16() -> None:
    """Another encoding that the file declares is read."""
    text = classic(plain(1)).decode().replace('version="1.0"', 'version="1.0" encoding="UTF-16"')
    assert sl.read(text.encode("utf-16"))["1"].name == "EXAMPLE 1"


# Records


def test_record_is_exact() -> None:
    """The record holds every value as it stands, blanks included, with the path of each."""
    found = sl.read(
        classic(plain(1, "<remarks> two  blanks </remarks><programList/>")), records=True
    )
    record = found["1"].record
    assert record is not None
    assert list(record) == [
        ("uid", "1"),
        ("lastName", "EXAMPLE 1"),
        ("sdnType", "Entity"),
        ("remarks", " two  blanks "),
    ]
    assert found["1"].remarks == "two  blanks"


def test_no_records_unless_asked() -> None:
    """Records cost memory, so they are kept on request alone, outside equality."""
    without = sl.read(EVERY, list_id="us_ofac_sdn")
    assert all(one.record is None for one in without)
    assert without.audit.paths == ()
    assert tuple(without) == tuple(every())


def test_paths_of_the_audit() -> None:
    """Each value is counted as mapped, structural or unmapped."""
    audit = every().audit
    uses = {(one.path, one.label): one.use for one in audit.paths}
    assert uses["idList/id/idNumber", "Tarjeta Profesional"] is sl.Use.UNMAPPED
    assert uses["idList/id/idNumber", "Passport"] is sl.Use.MAPPED
    assert uses["idList/id/uid", "Passport"] is sl.Use.MAPPED
    assert sl.Use.UNKNOWN not in uses.values()
    total = sum(one.count for one in audit.paths)
    assert total == sum(len(one.record or ()) for one in every())
    # 128 values: 20 structural (label and key of ten facts with a field), and label, number and country of one item without a field.
    assert (total, sum(one.count for one in audit.paths if one.use is sl.Use.UNMAPPED)) == (128, 3)
    assert audit.share(sl.Use.MAPPED) == pytest.approx(105 / 108)
