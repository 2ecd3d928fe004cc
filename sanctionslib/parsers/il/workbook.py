"""Israel's list under its law against the spread and financing of weapons of mass destruction.

One sheet in Hebrew, `list`, with the parties in English. Peculiarities:

* Four sections, Iran and North Korea, persons and organizations, each with a title that states its
  count. The header is repeated in each, before the title or after it. The numbers restart.
* Every party is a designation of the Security Council that Israel has adopted, first temporarily,
  then permanently. It is listed since the first of the two; the Council's own date is also kept.
* The UN's reference number, which is the key, is joined to the resolution, "2231IRi.001", and has
  misprints: "1718 Pi.074" is KPi.074. Its letter tells whether it is a person.
* Cells have several facts each: names in positions, `a) … b) …`, labels in Hebrew and in English.
* The header does not state whether a person's country is of citizenship, residence or birth.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from sanctionslib.model import (
    Entity,
    Event,
    EventKind,
    Fact,
    Feature,
    FeatureKind,
    Identifier,
    IdentifierKind,
    LegalBasis,
    Nationality,
    Organization,
    Person,
)
from sanctionslib.parsers._engine.dates import date_in_words, day_first
from sanctionslib.parsers._engine.entry import Entry, Reading
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers._engine.rows import Cells, RowsFormat
from sanctionslib.parsers._engine.rules import Group, Rule, Unused, one, to
from sanctionslib.parsers.il import _texts as texts

__all__ = ["FORMAT"]

_NUMBER = 'מס"ד'
_ORIGINAL = 'מועד ההכרזה המקורי: מועד ההכרזה ע"י הגורם הזר המוסמך שהכרזתו אומצה בישראל'
_WHO = "זהות הגורם הזר המוסמך שהכריז במקור"
_REFERENCE = 'מספר החלטה ומספר סידורי ברשומות, כפי שניתנה ע"י הגורם הבינ"ל המוסמך שהכריז במקור'
_FOR_A_TIME = "מועד אימוץ ההכרזה בישראל (אימוץ אוטומטי זמני)"
_FOR_GOOD = "מועד אימוץ ההכרזה בישראל (אימוץ קבוע)"
_NAMES = "שם הישות: בשפת המקור; בתעתיק לטיני (לרבות אפשרויות האיות הידועות על שמות וכינויים אלה)"
_DOCUMENTS = "מספרי דרכון/זיהוי (יחיד) מספר רישום (ארגון)"
_BORN = "תאריך לידה (יחיד) תאריך התאגדות (ארגון)"
_COUNTRY = "מדינת אזרחות/ תושבות (יחיד) מדינת התאגדות (ארגון)"
_MORE = "פרטי זיהוי אחרים או פרטים נוספים"
_TITLE = re.compile(r"הכרזות – (.+?) – סה\"כ (\d+) גורמים מוכרזים:?")
_UPDATED = re.compile(r"עודכן לאחרונה בתאריך: (\S+)")
_UNSPECIFIED = "citizenship or residence: the list does not say which"


def _published(titles: Sequence[str]) -> date | None:
    """The day in the first row, as DD/MM/YYYY."""
    found = next(filter(None, map(_UPDATED.search, titles)), None)
    return None if found is None else day_first(found[1])


def _omitted(cells: Cells) -> str | None:
    """The reason why a row is not a party: it is the title of a section, or its header."""
    first = texts.plain(cells.get(_NUMBER, ""))
    if first == _NUMBER:
        return "the header of a section"
    return "the title of a section" if _TITLE.fullmatch(first) else None


def _missing(reading: Reading) -> list[str]:
    """Entries that the title of a section counts, but the section lacks."""
    titles = [
        (one.where.line or 0, found)
        for one in reading.audit.omitted
        if (found := _TITLE.fullmatch(texts.plain(next(iter(one.source or ()))[1])))
    ]
    lines = [origin.line or 0 for each in reading.entities for origin in each.origins]
    ends = [line for line, _ in titles[1:]] + [max(lines, default=0) + 1]
    gaps: list[str] = []
    for (start, found), end in zip(titles, ends, strict=False):
        count = sum(start < line < end for line in lines)
        if count != int(found[2]):
            gaps.append(f"as many entries in {found[1]} as its title states: {count} of {found[2]}")
    return gaps


def _designated(text: str, entry: Entry) -> Feature:
    """A Feature (listing date): the date of the Security Council, not of Israel."""
    label = _ORIGINAL.partition(":")[0]
    return Feature(
        label=label, value=text, kind=FeatureKind.LISTING_DATE, date=date_in_words(text, entry)
    )


def _party(fields: Fields, entry: Entry) -> Entity | None:
    """A row: kind, reference and resolution of the UN, and labelled values."""
    stated = entry.texts
    found = texts.reference(stated.get(_REFERENCE, ""))
    fields["kind"] = kind = Entity if found is None else Person if found[2] else Organization
    if found is not None:
        resolution, number, _ = found
        printed = texts.plain(stated[_REFERENCE])
        note = None if printed == f"{resolution} {number}" else printed
        own = Identifier(value=number, kind=IdentifierKind.UN_REFERENCE, note=note)
        fields["identifiers"] = [own, *fields.get("identifiers", ())]
        if resolution:
            fields["legal_bases"] = [LegalBasis(title=resolution, issuer=stated.get(_WHO))]
    if (of := texts.country_alone(stated.get(_COUNTRY, ""), entry)) is not None:
        if kind is Organization:
            fields["Organization.registered_in"] = [of]
        else:
            fields["nationalities"] = [Nationality(country=of, note=_UNSPECIFIED)]
    more = stated.get(_MORE, "")
    if kind is Person:
        fields["positions"] = texts.part(more, "Designation")
        fields["genders"] = texts.genders(more)
    fields.setdefault("addresses", []).extend(texts.addresses_in(more))
    fields.setdefault("identifiers", []).extend(texts.codes(more))
    return entry.entity(fields)


def _adopted(column: str) -> dict[str, Rule]:
    rules = {column: to("date", date_in_words)}
    return one("events", Event, rules, kind=EventKind.LISTED, raw_kind=column)


_ROW = Group(
    make=Person,  # or an organization, by the reference number
    rules={
        _NUMBER: Unused("the number in the section; it restarts in each"),
        _ORIGINAL: to("features", _designated),
        _WHO: to("sources"),
        _REFERENCE: to(
            "id", texts.key, also=("Entity.kind", "Entity.identifiers", "Designation.legal_bases")
        ),
        **_adopted(_FOR_A_TIME),
        **_adopted(_FOR_GOOD),
        _NAMES: to("names", texts.names, also=("Name.parts",)),
        _DOCUMENTS: to("identifiers", texts.documents),
        _BORN: to("births", texts.births, also=("Birth.date",)),
        _COUNTRY: to(
            "addresses",
            texts.addresses,
            also=("Person.nationalities", "Organization.registered_in"),
        ),
        _MORE: to(
            "remarks",
            also=(
                *("Person.positions", "Person.genders"),
                *("Entity.addresses", "Entity.identifiers"),
            ),
        ),
    },
    finish=_party,
)
_UN = "the Security Council's list, by the reference number"

FORMAT = RowsFormat(
    name="il-wmd-xlsx",
    title="Israel, list against weapons of mass destruction, workbook",
    files=("data.xlsx",),
    group=_ROW,
    columns=tuple(_ROW.rules),
    known_by=frozenset({_NUMBER, _NAMES}),
    spellings={
        'מועד ההכרזה המקורי: מועד ההכרזה ע"י הגוף הבינ"ל המוסמך שהכרזתו אומצה בישראל': _ORIGINAL,
        "זהות הגורם שהכריז במקור": _WHO,
    },
    omitted=_omitted,
    published=_published,
    dated_at="first row",
    missing=_missing,
    in_workbook=True,
    alternative_sources={
        Fact.ALIAS_STRENGTH: _UN,
        Fact.ORIGINAL_SCRIPT: _UN,
        Fact.BIRTH_PLACE: _UN,
        Fact.PROGRAM: "the resolution, which is the legal basis: 2231 (Iran), 1718 (North Korea)",
        Fact.REASON: _UN,
        Fact.DELISTING_DATE: "the first edition without the party",
    },
)
