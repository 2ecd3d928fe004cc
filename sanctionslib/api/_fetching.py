"""A list's newest edition from its publisher's server into the archive: asked for, checked, kept."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import attrs

from sanctionslib.answers import EditionStatus, Fetched, HeldEdition
from sanctionslib.api._clock import moment
from sanctionslib.api._desk import Desk, now
from sanctionslib.archive.content import http_date
from sanctionslib.archive.fetch import RetryPolicy, Unchanged, fetch_file, published_hashes
from sanctionslib.archive.format_folder import Checked
from sanctionslib.archive.packing import Received, edition_hash
from sanctionslib.catalog import FileInfo, FormatInfo, ListInfo
from sanctionslib.errors import (
    Call,
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

if TYPE_CHECKING:
    import requests

__all__ = ["Asking", "format_of", "is_fresh", "refresh"]

RETRY_POLICY = RetryPolicy()
"""How often servers are asked, and how long they are waited for; tests wait less."""

HASHES = 60.0
"""Seconds that the publisher's hashes are waited for in all: the file can be had without them."""


@attrs.frozen(kw_only=True)
class Asking:
    """How a list is to be asked for."""

    form: FormatInfo
    """In which format."""
    force: bool = False
    """All of it, whatever the server said before."""
    max_age: timedelta | None = None
    """Not where it was asked so lately; None: in any case."""
    session: requests.Session | None = None
    progress: Progress | None = None


def format_of(info: ListInfo, name: str | None) -> FormatInfo:
    """The format to ask for.

    Raises:
        InvalidInputError: The list has none of this name, or none that can be read and fetched.
    """
    if name is None:
        if info.preferred is None:
            raise InvalidInputError(
                f"{info.list_id} cannot be fetched: "
                + (
                    "no address is known of it"
                    if info.is_readable or not info.formats
                    else "none of its formats can be read yet"
                ),
                hints=(
                    Hint("add files that you have with {}", call=Call("add")),
                    Hint("{} shows what can be fetched", call=Call("lists")),
                ),
            )
        return info.preferred
    for one in info.formats:
        if one.name == name:
            if not one.is_readable:
                raise InvalidInputError(
                    f"the format {name} of {info.list_id} cannot be read yet",
                    hint=f"say one of {', '.join(each.name for each in info.formats if each.is_readable) or 'none'}",
                )
            if not any(each.urls for each in one.files):
                raise InvalidInputError(
                    f"no address is known of {info.list_id} in the format {name}",
                    hints=(Hint("add files that you have with {}", call=Call("add")),),
                )
            return one
    raise InvalidInputError(
        f"{info.list_id} does not come in the format {name!r}",
        hint=f"say one of {', '.join(each.name for each in info.formats)}"
        if info.formats
        else "leave it out: no catalog says in which formats the list comes",
    )


def is_fresh(desk: Desk, list_id: str, form: str, max_age: timedelta) -> HeldEdition | None:
    """The edition that the server had, where it was asked lately and the edition was not refused."""
    checked = desk.archive.checked(list_id, form)
    # A clock that was set back would make an old answer young for ever.
    if checked is None or not timedelta(0) <= now() - checked.at <= max_age:
        return None
    held = desk.archive.named(list_id, form, checked.edition)
    return None if held is None or held.status is EditionStatus.QUARANTINED else held


def refresh(desk: Desk, list_id: str, asking: Asking) -> Fetched:
    """Ask the server, and keep what it gives.

    Raises:
        FetchError: It cannot be had, or not whole; BlockedError: something else came in its place.
        ParseError: It is not built as its format is, or is incomplete.
        ImplausibleEditionError: It is too unlike the last good edition.
        ArchiveError: The archive is at fault, or another process works on the list for too long.
        UnwritableError: It cannot be kept.
    """
    with _telling(desk, list_id), desk.archive.lock(list_id):
        if asking.max_age is not None:
            # Another process may have asked while this one waited for the lock.
            held = is_fresh(desk, list_id, asking.form.name, asking.max_age)
            if held is not None:
                return Fetched(edition=held, is_new=False, notes=(_MEANWHILE,))
        return _Refresh(desk, list_id, asking).run()


_HINT_OTHER = (
    "see what the publisher says of its addresses; a mirror can be named in lists.toml in the "
    "archive's folder"
)
_MEANWHILE = "another process asked the server a moment ago"


@contextmanager
def _telling(desk: Desk, list_id: str) -> Generator[None]:
    """Say with every error of the server's of which list it is, and how old its last good edition."""
    try:
        yield
    except (FetchError, ParseError) as error:
        # Several lists may be asked for at once.
        error.where = error.where._replace(list_id=list_id)
        told = desk.last_good(list_id)
        error.advise(*error.hints, Hint(told))
        raise


class _Refresh:
    """One time that a server is asked."""

    def __init__(self, desk: Desk, list_id: str, asking: Asking) -> None:
        self.desk = desk
        self.archive = desk.archive
        self.list_id = list_id
        self.asking = asking
        self.form = asking.form
        self.at = now()
        self.force = asking.force
        self.checked: Checked | None = None
        self.notes: list[str] = []
        self.wire = 0

    def run(self) -> Fetched:
        if not self.force:
            self._look_back()
        with self.archive.temporary_folder(self.list_id, self.form.name) as folder:
            received = self._receive(folder, self.checked.answers if self.checked else {})
            if received is None:
                assert self.checked is not None  # or nothing could be unchanged
                held = self.archive.named(self.list_id, self.form.name, self.checked.edition)
                assert held is not None  # as `checked` saw, and this process holds the lock
                return self._done(held, self.checked.answers, is_new=False)
            self._hold_against_server(received)
            same = self._same(received)
            if same is not None and not self.force:
                return self._done(same, self._answers(received), is_new=False)
            try:
                parsed = self._parse(received, same)
            except IncompleteEditionError:
                if len(self.form.files) == 1:
                    raise
                # The publisher may have changed its files while they were on their way.
                self.notes.append("all files were asked for again: they did not belong together")
                received = self._receive(folder, {}) or []
                same = self._same(received)
                parsed = self._parse(received, same)
            held, is_new = self.desk.keep(
                [one for _, each in received for one in each],
                parsed,
                list_id=self.list_id,
                is_download=True,
            )
            if is_new and same is not None:
                self.notes.append(f"the damaged files of {held.name} were replaced")
            return self._done(held, self._answers(received), is_new=is_new and same is None)

    def _look_back(self) -> None:
        """What the server said last, unless what it spoke of is damaged: then all is asked for."""
        checked = self.archive.checked(self.list_id, self.form.name)
        if checked is None:
            return
        held = self.archive.named(self.list_id, self.form.name, checked.edition)
        if held is not None and self.archive.is_damaged(held):
            self.notes.append(f"all was asked for: files of {held.name} are damaged")
            self.force = True
        else:
            self.checked = checked

    def _done(
        self, held: HeldEdition, answers: Mapping[str, tuple[str, str, str]], *, is_new: bool
    ) -> Fetched:
        self.archive.put_checked(
            self.list_id,
            self.form.name,
            Checked(at=self.at, edition=held.name, answers=answers),
        )
        # A refused edition is what the server has: it is not asked for the bytes again, and raises
        # each time until a person accepts it or another one comes.
        self.desk.refuse(held)
        current = self.archive.current(self.list_id, form=self.form.name)
        if current is not None and held.day < current.day:
            self.notes.append(
                f"the server went back to the edition of {held.day}; that of {current.day} stays "
                "the current one"
            )
        told = self.archive.named(self.list_id, self.form.name, held.name) or held
        return Fetched(edition=told, is_new=is_new, received=self.wire, notes=tuple(self.notes))

    # ── from the server ───────────────────────────────────────────────────────────────────────

    def _receive(self, folder: Path, answers: Mapping[str, tuple[str, str, str]]) -> _Files | None:
        """The files; None where the server says that none of them has changed."""
        stated = self._stated()
        if answers and stated and self._is_other(stated):
            self.notes.append("all was asked for: the publisher states another hash than that held")
            answers = {}
        found = [
            (file, self._fetch(file, folder, stated, answers.get(file.name)))
            for file in self.form.files
        ]
        if all(isinstance(one, Unchanged) for _, one in found):
            return None
        # What did not change is asked for again: the files of an edition come from one moment.
        return [
            (file, self._whole(file, folder, stated) if isinstance(one, Unchanged) else one)
            for file, one in found
        ]

    def _is_other(self, stated: Mapping[str, str]) -> bool:
        """Whether the publisher's hashes are of another edition than the one that is asked by.

        "Not modified" would then be the word of something on the way that remembers too long.
        """
        assert self.checked is not None  # it gave what to ask by
        held = self.archive.named(self.list_id, self.form.name, self.checked.edition)
        hashes = {name.casefold(): value for name, value in stated.items()}
        for one in held.files if held else ():
            of_zip = hashes.get(one.packed.casefold())  # it is compared alone, where there is one
            expected = of_zip or hashes.get(one.name.casefold())
            if expected and expected != f"sha256:{one.packed_sha256 if of_zip else one.sha256}":
                return True
        return False

    def _whole(
        self, file: FileInfo, folder: Path, stated: Mapping[str, str]
    ) -> tuple[Received, ...]:
        found = self._fetch(file, folder, stated, None)
        assert not isinstance(found, Unchanged)  # nothing was said to be known
        return found

    def _fetch(
        self,
        file: FileInfo,
        folder: Path,
        stated: Mapping[str, str],
        known: tuple[str, str, str] | None,
    ) -> tuple[Received, ...] | Unchanged:
        found = fetch_file(
            file,
            folder,
            largest=self.form.largest,
            session=self.asking.session,
            policy=RETRY_POLICY,
            known=known,
            stated=stated,
            progress=self._progress(),
        )
        if isinstance(found, Unchanged):
            self.notes += found.notes
            return found
        for one in found:
            self.notes += one.notes
            self.wire += one.wire
        return found

    def _progress(self) -> Progress | None:
        told = self.asking.progress
        if told is None or len(self.form.files) == 1:
            return told
        before = self.wire
        # How much the files to come have is not known.
        return lambda done, total: told(before + done, 0)

    def _stated(self) -> Mapping[str, str]:
        """The hashes that the publisher states; without them length and end are checked alone."""
        if not self.form.hashes:
            return {}
        try:
            return published_hashes(
                self.form.hashes,
                session=self.asking.session,
                policy=attrs.evolve(RETRY_POLICY, total_timeout=HASHES),
            )
        except FetchError as error:
            self.notes.append(f"the publisher's hashes could not be had: {error.what}")
            return {}

    # ── what came in ──────────────────────────────────────────────────────────────────────────

    def _answers(self, received: _Files) -> dict[str, tuple[str, str, str]]:
        """What to ask by next time."""
        return {
            file.name: (each[0].url, each[0].etag, each[0].last_modified) for file, each in received
        }

    def _same(self, received: _Files) -> HeldEdition | None:
        """The edition held with the same bytes, the newest of them."""
        sha256 = edition_hash(one.sha256 for _, each in received for one in each)
        held = self.archive.with_hash(self.list_id, self.form.name, sha256)
        # One that a person gave a day, and that was refused with it, says nothing of the server's.
        able = [one for one in held if one.is_usable or one.dated_by != "caller"]
        return able[-1] if able else None

    def _parse(self, received: _Files, same: HeldEdition | None) -> Parsed:
        sources = [
            InputFile(one.path, name=one.name, largest=one.size)
            for _, each in received
            for one in each
        ]
        options = Options(
            list_id=self.list_id,
            # The same bytes at a later date are the same edition.
            published=self._day(received) if same is None else same.published,
            dated_by="http",
            retrieved_at=self.at,
            doubts_list=True,
        )
        try:
            parsed = parse(sources, options)
        except IncompleteEditionError as error:
            if len(sources) > 1:  # the parser speaks to a person who has the files
                error.advise(Hint("the publisher may be changing its files: try again later"))
            raise
        except UnknownFormatError as error:
            error.advise(
                Hint(_HINT_OTHER)
            )  # that of the parser speaks of files that a person names
            raise
        except InvalidInputError as error:  # ours are right: the server gave another list
            raise StructureChangedError(
                f"the server gave another list, or another format, than {self.list_id}: {error.what}",
                where=error.where,
                hint=_HINT_OTHER,
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

    def _day(self, received: _Files) -> date:
        """The day for a file that states none: when the server last changed it, else sent it."""
        files = [one for _, each in received for one in each]
        days = [day for one in files if (day := _day_of(one.last_modified)) is not None]
        if not days:
            days = [day for one in files if (day := _day_of(one.date)) is not None]
        if not days and (doubt := self.desk.clock_doubt()):
            raise FetchError(
                "neither the file nor the server states a date, and the clock of this machine is "
                f"doubtful: {doubt}",
                where=Where(source=", ".join(one.name for one in files)),
                hints=(
                    Hint("set the clock"),
                    Hint(
                        "get the file yourself, and say of which day it is: {}",
                        call=Call(
                            "add",
                            ("…",),
                            {"list_id": self.list_id, "published": "2021-12-10"},
                        ),
                    ),
                ),
            )
        return max(days, default=self.at.date())

    def _hold_against_server(self, received: _Files) -> None:
        """Note where the clock of the server is another than ours."""
        for one in (one for _, each in received for one in each):
            said = http_date(one.date)
            if said is not None and abs(said - self.at) > _TOLERATED:
                self.notes.append(
                    f"the clock of this machine is doubtful: it says {moment(self.at)}, and that of "
                    f"the server {moment(said)}"
                )
                return


_Files: TypeAlias = list[tuple[FileInfo, tuple[Received, ...]]]


_NEVER = date(1970, 1, 1)
"""Second 0 of Unix: what a server states that does not know when a file was changed."""


_TOLERATED = timedelta(days=1)
"""Clocks of servers are wrong too, by minutes and hours."""


def _day_of(header: str) -> date | None:
    """The day of an HTTP date, as it is written there; None where it is none."""
    moment = http_date(header)
    return None if moment is None or moment.date() == _NEVER else moment.date()
