"""A notebook, cell by cell: look around, pick a party, ask why, make a table of it."""

import sanctionslib as sl

# %% read the bundled sample
sdn = sl.sample()
print(sdn)
print(len(sdn), "parties;", sdn.audit)
edition = sdn.editions[0]
print(edition.list_id, edition.published, edition.label)

# %% one party
rab = sdn["33951"]
print(rab.name, [alias.text for alias in rab.aliases], rab.programs)
for designation in rab.designations:
    if designation.authority is not None:
        print(designation.authority.name, [one.list_name for one in designation.listings])

# %% why
why = sdn.why("33951")
for link in why.linked_from:
    print(link.source.name, "→", [target.name for target in link.targets])
for each in why.programs:
    print(each.code, each.program.title if each.program else "not known")

# %% the persons behind it
people = sdn.where(kind=sl.Person, program="GLOMAG", country="BD")
births = [birth.date for person in people for birth in person.births if birth.date is not None]
assert len(people) == 6
assert min(births) == sl.PartialDate.parse("01 Oct 1963")

# %% a part of them
first: sl.SanctionsList[sl.Person] = people[:2]
assert [person.genders for person in first] == [(sl.Gender.MALE,)] * 2
