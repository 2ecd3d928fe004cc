"""A company, a table of entities, and text without its layout, for the tests of this package."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from sanctionslib.answers import Selection
from sanctionslib.display import EntityTable
from sanctionslib.model import Edition, Entity, Name, Organization


def company(**given: object) -> Organization:
    """EXAMPLE TRADING LLC, of which nothing else is known but what is given."""
    blank = Organization(id="watch:1", names=(Name(text="EXAMPLE TRADING LLC"),))
    return attrs.evolve(blank, **given)


def flat(text: str) -> str:
    """The words of a page in one line."""
    return " ".join(text.split())


def entity_table(
    entities: Sequence[Entity], *editions: Edition, selection: Selection | None = None
) -> EntityTable:
    """The table of a list of entities that were read from these editions."""
    return EntityTable(entities=entities, editions=editions, selection=selection or Selection())
