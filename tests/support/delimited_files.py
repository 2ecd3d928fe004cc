"""Small files in OFAC's flat format, written for one test each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import sanctionslib as sl

NULL = "-0- "
NAMES = ("SDN.CSV", "ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV")
COLUMNS = {
    "SDN": (
        "ent_num",
        "SDN_Name",
        "SDN_Type",
        "Program",
        "Title",
        "Call_Sign",
        "Vess_type",
        "Tonnage",
        "GRT",
        "Vess_flag",
        "Vess_owner",
        "Remarks",
    ),
    "ADD": (
        "Ent_num",
        "Add_num",
        "Address",
        "City/State/Province/Postal Code",
        "Country",
        "Add_remarks",
    ),
    "ALT": ("ent_num", "alt_num", "alt_type", "alt_name", "alt_remarks"),
    "COMMENTS": ("ent_num", "Remarks"),
}
"""The columns of each member, as the publisher's data specification has them."""
DAY = "2030-01-02"
"""A date for files that state none."""

SAME_DAY = Path(__file__).parents[1] / "parsers" / "data" / "same_day"
"""A dozen parties in four files; beside them stand the same in the classic format."""

Cell = str | int | None


def row(*cells: Cell) -> str:
    """Numbers bare, text in quotes, None as OFAC writes it."""
    return ",".join(
        NULL if cell is None else str(cell) if isinstance(cell, int) else f'"{cell}"'
        for cell in cells
    )


def party(
    key: int,
    name: str | None = None,
    kind: str | None = None,
    *,
    programs: str = "SDGT",
    title: str | None = None,
    vessel: Sequence[str | None] = (None,) * 6,
    remarks: str | None = None,
) -> str:
    """A row of SDN.CSV."""
    return row(key, name or f"EXAMPLE {key}", kind, programs, title, *vessel, remarks)


def delimited(
    *parties: str,
    add: Sequence[str] | None = None,
    alt: Sequence[str] = (),
    comments: Sequence[str] = (),
    end: str = "\r\n",
) -> list[bytes]:
    """SDN, ADD, ALT and COMMENTS; without `add`, every party has the empty row that OFAC gives."""
    if add is None:
        add = [row(int(one.split(",")[0]), 7, None, None, None, None) for one in parties]
    alt = alt or [row(int(parties[0].split(",")[0]), 8, "aka", "EXAMPLE ALIAS", None)]
    return [text(parties, end), text(add, end), text(alt, end), text(comments, end)]


def text(rows: Sequence[str], end: str = "\r\n") -> bytes:
    """A file: rows, and the Ctrl-Z that OFAC ends it with."""
    return ("".join(one + end for one in rows) + "\x1a").encode()


def long(length: int) -> str:
    """Remarks of that length, which end within a name."""
    head = "Gender Male; Linked To: "
    return head + "X" * (length - len(head))


def read(files: Sequence[bytes], **options: object) -> sl.SanctionsList[sl.Entity]:
    """The SDN List, of a day that no file states."""
    return sl.read(list(files), **{"list_id": "us_ofac_sdn", "published": DAY} | options)  # type: ignore[arg-type]


def partly(files: Sequence[bytes], **options: object) -> sl.SanctionsList[sl.Entity]:
    """The same, where something is missing or at fault."""
    with pytest.warns(sl.FaultyEntriesWarning):
        return read(files, partial=True, **options)
