"""A mistyped keyword of `load` would silently ask for something else."""

import sanctionslib as sl

sl.load("us_ofac_sdn", allow_old=True)  # error
