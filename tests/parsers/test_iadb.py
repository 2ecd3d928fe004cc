"""The Inter-American Development Bank's list: other banks' decisions, and names in brackets."""

from __future__ import annotations

from pathlib import Path

import pytest
from cases_iadb import CASES, rows
from sheet_files import workbook

import sanctionslib as sl

(CASE,) = CASES


def read(*changed: dict[str, str]) -> sl.SanctionsList[sl.Entity]:
    """A file of one row for each, which is the first with these cells changed."""
    header, first = rows()[:2]
    full = {**dict.fromkeys(header, ""), **dict(zip(header, first, strict=False))}
    made = [[{**full, **one}[at] for at in header] for one in changed]
    return CASE.read([workbook({"Export": [header, *made]})])


def one(**cells: str) -> sl.Entity:
    (found,) = read({at.replace("_", " "): text for at, text in cells.items()})
    return found


def test_it_is_a_debarment() -> None:
    """The catalog and the editions state that it is not a sanctions list."""
    assert sl.lists()["iadb_sanctions"].category == "debarment"
    assert "NO SANCTIONS" in str(CASE.read(CASE.small()).audit)


def test_decisions_of_other_banks() -> None:
    """The source distinguishes them; what the bank itself imposed is a measure."""
    other = one(Source="AfDB cross debarment")
    assert (other.designations[0].sources, other.measures) == (("AfDB cross debarment",), ())
    own = one(
        Source="IDB", IDB_Sanction_Type="Debarment", IDB_Sanction_Source="Sanctions Committee"
    )
    assert own.designations[0].sources == ("IDB", "Sanctions Committee")
    assert [each.kind for each in own.measures] == [sl.MeasureKind.PROCUREMENT_BAN]


@pytest.mark.parametrize(
    ("kind", "printed", "names", "titles"),
    [
        ("Individual", "Mr. A Example", ["A Example"], ("Mr.",)),
        ("Individual", "Ms B Example", ["B Example"], ("Ms",)),
        ("Individual", "Mr. A Example (also know as Mr. C Sample)", ["A Example", "C Sample"], ("Mr.",)),
        ("Individual", "Mr. A Example (Mr. Example)", ["A Example"], ("Mr.",)),
        ("Individual", "Msuya Example", ["Msuya Example"], ()),
        ("Firm", "Dr. Example Hospital", ["Dr. Example Hospital"], ()),
    ],
)  # fmt: skip
def test_titles(kind: str, printed: str, names: list[str], titles: tuple[str, ...]) -> None:
    """The title of an individual, and the role in a decision, are not part of the name."""
    found = one(Entity=kind, Title=printed)
    assert [name.text for name in found.names] == names
    assert getattr(found, "titles", ()) == titles


def test_from_and_to() -> None:
    """A debarment without an end has none."""
    found = one(From="Mar 23, 2007", To="Ongoing")
    assert [(each.kind, str(each.date)) for each in found.designations[0].events] == [
        (sl.EventKind.EFFECTIVE, "2007-03-23")
    ]


def test_countries() -> None:
    """A comma is a part of a nationality; the country of the project is not the party's."""
    place = "China, Hong Kong Special Administrative Region"
    firm = one(Nationality=place, Country="Kenya, Uganda")
    person = one(Entity="Individual", Nationality=place)
    assert isinstance(firm, sl.Organization)
    assert isinstance(person, sl.Person)
    assert [str(each) for each in firm.registered_in] == [place]
    assert [each.country.code for each in person.nationalities] == ["HK"]
    assert [each.code for each in firm.countries] == ["HK"]
    assert [each.value for each in firm.features] == ["Kenya, Uganda"]


def test_a_kind_that_is_unknown() -> None:
    """It has no field for a nationality, which is kept and reported."""
    found = read({"Entity": "Consortium"})
    (entity,) = found
    assert (type(entity), entity.raw_kind) == (sl.Entity, "Consortium")
    assert "Kazakhstan" in [each.value for each in entity.features]
    assert sl.answers.IssueKind.UNKNOWN_KIND in [each.kind for each in found.audit.issues]


def test_the_filter_of_the_report() -> None:
    (omitted,) = CASE.read(CASE.small()).audit.omitted
    assert (omitted.reason, omitted.where.line) == ("the filter of the report", 10)


def test_keys() -> None:
    """Two debarments of one name are two entries: nothing shows that both are of one party."""
    first, second = read({}, {"From": "Dec 08, 2024"})
    assert (first.source_id, second.source_id) == (
        "~example-llp.2024-05-16.wbg",
        "~example-llp.2024-12-08.wbg",
    )


AKA, FKA = sl.NameKind.AKA, sl.NameKind.FKA


@pytest.mark.parametrize(
    ("text", "name", "others"),
    [
        ("A Ltd (formerly operating as: B Ltd)", "A Ltd", [("B Ltd", FKA)]),
        ("A (Formerly B Ltd.)", "A", [("B Ltd.", FKA)]),
        ("A (Currently doing business as 'B b')", "A", [("B b", AKA)]),
        ("A (also know as Mr. Li)", "A", [("Mr. Li", AKA)]),
        ("A LLC (a.k.a. B) (Bb)", "A LLC (Bb)", [("B", AKA)]),
        ("A (“B”),", "A", [("B", AKA)]),
        ("A (“B", "A", [("B", AKA)]),
        ('A ("B") C', 'A ("B") C', []),
        ("A (Beijing) Co.", "A (Beijing) Co.", []),
        ("A (北京)", "A", [("北京", AKA)]),
        ("A Ltd. (", "A Ltd.", []),
        ("A (TIN No. 304)", "A", []),
        ("(北京)", "(北京)", [("北京", AKA)]),
    ],
)
def test_names(text: str, name: str, others: list[tuple[str, sl.NameKind]]) -> None:
    """A bracket at the end is another name where a word, quotation marks or its script show it."""
    first, *more = one(Title=text).names
    assert first.text == name
    assert [(each.text, each.kind) for each in more] == others


def test_how_a_decision_calls_a_person() -> None:
    """It is a note and no name: it would be that of thousands."""
    (name,) = one(Title="Mr. EXAMPLE Salazar (“Mr. Salazar”)").names
    assert (name.text, name.note) == ("Mr. EXAMPLE Salazar", "Mr. Salazar")


def test_the_whole_file(lists: Path) -> None:
    found = CASE.read([(lists / "iadb_sanctions" / "data_2024.xlsx").read_bytes()])
    assert (len(found), found.audit.issues) == (876, ())
    assert len(found.where(kind=sl.Organization)) == 625
    others = [each for each in found if each.designations[0].sources[0] != "IDB"]
    assert len(others) == 656
    ends = [each.kind for one in found for each in one.designations[0].events]
    assert ends.count(sl.EventKind.EXPIRES) == 460
    assert [str(each.listed_since) for each in (found["~zhao-xu.2020-04-02.adb"],)] == [
        "2020-04-02"
    ]
