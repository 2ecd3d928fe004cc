"""OFAC's classic XML: entries at fault are reported, and nothing else is lost."""

from __future__ import annotations

import pytest
from classic_files import classic, plain

import sanctionslib as sl


def read(*entries: str, **header: str | int | None) -> sl.SanctionsList[sl.Entity]:
    return sl.read(classic(*entries, **header), list_id="us_ofac_sdn")


def faulty(*entries: str, **header: str | int | None) -> sl.SanctionsList[sl.Entity]:
    with pytest.warns(sl.FaultyEntriesWarning):
        return read(*entries, **header)


def kinds(found: sl.SanctionsList[sl.Entity]) -> list[sl.IssueKind]:
    return [issue.kind for issue in found.audit.issues]


def test_entry_without_primary_name() -> None:
    """One that has aliases is kept under the first, so that it can still be found."""
    found = faulty(
        "<sdnEntry><uid>2</uid><sdnType>Entity</sdnType><akaList><aka><uid>3</uid>"
        "<type>a.k.a.</type><category>strong</category><lastName>EXAMPLE ALIAS</lastName>"
        "</aka></akaList></sdnEntry>"
    )
    assert found["2"].name == "EXAMPLE ALIAS"
    assert kinds(found) == [sl.IssueKind.NO_PRIMARY_NAME]


def test_duplicate_uid_of_one_kind() -> None:
    """Two records of one id and name are one party with the values and designations of both."""
    found = faulty(
        plain(1),
        "<sdnEntry><uid>1</uid><lastName>EXAMPLE 1</lastName><sdnType>Entity</sdnType>"
        "<programList><program>CUBA</program></programList><akaList><aka><uid>2</uid>"
        "<type>a.k.a.</type><category>strong</category><lastName>EXAMPLE OTHER</lastName>"
        "</aka></akaList></sdnEntry>",
    )
    (entity,) = found
    assert [name.text for name in entity.names] == ["EXAMPLE 1", "EXAMPLE OTHER"]
    assert found.editions[0].missing == ()
    assert [one.programs for one in entity.designations] == [("SDGT",), ("CUBA",)]
    assert len(entity.origins) == 2
    assert kinds(found) == [sl.IssueKind.DUPLICATE_ID]


def test_duplicate_uid_of_two_names() -> None:
    """Two parties under one id are both kept, for merging them would hide one."""
    found = faulty(
        plain(1),
        "<sdnEntry><uid>1</uid><lastName>EXAMPLE OTHER</lastName><sdnType>Entity</sdnType></sdnEntry>",
    )
    assert [(one.source_id, one.name) for one in found] == [
        ("1", "EXAMPLE 1"),
        ("~1", "EXAMPLE OTHER"),
    ]
    assert kinds(found) == [sl.IssueKind.DUPLICATE_ID]


def test_duplicate_uid_of_two_kinds() -> None:
    """A person and a ship are never merged: the second keeps a key of its own."""
    found = faulty(
        plain(1),
        "<sdnEntry><uid>1</uid><lastName>EXAMPLE STAR</lastName><sdnType>Vessel</sdnType></sdnEntry>",
    )
    assert [(one.source_id, one.kind) for one in found] == [("1", "organization"), ("~1", "vessel")]
    assert kinds(found) == [sl.IssueKind.DUPLICATE_ID]


@pytest.mark.parametrize(
    "remarks",
    [
        "Linked To: EXAMPLE A",
        "(linked to: EXAMPLE A)",
        "(Linked To:EXAMPLE A)",
        "(Linked To: EXAMPLE A). More text",
        "(Linked To: EXAMPLE A) (Linked To: EXAMPLE B)",
        "(Linked To: EXAMPLE A; some text)",
    ],
)
def test_links_in_a_form_that_we_do_not_know(remarks: str) -> None:
    """A link that is not read cleanly is reported, so that "no link" is not said of it in silence."""
    found = faulty(plain(1, f"<remarks>{remarks}</remarks>"))
    assert kinds(found) == [sl.IssueKind.UNREAD_VALUE]
    assert found["1"].remarks == remarks


def test_numbers_that_say_what_they_are() -> None:
    """An IMO number without the word is told by its checksum, and so is a true LEI."""
    found = read(
        plain(
            1,
            "<idList><id><uid>2</uid><idType>Legal Entity Number</idType>"
            "<idNumber>253400HYR3TTXXVHTV67</idNumber></id><id><uid>3</uid>"
            "<idType>Legal Entity Number</idType><idNumber>852499097</idNumber></id><id><uid>4</uid>"
            "<idType>Vessel Registration Identification</idType><idNumber>8606173</idNumber></id>"
            "<id><uid>5</uid><idType>Vessel Registration Identification</idType>"
            "<idNumber>8606174</idNumber></id><id><uid>6</uid><idType>Diplomatic Passport</idType>"
            "<idNumber>D1</idNumber></id></idList>",
        )
    )
    numbers = found["1"].identifiers
    assert [one.kind for one in numbers[1:]] == [
        sl.IdentifierKind.REGISTRATION,
        sl.IdentifierKind.IMO,
        sl.IdentifierKind.VESSEL_REGISTRATION,
        sl.IdentifierKind.PASSPORT,
    ]
    assert numbers[-1].flags == (sl.DocumentFlag.DIPLOMATIC,)


def test_unknown_kind() -> None:
    """An unknown sdnType gives a plain Entity that keeps the word."""
    found = faulty(
        "<sdnEntry><uid>1</uid><lastName>EXAMPLE</lastName><sdnType>Submarine</sdnType></sdnEntry>"
    )
    assert type(found["1"]) is sl.Entity
    assert found["1"].raw_kind == "Submarine"
    assert kinds(found) == [sl.IssueKind.UNKNOWN_KIND]


def test_unknown_program_alias_type_and_country() -> None:
    """Codes that our tables do not have are kept verbatim and counted; that is no fault."""
    found = read(
        plain(
            1,
            "<programList><program>NEW-EO99999</program></programList><akaList><aka><uid>2</uid>"
            "<type>p.k.a.</type><category>medium</category><lastName>EXAMPLE</lastName></aka>"
            "</akaList><addressList><address><uid>3</uid><country>Utopia</country></address>"
            "</addressList>",
        )
    )
    alias = found["1"].names[1]
    assert (alias.kind, alias.raw_kind) == (None, "p.k.a.")
    assert (alias.strength, alias.raw_strength) == (sl.AliasStrength.UNSTATED, "medium")
    assert found["1"].addresses[0].country == sl.Country(raw="Utopia")
    assert {(one.vocabulary, one.code) for one in found.audit.unknown_codes} == {
        ("program", "NEW-EO99999"),
        ("alias type", "p.k.a."),
        ("alias category", "medium"),
        ("country", "Utopia"),
    }
    assert not found.audit.issues


def test_a_new_element_is_one_issue() -> None:
    """An element that the format has gained is reported once, and counted as often as it stands."""
    found = faulty(*(plain(uid, f"<risk>{uid}</risk>") for uid in range(1, 101)))
    assert kinds(found) == [sl.IssueKind.STRUCTURE]
    assert [(one.path, one.count, one.sample) for one in found.audit.unmapped] == [
        ("risk", 100, "1")
    ]
    assert all(one.features[0].value == one.source_id for one in found)


def test_value_that_cannot_be_read() -> None:
    """A date or number in an unknown form stays as text and is reported."""
    found = faulty(
        "<sdnEntry><uid>1</uid><lastName>EXAMPLE</lastName><sdnType>Individual</sdnType>"
        "<dateOfBirthList><dateOfBirthItem><uid>2</uid><dateOfBirth>early 1970s</dateOfBirth>"
        "<mainEntry>maybe</mainEntry></dateOfBirthItem></dateOfBirthList></sdnEntry>",
        "<sdnEntry><uid>3</uid><lastName>EXAMPLE STAR</lastName><sdnType>Vessel</sdnType>"
        "<vesselInfo><tonnage>12,000</tonnage></vesselInfo></sdnEntry>",
    )
    person, ship = found.get("1", kind=sl.Person), found.get("3", kind=sl.Vessel)
    assert person.births[0].date == sl.PartialDate(raw="early 1970s")
    assert person.births[0].primary is None
    assert [one.value for one in person.features] == ["maybe"]
    assert ship.tonnage is None
    assert [one.value for one in ship.features] == ["12,000"]
    assert kinds(found) == [sl.IssueKind.UNREAD_VALUE] * 3


def test_labelled_facts_of_another_kind() -> None:
    """A fact whose field this kind of party has not, or with an unknown value, is a Feature.

    One with something beside its value, for which the field has no room, is a Feature too.
    """
    found = read(
        plain(
            1,
            "<idList><id><uid>2</uid><idType>Gender</idType><idNumber>Male</idNumber></id></idList>",
        ),
        "<sdnEntry><uid>3</uid><lastName>EXAMPLE</lastName><sdnType>Individual</sdnType><idList>"
        "<id><uid>4</uid><idType>Gender</idType><idNumber>Unknown</idNumber></id>"
        "<id><uid>5</uid><idType>Nationality of Registration</idType><idNumber>Cuba</idNumber></id>"
        "<id><uid>6</uid><idType>Gender</idType><idNumber>Male</idNumber>"
        "<issueDate>01 Jan 2020</issueDate></id></idList></sdnEntry>",
    )
    assert [(one.kind, one.value) for one in found["1"].features] == [
        (sl.FeatureKind.GENDER, "Male")
    ]
    person = found.get("3", kind=sl.Person)
    assert person.genders == (sl.Gender.MALE,)
    assert [(one.kind, one.value, one.note) for one in person.features] == [
        (sl.FeatureKind.GENDER, "Unknown", None),
        (sl.FeatureKind.REGISTRATION_COUNTRY, "Cuba", None),
        (sl.FeatureKind.GENDER, "Male", "issueDate: 01 Jan 2020"),
    ]
