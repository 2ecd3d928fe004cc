"""Archive: the folder of editions. Storing, finding, accepting, verifying, pruning; no network.

Reading needs no lock: what has a name is whole. Writing takes the lock of the list (`lock`), so
that several processes do not fetch the same edition at once; nothing breaks where they do.

An edition whose `edition.json` is damaged raises where it would have answered: an older one in its
place would be a silent answer for another day.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import attrs

from sanctionslib.answers import Check, EditionStatus, HeldEdition, Verification
from sanctionslib.archive._accept import hash_of, refused
from sanctionslib.archive._checked import Checked
from sanctionslib.archive._evidence import latest
from sanctionslib.archive._files import make_folder, put_bytes, temporary_folder, unwritable
from sanctionslib.archive._finding import all_editions, best, newest, shelves, undated, with_hash
from sanctionslib.archive._folders import default_cache, default_home
from sanctionslib.archive._keep import damaged_files, held_files, keep
from sanctionslib.archive._kept import Kept, arrivals, gone, remember
from sanctionslib.archive._locking import locked
from sanctionslib.archive._manifest import Manifest, MisfitError, edition_hash, utc
from sanctionslib.archive._prune import Pruned, check_removable, chosen, freed_by, remove
from sanctionslib.archive._received import Received
from sanctionslib.archive._shelf import MANIFEST, GoneError, Shelf, folders_in, is_edition
from sanctionslib.archive._trust import others_can_write
from sanctionslib.archive._verify import verify
from sanctionslib.archive.cache import Cache
from sanctionslib.errors import (
    ArchiveError,
    Hint,
    InvalidInputError,
    NotFoundError,
    Where,
)
from sanctionslib.model import Edition

__all__ = ["Archive", "Checked", "Kept", "Pruned"]


class Archive:
    """The editions in one folder, of all lists.

    Args:
        home: The folder; it is made when something is stored.

    Raises:
        InvalidInputError: It is no path.
    """

    home: Path

    def __init__(self, home: Path | None = None) -> None:
        wanted = home if home is not None else default_home()
        if "\0" in str(wanted):
            raise InvalidInputError("a path cannot hold a NUL character")
        # In full, so that it stays the same folder when the process goes to another one.
        self.home = wanted.absolute()
        self._cache = Cache(default_cache())

    # ── finding ───────────────────────────────────────────────────────────────────────────────

    def list_ids(self) -> tuple[str, ...]:
        """The lists of which something is held.

        Raises:
            ArchiveError: The folder cannot be read.
        """
        names = [each.name for each in folders_in(self.home)]
        return tuple(one for one in names if any(shelf.names for shelf in shelves(self.home, one)))

    def editions(
        self, list_id: str, *, forms: Sequence[str] = (), form: str | None = None
    ) -> tuple[HeldEdition, ...]:
        """All editions of a list, by day, then by the order of `forms`; refused ones included.

        Args:
            list_id: The list.
            forms: Names of the formats, the preferred one first.
            form: Only editions of this format.

        Raises:
            ArchiveError: The folder or an `edition.json` cannot be read.
        """
        return self._told(all_editions(shelves(self.home, list_id, form), forms))

    def named(self, list_id: str, form: str, name: str) -> HeldEdition | None:
        """The edition of a name, see `HeldEdition.name`; None where none of this name is held.

        Raises:
            ArchiveError: Its `edition.json` cannot be read.
        """
        shelf = Shelf.of(self.home, list_id, form)
        if not is_edition(name):
            return None
        try:
            return self._told((shelf.read(name).held,))[0]
        except GoneError:
            return None

    def same(self, list_id: str, form: str, sha256: str) -> tuple[HeldEdition, ...]:
        """The editions of a format with these bytes, by day; refused ones included.

        Raises:
            ArchiveError: The folder or an `edition.json` of theirs cannot be read.
        """
        found = with_hash(shelves(self.home, list_id, form), sha256)
        return self._told([manifest.held for _, manifest in found])

    def current(
        self, list_id: str, *, forms: Sequence[str] = (), form: str | None = None
    ) -> HeldEdition | None:
        """The newest edition that is whole and not refused; of one day, the first of `forms`.

        Args:
            list_id: The list.
            forms: Names of the formats, the preferred one first.
            form: Only editions of this format.

        Raises:
            ArchiveError: The folder cannot be read, or the `edition.json` of that edition or of a
                newer one.
        """
        return self._newest(
            shelves(self.home, list_id, form), lambda one: one.is_whole and one.is_usable, forms
        )

    def as_of(
        self, list_id: str, day: date, *, forms: Sequence[str] = (), form: str | None = None
    ) -> HeldEdition | None:
        """The edition that answers for a day, of those that `is_usable`.

        It is of the latest day held that is not after it; of that day a complete edition comes
        before a partial one, then the first of `forms`, then the one that was added last.

        Raises:
            ArchiveError: The folder cannot be read, or the `edition.json` of that edition or of one
                between it and the day.
        """
        return self._newest(
            shelves(self.home, list_id, form), lambda one: one.is_usable, forms, until=day
        )

    def before(
        self, list_id: str, form: str, *, day: date, missing: Sequence[str] = (), sha256: str = ""
    ) -> HeldEdition | None:
        """What a new edition is held against: the last good one of the same format.

        It lacks the same files, and is of no later day.

        Args:
            list_id: The list.
            form: The format.
            day: The day of the new edition, see `HeldEdition.day`.
            missing: What the new edition lacks.
            sha256: The hash of the new edition, which is not held against itself.

        Raises:
            ArchiveError: The folder cannot be read, or the `edition.json` of that edition or of one
                between it and the day.
        """
        return self._newest(
            shelves(self.home, list_id, form),
            lambda one: (
                one.is_usable
                and set(one.missing) == set(missing)
                and (one.day, one.sha256) != (day, sha256)
            ),
            until=day,
        )

    def files(self, edition: HeldEdition) -> tuple[Path, ...]:
        """The paths of the files of an edition, gzip, in the order of `HeldEdition.files`.

        Raises:
            CorruptEditionError: One is not there.
            ArchiveError: The folder may not be entered.
        """
        shelf = self._shelf(edition)
        return tuple(shelf.file(edition, each) for each in edition.files)

    def gone(self, list_id: str, *, form: str | None = None) -> tuple[Kept, ...]:
        """The editions that came in, could answer, were not pruned, and are no longer there.

        Raises:
            ArchiveError: It cannot be read which editions came in.
        """
        return tuple(one for shelf in shelves(self.home, list_id, form) for one in gone(shelf))

    def undated(self, list_id: str, *, form: str | None = None) -> tuple[HeldEdition, ...]:
        """The editions of a list that have no date.

        Raises:
            ArchiveError: One cannot be read.
        """
        return self._told(undated(shelves(self.home, list_id, form)))

    def arrivals(self, list_id: str, form: str) -> Mapping[str, int]:
        """The places of the editions in the order in which they came in, by name.

        Raises:
            ArchiveError: It cannot be read in which order they came in.
        """
        return arrivals(Shelf.of(self.home, list_id, form))

    def latest(self) -> tuple[datetime, str] | None:
        """The latest time that the archive knows of, and what is of it, in words.

        Raises:
            ArchiveError: The folder cannot be read.
        """
        return latest(self.home, self.list_ids())

    def remove(self, edition: HeldEdition) -> None:
        """Remove an edition for which another one was kept. To be called with the lock of the list.

        Raises:
            ArchiveError: Something that is none of the archive's lies in it.
            UnwritableError: It cannot be removed.
        """
        self._remove(self._shelf(edition), (edition,), {edition.name})

    def is_damaged(self, edition: HeldEdition) -> bool:
        """Whether a file of an edition is not as it was stored: all are read.

        Raises:
            ArchiveError: They may not be read.
        """
        return bool(damaged_files(self._shelf(edition), edition))

    def checked(self, list_id: str, form: str) -> Checked | None:
        """What the server said last; None where it was never asked, or what it said is unreadable.

        None too where the edition that it was about is no longer there: the server would say that
        nothing changed since.
        """
        shelf = Shelf.of(self.home, list_id, form)
        try:
            checked = Checked.read(shelf.path / "checked.json")
        except (OSError, MisfitError):
            return None
        is_held = is_edition(checked.edition) and shelf.folder(checked.edition).is_dir()
        return checked if is_held else None

    # ── keeping ───────────────────────────────────────────────────────────────────────────────

    @contextmanager
    def lock(self, list_id: str, *, timeout: float = 3600) -> Generator[None]:
        """Hold the lock of a list; it is let go when the process ends, however it ends.

        Whoever holds it may take it again.

        Raises:
            ArchiveError: Another process holds it for longer than `timeout` seconds, or something
                else lies in its place.
            UnwritableError: The folder may not be written.
        """
        path = Shelf.of(self.home, list_id, "any").home / ".locks" / f"{list_id}.lock"
        with locked(path, home=self.home, list_id=list_id, timeout=timeout):
            yield

    @contextmanager
    def workplace(self, list_id: str, form: str) -> Generator[Path]:
        """A temporary folder on the same file system, for `Received` files; removed at the end.

        Those that killed processes left behind are removed after a day.

        Raises:
            UnwritableError: It cannot be made.
        """
        with temporary_folder(Shelf.of(self.home, list_id, form).path) as folder:
            yield folder

    def store(
        self,
        received: Sequence[Received],
        edition: Edition,
        *,
        entries: int,
        lacks_entries: bool,
        figures: Mapping[str, int],
        checks: Sequence[Check],
        now: datetime,
    ) -> tuple[HeldEdition, bool]:
        """Keep an edition: move its files in, write `edition.json`, give it its name.

        Refused where a check failed. The same bytes of the same day are one edition: then what is
        held stays as it is, and False is given. An edition held whose files are damaged gets the
        new ones, and True is given; what is known of it, also that a person accepted it, stays.
        A file with the bytes of one in another edition of the format is stored once (a hard link,
        where the file system has them).

        Raises:
            InvalidInputError: The hash of the edition is not that of the files.
            ArchiveError: An edition of this name is held that is another one, was kept by a later
                version, or cannot be read.
            UnwritableError: The disk is full, or the folder may not be written; nothing is changed.
        """
        shelf = Shelf.of(self.home, edition.list_id, edition.format)
        sha256 = edition_hash(one.sha256 for one in received)
        if edition.sha256 != sha256:
            raise InvalidInputError(
                "the hash of the edition is not that of its files",
                where=Where(list_id=edition.list_id, edition=str(edition.published or "")),
                hint="the files were changed while they were read: begin again",
            )
        is_refused = not all(one.passed for one in checks)
        held = HeldEdition(
            list_id=edition.list_id,
            format=edition.format,
            sha256=sha256,
            folder="",
            publisher=edition.publisher,
            title=edition.title,
            published=edition.published,
            dated_by=edition.dated_by,
            retrieved_at=edition.retrieved_at,
            added_at=utc(now),
            scope=edition.scope,
            filter=edition.filter,
            missing=edition.missing,
            lacks_entries=lacks_entries,
            entries=entries,
            files=held_files(received),
            status=EditionStatus.QUARANTINED if is_refused else EditionStatus.VALID,
            checks=tuple(checks),
        )
        is_new = keep(shelf, received, Manifest(held=held, figures=figures))
        self._remember(shelf)
        return self._again(held), is_new

    def figures(self, edition: HeldEdition) -> Mapping[str, int]:
        """The figures that were counted when it was stored.

        Raises:
            ArchiveError: The edition is no longer there, or its `edition.json` cannot be read.
        """
        return self._read(edition).figures

    def put_checked(self, list_id: str, form: str, checked: Checked) -> None:
        """Remember what the server said.

        Raises:
            UnwritableError: It cannot be written.
        """
        shelf = Shelf.of(self.home, list_id, form)
        path = shelf.path / "checked.json"
        try:
            make_folder(shelf.path)
            put_bytes(path, checked.to_bytes(), beside=shelf.path)
        except OSError as error:
            raise unwritable(error, path, "what the server said cannot be kept") from error

    def accept(self, list_id: str, sha256: str, *, reason: str, now: datetime) -> HeldEdition:
        """Let a refused edition answer for its list from now on, and keep who said so and why.

        Where the same bytes are held of several days, all of them; the newest is given.

        Args:
            list_id: The list.
            sha256: Its hash, or the first eight or more characters of it.
            reason: Why, in words; kept.
            now: The time.

        Raises:
            NotFoundError: No edition of the list has this hash.
            AmbiguousIdError: Several have.
            InvalidInputError: It is not refused, the hash is too short, or no reason is given.
            UnwritableError: It cannot be written.
        """
        wanted = hash_of(sha256)
        if not reason.strip():
            raise InvalidInputError(
                "an edition is accepted for a reason",
                hint="say why, in words that others will read",
            )
        # Asked without the lock first: what is not there needs no folder that can be written.
        refused(self.home, list_id, wanted)
        with self.lock(list_id):
            found = refused(self.home, list_id, wanted)
            for shelf, manifest in found:
                held = attrs.evolve(
                    manifest.held,
                    status=EditionStatus.OVERRIDDEN,
                    reason=reason.strip(),
                    overridden_at=utc(now),
                )
                path = shelf.folder(held.name) / MANIFEST
                try:
                    put_bytes(path, attrs.evolve(manifest, held=held).to_bytes(), beside=shelf.path)
                except OSError as error:
                    raise unwritable(error, path, "the edition cannot be accepted") from error
                self._remember(shelf)
        return self._again(found[-1][1].held)

    # ── looking after ─────────────────────────────────────────────────────────────────────────

    def verify(
        self,
        list_ids: Iterable[str] = (),
        *,
        progress: Callable[[int, int], None] | None = None,
    ) -> Verification:
        """Read and hash every file again; say what is not as it was stored. Changes nothing.

        Args:
            list_ids: The lists; all where none is named.
            progress: Called with the bytes on disk that were read, and those that are to be read.

        Raises:
            NotFoundError: Nothing is held of a list.
            ArchiveError: The folder cannot be read.
        """
        wanted = tuple(list_ids)
        there = {each.name for each in folders_in(self.home)} if wanted else set[str]()
        for one in wanted:
            if one not in there:
                raise self._not_held(one)
        return verify(self.home, wanted, progress)

    def prune(
        self,
        list_id: str,
        *,
        before: date | None = None,
        keep: int | None = None,
        refused: bool = False,
        gone: bool = False,
        dry_run: bool = False,
    ) -> Pruned:
        """Remove editions: those of days before `before`, all but the newest `keep`, refused ones.

        The current edition of each format always stays.

        Args:
            list_id: The list.
            before: Remove the editions of earlier days.
            keep: Remove all but so many of each format; refused ones are not counted, and not
                removed for it.
            refused: Remove those that are refused.
            gone: Forget those whose folder is no longer there, see `Archive.gone`; also those of
                earlier days than `before` are forgotten.
            dry_run: Remove nothing, and say what would be removed.

        Raises:
            InvalidInputError: It is not said which, or `keep` is below 1.
            ArchiveError: Something that is none of the archive's lies in one of them; or one cannot
                be read, or another process holds the lock of the list.
            UnwritableError: They cannot be removed.
        """
        if before is None and keep is None and not (refused or gone):
            raise InvalidInputError(
                "it is not said which editions are no longer needed",
                hints=(
                    Hint("say at least one of {}", "before"),
                    Hint("{}", "keep"),
                    Hint("{}", "refused", True),
                    Hint("{}", "gone", True),
                ),
            )
        if keep is not None and not (isinstance(keep, int) and keep >= 1):
            raise InvalidInputError(f"keep is {keep!r}", hint="keep at least 1 edition")
        if dry_run or not (self.editions(list_id) or self.gone(list_id)):
            return self._prune(list_id, before, keep, refused, gone, dry_run=True)
        with self.lock(list_id):
            return self._prune(list_id, before, keep, refused, gone, dry_run=False)

    def exposed(self, edition: HeldEdition | None = None) -> Path | None:
        """What others can write: the archive's folder, or a folder or file of an edition.

        Whoever can, can change what a list says. None where nobody else can.
        """
        found = [self.home]
        if edition is not None:
            shelf = self._shelf(edition)
            folder = shelf.folder(edition.name)
            files = [folder / name for name in (MANIFEST, *(one.stored for one in edition.files))]
            found += [shelf.path.parent, shelf.path, folder, *files]
        return next((each for each in found if others_can_write(each)), None)

    def cache(self, *editions: HeldEdition) -> Cache | None:
        """The cache for what is made from editions; None where it must not be used.

        That is where others can write in it, or in one of the editions: then what they say is read
        from their files each time.
        """
        if self._cache.problem or any(self.exposed(one) for one in editions):
            return None
        return self._cache

    @property
    def cache_problem(self) -> str:
        """Why the cache is not used, in words; "" where it is."""
        problem = self._cache.problem
        return problem and f"the cache {self._cache.folder} is not used: {problem}"

    def clear_cache(self, list_ids: Iterable[str] = ()) -> None:
        """Drop what was made from editions of these lists, or of all: it is made again when needed."""
        if not self._cache.problem:
            self._cache.clear(tuple(list_ids))

    # ── within ────────────────────────────────────────────────────────────────────────────────

    def _shelf(self, edition: HeldEdition) -> Shelf:
        return Shelf.of(self.home, edition.list_id, edition.format)

    def _read(self, edition: HeldEdition) -> Manifest:
        try:
            return self._shelf(edition).read(edition.name)
        except GoneError:
            raise ArchiveError(
                "the edition is no longer in the archive",
                where=Where(
                    source=str(self._shelf(edition).folder(edition.name)),
                    list_id=edition.list_id,
                    edition=edition.name,
                ),
                hint="it was pruned in the meantime: ask for the edition again",
            ) from None

    def _again(self, edition: HeldEdition) -> HeldEdition:
        """The edition as it is on disk."""
        return self._told((self._read(edition).held,))[0]

    def _told(self, editions: Sequence[HeldEdition]) -> tuple[HeldEdition, ...]:
        """The editions, with when the server last said that they are its own."""
        known = {(one.list_id, one.format) for one in editions}
        checks = {each: self.checked(*each) for each in known}
        told: list[HeldEdition] = []
        for one in editions:
            checked = checks[one.list_id, one.format]
            is_about = checked is not None and checked.edition == one.name
            # That it was downloaded is the least that is known.
            at = checked.at if checked is not None and is_about else one.retrieved_at
            told.append(attrs.evolve(one, checked_at=at))
        return tuple(told)

    def _newest(
        self,
        places: Sequence[Shelf],
        wanted: Callable[[HeldEdition], bool],
        forms: Sequence[str] = (),
        *,
        until: date | None = None,
    ) -> HeldEdition | None:
        """Of the editions that are wanted, the one that answers."""
        found = newest(places, wanted, until=until)
        return self._told((best(places, found, forms),))[0] if found else None

    def _not_held(self, list_id: str) -> NotFoundError:
        return NotFoundError(
            f"nothing is held of {list_id!r}",
            where=Where(source=str(self.home)),
            hint=f"held are: {', '.join(self.list_ids()) or 'no lists'}",
        )

    def _prune(
        self,
        list_id: str,
        before: date | None,
        keep: int | None,
        refused: bool,
        gone: bool,
        *,
        dry_run: bool,
    ) -> Pruned:
        removed: list[HeldEdition] = []
        freed = 0
        for shelf in shelves(self.home, list_id):
            current = self.current(list_id, form=shelf.form)
            editions = self._told(all_editions((shelf,), ()))
            found = chosen(editions, current, before=before, keep=keep, refused=refused)
            freed += freed_by(shelf.folder(one.name) for one in found)
            if not dry_run:
                lost = self.gone(list_id, form=shelf.form)
                forget = {one.name for one in lost if gone or (before and one.day < before)}
                forget |= {one.name for one in found}
                self._remove(shelf, found, forget)
            removed += found
        return Pruned(editions=tuple(removed), freed=freed)

    def _remove(
        self, shelf: Shelf, editions: Sequence[HeldEdition], forget: Collection[str]
    ) -> None:
        check_removable(shelf, editions)
        # First, so that no process that reads meanwhile takes them for lost; and once more where the
        # disk was full before.
        self._remember(shelf, forget)
        remove(shelf, editions)
        for one in () if self._cache.problem else editions:
            self._cache.forget(shelf.list_id, shelf.form, one.name)
        self._remember(shelf, forget)

    def _remember(self, shelf: Shelf, forget: Collection[str] = ()) -> None:
        # That it cannot be written down undoes nothing: the next edition that comes in does it.
        with contextlib.suppress(OSError, ArchiveError), self.lock(shelf.list_id):
            remember(shelf, forget)
