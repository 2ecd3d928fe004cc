"""OFAC's flat files: small sets, written by hand, against values that can be read off them."""

from __future__ import annotations

import csv
import io
import json
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import attrs
import pytest
from delimited_files import delimited, party, row, text
from mutations import mutate

import sanctionslib as sl
from sanctionslib.parsers._remarks import linked_names
from sanctionslib.parsers._segments import SegmentKind, segments
from sanctionslib.parsers.ofac_delimited_tables import COLUMNS

HERE = Path(__file__).parent
SAME_DAY = HERE / "data" / "same_day"
NAMES = ("SDN.CSV", "ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV")
DAY = "2030-01-02"


def read(files: Sequence[bytes], **options: object) -> sl.SanctionsList[sl.Entity]:
    return sl.read(list(files), **{"list_id": "us_ofac_sdn", "published": DAY} | options)  # type: ignore[arg-type]


def partly(files: Sequence[bytes], **options: object) -> sl.SanctionsList[sl.Entity]:
    with pytest.warns(sl.FaultyEntriesWarning):
        return read(files, partial=True, **options)


def kinds(found: sl.SanctionsList[sl.Entity]) -> list[sl.IssueKind]:
    return [issue.kind for issue in found.audit.issues]


def same_day() -> sl.SanctionsList[sl.Entity]:
    return sl.read(SAME_DAY, published=DAY, records=True)


def test_golden() -> None:
    """The four files become the entities that the golden file shows."""
    made = [sl.to_dict(entity) for entity in same_day()]
    for one in made:  # the same for all, and tested elsewhere
        del one["schema"], one["library"], one["editions"]
    golden = HERE / "golden" / "same_day.json"
    shown = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    assert shown == golden.read_text(encoding="utf-8")


def test_every_column_is_met() -> None:
    """The files of the golden test fill each column, but for the remarks that OFAC never fills."""
    met = {path for entity in same_day() for path, _ in entity.record or ()}
    columns = {f"{member}/{one}" for member, names in COLUMNS.items() for one in names}
    assert columns - met == {"ADD/Add_remarks", "ALT/alt_remarks"}


def test_line_ends_and_ctrl_z() -> None:
    """CRLF or LF, with or without OFAC's Ctrl-Z at the end: the same entities."""
    plain = [(SAME_DAY / name).read_bytes() for name in NAMES]
    official = [data.replace(b"\n", b"\r\n") + b"\x1a" for data in plain]
    assert list(read(official)) == list(read(plain)) == list(same_day())
    marked = [b"\xef\xbb\xbf" + data for data in plain]
    assert list(read(marked)) == list(read(plain))


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


def long(length: int) -> str:
    """Remarks of that length, which end within a name."""
    head = "Gender Male; Linked To: "
    return head + "X" * (length - len(head))


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


# Members


@pytest.mark.parametrize(
    ("without", "fact", "way"),
    [
        ("ADD.CSV", sl.Fact.ADDRESS, "country"),
        ("ALT.CSV", sl.Fact.ALIAS_STRENGTH, None),
        ("SDN_COMMENTS.CSV", None, None),
    ],
)
def test_missing_member(without: str, fact: sl.Fact | None, way: str | None) -> None:
    """It is named; with partial=True, what it could hold is not stated."""
    files = [data for name, data in zip(NAMES, delimited(party(1)), strict=True) if name != without]
    with pytest.raises(sl.IncompleteEditionError, match=f"{without} is not there"):
        read(files)
    found = partly(files)
    (edition,) = found.editions
    assert edition.missing == (without,)
    assert "INCOMPLETE" in edition.label
    whole = read(delimited(party(1))).editions[0].states or frozenset()
    assert whole - (edition.states or frozenset()) == ({fact} if fact else set())
    if way == "country":
        with pytest.raises(sl.NotStatedError, match=r"address|country"):
            found.where(country="CU")
        assert len(found.where(country="CU", unstated="keep")) == 1


def test_missing_comments_of_full_remarks() -> None:
    """Then any fact of the remarks may be missing, so none of them is stated of everybody."""
    files = delimited(party(1, remarks=long(1_000)))[:3]
    edition = partly(files).editions[0]
    for fact in (sl.Fact.BIRTH_DATE, sl.Fact.IDENTIFIER, sl.Fact.RELATION, sl.Fact.NATIONALITY):
        assert not edition.can_state(fact)
    for fact in (sl.Fact.KIND, sl.Fact.PROGRAM, sl.Fact.TITLE, sl.Fact.ADDRESS):
        assert edition.can_state(fact)


def test_what_is_stated_of_some() -> None:
    """Where remarks go on nowhere, others still state their links: no word says "of nobody"."""
    parties = [party(1, remarks=long(1_000)), party(2, remarks="Linked To: EXAMPLE 1.")]
    found = partly(delimited(*parties)[:3])
    (edition,) = found.editions
    assert edition.states_in_part(sl.Fact.RELATION)
    assert not edition.states_in_part(sl.Fact.LISTING_DATE)  # no flat file has it
    assert not edition.states_in_part(sl.Fact.PROGRAM)
    way = "read the whole set, with SDN_COMMENTS.CSV"
    assert edition.way_out(sl.Fact.RELATION) == way
    why = found.why("1")
    assert [one.way_out for one in why.unstated if one.fact is sl.Fact.RELATION] == [way]
    text = " ".join(str(why).split())
    assert "states the following of nobody, and the relation not of everybody." in text
    assert f"LINKED TO not stated of everybody, a part is missing: {way}" in text
    assert "EXAMPLE 2 (us_ofac_sdn:2), linked to this party" in text
    assert "LINKED TO EXAMPLE 1" in " ".join(str(found.why("2")).split())
    with pytest.raises(sl.NotStatedError, match=r"the relation of everybody.* could be") as caught:
        found.related("1")
    assert caught.value.hint == way
    with pytest.raises(sl.NotStatedError, match="the identifier of everybody"):
        found.lookup("X0000001")
    chosen = found.where(address_country="CU", flag="PA", unstated="drop")
    assert "flag is not stated of everybody" in str(chosen.selection)
    assert "a part is missing that could hold the flag of some" in " ".join(str(chosen).split())


def test_nobody_has_a_name_without_the_first_file() -> None:
    """Without SDN.CSV there is nothing to read, partial or not."""
    for partial in (False, True):
        with pytest.raises(sl.IncompleteEditionError, match=r"SDN\.CSV is not there") as caught:
            read(delimited(party(1))[1:], partial=partial)
        assert "nobody has a name" in caught.value.hint
        with pytest.raises(sl.IncompleteEditionError, match=r"SDN\.CSV"):  # whichever list it is
            read(delimited(party(1))[1:2], partial=partial, list_id=None)


def test_the_same_member_twice() -> None:
    """Two files with the same columns are two editions."""
    files = delimited(party(1))
    with pytest.raises(sl.InvalidInputError, match=r"same columns, those of SDN\.CSV"):
        read([files[0], *files])


def test_both_lists_in_one_folder(tmp_path: Path) -> None:
    """Eight files, as two downloads leave them: each list is to be read on its own."""
    cons = ("CONS_PRIM.CSV", "CONS_ADD.CSV", "CONS_ALT.CSV", "CONS_COMMENTS.CSV")
    for names, program in ((NAMES, "SDGT"), (cons, "NS-PLC")):
        for name, data in zip(names, delimited(party(1, programs=program)), strict=True):
            (tmp_path / name).write_bytes(data)
    with pytest.raises(sl.InvalidInputError, match="of both lists") as caught:
        sl.read(tmp_path, published=DAY)
    assert "as a list of paths" in caught.value.hint
    assert len(sl.read([tmp_path / name for name in cons], published=DAY)) == 1


def test_empty_member() -> None:
    """A member that holds Ctrl-Z alone is known by its name; an edition of nobody is refused."""
    files = delimited(party(1))
    assert files[3] == b"\x1a"
    with pytest.raises(sl.IncompleteEditionError, match="not there"):
        read(files[3:])
    empty = [io.BytesIO(b"\x1a") for _ in NAMES]
    for stream, name in zip(empty, NAMES, strict=True):
        stream.name = name
    with pytest.raises(sl.IncompleteEditionError, match="no entries"):
        sl.read(empty, list_id="us_ofac_sdn", published=DAY)


# Which list, of which day


def test_undated() -> None:
    """No file has a date: the caller says it, or goes without."""
    files = delimited(party(1))
    with pytest.raises(sl.StructureChangedError, match="does not state its date"):
        read(files, published=None)
    assert (read(files).editions[0].dated_by, str(read(files).editions[0].published)) == (
        "caller",
        DAY,
    )
    assert partly(files, published=None).editions[0].published is None


def test_which_list(tmp_path: Path) -> None:
    """The names say it, else the programs, else the caller; a contradiction is refused."""
    cons = delimited(*(party(n, programs="NS-PLC") for n in range(1, 31)))
    for name, data in zip(("CONS_PRIM.CSV", "CONS_ADD.CSV", "a.csv", "b.csv"), cons, strict=True):
        (tmp_path / name).write_bytes(data)
    found = sl.read(tmp_path, published=DAY)
    assert found.editions[0].list_id == "us_ofac_cons"
    assert found["1"].listings == ()
    assert not found.editions[0].can_state(sl.Fact.LIST)
    with pytest.raises(sl.InvalidInputError, match=r"SDN\.CSV or CONS_PRIM\.CSV"):
        read(cons, list_id=None)
    assert read(delimited(party(1)), list_id=None).editions[0].list_id == "us_ofac_sdn"
    with pytest.raises(sl.InvalidInputError, match="does not come in this format"):
        read(cons, list_id="un_sc_sanctions")
    (tmp_path / "CONS_PRIM.CSV").rename(tmp_path / "SDN.CSV")
    with pytest.raises(sl.InvalidInputError, match="of both lists"):
        sl.read(tmp_path, published=DAY)
    (tmp_path / "CONS_ADD.CSV").rename(tmp_path / "ADD.CSV")
    with pytest.raises(sl.InvalidInputError, match="by its name this is us_ofac_sdn"):
        sl.read(tmp_path, published=DAY)
    assert len(sl.read(tmp_path, list_id="us_ofac_cons", published=DAY)) == 30


# Files that do not belong together, or are cut


def test_mixed_editions() -> None:
    """Rows of parties that are not there: refused with figures, or kept in the audit."""
    files = delimited(party(1), party(2), alt=[row(7, 71, "aka", "EXAMPLE GONE", None)])
    with pytest.raises(sl.IncompleteEditionError, match=r"1 of the 1 rows of ALT\.CSV.*\(7\)"):
        read(files)
    found = partly(files)
    assert kinds(found) == [sl.IssueKind.EDITION, sl.IssueKind.DANGLING]
    assert found.audit.issues[1].where.entry == "7"
    assert list(found.audit.issues[1].record or ()) == [
        ("ALT/ent_num", "7"),
        ("ALT/alt_num", "71"),
        ("ALT/alt_type", "aka"),
        ("ALT/alt_name", "EXAMPLE GONE"),
    ]
    assert found.editions[0].missing == ("the entries of 1 of the 1 rows of ALT.CSV",)


def test_cut_at_any_line() -> None:
    """A file cut between two rows is found by its end, or by the keys of the others."""
    parties = [party(n, remarks=long(1_000)) for n in range(1, 6)]
    files = delimited(
        *parties,
        alt=[row(n, n, "aka", "EXAMPLE ALIAS", None) for n in range(1, 6)],
        comments=[row(n, "X.") for n in range(1, 6)],
    )
    assert len(read(files)) == 5
    copies = [data.removesuffix(b"\x1a") for data in files]
    for at, data in enumerate(files):
        lines = data.splitlines(keepends=True)
        for keep, whole in ((keep, whole) for keep in range(1, 5) for whole in (files, copies)):
            cut = [*whole[:at], b"".join(lines[:keep]), *whole[at + 1 :]]
            if NAMES[at] == "ALT.CSV" and whole is copies:  # a few rows, and no end to tell by
                assert len(read(cut)) == 5
                continue
            with pytest.raises(sl.IncompleteEditionError, match="is cut"):
                read(cut)


@pytest.mark.parametrize(("at", "fact"), [(1, sl.Fact.ADDRESS), (2, sl.Fact.ALIAS_STRENGTH)])
def test_a_file_without_its_end(at: int, fact: sl.Fact) -> None:
    """Where others end with OFAC's Ctrl-Z, a file without it is cut; what it holds is not stated."""
    files = delimited(*(party(n) for n in range(1, 6)))
    lines = files[at].splitlines(keepends=True)
    cut = [*files[:at], b"".join(lines[:-1]), *files[at + 1 :]]
    says = f"{NAMES[at]} does not end with the byte 0x1A, as SDN.CSV does"
    with pytest.raises(sl.IncompleteEditionError, match=says):
        read(cut)
    (edition,) = partly(cut).editions
    assert edition.missing == (f"the end of {NAMES[at]}",)
    assert not edition.can_state(fact)
    alone = [files[0].removesuffix(b"\x1a"), *files[1:]]
    with pytest.raises(sl.IncompleteEditionError, match=r"SDN\.CSV does not end.*as ADD\.CSV does"):
        read(alone)
    # OFAC's COMMENTS of 7 July 2021 ends without one.
    assert len(read([*files[:3], files[3] + b"\r\n"])) == 5


def test_aliases_that_stop() -> None:
    """A file of aliases that ends long before the entries do is cut, or empty, and is refused."""
    count = 100
    parties = [party(n) for n in range(1, count + 1)]
    for keys, says in (
        (range(1, 40), "the last 61 of the 100 entries have no alias in ALT.CSV"),
        (range(1, 1), "the last 100 of the 100 entries have no alias"),
    ):
        alt = [row(n, n, "aka", "EXAMPLE ALIAS", None) for n in keys]
        files = [*delimited(*parties)[:2], text(alt), b"\x1a"]
        named = [io.BytesIO(data) for data in files]
        for stream, name in zip(named, NAMES, strict=True):
            stream.name = name
        with pytest.raises(sl.IncompleteEditionError, match=says):
            sl.read(named, published=DAY)
        for stream in named:
            stream.seek(0)
        with pytest.warns(sl.FaultyEntriesWarning):
            found = sl.read(named, published=DAY, partial=True)
        assert len(found) == count
        assert found.editions[0].missing == (
            f"the aliases of the last {count - len(keys)} of the 100 entries",
        )
        assert not found.editions[0].can_state(sl.Fact.ALIAS_STRENGTH)
    # As many without one in the midst of others, or at the end, are no sign of anything.
    for keys in (range(1, 41), (*range(1, 10), *range(40, 48))):
        alt = [row(n, n, "aka", "EXAMPLE ALIAS", None) for n in keys]
        assert len(read(delimited(*parties, alt=alt))) == count


def test_addresses_that_are_not_there() -> None:
    """Where entries lack their row of ADD.CSV, a question for addresses raises."""
    files = delimited(party(1), party(2), add=[row(1, 11, "Street 1", "Dhaka", "Bangladesh", None)])
    found = partly(files)
    with pytest.raises(sl.NotStatedError):
        found.where(address_country="BD")
    assert len(found.where(address_country="BD", unstated="drop")) == 1


def test_cut_within_a_row() -> None:
    """A file cut anywhere else ends within a row, and says so."""
    official = delimited(
        party(1, kind="individual", remarks="DOB 1970; Gender Male."),
        alt=[row(1, 2, "aka", "EXAMPLE", None)],
    )
    files = [data.removesuffix(b"\x1a") for data in official[:3]] + official[3:]
    for at in range(3):
        end = files[at].rindex(b"\r\n")
        for cut in range(1, end):
            rest = [*files[:at], files[at][:cut], *files[at + 1 :]]
            if at and cut == end - 1:
                assert list(read(rest)) == list(read(files))  # a blank is gone
                continue
            # A first row of two cells looks like one of SDN_COMMENTS.CSV, and then there are two.
            with pytest.raises((sl.ParseError, sl.InvalidInputError)):
                read(rest)


def test_duplicate_key() -> None:
    """Two rows of one key are one party, or two under different keys; reported either way."""
    files = delimited(party(1), party(1), party(2))
    found = partly(files)
    assert [one.source_id for one in found] == ["1", "2"]
    assert kinds(found) == [sl.IssueKind.DUPLICATE_ID]
    files = delimited(party(1), party(1, "EXAMPLE OTHER"))
    assert [one.source_id for one in partly(files)] == ["1", "~1"]


def test_entries_without_a_name() -> None:
    """With an alias it is kept under that; without any it is rejected with all its values."""
    nameless = party(1).replace('"EXAMPLE 1"', "-0- ")
    found = partly(delimited(nameless))
    assert found["1"].name == "EXAMPLE ALIAS"
    assert kinds(found) == [sl.IssueKind.NO_PRIMARY_NAME]
    other = party(2).replace('"EXAMPLE 2"', "-0- ")
    found = partly(delimited(party(1), other))
    assert (found.audit.read, found.audit.built, found.audit.rejected) == (2, 1, 1)
    assert found.editions[0].missing == ("1 that could not be read",)
    assert [pair for pair in found.audit.issues[0].record or () if pair[0] == "SDN/ent_num"] == [
        ("SDN/ent_num", "2")
    ]


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (party(1) + ",-0- \r\n", sl.StructureChangedError, "13 cells where 12"),
        (party(1)[:-5], sl.TruncatedError, "11 cells where 12"),
        (party(1) + "\r\n" + '2,"EXAMPLE', sl.TruncatedError, "within the quotes"),
        (party(1) + "\r\n\0", sl.ParseError, "NUL"),
        (
            party(1).replace("EXAMPLE", "EX\x1aMPLE").replace("SDGT", 'S"DGT'),
            sl.ParseError,
            "quotes",
        ),
    ],
)
def test_damaged_rows(data: str, error: type[sl.SanctionsError], says: str) -> None:
    """A row that is not one of the format raises, with its line."""
    files = delimited(party(1))
    with pytest.raises(error, match=says) as caught:
        read([data.encode(), *files[1:]])
    assert type(caught.value) is error
    assert caught.value.where.line


@pytest.mark.filterwarnings("ignore::sanctionslib.errors.FaultyEntriesWarning")
def test_mutated_set() -> None:
    """A changed byte raises our error, is reported, or lies inside the values of one party."""
    rng = random.Random(1)
    files = [(SAME_DAY / name).read_bytes() for name in NAMES]
    whole = list(read(files))
    outcomes: Counter[str] = Counter()
    for _ in range(400):
        at = rng.randrange(len(files))
        changed = [*files[:at], mutate(files[at], rng), *files[at + 1 :]]
        try:
            found = read(changed, partial=rng.random() < 0.5)
        except sl.SanctionsError:
            outcomes["raised"] += 1
            continue
        if found.audit.issues:
            outcomes["reported"] += 1
            continue
        outcomes["read"] += 1
        assert len(found) == len(whole)
        different = [one for one, other in zip(found, whole, strict=True) if one != other]
        # A row of ALT.CSV may move from one party to another; a party whose name has changed is no
        # longer known to the one that links to it.
        assert len(different) <= (2 if NAMES[at] in ("ALT.CSV", "SDN.CSV") else 1), different
    assert set(outcomes) == {"raised", "reported", "read"}


@pytest.mark.filterwarnings("ignore::sanctionslib.errors.FaultyEntriesWarning")
def test_moved_lines() -> None:
    """Lines dropped, doubled, shuffled, or moved between files: refused, or every cell is kept."""
    rng = random.Random(7)
    files = [(SAME_DAY / name).read_bytes() for name in NAMES]
    outcomes: Counter[str] = Counter()
    for _ in range(300):
        lines = [data.splitlines(keepends=True) for data in files]
        one, other = rng.choice(lines), rng.choice(lines)
        how = rng.choice(("drop", "double", "shuffle", "move", "swap"))
        at, to = rng.randrange(len(one)), rng.randrange(len(other))
        if how == "drop":
            one.pop(at)
        elif how == "double":
            one.insert(at, one[at])
        elif how == "shuffle":
            rng.shuffle(one)
        elif how == "move":
            other.insert(to, one.pop(at))
        else:
            one[at], other[to] = other[to], one[at]
        changed = [b"".join(each) for each in lines]
        try:
            found = read(changed, partial=rng.random() < 0.5, records=True)
        except sl.SanctionsError:
            outcomes["raised"] += 1
            continue
        outcomes["reported" if found.audit.issues else "read"] += 1
        kept = Counter(pair for entity in found for pair in entity.record or ())
        kept.update(pair for issue in found.audit.issues for pair in issue.record or ())
        assert kept == cells(changed), how
    assert set(outcomes) == {"raised", "reported", "read"}


def cells(files: Sequence[bytes]) -> Counter[tuple[str, str]]:
    """An independent walk: (member and column, value) of every cell that says something."""
    found: Counter[tuple[str, str]] = Counter()
    for member, data in zip(COLUMNS, files, strict=True):
        for line in csv.reader(data.decode().splitlines()):
            for column, cell in zip(COLUMNS[member], line, strict=True):
                if cell.strip() not in ("", "-0-"):
                    found[f"{member}/{column}", cell] += 1
    return found
