"""Selection: how a part of a list was chosen; and the matches of an identifier."""

from __future__ import annotations

import attrs

from sanctionslib.model.displayable import Value
from sanctionslib.model.entity import Entity
from sanctionslib.model.facts import Fact
from sanctionslib.model.identifiers import Identifier


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Undetermined(Value):
    """Entities without a value that was asked for: whether they meet the condition is undetermined."""

    fact: Fact
    """The fact that was asked for."""
    count: int
    """How many entities lack it; 0 where none does, and an edition does not state it of all."""
    kept: bool
    """Whether they are in the selection (`unstated="keep"`)."""
    never: bool = False
    """True where an edition never states it, False where only these entities lack it."""
    lists: tuple[str, ...] = ()
    """The lists that never state it, where others of the collection do; `count` is of all lists."""

    @property
    def by(self) -> str:
        """`lists` in words: " by us_bis_denied"; "" where there are none."""
        return f" by {' and '.join(self.lists)}" if self.lists else ""

    def __str__(self) -> str:
        if self.count:
            text = f"{self.count:,} without {self.fact.value} {'kept' if self.kept else 'dropped'}"
            return f"{text}; never stated{self.by}" if self.lists else text
        stated = "never stated" if self.never else "not stated of everybody"
        return f"{self.fact.value} is {stated}{self.by}"


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Selection(Value):
    """How a selection was chosen, and from how many entities.

    >>> import sanctionslib as sl
    >>> sl.sample().where(kind=sl.Organization, program="GLOMAG").selection
    Selection(criteria=('kind=Organization', "program='GLOMAG'"), of=54, kind_unstated=1)
    """

    criteria: tuple[str, ...] = ()
    """The conditions, as they were given; empty for a whole list."""
    of: int = 0
    """Number of entities of the base."""
    undetermined: tuple[Undetermined, ...] = ()
    """Entities for which a condition is undetermined."""
    kind_unstated: int = 0
    """Entities whose kind the source does not state, and that only `kind=` dropped."""

    def __str__(self) -> str:
        text = ", ".join(self.criteria) or "everything"
        notes = [str(one) for one in self.undetermined]
        if self.kind_unstated:
            notes.append(f"{self.kind_unstated:,} of unstated kind dropped")
        return f"{text} ({'; '.join(notes)})" if notes else text


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class IdentifierMatch(Value):
    """A match of `SanctionsList.find_number`: an identifier, and the entity that has it."""

    entity: Entity
    """The party."""
    identifier: Identifier
    """The number that matched."""

    @property
    def is_name(self) -> bool:
        """True where it is the name of an aircraft, and none of its identifiers."""
        return self.identifier not in self.entity.identifiers
