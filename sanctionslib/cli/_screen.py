"""The command screen: a customer file against lists, with the best hits and a file of results."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shlex
import shutil
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Literal, cast

import attrs
import click

from sanctionslib.cli._command import SOURCE, command
from sanctionslib.cli._errors import visible
from sanctionslib.cli._exit import Exit
from sanctionslib.cli._find import kind_option, matching_options
from sanctionslib.cli._options import PATH, option
from sanctionslib.cli._output import Document, document, give, printable, to_json
from sanctionslib.cli._progress import progress
from sanctionslib.cli._request import Request
from sanctionslib.cli._resume import Counts, ResultFile, State, is_quiet
from sanctionslib.errors import Hint, InvalidInputError, SanctionsError, UnreadableError, Where

if TYPE_CHECKING:
    from sanctionslib.answers import ScreeningResult, SearchContext
    from sanctionslib.matching import Screening

_SUFFIXES = (".jsonl", ".csv", ".md")
"""What results are written as."""
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
    """About how many records it has; 0 where it is not known."""
    changed: float

    @classmethod
    def of(cls, path: str) -> _Customers:
        """Look at the whole file."""
        digest, size, lines = hashlib.sha256(), 0, 0
        name = PurePath(path).name
        try:
            with Path(path).open("rb") as file, progress(name, "hashing") as report:
                status = os.fstat(file.fileno())
                while piece := file.read(_PIECE):
                    digest.update(piece)
                    size += len(piece)
                    lines += piece.count(b"\n")
                    if report is not None:
                        report(size, status.st_size)
        except OSError as error:
            raise UnreadableError(
                f"{name} cannot be read: {error.strerror or error}",
                where=Where(source=path),
                hint="give a CSV file with a header, or JSON Lines",
            ) from error
        records = lines if PurePath(path).suffix.lower() in _TEXTS else 0
        return cls(Path(path), size, digest.hexdigest(), records, status.st_mtime)

    @property
    def label(self) -> str:
        """Size and hash, in words."""
        return f"{self.size:,} bytes, sha256 {self.sha256}"

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


@command(
    "A customer file against lists: the hits, and a file of results.",
    "  sanctionslib screen CUSTOMERS.csv SDN.XML",
    "  sanctionslib screen CUSTOMERS.csv -o results.csv --hits-only --list us_ofac_sdn",
    "  sanctionslib screen CUSTOMERS.csv -o report.md --column name=Customer \\",
    "    --column country=Nat --key No --dates dmy --sample",
    "  cat CUSTOMERS.csv | sanctionslib screen - -o - --sample",
    shared=(*SOURCE, "limit", "form", "as_json", "explain", "plain"),
    forms=("table", "json", "markdown", "html", "csv", "jsonl"),
)
@click.argument("customers", metavar="CUSTOMERS", type=PATH)
@option(
    "-o --out --output FILE",
    "The results, by its suffix: .jsonl holds all of each record, and each line can be "
    "replayed; .csv has a row for each hit, and one for each record without; .md is a report to "
    "decide on and to sign. Until all is written it is called FILE.part. - is standard output.",
    "out",
    type=PATH,
)
@option(
    "--hits-only",
    "Write only records with hits, weak aliases or problems. The summary counts all.",
)
@option(
    "--column WHAT=HEADER",
    "What a column holds: name=Customer. WHAT is name, family, given, middle, alias, kind, "
    "birth_date, country, identifier or key. Others are not read then; without it, what each holds "
    "is guessed from its header, and reported.",
    "columns",
    multiple=True,
)
@option("--key HEADER", "The column with the key of a record.")
@kind_option("What the records are, where they do not say it")
@option(
    "--dates",
    "What 03/10/2021 is. Without it such a date is a problem of its record.",
    choices=["dmy", "mdy"],
)
@matching_options
@option("--processes N", "How many processes search. The results are the same.", least=1, default=1)
@option(
    "--restart",
    "Begin anew, where an earlier run was interrupted; without it the same command resumes it.",
)
@option("--exit-code", "End with code 6 where there are hits.")
def screen(
    request: Request,
    customers: str,
    out: str | None,
    hits_only: bool,
    columns: tuple[str, ...],
    key: str | None,
    kind: str | None,
    dates: Literal["dmy", "mdy"] | None,
    restart: bool,
    exit_code: bool,
    **settings: Any,  # noqa: ANN401 - the other options, which say how names are matched
) -> Exit | None:
    """Search each record of CUSTOMERS, CSV with a header or JSON Lines; - is standard input.

    The summary has the best hit of ten records, or of as many as --limit says where that is more; -o
    writes the results of all records, also of those that cannot be read. --format csv or jsonl are
    the results, on standard output without -o FILE; the other formats are the summary, which goes to
    standard error where the results go to standard output. --limit is that of each record, without
    it 10 hits.

    A run with -o FILE that was interrupted, however it was, is resumed by the same command, and ends
    with the same file; of other records, editions or settings it is not resumed. Where records have
    problems, or there are none, the exit code is 7.
    """
    declared = _columns(columns)
    form = request.form if request.form in ("csv", "jsonl") else None
    out = out or ("-" if form else None)
    is_printed = out == "-"
    if (out is None and hits_only) or (restart and (out is None or is_printed)):
        raise click.UsageError("--hits-only and --restart are about results: say where, -o FILE")
    if is_printed:
        form = form or "jsonl"
    elif out is not None:
        form = form or _form_of(out)
        if any(
            os.path.realpath(one) == os.path.realpath(out) for one in (customers, *request.file)
        ):
            raise InvalidInputError(
                f"{PurePath(out).name} is read, and cannot be written as well",
                where=Where(source=out),
                hint="give the results another name",
            )
    if PurePath(customers).suffix.lower() in (".xml", ".zip"):
        meant = next((one for one in request.file if one.lower().endswith(_TEXTS)), None)
        words = map(shlex.quote, (meant or "CUSTOMERS.csv", customers))
        raise InvalidInputError(
            f"{PurePath(customers).name} looks like a list"
            + (f", and {PurePath(meant).name} like a customer file" if meant else ""),
            where=Where(source=customers),
            hint=f"the customers come first: `sanctionslib screen {' '.join(words)}`",
        )
    if customers == "-" and "-" in request.file:
        raise click.UsageError("only one of the two can be standard input")
    with contextlib.ExitStack() as stack:
        source = _Customers.of(stack.enter_context(_local(customers)))
        file = None if out is None or is_printed else ResultFile(out)
        held = request.read()
        if file is not None:
            stack.enter_context(file.alone())
        earlier = None if restart or file is None else file.earlier()
        counts = Counts() if file is None else file.counts
        with progress(source.path.name, "screening") as report:
            screening = held.screen(
                source.path,
                columns=declared,
                key=key,
                kind=kind,
                dates=dates,
                start=counts.records + 1,
                limit=request.limit,
                **settings,
                progress=None if report is None else lambda at: report(at, source.records),
            )
            about: State = {
                "customers": {"bytes": source.size, "sha256": source.sha256},
                "columns": declared and {name: list(several) for name, several in declared.items()},
                "key": key,
                "kind": kind,
                "dates": dates,
                "hits-only": hits_only,
                "context": _context_json(screening.context),
            }
            if earlier is not None:
                assert file is not None
                _check_same(earlier, about, screening.context, file)
                _note(f"resuming behind record {counts.records:,}, where {file.path.name} ends")
            how = "as declared" if declared else "guessed: --column corrects it"
            of = f"columns ({how}): {', '.join(_column_lines(screening)) or 'names alone'}"
            unused = ", ".join(screening.unused)
            _note(f"{of}; not read: {unused}" if unused else of)
            head, written = _writer(screening, form, hits_only=hits_only)
            if file is None:
                counts = _print(screening, form or "", head, written)
            else:
                _run(screening, file, about, head, written)
                counts = file.counts
        source.check()
        if file is not None and form == "md":
            _report(file, source, screening, hits_only=hits_only)
        elif file is not None:
            file.finish()
    _give(request, source, screening, counts, out, hits_only=hits_only)
    if not counts.records:  # an export that failed looks like a screening that is done
        _note(f"{source.path.name} has no record: nothing was screened")
    if counts.with_problems or not counts.records:
        return Exit.PROBLEMS
    return Exit.CHANGED if exit_code and counts.with_hits else None


def _form_of(out: str) -> str:
    suffix = PurePath(out).suffix.lower()
    if suffix not in _SUFFIXES:
        raise InvalidInputError(
            f"cannot tell what to write into {PurePath(out).name!r}",
            where=Where(source=out),
            hint=f"give it one of the suffixes {', '.join(_SUFFIXES)}, or say --format csv or jsonl",
        )
    return suffix[1:]


@contextlib.contextmanager
def _local(customers: str) -> Generator[str]:
    """The path of the customer file; of standard input that of a copy, which is removed again."""
    if customers != "-":
        yield customers
        return
    with tempfile.TemporaryDirectory(prefix="sanctionslib-") as folder:
        path = Path(folder, "standard input")
        with path.open("xb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        yield str(path)


def _note(text: str) -> None:
    click.echo(visible(text), err=True)


def _columns(given: tuple[str, ...]) -> dict[str, tuple[str, ...]] | None:
    """What the options --column say."""
    found: dict[str, tuple[str, ...]] = {}
    for text in given:
        what, is_said, header = text.partition("=")
        if not (is_said and what and header):
            raise click.UsageError(f"--column {text}: say what a column holds: name=Customer")
        found[what] = (*found.get(what, ()), header)
    return found or None


# ── the run ───────────────────────────────────────────────────────────────────────────────────


def _writer(
    screening: Screening, form: str | None, *, hits_only: bool
) -> tuple[str, Callable[[ScreeningResult], str]]:
    """What stands above all results, and what makes a result the text of it, which may be none."""
    from sanctionslib.answers import ResultRow
    from sanctionslib.export.results import ResultLines
    from sanctionslib.export.tables import csv_line

    def rows(result: ScreeningResult) -> str:
        return "".join(csv_line(row.values(), guard_formulas=True) for row in result.rows())

    head, made = "", cast("Callable[[ScreeningResult], str]", ResultLines(screening.context))
    if form is None:
        return "", lambda _: ""
    if form == "csv":
        head, made = csv_line(ResultRow.__annotations__), rows
    return head, lambda result: "" if hits_only and is_quiet(result) else made(result)


def _print(
    screening: Screening, form: str, head: str, written: Callable[[ScreeningResult], str]
) -> Counts:
    """Print all results as they come."""
    counts = Counts()
    click.echo(head, nl=False)
    with contextlib.closing(screening):
        for result in screening:
            counts = counts.plus(result)
            if text := written(result):
                click.echo(printable(form, text), nl=False)
    return counts


def _run(
    screening: Screening,
    file: ResultFile,
    about: State,
    head: str,
    written: Callable[[ScreeningResult], str],
) -> None:
    """Write all results behind those that an earlier run wrote."""
    with file.opened(about, head), contextlib.closing(screening):
        try:
            for result in screening:
                file.write(written(result), result)
        except KeyboardInterrupt:
            done = file.counts.records
            click.echo(
                f"\ninterrupted near record {done:,}: the same command resumes from there",
                err=True,
            )
            raise
        except SanctionsError as error:  # of records, or of a process
            error.advise(*error.hints, Hint("the same command resumes from there"))
            raise


def _report(file: ResultFile, source: _Customers, screening: Screening, *, hits_only: bool) -> None:
    """Make the report of the results that were written on the way to it."""
    from sanctionslib.display import screening_report
    from sanctionslib.export.files import put_text

    counts = file.counts
    if counts.records:
        about = {
            "customers": f"{source.path.name}, {source.label}",
            "columns": ", ".join(_column_lines(screening)),
        }
        if hits_only:
            about["left out"] = (
                f"{counts.quiet:,} of {counts.records:,} records that were screened, without a hit, "
                "weak alias or problem (--hits-only)"
            )
        with progress(source.path.name, "reporting on") as report:
            put_text(file.target, screening_report(_results(file, report), source=about))
    file.finish(keep=False)
    if not file.counts.records:
        raise InvalidInputError(
            f"{source.path.name} has no record that a report could be about",
            where=Where(source=str(source.path)),
            hint="look at the file: below the names of columns it is empty",
        )


def _results(
    file: ResultFile, report: Callable[[int, int], None] | None
) -> Iterator[ScreeningResult]:
    from sanctionslib.answers import ScreeningResult
    from sanctionslib.export import from_dict

    for number, line in enumerate(file.lines(), 1):
        yield from_dict(json.loads(line), ScreeningResult)
        if report is not None:
            report(number, file.counts.records)


# ── resuming ──────────────────────────────────────────────────────────────────────────────────


def _context_json(context: SearchContext) -> State:
    """What is looked at and how, with the editions: as of a record that says nothing."""
    from sanctionslib.answers import ScreeningResult

    return to_json(ScreeningResult(key="", position=0, context=context))


def _check_same(then: State, now: State, context: SearchContext, file: ResultFile) -> None:
    """Refuse to resume a run of something else."""
    if then != now:
        raise file.unusable(
            "; ".join(_differences(then, now, context)),
            hint="--restart begins anew; the command as it was resumes it",
        )


def _differences(then: State, now: State, context: SearchContext) -> Iterator[str]:
    from sanctionslib.answers import ScreeningResult
    from sanctionslib.export import from_dict
    from sanctionslib.query.screening import differences

    if then["customers"] != now["customers"]:
        was, is_now = (
            f"{one['customers']['bytes']:,} bytes (sha256 {one['customers']['sha256']:.12})"
            for one in (then, now)
        )
        yield f"the customer file was {was}, and is {is_now}"
    before = from_dict(then["context"], ScreeningResult).context
    settings = {
        "--column": (then["columns"], now["columns"]),
        **{f"--{name}": (then[name], now[name]) for name in ("key", "kind", "dates", "hits-only")},
        **{
            f"--{name.replace('_', '-')}": (getattr(before, name), getattr(context, name))
            for name in ("min_score", "weak_aliases", "limit")
        },
    }
    found = [
        f"{option} was {_words(was)}, and is {_words(is_now)}"
        for option, (was, is_now) in settings.items()
        if was != is_now
    ]
    found += differences(before, context)
    yield from found
    if then["context"] != now["context"] and not found:
        yield "what the edition says of itself is not what it was"


def _words(value: object) -> str:
    if isinstance(value, Mapping):
        several = cast("Mapping[str, list[str]]", value).items()
        return " ".join(f"{name}={header}" for name, headers in several for header in headers)
    if value is None or isinstance(value, bool):
        return "given" if value else "not given"
    return str(getattr(value, "value", value))


# ── the summary ──────────────────────────────────────────────────────────────────────────────


def _column_lines(screening: Screening) -> list[str]:
    return [f"{what} from {' + '.join(of)}" for what, of in screening.columns.items()]


def _give(
    request: Request,
    source: _Customers,
    screening: Screening,
    counts: Counts,
    out: str | None,
    *,
    hits_only: bool,
) -> None:
    """Print the summary, to standard error where the results are on standard output."""
    context = screening.context

    def whole() -> Document:
        name, customers = source.path.name, {"bytes": source.size, "sha256": source.sha256}
        return {
            **document("screen", context.editions),
            "customers": {"name": name, **customers},
            "columns": {name: list(of) for name, of in screening.columns.items()},
            "unused": list(screening.unused),
            "context": _context_json(context)["context"],
            **attrs.asdict(counts),
            "output": out,
            "hits_only": hits_only,
        }

    from sanctionslib.cli._sheets import screening_sheet

    read = {
        "customers": (source.label,),
        "columns": _column_lines(screening),
        **({"not read": (", ".join(screening.unused),)} if screening.unused else {}),
    }
    page = screening_sheet(
        source.path.name, counts, context, out=out, hits_only=hits_only, read=read.items()
    )
    form = "table" if request.form in ("csv", "jsonl") else request.form
    with contextlib.redirect_stdout(sys.stderr if out == "-" else sys.stdout):
        give(attrs.evolve(request, form=form), None, page, document=whole)
