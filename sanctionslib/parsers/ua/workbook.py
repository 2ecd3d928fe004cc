"""Ukraine's sanctions of the National Security and Defense Council: the workbook of its older site.

Two sheets, persons and firms, exported by sanctions-t.rnbo.gov.ua; the publisher describes no
columns, so their meaning is inferred from a complete export of April 2022. Peculiarities:

* A row is a subject in one decree. Nothing links two rows of one person, not even where name and
  birth are equal (42 persons): each is an entity.
* It has no key (`row` is an index of the export): ours is the decree with the number in its annex,
  which is unique on each sheet, "~person.176-2018.1404".
* A delisted subject stays: its remarks name the decree.
* Names are in Ukrainian, in their original language (mostly Russian), and otherwise. Where the
  Ukrainian one is missing, the original one is the primary name.
* Numbers are joined to their label, ЄДРПОУ00039002; passports and other facts are in remarks.
* The program that wrote it has put `_x000D_` for line ends; the container decodes it.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from sanctionslib.answers import IssueKind
from sanctionslib.model import (
    Birth,
    Entity,
    Event,
    EventKind,
    Fact,
    Feature,
    FeatureKind,
    Name,
    NameKind,
    Organization,
    Person,
)
from sanctionslib.parsers._engine.dates import partial_date
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields, Labels
from sanctionslib.parsers._engine.keys import slug
from sanctionslib.parsers._engine.rows import RowsFormat
from sanctionslib.parsers._engine.rules import Group, Unused, constant, many, one, parts, to
from sanctionslib.parsers.ua import _texts as texts

__all__ = ["FORMAT"]

_SHEETS: Mapping[str, type[Entity]] = {"Фізичні особи": Person, "Юридичні особи": Organization}
_NUMBER, _DAY = "№ указу", "Дата указу"
_FIRM, _TAX = texts.FIRM, texts.TAX
_HOME, _BIRTH = "Місце проживання", "Місце народження"
_ORIGINAL, _OTHER, _REMARKS = "Назва ориг.", "Назва альт.", "Додатково"


def _listed(given: Mapping[str, str], entry: Entry) -> Event | None:
    """An Event (listed) on the day of the decree, which is its act."""
    if _DAY not in given:
        return None
    when = partial_date(given[_DAY], entry)
    act = texts.decree(given.get(_NUMBER, ""), when)
    return Event(kind=EventKind.LISTED, date=when, act=act, raw_kind=_DAY)


def _changed(text: str, entry: Entry) -> tuple[Feature, ...] | None:
    """A Feature (other) for "Так": a later decree changed the entry; none for "Ні"."""
    if text == "Так":
        return (Feature(label="Зміни", value=text, kind=FeatureKind.OTHER),)
    return () if text == "Ні" else None


def _aliases(text: str) -> list[str]:
    """Names, separated by semicolons."""
    return [one for each in text.split(";") if (one := each.strip())]


def _remarks(given: Mapping[str, str], entry: Entry) -> str:
    """The text; its labelled facts are also put into fields."""
    return given[_REMARKS]


def _party(fields: Fields, entry: Entry) -> Entity | None:
    """A row, with its kind from the sheet, our key, and the facts in its remarks."""
    sheet, stated = entry.origin.path, entry.texts
    kind = fields["kind"] = _SHEETS.get(sheet, Entity)
    if sheet not in _SHEETS:
        message = f"the sheet is {sheet!r}, not one of {', '.join(_SHEETS)}"
        entry.issue(IssueKind.UNKNOWN_KIND, message, sheet, once=sheet)
    number = stated.get(_NUMBER, "")
    at = fields.get("source_id", "")
    wanted = f"~{kind.kind}.{slug(number)}.{slug(at)}"
    fields["id"] = entry.reading.generated_key((sheet, number, at), wanted)
    acts = [each.act for each in fields.get("events", ()) if each.kind is EventKind.LISTED]
    fields["legal_bases"] = acts or [texts.decree(number, None)]
    names = fields.get("names", [])
    if not names and (own := fields.get("identifiers")):
        names = fields["names"] = [Name(text=str(own[0]), raw_kind=own[0].raw_kind, note=_NO_NAME)]
        entry.issue(IssueKind.NO_PRIMARY_NAME, f"{_NO_NAME}, under which it is kept")
    if names and all(each.kind is not NameKind.PRIMARY for each in names):
        names[0] = attrs.evolve(names[0], kind=NameKind.PRIMARY)
    for column in (_HOME, _BIRTH):
        for found in texts.citizen_of(stated.get(column, "")):
            fields.setdefault("Person.citizenships", []).append(found)
    if _REMARKS in stated:
        texts.add_facts(fields, stated[_REMARKS], is_person=kind is Person)
    return entry.entity(fields)


_NO_NAME = "the list gives no name of the party, but its number"

_END = {"Дата закінчення обмеження": to("date", partial_date)}
_BORN = {"Дата народження": to("date", partial_date), _BIRTH: to("place", texts.birth_place)}
_BODY = {"Відповідальний орган": to("value")}
_STATED = (
    *("Entity.names", "Entity.identifiers", "Entity.features", "Entity.relations"),
    *(
        "Person.births",
        "Organization.registered_in",
        "Designation.events",
        "Designation.legal_bases",
    ),
)
"""Fields that labelled facts in remarks can fill."""
_LABELS = Labels(facts=frozenset({Fact.DELISTING_DATE}))

_ROW = Group(
    make=Person,  # or an organization, by the sheet
    rules={
        "row": Unused("an index of the export"),
        **parts("events", _listed, _NUMBER, _DAY, also=("id", "Designation.legal_bases")),
        "Дія щодо об'єкту санкцій": constant("застосування"),
        "Зміни": to("features", _changed),
        "п/н": to("source_id", also=("id",)),
        "Тип обмеження": many("measures", convert=texts.measure),
        "Термін обмеження": to("note"),
        **one("events", Event, _END, kind=EventKind.EXPIRES, raw_kind="Дата закінчення обмеження"),
        **one("names", Name, {"Назва укр.": to("text")}, language="uk"),
        **one("names", Name, {_ORIGINAL: to("text")}, kind=NameKind.AKA, raw_kind=_ORIGINAL),
        _OTHER: many("names", Name, {".": to("text")}, kind=NameKind.AKA, raw_kind=_OTHER),
        **one("births", Birth, _BORN),
        "Громадянство": to("citizenships", texts.citizenships),
        "Зайнятість": to("positions"),
        _HOME: to("addresses", texts.address, also=("citizenships",)),
        _FIRM: to("identifiers", texts.register),
        _TAX: to("identifiers", texts.tax),
        "Місце діяльності": to("addresses", texts.address),
        "Місце діяльності додатково": to("addresses", texts.address),
        **parts("remarks", _remarks, _REMARKS, labels=_LABELS, also=_STATED),
        **one("features", Feature, _BODY, kind=FeatureKind.OTHER, label="Відповідальний орган"),
    },
    finish=_party,
)
_OF_ONE_SHEET = frozenset(
    {
        *(*_BORN, "Громадянство", "Зайнятість", _HOME),
        *(_FIRM, _TAX, "Місце діяльності", "Місце діяльності додатково"),
    }
)
_REGISTER = "the State Register of Sanctions (drs.nsdc.gov.ua)"

FORMAT = RowsFormat(
    name="ua-nsdc-xlsx",
    title="Ukraine, sanctions of the NSDC, workbook",
    files=("sanctions.xlsx",),
    group=_ROW,
    columns=tuple(_ROW.rules),
    required=frozenset(_ROW.rules) - _OF_ONE_SHEET,
    known_by=frozenset({_NUMBER, "п/н", "Тип обмеження"}),
    split={"Тип обмеження": texts.measures, _OTHER: _aliases},
    in_workbook=True,
    alternative_sources={
        Fact.NAME_PARTS: "the names themselves: family name, given name, patronymic",
        Fact.ALIAS_STRENGTH: "nowhere: the Council does not rate names",
        Fact.ORIGINAL_SCRIPT: "the names are in Ukrainian and in their original language, unmarked",
        Fact.PROGRAM: "the decree, which is the legal basis",
        Fact.REASON: _REGISTER,
    },
)
