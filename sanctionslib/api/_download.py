"""A list's newest edition from its publisher's server into the archive: asked for, checked, stored."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import TypeAlias

import attrs

from sanctionslib._log import Log
from sanctionslib.answers import EditionStatus, Fetched, HeldEdition
from sanctionslib.api import _clock
from sanctionslib.api._clock import is_recent, time_words
from sanctionslib.api._intake import check_plausible, take_in
from sanctionslib.api._workspace import Workspace
from sanctionslib.archive.content import http_date
from sanctionslib.archive.fetch import RetryPolicy, Unchanged, fetch_file, published_hashes
from sanctionslib.archive.format_folder import Checked
from sanctionslib.archive.packing import Received, edition_hash
from sanctionslib.catalog import FileInfo, FormatInfo, ListInfo
from sanctionslib.errors import (
    FetchError,
    Hint,
    IncompleteEditionError,
    InvalidInputError,
    ParseError,
    StructureChangedError,
    UnknownFormatError,
    Where,
)
from sanctionslib.parsers import InputFile, Options, Parsed, Progress, name_of, parse

_LOG = Log("api")
RETRY_POLICY = RetryPolicy()
"""How often servers are asked, and how long they are waited for; tests wait less."""
HASHES_TIMEOUT = 60.0
"""Seconds that the publisher's hashes are waited for in all: the file can be had without them."""
_CLOCK_SKEW = timedelta(days=1)
"""Clocks of servers are wrong too, by minutes and hours."""
_UNKNOWN = date(1970, 1, 1)
"""Second 0 of Unix: what a server states that does not know when a file was changed."""
_OTHER_FILE = (
    "see what the publisher says of its addresses; a mirror can be named in lists.toml in the "
    "archive's folder"
)

_Validators: TypeAlias = Mapping[str, tuple[str, str, str]]
"""Of each file its address, ETag and Last-Modified."""


def format_of(workspace: Workspace, info: ListInfo, name: str | None) -> FormatInfo:
    """The format to fetch; raises where there is none of this name that can be read and fetched."""
    add = workspace.hint_to_add(info.list_id)
    readable = [one.name for one in info.formats if one.is_readable]
    if name is None:
        if info.preferred is not None:
            return info.preferred
        reason = "no address is known of it"
        if info.formats and not readable:
            reason = "none of its formats can be read yet"
        raise InvalidInputError(
            f"{info.list_id} cannot be fetched: {reason}",
            hints=(add, workspace.hint("{} shows what can be fetched", "lists")),
        )
    form = next((one for one in info.formats if one.name == name), None)
    if form is None:
        names = ", ".join(one.name for one in info.formats)
        nothing = "leave it out: no catalog says in which formats the list comes"
        raise InvalidInputError(
            f"{info.list_id} does not come in the format {name!r}",
            hint=f"say one of {names}" if names else nothing,
        )
    if not form.is_readable:
        raise InvalidInputError(
            f"the format {name} of {info.list_id} cannot be read yet",
            hint=f"say one of {', '.join(readable) or 'none'}",
        )
    if not any(each.urls for each in form.files):
        raise InvalidInputError(
            f"no address is known of {info.list_id} in the format {name}", hints=(add,)
        )
    return form


def recent(workspace: Workspace, list_id: str, form: str, max_age: timedelta) -> HeldEdition | None:
    """The edition that the server had, where it was asked within `max_age`; no quarantined one."""
    checked = workspace.store.checked(list_id, form)
    if checked is None or not is_recent(checked.at, max_age):
        return None
    held = workspace.store.named(list_id, form, checked.edition)
    return None if held is None or held.status is EditionStatus.QUARANTINED else held


def refresh(
    workspace: Workspace,
    list_id: str,
    form: FormatInfo,
    *,
    force: bool = False,
    max_age: timedelta | None = None,
    progress: Progress | None = None,
) -> Fetched:
    """Ask the server, and store what it gives, see `Archive.fetch`.

    It is not asked where another process asked it within `max_age`; with None, in any case.
    """
    with _last_good_named(workspace, list_id), workspace.store.lock(list_id):
        if max_age is not None:
            # Another process may have asked while this one waited for the lock.
            held = recent(workspace, list_id, form.name, max_age)
            if held is not None:
                note = "another process asked the server a moment ago"
                return Fetched(edition=held, is_new=False, notes=(note,))
        return _Download(workspace, list_id, form, progress, force).run()


@contextmanager
def _last_good_named(workspace: Workspace, list_id: str) -> Generator[None]:
    """Say with every error of the server's which list it is of, and how old its last good edition is."""
    try:
        yield
    except (FetchError, ParseError) as error:
        # Several lists may be asked for at once.
        error.where = error.where._replace(list_id=list_id)
        last = workspace.last_good(list_id)
        error.advise(*error.hints, Hint(last))
        raise


@attrs.define
class _Download:
    """One time that a server is asked for a list."""

    workspace: Workspace
    list_id: str
    form: FormatInfo
    progress: Progress | None
    force: bool
    at: datetime = attrs.field(factory=lambda: _clock.now())
    last: HeldEdition | None = None
    """The edition that the server had last; None where all of what it has is asked for."""
    known: _Validators = attrs.field(factory=dict[str, tuple[str, str, str]])
    """What it said with it."""
    notes: list[str] = attrs.field(factory=list[str])
    wire: int = 0
    """Bytes received."""
    start: float = attrs.field(factory=perf_counter)

    def run(self) -> Fetched:
        if not self.force:
            self._look_up_last()
        if self.progress is not None:
            self.progress(0, 0)  # a server may be silent for long before the first byte
        store = self.workspace.store
        with store.temporary_folder(self.list_id, self.form.name) as folder:
            received = self._receive(folder, self.known)
            if received is None:
                assert self.last is not None
                return self._done(self.last, self.known, is_new=False)
            files, validators = received
            self._compare_clocks(files)
            same = self._same(files)
            if same is not None and not self.force:
                return self._done(same, validators, is_new=False)
            try:
                parsed = self._parse(files, same)
            except IncompleteEditionError:
                if len(self.form.files) == 1:
                    raise
                # The publisher may have changed its files while they were downloaded.
                self.notes.append("all files were asked for again: they did not belong together")
                files, validators = self._receive(folder, {}) or ([], {})
                same = self._same(files)
                parsed = self._parse(files, same)
            held, is_new = take_in(
                self.workspace, files, parsed, list_id=self.list_id, is_download=True
            )
            if is_new and same is not None:
                self.notes.append(f"the damaged files of {held.name} were replaced")
            return self._done(held, validators, is_new=is_new and same is None)

    def _look_up_last(self) -> None:
        store, form = self.workspace.store, self.form.name
        checked = store.checked(self.list_id, form)
        held = None if checked is None else store.named(self.list_id, form, checked.edition)
        if checked is None or held is None:
            return
        if store.is_damaged(held):
            self.notes.append(f"all was asked for: files of {held.name} are damaged")
            self.force = True
        else:
            self.last, self.known = held, checked.answers

    def _done(self, held: HeldEdition, validators: _Validators, *, is_new: bool) -> Fetched:
        event = "fetched" if is_new else "unchanged"
        seconds = perf_counter() - self.start
        _LOG.info(self.list_id, f"{event}: %s, %d bytes, %.2f s", held.label, self.wire, seconds)
        store, form = self.workspace.store, self.form.name
        checked = Checked(at=self.at, edition=held.name, answers=validators)
        store.put_checked(self.list_id, form, checked)
        # A quarantined edition is what the server has: its bytes are not asked for again, and it
        # raises each time until a person accepts it or another one comes.
        check_plausible(self.workspace, held)
        current = store.current(self.list_id, form=form)
        if current is not None and held.day < current.day:
            self.notes.append(
                f"the server went back to the edition of {held.day}; that of {current.day} stays "
                "the current one"
            )
        edition = store.named(self.list_id, form, held.name) or held
        return Fetched(edition=edition, is_new=is_new, received=self.wire, notes=tuple(self.notes))

    # ── from the server ───────────────────────────────────────────────────────────────────────

    def _receive(
        self, folder: Path, known: _Validators
    ) -> tuple[list[Received], _Validators] | None:
        """The files, and what to send to the server the next time; None where none has changed."""
        stated = self._stated_hashes()
        if known and stated and self._is_other(stated):
            self.notes.append("all was asked for: the publisher states another hash than that held")
            known = {}
        found = [(each, self._fetch(each, folder, stated, known)) for each in self.form.files]
        if all(isinstance(one, Unchanged) for _, one in found):
            return None
        files: list[Received] = []
        validators: dict[str, tuple[str, str, str]] = {}
        for each, one in found:
            # The files of an edition come from one moment: what did not change is fetched again.
            whole = self._fetch(each, folder, stated, {}) if isinstance(one, Unchanged) else one
            assert not isinstance(whole, Unchanged)  # nothing was said to be known
            files += whole
            validators[each.name] = whole[0].url, whole[0].etag, whole[0].last_modified
        return files, validators

    def _stated_hashes(self) -> Mapping[str, str]:
        """The hashes that the publisher states; without them, length and end alone are checked."""
        if not self.form.hashes:
            return {}
        try:
            return published_hashes(
                self.form.hashes,
                session=self.workspace.session,
                policy=attrs.evolve(RETRY_POLICY, total_timeout=HASHES_TIMEOUT),
            )
        except FetchError as error:
            self.notes.append(f"the publisher's hashes could not be had: {error.what}")
            return {}

    def _is_other(self, stated: Mapping[str, str]) -> bool:
        """Whether the publisher's hashes are of another edition than its last one.

        "Not modified" would then come from something on the way that remembers too long.
        """
        hashes = {name.casefold(): value for name, value in stated.items()}
        for one in self.last.files if self.last else ():
            of_zip = hashes.get(one.packed.casefold())  # where there is one, it alone is compared
            expected = of_zip or hashes.get(one.name.casefold())
            if expected and expected != f"sha256:{one.packed_sha256 if of_zip else one.sha256}":
                return True
        return False

    def _fetch(
        self, file: FileInfo, folder: Path, stated: Mapping[str, str], known: _Validators
    ) -> tuple[Received, ...] | Unchanged:
        found = fetch_file(
            file,
            folder,
            largest=self.form.largest,
            session=self.workspace.session,
            policy=RETRY_POLICY,
            known=known.get(file.name),
            stated=stated,
            progress=self._file_progress(),
        )
        if isinstance(found, Unchanged):
            self.notes += found.notes
            return found
        for one in found:
            self.notes += one.notes
            self.wire += one.wire
        return found

    def _file_progress(self) -> Progress | None:
        progress, before = self.progress, self.wire
        if progress is None or len(self.form.files) == 1:
            return progress
        # The size of the files to come is not known.
        return lambda done, total: progress(before + done, 0)

    # ── what came in ──────────────────────────────────────────────────────────────────────────

    def _same(self, files: list[Received]) -> HeldEdition | None:
        """The newest edition held with the same bytes."""
        sha256 = edition_hash(one.sha256 for one in files)
        held = self.workspace.store.with_hash(self.list_id, sha256, form=self.form.name)
        # One that a person dated, and that was quarantined for it, says nothing of the server's.
        able = [one for one in held if one.is_usable or one.dated_by != "caller"]
        return able[-1] if able else None

    def _parse(self, files: list[Received], same: HeldEdition | None) -> Parsed:
        sources = [InputFile(one.path, name=one.name, largest=one.size) for one in files]
        options = Options(
            list_id=self.list_id,
            # The same bytes at a later date are the same edition.
            published=self._day(files) if same is None else same.published,
            dated_by="http",
            retrieved_at=self.at,
            verifies_list=True,
        )
        # The hints of parsers are for a person who has the files.
        try:
            parsed = parse(sources, options)
        except IncompleteEditionError as error:
            if len(sources) > 1:
                error.advise(Hint("the publisher may be changing its files: try again later"))
            raise
        except UnknownFormatError as error:
            error.advise(Hint(_OTHER_FILE))
            raise
        except InvalidInputError as error:  # our options are right: the server gave another list
            raise StructureChangedError(
                f"the server gave another list, or another format, than {self.list_id}: {error.what}",
                where=error.where,
                hint=_OTHER_FILE,
            ) from error
        if parsed.editions[0].format != self.form.name:
            raise StructureChangedError(
                f"the server gave {parsed.editions[0].format} where {self.form.name} was asked for",
                where=Where(source=name_of(sources), list_id=self.list_id),
                hints=(
                    Hint("ask for another format: {}", "format", "…"),
                    Hint("name another address in lists.toml"),
                ),
            )
        return parsed

    def _day(self, files: list[Received]) -> date:
        """The day for a file that states none: when the server last changed it, else sent it."""
        days = [day for one in files if (day := _day_of(one.last_modified))]
        days = days or [day for one in files if (day := _day_of(one.date))]
        if not days and (doubt := self.workspace.clock_doubt()):
            raise FetchError(
                "neither the file nor the server states a date, and the clock of this machine is "
                f"doubtful: {doubt}",
                where=Where(source=", ".join(one.name for one in files)),
                hints=(
                    Hint("set the clock"),
                    self.workspace.hint(
                        "get the file yourself, and say of which day it is: {}",
                        "add",
                        "…",
                        list_id=self.list_id,
                        published="2021-12-10",
                    ),
                ),
            )
        return max(days, default=self.at.date())

    def _compare_clocks(self, files: list[Received]) -> None:
        """Note where the clock of the server says another time than ours."""
        for said in (http_date(one.date) for one in files):
            if said is not None and abs(said - self.at) > _CLOCK_SKEW:
                self.notes.append(
                    f"the clock of this machine is doubtful: it says {time_words(self.at)}, and that "
                    f"of the server {time_words(said)}"
                )
                return


def _day_of(header: str) -> date | None:
    """The day of an HTTP date, as it is written there; None where it is none."""
    time = http_date(header)
    return None if time is None or time.date() == _UNKNOWN else time.date()
