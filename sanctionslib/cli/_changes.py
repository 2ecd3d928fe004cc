"""The commands about the past: diff, changes (edition by edition), timeline (of a party)."""

from __future__ import annotations

import contextlib
from pathlib import PurePath
from typing import TYPE_CHECKING

import attrs
import click

from sanctionslib.cli._command import ARCHIVE, ROWS, check_limit, command, one_text
from sanctionslib.cli._errors import about_party, warnings_once
from sanctionslib.cli._exit import Exit
from sanctionslib.cli._options import LIST, PATH, option
from sanctionslib.cli._output import Rows, give
from sanctionslib.cli._request import FORMS, WITH_ROWS, Request, working
from sanctionslib.errors import AmbiguousIdError, NotFoundError

if TYPE_CHECKING:
    from sanctionslib.answers import ChangeLog, Changes

_HELD = ("file_format", "home")

_exit_code = option("--exit-code", "End with code 6 where there are changes, for scripts.")


def _give(request: Request, found: Changes | ChangeLog, exit_code: bool) -> Exit | None:
    """Print or write a report, and say the exit code that is asked for."""
    give(request, found, rows=Rows.of(found), limit=request.limit)
    return Exit.CHANGED if exit_code and found else None


# ── two editions ──────────────────────────────────────────────────────────────────────────────


@command(
    "What changed between two editions of a list.",
    "  sanctionslib diff SDN_OLD.XML SDN_NEW.XML",
    "  sanctionslib diff SDN_OLD.XML SDN_NEW.XML -o changes.md",
    "  sanctionslib diff SDN_OLD.XML SDN_NEW.XML --json",
    "  sanctionslib diff --sample",
    "Two editions in the archive:",
    "  sanctionslib diff --list us_ofac_sdn --from 2021-12-09 --to 2021-12-10",
    shared=("lists", "sample", "list_id", "partial", "strict", *_HELD, *ROWS),
    forms=(*WITH_ROWS, "svg"),
    fields=("ChangeRow",),
)
@click.argument("old", metavar="OLD", type=PATH, required=False)
@click.argument("new", metavar="NEW", type=PATH, required=False)
@option(
    "--old-published DATE", "The date of the older edition, where its file states none: 2021-12-09."
)
@option(
    "--new-published DATE", "The date of the newer edition, where its file states none: 2021-12-10."
)
@option(
    "--from DATE",
    "The older one: the newest edition on this day, of those that the archive holds.",
    "from_day",
)
@option("--to DATE", "The newer one, in the same way; without it the newest held.", "to_day")
@_exit_code
def diff(
    request: Request,
    old: str | None,
    new: str | None,
    old_published: str | None,
    new_published: str | None,
    from_day: str | None,
    to_day: str | None,
    exit_code: bool,
) -> Exit | None:
    """What changed from the older edition OLD of a list to the edition NEW.

    Parties that were added and removed, and of the others each value that is new, gone or changed.
    Both must be of the same list, in the same format, and hold the same part of it; what is missing
    must be missing in both. A table shows 50 parties of each sort. --sample compares the samples of 2021-12-09 and 2021-12-10, --list two
    days of the archive; `changes` compares each edition in it with the next.
    """
    if not request.lists and (from_day, to_day) != (None, None):
        raise click.UsageError("--from and --to go with --list: they are days of the archive")
    published = (old_published, new_published)
    of_files = (old, new, *published, *request.list_id)
    is_about_files = any(one is not None for one in of_files)
    if request.lists:
        if request.sample or is_about_files:
            raise click.UsageError(
                "--list compares two editions in the archive: leave it or the files and samples out"
            )
        if from_day is None:
            raise click.UsageError(
                "say from which day on: --from DATE, and --to DATE unless the newest edition is "
                "meant"
            )
        older = attrs.evolve(request, as_of=from_day)
        newer = attrs.evolve(request, as_of=to_day, offline=True)
    elif request.sample:
        if is_about_files:
            raise click.UsageError(
                "--sample compares two samples: leave it, or the files and what is said of them, out"
            )
        older, newer = (attrs.evolve(request, day=day) for day in ("2021-12-09", "2021-12-10"))
    elif old is None or new is None:
        raise click.UsageError(
            "say what to compare: OLD and NEW, two editions of a list, --list ID with --from DATE "
            "for two in the archive, or --sample for the two days of the small one that comes with "
            "this program"
        )
    elif old == new == "-":
        raise click.UsageError("only one of the two can be standard input")
    else:
        older, newer = (
            attrs.evolve(request, file=(file,), published=() if day is None else (day,))
            for file, day in zip((old, new), published, strict=True)
        )
    check_limit(request)
    from sanctionslib.query import diff as compared

    with warnings_once(*(PurePath(one).name for one in (old, new) if one)) as which:
        which("old")
        before = older.read()
        which("new")
        after = newer.read()
    return _give(request, compared(before, after), exit_code)


# ── along the archive ─────────────────────────────────────────────────────────────────────────


@command(
    "What changed in a list from edition to edition.",
    "  sanctionslib changes us_ofac_sdn --start 2021-12-01",
    "  sanctionslib changes us_ofac_sdn --start 2021-12-01 --end 2021-12-31 -o december.md",
    shared=(*_HELD, *ROWS),
    forms=(*WITH_ROWS, "svg"),
    fields=("ChangeRow",),
)
@LIST
@option(
    "--start DATE",
    "The first day: the edition that was the newest on it is compared with the next one.",
    required=True,
)
@option("--end DATE", "The last day; without it the newest edition held.")
@_exit_code
def changes(
    request: Request,
    list_id: str,
    start: str,
    end: str | None,
    exit_code: bool,
) -> Exit | None:
    """What changed from each edition of a list that the archive holds to the next.

    Downloads nothing: between two editions held, others may have been published that nobody kept.
    `diff --list` compares the first and the last alone.
    """
    check_limit(request)
    with working(list_id, "comparing") as report:
        found = request.archive.changes(
            list_id, start=start, end=end, format=request.file_format, progress=report
        )
    return _give(request, found, exit_code)


@command(
    "What the editions held say of a party over time.",
    "  sanctionslib timeline us_ofac_sdn:33951",
    "  sanctionslib timeline us_ofac_sdn:33951 -o rab.svg",
    shared=("file_format", *ARCHIVE),
    forms=(*FORMS, "svg"),
)
@click.argument("entity_id", metavar="ENTITY_ID...", nargs=-1, required=True)
def timeline(request: Request, entity_id: tuple[str, ...]) -> None:
    """What the editions that the archive holds say of a party over time: added, amended, removed.

    ENTITY_ID is its full id, us_ofac_sdn:33951, or an exact name behind the id of the list,
    us_ofac_sdn:rapid action battalion. Each event has the first edition in which it is seen; when a
    party was listed only the source says (`why`). Nothing found is exit code 1.
    """
    archive, form, asked = request.archive, request.file_format, one_text(entity_id)
    try:
        with working(asked, "comparing") as report:
            found = archive.timeline(asked, format=form, progress=report)
    except (AmbiguousIdError, NotFoundError) as error:
        held = archive.editions(asked.partition(":")[0])
        is_looked_at = any(one.is_usable and form in (None, one.format) for one in held)
        with about_party() if is_looked_at else contextlib.nullcontext():
            raise error from None
    give(request, found)
