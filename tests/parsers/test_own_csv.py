"""The CSV template: what is filled in comes back as entities, and what is not understood raises."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from quick import examples

import sanctionslib as sl
from sanctionslib.parsers.own.csv import FORMAT


def table(*rows: Iterable[str], delimiter: str = ",", end: str = "\r\n") -> bytes:
    """Rows as a spreadsheet writes them."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    return text.getvalue().encode()


def read(data: bytes, **options: object) -> sl.SanctionsList[sl.Entity]:
    return sl.read(data, list_id="my_watch", **options)  # type: ignore[arg-type]


def party(**cells: str) -> sl.Entity:
    """The party of one row that has these cells besides its id and name."""
    return party_of({"id": "1", "name": "EXAMPLE"} | cells)


def party_of(cells: dict[str, str]) -> sl.Entity:
    """The party of a row, with its columns in this order."""
    return read(table(cells.keys(), cells.values()))["1"]


def test_template() -> None:
    """The template names every column, and its example is read as it stands."""
    header, example = csv.reader(io.StringIO(sl.template()))
    assert header == list(FORMAT.columns)
    assert len(example) == len(header)
    held = read(sl.template().encode())
    (found,) = held
    expected = sl.Organization(
        id="my_watch:1",
        names=(
            sl.Name(text="EXAMPLE TRADING LLC"),
            sl.Name(text="EXAMPLE TRADE", kind=sl.NameKind.AKA),
            sl.Name(text="EXAMPLE TRADING COMPANY", kind=sl.NameKind.AKA),
            sl.Name(text="EXAMPLE IMPORT LLC", kind=sl.NameKind.FKA),
        ),
        addresses=(
            sl.Address(
                lines=("1 Example Road; Office 2, Dhaka",), country=sl.Country(code="BD", raw="BD")
            ),
        ),
        identifiers=(
            sl.Identifier(
                kind=sl.IdentifierKind.REGISTRATION,
                value="EX-12345",
                country=sl.Country(code="BD", raw="BD"),
            ),
        ),
        features=(
            sl.Feature(label="Website", value="www.example.org", kind=sl.FeatureKind.WEBSITE),
        ),
        relations=(
            sl.Relation(
                kind=sl.RelationKind.OWNED_OR_CONTROLLED_BY,
                to=sl.EntityRef(name="EXAMPLE HOLDING LLC"),
            ),
        ),
        registered_in=(sl.Country(code="BD", raw="BD"),),
        designations=(
            sl.Designation(
                authority=sl.Authority(code="Compliance"),
                listings=(
                    sl.Listing(
                        list_name="Watch list",
                        events=(
                            sl.Event(
                                kind=sl.EventKind.LISTED,
                                date=sl.PartialDate.day(date(2021, 12, 10)),
                            ),
                        ),
                    ),
                ),
                programs=("WATCH",),
                measures=(sl.Measure(kind=sl.MeasureKind.OTHER, raw="ask before any payment"),),
                reason="An example: delete this row.",
                notices=("Minutes of 2021-12-10, no. 3",),
            ),
        ),
    )
    assert found == expected
    assert held.audit.read == held.audit.built == 1


def test_edition() -> None:
    """The edition is the caller's: its list, its date; anything may be stated in it."""
    (edition,) = read(sl.template().encode(), published="2021-12-10").editions
    assert (edition.list_id, edition.format) == ("my_watch", "sanctionslib-csv")
    assert (edition.published, edition.dated_by) == (date(2021, 12, 10), "caller")
    assert edition.scope is sl.Scope.WHOLE
    assert edition.states is None
    (undated,) = read(sl.template().encode()).editions
    assert (undated.published, undated.dated_by) == (None, None)


def test_id_and_name_are_enough() -> None:
    """A party without a kind is a plain Entity, without a designation."""
    (found,) = read(b"id,name\r\n7,EXAMPLE STAR\r\n")
    assert found == sl.Entity(id="my_watch:7", names=(sl.Name(text="EXAMPLE STAR"),))
    assert type(found) is sl.Entity


def test_person() -> None:
    """All that a person has; dates and places of one row are not paired."""
    found = party(
        kind="Person",
        weak_aliases="EX",
        gender="Female",
        birth_dates="1971-03-05 | circa 1970",
        birth_places="Dhaka, Bangladesh",
        nationalities="BD | Burma",
        citizenships="GB",
        titles="Dr",
        positions="Governor | Minister",
        emails="a@example.org",
        phones="+880 2 1",
        remarks="seen once",
    )
    assert isinstance(found, sl.Person)
    assert found.names[1].strength is sl.AliasStrength.WEAK
    assert found.genders == (sl.Gender.FEMALE,)
    assert [(str(one.date), one.place) for one in found.births[:2]] == [
        ("1971-03-05", None),
        ("circa 1970", None),
    ]
    assert found.births[2].date is None
    assert found.births[2].place is not None
    assert found.births[2].place.country == sl.Country(code="BD")
    assert [one.country.code for one in found.nationalities] == ["BD", "MM"]
    assert [one.country.code for one in found.citizenships] == ["GB"]
    assert (found.titles, found.positions) == (("Dr",), ("Governor", "Minister"))
    assert [(one.kind, one.value) for one in found.features] == [
        (sl.FeatureKind.EMAIL, "a@example.org"),
        (sl.FeatureKind.PHONE, "+880 2 1"),
    ]
    assert found.remarks == "seen once"
    assert found.designations == ()


def test_vessel_and_aircraft() -> None:
    """Numbers say what they are, by their word or its short form; the issuer stands behind."""
    ship = party(
        kind="vessel", flags="PA", identifiers="IMO: 9999993 | mmsi: 123456789 | Call sign: EX (PA)"
    )
    assert isinstance(ship, sl.Vessel)
    assert [one.code for one in ship.flags] == ["PA"]
    assert [(one.kind, one.value, one.country) for one in ship.identifiers] == [
        (sl.IdentifierKind.IMO, "9999993", None),
        (sl.IdentifierKind.MMSI, "123456789", None),
        (sl.IdentifierKind.CALL_SIGN, "EX", sl.Country(code="PA")),
    ]
    plane = party(kind="aircraft", registered_in="IR", identifiers="aircraft tail: EP-XXX")
    assert isinstance(plane, sl.Aircraft)
    assert plane.identifiers[0].kind is sl.IdentifierKind.AIRCRAFT_TAIL


def test_addresses_and_countries() -> None:
    """Countries go to the addresses in order, or stand alone; West Bank has no code."""
    two = party(addresses="1 Example Road, Dhaka | Office", address_countries="BD|West Bank")
    assert [(one.text, one.country and one.country.code) for one in two.addresses] == [
        ("1 Example Road, Dhaka, BD", "BD"),
        ("Office, West Bank", None),
    ]
    alone = party(address_countries="Bangladesh | Burma")
    assert [one.country and one.country.code for one in alone.addresses] == ["BD", "MM"]
    assert party(addresses="Dhaka").addresses == (sl.Address(lines=("Dhaka",)),)


def test_designation() -> None:
    """What is said of a designation, with a list's dates on the list, else on the designation."""
    (found,) = party(
        authority="State", list_name="Section 7031(c)", programs="7031(c)", listed="2021-12-10"
    ).designations
    assert found.authority == sl.authorities["State"]
    assert str(found.listings[0].since) == "2021-12-10"
    assert found.events == ()
    (bare,) = party(
        listed="2021-12", expires="2031", measures="Travel ban", legal_bases="An act"
    ).designations
    assert (bare.authority, bare.listings) == (None, ())
    assert [(one.kind, str(one.date)) for one in bare.events] == [
        (sl.EventKind.LISTED, "2021-12"),
        (sl.EventKind.EXPIRES, "2031"),
    ]
    assert bare.measures == (sl.Measure(kind=sl.MeasureKind.TRAVEL_BAN, raw="Travel ban"),)
    assert bare.bases == (sl.LegalBasis(title="An act"),)


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
        ({"id": "1.23E+11"}, "id", "what a spreadsheet makes", "as? ?text|to text"),
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
        ({"measures": "block"}, "measures", "none of its words", "behind 'other:'"),
        ({"measures": "other:"}, "measures", "none of its words", "behind 'other:'"),
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
    assert caught.value.where == sl.Where(
        source="<bytes>", list_id="my_watch", entry=given["id"], path=column, line=3
    )
    assert any(part in caught.value.hint for part in hint.split("|"))


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
    with pytest.raises(sl.StructureChangedError, match=says) as caught:
        read(f"{header}\n1,2\n".encode())
    assert "sanctionslib template" in caught.value.hint


def test_surplus_cells() -> None:
    """A cell without a column is not dropped: a comma outside quotes makes one."""
    with pytest.raises(sl.ParseError, match="row 2: 'Dhaka' stands in column 3") as caught:
        read(b"id,name\n1,EXAMPLE LLC,Dhaka\n")
    assert "into quotes" in caught.value.hint
    with pytest.raises(sl.ParseError, match="'x' stands in column 2"):
        read(b"id,,name\n1,x,EXAMPLE\n")


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


def test_the_list_must_be_named() -> None:
    """A list of one's own has the id that the caller gives it."""
    for list_id in (None, "", "a:b"):
        with pytest.raises(sl.InvalidInputError) as caught:
            sl.read(sl.template().encode(), list_id=list_id)
        assert "list_id='my_watch'" in caught.value.hint


def test_an_empty_list_is_none() -> None:
    """A header without rows is no list: nobody could be found on it."""
    for data in (b"id,name\n", b"id,name\n,\n,,\n"):
        with pytest.raises(sl.TruncatedError, match="no rows"):
            read(data)


def test_a_file_that_may_be_cut() -> None:
    """Without a last line break, a short row is a cut file, and a full one is in doubt."""
    with pytest.raises(sl.TruncatedError, match="it has 2 cells of 3"):
        read(b"id,name,kind,,\n1,EXAMPLE,person\n2,EXAM")
    with pytest.warns(sl.FaultyEntriesWarning, match="no line break after it"):
        (found,) = read(b"id,name,kind,,\n1,EXAMPLE,person")
    assert found.kind == "person"
    with pytest.raises(sl.TruncatedError, match="within the quotes"):
        read(b'id,name\n1,"EXAMPLE')


def test_other_encodings() -> None:
    """A file in the code page of a system is refused, and it is said how to save it."""
    with pytest.raises(sl.ParseError, match="is no text in UTF-8") as caught:
        read("id,name\n1,MÜLLER\n".encode("cp1252"))
    assert "CSV UTF-8" in caught.value.hint


def test_records() -> None:
    """With records, every cell that is not blank is kept, and told with its field."""
    data = table(("name", "id", "kind"), (" EXAMPLE ", "1", "vessel"), ("TWO", "2", ""))
    held = read(data, records=True)
    assert list(held["1"].record or ()) == [("name", " EXAMPLE "), ("id", "1"), ("kind", "vessel")]
    assert {one.path: (one.count, one.use) for one in held.audit.paths} == {
        "name": (2, sl.Use.MAPPED),
        "id": (2, sl.Use.MAPPED),
        "kind": (1, sl.Use.MAPPED),
    }
    assert held["2"].origins == (sl.Origin(member="<bytes>", line=3),)


def test_other_tables_are_not_taken() -> None:
    """A table that is no template is not recognised as one."""
    for header in (b"Name,City\nA,B\n", b"name\nA\n", b"_id,source,name\n1,2,3\n"):
        with pytest.raises(sl.UnknownFormatError):
            read(header)


def test_it_can_be_written(tmp_path: Path) -> None:
    """What was filled in is written as JSON Lines, and read back the same."""
    path = tmp_path / "watch.jsonl"
    held = read(sl.template().encode(), published="2021-12-10")
    held.write(path)
    again = sl.read(path)
    assert list(again) == list(held)
    assert again.editions == held.editions


# ── what is written is read ───────────────────────────────────────────────────────────────────

_LETTERS = st.characters(categories=("L", "N"))
_TEXT = st.text(st.one_of(_LETTERS, st.sampled_from(" ;,'\"&-.")), min_size=1, max_size=12).map(
    lambda text: f"x{text}x"
)
_SEVERAL = st.lists(_TEXT, max_size=3, unique=True)
_CODES = st.sampled_from(sorted(sl.countries))
_COUNTRIES = st.lists(_CODES, max_size=2, unique=True).map(
    lambda codes: tuple(sl.Country(code=code) for code in codes)
)
_NATIONS = _COUNTRIES.map(lambda some: tuple(sl.Nationality(country=one) for one in some))
_DAYS = st.one_of(
    st.dates().map(sl.PartialDate.day),
    st.dates().map(lambda day: sl.PartialDate.year(day.year, circa=True)),
    st.dates().map(lambda day: sl.PartialDate.month(day.year, day.month)),
)
_KINDS = (sl.Entity, sl.Person, sl.Organization, sl.Vessel, sl.Aircraft)


@st.composite
def parties(draw: st.DrawFn) -> sl.Entity:
    """A party with nothing but what the template has columns for."""
    cls = draw(st.sampled_from(_KINDS))
    aka, weak = sl.NameKind.AKA, sl.AliasStrength.WEAK
    listed = draw(st.none() | _DAYS)
    events = (sl.Event(kind=sl.EventKind.LISTED, date=listed),) if listed is not None else ()
    list_name = draw(st.none() | _TEXT)
    designation = sl.Designation(
        authority=draw(st.none() | _TEXT.map(lambda text: sl.Authority(code=text))),
        listings=(sl.Listing(list_name=list_name, events=events),) if list_name else (),
        events=() if list_name else events,
        programs=tuple(draw(_SEVERAL)),
        bases=tuple(sl.LegalBasis(title=text) for text in draw(_SEVERAL)),
        measures=tuple(
            sl.Measure(kind=kind, raw=kind.value)
            for kind in draw(st.lists(st.sampled_from(sl.MeasureKind), max_size=2, unique=True))
            if kind is not sl.MeasureKind.OTHER
        ),
        reason=draw(st.none() | _TEXT),
        notices=tuple(draw(_SEVERAL)),
    )
    found = cls(
        id="my_watch:k",
        names=(
            sl.Name(text=draw(_TEXT)),
            *(sl.Name(text=text, kind=aka) for text in draw(_SEVERAL)),
            *(sl.Name(text=text, kind=aka, strength=weak) for text in draw(_SEVERAL)),
            *(sl.Name(text=text, kind=sl.NameKind.FKA) for text in draw(_SEVERAL)),
        ),
        addresses=draw(
            st.one_of(
                _SEVERAL.map(lambda texts: tuple(sl.Address(lines=(text,)) for text in texts)),
                _COUNTRIES.map(lambda some: tuple(sl.Address(country=one) for one in some)),
            )
        ),
        identifiers=tuple(
            sl.Identifier(kind=kind, value=draw(_TEXT), country=draw(st.none() | _CODES.map(_of)))
            for kind in draw(st.lists(st.sampled_from(sl.IdentifierKind), max_size=2, unique=True))
        ),
        relations=tuple(
            sl.Relation(kind=draw(st.sampled_from(sl.RelationKind)), to=sl.EntityRef(name=text))
            for text in draw(_SEVERAL)
        ),
        designations=() if designation == sl.Designation() else (designation,),
        remarks=draw(st.none() | _TEXT),
    )
    if isinstance(found, sl.Person):
        return attrs.evolve(
            found,
            births=tuple(sl.Birth(date=day) for day in draw(st.lists(_DAYS, max_size=1))),
            nationalities=draw(_NATIONS),
            citizenships=draw(_NATIONS),
            genders=tuple(draw(st.lists(st.sampled_from(sl.Gender), max_size=1))),
            titles=tuple(draw(_SEVERAL)),
            positions=tuple(draw(_SEVERAL)),
        )
    if isinstance(found, sl.Vessel):
        found = attrs.evolve(found, flags=draw(_COUNTRIES))
    if isinstance(found, (sl.Vessel, sl.Aircraft, sl.Organization)):
        return attrs.evolve(found, registered_in=draw(_COUNTRIES))
    return found


def _of(code: str) -> sl.Country:
    return sl.Country(code=code)


def _cells(one: sl.Entity) -> dict[str, str]:
    """The row of a party, as a person would fill it in."""
    many = " | ".join
    aliases = one.aliases
    (told,) = one.designations or (sl.Designation(),)
    dates = [event.date for event in told.events]
    dates += [event.date for listing in told.listings for event in listing.events]
    cells = {
        "id": one.source_id,
        "name": one.name,
        "kind": one.kind,
        "aliases": many(
            name.text
            for name in aliases
            if name.kind is sl.NameKind.AKA and name.strength is sl.AliasStrength.UNSTATED
        ),
        "weak_aliases": many(n.text for n in aliases if n.strength is sl.AliasStrength.WEAK),
        "former_names": many(name.text for name in aliases if name.kind is sl.NameKind.FKA),
        "addresses": many(line for each in one.addresses for line in each.lines),
        "address_countries": many(
            each.country.code or "" for each in one.addresses if each.country is not None
        ),
        "identifiers": many(
            f"{each.kind.value}: {each.value}"
            + (f" ({each.country.code})" if each.country is not None else "")
            for each in one.identifiers
            if each.kind is not None
        ),
        "related_to": many(
            f"{each.kind.value}: {each.to.name}" for each in one.relations if each.kind is not None
        ),
        "authority": told.authority.code if told.authority is not None else "",
        "list_name": many(each.list_name for each in told.listings),
        "programs": many(told.programs),
        "legal_bases": many(each.title for each in told.bases),
        "measures": many(each.raw for each in told.measures),
        "listed": many(map(str, dates)),
        "reason": told.reason or "",
        "notices": many(told.notices),
        "remarks": one.remarks or "",
    }
    if isinstance(one, sl.Person):
        cells |= {
            "birth_dates": many(str(each.date) for each in one.births),
            "nationalities": many(each.country.code or "" for each in one.nationalities),
            "citizenships": many(each.country.code or "" for each in one.citizenships),
            "gender": many(each.value for each in one.genders),
            "titles": many(one.titles),
            "positions": many(one.positions),
        }
    if isinstance(one, sl.Vessel):
        cells["flags"] = many(each.code or "" for each in one.flags)
    if isinstance(one, (sl.Vessel, sl.Aircraft, sl.Organization)):
        cells["registered_in"] = many(each.code or "" for each in one.registered_in)
    return cells


@examples(60)
@given(parties(), st.sampled_from(",;\t"))
def test_every_party_comes_back(one: sl.Entity, delimiter: str) -> None:
    """A party that the template has columns for is read as it was filled in."""
    cells = _cells(one)
    assert list(read(table(cells.keys(), cells.values(), delimiter=delimiter))) == [one]
