"""The UK Sanctions List as XML: `UK-Sanctions-List.xml` → entities.

Documented by the FCDO's format guide (gov.uk) and its schema, SanctionsListSchema-4.33.3.xsd, which
was not at hand; the elements are those of official files of August and September 2026, of which
excerpts were at hand. What is unusual about it:

* An entry is one designation under one regime. A party under two regimes has two entries, with keys
  of their own and the same `OFSIGroupID`: they are two entities that state the same identifier.
* A part of a date that is not known is spelled out: `dd/mm/1968`, `dd/09/1958`, once `00/00/1975`.
* `SanctionsImposed` joins its words by "|", some of them twice; `SanctionsImposedIndicators` repeats
  most of them as flags, and not those that say "see Other Information".
* The reasons of a designation of the UN's are a line break and nothing else.
* Names in other scripts stand apart from those that they belong to; some are in Latin letters with
  accents. Some elements of a name have a type and no name.
* `DateDesignated` is the UK's date, for parties taken over from the EU 31 December 2020; for the
  UN's the date of the UN. The first listing is in OFSI's former list.
"""

from __future__ import annotations

from collections.abc import Mapping

from sanctionslib.answers import IssueKind
from sanctionslib.model import (
    Address,
    Birth,
    Entity,
    Event,
    EventKind,
    Fact,
    Feature,
    FeatureKind,
    Identifier,
    IdentifierKind,
    LegalBasis,
    Measure,
    Name,
    NameKind,
    Nationality,
    Relation,
    RelationKind,
)
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.rules import Fields, Group, Many, Rules, many, one, parts, to
from sanctionslib.parsers._engine.values import FLAGS, number, partial_date
from sanctionslib.parsers._engine.xml import XmlFormat
from sanctionslib.parsers.gb import _shared as shared


def _measures(given: Mapping[str, str], entry: Entry) -> tuple[Measure, ...]:
    """Each measure of `SanctionsImposed`, and one that a flag alone states."""
    text = given.get("SanctionsImposed", "")
    words = dict.fromkeys(shared.by_bars(text, entry))
    said = {shared.letters(word) for word in words}
    for path, value in given.items():
        flag, is_imposed = path.partition("/")[2], FLAGS.get(value)
        if not flag or is_imposed is (shared.letters(flag) in said):
            continue
        if is_imposed is None:
            entry.unread(value, path)
            continue
        says = f"{flag} is {value!r} beside the measures {text!r}: whichever is stated is kept"
        entry.issue(IssueKind.STRUCTURE, says, path)
        if is_imposed:
            words[flag] = None
    return tuple([shared.measure(word, entry) for word in words])


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
_NAME: Rules = {
    **parts("parts", shared.name_parts, *(f"Name{n}" for n in range(1, 7)), also=("text",)),
    "NameType": to("kind", shared.NAME_KINDS, raw="raw_kind"),
    "AliasStrength": to("strength", shared.STRENGTHS, raw="raw_strength"),
}
_NON_LATIN_NAME: Rules = {
    "NameNonLatinScript": to("text"),
    "NonLatinScriptType": to("script", shared.SCRIPTS),
    "NonLatinScriptLanguage": to("language", shared.LANGUAGES),
}
_ADDRESS: Rules = {
    **{f"AddressLine{n}": to("lines") for n in range(1, 7)},
    "AddressPostalCode": to("postal_code"),
    "AddressCountry": to("country", shared.country_of),
}
_PASSPORT: Rules = {"PassportNumber": to("value"), "PassportAdditionalInformation": to("note")}
_NATIONAL_ID: Rules = {
    "NationalIdentifierNumber": to("value"),
    "NationalIdentifierAdditionalInformation": to("note"),
}
_BIRTH_PLACE = parts("place", shared.birth_place, "TownOfBirth", "CountryOfBirth")
_VALUE: Rules = {".": to("value")}
_DATE: Rules = {".": to("date", shared.uk_date)}
_OTHER: Rules = {".": to("to", shared.other)}


def _numbers(kind: IdentifierKind, label: str) -> Many:
    """Numbers of one kind."""
    return many("identifiers", Identifier, _VALUE, kind=kind, raw_kind=label)


_PERSON: Rules = {
    "DOBs/DOB": many("births", Birth, _DATE),
    "BirthDetails/Location": many("births", Birth, _BIRTH_PLACE),
    "Nationalities/Nationality": many(
        "nationalities", Nationality, {".": to("country", shared.country_of)}
    ),
    "Genders/Gender": many("genders", convert=shared.GENDERS),
    "Positions/Position": many("positions", convert=shared.by_bars),
    "PassportDetails/Passport": many(
        "identifiers", Identifier, _PASSPORT, value="", kind=IdentifierKind.PASSPORT
    ),
    "NationalIdentifierDetails/NationalIdentifier": many(
        "identifiers", Identifier, _NATIONAL_ID, value="", kind=IdentifierKind.NATIONAL_ID
    ),
}
_ENTITY: Rules = {
    "TypeOfEntities/TypeOfEntity": many("Organization.types"),
    "ParentCompanies/ParentCompany": many(
        "relations", Relation, _OTHER, kind=RelationKind.SUBSIDIARY_OF, raw_kind="Parent company"
    ),
    "Subsidiaries/Subsidiary": many(
        "relations", Relation, _OTHER, kind=RelationKind.PARENT_OF, raw_kind="Subsidiaries"
    ),
    "BusinessRegistrationNumbers/BusinessRegistrationNumber": many(
        "identifiers", convert=shared.registrations
    ),
}
_SHIP: Rules = {
    "IMONumbers/IMONumber": _numbers(IdentifierKind.IMO, "IMO number"),
    "HullIdentificationNumbers/HullIdentificationNumber": _numbers(
        IdentifierKind.HULL, "Hull identification number"
    ),
    "CurrentOwnerOperators/CurrentOwnerOperator": many("Vessel.owners"),
    "PreviousOwnerOperators/PreviousOwnerOperator": many("Vessel.former_owners"),
    "CurrentBelievedFlagOfShips/CurrentBelievedFlagOfShip": many(
        "Vessel.flags", convert=shared.country_of
    ),
    "PreviousFlags/PreviousFlag": many("Vessel.former_flags", convert=shared.country_of),
    "TypeOfShipDetails/TypeOfShip": many("Vessel.types"),
    "TonnageOfShipDetails/TonnageOfShip": to("Vessel.tonnage", number),
    "LengthOfShipDetails/LengthOfShip": to("Vessel.length"),
    "YearsBuilt/YearBuilt": many("Vessel.built", convert=partial_date),
}


def _party(fields: Fields, entry: Entry) -> Entity | None:
    """A designation: the regime is an instrument of law, too."""
    shared.settle(fields, entry)
    fields["bases"] = [LegalBasis(title=one) for one in fields.get("programs", ())]
    return entry.entity(fields)


_ENTRY = Group(
    make=Entity,
    rules={
        "UniqueID": to("id"),
        "IndividualEntityShip": to("kind", shared.KINDS, raw="raw_kind"),
        "Names/Name": many("names", Name, _NAME, finish=shared.name, kind=None),
        "NonLatinNames/NonLatinName": many(
            "names", Name, _NON_LATIN_NAME, kind=NameKind.ORIGINAL_SCRIPT
        ),
        **one(
            "identifiers",
            Identifier,
            {"OFSIGroupID": to("value")},
            kind=IdentifierKind.OFSI_GROUP,
            raw_kind="OFSI Group ID",
        ),
        "UNReferenceNumber": to("identifiers", shared.references),
        "Titles/Title": many("titles"),
        "RegimeName": to("programs", also=("bases",)),
        "DesignationSource": to("sources", shared.by_bars),
        **parts("measures", _measures, "SanctionsImposed"),
        **parts(
            "measures",
            _measures,
            *_FLAGS,
            unused="repeats SanctionsImposed, with which it is compared",
        ),
        **one(
            "events",
            Event,
            {"DateDesignated": to("date", shared.uk_date)},
            kind=EventKind.DESIGNATED,
        ),
        **one("events", Event, {"LastUpdated": to("date", shared.uk_date)}, kind=EventKind.AMENDED),
        "UKStatementofReasons": to("reason", shared.plain),
        "OtherInformation": to("remarks", shared.plain),
        "Addresses/Address": many("addresses", Address, _ADDRESS),
        "PhoneNumbers/PhoneNumber": many(
            "features", Feature, _VALUE, finish=shared.phone, label="Phone number"
        ),
        "Websites/Website": many(
            "features", Feature, _VALUE, kind=FeatureKind.WEBSITE, label="Website"
        ),
        "EmailAddresses/EmailAddress": many(
            "features", Feature, _VALUE, kind=FeatureKind.EMAIL, label="Email address"
        ),
        **{f"IndividualDetails/Individual/{at}": rule for at, rule in _PERSON.items()},
        **{f"EntityDetails/Entity/{at}": rule for at, rule in _ENTITY.items()},
        **{f"ShipDetails/Ship/{at}": rule for at, rule in _SHIP.items()},
    },
    finish=_party,
)

FORMAT = XmlFormat(
    name="gb-fcdo-xml",
    title="UK Sanctions List, XML",
    files=("UK-Sanctions-List.xml",),
    root="Designations",
    header={"DateGenerated": to("published", shared.day), "@dateGenerated": to("generated_at")},
    dated_at="DateGenerated",
    entries={"Designation": _ENTRY},
    alternative_sources={
        Fact.CITIZENSHIP: "the list does not tell it from nationality",
        Fact.REGISTRATION: "the addresses; the register of companies that a number is of",
        Fact.DELISTING_DATE: "the first edition without the party; the notices on gov.uk",
    },
)
