"""The timeline of a party: in which of the editions that are followed it is, and what changed.

Most editions are not read for it: which ids changed from one to the next is asked of each pair, and
only where the party's did, what changed. Where keys do not last, a party can have another key in the
next edition; it is then followed as `diff` paired it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache, partial

from sanctionslib.answers import Amended, Changes, HeldEdition, Timeline, TimelineEvent
from sanctionslib.answers import TimelineEventKind as _Kind
from sanctionslib.errors import InvalidInputError, NotFoundError, Where
from sanctionslib.model import Entity, IdStability
from sanctionslib.query._messages import near, several_parties
from sanctionslib.query.history import EditionReader, FollowedEditions, difference
from sanctionslib.query.sanctions_list import SanctionsList

__all__ = ["timeline"]


def timeline(
    entity_id: str,
    followed: FollowedEditions,
    reader: EditionReader,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Timeline:
    """What the editions that are followed, at least one, say of the party with an id in any of them.

    `entity_id` may have an exact name in place of the key: that of one party of the newest edition.
    `progress` is called with the editions done and the editions in all.
    """
    editions = followed.editions
    steps: list[frozenset[str] | str] = []
    for done, old in enumerate(editions, start=1):
        if done < len(editions):
            steps.append(_step(old, editions[done], reader))
        if progress is not None:
            progress(done, len(editions))
    party = _Party(editions, steps, reader)
    events = tuple(party.events(entity_id))
    if not events:
        entity_id = _named(entity_id, followed, reader)
        events = tuple(party.events(entity_id))
    return Timeline(
        id=entity_id,
        name=[event.entity.name for event in events if event.entity is not None][-1],
        events=events,
        editions=editions,
        skipped=followed.skipped,
    )


def _step(old: HeldEdition, new: HeldEdition, reader: EditionReader) -> frozenset[str] | str:
    """Whose ids changed from one edition to the next; or why they cannot be compared, in words."""
    if reason := difference(old, new):
        return reason
    try:
        return reader.changed_ids(old, new)
    except InvalidInputError as error:
        return error.what


def _named(entity_id: str, followed: FollowedEditions, reader: EditionReader) -> str:
    """The id of the party of the newest edition that has the name which stands in place of a key."""
    first, last = followed.editions[0], followed.editions[-1]
    list_id, _, key = entity_id.partition(":")
    newest = reader.read(last)
    named = newest.named(key)
    if len(named) > 1:
        raise several_parties(key, named)
    if named:
        return named[0].id
    similar = (
        *near(key, {one.source_id for one in newest}),
        *near(key, {name.text for one in newest for name in one.names}),
    )
    count = len(followed.skipped)
    skipped = f" (editions held and not followed: {count:,})" if count else ""
    raise NotFoundError(
        f"no edition of {last.list_id} that was looked at has the id {entity_id!r}: "
        f"looked at were {len(followed.editions):,}, from {first.day} to {last.day}{skipped}",
        suggestions=tuple(f"{list_id}:{one}" for one in similar),
        where=Where(list_id=last.list_id),
    )


_Outcome = tuple[Entity | Amended | None, Entity | Amended | None]
"""What changed of an id from one edition to the next: of the party that had it (removed, or amended,
perhaps under another id), and of the party that has it now (added, or amended)."""


class _Party:
    """A party along the editions: these are known by their place, a step by that of its older one."""

    def __init__(
        self,
        editions: Sequence[HeldEdition],
        steps: Sequence[frozenset[str] | str],
        reader: EditionReader,
    ) -> None:
        self._editions, self._steps, self._reader = editions, steps, reader
        # A whole list is large: no more than the two beside a change of format are kept.
        self._list = lru_cache(maxsize=2)(self._read_list)
        self._changes = lru_cache(maxsize=2)(self._read_changes)
        self._entity = cache(self._find_entity)
        self._outcome = cache(self._find_outcome)

    def _read_list(self, at: int) -> SanctionsList[Entity]:
        return self._reader.read(self._editions[at])

    def _read_changes(self, step: int) -> Changes:
        return self._reader.between(*self._editions[step : step + 2])

    def _find_entity(self, at: int, entity_id: str) -> Entity | None:
        """The party with an id in an edition."""
        # One pass: the indexes of a list are made for many questions.
        return next((one for one in self._list(at) if one.id == entity_id), None)

    def _find_outcome(self, step: int, entity_id: str) -> _Outcome:
        """What changed of an id from one edition to the next; (None, None) where nothing did."""
        ids = self._steps[step]
        if isinstance(ids, str) or entity_id not in ids:
            return None, None
        changes = self._changes(step)
        had = {one.id: one for one in changes.removed} | {
            one.before.id: one for one in changes.amended
        }
        has = {one.id: one for one in changes.added} | {
            one.after.id: one for one in changes.amended
        }
        return had.get(entity_id), has.get(entity_id)

    def events(self, entity_id: str) -> Iterator[TimelineEvent]:
        """What happened to the party with this id; nothing where no edition has it."""
        ids = self._ids(entity_id)
        entity = self._at_start(ids) if ids else None
        if entity is not None:
            yield TimelineEvent(kind=_Kind.FIRST, edition=self._editions[0], entity=entity)
        is_present = entity is not None
        for step in range(len(ids) - 1):
            for event in self._events(step, ids[step], ids[step + 1], is_present):
                yield event
                is_present = event.is_present

    # ── under which id it is known ────────────────────────────────────────────────────────────

    def _ids(self, entity_id: str) -> list[str | None]:
        """The id of the party in each edition; None where it is known not to be there."""
        newest = self._newest(entity_id)
        if newest is None:
            return []
        ids: list[str | None] = [None] * len(self._editions)
        known: str | None
        known = ids[newest] = entity_id
        for at in range(newest - 1, -1, -1):
            ids[at] = known = known and self._next_id(at, known, forward=False)
        known = entity_id
        for at in range(newest + 1, len(ids)):
            ids[at] = known = known and self._next_id(at - 1, known, forward=True)
        return ids

    def _newest(self, entity_id: str) -> int | None:
        """The place of an edition that has the id, as new as is known without reading more."""
        for at in range(len(self._editions) - 1, -1, -1):
            if at == 0 or isinstance(self._steps[at - 1], str):
                if self._entity(at, entity_id) is not None:
                    return at
            elif any(outcome := self._outcome(at - 1, entity_id)):
                return at if outcome[1] is not None else at - 1
        return None

    def _next_id(self, step: int, known: str, *, forward: bool) -> str | None:
        """The id, in the edition on the other side of a step, of the party that has this one here."""
        if isinstance(self._steps[step], str):
            here, there = (step, step + 1) if forward else (step + 1, step)
            return self._id_across(here, there, known)
        before, after = self._outcome(step, known)
        mine, others = (before, after) if forward else (after, before)
        if isinstance(mine, Amended):
            return mine.after.id if forward else mine.before.id
        # On the other side the id is that of another party, which has another one here.
        return None if isinstance(others, Amended) else known

    def _id_across(self, here: int, there: int, known: str) -> str | None:
        """The id in another edition, with which this one cannot be compared."""
        keys = {IdStability.BUILT}
        if ":~" not in known:
            keys = {self._list(at).editions[0].id_stability for at in (here, there)}
        if keys == {IdStability.STABLE}:
            return known
        mine = self._entity(here, known)
        if mine is None:
            return known
        if IdStability.BUILT not in keys and self._entity(there, known) is not None:
            return known
        name = (type(mine), mine.name)  # as `diff` pairs by name
        alike = [
            [one.id for one in self._list(at) if (type(one), one.name) == name]
            for at in (here, there)
        ]
        return alike[1][0] if all(len(found) == 1 for found in alike) else None

    # ── what happened ─────────────────────────────────────────────────────────────────────────

    def _at_start(self, ids: list[str | None]) -> Entity | None:
        """The party in the oldest edition: read only where no change says whether it was there."""
        for step, changed in enumerate(self._steps):
            before, after = ids[step], ids[step + 1]
            if before is None:
                return None
            if isinstance(changed, str):
                break
            if (found := self._outcome(step, before)[0]) is not None:
                return found.before if isinstance(found, Amended) else found
            if after is not None and any(self._outcome(step, after)):
                return None
        return None if ids[0] is None else self._entity(0, ids[0])

    def _events(
        self, step: int, before: str | None, after: str | None, was_present: bool
    ) -> Iterator[TimelineEvent]:
        """What happened from one edition to the next."""
        event = partial(
            TimelineEvent, edition=self._editions[step + 1], previous=self._editions[step]
        )
        reason = self._steps[step]
        if isinstance(reason, str):
            entity = None if after is None else self._entity(step + 1, after)
            is_present = entity is not None
            if was_present or is_present:
                note = reason + _about_ids(before, after)
                if was_present != is_present:
                    note += self._about_rejected(step, is_new=is_present)
                yield event(
                    kind=_Kind.FORMAT_CHANGED, is_present=is_present, entity=entity, note=note
                )
            return
        left = None if before is None else self._outcome(step, before)[0]
        came = None if after is None else self._outcome(step, after)[1]
        if isinstance(left, Amended):
            note = ""
            if left.before.id != left.after.id:
                by = left.paired_by.value
                note = f"its id is {left.after.id}, and was {left.before.id}: known by its {by}"
            yield event(kind=_Kind.AMENDED, changes=left.changes, entity=left.after, note=note)
            return
        if left is not None:
            yield event(kind=_Kind.REMOVED, is_present=False, entity=left)
        if isinstance(came, Entity):
            yield event(kind=_Kind.ADDED, entity=came)

    def _about_rejected(self, step: int, *, is_new: bool) -> str:
        """That the party can be among the entries of one of the editions that could not be read."""
        name, place = ("older", step) if is_new else ("newer", step + 1)
        count = self._list(place).audit.rejected
        found = f"; it can be among the entries of the {name} that could not be read: {count:,}"
        return found if count else ""


def _about_ids(before: str | None, after: str | None) -> str:
    """What has to be said where the party could not be followed by its key."""
    if before == after:
        return ""
    if before is None or after is None:
        return (
            "; its key does not last, and no name is its alone in both: whether it is in the other "
            "under another key is not known"
        )
    return f"; its id is {after}, and was {before}: known by its name"
