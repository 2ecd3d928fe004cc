"""The sheets of the command: those of `display` as the command wants them, and its own."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from sanctionslib.answers import (
    ChangeLog,
    Changes,
    EditionStatus,
    HeldEdition,
    HeldEditions,
    Hits,
    IdentifierMatch,
    Timeline,
    Verification,
)
from sanctionslib.display import _sheet as default_sheet
from sanctionslib.display._answers import list_sheet
from sanctionslib.display._archive import history_sheet, verification_sheet
from sanctionslib.display._changes import SHOWN, changes_sheet
from sanctionslib.display._entity import entity_sheet
from sanctionslib.display._hits import DETAILED, hits_sheet, nothing_near, searched_rows
from sanctionslib.display._sheet import Grid, Line, Row, Section, Sheet, Span, line, mark, strong
from sanctionslib.display._timeline import change_log_sheet, timeline_sheet
from sanctionslib.display._words import (
    banners,
    counted,
    country_text,
    details,
    kind_text,
    kind_word,
    label_text,
    looked_at,
)

if TYPE_CHECKING:
    from sanctionslib.answers import SearchContext
    from sanctionslib.cli._resume import Counts
    from sanctionslib.model import Edition, Entity
    from sanctionslib.parsers import Format
    from sanctionslib.query import SanctionsList

__all__ = [
    "DETAILED",
    "added_sheet",
    "archive_sheet",
    "formats_sheet",
    "numbers_sheet",
    "one_line",
    "pruned_sheet",
    "report_sheet",
    "screening_sheet",
    "selection_sheet",
    "sheet_of",
    "source_sheet",
]


def sheet_of(answer: object, *, is_whole: bool = False) -> Sheet:
    """The sheet of an answer; of editions and faults all, however many.

    Args:
        answer: The answer.
        is_whole: Whether hits and events are all shown too.
    """
    match answer:
        case HeldEditions():
            return history_sheet(answer, limit=None)
        case Verification():
            return verification_sheet(answer, limit=None)
        case Hits():
            return hits_sheet(answer, limit=None if is_whole else DETAILED)
        case Timeline():
            return timeline_sheet(answer, limit=None if is_whole else SHOWN)
        case _:
            return default_sheet(answer)


def report_sheet(changes: Changes | ChangeLog, limit: int | None) -> Sheet:
    """Changes with so many parties of each sort; 0 shows all, None as many as are usual."""
    shown = SHOWN if limit is None else limit or None
    if isinstance(changes, ChangeLog):
        return change_log_sheet(changes, limit=shown)
    return changes_sheet(changes, limit=shown)


def one_line(entity: Entity) -> str:
    """A party in one line, where several are to choose from."""
    return "  ".join((entity.id, kind_text(entity), entity.name, ", ".join(entity.programs)))


def source_sheet(entity: Entity) -> Sheet:
    """A party, and its source value by value where that was kept."""
    sheet = entity_sheet(entity)
    if entity.source is None:
        return sheet
    grid = _table(("path", "value"), entity.source)
    source = Section(title="Source", note="the source, value by value", grid=grid)
    return attrs.evolve(sheet, sections=(*sheet.sections, source))


def selection_sheet(found: SanctionsList[Entity], limit: int) -> Sheet:
    """A selection with so many of its entities."""
    return list_sheet(
        tuple(found),
        editions=found.editions,
        selection=found.selection,
        limit=limit,
        parties=len(found.parties),
    )


def numbers_sheet(
    number: str, editions: Sequence[Edition], found: Sequence[IdentifierMatch]
) -> Sheet:
    """Who has a number."""

    def cells(entity: Entity, match: IdentifierMatch) -> tuple[_Cell, ...]:
        its = match.identifier
        kind = label_text(its.raw_kind) or (its.kind.value if its.kind else "")
        country = country_text(its.country) if its.country else ""
        name = strong(entity.name)
        value = line(strong(its.value), details(kind, country))
        return entity.id, kind_word(entity), name, ", ".join(entity.programs), value

    columns = ("id", "kind", "name", "programs", "number")
    grid = _table(columns, (cells(one.entity, one) for one in found), keys=("id",))
    return Sheet(
        what="Number",
        title=f"{number}: {counted(len(found), 'match', 'matches')}",
        banners=banners(editions),
        sections=(Section(rows=_looked_at(editions)), Section(grid=grid)),
    )


def formats_sheet(known: Sequence[Format]) -> Sheet:
    """The formats that can be read, by publisher."""
    publishers: dict[str, list[Row]] = {}
    for one in known:
        lines = [line(strong(one.title)), line("files", ", ".join(one.files))]
        lines += [line("lists", ", ".join(one.lists))] if one.lists else []
        publishers.setdefault(one.publisher, []).append(Row(one.name, tuple(lines)))
    return Sheet(
        what="Formats",
        title=f"{len(known)} that can be read, recognised by their content",
        sections=tuple(
            Section(title=publisher, rows=tuple(rows)) for publisher, rows in publishers.items()
        ),
    )


# ── the archive ───────────────────────────────────────────────────────────────────────────────


def added_sheet(held: HeldEdition) -> Sheet:
    """An edition that was added, without its figures: all of them are within the limits."""
    sheet = default_sheet(held)
    sections = tuple(one for one in sheet.sections if one.title != "Checks")
    return attrs.evolve(sheet, sections=sections)


def archive_sheet(found: Sequence[HeldEditions], home: str) -> Sheet:
    """One line for each list that is held."""

    def cells(one: HeldEditions) -> tuple[_Cell, ...]:
        quarantined = sum(each.status is EditionStatus.QUARANTINED for each in one)
        days = str(one[0].day), str(one[-1].day)
        current = one.current
        is_now = mark("none") if current is None else f"{current.day} · {current.format}"
        refused = mark(f"{quarantined:,}") if quarantined else ""
        return one.list_id, len(one), refused, *days, is_now, _size_of(one)

    columns = ("list", "editions", "quarantined", "first", "last", "current", "on disk")
    grid = _table(
        columns,
        (cells(one) for one in found if len(one)),
        numeric=("editions", "quarantined", "on disk"),
        keys=("list",),
        optional=("on disk", "first"),
    )
    after = "" if found else "Nothing is held here."
    return Sheet(
        what="Archive",
        title=counted(len(found), "list", "lists"),
        sections=(Section(rows=(Row("folder", (line(home),)),), after=after), Section(grid=grid)),
    )


def pruned_sheet(list_id: str, editions: Sequence[HeldEdition], *, dry_run: bool) -> Sheet:
    """The editions that were removed, or would be."""
    rows = ((one.name, one.format, one.entries, one.status.value) for one in editions)
    columns = ("edition", "format", "entries", "status")
    count = f"{counted(len(editions), 'edition', 'editions')} of {list_id}"
    return Sheet(
        what="Prune",
        title=f"{count} {'would be removed' if dry_run else 'removed'}",
        sections=(Section(grid=_table(columns, rows, numeric=("entries",), keys=("edition",))),),
    )


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
    out: str,
    read: Iterable[tuple[str, Iterable[str]]],
) -> Sheet:
    """What a screening found, in numbers.

    Args:
        name: The customer file.
        counts: The numbers.
        context: What was searched.
        out: Where the results are.
        read: What was read of the customer file, in labelled lines.
    """
    found = (
        ("with hits", counts.with_hits, f"({counted(counts.hits, 'hit', 'hits')})"),
        ("weak alias alone", counts.only_weak, ""),
        ("with problems", counts.with_problems, ""),
        ("not screened", counts.not_screened, ""),
        ("nothing came near", counts.without, nothing_near(context)),
    )
    rows = [Row(label, (line(strong(f"{number:,}"), words),)) for label, number, words in found]
    return Sheet(
        what="Screening",
        title=f"{name}: {counted(counts.records, 'record', 'records')}",
        banners=banners(context.editions),
        sections=(
            Section(rows=(*rows, Row("written to", (line(out),)))),
            Section(title="Read", rows=tuple(Row(at, tuple(map(line, of))) for at, of in read)),
            Section(title="Looked at", rows=_looked_at(context.editions)),
            Section(rows=searched_rows(context)),
        ),
    )


def _looked_at(editions: Sequence[Edition]) -> tuple[Row, ...]:
    return (Row("looked at", looked_at(editions)),)


_Cell = str | int | Line | Span


def _table(
    columns: Sequence[str],
    rows: Iterable[Sequence[_Cell]],
    *,
    numeric: Sequence[str] = (),
    keys: Sequence[str] = (),
    optional: Sequence[str] = (),
) -> Grid:
    def cell(content: _Cell) -> Line:
        if isinstance(content, Line):
            return content
        text = f"{content:,}" if isinstance(content, int) else content
        return line(text or "—")

    def at(names: Sequence[str]) -> tuple[int, ...]:
        return tuple(columns.index(name) for name in names)

    return Grid(
        tuple(columns),
        tuple(tuple(map(cell, row)) for row in rows),
        numeric=frozenset(at(numeric)),
        keys=frozenset(at(keys)),
        first_to_go=at(optional),
    )
