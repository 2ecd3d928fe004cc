"""Explanation: who designated a party, under what, since when, linked to whom; and what is unsaid."""

from __future__ import annotations

import attrs

from sanctionslib.model._shown import Shown, Value
from sanctionslib.model.designations import Designation, Program
from sanctionslib.model.entity import Entity
from sanctionslib.model.facts import Fact
from sanctionslib.model.provenance import Edition
from sanctionslib.model.relations import Relation

__all__ = ["ExplainedProgram", "Explanation", "Inference", "Link", "Unstated"]


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class ExplainedProgram(Value):
    """A program code of the entity, and what our reference table says of it."""

    code: str
    """The code, verbatim."""
    program: Program | None = None
    """What it means; None where our tables do not have it."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Link(Value):
    """One stated link, resolved as far as the list allows."""

    relation: Relation
    """What the source states."""
    source: Entity
    """The entity that states it."""
    targets: tuple[Entity, ...] = ()
    """The entities that it can mean: none (not in the list), one, or several (ambiguous)."""

    @property
    def is_ambiguous(self) -> bool:
        """True where the name fits several entities."""
        return len(self.targets) > 1


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Inference(Value):
    """Something that the file does not state and its facts suggest; never part of an entity."""

    about: Fact
    """What it speaks of."""
    value: str
    """What is suggested: the name of a list, a legal basis."""
    ground: str
    """Why."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Unstated(Value):
    """A fact that this edition never states, of anybody."""

    fact: Fact
    """Which fact."""
    way_out: str = ""
    """Where it can be found."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Explanation(Shown):
    """The answer of `SanctionsList.why`: stated facts, inferred ones, and what is not stated.

    >>> import sanctionslib as sl
    >>> why = sl.sample().why("33951")
    >>> [(link.source.name, link.relation.raw_kind) for link in why.linked_from][0]
    ('AHMED, Benazir', 'Linked To')
    >>> [one.fact.value for one in why.unstated if one.fact is sl.Fact.LISTING_DATE]
    ['listing date']
    """

    entity: Entity
    """The party."""
    edition: Edition | None = None
    """What was looked at; None for a list of one's own without an edition."""
    designations: tuple[Designation, ...] = ()
    """The party's designations, as stated."""
    programs: tuple[ExplainedProgram, ...] = ()
    """Its program codes with their meaning, from our reference table."""
    linked_to: tuple[Link, ...] = ()
    """Links that the party's own entry states."""
    linked_from: tuple[Link, ...] = ()
    """Links that other entries of the list state to this party."""
    inferred: tuple[Inference, ...] = ()
    """What the facts suggest and the file does not state."""
    unstated: tuple[Unstated, ...] = ()
    """What this edition never states."""

    def __repr__(self) -> str:
        return (
            f"<Explanation of {self.entity.id} {self.entity.name!r}: "
            f"{'+'.join(one.code for one in self.programs) or 'no program stated'}, "
            f"linked to {len(self.linked_to)} and from {len(self.linked_from)}>"
        )
