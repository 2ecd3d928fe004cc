"""What a list says cannot be changed."""

import sanctionslib as sl

party = sl.sample()["33952"]
party.remarks = "cleared"  # error
