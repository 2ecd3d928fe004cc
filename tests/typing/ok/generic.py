"""A function that takes a list of any kind and gives back the same kind."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

import sanctionslib as sl

E = TypeVar("E", bound=sl.Entity)


def newest_first(parties: Iterable[E]) -> list[E]:
    """The parties with a stated day of listing, the latest first."""

    def day(one: E) -> sl.PartialDate:
        assert one.listed_since is not None
        return one.listed_since

    return sorted((one for one in parties if one.listed_since is not None), key=day, reverse=True)


def only(parties: sl.SanctionsList[sl.Entity], kind: type[E], program: str) -> Iterator[E]:
    """The parties of one kind under one program, one by one."""
    yield from parties.where(kind=kind, program=program)


def page(parties: sl.SanctionsList[E], number: int, size: int = 10) -> sl.SanctionsList[E]:
    """A page of a list, of the same kind."""
    return parties[number * size : (number + 1) * size]


sdn = sl.sample()
persons = list(only(sdn, sl.Person, "GLOMAG"))
titles: list[str] = [title for person in persons for title in person.titles]
organizations: list[sl.Organization] = newest_first(sdn.where(kind=sl.Organization))
established = [day for firm in page(sdn.where(kind=sl.Organization), 0) for day in firm.established]
rab: sl.Organization = sdn.where(kind=sl.Organization)["33951"]
found: sl.Organization | None = sdn.get("33951", kind=sl.Organization)
nobody: sl.Entity | None = sdn.get("1")
word: sl.Entity | str = sdn.get("1", "nobody")

assert len(persons) == 10
assert organizations[-1].name == "XINJIANG PUBLIC SECURITY BUREAU"
assert rab.established == (sl.PartialDate.parse("26 Mar 2004"),)
assert rab.established[0] in established
assert (found, nobody, word) == (rab, None, "nobody")
