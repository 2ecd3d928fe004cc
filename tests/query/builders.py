"""Parties, designations and links in few words, for the tests of queries."""

from __future__ import annotations

from typing import Any, TypeVar

from sanctionslib.answers import Audit
from sanctionslib.model import (
    Address,
    Authority,
    Birth,
    Country,
    Designation,
    Edition,
    Entity,
    EntityRef,
    Event,
    EventKind,
    Listing,
    Name,
    NameKind,
    Nationality,
    PartialDate,
    Place,
    Relation,
    RelationKind,
)
from sanctionslib.query import SanctionsList

P = TypeVar("P", bound=Entity)

OFAC, EU = Authority(code="OFAC", name="Foreign Assets Control"), Authority(code="EU")


def party(kind: type[P], key: str, name: str = "EXAMPLE", *aliases: str, **fields: Any) -> P:
    """A party of the list `watch`, or of the one that the key names before a colon."""
    names = (Name(text=name), *(Name(text=one, kind=NameKind.AKA) for one in aliases))
    return kind(id=key if ":" in key else f"watch:{key}", names=names, **fields)


def on(list_name: str, listed_since: str | None = None) -> Listing:
    """A membership, with its day of listing where one is given."""
    if listed_since is None:
        return Listing(list_name=list_name)
    return Listing(list_name=list_name, events=(listed(listed_since),))


def listed(listed_since: str) -> Event:
    """A day of listing."""
    return Event(kind=EventKind.LISTED, date=PartialDate.parse(listed_since))


def under(*programs: str, **fields: Any) -> Designation:
    """A designation under some programs."""
    return Designation(programs=programs, **fields)


def address(code: str | None, raw: str = "") -> Address:
    """An address of which only the country is known."""
    return Address(country=Country(code=code, raw=raw))


def to(name: str = "", key: str | None = None, space: str = "") -> Relation:
    """A link to another party."""
    ref = EntityRef(name=name, source_id=key, id_space=space)
    return Relation(to=ref, kind=RelationKind.LINKED_TO)


def several(entities: list[Entity], *editions: Edition) -> SanctionsList[Entity]:
    """A list of several editions, as a reader makes it."""
    return SanctionsList.of_editions(entities, editions, Audit(read=len(entities)))


def keys(found: SanctionsList[Any] | tuple[Entity, ...]) -> list[str]:
    """The publishers' keys of what was found, in order."""
    return [one.source_id for one in found]


def of(code: str) -> tuple[Nationality, ...]:
    return (Nationality(country=Country(code=code)),)


def born(code: str) -> tuple[Birth, ...]:
    return (Birth(place=Place(text="somewhere", country=Country(code=code))),)
