"""The commands about publishers: fetch (their newest editions) and lists (which are known)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sanctionslib.cli._errors import as_values, error_text, exit_of, warnings_told
from sanctionslib.cli._output import visible_lines
from sanctionslib.cli._progress import progress
from sanctionslib.cli._report import Form, answer_options, asked_form, give, give_sheet
from sanctionslib.cli._request import Command, Request, file_format_option, home_option
from sanctionslib.errors import SanctionsError

if TYPE_CHECKING:
    from sanctionslib.answers import Fetched
    from sanctionslib.catalog import ListInfo
    from sanctionslib.display._sheet import Sheet

__all__ = ["fetch", "lists"]


@click.command(
    cls=Command,
    short_help="Download the newest editions, check and keep them.",
    epilog="""\b
Examples:
  sanctionslib fetch us_ofac_sdn
  sanctionslib fetch us_ofac_sdn us_ofac_cons --json
  sanctionslib fetch us_ofac_sdn --file-format ofac-delimited""",
)
@click.argument("list_ids", metavar="LIST...", nargs=-1, required=True)
@click.option(
    "--force",
    is_flag=True,
    help="Download all of it, also where the server would say that nothing changed.",
)
@file_format_option
@home_option
@answer_options
@click.pass_context
def fetch(ctx: click.Context, list_ids: tuple[str, ...], force: bool, form: Form | None) -> None:
    """Ask the publishers of lists for their newest editions, check them, and keep them.

    An edition that is so unlike the last good one that a person has to look at it is refused: it is
    kept, answers nothing, and the message says why, and how to accept it. Where one list fails, the
    others are fetched all the same, and the exit code tells.
    """
    request = ctx.find_object(Request)
    assert request is not None
    shown = asked_form(request, form)
    wanted = tuple(dict.fromkeys(list_ids))
    fetched: list[Fetched] = []
    failed: list[str] = []
    code = 0
    for list_id in wanted:
        try:
            found = _fetch(list_id, force, request)
        except SanctionsError as error:
            click.echo(error_text(error), err=True)
            failed.append(list_id)
            code = max(code, exit_of(error))
            continue
        if shown != "json":
            if fetched:
                click.echo()
            give((found,), _fetched_sheet, shown, several=False, plain=request.plain)
        fetched.append(found)
    if shown == "json" and (fetched or len(wanted) > 1):
        give(fetched, _fetched_sheet, shown, several=len(wanted) > 1, plain=request.plain)
    if failed and len(wanted) > 1:
        told = f"{len(failed)} of {len(wanted)} lists failed: {', '.join(failed)}"
        click.echo(visible_lines(f"error: {told}"), err=True)
    ctx.exit(code)


def _fetch(list_id: str, force: bool, request: Request) -> Fetched:
    from sanctionslib import api

    with (
        warnings_told(),
        progress(list_id, verb="fetching", plain=request.plain) as report,
        as_values(),
    ):
        if report is not None:
            report(0, 0)  # a server may be silent for long before the first byte
        return api.fetch(
            list_id,
            format=request.file_format,
            force=force,
            progress=report,
            home=request.home,
        )


def _fetched_sheet(fetched: Fetched) -> Sheet:
    from sanctionslib.display._archive import fetched_sheet

    return fetched_sheet(fetched)


@click.command(
    cls=Command,
    short_help="The official lists that are known.",
    epilog="""\b
Examples:
  sanctionslib lists
  sanctionslib lists us_ofac_sdn""",
)
@click.argument("list_ids", metavar="[LIST]...", nargs=-1)
@home_option
@answer_options
@click.pass_obj
def lists(request: Request, list_ids: tuple[str, ...], form: Form | None) -> None:
    """The official lists that are known, and those of your own catalog, lists.toml in the archive.

    Of a LIST that is named: all that is known, with formats, addresses and terms.
    """
    shown = asked_form(request, form)
    if list_ids:
        named = [_named(one, request) for one in dict.fromkeys(list_ids)]
        give(named, _list_sheet, shown, several=True, plain=request.plain)
        return
    from sanctionslib import api

    known = api.lists(home=request.home)
    if shown == "json":
        give(known.lists, _list_sheet, shown, several=True, plain=request.plain)
    else:
        from sanctionslib.display._catalog import lists_sheet

        give_sheet(lists_sheet(known), shown, plain=request.plain)


def _named(list_id: str, request: Request) -> ListInfo:
    from sanctionslib.api._desk import Desk

    with as_values():
        return Desk.at(request.home).info(list_id)


def _list_sheet(known: ListInfo) -> Sheet:
    from sanctionslib.display._catalog import list_info_sheet

    return list_info_sheet(known)
