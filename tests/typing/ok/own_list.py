"""A small list of one's own, in place of the real one in the tests of an application."""

from datetime import date

import sanctionslib as sl


def may_pay(parties: sl.SanctionsList[sl.Entity], name: str) -> bool:
    """The code under test."""
    return not parties.named(name)


BLOCKED = sl.SanctionsList(
    [
        sl.Person(
            id="watch:1",
            names=(
                sl.Name(text="DOE, Jane"),
                sl.Name(text="JD", kind=sl.NameKind.AKA, strength=sl.AliasStrength.WEAK),
            ),
            births=(sl.Birth(date=sl.PartialDate.day(date(1971, 3, 5))),),
            nationalities=(sl.Nationality(country=sl.Country(code="BD", raw="Bangladesh")),),
            designations=(sl.Designation(programs=("SDGT",)),),
        ),
        sl.Person(id="watch:2", names=(sl.Name(text="ROE, Richard"),)),
    ]
)
persons: sl.SanctionsList[sl.Person] = BLOCKED
parties: sl.SanctionsList[sl.Entity] = BLOCKED  # a list of persons is a list of entities
mixed = sl.SanctionsList[sl.Entity](
    [
        sl.Vessel(id="watch:1", names=(sl.Name(text="EXAMPLE STAR"),), flags=()),
        sl.Organization(id="watch:2", names=(sl.Name(text="EXAMPLE LTD"),)),
    ],
    edition=sl.Edition(list_id="watch", published=date(2021, 12, 10)),
)

assert not may_pay(parties, "jd")
assert may_pay(parties, "Nobody")
assert may_pay(mixed, "DOE, Jane")
assert [one.births for one in persons][1] == ()
