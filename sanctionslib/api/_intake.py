"""Intake: an edition that comes in is checked against the last good one, and stored or quarantined."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import TypeAlias

import attrs

from sanctionslib._log import Log
from sanctionslib.answers import Check, EditionStatus, HeldEdition
from sanctionslib.api import _clock
from sanctionslib.api._cached import Comparisons, keep_parsed
from sanctionslib.api._clock import is_doubtful, tomorrow
from sanctionslib.api._read import list_of
from sanctionslib.api._workspace import Workspace
from sanctionslib.archive.checks import check_end, check_figures, figures_in, figures_of
from sanctionslib.archive.packing import Received, pack
from sanctionslib.catalog import OWN_CSV, OWN_JSON
from sanctionslib.errors import (
    Hint,
    ImplausibleEditionError,
    InvalidInputError,
    SanctionsError,
    Where,
)
from sanctionslib.model import Edition, Entity, IdStability, Scope
from sanctionslib.parsers import (
    Given,
    Options,
    Parsed,
    Progress,
    formats,
    parse,
    recognise,
    rejected_gap,
    sources_of,
)
from sanctionslib.query import SanctionsList

_LOG = Log("api")
_Read: TypeAlias = Callable[[HeldEdition], SanctionsList[Entity]]


def take_in(
    workspace: Workspace,
    received: Sequence[Received],
    parsed: Parsed,
    *,
    list_id: str,
    is_download: bool = False,
) -> tuple[HeldEdition, bool]:
    """Check an edition and store it; False where it was held already.

    An implausible one is stored too, as QUARANTINED; `check_plausible` raises for it.
    """
    edition = parsed.editions[0]
    where = Where(source=", ".join(edition.members), list_id=list_id)
    if edition.list_id != list_id:
        raise InvalidInputError(
            f"this is an edition of {edition.list_id}, and not of {list_id}",
            where=where,
            hints=(Hint("say {}", "list_id", edition.list_id),),
        )
    if edition.published is None and (doubt := workspace.clock_doubt()):
        raise InvalidInputError(
            "this edition has no date, so it would be of the day of its arrival; but the clock of "
            f"this machine is doubtful: {doubt}",
            where=where,
            hints=(
                Hint("say of which day it is: {}", "published", "2021-12-10"),
                Hint("set the clock, if it is wrong"),
            ),
        )
    # Entries that could not be read have a check of their own, so that a person can accept the
    # edition. What never came in is another matter.
    rejected = rejected_gap(parsed.audit.rejected)
    edition = attrs.evolve(
        edition, missing=tuple(each for each in edition.missing if each != rejected)
    )
    figures = figures_of(parsed.entities)
    # The last edition is read twice at most: for its end, and for what changed.
    read = lru_cache(maxsize=1)(workspace.read)
    held, is_new = workspace.store.store(
        received,
        edition,
        entries=len(parsed.entities),
        lacks_entries=_lacks_entries(edition),
        checks=_checks(workspace, edition, parsed, figures, read, is_download=is_download),
        now=_clock.now(),
    )
    _remove_undated(workspace, held)
    if is_new and held.missing:
        _LOG.warning(list_id, "incomplete: %s, %d entries", held.label, held.entries)
    elif is_new and held.status is EditionStatus.VALID:
        words = (held.label, held.entries, len(held.checks))
        _LOG.info(list_id, "valid: %s, %d entries, checks: %d", *words)
    if is_new and held.is_usable:
        keep_parsed(workspace.store, held, parsed)
        _compare(workspace, held, parsed, read)
    return held, is_new


def add_files(
    workspace: Workspace,
    source: Given | Sequence[Given],
    *,
    list_id: str,
    published: date | None,
    partial: bool,
    progress: Progress | None,
) -> HeldEdition:
    """See `Archive.add`."""
    if not isinstance(list_id, str):
        raise InvalidInputError(f"list_id={list_id!r} is no text", hint="write it in quotes")
    sources = sources_of(source)
    for one in sources:
        if recognise(one).name == OWN_JSON:
            raise InvalidInputError(
                "this file was written by this library: an archive holds what was published",
                where=Where(source=one.name, list_id=list_id),
                hint="add the official files that it was made from; a list of your own as CSV",
            )
    options = Options(
        list_id=list_id, published=published, partial=partial, progress=progress, verifies_list=True
    )
    parsed = parse(sources, options)
    form = parsed.editions[0].format
    if parsed.editions[0].published is None and form != OWN_CSV:
        raise InvalidInputError(
            "these files state no date, and none was given: they would count as of the day on which "
            "they are added, and an old download would pass for the newest edition",
            where=Where(source=", ".join(one.name for one in sources), list_id=list_id),
            hints=(
                Hint("say when they were published or downloaded: {}", "published", "2021-12-10"),
            ),
        )
    store = workspace.store
    with store.lock(list_id), store.temporary_folder(list_id, form) as folder:
        received: list[Received] = []
        for one in sources:
            with one.open() as stream:
                received.append(pack(stream, folder, one.name))
        held, _ = take_in(workspace, received, parsed, list_id=list_id)
    check_plausible(workspace, held)
    return held


def _checks(
    workspace: Workspace,
    edition: Edition,
    parsed: Parsed,
    figures: Mapping[str, int],
    read: _Read,
    *,
    is_download: bool,
) -> tuple[Check, ...]:
    if edition.scope is not Scope.WHOLE or _lacks_entries(edition):
        return ()  # it can never answer for its list, and is compared with nothing
    store, list_id, form = workspace.store, edition.list_id, edition.format
    info = workspace.info(list_id, any_name=True)
    day = edition.published or _clock.now().date()
    last = store.before(list_id, form, day=day, missing=edition.missing)
    # The last good one in another format, or of other files, can be compared in part.
    other = None
    if last is None:
        other = store.as_of(list_id, day, forms=tuple(one.name for one in info.formats))
    base = last or other
    checks = check_figures(
        figures,
        info.limits,
        before=None if base is None else figures_in(base),
        against="" if base is None else base.name,
        same_form=other is None,
    )
    if last is not None and form in _open_ended():
        # That the last one is damaged is reported to whoever asks for it.
        with contextlib.suppress(SanctionsError):
            checks += check_end(
                tuple(read(last)),
                parsed.entities,
                info.limits,
                key=_without_key if edition.id_stability is IdStability.EDITION else _key,
                against=last.name,
            )
    # None may be missing without a person's word.
    checks += (Check(name="rejected", value=parsed.audit.rejected, most=0),)
    if edition.published is None:
        return checks
    # A download may not be older than the current edition; what people add may be.
    current = store.current(list_id, form=form) if is_download else None
    earliest = None if current is None else _number(current.day)
    dated = Check(
        name="date",
        value=_number(edition.published),
        before=earliest,
        least=earliest,
        most=_number(tomorrow()),
        against="" if current is None else current.name,
    )
    return (*checks, dated)


def _key(one: Entity) -> object:
    return one.id


def _without_key(one: Entity) -> object:
    """What an entry says in every edition, where its key does not last."""
    return one.name, tuple(sorted(each.list_name for each in one.listings))


@cache
def _open_ended() -> frozenset[str]:
    """The formats whose files look whole wherever they end."""
    return frozenset(one.name for one in formats() if one.has_no_end_mark)


def _lacks_entries(edition: Edition) -> bool:
    """Whether entries are missing, or may be: anything but a file that says more of them."""
    files = {name for each in formats() if each.name == edition.format for name in each.files}
    return not files.issuperset(edition.missing)


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _compare(workspace: Workspace, held: HeldEdition, parsed: Parsed, read: _Read) -> None:
    """Cache what changed since the edition before, so that nobody has to read both again."""
    last = workspace.store.before(
        held.list_id, held.format, day=held.day, missing=held.missing, sha256=held.sha256
    )
    if last is None:
        return
    new = list_of(parsed)
    compared = Comparisons(workspace.store, lambda one: new if one.name == held.name else read(one))
    # Why the two cannot be compared is reported to whoever asks for the changes.
    with contextlib.suppress(SanctionsError):
        compared.changed_ids(last, held)


# ── quarantine ────────────────────────────────────────────────────────────────────────────────


def check_plausible(workspace: Workspace, held: HeldEdition) -> None:
    """Raise ImplausibleEditionError where an edition is quarantined."""
    if held.status is not EditionStatus.QUARANTINED:
        return
    failed = tuple(_words_of(one) for one in held.failed)
    _LOG.warning(held.list_id, "quarantined: %s: %s", held.label, "; ".join(failed))
    against = next((one.against for one in held.failed if one.against), "the list")
    text = "if the publisher did change the list so, accept it: {}"
    raise ImplausibleEditionError(
        f"the edition of {held.day} ({held.format}, {held.entries:,} entries) is so unlike {against} "
        f"that it was quarantined: {'; '.join(failed)}",
        sha256=held.sha256,
        failed=failed,
        where=Where(source=held.folder, list_id=held.list_id, edition=held.name),
        hints=(
            Hint("look at its files"),
            workspace.hint(text, "accept", held.list_id, held.sha256[:16], reason="…"),
            Hint(workspace.last_good(held.list_id)),
        ),
    )


def accept(workspace: Workspace, list_id: str, sha256: str, *, reason: str) -> HeldEdition:
    """See `Archive.accept`."""
    held = workspace.store.accept(list_id, sha256, reason=reason, now=_clock.now())
    with workspace.store.lock(list_id):
        _remove_undated(workspace, held)
    return held


def _remove_undated(workspace: Workspace, held: HeldEdition) -> None:
    """Remove the edition with the same bytes that had no date, where the clock was wrong then."""
    if held.published is None or not held.is_usable:
        return
    for one in workspace.store.undated(held.list_id, form=held.format):
        if one.sha256 == held.sha256 and is_doubtful(one):
            workspace.store.remove(one)


def _words_of(check: Check) -> str:
    """One figure of an edition in words: `entries: 375, and at least 608 are required (639 before)`."""
    if check.name == "date":
        text = f"date: {_day(check.value)}"
        if check.least is not None and check.value < check.least:
            return f"{text}, before that of the current edition, {_day(check.least)}"
        return f"{text}, a day in the future by the clock of this machine"
    text = f"{check.name}: {check.value:,}"
    if check.name.endswith("gone from the end"):
        what = "the aliases of " if check.name.startswith("aliases") else ""
        return (
            f"{text}: {what}the entries that stood last in {check.against}; the file may have been "
            "cut there"
        )
    if check.least is not None and check.value < check.least:
        text += f", and at least {check.least:,} are required"
    if check.most is not None and check.value > check.most:
        text += f", and at most {check.most:,} are allowed"
    return text if check.before is None else f"{text} ({check.before:,} before)"


def _day(number: int) -> str:
    return f"{number // 10_000:04}-{number // 100 % 100:02}-{number % 100:02}"
