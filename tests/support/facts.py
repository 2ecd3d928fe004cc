"""Which facts an entity states, by its fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sanctionslib as sl


def _of(entity: sl.Entity, name: str) -> Any:
    """A field that not every kind of party has."""
    return getattr(entity, name, ())


_FACTS: dict[sl.Fact, Callable[[sl.Entity], Any]] = {
    sl.Fact.BIRTH_PLACE: lambda one: any(birth.place for birth in _of(one, "births")),
    sl.Fact.NATIONALITY: lambda one: _of(one, "nationalities"),
    sl.Fact.CITIZENSHIP: lambda one: _of(one, "citizenships"),
    sl.Fact.ADDRESS: lambda one: one.addresses,
    sl.Fact.FLAG: lambda one: _of(one, "flags"),
    sl.Fact.REGISTRATION: lambda one: _of(one, "registered_in"),
    sl.Fact.KIND: lambda one: type(one) is not sl.Entity,
    sl.Fact.NAME_PARTS: lambda one: any(name.parts for name in one.names),
    sl.Fact.ALIAS_STRENGTH: lambda one: any(
        name.strength is not sl.AliasStrength.UNSTATED for name in one.aliases
    ),
    sl.Fact.ORIGINAL_SCRIPT: lambda one: any(
        name.script not in (None, "Latn") or name.kind is sl.NameKind.ORIGINAL_SCRIPT
        for name in one.names
    ),
    sl.Fact.BIRTH_DATE: lambda one: any(birth.date for birth in _of(one, "births")),
    sl.Fact.GENDER: lambda one: _of(one, "genders"),
    sl.Fact.TITLE: lambda one: _of(one, "titles") or _of(one, "positions"),
    sl.Fact.IDENTIFIER: lambda one: one.identifiers,
    sl.Fact.RELATION: lambda one: one.relations,
    sl.Fact.AUTHORITY: lambda one: any(each.authority for each in one.designations),
    sl.Fact.LIST: lambda one: one.listings,
    sl.Fact.PROGRAM: lambda one: one.programs,
    sl.Fact.LEGAL_BASIS: lambda one: any(each.legal_bases for each in one.designations),
    sl.Fact.MEASURE: lambda one: any(each.measures for each in one.designations),
    sl.Fact.LISTING_DATE: lambda one: one.listed_since is not None,
    sl.Fact.DELISTING_DATE: lambda one: any(
        event.kind is sl.EventKind.DELISTED
        for each in (*one.designations, *one.listings)
        for event in each.events
    ),
    sl.Fact.REASON: lambda one: any(each.reason for each in one.designations),
}


def facts_of(entity: sl.Entity) -> frozenset[sl.Fact]:
    """The facts that an entity states."""
    return frozenset(fact for fact, states in _FACTS.items() if states(entity))


assert {*_FACTS, sl.Fact.COUNTRY} == set(sl.Fact), "and the country of any sort is one of these"
