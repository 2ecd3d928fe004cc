"""Small files in OFAC's flat format, written for one test each."""

from __future__ import annotations

from collections.abc import Sequence

NULL = "-0- "

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
