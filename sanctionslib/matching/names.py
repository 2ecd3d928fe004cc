"""What every way of matching offers: an index over listed names, asked with one name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import attrs

from sanctionslib.answers import Comparison
from sanctionslib.matching._record import record
from sanctionslib.model import Entity, Name

__all__ = ["ListedName", "NameIndex", "Near"]


@record(eq=False)
class ListedName:
    """One name of one entity of a collection."""

    entity: int
    """Position of the entity in the collection."""
    name: Name
    """The name."""


@attrs.frozen
class Near:
    """A listed name that comes near."""

    score: float
    """0 to 1."""
    at: int
    """Position in `NameIndex.names`."""


class NameIndex(Protocol):
    """The names of a collection, prepared for one way of matching; immutable once built."""

    @property
    def method(self) -> str:
        """The scorer, with its version."""
        ...

    @property
    def default_min_score(self) -> float:
        """The score from which on a name is a hit, unless the caller says otherwise."""
        ...

    @property
    def entities(self) -> Sequence[Entity]:
        """The collection."""
        ...

    @property
    def names(self) -> Sequence[ListedName]:
        """All names that can be found."""
        ...

    def near(
        self, text: str, *, kind: str | None = None, min_score: float, weak: bool = True
    ) -> list[Near]:
        """All listed names that score `min_score` or more, best first.

        Args:
            text: The name that is searched.
            kind: `Entity.kind` of what is searched: entities of other kinds are left out, those of
                unstated kind ("entity") are not.
            min_score: 0 to 1.
            weak: Whether weak aliases are looked at.

        Raises:
            InvalidInputError: The text has nothing that could be compared.
        """
        ...

    def compare(self, text: str, at: int, *, kind: str | None = None) -> Comparison:
        """How the searched name and the listed one pair, part by part."""
        ...
