"""The page of OFAC's flat files says what the parser does, and counts what the files hold."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import sanctionslib as sl

TEXT = (Path(__file__).parents[2] / "docs" / "formats" / "ofac-delimited.md").read_text("utf-8")


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split(" | ")]


@pytest.mark.filterwarnings("ignore::sanctionslib.errors.FaultyEntriesWarning")
def test_counts(lists: Path) -> None:
    """The figures on the page are those of the whole sets."""
    rows = {
        cells[0]: [int(one.replace(",", "")) for one in cells[1:]]
        for line in TEXT.splitlines()
        if len(cells := _cells(line)) == 4 and re.fullmatch(r"[\d,]+", cells[1])
    }
    folders = (
        "us_ofac_sdn/delimited_2021-07-07",
        "us_ofac_sdn/delimited_2023-12-28",
        "us_ofac_cons/delimited_2025-12-19",
    )
    for column, name in enumerate(folders):
        held = sl.read(lists / name, published=name[-10:], partial="2023" in name)
        assert {row: values[column] for row, values in rows.items()} == _counts(held), name


def _counts(held: sl.SanctionsList[sl.Entity]) -> dict[str, int]:
    kinds = Counter(type(one) for one in held)
    aliases = [name for one in held for name in one.aliases]
    reached = Counter(min(len(held.resolve(link.to)), 2) for one in held for link in one.relations)
    return {
        "entries": len(held),
        "persons": kinds[sl.Person],
        "organizations": kinds[sl.Organization],
        "vessels": kinds[sl.Vessel],
        "aircraft": kinds[sl.Aircraft],
        "aliases": len(aliases),
        "… of them weak": sum(name.strength is sl.AliasStrength.WEAK for name in aliases),
        "addresses": sum(len(one.addresses) for one in held),
        "Identifiers": sum(len(one.identifiers) for one in held),
        "links": reached.total(),
        "… to one entity": reached[1],
        "… to none in the file": reached[0],
        "… to two of the same name": reached[2],
        "birth dates": sum(
            birth.date is not None for one in held.where(kind=sl.Person) for birth in one.births
        ),
        "remarks that continue in COMMENTS": sum(len(one.remarks or "") > 1_000 for one in held),
        "issues": len(held.audit.issues),
        "values without a field": sum(one.count for one in held.audit.unmapped),
    }
