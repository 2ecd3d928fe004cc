"""Israel's list against weapons of mass destruction (workbook)."""
