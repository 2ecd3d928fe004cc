"""Cells of Israel's list: several facts in each, in the words of the Security Council's list."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sanctionslib.model import (
    Address,
    Birth,
    Country,
    Gender,
    Identifier,
    IdentifierKind,
    Name,
    NameKind,
    NamePart,
    NamePartKind,
    PartialDate,
)
from sanctionslib.parsers._engine.dates import date_in_words, expiry_date, issue_date
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.values import GENDERS
from sanctionslib.reference import country_at_end

__all__ = [
    "NOTHING",
    "addresses",
    "addresses_in",
    "births",
    "codes",
    "country_alone",
    "documents",
    "genders",
    "key",
    "names",
    "part",
    "plain",
    "reference",
]

NOTHING = frozenset({"N/A", "na", ""})
_ITEM = re.compile(r"(?:^|[\s;])[a-z]\)\s+|;")
_LABEL = re.compile(
    r"(?<![A-Za-z])(ידוע גם|ועוד ידוע|a\.?k\.?a\.?|f\.?k\.?a\.?)(?![A-Za-z])\s*:?", re.IGNORECASE
)
_POSITION = re.compile(r"(?:^|(?<=\s))\d:\s*")
_REFERENCE = re.compile(r"(?:\d?(\d{4}) ?)?(IR|KP?|P)([ie])\. ?(\d{2,3})", re.IGNORECASE)
_NUMBER = re.compile(r"(?:[A-Z]{1,2} ?)?\d{5,}")
_KINDS: Mapping[str, IdentifierKind] = {
    "מספר דרכון": IdentifierKind.PASSPORT,
    "מס' דרכון": IdentifierKind.PASSPORT,
    "Passport no": IdentifierKind.PASSPORT,
    "מספר זיהוי": IdentifierKind.NATIONAL_ID,
}
_KIND = re.compile(rf"({'|'.join(_KINDS)}):[\s:]*")
_ISSUER = re.compile(r"issued (?:in|by) ([^()/]+)")
_PART = re.compile(
    r"\b(Designation|Other information|ther information|Description|Address|Location|Gender):", re.I
)


def plain(text: str) -> str:
    """The text in one line, with single blanks."""
    return " ".join(text.split())


def items(text: str) -> list[str]:
    """The values of `a) … b) …`, or those separated by semicolons; else the text."""
    return [one for each in _ITEM.split(plain(text)) if (one := each.strip(" ;,"))]


def reference(text: str) -> tuple[str, str, bool] | None:
    """The resolution, the UN's reference number, and whether it belongs to a person.

    The resolution is joined to it ("2231IRi.001"), and there are misprints: "11718 KPi.015", "1718
    Pe.036" for KPe.036, "1718 KPe.50" for KPe.050.
    """
    if (found := _REFERENCE.fullmatch(plain(text))) is None:
        return None
    regime = "IR" if found[2].upper() == "IR" else "KP"
    sort = found[3].lower()
    return found[1] or "", f"{regime}{sort}.{found[4]:>03}", sort == "i"


def key(text: str, entry: Entry) -> str | None:
    """The UN's reference number, without the resolution before it."""
    found = reference(text)
    return None if found is None else found[1]


def names(text: str, entry: Entry) -> tuple[Name, ...]:
    """The primary name, in positions or plain, then aliases and former names."""
    first, *others = _LABEL.split(plain(text))
    positions = [one for each in _POSITION.split(first) if (one := each.strip()) not in NOTHING]
    is_numbered = _POSITION.search(first) is not None
    parts = tuple(NamePart(kind=NamePartKind.ORDINAL, text=one) for one in positions)
    found = [Name(text=" ".join(positions), parts=parts if is_numbered else ())]
    for word, stated in zip(others[::2], others[1::2], strict=True):
        kind = NameKind.FKA if word.lower().startswith("f") else NameKind.AKA
        found += [Name(text=one, kind=kind, raw_kind=word) for one in items(stated)]
    return tuple(found)


def documents(text: str, entry: Entry) -> tuple[Identifier, ...] | None:
    """Passports and other numbers, with issuer and expiry; none for N/A."""
    found: list[Identifier] = []
    kind, word = IdentifierKind.OTHER_DOCUMENT, ""
    for at, piece in enumerate(_KIND.split(plain(text))):
        if at % 2:
            kind, word = _KINDS[piece], piece
            continue
        for one in items(piece):
            if (number := _NUMBER.search(one)) is None:
                continue
            stated = one[number.end() :].strip(" ,")
            issuer = _ISSUER.search(stated)
            found.append(
                Identifier(
                    value=number[0],
                    kind=kind,
                    raw_kind=word,
                    country=country_at_end(issuer[1].strip()) if issuer else None,
                    issued=issue_date(stated, entry),
                    expires=expiry_date(stated, entry),
                    note=stated or None,
                )
            )
    return tuple(found) if found or plain(text) in NOTHING else None


def births(text: str, entry: Entry) -> tuple[Birth, ...] | None:
    """Dates of birth, one or several; each can be a year or a range."""
    dates = [date_in_words(one) for one in items(plain(text).removeprefix("DOB: "))]
    return tuple(Birth(date=one) for one in dates) if all(one.is_read for one in dates) else None


def part(text: str, label: str) -> list[str]:
    """The text after a label of a text in parts: "Designation: … Other information: …"."""
    pieces = _PART.split(plain(text))
    found = [
        stated for word, stated in zip(pieces[1::2], pieces[2::2], strict=True) if word == label
    ]
    return [one for each in found for one in items(each)]


def addresses_in(text: str) -> list[Address]:
    """The addresses after the label "Address" or "Location" of a text in parts."""
    pieces = _PART.split(plain(text))
    return [
        _address(one)
        for word, stated in zip(pieces[1::2], pieces[2::2], strict=True)
        if word.lower() in ("address", "location")
        for one in items(stated.strip(" ."))
    ]


def genders(text: str) -> list[Gender]:
    """The gender after its label in a text in parts."""
    stated = [one.casefold().rstrip(" .") for one in part(text, "Gender")]
    return [GENDERS[one] for one in stated if one in GENDERS]


def addresses(text: str, entry: Entry) -> tuple[Address, ...] | None:
    """Addresses, and places that are more than a country."""
    first = plain(_PART.split(text)[0])
    if first and PartialDate.parse(first).is_read:
        return None
    places = [one for one in items(first) if country_at_end(one) is None or "," in one]
    return (*map(_address, places), *addresses_in(text))


def _address(text: str) -> Address:
    """An address in one line, without the country at its end."""
    country = country_at_end(text)
    line = text.removesuffix(country.raw).rstrip(", ") if country is not None else text
    return Address(lines=(line,) if line else (), country=country)


def country_alone(text: str, entry: Entry) -> Country | None:
    """The country at the start of a cell, if the cell has nothing else."""
    first = plain(_PART.split(text)[0])
    return country_at_end(first) if first and "," not in first else None


_CODES = re.compile(
    r"SWIFT(?:/BIC)?: ([A-Z]{4} ?[A-Z]{4}(?:[A-Z0-9]{3})?)\b|IMO\)?(?: Number)?:? (\d{7})"
)


def codes(text: str) -> list[Identifier]:
    """Bank codes and numbers of shipping companies after their label in a text."""
    return [
        Identifier(value=found[1], kind=IdentifierKind.BIC, raw_kind="SWIFT")
        if found[1]
        else Identifier(value=found[2], kind=IdentifierKind.IMO, raw_kind="IMO Number")
        for found in _CODES.finditer(plain(text))
    ]
