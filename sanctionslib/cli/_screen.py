"""The command screen: a customer file against lists, to a file of results."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Literal, cast

import attrs
import click

from sanctionslib._version import __version__
from sanctionslib.cli._counts import Counts, counts_of_lines, counts_of_rows
from sanctionslib.cli._errors import Exit
from sanctionslib.cli._output import (
    editions_json,
    looked_at,
    print_json,
    print_sheet,
    visible_lines,
)
from sanctionslib.cli._progress import progress
from sanctionslib.cli._request import Command, Request, output_options, source_options
from sanctionslib.cli._search import Method, Weak, kind_option, matching_options, most
from sanctionslib.cli._unfinished import State, Unfinished
from sanctionslib.errors import InvalidInputError, SanctionsError, UnreadableError, Where

if TYPE_CHECKING:
    from sanctionslib.answers import ScreeningResult, SearchContext
    from sanctionslib.display._sheet import Sheet
    from sanctionslib.matching import Screening
    from sanctionslib.serialize import JSON

__all__ = ["screen"]

_SUFFIXES = (".jsonl", ".csv", ".md")
_TEXTS = (".csv", ".tsv", ".txt", ".jsonl", ".ndjson")
"""Suffixes of files whose lines are about as many as their records."""
_PIECE = 1 << 20


@attrs.frozen
class _Customers:
    """The customer file, so that another one is never taken for it."""

    path: Path
    size: int
    sha256: str
    records: int
    """About how many records it has; 0 where nobody knows."""
    changed: float

    @classmethod
    def of(cls, path: str, *, plain: bool) -> _Customers:
        """Look at the whole file.

        Raises:
            SanctionsError: It cannot be read.
        """
        digest, size, lines = hashlib.sha256(), 0, 0
        try:
            with (
                Path(path).open("rb") as file,
                progress(PurePath(path).name, verb="hashing", plain=plain) as report,
            ):
                status = os.fstat(file.fileno())
                while piece := file.read(_PIECE):
                    digest.update(piece)
                    size += len(piece)
                    lines += piece.count(b"\n")
                    if report is not None:
                        report(size, status.st_size)
        except OSError as error:
            raise UnreadableError(
                f"{PurePath(path).name} cannot be read: {error.strerror or error}",
                where=Where(source=path),
                hint="give a CSV file with a header, or JSON Lines",
            ) from error
        known = lines if PurePath(path).suffix.lower() in _TEXTS else 0
        return cls(Path(path), size, digest.hexdigest(), known, status.st_mtime)

    def check(self) -> None:
        """Refuse to finish where the file is no longer the one that was looked at."""
        with contextlib.suppress(FileNotFoundError):
            status = self.path.stat()
            if (status.st_size, status.st_mtime) == (self.size, self.changed):
                return
        raise SanctionsError(
            f"{self.path.name} was changed while it was screened",
            where=Where(source=str(self.path)),
            hint="screen a copy that nobody writes to; --restart begins anew",
        )


@click.command(
    cls=Command,
    short_help="A customer file against lists, to a file of results.",
    epilog="""\b
Examples:
  sanctionslib screen CUSTOMERS.csv --out results.jsonl --list us_ofac_sdn
  sanctionslib screen CUSTOMERS.csv --out report.md --column name=Customer \\
    --column country=Nat --key No --dates dmy --sample""",
)
@click.argument("customers", metavar="CUSTOMERS", type=click.Path(readable=False))
@click.option(
    "--out",
    "--output",
    "out",
    metavar="FILE",
    required=True,
    type=click.Path(readable=False),
    help="The results, by its suffix: .jsonl holds all of each record, and each line can be "
    "replayed; .csv has a row for each hit, and one for each record without; .md is a report to "
    "decide on and to sign. Until all is written it is called FILE.part.",
)
@click.option(
    "--column",
    "columns",
    metavar="WHAT=HEADER",
    multiple=True,
    help="What a column holds: name=Customer. WHAT is name, family, given, middle, alias, kind, "
    "birth_date, country, identifier or key. Others are not read then; without it, what each holds "
    "is guessed from its header, and told.",
)
@click.option("--key", metavar="HEADER", help="The column with the key of a record.")
@kind_option("What the records are, where they do not say it")
@click.option(
    "--dates",
    type=click.Choice(["dmy", "mdy"], case_sensitive=False),
    help="What 03/10/2021 is. Without it such a date is a problem of its record.",
)
@matching_options
@click.option(
    "--processes",
    metavar="N",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="How many processes search. The results are the same.",
)
@click.option(
    "--restart",
    is_flag=True,
    help="Begin anew, where an earlier run was stopped; without it the same command goes on.",
)
@click.option("--exit-code", is_flag=True, help="End with code 6 where there are hits.")
@source_options
@output_options
@click.pass_context
def screen(
    ctx: click.Context,
    customers: str,
    out: str,
    columns: tuple[str, ...],
    key: str | None,
    kind: str | None,
    dates: Literal["dmy", "mdy"] | None,
    min_score: float | None,
    method: Method,
    weak_aliases: Weak,
    limit: int | None,
    processes: int,
    restart: bool,
    exit_code: bool,
) -> None:
    """Search each record of CUSTOMERS, CSV with a header or JSON Lines, and write what came near.

    Each record has its result, also one that cannot be read. A run that was stopped, however it
    was, is gone on with by the same command, and ends with the same file; of another file, edition
    or setting that is refused. Where records have problems, or there are none, the exit code is 7.
    """
    request = ctx.find_object(Request)
    assert request is not None
    declared = _columns(columns)
    suffix = _suffix(out, (customers, *request.file))
    unfinished = Unfinished(out)
    source = _Customers.of(customers, plain=request.plain)
    held = request.read()
    with unfinished.alone():
        earlier = None if restart else unfinished.state()
        before = Counts() if earlier is None else _recounted(unfinished, earlier, suffix)
        with progress(source.path.name, verb="screening", plain=request.plain) as report:
            screening = held.screen(
                customers,
                columns=declared,
                key=key,
                kind=kind,
                dates=dates,
                limit=most(limit),
                min_score=min_score,
                method=method,
                weak_aliases=weak_aliases,
                start=before.records + 1,
                processes=processes,
                progress=None if report is None else lambda at: report(at, source.records),
            )
            asked: State = {
                "customers": {"bytes": source.size, "sha256": source.sha256},
                "columns": declared and {name: list(several) for name, several in declared.items()},
                "key": key,
                "kind": kind,
                "dates": dates,
                "context": _searched_json(screening.context),
            }
            if earlier is not None:
                _check_same(earlier, asked, screening.context, unfinished)
                told = (
                    f"going on behind record {before.records:,}, where {unfinished.path.name} ends"
                )
                click.echo(visible_lines(told), err=True)
            _tell_columns(screening, guessed=declared is None)
            counts = _run(screening, unfinished, asked, before, suffix)
        source.check()
        if suffix == ".md":
            with progress(source.path.name, verb="reporting on", plain=request.plain) as watch:
                _report(unfinished, source, screening, counts, watch)
        else:
            unfinished.finish()
    _give(request, source, screening, counts, out)
    if not counts.records:  # an export that failed looks like a screening that is done
        told = f"{source.path.name} has no record: nothing was screened"
        click.echo(visible_lines(told), err=True)
    if counts.with_problems or not counts.records:
        ctx.exit(Exit.PROBLEMS)
    if exit_code and counts.with_hits:
        ctx.exit(Exit.CHANGED)


def _columns(given: tuple[str, ...]) -> dict[str, tuple[str, ...]] | None:
    """What the options --column say."""
    found: dict[str, tuple[str, ...]] = {}
    for text in given:
        what, is_said, header = text.partition("=")
        if not (is_said and what and header):
            raise click.UsageError(f"--column {text}: say what a column holds: name=Customer")
        found[what] = (*found.get(what, ()), header)
    return found or None


def _suffix(out: str, read: tuple[str, ...]) -> str:
    """What to write, if that makes sense."""
    suffix = PurePath(out).suffix.lower()
    if suffix not in _SUFFIXES:
        raise InvalidInputError(
            f"cannot tell what to write into {PurePath(out).name!r}",
            where=Where(source=out),
            hint=f"give it one of the suffixes {', '.join(_SUFFIXES)}",
        )
    if any(os.path.realpath(one) == os.path.realpath(out) for one in read):
        raise InvalidInputError(
            f"{PurePath(out).name} is read, and cannot be written as well",
            where=Where(source=out),
            hint="give the results another name",
        )
    return suffix


# ── the run ───────────────────────────────────────────────────────────────────────────────────


def _run(
    screening: Screening,
    unfinished: Unfinished,
    asked: State,
    counts: Counts,
    suffix: str,
) -> Counts:
    """Write all results behind those that an earlier run wrote."""
    from sanctionslib.export.results import ResultLines, ResultRows

    rows = ResultRows(screening.context) if suffix == ".csv" else None
    written: Callable[[ScreeningResult], str] = rows or ResultLines(screening.context)
    with unfinished.opened(attrs.asdict(counts), asked), contextlib.closing(screening):
        if rows is not None and not unfinished.size:
            unfinished.write(rows.head, attrs.asdict(counts))
        try:
            for result in screening:
                counts = counts.with_(result)
                unfinished.write(written(result), attrs.asdict(counts, recurse=False))
        except KeyboardInterrupt:
            told = f"stopped near record {counts.records:,}: the same command goes on from there"
            click.echo(f"\n{told}", err=True)
            raise
    return counts


def _recounted(unfinished: Unfinished, earlier: State, suffix: str) -> Counts:
    """How far an earlier run came, as its results say.

    Raises:
        InvalidInputError: They are not what the state says of them.
    """
    from sanctionslib.export.results import ResultRows

    try:
        if suffix == ".csv":
            cells = ResultRows(_searched_of(earlier)).looked_at
            counts = counts_of_rows(unfinished.lines(), cells)
        else:
            said = cast("Mapping[str, object]", earlier["context"])
            names = ("schema", "library", "editions", "context")
            counts = counts_of_lines(unfinished.lines(), {name: said[name] for name in names})
        if earlier["reached"] != attrs.asdict(counts):
            raise ValueError(
                f"it holds {counts.records:,} results, and others are said to be there"
            )
    except Exception as error:  # what was altered may be of any type
        raise unfinished.unusable(f"{unfinished.path.name} is not what it was: {error}") from error
    return counts


def _report(
    unfinished: Unfinished,
    source: _Customers,
    screening: Screening,
    counts: Counts,
    watch: Callable[[int, int], None] | None,
) -> None:
    """Make the report of the results that were written on the way to it.

    Raises:
        InvalidInputError: There are none.
    """
    from sanctionslib.display import screening_report
    from sanctionslib.export.files import put_text

    if counts.records:
        told = {
            "customers": f"{source.path.name}, {_weighed(source)}",
            "columns": ", ".join(_column_lines(screening)),
        }
        results = _results(unfinished, counts, watch)
        put_text(unfinished.target, screening_report(results, source=told))
    unfinished.remove()
    if not counts.records:
        raise InvalidInputError(
            f"{source.path.name} has no record that a report could be about",
            where=Where(source=str(source.path)),
            hint="look at the file: below the names of columns it is empty",
        )


def _results(
    unfinished: Unfinished, counts: Counts, watch: Callable[[int, int], None] | None
) -> Iterator[ScreeningResult]:
    import json

    from sanctionslib.answers import ScreeningResult
    from sanctionslib.export import from_dict

    for number, line in enumerate(unfinished.lines(), 1):
        yield from_dict(json.loads(line), ScreeningResult)
        if watch is not None:
            watch(number, counts.records)


# ── going on ──────────────────────────────────────────────────────────────────────────────────


def _searched_json(context: SearchContext) -> Mapping[str, JSON]:
    """What is looked at and how, with the editions: as of a record that says nothing."""
    from sanctionslib.answers import ScreeningResult
    from sanctionslib.export import to_dict

    return to_dict(ScreeningResult(key="", position=0, context=context))


def _searched_of(state: State) -> SearchContext:
    from sanctionslib.answers import ScreeningResult
    from sanctionslib.export import from_dict

    return from_dict(cast("dict[str, JSON]", state["context"]), ScreeningResult).context


def _check_same(then: State, now: State, context: SearchContext, unfinished: Unfinished) -> None:
    """Refuse to go on with a run of something else.

    Raises:
        InvalidInputError: It was of something else; says what is not as it was.
    """
    if all(name in then and then[name] == value for name, value in now.items()):
        return
    try:
        faults = [*_differences(then, now, context)]
    except Exception:  # noqa: BLE001 - what was altered may be of any type
        faults = []
    raise unfinished.unusable(
        "; ".join(faults) or "what it says of itself is not what it was",
        hint="--restart begins anew; the command as it was goes on",
    )


def _differences(then: State, now: State, context: SearchContext) -> Iterator[str]:
    from sanctionslib.query._screening import differences

    if then["customers"] != now["customers"]:
        was, is_now = (
            "{bytes:,} bytes (sha256 {sha256:.12})".format(
                **cast("dict[str, object]", one["customers"])
            )
            for one in (then, now)
        )
        yield f"the customer file was {was}, and is {is_now}"
    for name in ("columns", "key", "kind", "dates"):
        if then[name] != now[name]:
            option = "--column" if name == "columns" else f"--{name}"
            yield f"{option} was {_text(then[name])}, and is {_text(now[name])}"
    if then["context"] == now["context"]:
        return
    before = _searched_of(then)
    found = [*differences(before, context)]
    for name in ("min_score", "weak_aliases", "limit"):
        was, is_now = getattr(before, name), getattr(context, name)
        if was != is_now:
            option = f"--{name.replace('_', '-')}"
            found.append(f"{option} was {_text(was)}, and is {_text(is_now)}")
    yield from found or ["what the edition says of itself is not what it was"]


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        several = cast("Mapping[str, list[str]]", value).items()
        return " ".join(f"{name}={header}" for name, headers in several for header in headers)
    return "not given" if value is None else str(getattr(value, "value", value))


# ── what is told ──────────────────────────────────────────────────────────────────────────────


def _weighed(source: _Customers) -> str:
    return f"{source.size:,} bytes, sha256 {source.sha256}"


def _column_lines(screening: Screening) -> list[str]:
    return [f"{what} from {' + '.join(of)}" for what, of in screening.columns.items()]


def _tell_columns(screening: Screening, *, guessed: bool) -> None:
    """Say what is read as what, before it takes hours."""
    how = "guessed: --column says it otherwise" if guessed else "as declared"
    told = f"columns ({how}): {', '.join(_column_lines(screening)) or 'names alone'}"
    if screening.unused:
        told += f"; not read: {', '.join(screening.unused)}"
    click.echo(visible_lines(told), err=True)


def _give(
    request: Request, source: _Customers, screening: Screening, counts: Counts, out: str
) -> None:
    if request.as_json:
        context = dict(_searched_json(screening.context))
        print_json(
            {
                "schema": "sanctionslib/screen/1",
                "library": __version__,
                "editions": editions_json(screening.context.editions),
                "customers": {
                    "name": source.path.name,
                    "bytes": source.size,
                    "sha256": source.sha256,
                },
                "columns": {name: list(of) for name, of in screening.columns.items()},
                "unused": list(screening.unused),
                "context": context["context"],
                **attrs.asdict(counts),
                "output": out,
            }
        )
    else:
        print_sheet(_sheet(source, screening, counts, out), plain=request.plain)


def _sheet(source: _Customers, screening: Screening, counts: Counts, out: str) -> Sheet:
    from sanctionslib.display._hits import nothing_near, searched_rows
    from sanctionslib.display._sheet import Row, Section, Sheet, line, strong
    from sanctionslib.display._words import banners, counted

    context = screening.context
    unsupported = counts.records - counts.with_hits - counts.only_weak - counts.not_screened

    def row(label: str, number: int, words: str = "") -> Row:
        return Row(label, (line(strong(f"{number:,}"), words),))

    summary = (
        row("with hits", counts.with_hits, f"({counted(counts.hits, 'hit', 'hits')})"),
        row("weak alias alone", counts.only_weak),
        row("with problems", counts.with_problems),
        row("not screened", counts.not_screened),
        row("nothing came near", unsupported, nothing_near(context)),
        Row("written to", (line(out),)),
    )
    read = (
        Row("customers", (line(_weighed(source)),)),
        Row("columns", tuple(map(line, _column_lines(screening)))),
        *([Row("not read", (line(", ".join(screening.unused)),))] if screening.unused else ()),
    )
    return Sheet(
        what="Screening",
        title=f"{source.path.name}: {counted(counts.records, 'record', 'records')}",
        banners=banners(context.editions),
        sections=(
            Section(rows=summary),
            Section(title="Read", rows=read),
            attrs.evolve(looked_at(context.editions), title="Looked at"),
            Section(rows=searched_rows(context)),
        ),
    )
