"""What the archive knows of the past: `history`, `timeline`, `changes`; and looking after it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NoReturn

from sanctionslib.answers import (
    ChangeLog,
    Changes,
    HeldEdition,
    HeldEditions,
    Timeline,
    Verification,
)
from sanctionslib.api._derived import Touched, changes_between, touched
from sanctionslib.api._desk import Desk, now
from sanctionslib.api._doubts import refuse_doubtful, refuse_lost
from sanctionslib.api._read import as_day
from sanctionslib.errors import Call, Hint, InvalidInputError, NotFoundError, Where
from sanctionslib.model import Entity
from sanctionslib.parsers import Progress
from sanctionslib.query import SanctionsList
from sanctionslib.query._follow import follow, from_day
from sanctionslib.query._log import change_log
from sanctionslib.query._timeline import timeline as _timeline

__all__ = ["changes", "history", "prune_archive", "timeline", "verify_archive"]


def history(list_id: str, *, home: Path | str | None = None) -> HeldEditions:
    r"""The editions of a list that the archive holds, refused ones included.

    Args:
        list_id: The list.
        home: The archive's folder, as for `load`.

    Returns:
        The editions, oldest first; none where none was fetched or added yet.

    Raises:
        NotFoundError: No such list is known, and nothing is held of it.
        ArchiveError: The archive, or an edition in it, cannot be read.

    >>> import tempfile
    >>> import sanctionslib as sl
    >>> home = tempfile.mkdtemp()
    >>> watch = b"id,name\n1,EXAMPLE TRADING LLC\n"
    >>> for day in ("2021-12-09", "2021-12-10"):
    ...     held = sl.add_edition(watch, list_id="my_watch", published=day, home=home)
    >>> [str(one.day) for one in sl.history("my_watch", home=home)]
    ['2021-12-09', '2021-12-10']
    """
    desk = Desk.at(home)
    forms = desk.forms(list_id)
    return HeldEditions(
        list_id=list_id,
        editions=desk.archive.editions(list_id, forms=forms),
        current=desk.archive.current(list_id, forms=forms),
        gone=tuple(one.name for one in desk.archive.gone(list_id)),
    )


def timeline(
    entity_id: str,
    *,
    format: str | None = None,
    progress: Progress | None = None,
    home: Path | str | None = None,
) -> Timeline:
    r"""What the held editions say of one party over time: added, amended, removed.

    Editions of one format are followed as long as there are any, complete ones first and then those
    of the preferred format; where another takes over, a step says so. Editions that are parts,
    samples or refused stand aside. Where the keys of a list do not last, a party is followed as
    `diff` pairs it, and the step says under which id it goes on.

    Args:
        entity_id: Its full id, `us_ofac_sdn:33951`; where keys do not last, that of the newest
            edition that has it.
        format: Follow only editions of this format.
        progress: Called with the editions done and the editions in all.
        home: The archive's folder, as for `load`.

    Returns:
        What happened, step by step, each with the first edition in which it is so and the one that
        was held before. That a party was listed or delisted is said only by the source, in
        `Entity.listed_since`.

    Raises:
        NotFoundError: No edition that was looked at has the party; or no edition is held that could
            answer, or no such list is known.
        InvalidInputError: The id does not say of which list it is.
        CorruptEditionError: An edition that would be followed was removed, and not by
            `prune_archive`.
        ArchiveError: The archive, or an edition in it, cannot be read.

    >>> import tempfile
    >>> import sanctionslib as sl
    >>> home = tempfile.mkdtemp()
    >>> for day, names in (("2021-12-09", "1,FIRST\n"), ("2021-12-10", "1,FIRST\n2,SECOND\n")):
    ...     rows = f"id,name\n{names}".encode()
    ...     held = sl.add_edition(rows, list_id="my_watch", published=day, home=home)
    >>> sl.timeline("my_watch:2", home=home)
    <Timeline of my_watch:2 'SECOND': added 2021-12-10; 2 editions looked at>
    """
    list_id, _, key = entity_id.partition(":") if isinstance(entity_id, str) else ("", "", "")
    if not list_id or not key:
        raise InvalidInputError(
            f"{entity_id!r} does not say of which list it is the id",
            hint="write list and key, as in 'us_ofac_sdn:33951'",
        )
    desk = Desk.at(home)
    desk.warn_of_others()
    forms = desk.forms(list_id)

    def ask() -> Timeline:
        editions = desk.archive.editions(list_id, forms=forms)
        chain = follow(editions, forms, format)
        form = format if chain.editions else None
        refuse_lost(desk.archive, list_id, form=form)
        refuse_doubtful(desk.archive, list_id, now(), form=form)
        if not chain.editions:
            _none_to_follow(desk, list_id, editions, format)
        pairs = _Pairs(desk)
        return _timeline(
            entity_id,
            chain,
            read=pairs.read,
            between=pairs.between,
            touched=pairs.touched,
            progress=progress,
        )

    return desk.steadily(ask)


def changes(
    list_id: str,
    *,
    start: date | str,
    end: date | str | None = None,
    format: str | None = None,
    progress: Progress | None = None,
    home: Path | str | None = None,
) -> ChangeLog:
    r"""What changed from each held edition of a list to the next, from a day on.

    It begins from the edition that answers for `start`, which `load` gives for this day; where none
    of before is held, from the oldest, so that `editions[0].day` is later than `start`. Editions
    are followed as by `timeline`; where another format takes over, `switches` says so.

    Args:
        list_id: The list.
        start: The day: the edition that answers for it is what the log begins from.
        end: The last day; without it the newest edition held.
        format: Follow only editions of this format.
        progress: Called with the editions done and the editions in all.
        home: The archive's folder, as for `load`.

    Returns:
        The changes of each step; without those from one edition to another that says the same.

    Raises:
        NotFoundError: No edition is held that could answer, or no such list is known.
        InvalidInputError: `start` is after `end`, or still to come.
        CorruptEditionError: An edition that would be followed was removed, and not by
            `prune_archive`.
        ArchiveError: The archive, or an edition in it, cannot be read.

    >>> import tempfile
    >>> import sanctionslib as sl
    >>> home = tempfile.mkdtemp()
    >>> for day, names in (("2021-12-09", "1,FIRST\n"), ("2021-12-10", "1,FIRST\n2,SECOND\n")):
    ...     rows = f"id,name\n{names}".encode()
    ...     held = sl.add_edition(rows, list_id="my_watch", published=day, home=home)
    >>> [one.name for one in sl.changes("my_watch", start="2021-12-09", home=home).added]
    ['SECOND']
    """
    first, last = as_day(start, "start"), as_day(end, "end")
    if not isinstance(first, date):
        raise InvalidInputError(
            "start=None is not a day", argument="start", hint="write it as '2021-12-10'"
        )
    # A reader east of here may have begun the day.
    if first > now().date() + timedelta(days=1):
        raise InvalidInputError(
            f"start={first} is still to come by the clock of this machine",
            argument="start",
            hint="give a day of the past",
        )
    if last is not None and first > last:
        raise InvalidInputError(
            f"start={first} is after end={last}",
            argument="start",
            hint="give the earlier day first",
        )
    desk = Desk.at(home)
    desk.warn_of_others()
    forms = desk.forms(list_id)

    def ask() -> ChangeLog:
        editions = desk.archive.editions(list_id, forms=forms)
        begin = desk.archive.as_of(list_id, first, forms=forms, form=format)
        since_day = begin.day if begin else None
        refuse_lost(desk.archive, list_id, form=format, start=since_day, end=last)
        refuse_doubtful(desk.archive, list_id, now(), form=format)
        chain = from_day(editions, forms, format, begin=begin, end=last)
        if not chain.editions:
            _none_to_follow(desk, list_id, editions, format, last)
        pairs = _Pairs(desk)
        return change_log(
            list_id,
            chain,
            start=first,
            end=last,
            read=pairs.read,
            between=pairs.between,
            progress=progress,
        )

    return desk.steadily(ask)


def verify_archive(
    *list_ids: str, progress: Progress | None = None, home: Path | str | None = None
) -> Verification:
    r"""Read and hash every file of the archive again; say what is not as it was stored.

    No edition is changed: what is damaged is replaced when the edition is fetched with `force`, or
    added again. What the cache holds of these lists is dropped, and made again from the files when
    it is needed.

    Args:
        list_ids: The lists; all where none is named.
        progress: Called with the bytes on disk that were read, and those that are to be read.
        home: The archive's folder, as for `load`.

    Returns:
        What was looked at, and each fault with what to do about it.

    Raises:
        NotFoundError: Nothing is held of a list.
        ArchiveError: The folder cannot be read.

    >>> import tempfile
    >>> import sanctionslib as sl
    >>> home = tempfile.mkdtemp()
    >>> watch = b"id,name\n1,EXAMPLE TRADING LLC\n"
    >>> held = sl.add_edition(watch, list_id="my_watch", published="2021-12-10", home=home)
    >>> sl.verify_archive(home=home)
    <Verification of 1 editions, 1 files: faults: 0>
    """
    desk = Desk.at(home)
    desk.warn_of_others()
    found = desk.archive.verify(list_ids, progress=progress)
    desk.archive.clear_cache(list_ids)
    return found


def prune_archive(
    list_id: str,
    *,
    before: date | str | None = None,
    keep: int | None = None,
    refused: bool = False,
    gone: bool = False,
    dry_run: bool = False,
    home: Path | str | None = None,
) -> tuple[HeldEdition, ...]:
    r"""Remove editions of a list that are no longer needed; the current one always stays.

    What is removed is gone: who has to prove what was looked at keeps it.

    Args:
        list_id: The list.
        before: Remove the editions of earlier days.
        keep: Remove all but so many of each format; refused ones are not counted, and not removed
            for it.
        refused: Remove those that are refused.
        gone: Forget those whose folder somebody removed or renamed; until then what they would have
            answered raises.
        dry_run: Remove nothing, and say what would be removed.
        home: The archive's folder, as for `load`.

    Returns:
        The editions that were removed.

    Raises:
        InvalidInputError: It is not said which, or `keep` is below 1.
        NotFoundError: No such list is known, and nothing is held of it.
        ArchiveError: Which editions are the oldest is not known: one has no date, and came in under a
            clock that was wrong then or is now.
        UnwritableError: They cannot be removed.

    >>> import tempfile
    >>> import sanctionslib as sl
    >>> home = tempfile.mkdtemp()
    >>> watch = b"id,name\n1,EXAMPLE TRADING LLC\n"
    >>> for day in ("2021-12-09", "2021-12-10"):
    ...     held = sl.add_edition(watch, list_id="my_watch", published=day, home=home)
    >>> [str(one.day) for one in sl.prune_archive("my_watch", keep=1, home=home)]
    ['2021-12-09']
    """
    desk = Desk.at(home)
    desk.info(list_id)
    day = as_day(before, "before")
    if before is not None or keep is not None:
        refuse_doubtful(desk.archive, list_id, now())
    found = desk.archive.prune(
        list_id, before=day, keep=keep, quarantined=refused, gone=gone, dry_run=dry_run
    )
    return found.editions


class _Pairs:
    """Editions and what lies between them, for the questions that follow them."""

    def __init__(self, desk: Desk) -> None:
        self._archive = desk.archive
        # The newer edition of one pair is the older one of the next.
        self.read: Callable[[HeldEdition], SanctionsList[Entity]] = lru_cache(maxsize=2)(desk.read)

    def between(self, old: HeldEdition, new: HeldEdition) -> Changes:
        """What changed from one to the next."""
        return changes_between(self._archive, old, new, self.read)

    def touched(self, old: HeldEdition, new: HeldEdition) -> Touched:
        """Who did."""
        return touched(self._archive, old, new, self.read)


def _none_to_follow(
    desk: Desk,
    list_id: str,
    editions: tuple[HeldEdition, ...],
    form: str | None,
    end: date | None = None,
) -> NoReturn:
    """Raise: no edition can answer, or none of this format or time."""
    every = [one for one in editions if one.is_usable]
    forms = dict.fromkeys(one.format for one in every)
    if not every:
        desk.nothing_held(list_id)
    able = [one for one in every if form in (None, one.format)]
    if not able:
        raise NotFoundError(
            f"no edition of {list_id} in the format {form!r} is held that could answer",
            where=Where(source=str(desk.archive.home), list_id=list_id),
            hint=f"those that could are in {', '.join(forms)}",
        )
    told = "" if form is None else f" in the format {form!r}"
    raise NotFoundError(
        f"no edition of {list_id} up to {end}{told} is held that could answer",
        where=Where(source=str(desk.archive.home), list_id=list_id),
        hints=(
            Hint(f"the oldest{told} is of {able[0].day}"),
            Hint(
                "add older ones that you have with {}",
                call=Call("add", ("…",), {"list_id": list_id}),
            ),
        ),
    )
