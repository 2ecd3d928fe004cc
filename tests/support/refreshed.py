"""The non-SDN list at a server of a test's own: two editions of it, and how it is asked for."""

from __future__ import annotations

from pathlib import Path

from homes import CLASSIC, CONS, cons

import sanctionslib as sl

OLD = cons(range(1, 101), "2021-12-09")
"""What the server has at first."""
NEW = cons(range(1, 104), "2021-12-10")
"""What it may have the day after."""


def fetch(home: Path, **options: object) -> sl.answers.Fetched:
    """Ask for the classic XML."""
    return sl.fetch(CONS, **{"format": CLASSIC, "home": home} | options)  # type: ignore[arg-type]


def load(home: Path, **options: object) -> sl.SanctionsList[sl.Entity]:
    """Load it."""
    return sl.load(CONS, **{"format": CLASSIC, "home": home} | options)  # type: ignore[arg-type]
