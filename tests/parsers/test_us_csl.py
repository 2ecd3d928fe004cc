"""The Consolidated Screening List, CSV: small files, written by hand, against what can be read off."""

from __future__ import annotations

from pathlib import Path

import pytest
from csl_files import DAY, SOURCES, as_csv, rest, row

import sanctionslib as sl
from sanctionslib.parsers.us.csl_cells import addresses, ids
from sanctionslib.parsers.us.notices import cited

HERE = Path(__file__).parent
EVERY = HERE / "data" / "us_csl.csv"


def read(*rows: dict[str, str]) -> sl.SanctionsList[sl.Entity]:
    """The rows, and one for each list that they have none of."""
    codes = [code for code, source in SOURCES.items() if source in {one["source"] for one in rows}]
    return sl.read(as_csv(*rows, *rest(*codes)), published=DAY)


def faulty(*rows: dict[str, str]) -> sl.SanctionsList[sl.Entity]:
    with pytest.warns(sl.FaultyEntriesWarning):
        return read(*rows)


def kinds(found: sl.SanctionsList[sl.Entity]) -> list[sl.IssueKind]:
    return [issue.kind for issue in found.audit.issues]


def every() -> sl.SanctionsList[sl.Entity]:
    return sl.read(EVERY, published=DAY, records=True)


def test_edition() -> None:
    """The edition says what it is, by whose word it is dated, and how long its keys last."""
    found = every()
    (edition,) = found.editions
    assert (edition.list_id, edition.format) == ("us_trade_csl", "us-csl-csv")
    assert (str(edition.published), edition.dated_by) == (DAY, "caller")
    assert (edition.declared, edition.missing, edition.scope) == (None, (), sl.Scope.WHOLE)
    assert edition.id_stability is sl.IdStability.EDITION
    # Two of the thirteen lists have no row here: who is on them, this file cannot say.
    assert len(edition.lists or ()) == 11
    with pytest.raises(sl.NotStatedError, match="FSE List"):
        found.where(on_list="FSE")


def test_whose_key() -> None:
    """Treasury's rows have OFAC's key and share its space; the others keep their hash."""
    found = every()
    assert found["1"].party == ("ofac", "1")
    assert found[f"{6:040x}"].party == ("us_trade_csl", f"{6:040x}")


def test_one_party_on_several_lists() -> None:
    """Rows with one key are one entity, with a designation and an origin for each; no fault."""
    bank = every()["3"]
    assert [one.listings[0].list_name for one in bank.designations] == [
        "SDN List",
        "Sectoral Sanctions Identifications List",
        "CAPTA List",
    ]
    assert [one.programs for one in bank.designations] == [
        ("UKRAINE-EO13661",),
        ("UKRAINE-EO13662",),
        ("RUSSIA-EO14024",),
    ]
    assert [origin.line for origin in bank.origins] == [4, 5, 6]
    assert len(bank.addresses) == 1
    assert every().audit.issues == ()


def test_one_key_for_two_parties() -> None:
    """Two names under one key are no party of two names: both are kept, and reported."""
    found = faulty(row(1, "SDN"), row(1, "SSI", name="ANOTHER"))
    assert kinds(found) == [sl.IssueKind.DUPLICATE_ID]
    assert (found["1"].name, found["~1"].name) == ("EXAMPLE 1", "ANOTHER")


def test_the_same_row_twice() -> None:
    """A row that is there a second time is reported, and makes no second party."""
    found = faulty(row(1), row(1))
    assert kinds(found) == [sl.IssueKind.DUPLICATE_ID]
    assert (found.audit.read, len([one for one in found if one.name == "EXAMPLE 1"])) == (12, 1)


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("A ONE; and B TWO", [("A ONE", "aka", None), ("B TWO", "aka", 'printed as "and B TWO"')]),
        ("A ONE;B TWO", [("A ONE", "aka", None), ("B TWO", "aka", None)]),
        ("-A ONE; B-TWO", [("A ONE", "aka", 'printed as "-A ONE"'), ("B-TWO", "aka", None)]),
        ("f.k.a. A ONE", [("A ONE", "fka", 'printed as "f.k.a. A ONE"')]),
        ("and F.K.A. A ONE", [("A ONE", "fka", 'printed as "and F.K.A. A ONE"')]),
        ("A ONE; and; B TWO", [("A ONE", "aka", 'followed by "and"'), ("B TWO", "aka", None)]),
        ("Andes; ANDA FKA", [("Andes", "aka", None), ("ANDA FKA", "aka", None)]),
    ],
)
def test_aliases_of_a_sentence(printed: str, names: list[tuple[str, str, str | None]]) -> None:
    """What joins the aliases of Commerce is no part of them, and is kept in a note."""
    found = read(row(1, "EL", _id="a", alt_names=printed))
    aliases = found["a"].names[1:]
    assert [(one.text, one.kind.value, one.note) for one in aliases if one.kind] == names
    assert found.audit.issues == ()


def test_aliases_of_treasury_are_left_alone() -> None:
    """OFAC's aliases are no sentence: what they begin with is theirs."""
    found = read(row(1, "SDN", alt_names="and SO ON; -DASH"))
    assert [one.text for one in found["1"].names[1:]] == ["and SO ON", "-DASH"]


def test_lists_and_authorities() -> None:
    """Each list is found by its name, its code, and by who keeps it."""
    found = every()
    for name, code, authority, count in (
        ("Entity List", "EL", "BIS", 1),
        ("Denied Persons List", "DPL", "BIS", 1),
        ("Unverified List", "UVL", "BIS", 1),
        ("Military End User List", "MEU", "BIS", 1),
        ("Nonproliferation Sanctions", "ISN", "ISN", 1),
        ("ITAR Debarred", "DTC", "DDTC", 1),
        ("SDN List", "SDN", "OFAC", 3),
        ("Non-SDN CMIC List", "NS-CMIC", "OFAC", 1),
    ):
        assert len(found.where(on_list=name)) == len(found.where(on_list=code)) == count
        assert len(found.where(on_list=name, authority=authority)) == count
    assert len(found.where(authority="BIS")) == 4
    assert len(found.where(authority="State")) == 2
    with pytest.raises(sl.InvalidInputError, match="Entity Lists"):
        found.where(on_list="Entity Lists")
    with pytest.raises(sl.InvalidInputError, match="BISS"):
        found.where(authority="BISS")


def test_list_that_we_do_not_know() -> None:
    """Its words are kept as the name of the list, and counted; by its code a known one is found."""
    found = read(
        row(1, source="Example List (XL) - Example Department"),
        row(2, source="Entity List (EL) - Another Department"),
    )
    unknown = [one for one in found.audit.unknown_codes if one.vocabulary == "list"]
    assert [(one.code, one.count) for one in unknown] == [
        ("Example List (XL) - Example Department", 1)
    ]
    new = found[f"{1:040x}"]
    assert new.listings[0].list_name == "Example List (XL) - Example Department"
    assert new.designations[0].authority is None
    assert len(found.where(on_list="Example List (XL) - Example Department")) == 1
    assert found[f"{2:040x}"].listings[0].list_name == "Entity List"


def test_kinds() -> None:
    """Commerce and State state no kind: a plain Entity, and no fault; an unknown word is one."""
    found = every()
    assert [type(found[key]) for key in ("1", "2", "3")] == [sl.Person, sl.Vessel, sl.Organization]
    assert type(found[f"{6:040x}"]) is sl.Entity
    assert kinds(faulty(row(1, "SDN", type="Robot"))) == [sl.IssueKind.UNKNOWN_KIND]


def test_facts_of_persons_elsewhere() -> None:
    """What only a person can have is kept as a Feature where the party is none, and reported."""
    found = faulty(row(1, dates_of_birth="1970", nationalities="BD", entity_number="77"))
    assert [(one.label, one.value) for one in found[f"{1:040x}"].features] == [
        ("entity_number", "77"),
        ("dates_of_birth", "1970"),
        ("nationalities", "BD"),
    ]
    assert kinds(found) == [sl.IssueKind.STRUCTURE] * 3


def test_values_in_no_known_form() -> None:
    """Dates and tonnages that cannot be read stay as text, and are reported."""
    found = faulty(
        row(1, start_date="soon"),
        row(2, "SDN", type="Vessel", gross_tonnage="1,000"),
        row(3, "SDN", remarks="(linked to: SOMEBODY)"),
    )
    assert kinds(found) == [sl.IssueKind.UNREAD_VALUE] * 3
    assert found[f"{1:040x}"].listings[0].events[0].date.raw == "soon"
    assert found["2"].features[0].value == "1,000"


def test_no_key_and_two_keys() -> None:
    """Without a key we build one; OFAC's uid goes before another `_id`, which is kept."""
    found = faulty(row(1, _id=""), row(2, "SDN", _id="3"))
    assert kinds(found) == [sl.IssueKind.NO_ID, sl.IssueKind.STRUCTURE]
    assert found["~example-1"].name == "EXAMPLE 1"
    assert [(one.label, one.value) for one in found["2"].features] == [("_id", "3")]


def test_lost_letters() -> None:
    """A "?" in a name is kept and counted: upstream it was a letter."""
    lost = [one for one in every().audit.unknown_codes if one.vocabulary == "lost letter"]
    assert [(one.code, one.count, one.sample) for one in lost] == [("?", 1, f"{6:040x}")]


@pytest.mark.parametrize(
    ("text", "address", "country"),
    [
        ("1 First Street, Dhaka, 1229, BD", "1 First Street, Dhaka, 1229", "BD"),
        ("BD", None, "BD"),
        ("Iran", None, "Iran"),
        ("50 Road, Beijing, China", "50 Road, Beijing", "China"),
        ("EL PASO, TX, 79905", "EL PASO, TX, 79905", None),
        ("SEOUL, Korea, North", "SEOUL", "Korea, North"),
        ("ANTHONY, 88021, NM", "ANTHONY, 88021, NM", None),
        ("Ostrov 363 01 Czech Republic", "Ostrov 363 01 Czech Republic", None),
    ],
)
def test_addresses(text: str, address: str | None, country: str | None) -> None:
    """The country at the end is read, by code or by name; the rest stays together."""
    found = addresses(text)[0]
    assert (found.get("address"), found.get("country")) == (address, country)


def test_ids() -> None:
    """The parts that an item has are told apart by their form and by its label."""
    items = ids(
        "JO, 2014-08-30, 2009-08-31, K1, Passport; 2017-08-21, 3284670, Driver's License No.; "
        "CA, Passport; X, Y, Passport; 04 Jul 1996, Organization Established Date; "
        "5, Certificate of the Unknown; no comma"
    )
    assert items == [
        {
            "type": "Passport",
            "country": "JO",
            "expiration_date": "2014-08-30",
            "issue_date": "2009-08-31",
            "number": "K1",
        },
        {"type": "Driver's License No.", "date": "2017-08-21", "number": "3284670"},
        {"type": "Passport", "number": "CA"},  # the only part is the number
        {"type": "Passport", "number": "X, Y"},
        {"type": "Organization Established Date", "number": "04 Jul 1996"},
        {"type": "Certificate of the Unknown", "number": "5"},
        {"number": "no comma"},
    ]


def test_ids_without_a_label_of_ours() -> None:
    """They become Features without kind and are counted under the label."""
    found = read(row(1, "SDN", ids="5, Certificate of the Unknown; no comma"))
    assert [(one.label, one.value, one.kind) for one in found["1"].features] == [
        ("Certificate of the Unknown", "5", None),
        ("ids", "no comma", None),
    ]
    assert {(one.path, one.label) for one in found.audit.unmapped} == {
        ("ids", "Certificate of the Unknown"),
        ("ids", "ids"),
    }


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("84 FR 54002; 85 FR 34505; 85 FR 44159", 3),
        ("68 F.R. 38290 6/27/03 71 F.R. 38843 7/10/06 72 F.R. 4236 1/30/07", 3),
        ("46 F.R. 46154 9/17/81 and 46 F.R. 19290 3/30/81", 2),
        ("82 F.R. 16788, 16789 4/6/2017", 1),
        ("81.F.R. 40658 6/22/2016", 1),
        ("85 F.R. 34405 6/4/2020,85 F.R. 77147 12/1/2020. 88 F.R. 30078 5/10/2023", 3),
        ("Notice 8030, Vol. 77, No. 195, 10/09/12", 1),
        ("", 0),
    ],
)
def test_citations(text: str, count: int) -> None:
    """A citation begins at its volume; letters and digits are all there, in their order."""
    found = cited(text)
    assert len(found) == count

    def bare(one: str) -> str:
        return "".join(char for char in one.replace(" and ", " ") if char.isalnum())

    assert bare("".join(found)) == bare(text)


# The file as a whole


GOOD = as_csv(row(1), *rest("EL"))


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (GOOD.splitlines(keepends=True)[0], sl.IncompleteEditionError, "any entry"),
        (as_csv(*rest("SDN")), sl.IncompleteEditionError, "any entry of the SDN List"),
        (
            as_csv(*rest("EL", "DPL")),
            sl.IncompleteEditionError,
            "Entity List and without .* Denied",
        ),
        (GOOD + b"1,2,3\n" + b"," * 28 + b"\n", sl.StructureChangedError, "3 cells where 29"),
        (GOOD.replace(b",ids\n", b",idents\n", 1), sl.StructureChangedError, "without 'ids'"),
        (GOOD.replace(b",ids\n", b",ids,more\n", 1), sl.StructureChangedError, "unknown 'more'"),
    ],
)
def test_whole_file_faults(data: bytes, error: type[sl.SanctionsError], says: str) -> None:
    """Each fault of a whole file has its own error, which names it and says what to do."""
    with pytest.raises(error, match=says) as caught:
        sl.read(data, published=DAY)
    assert type(caught.value) is error
    assert caught.value.hint


def test_partial() -> None:
    """partial=True reads a file without a list, and the edition says what is not there."""
    data = as_csv(*rest("SDN")) + b"1,2,3"
    with pytest.warns(sl.FaultyEntriesWarning):
        found = sl.read(data, published=DAY, partial=True)
    assert kinds(found) == [sl.IssueKind.REJECTED, sl.IssueKind.EDITION, sl.IssueKind.EDITION]
    assert found.editions[0].missing == (
        "what may have followed its last line",
        "any entry of the SDN List",
        "1 that could not be read",
    )
    assert all(one.edition is found.editions[0] for one in found)
    record = found.audit.issues[0].record
    assert record is not None
    assert list(record) == [("_id", "1"), ("source", "2"), ("entity_number", "3")]
    with pytest.raises(sl.NotStatedError, match="SDN List"):
        found.where(on_list="SDN List")


def test_cut_between_two_lines() -> None:
    """A long list in the order of names that does not reach the end of the alphabet is a cut one."""
    rows = [row(at, name=f"{chr(65 + at // 20)} {at:03}") for at in range(26 * 20)]
    whole = as_csv(*rest("EL"), *rows).replace(b"EXAMPLE", b" EXAMPLE")
    assert len(sl.read(whole, published=DAY)) == 26 * 20 + 10
    with pytest.raises(sl.IncompleteEditionError, match="names after 'V 439'"):
        sl.read(as_csv(*rest("EL"), *rows[:440]).replace(b"EXAMPLE", b" EXAMPLE"), published=DAY)


def test_what_silence_settles() -> None:
    """A list that the file holds whole is not inferred from labels; the others are not spelt out."""
    found = read(row(1, "SDN", programs="CMIC-EO13959"), row(2, "FSE"), row(3, "NS-MBS List"))
    explained = found.why("1")
    assert explained.inferred == ()
    said = next(one.way_out for one in explained.unstated if one.fact is sl.Fact.LIST)
    assert said == "lists other than the 13 that it holds: the list's own publisher"
