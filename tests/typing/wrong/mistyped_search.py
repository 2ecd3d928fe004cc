"""A mistyped keyword of `search` would silently compare one fact less."""

import sanctionslib as sl

hits = sl.sample().search("Benazir Ahmed", birthdate="1963-10-01")  # error
