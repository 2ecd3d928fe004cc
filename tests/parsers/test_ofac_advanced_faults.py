"""Damaged, hostile and inconsistent files in the advanced format: our error, or the audit."""

from __future__ import annotations

import random
import re
import warnings
from collections import Counter
from copy import deepcopy
from pathlib import Path

import pytest
from advanced_files import (
    NO_DATES,
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
from mutations import outcomes, own

import sanctionslib as sl
from sanctionslib.parsers._xml import record_of

EVERY = Path(__file__).parent / "data" / "every_element_advanced.xml"
GOOD = advanced(plain(1), plain(2), plain(3))
SHARED = (b"<ReferenceValueSets>", b"<IDRegDocuments>")
"""What stands before the documents may be of several parties: words, and names of countries."""


def faulty(
    data: bytes, *, partial: bool = False, records: bool = False
) -> sl.SanctionsList[sl.Entity]:
    with pytest.warns(sl.FaultyEntriesWarning):
        return sl.read(data, list_id="us_ofac_sdn", partial=partial, records=records)


def kinds(found: sl.SanctionsList[sl.Entity]) -> list[sl.IssueKind]:
    return [issue.kind for issue in found.audit.issues]


def values(found: sl.SanctionsList[sl.Entity], uid: str = "1") -> list[tuple[str, str]]:
    """The facts of a party that have no kind, without the path that all begin with."""
    return [
        (one.label.rpartition("/")[2], one.value) for one in found[uid].features if one.kind is None
    ]


# Whole files


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (GOOD.replace(b' Version="3"', b""), sl.StructureChangedError, "version None"),
        (GOOD.replace(b'"3"', b'"4"', 1), sl.StructureChangedError, "version '4'"),
        (
            advanced(plain(1), root='Version="3" DeltaBaseVersion="17"'),
            sl.StructureChangedError,
            "changes since version 17",
        ),
        (advanced(plain(1), date=None), sl.StructureChangedError, "does not state its date"),
        (
            GOOD.replace(b"<Day>23<", b"<Day>32<"),
            sl.StructureChangedError,
            "DateOfIssue is 2024-2-32",
        ),
        (
            GOOD.replace(b'CalendarTypeID="1"', b'CalendarTypeID="2"', 1),
            sl.StructureChangedError,
            "calendar",
        ),
        (advanced(), sl.IncompleteEditionError, "any entry"),
        (
            advanced(plain(1), plain(2), entries=entry(1)),
            sl.IncompleteEditionError,
            "without the sanctions entries of 1 parties",
        ),
        (
            advanced(plain(1), entries=entry(1) + entry(2)),
            sl.IncompleteEditionError,
            "without 1 parties that have sanctions entries",
        ),
        (
            re.sub(rb"<ProfileRelationships>.*</ProfileRelationships>", b"", GOOD, flags=re.DOTALL),
            sl.IncompleteEditionError,
            "without the section ProfileRelationships",
        ),
        (
            re.sub(rb"<ReferenceValueSets>.*</ReferenceValueSets>", b"", GOOD, flags=re.DOTALL),
            sl.StructureChangedError,
            "before ReferenceValueSets",
        ),
        (
            b'<Sanctions xmlns="http://www.un.org/sanctions/1.0" Version="3"/>',
            sl.StructureChangedError,
            "no ReferenceValueSets",
        ),
        (GOOD.replace(b"EXAMPLE 2", b"EXAMPL\xc9 2"), sl.ParseError, "encoding"),
        (GOOD.replace(b"</Profile>", b"</Porfile>", 1), sl.ParseError, "well-formed"),
        (GOOD + b"<more/>", sl.ParseError, "well-formed|does not end"),
    ],
)
def test_whole_file_faults(data: bytes, error: type[sl.SanctionsError], says: str) -> None:
    """Each fault of a whole file has its own error, which names it and says what to do."""
    with pytest.raises(error, match=says) as caught:
        sl.read(data, list_id="us_ofac_sdn")
    assert type(caught.value) is error
    assert caught.value.hint


@pytest.mark.parametrize(
    ("section", "after"),
    [
        ("DateOfIssue", "ReferenceValueSets"),
        ("ReferenceValueSets", "Locations"),
        ("Locations", "DistinctParties"),
        ("DistinctParties", "SanctionsEntries"),
        ("DistinctParties", "DistinctParties"),
        ("SanctionsEntries", "SanctionsEntries"),
    ],
)
def test_sections_of_two_files(section: str, after: str) -> None:
    """A section that comes again, at once or later, is that of another file."""
    text = advanced(plain(1), locations=location(5, (1454, "Moscow"))).decode()
    found = re.search(rf"<{section}[ >].*</{section}>", text, re.DOTALL)
    assert found is not None
    other = found[0].replace('"1"', '"2"') if section == "DistinctParties" else found[0]
    mixed = text.replace(f"</{after}>", f"</{after}>{other}")
    with pytest.raises(sl.StructureChangedError, match=r"comes (after|a second time)"):
        sl.read(mixed.encode(), list_id="us_ofac_sdn")


def test_entries_of_another_file() -> None:
    """Parties of one day with the entries of another are no list."""
    with pytest.raises(sl.IncompleteEditionError):
        sl.read(advanced(plain(1), plain(2), entries=entry(1) + entry(3)), list_id="us_ofac_sdn")


def test_few_parties_without_an_entry() -> None:
    """One party of two hundred may be without an entry: it is reported; two are a gap."""
    parties = [plain(uid) for uid in range(1, 201)]
    entries = [entry(uid) for uid in range(1, 201)]
    found = faulty(advanced(*parties, entries="".join(entries[1:])))
    assert [(one.kind, one.where.entry) for one in found.audit.issues] == [
        (sl.IssueKind.DANGLING, "1")
    ]
    assert (len(found), found["1"].listings, found.editions[0].missing) == (200, (), ())
    with pytest.raises(sl.IncompleteEditionError, match="entries of 2 parties"):
        sl.read(advanced(*parties, entries="".join(entries[2:])), list_id="us_ofac_sdn")


def test_truncated_at_any_byte() -> None:
    """A file cut anywhere raises a parse error; cut within its last blank it is whole."""
    end = GOOD.rindex(b">") + 1
    for cut in (*range(0, end, 97), *range(end - 200, end)):
        with pytest.raises(sl.ParseError):
            sl.read(GOOD[:cut], list_id="us_ofac_sdn")
    assert len(sl.read(GOOD[:end], list_id="us_ofac_sdn")) == 3


def test_truncated_real_list(lists: Path) -> None:
    """So does the whole official file, cut at ten places."""
    data = (lists / "us_ofac_cons" / "CONS_ADVANCED_2020-03-17.xml").read_bytes()
    for part in range(10):
        with pytest.raises(sl.TruncatedError):
            sl.read(data[: len(data) * part // 10 + 100], list_id="us_ofac_cons")


def test_web_page() -> None:
    """A page of the server in place of the file is named as such."""
    with pytest.raises(sl.UnknownFormatError, match="web page"):
        sl.read(b"<html><body>Sanctions: access denied</body></html>", list_id="us_ofac_sdn")


@pytest.mark.parametrize(
    ("old", "new", "encoding"),
    [
        ("EXAMPLE 2<", "<![CDATA[EXAMPLE 2]]><", "utf-8"),
        ("EXAMPLE 2<", "EXAM<!-- between -->PLE<?a b?> 2<", "utf-8"),
        ("EXAMPLE 2<", "EXAMPLE&#x20;&#50;<", "utf-8"),
        ('encoding="utf-8"', 'encoding="utf-16"', "utf-16"),
        ('encoding="utf-8"', 'encoding="iso-8859-1"', "iso-8859-1"),
        ("<?xml", "<?xml", "utf-8-sig"),
    ],
)
def test_other_ways_to_write_it(old: str, new: str, encoding: str) -> None:
    """Other ways of XML to write the same texts, and other encodings, are read alike."""
    changed = GOOD.decode().replace(old, new).encode(encoding)
    assert changed != GOOD
    found = sl.read(changed, list_id="us_ofac_sdn")
    assert [one.names for one in found] == [
        one.names for one in sl.read(GOOD, list_id="us_ofac_sdn")
    ]
    assert found.audit.issues == ()


def test_hostile(tmp_path: Path) -> None:
    """External entities, bombs, huge texts and deep trees are refused as in every format."""
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    text = text_feature(1, 11, 14, "&x;")
    external = f'<!DOCTYPE Sanctions [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    with pytest.raises(sl.StructureChangedError, match="document type") as caught:
        sl.read(advanced(plain(1, text), prolog=external), list_id="us_ofac_sdn")
    assert "SECRET" not in str(caught.value)
    with pytest.raises(sl.ParseError):
        sl.read(advanced(plain(1, text)), list_id="us_ofac_sdn")
    for inside in ("x" * 10_485_760, "<a>" * 300 + "x" + "</a>" * 300):
        with pytest.raises(sl.StructureChangedError, match="beyond"):
            sl.read(advanced(plain(1, text_feature(1, 11, 14, inside))), list_id="us_ofac_sdn")


def test_partial() -> None:
    """partial=True reads what is not whole; the edition and every entity say what is missing."""
    data = advanced(plain(1), plain(2), entries=entry(1) + entry(3), date=None)
    found = faulty(data, partial=True)
    (edition,) = found.editions
    assert edition.missing == (
        "1 parties that have sanctions entries",
        "the sanctions entries of 1 parties",
    )
    assert found["2"].edition is edition
    assert (found["1"].programs, found["2"].programs) == (("SDGT",), ())
    orphan = next(one for one in found.audit.issues if one.record is not None)
    assert (orphan.kind, orphan.record.get("SanctionsEntry@ProfileID")) == (
        sl.IssueKind.DANGLING,
        ("3",),
    )
    assert kinds(found).count(sl.IssueKind.EDITION) == 3  # with the date


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


def test_party_without_a_name() -> None:
    """A party without any name is rejected, its document and its entry reported with it."""
    nameless = re.sub("<NamePartValue.*</NamePartValue>", "", plain(1))
    found = faulty(advanced(nameless, plain(2), documents=document(61, 1, "A1")))
    assert [one.source_id for one in found] == ["2"]
    assert (found.audit.read, found.audit.built, found.audit.rejected) == (2, 1, 1)
    # First the type that no part of a name has; last the entry and the document of nobody.
    dangling = sl.IssueKind.DANGLING
    assert kinds(found) == [dangling, sl.IssueKind.REJECTED, dangling, dangling]
    assert all(issue.record for issue in found.audit.issues[1:])
    assert found.editions[0].missing == ("1 that could not be read",)


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
        ("</Alias>", "text</Alias>", ("Alias", "text")),
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


def test_what_stands_outside_the_sections() -> None:
    """Unknown sections, texts and attributes around the entries are reported with their values."""
    text = GOOD.decode().replace("<Locations>", '<Extra a="b">c</Extra><Locations d="e">f')
    links = '<SanctionsEntryLinks><SanctionsEntryLink ID="7" /></SanctionsEntryLinks>'
    found = faulty(text.replace("<SanctionsEntryLinks />", links).encode())
    assert set(kinds(found)) == {sl.IssueKind.STRUCTURE}
    held = sorted(value.strip() for one in found.audit.issues for _, value in one.record or ())
    assert held == ["7", "b", "c", "e", "f"]


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


# Mutations


@pytest.mark.filterwarnings("ignore::sanctionslib.errors.FaultyEntriesWarning")
def test_mutated_file_with_every_element() -> None:
    """A changed byte raises our error, is reported, or lies inside the values of one party."""
    found = outcomes(str(EVERY), "us_ofac_sdn", 500, 3, shared=SHARED)
    assert set(found) == {"raised", "reported", "read"}


def changed_tree(rng: random.Random) -> tuple[str, etree._Element]:
    """The file with one element or attribute dropped, doubled or altered behind the word lists."""
    root = etree.parse(str(EVERY)).getroot()
    elements = [one for section in list(root)[2:] for one in section.iter()]
    element = rng.choice(elements)
    parent = element.getparent()
    assert parent is not None
    how = rng.choice(("drop", "double", "attribute", "without", "text", "move"))
    attribute = rng.choice(sorted(element.attrib) or [""])
    if how == "drop":
        parent.remove(element)
    elif how == "double":
        parent.append(deepcopy(element))
    elif how == "move":
        rng.choice(elements).append(deepcopy(element))
        parent.remove(element)
    elif how == "text":
        element.text = "altered"
    elif attribute and how == "without":
        del element.attrib[attribute]
    elif attribute:
        element.set(attribute, rng.choice(("1", "2", "3", "true", "false", "77", "x")))
    return f"{how} {etree.QName(element).localname} {attribute}", root


def test_changed_trees() -> None:
    """Whatever is dropped, doubled, moved or altered: no value of the file is lost in silence.

    The file raises; or each of its values stands in a record or in an issue, and where there is no
    issue, at most one party says something else.
    """
    whole = [own(entity) for entity in sl.read(EVERY, list_id="us_ofac_sdn")]
    rng = random.Random(11)
    outcome: Counter[str] = Counter()
    for _ in range(250):
        what, root = changed_tree(rng)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", sl.FaultyEntriesWarning)
                read = sl.read(etree.tostring(root), list_id="us_ofac_sdn", records=True)
        except sl.SanctionsError:
            outcome["raised"] += 1
            continue
        held = Counter(value for entity in read for _, value in entity.record or ())
        held += Counter(value for one in read.audit.issues for _, value in one.record or ())
        stated = Counter(
            value
            for section in list(root)[2:]
            for element in section
            for _, value in record_of(element) or ()
        )
        assert not stated - held, (what, stated - held)
        if read.audit.issues:
            outcome["reported"] += 1
            continue
        outcome["read"] += 1
        made = [own(entity) for entity in read]
        assert len(made) == len(whole), what
        different = [one for one, other in zip(made, whole, strict=True) if one != other]
        assert len(different) <= (3 if "Value" in what else 1), what  # a country that three have
    assert set(outcome) == {"raised", "reported", "read"}


def test_mutated_real_list(lists: Path) -> None:
    """The same for copies of the whole official file, none of which hangs."""
    path = str(lists / "us_ofac_cons" / "CONS_ADVANCED_2020-03-17.xml")
    found = outcomes(path, "us_ofac_cons", 25, 5, shared=SHARED)
    assert found.total() == 25
    assert {"raised", "reported"} <= set(found)
