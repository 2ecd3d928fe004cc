"""Answers on standard output: text, rich on a terminal, or JSON; errors as text.

Text is what `str()` of an answer gives. Rich is used on a terminal where it is installed; `--plain`
and `TERM=dumb` do without it, and rich itself honours `NO_COLOR`.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TextIO

import click

from sanctionslib.cli._words import in_options

if TYPE_CHECKING:
    from rich.console import Console

    from sanctionslib.display._sheet import Section, Sheet
    from sanctionslib.errors import SanctionsError
    from sanctionslib.export import JSON
    from sanctionslib.model import Edition

__all__ = [
    "NO_VERDICT",
    "editions_json",
    "error_text",
    "labels",
    "looked_at",
    "prepare_streams",
    "print_json",
    "print_sheet",
    "visible_lines",
]

NO_VERDICT = "This is said of the file alone: it is no verdict on anybody."
"""Stands below every answer that found nothing."""


def prepare_streams() -> None:
    """Make standard output whole and able to print everything.

    Unbuffered (`PYTHONUNBUFFERED`, `python -u`), Python's text layer takes no notice of a write that
    ends early, as on a full disk: a buffer writes on until all is out, or fails. Consoles that lack
    a script show its letters as escapes, instead of failing on a name.
    """
    out = sys.stdout
    beneath: object = getattr(out, "buffer", None)
    if isinstance(beneath, io.RawIOBase):
        sys.stdout = open(  # noqa: SIM115
            out.fileno(),
            "w",
            encoding=out.encoding,
            errors=out.errors,
            closefd=False,
        )
    for stream in (sys.stdout, sys.stderr):
        if not _is_unicode(stream) and isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _is_unicode(stream: TextIO) -> bool:
    return (stream.encoding or "utf-8").lower().startswith("utf")


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


def visible_lines(text: str) -> str:
    """Text that may hold data of strangers, with nothing in it that drives a terminal."""
    from sanctionslib.display._sheet import visible

    return "\n".join(visible(line) for line in text.splitlines())


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


def print_json(document: Mapping[str, object]) -> None:
    """Print one JSON document, as UTF-8 wherever standard output is."""
    import json

    click.echo(json.dumps(document, ensure_ascii=not _is_unicode(sys.stdout), indent=2))


def editions_json(editions: Sequence[Edition]) -> list[JSON]:
    """Editions as the envelope of a document has them."""
    from sanctionslib.export import to_dict

    return [
        {key: value for key, value in to_dict(one).items() if key not in ("schema", "library")}
        for one in editions
    ]


# ── errors ────────────────────────────────────────────────────────────────────────────────────


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
    return visible_lines(in_options(f"error: {error}", command=command))
