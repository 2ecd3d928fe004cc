"""What keeps an archive from knowing which edition answers: one is missing, or came in under a wrong clock.

An older edition would silently answer in place of one whose folder somebody removed; an undated one of
2099 would answer for ever, and one of 1999 never. Each is an error that says what to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sanctionslib.answers import HeldEdition
from sanctionslib.api import _clock
from sanctionslib.api._clock import is_doubtful, time_words
from sanctionslib.api._workspace import Workspace
from sanctionslib.archive._finding import rank
from sanctionslib.archive.store import Kept
from sanctionslib.errors import ArchiveError, CorruptEditionError, Hint, Where

__all__ = ["check_dated", "check_followed", "doubtful", "missing"]


def missing(
    workspace: Workspace,
    list_id: str,
    held: HeldEdition | None,
    *,
    forms: Sequence[str],
    form: str | None,
    day: date | None,
) -> CorruptEditionError | None:
    """The error where an edition that no longer exists would have answered; None where none would.

    Args:
        workspace: The archive.
        list_id: The list.
        held: The edition that answers; None where none does.
        forms: Names of the formats, the preferred one first.
        form: The format that was asked for; None for any.
        day: The day that was asked for; None for the newest edition.

    Raises:
        ArchiveError: It cannot be read which editions came in.
    """
    store = workspace.store

    def place(one: Kept) -> tuple[bool, date, bool, int]:
        # For a day, the day comes first; the current edition is a complete one of whatever day.
        is_first = one.is_whole and day is None
        return is_first, one.day, one.is_whole, -rank(one.form, forms)

    gone = [one for one in store.gone(list_id, form=form) if day is None or one.day <= day]
    if not gone:
        return None
    newest = max(gone, key=place)
    if held is None or place(newest) > place(Kept.of(held)):
        return _missing(workspace, list_id, newest)
    # Of two editions of one day, the one that came in last answers.
    arrivals = store.arrivals(list_id, held.format)
    came = arrivals.get(held.name, len(arrivals))
    for one in gone:
        is_rival = one.form == held.format and place(one) == place(Kept.of(held))
        if is_rival and arrivals[one.name] > came:
            return _missing(workspace, list_id, one)
    return None


def _missing(workspace: Workspace, list_id: str, gone: Kept) -> CorruptEditionError:
    return CorruptEditionError(
        f"the edition of {gone.day} ({gone.form}, {gone.name}) came in, was not pruned, and is no "
        "longer in the archive: an older one would answer in its place",
        where=Where(
            source=str(workspace.store.home / list_id / gone.form / gone.name),
            list_id=list_id,
            edition=gone.name,
        ),
        hints=(
            Hint("restore its folder from a copy, or fetch or add the edition again"),
            Hint("to continue without it: {}", call=workspace.call("prune", list_id, gone=True)),
        ),
    )


def doubtful(workspace: Workspace, list_id: str, *, form: str | None) -> ArchiveError | None:
    """The error where the order of the editions is not known; None where it is.

    It is not where a usable one has no date, and came in at a time that cannot be right.

    Raises:
        ArchiveError: An edition cannot be read.
    """
    undated = workspace.store.undated(list_id, form=form)
    held = next((one for one in undated if one.is_usable and is_doubtful(one)), None)
    if held is None:
        return None
    came = time_words(held.retrieved_at or held.added_at)
    return ArchiveError(
        f"the edition {held.name} ({held.format}) has no date, and came in on {came} by the clock of "
        f"that time; the clock of this machine says {time_words(_clock.now())}: one of the two is wrong, and "
        "which edition is the newest is not known",
        where=Where(source=held.folder, list_id=held.list_id, edition=held.name),
        hints=(
            Hint("set the clock if it is wrong now"),
            Hint(
                "otherwise give the edition its date: {}",
                call=workspace.call(
                    "add",
                    str(Path(held.folder, held.files[0].stored)),
                    list_id=held.list_id,
                    published="…",
                ),
            ),
        ),
    )


def check_dated(workspace: Workspace, list_id: str, *, form: str | None = None) -> None:
    """Raise where the order of the editions is not known.

    Raises:
        ArchiveError: See `doubtful`.
    """
    error = doubtful(workspace, list_id, form=form)
    if error is not None:
        raise error


def check_followed(
    workspace: Workspace,
    list_id: str,
    *,
    form: str | None,
    start: date | None = None,
    end: date | None = None,
) -> None:
    """Raise where editions cannot be followed one after the other: one is missing, or undated.

    Raises:
        CorruptEditionError: One from `start` to `end` no longer exists.
        ArchiveError: The order of the editions is not known.
    """
    for one in workspace.store.gone(list_id, form=form):
        if (start is None or one.day >= start) and (end is None or one.day <= end):
            raise _missing(workspace, list_id, one)
    check_dated(workspace, list_id, form=form)
