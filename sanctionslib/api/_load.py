"""Lists from the archive, kept current: which edition answers, and whether its server is asked first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import attrs

from sanctionslib.answers import HeldEdition, IssueKind
from sanctionslib.api import _clock
from sanctionslib.api._download import format_of, recent, refresh
from sanctionslib.api._integrity import doubtful, missing
from sanctionslib.api._parallel import for_each
from sanctionslib.api._read import Loaded, as_day, as_list
from sanctionslib.api._workspace import Workspace
from sanctionslib.catalog import FormatInfo, ListInfo
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
from sanctionslib.parsers import Parsed, Progress

__all__ = ["MAX_AGE", "LoadRequest"]

MAX_AGE = timedelta(hours=6)
"""How long `load` relies on what the server said last, before it asks again."""


@attrs.frozen(kw_only=True)
class LoadRequest:
    """What `Archive.load` was asked for.

    Raises:
        InvalidInputError: An argument makes no sense, alone or beside another.
    """

    list_ids: tuple[str, ...]
    as_of: date | str | None
    max_age: timedelta | None
    offline: bool
    allow_stale: bool
    format: str | None
    keep_source: bool
    strict: bool
    progress: Progress | None

    def __attrs_post_init__(self) -> None:
        if not self.list_ids:
            raise InvalidInputError(
                "no list is named",
                hints=(
                    Hint("say which: {}", call=Call("load", ("us_ofac_sdn",))),
                    Hint("{} shows all", call=Call("lists")),
                ),
            )
        for one in self.list_ids:
            if not isinstance(one, str):
                raise InvalidInputError(
                    f"{one!r:.80} is no list id",
                    hint="write it in quotes; several are named one after the other, without brackets",
                )
            if self.list_ids.count(one) > 1:
                raise InvalidInputError(f"{one!r} is named twice", hint="name each list once")
        if self.max_age is not None and not isinstance(self.max_age, timedelta):
            raise InvalidInputError(
                f"max_age={self.max_age!r} is no duration", hint="give one: timedelta(hours=6)"
            )
        if self.max_age is not None and self.max_age < timedelta(0):
            raise InvalidInputError(
                f"max_age={self.max_age} is below zero", hint="0 asks in any case"
            )
        if self.day is None:
            return
        if self.max_age is not None or self.allow_stale:
            raise InvalidInputError(
                "as_of takes what the archive holds of that day: max_age and allow_stale have no "
                "meaning there",
                hint="leave them out",
            )
        if self.day > _clock.tomorrow():
            raise InvalidInputError(
                f"as_of={self.day} is in the future by the clock of this machine",
                argument="as_of",
                hint="leave it out for the newest edition",
            )

    @property
    def day(self) -> date | None:
        """The day that is asked for; None for the newest edition."""
        return as_day(self.as_of, "as_of")

    def loaded(self, workspace: Workspace) -> list[Loaded]:
        """Each list, with its warnings.

        Raises:
            SanctionsError: See `Archive.load`.
        """
        for list_id in self.list_ids:  # a wrong id is an error before any server is asked
            workspace.info(list_id)
        # A session of requests is not made for several threads.
        return for_each(
            self.list_ids,
            lambda list_id, start: _Load(self, workspace, list_id, start).run(),
            self.progress,
            in_turn=workspace.session is not None,
        )


@attrs.define
class _Load:
    """One of the lists that are loaded."""

    request: LoadRequest
    workspace: Workspace
    list_id: str
    start: Callable[[], Progress]
    warnings: list[SanctionsWarning] = attrs.field(factory=list)

    def run(self) -> Loaded:
        asked = self.request
        failure = None if asked.day or asked.offline else self._ask_server()
        # Another process may remove what was found before it is read.
        held, parsed = self.workspace.retried(lambda: self._found(failure))
        # What is missing has a warning of its own.
        told = (IssueKind.EDITION,) if held.missing else ()
        made = as_list(parsed, f"{held.list_id} {held.name}", strict=asked.strict, told=told)
        return Loaded(list=made.list, warnings=(*self.warnings, *made.warnings))

    def _ask_server(self) -> SanctionsError | None:
        """Ask the server; the error, where there was one and the last good edition may be used."""
        form = self._form(self.workspace.info(self.list_id))
        if form is None:
            return None
        max_age = MAX_AGE if self.request.max_age is None else self.request.max_age
        if recent(self.workspace, self.list_id, form.name, max_age) is not None:
            return None
        try:
            refresh(self.workspace, self.list_id, form, max_age=max_age, progress=self.start())
        except (FetchError, ParseError, ArchiveError, UnwritableError) as error:
            if self._newest() is None:
                raise
            if not self.request.allow_stale:
                error.advise(
                    *error.hints,
                    Hint("to use the last good edition all the same: {}", "allow_stale", True),
                    Hint("or {}", "offline", True),
                )
                raise
            return error
        return None

    def _form(self, info: ListInfo) -> FormatInfo | None:
        """The format to ask for; None where no server has it, and people added what is held."""
        if self.request.format is None:
            return info.preferred
        try:
            return format_of(self.workspace, info, self.request.format)
        except InvalidInputError:
            if self._newest() is None:
                raise
            return None

    def _newest(self) -> HeldEdition | None:
        """The newest edition that can answer, whatever its age."""
        store, forms = self.workspace.store, self.workspace.forms(self.list_id)
        form = self.request.format
        # Where no complete one is held, what people added in part is better than nothing.
        return store.current(self.list_id, forms=forms, form=form) or store.as_of(
            self.list_id, date.max, forms=forms, form=form
        )

    def _found(self, failure: SanctionsError | None) -> tuple[HeldEdition, Parsed]:
        self.warnings.clear()
        workspace, list_id = self.workspace, self.list_id
        day, form, forms = self.request.day, self.request.format, workspace.forms(list_id)
        held = (
            workspace.store.as_of(list_id, day, forms=forms, form=form) if day else self._newest()
        )
        if gone := missing(workspace, list_id, held, forms=forms, form=form, day=day):
            if held is None:
                raise gone
            self._tolerate(gone, f"{held.label} ({_clock.age_of(held.day)}) is used: {gone.what}")
        if doubt := doubtful(workspace, list_id, form=form):
            self._tolerate(doubt, doubt.what, *doubt.hints)
        if held is None:
            if form is not None:  # raises where there is no such format
                format_of(workspace, workspace.info(list_id), form)
            workspace.not_held(list_id, form=form, day=day)
        self.warnings += workspace.trust_warnings(held)
        if failure is not None:
            self._tolerate(
                failure,
                f"{held.label} ({_clock.age_of(held.day)}) is used: no newer edition could be had: "
                f"{failure.what}",
            )
        if self.request.offline and not day:
            self._check_age(held)
        if held.missing:
            self.warnings.append(
                PartialEditionWarning(
                    f"{held.label}: no complete edition is held of that time; what the missing "
                    "files say is not stated"
                )
            )
        return held, workspace.parsed(held, keep_source=self.request.keep_source)

    def _check_age(self, held: HeldEdition) -> None:
        """Offline, the server must have been asked within `max_age`."""
        max_age, at = self.request.max_age, held.checked_at
        if max_age is None or _clock.is_recent(at, max_age):
            return
        said = f"last asked at {_clock.time_words(at)}" if at else "never asked about it"
        ago = f"more than {max_age / timedelta(hours=1):,g} h ago"
        if at and at > _clock.now():
            ago = "in the future by the clock of this machine"
        what = f"{held.label}: its server was {said}, which is {ago}"
        error = StaleError(
            what,
            where=Where(list_id=held.list_id, edition=held.name),
            hints=(
                Hint("load it online"),
                Hint("allow a longer {}", "max_age"),
                Hint("use it all the same: {}", "allow_stale", True),
            ),
        )
        self._tolerate(error, f"{what}; it is used all the same")

    def _tolerate(self, error: SanctionsError, warning: str, *hints: Hint) -> None:
        """Warn of a fault where `allow_stale` permits it; otherwise raise it."""
        if not self.request.allow_stale:
            raise error
        self.warnings.append(StaleEditionWarning(warning, hints))
