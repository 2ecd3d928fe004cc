"""The pages of OFAC's formats count what whole official files hold."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import sanctionslib as sl
from sanctionslib.model import Precision

FORMATS = Path(__file__).parents[2] / "docs" / "formats"
FILES = {
    "ofac-classic": (
        "us_ofac_sdn/SDN_2021-03-10.xml",
        "us_ofac_cons/CONSOLIDATED_2020-03-17.xml",
        "us_ofac_cons/CONSOLIDATED_2024-05-06.xml",
    ),
    "ofac-enhanced": (
        "us_ofac_cons/CONS_ENHANCED_2025-01-10.xml",
        "us_ofac_sdn/SDN_ENHANCED_program_IRGC_2024-08-28.xml",
    ),
    "ofac-delimited": (
        "us_ofac_sdn/delimited_2021-07-07",
        "us_ofac_sdn/delimited_2023-12-28",
        "us_ofac_cons/delimited_2025-12-19",
    ),
}
"""The files that each page has a column for."""


@pytest.mark.filterwarnings("ignore::sanctionslib.errors.FaultyEntriesWarning")
@pytest.mark.parametrize("page", FILES)
def test_counts(lists: Path, page: str) -> None:
    """The figures on the page are those of the files."""
    rows = _rows((FORMATS / f"{page}.md").read_text("utf-8"), len(FILES[page]))
    assert len(rows) >= 17
    for column, name in enumerate(FILES[page]):
        day = name[-10:] if "delimited" in page else None
        held = sl.read(lists / name, published=day, partial="2023" in name, keep_source=True)
        counted = _counts(held)
        assert {row: values[column] for row, values in rows.items()} == {
            row: counted[row] for row in rows
        }, name


def _rows(text: str, columns: int) -> dict[str, list[int]]:
    """The figures of a page, by the words at the beginning of their rows."""
    found: dict[str, list[int]] = {}
    for line in text.splitlines():
        name, *cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == columns and all(re.fullmatch(r"[\d,]+", cell) for cell in cells):
            row = name.lstrip("… ").removeprefix("of them ").lower()
            found[row] = [int(cell.replace(",", "")) for cell in cells]
    return found


def _counts(held: sl.SanctionsList[sl.Entity]) -> dict[str, int]:
    kinds = Counter(one.kind for one in held)
    aliases = [name for one in held for name in one.aliases]
    bundles = [one for each in held for one in each.designations]
    reached = Counter(min(len(held.resolve(link.to)), 2) for one in held for link in one.relations)
    births = [birth.date for one in held.where(kind=sl.Person) for birth in one.births]
    dates = [day for day in births if day is not None]
    exact = Counter(day.precision for day in dates if not day.circa)
    identifiers = sum(len(one.identifiers) for one in held)
    items = [one for one in held.audit.paths if one.path == "idList/id/idType"]
    if items:  # the page speaks of these: a call sign is an identifier too
        identifiers = sum(one.count for one in items if one.note.startswith("Identifier"))
    return {
        "entries": len(held),
        "entities": len(held),
        "persons": kinds["person"],
        "organizations": kinds["organization"],
        "vessels": kinds["vessel"],
        "aircraft": kinds["aircraft"],
        "listings": sum(len(one.listings) for one in bundles),
        "programs": sum(len(one.programs) for one in bundles),
        "measures": sum(len(one.measures) for one in bundles),
        "legal authorities": sum(len(one.legal_bases) for one in bundles),
        "names": sum(len(one.names) for one in held),
        "not in latin script": sum(name.script != "Latn" for one in held for name in one.names),
        "aliases": len(aliases),
        "weak": sum(one.strength is sl.AliasStrength.WEAK for one in aliases),
        "addresses": sum(len(one.addresses) for one in held),
        "`id` items": sum(one.count for one in items),
        "identifiers": identifiers,
        "links": reached.total(),
        "to one entity": reached[1],
        "to none in the file": reached[0],
        "to a party outside the file": reached[0],
        "to two of the same name": reached[2],
        "birth dates": len(dates),
        "exact days": exact[Precision.DAY],
        "years": exact[Precision.YEAR],
        "months": exact[Precision.MONTH],
        "ranges": exact[Precision.RANGE],
        "circa": sum(day.circa for day in dates),
        "remarks that continue in comments": sum(len(one.remarks or "") > 1_000 for one in held),
        "issues": len(held.audit.issues),
        "values without a field": sum(one.count for one in held.audit.unmapped),
    }
