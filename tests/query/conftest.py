"""The bundled sample, read once."""

from __future__ import annotations

import pytest

import sanctionslib as sl


@pytest.fixture(scope="session")
def sdn() -> sl.SanctionsList[sl.Entity]:
    """The 26 entries of 10 December 2021."""
    return sl.sample()
