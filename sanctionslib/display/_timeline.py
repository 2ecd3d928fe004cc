"""What the editions held say over time as sheets: a timeline of one party, a log of a whole list.

A step is told by the edition in which it is first seen, with the one before: the day of the event
is somewhere between the two. When a party was listed is said by its source or by nobody, and stands
apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sanctionslib.answers import (
    Amended,
    ChangeLog,
    Changes,
    EntitySummary,
    FormatChange,
    HeldEdition,
    Timeline,
    TimelineEvent,
    TimelineEventKind,
)
from sanctionslib.display._archive import gap_rows, held_banners, held_line, of_day, span_text
from sanctionslib.display._changes import SHOWN, change_lines, changes_sections
from sanctionslib.display._designation import since_lines
from sanctionslib.display._sheet import (
    Grid,
    Line,
    Row,
    Section,
    Sheet,
    Span,
    line,
    mark,
    muted,
    strong,
)
from sanctionslib.display._words import counted, date_text, details
from sanctionslib.model import Edition, Entity, Fact
from sanctionslib.model.provenance import published_words

__all__ = ["change_log_sheet", "switch_word", "timeline_sheet"]

_CHANGES_SHOWN = 20
_EDITIONS_SHOWN = 20
_STEPS_SHOWN = 12
"""Steps of a log that are shown party by party where not all are asked for: the newest."""


# ── one party ─────────────────────────────────────────────────────────────────────────────────


def timeline_sheet(timeline: Timeline, *, limit: int | None = SHOWN) -> Sheet:
    """What happened to a party from edition to edition.

    Args:
        timeline: What `timeline` found.
        limit: How many steps are shown, the newest; None for all, with all their changes.
    """
    steps = timeline.events
    hidden = 0 if limit is None else max(len(steps) - limit, 0)
    first = next((step.edition for step in steps if step.is_present), None)
    facts = (
        timeline.id,
        f"in the newest edition looked at: {_is_there(timeline)}",
        f"first seen in an edition {of_day(first)}, which is no date of listing" if first else "",
    )
    return Sheet(
        what="Timeline",
        title=timeline.name or "(no name)",
        facts=tuple(one for one in facts if one),
        banners=held_banners(timeline.editions),
        sections=(
            Section(
                title="From edition to edition",
                rows=tuple(_step_rows(timeline, hidden, whole=limit is None)),
                after=_after_steps(timeline, hidden),
            ),
            Section(
                title="Since when",
                note="what the entry itself says of it",
                rows=(Row("source", _since(timeline)),),
            ),
            *_looked_at(timeline.editions, timeline.skipped, whole=limit is None),
        ),
    )


def _is_there(timeline: Timeline) -> str:
    if timeline.is_present:
        return "yes"
    # Across a switch that is no answer yet: the reason stands with the step.
    is_open = bool(timeline.events) and timeline.events[-1].kind is TimelineEventKind.FORMAT_CHANGED
    return "not found" if is_open else "no"


def _after_steps(timeline: Timeline, hidden: int) -> str:
    if hidden:
        return f"… and {hidden:,} older in `steps`"
    if timeline.events:
        return ""
    return f"It is in none of {counted(len(timeline.editions), 'edition', 'editions')} looked at."


def _step_rows(timeline: Timeline, hidden: int, *, whole: bool) -> Iterator[Row]:
    earlier = Entity(id=timeline.id, names=())  # of whom nothing was read yet
    for number, step in enumerate(timeline.events):
        if number >= hidden:
            limit = None if whole else _CHANGES_SHOWN
            lines = _step_lines(step, earlier, limit, timeline.skipped)
            yield Row(str(step.edition.day), tuple(lines))
        earlier = step.entity or earlier


def _step_lines(
    step: TimelineEvent, earlier: Entity, limit: int | None, skipped: Sequence[HeldEdition]
) -> Iterator[Line]:
    held = of_day(step.edition)
    before = _before(step, skipped)
    if step.kind is TimelineEventKind.FIRST:
        yield line(
            strong("in the oldest edition looked at,"),
            f"{held}; since when is not known from it",
            before,
        )
    elif step.kind is TimelineEventKind.FORMAT_CHANGED:
        yield line(
            strong(f"{switch_word(step.previous, step.edition)},"),
            f"from the edition {held} on",
            before,
        )
        there = "it is in that one" if step.is_present else "it is not found in that one"
        told = f"{there}; values are not compared across"
        yield from _note(step)
        yield line(Span(told) if step.is_present else mark(told), level=1)
    else:
        word = step.kind.value
        yield line(
            mark(word) if step.kind is TimelineEventKind.REMOVED else strong(word),
            f"in the edition {held}",
            before,
        )
        if step.kind is TimelineEventKind.REMOVED:
            yield line("it is not in that one; a file does not say why", level=1)
        yield from _note(step)
    if step.changes:
        after = step.entity or earlier
        yield from change_lines(Amended(before=earlier, after=after, changes=step.changes), limit)


def switch_word(before: HeldEdition | None, after: HeldEdition) -> str:
    """What keeps two editions from being compared, in two words; the reason stands elsewhere."""
    if before is None or before.format != after.format:
        return "other format"
    return "other files" if before.missing != after.missing else "not compared"


def _note(step: TimelineEvent) -> Iterator[Line]:
    if step.note:
        yield line(step.note, level=1)


def _before(step: TimelineEvent, skipped: Sequence[HeldEdition]) -> Span | None:
    """The edition before, and how long before: the event is somewhere between the two.

    Editions that were not followed can have the party all the same, or lack it: they are counted.
    """
    previous, end = step.previous, step.edition.day
    after = date.min if previous is None else previous.day
    others = sum(after < one.day < end for one in skipped)
    if previous is None:
        return details(f"held of before and not followed: {others:,}" if others else None)
    days = (end - previous.day).days
    earlier = f", {days:,} days earlier" if days > 1 else ""
    between = f"; held between them and not followed: {others:,}" if others else ""
    return details(f"the one before is {of_day(previous)}{earlier}{between}")


def _since(timeline: Timeline) -> tuple[Line, ...]:
    """What the source says of the time of listing, in the newest entry that says anything of it."""
    entries = [step.entity for step in reversed(timeline.events) if step.entity is not None]
    for entity in entries:
        told: list[Line] = []
        if entity.listed_since is not None:
            start = strong(date_text(entity.listed_since))
            told.append(line("the source says listed since", start, _read_from(entity)))
        for one in entity.designations:
            # Its first line is the date alone, which stands above already.
            events = since_lines(one, entity)[1 if one.listed_since else 0 :]
            told += [Line(each.spans, level=min(1, len(told))) for each in events]
        if told:
            return tuple(told)
    if not entries:
        return (line(muted("no entry was needed for this answer, and none was read")),)
    return (_silence(entries[0]),)


def _read_from(entity: Entity) -> Span | None:
    return details(f"in {entity.edition.label}") if entity.edition else None


def _silence(entity: Entity) -> Line:
    """No date: is it the format that cannot state one, or this entry that does not?"""
    edition = entity.edition
    if edition is None or edition.supports(Fact.LISTING_DATE):
        return line(mark("the file states no listing date"), muted("of this party"))
    alternative_source = edition.alternative_source(Fact.LISTING_DATE)
    text = "the file states no listing date, as its format has none" + (
        ":" if alternative_source else ""
    )
    return line(mark(text), alternative_source)


# ── a whole list ──────────────────────────────────────────────────────────────────────────────


def change_log_sheet(log: ChangeLog, *, limit: int | None = SHOWN) -> Sheet:
    """What changed in a list from each edition held to the next.

    Args:
        log: What `changes` found.
        limit: How many parties of each step are shown, of the newest steps; None for all of all.
    """
    hidden = 0 if limit is None else max(len(log.changes) - _STEPS_SHOWN, 0)
    span = span_text(log.editions)
    return Sheet(
        what="Changes",
        title=f"{log.list_id}, {span}" if span else log.list_id,
        facts=(
            f"{len(log.added):,} added",
            f"{len(log.removed):,} removed",
            f"{len(log.amended):,} amended",
            counted(len(log.editions), "edition looked at", "editions looked at"),
            *_across(log),
        ),
        banners=held_banners(log.editions),
        sections=(
            Section(
                rows=tuple(_asked(log)),
                after="" if log.changes else _nothing(log),
            ),
            _summary(log, limit),
            *_in_place(log, hidden, limit),
            *_looked_at(log.editions, log.skipped, whole=limit is None),
        ),
    )


def _across(log: ChangeLog) -> tuple[str, ...]:
    if not log.format_changes:
        return ()
    return (
        f"{counted(len(log.format_changes), 'switch', 'switches')}, across which nobody is counted",
    )


def _asked(log: ChangeLog) -> Iterator[Row]:
    start = f"since {log.start}" if log.start else None
    end = f"until {log.end}" if log.end else None
    if start or end:
        yield Row("asked for", (line(start, end),))
    if not log.editions:
        return
    first = log.editions[0]
    late = log.start is not None and first.day > log.start
    told = f"nothing is told of the time before {first.day}: no edition to begin from is held"
    yield Row("begins from", (held_line(first), *((line(mark(told)),) if late else ())))


def _nothing(log: ChangeLog) -> str:
    editions = counted(len(log.editions), "edition", "editions")
    if len(log.editions) < 2:
        return f"There is nothing to compare: {editions} looked at."
    if log.format_changes:
        return (
            "No change was found where two editions could be compared, of "
            f"{editions} looked at. Where they could not, it is open what changed: see the switches."
        )
    return (
        "Nothing was added, removed or amended from one edition to the next, of "
        f"{editions} looked at. It says nothing of editions that nobody kept."
    )


def _key(edition: Edition | HeldEdition) -> tuple[str, date | None, str]:
    """What an edition is known by: the same bytes can be held of several days."""
    return edition.format, edition.published, edition.sha256 or ""


def _days(log: ChangeLog, changes: Changes) -> tuple[str, str]:
    """The days of the two editions, the older one first; of undated ones when they came."""
    unknown = published_words(None)
    came = {_key(one): f"{unknown}, came {one.day}" for one in log.editions if not one.published}

    def day(editions: Sequence[Edition]) -> str:
        days = (came.get(_key(one), published_words(one.published)) for one in editions)
        return ", ".join(days) or unknown

    return day(changes.old), day(changes.new)


def _summary(log: ChangeLog, limit: int | None) -> Section:
    hidden = 0 if limit is None else max(len(log.changes) - SHOWN, 0)
    rows = tuple(
        (
            line(strong(new)),
            line(old),
            *(
                line(f"{count:,}")
                for count in (
                    len(one.added),
                    len(one.removed),
                    len(one.amended),
                    one.unchanged,
                )
            ),
        )
        for one in log.changes[hidden:]
        for old, new in [_days(log, one)]
    )
    return Section(
        title="In short",
        note="editions in which something is otherwise than in the one before",
        grid=Grid(
            ("edition of", "the one before", "added", "removed", "amended", "unchanged"),
            rows,
            numeric=frozenset({2, 3, 4, 5}),
        ),
        after=f"… and {hidden:,} older in `steps`" if hidden else "",
    )


def _in_place(log: ChangeLog, hidden: int, limit: int | None) -> Iterator[Section]:
    """The steps and the switches, in the order of the editions."""
    at = {_key(one): number for number, one in enumerate(log.editions)}
    format_changes = [*log.format_changes]
    for number, step in enumerate(log.changes):
        place = max((at.get(_key(one), 0) for one in step.new), default=0)
        while format_changes and at.get(_key(format_changes[0].after), 0) < place:
            yield _switch(format_changes.pop(0), limit)
        if number == hidden > 0:
            told = f"The newest {_STEPS_SHOWN} follow party by party, {hidden:,} older are in"
            yield Section(after=f"{told} `steps`.")
        if number >= hidden:
            yield from _step_sections(log, step, limit)
    yield from (_switch(one, limit) for one in format_changes)


def _step_sections(log: ChangeLog, changes: Changes, limit: int | None) -> Iterator[Section]:
    old, new = _days(log, changes)
    is_dated = all(one.published for one in changes.new)
    when = f" in the edition of {new}" if is_dated else " in the newer edition"
    yield Section(
        title=f"From {old} to {new}",
        note=f"{len(changes.added):,} added, {len(changes.removed):,} removed, "
        f"{len(changes.amended):,} amended, {changes.unchanged:,} unchanged",
        rows=(Row("older", _labels(changes.old)), Row("newer", _labels(changes.new))),
    )
    yield from changes_sections(changes, limit=limit, when=when)


def _labels(editions: Sequence[Edition]) -> tuple[Line, ...]:
    """Editions in a line each; all that is known of them stands below."""
    return tuple(
        line(strong(one.label), details(one.sha256 and f"sha256 {one.sha256[:12]}…"))
        for one in editions
    )


def _switch(switch: FormatChange, limit: int | None) -> Section:
    both = (switch.only_before, switch.only_after)
    unknown = "who came or went cannot be told, for the reason above"
    return Section(
        title=f"Switch from {switch.before.day} to {switch.after.day}",
        note=switch.reason or "from here on other editions are followed",
        rows=(
            Row("before", (held_line(switch.before),)),
            Row("after", (held_line(switch.after),)),
            Row("values", (line(muted("not compared across")),)),
            *(
                (Row("parties", (line(mark(unknown)),)),)
                if None in both
                else (
                    Row("only before", _noted(switch.only_before or (), limit)),
                    Row("only after", _noted(switch.only_after or (), limit)),
                )
            ),
        ),
        tone="inferred",
    )


def _noted(found: Sequence[EntitySummary], limit: int | None) -> tuple[Line, ...]:
    lines = [line(strong(one.name or "(no name)"), muted(f"({one.id})")) for one in found[:limit]]
    more = len(found) - len(lines)
    if more > 0:
        lines.append(line(muted(f"… and {more:,} more")))
    return tuple(lines) or (line("nobody"),)


# ── what was looked at ────────────────────────────────────────────────────────────────────────


def _looked_at(
    editions: Sequence[HeldEdition], skipped: Sequence[HeldEdition], *, whole: bool
) -> Iterator[Section]:
    yield Section(
        title="Looked at",
        note=counted(len(editions), "edition held", "editions held"),
        rows=(
            *((Row("editions", _newest(editions, whole)),) if editions else ()),
            *((Row("not followed", _newest(skipped, whole)),) if skipped else ()),
            *gap_rows(editions),
        ),
        after="" if editions else "No edition.",
    )


def _newest(editions: Sequence[HeldEdition], whole: bool) -> tuple[Line, ...]:
    """The newest editions, a line each, and how many older ones there are."""
    hidden = 0 if whole else max(len(editions) - _EDITIONS_SHOWN, 0)
    lines = [held_line(one) for one in editions[hidden:]]
    if hidden:
        older = f"{hidden:,} older, {span_text(editions[:hidden])}"
        lines.insert(0, line(muted(f"… {older}")))
    return tuple(lines)
