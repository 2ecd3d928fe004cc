"""Explanation: who designated a party, under what, since when, linked to whom; what is not stated."""

from __future__ import annotations

import attrs

from sanctionslib.model.designations import Designation, Program
from sanctionslib.model.displayable import Displayable, Value
from sanctionslib.model.entity import Entity
from sanctionslib.model.facts import Fact
from sanctionslib.model.provenance import Edition
from sanctionslib.model.relations import Relation, RelationKind


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class ExplainedProgram(Value):
    """A program code of the entity, with the entry of our reference table."""

    code: str
    """The code, verbatim."""
    program: Program | None = None
    """What it means; None where our table does not have it."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Link(Value):
    """One stated link, resolved as far as the list allows."""

    relation: Relation
    """What the source states."""
    source: Entity
    """The entity that states it."""
    targets: tuple[Entity, ...] = ()
    """The entities that it can mean: none (unlisted), one, or several (ambiguous)."""

    @property
    def is_ambiguous(self) -> bool:
        """True where the name fits several entities."""
        return len(self.targets) > 1

    @property
    def is_former(self) -> bool:
        """True where the source says that it has ended."""
        formerly = self.relation.kind is RelationKind.FORMERLY_OPERATED_BY
        return self.relation.former is True or formerly


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Inference(Value):
    """Something that the file does not state and its codes suggest; never part of an entity."""

    about: Fact
    """Which fact is suggested."""
    value: str
    """What is suggested: the name of a list, a legal basis."""
    reason: str
    """Why."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Unstated(Value):
    """A fact that these editions never state; where a file is missing, not of every party."""

    fact: Fact
    """Which fact."""
    alternative_source: str = ""
    """Where it can be found instead; "" where we know of no source."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Explanation(Displayable):
    """The answer of `SanctionsList.why`: stated facts, inferred ones, and what is not stated.

    >>> import sanctionslib as sl
    >>> why = sl.sample().why("33951")
    >>> [(link.source.name, link.relation.raw_kind) for link in why.linked_from][0]
    ('AHMED, Benazir', 'Linked To')
    >>> [one.fact.value for one in why.unstated]
    ['reason', 'delisting date']
    """

    entity: Entity
    """The party: the entity that was asked for, or the first of several."""
    also: tuple[Entity, ...] = ()
    """The party's entities on other lists of a combined collection."""
    designations: tuple[Designation, ...] = ()
    """The designations of all entities, as stated, in their order."""
    programs: tuple[ExplainedProgram, ...] = ()
    """Its program codes with their meaning, from our reference table."""
    linked_to: tuple[Link, ...] = ()
    """Links that the party's own entities state."""
    linked_from: tuple[Link, ...] = ()
    """Links that other parties state to this one."""
    inferred: tuple[Inference, ...] = ()
    """What the codes suggest and the file does not state."""
    unstated: tuple[Unstated, ...] = ()
    """What a reader of a designation expects, and none of `editions` ever states: of lists, those that
    they do not hold. For all facts see `Edition.supports`."""
    edition: Edition | None = None
    """What `entity` was read from; None for a list of your own without an edition."""
    editions: tuple[Edition, ...] = ()
    """What was looked at: the editions of all entities."""

    @property
    def entities(self) -> tuple[Entity, ...]:
        """All entities of the party: one per list that has it."""
        return (self.entity, *self.also)

    def __repr__(self) -> str:
        return (
            f"<Explanation of {self.entity.id} {self.entity.name!r}"
            f"{f', {len(self.entities)} entities' if self.also else ''}: "
            f"{'+'.join(one.code for one in self.programs) or 'no program stated'}, "
            f"linked to {len(self.linked_to)} and from {len(self.linked_from)}>"
        )
