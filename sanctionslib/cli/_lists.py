"""The commands about lists: fetch, lists, audit, formats, template, and those of the archive.

The archive has add, list, verify, prune and accept.
"""

from __future__ import annotations

import shlex
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sanctionslib.cli._command import ARCHIVE, PAGE, Group, command
from sanctionslib.cli._errors import advice, error_text, exit_of, visible
from sanctionslib.cli._exit import Exit
from sanctionslib.cli._options import LIST, LISTS, PATH, option
from sanctionslib.cli._options import list_ids as lists_begun
from sanctionslib.cli._output import Document, document, give, give_all
from sanctionslib.cli._request import Request, working
from sanctionslib.errors import Call, Hint, SanctionsError

if TYPE_CHECKING:
    from sanctionslib.answers import Fetched


@command(
    "Download the newest editions, check and keep them.",
    "  sanctionslib fetch us_ofac_sdn",
    "  sanctionslib fetch us_ofac_sdn us_ofac_cons --json",
    "  sanctionslib fetch us_ofac_sdn --file-format ofac-delimited",
    shared=("file_format", *ARCHIVE),
)
@click.argument("list_ids", metavar="LIST...", nargs=-1, required=True, shell_complete=lists_begun)
@option("--force", "Download all of it, also where the server would say that nothing changed.")
def fetch(request: Request, list_ids: tuple[str, ...], force: bool) -> Exit | None:
    """Ask the publishers of lists for their newest editions, check them, and keep them.

    An edition that is so unlike the last good one that a person has to look at it is quarantined: it
    is kept, answers nothing, and the message says why, and how to accept it. Where one list fails,
    the others are fetched all the same, and the exit code says so.
    """
    wanted = tuple(dict.fromkeys(list_ids))
    fetched: list[Fetched] = []
    failed: dict[str, Exit] = {}
    for list_id in wanted:
        try:
            with working(list_id, "fetching") as report:
                found = request.archive.fetch(
                    list_id, format=request.file_format, force=force, progress=report
                )
        except SanctionsError as error:
            click.echo(error_text(error), err=True)
            failed[list_id] = exit_of(error)
        else:
            fetched.append(found)
    if len(wanted) > 1:
        give_all(request, fetched)
        if failed:
            text = f"{len(failed)} of {len(wanted)} lists failed: {', '.join(failed)}"
            click.echo(visible(f"error: {text}"), err=True)
    elif fetched:
        give(request, fetched[0])
    return max(failed.values(), default=None)


@command(
    "The official lists that are known.",
    "  sanctionslib lists",
    "  sanctionslib lists us_ofac_sdn",
    shared=ARCHIVE,
)
@LISTS
def lists(request: Request, list_ids: tuple[str, ...]) -> None:
    """The official lists that are known, and those of your own catalog, lists.toml in the archive.

    Of a LIST that is named: all that is known, with formats, addresses and terms.
    """
    known = request.archive.lists()
    if list_ids:
        give_all(request, [known[one] for one in dict.fromkeys(list_ids)])
    elif request.is_page:
        give(request, known)
    else:
        give_all(request, known.lists)


# ── files ─────────────────────────────────────────────────────────────────────────────────────


@command(
    "What of a file was read, and what was not.",
    "  sanctionslib audit --sample",
    "  sanctionslib audit --keep-source SDN.XML",
)
@option("--keep-source", "Also count what became of every value, path by path; takes longer.")
def audit(request: Request, keep_source: bool) -> None:
    """What was read of a file, what has no field or meaning yet, and what is at fault."""
    give(request, request.read(keep_source=keep_source).audit)


@command("The formats that can be read.", "  sanctionslib formats", shared=PAGE)
def formats(request: Request) -> None:
    """The formats that can be read, with their file names and the ids of their lists."""
    from sanctionslib.api import formats as known
    from sanctionslib.cli._sheets import formats_sheet

    def each() -> list[Document]:
        words = ("name", "title", "publisher", "lists", "files")
        return [{word: getattr(one, word) for word in words} for one in known()]

    give(
        request,
        None,
        formats_sheet(known()),
        document=lambda: {**document("formats"), "formats": each()},
        lines=each,
        wrote=f"{len(known())} formats",
    )


@command(
    "A table to fill in: the CSV template for a list of your own.",
    "  sanctionslib template",
    "Then fill it in, delete the example, save it as CSV UTF-8, and ask it:",
    "  sanctionslib find watch.csv --list-id my_watch",
    shared=(),
)
def template(_: Request) -> None:
    """Print the CSV template for a list of your own: a header, and one row as an example."""
    from sanctionslib.api import template as text

    click.echo(text(), nl=False)


# ── the archive ───────────────────────────────────────────────────────────────────────────────


@click.group(cls=Group, short_help="The editions that are kept: add, list, verify, prune, accept.")
def archive() -> None:
    """The editions that are kept: of which lists and days, whole, and why each may answer.

    They are in a folder as their publishers gave them, compressed with gzip, each with an
    edition.json that says where it came from and what was checked.
    """


@command(
    "Keep an edition that you have as files.",
    "  sanctionslib archive add SDN.XML --list-id us_ofac_sdn",
    "  sanctionslib archive add SDN.CSV ADD.CSV ALT.CSV SDN_COMMENTS.CSV --list-id us_ofac_sdn \\",
    "    --published 2021-12-10",
    shared=ARCHIVE,
)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=PATH)
@option(
    "--list-id ID",
    "The list that it is of: us_ofac_sdn.",
    required=True,
    shell_complete=lists_begun,
)
@option("--published DATE", "The date of the edition, where its files state none: 2021-12-10.")
@option(
    "--partial",
    "Also where files of it are missing; such an edition never becomes the current one.",
)
def add(
    request: Request, paths: tuple[str, ...], list_id: str, published: str | None, partial: bool
) -> None:
    """Keep an edition that you have: an old download, a colleague's copy.

    PATH is its file, a folder or a zip with its files, or each of its files; - is standard input.
    Several editions are added one after the other.
    """
    if paths.count("-") > 1:
        raise click.UsageError("only one file can be standard input")
    from sanctionslib.cli._sheets import added_sheet

    given = [sys.stdin.buffer if one == "-" else one for one in paths]
    began = datetime.now(UTC)
    with working(Path(paths[0]).name) as report:
        held = request.archive.add(
            given[0] if len(given) == 1 else given,
            list_id=list_id,
            published=published,
            partial=partial,
            progress=report,
        )
    give(request, held, added_sheet(held))
    if held.added_at < began:
        click.echo("the same bytes of the same day were held already", err=True)
        return
    home = ("--home", shlex.quote(request.home)) if request.home else ()
    words = " ".join(("sanctionslib search NAME --list", shlex.quote(list_id), *home, "--offline"))
    click.echo(f"ask it: {words}", err=True)


@command(
    "What is held: all lists, or the editions of some.",
    "  sanctionslib archive list",
    "  sanctionslib archive list us_ofac_sdn",
    shared=ARCHIVE,
    name="list",
)
@LISTS
def list_(request: Request, list_ids: tuple[str, ...]) -> Exit | None:
    """What the archive holds: one line for each list, or each edition of every LIST.

    It is what was kept, not what was published: on a day without an edition, nobody
    kept one. Nothing held is exit code 1.
    """
    archive = request.archive
    wanted = dict.fromkeys(list_ids) if list_ids else archive.held_lists()
    found = [archive.editions(one) for one in wanted]
    if len(list_ids) == 1:
        give(request, found[0], limit=0)
    elif list_ids or not request.is_page:
        give_all(request, found, limit=0)
    else:
        from sanctionslib.cli._sheets import archive_sheet

        page = archive_sheet(found, str(archive.folder))
        give(request, None, page, wrote=f"{len(found):,} lists")
    if any(len(one) for one in found):
        return None
    if request.form == "table":
        for one in list_ids:
            fetch_it = Hint("{} asks its publisher for an edition", call=Call("fetch", (one,)))
            add_it = Call("add", ("…",), {"list_id": one})
            click.echo(advice(fetch_it, Hint("{} keeps files that you have", call=add_it)))
    return Exit.NOTHING


@command(
    "Read and hash every file again.",
    "  sanctionslib archive verify",
    "  sanctionslib archive verify us_ofac_sdn --json",
    shared=ARCHIVE,
)
@LISTS
def verify(request: Request, list_ids: tuple[str, ...]) -> Exit | None:
    """Read and hash every file of the archive again, or those of every LIST; changes nothing.

    Where something is not as it was stored, the answer says what to do, and the exit code is 3.
    """
    with working(", ".join(list_ids) or "the archive", "hashing") as report:
        found = request.archive.verify(*dict.fromkeys(list_ids), progress=report)
    give(request, found, limit=0)
    return Exit.FILE if found.faults else None


@command(
    "Remove editions that are no longer needed.",
    "  sanctionslib archive prune us_ofac_sdn --before 2020-01-01 --dry-run",
    "  sanctionslib archive prune us_ofac_sdn --keep 30",
    "  sanctionslib archive prune us_ofac_sdn --quarantined",
    "  sanctionslib archive prune us_ofac_sdn --gone",
    shared=ARCHIVE,
)
@LIST
@option("--before DATE", "Those of earlier days.")
@option(
    "--keep N", "All but the newest N of each format; quarantined ones are not counted.", least=1
)
@option("--quarantined", "Those that are quarantined.")
@option("--gone", "Forget those whose folder is no longer there.")
@option("--dry-run", "Remove nothing, and say what would be removed.")
def prune(
    request: Request,
    list_id: str,
    before: str | None,
    keep: int | None,
    quarantined: bool,
    gone: bool,
    dry_run: bool,
) -> None:
    """Remove editions of a list: at least one of --before, --keep, --quarantined, --gone says which.

    The current edition of each format always stays. What is removed cannot be brought back, and
    the archive no longer answers for its days.
    """
    removed = request.archive.prune(
        list_id,
        before=before,
        keep=keep,
        quarantined=quarantined,
        gone=gone,
        dry_run=dry_run,
    )
    if not request.is_page:
        give_all(request, removed)
    elif removed:
        from sanctionslib.cli._sheets import pruned_sheet

        page = pruned_sheet(list_id, removed, dry_run=dry_run)
        give(request, None, page, wrote=f"{len(removed):,} editions")
    elif gone and not dry_run:
        click.echo("Nothing was removed; what is no longer there is not asked for any more.")
    else:
        click.echo(visible(f"No edition of {list_id} that is held is one of these."))


@command(
    "Let a quarantined edition answer for its list.",
    '  sanctionslib archive accept us_ofac_cons 3f6ab0c1 --reason "E.O. 13599 list dissolved"',
    shared=ARCHIVE,
)
@LIST
@click.argument("sha256", metavar="SHA256")
@option("--reason TEXT", "Why, in words; kept with the time.", required=True)
def accept(request: Request, list_id: str, sha256: str, reason: str) -> None:
    """Let an edition that was quarantined answer for its list, and keep why.

    SHA256 is its hash, or the first eight or more characters of it: the error about it and
    `archive list LIST` have it.
    """
    give(request, request.archive.accept(list_id, sha256, reason=reason))


for _one in (accept, add, list_, prune, verify):
    archive.add_command(_one)
