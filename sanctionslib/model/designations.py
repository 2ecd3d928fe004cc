"""Designation: by whom, on which list, under which program and law, since when, and why."""

from __future__ import annotations

import enum

import attrs

from sanctionslib.model.dates import PartialDate
from sanctionslib.model.displayable import Value
from sanctionslib.model.facts import Fact
from sanctionslib.model.fields import about
from sanctionslib.model.legal import LegalBasis


class EventKind(enum.Enum):
    """What happened on a date."""

    LISTED = "listed"
    DESIGNATED = "designated"
    EFFECTIVE = "effective"
    AMENDED = "amended"
    REVIEWED = "reviewed"
    EXPIRES = "expires"
    DELISTED = "delisted"


class MeasureKind(enum.Enum):
    """What is imposed on a party."""

    ASSET_FREEZE = "asset freeze"
    """All property blocked. OFAC "Block"; UK, UN, EU "asset freeze"."""
    REJECT = "reject transactions"
    """Transactions are turned down, property is not blocked (NS-PLC)."""
    DEBT_EQUITY = "debt and equity restrictions"
    """Directives on new debt and equity."""
    OIL_PROJECTS = "oil project restrictions"
    INVESTMENT_BAN = "investment ban"
    """No purchase or sale of securities (CMIC)."""
    CORRESPONDENT_ACCOUNTS = "correspondent account restrictions"
    SECONDARY_SANCTIONS = "secondary sanctions"
    TRAVEL_BAN = "travel ban"
    VISA_INELIGIBILITY = "visa ineligibility"
    ARMS_EMBARGO = "arms embargo"
    EXPORT_LICENCE = "export licence required"
    EXPORT_DENIAL = "export privileges denied"
    PORT_BAN = "port ban"
    FLAG_BAN = "ban on registration under a flag"
    SERVICES_BAN = "services ban"
    PROCUREMENT_BAN = "procurement ban"
    DIRECTOR_BAN = "director disqualification"
    TRADE = "trade restriction"
    OTHER = "other"


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Authority(Value):
    """Who designates.

    >>> import sanctionslib as sl
    >>> sl.sample()["33951"].designations[0].authority.name
    'Office of Foreign Assets Control, US Department of the Treasury'
    """

    code: str
    """Short name, as "OFAC"; `where(authority=…)` takes it."""
    name: str = ""
    """Full name."""
    country: str | None = None
    """ISO 3166-1 code of its state; None for the UN and the EU."""

    def __str__(self) -> str:
        return self.name or self.code


@attrs.frozen(kw_only=True, eq=False, repr=False, weakref_slot=False)
class Event(Value):
    """A dated event of a listing or a designation."""

    kind: EventKind | None
    """What happened; None where we do not know the source's word."""
    date: PartialDate
    """When."""
    act: LegalBasis | None = None
    """The act that made it happen."""
    raw_kind: str = attrs.field(default="", metadata=about("kind", raw_of="kind"))
    """The source's word."""
    note: str | None = None
    """The source's remark."""


def _since(events: tuple[Event, ...]) -> PartialDate | None:
    for kind in (EventKind.LISTED, EventKind.DESIGNATED, EventKind.EFFECTIVE):
        if dates := [event.date for event in events if event.kind is kind]:
            return min(dates)
    return None


def _delisting(events: tuple[Event, ...]) -> Event | None:
    """The last delisting, where no listing of the same day or later follows it."""
    last: Event | None = None
    for event in events:
        if event.kind in (EventKind.LISTED, EventKind.DELISTED) and (
            last is None or event.date >= last.date
        ):
            last = event
    return last if last is not None and last.kind is EventKind.DELISTED else None


def _until(events: tuple[Event, ...]) -> PartialDate | None:
    dates = [event.date for event in events if event.kind is EventKind.EXPIRES]
    if (ended := _delisting(events)) is not None:
        dates.append(ended.date)
    return max(dates) if dates else None


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Listing(Value):
    """Membership of one named list."""

    list_name: str = attrs.field(metadata=about("list", fact=Fact.LIST))
    """The list as its publisher names it: "SDN List", "Non-SDN CMIC List", "Entity List"."""
    events: tuple[Event, ...] = attrs.field(
        default=(), metadata=about("event", fact=Fact.LISTING_DATE)
    )
    """Its own dated events; empty where the format states none."""
    source_id: str | None = attrs.field(default=None, eq=False)
    """The publisher's key of this membership; outside equality."""

    @property
    def listed_since(self) -> PartialDate | None:
        """Date of listing, else of designation, else of effect; None where the source is silent."""
        return _since(self.events)

    @property
    def until(self) -> PartialDate | None:
        """Date of delisting or expiry, where the source states one; a later listing undoes it."""
        return _until(self.events)

    @property
    def is_delisted(self) -> bool:
        """Whether the source states that it has ended, though the file still has it (SECO)."""
        return _delisting(self.events) is not None


@attrs.frozen(kw_only=True, eq=False, repr=False, weakref_slot=False)
class Measure(Value):
    """What is imposed, as the file states it. A file that states none has none."""

    kind: MeasureKind | None
    """What it is; None where we do not know the source's word."""
    raw: str = attrs.field(default="", metadata=about("kind", raw_of="kind"))
    """The source's word: "Block", "Executive Order 14024 Directive 1a"."""
    note: str | None = None
    """The source's remark."""

    def __str__(self) -> str:
        return self.raw or (self.kind.value if self.kind else "")


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Designation(Value):
    """One bundle of facts that the source itself ties together.

    What the source does not tie is never paired: OFAC states lists, programs, legal authorities
    and measures of a party as four sets, so a party on OFAC's lists has one Designation with all
    of them. UN DESIGNATION is a job title: see `Person.positions`.
    """

    authority: Authority | None = attrs.field(
        default=None, metadata=about(fact=Fact.AUTHORITY, column="authorities")
    )
    """Who designates."""
    listings: tuple[Listing, ...] = attrs.field(
        default=(), metadata=about("list", fact=Fact.LIST, column="lists")
    )
    """The named lists that the party is on by it."""
    programs: tuple[str, ...] = attrs.field(
        default=(), metadata=about("program", fact=Fact.PROGRAM, column="programs")
    )
    """Program codes, verbatim; `sanctionslib.programs.get(code)` says what those of OFAC mean."""
    legal_bases: tuple[LegalBasis, ...] = attrs.field(
        default=(), metadata=about("legal basis", fact=Fact.LEGAL_BASIS)
    )
    """Legal bases that the file states: OFAC `legalAuthority`, EU `regulation`."""
    measures: tuple[Measure, ...] = attrs.field(
        default=(), metadata=about("measure", fact=Fact.MEASURE)
    )
    """Measures that the file states: OFAC `sanctionsType`, UK "Sanctions Imposed"."""
    events: tuple[Event, ...] = attrs.field(
        default=(), metadata=about("event", fact=Fact.LISTING_DATE)
    )
    """Dated events that the source ties to the designation and not to one list."""
    reason: str | None = attrs.field(default=None, metadata=about(fact=Fact.REASON))
    """The statement of reasons: UK `UKStatementofReasons`, SECO `justification`."""
    sources: tuple[str, ...] = attrs.field(default=(), metadata=about("decided by"))
    """On whose decision, in the source's words (UK `DesignationSource`: "UK", "UN")."""
    licence_requirement: str | None = None
    """Licence requirement of US Commerce lists (CSL `license_requirement`)."""
    licence_policy: str | None = None
    """Licence review policy of US Commerce lists (CSL `license_policy`)."""
    notices: tuple[str, ...] = attrs.field(default=(), metadata=about("official notice"))
    """Official notices: Federal Register citations (CSL `federal_register_notice`)."""
    links: tuple[str, ...] = attrs.field(default=(), metadata=about("web page"))
    """Web pages with more: UN INTERPOL_LINK, CSL `source_information_url`."""
    note: str | None = None
    """The source's remark on the designation."""
    source_id: str | None = attrs.field(default=None, eq=False)
    """The publisher's key of the designation; outside equality."""

    @property
    def listed_since(self) -> PartialDate | None:
        """Earliest date of listing or designation; None where the source is silent."""
        dates = [listing.listed_since for listing in self.listings]
        found = [day for day in (*dates, _since(self.events)) if day is not None]
        return min(found) if found else None

    @property
    def until(self) -> PartialDate | None:
        """Date of delisting or expiry, where the source states one for all of it."""
        if (own := _until(self.events)) is not None:
            return own
        ends = [day for each in self.listings if (day := each.until) is not None]
        return max(ends) if ends and len(ends) == len(self.listings) else None

    @property
    def is_delisted(self) -> bool:
        """Whether the source states that it has ended, though the file still has it (SECO)."""
        if _delisting(self.events) is not None:
            return True
        return bool(self.listings) and all(each.is_delisted for each in self.listings)


@attrs.frozen(kw_only=True, repr=False, weakref_slot=False)
class Program(Value):
    """What a program code means: a row of our own reference table, never part of an entity.

    >>> import sanctionslib as sl
    >>> sl.programs["GLOMAG"].legal_bases[0].title
    'Executive Order 13818'
    """

    code: str
    """The code as the list prints it, "GLOMAG"."""
    authority: str = ""
    """Code of the authority that uses it, "OFAC"."""
    title: str | None = None
    """What it is about; None for a code that is known and untitled."""
    legal_bases: tuple[LegalBasis, ...] = ()
    """The legal bases behind it."""
    measures: tuple[Measure, ...] = ()
    """What it implies by law; a file may state more or less."""
    list_name: str | None = None
    """The named list that only this program leads to, where there is one ("NS-PLC")."""
    ref_id: str | None = None
    """The publisher's number of it in the reference tables (OFAC refId)."""
    note: str | None = None
    """What to know: renamed, revoked, a marker rather than a designation."""
    source: str = ""
    """Where this row's facts come from."""
