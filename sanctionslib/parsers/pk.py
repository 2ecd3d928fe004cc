"""Pakistan's proscribed persons, JSON: those listed under the Fourth Schedule of its terrorism law.

The National Counter Terrorism Authority (NACTA) published them on a site that has since closed. The
keys are self-explanatory; this module is based on one file of 4,665 entries. Peculiarities:

* Nobody has a key. The number of the identity card (CNIC) is used where it is one, else name,
  father and district. Two entries occur twice and are one party each. 6 numbers belong to two
  names, mostly one person in two spellings: they stay two, the second with "-2" after the key, and
  both have the number.
* Made-up numbers ("1234567890000", "5440000000000", "5") would make one party of two: they become a
  Feature, not an identifier, like any other text without 13 digits: 15 in all.
* Other names follow the name, after "@", "alias" or "aka" ("urf" in names of fathers). A comma in
  them is not a separator: "Usama, Shaka, Muhammad, Ali" is kept unchanged.
* FatherName can be "nill" or "Nil", which is no value, or begin with "S/o", "D/o" or "W/o" (a
  husband). A father is not stated to be listed, and many parties have such a name: he is a Feature,
  not a relation.
* The meaning of Province and District is not stated.
* It has neither date, count, reason nor kind: all are persons.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sanctionslib.model import (
    Address,
    Fact,
    Feature,
    FeatureKind,
    Identifier,
    IdentifierKind,
    Name,
    NameKind,
    Person,
)
from sanctionslib.parsers._engine.entry import Entry
from sanctionslib.parsers._engine.fields import Fields
from sanctionslib.parsers._engine.json import JsonFormat
from sanctionslib.parsers._engine.keys import slug
from sanctionslib.parsers._engine.rules import Group, one, to

__all__ = ["FORMAT"]

_ALIAS = re.compile(r"\s{0,9}@\s{0,9}|\s{1,9}(?:alias|aka|urf)\s{1,9}", re.IGNORECASE)
_CNIC = re.compile(r"(?!\d*(?:123456|000000)|(\d)\1*\Z)\d{13}", re.ASCII)
"""The number of an identity card that is not made up."""


def _names(text: str, entry: Entry) -> tuple[Name, ...]:
    """The name, and aliases after "@", "alias", "aka" or "urf"."""
    first, *others = filter(None, _ALIAS.split(text))
    return (Name(text=first), *(Name(text=other, kind=NameKind.AKA) for other in others))


def _father(text: str, entry: Entry) -> tuple[Feature, ...]:
    """A Feature (other); none for "nill" and "nil"."""
    stated = Feature(label="FatherName", value=text, kind=FeatureKind.OTHER)
    return () if text.casefold() in ("nill", "nil") else (stated,)


def _person(fields: Fields, entry: Entry) -> Person | None:
    """The person, with a key from the identity card, or from name, father and district."""
    texts: Mapping[str, str] = entry.texts
    name, number = texts.get("Name", ""), texts.get("CNIC", "")
    fields.pop("facts", None)
    party: tuple[str, ...] = (number, name)
    key = number
    if _CNIC.fullmatch(number):
        card = Identifier(value=number, kind=IdentifierKind.NATIONAL_ID, raw_kind="CNIC")
        fields["identifiers"] = [card]
    else:
        party = tuple(texts[at] for at in ("Name", "FatherName", "District") if at in texts)
        shown = [one.text for one in fields.get("names", ())[:1]]
        key = "~" + ".".join(map(slug, (*shown, *party[1:])))
        if number:
            other = Feature(label="CNIC", value=number, kind=FeatureKind.OTHER)
            fields.setdefault("features", []).append(other)
    if name:
        fields["id"] = entry.reading.generated_key(party, key)
    made = entry.entity(fields)
    assert made is None or isinstance(made, Person)
    return made


_PERSON = Group(
    make=Person,
    rules={
        "Name": to("names", _names, also=("Entity.id",)),
        "FatherName": to("features", _father, also=("Entity.id",)),
        "CNIC": to("facts", also=("Entity.id", "Entity.identifiers", "Entity.features")),
        **one("addresses", Address, {"Province": to("state"), "District": to("region")}),
    },
    finish=_person,
)

FORMAT = JsonFormat(
    name="pk-nacta-json",
    title="Pakistan, proscribed persons, JSON",
    files=("source.json",),
    group=_PERSON,
    entries="",
    known_by=("FatherName", "CNIC"),
    unites=True,
    alternative_sources={
        Fact.LISTING_DATE: "the notices in the gazettes of the provinces",
        Fact.REASON: "the notices in the gazettes of the provinces",
    },
)
