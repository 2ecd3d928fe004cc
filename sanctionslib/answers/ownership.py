"""Ownership: who is stated to be owned or controlled by whom, along chains of links."""

from __future__ import annotations

from typing import Literal

import attrs

from sanctionslib.answers.explanation import Link
from sanctionslib.model.displayable import Displayable, Value
from sanctionslib.model.entity import Entity
from sanctionslib.model.provenance import Edition

__all__ = ["Ownership", "OwnershipPath"]


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class OwnershipPath(Value):
    """A party, and the chain of stated links that leads to it."""

    entity: Entity
    """The party; where several lists have it, its first entity."""
    also: tuple[Entity, ...] = ()
    """The party's entities on other lists of a combined collection."""
    path: tuple[Link, ...]
    """A shortest chain of links from the party that was asked about."""

    @property
    def distance(self) -> int:
        """Number of links in the chain."""
        return len(self.path)

    @property
    def entities(self) -> tuple[Entity, ...]:
        """All entities of the party."""
        return (self.entity, *self.also)


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Ownership(Displayable):
    """The answer of `SanctionsList.related` with `ownership`.

    **Not OFAC's 50 Percent Rule.** That rule needs the shares of all owners, which no list states,
    and reaches companies that are on no list. These are links that the lists state between parties
    that they list: a party that is not among them may well be owned.

    >>> import sanctionslib as sl
    >>> owner = sl.EntityRef(source_id="1")
    >>> owned = sl.Relation(to=owner, kind=sl.RelationKind.OWNED_OR_CONTROLLED_BY)
    >>> mine = sl.SanctionsList(
    ...     [
    ...         sl.Organization(id="watch:1", names=(sl.Name(text="EXAMPLE HOLDING"),)),
    ...         sl.Vessel(id="watch:2", names=(sl.Name(text="EXAMPLE STAR"),), relations=(owned,)),
    ...     ]
    ... )
    >>> [(one.entity.name, one.distance) for one in mine.related("1", ownership="owned").parties]
    [('EXAMPLE STAR', 1)]
    """

    center: Entity
    """The party that was asked about."""
    also: tuple[Entity, ...] = ()
    """The party's entities on other lists of a combined collection."""
    question: Literal["owned by", "owners of"]
    """Whether `parties` are owned or controlled by it, or are owners of it."""
    parties: tuple[OwnershipPath, ...] = ()
    """All parties that chains of such links reach, nearest first."""
    links: tuple[Link, ...] = ()
    """All links that were followed, each once; more than the paths hold where chains meet."""
    former: tuple[Link, ...] = ()
    """Links that have ended; followed only with `former=True`."""
    ambiguous: tuple[Link, ...] = ()
    """Links whose name fits several parties; not followed."""
    unlisted: tuple[Link, ...] = ()
    """Links to owners or owned parties that are not listed here; what these own is not known."""
    unspecified: tuple[Link, ...] = ()
    """Links that do not say how parties are linked (OFAC's "Linked To"): they may be ownership or
    not, and are not followed."""
    editions: tuple[Edition, ...] = ()
    """What was looked at."""
    unsupported: tuple[Edition, ...] = ()
    """Editions among these that never state links, or never how parties are linked."""

    @property
    def entities(self) -> tuple[Entity, ...]:
        """All entities of the party that was asked about."""
        return (self.center, *self.also)

    def __repr__(self) -> str:
        open_links = (
            len(self.ambiguous) + len(self.unlisted) + len(self.unspecified) + len(self.former)
        )
        word = "party" if len(self.parties) == 1 else "parties"
        return (
            f"<Ownership, {self.question} {self.center.id} {self.center.name!r}: "
            f"{len(self.parties)} {word} by stated links, {open_links} links open or former>"
        )
