"""Audits and lists of entities as sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from sanctionslib.answers import Audit, Coverage, Selection
from sanctionslib.display import values
from sanctionslib.display.sheet import (
    Line,
    Row,
    Section,
    Sheet,
    counted,
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
from sanctionslib.errors import InvalidInputError
from sanctionslib.model import Edition, Entity, Fact

_ISSUES_SHOWN, _CODES_SHOWN = 20, 50


# ── audit ─────────────────────────────────────────────────────────────────────────────────────────


def audit_sheet(audit: Audit) -> Sheet:
    """Counts, shares, faults, and what has no field or no meaning yet."""

    def entries(number: int) -> str:
        return counted(number, "entry", "entries")

    counts = (
        ("declared", "not declared" if audit.declared is None else entries(audit.declared)),
        ("read", entries(audit.read)),
        ("converted", counted(audit.converted, "entity", "entities")),
        ("rejected", entries(audit.rejected)),
        ("other rows", f"{len(audit.omitted):,}" if audit.omitted else ""),
        ("issues", f"{len(audit.issues):,}"),
        ("unmapped", counted(sum(one.count for one in audit.unmapped), "value")),
        ("unknown codes", f"{len(audit.unknown_codes):,}"),
    )
    differs = audit.declared is not None and audit.declared != audit.read
    declared = (
        f"The source declares {audit.declared or 0:,} entries, and {audit.read:,} were found."
    )
    uses = (Coverage.MAPPED, Coverage.UNMAPPED, Coverage.UNEXPECTED)
    shares = ((use, audit.share(use)) for use in uses)
    looked = [each for edition in audit.editions for each in values.edition_lines(edition)]
    return page(
        "Audit",
        "What was read, and what was not",
        section(
            *(row(label, strong(text)) for label, text in counts),
            title="Counts",
            after=declared if differs else "",
        ),
        section(
            *(
                row(use.value, strong(_percent(share)))
                for use, share in shares
                if share is not None
            ),
            title="Shares",
            note="of all values that are not structural",
        ),
        section(
            title="Issues",
            table=table(
                ("kind", "what", "where"),
                (
                    (one.kind.value, one.message, str(one.where))
                    for one in audit.issues[:_ISSUES_SHOWN]
                ),
            ),
            after=remaining(len(audit.issues), _ISSUES_SHOWN, "more in `issues`"),
        ),
        _first(
            audit.unmapped,
            "unmapped",
            ("path", "label", "count", "sample"),
            note="kept as features without kind: no field of the model holds them",
        ),
        _first(
            audit.unknown_codes,
            "unknown codes",
            ("vocabulary", "code", "count", "sample"),
            note="kept verbatim: our reference tables do not have them",
        ),
        section(
            title="Paths",
            table=table(
                ("path", "label", "values", "coverage", "field or reason"),
                (
                    (one.path, one.label, one.count, one.coverage.value, one.note)
                    for one in audit.paths
                ),
                numeric=("values",),
            ),
        ),
        section(row("edition", *(looked or values.edition_lines(None))), title="Looked at"),
        banners=values.banners(audit.editions),
    )


def _first(found: Sequence[object], title: str, columns: tuple[str, ...], *, note: str) -> Section:
    """The first of what the audit counts, with a column for each attribute."""
    return section(
        title=title.capitalize(),
        note=note,
        table=table(
            columns,
            (tuple(getattr(one, name) for name in columns) for one in found[:_CODES_SHOWN]),
            numeric=("count",),
        ),
        after=remaining(len(found), _CODES_SHOWN, f"more in `{title.replace(' ', '_')}`"),
        tone="unstated",
    )


def _percent(share: float) -> str:
    """Never rounded to a whole that it is not: 0.99999 is "over 99.9 %", 0.00001 "under 0.1 %"."""
    if 0.999 < share < 1:
        return "over 99.9 %"
    if 0 < share < 0.001:
        return "under 0.1 %"
    return f"{share:.1%}".replace("%", " %")


# ── entities ──────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen(kw_only=True)
class EntityTable:
    """The entities of a list or selection, to be shown as a table.

    Example:
        >>> from sanctionslib.display import to_text
        >>> from sanctionslib.model import Name
        >>> some = [Entity(id=f"watch:{n}", names=(Name(text="A"),)) for n in range(3)]
        >>> to_text(EntityTable(entities=some), limit=1).splitlines()[-1]
        '… and 2 more'
    """

    entities: Sequence[Entity]
    """All of them."""
    editions: Sequence[Edition] = ()
    """What was looked at."""
    selection: Selection = Selection()
    """How the entities were chosen."""
    parties: int | None = None
    """How many parties they are entities of; fewer than entities in a combined list."""


_COLUMNS = ("id", "kind", "name", "programs", "countries", "since")


def table_sheet(shown: EntityTable, limit: int | None) -> Sheet:
    """The first entities of a list, below what was looked at and how they were chosen."""
    if limit is not None and limit < 0:
        raise InvalidInputError(
            f"a limit of {limit} entities", hint="give 0 or more; 0 shows the head alone"
        )
    editions, selection, count = shown.editions, shown.selection, len(shown.entities)
    entities = shown.entities[:limit]
    title = counted(count, "entity", "entities")
    if is_selection := bool(selection.criteria) or selection.of > count:
        title = f"{count:,} of {counted(selection.of, 'entity', 'entities')}"
    if shown.parties is not None and shown.parties < count:
        title += f", of {counted(shown.parties, 'party', 'parties')}"
    looked = [line(strong(edition.label)) for edition in editions]
    rest = remaining(count, limit, "more")
    return page(
        "Selection" if is_selection else "List",
        title,
        section(
            row("looked at", *(looked or values.edition_lines(None))),
            row("selection", *_selection(selection)),
            _silent_dates(entities, editions),
        ),
        section(
            table=table(
                _COLUMNS,
                ([values.CELLS[name](one) for name in _COLUMNS] for one in entities),
                keys=("id",),
                optional=("since", "countries"),
            ),
            after=rest or ("" if entities else "No entity of what was looked at fits."),
        ),
        banners=values.banners((*editions, *(one.edition for one in entities))),
    )


def _silent_dates(entities: Sequence[Entity], editions: Sequence[Edition]) -> Row | None:
    """How to read the dash below "since": as silence, and of whom."""
    if all(one.listed_since is not None for one in entities):
        return None
    lines = [line("— is not stated, which is not never")]
    for one in editions:
        if not one.supports(Fact.LISTING_DATE):
            source = one.alternative_source(Fact.LISTING_DATE)
            told = f"never stated in {one.format or one.list_id}{':' if source else ''}"
            lines.append(line(mark(told), source))
    return row("since", *dict.fromkeys(lines))


def _selection(selection: Selection) -> Iterator[Line]:
    yield line(", ".join(selection.criteria) or "everything")
    undetermined = mark("undetermined:")
    for one in selection.undetermined:
        fact = one.fact.value
        if not (one.count or one.never):
            yield line(undetermined, f"a part is missing that could hold the {fact} of some")
        elif not one.count and one.lists:
            yield line(mark("never stated:"), f"{fact}{one.by}")
        else:
            never = f"never stated{one.by}" if one.lists else "this edition never states it"
            told = f"{one.count:,} without {fact} {'kept' if one.kept else 'dropped'}"
            why = never if one.never else "these do not have it"
            yield line(undetermined, told, muted(f"({why})"))
    if selection.kind_unstated:
        yield line(undetermined, f"{selection.kind_unstated:,} of unstated kind dropped")
