"""The report of a screening: Markdown that a person reads, decides upon and signs.

The results come one by one and may be many, and a report begins with their sum. So what is written
of the records waits in temporary files, and memory does not grow with their number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import IO, cast

import attrs

from sanctionslib.answers import Hit, ScreeningResult, SearchContext
from sanctionslib.display._comparison import score_text
from sanctionslib.display._hits import (
    cut_off,
    hit_sections,
    nothing_near,
    problem_lines,
    searched_rows,
    short_facts,
    subject_rows,
)
from sanctionslib.display._sheet import Grid, Line, Row, Section, line, mark, muted, strong, visible
from sanctionslib.display._words import banners, counted, edition_lines, name_line, party
from sanctionslib.display.markdown import escaped, section_lines
from sanctionslib.errors import InvalidInputError
from sanctionslib.model import Edition

__all__ = ["screening_report"]

_IN_MEMORY = 1 << 20
"""Signs of each part that stay in memory, before it goes to a file."""
_PIECE = 1 << 16
_BOX = "☐"
_BLANK = "_" * 12


def screening_report(
    results: Iterable[ScreeningResult], *, source: Mapping[str, str] | None = None
) -> Iterator[str]:
    """The report of a whole screening as Markdown, in pieces, for a person to decide on and to sign.

    It says what was looked at, shows each hit name under name with the other facts and a line for
    the decision, names the parties that only a weak alias came near and the records with problems,
    and ends with what such a screening proves. Memory does not grow with the number of results.

    Args:
        results: What `SanctionsList.screen` gave, all of it, in the order of the records. Where
            some are missing, the report says so.
        source: Where the records are from, for the reader, as {"customers": "book.csv, sha256 …"}:
            results hold no word of it.

    Raises:
        InvalidInputError: There is no result, one is something else, or they are of several
            searches: other editions, another scorer, other limits.

    Example:
        >>> from sanctionslib.answers import Subject
        >>> searched = SearchContext(method="example-1", min_score=0.8, entities=9000, names=20000)
        >>> asked = Subject(names=("Jane Doe",))
        >>> result = ScreeningResult(key="C-1", position=1, subject=asked, context=searched)
        >>> print("".join(screening_report([result])).splitlines()[0])
        # Screening of 1 record
    """
    with ExitStack() as stack:
        hits, suppressed, problems = (
            stack.enter_context(
                SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="\n")
            )
            for _ in range(3)
        )
        total: _Sum | None = None
        for result in results:
            total = total or _Sum(_checked(result).context)
            total.add(_checked(result))
            hits.writelines(_hits(result))
            suppressed.writelines(_withheld(result))
            problems.writelines(_problems(result))
        if total is None:
            raise InvalidInputError(
                "there is no result to report on",
                hint="give all that `SanctionsList.screen` gave",
            )
        yield from _lines(_head(total, source or {}))
        for title, note, body in (
            ("Records with hits", _HITS, hits),
            ("Near by a weak alias alone", _WITHHELD, suppressed),
            ("Records with problems", _PROBLEMS, problems),
        ):
            if body.tell():
                yield f"\n## {title}\n\n{note}\n"
                yield from _read(body)
        yield from _lines(_tail())


@attrs.define
class _Sum:
    """What is counted while the results go by."""

    context: SearchContext
    records: int = 0
    with_hits: int = 0
    hits: int = 0
    only_withheld: int = 0
    with_problems: int = 0
    skipped: int = 0
    unsupported: int = 0
    last: int = 0
    missing: int = 0
    first_missing: int = 0
    in_order: bool = True

    def add(self, result: ScreeningResult) -> None:
        if result.context != self.context:
            raise InvalidInputError(
                f"record {result.key!r} was searched otherwise than those before it: "
                f"{_difference(self.context, result.context)}",
                hint="make a report of each run, or screen all records in one",
            )
        self.records += 1
        self._place(result.position)
        self.hits += len(result.hits) + result.more
        self.with_hits += bool(result.hits)
        self.only_withheld += bool(result.suppressed and not result.hits)
        self.with_problems += bool(result.problems)
        self.skipped += result.skipped
        self.unsupported += not (result.hits or result.suppressed or result.skipped)

    def _place(self, position: int) -> None:
        gap = position - self.last - 1
        self.in_order = self.in_order and gap >= 0
        if gap > 0:
            self.missing += gap
            self.first_missing = self.first_missing or self.last + 1
        self.last = position


def _read(body: IO[str]) -> Iterator[str]:
    body.seek(0)
    while piece := body.read(_PIECE):
        yield piece


def _checked(result: ScreeningResult) -> ScreeningResult:
    if not isinstance(result, ScreeningResult):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidInputError(
            f"a {type(result).__name__} is no result of a screening",
            hint="give what `SanctionsList.screen` gave; `from_dict` makes results of their JSON",
        )
    return result


def _difference(one: SearchContext, other: SearchContext) -> str:
    names = (field.name for field in attrs.fields(SearchContext))
    name = next(each for each in names if getattr(one, each) != getattr(other, each))
    return (
        f"its `{name}` is {_short(getattr(other, name))}, and theirs {_short(getattr(one, name))}"
    )


def _short(value: object) -> str:
    if isinstance(value, tuple):
        labels = (each.label for each in cast("tuple[Edition, ...]", value))
        return " and ".join(labels) or "empty"
    return repr(value)


def _lines(sections: Iterable[str]) -> Iterator[str]:
    return (f"{each}\n" for each in sections)


# ── the head ──────────────────────────────────────────────────────────────────────────────────────


def _head(total: _Sum, source: Mapping[str, str]) -> Iterator[str]:
    context = total.context
    yield f"# Screening of {counted(total.records, 'record', 'records')}"
    yield ""
    for banner in banners(context.editions):
        yield f"> **{escaped(visible(banner))}**"
        yield ""
    yield from section_lines(Section(title="Summary", rows=tuple(_summary(total))))
    yield ""
    if source:
        read = tuple(Row(label, (line(told),)) for label, told in source.items())
        yield from section_lines(Section(title="Read", rows=read))
        yield ""
    editions = tuple(
        Line(each.spans, min(number, 1))
        for one in context.editions or (None,)
        for number, each in enumerate(edition_lines(one, whole_hash=True))
    )
    rows = (Row("edition", editions), *searched_rows(context))
    yield from section_lines(Section(title="Looked at", rows=rows))


def _summary(total: _Sum) -> Iterator[Row]:
    def row(label: str, number: int, *words: str) -> Row:
        return Row(label, (line(strong(f"{number:,}"), *words),))

    yield row("records", total.records)
    if total.missing:
        where = f"the first is no. {total.first_missing:,}"
        yield row("MISSING", total.missing, f"not among the results; {where}")
    if not total.in_order:
        told = line(mark("the results are not in the order of the records"), "and may miss some")
        yield Row("ORDER", (told,))
    yield row("with hits", total.with_hits, f"({counted(total.hits, 'hit', 'hits')})")
    yield row("near by a weak alias alone", total.only_withheld)
    yield row("with problems", total.with_problems)
    yield row("not screened", total.skipped)
    yield row("nothing came near", total.unsupported, nothing_near(total.context))


# ── the records ───────────────────────────────────────────────────────────────────────────────────

_HITS = "Each hit needs a decision. A conflicting fact stands beside the score and changes nothing of it."
_WITHHELD = (
    "Only a weak alias came near, and no other fact agrees. By the policy on weak aliases these are "
    "no hits; they are named so that nobody has to guess what was left out.\n"
)
_PROBLEMS = (
    "Of a record that was not screened, nothing is said here. The others were screened without the "
    "value at fault.\n"
)


def _title(result: ScreeningResult) -> str:
    return f"Record {result.key} (no. {result.position:,})"


def _hits(result: ScreeningResult) -> Iterator[str]:
    """A record with its hits, part by part, and a line to decide each."""
    if not result.hits:
        return
    rows = subject_rows(result.subject) if result.subject else ()
    if result.problems:
        rows = (*rows, Row("problem", problem_lines(result.problems)))
    yield "\n"
    yield from _lines(section_lines(Section(title=_title(result), rows=rows), level=3))
    for number, hit in enumerate(result.hits, 1):
        for section in hit_sections(hit, title=f"Hit {number}"):
            yield "\n"
            yield from _lines(section_lines(section, level=4))
    decided = Section(
        title="Decision",
        grid=Grid(
            ("hit", "id", "true hit", "false hit", "open", "grounds", "reviewer", "date"),
            tuple(_decision(number, hit) for number, hit in enumerate(result.hits, 1)),
        ),
        after=cut_off(result.more),
    )
    yield "\n"
    yield from _lines(section_lines(decided, level=4))


def _decision(number: int, hit: Hit) -> tuple[Line, ...]:
    boxes = (line(_BOX), line(_BOX), line(_BOX))
    blanks = (line(_BLANK), line(_BLANK), line(_BLANK))
    return (line(str(number)), line(hit.entity.id), *boxes, *blanks)


def _withheld(result: ScreeningResult) -> Iterator[str]:
    if result.suppressed:
        lines = tuple(
            line(
                *(name_line(one.name, parts=False).spans if one.name else ()),
                muted("of"),
                *party(one.entity),
                f"score {score_text(one.score)}",
                *short_facts(one),
            )
            for one in result.suppressed
        )
        yield from _lines(section_lines(Section(rows=(Row(_title(result), lines),))))


def _problems(result: ScreeningResult) -> Iterator[str]:
    if result.problems or result.skipped:
        row = Row(_title(result), problem_lines(result.problems))
        yield from _lines(section_lines(Section(rows=(row,))))


# ── the tail ──────────────────────────────────────────────────────────────────────────────────────

_PROVES = """\
Each record that was screened was searched among the names counted above, by the scorer, the threshold \
and the rules named above; where its kind was given, among those of parties of that kind, or of none.
The hashes say which files the names are from. The same records, the same files and the same version of \
the library give the same hits again."""
_PROVES_NOT = """\
That a record without a hit is nobody who is listed. A name may be spelled too far from the one listed, \
be another name, or stand in another script; and no search of names finds all: how much ours misses is \
measured, and stands in the documentation.
That a hit is the party that is listed. A score says how alike two names are, and nothing of whose they \
are; that is for a person to decide.
Anything of lists that are not named above, of other editions, and of who was listed or delisted later.
Anything of owners. A company may be blocked because listed parties own it, and no list names it.
Anything of records that were not screened, and of values that were left out."""
_SIGNED = ("screened by", "reviewed by", "approved by")


def _tail() -> Iterator[str]:
    rows = (
        Row("it proves", tuple(map(line, _PROVES.split("\n")))),
        Row("it does not prove", tuple(map(line, _PROVES_NOT.split("\n")))),
    )
    yield ""
    yield from section_lines(
        Section(title="What this report proves, and what it does not", rows=rows)
    )
    yield ""
    blanks = (line(_BLANK * 2), line(_BLANK), line(_BLANK * 2))
    grid = Grid(("", "name", "date", "signature"), tuple((line(one), *blanks) for one in _SIGNED))
    yield from section_lines(Section(title="Signed", grid=grid))
