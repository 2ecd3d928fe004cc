"""What the editions of an archive say over time: what became of one entity, and what changed in a list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from sanctionslib.answers import ChangeLog, Changes, HeldEdition, Timeline
from sanctionslib.api._cached import Touched, changes_between, touched
from sanctionslib.api._clock import tomorrow
from sanctionslib.api._integrity import check_followed
from sanctionslib.api._read import as_day
from sanctionslib.api._workspace import Workspace
from sanctionslib.errors import Hint, InvalidInputError
from sanctionslib.model import Entity
from sanctionslib.parsers import Progress
from sanctionslib.query import SanctionsList
from sanctionslib.query._follow import follow, from_day
from sanctionslib.query._log import change_log
from sanctionslib.query._timeline import timeline

__all__ = ["follow_changes", "follow_entity"]


def follow_entity(
    workspace: Workspace, entity_id: str, form: str | None, progress: Progress | None
) -> Timeline:
    """See `Archive.timeline`.

    Raises:
        SanctionsError: See there.
    """
    list_id, _, key = entity_id.partition(":") if isinstance(entity_id, str) else ("", "", "")
    if not list_id or not key:
        raise InvalidInputError(
            f"{entity_id!r} does not say of which list it is the id",
            hint="write list and key, as in 'us_ofac_sdn:33951'",
        )
    forms, store = workspace.forms(list_id), workspace.store

    def ask() -> Timeline:
        chain = follow(store.editions(list_id, forms=forms), forms, form)
        check_followed(workspace, list_id, form=form if chain.editions else None)
        if not chain.editions:
            workspace.not_held(list_id, form=form)
        pairs = _Pairs(workspace)
        return timeline(
            entity_id,
            chain,
            read=pairs.read,
            between=pairs.between,
            touched=pairs.touched,
            progress=progress,
        )

    return workspace.retried(ask)


def follow_changes(
    workspace: Workspace,
    list_id: str,
    start: date | str,
    end: date | str | None,
    form: str | None,
    progress: Progress | None,
) -> ChangeLog:
    """See `Archive.changes`.

    Raises:
        SanctionsError: See there.
    """
    first, last = as_day(start, "start"), as_day(end, "end")
    if not isinstance(first, date):
        raise InvalidInputError(
            "start=None is not a day", argument="start", hint="write it as '2021-12-10'"
        )
    if first > tomorrow():
        raise InvalidInputError(
            f"start={first} is in the future by the clock of this machine",
            argument="start",
            hint="give a day of the past",
        )
    if last is not None and first > last:
        raise InvalidInputError(
            f"start={first} is after the last day, {last}",
            argument="start",
            hints=(Hint("give the earlier day as {}", "start"),),
        )
    forms, store = workspace.forms(list_id), workspace.store

    def ask() -> ChangeLog:
        editions = store.editions(list_id, forms=forms)
        begin = store.as_of(list_id, first, forms=forms, form=form)
        check_followed(workspace, list_id, form=form, start=begin.day if begin else None, end=last)
        chain = from_day(editions, forms, form, begin=begin, end=last)
        if not chain.editions:
            workspace.not_held(list_id, form=form, end=last)
        pairs = _Pairs(workspace)
        return change_log(
            list_id,
            chain,
            start=first,
            end=last,
            read=pairs.read,
            between=pairs.between,
            progress=progress,
        )

    return workspace.retried(ask)


class _Pairs:
    """Editions, and what changed between two, for what follows them."""

    def __init__(self, workspace: Workspace) -> None:
        self._store = workspace.store
        # The newer edition of one pair is the older one of the next.
        self.read: Callable[[HeldEdition], SanctionsList[Entity]] = lru_cache(maxsize=2)(
            workspace.read
        )

    def between(self, old: HeldEdition, new: HeldEdition) -> Changes:
        return changes_between(self._store, old, new, self.read)

    def touched(self, old: HeldEdition, new: HeldEdition) -> Touched:
        return touched(self._store, old, new, self.read)
