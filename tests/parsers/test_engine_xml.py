"""The engine on XML: an invented format, with what only some official formats have."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

import sanctionslib as sl
from sanctionslib.parsers import Options, Parsed, sources_of
from sanctionslib.parsers._engine.edition import Header
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.rules import Fields, Group, Labels, Unused, many, to
from sanctionslib.parsers._engine.xml import XmlFormat, XmlReading
from sanctionslib.parsers._engine.xml_entries import sniff_root


@attrs.frozen(kw_only=True)
class Word:
    """A word of the file's own."""

    number: str
    text: str


@attrs.frozen(kw_only=True)
class About(Header):
    """A header with more fields."""

    parts: tuple[str, ...] = ()
    words: tuple[Word, ...] = ()


def _day(text: str, entry: Entry) -> date | None:
    return sl.PartialDate.parse(text).earliest


def _text(*, text: str) -> str:
    return text


def _forms(fields: Fields, entry: Entry) -> tuple[sl.Name, ...]:
    return tuple(sl.Name(text=text, group_id=fields.get("group_id")) for text in fields["inner"])


FORMAT = XmlFormat(
    name="ofac-enhanced-xml",  # whose lists it takes
    title="An invented format",
    files=("example.xml",),
    root="list",
    header={
        "about/day": to("published", _day),
        "about/part": many("parts"),
        "words/word": many("words", Word, {"@number": to("number"), ".": to("text")}),
    },
    header_type=About,
    dated_at="about/day",
    entries={
        "parties/party": Group(
            make=sl.Entity,
            rules={
                "@id": to("id"),
                "name": many(
                    "names",
                    sl.Name,
                    {
                        "@id": to("group_id"),
                        "form": many("inner", _text, {".": to("text")}, needs=("text",)),
                    },
                    needs=("inner",),
                    finish=_forms,
                ),
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
                    labels=Labels(
                        tell=lambda texts: "" if "." in texts else "empty",
                        use=lambda label, at: (sl.Use.STRUCTURAL, "of none") if label else None,
                    ),
                    label="note",
                ),
            },
        )
    },
)

ABOUT = "<about><day>2021-12-10</day><part>A</part><part>B</part></about>"
WORDS = "<words><word number='1'>one</word><word number='2'>two</word></words>"
PARTY = "<party id='1'><name id='7'><form>EXAMPLE</form><form>EXEMPLE</form></name>{}</party>"


def reading(*parts: str) -> XmlReading:
    data = f"<list>{''.join(parts)}</list>".encode()
    (source,) = sources_of(data)
    root = sniff_root(source.head)
    assert root is not None
    return XmlReading(FORMAT, source, Options(list_id="us_ofac_sdn", records=True), root)


def parsed(inside: str = "", about: str = ABOUT) -> Parsed:
    return reading(about, WORDS, f"<parties>{PARTY.format(inside)}</parties>").parse()


def test_header_and_tables_before_the_entries() -> None:
    """A header can repeat elements, and sets of words stand before the entries."""
    read = reading(ABOUT, WORDS, f"<parties>{PARTY.format('')}</parties>")
    found = read.parse()
    assert str(found.editions[0].published) == "2021-12-10"
    assert read.head_maker.make(read.head, read.head_entry) == About(
        published=date(2021, 12, 10),
        parts=("A", "B"),
        words=(Word(number="1", text="one"), Word(number="2", text="two")),
    )
    assert found.audit.issues == ()


def test_what_is_strange_before_the_entries_is_reported() -> None:
    """What the tables of the format do not have."""
    about = ABOUT.replace("</about>", "<news>9</news></about>")
    read = reading(
        about,
        WORDS.replace("two", ""),
        f"<parties>{PARTY.format('')}</parties>",
    )
    read.options = attrs.evolve(read.options, published=date(2021, 12, 10))
    issues = [(one.kind, one.where.path) for one in read.parse().audit.issues]
    assert issues == [
        (sl.IssueKind.STRUCTURE, "about/news"),
        (sl.IssueKind.STRUCTURE, "words/word@number"),
    ]


def test_a_header_that_cannot_be_read() -> None:
    """A day in another form raises, also where the caller says the day: the format has changed."""
    about = ABOUT.replace("2021-12-10", "today")
    read = reading(about, WORDS, f"<parties>{PARTY.format('')}</parties>")
    read.options = attrs.evolve(read.options, published=date(2021, 12, 10))
    with pytest.raises(sl.StructureChangedError, match="about/day is 'today'"):
        read.parse()


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ((ABOUT, ABOUT), "about stands there a second time"),
        ((ABOUT, WORDS, WORDS), "words stands there a second time"),
        ((ABOUT, "<parties>{0}</parties><parties>{0}</parties>"), "in a second section"),
        ((ABOUT, "<parties>{0}</parties>", WORDS), "words stands after the first entry"),
        (("<parties>{0}</parties>", ABOUT), "about stands after the first entry"),
    ],
)
def test_parts_out_of_place(parts: tuple[str, ...], says: str) -> None:
    """A part that stands there twice, or after the entries, is of a file put together of two."""
    read = reading(*(one.format(PARTY.format("")) for one in parts))
    read.options = attrs.evolve(read.options, published=date(2021, 12, 10), dated_by="http")
    with pytest.raises(sl.StructureChangedError, match=says):
        read.parse()


def test_one_element_that_becomes_several_objects() -> None:
    """The forms of a name are names of one group."""
    (entity,) = parsed().entities
    assert [(one.text, one.group_id) for one in entity.names] == [
        ("EXAMPLE", "7"),
        ("EXEMPLE", "7"),
    ]


def test_equal_objects_are_made_once() -> None:
    """Where a group says so; a word without a reading leaves the field None, and is kept."""
    (entity,) = parsed("<measure id='1'>freeze</measure><measure id='2'>freeze</measure>").entities
    first, second = entity.designations[0].measures
    assert first is second
    found = parsed("<measure>melt</measure>")
    assert found.entities[0].measures == (sl.Measure(kind=None, raw="melt"),)
    assert [(one.vocabulary, one.code) for one in found.audit.unknown_codes] == [
        ("measure", "melt")
    ]


def test_what_a_group_needs_and_cannot_be_read_is_kept_once() -> None:
    """All values of the element become Features, each once."""
    found = parsed("<note kind='smell' id='3'>x</note>")
    assert [(one.label, one.value) for one in found.entities[0].features] == [
        ("note@kind", "smell"),
        ("note@id", "3"),
        ("note", "x"),
    ]


def test_label_that_several_texts_tell() -> None:
    """The audit asks for it; where it changes nothing the rule itself says what a value becomes."""
    found = parsed("<note kind='site' id='3'>x</note><note id='4'/>")
    uses = {(one.path, one.label): one.use for one in found.audit.paths}
    assert uses["note@id", ""] is sl.Use.MAPPED
    assert uses["note@id", "empty"] is sl.Use.STRUCTURAL
