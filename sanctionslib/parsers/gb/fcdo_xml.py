"""The UK Sanctions List as XML: `UK-Sanctions-List.xml` → entities.

Documented by the FCDO's format guide (gov.uk) and its schema, SanctionsListSchema-4.33.3.xsd, which
was not available; the elements are those of excerpts of official files of August and September
2026. Peculiarities:

* An entry is one designation under one regime. A party under two regimes has two entries, with
  different keys and the same `OFSIGroupID`: they are two entities with the same identifier.
* Unknown parts of a date are letters: `dd/mm/1968`, `dd/09/1958`, once `00/00/1975`.
* `SanctionsImposed` joins its words by "|", some of them twice; `SanctionsImposedIndicators`
  repeats most of them as flags, except those that say "see Other Information".
* The reasons of a UN designation are only a line break.
* Names in other scripts are separate from the names that they belong to; some are in Latin letters
  with accents. Some elements of a name have a type and no name.
* `DateDesignated` is the UK's date, for parties taken over from the EU 31 December 2020; for the
  UN's the date of the UN. The first listing is in OFSI's former list.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from sanctionslib.answers import IssueKind
from sanctionslib.model import Birth, Entity, EventKind, IdentifierKind, Measure
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Texts
from sanctionslib.parsers._engine.rules import Group, many, parts, to
from sanctionslib.parsers._engine.values import FLAGS
from sanctionslib.parsers._engine.xml import XmlFormat, XmlReading
from sanctionslib.parsers.gb import _rules as rules
from sanctionslib.parsers.gb import _shared as shared


def _measures(given: Mapping[str, str], entry: Entry) -> tuple[Measure, ...]:
    """Each measure of `SanctionsImposed`, and measures that only a flag states."""
    text = given.get("SanctionsImposed", "")
    words, unlike = entry.reading.once(_compared, text, *given.items())
    for path in unlike:
        if given[path] not in FLAGS:
            entry.unread(given[path], path)
            continue
        message = f"{path} is {given[path]!r} beside the measures {text!r}: both are kept"
        entry.issue(IssueKind.STRUCTURE, message, path)
    return tuple([shared.measure(word, entry) for word in words])


def _compared(text: str, *flags: tuple[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words for the measures, and the paths of flags that disagree with them."""
    words = dict.fromkeys(shared.split(text))
    stated = {shared.letters(word) for word in words}
    unlike: list[str] = []
    for path, value in flags:
        flag = path.partition("/")[2]
        if flag and FLAGS.get(value) is not (shared.letters(flag) in stated):
            unlike.append(path)
            words |= {flag: None} if FLAGS.get(value) else {}
    return tuple(words), tuple(unlike)


_FLAGS = [
    f"SanctionsImposedIndicators/{flag}"
    for flag in (
        "AssetFreeze",
        "ArmsEmbargo",
        "TargetedArmsEmbargo",
        "CharteringOfShips",
        "ClosureOfRepresentativeOffices",
        "CrewServicingOfShipsAndAircraft",
        "Deflag",
        "PreventionOfBusinessArrangements",
        "ProhibitionOfPortEntry",
        "TravelBan",
        "PreventionOfCharteringOfShips",
        "PreventionOfCharteringOfShipsAndAircraft",
        "TechnicalAssistanceRelatedToAircraft",
        "TrustServicesSanctions",
        "DirectorDisqualificationSanction",
    )
]
_VALUES = {
    "Titles/Title": "Title",
    "IndividualDetails/Individual/DOBs/DOB": "D.O.B",
    "IndividualDetails/Individual/Nationalities/Nationality": "Nationality(/ies)",
    "IndividualDetails/Individual/Genders/Gender": "Gender",
    "IndividualDetails/Individual/Positions/Position": "Position",
    "PhoneNumbers/PhoneNumber": "Phone number",
    "Websites/Website": "Website",
    "EmailAddresses/EmailAddress": "Email address",
    "EntityDetails/Entity/TypeOfEntities/TypeOfEntity": "Type of entity",
    "EntityDetails/Entity/ParentCompanies/ParentCompany": "Parent company",
    "EntityDetails/Entity/Subsidiaries/Subsidiary": "Subsidiaries",
    "EntityDetails/Entity/BusinessRegistrationNumbers/BusinessRegistrationNumber": (
        "Business registration number (s)"
    ),
    "ShipDetails/Ship/IMONumbers/IMONumber": "IMO number",
    "ShipDetails/Ship/CurrentOwnerOperators/CurrentOwnerOperator": "Current owner/operator (s)",
    "ShipDetails/Ship/PreviousOwnerOperators/PreviousOwnerOperator": "Previous owner/operator (s)",
    "ShipDetails/Ship/CurrentBelievedFlagOfShips/CurrentBelievedFlagOfShip": (
        "Current believed flag of ship"
    ),
    "ShipDetails/Ship/PreviousFlags/PreviousFlag": "Previous flags",
    "ShipDetails/Ship/TypeOfShipDetails/TypeOfShip": "Type of ship",
    "ShipDetails/Ship/TonnageOfShipDetails/TonnageOfShip": "Tonnage of ship",
    "ShipDetails/Ship/LengthOfShipDetails/LengthOfShip": "Length of ship",
    "ShipDetails/Ship/YearsBuilt/YearBuilt": "Year Built",
    "ShipDetails/Ship/HullIdentificationNumbers/HullIdentificationNumber": (
        "Hull identification number (HIN)"
    ),
}
"""Elements, by the column of the CSV that has their values."""
_PASSPORTS, _NATIONAL_IDS = (
    "PassportDetails/Passport",
    "NationalIdentifierDetails/NationalIdentifier",
)

_ENTRY = Group(
    make=Entity,
    rules={
        "UniqueID": to("id"),
        "IndividualEntityShip": to("kind", shared.KINDS, raw="raw_kind"),
        "Names/Name": rules.names("Name{}", "NameType", "AliasStrength"),
        "NonLatinNames/NonLatinName": rules.originals(
            "NameNonLatinScript", "NonLatinScriptType", "NonLatinScriptLanguage"
        ),
        "OFSIGroupID": to("identifiers", shared.group_id),
        "UNReferenceNumber": to("identifiers", shared.references),
        "RegimeName": to("programs", also=("legal_bases",)),
        "DesignationSource": to("sources", shared.by_bars),
        **parts("measures", _measures, "SanctionsImposed"),
        **parts(
            "measures",
            _measures,
            *_FLAGS,
            unused="repeats SanctionsImposed, and is compared with it",
        ),
        **rules.event("DateDesignated", EventKind.DESIGNATED),
        **rules.event("LastUpdated", EventKind.AMENDED),
        "UKStatementofReasons": to("reason", shared.plain),
        "OtherInformation": to("remarks", shared.plain),
        "Addresses/Address": rules.addresses(
            "AddressLine{}", "AddressPostalCode", "AddressCountry"
        ),
        f"IndividualDetails/Individual/{_PASSPORTS}": rules.documents(
            IdentifierKind.PASSPORT,
            "Passport number",
            "PassportNumber",
            "PassportAdditionalInformation",
        ),
        f"IndividualDetails/Individual/{_NATIONAL_IDS}": rules.documents(
            IdentifierKind.NATIONAL_ID,
            "National Identifier number",
            "NationalIdentifierNumber",
            "NationalIdentifierAdditionalInformation",
        ),
        "IndividualDetails/Individual/BirthDetails/Location": many(
            "births", Birth, parts("place", shared.birth_place, "TownOfBirth", "CountryOfBirth")
        ),
        **{path: rules.VALUES[column] for path, column in _VALUES.items()},
    },
    finish=shared.designation,
)


class _Reading(XmlReading):
    """A document; repeated values of an entry count once.

    Passports and nationalities are repeated for each date of birth.
    """

    def prepare(self, entry: Entry) -> None:
        for at, texts in entry.texts.items():
            if isinstance(texts, list) and len(cast("list[object]", texts)) > 1:
                values = cast("list[str | Texts]", texts)
                once = {one if isinstance(one, str) else tuple(one.items()): one for one in values}
                entry.texts[at] = list(once.values())


FORMAT = XmlFormat(
    name="gb-fcdo-xml",
    title="UK Sanctions List, XML",
    files=("UK-Sanctions-List.xml",),
    root="Designations",
    header={"DateGenerated": to("published", shared.day), "@dateGenerated": to("generated_at")},
    dated_at="DateGenerated",
    entries={"Designation": _ENTRY},
    reading=_Reading,
    alternative_sources=rules.ALTERNATIVE_SOURCES,
)
