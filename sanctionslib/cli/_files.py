"""The commands about files: audit (what of one was read), formats (which can be read), template."""

from __future__ import annotations

import click

from sanctionslib.cli._options import OUTPUT, Request, command, option
from sanctionslib.cli._output import document, give, print_json, print_page


@command(
    "What of a file was read, and what was not.",
    "  sanctionslib audit --sample",
    "  sanctionslib audit --keep-source --file SDN.XML",
)
@option("--keep-source", "Also count what became of every value, path by path; takes longer.")
def audit(request: Request, keep_source: bool) -> None:
    """What was read of a file, what has no field or meaning yet, and what is at fault."""
    give(request, request.read(keep_source=keep_source).audit)


@command("The formats that can be read.", "  sanctionslib formats", shared=OUTPUT)
def formats(request: Request) -> None:
    """The formats that can be read, with their file names and the ids of their lists."""
    from sanctionslib.api import formats as known

    if request.is_json:
        words = ("name", "title", "publisher", "lists", "files")
        each = [{word: getattr(one, word) for word in words} for one in known()]
        print_json({**document("formats"), "formats": each})
        return
    from sanctionslib.cli._sheets import formats_sheet

    print_page(request, formats_sheet(known()))


@command(
    "A table to fill in: the CSV template for a list of your own.",
    "  sanctionslib template",
    "Then fill it in, delete the example, save it as CSV UTF-8, and ask it:",
    "  sanctionslib find --file watch.csv --list-id my_watch",
    shared=(),
)
def template(_: Request) -> None:
    """Print the CSV template for a list of your own: a header, and one row as an example."""
    from sanctionslib.api import template as text

    click.echo(text(), nl=False)
