"""Workspace: one archive with what a call needs beside it: catalog, session, parsers."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import attrs

from sanctionslib.answers import HeldEdition, HeldFile
from sanctionslib.api import _clock
from sanctionslib.api._cached import keep_parsed, parsed_copy
from sanctionslib.api._clock import age_of
from sanctionslib.archive.store import Archive as EditionStore
from sanctionslib.catalog import ListInfo, list_info
from sanctionslib.errors import (
    Call,
    CorruptEditionError,
    Hint,
    InvalidInputError,
    NotFoundError,
    SanctionsError,
    UntrustedFolderWarning,
    Where,
)
from sanctionslib.model import Entity
from sanctionslib.parsers import InputFile, Options, Parsed, parse
from sanctionslib.query import SanctionsList

if TYPE_CHECKING:
    import requests

__all__ = ["Workspace"]

_T = TypeVar("_T")
_ATTEMPTS = 20
"""How often is tried again where other processes remove what was found."""


class _RemovedError(CorruptEditionError):
    """The edition was removed after it was found."""


@attrs.frozen
class Workspace:
    """An archive with its catalog.

    Args:
        home: The archive's folder; None for the default one.
        session: What servers are asked with; None for a session of ours for each file.

    Raises:
        InvalidInputError: `home` is no path.
    """

    home: Path | str | None = None
    session: requests.Session | None = None
    store: EditionStore = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        if self.home is not None and not isinstance(self.home, (str, Path)):
            raise InvalidInputError(
                f"home={self.home!r} is no path", hint="give the archive's folder"
            )
        if self.home == "":
            raise InvalidInputError("home is an empty path", hint="give the archive's folder")
        store = EditionStore(None if self.home is None else Path(self.home))
        object.__setattr__(self, "store", store)

    def call(self, name: str, *arguments: str, **options: str | int) -> Call:
        """A call of this archive that a hint advises."""
        return Call(name, arguments, options, None if self.home is None else str(self.home))

    @property
    def catalog(self) -> Path:
        """The user's own catalog; it need not exist."""
        return self.store.home / "lists.toml"

    def info(self, list_id: str, *, any_name: bool = False) -> ListInfo:
        """What is known of a list; of one in no catalog, its id.

        Args:
            list_id: The list.
            any_name: Also where nothing is held of it, as of a user's own list before it is added.

        Raises:
            NotFoundError: It is in no catalog, and nothing is held of it; with near misses.
            InvalidInputError: It is no list id, or the user's catalog is at fault.
        """
        if not isinstance(list_id, str):
            raise InvalidInputError(f"{list_id!r} is no list id", hint="write it in quotes")
        try:
            return list_info(list_id, self.catalog)
        except NotFoundError:
            if any_name or list_id in self.store.list_ids():
                return ListInfo(list_id=list_id, title=list_id)
            raise

    def forms(self, list_id: str) -> tuple[str, ...]:
        """The names of a list's formats, the preferred one first.

        Raises:
            SanctionsError: See `info`.
        """
        return tuple(one.name for one in self.info(list_id).formats)

    # ── what may not be trusted ───────────────────────────────────────────────────────────────

    def trust_warnings(self, held: HeldEdition | None = None) -> list[UntrustedFolderWarning]:
        """The warnings where others can write in the archive, in an edition or in the cache."""
        exposed, problem = self.store.exposed(held), self.store.cache_problem
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
        return [UntrustedFolderWarning(one) for one in found]

    def warn_of_others(self) -> None:
        """Warn the caller of a method of `Archive`, see `trust_warnings`."""
        for each in self.trust_warnings():
            warnings.warn(each, stacklevel=3)

    def clock_doubt(self) -> str:
        """Why the clock of this machine cannot be right, in words; "" where nothing contradicts it.

        Raises:
            ArchiveError: The archive cannot be read.
        """
        return _clock.doubt_of(_clock.now(), self.store.latest())

    # ── reading editions ──────────────────────────────────────────────────────────────────────

    def parsed(
        self, held: HeldEdition, *, keep_source: bool = False, keep_copy: bool = True
    ) -> Parsed:
        """An edition as its parser gives it, from its files or from a copy made of them.

        Args:
            held: The edition.
            keep_source: Keep the source of each entity.
            keep_copy: Cache a copy for the next time.

        Raises:
            CorruptEditionError: Its files are not as they were stored.
            SanctionsError: See the parser of the format.
        """
        # The files are hashed even where a copy is used: they must still be there to prove the answer.
        try:
            paths = self.store.files(held)
            sources = [self._input(held, *each) for each in zip(paths, held.files, strict=True)]
        except CorruptEditionError as error:
            if self.store.named(held.list_id, held.format, held.name) is None:
                raise _RemovedError(error.what, where=error.where, hints=error.hints) from error
            raise
        copy = parsed_copy(self.store, held, keep_source=keep_source)
        if copy is not None:
            return copy
        options = Options(
            list_id=held.list_id,
            published=None if held.dated_by == "file" else held.published,
            dated_by="http" if held.dated_by == "http" else "caller",
            retrieved_at=held.retrieved_at,
            # It was stored as it is; what it lacks was reported then.
            partial=bool(held.missing),
            keep_source=keep_source,
        )
        found = parse(sources, options)
        if keep_copy:
            keep_parsed(self.store, held, found, keep_source=keep_source)
        return found

    def _input(self, held: HeldEdition, path: Path, file: HeldFile) -> InputFile:
        where = Where(source=str(path), list_id=held.list_id, edition=held.name)
        hints = (
            Hint("add its files again, of the same day: they take the place of the damaged ones"),
            Hint(
                "while it is the publisher's newest, {} does that too",
                call=self.call("fetch", held.list_id, force=True),
            ),
            Hint("{} names all damaged files", call=self.call("verify")),
        )
        try:
            source = InputFile(path, name=file.name, largest=file.size)
        except SanctionsError as error:
            what = f"a file of the edition can no longer be read: {error.what}"
            raise CorruptEditionError(what, where=where, hints=hints) from error
        if source.sha256 != file.sha256:
            what = "a file of the edition no longer has the hash that it was stored with"
            raise CorruptEditionError(what, where=where, hints=hints)
        return source

    def read(self, held: HeldEdition) -> SanctionsList[Entity]:
        """An edition as a list, to be compared; faults of its entries were reported when it came in.

        Raises:
            SanctionsError: See `parsed`.
        """
        # No copy: what is asked for next is the current edition, and few copies are kept.
        found = self.parsed(held, keep_copy=False)
        return SanctionsList.of_editions(found.entities, found.editions, found.audit)

    def retried(self, ask: Callable[[], _T]) -> _T:
        """The answer of a question that looks for editions and then reads them.

        Another process may remove what was found before it is read: then the question is asked
        again, since a successor may have come, or the edition was not needed.

        Raises:
            CorruptEditionError: Editions are removed as often as they are found.
            SanctionsError: What `ask` raises.
        """
        for _ in range(_ATTEMPTS):
            with contextlib.suppress(_RemovedError):
                return ask()
        return ask()

    # ── messages ──────────────────────────────────────────────────────────────────────────────

    def last_good(self, list_id: str) -> str:
        """One sentence: which edition stays the current one, and how old it is."""
        try:
            current = self.store.current(list_id)
        except SanctionsError as error:
            return f"the last good edition is not known: {error.what}"
        if current is None:
            return "no edition is held that could answer in its place"
        return f"the last good edition, of {current.day} ({age_of(current.day)}), stays the current one"

    def not_held(
        self,
        list_id: str,
        *,
        form: str | None = None,
        day: date | None = None,
        end: date | None = None,
    ) -> NoReturn:
        """Raise: no edition is held that answers, of this format, for this day, or up to this end.

        Raises:
            NotFoundError: Always; with what is held, and how an edition comes in.
        """
        editions = self.store.editions(list_id)
        usable = [one for one in editions if one.is_usable]
        usable = [one for one in usable if one.format == form] or usable
        hints = [
            Hint("fetch one with {}", call=self.call("fetch", list_id)),
            Hint("add files that you have with {}", call=self.call("add", "…", list_id=list_id)),
        ]
        if usable:
            forms = ", ".join(dict.fromkeys(one.format for one in usable))
            days = f"from {usable[0].day} to {usable[-1].day}"
            hints.insert(0, Hint(f"those held that can answer are {days}, in {forms}"))
        elif editions:
            hints.insert(0, Hint(f"of {len(editions):,} editions held, none can"))
        what = f"no edition of {list_id} is held that could answer"
        what += f" for {day}" if day else f" up to {end}" if end else ""
        what += "" if form is None else f" in the format {form!r}"
        raise NotFoundError(
            what,
            where=Where(source=str(self.store.home), list_id=list_id),
            hints=tuple(hints),
        )
