"""Parties with names of every strength, and a collection of them, for the tests of matching."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from brute_index import BruteIndex

from sanctionslib.answers import Selection
from sanctionslib.matching.search import Searchable
from sanctionslib.model import (
    AliasStrength,
    Birth,
    Edition,
    Entity,
    Identifier,
    IdentifierKind,
    Name,
    NameKind,
    Nationality,
    PartialDate,
    identifier_key,
)
from sanctionslib.reference import read_country

P = TypeVar("P", bound=Entity)


def party(
    kind: type[P],
    key: str,
    name: str,
    *aliases: str,
    born: str | None = None,
    country: str | None = None,
    number: str | None = None,
    **fields: Any,
) -> P:
    """A party; an alias that begins with "~" is weak, one that begins with "?" of no strength."""
    names = [Name(text=name)]
    for one in aliases:
        strength = {"~": AliasStrength.WEAK, "?": AliasStrength.UNSTATED}.get(
            one[0], AliasStrength.STRONG
        )
        names.append(Name(text=one.lstrip("~?"), kind=NameKind.AKA, strength=strength))
    if born is not None:
        fields["births"] = (Birth(date=PartialDate.parse(born)),)
    if country is not None:
        fields["nationalities"] = (Nationality(country=read_country(country)),)
    if number is not None:
        fields["identifiers"] = (Identifier(value=number, kind=IdentifierKind.PASSPORT),)
    return kind(id=key if ":" in key else f"watch:{key}", names=tuple(names), **fields)


def searchable(
    entities: Sequence[Entity],
    *editions: Edition,
    only: frozenset[str] | None = None,
    selection: Selection | None = None,
) -> Searchable:
    """A collection as a list gives it to a search: parties by `Entity.party_key`, numbers by key."""

    def within(found: Sequence[Entity]) -> list[Entity]:
        return [one for one in found if only is None or one.id in only]

    def party_of(entity: Entity) -> list[Entity]:
        return [one for one in within(entities) if one.party_key == entity.party_key]

    def numbers(text: str) -> list[tuple[Entity, Identifier]]:
        key = identifier_key(text)
        return [
            (one, each) for one in within(entities) for each in one.identifiers if each.key == key
        ]

    return Searchable(
        BruteIndex(entities),
        editions=editions,
        selection=selection or Selection(of=len(entities)),
        only=only,
        numbers=numbers,
        party=party_of,
    )
