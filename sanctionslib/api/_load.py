"""A list from the archive, kept current: which edition answers, and whether its server is asked first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import attrs

from sanctionslib._log import Log
from sanctionslib.answers import HeldEdition, IssueKind
from sanctionslib.api import _clock
from sanctionslib.api._download import format_of, recent, refresh
from sanctionslib.api._history import doubtful, missing
from sanctionslib.api._read import list_of, warnings_of
from sanctionslib.api._workspace import Workspace
from sanctionslib.catalog import FormatInfo
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
from sanctionslib.parsers import Parsed, Progress
from sanctionslib.query import SanctionsList

_LOG = Log("api")
_MAX_AGE = timedelta(hours=6)
"""How long `load` relies on what the server said last, before it asks again."""


def check_arguments(
    list_ids: Sequence[str], day: date | None, *, max_age: timedelta | None, allow_stale: bool
) -> None:
    """Raise InvalidInputError where an argument of `load` makes no sense, alone or beside another."""
    if not list_ids:
        example = Hint("say which: {}", call=Call("load", ("us_ofac_sdn",)))
        hints = (example, Hint("{} shows all", call=Call("lists")))
        raise InvalidInputError("no list is named", hints=hints)
    for one in list_ids:
        if not isinstance(one, str):
            raise InvalidInputError(
                f"{one!r:.80} is no list id",
                hint="write it in quotes; several are named one after the other, without brackets",
            )
        if list_ids.count(one) > 1:
            raise InvalidInputError(f"{one!r} is named twice", hint="name each list once")
    if max_age is not None and not isinstance(max_age, timedelta):
        raise InvalidInputError(
            f"max_age={max_age!r} is no duration", hint="give one: timedelta(hours=6)"
        )
    if max_age is not None and max_age < timedelta(0):
        raise InvalidInputError(f"max_age={max_age} is below zero", hint="0 asks in any case")
    if day is not None and (max_age is not None or allow_stale):
        raise InvalidInputError(
            "as_of takes what the archive holds of that day: max_age and allow_stale have no meaning",
            hint="leave them out",
        )
    if day is not None and day > _clock.tomorrow():
        raise InvalidInputError(
            f"as_of={day} is in the future by the clock of this machine",
            argument="as_of",
            hint="leave it out for the newest edition",
        )


@attrs.define(kw_only=True)
class Load:
    """One of the lists that `Archive.load` was asked for, and how."""

    workspace: Workspace
    list_id: str
    day: date | None
    max_age: timedelta | None
    offline: bool
    allow_stale: bool
    format: str | None
    keep_source: bool
    strict: bool
    warnings: list[SanctionsWarning] = attrs.field(init=False, factory=list[SanctionsWarning])

    def run(self, progress: Progress) -> tuple[SanctionsList[Entity], list[SanctionsWarning]]:
        """The list, and what to warn of."""
        failure = None if self.day or self.offline else self._ask_server(progress)
        # Another process may remove what was found before it is read.
        held, parsed = self.workspace.retried(lambda: self._found(failure))
        # What is missing has a warning of its own.
        ignored = (IssueKind.EDITION,) if held.missing else ()
        name = f"{held.list_id} {held.name}"
        faults = warnings_of(parsed, name, strict=self.strict, ignored=ignored)
        for one in self.warnings:
            if isinstance(one, StaleEditionWarning):
                _LOG.warning(self.list_id, "stale: %s", one.what)
        return list_of(parsed), [*self.warnings, *faults]

    def _ask_server(self, progress: Progress) -> SanctionsError | None:
        """Ask the server; the error, where there was one and the last good edition may be used."""
        form = self._form()
        max_age = _MAX_AGE if self.max_age is None else self.max_age
        if form is None or recent(self.workspace, self.list_id, form.name, max_age) is not None:
            return None
        try:
            refresh(self.workspace, self.list_id, form, max_age=max_age, progress=progress)
        except (FetchError, ParseError, ArchiveError, UnwritableError) as error:
            if self._answering() is None:
                raise
            if self.allow_stale:
                return error
            error.advise(
                *error.hints,
                Hint("to use the last good edition all the same: {}", "allow_stale", True),
                Hint("or {}", "offline", True),
            )
            raise
        return None

    def _form(self) -> FormatInfo | None:
        """The format to ask for; None where no server has it, and people added what is held."""
        info = self.workspace.info(self.list_id)
        if self.format is None:
            return info.preferred
        try:
            return format_of(self.workspace, info, self.format)
        except InvalidInputError:
            if self._answering() is None:
                raise
            return None

    def _answering(self) -> HeldEdition | None:
        """The edition that answers for the day; without one the newest, whatever its age."""
        store, forms = self.workspace.store, self.workspace.forms(self.list_id)
        if self.day is None:
            return store.latest(self.list_id, forms=forms, form=self.format)
        return store.as_of(self.list_id, self.day, forms=forms, form=self.format)

    def _found(self, failure: SanctionsError | None) -> tuple[HeldEdition, Parsed]:
        self.warnings.clear()
        workspace, list_id, form = self.workspace, self.list_id, self.format
        held = self._answering()
        if gone := missing(workspace, list_id, held, form=form, day=self.day):
            if held is None:
                raise gone
            self._tolerate(gone, f"{_aged(held)} is used: {gone.what}")
        if doubt := doubtful(workspace, list_id, form=form):
            self._tolerate(doubt, doubt.what, *doubt.hints)
        if held is None:
            if form is not None:  # raises where there is no such format
                format_of(workspace, workspace.info(list_id), form)
            workspace.not_held(list_id, form=form, day=self.day)
        self.warnings += workspace.trust_warnings(held)
        if failure is not None:
            what = f"{_aged(held)} is used: no newer edition could be had: {failure.what}"
            self._tolerate(failure, what)
        if self.offline and self.max_age is not None and self.day is None:
            self._check_age(held, self.max_age)
        if held.missing:
            what = f"{held.label}: no complete edition is held of that time; what the missing files"
            self.warnings.append(PartialEditionWarning(f"{what} say is not stated"))
        return held, workspace.parsed(held, keep_source=self.keep_source)

    def _check_age(self, held: HeldEdition, max_age: timedelta) -> None:
        """Offline, the server must have been asked within `max_age`."""
        at = held.checked_at
        if _clock.is_recent(at, max_age):
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
        if not self.allow_stale:
            raise error
        self.warnings.append(StaleEditionWarning(warning, hints))


def _aged(held: HeldEdition) -> str:
    return f"{held.label} ({_clock.age_of(held.day)})"
