"""Poland's list of the Minister of the Interior and Administration, under the act of 13 April 2022.

The workbook is attached to the ministry's page; no description of it is published. This module is
based on the edition of 21 February 2026, with texts in Polish. Peculiarities:

* There is no key: ours is the sheet (osoby: persons, podmioty: other parties) with the name,
  "~osoby.alaudinov-apti-aronovich". Rows with one name and one text about the party are one party.
* Delisted parties stay, with the date: 2 persons and 10 others. It is an event of the designation.
* Births, citizenships and numbers of persons, seats and numbers of others are in one text, which is
  kept as the remarks. "urodzony" and "urodzona" imply a gender only by grammar: none is
  stated. Places of birth are in the case that follows "w": "w Moskwie".
* Other names are in brackets after the name, with or without a word before them.
* The last rows of each sheet are footnotes, "[1] …", for the measures.
* Neither program nor legal basis is stated; the reason often names regulations of the EU.
"""

from __future__ import annotations

import re

from sanctionslib.model import Entity, Event, EventKind, Fact, Organization, Person
from sanctionslib.parsers._engine.dates import partial_date
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers._engine.keys import slug
from sanctionslib.parsers._engine.rows import Cells, RowsFormat, merge_designations
from sanctionslib.parsers._engine.rules import Group, one, to
from sanctionslib.parsers.pl._texts import (
    addresses,
    births,
    citizenships,
    identifiers,
    measures,
    names,
)

__all__ = ["FORMAT"]

_KINDS: dict[str, type[Entity]] = {"osoby": Person, "podmioty": Organization}
_NAME, _IDENTITY = "Nazwisko i imię", "Dane identyfikacyjne osoby"
_LISTED = {"Data umieszczenia na liście": to("date", partial_date)}
_DELISTED = {"Data wykreślenia z listy": to("date", partial_date)}
_FOOTNOTE = re.compile(r"\[\d+\]\s")


def _omitted(cells: Cells) -> str | None:
    """Footnotes are in the column of the names."""
    return "a footnote" if len(cells) == 1 and _FOOTNOTE.match(cells.get(_NAME, "")) else None


def _entity(fields: Fields, entry: Entry) -> Entity | None:
    """A party of the kind of its sheet, with a key of ours and the facts in its text."""
    sheet = entry.origin.path
    kind = fields["kind"] = _KINDS.get(sheet, Entity)
    text = fields.get("remarks") or ""
    fields["identifiers"] = identifiers(text)
    if kind is Person:
        fields["births"] = births(text, entry)
        fields["citizenships"] = citizenships(text)
    else:
        fields["addresses"] = addresses(text)
    if fields.get("names"):
        wanted = f"~{slug(sheet)}.{slug(fields['names'][0].text)}"
        fields["id"] = entry.reading.generated_key((sheet, entry.texts[_NAME], text), wanted)
    return entry.entity(fields)


_ROW = Group(
    make=Entity,
    rules={
        _NAME: to("names", names, also=("Entity.id", "Entity.kind", "Name.script")),
        _IDENTITY: to(
            "remarks",
            also=(
                "Person.births",
                "Birth.date",
                "Birth.place",
                "Person.citizenships",
                "Entity.addresses",
                "Entity.identifiers",
            ),
        ),
        "Uzasadnienie wpisu na listę": to("reason"),
        "Zastosowane środki sankcyjne": to("measures", measures),
        **one("events", Event, _LISTED, kind=EventKind.LISTED, raw_kind="Data umieszczenia"),
        **one("events", Event, _DELISTED, kind=EventKind.DELISTED, raw_kind="Data wykreślenia"),
    },
    finish=_entity,
)

FORMAT = RowsFormat(
    name="pl-mswia-xlsx",
    title="Poland's list of sanctions, workbook",
    files=("lista.xlsx",),
    group=_ROW,
    columns=tuple(_ROW.rules),
    spellings={"Nazwa podmiotu": _NAME, "Dane identyfikacyjne podmiotu": _IDENTITY},
    known_by=frozenset({_NAME, _IDENTITY}),
    omitted=_omitted,
    in_workbook=True,
    unites=True,
    at_end=merge_designations,
    alternative_sources={
        Fact.PROGRAM: "the list has one: the act of 13 April 2022",
        Fact.LEGAL_BASIS: "the decisions on the ministry's page",
        Fact.NATIONALITY: "citizenships, stated of a few persons",
    },
)
