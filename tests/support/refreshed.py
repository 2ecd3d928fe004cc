"""The non-SDN list at the server of a test: two editions of it, and how it is fetched."""

from __future__ import annotations

from pathlib import Path

import requests
from homes import CLASSIC, CONS, cons

import sanctionslib as sl

OLD = cons(range(1, 101), "2021-12-09")
"""The first content of the server."""
NEW = cons(range(1, 104), "2021-12-10")
"""What it may have the day after."""


def fetch(
    home: Path, *, session: requests.Session | None = None, **options: object
) -> sl.answers.Fetched:
    """Ask for the classic XML."""
    return sl.Archive(home, session).fetch(CONS, **{"format": CLASSIC} | options)  # type: ignore[arg-type]


def load(home: Path, **options: object) -> sl.SanctionsList[sl.Entity]:
    """Load it."""
    return sl.Archive(home).load(CONS, **{"format": CLASSIC} | options)  # type: ignore[arg-type]
