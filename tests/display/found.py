"""Comparisons, hits and results of a screening, built by hand on the parties of `made`."""

from __future__ import annotations

import attrs

import sanctionslib as sl
from sanctionslib import answers

from .made import AZAD, EDITION, KHAN, RAB

WEAK = AZAD.names[1]

SPELT = answers.Comparison(
    query="Rapid Action Batalion Ltd",
    listed="RAPID ACTION BATTALION",
    score=0.969,
    method="parts-1",
    kind="organization",
    pairs=(
        answers.TokenPair(
            query="rapid", listed="rapid", score=1.0, reason=answers.Reason.EXACT, weight=0.8
        ),
        answers.TokenPair(
            query="action", listed="action", score=1.0, reason=answers.Reason.EXACT, weight=0.7
        ),
        answers.TokenPair(
            query="batalion",
            listed="battalion",
            score=0.92,
            reason=answers.Reason.SPELLING,
            weight=1.2,
        ),
    ),
    unmatched_query=(
        answers.UnmatchedToken(text="ltd", reason=answers.Reason.LEGAL_FORM, weight=0.0),
    ),
)
TURNED = answers.Comparison(
    query="Khan Azad",
    listed="AZAD, Khan Mohammad",
    score=0.871,
    method="parts-1",
    kind="person",
    pairs=(
        answers.TokenPair(
            query="khan",
            listed="khan",
            score=1.0,
            reason=answers.Reason.EXACT,
            kind=sl.NamePartKind.GIVEN,
        ),
        answers.TokenPair(
            query="azad",
            listed="azad",
            score=1.0,
            reason=answers.Reason.EXACT,
            kind=sl.NamePartKind.FAMILY,
        ),
    ),
    unmatched_listed=(answers.UnmatchedToken(text="mohammad", reason=answers.Reason.MISSING),),
    notes=(answers.Reason.REORDERED,),
)
ARABIC = answers.Comparison(
    query="محمد بن سلمان",
    listed="سلمان محمد",
    score=0.9,
    method="parts-1",
    pairs=(
        answers.TokenPair(query="محمد", listed="محمد", score=1.0, reason=answers.Reason.EXACT),
        answers.TokenPair(query="سلمان", listed="سلمان", score=1.0, reason=answers.Reason.EXACT),
    ),
    unmatched_query=(answers.UnmatchedToken(text="بن", reason=answers.Reason.MISSING),),
)

FACTS = (
    answers.FactCheck(
        fact=answers.ComparedFact.BIRTH_DATE,
        verdict=answers.Agreement.CONFLICTS,
        given="1991",
        listed=("15 Oct 1974",),
    ),
    answers.FactCheck(
        fact=answers.ComparedFact.COUNTRY,
        verdict=answers.Agreement.AGREES,
        given="Bangladesh",
        listed=("Bangladesh",),
    ),
    answers.FactCheck(
        fact=answers.ComparedFact.IDENTIFIER, verdict=answers.Agreement.UNKNOWN, given="E0001"
    ),
)
BY_NAME = answers.Hit(
    entity=RAB,
    score=0.969,
    rank=0.969,
    name=RAB.names[0],
    query="Rapid Action Batalion Ltd",
    comparison=SPELT,
)
CONFLICTING = answers.Hit(
    entity=AZAD,
    score=0.871,
    rank=0.821,
    name=AZAD.names[0],
    query="Khan Azad",
    comparison=TURNED,
    facts=FACTS,
)
BY_WEAK = answers.Hit(entity=AZAD, score=0.91, rank=0.91, name=WEAK, query="K M Azad")
BY_ALIAS = answers.Hit(
    entity=KHAN, score=1.0, rank=1.0, name=KHAN.names[1], query="Anwar Latif Khan"
)
NUMBER = sl.Identifier(
    value="R 7", kind=sl.IdentifierKind.REGISTRATION, raw_kind="Registration No."
)
FIRM = sl.Entity(
    id="us_trade_csl:7",
    names=(sl.Name(text="EXAMPLE TRADING LLC"),),
    addresses=(sl.Address(country=sl.Country(code="BD", raw="BD")),),
    identifiers=(NUMBER,),
)
BY_NUMBER = answers.Hit(
    entity=FIRM,
    score=0.0,
    rank=1.0,
    identifiers=(NUMBER,),
    kind_unstated=True,
    also=(attrs.evolve(FIRM, id="us_bis_denied:~example"),),
)

SEARCHED = answers.SearchContext(
    editions=(EDITION,),
    entities=26,
    names=112,
    method="parts-1",
    ranking="facts-1",
    min_score=0.8,
    limit=10,
    library="0.5.0",
)
SUBJECT = answers.Subject(
    names=("Khan Azad", "K M Azad"),
    kind="person",
    birth_date=sl.PartialDate.year(1991),
    countries=(sl.Country(code="BD", raw="BD"),),
    identifiers=("E0001",),
)
HITS = answers.Hits(
    subject=SUBJECT,
    context=SEARCHED,
    hits=(BY_NUMBER, BY_NAME, CONFLICTING),
    suppressed=(BY_WEAK,),
    more=2,
)
NO_HITS = answers.Hits(subject=answers.Subject(names=("Jane Doe",)), context=SEARCHED)

PROBLEM = answers.Problem(what="no day is called 30 February", field="born", value="1971-02-30")
RESULT = answers.ScreeningResult(
    key="C-17",
    position=2,
    context=SEARCHED,
    subject=SUBJECT,
    hits=(CONFLICTING, BY_ALIAS),
    suppressed=(BY_WEAK,),
    more=1,
    problems=(PROBLEM,),
)
QUIET = answers.ScreeningResult(
    key="C-16", position=1, context=SEARCHED, subject=answers.Subject(names=("Jane Doe",))
)
SKIPPED = answers.ScreeningResult(
    key="3",
    position=3,
    context=SEARCHED,
    problems=(answers.Problem(what="the record is empty", skipped=True),),
)
NEAR = attrs.evolve(QUIET, key="C-18", position=4, suppressed=(BY_WEAK,))
RUN = (QUIET, RESULT, SKIPPED, NEAR)
"""Results of one screening: nothing near, hits, an empty record, a weak alias alone."""
