"""Changes: what changed from an older edition of a list to a newer one, party by party."""

from __future__ import annotations

import enum
from typing import TypeAlias

import attrs

from sanctionslib.answers.rows import ChangeRow, Tabular
from sanctionslib.model.displayable import Displayable, Value
from sanctionslib.model.entity import Entity, Gender
from sanctionslib.model.provenance import Edition, published_words

Stated: TypeAlias = str | int | Gender | Value
"""What can change: a value of a field of an entity or of a designation, as text, `Name`, `Listing`."""


class PairedBy(enum.Enum):
    """How two entities of two editions were found to be the same party."""

    ID = "id"
    """The publisher's own key."""
    NAME = "name"
    """The primary name and the kind, which only one entity on each side has."""
    IDENTIFIER = "identifier"
    """A number of one kind, which only one entity on each side has."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Change(Value):
    """One value that was added, removed or altered, or a field whose values changed places.

    >>> change = Change(field="designations.programs", after="GLOMAG", designation=0)
    >>> change.is_added, change.is_removed, change.is_altered
    (True, False, False)
    """

    field: str
    """The field: `names`, `remarks`, `id`, `kind`; inside a designation `designations.programs`."""
    before: Stated | None = None
    """The value in the older edition; None where there is none."""
    after: Stated | None = None
    """The value in the newer edition; None where there is none. An altered value has both."""
    designation: int | None = None
    """Position, in the newer entity, of the designation that the field is of; None for others."""

    @property
    def is_added(self) -> bool:
        """True for a value that was added."""
        return self.before is None and self.after is not None

    @property
    def is_removed(self) -> bool:
        """True for a value that was removed."""
        return self.before is not None and self.after is None

    @property
    def is_altered(self) -> bool:
        """True for a value that was altered."""
        return self.before is not None and self.after is not None

    @property
    def is_order(self) -> bool:
        """True where only the order of the values of the field changed."""
        return self.before is None and self.after is None


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Amended(Value):
    """A party that changed from one edition to the other."""

    before: Entity
    """The party in the older edition."""
    after: Entity
    """The party in the newer edition."""
    changes: tuple[Change, ...] = ()
    """What changed, in the order of the fields."""
    paired_by: PairedBy = PairedBy.ID
    """How the two were found to be one party."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Changes(Displayable, Tabular[ChangeRow]):
    """The answer of `diff`: what was added, removed and amended between two editions.

    Added and removed speak of entries. That a party was listed or delisted is stated only by the
    source, in the events of a designation. As a truth value it is False where nothing changed.

    >>> import sanctionslib as sl
    >>> changes = sl.diff(sl.sample("2021-12-09"), sl.sample("2021-12-10"))
    >>> len(changes.added), changes.removed, changes.amended
    (47, (), ())
    >>> [one for one in changes.added if one.source_id == "33951"]
    [<Organization us_ofac_sdn:33951 'RAPID ACTION BATTALION' GLOMAG (sample)>]
    """

    added: tuple[Entity, ...] = ()
    """Parties of the newer edition alone, in its order."""
    removed: tuple[Entity, ...] = ()
    """Parties of the older edition alone, in its order."""
    amended: tuple[Amended, ...] = ()
    """Parties of both that changed, in the order of the newer edition."""
    unchanged: int = 0
    """Number of parties that did not change."""
    old: tuple[Edition, ...] = ()
    """The older edition, one per list; empty for own lists without an edition."""
    new: tuple[Edition, ...] = ()
    """The newer edition, one per list; empty for own lists without an edition."""

    @property
    def is_empty(self) -> bool:
        """True where nothing changed, whatever the order of the parties."""
        return not (self.added or self.removed or self.amended)

    def __bool__(self) -> bool:
        return not self.is_empty

    def __repr__(self) -> str:
        old = {one.list_id: one for one in self.old}
        of = ", ".join(
            f"{one.list_id} {_day(old.get(one.list_id))} to {_day(one)}" for one in self.new
        )
        return (
            f"<Changes of {of or 'own lists'}: {len(self.added):,} added, "
            f"{len(self.removed):,} removed, {len(self.amended):,} amended, "
            f"{self.unchanged:,} unchanged>"
        )


def _day(edition: Edition | None) -> str:
    return published_words(None if edition is None else edition.published)
