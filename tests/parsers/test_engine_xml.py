"""The engine on XML: an invented format, with what the official files show too seldom."""

from __future__ import annotations

import sanctionslib as sl
from sanctionslib.parsers import Options, Parsed, sources_of
from sanctionslib.parsers._engine.rules import Group, Unused, many, to
from sanctionslib.parsers._engine.xml import XmlFormat

FORMAT = XmlFormat(
    name="ofac-enhanced-xml",  # whose lists it takes
    title="An invented format",
    files=("example.xml",),
    root="list",
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


def parsed(inside: str) -> Parsed:
    """What is read of a party with this in it."""
    data = f"<list><parties><party id='1'><name>EXAMPLE</name>{inside}</party></parties></list>"
    return FORMAT.parse(sources_of(data.encode()), Options(list_id="us_ofac_sdn", records=True))


def test_equal_objects_are_made_once() -> None:
    """Where a group says so; a word without a reading leaves the field None, and is kept."""
    words = ("freeze", "freeze", "melt", "melt")
    measures = "".join(f"<measure id='{at}'>{word}</measure>" for at, word in enumerate(words))
    found = parsed(measures)
    first, second, third, fourth = found.entities[0].designations[0].measures
    assert first is second
    assert third == fourth == sl.Measure(kind=None, raw="melt")
    assert [(one.code, one.count) for one in found.audit.unknown_codes] == [("melt", 2)]


def test_what_a_group_needs_and_cannot_be_read_is_kept_once() -> None:
    """All values of the element become Features, each once."""
    found = parsed("<note kind='smell' id='3'>x</note>")
    assert [(one.label, one.value) for one in found.entities[0].features] == [
        ("note@kind", "smell"),
        ("note@id", "3"),
        ("note", "x"),
    ]
