"""Cells of the United Arab Emirates' list: dates, places and countries in Arabic, documents."""

from __future__ import annotations

import re

import attrs

from sanctionslib.model import (
    Address,
    Birth,
    Country,
    Identifier,
    IdentifierKind,
    Nationality,
    PartialDate,
    Place,
)
from sanctionslib.parsers._engine.dates import date_in_words
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers._engine.values import country
from sanctionslib.reference import read_country

__all__ = [
    "KIND_OF_DOCUMENT",
    "NOTHING",
    "a_country",
    "address",
    "birth",
    "date",
    "documents",
    "names",
    "nationalities",
    "place",
    "stated_text",
]

NOTHING = "-"
_DOCUMENTS = {
    **dict.fromkeys(
        ("جواز سفر", "جواز السفر", "جواز سفر يمني", "جواز سفر سعودي"), IdentifierKind.PASSPORT
    ),
    "الرقم الموحد": IdentifierKind.RESIDENCE,  # the unified number of the immigration office
    "تأشيرة سياحية": IdentifierKind.RESIDENCE,  # a visa for tourists
}
_OLD_AND_NEW = re.compile(r"(الحالية): (.+?) (السابقة): (.+)")
_NUMBER_OF = re.compile(r"(?<!\S)(\S+) رقم:\s*(\S+)")


_BETWEEN = re.compile(r"[+،()]")


def names(text: str) -> list[str]:
    """The names of a cell: others follow "+" or a comma, or are in brackets."""
    return [one for each in _BETWEEN.split(text) if (one := each.strip())] or [text]


def stated_text(text: str, entry: Entry) -> str | tuple[str, ...]:
    """The text; none for "-"."""
    return () if text == NOTHING else text


def date(text: str, entry: Entry) -> PartialDate | tuple[PartialDate, ...]:
    """A day as DD-MM-YYYY or DD/MM/YYYY, or a year; none for "-"."""
    if text == NOTHING:
        return ()
    return date_in_words(text, entry)


def _in(text: str) -> Country | None:
    """The country that a part of a place is, or its last word."""
    for piece in (*re.split(r"[-،(]", text), text.rpartition(" ")[2]):
        found = read_country(piece.strip())
        if found.code is not None:
            return found
    return None


def place(text: str, entry: Entry) -> Place | tuple[Place, ...]:
    """A place in words, with its country; none for "-"."""
    return () if text == NOTHING else Place(text=text, country=_in(text))


def a_country(text: str, entry: Entry) -> Country | tuple[Country, ...]:
    """A country, possibly with further words; none for "-"."""
    if text == NOTHING:
        return ()
    found = _in(text) or country(text, entry)
    return attrs.evolve(found, raw=text)


def nationalities(text: str, entry: Entry) -> tuple[Nationality, ...]:
    """Nationalities, in Arabic; two are separated by a slash, or are a present and a former one."""
    if (found := _OLD_AND_NEW.fullmatch(text)) is not None:
        pairs = [(found[1], found[2]), (found[3], found[4])]
    else:
        pairs = [("", each.strip()) for each in text.split("/") if each.strip() != NOTHING]
    return tuple(
        Nationality(country=country(each, entry), note=note or None) for note, each in pairs
    )


def address(fields: Fields, entry: Entry) -> Address | None:
    """An address, if any of its cells has a value."""
    fields["lines"] = tuple(fields.get("lines", ()))
    return Address(**fields) if any(fields.values()) else None


def documents(fields: Fields, entry: Entry) -> tuple[Identifier, ...] | None:
    """One document, or several with the nationality before each number."""
    if not fields:
        return None
    word, issuer = fields.get("raw_kind", ""), fields.get("issuer", "")
    fields["kind"] = kind = _DOCUMENTS.get(word)
    if kind is None:
        entry.unknown("Identifier.kind", word)
        entry.unmapped(KIND_OF_DOCUMENT, "", word)
    # "A Yemeni passport" also states the country.
    fields["country"] = _in(issuer) or _in(word)
    number = fields.setdefault("value", "")
    several = _NUMBER_OF.findall(number)
    one = Identifier(**fields)
    return tuple(
        attrs.evolve(one, value=each, country=read_country(of)) for of, each in several
    ) or (one,)


KIND_OF_DOCUMENT = "النوع"
"""The column with the kind of a document."""


def birth(fields: Fields, entry: Entry) -> Birth | None:
    """A birth, if any of its cells has a value."""
    return Birth(**fields) if fields else None
