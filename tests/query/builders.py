"""Parties, designations and links in few words, for the tests of queries."""

from __future__ import annotations

from typing import Any, TypeVar

import sanctionslib as sl
from sanctionslib.answers import Audit
from sanctionslib.model import Country, Entity, Listing
from sanctionslib.query import SanctionsList

P = TypeVar("P", bound=Entity)

OFAC, EU = sl.Authority(code="OFAC", name="Foreign Assets Control"), sl.Authority(code="EU")


def party(kind: type[P], key: str, name: str = "EXAMPLE", *aliases: str, **fields: Any) -> P:
    """A party of the list `watch`, or of the one that the key names before a colon."""
    names = (sl.Name(text=name), *(sl.Name(text=one, kind=sl.NameKind.AKA) for one in aliases))
    return kind(id=key if ":" in key else f"watch:{key}", names=names, **fields)


def on(list_name: str, listed_since: str | None = None) -> Listing:
    """A membership, with its day of listing where one is given."""
    if listed_since is None:
        return Listing(list_name=list_name)
    return Listing(list_name=list_name, events=(listed(listed_since),))


def listed(listed_since: str) -> sl.Event:
    """A day of listing."""
    return sl.Event(kind=sl.EventKind.LISTED, date=sl.PartialDate.parse(listed_since))


def under(*programs: str, **fields: Any) -> sl.Designation:
    """A designation under some programs."""
    return sl.Designation(programs=programs, **fields)


def address(code: str | None, raw: str = "") -> sl.Address:
    """An address of which only the country is known."""
    return sl.Address(country=Country(code=code, raw=raw))


def to(name: str = "", key: str | None = None, space: str = "") -> sl.Relation:
    """A link to another party."""
    ref = sl.EntityRef(name=name, source_id=key, id_space=space)
    return sl.Relation(to=ref, kind=sl.RelationKind.LINKED_TO)


def several(entities: list[Entity], *editions: sl.Edition) -> SanctionsList[Entity]:
    """A list of several editions, as a reader makes it."""
    return SanctionsList.of_editions(entities, editions, Audit(read=len(entities)))


def keys(found: SanctionsList[Any] | tuple[Entity, ...]) -> list[str]:
    """The publishers' keys of what was found, in order."""
    return [one.source_id for one in found]


def of(code: str) -> tuple[sl.Nationality, ...]:
    return (sl.Nationality(country=Country(code=code)),)


def born(code: str) -> tuple[sl.Birth, ...]:
    return (sl.Birth(place=sl.Place(text="somewhere", country=Country(code=code))),)


def link(
    kind: sl.RelationKind | None, key: str | None = None, name: str = "", **said: Any
) -> sl.Relation:
    """A link of some kind, by key or by name."""
    return sl.Relation(to=sl.EntityRef(source_id=key, name=name), kind=kind, **said)


def linked(text: str, *editions: sl.Edition) -> SanctionsList[Entity]:
    """Firms with their links, one in a line: "ship: PROPERTY_OF mid, PARENT_OF 'SOME NAME' former".

    A firm's name is its key in capitals, or stands behind the key.
    """
    firms: list[Entity] = []
    for line in text.strip().splitlines():
        head, _, links = line.strip().partition(":")
        key, _, name = head.partition(" ")
        relations: list[sl.Relation] = []
        for one in filter(None, links.strip().split(", ")):
            kind, _, to_whom = one.removesuffix(" former").partition(" ")
            former = True if one.endswith(" former") else None
            by_name = to_whom.startswith("'")
            relations.append(
                link(
                    None if kind == "OTHER" else sl.RelationKind[kind],
                    None if by_name else to_whom,
                    to_whom.strip("'") if by_name else "",
                    former=former,
                )
            )
        firms.append(party(sl.Organization, key, name or key.upper(), relations=tuple(relations)))
    return several(firms, *editions)
