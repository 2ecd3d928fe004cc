"""Names in other scripts and their owners: those of the UK's list, which has most of them.

The library does not read that list yet; here its table is read as far as names go. A row is one name
of a party: in Latin letters (`Name 1` to `Name 5`, then `Name 6`, the family name or the whole), and
in the party's own script where the list has that.
"""

from __future__ import annotations

from pathlib import Path

import sanctionslib as sl
from sanctionslib.model import Entity, Name, NameKind

KINDS = {"Individual": sl.Person, "Entity": sl.Organization, "Ship": sl.Vessel}


def british(path: Path) -> list[Entity]:
    """The parties of the UK's consolidated list (layout of 2022, as a workbook) with their names.

    Raises:
        ImportError: openpyxl is not installed.
    """
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    rows = iter([*book.active.iter_rows(values_only=True)])
    book.close()
    next(rows)  # "Last Updated", and a date
    head = [str(cell) for cell in next(rows)]
    parties: dict[str, tuple[type[Entity], dict[str, Name]]] = {}
    for row in rows:
        cells = {key: str(cell).strip() for key, cell in zip(head, row, strict=False) if cell}
        kind = KINDS.get(cells.get("Group Type", ""))
        if kind is None:
            continue
        _, names = parties.setdefault(cells["Group ID"], (kind, {}))
        parts = [cells[f"Name {at}"] for at in (1, 2, 3, 4, 5, 6) if f"Name {at}" in cells]
        for text in (" ".join(parts), cells.get("Name Non-Latin Script", "")):
            if text:
                role = NameKind.AKA if names else NameKind.PRIMARY
                names.setdefault(text, Name(text=text, kind=role))
    return [
        kind(id=f"uk:{key}", names=tuple(names.values())) for key, (kind, names) in parties.items()
    ]
