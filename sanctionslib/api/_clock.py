"""The clock of this machine, and whether it can be right: an undated edition gets its day from it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sanctionslib.answers import HeldEdition

_FIRST = datetime(2022, 10, 24, tzinfo=UTC)
"""Python 3.11, which this library needs, was published: no right clock says less."""
_ONE_DAY = timedelta(days=1)
"""A publisher east of here may have begun its day."""
_LONGEST = timedelta(days=5 * 365)
"""Lists are asked for daily or monthly. An archive that got nothing for longer is a forgotten one, and
there it is no burden to have to state a date."""


def now() -> datetime:
    """The time (UTC); the one place where a clock is read."""
    return datetime.now(UTC)


def tomorrow() -> date:
    """The last day that may have begun somewhere."""
    return (now() + _ONE_DAY).date()


def time_words(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M} UTC"


def age_of(day: date) -> str:
    """How long ago a day is, in words."""
    if day > tomorrow():
        return "of a day in the future by the clock of this machine"
    days = (now().date() - day).days
    if days <= 0:
        return "of today"
    return "1 day old" if days == 1 else f"{days:,} days old"


def is_recent(time: datetime | None, max_age: timedelta) -> bool:
    """Whether a time is at most so long ago.

    A time in the future is not: after a clock is set back, an old answer would stay recent for ever.
    """
    return time is not None and timedelta(0) <= now() - time <= max_age


def doubt_of(time: datetime, latest: tuple[datetime, str] | None) -> str:
    """Why a clock that says `time` cannot be right, in words; "" where nothing contradicts it.

    `latest` is the latest time that the archive knows of, and what happened then.
    """
    says = f"it says {time_words(time)}"
    if time < _FIRST:
        return f"{says}, when the Python that runs this did not exist yet"
    if latest is None:
        return ""
    at, what = latest
    if at > time + _ONE_DAY:
        return f"{says}, and {what} on {time_words(at)}"
    if time > at + _LONGEST:
        return f"{says}, and the last that the archive knows of is that {what} on {time_words(at)}"
    return ""


def is_doubtful(held: HeldEdition) -> bool:
    """Whether an edition has no date, and came in at a time that cannot be right."""
    came = held.retrieved_at or held.added_at
    return held.published is None and (came < _FIRST or came > now() + _ONE_DAY)
