"""What a spreadsheet program makes of a cell: in lists of one's own, and in tables of customers."""

from __future__ import annotations

import re

__all__ = ["BROKEN", "ROUNDED"]

ROUNDED = re.compile(r"-?\d+(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
"""A long number: 1.23457E+15. The other digits are lost."""
BROKEN = re.compile(r"#(?:NAME\?|REF!|VALUE!|N/A|NULL!|NUM!|DIV/0!)")
"""An error in a formula."""
