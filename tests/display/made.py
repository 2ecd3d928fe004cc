"""Parties of the bundled sample, as OFAC listed them on 10 December 2021, and answers about them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import attrs

import sanctionslib as sl
from sanctionslib import answers
from sanctionslib.errors import Where

GOLDEN = Path(__file__).with_name("golden")
"""The folder of printed objects that a person has read."""
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
