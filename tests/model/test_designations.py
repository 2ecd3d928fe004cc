"""Designation, Listing, Event, Measure: since when, until when, and how they print."""

from __future__ import annotations

import pytest

from sanctionslib.model import (
    Authority,
    Designation,
    Entity,
    EntityRef,
    Event,
    EventKind,
    Feature,
    LegalBasis,
    Listing,
    Measure,
    MeasureKind,
    Name,
    PartialDate,
)


def _events(text: str) -> tuple[Event, ...]:
    """Events from "listed 2021; ? 2022": kind and date of each; "?" is a word that we do not know."""
    pairs = [one.split(" ", 1) for one in text.split("; ") if one]
    return tuple(
        Event(kind=None if kind == "?" else EventKind(kind), date=PartialDate.parse(day))
        for kind, day in pairs
    )


@pytest.mark.parametrize(
    ("events", "since", "until", "is_delisted"),
    [
        ("", None, None, False),
        # the day of listing, else of designation, else of effect; the earliest of several
        ("listed 2021", "2021", None, False),
        ("listed 2021; listed 2019-05; listed 2020", "2019-05", None, False),
        ("designated 2001; listed 2021; effective 1999", "2021", None, False),
        ("effective 1999; designated 2001", "2001", None, False),
        ("effective 1999; effective 1998", "1998", None, False),
        ("listed unknown; listed 2021", "2021", None, False),
        # no other event makes a party listed
        ("amended 1990; reviewed 1991; expires 1992", None, "1992", False),
        ("delisted 1990; ? 1991", None, "1990", True),
        # the latest of delisting and expiry, which is no delisting
        ("listed 2021; amended 2022", "2021", None, False),
        ("expires 2031", None, "2031", False),
        ("delisted 2021; expires 2031", None, "2031", True),
        ("delisted 2025; delisted 2021", None, "2025", True),
        ("delisted 2021; amended 2022", None, "2021", True),
        # a later listing undoes a delisting
        ("delisted 2021; listed 2020", "2020", "2021", True),
        ("listed 2021; delisted 2021", "2021", "2021", True),
        ("delisted 2021; listed 2021", "2021", None, False),
        ("delisted 2021; listed 2022", "2022", None, False),
        ("delisted 2021; expires 2031; listed 2041", "2041", "2031", False),
        ("delisted 2021; listed unknown", "unknown", None, False),
        ("delisted unknown; listed 2022", "2022", "unknown", True),
    ],
)
def test_since_until_delisted(
    events: str, since: str | None, until: str | None, is_delisted: bool
) -> None:
    """What the events say of a listing, they say of a designation too; silence is None."""
    listing = Listing(list_name="SDN List", events=_events(events))
    for one in (listing, Designation(events=listing.events), Designation(listings=(listing,))):
        assert one.listed_since == (None if since is None else PartialDate.parse(since))
        assert one.until == (None if until is None else PartialDate.parse(until))
        assert one.is_delisted is is_delisted


def test_a_designation_ends_with_all_of_its_listings() -> None:
    """It lasts while one of them lasts."""
    ended = Listing(list_name="A", events=_events("delisted 2021"))
    later = Listing(list_name="B", events=_events("delisted 2022"))
    lasting = Listing(list_name="C")
    assert Designation(listings=(ended, later)).until == PartialDate.year(2022)
    assert Designation(listings=(ended, later)).is_delisted
    assert Designation(listings=(ended, lasting)).until is None
    assert not Designation(listings=(ended, lasting)).is_delisted


def test_a_party_that_was_taken_off() -> None:
    """All of its designations have ended; one without any was never on a list."""
    ended = Designation(events=_events("delisted 2021"))
    names = (Name(text="EXAMPLE"),)
    assert Entity(id="a:1", names=names, designations=(ended, ended)).is_delisted
    assert not Entity(id="a:1", names=names, designations=(ended, Designation())).is_delisted
    assert not Entity(id="a:1", names=names).is_delisted
    assert repr(Entity(id="a:1", names=names, designations=(ended,))) == (
        "<Entity a:1 'EXAMPLE' (delisted)>"
    )


def test_designation_since_is_the_earliest() -> None:
    """Listings and events of the designation itself are looked at together."""
    early = Listing(list_name="A", events=_events("effective 2005"))
    late = Listing(list_name="B", events=_events("listed 2010"))
    unsupported = Listing(list_name="C")
    assert Designation(listings=(late, unsupported, early)).listed_since == PartialDate.year(2005)
    own = _events("designated 2001")
    assert Designation(listings=(late, early), events=own).listed_since == PartialDate.year(2001)
    assert Designation(listings=(early,), events=_events("listed 2010")).listed_since == (
        PartialDate.year(2005)
    )
    assert Designation(listings=(unsupported,)).listed_since is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Authority(code="OFAC", name="Foreign Assets Control"), "Foreign Assets Control"),
        (Authority(code="OFAC"), "OFAC"),
        (Measure(kind=MeasureKind.ASSET_FREEZE, raw="Block"), "Block"),
        (Measure(kind=MeasureKind.ASSET_FREEZE), "asset freeze"),
        (Measure(kind=None), ""),
        (LegalBasis(title="SOR/2021-237", kind="regulation"), "SOR/2021-237"),
        (EntityRef(name="SEK STUDIO", id_space="ofac", source_id="34022"), "SEK STUDIO"),
        (EntityRef(id_space="ofac", source_id="34022"), "ofac:34022"),
        (Feature(label="Secondary sanctions risk:", value="Yes"), "Secondary sanctions risk: Yes"),
        (Feature(label="IFCA Determination -", value="Yes"), "IFCA Determination: Yes"),
    ],
)
def test_text(value: object, text: str) -> None:
    """Small values print as one would say them: the source's words first."""
    assert str(value) == text
