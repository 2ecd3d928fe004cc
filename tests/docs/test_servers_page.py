"""The page about the publishers' servers speaks of every list, and of each in its place."""

from __future__ import annotations

import re
from pathlib import Path

from sanctionslib.catalog import all_lists

TEXT = (Path(__file__).parents[2] / "docs" / "guide" / "servers.md").read_text("utf-8")


def test_every_list_is_told_of() -> None:
    """Those that cannot be read are under a heading of their own, the others before it."""
    before, _, after = TEXT.partition("## Not read yet")
    rows = "\n".join(line for line in after.splitlines() if line.startswith("| `"))
    told = [line for line in before.splitlines() if line.startswith("`")]
    assert set(re.findall(r"`(\w+)`", "\n".join(told))) - {"sanctionslistservice"} == {
        one.list_id for one in all_lists() if one.is_readable
    }
    in_rows = [
        cell for row in rows.splitlines() for cell in re.findall(r"`(\w+)`", row.split("|")[1])
    ]
    assert sorted(in_rows) == sorted(one.list_id for one in all_lists() if not one.is_readable)
