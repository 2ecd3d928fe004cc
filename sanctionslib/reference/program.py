"""Program tags of OFAC's lists → their meaning: title, legal bases, measures, named list.

Also one tag of the Department of State, which names a section of law in press statements and keeps
no list. Sources: OFAC's reference values of 28 August 2024 (tags, refIds, legal authorities),
official files from 2020 to 2025, and where neither states it general knowledge. Each row has its
source in `source`; most CFR parts are general knowledge and marked as such. OFAC's own page of tag
definitions was not available.

Peculiarities: a tag labels a legal basis, not a list. Tags are renamed in place under the same
refId (SYRIA-EO13894 → PAARSSR-EO13894) and removed ones stay in old editions, so the table keeps
both. Some contain spaces ("CAATSA - RUSSIA"). IFSR and IRGC mark exposure to secondary sanctions
beside other tags. `measures` is empty where the order leaves a choice and the tag does not reveal
it. BELARUS-EO and ILLICIT-DRUGS-EO are earlier spellings; MBS occurs only in the trade.gov list.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

from sanctionslib.model.designations import Authority, Measure, MeasureKind, Program
from sanctionslib.model.legal import LegalBasis
from sanctionslib.reference.tables import Table, rows

__all__ = ["program_of", "programs"]


@functools.cache
def _programs() -> Mapping[str, Program]:
    known = (*rows("ofac_programs.tsv"), *rows("state_programs.tsv"))
    return {row["code"]: _program(row) for row in sorted(known, key=lambda row: row["code"])}


def _program(row: dict[str, str]) -> Program:
    return Program(
        code=row["code"],
        authority=row["authority"],
        title=row["title"] or None,
        legal_bases=tuple(
            LegalBasis(title=title) for title in row["legal_bases"].split(";") if title
        ),
        measures=tuple(
            Measure(kind=MeasureKind(kind)) for kind in row["measures"].split(";") if kind
        ),
        list_name=row["list_name"] or None,
        ref_id=row["ref_id"] or None,
        note=row["note"] or None,
        source=row["source"],
    )


programs = Table("a program", _programs)
"""The meaning of program codes, as the lists print them: code → `Program`, sorted by code."""


def program_of(code: str, authority: Authority | None) -> Program | None:
    """The meaning of a code of this authority; None where the table does not have it.

    Several authorities use the same code: "DPRK" is a program of OFAC and another of the United
    Nations. Without an authority, as on lists of your own, the code alone decides.

    >>> from sanctionslib.reference import authorities, program_of
    >>> program_of("DPRK", authorities["OFAC"]).legal_bases[0].title
    'Executive Order 13551'
    >>> program_of("DPRK", authorities["UN"]) is None
    True
    """
    found = programs.get(code)
    is_of_another = found is not None and authority and authority.code != found.authority
    return None if is_of_another else found
