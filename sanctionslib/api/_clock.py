"""Whether the clock of this machine can be believed: what is undated is of the day that it says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sanctionslib.answers import HeldEdition

__all__ = ["doubt_of", "is_doubtful", "moment"]

_FIRST = datetime(2022, 10, 24, tzinfo=UTC)
"""Python 3.11 was published, without which nothing of this runs: no right clock says less."""
_TOLERATED = timedelta(days=1)
"""A publisher east of here may have begun its day."""
_LONGEST = timedelta(days=5 * 365)
"""A list is kept to be asked for, every day or every month. So long nothing comes into an archive
only where it is forgotten; and then to be asked for a date is no burden."""


def moment(time: datetime) -> str:
    """A time in words."""
    return f"{time:%Y-%m-%d %H:%M} UTC"


def doubt_of(now: datetime, latest: tuple[datetime, str] | None) -> str:
    """Why a clock cannot be believed, in words; "" where nothing speaks against it.

    Args:
        now: What it says.
        latest: The latest time that the archive knows of, and what is of it.
    """
    if now < _FIRST:
        return f"it says {moment(now)}, when the Python that runs this did not exist yet"
    if latest is None:
        return ""
    at, what = latest
    if at > now + _TOLERATED:
        return f"it says {moment(now)}, and {what} on {moment(at)}"
    if now > at + _LONGEST:
        return f"it says {moment(now)}, and the last that the archive knows of is that {what} on {moment(at)}"
    return ""


def is_doubtful(held: HeldEdition, now: datetime) -> bool:
    """Whether an edition has no date, and came in on a day that cannot be right."""
    if held.published is not None:
        return False
    came = held.retrieved_at or held.added_at
    return came < _FIRST or came > now + _TOLERATED
