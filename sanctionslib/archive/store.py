"""EditionStore: the editions on disk: stored, found, accepted, verified, pruned; no network.

Reading needs no lock: what has a name is whole. Writing takes the lock of the list (`lock`), so
that several processes do not fetch the same edition at once; nothing breaks where they do.

An edition whose `edition.json` is damaged raises where it would have answered: an older one in its
place would be a silent answer for another day.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import date, datetime
from pathlib import Path

import attrs

from sanctionslib.answers import Check, EditionStatus, HeldEdition, Verification
from sanctionslib.archive import _files, _storing, finding
from sanctionslib.archive._folders import default_cache, default_home, locked, others_can_write
from sanctionslib.archive._json_files import utc
from sanctionslib.archive._verify import Verifier
from sanctionslib.archive.cache import Cache
from sanctionslib.archive.format_folder import (
    MANIFEST,
    Arrival,
    Checked,
    FormatFolder,
    GoneError,
    folders_in,
    is_edition,
)
from sanctionslib.archive.packing import Received, edition_hash
from sanctionslib.errors import (
    AmbiguousIdError,
    ArchiveError,
    Call,
    Hint,
    InvalidInputError,
    NotFoundError,
    Where,
)
from sanctionslib.model import Edition

__all__ = ["EditionStore", "Pruned"]

_HEX = frozenset("0123456789abcdef")
_SHORTEST_HASH = 8
"""Characters of a hash that identify an edition: so many are in the name of its folder."""


@attrs.frozen(kw_only=True)
class Pruned:
    """What `prune` removed."""

    editions: tuple[HeldEdition, ...] = ()
    freed: int = 0
    """Bytes on disk."""


class EditionStore:
    """The editions in one folder, of all lists. The folder is made when something is stored.

    `form` is the name of a format, `forms` those of several, the preferred one first. What reads
    raises `ArchiveError` where a folder or an `edition.json` that it needs cannot be read; what
    writes raises `UnwritableError`, and then nothing is changed.
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
        """The lists of which something is held."""
        names = [each.name for each in folders_in(self.home)]
        return tuple(one for one in names if any(place.names for place in self._places(one)))

    def editions(
        self, list_id: str, *, forms: Sequence[str] = (), form: str | None = None
    ) -> tuple[HeldEdition, ...]:
        """All editions of a list, by day, then by the order of `forms`; quarantined ones included."""
        return finding.editions_in(self._places(list_id, form), forms=forms)

    def named(self, list_id: str, form: str, name: str) -> HeldEdition | None:
        """The edition of a name, see `HeldEdition.name`; None where none of this name is held."""
        place = FormatFolder.of(self.home, list_id, form)
        with suppress(GoneError):
            return place.read(name) if is_edition(name) else None
        return None

    def with_hash(
        self, list_id: str, sha256: str, *, form: str | None = None
    ) -> tuple[HeldEdition, ...]:
        """The editions whose hash begins so, by day; quarantined ones included."""
        found = finding.editions_in(
            self._places(list_id, form), lambda name: name.endswith(f"-{sha256[:_SHORTEST_HASH]}")
        )
        return tuple(one for one in found if one.sha256.startswith(sha256))

    def undated(self, list_id: str, *, form: str | None = None) -> tuple[HeldEdition, ...]:
        """The editions of a list that have no date."""
        places = self._places(list_id, form)
        return finding.editions_in(places, lambda name: name.startswith("undated-"))

    def current(
        self, list_id: str, *, forms: Sequence[str] = (), form: str | None = None
    ) -> HeldEdition | None:
        """The newest edition that is whole and usable; of one day, the first of `forms`."""
        places = self._places(list_id, form)
        return finding.newest(places, lambda one: one.is_whole and one.is_usable, forms)

    def as_of(
        self, list_id: str, day: date, *, forms: Sequence[str] = (), form: str | None = None
    ) -> HeldEdition | None:
        """The usable edition of the latest day that is not after `day`.

        Of that day a complete edition comes before a partial one, then the first of `forms`, then
        the one that came in last.
        """
        places = self._places(list_id, form)
        return finding.newest(places, lambda one: one.is_usable, forms, until=day)

    def latest(
        self, list_id: str, *, forms: Sequence[str] = (), form: str | None = None
    ) -> HeldEdition | None:
        """The edition that answers for today: the current one, else the newest usable one.

        Where no whole one is held, what people added in part is better than nothing.
        """
        found = self.current(list_id, forms=forms, form=form)
        return found or self.as_of(list_id, date.max, forms=forms, form=form)

    def before(
        self, list_id: str, form: str, *, day: date, missing: Sequence[str] = (), sha256: str = ""
    ) -> HeldEdition | None:
        """The last usable edition that a new one is compared with.

        It is of the same format, lacks the same files (`missing`), is of no later day than `day`,
        see `HeldEdition.day`, and is not the new edition itself (`sha256`).
        """

        def is_comparable(one: HeldEdition) -> bool:
            is_itself = (one.day, one.sha256) == (day, sha256)
            return one.is_usable and set(one.missing) == set(missing) and not is_itself

        return finding.newest(self._places(list_id, form), is_comparable, until=day)

    def files(self, edition: HeldEdition) -> tuple[Path, ...]:
        """The paths of the files of an edition, gzip, in the order of `HeldEdition.files`.

        Raises:
            CorruptEditionError: One is not there.
        """
        place = self._place(edition)
        return tuple(place.file(edition, each) for each in edition.files)

    def is_damaged(self, edition: HeldEdition) -> bool:
        """Whether a file of an edition is not as it was stored: all are read."""
        return bool(_storing.damaged_files(self._place(edition), edition))

    def gone(self, list_id: str, *, form: str | None = None) -> tuple[Arrival, ...]:
        """The editions that came in, were usable, were not pruned, and no longer exist."""
        return tuple(one for place in self._places(list_id, form) for one in place.gone())

    def arrivals(self, list_id: str, form: str) -> Mapping[str, int]:
        """The positions of the editions in the order in which they came in, by name."""
        return FormatFolder.of(self.home, list_id, form).arrivals()

    def latest_time(self) -> tuple[datetime, str] | None:
        """The latest time that the archive knows of, and of what it is, in words."""
        return finding.latest_time(self.home, self.list_ids())

    # ── the server ────────────────────────────────────────────────────────────────────────────

    def checked(self, list_id: str, form: str) -> Checked | None:
        """What the server said last; None where that is unknown or unreadable.

        None too where the edition that it was about is no longer there: the server would say that
        nothing changed since.
        """
        place = FormatFolder.of(self.home, list_id, form)
        checked = place.checked
        if checked is None or not is_edition(checked.edition):
            return None
        return checked if place.folder(checked.edition).is_dir() else None

    def put_checked(self, list_id: str, form: str, checked: Checked) -> None:
        """Remember what the server said."""
        FormatFolder.of(self.home, list_id, form).put_checked(checked)

    # ── storing ───────────────────────────────────────────────────────────────────────────────

    def lock(self, list_id: str, *, timeout: float = 3600) -> AbstractContextManager[None]:
        """Hold the lock of a list, see `locked`; whoever holds it may take it again."""
        place = FormatFolder.of(self.home, list_id, "any")
        return locked(place.home, list_id, timeout=timeout)

    def temporary_folder(self, list_id: str, form: str) -> AbstractContextManager[Path]:
        """A temporary folder on the same file system, for `Received` files; removed at the end."""
        return _files.temporary_folder(FormatFolder.of(self.home, list_id, form).path)

    def store(
        self,
        received: Sequence[Received],
        edition: Edition,
        *,
        entries: int,
        lacks_entries: bool,
        checks: Sequence[Check],
        now: datetime,
    ) -> tuple[HeldEdition, bool]:
        """Store an edition: move its files in, write `edition.json`, give it its name.

        It is quarantined where a check failed. The same bytes of the same day are one edition: then
        what is held stays as it is, and False is given. An edition held whose files are damaged gets
        the new ones, and True is given; what is known of it, also that a person accepted it, stays.
        A file with the bytes of one in another edition of the format is stored once (a hard link,
        where the file system has them).

        Raises:
            InvalidInputError: The hash of the edition is not that of the files.
            ArchiveError: An edition of this name is held that is another one, was stored by a later
                version, or cannot be read.
        """
        place = FormatFolder.of(self.home, edition.list_id, edition.format)
        sha256 = edition_hash(one.sha256 for one in received)
        if edition.sha256 != sha256:
            raise InvalidInputError(
                "the hash of the edition is not that of its files",
                where=Where(list_id=edition.list_id, edition=str(edition.published or "")),
                hint="the files were changed while they were read: begin again",
            )
        has_passed = all(one.passed for one in checks)
        held = HeldEdition(
            list_id=edition.list_id,
            format=edition.format,
            sha256=sha256,
            folder="",
            publisher=edition.publisher,
            title=edition.title,
            published=edition.published,
            dated_by=edition.dated_by,
            retrieved_at=edition.retrieved_at and utc(edition.retrieved_at),
            added_at=utc(now),
            scope=edition.scope,
            filter=edition.filter,
            missing=edition.missing,
            lacks_entries=lacks_entries,
            entries=entries,
            files=_storing.held_files(received),
            status=EditionStatus.VALID if has_passed else EditionStatus.QUARANTINED,
            checks=tuple(checks),
        )
        is_new = _storing.store(place, received, held)
        self._write_arrivals(place)
        return self._read(held), is_new

    def accept(self, list_id: str, sha256: str, *, reason: str, now: datetime) -> HeldEdition:
        """Override the quarantine of an edition: it is usable from now on; who did so says why.

        Where the same bytes are held of several days, all of them; the newest is given. `sha256`
        is the hash of the edition, or its first eight or more characters.

        Raises:
            NotFoundError: No edition of the list has this hash.
            AmbiguousIdError: Several have.
            InvalidInputError: It is not quarantined, the hash is too short, or no reason is given.
        """
        if not reason.strip():
            raise InvalidInputError(
                "an edition is accepted for a reason",
                hint="say why, in words that others will read",
            )
        # Asked without the lock first: what is not there needs no folder that can be written.
        found = self._quarantined(list_id, sha256)
        with self.lock(list_id):
            found = self._quarantined(list_id, sha256)
            for one in found:
                place = self._place(one)
                accepted = attrs.evolve(
                    one,
                    status=EditionStatus.OVERRIDDEN,
                    reason=reason.strip(),
                    overridden_at=utc(now),
                )
                with _files.writing(
                    place.folder(one.name) / MANIFEST, "the edition cannot be accepted"
                ):
                    _storing.put_manifest(place, accepted)
                self._write_arrivals(place)
        return self._read(found[-1])

    def _quarantined(self, list_id: str, sha256: str) -> list[HeldEdition]:
        """The quarantined editions of one hash, or of its first characters, the newest last."""
        wanted, where = sha256.strip().lower().removeprefix("sha256:"), Where(list_id=list_id)
        if len(wanted) < _SHORTEST_HASH or not _HEX.issuperset(wanted):
            raise InvalidInputError(
                f"{sha256!r} is no hash, and not the beginning of one",
                hints=(
                    Hint(f"give at least its first {_SHORTEST_HASH} characters"),
                    Hint("the error that quarantined the edition has it"),
                    Hint("{} shows it", call=Call("editions")),
                ),
            )
        found = self.with_hash(list_id, wanted)
        hashes = sorted({one.sha256 for one in found})
        if not hashes:
            raise NotFoundError(
                f"no edition of {list_id} that is held has the hash {wanted}",
                where=where,
                hints=(Hint("{} shows the hashes of all that are held", call=Call("editions")),),
            )
        if len(hashes) > 1:
            raise AmbiguousIdError(
                f"{len(hashes)} editions of {list_id} have a hash that begins with {wanted}",
                candidates=tuple(hashes),
                where=where,
                hint="give more of it",
            )
        chosen = [one for one in found if one.status is EditionStatus.QUARANTINED]
        if not chosen:
            raise InvalidInputError(
                f"the edition is not quarantined: it is {found[-1].status.value}",
                where=where._replace(edition=found[-1].name),
                hint="there is nothing to accept",
            )
        return chosen

    # ── verifying, pruning ────────────────────────────────────────────────────────────────────

    def verify(
        self,
        list_ids: Iterable[str] = (),
        *,
        progress: Callable[[int, int], None] | None = None,
    ) -> Verification:
        """Read and hash every file again; say what is not as it was stored. Changes nothing.

        Where no lists are named, all are verified. `progress` is called with the bytes on disk that
        were read, and those that are to be read.

        Raises:
            NotFoundError: Nothing is held of a list.
        """
        wanted = tuple(list_ids)
        there = {each.name for each in folders_in(self.home)} if wanted else set[str]()
        for one in wanted:
            if one not in there:
                raise NotFoundError(
                    f"nothing is held of {one!r}",
                    where=Where(source=str(self.home)),
                    hint=f"held are: {', '.join(self.list_ids()) or 'no lists'}",
                )
        return Verifier(self.home, progress).run(wanted)

    def prune(
        self,
        list_id: str,
        *,
        before: date | None = None,
        keep: int | None = None,
        quarantined: bool = False,
        gone: bool = False,
        dry_run: bool = False,
    ) -> Pruned:
        """Remove editions: of days before `before`, all but the newest `keep`, quarantined ones.

        The `latest` edition of each format always stays. Of each format `keep` are kept; quarantined
        ones are not counted, and not removed for it. With `gone`, those that no longer exist are
        forgotten, see `EditionStore.gone`; those of days before `before` in any case. With
        `dry_run` nothing is removed, and the answer says what would be.

        Raises:
            InvalidInputError: It is not said which, or `keep` is below 1.
            ArchiveError: Something that is not the archive's is in one of them; or one cannot be
                read, or another process holds the lock of the list.
        """
        if before is None and keep is None and not (quarantined or gone):
            raise InvalidInputError(
                "it is not said which editions are no longer needed",
                hints=(
                    Hint("say at least one of {}", "before"),
                    Hint("{}", "keep"),
                    Hint("{}", "quarantined", True),
                    Hint("{}", "gone", True),
                ),
            )
        if keep is not None and not (isinstance(keep, int) and keep >= 1):
            raise InvalidInputError(f"keep is {keep!r}", hint="keep at least 1 edition")

        # Where nothing is held, nothing is made either.
        needs_lock = not dry_run and bool(self.editions(list_id) or self.gone(list_id))
        with self.lock(list_id) if needs_lock else nullcontext():
            removed: list[HeldEdition] = []
            freed = 0
            for place in self._places(list_id):
                editions = finding.editions_in((place,))
                good = [e.name for e in editions if e.status is not EditionStatus.QUARANTINED]
                names = set(good[:-keep] if keep is not None else ())
                names |= {one.name for one in editions if before is not None and one.day < before}
                names |= {one.name for one in editions if quarantined and one.name not in good}
                latest = self.latest(list_id, form=place.form)
                names -= {latest.name} if latest is not None else set()
                found = [one for one in editions if one.name in names]
                freed += _storing.freed_by(place.folder(one.name) for one in found)
                removed += found
                if not dry_run:
                    lost = place.gone()
                    forget = {one.name for one in lost if gone or (before and one.day < before)}
                    self._remove(place, found, forget | {one.name for one in found})
        return Pruned(editions=tuple(removed), freed=freed)

    def remove(self, edition: HeldEdition) -> None:
        """Remove an edition for which another one was stored, while holding the lock of the list."""
        self._remove(self._place(edition), (edition,), {edition.name})

    def _remove(
        self, place: FormatFolder, editions: Sequence[HeldEdition], forget: Collection[str]
    ) -> None:
        _storing.check_removable(place, editions)
        # First, so that no process that reads meanwhile takes them for gone; and once more where the
        # disk was full before.
        self._write_arrivals(place, forget)
        _storing.remove(place, editions)
        for one in () if self._cache.problem else editions:
            self._cache.forget(place.list_id, place.form, one.name)
        self._write_arrivals(place, forget)

    # ── trust and cache ───────────────────────────────────────────────────────────────────────

    def exposed(self, edition: HeldEdition | None = None) -> Path | None:
        """What others can write: the archive's folder, or a folder or file of an edition.

        Whoever can, can change what a list says. None where nobody else can.
        """
        found = [self.home]
        if edition is not None:
            place = self._place(edition)
            folder = place.folder(edition.name)
            names = (MANIFEST, *(one.stored for one in edition.files))
            found += [place.path.parent, place.path, folder, *(folder / name for name in names)]
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

    def _places(self, list_id: str, form: str | None = None) -> tuple[FormatFolder, ...]:
        return FormatFolder.all_of(self.home, list_id, form)

    def _place(self, edition: HeldEdition) -> FormatFolder:
        return FormatFolder.of(self.home, edition.list_id, edition.format)

    def _read(self, edition: HeldEdition) -> HeldEdition:
        place = self._place(edition)
        with suppress(GoneError):
            return place.read(edition.name)
        raise ArchiveError(
            "the edition is no longer in the archive",
            where=Where(
                source=str(place.folder(edition.name)),
                list_id=edition.list_id,
                edition=edition.name,
            ),
            hint="it was pruned in the meantime: ask for the edition again",
        )

    def _write_arrivals(self, place: FormatFolder, forget: Collection[str] = ()) -> None:
        # That it cannot be written down undoes nothing: the next edition that comes in does it.
        with suppress(OSError, ArchiveError), self.lock(place.list_id):
            place.write_arrivals(forget)
