"""What all commands share: the options that say what is looked at and how the answer is wanted.

Each of these options is one field of `Request`: its name, type and help are said there alone.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Generator, Iterable, Sequence
from datetime import timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

import attrs
import click

from sanctionslib.cli._errors import HOME, error_text, exit_of, warnings_reported
from sanctionslib.cli._exit import Exit
from sanctionslib.cli._progress import Verb, progress
from sanctionslib.errors import InvalidInputError, SanctionsError

if TYPE_CHECKING:
    from sanctionslib.api import Archive
    from sanctionslib.model import Entity
    from sanctionslib.query import SanctionsList

_F = TypeVar("_F", bound=Callable[..., object])
_P = ParamSpec("_P")

LIST = click.argument("list_id", metavar="LIST")
LISTS = click.argument("list_ids", metavar="[LIST]...", nargs=-1)
PATH = click.Path(allow_dash=True, readable=False)
"""A file or folder; whether it can be read is for the library to say."""


class _Shared(click.Option):
    """An option that is a field of `Request`."""


def option(
    spec: str,
    text: str,
    name: str = "",
    *,
    choices: Iterable[str] = (),
    least: int | None = None,
    **settings: Any,  # noqa: ANN401 - those of click
) -> Callable[[_F], _F]:
    """Make an option of a command.

    Args:
        spec: Its names, and a word for its value: `--out --output FILE`. Without the latter, and
            without choices, it is a flag.
        text: What it is for.
        name: The parameter, where it is named differently.
        choices: The words that it takes, in upper or lower case.
        least: The least number that it takes.
        settings: Further settings of click.
    """
    names = [word for word in spec.split() if word.startswith("-")]
    if choices:
        settings["type"] = click.Choice([*choices], case_sensitive=False)
    elif least is not None:
        settings["type"] = click.IntRange(min=least)
    if len(names) < len(spec.split()):
        settings["metavar"] = spec.split()[-1]
    elif not choices:
        settings |= {"is_flag": True} if "/" not in spec else {"default": None}
    settings["show_default"] = settings.get("default") is not None
    return click.option(*names, *filter(None, (name,)), help=text, **settings)


def _hours(text: str) -> timedelta:
    try:
        hours = timedelta(hours=float(text))
    except (ValueError, OverflowError):
        raise click.BadParameter(f"{text!r} is no number of hours.") from None
    if hours < timedelta(0):
        raise click.BadParameter(f"{text!r} is less than no time.")
    return hours


def _field(spec: str, text: str, **settings: Any) -> Any:  # noqa: ANN401 - as attrs has it
    """A field that is an option: several texts, a text, or a flag."""
    is_flag = " " not in spec and "choices" not in settings
    default = () if settings.get("multiple") else False if is_flag else None
    return attrs.field(default=default, metadata={"option": (spec, text, settings)})


@attrs.frozen(kw_only=True)
class Request:
    """What a command is given besides its question; each field is an option."""

    file: tuple[str, ...] = _field(
        "--file PATH",
        "The official file (SDN.XML, also .gz or .zip), a folder or zip with the files of one edition "
        "(SDN.CSV, ADD.CSV …), or a file that this library wrote; - reads standard input. Given "
        "several times, one file per list: the lists are combined.",
        multiple=True,
        type=PATH,
    )
    sample: bool = _field(
        "--sample",
        "The bundled sample: 54 entries of six lists, for trying things out. It is none of the lists.",
    )
    day: str | None = _field(
        "--day DATE",
        "The day of the sample, 2021-12-10 or the one before, 2021-12-09; without it the former.",
    )
    list_id: tuple[str, ...] = _field(
        "--list-id ID",
        "Which list the file is of, where neither it nor its name says so: us_ofac_sdn. Of several "
        "files, say of which: watch.csv=my_watch.",
        multiple=True,
    )
    published: tuple[str, ...] = _field(
        "--published DATE",
        "The date of the edition, where the file states none: 2021-12-10; without it the date is "
        "unknown, and said to be. Of several files, say of which: consolidated.csv=2021-12-10.",
        multiple=True,
    )
    partial: bool = _field(
        "--partial",
        "Also read a file that says that it is incomplete; `audit` says what is missing.",
    )
    strict: bool = _field(
        "--strict", "Stop at any fault of any entry, instead of counting it in the audit."
    )
    repair: bool = _field(
        "--repair",
        "Also read XML with bare ampersands, forbidden characters or bytes that are not UTF-8; "
        "`audit` lists each repair.",
    )
    lists: tuple[str, ...] = _field(
        "--list ID",
        "A list in the archive: us_ofac_sdn. Downloaded first, where its publisher was not asked "
        "lately. Given several times, also beside --file: the lists are combined.",
        multiple=True,
    )
    as_of: str | None = _field(
        "--as-of DATE",
        "The edition that was the newest on this day, of those that the archive holds: 2021-12-09. "
        "Downloads nothing.",
    )
    offline: bool = _field("--offline", "Download nothing: the newest edition in the archive.")
    max_age: timedelta | None = _field(
        "--max-age HOURS",
        "How long ago its publisher may have been asked; without it 6 hours. With --offline, an older "
        "answer is an error.",
        type=_hours,
    )
    allow_stale: bool = _field(
        "--allow-stale",
        "Where no newer edition can be had, take the last good one, with a warning.",
    )
    file_format: str | None = _field(
        "--file-format NAME",
        "The format of the files, as `sanctionslib formats` has it: ofac-delimited. Without it the one "
        "that the list prefers, as `sanctionslib lists` has it.",
    )
    home: str | None = _field(
        "--home DIR",
        "The archive's folder; without it that of SANCTIONSLIB_HOME, else the system's folder for "
        "your data.",
        type=PATH,
    )
    as_json: bool = _field("--json", "The answer as one JSON document (UTF-8).")
    form: str | None = _field(
        "--format", "Text, the same as --json, or Markdown.", choices=("text", "json", "markdown")
    )
    plain: bool = _field("--plain", "Plain text without colours and frames, also on a terminal.")

    @property
    def is_json(self) -> bool:
        """Whether the answer is wanted in JSON."""
        return self.as_json or self.form == "json"

    @property
    def archive(self) -> Archive:
        """The archive that is meant."""
        from sanctionslib.api import Archive

        return Archive(self.home)

    # ── reading ───────────────────────────────────────────────────────────────────────────────

    def read(self, *, keep_source: bool = False) -> SanctionsList[Entity]:
        """The list that is meant; its faults are reported in one line on standard error."""
        self._check()
        # Here and not above: they load lxml, which --help and usage errors can do without.
        from sanctionslib.api import sample
        from sanctionslib.query import combine

        if self.sample:
            return sample(*filter(None, (self.day,)), keep_source=keep_source)
        ids = self._by_file("--list-id", self.list_id)
        dates = self._by_file("--published", self.published)
        found = [self._load(keep_source)] if self.lists else []
        sources = {one: f"--list {one}" for one in self.lists}
        for file in self.file:
            found.append(self._read_file(file, ids.get(file), dates.get(file), keep_source))
            for edition in found[-1].editions:
                if (other := sources.setdefault(edition.list_id, file)) != file:
                    raise InvalidInputError(
                        f"{other!r} and {file!r} are of the same list, {edition.list_id}",
                        hint="two editions of a list are compared: `sanctionslib diff`; the files "
                        "of one edition (SDN.CSV, ADD.CSV …) are given as one folder or zip",
                    )
        return found[0] if len(found) == 1 else combine(*found)

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
        of_archive = ("as_of", "offline", "max_age", "allow_stale", "file_format", "home")
        given = [name for name in of_archive if getattr(self, name) not in (None, False)]
        if given and not self.lists:
            option = f"--{given[0].replace('_', '-')}"
            raise click.UsageError(f"{option} goes with --list: it is about the archive")
        if self.as_of is not None and (self.max_age is not None or self.allow_stale):
            raise click.UsageError(
                "--as-of takes what the archive holds of that day: leave --max-age and "
                "--allow-stale out"
            )
        if self.day is not None and not self.sample:
            raise click.UsageError("--day goes with --sample: a file is of one day")
        for several in (self.file, self.lists):
            if twice := [one for n, one in enumerate(several) if one in several[:n]]:
                raise InvalidInputError(
                    f"{twice[0]!r} is given twice",
                    hint="give each list once, by --list or by the --file that it is in",
                )

    def _by_file(self, option: str, given: tuple[str, ...]) -> dict[str, str]:
        """The value for each file; a single file need not be named."""
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

    def _load(self, keep_source: bool) -> SanctionsList[Entity]:
        with working(", ".join(self.lists), "fetching") as report:
            return self.archive.load(
                *self.lists,
                as_of=self.as_of,
                max_age=self.max_age,
                offline=self.offline,
                allow_stale=self.allow_stale,
                format=self.file_format,
                keep_source=keep_source,
                strict=self.strict,
                progress=report,
            )

    def _read_file(
        self, file: str, list_id: str | None, published: str | None, keep_source: bool
    ) -> SanctionsList[Entity]:
        from sanctionslib.api import read

        with working(PurePath(file).name) as report:
            return read(
                sys.stdin.buffer if file == "-" else file,
                list_id=list_id,
                published=published,
                partial=self.partial,
                strict=self.strict,
                repair=self.repair,
                keep_source=keep_source,
                progress=report,
            )


@contextlib.contextmanager
def working(name: str, verb: Verb = "reading") -> Generator[Callable[[int, int], None] | None]:
    """Show how far the library has come and, behind that, what it warns of."""
    with warnings_reported(), progress(name, verb) as report:
        yield report


# ── commands ──────────────────────────────────────────────────────────────────────────────────

_NAMES = [one.name for one in attrs.fields(Request)]
SOURCE = tuple(_NAMES[: _NAMES.index("home") + 1])
"""Options that say which file, sample or list is meant."""
OUTPUT = ("as_json", "form", "plain")
"""Options that say how the answer is wanted."""
ARCHIVE = ("home", *OUTPUT)
"""Options of the commands about the archive."""

_TITLES = {
    "Options": (),
    "What to look at": SOURCE[: SOURCE.index("lists")],
    "What to look at in the archive": SOURCE[SOURCE.index("lists") :],
    "Output": OUTPUT,
}
_TITLE_OF = {name: title for title, names in _TITLES.items() for name in names}


class _Command(click.Command):
    """A command that is handed a `Request` first, and ends with the exit code that it returns."""

    def invoke(self, ctx: click.Context) -> None:
        shared = [one.name or "" for one in self.params if isinstance(one, _Shared)]
        request = Request(**{name: ctx.params.pop(name) for name in shared})
        ctx.meta[HOME] = request.home
        try:
            if request.as_json and request.form not in (None, "json"):
                raise click.UsageError(
                    f"--json and --format {request.form} are two answers: ask for one", ctx
                )
            code = ctx.invoke(cast("Callable[..., object]", self.callback), request, **ctx.params)
        except SanctionsError as error:
            click.echo(error_text(error), err=True)
            code = exit_of(error)
        if code:
            ctx.exit(int(cast("Exit", code)))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Print the options of the question first, then those that all commands share."""
        sections: dict[str, list[tuple[str, str]]] = {title: [] for title in _TITLES}
        for param in self.get_params(ctx):
            if isinstance(param, click.Option) and (record := param.get_help_record(ctx)):
                is_shared = isinstance(param, _Shared)
                sections[_TITLE_OF[param.name or ""] if is_shared else "Options"].append(record)
        for title, rows in sections.items():
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)


def command(
    summary: str,
    *examples: str,
    shared: Sequence[str] = (*SOURCE, *OUTPUT),
    forms: Sequence[str] = (),
    **settings: Any,  # noqa: ANN401 - those of click
) -> Callable[[Callable[_P, Exit | None]], click.Command]:
    """Make a function a command: it is handed a `Request`, and may return an exit code.

    Args:
        summary: What it is for, in the list of all commands.
        examples: Lines below its help; those of commands begin with two blanks.
        shared: The fields of `Request` that are options of it.
        forms: Values of --format, where they are not the usual ones.
        settings: Further settings of click.
    """

    def made(function: Callable[_P, Exit | None]) -> click.Command:
        decorated: Callable[..., object] = function
        for name in reversed(shared):
            own: dict[str, Any]
            spec, text, own = getattr(attrs.fields(Request), name).metadata["option"]
            if name == "form" and forms:
                text, own = "Text, the same as --json, Markdown or a drawing.", {"choices": forms}
            decorated = option(spec, text, name, cls=_Shared, **own)(decorated)
        epilog = "\n".join(("\b", "Examples:" if examples[1:] else "Example:", *examples))
        return click.command(
            cls=_Command, short_help=summary, epilog=epilog if examples else None, **settings
        )(decorated)

    return made
