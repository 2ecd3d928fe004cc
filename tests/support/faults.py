"""What a faulty file says of itself, and other ways to write a good one."""

from __future__ import annotations

import pytest

import sanctionslib as sl

other_ways = pytest.mark.parametrize(
    ("old", "new", "encoding"),
    [
        ("EXAMPLE 2<", "<![CDATA[EXAMPLE 2]]><", "utf-8"),
        ("EXAMPLE 2<", "EXAM<!-- between -->PLE<?a b?> 2<", "utf-8"),
        ("EXAMPLE 2<", "EXAMPLE&#x20;&#50;<", "utf-8"),
        ('encoding="utf-8"', 'encoding="utf-16"', "utf-16"),
        ('encoding="utf-8"', 'encoding="iso-8859-1"', "iso-8859-1"),
        ("<?xml", "<?xml", "utf-8-sig"),
    ],
)
"""Ways of XML to write the same text, for a file in UTF-8 with a party EXAMPLE 2."""


def check_read_alike(good: bytes, old: str, new: str, encoding: str) -> None:
    """Written in the other way, the file has the same names, and nothing is reported."""
    changed = good.decode().replace(old, new).encode(encoding)
    assert changed != good
    found = sl.read(changed, list_id="us_ofac_sdn")
    assert [one.names for one in found] == [
        one.names for one in sl.read(good, list_id="us_ofac_sdn")
    ]
    assert found.audit.issues == ()


def kinds(found: sl.SanctionsList[sl.Entity]) -> list[sl.IssueKind]:
    """The kinds of what was reported, in order."""
    return [issue.kind for issue in found.audit.issues]
