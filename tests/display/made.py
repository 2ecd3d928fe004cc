"""Parties with a value of each sort; those of the bundled sample, and answers about them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import attrs

import sanctionslib as sl
from sanctionslib import answers
from sanctionslib.errors import Where
from sanctionslib.model import Calendar, DocumentFlag, Origin

GOLDEN = Path(__file__).with_name("golden")
"""The folder of printed objects that a person has read."""

# ── parties with a value of each sort ─────────────────────────────────────────────────────────────

PANAMA = sl.Country(code="PA", raw="Panama")
COMPANY = sl.Organization(
    id="watch:1",
    names=(
        sl.Name(text="EXAMPLE TRADING LLC", script="Latn"),
        sl.Name(text="A", kind=sl.NameKind.AKA, strength=sl.AliasStrength.WEAK),
        sl.Name(text="B", kind=sl.NameKind.FKA, strength=sl.AliasStrength.STRONG, source_id="n1"),
        sl.Name(text="C", kind=sl.NameKind.NKA, raw_strength="Medium"),
        sl.Name(text="D", kind=sl.NameKind.ORIGINAL_SCRIPT, script="Arab", language="ar"),
        sl.Name(text="E", kind=None, raw_kind="nom de guerre", note="until 2010"),
        sl.Name(text="F", kind=sl.NameKind.VARIATION, basis=sl.LegalBasis(title="2016/44")),
    ),
    established=(
        attrs.evolve(sl.PartialDate.year(1971), calendar=Calendar.ISLAMIC, raw="1391"),
        sl.PartialDate(calendar=Calendar.ISLAMIC, raw="1391 AH"),
    ),
    identifiers=(
        sl.Identifier(
            value="7001",
            kind=sl.IdentifierKind.REGISTRATION,
            raw_kind="Registration ID:",
            country=sl.Country(code="BD"),
            issued=sl.PartialDate.parse("2004-03-26"),
            expires=sl.PartialDate.parse("2024"),
            issuer="the registrar",
            name_id="n1",
            valid=False,
            flags=(DocumentFlag.EXPIRED,),
        ),
        sl.Identifier(value="1abc", kind=sl.IdentifierKind.DIGITAL_CURRENCY, asset="XBT"),
    ),
    features=(sl.Feature(label="Tarjeta Profesional", value="186785 (Abogado)"),),
    relations=(
        sl.Relation(to=sl.EntityRef(name="SEK STUDIO"), raw_kind="Linked To:"),
        sl.Relation(
            to=sl.EntityRef(id_space="ofac", source_id="9"),
            kind=sl.RelationKind.FAMILY_OF,
            former=True,
        ),
    ),
    designations=(
        sl.Designation(
            programs=("MYA",),
            measures=(sl.Measure(kind=None, raw="Directive 1a"),),
            events=(
                sl.Event(kind=None, raw_kind="gazetted", date=sl.PartialDate.parse("2021")),
                sl.Event(kind=sl.EventKind.AMENDED, date=sl.PartialDate.parse("2022")),
            ),
            reason="for the coup",
        ),
        sl.Designation(programs=("B",)),
    ),
    remarks="one\r\n\r\ntwo",
    origins=(Origin(member="SDN.XML", line=1272),),
)
PERSON = sl.Person(
    id="watch:2",
    names=(sl.Name(text="EXAMPLE, Person"),),
    births=(
        sl.Birth(
            date=sl.PartialDate.parse("circa 1955 to 1957"),
            place=sl.Place(city="Aksu", country=sl.Country(code="CN", raw="China")),
        ),
        sl.Birth(date=sl.PartialDate.parse("in the rainy season"), primary=False),
    ),
    titles=("Colonel",),
)
SHIP = sl.Vessel(
    id="watch:3",
    names=(sl.Name(text="EXAMPLE STAR"),),
    types=("Crude Oil Tanker",),
    flags=(PANAMA,),
    former_flags=(sl.Country(raw="None Identified"),),
    owners=("OWNER",),
    former_owners=("FORMER",),
    tonnage=99144,
    gross_tonnage=0,
    length="330 m",
    built=(sl.PartialDate.parse("2000"),),
    registered_in=(PANAMA,),
)
AIRCRAFT = sl.Aircraft(
    id="watch:4", names=(sl.Name(text="EP-XXX"),), models=("A300",), operators=("OPERATOR",)
)

# ── the sample ────────────────────────────────────────────────────────────────────────────────────

NEVER = (
    (sl.Fact.LISTING_DATE, "OFAC's enhanced or advanced XML, or the diff of two editions"),
    (sl.Fact.REASON, "the press release of the day, on treasury.gov"),
    (sl.Fact.MEASURE, "OFAC's enhanced or advanced XML"),
)
EDITION = sl.Edition(
    list_id="us_ofac_sdn",
    id_space="ofac",
    publisher="Office of Foreign Assets Control",
    title="Specially Designated Nationals List",
    format="ofac-classic-xml",
    published=date(2021, 12, 10),
    dated_by="file",
    scope=sl.Scope.SAMPLE,
    members=("us_ofac_sdn_2021-12-10.xml",),
    declared=26,
    sha256="3f1c0b7a" * 8,
    supported_facts=frozenset(sl.Fact) - {fact for fact, _ in NEVER},
    alternative_sources=NEVER,
)
WHOLE = sl.Edition(
    list_id="us_ofac_sdn", format="ofac-classic-xml", published=date(2021, 12, 10), declared=9146
)
"""A whole edition, which could state everything."""

_READ = sl.read(sl.open_sample(), list_id="us_ofac_sdn")
SDN = sl.SanctionsList([attrs.evolve(one, edition=EDITION) for one in _READ], EDITION)
RAB = SDN["33951"]
"""The Rapid Action Battalion."""
EVERYBODY = (RAB, *(SDN[key] for key in ("33952", "33953", "33954", "33955", "34076", "34077")))
"""The battalion, and the six persons that are linked to it."""
KHAN, AZAD = SDN["33954"], SDN["34076"]
WHY = SDN.why("33951")
NETWORK = SDN.related("34022", depth=2)
"""The studios around SEK STUDIO; SHANGHAI HONGMAN is linked to LU, Hezheng."""
SOME_LINKS = attrs.evolve(
    NETWORK,
    kinds=(sl.RelationKind.LINKED_TO, sl.RelationKind.ACTS_FOR),
    direction="out",
    left_out=3,
)
PART = sl.Edition(
    list_id="watch",
    category="debarment",
    missing=("ADD.CSV",),
    repairs=2,
    supported_facts=frozenset({sl.Fact.PROGRAM}),
)
WHY_OF_A_PART = answers.Explanation(
    entity=PERSON,
    edition=PART,
    editions=(PART,),
    unstated=(answers.Unstated(fact=sl.Fact.REASON, alternative_source="read the whole set"),),
)
_SAME = sl.Relation(to=sl.EntityRef(name="EXAMPLE"), kind=sl.RelationKind.SAME_AS)
AS_STATED = answers.Counterparts(
    center=COMPANY,
    counterparts=(
        answers.Counterpart(
            entity=SHIP,
            evidence=(
                answers.Evidence(
                    kind=answers.EvidenceKind.STATED,
                    entity_id="watch:1",
                    link=answers.Link(relation=_SAME, source=COMPANY),
                ),
                answers.Evidence(kind=answers.EvidenceKind.SAME_IDENTIFIER, entity_id="watch:1"),
            ),
        ),
    ),
)
AUDIT = answers.Audit(
    declared=9146,
    read=9146,
    converted=9145,
    issues=(
        answers.Issue(
            kind=answers.IssueKind.REJECTED,
            message="the entry has no name",
            where=Where(source="SDN.XML", entry="1", path="sdnEntry", line=7),
        ),
        *(
            answers.Issue(
                kind=answers.IssueKind.UNREAD_VALUE,
                message=f"date {n}",
                where=Where(entry=str(n)),
            )
            for n in range(2, 27)
        ),
    ),
    unmapped=(
        answers.Unmapped(path="idList/id", label="Tarjeta Profesional", count=1204, sample="x"),
    ),
    unknown_codes=(
        answers.UnknownCode(vocabulary="program", code="NEW-EO", count=3, sample="us_ofac_sdn:1"),
    ),
    paths=(
        answers.PathCoverage(path="uid", coverage=answers.Coverage.STRUCTURAL, count=9146),
        answers.PathCoverage(path="lastName", coverage=answers.Coverage.MAPPED, count=99999),
        answers.PathCoverage(path="idList/id", coverage=answers.Coverage.UNMAPPED, count=1),
    ),
)
"""An audit with everything that an audit can have."""
