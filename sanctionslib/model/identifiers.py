"""Identifier: a number that identifies a party: passport, registration, IMO, wallet address."""

from __future__ import annotations

import enum
import re
import unicodedata

import attrs

from sanctionslib.model.dates import PartialDate
from sanctionslib.model.displayable import Value
from sanctionslib.model.fields import about
from sanctionslib.model.legal import LegalBasis
from sanctionslib.model.places import Country


class IdentifierKind(enum.Enum):
    """What a number identifies, and by whose register."""

    PASSPORT = "passport"
    TRAVEL_DOCUMENT = "travel document"
    NATIONAL_ID = "national id"
    RESIDENCE = "residence or immigration document"
    DRIVING_LICENCE = "driving licence"
    BIRTH_CERTIFICATE = "birth certificate"
    VOTER = "voter registration"
    MILITARY = "military registration"
    SOCIAL_SECURITY = "social security number"
    TAX = "tax number"
    REGISTRATION = "company or organization registration"
    LICENCE = "licence or permit"
    GAZETTE = "government gazette number"
    OTHER_DOCUMENT = "other document"
    LEI = "legal entity identifier"
    DUNS = "D-U-N-S number"
    USCC = "unified social credit code"
    BIC = "SWIFT/BIC"
    BANK_CODE = "national bank code"
    ISIN = "ISIN"
    TICKER = "exchange ticker"
    LOCODE = "UN/LOCODE"
    IMO = "IMO number"
    MMSI = "MMSI"
    CALL_SIGN = "call sign"
    VESSEL_REGISTRATION = "vessel registration"
    HULL = "hull identification number"
    AIRCRAFT_TAIL = "aircraft tail number"
    FORMER_AIRCRAFT_TAIL = "former aircraft tail number"
    AIRCRAFT_SERIAL = "aircraft serial number"
    AIRCRAFT_CONSTRUCTION = "aircraft construction number"
    AIRCRAFT_MODE_S = "aircraft mode S code"
    DIGITAL_CURRENCY = "digital currency address"
    UN_REFERENCE = "UN reference number"
    """The Security Council's key of a listed party, "QDi.001"; other lists repeat it."""
    EU_REFERENCE = "EU reference number"
    """The EU's key of a listed party, "EU.3579.2"."""
    UK_REFERENCE = "UK Sanctions List unique id"
    """The key of the UK Sanctions List, "RUS1234"."""
    OFSI_GROUP = "OFSI group id"
    """The key of the UK's former consolidated list, "6995"."""


class DocumentFlag(enum.Enum):
    """What a source says of a document (EU: known to be expired, false, lost, revoked)."""

    DIPLOMATIC = "diplomatic"
    EXPIRED = "known to be expired"
    FALSE = "known to be false"
    LOST = "reported lost"
    REVOKED = "revoked by its issuer"


@attrs.frozen(kw_only=True, eq=False, repr=False, weakref_slot=False)
class Identifier(Value):
    """A number, with what the source says of it.

    >>> from sanctionslib import Identifier, IdentifierKind
    >>> ship = Identifier(kind=IdentifierKind.IMO, value="IMO 9187629")
    >>> ship.key
    '9187629'
    """

    value: str = attrs.field(metadata=about("number"))
    """The number as printed, with any prefix: "IMO 9187629"."""
    kind: IdentifierKind | None = None
    """What it is; None where the source's label is not known to us (see `raw_kind`)."""
    country: Country | None = None
    """The issuing country: OFAC `idCountry`, UN ISSUING_COUNTRY."""
    issued: PartialDate | None = None
    """Date of issue: OFAC and EU `issueDate`, UN DATE_OF_ISSUE."""
    expires: PartialDate | None = None
    """Date of expiry: OFAC `expirationDate`, EU `validTo`."""
    valid: bool | None = None
    """False where the source calls it fraudulent or invalid; None where it does not say."""
    flags: tuple[DocumentFlag, ...] = attrs.field(default=(), metadata=about("mark"))
    """Further marks of the source."""
    issuer: str | None = None
    """The issuing authority or place of issue, in words: EU `issuedBy`, UN CITY_OF_ISSUE."""
    asset: str | None = None
    """Ticker of a digital currency as OFAC labels it ("XBT"); not a reliable name of a chain."""
    name_id: str | None = attrs.field(default=None, eq=False)
    """Key of the name that the document bears (OFAC enhanced), see `Name.source_id`."""
    name_text: str | None = attrs.field(default=None, metadata=about("name on the document"))
    """The name on the document, as text (EU `nameOnDocument`)."""
    note: str | None = None
    """The source's remark on this number."""
    basis: LegalBasis | None = None
    """The act that states it (EU)."""
    raw_kind: str = attrs.field(default="", metadata=about("kind", raw_of="kind"))
    """The source's label, "Passport"."""
    source_id: str | None = attrs.field(default=None, eq=False)
    """The publisher's key; outside equality."""

    @property
    def key(self) -> str:
        """What two spellings of the same number have in common: see `identifier_key`."""
        return identifier_key(self.value, self.kind)

    def __str__(self) -> str:
        return self.value


_ANY_CASE = re.compile(r"0x[0-9a-f]{40}|(?:bc|ltc|tb)1[0-9a-z]{6,}", re.IGNORECASE)
"""Wallet addresses in which letters have no case: hexadecimal ones and bech32."""


def identifier_key(value: str, kind: IdentifierKind | None = None) -> str:
    """The form in which numbers are compared: letters and digits in upper case, no "IMO" prefix.

    Digital currency addresses compare as printed, for most are case-sensitive; hexadecimal and
    bech32 addresses compare in lower case. EU reference numbers keep their dots. A SWIFT/BIC of a
    head office ("…XXX") is its first eight characters.
    """
    text = value.strip()
    if kind is IdentifierKind.DIGITAL_CURRENCY:
        return text.lower() if _ANY_CASE.fullmatch(text) else text
    if kind is IdentifierKind.EU_REFERENCE:  # without its dots EU.35.79 would be EU.3.579
        return text.upper()
    # Full-width digits and the like count as the plain ones.
    plain = (unicodedata.normalize("NFKC", char) for char in text if char.isalnum())
    key = "".join(plain).upper()
    if kind is IdentifierKind.BIC and len(key) == 11:
        return key.removesuffix("XXX")
    # OFAC prints "IMO 9187629" for ships and "IMO 5993381" for the companies behind them.
    return key[3:] if key.startswith("IMO") and key[3:].isdigit() else key
