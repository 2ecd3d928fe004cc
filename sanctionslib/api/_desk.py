"""Desk: catalog, archive and parsers together: an edition that comes in, and one that is read again."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import NoReturn, TypeAlias, TypeVar

import attrs

from sanctionslib.answers import Check, EditionStatus, HeldEdition, HeldFile, IssueKind
from sanctionslib.api import _derived
from sanctionslib.api._clock import doubt_of, is_doubtful
from sanctionslib.api._read import listed
from sanctionslib.archive.checks import (
    check_date,
    check_end,
    check_figures,
    check_rejected,
    figures_of,
)
from sanctionslib.archive.packing import Received
from sanctionslib.archive.store import EditionStore
from sanctionslib.catalog import Limits, ListInfo, list_info
from sanctionslib.errors import (
    Call,
    CorruptEditionError,
    Hint,
    ImplausibleEditionError,
    InvalidInputError,
    NotFoundError,
    SanctionsError,
    UntrustedFolderWarning,
    Where,
)
from sanctionslib.model import Edition, Entity, IdStability, Scope
from sanctionslib.parsers import InputFile, Options, Parsed, formats, parse, rejected_gap
from sanctionslib.query import SanctionsList

__all__ = ["OWN_CATALOG", "Desk", "age_of", "now", "words_of"]

_T = TypeVar("_T")
_Read: TypeAlias = Callable[[HeldEdition], SanctionsList[Entity]]
_ATTEMPTS = 20
"""How often is asked again where other processes remove what was found."""

OWN_CATALOG = "lists.toml"
"""The user's own catalog, in the archive's folder."""


def now() -> datetime:
    """The time (UTC); the one place where a clock is read."""
    return datetime.now(UTC)


class _RemovedError(CorruptEditionError):
    """The edition was removed since it was found."""


@attrs.frozen
class Desk:
    """An archive with the catalog on top of it.

    Args:
        archive: The archive.
    """

    archive: EditionStore

    @classmethod
    def at(cls, home: Path | str | None) -> Desk:
        """The desk of an archive's folder; of the user's own where none is named.

        Raises:
            InvalidInputError: It is no path.
        """
        if home is not None and not isinstance(home, (str, Path)):
            raise InvalidInputError(f"home={home!r} is no path", hint="give the archive's folder")
        if home == "":
            raise InvalidInputError("home is an empty path", hint="give the archive's folder")
        return cls(EditionStore(None if home is None else Path(home)))

    @property
    def catalog(self) -> Path:
        """The user's own catalog; it need not be there."""
        return self.archive.home / OWN_CATALOG

    def info(self, list_id: str) -> ListInfo:
        """What is known of a list; of one that is only held, and in no catalog, its id.

        Raises:
            NotFoundError: It is not known, and nothing is held of it; with near misses.
            InvalidInputError: It is no list id, or the user's catalog is at fault.
        """
        if not isinstance(list_id, str):
            raise InvalidInputError(f"{list_id!r} is no list id", hint="write it in quotes")
        try:
            return list_info(list_id, self.catalog)
        except NotFoundError:
            if list_id in self.archive.list_ids():
                return ListInfo(list_id=list_id, title=list_id)
            raise

    def forms(self, list_id: str) -> tuple[str, ...]:
        """The names of a list's formats, the preferred one first.

        Raises:
            SanctionsError: See `info`.
        """
        return tuple(one.name for one in self.info(list_id).formats)

    def trust_warnings(self, held: HeldEdition | None = None) -> tuple[UntrustedFolderWarning, ...]:
        """What is to be said where others can write in the archive, in an edition or in the cache."""
        exposed, problem = self.archive.exposed(held), self.archive.cache_problem
        found: list[str] = []
        if exposed is not None:
            found.append(
                f"others can write {exposed}, and so change what its lists say; they are read from "
                "their files each time. Take that right away (chmod go-w), or use a folder of your own"
            )
        if problem:
            found.append(
                f"{problem}; each edition is read from its files. Remove that folder, or name "
                "another one with SANCTIONSLIB_CACHE"
            )
        return tuple(map(UntrustedFolderWarning, found))

    def warn_of_others(self) -> None:
        """Warn the caller of whoever called this, see `trust_warnings`."""
        for doubt in self.trust_warnings():
            warnings.warn(doubt, stacklevel=3)

    # ── reading again ─────────────────────────────────────────────────────────────────────────

    def parsed(
        self,
        held: HeldEdition,
        *,
        keep_source: bool = False,
        once: bool = False,
    ) -> Parsed:
        """An edition as its parser gives it, from its files or from a copy made of them.

        Args:
            held: The edition.
            keep_source: Keep the source of each entity.
            once: Make no copy: it is not what will be asked for next, as the current edition is.

        Raises:
            CorruptEditionError: Its files are not as they were stored.
            SanctionsError: See the parser of the format.
        """
        # The files are hashed also where a copy answers: what they say must still be there to prove it.
        try:
            sources = [self._source(held, *each) for each in self._files(held)]
        except CorruptEditionError as error:
            if self.archive.named(held.list_id, held.format, held.name) is None:
                raise _RemovedError(error.what, where=error.where, hints=error.hints) from error
            raise
        copy = _derived.parsed_copy(self.archive, held, keep_source=keep_source)
        if copy is not None:
            return copy
        options = Options(
            list_id=held.list_id,
            published=None if held.dated_by == "file" else held.published,
            dated_by="http" if held.dated_by == "http" else "caller",
            retrieved_at=held.retrieved_at,
            # What was kept is read again as it is; what it lacks was told when it came in.
            partial=bool(held.missing),
            keep_source=keep_source,
        )
        found = parse(sources, options)
        if not once:
            _derived.keep_parsed(self.archive, held, found, keep_source=keep_source)
        return found

    def read(self, held: HeldEdition) -> SanctionsList[Entity]:
        """An edition as a list, to be compared; faults of entries were told when it came in.

        Raises:
            SanctionsError: See `parsed`.
        """
        found = self.parsed(held, once=True)
        return SanctionsList.of_editions(found.entities, found.editions, found.audit)

    def listed(
        self, held: HeldEdition, found: Parsed, *, strict: bool, depth: int
    ) -> SanctionsList[Entity]:
        """What `parsed` gave as a list, with a warning where entries are at fault."""
        # Of what is missing a warning of its own speaks.
        told = (IssueKind.EDITION,) if held.missing else ()
        name = f"{held.list_id} {held.name}"
        return listed(found, name, strict=strict, depth=depth + 1, told=told)

    def _files(self, held: HeldEdition) -> Sequence[tuple[Path, HeldFile]]:
        return list(zip(self.archive.files(held), held.files, strict=True))

    def _source(self, held: HeldEdition, path: Path, file: HeldFile) -> InputFile:
        where = Where(source=str(path), list_id=held.list_id, edition=held.name)
        hints = (
            Hint("add its files again, of the same day: they take the place of the damaged ones"),
            Hint(
                "while it is the publisher's newest, {} does that too",
                call=Call("fetch", (held.list_id,), {"force": True}),
            ),
            Hint("{} names all that is at fault", call=Call("verify")),
        )
        try:
            source = InputFile(path, name=file.name, largest=file.size)
        except SanctionsError as error:
            raise CorruptEditionError(
                f"a file of the edition can no longer be read: {error.what}",
                where=where,
                hints=hints,
            ) from error
        if source.sha256 != file.sha256:
            raise CorruptEditionError(
                "a file of the edition no longer has the hash that it was stored with",
                where=where,
                hints=hints,
            )
        return source

    def steadily(self, ask: Callable[[], _T]) -> _T:
        """What is answered where no edition that was found is removed before it is read.

        Where one is, it may have a successor, or never have been needed: it is asked again.

        Args:
            ask: Looks for editions and reads them.

        Raises:
            CorruptEditionError: They are removed as often as they are found.
            SanctionsError: What `ask` raises.
        """
        for _ in range(_ATTEMPTS):
            with contextlib.suppress(_RemovedError):
                return ask()
        return ask()

    # ── coming in ─────────────────────────────────────────────────────────────────────────────

    def keep(
        self,
        received: Sequence[Received],
        parsed: Parsed,
        *,
        list_id: str,
        is_download: bool = False,
    ) -> tuple[HeldEdition, bool]:
        """Judge an edition and keep it; False where it was held already.

        A refused one is kept too, and answers for nothing: `HeldEdition.status` says so, and
        `refuse` raises.

        Args:
            received: Its files.
            parsed: What a parser made of them.
            list_id: The list that it is to be of.
            is_download: Whether a server gave it as its newest.

        Raises:
            InvalidInputError: It is of another list, or no file of a publisher; or it has no date,
                and the clock is doubtful.
            UnwritableError: It cannot be kept.
        """
        edition = _edition_of(parsed, list_id)
        if edition.published is None and (doubt := self.clock_doubt()):
            raise InvalidInputError(
                "this edition has no date, so it would be of the day of its arrival; but the clock of "
                f"this machine is doubtful: {doubt}",
                where=Where(source=", ".join(edition.members), list_id=list_id),
                hints=(
                    Hint("say of which day it is: {}", "published", "2021-12-10"),
                    Hint("set the clock, if it is wrong"),
                ),
            )
        rejected = rejected_gap(parsed.audit.rejected)
        # Of entries that were there and could not be read a check of its own speaks, and a person
        # can accept the edition; what never came in is another matter.
        edition = attrs.evolve(
            edition, missing=tuple(each for each in edition.missing if each != rejected)
        )
        figures = figures_of(parsed.entities)
        # It is asked for twice at most: what is gone from its end, and all that changed since.
        read = lru_cache(maxsize=1)(self.read)
        held, is_new = self.archive.store(
            received,
            edition,
            entries=len(parsed.entities),
            lacks_entries=_lacks_entries(edition),
            figures=figures,
            checks=self._checks(edition, figures, parsed, read, is_download=is_download),
            now=now(),
        )
        self._put_in_place_of_undated(held)
        if is_new and held.is_usable:
            _derived.keep_parsed(self.archive, held, parsed)
            self._compare(held, parsed, read)
        return held, is_new

    def clock_doubt(self) -> str:
        """Why the clock of this machine cannot be believed, in words; "" where it can.

        Raises:
            ArchiveError: The archive cannot be read.
        """
        return doubt_of(now(), self.archive.latest_time())

    def accept(self, list_id: str, sha256: str, *, reason: str) -> HeldEdition:
        """Let a refused edition answer for its list from now on, see `EditionStore.accept`.

        Raises:
            SanctionsError: See there.
        """
        held = self.archive.accept(list_id, sha256, reason=reason, now=now())
        with self.archive.lock(list_id):
            self._put_in_place_of_undated(held)
        return held

    def _put_in_place_of_undated(self, held: HeldEdition) -> None:
        """Remove the edition with the same bytes that had no date, where its day was doubtful."""
        if held.published is None or not held.is_usable:
            return
        time = now()
        for one in self.archive.undated(held.list_id, form=held.format):
            if one.sha256 == held.sha256 and is_doubtful(one, time):
                self.archive.remove(one)

    def _compare(self, held: HeldEdition, parsed: Parsed, read: _Read) -> None:
        """Keep what changed since the edition before, so that later nobody has to read both again."""
        last = self.archive.before(
            held.list_id, held.format, day=held.day, missing=held.missing, sha256=held.sha256
        )
        if last is None:
            return
        new = SanctionsList.of_editions(parsed.entities, parsed.editions, parsed.audit)
        # That the two cannot be compared, or the one before cannot be read, is told to whoever asks.
        with contextlib.suppress(SanctionsError):
            _derived.touched(
                self.archive,
                last,
                held,
                lambda one: new if one.name == held.name else read(one),
            )

    def _checks(
        self,
        edition: Edition,
        figures: Mapping[str, int],
        parsed: Parsed,
        read: _Read,
        *,
        is_download: bool,
    ) -> tuple[Check, ...]:
        if edition.scope is not Scope.WHOLE or _lacks_entries(edition):
            return ()  # it can never answer for its list, and is held against nothing
        today = now().date()
        day = edition.published or today
        last = self.archive.before(
            edition.list_id,
            edition.format,
            day=day,
            missing=edition.missing,
        )
        other = None if last is not None else self._last_good(edition, day)
        base = last or other
        checks = check_figures(
            figures,
            self.limits(edition.list_id),
            before=None if base is None else self.archive.figures(base),
            against="" if base is None else base.name,
            same_form=other is None,
        )
        checks += self._end_checks(edition, parsed, last, read)
        checks += (check_rejected(parsed.audit.rejected),)
        if edition.published is None:
            return checks
        # What people add may be older than what is held; to come it may not be either.
        current = (
            self.archive.current(edition.list_id, form=edition.format) if is_download else None
        )
        dated = check_date(
            _number(edition.published),
            before=None if current is None else _number(current.day),
            # A publisher east of here may have begun its day.
            latest=_number(today + timedelta(days=1)),
            against="" if current is None else current.name,
        )
        return (*checks, dated)

    def _end_checks(
        self, edition: Edition, parsed: Parsed, last: HeldEdition | None, read: _Read
    ) -> tuple[Check, ...]:
        """The check of the end of a file, where the format cannot say that it is cut."""
        if last is None or edition.format not in _open_ended():
            return ()
        try:
            before = tuple(read(last))
        except SanctionsError:  # that it is damaged is told to whoever asks for it
            return ()
        by_key = edition.id_stability is not IdStability.EDITION
        return check_end(
            before,
            parsed.entities,
            self.limits(edition.list_id),
            key=(lambda one: one.id) if by_key else _said_of,
            against=last.name,
        )

    def _last_good(self, edition: Edition, day: date) -> HeldEdition | None:
        """The last good edition of the list in another format, or of other files."""
        forms = self._forms_or_none(edition.list_id)
        return self.archive.as_of(edition.list_id, day, forms=forms)

    def limits(self, list_id: str) -> Limits:
        """What an edition of a list must have; the usual ones where no catalog has the list."""
        try:
            return list_info(list_id, self.catalog).limits
        except NotFoundError:
            return Limits()

    def _forms_or_none(self, list_id: str) -> tuple[str, ...]:
        try:
            return tuple(one.name for one in list_info(list_id, self.catalog).formats)
        except NotFoundError:
            return ()

    # ── the words ─────────────────────────────────────────────────────────────────────────────

    def refuse(self, held: HeldEdition) -> None:
        """Raise where an edition was refused.

        Raises:
            ImplausibleEditionError: With each figure that was too low or too high, the hash, how
                old the last good edition is, and the way out.
        """
        if held.status is not EditionStatus.QUARANTINED:
            return
        failed = tuple(words_of(one) for one in held.failed)
        against = next((one.against for one in held.failed if one.against), "")
        unlike = f"is so unlike {against} that it" if against else "is so unlike the list that it"
        raise ImplausibleEditionError(
            f"the edition of {held.day} ({held.format}, {held.entries:,} entries) {unlike} "
            f"was refused: {'; '.join(failed)}",
            sha256=held.sha256,
            failed=failed,
            where=Where(source=held.folder, list_id=held.list_id, edition=held.name),
            hints=(
                Hint("look at its files"),
                Hint(
                    "if the publisher did change the list so, accept it: {}",
                    call=Call("accept", (held.list_id, held.sha256[:16]), {"reason": "…"}),
                ),
                Hint(self.last_good(held.list_id)),
            ),
        )

    def last_good(self, list_id: str) -> str:
        """One sentence: which edition stays the current one, and how old it is."""
        try:
            current = self.archive.current(list_id)
        except SanctionsError as error:
            return f"the last good edition is not known: {error.what}"
        if current is None:
            return "no edition is held that could answer in its place"
        return f"the last good edition, of {current.day} ({age_of(current.day)}), stays the current one"

    def nothing_held(self, list_id: str, what: str = "") -> NoReturn:
        """Raise: the archive has no edition that could answer.

        Raises:
            NotFoundError: Always; with what is held, and how an edition comes in.
        """
        editions = self.archive.editions(list_id)
        able = [one for one in editions if one.is_usable]
        held = (Hint(f"of {len(editions):,} editions held, none can"),) if editions else ()
        if able:
            forms = ", ".join(dict.fromkeys(one.format for one in able))
            days = f"from {able[0].day} to {able[-1].day}"
            held = (Hint(f"those held that can answer are {days}, in {forms}"),)
        raise NotFoundError(
            f"no edition of {list_id} is held that could answer{what}",
            where=Where(source=str(self.archive.home), list_id=list_id),
            hints=(
                *held,
                Hint("fetch one with {}", call=Call("fetch", (list_id,))),
                Hint(
                    "add files that you have with {}",
                    call=Call("add", ("…",), {"list_id": list_id}),
                ),
            ),
        )


def _said_of(one: Entity) -> tuple[object, ...]:
    """What an entry says in every edition, where its key does not last."""
    return one.name, tuple(sorted(each.list_name for each in one.listings))


@cache
def _open_ended() -> frozenset[str]:
    return frozenset(one.name for one in formats() if one.ends_anywhere)


def words_of(check: Check) -> str:
    """One figure of an edition in words: `entries: 375, at least 608 (639 before)`."""
    text = f"{check.name}: {check.value:,}"
    if check.name == "date":
        text = f"{check.name}: {_day(check.value)}"
        if check.least is not None and check.value < check.least:
            return f"{text}, before that of the current edition, {_day(check.least)}"
        return f"{text}, a day that is still to come by the clock of this machine"
    if check.name.endswith("gone from the end"):
        what = "the aliases of " if check.name.startswith("aliases") else ""
        return (
            f"{check.name}: {check.value:,}: {what}the entries that stood last in {check.against}; "
            "the file may have been cut there"
        )
    if check.least is not None and check.value < check.least:
        text += f", and at least {check.least:,} are asked for"
    if check.most is not None and check.value > check.most:
        text += f", and at most {check.most:,} are allowed"
    return text if check.before is None else f"{text} ({check.before:,} before)"


def age_of(day: date) -> str:
    """How long ago a day is, in words."""
    days = (now().date() - day).days
    if days < -1:
        return "of a day that is still to come by the clock of this machine"
    if days <= 0:
        return "of today"
    return "1 day old" if days == 1 else f"{days:,} days old"


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _day(number: int) -> str:
    return f"{number // 10_000:04}-{number // 100 % 100:02}-{number % 100:02}"


def _edition_of(parsed: Parsed, list_id: str) -> Edition:
    edition = parsed.editions[0]
    if edition.list_id != list_id:
        raise InvalidInputError(
            f"this is an edition of {edition.list_id}, and not of {list_id}",
            where=Where(source=", ".join(edition.members), list_id=list_id),
            hints=(Hint("say {}", "list_id", edition.list_id),),
        )
    return edition


def _lacks_entries(edition: Edition) -> bool:
    """Whether entries are missing, or may be: anything but a file that says more of them."""
    files = {name for each in formats() if each.name == edition.format for name in each.files}
    return not files.issuperset(edition.missing)
