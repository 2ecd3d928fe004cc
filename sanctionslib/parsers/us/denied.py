"""The Denied Persons List of the Bureau of Industry and Security: `dpl.txt` → entities.

Tab-separated, every cell in quotes, with a header; the publisher documents no more than that, and
trade.gov's importer shows the meaning of the columns. Peculiarities:

* A row is one address of a denied person. Rows with the same name and effective date are one party;
  its rows can differ in misprints of the citations, and then it has a designation for each version.
* It has no key: ours is the name with the effective date, "~i-ash.2003-06-19". A name with two
  dates makes two entities, because the list does not state that both orders are of one person.
* A renewed order gets a new effective date, and so a new key.
* It does not state the kind of party, and gives other names of a person their own rows.
* An order without expiry is unlimited. Dates are MM/DD/YYYY, but `Last_Update` is YYYY-MM-DD.
* It has neither date nor count. The rows are sorted by name, so that a file which ends before the
  last letters of the alphabet is recognised as truncated.
"""

from __future__ import annotations

import attrs

from sanctionslib.model import (
    Address,
    Entity,
    Event,
    EventKind,
    Fact,
    Feature,
    FeatureKind,
    Name,
    PartialDate,
)
from sanctionslib.parsers._engine.dates import american_day
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers._engine.keys import slug
from sanctionslib.parsers._engine.rows import RowsFormat, merge_designations
from sanctionslib.parsers._engine.rules import Group, one, to
from sanctionslib.parsers._engine.values import country
from sanctionslib.parsers.us.notices import citations

__all__ = ["FORMAT"]


def _date(text: str, entry: Entry) -> PartialDate:
    """A date as MM/DD/YYYY or YYYY-MM-DD; any other is kept as text."""
    day = american_day(text, entry)
    return PartialDate.parse(text) if day is None else PartialDate.day(day, raw=text)


_ADDRESS = {
    "Street_Address": to("lines"),
    "City": to("city"),
    "State": to("state"),
    "Country": to("country", country),
    "Postal_Code": to("postal_code"),
}
_EFFECTIVE = {"Effective_Date": to("date", _date)}
_EXPIRES = {"Expiration_Date": to("date", _date)}
_ORDER = {"Standard_Order": to("value")}
_UPDATE = {"Last_Update": to("date", _date), "Action": to("note")}


def _party(fields: Fields, entry: Entry) -> Entity | None:
    """A row, with a key of ours and the events of its order in the listing."""
    events = tuple(fields.pop("events", ()))
    fields["listings"] = [attrs.evolve(one, events=events) for one in entry.reading.listings]
    if "names" in fields:
        name, effective = entry.texts["Name"], entry.texts.get("Effective_Date", "")
        days = [str(one.date) for one in events if one.kind is EventKind.EFFECTIVE]
        day = slug(days[0]) if days else "undated"
        fields["id"] = entry.reading.generated_key((name, effective), f"~{slug(name)}.{day}")
    return entry.entity(fields)


_ENTRY = Group(
    make=Entity,
    rules={
        **one("names", Name, {"Name": to("text")}),
        **one("addresses", Address, _ADDRESS),
        **one("events", Event, _EFFECTIVE, kind=EventKind.EFFECTIVE, raw_kind="Effective_Date"),
        **one("events", Event, _EXPIRES, kind=EventKind.EXPIRES, raw_kind="Expiration_Date"),
        **one("features", Feature, _ORDER, kind=FeatureKind.OTHER, label="Standard_Order"),
        **one("events", Event, _UPDATE, kind=EventKind.AMENDED, raw_kind="Last_Update"),
        "FR_Citation": to("notices", citations),
    },
    finish=_party,
)

_NOTICES = "the Federal Register notices that are cited"

FORMAT = RowsFormat(
    name="us-bis-denied-txt",
    title="Denied Persons List, tab-separated",
    files=("dpl.txt",),
    group=_ENTRY,
    columns=tuple(_ENTRY.rules),
    known_by=frozenset({"Effective_Date", "Standard_Order", "FR_Citation"}),
    delimiter="\t",
    name_at="Name",
    unites=True,
    at_end=merge_designations,
    has_no_end_mark=True,
    alternative_sources={
        Fact.KIND: _NOTICES,
        Fact.NAME_PARTS: _NOTICES,
        Fact.ALIAS_STRENGTH: "other names of a party have rows of their own",
        Fact.ORIGINAL_SCRIPT: _NOTICES,
        Fact.IDENTIFIER: _NOTICES,
        Fact.RELATION: _NOTICES,
        Fact.LIST: "trade.gov's Consolidated Screening List",
        Fact.PROGRAM: "the list has none: every party is denied by its own order",
        Fact.LEGAL_BASIS: _NOTICES,
        Fact.MEASURE: _NOTICES,
        Fact.DELISTING_DATE: "the first edition without the party; the expiry of an order is stated",
        Fact.REASON: _NOTICES,
    },
)
