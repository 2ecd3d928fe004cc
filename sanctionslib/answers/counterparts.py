"""Counterparts: the same party on other lists, with the official evidence for it."""

from __future__ import annotations

import enum
from collections.abc import Iterator

import attrs

from sanctionslib.answers.explanation import Link
from sanctionslib.model.displayable import Displayable, Value
from sanctionslib.model.entity import Entity
from sanctionslib.model.identifiers import Identifier
from sanctionslib.model.provenance import Edition


class EvidenceKind(enum.Enum):
    """Why two entities are the same party."""

    SAME_ID = "same id"
    """The lists share their ids, and both entities have this one."""
    SAME_IDENTIFIER = "same identifier"
    """Both state the same number of the same register."""
    STATED = "stated as the same"
    """A list says so itself (`RelationKind.SAME_AS`), by id."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Evidence(Value):
    """One piece of official evidence that two entities are the same party."""

    kind: EvidenceKind
    """What it is."""
    entity_id: str
    """Id of the entity, of the party that was asked about, that has it."""
    identifier: Identifier | None = None
    """The number as that entity states it."""
    theirs: Identifier | None = None
    """The number as the other list states it."""
    link: Link | None = None
    """The link that says so."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Counterpart(Value):
    """An entity of another list that is the same party, by exact official evidence."""

    entity: Entity
    """The entity."""
    evidence: tuple[Evidence, ...]
    """All evidence; never a name."""

    def __repr__(self) -> str:
        kinds = ", ".join(dict.fromkeys(one.kind.value for one in self.evidence))
        return f"<Counterpart {self.entity.id} {self.entity.name!r}: {kinds}>"


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Counterparts(Displayable):
    """The answer of `SanctionsList.counterparts`: sized and iterable.

    No counterpart means no more than that these editions state no such evidence: people and companies
    are on several lists under names alone.

    >>> import sanctionslib as sl
    >>> sdn = sl.sample()
    >>> csl = sl.Organization(
    ...     id="csl:33951", id_space="ofac", names=(sl.Name(text="RAPID ACTION BATTALION"),)
    ... )
    >>> list(sl.combine(sdn, sl.SanctionsList([csl])).counterparts("us_ofac_sdn:33951"))
    [<Counterpart csl:33951 'RAPID ACTION BATTALION': same id>]
    """

    center: Entity
    """The party that was asked about."""
    counterparts: tuple[Counterpart, ...] = ()
    """Its entities on other lists."""
    unsupported: tuple[Edition, ...] = ()
    """Those of `editions` that never state identifiers: only equal ids could be found there."""
    editions: tuple[Edition, ...] = ()
    """What was looked at."""

    def __len__(self) -> int:
        return len(self.counterparts)

    def __iter__(self) -> Iterator[Counterpart]:
        return iter(self.counterparts)

    def __repr__(self) -> str:
        word = "entity" if len(self) == 1 else "entities"
        return (
            f"<Counterparts of {self.center.id} {self.center.name!r}: "
            f"{len(self)} {word} on other lists>"
        )
