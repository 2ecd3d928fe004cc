"""OFAC's flat files: their peculiarities, and mixed or cut sets, which are rejected or reported."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from delimited_files import DAY, NAMES, delimited, long, partly, party, read, row, text
from faults import kinds

import sanctionslib as sl

# ── columns ───────────────────────────────────────────────────────────────────────────────────


def test_columns() -> None:
    """Kinds, tags and thousands; a value without a field, or an unreadable value, is a Feature."""
    ship = ("CALL", "Tug", "99,144", "1.5", "Panama", "EXAMPLE LINES")
    files = delimited(
        party(1, programs="SDGT] [SOUTH SUDAN] [NEW-EO99999"),
        party(2, kind="vessel", vessel=ship),
        party(3, kind="submarine", vessel=ship),
    )
    found = partly(files)
    assert [type(one) for one in found] == [sl.Organization, sl.Vessel, sl.Entity]
    assert found["1"].programs == ("SDGT", "SOUTH SUDAN", "NEW-EO99999")
    assert [one.code for one in found.audit.unknown_codes] == ["NEW-EO99999"]
    vessel = found.get("2", kind=sl.Vessel)
    assert (vessel.types, vessel.owners, vessel.tonnage) == (("Tug",), ("EXAMPLE LINES",), 99_144)
    assert [(one.label, one.value) for one in vessel.features] == [("GRT", "1.5")]
    assert sorted(one.value for one in found["3"].features) == sorted(ship[1:])
    unread = sl.answers.IssueKind.UNREAD_VALUE
    assert kinds(found) == [unread, sl.answers.IssueKind.UNKNOWN_KIND, unread]


def test_rows_of_a_party() -> None:
    """City and state stay one line; a row of keys is not an address; ALT has the strong aliases."""
    add = [
        row(1, 11, "Street 1", "Tijuana, Baja California", "Mexico", "a remark"),
        row(1, 12, None, None, None, None),
        row(1, 13, None, None, "undetermined", None),
    ]
    alt = [
        row(1, 21, "aka", "EXAMPLE ALIAS", None),
        row(1, 22, "pka", "EXAMPLE PENNAME", "a remark"),
        row(1, 23, "aka", None, "nameless"),
    ]
    (one,) = found = partly(delimited(party(1, remarks="n.k.a. 'WEAK'."), add=add, alt=alt))
    assert [(each.lines, each.note, each.source_id) for each in one.addresses] == [
        (("Street 1", "Tijuana, Baja California"), "a remark", "11"),
        ((), None, "13"),
    ]
    assert [(each.text, each.kind, each.strength, each.note) for each in one.aliases] == [
        ("EXAMPLE ALIAS", sl.NameKind.AKA, sl.AliasStrength.STRONG, None),
        ("EXAMPLE PENNAME", None, sl.AliasStrength.STRONG, "a remark"),
        ("WEAK", sl.NameKind.NKA, sl.AliasStrength.WEAK, None),
    ]
    assert [each.value for each in one.features] == ["23", "aka", "nameless"]
    assert [each.code for each in found.audit.unknown_codes] == ["pka"]


@pytest.mark.parametrize(
    ("kind", "remarks", "feature", "issues"),
    [
        (None, "DOB 1970.", ("SDN/Remarks/DOB", "1970"), [sl.answers.IssueKind.STRUCTURE]),
        ("individual", "DOB Spring 1970.", None, [sl.answers.IssueKind.UNREAD_VALUE]),
        ("individual", "Title Colonel.", None, []),
        (None, "(Linked to: EXAMPLE 2).", ("Remarks", "(Linked to: EXAMPLE 2)"), [sl.answers.IssueKind.UNREAD_VALUE]),
        (None, "juice manufacturer; all offices worldwide.", ("Remarks", "juice manufacturer"), []),
        (None, "Telephone 710043.", ("Telephone", "710043"), []),
    ],
)  # fmt: skip
def test_values_of_remarks_that_no_field_holds(
    kind: str | None, remarks: str, feature: object, issues: list[sl.answers.IssueKind]
) -> None:
    """They are Features; a text meant for a field is reported; the complete remarks are kept."""
    found = (partly if issues else read)(delimited(party(1, kind=kind, remarks=remarks)))
    assert found["1"].remarks == remarks
    assert [(one.label, one.value) for one in found["1"].features] == [feature][
        : feature is not None
    ]
    assert kinds(found) == issues


def test_links_lead_to_the_party_of_that_name() -> None:
    """Names are resolved as in the other formats; one may lead out of the file."""
    first = party(1, "EXAMPLE CO., LTD.", remarks="Linked To: EXAMPLE 2; Linked To: NOBODY.")
    found = read(delimited(first, party(2, remarks="Linked To: EXAMPLE CO., LTD.")))
    targets = [[one.source_id for one in found.resolve(r.to)] for r in found["1"].relations]
    assert targets == [["2"], []]
    assert [one.source_id for one in found.resolve(found["2"].relations[0].to)] == ["1"]


def test_entries_of_one_key_or_without_a_name() -> None:
    """Each is kept: the rows belong to the first; an alias is the name if there is no other."""
    assert [one.source_id for one in partly(delimited(party(1), party(1)))] == ["1"]
    found = partly(delimited(party(1), party(1, "EXAMPLE OTHER")))
    assert [(one.source_id, len(one.aliases)) for one in found] == [("1", 1), ("~1", 0)]
    (one,) = found = partly(delimited(party(1).replace('"EXAMPLE 1"', "-0- ")))
    assert (one.name, kinds(found)) == ("EXAMPLE ALIAS", [sl.answers.IssueKind.NO_PRIMARY_NAME])
    assert partly(delimited(party(1), party(2).replace('"EXAMPLE 2"', "-0- "))).audit.rejected == 1


# ── remarks of more than 1,000 characters ─────────────────────────────────────────────────────


def test_remarks_go_on_in_comments() -> None:
    """The two parts are joined with nothing between, also where the first ends with a blank."""
    whole = "Registration Number " + "7" * 979 + " (Russia); Gender Male."
    assert whole[999] == " "
    files = delimited(
        party(1, kind="individual", remarks=whole[:1_000]), comments=[row(1, whole[1_000:])]
    )
    person = read(files, keep_source=True).get("1", kind=sl.Person)
    assert (person.remarks, person.genders) == (whole, (sl.Gender.MALE,))
    assert [(one.value, one.country) for one in person.identifiers] == [
        ("7" * 979, sl.Country(code="RU"))
    ]
    assert person.source is not None
    assert person.source.get("SDN/Remarks") == (whole[:1_000],)
    assert person.source.get("COMMENTS/Remarks") == (whole[1_000:],)


def test_cut_remarks() -> None:
    """Where the rest is not there, the last segment states nothing, and the entry is named."""
    found = partly(delimited(party(1, kind="individual", remarks=long(1_000)), party(2)))
    person = found.get("1", kind=sl.Person)
    assert (person.genders, person.relations, person.remarks) == (
        (sl.Gender.MALE,),
        (),
        long(1_000),
    )
    assert [one.value for one in person.features] == [long(1_000).removeprefix("Gender Male; ")]
    assert kinds(found) == [sl.answers.IssueKind.EDITION, sl.answers.IssueKind.UNRESOLVED_REFERENCE]
    assert found.audit.issues[1].where.entry == "1"
    with pytest.raises(sl.NotStatedError):  # the number may be in what is missing
        found.find_number("12345")
    # One character less is no sign of anything.
    assert read(delimited(party(1, remarks=long(999)))).audit.issues == ()


# ── sets that are not complete ────────────────────────────────────────────────────────────────

FIVE = delimited(
    *(party(n, remarks=long(1_000)) for n in range(1, 6)),
    alt=[row(n, n, "aka", "EXAMPLE ALIAS", None) for n in range(1, 6)],
    comments=[row(n, "X.") for n in range(1, 6)],
)
REMARKS = {sl.Fact.BIRTH_DATE, sl.Fact.IDENTIFIER, sl.Fact.RELATION, sl.Fact.NATIONALITY}


def changed(at: int, rows: Sequence[bytes], end: bytes = b"\x1a") -> list[bytes]:
    """The set with other rows in one of its files."""
    return [*FIVE[:at], b"".join(rows) + end, *FIVE[at + 1 :]]


def rows_of(at: int) -> list[bytes]:
    return FIVE[at].splitlines(keepends=True)[:5]


ADDRESS, STRENGTH = {sl.Fact.ADDRESS}, {sl.Fact.ALIAS_STRENGTH}
GAPS = {
    "an entry": (changed(0, rows_of(0)[:4]), "the entries of 1 of the 5 rows of ADD.CSV", set()),
    "an address": (changed(1, rows_of(1)[1:]), "the addresses of 1 of the 5 entries", ADDRESS),
    "a comment": (changed(3, rows_of(3)[1:]), "the end of 1 remarks", REMARKS),
    "a second comment": (
        changed(3, [*rows_of(3), b'1,"Y."\r\n']),
        "the beginning of 1 rows of SDN_COMMENTS.CSV",
        set(),
    ),
    "the end of SDN": (changed(0, rows_of(0), b""), "the end of SDN.CSV", set()),
    "the end of ADD": (changed(1, rows_of(1), b""), "the end of ADD.CSV", ADDRESS),
    "the end of ALT": (changed(2, rows_of(2), b""), "the end of ALT.CSV", STRENGTH),
    "the end of a line": (changed(2, [FIVE[2][:-6]], b""), "the end of ALT.CSV", STRENGTH),
    "ADD": ([FIVE[0], *FIVE[2:]], "ADD.CSV", ADDRESS),
    "ALT": ([*FIVE[:2], FIVE[3]], "ALT.CSV", STRENGTH),
    "COMMENTS": (FIVE[:3], "SDN_COMMENTS.CSV", REMARKS),
    "COMMENTS that nothing goes on in": (delimited(party(1))[:3], "SDN_COMMENTS.CSV", set()),
}


@pytest.mark.parametrize("what", GAPS)
def test_gaps(what: str) -> None:
    """The error names the missing members; with partial=True their facts are not supported."""
    files, missing, facts = GAPS[what]
    with pytest.raises(sl.IncompleteEditionError, match=missing):
        read(files)
    found = partly(files, keep_source=True)
    (edition,) = found.editions
    assert missing in edition.missing
    assert "INCOMPLETE" in edition.label
    whole = read(FIVE).editions[0].supported_facts or frozenset()
    gone = whole - (edition.supported_facts or frozenset())
    assert gone >= facts
    assert bool(gone) == bool(facts)
    # What is there is kept, with its party or in the audit.
    kept = [one.source for one in (*found, *found.audit.issues) if one.source is not None]
    values = {value for record in kept for _, value in record}
    assert ("Y." in values) == ("second" in what)


def test_ends_without_a_mark() -> None:
    """Copies without the last byte are complete, and so is a set whose COMMENTS never had it."""
    assert len(read([data.removesuffix(b"\x1a") for data in FIVE])) == 5
    assert len(read([*FIVE[:3], FIVE[3].removesuffix(b"\x1a")])) == 5


@pytest.mark.parametrize(
    ("keys", "stop"),
    [
        (range(1, 40), 61),
        (range(1, 1), 100),
        # As many without one in the midst of others, or at the end, are no sign of anything.
        (range(1, 41), 0),
        ((*range(1, 10), *range(40, 48)), 0),
    ],
)
def test_aliases_that_stop(keys: Sequence[int], stop: int) -> None:
    """A file of aliases that ends long before the entries do is cut, or empty, and is refused."""
    alt = text([row(n, n, "aka", "EXAMPLE ALIAS", None) for n in keys])
    files = [*delimited(*(party(n) for n in range(1, 101)))[:2], alt, b"\x1a"]
    named = [io.BytesIO(data) for data in files]
    for stream, name in zip(named, NAMES, strict=True):
        stream.name = name  # an empty one is known by it
    if not stop:
        assert len(sl.read(named, published=DAY)) == 100
        return
    with pytest.raises(sl.IncompleteEditionError, match=f"aliases of the last {stop} of the 100"):
        sl.read(named, published=DAY)


def test_files_that_are_no_set() -> None:
    """Without SDN.CSV there are no names; a repeated member is two editions; a row is not only a key."""
    for given in (FIVE[1:], FIVE[3:], [b"\x1a"]):
        with pytest.raises(sl.IncompleteEditionError, match=r"SDN\.CSV.* missing"):
            read(given, partial=True)
    with pytest.raises(sl.InvalidInputError, match=r"same columns, those of SDN\.CSV"):
        read([FIVE[0], *FIVE])
    with pytest.raises(sl.errors.StructureChangedError, match="has no values"):
        read(changed(1, [*rows_of(1), b"5,,,,,\r\n"]))


def test_facts_of_some_entries() -> None:
    """Where remarks are not continued, others still state their links."""
    parties = [party(1, remarks=long(1_000)), party(2, remarks="Linked To: EXAMPLE 1.")]
    found = partly(delimited(*parties)[:3])
    (edition,) = found.editions
    assert edition.is_partially_supported(sl.Fact.RELATION)
    assert not edition.is_partially_supported(sl.Fact.LISTING_DATE)  # no flat file has it
    way = "read the whole set: this one lacks SDN_COMMENTS.CSV"
    assert edition.alternative_source(sl.Fact.RELATION) == way
    text = " ".join(str(found.why("1")).split())
    assert "(the missing part may state the relation)" in text
    assert "EXAMPLE 2 linked to EXAMPLE 1 us_ofac_sdn:2" in text
    with pytest.raises(sl.NotStatedError, match=r"the relation of everybody.* could be") as caught:
        found.related("1")
    assert caught.value.hint == way
    chosen = found.where(address_country="CU", flag="PA", unstated="drop")
    assert "flag is not stated of everybody" in str(chosen.selection)


# ── which list ────────────────────────────────────────────────────────────────────────────────


def test_which_list(tmp_path: Path) -> None:
    """The names state it, else the programs, else the caller; a contradiction is rejected."""
    cons = delimited(*(party(n, programs="NS-PLC") for n in range(1, 31)))
    for name, data in zip(("CONS_PRIM.CSV", "CONS_ADD.CSV", "a.csv", "b.csv"), cons, strict=True):
        (tmp_path / name).write_bytes(data)
    found = sl.read(tmp_path, published=DAY)
    assert (found.editions[0].list_id, found["1"].listings) == ("us_ofac_cons", ())
    assert read(delimited(party(1)), list_id=None).editions[0].list_id == "us_ofac_sdn"
    with pytest.raises(sl.InvalidInputError, match="is not published in this format"):
        read(cons, list_id="un_sc_sanctions")
    with pytest.raises(sl.InvalidInputError, match="us_ofac_cons or us_ofac_sdn"):
        read(cons, list_id=None)
    (tmp_path / "CONS_PRIM.CSV").rename(tmp_path / "SDN.CSV")
    with pytest.raises(sl.InvalidInputError, match="us_ofac_cons or us_ofac_sdn"):
        sl.read(tmp_path, published=DAY)  # the names contradict each other
    (tmp_path / "CONS_ADD.CSV").rename(tmp_path / "ADD.CSV")
    with pytest.raises(sl.InvalidInputError, match=r"is us_ofac_cons, not us_ofac_sdn"):
        sl.read(tmp_path, published=DAY)
    assert len(sl.read(tmp_path, list_id="us_ofac_cons", published=DAY)) == 30
