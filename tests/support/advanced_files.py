"""Small files in OFAC's advanced format, written for one test each."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sanctionslib as sl

OLD = "http://www.un.org/sanctions/1.0"

EVERY = Path(__file__).parents[1] / "parsers" / "data" / "every_element_advanced.xml"
"""The file of the golden test."""
SETS = EVERY.read_text("utf-8").partition("<ReferenceValueSets>\n")[2].partition("  </Ref")[0]
"""Its reference value sets, with those numbers of the official ones that the tests need."""

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
    """A `Feature` of party `uid`, with the elements of its version."""
    return f"""\
        <Feature ID="{number}" FeatureTypeID="{kind}">
          <FeatureVersion ID="5{number}" ReliabilityID="1">
            <Comment />
            {inside}
          </FeatureVersion>
          <IdentityReference IdentityID="{identity or f"9{uid}"}" IdentityFeatureLinkTypeID="1" />
        </Feature>
"""


def _date(day: str) -> str:
    """The elements of a day, "1971-03-05"."""
    year, month, date = (int(piece) for piece in day.split("-"))
    return f"<Year>{year}</Year><Month>{month}</Month><Day>{date}</Day>"


def period(*days: str, approximate: str = "false") -> str:
    """A `DatePeriod` of four days, "1971-03-05"; "" leaves one out."""
    fixed = 'YearFixed="false" MonthFixed="false" DayFixed="false"'
    ends = ""
    for name, pair in (("Start", days[:2]), ("End", days[2:])):
        sides = "".join(
            f"<{side}>{_date(day)}</{side}>"
            for side, day in zip(("From", "To"), pair, strict=True)
            if day
        )
        if sides:
            ends += f'<{name} Approximate="{approximate}" {fixed}>{sides}</{name}>'
    return f'<DatePeriod CalendarTypeID="1" {fixed}>{ends}</DatePeriod>'


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
    return f"""\
    <SanctionsEntry ID="{key}" ProfileID="{uid}" ListID="{listed}">
      <EntryEvent ID="{key}" EntryEventTypeID="1" LegalBasisID="{basis}">
        <Comment />
        <Date CalendarTypeID="1">{_date(day)}</Date>
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
    """A complete file; without `entries` every party has one for the SDN List."""
    if entries is None:
        uids = [uid for party in parties for uid in re.findall(r'Party FixedRef="(.*?)"', party)]
        entries = "".join(entry(uid) for uid in uids)
    issued = ""
    if date is not None:
        issued = f'  <DateOfIssue CalendarTypeID="1">{_date(date)}</DateOfIssue>\n'
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
    with pytest.warns(sl.errors.FaultyEntriesWarning):
        return sl.read(data, list_id="us_ofac_sdn", partial=partial, keep_source=records)
