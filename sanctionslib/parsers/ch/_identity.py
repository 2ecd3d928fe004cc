"""An identity of Switzerland's list: names, addresses, births, nationalities and documents.

A target has several, one of which is the main one. Primary names of the others are aliases, and
their other values name the identity in the note.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import attrs

from sanctionslib.model import (
    Address,
    Birth,
    Calendar,
    DocumentFlag,
    Identifier,
    IdentifierKind,
    Name,
    NameKind,
    Nationality,
    PartialDate,
    Place,
)
from sanctionslib.parsers._engine.dates import partial_date
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers._engine.rules import Rules, Unused, many, part, parts, to
from sanctionslib.parsers._engine.values import flag
from sanctionslib.parsers.ch._names import NAME
from sanctionslib.parsers.ch._tables import Located, country_of

__all__ = ["IDENTITY", "Identity"]

_DOCUMENTS = {
    "passport": IdentifierKind.PASSPORT,
    "diplomatic-passport": IdentifierKind.PASSPORT,
    "id-card": IdentifierKind.NATIONAL_ID,
    "residence-permit": IdentifierKind.RESIDENCE,
    "driving-license": IdentifierKind.DRIVING_LICENCE,
    "travel-document": IdentifierKind.TRAVEL_DOCUMENT,
    "other": IdentifierKind.OTHER_DOCUMENT,
}

_Noted = TypeVar("_Noted", Address, Birth, Identifier, Nationality)


@attrs.frozen(kw_only=True)
class Identity:
    """One identity of a target, with fields of an entity."""

    main: bool = False
    names: tuple[Name, ...] = ()
    addresses: tuple[Address, ...] = ()
    births: tuple[Birth, ...] = ()
    nationalities: tuple[Nationality, ...] = ()
    identifiers: tuple[Identifier, ...] = ()

    def as_main(self) -> Identity:
        """This identity with one primary name: the first, if it has one in several languages."""
        first = next((one for one in self.names if one.kind is NameKind.PRIMARY), None)
        return attrs.evolve(
            self,
            names=tuple(
                attrs.evolve(one, kind=NameKind.VARIATION)
                if one.kind is NameKind.PRIMARY and one is not first
                else one
                for one in self.names
            ),
        )

    def as_other(self) -> Identity:
        """This identity as an additional one."""
        stated = f"identity {self.names[0].text if self.names else 'without name'}"
        return Identity(
            names=tuple(
                attrs.evolve(one, kind=NameKind.AKA) if one.kind is NameKind.PRIMARY else one
                for one in self.names
            ),
            addresses=_with_note(self.addresses, stated),
            births=_with_note(self.births, stated),
            nationalities=_with_note(self.nationalities, stated),
            identifiers=_with_note(self.identifiers, stated),
        )


def _with_note(values: tuple[_Noted, ...], stated: str) -> tuple[_Noted, ...]:
    return tuple([attrs.evolve(one, note=_joined(one.note, stated)) for one in values])


def _joined(*texts: str | None) -> str | None:
    return "; ".join(filter(None, texts)) or None


def _quality(text: str, entry: Entry) -> tuple[str, ...]:
    """A part of the note, unless it is "good"."""
    return () if text == "good" else (f"quality: {text}",)


def _current(text: str, entry: Entry) -> tuple[str, ...]:
    """A part of the note, unless it is "true"."""
    return () if text == "true" else (f"current: {text}",)


def _located(fields: Fields) -> Located:
    """The place that a value refers to; other texts of the value go to its note."""
    inner = fields.pop("inner", ())
    place = next((one for one in inner if isinstance(one, Located)), Located())
    texts = [one for one in inner if isinstance(one, str)]
    fields["note"] = _joined(fields.get("note"), *texts, *place.variants)
    return place


def _address(fields: Fields, entry: Entry) -> Address:
    at, lines = _located(fields), tuple(fields.pop("lines", ()))
    return Address(**fields, lines=lines, city=at.city, state=at.area, country=at.country)


def _birth(fields: Fields, entry: Entry) -> Birth:
    at = _located(fields)
    place = Place(text=str(at), city=at.city, state=at.area, country=at.country)
    return Birth(**fields, place=place if str(at) else None)


def _document(fields: Fields, entry: Entry) -> Identifier:
    issuer = str(_located(fields)) or None
    is_diplomatic = fields.get("raw_kind") == "diplomatic-passport"
    flags = (DocumentFlag.DIPLOMATIC,) if is_diplomatic else ()
    return Identifier(**fields, issuer=issuer, flags=flags)


def _born(given: Mapping[str, str], entry: Entry) -> PartialDate:
    """A day, month or year; a date of a calendar other than the Gregorian stays text."""
    year, *others = [given.get(f"@{unit}", "") for unit in ("year", "month", "day")]
    text = "-".join([year, *[each.zfill(2) for each in others if each]])
    word = given.get("@calendar", "Gregorian")
    if word == "Gregorian" and year and (others[0] or not others[1]):
        found = PartialDate.parse(text)
    elif word == "Islamic":
        found = PartialDate(raw=text, calendar=Calendar.ISLAMIC)
    else:
        found = PartialDate(raw=", ".join([f"{at[1:]} {stated}" for at, stated in given.items()]))
    if not found.is_read:
        entry.unread(found.raw, "day-month-year", is_kept=True)
    return found


_IN_NOTE: Rules = {
    "@quality": to("inner", _quality, also=("Address.note", "Birth.note")),
    "remark": to("inner", also=("Address.note", "Birth.note")),
    "remarks": to("inner", also=("Address.note", "Birth.note")),
}
_ADDRESS: Rules = {
    "@ssid": to("source_id"),
    "@place-id": to("inner", also=("Address.city", "Address.state", "Address.country")),
    "@current": to("inner", _current, also=("Address.note",)),
    "address-details": to("lines", also=("Entity.addresses",)),
    "c-o": to("care_of"),
    "p-o-box": to("po_box"),
    "zip-code": to("postal_code"),
    **_IN_NOTE,
}
_BORN: Rules = {
    "@ssid": to("source_id"),
    **parts("date", _born, "@day", "@month", "@year"),
    "@calendar": part(
        "date", _born, unused="the calendar of the date, which is text unless Gregorian"
    ),
    **_IN_NOTE,
}
_BORN_AT: Rules = {
    "@ssid": to("source_id"),
    "@place-id": to("inner", also=("Birth.place",)),
    **_IN_NOTE,
}
_NATIONALITY: Rules = {
    "@ssid": to("source_id"),
    **parts("country", country_of, "country", "country@iso-code", also=("Person.nationalities",)),
}
_DOCUMENT: Rules = {
    "@ssid": to("source_id"),
    "@document-type": to("kind", _DOCUMENTS, raw="raw_kind"),
    "number": to("value", also=("Entity.identifiers",)),
    **parts("country", country_of, "issuer", "issuer@code"),
    "date-of-issue": to("issued", partial_date),
    "expiry-date": to("expires", partial_date),
    "place-of-issue@place-id": to("inner", also=("Identifier.issuer",)),
    "remark": to("note"),
}
IDENTITY: Rules = {
    "@ssid": Unused("a key without references"),
    "@main": to("main", flag, also=("Name.kind", "Birth.note")),
    "name": NAME,
    "address": many("addresses", Address, _ADDRESS, finish=_address),
    "day-month-year": many("births", Birth, _BORN, finish=_birth),
    "place-of-birth": many("births", Birth, _BORN_AT, finish=_birth),
    "nationality": many("nationalities", Nationality, _NATIONALITY, needs=("country",)),
    "identification-document": many(
        "identifiers", Identifier, _DOCUMENT, finish=_document, value=""
    ),
}
