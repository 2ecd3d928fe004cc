"""The page about the publishers' servers speaks of every list, and of each in its place."""

from __future__ import annotations

import re
from pathlib import Path

from sanctionslib.catalog import all_lists

TEXT = (Path(__file__).parents[2] / "docs" / "guide" / "servers.md").read_text("utf-8")


def test_every_list_is_told_of() -> None:
    """Those that cannot be read are under a heading of their own, the others before it."""
    before, _, after = TEXT.partition("## Not read yet")
    assert _told(before) == sorted(one.list_id for one in all_lists() if one.is_readable)
    assert _told(after) == sorted(one.list_id for one in all_lists() if not one.is_readable)


def _told(text: str) -> list[str]:
    """The lists in the first cells of tables, and in the lines with which sections begin."""
    lines = [line for line in text.splitlines() if line.startswith(("| `", "`"))]
    cells = [line.split("|")[1] if line.startswith("|") else line for line in lines]
    known = {one.list_id for one in all_lists()}
    return sorted(word for word in re.findall(r"`(\w+)`", " ".join(cells)) if word in known)
