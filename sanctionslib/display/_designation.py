"""A designation as lines: by whom, on which list, since and until when, and what else it states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import attrs

from sanctionslib.display._sheet import Line, Row, line, mark, muted, strong
from sanctionslib.display._words import basis_line, date_text, details, label_text, paragraphs
from sanctionslib.model import (
    Authority,
    Designation,
    Entity,
    Event,
    EventKind,
    FeatureKind,
    Measure,
)

__all__ = [
    "authority_line",
    "basis_lines",
    "event_line",
    "list_lines",
    "measure_line",
    "other_rows",
    "since_lines",
    "until_lines",
]

_ENDS = (EventKind.DELISTED, EventKind.EXPIRES)
_DATES = (FeatureKind.LISTING_DATE, FeatureKind.EFFECTIVE_DATE)


def authority_line(authority: Authority) -> Line:
    """Who designates: full name and short name."""
    short = authority.code if authority.name and authority.code != authority.name else None
    return line(strong(str(authority)), details(short))


def list_lines(designation: Designation) -> tuple[Line, ...]:
    """The named lists."""
    return tuple(line(strong(one.list_name)) for one in designation.listings)


def basis_lines(designation: Designation) -> tuple[Line, ...]:
    """The legal bases that the file itself states."""
    return tuple(basis_line(basis) for basis in designation.legal_bases)


def measure_line(measure: Measure) -> Line:
    """A measure in our word, with the source's where it differs."""
    ours = measure.kind.value if measure.kind else measure.raw or "not named"
    theirs = measure.raw if measure.raw.casefold() not in ("", ours.casefold()) else None
    return line(strong(ours), details(theirs and f'in words: "{theirs}"', measure.note))


def _events(designation: Designation) -> Iterator[tuple[str, Event]]:
    for listing in designation.listings:
        for event in listing.events:
            yield listing.list_name, event
    for event in designation.events:
        yield "", event


def _once(events: list[tuple[str, Event]]) -> list[tuple[str, Event]]:
    """Each dated event once: several acts of one day are those of the party, not of the day.

    OFAC's advanced file repeats all legal authorities of a party at every list, later ones too: an
    entry of 2015 "by" an order of 2021. They stand with the legal bases.
    """
    bare = [(name, attrs.evolve(event, act=None)) for name, event in events]
    times = Counter(bare)
    return list(
        dict.fromkeys(
            stated if times[each] == 1 else each for stated, each in zip(events, bare, strict=True)
        )
    )


def event_line(list_name: str, event: Event, *, level: int) -> Line:
    """A dated event: what happened, when, by which act."""
    what = event.kind.value if event.kind else label_text(event.raw_kind) or "dated"
    return line(
        what,
        date_text(event.date),
        details(list_name, f"by {event.act.title}" if event.act else None, event.note),
        level=level,
    )


def since_lines(designation: Designation, entity: Entity) -> tuple[Line, ...]:
    """Since when, with the dated events behind it; empty where the source is silent."""
    lines: list[Line] = []
    if designation.listed_since is not None:
        lines.append(line(strong(date_text(designation.listed_since))))
    events = _once([each for each in _events(designation) if each[1].kind not in _ENDS])
    lines += [event_line(*each, level=min(1, len(lines))) for each in events]
    # "Listing Date (CMIC)" is a labelled fact of the party; the source ties it to no designation.
    lines += [
        line(
            label_text(one.label) + ":", strong(one.value), muted("(a labelled fact of the party)")
        )
        for one in entity.features
        if one.kind in _DATES and len(entity.designations) < 2
    ]
    return tuple(lines)


def until_lines(designation: Designation) -> tuple[Line, ...]:
    """Delisting and expiry."""
    ends = (each for each in _events(designation) if each[1].kind in _ENDS)
    return tuple(line(mark(made.spans[0].text), *made.spans[1:]) for made in map(_end_line, ends))


def _end_line(end: tuple[str, Event]) -> Line:
    return event_line(*end, level=0)


def other_rows(designation: Designation) -> tuple[Row, ...]:
    """What else the source ties to the designation."""
    rows = (
        ("Source of the decision", tuple(line(one) for one in designation.sources)),
        ("Licence requirement", _text(designation.licence_requirement)),
        ("Licence policy", _text(designation.licence_policy)),
        ("Official notices", tuple(line(one) for one in designation.notices)),
        ("More at", tuple(line(one) for one in designation.links)),
        ("Note", _text(designation.note)),
    )
    return tuple(Row(label, lines) for label, lines in rows if lines)


def _text(text: str | None) -> tuple[Line, ...]:
    return paragraphs(text) if text else ()
