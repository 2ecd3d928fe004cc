"""The Inter-American Development Bank's sanctioned firms and individuals: who may not get its contracts.

It is not a sanctions list: the catalog calls it a debarment. The workbook is an undocumented export
of a report on the bank's page; this module is based on the one of 2024. Peculiarities:

* Three quarters of the rows are decisions of other development banks, "WBG cross debarment".
* There is no key: ours is the name with the first day and the bank, "~zhao-xu.2020-04-02.adb".
  Three names occur twice with two debarments; it is not stated that both are of one party.
* `Country` is that of the project. A comma in `Nationality` is part of the name: "China, Hong Kong
  Special Administrative Region".
* Other names are in brackets after the name if a word or quotation marks introduce them; an acronym
  or a place in brackets stays in the name, because they cannot be distinguished. "(“Mr. Salazar”)"
  is a short form in the decision, not another name.
* Individuals have "Mr." before the name.
* The last row is the filter of the report, not a party.
"""

from __future__ import annotations

import re

import attrs

from sanctionslib.model import (
    Entity,
    Event,
    EventKind,
    Fact,
    Feature,
    FeatureKind,
    Identifier,
    IdentifierKind,
    Measure,
    MeasureKind,
    Name,
    NameKind,
    Nationality,
    Organization,
    Person,
)
from sanctionslib.parsers._engine.dates import date_in_words
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers._engine.keys import slug
from sanctionslib.parsers._engine.rows import Cells, RowsFormat
from sanctionslib.parsers._engine.rules import Group, many, one, to
from sanctionslib.parsers._engine.values import country

__all__ = ["FORMAT"]

_KINDS = {"Firm": Organization, "Individual": Person}
_TYPES = {
    "Debarment": MeasureKind.PROCUREMENT_BAN,
    "Debarment w/ conditional release": MeasureKind.PROCUREMENT_BAN,
    "Letter of reprimand": MeasureKind.OTHER,
}
_BRACKETS = re.compile(
    r"\s{0,9}\("
    r"(?:(?P<former>(?:formerly|previously)(?: known as| operating as:)?)\s{1,9}(?P<was>[^()]{1,300})"
    r"|(?P<aka>also know(?:n)? as|a\.k\.a\.|(?:also |currently )?doing business (?:as|under))"
    r"\s{1,9}(?P<is>[^()]{1,300})"
    r"|(?P<number>(?:TIN|Reg\.) No\.)\s{0,9}(?P<digits>\d{1,40})"
    r"|(?P<quoted>(?:[“\"]|M(?:r|s|rs)\. )[^()]{1,300})|(?P<other>(?=[^()a-z]*[^()\x00-\u024f])[^()a-z]++))?"
    r"\)?,?(?=\s{0,9}(?:\(|\Z))",
    re.IGNORECASE,
)
"""A bracket at the end of a name with another fact about the party; it may be unclosed."""
_NUMBERS = {"TIN No.": IdentifierKind.TAX, "Reg. No.": IdentifierKind.REGISTRATION}
_CALLED = re.compile(r"M(?:r|s|rs)\. ")
_TITLE = re.compile(r"^(?:Mr|Mrs|Ms|Dr)\b\.?\s+(?=\S)")


def _names(text: str, entry: Entry) -> tuple[Name, ...]:
    """The name, without the title of an individual; other names from brackets after it."""
    name, others, note = Name(text=_untitled(text, entry)), list[Name](), ""
    for found in _BRACKETS.finditer(text):
        quoted = (found["quoted"] or "").strip("“”\"' ")
        if _CALLED.match(quoted):
            note = quoted
        elif stated := found["was"] or found["is"] or quoted or found["other"]:
            word = found["former"] or found["aka"] or ""
            kind = NameKind.FKA if found["former"] else NameKind.AKA
            others.append(Name(text=_untitled(stated, entry), kind=kind, raw_kind=word))
    return (attrs.evolve(name, note=note) if note else name, *others)


def _untitled(text: str, entry: Entry) -> str:
    """A name without brackets after it, and for an individual without the title before it."""
    bare = _BRACKETS.sub("", text).strip(" '") or text
    return _TITLE.sub("", bare) if entry.texts.get("Entity") == "Individual" else bare


def _until(text: str, entry: Entry) -> tuple[Event, ...]:
    """An Event (expires); none for "Ongoing"."""
    if text == "Ongoing":
        return ()
    date = date_in_words(text, entry)
    return (Event(kind=EventKind.EXPIRES, date=date, raw_kind="To"),)


def _omitted(cells: Cells) -> str | None:
    """The last row is the filter of the report."""
    is_filter = len(cells) == 1 and cells.get("Title", "").startswith("Applied filters")
    return "the filter of the report" if is_filter else None


def _entity(fields: Fields, entry: Entry) -> Entity | None:
    """A row, with a key of ours, the country of its kind of party, and numbers in its name."""
    if fields.get("kind") is Organization:
        fields["registered_in"] = [each.country for each in fields.pop("nationalities", ())]
    title, texts = entry.texts.get("Title", ""), entry.texts
    if fields.get("kind") is Person and (before := _TITLE.match(title)) is not None:
        fields["titles"] = [before[0].strip()]
    for found in _BRACKETS.finditer(title):
        if word := found["number"]:
            number = Identifier(kind=_NUMBERS[word], value=found["digits"], raw_kind=word)
            fields.setdefault("identifiers", []).append(number)
    if title:
        start, source = texts.get("From", ""), texts.get("Source", "")
        days = [str(each.date) for each in fields.get("events", ()) if each.raw_kind == "From"]
        name = next(one.text for one in fields["names"] if one.kind is NameKind.PRIMARY)
        parts = (name, *days[:1], source.partition(" ")[0])
        wanted = "~" + ".".join(filter(None, map(slug, parts)))
        fields["id"] = entry.reading.generated_key((title, start, source), wanted)
    return entry.entity(fields)


_FROM = {"From": to("date", date_in_words)}
_TYPE = {"IDB Sanction Type": to("kind", _TYPES, raw="raw")}
_OTHER = {"Other Name": to("text")}
_ROW = Group(
    make=Entity,
    rules={
        "Title": to("names", _names, also=("Entity.id", "Entity.identifiers", "Person.titles")),
        "Entity": to("kind", _KINDS, raw="raw_kind"),
        "Nationality": many(
            "nationalities",
            Nationality,
            {".": to("country", country, also=("Organization.registered_in",))},
        ),
        **one(
            "features", Feature, {"Country": to("value")}, kind=FeatureKind.OTHER, label="Country"
        ),
        **one("events", Event, _FROM, kind=EventKind.EFFECTIVE, raw_kind="From"),
        "To": to("events", _until),
        "Grounds": to("reason"),
        "Source": to("sources"),
        **one("measures", Measure, _TYPE, kind=None),
        "IDB Sanction Source": to("sources"),
        **one("names", Name, _OTHER, kind=NameKind.AKA, raw_kind="Other Name"),
    },
    finish=_entity,
)

_DECISIONS = "the lists of the banks that decided"
FORMAT = RowsFormat(
    name="iadb-xlsx",
    title="Inter-American Development Bank, sanctioned firms and individuals, workbook",
    files=("data.xlsx",),
    group=_ROW,
    columns=tuple(_ROW.rules),
    known_by=frozenset({"Title", "IDB Sanction Type", "IDB Sanction Source"}),
    omitted=_omitted,
    in_workbook=True,
    alternative_sources={
        Fact.ADDRESS: _DECISIONS,
        Fact.LEGAL_BASIS: _DECISIONS,
        Fact.MEASURE: _DECISIONS,
        Fact.DELISTING_DATE: "the first edition without the party; the expiry is stated",
    },
)
