"""The report of a screening: Markdown that a person reads, decides upon and signs.

The results come one by one and may be many, and a report begins with their sum. So what is written
of the records waits in temporary files, and memory does not grow with their number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile

import attrs

from sanctionslib.answers import ScreeningResult, SearchContext
from sanctionslib.display import _values as values
from sanctionslib.display._markdown import escaped, section_lines
from sanctionslib.display._matches import (
    context_rows,
    hit_sections,
    limit_words,
    no_hit_text,
    problem_lines,
    score_text,
    short_facts,
    subject_rows,
)
from sanctionslib.display.sheet import (
    Row,
    Section,
    counted,
    line,
    mark,
    muted,
    row,
    section,
    strong,
    table,
    visible,
)
from sanctionslib.errors import InvalidInputError

_IN_MEMORY = 1 << 20
"""Signs of each part that stay in memory, before it goes to a file."""
_PIECE = 1 << 16
_BOX, _BLANK = "☐", "_" * 12


def screening_report(
    results: Iterable[ScreeningResult], *, source: Mapping[str, str] | None = None
) -> Iterator[str]:
    """The report of a whole screening as Markdown, in pieces, for a person to decide on and to sign.

    It says what was looked at, shows each hit name under name with the other facts and a line for
    the decision, names suppressed parties and records with problems, and ends with what such a
    screening proves. Memory does not grow with the number of results.

    Args:
        results: What `SanctionsList.screen` gave, all of it, in the order of the records. Where
            some are missing, the report says so.
        source: Where the records are from, for the reader, as {"customers": "book.csv, sha256 …"}:
            results do not say it.

    Raises:
        InvalidInputError: `source` is no mapping of texts, there is no result, one is something
            else, or they are of several searches: other editions, another scorer, other limits.

    Example:
        >>> from sanctionslib.answers import Subject
        >>> context = SearchContext(method="example-1", min_score=0.8, entities=9000, names=20000)
        >>> someone = Subject(names=("Example Person",))
        >>> result = ScreeningResult(key="C-1", position=1, subject=someone, context=context)
        >>> print("".join(screening_report([result])).splitlines()[0])
        # Screening of 1 record
    """
    if source is not None and not (
        isinstance(source, Mapping) and all(isinstance(one, str) for one in source.values())
    ):
        raise InvalidInputError(
            f"source={source!r} is no mapping of texts",
            argument="source",
            hint='give a label and a text for each, as {"customers": "book.csv"}',
        )
    with ExitStack() as stack:
        bodies = [
            stack.enter_context(
                SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="\n")
            )
            for _ in _PARTS
        ]
        total = _Sum()
        for result in results:
            total.add(result)
            for (_, _, lines_of), body in zip(_PARTS, bodies, strict=True):
                body.writelines(f"{each}\n" for each in lines_of(result))
        if total.context is None:
            raise InvalidInputError(
                "there is no result to report on", hint="give all that `SanctionsList.screen` gave"
            )
        yield from (f"{each}\n" for each in _head(total, total.context, source or {}))
        for (title, note, _), body in zip(_PARTS, bodies, strict=True):
            if body.tell():
                yield f"\n## {title}\n\n{note}\n"
                body.seek(0)
                while piece := body.read(_PIECE):
                    yield piece
        yield from (f"{each}\n" for one in _tail() for each in ("", *section_lines(one)))


# ── the sum ───────────────────────────────────────────────────────────────────────────────────────


_COUNTED: dict[str, Callable[[ScreeningResult], bool]] = {
    "with hits": lambda one: bool(one.hits),
    "suppressed: weak alias alone": lambda one: bool(one.suppressed and not one.hits),
    "with problems": lambda one: bool(one.problems),
    "not screened": lambda one: one.skipped,
    "no name reached the threshold": lambda one: not (one.hits or one.suppressed or one.skipped),
}
"""Which records are counted under which label; a record can be under several."""


@attrs.define
class _Sum:
    """What is counted while the results go by."""

    context: SearchContext | None = None
    records: int = 0
    hits: int = 0
    counts: Counter[str] = attrs.field(factory=Counter[str])
    last: int = 0
    missing: int = 0
    first_missing: int = 0
    in_order: bool = True

    def add(self, result: ScreeningResult) -> None:
        if not isinstance(result, ScreeningResult):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InvalidInputError(
                f"a {type(result).__name__} is no result of a screening",
                hint="give what `SanctionsList.screen` gave; `from_dict` makes results of their JSON",
            )
        if self.context is None:
            self.context = result.context
        if result.context != self.context:
            raise InvalidInputError(
                f"record {result.key!r} was searched differently from those before it: "
                f"{_difference(self.context, result.context)}",
                hint="make a report of each run, or screen all records in one",
            )
        self.records += 1
        self.hits += len(result.hits) + result.more
        self.counts.update(label for label, is_counted in _COUNTED.items() if is_counted(result))
        gap = result.position - self.last - 1
        self.in_order = self.in_order and gap >= 0
        if gap > 0:
            self.missing += gap
            self.first_missing = self.first_missing or self.last + 1
        self.last = result.position


def _difference(one: SearchContext, other: SearchContext) -> str:
    """The first value in which two searches differ; of editions their labels."""

    def told(context: SearchContext, name: str) -> str:
        if name == "editions":
            return " and ".join(each.label for each in context.editions) or "empty"
        return repr(getattr(context, name))

    names = (field.name for field in attrs.fields(SearchContext))
    name = next(each for each in names if getattr(one, each) != getattr(other, each))
    return f"its `{name}` is {told(other, name)}, and theirs {told(one, name)}"


def _head(total: _Sum, context: SearchContext, source: Mapping[str, str]) -> Iterator[str]:
    yield from (f"# Screening of {counted(total.records, 'record')}", "")
    for banner in values.banners(context.editions):
        yield from (f"> **{escaped(visible(banner))}**", "")
    yield from (*section_lines(section(*_summary(total, context), title="Summary")), "")
    if source:
        read = tuple(row(label, told) for label, told in source.items())
        yield from (*section_lines(section(*read, title="Read")), "")
    editions = (
        each.at(min(number, 1))
        for one in context.editions or (None,)
        for number, each in enumerate(values.edition_lines(one, whole_hash=True))
    )
    rows = (row("edition", *editions), *context_rows(context))
    yield from section_lines(section(*rows, title="Looked at"))


def _summary(total: _Sum, context: SearchContext) -> Iterator[Row | None]:
    yield row("records", strong(f"{total.records:,}"))
    if total.missing:
        where = f"not among the results; the first is no. {total.first_missing:,}"
        yield row("MISSING", line(strong(f"{total.missing:,}"), where))
    if not total.in_order:
        told = mark("the results are not in the order of the records")
        yield row("ORDER", line(told, "and may miss some"))
    words = {
        "with hits": f"({counted(total.hits, 'hit')})",
        "no name reached the threshold": no_hit_text(context),
    }
    for label in _COUNTED:
        yield row(label, line(strong(f"{total.counts[label]:,}"), words.get(label)))


# ── the records ───────────────────────────────────────────────────────────────────────────────────


def _title(result: ScreeningResult) -> str:
    return f"Record {result.key} (no. {result.position:,})"


def _hits(result: ScreeningResult) -> Iterator[str]:
    """A record with its hits, token by token, and a line to decide each."""
    if not result.hits:
        return
    rows = (*subject_rows(result.subject), row("problem", *problem_lines(result.problems)))
    parts = [(section(*rows, title=_title(result)), 3)]
    for number, hit in enumerate(result.hits, 1):
        parts += ((each, 4) for each in hit_sections(hit, title=f"Hit {number}"))
    columns = ("hit", "id", "true match", "false positive", "open", "reasons", "reviewer", "date")
    blanks = (*[_BOX] * 3, *[_BLANK] * 3)
    decisions = ((f"{n}", hit.entity.id, *blanks) for n, hit in enumerate(result.hits, 1))
    decision = section(
        title="Decision", table=table(columns, decisions), after=limit_words(result.more)
    )
    for each, level in (*parts, (decision, 4)):
        yield from ("", *section_lines(each, level=level))


def _suppressed(result: ScreeningResult) -> Iterator[str]:
    lines = (
        line(
            values.line_of(one.name) if one.name else None,
            muted("of"),
            values.party(one.entity),
            f"score {score_text(one.score)}",
            *short_facts(one),
        )
        for one in result.suppressed
    )
    return section_lines(section(row(_title(result), *lines)))


def _problems(result: ScreeningResult) -> Iterator[str]:
    if result.problems or result.skipped:
        yield from section_lines(section(Row(_title(result), problem_lines(result.problems))))


_HITS = "Each hit needs a decision. A conflicting fact does not change the score beside it."
_SUPPRESSED = """\
Only a weak alias reached the threshold, and no other fact agrees. By the policy on weak aliases these \
are no hits; they are named so that nobody has to guess what was left out.
"""
_PROBLEMS = """\
Nothing is said here of a record that was not screened. The others were screened without the value at \
fault.
"""
_PARTS = (
    ("Records with hits", _HITS, _hits),
    ("Suppressed: weak alias alone", _SUPPRESSED, _suppressed),
    ("Records with problems", _PROBLEMS, _problems),
)
"""What is written of the records: a title, how to read it, and the lines of each."""


# ── the tail ──────────────────────────────────────────────────────────────────────────────────────

_PROVES = """\
Each record that was screened was searched among the names counted above, by the scorer, the threshold \
and the rules named above; where its kind was given, among those of parties of that kind, or of none.
The hashes say which files the names are from. The same records, the same files and the same version of \
the library give the same hits again."""
_PROVES_NOT = """\
That a record without a hit is nobody who is listed. A name may be spelled too differently from the one \
listed, be another name, or stand in another script; and no search of names finds all: the recall of \
ours is measured, and stands in the documentation.
That a hit is the party that is listed. A score says how alike two names are, and nothing about whose \
names they are; that is for a person to decide.
Anything of lists that are not named above, of other editions, and of who was listed or delisted later.
Anything of owners. A company may be blocked because listed parties own it, and no list names it.
Anything of records that were not screened, and of values that were left out."""


def _tail() -> tuple[Section, ...]:
    blanks = (_BLANK * 2, _BLANK, _BLANK * 2)
    roles = ("screened", "reviewed", "approved")
    signed = table(("", "name", "date", "signature"), ((f"{one} by", *blanks) for one in roles))
    return (
        section(
            row("it proves", *_PROVES.split("\n")),
            row("it does not prove", *_PROVES_NOT.split("\n")),
            title="What this report proves, and what it does not",
        ),
        section(title="Signed", table=signed),
    )
