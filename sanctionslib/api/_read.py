"""Files and samples as lists: `read`, `sample`, `template`."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Sequence
from datetime import date, datetime

import attrs

from sanctionslib import samples
from sanctionslib._log import Log
from sanctionslib.answers import IssueKind
from sanctionslib.errors import (
    FaultyEntriesWarning,
    Hint,
    InvalidInputError,
    ParseError,
    SanctionsWarning,
    UndatedEditionWarning,
)
from sanctionslib.model import Entity, PartialDate, Precision, Scope
from sanctionslib.parsers import (
    Given,
    InputFile,
    Options,
    Parsed,
    Progress,
    name_of,
    parse,
    sources_of,
)
from sanctionslib.query import SanctionsList, combine
from sanctionslib.reference import csl_lists

_LOG = Log("api")


def read(
    source: Given | Sequence[Given],
    *,
    list_id: str | None = None,
    published: date | str | None = None,
    partial: bool | None = False,
    strict: bool | None = False,
    keep_source: bool | None = False,
    repair: bool | None = False,
    progress: Progress | None = None,
) -> SanctionsList[Entity]:
    """Read an official file, or a file that this library wrote. Never uses the network.

    Args:
        source: A path, the bytes themselves, or a stream opened in binary mode; plain, gzip or
            zip. The format is recognised. An edition of several files (SDN.CSV, ADD.CSV …) is a
            folder, a zip, or a list of them.
        list_id: Which list it is, where the file does not say so (SDN.XML and CONSOLIDATED.XML
            look the same inside; their names tell them apart, bytes have none).
        published: The date of the edition, where the file states none. Without it the date of a
            file of such a format is unknown: `Edition.published` is None.
        partial: Also read a file that says that it is incomplete, or a set of files of which some
            are missing or belong to another day; the audit tells what is missing.
        strict: Raise at any fault of any entry, instead of reporting it in `audit.issues`.
        keep_source: Keep the source of each entity as `Entity.source`, and count what became of every
            value in `audit.paths`.
        repair: Also read a file in UTF-8 that is no XML by these faults alone: a bare "&", characters
            that XML forbids (read as U+FFFD), bytes that are not UTF-8 (read as cp1252). Each repair
            is in `audit.issues`, and `Edition.repairs` counts them.
        progress: Called with the bytes done and the bytes in all, while reading.

    Returns:
        All entities of the file, or an exception; never a part of them in silence. Faults of
        single entries are in `audit.issues`, and a `FaultyEntriesWarning` says that there are some.
        An `UndatedEditionWarning` says that nobody knows of which day the file is.

    Raises:
        UnreadableError: The file is missing, a folder without files, or may not be read.
        UnknownFormatError: No parser knows it; a web page in place of a list, for one.
        TruncatedError: It is empty or cut.
        IncompleteEditionError: It holds fewer or more entries than it declares, or files of the
            edition are missing or do not belong together.
        StructureChangedError: It is not built as its format is: where that states a date, it
            has none.
        ParseError: It is otherwise damaged; with `strict`, an entry is at fault.
        InvalidInputError: An argument makes no sense for this file.

    >>> import sanctionslib as sl
    >>> sl.read(b"<html><body>Access denied</body></html>")
    Traceback (most recent call last):
        ...
    sanctionslib.errors.UnknownFormatError: this is a web page (HTML), not a list: ...
    """
    # Callers without a type checker give a number, and the message of the error would not print.
    if list_id is not None and not isinstance(list_id, str):
        raise InvalidInputError(f"list_id={list_id!r} is no text", hint="write it in quotes")
    sources = sources_of(source)
    options = Options(
        list_id=list_id,
        published=as_day(published, "published"),
        partial=bool(partial),
        keep_source=bool(keep_source),
        repair=bool(repair),
        progress=progress,
    )
    parsed = parse(sources, options)
    for each in warnings_of(parsed, name_of(sources), strict=bool(strict)):
        warnings.warn(each, stacklevel=2)
    return list_of(parsed)


def list_of(parsed: Parsed) -> SanctionsList[Entity]:
    """What was parsed as a list."""
    return SanctionsList.of_editions(parsed.entities, parsed.editions, parsed.audit)


def warnings_of(
    parsed: Parsed, name: str, *, strict: bool, ignored: Collection[IssueKind] = ()
) -> list[SanctionsWarning]:
    """The warnings about entries at fault, but for `ignored` faults, and about an unknown date.

    Raises:
        ParseError: With `strict`, an entry is at fault.
    """
    found: list[SanctionsWarning] = []
    for one in parsed.editions:
        if one.missing:
            _LOG.warning(one.list_id, "incomplete: %s", one.label)
    issues = parsed.audit.issues
    if strict and issues:
        raise ParseError(
            issues[0].message,
            where=issues[0].where,
            hints=(
                Hint(f"faults found: {len(issues):,}"),
                Hint("without {} the audit lists them", "strict"),
            ),
        )
    issues = tuple(one for one in issues if one.kind not in ignored)
    if issues:
        found.append(
            FaultyEntriesWarning(
                f"{name}: faults found: {len(issues):,} (the audit has all); the first: {issues[0]}"
            )
        )
    # A list of one's own is of the day that its owner says, or of none.
    undated = [one for one in parsed.editions if one.publisher and one.published is None]
    if undated:
        which = ", ".join(one.list_id for one in undated)
        found.append(
            UndatedEditionWarning(
                f"{name}: date unknown: nothing says of which day this edition of {which} is",
                (Hint("if you know it, say {} when you read the file", "published", "YYYY-MM-DD"),),
            )
        )
    return found


def sample(
    day: date | str | None = "2021-12-10", *, keep_source: bool | None = False
) -> SanctionsList[Entity]:
    """The bundled sample: who was listed on 10 December 2021, in the official formats.

    Six small lists as one collection: four of the United States, one each of the United Kingdom and
    Canada, with those that were listed on that day and a few from before. With the day before, `diff`
    has something to find. For learning and tests: a sample is not the list, and says so wherever it
    is shown.

    Args:
        day: "2021-12-10", or "2021-12-09" for the day before.
        keep_source: Keep the source of each entity, as `read` does.

    Raises:
        NotFoundError: There is no sample of that day.

    >>> import sanctionslib as sl
    >>> sl.sample()["33951"]
    <Organization us_ofac_sdn:33951 'RAPID ACTION BATTALION' GLOMAG (sample)>
    >>> print(sl.sample()["33951"].listed_since)
    2021-12-10
    """
    if day is None:
        return sample(keep_source=keep_source)
    text = day if isinstance(day, str) else day.isoformat()
    return combine(
        *(_sample(text, list_id, bool(keep_source)) for list_id in samples.sample_names(text))
    )


def _sample(day: str, list_id: str, keep_source: bool) -> SanctionsList[Entity]:
    name = samples.sample_name(day, list_id=list_id)
    source = InputFile(samples.open_sample(day, list_id=list_id), name=name)
    # Of trade.gov's CSV alone no place can say that it is a sample, and it is less than its list.
    bare = list_id == "us_trade_csl"
    # For the formats that state no date; those that do state this one.
    published = date.fromisoformat(day)
    parsed = parse((source,), Options(published=published, partial=bare, keep_source=keep_source))
    (edition,) = parsed.editions
    edition = attrs.evolve(edition, scope=Scope.SAMPLE, filter=None, missing=())
    if bare:  # and of no list in it can be said that it holds nobody
        names = tuple(one.named.name for one in csl_lists())
        edition = attrs.evolve(edition, lists=names)
    entities = tuple(attrs.evolve(one, edition=edition) for one in parsed.entities)
    issues = () if bare else parsed.audit.issues
    audit = attrs.evolve(parsed.audit, editions=(edition,), issues=issues)
    return SanctionsList.of_editions(entities, (edition,), audit)


def template() -> str:
    """The CSV template for a list of your own: a header, and a row that shows how it is filled.

    `read("watch.csv", list_id="my_watch")` reads what was filled in; delete the example first.

    >>> import sanctionslib as sl
    >>> header, example = sl.template().splitlines()
    >>> header.split(",")[:4]
    ['id', 'name', 'kind', 'aliases']
    >>> example.split(",")[1]
    'EXAMPLE TRADING LLC'
    """
    from sanctionslib.parsers.own.csv import template_text

    return template_text()


def as_day(value: date | str | None, name: str) -> date | None:
    """The day that an argument of this name gives, as a date or as "2021-12-10"; None for None.

    Raises:
        InvalidInputError: It is no day.
    """
    if isinstance(value, datetime):
        raise InvalidInputError(
            f"{name} is a date and has no time of day", hint="give a date: when.date()"
        )
    if value is None or isinstance(value, date):
        return value
    # Callers without a type checker give numbers too: published=20211210.
    parsed = PartialDate.parse(value) if isinstance(value, str) else None
    if parsed is None or parsed.precision is not Precision.DAY:
        raise InvalidInputError(
            f"{name}={value!r} is not a day", argument=name, hint="write it as '2021-12-10'"
        )
    return parsed.earliest
