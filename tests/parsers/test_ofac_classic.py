"""OFAC's classic XML: its peculiarities, in small files."""

from __future__ import annotations

from pathlib import Path

import pytest
from classic_files import NEW, OLD, classic, plain
from faults import kinds

import sanctionslib as sl

EVERY = Path(__file__).parent / "data" / "every_element.xml"


def read(*entries: str) -> sl.SanctionsList[sl.Entity]:
    return sl.read(classic(*entries), list_id="us_ofac_sdn")


def ids(*values: tuple[str, str]) -> str:
    """An `idList` of (idType, idNumber)."""
    return "".join(
        f"<id><uid>{uid}</uid><idType>{label}</idType><idNumber>{value}</idNumber></id>"
        for uid, (label, value) in enumerate(values, 2)
    ).join(("<idList>", "</idList>"))


def tagged(tag: str, count: int = 1) -> bytes:
    """A file whose parties have this program."""
    program = f"<programList><program>{tag}</program></programList>"
    return classic(*(plain(uid, program) for uid in range(1, count + 1)))


@pytest.mark.parametrize("namespace", [OLD, NEW, ""])
def test_namespaces(namespace: str) -> None:
    """Both namespaces, and none, give the same entities."""
    text = EVERY.read_bytes().replace(NEW.encode(), namespace.encode())
    text = text if namespace else text.replace(b' xmlns=""', b"")
    every = sl.read(EVERY, list_id="us_ofac_sdn")
    assert tuple(sl.read(text, list_id="us_ofac_sdn")) == tuple(every)


# ── labelled facts ────────────────────────────────────────────────────────────────────────────


def test_label_in_no_table() -> None:
    """An unknown idType is a Feature without kind; it is counted, and its other values are kept."""
    found = sl.read(EVERY, list_id="us_ofac_sdn")
    feature = next(one for one in found["1"].features if one.label == "Tarjeta Profesional")
    assert (feature.kind, feature.value) == (None, "186785 (Abogado)")
    assert feature.note == "country: Colombia"
    assert [(one.path, one.label, one.count) for one in found.audit.unmapped] == [
        ("idList/id", "Tarjeta Profesional", 1)
    ]


def test_numbers_that_say_what_they_are() -> None:
    """The checksum identifies an IMO number without the word, and a valid LEI."""
    found = read(
        plain(
            1,
            ids(
                ("Legal Entity Number", "253400HYR3TTXXVHTV67"),
                ("Legal Entity Number", "852499097"),
                ("Vessel Registration Identification", "8606173"),
                ("Vessel Registration Identification", "8606174"),
                ("Diplomatic Passport", "D1"),
            ),
        )
    )
    numbers = found["1"].identifiers
    assert [one.kind for one in numbers[1:]] == [
        sl.IdentifierKind.REGISTRATION,
        sl.IdentifierKind.IMO,
        sl.IdentifierKind.VESSEL_REGISTRATION,
        sl.IdentifierKind.PASSPORT,
    ]
    assert numbers[-1].flags == (sl.model.DocumentFlag.DIPLOMATIC,)


def test_labelled_facts_without_a_field() -> None:
    """For another kind of party, with an unknown value, or with another element: a Feature."""
    facts = ids(("Gender", "Unknown"), ("Nationality of Registration", "Cuba"), ("Gender", "Male"))
    facts = facts.replace("Male</idNumber>", "Male</idNumber><issueDate>01 Jan 2020</issueDate>")
    person = plain(3, facts).replace("Entity</sdnType>", "Individual</sdnType>")
    with pytest.warns(sl.errors.FaultyEntriesWarning):
        found = read(plain(1, ids(("Gender", "Male"))), person)
    assert kinds(found) == [sl.answers.IssueKind.UNREAD_VALUE]  # Unknown
    gender = sl.FeatureKind.GENDER
    assert [(one.kind, one.value) for one in found["1"].features] == [(gender, "Male")]
    assert found.get("3", kind=sl.Person).genders == (sl.Gender.MALE,)
    assert [(one.kind, one.value, one.note) for one in found["3"].features] == [
        (gender, "Unknown", None),
        (sl.FeatureKind.REGISTRATION_COUNTRY, "Cuba", None),
        (gender, "Male", "issued: 01 Jan 2020"),
    ]


# ── links ─────────────────────────────────────────────────────────────────────────────────────


def test_links() -> None:
    """Links are read by name; brackets of a name stay its own; an unknown name stays unresolved."""
    found = sl.read(EVERY, list_id="us_ofac_sdn")
    names = [relation.to.name for relation in found["1"].relations]
    assert names == ["EXAMPLE FIRM (OFF-SHORE)", "NOT IN THIS FILE"]
    inside, outside = found.why("1").linked_to
    assert [one.source_id for one in inside.targets] == ["2"]
    assert outside.targets == ()
    assert [link.source.source_id for link in found.why("2").linked_from] == ["1"]


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
    """A link that is only partly read is reported, so that its absence is visible."""
    with pytest.warns(sl.errors.FaultyEntriesWarning):
        found = read(plain(1, f"<remarks>{remarks}</remarks>"))
    assert kinds(found) == [sl.answers.IssueKind.UNREAD_VALUE]
    assert found["1"].remarks == remarks


def test_entry_without_primary_name() -> None:
    """One that has aliases is kept under the first, so that it can still be found."""
    alias = "<aka><uid>3</uid><type>a.k.a.</type><lastName>EXAMPLE ALIAS</lastName></aka>"
    nameless = plain(2, f"<akaList>{alias}</akaList>").replace("<lastName>EXAMPLE 2</lastName>", "")
    with pytest.warns(sl.errors.FaultyEntriesWarning):
        found = read(nameless)
    assert found["2"].name == "EXAMPLE ALIAS"
    assert kinds(found) == [sl.answers.IssueKind.NO_PRIMARY_NAME]


# ── which list ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "list_id"),
    [
        ("SDN.XML", "us_ofac_sdn"),
        ("sdnlist (1).xml", "us_ofac_sdn"),
        ("us_ofac_sdn_2021-12-10.xml", "us_ofac_sdn"),
        ("consignees_sdn.xml", "us_ofac_sdn"),
        ("CONSOLIDATED_2020-03-17.xml", "us_ofac_cons"),
        ("cons.xml", "us_ofac_cons"),
    ],
)
def test_list_by_file_name(tmp_path: Path, name: str, list_id: str) -> None:
    """Only the words "sdn" and "cons", "consolidated" in a file name tell the list."""
    (tmp_path / name).write_bytes(tagged("SDGT" if list_id == "us_ofac_sdn" else "NS-PLC"))
    found = sl.read(tmp_path / name)
    assert found.editions[0].list_id == list_id
    named = [one.list_name for one in found["1"].listings]
    assert named == (["SDN List"] if list_id == "us_ofac_sdn" else [])


def test_list_by_programs() -> None:
    """Bytes are SDN where most parties have no tag of another list; the first one does not count."""
    other = "<programList><program>NS-PLC</program></programList>"
    sdn = classic(plain(1, other), *(plain(uid) for uid in range(2, 31)))
    for data in (tagged("SDGT"), sdn):
        assert sl.read(data).editions[0].list_id == "us_ofac_sdn"
    mixed = classic(plain(1), *(plain(uid, other) for uid in range(2, 31)))
    for data in (tagged("NS-PLC"), mixed):
        with pytest.raises(sl.InvalidInputError, match="by the programs"):
            sl.read(data)


@pytest.mark.parametrize("count", [1, 30])
def test_name_against_content(tmp_path: Path, count: int) -> None:
    """A file whose name and content contradict is rejected, unless the caller names the list."""
    path = tmp_path / "consolidated.xml"
    path.write_bytes(tagged("SDGT", count))
    with pytest.raises(sl.InvalidInputError, match="not us_ofac_cons, as the file name"):
        sl.read(path)
    assert sl.read(path, list_id="us_ofac_cons").editions[0].list_id == "us_ofac_cons"


def test_list_inferred_in_why_alone(tmp_path: Path) -> None:
    """The suggestions of the tags of the non-SDN file are in `why`, and never in the entity."""
    path = tmp_path / "CONSOLIDATED.XML"
    path.write_bytes(tagged("NS-PLC"))
    found = sl.read(path)
    (inferred,) = found.why("1").inferred
    assert inferred.value == "Non-SDN Palestinian Legislative Council List"
    assert "NS-PLC" in inferred.reason
    with pytest.raises(sl.NotStatedError):
        found.where(named_list="NS-PLC")
