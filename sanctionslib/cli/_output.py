"""Answers on standard output: text, rich on a terminal, or JSON; errors as text.

Text is what `str()` of an answer gives. Rich is used on a terminal where it is installed; `--plain`
and `TERM=dumb` do without it, and rich itself honours `NO_COLOR`.
"""

from __future__ import annotations

import functools
import os
import re
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from sanctionslib.cli._errors import visible as visible_lines
from sanctionslib.cli._streams import is_unicode

if TYPE_CHECKING:
    from rich.console import Console

    from sanctionslib.display._sheet import Section, Sheet
    from sanctionslib.export import JSON
    from sanctionslib.model import Edition

__all__ = [
    "NO_VERDICT",
    "editions_json",
    "labels",
    "looked_at",
    "print_json",
    "print_sheet",
    "visible_lines",
]

NO_VERDICT = "This is said of what was looked at alone: it is no verdict on anybody."
"""Stands below every answer that found nothing."""

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
    from sanctionslib.display import rich_, text

    if (console := _console(plain=plain)) is not None:
        console.print(rich_.print_sheet(sheet))
    else:
        click.echo(text.print_sheet(sheet))


def labels(editions: Sequence[Edition]) -> str:
    """What was looked at, in one line."""
    from sanctionslib.query._words import labels as shared

    return "; ".join(shared(editions)) or "this list"


def looked_at(editions: Sequence[Edition]) -> Section:
    """What was looked at, as the first part of a sheet."""
    from sanctionslib.display._sheet import Row, Section
    from sanctionslib.display._words import looked_at as lines

    return Section(rows=(Row("looked at", lines(editions)),))


# ── JSON ──────────────────────────────────────────────────────────────────────────────────────


def print_json(document: Mapping[str, object] | Sequence[Mapping[str, object]]) -> None:
    """Print one JSON document, or an array of them, as UTF-8 wherever standard output is."""
    import json

    from sanctionslib.display._sheet import visible

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
