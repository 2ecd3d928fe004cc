"""Which file is meant, how it is read, and how the answer is wanted: the options of every command."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import attrs
import click

from sanctionslib.cli._output import visible_lines
from sanctionslib.cli._progress import progress
from sanctionslib.cli._words import in_options
from sanctionslib.errors import SanctionsWarning

if TYPE_CHECKING:
    from sanctionslib.model import Entity
    from sanctionslib.query import SanctionsList

__all__ = ["Command", "Request", "output_options", "source_options"]

_F = TypeVar("_F", bound=Callable[..., object])


@attrs.frozen(kw_only=True)
class Request:
    """What every command is told besides its question."""

    file: str | None = None
    """Path of the file; "-" for standard input."""
    sample: bool = False
    """Look at the bundled sample instead."""
    list_id: str | None = None
    published: str | None = None
    partial: bool = False
    strict: bool = False
    as_json: bool = False
    """Answer in JSON."""
    plain: bool = False
    """Answer in plain text, also on a terminal."""

    def read(self, *, records: bool = False) -> SanctionsList[Entity]:
        """The list that is meant; its faults are told in one line on standard error.

        Raises:
            UsageError: It does not say which file, or says two.
            SanctionsError: See `sanctionslib.read`.
        """
        if self.sample == (self.file is not None):
            raise click.UsageError(
                "say what to look at, one of the two: --file PATH (a file from its publisher) "
                "or --sample (the small one that comes with this program)"
            )
        if self.sample and (self.list_id or self.published):
            raise click.UsageError("--list-id and --published go with --file: the sample has both")
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", SanctionsWarning)
            held = self._read(records)
        for one in caught:
            if issubclass(one.category, SanctionsWarning):
                text = in_options(" ".join(str(one.message).split()))
                click.echo(f"warning: {visible_lines(text)}", err=True)
            else:
                warnings.warn_explicit(one.message, one.category, one.filename, one.lineno)
        return held

    def _read(self, records: bool) -> SanctionsList[Entity]:
        # Here and not above: it loads lxml, which --help and usage errors can do without.
        from sanctionslib.api import read, sample

        if self.file is None:
            return sample(records=records)
        source = sys.stdin.buffer if self.file == "-" else self.file
        with progress(self.file, plain=self.plain) as report:
            return read(
                source,
                list_id=self.list_id,
                published=self.published,
                partial=self.partial,
                strict=self.strict,
                records=records,
                progress=report,
            )


_TITLES = {
    "What to look at": (
        *("file", "sample", "list_id", "published", "old_published", "new_published"),
        *("partial", "strict"),
    ),
    "Output": ("as_json", "form", "plain", "limit", "output", "exit_code"),
}
_TITLE_OF = {name: title for title, names in _TITLES.items() for name in names}


class Command(click.Command):
    """A command that is handed a `Request` first, and whose help groups the shared options."""

    def invoke(self, ctx: click.Context) -> object:
        shared = {one.name for one in attrs.fields(Request)} & ctx.params.keys()
        ctx.obj = Request(**{name: ctx.params.pop(name) for name in shared})
        return super().invoke(ctx)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Print the options of the question first, then those that all commands share."""
        sections: dict[str, list[tuple[str, str]]] = {"Options": []}
        sections |= {title: [] for title in _TITLES}
        for param in self.get_params(ctx):
            if (record := param.get_help_record(ctx)) is not None:
                sections[_TITLE_OF.get(param.name or "", "Options")].append(record)
        for title, rows in sections.items():
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)


def source_options(command: _F) -> _F:
    """Add the options that say which file is meant."""
    for option in reversed(
        (
            click.option(
                "--file",
                metavar="PATH",
                # Whether it can be read is for the library to find out and to say.
                type=click.Path(allow_dash=True, readable=False),
                help="The official file (SDN.XML, also .gz or .zip), a folder or zip with the files "
                "of one edition (SDN.CSV, ADD.CSV …), or a file that this library wrote; - reads "
                "standard input.",
            ),
            click.option(
                "--sample",
                is_flag=True,
                help="The bundled sample: 43 entries of four US lists, for trying things out. It is none "
                "of the lists.",
            ),
            click.option(
                "--list-id",
                metavar="ID",
                help="Which list it is, where neither the file nor its name says so: us_ofac_sdn.",
            ),
            click.option(
                "--published",
                metavar="DATE",
                help="The date of the edition, where the file states none: 2021-12-10.",
            ),
            click.option(
                "--partial",
                is_flag=True,
                help="Also read a file that says that it is incomplete; `audit` tells what is "
                "missing.",
            ),
            click.option(
                "--strict",
                is_flag=True,
                help="Stop at any fault of any entry, instead of counting it in the audit.",
            ),
        )
    ):
        command = option(command)
    return command


def output_options(command: _F) -> _F:
    """Add the options that say how the answer is wanted."""
    command = click.option(
        "--plain", is_flag=True, help="Plain text without colours and frames, also on a terminal."
    )(command)
    return click.option(
        "--json", "as_json", is_flag=True, help="The answer as one JSON document (UTF-8)."
    )(command)
