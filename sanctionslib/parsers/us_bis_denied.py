"""The Denied Persons List of the Bureau of Industry and Security: `dpl.txt` → entities.

Tab-separated, every cell in quotes, with a header; the publisher documents no more than that, and
trade.gov's importer shows how the columns are meant. What is odd about it:

* A row is one address of a denied person. Rows of one name and one effective date are one party; its
  rows differ in misprints of the citations too, and then it has a designation for each version.
* It has no key: ours is the name with the effective date, "~i-ash.2003-06-19". A name with two
  dates is two entities, for the list does not say that both orders are of one person.
* An order that is renewed gets a new effective date, and so a new key.
* It does not say what kind of party it is, and gives other names of one person rows of their own.
* No expiry is an order without end. Dates are MM/DD/YYYY, but `Last_Update` is YYYY-MM-DD.
* It has neither date nor count. The rows are in the order of names, so that a file which ends before
  the last letters of the alphabet is known for a cut one.
"""

from __future__ import annotations

import re
from datetime import date

import attrs

from sanctionslib.answers import IssueKind, Use
from sanctionslib.errors import StructureChangedError, TruncatedError
from sanctionslib.model import (
    Address,
    Country,
    Designation,
    Edition,
    Entity,
    Event,
    EventKind,
    Fact,
    Feature,
    FeatureKind,
    IdStability,
    Listing,
    Name,
    Origin,
    PartialDate,
    Record,
)
from sanctionslib.parsers._audit import AuditBuilder
from sanctionslib.parsers._csv import CsvRows, Row, first_cells
from sanctionslib.parsers._edition import NameOrder, check_parts, date_said, marked, title_of
from sanctionslib.parsers._format import CodeFormat, Head, Options, Parsed
from sanctionslib.parsers._keys import FreeKeys, distinct, slug, unite
from sanctionslib.parsers._notices import cited
from sanctionslib.parsers._source import Source
from sanctionslib.reference import authorities, is_known_place, named_lists, read_country

__all__ = ["FORMAT"]

LISTS = {"us_bis_denied": "Denied Persons List"}

COLUMNS = (
    "Name",
    "Street_Address",
    "City",
    "State",
    "Country",
    "Postal_Code",
    "Effective_Date",
    "Expiration_Date",
    "Standard_Order",
    "Last_Update",
    "Action",
    "FR_Citation",
)

_MAPPED = {
    "Name": "Name.text, Entity.id",
    "Street_Address": "Address.lines",
    "City": "Address.city",
    "State": "Address.state",
    "Country": "Address.country",
    "Postal_Code": "Address.postal_code",
    "Effective_Date": "Event (effective) of the Listing, Entity.id",
    "Expiration_Date": "Event (expires) of the Listing",
    "Standard_Order": "Feature (other)",
    "Last_Update": "Event (amended) of the Listing",
    "Action": "Event.note of the amendment, else Designation.note",
    "FR_Citation": "Designation.notices",
}

_LIST = named_lists["DPL"].name


def _classify(path: str, label: str) -> tuple[Use, str]:
    if path in _MAPPED:
        return Use.MAPPED, _MAPPED[path]
    return Use.UNKNOWN, "the format had no such column when this was written"


def _recognise(head: Head) -> bool:
    cells = {cell.strip() for cell in first_cells(head.data, delimiter="\t")}
    return {"Effective_Date", "Standard_Order", "FR_Citation"} <= cells


def _parse(source: Source, options: Options) -> Parsed:
    return _File(source, options).parse()


class _File:
    """One file while it is read."""

    def __init__(self, source: Source, options: Options) -> None:
        self.source = source
        self.options = options
        self.audit = AuditBuilder(source.name)
        self.audit.list_id = list_id = options.list_id or "us_bis_denied"
        title = title_of(list_id, LISTS, self.audit)
        published, dated_by = date_said(options)
        self.audit.edition = str(published or "")
        self.edition = Edition(
            list_id=list_id,
            id_stability=IdStability.BUILT,
            publisher=authorities["BIS"].name,
            title=title,
            format=FORMAT.name,
            published=published,
            dated_by=dated_by,
            members=(source.name,),
            lists=(_LIST,),
            sha256=source.sha256,
            retrieved_at=options.retrieved_at,
            states=_STATES,
            ways_out=_WAYS_OUT,
        )
        self.parties: dict[tuple[str, str], list[Entity]] = {}
        """The rows of each party, by name and effective date."""
        self.keys: set[str] = set()
        self.free = FreeKeys(self.keys)
        self.names = NameOrder()
        self.texts: dict[str, str] = {}

    def parse(self) -> Parsed:
        missing: list[str] = []
        with self.source.open(self.options.progress) as stream:
            rows = CsvRows(
                self.source,
                stream,
                columns=COLUMNS,
                delimiter="\t",
                any_width=self.options.partial,
            )
            for row in rows:
                self.row(rows, row)
        if rows.ends_open:
            if not self.options.partial:
                raise TruncatedError(
                    "the last line has no end, so that more may have followed",
                    where=self.audit.where(),
                    hint="the download was cut: fetch the file again; partial=True reads it all "
                    "the same",
                )
            missing.append("what may have followed its last line")
        missing += self.names.missing()
        check_parts(missing, self.options, self.audit)
        made = tuple(_merged(unite(*rows, audit=self.audit)) for rows in self.parties.values())
        self.audit.built = len(made)
        edition, entities = marked(self.edition, made, self.audit, missing=missing)
        return Parsed(
            entities=entities,
            editions=(edition,),
            audit=self.audit.finish((edition,), _classify if self.options.records else None),
        )

    def row(self, rows: CsvRows, row: Row) -> None:
        """One row: one address of a party."""
        self.audit.read += 1
        if row.cells[:2] == COLUMNS[:2]:
            raise StructureChangedError(
                "the header stands a second time",
                where=self.audit.where(line=row.line),
                hint="the file is put together of two: read each by itself",
            )
        texts: dict[str, str] = {}
        fault = ""
        if not rows.fits(row):
            fault = f"the row has {len(row.cells)} cells where {len(COLUMNS)} are meant"
        else:
            share = self.texts.setdefault
            for column, cell in zip(COLUMNS, row.cells, strict=True):
                if text := cell.strip():
                    texts[column] = share(text, text)
            if "Name" not in texts:
                fault = "the row has no name, so no entity can be made of it"
        if fault:
            self.audit.issue(IssueKind.REJECTED, fault, line=row.line, record=rows.record(row))
            return
        record = rows.record(row, self.texts) if self.options.records else None
        for path in record.paths if record is not None else ():
            self.audit.count(path)
        self.names.add(row.cells[0])
        self.add(texts, row.line, record)

    def add(self, texts: dict[str, str], line: int, record: Record | None) -> None:
        """Make an entity of a row; those of one party are united when all are known."""
        party = self.parties.setdefault((texts["Name"], texts.get("Effective_Date", "")), [])
        if party:
            self.audit.united += 1
            key = party[0].source_id
        else:
            # Another name can give the same key ("AL-NASER", "AL NASER").
            key = self.free.find(self.key(texts))
            self.keys.add(key)
        party.append(self.entity(key, texts, line, record))

    def key(self, texts: dict[str, str]) -> str:
        """Name and effective date; what else a row says can be misprinted or updated."""
        effective = _date(texts.get("Effective_Date", ""))
        day = str(effective.earliest) if effective.earliest else slug(effective.raw or "undated")
        return f"~{slug(texts['Name'])}.{day}"

    def entity(self, key: str, texts: dict[str, str], line: int, record: Record | None) -> Entity:
        standard = texts.get("Standard_Order")
        features: tuple[Feature, ...] = ()
        if standard is not None:
            features = (Feature(label="Standard_Order", value=standard, kind=FeatureKind.OTHER),)
        address = self.address(key, texts)
        return Entity(
            id=f"{self.edition.list_id}:{key}",
            names=(Name(text=texts["Name"]),),
            addresses=(address,) if address is not None else (),
            features=features,
            designations=(self.designation(key, texts, line),),
            edition=self.edition,
            origins=(Origin(member=self.edition.members[0], line=line),),
            record=record,
        )

    def address(self, key: str, texts: dict[str, str]) -> Address | None:
        """The address, if the row has any part of one."""
        street, country = texts.get("Street_Address"), texts.get("Country")
        address = Address(
            lines=(street,) if street is not None else (),
            city=texts.get("City"),
            state=texts.get("State"),
            postal_code=texts.get("Postal_Code"),
            country=self.country(key, country) if country is not None else None,
        )
        return address if address != Address() else None

    def country(self, key: str, text: str) -> Country:
        """A country; a state that stands in its place ("NM") is none that we know."""
        country = read_country(text)
        if country.code is None and not is_known_place(text):
            self.audit.unknown("country", text, key)
        return country

    def designation(self, key: str, texts: dict[str, str], line: int) -> Designation:
        """The order that denies the party its export privileges."""
        events: list[Event] = []
        action = texts.get("Action")
        for column, kind in _EVENTS.items():
            if (text := texts.get(column)) is None:
                continue
            day = _date(text)
            if not day.is_read:
                self.audit.issue(
                    IssueKind.UNREAD_VALUE,
                    f"{text!r} at {column} is in a form that we cannot read; it is kept as text",
                    entry=key,
                    path=column,
                    line=line,
                )
            events.append(
                Event(
                    kind=kind,
                    date=day,
                    raw_kind=column,
                    note=action if kind is EventKind.AMENDED else None,
                )
            )
        return Designation(
            authority=authorities["BIS"],
            listings=(Listing(list_name=_LIST, events=tuple(events)),),
            notices=cited(texts.get("FR_Citation", "")),
            note=action if "Last_Update" not in texts else None,
        )


_EVENTS = {
    "Effective_Date": EventKind.EFFECTIVE,
    "Expiration_Date": EventKind.EXPIRES,
    "Last_Update": EventKind.AMENDED,
}

_AMERICAN = re.compile(r"(\d{2})/(\d{2})/(\d{4})")


def _date(text: str) -> PartialDate:
    """A date as MM/DD/YYYY, or as anything else that `PartialDate.parse` reads."""
    if (found := _AMERICAN.fullmatch(text)) is not None:
        try:
            return PartialDate.day(date(int(found[3]), int(found[1]), int(found[2])), raw=text)
        except ValueError:
            return PartialDate(raw=text)
    return PartialDate.parse(text)


def _merged(entity: Entity) -> Entity:
    """Rows that differ in the address alone state one designation, not several."""
    if len(entity.designations) < 2:
        return entity
    return attrs.evolve(entity, designations=distinct(entity.designations))


_STATES = frozenset({Fact.ADDRESS, Fact.AUTHORITY, Fact.LIST, Fact.LISTING_DATE})

_NOTICES = "the Federal Register notices that are cited"

_WAYS_OUT = (
    (Fact.KIND, _NOTICES),
    (Fact.NAME_PARTS, _NOTICES),
    (Fact.ALIAS_STRENGTH, "other names of a party have rows of their own"),
    (Fact.ORIGINAL_SCRIPT, _NOTICES),
    (Fact.IDENTIFIER, _NOTICES),
    (Fact.RELATION, _NOTICES),
    (Fact.LIST, "trade.gov's Consolidated Screening List"),
    (Fact.PROGRAM, "the list has none: every party is denied by an order of its own"),
    (Fact.LEGAL_BASIS, _NOTICES),
    (Fact.MEASURE, _NOTICES),
    (
        Fact.DELISTING_DATE,
        "the first edition without the party; until when an order runs is stated",
    ),
    (Fact.REASON, _NOTICES),
)

FORMAT = CodeFormat(
    name="us-bis-denied-txt",
    title="Denied Persons List, tab-separated",
    files=("dpl.txt",),
    recognises=_recognise,
    parses=lambda sources, options: _parse(sources[0], options),
    ends_anywhere=True,
)
