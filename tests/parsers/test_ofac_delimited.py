"""OFAC's flat files: small sets, written by hand, against values that can be read off them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import attrs
import pytest
from delimited_files import (
    COLUMNS,
    DAY,
    SAME_DAY,
    delimited,
    long,
    partly,
    party,
    read,
    row,
)
from faults import kinds

import sanctionslib as sl
from sanctionslib.parsers.ofac.remarks import SegmentKind, linked_names, segments

HERE = Path(__file__).parent


def same_day() -> sl.SanctionsList[sl.Entity]:
    return sl.read(SAME_DAY, published=DAY, records=True)


def test_every_column_is_met() -> None:
    """The table has each column in its place, and the files of the golden test fill it, but for the
    remarks that OFAC never fills.
    """
    from sanctionslib.parsers.ofac.flat import FORMAT

    met = {path for entity in same_day() for path, _ in entity.record or ()}
    columns = [f"{member}/{one}" for member, names in COLUMNS.items() for one in names]
    assert list(FORMAT.path_rules) == columns
    assert set(columns) - met == {"ADD/Add_remarks", "ALT/alt_remarks"}


# The classic file of the same day


def quotes(value: str | None) -> str:
    """Text as the CSV prints it, where a double quote would end the cell."""
    return (value or "").replace('"', "'")


def named(names: Sequence[sl.Name]) -> Counter[tuple[object, ...]]:
    return Counter((quotes(one.text), one.kind, one.strength) for one in names)


def notes(remarks: str | None) -> list[str]:
    """The free text of remarks: what is left without the links that SDN.XML brackets."""
    text = remarks or ""
    links = "; ".join(f"Linked To: {name}" for name in linked_names(text))
    assert not links or f"({links})" in text
    return [one for one in text.replace(f"({links})", "").split("; ") if one]


def facts(features: Sequence[sl.Feature]) -> Counter[sl.Feature]:
    return Counter(one for one in features if one.kind is not None)


def test_agrees_with_the_classic_file_of_the_same_day() -> None:
    """A dozen parties, written twice: each field that both formats state is the same."""
    with pytest.warns(sl.FaultyEntriesWarning, match="BRANCH"):  # a name with a semicolon
        classic = sl.read(HERE / "data" / "same_day.xml", list_id="us_ofac_sdn")
    flat = same_day()
    assert [one.id for one in classic] == [one.id for one in flat]
    assert len(flat) == 12
    for old, new in zip(classic, flat, strict=True):
        compare(old, new)


def compare(old: sl.Entity, new: sl.Entity) -> None:
    assert type(old) is type(new)
    as_printed = {"tonnage", "gross_tonnage", "length", "genders"}
    done = {"id", "edition", "origins", "record", "raw_kind", "id_space", *as_printed}
    for field in as_printed & attrs.fields_dict(type(old)).keys():
        assert getattr(old, field) == getattr(new, field)

    assert quotes(old.name) == new.name
    assert named(old.names) == named(new.names)
    # City and state are one column, so that only the whole text can be compared.
    assert [quotes(one.text) for one in old.addresses] == [one.text for one in new.addresses]
    assert [one.country for one in old.addresses] == [one.country for one in new.addresses]
    assert [one.source_id for one in old.addresses] == [one.source_id for one in new.addresses]
    assert Counter(old.identifiers) == Counter(new.identifiers)
    assert [one.to.name for one in old.relations] == [one.to.name for one in new.relations]
    assert [one.kind for one in old.relations] == [one.kind for one in new.relations]
    assert old.designations == new.designations
    done |= {"names", "addresses", "identifiers", "relations", "designations"}

    # What SDN.XML leaves as free text of its remarks, the CSV has too; there more of it is read.
    left = notes(old.remarks)
    read = segments("; ".join(left))
    labelled = Counter(
        sl.Feature(label=one.label or one.known.label, value=one.value, kind=one.known.feature)
        for one in read
        if one.known is not None
    )
    assert facts(old.features) + labelled == facts(new.features)
    free = [one.value for one in new.features if one.kind is None]
    unread = [one.value for one in read if one.kind is SegmentKind.FREE]
    unread += [
        f"{one.label} {one.value} ({(one.note or '').removeprefix('idCountry: ')})"
        for one in old.features
        if one.kind is None
    ]
    assert free == unread
    assert all(note in (new.remarks or "") for note in left)
    done |= {"features", "remarks"}

    if isinstance(old, sl.Person) and isinstance(new, sl.Person):
        assert tuple(map(quotes, old.titles)) == new.titles
        assert births(old) == births(new)
        for field in ("nationalities", "citizenships"):
            assert countries(old, field) == countries(new, field)
        done |= {"titles", "births", "nationalities", "citizenships", "positions"}
    several = set(attrs.fields_dict(type(old))) - done
    assert several <= {
        "established", "types", "registered_in", "flags", "former_flags", "owners",
        "former_owners", "built", "models", "operators",
    }  # fmt: skip
    for field in several:
        assert getattr(old, field) == getattr(new, field), field


def births(person: sl.Person) -> Counter[tuple[object, ...]]:
    """ "alt." says that a birth is not the main one; without it the CSV does not say that it is."""
    return Counter((one.date, one.place, one.primary is False) for one in person.births)


def countries(person: sl.Person, field: str) -> list[tuple[object, ...]]:
    return [(one.country, one.primary is False) for one in getattr(person, field)]


# Columns


def test_kinds() -> None:
    """A party without SDN_Type is an organization; an unknown word gives a plain Entity."""
    found = partly(delimited(party(1), party(2, kind="vessel"), party(3, kind="submarine")))
    assert [type(one) for one in found] == [sl.Organization, sl.Vessel, sl.Entity]
    assert [one.raw_kind for one in found] == ["", "vessel", "submarine"]
    assert kinds(found) == [sl.IssueKind.UNKNOWN_KIND]


def test_programs() -> None:
    """Tags are joined by "] [", and one that nobody knows is kept and counted."""
    found = read(delimited(party(1, programs="SDGT] [SOUTH SUDAN] [NEW-EO99999")))
    assert found["1"].programs == ("SDGT", "SOUTH SUDAN", "NEW-EO99999")
    assert found["1"].listings == (sl.Listing(list_name="SDN List"),)
    assert [one.code for one in found.audit.unknown_codes] == ["NEW-EO99999"]


def test_vessel() -> None:
    """Thousands have commas, and a number in another form is kept as text."""
    ship = ("CALL", "Tug", "99,144", "1.5", "Panama", "EXAMPLE LINES")
    found = partly(delimited(party(1, kind="vessel", vessel=ship), party(2, vessel=ship)))
    vessel = found.get("1", kind=sl.Vessel)
    assert (vessel.types, vessel.owners, vessel.tonnage) == (("Tug",), ("EXAMPLE LINES",), 99_144)
    assert vessel.flags == (sl.Country(code="PA"),)
    assert vessel.gross_tonnage is None
    assert ("GRT", "1.5") in [(one.label, one.value) for one in vessel.features]
    assert [one.kind for one in vessel.identifiers] == [sl.IdentifierKind.CALL_SIGN]
    other = {one.label: one.value for one in found["2"].features}
    assert other == dict(zip(COLUMNS["SDN"][6:11], ship[1:], strict=True))
    assert kinds(found) == [sl.IssueKind.UNREAD_VALUE]


def test_addresses() -> None:
    """City, state and postal code stay one line; a row that holds nothing is no address."""
    add = [
        row(1, 11, "Street 1", "Tijuana, Baja California", "Mexico", "a remark"),
        row(1, 12, None, "Sinaloa", None, None),
        row(2, 13, None, None, None, None),
        row(2, 14, None, None, "undetermined", None),
    ]
    found = read(delimited(party(1), party(2), add=add))
    first, second = found["1"].addresses
    assert first.lines == ("Street 1", "Tijuana, Baja California")
    assert (first.country, first.note, first.source_id) == (
        sl.Country(code="MX"),
        "a remark",
        "11",
    )
    assert first.text == "Street 1, Tijuana, Baja California, Mexico"
    assert (second.lines, second.city, second.country) == (("Sinaloa",), None, None)
    assert [one.country for one in found["2"].addresses] == [sl.Country(raw="undetermined")]


def test_aliases() -> None:
    """ALT has the strong aliases; its remarks and unknown types are kept."""
    alt = [
        row(1, 21, "aka", "EXAMPLE ALIAS", None),
        row(1, 22, "pka", "EXAMPLE PENNAME", "a remark"),
        row(1, 23, "aka", None, "nameless"),
    ]
    found = partly(delimited(party(1, remarks="n.k.a. 'WEAK'."), alt=alt))
    assert [(one.text, one.kind, one.strength, one.note) for one in found["1"].aliases] == [
        ("EXAMPLE ALIAS", sl.NameKind.AKA, sl.AliasStrength.STRONG, None),
        ("EXAMPLE PENNAME", None, sl.AliasStrength.STRONG, "a remark"),
        ("WEAK", sl.NameKind.NKA, sl.AliasStrength.WEAK, None),
    ]
    assert [(one.label, one.value) for one in found["1"].features] == [
        ("ALT/alt_num", "23"),
        ("ALT/alt_type", "aka"),
        ("ALT/alt_remarks", "nameless"),
    ]
    assert {one.code for one in found.audit.unknown_codes} == {"pka"}


def test_births_of_what_was_not_born() -> None:
    """A birth date of a company is kept as a Feature and reported."""
    found = partly(delimited(party(1, remarks="DOB 1970.")))
    assert [(one.label, one.value) for one in found["1"].features] == [("SDN/Remarks/DOB", "1970")]
    assert kinds(found) == [sl.IssueKind.STRUCTURE]


def test_unread_date() -> None:
    """A date in an unknown form stays as text and is reported."""
    found = partly(delimited(party(1, kind="individual", remarks="DOB Spring 1970.")))
    (birth,) = found.get("1", kind=sl.Person).births
    assert birth.date is not None
    assert birth.date.raw == "Spring 1970"
    assert kinds(found) == [sl.IssueKind.UNREAD_VALUE]


def test_free_text_is_kept_and_counted() -> None:
    """What the grammar does not know is a Feature without kind; the remarks are kept whole."""
    found = read(delimited(party(1, remarks="juice manufacturer; all offices worldwide.")))
    assert found["1"].remarks == "juice manufacturer; all offices worldwide."
    assert found["1"].features == (sl.Feature(label="Remarks", value="juice manufacturer"),)
    assert [(one.path, one.label, one.count) for one in found.audit.unmapped] == [
        ("SDN/Remarks", "free text", 1)
    ]


def test_a_link_in_an_unknown_form() -> None:
    """It is reported, so that "no link" is not said of it in silence."""
    found = partly(delimited(party(1, remarks="(Linked to: EXAMPLE 2).")))
    assert kinds(found) == [sl.IssueKind.UNREAD_VALUE]


def test_links_lead_to_the_party_of_that_name() -> None:
    """Names are resolved as in the other formats; one may lead out of the file."""
    first = party(1, "EXAMPLE CO., LTD.", remarks="Linked To: EXAMPLE 2; Linked To: NOBODY.")
    found = read(delimited(first, party(2, remarks="Linked To: EXAMPLE CO., LTD.")))
    targets = [[one.source_id for one in found.resolve(r.to)] for r in found["1"].relations]
    assert targets == [["2"], []]
    assert [one.source_id for one in found.resolve(found["2"].relations[0].to)] == ["1"]


# Remarks of more than 1,000 characters


def test_remarks_go_on_in_comments() -> None:
    """The two parts are joined with nothing between, also where the first ends with a blank."""
    whole = "Registration Number " + "7" * 979 + " (Russia); Gender Male."
    assert whole[999] == " "
    files = delimited(
        party(1, kind="individual", remarks=whole[:1_000]), comments=[row(1, whole[1_000:])]
    )
    person = read(files, records=True).get("1", kind=sl.Person)
    assert person.remarks == whole
    assert person.genders == (sl.Gender.MALE,)
    assert [(one.value, one.country) for one in person.identifiers] == [
        ("7" * 979, sl.Country(code="RU"))
    ]
    assert person.record is not None
    assert person.record.get("SDN/Remarks") == (whole[:1_000],)
    assert person.record.get("COMMENTS/Remarks") == (whole[1_000:],)


def test_cut_remarks() -> None:
    """Remarks that fill their column and go on nowhere: refused, or read without their end."""
    files = delimited(party(1, kind="individual", remarks=long(1_000)), party(2))
    with pytest.raises(sl.IncompleteEditionError, match=r"1 remarks fill.*\(1\)"):
        read(files)
    found = partly(files)
    assert found["1"].relations == ()
    assert found.get("1", kind=sl.Person).genders == (sl.Gender.MALE,)
    assert found["1"].remarks == long(1_000)
    assert found["1"].features == (
        sl.Feature(label="Remarks", value=long(1_000).removeprefix("Gender Male; ")),
    )
    assert kinds(found) == [sl.IssueKind.EDITION, sl.IssueKind.DANGLING]
    assert found.audit.issues[1].where.entry == "1"
    assert found.editions[0].missing == ("the end of 1 remarks",)
    with pytest.raises(sl.NotStatedError):  # the number may be in what is missing
        found.lookup("12345")
    # One character less is no sign of anything.
    assert read(delimited(party(1, remarks=long(999)))).audit.issues == ()


def test_comments_that_continue_nothing() -> None:
    """A comment whose row is not full, or a second one: of another day, or read as a Feature."""
    for remarks, comments in (
        (long(999), ["Gender Male."]),
        (long(1_000), ["X.", "Gender Male."]),
    ):
        files = delimited(party(1, remarks=remarks), comments=[row(1, one) for one in comments])
        with pytest.raises(sl.IncompleteEditionError, match="do not fill"):
            read(files)
        found = partly(files, records=True)
        assert ("COMMENTS/Remarks", "Gender Male.") in [
            (one.label, one.value) for one in found["1"].features
        ]
        assert found["1"].record is not None
        assert found["1"].record.get("COMMENTS/Remarks") == tuple(comments)
        assert kinds(found) == [sl.IssueKind.EDITION, sl.IssueKind.DANGLING]
        assert found.editions[0].missing == (
            "the remarks that 1 rows of SDN_COMMENTS.CSV continue",
        )
