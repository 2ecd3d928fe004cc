"""Timelines, histories and changes as pictures: what the editions held say, along the days.

Above the axis stand the editions, a tick each, so that days of which nothing was kept are seen as
what they are. What lies between two editions that do not say the same is drawn as unknown. Changes
are bars: how many parties were added, removed and amended.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import date

from sanctionslib import answers
from sanctionslib.answers import EditionStatus, HeldEdition, TimelineEvent, TimelineEventKind
from sanctionslib.display._archive import GAP, of_day, span_text
from sanctionslib.display._changes import change_counts, change_words, changed_days
from sanctionslib.display._timeline import format_change_words
from sanctionslib.display._values import banners
from sanctionslib.display.sheet import counted
from sanctionslib.display.svg import MARGIN, WIDTH, Axis, Label, Pen, placed, width_of
from sanctionslib.model.provenance import published_words

_EVENTS = {
    TimelineEventKind.FIRST: ("there", "in the oldest looked at,"),
    TimelineEventKind.ADDED: ("added", "added"),
    TimelineEventKind.AMENDED: ("amended", "amended"),
    TimelineEventKind.REMOVED: ("removed", "removed"),
    TimelineEventKind.FORMAT_CHANGED: ("format change", "format changed"),
}
"""The sign and the word of each kind of event."""
_LEGEND = (
    ("there", "in the oldest edition looked at; since when is not known"),
    ("added", "added"),
    ("amended", "amended"),
    ("removed", "removed"),
    ("format change", "other format or files, or not compared"),
    ("bar", "in the editions"),
    ("thin", f"in both, more than {GAP} days apart"),
    ("between", "somewhere in between"),
    ("tick", "an edition held"),
    ("current", "the current edition"),
    ("quarantined", "quarantined"),
    ("partial", "not the whole list"),
    ("overridden", "overridden by a person"),
    ("short", "skipped"),
)


# ── one party ─────────────────────────────────────────────────────────────────────────────────────


def timeline_to_svg(timeline: answers.Timeline, *, in_card: bool) -> str:
    """What the editions held say of a party; a card has its name and the colours already."""
    name = timeline.name or "(no name)"
    looked = counted(len(timeline.editions), "edition looked at", "editions looked at")
    below = f"{timeline.id} · {looked}, {span_text(timeline.editions) or 'none'}"
    words = [_words(event) for event in timeline.events]
    about = f"{below}. {'; '.join(words) or 'In none of them'}."
    pen = Pen(f"Timeline of {name}", about, in_card=in_card)
    pen.heading(name, below)
    days = [one.day for one in (*timeline.editions, *timeline.skipped)]
    days += [event.edition.day for event in timeline.events]
    if not days:
        pen.y += 14
        pen.paragraph("No edition was looked at.")
        return pen.picture()
    # Space for the words of what happened last.
    space = max(map(width_of, words), default=0)
    axis = Axis(min(days), max(days), left=MARGIN + 20, right=WIDTH - 10 - max(space, MARGIN))
    _draw_events(pen, timeline.events, axis)
    _draw_presence(pen, timeline, axis)
    _draw_editions(pen, timeline, axis)
    pen.axis(axis)
    pen.legend(_LEGEND)
    return pen.picture()


def _word(event: TimelineEvent) -> str:
    if event.kind is TimelineEventKind.FORMAT_CHANGED:
        return f"{format_change_words(event.previous, event.edition)},"
    return _EVENTS[event.kind][1]


def _words(event: TimelineEvent) -> str:
    is_lost = event.kind is TimelineEventKind.FORMAT_CHANGED and not event.is_present
    return f"{_word(event)}{' not found' if is_lost else ''} {event.edition.day}"


def _draw_events(pen: Pen, events: Sequence[TimelineEvent], axis: Axis) -> None:
    """Signs with their days; amendments do without words where there is no space."""
    newest = sorted(events, key=lambda event: event.edition.day, reverse=True)
    order = sorted(newest, key=lambda event: event.kind is TimelineEventKind.AMENDED)
    found = placed([Label(axis.at(event.edition.day), _words(event)) for event in order])
    top = pen.y + 8
    base = top + 17 * (1 + max((row for _, row in found), default=0))
    changed = (event for event in events if event.kind is TimelineEventKind.FORMAT_CHANGED)
    dashes = (axis.at(event.edition.day) for event in changed)
    pen.lines(dashes, base + 18, base + 62, "dash", "4 3")
    for label, row in found:
        y = base - 17 * row
        pen.lines((label.x,), y + 4, base + 5, "rule")
        pen.text(label.x - 3, y, label.text)
    for event in reversed(order):  # what is rarer stands above what is more frequent
        sign, tip = _EVENTS[event.kind][0], f"{_word(event)} {event.edition.label}"
        pen.sign(sign, axis.at(event.edition.day), base + 13, tip)
    pen.y = base + 24


def _draw_presence(pen: Pen, timeline: answers.Timeline, axis: Axis) -> None:
    """A bar for the editions that have the party; what lies between two that differ is dashed."""
    height = 16
    present = [*zip(timeline.editions, _present(timeline), strict=True)]
    if present and present[0][1]:
        pen.text(axis.at(timeline.editions[0].day) - 14, pen.y + 12, "?", "soft")
    for (before, was), (after, now) in itertools.pairwise(present):
        x, end = axis.at(before.day), axis.at(after.day)
        if was != now:
            pen.rect(x, pen.y + 1, end - x, height - 2, "between", "3 2")
        elif was and (after.day - before.day).days > GAP:
            pen.rect(x, pen.y + height / 2 - 1.5, end - x, 3, "thin")
    for first, last in _stretches([one.day if here else None for one, here in present]):
        x, end = axis.at(first), axis.at(last)
        pen.rect(x - 2.5, pen.y, end - x + 5, height, "bar")
    pen.y += height


def _present(timeline: answers.Timeline) -> Iterator[bool]:
    """Of each edition that was looked at, whether it has the party."""
    at = {
        (event.edition.folder, event.edition.sha256): event.is_present for event in timeline.events
    }
    is_present = False
    for one in timeline.editions:
        is_present = at.get((one.folder, one.sha256), is_present)
        yield is_present


def _stretches(days: Sequence[date | None]) -> Iterator[tuple[date, date]]:
    """From which day to which editions that have the party follow each other closely.

    A day stands for an edition that has the party, None for one that does not.
    """
    start: date | None = None
    last = date.min
    for day in (*days, None):
        if start and (day is None or (day - last).days > GAP):
            yield start, last
            start = None
        if day:
            start = start or day
            last = day


def _draw_editions(pen: Pen, timeline: answers.Timeline, axis: Axis) -> None:
    pen.y += 8
    pen.lines((axis.at(one.day) for one in timeline.editions), pen.y, pen.y + 12)
    if timeline.skipped:
        pen.y += 22
    for one in timeline.skipped:
        if one.status is EditionStatus.QUARANTINED:
            pen.sign("quarantined", axis.at(one.day), pen.y, one.label)
        else:
            pen.lines((axis.at(one.day),), pen.y - 3, pen.y + 3, "short")
    pen.y += 14


# ── a list ────────────────────────────────────────────────────────────────────────────────────────


def history_to_svg(history: answers.HeldEditions, *, in_card: bool) -> str:
    """The editions of a list that are held, a line for each format; a card has the colours already."""
    editions, current = history.editions, history.current
    held = counted(len(editions), "edition held", "editions held")
    below = f"{held}, {span_text(editions) or 'none'} · what was kept, not what was published"
    about = f"{below}. Current: {current.label if current else 'none'}."
    pen = Pen(f"History of {history.list_id}", about, in_card=in_card)
    pen.heading(history.list_id, below)
    if not editions:
        pen.y += 14
        pen.paragraph("No edition of it is held.")
        return pen.picture()
    days = [one.day for one in editions]
    axis = Axis(min(days), max(days), left=MARGIN + 8, right=WIDTH - MARGIN - 8)
    for form in dict.fromkeys(one.format for one in editions):
        _draw_format(pen, form, [one for one in editions if one.format == form], current, axis)
    pen.y += 12
    pen.axis(axis)
    pen.legend(_LEGEND)
    return pen.picture()


def _draw_format(
    pen: Pen, form: str, editions: Sequence[HeldEdition], current: HeldEdition | None, axis: Axis
) -> None:
    pen.y += 20
    pen.text(MARGIN, pen.y, f"{form} · {counted(len(editions), 'edition')}")
    pen.y += 24
    middle = pen.y
    for before, after in itertools.pairwise(editions):
        x, end = axis.at(before.day), axis.at(after.day)
        days = (after.day - before.day).days
        told = f"{days:,} days"
        if days > GAP and width_of(told, 11) + 16 < end - x:
            pen.text((x + end) / 2, middle + 4, told, "soft", size=11, middle=True)
    plain = [one for one in editions if _sign(one, current) is None]
    pen.lines((axis.at(one.day) for one in plain), middle - 9, middle + 9)
    for one in editions:
        if sign := _sign(one, current):
            pen.sign(sign, axis.at(one.day), middle, f"{of_day(one)} · {one.label}")
    pen.y += 10


def _sign(one: HeldEdition, current: HeldEdition | None) -> str | None:
    """The sign of an edition that is no plain one."""
    if one.status is EditionStatus.QUARANTINED:
        return "quarantined"
    if one == current:
        return "current"
    if not one.is_whole:
        return "partial"
    return "overridden" if one.status is EditionStatus.OVERRIDDEN else None


# ── changes ───────────────────────────────────────────────────────────────────────────────────────

_BARS = 20
"""Pairs of editions that a picture has, the newest ones."""
_BAR_WIDTH, _DAY_WIDTH, _BARS_WIDTH = 240.0, 80.0, 660.0
_PARTS = (("added", "thin"), ("removed", "warn"), ("amended", "soft"))


def changes_to_svg(changes: answers.Changes, *, in_card: bool) -> str:
    """How many parties were added, removed and amended; nothing in a card where none was."""
    if in_card and not changes:
        return ""
    days = "; ".join(changed_days(changes))
    pen = Pen(
        f"Changes, {days}",
        f"{change_words(changes)}.",
        in_card=in_card,
        banners=banners((*changes.old, *changes.new)),
        width=_BARS_WIDTH,
    )
    pen.heading("Changes", days)
    _draw_bars(pen, [("", changes)])
    return pen.picture()


def change_log_to_svg(log: answers.ChangeLog, *, in_card: bool) -> str:
    """The same of each edition that differs from the one before, the newest last."""
    if in_card and not log.changes:
        return ""
    shown = [(_new_days(one), one) for one in log.changes[-_BARS:]]
    about = "; ".join(f"{day}: {change_words(one)}" for day, one in shown)
    title = f"Changes of {log.list_id}, {span_text(log.editions) or 'no edition'}"
    pen = Pen(
        title,
        f"{about or 'No change'}.",
        in_card=in_card,
        banners=banners(log.editions),
        width=_BARS_WIDTH,
    )
    pen.heading(f"Changes of {log.list_id}", span_text(log.editions) or "no edition looked at")
    if hidden := len(log.changes) - len(shown):
        pen.y += 14
        pen.paragraph(f"… {counted(hidden, 'older comparison')}")
    _draw_bars(pen, shown)
    return pen.picture()


def _new_days(changes: answers.Changes) -> str:
    return ", ".join(dict.fromkeys(published_words(one.published) for one in changes.new))


def _draw_bars(pen: Pen, shown: Sequence[tuple[str, answers.Changes]]) -> None:
    """A line for each: its day, parts as long as there are parties, the counts in words."""
    most = max((sum(change_counts(one)) for _, one in shown), default=0)
    left = MARGIN + (_DAY_WIDTH if any(day for day, _ in shown) else 0)
    for day, changes in shown:
        pen.y += 22
        pen.text(MARGIN, pen.y, day)
        x = left
        for (word, look), count in zip(_PARTS, change_counts(changes), strict=True):
            if count:
                wide = max(_BAR_WIDTH * count / most, 2)
                pen.rect(x, pen.y - 10, wide, 12, look, tip=f"{count:,} {word}")
                x += wide + 1
        pen.text(left + _BAR_WIDTH + 14, pen.y, change_words(changes), "soft")
    pen.legend([(look, word) for word, look in _PARTS])
