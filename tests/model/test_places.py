"""Country, Address, Place, Nationality and Birth."""

from __future__ import annotations

from datetime import date

import pytest

from sanctionslib.model import Address, Birth, Country, PartialDate, Place

BANGLADESH = Country(code="BD", raw="Bangladesh")


def test_country_prints_as_the_source_does() -> None:
    """The source's text comes first, then the code, then nothing."""
    assert str(Country(code="MM", raw="Burma")) == "Burma"
    assert str(Country(code="MM")) == "MM"
    assert str(Country()) == ""


@pytest.mark.parametrize(
    ("address", "text"),
    [
        (Address(), ""),
        (Address(country=BANGLADESH), "Bangladesh"),
        (Address(city="Dhaka", postal_code="1229"), "Dhaka 1229"),
        (Address(state="Xinjiang", country=Country(code="CN")), "Xinjiang, CN"),
        (Address(country=Country()), ""),
        (Address(city="Guangzhou", state="Guangdong"), "Guangzhou, Guangdong"),
        (Address(state="Dhaka Division", postal_code="1229"), "Dhaka Division 1229"),
        (
            Address(
                lines=("RAB Forces Headquarters", "", "Kurmitola"),
                care_of="EXAMPLE LTD",
                po_box="7",
                city="Dhaka",
                place="Airport",
                state="Dhaka Division",
                region="Asia",
                postal_code="1229",
                country=BANGLADESH,
                note="former",
                script="Latn",
            ),
            "c/o EXAMPLE LTD, RAB Forces Headquarters, Kurmitola, P.O. Box 7, Airport, Dhaka, Dhaka Division 1229, Asia, Bangladesh",
        ),
    ],
)
def test_address_in_one_line(address: Address, text: str) -> None:
    """The pieces stand in OFAC's order, without gaps for those that are missing."""
    assert address.text == text


def test_birth_keeps_together_what_the_source_ties() -> None:
    """Date and place of one birth are one statement; apart they are two."""
    born, place = PartialDate.day(date(1963, 10, 1)), Place(text="Gopalganj, Bangladesh")
    tied = (Birth(date=born, place=place),)
    assert tied != (Birth(date=born), Birth(place=place))
