"""Two editions of one list, and the changes from one to the other, for the tests of `diff`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import attrs

import sanctionslib as sl
from sanctionslib.answers import Change, Changes
from sanctionslib.model import Entity, IdStability
from sanctionslib.query import SanctionsList, diff

from .builders import party, several, under

WATCH = sl.Edition(list_id="watch", format="own", published=date(2021, 12, 9))
NEXT = attrs.evolve(WATCH, published=date(2021, 12, 10))

FIRM = party(
    sl.Organization,
    "1",
    "EXAMPLE TRADING LLC",
    "EXAMPLE TRADE",
    "EXAMPLE LTD",
    addresses=(sl.Address(city="Dhaka", source_id="a1"), sl.Address(city="Sylhet", source_id="a2")),
    designations=(under("GLOMAG"),),
)


def edition_of(*parties: Entity, edition: sl.Edition = WATCH) -> SanctionsList[Entity]:
    """A list of these parties, as of one edition."""
    return several([attrs.evolve(one, edition=edition) for one in parties], edition)


def diff_of(old: Iterable[Entity], new: Iterable[Entity], stability: IdStability) -> Changes:
    """What lies between two editions of a list whose ids are worth that much."""
    editions = [attrs.evolve(one, id_stability=stability) for one in (WATCH, NEXT)]
    return diff(edition_of(*old, edition=editions[0]), edition_of(*new, edition=editions[1]))


def applied(old: Iterable[Entity], changes: Changes) -> dict[str, Entity]:
    """The entities of the newer edition by id: those of the older one with the changes."""
    made = {one.id: one for one in old}
    for one in (*changes.removed, *(each.before for each in changes.amended)):
        assert made.pop(one.id) == one
    assert len(made) == changes.unchanged
    for one in (*changes.added, *(each.after for each in changes.amended)):
        assert one.id not in made
        made[one.id] = one
    return made


def by_id(some: Iterable[Entity]) -> dict[str, Entity]:
    """Entities by their ids."""
    return {one.id: one for one in some}


def said(changes: Iterable[Change]) -> list[tuple[str, object, object]]:
    """The field of each change, with what was said of it before and after."""
    return [(one.field, one.before, one.after) for one in changes]


def number(value: str, country: str | None = None, **fields: Any) -> sl.Identifier:
    """A passport, or another number."""
    issuer = None if country is None else sl.Country(code=country)
    kind = fields.pop("kind", sl.IdentifierKind.PASSPORT)
    return sl.Identifier(kind=kind, value=value, country=issuer, **fields)
