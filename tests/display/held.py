"""A small archive as its answers show it: editions of a watch list, kept by hand and by download."""

from __future__ import annotations

from datetime import UTC, date, datetime

import attrs

from sanctionslib.answers import (
    Amended,
    ArchiveFault,
    Change,
    ChangeLog,
    Changes,
    Check,
    EditionStatus,
    EntitySummary,
    Fetched,
    FormatChange,
    HeldEdition,
    HeldEditions,
    HeldFile,
    Timeline,
    TimelineEvent,
    TimelineEventKind,
    Verification,
)
from sanctionslib.catalog import FileInfo, FormatInfo, Limits, ListInfo
from sanctionslib.model import (
    AliasStrength,
    Designation,
    Edition,
    Entity,
    Event,
    EventKind,
    Fact,
    IdStability,
    Listing,
    Name,
    NameKind,
    Organization,
    PartialDate,
)


def held(day: date | None, **given: object) -> HeldEdition:
    """An edition of the watch list of 6 entries that a person added, but for what is given."""
    sha = f"{(day or date(1, 1, 1)).toordinal():08x}" * 8
    blank = HeldEdition(
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
        files=(HeldFile(name="WATCH.CSV", stored="WATCH.CSV.gz", size=4_236_591, sha256=sha),),
        checks=(Check(name="entries", value=6, least=1), Check(name="kind person", value=4)),
    )
    return attrs.evolve(blank, **given)


AUGUST = held(date(2021, 8, 18))
NINTH = held(date(2021, 12, 9))
TENTH = held(
    date(2021, 12, 10),
    entries=7,
    checks=(
        Check(name="entries", value=7, before=6, least=6, against="2021-12-09-000b4b19"),
        Check(name="kind person", value=4, before=4, against="2021-12-09-000b4b19"),
        Check(
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
        HeldFile(
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
        HeldFile(name="MORE.XML", stored="MORE.XML.gz", size=90, sha256="ef" * 32),
    ),
)
CUT = held(
    date(2021, 12, 12),
    entries=3,
    status=EditionStatus.QUARANTINED,
    checks=(
        Check(name="entries", value=3, before=7, least=7, against="2021-12-10"),
        Check(name="kind person", value=0, before=4, least=4, against="2021-12-08"),
        Check(name="date", value=0),
    ),
)
PART = held(date(2021, 12, 8), missing=("MORE.CSV",), entries=5)
OVERRIDDEN = attrs.evolve(
    CUT,
    status=EditionStatus.OVERRIDDEN,
    reason="the harbour order was lifted, the gazette of the day says so",
    overridden_at=datetime(2021, 12, 13, 7, tzinfo=UTC),
)
UNDATED = held(None)

HISTORY = HeldEditions(
    list_id="watch", editions=(AUGUST, PART, NINTH, TENTH, XML, CUT), current=XML
)
FETCHED = Fetched(
    edition=XML, is_new=True, received=902, notes=("the first attempt ended after 100 bytes",)
)

WITHOUT_DATES = Edition(
    list_id="watch",
    format="own-csv",
    published=date(2021, 12, 9),
    supported_facts=frozenset({Fact.KIND}),
    alternative_sources=((Fact.LISTING_DATE, "the XML of the harbour desk"),),
)
FIRM = Organization(id="watch:2", names=(Name(text="EXAMPLE SHIPPING LLC"),), edition=WITHOUT_DATES)
TOLD = attrs.evolve(
    FIRM,
    names=(
        *FIRM.names,
        Name(text="EXAMPLE LINE", kind=NameKind.AKA, strength=AliasStrength.WEAK),
    ),
    remarks="Owns the EXAMPLE STAR.",
)
LISTED = attrs.evolve(
    TOLD,
    edition=Edition(list_id="watch", format="own-xml", published=date(2021, 12, 11)),
    designations=(
        Designation(
            listings=(
                Listing(
                    list_name="Night List",
                    events=(Event(kind=EventKind.LISTED, date=PartialDate.day(date(2019, 3, 1))),),
                ),
            ),
        ),
    ),
)

FIRST = TimelineEvent(kind=TimelineEventKind.FIRST, edition=AUGUST, entity=FIRM)
ADDED = TimelineEvent(kind=TimelineEventKind.ADDED, edition=NINTH, previous=AUGUST, entity=FIRM)
AMENDED = TimelineEvent(
    kind=TimelineEventKind.AMENDED,
    edition=TENTH,
    previous=NINTH,
    changes=(
        Change(field="names", after=TOLD.names[1]),
        Change(field="remarks", before="Owns a ship.", after="Owns the EXAMPLE STAR."),
    ),
    entity=TOLD,
)
FORMAT_CHANGED = TimelineEvent(
    kind=TimelineEventKind.FORMAT_CHANGED,
    edition=XML,
    previous=TENTH,
    entity=LISTED,
    note="the format is own-csv before and own-xml after",
)
REMOVED = TimelineEvent(
    kind=TimelineEventKind.REMOVED, edition=TENTH, previous=NINTH, is_present=False, entity=FIRM
)

TIMELINE = Timeline(
    id="watch:2",
    name="EXAMPLE SHIPPING LLC",
    events=(ADDED, AMENDED, FORMAT_CHANGED),
    editions=(AUGUST, NINTH, TENTH, XML),
    skipped=(PART, CUT),
)

SHIP = Entity(id="watch:7", names=(Name(text="EXAMPLE STAR"),))


def edition_of(one: HeldEdition) -> Edition:
    """What reading an edition held says of it."""
    return Edition(
        list_id=one.list_id,
        format=one.format,
        published=one.published,
        dated_by=one.dated_by,
        sha256=one.sha256,
    )


LOG = ChangeLog(
    list_id="watch",
    start=date(2021, 8, 1),
    changes=(
        Changes(old=(edition_of(AUGUST),), new=(edition_of(NINTH),), added=(FIRM,), unchanged=5),
        Changes(
            old=(edition_of(NINTH),),
            new=(edition_of(TENTH),),
            added=(SHIP,),
            removed=(Entity(id="watch:3", names=(Name(text="EXAMPLE, A"),)),),
            amended=(Amended(before=FIRM, after=TOLD, changes=AMENDED.changes),),
            unchanged=4,
        ),
    ),
    editions=(AUGUST, NINTH, TENTH, XML),
    format_changes=(
        FormatChange(
            before=TENTH,
            after=XML,
            reason="from own-csv to own-xml",
            only_before=(),
            only_after=(EntitySummary(id="watch:9", name="EXAMPLE MOON"),),
        ),
    ),
    skipped=(CUT,),
)

VERIFIED = Verification(
    home="/home/harbour/archive",
    editions=(AUGUST, NINTH, TENTH, XML),
    files=5,
    size=12_710_675,
    stored=1_271_068,
)
FAULTY = attrs.evolve(
    VERIFIED,
    faults=(
        ArchiveFault(
            path="watch/own-csv/2021-12-10-000b4b1a/WATCH.CSV.gz",
            what="the hash is not that of edition.json",
            what_to_do="fetch it again, or take it from a copy",
        ),
        ArchiveFault(path="watch/own-csv/x", what="no edition.json"),
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
