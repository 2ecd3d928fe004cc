"""OFAC's enhanced XML: what is at fault is reported or refused, and nothing else is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from enhanced_files import DELTA, NAME, SDN, enhanced, feature, period, plain
from faults import kinds

import sanctionslib as sl

PERSON = '<identityId>1</identityId><entityType refId="600">Individual</entityType>'


def read(*entities: str) -> sl.SanctionsList[sl.Entity]:
    return sl.read(enhanced(*entities))


def faulty(*entities: str, data: bytes | None = None) -> sl.SanctionsList[sl.Entity]:
    with pytest.warns(sl.FaultyEntriesWarning):
        return sl.read(data if data is not None else enhanced(*entities))


def kept(found: sl.SanctionsList[sl.Entity], uid: str = "1") -> list[tuple[str, str]]:
    """What was kept as Features without kind."""
    return [(one.label, one.value) for one in found[uid].features if one.kind is None]


# Entities


def test_plain_has_no_fault() -> None:
    """The small entity that the other tests change is a good one."""
    found = read(plain(1), plain(2))
    assert found.audit.issues == ()
    assert (found.audit.read, found.audit.built, found.audit.unknown_codes) == (2, 2, ())


def test_entity_without_id_and_twice_the_same() -> None:
    """One without an id gets a key that we build; one id twice is one party or two."""
    found = faulty(plain(1).replace(' id="1"', "", 1))
    assert found[0:1][0:1].editions == found.editions
    assert [one.id for one in found] == ["us_ofac_sdn:~example-1"]
    assert kinds(found) == [sl.IssueKind.NO_ID]
    again = faulty(plain(1), plain(1, program="CUBA"))
    assert [one.programs for one in again["1"].designations] == [("SDGT",), ("CUBA",)]
    assert kinds(again) == [sl.IssueKind.DUPLICATE_ID]
    two = faulty(plain(1), plain(1, names=NAME.format(uid=7)))
    assert [(one.source_id, one.name) for one in two] == [("1", "EXAMPLE 1"), ("~1", "EXAMPLE 7")]


def test_no_primary_name_and_two() -> None:
    """Neither is guessed at: the first name stands first, and the audit says so."""
    alias = NAME.replace("<isPrimary>true", "<isPrimary>false", 1)
    for names in (alias.format(uid=1), NAME.format(uid=1) + NAME.format(uid=2)):
        found = faulty(plain(1, names=names))
        assert found["1"].name == "EXAMPLE 1"
        assert kinds(found) == [sl.IssueKind.NO_PRIMARY_NAME]


def test_unknown_kind() -> None:
    """A party of a kind that we do not know is a plain Entity, with the word for it."""
    data = enhanced(plain(1)).replace(b">Entity<", b">Spaceship<")
    found = faulty(data=data)
    assert type(found["1"]) is sl.Entity
    assert found["1"].raw_kind == "Spaceship"
    assert kinds(found) == [sl.IssueKind.UNKNOWN_KIND]


def test_codes_without_a_counterpart() -> None:
    """Words that our tables do not have are kept verbatim and counted."""
    data = enhanced(plain(1, lists=SDN.replace("SDN List", "New List")), lists=("New List",))
    data = data.replace(b"Block", b"New Measure").replace(b"SDGT", b"NEW-TAG")
    data = data.replace(b">Latin<", b">Klingon<").replace(b">Entity Name<", b">Clan Name<")
    data = data.replace(
        b'refId="1550"><type>ENTITY LISTING TYPE</type><value>SDN List',
        b'refId="1550"><type>ENTITY LISTING TYPE</type><value>New List',
    )
    found = faulty(data=data)
    assert found.editions[0].list_id == "us_ofac_sdn", "by its number"
    assert {(one.vocabulary, one.code) for one in found.audit.unknown_codes} == {
        ("list", "New List"),
        ("measure", "New Measure"),
        ("program", "NEW-TAG"),
        ("script", "Klingon"),
        ("name part", "Clan Name"),
    }
    entity = found["1"]
    assert entity.listings[0].list_name == "New List"
    assert entity.measures == (sl.Measure(kind=None, raw="New Measure"),)
    assert entity.names[0].parts == ()
    assert ("names/name/translations/translation/nameParts/namePart/value", "Example 1") in kept(
        found
    )
    assert ("names/name/translations/translation/script", "Klingon") in kept(found)


# The file's own tables


def test_word_against_the_table() -> None:
    """A word that is not the one of its number is reported; it is kept as it stands."""
    data = enhanced(plain(1)).replace(b'id="5">SDGT<', b'id="5">CUBA<')
    found = faulty(data=data)
    assert found["1"].programs == ("CUBA",)
    assert kinds(found) == [sl.IssueKind.DANGLING]
    assert "'CUBA' at sanctionsPrograms/sanctionsProgram is 'SDGT'" in found.audit.issues[0].message


def test_number_that_is_in_no_table() -> None:
    """So is a number that the file does not explain, of a word or of a label; once for each."""
    data = enhanced(plain(1), plain(2)).replace(b'refId="204" id', b'refId="8888" id')
    found = faulty(data=data)
    assert kinds(found) == [sl.IssueKind.DANGLING]
    assert "8888" in found.audit.issues[0].message
    label = faulty(plain(1, f"<features>{feature('Equity Ticker', 'EX')}</features>"))
    assert kinds(label) == [sl.IssueKind.DANGLING]
    assert label["1"].identifiers[0].kind is sl.IdentifierKind.TICKER


def test_number_without_a_word() -> None:
    """A number alone is read by the file's own table, and reported."""
    data = enhanced(plain(1)).replace(b'id="6">Block<', b'id="6"><')
    found = faulty(data=data)
    assert found["1"].measures == (sl.Measure(kind=sl.MeasureKind.ASSET_FREEZE),)
    assert kinds(found) == [sl.IssueKind.DANGLING]


def test_table_with_two_words_for_one_number() -> None:
    """A table that contradicts itself is reported."""
    data = enhanced(plain(1)).replace(b'refId="205"', b'refId="204"', 1)
    found = faulty(data=data)
    assert sl.IssueKind.STRUCTURE in kinds(found)


# Dates and flags


def test_date_that_is_no_day() -> None:
    """A listing date or a day in another form is kept as text and reported."""
    found = faulty(plain(1, lists=SDN.replace("2020-01-02", "2 January 2020")))
    (listing,) = found["1"].listings
    assert listing.events[0].date.raw == "2 January 2020"
    assert not listing.events[0].date.is_read
    assert kinds(found) == [sl.IssueKind.UNREAD_VALUE]
    days = period("valueDate", "1970-01-01Z 1970-01-01 1970-12-31 1970-12-31")
    bad = faulty(
        plain(1, f"<features>{feature('Birthdate', '1970', days)}</features>", info=PERSON)
    )
    birth = bad.get("1", kind=sl.Person).births[0]
    assert birth.date is not None
    assert (birth.date.is_read, birth.date.raw) == (False, "1970")
    assert ("features/feature/valueDate/fromDateBegin", "1970-01-01Z") in kept(bad)
    assert sl.IssueKind.UNREAD_VALUE in kinds(bad)


def test_text_against_the_four_days() -> None:
    """Where text and days disagree both are kept, the days as the date."""
    days = period("valueDate", "1970-01-01 1970-01-01 1970-12-31 1970-12-31")
    found = faulty(
        plain(1, f"<features>{feature('Birthdate', '1971', days)}</features>", info=PERSON)
    )
    birth = found.get("1", kind=sl.Person).births[0]
    assert birth.date == sl.PartialDate.year(1970)
    assert birth.date is not None
    assert birth.date.raw == "1971"
    assert kinds(found) == [sl.IssueKind.UNREAD_VALUE]


def test_flag_that_is_neither() -> None:
    """A flag that is neither true nor false is kept as text; 1 and 0 are flags too."""
    found = faulty(plain(1, f"<features>{feature(primary='perhaps')}</features>"))
    assert kept(found) == [("features/feature/isPrimary", "perhaps")]
    assert kinds(found) == [sl.IssueKind.UNREAD_VALUE]
    data = enhanced(plain(1)).replace(b"<isPrimary>true<", b"<isPrimary>1<")
    assert sl.read(data).audit.issues == ()


def test_date_beside_a_value_that_has_no_room_for_it() -> None:
    """A date beside a place of birth goes into its note."""
    days = period("valueDate", "1970-01-01 1970-01-01 1970-12-31 1970-12-31")
    found = sl.read(
        enhanced(
            plain(1, f"<features>{feature('Place of Birth', '1970', days)}</features>", info=PERSON)
        )
    )
    assert found.get("1", kind=sl.Person).births[0].note == "date: 1970"


# Names, addresses and documents


def test_formatted_pieces_that_do_not_fit() -> None:
    """The pieces of a name that are not those of its text are kept beside it."""
    data = enhanced(plain(1)).replace(b"LastName>EXAMPLE 1<", b"LastName>OTHER<")
    found = faulty(data=data)
    assert found["1"].name == "EXAMPLE 1"
    assert kept(found) == [("names/name/translations/translation/formattedLastName", "OTHER")]


def test_two_main_translations() -> None:
    """Which form is the main one is not guessed at."""
    inner = NAME.format(uid=1)
    start, end = inner.index("<translation "), inner.index("</translations>")
    found = faulty(
        plain(1, names=inner[:end] + inner[start:end].replace("EXAMPLE", "OTHER") + inner[end:])
    )
    assert [one.text for one in found["1"].names] == ["EXAMPLE 1", "OTHER 1"]
    assert kinds(found) == [sl.IssueKind.STRUCTURE]


def test_part_of_an_address_twice() -> None:
    """A second city, and a part of an unknown type, are kept as Features."""
    part = '<addressPart id="1"><type>{}</type><value>{}</value></addressPart>'
    parts = part.format("CITY", "A") + part.format("CITY", "B") + part.format("GALAXY", "C")
    found = faulty(
        plain(
            1,
            '<addresses><address id="4"><translations><translation id="5"><isPrimary>true'
            f"</isPrimary><script>Latin</script><addressParts>{parts}</addressParts></translation>"
            "</translations></address></addresses>",
        )
    )
    assert [one.city for one in found["1"].addresses] == ["A"]
    path = "addresses/address/translations/translation/addressParts/addressPart"
    assert kept(found) == [
        (f"{path}@id", "1"),
        (f"{path}/value", "B"),
        (f"{path}/type", "CITY"),
        (f"{path}/GALAXY", "C"),
    ]


def test_pieces_without_what_makes_them() -> None:
    """A name without a form or a text, a list or tag without a word, a link to nobody: all kept."""
    bare = '<name id="71"><isPrimary>false</isPrimary><isLowQuality>false</isLowQuality>{}</name>'
    empty = bare.format(
        '<translations><translation id="72"><isPrimary>true</isPrimary></translation></translations>'
    )
    found = faulty(plain(1, names=NAME.format(uid=1) + bare.format("") + empty))
    assert [one.text for one in found["1"].names] == ["EXAMPLE 1"]
    assert ("names/name@id", "71") in kept(found)
    assert ("names/name/translations/translation@id", "72") in kept(found)
    wordless = '<sanctionsList id="73" datePublished="2020-01-02"/>'
    found = faulty(plain(1, lists=SDN + wordless))
    assert len(found["1"].listings) == 1
    assert ("sanctionsLists/sanctionsList@datePublished", "2020-01-02") in kept(found)
    data = enhanced(plain(1)).replace(b' refId="1705" id="6">Block<', b' id="6"><')
    found = faulty(data=data)
    assert found["1"].measures == ()
    assert kept(found) == [("sanctionsTypes/sanctionsType@id", "6")]
    link = (
        '<relationships><relationship id="74"><type refId="1">Associate Of</type><quality '
        'refId="2">High</quality></relationship></relationships>'
    )
    found = faulty(plain(1, link))
    assert found["1"].relations == ()
    assert ("relationships/relationship/quality", "High") in kept(found)


def test_two_countries_of_an_address() -> None:
    """The schema has two places for the country: where they differ both are kept."""
    address = (
        '<addresses><address id="4"><country>Iran</country><translations><country>Cuba</country>'
        '<translation id="5"><isPrimary>true</isPrimary></translation></translations></address>'
        "</addresses>"
    )
    found = faulty(plain(1, address))
    assert [one.country for one in found["1"].addresses] == [sl.Country(code="IR")]
    assert kept(found) == [("addresses/address/translations/country", "Cuba")]
    same = sl.read(enhanced(plain(1, address.replace("Cuba", "Iran"))))
    assert same.audit.issues == ()


def test_period_without_days() -> None:
    """A date element without days is reported, and its flags are kept."""
    days = period("valueDate", "- - - -")
    found = faulty(plain(1, f"<features>{feature('Website', 'x', days)}</features>"))
    assert kinds(found) == [sl.IssueKind.UNREAD_VALUE]
    assert ("features/feature/valueDate/isApproximate", "false") in kept(found)


def document(name: str) -> str:
    return (
        '<identityDocuments><identityDocument id="60"><type refId="1571">Passport</type>'
        f"{name}<documentNumber>X1</documentNumber><isValid>true</isValid></identityDocument>"
        "</identityDocuments>"
    )


def test_document_of_a_name_that_is_not_there() -> None:
    """A document bound to a name that the party does not have keeps what the file says of it."""
    good = '<name nameId="11" nameTranslationId="21">EXAMPLE 1</name>'
    assert read(plain(1, document(good))).audit.issues == ()
    found = faulty(plain(1, document(good.replace("21", "99"))))
    assert found["1"].identifiers[0].name_id == "99"
    assert kinds(found) == [sl.IssueKind.DANGLING]
    assert ("identityDocuments/identityDocument/name", "EXAMPLE 1") in kept(found)


# Whole files


GOOD = enhanced(plain(1), plain(2))


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (enhanced(plain(1), namespace=DELTA), sl.UnknownFormatError, "delta file is no edition"),
        (enhanced(), sl.IncompleteEditionError, "without any entry"),
        (enhanced(plain(1), as_of=None), sl.StructureChangedError, "dataAsOf"),
        (enhanced(plain(1), as_of="10/01/2025"), sl.StructureChangedError, "dataAsOf"),
        (enhanced(plain(1), as_of="2025-02-30T00:00:00"), sl.StructureChangedError, "dataAsOf"),
        (
            GOOD.replace(
                b"</entities>", b"</entities><entities>" + plain(3).encode() + b"</entities>"
            ),
            sl.StructureChangedError,
            "second section",
        ),
        (
            GOOD.replace(
                b"</entities>",
                b"</entities><publicationInfo><dataAsOf>2025-01-10</dataAsOf></publicationInfo>",
            ),
            sl.StructureChangedError,
            "after the first entity|second section",
        ),
        (
            GOOD.replace(b"<referenceValues>", b"<publicationInfo/><referenceValues>"),
            sl.StructureChangedError,
            "second time",
        ),
        (b"<entities><thing/></entities>", sl.UnknownFormatError, "<entities>"),
    ],
)
def test_whole_file_faults(data: bytes, error: type[sl.SanctionsError], says: str) -> None:
    """Each fault of a whole file has its own error, which names it and says what to do."""
    with pytest.raises(error, match=says) as caught:
        sl.read(data)
    assert type(caught.value) is error
    assert caught.value.hint


def test_partial() -> None:
    """partial=True reads a file without date or entities, and says so."""
    with pytest.warns(sl.UndatedEditionWarning), pytest.warns(sl.FaultyEntriesWarning):
        found = sl.read(enhanced(as_of=None), partial=True)
    assert kinds(found) == [sl.IssueKind.EDITION] * 2
    assert (len(found), found.editions[0].published) == (0, None)
    assert found.editions[0].missing == ("any entry",)


def test_entity_of_another_file() -> None:
    """A party that is on none of the lists, or under none of the programs, that the file is of."""
    foreign = SDN.replace("1550", "91507").replace(
        "SDN List", "Sectoral Sanctions Identifications List"
    )
    found = faulty(plain(1), plain(2, lists=foreign))
    assert [(one.kind, one.where.entry) for one in found.audit.issues] == [
        (sl.IssueKind.EDITION, "2")
    ]
    assert "put together of two files" in found.audit.issues[0].message
    data = enhanced(plain(1), plain(2, program="CUBA"), programs=("CUBA",))
    assert [one.where.entry for one in faulty(data=data).audit.issues] == ["1"]
    with pytest.raises(sl.ParseError):
        sl.read(data, strict=True)


def test_list_that_nobody_knows(tmp_path: Path) -> None:
    """A filter by an unknown list tells no list: its parties do; they are reported, and no whole list."""
    data = enhanced(plain(1), lists=("SDM List",))
    (tmp_path / "cons.xml").write_bytes(data)
    with pytest.warns(sl.FaultyEntriesWarning):
        found = sl.read(tmp_path / "cons.xml")
    (edition,) = found.editions
    assert (edition.list_id, edition.scope) == ("us_ofac_sdn", sl.Scope.CUSTOM)
    assert edition.filter == "list SDM List"
    assert kinds(found) == [sl.IssueKind.EDITION]
