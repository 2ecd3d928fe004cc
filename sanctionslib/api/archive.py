"""Archive: the editions of lists that are kept in a folder, fetched, checked, and asked about the past."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from sanctionslib.answers import (
    ChangeLog,
    Fetched,
    HeldEdition,
    HeldEditions,
    Timeline,
    Verification,
)
from sanctionslib.api import _download, _history, _intake
from sanctionslib.api._load import Load, check_arguments
from sanctionslib.api._parallel import in_parallel
from sanctionslib.api._read import as_day
from sanctionslib.api._workspace import Workspace
from sanctionslib.catalog import Catalog, all_lists
from sanctionslib.errors import InvalidInputError, SanctionsError
from sanctionslib.model import Entity
from sanctionslib.parsers import Given, Progress
from sanctionslib.query import SanctionsList, combine

if TYPE_CHECKING:
    import requests

__all__ = ["Archive", "fetch", "lists", "load"]


def _in_full(home: Path | str | None) -> Path | str | None:
    """In full, so that it stays the same folder when the process goes to another one."""
    is_path = isinstance(home, (str, Path)) and home != "" and "\0" not in str(home)
    return Path(home).absolute() if is_path and home is not None else home


@attrs.frozen(repr=False)
class Archive:
    r"""A folder with editions of official lists: each as it was published, with every check.

    An archive is cheap to make, immutable, and may be used by several threads and processes at once.
    Nothing is read or made before a method is called; a wrong folder is an error then. `sl.load`,
    `sl.fetch` and `sl.lists` are the methods of `sl.Archive()`. Every method raises `ArchiveError`
    where the folder, or an edition that it needs, cannot be read, and those that write raise
    `UnwritableError` where it may not be written or the disk is full.

    What happens is logged below `logging.getLogger("sanctionslib")`, for jobs that nobody watches: as
    INFO what was fetched, unchanged, valid, parsed (cached where a copy is used) and indexed, with
    counts and seconds; as WARNING what is stale, quarantined or incomplete. Nothing of the records
    that are screened is logged, and nothing at all is printed unless your program sets logging up:
    `logging.basicConfig(level="INFO")`.

    Args:
        home: The folder; by default `SANCTIONSLIB_HOME`, else the platform's folder for user data.
            What is made from editions is cached elsewhere: in `SANCTIONSLIB_CACHE`, else in the
            platform's cache folder.
        session: Your own session, for proxies or certificates. It is used in your thread alone, so
            that several lists are asked for one after the other.

    >>> import sanctionslib as sl
    >>> archive = sl.Archive("example")
    >>> archive.add(b"id,name\n1,EXAMPLE\n", list_id="watch", published="2021-12-10")
    <HeldEdition watch · 2021-12-10 · sanctionslib-csv · 1 entry · 7769c88f>
    """

    home: Path | str | None = attrs.field(default=None, converter=_in_full)
    """The folder that was given; None for the default one."""
    session: requests.Session | None = None
    """The session that was given."""

    @property
    def folder(self) -> Path:
        """The folder in full; of the default archive, the one that the environment names now.

        Raises:
            InvalidInputError: `home`, or what the environment says, is no path.
        """
        return self._workspace.store.home

    def __repr__(self) -> str:
        try:
            return f"<Archive {self.folder}>"
        except SanctionsError:
            return f"<Archive {self.home!r}>"

    @property
    def _workspace(self) -> Workspace:
        # Made at each call: where the default archive is, the environment says then.
        return Workspace(self.home, self.session)

    def _opened(self) -> Workspace:
        """The same; the caller of a method is warned where others can write in it."""
        workspace = self._workspace
        for each in workspace.trust_warnings():
            warnings.warn(each, stacklevel=3)
        return workspace

    # ── lists ─────────────────────────────────────────────────────────────────────────────────

    def load(
        self,
        *list_ids: str,
        as_of: date | str | None = None,
        max_age: timedelta | None = None,
        offline: bool | None = False,
        allow_stale: bool | None = False,
        format: str | None = None,
        keep_source: bool | None = False,
        strict: bool | None = False,
        progress: Progress | None = None,
    ) -> SanctionsList[Entity]:
        r"""A list from the archive; its publisher is asked first where that was not done lately.

        Several lists are asked for at once, and are one collection of several editions. What you
        hold does not change: a later edition is another object, from another `load`.

        Args:
            list_ids: The lists; `lists()` shows which there are.
            as_of: The edition that was the newest on this day, of those held. Never the network.
            max_age: How long ago the server may have been asked; by default 6 hours.
            offline: Never the network. With `max_age`, the server must have been asked within it.
            allow_stale: Where no newer edition can be had, take the last good one, with a
                `StaleEditionWarning`.
            format: A format name; without it the list's preferred one is fetched, and the newest
                edition of any format answers.
            keep_source: Keep the source of each entity, as `read` does.
            strict: Raise at any fault of any entry, as `read` does.
            progress: Called with the bytes received and the bytes in all (0 where unknown).

        Returns:
            All entities of each edition, or an exception; `editions` says of which day each is.

        Raises:
            FetchError: The server could not be reached, or did not give the whole file;
                BlockedError: it gave something else. The hint says how old the last good edition is.
            ParseError: What it gave is not built as its format is, or is incomplete.
            ImplausibleEditionError: It is too unlike the last good edition, see `accept`.
            StaleError: `offline`, and the server was not asked within `max_age`.
            NotFoundError: No such list is known, or no edition is held that could answer.
            CorruptEditionError: A file of the edition is not as it was stored; or an edition that
                would have answered was removed, and not by `prune`.
            ArchiveError: An edition has no date, and came in under a clock that was or is wrong.
            InvalidInputError: An argument makes no sense, alone or beside another.

        >>> import sanctionslib as sl
        >>> archive = sl.Archive("example")
        >>> held = archive.add(b"id,name\n1,EXAMPLE\n", list_id="watch", published="2021-12-10")
        >>> archive.load("watch").editions[0].label
        'watch · 2021-12-10 · sanctionslib-csv'
        """
        workspace, day = self._workspace, as_day(as_of, "as_of")
        check_arguments(list_ids, day, max_age=max_age, allow_stale=bool(allow_stale))
        wanted = [
            Load(
                workspace=workspace,
                list_id=workspace.info(one).list_id,  # a wrong id raises before a server is asked
                day=day,
                max_age=max_age,
                offline=bool(offline),
                allow_stale=bool(allow_stale),
                format=format,
                keep_source=bool(keep_source),
                strict=bool(strict),
            )
            for one in list_ids
        ]
        # A session of requests is not made for several threads.
        found = in_parallel(
            {one.list_id: one.run for one in wanted}, progress, in_turn=self.session is not None
        )
        # What concerns the whole archive is said once.
        for warning in {str(each): each for _, warned in found for each in warned}.values():
            warnings.warn(warning, stacklevel=2)
        return found[0][0] if len(found) == 1 else combine(*(one for one, _ in found))

    def lists(self) -> Catalog:
        """The official lists that are known, and those of your own `lists.toml` in the folder.

        It is shown as a table; `lists()["us_ofac_sdn"]` has all that is known of one list.
        `ListInfo.is_readable` says for which of them there is a parser.

        Raises:
            InvalidInputError: Your catalog is at fault; the message says where.

        >>> import sanctionslib as sl
        >>> sl.Archive().lists()["us_ofac_sdn"].rhythm
        'irregular, two or three times a week, without notice'
        """
        return all_lists(self._workspace.catalog)

    # ── editions that come in ─────────────────────────────────────────────────────────────────

    def fetch(
        self,
        list_id: str,
        *,
        format: str | None = None,
        force: bool | None = False,
        progress: Progress | None = None,
    ) -> Fetched:
        """Ask a list's publisher for its newest edition, check it, and store it.

        Args:
            list_id: The list.
            format: A format name; without it the list's preferred one.
            force: Ask for all of it, also where the server would say that nothing changed; damaged
                files of the archive are replaced.
            progress: Called with the bytes received and the bytes in all (0 where unknown).

        Returns:
            The edition that the server has, and whether it was new.

        Raises:
            FetchError: The server could not be reached, or did not give the whole file;
                BlockedError: it gave something else. The hint says how old the last good edition is.
            ParseError: What it gave is not built as its format is, or is incomplete.
            ImplausibleEditionError: It is too unlike the last good edition, which stays the current
                one; see `accept`.
            NotFoundError: No such list is known.
            InvalidInputError: It does not come in this format, or has no address.

        >>> import sanctionslib as sl
        >>> sl.Archive().fetch("us_ofac_cons")  # doctest: +SKIP
        <Fetched us_ofac_cons · 2025-06-30 · ofac-enhanced-xml: new, 612,044 bytes received>
        """
        workspace = self._opened()
        form = _download.format_of(workspace, workspace.info(list_id), format)
        return _download.refresh(workspace, list_id, form, force=bool(force), progress=progress)

    def add(
        self,
        source: Given | Sequence[Given],
        *,
        list_id: str,
        published: date | str | None = None,
        partial: bool | None = False,
        progress: Progress | None = None,
    ) -> HeldEdition:
        r"""Store an edition that you have as files: an old download, a colleague's copy.

        It is checked against the last good edition of before its day, as a download is.

        Args:
            source: A path, bytes, a folder, a zip, or a list of the files of one edition; as `read`.
            list_id: The list that it is of. A list of your own (CSV) may have any name that a folder
                can have.
            published: Its date, where the files state none. Official files without any date are
                refused: an old one would pass for the newest. A list of your own is then of the day
                of arrival.
            partial: Also where files of it are missing; such an edition never becomes the current one.
            progress: Called with the bytes done and the bytes in all, while reading.

        Returns:
            The edition as it is held; where it was held already, as it was.

        Raises:
            ImplausibleEditionError: It is too unlike the last good edition of before its day, or its
                day is in the future. It is stored, and answers for nothing until you `accept` it.
            InvalidInputError: It is of another list, has no date, or is a file that this library
                wrote; or a list of your own has no date, and the clock of this machine is doubtful.
            SanctionsError: As `read` raises.

        >>> import sanctionslib as sl
        >>> watch = b"id,name\n1,EXAMPLE\n"
        >>> sl.Archive("example").add(watch, list_id="watch", published="2021-12-10").entries
        1
        """
        return _intake.add_files(
            self._opened(),
            source,
            list_id=list_id,
            published=as_day(published, "published"),
            partial=bool(partial),
            progress=progress,
        )

    def accept(self, list_id: str, sha256: str, *, reason: str) -> HeldEdition:
        r"""Let a quarantined edition answer for its list, and store why.

        Args:
            list_id: The list.
            sha256: Its hash, or the first eight or more characters of it; the error has it.
            reason: Why, in words; stored with the time in `edition.json`.

        Returns:
            The edition, from now on `EditionStatus.OVERRIDDEN`. Later editions are checked against it.

        Raises:
            NotFoundError: No edition of the list with this hash is held.
            AmbiguousIdError: Several have a hash that begins so.
            InvalidInputError: It is not quarantined, or no reason is given.

        >>> import sanctionslib as sl
        >>> archive = sl.Archive("example")
        >>> try:
        ...     held = archive.add(b"id,name\n1,A\n", list_id="early", published="2062-12-10")
        ... except sl.ImplausibleEditionError as error:
        ...     held = archive.accept("early", error.sha256, reason="its publisher is early")
        >>> held.status
        <EditionStatus.OVERRIDDEN: 'overridden'>
        """
        workspace = self._workspace
        if not isinstance(sha256, str):
            raise InvalidInputError(f"sha256={sha256!r} is no text", hint="write it in quotes")
        if not isinstance(reason, str):
            raise InvalidInputError(f"reason={reason!r} is no text", hint="say why, in words")
        return _intake.accept(workspace, workspace.info(list_id).list_id, sha256, reason=reason)

    # ── what is held ──────────────────────────────────────────────────────────────────────────

    def held_lists(self) -> tuple[str, ...]:
        r"""The ids of the lists of which editions are held.

        >>> import sanctionslib as sl
        >>> archive = sl.Archive("other")
        >>> held = archive.add(b"id,name\n1,EXAMPLE\n", list_id="watch", published="2021-12-10")
        >>> archive.held_lists()
        ('watch',)
        """
        return self._workspace.store.list_ids()

    def editions(self, list_id: str) -> HeldEditions:
        r"""The editions of a list that are held, oldest first, quarantined ones included.

        There are none where none was fetched or added yet.

        Raises:
            NotFoundError: No such list is known, and nothing is held of it.

        >>> import sanctionslib as sl
        >>> archive = sl.Archive("example")
        >>> held = archive.add(b"id,name\n1,EXAMPLE\n", list_id="watch", published="2021-12-10")
        >>> [str(one.day) for one in archive.editions("watch")]
        ['2021-12-10']
        """
        workspace = self._workspace
        forms, store = workspace.forms(list_id), workspace.store
        return HeldEditions(
            list_id=list_id,
            editions=store.editions(list_id, forms=forms),
            current=store.current(list_id, forms=forms),
            gone=tuple(one.name for one in store.gone(list_id)),
        )

    def timeline(
        self, who: str | Entity, *, format: str | None = None, progress: Progress | None = None
    ) -> Timeline:
        r"""What the held editions say of one entity over time: added, amended, removed.

        Editions of one format are followed as long as there are any, complete ones first and then
        those of the preferred format; where another takes over, an event says so. Exports of a part
        of a list, samples and quarantined editions are skipped. Where the keys of a list do not last,
        an entity is followed as `diff` pairs it, and the event says under which id it continues.

        Args:
            who: Its full id, `us_ofac_sdn:33951`, or an entity; where keys do not last, as of the
                newest edition that has it. An exact name or alias may stand in place of the key,
                as of the newest edition: `us_ofac_sdn:rapid action battalion`.
            format: Follow only editions of this format.
            progress: Called with the editions done and the editions in all.

        Returns:
            The events, each with the first edition in which it is so and the one that was held
            before. That an entity was listed or delisted is said only by the source, in
            `Entity.listed_since`.

        Raises:
            NotFoundError: No edition that was looked at has the entity; or no edition is held that
                could answer, or no such list is known.
            AmbiguousIdError: Several entities have the name.
            InvalidInputError: The id does not say of which list it is.
            CorruptEditionError: An edition that would be followed was removed, and not by `prune`.

        >>> import sanctionslib as sl
        >>> archive = sl.Archive("example")
        >>> for day, names in (("2021-12-09", "1,FIRST\n"), ("2021-12-10", "1,FIRST\n2,SECOND\n")):
        ...     held = archive.add(f"id,name\n{names}".encode(), list_id="growing", published=day)
        >>> archive.timeline("growing:2")
        <Timeline of growing:2 'SECOND': added 2021-12-10; 2 editions looked at>
        """
        return _history.timeline_of(self._opened(), who, format, progress)

    def changes(
        self,
        list_id: str,
        start: date | str,
        end: date | str | None = None,
        *,
        format: str | None = None,
        progress: Progress | None = None,
    ) -> ChangeLog:
        r"""What changed from each held edition of a list to the next, from a day on.

        It begins from the edition that `load(as_of=start)` gives; where none is held, from the
        oldest, so that `editions[0].day` is later than `start`. Editions are followed as by
        `timeline`; where another format takes over, `format_changes` says so.

        Args:
            list_id: The list.
            start: The day from which on changes are asked for.
            end: The last day; without it the newest edition held.
            format: Follow only editions of this format.
            progress: Called with the editions done and the editions in all.

        Returns:
            The changes from each edition to the next, where there are any.

        Raises:
            NotFoundError: No edition is held that could answer, or no such list is known.
            InvalidInputError: `start` is after `end`, or in the future.
            CorruptEditionError: An edition that would be followed was removed, and not by `prune`.

        >>> import sanctionslib as sl
        >>> archive = sl.Archive("example")
        >>> for day, names in (("2021-12-09", "1,FIRST\n"), ("2021-12-10", "1,FIRST\n2,SECOND\n")):
        ...     held = archive.add(f"id,name\n{names}".encode(), list_id="growing", published=day)
        >>> [one.name for one in archive.changes("growing", "2021-12-09").added]
        ['SECOND']
        """
        return _history.change_log_of(self._opened(), list_id, start, end, format, progress)

    # ── upkeep ────────────────────────────────────────────────────────────────────────────────

    def verify(self, *list_ids: str, progress: Progress | None = None) -> Verification:
        r"""Read and hash every file again; say what is not as it was stored, and what to do about it.

        No edition is changed: what is damaged is replaced when the edition is fetched with `force`,
        or added again. What is cached of these lists is dropped, and made again when it is needed.

        Args:
            list_ids: The lists; all where none is named.
            progress: Called with the bytes on disk that were read, and those that are to be read.

        Raises:
            NotFoundError: Nothing is held of a list.

        >>> import sanctionslib as sl
        >>> archive = sl.Archive("verified")
        >>> held = archive.add(b"id,name\n1,EXAMPLE\n", list_id="watch", published="2021-12-10")
        >>> archive.verify()
        <Verification of 1 editions, 1 files: faults: 0>
        """
        store = self._opened().store
        found = store.verify(list_ids, progress=progress)
        store.clear_cache(list_ids)
        return found

    def prune(
        self,
        list_id: str,
        *,
        before: date | str | None = None,
        keep: int | None = None,
        quarantined: bool | None = False,
        gone: bool | None = False,
        dry_run: bool | None = False,
    ) -> tuple[HeldEdition, ...]:
        r"""Remove editions of a list that are no longer needed; what `load` takes always stays.

        What is removed is gone: who has to prove what was looked at keeps it.

        Args:
            list_id: The list.
            before: Remove the editions of earlier days.
            keep: Remove all but so many of each format; quarantined ones are not counted, and not
                removed for it.
            quarantined: Remove those that are quarantined.
            gone: Forget those whose folder somebody removed or renamed; until then what they would
                have answered raises.
            dry_run: Remove nothing, and say what would be removed.

        Returns:
            The editions that were removed.

        Raises:
            InvalidInputError: It is not said which, or `keep` is below 1.
            NotFoundError: No such list is known, and nothing is held of it.
            ArchiveError: Which editions are the oldest is not known: one has no date, and came in
                under a clock that was or is wrong.

        >>> import sanctionslib as sl
        >>> archive = sl.Archive("example")
        >>> for day in ("2021-12-09", "2021-12-10"):
        ...     held = archive.add(b"id,name\n1,EXAMPLE\n", list_id="pruned", published=day)
        >>> [str(one.day) for one in archive.prune("pruned", keep=1)]
        ['2021-12-09']
        """
        workspace = self._workspace
        workspace.info(list_id)
        day = as_day(before, "before")
        if before is not None or keep is not None:
            _history.check_dated(workspace, list_id)
        found = workspace.store.prune(
            list_id,
            before=day,
            keep=keep,
            quarantined=bool(quarantined),
            gone=bool(gone),
            dry_run=bool(dry_run),
        )
        return found.editions


_default = Archive()
load = _default.load
fetch = _default.fetch
lists = _default.lists
