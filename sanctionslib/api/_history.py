"""The past of an archive: what became of an entity, what changed; and what keeps it from being known.

An older edition would silently answer in place of one whose folder somebody removed; an undated one of
2099 would answer for ever, and one of 1999 never. Each is an error that says what to do.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sanctionslib.answers import ChangeLog, HeldEdition, Timeline
from sanctionslib.api import _clock
from sanctionslib.api._read import as_day
from sanctionslib.api._workspace import Workspace
from sanctionslib.archive.finding import rank
from sanctionslib.archive.format_folder import Arrival
from sanctionslib.errors import (
    ArchiveError,
    CorruptEditionError,
    Hint,
    InvalidInputError,
    Where,
)
from sanctionslib.model import Entity
from sanctionslib.parsers import Progress
from sanctionslib.query.history import change_log, follow
from sanctionslib.query.timeline import timeline


def timeline_of(
    workspace: Workspace, who: str | Entity, form: str | None, progress: Progress | None
) -> Timeline:
    """See `Archive.timeline`."""
    entity_id = who.id if isinstance(who, Entity) else who
    list_id, _, key = entity_id.partition(":") if isinstance(entity_id, str) else ("", "", "")
    if not list_id or not key:
        raise InvalidInputError(
            f"{entity_id!r} does not say of which list it is the id",
            hint="write list and key, as in 'us_ofac_sdn:33951'",
        )
    forms, store = workspace.forms(list_id), workspace.store

    def ask() -> Timeline:
        chain = follow(store.editions(list_id, forms=forms), forms, form)
        _check_followed(workspace, list_id, form=form if chain.editions else None)
        if not chain.editions:
            workspace.not_held(list_id, form=form)
        return timeline(entity_id, chain, workspace.comparisons(), progress=progress)

    return workspace.retried(ask)


def change_log_of(
    workspace: Workspace,
    list_id: str,
    start: date | str,
    end: date | str | None,
    form: str | None,
    progress: Progress | None,
) -> ChangeLog:
    """See `Archive.changes`."""
    first, last = as_day(start, "start"), as_day(end, "end")
    if not isinstance(first, date):
        raise InvalidInputError(
            "start=None is not a day", argument="start", hint="write it as '2021-12-10'"
        )
    if first > _clock.tomorrow():
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
        _check_followed(workspace, list_id, form=form, start=begin.day if begin else None, end=last)
        chain = follow(editions, forms, form, begin=begin, end=last)
        if not chain.editions:
            workspace.not_held(list_id, form=form, end=last)
        compared = workspace.comparisons()
        return change_log(list_id, chain, compared, start=first, end=last, progress=progress)

    return workspace.retried(ask)


# ── what keeps the past from being known ──────────────────────────────────────────────────────


def missing(
    workspace: Workspace,
    list_id: str,
    held: HeldEdition | None,
    *,
    form: str | None,
    day: date | None,
) -> CorruptEditionError | None:
    """The error where an edition that no longer exists would have answered in place of `held`.

    `day` and `form` are what was asked for: None is the newest edition, of any format.
    """
    store, forms = workspace.store, workspace.forms(list_id)

    def place(one: Arrival) -> tuple[bool, date, bool, int]:
        # For a day, the day comes first; the current edition is a complete one of whatever day.
        is_first = one.is_whole and day is None
        return is_first, one.day, one.is_whole, -rank(one.form, forms)

    gone = [one for one in store.gone(list_id, form=form) if day is None or one.day <= day]
    if not gone:
        return None
    newest = max(gone, key=place)
    if held is None or place(newest) > place(Arrival.of(held)):
        return _missing(workspace, list_id, newest)
    # Of two editions of one day, the one that came in last answers.
    arrivals = store.arrivals(list_id, held.format)
    came = arrivals.get(held.name, len(arrivals))
    for one in gone:
        is_rival = one.form == held.format and place(one) == place(Arrival.of(held))
        if is_rival and arrivals[one.name] > came:
            return _missing(workspace, list_id, one)
    return None


def _missing(workspace: Workspace, list_id: str, gone: Arrival) -> CorruptEditionError:
    folder = workspace.store.home / list_id / gone.form / gone.name
    return CorruptEditionError(
        f"the edition of {gone.day} ({gone.form}, {gone.name}) came in, was not pruned, and is no "
        "longer in the archive: an older one would answer in its place",
        where=Where(source=str(folder), list_id=list_id, edition=gone.name),
        hints=(
            Hint("restore its folder from a copy, or fetch or add the edition again"),
            workspace.hint("continue without it: {}", "prune", list_id, gone=True),
        ),
    )


def doubtful(workspace: Workspace, list_id: str, *, form: str | None) -> ArchiveError | None:
    """The error where a usable edition has no date, and came in at a time that cannot be right."""
    undated = workspace.store.undated(list_id, form=form)
    held = next((one for one in undated if one.is_usable and _clock.is_doubtful(one)), None)
    if held is None:
        return None
    came = _clock.time_words(held.retrieved_at or held.added_at)
    path = str(Path(held.folder, held.files[0].stored))
    text = "otherwise give the edition its date: {}"
    return ArchiveError(
        f"the edition {held.name} ({held.format}) has no date, and came in on {came} by the clock of "
        f"that time; the clock of this machine says {_clock.time_words(_clock.now())}: one of the two "
        "is wrong, and which edition is the newest is not known",
        where=Where(source=held.folder, list_id=held.list_id, edition=held.name),
        hints=(
            Hint("set the clock if it is wrong now"),
            workspace.hint(text, "add", path, list_id=held.list_id, published="…"),
        ),
    )


def check_dated(workspace: Workspace, list_id: str, *, form: str | None = None) -> None:
    """Raise where the order of the editions is not known, see `doubtful`."""
    error = doubtful(workspace, list_id, form=form)
    if error is not None:
        raise error


def _check_followed(
    workspace: Workspace,
    list_id: str,
    *,
    form: str | None,
    start: date | None = None,
    end: date | None = None,
) -> None:
    """Raise where the editions of a time cannot be followed: one is missing, or their order unknown."""
    for one in workspace.store.gone(list_id, form=form):
        if (start is None or one.day >= start) and (end is None or one.day <= end):
            raise _missing(workspace, list_id, one)
    check_dated(workspace, list_id, form=form)
