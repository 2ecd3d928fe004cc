"""Answers on standard output: text, rich on a terminal, or JSON; errors as text.

Text is what `str()` of an answer gives. Rich is used on a terminal where it is installed; `--plain`
and `TERM=dumb` do without it, and rich itself honours `NO_COLOR`.
"""

from __future__ import annotations

import functools
import os
import re
import sys
import warnings
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from sanctionslib.cli._streams import is_unicode
from sanctionslib.cli._words import in_options
from sanctionslib.errors import SanctionsWarning

if TYPE_CHECKING:
    from rich.console import Console

    from sanctionslib.display.sheet import Section, Sheet
    from sanctionslib.errors import SanctionsError
    from sanctionslib.export import JSON
    from sanctionslib.model import Edition

__all__ = [
    "HOME",
    "NO_VERDICT",
    "editions_json",
    "error_text",
    "in_words_of_the_command",
    "labels",
    "looked_at",
    "print_json",
    "print_sheet",
    "visible_lines",
    "warnings_told",
]

NO_VERDICT = "This is said of what was looked at alone: it is no verdict on anybody."
"""Stands below every answer that found nothing."""

HOME = "sanctionslib.home"
"""Under which key the context of a command has the archive's folder that was given."""


# ── text and rich ─────────────────────────────────────────────────────────────────────────────


def _console(*, plain: bool) -> Console | None:
    """The console of rich, where the answer goes to a terminal that can show it."""
    if plain or not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        return None
    try:
        from rich.console import Console
    except ImportError:
        return None
    return Console()


def print_sheet(sheet: Sheet, *, plain: bool) -> None:
    """Print a sheet of `display`, as rich or as text."""
    from sanctionslib.display import to_rich, to_text

    if (console := _console(plain=plain)) is not None:
        console.print(to_rich(sheet))
    else:
        click.echo(to_text(sheet))


def in_words_of_the_command(sheet: Sheet) -> Sheet:
    """A sheet whose advice, which stands below its sections, names commands and no functions."""
    import attrs

    sections = tuple(
        attrs.evolve(one, after=in_options(one.after, home=_home())) for one in sheet.sections
    )
    return attrs.evolve(sheet, sections=sections)


def visible_lines(text: str) -> str:
    """Text that may hold data of strangers, with nothing in it that drives a terminal."""
    from sanctionslib.display.sheet import visible

    return "\n".join(visible(line) for line in text.splitlines())


def labels(editions: Sequence[Edition]) -> str:
    """What was looked at, in one line."""
    from sanctionslib.query._words import labels as shared

    return "; ".join(shared(editions)) or "this list"


def looked_at(editions: Sequence[Edition]) -> Section:
    """What was looked at, as the first part of a sheet."""
    from sanctionslib.display.sheet import row, section
    from sanctionslib.display.values import looked_at as lines

    return section(row("looked at", *lines(editions)))


# ── JSON ──────────────────────────────────────────────────────────────────────────────────────


def print_json(document: Mapping[str, object] | Sequence[Mapping[str, object]]) -> None:
    """Print one JSON document, or an array of them, as UTF-8 wherever standard output is."""
    import json

    from sanctionslib.display.sheet import visible

    @functools.cache
    def shown(char: str) -> str:
        return char if visible(char) == char else json.dumps(char)[1:-1]

    text = json.dumps(document, ensure_ascii=not is_unicode(sys.stdout), indent=2)
    # JSON lets all of them stand as they are; terminals take some for commands, and let others turn
    # the direction of what stands beside them. Escaped, they are the same JSON.
    click.echo(re.sub(r"[^\n -~]", lambda found: shown(found[0]), text))


def editions_json(editions: Sequence[Edition]) -> list[JSON]:
    """Editions as the envelope of a document has them."""
    from sanctionslib.export import to_dict

    return [
        {key: value for key, value in to_dict(one).items() if key not in ("schema", "library")}
        for one in editions
    ]


# ── errors and warnings ───────────────────────────────────────────────────────────────────────


def error_text(error: SanctionsError, *, command: str = "") -> str:
    """An error as a message: what is wrong, where, and what to do.

    >>> from sanctionslib.errors import ParseError, Where
    >>> print(
    ...     error_text(ParseError("not a list", where=Where(source="SDN.XML"), hint="look at it"))
    ... )
    error: not a list
      where: SDN.XML
      what to do: look at it
    """
    return visible_lines(in_options(f"error: {error}", command=command, home=_home()))


def _home() -> str | None:
    ctx = click.get_current_context(silent=True)
    return None if ctx is None else ctx.meta.get(HOME)


def _command() -> str:
    ctx = click.get_current_context(silent=True)
    return "" if ctx is None else ctx.find_root().invoked_subcommand or ""


@contextmanager
def warnings_told() -> Generator[None]:
    """Tell the library's warnings in one line each on standard error, also where an error follows."""
    caught: list[warnings.WarningMessage] = []
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", SanctionsWarning)
            yield
    finally:
        for one in caught:
            if issubclass(one.category, SanctionsWarning):
                said = " ".join(str(one.message).split())
                text = in_options(said, command=_command(), home=_home())
                click.echo(f"warning: {visible_lines(text)}", err=True)
            else:
                warnings.warn_explicit(one.message, one.category, one.filename, one.lineno)
