"""The engine on XML: an invented format, with cases that are rare in official files."""

from __future__ import annotations

from collections.abc import Mapping

import sanctionslib as sl
from sanctionslib.parsers import Options, Parsed, sources_of
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.rules import Group, Unused, many, one, parts, to
from sanctionslib.parsers._engine.xml import XmlFormat


def _city(text: str, entry: Entry) -> str | tuple[()]:
    """A city; "-" means no value."""
    return () if text == "-" else text


def _country(given: Mapping[str, str], entry: Entry) -> sl.Country | tuple[()]:
    """A country; 00 means no value."""
    return () if given.get("code") == "00" else sl.Country(raw=" ".join(given.values()))


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
                "contact": many(
                    "features",
                    sl.Feature,
                    {
                        "@kind": to("kind", {"site": sl.FeatureKind.WEBSITE}, raw="label"),
                        ".": to("value"),
                        "remark": many("note"),
                    },
                ),
                "address": many(
                    "addresses",
                    sl.Address,
                    {
                        "city": to("city", _city),
                        **parts("country", _country, "code", "land"),
                        **one("basis", sl.LegalBasis, {"act": to("title")}, shared=True),
                    },
                ),
                "change/before": Unused("a copy", below=True),
            },
        )
    },
)


def parsed(inside: str) -> Parsed:
    """The result for a party with this content."""
    data = f"<list><parties><party id='1'><name>EXAMPLE</name>{inside}</party></parties></list>"
    return FORMAT.parse(sources_of(data.encode()), Options(list_id="us_ofac_sdn", keep_source=True))


def test_equal_objects_are_made_once() -> None:
    """Where a group states it; a word without a reading leaves the field None, and is kept."""
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


def test_a_text_that_means_no_value() -> None:
    """A placeholder leaves its field empty, and is nothing that has to be kept."""
    found = parsed(
        "<address><city>-</city><code>00</code><land>UNKNOWN</land><act>1/2021</act></address>"
        "<address><city>Paris</city><code>FR</code><land>FRANCE</land></address>"
    )
    (entity,) = found.entities
    assert [(one.city, one.country and one.country.raw) for one in entity.addresses] == [
        (None, None),
        ("Paris", "FR FRANCE"),
    ]
    assert (entity.features, found.audit.issues) == ((), ())


def test_several_texts_in_a_field_of_one() -> None:
    """They are joined where the element is repeated by the table."""
    found = parsed("<contact kind='site'>x<remark>old</remark><remark>closed</remark></contact>")
    assert [one.note for one in found.entities[0].features] == ["old\nclosed"]


def test_a_feature_of_an_unknown_kind() -> None:
    """It is counted among what no field holds, as its word is among the unknown."""
    found = parsed("<contact kind='smell'>x</contact>")
    assert [(one.label, one.value, one.kind) for one in found.entities[0].features] == [
        ("smell", "x", None)
    ]
    assert [(one.path, one.sample) for one in found.audit.unmapped] == [("contact@kind", "smell")]


def test_shared_objects_made_of_parts() -> None:
    """The same act at two addresses is one object."""
    found = parsed("<address><act>1/2021</act></address><address><act>1/2021</act></address>")
    first, second = found.entities[0].addresses
    assert first.basis is second.basis
    assert first.basis == sl.LegalBasis(title="1/2021")


def test_an_element_with_copies() -> None:
    """Nothing inside it is looked at, of one or of several; the source has all of it."""
    copied = "<party id='0'><name>OLD</name>x<strange y='z'/></party>"
    found = parsed(f"<change><before n='1'>{copied}</before><before/>y</change>")
    (entity,) = found.entities
    assert [one.text for one in entity.names] == ["EXAMPLE"]
    assert [(one.label, one.value) for one in entity.features] == [("change", "y")]
    assert list(entity.source or ())[2:] == [
        ("change/before@n", "1"),
        ("change/before/party@id", "0"),
        ("change/before/party/name", "OLD"),
        ("change/before/party", "x"),
        ("change/before/party/strange@y", "z"),
        ("change", "y"),
    ]
    coverage = {
        one.path: (one.coverage, one.note) for one in found.audit.paths if "before" in one.path
    }
    assert len(coverage) == 5
    assert set(coverage.values()) == {(sl.answers.Coverage.STRUCTURAL, "a copy")}
