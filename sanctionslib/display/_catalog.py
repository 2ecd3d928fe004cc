"""What is known of official lists as sheets: one list, and all of them as a table."""

from __future__ import annotations

from collections.abc import Iterator

from sanctionslib.catalog import Catalog, FormatInfo, ListInfo
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
from sanctionslib.display._words import counted, country_text
from sanctionslib.model import Country, IdStability

__all__ = ["list_info_sheet", "lists_sheet"]

_STABILITY = {
    IdStability.STABLE: "kept by the publisher from one edition to the next",
    IdStability.EDITION: "some change with the content of their entry",
    IdStability.BUILT: "built by this library: the source has none that last",
}


def list_info_sheet(info: ListInfo) -> Sheet:
    """One list: who publishes it, on what terms, in which formats, at which addresses."""
    return Sheet(
        what="Official list",
        title=info.title,
        facts=tuple(one for one in (info.list_id, info.publisher) if one),
        sections=(
            Section(rows=tuple(_rows(info))),
            Section(
                title="Formats",
                note="the preferred one first",
                grid=Grid(
                    ("format", "read", "files", "what is worth knowing"),
                    tuple(_format_cells(one, info) for one in info.formats),
                ),
            ),
            Section(title="Addresses", rows=tuple(_addresses(info))),
        ),
    )


def _rows(info: ListInfo) -> Iterator[Row]:
    if info.country:
        yield Row("country", (line(country_text(Country(code=info.country))),))
    if info.homepage:
        yield Row("homepage", (line(Span(info.homepage, href=info.homepage)),))
    if info.rhythm:
        yield Row("rhythm", (line(info.rhythm),))
    yield Row("terms", (line(info.licence or muted("not known")),))
    space = (line("those of", strong(info.id_space)),) if info.id_space else ()
    yield Row("ids", (*space, line(_STABILITY[info.id_stability])))
    yield Row("refused where", tuple(_limits(info)))
    if info.note:
        yield Row("note", (line(info.note),))
    if info.added_by:
        yield Row("said by", (line(mark("a catalog of yours:"), info.added_by),))


def _limits(info: ListInfo) -> Iterator[Line]:
    limits = info.limits
    yield line(f"it has fewer than {counted(limits.least, 'entry', 'entries')}")
    yield line(f"more than {_percent(limits.entries)} of all entries are gone at once")
    yield line(
        f"more than {_percent(limits.group)} of a kind, of a named list, or of the entries with a "
        f"field are gone at once, where there were {limits.small:,} or more"
    )
    if limits.group < 1:
        yield line("any of these that had five or more is gone altogether")


def _percent(share: float) -> str:
    return f"{share * 100:g} %"


def _format_cells(one: FormatInfo, info: ListInfo) -> tuple[Line, ...]:
    if not one.is_readable:
        read = line(mark("not yet"))
    elif one == info.preferred:
        read = line(strong("preferred"))
    else:
        read = line("yes")
    names = ", ".join(each.name for each in one.files)
    return (line(one.name), read, line(names or "—"), line(one.note or "—"))


def _addresses(info: ListInfo) -> Iterator[Row]:
    """Where each file can be had; several addresses of one are tried one after the other."""
    for form in info.formats:
        for one in form.files:
            lines = tuple(line(Span(url, href=url)) for url in one.urls)
            none = (line(muted("no address: add files that you have")),)
            yield Row("file", (line(strong(one.name)), *(lines or none)))
    if hashes := dict.fromkeys(form.hashes for form in info.formats if form.hashes):
        yield Row("hashes stated at", tuple(line(Span(url, href=url)) for url in hashes))


def lists_sheet(catalog: Catalog) -> Sheet:
    """All lists that are known: what can be read of them, how often they come, on what terms."""
    read = sum(one.is_readable for one in catalog)
    return Sheet(
        what="Official lists",
        title=counted(len(catalog), "list", "lists"),
        facts=(f"{read:,} can be read",),
        sections=(
            Section(
                grid=Grid(
                    ("list", "title", "publisher", "preferred format"),
                    tuple(_cells(one) for one in catalog),
                    keys=frozenset({0}),
                    first_to_go=(2,),
                ),
            ),
            Section(
                title="Rhythm and terms",
                note="as far as known",
                grid=Grid(
                    ("list", "published", "terms"),
                    tuple(
                        (
                            line(one.list_id),
                            line(one.rhythm or "not known"),
                            line(one.licence or "not known"),
                        )
                        for one in catalog
                    ),
                    keys=frozenset({0}),
                ),
            ),
        ),
    )


def _cells(info: ListInfo) -> tuple[Line, ...]:
    if info.preferred is not None:
        form = line(info.preferred.name)
    elif info.is_readable:
        form = line(mark("no address: files that you have"))
    else:
        form = line(mark("not read yet"))
    yours = mark("[yours]") if info.added_by else None
    return (line(info.list_id), line(strong(info.title), yours), line(info.publisher or "—"), form)
