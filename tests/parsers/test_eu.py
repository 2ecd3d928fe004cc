"""The EU's financial sanctions files: their peculiarities, as XML and as CSV."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element, parse
from xml.sax.saxutils import quoteattr

import attrs
import pytest

import sanctionslib as sl
from sanctionslib.parsers.eu.csv import FORMAT as CSV

_ACT = {
    "regulationType": "amendment",
    "publicationDate": "2018-01-20",
    "numberTitle": "2018/8001 (OJ L3)",
    "publicationUrl": "https://example.org/8001",
}
_KEYS = iter(range(1, 1_000_000))


def element(name: str, *inside: str, **stated: str) -> str:
    """An element with these attributes."""
    attributes = "".join(f" {at}={quoteattr(text)}" for at, text in stated.items())
    return f"<{name}{attributes}>{''.join(inside)}</{name}>"


def value(name: str, *inside: str, remark: str = "", **stated: str) -> str:
    """A value as the file has it: with its act, a key, and a remark."""
    notes = element("remark", remark) if remark else ""
    about = {"regulationLanguage": "en", "logicalId": str(next(_KEYS))} | stated
    return element(name, notes, element("regulationSummary", **_ACT), *inside, **about)


def name(whole: str = "EXAMPLE", **stated: str) -> str:
    return value("nameAlias", **{"wholeName": whole, "strong": "true"} | stated)


def record(*inside: str, kind: str = "person", programme: str = "TERR", **stated: str) -> str:
    """A record of these values."""
    act = {**_ACT, "organisationType": "council", "entryIntoForceDate": "2018-01-21"}
    url = element("publicationUrl", act.pop("publicationUrl"))
    regulation = element("regulation", url, **act, programme=programme, logicalId="7")
    subject = element("subjectType", code=kind, classificationCode=kind[0].upper())
    about = {"euReferenceNumber": "EU.999.1", "logicalId": "1"} | stated
    return element("sanctionEntity", regulation, subject, *inside, **about)


def file_of(*records: str) -> bytes:
    return (
        '<export xmlns="http://eu.europa.ec/fpi/fsd/export" globalFileId="1" '
        f'generationDate="2030-01-02T10:00:00.000+01:00">{"".join(records)}</export>'
    ).encode()


def person(*inside: str) -> sl.Person:
    """The person of a record with a name and these values."""
    (one,) = sl.read(file_of(record(name(logicalId="0"), *inside))).where(kind=sl.Person)
    return one


# ── names ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("strong", "remark", "read", "raw"),
    [
        ("true", "", "STRONG", ""),
        ("false", "", "WEAK", ""),
        ("true", "low quality a.k.a.", "WEAK", "strong=true"),
        ("true", "(Low quality alias)", "WEAK", "strong=true"),
        ("false", "low quality aka", "WEAK", ""),
        ("true", "qood quality alias", "STRONG", ""),
        ("false", "Good quality alias; as previously listed", "STRONG", "strong=false"),
        ("true", "Director of the Low Countries", "STRONG", ""),
    ],
)
def test_strength(strong: str, remark: str, read: str, raw: str) -> None:
    """The remark decides; a contradicting `strong` is kept."""
    alias = name("OTHER EXAMPLE", strong=strong, remark=remark)
    found = person(alias).names[1]
    assert (found.strength, found.raw_strength) == (sl.AliasStrength[read], raw)
    assert (found.note or "") == remark


def primary(*names: str) -> str:
    (one,) = sl.read(file_of(record(*names)))
    assert [each.kind for each in one.names].count(sl.NameKind.PRIMARY) == 1
    return one.name


def test_the_primary_name() -> None:
    """The oldest in Latin letters that is not weak or former; by number and not by letter."""
    old = {
        "cyrillic": name("Иво ПРИМЕР", logicalId="1"),
        "former": name("Former", logicalId="2", remark="formerly known as"),
        "weak": name("Weak", logicalId="3", remark="low quality alias"),
        "false": name("False", logicalId="4", strong="false"),
    }
    assert (
        primary(*old.values(), name("New", logicalId="100"), name("Old", logicalId="99")) == "Old"
    )
    assert primary(*old.values()) == "Weak"
    assert primary(old["cyrillic"], old["former"]) == "Former"
    assert primary(old["cyrillic"]) == "Иво ПРИМЕР"


def test_a_name_of_parts_alone() -> None:
    """Its text is that of the parts."""
    one = person(name("", firstName="Ivo", middleName="of", lastName="EXAMPLE")).names[1]
    assert one.text == "Ivo of EXAMPLE"
    assert [part.kind.value for part in one.parts] == ["given", "middle", "family"]


def test_facts_at_names() -> None:
    """Those of a person are in its fields, each once; of another party they are Features."""
    stated = {"title": "Dr.", "function": "Head of EXAMPLE", "gender": "F"}
    both = (name(**stated), name("OTHER", **stated))
    man, firm = sl.read(
        file_of(record(*both), record(*both, kind="enterprise", euReferenceNumber="EU.998.2"))
    )
    assert isinstance(man, sl.Person)
    assert (man.titles, man.positions, man.genders, man.features) == (
        ("Dr.",),
        ("Head of EXAMPLE",),
        (sl.Gender.FEMALE,),
        (),
    )
    assert {(one.label, one.value, one.kind) for one in firm.features} == {
        ("title", "Dr.", sl.FeatureKind.TITLE),
        ("function", "Head of EXAMPLE", sl.FeatureKind.OTHER),
        ("gender", "female", sl.FeatureKind.GENDER),
    }


# ── births ────────────────────────────────────────────────────────────────────────────────────

_PLACELESS = {"countryIso2Code": "00", "countryDescription": "UNKNOWN", "city": "-"}


def born(**stated: str) -> sl.Birth:
    given = {"circa": "false", "calendarType": "GREGORIAN"} | _PLACELESS | stated
    (one,) = person(value("birthdate", **given)).births
    return one


@pytest.mark.parametrize(
    ("stated", "read"),
    [
        (
            {"birthdate": "1970-03-05", "year": "1970", "monthOfYear": "3", "dayOfMonth": "5"},
            "1970-03-05",
        ),
        ({"birthdate": "1970-03-05"}, "1970-03-05"),
        ({"year": "1970", "monthOfYear": "3"}, "1970-03"),
        ({"year": "2000"}, "2000"),
        ({"year": "1970", "circa": "true"}, "circa 1970"),
        ({"year": "1979", "remark": "Approximately 1979."}, "circa 1979"),
        ({"year": "1979", "remark": "POB: approximately here"}, "1979"),
        ({"yearRangeFrom": "1968", "yearRangeTo": "1973"}, "1968 to 1973"),
        ({"yearRangeFrom": "1968", "yearRangeTo": "1973", "circa": "true"}, "circa 1968 to 1973"),
        ({"yearRangeTo": "1980", "remark": "Approximately 1980"}, "circa until 1980-12-31"),
        ({"yearRangeFrom": "1968"}, "from 1968-01-01"),
    ],
)
def test_dates_of_birth(stated: dict[str, str], read: str) -> None:
    """Day, month, year and range; roughly by the attribute, or by a remark that begins so."""
    birth = born(**stated)
    assert (str(birth.date), birth.place) == (read, None)


def test_a_date_of_another_calendar() -> None:
    """`birthdate` is the Gregorian day of the three numbers; without it nothing is computed."""
    numbers = {"year": "1402", "monthOfYear": "6", "dayOfMonth": "24", "calendarType": "ISLAMIC"}
    day = born(birthdate="1982-04-19", **numbers).date
    assert day is not None
    assert (str(day), day.raw) == ("1982-04-19 [from islamic]", "1402-06-24")
    with pytest.warns(sl.errors.FaultyEntriesWarning):
        alone = born(**numbers).date
    assert alone is not None
    assert (alone.is_read, alone.calendar, alone.raw) == (
        False,
        sl.model.Calendar.ISLAMIC,
        "1402-06-24",
    )


@pytest.mark.parametrize(
    ("stated", "raw"),
    [
        ({"birthdate": "1970-03-05", "year": "1971"}, "1970-03-05, 1971"),
        ({"year": "1970", "yearRangeFrom": "1968", "yearRangeTo": "1973"}, "1970, 1968 to 1973"),
        ({"year": "1970", "dayOfMonth": "5"}, "1970-0?-05"),
        ({"monthOfYear": "3"}, "0?-03"),
    ],
)
def test_dates_that_contradict_each_other(stated: dict[str, str], raw: str) -> None:
    """The parser chooses none of them and invents no day: they are kept as text and reported."""
    with pytest.warns(sl.errors.FaultyEntriesWarning):
        day = born(**stated).date
    assert day is not None
    assert (day.is_read, day.raw) == (False, raw)


def test_a_place_of_birth() -> None:
    """It can occur without a date; the note then has the approximate words."""
    birth = born(
        place="Example District",
        city="Exampleville",
        countryIso2Code="TN",
        countryDescription="TUNISIA",
        circa="true",
    )
    assert birth.place is not None
    assert (birth.date, birth.place.text, birth.note) == (
        None,
        "Example District, Exampleville, TUNISIA",
        "circa",
    )
    assert birth.place.country == sl.Country(code="TN")


def test_a_country_that_contradicts_itself() -> None:
    """A name under the code for "unknown" is kept without a code, and counted."""
    found = sl.read(
        file_of(
            record(
                name(),
                value("citizenship", countryIso2Code="00", countryDescription="TUNISIA"),
            )
        )
    )
    (one,) = found.where(kind=sl.Person)
    assert [(each.country.code, each.country.raw) for each in one.citizenships] == [
        (None, "TUNISIA (00)")
    ]
    assert [(each.code, each.count) for each in found.audit.unknown_codes] == [("00", 1)]


# ── acts, records, days of listing ────────────────────────────────────────────────────────────


def test_two_records_of_one_party() -> None:
    """One entity under several names: values with acts, remarks of both, a designation each."""
    found = sl.read(
        file_of(
            record(
                element("remark", "EXAMPLE of the first"),
                name("FIRST EXAMPLE"),
                programme="AFG",
                designationDate="2001-01-31",
            ),
            record(element("remark", "of the second"), name("SECOND EXAMPLE"), programme="TAQA"),
        )
    )
    (one,) = found
    assert (found.audit.read, found.audit.issues) == (2, ())
    assert [(each.text, each.kind) for each in one.names] == [
        ("FIRST EXAMPLE", sl.NameKind.PRIMARY),
        ("SECOND EXAMPLE", sl.NameKind.AKA),
    ]
    assert [
        (each.programs, each.listed_since and str(each.listed_since)) for each in one.designations
    ] == [
        (("AFG",), "2001-01-31"),
        (("TAQA",), None),
    ]
    assert one.remarks == "EXAMPLE of the first\nof the second"


def test_the_act_is_no_day_of_listing() -> None:
    """Without designationDate the date of listing is unknown; the act has its dates."""
    one = person()
    assert one.listed_since is None
    (act,) = one.legal_bases
    assert (act.title, act.kind, act.issuer, str(act.in_force)) == (
        "2018/8001 (OJ L3)",
        "amendment",
        "council",
        "2018-01-21",
    )
    assert one.names[0].basis == sl.LegalBasis(
        title=act.title, kind=act.kind, published=act.published, url=act.url
    )


@pytest.mark.parametrize(
    ("text", "label", "day"),
    [
        ("Date of listing: 23.1.2012", "Date of listing", "2012-01-23"),
        ("Owned by EXAMPLE. Date of listing 22-12-2012.", "Date of listing", "2012-12-22"),
        ("Date of designation: 2012-06-01", "Date of designation", "2012-06-01"),
        ("Date of UN designation: 5 July 2012.", "Date of UN designation", "2012-07-05"),
        (
            "Date of designation referred to in Article 2a (4) (b): 21 Oct. 2013. Deceased.",
            "Date of designation referred to in Article 2a (4) (b)",
            "2013-10-21",
        ),
        ("date of listing: 21.01.201", "date of listing", None),
        ("22.1.2018", "designationDetails", "2018-01-22"),
    ],
)
def test_days_of_listing_in_texts(text: str, label: str, day: str | None) -> None:
    """They are Features with the date, and not the day that the party is listed since."""
    (one,) = sl.read(file_of(record(name(), designationDetails=text)))
    assert [(each.label, each.date and str(each.date), each.kind) for each in one.features] == [
        (label, day, sl.FeatureKind.LISTING_DATE)
    ]
    assert (one.listed_since, one.designations[0].note) == (None, text)


# ── the CSV ───────────────────────────────────────────────────────────────────────────────────

_RECORD = {
    "fileGenerationDate": "02/01/2030",
    "Entity_LogicalId": "1",
    "Entity_EU_ReferenceNumber": "EU.999.1",
    "Entity_SubjectType": "P",
    "Entity_SubjectType_ClassificationCode": "person",
    "Entity_Regulation_Type": "amendment",
    "Entity_Regulation_OrganisationType": "council",
    "Entity_Regulation_PublicationDate": "2018-01-20",
    "Entity_Regulation_EntryIntoForceDate": "2018-01-21",
    "Entity_Regulation_NumberTitle": "2018/8001 (OJ L3)",
    "Entity_Regulation_Programme": "TERR",
    "Entity_Regulation_PublicationUrl": "https://example.org/8001",
}


def row(group: str, /, **stated: str) -> dict[str, str]:
    """The cells of a group of columns, with its act."""
    act = {
        "Type": "amendment",
        "PublicationDate": "2018-01-20",
        "NumberTitle": "2018/8001 (OJ L3)",
        "PublicationUrl": "https://example.org/8001",
    }
    cells = {"RegulationLanguage": "en", **stated}
    return {
        **{f"{group}_{at}": text for at, text in cells.items()},
        **{f"{group}_Regulation_{at}": text for at, text in act.items()},
    }


def table(*rows: Mapping[str, str]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, CSV.columns, delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows([{**_RECORD, **each} for each in rows])
    return text.getvalue().encode("utf-8-sig")


def test_both_files_say_the_same() -> None:
    """Equal facts are equal entities. The CSV has no `strong`: a remark tells the strength here."""
    about = {"designationDate": "2018-01-20", "unitedNationId": "ZZi.001"}
    place = {"countryIso2Code": "TN", "countryDescription": "TUNISIA"}
    no_place = {"countryIso2Code": "00", "countryDescription": "UNKNOWN"}
    day = {"year": "1970", "monthOfYear": "3", "dayOfMonth": "5"}
    flags = {"diplomatic": "true", "knownExpired": "false"}
    document = {"number": "P 12", "issueDate": "2010-06-16", "validTo": "2020-06-15"}
    xml = file_of(
        record(
            element("remark", "Date of listing: 22/01/2018"),
            name("Ivo EXAMPLE", firstName="Ivo", remark="good quality alias", gender="M"),
            name("E.X.", remark="low quality alias", function="Head of EXAMPLE"),
            value("citizenship", remark="since 2002", **place),
            value("birthdate", calendarType="GREGORIAN", circa="true", **day, **no_place, city="-"),
            value("birthdate", calendarType="GREGORIAN", yearRangeTo="1980", **place, city="Tunis"),
            value("address", street="1 Example St", poBox="12", zipCode="1001", **place),
            value(
                "identification", identificationTypeCode="passport", **document, **flags, **place
            ),
            **about,
        )
    )
    same = {"CountryIso2Code": "TN", "CountryDescription": "TUNISIA"}
    none = {"CountryIso2Code": "00", "CountryDescription": "UNKNOWN"}
    stated = {
        "Entity_DesignationDate": "2018-01-20",
        "Entity_UnitedNationId": "ZZi.001",
        "Entity_Remark": "Date of listing: 22/01/2018",
    }
    gregorian = {"CalendarType": "GREGORIAN"}
    first = {"Remark": "good quality alias", "Gender": "M", "LogicalId": "1"}
    second = {"Remark": "low quality alias", "Function": "Head of EXAMPLE", "LogicalId": "2"}
    number = {"Number": "P 12", "IssuedDate": "2010-06-16", "ValidTo": "2020-06-15"}
    marks = {"Diplomatic": "true", "KnownExpired": "false", "TypeCode": "passport"}
    birth = {"Circa": "true", "Year": "1970", "Month": "3", "Day": "5", "City": "-"}
    parts = (
        row("NameAlias", WholeName="Ivo EXAMPLE", FirstName="Ivo", **first),
        row("NameAlias", WholeName="E.X.", **second),
        row("Citizenship", Remark="since 2002", **same),
        row("BirthDate", **birth, **gregorian, **none),
        row("BirthDate", YearRangeTo="1980", City="Tunis", **gregorian, **same),
        row("Address", Street="1 Example St", PoBox="12", ZipCode="1001", **same),
        row("Identification", **number, **marks, **same),
    )
    (of_xml,) = sl.read(xml)
    (of_csv,) = sl.read(table(*({**stated, **each} for each in parts)))
    assert of_xml.names[1].raw_strength == "strong=true"  # which the CSV does not have
    (plain,) = sl.read(xml.replace(b' strong="true"', b""))
    assert plain == of_csv
    assert isinstance(plain, sl.Person)
    assert len(plain.births) == 2


def test_rows_of_one_record() -> None:
    """Each name once, although its row is repeated; another programme is another designation."""
    names = [row("NameAlias", WholeName=text, LogicalId=text[-1]) for text in ("EX 1", "EX 2")]
    taqa = {"Entity_Regulation_Programme": "TAQA"}
    found = sl.read(table(*names, {**taqa, **names[0]}, names[1]))
    (one,) = found
    assert ([each.text for each in one.names], one.programs) == (["EX 1", "EX 2"], ("TERR", "TAQA"))
    assert (found.audit.read, len(one.origins)) == (2, 4)


def test_rows_of_two_days() -> None:
    """Rows of another day are those of another edition."""
    one = row("NameAlias", WholeName="EXAMPLE")
    other = {**one, "Entity_EU_ReferenceNumber": "EU.998.2", "fileGenerationDate": "03/01/2030"}
    assert str(sl.read(table(one)).editions[0].published) == "2030-01-02"
    with pytest.raises(sl.errors.StructureChangedError, match="a row is of 2030-01-03"):
        sl.read(table(one, other))


def test_contacts_in_one_cell() -> None:
    """Their form is not known: the text is kept, with the act."""
    cells = row("Address", ContactInfo="EMAIL[x@example.org]")
    (one,) = sl.read(table(row("NameAlias", WholeName="EXAMPLE"), cells))
    assert [(each.label, each.value) for each in one.features] == [
        ("contactInfo", "EMAIL[x@example.org]")
    ]
    assert one.features[0].basis == one.names[0].basis


@cache
def read(path: Path) -> sl.SanctionsList[sl.Entity]:
    return sl.read(path)


_GROUPS = {
    "nameAlias": "NameAlias",
    "citizenship": "Citizenship",
    "birthdate": "BirthDate",
    "address": "Address",
    "identification": "Identification",
}
_COLUMNS = {
    "birthdate": "BirthDate",
    "dayOfMonth": "Day",
    "monthOfYear": "Month",
    "issueDate": "IssuedDate",
    "regulationType": "Type",
    "identificationTypeCode": "TypeCode",
    "identificationTypeDescription": "TypeDescription",
}


def cells(one: Element, group: str) -> dict[str, str]:
    """The attributes of an element in a group of columns; the CSV has no `strong`."""
    return {
        f"{group}_{_COLUMNS.get(at, at[0].upper() + at[1:])}": text
        for at, text in one.items()
        if at != "strong"
    }


def texts(one: Element, tag: str) -> str:
    return "\n".join(each.text or "" for each in one.iterfind(f"{{*}}{tag}"))


def as_rows(record: Element) -> Iterator[dict[str, str]]:
    """A record of the XML as the rows that the CSV has for it."""
    regulation, subject = (record.find(f"{{*}}{tag}") for tag in ("regulation", "subjectType"))
    assert regulation is not None
    assert subject is not None
    act = cells(regulation, "Entity_Regulation")
    del act["Entity_Regulation_LogicalId"]
    about = {
        "Entity_LogicalId": record.get("logicalId", ""),
        "Entity_EU_ReferenceNumber": record.get("euReferenceNumber", ""),
        "Entity_UnitedNationId": record.get("unitedNationId", ""),
        "Entity_DesignationDate": record.get("designationDate", ""),
        "Entity_DesignationDetails": record.get("designationDetails", ""),
        "Entity_Remark": texts(record, "remark"),
        "Entity_SubjectType": subject.get("classificationCode", ""),
        "Entity_SubjectType_ClassificationCode": subject.get("code", ""),
        **act,
        "Entity_Regulation_PublicationUrl": texts(regulation, "publicationUrl"),
    }
    for each in record:
        if (group := _GROUPS.get(each.tag.rpartition("}")[2])) is not None:
            (summary,) = each.iterfind("{*}regulationSummary")
            own = cells(each, group) | cells(summary, f"{group}_Regulation")
            yield {**about, **own, f"{group}_Remark": texts(each, "remark")}


def without_what_the_csv_lacks(one: sl.Entity) -> sl.Entity:
    """Strengths by the attribute, contacts, and addresses that are nothing but those."""
    unstated = sl.AliasStrength.UNSTATED
    names = [attrs.evolve(each, strength=unstated, raw_strength="") for each in one.names]
    contacts = ("EMAIL", "PHONE", "FAX", "WEB")
    return attrs.evolve(
        one,
        names=tuple(names),
        features=tuple(each for each in one.features if each.label not in contacts),
        addresses=tuple(each for each in one.addresses if each.text or each.note),
    )


def test_the_whole_file_as_csv(lists: Path) -> None:
    """Each of 2,248 parties is the same, when the XML's values are written as rows."""
    path = lists / "eu_fsf/EU_FSF_1_1_2021-03-02.xml"
    of_xml = read(path)
    records = parse(path).getroot()
    of_csv = sl.read(table(*(cells for one in records for cells in as_rows(one))))
    assert (len(of_csv), of_csv.audit.read, of_csv.audit.issues) == (2248, 2269, ())
    assert [
        one.id
        for one in of_xml
        if without_what_the_csv_lacks(one) != without_what_the_csv_lacks(of_csv[one.id])
    ] == []


# ── the complete file of 2 March 2021 ─────────────────────────────────────────────────────────


@pytest.fixture
def whole(lists: Path) -> sl.SanctionsList[sl.Entity]:
    return read(lists / "eu_fsf/EU_FSF_1_1_2021-03-02.xml")


def test_counts(whole: sl.SanctionsList[sl.Entity]) -> None:
    """As many births of each form, names of each strength, acts and numbers as were counted."""
    people = list(whole.where(kind=sl.Person))
    dates = [each.date for one in people for each in one.births if each.date is not None]
    assert Counter(each.precision.value for each in dates) == {
        "day": 1073,
        "month": 9,
        "year": 633,
        "range": 59,
    }
    assert sum(each.earliest is None for each in dates) == 1
    # 214 by the attribute, of which two have a place alone; four by the remark.
    notes = [each.note for one in people for each in one.births if each.date is None]
    assert (sum(each.circa for each in dates), notes.count("circa")) == (216, 1)
    assert sum("circa" in (each or "") for each in notes) == 2
    weak = [each for one in whole for each in one.names if each.strength is sl.AliasStrength.WEAK]
    assert len(weak) == 51
    assert sum(len(one.designations) > 1 for one in whole) == 21
    assert sum(len(one.citizenships) for one in people) == 784  # and two of organizations
    flags = Counter(flag for one in whole for each in one.identifiers for flag in each.flags)
    assert {flag.name: count for flag, count in flags.items()} == {
        "EXPIRED": 43,
        "DIPLOMATIC": 25,
        "REVOKED": 4,
        "FALSE": 1,
    }
    contacts = Counter(each.kind for one in whole for each in one.features)
    kinds = sl.FeatureKind
    assert [contacts[one] for one in (kinds.PHONE, kinds.FAX, kinds.EMAIL, kinds.WEBSITE)] == [
        92,
        40,
        71,
        76,
    ]
    assert (whole.audit.issues, whole.audit.unmapped, whole.audit.unknown_codes) == ((), (), ())


def test_every_value_has_its_act(whole: sl.SanctionsList[sl.Entity]) -> None:
    """And equal acts are one object."""
    acts = [
        each.basis
        for one in whole
        for each in (
            *one.names,
            *one.addresses,
            *(each for each in one.identifiers if each.source_id),
            *(one.births if isinstance(one, sl.Person) else ()),
            *(one.citizenships if isinstance(one, sl.Person) else ()),
        )
    ]
    assert None not in acts
    assert len({id(each) for each in acts}) == len(set(acts))


def test_a_person_on_two_lists(whole: sl.SanctionsList[sl.Entity]) -> None:
    """EU.472.57 has a record of AFG and one of TAQA."""
    one = whole["EU.472.57"]
    assert one.name == "Sayyed Ghiassouddine Agha"
    assert [
        (
            each.programs,
            [act.title for act in each.legal_bases],
            each.listed_since and str(each.listed_since),
        )
        for each in one.designations
    ] == [
        (("AFG",), ["2017/404 (OJ L63)"], "2001-01-31"),
        (("TAQA",), ["220/2008 (OJ L68)"], None),
    ]
    assert len({each.text for each in one.names}) == 5


@pytest.mark.parametrize(
    ("code", "remark", "read"),
    [
        ("other", "Tax ID (INN no.)", "tax number"),
        ("other", "Military ID number", "military registration"),
        ("other", "State registration number (OGRN)", "company or organization registration"),
        ("other", "IMO number", "IMO number"),
        ("other", "CAR diplomatic passport", "passport"),
        ("other", "Passport No or ID", "other document"),
        ("other", "Schengen visa", "other document"),
        ("regnumber", "Tax registration number", "company or organization registration"),
        (
            "passport",
            "passport issued in Bonn, Germany on 2.2.2007, expires on 1.2.2012",
            "passport 2007-02-02 2012-02-01",
        ),
        ("id", "(Qatari civil ID) under the name John Example", "national id QA John Example"),
    ],
)
def test_remark_on_a_document(code: str, remark: str, read: str) -> None:
    """It tells the kind of another document, and what no attribute does; and it is kept."""
    number = value("identification", identificationTypeCode=code, number="X1", remark=remark)
    (one,) = sl.read(file_of(record(name("EXAMPLE"), number)))
    document = one.identifiers[-1]
    facts = (
        document.kind and document.kind.value,
        document.country and document.country.code,
        document.name_text,
        str(document.issued or ""),
        str(document.expires or ""),
    )
    assert (" ".join(filter(None, facts)), document.note) == (read, remark)


def test_attributes_of_a_document_come_first() -> None:
    """A contradicting remark changes none of them."""
    stated = {"countryIso2Code": "TN", "countryDescription": "TUNISIA", "issueDate": "2010-06-16"}
    remark = "Libyan passport issued on 2.2.2007"
    number = value(
        "identification", identificationTypeCode="passport", number="X1", remark=remark, **stated
    )
    document = next(iter(sl.read(file_of(record(name("EXAMPLE"), number))))).identifiers[-1]
    assert document.country is not None
    assert (document.country.code, str(document.issued)) == ("TN", "2010-06-16")
