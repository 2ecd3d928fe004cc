"""Answers as text, JSON or Markdown; and reports on changes, which can be written to a file too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar

import attrs
import click

from sanctionslib.cli._errors import Exit
from sanctionslib.cli._output import (
    print_json,
    print_sheet,
    visible_lines,
)
from sanctionslib.cli._request import Request, output_options
from sanctionslib.errors import InvalidInputError, Where

if TYPE_CHECKING:
    from sanctionslib.answers import ChangeLog, Changes
    from sanctionslib.display._sheet import Sheet
    from sanctionslib.serialize import Serializable

__all__ = [
    "Form",
    "Report",
    "answer_options",
    "asked_form",
    "give",
    "give_sheet",
    "report_options",
]

_F = TypeVar("_F", bound=Callable[..., object])
_A = TypeVar("_A", bound="Serializable")

Form: TypeAlias = Literal["text", "json", "markdown"]

_SUFFIXES = (".md", ".json", ".txt")


def answer_options(command: _F) -> _F:
    """Add the options that say how the answer is wanted, Markdown among them."""
    return _form_option("Text, the same as --json, or Markdown.")(output_options(command))


def _form_option(text: str) -> Callable[[_F], _F]:
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json", "markdown"], case_sensitive=False),
        help=text,
    )


def asked_form(request: Request, form: Form | None) -> Form:
    """The one form that is asked for.

    Raises:
        UsageError: Two are.
    """
    if request.as_json and form not in (None, "json"):
        raise click.UsageError(f"--json and --format {form} are two answers: ask for one")
    return "json" if request.as_json else form or "text"


def give(
    answers: Sequence[_A], sheet: Callable[[_A], Sheet], form: Form, *, several: bool, plain: bool
) -> None:
    """Print answers.

    Args:
        answers: The answers.
        sheet: What makes a sheet of one.
        form: How they are wanted.
        several: Whether they are an array in JSON, however many there are.
        plain: Do without rich.
    """
    if form == "json":
        from sanctionslib.export import to_dict

        documents = [to_dict(one) for one in answers]
        print_json(documents if several else documents[0])
        return
    for number, one in enumerate(answers):
        if number:
            click.echo()
        give_sheet(sheet(one), form, plain=plain)


def give_sheet(sheet: Sheet, form: Form, *, plain: bool) -> None:
    """Print a sheet as Markdown, rich or text."""
    told = sheet
    if form == "markdown":
        from sanctionslib.display import markdown

        click.echo(markdown.print_sheet(told))
    else:
        print_sheet(told, plain=plain)


# ── changes ───────────────────────────────────────────────────────────────────────────────────


def report_options(command: _F) -> _F:
    """Add the options of a report on changes."""
    command = output_options(command)
    for option in (
        click.option(
            "--exit-code",
            is_flag=True,
            help="End with code 6 where there are changes, for scripts.",
        ),
        click.option(
            "--output",
            metavar="FILE",
            type=click.Path(),
            help="Write the answer to a file, by its suffix: .md, .json, .txt.",
        ),
        click.option(
            "--limit",
            type=click.IntRange(min=0),
            metavar="N",
            help="How many parties of each sort to print as text; 0 prints all, and without it 50 "
            "are printed. JSON, Markdown and a file of --output hold all that changed.",
        ),
        _form_option("Text, the same as --json, or a Markdown report with all that changed."),
    ):
        command = option(command)
    return command


@attrs.frozen(kw_only=True)
class Report:
    """How a report on changes is wanted."""

    form: Form | None
    limit: int | None
    output: str | None
    exit_code: bool

    def check(self, request: Request) -> None:
        """Refuse what contradicts itself, before anything is read.

        Raises:
            UsageError: Two answers are asked for, or a limit where there is none.
            InvalidInputError: The file has no suffix that is known.
        """
        asked_form(request, self.form)
        if self.limit is not None:
            if request.as_json or self.form in ("json", "markdown"):
                raise click.UsageError(
                    "--limit is for text: JSON and Markdown hold all that changed"
                )
            if self.output is not None and self.form is None:
                raise click.UsageError(
                    "--limit is for text that is printed: a file holds all that changed"
                )
        if self.output is not None and PurePath(self.output).suffix.lower() not in _SUFFIXES:
            raise InvalidInputError(
                f"cannot tell what to write into {PurePath(self.output).name!r}",
                where=Where(source=self.output),
                hint=f"give it one of the suffixes {', '.join(_SUFFIXES)}",
            )

    def give(self, ctx: click.Context, request: Request, changes: Changes | ChangeLog) -> None:
        """Write and print it, and end with the exit code that is asked for."""
        if self.output is not None:
            _write(changes, self.output)
        form = asked_form(request, self.form)
        if self.output is not None and self.form is None and not request.as_json:
            click.echo(visible_lines(f"{repr(changes)[1:-1]} written to {self.output}"))
        else:
            give(
                (changes,),
                lambda one: _sheet(one, limit=self.displayable(form)),
                form,
                several=False,
                plain=request.plain,
            )
        if self.exit_code and changes:
            ctx.exit(Exit.CHANGED)

    def displayable(self, form: Form) -> int | None:
        """How many parties of each sort are printed; None for all."""
        if form == "markdown" or self.limit == 0:
            return None
        from sanctionslib.display._changes import SHOWN

        return SHOWN if self.limit is None else self.limit


def _sheet(changes: Changes | ChangeLog, *, limit: int | None) -> Sheet:
    from sanctionslib.answers import ChangeLog

    if isinstance(changes, ChangeLog):
        from sanctionslib.display._timeline import change_log_sheet

        return change_log_sheet(changes, limit=limit)
    from sanctionslib.display._changes import changes_sheet

    return changes_sheet(changes, limit=limit)


def _write(changes: Changes | ChangeLog, output: str) -> None:
    from sanctionslib.export.files import put_text

    suffix = PurePath(output).suffix.lower()
    if suffix == ".json":
        import json

        from sanctionslib.export import to_dict

        text = json.dumps(to_dict(changes), ensure_ascii=False, indent=2)
    else:
        from sanctionslib.display import markdown
        from sanctionslib.display import text as plain

        printer = markdown if suffix == ".md" else plain
        text = printer.print_sheet(_sheet(changes, limit=None))
    put_text(output, f"{text}\n")
