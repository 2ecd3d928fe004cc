"""Selection: how a part of a list came about; and the hits of an exact look-up."""

from __future__ import annotations

import attrs

from sanctionslib.model.displayable import Value
from sanctionslib.model.entity import Entity
from sanctionslib.model.facts import Fact
from sanctionslib.model.identifiers import Identifier

__all__ = ["IdentifierMatch", "Selection", "Undetermined"]


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Undetermined(Value):
    """Entities that lack a value that was asked for: they can be neither in nor out by it."""

    fact: Fact
    """The fact that was asked for."""
    count: int
    """How many entities lack it; 0 where none does, and the edition does not state it of all."""
    kept: bool
    """Whether they are in the selection (`unstated="keep"`) or not."""
    never: bool = False
    """True where the edition never states it of anybody, False where only these lack it."""
    lists: tuple[str, ...] = ()
    """The lists that never state it, where others of the collection do; empty where all are alike."""

    @property
    def by(self) -> str:
        """Who never states it, in words: " by us_bis_denied"; "" where all lists are alike."""
        return f" by {' and '.join(self.lists)}" if self.lists else ""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Selection(Value):
    """What a list is a selection by, and of how many.

    >>> import sanctionslib as sl
    >>> sl.sample().where(kind=sl.Organization, program="GLOMAG").selection
    Selection(criteria=('kind=Organization', "program='GLOMAG'"), of=54, kind_unstated=1)
    """

    criteria: tuple[str, ...] = ()
    """The conditions, as they were given; empty for a whole list."""
    of: int = 0
    """Number of entities of the base."""
    undetermined: tuple[Undetermined, ...] = ()
    """Entities for which a condition could not be decided."""
    kind_unstated: int = 0
    """Parties whose kind the source does not state, that `kind=` dropped and nothing else did."""

    def __str__(self) -> str:
        text = ", ".join(self.criteria) or "everything"
        notes = [
            f"{one.count:,} without {one.fact.value} {'kept' if one.kept else 'dropped'}"
            if one.count
            else f"{one.fact.value} is {'never' if one.never else 'not'} stated"
            f"{'' if one.never else ' of everybody'}{one.by}"
            for one in self.undetermined
        ]
        if self.kind_unstated:
            notes.append(f"{self.kind_unstated:,} of unstated kind dropped")
        return f"{text} ({'; '.join(notes)})" if notes else text


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class IdentifierMatch(Value):
    """A hit of `SanctionsList.find_number`: the entity, and the identifier that it was found by."""

    entity: Entity
    """The party."""
    identifier: Identifier
    """The number that matched."""
