"""The command diff: what a newer edition of a list says otherwise than an older one."""

from __future__ import annotations

import attrs
import click

from sanctionslib.cli._report import Form, Report, report_options
from sanctionslib.cli._request import Command, Request, file_format_option, home_option

__all__ = ["diff"]


def _as_tuple(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:
    """As `Request` has what is said of single files."""
    return () if value is None else (value,)


_PATH = click.Path(allow_dash=True, readable=False)


@click.command(
    cls=Command,
    short_help="What changed between two editions of a list.",
    epilog="""\b
Examples:
  sanctionslib diff SDN_OLD.XML SDN_NEW.XML
  sanctionslib diff SDN_OLD.XML SDN_NEW.XML --output changes.md
  sanctionslib diff SDN_OLD.XML SDN_NEW.XML --json
  sanctionslib diff --sample
Two editions in the archive:
  sanctionslib diff --list us_ofac_sdn --from 2021-12-09 --to 2021-12-10""",
)
@click.argument("old", metavar="OLD", type=_PATH, required=False)
@click.argument("new", metavar="NEW", type=_PATH, required=False)
@click.option(
    "--sample",
    is_flag=True,
    help="Compare the bundled samples of 2021-12-09 and 2021-12-10, in place of two files.",
)
@click.option(
    "--list-id",
    metavar="ID",
    callback=_as_tuple,
    help="Which list they are of, where neither the files nor their names say so: us_ofac_sdn.",
)
@click.option(
    "--old-published",
    metavar="DATE",
    help="The date of the older edition, where its file states none: 2021-12-09.",
)
@click.option(
    "--new-published",
    metavar="DATE",
    help="The date of the newer edition, where its file states none: 2021-12-10.",
)
@click.option(
    "--partial",
    is_flag=True,
    help="Also read files that say that they are incomplete; the same must be missing in both.",
)
@click.option(
    "--strict",
    is_flag=True,
    help="Stop at any fault of any entry, instead of counting it.",
)
@click.option(
    "--list",
    "lists",
    metavar="ID",
    multiple=True,
    help="Compare two editions in the archive, in place of two files: us_ofac_sdn.",
)
@click.option(
    "--from",
    "from_day",
    metavar="DATE",
    help="The older one: the newest edition on this day, of those that the archive holds.",
)
@click.option(
    "--to",
    "to_day",
    metavar="DATE",
    help="The newer one, in the same way; without it the newest held.",
)
@file_format_option
@home_option
@report_options
@click.pass_context
def diff(
    ctx: click.Context,
    old: str | None,
    new: str | None,
    old_published: str | None,
    new_published: str | None,
    from_day: str | None,
    to_day: str | None,
    form: Form | None,
    limit: int | None,
    output: str | None,
    exit_code: bool,
) -> None:
    """What the edition NEW of a list says otherwise than the older edition OLD.

    Parties that were added and removed, and of the others each value that is new, gone or told
    otherwise. Both must be of the same list, in the same format, and hold the same part of it.
    --sample compares the two days of the bundled sample, --list two days of the archive; what
    changed from each edition in it to the next is told by `changes`.
    """
    request = ctx.find_object(Request)
    assert request is not None
    report = Report(form=form, limit=limit, output=output, exit_code=exit_code)
    if request.lists:
        older, newer = _held(request, from_day, to_day, (old, new, old_published, new_published))
    elif (from_day, to_day) != (None, None):
        raise click.UsageError("--from and --to go with --list: they are days of the archive")
    else:
        older, newer = _editions(request, old, new, old_published, new_published)
    report.check(request)

    from sanctionslib.query import diff as compared

    report.give(ctx, request, compared(older.read(), newer.read()))


def _held(
    request: Request, from_day: str | None, to_day: str | None, others: tuple[str | None, ...]
) -> tuple[Request, Request]:
    """Which two of the archive are compared."""
    if request.sample or request.list_id or any(one is not None for one in others):
        raise click.UsageError(
            "--list compares two editions in the archive: leave it or the files and samples out"
        )
    if from_day is None:
        raise click.UsageError(
            "say from which day on: --from DATE, and --to DATE unless the newest edition is meant"
        )
    return (
        attrs.evolve(request, as_of=from_day),
        attrs.evolve(request, as_of=to_day, offline=True),
    )


def _editions(
    request: Request,
    old: str | None,
    new: str | None,
    old_published: str | None,
    new_published: str | None,
) -> tuple[Request, Request]:
    """Which two are compared."""
    if request.sample:
        if old is not None:
            raise click.UsageError("--sample compares two samples: leave it or the files out")
        if request.list_id or old_published or new_published:
            raise click.UsageError(
                "--list-id, --old-published and --new-published go with files: the samples have both"
            )
        return attrs.evolve(request, day="2021-12-09"), attrs.evolve(request, day="2021-12-10")
    if old is None or new is None:
        raise click.UsageError(
            "say what to compare: OLD and NEW, two editions of a list, --list ID with --from DATE "
            "for two in the archive, or --sample for the two days of the small one that comes with "
            "this program"
        )
    if old == new == "-":
        raise click.UsageError("only one of the two can be standard input")
    return (
        attrs.evolve(request, file=(old,), published=_given(old_published)),
        attrs.evolve(request, file=(new,), published=_given(new_published)),
    )


def _given(published: str | None) -> tuple[str, ...]:
    return () if published is None else (published,)
