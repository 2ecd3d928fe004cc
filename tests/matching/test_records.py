"""Records of any form, one reading each: who is searched, and what was wrong with the record."""

from __future__ import annotations

import dataclasses
import enum
import io
from collections import namedtuple
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import attrs
import pytest

import sanctionslib as sl
from sanctionslib.answers import Subject
from sanctionslib.errors import InvalidInputError
from sanctionslib.matching.records import Records
from sanctionslib.matching.tables import rows
from sanctionslib.model import Country, PartialDate
from sanctionslib.reference import countries

from .reading import one, read, subject, whats, write

FULL = Subject(
    names=("Ahmed, Benazir",),
    birth_date=PartialDate.parse("1963-10-01"),
    countries=(Country(code="BD", raw="Bangladesh"),),
    identifiers=("RL0068313",),
)
ROW = {
    "first_name": "Benazir",
    "last_name": "Ahmed",
    "dob": "1963-10-01",
    "nationality": "Bangladesh",
    "passport": "RL0068313",
}


class Client:
    """An object of the caller's own."""

    def __init__(self) -> None:
        self.__dict__.update(ROW)

    @property
    def title(self) -> str:
        """What is no field."""
        return f"{ROW['first_name']} {ROW['last_name']}"


class Kind(enum.Enum):
    SHIP = "Ship"


@pytest.mark.parametrize(
    "record",
    [
        ROW,
        Client(),
        attrs.make_class("Frozen", [*ROW], frozen=True, slots=True)(**ROW),
        dataclasses.make_dataclass("Data", [*ROW])(**ROW),
        namedtuple("Row", ROW)(**ROW),
    ],
    ids=lambda it: type(it).__name__,
)
def test_forms(record: object) -> None:
    """Mappings and objects say the same; family and given names stay apart as "LAST, First"."""
    assert subject(record) == FULL
    assert one(record).key == "1"


def test_a_name_a_subject_an_entity() -> None:
    """Text is a name; what can be searched as it stands goes through."""
    assert subject("  Benazir Ahmed ") == Subject(names=("Benazir Ahmed",))
    assert subject(FULL) == FULL
    assert subject(FULL, kind="person") == attrs.evolve(FULL, kind="person")
    unread = attrs.evolve(FULL, birth_date=PartialDate.parse("soon"))
    found = one(unread)
    assert found.subject == attrs.evolve(FULL, birth_date=None)
    assert [(each.field, each.value, each.skipped) for each in found.problems] == [
        ("birth_date", "soon", False)
    ]
    rab = sl.sample()["33951"]
    found = one(rab)
    assert found.key == "us_ofac_sdn:33951"
    assert found.subject is not None
    assert found.subject.kind == "organization"
    assert found.subject.names == tuple(each.text for each in rab.names)
    # A declared column may be a property of the object.
    assert subject(Client(), columns={"name": "title"}).names == ("Benazir Ahmed",)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (("id", "Full Name", "DOB"), {"key": "id", "name": "Full Name", "birth_date": "DOB"}),
        (("customer_id", "company"), {"key": "customer_id", "name": "company"}),
        (
            ("name", "first-name", "last.name"),
            {"name": "name", "family": "last.name", "given": "first-name"},
        ),
        (("imo", "flag"), {"country": "flag", "identifier": "imo"}),
    ],
)
def test_guess(header: tuple[str, ...], expected: dict[str, str]) -> None:
    """Columns are known by their English headers; order and punctuation do not count."""
    records = Records([dict.fromkeys((*header, "shoe size"), "x")])
    assert records.columns == {role: (column,) for role, column in expected.items()}
    assert list(records.unused) == ["shoe size"]


@pytest.mark.parametrize(
    ("header", "message", "hint"),
    [
        (("Vorname", "dob"), "'Vorname', 'dob'", "columns={'name': '…'}"),
        (
            ("name", "company"),
            "'name', 'company' of the records may each hold the name",
            "columns={'name': ('name', 'company')} …",
        ),
        (("dob", "birth_date", "name"), "'dob', 'birth_date'", "columns={'birth_date': 'dob'} …"),
        (
            ("name", "surname"),
            "'name', 'surname' of the records may be a whole name and a part",
            "columns",
        ),
        (("first_name", "name"), "may be a whole name and a part", "columns"),
    ],
)
def test_no_guess(header: tuple[str, ...], message: str, hint: str) -> None:
    """Where a name could be in two columns or in none, the caller has to say; before anything runs."""
    with pytest.raises(InvalidInputError) as caught:
        Records([dict.fromkeys(header, "x")])
    assert message in caught.value.what
    assert hint in caught.value.hint


def test_declared() -> None:
    """Declared columns are read as declared, and no others; several names are all searched."""
    record = {"who": "Benazir Ahmed", "firm": "EXAMPLE LLC", "n": "C7", "dob": "1963"}
    records = Records([record], columns={"name": ["who", "firm"]}, key="n")
    (found,) = records
    assert found.key == "C7"
    assert found.subject == Subject(names=("Benazir Ahmed", "EXAMPLE LLC"))
    assert records.columns == {"key": ("n",), "name": ("who", "firm")}
    assert list(records.unused) == ["dob"]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"nmae": "who"}, "'nmae' is nothing that a column can hold"),
        ({"name": 7}, "columns['name'] is 7"),
        ({"name": ()}, "columns['name'] is ()"),
        ({"name": "who", "birth_date": ("a", "b")}, "a record has one birth_date"),
        ({"country": "c"}, "declares no column that holds a name or a number"),
        (["name"], "columns is list"),
    ],
)
def test_wrong_declarations(columns: Any, message: str) -> None:
    """A declaration that makes no sense is refused with words."""
    with pytest.raises(InvalidInputError) as caught:
        Records([{"who": "x"}], columns=columns)
    assert message in caught.value.what
    with pytest.raises(InvalidInputError, match="dates='ymd'"):
        Records([], dates="ymd")  # type: ignore[arg-type]


def test_a_declared_column_that_is_nowhere(tmp_path: Path) -> None:
    """A slip in a column's name would compare nothing by it, in silence: it is reported."""
    columns = {"name": "name", "birth_date": "dbo"}
    path = write(tmp_path, "name,dob\nBenazir Ahmed,1963\n")
    with pytest.raises(InvalidInputError, match="no column 'dbo'"):
        Records(path, columns=columns)
    rows = iter(Records([{"name": "A B"}, {"name": "C D", "dob": "1963"}], columns=columns))
    assert [next(rows).position, next(rows).position] == [1, 2]
    with pytest.raises(InvalidInputError, match="no column 'dbo'"):
        next(rows)
    late = [{"name": "A B"}, {"name": "C D", "dbo": "1963"}]
    assert [each.problems for each in read(late, columns=columns)] == [(), ()]


def test_a_column_that_is_there_twice(tmp_path: Path) -> None:
    """Which of the two is meant nobody knows; where neither is read it does not matter."""
    with pytest.raises(InvalidInputError, match=r"the column 'id' stands twice in customers\.csv"):
        Records(write(tmp_path, "id,name,id\n1,A B,2\n"))
    (found,) = read(write(tmp_path, "note,name,note\n1,A B,2\n"))
    assert found.problems == ()


def test_names_in_parts() -> None:
    """Parts become "LAST, First Middle"; a whole name of the same words is not searched twice."""
    parts = {"last_name": "van der Berg", "first_name": "Anna", "middle_name": "Maria"}
    assert subject(parts).names == ("van der Berg, Anna Maria",)
    assert subject(parts | {"name": "Anna Maria van der Berg"}).names == (
        "van der Berg, Anna Maria",
    )
    assert subject(parts | {"name": "Anna Smit"}).names == ("van der Berg, Anna Maria", "Anna Smit")
    assert subject({"last_name": "Smith, Jr.", "first_name": "John"}).names == ("Smith  Jr., John",)
    assert subject({"last_name": "", "first_name": "Anna"}).names == ("Anna",)
    assert subject({"name": "A B", "aka": ["C D", "E F"]}).names == ("A B", "C D", "E F")


def test_half_a_name_is_not_searched() -> None:
    """Where a part of a name cannot be read, the rest of it would be somebody else."""
    found = one({"last_name": 7, "first_name": "Anna"})
    assert found.subject is None
    assert whats(found) == [
        ("last_name", "is int, where text is expected", False),
        (None, "there is neither a name nor a number that could be searched", True),
    ]


@pytest.mark.parametrize("word", ["N/A", "unknown", "None", " NULL "])
def test_what_stands_for_no_name_is_none(word: str) -> None:
    """A column full of it would make a quiet screening; of parts only the middle name may lack."""
    nothing = (None, "there is neither a name nor a number that could be searched", True)
    assert whats(one({"name": word})) == [nothing]
    assert whats(one(word)) == [nothing]
    assert subject({"name": "Anna Smit", "aka": [word, "A. Smit"]}).names == (
        "Anna Smit",
        "A. Smit",
    )
    parts = {"last_name": "Smit", "first_name": "Anna", "middle_name": word}
    assert subject(parts).names == ("Smit, Anna",)
    assert subject({"last_name": "Null", "first_name": "Nan"}).names == ("Null, Nan",)


@pytest.mark.parametrize(
    ("values", "order", "expected"),
    [
        (["1963-10-01", "1 Oct 1963", "19631001", "1963/10/1"], None, "1963-10-01"),
        (["1963-10-01T00:00:00", "1963-10-01 00:00"], None, "1963-10-01"),
        ([date(1963, 10, 1), datetime(1963, 10, 1, 12)], None, "1963-10-01"),
        (["1963-10"], None, "1963-10"),
        (["1963", 1963, 1963.0], None, "1963"),
        (["circa 1963"], None, "circa 1963"),
        (["31/10/1963", "10/31/1963"], None, "1963-10-31"),
        (["10.10.1963"], None, "1963-10-10"),
        (["03/10/1963", "3.10.1963"], "dmy", "1963-10-03"),
        (["03/10/1963"], "mdy", "1963-03-10"),
        ([PartialDate.parse("1963 to 1965")], None, "1963 to 1965"),
    ],
)
def test_dates(values: list[object], order: Any, expected: str) -> None:
    """Dates are read in the usual forms, as exactly as they are stated."""
    for value in values:
        found = subject({"name": "A B", "dob": value}, dates=order).birth_date
        assert found == PartialDate.parse(expected), value


@pytest.mark.parametrize(
    ("value", "order", "message"),
    [
        ("03/10/1963", None, "dates='dmy'"),
        ("3.10.1963", None, "dates='mdy'"),
        ("31/10/1963", "mdy", "is no known form of a date"),
        ("10/31/1963", "dmy", "is no known form of a date"),
        ("03/10/63", "dmy", "two digits"),
        ("1963-02-30", None, "is no known form of a date"),
        ("123/4/1963", None, "is no known form of a date"),
        ("soon", None, "is no known form of a date"),
        (True, None, "is bool"),
        ({"year": 1963}, None, "is dict"),
        ("1963; 1964", None, "several dates"),
    ],
)
def test_bad_dates(value: object, order: Any, message: str) -> None:
    """A date that could be two days, or is none, is reported; the record is searched without it."""
    found = one({"name": "A B", "dob": value}, dates=order)
    assert found.subject == Subject(names=("A B",))
    ((field, what, skipped),) = whats(found)
    assert field == "dob"
    assert message in what
    assert not skipped


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        ("Bangladesh", ["BD"]),
        ("bd", ["BD"]),
        ("BGD", ["BD"]),
        ("deu/rks", ["DE", "XK"]),
        ("DE; FR", ["DE", "FR"]),
        ("Iran / Iraq", ["IR", "IQ"]),
        ("Korea, North", ["KP"]),
        (["DE", "FR", "DE"], ["DE", "FR"]),
        (Country(code="XK"), ["XK"]),
        ("Region: Crimea", [None]),
        ("n/a", []),
        ("NA", ["NA"]),
        (None, []),
        (float("nan"), []),
    ],
)
def test_countries(value: object, codes: list[str | None]) -> None:
    """Countries by name or code, one or several; what stands for "none" is none."""
    found = subject({"name": "A B", "nationality": value})
    assert [each.code for each in found.countries] == codes


def test_side_values_at_fault() -> None:
    """Each value that cannot be used is reported by its field, and the rest is compared."""
    found = one(
        {
            "name": "A B",
            "aka": "#NAME?",
            "country": "Atlantis; France",
            "type": "retail",
            "passport": "1.23457E+15",
            "tax_id": "???",
            "imo": 9187629.0,
        }
    )
    assert found.subject == Subject(
        names=("A B",),
        countries=(Country(code="FR", raw="France"),),
        identifiers=("IMO 9187629",),
    )
    assert [(each.field, each.value, each.skipped) for each in found.problems] == [
        ("aka", "#NAME?", False),
        ("type", "retail", False),
        ("country", "Atlantis", False),
        ("passport", "1.23457E+15", False),
        ("tax_id", "???", False),
    ]


@pytest.mark.parametrize(
    ("column", "value", "number"),
    [
        ("imo", "9187629", "IMO 9187629"),
        ("IMO No.", 9187629, "IMO 9187629"),
        ("IMO number", "IMO 9187629", "IMO 9187629"),
        ("imo", "HE4242", "HE4242"),
        ("company number", "9187629", "9187629"),
    ],
)
def test_imo_numbers(column: str, value: object, number: str) -> None:
    """A column of IMO numbers says that they are some, so that another one conflicts."""
    record = {"name": "EXAMPLE STAR", column: value}
    assert subject(record).identifiers == (number,)
    assert subject(record, columns={"name": "name", "identifier": column}).identifiers == (number,)


def test_another_imo_number_conflicts() -> None:
    """A ship of the same name whose number is another one is no other's."""
    imo = sl.Identifier(value="IMO 9187655", kind=sl.IdentifierKind.IMO)
    ship = sl.Vessel(id="watch:1", names=(sl.Name(text="EXAMPLE STAR"),), identifiers=(imo,))
    mine = sl.SanctionsList([ship])
    for number, verdict in (("9187629", "conflicts"), ("9187655", "agrees")):
        (result,) = mine.screen([{"name": "Example Star", "imo": number}])
        assert [one.verdict.value for one in result.hits[0].facts] == [verdict]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("Individual", "person"),
        ("COMPANY", "organization"),
        ("legal_entity", "organization"),
        ("ship", "vessel"),
        ("entity", None),
        (sl.Person, "person"),
        (Kind.SHIP, "vessel"),
    ],
)
def test_kinds(value: object, kind: str | None) -> None:
    """The kind of a record, in its own words; without one, that of the whole screening."""
    assert subject({"name": "A B", "type": value}).kind == kind
    assert subject({"name": "A B", "type": ""}, kind="vessel").kind == "vessel"


class Raises(Mapping[str, object]):
    """A record that raises when it is read."""

    def __init__(self, where: str) -> None:
        self.where = where

    def __getitem__(self, key: str) -> object:
        if key == self.where:
            raise RuntimeError(f"no {key}")
        return "A B" if key == "name" else "1963"

    def __iter__(self) -> Iterator[str]:
        if self.where == "keys":
            raise RuntimeError("no keys")
        return iter(("name", "dob"))

    def __len__(self) -> int:
        return 2


def test_records_that_raise() -> None:
    """A record that raises when it is read is a result too, and the next one is read."""
    rows = read([Raises(""), Raises("keys"), Raises("name"), Raises("dob"), "C D"])
    assert [each.position for each in rows] == [1, 2, 3, 4, 5]
    assert [each.subject is None for each in rows] == [False, True, True, False, False]
    assert whats(rows[1]) == [(None, "cannot be read: RuntimeError: no keys", True)]
    assert whats(rows[2])[0] == ("name", "cannot be read: RuntimeError: no name", False)
    assert whats(rows[3]) == [("dob", "cannot be read: RuntimeError: no dob", False)]


def test_many_sets_of_fields() -> None:
    """Records that all have other fields do not fill the memory."""
    records = Records({"name": "A B", f"note {at}": "x"} for at in range(2_000))
    assert all(each.subject is not None for each in records)
    assert len(records.unused) == 256


@pytest.mark.parametrize(
    "record",
    [
        *(None, 7, b"name", ["A B"], {}, {"name": ""}, {"name": None}, "", " ", ("A", "B")),
        *(sl.Person, Subject(), Subject(names=(7,)), Subject(names=("A",), kind="nobody")),  # type: ignore[arg-type]
        Subject(names=("A",), countries=("BD",)),  # type: ignore[arg-type]
    ],
    ids=str,
)
def test_what_is_no_record(record: object) -> None:
    """Whatever stands in the place of a record gives a reading with a problem, never an error."""
    rows = read([{"name": "A B"}, record, {"name": "C D"}])
    assert [each.subject is None for each in rows] == [False, True, False]
    assert [each.skipped for each in rows[1].problems][-1]


def test_fields_differ_from_record_to_record() -> None:
    """Each set of fields is read by itself; one without a name is a problem of its record."""
    records = Records([{"name": "A B"}, {"last_name": "D", "first_name": "C"}, {"x": 1}])
    rows = list(records)
    assert [each.subject and each.subject.names for each in rows] == [("A B",), ("D, C",), None]
    assert "no column of the records is known to hold a name" in rows[2].problems[0].what
    assert records.columns == {
        "name": ("name",),
        "family": ("last_name",),
        "given": ("first_name",),
    }


class Frame:
    """A data frame: its iteration gives the names of its columns, which are no customers."""

    def iterrows(self) -> None: ...
    def __iter__(self) -> Iterator[str]:
        return iter(("name", "dob"))


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        pytest.param(Frame(), "to_dict('records')", id="a data frame"),
        ({"name": "A B"}, "a list of records"),
        (Subject(names=("A",)), "a list of records"),
        pytest.param(io.StringIO("name\nA B\n"), "csv.DictReader", id="an open file"),
        (b"name", "path"),
        (7, "path"),
    ],
    ids=str,
)
def test_what_are_no_records(given: object, hint: str) -> None:
    """One record alone, an open file, bytes: each would be taken apart in a wrong way."""
    with pytest.raises(InvalidInputError) as caught:
        Records(given)  # type: ignore[arg-type]
    assert hint in caught.value.hint


def test_keys() -> None:
    """The key is that of its column; a record without one is known by its position, and says so."""
    rows = read([{"id": 7.0, "name": "A B"}, {"id": "", "name": "C D"}, {"name": "E F"}])
    assert [each.key for each in rows] == ["7", "2", "3"]
    assert [whats(each) for each in rows] == [
        [],
        [("id", "there is no key: its position is used", False)],
        [],
    ]


def test_codes_of_three_letters() -> None:
    """Every country of today has one, and no two share it; they are codes of the table of countries."""
    table = list(rows("alpha3"))
    codes = {row["code"] for row in table}
    assert codes == {code for code in countries if countries.status(code) != "withdrawn"}
    assert len({row["alpha3"] for row in table}) == len(table) == len(codes) + 1  # Kosovo has two
