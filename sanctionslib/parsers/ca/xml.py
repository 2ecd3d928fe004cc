"""Canada's consolidated list of autonomous sanctions: sema-lmes.xml → entities.

The publisher describes no format. This module is based on a complete file of 2025; layouts of 2020
and of 2026 are known from programs that read them. Peculiarities:

* The names of elements changed twice. Since August 2026 they have a French half after a hyphen
  ("Country-Pays"), which is ignored; `TitleOrShipType` has a new English half as well.
* `Country` is the regulation by which a party is listed, and never a nationality: "Ukraine" has
  Russian officials, "Justice for Victims of Corrupt Foreign Officials Regulations (JVCFOR) / …" has
  parties of several states.
* There is no key. (Country, Schedule, Item) is the place of a party in a regulation, and is unique
  in 2025; items are renumbered when some are repealed.
* The elements of an entry reveal its kind: persons have a last name, ships an IMO number or a type.
* The date is the birth of a person, or the year of build of a ship: see `_dates`.
* `Aliases` is free text without a separator; the name of an organization can be two or more names:
  see `_aliases`.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sanctionslib.answers import Coverage
from sanctionslib.model import (
    Entity,
    Fact,
    Feature,
    FeatureKind,
    Identifier,
    IdentifierKind,
    Name,
    NameKind,
    NamePart,
    NamePartKind,
    Organization,
    Person,
    Vessel,
)
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers._engine.keys import slug
from sanctionslib.parsers._engine.rules import Group, one, part, parts, to
from sanctionslib.parsers._engine.values import one_line
from sanctionslib.parsers._engine.xml import XmlFormat, XmlReading
from sanctionslib.parsers._engine.xml_entries import local_name
from sanctionslib.parsers.ca._aliases import names_in, names_of_organization
from sanctionslib.parsers.ca._dates import births, listed

if TYPE_CHECKING:
    from lxml import etree

_OF_SHIPS = ("ShipIMONumber", "TitleOrShip", "TitleOrShipType")
_NO_SCHEDULE = "N/A"
_PARTS = {"GivenName": NamePartKind.GIVEN, "LastName": NamePartKind.FAMILY}


def _is_person(entry: Entry) -> bool:
    return not entry.texts.keys().isdisjoint(_PARTS)


def _person(given: Mapping[str, str], entry: Entry) -> Name:
    """The primary name of a person: given names before the last name, as in the regulations."""
    stated = [
        NamePart(kind=_PARTS[at], text=one_line(given[at], entry)) for at in _PARTS if at in given
    ]
    return Name(text=" ".join([each.text for each in stated]), parts=tuple(stated))


def _other(given: Mapping[str, str], entry: Entry) -> tuple[Name, ...]:
    """The name of an organization or a ship, in two languages or with other names in brackets after it.

    A person's name there has no known role.
    """
    text = one_line(" ".join(given.values()), entry)
    if _is_person(entry):
        entry.unknown("alias type", "EntityOrShip")
        return (Name(text=text, kind=None, raw_kind="EntityOrShip"),)
    (name, *translated), others = names_of_organization(text)
    if name != text:
        entry.features.append(Feature(label="EntityOrShip", value=text, kind=FeatureKind.OTHER))
    return (
        Name(text=name),
        *[Name(text=each, kind=NameKind.VARIATION) for each in translated],
        *[Name(text=each, kind=NameKind.AKA) for each in others],
    )


def _aliases(given: Mapping[str, str], entry: Entry) -> tuple[Name, ...]:
    """Other names (aka), with their language where it is stated.

    A text that is not exactly one name is also kept as a Feature, completely.
    """
    (text,) = given.values()
    whole = one_line(text, entry)
    names = names_in(whole, is_person=_is_person(entry))
    if names != [(None, whole)]:
        entry.features.append(Feature(label="Aliases", value=text, kind=FeatureKind.OTHER))
    return tuple([Name(text=name, kind=NameKind.AKA, language=stated) for stated, name in names])


def _place(given: Mapping[str, str], entry: Entry) -> str:
    """The place in the regulation: schedule and item. "N/A" is not a schedule (2020)."""
    return " / ".join([text for text in given.values() if text != _NO_SCHEDULE])


def _party(fields: Fields, entry: Entry) -> Entity | None:
    """The kind of the party, the fields of ships, and the key, "~myanmar-burma.part-1.55"."""
    texts = entry.texts
    fields["kind"] = kind = (
        Person if _is_person(entry)
        else Vessel if not texts.keys().isdisjoint(_OF_SHIPS)
        else Organization
    )  # fmt: skip
    if kind is Vessel:
        fields["types"] = fields.pop("titles", ())
        fields["built"] = [one.date for one in fields.pop("births", ())]
    if "names" in fields:
        name, once = fields["names"][0].text, entry.reading.once
        regime = texts.get("Country", "").partition(" / ")[0]
        schedule = texts.get("Schedule", "").replace(_NO_SCHEDULE, "")
        where = (regime, schedule, texts.get("Item", "") or name)
        wanted = "~" + ".".join([once(slug, each) for each in where if each])
        fields["id"] = entry.reading.generated_key((wanted, name), wanted)
    return entry.entity(fields)


_BIRTHS = to("births", births, also=("Birth.date", "Vessel.built"))
_TITLE = to("titles", one_line, also=("Vessel.types",))
_RECORD = Group(
    make=Entity,
    rules={
        "Country": to("programs", one_line),
        **parts("names", _person, "LastName", "GivenName", also=("kind", "Name.parts")),
        **parts("names", _other, "EntityOrShip", "Entity", also=("kind",)),
        "Aliases": part("names", _aliases),
        "DateOfBirthOrShipBuildDate": _BIRTHS,
        "DateOfBirth": _BIRTHS,
        "TitleOrShip": _TITLE,
        "TitleOrShipType": _TITLE,
        "Title": _TITLE,
        **one("identifiers", Identifier, {"ShipIMONumber": to("value")}, kind=IdentifierKind.IMO),
        **parts("source_id", _place, "Schedule", "Item", also=("Entity.id",)),
        "DateOfListing": to("events", listed),
    },
    finish=_party,
)  # fmt: skip


class _Reading(XmlReading):
    """A document in which "Country-Pays" is read as "Country"."""

    def element(self, path: str, element: etree._Element, is_first: bool) -> None:
        known = self.makers[path].shape.children
        for child in element:
            if child.tag not in known:
                name = local_name(child.tag)
                if (english := known.get(self.root.tag(name.partition("-")[0]))) is not None:
                    known[child.tag] = copy.copy(english)
                    known[child.tag].path = name
        super().element(path, element, is_first)


class _Format(XmlFormat):
    def classify(self, path: str, label: str) -> tuple[Coverage, str]:
        """The coverage of a path, without its French half."""
        return super().classify(path.partition("-")[0], label)


_LAW = "the regulation, at laws-lois.justice.gc.ca"
_NEWS = "the news release of the day, and the Canada Gazette"

FORMAT = _Format(
    name="ca-sema-xml",
    title="Canada's autonomous sanctions, XML",
    files=("sema-lmes.xml",),
    root="data-set",
    entries={"record": _RECORD},
    reading=_Reading,
    alternative_sources={
        Fact.ALIAS_STRENGTH: "nowhere: Canada does not grade aliases",
        Fact.ORIGINAL_SCRIPT: "such names are among the aliases, without their script",
        **dict.fromkeys((Fact.FLAG, Fact.REGISTRATION), "a register of ships, by the IMO number"),
        **dict.fromkeys((Fact.LEGAL_BASIS, Fact.MEASURE), _LAW),
        **dict.fromkeys((Fact.RELATION, Fact.REASON), _NEWS),
        Fact.DELISTING_DATE: "the first edition without the party, and the Canada Gazette",
    },
)
