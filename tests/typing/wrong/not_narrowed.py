"""Only persons are born: a party must be narrowed first."""

import sanctionslib as sl

party = sl.sample()["33951"]
births = party.births  # error
