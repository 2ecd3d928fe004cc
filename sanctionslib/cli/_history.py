"""The commands about the past: changes (of a list, edition by edition) and timeline (of a party)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sanctionslib.cli._errors import as_values, warnings_told
from sanctionslib.cli._output import NO_VERDICT
from sanctionslib.cli._progress import progress
from sanctionslib.cli._report import (
    Form,
    Report,
    answer_options,
    asked_form,
    give,
    report_options,
)
from sanctionslib.cli._request import Command, Request, file_format_option, home_option
from sanctionslib.errors import InvalidInputError, NotFoundError, SanctionsError

if TYPE_CHECKING:
    from sanctionslib.answers import Timeline
    from sanctionslib.display._sheet import Sheet

__all__ = ["changes", "timeline"]


@click.command(
    cls=Command,
    short_help="What changed in a list from edition to edition.",
    epilog="""\b
Examples:
  sanctionslib changes us_ofac_sdn --start 2021-12-01
  sanctionslib changes us_ofac_sdn --start 2021-12-01 --end 2021-12-31 --output december.md""",
)
@click.argument("of_list", metavar="LIST")
@click.option(
    "--start",
    metavar="DATE",
    required=True,
    help="The day: the edition that answers for it is what the changes begin from.",
)
@click.option("--end", metavar="DATE", help="The last day; without it the newest edition held.")
@file_format_option
@home_option
@report_options
@click.pass_context
def changes(
    ctx: click.Context,
    of_list: str,
    start: str,
    end: str | None,
    form: Form | None,
    limit: int | None,
    output: str | None,
    exit_code: bool,
) -> None:
    """What changed from each edition of a list that the archive holds to the next.

    Downloads nothing: between two editions held, others may have been published that nobody kept.
    `diff --list` compares the first and the last alone.
    """
    request = ctx.find_object(Request)
    assert request is not None
    report = Report(form=form, limit=limit, output=output, exit_code=exit_code)
    report.check(request)
    from sanctionslib import api

    with (
        warnings_told(),
        progress(of_list, verb="comparing", plain=request.plain) as watch,
        as_values(),
    ):
        found = api.changes(
            of_list,
            start=start,
            end=end,
            format=request.file_format,
            progress=watch,
            home=request.home,
        )
    report.give(ctx, request, found)


@click.command(
    cls=Command,
    short_help="What the editions held say of a party over time.",
    epilog="""\b
Example:
  sanctionslib timeline us_ofac_sdn:33951""",
)
@click.argument("entity_id", metavar="ENTITY_ID")
@file_format_option
@home_option
@answer_options
@click.pass_context
def timeline(ctx: click.Context, entity_id: str, form: Form | None) -> None:
    """What the editions that the archive holds say of a party over time: added, amended, removed.

    ENTITY_ID is its full id, as us_ofac_sdn:33951. Each is told with the first edition in which it
    is so; when a party was listed only the source says (`why`). Nothing found is exit code 1.
    """
    request = ctx.find_object(Request)
    assert request is not None
    shown = asked_form(request, form)
    from sanctionslib import api

    with warnings_told(), progress(entity_id, verb="comparing", plain=request.plain) as watch:
        try:
            found = api.timeline(
                entity_id, format=request.file_format, progress=watch, home=request.home
            )
        except NotFoundError as error:
            raise _nothing(entity_id, request, error) from error
    is_whole = shown == "markdown"
    give(
        (found,),
        lambda one: _timeline_sheet(one, is_whole=is_whole),
        shown,
        several=False,
        plain=request.plain,
    )


def _nothing(entity_id: str, request: Request, error: NotFoundError) -> SanctionsError:
    """What was not found: the party, which is an answer, or editions that could give one."""
    from sanctionslib import api

    with as_values():
        held = api.history(entity_id.partition(":")[0], home=request.home)
    wanted = request.file_format
    if not any(one.is_usable and wanted in (None, one.format) for one in held):
        return InvalidInputError(error.what, where=error.where, hint=error.hint)
    hint = error.hint or "ids are compared whole"
    return NotFoundError(
        error.what,
        suggestions=error.suggestions,
        where=error.where,
        hint=f"{hint}\n  {NO_VERDICT}",
    )


def _timeline_sheet(found: Timeline, *, is_whole: bool) -> Sheet:
    from sanctionslib.display._changes import SHOWN
    from sanctionslib.display._timeline import timeline_sheet

    return timeline_sheet(found, limit=None if is_whole else SHOWN)
