"""A mistyped keyword of `screen` would leave the declaration of the columns out."""

import sanctionslib as sl

screening = sl.sample().screen([{"who": "Benazir Ahmed"}], column={"name": "who"})  # error
