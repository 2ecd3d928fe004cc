"""Comparisons, hits and results of a screening: what they say of themselves, and what they never say."""

from __future__ import annotations

import attrs
import pytest

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
    AliasStrength,
    Identifier,
    IdentifierKind,
    Name,
    NameKind,
    Person,
)

WEAK = Name(text="DOE, J", strength=AliasStrength.WEAK)
PARTY = Person(id="watch:1", names=(Name(text="DOE, Jane"), WEAK))
CONFLICT = FactCheck(
    fact=ComparedFact.BIRTH_DATE, verdict=Agreement.CONFLICTS, given="1971", listed=("1963",)
)
AGREED = FactCheck(fact=ComparedFact.COUNTRY, verdict=Agreement.AGREES, given="BD")
OPEN = FactCheck(fact=ComparedFact.IDENTIFIER, verdict=Agreement.UNKNOWN, given="E1")
HIT = Hit(entity=PARTY, score=0.875, rank=0.9, name=WEAK, facts=(CONFLICT, OPEN, AGREED))
SEARCHED = SearchContext(method="parts-1", min_score=0.8)


def test_reasons_of_a_comparison() -> None:
    """Each reason stands once: of pairs, of what is alone on either side, of the whole."""
    compared = Comparison(
        query="Jane Mary Do",
        listed="DOE, Jane Ann",
        score=0.8754,
        method="parts-1",
        pairs=(
            TokenPair(query="jane", listed="jane", score=1.0, reason=Reason.EXACT),
            TokenPair(query="do", listed="doe", score=0.75, reason=Reason.SPELLING),
        ),
        unmatched_query=(UnmatchedToken(text="mary", reason=Reason.DIFFERENT),),
        unmatched_listed=(UnmatchedToken(text="ann", reason=Reason.DIFFERENT),),
        notes=(Reason.SPELLING, Reason.REORDERED),
    )
    assert compared.reasons == (
        Reason.EXACT,
        Reason.SPELLING,
        Reason.DIFFERENT,
        Reason.REORDERED,
    )
    assert repr(compared) == "<Comparison 'Jane Mary Do' ~ 'DOE, Jane Ann': 0.875 by parts-1>"
    assert (
        attrs.evolve(compared, pairs=(), unmatched_query=(), unmatched_listed=(), notes=()).reasons
        == ()
    )


def test_a_hit_says_what_conflicts() -> None:
    """Facts that agree and that conflict are apart, and a conflict stands in the shortest form, too."""
    assert HIT.conflicts == (CONFLICT,)
    assert HIT.agrees == (AGREED,)
    assert HIT.strength is AliasStrength.WEAK
    assert repr(HIT) == (
        "<Hit watch:1 'DOE, Jane' by 'DOE, J' 0.875, birth date conflicts, country agrees>"
    )
    by_number = Hit(entity=PARTY, score=0.0, rank=1.0)
    assert by_number.strength is None
    assert repr(by_number) == "<Hit watch:1 'DOE, Jane' by number 0.000>"


def test_hits_are_a_sequence() -> None:
    """Hits are counted, walked and taken by position; what the limit cut off is counted."""
    hits = Hits(
        subject=Subject(names=("J. Doe", "Jane")), context=SEARCHED, hits=(HIT, HIT), more=3
    )
    assert (len(hits), list(hits), hits[1]) == (2, [HIT, HIT], HIT)
    assert hits
    assert repr(hits) == (
        "<Hits of 'J. Doe / Jane': 2 and 3 more at 0.8 or more by parts-1, best 'DOE, Jane' 0.875>"
    )
    none = Hits(subject=Subject(identifiers=("E1",)), context=SEARCHED)
    assert not none
    assert repr(none) == "<Hits of 'E1': 0 at 0.8 or more by parts-1>"


def test_a_result_is_neither_true_nor_false() -> None:
    """`if result:` would be read as clear or not: it raises, and names what to look at."""
    result = ScreeningResult(
        key="C-17", position=17, context=SEARCHED, subject=Subject(names=("X",)), hits=(HIT,)
    )
    for one in (result, attrs.evolve(result, hits=())):
        with pytest.raises(TypeError, match="look at its hits and at its problems"):
            bool(one)
    assert repr(result) == "<ScreeningResult 'C-17' hits: 1>"


def test_what_was_not_screened() -> None:
    """A record was skipped where it could not be read, or a problem says so; else it was not."""
    result = ScreeningResult(key="1", position=1, context=SEARCHED)
    assert result.skipped
    read = attrs.evolve(result, subject=Subject(names=("X",)))
    assert not read.skipped
    assert not attrs.evolve(read, problems=(Problem(what="bad date"),)).skipped
    skipped = attrs.evolve(
        read, problems=(Problem(what="bad date"), Problem(what="", skipped=True))
    )
    assert skipped.skipped
    assert repr(skipped) == "<ScreeningResult '1' not screened, problems: 2>"
    near = attrs.evolve(read, suppressed=(HIT,), problems=(Problem(what="bad date"),), more=1)
    assert repr(near) == "<ScreeningResult '1' hits: 1, suppressed: 1, problems: 1>"


def test_reasons_of_a_hit():
    """By which sort of name it hit, by a number, and all reasons of the comparison, each once."""
    comparison = Comparison(
        query="J", listed="J", score=1.0, method="parts-1", notes=(Reason.FULL_STRING,)
    )
    number = Identifier(kind=IdentifierKind.PASSPORT, value="1")
    hit = attrs.evolve(HIT, comparison=comparison, identifiers=(number,))
    assert hit.reasons == (Reason.NUMBER, Reason.WEAK_ALIAS, Reason.FULL_STRING)
    first = attrs.evolve(HIT, name=Name(text="DOE, Jane"))
    assert first.reasons == ()
    strong = Name(text="DOE, J", kind=NameKind.AKA, strength=AliasStrength.STRONG)
    assert attrs.evolve(HIT, name=strong).reasons == (Reason.ALIAS,)
