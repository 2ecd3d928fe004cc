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

LISTED, DESIGNATED, EFFECTIVE = EventKind.LISTED, EventKind.DESIGNATED, EventKind.EFFECTIVE
DELISTED, EXPIRES, AMENDED = EventKind.DELISTED, EventKind.EXPIRES, EventKind.AMENDED


def _event(kind: EventKind | None, text: str) -> Event:
    return Event(kind=kind, date=PartialDate.parse(text))


def _events(*pairs: tuple[EventKind | None, str]) -> tuple[Event, ...]:
    return tuple(_event(*pair) for pair in pairs)


@pytest.mark.parametrize(
    ("events", "listed_since"),
    [
        ((), None),
        (_events((LISTED, "2021")), "2021"),
        (_events((LISTED, "2021"), (LISTED, "2019-05"), (LISTED, "2020")), "2019-05"),
        (_events((DESIGNATED, "2001"), (LISTED, "2021"), (EFFECTIVE, "1999")), "2021"),
        (_events((EFFECTIVE, "1999"), (DESIGNATED, "2001")), "2001"),
        (_events((EFFECTIVE, "1999"), (EFFECTIVE, "1998")), "1998"),
        (_events((AMENDED, "1990"), (EventKind.REVIEWED, "1991"), (EXPIRES, "1992")), None),
        (_events((DELISTED, "1990"), (None, "1991")), None),
        (_events((LISTED, "unknown"), (LISTED, "2021")), "2021"),
    ],
)
def test_since(events: tuple[Event, ...], listed_since: str | None) -> None:
    """The day of listing, else of designation, else of effect; the earliest where there are several.

    No other event makes a party listed, and silence is None.
    """
    expected = None if listed_since is None else PartialDate.parse(listed_since)
    assert Listing(list_name="SDN List", events=events).listed_since == expected
    assert Designation(events=events).listed_since == expected


@pytest.mark.parametrize(
    ("events", "until"),
    [
        ((), None),
        (_events((LISTED, "2021"), (AMENDED, "2022")), None),
        (_events((DELISTED, "2021")), "2021"),
        (_events((EXPIRES, "2031")), "2031"),
        (_events((DELISTED, "2021"), (EXPIRES, "2031"), (LISTED, "2041")), "2031"),
        (_events((DELISTED, "2025"), (DELISTED, "2021")), "2025"),
        (_events((DELISTED, "2021"), (LISTED, "2020")), "2021"),
        (_events((DELISTED, "2021"), (LISTED, "2022")), None),
        (_events((DELISTED, "2021"), (LISTED, "2021")), None),
        (_events((LISTED, "2021"), (DELISTED, "2021")), "2021"),
    ],
)
def test_until(events: tuple[Event, ...], until: str | None) -> None:
    """The latest of delisting and expiry, None where neither is stated or a listing undoes it."""
    expected = None if until is None else PartialDate.parse(until)
    assert Listing(list_name="SDN List", events=events).until == expected
    assert Designation(events=events).until == expected
    listings = (Listing(list_name="SDN List", events=events),)
    assert Designation(listings=listings).until == expected


@pytest.mark.parametrize(
    ("events", "is_delisted"),
    [
        ((), False),
        (_events((EXPIRES, "2001")), False),
        (_events((DELISTED, "2021")), True),
        (_events((DELISTED, "2021"), (EXPIRES, "2031")), True),
        (_events((DELISTED, "2021"), (LISTED, "2022")), False),
        (_events((DELISTED, "2021"), (AMENDED, "2022")), True),
        (_events((DELISTED, "2021"), (LISTED, "unknown")), False),
        (_events((DELISTED, "unknown"), (LISTED, "2022")), True),
    ],
)
def test_is_delisted(events: tuple[Event, ...], is_delisted: bool) -> None:
    """Whether the source says so; a later listing undoes it, and an expiry is no delisting."""
    assert Listing(list_name="SDN List", events=events).is_delisted is is_delisted
    assert Designation(events=events).is_delisted is is_delisted


def test_a_designation_ends_with_all_of_its_listings() -> None:
    """One that goes on is enough for it to go on."""
    ended = Listing(list_name="A", events=_events((DELISTED, "2021")))
    later = Listing(list_name="B", events=_events((DELISTED, "2022")))
    lasting = Listing(list_name="C")
    assert Designation(listings=(ended, later)).until == PartialDate.year(2022)
    assert Designation(listings=(ended, later)).is_delisted
    assert Designation(listings=(ended, lasting)).until is None
    assert not Designation(listings=(ended, lasting)).is_delisted


def test_a_party_that_was_taken_off() -> None:
    """All of its designations have ended; one without any was never on a list."""
    ended = Designation(events=_events((DELISTED, "2021")))
    names = (Name(text="EXAMPLE"),)
    assert Entity(id="a:1", names=names, designations=(ended, ended)).is_delisted
    assert not Entity(id="a:1", names=names, designations=(ended, Designation())).is_delisted
    assert not Entity(id="a:1", names=names).is_delisted
    assert repr(Entity(id="a:1", names=names, designations=(ended,))) == (
        "<Entity a:1 'EXAMPLE' (delisted)>"
    )


def test_designation_since_is_the_earliest() -> None:
    """Listings and events of the designation itself are looked at together."""
    early = Listing(list_name="A", events=_events((EFFECTIVE, "2005")))
    late = Listing(list_name="B", events=_events((LISTED, "2010")))
    unsupported = Listing(list_name="C")
    assert Designation(listings=(late, unsupported, early)).listed_since == PartialDate.year(2005)
    own = _events((DESIGNATED, "2001"))
    assert Designation(listings=(late, early), events=own).listed_since == PartialDate.year(2001)
    assert Designation(listings=(early,), events=_events((LISTED, "2010"))).listed_since == (
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
