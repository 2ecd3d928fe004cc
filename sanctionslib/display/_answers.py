"""Audits and lists as sheets."""

from __future__ import annotations

from collections.abc import Sequence

from sanctionslib.answers import Audit, Coverage, Selection
from sanctionslib.display._sheet import (
    Grid,
    Line,
    Row,
    Section,
    Sheet,
    line,
    mark,
    muted,
    strong,
)
from sanctionslib.display._words import (
    banners,
    counted,
    country_word,
    date_text,
    edition_lines,
    kind_word,
)
from sanctionslib.errors import InvalidInputError
from sanctionslib.model import Edition, Entity, Fact

__all__ = ["audit_sheet", "list_sheet"]

_ISSUES_SHOWN = 20
_CODES_SHOWN = 50


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
        *([("no parties", f"{len(audit.omitted):,} rows")] if audit.omitted else []),
        ("issues", f"{len(audit.issues):,}"),
        ("unmapped", counted(sum(one.count for one in audit.unmapped), "value", "values")),
        ("unknown codes", f"{len(audit.unknown_codes):,}"),
    )
    more = len(audit.issues) - _ISSUES_SHOWN
    looked = tuple(each for edition in audit.editions for each in edition_lines(edition))
    return Sheet(
        what="Audit",
        title="What was read, and what was not",
        banners=banners(audit.editions),
        sections=(
            Section(
                title="Counts",
                rows=tuple(Row(label, (line(strong(text)),)) for label, text in counts),
                after=_disagreement(audit),
            ),
            Section(
                title="Shares", note="of all values that are not structural", rows=_shares(audit)
            ),
            Section(
                title="Issues",
                grid=Grid(
                    ("kind", "what", "where"),
                    tuple(
                        (line(one.kind.value), line(one.message), line(str(one.where)))
                        for one in audit.issues[:_ISSUES_SHOWN]
                    ),
                ),
                after=f"… and {more:,} more in `issues`" if more > 0 else "",
            ),
            Section(
                title="Unmapped",
                note="kept as features without kind: no field of ours holds them",
                grid=Grid(
                    ("path", "label", "count", "sample"),
                    tuple(
                        (line(one.path), line(one.label), line(f"{one.count:,}"), line(one.sample))
                        for one in audit.unmapped[:_CODES_SHOWN]
                    ),
                    frozenset({2}),
                ),
                after=_more(len(audit.unmapped), "unmapped"),
                tone="unstated",
            ),
            Section(
                title="Unknown codes",
                note="kept verbatim: our reference tables do not have them",
                grid=Grid(
                    ("vocabulary", "code", "count", "sample"),
                    tuple(
                        (
                            line(one.vocabulary),
                            line(one.code),
                            line(f"{one.count:,}"),
                            line(one.sample),
                        )
                        for one in audit.unknown_codes[:_CODES_SHOWN]
                    ),
                    frozenset({2}),
                ),
                after=_more(len(audit.unknown_codes), "unknown_codes"),
                tone="unstated",
            ),
            Section(
                title="Paths",
                grid=Grid(
                    ("path", "label", "values", "use", "field or reason"),
                    tuple(
                        (
                            line(one.path),
                            line(one.label or "—"),
                            line(f"{one.count:,}"),
                            line(one.coverage.value),
                            line(one.note or "—"),
                        )
                        for one in audit.paths
                    ),
                    frozenset({2}),
                ),
            ),
            Section(title="Looked at", rows=(Row("edition", looked or edition_lines(None)),)),
        ),
    )


def _more(count: int, where: str) -> str:
    return f"… and {count - _CODES_SHOWN:,} more in `{where}`" if count > _CODES_SHOWN else ""


def _disagreement(audit: Audit) -> str:
    if audit.declared is None or audit.declared == audit.read:
        return ""
    return f"The source declares {audit.declared:,} entries, and {audit.read:,} were found."


def _shares(audit: Audit) -> tuple[Row, ...]:
    coverages = (Coverage.MAPPED, Coverage.UNMAPPED, Coverage.UNEXPECTED)
    shares = [(one, audit.share(one)) for one in coverages]
    return tuple(
        Row(use.value, (line(strong(_percent(share))),))
        for use, share in shares
        if share is not None
    )


def _percent(share: float) -> str:
    """Never rounded to a whole that it is not: 0.99999 is "over 99.9 %", 0.00001 "under 0.1 %"."""
    if 0.999 < share < 1:
        return "over 99.9 %"
    if 0 < share < 0.001:
        return "under 0.1 %"
    return f"{share:.1%}".replace("%", " %")


# ── lists ─────────────────────────────────────────────────────────────────────────────────────────


def list_sheet(
    entities: Sequence[Entity],
    *,
    editions: Sequence[Edition],
    selection: Selection,
    limit: int,
    parties: int | None = None,
) -> Sheet:
    """The first entities of a list, below what was looked at and how they were chosen."""
    if limit < 0:
        raise InvalidInputError(
            f"a limit of {limit} entities", hint="give 0 or more; 0 shows the head alone"
        )
    count = len(entities)
    shown = entities[:limit]
    title = counted(count, "entity", "entities")
    if chosen := bool(selection.criteria) or selection.of > count:
        title = f"{count:,} of {counted(selection.of, 'entity', 'entities')}"
    if parties is not None and parties < count:
        title += f", records of {counted(parties, 'party', 'parties')}"
    looked = tuple(line(strong(edition.label)) for edition in editions)
    after = f"… and {count - len(shown):,} more" if count > len(shown) else ""
    return Sheet(
        what="Selection" if chosen else "List",
        title=title,
        banners=banners((*editions, *(one.edition for one in shown))),
        sections=(
            Section(
                rows=(
                    Row("looked at", looked or edition_lines(None)),
                    Row("selection", _selection(selection)),
                    *_silent_dates(shown, editions),
                )
            ),
            Section(
                grid=Grid(
                    _COLUMNS,
                    tuple(_cells(one) for one in shown),
                    keys=frozenset({0}),
                    first_to_go=(5, 4),
                ),
                after=after if shown else after or "No entity of what was looked at fits.",
            ),
        ),
    )


_COLUMNS = ("id", "kind", "name", "programs", "countries", "since")


def _cells(one: Entity) -> tuple[Line, ...]:
    countries = dict.fromkeys(country_word(country) for country in one.countries)
    return (
        line(one.id),
        line(kind_word(one)),
        line(strong(one.name or "(no name)")),
        line(", ".join(one.programs) or "—"),
        line(", ".join(countries) or "—"),
        line(date_text(one.listed_since) if one.listed_since else "—"),
    )


def _silent_dates(shown: Sequence[Entity], editions: Sequence[Edition]) -> tuple[Row, ...]:
    """How to read the dash below "since": as silence, and of whom."""
    if all(one.listed_since is not None for one in shown):
        return ()
    lines = [line("— is not stated, which is not never")]
    for one in editions:
        if not one.supports(Fact.LISTING_DATE):
            alternative_source = one.alternative_source(Fact.LISTING_DATE)
            text = f"never stated in {one.format or one.list_id}" + (
                ":" if alternative_source else ""
            )
            lines.append(line(mark(text), alternative_source))
    return (Row("since", tuple(dict.fromkeys(lines))),)


def _selection(selection: Selection) -> tuple[Line, ...]:
    lines = [line(", ".join(selection.criteria) or "everything")]
    for one in selection.undetermined:
        if not (one.count or one.never):
            text = f"a part is missing that could hold the {one.fact.value} of some"
            lines.append(line(mark("not decided:"), text))
            continue
        if not one.count and one.lists:
            lines.append(line(mark("never stated:"), f"{one.fact.value}{one.by}"))
            continue
        never = f"never stated{one.by}" if one.lists else "this edition never states it"
        why = never if one.never else "these do not have it"
        lines.append(
            line(
                mark("not decided:"),
                f"{one.count:,} without {one.fact.value} {'kept' if one.kept else 'dropped'}",
                muted(f"({why})"),
            )
        )
    if selection.kind_unstated:
        text = f"{selection.kind_unstated:,} of unstated kind dropped"
        lines.append(line(mark("not decided:"), text))
    return tuple(lines)
