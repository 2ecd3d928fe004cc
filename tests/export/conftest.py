"""What several tests export: the results of a screening."""

from __future__ import annotations

import pytest

import sanctionslib as sl

RECORDS = (
    {"id": "C-1", "name": "Rapid Action Batalion", "country": "BD"},
    {"id": "C-2", "name": "Benazir Ahmad", "dob": "1985", "country": "BD; DE"},
    {"id": "C-3", "name": "Nobody Whoever", "passport": "Tax ID 7706101758"},
    {"id": "=C-4", "name": "Example Trading LLC"},
    {"id": "C-5", "name": ""},
    {"id": "C-6", "name": "Anna Example", "country": "Atlantis", "dob": "03/10/1980"},
)


@pytest.fixture(scope="module")
def results() -> list[sl.answers.ScreeningResult]:
    """Hits by name and by number, none, a record with problems, and one that was not screened."""
    return list(sl.sample().screen(RECORDS))
