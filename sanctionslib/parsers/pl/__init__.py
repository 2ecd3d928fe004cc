"""Poland's list of sanctions (workbook)."""
