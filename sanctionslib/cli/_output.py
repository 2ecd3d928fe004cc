"""Answers on standard output: text, rich on a terminal, JSON or Markdown.

Text is what `str()` of an answer gives. Rich is used on a terminal where it is installed; `--plain`
and `TERM=dumb` do without it, and rich itself honours `NO_COLOR`.
"""

from __future__ import annotations

import functools
import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

import attrs
import click

from sanctionslib._version import __version__
from sanctionslib.cli._errors import visible
from sanctionslib.cli._streams import is_unicode
from sanctionslib.errors import InvalidInputError, Where

if TYPE_CHECKING:
    from rich.console import Console

    from sanctionslib.cli._options import Request
    from sanctionslib.display import Limit
    from sanctionslib.display.sheet import Sheet
    from sanctionslib.export import JSON
    from sanctionslib.model import Edition
    from sanctionslib.serialize import Serializable

NO_VERDICT = "This holds for what was looked at alone: it is no verdict on anybody."
"""The last line of every answer that found nothing."""


def give(
    request: Request, answer: Serializable, sheet: Sheet | None = None, *, limit: Limit = "usual"
) -> None:
    """Print an answer in the form that is asked for.

    Args:
        request: Says which form.
        answer: The answer.
        sheet: What is printed in its place, but in JSON.
        limit: How many items of a long answer are shown as text.
    """
    if request.is_json:
        print_json(to_json(answer))
    else:
        print_page(request, sheet or answer, limit=limit)


def shown(limit: int | None) -> Limit:
    """How many items are shown as text, by --limit: what is usual without it, and all with 0."""
    return "usual" if limit is None else limit or None


def give_all(request: Request, answers: Sequence[Serializable], *, limit: Limit = "usual") -> None:
    """Print several answers; in JSON they are an array, however many there are."""
    if request.is_json:
        print_json([to_json(one) for one in answers])
        return
    for number, one in enumerate(answers):
        if number:
            click.echo()
        give(request, one, limit=limit)


def suffix_of(path: str, known: Sequence[str]) -> str:
    """The suffix of a file to write, which says what is written into it."""
    suffix = PurePath(path).suffix.lower()
    if suffix not in known:
        raise InvalidInputError(
            f"cannot tell what to write into {PurePath(path).name!r}",
            where=Where(source=path),
            hint=f"give it one of the suffixes {', '.join(known)}",
        )
    return suffix


def print_page(request: Request, shown: object, *, limit: Limit = "usual") -> None:
    """Print an answer or a sheet as Markdown, as rich or as text."""
    from sanctionslib.display import to_markdown, to_rich, to_text

    if request.form == "markdown":
        click.echo(to_markdown(shown))
    elif (console := _console(plain=request.plain)) is not None:
        console.print(to_rich(shown, limit=limit))
    else:
        click.echo(to_text(shown, limit=limit))


def _console(*, plain: bool) -> Console | None:
    """The console of rich, where the answer goes to a terminal that can show it."""
    if plain or not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        return None
    try:
        from rich.console import Console
    except ImportError:
        return None
    return Console()


def labels(editions: Sequence[Edition]) -> str:
    """What was looked at, in one line; editions that differ in list and format alone share a label."""
    said = {attrs.evolve(one, list_id="", format="").label for one in editions}
    if len(editions) < 2 or len(said) > 1:
        return "; ".join(one.label for one in editions) or "this list"
    return " · ".join((", ".join(one.list_id for one in editions), *said))


# ── JSON ──────────────────────────────────────────────────────────────────────────────────────


def to_json(answer: Serializable) -> dict[str, JSON]:
    """An answer as plain values; loads what that needs when it is called."""
    from sanctionslib.export import to_dict

    return to_dict(answer)


def document(name: str, editions: Sequence[Edition] | None = None) -> dict[str, JSON]:
    """The first members of a document that only the command makes."""
    found: dict[str, JSON] = {"schema": f"sanctionslib/{name}/1", "library": __version__}
    if editions is not None:
        envelope = ("schema", "library")
        found["editions"] = [
            {key: value for key, value in to_json(one).items() if key not in envelope}
            for one in editions
        ]
    return found


def print_json(found: Mapping[str, object] | Sequence[Mapping[str, object]]) -> None:
    """Print one JSON document, or an array of them, as UTF-8 wherever standard output is."""

    @functools.cache
    def escaped(char: str) -> str:
        return char if visible(char) == char else json.dumps(char)[1:-1]

    text = json.dumps(found, ensure_ascii=not is_unicode(sys.stdout), indent=2)
    # JSON allows all of them; terminals take some for commands, and others turn the direction of the
    # text around them. Escaped, they are the same JSON.
    click.echo(re.sub(r"[^\n -~]", lambda found: escaped(found[0]), text))
