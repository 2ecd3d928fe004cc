"""Comparisons, hits and results of a screening, built by hand on the parties of `conftest`."""

from __future__ import annotations

import attrs

from sanctionslib.answers import (
    Agreement,
    ComparedFact,
    Comparison,
    FactCheck,
    Hit,
    Hits,
    Problem,
    Reason,
    ScreeningResult,
    SearchContext,
    Subject,
    TokenPair,
    UnmatchedToken,
)
from sanctionslib.model import (
    Address,
    Country,
    Entity,
    Identifier,
    IdentifierKind,
    Name,
    NamePartKind,
    PartialDate,
)

from .conftest import EDITION, battalion, officers

RAB, AZAD, KHAN = battalion(), officers()[4], officers()[2]
WEAK = AZAD.names[1]

SPELT = Comparison(
    query="Rapid Action Batalion Ltd",
    listed="RAPID ACTION BATTALION",
    score=0.969,
    method="parts-1",
    kind="organization",
    pairs=(
        TokenPair(query="rapid", listed="rapid", score=1.0, reason=Reason.EXACT, weight=0.8),
        TokenPair(query="action", listed="action", score=1.0, reason=Reason.EXACT, weight=0.7),
        TokenPair(
            query="batalion", listed="battalion", score=0.92, reason=Reason.SPELLING, weight=1.2
        ),
    ),
    unmatched_query=(UnmatchedToken(text="ltd", reason=Reason.LEGAL_FORM, weight=0.0),),
)
TURNED = Comparison(
    query="Khan Azad",
    listed="AZAD, Khan Mohammad",
    score=0.871,
    method="parts-1",
    kind="person",
    pairs=(
        TokenPair(
            query="khan", listed="khan", score=1.0, reason=Reason.EXACT, kind=NamePartKind.GIVEN
        ),
        TokenPair(
            query="azad", listed="azad", score=1.0, reason=Reason.EXACT, kind=NamePartKind.FAMILY
        ),
    ),
    unmatched_listed=(UnmatchedToken(text="mohammad", reason=Reason.MISSING),),
    notes=(Reason.REORDERED,),
)
ARABIC = Comparison(
    query="محمد بن سلمان",
    listed="سلمان محمد",
    score=0.9,
    method="parts-1",
    pairs=(
        TokenPair(query="محمد", listed="محمد", score=1.0, reason=Reason.EXACT),
        TokenPair(query="سلمان", listed="سلمان", score=1.0, reason=Reason.EXACT),
    ),
    unmatched_query=(UnmatchedToken(text="بن", reason=Reason.MISSING),),
)

FACTS = (
    FactCheck(
        fact=ComparedFact.BIRTH_DATE,
        verdict=Agreement.CONFLICTS,
        given="1991",
        listed=("15 Oct 1974",),
    ),
    FactCheck(
        fact=ComparedFact.COUNTRY,
        verdict=Agreement.AGREES,
        given="Bangladesh",
        listed=("Bangladesh",),
    ),
    FactCheck(fact=ComparedFact.IDENTIFIER, verdict=Agreement.UNKNOWN, given="E0001"),
)
BY_NAME = Hit(
    entity=RAB,
    score=0.969,
    rank=0.969,
    name=RAB.names[0],
    query="Rapid Action Batalion Ltd",
    comparison=SPELT,
)
CONFLICTING = Hit(
    entity=AZAD,
    score=0.871,
    rank=0.821,
    name=AZAD.names[0],
    query="Khan Azad",
    comparison=TURNED,
    facts=FACTS,
)
BY_WEAK = Hit(entity=AZAD, score=0.91, rank=0.91, name=WEAK, query="K M Azad")
BY_ALIAS = Hit(entity=KHAN, score=1.0, rank=1.0, name=KHAN.names[1], query="Anwar Latif Khan")
NUMBER = Identifier(value="R 7", kind=IdentifierKind.REGISTRATION, raw_kind="Registration No.")
FIRM = Entity(
    id="us_trade_csl:7",
    names=(Name(text="EXAMPLE TRADING LLC"),),
    addresses=(Address(country=Country(code="BD", raw="BD")),),
    identifiers=(NUMBER,),
)
BY_NUMBER = Hit(
    entity=FIRM,
    score=0.0,
    rank=1.0,
    identifiers=(NUMBER,),
    kind_unstated=True,
    also=(attrs.evolve(FIRM, id="us_bis_denied:~example"),),
)

SEARCHED = SearchContext(
    editions=(EDITION,),
    entities=26,
    names=112,
    method="parts-1",
    ranking="facts-1",
    min_score=0.8,
    limit=10,
    library="0.5.0",
)
SUBJECT = Subject(
    names=("Khan Azad", "K M Azad"),
    kind="person",
    birth_date=PartialDate.year(1991),
    countries=(Country(code="BD", raw="BD"),),
    identifiers=("E0001",),
)
HITS = Hits(
    subject=SUBJECT,
    context=SEARCHED,
    hits=(BY_NUMBER, BY_NAME, CONFLICTING),
    suppressed=(BY_WEAK,),
    more=2,
)
NO_HITS = Hits(subject=Subject(names=("Jane Doe",)), context=SEARCHED)

PROBLEM = Problem(what="no day is called 30 February", field="born", value="1971-02-30")
RESULT = ScreeningResult(
    key="C-17",
    position=2,
    context=SEARCHED,
    subject=SUBJECT,
    hits=(CONFLICTING, BY_ALIAS),
    suppressed=(BY_WEAK,),
    more=1,
    problems=(PROBLEM,),
)
QUIET = ScreeningResult(
    key="C-16", position=1, context=SEARCHED, subject=Subject(names=("Jane Doe",))
)
SKIPPED = ScreeningResult(
    key="3",
    position=3,
    context=SEARCHED,
    problems=(Problem(what="the record is empty", skipped=True),),
)
NEAR = attrs.evolve(QUIET, key="C-18", position=4, suppressed=(BY_WEAK,))
RUN = (QUIET, RESULT, SKIPPED, NEAR)
"""Results of one screening: nothing near, hits, an empty record, a weak alias alone."""
