"""The engine on XML: an invented format, with what the official files show too seldom."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

import sanctionslib as sl
from sanctionslib.parsers import Options, Parsed, sources_of
from sanctionslib.parsers._engine.edition import Header
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.rules import Group, Unused, many, to
from sanctionslib.parsers._engine.xml import XmlFormat


@attrs.frozen(kw_only=True)
class Word:
    """A word of the file's own."""

    number: str
    text: str


@attrs.frozen(kw_only=True)
class About(Header):
    """A header with a field more."""

    words: tuple[Word, ...] = ()


def _day(text: str, entry: Entry) -> date | None:
    return sl.PartialDate.parse(text).earliest


FORMAT = XmlFormat(
    name="ofac-enhanced-xml",  # whose lists it takes
    title="An invented format",
    files=("example.xml",),
    root="list",
    header={
        "about/day": to("published", _day),
        "words/word": many("words", Word, {"@number": to("number"), ".": to("text")}),
    },
    header_type=About,
    dated_at="about/day",
    entries={
        "parties/party": Group(
            make=sl.Entity,
            rules={
                "@id": to("id"),
                "name": many("names", sl.Name, {".": to("text")}),
                "measure": many(
                    "measures",
                    sl.Measure,
                    {
                        ".": to("kind", {"freeze": sl.MeasureKind.ASSET_FREEZE}, raw="raw"),
                        "@id": Unused("a key"),
                    },
                    shared=True,
                ),
                "note": many(
                    "features",
                    sl.Feature,
                    {
                        "@kind": to("kind", {"site": sl.FeatureKind.WEBSITE}),
                        "@id": to("source_id"),
                        ".": to("value"),
                    },
                    needs=("kind",),
                    label="note",
                ),
            },
        )
    },
)

ABOUT = "<about><day>2021-12-10</day></about>"
WORDS = "<words><word number='1'>one</word><word number='2'>two</word></words>"
PARTY = "<party id='1'><name>EXAMPLE</name>{}</party>"
PARTIES = f"<parties>{PARTY.format('')}</parties>"


def parsed(*parts: str, published: date | None = None) -> Parsed:
    """What is read of a document of these parts."""
    return FORMAT.parse(
        sources_of(f"<list>{''.join(parts)}</list>".encode()),
        Options(list_id="us_ofac_sdn", records=True, published=published),
    )


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ((ABOUT, ABOUT), "about stands there a second time"),
        ((ABOUT, WORDS, WORDS), "words stands there a second time"),
        ((ABOUT, PARTIES, PARTIES), "in a second section"),
        ((ABOUT, PARTIES, WORDS), "words stands after the first entry"),
        ((PARTIES, ABOUT), "about stands after the first entry"),
        ((ABOUT.replace("2021-12-10", "today"), PARTIES), "about/day is 'today'"),
    ],
)
def test_parts_out_of_place(parts: tuple[str, ...], says: str) -> None:
    """A part that stands there twice, or after the entries, is of a file put together of two.

    So is a day in another form, also where the caller says the day.
    """
    with pytest.raises(sl.StructureChangedError, match=says):
        parsed(*parts, published=date(2021, 12, 10))


def test_what_is_strange_before_the_entries_is_reported() -> None:
    """What the tables of the format do not have."""
    about = ABOUT.replace("</about>", "<news>9</news></about>")
    issues = parsed(about, WORDS.replace("two", ""), PARTIES).audit.issues
    assert [(one.kind, one.where.path) for one in issues] == [
        (sl.IssueKind.STRUCTURE, "about/news"),
        (sl.IssueKind.STRUCTURE, "words/word@number"),
    ]


def test_equal_objects_are_made_once() -> None:
    """Where a group says so; a word without a reading leaves the field None, and is kept."""
    words = ("freeze", "freeze", "melt", "melt")
    measures = "".join(f"<measure id='{at}'>{word}</measure>" for at, word in enumerate(words))
    found = parsed(ABOUT, f"<parties>{PARTY.format(measures)}</parties>")
    first, second, third, fourth = found.entities[0].designations[0].measures
    assert first is second
    assert third == fourth == sl.Measure(kind=None, raw="melt")
    assert [(one.code, one.count) for one in found.audit.unknown_codes] == [("melt", 2)]


def test_what_a_group_needs_and_cannot_be_read_is_kept_once() -> None:
    """All values of the element become Features, each once."""
    note = "<note kind='smell' id='3'>x</note>"
    found = parsed(ABOUT, f"<parties>{PARTY.format(note)}</parties>")
    assert [(one.label, one.value) for one in found.entities[0].features] == [
        ("note@kind", "smell"),
        ("note@id", "3"),
        ("note", "x"),
    ]
