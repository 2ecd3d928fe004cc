"""The engine on JSON: where the array of the entries can be, and the header of a file."""

from __future__ import annotations

import json
from datetime import date

import attrs
import pytest

import sanctionslib as sl
from sanctionslib.parsers import Options, Parsed, sources_of
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.format import Head
from sanctionslib.parsers._engine.json import JsonFormat
from sanctionslib.parsers._engine.rules import Group, Unused, many, to


def _day(text: str, entry: Entry) -> date | None:
    """The day before the "T"."""
    return sl.PartialDate.parse(text.partition("T")[0]).earliest


def _name(text: str, entry: Entry) -> sl.Name:
    """A name."""
    return sl.Name(text=text)


DEEP = JsonFormat(
    name="us-csl-json",  # whose lists it takes
    title="An invented format",
    files=("example.json",),
    group=Group(
        make=sl.Entity,
        rules={
            "id": to("id"),
            "names": many("names", sl.Name, {".": to("text")}),
            "seen": Unused("the date of the file"),
        },
    ),
    entries="list/parties",
    known_by=("parties",),
    header={"list/date": to("published", _day)},
    dated_at="list/date",
)
IN_ENTRIES = attrs.evolve(
    DEEP, header={"list/parties/seen": to("published", _day)}, dated_at="list/parties/seen"
)
PARTIES = [{"id": at, "names": ["EXAMPLE"], "seen": "2030-01-02T10:00:00.5+01:00"} for at in "12"]


def parsed(document: object, form: JsonFormat = DEEP, *more: object, **options: object) -> Parsed:
    given = [json.dumps(one).encode() for one in (document, *more)]
    return form.parse(
        sources_of(given), Options(list_id="us_trade_csl", keep_source=True, **options)
    )  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "inside",
    [
        {"date": "2030-01-02T10:00:00.5+01:00", "parties": PARTIES},
        {"parties": PARTIES, "date": "2030-01-02"},
    ],
    ids=["before", "behind"],
)
def test_the_date_outside_the_entries(inside: dict[str, object]) -> None:
    """It precedes or follows them; the day is read as written, in any time zone."""
    found = parsed({"list": inside})
    (edition,) = found.editions
    assert (edition.published, edition.dated_by) == (date(2030, 1, 2), "file")
    assert [one.id for one in found.entities] == ["us_trade_csl:1", "us_trade_csl:2"]
    assert all(one.edition is edition for one in found.entities)
    assert [one.origins[0].path for one in found.entities] == ["list/parties[0]", "list/parties[1]"]
    assert found.audit.issues == ()


def test_the_date_in_each_entry() -> None:
    """The array of the first is used, with any values next to it."""
    found = parsed({"list": {"parties": PARTIES}}, IN_ENTRIES)
    assert found.editions[0].published == date(2030, 1, 2)
    assert found.audit.issues == ()


@pytest.mark.parametrize(
    ("inside", "form", "message"),
    [
        ({"parties": PARTIES}, DEEP, r"does not state its date \(list/date\)"),
        ({"date": None, "parties": PARTIES}, DEEP, "does not state its date"),
        ({"date": "soon", "parties": PARTIES}, DEEP, "list/date is 'soon', where the day before"),
        ({"parties": [{"id": "1", "names": ["EXAMPLE"]}]}, IN_ENTRIES, "does not state its date"),
    ],
)
def test_a_missing_date(inside: object, form: JsonFormat, message: str) -> None:
    """The file is damaged; a file with an unreadable date is not of the format."""
    with pytest.raises(sl.errors.StructureChangedError, match=message):
        parsed({"list": inside}, form)


@pytest.mark.parametrize(
    ("document", "name"),
    [
        ({"list": {"date": "2030-01-02", "parties": PARTIES, "x": "STRANGE"}}, "list/x"),
        ({"list": {"date": "2030-01-02", "parties": PARTIES}, "x": "STRANGE"}, "x"),
        ({"date": "STRANGE", "list": {"date": "2030-01-02", "parties": PARTIES}}, "date"),
    ],
)
def test_values_outside_the_entries(document: object, name: str) -> None:
    """On every level it is reported with its place and its value."""
    (issue,) = parsed(document).audit.issues
    assert (issue.kind, issue.where.path) == (sl.answers.IssueKind.STRUCTURE, name)
    assert dict(issue.source or ()) == {name: "STRANGE"}


@pytest.mark.parametrize(
    ("text", "of_object", "of_array"),
    [
        ('{"parties": []}', True, False),
        ('\ufeff {"x": 1, "parties" : []}', True, False),
        ('[ {"parties": 1}]', True, True),
        ('{"x": "parties"}', False, False),
        ('[{"x": "parties", "y": 1}]', False, False),
        ("parties: 1", False, False),
    ],
)
def test_recognised_by_its_keys(text: str, of_object: bool, of_array: bool) -> None:
    """A key is one where a colon follows; a document that is the array begins like one."""
    head = Head(name="x.json", data=text.encode())
    assert DEEP.recognise(head) is of_object
    assert attrs.evolve(DEEP, entries="").recognise(head) is of_array


@pytest.mark.parametrize("document", [{"list": PARTIES}, {"list": {}}, {"list": None}, {}, "x"])
def test_no_array(document: object) -> None:
    """An array in another place is not the array of the entries."""
    with pytest.raises(sl.errors.StructureChangedError, match='there is no array "list/parties"'):
        parsed(document)


@pytest.mark.parametrize(
    "text",
    [
        '{"list": {"date": "2030-01-02", "parties": [], "parties": []}}',
        '{"list": {"date": "2030-01-02", "parties": []}, "list": {"parties": []}}',
        '{"list": {"date": "2030-01-02", "date": "2030-01-02", "parties": []}}',
    ],
)
def test_repeated_keys(text: str) -> None:
    """On the path to the array no key may be repeated: one of the two would be lost."""
    with pytest.raises(sl.errors.StructureChangedError, match="occurs twice in one object"):
        DEEP.parse(sources_of(text.encode()), Options(list_id="us_trade_csl"))


def test_the_document_is_the_array() -> None:
    """It has no key, and there are no other values."""
    form = attrs.evolve(DEEP, entries="", header={}, dated_at="")
    found = parsed(PARTIES, form)
    assert [one.id for one in found.entities] == ["us_trade_csl:1", "us_trade_csl:2"]
    assert [one.origins[0].path for one in found.entities] == ["[0]", "[1]"]
    with pytest.raises(sl.errors.StructureChangedError, match="it is not an array"):
        parsed({"": PARTIES}, form)


LABELLED = attrs.evolve(
    DEEP,
    group=Group(
        make=sl.Entity,
        rules={
            "id": to("id"),
            "NAME/text": many("names", convert=_name),
            "ADDRESS": many(
                "addresses", sl.Address, {"city": to("city"), "zip": to("postal_code")}
            ),
            "NOTE/text": to("remarks"),
        },
    ),
    labelled={"facts": ("what", "values")},
    header={},
    dated_at="",
)


def labelled(*facts: object) -> Parsed:
    """A party with these facts, and its name."""
    name = {"what": "NAME", "values": [{"text": "EXAMPLE"}]}
    return parsed({"list": {"parties": [{"id": "1", "facts": [name, *facts]}]}}, LABELLED)


def test_labelled_values() -> None:
    """The table has the label as a step of its paths; the source keeps those of the document."""
    found = labelled(
        {"values": [{"city": "A", "zip": "1"}, {"city": "B"}], "what": "ADDRESS "},
        {"what": "ADDRESS", "values": {"city": "C"}},
    )
    (party,) = found.entities
    assert [(one.city, one.postal_code) for one in party.addresses] == [
        *(("A", "1"), ("B", None), ("C", None)),
    ]
    assert list(party.source or ()) == [
        ("id", "1"),
        ("facts/what", "NAME"),
        ("facts/values/text", "EXAMPLE"),
        ("facts/values/city", "A"),
        ("facts/values/zip", "1"),
        ("facts/values/city", "B"),
        ("facts/what", "ADDRESS "),
        ("facts/what", "ADDRESS"),
        ("facts/values/city", "C"),
    ]
    coverage = {(one.path, one.label): (one.coverage, one.note) for one in found.audit.paths}
    assert coverage["facts/values/city", "ADDRESS"] == (sl.answers.Coverage.MAPPED, "Address.city")
    assert coverage["facts/what", "ADDRESS"][0] is sl.answers.Coverage.STRUCTURAL


@pytest.mark.parametrize(
    ("fact", "label", "path", "use"),
    [
        ({"what": "SMELL", "values": [{"x": "?"}]}, "SMELL", "facts/values/x", "unmapped"),
        ({"what": "id", "values": [{"x": "?"}]}, "id", "facts/values/x", "unmapped"),
        ({"what": "ADDRESS", "values": [{"x": "?"}]}, *["facts/values/x"] * 2, "unexpected"),
        ({"what": "ADDRESS", "values": ["?"]}, "facts/values", "facts/values", "unexpected"),
        ({"what": "ADDRESS", "x": "?"}, "facts/x", "facts/x", "unexpected"),
        ({"values": [{"city": "?"}]}, *["facts/values/city"] * 2, "unexpected"),
        (
            {"what": ["ADDRESS"], "values": [{"city": "?"}]},
            *["facts/values/city"] * 2,
            "unexpected",
        ),
        ("?", "facts", "facts", "unexpected"),
    ],
)
def test_labelled_values_that_are_unexpected(fact: object, label: str, path: str, use: str) -> None:
    """Each becomes a Feature and is counted, where no rule names it, the label or the place."""
    found = labelled(fact)
    features = [(one.label, one.value) for one in found.entities[0].features]
    assert (label, "?") in features
    assert path in {one.path for one in found.audit.unmapped}
    assert use in {one.coverage.value for one in found.audit.paths if one.path == path}
    assert "?" in {text for _, text in found.entities[0].source or ()}


def test_a_second_text_under_a_label() -> None:
    """Where the field holds one, it is unexpected and not lost."""
    notes = [{"text": "first"}, {"text": "second"}]
    found = labelled({"what": "NOTE", "values": notes})
    assert found.entities[0].remarks == "first"
    assert [one.value for one in found.entities[0].features] == ["second"]
