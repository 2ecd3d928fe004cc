"""Timeline and ChangeLog: what changed of one party, or of a list, along the editions held."""

from __future__ import annotations

import enum
from datetime import date

import attrs

from sanctionslib.answers.changes import Amended, Change, Changes
from sanctionslib.answers.editions import HeldEdition
from sanctionslib.answers.rows import ChangeRow, Tabular
from sanctionslib.model.displayable import Displayable, Value
from sanctionslib.model.entity import Entity


class TimelineEventKind(enum.Enum):
    """What happened to a party from one edition to the next."""

    FIRST = "in the oldest edition looked at"
    """It is in the oldest edition; since when, the editions do not say."""
    ADDED = "added"
    """It is in this edition, and not in the one before."""
    AMENDED = "amended"
    """Both editions have it, with different values."""
    REMOVED = "removed"
    """It is in the edition before, and not in this one."""
    FORMAT_CHANGED = "format changed"
    """The two editions cannot be compared: another format or set of files, or a fault. Values are
    not compared, only whether the newer one has the party; `TimelineEvent.note` has the reason."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class TimelineEvent(Value):
    """One thing that happened to a party, between two editions.

    Editions between them may not have been kept: the event happened at some time from the day of
    `previous` to that of `edition`.
    """

    kind: TimelineEventKind
    """What happened."""
    edition: HeldEdition
    """The edition after the event."""
    previous: HeldEdition | None = None
    """The edition before it; None for FIRST."""
    is_present: bool = True
    """Whether the party is in `edition`."""
    changes: tuple[Change, ...] = ()
    """For AMENDED: each value that was added, removed or altered."""
    entity: Entity | None = None
    """The party as of `edition`; for REMOVED as of `previous`; None where a newer format lacks it."""
    note: str = ""
    """For FORMAT_CHANGED: why the editions cannot be compared, and what keeps it open whether the party
    is there. Where its id is another one from here on: which, and how it is known to be the same."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class FormatChange(Value):
    """Two editions in a row that cannot be compared: other formats, other files, or a fault.

    Values are not compared: what one of the two cannot state would look removed. Which parties are
    only in one of them is known by the publisher's keys, where these last.
    """

    before: HeldEdition
    """The older edition."""
    after: HeldEdition
    """The newer one."""
    reason: str = ""
    """Why they cannot be compared."""
    only_before: tuple[EntitySummary, ...] | None = None
    """Parties of the older edition alone; None where keys do not last or a fault may hide parties."""
    only_after: tuple[EntitySummary, ...] | None = None
    """Parties of the newer edition alone; None as in `only_before`."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class EntitySummary(Value):
    """A party by its id and name, where no more of it is needed."""

    id: str
    """Full id, `us_ofac_sdn:33951`."""
    name: str = ""
    """Its primary name."""


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Timeline(Displayable):
    """The answer of `Archive.timeline`: what happened to one party along the editions held.

    Added and removed speak of editions. When a party was listed is stated only by the source, in
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
    """Editions held that were not: of other formats of the same time, parts, quarantined."""

    @property
    def is_present(self) -> bool:
        """Whether the newest edition that was looked at has the party."""
        return bool(self.events) and self.events[-1].is_present

    @property
    def first_seen(self) -> date | None:
        """The day of the oldest edition looked at that has the party; no date of listing.

        Editions that were skipped or never kept may have had it before.
        """
        return next((event.edition.day for event in self.events if event.is_present), None)

    @property
    def entity(self) -> Entity | None:
        """The party as of the last event that has it."""
        return next((event.entity for event in reversed(self.events) if event.entity), None)

    def __repr__(self) -> str:
        words = ", ".join(f"{event.kind.value} {event.edition.day}" for event in self.events)
        return (
            f"<Timeline of {self.id} {self.name!r}: {words or 'nothing'}; "
            f"{len(self.editions):,} editions looked at>"
        )


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class ChangeLog(Displayable, Tabular[ChangeRow]):
    """The answer of `Archive.changes`: what changed from each held edition of a list to the next.

    As a truth value it is False where nothing changed, and True where a format change leaves that
    open. Without changes, the editions that were looked at say the same; others may have been
    published.
    """

    list_id: str
    """The list."""
    start: date | None = None
    """The first day that was asked for."""
    end: date | None = None
    """The last day that was asked for; None for the newest edition."""
    changes: tuple[Changes, ...] = ()
    """The changes from one edition to the next, oldest first, where there are any."""
    format_changes: tuple[FormatChange, ...] = ()
    """Editions that could not be compared with the next; `added` and `removed` leave these out."""
    editions: tuple[HeldEdition, ...] = ()
    """The editions that were looked at, oldest first."""
    skipped: tuple[HeldEdition, ...] = ()
    """Editions of that time that were not looked at."""

    @property
    def added(self) -> tuple[Entity, ...]:
        """All parties that were added, in the order of the editions."""
        return tuple(one for each in self.changes for one in each.added)

    @property
    def removed(self) -> tuple[Entity, ...]:
        """All parties that were removed, in the order of the editions."""
        return tuple(one for each in self.changes for one in each.removed)

    @property
    def amended(self) -> tuple[Amended, ...]:
        """All parties that were amended, in the order of the editions."""
        return tuple(one for each in self.changes for one in each.amended)

    def __bool__(self) -> bool:
        return bool(self.format_changes) or any(self.changes)

    def __repr__(self) -> str:
        span = f", {self.editions[0].day} to {self.editions[-1].day}" if self.editions else ""
        across = f", format changes: {len(self.format_changes):,}" if self.format_changes else ""
        return (
            f"<ChangeLog of {self.list_id}{span}: {len(self.added):,} added, "
            f"{len(self.removed):,} removed, {len(self.amended):,} amended, "
            f"{len(self.editions):,} editions looked at{across}>"
        )
