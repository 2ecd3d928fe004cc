"""The commands about the past: diff, changes (edition by edition), timeline (of a party)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import attrs
import click

from sanctionslib.cli._errors import about_party, visible
from sanctionslib.cli._exit import Exit
from sanctionslib.cli._options import ARCHIVE, LIST, PATH, Request, command, option, working
from sanctionslib.cli._output import NO_VERDICT, give, shown, suffix_of, to_json
from sanctionslib.errors import Hint, NotFoundError

if TYPE_CHECKING:
    from sanctionslib.answers import ChangeLog, Changes

_F = TypeVar("_F", bound=Callable[..., object])

_SUFFIXES = (".md", ".json", ".txt")
_HELD = ("file_format", *ARCHIVE)


# ── reports ───────────────────────────────────────────────────────────────────────────────────


def _report_options(command: _F) -> _F:
    """Add the options of a report on changes."""
    for one in (
        option("--exit-code", "End with code 6 where there are changes, for scripts."),
        option(
            "--output FILE",
            "Write the answer to a file, by its suffix: .md is a report, .json, .txt.",
            type=PATH,
        ),
        option(
            "--limit N",
            "How many parties of each sort to print as text; 0 prints all, and without it 50 "
            "are printed. JSON, Markdown and a file of --output hold all that changed.",
            least=0,
        ),
    ):
        command = one(command)
    return command


def _check(request: Request, limit: int | None, output: str | None) -> None:
    """Refuse what contradicts itself, before anything is read."""
    if limit is not None and (request.is_json or request.form == "markdown"):
        raise click.UsageError("--limit is for text: JSON and Markdown hold all that changed")
    if limit is not None and output is not None and request.form is None:
        raise click.UsageError("--limit is for text that is printed: a file holds all that changed")
    if output is not None:
        suffix_of(output, _SUFFIXES)


def _give(
    request: Request,
    found: Changes | ChangeLog,
    limit: int | None,
    output: str | None,
    exit_code: bool,
) -> Exit | None:
    """Write and print a report, and say the exit code that is asked for."""
    if output is not None:
        _write(found, output)
    if output is not None and request.form is None and not request.as_json:
        click.echo(visible(f"{repr(found)[1:-1]} written to {output}"))
    else:
        give(request, found, limit=shown(limit))
    return Exit.CHANGED if exit_code and found else None


def _write(found: Changes | ChangeLog, output: str) -> None:
    from sanctionslib.display import to_markdown, to_text
    from sanctionslib.export.files import put_text

    match suffix_of(output, _SUFFIXES):
        case ".json":
            written = json.dumps(to_json(found), ensure_ascii=False, indent=2)
        case ".md":
            written = to_markdown(found)
        case _:
            written = to_text(found, limit=None)
    put_text(output, f"{written}\n")


# ── two editions ──────────────────────────────────────────────────────────────────────────────


@command(
    "What changed between two editions of a list.",
    "  sanctionslib diff SDN_OLD.XML SDN_NEW.XML",
    "  sanctionslib diff SDN_OLD.XML SDN_NEW.XML --output changes.md",
    "  sanctionslib diff SDN_OLD.XML SDN_NEW.XML --json",
    "  sanctionslib diff --sample",
    "Two editions in the archive:",
    "  sanctionslib diff --list us_ofac_sdn --from 2021-12-09 --to 2021-12-10",
    shared=("sample", "list_id", "partial", "strict", "lists", *_HELD),
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
@_report_options
def diff(
    request: Request,
    old: str | None,
    new: str | None,
    old_published: str | None,
    new_published: str | None,
    from_day: str | None,
    to_day: str | None,
    limit: int | None,
    output: str | None,
    exit_code: bool,
) -> Exit | None:
    """What changed from the older edition OLD of a list to the edition NEW.

    Parties that were added and removed, and of the others each value that is new, gone or changed.
    Both must be of the same list, in the same format, and hold the same part of it; what is missing
    must be missing in both. --sample compares the samples of 2021-12-09 and 2021-12-10, --list two
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
    _check(request, limit, output)
    from sanctionslib.query import diff as compared

    return _give(request, compared(older.read(), newer.read()), limit, output, exit_code)


# ── along the archive ─────────────────────────────────────────────────────────────────────────


@command(
    "What changed in a list from edition to edition.",
    "  sanctionslib changes us_ofac_sdn --start 2021-12-01",
    "  sanctionslib changes us_ofac_sdn --start 2021-12-01 --end 2021-12-31 --output december.md",
    shared=_HELD,
)
@LIST
@option(
    "--start DATE",
    "The first day: the edition that was the newest on it is compared with the next one.",
    required=True,
)
@option("--end DATE", "The last day; without it the newest edition held.")
@_report_options
def changes(
    request: Request,
    list_id: str,
    start: str,
    end: str | None,
    limit: int | None,
    output: str | None,
    exit_code: bool,
) -> Exit | None:
    """What changed from each edition of a list that the archive holds to the next.

    Downloads nothing: between two editions held, others may have been published that nobody kept.
    `diff --list` compares the first and the last alone.
    """
    _check(request, limit, output)
    with working(list_id, "comparing") as report:
        found = request.archive.changes(
            list_id, start=start, end=end, format=request.file_format, progress=report
        )
    return _give(request, found, limit, output, exit_code)


@command(
    "What the editions held say of a party over time.",
    "  sanctionslib timeline us_ofac_sdn:33951",
    shared=_HELD,
)
@click.argument("entity_id", metavar="ENTITY_ID")
def timeline(request: Request, entity_id: str) -> None:
    """What the editions that the archive holds say of a party over time: added, amended, removed.

    ENTITY_ID is its full id, as us_ofac_sdn:33951. Each event has the first edition in which it is
    seen; when a party was listed only the source says (`why`). Nothing found is exit code 1.
    """
    archive, form = request.archive, request.file_format
    try:
        with working(entity_id, "comparing") as report:
            found = archive.timeline(entity_id, format=form, progress=report)
    except NotFoundError as error:
        held = archive.editions(entity_id.partition(":")[0])
        if not any(one.is_usable and form in (None, one.format) for one in held):
            raise  # nothing was looked at
        *others, last = error.hints or (Hint("ids are compared whole"),)
        error.advise(*others, last._replace(text=f"{last.text}\n  {NO_VERDICT}"))
        with about_party():
            raise
    give(request, found)
