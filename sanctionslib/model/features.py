"""Feature: a fact that the source states under a label and that has no field of its own."""

from __future__ import annotations

import enum

import attrs

from sanctionslib.model.dates import PartialDate
from sanctionslib.model.displayable import Value
from sanctionslib.model.legal import LegalBasis


class FeatureKind(enum.Enum):
    """What a labelled fact is about, across lists."""

    WEBSITE = "website"
    EMAIL = "email"
    PHONE = "phone"
    FAX = "fax"
    SECONDARY_SANCTIONS = "secondary sanctions risk"
    ADDITIONAL_SANCTIONS = "additional sanctions information"
    DIRECTIVE = "directive"
    """Which directive of an order applies (EO 13662, 14024, 14014)."""
    DETERMINATION = "determination"
    """A finding under a statute or order (IFCA, CAATSA 235, EO 13846, PEESA)."""
    PROHIBITION = "prohibition"
    """A transaction prohibition stated in words."""
    LISTING_DATE = "listing date"
    """A listing date that the source gives as a labelled fact, "Listing Date (CMIC)"."""
    EFFECTIVE_DATE = "effective date"
    DIVESTMENT_DATE = "divestment date"
    TARGET_TYPE = "target type"
    ORGANIZATION_TYPE = "organization type"
    ESTABLISHED = "established"
    REGISTRATION_COUNTRY = "registration country"
    SECURITY_ISSUER = "security issuer"
    """Name of the issuer of a listed security (OFAC "Issuer Name")."""
    GENDER = "gender"
    LIVING_STATUS = "living status"
    LOCATION = "location"
    TITLE = "title"
    FLAG = "flag"
    VESSEL = "vessel fact"
    AIRCRAFT = "aircraft fact"
    OTHER = "other"
    """A label that we know and that belongs to none of the above."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Feature(Value):
    """A labelled fact. Without `kind` it is one that we could not place: the audit counts it.

    >>> import sanctionslib as sl
    >>> sl.Feature(label="Website", value="www.example.org", kind=sl.FeatureKind.WEBSITE).label
    'Website'
    """

    label: str
    """The source's label; for an unexpected value, its path in the entry."""
    value: str
    """The value as printed."""
    kind: FeatureKind | None = None
    """What it is about; None where we do not know the label."""
    date: PartialDate | None = None
    """The value as a date, or the date that the source gives with the value."""
    note: str | None = None
    """The source's remark."""
    reliability: str | None = None
    """The source's word on it, as "Reported" (OFAC advanced, enhanced)."""
    basis: LegalBasis | None = None
    """The act that states it (EU)."""
    source_id: str | None = attrs.field(default=None, eq=False)
    """The publisher's key; outside equality."""

    def __str__(self) -> str:
        return f"{self.label.rstrip(' :-')}: {self.value}"
