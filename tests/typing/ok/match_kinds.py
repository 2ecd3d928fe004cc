"""What to show of each kind of party: a match over the kinds, the unstated one last."""

from typing import assert_never

import sanctionslib as sl

Kind = sl.Person | sl.Organization | sl.Vessel | sl.Aircraft


def summary(party: sl.Entity) -> str:
    """One line about a party; one of unstated kind is a plain `Entity`."""
    match party:
        case sl.Person(births=births, nationalities=nationalities):
            born = [str(birth.date) for birth in births if birth.date is not None]
            return f"{party.name}, born {' or '.join(born)}, {len(nationalities)} nationalities"
        case sl.Organization(types=types):
            return f"{party.name}, {', '.join(types) or 'of no stated type'}"
        case sl.Vessel(flags=flags, tonnage=tonnage):
            return f"{party.name}, {tonnage or '?'} t, under {len(flags)} flags"
        case sl.Aircraft(models=models):
            return f"{party.name}, {', '.join(models)}"
        case _:
            return f"{party.name}, of unstated kind"


def icon(party: Kind) -> str:
    """A match that the checker knows to be complete."""
    match party:
        case sl.Person():
            return "☺"
        case sl.Organization():
            return "⌂"
        case sl.Vessel():
            return "⛴"
        case sl.Aircraft():
            return "✈"
        case _:
            assert_never(party)


def strength(name: sl.Name) -> str:
    """A match over an enum, complete as well."""
    match name.strength:
        case sl.AliasStrength.STRONG:
            return "strong"
        case sl.AliasStrength.WEAK:
            return "weak"
        case sl.AliasStrength.UNSTATED:
            return ""


sdn = sl.sample()
lines = [summary(party) for party in sdn]
assert "AHMED, Benazir, born 1963-10-01, 1 nationalities" in lines
assert {icon(one) for one in sdn.where(kind=sl.Person)} == {"☺"}
assert sorted({strength(name) for party in sdn for name in party.names}) == ["", "strong", "weak"]
assert summary(sl.Entity(id="a:1", names=(sl.Name(text="X"),))) == "X, of unstated kind"
