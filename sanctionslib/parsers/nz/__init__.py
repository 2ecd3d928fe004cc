"""New Zealand's Russia Sanctions Register (workbook)."""
