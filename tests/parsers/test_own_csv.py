"""The CSV template: what is filled in comes back as entities, and what is not understood raises."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date

import pytest

import sanctionslib as sl
from sanctionslib.parsers.own.csv import FORMAT


def table(*rows: Iterable[str], delimiter: str = ",", end: str = "\r\n") -> bytes:
    """Rows as a spreadsheet writes them."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    return text.getvalue().encode()


def read(data: bytes, **options: object) -> sl.SanctionsList[sl.Entity]:
    return sl.read(data, list_id="my_watch", **options)  # type: ignore[arg-type]


def party_of(cells: dict[str, str]) -> sl.Entity:
    """The party of a row, with its columns in this order."""
    return read(table(cells.keys(), cells.values()))["1"]


def test_template() -> None:
    """The template names every column, and its example is read as it stands."""
    header, _ = csv.reader(io.StringIO(sl.template()))
    assert header == list(FORMAT.columns)
    (found,) = read(sl.template().encode())
    assert (found.kind, found.name, len(found.names)) == ("organization", "EXAMPLE TRADING LLC", 4)


def test_edition() -> None:
    """The edition is the caller's: its list, its date; anything may be stated in it."""
    (edition,) = read(sl.template().encode(), published="2021-12-10").editions
    assert (edition.list_id, edition.format) == ("my_watch", "sanctionslib-csv")
    assert (edition.published, edition.dated_by) == (date(2021, 12, 10), "caller")
    assert (edition.scope, edition.supported_facts) == (sl.Scope.WHOLE, None)
    for list_id in (None, "", "a:b"):
        with pytest.raises(sl.InvalidInputError) as caught:
            sl.read(sl.template().encode(), list_id=list_id)
        assert "list_id='my_watch'" in caught.value.hint


def test_id_and_name_are_enough() -> None:
    """A party without a kind is a plain Entity, without a designation."""
    (found,) = read(b"id,name\r\n7,EXAMPLE STAR\r\n")
    assert found == sl.Entity(id="my_watch:7", names=(sl.Name(text="EXAMPLE STAR"),))
    assert type(found) is sl.Entity


IMO = sl.Identifier(kind=sl.IdentifierKind.IMO, value="9999993")
SIGN = sl.Identifier(kind=sl.IdentifierKind.CALL_SIGN, value="X", country=sl.Country(code="PA"))
BAN = sl.Measure(kind=sl.MeasureKind.TRAVEL_BAN, raw="Travel ban")
ASK = sl.Measure(kind=sl.MeasureKind.OTHER, raw="ask")
LISTED = sl.Event(kind=sl.EventKind.LISTED, date=sl.PartialDate.parse("2021-12"))
A_IN_BD = sl.Address(lines=("A",), country=sl.Country(code="BD"))
IN_WEST_BANK = sl.Address(lines=("B",), country=sl.Country(raw="West Bank"))


@pytest.mark.parametrize(
    ("cells", "field", "values"),
    [
        ({"kind": "Person", "gender": "Female"}, "genders", [sl.Gender.FEMALE]),
        ({"measures": "Travel ban | other: ask"}, "measures", [BAN, ASK]),
        ({"identifiers": "imo: 9999993"}, "identifiers", [IMO]),
        ({"identifiers": "Call sign: X (PA)"}, "identifiers", [SIGN]),
        ({"flags": "Burma", "kind": "vessel"}, "flags", [sl.Country(code="MM", raw="Burma")]),
        (
            {"addresses": "A|B", "address_countries": "BD|West Bank"},
            "addresses",
            [A_IN_BD, IN_WEST_BANK],
        ),
        ({"address_countries": "BD"}, "addresses", [sl.Address(country=sl.Country(code="BD"))]),
        ({"authority": "State"}, "authority", sl.authorities["State"]),
        ({"listed": "2021-12"}, "events", [LISTED]),
    ],
)
def test_what_is_forgiven(cells: dict[str, str], field: str, values: object) -> None:
    """Words in any case and in their short form, and what is left out."""
    (found,) = read(table(["id", "name", *cells], ["1", "EXAMPLE", *cells.values()]))
    holder = found if hasattr(found, field) else found.designations[0]
    held = getattr(holder, field)
    assert (list(held) if isinstance(held, tuple) else held) == values


def test_words() -> None:
    """Each word of a vocabulary says itself."""
    cells = {
        "id": "1",
        "name": "EXAMPLE",
        "identifiers": " | ".join(f"{word.value}: {word.name}" for word in sl.IdentifierKind),
        "related_to": " | ".join(f"{word.value}: {word.name}" for word in sl.RelationKind),
        "measures": " | ".join(word.value for word in sl.MeasureKind),
    }
    found = party_of(cells)
    assert [one.kind for one in found.identifiers] == list(sl.IdentifierKind)
    assert [one.kind for one in found.relations] == list(sl.RelationKind)
    assert [one.kind for one in found.designations[0].measures] == list(sl.MeasureKind)


def test_links() -> None:
    """A link leads to a name, or with # to the id of a row; both are found in the list."""
    held = read(
        table(
            ("id", "name", "related_to"),
            ("1", "EXAMPLE HOLDING LLC", ""),
            ("w-2", "EXAMPLE TRADING LLC", "subsidiary of: #1"),
            ("3", "EXAMPLE SHIPPING LLC", "linked to: EXAMPLE TRADING LLC"),
        )
    )
    assert [one.source.source_id for one in held.why("1").linked_from] == ["w-2"]
    assert [one.source.source_id for one in held.why("w-2").linked_from] == ["3"]


def test_columns_in_another_order_say_the_same() -> None:
    """The order of names, of births and of dates is that of the template, and so is the first fault."""
    cells = {
        "id": "1",
        "name": "EXAMPLE",
        "kind": "person",
        "aliases": "A | B",
        "former_names": "C",
        "birth_dates": "1971",
        "birth_places": "Dhaka, Bangladesh",
        "emails": "a@example.org",
        "phones": "+880 2 1",
        "listed": "2021",
        "expires": "2031",
    }
    turned = dict(reversed(cells.items()))
    assert party_of(turned) == party_of(cells)
    for wrong in (cells, turned):
        with pytest.raises(sl.ParseError, match="row 2, column 'aliases'"):
            party_of({**wrong, "phones": "x | x", "aliases": "y | y"})


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_what_spreadsheets_write(delimiter: str, mark: bytes, end: str) -> None:
    """Any delimiter, a byte-order mark, capitals in the header, empty columns, rows and ends."""
    data = mark + table(
        ("Id", "Name", "Birth dates", "Kind", "", ""),
        ("1", "EXAMPLE; A, B", "1971", "person", "", ""),
        ("", "", "", "", "", ""),
        ("2", "EXAMPLE TWO"),
        ("", "", "", "", "", ""),
        delimiter=delimiter,
        end=end,
    )
    assert [(one.source_id, one.name, one.kind) for one in read(data)] == [
        ("1", "EXAMPLE; A, B", "person"),
        ("2", "EXAMPLE TWO", "entity"),
    ]


@pytest.mark.parametrize(
    ("cells", "column", "says", "hint"),
    [
        ({"kind": "ship"}, "kind", "'ship' is none of its words", "person, organization, vessel"),
        ({"name": ""}, "name", "there is no name", "delete the row"),
        ({"id": ""}, "id", "there is no id", "one of its own"),
        ({"id": "1.23E+11"}, "id", "lost its digits", "to text"),
        ({"listed": "10.12.2021"}, "listed", "'10.12.2021' is no date", "YYYY-MM-DD"),
        ({"listed": "12/10/2021"}, "listed", "no date", "YYYY-MM-DD"),
        ({"listed": "2021-12-10 00:00:00"}, "listed", "no date", "YYYY-MM-DD"),
        ({"listed": "44540"}, "listed", "no date", "YYYY-MM-DD"),
        ({"expires": "2021-02-30"}, "expires", "no date", "YYYY-MM-DD"),
        ({"kind": "person", "birth_dates": "1971 |"}, "birth_dates", "empty value", "between two"),
        ({"aliases": "A\nB"}, "aliases", "line break", "divide values by '|'"),
        ({"aliases": "A | B | A"}, "aliases", "given twice", "leave one out"),
        ({"birth_dates": "1971"}, "birth_dates", "the kind 'entity'", "kind person"),
        ({"kind": "person", "flags": "PA"}, "flags", "the kind 'person'", "kind vessel"),
        ({"kind": "person", "gender": "m"}, "gender", "none of its words", "female, male"),
        ({"kind": "person", "nationalities": "Atlantis"}, "nationalities", "no country", "ISO"),
        ({"address_countries": "XX"}, "address_countries", "no country", "ISO code"),
        (
            {"addresses": "A | B", "address_countries": "BD"},
            "address_countries",
            "1 countries for 2 addresses",
            "one for each",
        ),
        ({"identifiers": "X123"}, "identifiers", "does not say what it is", "passport: X1234567"),
        ({"identifiers": "pasport: X1"}, "identifiers", "none of its words", "passport"),
        ({"identifiers": "passport:"}, "identifiers", "does not say what", "passport"),
        ({"identifiers": "tax: 1.23E+15"}, "identifiers", "lost its digits", "to text"),
        ({"identifiers": "passport: X1 (XX)"}, "identifiers", "no country", "ISO"),
        ({"related_to": "EXAMPLE LLC"}, "related_to", "does not say what it is", "owned or"),
        ({"related_to": "friend of: X"}, "related_to", "none of its words", "linked to"),
        ({"related_to": "linked to: #9"}, "related_to", "no row has the id '9'", "without #"),
        ({"measures": "block"}, "measures", "none of its words", "asset freeze"),
        ({"measures": "other:"}, "measures", "none of its words", "asset freeze"),
        ({"reason": "#REF!"}, "reason", "error of the spreadsheet", "mend"),
    ],
)
def test_a_wrong_cell(cells: dict[str, str], column: str, says: str, hint: str) -> None:
    """What is wrong with a cell is said with its row and column, and what to do about it."""
    given = {"id": "7", "name": "EXAMPLE"} | cells
    rows = (["1", "FIRST"], list(given.values()))
    with pytest.raises(sl.ParseError, match=says) as caught:
        read(table(given.keys(), *rows))
    assert type(caught.value) is sl.ParseError
    assert str(caught.value).startswith(f"row 3, column {column!r}: ")
    assert caught.value.where == sl.errors.Where(
        source="<bytes>", list_id="my_watch", entry=given["id"], path=column, line=3
    )
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ("id,kind", "without 'name'"),
        ("name,kind", "without 'id'"),
        ("id,name,colour", "the unknown 'colour'"),
        ("id,name,alias", "the unknown 'alias'"),
        ("id,name,kind,Kind", "twice with 'kind'"),
    ],
)
def test_a_wrong_header(header: str, says: str) -> None:
    """Unknown, missing and doubled columns are named."""
    with pytest.raises(sl.errors.StructureChangedError, match=says) as caught:
        read(f"{header}\n1,2\n".encode())
    assert "sl.template()" in caught.value.hint


def test_surplus_cells() -> None:
    """A cell without a column is not dropped: a comma outside quotes makes one."""
    for data in (b"id,name\n1,EXAMPLE LLC,Dhaka\n", b"id,,name\n1,Dhaka,EXAMPLE\n"):
        with pytest.raises(sl.ParseError, match="row 2: 'Dhaka' stands in a column") as caught:
            read(data)
        assert "into quotes" in caught.value.hint


def test_ids_are_not_doubled() -> None:
    """Two rows with one id are refused, and both are named."""
    with pytest.raises(sl.ParseError, match="row 4, column 'id': '1' is the id of row 2 too"):
        read(b"id,name\n1,A\n2,B\n1,C\n")


def test_rows_are_those_of_the_spreadsheet() -> None:
    """With a line break inside a cell, lines and rows differ, and both are given."""
    data = table(("id", "name", "reason"), ("1", "A", "one\r\ntwo\nthree"), ("2", "", ""))
    with pytest.raises(sl.ParseError, match="row 3, column 'name'") as caught:
        read(data)
    assert caught.value.where.line == 5


def test_all_faults_are_told_at_once() -> None:
    """The first fault is explained, and the places of the others follow."""
    rows = [(str(at), "", "x") for at in range(9)]
    with pytest.raises(sl.ParseError) as caught:
        read(table(("id", "name", "kind"), *rows))
    assert str(caught.value).startswith("row 2, column 'kind'")
    assert caught.value.hint.endswith(
        "Also at fault: row 3, column 'kind'; row 4, column 'kind'; row 5, column 'kind'; "
        "row 6, column 'kind'; row 7, column 'kind' and 3 more"
    )


@pytest.mark.parametrize("data", [b"id,name\n", b"id,name\n,\n , ,\n"])
def test_an_empty_list_is_none(data: bytes) -> None:
    """A header without rows is no list: nobody could be found on it."""
    with pytest.raises(sl.IncompleteEditionError, match="any entry"):
        read(data)


def test_a_file_that_may_be_cut() -> None:
    """Without a last line break, a short row is a cut file, and a full one is in doubt."""
    with pytest.raises(sl.errors.TruncatedError, match="it has 2 cells of 3"):
        read(b"id,name,kind,,\n1,EXAMPLE,person\n2,EXAM")
    with pytest.warns(sl.errors.FaultyEntriesWarning, match="no line break after it"):
        (found,) = read(b"id,name,kind,,\n1,EXAMPLE,person")
    assert found.kind == "person"
    with pytest.raises(sl.errors.TruncatedError, match="inside the quotes"):
        read(b'id,name\n1,"EXAMPLE')


def test_other_encodings() -> None:
    """A file in the code page of a system is refused, and it is said how to save it."""
    with pytest.raises(sl.ParseError, match="is not valid in UTF-8") as caught:
        read("id,name\n1,MÜLLER\n".encode("cp1252"))
    assert "CSV UTF-8" in caught.value.hint


def test_other_tables_are_not_taken() -> None:
    """A table that is no template is not recognised as one."""
    for header in (b"Name,City\nA,B\n", b"name\nA\n", b"_id,source,name\n1,2,3\n"):
        with pytest.raises(sl.errors.UnknownFormatError):
            read(header)
