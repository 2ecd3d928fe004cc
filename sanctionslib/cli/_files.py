"""The commands about files: audit (what of one was read), formats (which can be read), template."""

from __future__ import annotations

import click

from sanctionslib._version import __version__
from sanctionslib.cli._output import print_json, print_sheet
from sanctionslib.cli._request import Command, Request, output_options, source_options

__all__ = ["audit", "formats", "template"]


@click.command(
    cls=Command,
    short_help="What of a file was read, and what was not.",
    epilog="""\b
Examples:
  sanctionslib audit --sample
  sanctionslib audit --keep-source --file SDN.XML""",
)
@click.option(
    "--keep-source",
    is_flag=True,
    help="Also count what became of every value, path by path; takes longer.",
)
@source_options
@output_options
@click.pass_obj
def audit(request: Request, keep_source: bool) -> None:
    """What was read of a file, what has no field or meaning yet, and what is at fault."""
    held = request.read(keep_source=keep_source)
    if request.as_json:
        from sanctionslib.export import to_dict

        print_json(to_dict(held.audit))
        return
    from sanctionslib.display._answers import audit_sheet

    print_sheet(audit_sheet(held.audit), plain=request.plain)


@click.command(
    cls=Command,
    short_help="The formats that can be read.",
    epilog="\b\nExample:\n  sanctionslib formats",
)
@output_options
@click.pass_obj
def formats(request: Request) -> None:
    """The formats that can be read, with their file names and the ids of their lists."""
    from sanctionslib.api import formats as known

    if request.as_json:
        print_json(
            {
                "schema": "sanctionslib/formats/1",
                "library": __version__,
                "formats": [
                    {
                        "name": one.name,
                        "title": one.title,
                        "publisher": one.publisher,
                        "lists": list(one.lists),
                        "files": list(one.files),
                    }
                    for one in known()
                ],
            }
        )
        return
    from sanctionslib.display._sheet import Row, Section, Sheet, line, muted, strong

    publishers: dict[str, list[Row]] = {}
    for one in known():
        lines = (
            line(strong(one.title)),
            line(muted("files"), ", ".join(one.files)),
            *([line(muted("lists"), ", ".join(one.lists))] if one.lists else ()),
        )
        publishers.setdefault(one.publisher, []).append(Row(one.name, lines))
    sheet = Sheet(
        what="Formats",
        title=f"{len(known())} that can be read, recognised by their content",
        sections=tuple(
            Section(title=publisher, rows=tuple(rows)) for publisher, rows in publishers.items()
        ),
    )
    print_sheet(sheet, plain=request.plain)


@click.command(
    short_help="A table to fill in: the CSV template for a list of your own.",
    epilog="""\b
Examples:
  sanctionslib template
Then fill it in, delete the example, save it as CSV UTF-8, and ask it:
  sanctionslib find --file watch.csv --list-id my_watch""",
)
def template() -> None:
    """Print the CSV template for a list of your own: a header, and one row as an example."""
    from sanctionslib.api import template as text

    click.echo(text(), nl=False)
