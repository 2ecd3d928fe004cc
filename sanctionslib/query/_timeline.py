"""The timeline of a party: in which of the editions that are followed it is, and what changed.

Most editions are not read for it: who was touched from one to the next is asked of each pair, and
only where the party was, what became of it. Where keys do not last, a party can have another key in
the next edition; it is then followed as `diff` paired it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Protocol, TypeVar

import attrs

from sanctionslib.answers import (
    Amended,
    Changes,
    HeldEdition,
    Timeline,
    TimelineEvent,
    TimelineEventKind,
)
from sanctionslib.errors import InvalidInputError, NotFoundError, Where
from sanctionslib.model import Entity, IdStability
from sanctionslib.query._follow import Chain, difference
from sanctionslib.query._near import near
from sanctionslib.query.sanctions_list import SanctionsList

__all__ = ["Touched", "timeline"]


class Touched(Protocol):
    """Who is not the same in two editions: full ids, and of an amended party both that it has."""

    @property
    def added(self) -> frozenset[str]: ...
    @property
    def removed(self) -> frozenset[str]: ...
    @property
    def amended(self) -> frozenset[str]: ...


def timeline(
    entity_id: str,
    chain: Chain,
    *,
    read: Callable[[HeldEdition], SanctionsList[Entity]],
    between: Callable[[HeldEdition, HeldEdition], Changes],
    touched: Callable[[HeldEdition, HeldEdition], Touched],
    progress: Callable[[int, int], None] | None = None,
) -> Timeline:
    """What a chain of editions says of one party.

    Args:
        entity_id: Its full id, in whichever edition.
        chain: The editions, at least one.
        read: Gives the list of an edition.
        between: Gives the changes from one edition to a newer one of the same sort.
        touched: Gives the ids in those changes; where the editions cannot be compared, it raises
            InvalidInputError as `diff` does.
        progress: Called with the editions done and the editions in all.

    Raises:
        NotFoundError: No edition has this id.
    """
    count = len(chain.editions)
    links: list[Touched | str] = []
    for done, old in enumerate(chain.editions, start=1):
        if done < count:
            links.append(_link(old, chain.editions[done], touched))
        if progress is not None:
            progress(done, count)
    thread = _Thread(chain.editions, links, read, between)
    steps = tuple(thread.steps(entity_id))
    if not steps:
        raise _not_found(entity_id, chain, thread)
    names = [step.entity.name for step in steps if step.entity is not None]
    return Timeline(
        id=entity_id,
        name=names[-1],
        events=steps,
        editions=chain.editions,
        skipped=chain.skipped,
    )


def _link(
    old: HeldEdition,
    new: HeldEdition,
    touched: Callable[[HeldEdition, HeldEdition], Touched],
) -> Touched | str:
    """Who was touched from one edition to the next; or why that cannot be told, in words."""
    if reason := difference(old, new):
        return reason
    try:
        return touched(old, new)
    except InvalidInputError as error:
        return error.what


def _not_found(entity_id: str, chain: Chain, thread: _Thread) -> NotFoundError:
    first, last = chain.editions[0], chain.editions[-1]
    skipped = f" (editions held and not followed: {len(chain.skipped):,})" if chain.skipped else ""
    return NotFoundError(
        f"no edition of {last.list_id} that was looked at has the id {entity_id!r}: "
        f"looked at were {len(chain.editions):,}, from {first.day} to {last.day}{skipped}",
        suggestions=thread.near(entity_id),
        where=Where(list_id=last.list_id),
    )


@attrs.frozen(kw_only=True)
class _Event:
    """What two editions say of one id, where they do not say the same."""

    removed: Entity | None = None
    """The party that had it in the older one, and is not in the newer."""
    left: Amended | None = None
    """The party that had it in the older one, and is in both."""
    added: Entity | None = None
    """The party that has it in the newer one, and is not in the older."""
    came: Amended | None = None
    """The party that has it in the newer one, and is in both."""

    @property
    def was_there(self) -> Entity | None:
        """The party that had it in the older one."""
        return self.removed if self.left is None else self.left.before

    @property
    def is_there(self) -> Entity | None:
        """The party that has it in the newer one."""
        return self.added if self.came is None else self.came.after


class _Thread:
    """A party along the editions. Editions are known by their place, a link by that of its older one."""

    def __init__(
        self,
        editions: tuple[HeldEdition, ...],
        links: list[Touched | str],
        read: Callable[[HeldEdition], SanctionsList[Entity]],
        between: Callable[[HeldEdition, HeldEdition], Changes],
    ) -> None:
        self.editions = editions
        self.links = links

        def held(at: int) -> SanctionsList[Entity]:
            return read(editions[at])

        def changes(link: int) -> Changes:
            return between(editions[link], editions[link + 1])

        # A whole list is large: no more than the two of a switch are kept.
        self.held = lru_cache(maxsize=2)(held)
        self._changes = lru_cache(maxsize=2)(changes)
        self._events: dict[tuple[int, str], _Event | None] = {}
        self._entities: dict[tuple[int, str], Entity | None] = {}
        self._stabilities: dict[int, IdStability] = {}

    def steps(self, entity_id: str) -> Iterator[TimelineEvent]:
        """What happened to the party with this id; nothing where no edition has it."""
        ids = self._ids(entity_id)
        if not ids:
            return
        entity = self._at_start(ids)
        if entity is not None:
            yield TimelineEvent(
                kind=TimelineEventKind.FIRST, edition=self.editions[0], entity=entity
            )
        is_present = entity is not None
        for at in range(len(self.links)):
            for step in self._at_link(at, ids[at], ids[at + 1], is_present):
                yield step
                is_present = step.is_present

    # ── under which id it is known ────────────────────────────────────────────────────────────

    def _ids(self, entity_id: str) -> list[str | None]:
        """The id of the party in each edition; None where it is known not to be there."""
        at = self._newest(entity_id)
        if at is None:
            return []
        ids: list[str | None] = [None] * len(self.editions)
        known: str | None = entity_id
        ids[at] = known
        for link in range(at - 1, -1, -1):
            known = ids[link] = known and self._earlier(link, known)
        known = entity_id
        for link in range(at, len(self.links)):
            known = ids[link + 1] = known and self._later(link, known)
        return ids

    def _newest(self, entity_id: str) -> int | None:
        """The place of an edition that has the id, as new as can be told without reading more."""
        for at in range(len(self.editions) - 1, -1, -1):
            is_start = at == 0 or isinstance(self.links[at - 1], str)
            if is_start and self._entity(at, entity_id) is not None:
                return at
            if not is_start and (event := self._event(at - 1, entity_id)) is not None:
                return at if event.is_there is not None else at - 1
        return None

    def _earlier(self, link: int, known: str) -> str | None:
        """The id in the older edition of the party that has this one in the newer."""
        if isinstance(self.links[link], str):
            return self._across(link + 1, link, known)
        event = self._event(link, known)
        if event is None:
            return known
        if event.came is not None:
            return event.came.before.id
        # It was somebody else's then, who goes on under another.
        return None if event.left is not None else known

    def _later(self, link: int, known: str) -> str | None:
        """The id in the newer edition of the party that has this one in the older."""
        if isinstance(self.links[link], str):
            return self._across(link, link + 1, known)
        event = self._event(link, known)
        if event is None:
            return known
        if event.left is not None:
            return event.left.after.id
        return None if event.came is not None else known

    def _across(self, here: int, there: int, known: str) -> str | None:
        """The id in another edition, with which this one cannot be compared."""
        keys = IdStability.BUILT if ":~" in known else self._stability(here, there)
        if keys is IdStability.STABLE:
            return known
        mine = self._entity(here, known)
        if mine is None:
            return known
        if keys is IdStability.EDITION and self._entity(there, known) is not None:
            return known
        alike = [[one.id for one in self.held(at) if _alike(one, mine)] for at in (here, there)]
        return alike[1][0] if all(len(found) == 1 for found in alike) else None

    def _stability(self, *places: int) -> IdStability:
        """How long the keys last that editions have: the worse of them."""
        for at in places:
            if at not in self._stabilities:
                (edition,) = self.held(at).editions
                self._stabilities[at] = edition.id_stability
        found = {self._stabilities[at] for at in places}
        worst_first = (IdStability.BUILT, IdStability.EDITION, IdStability.STABLE)
        return next(one for one in worst_first if one in found)

    # ── what happened ─────────────────────────────────────────────────────────────────────────

    def _at_start(self, ids: list[str | None]) -> Entity | None:
        """The party in the oldest edition: read only where no change says whether it was there."""
        for link, known in enumerate(self.links):
            before, after = ids[link], ids[link + 1]
            if before is None:
                return None
            if isinstance(known, str):
                break
            if (event := self._event(link, before)) is not None and event.was_there is not None:
                return event.was_there
            if after is not None and self._event(link, after) is not None:
                return None
        return None if ids[0] is None else self._entity(0, ids[0])

    def _at_link(
        self, at: int, before: str | None, after: str | None, was_there: bool
    ) -> Iterator[TimelineEvent]:
        """What happened from one edition to the next."""
        old, new = self.editions[at], self.editions[at + 1]
        reason = self.links[at]
        if isinstance(reason, str):
            entity = None if after is None else self._entity(at + 1, after)
            if was_there or entity is not None:
                yield TimelineEvent(
                    kind=TimelineEventKind.FORMAT_CHANGED,
                    edition=new,
                    previous=old,
                    is_present=entity is not None,
                    entity=entity,
                    note=f"{reason}{_unsure(before, after)}{self._unread(at, was_there, entity)}",
                )
            return
        left = None if before is None else self._event(at, before)
        came = None if after is None else self._event(at, after)
        if left is not None and left.left is not None:
            yield _amended(left.left, old, new)
            return
        if left is not None and left.removed is not None:
            yield TimelineEvent(
                kind=TimelineEventKind.REMOVED,
                edition=new,
                previous=old,
                is_present=False,
                entity=left.removed,
            )
        if came is not None and came.added is not None:
            yield TimelineEvent(
                kind=TimelineEventKind.ADDED, edition=new, previous=old, entity=came.added
            )

    def _unread(self, at: int, was_there: bool, entity: Entity | None) -> str:
        """What has to be said where it can be among the entries of an edition that were not read."""
        if was_there == (entity is not None):
            return ""
        name, place = ("older", at) if entity is not None else ("newer", at + 1)
        count = self.held(place).audit.rejected
        return (
            f"; it can be among the entries of the {name} that could not be read: {count:,}"
            if count
            else ""
        )

    # ── looking it up ─────────────────────────────────────────────────────────────────────────

    def near(self, entity_id: str) -> tuple[str, ...]:
        """Ids of the newest edition for one that nobody has: of that name, or such as come near."""
        list_id, _, key = entity_id.partition(":")
        newest = self.held(len(self.editions) - 1)
        named = tuple(one.id for one in newest.named(key))
        keys = {one.source_id for one in newest}
        return named or tuple(f"{list_id}:{one}" for one in near(key, keys))

    def _event(self, link: int, entity_id: str) -> _Event | None:
        """What became of an id from one edition to the next; None where nothing did."""
        key = (link, entity_id)
        if key not in self._events:
            touched = self.links[link]
            is_in = not isinstance(touched, str) and any(
                entity_id in some for some in (touched.added, touched.removed, touched.amended)
            )
            self._events[key] = _event_of(self._changes(link), entity_id) if is_in else None
        return self._events[key]

    def _entity(self, at: int, entity_id: str) -> Entity | None:
        """The party with an id in an edition."""
        key = (at, entity_id)
        if key not in self._entities:
            # One pass: the indexes of a list are made for many questions.
            self._entities[key] = _first(one for one in self.held(at) if one.id == entity_id)
        return self._entities[key]


_T = TypeVar("_T")


def _first(found: Iterator[_T]) -> _T | None:
    return next(found, None)


def _alike(one: Entity, other: Entity) -> bool:
    """Whether two entries have the same primary name and kind, as `diff` asks."""
    return (type(one), one.name) == (type(other), other.name)


def _event_of(changes: Changes, entity_id: str) -> _Event:
    return _Event(
        removed=_first(one for one in changes.removed if one.id == entity_id),
        left=_first(one for one in changes.amended if one.before.id == entity_id),
        added=_first(one for one in changes.added if one.id == entity_id),
        came=_first(one for one in changes.amended if one.after.id == entity_id),
    )


def _amended(found: Amended, old: HeldEdition, new: HeldEdition) -> TimelineEvent:
    note = ""
    if found.before.id != found.after.id:
        by = found.paired_by.value
        note = f"its id is {found.after.id}, and was {found.before.id}: known by its {by}"
    return TimelineEvent(
        kind=TimelineEventKind.AMENDED,
        edition=new,
        previous=old,
        changes=found.changes,
        entity=found.after,
        note=note,
    )


def _unsure(before: str | None, after: str | None) -> str:
    """What has to be said where the party could not be followed by its key."""
    if before == after:
        return ""
    if before is None or after is None:
        return (
            "; its key does not last, and no name is its alone in both: whether it is in the other "
            "under another key is not known"
        )
    return f"; its id is {after}, and was {before}: known by its name"
