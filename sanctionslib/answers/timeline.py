"""Timeline and ChangeLog: what the held editions of a list say of one party, or of all, over time."""

from __future__ import annotations

import enum
from datetime import date

import attrs

from sanctionslib.answers.changes import Amended, Change, Changes
from sanctionslib.answers.editions import HeldEdition
from sanctionslib.model.displayable import Displayable, Value
from sanctionslib.model.entity import Entity

__all__ = [
    "ChangeLog",
    "EntitySummary",
    "FormatChange",
    "Timeline",
    "TimelineEvent",
    "TimelineEventKind",
]


class TimelineEventKind(enum.Enum):
    """What an edition says of a party that the one before did not."""

    FIRST = "in the oldest edition looked at"
    """It was there already. Since when, the editions that were looked at do not say."""
    ADDED = "added"
    """It is in this edition, and not in the one before."""
    AMENDED = "amended"
    """Both have it, and do not say the same."""
    REMOVED = "removed"
    """It is in the edition before, and not in this one."""
    FORMAT_CHANGED = "switched"
    """From here on another format or set of files is followed, or what is at fault keeps the two
    from being compared: nothing is said of values across it, only whether the party is found in the
    newer one. `TimelineEvent.note` has the reason."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class TimelineEvent(Value):
    """One thing that happened to a party, and the edition in which it is first seen.

    Between the two editions others may have been published that nobody kept: the day of the event
    is somewhere from `previous` to `edition`.
    """

    kind: TimelineEventKind
    """What happened."""
    edition: HeldEdition
    """The first edition of those that are followed in which it is so."""
    previous: HeldEdition | None = None
    """The edition followed before that one, in which it was not yet so."""
    is_present: bool = True
    """Whether the party is in `edition`."""
    changes: tuple[Change, ...] = ()
    """For AMENDED: each value that is new, gone, or told otherwise."""
    entity: Entity | None = None
    """What `edition` says of the party; for REMOVED what `previous` said. None where that was not
    needed to answer: it is in the edition."""
    note: str = ""
    """For FORMAT_CHANGED: what differs between the editions, in words, and what keeps it open whether the
    party is there. Where it goes by another id from here on: which, and how it is known to be the
    same."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class FormatChange(Value):
    """Where one edition and the next cannot be compared: other format, other files, or a fault.

    Values are not compared across it: what one of the two cannot state would look removed. Who is
    only in one of them is told by the publisher's key, where the list has lasting keys.
    """

    before: HeldEdition
    """The older edition."""
    after: HeldEdition
    """The newer one."""
    reason: str = ""
    """What differs or is at fault, in words."""
    only_before: tuple[EntitySummary, ...] | None = None
    """Parties of the older edition alone; None where keys do not last, or where what is at fault in
    one of the two would make parties look absent."""
    only_after: tuple[EntitySummary, ...] | None = None
    """Parties of the newer edition alone, in the same manner."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class EntitySummary(Value):
    """A party by its id and name, where no more of it is needed."""

    id: str
    """Full id, `us_ofac_sdn:33951`."""
    name: str = ""
    """Its primary name."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Timeline(Displayable):
    """The answer of `timeline`: what the held editions say of one party, one after the other.

    Added and removed are said of editions. When a party was listed is said only by the source, in
    the events of its designations (`Entity.listed_since`).
    """

    id: str
    """Full id of the party."""
    name: str = ""
    """Its primary name, as the newest edition that has it prints it."""
    events: tuple[TimelineEvent, ...] = ()
    """What happened, oldest first."""
    editions: tuple[HeldEdition, ...] = ()
    """The editions that were looked at, oldest first."""
    skipped: tuple[HeldEdition, ...] = ()
    """Editions held that were not followed: of other formats of the same time, parts, refused."""

    @property
    def is_present(self) -> bool:
        """Whether the newest edition that was looked at has the party."""
        return bool(self.events) and self.events[-1].is_present

    @property
    def first_seen(self) -> date | None:
        """The day of the oldest edition looked at that has the party. It is no listing date.

        What was not followed, or never kept, may have had it before.
        """
        return next((step.edition.day for step in self.events if step.is_present), None)

    @property
    def entity(self) -> Entity | None:
        """What the last step that says anything of the party says of it."""
        return next((step.entity for step in reversed(self.events) if step.entity), None)

    def __repr__(self) -> str:
        words = ", ".join(f"{step.kind.value} {step.edition.day}" for step in self.events)
        return (
            f"<Timeline of {self.id} {self.name!r}: {words or 'nothing'}; "
            f"{len(self.editions):,} editions looked at>"
        )


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class ChangeLog(Displayable):
    """The answer of `changes`: what changed from each held edition of a list to the next.

    As a truth value it is False where nothing changed, and True where a switch leaves that open. An
    empty log says that the editions that were looked at say the same, not that nothing was
    published.
    """

    list_id: str
    """The list."""
    start: date | None = None
    """What was asked for: the day from which on."""
    end: date | None = None
    """What was asked for: the day up to which; None for the newest."""
    changes: tuple[Changes, ...] = ()
    """The changes from one edition to the next, oldest first; those without any are left out."""
    editions: tuple[HeldEdition, ...] = ()
    """The editions that were looked at, oldest first. The first is what the log begins from."""
    format_changes: tuple[FormatChange, ...] = ()
    """Where one edition could not be compared with the next. Who came or went there is in neither
    `added` nor `removed`."""
    skipped: tuple[HeldEdition, ...] = ()
    """Editions of the time that were not followed."""

    @property
    def added(self) -> tuple[Entity, ...]:
        """All parties that were added, in the order of the editions."""
        return tuple(one for step in self.changes for one in step.added)

    @property
    def removed(self) -> tuple[Entity, ...]:
        """All parties that were removed, in the order of the editions."""
        return tuple(one for step in self.changes for one in step.removed)

    @property
    def amended(self) -> tuple[Amended, ...]:
        """All parties that were amended, in the order of the editions."""
        return tuple(one for step in self.changes for one in step.amended)

    def __bool__(self) -> bool:
        return bool(self.format_changes) or any(self.changes)

    def __repr__(self) -> str:
        span = f", {self.editions[0].day} to {self.editions[-1].day}" if self.editions else ""
        across = f", switches: {len(self.format_changes):,}" if self.format_changes else ""
        return (
            f"<ChangeLog of {self.list_id}{span}: {len(self.added):,} added, "
            f"{len(self.removed):,} removed, {len(self.amended):,} amended, "
            f"{len(self.editions):,} editions looked at{across}>"
        )
