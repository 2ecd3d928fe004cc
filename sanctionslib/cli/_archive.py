"""The commands about the archive: what it holds, what comes in from files, and looking after it."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sanctionslib.cli._errors import Exit, as_values, warnings_told
from sanctionslib.cli._output import visible_lines
from sanctionslib.cli._progress import progress
from sanctionslib.cli._report import Form, answer_options, asked_form, give, give_sheet
from sanctionslib.cli._request import Command, Request, home_option

if TYPE_CHECKING:
    from sanctionslib.answers import HeldEdition, HeldEditions, Verification
    from sanctionslib.display._sheet import Line, Sheet

__all__ = ["archive"]

_LIST = click.argument("of_list", metavar="LIST")
_LISTS = click.argument("list_ids", metavar="[LIST]...", nargs=-1)


@click.group(short_help="The editions that are kept: add, list, verify, prune, accept.")
def archive() -> None:
    """The editions that are kept: of which lists and days, whole, and why each may answer.

    They lie in a folder as their publishers gave them, compressed with gzip, each beside an
    edition.json that says where it came from and what was checked.
    """


@archive.command(
    cls=Command,
    short_help="Keep an edition that you have as files.",
    epilog="""\b
Examples:
  sanctionslib archive add SDN.XML --list us_ofac_sdn
  sanctionslib archive add SDN.CSV ADD.CSV ALT.CSV SDN_COMMENTS.CSV --list us_ofac_sdn \\
    --published 2021-12-10""",
)
@click.argument(
    "paths",
    metavar="PATH...",
    nargs=-1,
    required=True,
    type=click.Path(allow_dash=True, readable=False),
)
@click.option(
    "--list", "of_list", metavar="ID", required=True, help="The list that it is of: us_ofac_sdn."
)
@click.option(
    "--published",
    "published",
    metavar="DATE",
    help="The date of the edition, where its files state none: 2021-12-10.",
)
@click.option(
    "--partial",
    "is_partial",
    is_flag=True,
    help="Also where files of it are missing; such an edition never becomes the current one.",
)
@home_option
@answer_options
@click.pass_obj
def add(
    request: Request,
    paths: tuple[str, ...],
    of_list: str,
    published: str | None,
    is_partial: bool,
    form: Form | None,
) -> None:
    """Keep an edition that you have: an old download, a colleague's copy.

    PATH is its file, a folder or a zip with its files, or each of its files; - is standard input.
    Several editions are added one after the other.
    """
    shown = asked_form(request, form)
    if paths.count("-") > 1:
        raise click.UsageError("only one file can be standard input")
    from sanctionslib.api import add_edition

    given = [sys.stdin.buffer if one == "-" else one for one in paths]
    name = Path(paths[0]).name
    began = datetime.now(UTC)
    with warnings_told(), progress(name, plain=request.plain) as report, as_values():
        held = add_edition(
            given[0] if len(given) == 1 else given,
            list_id=of_list,
            published=published,
            partial=is_partial,
            progress=report,
            home=request.home,
        )
    give((held,), _added_sheet, shown, several=False, plain=request.plain)
    if held.added_at < began:
        click.echo("the same bytes of the same day were held already", err=True)


@archive.command(
    "list",
    cls=Command,
    short_help="What is held: all lists, or the editions of some.",
    epilog="""\b
Examples:
  sanctionslib archive list
  sanctionslib archive list us_ofac_sdn""",
)
@_LISTS
@home_option
@answer_options
@click.pass_context
def list_(ctx: click.Context, list_ids: tuple[str, ...], form: Form | None) -> None:
    """What the archive holds: one line for each list, or each edition of every LIST.

    It is what was kept, not what was published: a day without an edition is a day on which nobody
    kept one. Nothing held is exit code 1.
    """
    request = ctx.find_object(Request)
    assert request is not None
    shown = asked_form(request, form)
    from sanctionslib.api import history
    from sanctionslib.api._desk import Desk

    held = Desk.at(request.home).archive
    with as_values():
        found = [
            history(one, home=request.home)
            for one in (dict.fromkeys(list_ids) if list_ids else held.list_ids())
        ]
    if list_ids or shown == "json":
        give(found, _history_sheet, shown, several=len(list_ids) != 1, plain=request.plain)
    else:
        give_sheet(_overview(found, str(held.home)), shown, plain=request.plain)
    if not any(len(one) for one in found):
        ctx.exit(Exit.NOTHING)


@archive.command(
    cls=Command,
    short_help="Read and hash every file again.",
    epilog="""\b
Examples:
  sanctionslib archive verify
  sanctionslib archive verify us_ofac_sdn --json""",
)
@_LISTS
@home_option
@answer_options
@click.pass_context
def verify(ctx: click.Context, list_ids: tuple[str, ...], form: Form | None) -> None:
    """Read and hash every file of the archive again, or those of every LIST; changes nothing.

    Where something is not as it was stored, the answer says what to do, and the exit code is 3.
    """
    request = ctx.find_object(Request)
    assert request is not None
    shown = asked_form(request, form)
    from sanctionslib.api import verify_archive

    name = ", ".join(list_ids) or "the archive"
    with progress(name, verb="hashing", plain=request.plain) as report, as_values():
        found = verify_archive(*dict.fromkeys(list_ids), progress=report, home=request.home)
    give((found,), _verification_sheet, shown, several=False, plain=request.plain)
    if found.faults:
        ctx.exit(Exit.FILE)


@archive.command(
    cls=Command,
    short_help="Remove editions that are no longer needed.",
    epilog="""\b
Examples:
  sanctionslib archive prune us_ofac_sdn --before 2020-01-01 --dry-run
  sanctionslib archive prune us_ofac_sdn --keep 30
  sanctionslib archive prune us_ofac_sdn --refused
  sanctionslib archive prune us_ofac_sdn --gone""",
)
@_LIST
@click.option("--before", metavar="DATE", help="Those of earlier days.")
@click.option(
    "--keep",
    metavar="N",
    type=click.IntRange(min=1),
    help="All but the newest N of each format; refused ones are not counted.",
)
@click.option("--refused", is_flag=True, help="Those that were refused.")
@click.option("--gone", is_flag=True, help="Forget those whose folder is no longer there.")
@click.option("--dry-run", is_flag=True, help="Remove nothing, and say what would be removed.")
@home_option
@answer_options
@click.pass_obj
def prune(
    request: Request,
    of_list: str,
    before: str | None,
    keep: int | None,
    refused: bool,
    gone: bool,
    dry_run: bool,
    form: Form | None,
) -> None:
    """Remove editions of a list: at least one of --before, --keep, --refused, --gone says which.

    The current edition of each format always stays. What is removed cannot be brought back, and
    the archive no longer answers for its days.
    """
    shown = asked_form(request, form)
    from sanctionslib.api import prune_archive

    with as_values():
        removed = prune_archive(
            of_list,
            before=before,
            keep=keep,
            refused=refused,
            gone=gone,
            dry_run=dry_run,
            home=request.home,
        )
    if shown == "json":
        give(removed, _held_sheet, shown, several=True, plain=request.plain)
    elif removed:
        give_sheet(_pruned(of_list, removed, dry_run=dry_run), shown, plain=request.plain)
    elif gone and not dry_run:
        click.echo("Nothing was removed; what is no longer there is not asked for any more.")
    else:
        click.echo(visible_lines(f"No edition of {of_list} that is held is one of these."))


@archive.command(
    cls=Command,
    short_help="Let a refused edition answer for its list.",
    epilog="""\b
Example:
  sanctionslib archive accept us_ofac_cons 3f6ab0c1 --reason "E.O. 13599 list dissolved" """,
)
@_LIST
@click.argument("sha256", metavar="SHA256")
@click.option("--reason", metavar="TEXT", required=True, help="Why, in words; kept with the time.")
@home_option
@answer_options
@click.pass_obj
def accept(request: Request, of_list: str, sha256: str, reason: str, form: Form | None) -> None:
    """Let an edition that was refused answer for its list, and keep why.

    SHA256 is its hash, or the first eight or more characters of it: the message that refused it and
    `archive list LIST` have it.
    """
    shown = asked_form(request, form)
    from sanctionslib import api

    with as_values():
        held = api.accept(of_list, sha256, reason=reason, home=request.home)
    give((held,), _held_sheet, shown, several=False, plain=request.plain)


# ── sheets ────────────────────────────────────────────────────────────────────────────────────


def _held_sheet(held: HeldEdition) -> Sheet:
    from sanctionslib.display._archive import held_sheet

    return held_sheet(held)


def _added_sheet(held: HeldEdition) -> Sheet:
    """The same without the table of its figures: all of them are within what is asked."""
    import attrs

    sheet = _held_sheet(held)
    sections = tuple(one for one in sheet.sections if one.title != "Checks")
    return attrs.evolve(sheet, sections=sections)


def _history_sheet(history: HeldEditions) -> Sheet:
    from sanctionslib.display._archive import history_sheet

    return history_sheet(history, limit=None)


def _verification_sheet(verification: Verification) -> Sheet:
    from sanctionslib.display._archive import verification_sheet

    return verification_sheet(verification, limit=None)


def _overview(found: Sequence[HeldEditions], home: str) -> Sheet:
    """One line for each list that is held."""
    from sanctionslib.display._sheet import Grid, Row, Section, Sheet, line

    columns = ("list", "editions", "refused", "first", "last", "current", "on disk")
    return Sheet(
        what="Archive",
        title=f"{len(found):,} {'list' if len(found) == 1 else 'lists'}",
        sections=(
            Section(
                rows=(Row("folder", (line(home),)),),
                after="" if found else "Nothing is held here.",
            ),
            Section(
                grid=Grid(
                    columns,
                    tuple(_line_of(one) for one in found if len(one)),
                    numeric=frozenset({1, 2, 6}),
                    keys=frozenset({0}),
                    first_to_go=(6, 3),
                )
            ),
        ),
    )


def _line_of(one: HeldEditions) -> tuple[Line, ...]:
    from sanctionslib.answers import EditionStatus
    from sanctionslib.display._sheet import line, mark

    refused = sum(each.status is EditionStatus.QUARANTINED for each in one)
    current = one.current
    return (
        line(one.list_id),
        line(f"{len(one):,}"),
        line(mark(f"{refused:,}") if refused else "—"),
        line(str(one[0].day)),
        line(str(one[-1].day)),
        line(mark("none") if current is None else f"{current.day} · {current.format}"),
        line(_size(_on_disk(one))),
    )


def _pruned(list_id: str, gone: Sequence[HeldEdition], *, dry_run: bool) -> Sheet:
    """The editions that were removed, or would be."""
    from sanctionslib.display._sheet import Grid, Section, Sheet, line

    count = f"{len(gone):,} {'edition' if len(gone) == 1 else 'editions'} of {list_id}"
    columns = ("edition", "format", "entries", "status")
    rows = tuple(
        (line(one.name), line(one.format), line(f"{one.entries:,}"), line(one.status.value))
        for one in gone
    )
    return Sheet(
        what="Prune",
        title=f"{count} {'would be removed' if dry_run else 'removed'}",
        sections=(Section(grid=Grid(columns, rows, numeric=frozenset({2}), keys=frozenset({0}))),),
    )


def _on_disk(editions: HeldEditions) -> int:
    """Bytes on disk, identical files once."""
    sizes: dict[tuple[int, int], int] = {}
    for one in editions:
        # Another process may just be pruning it.
        with contextlib.suppress(OSError):
            for path in Path(one.folder).iterdir():
                found = path.stat()
                sizes[found.st_dev, found.st_ino] = found.st_size
    return sum(sizes.values())


def _size(number: int) -> str:
    return f"{number / 1e6:,.1f} MB" if number >= 1e6 else f"{number / 1e3:.1f} kB"
