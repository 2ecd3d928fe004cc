"""Rows of answers: columns, types, and what stands in them."""

from __future__ import annotations

import csv
import typing
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sanctionslib as sl
from sanctionslib import answers
from sanctionslib.answers import Change, ChangeRow, HitRow, LinkRow, ResultRow
from sanctionslib.export import columns_of, csv_lines

from .strategies import of_class

TABLES = {
    answers.Hits: HitRow,
    answers.ScreeningResult: ResultRow,
    answers.Changes: ChangeRow,
    answers.ChangeLog: ChangeRow,
    answers.Network: LinkRow,
    answers.Ownership: LinkRow,
}


@pytest.fixture(scope="module")
def screened(results: list[answers.ScreeningResult]) -> list[ResultRow]:
    """The rows of all of them."""
    return [row for one in results for row in one.rows()]


# ── all answers ───────────────────────────────────────────────────────────────────────────────


def _allowed(form: object) -> set[object]:
    """The types of the values of a column: a word of a closed vocabulary is a text."""
    parts = typing.get_args(form)
    if typing.get_origin(form) is typing.Literal:
        return {str}
    return {each for one in parts for each in _allowed(one)} if parts else {form}


@pytest.mark.parametrize("kind", TABLES, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_columns_and_their_types(kind: type[Any], data: st.DataObject) -> None:
    """All rows have all columns in one order, and a value is of the type of its column."""
    answer = data.draw(of_class(kind))
    hints = typing.get_type_hints(TABLES[kind])
    assert columns_of(answer) == tuple(hints)
    for row in answer.rows():
        assert tuple(row) == tuple(hints)
        for name, value in row.items():
            assert type(value) in _allowed(hints[name]), name
    plain = {each for form in hints.values() for each in _allowed(form)}
    assert plain <= {str, int, float, bool, date, type(None)}


def test_answers_without_rows() -> None:
    """Nothing found has no row; its columns are known all the same."""
    hits = sl.sample().search("Nobody Whoever")
    assert hits.rows() == []
    (head,) = csv_lines(hits.rows(), columns_of(hits))
    assert head.startswith("place,status,score,")
    assert columns_of(sl.sample()) == tuple(sl.export.Row.__annotations__)


def test_csv_of_any_rows(screened: list[ResultRow]) -> None:
    """Days are ISO text, shares have four digits, a cell that a spreadsheet would run has a '."""
    chosen = ("key", "score", "listed_earliest", "cut_off")
    lines = list(csv.reader(csv_lines(screened, chosen)))
    assert lines[0] == list(chosen)
    assert lines[1] == ["C-1", "0.9847", "2021-12-10", "0"]
    assert lines[5] == ["'=C-4", "", "", "0"]
    assert next(csv.reader(csv_lines(screened[4:5], chosen, guard_formulas=False))) == list(chosen)


# ── hits and results ──────────────────────────────────────────────────────────────────────────


def test_rows_of_hits() -> None:
    """A row for each hit, best first, that says what was looked at."""
    hits = sl.sample().search("Benazir Ahmad", birth_date="1963", country="BD")
    rows = hits.rows()
    assert [row["id"] for row in rows] == [one.entity.id for one in hits]
    assert [row["place"] for row in rows] == [1, 2]
    first = rows[0]
    assert (first["hit_name"], first["name"]) == ("AHMED, Benazir",) * 2
    assert (first["kind"], first["programs"], first["lists"]) == ("person", "GLOMAG", "SDN List")
    assert first["listed_earliest"] == first["listed_latest"] == date(2021, 12, 10)
    assert (first["score"], first["rank"]) == (hits[0].score, hits[0].rank)
    assert (first["birth_date_verdict"], first["birth_date_listed"]) == ("agrees", "01 Oct 1963")
    assert (first["identifier_verdict"], first["identifier_listed"]) == (None, None)
    labels = [one.label for one in hits.context.editions]
    assert first["edition"] == labels[0]
    assert first["looked_at"] == "; ".join(labels)


def test_suppressed_parties_have_rows_that_say_so() -> None:
    """Behind the hits, so that what a weak alias alone matches is not lost."""
    weak = sl.Name(text="EL TIGRE", kind=sl.NameKind.AKA, strength=sl.AliasStrength.WEAK)
    people = [
        sl.Person(id="watch:1", names=(sl.Name(text="DOE, Jane"), weak)),
        sl.Person(id="watch:2", names=(sl.Name(text="EL TIGRE"),)),
    ]
    mine = sl.SanctionsList(people)
    found = [(row["place"], row["status"], row["id"]) for row in mine.search("El Tigre").rows()]
    assert found == [(1, "hit", "watch:2"), (2, "suppressed", "watch:1")]
    (row,) = mine[:1].screen(["El Tigre"]).rows()
    assert (row["status"], row["place"], row["hit_strength"]) == ("suppressed", 1, "weak")


def test_every_record_has_a_row(screened: list[ResultRow]) -> None:
    """A row for each hit, and exactly one for each record without; never "clear"."""
    found = [(row["position"], row["key"], row["status"], row["id"]) for row in screened]
    assert found == [
        (1, "C-1", "hit", "us_ofac_sdn:33951"),
        (2, "C-2", "hit", "us_klepto_hr_visa:~benazir-ahmed"),
        (2, "C-2", "hit", "us_ofac_sdn:33952"),
        (3, "C-3", "hit", "us_ofac_sdn:34020"),
        (4, "=C-4", "no hit", None),
        (5, "C-5", "not screened", None),
        (6, "C-6", "no hit", None),
    ]


def test_facts_stand_beside_the_score(screened: list[ResultRow]) -> None:
    """What agrees, what conflicts and what is unknown, with what the list states."""
    columns = ("birth_date_verdict", "birth_date_listed", "country_verdict", "country_listed")
    found = [tuple(dict(row)[one] for one in columns) for row in screened[:4]]
    assert found == [
        (None, None, "agrees", "Bangladesh"),
        ("unknown", None, "unknown", None),
        ("conflicts", "01 Oct 1963", "agrees", "Bangladesh"),
        (None, None, None, None),
    ]


def test_a_hit_by_number_has_no_name(screened: list[ResultRow]) -> None:
    """Where only a number hit, no listed name stands beside the searched one."""
    row = screened[3]
    assert row["searched"] == "Nobody Whoever"
    assert (row["query"], row["hit_name"], row["hit_strength"]) == (None, None, None)
    assert (row["score"], row["identifier_verdict"]) == (0.0, "agrees")
    assert (row["identifier_listed"], row["name"]) == ("7706101758", "EUROPEAN INSTITUTE JUSTO")


def test_several_problems_stand_in_one_cell(screened: list[ResultRow]) -> None:
    """What was wrong, and in which column."""
    said = screened[-1]["problems"] or ""
    assert "; " in said
    assert "dob: " in said
    assert "country: " in said


def test_each_row_says_what_was_looked_at(
    results: list[answers.ScreeningResult], screened: list[ResultRow]
) -> None:
    """A row can be read without any other: editions, scorer, threshold, policy."""
    context = results[0].context
    for row in screened:
        assert row["looked_at"] == "; ".join(one.label for one in context.editions)
        assert (row["method"], row["min_score"]) == (context.method, context.min_score)
        assert row["weak_aliases"] == "confirm"


# ── changes ───────────────────────────────────────────────────────────────────────────────────

SHIP = sl.Vessel(id="watch:1", names=(sl.Name(text="EXAMPLE STAR"),))
OLD = sl.Edition(list_id="watch", published=date(2021, 12, 9))
NEW = sl.Edition(list_id="watch", published=date(2021, 12, 10))


def _amended(*changes: Change) -> list[ChangeRow]:
    one = answers.Amended(before=SHIP, after=SHIP, changes=changes)
    return answers.Changes(old=(OLD,), new=(NEW,), amended=(one,)).rows()


def test_rows_of_changes() -> None:
    """A row for each party that came or went, and for each value that changed of one."""
    changes = sl.diff(sl.sample("2021-12-09"), sl.sample("2021-12-10"))
    rows = changes.rows()
    assert [(row["change"], row["id"]) for row in rows] == [
        ("added", one.id) for one in changes.added
    ]
    assert (rows[0]["old_date"], rows[0]["new_date"]) == (date(2021, 12, 9), date(2021, 12, 10))
    assert {rows[0]["field"], rows[0]["how"], rows[0]["before"], rows[0]["after"]} == {None}
    gone = answers.Changes(old=(OLD,), new=(NEW,), removed=(SHIP,)).rows()
    assert [(row["change"], row["name"], row["kind"]) for row in gone] == [
        ("removed", "EXAMPLE STAR", "vessel")
    ]
    assert gone[0]["new_edition"] == "watch · 2021-12-10"


def test_rows_of_values_that_changed() -> None:
    """What became of the value, and both texts; where these are the same, all that differs."""
    panama, remark = sl.Country(code="PA"), sl.Address(city="Dhaka")
    rows = _amended(
        Change(field="flags", after=panama),
        Change(field="remarks", before="old"),
        Change(field="tonnage", before=10, after=12),
        Change(field="names"),
        Change(field="addresses", before=remark, after=sl.Address(city="Dhaka", note="new")),
    )
    assert [(row["field"], row["how"], row["before"], row["after"]) for row in rows] == [
        ("flags", "added", None, "PA"),
        ("remarks", "removed", "old", None),
        ("tonnage", "altered", "10", "12"),
        ("names", "order", None, None),
        ("addresses", "altered", repr(remark), "Address(city='Dhaka', note='new')"),
    ]
    assert {row["paired_by"] for row in rows} == {"id"}
    birth = sl.Birth(date=sl.PartialDate.year(1971), place=sl.model.Place(text="Dhaka"))
    event = sl.Event(kind=sl.EventKind.LISTED, date=sl.PartialDate.year(2021))
    rows = _amended(Change(field="births", after=birth), Change(field="x", after=event))
    assert [row["after"] for row in rows] == ["1971, Dhaka", "listed 2021"]


# ── links ─────────────────────────────────────────────────────────────────────────────────────


def test_rows_of_links() -> None:
    """From the party that states it to the party that it names."""
    network = sl.sample().related("34022")
    found = [(row["name"], row["link"], row["to_id"], row["to_name"]) for row in network.rows()]
    assert found == [
        (name, "linked to", "us_ofac_sdn:34022", "SEK STUDIO")
        for name in ("MOXING CARTOON", "NINGS CARTOON STUDIO", "LU, Hezheng")
    ]
    assert all(row["followed"] and not row["is_ambiguous"] for row in network.rows())


def test_links_that_lead_to_several_or_to_nobody_here() -> None:
    """An ambiguous link has a row for each party; an unlisted one the name that the source gives."""
    other = sl.Organization(id="watch:2", names=(sl.Name(text="EXAMPLE LTD"),))
    relation = sl.Relation(
        to=sl.EntityRef(name="EXAMPLE"), kind=sl.RelationKind.SUBSIDIARY_OF, former=True
    )
    ambiguous = answers.Link(relation=relation, source=SHIP, targets=(SHIP, other))
    unlisted = answers.Link(relation=sl.Relation(to=sl.EntityRef(name="X")), source=SHIP)
    owned = answers.Ownership(
        center=SHIP, question="owners of", ambiguous=(ambiguous,), unlisted=(unlisted,)
    )
    columns = ("link", "to_id", "to_name", "is_ambiguous", "is_former", "followed")
    assert [tuple(dict(row)[one] for one in columns) for row in owned.rows()] == [
        ("subsidiary of", "watch:1", "EXAMPLE STAR", True, True, False),
        ("subsidiary of", "watch:2", "EXAMPLE LTD", True, True, False),
        (None, None, "X", False, False, False),
    ]
