"""Places: Country, Address, Place, Nationality, and Birth (a date and a place that go together)."""

from __future__ import annotations

import attrs

from sanctionslib.model.dates import PartialDate
from sanctionslib.model.displayable import Value
from sanctionslib.model.facts import Fact
from sanctionslib.model.fields import about
from sanctionslib.model.legal import LegalBasis


@attrs.frozen(kw_only=True, eq=False, repr=False, weakref_slot=False)
class Country(Value):
    """A country as a list spells it, with its ISO 3166-1 code where that is certain.

    OFAC's "Region: Crimea", "West Bank" and "undetermined" have no code: then `raw` is what
    compares. `sanctionslib.countries` gives names for codes.
    """

    code: str | None = None
    """ISO 3166-1 alpha-2, upper case, withdrawn ones too ("AN"); None where there is none."""
    raw: str = attrs.field(default="", metadata=about("text", raw_of="code"))
    """The text of the source."""

    def __str__(self) -> str:
        return self.raw or self.code or ""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Address(Value):
    """A postal address, in the source's own pieces."""

    lines: tuple[str, ...] = attrs.field(default=(), metadata=about("line"))
    """Street and other lines, in order. OFAC `address1`..`address3`, UK `AddressLine1`..`6`."""
    care_of: str | None = None
    """Name of the person or firm that receives mail (SECO `c-o`)."""
    po_box: str | None = None
    """Post-office box (EU `poBox`, SECO `p-o-box`)."""
    city: str | None = None
    """City or town: OFAC and EU `city`, UN CITY, SECO `location`."""
    place: str | None = None
    """Place within or beside the city (EU `place`)."""
    state: str | None = None
    """State or province. OFAC `stateOrProvince`, UN `STATE_PROVINCE`."""
    region: str | None = None
    """Region (OFAC `region`, EU `region`)."""
    postal_code: str | None = None
    """Postal code as printed: OFAC `postalCode`, UN ZIP_CODE, EU `zipCode`."""
    country: Country | None = None
    """Country."""
    script: str | None = None
    """ISO 15924 code of the script, where the source gives an address in several."""
    group_id: str | None = attrs.field(default=None, eq=False)
    """Equal for the same address in several scripts."""
    note: str | None = None
    """The source's remark on this address."""
    basis: LegalBasis | None = None
    """The act that states this address (EU)."""
    source_id: str | None = attrs.field(default=None, eq=False)
    """The publisher's key of this address; outside equality."""

    @property
    def text(self) -> str:
        """All pieces in one line, as OFAC prints them: "Dhaka 1229", "Guangzhou, Guangdong"."""
        place = ", ".join(part for part in (self.city, self.state) if part)
        city = " ".join(part for part in (place, self.postal_code) if part)
        pieces = (
            self.care_of and f"c/o {self.care_of}",
            *self.lines,
            self.po_box and f"P.O. Box {self.po_box}",
            self.place,
            city,
            self.region,
            self.country and str(self.country),
        )
        return ", ".join(piece for piece in pieces if piece)


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Place(Value):
    """A place as a list prints it, mostly a place of birth."""

    text: str = ""
    """The whole text, "Gopalganj, Bangladesh"."""
    city: str | None = None
    """City, where the source gives it as a piece of its own."""
    state: str | None = None
    """State or province, where the source gives it as a piece of its own."""
    country: Country | None = None
    """Country: a piece of its own, or the last words of `text` where they are a country's name."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Birth(Value):
    """A birth: date and place together only where the source ties them (EU, UN); else one each."""

    date: PartialDate | None = attrs.field(
        default=None, metadata=about("birth date", fact=Fact.BIRTH_DATE)
    )
    """Date of birth: OFAC `dateOfBirth`, EU `birthdate`."""
    place: Place | None = attrs.field(
        default=None, metadata=about("birth place", fact=Fact.BIRTH_PLACE)
    )
    """Place of birth: OFAC `placeOfBirth`, UN INDIVIDUAL_PLACE_OF_BIRTH."""
    primary: bool | None = None
    """OFAC `mainEntry`; None where the source has no such mark."""
    note: str | None = None
    """The source's remark on this birth."""
    basis: LegalBasis | None = None
    """The act that states it (EU)."""
    source_id: str | None = attrs.field(default=None, eq=False)
    """The publisher's key; outside equality."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Nationality(Value):
    """A nationality or citizenship, as the source calls it."""

    country: Country
    """Country."""
    primary: bool | None = None
    """OFAC `mainEntry`; None where the source has no such mark."""
    note: str | None = None
    """The source's remark."""
    basis: LegalBasis | None = None
    """The act that states it (EU)."""
    source_id: str | None = attrs.field(default=None, eq=False)
    """The publisher's key; outside equality."""
