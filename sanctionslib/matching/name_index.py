"""What every matching method offers: an index of listed names, which is searched by one name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import attrs

from sanctionslib.answers import Comparison
from sanctionslib.model import AliasStrength, Entity, Name

__all__ = ["ListedName", "NameIndex", "NameMatch", "best_first"]


@attrs.define(eq=False)  # not frozen, as `Token`: there are hundreds of thousands
class ListedName:
    """One name of one entity of a collection."""

    entity: int
    """Position of the entity in the collection."""
    name: Name
    """The name."""


@attrs.frozen
class NameMatch:
    """A listed name that reaches the threshold."""

    score: float
    """0 to 1."""
    at: int
    """Position in `NameIndex.names`."""


class NameIndex(Protocol):
    """The names of a collection, prepared for one matching method; immutable once built."""

    method: str
    """The scorer, with its version."""
    default_min_score: float
    """The threshold from which on a name is a hit, unless the caller says otherwise."""
    entities: Sequence[Entity]
    """The collection."""
    names: Sequence[ListedName]
    """All names that can be found."""

    def search(
        self, text: str, *, kind: str | None = None, min_score: float, weak: bool = True
    ) -> list[NameMatch]:
        """All listed names that score `min_score` or more, best first.

        Args:
            text: The name that is searched.
            kind: `Entity.kind` of what is searched: entities of other kinds are left out, those of
                unstated kind ("entity") are not.
            min_score: The threshold, 0 to 1.
            weak: Whether weak aliases are searched.

        Raises:
            InvalidInputError: The text has nothing that could be compared.
        """
        ...

    def compare(self, text: str, at: int, *, kind: str | None = None) -> Comparison:
        """The comparison of the searched name and a listed one, token by token."""
        ...


def best_first(
    matches: Iterable[NameMatch], names: Sequence[ListedName], *, weak: bool
) -> list[NameMatch]:
    """The matches in the order in which a `NameIndex` gives them, if need be without weak aliases."""
    kept = (one for one in matches if weak or names[one.at].name.strength is not AliasStrength.WEAK)
    return sorted(kept, key=lambda one: (-one.score, one.at))
