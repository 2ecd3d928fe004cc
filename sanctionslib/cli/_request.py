"""Which file is meant, how it is read, and how the answer is wanted: the options of every command."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeVar

import attrs
import click

from sanctionslib.cli._output import visible_lines
from sanctionslib.cli._progress import progress
from sanctionslib.cli._words import in_options
from sanctionslib.errors import InvalidInputError, NotFoundError, SanctionsWarning

if TYPE_CHECKING:
    from sanctionslib.model import Entity
    from sanctionslib.query import SanctionsList

__all__ = ["Command", "Request", "output_options", "source_options"]

_F = TypeVar("_F", bound=Callable[..., object])


@attrs.frozen(kw_only=True)
class Request:
    """What every command is told besides its question."""

    file: tuple[str, ...] = ()
    """Paths of the files, one per list; "-" for standard input."""
    sample: bool = False
    """Look at the bundled sample instead."""
    day: str | None = None
    """The day of the sample."""
    list_id: tuple[str, ...] = ()
    """Which list it is; of several files, each as FILE=ID."""
    published: tuple[str, ...] = ()
    """The date of the edition; of several files, each as FILE=DATE."""
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
        self._check()
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

    def _check(self) -> None:
        if self.sample == bool(self.file):
            raise click.UsageError(
                "say what to look at, one of the two: --file PATH (a file from its publisher) "
                "or --sample (the small one that comes with this program)"
            )
        if self.sample and (self.list_id or self.published):
            raise click.UsageError("--list-id and --published go with --file: the sample has both")
        if self.day is not None and not self.sample:
            raise click.UsageError("--day goes with --sample: a file is of one day")
        twice = [file for n, file in enumerate(self.file) if file in self.file[:n]]
        if twice:
            raise InvalidInputError(
                f"{twice[0]!r} is given twice",
                hint="give each list once, the file of each by --file",
            )

    def _read(self, records: bool) -> SanctionsList[Entity]:
        # Here and not above: it loads lxml, which --help and usage errors can do without.
        from sanctionslib.api import sample

        if self.sample:
            if self.day is None:
                return sample(records=records)
            try:
                return sample(self.day, records=records)
            except NotFoundError as error:
                # A value of an option, never a party: not the answer "nothing found".
                raise InvalidInputError(error.what, where=error.where, hint=error.hint) from error
        ids = self._by_file("--list-id", self.list_id)
        dates = self._by_file("--published", self.published)
        lists: list[SanctionsList[Entity]] = []
        files: dict[str, str] = {}
        for file in self.file:
            held = self._read_file(file, ids.get(file), dates.get(file), records)
            for edition in held.editions:
                if (other := files.setdefault(edition.list_id, file)) != file:
                    raise InvalidInputError(
                        f"{other!r} and {file!r} are of the same list, {edition.list_id}",
                        hint="two editions of a list are compared: `sanctionslib diff`; the files "
                        "of one edition (SDN.CSV, ADD.CSV …) are given as one folder or zip",
                    )
            lists.append(held)
        if len(lists) == 1:
            return lists[0]
        from sanctionslib.query import combine

        return combine(*lists)

    def _by_file(self, option: str, given: tuple[str, ...]) -> dict[str, str]:
        """What is said of each file; of one alone, nobody needs to say of which."""
        found: dict[str, str] = {}
        for text in given:
            path, _, value = text.rpartition("=")
            meant = [one for one in self.file if path in (one, PurePath(one).name)]
            if not meant and len(self.file) == 1:
                meant, value = [self.file[0]], text
            if len(meant) != 1:
                names = " or ".join(f"{option} {PurePath(one).name}=…" for one in self.file)
                raise click.UsageError(f"{option} {text}: say of which file: {names}")
            if meant[0] in found:
                raise click.UsageError(f"{option} is given twice for {meant[0]}")
            found[meant[0]] = value
        return found

    def _read_file(
        self, file: str, list_id: str | None, published: str | None, records: bool
    ) -> SanctionsList[Entity]:
        from sanctionslib.api import read

        source = sys.stdin.buffer if file == "-" else file
        with progress(file, plain=self.plain) as report:
            return read(
                source,
                list_id=list_id,
                published=published,
                partial=self.partial,
                strict=self.strict,
                records=records,
                progress=report,
            )


_TITLES = {
    "What to look at": (
        *("file", "sample", "day", "list_id", "published", "old_published", "new_published"),
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
        options = (one for one in self.get_params(ctx) if isinstance(one, click.Option))
        for param in options:
            if (record := param.get_help_record(ctx)) is not None:
                sections[_TITLE_OF.get(param.name or "", "Options")].append(record)
        for title, rows in sections.items():
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)


_DAY = click.option(
    "--day",
    metavar="DATE",
    help="The day of the sample, 2021-12-10 or the one before, 2021-12-09; without it the former.",
)


def source_options(command: _F) -> _F:
    """Add the options that say which file is meant."""
    for option in reversed(
        (
            click.option(
                "--file",
                metavar="PATH",
                multiple=True,
                # Whether it can be read is for the library to find out and to say.
                type=click.Path(allow_dash=True, readable=False),
                help="The official file (SDN.XML, also .gz or .zip), a folder or zip with the files "
                "of one edition (SDN.CSV, ADD.CSV …), or a file that this library wrote; - reads "
                "standard input. Given several times, one file per list: the lists are combined.",
            ),
            click.option(
                "--sample",
                is_flag=True,
                help="The bundled sample: 43 entries of four US lists, for trying things out. It is none "
                "of the lists.",
            ),
            _DAY,
            click.option(
                "--list-id",
                metavar="ID",
                multiple=True,
                help="Which list it is, where neither the file nor its name says so: us_ofac_sdn. "
                "Of several files, say of which: watch.csv=my_watch.",
            ),
            click.option(
                "--published",
                metavar="DATE",
                multiple=True,
                help="The date of the edition, where the file states none: 2021-12-10. Of several "
                "files, say of which: consolidated.csv=2021-12-10.",
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
