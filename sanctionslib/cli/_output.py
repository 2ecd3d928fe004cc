"""Answers in the form that is asked for, on standard output or in a file.

A table is the text that `str()` of an answer gives. Rich is used on a terminal where it is installed;
`--plain` and `TERM=dumb` do without it, and rich itself honours `NO_COLOR`.
"""

from __future__ import annotations

import functools
import itertools
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias, cast

import attrs
import click

from sanctionslib._version import __version__
from sanctionslib.cli._errors import NO_VERDICT, visible
from sanctionslib.cli._options import did_you_mean
from sanctionslib.cli._streams import is_unicode
from sanctionslib.errors import InvalidInputError

if TYPE_CHECKING:
    from rich.console import Console

    from sanctionslib.answers import Network, Ownership
    from sanctionslib.cli._request import Request
    from sanctionslib.display import Pictured
    from sanctionslib.export import JSON
    from sanctionslib.model import Edition
    from sanctionslib.serialize import Serializable

Document: TypeAlias = Mapping[str, object]
"""A JSON object."""

_MORE = "--explain"
"""How a reader has the details of an answer."""


class _Tabular(Protocol):
    def rows(self) -> Sequence[Document]: ...


@attrs.frozen
class Rows:
    """The flat rows of an answer."""

    columns: Iterable[str]
    """The names of all columns, also where there is no row."""
    rows: Callable[[], Iterable[Document]]
    """Makes the rows."""

    @classmethod
    def of(cls, answer: _Tabular) -> Rows:
        """Those of an answer that is a table too."""
        from sanctionslib.export import columns_of

        return cls(columns_of(answer), answer.rows)

    def picked(
        self, names: Sequence[str], limit: int | None
    ) -> tuple[Sequence[str], list[Document]]:
        """The columns with these names, all without a name, and the first rows with these alone.

        Raises:
            InvalidInputError: There is no such column.
        """
        known = list(self.columns)
        for name in names:
            if name not in known:
                near = did_you_mean(name, known)
                raise InvalidInputError(
                    f"--fields {name}: there is no such field{near and f'; {near}'}",
                    hint=f"the fields are {', '.join(known)}",
                )
        columns = names or known
        rows = itertools.islice(self.rows(), limit or None)
        return columns, [{name: one[name] for name in columns} for one in rows]


def give(
    request: Request,
    answer: Serializable | None,
    page: object = None,
    *,
    document: Callable[[], Document] | None = None,
    lines: Callable[[], Iterable[Document]] | None = None,
    rows: Rows | None = None,
    limit: int | None = None,
    is_empty: bool = False,
    wrote: str = "",
) -> None:
    """Print or write an answer in the form that is asked for.

    Args:
        request: Says which form, and where to.
        answer: The answer.
        page: What is shown to people in its place.
        document: What JSON holds in its place.
        lines: What the lines of JSON Lines hold; by default a row each, or all in one line.
        rows: Its flat rows.
        limit: How many items of a long answer are shown to people.
        is_empty: Whether nothing was found, which people are told is no verdict.
        wrote: What was written, in words; by default what `repr` of the answer says.
    """

    def whole() -> Document:
        if document is not None:
            return document()
        assert answer is not None
        return to_json(answer)

    def picked() -> tuple[Sequence[str], list[Document]]:
        assert rows is not None
        return rows.picked(request.fields, request.limit)

    if is_empty and request.is_page:
        from sanctionslib.display import to_sheet

        page = attrs.evolve(to_sheet(page or answer, limit=limit), footer=NO_VERDICT)
    match request.form:
        case "csv":
            from sanctionslib.export import csv_lines

            columns, found = picked()
            text = "".join(csv_lines(found, columns))
        case "jsonl":
            if request.fields or (lines is None and rows is not None):
                lines = lambda: picked()[1]  # noqa: E731
            text = "".join(map(_json_line, [whole()] if lines is None else lines()))
        case "json":
            text = _json_text(picked()[1] if request.fields else whole())
        case "svg":
            from sanctionslib.display import to_svg

            text = f"{to_svg(cast('Pictured', answer))}\n"
        case "mermaid":
            from sanctionslib.export import to_mermaid

            text = to_mermaid(cast("Network | Ownership", answer))
        case _ if request.fields:
            from sanctionslib.cli._sheets import rows_sheet

            text = _page(request, rows_sheet(page or answer, *picked()), None)
        case _:
            text = _page(request, page or answer, limit)
    _put(request, text, wrote or repr(answer)[1:-1], page or answer)


def give_all(
    request: Request, answers: Sequence[Serializable], *, limit: int | None = None
) -> None:
    """Print or write several answers; in JSON they are an array, however many there are."""
    match request.form:
        case "json":
            text = _json_text([*map(to_json, answers)])
        case "jsonl":
            text = "".join(_json_line(to_json(one)) for one in answers)
        case _:
            pages = (_page(request, one, limit) for one in answers)
            text = "\n".join(filter(None, pages))
    _put(request, text, f"{len(answers)} answers")


# ── text ──────────────────────────────────────────────────────────────────────────────────────


def _put(request: Request, text: str, wrote: str, of: object = None) -> None:
    """Write a text to the file that is asked for, and say so; or print it.

    The message has the banners of the answer, as a picture or a table need not.
    """
    if not request.to_file:
        click.echo(printable(request.form, text), nl=False)
        return
    from sanctionslib.export.files import put_text

    put_text(str(request.output), text)
    what, _, more = wrote.partition(": ")
    said = f"{what} written to {request.output}{more and f': {more}'}"
    if of is not None:
        from sanctionslib.display import to_sheet

        for banner in to_sheet(of).banners:
            said += "" if banner.partition(" ")[0] in said else f" [{banner}]"
    click.echo(visible(said))


def _page(request: Request, shown: object, limit: int | None) -> str:
    """An answer or a sheet as a page; "" where rich printed it."""
    from sanctionslib.display import to_html, to_markdown, to_rich, to_text

    explain = request.explain
    if request.form == "markdown":
        return f"{to_markdown(shown, explain=explain)}\n"
    if request.form == "html":
        return f"{to_html(shown, limit=limit, explain=explain, document=True)}\n"
    if request.form == "table":
        from sanctionslib.cli._sheets import in_words
        from sanctionslib.display import to_sheet

        shown, limit = in_words(to_sheet(shown, limit=limit), _all_of_it()), None
    if (console := _console(request)) is not None:
        console.print(to_rich(shown, limit=limit, explain=explain, more=_MORE))
        return ""
    text = functools.partial(to_text, shown, limit=limit, explain=explain, more=_MORE)
    if request.to_file or not (sys.stdout.isatty() or os.environ.get("COLUMNS")):
        return f"{text()}\n"  # as wide as it is usual
    return f"{text(width=shutil.get_terminal_size().columns)}\n"


def _all_of_it() -> str:
    """How the running command is asked for all items of an answer."""
    options = {one.name for one in click.get_current_context().command.params}
    return "--limit 0 shows all" if "limit" in options else "--json has all"


def _console(request: Request) -> Console | None:
    """The console of rich, where the answer goes to a terminal that can show it."""
    is_dumb = request.plain or request.to_file or os.environ.get("TERM") == "dumb"
    if is_dumb or not sys.stdout.isatty():
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


def _json_text(found: Document | Sequence[Document]) -> str:
    return f"{json.dumps(found, ensure_ascii=False, indent=2, default=str)}\n"


def _json_line(found: Document) -> str:
    return f"{json.dumps(found, ensure_ascii=False, separators=(',', ':'), default=str)}\n"


def printable(form: str, text: str) -> str:
    """Data for standard output, wherever that leads; pages are made so.

    JSON and CSV allow all characters; terminals take some for commands, others turn the direction of
    the text around them, and poor consoles lack them. Escaped, it is the same JSON; no CSV could be
    escaped, and so it is only where it meets a terminal.
    """
    if form == "csv" and sys.stdout.isatty():
        return f"{visible(text)}\n"
    if form not in ("json", "jsonl"):
        return text

    @functools.cache
    def shown(char: str) -> str:
        is_plain = visible(char) == char and (is_unicode(sys.stdout) or char.isascii())
        return char if is_plain else json.dumps(char)[1:-1]

    return re.sub(r"[^\n -~]", lambda found: shown(found[0]), text)
