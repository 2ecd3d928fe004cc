"""A small archive as its answers show it: editions of a watch list, kept by hand and by download."""

from __future__ import annotations

from datetime import UTC, date, datetime

import attrs

import sanctionslib as sl
from sanctionslib import answers
from sanctionslib.catalog import FileInfo, FormatInfo, Limits, ListInfo
from sanctionslib.model import IdStability


def held(day: date | None, **given: object) -> answers.HeldEdition:
    """An edition of the watch list of 6 entries that a person added, but for what is given."""
    sha = f"{(day or date(1, 1, 1)).toordinal():08x}" * 8
    blank = answers.HeldEdition(
        list_id="watch",
        format="own-csv",
        sha256=sha,
        folder=f"watch/own-csv/{day or 'undated'}-{sha[:8]}",
        publisher="Harbour desk",
        title="Watch list",
        published=day,
        dated_by="caller" if day else None,
        added_at=datetime(2021, 12, 12, 8, 30, tzinfo=UTC),
        entries=6,
        files=(
            answers.HeldFile(name="WATCH.CSV", stored="WATCH.CSV.gz", size=4_236_591, sha256=sha),
        ),
        checks=(
            answers.Check(name="entries", value=6, least=1),
            answers.Check(name="kind person", value=4),
        ),
    )
    return attrs.evolve(blank, **given)


AUGUST = held(date(2021, 8, 18))
NINTH = held(date(2021, 12, 9))
TENTH = held(
    date(2021, 12, 10),
    entries=7,
    checks=(
        answers.Check(name="entries", value=7, before=6, least=6, against="2021-12-09-000b4b19"),
        answers.Check(name="kind person", value=4, before=4, against="2021-12-09-000b4b19"),
        answers.Check(
            name="date",
            value=20211210,
            before=20211209,
            least=20211209,
            most=20211213,
            against="2021-12-09-000b4b19",
        ),
    ),
)
XML = held(
    date(2021, 12, 11),
    format="own-xml",
    dated_by="http",
    retrieved_at=datetime(2021, 12, 11, 9, 15, tzinfo=UTC),
    checked_at=datetime(2021, 12, 12, 6, tzinfo=UTC),
    files=(
        answers.HeldFile(
            name="WATCH.XML",
            stored="WATCH.XML.gz",
            size=812,
            sha256="ab" * 32,
            packed="WATCH.ZIP",
            packed_sha256="cd" * 32,
            url="https://example.org/WATCH.ZIP",
            etag='"5e1f"',
            last_modified="Sat, 11 Dec 2021 07:00:00 GMT",
            published_hash=f"sha256:{'cd' * 32}",
        ),
        answers.HeldFile(name="MORE.XML", stored="MORE.XML.gz", size=90, sha256="ef" * 32),
    ),
)
CUT = held(
    date(2021, 12, 12),
    entries=3,
    status=answers.EditionStatus.QUARANTINED,
    checks=(
        answers.Check(name="entries", value=3, before=7, least=7, against="2021-12-10"),
        answers.Check(name="kind person", value=0, before=4, least=4, against="2021-12-08"),
        answers.Check(name="date", value=0),
    ),
)
PART = held(date(2021, 12, 8), missing=("MORE.CSV",), entries=5)
OVERRIDDEN = attrs.evolve(
    CUT,
    status=answers.EditionStatus.OVERRIDDEN,
    reason="the harbour order was lifted, the gazette of the day says so",
    overridden_at=datetime(2021, 12, 13, 7, tzinfo=UTC),
)
UNDATED = held(None)

HISTORY = answers.HeldEditions(
    list_id="watch", editions=(AUGUST, PART, NINTH, TENTH, XML, CUT), current=XML
)
FETCHED = answers.Fetched(
    edition=XML, is_new=True, received=902, notes=("the first attempt ended after 100 bytes",)
)

WITHOUT_DATES = sl.Edition(
    list_id="watch",
    format="own-csv",
    published=date(2021, 12, 9),
    supported_facts=frozenset({sl.Fact.KIND}),
    alternative_sources=((sl.Fact.LISTING_DATE, "the XML of the harbour desk"),),
)
FIRM = sl.Organization(
    id="watch:2", names=(sl.Name(text="EXAMPLE SHIPPING LLC"),), edition=WITHOUT_DATES
)
TOLD = attrs.evolve(
    FIRM,
    names=(
        *FIRM.names,
        sl.Name(text="EXAMPLE LINE", kind=sl.NameKind.AKA, strength=sl.AliasStrength.WEAK),
    ),
    remarks="Owns the EXAMPLE STAR.",
)
LISTED = attrs.evolve(
    TOLD,
    edition=sl.Edition(list_id="watch", format="own-xml", published=date(2021, 12, 11)),
    designations=(
        sl.Designation(
            listings=(
                sl.Listing(
                    list_name="Night List",
                    events=(
                        sl.Event(
                            kind=sl.EventKind.LISTED, date=sl.PartialDate.day(date(2019, 3, 1))
                        ),
                    ),
                ),
            ),
        ),
    ),
)

FIRST = answers.TimelineEvent(kind=answers.TimelineEventKind.FIRST, edition=AUGUST, entity=FIRM)
ADDED = answers.TimelineEvent(
    kind=answers.TimelineEventKind.ADDED, edition=NINTH, previous=AUGUST, entity=FIRM
)
AMENDED = answers.TimelineEvent(
    kind=answers.TimelineEventKind.AMENDED,
    edition=TENTH,
    previous=NINTH,
    changes=(
        answers.Change(field="names", after=TOLD.names[1]),
        answers.Change(field="remarks", before="Owns a ship.", after="Owns the EXAMPLE STAR."),
    ),
    entity=TOLD,
)
FORMAT_CHANGED = answers.TimelineEvent(
    kind=answers.TimelineEventKind.FORMAT_CHANGED,
    edition=XML,
    previous=TENTH,
    entity=LISTED,
    note="the format is own-csv before and own-xml after",
)
REMOVED = answers.TimelineEvent(
    kind=answers.TimelineEventKind.REMOVED,
    edition=TENTH,
    previous=NINTH,
    is_present=False,
    entity=FIRM,
)

TIMELINE = answers.Timeline(
    id="watch:2",
    name="EXAMPLE SHIPPING LLC",
    events=(ADDED, AMENDED, FORMAT_CHANGED),
    editions=(AUGUST, NINTH, TENTH, XML),
    skipped=(PART, CUT),
)

_NOT_COMPARED = attrs.evolve(FORMAT_CHANGED, is_present=False, edition=CUT, note="one is cut")
EVENTS = (
    FIRST,
    attrs.evolve(FIRST, edition=TENTH),
    ADDED,
    attrs.evolve(ADDED, edition=TENTH, previous=NINTH),
    attrs.evolve(ADDED, previous=None),
    attrs.evolve(ADDED, edition=UNDATED),
    attrs.evolve(AMENDED, note="its id is watch:~b, and was watch:~a"),
    REMOVED,
    FORMAT_CHANGED,
    attrs.evolve(FORMAT_CHANGED, edition=TENTH, previous=PART, note="without B"),
    attrs.evolve(FORMAT_CHANGED, previous=None, note=""),
    _NOT_COMPARED,
)
"""Each sort of event; no party has all of them."""

SHIP = sl.Entity(id="watch:7", names=(sl.Name(text="EXAMPLE STAR"),))


def edition_of(one: answers.HeldEdition) -> sl.Edition:
    """What reading an edition held says of it."""
    return sl.Edition(
        list_id=one.list_id,
        format=one.format,
        published=one.published,
        dated_by=one.dated_by,
        sha256=one.sha256,
    )


LOG = answers.ChangeLog(
    list_id="watch",
    start=date(2021, 8, 1),
    changes=(
        answers.Changes(
            old=(edition_of(AUGUST),), new=(edition_of(NINTH),), added=(FIRM,), unchanged=5
        ),
        answers.Changes(
            old=(edition_of(NINTH),),
            new=(edition_of(TENTH),),
            added=(SHIP,),
            removed=(sl.Entity(id="watch:3", names=(sl.Name(text="EXAMPLE, A"),)),),
            amended=(answers.Amended(before=FIRM, after=TOLD, changes=AMENDED.changes),),
            unchanged=4,
        ),
    ),
    editions=(AUGUST, NINTH, TENTH, XML),
    format_changes=(
        answers.FormatChange(
            before=TENTH,
            after=XML,
            reason="from own-csv to own-xml",
            only_before=(),
            only_after=(answers.EntitySummary(id="watch:9", name="EXAMPLE MOON"),),
        ),
    ),
    skipped=(CUT,),
)

VERIFIED = answers.Verification(
    home="/home/harbour/archive",
    editions=(AUGUST, NINTH, TENTH, XML),
    files=5,
    size=12_710_675,
    stored=1_271_068,
)
FAULTY = attrs.evolve(
    VERIFIED,
    faults=(
        answers.ArchiveFault(
            path="watch/own-csv/2021-12-10-000b4b1a/WATCH.CSV.gz",
            what="the hash is not that of edition.json",
            what_to_do="fetch it again, or take it from a copy",
        ),
        answers.ArchiveFault(path="watch/own-csv/x", what="no edition.json"),
    ),
)

INFO = ListInfo(
    list_id="watch",
    title="Watch list",
    publisher="Harbour desk",
    country="PA",
    homepage="https://example.org/",
    licence="free, with the source named",
    rhythm="on most working days",
    id_space="harbour",
    formats=(
        FormatInfo(
            name="own-xml",
            files=(
                FileInfo(
                    name="WATCH.XML",
                    urls=("https://example.org/WATCH.ZIP", "https://mirror.example.org/W.XML"),
                ),
            ),
            note="served in a zip",
        ),
        FormatInfo(name="own-csv", files=(FileInfo(name="WATCH.CSV"),)),
        FormatInfo(name="own-pdf", is_readable=False),
    ),
    limits=Limits(least=100),
    note="The desk closes in August.",
    added_by="lists.toml",
)
UNREAD = ListInfo(
    list_id="night",
    title="Night list",
    formats=(FormatInfo(name="own-pdf", is_readable=False),),
    id_stability=IdStability.BUILT,
)
