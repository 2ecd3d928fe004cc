"""What keeps the archive from saying which edition answers: one is gone, or came in under a wrong clock.

An edition whose folder somebody removed would be answered for by an older one; an undated one of 2099
would answer for ever, and one of 1999 never. Each raises, and says what to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from sanctionslib.answers import HeldEdition
from sanctionslib.api._clock import is_doubtful, moment
from sanctionslib.archive.finding import rank
from sanctionslib.archive.format_folder import Arrival
from sanctionslib.archive.store import EditionStore
from sanctionslib.errors import ArchiveError, Call, CorruptEditionError, Hint, Where

__all__ = ["doubtful", "doubtful_error", "lost", "lost_error", "refuse_doubtful", "refuse_lost"]


def lost(
    archive: EditionStore,
    list_id: str,
    held: HeldEdition | None,
    *,
    forms: Sequence[str],
    form: str | None = None,
    day: date | None = None,
) -> Arrival | None:
    """An edition that would have answered in place of another one, and is no longer there.

    Args:
        archive: The archive.
        list_id: The list.
        held: The one that answers; None where none does.
        forms: Names of the formats, the preferred one first.
        form: The format that was asked for; None for any.
        day: The day that was asked for; None for the newest edition.

    Raises:
        ArchiveError: It cannot be read which editions came in.
    """
    gone = [one for one in archive.gone(list_id, form=form) if day is None or one.day <= day]

    def place(one: Arrival) -> tuple[bool, date, bool, int]:
        # For a day, the day comes first; the current edition is a complete one of whatever day.
        is_first = one.is_whole and day is None
        return (is_first, one.day, one.is_whole, -rank(one.form, forms))

    newest = max(gone, key=place, default=None)
    if newest is None or held is None or place(newest) > place(Arrival.of(held)):
        return newest
    came = archive.arrivals(list_id, held.format)
    mine = came.get(held.name, len(came))
    for one in gone:
        if (
            one.form == held.format
            and place(one) == place(Arrival.of(held))
            and came[one.name] > mine
        ):
            return one
    return None


def lost_error(archive: EditionStore, list_id: str, lost: Arrival) -> CorruptEditionError:
    """The error: an edition is no longer there, and another one would answer in its place."""
    return CorruptEditionError(
        f"the edition of {lost.day} ({lost.form}, {lost.name}) came in, was not pruned, and is no "
        "longer in the archive: an older one would answer in its place",
        where=Where(
            source=str(archive.home / list_id / lost.form / lost.name),
            list_id=list_id,
            edition=lost.name,
        ),
        hints=(
            Hint("restore its folder from a copy, or fetch or add the edition again"),
            Hint(
                "say that you go on without it: {}", call=Call("prune", (list_id,), {"gone": True})
            ),
        ),
    )


def refuse_lost(
    archive: EditionStore,
    list_id: str,
    *,
    form: str | None,
    start: date | None = None,
    end: date | None = None,
) -> None:
    """Raise where an edition of a time is no longer there.

    Raises:
        CorruptEditionError: One is not.
    """
    for one in archive.gone(list_id, form=form):
        if (end is None or one.day <= end) and (start is None or one.day >= start):
            raise lost_error(archive, list_id, one)


def doubtful(
    archive: EditionStore, list_id: str, now: datetime, *, form: str | None = None
) -> HeldEdition | None:
    """An edition that could answer, has no date, and came in on a day that cannot be right.

    Raises:
        ArchiveError: One cannot be read.
    """
    found = archive.undated(list_id, form=form)
    return next((one for one in found if one.is_usable and is_doubtful(one, now)), None)


def doubtful_error(held: HeldEdition, now: datetime) -> ArchiveError:
    """The error: it is not known of which day an edition is, and so not which is the newest."""
    came = moment(held.retrieved_at or held.added_at)
    return ArchiveError(
        f"the edition {held.name} ({held.format}) has no date, and came in on {came} by the clock of "
        f"that time; the clock of this machine says {moment(now)}: one of the two is wrong, and which "
        "edition is the newest is not known",
        where=Where(source=held.folder, list_id=held.list_id, edition=held.name),
        hints=(
            Hint("set the clock if it is wrong now"),
            Hint(
                "else say of which day the edition is: {}",
                call=Call(
                    "add",
                    (str(Path(held.folder, held.files[0].stored)),),
                    {"list_id": held.list_id, "published": "…"},
                ),
            ),
        ),
    )


def refuse_doubtful(
    archive: EditionStore, list_id: str, now: datetime, *, form: str | None = None
) -> None:
    """Raise where the order of the editions is not known.

    Raises:
        ArchiveError: One has no date, and came in on a day that cannot be right.
    """
    held = doubtful(archive, list_id, now, form=form)
    if held is not None:
        raise doubtful_error(held, now)
