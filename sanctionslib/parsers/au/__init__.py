"""Australia's Sanctions Consolidated List (workbook)."""
