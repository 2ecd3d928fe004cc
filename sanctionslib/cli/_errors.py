"""Errors and warnings of the library in the terms of the command, and the exit code of each.

Advice is data (`Hint`): `partial=True` becomes --partial, a call becomes a command, and what the
running command does not have is left out.
"""

from __future__ import annotations

import contextlib
import re
import shlex
import warnings
from collections.abc import Callable, Generator, Mapping

import click

from sanctionslib.cli._exit import Exit
from sanctionslib.errors import (
    AmbiguousIdError,
    Call,
    Hint,
    InvalidInputError,
    MissingExtraError,
    NotFoundError,
    NotStatedError,
    SanctionsError,
    SanctionsWarning,
)

_USAGE = (AmbiguousIdError, InvalidInputError, MissingExtraError, NotFoundError)


def exit_of(error: SanctionsError) -> Exit:
    """The exit code of an error; what is not about the question is about the file.

    A list, a day or a code that is not there is a wrong value; see `about_party`.

    >>> exit_of(InvalidInputError("no such day"))
    <Exit.USAGE: 2>
    """
    if isinstance(error, NotStatedError):
        return Exit.NOT_STATED
    return Exit.USAGE if isinstance(error, _USAGE) else Exit.FILE


NO_VERDICT = "This holds for what was looked at, and is no verdict on anybody."
"""What every answer that found nothing says of itself."""


@contextlib.contextmanager
def about_party() -> Generator[None]:
    """Where a party is looked for, end with 1 for nobody and with 4 for several: these are answers."""
    try:
        yield
    except (AmbiguousIdError, NotFoundError) as error:
        is_nobody = isinstance(error, NotFoundError)
        click.echo(error_text(error) + (f"\n  {NO_VERDICT}" if is_nobody else ""), err=True)
        raise click.exceptions.Exit(Exit.NOTHING if is_nobody else Exit.AMBIGUOUS) from error


# ── in the terms of the command ───────────────────────────────────────────────────────────────

HOME = "sanctionslib.home"
"""Under which key the context of a command has the archive's folder that was given."""

_COMMANDS = {
    "accept": "archive accept",
    "add": "archive add",
    "diff": "diff",
    "editions": "archive list",
    "fetch": "fetch",
    "find_number": "find-number",
    "lists": "lists",
    "prune": "archive prune",
    "template": "template",
    "verify": "archive verify",
}
"""The calls that are commands."""


def error_text(error: SanctionsError) -> str:
    """An error as a message: what is wrong, where, and what to do.

    >>> from sanctionslib.errors import ParseError, Where
    >>> print(
    ...     error_text(ParseError("not a list", where=Where(source="SDN.XML"), hint="look at it"))
    ... )
    error: not a list
      where: SDN.XML
      what to do: look at it
    """
    what, argument = error.what, error.argument if isinstance(error, InvalidInputError) else ""
    if argument and (option := _option(argument)):
        rest = what.removeprefix(argument)
        what = f"{option} {rest[1:]}" if rest.startswith("=") else f"{option}{rest}"
    lines = [f"error: {what}"]
    lines += [f"  where: {error.where}"] if str(error.where) else []
    lines += [f"  what to do: {text}"] if (text := advice(*error.hints)) else []
    return visible("\n".join(lines))


def advice(*hints: Hint) -> str:
    """Hints in the terms of the running command; without those that it has none for."""
    return visible("; ".join(filter(None, map(_in_terms, hints))))


def _in_terms(hint: Hint) -> str:
    if hint.call is not None:
        term = _command(hint.call)
    elif hint.option:
        term = _option_with_value(hint)
    else:
        return hint.text
    return term and hint.text.replace("{}", term)


def _option_with_value(hint: Hint) -> str:
    option, value = _option(hint.option), hint.value
    if not option or value in (None, True):
        return option
    if isinstance(value, Mapping):
        words: list[str] = []
        for what, headers in value.items():
            for header in (headers,) if isinstance(headers, str) else headers:
                words += [option, shlex.quote(f"{what}={header}")]
        return " ".join(words)
    values = value if isinstance(value, tuple) else (str(value),)
    return f"{option} {' or '.join(map(shlex.quote, values))}"


def _option(name: str) -> str:
    """The option of the running command for an argument; two where it has one for each file."""
    ctx = click.get_current_context(silent=True)
    name = "file_format" if name == "format" else name  # --format says how an answer is printed
    options = {one.name or "": one.opts[0] for one in (ctx.command.params if ctx else ())}
    if name in options:
        return options[name]
    read = ctx.meta.get(_WHICH) if ctx else None
    of_each = [options.get(f"{one}_{name}", "") for one in ((read,) if read else ("old", "new"))]
    return " or ".join(filter(None, of_each))


def _command(call: Call) -> str:
    if call.name not in _COMMANDS:
        return ""
    ctx = click.get_current_context(silent=True)
    home = (ctx.meta.get(HOME) if ctx else None) or call.home
    words = ["sanctionslib", _COMMANDS[call.name], *map(shlex.quote, call.arguments)]
    for name, value in {**call.options, **({"home": home} if home else {})}.items():
        words.append(f"--{name.replace('_', '-')}")
        words += [] if value is True else [shlex.quote(str(value))]
    return f"`{' '.join(words)}`"


_WARNED = "sanctionslib.warned"
"""Under which key the context of a command has the warnings that are kept until all are there."""
_WHICH = "sanctionslib.which"
"""Under which key it has which of two files is read: its options begin so."""


def _warn(text: str) -> None:
    ctx = click.get_current_context(silent=True)
    kept: list[str] | None = ctx.meta.get(_WARNED) if ctx else None
    if kept is None:
        click.echo(f"warning: {text}", err=True)
    else:
        kept.append(text)


@contextlib.contextmanager
def warnings_once(*names: str) -> Generator[Callable[[str], None]]:
    """Report once what is said of both of two files with these names; gives what says which is read."""
    ctx = click.get_current_context()
    kept = ctx.meta[_WARNED] = list[str]()
    both = " and ".join(dict.fromkeys(names))

    def which(one: str) -> None:
        ctx.meta[_WHICH] = one

    try:
        yield which
    finally:
        del ctx.meta[_WARNED]
        ctx.meta.pop(_WHICH, None)
        by_text: dict[str, list[str]] = {}
        for text in kept:
            of_any = re.sub(r"--(old|new)-", "--*-", text)
            for name in names:
                of_any = of_any.replace(name, "*")
            by_text.setdefault(of_any, []).append(text)
        for of_any, texts in by_text.items():
            options = re.findall(r"--(?:old|new)-\w+", " ".join(texts))
            said = of_any.replace("*", both) if len(texts) > 1 else texts[0]
            if len(texts) > 1 and options:
                said = re.sub(r"--\*-\w+", " and ".join(dict.fromkeys(options)), of_any)
                said = said.replace("*", both)
            _warn(said)


@contextlib.contextmanager
def warnings_reported() -> Generator[None]:
    """Report the library's warnings in one line each on standard error, also where an error follows."""
    caught: list[warnings.WarningMessage] = []
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", SanctionsWarning)
            yield
    finally:
        for one in caught:
            if isinstance(one.message, SanctionsWarning):
                text = "; ".join(filter(None, (one.message.what, advice(*one.message.hints))))
                _warn(visible(" ".join(text.split())))
            else:
                warnings.warn_explicit(one.message, one.category, one.filename, one.lineno)


def visible(text: str) -> str:
    """Text that may hold data of others, with nothing in it that drives a terminal."""
    from sanctionslib.display.sheet import visible as shown

    return "\n".join(map(shown, text.splitlines()))
