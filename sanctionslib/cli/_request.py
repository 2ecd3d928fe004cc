"""Which file is meant, how it is read, and how the answer is wanted: the options of every command."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeVar

import attrs
import click

from sanctionslib.cli._errors import as_values, error_text, exit_of, warnings_told
from sanctionslib.cli._progress import progress
from sanctionslib.errors import InvalidInputError, SanctionsError

if TYPE_CHECKING:
    from sanctionslib.model import Entity
    from sanctionslib.query import SanctionsList

__all__ = [
    "Command",
    "Request",
    "file_format_option",
    "home_option",
    "output_options",
    "source_options",
]

_F = TypeVar("_F", bound=Callable[..., object])


@attrs.frozen(kw_only=True)
class Request:
    """What every command is told besides its question."""

    file: tuple[str, ...] = ()
    """Paths of the files, one per list; "-" for standard input."""
    lists: tuple[str, ...] = ()
    """Ids of lists of the archive."""
    as_of: str | None = None
    """The day for which the archive answers."""
    offline: bool = False
    max_age: timedelta | None = None
    """How long ago the publisher may have been asked; None for as long as `load` allows."""
    allow_stale: bool = False
    file_format: str | None = None
    """The format of the edition; None for the one that the list prefers."""
    home: str | None = None
    """The archive's folder; None for the usual one."""
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
    repair: bool = False
    as_json: bool = False
    """Answer in JSON."""
    plain: bool = False
    """Answer in plain text, also on a terminal."""

    def read(self, *, keep_source: bool = False) -> SanctionsList[Entity]:
        """The list that is meant; its faults are told in one line on standard error.

        Raises:
            UsageError: It does not say which file, or says two.
            SanctionsError: See `sanctionslib.read`.
        """
        self._check()
        with warnings_told():
            return self._read(keep_source)

    def _check(self) -> None:
        if self.sample == bool(self.file or self.lists):
            raise click.UsageError(
                "say what to look at: --list ID (a list in the archive), --file PATH (a file from "
                "its publisher), or --sample alone (the small one that comes with this program)"
            )
        if not self.file and (self.list_id or self.published):
            raise click.UsageError(
                "--list-id and --published go with --file: a sample and the archive have both"
            )
        if self.repair and not self.file:
            raise click.UsageError("--repair goes with --file: what the archive holds needs none")
        if not self.lists and (said := self._of_lists()):
            raise click.UsageError(f"{said[0]} goes with --list: it is about the archive")
        if self.as_of is not None and (self.max_age is not None or self.allow_stale):
            raise click.UsageError(
                "--as-of takes what the archive holds of that day: leave --max-age and "
                "--allow-stale out"
            )
        if self.day is not None and not self.sample:
            raise click.UsageError("--day goes with --sample: a file is of one day")
        for given in (self.file, self.lists):
            twice = [one for n, one in enumerate(given) if one in given[:n]]
            if twice:
                raise InvalidInputError(
                    f"{twice[0]!r} is given twice",
                    hint="give each list once, by --list or by the --file that it is in",
                )

    def _of_lists(self) -> list[str]:
        """The options given that only the archive understands."""
        given = {
            "--as-of": self.as_of is not None,
            "--offline": self.offline,
            "--max-age": self.max_age is not None,
            "--allow-stale": self.allow_stale,
            "--file-format": self.file_format is not None,
            "--home": self.home is not None,
        }
        return [name for name, is_given in given.items() if is_given]

    def _read(self, keep_source: bool) -> SanctionsList[Entity]:
        # Here and not above: it loads lxml, which --help and usage errors can do without.
        from sanctionslib.api import sample

        if self.sample:
            if self.day is None:
                return sample(keep_source=keep_source)
            with as_values():
                return sample(self.day, keep_source=keep_source)
        ids = self._by_file("--list-id", self.list_id)
        dates = self._by_file("--published", self.published)
        held = [self._load(keep_source)] if self.lists else []
        sources = {one: f"--list {one}" for one in self.lists}
        for file in self.file:
            found = self._read_file(file, ids.get(file), dates.get(file), keep_source)
            for edition in found.editions:
                if (other := sources.setdefault(edition.list_id, file)) != file:
                    raise InvalidInputError(
                        f"{other!r} and {file!r} are of the same list, {edition.list_id}",
                        hint="two editions of a list are compared: `sanctionslib diff`; the files "
                        "of one edition (SDN.CSV, ADD.CSV …) are given as one folder or zip",
                    )
            held.append(found)
        if len(held) == 1:
            return held[0]
        from sanctionslib.query import combine

        return combine(*held)

    def _load(self, keep_source: bool) -> SanctionsList[Entity]:
        from sanctionslib.api import load

        names = ", ".join(self.lists)
        with progress(names, verb="fetching", plain=self.plain) as report, as_values():
            return load(
                *self.lists,
                as_of=self.as_of,
                max_age=self.max_age,
                offline=self.offline,
                allow_stale=self.allow_stale,
                format=self.file_format,
                keep_source=keep_source,
                strict=self.strict,
                progress=report,
                home=self.home,
            )

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
        self, file: str, list_id: str | None, published: str | None, keep_source: bool
    ) -> SanctionsList[Entity]:
        from sanctionslib.api import read

        source = sys.stdin.buffer if file == "-" else file
        with progress(PurePath(file).name, plain=self.plain) as report:
            return read(
                source,
                list_id=list_id,
                published=published,
                partial=self.partial,
                strict=self.strict,
                repair=self.repair,
                keep_source=keep_source,
                progress=report,
            )


_TITLES = {
    "What to look at": (
        *("file", "sample", "day", "list_id", "published", "old_published", "new_published"),
        *("partial", "strict", "repair"),
    ),
    "What to look at in the archive": (
        *("lists", "of_list", "as_of", "from_day", "to_day", "start", "end"),
        *("offline", "max_age", "allow_stale", "file_format", "home"),
    ),
    "Output": ("as_json", "form", "plain", "limit", "output", "exit_code"),
}
_TITLE_OF = {name: title for title, names in _TITLES.items() for name in names}


class Command(click.Command):
    """A command that is handed a `Request` first, and whose help groups the shared options."""

    def invoke(self, ctx: click.Context) -> object:
        shared = {one.name for one in attrs.fields(Request)} & ctx.params.keys()
        ctx.obj = request = Request(**{name: ctx.params.pop(name) for name in shared})
        ctx.meta["home"] = request.home
        try:
            return super().invoke(ctx)
        except SanctionsError as error:
            click.echo(error_text(error), err=True)
            ctx.exit(exit_of(error))

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


def _hours(ctx: click.Context, param: click.Parameter, value: str | None) -> timedelta | None:
    """A number of hours as a span of time."""
    if value is None:
        return None
    try:
        hours = timedelta(hours=float(value))
    except (ValueError, OverflowError):
        raise click.BadParameter(f"{value!r} is no number of hours.") from None
    if hours < timedelta(0):
        raise click.BadParameter(f"{value!r} is less than no time.")
    return hours


home_option = click.option(
    "--home",
    metavar="DIR",
    type=click.Path(readable=False),
    help="The archive's folder; without it that of SANCTIONSLIB_HOME, else the system's folder for "
    "your data.",
)
file_format_option = click.option(
    "--file-format",
    metavar="NAME",
    help="The format of the files, as `sanctionslib formats` has it: ofac-delimited. Without it the "
    "one that the list prefers, as `sanctionslib lists` has it.",
)

_SOURCES = (
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
        help="The bundled sample: 54 entries of six lists, for trying things out. It is none of "
        "the lists.",
    ),
    click.option(
        "--day",
        metavar="DATE",
        help="The day of the sample, 2021-12-10 or the one before, 2021-12-09; without it the "
        "former.",
    ),
    click.option(
        "--list-id",
        metavar="ID",
        multiple=True,
        help="Which list the file is of, where neither it nor its name says so: us_ofac_sdn. "
        "Of several files, say of which: watch.csv=my_watch.",
    ),
    click.option(
        "--published",
        metavar="DATE",
        multiple=True,
        help="The date of the edition, where the file states none: 2021-12-10; without it the "
        "date is unknown, and said to be. Of several files, say of which: "
        "consolidated.csv=2021-12-10.",
    ),
    click.option(
        "--partial",
        is_flag=True,
        help="Also read a file that says that it is incomplete; `audit` tells what is missing.",
    ),
    click.option(
        "--strict",
        is_flag=True,
        help="Stop at any fault of any entry, instead of counting it in the audit.",
    ),
    click.option(
        "--repair",
        is_flag=True,
        help="Also read XML with bare ampersands, forbidden characters or bytes that are not UTF-8; "
        "`audit` tells each repair.",
    ),
    click.option(
        "--list",
        "lists",
        metavar="ID",
        multiple=True,
        help="A list in the archive: us_ofac_sdn. Downloaded first, where its publisher was not "
        "asked lately. Given several times, also beside --file: the lists are combined.",
    ),
    click.option(
        "--as-of",
        metavar="DATE",
        help="The edition that was the newest on this day, of those that the archive holds: "
        "2021-12-09. Downloads nothing.",
    ),
    click.option(
        "--offline", is_flag=True, help="Download nothing: the newest edition in the archive."
    ),
    click.option(
        "--max-age",
        metavar="HOURS",
        callback=_hours,
        help="How long ago its publisher may have been asked; without it 6 hours. With --offline, "
        "an older answer is refused.",
    ),
    click.option(
        "--allow-stale",
        is_flag=True,
        help="Where no newer edition can be had, take the last good one, with a warning.",
    ),
    file_format_option,
    home_option,
)


def source_options(command: _F) -> _F:
    """Add the options that say which file or list is meant."""
    for option in reversed(_SOURCES):
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
