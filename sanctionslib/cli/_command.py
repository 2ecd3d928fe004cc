"""How a command is made: its shared options, the files behind its question, its help and exit code."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable, Collection, Sequence
from pathlib import Path, PurePath
from typing import Any, ParamSpec, cast

import attrs
import click

from sanctionslib.cli._errors import HOME, error_text, exit_of
from sanctionslib.cli._exit import Exit
from sanctionslib.cli._options import PATH, Shared, did_you_mean, near_file, option
from sanctionslib.cli._request import FORMS, Request
from sanctionslib.errors import InvalidInputError, SanctionsError, UnreadableError, Where

_P = ParamSpec("_P")

_SUFFIXES = {
    ".txt": "table",
    ".csv": "csv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".md": "markdown",
    ".html": "html",
    ".mmd": "mermaid",
    ".svg": "svg",
}
"""What is written into a file, by its suffix."""


def one_text(words: Sequence[str]) -> str:
    """The id or the name that several words are, with quotes or without."""
    if text := " ".join(" ".join(words).split()):
        return text
    raise click.UsageError("an id or a name is empty: say whom")


def check_limit(request: Request) -> None:
    """Refuse a limit that would be ignored, where an answer is given whole, before anything is read."""
    if request.limit is not None and request.form in ("json", "markdown") and not request.fields:
        raise click.UsageError(f"--limit is for rows: {request.form} holds all of the answer")


_NAMES = [one.name for one in attrs.fields(Request)]
SOURCE = tuple(_NAMES[: _NAMES.index("home") + 1])
"""Options that say which file, sample or list is meant."""
_RARE = SOURCE[SOURCE.index("day") :]
"""Options that the help of a command only names."""
WHOLE = "sanctionslib.whole"
"""Under which key the context of a command has whether all of its help is wanted."""
PAGE = ("form", "as_json", "output", "explain", "plain")
"""Options that say how the answer is wanted."""
ROWS = ("limit", "fields", *PAGE)
"""The same, of an answer with rows."""
ARCHIVE = ("home", *PAGE)
"""Options of the commands about the archive."""

_DATA = (".xml", ".csv", ".json", ".jsonl", ".ndjson", ".xlsx", ".txt", ".zip", ".gz")
"""Suffixes of files that hold lists."""


_MISTYPED = (*_DATA, ".html", ".pdf", ".docx", ".xls", ".tsv")
"""Suffixes of which a mistyped one may be meant."""
_LITERAL = "sanctionslib.literal"
"""Under which key the context of a command has whether "--" stands before its words."""


def _is_file(word: str, *, alone: bool, is_first: bool) -> bool:
    """Whether a word behind the question is a file to look at.

    Args:
        word: The word. One that looks like a file and is not there is an error.
        alone: Whether there can be nothing else but files.
        is_first: Whether no other word is before it.
    """
    if word == "-":
        return True
    path = Path(word)
    is_path = any(one in word for one in (os.sep, os.altsep) if one)
    has_suffix = path.suffix.lower() in _DATA
    has_near = bool(  # "SDN.XLM", also where no such file is here
        re.search(r"\w\.[A-Za-z]{2,5}$", word)
        and " " not in word
        and difflib.get_close_matches(path.suffix.lower(), _MISTYPED, 1, 0.75)
    )
    is_stem = word.isupper() and not is_first  # "SDN", where SDN.XML is
    if not (alone or is_path or has_suffix or has_near or is_stem):
        return False
    beside: list[str] = []
    try:
        if path.exists() and (alone or is_path or has_suffix):
            return True
        beside = [one.name for one in path.parent.iterdir()]
    except (OSError, ValueError):
        # "A/S EXAMPLE" and "12/345" are a name and a number, and there is no such folder.
        is_path = False
    is_stem = is_stem and any(_is_stem(word, one) for one in beside)
    if not (alone or is_path or has_suffix or has_near or is_stem):
        return False
    meant = near_file(path.name, beside)
    for_names = "a name that looks like a file stands behind --, and its files behind --file"
    raise UnreadableError(
        f"there is no file {word!r}",
        where=Where(source=word),
        hint="names are looked for by `sanctionslib search`"
        if alone and not meant
        else "; ".join((meant or "look at its path", *(() if alone else (for_names,)))),
    )


def _is_stem(word: str, name: str) -> bool:
    return PurePath(name).stem == word and PurePath(name).suffix.lower() in _DATA


class Group(click.Group):
    """A group of commands, which names one that is near where there is none."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the first word calls."""
        known = self.list_commands(ctx)
        if args[0] not in known and (near := did_you_mean(args[0], known)):
            raise click.UsageError(f"No such command {args[0]!r}; {near}", ctx)
        return super().resolve_command(ctx, args)


class _Command(click.Command):
    """A command that is handed a `Request` first, and ends with the exit code that it returns."""

    files: click.Argument | None = None
    """The argument whose last words may be files to look at."""
    takes_files_alone = False
    """Whether it has no other words."""
    row: tuple[str, ...] = ()
    """The sort of its rows, and the names of further fields."""

    def fields(self) -> tuple[str, ...]:
        """The names that --fields takes."""
        from sanctionslib import answers
        from sanctionslib.export import columns_of

        if not self.row:
            return ()
        row, *more = self.row
        of_answer = getattr(answers, row, None)
        return (*(of_answer.__annotations__ if of_answer else columns_of(None)), *more)

    def with_files(self) -> None:
        """Let files stand behind the words of the question."""
        several = [one for one in self.params if isinstance(one, click.Argument) and one.nargs < 0]
        self.takes_files_alone = not several
        if several:
            (self.files,) = several
            self.files.metavar = f"{self.files.metavar} [FILE]..."
        else:
            self.files = click.Argument(["files"], metavar="[FILE]...", nargs=-1, type=PATH)
            self.params.append(self.files)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words; behind "--" all of them are words of the question."""
        ctx.meta[_LITERAL] = "--" in args
        return super().parse_args(ctx, args)

    def _files(self, ctx: click.Context) -> tuple[str, ...]:
        """Take the files out of the words of the question."""
        if self.files is None:
            return ()
        name = self.files.name or ""
        words: tuple[str, ...] = ctx.params.pop(name)
        alone, at = self.takes_files_alone, len(words)
        is_literal = ctx.meta[_LITERAL] and not alone
        while at and not is_literal and _is_file(words[at - 1], alone=alone, is_first=at == 1):
            at -= 1
        if not self.takes_files_alone:
            ctx.params[name] = words[:at]
            if self.files.required and not at:
                raise click.MissingParameter(ctx=ctx, param=self.files)
        return words[at:]

    def invoke(self, ctx: click.Context) -> None:
        shared = {one.name or "": one for one in self.params if isinstance(one, Shared)}
        given = {name: ctx.params.pop(name) for name in shared}
        ctx.meta[HOME] = given.get("home")
        try:
            if "form" in shared:
                choices: Collection[str] = getattr(shared["form"].type, "choices", ())
                given["form"] = _form(given, choices)
            if "file" in given:
                given["file"] = (*given["file"], *self._files(ctx))
            code = ctx.invoke(
                cast("Callable[..., object]", self.callback), Request(**given), **ctx.params
            )
        except SanctionsError as error:
            click.echo(error_text(error), err=True)
            code = exit_of(error)
        if code:
            ctx.exit(int(cast("Exit", code)))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Print the options of the question first, then those that all commands share.

        Each has its first sentence, and what few need is named alone: `sanctionslib help` has all.
        """
        whole = bool(ctx.meta.get(WHOLE))
        sections: dict[str, list[tuple[str, str]]] = {"Options": []}
        left: list[str] = []
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx) if isinstance(param, click.Option) else None
            if record is None:
                continue
            name = param.name or ""
            is_shared = isinstance(param, Shared)
            is_rare = name == "plain" or (self.files is not None and name in _RARE)
            if is_shared and is_rare and not whole:
                left.append(param.opts[-1])
                continue
            title = ("What to look at" if name in SOURCE else "Output") if is_shared else "Options"
            rows = sections.setdefault(title, [])
            names = f"FILE, {record[0]}" if name == "file" else record[0]
            rows.append((names, record[1] if whole else _first_sentence(record[1])))
        for title, rows in sections.items():
            with formatter.section(title):
                formatter.write_dl(rows, col_max=26)
        if whole and (fields := self.fields()):
            with formatter.section("Fields"):
                formatter.write_text(", ".join(fields))
        if left:
            with formatter.section(f"More, see `sanctionslib help {ctx.info_name}`"):
                formatter.write_text(" ".join(left))


def _first_sentence(text: str) -> str:
    return re.split(r"[.;] |  \[", text)[0].rstrip(".") + "."


def _form(given: dict[str, Any], choices: Collection[str]) -> str:
    """The form that is asked for by --format, --json or the suffix of -o."""
    form: str | None = given["form"]
    if given.get("as_json"):
        if form not in (None, "json"):
            raise click.UsageError(f"--json and --format {form} are two answers: ask for one")
        return "json"
    path: str | None = given.get("output")
    if form is not None or path in (None, "-"):
        return form or "table"
    known = {suffix: one for suffix, one in _SUFFIXES.items() if one in choices}
    suffix = PurePath(path.lower().removesuffix(".gz")).suffix
    if suffix not in known:
        raise InvalidInputError(
            f"cannot tell what to write into {PurePath(path).name!r}",
            where=Where(source=path),
            hint=f"give it one of the suffixes {', '.join(known)}, or say --format",
        )
    return known[suffix]


def command(
    summary: str,
    *examples: str,
    shared: Sequence[str] = (*SOURCE, *PAGE),
    forms: Sequence[str] = FORMS,
    fields: tuple[str, ...] = (),
    **settings: Any,  # noqa: ANN401 - those of click
) -> Callable[[Callable[_P, Exit | None]], click.Command]:
    """Make a function a command: it is handed a `Request`, and may return an exit code.

    Args:
        summary: What it is for, in the list of all commands.
        examples: Lines below its help; those of commands begin with two blanks.
        shared: The fields of `Request` that are options of it.
        forms: Values of --format.
        fields: The sort of its rows, by its name in `sanctionslib.answers` ("Row": that of entities),
            and the names of further fields.
        settings: Further settings of click.
    """

    def made(function: Callable[_P, Exit | None]) -> click.Command:
        decorated: Callable[..., object] = function
        for name in reversed(shared):
            own: dict[str, Any]
            spec, text, own = getattr(attrs.fields(Request), name).metadata["option"]
            own = {**own, "choices": forms} if name == "form" else own
            decorated = option(spec, text, name, cls=Shared, **own)(decorated)
        epilog = "\n".join(("\b", "Examples:" if examples[1:] else "Example:", *examples))
        found = click.command(
            cls=_Command, short_help=summary, epilog=epilog if examples else None, **settings
        )(decorated)
        found.row = fields
        if "file" in shared:
            found.with_files()
        return found

    return made
