"""The sheets that only the command has: several lists, formats, a number, a screening."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from sanctionslib.answers import EditionStatus
from sanctionslib.display import (
    banners,
    context_rows,
    country_text,
    details,
    kind_text,
    label_text,
    looked_at,
    no_hit_text,
    to_sheet,
)
from sanctionslib.display.sheet import (
    Line,
    Piece,
    Row,
    Sheet,
    counted,
    line,
    mark,
    page,
    row,
    section,
    strong,
    table,
)

if TYPE_CHECKING:
    from sanctionslib.answers import HeldEdition, HeldEditions, IdentifierMatch, SearchContext
    from sanctionslib.cli._resume import Counts
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


def numbers_sheet(
    number: str, editions: Sequence[Edition], found: Sequence[IdentifierMatch]
) -> Sheet:
    """Who has a number."""

    def cells(match: IdentifierMatch) -> tuple[Piece, ...]:
        its, entity = match.identifier, match.entity
        kind = label_text(its.raw_kind) or (its.kind.value if its.kind else "")
        country = country_text(its.country) if its.country else ""
        value = line(strong(its.value), details(kind, country))
        programs = ", ".join(entity.programs)
        return entity.id, kind_text(entity), strong(entity.name), programs, value

    columns = ("id", "kind", "name", "programs", "number")
    return page(
        "Number",
        f"{number}: {counted(len(found), 'match', 'matches')}",
        section(row("looked at", *looked_at(editions))),
        section(table=table(columns, map(cells, found), keys=("id",))),
        banners=banners(editions),
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
        section(row("folder", home), after=after),
        section(table=lists),
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

    def number(value: int, words: str = "") -> Line:
        return line(strong(f"{value:,}"), words)

    return page(
        "Screening",
        f"{name}: {counted(counts.records, 'record')}",
        section(
            row("with hits", number(counts.with_hits, f"({counted(counts.hits, 'hit')})")),
            row("weak alias alone", number(counts.only_weak)),
            row("with problems", number(counts.with_problems)),
            row("not screened", number(counts.not_screened)),
            row("no hit", number(counts.without, no_hit_text(context))),
            row("written to", out),
        ),
        section(*(row(label, *lines) for label, lines in read), title="Read"),
        section(row("looked at", *looked_at(context.editions)), title="Looked at"),
        section(*context_rows(context)),
        banners=banners(context.editions),
    )
