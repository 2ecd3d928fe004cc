"""Small files in OFAC's advanced format, written for one test each."""

from __future__ import annotations

import re

import pytest

import sanctionslib as sl

OLD = "http://www.un.org/sanctions/1.0"
NEW = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADVANCED_XML"

_SETS: dict[str, dict[str, str]] = {
    "AreaCodeType": {"1": "ISO 3166 (2)"},
    "FeatureTypeGroup": {"1": "Unknown"},
    "LegalBasisType": {"1": "Unknown"},
    "AliasType": {"1400": "A.K.A.", "1401": "F.K.A.", "1402": "N.K.A.", "1403": "Name"},
    "CalendarType": {"1": "Gregorian", "2": "Islamic"},
    "Country": {"11120": "Korea, North", "11171": "Russia", "11291": "undetermined"},
    "CountryRelevance": {"1413": "PRIMARY"},
    "DetailReference": {
        "91526": "Male",
        "91527": "Female",
        "704": "Crude Oil Tanker",
        "91743": "Activities of holding companies",
    },
    "DetailType": {
        "1430": "DATE",
        "1431": "LOOKUP",
        "1432": "TEXT",
        "1433": "COUNTRY",
        "1434": "LOCATION",
    },
    "DocNameStatus": {"1": "Primary Latin", "2": "Others"},
    "EntryEventType": {"1": "Created"},
    "FeatureType": {
        "1": "Vessel Call Sign",
        "2": "VESSEL TYPE",
        "3": "Vessel Flag",
        "4": "Vessel Owner",
        "5": "Vessel Tonnage",
        "6": "Vessel Gross Registered Tonnage",
        "8": "Birthdate",
        "9": "Place of Birth",
        "10": "Nationality Country",
        "11": "Citizenship Country",
        "13": "SWIFT/BIC",
        "14": "Website",
        "24": "Former Vessel Flag",
        "25": "Location",
        "26": "Title",
        "45": "Aircraft Manufacture Date",
        "47": "Aircraft Model",
        "48": "Aircraft Operator",
        "224": "Gender",
        "365": "Nationality of Registration",
        "646": "Organization Established Date",
        "647": "Organization Type:",
        "99999": "Tarjeta Profesional",
    },
    "IDRegDocDateType": {"1480": "Issue Date", "1481": "Expiration Date"},
    "IDRegDocType": {
        "1571": "Passport",
        "1626": "Vessel Registration Identification",
        "91761": "Registration Number",
    },
    "IdentityFeatureLinkType": {"1": "Unknown"},
    "List": {
        "1550": "SDN List",
        "91507": "Sectoral Sanctions Identifications List",
        "91512": "Consolidated List",
    },
    "LocPartType": {
        "1": "Unknown",
        "1450": "REGION",
        "1451": "ADDRESS1",
        "1452": "ADDRESS2",
        "1453": "ADDRESS3",
        "1454": "CITY",
        "1455": "STATE/PROVINCE",
        "1456": "POSTAL CODE",
    },
    "LocPartValueStatus": {"1": "Main"},
    "LocPartValueType": {"1": "Unknown"},
    "NamePartType": {
        "1520": "Last Name",
        "1521": "First Name",
        "1522": "Middle Name",
        "1524": "Aircraft Name",
        "1525": "Entity Name",
        "1526": "Vessel Name",
        "1528": "Nickname",
        "91708": "Patronymic",
    },
    "PartyType": {
        "1": "Individual",
        "2": "Entity",
        "3": "Location",
        "4": "Transport",
        "5": "Other Entity",
    },
    "RelationQuality": {"1": "Unknown", "1540": "High", "1541": "Low"},
    "RelationType": {"1555": "Associate Of", "15003": "Owned or Controlled By"},
    "Reliability": {"1": "Unknown", "1560": "Confirmed", "91479": "Reported"},
    "SanctionsType": {"1": "Program", "1705": "Block", "91505": "13662 Sectoral Directive 1"},
    "Script": {"160": "Arabic", "215": "Latin", "220": "Cyrillic", "501": "Chinese Simplified"},
    "ScriptStatus": {"1": "Unknown"},
    "Validity": {"1": "Valid", "2": "Fraudulent"},
}
_MORE = {
    "AreaCode": """\
      <AreaCode ID="11120" CountryID="11120" Description="Korea, North" AreaCodeTypeID="1">KP</AreaCode>
      <AreaCode ID="11171" CountryID="11171" Description="Russia" AreaCodeTypeID="1">RU</AreaCode>
      <AreaCode ID="11291" CountryID="11291" Description="undetermined" AreaCodeTypeID="1" />
""",
    "LegalBasis": """\
      <LegalBasis ID="1" LegalBasisShortRef="Unknown" LegalBasisTypeID="1" SanctionsProgramID="1">Unknown</LegalBasis>
      <LegalBasis ID="1805" LegalBasisShortRef="Executive Order 13608 (Iran)" LegalBasisTypeID="1" SanctionsProgramID="1">Executive Order 13608 (Iran/Syria)</LegalBasis>
      <LegalBasis ID="1828" LegalBasisShortRef="Executive Order 13224 (Terrorism)" LegalBasisTypeID="1" SanctionsProgramID="1">Executive Order 13224 (Terrorism)</LegalBasis>
""",
    "PartySubType": """\
      <PartySubType ID="1" PartyTypeID="4">Vessel</PartySubType>
      <PartySubType ID="2" PartyTypeID="4">Aircraft</PartySubType>
      <PartySubType ID="3" PartyTypeID="2">Unknown</PartySubType>
      <PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType>
""",
    "SanctionsProgram": """\
      <SanctionsProgram ID="1" SubsidiaryBodyID="1">Unknown</SanctionsProgram>
""",
    "SubsidiaryBody": """\
      <SubsidiaryBody ID="1" Notional="false" DecisionMakingBodyID="1">Office of Foreign Assets Control</SubsidiaryBody>
""",
    "DecisionMakingBody": """\
      <DecisionMakingBody ID="1" OrganisationID="1">United States Treasury Department</DecisionMakingBody>
""",
    "Organisation": """\
      <Organisation ID="1" CountryID="11291">State</Organisation>
""",
}
"""Sets whose values have more than a number."""

_ORDER = (
    "AliasType AreaCode AreaCodeType CalendarType Country CountryRelevance DecisionMakingBody "
    "DetailReference DetailType DocNameStatus EntryEventType EntryLinkType ExRefType FeatureType "
    "FeatureTypeGroup IDRegDocDateType IDRegDocType IdentityFeatureLinkType LegalBasis "
    "LegalBasisType List LocPartType LocPartValueStatus LocPartValueType NamePartType Organisation "
    "PartySubType PartyType RelationQuality RelationType Reliability SanctionsProgram SanctionsType "
    "Script ScriptStatus SubsidiaryBody SupInfoType TargetType Validity"
)
_ALWAYS = {"FeatureType": ' FeatureTypeGroupID="1"', "RelationType": ' Symmetrical="false"'}


def _set(kind: str) -> str:
    values = "".join(
        f'      <{kind} ID="{key}"{_ALWAYS.get(kind, "")}>{word}</{kind}>\n'
        for key, word in _SETS.get(kind, {}).items()
    )
    return f"    <{kind}Values>\n{_MORE.get(kind, values)}    </{kind}Values>\n"


SETS = "".join(_set(kind) for kind in _ORDER.split())
"""Reference value sets, with those numbers of the official ones that the tests need."""

PLAIN = """\
    <DistinctParty FixedRef="{uid}">
      <Comment />
      <Profile ID="{uid}" PartySubTypeID="3">
        <Identity ID="9{uid}" FixedRef="{uid}" Primary="true" False="false">
          <Alias FixedRef="{uid}" AliasTypeID="1403" Primary="true" LowQuality="false">
            <DocumentedName ID="8{uid}" FixedRef="{uid}" DocNameStatusID="1">
              <DocumentedNamePart>
                <NamePartValue NamePartGroupID="7{uid}" ScriptID="215" ScriptStatusID="1" Acronym="false">EXAMPLE {uid}</NamePartValue>
              </DocumentedNamePart>
            </DocumentedName>
          </Alias>
          <NamePartGroups>
            <MasterNamePartGroup>
              <NamePartGroup ID="7{uid}" NamePartTypeID="1525" />
            </MasterNamePartGroup>
          </NamePartGroups>
        </Identity>
{features}      </Profile>
    </DistinctParty>
"""
"""The least party that has nothing wrong; its identity is 9…, its name 8…"""

NO_DATES = '<DatePeriod CalendarTypeID="1" YearFixed="true" MonthFixed="true" DayFixed="true" />'


def plain(uid: int | str, features: str = "") -> str:
    """An organization with one name."""
    return PLAIN.format(uid=uid, features=features)


def feature(
    uid: int | str, number: int, kind: int, inside: str, *, identity: int | str | None = None
) -> str:
    """A `Feature` of party `uid`, with what stands in its version."""
    return f"""\
        <Feature ID="{number}" FeatureTypeID="{kind}">
          <FeatureVersion ID="5{number}" ReliabilityID="1">
            <Comment />
            {inside}
          </FeatureVersion>
          <IdentityReference IdentityID="{identity or f"9{uid}"}" IdentityFeatureLinkTypeID="1" />
        </Feature>
"""


def text_feature(uid: int | str, number: int, kind: int, text: str) -> str:
    """A fact that is a text."""
    return feature(uid, number, kind, f'<VersionDetail DetailTypeID="1432">{text}</VersionDetail>')


def period(*days: str, approximate: str = "false") -> str:
    """A `DatePeriod` of four days, "1971-03-05"; "" leaves one out."""
    ends: list[str] = []
    for name, pair in (("Start", days[:2]), ("End", days[2:])):
        sides = ""
        for side, day in zip(("From", "To"), pair, strict=True):
            if day:
                year, month, date = (int(piece) for piece in day.split("-"))
                sides += (
                    f"<{side}><Year>{year}</Year><Month>{month}</Month><Day>{date}</Day></{side}>"
                )
        if sides:
            ends.append(
                f'<{name} Approximate="{approximate}" YearFixed="false" MonthFixed="false" '
                f'DayFixed="false">{sides}</{name}>'
            )
    return (
        '<DatePeriod CalendarTypeID="1" YearFixed="false" MonthFixed="false" DayFixed="false">'
        f"{''.join(ends)}</DatePeriod>"
    )


def location(key: int | str, *parts: tuple[int, str], rest: str = "", before: str = "") -> str:
    """A `Location` of parts (type, value)."""
    inside = "".join(
        f"""\
      <LocationPart LocPartTypeID="{kind}">
        <LocationPartValue Primary="true" LocPartValueTypeID="1" LocPartValueStatusID="1">
          <Comment />
          <Value>{value}</Value>
        </LocationPartValue>
      </LocationPart>
"""
        for kind, value in parts
    )
    return f'    <Location ID="{key}">\n{before}{inside}{rest}    </Location>\n'


def document(key: int | str, uid: int | str, number: str, *, more: str = "", rest: str = "") -> str:
    """An `IDRegDocument` of the plain party `uid`: a registration number."""
    return f"""\
    <IDRegDocument ID="{key}" IDRegDocTypeID="91761" IdentityID="9{uid}"{more} ValidityID="1">
      <Comment />
      <IDRegistrationNo>{number}</IDRegistrationNo>
      <IssuingAuthority />
{rest}      <DocumentedNameReference DocumentedNameID="8{uid}" />
    </IDRegDocument>
"""


def relation(
    key: int | str, start: int | str, end: int | str, entry: int | str | None = None
) -> str:
    """A `ProfileRelationship`: `start` is owned or controlled by `end`."""
    return f"""\
    <ProfileRelationship ID="{key}" From-ProfileID="{start}" To-ProfileID="{end}" \
RelationTypeID="15003" RelationQualityID="1" Former="false" SanctionsEntryID="{entry or start}">
      <Comment />
    </ProfileRelationship>
"""


def entry(
    uid: int | str,
    key: int | str | None = None,
    listed: int = 1550,
    *,
    program: str = "SDGT",
    basis: int = 1828,
    day: str = "2001-09-24",
) -> str:
    """A `SanctionsEntry` with one event, one program and one measure."""
    key = uid if key is None else key
    year, month, date = (int(piece) for piece in day.split("-"))
    return f"""\
    <SanctionsEntry ID="{key}" ProfileID="{uid}" ListID="{listed}">
      <EntryEvent ID="{key}" EntryEventTypeID="1" LegalBasisID="{basis}">
        <Comment />
        <Date CalendarTypeID="1">
          <Year>{year}</Year>
          <Month>{month}</Month>
          <Day>{date}</Day>
        </Date>
      </EntryEvent>
      <SanctionsMeasure ID="1{key}" SanctionsTypeID="1705">
        {NO_DATES}
      </SanctionsMeasure>
      <SanctionsMeasure ID="2{key}" SanctionsTypeID="1">
        <Comment>{program}</Comment>
        {NO_DATES}
      </SanctionsMeasure>
    </SanctionsEntry>
"""


def advanced(
    *parties: str,
    locations: str = "",
    documents: str = "",
    relations: str = "",
    entries: str | None = None,
    links: str = "<SanctionsEntryLinks />",
    sets: str = SETS,
    namespace: str = OLD,
    date: str | None = "2024-02-23",
    root: str = 'Version="3"',
    prolog: str = '<?xml version="1.0" encoding="utf-8" standalone="yes"?>',
) -> bytes:
    """A whole file; without `entries` every party has one for the SDN List."""
    if entries is None:
        uids = [uid for party in parties for uid in re.findall(r'Party FixedRef="(.*?)"', party)]
        entries = "".join(entry(uid) for uid in uids)
    issued = ""
    if date is not None:
        year, month, day = (piece.lstrip("0") for piece in date.split("-"))
        issued = (
            f'  <DateOfIssue CalendarTypeID="1">\n    <Year>{year}</Year>\n'
            f"    <Month>{month}</Month>\n    <Day>{day}</Day>\n  </DateOfIssue>\n"
        )
    return f"""\
{prolog}
<Sanctions xmlns="{namespace}" {root}>
{issued}  <ReferenceValueSets>
{sets}  </ReferenceValueSets>
  <Locations>
{locations}  </Locations>
  <IDRegDocuments>
{documents}  </IDRegDocuments>
  <DistinctParties>
{"".join(parties)}  </DistinctParties>
  <ProfileRelationships>
{relations}  </ProfileRelationships>
  <SanctionsEntries>
{entries}  </SanctionsEntries>
  {links}
</Sanctions>
""".encode()


def faulty(
    data: bytes, *, partial: bool = False, records: bool = False
) -> sl.SanctionsList[sl.Entity]:
    """The file, of which something is reported."""
    with pytest.warns(sl.FaultyEntriesWarning):
        return sl.read(data, list_id="us_ofac_sdn", partial=partial, records=records)
