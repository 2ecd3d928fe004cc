"""Editions as an archive holds them, with lists in memory, for the tests of what follows them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import attrs

from sanctionslib.answers import Changes, EditionStatus, HeldEdition
from sanctionslib.model import Edition, Entity, IdStability, Organization, Scope
from sanctionslib.query import SanctionsList, diff

from .builders import party, several

CSV, XML, BEST = "example-csv", "example-xml", "example-best"
FORMS = (BEST, XML, CSV)
"""Formats of the list `watch`, the preferred one first."""

_NOON = datetime(2021, 12, 31, 12, 0, tzinfo=UTC)


def held(
    day: str | date,
    form: str = CSV,
    *,
    missing: tuple[str, ...] = (),
    lacks_entries: bool = False,
    status: EditionStatus = EditionStatus.VALID,
    scope: Scope = Scope.WHOLE,
    number: int = 0,
) -> HeldEdition:
    """An edition of the list `watch`; `number` says which of its day it is, by when it was added."""
    when = date.fromisoformat(day) if isinstance(day, str) else day
    content = f"{when} {form} {missing} {number}"
    return HeldEdition(
        list_id="watch",
        format=form,
        sha256=hashlib.sha256(content.encode()).hexdigest(),
        folder="",
        published=when,
        dated_by="caller",
        added_at=_NOON + timedelta(hours=number),
        scope=scope,
        missing=missing,
        lacks_entries=lacks_entries,
        status=status,
    )


def firm(key: str, name: str = "", **fields: object) -> Organization:
    """A party of the list `watch`."""
    return party(Organization, key, name or f"EXAMPLE {key}", **fields)


class Kept:
    """Editions with what they hold; counts what is asked of it."""

    def __init__(self, stability: IdStability = IdStability.STABLE) -> None:
        self.stability = stability
        self.lists: dict[tuple[str, str], SanctionsList[Entity]] = {}
        self.editions: list[HeldEdition] = []
        self.reads: list[HeldEdition] = []
        self.compared = 0

    def put(self, edition: HeldEdition, parties: Iterable[Entity]) -> HeldEdition:
        """Keep an edition of these parties."""
        read = Edition(
            list_id="watch",
            format=edition.format,
            published=edition.published,
            missing=edition.missing,
            id_stability=self.stability,
        )
        made = several([attrs.evolve(one, edition=read) for one in parties], read)
        self.lists[edition.format, edition.name] = made
        self.editions.append(edition)
        return edition

    def read(self, edition: HeldEdition) -> SanctionsList[Entity]:
        """The list of an edition."""
        self.reads.append(edition)
        return self.lists[edition.format, edition.name]

    def ids(self, edition: HeldEdition) -> set[str]:
        """The ids of an edition."""
        return {one.id for one in self.lists[edition.format, edition.name]}

    def between(self, old: HeldEdition, new: HeldEdition) -> Changes:
        """What changed from one to the other."""
        self.compared += 1
        return diff(self.lists[old.format, old.name], self.lists[new.format, new.name])

    def changed_ids(self, old: HeldEdition, new: HeldEdition) -> frozenset[str]:
        """The ids of those who changed."""
        found = diff(self.lists[old.format, old.name], self.lists[new.format, new.name])
        amended = (one for each in found.amended for one in (each.before, each.after))
        return frozenset(one.id for one in (*found.added, *found.removed, *amended))
