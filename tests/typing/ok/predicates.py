"""Conditions that no keyword has, as lambdas and functions, together with keywords."""

import sanctionslib as sl

sdn = sl.sample()


def has_weak_alias(party: sl.Entity) -> bool:
    """Whether one of the names is a weak alias."""
    return any(name.strength is sl.AliasStrength.WEAK for name in party.names)


def born_before(year: int, person: sl.Person) -> bool:
    """Whether the person is certainly born before a year."""
    limit = sl.PartialDate.year(year)
    return any(birth.date is not None and birth.date.is_before(limit) for birth in person.births)


def is_elder(person: sl.Person) -> bool:
    """The same with a limit of its own."""
    return born_before(1960, person)


weak: sl.SanctionsList[sl.Entity] = sdn.where(has_weak_alias)
elders: sl.SanctionsList[sl.Person] = sdn.where(is_elder, kind=sl.Person)
weak_persons: sl.SanctionsList[sl.Person] = sdn.where(has_weak_alias, kind=sl.Person)
young = sdn.where(lambda one: not is_elder(one), kind=sl.Person, program="GLOMAG")
chained = sdn.where(kind=sl.Person).where(lambda one: len(one.births) > 1)
asian = sdn.where(
    lambda one: bool(one.relations), country=("BD", "CN", "KP"), unstated="keep"
).where(named_list="SDN List", authority="OFAC")
dated = sdn.where(listed_from="2021-12-01", measure=sl.MeasureKind.ASSET_FREEZE, unstated="drop")

assert {one.source_id for one in weak} >= {"33537", "34076"}
assert {one.source_id for one in weak_persons} < {one.source_id for one in weak}
assert len(elders) + len(young) > 1
assert [birth.place for one in chained for birth in one.births if birth.place is not None]
assert 0 < len(asian) < len(sdn)
assert len(dated) == 26
assert dated.selection.undetermined[0].never

several = sdn.where(kind=(sl.Person, sl.Organization))
assert len(several) == len(sdn) - 1  # of Commerce's entry nobody says the kind
assert all(one.name for one in several)
ships = sdn.where(kind=(sl.Vessel, sl.Aircraft))
named: sl.SanctionsList[sl.Entity] = sdn.where(kind="person", list_id="us_ofac_sdn")
assert {one.kind for one in named} == {"person"}
registered: list[sl.Country] = [place for one in ships for place in one.registered_in]
assert registered == []
