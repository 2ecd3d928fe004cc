"""What the archive and the catalog answer, as sheets: editions, checks, lists.

Each says what was looked at. None says that all is well: an edition that passed its checks is one
that passed its checks.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime

from sanctionslib import answers
from sanctionslib.answers import EditionStatus
from sanctionslib.catalog import Catalog, FormatInfo, Limits, ListInfo
from sanctionslib.display._values import banners, country_text, details, edition_line
from sanctionslib.display.sheet import (
    Cell,
    Columns,
    Line,
    Piece,
    Row,
    Section,
    Sheet,
    Span,
    counted,
    flag,
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
    table,
)
from sanctionslib.model import Country, IdStability, Scope

GAP = 14
"""Days without an edition that are shown as a gap: official lists rarely rest for longer."""

_DATED_BY = {"file": "the file", "caller": "the person who added it", "http": "the server"}
_DATED_BY_SHORT = {"file": "file", "caller": "person", "http": "server"}
_STATUS = {
    EditionStatus.VALID: strong("valid"),
    EditionStatus.OVERRIDDEN: mark("overridden"),
    EditionStatus.QUARANTINED: mark("QUARANTINED"),
}


# ── words ─────────────────────────────────────────────────────────────────────────────────────────


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _size(number: int) -> str:
    """A size in the unit in which it has one to three digits."""
    size, unit = float(number), "B"
    for larger in ("kB", "MB", "GB"):
        if size < 999.5:
            break
        size, unit = size / 1000, larger
    is_whole = unit == "B" or size >= 99.95
    return f"{size:.0f} {unit}" if is_whole else f"{size:.1f} {unit}"


def of_day(held: answers.HeldEdition) -> str:
    """Which day an edition is of, after "the edition".

    One without a date is named by the day on which it was received: that is no date of its
    publisher.
    """
    if held.published is not None:
        return f"of {held.published}"
    return f"without a date, received on {held.day}"


def span_text(editions: Sequence[answers.HeldEdition]) -> str:
    """From which day to which: "2021-08-18 to 2021-12-10"; "" of none."""
    if not editions:
        return ""
    first, last = editions[0].day, editions[-1].day
    return str(first) if first == last else f"{first} to {last}"


def _longest_gap(editions: Sequence[answers.HeldEdition]) -> tuple[int, date, date, int] | None:
    """The longest time without an edition, where it is longer than `GAP`, and of how many such."""
    pairs = itertools.pairwise(one.day for one in editions)
    gaps = [((after - before).days, before, after) for before, after in pairs]
    gaps = [one for one in gaps if one[0] > GAP]
    return (*max(gaps), len(gaps)) if gaps else None


def gap_row(editions: Sequence[answers.HeldEdition]) -> Row | None:
    """The longest time without an edition, where it is longer than `GAP`."""
    found = _longest_gap(editions)
    if found is None:
        return None
    days, before, after, many = found
    others = f"one of {many:,} of more than {GAP} days" if many > 1 else None
    told = mark(counted(days, "day"))
    return row("longest gap", line(told, f"from {before} to {after}", details(others)))


def _gap_words(editions: Sequence[answers.HeldEdition]) -> str:
    found = _longest_gap(editions)
    return f"longest gap {counted(found[0], 'day')}, {found[1]} to {found[2]}" if found else ""


# ── one edition ───────────────────────────────────────────────────────────────────────────────────


def held_sheet(held: answers.HeldEdition) -> Sheet:
    """What identifies an edition: its files, hashes, dates, and how it was checked."""
    return page(
        "Edition held",
        f"{held.list_id}, edition {of_day(held)}",
        section(*_short_rows(held)),
        section(*_held_rows(held), title="Receipt", is_detail=True),
        section(
            *(row("file", *_file_lines(one)) for one in held.files),
            title="Files",
            note="as they were received; size and hash are of the unpacked bytes",
            is_detail=True,
        ),
        _checks("Failed checks", held.failed, is_detail=False),
        _checks("Checks", held.checks, is_detail=True),
        facts=(held.format, counted(held.entries, "entry"), _STATUS[held.status].text),
        banners=_held_banners(held),
    )


def _held_banners(held: answers.HeldEdition) -> tuple[str, ...]:
    quarantined = held.status is EditionStatus.QUARANTINED
    told = "QUARANTINED · it is not used until a person accepts it"
    return (*banners((held,)), *((told,) if quarantined else ()))


def _short_rows(held: answers.HeldEdition) -> tuple[Row | None, ...]:
    """What identifies an edition, and whether it may be used."""
    by = details(f"stated by {_DATED_BY[held.dated_by]}" if held.dated_by else None)
    dated, undated = strong(str(held.published)), muted(f"(received on {held.day})")
    return (
        row("date", line(dated, by) if held.published else line(mark("not stated"), undated)),
        row("sha256", strong(held.sha256)),
        row("status", *_status(held)),
    )


def _held_rows(held: answers.HeldEdition) -> tuple[Row | None, ...]:
    """Where an edition comes from and where it is stored."""
    several = "of the hashes of its files, sorted, joined by line feeds"
    added = "stored" if held.retrieved_at else "added by a person on"
    checked = muted("(the server said that this is its edition)")
    return (
        row("list", joined(held.publisher, held.title)),
        row("sha256", several if len(held.files) > 1 else None),
        row("format", held.format),
        row(
            "received",
            f"downloaded {_moment(held.retrieved_at)}" if held.retrieved_at else None,
            f"{added} {_moment(held.added_at)}",
        ),
        row("last checked", line(_moment(held.checked_at), checked) if held.checked_at else None),
        row("folder", held.folder),
    )


def _status(held: answers.HeldEdition) -> Iterator[Line]:
    status, checks = _STATUS[held.status], counted(len(held.checks), "check")
    failed = f"it failed {counted(len(held.failed), 'check')}"
    if held.status is EditionStatus.VALID:
        passed = f"{checks}, none failed" if held.checks else "no figure of it was looked at"
        yield line(status, details(passed))
    elif held.status is EditionStatus.OVERRIDDEN:
        when = f"by a person on {_moment(held.overridden_at)}" if held.overridden_at else None
        yield line(status, when, details(failed))
        yield line("reason:", held.reason or mark("none given"), level=1)
    else:
        yield line(status, details(failed))
        call = f'sl.Archive().accept("{held.list_id}", "{held.sha256[:8]}", reason="…")'
        yield line("to accept it all the same:", call, level=1)


def _file_lines(one: answers.HeldFile) -> Iterator[Line]:
    yield line(strong(one.name), f"· {one.size:,} bytes", muted(f"· stored as {one.stored}"))
    yield line("sha256", one.sha256)
    if one.packed:
        yield line("packed in", one.packed, muted("whose hash is"), f"sha256 {one.packed_sha256}")
    if one.published_hash:
        yield line("its publisher states", one.published_hash, muted("(it agreed)"))
    if one.url:
        yield line("downloaded from", Span(one.url, href=one.url))
    if one.last_modified:
        yield line("the server's Last-Modified:", one.last_modified)
    if one.etag:
        yield line("the server's ETag:", one.etag)


def _checks(title: str, checks: Sequence[answers.Check], *, is_detail: bool) -> Section:
    against = list(dict.fromkeys(one.against for one in checks if one.against))

    def result(one: answers.Check) -> Span:
        if one.least is None and one.most is None:
            return muted("no limit")
        return Span("passed") if one.passed else mark("FAILED")

    cells: dict[str, Callable[[answers.Check], Cell]] = {
        "figure": lambda one: one.name,
        "here": lambda one: _figure(one, one.value),
        "before": lambda one: _figure(one, one.before),
        "least": lambda one: _figure(one, one.least),
        "most": lambda one: _figure(one, one.most),
        "result": result,
    }
    if len(against) > 1:
        cells["before is"] = lambda one: one.against
    note = f"before: {against[0]}" if len(against) == 1 else ""
    columns = Columns(cells, numeric=("here", "before", "least", "most"))
    return listing(title, checks, columns, note=note, is_detail=is_detail)


def _figure(one: answers.Check, figure: int | None) -> str | None:
    if figure is None:
        return None
    if one.name == "date":
        try:
            return str(date(figure // 10000, figure // 100 % 100, figure % 100))
        except ValueError:  # 0 stands for no date
            return str(figure)
    return f"{figure:,}"


# ── the editions of a list ────────────────────────────────────────────────────────────────────────


def history_sheet(history: answers.HeldEditions, limit: int | None) -> Sheet:
    """The editions of a list, the newest `limit` of them, and the one that `load` takes."""
    editions, current = history.editions, history.current
    quarantined = sum(one.status is EditionStatus.QUARANTINED for one in editions)
    partial = sum(not one.is_whole for one in editions)
    hidden = 0 if limit is None else max(len(editions) - limit, 0)
    checked = current.checked_at if current is not None else None
    last = f"the server last said on {_moment(checked)} that it has it" if checked else ""
    nothing = "No edition of it is held: fetch one from its publisher, or add files that you have."
    no_current = "NO CURRENT EDITION · none of those held is whole and valid"
    gone = f"NO LONGER THERE, AND NOT PRUNED · {', '.join(history.gone)}"
    pairs = itertools.islice(itertools.pairwise((None, *editions)), hidden, None)
    return page(
        "Editions",
        history.list_id,
        section(
            table=table(
                _HEADS,
                (_edition_cells(one, before, current) for before, one in pairs if one),
                numeric=("gap", "entries", "size"),
                keys=("day", "sha256"),
                optional=("received", "size", "day by", "gap"),
            ),
            after=f"… and {hidden:,} older in `editions`" if hidden else "",
        ),
        section(after="" if editions else nothing),
        section(
            row("current", edition_line(current), muted(last)) if current else None,
            gap_row(editions),
            title="Current edition",
            is_detail=True,
        ),
        facts=(
            f"{counted(len(editions), 'edition')} held",
            span_text(editions),
            f"{quarantined:,} quarantined" if quarantined else "",
            f"{partial:,} not whole" if partial else "",
        ),
        source=joined(f"current: {current.label}" if current else "", _gap_words(editions)),
        footer="What was kept, not what was published." if editions else "",
        banners=(no_current if editions and current is None else "", gone if history.gone else ""),
    )


_HEADS = ("day", "gap", "format", "entries", "size", "state", "day by", "sha256", "received")


def _edition_cells(
    one: answers.HeldEdition,
    before: answers.HeldEdition | None,
    current: answers.HeldEdition | None,
) -> tuple[Cell, ...]:
    days = (one.day - before.day).days if before else None
    gap = None if days is None else f"{days:,}"
    came = one.retrieved_at or one.added_at
    return (
        strong(str(one.day)),
        mark(gap) if gap and days and days > GAP else gap,
        one.format,
        one.entries,
        _size(sum(each.size for each in one.files)),
        line(*_state(one, current)),
        _DATED_BY_SHORT[one.dated_by] if one.dated_by and one.published else "nobody",
        one.sha256[:8],
        f"{'fetched' if one.retrieved_at else 'added'} {came.date()}",
    )


def _state(one: answers.HeldEdition, current: answers.HeldEdition | None) -> Iterator[Span]:
    is_valid = one.status is EditionStatus.VALID
    if one == current:
        yield strong("current")
    elif is_valid and one.is_whole:
        yield Span("valid")
    if not is_valid:
        yield _STATUS[one.status]
    if one.scope is not Scope.WHOLE:
        yield mark("SAMPLE" if one.scope is Scope.SAMPLE else "PART")
    if one.missing:
        yield mark("INCOMPLETE")


# ── a download, and a check of the archive ────────────────────────────────────────────────────────


def fetched_sheet(fetched: answers.Fetched) -> Sheet:
    """Which edition the server has, and whether it was new."""
    held = fetched.edition
    if fetched.is_new:
        said = "it has an edition that was not held before"
    elif fetched.received:
        said = "it sent the same bytes as the edition that is held"
    else:
        said = "it said that nothing has changed since the edition that is held"
    return page(
        "Fetched",
        f"{held.list_id}, edition {of_day(held)}",
        section(row("server", said), *_short_rows(held), row("notes", *map(mark, fetched.notes))),
        section(*_held_rows(held), title="Receipt", is_detail=True),
        facts=(
            "new" if fetched.is_new else "unchanged",
            f"{fetched.received:,} bytes received",
            counted(held.entries, "entry"),
        ),
        banners=_held_banners(held),
    )


_VERIFIED = Columns[Sequence[answers.HeldEdition]](
    {
        "list": lambda held: held[0].list_id,
        "format": lambda held: held[0].format,
        "editions": len,
        "files": lambda held: sum(len(one.files) for one in held),
        "from": lambda held: str(min(one.day for one in held)),
        "to": lambda held: str(max(one.day for one in held)),
    },
    numeric=("editions", "files"),
)


def verification_sheet(verification: answers.Verification, limit: int | None) -> Sheet:
    """What was hashed again, the first `limit` faults, and what to do about them."""
    faults, size, stored = verification.faults, verification.size, verification.stored
    hashed = (
        f"{counted(verification.files, 'file')} of {counted(len(verification.editions), 'edition')}"
    )
    found = f"{f'{len(faults):,}' if faults else 'none'} among {hashed} hashed"
    share = f", {stored / size * 100:.1f} % of that" if size else ""
    groups: dict[tuple[str, str], Sequence[answers.HeldEdition]] = {}
    for one in verification.editions:
        key = one.list_id, one.format
        groups[key] = (*groups.get(key, ()), one)
    return page(
        "Verification of an archive",
        verification.home,
        section(
            *(
                row(
                    f"{number:,}",
                    mark(one.what),
                    line(muted("in"), one.path, level=1),
                    line(muted("what to do:"), one.what_to_do, level=1) if one.what_to_do else None,
                )
                for number, one in enumerate(faults[:limit], start=1)
            ),
            after=remaining(len(faults), limit, "more in `faults`"),
        ),
        listing("Looked at", list(groups.values()), _VERIFIED, is_detail=True),
        facts=(f"faults: {found}",),
        source=f"{size:,} bytes unpacked · {stored:,} bytes on disk{share}",
        banners=(
            f"FAULTS · {len(faults):,} found: something is not as it was stored" if faults else "",
        ),
    )


# ── official lists ────────────────────────────────────────────────────────────────────────────────

_STABILITY = {
    IdStability.STABLE: "kept by the publisher from one edition to the next",
    IdStability.EDITION: "some change with the content of their entry",
    IdStability.BUILT: "built by this library: the source has none that last",
}


def list_info_sheet(info: ListInfo) -> Sheet:
    """One list: who publishes it, on what terms, in which formats, at which addresses."""
    space = line("those of", strong(info.id_space)) if info.id_space else None
    yours = line(mark("a catalog of yours:"), info.added_by) if info.added_by else None

    def read(one: FormatInfo) -> Span:
        if not one.is_readable:
            return mark("not yet")
        return strong("preferred") if one == info.preferred else Span("yes")

    return page(
        "Official list",
        info.title,
        section(
            row("country", country_text(Country(code=info.country)) if info.country else None),
            row("homepage", Span(info.homepage, href=info.homepage)),
            row("published", info.rhythm),
            row("terms", info.licence or muted("not known")),
            row("ids", space, _STABILITY[info.id_stability]),
            row("note", info.note),
            row("stated by", yours),
        ),
        listing(
            "Formats",
            info.formats,
            Columns[FormatInfo](
                {
                    "format": lambda one: one.name,
                    "read": read,
                    "files": lambda one: ", ".join(each.name for each in one.files),
                    "note": lambda one: one.note,
                }
            ),
            note="the preferred one first",
        ),
        section(*_addresses(info), title="Addresses", is_detail=True),
        section(row("quarantined if", *_limits(info.limits)), title="Checks", is_detail=True),
        facts=(info.list_id, info.publisher),
    )


def _limits(limits: Limits) -> Iterator[str]:
    yield f"it has fewer than {counted(limits.least, 'entry')}"
    yield f"more than {limits.entries * 100:g} % of all entries are gone at once"
    yield (
        f"more than {limits.group * 100:g} % of a kind, of a named list, or of the entries with a "
        f"field are gone at once, where there were {limits.small:,} or more"
    )
    if limits.group < 1:
        yield "any of these that had five or more is gone altogether"


def _addresses(info: ListInfo) -> Iterator[Row | None]:
    """Where each file can be had; several addresses of one are tried one after the other."""
    nowhere = (muted("no address: add files that you have"),)
    for one in itertools.chain.from_iterable(form.files for form in info.formats):
        urls = tuple(Span(url, href=url) for url in one.urls)
        yield row("file", strong(one.name), *(urls or nowhere))
    hashes = dict.fromkeys(form.hashes for form in info.formats if form.hashes)
    yield row("hashes stated at", *(Span(url, href=url) for url in hashes))


def _form(info: ListInfo) -> Piece:
    if info.preferred is not None:
        return info.preferred.name
    return mark("no address: files that you have" if info.is_readable else "not read yet")


_LISTS = Columns[ListInfo](
    {
        "list": lambda one: one.list_id,
        "title": lambda one: line(strong(one.title), flag("yours") if one.added_by else None),
        "publisher": lambda one: one.publisher,
        "preferred format": _form,
    },
    keys=("list",),
    optional=("publisher",),
)
_TERMS = Columns[ListInfo](
    {
        "list": lambda one: one.list_id,
        "published": lambda one: one.rhythm or "not known",
        "terms": lambda one: one.licence or "not known",
    },
    keys=("list",),
)


def lists_sheet(catalog: Catalog) -> Sheet:
    """All lists that are known: what can be read of them, how often they come, on what terms."""
    return page(
        "Official lists",
        counted(len(catalog), "list"),
        listing("", catalog.lists, _LISTS),
        listing("Rhythm and terms", catalog.lists, _TERMS, note="as far as known", is_detail=True),
        facts=(f"{sum(one.is_readable for one in catalog):,} can be read",),
    )
