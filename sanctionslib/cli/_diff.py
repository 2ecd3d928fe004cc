"""The command diff: what a newer edition of a list says otherwise than an older one."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Literal

import attrs
import click

from sanctionslib.cli._exit import Exit
from sanctionslib.cli._output import print_json, print_sheet
from sanctionslib.cli._request import Command, Request, output_options
from sanctionslib.errors import InvalidInputError, Where

if TYPE_CHECKING:
    from sanctionslib.answers import Changes

__all__ = ["diff"]

_SUFFIXES = (".md", ".json", ".txt")


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
  sanctionslib diff --sample""",
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
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"], case_sensitive=False),
    help="Text, the same as --json, or a Markdown report with all that changed.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    help="How many parties of each sort to print as text; 0 prints all, and without it 50 are "
    "printed. JSON, Markdown and a file of --output hold all that changed.",
)
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(),
    help="Write the answer to a file, by its suffix: .md, .json, .txt.",
)
@click.option(
    "--exit-code", is_flag=True, help="End with code 6 where there are changes, for scripts."
)
@output_options
@click.pass_context
def diff(
    ctx: click.Context,
    old: str | None,
    new: str | None,
    old_published: str | None,
    new_published: str | None,
    form: Literal["text", "json", "markdown"] | None,
    limit: int | None,
    output: str | None,
    exit_code: bool,
) -> None:
    """What the edition NEW of a list says otherwise than the older edition OLD.

    Parties that were added and removed, and of the others each value that is new, gone or told
    otherwise. Both files must be of the same list, in the same format, and hold the same part of it.
    --sample compares the two days of the bundled sample.
    """
    request = ctx.find_object(Request)
    assert request is not None
    if request.as_json and form not in (None, "json"):
        raise click.UsageError(f"--json and --format {form} are two answers: ask for one")
    if limit is not None and (request.as_json or form in ("json", "markdown")):
        raise click.UsageError("--limit is for text: JSON and Markdown hold all that changed")
    if limit is not None and output is not None and form is None:
        raise click.UsageError("--limit is for text that is printed: a file holds all that changed")
    older, newer = _editions(request, old, new, old_published, new_published)
    if output is not None:
        _check_suffix(output)

    from sanctionslib.query import diff as compared

    changes = compared(older.read(), newer.read())
    if output is not None:
        _write(changes, output)
    if request.as_json or form == "json":
        from sanctionslib.export import to_dict

        print_json(to_dict(changes))
    elif form == "markdown":
        from sanctionslib.display import to_markdown

        click.echo(to_markdown(changes))
    elif output is not None and form is None:
        from sanctionslib.cli._output import visible_lines

        click.echo(visible_lines(f"{repr(changes)[1:-1]} written to {output}"))
    else:
        from sanctionslib.display._changes import SHOWN, changes_sheet

        shown = SHOWN if limit is None else limit or None
        print_sheet(changes_sheet(changes, limit=shown), plain=request.plain)
    if exit_code and changes:
        ctx.exit(Exit.CHANGED)


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
            "say what to compare: OLD and NEW, two editions of a list, or --sample for the two days "
            "of the small one that comes with this program"
        )
    if old == new == "-":
        raise click.UsageError("only one of the two can be standard input")
    return (
        attrs.evolve(request, file=(old,), published=_given(old_published)),
        attrs.evolve(request, file=(new,), published=_given(new_published)),
    )


def _given(published: str | None) -> tuple[str, ...]:
    return () if published is None else (published,)


def _check_suffix(output: str) -> None:
    if PurePath(output).suffix.lower() not in _SUFFIXES:
        raise InvalidInputError(
            f"cannot tell what to write into {PurePath(output).name!r}",
            where=Where(source=output),
            hint=f"give it one of the suffixes {', '.join(_SUFFIXES)}",
        )


def _write(changes: Changes, output: str) -> None:
    from sanctionslib.export.files import put_text

    suffix = PurePath(output).suffix.lower()
    if suffix == ".json":
        import json

        from sanctionslib.export import to_dict

        text = json.dumps(to_dict(changes), ensure_ascii=False, indent=2)
    elif suffix == ".md":
        from sanctionslib.display import to_markdown

        text = to_markdown(changes)
    else:
        from sanctionslib.display import text as printer
        from sanctionslib.display._changes import changes_sheet

        text = printer.print_sheet(changes_sheet(changes, limit=None))
    put_text(output, f"{text}\n")
