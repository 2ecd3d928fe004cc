"""Small files of the Denied Persons List, written for one test each."""

from __future__ import annotations

from sanctionslib.parsers.us.denied import FORMAT

DAY = "2023-11-30"
"""A date for files that state none."""

_PLAIN = {
    "Name": "EXAMPLE TRADING",
    "City": "DHAKA",
    "Country": "BD",
    "Effective_Date": "11/09/2006",
    "Standard_Order": "Y",
    "Last_Update": "2006-11-09",
    "FR_Citation": "71 F.R. 65775 11/9/06",
}


def row(**columns: str) -> dict[str, str]:
    """A row that has nothing wrong."""
    return _PLAIN | columns


def as_txt(*rows: dict[str, str], columns: tuple[str, ...] = FORMAT.columns) -> bytes:
    """The rows as a file."""
    table = [columns, *(tuple(one.get(column, "") for column in columns) for one in rows)]
    lines = ["\t".join('"' + cell.replace('"', '""') + '"' for cell in cells) for cells in table]
    return "".join(f"{line}\n" for line in lines).encode()
