"""What every matching method offers: an index of listed names, which is searched by one name."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence

import attrs

from sanctionslib.answers import Comparison
from sanctionslib.model import AliasStrength, Entity, Name

__all__ = ["ListedName", "NameIndex", "NameMatch"]


@attrs.define(eq=False)  # not frozen, as `Token`: there are hundreds of thousands
class ListedName:
    """One name of one entity of a collection."""

    entity: Entity
    name: Name


@attrs.frozen
class NameMatch:
    """A listed name that reaches the threshold."""

    score: float
    """0 to 1."""
    at: int
    """Position in `NameIndex.names`."""


class NameIndex(ABC):
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
        kind = None if kind == Entity.kind else kind
        found: list[NameMatch] = []
        for score, places in self._matches(text, kind, min_score):
            for at in places:
                listed = self.names[at]
                is_searched = weak or listed.name.strength is not AliasStrength.WEAK
                if is_searched and (kind is None or listed.entity.kind in (kind, Entity.kind)):
                    found.append(NameMatch(score, at))
        return sorted(found, key=lambda one: (-one.score, one.at))

    @abstractmethod
    def _matches(
        self, text: str, kind: str | None, min_score: float
    ) -> Iterable[tuple[float, Sequence[int]]]:
        """Scores of `min_score` or more, each with the positions of equal names that have it."""

    @abstractmethod
    def compare(self, text: str, at: int, *, kind: str | None = None) -> Comparison:
        """The comparison of the searched name and a listed one, token by token."""
