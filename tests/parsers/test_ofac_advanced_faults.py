"""Inconsistent parties, references and dates in the advanced format: reported, and nothing is lost."""

from __future__ import annotations

import re

import pytest
from advanced_files import (
    NO_DATES,
    SETS,
    advanced,
    document,
    entry,
    faulty,
    feature,
    location,
    period,
    plain,
    relation,
    text_feature,
)
from faults import kinds

import sanctionslib as sl


def values(found: sl.SanctionsList[sl.Entity], uid: str = "1") -> list[tuple[str, str]]:
    """The facts of a party that have no kind, without the path that all begin with."""
    return [
        (one.label.rpartition("/")[2], one.value) for one in found[uid].features if one.kind is None
    ]


# References


def test_documents_and_relations_of_nobody() -> None:
    """What belongs to no party is in the audit, with every value."""
    found = faulty(
        advanced(plain(1), documents=document(61, 9, "A1"), relations=relation(71, 9, 1))
    )
    assert kinds(found) == [sl.IssueKind.DANGLING] * 2
    records = [issue.record for issue in found.audit.issues if issue.record is not None]
    assert records[0].get("ProfileRelationship@From-ProfileID") == ("9",)
    assert records[1].get("IDRegDocument/IDRegistrationNo") == ("A1",)
    assert (found["1"].identifiers, found["1"].relations) == ((), ())


def test_locations_that_nobody_refers_to() -> None:
    """A location without a party is in the audit, and so is a second one with its key."""
    moscow = location(5, (1454, "Moscow"))
    found = faulty(advanced(plain(1), locations=moscow + location(5, (1454, "Perm"))))
    assert kinds(found) == [sl.IssueKind.DANGLING] * 2
    values = [issue.record.values for issue in found.audit.issues if issue.record is not None]
    assert ["Perm" in one for one in values] == [True, False]
    assert ["Moscow" in one for one in values] == [False, True]


ADDRESS = '<VersionLocation LocationID="5" />'
HERE = '      <FeatureVersionReference FeatureVersionID="511" />\n'


def test_location_that_is_not_there() -> None:
    """A fact keeps its label and the key of the location that is not there."""
    country = f'<VersionDetail DetailTypeID="1433" />{ADDRESS}'
    for kind, label in ((25, "Location"), (365, "Nationality of Registration")):
        found = faulty(
            advanced(plain(1, feature(1, 11, kind, country if kind == 365 else ADDRESS)))
        )
        assert kinds(found) == [sl.IssueKind.DANGLING]
        assert values(found) == [("VersionLocation@LocationID", "5")]
        assert label in [one.label for one in found["1"].features]
        assert found["1"].addresses == ()
        assert found["1"].countries == ()


def test_facts_without_a_value() -> None:
    """A fact that says nothing stays as its label alone; without a version too, which is reported."""
    found = sl.read(
        advanced(plain(1, feature(1, 11, 14, "") + feature(1, 12, 99999, ""))),
        list_id="us_ofac_sdn",
    )
    assert [(one.label, one.value) for one in found["1"].features] == [
        ("Website", ""),
        ("Tarjeta Profesional", ""),
    ]
    assert [one.label for one in found.audit.unmapped] == ["Tarjeta Profesional"]
    bare = re.sub("<FeatureVersion.*</FeatureVersion>", "", feature(1, 11, 14, ""), flags=re.DOTALL)
    assert values(faulty(advanced(plain(1, bare)))) == [("Feature@FeatureTypeID", "Website")]


def test_fact_at_an_address() -> None:
    """A fact that is no address and leads to one has all of it in one line."""
    area = '      <LocationCountry CountryID="11171" CountryRelevanceID="1413" />\n'
    place = location(5, (1454, "Moscow"), before=area, rest=HERE)
    data = advanced(plain(1, feature(1, 11, 14, ADDRESS)), locations=place)
    (fact,) = sl.read(data, list_id="us_ofac_sdn")["1"].features
    assert fact.value == "Moscow, Russia"


def test_location_that_does_not_refer_back() -> None:
    """An address at a location of somebody else is kept, and reported from both sides."""
    there = location(5, (1454, "Moscow"), rest=HERE.replace("511", "599"))
    found = faulty(advanced(plain(1, feature(1, 11, 25, ADDRESS)), locations=there))
    assert kinds(found) == [sl.IssueKind.DANGLING] * 2
    assert "does not refer back" in found.audit.issues[0].message
    assert "599" in found.audit.issues[1].message
    assert found["1"].addresses[0].city == "Moscow"


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ('<Profile ID="1"', '<Profile ID="2"', ("Profile@ID", "2")),
        ('<Alias FixedRef="1"', '<Alias FixedRef="2"', ("Alias@FixedRef", "2")),
        ('ID="81" FixedRef="1"', 'ID="81" FixedRef="2"', ("DocumentedName@FixedRef", "2")),
        ('ID="91" FixedRef="1"', 'ID="91" FixedRef="2"', ("Identity@FixedRef", "2")),
        ('NamePartGroupID="71"', 'NamePartGroupID="72"', ("NamePartValue@NamePartGroupID", "72")),
        (
            'IdentityReference IdentityID="91"',
            'IdentityReference IdentityID="92"',
            ("IdentityReference@IdentityID", "92"),
        ),
        (
            'DocumentedNameID="81"',
            'DocumentedNameID="82"',
            ("DocumentedNameReference@DocumentedNameID", "82"),
        ),
        (
            'SanctionsEntryID="1"',
            'SanctionsEntryID="2"',
            ("ProfileRelationship@SanctionsEntryID", "2"),
        ),
    ],
)
def test_keys_that_do_not_agree(old: str, new: str, kept: tuple[str, str]) -> None:
    """Each key that is not what it should be is reported, and kept as it stands."""
    text = advanced(
        plain(1, text_feature(1, 11, 14, "www.example.org")),
        documents=document(61, 1, "A1"),
        relations=relation(71, 1, 2),
    ).decode()
    assert not sl.read(text.encode(), list_id="us_ofac_sdn").audit.issues
    assert text.count(old) == 1
    found = faulty(text.replace(old, new).encode())
    assert kept in values(found)
    assert set(kinds(found)) == {sl.IssueKind.DANGLING}
    assert (len(found["1"].identifiers), len(found["1"].relations)) == (1, 1)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('AliasTypeID="1403"', 'AliasTypeID="77"', "Alias@AliasTypeID"),
        ('DocNameStatusID="1"', 'DocNameStatusID="77"', "DocumentedName@DocNameStatusID"),
        ('ScriptID="215"', 'ScriptID="77"', "NamePartValue@ScriptID"),
        ('NamePartTypeID="1525"', 'NamePartTypeID="77"', "NamePartGroup@NamePartTypeID"),
        ('PartySubTypeID="3"', 'PartySubTypeID="77"', "Profile@PartySubTypeID"),
        ('FeatureTypeID="14"', 'FeatureTypeID="77"', "Feature@FeatureTypeID"),
        ('ReliabilityID="1"', 'ReliabilityID="77"', "FeatureVersion@ReliabilityID"),
        ('DetailReferenceID="91526"', 'DetailReferenceID="77"', "VersionDetail@DetailReferenceID"),
        ('IDRegDocTypeID="91761"', 'IDRegDocTypeID="77"', "IDRegDocument@IDRegDocTypeID"),
        ('ValidityID="1"', 'ValidityID="77"', "IDRegDocument@ValidityID"),
        ('RelationTypeID="15003"', 'RelationTypeID="77"', "ProfileRelationship@RelationTypeID"),
        (
            'RelationQualityID="1"',
            'RelationQualityID="77"',
            "ProfileRelationship@RelationQualityID",
        ),
        ('ListID="1550"', 'ListID="77"', "SanctionsEntry@ListID"),
        ('EntryEventTypeID="1"', 'EntryEventTypeID="77"', "EntryEvent@EntryEventTypeID"),
        ('LegalBasisID="1828"', 'LegalBasisID="77"', "EntryEvent@LegalBasisID"),
        ('SanctionsTypeID="1705"', 'SanctionsTypeID="77"', "SanctionsMeasure@SanctionsTypeID"),
    ],
)
def test_numbers_that_no_set_has(old: str, new: str, where: str) -> None:
    """A number without a word is kept as the word, and reported; so is one that is not there."""
    lookup = '<VersionDetail DetailTypeID="1431" DetailReferenceID="91526" />'
    text = advanced(
        plain(1, feature(1, 11, 14, lookup)),
        documents=document(61, 1, "A1"),
        relations=relation(71, 1, 2),
    ).decode()
    assert text.count(old) == 1
    found = faulty(text.replace(old, new).encode())
    path = next(issue.where.path for issue in found.audit.issues)
    assert path.endswith(where)
    assert "77" in str(sl.to_dict(found["1"]))
    if not where.endswith(("DetailReferenceID", "ValidityID", "LegalBasisID", "RelationQualityID")):
        left_out = faulty(text.replace(old, "").encode())
        assert left_out.audit.issues[0].where.path.endswith(where)


def test_reference_sets_at_odds() -> None:
    """A number with two words, and a value without a number, are reported with what they say."""
    more = '<AliasTypeValues><AliasType ID="1403">Other</AliasType><AliasType>x</AliasType></AliasTypeValues>'
    found = faulty(advanced(plain(1), sets=SETS + more))
    assert kinds(found) == [sl.IssueKind.STRUCTURE] * 2
    assert found["1"].names[0].kind is sl.NameKind.PRIMARY


# Parties


def test_party_without_a_key() -> None:
    """A party without a key has no entry either; read as a part, it gets a key that we built."""
    text = plain(1).replace(' FixedRef="1"', "").replace('<Profile ID="1"', "<Profile")
    found = faulty(advanced(text, entries=""), partial=True)
    assert [one.source_id for one in found] == ["~example-1"]
    assert sl.IssueKind.NO_ID in kinds(found)


def test_party_given_twice() -> None:
    """Two parties with one key are kept apart; entries belong to the first, and it is reported."""
    other = plain(1).replace("EXAMPLE 1", "ANOTHER")
    found = faulty(advanced(plain(1), other, entries=entry(1)), partial=True)
    assert [(one.source_id, one.name) for one in found] == [("1", "EXAMPLE 1"), ("~1", "ANOTHER")]
    assert sl.IssueKind.DUPLICATE_ID in kinds(found)
    assert found["~1"].programs == ()


def test_no_primary_name() -> None:
    """A party without a primary name is kept under its first one."""
    found = faulty(advanced(plain(1).replace('Primary="true" LowQ', 'Primary="false" LowQ')))
    assert kinds(found) == [sl.IssueKind.NO_PRIMARY_NAME]
    assert found["1"].name == "EXAMPLE 1"


def test_alias_without_a_name_and_type_without_a_part() -> None:
    """An alias that says nothing, and a type that no part of a name has, are reported."""
    empty = '<Alias FixedRef="1" AliasTypeID="1400" Primary="false" LowQuality="false" />'
    group = (
        '<MasterNamePartGroup><NamePartGroup ID="79" NamePartTypeID="1525" /></MasterNamePartGroup>'
    )
    text = plain(1).replace("<NamePartGroups>", f"{empty}<NamePartGroups>{group}")
    found = faulty(advanced(text))
    assert values(found) == [("NamePartGroup@ID", "79"), ("Alias@AliasTypeID", "A.K.A.")]


def test_several_scripts_in_one_name() -> None:
    """A name whose parts are in two scripts has none, and says so; an unknown script too."""
    part = re.search(r" *<DocumentedNamePart>.*</DocumentedNamePart>\n", plain(1), re.DOTALL)
    assert part is not None
    text = plain(1).replace(part[0], part[0] + part[0].replace('"215"', '"220"'))
    (name,) = sl.read(advanced(text), list_id="us_ofac_sdn")["1"].names
    assert (name.script, name.note) == (None, "script: Latin, Cyrillic")
    sets = SETS.replace('<Script ID="215">Latin<', '<Script ID="215">Thai<')
    found = sl.read(advanced(plain(1), sets=sets), list_id="us_ofac_sdn")
    assert (found["1"].names[0].script, found["1"].names[0].note) == (None, "script: Thai")
    assert [(one.vocabulary, one.code) for one in found.audit.unknown_codes] == [("script", "Thai")]


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ('False="false"', 'False="true"', ("Identity@False", "true")),
        ('Acronym="false"', 'Acronym="true"', ("NamePartValue@Acronym", "true")),
        ('<Profile ID="1"', '<Profile ID="1" DeltaAction="add"', ("Profile@DeltaAction", "add")),
        ("</Identity>", "<Comment>x</Comment></Identity>", ("Comment", "x")),
        ("</Profile>", "<Feature9><a b='c'>d</a></Feature9></Profile>", ("a@b", "c")),
        ("</Alias>", "text</Alias>", ("Alias", "\n          text")),
        (
            "</DocumentedNamePart>",
            "<NamePartValue>second</NamePartValue></DocumentedNamePart>",
            ("NamePartValue", "second"),
        ),
        ("<IssuingAuthority />", "<Other>o</Other>", ("Other", "o")),
        ('Former="false"', 'Former="maybe"', ("ProfileRelationship@Former", "maybe")),
        (
            ' ListID="1550"',
            ' ListID="1550" EntryDeltaFlag="f"',
            ("SanctionsEntry@EntryDeltaFlag", "f"),
        ),
        (
            "</SanctionsEntry>",
            "<SupportingInfo>s</SupportingInfo></SanctionsEntry>",
            ("SupportingInfo", "s"),
        ),
        ("<Value>Moscow</Value>", "<Value>Moscow</Value><Value>Perm</Value>", ("Value", "Perm")),
        (
            '<LocationCountry CountryID="11171"',
            '<LocationCountry CountryID="11120"',
            ("LocationAreaCode@AreaCodeID", "11171"),
        ),
    ],
)
def test_what_the_format_does_not_have(old: str, new: str, kept: tuple[str, str]) -> None:
    """In every section an unknown or second value is kept as a Feature of the party, and reported."""
    area = '      <LocationAreaCode AreaCodeID="11171" />\n      <LocationCountry CountryID="11171" CountryRelevanceID="1413" />\n'
    text = advanced(
        plain(1, feature(1, 11, 25, ADDRESS)),
        locations=location(5, (1454, "Moscow"), before=area, rest=HERE),
        documents=document(61, 1, "A1"),
        relations=relation(71, 1, 2),
    ).decode()
    assert not sl.read(text.encode(), list_id="us_ofac_sdn").audit.issues
    assert text.count(old) == 1
    found = faulty(text.replace(old, new).encode(), records=True)
    assert kept in values(found)
    assert set(kinds(found)) == {sl.IssueKind.STRUCTURE}
    assert found.audit.unmapped
    if "@False" not in kept[0] and "Acronym" not in kept[0] and "AreaCode" not in kept[0]:
        unknown = [one for one in found.audit.paths if one.use is sl.Use.UNKNOWN]
        known = kept[0] in ("NamePartValue", "ProfileRelationship@Former", "Value")
        assert bool(unknown) is not known


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ('ScriptStatusID="1"', 'ScriptStatusID="2"', ("NamePartValue@ScriptStatusID", "Other")),
        (
            '<Date CalendarTypeID="1"',
            '<Date CalendarTypeID="2"',
            ("Date@CalendarTypeID", "Islamic"),
        ),
        (
            'LocPartValueStatusID="1"',
            'LocPartValueStatusID="2"',
            ("LocationPartValue@LocPartValueStatusID", "Former"),
        ),
    ],
)
def test_constants_that_say_something_else(old: str, new: str, kept: tuple[str, str]) -> None:
    """A number that always leads to one word and leads to another is kept as that, and reported."""
    sets = SETS
    for kind, word in (("ScriptStatus", "Other"), ("LocPartValueStatus", "Former")):
        more = f'<{kind} ID="2">{word}</{kind}></{kind}Values>'
        sets = sets.replace(f"</{kind}Values>", more)
    text = advanced(
        plain(1, feature(1, 11, 25, ADDRESS)),
        locations=location(5, (1454, "Moscow"), rest=HERE),
        sets=sets,
    ).decode()
    assert not sl.read(text.encode(), list_id="us_ofac_sdn").audit.issues
    found = faulty(text.replace(old, new).encode())
    assert kept in values(found)
    assert kinds(found) == [sl.IssueKind.STRUCTURE]


def test_fault_of_a_location_that_several_share() -> None:
    """What is unexpected there is kept with each party; a number without a word is reported once."""
    country = '<VersionDetail DetailTypeID="1433" /><VersionLocation LocationID="5" />'
    back = "".join(f'<FeatureVersionReference FeatureVersionID="5{n}" />' for n in (11, 21))
    there = location(5, (77, "Russia"), rest=f"<Extra>x</Extra>{back}")
    found = faulty(
        advanced(
            plain(1, feature(1, 11, 365, country)),
            plain(2, feature(2, 21, 365, country)),
            locations=there,
        )
    )
    assert [values(found, uid) for uid in "12"] == [[("Extra", "x")]] * 2
    assert kinds(found) == [sl.IssueKind.STRUCTURE, sl.IssueKind.DANGLING]
    assert found.audit.issues[1].where.path == "Location/LocationPart@LocPartTypeID"


def test_attribute_that_all_have_is_missing() -> None:
    """It is reported once, with its path, and the value beside it is kept."""
    text = advanced(plain(1), plain(2)).decode().replace(' ScriptID="215"', "")
    found = faulty(text.encode())
    assert kinds(found) == [sl.IssueKind.STRUCTURE]
    assert found.audit.issues[0].where.path.endswith("NamePartValue@ScriptID")
    assert [(one.name, one.names[0].script) for one in found] == [
        ("EXAMPLE 1", None),
        ("EXAMPLE 2", None),
    ]


# Dates and entries


@pytest.mark.parametrize(
    ("dates", "raw"),
    [
        (
            period("1971-13-05", "1971-13-05", "1971-12-31", "1971-12-31"),
            "1971-13-5 1971-13-5 1971-12-31 1971-12-31",
        ),
        (
            period("1973-01-01", "1973-01-01", "1971-01-01", "1971-01-01"),
            "1973-01-01 1973-01-01 1971-01-01 1971-01-01",
        ),
    ],
)
def test_dates_that_cannot_be(dates: str, raw: str) -> None:
    """Days that no calendar has, or in no order, stay as text and are reported."""
    person = plain(1, feature(1, 11, 8, f'{dates}<VersionDetail DetailTypeID="1430" />'))
    found = faulty(advanced(person.replace('PartySubTypeID="3"', 'PartySubTypeID="4"')))
    assert kinds(found) == [sl.IssueKind.UNREAD_VALUE]
    (birth,) = found.get("1", kind=sl.Person).births
    assert birth.date is not None
    assert (birth.date.is_read, birth.date.raw) == (False, raw)


def test_open_and_flagged_periods() -> None:
    """A period with a start alone is open; flags at odds with its days are kept."""
    half = period("2020-01-01", "2020-01-01", "", "")
    found = sl.read(
        advanced(plain(1, feature(1, 11, 646, f'{half}<VersionDetail DetailTypeID="1430" />'))),
        list_id="us_ofac_sdn",
    )
    assert [one.raw for one in found.get("1", kind=sl.Organization).established] == [
        "from 01 Jan 2020"
    ]
    flagged = half.replace('MonthFixed="false"', 'MonthFixed="true"', 1)
    odd = faulty(advanced(plain(1, feature(1, 11, 646, flagged))))
    assert values(odd) == [("DatePeriod@MonthFixed", "true")]
    measure = entry(1).replace('YearFixed="true"', 'YearFixed="false"', 1)
    assert values(faulty(advanced(plain(1), entries=measure))) == [
        ("DatePeriod@YearFixed", "false")
    ]


def test_one_end_is_approximate() -> None:
    """A period of which one end alone is approximate: both flags are kept as they stand."""
    days = period("1971-01-01", "1971-12-31", "1973-01-01", "1973-12-31", approximate="true")
    at_odds = days.replace('<End Approximate="true"', '<End Approximate="false"')
    person = plain(1, feature(1, 11, 8, at_odds)).replace('TypeID="3"', 'TypeID="4"')
    found = faulty(advanced(person))
    (birth,) = found.where(kind=sl.Person)["1"].births
    assert birth.date == sl.PartialDate.parse("circa 1971 to 1973")
    assert values(found) == [("Start@Approximate", "true"), ("End@Approximate", "false")]


def test_remark_on_the_wrapper() -> None:
    """The dates of the wrapper are technical and say nothing; a remark there is kept."""
    wrapped = entry(1, "70001", 91512).replace("<Comment />", "<Comment>for a reason</Comment>", 1)
    found = faulty(advanced(plain(1), entries=entry(1) + wrapped))
    assert values(found) == [("Comment", "for a reason")]
    assert [one.path for one in found.audit.unmapped] == ["SanctionsEntry/EntryEvent/Comment"]


def test_documents_with_dates_at_odds() -> None:
    """A second date of issue, a date of an unknown type and one without days are kept."""
    issue = f'<DocumentDate IDRegDocDateTypeID="1480">{period(*["2020-01-01"] * 4)}</DocumentDate>'
    more = issue.replace("1480", "77") + issue.replace("2020", "2021")
    none = f'<DocumentDate IDRegDocDateTypeID="1481">{NO_DATES}</DocumentDate>'
    found = faulty(advanced(plain(1), documents=document(61, 1, "A1", rest=issue + more + none)))
    (number,) = found["1"].identifiers
    assert str(number.issued) == "2020-01-01"
    assert number.expires is None
    at = "DocumentDate@IDRegDocDateTypeID"
    assert values(found) == [
        (at, "77: 01 Jan 2020"),
        (at, "Issue Date: 01 Jan 2021"),
        (at, "Expiration Date: "),
    ]


def test_entries_at_odds() -> None:
    """A second entry for a list, one without a date, and a party on the wrapper alone are reported."""
    found = faulty(advanced(plain(1), entries=entry(1) + entry(1, 11)))
    assert kinds(found) == [sl.IssueKind.DUPLICATE_ID]
    assert len(found["1"].listings) == 2
    undated = re.sub("<Date .*?</Date>", "", entry(1), flags=re.DOTALL)
    found = faulty(advanced(plain(1), entries=undated))
    assert (found["1"].since, found["1"].listings[0].list_name) == (None, "SDN List")
    assert [one.title for one in found["1"].bases] == ["Executive Order 13224 (Terrorism)"]
    assert values(found) == [("EntryEvent@EntryEventTypeID", "Created")]
    found = faulty(advanced(plain(1), entries=entry(1, listed=91512)))
    assert (kinds(found), found["1"].listings) == ([sl.IssueKind.STRUCTURE], ())
    unread = entry(1).replace("<Month>9<", "<Month>99<")
    found = faulty(advanced(plain(1), entries=unread))
    assert kinds(found) == [sl.IssueKind.UNREAD_VALUE]
    assert [one.date.raw for one in found["1"].listings[0].events] == ["2001-99-24"]


def test_list_told_by_entries_at_odds() -> None:
    """A second entry for a list does not keep the file from being told by its lists."""
    data = advanced(plain(1), plain(2), entries=entry(1) + entry(1, 11) + entry(2))
    with pytest.warns(sl.FaultyEntriesWarning):
        assert sl.read(data).editions[0].list_id == "us_ofac_sdn"


def test_list_that_nobody_knows() -> None:
    """A list that our table does not have is kept by its word, and counted."""
    sets = SETS.replace(">Sectoral Sanctions Identifications List<", ">Example List<")
    found = sl.read(
        advanced(plain(1), entries=entry(1) + entry(1, 11, 91507), sets=sets), list_id="us_ofac_sdn"
    )
    assert [one.list_name for one in found["1"].listings] == ["SDN List", "Example List"]
    assert [(one.vocabulary, one.code) for one in found.audit.unknown_codes] == [
        ("list", "Example List")
    ]


def test_program_without_a_tag() -> None:
    """A measure of the type Program without its tag is reported."""
    found = faulty(advanced(plain(1), entries=entry(1).replace("<Comment>SDGT</Comment>", "")))
    assert found["1"].programs == ()
    assert values(found) == [("DatePeriod", "Program")]


def test_relation_to_nowhere() -> None:
    """A relation without a target is kept, and reported."""
    found = faulty(
        advanced(plain(1), relations=relation(71, 1, 2).replace(' To-ProfileID="2"', ""))
    )
    assert kinds(found) == [sl.IssueKind.DANGLING]
    assert found["1"].relations[0].to.source_id is None
