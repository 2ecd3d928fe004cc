"""Small files in OFAC's flat format, written for one test each."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

import sanctionslib as sl

NULL = "-0- "
NAMES = ("SDN.CSV", "ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV")
DAY = "2030-01-02"
"""A date for files that state none."""

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
    return "Gender Male; Linked To: ".ljust(length, "X")


def read(files: Sequence[bytes], **options: object) -> sl.SanctionsList[sl.Entity]:
    """The SDN List, of a day that no file states."""
    return sl.read(list(files), **{"list_id": "us_ofac_sdn", "published": DAY} | options)  # type: ignore[arg-type]


def partly(files: Sequence[bytes], **options: object) -> sl.SanctionsList[sl.Entity]:
    """The same, where something is missing or at fault."""
    with pytest.warns(sl.errors.FaultyEntriesWarning):
        return read(files, partial=True, **options)
