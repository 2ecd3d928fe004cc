"""What the archive answers as sheets: an edition held, the history of a list, a download, a check.

Each says what was looked at. None says that all is well: an edition that passed its checks is one
that passed its checks.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from sanctionslib.answers import (
    Check,
    EditionStatus,
    Fetched,
    HeldEdition,
    HeldEditions,
    HeldFile,
    Verification,
)
from sanctionslib.display._changes import SHOWN
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
from sanctionslib.display._words import counted, details, scope_banners, scope_words

__all__ = [
    "GAP",
    "fetched_sheet",
    "gap_rows",
    "held_banners",
    "held_line",
    "held_sheet",
    "history_sheet",
    "moment_text",
    "of_day",
    "span_text",
    "verification_sheet",
]

GAP = 14
"""Days without an edition that are told as a gap: official lists rarely rest for longer."""

_DATED_BY = {
    "file": "the file",
    "caller": "who added it",
    "http": "the server",
}
_DATED_BY_SHORT = {"file": "file", "caller": "person", "http": "server"}
_ADMISSIONS = {
    EditionStatus.VALID: strong("admitted"),
    EditionStatus.OVERRIDDEN: mark("accepted by a person"),
    EditionStatus.QUARANTINED: mark("QUARANTINED"),
}


# ── words ─────────────────────────────────────────────────────────────────────────────────────


def moment_text(moment: datetime) -> str:
    """A moment to the minute, as the archive counts time: UTC."""
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _size(number: int) -> str:
    """A size for tables: in the unit in which it has one to three digits.

    >>> _size(0), _size(999), _size(4_236_591), _size(999_999), _size(109_000_000)
    ('0 B', '999 B', '4.2 MB', '1.0 MB', '109 MB')
    """
    size, unit = float(number), "B"
    for larger in ("kB", "MB", "GB"):
        if size < 999.5:
            break
        size, unit = size / 1000, larger
    is_whole = unit == "B" or size >= 99.95
    return f"{size:.0f} {unit}" if is_whole else f"{size:.1f} {unit}"


def of_day(held: HeldEdition) -> str:
    """Of which day an edition is, behind "the edition".

    An edition without a date is told by when it came: that is no date of its publisher.
    """
    if held.published is not None:
        return f"of {held.published}"
    return f"without a date that came on {held.day}"


def span_text(editions: Sequence[HeldEdition]) -> str:
    """From which day to which: "2021-08-18 to 2021-12-10"; "" of none."""
    if not editions:
        return ""
    first, last = editions[0].day, editions[-1].day
    return str(first) if first == last else f"{first} to {last}"


def held_line(held: HeldEdition) -> Line:
    """An edition in one line, with the start of its hash."""
    return line(strong(held.label), muted(f"(sha256 {held.sha256[:12]}…)"))


def held_banners(editions: Iterable[HeldEdition]) -> tuple[str, ...]:
    """What nobody may overlook about the editions that were looked at."""
    found: dict[str, None] = {}
    for one in editions:
        found |= dict.fromkeys(scope_banners(one))
    return tuple(found)


def gap_rows(editions: Sequence[HeldEdition]) -> tuple[Row, ...]:
    """The longest time of which nothing was kept, where it is one to be told."""
    days = [one.day for one in editions]
    gaps = [((after - before).days, before, after) for before, after in itertools.pairwise(days)]
    longest = max(gaps, default=None)
    if longest is None or longest[0] <= GAP:
        return ()
    many = sum(days > GAP for days, _, _ in gaps)
    others = f"one of {many:,} of more than {GAP} days" if many > 1 else None
    told = line(mark(f"{longest[0]:,} days"), f"from {longest[1]} to {longest[2]}", details(others))
    return (Row("longest gap", (told,)),)


# ── one edition ───────────────────────────────────────────────────────────────────────────────


def held_sheet(held: HeldEdition) -> Sheet:
    """All that proves what one looked at: where from, which bytes, when, and how it was checked."""
    return Sheet(
        what="Edition held",
        title=f"{held.list_id}, edition {of_day(held)}",
        facts=(
            held.format,
            counted(held.entries, "entry", "entries"),
            _ADMISSIONS[held.status].text,
        ),
        banners=(*held_banners((held,)), *_refusal(held)),
        sections=(
            Section(rows=tuple(_held_rows(held))),
            Section(
                title="Files",
                note="as they were received; size and hash are of the unpacked bytes",
                rows=tuple(Row("file", tuple(_file_lines(one))) for one in held.files),
            ),
            _checks(held),
        ),
    )


def _refusal(held: HeldEdition) -> tuple[str, ...]:
    if held.status is not EditionStatus.QUARANTINED:
        return ()
    return ("REFUSED · it answers for nothing until a person accepts it",)


def _held_rows(held: HeldEdition) -> Iterator[Row]:
    if by := " · ".join(text for text in (held.publisher, held.title) if text):
        yield Row("list", (line(by),))
    if held.published is not None:
        yield Row("date", (line(strong(str(held.published)), details(_date_words(held))),))
    else:
        yield Row("date", (line(mark("not stated"), muted(f"(it came on {held.day})")),))
    yield Row("sha256", (line(strong(held.sha256)), *_several(held)))
    yield Row("format", (line(held.format),))
    yield Row("came", tuple(_came(held)))
    if held.checked_at is not None:
        said = "the server said that this is its edition"
        yield Row("last asked", (line(moment_text(held.checked_at), muted(f"({said})")),))
    yield Row("status", tuple(_admission(held)))
    yield Row("lies in", (line(held.folder),))


def _date_words(held: HeldEdition) -> str | None:
    return f"stated by {_DATED_BY[held.dated_by]}" if held.dated_by else None


def _several(held: HeldEdition) -> tuple[Line, ...]:
    if len(held.files) < 2:
        return ()
    return (line(muted("of the hashes of its files, sorted, joined by line feeds")),)


def _came(held: HeldEdition) -> Iterator[Line]:
    if held.retrieved_at is not None:
        yield line("downloaded", moment_text(held.retrieved_at))
    word = "kept" if held.retrieved_at else "files that a person added, on"
    yield line(word, moment_text(held.added_at))


def _admission(held: HeldEdition) -> Iterator[Line]:
    failed = counted(len(held.failed), "check", "checks")
    if held.status is EditionStatus.VALID:
        passed = f"{counted(len(held.checks), 'check', 'checks')}, none failed"
        told = passed if held.checks else "no figure of it was looked at"
        yield line(_ADMISSIONS[held.status], details(told))
    elif held.status is EditionStatus.OVERRIDDEN:
        when = f"on {moment_text(held.overridden_at)}" if held.overridden_at else None
        yield line(_ADMISSIONS[held.status], when, details(f"it failed {failed}"))
        yield line("reason:", held.reason or mark("none given"), level=1)
    else:
        yield line(_ADMISSIONS[held.status], details(f"it failed {failed}"))
        call = f'sl.Archive().accept("{held.list_id}", "{held.sha256[:8]}", reason="…")'
        yield line("to accept it all the same:", call, level=1)


def _file_lines(one: HeldFile) -> Iterator[Line]:
    # Not as a label: those of a card are in capitals, and long ones are broken.
    size = f"· {one.size:,} bytes"
    yield line(strong(one.name), size, muted(f"· stored as {one.stored}"))
    yield line("sha256", one.sha256)
    if one.packed:
        yield line("came in", one.packed, muted("whose hash is"), f"sha256 {one.packed_sha256}")
    if one.published_hash:
        yield line("its publisher states", one.published_hash, muted("(it agreed)"))
    if one.url:
        yield line("asked for at", Span(one.url, href=one.url))
    if one.last_modified:
        yield line("the server's Last-Modified:", one.last_modified)
    if one.etag:
        yield line("the server's ETag:", one.etag)


def _checks(held: HeldEdition) -> Section:
    against = {one.against: None for one in held.checks if one.against}
    several = len(against) > 1
    columns = ("figure", "here", "before", "least", "most", "result")
    return Section(
        title="Checks",
        note=f"before: {', '.join(against)}" if len(against) == 1 else "",
        grid=Grid(
            (*columns, "before is") if several else columns,
            tuple(
                (*_check_cells(one), line(one.against or "—")) if several else _check_cells(one)
                for one in held.checks
            ),
            frozenset({1, 2, 3, 4}),
        ),
    )


def _check_cells(one: Check) -> tuple[Line, ...]:
    asked = one.least is not None or one.most is not None
    result = muted("nothing asked")
    if asked:
        result = Span("passed") if one.passed else mark("FAILED")
    figures = (one.value, one.before, one.least, one.most)
    return (line(one.name), *(line(_figure(one, each)) for each in figures), line(result))


def _figure(one: Check, figure: int | None) -> str:
    if figure is None:
        return "—"
    if one.name == "date":
        try:
            return str(date(figure // 10000, figure // 100 % 100, figure % 100))
        except ValueError:  # 0 stands for no date
            return str(figure)
    return f"{figure:,}"


# ── history ───────────────────────────────────────────────────────────────────────────────────


def history_sheet(history: HeldEditions, *, limit: int | None = SHOWN) -> Sheet:
    """The editions of a list, oldest first, and the one that `load` takes.

    Args:
        history: What `history` found.
        limit: How many editions are shown, the newest; None for all.
    """
    editions = history.editions
    refused = sum(one.status is EditionStatus.QUARANTINED for one in editions)
    partial = sum(not one.is_whole for one in editions)
    facts = (
        f"{counted(len(editions), 'edition', 'editions')} held",
        span_text(editions),
        f"{refused:,} refused" if refused else "",
        f"{partial:,} not whole" if partial else "",
    )
    hidden = 0 if limit is None else max(len(editions) - limit, 0)
    return Sheet(
        what="History",
        title=history.list_id,
        facts=tuple(one for one in facts if one),
        banners=(*_no_current(history), *_gone(history)),
        sections=(
            Section(rows=(*_current(history), *gap_rows(editions))),
            Section(
                title="Editions",
                note="what was kept, not what was published; gap: days from the one above to this",
                grid=_history_grid(history, hidden),
                after=f"… and {hidden:,} older in `editions`" if hidden else "",
            ),
            Section(after="" if editions else _NOTHING_HELD),
        ),
    )


_NOTHING_HELD = (
    "No edition of it is held: fetch one from its publisher, or add files that you have."
)


def _no_current(history: HeldEditions) -> tuple[str, ...]:
    if history.current is not None or not history.editions:
        return ()
    return ("NO CURRENT EDITION · none of those held is whole and was admitted",)


def _gone(history: HeldEditions) -> tuple[str, ...]:
    if not history.gone:
        return ()
    return (f"NO LONGER THERE, AND NOT PRUNED · {', '.join(history.gone)}",)


def _current(history: HeldEditions) -> tuple[Row, ...]:
    if history.current is None:
        return ()
    lines = [held_line(history.current)]
    if history.current.checked_at is not None:
        said = f"the server last said on {moment_text(history.current.checked_at)} that it has it"
        lines.append(line(muted(said)))
    return (Row("current", tuple(lines)),)


def _history_grid(history: HeldEditions, hidden: int) -> Grid:
    rows: list[tuple[Line, ...]] = []
    before: HeldEdition | None = None
    for one in history.editions:
        days = (one.day - before.day).days if before else None
        before = one
        after = "—" if days is None else f"{days:,}"
        rows.append(
            (
                line(strong(str(one.day))),
                line(mark(after) if days is not None and days > GAP else after),
                line(one.format),
                line(f"{one.entries:,}"),
                line(_size(sum(each.size for each in one.files))),
                line(*_state(one, history.current)),
                line(_DATED_BY_SHORT[one.dated_by] if one.dated_by and one.published else "nobody"),
                line(one.sha256[:8]),
                line(
                    "fetched" if one.retrieved_at else "added",
                    f"{(one.retrieved_at or one.added_at).date()}",
                ),
            )
        )
    return Grid(
        (
            *("day", "gap", "format", "entries", "size"),
            *("state", "day by", "sha256", "came"),
        ),
        tuple(rows[hidden:]),
        numeric=frozenset({1, 3, 4}),
        keys=frozenset({7}),
        first_to_go=(8, 4, 6, 1),
    )


def _state(one: HeldEdition, current: HeldEdition | None) -> Iterator[Span]:
    parts = scope_words(one)
    if one == current:
        yield strong("current")
    elif one.status is EditionStatus.VALID and not parts:
        yield Span("admitted")
    if one.status is not EditionStatus.VALID:
        yield mark("QUARANTINED" if one.status is EditionStatus.QUARANTINED else "overridden")
    yield from (mark(word) for word in parts)


# ── a download ────────────────────────────────────────────────────────────────────────────────


def fetched_sheet(fetched: Fetched) -> Sheet:
    """Which edition the server has, and whether it was new."""
    held = fetched.edition
    return Sheet(
        what="Fetched",
        title=f"{held.list_id}, edition {of_day(held)}",
        facts=(
            "new" if fetched.is_new else "unchanged",
            f"{fetched.received:,} bytes received",
            counted(held.entries, "entry", "entries"),
        ),
        banners=(*held_banners((held,)), *_refusal(held)),
        sections=(
            Section(
                rows=(
                    Row("server", (line(_server_words(fetched)),)),
                    *_held_rows(held),
                    *_notes(fetched.notes),
                )
            ),
        ),
    )


def _server_words(fetched: Fetched) -> str:
    if fetched.is_new:
        return "it has an edition that was not held before"
    if fetched.received:
        return "it sent the same bytes as the edition that is held"
    return "it said that nothing has changed since the edition that is held"


def _notes(notes: Sequence[str]) -> tuple[Row, ...]:
    return (Row("on the way", tuple(line(mark(one)) for one in notes)),) if notes else ()


# ── a check of the archive ────────────────────────────────────────────────────────────────────


def verification_sheet(verification: Verification, *, limit: int | None = SHOWN) -> Sheet:
    """What was hashed again, what is not as it was stored, and what to do about it.

    Args:
        verification: What `Archive.verify` found.
        limit: How many faults are shown; None for all.
    """
    faults = verification.faults
    looked = (
        f"{counted(verification.files, 'file', 'files')} of "
        f"{counted(len(verification.editions), 'edition', 'editions')} hashed"
    )
    hidden = 0 if limit is None else max(len(faults) - limit, 0)
    found = f"{len(faults):,} among {looked}" if faults else f"none among {looked}"
    told = line(mark(found) if faults else strong(found))
    return Sheet(
        what="Verification of an archive",
        title=verification.home,
        facts=(f"faults: {found}",),
        banners=(
            (f"FAULTS · {len(faults):,} found: something is not as it was stored",)
            if faults
            else ()
        ),
        sections=(
            Section(
                rows=(
                    Row("faults", (told,)),
                    Row("size", (line(f"{verification.size:,} bytes unpacked"),)),
                    Row("on disk", (line(_stored(verification)),)),
                )
            ),
            Section(
                title="Faults",
                rows=tuple(
                    Row(
                        f"{number:,}",
                        (
                            line(mark(one.what)),
                            line(muted("in"), one.path, level=1),
                            *_what_to_do(one.what_to_do),
                        ),
                    )
                    for number, one in enumerate(faults[: len(faults) - hidden], start=1)
                ),
                after=f"… and {hidden:,} more in `faults`" if hidden else "",
            ),
            Section(title="Looked at", grid=_looked_grid(verification)),
        ),
    )


def _what_to_do(text: str) -> tuple[Line, ...]:
    return (line(muted("what to do:"), text, level=1),) if text else ()


def _stored(verification: Verification) -> str:
    told = f"{verification.stored:,} bytes"
    if not verification.size:
        return told
    return f"{told}, {verification.stored / verification.size:.1%}".replace("%", " % of that")


def _looked_grid(verification: Verification) -> Grid:
    """A row for each format of each list: which editions of it were looked at."""
    groups: dict[tuple[str, str], list[HeldEdition]] = {}
    for one in verification.editions:
        groups.setdefault((one.list_id, one.format), []).append(one)
    rows = tuple(
        (
            line(list_id),
            line(form),
            line(f"{len(found):,}"),
            line(f"{sum(len(one.files) for one in found):,}"),
            line(str(min(one.day for one in found))),
            line(str(max(one.day for one in found))),
        )
        for (list_id, form), found in groups.items()
    )
    return Grid(
        ("list", "format", "editions", "files", "from", "to"),
        rows,
        numeric=frozenset({2, 3}),
    )
