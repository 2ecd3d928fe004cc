"""A column that rows of hits do not have."""

import sanctionslib as sl

hits = sl.sample().search("Rapid Action Batalion")
row = hits.rows()[0]
assert row["nam"]  # error
