"""A number is neither an id nor a position."""

import sanctionslib as sl

sdn = sl.sample()
party = sdn[17013]  # error
