"""What the editions held say over time, as sheets: a timeline of one party, a log of a whole list.

An event is placed by the first edition that shows it and the one before: its day is somewhere
between the two. When a party was listed is stated by its source alone, and stands apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sanctionslib import answers
from sanctionslib.answers import HeldEdition, TimelineEventKind
from sanctionslib.display._archive import gap_row, of_day, span_text
from sanctionslib.display._changes import (
    amended_sections,
    change_lines,
    change_words,
    changed_parties,
    changed_shortly,
    gone_words,
)
from sanctionslib.display._party import not_stated, since_lines
from sanctionslib.display._values import banners, date_text, details, edition_line, party
from sanctionslib.display.sheet import (
    Columns,
    Line,
    Row,
    Section,
    Sheet,
    Span,
    counted,
    joined,
    line,
    listing,
    mark,
    muted,
    page,
    remaining,
    row,
    section,
    strong,
)
from sanctionslib.model import Edition, Entity, Fact
from sanctionslib.model.provenance import published_words

_CHANGES_SHOWN, _EDITIONS_SHOWN, _SUMMARY_SHOWN = 20, 20, 50
_PAIRS_SHOWN = 12
"""Pairs of editions of a log that are shown party by party where not all are asked for."""


def _older(count: int, limit: int | None) -> int:
    """How many of `count` things are older than the newest `limit`, and are not shown."""
    return 0 if limit is None else max(count - limit, 0)


# ── one party ─────────────────────────────────────────────────────────────────────────────────────


def timeline_sheet(timeline: answers.Timeline, limit: int | None) -> Sheet:
    """What happened to a party from edition to edition, a line each; the newest `limit` events."""
    events = timeline.events
    hidden = _older(len(events), limit)
    first = next((event.edition for event in events if event.is_present), None)
    present = "yes" if timeline.is_present else "no"
    if events and events[-1].kind is TimelineEventKind.FORMAT_CHANGED and not timeline.is_present:
        # Across a change of format that is no answer yet: the reason stands with the event.
        present = "not found"
    after = f"… and {hidden:,} older in `events`." if hidden else ""
    looked = counted(len(timeline.editions), "edition")
    since = _since(timeline)
    seen = (
        f"First seen in an edition {of_day(first)}, which is no date of listing." if first else ""
    )
    return page(
        "Timeline",
        timeline.name,
        listing(
            "",
            events[hidden:],
            Columns[answers.TimelineEvent](
                {
                    "day": lambda one: str(one.edition.day),
                    "what": _what,
                    "the one before": _distance_words,
                },
                keys=("day",),
                optional=("the one before",),
                wide=("what",),
            ),
            after=after if events else f"It is in none of {looked} looked at.",
        ),
        section(row("source", *since[:1])),
        section(
            *_event_rows(timeline, hidden, None if limit is None else _CHANGES_SHOWN),
            title="From edition to edition",
            is_detail=True,
        ),
        section(
            row("source", *since),
            title="Listed since",
            note="what the entry itself says of it",
            is_detail=True,
        ),
        _looked_at(timeline.editions, timeline.skipped, limit),
        facts=(timeline.id, f"in the newest edition looked at: {present}"),
        source=joined(
            span_text(timeline.editions),
            f"{looked} looked at",
            f"{len(timeline.skipped):,} skipped" if timeline.skipped else "",
        ),
        footer=seen,
        banners=banners(timeline.editions),
    )


def _what(event: answers.TimelineEvent) -> Line:
    """What happened, in a few words."""
    match event.kind:
        case TimelineEventKind.FIRST:
            return line(strong("in the oldest edition looked at;"), "since when is not known")
        case TimelineEventKind.FORMAT_CHANGED:
            there = "it is in that one" if event.is_present else "not found in that one"
            words = strong(f"{format_change_words(event.previous, event.edition)};")
            return line(words, Span(there) if event.is_present else mark(there))
        case TimelineEventKind.REMOVED:
            return line(mark(event.kind.value))
        case _ if event.entity is None:
            return line(strong(event.kind.value))
        case _:
            amended = answers.Amended(
                before=event.entity, after=event.entity, changes=event.changes
            )
            told = changed_shortly(amended) if event.changes else line()
            return line(strong(f"{event.kind.value}{':' if told else ''}"), told)


def _distance_words(event: answers.TimelineEvent) -> str:
    """The edition before, and how long before it was."""
    if event.previous is None:
        return ""
    days = (event.edition.day - event.previous.day).days
    return f"{event.previous.day}{f', {days:,} days earlier' if days > 1 else ''}"


def _event_rows(timeline: answers.Timeline, hidden: int, shown: int | None) -> Iterator[Row | None]:
    earlier = Entity(id=timeline.id, names=())  # of whom nothing was read yet
    for number, event in enumerate(timeline.events):
        entity = event.entity or earlier
        if number >= hidden:
            amended = answers.Amended(before=earlier, after=entity, changes=event.changes)
            lines = (*_event_lines(event, timeline.skipped), *change_lines(amended, shown))
            yield row(str(event.edition.day), *lines)
        earlier = entity


def _event_lines(event: answers.TimelineEvent, skipped: Sequence[HeldEdition]) -> Iterator[Line]:
    held, before = of_day(event.edition), _before(event, skipped)
    note = line(event.note, level=1)
    match event.kind:
        case TimelineEventKind.FIRST:
            start = strong("in the oldest edition looked at,")
            yield line(start, f"{held}; it does not say since when", before)
        case TimelineEventKind.FORMAT_CHANGED:
            words = strong(f"{format_change_words(event.previous, event.edition)},")
            yield line(words, f"from the edition {held} on", before)
            yield note
            there = "it is in that one" if event.is_present else "it is not found in that one"
            told = f"{there}; values are not compared across"
            yield line(Span(told) if event.is_present else mark(told), level=1)
        case TimelineEventKind.REMOVED:
            yield line(mark(event.kind.value), f"in the edition {held}", before)
            yield line("it is not in that one; a file does not say why", level=1)
            yield note
        case _:
            yield line(strong(event.kind.value), f"in the edition {held}", before)
            yield note


def format_change_words(before: HeldEdition | None, after: HeldEdition) -> str:
    """What keeps two editions from being compared, in two words."""
    if before is None or before.format != after.format:
        return "other format"
    return "other files" if before.missing != after.missing else "not compared"


def _before(event: answers.TimelineEvent, skipped: Sequence[HeldEdition]) -> Span | None:
    """The edition before, and how long before: the event is somewhere between the two.

    Skipped editions can have the party all the same, or lack it: they are counted.
    """
    previous, end = event.previous, event.edition.day
    after = date.min if previous is None else previous.day
    others = sum(after < one.day < end for one in skipped)
    if previous is None:
        return details(f"earlier editions skipped: {others:,}" if others else None)
    days = (end - previous.day).days
    earlier = f", {days:,} days earlier" if days > 1 else ""
    between = f"editions between them skipped: {others:,}" if others else None
    return details(f"the one before is {of_day(previous)}{earlier}", between)


def _since(timeline: answers.Timeline) -> tuple[Line, ...]:
    """What the source says of the time of listing, in the newest entry that says anything of it."""
    entries = [event.entity for event in reversed(timeline.events) if event.entity is not None]
    for entity in entries:
        told: list[Line] = []
        if entity.listed_since is not None:
            read_from = details(f"in {entity.edition.label}") if entity.edition else None
            start = strong(date_text(entity.listed_since))
            told.append(line("the source says listed since", start, read_from))
        for one in entity.designations:
            # Its first line is the date alone, which stands above already.
            events = since_lines(one, entity)[1 if one.listed_since else 0 :]
            told += [each.at(min(1, len(told))) for each in events]
        if told:
            return tuple(told)
    if not entries:
        return (line(muted("no entry was needed for this answer, and none was read")),)
    return (not_stated(entries[0].edition, Fact.LISTING_DATE),)


# ── a whole list ──────────────────────────────────────────────────────────────────────────────────


def change_log_sheet(log: answers.ChangeLog, limit: int | None) -> Sheet:
    """What changed in a list from each edition held to the next: the steps, then the parties.

    At most `limit` parties are shown of each of the newest pairs; where it is None, all of all pairs.
    """
    hidden = _older(len(log.changes), None if limit is None else _PAIRS_SHOWN)
    steps = [(_days(log, one)[1], one) for one in log.changes[hidden:]]
    told = f"The newest {_PAIRS_SHOWN} party by party, {hidden:,} older in `changes`."
    changed = f"{counted(len(log.format_changes), 'format change')}, whose parties are not counted"
    late = log.editions and log.start is not None and log.editions[0].day > log.start
    gone = gone_words([each for _, one in steps for each in one.new])
    after = (
        told if hidden else "",
        f"Nothing is known of the time before {log.editions[0].day}: no earlier edition is held."
        if late
        else "",
        gone if any(one.removed for _, one in steps) else "",
    )
    return page(
        "Changes",
        change_words(log),
        _summary(log, _older(len(log.changes), None if limit is None else _SUMMARY_SHOWN)),
        section(row("format changes", *map(_format_change_line, log.format_changes))),
        changed_parties(steps, limit),
        section(after=joined(*after, by=" ")),
        section(after="" if log.changes else _nothing(log)),
        section(*_requested(log), title="Requested", is_detail=True),
        *_in_order(log, hidden, limit),
        _looked_at(log.editions, log.skipped, limit),
        source=joined(
            joined(log.list_id, span_text(log.editions), by=", "),
            counted(len(log.editions), "edition looked at", "editions looked at"),
            changed if log.format_changes else "",
        ),
        footer="Not known: what editions said that nobody kept.",
        banners=banners(log.editions),
    )


def _format_change_line(change: answers.FormatChange) -> Line:
    """From which format to which, and how many parties only one of the two editions has."""
    words = format_change_words(change.before, change.after)
    told = "who was added or removed is not known"
    if change.only_before is not None and change.only_after is not None:
        told = f"{len(change.only_before):,} only before, {len(change.only_after):,} only after"
    days = f"{change.before.day} to {change.after.day}:"
    return line(days, strong(f"{words},"), f"{told}; values are not compared across")


def _requested(log: answers.ChangeLog) -> Iterator[Row | None]:
    start = f"from {log.start}" if log.start else None
    end = f"until {log.end}" if log.end else None
    yield row("requested", line(start, end))
    if log.editions:
        yield row("first edition", edition_line(log.editions[0]))


def _nothing(log: answers.ChangeLog) -> str:
    editions = counted(len(log.editions), "edition")
    if len(log.editions) < 2:
        return f"There is nothing to compare: {editions} looked at."
    if log.format_changes:
        return (
            f"No change was found where two editions could be compared, of {editions} looked at. "
            "What changed where they could not is unknown: see the format changes."
        )
    return (
        "Nothing was added, removed or amended from one edition to the next, of "
        f"{editions} looked at. It says nothing of editions that nobody kept."
    )


def _key(edition: Edition | HeldEdition) -> tuple[str, date | None, str]:
    """What identifies an edition: the same bytes can be held of several days."""
    return edition.format, edition.published, edition.sha256 or ""


def _days(log: answers.ChangeLog, changes: answers.Changes) -> tuple[str, str]:
    """The days of the two editions, the older one first; of undated ones when they were received."""
    unknown = published_words(None)
    came = {
        _key(one): f"{unknown}, received {one.day}" for one in log.editions if not one.published
    }

    def day(editions: Sequence[Edition]) -> str:
        days = (came.get(_key(one), published_words(one.published)) for one in editions)
        return ", ".join(days) or unknown

    return day(changes.old), day(changes.new)


def _summary(log: answers.ChangeLog, hidden: int) -> Section:
    columns = Columns[answers.Changes](
        {
            "edition of": lambda one: strong(_days(log, one)[1]),
            "the one before": lambda one: _days(log, one)[0],
            "added": lambda one: len(one.added),
            "removed": lambda one: len(one.removed),
            "amended": lambda one: len(one.amended),
            "unchanged": lambda one: one.unchanged,
        },
        optional=("unchanged", "the one before"),
    )
    return listing(
        "",
        log.changes[hidden:],
        columns,
        after=f"… and {hidden:,} older in `changes`" if hidden else "",
    )


def _in_order(log: answers.ChangeLog, hidden: int, limit: int | None) -> Iterator[Section]:
    """The changes and the format changes, in the order of the editions."""
    at = {_key(one): number for number, one in enumerate(log.editions)}
    format_changes = [*log.format_changes]
    for number, changes in enumerate(log.changes):
        place = max((at.get(_key(one), 0) for one in changes.new), default=0)
        while format_changes and at.get(_key(format_changes[0].after), 0) < place:
            yield _format_change(format_changes.pop(0), limit)
        if number >= hidden:
            yield from _pair_sections(log, changes, limit)
    yield from (_format_change(one, limit) for one in format_changes)


def _pair_sections(
    log: answers.ChangeLog, changes: answers.Changes, limit: int | None
) -> Iterator[Section]:
    old, new = _days(log, changes)
    yield section(
        row("older", *map(edition_line, changes.old)),
        row("newer", *map(edition_line, changes.new)),
        title=f"From {old} to {new}",
        note=change_words(changes),
        is_detail=True,
    )
    is_dated = all(one.published for one in changes.new)
    when = f" in the edition of {new}" if is_dated else " in the newer edition"
    yield from amended_sections(changes, limit, when)


def _format_change(change: answers.FormatChange, limit: int | None) -> Section:
    def parties(found: Sequence[answers.EntitySummary]) -> Iterator[Line]:
        yield from map(party, found[:limit])
        yield line(muted(remaining(len(found), limit, "more")) if found else "nobody")

    apart: list[Row | None]
    if change.only_before is None or change.only_after is None:
        told = "who was added or removed is not known, for the reason above"
        apart = [row("parties", mark(told))]
    else:
        apart = [
            row("only before", *parties(change.only_before)),
            row("only after", *parties(change.only_after)),
        ]
    return section(
        row("before", edition_line(change.before)),
        row("after", edition_line(change.after)),
        row("values", muted("not compared across")),
        *apart,
        title=f"Format change from {change.before.day} to {change.after.day}",
        note=change.reason or "from here on other editions are followed",
        tone="inferred",
        is_detail=True,
    )


# ── what was looked at ────────────────────────────────────────────────────────────────────────────


def _looked_at(
    editions: Sequence[HeldEdition], skipped: Sequence[HeldEdition], limit: int | None
) -> Section:
    return section(
        row("editions", *_newest(editions, limit)),
        row("skipped", *_newest(skipped, limit)),
        gap_row(editions),
        title="Looked at",
        note=counted(len(editions), "edition held", "editions held"),
        after="" if editions else "No edition.",
        is_detail=True,
    )


def _newest(editions: Sequence[HeldEdition], limit: int | None) -> Iterator[Line]:
    """The newest editions, a line each, and how many older ones there are."""
    hidden = _older(len(editions), None if limit is None else _EDITIONS_SHOWN)
    if hidden:
        yield line(muted(f"… {hidden:,} older, {span_text(editions[:hidden])}"))
    yield from map(edition_line, editions[hidden:])
