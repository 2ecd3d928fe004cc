"""The sheets that only the command has: several lists, formats, a number, a screening."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from sanctionslib.answers import EditionStatus
from sanctionslib.display import (
    banners,
    context_rows,
    country_text,
    kind_text,
    label_text,
    looked_at,
    no_hit_text,
    score_text,
    source_of,
    to_sheet,
)
from sanctionslib.display.sheet import (
    Cell,
    Columns,
    Line,
    Piece,
    Row,
    Section,
    Sheet,
    counted,
    flag,
    line,
    mark,
    muted,
    page,
    remaining,
    row,
    section,
    strong,
    table,
)

if TYPE_CHECKING:
    from sanctionslib.answers import HeldEdition, HeldEditions, IdentifierMatch, SearchContext
    from sanctionslib.cli._resume import Best, Counts
    from sanctionslib.model import Edition, Entity
    from sanctionslib.parsers import Format


def source_sheet(entity: Entity) -> Sheet:
    """A party, and its source value by value where that was kept."""
    sheet = to_sheet(entity)
    if entity.source is None:
        return sheet
    values = table(("path", "value"), entity.source)
    source = section(title="Source", note="the source, value by value", table=values)
    return attrs.evolve(sheet, sections=(*sheet.sections, source))


def rows_sheet(of: object, columns: Sequence[str], rows: Sequence[Mapping[str, object]]) -> Sheet:
    """The page of an answer with rows of plain values in place of what it says else."""

    def cell(value: object) -> Piece:
        return "" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)

    cells = ([cell(one[name]) for name in columns] for one in rows)
    numbers = [one for one in columns if rows and isinstance(rows[0][one], (int, float))]
    content = section(table=table(columns, cells, numeric=numbers, keys=("id", "to_id")))
    return attrs.evolve(to_sheet(of), sections=(content,))


def with_columns(of: object, names: Collection[str], limit: int | None) -> Sheet:
    """The page of an answer, whose tables keep the columns with these names at each width."""
    sheet = to_sheet(of, limit=limit)

    def kept(one: Section) -> Section:
        if one.table is None:
            return one
        optional = tuple(name for name in one.table.optional if name not in names)
        return attrs.evolve(one, table=attrs.evolve(one.table, optional=optional))

    return attrs.evolve(sheet, sections=tuple(map(kept, sheet.sections)))


def in_words(sheet: Sheet, all_of_it: str) -> Sheet:
    """The page with what it says of hidden items in the words of the command: "… and 6 more added"."""

    def told(one: Section) -> Section:
        if "more in `" not in one.after:
            return one
        words = one.after.replace("more in `", "more `").replace("`", "").replace("_", " ")
        return attrs.evolve(one, after=f"{words.rstrip('.')}: {all_of_it}")

    return attrs.evolve(sheet, sections=tuple(map(told, sheet.sections)))


def cut_sheet(of: object, limit: int) -> Sheet:
    """The page of an answer, of whose tables the first rows are shown, and the others counted."""

    def cut(one: Section) -> Section:
        if one.table is None or one.is_detail or len(one.table.rows) <= limit:
            return one
        more = remaining(len(one.table.rows), limit, "more")
        shown = attrs.evolve(one.table, rows=one.table.rows[:limit])
        return attrs.evolve(one, table=shown, after=". ".join(filter(None, (more, one.after))))

    sheet = to_sheet(of)
    return attrs.evolve(sheet, sections=tuple(map(cut, sheet.sections)))


def numbers_sheet(
    numbers: Sequence[str],
    named: Sequence[str],
    editions: Sequence[Edition],
    found: Sequence[IdentifierMatch],
    missing: Sequence[str],
) -> Sheet:
    """Who has a number, or one of several; `named` are words on the kind of number that is meant."""

    def cells(match: IdentifierMatch) -> tuple[Piece, ...]:
        its, entity = match.identifier, match.entity
        kind = label_text(its.raw_kind) or (its.kind.value if its.kind else "")
        country = country_text(its.country) if its.country else ""
        what = ", ".join(filter(None, (kind, country)))
        programs = ", ".join(entity.programs)
        return strong(its.value), what, strong(entity.name), kind_text(entity), programs, entity.id

    columns = ("number", "what", "name", "kind", "programs", "id")
    matches = table(
        columns, map(cells, found), keys=("number", "id"), optional=("programs", "kind")
    )
    is_one = len(numbers) == 1
    which = "this number" if is_one else ", nor ".join(missing)
    nothing = f"No entity of what was looked at has {which}." if missing else ""
    one = " ".join(numbers) if is_one else f"each of {', '.join(numbers)}; nobody has them as one"
    return page(
        "Number" if is_one else "Numbers",
        " ".join((one, *named)),
        section(table=matches, after=nothing),
        section(row("looked at", *looked_at(editions)), title="Looked at", is_detail=True),
        facts=(counted(len(found), "match", "matches"),),
        banners=banners(editions),
        source=source_of(editions),
    )


def formats_sheet(known: Sequence[Format]) -> Sheet:
    """The formats that can be read, by publisher."""
    publishers: dict[str, list[Row | None]] = {}
    for one in known:
        files, lists = (", ".join(names) for names in (one.files, one.lists))
        lines = (strong(one.title), f"files {files}", f"lists {lists}" if lists else None)
        publishers.setdefault(one.publisher, []).append(row(one.name, *lines))
    return page(
        "Formats",
        f"{len(known)} that can be read, recognised by their content",
        *(section(*rows, title=publisher) for publisher, rows in publishers.items()),
    )


# ── the archive ───────────────────────────────────────────────────────────────────────────────


def added_sheet(held: HeldEdition) -> Sheet:
    """An edition that was added, without its figures: all of them are within the limits."""
    sheet = to_sheet(held)
    sections = tuple(one for one in sheet.sections if one.title != "Checks")
    return attrs.evolve(sheet, sections=sections)


def archive_sheet(found: Sequence[HeldEditions], home: str) -> Sheet:
    """One line for each list that is held."""

    def cells(one: HeldEditions) -> tuple[Piece | int, ...]:
        quarantined = sum(each.status is EditionStatus.QUARANTINED for each in one)
        days = str(one[0].day), str(one[-1].day)
        current = one.current
        is_now = mark("none") if current is None else f"{current.day} · {current.format}"
        count = mark(f"{quarantined:,}") if quarantined else ""
        return one.list_id, len(one), count, *days, is_now, _size_of(one)

    columns = ("list", "editions", "quarantined", "first", "last", "current", "on disk")
    lists = table(
        columns,
        (cells(one) for one in found if len(one)),
        numeric=("quarantined", "on disk"),
        keys=("list",),
        optional=("on disk", "first"),
    )
    after = "" if found else "Nothing is held here."
    return page(
        "Archive",
        counted(len(found), "list"),
        section(table=lists, after=after),
        source=home,
    )


def pruned_sheet(list_id: str, editions: Sequence[HeldEdition], *, dry_run: bool) -> Sheet:
    """The editions that were removed, or would be."""
    rows = ((one.name, one.format, one.entries, one.status.value) for one in editions)
    columns = ("edition", "format", "entries", "status")
    count = f"{counted(len(editions), 'edition')} of {list_id}"
    title = f"{count} {'would be removed' if dry_run else 'removed'}"
    return page("Prune", title, section(table=table(columns, rows, keys=("edition",))))


def _size_of(editions: HeldEditions) -> str:
    """The size on disk, identical files once."""
    sizes: dict[tuple[int, int], int] = {}
    for one in editions:
        with contextlib.suppress(OSError):  # another process may just be pruning it
            for path in Path(one.folder).iterdir():
                status = path.stat()
                sizes[status.st_dev, status.st_ino] = status.st_size
    total = sum(sizes.values())
    return f"{total / 1e6:,.1f} MB" if total >= 1e6 else f"{total / 1e3:.1f} kB"


# ── a screening ───────────────────────────────────────────────────────────────────────────────


def screening_sheet(
    name: str,
    counts: Counts,
    context: SearchContext,
    *,
    out: str | None,
    hits_only: bool,
    read: Iterable[tuple[str, Iterable[str]]],
) -> Sheet:
    """What a screening found: the best hit of each record, the numbers, and the first problems.

    Args:
        name: The customer file.
        counts: The numbers.
        context: What was searched.
        out: Where the results are.
        hits_only: Whether only records with something to look at are there.
        read: What was read of the customer file, in labelled lines.
    """

    def number(value: int, words: str = "") -> Line:
        return line(strong(f"{value:,}"), words)

    def facts(one: Best) -> Line:
        words = {mark("CONFLICTS"): one.conflicts, strong("AGREES"): one.agrees}
        told = [
            (verdict, ", ".join(several).replace(" date", ""))
            for verdict, several in words.items()
            if several
        ]
        return line(*[piece for pair in told for piece in (muted("·"), *pair)][1:])

    cells: dict[str, Callable[[Best], Cell]] = {
        "record": lambda one: one.record,
        "query": lambda one: one.query,
        "score": lambda one: score_text(one.score) if one.hit_name else "number",
        "name": lambda one: line(
            strong(one.hit_name or one.name), flag("WEAK") if one.is_weak else None
        ),
        "party": lambda one: "" if one.hit_name in ("", one.name) else one.name,
        "other facts": facts,
        "programs": lambda one: one.programs,
        "more": lambda one: f"+{one.more:,}" if one.more else "",
        "id": lambda one: one.id,
    }
    said = {name: cell for name, cell in cells.items() if any(map(cell, counts.best))}
    columns: Columns[Best] = Columns(
        said,
        numeric=("score", "more"),
        keys=("record", "id"),
        optional=[name for name in ("programs", "party") if name in said],
    )
    rest = counts.with_hits - len(counts.best)
    shown = f"… and {counted(rest, 'more record')} with hits" if rest else ""
    where = {None: "nothing: -o FILE keeps the results", "-": "standard output"}.get(out, out)
    left = f"without the {counts.quiet:,} records of which there is nothing to look at"
    found = f"({counted(counts.hits, 'hit')})"
    if counts.given < counts.hits:
        does = "given" if out is None else "written"
        most = f"at most {context.limit} a record; --limit 0 for all"
        found = f"({counted(counts.given, 'hit')} {does} of {counts.hits:,}: {most})"
    both = counts.with_weak - counts.only_weak
    also = f"({both:,} of them with hits too)" if both else ""
    problems = [
        line(f"{key}:", re.sub(r"\bdates='(\w+)'", r"--dates \1", what))
        for key, what in counts.problems
    ]
    if (more := counts.with_problems - len(problems)) > 0:
        problems.append(line(f"… and {counted(more, 'more record')}: -o FILE has all"))
    return page(
        "Screening",
        name,
        section(table=columns.table(counts.best), after=shown),
        section(
            row("with hits", number(counts.with_hits, found)),
            row("weak alias alone", number(counts.with_weak, also)),
            row("with problems", number(counts.with_problems), *problems, is_cut=True),
            row("not screened", number(counts.not_screened)),
            row("no hit", number(counts.without)),
            row("written to", line(where, left if hits_only else "")),
        ),
        section(*(row(label, *lines) for label, lines in read), title="Read", is_detail=True),
        section(row("looked at", *looked_at(context.editions)), title="Looked at", is_detail=True),
        section(*context_rows(context), row("no hit", no_hit_text(context)), is_detail=True),
        facts=(counted(counts.records, "record"),),
        banners=banners(context.editions),
        source=source_of(
            context.editions,
            counted(context.names, "name"),
            f"score {context.min_score:g}+ by {context.method}",
        ),
        footer="No hit is no verdict, nor is a hit: scores compare names.",
    )
