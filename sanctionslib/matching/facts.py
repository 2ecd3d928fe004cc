"""The facts beside the name: whether the list agrees with each, and how they order hits.

A fact agrees, conflicts, or is unknown; the last wherever the list states nothing that could be
compared. A conflict is only what the list itself rules out (`docs/guide/search.md`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from sanctionslib.answers import Agreement, ComparedFact, FactCheck, Subject
from sanctionslib.model import (
    Country,
    Entity,
    Identifier,
    IdentifierKind,
    PartialDate,
    Person,
    Vessel,
    identifier_key,
)
from sanctionslib.reference import countries

__all__ = ["CIRCA_YEARS", "RANKING", "check_facts", "confirms", "rank"]

CIRCA_YEARS = 2
"""How many years a date that says "circa" may be off."""

RANKING = "facts-1"
"""The rule of `rank`; any change of a figure is a new name."""

_WEIGHTS = {
    (ComparedFact.IDENTIFIER, Agreement.AGREES): 2.0,
    (ComparedFact.IDENTIFIER, Agreement.CONFLICTS): -0.1,
    (ComparedFact.BIRTH_DATE, Agreement.AGREES): 0.1,
    (ComparedFact.BIRTH_DATE, Agreement.CONFLICTS): -0.1,
    (ComparedFact.COUNTRY, Agreement.AGREES): 0.05,
    (ComparedFact.COUNTRY, Agreement.CONFLICTS): -0.05,
}


def rank(score: float, facts: Iterable[FactCheck]) -> float:
    """What hits are ordered by: the score of the name, and a weight for each fact.

    A number that agrees comes before any name. A birth date weighs twice as much as a country, since it
    agrees with another person far more rarely. `docs/guide/search.md` has the measurements: these are
    the least figures that gain the order, so that a far better name stays ahead of wrong facts.
    """
    kinds = {(one.fact, one.verdict) for one in facts}
    return round(score + sum(_WEIGHTS.get(one, 0.0) for one in kinds), 6)


def confirms(facts: Iterable[FactCheck]) -> bool:
    """Whether another fact confirms a hit of a weak alias alone: any that agrees does.

    Even a country alone, which agrees with another person in 27 cases of 100: it adds hardly any hit,
    and suppressed hits are easily overlooked (`docs/guide/weak-aliases.md`).
    """
    return any(one.verdict is Agreement.AGREES for one in facts)


def check_facts(
    subject: Subject,
    entities: Sequence[Entity],
    numbers: Mapping[str, Sequence[Identifier]],
    *,
    in_part: bool = False,
) -> tuple[FactCheck, ...]:
    """Whether a party's entities agree with each fact that was given.

    Args:
        subject: Who is searched.
        entities: All entities of the party: what one of them does not state, another one may.
        numbers: The party's numbers that are exactly those given, by the number as given.
        in_part: Whether a file is missing that could state more countries of them.
    """
    found: list[FactCheck] = []
    if subject.birth_date is not None:
        found.append(_birth(subject.birth_date, entities))
    if subject.countries:
        found.append(_country(subject.countries, entities, in_part))
    found += [
        _identifier(number, entities, numbers.get(number, ())) for number in subject.identifiers
    ]
    return tuple(found)


def _check(
    fact: ComparedFact, given: str, stated: Iterable[str], *, agrees: bool, conflicts: bool
) -> FactCheck:
    verdict = Agreement.CONFLICTS if conflicts else Agreement.UNKNOWN
    return FactCheck(
        fact=fact,
        verdict=Agreement.AGREES if agrees else verdict,
        given=given,
        listed=tuple(dict.fromkeys(stated)),
    )


def _birth(given: PartialDate, entities: Sequence[Entity]) -> FactCheck:
    persons = [one for one in entities if isinstance(one, Person)]
    births = [birth for one in persons for birth in one.births]
    stated = [birth.date for birth in births if birth.date is not None]
    given_text, *texts = [one.raw or str(one) for one in (given, *dict.fromkeys(stated))]
    return _check(
        ComparedFact.BIRTH_DATE,
        given_text,
        texts,
        agrees=any(_widened(one).overlaps(_widened(given)) for one in stated),
        conflicts=bool(stated) and all(one.is_read for one in (given, *stated)),
    )


def _widened(value: PartialDate) -> PartialDate:
    return value.widened(CIRCA_YEARS) if value.circa else value


def _country(given: Sequence[Country], entities: Sequence[Entity], in_part: bool) -> FactCheck:
    # Former flags too, for a customer file is older than a list.
    stated: list[Country] = []
    for one in entities:
        stated += one.countries
        if isinstance(one, Vessel):
            stated += one.former_flags
    return _check(
        ComparedFact.COUNTRY,
        ", ".join(map(str, given)),
        map(str, dict.fromkeys(stated)),  # one country in the words of two lists is listed once
        agrees=not {_key(one) for one in given}.isdisjoint(_key(one) for one in stated),
        conflicts=bool(stated) and not in_part and all(map(_is_a_state, (*given, *stated))),
    )


def _key(country: Country) -> str:
    return country.code or " ".join(country.raw.casefold().split())


def _is_a_state(country: Country) -> bool:
    """Whether it still exists: who was born in the USSR may be of any of its successors."""
    code = country.code
    return code in countries and countries.status(code or "") != "withdrawn"


def _identifier(given: str, entities: Sequence[Entity], same: Sequence[Identifier]) -> FactCheck:
    others: list[Identifier] = []
    if not same and _is_imo_of_vessel(given):
        others = [
            number
            for one in entities
            if isinstance(one, Vessel)
            for number in one.identifiers
            if number.kind is IdentifierKind.IMO and _is_imo_of_vessel(f"IMO {number.key}")
        ]
    stated = [number.value for number in same or others]
    return _check(ComparedFact.IDENTIFIER, given, stated, agrees=bool(same), conflicts=bool(others))


_LABEL = re.compile(r"\s*IMO(?![^\W\d_])", re.IGNORECASE)


def _is_imo_of_vessel(text: str) -> bool:
    """Whether a number says that it is an IMO number, and by its last digit only a vessel can have it.

    The companies behind vessels have IMO numbers too, whose last digit follows another rule. A
    number that fits both counts as neither.
    """
    key = identifier_key(text) if _LABEL.match(text) else ""
    digits = [int(char) for char in key if char in "0123456789"]
    if len(digits) != 7:
        return False
    of_vessel = _sum(digits, (7, 6, 5, 4, 3, 2)) % 10
    of_company = (11 - _sum(digits, (8, 6, 4, 2, 9, 7)) % 11) % 10
    return of_vessel == digits[6] != of_company


def _sum(digits: Sequence[int], weights: Sequence[int]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False))
