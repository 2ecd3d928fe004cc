"""Workspace: one archive with what a call needs beside it: catalog, session, parsers."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, NoReturn, TypeVar

from sanctionslib._log import Log
from sanctionslib.answers import HeldEdition, HeldFile
from sanctionslib.api import _clock
from sanctionslib.api._cached import Comparisons, keep_parsed, parsed_copy
from sanctionslib.api._read import list_of
from sanctionslib.archive.store import EditionStore
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

_LOG = Log("api")
_T = TypeVar("_T")
_ATTEMPTS = 20
"""How often is tried again where other processes remove what was found."""


class _RemovedError(CorruptEditionError):
    """The edition was removed after it was found."""


class Workspace:
    """An archive with its catalog; see `Archive` for its parameters.

    Raises:
        InvalidInputError: `home` is no path.
    """

    def __init__(
        self, home: Path | str | None = None, session: requests.Session | None = None
    ) -> None:
        if home is not None and not isinstance(home, (str, Path)):
            raise InvalidInputError(f"home={home!r} is no path", hint="give a folder")
        if home == "":
            raise InvalidInputError("home is an empty path", hint="give a folder")
        self.home, self.session = home, session
        self.store = EditionStore(None if home is None else Path(home))

    @property
    def catalog(self) -> Path:
        """The user's own catalog; it need not exist."""
        return self.store.home / "lists.toml"

    def info(self, list_id: str, *, any_name: bool = False) -> ListInfo:
        """What is known of a list; of one that is held and in no catalog, its id.

        With `any_name`, nothing need be held of it, as of a user's own list before it is added.
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
        """The names of a list's formats, the preferred one first."""
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

    def clock_doubt(self) -> str:
        """Why the clock of this machine cannot be right, in words; "" where nothing contradicts it."""
        return _clock.doubt_of(_clock.now(), self.store.latest_time())

    # ── reading editions ──────────────────────────────────────────────────────────────────────

    def parsed(
        self, held: HeldEdition, *, keep_source: bool = False, keep_copy: bool = True
    ) -> Parsed:
        """An edition as its parser gives it, from its files or from a copy made of them.

        Raises:
            CorruptEditionError: Its files are not as they were stored.
        """
        # The files are hashed even where a copy is used: they must still be there to prove the answer.
        try:
            paths = self.store.files(held)
            sources = [self._input(held, *each) for each in zip(paths, held.files, strict=True)]
        except CorruptEditionError as error:
            if self.store.named(held.list_id, held.format, held.name) is None:
                raise _RemovedError(error.what, where=error.where, hints=error.hints) from error
            raise
        start = perf_counter()
        copy = parsed_copy(self.store, held, keep_source=keep_source)
        if copy is not None:
            words = (held.name, len(copy.entities), perf_counter() - start)
            _LOG.info(held.list_id, "cached: %s, %d entries, %.2f s", *words)
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
        text = "while it is the publisher's newest, {} does that too"
        hints = (
            Hint("add its files again, of the same day: they take the place of the damaged ones"),
            self.hint(text, "fetch", held.list_id, force=True),
            self.hint("{} names all damaged files", "verify"),
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
        """An edition as a list, to be compared; faults of its entries were reported when it came in."""
        # No copy: what is asked for next is the current edition, and few copies are kept.
        return list_of(self.parsed(held, keep_copy=False))

    def comparisons(self) -> Comparisons:
        """What changed between editions, each read at most once for it."""
        return Comparisons(self.store, self.read)

    def retried(self, ask: Callable[[], _T]) -> _T:
        """The answer of a question that looks for editions and then reads them.

        Another process may remove what was found before it is read: then the question is asked
        again, since a successor may have come, or the edition was not needed.
        """
        for _ in range(_ATTEMPTS):
            with contextlib.suppress(_RemovedError):
                return ask()
        return ask()

    # ── messages ──────────────────────────────────────────────────────────────────────────────

    def hint(self, text: str, method: str, *arguments: str, **options: str | int) -> Hint:
        """Advice to call a method of this archive."""
        home = None if self.home is None else str(self.home)
        return Hint(text, call=Call(method, arguments, options, home=home))

    def hint_to_add(self, list_id: str) -> Hint:
        return self.hint("add files that you have with {}", "add", "…", list_id=list_id)

    def last_good(self, list_id: str) -> str:
        """Which edition stays the current one, and how old it is."""
        try:
            current = self.store.current(list_id)
        except SanctionsError as error:
            return f"the last good edition is not known: {error.what}"
        if current is None:
            return "no edition is held that could answer in its place"
        age = _clock.age_of(current.day)
        return f"the last good edition, of {current.day} ({age}), stays the current one"

    def not_held(
        self,
        list_id: str,
        *,
        form: str | None = None,
        day: date | None = None,
        end: date | None = None,
    ) -> NoReturn:
        """Raise NotFoundError: no edition is held that answers, of this format, for or up to this day."""
        editions = self.store.editions(list_id)
        usable = [one for one in editions if one.is_usable]
        usable = [one for one in usable if one.format == form] or usable
        held = [Hint(f"of {len(editions):,} editions held, none can")] if editions else []
        if usable:
            forms = ", ".join(dict.fromkeys(one.format for one in usable))
            days = f"from {usable[0].day} to {usable[-1].day}"
            held = [Hint(f"those held that can answer are {days}, in {forms}")]
        what = f"no edition of {list_id} is held that could answer"
        what += f" for {day}" if day else f" up to {end}" if end else ""
        what += "" if form is None else f" in the format {form!r}"
        raise NotFoundError(
            what,
            where=Where(source=str(self.store.home), list_id=list_id),
            hints=(
                *held,
                self.hint("fetch one with {}", "fetch", list_id),
                self.hint_to_add(list_id),
            ),
        )
