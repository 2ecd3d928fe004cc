"""Lists from the archive, kept current: `load`, `fetch`, `add_edition`, `accept`, `lists`."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import attrs

from sanctionslib.answers import Fetched, HeldEdition
from sanctionslib.api._desk import OWN_CATALOG, Desk, age_of, now
from sanctionslib.api._doubts import doubtful, doubtful_error, lost, lost_error
from sanctionslib.api._fetching import Asking, format_of, is_fresh, refresh
from sanctionslib.api._read import as_day
from sanctionslib.api._together import Together
from sanctionslib.archive.packing import Received, pack
from sanctionslib.catalog import Catalog, FormatInfo, ListInfo, all_lists
from sanctionslib.errors import (
    ArchiveError,
    Call,
    FetchError,
    Hint,
    InvalidInputError,
    ParseError,
    PartialEditionWarning,
    SanctionsError,
    SanctionsWarning,
    StaleEditionWarning,
    StaleError,
    UnwritableError,
    Where,
)
from sanctionslib.model import Entity
from sanctionslib.parsers import (
    Given,
    Options,
    Parsed,
    Progress,
    parse,
    recognise,
    sources_of,
)
from sanctionslib.query import SanctionsList, combine

if TYPE_CHECKING:
    import requests

__all__ = ["MAX_AGE", "accept", "add_edition", "fetch", "lists", "load"]

MAX_AGE = timedelta(hours=6)
"""How long `load` goes by what the server said last, before it asks again."""
_DEPTH = 2 if sys.version_info >= (3, 12) else 3
"""Calls from a comprehension in `load` to the line that asked: it is a call of its own until 3.11."""


def load(
    *list_ids: str,
    as_of: date | str | None = None,
    max_age: timedelta | None = None,
    offline: bool = False,
    allow_stale: bool = False,
    format: str | None = None,
    keep_source: bool = False,
    strict: bool = False,
    session: requests.Session | None = None,
    progress: Progress | None = None,
    home: Path | str | None = None,
) -> SanctionsList[Entity]:
    r"""A list from the archive; asked for at its publisher's where it was not lately.

    Several lists are asked for at once, and are one collection of several editions. What you hold
    does not change: a later edition is another object, got by another `load`.

    Args:
        list_ids: The lists; `lists()` shows which there are.
        as_of: The edition that was the newest on this day, of those that the archive holds. Never
            the network.
        max_age: How long ago the server may have been asked; 6 hours where you say nothing.
        offline: Never the network. The server must have been asked within a `max_age` that you give.
        allow_stale: Where no newer edition can be had, take the last good one, with a
            `StaleEditionWarning`.
        format: A format name; without it the list's preferred one is fetched, and the newest
            edition of any format answers.
        keep_source: Keep the source of each entity, as `read` does.
        strict: Raise at any fault of any entry, as `read` does.
        session: Yours, for proxies or certificates. Then lists are asked for one after the other.
        progress: Called with the bytes received and the bytes in all (0 where unknown).
        home: The archive's folder; without it `SANCTIONSLIB_HOME`, else the platform's folder for
            a user's data.

    Returns:
        All entities of each edition, or an exception; `editions` says of which day each is.

    Raises:
        FetchError: The server could not be reached, or did not give the whole file; BlockedError:
            it gave something else. The hint says how old the last good edition is.
        ParseError: What it gave is not built as its format is, or is incomplete.
        ImplausibleEditionError: It is too unlike the last good edition, see `accept`.
        StaleError: `offline`, and the server was not asked within `max_age`.
        NotFoundError: No such list is known, or no edition is held that could answer.
        CorruptEditionError: A file of the edition is not as it was stored; or an edition that would
            have answered in its place was removed, and not by `prune_archive`.
        ArchiveError: An edition has no date, and came in under a clock that was wrong then or is now.
        UnwritableError: The archive's folder may not be written, or the disk is full.
        InvalidInputError: An argument makes no sense, alone or beside another.

    >>> import tempfile
    >>> import sanctionslib as sl
    >>> home = tempfile.mkdtemp()
    >>> watch = b"id,name\n1,EXAMPLE TRADING LLC\n"
    >>> held = sl.add_edition(watch, list_id="my_watch", published="2021-12-10", home=home)
    >>> sl.load("my_watch", home=home).editions[0].label
    'my_watch · 2021-12-10 · sanctionslib-csv'
    """
    day = as_day(as_of, "as_of")
    _check(list_ids, day, max_age=max_age, allow_stale=allow_stale)
    desk = Desk.at(home)
    together = Together(list_ids, progress)
    wanted = _Wanted(
        desk=desk,
        day=day,
        max_age=max_age,
        offline=offline,
        allow_stale=allow_stale,
        format=format,
        keep_source=keep_source,
        session=session,
        together=together,
    )
    for list_id in list_ids:  # a word that is wrong is told before any server is asked
        desk.info(list_id)
    # A session of requests is not made for several threads.
    found = together.each(wanted.get, in_turn=session is not None)
    # What is said of the archive as a whole is said once.
    for warning in {str(each): each for one in found for each in one.warnings}.values():
        warnings.warn(warning, stacklevel=2)
    made = [desk.listed(one.held, one.parsed, strict=strict, depth=_DEPTH) for one in found]
    return made[0] if len(made) == 1 else combine(*made)


def _check(
    list_ids: Sequence[str],
    day: date | None,
    *,
    max_age: timedelta | None,
    allow_stale: bool,
) -> None:
    if not list_ids:
        raise InvalidInputError(
            "no list is named",
            hints=(
                Hint("say which: {}", call=Call("load", ("us_ofac_sdn",))),
                Hint("{} shows all", call=Call("lists")),
            ),
        )
    for one in list_ids:
        if not isinstance(one, str):
            raise InvalidInputError(
                f"{one!r:.80} is no list id",
                hint="write it in quotes; several are named one after the other, without brackets",
            )
    if len(set(list_ids)) < len(list_ids):
        twice = next(one for one in list_ids if list_ids.count(one) > 1)
        raise InvalidInputError(f"{twice!r} is named twice", hint="name each list once")
    if max_age is not None and not isinstance(max_age, timedelta):
        raise InvalidInputError(
            f"max_age={max_age!r} is no duration", hint="give one: timedelta(hours=6)"
        )
    if max_age is not None and max_age < timedelta(0):
        raise InvalidInputError(f"max_age={max_age} is below zero", hint="0 asks in any case")
    if day is not None and (max_age is not None or allow_stale):
        raise InvalidInputError(
            "as_of takes what the archive holds of that day: max_age and allow_stale say nothing there",
            hint="leave them out",
        )
    if day is not None and day > now().date() + timedelta(days=1):
        raise InvalidInputError(
            f"as_of={day} is still to come by the clock of this machine",
            argument="as_of",
            hint="leave it out for the newest edition",
        )


@attrs.frozen(kw_only=True)
class _Got:
    """One list of those that were asked for."""

    held: HeldEdition
    parsed: Parsed
    warnings: tuple[SanctionsWarning, ...] = ()


@attrs.frozen(kw_only=True)
class _Wanted:
    """What `load` was asked for; `get` gives it of one list."""

    desk: Desk
    day: date | None
    max_age: timedelta | None
    offline: bool
    allow_stale: bool
    format: str | None
    keep_source: bool
    session: requests.Session | None
    together: Together

    def get(self, list_id: str) -> _Got:
        """One list.

        Raises:
            SanctionsError: See `load`.
        """
        failure = None if self.day or self.offline else self._ask(list_id)
        # Another process may prune what was found before it is read.
        return self.desk.steadily(lambda: self._found(list_id, failure))

    def _ask(self, list_id: str) -> SanctionsError | None:
        """Ask the server; the error, where there was one and the last good edition may be used."""
        form = self._form(self.desk.info(list_id))
        if form is None:
            return None
        try:
            self._refresh(list_id, form)
        except (FetchError, ParseError, ArchiveError, UnwritableError) as error:
            if self._held(list_id) is None:
                raise
            if not self.allow_stale:
                error.advise(
                    *error.hints,
                    Hint("go by the last good edition all the same: {}", "allow_stale", True),
                    Hint("or {}", "offline", True),
                )
                raise
            return error
        return None

    def _found(self, list_id: str, failure: SanctionsError | None) -> _Got:
        warned: list[SanctionsWarning] = []
        held = self._as_of(list_id, self.day) if self.day else self._held(list_id)
        self._check_lost(list_id, held, warned)
        self._check_clock(list_id, warned)
        if held is None:
            self._nothing_held(list_id, f" for {self.day}" if self.day else "")
        warned += self.desk.trust_warnings(held)
        if failure is not None:
            warned.append(
                StaleEditionWarning(
                    f"{held.label} ({age_of(held.day)}) is used: no newer edition could be had: "
                    f"{failure.what}"
                )
            )
        if self.offline and not self.day and self.max_age is not None:
            self._check_age(held, self.max_age, warned)
        if held.missing:
            warned.append(
                PartialEditionWarning(
                    f"{held.label}: no complete edition is held of that time; what the missing "
                    "files say is not stated"
                )
            )
        parsed = self.desk.parsed(held, keep_source=self.keep_source)
        return _Got(held=held, parsed=parsed, warnings=tuple(warned))

    def _check_lost(
        self, list_id: str, held: HeldEdition | None, warned: list[SanctionsWarning]
    ) -> None:
        """An older edition must not answer in silence for one that somebody removed."""
        archive, forms = self.desk.archive, self.desk.forms(list_id)
        gone = lost(archive, list_id, held, forms=forms, form=self.format, day=self.day)
        if gone is None:
            return
        error = lost_error(archive, list_id, gone)
        if held is None or not self.allow_stale:
            raise error
        warned.append(
            StaleEditionWarning(f"{held.label} ({age_of(held.day)}) is used: {error.what}")
        )

    def _check_clock(self, list_id: str, warned: list[SanctionsWarning]) -> None:
        """What came in under a wrong clock must neither answer for ever, nor never."""
        time = now()
        held = doubtful(self.desk.archive, list_id, time, form=self.format)
        if held is None:
            return
        error = doubtful_error(held, time)
        if not self.allow_stale:
            raise error
        warned.append(StaleEditionWarning(f"{error.what}; {error.hint}"))

    def _as_of(self, list_id: str, day: date) -> HeldEdition | None:
        archive = self.desk.archive
        return archive.as_of(list_id, day, forms=self.desk.forms(list_id), form=self.format)

    def _held(self, list_id: str) -> HeldEdition | None:
        """The newest edition that can answer, whatever its age."""
        archive, forms = self.desk.archive, self.desk.forms(list_id)
        current = archive.current(list_id, forms=forms, form=self.format)
        if current is not None:
            return current
        # Nothing whole is held: what people added in part is better than nothing, and is told.
        return archive.as_of(list_id, date.max, forms=forms, form=self.format)

    def _nothing_held(self, list_id: str, what: str = "") -> NoReturn:
        if self.format is not None:
            format_of(self.desk.info(list_id), self.format)  # raises where there is no such format
        in_format = "" if self.format is None else f" in the format {self.format!r}"
        self.desk.nothing_held(list_id, in_format + what)

    def _form(self, info: ListInfo) -> FormatInfo | None:
        """The format to ask for; None where no server has it, and people added what is held."""
        if self.format is None:
            return info.preferred
        try:
            return format_of(info, self.format)
        except InvalidInputError:
            if self._held(info.list_id) is None:
                raise
            return None

    def _refresh(self, list_id: str, form: FormatInfo) -> None:
        max_age = MAX_AGE if self.max_age is None else self.max_age
        if is_fresh(self.desk, list_id, form.name, max_age) is not None:
            return
        progress = self.together.of_one()
        asking = Asking(form=form, max_age=max_age, session=self.session, progress=progress)
        refresh(self.desk, list_id, asking)

    def _check_age(
        self, held: HeldEdition, max_age: timedelta, warned: list[SanctionsWarning]
    ) -> None:
        """Offline: the server must have been asked within `max_age`."""
        at = held.checked_at
        if at is not None and timedelta(0) <= now() - at <= max_age:
            return
        said = f"last asked at {at:%Y-%m-%d %H:%M} UTC" if at else "never asked about it"
        hours = max_age / timedelta(hours=1)
        ago = f"more than {hours:,g} h ago"
        if at and at > now():
            ago = "still to come by the clock of this machine"
        what = f"{held.label}: its server was {said}, which is {ago}"
        if self.allow_stale:
            warned.append(StaleEditionWarning(f"{what}; it is used all the same"))
            return
        raise StaleError(
            what,
            where=Where(list_id=held.list_id, edition=held.name),
            hints=(
                Hint("load it online"),
                Hint("allow a longer {}", "max_age"),
                Hint("take it all the same: {}", "allow_stale", True),
            ),
        )


def fetch(
    list_id: str,
    *,
    format: str | None = None,
    force: bool = False,
    session: requests.Session | None = None,
    progress: Progress | None = None,
    home: Path | str | None = None,
) -> Fetched:
    """Ask a list's publisher for its newest edition, check it, and keep it.

    Args:
        list_id: The list.
        format: A format name; without it the list's preferred one.
        force: Ask for all of it, also where the server would say that nothing changed; files of
            the archive that are damaged are replaced by it.
        session: Yours, for proxies or certificates.
        progress: Called with the bytes received and the bytes in all (0 where unknown).
        home: The archive's folder, as for `load`.

    Returns:
        The edition that the server has, and whether it was new.

    Raises:
        FetchError: The server could not be reached, or did not give the whole file; BlockedError:
            it gave something else. The hint says how old the last good edition is.
        ParseError: What it gave is not built as its format is, or is incomplete.
        ImplausibleEditionError: It is too unlike the last good edition, which stays the current
            one; see `accept`.
        NotFoundError: No such list is known.
        InvalidInputError: It does not come in this format, or has no address.
        UnwritableError: The archive's folder may not be written, or the disk is full.

    Example:
        >>> import sanctionslib as sl
        >>> sl.fetch("us_ofac_cons")  # doctest: +SKIP
        <Fetched us_ofac_cons · 2025-06-30 · ofac-enhanced-xml: new, 612,044 bytes received>
    """
    desk = Desk.at(home)
    desk.warn_of_others()
    form = format_of(desk.info(list_id), format)
    asking = Asking(form=form, force=force, session=session, progress=progress)
    return refresh(desk, list_id, asking)


def add_edition(
    source: Given | Sequence[Given],
    *,
    list_id: str,
    published: date | str | None = None,
    partial: bool = False,
    progress: Progress | None = None,
    home: Path | str | None = None,
) -> HeldEdition:
    r"""Keep an edition that you have as files in the archive: an old download, a colleague's copy.

    It is held against the last good edition of before its day, as a download is.

    Args:
        source: A path, bytes, a folder, a zip, or the files of one edition as a list; as `read`.
        list_id: The list that it is of. Of a list of your own (CSV) any name that can be that of a
            folder.
        published: Its date, where the files state none. Official files without any are not taken, also
            not as partial ones: an old one would stand for the newest. A list of your own is then of the day of arrival.
        partial: Also where files of it are missing; such an edition never becomes the current one.
        progress: Called with the bytes done and the bytes in all, while reading.
        home: The archive's folder, as for `load`.

    Returns:
        The edition as it is held; where it was held already, as it was.

    Raises:
        ImplausibleEditionError: It is too unlike the last good edition of before its day, or its
            day is still to come. It is kept, and answers for nothing until you `accept` it.
        InvalidInputError: It is of another list, has no date, or is a file that this library wrote;
            or a list of your own has no date, and the clock of this machine is doubtful.
        SanctionsError: As `read` raises.
        UnwritableError: The archive's folder may not be written, or the disk is full.

    >>> import tempfile
    >>> import sanctionslib as sl
    >>> home = tempfile.mkdtemp()
    >>> watch = b"id,name\n1,EXAMPLE TRADING LLC\n"
    >>> sl.add_edition(watch, list_id="my_watch", published="2021-12-10", home=home)
    <HeldEdition my_watch · 2021-12-10 · sanctionslib-csv · 1 entries · 7eafe4d4>
    """
    desk = Desk.at(home)
    desk.warn_of_others()
    if not isinstance(list_id, str):
        raise InvalidInputError(f"list_id={list_id!r} is no text", hint="write it in quotes")
    sources = sources_of(source)
    for one in sources:
        if recognise(one).name == _OWN_JSON:
            raise InvalidInputError(
                "this file was written by this library: the archive keeps what was published",
                where=Where(source=one.name, list_id=list_id),
                hint="add the official files that it was made from; a list of your own as CSV",
            )
    parsed = parse(
        sources,
        Options(
            list_id=list_id,
            published=as_day(published, "published"),
            partial=partial,
            progress=progress,
            doubts_list=True,
        ),
    )
    form = parsed.editions[0].format
    if parsed.editions[0].published is None and form != _OWN_CSV:
        raise InvalidInputError(
            "these files state no date, and none was given: the day on which they are added would "
            "stand for it, and an old download for the newest edition",
            where=Where(source=", ".join(one.name for one in sources), list_id=list_id),
            hints=(
                Hint(
                    "say {}, the day on which they were published or downloaded",
                    "published",
                    "2021-12-10",
                ),
            ),
        )
    archive = desk.archive
    with archive.lock(list_id), archive.temporary_folder(list_id, form) as folder:
        received: list[Received] = []
        for one in sources:
            with one.open() as stream:
                received.append(pack(stream, folder, one.name))
        held, _ = desk.keep(received, parsed, list_id=list_id)
    desk.refuse(held)
    return held


_OWN_JSON = "sanctionslib-json"
_OWN_CSV = "sanctionslib-csv"


def accept(
    list_id: str, sha256: str, *, reason: str, home: Path | str | None = None
) -> HeldEdition:
    """Let an edition that was refused answer for its list, and keep why.

    Args:
        list_id: The list.
        sha256: Its hash, or the first eight or more characters of it; the error has it.
        reason: Why, in words; kept with the time in `edition.json`.
        home: The archive's folder, as for `load`.

    Returns:
        The edition, from now on `EditionStatus.OVERRIDDEN`. Later editions are held against it.

    Raises:
        NotFoundError: No edition of the list with this hash is held.
        AmbiguousIdError: Several have a hash that begins so.
        InvalidInputError: It was not refused, or no reason is given.
        UnwritableError: The archive's folder may not be written.
    """
    desk = Desk.at(home)
    if not isinstance(sha256, str):
        raise InvalidInputError(f"sha256={sha256!r} is no text", hint="write it in quotes")
    if not isinstance(reason, str):
        raise InvalidInputError(f"reason={reason!r} is no text", hint="say why, in words")
    return desk.accept(desk.info(list_id).list_id, sha256, reason=reason)


def lists(*, home: Path | str | None = None) -> Catalog:
    """The official lists that are known, and those of your own catalog in the archive's folder.

    Those whose parser does not exist yet say so: `ListInfo.is_readable`. It is shown as a table; by
    its id, `lists()["us_ofac_sdn"]`, or its place you get all that is known of one.

    Args:
        home: The archive's folder, as for `load`; its `lists.toml` adds mirrors and lists of yours.

    Raises:
        InvalidInputError: Your catalog is at fault; the message says where.

    >>> import sanctionslib as sl
    >>> sl.lists()["us_ofac_sdn"].rhythm
    'irregular, two or three times a week, without notice'
    """
    return all_lists(Desk.at(home).archive.home / OWN_CATALOG)
