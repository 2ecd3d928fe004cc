"""OFAC's advanced XML: its sets of numbers, its joins, and its peculiarities."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from advanced_files import (
    EVERY,
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
)
from faults import kinds
from lxml import etree

import sanctionslib as sl

IK = sl.answers.IssueKind


def read(data: bytes) -> sl.SanctionsList[sl.Entity]:
    """A file that has nothing wrong."""
    return sl.read(data, list_id="us_ofac_sdn")


def values(found: sl.SanctionsList[sl.Entity], uid: str = "1") -> list[tuple[str, str]]:
    """The facts of a party that have no kind, without the path that all begin with."""
    return [
        (one.label.rpartition("/")[2], one.value) for one in found[uid].features if one.kind is None
    ]


def person(features: str) -> str:
    """A person with these features."""
    return plain(1, features).replace('PartySubTypeID="3"', 'PartySubTypeID="4"')


def test_the_file_of_the_golden_test_is_in_the_format(lists: Path) -> None:
    """The publisher's schema accepts it, except the unresolved relation."""
    schema = etree.XMLSchema(etree.parse(str(lists / "schemas" / "ofac_advanced_xml_2024plus.xsd")))
    assert not schema.validate(etree.parse(str(EVERY)))
    (fault,) = schema.error_log
    assert "424242" in fault.message


# ── which list it is, and whether it is complete ──────────────────────────────────────────────

WRAPPED = entry(1, "70001", 91512) + entry(1, "50001", 91507)
BOTH = entry(1) + entry(1, "70001", 91512)


@pytest.mark.parametrize(
    ("name", "entries", "list_id"),
    [
        ("SDN_ADVANCED.XML", BOTH, "us_ofac_sdn"),
        ("cons_advanced.xml", BOTH, "us_ofac_cons"),
        ("export.xml", entry(1), "us_ofac_sdn"),
        ("export.xml", WRAPPED, "us_ofac_cons"),
        ("export.xml", BOTH, None),
        ("SDN_ADVANCED.XML", WRAPPED, None),
    ],
)
def test_which_list(name: str, entries: str, list_id: str | None, tmp_path: Path) -> None:
    """The file name states it, otherwise the entries; the caller decides where these contradict."""
    path = tmp_path / name
    path.write_bytes(advanced(plain(1), entries=entries))
    if list_id is not None:
        assert sl.read(path)["1"].id == f"{list_id}:1"
        return
    with pytest.raises(sl.InvalidInputError, match="by the lists of its parties") as caught:
        sl.read(path)
    assert "list_id=" in caught.value.hint
    assert sl.read(path, list_id="us_ofac_sdn")["1"].id == "us_ofac_sdn:1"


def without(section: str, text: bytes) -> bytes:
    return re.sub(rf"<{section}>.*</{section}>".encode(), b"", text, flags=re.DOTALL)


GOOD = advanced(plain(1), plain(2))
SECOND = GOOD.replace(
    b"<Locations>", f"<ReferenceValueSets>{SETS}</ReferenceValueSets><Locations>".encode()
)


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (GOOD.replace(b'"3"', b'"4"', 1), sl.errors.StructureChangedError, "version 3"),
        (
            GOOD.replace(b'"3"', b'"3" DeltaBaseVersion="17"', 1),
            sl.errors.StructureChangedError,
            "only changes",
        ),
        (GOOD.replace(b"<Day>23<", b"<Day>32<"), sl.errors.StructureChangedError, "a day is meant"),
        (SECOND, sl.errors.StructureChangedError, "second time"),
        (without("ReferenceValueSets", GOOD), sl.IncompleteEditionError, "ReferenceValueSets"),
        (without("ProfileRelationships", GOOD), sl.IncompleteEditionError, "ProfileRelationships"),
        (
            advanced(plain(1), plain(2), entries=entry(1) + entry(3)),
            sl.IncompleteEditionError,
            "1 parties that have sanctions entries and without the sanctions entries of 1 parties",
        ),
    ],
)
def test_files_that_are_no_list(data: bytes, error: type[sl.SanctionsError], message: str) -> None:
    """Another version, changes alone, two files in one, and sections that do not belong together."""
    with pytest.raises(error, match=message):
        sl.read(data, list_id="us_ofac_sdn")


def test_few_parties_without_an_entry() -> None:
    """One party of two hundred may be without an entry: it is reported; two are a gap."""
    parties = [plain(uid) for uid in range(1, 201)]
    entries = [entry(uid) for uid in range(1, 201)]
    found = faulty(advanced(*parties, entries="".join(entries[1:])))
    assert [(one.kind, one.where.entry) for one in found.audit.issues] == [
        (IK.UNRESOLVED_REFERENCE, "1")
    ]
    assert (len(found), found["1"].listings, found.editions[0].missing) == (200, (), ())
    with pytest.raises(sl.IncompleteEditionError, match="entries of 2 parties"):
        sl.read(advanced(*parties, entries="".join(entries[2:])), list_id="us_ofac_sdn")


# ── numbers and their words ───────────────────────────────────────────────────────────────────

AREA = '      <LocationAreaCode AreaCodeID="11171" />\n'
COUNTRY = '      <LocationCountry CountryID="11171" CountryRelevanceID="1413" />\n'
ADDRESS = '<VersionLocation LocationID="5" />'
BACK = '      <FeatureVersionReference FeatureVersionID="511" />\n'
LOOKUP = '<VersionDetail DetailTypeID="1431" DetailReferenceID="91526" />'
MOSCOW = location(5, (1454, "Moscow"), before=AREA + COUNTRY, rest=BACK)
FULL = advanced(
    plain(1, feature(1, 11, 25, ADDRESS) + feature(1, 12, 14, LOOKUP)),
    locations=MOSCOW,
    documents=document(61, 1, "A1", more=' IssuedBy-CountryID="11171"'),
    relations=relation(71, 1, 2),
).decode()
SETS_OF_NUMBERS = (
    "Type|Country|Status|Script|Validity|Code|Quality|List|Basis|Relevance|Reliability|Reference"
)
NUMBERS = re.findall(rf'[\w-]+(?:{SETS_OF_NUMBERS})ID="\d+"', FULL.partition("<Locations>")[2])


@pytest.mark.parametrize("number", sorted(set(NUMBERS)))
def test_numbers_that_no_set_has(number: str) -> None:
    """A number without a word is kept as the word, and reported with its path."""
    at = FULL.index(number, FULL.index("<Locations>"))
    name = number.partition("=")[0]
    found = faulty(f'{FULL[:at]}{name}="77"{FULL[at + len(number) :]}'.encode())
    assert any(each.where.path.endswith(f"@{name}") for each in found.audit.issues)
    assert "77" in str(sl.to_dict(found["1"]))


def test_contradicting_sets() -> None:
    """A number with two words, a value without a number, and other text are reported."""
    more = (
        '<AliasTypeValues><AliasType ID="1403">Other</AliasType><AliasType>x</AliasType>'
        '</AliasTypeValues><NewValues a="1">text</NewValues>'
    )
    found = faulty(advanced(plain(1), sets=SETS + more))
    assert [one.source.values for one in found.audit.issues if one.source] == [
        ("1403", "Other"),
        ("x",),
        ("1", "text"),
    ]
    assert found["1"].names[0].kind is sl.NameKind.PRIMARY


def test_words_that_we_do_not_know() -> None:
    """A list and a script that no table of ours has are kept by their word, and counted.

    So are two scripts in one name.
    """
    sets = SETS.replace(">Sectoral Sanctions Identifications List<", ">Example List<")
    sets = sets.replace(">Latin<", ">Runes<")
    found = read(advanced(plain(1), entries=entry(1) + entry(1, 11, 91507), sets=sets))
    assert [one.list_name for one in found["1"].listings] == ["SDN List", "Example List"]
    assert (found["1"].names[0].script, found["1"].names[0].note) == (None, "script: Runes")
    assert {(one.vocabulary, one.code) for one in found.audit.unknown_codes} == {
        ("list", "Example List"),
        ("script", "Runes"),
    }
    part = re.search(r" *<DocumentedNamePart>.*</DocumentedNamePart>\n", plain(1), re.DOTALL)
    assert part is not None
    text = plain(1).replace(part[0], part[0] + part[0].replace('"215"', '"220"'))
    (name,) = read(advanced(text))["1"].names
    assert (name.text, name.script) == ("EXAMPLE 1 EXAMPLE 1", None)
    assert name.note == "script: Latin, Cyrillic"


# ── joins ─────────────────────────────────────────────────────────────────────────────────────

TYPE_OF_NOTHING = (
    '<MasterNamePartGroup><NamePartGroup ID="79" NamePartTypeID="1525" /></MasterNamePartGroup>'
)


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ('<Profile ID="1"', '<Profile ID="2"', ("Profile@ID", "2")),
        ('<Alias FixedRef="1"', '<Alias FixedRef="2"', ("Alias@FixedRef", "2")),
        ('ID="81" FixedRef="1"', 'ID="81" FixedRef="2"', ("DocumentedName@FixedRef", "2")),
        ('ID="91" FixedRef="1"', 'ID="91" FixedRef="2"', ("Identity@FixedRef", "2")),
        ('NamePartGroupID="71"', 'NamePartGroupID="72"', ("NamePartValue@NamePartGroupID", "72")),
        ("<NamePartGroups>", f"<NamePartGroups>{TYPE_OF_NOTHING}", ("NamePartGroup@ID", "79")),
        ('ce IdentityID="91"', 'ce IdentityID="92"', ("IdentityReference@IdentityID", "92")),
        ('NameID="81"', 'NameID="82"', ("DocumentedNameReference@DocumentedNameID", "82")),
        ('sEntryID="1"', 'sEntryID="2"', ("ProfileRelationship@SanctionsEntryID", "2")),
        ('LocationID="5"', 'LocationID="6"', ("VersionLocation@LocationID", "6")),
        ('VersionID="511"', 'VersionID="599"', ("VersionLocation@LocationID", "5")),
    ],
)
def test_keys_that_do_not_agree(old: str, new: str, kept: tuple[str, str]) -> None:
    """Each unresolved or wrong key is reported and kept unchanged."""
    text = FULL.replace(feature(1, 12, 14, LOOKUP), "")
    assert not read(text.encode()).audit.issues
    assert text.count(old) == 1
    found = faulty(text.replace(old, new).encode())
    assert kept in values(found)
    assert set(kinds(found)) == {IK.UNRESOLVED_REFERENCE}
    assert (len(found["1"].identifiers), len(found["1"].relations)) == (1, 1)
    assert len(found["1"].addresses) == ("LocationID" not in old)


@pytest.mark.parametrize(
    ("part", "unreferenced"),
    [
        ("documents", document(61, 9, "A1")),
        ("relations", relation(71, 9, 1)),
        ("locations", location(5, (1454, "A1"))),
        ("locations", location(5, (1454, "A1")).replace(' ID="5"', "")),
    ],
)
def test_unreferenced_elements(part: str, unreferenced: str) -> None:
    """It is in the audit, with every value."""
    found = faulty(advanced(plain(1), **{part: unreferenced}))  # type: ignore[arg-type]
    (issue,) = found.audit.issues
    assert issue.kind is IK.UNRESOLVED_REFERENCE
    assert issue.source is not None
    values = re.findall(r'="(.*?)"', unreferenced) + re.findall(r">([^<\n]+)<", unreferenced)
    assert sorted(issue.source.values) == sorted(values)


def test_fault_of_a_location_that_several_share() -> None:
    """Unexpected values are kept with each party; a number without a word is reported once."""
    country = f'<VersionDetail DetailTypeID="1433" />{ADDRESS}'
    back = "".join(f'<FeatureVersionReference FeatureVersionID="5{n}" />' for n in (11, 12, 21))
    there = location(5, (77, "Russia"), rest=f"<Extra>x</Extra>{back}")
    twice = feature(1, 11, 365, country) + feature(1, 12, 365, country)
    found = faulty(
        advanced(plain(1, twice), plain(2, feature(2, 21, 365, country)), locations=there)
    )
    assert [values(found, uid) for uid in "12"] == [[("Extra", "x")]] * 2
    assert kinds(found) == [IK.STRUCTURE, IK.UNRESOLVED_REFERENCE]


def test_party_given_twice() -> None:
    """Two parties with one key are kept apart; entries belong to the first, and it is reported."""
    other = plain(1).replace("EXAMPLE 1", "ANOTHER")
    found = faulty(advanced(plain(1), other, entries=entry(1)), partial=True)
    assert [(one.source_id, one.name) for one in found] == [("1", "EXAMPLE 1"), ("~1", "ANOTHER")]
    assert IK.DUPLICATE_ID in kinds(found)
    assert found["~1"].programs == ()


# ── values that the format does not have ──────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("old", "new", "kind", "kept"),
    [
        ('<LocationCountry CountryID="11171"', '<LocationCountry CountryID="11120"', IK.STRUCTURE, "Russia"),
        ('<Date CalendarTypeID="1"', '<Date CalendarTypeID="2"', IK.STRUCTURE, "Islamic"),
        ('Primary="true" LowQ', 'Primary="no" LowQ', IK.STRUCTURE, "no"),
        ('Former="false"', 'Former="maybe"', IK.UNREAD_VALUE, "maybe"),
        (' To-ProfileID="2"', "", IK.STRUCTURE, "Owned or Controlled By"),
        (' ListID="1550"', "", IK.STRUCTURE, "Block"),
        ("<Month>9</Month>", "<Month>99</Month>", IK.UNREAD_VALUE, None),
        ('PartySubTypeID="3"', "", IK.UNKNOWN_KIND, None),
        ('NamePartTypeID="1525"', "", IK.UNRESOLVED_REFERENCE, "71"),
        ('AliasTypeID="1403" Primary="true"', 'AliasTypeID="1400" Primary="false"', IK.NO_PRIMARY_NAME, None),
    ],
)  # fmt: skip
def test_facts_that_no_file_states(
    old: str, new: str, kind: sl.answers.IssueKind, kept: str | None
) -> None:
    """What contradicts the rest, is missing or cannot be read is reported, and nothing is lost."""
    assert FULL.count(old) == 1
    found = faulty(FULL.replace(old, new).encode(), partial=True)
    assert kind in kinds(found)
    assert kept is None or kept in [value for _, value in values(found)]
    assert found["1"].name == "EXAMPLE 1"


def test_contradicting_entries() -> None:
    """An entry without a date, a party on the wrapper alone, a remark on it."""
    undated = re.sub("<Date .*?</Date>", "", entry(1), flags=re.DOTALL)
    found = faulty(advanced(plain(1), entries=undated))
    assert (found["1"].listed_since, found["1"].listings[0].list_name) == (None, "SDN List")
    assert ("EntryEvent@LegalBasisID", "Executive Order 13224 (Terrorism)") in values(found)
    found = faulty(advanced(plain(1), entries=entry(1, listed=91512)))
    assert (kinds(found), found["1"].listings) == ([IK.UNRESOLVED_REFERENCE], ())
    wrapped = entry(1, "70001", 91512).replace("<Comment />", "<Comment>for a reason</Comment>", 1)
    found = faulty(advanced(plain(1), entries=entry(1) + wrapped))
    assert values(found) == [("Comment", "for a reason")]


# ── facts, dates, places ──────────────────────────────────────────────────────────────────────

REMARK = "or 6 Dec 1961, says a passport"
BORN = period(*["1961-12-05"] * 4)
REMARK_DETAIL = f'<VersionDetail DetailTypeID="1430">{REMARK}</VersionDetail>'
TEXT = '<VersionDetail DetailTypeID="1432">EXAMPLE</VersionDetail>'
PLACE = f'<VersionDetail DetailTypeID="1433" />{ADDRESS}'
BESIDE = "date: 05 Dec 1961"


@pytest.mark.parametrize(
    ("kind", "inside", "field", "shown"),
    [
        (8, BORN + REMARK_DETAIL, "births", ("1961-12-05", REMARK)),
        (9, BORN + TEXT, "births", ("EXAMPLE", BESIDE)),
        (9, PLACE, "births", ("Perm, Russia", "CITY: Perm")),
        (10, BORN + PLACE, "nationalities", ("Perm, Russia", f"CITY: Perm; {BESIDE}")),
        (11, BORN, "features", ("Citizenship Country", "", "1961-12-05")),
        (224, BORN + LOOKUP, "features", ("Gender", "Male", "1961-12-05")),
        (13, BORN + TEXT, "identifiers", ("EXAMPLE", BESIDE)),
        (14, LOOKUP.replace(" />", ">also</VersionDetail>"), "features", ("Website", "Male", "None")),
        (14, "", "features", ("Website", "", "None")),
        (14, ADDRESS, "features", ("Website", "Perm, Russia", "None")),
    ],
)  # fmt: skip
def test_several_values_of_a_feature(
    kind: int, inside: str, field: str, shown: tuple[str, ...]
) -> None:
    """A date, a word, a text and a place of one fact are its value, its remark or a Feature."""
    there = ""
    if ADDRESS in inside:
        there = location(5, (1454, "Perm"), (1, "Russia"), rest=BACK)
    found = read(advanced(person(feature(1, 11, kind, inside)), locations=there))["1"]
    (one,) = getattr(found, field)
    if isinstance(one, sl.Feature):
        assert (one.label, one.value, str(one.date)) == shown
        return
    stated = [getattr(one, name, None) for name in ("date", "place", "country", "value")]
    (value,) = [each for each in stated if each is not None]
    assert (value.text if isinstance(value, sl.Place) else str(value), one.note) == shown


YEARS = ("1971-01-01", "1971-12-31", "1973-01-01", "1973-12-31")
ONE_END = period(*YEARS, approximate="true").replace(
    '<End Approximate="true', '<End Approximate="false'
)


@pytest.mark.parametrize(
    ("dates", "raw", "kind"),
    [
        (period("2020-01-01", "2020-01-01", "", ""), "from 01 Jan 2020", None),
        (period(*["1971-13-05"] * 4), " ".join(["1971-13-05"] * 4), IK.UNREAD_VALUE),
        (period(*YEARS[::-1]), " ".join(YEARS[::-1]), IK.UNREAD_VALUE),
        (ONE_END, "circa 1971 to 1973", IK.STRUCTURE),
    ],
)
def test_unusual_periods(dates: str, raw: str, kind: sl.answers.IssueKind | None) -> None:
    """An open one is read; days that cannot be, and one approximate end, are reported and kept."""
    data = advanced(person(feature(1, 11, 8, dates)))
    found = read(data) if kind is None else faulty(data)
    assert set(kinds(found)) == ({kind} if kind else set())
    (birth,) = found.get("1", kind=sl.Person).births
    assert birth.date is not None
    assert (birth.date.raw, birth.date.is_read) == (raw, kind is not IK.UNREAD_VALUE)


def test_documents_with_contradicting_dates() -> None:
    """A second date of issue, a date of an unknown type and one without days are kept."""
    issue = f'<DocumentDate IDRegDocDateTypeID="1480">{period(*["2020-01-01"] * 4)}</DocumentDate>'
    more = issue.replace("1480", "77") + issue.replace("2020", "2021")
    none = f'<DocumentDate IDRegDocDateTypeID="1481">{NO_DATES}</DocumentDate>'
    found = faulty(advanced(plain(1), documents=document(61, 1, "A1", rest=issue + more + none)))
    (number,) = found["1"].identifiers
    assert (str(number.issued), number.expires) == ("2020-01-01", None)
    assert {value for _, value in values(found)} >= {
        "77: 01 Jan 2020",
        "Issue Date: 01 Jan 2021",
        "Expiration Date",
    }


def test_programs_and_measures_are_of_the_party() -> None:
    """Entries repeat them; each is kept once in their order, and two that are alike are two."""
    more = "".join(
        f'<SanctionsMeasure ID="9" SanctionsTypeID="{kind}">{comment}{NO_DATES}</SanctionsMeasure>'
        for kind, comment in ((91505, ""), (91506, ""), (1, "<Comment>IFSR</Comment>"))
    )
    entries = entry(1).replace("    </SanctionsEntry>", f"{more}    </SanctionsEntry>")
    sets = SETS.replace(
        '<SanctionsType ID="91505">',
        '<SanctionsType ID="91506">13662 Sectoral Directive 2</SanctionsType><SanctionsType ID="91505">',
    )
    second = entry(1, "50001", 91507, program="IFSR")
    found = read(advanced(plain(1), entries=entries + second, sets=sets))["1"]
    assert found.programs == ("SDGT", "IFSR")
    assert [one.raw for one in found.measures] == [
        "Block",
        "13662 Sectoral Directive 1",
        "13662 Sectoral Directive 2",
    ]
    assert [one.title for one in found.legal_bases] == ["Executive Order 13224 (Terrorism)"]
    bare = read(advanced(plain(1), entries=entry(1).replace("<Comment>SDGT</Comment>", "")))
    assert [one.code for one in bare.audit.unknown_codes] == ["Program"] == list(bare["1"].programs)
